import {describe, expect, test} from 'vitest';
import type {Checksum} from '../../src/model/wire.ts';
import {checksumOf} from '../../src/wire/checksum.ts';
import {dissect} from '../../src/wire/dissect.ts';
import {built} from './built.ts';
import {echo, echo6, frameOf} from './captured.ts';

/** Of each part that has one, from the outside to the inside. */
function checksums(bytes: Uint8Array, length = bytes.length): Checksum[] {
  const dissection = dissect(bytes, length);
  return dissection.parts.flatMap(part => checksumOf(bytes, dissection, part) ?? []);
}
const frame = (name: string): Uint8Array => built[name] ?? new Uint8Array();

describe('checksums', () => {
  // Segments that the kernel sends without a socket are finished by the kernel itself.
  test('on lo those of TCP are unfinished, except where no socket sent', () => {
    const finished = [11, 13, 26];
    for (const [i, {bytes}] of echo.entries())
      expect(checksums(bytes)).toEqual(['right', finished.includes(i + 1) ? 'right' : 'unfinished']);
    for (const {bytes} of echo6) expect(checksums(bytes)).toEqual(['unfinished']);
  });

  test.each<[string, Checksum[]]>([
    ['UDP over IPv4', ['right', 'right']],
    ['UDP over IPv6', ['right']],
    ['TCP over IPv6', ['right']],
    ['IP options', ['right', 'right']],
    ['an echo request', ['right', 'right']],
    ['port unreachable', ['right', 'right']],
    ['ICMPv6 echo reply', ['right']],
    ['neighbor solicitation', ['right']],
    ['a first fragment', ['right', 'unknown']],
    ['extension headers', ['unknown']],
    ['a routing header', ['unknown']],
    ['ARP request', []],
  ])('%s', (name, sums) => expect(checksums(frame(name))).toEqual(sums));

  test.each(['UDP over IPv6', 'TCP over IPv6', 'ICMPv6 echo reply'])('one changed byte makes it wrong: %s', name => {
    const bytes = frame(name);
    for (const at of [30, 45, bytes.length - 1]) {
      const changed = bytes.with(at, (bytes[at] ?? 0) ^ 0x10);
      expect(checksums(changed)).toEqual(['wrong']);
    }
  });

  test('a header of IPv4 that was changed is wrong, and what is inside is not concerned', () => {
    expect(checksums(frame('UDP over IPv4').with(22, 62))).toEqual(['wrong', 'right']);
    expect(checksums(frame('UDP over IPv4').with(44, 0))).toEqual(['right', 'wrong']);
  });

  test('UDP over IPv4 may have none; over IPv6 it may not', () => {
    expect(checksums(frame('UDP over IPv4').with(40, 0).with(41, 0))).toEqual(['right', 'none']);
    expect(checksums(frame('UDP over IPv6').with(60, 0).with(61, 0))).toEqual(['wrong']);
  });

  test('what was not captured whole cannot be checked', () => {
    const bytes = frameOf(echo, 11);
    expect(checksums(bytes)).toEqual(['right', 'right']);
    expect(checksums(bytes.subarray(0, 65), bytes.length)).toEqual(['right', 'unknown']);
    expect(checksums(bytes.subarray(0, 30), bytes.length)).toEqual(['unknown']);
  });
});
