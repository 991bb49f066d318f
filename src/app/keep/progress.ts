import type {Challenge} from '../../model/challenge.ts';
import type {LogEvent} from '../../model/event.ts';
import type {Lesson, Step} from '../../model/lesson.ts';
import {type Outline, outlineOf} from '../../model/outline.ts';
import type {Status} from '../../model/status.ts';
import {callsIn, type MadeCalls, mergedCalls, withCalls} from './made-calls.ts';

export type Answer = 'right' | 'wrong' | 'skipped';

export interface LessonProgress {
  /** How many steps have been performed, at most. */
  readonly steps: number;
  readonly isFinished: boolean;
  /** By step id. A later answer replaces an earlier one. */
  readonly answers: Readonly<Record<string, Answer>>;
  /** After how many steps the learner left; 0 when at the beginning or the end. */
  readonly at: number;
  /** What was chosen on the way there, by step id: an index, or null when skipped. */
  readonly choices: Readonly<Record<string, number | null>>;
  /** The message that was sent on the way there. */
  readonly message?: string;
  /** What the orders of choices were drawn from on the way there. */
  readonly seed?: number;
}

export interface Progress {
  /** The one that was finished last comes after all others that were. */
  readonly lessons: Readonly<Record<string, LessonProgress>>;
  /** Beliefs that showed in a wrong answer, and whether a review question was answered rightly since. */
  readonly beliefs: Readonly<Record<string, 'held' | 'mended'>>;
  /** By challenge that was solved: the fewest lines that it took. */
  readonly challenges: Readonly<Record<string, number>>;
  /** Names of calls that worked, in lessons, reviews and free play, by the side that made them. */
  readonly made: MadeCalls;
}

export const noProgress: Progress = {lessons: {}, beliefs: {}, challenges: {}, made: {server: [], client: []}};
export const notBegun: LessonProgress = {steps: 0, isFinished: false, answers: {}, at: 0, choices: {}};

export function statusOf(lesson: Lesson, progress: Progress): Status {
  const own = progress.lessons[lesson.id];
  if (!own || (own.steps === 0 && Object.keys(own.answers).length === 0)) return 'new';
  if (!own.isFinished) return 'seen';
  // One that this machine cannot make is nobody's to answer, and was never shown as asked.
  const isAnswered = ({id, needs}: Outline['questions'][number]) =>
    own.answers[id] === 'right' ||
    own.answers[id] === 'wrong' ||
    (needs !== undefined && own.answers[id] === undefined);
  return outlineOf(lesson).questions.every(isAnswered) ? 'passed' : 'skipped';
}

/** After how many steps it was left; 0 when it begins at its beginning, as it does where there are no longer so many. */
export function leftAt(lesson: Lesson, progress: Progress): number {
  const at = progress.lessons[lesson.id]?.at ?? 0;
  return at > 0 && at < outlineOf(lesson).steps ? at : 0;
}

/** Beliefs that a learner showed and has not put right yet, in the order in which they showed. */
export const heldBeliefs = (progress: Progress): readonly string[] =>
  Object.entries(progress.beliefs).flatMap(([belief, state]) => (state === 'held' ? [belief] : []));

const change = (progress: Progress, lesson: Lesson, own: Partial<LessonProgress>): Progress => ({
  ...progress,
  lessons: {...progress.lessons, [lesson.id]: {...(progress.lessons[lesson.id] ?? notBegun), ...own}},
});

const of = (progress: Progress, lesson: Lesson): LessonProgress => progress.lessons[lesson.id] ?? notBegun;

/** A step was made. The lesson is finished once its last step was, and begins anew the next time. */
export function performed(
  progress: Progress,
  lesson: Lesson,
  step: Step,
  {message, seed}: {readonly message?: string | undefined; readonly seed: number | null},
): Progress {
  const own = of(progress, lesson);
  const at = lesson.steps.indexOf(step) + 1;
  const steps = Math.max(own.steps, at);
  const isAtEnd = at === lesson.steps.length;
  const {message: _, seed: __, ...others} = own;
  const {[lesson.id]: ___, ...otherLessons} = progress.lessons;
  const lessons = {...(isAtEnd ? otherLessons : progress.lessons), [lesson.id]: others};
  return change({...progress, lessons}, lesson, {
    steps,
    isFinished: own.isFinished || isAtEnd,
    at: isAtEnd ? 0 : at,
    choices: isAtEnd || at === 1 ? {} : own.choices,
    ...(message === undefined || isAtEnd ? {} : {message}),
    ...(seed === null || isAtEnd ? {} : {seed}),
  });
}

