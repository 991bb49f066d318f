import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {glossary} from '../../lessons/data/glossary.ts';
import {findTerms} from '../../src/messages/terms.ts';
import type {Language} from '../../src/model/text.ts';

const found = (text: string, language: Language): string[] =>
  findTerms(text, glossary, language).map(({start, end}) => text.slice(start, end));

describe('a term', () => {
  test.each([
    ['the longest wins', 'the accept queue of a listening socket', ['accept queue', 'listening socket']],
    ['not within a word', 'sockets support transport and sockwalk', ['sockets']],
    ['not a call', 'bind() and listen() on a socket() are calls', []],
    [
      'with a capital and in the plural',
      'Ports and packets. Ephemeral ports.',
      ['Ports', 'packets', 'Ephemeral ports'],
    ],
    ['abbreviations as they are', 'the fin of a fish is no FIN', ['FIN']],
    ['not behind a hyphen', 'a non-socket, and SYN-ACK', []],
    ['with a possessive', 'the server’s kernel', ['server', 'kernel']],
  ])('in English: %s', (_, text, terms) => expect(found(text, 'en')).toEqual(terms));

  test.each([
    ['the longest wins', '接続待ちキューと接続', ['接続待ちキュー', '接続']],
    ['not within a katakana word', 'サポートとフレームワーク', []],
    ['beside kanji and kana', '各ソケットのポートを', ['ソケット', 'ポート']],
    ['with a long vowel or without', 'サーバとサーバー', ['サーバ', 'サーバー']],
    ['Latin names', 'FINとACKとTCP', ['FIN', 'ACK', 'TCP']],
    ['longer compounds', 'UNIX ドメインソケットとソケットファイル', ['UNIX ドメインソケット', 'ソケットファイル']],
  ])('in Japanese: %s', (_, text, terms) => expect(found(text, 'ja')).toEqual(terms));

  test('is nowhere where there is no glossary', () => {
    expect(findTerms('a socket', [], 'en')).toEqual([]);
  });

  test.each(['ja', 'en'] as const)(
    'is always found in order, apart from the others, and by a name of its own in %s',
    language => {
      const names = glossary.flatMap(term => term.names[language]);
      const text = fc
        .array(fc.oneof(fc.constantFrom(...names), fc.constantFrom(' ', 'の', '、', '(', 's', 'ー'), fc.string()), {
          maxLength: 12,
        })
        .map(parts => parts.join(''));
      fc.assert(
        fc.property(text, whole => {
          let last = 0;
          for (const {term, start, end} of findTerms(whole, glossary, language)) {
            expect(start).toBeGreaterThanOrEqual(last);
            const as = whole.slice(start, end).toLowerCase();
            expect(
              term.names[language].some(name => as === name.toLowerCase() || as === `${name.toLowerCase()}s`),
            ).toBe(true);
            last = end;
          }
        }),
      );
    },
  );
});
