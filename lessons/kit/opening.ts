import type {Step} from '../../src/model/lesson.ts';

/** The server's first four calls, in short, for lessons that are about something later. `server-flow` has them at length. */
export const serverOpening: readonly Step[] = [
  {
    id: 'server-socket',
    actor: 'server',
    call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
    creates: 'listener',
    before: {
      ja: 'はじめにサーバーの支度をします。socket() で、待ち受けに使うソケットを作ります。AF_INET は IPv4、SOCK_STREAM はバイトストリーム(TCP)です。',
      en: 'First the server gets ready. socket() makes the socket that it will listen on. AF_INET is IPv4; SOCK_STREAM is a byte stream, which means TCP.',
    },
    after: {
      ja: '返った番号がファイルディスクリプターです。まだアドレスもポートもなく、パケットも送られていません。',
      en: 'The number that came back is the file descriptor. There is no address and no port yet, and no packet was sent.',
    },
    expect: {outcome: {kind: 'returns-descriptor'}, sockets: [{kind: 'unlisted', socket: 'listener', state: 'CLOSE'}]},
    sources: ['man 2 socket'],
  },
  {
    id: 'server-reuseaddr',
    actor: 'server',
    call: {name: 'setsockopt', fd: 'listener', level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1},
    before: {
      ja: 'SO_REUSEADDR を 1 にします。少し前のサーバーの接続が TIME_WAIT で残っていても、同じポートで始められるようにするためです。',
      en: 'SO_REUSEADDR is set to 1, so that the server can start on this port although connections of an earlier server may still be there in TIME_WAIT.',
    },
    after: {
      ja: '0 は成功です。この設定がないと、TIME_WAIT が残っているポートへの bind() は EADDRINUSE で断られます。「reuse」のレッスンで試します。',
      en: '0 means that it worked. Without it, a bind() to a port on which a TIME_WAIT is left fails with EADDRINUSE. The lesson “reuse” tries it.',
    },
    expect: {outcome: {kind: 'returns', value: 0}},
    sources: ['man 7 socket'],
  },
  {
    id: 'server-bind',
    actor: 'server',
    call: {name: 'bind', fd: 'listener', address: 'server'},
    before: {
      ja: 'bind() で、ソケットにアドレス 127.0.0.1 とポート {port} を割り当てます。',
      en: 'bind() gives the socket its address, 127.0.0.1, and its port, {port}.',
    },
    after: {
      ja: 'アドレスとポートはこのソケットのものになりました。まだ待ち受けてはいないので、カーネルの TCP の表に行はありません。',
      en: 'The address and port now belong to this socket. It does not listen yet, so the kernel’s TCP table has no row for it.',
    },
    expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'unlisted', socket: 'listener', state: 'CLOSE'}]},
    sources: ['man 2 bind', 'man 7 ip'],
  },
  {
    id: 'server-listen',
    actor: 'server',
    call: {name: 'listen', fd: 'listener', backlog: 5},
    before: {
      ja: 'listen() で、ソケットを接続待ちにします。',
      en: 'listen() turns the socket into one that takes connections.',
    },
    after: {
      ja: '状態が LISTEN になりました。これからは、接続要求が来るとカーネルが応えます。',
      en: 'Its state is LISTEN now. From here on the kernel answers whoever asks for a connection.',
    },
    expect: {
      outcome: {kind: 'returns', value: 0},
      sockets: [{kind: 'listed', socket: 'listener', state: 'LISTEN', recvQueue: 0}],
    },
    sources: ['man 2 listen'],
  },
];

/** The server closes its listening socket: the last call of every lesson here. */
export const serverCloseListener: Step = {
  id: 'server-close-listener',
  actor: 'server',
  call: {name: 'close', fd: 'listener'},
  before: {
    ja: '最後に、待ち受けのソケットを閉じます。接続のソケットとは別のソケットなので、別に閉じる必要があります。',
    en: 'Last, the listening socket is closed. It is a different socket from the connection’s, so it needs a close() of its own.',
  },
  after: {
    ja: 'LISTEN の行が消えました。これからこのポートに connect() すると ECONNREFUSED で断られます。TIME_WAIT の行が残っていても、それはどのプロセスのものでもありません。',
    en: 'The LISTEN row is gone. Whoever connects to this port now gets ECONNREFUSED. A TIME_WAIT row that may still be there belongs to no process.',
  },
  expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'gone', socket: 'listener'}]},
  sources: ['man 2 close'],
};
