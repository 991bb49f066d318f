import {createHash} from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {inject} from 'vitest';
import type {TestProject} from 'vitest/node';
import {isGone} from './lab/processes.ts';
import {until} from './lab/until.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the test files of one run find what another of them has made. */
    readonly made: string;
  }
}

/** One for all projects of a run: each loads this file anew, in the same process. */
const runs = globalThis as {sockwalkMade?: string};

/** Before the first test file of a project. */
export default function setup(project: TestProject): () => void {
  runs.sockwalkMade ??= mkdtempSync(join(tmpdir(), 'sockwalk-'));
  // Tests go through it as other users too.
  chmodSync(runs.sockwalkMade, 0o755);
  const made = runs.sockwalkMade;
  project.provide('made', made);
  project.onTestsRerun(async () => {
    for (const name of readdirSync(made)) rmSync(join(made, name), {recursive: true});
  });
  return () => rmSync(made, {recursive: true, force: true});
}

type Made<T> = {readonly value: T} | {readonly error: string};

/** How long another file may need for it, in milliseconds: a test that waits for something long has its own limit. */
const patienceMs = 290_000;

/**
 * What takes long and is the same for all test files is made by the first that asks, and read by the others.
 *
 * @param name of what is made; the same name means the same thing
 * @param make gives what JSON can say
 */
export async function once<T>(name: string, make: () => Promise<T>): Promise<T> {
  const file = join(inject('made'), createHash('sha256').update(name).digest('hex'));
  const maker = `${file}.maker`;
  if (isFirst(maker)) {
    const made = await make().then(
      (value): Made<T> => ({value}),
      (error): Made<T> => ({error: error instanceof Error ? (error.stack ?? error.message) : String(error)}),
    );
    writeFileSync(`${file}.part`, JSON.stringify(made));
    renameSync(`${file}.part`, file);
  }
  await until(`${name}, which another test file makes`, () => existsSync(file) || isLeft(maker), patienceMs);
  if (!existsSync(file)) throw new Error(`${name}: the process that made it has ended`);
  const made: Made<T> = JSON.parse(readFileSync(file, 'utf8'));
  if ('error' in made) throw new Error(`${name}: ${made.error}`);
  return made.value;
}

function isFirst(maker: string): boolean {
  try {
    mkdirSync(maker);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  // Whoever waits reads it whole or not at all.
  writeFileSync(join(maker, 'pid.part'), String(process.pid));
  renameSync(join(maker, 'pid.part'), join(maker, 'pid'));
  return true;
}

/** Whether who began to make it has ended since. */
function isLeft(maker: string): boolean {
  const pid = join(maker, 'pid');
  return existsSync(pid) && isGone(Number(readFileSync(pid, 'utf8')));
}
