import {describe, expect, test} from 'vitest';
import {lessons} from '../../lessons/index.ts';
import {lessonOfReview} from '../../src/app/run/lesson-here.ts';
import {unmet} from '../../src/claims/claims.ts';
import type {Found} from '../../src/claims/found.ts';
import type {ActorName} from '../../src/model/actor.ts';
import type {Lesson, Step} from '../../src/model/lesson.ts';
import type {RecordedCall} from '../../src/model/traced.ts';

// A call that comes after a step is over belongs to the next one, where it would be one too many.

const traced = lessons.filter(({traces}) => traces);
const scenes = traced.flatMap((lesson): Lesson[] => [
  lesson,
  ...lesson.review.map(review => ({...lessonOfReview(lesson, review), ...(lesson.traces && {traces: lesson.traces})})),
]);

/** Steps whose next one claims that just these calls were made, and what a real run of them made. */
const before = scenes.flatMap(({steps, traces}) =>
  steps.flatMap((step, i): (readonly [string, Step, readonly RecordedCall[]])[] => {
    const counts = steps[i + 1]?.expect.traced?.some(({only}) => only === true) ?? false;
    return counts ? [[step.id, step, traces?.byStep[step.id] ?? []]] : [];
  }),
);

const holds = ({expect: {traced = []}}: Step, calls: readonly RecordedCall[]): boolean =>
  unmet({traced}, {
    calls: [],
    traced: (actor: ActorName) => calls.filter(call => call.actor === actor),
  } as unknown as Found).length === 0;

describe.each(before)('what %s claims', (_, step, calls) => {
  test('holds when all that it leads to has happened', () => expect(holds(step, calls)).toBe(true));

  test('does not hold while any of it is still to come', () => {
    const early = calls.map((_, i) => calls.slice(0, i)).filter(some => holds(step, some));
    expect(early).toEqual([]);
  });
});

test('there are such steps', () => expect(before.length).toBeGreaterThan(8));
