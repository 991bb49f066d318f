import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {nestedHeaders} from '../../../src/draw/picture/nested-headers.ts';
import {lookOf} from '../../../src/draw/text/look.ts';
import {textOf, widthOf} from '../../../src/draw/text/spans.ts';
import {recordedFrame} from '../../../src/wire/recorded-frame.ts';
import {built} from '../../wire/built.ts';
import {echo, frameOf} from '../../wire/captured.ts';

const head = {ja: 'フレーム', en: 'a frame'};
const drawn = (bytes: Uint8Array, width = 80): string[] =>
  nestedHeaders(bytes, head, lookOf('en', true), width, true).map(line => textOf(line).trimEnd());
const frame = (name: string): Uint8Array => built[name] ?? new Uint8Array();

describe('the picture of a frame', () => {
  test('has a part for each layer, and what the headers say', () => {
    expect(drawn(recordedFrame)).toEqual([
      'a frame',
      'application                                     |こんにちは  | 15 B data',
      'transport                         |TCP 32 B     |            | 47 B segment',
      'internet                |IP 20 B  |                          | 67 B packet',
      'link             |14 B  |                                    | 81 B frame',
      'data          e3 81 93 e3 82 93 e3 81 ab e3 81 a1 e3 81 af',
      'TCP ports     56906 -> 8080',
      'IP addresses  127.0.0.1 -> 127.0.0.1',
    ]);
  });

  test('has room for all of the data that there is room for', () => {
    const hello = new TextEncoder().encode('hello, world!!!');
    const bytes = Uint8Array.from([...recordedFrame.subarray(0, 66), ...hello]);
    expect(drawn(bytes)[1]).toContain('|hello, world!!!| 15 B data');
    expect(drawn(bytes, 51)[1]).toContain('|hello, world!!!| 15 B');
  });

  test('has no part for data where there is none', () => {
    expect(drawn(frameOf(echo, 1)).slice(0, 5)).toEqual([
      'a frame',
      'transport                         |TCP 40 B     | 40 B segment',
      'internet                |IP 20 B  |             | 60 B packet',
      'link             |14 B  |                       | 74 B frame',
      'TCP ports     56906 -> 8080',
    ]);
  });

  test('names the protocol that there is', () => {
    expect(drawn(frame('UDP over IPv6'), 60).slice(0, 6)).toEqual([
      'a frame',
      'data                       |hello     | 5 B',
      'UDP                |UDP 8  |          | 13 B',
      'IP          |IP 40 |                  | 53 B',
      'link   |14 B|                         | 67 B',
      'data          68 65 6c 6c 6f',
    ]);
  });

  test('of ARP has the link layer alone', () => {
    expect(drawn(frame('ARP request'))).toEqual(['a frame', 'link             |42 B  | 42 B frame']);
  });

  test('is drawn of whatever bytes there are', () => {
    fc.assert(
      fc.property(fc.uint8Array({maxLength: 80}), fc.nat(60), (bytes, at) => {
        const changed = recordedFrame.slice();
        changed.set(bytes.subarray(0, changed.length - at), at);
        for (const line of nestedHeaders(changed, head, lookOf('ja', false), 47, true))
          expect(widthOf(line)).toBeGreaterThan(0);
      }),
    );
  });
});
