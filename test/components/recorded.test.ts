import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, expect, test as one} from 'vitest';
import {linesOf, run} from '../cli/run.ts';
import {freshFolder} from '../fresh-folder.ts';
import {freePort} from '../kernel.ts';
import {inOneProgram} from './one-program.ts';
import {callsOn, keysOf, momentOf, pidsOn, Sockwalk} from './sockwalk.ts';

// Every run has a terminal, processes, a port and a data folder of its own, and mostly waits.
const test = one.concurrent;

const wide = {columns: 120, rows: 40};

let recording = '';
/** Where it is kept. */
const whole = join(freshFolder(), 'walk.jsonl');

beforeAll(async () => {
  const ran = await run(['play', 'client-flow', '--format', 'json', '--port', String(await freePort())]);
  expect(ran.code, `${ran.stderr}${ran.stdout.slice(-3000)}`).toBe(0);
  recording = ran.stdout;
  writeFileSync(whole, recording);
});

function savedAs(content: string): string {
  const file = join(freshFolder(), 'walk.jsonl');
  writeFileSync(file, content);
  return file;
}

const openRecording = (content: string): Promise<Sockwalk> =>
  Sockwalk.open({args: ['replay', savedAs(content)], ...wide});

const toStart = (sockwalk: Sockwalk): Promise<void> => sockwalk.press('Home', /RECORDED +0\/13/);

async function toEnglish(sockwalk: Sockwalk): Promise<void> {
  if (!/ en$/m.test(sockwalk.screen)) await sockwalk.press('t', / en$/m);
}

inOneProgram('a recording', {args: ['replay', whole, '--lang', 'ja'], ...wide}, toStart, test => {
  test('a recording is shown in the language that is asked for, and t changes it', async sockwalk => {
    await sockwalk.press('Right', /RECORDED +1\/13 {2}ja$/m);
    await sockwalk.press('t', /RECORDED +1\/13 {2}en$/m);
  });

  test('a recording is walked through with the same keys, says that it is one, and asks nothing', async sockwalk => {
    await toEnglish(sockwalk);
    expect(sockwalk.screen).toMatch(/RECORDED +0\/13 {2}en$/m);
    await sockwalk.press('v', '[calls]');
    for (let step = 1; step <= 13; step++) {
      await sockwalk.press('Right', screen => momentOf(screen).step === step);
      // As many of the newest as there is room for.
      expect(callsOn(sockwalk.screen).length).toBeGreaterThanOrEqual(Math.min(step, 12));
    }
    expect(sockwalk.screen).toContain('The recording ends here. r runs this lesson for real.');
    expect(keysOf(sockwalk.screen)).not.toContain('next');
    await sockwalk.press('Left', /RECORDED +12\/13/);
  });

  test('r runs the lesson of a recording for real', async sockwalk => {
    const recorded = pidsOn(sockwalk.screen);
    await sockwalk.press('r', screen => screen.includes('LIVE  0/13') && pidsOn(screen).length === 2);
    expect(pidsOn(sockwalk.screen).filter(pid => recorded.includes(pid))).toEqual([]);
    await sockwalk.press('Right', 'LIVE  1/13');
  });
});

test('a recording that was cut off is shown as far as it goes, says so, and leaves with 1', async () => {
  const kept = linesOf(recording).slice(0, 30);
  await using sockwalk = await openRecording(`${kept.join('\n')}\n`);
  expect(sockwalk.screen.replaceAll(/\s+/g, ' ')).toContain('is cut off after line 30');
  const whole = kept.filter(line => line.includes('"kind":"judged"')).length;
  expect(whole).toBeGreaterThan(1);
  await sockwalk.press('$', screen => momentOf(screen).step === whole);
  sockwalk.terminal.press('q');
  expect(await sockwalk.terminal.exited).toEqual({exitCode: 1, signal: null});
});

test('what somebody wrote into a recording does not steer the terminal', async () => {
  const forged = recording.replaceAll(
    '"domain":"AF_INET"',
    `"domain":${JSON.stringify('\x1b]0;evil\x07\u202e\x1b[2J')}`,
  );
  await using sockwalk = await openRecording(forged);
  await sockwalk.press('Right', screen => momentOf(screen).step === 1);
  expect(sockwalk.screen).toContain('socket(?]0;evil???[2J');
  expect(sockwalk.terminal.raw).not.toMatch(/\x1b\]0;evil|\u202e/);
});
