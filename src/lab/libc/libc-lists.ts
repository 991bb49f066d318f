import {endianness} from 'node:os';
import type {Address} from '../../model/address.ts';
import type {Interface} from '../../model/outcome.ts';
import {IFF_LOOPBACK} from './constants.ts';
import type {Functions} from './libc-functions.ts';
import {type AddressText, decodeAddress, familyNumber} from './sockaddr.ts';

const isLittle = endianness() === 'LE';

export type Hosts = (first: bigint) => Address[];

/**
 * Reads the list that getaddrinfo(3) made, and frees it. `struct addrinfo` of 64-bit Linux: four ints, the length of the
 * address, then pointers to the address, the canonical name and the next one.
 */
export function hostFinder(koffi: typeof import('koffi'), libc: Functions, text: AddressText): Hosts {
  return first => {
    const found: Address[] = [];
    for (let at = first; at !== 0n; ) {
      const node = new DataView(koffi.view(at, 48));
      const length = node.getUint32(16, isLittle);
      const bytes = new Uint8Array(koffi.view(node.getBigUint64(24, isLittle), length)).slice();
      const address = decodeAddress(bytes, length, text);
      if (address) found.push(address);
      at = node.getBigUint64(40, isLittle);
    }
    if (first !== 0n) libc.freeaddrinfo(first);
    return found;
  };
}

export type Interfaces = (first: bigint) => Interface[];

/**
 * Reads the list that getifaddrs(3) made, and frees it. `struct ifaddrs` of 64-bit Linux: pointers to the next one and to
 * the name, an unsigned int of flags, a pointer to the address (null for an interface without one).
 */
export function interfaceFinder(koffi: typeof import('koffi'), libc: Functions, text: AddressText): Interfaces {
  return first => {
    const found: Interface[] = [];
    for (let at = first; at !== 0n; ) {
      const node = new DataView(koffi.view(at, 32));
      const address = addressAt(koffi, node.getBigUint64(24, isLittle), text);
      if (address) {
        const name = stringAt(koffi, node.getBigUint64(8, isLittle));
        found.push({name, host: address, internal: (node.getUint32(16, isLittle) & IFF_LOOPBACK) !== 0});
      }
      at = node.getBigUint64(0, isLittle);
    }
    if (first !== 0n) libc.freeifaddrs(first);
    return found;
  };
}

/** The IPv4 or IPv6 address of a sockaddr whose length only its family tells; null for any other. */
function addressAt(koffi: typeof import('koffi'), pointer: bigint, text: AddressText): string | null {
  if (pointer === 0n) return null;
  const family = new DataView(koffi.view(pointer, 2)).getUint16(0, isLittle);
  const length = family === familyNumber('AF_INET') ? 16 : family === familyNumber('AF_INET6') ? 28 : 0;
  if (length === 0) return null;
  const address = decodeAddress(new Uint8Array(koffi.view(pointer, length)).slice(), length, text);
  return address && 'host' in address ? address.host : null;
}

/** IFNAMSIZ, include/uapi/linux/if.h: with its closing NUL. */
const longestInterfaceName = 16;

function stringAt(koffi: typeof import('koffi'), pointer: bigint): string {
  const bytes: number[] = [];
  for (let i = 0n; i < longestInterfaceName; i++) {
    const byte = new Uint8Array(koffi.view(pointer + i, 1))[0] ?? 0;
    if (byte === 0) break;
    bytes.push(byte);
  }
  return Buffer.from(bytes).toString();
}
