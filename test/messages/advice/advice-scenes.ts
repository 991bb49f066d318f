import {chmodSync} from 'node:fs';
import {join} from 'node:path';
import {descriptorLimit} from '../../../src/lab/kernel/descriptor-limit.ts';
import type {Lab} from '../../../src/lab/lab.ts';
import type {ActorName} from '../../../src/model/actor.ts';
import type {Address} from '../../../src/model/address.ts';
import {type Fd, fd, port} from '../../../src/model/brands.ts';
import type {Call, OptionLevel, OptionName} from '../../../src/model/call.ts';
import type {Errno} from '../../../src/model/errno.ts';
import {
  anyPort,
  anyPort6,
  bound,
  connected,
  connectTo,
  listening,
  MSG_DONTWAIT,
  must,
  nameOf,
  outcomeOf,
  reuseAddress,
  socket,
  text,
} from '../../lab/calls.ts';
import {until} from '../../lab/until.ts';

/** A refusal of the real kernel, and what the advice has to say of it. */
export interface Scene {
  readonly errno: Errno;
  readonly when: string;
  /** Brings it about that the call which is returned fails. */
  provoke(lab: Lab, folder: string): Promise<readonly [ActorName, Call]>;
  /** Part of the English meaning, which tells this reason from others of the same errno. */
  readonly says: string;
  /** The line, with # for a number and @ for an address; null: none. */
  readonly line: string | null;
  readonly needsIpv6?: true;
  /** What making the line comes to; `again`: it works, and then the call that had failed does too. */
  readonly made?: 'works' | 'sleeps' | 'again' | Errno;
}

const [stream, datagram] = ['SOCK_STREAM', 'SOCK_DGRAM'] as const;
const at = (number: number, host = '127.0.0.1'): Address => ({family: 'AF_INET', host, port: port(number)});
const portOf = (address: Address): number => ('port' in address ? address.port : 0);
const bind = (of: Fd, address: Address = anyPort) => ({name: 'bind', fd: of, address}) as const;
const listen = (of: Fd, backlog = 5) => ({name: 'listen', fd: of, backlog}) as const;
const accept = (of: Fd) => ({name: 'accept', fd: of}) as const;
const connect = (of: Fd, address: Address) => ({name: 'connect', fd: of, address}) as const;
const send = (of: Fd, data = text('x'), flags = 0) => ({name: 'send', fd: of, data, flags}) as const;
const sendto = (of: Fd, address: Address, data = text('x')) =>
  ({name: 'sendto', fd: of, data, flags: 0, address}) as const;
const recv = (of: Fd, flags = 0) => ({name: 'recv', fd: of, length: 16, flags}) as const;
const recvfrom = (of: Fd, flags = 0) => ({name: 'recvfrom', fd: of, length: 16, flags}) as const;
const shutdown = (of: Fd, how: 'SHUT_RD' | 'SHUT_WR' | 'SHUT_RDWR' = 'SHUT_WR') =>
  ({name: 'shutdown', fd: of, how}) as const;
const close = (of: Fd) => ({name: 'close', fd: of}) as const;
const getpeername = (of: Fd) => ({name: 'getpeername', fd: of}) as const;
const setsockopt = (of: Fd, level: OptionLevel, option: OptionName, value = 1) =>
  ({name: 'setsockopt', fd: of, level, option, value}) as const;
const getsockopt = (of: Fd, level: OptionLevel, option: OptionName) =>
  ({name: 'getsockopt', fd: of, level, option}) as const;
const nonblocking = (of: Fd) => ({name: 'fcntl', fd: of, command: 'F_SETFL', value: 'O_NONBLOCK'}) as const;
const inFolder = (folder: string, name = 's') => ({family: 'AF_UNIX', path: join(folder, name)}) as const;

const unixStream = (lab: Lab, actor: ActorName) => socket(lab, actor, 'AF_UNIX');
const unixDatagram = (lab: Lab, actor: ActorName) => socket(lab, actor, 'AF_UNIX', datagram);
const udp = (lab: Lab, actor: ActorName) => socket(lab, actor, 'AF_INET', datagram);
const tcp6 = (lab: Lab, actor: ActorName) => socket(lab, actor, 'AF_INET6');
const notOpen = fd(999);
const standardInput = fd(0);
const nobody = 65_534;

/** Another number, still free, where nobody listens. */
async function freeAddress(lab: Lab): Promise<Address> {
  const {fd: made, address} = await bound(lab, 'server');
  await must(lab, 'server', close(made));
  return address;
}

async function boundDatagram(lab: Lab, actor: ActorName) {
  const made = await udp(lab, actor);
  await must(lab, actor, bind(made));
  return {fd: made, address: await nameOf(lab, actor, made)};
}

/** A listener whose accept queue is full, and a socket whose SYN is not answered. */
async function unanswered(lab: Lab) {
  const listener = await listening(lab, anyPort, 0);
  await connectTo(lab, listener.address);
  const waiting = await socket(lab, 'client');
  return {listener, waiting};
}

/** A connected datagram socket of the client's whose last datagram found nobody. */
async function afterIcmp(lab: Lab): Promise<Fd> {
  const {fd: receiver, address} = await boundDatagram(lab, 'server');
  const sender = await udp(lab, 'client');
  await must(lab, 'client', connect(sender, address));
  await must(lab, 'server', close(receiver));
  await must(lab, 'client', send(sender));
  return sender;
}

/** The client's end, after the server has closed with data unread. */
async function afterReset(lab: Lab): Promise<Fd> {
  const ends = await connected(lab);
  await must(lab, 'client', send(ends.client));
  await must(lab, 'server', close(ends.server));
  return ends.client;
}

async function boundUnix(lab: Lab, folder: string) {
  const made = await unixStream(lab, 'server');
  await must(lab, 'server', bind(made, inFolder(folder)));
  return made;
}

/** Full for good: what is on its way when a send() is refused makes room again when it is acknowledged. */
async function fullBuffer(lab: Lab, of: Fd, actor: ActorName = 'client'): Promise<void> {
  const much = Buffer.alloc(1 << 20).toString('base64');
  await until('the send buffer is full, and nothing is on its way', async () => {
    while ((await outcomeOf(lab, actor, send(of, much, MSG_DONTWAIT))).kind !== 'failed');
    const rests = async () => {
      const row = (await lab.observe()).sockets.find(one => one.actor === actor && one.fd === of);
      return (row?.tcpInfo?.unacked ?? 0) === 0;
    };
    return (await rests()) && (await outcomeOf(lab, actor, send(of, text('x'), MSG_DONTWAIT))).kind === 'failed';
  });
}

