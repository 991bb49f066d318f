import stringWidth from 'string-width';
import {plainWidth} from '../../messages/plain-width.ts';

// JIS X 4051: characters that must not begin a line, and those that must not end one.
const neverFirst =
  /^[。、，．・：；？！!?)）\]］}｝〉》」』】〕’”…‥ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々ゝゞ:;,.~〜-]/u;
const neverLast = /[(（[［{｛〈《「『【〔‘“]$/u;
const isAscii = /^[\x21-\x7e]$/;

const words = new Intl.Segmenter('ja', {granularity: 'word'});
const graphemes = new Intl.Segmenter('ja', {granularity: 'grapheme'});

/**
 * Breaks text into lines of at most `width` cells. Japanese breaks between words, never before 。、） or after 「（; Latin
 * breaks at spaces. A newline in the text always breaks. Only what is wider than a whole line is cut inside.
 */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap(paragraph => fillLines(units(paragraph), Math.max(2, width)));
}

/** Stretches that no line break may divide; runs of spaces are units of their own. */
function units(paragraph: string): string[] {
  const all: string[] = [];
  for (const {segment} of words.segment(paragraph)) {
    const last = all.at(-1);
    if (last !== undefined && staysTogether(last, segment)) all[all.length - 1] = last + segment;
    else all.push(segment);
  }
  return all;
}

function staysTogether(before: string, after: string): boolean {
  if (isSpace(before) || isSpace(after)) return isSpace(before) && isSpace(after);
  if (neverFirst.test(after) || neverLast.test(before)) return true;
  return isAscii.test(before.at(-1) ?? '') && isAscii.test(after[0] ?? '');
}

const isSpace = (text: string): boolean => /^ +$/.test(text);

function fillLines(units: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  const finish = () => {
    lines.push(line.trimEnd());
    line = '';
    used = 0;
  };
  for (const part of units.flatMap(unit => (cells(unit) > width ? cut(unit, width) : [unit]))) {
    const needed = cells(part);
    if (line !== '' && used + needed > width && !isSpace(part)) finish();
    if (line === '' && isSpace(part) && lines.length > 0) continue;
    line += part;
    used += needed;
  }
  finish();
  return lines;
}

/** How wide a text is. Most are plain, and quickly measured. */
export const cells = (text: string): number => plainWidth(text) ?? stringWidth(text);

/** Pieces of a unit that is wider than a line. */
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
