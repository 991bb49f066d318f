import {harmless, hex} from '../src/messages/harmless.ts';
import type {Look} from './look.ts';
import {type Line, type Span, styled, widthOf} from './spans.ts';

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
    const text = pieces
      .filter(piece => piece.start >= start && piece.start < end)
      .map(piece => (piece.isMark ? markSpan(piece.text) : {text: piece.text}));
    return [{text: ` ${codes.padEnd(perLine * 3)} `}, ...text];
  });
}

/** The newest bytes as text in so many cells. */
export function tailSpans(bytes: Uint8Array, look: Look, width: number): Span[] {
  const spans: Span[] = [];
  let left = width;
  for (const {text, isMark} of harmless(bytes, look.ascii).reverse()) {
    const span = isMark ? markSpan(text) : {text};
    left -= widthOf([span]);
    if (left < 0) break;
    spans.unshift(span);
  }
  return spans;
}

const markSpan = (text: string): Span => styled(text, {dim: true, inverse: true});
