import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {type Language, languages} from '../../src/model/text.ts';

const root = join(import.meta.dirname, '../..');
const files = ['lessons', 'src/messages'].flatMap(folder =>
  readdirSync(join(root, folder), {recursive: true, encoding: 'utf8'})
    .filter(name => name.endsWith('.ts'))
    .map(name => join(folder, name)),
);

/** A template that lessons are written with: Japanese, and below it English (`lessons/kit/text.ts`). Programs have more lines, or one. */
const twoLines = /`([^`\n]*[\u3040-\u9fff][^`\n]*)\n +([^`\n]+)`/g;

interface Written {
  readonly file: string;
  readonly language: Language;
  readonly text: string;
}

/** Each string that stands as `ja:` or `en:` in the source, or as one of two lines: also those that no export leads to. */
function textsIn(file: string): Written[] {
  const source = readFileSync(join(root, file), 'utf8');
  const named = source.matchAll(/\b(ja|en):\s*('(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|"(?:[^"\\]|\\.)*")/gs);
  const lines = file.startsWith('lessons') ? source.matchAll(twoLines) : [];
  return [
    ...[...named].map(([, language, text = '']) => ({file, language: language as Language, text})),
    ...[...lines].flatMap(([, ja = '', en = '']): Written[] => [
      {file, language: 'ja', text: ja},
      {file, language: 'en', text: en},
    ]),
  ];
}

const texts = files.flatMap(textsIn);

/** What is not written, and what is written in its place. */
const forms: Record<Language, readonly (readonly [not: RegExp, write: string])[]> = {
  ja: [
    [/インタフェー?ス|インターフェイス/, 'インターフェース'],
    // Words that end in -er, -or, -ar or -y in English have the mark of a long vowel, each of them.
    [
      /(?:サーバ|コンピュータ|ブラウザ|フォルダ|ルータ|ヘッダ|バッファ|ユーザ|メモリ|タイマ|ポインタ|デコーダ|パラメータ)(?!ー|リング)/,
      'ー',
    ],
    [/(?:ディスクリプタ|フィルタ|レイヤ|ファミリ|ディレクトリ|ライブラリ)(?!ー|リング)/, 'ー'],
    [/SYN-ACK/, 'SYN+ACK'],
    [/誰/, 'だれ'],
    [/あきらめ/, '諦め'],
    [/挨拶/, 'あいさつ'],
    [/一番(?!目)/, 'いちばん'],
    [/待ち受けソケット/, '待ち受けのソケット'],
    [/スリーウェイ/, '3ウェイハンドシェイク'],
    [/UNIXドメイン/, 'UNIX ドメインソケット'],
    [/(?:グローバル|プライベート) IP/, 'グローバルIPアドレス、プライベートIPアドレス'],
    [/(?<!グローバル|プライベート)IPアドレス/, 'IP アドレス'],
    [/遅延ACK/, '遅延 ACK'],
    [/道が(?:ありません|ない)|への道/, '経路'],
    [/知らない言葉/, '使えない命令'],
    [/今度は役が|役が入れ替わ/, '役割'],
  ],
  en: [
    [/SYN-ACK/, 'SYN+ACK'],
    [/\b[Aa] RST\b/, 'an RST'],
    [/\b[Gg]lobal (?:IP )?address/, 'public address'],
    [/\bforet(?:ell|old)/, 'predict'],
    [/\bmend(?:s|ed|ing)?\b/, 'fix'],
    [/\bparts? (?:have changed|is played|it is to|that one plays)/, 'role'],
    [/\{n\}\. time|\b\d\. time/, 'sent {n} times'],
    [/\bnonblocking\b/, 'non-blocking'],
    [/\backnowledgement/, 'acknowledgment'],
    [/\bInternet\b/, 'internet'],
  ],
};

test('texts are found, in as many pairs as there are', () => {
  const count = (language: Language): number => texts.filter(one => one.language === language).length;
  expect(count('ja')).toBeGreaterThan(2500);
  expect(count('ja')).toBe(count('en'));
});

test('what stands for Japanese is not English', () => {
  /** Words, a name of something, and what a program says, in both languages. */
  const same = ["'English'", "'Node'", "'ping'"];
  const isEnglish = (text: string) =>
    /\b[a-z]{3,} [a-z]{3,}\b/.test(text) || /^['`"][A-Z]?[a-z]+[.!?]?['`"]$/.test(text);
  const isJapanese = (text: string) => /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text);
  const wrong = texts.filter(
    ({language, text}) => language === 'ja' && !isJapanese(text) && isEnglish(text) && !same.includes(text),
  );
  expect(wrong.map(({file, text}) => `${file}: ${text}`)).toEqual([]);
});

test('what stands for English is not Japanese', () => {
  // It may have a word in it that is sent.
  const isJapanese = (text: string) => /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}、。]{6,}/u.test(text);
  expect(texts.filter(({language, text}) => language === 'en' && isJapanese(text)).map(({text}) => text)).toEqual([]);
});

describe.each(languages)('in %s one form of each term is written', language => {
  test.each(forms[language].map(([not, write]) => [write, not] as const))('%s', (write, not) => {
    const others = texts.filter(one => one.language === language && not.test(one.text));
    expect(others.map(({file, text}) => `${file}: ${text}, should be ${write}`)).toEqual([]);
  });
});
