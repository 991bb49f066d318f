import type {Region} from '../../../src/draw/lesson/upper-part.ts';
import {textOf} from '../../../src/draw/text/spans.ts';
import {cells} from '../../../src/draw/text/wrap.ts';

/** Something of which not all is seen, and the room beside it that could take more of it. In cells and rows. */
export interface Cut {
  readonly region: Region['name'];
  readonly row: string;
  /** Blank cells in its own row, in its box. */
  readonly beside: number;
  /** Blank rows in its box. */
  readonly rows: number;
  /** Blank rows at the end of the words. */
  readonly below: number;
}

/** What the ends of fitted pieces look like: `..`, a call with fewer arguments, and how many more there are. */
const marks = /(?<=[^\s.])\.\.(?![.\w])|…| \+\d+(?=\s*(?:[│┊]|$))/g;
const bars = /[│┊║]/;

export function cutsOf(regions: readonly Region[]): Cut[] {
  const words = regions.find(({name}) => name === 'words')?.lines.map(textOf) ?? [];
  const below = words.length - 1 - words.findLastIndex(row => row.trim() !== '');
  return regions.filter(({name}) => name !== 'map' && name !== 'words').flatMap(({name, lines}) => {
    const rows = lines.map(line => gridOf(textOf(line)));
    return rows.flatMap((row, at) =>
      [...row.join('').matchAll(marks)].map(({index}): Cut => {
        const x = cells(row.join('').slice(0, index));
        const [from, to] = boxAround(row, x);
        const field = row.slice(from, to).join('');
        const gaps = field.trim().match(/ {3,}/g) ?? [];
        const beside = Math.max(0, ...gaps.map(gap => gap.length - 2), to - from - field.trimEnd().length);
        const free = rows.filter((other, i) => i !== at && isBlank(other.slice(from, to))).length;
        return {region: name, row: row.join(''), beside, rows: free, below};
      }),
    );
  });
}

const isBlank = (part: readonly string[]): boolean => part.join('').trim() === '';

/** A row in cells: a character of two is followed by an empty one. */
const gridOf = (text: string): string[] =>
  [...text].flatMap(one => [one, ...Array(Math.max(0, cells(one) - 1)).fill('')]);

function boxAround(row: readonly string[], x: number): readonly [from: number, to: number] {
  const from = row.findLastIndex((cell, i) => i < x && bars.test(cell)) + 1;
  const end = row.findIndex((cell, i) => i > x && bars.test(cell));
  return [from, end < 0 ? row.length : end];
}
