import {expect, test} from 'vitest';
import {actsOf} from '../../../src/model/lesson.ts';
import {until} from '../../lab/until.ts';
import {lessonNamed, opened} from '../../walked.ts';

test('an order of calls that the kernel refuses is judged at once: no waiting mends it', async () => {
  const usual = lessonNamed('order');
  // Longer than this test may last.
  const lesson = {...usual, steps: usual.steps.map(step => ({...step, patienceMs: 600_000}))};
  await using walk = await opened(lesson);
  const [step] = lesson.steps;
  const bind = step ? actsOf(step).findIndex(({call}) => call.name === 'bind') : -1;
  await walk.next([bind]);
  const {events} = walk.log;
  const refused = events.findLast(event => event.kind === 'call-returned');
  const judged = events.findLast(event => event.kind === 'judged');
  expect(refused).toMatchObject({outcome: {kind: 'failed', errno: 'EBADF'}});
  expect(judged).toMatchObject({holds: false});
});

test('what the kernel keeps of a killed process is read until it no longer changes', async () => {
  const lesson = lessonNamed('echo');
  await using walk = await opened(lesson);
  const greets = lesson.steps.findIndex(({actor, call}) => actor === 'server' && call.name === 'send');
  while (walk.performed <= greets) await walk.next();
  process.kill(walk.bindings.pidOf('server') ?? Number.NaN, 'SIGKILL');
  await until('the ACK of its FIN is seen', () => {
    const read = walk.log.events.findLast(event => event.kind === 'kernel-read');
    return read?.sockets.some(({actor, state}) => actor === 'server' && state === 'FIN_WAIT2') === true;
  });
});

test('a call that is held back begins once the kernel shows what it waits for', async () => {
  const lesson = lessonNamed('reuse');
  await using walk = await opened(lesson);
  await walk.next();
  const {events} = walk.log;
  const closes = events.flatMap((event, at) =>
    event.kind === 'call-started' && event.call.name === 'close' ? [{actor: event.actor, at}] : [],
  );
  const [first = -1, second = -1] = [
    closes.findIndex(({actor}) => actor === 'server'),
    closes.findIndex(({actor}) => actor === 'client'),
  ].map(i => closes[i]?.at);
  const between = events.slice(first, second).flatMap(event => (event.kind === 'kernel-read' ? [event.sockets] : []));
  expect(between.at(-1)).toContainEqual(expect.objectContaining({actor: 'server', state: 'FIN_WAIT2'}));
});
