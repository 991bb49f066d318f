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

/** In fewer cells than this no more of an argument can be read; a row could take some of any text. */
const leastCells = 8;
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

  test.each(cases)('nothing is cut beside an empty band at $size.columns columns, in $language', ({size, language}) => {
    const look = lookOf(language, false);
    const cut = moments.flatMap(({name, data}) =>
      cutsOf(walkPicture(data, look, size))
        .filter(isBesideRoom)
        .map(({row, beside, under, spare}) => `${name} (${beside}, ${under}, ${spare}): ${row}`),
    );
    expect(cut).toEqual([]);
  });

  test('the screen is filled to its edges and no further', needs(walk.lack), () => {
    for (const {size, language} of cases)
      for (const {data} of moments) {
        const lines: Line[] = walkPicture(data, lookOf(language, false), size).flatMap(({lines: rows}) => rows);
        expect(lines).toHaveLength(size.rows - 2);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(size.columns);
      }
  });
});
