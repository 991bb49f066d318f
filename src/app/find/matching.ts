/** As it is compared: without case, full width as half width, katakana as hiragana. */
const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, kana => String.fromCharCode(kana.charCodeAt(0) - 0x60));

/** Texts of the course, which are compared at every key. */
const known = new Map<string, string>();

function knownFolded(text: string): string {
  const found = known.get(text) ?? folded(text);
  known.set(text, found);
  return found;
}

/** What is looked for, word by word. */
const wordsIn = (query: string): readonly string[] =>
  folded(query)
    .split(/\s+/)
    .filter(word => word !== '');

/**
 * How well texts (folded) fit the words that are looked for: 0 is best; null where a word is in none of them. A word fits as a
 * part of a text, or by its letters one after the other, the first at the beginning of a word (`srvf` for `server-flow`).
 */
function fitness(words: readonly string[], texts: readonly string[]): number | null {
  let sum = 0;
  for (const word of words) {
    const best = Math.min(...texts.map(text => fitOf(word, text)));
    if (best === Number.POSITIVE_INFINITY) return null;
    sum += best;
  }
  return sum;
}

function fitOf(word: string, text: string): number {
  if (text === word) return 0;
  const at = text.indexOf(word);
  if (at === 0) return 1;
  if (at > 0) return startsWord(text, at) ? 2 : 3;
  return isScattered(word, text) ? 4 : Number.POSITIVE_INFINITY;
}

const startsWord = (text: string, at: number): boolean => !/[a-z0-9]/.test(text[at - 1] ?? '');

/** Short ones would fit nearly everything. */
const leastScattered = 3;

function isScattered(word: string, text: string): boolean {
  if (word.length < leastScattered) return false;
  for (let from = text.indexOf(word[0] ?? ''); from >= 0; from = text.indexOf(word[0] ?? '', from + 1)) {
    if (startsWord(text, from) && follows(word, text, from)) return true;
  }
  return false;
}

/** Whether the letters of a word come one after the other from there on, in no more than four times its length. */
function follows(word: string, text: string, from: number): boolean {
  let at = from;
  for (const letter of word.slice(1)) {
    at = text.indexOf(letter, at + 1);
    if (at < 0 || at - from > 4 * word.length) return false;
  }
  return true;
}

/** Those that fit, the best first, else in their order. */
export function bestFirst<T>(all: readonly T[], query: string, textsOf: (one: T) => readonly string[]): readonly T[] {
  const words = wordsIn(query);
  if (words.length === 0) return all;
  const found = all.flatMap(one => {
    const how = fitness(words, textsOf(one).map(knownFolded));
    return how === null ? [] : [{one, how}];
  });
  return found.sort((a, b) => a.how - b.how).map(({one}) => one);
}
