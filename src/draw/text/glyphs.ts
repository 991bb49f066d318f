import {markedIfAmbiguous} from '../../messages/harmless.ts';
import type {Language} from '../../model/text.ts';

/** What is not text on the screen. `--ascii` has a set without box characters and without any that may be two cells wide. */
export interface Glyphs {
  readonly horizontal: string;
  readonly vertical: string;
  readonly corners: readonly [topLeft: string, topRight: string, bottomLeft: string, bottomRight: string];
  readonly right: string;
  readonly left: string;
  /** The points of arrows that are drawn, one cell each. */
  readonly heads: readonly [left: string, right: string];
  readonly upDown: string;
  readonly live: string;
  readonly full: string;
  readonly empty: string;
  readonly both: string;
  /** Before a verdict: as the kernel did, and otherwise. */
  readonly yes: string;
  readonly no: string;
  /** A lifeline while nothing passes, and where time is left out of it. */
  readonly pause: string;
  readonly broken: string;
  /** A link between two machines. */
  readonly link: string;
  /** Beside what is made, what is next, and what is to come. One cell each, as all below. */
  readonly made: string;
  readonly next: string;
  readonly coming: string;
  /** What lasts. */
  readonly heavy: string;
  /** Points at what is said, and to what is beyond. */
  readonly here: string;
  readonly above: string;
  readonly below: string;
  readonly upDownHeads: readonly [up: string, down: string];
  readonly ellipsis: string;
}

const boxGlyphs: Glyphs = {
  horizontal: '─',
  vertical: '│',
  corners: ['┌', '┐', '└', '┘'],
  right: '→',
  left: '←',
  heads: ['←', '→'],
  upDown: '↑↓',
  live: '●',
  full: '■',
  empty: '□',
  both: '↔',
  yes: '○',
  no: '×',
  pause: '┊',
  broken: '≈',
  link: '═',
  made: '✓',
  next: '▶',
  coming: '·',
  heavy: '━',
  here: '◀',
  above: '▲',
  below: '▼',
  upDownHeads: ['↑', '↓'],
  ellipsis: '…',
};

const asciiGlyphs: Glyphs = {
  horizontal: '-',
  vertical: '|',
  corners: ['+', '+', '+', '+'],
  right: '->',
  left: '<-',
  heads: ['<', '>'],
  upDown: 'Up/Down',
  live: '*',
  full: '#',
  empty: '.',
  both: '<->',
  yes: '=',
  no: '!',
  pause: ':',
  broken: '~',
  link: '=',
  made: '+',
  next: '>',
  coming: '.',
  heavy: '=',
  here: '<',
  above: '^',
  below: 'v',
  upDownHeads: ['^', 'v'],
  ellipsis: '..',
};

/** A circle says "right" in Japanese, and is an empty button to whoever reads English. */
const boxGlyphsIn: Readonly<Record<Language, Glyphs>> = {ja: boxGlyphs, en: {...boxGlyphs, yes: '✓'}};

export const glyphsOf = (language: Language, ascii: boolean): Glyphs => (ascii ? asciiGlyphs : boxGlyphsIn[language]);

const plain: Readonly<Record<string, string>> = {
  '→': '->',
  '←': '<-',
  '↑': 'Up',
  '↓': 'Down',
  '…': '...',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '–': '-',
  '—': '-',
  '×': 'x',
};

/** Text for a terminal that may draw ambiguous characters two cells wide (UAX #11): they are written in ASCII, or marked. */
export const plainText = (text: string): string =>
  text.replace(/[^\0-\x7f]/gu, found => plain[found] ?? markedIfAmbiguous(found));

/** The same for a line that is being written, where each character keeps its one cell. */
export const plainWriting = (text: string): string =>
  text.replace(/[^\0-\x7f]/gu, found => (markedIfAmbiguous(found) === found ? found : '?'));

export const drawable = (text: string, ascii: boolean): string => (ascii ? plainText(text) : text);
