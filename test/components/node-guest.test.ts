import {readdirSync} from 'node:fs';
import {expect, test} from 'vitest';
import {freshFolder} from '../fresh-folder.ts';
import {isListening} from '../kernel.ts';
import {areGone, childrenOf} from '../lab/processes.ts';
import {until} from '../lab/until.ts';
import {casesOf} from '../long.ts';
import {Sockwalk} from './sockwalk.ts';

/** A lesson at a step at which Node listens: as an actor, under strace where there is one, or as a program that an actor runs. */
const places = [
  {lesson: 'node', step: 5},
  {lesson: 'spot-the-bugs', step: 8},
] as const;

const leave = {
  q: (sockwalk: Sockwalk) => sockwalk.terminal.press('q'),
  SIGINT: (sockwalk: Sockwalk) => void process.kill(sockwalk.pid, 'SIGINT'),
  SIGKILL: (sockwalk: Sockwalk) => void process.kill(sockwalk.pid, 'SIGKILL'),
  'the end of the terminal': (sockwalk: Sockwalk) => sockwalk.terminal.hangUp(),
};
const all = Object.keys(leave) as (keyof typeof leave)[];
const [asActor, asProgram] = places;
const ways = casesOf(
  all.flatMap(way => places.map(place => ({way, ...place}))),
  ...[{way: 'q', ...asActor} as const, {way: 'SIGKILL', ...asProgram} as const],
);

const descendantsOf = (pid: number): number[] => childrenOf(pid).flatMap(child => [child, ...descendantsOf(child)]);

// One at a time: a process that another test starts meanwhile would keep this terminal's master side open.
test.each(ways)('$way in $lesson leaves no process, no port and no file', async ({way, lesson, step}) => {
  const folder = freshFolder();
  await using sockwalk = await Sockwalk.open({args: [lesson], env: {TMPDIR: folder}});
  await sockwalk.jumpTo(step);
  const processes = [sockwalk.pid, ...descendantsOf(sockwalk.pid)];
  expect(processes.length).toBeGreaterThanOrEqual(3);
  // In the network that the lesson runs in.
  expect(processes.some(pid => isListening(sockwalk.port, pid))).toBe(true);
  expect(readdirSync(folder)).toHaveLength(1);
  leave[way](sockwalk);
  await sockwalk.terminal.exited;
  await until('every process is gone', () => areGone(processes));
  await until('nobody listens', () => !isListening(sockwalk.port));
  await until('no file is left', () => readdirSync(folder).length === 0);
});
