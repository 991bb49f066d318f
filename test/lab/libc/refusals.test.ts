import {expect, test} from 'vitest';
import {type Lab, openLab} from '../../../src/lab/lab.ts';
import {type Fd, fd} from '../../../src/model/brands.ts';
import type {Call} from '../../../src/model/call.ts';
import type {Errno} from '../../../src/model/errno.ts';
import type {Outcome} from '../../../src/model/outcome.ts';
import {
  anyPort,
  anyPort6,
  bound,
  connected,
  listening,
  MSG_DONTWAIT,
  must,
  outcomeOf,
  reuseAddress,
  socket,
  text,
} from '../calls.ts';

const newFd = {kind: 'returned', value: expect.any(Number)};
interface Refusal {
  readonly errno: Errno;
  readonly code: number;
  readonly when: string;
  provoke(lab: Lab): Promise<Outcome>;
}

const server = (lab: Lab, call: Call) => outcomeOf(lab, 'server', call);
const client = (lab: Lab, call: Call) => outcomeOf(lab, 'client', call);
const datagramSocket = (lab: Lab) => socket(lab, 'server', 'AF_INET', 'SOCK_DGRAM');
const recv = (of: Fd, flags = 0) => ({name: 'recv', fd: of, length: 16, flags}) as const;
const send = (of: Fd) => ({name: 'send', fd: of, data: text('x'), flags: 0}) as const;
const notOpen = fd(999);
const standardInput = fd(0);

