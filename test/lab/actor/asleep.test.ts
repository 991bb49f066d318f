import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {type Lab, openLab} from '../../../src/lab/lab.ts';
import type {ActorName} from '../../../src/model/actor.ts';
import {fd} from '../../../src/model/brands.ts';
import {needs} from '../../needs.ts';
import {connected, connectTo, listening, must, outcomeOf, text} from '../calls.ts';
import {until} from '../until.ts';

const shown = needs(isShown() ? null : 'needs /proc/PID/task/TID/syscall');

/** Whether this machine shows a process's system call: CONFIG_HAVE_ARCH_TRACEHOOK, and ptrace access (man 5 proc). */
function isShown(): boolean {
  try {
    return readFileSync('/proc/self/syscall', 'utf8') !== '';
  } catch {
    return false;
  }
}

const untilAsleep = (lab: Lab, actor: ActorName) =>
  until(`${actor} sleeps`, async () => (await lab.asleep(actor)) !== null);

test('an actor that waits in accept() is shown asleep there, until a client comes', shown, async () => {
  await using lab = await openLab(['server', 'client']);
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

test('an actor that waits in accept4() is shown asleep there', shown, async () => {
  await using lab = await openLab(['server']);
  const {fd: listener} = await listening(lab);
  void lab.perform('server', {name: 'accept4', fd: listener, flags: ['SOCK_CLOEXEC']});
  await untilAsleep(lab, 'server');
  expect((await lab.observe()).waiting).toMatchObject([{actor: 'server', call: 'accept4', threadState: 'S'}]);
});

test('an actor that waits a second time is shown once', shown, async () => {
  await using lab = await openLab(['server', 'client']);
  const {fd: listener, address} = await listening(lab);
  await connectTo(lab, address);
  await must(lab, 'server', {name: 'accept', fd: listener});
  void lab.perform('server', {name: 'accept', fd: listener});
  await untilAsleep(lab, 'server');
  expect((await lab.observe()).waiting).toMatchObject([{actor: 'server', call: 'accept'}]);
});

test('both actors may wait in recv() at once', shown, async () => {
  await using lab = await openLab(['server', 'client']);
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

test('send() that waits for room is shown asleep too', shown, async () => {
  await using lab = await openLab(['server', 'client']);
  const {client} = await connected(lab);
  const data = text('x'.repeat(16 << 20));
  void lab.perform('client', {name: 'send', fd: client, data, flags: 0});
  await untilAsleep(lab, 'client');
  expect(await lab.asleep('client')).toMatchObject({call: 'send'});
});

test(
  'another call of the same actor does not hide the one that waits, and shutdown() wakes it with EINVAL',
  shown,
  async () => {
    await using lab = await openLab(['server']);
    const {fd: listener} = await listening(lab);
    const accepting = outcomeOf(lab, 'server', {name: 'accept', fd: listener});
    await untilAsleep(lab, 'server');
    await must(lab, 'server', {name: 'getsockname', fd: listener});
    expect(await lab.asleep('server')).toMatchObject({call: 'accept'});
    await must(lab, 'server', {name: 'shutdown', fd: listener, how: 'SHUT_RDWR'});
    expect(await accepting).toMatchObject({errno: 'EINVAL'});
    expect(await lab.asleep('server')).toBeNull();
  },
);

test('an actor whose call has failed is not asleep', async () => {
  await using lab = await openLab(['server']);
  await outcomeOf(lab, 'server', {name: 'accept', fd: fd(999)});
  expect(await lab.asleep('server')).toBeNull();
});

test('an actor that is stopped is shown stopped, and not asleep in the call that it was told to make', async () => {
  await using lab = await openLab(['server']);
  const [server] = lab.actors;
  process.kill(server?.pid ?? 0, 'SIGSTOP');
  const made = socketOf(lab);
  await until('it is seen', async () => (await lab.observe()).waiting.length > 0);
  expect((await lab.observe()).waiting).toEqual([{actor: 'server', call: 'socket', threadState: 'T', sleepsIn: ''}]);
  expect(await lab.asleep('server')).toBeNull();
  process.kill(server?.pid ?? 0, 'SIGCONT');
  expect(await made).toMatchObject({kind: 'returned'});
  expect((await lab.observe()).waiting).toEqual([]);
});

test('an actor that is stopped while it waits is shown stopped, and asleep again once it goes on', shown, async () => {
  await using lab = await openLab(['server', 'client']);
  const ends = await connected(lab);
  void lab.perform('server', {name: 'recv', fd: ends.server, length: 9, flags: 0});
  await untilAsleep(lab, 'server');
  const pid = lab.actors[0]?.pid ?? 0;
  process.kill(pid, 'SIGSTOP');
  await until('it is stopped', async () => (await lab.observe()).waiting[0]?.threadState === 'T');
  expect(await lab.asleep('server')).toBeNull();
  expect((await lab.observe()).waiting).toEqual([{actor: 'server', call: 'recv', threadState: 'T', sleepsIn: ''}]);
  process.kill(pid, 'SIGCONT');
  await untilAsleep(lab, 'server');
});

const socketOf = (lab: Lab) =>
  outcomeOf(lab, 'server', {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0});