/** One end of a connection that the kernel gave up: what was sent found no room there for longer than TCP_USER_TIMEOUT. */
async function givenUp(lab: Lab, actor: 'server' | 'client'): Promise<Fd> {
  const ends = await connected(lab);
  await fullBuffer(lab, ends[actor], actor);
  // Only now: a send() that filled the buffer would be told instead.
  await must(lab, actor, setsockopt(ends[actor], 'IPPROTO_TCP', 'TCP_USER_TIMEOUT', 100));
  const poll = {name: 'poll', fds: [{fd: ends[actor], events: []}], timeout: 20_000} as const;
  await must(lab, actor, poll);
  return ends[actor];
}

/** Both ends have sent their FIN: the client's descriptor is left without a connection. */
async function bothShut(lab: Lab): Promise<Fd> {
  const ends = await connected(lab);
  await must(lab, 'client', shutdown(ends.client));
  await must(lab, 'server', shutdown(ends.server));
  const gone = async () => (await outcomeOf(lab, 'client', getpeername(ends.client))).kind === 'failed';
  await until('the connection is gone', gone);
  return ends.client;
}

const opening: readonly Scene[] = [
  {
    errno: 'EPROTONOSUPPORT',
    when: 'socket() wants a stream of UDP',
    provoke: async () => ['server', {name: 'socket', domain: 'AF_INET', type: stream, protocol: 17}],
    says: 'do not have that protocol',
    line: 'server socket AF_INET SOCK_STREAM',
  },
  {
    errno: 'EADDRINUSE',
    when: 'bind() wants the port of a listener',
    async provoke(lab) {
      const {address} = await listening(lab);
      return ['client', bind(await socket(lab, 'client'), address)];
    },
    says: 'listens on that port. Only with SO_REUSEPORT',
    line: 'client bind # 127.0.0.1:0',
  },
  {
    errno: 'EADDRINUSE',
    when: 'bind() wants the port of IPv4 that a dual-stack listener has',
    needsIpv6: true,
    async provoke(lab) {
      const {address} = await listening(lab, {...anyPort6, host: '::'});
      return ['client', bind(await socket(lab, 'client'), at(portOf(address), '0.0.0.0'))];
    },
    says: 'bound to [::], has that port of IPv4 as well',
    line: 'server close #',
    made: 'again',
  },
  {
    errno: 'EADDRINUSE',
    when: 'bind() wants the port of IPv4 that a dual-stack UDP socket has',
    needsIpv6: true,
    async provoke(lab) {
      const six = await socket(lab, 'server', 'AF_INET6', datagram);
      await must(lab, 'server', bind(six, {...anyPort6, host: '::'}));
      return ['client', bind(await udp(lab, 'client'), at(portOf(await nameOf(lab, 'server', six))))];
    },
    says: 'bound to [::], has that port of IPv4 as well',
    line: 'server close #',
    made: 'again',
  },
  {
    errno: 'EADDRINUSE',
    when: 'bind() wants [::] and a port that is listened on in IPv4',
    needsIpv6: true,
    async provoke(lab) {
      const {address} = await listening(lab, at(0, '0.0.0.0'));
      return ['client', bind(await tcp6(lab, 'client'), {...anyPort6, host: '::', port: port(portOf(address))})];
    },
    says: '[::] would have that port of IPv4 as well',
    line: 'client setsockopt # IPV6_V6ONLY 1',
    made: 'again',
  },
  {
    errno: 'EADDRINUSE',
    when: 'bind() of the wildcard address wants a port that is bound',
    async provoke(lab) {
      const {address} = await bound(lab, 'server');
      return ['client', bind(await socket(lab, 'client'), at(portOf(address), '0.0.0.0'))];
    },
    says: 'uses that port',
    line: 'client bind # 127.0.0.1:0',
  },
  {
    errno: 'EADDRINUSE',
    when: 'bind() wants a port with a connection in TIME_WAIT',
    async provoke(lab) {
      const listener = await bound(lab, 'server');
      await reuseAddress(lab, 'server', listener.fd);
      await must(lab, 'server', listen(listener.fd));
      const client = await connectTo(lab, listener.address);
      const served = fd((await must(lab, 'server', accept(listener.fd))).value);
      await lab.observe();
      await must(lab, 'server', close(served));
      await must(lab, 'client', close(client));
      await must(lab, 'server', close(listener.fd));
      const isLeft = async () => (await lab.observe()).sockets.some(({state}) => state === 'TIME_WAIT');
      await until('TIME_WAIT', isLeft);
      return ['server', bind(await socket(lab, 'server'), listener.address)];
    },
    says: 'remains in TIME_WAIT',
    line: 'server setsockopt # SO_REUSEADDR 1',
    made: 'again',
  },
  {
    errno: 'EADDRINUSE',
    when: 'bind() wants the path of a file that is there',
    async provoke(lab, folder) {
      await must(lab, 'server', close(await boundUnix(lab, folder)));
      return ['server', bind(await unixStream(lab, 'server'), inFolder(folder))];
    },
    says: 'There is a file s already',
    line: 'server unlink s',
    made: 'again',
  },
  {
    errno: 'EINVAL',
    when: 'bind() is called a second time',
    provoke: async lab => ['server', bind((await bound(lab, 'server')).fd)],
    says: 'bound only once',
    line: 'server socket AF_INET SOCK_STREAM',
  },
  {
    errno: 'EINVAL',
    when: 'bind() gives an IPv6 socket an IPv4 address',
    needsIpv6: true,
    provoke: async lab => ['server', bind(await tcp6(lab, 'server'))],
    says: 'AF_INET6 socket, and the address is of another family',
    line: 'server socket AF_INET SOCK_STREAM',
  },
  {
    errno: 'EINVAL',
    when: 'bind() gives a Unix socket an IPv4 address',
    provoke: async lab => ['server', bind(await unixStream(lab, 'server'))],
    says: 'AF_UNIX socket, and the address is of another family',
    line: 'server socket AF_INET SOCK_STREAM',
  },
  {
    errno: 'EINVAL',
    when: 'bind() gives a Unix socket a second path',
    provoke: async (lab, folder) => ['server', bind(await boundUnix(lab, folder), inFolder(folder, 't'))],
    says: 'already has an address',
    line: 'server getsockname #',
  },
  {
    errno: 'EADDRNOTAVAIL',
    when: 'bind() wants an address of no interface',
    provoke: async lab => ['server', bind(await socket(lab, 'server'), at(0, '198.51.100.7'))],
    says: 'no address of this machine',
    line: 'server bind # @',
  },
  {
    errno: 'EAFNOSUPPORT',
    when: 'bind() gives an IPv4 socket an IPv6 address',
    provoke: async lab => ['server', bind(await socket(lab, 'server'), anyPort6)],
    says: 'AF_INET socket, and the address is of another family',
    line: 'server bind # @',
  },
  {
    errno: 'EACCES',
    when: 'bind() wants a path in a folder that may not be written to',
    async provoke(lab, folder) {
      chmodSync(folder, 0o500);
      await outcomeOf(lab, 'server', {name: 'seteuid', uid: process.geteuid?.() || nobody});
      return ['server', bind(await unixStream(lab, 'server'), inFolder(folder))];
    },
    says: 'may not make files in that folder',
    line: null,
  },
  {
    errno: 'ENOENT',
    when: 'bind() wants a path in no folder',
    provoke: async (lab, folder) => ['server', bind(await unixStream(lab, 'server'), inFolder(folder, 'none/s'))],
    says: 'folder for s is not there',
    line: null,
  },
  {
    errno: 'EADDRINUSE',
    when: 'listen() is second on its port',
    async provoke(lab) {
      const [first, second] = [await socket(lab, 'server'), await socket(lab, 'client')];
      await reuseAddress(lab, 'server', first);
      await reuseAddress(lab, 'client', second);
      await must(lab, 'server', bind(first));
      await must(lab, 'client', bind(second, await nameOf(lab, 'server', first)));
      await must(lab, 'server', listen(first));
      return ['client', listen(second)];
    },
    says: 'was first to listen on the same port. Without SO_REUSEPORT',
    line: 'server close #',
    made: 'again',
  },
  {
    errno: 'EINVAL',
    when: 'listen() has a connected socket',
    provoke: async lab => ['client', listen((await connected(lab)).client)],
    says: 'used for a connection',
    line: 'client socket AF_INET SOCK_STREAM',
  },
  {
    errno: 'EINVAL',
    when: 'listen() has a socket whose connection is gone',
    provoke: async lab => ['client', listen(await bothShut(lab))],
    says: 'used for a connection',
    line: 'client socket AF_INET SOCK_STREAM',
  },
  {
    errno: 'EINVAL',
    when: 'listen() has a Unix socket without a path',
    provoke: async lab => ['server', listen(await unixStream(lab, 'server'))],
    says: 'has no name',
    line: 'server socket AF_INET SOCK_STREAM',
  },
  {
    errno: 'EOPNOTSUPP',
    when: 'listen() has a datagram socket',
    provoke: async lab => ['server', listen(await udp(lab, 'server'))],
    says: 'so there is no listening. bind() is all',
    line: 'server bind # @',
  },
  {
    errno: 'EOPNOTSUPP',
    when: 'listen() has a datagram socket with a port',
    provoke: async lab => ['server', listen((await boundDatagram(lab, 'server')).fd)],
    says: 'With an address it can receive already',
    line: 'server recvfrom #',
    made: 'sleeps',
  },
  {
    errno: 'EINVAL',
    when: 'accept() has the connection instead of the listener',
    async provoke(lab) {
      const ends = await connected(lab);
      await connectTo(lab, ends.address);
      return ['server', accept(ends.server)];
    },
    says: 'Only a socket that listens',
    line: 'server accept #',
  },
  {
    errno: 'EINVAL',
    when: 'accept() has a connected socket, and the actor no listener',
    provoke: async lab => ['client', accept((await connected(lab)).client)],
    says: 'is connected, and does not listen',
    line: 'client socket AF_INET SOCK_STREAM',
  },
  {
    errno: 'EINVAL',
    when: 'accept() comes before listen()',
    provoke: async lab => ['server', accept((await bound(lab, 'server')).fd)],
    says: 'Binding alone brings no connections',
    line: 'server listen #',
  },
  {
    errno: 'EINVAL',
    when: 'accept() has a Unix socket without a path',
    provoke: async lab => ['server', accept(await unixStream(lab, 'server'))],
    says: 'bind() with a path, then listen()',
    line: null,
  },
  {
    errno: 'EOPNOTSUPP',
    when: 'accept() has a datagram socket',
    provoke: async lab => ['server', accept(await udp(lab, 'server'))],
    says: 'no connections to accept. bind()',
    line: 'server bind # @',
  },
  {
    errno: 'EOPNOTSUPP',
    when: 'accept() has a datagram socket with a port',
    provoke: async lab => ['server', accept((await boundDatagram(lab, 'server')).fd)],
    says: 'come to the same socket',
    line: 'server recvfrom #',
    made: 'sleeps',
  },
  {
    errno: 'EAGAIN',
    when: 'accept() does not wait, and a client has a socket',
    async provoke(lab) {
      const {fd: listener} = await listening(lab, at(0, '0.0.0.0'));
      await must(lab, 'server', nonblocking(listener));
      await socket(lab, 'client');
      return ['server', accept(listener)];
    },
    says: 'accept queue is empty',
    line: 'client connect # @',
    made: 'again',
  },
  {
    errno: 'EAGAIN',
    when: 'accept() does not wait',
    async provoke(lab) {
      const {fd: listener} = await listening(lab);
      await must(lab, 'server', nonblocking(listener));
      return ['server', accept(listener)];
    },
    says: 'accept queue is empty',
    line: 'server poll #',
    made: 'sleeps',
  },
];

