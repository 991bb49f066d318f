import type {Act, SocketName} from '../src/model/lesson.ts';

/** Several acts as the calls of one step. */
export const inOneStep = ([first, ...also]: readonly [Act, ...Act[]]): Act & {readonly also: readonly Act[]} => ({
  ...first,
  also,
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

export const closes = (actor: Act['actor'], ...sockets: readonly SocketName[]): Act[] =>
  sockets.map(fd => ({actor, call: {name: 'close', fd}}));
