import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {lessons} from '../lessons/index.ts';
import type {Lesson} from '../src/model/lesson.ts';
import {terminalEnvironment} from '../test/pty-environment.ts';
import {keySequence} from '../test/pty-keys.ts';
import {atMost, type Figure} from './figure.ts';
import type {Setting} from './setting.ts';
import {quantile, rangeText, ratios} from './stats.ts';
import {TimedTerminal} from './timed-terminal.ts';

const goalSeconds = 60;
const goalMs = 150;

const program = fileURLToPath(new URL('../dist/sockwalk.js', import.meta.url));

/** How long the whole course takes without a screen, and how long a lesson takes to show its first frame. */
export async function measureCourse({isQuick, folder, tell}: Setting): Promise<Figure[]> {
  const runs = isQuick ? 1 : 5;
  const all: number[] = [];
  const one: number[] = [];
  for (let n = 1; n <= runs; n++) {
    tell(`course: run ${n} of ${runs}`);
    all.push(await seconds(['play', '--all', '--port', '0'], folder));
    one.push(await seconds(['play', 'echo', '--port', '0'], folder));
  }
  const opened = await openEach(isQuick ? 1 : 3, folder, tell);
  const slowest = Math.max(...opened.map(({ms}) => quantile(ms, 0.5)));
  const of = opened.find(({ms}) => quantile(ms, 0.5) === slowest)?.id ?? '';
  const every = opened.flatMap(({ms}) => ms);
  return [
    {
      name: `play --all, ${lessons.length} lessons`,
      value: `${quantile(all, 0.5).toFixed(1)} s`,
      goal: atMost(goalSeconds, quantile(all, 0.5), ' s'),
      detail: `${runs} runs, the slowest ${Math.max(...all).toFixed(1)} s; ${rangeText(ratios(all, one), 1)} times play echo`,
    },
    {
      name: 'Enter in the list to the first frame of the lesson, the slowest lesson',
      value: `${slowest.toFixed(0)} ms`,
      goal: atMost(goalMs, slowest, ' ms'),
      detail: `${of}; of all ${lessons.length} lessons p50 ${quantile(every, 0.5).toFixed(0)} ms, p95 ${quantile(every, 0.95).toFixed(0)} ms, max ${Math.max(...every).toFixed(0)} ms`,
    },
  ];
}

async function seconds(args: readonly string[], folder: string): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, [program, ...args], {
    stdio: 'ignore',
    env: terminalEnvironment({XDG_DATA_HOME: folder}),
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
  return (performance.now() - start) / 1000;
}

interface Opened {
  readonly id: string;
  readonly ms: number[];
}

/** Opens every lesson from the list, in order, and goes back. */
async function openEach(rounds: number, folder: string, tell: Setting['tell']): Promise<Opened[]> {
  const opened: Opened[] = lessons.map(({id}) => ({id, ms: []}));
  await using terminal = new TimedTerminal([program, '--no-progress'], 80, 24, {XDG_DATA_HOME: folder});
  await terminal.frame(isSelected(lessons[0]?.id ?? ''));
  // What is typed before the program reads keys would be the terminal's.
  await sleep(300);
  for (let round = 1; round <= rounds; round++) {
    for (const [i, {id, ms}] of opened.entries()) {
      tell(`course: opening ${id}, round ${round} of ${rounds}`);
      const pressed = performance.now();
      terminal.type(keySequence('Enter'));
      ms.push((await terminal.frame(lines => isOpen(lines, lessons[i] as Lesson))) - pressed);
      terminal.type(keySequence('Esc'));
      await terminal.frame(isSelected(id));
      const next = opened[i + 1]?.id;
      terminal.type(next === undefined ? 'k'.repeat(opened.length) : 'j');
      await terminal.frame(isSelected(next ?? opened[0]?.id ?? ''));
    }
  }
  return opened;
}

/** The lesson's name, its step 0 of so many, and the text of its beginning. */
const isOpen = ([header = '', ...rest]: readonly string[], {id, about}: Lesson): boolean =>
  header.includes(` ${id} `) && / 0\/\d+ /.test(header) && rest.some(line => line.includes(about.en.slice(0, 20)));

/** The list, with this lesson under the cursor. */
const isSelected = (id: string) => (lines: readonly string[]) =>
  lines.some(line => new RegExp(`^ > \\[.\\] +\\d+ {2}${id} `).test(line));
