import {describe, expect, test} from 'vitest';
import {type Lab, openLab} from '../../../src/lab/lab.ts';
import type {Fd} from '../../../src/model/brands.ts';
import {type Linger, messageFlags, type OptionName, optionLevelOf, type Timeout} from '../../../src/model/call.ts';
import {needs} from '../../needs.ts';
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
  whyNoIpv6,
  zero,
} from '../calls.ts';
import {until} from '../until.ts';

const optionOf = (fd: Fd, option: OptionName) => ({fd, level: optionLevelOf[option], option});
const get = (lab: Lab, fd: Fd, option: OptionName) =>
  must(lab, 'server', {name: 'getsockopt', ...optionOf(fd, option)});
const set = (lab: Lab, fd: Fd, option: OptionName, value: number | Linger | Timeout) =>
  outcomeOf(lab, 'server', {name: 'setsockopt', ...optionOf(fd, option), value});

describe('an option that is an int is read as it was set', () => {
  test.each([
    ['SO_REUSEPORT', 0, 1],
    ['SO_BROADCAST', 0, 1],
    ['SO_OOBINLINE', 0, 1],
    ['SO_RCVLOWAT', 1, 50],
    ['TCP_CORK', 0, 1],
    ['TCP_KEEPIDLE', null, 30],
    ['TCP_KEEPINTVL', null, 5],
    ['TCP_KEEPCNT', null, 3],
    ['TCP_LINGER2', null, 10],
    ['TCP_FASTOPEN', 0, 16],
    ['IP_TTL', null, 3],
    ['IP_TOS', 0, 16],
  ] as const)('%s', async (option, before, value) => {
    await using lab = await openLab(['server']);
    const made = await socket(lab, 'server');
    if (before !== null) expect((await get(lab, made, option)).option).toBe(before);
    expect(await set(lab, made, option, value)).toEqual(zero);
    expect(await get(lab, made, option)).toEqual({...zero, option: value});
  });

  test('IPV6_UNICAST_HOPS', needs(whyNoIpv6), async () => {
    await using lab = await openLab(['server']);
    const made = await socket(lab, 'server', 'AF_INET6');
    expect(await set(lab, made, 'IPV6_UNICAST_HOPS', 3)).toEqual(zero);
    expect(await get(lab, made, 'IPV6_UNICAST_HOPS')).toEqual({...zero, option: 3});
  });
});

test('SO_DOMAIN and SO_PROTOCOL tell what socket() was given, and cannot be set', async () => {
  await using lab = await openLab(['server']);
  const [AF_INET, IPPROTO_TCP, IPPROTO_UDP] = [2, 6, 17];
  const [stream, datagram] = [await socket(lab, 'server'), await socket(lab, 'server', 'AF_INET', 'SOCK_DGRAM')];
  expect((await get(lab, stream, 'SO_DOMAIN')).option).toBe(AF_INET);
  expect((await get(lab, stream, 'SO_PROTOCOL')).option).toBe(IPPROTO_TCP);
  expect((await get(lab, datagram, 'SO_PROTOCOL')).option).toBe(IPPROTO_UDP);
  expect(await set(lab, stream, 'SO_PROTOCOL', 17)).toMatchObject({errno: 'ENOPROTOOPT'});
});

test('TCP_MAXSEG bounds the segments of a connection that is made after it', async () => {
  await using lab = await openLab(['server', 'client']);
  const {fd: listener, address} = await listening(lab);
  expect(await set(lab, listener, 'TCP_MAXSEG', 600)).toEqual(zero);
  const client = await connectTo(lab, address);
  const row = (await lab.observe()).sockets.find(({actor, fd}) => actor === 'client' && fd === client);
  expect(row?.tcpInfo?.mss).toBeLessThanOrEqual(600);
});

test('SO_LINGER is read back as a struct linger', async () => {
  await using lab = await openLab(['server']);
  const made = await socket(lab, 'server');
  expect(await get(lab, made, 'SO_LINGER')).toEqual({...zero, linger: {onoff: 0, seconds: 0}});
  await set(lab, made, 'SO_LINGER', {onoff: 1, seconds: 7});
  expect(await get(lab, made, 'SO_LINGER')).toEqual({...zero, linger: {onoff: 1, seconds: 7}});
});

test('SO_RCVTIMEO and SO_SNDTIMEO are read back as the kernel keeps them: in ticks of at most 10 ms', async () => {
  await using lab = await openLab(['server']);
  const made = await socket(lab, 'server');
  for (const option of ['SO_RCVTIMEO', 'SO_SNDTIMEO'] as const) {
    expect(await get(lab, made, option)).toEqual({...zero, timeout: {milliseconds: 0}});
    expect(await set(lab, made, option, {milliseconds: 61_501.5})).toEqual(zero);
    const {timeout} = await get(lab, made, option);
    expect(timeout?.milliseconds).toBeGreaterThanOrEqual(61_501.5);
    expect(timeout?.milliseconds).toBeLessThan(61_512);
  }
  // An int is too short for it.
  expect(await set(lab, made, 'SO_RCVTIMEO', 1000)).toMatchObject({errno: 'EINVAL'});
});

