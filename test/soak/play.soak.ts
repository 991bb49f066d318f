import {expect, test as one} from 'vitest';
import {lessons} from '../../lessons/index.ts';
import type {LogEvent} from '../../src/model/event.ts';
import {linesOf, run} from '../cli/run.ts';
import {freePort} from '../kernel.ts';
import {whyNotInside} from '../lab/inside.ts';
import {needs} from '../needs.ts';
import {whyNotWhole} from '../walked.ts';

// Every run has processes, a port and a data folder of its own.
const test = one.concurrent;

/** Lessons of this machine's own network say which port they take, and that they are to be reached from outside. */
const complaintsIn = ({stderr}: {readonly stderr: string}): string[] =>
  linesOf(stderr).filter(
    line =>
      !/ is in use\. |は使われています|listens for a while on all addresses|すべてのアドレスで待ち受ける/.test(line),
  );

const onFreePort = async () => ['--port', String(await freePort())];

test.for(
  lessons.flatMap(lesson => [
    {
      ...{lesson, id: lesson.id, language: 'en'},
      says: `${lesson.id}: in all ${lesson.steps.length} steps the kernel did what the lesson claims.`,
    },
    {
      ...{lesson, id: lesson.id, language: 'ja'},
      says: `${lesson.id}: カーネルは ${lesson.steps.length} 個のステップすべてで、レッスンの主張どおりに動きました。`,
    },
  ]),
)(
  'play $id in $language makes every call and says that the claims held',
  async ({lesson, id, language, says}, {skip}) => {
    const lack = await whyNotWhole(lesson);
    skip(lack !== null, lack ?? '');
    const ran = await run(['play', id, '--lang', language, ...(await onFreePort())]);
    expect([ran.code, complaintsIn(ran)]).toEqual([0, []]);
    expect(linesOf(ran.stdout)).toContain(says);
  },
);

one('play --all plays every lesson in its order', needs(whyNotInside), async () => {
  const {code, stdout, stderr} = await run(['play', '--all', '--format', 'json']);
  expect([code, complaintsIn({stderr})]).toEqual([0, []]);
  const events: LogEvent[] = linesOf(stdout).map(line => JSON.parse(line));
  const played = events.flatMap(event => (event.kind === 'judged' ? [event.lesson] : []));
  expect([...new Set(played)]).toEqual(lessons.map(({id}) => id));
});

test('every lesson can be played after the one behind it, at once and on the same port', async ({skip}) => {
  const lacks = await Promise.all(lessons.map(whyNotWhole));
  const ids = lessons.flatMap(({id}, i) => (lacks[i] === null ? [id] : [])).toReversed();
  const {code, stdout} = await run(['play', ...ids, '--lang', 'en', ...(await onFreePort())]);
  expect(code).toBe(0);
  const held = linesOf(stdout).filter(line => line.includes('the kernel did what the lesson claims'));
  expect(held).toHaveLength(ids.length);
  skip(ids.length < lessons.length, `only of ${ids.length} lessons: ${lacks.find(lack => lack !== null)}`);
});

// In a row: one beside the others of this file would be a busy machine.
one.each(Array.from({length: 50}, (_, i) => i + 1))('play number %i of every lesson holds what it claims', async () => {
  const ran = await run(['play', '--all']);
  expect([ran.code, complaintsIn(ran)]).toEqual([0, []]);
});

one('verify finds nothing that is not as the lessons and their review questions say', async () => {
  const ran = await run(['verify']);
  expect([ran.code, complaintsIn(ran)]).toEqual([0, []]);
});
