import {describe, expect, test} from 'vitest';
import {lessons} from '../../../lessons/index.ts';
import {walkPicture} from '../../../src/draw/lesson/walk-picture.ts';
import {lookOf} from '../../../src/draw/text/look.ts';
import {type Line, widthOf} from '../../../src/draw/text/spans.ts';
import {languages} from '../../../src/model/text.ts';
import {isLong} from '../../long.ts';
import {needs} from '../../needs.ts';
import {walked, whyNotWhole} from '../../walked.ts';
import {type Cut, cutsOf} from './cuts.ts';
import {momentsOf} from './moments.ts';

const sizes = [
  {columns: 80, rows: 24},
  {columns: 100, rows: 30},
  {columns: 120, rows: 40},
  {columns: 200, rows: 50},
] as const;

/** In fewer cells no more of an argument can be read, and a call that goes on beside it may begin. A row could take some of any. */
const leastCells = 10;
const isBesideRoom = ({beside, under, spare}: Cut): boolean => beside >= leastCells || under > 0 || spare > 0;

/** All in the soak; else in each language two sizes of each lesson, other ones for each. */
const casesFor = (lesson: number) =>
  sizes.flatMap((size, s) =>
    languages.flatMap((language, l) => (isLong || (s + l + lesson) % sizes.length === 0 ? [{size, language}] : [])),
  );

const walks = await Promise.all(
  lessons.map(async lesson => ({lesson, lack: await whyNotWhole(lesson), events: await walked(lesson)})),
);

describe.each(walks.map((walk, i) => [walk.lesson.id, walk, casesFor(i)] as const))('%s', (_, walk, cases) => {
  const moments = momentsOf(walk.lesson, walk.events);

  test.each(cases)(
    'fills the screen, and nothing is cut beside an empty band: $size.columns columns, in $language',
    needs(walk.lack),
    ({size, language}) => {
      const look = lookOf(language, false);
      const cut = moments.flatMap(({name, data}) => {
        const regions = walkPicture(data, look, size);
        const lines = regions.flatMap((region): readonly Line[] => region.lines);
        expect(lines).toHaveLength(size.rows - 2);
        expect(lines.filter(line => widthOf(line) > size.columns)).toEqual([]);
        return cutsOf(regions)
          .filter(isBesideRoom)
          .map(({row, beside, under, spare}) => `${name} (${beside}, ${under}, ${spare}): ${row}`);
      });
      expect(cut).toEqual([]);
    },
  );
});

test('a cut is found where there is room beside it, under it, or left over', () => {
  const row = (text: string): Line => [{text}];
  const cutsIn = (panel: string[], words: string[]): Cut[] =>
    cutsOf([
      {name: 'panel', lines: panel.map(row)},
      {name: 'words', lines: words.map(row)},
    ]).filter(isBesideRoom);
  const full = ['bind(19, …) = 0 │ recv(20, buf..'];
  expect(cutsIn(full, ['words', ''])).toEqual([]);
  expect(cutsIn(full, ['words', '', ''])).toMatchObject([{spare: 1}, {spare: 1}]);
  expect(cutsIn([...full, '                │ close(20)'], ['words'])).toMatchObject([{under: 1}]);
  expect(cutsIn(['bind(19, …)              = 0 │ close(20)'], ['words'])).toMatchObject([{beside: 13}]);
});
