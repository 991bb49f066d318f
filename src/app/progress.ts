import {mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import envPaths from 'env-paths';
import type {Lesson, Step} from '../model/lesson.ts';
import type {Status} from '../model/status.ts';

export type Answer = 'right' | 'wrong' | 'skipped';

export interface LessonProgress {
  /** How many steps have been performed, at most. */
  readonly steps: number;
  readonly isFinished: boolean;
  /** By step id. A later answer replaces an earlier one. */
  readonly answers: Readonly<Record<string, Answer>>;
}

export type Progress = Readonly<Record<string, LessonProgress>>;

export const noProgress: LessonProgress = {steps: 0, isFinished: false, answers: {}};

export function statusOf(lesson: Lesson, progress: Progress): Status {
  const own = progress[lesson.id];
  if (!own || (own.steps === 0 && Object.keys(own.answers).length === 0)) return 'new';
  if (!own.isFinished) return 'seen';
  const asked = lesson.steps.filter(step => step.predict);
  const isAnswered = (id: string) => own.answers[id] === 'right' || own.answers[id] === 'wrong';
  return asked.every(step => isAnswered(step.id)) ? 'passed' : 'skipped';
}

const of = (progress: Progress, lesson: Lesson): LessonProgress => progress[lesson.id] ?? noProgress;

/** A step was made. The lesson is finished once its last step was. */
export function performed(progress: Progress, lesson: Lesson, step: Step): Progress {
  const own = of(progress, lesson);
  const steps = Math.max(own.steps, lesson.steps.indexOf(step) + 1);
  return {...progress, [lesson.id]: {...own, steps, isFinished: own.isFinished || steps === lesson.steps.length}};
}

/** A prediction was made or skipped. A skip does not undo an earlier answer. */
export function answered(progress: Progress, lesson: Lesson, step: Step, answer: Answer): Progress {
  const own = of(progress, lesson);
  if (answer === 'skipped' && own.answers[step.id]) return progress;
  return {...progress, [lesson.id]: {...own, answers: {...own.answers, [step.id]: answer}}};
}

const version = 1;

/** Where progress is kept: the user's data folder (XDG_DATA_HOME on Linux). */
export const progressFile = (): string => join(envPaths('sockwalk', {suffix: ''}).data, 'progress.json');

export interface Loaded {
  readonly progress: Progress;
  /** Where a damaged file was set aside; null when all was well. */
  readonly setAside: string | null;
}

/** Reads the file. One that cannot be understood is renamed, never overwritten. */
export async function loadProgress(file = progressFile()): Promise<Loaded> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {progress: {}, setAside: null};
    return {progress: {}, setAside: await putAside(file)};
  }
  const progress = understand(text);
  return progress ? {progress, setAside: null} : {progress: {}, setAside: await putAside(file)};
}

async function putAside(file: string): Promise<string | null> {
  const aside = `${file}.damaged-${Date.now()}`;
  return rename(file, aside).then(
    () => aside,
    () => null,
  );
}

function understand(text: string): Progress | null {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value) || value.version !== version || !isRecord(value.lessons)) return null;
    return Object.values(value.lessons).every(isLessonProgress) ? (value.lessons as Progress) : null;
  } catch {
    return null;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isAnswer = (value: unknown): boolean => value === 'right' || value === 'wrong' || value === 'skipped';

const isLessonProgress = (value: unknown): boolean =>
  isRecord(value) &&
  Number.isInteger(value.steps) &&
  typeof value.isFinished === 'boolean' &&
  isRecord(value.answers) &&
  Object.values(value.answers).every(isAnswer);

/** Writes a whole new file beside the old one, then puts it in its place, so that a crash leaves the one or the other. */
export async function saveProgress(progress: Progress, file = progressFile()): Promise<void> {
  const fresh = `${file}.${process.pid}.new`;
  await mkdir(dirname(file), {recursive: true});
  try {
    await writeFile(fresh, `${JSON.stringify({version, lessons: progress}, null, 1)}\n`, {flush: true});
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, {force: true});
    throw error;
  }
}