const refusals: readonly Refusal[] = [
  {
    errno: 'ECONNREFUSED',
    code: 111,
    when: 'connect() goes to a port that is bound but does not listen',
    async provoke(lab) {
      const {address} = await bound(lab, 'server');
      return client(lab, {name: 'connect', fd: await socket(lab, 'client'), address});
    },
  },
  {
    errno: 'EADDRINUSE',
    code: 98,
    when: 'bind() wants the port of a listener, even with SO_REUSEADDR',
    async provoke(lab) {
      const {address} = await listening(lab);
      const second = await socket(lab, 'client');
      await reuseAddress(lab, 'client', second);
      return client(lab, {name: 'bind', fd: second, address});
    },
  },
  {
    errno: 'EBADF',
    code: 9,
    when: 'a descriptor is closed a second time',
    async provoke(lab) {
      const made = await socket(lab, 'server');
      await must(lab, 'server', {name: 'close', fd: made});
      return server(lab, {name: 'close', fd: made});
    },
  },
  {
    errno: 'EBADF',
    code: 9,
    when: 'accept() has a descriptor that is not open',
    provoke: lab => server(lab, {name: 'accept', fd: notOpen}),
  },
  {
    errno: 'ENOTSOCK',
    code: 88,
    when: 'listen() has a descriptor that is no socket',
    provoke: lab => server(lab, {name: 'listen', fd: standardInput, backlog: 1}),
  },
  {
    errno: 'ENOTCONN',
    code: 107,
    when: 'recv() has the listener instead of the connection',
    provoke: async lab => server(lab, recv((await listening(lab)).fd)),
  },
  {
    errno: 'ENOTCONN',
    code: 107,
    when: 'getpeername() has a socket without a peer',
    provoke: async lab => server(lab, {name: 'getpeername', fd: await socket(lab, 'server')}),
  },
  {
    errno: 'ENOTCONN',
    code: 107,
    when: 'shutdown() has a socket without a peer',
    provoke: async lab => server(lab, {name: 'shutdown', fd: await socket(lab, 'server'), how: 'SHUT_RDWR'}),
  },
  {
    errno: 'EISCONN',
    code: 106,
    when: 'connect() is called a second time',
    async provoke(lab) {
      const ends = await connected(lab);
      return client(lab, {name: 'connect', fd: ends.client, address: ends.address});
    },
  },
  {
    errno: 'EINVAL',
    code: 22,
    when: 'bind() is called a second time',
    provoke: async lab => server(lab, {name: 'bind', fd: (await bound(lab, 'server')).fd, address: anyPort}),
  },
  {
    errno: 'EINVAL',
    code: 22,
    when: 'accept() has a socket that does not listen',
    provoke: async lab => server(lab, {name: 'accept', fd: (await bound(lab, 'server')).fd}),
  },
  {
    errno: 'EPIPE',
    code: 32,
    when: 'send() comes after shutdown(SHUT_WR), and SIGPIPE does not kill the actor',
    async provoke(lab) {
      const ends = await connected(lab);
      await must(lab, 'client', {name: 'shutdown', fd: ends.client, how: 'SHUT_WR'});
      return client(lab, send(ends.client));
    },
  },
  {
    errno: 'ECONNRESET',
    code: 104,
    when: 'recv() finds that the other side closed with bytes unread',
    async provoke(lab) {
      const ends = await connected(lab);
      await must(lab, 'client', send(ends.client));
      await must(lab, 'server', {name: 'close', fd: ends.server});
      return client(lab, recv(ends.client));
    },
  },
  {
    errno: 'EAGAIN',
    code: 11,
    when: 'recv() with MSG_DONTWAIT finds nothing',
    provoke: async lab => client(lab, recv((await connected(lab)).client, MSG_DONTWAIT)),
  },
  {
    errno: 'EDESTADDRREQ',
    code: 89,
    when: 'send() has a datagram socket without a peer',
    provoke: async lab => server(lab, send(await datagramSocket(lab))),
  },
  {
    errno: 'EOPNOTSUPP',
    code: 95,
    when: 'listen() has a datagram socket',
    provoke: async lab => server(lab, {name: 'listen', fd: await datagramSocket(lab), backlog: 1}),
  },
  {
    errno: 'EADDRNOTAVAIL',
    code: 99,
    when: 'bind() wants an address of no interface',
    async provoke(lab) {
      const address = {...anyPort, host: '198.51.100.7'};
      return server(lab, {name: 'bind', fd: await socket(lab, 'server'), address});
    },
  },
  {
    errno: 'EAFNOSUPPORT',
    code: 97,
    when: 'bind() gives an IPv4 socket an IPv6 address',
    provoke: async lab => server(lab, {name: 'bind', fd: await socket(lab, 'server'), address: anyPort6}),
  },
  {
    errno: 'EPROTONOSUPPORT',
    code: 93,
    when: 'socket() wants a stream of UDP',
    provoke: lab => server(lab, {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 17}),
  },
  {
    errno: 'ENOENT',
    code: 2,
    when: 'connect() goes to a path that is not there',
    async provoke(lab) {
      const address = {family: 'AF_UNIX', path: '/no/such/socket'} as const;
      return client(lab, {name: 'connect', fd: await socket(lab, 'client', 'AF_UNIX'), address});
    },
  },
  {
    errno: 'ENOPROTOOPT',
    code: 92,
    when: 'setsockopt() gives a datagram socket an option of TCP',
    async provoke(lab) {
      const option = {level: 'IPPROTO_TCP', option: 'TCP_NODELAY', value: 1} as const;
      return server(lab, {name: 'setsockopt', fd: await datagramSocket(lab), ...option});
    },
  },
];

for (const {errno, code, when, provoke} of refusals) {
  test(`${errno} (${code}) is the answer when ${when}`, async () => {
    await using lab = await openLab(['server', 'client']);
    expect(await provoke(lab)).toEqual({kind: 'failed', errno, code});
    // The actors live on, and errno does not stick to the next call.
    for (const {name} of lab.actors) {
      const next = {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0} as const;
      expect(await outcomeOf(lab, name, next)).toEqual(newFd);
    }
  });
}

test('two calls that fail at the same time in one actor keep their own errno', async () => {
  await using lab = await openLab(['client']);
  const made = await socket(lab, 'client');
  const together = Array.from({length: 20}, () => [
    client(lab, recv(made)),
    client(lab, recv(notOpen)),
    client(lab, send(made)),
  ]);
  for (const [unconnected, unopened, unpiped] of together) {
    expect(await unconnected).toMatchObject({errno: 'ENOTCONN'});
    expect(await unopened).toMatchObject({errno: 'EBADF'});
    expect(await unpiped).toMatchObject({errno: 'EPIPE'});
  }
});
