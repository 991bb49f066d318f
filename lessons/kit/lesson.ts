import type {Lesson, Review, Step} from '../../src/model/lesson.ts';
import type {Text} from '../../src/model/text.ts';
import type {StepAbout} from './step.ts';
import {textOf, textsOf, type Words} from './text.ts';

interface ReviewAbout<B extends string> extends Review {
  readonly belief: B;
}

type LessonWords<B extends string, L extends readonly Lesson[]> = Omit<
  Lesson,
  'title' | 'about' | 'summary' | 'beliefs' | 'steps' | 'review'
> & {
  readonly title: Words;
  readonly about: Words;
  readonly summary: Words;
  readonly beliefs: Readonly<Record<B, Words>>;
  /** Lessons whose beliefs this one asks about as well. */
  readonly recalls?: L;
  readonly steps: readonly StepAbout<NoInfer<B | BeliefOf<L[number]>>>[];
  readonly review: readonly ReviewAbout<NoInfer<B | BeliefOf<L[number]>>>[];
};

/** A lesson whose beliefs are known by name. */
export type LessonWith<B extends string> = Lesson & {readonly beliefs: Readonly<Record<B, Text>>};

type BeliefOf<L> = L extends LessonWith<infer B> ? B : never;

/** A lesson. It asks about its own beliefs, and about those of the lessons that it recalls. */
export function lesson<const B extends string, const L extends readonly Lesson[] = []>({
  title,
  about,
  summary,
  beliefs,
  recalls: _,
  ...more
}: LessonWords<B, L>): LessonWith<B> {
  for (const steps of [more.steps, ...more.review.map(review => review.steps)]) checkNames(steps);
  checkKnown([more.again?.after, more.again?.from], more.steps);
  return {
    ...more,
    title: textOf(title),
    about: textOf(about),
    beliefs: textsOf(beliefs),
    summary: textOf(summary),
  };
}

type Cast = Pick<Review, 'actors' | 'nodeActors'>;

/**
 * A small lesson about the belief that one of its steps asks about; the others set the scene and clear it away. Who takes part is
 * said before its steps, where that is not one server and one client.
 */
export function review<B extends string>(
  id: string,
  ...given: readonly [readonly StepAbout<B>[]] | readonly [Cast, readonly StepAbout<B>[]]
): ReviewAbout<B> {
  const [cast, steps] = given.length === 1 ? [{}, given[0]] : given;
  const belief = steps.find((step: Step) => step.predict !== undefined)?.predict?.belief;
  if (belief === undefined) throw new Error(`the review ${id} asks nothing`);
  return {id, belief, ...cast, steps};
}

/** What steps name by id must be among them: a slip shows as soon as the lesson is loaded. */
function checkNames(steps: readonly Step[]): void {
  for (const {expect, expires, predict} of steps) {
    const claims = [expect, ...(predict?.choices.map(({claim}) => claim) ?? [])];
    checkKnown([expires?.after, ...claims.map(({completes}) => completes?.step)], steps);
  }
}

function checkKnown(ids: readonly (string | undefined)[], steps: readonly Step[]): void {
  for (const id of ids) {
    if (id !== undefined && !steps.some(step => step.id === id)) throw new Error(`there is no step ${id}`);
  }
}