const connecting: readonly Scene[] = [
  {
    errno: 'ECONNREFUSED',
    when: 'connect() goes to a port that is bound but does not listen',
    async provoke(lab) {
      const {address} = await bound(lab, 'server');
      return ['client', connect(await socket(lab, 'client'), address)];
    },
    says: 'bound there but does not listen',
    line: 'server listen #',
    made: 'again',
  },
  {
    errno: 'ECONNREFUSED',
    when: 'connect() goes to another port than the listener’s',
    async provoke(lab) {
      await listening(lab);
      return ['client', connect(await socket(lab, 'client'), await freeAddress(lab))];
    },
    says: 'Nobody listens at 127.0.0.1',
    line: 'client connect # @',
  },
  {
    errno: 'ECONNREFUSED',
    when: 'connect() goes where nobody is, and the server has a socket to be there with',
    async provoke(lab) {
      await socket(lab, 'server');
      return ['client', connect(await socket(lab, 'client'), await freeAddress(lab))];
    },
    says: 'Nobody listens at 127.0.0.1',
    line: 'server bind # @',
  },
  {
    errno: 'ECONNREFUSED',
    when: 'connect() goes where nobody is',
    provoke: async lab => ['client', connect(await socket(lab, 'client'), await freeAddress(lab))],
    says: 'Nobody listens at 127.0.0.1',
    line: 'server socket AF_INET SOCK_STREAM',
  },
  {
    errno: 'ECONNREFUSED',
    when: 'connect() goes to port 0',
    needsIpv6: true,
    async provoke(lab) {
      await listening(lab, {...anyPort6, host: '::'});
      return ['client', connect(await socket(lab, 'client'), at(0))];
    },
    says: 'No socket listens on port 0',
    line: 'client connect # 127.0.0.1:#',
  },
  {
    errno: 'ECONNREFUSED',
    when: 'connect() goes to the file of a socket that was closed',
    async provoke(lab, folder) {
      await must(lab, 'server', close(await boundUnix(lab, folder)));
      return ['client', connect(await unixStream(lab, 'client'), inFolder(folder))];
    },
    says: 'no socket listens behind it',
    line: null,
  },
  {
    errno: 'EISCONN',
    when: 'connect() is called a second time',
    async provoke(lab) {
      const ends = await connected(lab);
      return ['client', connect(ends.client, ends.address)];
    },
    says: 'is already connected',
    line: 'client send # "hello"',
  },
  {
    errno: 'EISCONN',
    when: 'connect() has a listener',
    async provoke(lab) {
      const listener = await listening(lab);
      return ['server', connect(listener.fd, listener.address)];
    },
    says: 'listens. A socket that waits',
    line: 'server socket AF_INET SOCK_STREAM',
  },
  {
    errno: 'EISCONN',
    when: 'connect() has a socket whose connection is gone',
    async provoke(lab) {
      const used = await bothShut(lab);
      return ['client', connect(used, await freeAddress(lab))];
    },
    says: 'has been connected before',
    line: 'client socket AF_INET SOCK_STREAM',
  },
  {
    errno: 'EINPROGRESS',
    when: 'connect() does not wait',
    async provoke(lab) {
      const {address} = await listening(lab);
      const made = await socket(lab, 'client');
      await must(lab, 'client', nonblocking(made));
      return ['client', connect(made, address)];
    },
    says: 'No failure',
    line: 'client poll # POLLOUT',
    made: 'again',
  },
  {
    errno: 'EALREADY',
    when: 'connect() is called while the one before still waits',
    async provoke(lab) {
      const {listener, waiting} = await unanswered(lab);
      await must(lab, 'client', nonblocking(waiting));
      await outcomeOf(lab, 'client', connect(waiting, listener.address));
      return ['client', connect(waiting, listener.address)];
    },
    says: 'the accept queue there seems to be full',
    line: 'server accept #',
  },
  {
    errno: 'EADDRNOTAVAIL',
    when: 'connect() would make a second connection with the same two ends',
    async provoke(lab) {
      const {address} = await listening(lab);
      const [first, second] = [await socket(lab, 'client'), await socket(lab, 'client')];
      await reuseAddress(lab, 'client', first);
      await reuseAddress(lab, 'client', second);
      await must(lab, 'client', bind(first));
      await must(lab, 'client', bind(second, await nameOf(lab, 'client', first)));
      await must(lab, 'client', connect(first, address));
      return ['client', connect(second, address)];
    },
    says: 'No two have both ends the same',
    line: 'client socket AF_INET SOCK_STREAM',
  },
  {
    errno: 'EAFNOSUPPORT',
    when: 'connect() gives an IPv4 socket an IPv6 address, and somebody listens',
    async provoke(lab) {
      await listening(lab);
      return ['client', connect(await socket(lab, 'client'), {...anyPort6, port: port(1)})];
    },
    says: 'AF_INET socket, and the address is of another family',
    line: 'client connect # @',
  },
  {
    errno: 'EAFNOSUPPORT',
    when: 'connect() gives an IPv4 socket an IPv6 address',
    provoke: async lab => ['client', connect(await socket(lab, 'client'), {...anyPort6, port: port(1)})],
    says: 'AF_INET socket, and the address is of another family',
    line: 'client connect # @',
    made: 'ECONNREFUSED',
  },
  {
    errno: 'ENOENT',
    when: 'connect() goes to a path that is not there',
    provoke: async (lab, folder) => ['client', connect(await unixStream(lab, 'client'), inFolder(folder))],
    says: 'There is no file s',
    line: 'server socket AF_UNIX SOCK_STREAM',
  },
  {
    errno: 'EPROTOTYPE',
    when: 'connect() goes from a stream to a datagram socket',
    async provoke(lab, folder) {
      await must(lab, 'server', bind(await unixDatagram(lab, 'server'), inFolder(folder)));
      return ['client', connect(await unixStream(lab, 'client'), inFolder(folder))];
    },
    says: 'of another type',
    line: null,
  },
  {
    errno: 'EINVAL',
    when: 'connect() gives a Unix socket an IPv4 address',
    provoke: async lab => ['client', connect(await unixStream(lab, 'client'), at(1))],
    says: 'AF_UNIX socket, and the address is of another family',
    line: 'client socket AF_INET SOCK_STREAM',
  },
  {
    errno: 'EINVAL',
    when: 'connect() has a Unix listener',
    async provoke(lab, folder) {
      const made = await boundUnix(lab, folder);
      await must(lab, 'server', listen(made));
      return ['server', connect(made, inFolder(folder))];
    },
    says: 'listens. A socket that waits',
    line: 'server socket AF_UNIX SOCK_STREAM',
  },
  {
    errno: 'ETIMEDOUT',
    when: 'connect() finds the accept queue full for longer than it may',
    async provoke(lab) {
      const {listener, waiting} = await unanswered(lab);
      await must(lab, 'client', setsockopt(waiting, 'IPPROTO_TCP', 'TCP_USER_TIMEOUT', 300));
      return ['client', connect(waiting, listener.address)];
    },
    says: 'Where the accept queue is full',
    line: 'server accept #',
    made: 'again',
  },
  {
    errno: 'ECONNRESET',
    when: 'connect() did not wait, and the listener is closed before it accepts',
    async provoke(lab) {
      const listener = await listening(lab);
      const made = await socket(lab, 'client');
      await must(lab, 'client', nonblocking(made));
      await outcomeOf(lab, 'client', connect(made, listener.address));
      await must(lab, 'server', close(listener.fd));
      return ['client', connect(made, listener.address)];
    },
    says: 'reset the connection that the connect() before',
    line: 'server socket AF_INET SOCK_STREAM',
  },
  {
    errno: 'ECONNABORTED',
    when: 'connect() has failed, and SO_ERROR was read',
    async provoke(lab) {
      const address = await freeAddress(lab);
      const made = await socket(lab, 'client');
      await must(lab, 'client', nonblocking(made));
      await outcomeOf(lab, 'client', connect(made, address));
      await must(lab, 'client', getsockopt(made, 'SOL_SOCKET', 'SO_ERROR'));
      return ['client', connect(made, address)];
    },
    says: 'forgets it when read',
    line: 'client connect # @',
    made: 'EINPROGRESS',
  },
  {
    errno: 'ENETUNREACH',
    when: 'connect() goes from TCP to the broadcast address',
    async provoke(lab) {
      await listening(lab);
      return ['client', connect(await socket(lab, 'client'), at(80, '127.255.255.255'))];
    },
    says: 'is a broadcast address. A TCP connection',
    line: 'client connect # @',
  },
  {
    errno: 'EACCES',
    when: 'connect() goes from UDP to the broadcast address',
    provoke: async lab => ['client', connect(await udp(lab, 'client'), at(80, '127.255.255.255'))],
    says: 'Only a socket with SO_BROADCAST',
    line: 'client connect # @',
  },
  {
    errno: 'EACCES',
    when: 'connect() goes to a socket file that may not be written to',
    async provoke(lab, folder) {
      const made = await boundUnix(lab, folder);
      await must(lab, 'server', listen(made));
      chmodSync(folder, 0o755);
      chmodSync(inFolder(folder).path, 0);
      await outcomeOf(lab, 'client', {name: 'seteuid', uid: process.geteuid?.() || nobody});
      return ['client', connect(await unixStream(lab, 'client'), inFolder(folder))];
    },
    says: 'may not write to s',
    line: null,
  },
  {
    errno: 'EAGAIN',
    when: 'connect() does not wait for a Unix listener’s full queue',
    async provoke(lab, folder) {
      await must(lab, 'server', listen(await boundUnix(lab, folder), 0));
      await must(lab, 'client', connect(await unixStream(lab, 'client'), inFolder(folder)));
      const made = await unixStream(lab, 'client');
      await must(lab, 'client', nonblocking(made));
      return ['client', connect(made, inFolder(folder))];
    },
    says: 'accept queue there is full',
    line: 'server accept #',
    made: 'again',
  },
];

