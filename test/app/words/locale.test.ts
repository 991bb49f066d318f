import {expect, test} from 'vitest';
import {isUtf8, languageOf} from '../../../src/app/words/locale.ts';
import {keyLine} from '../../../src/draw/text/key-line.ts';
import {lookOf} from '../../../src/draw/text/look.ts';
import {textOf} from '../../../src/draw/text/spans.ts';
import {keyText} from '../../../src/messages/keys.ts';

test.each([
  ['ja_JP.UTF-8', 'ja'],
  ['ja_JP.utf8', 'ja'],
  ['ja', 'ja'],
  ['ja_JP.UTF-8@modifier', 'ja'],
  ['ja_JP.eucJP', 'en'],
  ['ja_JP.SJIS', 'en'],
  ['C', 'en'],
  ['jam_JM.UTF-8', 'en'],
] as const)('in the locale %s it speaks %s: what it writes is UTF-8', (LC_ALL, language) => {
  expect(languageOf({LC_ALL})).toBe(language);
});

test.each([
  [{LC_ALL: 'ja_JP.UTF-8', LC_MESSAGES: 'C', LANG: 'C'}, 'ja'],
  [{LC_ALL: 'C', LC_MESSAGES: 'ja_JP.UTF-8', LANG: 'ja_JP.UTF-8'}, 'en'],
  [{LC_MESSAGES: 'ja_JP.UTF-8', LANG: 'C'}, 'ja'],
  [{LC_MESSAGES: 'C', LANG: 'ja_JP.UTF-8'}, 'en'],
  [{LC_ALL: '', LC_MESSAGES: '', LANG: 'ja_JP.UTF-8'}, 'ja'],
] as const)('of %o the first that is set and not empty counts, and it speaks %s', (env, language) => {
  expect(languageOf(env)).toBe(language);
});

test.each([
  [{}, false],
  [{LANG: 'C'}, false],
  [{LC_ALL: 'POSIX', LANG: 'ja_JP.UTF-8'}, false],
  [{LC_CTYPE: 'ja_JP.eucJP', LANG: 'ja_JP.UTF-8'}, false],
  [{LC_ALL: '', LC_CTYPE: 'C.utf8', LANG: 'C'}, true],
] as const)(
  'of %o the first that is set and not empty counts, and says whether more than ASCII is shown: %s',
  (env, isMore) => {
    expect(isUtf8(env)).toBe(isMore);
  },
);

test('where only ASCII may be drawn, the key for Japanese is named in ASCII', () => {
  const hints = [{key: 't', label: keyText.language, rank: 1}];
  expect(textOf(keyLine(hints, lookOf('en', true), 80))).toBe(' t Japanese');
  expect(textOf(keyLine(hints, lookOf('en', false), 80))).toBe(' t 日本語');
  expect(textOf(keyLine(hints, lookOf('ja', true), 80))).toBe(' t English');
});
