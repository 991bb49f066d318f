import {expect, test} from 'vitest';
import {greetingLimit, readServeWish} from '../../../src/app/serve/serve-options.ts';

const limitsOf = (values: Readonly<Record<string, string>>) => readServeWish(values, null).limits;

test('a limit of 0 is none, and what is not named is not in the wish', () => {
  expect(limitsOf({})).toEqual({});
  expect(limitsOf({'max-bytes': '0', idle: '0', 'max-line': '5', 'max-per-address': '1'})).toEqual({
    ...{bytes: null, idle: null, line: 5, perAddress: 1},
  });
});

test('no clients at all is no wish', () => {
  expect(limitsOf({'max-clients': '1'})).toEqual({clients: 1});
  expect(() => limitsOf({'max-clients': '0'})).toThrow();
});

test('a greeting may have as many bytes as it may, and not one more', () => {
  const greeting = 'あ'.repeat(341);
  expect(readServeWish({greeting: `${greeting}!`}, null).greeting).toHaveLength(342);
  expect(greetingLimit).toBe(1024);
  expect(() => readServeWish({greeting: `${greeting}!!`}, null)).toThrow();
});
