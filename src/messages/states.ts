import type {SocketRow, SocketState} from '../model/sockets.ts';
import type {Text} from '../model/text.ts';

/** What a state means, in a few words beside its name. */
export const stateText: Record<SocketState, Text> = {
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
  CLOSE: {ja: 'まだどこにもつながっていない', en: 'not connected'},
  FREE: {ja: '未使用', en: 'not in use'},
  UNCONNECTED: {ja: 'つながっていない', en: 'not connected'},
  CONNECTING: {ja: '接続しようとしている', en: 'about to connect'},
  CONNECTED: {ja: '接続中', en: 'connected'},
  DISCONNECTING: {ja: '切断しようとしている', en: 'about to disconnect'},
};

/** Who holds a socket that no descriptor points at. */
export const heldText: Record<SocketRow['heldBy'], Text> = {
  descriptor: {ja: 'プロセス', en: 'process'},
  'accept-queue': {ja: '未受付 inode 0', en: 'not accepted, inode 0'},
  kernel: {ja: 'カーネルのみ inode 0', en: 'kernel only, inode 0'},
};