test('a recv() waits no longer than SO_RCVTIMEO', async () => {
  await using lab = await openLab(['server', 'client']);
  const ends = await connected(lab);
  await set(lab, ends.server, 'SO_RCVTIMEO', {milliseconds: 120});
  const answer = await lab.perform('server', {name: 'recv', fd: ends.server, length: 1, flags: 0});
  expect(answer).toMatchObject({outcome: {errno: 'EAGAIN'}});
  expect('kind' in answer ? 0 : answer.elapsedUs).toBeGreaterThanOrEqual(115_000);
});

test('SO_REUSEPORT lets two sockets listen at one port, and without it the second may not', async () => {
  await using lab = await openLab(['server']);
  const [first, second, third] = [
    await socket(lab, 'server'),
    await socket(lab, 'server'),
    await socket(lab, 'server'),
  ];
  const call = (fd: Fd) => ({name: 'bind', fd}) as const;
  for (const made of [first, second]) await set(lab, made, 'SO_REUSEPORT', 1);
  await must(lab, 'server', {...call(first), address: anyPort});
  const address = await nameOf(lab, 'server', first);
  await must(lab, 'server', {name: 'listen', fd: first, backlog: 1});
  expect(await outcomeOf(lab, 'server', {...call(second), address})).toEqual(zero);
  expect(await outcomeOf(lab, 'server', {name: 'listen', fd: second, backlog: 1})).toEqual(zero);
  expect(await outcomeOf(lab, 'server', {...call(third), address})).toMatchObject({errno: 'EADDRINUSE'});
});

test('the peer of a socket without one is nobody: pid 0, uid and gid -1', async () => {
  await using lab = await openLab(['server']);
  const {credentials} = await get(lab, await socket(lab, 'server'), 'SO_PEERCRED');
  expect(credentials).toEqual({pid: 0, uid: -1, gid: -1});
});

describe('a flag of send() and recv()', () => {
  const {MSG_OOB, MSG_MORE, MSG_DONTROUTE, MSG_FASTOPEN} = messageFlags;
  const recv = (fd: Fd, flags = MSG_DONTWAIT) => ({name: 'recv', fd, length: 64, flags}) as const;

  test.each([
    ['received apart', 0, ['!', 'ab', 'EAGAIN']],
    ['received after the others with SO_OOBINLINE', 1, ['EINVAL', 'ab', '!']],
  ])('MSG_OOB sends an urgent byte, which is %s', async (_, inline, expected) => {
    await using lab = await openLab(['server', 'client']);
    const ends = await connected(lab);
    await set(lab, ends.server, 'SO_OOBINLINE', inline);
    await must(lab, 'client', {name: 'send', fd: ends.client, data: text('ab!'), flags: MSG_OOB});
    await must(lab, 'server', {name: 'poll', fds: [{fd: ends.server, events: ['POLLIN']}], timeout: 5000});
    // A read of the stream ends where the urgent byte is.
    const got: string[] = [];
    for (const flags of [MSG_OOB, MSG_DONTWAIT, MSG_DONTWAIT])
      got.push(textOf(await outcomeOf(lab, 'server', recv(ends.server, flags))));
    expect(got).toEqual(expected);
  });

  test('MSG_MORE holds a datagram back until a call without it, which sends both as one', async () => {
    await using lab = await openLab(['server', 'client']);
    const receiver = await socket(lab, 'server', 'AF_INET', 'SOCK_DGRAM');
    await must(lab, 'server', {name: 'bind', fd: receiver, address: anyPort});
    const address = await nameOf(lab, 'server', receiver);
    const sender = await socket(lab, 'client', 'AF_INET', 'SOCK_DGRAM');
    await must(lab, 'client', {name: 'connect', fd: sender, address});
    const send = (words: string, flags: number) =>
      must(lab, 'client', {name: 'send', fd: sender, data: text(words), flags});
    await send('one, ', MSG_MORE);
    expect(await outcomeOf(lab, 'server', recv(receiver))).toMatchObject({errno: 'EAGAIN'});
    await send('two', 0);
    expect((await must(lab, 'server', recv(receiver))).data).toBe(text('one, two'));
  });

  test('MSG_DONTROUTE is no hindrance on loopback', async () => {
    await using lab = await openLab(['server', 'client']);
    const ends = await connected(lab);
    const call = {name: 'send', fd: ends.client, data: text('near'), flags: MSG_DONTROUTE} as const;
    expect(await must(lab, 'client', call)).toMatchObject({value: 4});
    expect((await must(lab, 'server', recv(ends.server, 0))).data).toBe(text('near'));
  });

  test('MSG_FASTOPEN has sendto() connect and send in one', async () => {
    await using lab = await openLab(['server', 'client']);
    const {fd: listener, address} = await listening(lab);
    const client = await socket(lab, 'client');
    const call = {name: 'sendto', fd: client, data: text('early'), flags: MSG_FASTOPEN, address} as const;
    expect(await must(lab, 'client', call)).toMatchObject({value: 5});
    const served = (await must(lab, 'server', {name: 'accept', fd: listener})).value as Fd;
    await until('the bytes come', async () => {
      const got = await outcomeOf(lab, 'server', recv(served));
      return got.kind === 'returned' && got.data === text('early');
    });
  });
});
