import type {Part} from '../model/wire.ts';
import {namesIn, numberIn, textIn} from './values.ts';

/** The IP packet in a frame, as its header has it; null when there is none. */
export function packetAround(parts: readonly Part[]): Packet | null {
  const ip = parts.find(({protocol}) => protocol === 'ipv4' || protocol === 'ipv6');
  if (ip?.protocol === 'ipv4') return ipv4Packet(ip);
  return ip ? ipv6Packet(ip) : null;
}

export interface Packet {
  readonly version: 4 | 6;
  /** The first byte after what it carries. */
  readonly end: number;
  /** Where its two addresses lie, one after the other. */
  readonly addresses: {readonly from: number; readonly to: number};
  /** The same, as text. */
  readonly from: string;
  readonly to: string;
  /** IPv6 calls it hop limit. */
  readonly ttl: number;
  readonly isFragment: boolean;
  /** It has a routing header: the destination may be only the next stop. */
  readonly isRouted: boolean;
}

function ipv4Packet({offset, fields}: Part): Packet {
  return {
    version: 4,
    end: offset + numberIn(fields, 'ip-total-length'),
    addresses: {from: offset + 12, to: offset + 20},
    from: textIn(fields, 'ip-source'),
    to: textIn(fields, 'ip-destination'),
    ttl: numberIn(fields, 'ip-ttl'),
    isFragment: numberIn(fields, 'ip-fragment-offset') > 0 || namesIn(fields, 'ip-flags').includes('MF'),
    isRouted: false,
  };
}

function ipv6Packet({offset, fields}: Part): Packet {
  const extensions = fields.flatMap(({name, value}) =>
    name === 'ip6-extension' && Array.isArray(value) ? [value] : [],
  );
  return {
    version: 6,
    end: offset + 40 + numberIn(fields, 'ip6-payload-length'),
    addresses: {from: offset + 8, to: offset + 40},
    from: textIn(fields, 'ip6-source'),
    to: textIn(fields, 'ip6-destination'),
    ttl: numberIn(fields, 'ip6-hop-limit'),
    // Its own header, and that it is not the only fragment.
    isFragment: extensions.some(([kind, , position, more]) => kind === 44 && (position !== 0 || more !== 0)),
    isRouted: extensions.some(([kind]) => kind === 43),
  };
}
