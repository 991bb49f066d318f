import {endianness} from 'node:os';
import type {Address} from '../../model/address.ts';
import {port} from '../../model/brands.ts';
import type {Domain} from '../../model/call.ts';

/** inet_pton(3) and inet_ntop(3), so that libc itself reads and writes the text form of addresses. */
export interface AddressText {
  /** 4 or 16 bytes, or null when the text is no address of that family. */
  toBytes(domain: Domain, host: string): Uint8Array | null;
  toText(domain: Domain, bytes: Uint8Array): string;
}

/** Linux, man 7 ip, ipv6 and unix. */
const families: Record<Domain, number> = {AF_UNIX: 1, AF_INET: 2, AF_INET6: 10};
const littleEndian = endianness() === 'LE';

/** `sizeof(struct sockaddr_storage)`: room for any address. */
export const storageSize = 128;
const pathOffset = 2;
/** `sizeof(sun_path)`; one byte of it is the closing NUL. */
const pathSize = 108;

export class BadAddress extends Error {}

/** The bytes that bind() and connect() take: sockaddr_in (16), sockaddr_in6 (28) or sockaddr_un (up to 110). */
export function encodeAddress(address: Address, text: AddressText): Uint8Array {
  if (address.family === 'AF_UNIX') return encodePath(address.path);
  const host = text.toBytes(address.family, address.host);
  if (!host) throw new BadAddress(`not an ${address.family} address: ${address.host}`);
  const bytes = Buffer.alloc(address.family === 'AF_INET' ? 16 : 28);
  writeFamily(bytes, address.family);
  bytes.writeUInt16BE(address.port, 2);
  // sockaddr_in6 has its flow label (4 bytes) between port and address.
  bytes.set(host, address.family === 'AF_INET' ? 4 : 8);
  return bytes;
}

function encodePath(path: string): Uint8Array {
  const name = Buffer.from(path);
  if (name.includes(0)) throw new BadAddress('a socket path has no NUL: the kernel would stop reading there');
  if (name.length >= pathSize) throw new BadAddress(`a socket path has at most ${pathSize - 1} bytes`);
  const bytes = Buffer.alloc(pathOffset + name.length + 1);
  writeFamily(bytes, 'AF_UNIX');
  bytes.set(name, pathOffset);
  return bytes;
}

// The family is in host byte order, unlike the port beside it.
function writeFamily(bytes: Buffer, domain: Domain): void {
  if (littleEndian) bytes.writeUInt16LE(families[domain]);
  else bytes.writeUInt16BE(families[domain]);
}

/** Reads what the kernel wrote into a sockaddr; null for a family that is not ours or a length too short for it. */
export function decodeAddress(storage: Uint8Array, length: number, text: AddressText): Address | null {
  const bytes = Buffer.from(storage.subarray(0, Math.min(length, storage.length)));
  if (bytes.length < 2) return null;
  const family = littleEndian ? bytes.readUInt16LE() : bytes.readUInt16BE();
  if (family === families.AF_INET && bytes.length >= 16) {
    return {family: 'AF_INET', host: text.toText('AF_INET', bytes.subarray(4, 8)), port: port(bytes.readUInt16BE(2))};
  }
  if (family === families.AF_INET6 && bytes.length >= 28) {
    return {
      family: 'AF_INET6',
      host: text.toText('AF_INET6', bytes.subarray(8, 24)),
      port: port(bytes.readUInt16BE(2)),
    };
  }
  if (family === families.AF_UNIX) {
    const path = bytes.subarray(pathOffset).toString();
    return {family: 'AF_UNIX', path: path.split('\0', 1)[0] ?? ''};
  }
  return null;
}

export const familyNumber = (domain: Domain): number => families[domain];
