/** Frames that the captures do not have, put together from their fields. */

type Bytes = readonly number[];

const u16 = (n: number): Bytes => [(n >>> 8) & 0xff, n & 0xff];
const u32 = (n: number): Bytes => [...u16(n >>> 16), ...u16(n & 0xffff)];
export const text = (words: string): Bytes => [...Buffer.from(words)];
const macs: Bytes = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1];
const v4 = [10, 0, 0, 1, 10, 0, 0, 2] as const;
const v6: Bytes = [0x20, 1, 0xd, 0xb8, ...Array(11).fill(0), 1, 0x20, 1, 0xd, 0xb8, ...Array(11).fill(0), 2];

export const ethernet = (type: number, inside: Bytes): Uint8Array =>
  Uint8Array.from([...macs, ...u16(type), ...inside]);

/** With two bytes at `at` set so that all words add up to 0xffff (RFC 1071). */
function summed(bytes: Bytes, at: number, pseudo: Bytes = []): Bytes {
  const all = [...pseudo, ...bytes, ...(bytes.length % 2 === 1 ? [0] : [])];
  const sum = all.reduce((total, byte, i) => total + (i % 2 === 0 ? byte * 256 : byte), 0);
  return bytes.with(at, ((0xffff - (sum % 0xffff)) >>> 8) & 0xff).with(at + 1, (0xffff - (sum % 0xffff)) & 0xff);
}

interface Ipv4 {
  readonly protocol: number;
  readonly inside: Bytes;
  /** The 16 bits of flags and fragment offset. */
  readonly fragment?: number;
  readonly options?: Bytes;
  readonly total?: number;
}
export function ipv4({protocol, inside, fragment = 0, options = [], total}: Ipv4): Bytes {
  const length = 20 + options.length;
  const header = [0x40 + length / 4, 0, ...u16(total ?? length + inside.length), 0x12, 0x34, ...u16(fragment)];
  return [...summed([...header, 63, protocol, 0, 0, ...v4, ...options], 10), ...inside];
}

export const ipv6 = (next: number, inside: Bytes): Bytes => [
  ...[0x60, 0x0a, 0xbc, 0xde, ...u16(inside.length), next, 63],
  ...v6,
  ...inside,
];

export const udp4 = (data: Bytes): Bytes => udp(data, [...v4, 0, 17, ...u16(8 + data.length)]);
export const udp6 = (data: Bytes): Bytes => udp(data, [...v6, ...u32(8 + data.length), ...u32(17)]);
const udp = (data: Bytes, pseudo: Bytes): Bytes =>
  summed([...u16(40000), ...u16(1900), ...u16(8 + data.length), 0, 0, ...data], 6, pseudo);

export function tcp6(data: Bytes): Bytes {
  const header = [...u16(40000), ...u16(80), ...u32(7), ...u32(9), 0x50, 0x18, ...u16(512), 0, 0, 0, 0];
  return summed([...header, ...data], 16, [...v6, ...u32(20 + data.length), ...u32(6)]);
}

/** A segment of TCP with these options and no data; the checksum is not made. */
export const tcp = (options: Bytes, offset = 5 + options.length / 4): Bytes => [
  ...[...u16(40000), ...u16(80), ...u32(7), ...u32(9), offset << 4, 0x10, ...u16(512), 0, 0, 0, 0],
  ...options,
];

export const icmp = (type: number, code: number, rest: number, data: Bytes): Bytes =>
  summed([type, code, 0, 0, ...u32(rest), ...data], 2);
export const icmpv6 = (type: number, code: number, rest: number, data: Bytes): Bytes =>
  summed([type, code, 0, 0, ...u32(rest), ...data], 2, [...v6, ...u32(8 + data.length), ...u32(58)]);

export const arp = (operation: number): Bytes => [
  ...[0, 1, 8, 0, 6, 4, ...u16(operation)],
  ...[2, 0, 0, 0, 0, 1, 10, 0, 0, 1],
  ...[0, 0, 0, 0, 0, 0, 10, 0, 0, 2],
];

