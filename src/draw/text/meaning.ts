import {type Line, type Meaning, widthOf} from './spans.ts';

/** The same line, all of whose cells stand for this. */
export const meant = (line: Line, means: Meaning): Line => line.map(span => ({...span, means}));

/** What a cell of a drawn line stands for, from 0; null for most. */
export function meaningAt(line: Line, column: number): Meaning | null {
  let end = 0;
  for (const span of line) {
    end += widthOf([span]);
    if (column < end) return span.means ?? null;
  }
  return null;
}
