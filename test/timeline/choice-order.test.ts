import {expect, test} from 'vitest';
import {lessons} from '../../lessons/index.ts';
import {drawnOrder, numbersShown, orderShown} from '../../src/timeline/choice-order.ts';

const asked = lessons.flatMap(({id, steps}) =>
  steps.flatMap(({id: step, predict}) => (predict ? [{lesson: id, step, count: predict.choices.length}] : [])),
);

test('the order has each choice once, and is the same for the same walk, lesson and step', () => {
  for (const {lesson, step, count} of asked) {
    const order = drawnOrder(count, 7, lesson, step);
    expect([...order].sort()).toEqual([...Array(count).keys()]);
    expect(drawnOrder(count, 7, lesson, step)).toEqual(order);
  }
});

test('over many walks each choice stands about equally often in each place', () => {
  const walks = 3000;
  for (const {lesson, step, count} of asked.slice(0, 10)) {
    const orders = Array.from({length: walks}, (_, seed) => drawnOrder(count, seed, lesson, step));
    for (let place = 0; place < count; place++) {
      const first = orders.filter(order => order[place] === 0).length;
      expect(Math.abs((first * count) / walks - 1)).toBeLessThan(0.15);
    }
  }
});

test('in one walk the steps have orders of their own, and so have the lessons', () => {
  const seen = (of: readonly (readonly [lesson: string, step: string])[]) =>
    new Set(of.map(([lesson, step]) => drawnOrder(3, 1, lesson, step).join())).size;
  const names = Array.from({length: 60}, (_, i) => `name-${i}`);
  expect(seen(names.map(name => ['echo', name]))).toBe(6);
  expect(seen(names.map(name => [name, 'connect']))).toBe(6);
});

test.each([
  ['none', undefined],
  ['one for fewer choices', [1, 0]],
  ['one that has a choice twice', [0, 0, 1]],
  ['one with a choice that there is not', [0, 1, 3]],
])('where a recording tells %s, the choices are shown as the lesson has them', (_, told) => {
  expect(orderShown(told, 3)).toEqual([0, 1, 2]);
});

test('the numbers of several choices are told in the order of the screen', () => {
  expect(orderShown([2, 0, 1], 3)).toEqual([2, 0, 1]);
  expect(numbersShown([2, 0, 1], [0, 1, 2])).toEqual([1, 2, 3]);
  expect(numbersShown([2, 0, 1], [1])).toEqual([3]);
});
