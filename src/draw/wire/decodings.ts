import {harmless} from '../../messages/harmless.ts';
import {decodingText} from '../../messages/screen.ts';
import {messageFlags} from '../../model/call.ts';
import type {Decoding} from '../../model/lesson.ts';
import {bytesOfText, fromBase64} from '../../model/payload.ts';
import {decoded, replacement} from '../../timeline/decoding.ts';
import type {CallLine, View} from '../../timeline/view.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, type Span, styled, widthOf} from '../text/spans.ts';

/** How U+FFFD is drawn: fonts and terminals disagree about the character itself, and about its width (UAX #11, A). */
const replacementMark = '<?>';

/**
 * What a program has that makes text of what it received here so far, where it matters how: when the newest call is a
 * recv() and decoding each chunk by itself gives another text than one decoder does.
 *
 * ```
 * each alone:   こ<?><?><?><?>
 * one decoder:  こん
 * ```
 */
export function decodingLines(view: View, look: Look, width: number): Line[] {
  const chunks = chunksOf(view);
  const texts = {'each-alone': decoded('each-alone', chunks), 'one-decoder': decoded('one-decoder', chunks)};
  if (texts['each-alone'] === texts['one-decoder']) return [];
  return (['each-alone', 'one-decoder'] as const).map(how => textLine(how, texts[how], look, width));
}

/** What the newest call and those before it received through the same descriptor since it was made. */
function chunksOf({calls}: View): Uint8Array[] {
  const newest = calls.at(-1);
  if (!newest || !isTaking(newest)) return [];
  const same = calls.filter(line => line.actor === newest.actor && fdOf(line) === fdOf(newest));
  const made = same.findLastIndex(line => line.call.name === 'close') + 1;
  return same.slice(made).filter(isTaking).map(dataOf);
}

const fdOf = ({call}: CallLine): number | null => ('fd' in call ? call.fd : null);

const isTaking = ({call, result}: CallLine): boolean =>
  call.name === 'recv' && result.kind === 'returned' && (call.flags & messageFlags.MSG_PEEK) === 0;

const dataOf = ({result}: CallLine): Uint8Array => fromBase64(result.kind === 'returned' ? (result.data ?? '') : '');

/** The end of the text is what is new: what does not fit is cut at the beginning. */
function textLine(how: Decoding, text: string, look: Look, width: number): Line {
  const label: Line = fitLine([styled(look.say(decodingText[how]), {dim: true})], labelWidth(look));
  let left = width - widthOf(label);
  const shown: Span[] = [];
  for (const span of spansOf(text, look).reverse()) {
    left -= widthOf([span]);
    if (left < 0) break;
    shown.unshift(span);
  }
  return [...label, ...shown];
}

const labelWidth = (look: Look): number =>
  2 + Math.max(...Object.values(decodingText).map(text => widthOf([{text: look.say(text)}])));

/** Characters one by one, U+FFFD and what a terminal must not get as marks. */
const spansOf = (text: string, look: Look): Span[] =>
  text
    .split(new RegExp(`(${replacement})`))
    .flatMap((part): Span[] =>
      part === replacement
        ? [styled(replacementMark, {bold: true, inverse: true})]
        : harmless(bytesOfText(part), look.ascii).map(piece =>
            piece.isMark ? styled(piece.text, {dim: true, inverse: true}) : {text: piece.text},
          ),
    );
