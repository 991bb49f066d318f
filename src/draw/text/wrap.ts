import stringWidth from 'string-width';
import {plainWidth} from '../../messages/plain-width.ts';
import {isJapanese, phraseStarts} from './phrases.ts';

// JIS X 4051: characters that must not begin a line, and those that must not end one.
const neverFirst =
  /^[。、，．・：；？！!?)）\]］}｝〉》」』】〕’”…‥ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々ゝゞ:;,.~〜-]/u;
const neverLast = /[(（[［{｛〈《「『【〔‘“]$/u;
const isAscii = /^[\x21-\x7e]$/;

const aNumber = /^\d/;
const aUnit = /^(?:[nuµm]?s|[KMG]i?B|B|bits?|bytes?|seconds?|minutes?|hours?|times)(?![A-Za-z])/;

const graphemes = new Intl.Segmenter('ja', {granularity: 'grapheme'});

/**
 * Breaks text into lines of at most `width` cells. Japanese breaks between phrases (文節), never before 。、） or after 「（; Latin
 * breaks at spaces, but not between a word and its number or a number and its unit. A newline in the text always breaks.
 * Only what is wider than a whole line is broken elsewhere.
 */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap(paragraph => linesOf(paragraph, Math.max(2, width)));
}

function linesOf(paragraph: string, width: number): string[] {
  // Most fit, and are not taken apart.
  if (cells(paragraph) <= width) return [paragraph.trimEnd()];
  const parts = knownUnits(paragraph).flatMap(unit => (cells(unit) > width ? smaller(unit, width) : [unit]));
  return fillLines(parts, width);
}

/** The same texts are drawn at every key. */
const known = new Map<string, readonly string[]>();
const mostKnown = 500;

function knownUnits(paragraph: string): readonly string[] {
  const found = known.get(paragraph) ?? units(paragraph);
  if (known.size >= mostKnown) known.clear();
  known.set(paragraph, found);
  return found;
}

const spacesAndTheRest = (text: string): readonly string[] => text.match(/ +|[^ ]+/g) ?? [];

/** Stretches that no line break may divide where they fit; runs of spaces are units of their own. */
function units(paragraph: string): string[] {
  const starts = isJapanese(paragraph) ? phraseStarts(paragraph) : null;
  const all: string[] = [];
  let at = 0;
  for (const piece of spacesAndTheRest(paragraph)) {
    const [first = '', ...rest] = starts && !isSpace(piece) ? phrases(piece, at, starts) : [piece];
    const [before = '', space = ''] = all.slice(-2);
    const isOne =
      (isSpace(space) && isBoundAcross(before, first)) ||
      (space === ' ' && isHeld(before, first, starts?.has(at - 1) ?? true));
    if (isOne) all.splice(-2, 2, before + space + first);
    else all.push(first);
    all.push(...rest);
    at += piece.length;
  }
  return all;
}

/** @param at where the piece stands in the text that `starts` speaks of */
const phrases = (piece: string, at: number, starts: ReadonlySet<number>): string[] =>
  grouped(piece, (before, after, i) => isBound(before, after) || !(starts.has(at + i) || /[、。]$/.test(before)));

/** Whether no line may break at the single space between the two. */
function isHeld(before: string, after: string, startsPhrase: boolean): boolean {
  const sides = [before.at(-1) ?? '', after[0] ?? ''].filter(isJapanese).length;
  if (sides > 0) return sides === 1 && !startsPhrase;
  return /[A-Za-z]$/.test(before) ? aNumber.test(after) : /\d$/.test(before) && aUnit.test(after);
}

/** Characters that stay together in any room that has place for both. */
const isBound = (before: string, after: string): boolean =>
  neverFirst.test(after) ||
  neverLast.test(before) ||
  (isAscii.test(before.at(-1) ?? '') && isAscii.test(after[0] ?? ''));

/** The same of what has spaces between them; a hyphen or ~ there begins something (an option, a number, a path). */
const isBoundAcross = (before: string, after: string): boolean =>
  (neverFirst.test(after) && !/^[~-]/.test(after)) || neverLast.test(before);

/** The text in pieces: each character joins those before it where it is told to. */
function grouped(text: string, joins: (before: string, after: string, at: number) => boolean): string[] {
  const all: string[] = [];
  for (const {segment, index} of graphemes.segment(text)) {
    const last = all.at(-1);
    if (last !== undefined && joins(last, segment, index)) all[all.length - 1] = last + segment;
    else all.push(segment);
  }
  return all;
}

/** Pieces of a unit that is wider than a line: at its spaces, or else anywhere that is allowed. */
function smaller(unit: string, width: number): string[] {
  const parts = spacesAndTheRest(unit);
  const isBoundThere = parts.some((part, i) => isSpace(part) && isBoundAcross(parts[i - 1] ?? '', parts[i + 1] ?? ''));
  const pieces = isBoundThere
    ? grouped(unit, (before, after) => after === ' ' || isBound(before, after) || isBoundAtSpace(before, after))
    : parts.flatMap(part => (cells(part) > width ? grouped(part, isBound) : [part]));
  return pieces.flatMap(piece => (cells(piece) > width ? cut(piece, width) : [piece]));
}

const isBoundAtSpace = (before: string, after: string): boolean =>
  before.endsWith(' ') && isBoundAcross(before.trimEnd(), after);

const isSpace = (text: string): boolean => /^ +$/.test(text);

function fillLines(parts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  const finish = () => {
    // What stands behind an indent that it has no room for goes without.
    if (line.trim() !== '' || used === 0) lines.push(line.trimEnd());
    line = '';
    used = 0;
  };
  for (const part of parts) {
    const needed = cells(part);
    if (line !== '' && used + needed > width && !isSpace(part)) finish();
    if (line === '' && isSpace(part) && lines.length > 0) continue;
    line += part;
    used += needed;
  }
  finish();
  return lines.length > 0 ? lines : [''];
}

/** How wide a text is. Most are plain, and quickly measured. */
export const cells = (text: string): number => plainWidth(text) ?? stringWidth(text);

/** Pieces of what is wider than a line and has no better place to be broken. */
function cut(unit: string, width: number): string[] {
  const pieces: string[] = [''];
  for (const {segment} of graphemes.segment(unit)) {
    const piece = pieces.at(-1) ?? '';
    if (cells(piece + segment) > width) pieces.push(segment);
    else pieces[pieces.length - 1] = piece + segment;
  }
  return pieces;
}

/** The text cut to `width` cells, with an ellipsis of two dots where something is missing, padded to it when asked. */
export function fitText(text: string, width: number, pad = false): string {
  const dots = '..'.slice(0, Math.max(0, width));
  const shown = cells(text) <= width ? text : `${cut(text, width - dots.length)[0] ?? ''}${dots}`;
  return pad ? shown + ' '.repeat(Math.max(0, width - cells(shown))) : shown;
}
