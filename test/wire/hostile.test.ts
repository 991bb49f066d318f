import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Dissection, Field} from '../../src/model/wire.ts';
import {checksumOf} from '../../src/wire/checksum.ts';
import {dissect} from '../../src/wire/dissect.ts';
import {summarize} from '../../src/wire/summary.ts';
import {built} from './built.ts';
import {echo, echo6} from './captured.ts';

const frames = [...[...echo, ...echo6].map(({bytes}) => bytes), ...Object.values(built)];

/** Bytes around the frame: reading outside would find them. */
function within(bytes: Uint8Array): Uint8Array {
  const around = new Uint8Array(bytes.length + 200).fill(0x45);
  around.set(bytes, 100);
  return around.subarray(100, 100 + bytes.length);
}

/** What is not as it has to be in a frame that was taken apart; null when all is. Without `expect`, of which millions are slow. */
function faultIn(bytes: Uint8Array, {parts, reached, problem}: Dissection): string | null {
  let at = 0;
  for (const {protocol, offset, length, fields} of parts) {
    if (offset !== at) return `a gap before ${protocol} at ${at}`;
    if (length < 1 || fields.length === 0) return `${protocol} is empty`;
    at += length;
    for (const field of fields) {
      if (field.length < 1 || field.offset < offset || field.offset + field.length > at)
        return `${field.name} is outside`;
      if (!bitsFit(field)) return `${field.name} has bits outside`;
    }
  }
  if (at !== reached) return `reached ${reached}, parts to ${at}`;
  if (reached > bytes.length) return `reached ${reached} of ${bytes.length}`;
  if (!problem) return reached === bytes.length ? null : `no problem, but ${reached} of ${bytes.length}`;
  return problem.at >= 0 && problem.at <= bytes.length ? null : `a problem at ${problem.at} of ${bytes.length}`;
}

const bitsFit = ({bits, length}: Field): boolean =>
  bits === undefined || (bits.first >= 0 && bits.count > 0 && bits.first + bits.count <= 8 * length);

/** All that is computed of a frame. */
function fault(bytes: Uint8Array, length = bytes.length): string | null {
  const inside = within(bytes);
  const dissection = dissect(inside, length);
  summarize(inside, dissection);
  for (const part of dissection.parts) checksumOf(inside, dissection, part);
  return faultIn(inside, dissection);
}

const faults = (found: Iterable<string | null>): string[] => [...found].filter(one => one !== null);

function* prefixes(): Generator<readonly [Uint8Array, number]> {
  for (const frame of frames)
    for (let end = 0; end <= frame.length; end++) {
      yield [frame.subarray(0, end), end];
      yield [frame.subarray(0, end), frame.length];
    }
}

/** Each byte with each single bit changed, and with all and none set. */
function* changed(): Generator<Uint8Array> {
  for (const frame of frames)
    for (const [at, before] of frame.entries()) {
      const values = [0, 255, ...Array.from({length: 8}, (_, bit) => before ^ (1 << bit))];
      for (const value of values) yield frame.with(at, value);
    }
}

describe('whatever the bytes are', () => {
  test('every prefix of every frame, captured short and cut short', () => {
    expect(faults([...prefixes()].map(([bytes, length]) => fault(bytes, length)))).toEqual([]);
  });

  test('every byte of every frame changed', () => {
    let count = 0;
    for (const bytes of changed()) {
      const found = fault(bytes);
      if (found) throw new Error(`${found}: ${Buffer.from(bytes).toString('hex')}`);
      count++;
    }
    expect(count).toBeGreaterThan(45_000);
  });

  test('any bytes of a frame changed to any values, cut anywhere', () => {
    const anyFrame = fc.constantFrom(...frames);
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), {maxLength: 6});
    fc.assert(
      fc.property(anyFrame, changes, fc.nat(), fc.nat(70_000), (frame, some, end, length) => {
        const bytes = some.reduce((before, [at, value]) => before.with(at % before.length, value), frame);
        expect(fault(bytes.subarray(0, end % (bytes.length + 1)), length)).toBeNull();
      }),
      {numRuns: 10_000},
    );
  });

  test('any bytes, behind each of the headers that are known', () => {
    const heads = frames.map(frame => frame.subarray(0, 54));
    fc.assert(
      fc.property(fc.constantFrom(new Uint8Array(), ...heads), fc.uint8Array({maxLength: 200}), (head, bytes) => {
        expect(fault(Uint8Array.from([...head, ...bytes]))).toBeNull();
      }),
      {numRuns: 5000},
    );
  });
});

test('a frame of the largest size is taken apart in a moment, also one of nothing but small headers', () => {
  const zeros = new Uint8Array(65_536);
  const chain = zeros.slice();
  chain.set([0x86, 0xdd, 0x60, 0, 0, 0, 0xff, 0xf8, 60, 64], 12);
  chain.fill(60, 54);
  for (const bytes of [zeros, chain]) expect(fault(bytes)).toBeNull();
});
