import type {Checksum, Dissection, FieldName, Part, Protocol} from '../model/wire.ts';
import {packetAround} from './packet.ts';
import {numberIn} from './values.ts';

/**
 * What is to be said of the checksum of this part of the frame; null when it has none. Of TCP and UDP (and ICMPv6) it is
 * also about the addresses: RFC 9293 section 3.1, RFC 768, RFC 8200 section 8.1.
 *
 * `unfinished`: it holds the sum of the pseudo header alone, as the kernel leaves it where a device is to do the rest. `unknown`
 * as well when UDP over IPv4 has 0 there, which means that its sender made none.
 */
export function checksumOf(bytes: Uint8Array, {parts}: Dissection, part: Part): Checksum | null {
  const name = checksumField[part.protocol];
  if (!name) return null;
  const field = part.fields.find(one => one.name === name);
  const about = field && (part.protocol === 'ipv4' ? ownHeader(part) : message(bytes, parts, part));
  if (!field || !about || about.end > bytes.length) return 'unknown';
  const value = numberIn([field], name);
  if (value === 0 && about.mayBeNone) return 'none';
  if (sumOf(bytes, part.offset, about.end, about.pseudo) === 0xffff) return 'right';
  return about.pseudo > 0 && value === folded(about.pseudo) ? 'unfinished' : 'wrong';
}

const checksumField: Readonly<Partial<Record<Protocol, FieldName>>> = {
  ipv4: 'ip-checksum',
  icmp: 'icmp-checksum',
  icmpv6: 'icmp-checksum',
  tcp: 'tcp-checksum',
  udp: 'udp-checksum',
};

/** What a checksum is about: from the part's first byte to `end`, and the sum of its pseudo header. */
interface About {
  readonly end: number;
  readonly pseudo: number;
  readonly mayBeNone: boolean;
}

/** IPv4's own is about the header alone, which has to be here whole, with its options. */
const ownHeader = ({offset, fields}: Part): About => ({
  end: offset + 4 * numberIn(fields, 'ip-header-length'),
  pseudo: 0,
  mayBeNone: false,
});

/** Null where the packet has only a part of it, or where the addresses are not those that the sender summed up. */
function message(bytes: Uint8Array, parts: readonly Part[], part: Part): About | null {
  const packet = packetAround(parts);
  if (!packet || packet.isFragment || packet.isRouted) return null;
  const length = part.protocol === 'udp' ? numberIn(part.fields, 'udp-length') : packet.end - part.offset;
  const end = part.offset + length;
  const number = protocolNumber[part.protocol];
  if (end > packet.end || number === undefined) return null;
  const {from, to} = packet.addresses;
  const pseudo = part.protocol === 'icmp' ? 0 : sumOf(bytes, from, to, number + length);
  return {end, pseudo, mayBeNone: part.protocol === 'udp' && packet.version === 4};
}

const protocolNumber: Readonly<Partial<Record<Protocol, number>>> = {icmp: 1, tcp: 6, udp: 17, icmpv6: 58};

/** The one's complement sum of 16-bit words, RFC 1071 section 1. An odd byte at the end is followed by a zero. */
function sumOf(bytes: Uint8Array, start: number, end: number, initial = 0): number {
  let sum = initial;
  for (let i = start; i < end; i += 2) sum += (bytes[i] ?? 0) * 256 + (i + 1 < end ? (bytes[i + 1] ?? 0) : 0);
  return folded(sum);
}

function folded(sum: number): number {
  let left = sum;
  while (left > 0xffff) left = (left % 0x10000) + Math.floor(left / 0x10000);
  return left;
}
