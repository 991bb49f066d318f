import {screenText} from '../../messages/screen.ts';
import type {Term} from '../../model/glossary.ts';
import {drawable} from '../text/glyphs.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, spread, styled} from '../text/spans.ts';
import {fitText, wrap} from '../text/wrap.ts';

export interface GlossaryData {
  /** Those of the text on the screen first, then the others. */
  readonly terms: readonly Term[];
  /** How many of them are in the text on the screen. */
  readonly here: number;
  /** By id of a term: how the text on the screen writes it, where that is another name. */
  readonly written: Readonly<Record<string, string>>;
  /** Index of the term that the learner is at. */
  readonly selected: number;
  /** What is searched for; null when nothing is. */
  readonly search: string | null;
}

/**
 * ```
 *  Words                                                              2/95
 *
 *  On this screen
 *    datagram  データグラム
 *      A message with an address on it, apart from all others; UDP carries these.
 *  > UDP
 * ```
 */
export function glossaryLines(data: GlossaryData, look: Look, size: {width: number; height: number}): Line[] {
  const {terms, here, written, selected} = data;
  const place = [styled(`${Math.min(selected + 1, terms.length)}/${terms.length} `, {dim: true})];
  const title = spread([styled(` ${look.say(screenText.glossary)}`, {bold: true})], place, size.width);
  if (terms.length === 0) return [title, [], ...nothingLines(data.search ?? '', look, size.width)];
  const blocks = terms.map((term, i) => ({
    isSelected: i === selected,
    lines: [...headingBefore(i, here, look), ...termLines(term, written[term.id], i === selected, look, size.width)],
  }));
  return [title, [], ...windowOf(blocks, size.height - 2)];
}

/** Cells of what was searched for, where that is told. */
const longestSearch = 30;

const nothingLines = (search: string, look: Look, width: number): Line[] =>
  wrap(look.say(screenText.noTermFound, {search: fitText(drawable(search, look.ascii), longestSearch)}), width - 2).map(
    (text): Line => [{text: ` ${text}`}],
  );

function headingBefore(index: number, here: number, look: Look): Line[] {
  const heading = (text: (typeof screenText)['termsHere' | 'otherTerms']): Line[] => [
    ...(index === 0 ? [] : [[]]),
    [styled(` ${look.say(text)}`, {bold: true})],
  ];
  if (index === 0 && here > 0) return heading(screenText.termsHere);
  return index === here && here > 0 ? heading(screenText.otherTerms) : [];
}

function termLines(term: Term, written: string | undefined, isSelected: boolean, look: Look, width: number): Line[] {
  const name = look.say(nameText(term));
  const other = look.say({ja: term.names.en[0], en: term.names.ja[0]});
  const reading = look.language === 'ja' && term.reading ? ` (${term.reading})` : '';
  const as = written === undefined ? '' : ` = ${look.say({ja: written, en: written})}`;
  const head: Line = [
    styled(isSelected ? ' > ' : '   ', {bold: true}),
    styled(name, {bold: true}),
    styled(as, {bold: true}),
    styled(`${reading}${other === name ? '' : `  ${other}`}`, {dim: true}),
  ];
  const meaning = meaningLines(term, look, width - indent.length - 1);
  return [fitLine(head, width), ...meaning.map((line): Line => [{text: indent + line}])];
}

/** Kept by term: to find where Japanese breaks takes too long to do it for all of them at each key. */
const broken = new WeakMap<Term, Map<string, readonly string[]>>();

function meaningLines(term: Term, look: Look, width: number): readonly string[] {
  const text = look.say(term.meaning);
  const key = `${width} ${text}`;
  const known = broken.get(term) ?? new Map<string, readonly string[]>();
  const lines = known.get(key) ?? wrap(text, width);
  broken.set(term, known.set(key, lines));
  return lines;
}

const indent = '     ';
const nameText = ({names}: Term) => ({ja: names.ja[0], en: names.en[0]});

interface Block {
  readonly isSelected: boolean;
  readonly lines: readonly Line[];
}

/** As many rows as there is room for, all of the selected term among them. */
function windowOf(blocks: readonly Block[], room: number): Line[] {
  const at = blocks.findIndex(({isSelected}) => isSelected);
  const rows = (some: readonly Block[]) => some.reduce((sum, {lines}) => sum + lines.length, 0);
  const above = rows(blocks.slice(0, Math.max(0, at)));
  const own = blocks[at]?.lines.length ?? 0;
  const start = Math.max(0, Math.min(above - Math.floor((room - own) / 2), rows(blocks) - room));
  return blocks.flatMap(({lines}) => lines).slice(start, start + room);
}
