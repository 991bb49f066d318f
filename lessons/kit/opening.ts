import {listens} from './calls.ts';
import {sockets} from './sockets.ts';
import {step} from './step.ts';

const {listener} = sockets({server: ['listener']});

/** The server's first four calls as one step, for lessons that are about something later. `server-flow` has them one by one. */
export const serverOpens = step('server-opens', listens(listener), {
  before: `はじめに、サーバーの支度をします。socket()、setsockopt()、bind()、listen() を続けて呼びます(一つずつ見るのは「server-flow」のレッスンです)。
    First the server gets ready: socket(), setsockopt(), bind() and listen(), right after each other. (The lesson “server-flow” takes them one by one.)`,
  after: `サーバーは 127.0.0.1:{port} で待ち受けています(LISTEN)。これからは、接続要求が来るとカーネルが応えます。
    The server listens at 127.0.0.1:{port} (LISTEN). From here on the kernel answers whoever asks for a connection.`,
  expect: listener.is('LISTEN', {recvQueue: 0}),
  sources: ['man 2 bind', 'man 2 listen'],
});

/** The server closes its listening socket: the last call of every lesson here. */
export const serverCloseListener = step('server-close-listener', listener.closes(), {
  before: `最後に、待ち受けのソケットを閉じます。接続のソケットとは別のソケットなので、別に閉じる必要があります。
    Last, the listening socket is closed. It is a different socket from the connection’s, so it needs a close() of its own.`,
  after: `LISTEN の行が消えました。これからこのポートに connect() すると ECONNREFUSED で断られます。TIME_WAIT の行が残っていても、それはどのプロセスのものでもありません。
    The LISTEN row is gone. Whoever connects to this port now gets ECONNREFUSED. A TIME_WAIT row that may still be there belongs to no process.`,
  expect: listener.isGone,
  sources: ['man 2 close'],
});
