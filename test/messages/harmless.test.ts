import fc from 'fast-check';
import {eastAsianWidthType} from 'get-east-asian-width';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {harmless, harmlessText} from '../../src/messages/harmless.ts';
import {callText} from '../../src/messages/notation.ts';
import {fd} from '../../src/model/brands.ts';
import {bytesOfText, toBase64} from '../../src/model/payload.ts';

// C0, DEL, C1, line separators, bidi and other format characters, lone surrogates.
const steering =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Cs}|\p{Cf}/u;

/** Bytes of all kinds: random, text in any script, escape sequences, cut characters. */
const anyBytes = fc.oneof(
  fc.uint8Array({maxLength: 200}),
  fc.string({unit: 'binary', maxLength: 60}).map(bytesOfText),
  fc.string({unit: 'grapheme', maxLength: 60}).map(bytesOfText),
  fc
    .array(
      fc.constantFrom(
        '\x1b[31m',
        '\x1b]0;x\x07',
        '\u202e',
        '\u200d',
        '👩‍👩‍👧',
        '🇯🇵',
        'が',
        '\u3099',
        'ᄀ',
        'ᅡ',
        'ก็',
        'ำ',
        'ﾞ',
        'क्षि',
        '\ud83d',
        'あ',
        'x',
        '\u{e0001}',
      ),
      {maxLength: 30},
    )
    .map(parts => bytesOfText(parts.join(''))),
);

describe('bytes from a socket', () => {
  test('hold no character that steers a terminal once they are drawn', () => {
    fc.assert(
      fc.property(anyBytes, fc.boolean(), (bytes, ascii) => {
        expect(harmlessText(bytes, ascii)).not.toMatch(steering);
      }),
      {numRuns: 2000},
    );
  });

  test('keep their width: the whole is as wide as its pieces say', () => {
    fc.assert(
      fc.property(anyBytes, fc.boolean(), (bytes, ascii) => {
        const pieces = harmless(bytes, ascii);
        expect(stringWidth(pieces.map(piece => piece.text).join(''))).toBe(
          pieces.reduce((sum, piece) => sum + piece.width, 0),
        );
        for (const piece of pieces) expect(stringWidth(piece.text)).toBe(piece.width);
      }),
      {numRuns: 2000},
    );
  });

  test('are all there: the pieces cover every byte once, in order', () => {
    fc.assert(
      fc.property(anyBytes, bytes => {
        let at = 0;
        for (const piece of harmless(bytes)) {
          expect(piece.start).toBe(at);
          at += piece.length;
        }
        expect(at).toBe(bytes.length);
      }),
    );
  });

  test('have no character of ambiguous width in ascii', () => {
    fc.assert(
      fc.property(anyBytes, bytes => {
        for (const one of harmlessText(bytes, true))
          expect(eastAsianWidthType(one.codePointAt(0) ?? 0)).not.toBe('ambiguous');
      }),
      {numRuns: 1000},
    );
  });

  test.each([
    ['hello\n', 'hello\\n'],
    ['こんにちは', 'こんにちは'],
    ['\x1b[2J', '\\x1b[2J'],
    ['a\u202eb', 'a\\u{202e}b'],
    ['か\u3099', 'か\\u{3099}'],
    ['back\\slash', 'back\\\\slash'],
  ])('%j is drawn as %s', (text, drawn) => expect(harmlessText(bytesOfText(text))).toBe(drawn));

  test('a character that is cut in two becomes marks of its bytes', () => {
    expect(harmlessText(bytesOfText('こ').subarray(0, 2))).toBe('\\xe3\\x81');
    expect(harmlessText(Uint8Array.of(0xff, 0x41))).toBe('\\xffA');
  });

  test('do not steer through the call list either', () => {
    fc.assert(
      fc.property(anyBytes, bytes => {
        const data = toBase64(bytes);
        expect(callText({name: 'send', fd: fd(3), data, flags: 0})).not.toMatch(steering);
        const received = {kind: 'returned', value: bytes.length, data} as const;
        expect(callText({name: 'recv', fd: fd(3), length: 9, flags: 0}, received)).not.toMatch(steering);
      }),
    );
  });
});

test('of a call with many bytes only what is shown is looked at', () => {
  const many = {name: 'send', fd: fd(3), data: toBase64(new Uint8Array(1_000_000).fill(0x61)), flags: 0} as const;
  const few = {...many, data: toBase64(new Uint8Array(40).fill(0x61))};
  const [long, short] = [callText(many), callText(few)];
  expect(long).toBe(short);
  // Of the rest not one byte is looked at: whatever it held would be cut.
  const broken = new Uint8Array(200).fill(0xff).fill(0x61, 0, 132);
  expect(callText({...many, data: toBase64(broken)})).toBe(short);
});

test('the usual control characters are named as C names them, and others by their byte', () => {
  expect(harmlessText(bytesOfText('a\n\r\t\\\x1b\x7f'))).toBe('a\\n\\r\\t\\\\\\x1b\\x7f');
});
