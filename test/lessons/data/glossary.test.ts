import {eastAsianWidthType} from 'get-east-asian-width';
import {describe, expect, test} from 'vitest';
import {glossary} from '../../../lessons/data/glossary.ts';
import {plainText} from '../../../src/draw/text/glyphs.ts';
import {findTerms} from '../../../src/messages/terms.ts';
import {languages} from '../../../src/model/text.ts';

/** Longer ones are not one sentence. */
const longest = 150;

test('ids are unique', () => {
  expect(new Set(glossary.map(({id}) => id)).size).toBe(glossary.length);
});

describe.each(languages)('in %s', language => {
  test('every term has a name, and no two terms share one', () => {
    const names = glossary.flatMap(term => term.names[language]);
    expect(names.filter(name => name.trim() === '')).toEqual([]);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  test('every meaning is one sentence or two, neither blank nor long, and ends like one', () => {
    for (const {id, meaning} of glossary) {
      expect([id, meaning[language].trim() === meaning[language]]).toEqual([id, true]);
      expect([id, meaning[language].length > 0 && meaning[language].length <= longest]).toEqual([id, true]);
      expect([id, /[。.]$/.test(meaning[language])]).toEqual([id, true]);
    }
  });

  test('every name is found where it stands alone', () => {
    for (const term of glossary) {
      for (const name of term.names[language]) {
        expect(findTerms(name, glossary, language)).toEqual([{term, start: 0, end: name.length}]);
      }
    }
  });
});

test('readings are in kana', () => {
  for (const {reading} of glossary) expect(reading ?? 'かな').toMatch(/^[ぁ-ゖァ-ヺー]+$/);
});

test('all can be written without characters of ambiguous width', () => {
  const texts = glossary.flatMap(({names, meaning}) => [...names.ja, ...names.en, meaning.ja, meaning.en]);
  for (const text of texts) {
    const ambiguous = [...plainText(text)].filter(one => eastAsianWidthType(one.codePointAt(0) ?? 0) === 'ambiguous');
    expect([text, ambiguous]).toEqual([text, []]);
  }
});
