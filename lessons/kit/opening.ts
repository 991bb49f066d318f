import {sockets} from './sockets.ts';
import {step} from './step.ts';

const {listener} = sockets({server: ['listener']});

/** The server's first four calls, in short, for lessons that are about something later. `server-flow` has them at length. */
export const serverOpening = [
  step('server-socket', listener.opens(), {
    before: `はじめにサーバーの支度をします。socket() で、待ち受けに使うソケットを作ります。AF_INET は IPv4、SOCK_STREAM はバイトストリーム(TCP)です。
      First the server gets ready. socket() makes the socket that it will listen on. AF_INET is IPv4; SOCK_STREAM is a byte stream, which means TCP.`,
    after: `返った番号がファイルディスクリプターです。まだアドレスもポートもなく、パケットも送られていません。
      The number that came back is the file descriptor. There is no address and no port yet, and no packet was sent.`,
    expect: listener.isUnlisted('CLOSE'),
    sources: ['man 2 socket'],
  }),
  step('server-reuseaddr', listener.sets('SO_REUSEADDR', 1), {
    before: `SO_REUSEADDR を 1 にします。少し前のサーバーの接続が TIME_WAIT で残っていても、同じポートで始められるようにするためです。
      SO_REUSEADDR is set to 1, so that the server can start on this port although connections of an earlier server may still be there in TIME_WAIT.`,
    after: `0 は成功です。この設定がないと、TIME_WAIT が残っているポートへの bind() は EADDRINUSE で断られます。「reuse」のレッスンで試します。
      0 means that it worked. Without it, a bind() to a port on which a TIME_WAIT is left fails with EADDRINUSE. The lesson “reuse” tries it.`,
    sources: ['man 7 socket'],
  }),
  step('server-bind', listener.binds(), {
    before: `bind() で、ソケットにアドレス 127.0.0.1 とポート {port} を割り当てます。
      bind() gives the socket its address, 127.0.0.1, and its port, {port}.`,
    after: `アドレスとポートはこのソケットのものになりました。まだ待ち受けてはいないので、カーネルの TCP の表に行はありません。
      The address and port now belong to this socket. It does not listen yet, so the kernel’s TCP table has no row for it.`,
    expect: listener.isUnlisted('CLOSE'),
    sources: ['man 2 bind', 'man 7 ip'],
  }),
  step('server-listen', listener.listens(), {
    before: `listen() で、ソケットを接続待ちにします。
      listen() turns the socket into one that takes connections.`,
    after: `状態が LISTEN になりました。これからは、接続要求が来るとカーネルが応えます。
      Its state is LISTEN now. From here on the kernel answers whoever asks for a connection.`,
    expect: listener.is('LISTEN', {recvQueue: 0}),
    sources: ['man 2 listen'],
  }),
];

/** The server closes its listening socket: the last call of every lesson here. */
export const serverCloseListener = step('server-close-listener', listener.closes(), {
  before: `最後に、待ち受けのソケットを閉じます。接続のソケットとは別のソケットなので、別に閉じる必要があります。
    Last, the listening socket is closed. It is a different socket from the connection’s, so it needs a close() of its own.`,
  after: `LISTEN の行が消えました。これからこのポートに connect() すると ECONNREFUSED で断られます。TIME_WAIT の行が残っていても、それはどのプロセスのものでもありません。
    The LISTEN row is gone. Whoever connects to this port now gets ECONNREFUSED. A TIME_WAIT row that may still be there belongs to no process.`,
  expect: listener.isGone,
  sources: ['man 2 close'],
});
