import {cpSync, mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {expect, test as one} from 'vitest';
import {lessons} from '../../lessons/index.ts';
import {asks} from '../../src/model/lesson.ts';
import {program} from '../components/sockwalk.ts';
import {freshFolder} from '../fresh-folder.ts';
import {openTerminal} from '../pty.ts';
import {run} from './run.ts';

const test = one.concurrent;

/** The program as it is shipped, but the texts of its lessons: what reads one fails. */
function withoutTexts(): string {
  const folder = join(freshFolder(), 'dist');
  cpSync(dirname(program), folder, {recursive: true});
  rmSync(join(folder, 'lessons'), {recursive: true});
  return join(folder, 'sockwalk.js');
}

/** Every lesson finished, its questions answered, one of them left in its middle after that, and every belief still held. */
function dataOfAnOldHand(): string {
  const finished = lessons.map(({id, steps}) => {
    const answers = Object.fromEntries(steps.filter(asks).map(step => [step.id, 'right']));
    return [id, {steps: steps.length, isFinished: true, answers, at: id === 'echo' ? 5 : 0, choices: {}}];
  });
  const file = join(freshFolder(), 'sockwalk', 'progress.json');
  mkdirSync(dirname(file));
  const beliefs = Object.fromEntries(lessons.flatMap(lesson => Object.keys(lesson.beliefs)).map(id => [id, 'held']));
  writeFileSync(file, JSON.stringify({version: 1, lessons: Object.fromEntries(finished), beliefs}));
  return dirname(dirname(file));
}

test.each([['list'], ['list', '--format', 'json']])('%s %s %s needs no text of a lesson', async (...args) => {
  const env = {XDG_DATA_HOME: dataOfAnOldHand()};
  const [whole, bare] = await Promise.all([run(args, {env}), run(args, {env, program: withoutTexts()})]);
  expect(bare).toEqual(whole);
  expect(whole.code).toBe(0);
});

test.each([
  {who: 'a newcomer', data: () => freshFolder(), says: /New here\?/},
  {
    who: 'an old hand',
    data: dataOfAnOldHand,
    says: new RegExp(`${lessons.length}/${lessons.length} finished {2}[1-9]\\d* to review`),
  },
])('the list of $who is drawn before any lesson is read', async ({data, says}) => {
  const env = {XDG_DATA_HOME: data()};
  await using terminal = openTerminal(process.execPath, [withoutTexts(), '--lang', 'en'], {columns: 80, rows: 24, env});
  await terminal.until(screen => says.test(screen) && / \? more keys$/m.test(screen));
});

test('a lesson that is asked for is read', async () => {
  const {code, stderr} = await run(['play', 'echo'], {program: withoutTexts()});
  expect(code).toBe(1);
  expect(stderr).toContain('echo.json');
});
