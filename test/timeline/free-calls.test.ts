import {expect, test} from 'vitest';
import {openLab} from '../../src/lab/lab.ts';
import type {ActorName} from '../../src/model/actor.ts';
import {fd} from '../../src/model/brands.ts';
import {type Call, messageFlags} from '../../src/model/call.ts';
import {createLog} from '../../src/timeline/log.ts';
import {project} from '../../src/timeline/project.ts';
import {connected, listening, must, socket, text} from '../lab/calls.ts';

/** Calls on real sockets, told to a log as they are made. */
async function toldLab() {
  const lab = await openLab(['server', 'client']);
  let now = 0;
  const log = createLog(() => now++);
  for (const {name, pid} of lab.actors) log.append({kind: 'actor-started', actor: name, pid});
  const tell = async (actor: ActorName, call: Call) => {
    const common = {lesson: 'free', step: `call-${log.events.length}`, actor, call};
    log.append({kind: 'kernel-read', ...(await lab.observe())});
    log.append({kind: 'call-started', ...common});
    const answer = await lab.perform(actor, call);
    if ('kind' in answer) throw new Error('lost');
    log.append({kind: 'call-returned', ...common, outcome: answer.outcome, elapsedUs: answer.elapsedUs});
    return project(log, log.events.length);
  };
  return {lab, log, tell, [Symbol.asyncDispose]: () => lab[Symbol.asyncDispose]()};
}

const {MSG_OOB, MSG_FASTOPEN} = messageFlags;

test('the urgent byte is not among the bytes of the stream, so that the others keep their letters', async () => {
  await using it = await toldLab();
  const ends = await connected(it.lab);
  const send = (words: string, flags: number) =>
    it.tell('client', {name: 'send', fd: ends.client, data: text(words), flags});
  const recv = (length: number, flags: number) => it.tell('server', {name: 'recv', fd: ends.server, length, flags});
  await send('aaa', 0);
  const sent = await send('b!', MSG_OOB);
  expect(sent.calls.at(-1)?.marks).toEqual([{send: 1, length: 2}]);
  expect(Object.values(sent.flows.inFlight).flat()).toEqual([
    {send: 0, length: 3},
    {send: 1, length: 1},
  ]);
  const urgent = await recv(9, MSG_OOB);
  expect(urgent.calls.at(-1)).toMatchObject({result: {data: text('!')}, marks: []});
  const rest = await recv(9, 0);
  expect(rest.calls.at(-1)?.marks).toEqual([
    {send: 0, length: 3},
    {send: 1, length: 1},
  ]);
  expect(rest.flows.inFlight).toEqual({});
});

test('urgent bytes that the kernel refused were never on their way', async () => {
  await using it = await toldLab();
  const ends = await connected(it.lab);
  await must(it.lab, 'client', {name: 'shutdown', fd: ends.client, how: 'SHUT_WR'});
  const view = await it.tell('client', {name: 'send', fd: ends.client, data: text('xy'), flags: MSG_OOB});
  expect(view.calls.at(-1)).toMatchObject({result: {errno: 'EPIPE'}, marks: []});
  expect(view.flows.inFlight).toEqual({});
});

test('what sendto() sends on a connection is followed as what send() sends, and its address is not looked at', async () => {
  await using it = await toldLab();
  const ends = await connected(it.lab);
  await it.tell('client', {name: 'sendto', fd: ends.client, data: text('abc'), flags: 0, address: ends.address});
  const view = await it.tell('server', {name: 'recv', fd: ends.server, length: 9, flags: 0});
  expect(view.calls.at(-1)?.marks).toEqual([{send: 0, length: 3}]);
});

test('bytes that leave with MSG_FASTOPEN have no letters: their socket had no ends yet', async () => {
  await using it = await toldLab();
  const {fd: listener, address} = await listening(it.lab);
  const client = await socket(it.lab, 'client');
  const call = {name: 'sendto', fd: client, data: text('abc'), flags: MSG_FASTOPEN, address} as const;
  expect((await it.tell('client', call)).calls.at(-1)?.marks).toEqual([]);
  const served = fd((await must(it.lab, 'server', {name: 'accept', fd: listener})).value);
  const view = await it.tell('server', {name: 'recv', fd: served, length: 9, flags: 0});
  expect(view.calls.at(-1)).toMatchObject({result: {data: text('abc')}, marks: []});
});

test('an actor that joins the others leaves what was counted on the wire as it is', async () => {
  const log = createLog(() => 0);
  const started = (actor: ActorName) => log.append({kind: 'actor-started', actor, pid: 1 as never});
  const wire = () => project(log, log.events.length).wire;
  started('server');
  log.append({kind: 'wire-counted', captured: 3, dropped: 0, omitted: 0});
  started('client');
  expect(wire()).toEqual({captured: 3, dropped: 0, omitted: 0});
  for (const actor of ['server', 'client'] as const) log.append({kind: 'actor-exited', actor, code: 0, signal: null});
  started('server');
  expect(wire()).toBeNull();
});
