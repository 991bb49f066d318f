import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {type Lab, openLab} from '../../src/lab/lab.ts';
import type {ActorName} from '../../src/model/actor.ts';
import type {Address} from '../../src/model/address.ts';
import {fd, port} from '../../src/model/brands.ts';
import type {Call, OptionName} from '../../src/model/call.ts';
import {needs} from '../needs.ts';
import {
  anyPort,
  anyPort6,
  connectTo,
  listening,
  MSG_DONTWAIT,
  MSG_PEEK,
  must,
  nameOf,
  outcomeOf,
  socket,
  text,
  whyNoIpv6,
  zero,
} from './calls.ts';

const newFd = {kind: 'returned', value: expect.any(Number)};
const gives = (words: string) => ({kind: 'returned', value: Buffer.byteLength(words), data: text(words)});

/** Every call of the lab, in the order of an echo, on any kind of stream. */
async function echo(lab: Lab, where: Address): Promise<void> {
  const of = (actor: ActorName) => (call: Call) => outcomeOf(lab, actor, call);
  const [server, client] = [of('server'), of('client')];

  const listener = await socket(lab, 'server', where.family);
  expect(await server({name: 'bind', fd: listener, address: where})).toEqual(zero);
  const address = await nameOf(lab, 'server', listener);
  expect(await server({name: 'listen', fd: listener, backlog: 5})).toEqual(zero);

  const caller = await socket(lab, 'client', where.family);
  expect(await client({name: 'connect', fd: caller, address})).toEqual(zero);
  const local = await nameOf(lab, 'client', caller);
  const accepted = await server({name: 'accept', fd: listener});
  expect(accepted).toEqual({...newFd, address: local});
  const served = fd('value' in accepted ? accepted.value : -1);
  expect(served).toBeGreaterThan(listener);
  expect(await client({name: 'getpeername', fd: caller})).toEqual({...zero, address});
  expect(await server({name: 'getpeername', fd: served})).toEqual({...zero, address: local});
  expect(await nameOf(lab, 'server', served)).toEqual(address);

  const bytes = 'こんにちは\0\u001b';
  expect(await client({name: 'send', fd: caller, data: text(bytes), flags: 0})).toEqual({...zero, value: 17});
  expect(await server({name: 'recv', fd: served, length: 5, flags: MSG_PEEK})).toMatchObject({value: 5});
  expect(await server({name: 'recv', fd: served, length: 64, flags: 0})).toEqual(gives(bytes));
  expect(await server({name: 'send', fd: served, data: text('ok'), flags: 0})).toEqual({...zero, value: 2});
  expect(await client({name: 'recv', fd: caller, length: 1, flags: 0})).toEqual(gives('o'));
  expect(await client({name: 'recv', fd: caller, length: 64, flags: 0})).toEqual(gives('k'));

  expect(await client({name: 'shutdown', fd: caller, how: 'SHUT_WR'})).toEqual(zero);
  expect(await server({name: 'recv', fd: served, length: 64, flags: 0})).toEqual(gives(''));
  expect(await server({name: 'close', fd: served})).toEqual(zero);
  expect(await client({name: 'recv', fd: caller, length: 64, flags: 0})).toEqual(gives(''));
  expect(await client({name: 'close', fd: caller})).toEqual(zero);
  expect(await server({name: 'close', fd: listener})).toEqual(zero);
}

async function withDirectory(use: (directory: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'sockwalk-lab-'));
  try {
    await use(directory);
  } finally {
    await rm(directory, {recursive: true});
  }
}

describe('every call of an echo gives what the kernel answered', () => {
  test('over TCP on 127.0.0.1', async () => {
    await using lab = await openLab(['server', 'client']);
    await echo(lab, anyPort);
  });

  test('over TCP on ::1', needs(whyNoIpv6), async () => {
    await using lab = await openLab(['server', 'client']);
    await echo(lab, anyPort6);
  });

  test('over a Unix socket', () =>
    withDirectory(async directory => {
      await using lab = await openLab(['server', 'client']);
      await echo(lab, {family: 'AF_UNIX', path: join(directory, 'echo.sock')});
    }));

  test('between connected datagram sockets, which keep boundaries and cut what is too long', async () => {
    await using lab = await openLab(['server', 'client']);
    const server = await socket(lab, 'server', 'AF_INET', 'SOCK_DGRAM');
    await must(lab, 'server', {name: 'bind', fd: server, address: anyPort});
    const client = await socket(lab, 'client', 'AF_INET', 'SOCK_DGRAM');
    await must(lab, 'client', {name: 'connect', fd: client, address: await nameOf(lab, 'server', server)});
    for (const words of ['one', 'two', '', 'a long one']) {
      await must(lab, 'client', {name: 'send', fd: client, data: text(words), flags: 0});
    }
    const recv = (length: number) => outcomeOf(lab, 'server', {name: 'recv', fd: server, length, flags: MSG_DONTWAIT});
    expect(await recv(64)).toEqual(gives('one'));
    expect(await recv(64)).toEqual(gives('two'));
    expect(await recv(64)).toEqual(gives(''));
    expect(await recv(6)).toEqual(gives('a long'));
    expect(await recv(64)).toMatchObject({errno: 'EAGAIN'});
  });
});

