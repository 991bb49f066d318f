import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {type Lab, openLab} from '../../src/lab/lab.ts';
import type {ActorName} from '../../src/model/actor.ts';
import type {Address} from '../../src/model/address.ts';
import {fd, port} from '../../src/model/brands.ts';
import type {Call, OptionName} from '../../src/model/call.ts';
import type {Outcome} from '../../src/model/outcome.ts';
import {toBase64} from '../../src/model/payload.ts';
import {
  anyPort,
  anyPort6,
  bound,
  connected,
  connectTo,
  hasIpv6,
  listening,
  must,
  nameOf,
  outcomeOf,
  socket,
  text,
  textOf,
} from './calls.ts';

// include/linux/socket.h
const MSG_PEEK = 0x2;
const MSG_DONTWAIT = 0x40;

const zero = {kind: 'returned', value: 0};
const gives = (words: string) => ({kind: 'returned', value: Buffer.byteLength(words), data: text(words)});
const newFd = {kind: 'returned', value: expect.any(Number)};

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

  test.skipIf(!hasIpv6)('over TCP on ::1 (needs IPv6)', async () => {
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

  test('TCP_NODELAY is one of TCP, IPV6_V6ONLY one of IPv6', async () => {
    await using lab = await openLab(['server']);
    const made = await socket(lab, 'server');
    const noDelay = {fd: made, level: 'IPPROTO_TCP', option: 'TCP_NODELAY'} as const;
    await must(lab, 'server', {name: 'setsockopt', ...noDelay, value: 1});
    expect(await outcomeOf(lab, 'server', {name: 'getsockopt', ...noDelay})).toEqual({...zero, option: 1});
    const only = {name: 'getsockopt', fd: made, level: 'IPPROTO_IPV6', option: 'IPV6_V6ONLY'} as const;
    expect(await outcomeOf(lab, 'server', only)).toMatchObject({kind: 'failed'});
  });
});

describe('a refusal is an answer, with the name and the number of the errno', () => {
  type Provoke = (lab: Lab) => Promise<Outcome>;
  const server = (lab: Lab, call: Call) => outcomeOf(lab, 'server', call);
  const client = (lab: Lab, call: Call) => outcomeOf(lab, 'client', call);
  const recv = (of: number, flags = 0) => ({name: 'recv', fd: fd(of), length: 16, flags}) as const;
  const send = (of: number) => ({name: 'send', fd: fd(of), data: text('x'), flags: 0}) as const;
  const nowhere = fd(999);

  const refusals: readonly (readonly [string, number, string, Provoke])[] = [
    [
      'ECONNREFUSED',
      111,
      'connect() to a port that is bound but does not listen',
      async lab => {
        const {address} = await bound(lab, 'server');
        return client(lab, {name: 'connect', fd: await socket(lab, 'client'), address});
      },
    ],
    [
      'EADDRINUSE',
      98,
      'bind() to the port of a listener, even with SO_REUSEADDR',
      async lab => {
        const {address} = await listening(lab);
        const second = await socket(lab, 'client');
        await must(lab, 'client', {
          name: 'setsockopt',
          fd: second,
          level: 'SOL_SOCKET',
          option: 'SO_REUSEADDR',
          value: 1,
        });
        return client(lab, {name: 'bind', fd: second, address});
      },
    ],
    ['EBADF', 9, 'close() of a descriptor that is not open', lab => server(lab, {name: 'close', fd: nowhere})],
    ['EBADF', 9, 'accept() on a descriptor that is not open', lab => server(lab, {name: 'accept', fd: nowhere})],
    [
      'EBADF',
      9,
      'a second close()',
      async lab => {
        const made = await socket(lab, 'server');
        await must(lab, 'server', {name: 'close', fd: made});
        return server(lab, {name: 'close', fd: made});
      },
    ],
    ['ENOTSOCK', 88, 'listen() on standard input', lab => server(lab, {name: 'listen', fd: fd(0), backlog: 1})],
    ['ENOTCONN', 107, 'recv() on a listener', async lab => server(lab, recv((await listening(lab)).fd))],
    [
      'ENOTCONN',
      107,
      'getpeername() of a socket that is not connected',
      async lab => server(lab, {name: 'getpeername', fd: await socket(lab, 'server')}),
    ],
    [
      'ENOTCONN',
      107,
      'shutdown() of a socket that is not connected',
      async lab => server(lab, {name: 'shutdown', fd: await socket(lab, 'server'), how: 'SHUT_RDWR'}),
    ],
    [
      'EISCONN',
      106,
      'a second connect()',
      async lab => {
        const ends = await connected(lab);
        return client(lab, {name: 'connect', fd: ends.client, address: ends.address});
      },
    ],
    [
      'EINVAL',
      22,
      'a second bind()',
      async lab => server(lab, {name: 'bind', fd: (await bound(lab, 'server')).fd, address: anyPort}),
    ],
    [
      'EINVAL',
      22,
      'accept() on a socket that does not listen',
      async lab => server(lab, {name: 'accept', fd: (await bound(lab, 'server')).fd}),
    ],
    [
      'EPIPE',
      32,
      'send() after shutdown(SHUT_WR), without a signal that kills the actor',
      async lab => {
        const ends = await connected(lab);
        await must(lab, 'client', {name: 'shutdown', fd: ends.client, how: 'SHUT_WR'});
        return client(lab, send(ends.client));
      },
    ],
    [
      'ECONNRESET',
      104,
      'recv() when the other side closed with bytes unread',
      async lab => {
        const ends = await connected(lab);
        await must(lab, 'client', send(ends.client));
        await must(lab, 'server', {name: 'close', fd: ends.server});
        return client(lab, recv(ends.client));
      },
    ],
    [
      'EAGAIN',
      11,
      'recv() with MSG_DONTWAIT and nothing there',
      async lab => client(lab, recv((await connected(lab)).client, MSG_DONTWAIT)),
    ],
    [
      'EDESTADDRREQ',
      89,
      'send() on a datagram socket without a peer',
      async lab => server(lab, send(await socket(lab, 'server', 'AF_INET', 'SOCK_DGRAM'))),
    ],
    [
      'EOPNOTSUPP',
      95,
      'listen() on a datagram socket',
      async lab => server(lab, {name: 'listen', fd: await socket(lab, 'server', 'AF_INET', 'SOCK_DGRAM'), backlog: 1}),
    ],
    [
      'EADDRNOTAVAIL',
      99,
      'bind() to an address of no interface',
      async lab =>
        server(lab, {name: 'bind', fd: await socket(lab, 'server'), address: {...anyPort, host: '198.51.100.7'}}),
    ],
    [
      'EAFNOSUPPORT',
      97,
      'bind() of an IPv4 socket to an IPv6 address',
      async lab => server(lab, {name: 'bind', fd: await socket(lab, 'server'), address: anyPort6}),
    ],
    [
      'EPROTONOSUPPORT',
      93,
      'socket() with a protocol of another type',
      lab => server(lab, {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 17}),
    ],
    [
      'ENOENT',
      2,
      'connect() to a path that is not there',
      async lab => {
        const address = {family: 'AF_UNIX', path: '/sockwalk/is/not/there'} as const;
        return client(lab, {name: 'connect', fd: await socket(lab, 'client', 'AF_UNIX'), address});
      },
    ],
    [
      'ENOPROTOOPT',
      92,
      'an option of TCP on a Unix socket',
      async lab => {
        const made = await socket(lab, 'server', 'AF_UNIX', 'SOCK_DGRAM');
        return server(lab, {name: 'getsockopt', fd: made, level: 'SOL_SOCKET', option: 'IPV6_V6ONLY'});
      },
    ],
  ];

  test.each(refusals)('%s (%i): %s', async (errno, code, _, provoke) => {
    await using lab = await openLab(['server', 'client']);
    expect(await provoke(lab)).toEqual({kind: 'failed', errno, code});
    // The actor is still there, and its next call is not coloured by the last.
    expect(
      await outcomeOf(lab, 'server', {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0}),
    ).toEqual(newFd);
  });
});

