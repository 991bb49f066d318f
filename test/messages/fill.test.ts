import {expect, test} from 'vitest';
import {fill} from '../../src/messages/fill.ts';

const text = {ja: '{n} バイト', en: '{n} {n|byte|bytes}, {n|the one|all {n}} of them, {other}'};

test.each([
  [0, '0 bytes, all 0 of them, {other}'],
  [1, '1 byte, the one of them, {other}'],
  [2, '2 bytes, all 2 of them, {other}'],
  ['1.0k', '1.0k bytes, all 1.0k of them, {other}'],
])('of %s the wording is the one for that number', (n, says) => {
  expect(fill(text, 'en', {n})).toBe(says);
  expect(fill(text, 'ja', {n})).toBe(`${n} バイト`);
});

test('a value is never taken for a place', () => {
  expect(fill(text, 'ja', {n: '{other}', other: 'x'})).toBe('{other} バイト');
});
