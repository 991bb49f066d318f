import type {ActorName} from '../../src/model/actor.ts';
import type {Act, PortName, SocketName, Step} from '../../src/model/lesson.ts';

/** Several calls as one step's: the first is the step's own, the others come right after it. */
export const inOneStep = (first: Act, ...also: readonly Act[]): Pick<Step, keyof Act | 'also'> => ({...first, also});

export const makesSocket = (actor: ActorName, creates: SocketName): Act => ({
  actor,
  call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
  creates,
});

export const reuses = (actor: ActorName, fd: SocketName): Act => ({
  actor,
  call: {name: 'setsockopt', fd, level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1},
});

export const closes = (actor: ActorName, fd: SocketName): Act => ({actor, call: {name: 'close', fd}});

/**
 * Closes after `first`, the other side's socket, and when that one's FIN was acknowledged, which may take 40 ms. An ACK that is
 * overtaken by this FIN comes too late: what it is answered with ends in an RST, and that ends the TIME_WAIT (RFC 1337).
 */
export const closesSecond = (actor: ActorName, fd: SocketName, first: SocketName): Act => ({
  ...closes(actor, fd),
  once: {kind: 'listed', socket: first, state: 'FIN_WAIT2'},
});

/** A new socket, connected to the server. */
export const connects = (actor: ActorName, socket: SocketName): readonly [Act, Act] => [
  makesSocket(actor, socket),
  {actor, call: {name: 'connect', fd: socket, address: 'server'}},
];

/** The server's calls up to `bind()`, on `listener`. */
export const bindsServer: readonly [Act, ...Act[]] = [
  makesSocket('server', 'listener'),
  reuses('server', 'listener'),
  {actor: 'server', call: {name: 'bind', fd: 'listener', address: 'server'}},
];

export const listens = (backlog: number): readonly [Act, ...Act[]] => [
  ...bindsServer,
  {actor: 'server', call: {name: 'listen', fd: 'listener', backlog}},
];

export const accepts = (creates: SocketName): Act => ({
  actor: 'server',
  call: {name: 'accept', fd: 'listener'},
  creates,
});

/** The server listens on 127.0.0.1, on a port that the kernel chooses. */
export const serverListens = (listener: SocketName): [Act, ...Act[]] => [
  {
    actor: 'server',
    call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
    creates: listener,
  },
  {actor: 'server', call: {name: 'bind', fd: listener, address: {host: '127.0.0.1', port: 0}}},
  {actor: 'server', call: {name: 'listen', fd: listener, backlog: 5}},
];

/** A new socket of the client's connects to where a socket of the lesson is bound. */
export const clientConnects = (client: SocketName, to: SocketName): [Act, ...Act[]] => [
  {
    actor: 'client',
    call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
    creates: client,
  },
  {actor: 'client', call: {name: 'connect', fd: client, address: {of: to}}},
];

export const serverAccepts = (listener: SocketName, connection: SocketName): Act => ({
  actor: 'server',
  call: {name: 'accept', fd: listener},
  creates: connection,
});

/** One side closes several sockets, in this order. */
export const closesAll = (actor: ActorName, ...sockets: readonly SocketName[]): Act[] =>
  sockets.map(fd => closes(actor, fd));

export const receives = (actor: ActorName, fd: SocketName, length = 4096, flags = 0): Act => ({
  actor,
  call: {name: 'recv', fd, length, flags},
});

export const sends = (actor: ActorName, fd: SocketName, text: string, flags = 0): Act => ({
  actor,
  call: {name: 'send', fd, data: {kind: 'text', text}, flags},
});

/** From now on what goes to this port is lost, just before it arrives. */
export const loses = (port: PortName): Act => ({
  actor: 'network',
  call: {name: 'nft', host: 'here', rule: {kind: 'drop', hook: 'input', protocol: 'tcp', port}},
});

/** Everything arrives again. */
export const losesNothing: Act = {actor: 'network', call: {name: 'nft', host: 'here', rule: null}};

export const endsSending = (actor: ActorName, fd: SocketName): Act => ({
  actor,
  call: {name: 'shutdown', fd, how: 'SHUT_WR'},
});

/** From nothing to a connection: `listener` and `connection` at the server, `client` at the client. */
export const joins: readonly [Act, ...Act[]] = [...listens(5), ...connects('client', 'client'), accepts('connection')];

/** The end of a review about one connection. */
export const closesBoth: Step = {
  id: 'close',
  ...inOneStep(closes('client', 'client'), closes('server', 'connection'), closes('server', 'listener')),
  before: {ja: '両側を閉じます。', en: 'Both sides close.'},
  after: {ja: '閉じました。', en: 'Closed.'},
  expect: {outcome: {kind: 'returns', value: 0}},
  sources: ['man 2 close'],
};
