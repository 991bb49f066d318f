import stringWidth from 'string-width';
import {plainWriting} from './glyphs.ts';
import {withoutSteering} from './spans.ts';

/** A text that is being typed, in rows of so many cells, and the cell that its caret stands on. */
export interface TypedRows {
  readonly rows: readonly string[];
  readonly caret: {readonly row: number; readonly column: number};
}

const graphemes = new Intl.Segmenter('und', {granularity: 'grapheme'});

/**
 * What joins characters into one picture: zero-width joiners, variation selectors, skin colours. A terminal that does not join them
 * needs more cells than one that does, and a row that is too wide for it breaks the screen. Drawn without them, a character has the
 * same cells everywhere.
 */
const joining = /[\u200b-\u200d\u2060]|[\ufe00-\ufe0f]|\p{Emoji_Modifier}/gu;

function drawnAs(character: string, width: number, ascii: boolean): string {
  const harmless = withoutSteering(character.replace(joining, '')) || '?';
  // Any number of characters can be joined into one.
  if (stringWidth(harmless) > width) return '?';
  return ascii ? plainWriting(harmless) : harmless;
}

/**
 * Lays a text out; of a very long one only what may be seen with the caret, so that a key costs the same in any text. The caret has a cell of its own after the last character.
 *
 * @param caret how many UTF-16 units stand before it
 * @param width cells of a row, at least 2
 */
export function typedRows(text: string, caret: number, width: number, ascii: boolean): TypedRows {
  const far = farRows * width;
  const from = Math.max(0, caret - far);
  return laidOut(text.slice(from, caret + far), caret - from, width, ascii);
}

/** Beyond so many rows from the caret nothing is laid out. */
const farRows = 8;

function laidOut(text: string, caret: number, width: number, ascii: boolean): TypedRows {
  const rows = [''];
  let column = 0;
  let place = {row: 0, column: 0};
  const makeRoom = (cells: number) => {
    if (column + cells <= width) return;
    rows.push('');
    column = 0;
  };
  for (const {segment, index} of graphemes.segment(text)) {
    const drawn = drawnAs(segment, width, ascii);
    const cells = stringWidth(drawn);
    makeRoom(cells);
    if (index <= caret) place = {row: rows.length - 1, column};
    rows[rows.length - 1] += drawn;
    column += cells;
  }
  if (caret < text.length) return {rows, caret: place};
  makeRoom(1);
  return {rows, caret: {row: rows.length - 1, column}};
}

/** The rows to show where no more than `most` fit: those that end with the caret’s. */
export function rowsAround({rows, caret}: TypedRows, most: number): TypedRows {
  const first = Math.max(0, caret.row - most + 1);
  return {rows: rows.slice(first, first + most), caret: {...caret, row: caret.row - first}};
}

/** Of a character that is joined of more UTF-16 units, a part is taken. */
const longest = 64;

/** How many UTF-16 units the character before this place has, and the one after it; 0 where there is none. */
export function neighbours(text: string, place: number): {readonly before: number; readonly after: number} {
  const before = [...graphemes.segment(text.slice(Math.max(0, place - longest), place))].at(-1)?.segment.length ?? 0;
  const [next] = graphemes.segment(text.slice(place, place + longest));
  return {before, after: next?.segment.length ?? 0};
}
