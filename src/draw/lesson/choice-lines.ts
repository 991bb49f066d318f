import type {Text} from '../../model/text.ts';
import type {Look} from '../text/look.ts';
import {type Line, plain, type Span, styled, widthOf} from '../text/spans.ts';
import type {Paragraph} from './paragraph.ts';

/** What stands beside a choice: a sign before its number, and behind its text whose answer it is. */
export interface ChoiceMark {
  readonly sign: string;
  readonly whose: readonly Text[];
}

/** Where the text of a choice stands, after its number: cells. */
export const choiceIndent = 6;

interface Choices {
  readonly texts: readonly (Text | undefined)[];
  readonly marks: readonly (ChoiceMark | null)[];
  readonly number: Omit<Span, 'text'>;
}

/**
 * The choices of a question, in the order in which they are shown.
 *
 * ```
 *  = 1  0 comes back: it is connected at once      <- the kernel
 *  ! 2  wait until the server calls accept()       <- you
 *    3  be refused
 * ```
 *
 * @param paragraph as wide as a choice's text may be, which is `width` without the indent
 */
export function choiceLines(choices: Choices, look: Look, paragraph: Paragraph, width: number): Line[] {
  const texts = choices.texts.map(text => paragraph(text).map(withoutEdge));
  const tails = choices.marks.map(mark => tailOf(mark, look));
  const column = columnOf(texts, tails, width - choiceIndent);
  return texts.flatMap((lines, i) => {
    const [first = [], ...rest] = withTail(lines, tails[i] ?? [], column);
    const {sign = ' '} = choices.marks[i] ?? {};
    const isMarked = choices.marks[i] !== null;
    const head: Line = [
      styled(` ${sign} `, {bold: true}),
      styled(String(i + 1), isMarked ? {bold: true} : choices.number),
      {text: '  '},
    ];
    return [[...head, ...first], ...rest.map((line): Line => [{text: ' '.repeat(choiceIndent)}, ...line])];
  });
}

/** A paragraph's lines begin one cell from the edge, which is the indent's here. */
const withoutEdge = (line: Line): Line => line.slice(1);

const tailOf = (mark: ChoiceMark | null, look: Look): Line =>
  mark ? plain(mark.whose.map(who => `  ${look.glyphs.left} ${look.say(who)}`).join('')) : [];

/** Where the tails stand under each other: after the longest of the lines that they follow, as far as there is room. */
function columnOf(texts: readonly (readonly Line[])[], tails: readonly Line[], room: number): number {
  const widest = Math.max(0, ...tails.map(widthOf));
  const ends = texts.map((lines, i) => (widthOf(tails[i] ?? []) > 0 ? widthOf(lines.at(-1) ?? []) : 0));
  const fitting = ends.filter(end => end + widest <= room);
  return Math.min(room - widest, Math.max(usualColumn, ...fitting));
}
const usualColumn = 40;

/** Behind the last line, or where it has no room there, on one of its own. */
function withTail(lines: readonly Line[], tail: Line, column: number): readonly Line[] {
  const last = lines.at(-1);
  if (widthOf(tail) === 0 || !last) return lines;
  const gap = column - widthOf(last);
  if (gap < 0) return [...lines, [{text: ' '.repeat(column)}, ...boldly(tail)]];
  return [...lines.slice(0, -1), [...last, {text: ' '.repeat(gap)}, ...boldly(tail)]];
}

const boldly = (line: Line): Line => line.map(span => ({...span, bold: true}));
