import {expect, test} from 'vitest';
import {lessons} from '../../lessons/index.ts';
import type {Prediction, Step} from '../../src/model/lesson.ts';

const predictionsOf = (steps: readonly Step[]): readonly Prediction[] =>
  steps.flatMap(({predict}) => (predict ? [predict] : []));

/** The place of the choice that has no reason beside it why the kernel did otherwise: that is the right one when the lesson is played. */
const rightPlaces = ({choices}: Prediction): readonly number[] =>
  choices.flatMap(({because}, i) => (because === undefined ? [i] : []));

const own = lessons.flatMap(({steps}) => predictionsOf(steps));
const reviewed = lessons.flatMap(({review}) => review.flatMap(({steps}) => predictionsOf(steps)));

test('of each prediction all choices but one have a reason why they are wrong', () => {
  const others = [...own, ...reviewed].filter(predict => rightPlaces(predict).length !== 1);
  expect(others.map(({question}) => question.en)).toEqual([]);
});

test.each([
  ['the lessons', 2, own],
  ['the lessons', 3, own],
  ['the review questions', 2, reviewed],
  ['the review questions', 3, reviewed],
])('in %s the right one of %i choices stands about equally often in each place', (_, count, all) => {
  const right = all.filter(({choices}) => choices.length === count).flatMap(rightPlaces);
  const often = Array.from({length: count}, (_, place) => right.filter(one => one === place).length);
  const fair = right.length / count;
  for (const times of often) expect(Math.abs(times - fair)).toBeLessThanOrEqual(Math.max(2, 0.15 * fair));
});

test('in no lesson are all right ones in the same place', () => {
  const alike = lessons.filter(({steps}) => {
    const places = predictionsOf(steps).flatMap(rightPlaces);
    return places.length > 3 && new Set(places).size === 1;
  });
  expect(alike.map(({id}) => id)).toEqual([]);
});
