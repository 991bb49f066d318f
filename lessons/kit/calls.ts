import type {Act, OutcomeClaim, PortName, SocketClaim, Where} from '../../src/model/lesson.ts';
import type {Socket} from './sockets.ts';

/** In a step of several calls: what this one does, where that is not simply to work. */
export const does = (act: Act, outcome: OutcomeClaim): Act => ({...act, does: outcome});
/** Makes the call again until it does this, at most so many times. */
export const repeats = (act: Act, most: number, until: OutcomeClaim): Act => ({...act, repeat: {until, most}});
/** The call is held back until the kernel shows this. */
export const once = (socket: SocketClaim, act: Act): Act => ({...act, once: socket});

/**
 * Closes after `first`, the other side's socket, and when that one's FIN was acknowledged, which may take 40 ms. An ACK that is
 * overtaken by this FIN comes too late: what it is answered with ends in an RST, and that ends the TIME_WAIT (RFC 1337).
 */
export const closesSecond = (socket: Socket, first: Socket): Act => once(first.is('FIN_WAIT2'), socket.closes());

/** A new socket, connected. */
export const connects = (socket: Socket, to?: Where | Socket): readonly [Act, Act] => [
  socket.opens(),
  socket.connects(to),
];

/** A new socket of the server's, bound to the server's port even while a TIME_WAIT is left there. */
export const binds = (listener: Socket): readonly [Act, ...Act[]] => [
  listener.opens(),
  listener.sets('SO_REUSEADDR', 1),
  listener.binds(),
];

export const listens = (listener: Socket, backlog = 5): readonly [Act, ...Act[]] => [
  ...binds(listener),
  listener.listens(backlog),
];

/** On 127.0.0.1, on a port that the kernel chooses. */
export const listensSomewhere = (listener: Socket): readonly [Act, ...Act[]] => [
  listener.opens(),
  listener.binds({host: '127.0.0.1', port: 0}),
  listener.listens(),
];

/** From nothing to a connection. */
export const joins = (listener: Socket, client: Socket, connection: Socket): readonly [Act, ...Act[]] => [
  ...listens(listener),
  ...connects(client),
  listener.accepts(connection),
];

/** In this order. */
export const closesAll = (first: Socket, ...others: readonly Socket[]): readonly [Act, ...Act[]] => [
  first.closes(),
  ...others.map(socket => socket.closes()),
];

/** From now on what goes to this port is lost, just before it arrives. */
export const loses = (port: PortName): Act => ({
  actor: 'network',
  call: {name: 'nft', host: 'here', rule: {kind: 'drop', hook: 'input', protocol: 'tcp', port}},
});

/** Everything arrives again. */
export const losesNothing: Act = {actor: 'network', call: {name: 'nft', host: 'here', rule: null}};
