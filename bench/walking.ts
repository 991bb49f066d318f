// A process that does nothing but walk, started by walks.ts. Its argument is how often.
import {readdir, readFile} from 'node:fs/promises';
import {setTimeout as sleep} from 'node:timers/promises';
import {lessons} from '../lessons/index.ts';
import {chooseNetwork, chosenNetwork} from '../src/app/run/network-choice.ts';
import {Walk} from '../src/app/run/walk.ts';
import type {Lesson} from '../src/model/lesson.ts';

/** What this process holds. */
export interface Holdings {
  readonly descriptors: number;
  readonly children: number;
  readonly residentMb: number;
  readonly heapMb: number;
}

export type Report =
  | {readonly kind: 'walked'; readonly walks: number}
  | {readonly kind: 'held'; readonly after: number; readonly holdings: Holdings}
  | {readonly kind: 'failed'; readonly why: string};

/** What is loaded and compiled once is there by then. */
export const settledAfter = 10;

async function walkMany(walks: number, report: (report: Report) => void): Promise<void> {
  const lesson = lessons.find(({id}) => id === 'echo');
  if (!lesson) throw new Error('there is no lesson named echo');
  for (let made = 1; made <= walks; made++) {
    await walkOnce(lesson);
    report({kind: 'walked', walks: made});
    if (made === settledAfter || made === walks) report({kind: 'held', after: made, holdings: await holdings()});
  }
}

async function walkOnce(lesson: Lesson): Promise<void> {
  const where = chosenNetwork(await chooseNetwork(lesson, {network: 'auto', port: null}));
  if (!where) throw new Error('no free port');
  await using walk = await Walk.open(lesson, where, lesson.message?.en ?? '');
  while (walk.nextStep) {
    await walk.next();
    const broken = walk.log.events.find(event => event.kind === 'judged' && !event.holds);
    if (broken) throw new Error(`a walk went wrong: ${JSON.stringify(broken)}`);
  }
}

async function holdings(): Promise<Holdings> {
  // What was closed last is let go of on the next turns of the event loop.
  await sleep(200);
  globalThis.gc?.();
  globalThis.gc?.();
  const {rss, heapUsed} = process.memoryUsage();
  return {
    // The listing opens one itself.
    descriptors: (await readdir('/proc/self/fd')).length - 1,
    children: await countChildren(),
    residentMb: rss / 2 ** 20,
    heapMb: heapUsed / 2 ** 20,
  };
}

async function countChildren(): Promise<number> {
  const threads = await readdir('/proc/self/task');
  const lists = await Promise.all(threads.map(thread => readFile(`/proc/self/task/${thread}/children`, 'utf8')));
  return lists.flatMap(list => list.split(' ').filter(pid => pid.trim() !== '')).length;
}

if (process.send) {
  const report = (message: Report) => void process.send?.(message);
  await walkMany(Number(process.argv[2]), report).catch(error => report({kind: 'failed', why: String(error)}));
  process.disconnect();
}
