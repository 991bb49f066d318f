import type {ActorName} from './actor.ts';
import type {CallName} from './call.ts';
import {type Act, actsOf, asks, type Lesson, type Step} from './lesson.ts';

/** A call as the list shows it. */
export interface OutlineCall {
  readonly actor: ActorName;
  readonly name: CallName;
  /** The learner is asked before it. */
  readonly asks?: true;
  /** Whoever finished the lesson may have gone without it, or it does not simply work: it is refused, or sleeps. */
  readonly isUnsure?: true;
}

/** What the list of lessons tells of a lesson's steps. */
export interface Outline {
  /** How many there are. */
  readonly steps: number;
  /** Those that ask the learner something. */
  readonly questions: readonly Pick<Step, 'id' | 'needs'>[];
  /** The beliefs that its review questions are about. */
  readonly reviews: readonly string[];
  /** All calls, in the order in which they are planned. */
  readonly calls: readonly OutlineCall[];
}

const known = new WeakMap<Lesson, Outline>();

/** From the lesson's steps, unless somebody knew it before: the built program reads a lesson's steps when it is opened. */
export function outlineOf(lesson: Lesson): Outline {
  const outline = known.get(lesson) ?? outlineFrom(lesson);
  known.set(lesson, outline);
  return outline;
}

export const knowOutline = (lesson: Lesson, outline: Outline): void => void known.set(lesson, outline);

const outlineFrom = ({steps, review}: Lesson): Outline => ({
  steps: steps.length,
  questions: steps.filter(asks).map(({id, needs}) => (needs ? {id, needs} : {id})),
  reviews: review.map(({belief}) => belief),
  calls: steps.flatMap(callsOf),
});

const callsOf = (step: Step): OutlineCall[] =>
  actsOf(step).map((act, i, {length}) => ({
    actor: act.actor,
    name: act.call.name,
    ...(i === 0 && asks(step) ? {asks: true} : {}),
    ...(isUnsure(act, step, i === length - 1) ? {isUnsure: true} : {}),
  }));

function isUnsure({does, repeat}: Act, {expect, needs, arrange}: Step, isLast: boolean): boolean {
  const outcome = does ?? (isLast ? expect.outcome : undefined);
  const hasTrouble = outcome?.kind === 'fails' || outcome?.kind === 'waits' || outcome?.kind === 'lost';
  return hasTrouble || needs !== undefined || arrange !== undefined || repeat !== undefined;
}
