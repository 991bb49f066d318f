import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {lookOf} from '../../../src/draw/text/look.ts';
import {type Line, widthOf} from '../../../src/draw/text/spans.ts';
import {decodingLines} from '../../../src/draw/wire/decodings.ts';
import {fd} from '../../../src/model/brands.ts';
import {messageFlags} from '../../../src/model/call.ts';
import {toBase64} from '../../../src/model/payload.ts';
import {type CallLine, emptyView, type View} from '../../../src/timeline/view.ts';

const line = (call: CallLine['call'], value: number, data?: string): CallLine => ({
  seq: 0,
  step: 's',
  actor: 'server',
  call,
  result: {kind: 'returned', value, ...(data === undefined ? {} : {data})},
  elapsedUs: 1,
  marks: [],
});
const received = (chunk: Uint8Array, flags = 0): CallLine =>
  line({name: 'recv', fd: fd(4), length: 99, flags}, chunk.length, toBase64(chunk));
const closed = line({name: 'close', fd: fd(4)}, 0);
const viewOf = (...calls: CallLine[]): View => ({...emptyView, calls});
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const texts = (view: View, ascii = false, width = 76) => decodingLines(view, lookOf('en', ascii), width).map(textOf);
const textOf = (drawn: Line) => drawn.map(span => span.text).join('');

describe('the two decodings of what was received', () => {
  test('stand there once they differ', () => {
    expect(texts(viewOf(received(bytes('e38193'))))).toEqual([]);
    expect(texts(viewOf(received(bytes('e38193e3'))))).toEqual(['each alone   こ<?>', 'one decoder  こ']);
    expect(texts(viewOf(received(bytes('e38193e3')), received(bytes('8293'))))).toEqual([
      'each alone   こ<?><?><?>',
      'one decoder  こん',
    ]);
  });

  test('are of this socket only, and of what was taken, not looked at', () => {
    const cut = received(bytes('e3'));
    expect(texts(viewOf(cut, closed, received(bytes('41'))))).toEqual([]);
    expect(texts(viewOf(received(bytes('e3'), messageFlags.MSG_PEEK)))).toEqual([]);
    expect(texts(viewOf(cut, closed))).toEqual([]);
  });

  test('show the end of a text that is too long', () => {
    expect(texts(viewOf(received(bytes(`${'41'.repeat(50)}42e3`))), false, 20)).toEqual([
      'each alone   AAAB<?>',
      'one decoder  AAAAAAB',
    ]);
  });

  test('never hold a character that a terminal may draw in another width, with --ascii, nor more than their room', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({maxLength: 9}), {maxLength: 5}),
        fc.integer({min: 30, max: 90}),
        (chunks, width) => {
          for (const drawn of decodingLines(
            viewOf(...chunks.map(chunk => received(chunk))),
            lookOf('ja', true),
            width,
          )) {
            expect(stringWidth(textOf(drawn))).toBe(widthOf(drawn));
            expect(widthOf(drawn)).toBeLessThanOrEqual(width);
            expect(textOf(drawn)).not.toContain('\ufffd');
          }
        },
      ),
    );
  });
});
