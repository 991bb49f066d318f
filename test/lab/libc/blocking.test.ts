import {expect, test} from 'vitest';
import {type Lab, openLab} from '../../../src/lab/lab.ts';
import type {Fd} from '../../../src/model/brands.ts';
import {toBase64} from '../../../src/model/payload.ts';
import {
  anyPort,
  connected,
  connectTo,
  listening,
  MSG_DONTWAIT,
  must,
  nameOf,
  outcomeOf,
  socket,
  text,
  textOf,
  zero,
} from '../calls.ts';

const newFd = {kind: 'returned', value: expect.any(Number)};
test('accept() stops only its own actor: a client that comes later is the one it returns', async () => {
  await using lab = await openLab(['server', 'client']);
  const {fd: listener, address} = await listening(lab);
  const accepting = outcomeOf(lab, 'server', {name: 'accept', fd: listener});
  const caller = await socket(lab, 'client');
  expect(await nameOf(lab, 'client', caller)).toEqual({...anyPort, host: '0.0.0.0'});
  await must(lab, 'client', {name: 'connect', fd: caller, address});
  expect(await accepting).toEqual({...newFd, address: await nameOf(lab, 'client', caller)});
});

test('recv() waits for the bytes of a later send()', async () => {
  await using lab = await openLab(['server', 'client']);
  const {server, client} = await connected(lab);
  const receiving = outcomeOf(lab, 'server', {name: 'recv', fd: server, length: 64, flags: 0});
  await must(lab, 'client', {name: 'getpeername', fd: client});
  await must(lab, 'client', {name: 'send', fd: client, data: text('later'), flags: 0});
  expect(textOf(await receiving)).toBe('later');
});

test('the time of a call is that which it took in its actor', async () => {
  await using lab = await openLab(['server', 'client']);
  const {fd: listener, address} = await listening(lab);
  const began = performance.now();
  const accepting = lab.perform('server', {name: 'accept', fd: listener});
  await connectTo(lab, address);
  const accepted = await accepting;
  const tookUs = (performance.now() - began) * 1000;
  expect('elapsedUs' in accepted && accepted.elapsedUs).toBeGreaterThan(0);
  expect('elapsedUs' in accepted && accepted.elapsedUs).toBeLessThan(tookUs);
});

test('bytes that wait in send() for room stay what they were', async () => {
  await using lab = await openLab(['server', 'client']);
  const {server, client} = await connected(lab);
  const bytes = Buffer.alloc(32 << 20, 'the bytes of a blocked send ');
  const sending = outcomeOf(lab, 'client', {name: 'send', fd: client, data: toBase64(bytes), flags: 0});
  await collectGarbage(lab, client);
  const ending = sending.then(() => must(lab, 'client', {name: 'shutdown', fd: client, how: 'SHUT_WR'}));
  expect((await readToEnd(lab, server)).equals(bytes)).toBe(true);
  expect(await sending).toEqual({...zero, value: bytes.length});
  await ending;
});

/** Large buffers for bytes that do not come, until the actor's runtime frees what nobody holds any more. */
async function collectGarbage(lab: Lab, client: Fd): Promise<void> {
  for (let i = 0; i < 12; i++) {
    await outcomeOf(lab, 'client', {name: 'recv', fd: client, length: 32 << 20, flags: MSG_DONTWAIT});
  }
}

async function readToEnd(lab: Lab, server: Fd): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (;;) {
    const {value, data} = await must(lab, 'server', {name: 'recv', fd: server, length: 1 << 20, flags: 0});
    if (value === 0) return Buffer.concat(parts);
    parts.push(Buffer.from(data ?? '', 'base64'));
  }
}
