import type {SocketRow, SocketState} from '../model/sockets.ts';
import type {Text} from '../model/text.ts';

/** What a state means, in a few words beside its name. */
const stateText: Record<SocketState, Text> = {
  LISTEN: {ja: '接続を待ち受けている', en: 'waiting for connections'},
  SYN_SENT: {ja: '接続を要求した', en: 'asked for a connection'},
  SYN_RECV: {ja: '接続要求を受けた', en: 'got a request for a connection'},
  ESTABLISHED: {ja: '接続中', en: 'connected'},
  FIN_WAIT1: {ja: 'FIN を送り、その ACK を待つ', en: 'sent FIN, waits for its ACK'},
  FIN_WAIT2: {ja: '相手の FIN を待つ', en: 'waits for the peer’s FIN'},
  CLOSE_WAIT: {ja: '相手は送信を終えた。こちらの close() を待つ', en: 'the peer is done; waits for our close()'},
  CLOSING: {ja: '同時に閉じている', en: 'both are closing at once'},
  LAST_ACK: {ja: '最後の ACK を待つ', en: 'waits for the last ACK'},
  TIME_WAIT: {ja: '遅れたセグメントに備えて残る', en: 'stays a while for late segments'},
  CLOSE: {ja: 'どこにもつながっていない', en: 'not connected'},
  FREE: {ja: '未使用', en: 'not in use'},
  UNCONNECTED: {ja: 'つながっていない', en: 'not connected'},
  CONNECTING: {ja: '接続しようとしている', en: 'about to connect'},
  CONNECTED: {ja: '接続中', en: 'connected'},
  DISCONNECTING: {ja: '切断しようとしている', en: 'about to disconnect'},
};

/** UDP has no connections: the kernel has two of TCP's states stand for whether a peer is noted. */
const datagramStateText: Readonly<Partial<Record<SocketState, Text>>> = {
  CLOSE: {ja: '相手を決めていない', en: 'no peer noted'},
  ESTABLISHED: {ja: '相手を決めただけで、接続ではない', en: 'a peer noted, no connection'},
};

type Kind = Pick<SocketRow, 'protocol' | 'state'>;

const isDatagram = ({protocol}: Kind): boolean => protocol.startsWith('udp');

export const stateMeaning = (row: Kind): Text =>
  (isDatagram(row) && datagramStateText[row.state]) || stateText[row.state];

/** A state by its name. The CLOSE of a datagram socket is nothing closed: ss calls it UNCONN, and so does the screen. */
export const stateName = (row: Kind): string => (isDatagram(row) && row.state === 'CLOSE' ? 'UNCONN' : row.state);

/** Who holds a socket that no descriptor points at. */
export const heldText: Record<SocketRow['heldBy'], Text> = {
  descriptor: {ja: 'プロセス', en: 'process'},
  'accept-queue': {ja: 'accept() 待ち(持ち主なし)、inode 0', en: 'waits for accept(), no owner, inode 0'},
  kernel: {ja: '持ち主のプロセスなし、inode 0', en: 'no process owns it, inode 0'},
};
