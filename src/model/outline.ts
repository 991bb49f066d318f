import {asks, type Lesson, type Step} from './lesson.ts';

/** What the list of lessons tells of a lesson's steps. */
export interface Outline {
  /** How many there are. */
  readonly steps: number;
  /** Those that ask the learner something. */
  readonly questions: readonly Pick<Step, 'id' | 'needs'>[];
}

const known = new WeakMap<Lesson, Outline>();

/** From the lesson's steps, unless somebody knew it before: the built program reads a lesson's steps when it is opened. */
export function outlineOf(lesson: Lesson): Outline {
  const outline = known.get(lesson) ?? outlineFrom(lesson);
  known.set(lesson, outline);
  return outline;
}

export const knowOutline = (lesson: Lesson, outline: Outline): void => void known.set(lesson, outline);

const outlineFrom = ({steps}: Lesson): Outline => ({
  steps: steps.length,
  questions: steps.filter(asks).map(({id, needs}) => (needs ? {id, needs} : {id})),
});
