import type {Dissection, Part, Protocol} from '../model/wire.ts';
import {readArp} from './arp.ts';
import {readData} from './data.ts';
import {readEthernet} from './ethernet.ts';
import {readIcmp, readIcmpv6} from './icmp.ts';
import {readIpv4} from './ipv4.ts';
import {readIpv6} from './ipv6.ts';
import type {Header, Inside, Problem} from './layout.ts';
import {readTcp} from './tcp.ts';
import {readUdp} from './udp.ts';

/**
 * Takes an Ethernet frame apart, from the outside to the inside, as far as it makes sense. Frames are hostile: whatever
 * the bytes are, this returns, and every part and field lies in them.
 *
 * A problem is at the first byte of what is wrong, or at the first byte that is not there.
 *
 * @param bytes the frame, or only its beginning
 * @param length how many bytes it has on the wire; fewer than there are here is not believed
 */
export const dissect = (bytes: Uint8Array, length = bytes.length): Dissection =>
  dissectFrom({protocol: 'ethernet', layer: 'link'}, bytes, length);

/** The same for bytes that begin with another header, such as the packet in an ICMP error. */
export function dissectFrom(
  outermost: Pick<Inside, 'protocol' | 'layer'>,
  bytes: Uint8Array,
  length: number,
): Dissection {
  const end = Number.isSafeInteger(length) ? Math.max(length, bytes.length) : bytes.length;
  const whole = {bytes, start: 0, end, isFragment: false};
  const headers = [...headersFrom({...whole, ...outermost})];
  const parts = headers.flatMap(({part}) => part ?? []);
  const problem = headers.at(-1)?.problem ?? null;
  return problem ? ended(parts, problem) : withRest(parts, {...whole, protocol: 'other', layer: 'link'});
}

const readers: Readonly<Record<Protocol, (inside: Inside) => Header>> = {
  ethernet: readEthernet,
  arp: readArp,
  ipv4: readIpv4,
  ipv6: readIpv6,
  icmp: readIcmp,
  icmpv6: readIcmpv6,
  tcp: readTcp,
  udp: readUdp,
  data: readData,
  other: readData,
};

function* headersFrom(outermost: Inside): Generator<Header> {
  for (let inside: Inside | null = outermost; inside; ) {
    const header: Header = readers[inside.protocol](inside);
    yield header;
    inside = header.inside;
  }
}

/** Short frames are padded (IEEE 802.3 clause 4.2.3.3): the packet ends before the frame does. */
function withRest(parts: readonly Part[], frame: Inside): Dissection {
  const {part, problem} = readData({...frame, start: reachedBy(parts)});
  return ended(part ? [...parts, part] : parts, problem);
}

const ended = (parts: readonly Part[], problem: Problem | null): Dissection => ({
  parts,
  reached: reachedBy(parts),
  problem,
});

function reachedBy(parts: readonly Part[]): number {
  const last = parts.at(-1);
  return last ? last.offset + last.length : 0;
}
