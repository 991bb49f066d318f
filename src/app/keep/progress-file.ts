import {mkdir, realpath, rename, rm, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {jsonText} from '../../messages/json.ts';
import {messageLimit} from '../../model/payload.ts';
import {isSeed} from '../../timeline/choice-order.ts';
import {readBounded} from './bounded-file.ts';
import {type LessonProgress, merged, noProgress, notBegun, type Progress} from './progress.ts';
import {userFolder} from './user-folder.ts';

const version = 1;

/** Bytes. The whole course with all of its answers is a hundredth of it. */
const largest = 1024 * 1024;

/** Where progress is kept. Throws where an account without a name has no HOME either. */
export const progressFile = (): string => join(userFolder('data'), 'progress.json');

export interface Loaded {
  readonly progress: Progress;
  /** Where a damaged file was set aside; null when all was well. */
  readonly setAside: string | null;
}

/** Reads the file. One that cannot be understood is renamed, never overwritten. */
export async function loadProgress(named?: string): Promise<Loaded> {
  let file = '';
  let progress: Progress | null;
  try {
    file = named ?? progressFile();
    progress = await readProgress(file);
  } catch (error) {
    if (file === '' || (error as NodeJS.ErrnoException).code === 'ENOENT')
      return {progress: noProgress, setAside: null};
    return {progress: noProgress, setAside: await putAside(file)};
  }
  return progress ? {progress, setAside: null} : {progress: noProgress, setAside: await putAside(file)};
}

/** What a file says; null when it is not one of ours, or damaged. Rejects when it cannot be read. */
export async function readProgress(file: string): Promise<Progress | null> {
  const text = await readBounded(file, largest);
  return text === null ? null : understand(text);
}

async function putAside(file: string): Promise<string | null> {
  const aside = `${file}.damaged-${Date.now()}`;
  return rename(file, aside).then(
    () => aside,
    () => null,
  );
}

/** The file as it is written, and as `progress export` prints it. */
export const progressText = (progress: Progress): string => `${jsonText({version, ...progress}, 1)}\n`;

/** What a text says; null when it is not one of ours, or damaged. Fields that came later may be missing. */
export function understand(text: string): Progress | null {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value) || value.version !== version || !isRecord(value.lessons)) return null;
    const {lessons, beliefs = {}, challenges = {}, made = noProgress.made} = value;
    if (!areCalls(made)) return null;
    if (!isRecord(challenges) || !Object.values(challenges).every(isCount)) return null;
    if (!Object.values(lessons).every(isLessonProgress) || !isRecord(beliefs)) return null;
    if (!Object.values(beliefs).every(state => state === 'held' || state === 'mended')) return null;
    const whole = Object.entries(lessons).map(([id, own]) => [id, {...notBegun, ...(own as LessonProgress)}]);
    return {
      lessons: Object.fromEntries(whole),
      beliefs: beliefs as Progress['beliefs'],
      challenges: challenges as Progress['challenges'],
      made: made as Progress['made'],
    };
  } catch {
    return null;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Of both sides, in words that could be names. */
const areCalls = (value: unknown): boolean =>
  isRecord(value) && [value.server, value.client].every(names => Array.isArray(names) && names.every(isName));

const isName = (value: unknown): boolean => typeof value === 'string' && /^[a-z]\w{0,31}$/.test(value);
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isAnswer = (value: unknown): boolean => value === 'right' || value === 'wrong' || value === 'skipped';

const isLessonProgress = (value: unknown): boolean =>
  isRecord(value) &&
  isCount(value.steps) &&
  typeof value.isFinished === 'boolean' &&
  isRecord(value.answers) &&
  Object.values(value.answers).every(isAnswer) &&
  (value.at === undefined || isCount(value.at)) &&
  (value.choices === undefined || (isRecord(value.choices) && Object.values(value.choices).every(isChoice))) &&
  (value.message === undefined || isMessage(value.message)) &&
  (value.seed === undefined || isSeed(value.seed));

const isMessage = (value: unknown): boolean => typeof value === 'string' && Buffer.byteLength(value) <= messageLimit;
const isChoice = (value: unknown): boolean => value === null || isCount(value);

/**
 * Writes a whole new file beside the old one, then puts it in its place, so that a crash leaves the one or the other. Where a
 * symbolic link leads to the old one, the link stays.
 */
export async function saveProgress(progress: Progress, named = progressFile()): Promise<void> {
  const file = await realpath(named).catch(() => named);
  const fresh = `${file}.${process.pid}.new`;
  await mkdir(dirname(file), {recursive: true});
  try {
    await writeFile(fresh, progressText(progress), {flush: true});
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, {force: true});
    throw error;
  }
}

/** Writes progress one at a time, the newest last, into what other programs have written meanwhile. */
export class Saving {
  #writing: Promise<void> = Promise.resolve();
  #latest: Progress | null = null;
  /** What this program knows to be in the file. */
  #base: Progress;
  readonly #failed: (why: string) => void;

  constructor(loaded: Progress, failed: (why: string) => void) {
    this.#base = loaded;
    this.#failed = failed;
  }

  save(progress: Progress): void {
    this.#latest = progress;
    this.#writing = this.#writing.then(async () => {
      const latest = this.#latest;
      this.#latest = null;
      if (latest)
        await this.#write(latest).catch((error: NodeJS.ErrnoException) => this.#failed(error.code ?? error.message));
    });
  }

  done(): Promise<void> {
    return this.#writing;
  }

  async #write(own: Progress): Promise<void> {
    const kept = await readProgress(progressFile()).catch(() => null);
    await saveProgress(kept ? merged(this.#base, own, kept) : own);
    this.#base = own;
  }
}