const data: readonly Scene[] = [
  {
    errno: 'EPIPE',
    when: 'send() has a socket that was never connected, and somebody listens',
    async provoke(lab) {
      await listening(lab);
      return ['client', send(await socket(lab, 'client'))];
    },
    says: 'for TCP, Linux says EPIPE',
    line: 'client connect # @',
    made: 'again',
  },
  {
    errno: 'EPIPE',
    when: 'send() has a socket that was never connected',
    provoke: async lab => ['server', send(await socket(lab, 'server'))],
    says: 'for TCP, Linux says EPIPE',
    line: 'server listen #',
  },
  {
    errno: 'EPIPE',
    when: 'send() has the listener instead of the connection',
    provoke: async lab => ['server', send((await connected(lab)).listener)],
    says: 'Data goes over the socket of each connection',
    line: 'server send # "hello"',
  },
  {
    errno: 'EPIPE',
    when: 'send() has a listener, and nothing is accepted yet',
    async provoke(lab) {
      const listener = await listening(lab);
      await connectTo(lab, listener.address);
      return ['server', send(listener.fd)];
    },
    says: 'Data goes over the socket of each connection',
    line: 'server accept #',
  },
  {
    errno: 'EPIPE',
    when: 'send() comes after shutdown(SHUT_WR)',
    async provoke(lab) {
      const ends = await connected(lab);
      await must(lab, 'client', shutdown(ends.client));
      await must(lab, 'server', send(ends.server));
      return ['client', send(ends.client)];
    },
    says: 'has ended its sending with shutdown(). A C program would by default be ended by SIGPIPE',
    line: 'client recv #',
  },
  {
    errno: 'EPIPE',
    when: 'send() has UDP after shutdown(SHUT_WR)',
    async provoke(lab) {
      const made = await udp(lab, 'client');
      await must(lab, 'client', connect(made, (await boundDatagram(lab, 'server')).address));
      await must(lab, 'client', shutdown(made));
      return ['client', send(made)];
    },
    says: 'In UDP the peer is told nothing',
    line: 'client socket AF_INET SOCK_DGRAM',
  },
  {
    errno: 'EPIPE',
    when: 'send() finds that the peer of a Unix socket has closed',
    async provoke(lab, folder) {
      const ends = await connected(lab, inFolder(folder));
      await must(lab, 'server', close(ends.server));
      return ['client', send(ends.client)];
    },
    says: 'nobody would read it. By default SIGPIPE',
    line: 'client close #',
  },
  {
    errno: 'EPIPE',
    when: 'send() comes a second time after the peer has closed',
    async provoke(lab) {
      const ends = await connected(lab);
      await must(lab, 'server', close(ends.server));
      await must(lab, 'client', send(ends.client));
      return ['client', send(ends.client)];
    },
    says: 'the peer closed and an RST came, say. By default SIGPIPE',
    line: 'client socket AF_INET SOCK_STREAM',
  },
  {
    errno: 'EPIPE',
    when: 'send() of a server comes a second time after the client has closed',
    async provoke(lab) {
      const ends = await connected(lab);
      await must(lab, 'client', close(ends.client));
      await must(lab, 'server', send(ends.server));
      return ['server', send(ends.server)];
    },
    says: 'the peer closed and an RST came, say. By default SIGPIPE',
    line: 'server close #',
  },
  {
    errno: 'ECONNRESET',
    when: 'send() of a server finds that the client closed with data unread',
    async provoke(lab) {
      const ends = await connected(lab);
      await must(lab, 'server', send(ends.server));
      await must(lab, 'client', close(ends.client));
      return ['server', send(ends.server)];
    },
    says: 'closed with data unread',
    line: 'server close #',
  },
  {
    errno: 'ETIMEDOUT',
    when: 'send() of a server finds that data was not taken for longer than it may be',
    provoke: async lab => ['server', send(await givenUp(lab, 'server'))],
    says: 'Data that was sent, or keepalive probes, were not acknowledged in time',
    line: 'server close #',
  },
  {
    errno: 'ETIMEDOUT',
    when: 'recv() finds that data was not taken for longer than it may be',
    provoke: async lab => ['client', recv(await givenUp(lab, 'client'))],
    says: 'Data that was sent, or keepalive probes, were not acknowledged in time',
    line: 'client socket AF_INET SOCK_STREAM',
  },
  {
    errno: 'ECONNRESET',
    when: 'recv() finds that the listener was closed before it accepted',
    async provoke(lab) {
      const listener = await listening(lab);
      const client = await connectTo(lab, listener.address);
      await must(lab, 'server', close(listener.fd));
      return ['client', recv(client)];
    },
    says: 'closed its listener before accept()',
    line: 'client recv #',
    made: 'again',
  },
  {
    errno: 'ENOTCONN',
    when: 'send() has a Unix socket that was never connected',
    provoke: async lab => ['client', send(await unixStream(lab, 'client'))],
    says: 'has no peer yet',
    line: null,
  },
  {
    errno: 'EDESTADDRREQ',
    when: 'send() has a datagram socket without a peer',
    async provoke(lab) {
      await boundDatagram(lab, 'server');
      return ['client', send(await udp(lab, 'client'))];
    },
    says: 'send() names no destination',
    line: 'client sendto # "hello" @',
  },
  {
    errno: 'EDESTADDRREQ',
    when: 'send() has a datagram socket, and there is no other',
    provoke: async lab => ['client', send(await udp(lab, 'client'))],
    says: 'send() names no destination',
    line: 'client sendto # "hello" @',
  },
  {
    errno: 'EAGAIN',
    when: 'send() does not wait for room in the buffer',
    async provoke(lab) {
      const ends = await connected(lab);
      await fullBuffer(lab, ends.client);
      return ['client', send(ends.client, text('x'), MSG_DONTWAIT)];
    },
    says: 'The send buffer is full',
    line: 'server recv # 65536',
  },
  {
    errno: 'EAGAIN',
    when: 'send() does not wait for room in the buffer of a Unix socket',
    async provoke(lab, folder) {
      const ends = await connected(lab, inFolder(folder));
      await fullBuffer(lab, ends.client);
      return ['client', send(ends.client, text('x'), MSG_DONTWAIT)];
    },
    says: 'The send buffer is full',
    line: null,
  },
  {
    errno: 'EMSGSIZE',
    when: 'send() has more than a datagram holds',
    async provoke(lab) {
      const made = await udp(lab, 'client');
      await must(lab, 'client', connect(made, (await boundDatagram(lab, 'server')).address));
      return ['client', send(made, Buffer.alloc(65_508).toString('base64'))];
    },
    says: '65,507 bytes',
    line: 'client send # "hello"',
  },
  {
    errno: 'EMSGSIZE',
    when: 'sendto() has more than a datagram holds',
    async provoke(lab) {
      const {address} = await boundDatagram(lab, 'server');
      return ['client', sendto(await udp(lab, 'client'), address, Buffer.alloc(65_508).toString('base64'))];
    },
    says: '65,507 bytes',
    line: 'client sendto # "hello" @',
  },
  {
    errno: 'ECONNRESET',
    when: 'send() finds that the peer closed with data unread',
    provoke: async lab => ['client', send(await afterReset(lab))],
    says: 'closed with data unread',
    line: 'client socket AF_INET SOCK_STREAM',
  },
  {
    errno: 'ECONNREFUSED',
    when: 'send() comes after a datagram that found nobody, and the other side has a socket',
    async provoke(lab) {
      const sender = await afterIcmp(lab);
      await udp(lab, 'server');
      return ['client', send(sender)];
    },
    says: 'This one was not sent',
    line: 'server bind # @',
    made: 'again',
  },
  {
    errno: 'ECONNREFUSED',
    when: 'send() comes after a datagram that found nobody',
    provoke: async lab => ['client', send(await afterIcmp(lab))],
    says: 'This one was not sent',
    line: 'server socket AF_INET SOCK_DGRAM',
  },
  {
    errno: 'ECONNREFUSED',
    when: 'sendto() comes after a datagram that found nobody',
    async provoke(lab) {
      const sender = await afterIcmp(lab);
      const {address} = await must(lab, 'client', getpeername(sender));
      return ['client', sendto(sender, address ?? anyPort)];
    },
    says: 'This one was not sent',
    line: 'server socket AF_INET SOCK_DGRAM',
  },
  {
    errno: 'EPIPE',
    when: 'sendto() has TCP without a connection',
    async provoke(lab) {
      const {address} = await listening(lab);
      return ['client', sendto(await socket(lab, 'client'), address)];
    },
    says: 'does not look at the destination',
    line: 'client connect # @',
    made: 'again',
  },
  {
    errno: 'ECONNRESET',
    when: 'sendto() finds that the peer closed with data unread',
    provoke: async lab => ['client', sendto(await afterReset(lab), at(1))],
    says: 'closed with data unread',
    line: 'client socket AF_INET SOCK_STREAM',
  },
  {
    errno: 'EAGAIN',
    when: 'sendto() does not wait for room in the buffer',
    async provoke(lab) {
      const ends = await connected(lab);
      await fullBuffer(lab, ends.client);
      return ['client', {...sendto(ends.client, ends.address), flags: MSG_DONTWAIT}];
    },
    says: 'The send buffer is full',
    line: 'server recv # 65536',
  },
  {
    errno: 'EISCONN',
    when: 'sendto() has a Unix stream that is connected',
    async provoke(lab, folder) {
      return ['client', sendto((await connected(lab, inFolder(folder))).client, inFolder(folder))];
    },
    says: 'AF_UNIX refuses a destination',
    line: 'client send # "hello"',
  },
  {
    errno: 'EOPNOTSUPP',
    when: 'sendto() has a Unix stream that is not connected',
    provoke: async (lab, folder) => ['client', sendto(await unixStream(lab, 'client'), inFolder(folder))],
    says: 'Naming a destination is for datagrams',
    line: 'client socket AF_INET SOCK_DGRAM',
  },
  {
    errno: 'EINVAL',
    when: 'sendto() goes to port 0',
    provoke: async lab => ['client', sendto(await udp(lab, 'client'), at(0))],
    says: 'Nothing can be sent to port 0',
    line: 'client sendto # "hello" @',
  },
  {
    errno: 'EINVAL',
    when: 'sendto() gives a Unix socket an IPv4 address',
    provoke: async lab => ['client', sendto(await unixDatagram(lab, 'client'), at(1))],
    says: 'AF_UNIX socket, and the destination',
    line: 'client socket AF_INET SOCK_DGRAM',
  },
  {
    errno: 'EAFNOSUPPORT',
    when: 'sendto() gives an IPv4 socket an IPv6 address',
    provoke: async lab => ['client', sendto(await udp(lab, 'client'), {...anyPort6, port: port(9)})],
    says: 'AF_INET socket, and the destination',
    line: 'client sendto # "hello" @',
  },
  {
    errno: 'EACCES',
    when: 'sendto() goes to the broadcast address',
    provoke: async lab => ['client', sendto(await udp(lab, 'client'), at(80, '127.255.255.255'))],
    says: 'Only a socket with SO_BROADCAST',
    line: 'client sendto # "hello" @',
  },
  {
    errno: 'ENOTCONN',
    when: 'send() has a Unix datagram socket without a peer',
    provoke: async lab => ['client', send(await unixDatagram(lab, 'client'))],
    says: 'has no peer yet',
    line: null,
  },
  ...(['recv', 'recvfrom'] as const).flatMap((name): Scene[] => {
    const receive = name === 'recv' ? recv : recvfrom;
    return [
      {
        errno: 'ENOTCONN',
        when: `${name}() has the listener instead of the connection`,
        async provoke(lab) {
          const ends = await connected(lab);
          await must(lab, 'client', send(ends.client));
          return ['server', receive(ends.listener)];
        },
        says: 'The sockets that accept() returns',
        line: `server ${name} #`,
      },
      {
        errno: 'ENOTCONN',
        when: `${name}() has a listener, and nothing is accepted yet`,
        async provoke(lab) {
          const listener = await listening(lab);
          await connectTo(lab, listener.address);
          return ['server', receive(listener.fd)];
        },
        says: 'The sockets that accept() returns',
        line: 'server accept #',
      },
      {
        errno: 'ENOTCONN',
        when: `${name}() has a socket that was never connected`,
        provoke: async lab => ['client', receive(await socket(lab, 'client'))],
        says: 'has no peer yet',
        line: 'client listen #',
      },
      {
        errno: 'ENOTCONN',
        when: `${name}() of a client has a socket that was never connected, and the server one that does not listen`,
        async provoke(lab) {
          await socket(lab, 'server');
          return ['client', receive(await socket(lab, 'client'))];
        },
        says: 'has no peer yet',
        line: 'server listen #',
      },
      {
        errno: 'EAGAIN',
        when: `${name}() does not wait for data`,
        provoke: async lab => ['client', receive((await connected(lab)).client, MSG_DONTWAIT)],
        says: 'The end of a connection would be 0',
        line: 'server send # "hello"',
        made: 'again',
      },
      {
        errno: 'EAGAIN',
        when: `${name}() does not wait for a datagram, and another has a socket`,
        async provoke(lab) {
          await udp(lab, 'client');
          return ['server', receive((await boundDatagram(lab, 'server')).fd, MSG_DONTWAIT)];
        },
        says: 'There is no datagram yet',
        line: 'client sendto # "hello" @',
        made: 'again',
      },
      {
        errno: 'EAGAIN',
        when: `${name}() does not wait for a datagram`,
        provoke: async lab => ['server', receive((await boundDatagram(lab, 'server')).fd, MSG_DONTWAIT)],
        says: 'There is no data yet',
        line: 'server poll #',
        made: 'sleeps',
      },
      {
        errno: 'ECONNRESET',
        when: `${name}() finds that the peer closed with data unread`,
        provoke: async lab => ['client', receive(await afterReset(lab))],
        says: 'closed with data unread',
        line: `client ${name} #`,
        made: 'again',
      },
      {
        errno: 'ECONNREFUSED',
        when: `${name}() comes after a datagram that found nobody`,
        provoke: async lab => ['client', receive(await afterIcmp(lab))],
        says: 'An earlier datagram found no socket',
        line: 'server socket AF_INET SOCK_DGRAM',
      },
      {
        errno: 'EINVAL',
        when: `${name}() has a Unix stream that was never connected`,
        provoke: async lab => ['client', receive(await unixStream(lab, 'client'))],
        says: 'that is EINVAL, not ENOTCONN',
        line: null,
      },
      {
        errno: 'EINVAL',
        when: `${name}() has a Unix listener instead of the connection`,
        async provoke(lab, folder) {
          const ends = await connected(lab, inFolder(folder));
          await must(lab, 'client', send(ends.client));
          return ['server', receive(ends.listener)];
        },
        says: 'in AF_UNIX the answer is EINVAL',
        line: `server ${name} #`,
      },
    ];
  }),
  {
    errno: 'ENOTCONN',
    when: 'shutdown() has a socket that was never connected',
    async provoke(lab) {
      await listening(lab);
      return ['client', shutdown(await socket(lab, 'client'))];
    },
    says: 'has no peer yet',
    line: 'client connect # @',
    made: 'again',
  },
  {
    errno: 'ENOTCONN',
    when: 'shutdown() has a datagram socket without a peer, and there is another',
    async provoke(lab) {
      await boundDatagram(lab, 'server');
      return ['client', shutdown(await udp(lab, 'client'))];
    },
    says: 'In UDP connect() notes one',
    line: 'client connect # @',
    made: 'again',
  },
  {
    errno: 'ENOTCONN',
    when: 'shutdown() has a socket whose connection is gone',
    provoke: async lab => ['client', shutdown(await bothShut(lab))],
    says: 'both directions have ended',
    line: 'client socket AF_INET SOCK_STREAM',
  },
  {
    errno: 'ENOTCONN',
    when: 'getpeername() has a listener, and a connection is there',
    provoke: async lab => ['server', getpeername((await connected(lab)).listener)],
    says: 'The sockets that accept() returns',
    line: 'server getpeername #',
  },
  {
    errno: 'ENOTCONN',
    when: 'getpeername() has a datagram socket without a peer',
    provoke: async lab => ['client', getpeername(await udp(lab, 'client'))],
    says: 'In UDP connect() notes one',
    line: 'client connect # @',
    made: 'again',
  },
];

