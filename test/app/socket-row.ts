import {fd, port} from '../../src/model/brands.ts';
import type {SocketRow} from '../../src/model/sockets.ts';

/** A TCP socket of an actor as the kernel would show it, without a peer. */
export const socketRow = (actor: SocketRow['actor'], n: number, state: SocketRow['state'], at: number): SocketRow => ({
  actor,
  fd: fd(n),
  inode: n,
  protocol: 'tcp',
  local: {host: '127.0.0.1', port: port(at)},
  remote: null,
  state,
  recvQueue: 0,
  sendQueue: 0,
  listed: true,
  heldBy: 'descriptor',
});
