import {harmless, hex, type Piece} from '../../messages/harmless.ts';
import type {Look} from './look.ts';
import {type Line, type Span, styled} from './spans.ts';

const perLine = 16;

/**
 * ```
 * 68 65 6c 6c 6f 2c 20 77 6f 72 6c 64 21 1b          hello, world!\x1b
 * ```
 *
 * @param most lines; of more bytes the newest are shown
 */
export function byteLines(bytes: Uint8Array, look: Look, most: number): Line[] {
  const first = Math.max(0, Math.ceil(bytes.length / perLine) - most) * perLine;
  const shown = bytes.subarray(first);
  const pieces = harmless(shown, look.ascii);
  return Array.from({length: Math.ceil(shown.length / perLine)}, (_, row): Line => {
    const [start, end] = [row * perLine, (row + 1) * perLine];
    const codes = [...shown.subarray(start, end)].map(hex).join(' ');
    const text = pieces.filter(piece => piece.start >= start && piece.start < end);
    return [{text: ` ${codes.padEnd(perLine * 3)} `}, ...spansOf(text)];
  });
}

/** The newest bytes as text in so many cells. */
export function tailSpans(bytes: Uint8Array, look: Look, width: number): Span[] {
  const pieces = harmless(bytes, look.ascii);
  let left = width;
  const tooFar = pieces.findLastIndex(piece => {
    left -= piece.width;
    return left < 0;
  });
  return spansOf(pieces.slice(tooFar + 1));
}

/** Neighbours of one style are one span: each costs time to draw. */
function spansOf(pieces: readonly Piece[]): Span[] {
  const spans: Span[] = [];
  let before: Piece | undefined;
  for (const piece of pieces) {
    const last = spans.at(-1);
    if (last && before?.isMark === piece.isMark) spans[spans.length - 1] = {...last, text: last.text + piece.text};
    else spans.push(piece.isMark ? styled(piece.text, {dim: true, inverse: true}) : {text: piece.text});
    before = piece;
  }
  return spans;
}
