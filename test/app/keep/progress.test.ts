import {expect, test} from 'vitest';
import {lessons} from '../../../lessons/index.ts';
import {leftAt, noProgress, notBegun} from '../../../src/app/keep/progress.ts';

const [lesson] = lessons;
if (!lesson) throw new Error('there is no lesson');
const left = (at: number) => leftAt(lesson, {...noProgress, lessons: {[lesson.id]: {...notBegun, at}}});

test('a lesson begins where it was left, and at its beginning where it has no such step (any more)', () => {
  expect(left(3)).toBe(3);
  expect([0, -1, lesson.steps.length, 99].map(left)).toEqual([0, 0, 0, 0]);
  expect(leftAt(lesson, noProgress)).toBe(0);
});
