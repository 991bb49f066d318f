import {paletteKindText, screenText} from '../../messages/screen.ts';
import type {Text} from '../../model/text.ts';
import {drawable} from '../text/glyphs.ts';
import {keyName, labelText} from '../text/key-line.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, spread, styled, widthOf} from '../text/spans.ts';
import {fitText, wrap} from '../text/wrap.ts';

/** What can be found, as one row. */
export interface PaletteRow {
  readonly kind: 'key' | 'lesson' | 'challenge' | 'term';
  /** The key, or the number of a lesson. */
  readonly mark: string;
  readonly name: Text;
  readonly more: Text | null;
}

export interface PaletteData {
  readonly rows: readonly PaletteRow[];
  readonly selected: number;
  readonly query: string;
}

/** Cells of what was typed, where it is told. */
const longestQuery = 30;

/**
 * ```
 *  Find anything                                             12 found
 *
 *  > lesson     6  Connected before accept()?  accept-queue
 *    word          accept queue  接続待ちキュー
 * ```
 */
export function paletteLines(data: PaletteData, look: Look, size: {width: number; height: number}): Line[] {
  const {rows, selected, query} = data;
  const {width, height} = size;
  const count: Line = [styled(`${look.say(screenText.found, {n: rows.length})} `, {dim: true})];
  const head = spread([styled(` ${look.say(screenText.palette)}`, {bold: true})], count, width);
  if (rows.length === 0) {
    const typed = fitText(drawable(query, look.ascii), longestQuery);
    const nothing = wrap(look.say(screenText.paletteEmpty, {search: typed}), width - 2);
    return [head, [], ...nothing.map((text): Line => [{text: ` ${text}`}])];
  }
  const room = Math.max(1, height - 2);
  const first = Math.max(0, Math.min(selected - Math.floor(room / 2), rows.length - room));
  const kindWidth = Math.max(...Object.values(paletteKindText).map(kind => widthOf([{text: look.say(kind)}]))) + 2;
  const shown = rows.slice(first, first + room).map((row, i) => rowLine(row, first + i === selected, kindWidth, look));
  return [head, [], ...shown.map(line => fitLine(line, width))];
}

/** Cells of the longest name of a key. */
const markWidth = 10;

function rowLine({kind, mark, name, more}: PaletteRow, isSelected: boolean, kindWidth: number, look: Look): Line {
  const key = kind === 'key' ? keyName(mark, look) : mark;
  return [
    styled(isSelected ? ' > ' : '   ', {bold: true}),
    ...fitLine([styled(look.say(paletteKindText[kind]), {dim: true})], kindWidth),
    ...fitLine([styled(key, {bold: true, ...(kind === 'key' ? {tone: 'key' as const} : {})})], markWidth),
    styled(labelText(name, look), {bold: isSelected}),
    ...(more === null ? [] : [styled(`  ${look.say(more)}`, {dim: true})]),
  ];
}