const others: readonly Scene[] = [
  {
    errno: 'ENOPROTOOPT',
    when: 'setsockopt() would set what the kernel tells',
    provoke: async lab => ['client', setsockopt(await socket(lab, 'client'), 'SOL_SOCKET', 'SO_ERROR')],
    says: 'it can be read, not set',
    line: 'client getsockopt # SO_ERROR',
  },
  {
    errno: 'ENOPROTOOPT',
    when: 'setsockopt() gives a datagram socket an option of TCP',
    provoke: async lab => ['client', setsockopt(await udp(lab, 'client'), 'IPPROTO_TCP', 'TCP_NODELAY')],
    says: 'UDP does not have it',
    line: 'client socket AF_INET SOCK_STREAM',
  },
  {
    errno: 'ENOPROTOOPT',
    when: 'setsockopt() gives an IPv4 socket an option of IPv6',
    needsIpv6: true,
    provoke: async lab => ['client', setsockopt(await socket(lab, 'client'), 'IPPROTO_IPV6', 'IPV6_V6ONLY')],
    says: 'an option of IPv6',
    line: 'client socket AF_INET6 SOCK_STREAM',
  },
  {
    errno: 'EOPNOTSUPP',
    when: 'setsockopt() gives a Unix socket an option of TCP',
    provoke: async lab => ['client', setsockopt(await unixStream(lab, 'client'), 'IPPROTO_TCP', 'TCP_NODELAY')],
    says: 'nothing that AF_UNIX sockets have',
    line: 'client socket AF_INET SOCK_STREAM',
  },
  {
    errno: 'EINVAL',
    when: 'setsockopt() would change IPV6_V6ONLY after bind()',
    needsIpv6: true,
    provoke: async lab => [
      'server',
      setsockopt((await bound(lab, 'server', anyPort6)).fd, 'IPPROTO_IPV6', 'IPV6_V6ONLY'),
    ],
    says: 'can be changed only before there is an address',
    line: 'server socket AF_INET6 SOCK_STREAM',
  },
  {
    errno: 'EINVAL',
    when: 'setsockopt() gives TCP_SYNCNT a 0',
    provoke: async lab => ['client', setsockopt(await socket(lab, 'client'), 'IPPROTO_TCP', 'TCP_SYNCNT', 0)],
    says: 'from 1 to 127 times',
    line: 'client setsockopt # TCP_SYNCNT 3',
  },
  {
    errno: 'EOPNOTSUPP',
    when: 'getsockopt() asks a datagram socket for an option of TCP',
    provoke: async lab => ['client', getsockopt(await udp(lab, 'client'), 'IPPROTO_TCP', 'TCP_NODELAY')],
    says: 'UDP does not have it',
    line: 'client socket AF_INET SOCK_STREAM',
  },
  {
    errno: 'EINVAL',
    when: 'poll() is given more than may be open',
    async provoke(lab) {
      const made = await socket(lab, 'server');
      const {limit} = await descriptorLimit();
      const fds = Array.from({length: limit + 1}, () => ({fd: made, events: []}));
      return ['server', {name: 'poll', fds, timeout: 0}];
    },
    says: 'More descriptors were given',
    line: 'server poll # 0',
  },
  {
    errno: 'EBADF',
    when: 'close() has a descriptor for the second time',
    async provoke(lab) {
      const made = await socket(lab, 'server');
      await socket(lab, 'server');
      await must(lab, 'server', close(made));
      return ['server', close(made)];
    },
    says: 'is not open in server: it has been closed',
    line: null,
  },
  {
    errno: 'EBADF',
    when: 'close() has a descriptor of an actor without sockets',
    provoke: async () => ['server', close(notOpen)],
    says: 'is not open in server: it has been closed',
    line: 'server socket AF_INET SOCK_STREAM',
  },
  {
    errno: 'EBADF',
    when: 'any call has a descriptor that is not open, and the actor has others',
    async provoke(lab) {
      await socket(lab, 'server');
      await udp(lab, 'server');
      return ['server', {name: 'getsockname', fd: notOpen}];
    },
    says: '999 is not open in server. Each process',
    line: 'server getsockname #',
  },
  {
    errno: 'EBADF',
    when: 'any call has a descriptor that is not open',
    provoke: async () => ['server', setsockopt(notOpen, 'SOL_SOCKET', 'SO_REUSEADDR')],
    says: '999 is not open in server. Each process',
    line: 'server socket AF_INET SOCK_STREAM',
  },
  {
    errno: 'ENOTSOCK',
    when: 'any call has a descriptor that is no socket',
    async provoke(lab) {
      await socket(lab, 'server');
      return ['server', setsockopt(standardInput, 'SOL_SOCKET', 'SO_REUSEADDR')];
    },
    says: '0 is open, but it is no socket',
    line: 'server setsockopt # SO_REUSEADDR 1',
  },
  {
    errno: 'ENOENT',
    when: 'unlink() has a path that is not there',
    provoke: async (_, folder) => ['server', {name: 'unlink', path: join(folder, 's')}],
    says: 'There is no file s: it is gone',
    line: null,
  },
  {
    errno: 'ENOENT',
    when: 'chmod() has a path that is not there',
    provoke: async (_, folder) => ['server', {name: 'chmod', path: join(folder, 's'), mode: 0o600}],
    says: 'There is no file s. bind()',
    line: null,
  },
];

export const scenes: readonly Scene[] = [...opening, ...connecting, ...data, ...others];

/** Only where the kernel keeps such ports from ordinary processes. */
export const privilegedPort: Scene = {
  errno: 'EACCES',
  when: 'bind() wants a privileged port',
  async provoke(lab) {
    await outcomeOf(lab, 'server', {name: 'seteuid', uid: process.geteuid?.() || nobody});
    return ['server', bind(await socket(lab, 'server'), at(80))];
  },
  says: 'Ports below 1024 are privileged',
  line: 'server bind # @',
};
