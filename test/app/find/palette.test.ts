import {describe, expect, test} from 'vitest';
import {challenges} from '../../../lessons/data/challenges.ts';
import {glossary} from '../../../lessons/data/glossary.ts';
import {chapters, lessons} from '../../../lessons/index.ts';
import {entriesFor, rowOf} from '../../../src/app/find/palette.ts';
import {bindings} from '../../../src/app/keys/keymap.ts';
import {paletteLines} from '../../../src/draw/page/palette.ts';
import {labelText} from '../../../src/draw/text/key-line.ts';
import {lookOf} from '../../../src/draw/text/look.ts';
import {textOf, widthOf} from '../../../src/draw/text/spans.ts';
import {languages} from '../../../src/model/text.ts';

const taught = {chapters, lessons, glossary, challenges, challengeCount: challenges.length};
const keys = bindings.filter(({places}) => places.includes('reading'));
const found = (query: string) => entriesFor(query, keys, taught);
const first = (query: string) => found(query)[0];

describe('what is found by a few letters', () => {
  test('every lesson by its number, its name, and its title in either language', () => {
    for (const [i, lesson] of lessons.entries()) {
      expect(first(String(i + 1))).toMatchObject({kind: 'lesson', lesson: {id: lesson.id}});
      for (const query of [lesson.id, lesson.title.ja, lesson.title.en]) {
        expect(found(query)).toContainEqual({kind: 'lesson', lesson, number: i + 1});
      }
    }
  });

  test('every term, every challenge and every key of the place', () => {
    for (const term of glossary) {
      for (const name of [...term.names.ja, ...term.names.en]) expect(found(name)).toContainEqual({kind: 'term', term});
    }
    for (const challenge of challenges) {
      expect(found(challenge.title.ja)).toContainEqual({kind: 'challenge', challenge});
    }
    for (const key of keys) expect(found(key.label.en)).toContainEqual({kind: 'key', key});
  });

  test('letters that are scattered, full width, or kana of the other kind', () => {
    expect(first('srvflow')).toMatchObject({kind: 'lesson', lesson: {id: 'server-flow'}});
    expect(first('ｔｉｍｅ＿ｗａｉｔ')).toMatchObject({kind: 'term', term: {id: 'time-wait'}});
    expect(found('そけっと').map(({kind}) => kind)).toContain('term');
  });

  test('all there is before anything is typed, and nothing where nothing has it', () => {
    expect(found(' ')).toHaveLength(keys.length + lessons.length + challenges.length + glossary.length);
    expect(found('zzzz')).toEqual([]);
  });
});

test.each(languages)('the palette is as wide and high as asked, and shows what is chosen, in %s', language => {
  const rows = found('').map(rowOf);
  for (const ascii of [false, true]) {
    const look = lookOf(language, ascii);
    for (const size of [
      {width: 60, height: 15},
      {width: 200, height: 47},
    ]) {
      for (const [selected, {name}] of rows.entries()) {
        const lines = paletteLines({rows, selected, query: ''}, look, size);
        const chosen = lines.map(textOf).find(line => line.startsWith(' > '));
        const isFlawed = lines.length > size.height || lines.some(line => widthOf(line) > size.width);
        expect(isFlawed || !chosen?.includes(labelText(name, look).slice(0, 5)), chosen).toBe(false);
      }
      const nothing = paletteLines({rows: [], selected: 0, query: 'zzzz'}, look, size);
      expect(nothing.map(textOf).join(' ')).toContain('zzzz');
    }
  }
});
