import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {BadAddress, decodeAddress, encodeAddress} from '../../../src/lab/libc/sockaddr.ts';
import type {Address} from '../../../src/model/address.ts';
import {port} from '../../../src/model/brands.ts';
import {nodeAddressText, shortest} from '../address-text.ts';

const encode = (address: Address) => encodeAddress(address, nodeAddressText);
const decode = (bytes: Uint8Array, length = bytes.length) => decodeAddress(bytes, length, nodeAddressText);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

// sin_family is in host order: 2 and 10 are `02 00` and `0a 00` on a little-endian machine.
const family = (n: number) => hex(new Uint8Array(new Uint16Array([n]).buffer));

const ports = fc.integer({min: 0, max: 65535}).map(port);
const inet = fc.record({family: fc.constant('AF_INET' as const), host: fc.ipV4(), port: ports});
const inet6 = fc.record({family: fc.constant('AF_INET6' as const), host: fc.ipV6().map(shortest), port: ports});
const unix = fc
  .string({unit: 'grapheme', maxLength: 107})
  .filter(path => !path.includes('\0') && Buffer.byteLength(path) <= 107)
  .map(path => ({family: 'AF_UNIX' as const, path}));

describe('what bind() and connect() are given', () => {
  test('127.0.0.1:8080 is the 16 bytes of a sockaddr_in', () => {
    const bytes = encode({family: 'AF_INET', host: '127.0.0.1', port: port(8080)});
    expect(hex(bytes)).toBe(`${family(2)}1f907f0000010000000000000000`);
  });

  test('[::1]:8081 is the 28 bytes of a sockaddr_in6, with flow label and scope 0', () => {
    const bytes = encode({family: 'AF_INET6', host: '::1', port: port(8081)});
    expect(hex(bytes)).toBe(`${family(10)}1f9100000000${'00'.repeat(15)}0100000000`);
  });

  test('a path is a sockaddr_un that ends with a NUL', () => {
    const bytes = encode({family: 'AF_UNIX', path: '/tmp/é'});
    expect(hex(bytes)).toBe(`${family(1)}2f746d702fc3a900`);
  });

  test('a path of 107 bytes fits, one of 108 is refused', () => {
    expect(encode({family: 'AF_UNIX', path: 'x'.repeat(107)})).toHaveLength(110);
    expect(() => encode({family: 'AF_UNIX', path: 'x'.repeat(108)})).toThrow(BadAddress);
    expect(() => encode({family: 'AF_UNIX', path: '海'.repeat(36)})).toThrow(BadAddress);
  });

  test('a path that would be cut at a NUL is refused', () => {
    expect(() => encode({family: 'AF_UNIX', path: '/tmp/a\0b'})).toThrow(BadAddress);
  });

  test('a host that is no address of the family is refused', () => {
    expect(() => encode({family: 'AF_INET', host: 'localhost', port: port(1)})).toThrow(BadAddress);
    expect(() => encode({family: 'AF_INET', host: '::1', port: port(1)})).toThrow(BadAddress);
    expect(() => encode({family: 'AF_INET6', host: '127.0.0.1', port: port(1)})).toThrow(BadAddress);
  });
});

describe('what the kernel gives back', () => {
  test('every address that was written is read back the same', () => {
    fc.assert(
      fc.property(fc.oneof(inet, inet6, unix), address => {
        expect(decode(encode(address))).toEqual(address);
      }),
    );
  });

  test('an IPv4 client of an IPv6 socket has an IPv4-mapped address', () => {
    const mapped = encode({family: 'AF_INET6', host: '::ffff:127.0.0.1', port: port(8080)});
    expect(hex(mapped.subarray(8, 24))).toBe('00000000000000000000ffff7f000001');
    expect(decode(mapped)).toEqual({family: 'AF_INET6', host: '::ffff:127.0.0.1', port: 8080});
  });

  test('an unnamed Unix socket is only its family, and has an empty path', () => {
    expect(decode(Buffer.from(family(1), 'hex'))).toEqual({family: 'AF_UNIX', path: ''});
  });

  test('an address cut short is no address', () => {
    const cut = fc.oneof(inet, inet6).chain(address => fc.tuple(fc.constant(address), fc.nat({max: 27})));
    fc.assert(
      fc.property(cut, ([address, length]) => {
        const bytes = encode(address);
        fc.pre(length < bytes.length);
        expect(decode(bytes, length)).toBeNull();
        expect(decode(bytes.subarray(0, length), bytes.length)).toBeNull();
      }),
    );
  });

  test('a family of no lesson is no address', () => {
    const foreign = fc.integer({min: 0, max: 0xffff}).filter(n => ![1, 2, 10].includes(n));
    fc.assert(
      fc.property(foreign, fc.uint8Array({minLength: 26, maxLength: 126}), (n, rest) => {
        expect(decode(Buffer.concat([Buffer.from(family(n), 'hex'), rest]))).toBeNull();
      }),
    );
  });

  test('whatever bytes there are, reading them never throws', () => {
    const families = fc.constantFrom(1, 2, 10, 16).map(n => Buffer.from(family(n), 'hex'));
    const bytes = fc.tuple(fc.oneof(families, fc.uint8Array({maxLength: 2})), fc.uint8Array({maxLength: 130}));
    fc.assert(
      fc.property(bytes, fc.nat({max: 200}), (parts, length) => {
        const address = decode(Buffer.concat(parts), length);
        if (address !== null) expect(['AF_INET', 'AF_INET6', 'AF_UNIX']).toContain(address.family);
      }),
    );
  });
});
