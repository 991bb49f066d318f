import fc from 'fast-check';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {neighbours, rowsAround, typedRows} from '../../../src/draw/text/typed-rows.ts';

const atEnd = (text: string, width = 10) => typedRows(text, text.length, width, false);

test('the caret has a cell of its own after the last character, on a new row where that is full', () => {
  expect(atEnd('abc')).toEqual({rows: ['abc'], caret: {row: 0, column: 3}});
  expect(atEnd('abcdefghij')).toEqual({rows: ['abcdefghij', ''], caret: {row: 1, column: 0}});
  expect(atEnd('abcdefghi日')).toEqual({rows: ['abcdefghi', '日'], caret: {row: 1, column: 2}});
});

test('before a character the caret stands on its first cell', () => {
  expect(typedRows('日本x', 1, 10, false).caret).toEqual({row: 0, column: 2});
  expect(typedRows('abcdefghi日', 9, 10, false).caret).toEqual({row: 1, column: 0});
});

test('what joins characters is not drawn, and what steers a terminal neither', () => {
  expect(atEnd('\u{1f468}\u200d\u{1f469}').rows).toEqual(['\u{1f468}\u{1f469}']);
  expect(atEnd('\u{1f44d}\u{1f3fd}\u2764\ufe0f').rows).toEqual(['\u{1f44d}\u2764']);
  expect(atEnd('a\x1b\u200d').rows).toEqual(['a??']);
});

test('no row is wider than it may be, and the caret is on one that is shown', () => {
  const text = fc.string({unit: 'grapheme', maxLength: 60});
  fc.assert(
    fc.property(text, fc.nat(80), fc.integer({min: 2, max: 12}), (typed, place, width) => {
      const caret = Math.min(place, typed.length);
      const shown = rowsAround(typedRows(typed, caret, width, false), 2);
      for (const row of shown.rows) expect(stringWidth(row)).toBeLessThanOrEqual(width);
      expect(shown.rows[shown.caret.row]).toBeDefined();
      expect(shown.caret.column).toBeLessThan(width);
    }),
  );
});

test('a long text costs no more than what is seen of it', () => {
  const text = 'x'.repeat(1_000_000);
  const {rows} = typedRows(text, text.length, 60, false);
  expect(rows.length).toBeLessThan(20);
  expect(neighbours(text, text.length)).toEqual({before: 1, after: 0});
});

test('a step is a whole character', () => {
  const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}';
  expect(neighbours(`a${family}b`, 1 + family.length)).toEqual({before: family.length, after: 1});
});
