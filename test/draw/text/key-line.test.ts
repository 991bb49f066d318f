import {describe, expect, test} from 'vitest';
import {type KeyHint, keyLine} from '../../../src/draw/text/key-line.ts';
import {lookOf} from '../../../src/draw/text/look.ts';
import {textOf, widthOf} from '../../../src/draw/text/spans.ts';
import {languages, type Text} from '../../../src/model/text.ts';

const label: Text = {ja: '一覧に戻る', en: 'to the list'};
const last: readonly KeyHint[] = [
  {key: '?', label, rank: 'last'},
  {key: 'Esc', label, rank: 'last'},
];
const hint = (key: string, rank: number): KeyHint => ({key, label, rank});
const others = [hint('a', 3), hint('b', 1), hint('c', 2), hint('d', 9), hint('e', 8), hint('f', 7), hint('g', 6)];

describe.each(languages)('the last line in %s', language => {
  const look = lookOf(language, false);

  test('has Esc and ? in the same place at its right end, whatever else works, and is never too wide', () => {
    for (let width = 60; width < 200; width++) {
      for (let n = 0; n <= others.length; n++) {
        const line = keyLine([...last, ...others.slice(0, n)], look, width);
        expect(widthOf(line)).toBe(width);
        expect(textOf(line)).toMatch(new RegExp(`  Esc ${label[language]}  \\? ${label[language]} $`));
      }
    }
  });

  test('lets the others give way, the lowest in rank first', () => {
    const shown = (width: number) =>
      [...textOf(keyLine([...last, ...others], look, width)).matchAll(/ ([a-g]) /g)].length;
    expect([60, 70, 90, 120, 160].map(shown)).toEqual([60, 70, 90, 120, 160].map(shown).toSorted((a, b) => a - b));
    expect(shown(160)).toBe(others.length);
    expect(textOf(keyLine([...last, ...others], look, 60))).toMatch(/^ b /);
  });
});