describe('options', () => {
  const reading = async (lab: Lab, of: number, option: OptionName) =>
    (await must(lab, 'server', {name: 'getsockopt', fd: fd(of), level: 'SOL_SOCKET', option})).option;

  test('a value that setsockopt() put in is the one that getsockopt() gives', async () => {
    await using lab = await openLab(['server']);
    const made = await socket(lab, 'server');
    expect(await reading(lab, made, 'SO_REUSEADDR')).toBe(0);
    const on = {name: 'setsockopt', fd: made, level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1} as const;
    expect(await outcomeOf(lab, 'server', on)).toEqual(zero);
    expect(await reading(lab, made, 'SO_REUSEADDR')).toBe(1);
  });

  test('the kernel doubles SO_RCVBUF, and knows the type of a socket and whether it listens', async () => {
    await using lab = await openLab(['server']);
    const {fd: listener} = await listening(lab);
    const size = {name: 'setsockopt', fd: listener, level: 'SOL_SOCKET', option: 'SO_RCVBUF', value: 10_000} as const;
    await must(lab, 'server', size);
    expect(await reading(lab, listener, 'SO_RCVBUF')).toBe(20_000);
    expect(await reading(lab, listener, 'SO_TYPE')).toBe(1);
    expect(await reading(lab, listener, 'SO_ACCEPTCONN')).toBe(1);
  });

  test('a new TCP socket acknowledges quickly, until it is told not to', async () => {
    await using lab = await openLab(['server']);
    const of = {fd: await socket(lab, 'server'), level: 'IPPROTO_TCP', option: 'TCP_QUICKACK'} as const;
    expect(await must(lab, 'server', {name: 'getsockopt', ...of})).toMatchObject({option: 1});
    await must(lab, 'server', {name: 'setsockopt', ...of, value: 0});
    expect(await must(lab, 'server', {name: 'getsockopt', ...of})).toMatchObject({option: 0});
  });

  test.each([
    ['AF_INET', 'IPPROTO_TCP', 'TCP_NODELAY'],
    ['AF_INET', 'IPPROTO_TCP', 'TCP_USER_TIMEOUT'],
    ['AF_INET6', 'IPPROTO_IPV6', 'IPV6_V6ONLY'],
  ] as const)('a socket of %s has %s %s', async (domain, level, option) => {
    await using lab = await openLab(['server']);
    const of = {fd: await socket(lab, 'server', domain), level, option};
    expect(await outcomeOf(lab, 'server', {name: 'getsockopt', ...of})).toEqual({...zero, option: 0});
    expect(await outcomeOf(lab, 'server', {name: 'setsockopt', ...of, value: 1})).toEqual(zero);
    expect(await outcomeOf(lab, 'server', {name: 'getsockopt', ...of})).toEqual({...zero, option: 1});
  });
});

test('of readings that overlap, the one that ends last is the newest', async () => {
  await using lab = await openLab(['server', 'client']);
  const {fd: listener, address} = await listening(lab, anyPort, 64);
  const queues: (number | null | undefined)[] = [];
  const read = async () => {
    const {sockets} = await lab.observe();
    queues.push(sockets.find(row => row.fd === listener && row.actor === 'server')?.recvQueue);
  };
  const readings: Promise<void>[] = [];
  for (let n = 0; n < 40; n++) {
    readings.push(read(), read());
    await connectTo(lab, address);
  }
  await Promise.all(readings);
  expect(queues).toHaveLength(80);
  expect(queues).toEqual(queues.toSorted((a, b) => (a ?? 0) - (b ?? 0)));
});

describe('what cannot be a call', () => {
  test('an address that is none is an error of ours, and the actor lives on', async () => {
    await using lab = await openLab(['server']);
    const made = await socket(lab, 'server');
    const bindTo = (address: Address) => lab.perform('server', {name: 'bind', fd: made, address});
    await expect(bindTo({...anyPort, host: 'localhost'})).rejects.toThrow('localhost');
    await expect(bindTo({...anyPort, port: port(65536)})).rejects.toThrow('bind');
    await expect(bindTo({family: 'AF_UNIX', path: 'x'.repeat(108)})).rejects.toThrow('107 bytes');
    expect(await nameOf(lab, 'server', made)).toEqual({...anyPort, host: '0.0.0.0'});
  });

  test('an actor that was not asked for cannot be used', async () => {
    await using lab = await openLab(['server']);
    await expect(socket(lab, 'client')).rejects.toThrow('client');
  });
});