/** Extension headers: what comes next is the first byte of each. */
export const hopByHop = (next: number): Bytes => [next, 0, 1, 4, 0, 0, 0, 0];
export const routing = (next: number): Bytes => [next, 0, 253, 0, 0, 0, 0, 0];
export const fragmentHeader = (next: number, position: number, more: 0 | 1): Bytes => [
  ...[next, 0, ...u16(position * 8 + more)],
  ...u32(0xcafe),
];

const datagram = ipv4({protocol: 17, inside: udp4(text('hello'))});

/** One of each kind. */
export const built: Readonly<Record<string, Uint8Array>> = {
  'ARP request': ethernet(0x0806, arp(1)),
  'ARP reply': ethernet(0x0806, [...arp(2), ...Array(18).fill(0)]),
  'ARP of other hardware': ethernet(0x0806, arp(1).with(1, 6)),
  'UDP over IPv4': ethernet(0x0800, datagram),
  'UDP over IPv6': ethernet(0x86dd, ipv6(17, udp6(text('hello')))),
  'TCP over IPv6': ethernet(0x86dd, ipv6(6, tcp6(text('hello')))),
  'a padded frame': ethernet(0x0800, [...ipv4({protocol: 17, inside: udp4([])}), ...Array(18).fill(0)]),
  'IP options': ethernet(0x0800, ipv4({protocol: 17, inside: udp4(text('hi')), options: [7, 7, 4, 0, 0, 0, 0, 0]})),
  'a first fragment': ethernet(
    0x0800,
    ipv4({protocol: 17, inside: udp4(text('0123456789abcdef')).slice(0, 16), fragment: 0x2000}),
  ),
  'a later fragment': ethernet(0x0800, ipv4({protocol: 17, inside: text('89abcdef'), fragment: 2})),
  'an echo request': ethernet(0x0800, ipv4({protocol: 1, inside: icmp(8, 0, 0x00070001, text('ping'))})),
  'port unreachable': ethernet(0x0800, ipv4({protocol: 1, inside: icmp(3, 3, 0, datagram.slice(0, 28))})),
  'a redirect of an error': ethernet(
    0x0800,
    ipv4({protocol: 1, inside: icmp(5, 1, 1, ipv4({protocol: 1, inside: icmp(3, 3, 0, datagram)}))}),
  ),
  'ICMPv6 echo reply': ethernet(0x86dd, ipv6(58, icmpv6(129, 0, 0x00070001, text('ping')))),
  'ICMPv6 port unreachable': ethernet(0x86dd, ipv6(58, icmpv6(1, 4, 0, ipv6(17, udp6(text('hello')))))),
  'neighbor solicitation': ethernet(0x86dd, ipv6(58, icmpv6(135, 0, 0, [...v6.slice(16), 1, 1, 2, 0, 0, 0, 0, 1]))),
  'extension headers': ethernet(
    0x86dd,
    ipv6(0, [...hopByHop(60), ...hopByHop(44), ...fragmentHeader(17, 0, 1), ...udp6(text('hello'))]),
  ),
  'a routing header': ethernet(0x86dd, ipv6(43, [...routing(17), ...udp6(text('hello'))])),
  'a later IPv6 fragment': ethernet(0x86dd, ipv6(44, [...fragmentHeader(17, 2, 0), ...text('world')])),
  'all options of TCP': ethernet(
    0x0800,
    ipv4({
      protocol: 6,
      inside: tcp([
        ...[2, 4, 5, 0xb4, 1, 3, 3, 7, 4, 2],
        ...[5, 10, 0, 0, 0, 1, 0, 0, 0, 5],
        ...[8, 10, 0, 0, 0, 2, 0, 0, 0, 3],
        ...[253, 4, 0xab, 0xcd, 0, 0],
      ]),
    }),
  ),
  GRE: ethernet(0x0800, ipv4({protocol: 47, inside: [0, 0, 8, 0]})),
  'a VLAN tag': ethernet(0x8100, [0, 1, 8, 0, ...datagram]),
};
