// By their files: the package's entry loads a parser of HTML with it, which nothing here needs.
import {model} from '../../../node_modules/budoux/module/data/models/ja.js';
import {Parser} from '../../../node_modules/budoux/module/parser.js';

let parser: Parser | undefined;

const letters = '\\u3001-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uff01-\\uff60';
const japanese = new RegExp(`[${letters}]`);

/** Whether it has kana, ideographs, or the full-width forms that stand among them. */
export const isJapanese = (text: string): boolean => japanese.test(text);

/** Single spaces that only set Latin off from Japanese: the model was trained on text without them. */
const setOff = new RegExp(`(?<=[\\x21-\\x7e]) (?=[${letters}])|(?<=[${letters}]) (?=[\\x21-\\x7e])`, 'g');

/** What the model at times parts from its verb, and never begins a phrase: 待た|されます. */
const endings = /^(?:[さら]れ|ま[すしせ]|せん|で[すし])/;

/**
 * Where phrases (文節) begin in a Japanese text, by BudouX's model: UTF-16 units from its start. Where a space stands between two
 * phrases, the place is that of the space.
 */
export function phraseStarts(text: string): ReadonlySet<number> {
  const spaces = [...text.matchAll(setOff)].map(({index}) => index);
  parser ??= new Parser(model);
  const starts = new Set<number>();
  let dropped = 0;
  for (const start of parser.parseBoundaries(text.replace(setOff, ''))) {
    while ((spaces[dropped] ?? Number.POSITIVE_INFINITY) < start + dropped) dropped++;
    if (!endings.test(text.slice(start + dropped, start + dropped + 3).trimStart())) starts.add(start + dropped);
  }
  return starts;
}
