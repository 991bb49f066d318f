import fc from 'fast-check';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {lessons} from '../../lessons/index.ts';
import {plainWidth} from '../../src/messages/plain-width.ts';

/** Every character that is plain by itself. */
const plain = Array.from({length: 0x10000}, (_, code) => String.fromCharCode(code)).filter(
  character => plainWidth(character) !== null,
);

const styles = ['\x1b[1m', '\x1b[36m', '\x1b[38;5;208m', '\x1b[0m', '\x1b[m'];

test('a plain character is as wide as string-width says', () => {
  expect(plain.length).toBeGreaterThan(28_000);
  expect(plain.filter(character => plainWidth(character) !== stringWidth(character))).toEqual([]);
});

test('and so are plain characters side by side, whichever, and in any style', () => {
  const pieces = fc.array(fc.oneof(fc.constantFrom(...plain), fc.constantFrom(...styles)), {maxLength: 30});
  fc.assert(
    fc.property(pieces, all => {
      expect(plainWidth(all.join(''))).toBe(stringWidth(all.join('')));
    }),
    {numRuns: 2000},
  );
});

test('no pair of plain characters of different kinds is one cluster', () => {
  // One of each block of 16, beside one of each: what joins does so by block.
  const some = plain.filter(character => character.charCodeAt(0) % 16 === 1);
  const few = some.filter((_, i) => i < 120 || i % 40 === 0);
  const joined = few.flatMap(a => few.filter(b => plainWidth(a + b) !== stringWidth(a + b)).map(b => a + b));
  expect(joined).toEqual([]);
});

test.each(['e\u0301', '👍', '❤\uFE0F', '1\uFE0F\u20E3', 'か\u3099', '각', '\u200b', 'ｶﾞ', '\t', '\x1b]8;;x\x07', '𠮷'])(
  '%j is left to string-width',
  text => expect(plainWidth(text)).toBeNull(),
);

test('what the lessons say is plain, in both languages', () => {
  const texts = lessons.flatMap(({title, about, summary, steps}) => [
    ...[title, about, summary, ...steps.flatMap(({before, after}) => [before, after])].flatMap(({ja, en}) => [ja, en]),
  ]);
  const others = texts.flatMap(text => text.split('\n')).filter(line => plainWidth(line) === null);
  expect(others).toEqual([]);
});
