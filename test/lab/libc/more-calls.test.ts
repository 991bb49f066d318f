import {mkdtempSync, rmSync, statSync} from 'node:fs';
import {networkInterfaces, tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {openLab} from '../../../src/lab/lab.ts';
import {type Fd, fd} from '../../../src/model/brands.ts';
import {messageFlags} from '../../../src/model/call.ts';
import {anyPort, connected, listening, must, nameOf, outcomeOf, socket, text} from '../calls.ts';

const both = ['server', 'client'] as const;

test('poll() says which descriptors are ready, and waits when none is', async () => {
  await using lab = await openLab(both);
  const ends = await connected(lab);
  const ask = (timeout: number) =>
    ({
      name: 'poll',
      fds: [
        {fd: ends.listener, events: ['POLLIN']},
        {fd: ends.server, events: ['POLLIN', 'POLLOUT']},
      ],
      timeout,
    }) as const;
  expect((await must(lab, 'server', ask(0))).ready).toEqual([[], ['POLLOUT']]);
  await must(lab, 'client', {name: 'send', fd: ends.client, data: text('x'), flags: 0});
  expect((await must(lab, 'server', ask(-1))).ready).toEqual([[], ['POLLIN', 'POLLOUT']]);
});

test('poll() tells of FIN by POLLRDHUP, and of RST by POLLERR and POLLHUP also where nobody asked', async () => {
  await using lab = await openLab(both);
  const ends = await connected(lab);
  const ready = async () =>
    (await must(lab, 'server', {name: 'poll', fds: [{fd: ends.server, events: ['POLLRDHUP']}], timeout: 20_000})).ready;
  await must(lab, 'client', {name: 'shutdown', fd: ends.client, how: 'SHUT_WR'});
  expect(await ready()).toEqual([['POLLRDHUP']]);
  const option = {level: 'SOL_SOCKET', option: 'SO_LINGER', value: {onoff: 1, seconds: 0}} as const;
  await must(lab, 'client', {name: 'setsockopt', fd: ends.client, ...option});
  await must(lab, 'client', {name: 'close', fd: ends.client});
  expect(await ready()).toEqual([['POLLERR', 'POLLHUP', 'POLLRDHUP']]);
});

test('poll() that waits is shown asleep, and a connection wakes it', async () => {
  await using lab = await openLab(both);
  const {fd: listener, address} = await listening(lab);
  const polling = outcomeOf(lab, 'server', {name: 'poll', fds: [{fd: listener, events: ['POLLIN']}], timeout: -1});
  while (!(await lab.asleep('server')));
  await must(lab, 'client', {name: 'connect', fd: await socket(lab, 'client'), address});
  expect(await polling).toMatchObject({kind: 'returned', value: 1, ready: [['POLLIN']]});
});

test('a datagram goes by sendto() and comes by recvfrom() with the address of its sender', async () => {
  await using lab = await openLab(both);
  const receiver = await socket(lab, 'server', 'AF_INET', 'SOCK_DGRAM');
  await must(lab, 'server', {name: 'bind', fd: receiver, address: anyPort});
  const address = await nameOf(lab, 'server', receiver);
  const sender = await socket(lab, 'client', 'AF_INET', 'SOCK_DGRAM');
  await must(lab, 'client', {name: 'sendto', fd: sender, data: text('hello'), flags: 0, address});
  const got = await must(lab, 'server', {name: 'recvfrom', fd: receiver, length: 3, flags: messageFlags.MSG_TRUNC});
  // With MSG_TRUNC the value is the length of the datagram; the buffer has what fits.
  expect(got).toMatchObject({value: 5, address: {family: 'AF_INET', host: '127.0.0.1'}});
  expect(Buffer.from(got.data ?? '', 'base64').toString()).toBe('hel');
});

test('an actor that has given up its privileges ends like any other, though it may not remove the folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sockwalk-test-'));
  const exits: unknown[] = [];
  {
    await using lab = await openLab(['client'], folder);
    lab.onExit((_, exit) => exits.push(exit));
    await must(lab, 'client', {name: 'seteuid', uid: process.geteuid?.() || 65534});
  }
  expect(exits).toEqual([{code: 0, signal: null}]);
  rmSync(folder, {recursive: true, force: true});
});

