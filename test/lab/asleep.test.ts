import {readFileSync} from 'node:fs';
import {expect, type TestContext, test} from 'vitest';
import {type Lab, openLab} from '../../src/lab/lab.ts';
import type {ActorName} from '../../src/model/actor.ts';
import {fd} from '../../src/model/brands.ts';
import {connected, connectTo, listening, must, outcomeOf, text} from './calls.ts';
import {until} from './until.ts';

/** Whether this machine shows a process's system call (man 5 proc, CONFIG_HAVE_ARCH_TRACEHOOK and ptrace access). */
function needsSyscallFile(lab: Lab, {skip}: TestContext): void {
  const own = lab.actors[0]?.pid;
  try {
    readFileSync(`/proc/${own}/task/${own}/syscall`);
  } catch (error) {
    skip(`/proc/PID/task/TID/syscall: ${error}`);
  }
}

const untilAsleep = (lab: Lab, actor: ActorName) =>
  until(`${actor} sleeps`, async () => (await lab.asleep(actor)) !== null);

test('an actor that waits in accept() is shown asleep there, until a client comes', async context => {
  await using lab = await openLab(['server', 'client']);
  needsSyscallFile(lab, context);
  const {fd: listener, address} = await listening(lab);
  expect(await lab.asleep('server')).toBeNull();

  const accepting = outcomeOf(lab, 'server', {name: 'accept', fd: listener});
  await untilAsleep(lab, 'server');
  const asleep = {actor: 'server', call: 'accept', threadState: 'S', sleepsIn: expect.any(String)};
  expect(await lab.asleep('server')).toEqual(asleep);
  expect((await lab.observe()).waiting).toEqual([asleep]);
  expect(await lab.asleep('client')).toBeNull();

  await connectTo(lab, address);
  await accepting;
  expect(await lab.asleep('server')).toBeNull();
  expect((await lab.observe()).waiting).toEqual([]);
});

test('both actors may wait in recv() at once', async context => {
  await using lab = await openLab(['server', 'client']);
  needsSyscallFile(lab, context);
  const ends = await connected(lab);
  for (const actor of ['server', 'client'] as const) {
    void lab.perform(actor, {name: 'recv', fd: ends[actor], length: 9, flags: 0});
  }
  await untilAsleep(lab, 'server');
  await untilAsleep(lab, 'client');
  expect((await lab.observe()).waiting).toMatchObject([
    {actor: 'server', call: 'recv'},
    {actor: 'client', call: 'recv'},
  ]);
});

test('send() that waits for room is shown asleep too', async context => {
  await using lab = await openLab(['server', 'client']);
  needsSyscallFile(lab, context);
  const {client} = await connected(lab);
  const data = text('x'.repeat(16 << 20));
  void lab.perform('client', {name: 'send', fd: client, data, flags: 0});
  await untilAsleep(lab, 'client');
  expect(await lab.asleep('client')).toMatchObject({call: 'send'});
});

test('another call of the same actor does not hide the one that waits, and shutdown() wakes it with EINVAL', async context => {
  await using lab = await openLab(['server']);
  needsSyscallFile(lab, context);
  const {fd: listener} = await listening(lab);
  const accepting = outcomeOf(lab, 'server', {name: 'accept', fd: listener});
  await untilAsleep(lab, 'server');
  await must(lab, 'server', {name: 'getsockname', fd: listener});
  expect(await lab.asleep('server')).toMatchObject({call: 'accept'});
  await must(lab, 'server', {name: 'shutdown', fd: listener, how: 'SHUT_RDWR'});
  expect(await accepting).toMatchObject({errno: 'EINVAL'});
  expect(await lab.asleep('server')).toBeNull();
});

test('an actor whose call has failed is not asleep', async () => {
  await using lab = await openLab(['server']);
  await outcomeOf(lab, 'server', {name: 'accept', fd: fd(999)});
  expect(await lab.asleep('server')).toBeNull();
});
