import {endianness} from 'node:os';

/** Two ports that frames go between, in either direction. */
export type PortPair = readonly [number, number];

/** So many bytes of a frame are kept: all its headers, and those in an error of ICMP. */
const keptBytes = 256;

/**
 * A program of the classic packet filter (Documentation/networking/filter, an array of `struct sock_filter`) for frames of Ethernet.
 * Through it go TCP and UDP between the two ports, over IPv4 and IPv6, and errors of ICMP about those; the kernel copies nothing
 * else. Later fragments have no ports, and behind extension headers of IPv6 they are not looked for: those do not go through.
 */
export const portFilter = ([a, b]: PortPair): Uint8Array =>
  assembled([
    ['load 2', 12],
    ['equal', 0x0800, {no: 'not IPv4'}],
    ['load 2', link + 6],
    ['any bit', fragmentOffset, {yes: 'drop'}],
    ['load 1', link + 9],
    ['equal', protocols.tcp, {yes: 'behind IPv4'}],
    ['equal', protocols.udp, {yes: 'behind IPv4'}],
    ['equal', protocols.icmp, {no: 'drop'}],
    ['load 4', link + 20 + icmp + 20],
    ['jump', 'compare'],
    'behind IPv4',
    ['index by header', link],
    ['load 4 at index', link],
    ['jump', 'compare'],
    'not IPv4',
    ['equal', 0x86dd, {no: 'drop'}],
    ['load 1', link + 6],
    ['equal', protocols.tcp, {yes: 'behind IPv6'}],
    ['equal', protocols.udp, {yes: 'behind IPv6'}],
    ['equal', protocols.icmpv6, {no: 'drop'}],
    ['load 4', link + 40 + icmp + 40],
    ['jump', 'compare'],
    'behind IPv6',
    ['load 4', link + 40],
    'compare',
    ['equal', bothPorts(a, b), {yes: 'keep'}],
    ['equal', bothPorts(b, a), {no: 'drop'}],
    'keep',
    ['return', keptBytes],
    'drop',
    ['return', 0],
  ]);

/** Bytes of the headers of Ethernet and of ICMP. */
const [link, icmp] = [14, 8];
/** Of the flags and offset of IPv4 (RFC 791 section 3.1), the bits of the offset. */
const fragmentOffset = 0x1fff;
const protocols = {icmp: 1, tcp: 6, udp: 17, icmpv6: 58} as const;

/** The first four bytes of a header of TCP or UDP. */
const bothPorts = (from: number, to: number): number => ((from << 16) | to) >>> 0;

/** include/uapi/linux/bpf_common.h */
const codes = {
  'load 1': 0x30,
  'load 2': 0x28,
  'load 4': 0x20,
  'load 4 at index': 0x40,
  /** The length of a header of IPv4, from its first byte. */
  'index by header': 0xb1,
  equal: 0x15,
  'any bit': 0x45,
  jump: 0x05,
  return: 0x06,
} as const;

type Operation =
  | readonly ['equal' | 'any bit', k: number, to: {readonly yes?: string; readonly no?: string}]
  | readonly ['jump', to: string]
  | readonly [Exclude<keyof typeof codes, 'equal' | 'any bit' | 'jump'>, k: number];

/** Labels stand before what they name. A jump is a number of instructions to leave out, and leads forward only. */
function assembled(program: readonly (Operation | string)[]): Uint8Array {
  const operations = program.filter(one => typeof one !== 'string');
  const from = (label: string, at: number) => {
    const place = program.slice(0, program.indexOf(label)).filter(one => typeof one !== 'string').length;
    return place - at - 1;
  };
  const view = new DataView(new ArrayBuffer(instructionSize * operations.length));
  for (const [i, [name, k, to]] of operations.entries()) {
    const {yes, no} = typeof to === 'object' ? to : {};
    view.setUint16(instructionSize * i, codes[name], isLittle);
    view.setUint8(instructionSize * i + 2, yes === undefined ? 0 : from(yes, i));
    view.setUint8(instructionSize * i + 3, no === undefined ? 0 : from(no, i));
    view.setUint32(instructionSize * i + 4, typeof k === 'string' ? from(k, i) : k, isLittle);
  }
  return new Uint8Array(view.buffer);
}

const isLittle = endianness() === 'LE';
/** `struct sock_filter`: code (2 bytes), how far to jump when true and when false (1 each), k (4). */
export const instructionSize = 8;
