import {hostileCharacters} from '../../messages/hostile-characters.ts';

/** The most characters (UTF-16 units) of a line: as many as a terminal's own line editing takes (termios(3), canonical mode). */
export const longestLine = 4095;

/**
 * The line after an edit that was worked out from what stood on the screen. Several keys may come in one stretch of input, and
 * the input field works each of them out from what was drawn last; so the edit is found as a difference, and made, counted
 * from the end of the line, in the line as it is now. What there is no room for in the line is left out.
 *
 * @param latest the line as it is
 * @param drawn what the edit started from
 * @param next what it made of that
 */
export function edited(latest: string, drawn: string, next: string): string {
  const start = sharedStart(drawn, next);
  const end = sharedEnd(drawn.slice(start), next.slice(start));
  const removed = drawn.length - start - end;
  const before = latest.slice(0, Math.max(0, latest.length - end - removed));
  const after = latest.slice(latest.length - end);
  const room = Math.max(0, longestLine - before.length - after.length);
  return cleaned(before + next.slice(start, next.length - end).slice(0, room) + after);
}

function sharedStart(a: string, b: string): number {
  let n = 0;
  while (n < a.length && n < b.length && a[n] === b[n]) n += 1;
  return n;
}

function sharedEnd(a: string, b: string): number {
  let n = 0;
  while (n < a.length && n < b.length && a.at(-1 - n) === b.at(-1 - n)) n += 1;
  return n;
}

/** Pasted text on one line: a line break would be drawn as one. */
export const oneLine = (text: string): string => text.replace(/[\r\n\t]+/g, ' ');

// Control characters and direction overrides are not text, and half a character is what is left of one that was erased by
// UTF-16 units.
const {control, bidi, half} = hostileCharacters;
const notText = new RegExp(`[${control}${bidi}${half}]`, 'gu');
const cleaned = (text: string): string => text.replace(notText, '');
