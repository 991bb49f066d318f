import type {Text} from '../../src/model/text.ts';

/** Japanese on the first line, English on the second, which may be indented. One line, or none, does not compile. */
export type TwoLines = `${string}\n${string}`;

/** A pair of texts: `{ja, en}` where it fits on a line of the file, two lines where it does not. */
export type Words = Text | TwoLines;

export function textOf(words: Words): Text {
  if (typeof words !== 'string') return words;
  const [ja = '', en = '', ...more] = words.split('\n');
  if (more.length > 0) throw new Error(`more than two lines: ${words}`);
  return {ja, en: en.trimStart()};
}

/** Of each of them. */
export const textsOf = <K extends string>(words: Readonly<Record<K, Words>>): Readonly<Record<K, Text>> =>
  Object.fromEntries(Object.entries<Words>(words).map(([key, pair]) => [key, textOf(pair)])) as Record<K, Text>;