describe('a call that blocks', () => {
  test('accept() stops its own actor until a client comes, and the other actor works on', async () => {
    await using lab = await openLab(['server', 'client']);
    const {fd: listener, address} = await listening(lab);
    let returned = false;
    const accepting = outcomeOf(lab, 'server', {name: 'accept', fd: listener}).then(outcome => {
      returned = true;
      return outcome;
    });
    const caller = await socket(lab, 'client');
    expect(await nameOf(lab, 'client', caller)).toEqual({...anyPort, host: '0.0.0.0'});
    expect(returned).toBe(false);
    await must(lab, 'client', {name: 'connect', fd: caller, address});
    expect(await accepting).toEqual({...newFd, address: await nameOf(lab, 'client', caller)});
  });

  test('recv() waits for the bytes of a later send()', async () => {
    await using lab = await openLab(['server', 'client']);
    const {server, client} = await connected(lab);
    let returned = false;
    const receiving = outcomeOf(lab, 'server', {name: 'recv', fd: server, length: 64, flags: 0}).then(outcome => {
      returned = true;
      return outcome;
    });
    await nameOf(lab, 'client', client);
    expect(returned).toBe(false);
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
    const bytes = Buffer.alloc(16 << 20, 'the bytes of a blocked send ');
    const sending = outcomeOf(lab, 'client', {name: 'send', fd: client, data: toBase64(bytes), flags: 0});
    // Other work of the actor makes it collect its garbage meanwhile.
    for (let i = 0; i < 20; i++) {
      await outcomeOf(lab, 'client', {name: 'recv', fd: client, length: 32 << 20, flags: MSG_DONTWAIT});
    }
    const received: Buffer[] = [];
    for (let left = bytes.length; left > 0; ) {
      const {value, data} = await must(lab, 'server', {name: 'recv', fd: server, length: 1 << 20, flags: 0});
      received.push(Buffer.from(data ?? '', 'base64'));
      left -= value;
    }
    expect(await sending).toEqual({...zero, value: bytes.length});
    expect(Buffer.concat(received).equals(bytes)).toBe(true);
  });
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
