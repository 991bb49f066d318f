import {readdir, readFile} from 'node:fs/promises';
import {setTimeout as sleep} from 'node:timers/promises';
import {lessons} from '../lessons/index.ts';
import {choosePort} from '../src/app/port-choice.ts';
import {Walk} from '../src/app/walk.ts';
import type {Port} from '../src/model/brands.ts';
import type {LogEvent} from '../src/model/event.ts';
import type {Lesson} from '../src/model/lesson.ts';
import {atMost, type Figure} from './figure.ts';
import type {Setting} from './setting.ts';

const goalMb = 10;
/** What is loaded and compiled once is there by then. */
const settledAfter = 10;

type Judged = Extract<LogEvent, {kind: 'judged'}>;

/** What this process holds. */
interface Holdings {
  readonly descriptors: number;
  readonly children: number;
  readonly residentMb: number;
}

/** Whether walks leave anything behind: descriptors, processes, memory. */
export async function measureWalks({isQuick, tell}: Setting): Promise<Figure[]> {
  if (!globalThis.gc) throw new Error('memory can only be told with node --expose-gc');
  const lesson = lessons.find(({id}) => id === 'echo');
  if (!lesson) throw new Error('there is no lesson named echo');
  const walks = isQuick ? settledAfter + 3 : 200;
  let early: Holdings | null = null;
  for (let made = 1; made <= walks; made++) {
    await walkOnce(lesson);
    if (made === settledAfter) early = await holdings();
    tell(`walks: ${made} of ${walks}`);
  }
  if (!early) throw new Error('too few walks');
  return figures(early, await holdings(), walks);
}

async function walkOnce(lesson: Lesson, triesLeft = 5): Promise<void> {
  const choice = await choosePort(null);
  if (choice.kind === 'refused') throw new Error(`port ${choice.port}: ${choice.errno}`);
  const broken = await walkThrough(lesson, choice.port);
  if (!broken) return;
  // Another program may take the port in the moment between the choice and bind().
  const isTaken = broken.unmet.some(({found}) => found.includes('EADDRINUSE'));
  if (!isTaken || triesLeft === 0) throw new Error(`a walk went wrong: ${JSON.stringify(broken)}`);
  return walkOnce(lesson, triesLeft - 1);
}

/** Walks until a claim does not hold; null when all do. */
async function walkThrough(lesson: Lesson, port: Port): Promise<Judged | null> {
  await using walk = await Walk.open(lesson, port, lesson.message?.en ?? '');
  while (walk.nextStep) {
    await walk.next();
    const broken = walk.log.events.find((event): event is Judged => event.kind === 'judged' && !event.holds);
    if (broken) return broken;
  }
  return null;
}

async function holdings(): Promise<Holdings> {
  // What was closed last is let go of on the next turns of the event loop.
  await sleep(200);
  globalThis.gc?.();
  globalThis.gc?.();
  return {
    // The listing opens one itself.
    descriptors: (await readdir('/proc/self/fd')).length - 1,
    children: await countChildren(),
    residentMb: process.memoryUsage.rss() / 2 ** 20,
  };
}

async function countChildren(): Promise<number> {
  const threads = await readdir('/proc/self/task');
  const lists = await Promise.all(threads.map(thread => readFile(`/proc/self/task/${thread}/children`, 'utf8')));
  return lists.flatMap(list => list.split(' ').filter(pid => pid.trim() !== '')).length;
}

function figures(early: Holdings, late: Holdings, walks: number): Figure[] {
  const count = (name: string, before: number, after: number): Figure => ({
    name: `${name}, after ${walks} walks of echo / after ${settledAfter}`,
    value: ratioText(after, before, 2),
    goal: {text: 'no growth', shortBy: after <= before ? null : String(after - before)},
    detail: `${before} -> ${after}`,
  });
  const growth = late.residentMb - early.residentMb;
  return [
    count('open descriptors', early.descriptors, late.descriptors),
    count('child processes', early.children, late.children),
    {
      name: `resident memory, after ${walks} walks of echo / after ${settledAfter}`,
      value: ratioText(late.residentMb, early.residentMb, 2),
      goal: {...atMost(goalMb, growth, 1, ' MB'), text: `growth within ${goalMb} MB`},
      detail: `${early.residentMb.toFixed(1)} MB -> ${late.residentMb.toFixed(1)} MB, ${growth.toFixed(1)} MB more`,
    },
  ];
}

const ratioText = (after: number, before: number, digits: number): string =>
  (after === before ? 1 : after / before).toFixed(digits);
