import {eastAsianWidthType} from 'get-east-asian-width';
import stringWidth from 'string-width';

/** A stretch of bytes as it may be drawn: one character, or a visible mark for what must not reach a terminal. */
export interface Piece {
  readonly text: string;
  /** Terminal cells. */
  readonly width: number;
  /** A mark such as `\x1b` or `\u{202e}`, not the character itself. */
  readonly isMark: boolean;
  /** Which bytes it stands for: from `start`, `length` of them. */
  readonly start: number;
  readonly length: number;
}

/**
 * Bytes from a socket, made harmless. Letters, numbers, punctuation and symbols that stand for themselves are kept; all
 * else becomes a mark: C0, C1 and DEL, format and bidi characters, combining marks (no cell of their own), broken UTF-8
 * (RFC 3629). With `ascii` so do characters that East Asian terminals may draw one or two cells wide (UAX #11, A).
 */
export function harmless(bytes: Uint8Array, ascii = false): Piece[] {
  const pieces: Piece[] = [];
  for (let start = 0; start < bytes.length; ) {
    const character = characterAt(bytes, start);
    const drawn = character ? drawnAs(character, ascii) : mark(`\\x${hex(bytes[start] ?? 0)}`);
    const length = character ? Buffer.byteLength(character) : 1;
    pieces.push({...drawn, start, length});
    start += length;
  }
  return pieces;
}

/** The same as one string, for places without styles. */
export const harmlessText = (bytes: Uint8Array, ascii = false): string =>
  harmless(bytes, ascii)
    .map(piece => piece.text)
    .join('');

const decoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});
export const hex = (n: number): string => n.toString(16).padStart(2, '0');

/** The UTF-8 character that begins here; null when these bytes are none. */
function characterAt(bytes: Uint8Array, start: number): string | null {
  const first = bytes[start] ?? 0;
  if (first < 0x80) return String.fromCharCode(first);
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 0;
  if (length === 0 || start + length > bytes.length) return null;
  try {
    return decoder.decode(bytes.subarray(start, start + length));
  } catch {
    return null;
  }
}

type Drawn = Pick<Piece, 'text' | 'width' | 'isMark'>;

const mark = (text: string): Drawn => ({text, width: text.length, isMark: true});
const named: Readonly<Record<string, string>> = {'\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\'};

/** Whether a character joins its neighbours takes long to find out, and bytes are often many of a few characters. */
const known = new Map<string, Drawn>();
const knownAtMost = 4096;

function drawnAs(character: string, ascii: boolean): Drawn {
  const key = ascii ? `a${character}` : character;
  const before = known.get(key);
  if (before) return before;
  const drawn = findDrawn(character, ascii);
  if (known.size >= knownAtMost) known.clear();
  known.set(key, drawn);
  return drawn;
}

function findDrawn(character: string, ascii: boolean): Drawn {
  const name = named[character];
  if (name) return mark(name);
  const code = character.codePointAt(0) ?? 0;
  if (ascii && isAmbiguous(code)) return markFor(code);
  const width = standsForItself(character) ? stringWidth(character) : 0;
  return width === 1 || width === 2 ? {text: character, width, isMark: false} : markFor(code);
}

const markFor = (code: number): Drawn => mark(code < 0x80 ? `\\x${hex(code)}` : `\\u{${code.toString(16)}}`);

const isAmbiguous = (code: number): boolean => eastAsianWidthType(code) === 'ambiguous';

/** A character that East Asian terminals may draw one or two cells wide (UAX #11, A) as a mark, any other as it is. */
export function markedIfAmbiguous(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return isAmbiguous(code) ? markFor(code).text : character;
}

const visible = /^[\p{L}\p{N}\p{P}\p{S} \u3000]$/u;
const graphemes = new Intl.Segmenter('und', {granularity: 'grapheme'});
const clusters = (text: string): number => [...graphemes.segment(text)].length;

/** A visible character that never joins its neighbours, so that widths add up. */
const standsForItself = (character: string): boolean =>
  visible.test(character) &&
  clusters(`a${character}`) === 2 &&
  clusters(`${character}a`) === 2 &&
  clusters(character + character) === 2;
