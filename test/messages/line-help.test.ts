import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {
  argumentHelp,
  callHelp,
  domainHelp,
  howHelp,
  labWordHelp,
  messageFlagHelp,
  optionHelp,
  socketFlagHelp,
  typeHelp,
} from '../../src/messages/line-help.ts';
import {messageFlags, optionLevelOf} from '../../src/model/call.ts';
import type {Text} from '../../src/model/text.ts';

/** The line has 120 cells, and two of them are its margin. */
const mostCells = 118;
const mostEnglish = 110;

const tables: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  callHelp,
  optionHelp,
  messageFlagHelp,
  socketFlagHelp,
  domainHelp,
  typeHelp,
  howHelp,
  labWordHelp,
  argumentHelp,
};
const all = Object.entries(tables).flatMap(([table, texts]) =>
  Object.entries(texts).map(([word, text]) => [`${table} ${word}`, text] as const),
);

describe('help on one line', () => {
  test.each(all)('fits on it: %s', (_, {ja, en}) => {
    expect(stringWidth(ja), ja).toBeLessThanOrEqual(mostCells);
    expect(en.length, en).toBeLessThanOrEqual(mostEnglish);
  });

  test.each(all)('is one sentence in both languages: %s', (_, {ja, en}) => {
    expect(ja).toMatch(/^\S[^。\n]*[\p{Script=Hiragana})]。$/u);
    expect(ja).toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}]/u);
    expect(en).toMatch(/^\S[^\n]*[^\s.]\.$/);
    expect(en).not.toMatch(/\.\s+[A-Z]|[\u3000-\u9fff]| {2}/);
  });

  test('is about each option and each flag that can be typed', () => {
    expect(Object.keys(optionHelp)).toEqual(Object.keys(optionLevelOf));
    expect(Object.keys(messageFlagHelp)).toEqual(Object.keys(messageFlags));
  });

  test('says nothing twice', () => {
    const texts = all.flatMap(([, {ja, en}]) => [ja, en]);
    expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([]);
  });
});
