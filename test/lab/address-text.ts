import {isIP, SocketAddress} from 'node:net';
import type {AddressText} from '../../src/lab/libc/sockaddr.ts';

/** inet_pton(3) and inet_ntop(3) made with Node alone: the tests of addresses need no FFI. */
export const nodeAddressText: AddressText = {
  toBytes(domain, host) {
    if (isIP(host) !== (domain === 'AF_INET' ? 4 : 6)) return null;
    return Uint8Array.from(domain === 'AF_INET' ? host.split('.').map(Number) : groupsOf(host).flatMap(twoBytes));
  },
  toText(domain, bytes) {
    if (domain === 'AF_INET') return bytes.join('.');
    return shortest(
      Buffer.from(bytes)
        .toString('hex')
        .replace(/.{4}(?=.)/g, '$&:'),
    );
  },
};

/** The shortest form of an IPv6 address (RFC 5952). */
export const shortest = (host: string): string => new SocketAddress({address: host, family: 'ipv6'}).address;

function groupsOf(host: string): number[] {
  const [head = '', tail] = shortest(host).split('::').map(withoutDots);
  const [before, after] = [head, tail ?? ''].map(part => part.split(':').filter(Boolean));
  const gap = tail === undefined ? 0 : 8 - (before?.length ?? 0) - (after?.length ?? 0);
  return [...(before ?? []), ...Array<string>(gap).fill('0'), ...(after ?? [])].map(group =>
    Number.parseInt(group, 16),
  );
}

/** Writes the last 4 bytes of `::ffff:127.0.0.1` as two groups. */
const withoutDots = (part: string): string =>
  part.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: string[]) => {
    const [a, b, c, d] = bytes.map(Number);
    return [
      [a, b],
      [c, d],
    ]
      .map(([high = 0, low = 0]) => (high * 256 + low).toString(16))
      .join(':');
  });

const twoBytes = (group: number): number[] => [group >> 8, group & 0xff];
