import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {type Lab, openLab} from '../../../src/lab/lab.ts';
import {type Fd, fd} from '../../../src/model/brands.ts';
import type {Call, SocketFlag} from '../../../src/model/call.ts';
import {anyPort, connectTo, listening, must, nameOf, outcomeOf, socket, text, zero} from '../calls.ts';

const stream = {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0} as const;
const streamPair = {name: 'socketpair', domain: 'AF_UNIX', type: 'SOCK_STREAM', protocol: 0} as const;
const recv = (of: Fd) => ({name: 'recv', fd: of, length: 64, flags: 0}) as const;
const server = (lab: Lab, call: Call) => must(lab, 'server', call);

// include/uapi/asm-generic/fcntl.h
const [O_RDWR, O_NONBLOCK, O_CLOEXEC] = [0o2, 0o4000, 0o2000000];

const statusOf = async (lab: Lab, of: Fd) => (await server(lab, {name: 'fcntl', fd: of, command: 'F_GETFL'})).value;

/** The flags of a descriptor as the kernel tells others, O_CLOEXEC among them (man 5 proc, /proc/PID/fdinfo). */
function flagsShown(lab: Lab, of: Fd): number {
  const pid = lab.actors.find(({name}) => name === 'server')?.pid;
  return Number.parseInt(/^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/${pid}/fdinfo/${of}`, 'utf8'))?.[1] ?? '', 8);
}

test('SOCK_NONBLOCK and SOCK_CLOEXEC are set on the descriptor that socket() makes, and F_GETFL tells the first', async () => {
  await using lab = await openLab(['server']);
  const made = async (flags?: readonly SocketFlag[]) =>
    fd((await server(lab, {...stream, ...(flags ? {flags} : {})})).value);
  const plain = await made();
  const both = await made(['SOCK_NONBLOCK', 'SOCK_CLOEXEC']);
  expect(await statusOf(lab, plain)).toBe(O_RDWR);
  expect(flagsShown(lab, plain) & O_CLOEXEC).toBe(0);
  expect(await statusOf(lab, both)).toBe(O_RDWR | O_NONBLOCK);
  expect(flagsShown(lab, both) & O_CLOEXEC).toBe(O_CLOEXEC);
  expect(await statusOf(lab, await made(['SOCK_CLOEXEC']))).toBe(O_RDWR);
});

test('F_GETFL tells what F_SETFL has set, and of no descriptor that it is none', async () => {
  await using lab = await openLab(['server']);
  const made = await socket(lab, 'server');
  await server(lab, {name: 'fcntl', fd: made, command: 'F_SETFL', value: 'O_NONBLOCK'});
  expect(await statusOf(lab, made)).toBe(O_RDWR | O_NONBLOCK);
  await server(lab, {name: 'fcntl', fd: made, command: 'F_SETFL', value: 0});
  expect(await statusOf(lab, made)).toBe(O_RDWR);
  const none = {name: 'fcntl', fd: fd(999), command: 'F_GETFL'} as const;
  expect(await outcomeOf(lab, 'server', none)).toMatchObject({errno: 'EBADF'});
});

test('a connect() of a socket made with SOCK_NONBLOCK does not wait', async () => {
  await using lab = await openLab(['server', 'client']);
  const {address} = await listening(lab);
  const made = fd((await must(lab, 'client', {...stream, flags: ['SOCK_NONBLOCK']})).value);
  expect(await outcomeOf(lab, 'client', {name: 'connect', fd: made, address})).toMatchObject({errno: 'EINPROGRESS'});
});

test('accept4() is accept(), with flags for the descriptor that it makes; accept() hands none on', async () => {
  await using lab = await openLab(['server', 'client']);
  const {fd: listener, address} = await listening(lab);
  const accepted = async (call: Call) => {
    const client = await connectTo(lab, address);
    const {value, address: from} = await server(lab, call);
    expect(from).toEqual(await nameOf(lab, 'client', client));
    return fd(value);
  };
  const quick = await accepted({name: 'accept4', fd: listener, flags: ['SOCK_NONBLOCK', 'SOCK_CLOEXEC']});
  expect(await outcomeOf(lab, 'server', recv(quick))).toMatchObject({errno: 'EAGAIN'});
  expect(flagsShown(lab, quick) & O_CLOEXEC).toBe(O_CLOEXEC);
  expect(await statusOf(lab, await accepted({name: 'accept4', fd: listener, flags: []}))).toBe(O_RDWR);
  await server(lab, {name: 'fcntl', fd: listener, command: 'F_SETFL', value: 'O_NONBLOCK'});
  expect(await statusOf(lab, await accepted({name: 'accept', fd: listener}))).toBe(O_RDWR);
  const rows = (await lab.observe()).sockets.filter(({actor}) => actor === 'server');
  expect(rows.filter(({state}) => state === 'ESTABLISHED')).toHaveLength(3);
  expect(rows.find(row => row.fd === quick)).toMatchObject({protocol: 'tcp', heldBy: 'descriptor'});
});

test('socketpair() gives two descriptors that are each other’s peer, and the kernel shows both', async () => {
  await using lab = await openLab(['server']);
  const {value, fds = [fd(-1), fd(-1)]} = await server(lab, streamPair);
  const [one, other] = fds;
  expect(value).toBe(0);
  await server(lab, {name: 'send', fd: one, data: text('to the other'), flags: 0});
  expect((await server(lab, recv(other))).data).toBe(text('to the other'));
  await server(lab, {name: 'send', fd: other, data: text('and back'), flags: 0});
  expect((await server(lab, recv(one))).data).toBe(text('and back'));
  const {sockets} = await lab.observe();
  expect(sockets.map(row => row.fd).sort()).toEqual([one, other].sort());
  for (const row of sockets) expect(row).toMatchObject({protocol: 'unix', state: 'CONNECTED', listed: true});
  await server(lab, {name: 'close', fd: one});
  expect((await server(lab, recv(other))).value).toBe(0);
  expect((await lab.observe()).sockets.map(row => row.fd)).toEqual([other]);
});

test('socketpair() takes flags for both, keeps the boundaries of SOCK_SEQPACKET, and makes none of AF_INET', async () => {
  await using lab = await openLab(['server']);
  const call = {...streamPair, type: 'SOCK_SEQPACKET', flags: ['SOCK_NONBLOCK']} as const;
  const [one, other] = (await server(lab, call)).fds ?? [fd(-1), fd(-1)];
  expect([await statusOf(lab, one), await statusOf(lab, other)]).toEqual([O_RDWR | O_NONBLOCK, O_RDWR | O_NONBLOCK]);
  for (const words of ['a', 'bc']) await server(lab, {name: 'send', fd: one, data: text(words), flags: 0});
  for (const words of ['a', 'bc']) expect((await server(lab, recv(other))).data).toBe(text(words));
  expect(await outcomeOf(lab, 'server', {...streamPair, domain: 'AF_INET'})).toMatchObject({errno: 'EOPNOTSUPP'});
});

test('a SOCK_SEQPACKET socket of AF_UNIX listens and accepts, and has rows; AF_INET has none of them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sockwalk-test-'));
  try {
    await using lab = await openLab(['server', 'client']);
    const address = {family: 'AF_UNIX', path: join(folder, 'socket')} as const;
    const listener = await socket(lab, 'server', 'AF_UNIX', 'SOCK_SEQPACKET');
    expect((await lab.observe()).sockets).toMatchObject([{fd: listener, protocol: 'unix', state: 'UNCONNECTED'}]);
    await server(lab, {name: 'bind', fd: listener, address});
    await server(lab, {name: 'listen', fd: listener, backlog: 5});
    const client = await socket(lab, 'client', 'AF_UNIX', 'SOCK_SEQPACKET');
    expect(await outcomeOf(lab, 'client', {name: 'connect', fd: client, address})).toEqual(zero);
    const served = fd((await server(lab, {name: 'accept', fd: listener})).value);
    expect((await lab.observe()).sockets).toMatchObject([
      {actor: 'server', fd: listener, state: 'LISTEN', local: {path: address.path}},
      {actor: 'server', fd: served, state: 'CONNECTED'},
      {actor: 'client', fd: client, state: 'CONNECTED'},
    ]);
    const inet = {...stream, type: 'SOCK_SEQPACKET'} as const;
    expect(await outcomeOf(lab, 'server', inet)).toMatchObject({errno: 'ESOCKTNOSUPPORT'});
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
});

test('a raw socket has no row, since no table that is read lists it, and an ordinary user is refused one', async () => {
  await using lab = await openLab(['server']);
  const IPPROTO_ICMP = 1;
  const raw = {...stream, type: 'SOCK_RAW', protocol: IPPROTO_ICMP} as const;
  // Whether this account may is not known here.
  await outcomeOf(lab, 'server', raw);
  const plain = await socket(lab, 'server');
  expect((await lab.observe()).sockets.map(row => row.fd)).toEqual([plain]);
  await server(lab, {name: 'seteuid', uid: process.geteuid?.() || 65534});
  if (process.geteuid?.() === 0) expect(await outcomeOf(lab, 'server', raw)).toMatchObject({errno: 'EPERM'});
});

test('a socket whose protocol no table lists has no row, also where its descriptor was that of another', async () => {
  await using lab = await openLab(['server']);
  const first = await socket(lab, 'server');
  await server(lab, {name: 'close', fd: first});
  const IPPROTO_UDPLITE = 136;
  const lite = {...stream, type: 'SOCK_DGRAM', protocol: IPPROTO_UDPLITE} as const;
  const outcome = await outcomeOf(lab, 'server', lite);
  if (outcome.kind === 'returned') expect(outcome.value).toBe(first);
  expect((await lab.observe()).sockets).toEqual([]);
  const udp = await socket(lab, 'server', 'AF_INET', 'SOCK_DGRAM');
  await server(lab, {name: 'bind', fd: udp, address: anyPort});
  expect((await lab.observe()).sockets).toMatchObject([{fd: udp, protocol: 'udp', listed: true}]);
});
