import type {Look} from '../text/look.ts';
import {fitLine, type Line, styled, textOf, widthOf} from '../text/spans.ts';
import {wrap} from '../text/wrap.ts';
import type {PanelData} from './panel.ts';
import {paneLines} from './panes.ts';

/** Cells for the words of a step: where the flow takes the width of the screen, the code stands beside them. */
export const wordsWidth = ({pane, isWide, columns}: WordsPlace): number =>
  isWide && pane === 'flow' ? Math.floor(columns * wordsShare) : columns;
const wordsShare = 0.62;

export interface WordsPlace extends Pick<PanelData, 'pane'> {
  readonly columns: number;
  readonly isWide: boolean;
}

/** The words of a step, and beside them, where they have not the whole width, the code that makes its calls. */
export function wordsBeside(
  words: readonly Line[],
  data: PanelData,
  look: Look,
  place: Omit<WordsPlace, 'pane'> & {readonly height: number},
): Line[] {
  const {columns, height} = place;
  const width = wordsWidth({...place, pane: data.pane});
  if (width === columns) return [...words];
  const aside = columns - width - 2;
  const language = data.step?.call.name === 'evaluate' || data.lesson.files ? 'node' : 'c';
  const code = folded(paneLines(language, data, look, {width: aside, height}), aside, height);
  return Array.from({length: Math.min(height, Math.max(words.length, code.length))}, (_, row) => [
    ...fitLine(words[row] ?? [], width),
    styled(look.glyphs.vertical, {dim: true}),
    {text: ' '},
    ...fitLine(code[row] ?? [], aside),
  ]);
}

/** Lines of code in this width, the rest of a long one under it; of too many, those around the step's own. */
function folded(code: readonly Line[], width: number, height: number): readonly Line[] {
  const lines = code.flatMap(line => (widthOf(line) <= width ? [line] : foldedLine(line, width)));
  const own = lines.findIndex(([span]) => span?.bold);
  const end = lines.findLastIndex(([span]) => span?.bold) + 1;
  const start = Math.max(0, Math.min(own - Math.floor((height - (end - own)) / 2), lines.length - height));
  return lines.slice(start, start + height);
}

function foldedLine(line: Line, width: number): Line[] {
  const text = textOf(line);
  const mark = text.slice(0, 2);
  const code = text.slice(2).trimStart();
  const indent = ' '.repeat(Math.min(text.length - 2 - code.length, Math.floor(width / 3)));
  const [first = '', ...rest] = wrap(code, width - mark.length - indent.length - hanging.length);
  const {text: _, ...style} = line[0] ?? {text: ''};
  return [`${mark}${indent}${first}`, ...rest.map(piece => `  ${indent}${hanging}${piece}`)].map(each => [
    styled(each, style),
  ]);
}
const hanging = '  ';