test('fcntl() with O_NONBLOCK makes accept() return at once, and 0 undoes it', async () => {
  await using lab = await openLab(both);
  const {fd: listener} = await listening(lab);
  await must(lab, 'server', {name: 'fcntl', fd: listener, command: 'F_SETFL', value: 'O_NONBLOCK'});
  expect(await outcomeOf(lab, 'server', {name: 'accept', fd: listener})).toMatchObject({errno: 'EAGAIN'});
  await must(lab, 'server', {name: 'fcntl', fd: listener, command: 'F_SETFL', value: 0});
  void lab.perform('server', {name: 'accept', fd: listener});
  while (!(await lab.asleep('server')));
});

test('SO_LINGER with no seconds makes close() reset the connection', async () => {
  await using lab = await openLab(both);
  const ends = await connected(lab);
  const linger = {name: 'setsockopt', level: 'SOL_SOCKET', option: 'SO_LINGER'} as const;
  await must(lab, 'client', {...linger, fd: ends.client, value: {onoff: 1, seconds: 0}});
  await must(lab, 'client', {name: 'close', fd: ends.client});
  const recv = {name: 'recv', fd: ends.server, length: 9, flags: 0} as const;
  expect(await outcomeOf(lab, 'server', recv)).toMatchObject({errno: 'ECONNRESET'});
});

test('getaddrinfo() finds where localhost is, and says when a name is nobody’s', async () => {
  await using lab = await openLab(['client']);
  const found = await must(lab, 'client', {name: 'getaddrinfo', host: 'localhost'});
  const hosts = found.addresses?.flatMap(address => ('host' in address ? [address.host] : [])) ?? [];
  expect(['127.0.0.1', '::1']).toEqual(expect.arrayContaining(hosts));
  expect(hosts).not.toEqual([]);
  const none = await must(lab, 'client', {name: 'getaddrinfo', host: 'not a name'});
  expect(none.value).not.toBe(0);
  expect(none.addresses).toEqual([]);
});

test('a socket file is made by bind(), changed by chmod() and removed by unlink(), and its peer is known', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sockwalk-test-'));
  try {
    await using lab = await openLab(both, folder);
    const path = join(folder, 'socket');
    const address = {family: 'AF_UNIX', path} as const;
    const {fd: listener} = await listening(lab, address);
    const client = await socket(lab, 'client', 'AF_UNIX');
    await must(lab, 'client', {name: 'connect', fd: client, address});
    const served: Fd = fd((await must(lab, 'server', {name: 'accept', fd: listener})).value);
    const asked = {name: 'getsockopt', fd: served, level: 'SOL_SOCKET', option: 'SO_PEERCRED'} as const;
    const pid = lab.actors.find(({name}) => name === 'client')?.pid;
    expect((await must(lab, 'server', asked)).credentials).toMatchObject({pid});
    await must(lab, 'server', {name: 'chmod', path, mode: 0o600});
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect((await lab.observe()).files).toEqual([{name: 'socket', mode: 'srw-------'}]);
    await must(lab, 'server', {name: 'unlink', path});
    expect((await lab.observe()).files).toEqual([]);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
});

test('an actor that kills itself never returns from it', async () => {
  await using lab = await openLab(['server']);
  const [actor] = lab.actors;
  if (!actor) throw new Error('no actor');
  const answer = await lab.perform('server', {name: 'kill', pid: actor.pid, signal: 'SIGKILL'});
  expect(answer).toEqual({kind: 'lost'});
});

test('the bytes of an address are told as the kernel got them and gave them', async () => {
  await using lab = await openLab(both);
  const {fd: listener, address} = await listening(lab);
  const named = await lab.perform('server', {name: 'getsockname', fd: listener});
  if ('kind' in named || !('port' in address)) throw new Error('lost');
  const bytes = Buffer.from(named.sockaddr ?? '', 'base64');
  expect([...bytes.subarray(2, 8)]).toEqual([address.port >> 8, address.port & 0xff, 127, 0, 0, 1]);
  expect(bytes).toHaveLength(16);
  const asked = await lab.perform('client', {name: 'connect', fd: await socket(lab, 'client'), address});
  expect('sockaddr' in asked && asked.sockaddr).toBe(named.sockaddr);
});

test('getifaddrs() finds what os.networkInterfaces() finds, and which of it is internal', async () => {
  await using lab = await openLab(['client']);
  const {interfaces = []} = await must(lab, 'client', {name: 'getifaddrs'});
  const known = Object.entries(networkInterfaces()).flatMap(([name, all = []]) =>
    all.map(({address, internal}) => ({name, host: address, internal})),
  );
  const sorted = (all: readonly {readonly name: string; readonly host: string}[]) =>
    [...all].sort((a, b) => `${a.name} ${a.host}`.localeCompare(`${b.name} ${b.host}`));
  expect(sorted(interfaces)).toEqual(sorted(known));
});