/** A prediction was made or skipped. A skip does not undo an earlier answer; a wrong answer shows a belief. */
export function answered(
  progress: Progress,
  lesson: Lesson,
  step: Step,
  choice: number | null,
  fulfilled: readonly number[],
): Progress {
  const own = of(progress, lesson);
  const answer = answerOf(choice, fulfilled);
  const isKept = answer === 'skipped' && own.answers[step.id] !== undefined;
  const next = change(progress, lesson, {
    answers: isKept ? own.answers : {...own.answers, [step.id]: answer},
    choices: {...own.choices, [step.id]: choice},
  });
  return answer === 'wrong' && step.predict ? believed(next, step.predict.belief, 'held') : next;
}

export const answerOf = (choice: number | null, fulfilled: readonly number[]): Answer =>
  choice === null ? 'skipped' : fulfilled.includes(choice) ? 'right' : 'wrong';

/** A review question was answered. */
export function reviewed(progress: Progress, belief: string, answer: Answer): Progress {
  if (answer === 'skipped') return progress;
  return believed(progress, belief, answer === 'right' ? 'mended' : 'held');
}

/** A challenge was solved in so many lines. */
export function solved(progress: Progress, {id}: Challenge, moves: number): Progress {
  const best = Math.min(moves, progress.challenges[id] ?? moves);
  return {...progress, challenges: {...progress.challenges, [id]: best}};
}

/** What was called in this log, the calls that did not work left out. The same progress where all of that is known. */
export function called(progress: Progress, events: readonly LogEvent[]): Progress {
  const made = withCalls(progress.made, callsIn(events));
  return made === progress.made ? progress : {...progress, made};
}

/** The newest last. */
function believed(progress: Progress, belief: string, state: 'held' | 'mended'): Progress {
  // One that never showed needs no mending.
  if (state === 'mended' && !(belief in progress.beliefs)) return progress;
  const {[belief]: _, ...others} = progress.beliefs;
  return {...progress, beliefs: {...others, [belief]: state}};
}

/** The lesson is as if it had never been opened; beliefs stay, since other lessons may have shown them. */
export function forgotten(progress: Progress, lesson: Lesson): Progress {
  const {[lesson.id]: _, ...lessons} = progress.lessons;
  return {...progress, lessons};
}

/**
 * What one of several programs keeps: its own changes since `base`, in what the others have kept meanwhile. An entry that was
 * changed is another object than it was.
 */
export const merged = (base: Progress, own: Progress, kept: Progress): Progress => ({
  lessons: mergedEntries(base.lessons, own.lessons, kept.lessons),
  beliefs: mergedEntries(base.beliefs, own.beliefs, kept.beliefs),
  challenges: mergedEntries(base.challenges, own.challenges, kept.challenges),
  made: mergedCalls(base.made, own.made, kept.made),
});

type Entries<T> = Readonly<Record<string, T>>;

function mergedEntries<T>(base: Entries<T>, own: Entries<T>, kept: Entries<T>): Entries<T> {
  const isOwn = (id: string) => own[id] !== base[id];
  // The others' first: among beliefs the newest comes last.
  const others = Object.entries(kept).filter(([id]) => !isOwn(id));
  return Object.fromEntries([...others, ...Object.entries(own).filter(([id]) => isOwn(id))]);
}

const isFinished = ({id}: Lesson, {lessons}: Progress): boolean => lessons[id]?.isFinished === true;

/** The first lesson that is not finished, of those after this one and then of those before it; null when all are finished. */
export function lessonAfter(id: string | undefined, lessons: readonly Lesson[], progress: Progress): Lesson | null {
  const at = lessons.findIndex(lesson => lesson.id === id) + 1;
  return [...lessons.slice(at), ...lessons.slice(0, at)].find(lesson => !isFinished(lesson, progress)) ?? null;
}

/** What comes next: the unfinished lesson that was left in its middle, else the one after that which was finished last. */
export function suggestedLesson(lessons: readonly Lesson[], progress: Progress): Lesson | null {
  const left = lessons.find(lesson => leftAt(lesson, progress) > 0 && !isFinished(lesson, progress));
  const finished = Object.keys(progress.lessons).findLast(id => progress.lessons[id]?.isFinished);
  return left ?? lessonAfter(finished, lessons, progress);
}

/** With how many of a lesson's predictions the kernel agreed, of those that this machine can ask. */
export function agreementOf(lesson: Lesson, progress: Progress): {readonly right: number; readonly asked: number} {
  const answers = progress.lessons[lesson.id]?.answers ?? {};
  const asked = outlineOf(lesson).questions.filter(({id, needs}) => needs === undefined || answers[id] !== undefined);
  return {right: asked.filter(({id}) => answers[id] === 'right').length, asked: asked.length};
}
