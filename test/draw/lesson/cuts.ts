import type {Region} from '../../../src/draw/lesson/upper-part.ts';
import {textOf} from '../../../src/draw/text/spans.ts';
import {cells} from '../../../src/draw/text/wrap.ts';

/** Something of which not all is seen, and the room near it that could take more of it. In cells and rows. */
export interface Cut {
  readonly region: Region['name'];
  readonly row: string;
  /** Blank cells behind it, in its box. */
  readonly beside: number;
  /** Blank rows under it, in its box. */
  readonly under: number;
  /** Blank rows at the end of its part of the screen, and at the end of the words, but for the one above the keys. */
  readonly spare: number;
}

/** What the ends of fitted pieces look like: `..`, a call with fewer arguments, and how many more sockets there are. */
const marks = /(?:(?<=[^\s.])\.\.(?![.\w])|…)\)?|(?<=[^\s│]) +\+\d+(?= *│)/g;
const bars = /[│┊║]/g;

/** The map and the words go on beside and below: they are read through a window, and nothing of them is cut. */
const areCut: ReadonlySet<Region['name']> = new Set(['header', 'lanes', 'panel', 'rule']);

export function cutsOf(regions: readonly Region[]): Cut[] {
  const words = regions.find(({name}) => name === 'words')?.lines.map(textOf) ?? [];
  const below = Math.max(0, blankAtEnd(words) - 1);
  return regions
    .filter(({name}) => areCut.has(name))
    .flatMap(({name, lines}) => {
      const rows = lines.map(line => gridOf(textOf(line)));
      const spare = below + (name === 'panel' ? blankAtEnd(lines.map(textOf)) : 0);
      return rows.flatMap((row, at) =>
        [...row.join('').matchAll(marks)].map(match => {
          const text = row.join('');
          const end = cells(text.slice(0, match.index + match[0].length));
          const [from, to] = boxAround(row, end - 1);
          const behind = row.slice(end, to).join('');
          // What goes on under a call keeps to its column, whoever has one beside it.
          const goesOn = /^ {5}/.test(row.slice(from, to).join(''));
          const beside = goesOn ? 0 : (/^ */.exec(behind)?.[0].length ?? 0) - 1;
          const next = rows.findIndex((other, i) => i > at && !isBlank(other.slice(from, to)));
          const under = (next < 0 ? rows.length : next) - at - 1;
          return {region: name, row: text, beside, under, spare};
        }),
      );
    });
}

const blankAtEnd = (rows: readonly string[]): number =>
  rows.length - 1 - rows.findLastIndex(row => row.replaceAll(bars, '').trim() !== '');

const isBar = (cell: string): boolean => /^[│┊║]$/.test(cell);
const isBlank = (part: readonly string[]): boolean => part.join('').trim() === '';

/** A row in cells: a character of two is followed by an empty one. */
const gridOf = (text: string): string[] =>
  [...text].flatMap(one => [one, ...Array(Math.max(0, cells(one) - 1)).fill('')]);

function boxAround(row: readonly string[], x: number): readonly [from: number, to: number] {
  const from = row.findLastIndex((cell, i) => i < x && isBar(cell)) + 1;
  const end = row.findIndex((cell, i) => i > x && isBar(cell));
  return [from, end < 0 ? row.length : end];
}
