/** How messages of netlink are laid out: man 7 netlink, man 3 netlink; include/uapi/linux/netlink.h. All numbers are in host byte order. */

import {endianness} from 'node:os';

/** A message to or from the kernel, without its header. `body` is the family's own header, then attributes. */
export interface NetlinkMessage {
  readonly type: number;
  readonly flags: number;
  readonly body: Uint8Array;
}

/** `sequence` joins answers to what was asked. */
export type Numbered = NetlinkMessage & {readonly sequence: number};

export interface Attribute {
  /** Without the flags NLA_F_NESTED and NLA_F_NET_BYTEORDER. */
  readonly type: number;
  readonly value: Uint8Array;
}

export const netlinkFlags = {
  NLM_F_REQUEST: 0x1,
  NLM_F_ACK: 0x4,
  NLM_F_CAPPED: 0x100,
  NLM_F_ACK_TLVS: 0x200,
  /** NLM_F_ROOT | NLM_F_MATCH */
  NLM_F_DUMP: 0x300,
  NLM_F_EXCL: 0x200,
  NLM_F_CREATE: 0x400,
  NLM_F_APPEND: 0x800,
} as const;

export const NLMSG_ERROR = 2;
export const NLMSG_DONE = 3;

const NLA_F_NESTED = 0x8000;
const attributeTypeMask = 0x3fff;
const messageHeader = 16;
const attributeHeader = 4;
const isLittle = endianness() === 'LE';

const aligned = (length: number): number => (length + 3) & ~3;

export function messageBytes({type, flags, sequence, body}: Numbered): Uint8Array {
  const length = messageHeader + body.length;
  // The last number is the sender's port id; 0 lets the kernel fill it in.
  return padded(length, u32(length), u16(type), u16(flags), u32(sequence), u32(0), body);
}

export function attribute(type: number, value: Uint8Array): Uint8Array {
  const length = attributeHeader + value.length;
  return padded(length, u16(length), u16(type), value);
}

export const nested = (type: number, ...attributes: readonly Uint8Array[]): Uint8Array =>
  attribute(type | NLA_F_NESTED, joined(...attributes));

export const u8 = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
export const u16 = (value: number): Uint8Array => new Uint8Array(Uint16Array.of(value).buffer);
export const u32 = (value: number): Uint8Array => new Uint8Array(Uint32Array.of(value).buffer);
/** In network byte order, as nftables has them. */
export const be16 = (value: number): Uint8Array => u8(value >>> 8, value);
export const be32 = (value: number): Uint8Array => u8(value >>> 24, value >>> 16, value >>> 8, value);
/** With the closing NUL. */
export const text = (value: string): Uint8Array => Buffer.from(`${value}\0`);

export const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

const padded = (length: number, ...parts: readonly Uint8Array[]): Uint8Array =>
  joined(...parts, new Uint8Array(aligned(length) - length));

/** The messages of a datagram, up to the first whose length cannot be. */
export function readMessages(bytes: Uint8Array): Numbered[] {
  const view = viewOf(bytes);
  const found: Numbered[] = [];
  for (let at = 0; at + messageHeader <= bytes.length; ) {
    const length = view.getUint32(at, isLittle);
    if (length < messageHeader || length > bytes.length - at) break;
    found.push({
      type: view.getUint16(at + 4, isLittle),
      flags: view.getUint16(at + 6, isLittle),
      sequence: view.getUint32(at + 8, isLittle),
      body: bytes.subarray(at + messageHeader, at + length),
    });
    at += aligned(length);
  }
  return found;
}

/** The attributes of a message's or an attribute's bytes, up to the first whose length cannot be. */
export function readAttributes(bytes: Uint8Array): Attribute[] {
  const view = viewOf(bytes);
  const found: Attribute[] = [];
  for (let at = 0; at + attributeHeader <= bytes.length; ) {
    const length = view.getUint16(at, isLittle);
    if (length < attributeHeader || length > bytes.length - at) break;
    const type = view.getUint16(at + 2, isLittle) & attributeTypeMask;
    found.push({type, value: bytes.subarray(at + attributeHeader, at + length)});
    at += aligned(length);
  }
  return found;
}

/** Up to the first NUL. */
export const readText = (bytes: Uint8Array): string => Buffer.from(bytes).toString().split('\0', 1)[0] ?? '';

/** What NLMSG_ERROR says: an errno, 0 for an ACK, and the kernel's own words where it has some. */
export interface Verdict {
  readonly code: number;
  readonly why?: string;
}

/** NLMSGERR_ATTR_MSG */
const errorMessage = 1;

/** Null when the bytes are too few. With NETLINK_CAP_ACK set, the header of the request is all that comes back of it. */
export function readVerdict({flags, body}: NetlinkMessage): Verdict | null {
  if (body.length < 4) return null;
  // Written so, 0 does not become -0.
  const code = 0 - viewOf(body).getInt32(0, isLittle);
  if (code === 0 || (flags & netlinkFlags.NLM_F_ACK_TLVS) === 0) return {code};
  const said = readAttributes(body.subarray(4 + messageHeader)).find(({type}) => type === errorMessage);
  return said ? {code, why: readText(said.value)} : {code};
}

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
