import {markedIfAmbiguous} from '../../messages/harmless.ts';

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
  /** Behind what is pointed at. */
  readonly pointer: string;
}

export const boxGlyphs: Glyphs = {
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
  pointer: '◀',
};

export const asciiGlyphs: Glyphs = {
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
  pointer: '<',
};

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
