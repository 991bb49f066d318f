import {expect, test as one} from 'vitest';
import {lessons} from '../../lessons/index.ts';
import type {LogEvent} from '../../src/model/event.ts';
import {freePort} from '../app/kernel.ts';
import {linesOf, run} from '../cli/run.ts';
import {whyNotInside} from '../lab/inside.ts';
import {wholeLessons} from '../walked.ts';

// Every run has processes, a port and a data folder of its own.
const test = one.concurrent;

const onFreePort = async () => ['--port', String(await freePort())];

test.each(
  wholeLessons.flatMap(({id, steps}) => [
    {id, language: 'en', says: `${id}: in all ${steps.length} steps the kernel did what the lesson claims.`},
    {
      id,
      language: 'ja',
      says: `${id}: カーネルは ${steps.length} 個のステップすべてで、レッスンの主張どおりに動きました。`,
    },
  ]),
)('play $id in $language makes every call and says that the claims held', async ({id, language, says}) => {
  const ran = await run(['play', id, '--lang', language, ...(await onFreePort())]);
  expect(ran).toMatchObject({code: 0, stderr: ''});
  expect(linesOf(ran.stdout)).toContain(says);
});

one.skipIf(whyNotInside !== null)('play --all plays every lesson in its order', async () => {
  const {code, stdout, stderr} = await run(['play', '--all', '--format', 'json']);
  expect([code, stderr]).toEqual([0, '']);
  const events: LogEvent[] = linesOf(stdout).map(line => JSON.parse(line));
  const played = events.flatMap(event => (event.kind === 'judged' ? [event.lesson] : []));
  expect([...new Set(played)]).toEqual(lessons.map(({id}) => id));
});

test.each(Array.from({length: 50}, (_, i) => i + 1))(
  'play number %i of every lesson holds what it claims',
  async () => {
    expect(await run(['play', '--all', ...(await onFreePort())])).toMatchObject({code: 0, stderr: ''});
  },
);

one('verify finds nothing that is not as the lessons and their review questions say', async () => {
  expect(await run(['verify'])).toMatchObject({code: 0, stderr: ''});
});
