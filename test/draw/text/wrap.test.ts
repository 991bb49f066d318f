import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {lessons} from '../../../lessons/index.ts';
import {fitText, wrap} from '../../../src/draw/text/wrap.ts';

const words = fc.constantFrom(
  'ソケット',
  'は',
  '通信',
  'の',
  '端点',
  'です',
  '。',
  '、',
  '「',
  '」',
  '(',
  ')',
  'connect()',
  'TIME_WAIT',
  ' ',
  '127.0.0.1:8080',
  'inode 0',
  '40 ms',
  'ありません',
  '→',
  'a',
  'ゃ',
  'ー',
);
const text = fc.array(words, {maxLength: 60}).map(parts => parts.join(''));

describe('wrapping', () => {
  test('no line is wider than the room', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string({unit: 'grapheme'})), fc.integer({min: 4, max: 90}), (given, width) => {
        for (const line of wrap(given, width)) expect(stringWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });

  test('nothing but spaces at the breaks is lost', () => {
    const bare = (given: string) => given.replace(/\s/g, '');
    fc.assert(
      fc.property(text, fc.integer({min: 4, max: 90}), (given, width) => {
        expect(bare(wrap(given, width).join(''))).toBe(bare(given));
      }),
    );
  });

  test('。、） and small kana never begin a line, and 「（ never end one, where the line has room for both', () => {
    fc.assert(
      fc.property(text, fc.integer({min: 40, max: 90}), (given, width) => {
        // A run of such characters wider than a line must break somewhere.
        fc.pre(!/[。、」)ーゃ「(]{8}/.test(given) && !/[^ ]{38}/.test(given.replace(/[ぁ-んァ-ヶ一-龠]/g, ' ')));
        const lines = wrap(given, width);
        for (const line of lines.slice(1)) expect(line).not.toMatch(/^[。、」)ーゃ]/);
        for (const line of lines.slice(0, -1)) expect(line).not.toMatch(/[「(]$/);
      }),
    );
  });

  test('a space before them changes nothing', () => {
    for (const given of [
      'ソケットソケットソケット ゃ127.0.0.1:8080',
      'ソケットソケットソケットソケット」  。です',
      'ソケットソケットソケットソケットソ「 通信の端点',
    ])
      for (const line of wrap(given, 40).slice(1)) expect(line).toMatch(/^[^。ゃ通]/);
  });

  test('Japanese breaks between phrases, and what is said of a number stays with it', () => {
    const said =
      '持ち主のプロセスなし (inode 0) の行は、表に 2 つありません。recv() は inode 0 を 40 ms 待たされます。';
    const whole = ['プロセスなし', 'inode 0', '行は、', '2 つ', 'ありません。', 'recv() は', '40 ms', '待たされます。'];
    for (let width = 18; width < 100; width++) {
      const lines = wrap(said, width);
      for (const part of whole) expect(lines.some(line => line.includes(part))).toBe(true);
    }
  });

  test('in no lesson does a line begin with what ends a phrase', () => {
    const texts = lessons.flatMap(({about, steps}) => [about, ...steps.flatMap(({before, after}) => [before, after])]);
    for (const width of [38, 56, 78, 98]) {
      const lines = texts.flatMap(({ja}) => wrap(ja, width));
      expect(lines.filter(line => /^(?:を|ま[すしせ]|せん|[さら]れ|で[すし])/.test(line))).toEqual([]);
    }
  });

  test('a word and its number, a number and its unit stay together in English', () => {
    expect(wrap('The kernel shows inode 0 for 40 ms', 25)).toEqual(['The kernel shows inode 0', 'for 40 ms']);
    expect(wrap('The kernel shows inode 0 for 40 ms', 22)).toEqual(['The kernel shows', 'inode 0 for 40 ms']);
    expect(wrap('inode 0', 5)).toEqual(['inode', '0']);
  });

  test('calls and addresses stay whole', () => {
    const lines = wrap('クライアントが connect() を呼び、127.0.0.1:8080 に接続します。', 20);
    expect(lines.some(line => line.includes('connect()'))).toBe(true);
    expect(lines.some(line => line.includes('127.0.0.1:8080'))).toBe(true);
  });

  test('a word that is wider than the room is cut', () => {
    expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  });

  test('what is cut to fit ends in two dots and is never too wide', () => {
    expect(fitText('こんにちは世界', 9)).toBe('こんに..');
    fc.assert(
      fc.property(fc.string({unit: 'grapheme'}), fc.integer({min: 0, max: 40}), (given, width) => {
        expect(stringWidth(fitText(given, width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});
