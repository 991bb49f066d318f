import type {Act, Lesson, SocketName} from '../src/model/lesson.ts';
import {accepts, closes, closesSecond, inOneStep, listens, makesSocket, reuses} from './kit/acts.ts';

/** To the port that this socket has or had; without one, to a port that the kernel chooses. */
const binds = (fd: SocketName, portOf?: SocketName): Act => ({
  actor: 'server',
  call: {name: 'bind', fd, address: {host: '127.0.0.1', port: portOf ? {of: portOf} : 0}},
});

const listensOn = (fd: SocketName): Act => ({actor: 'server', call: {name: 'listen', fd, backlog: 5}});

/** The client's socket and the server's end of the connection are named after the listening socket. */
const isVisited = (listener: SocketName): readonly Act[] => [
  makesSocket('client', `${listener}-client`),
  {actor: 'client', call: {name: 'connect', fd: `${listener}-client`, address: {of: listener}}},
  {actor: 'server', call: {name: 'accept', fd: listener}, creates: `${listener}-connection`},
];

/** A server on a port of its own, with one connection. */
const opens = (listener: SocketName, hasFlag = false): readonly [Act, ...Act[]] => [
  makesSocket('server', listener),
  ...(hasFlag ? [reuses('server', listener)] : []),
  binds(listener),
  listensOn(listener),
  ...isVisited(listener),
];

const serverClosesFirst = (listener: SocketName): readonly [Act, ...Act[]] => [
  closes('server', `${listener}-connection`),
  readsEnd('client', `${listener}-client`),
  closesSecond('client', `${listener}-client`, `${listener}-connection`),
  closes('server', listener),
];

const clientClosesFirst = (listener: SocketName): readonly [Act, ...Act[]] => [
  closes('client', `${listener}-client`),
  readsEnd('server', `${listener}-connection`),
  closesSecond('server', `${listener}-connection`, `${listener}-client`),
  closes('server', listener),
];

const readsEnd = (actor: 'server' | 'client', fd: SocketName): Act => ({
  actor,
  call: {name: 'recv', fd, length: 4096, flags: 0},
  does: {kind: 'returns', value: 0},
});

export const reuse: Lesson = {
  id: 'reuse',
  title: {ja: 'SO_REUSEADDR と TIME_WAIT', en: 'SO_REUSEADDR and TIME_WAIT'},
  about: {
    ja: 'サーバーを起動し直すと EADDRINUSE になるわけと、その直し方',
    en: 'why a server that is started again gets EADDRINUSE, and what helps',
  },
  minutes: 10,
  beliefs: {
    'closed-port-is-free': {
      ja: 'ソケットをすべて閉じれば、ポートはすぐに空く',
      en: 'once all sockets are closed, their port is free',
    },
    'one-flag-is-enough': {
      ja: 'SO_REUSEADDR は、前のソケットか新しいソケットのどちらかにあればよい',
      en: 'SO_REUSEADDR on either the old socket or the new one is enough',
    },
    'reuseaddr-shares-live-port': {
      ja: 'SO_REUSEADDR があれば、二つのサーバーが同じポートで待ち受けられる',
      en: 'with SO_REUSEADDR two servers can listen on the same port',
    },
    'restart-needs-reuseaddr': {
      ja: 'SO_REUSEADDR がなければ、同じポートですぐに起動し直すことはできない',
      en: 'without SO_REUSEADDR no server can be started again at once on its port',
    },
  },
  steps: [
    {
      id: 'old-life',
      ...inOneStep(...opens('first'), ...serverClosesFirst('first')),
      before: {
        ja: 'サーバーの一生を一気に進めます。bind() はポート 0、つまり番号をカーネルに選ばせます。クライアントが一つ来て、サーバーが先に閉じ、待ち受けも閉じます。SO_REUSEADDR は使いません。',
        en: 'A server’s whole life in one go. It binds to port 0, which lets the kernel choose the number; a client comes; the server closes the connection first, then its listening socket. It does not use SO_REUSEADDR.',
      },
      after: {
        ja: '両側とも、開いているソケットはもうありません。残ったのは、先に閉じたサーバー側の TIME_WAIT の行だけで、これはカーネルが Linux では 60 秒持ち続けます。',
        en: 'Neither side has a socket open. What stays is one row in TIME_WAIT on the side that closed first, the server’s; on Linux the kernel keeps it for 60 s.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'gone', socket: 'first'},
          {kind: 'gone', socket: 'first-client'},
          {kind: 'listed', socket: 'first-connection', state: 'TIME_WAIT'},
        ],
      },
      node: `const server = net.createServer(socket => socket.end());
server.listen(0, '127.0.0.1');  // but Node always sets SO_REUSEADDR here`,
      shows: 'kernel',
      sources: ['man 2 bind', 'RFC 9293 3.6.1'],
    },
    {
      id: 'neither-has-it',
      ...inOneStep(
        ...opens('plain'),
        ...serverClosesFirst('plain'),
        makesSocket('server', 'plain-again'),
        binds('plain-again', 'plain'),
      ),
      before: {
        ja: '同じ一生を別のポートで繰り返し、今度は、すぐに起動し直します。新しいソケットを、いま閉じたばかりのポートに bind() します。SO_REUSEADDR は、どちらにもありません。',
        en: 'The same life on another port, and this time the server is started again at once: a new socket is bound to the port that has just been closed. Neither has SO_REUSEADDR.',
      },
      predict: {
        belief: 'closed-port-is-free',
        question: {ja: '最後の bind() はどうなりますか。', en: 'What will that last bind() do?'},
        choices: [
          {
            text: {ja: '0 が返る(もうだれも使っていない)', en: 'return 0: nobody uses the port any more'},
            claim: {outcome: {kind: 'returns', value: 0}},
            because: {
              ja: 'プロセスは使っていませんが、カーネルの TIME_WAIT がまだ使っています。',
              en: 'No process does, but the kernel’s TIME_WAIT still does.',
            },
          },
          {
            text: {ja: 'TIME_WAIT が終わるまで待つ', en: 'wait until TIME_WAIT is over'},
            claim: {outcome: {kind: 'waits'}},
            because: {ja: 'bind() は待ちません。すぐに答えます。', en: 'bind() does not wait; it answers at once.'},
          },
          {
            text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'},
            claim: {outcome: {kind: 'fails', errno: 'EADDRINUSE'}},
          },
        ],
      },
      hint: {
        ja: '閉じ終わったあとの表には、ポートを使っている行が一つ残っていました。',
        en: 'After the closing, one row was left in the table, and it uses the port.',
      },
      after: {
        ja: 'EADDRINUSE です。前のサーバーが動いていなくても起こります。TIME_WAIT の行もそのポートを使っていて、カーネルは、頼まれないかぎり同じポートを二重に割り当てません。',
        en: 'EADDRINUSE, although no server is running. The row in TIME_WAIT uses the port too, and the kernel does not give out a port twice unless it is asked to.',
      },
      expect: {
        outcome: {kind: 'fails', errno: 'EADDRINUSE'},
        sockets: [{kind: 'listed', socket: 'plain-connection', state: 'TIME_WAIT'}],
      },
      node: `// error.code is 'EADDRINUSE'. Node names the call 'listen',
// but it is bind() that fails.`,
      sources: ['man 2 bind'],
    },
    {
      id: 'new-has-it',
      ...inOneStep(
        ...opens('bare'),
        ...serverClosesFirst('bare'),
        makesSocket('server', 'bare-again'),
        reuses('server', 'bare-again'),
        binds('bare-again', 'bare'),
      ),
      before: {
        ja: '「SO_REUSEADDR を付ければよい」と聞いたので、起動し直すソケットに付けました。前のサーバーの一生は今までどおりで、付いていません。',
        en: 'SO_REUSEADDR is said to help, so the socket that starts again has it now. The old server’s life was as before, without it.',
      },
      predict: {
        belief: 'one-flag-is-enough',
        question: {ja: '最後の bind() はどうなりますか。', en: 'What will the last bind() do?'},
        choices: [
          {
            text: {ja: 'やはり EADDRINUSE で失敗する', en: 'fail with EADDRINUSE again'},
            claim: {outcome: {kind: 'fails', errno: 'EADDRINUSE'}},
          },
          {
            text: {ja: '0 が返り、TIME_WAIT は消される', en: 'return 0, and the TIME_WAIT is removed'},
            claim: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'gone', socket: 'bare-connection'}]},
            because: {
              ja: 'SO_REUSEADDR に、TIME_WAIT を消す働きはありません。',
              en: 'SO_REUSEADDR does not remove a TIME_WAIT.',
            },
          },
          {
            text: {ja: '0 が返り、TIME_WAIT は並んで残る', en: 'return 0; the TIME_WAIT stays beside it'},
            claim: {
              outcome: {kind: 'returns', value: 0},
              sockets: [{kind: 'listed', socket: 'bare-connection', state: 'TIME_WAIT'}],
            },
            because: {
              ja: 'Linux は、いまポートを使っている側の同意も求めます。',
              en: 'Linux also wants the consent of what uses the port now.',
            },
          },
        ],
      },
      after: {
        ja: 'Linux では、新しい側と、いまポートを使っている側のすべてに SO_REUSEADDR が要ります。前の接続にはありませんでした。コードに付け足したのに、最初の再起動だけ失敗することがあるのは、このためです。',
        en: 'On Linux both must have SO_REUSEADDR: the new socket, and all that use the port now. The old connection did not. That is why the first restart after adding it to a program may still fail.',
      },
      expect: {
        outcome: {kind: 'fails', errno: 'EADDRINUSE'},
        sockets: [{kind: 'listed', socket: 'bare-connection', state: 'TIME_WAIT'}],
      },
      node: '// There is no such case between two Node servers: both have set it.',
      sources: ['man 7 socket', 'man 2 setsockopt'],
    },
    {
      id: 'flagged-opens',
      ...inOneStep(...opens('flagged', true)),
      before: {
        ja: 'では、はじめから SO_REUSEADDR を付けたサーバーを動かします。クライアントが一つ接続し、サーバーが accept() します。',
        en: 'So here is a server that sets SO_REUSEADDR from the start. A client connects, and the server accepts.',
      },
      after: {
        ja: '接続ができました。あとで TIME_WAIT になるのは待ち受けのソケットではなく、いま accept() が返したソケットのほうです。',
        en: 'They are connected. It is not the listening socket that will end in TIME_WAIT, but the one that accept() has just returned.',
      },
      expect: {
        outcome: {kind: 'returns-descriptor'},
        sockets: [
          {kind: 'listed', socket: 'flagged', state: 'LISTEN'},
          {kind: 'listed', socket: 'flagged-connection', state: 'ESTABLISHED'},
        ],
      },
      node: `server.listen(0, '127.0.0.1');
// socket, setsockopt(SO_REUSEADDR), bind and listen, all in one`,
      sources: ['man 7 socket'],
    },
    {
      id: 'flag-inherited',
      actor: 'server',
      call: {name: 'getsockopt', fd: 'flagged-connection', level: 'SOL_SOCKET', option: 'SO_REUSEADDR'},
      before: {
        ja: 'accept() が返したソケットには、だれも setsockopt() していません。SO_REUSEADDR の値を getsockopt() で聞いてみます。',
        en: 'Nobody has called setsockopt() on the socket that accept() returned. getsockopt() tells what its SO_REUSEADDR is.',
      },
      after: {
        ja: '1 です。accept() のソケットは、待ち受けのソケットの設定を受け継ぎます。閉じたあとの TIME_WAIT にもこの値が残り、次の bind() のときに調べられます。',
        en: '1: it has taken the setting over from the listening socket. The TIME_WAIT that comes of it will keep this value, and the next bind() will look at it.',
      },
      expect: {outcome: {kind: 'returns-option', value: 1}},
      node: '// Node has no call that asks for it.',
      sources: ['man 2 getsockopt', 'man 7 socket'],
    },
    {
      id: 'old-had-it',
      ...inOneStep(...serverClosesFirst('flagged'), makesSocket('server', 'forgetful'), binds('forgetful', 'flagged')),
      before: {
        ja: 'このサーバーも先に閉じて、TIME_WAIT を残します。ところが起動し直す側は SO_REUSEADDR を付け忘れたまま、同じポートに bind() します。',
        en: 'This server closes first as well and leaves a TIME_WAIT. But the one that starts again on its port has forgotten SO_REUSEADDR.',
      },
      predict: {
        belief: 'one-flag-is-enough',
        question: {ja: '最後の bind() はどうなりますか。', en: 'What will the last bind() do?'},
        choices: [
          {
            text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'},
            claim: {outcome: {kind: 'fails', errno: 'EADDRINUSE'}},
          },
          {
            text: {ja: '0 が返る(前の側が許している)', en: 'return 0: the old one allows it'},
            claim: {outcome: {kind: 'returns', value: 0}},
            because: {
              ja: '許されていても、頼まれなければ、カーネルは二重に割り当てません。',
              en: 'Allowed or not, the kernel does not give out a port twice unless it is asked to.',
            },
          },
        ],
      },
      after: {
        ja: 'これも EADDRINUSE です。片方だけでは、どちらであっても足りません。',
        en: 'EADDRINUSE once more. One of the two is not enough, whichever it is.',
      },
      expect: {
        outcome: {kind: 'fails', errno: 'EADDRINUSE'},
        sockets: [{kind: 'listed', socket: 'flagged-connection', state: 'TIME_WAIT'}],
      },
      node: '// A Node server cannot forget it.',
      sources: ['man 7 socket'],
    },
    {
      id: 'both-have-it',
      ...inOneStep(
        ...opens('agreed', true),
        ...serverClosesFirst('agreed'),
        makesSocket('server', 'again'),
        reuses('server', 'again'),
        binds('again', 'agreed'),
      ),
      before: {
        ja: '四つ目の組み合わせです。前のサーバーにも、起動し直すソケットにも、SO_REUSEADDR があります。',
        en: 'The fourth case. The old server has SO_REUSEADDR, and so has the socket that starts again.',
      },
      after: {
        ja: '通りました。四つのうち、両方にある場合だけです。TIME_WAIT の行は消えずに残り、ポートを分け合っています。',
        en: 'It worked, in this case alone of the four. The TIME_WAIT has not been removed; it shares the port.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'unlisted', socket: 'again', state: 'CLOSE'},
          {kind: 'local-port', socket: 'again', is: {of: 'agreed'}},
          {kind: 'listed', socket: 'agreed-connection', state: 'TIME_WAIT'},
        ],
      },
      node: `server.listen(port, '127.0.0.1');
// Node sets SO_REUSEADDR each time, so a restart finds it on both sides.`,
      sources: ['man 7 socket', 'man 2 bind'],
    },
    {
      id: 'serve-again',
      ...inOneStep(listensOn('again'), ...isVisited('again')),
      before: {
        ja: '起動し直したサーバーが listen() し、新しいクライアントが同じポートに接続します。',
        en: 'The restarted server listens, and a new client connects to the same port.',
      },
      after: {
        ja: '前の接続とは混ざりません。接続は両端のアドレスとポートの四つ組で区別され、新しいクライアントの一時ポートは前と違うからです。TIME_WAIT の仕事は、前の接続に遅れて届くセグメントの始末です。',
        en: 'It cannot be mistaken for the old connection: connections are told apart by the 4-tuple, and the new client has another ephemeral port. The TIME_WAIT only deals with late segments of the old one.',
      },
      expect: {
        outcome: {kind: 'returns-descriptor'},
        sockets: [
          {kind: 'listed', socket: 'again', state: 'LISTEN'},
          {kind: 'listed', socket: 'again-connection', state: 'ESTABLISHED'},
        ],
      },
      node: `server.on('connection', socket => {});`,
      sources: ['RFC 9293 3.6.1', 'man 2 accept'],
    },
    {
      id: 'bind-live',
      ...inOneStep(makesSocket('server', 'rival'), reuses('server', 'rival'), binds('rival', 'again')),
      before: {
        ja: 'うっかりサーバーをもう一つ起動したとします。また別のソケットに SO_REUSEADDR を付け、いま待ち受け中のポートに bind() します。両方に付いています。',
        en: 'Say that somebody starts the server twice. One more socket with SO_REUSEADDR is bound to the port where the server is listening now. Both have it.',
      },
      predict: {
        belief: 'reuseaddr-shares-live-port',
        question: {ja: 'bind() はどうなりますか。', en: 'What will bind() do?'},
        choices: [
          {
            text: {ja: '0 が返り、二つで分け合う', en: 'return 0: the two share the port'},
            claim: {
              outcome: {kind: 'returns', value: 0},
              sockets: [{kind: 'listed', socket: 'again', state: 'LISTEN'}],
            },
            because: {
              ja: '待ち受けを分け合うための設定は別にあり、SO_REUSEPORT といいます。',
              en: 'There is another option for sharing a listening port: SO_REUSEPORT.',
            },
          },
          {
            text: {ja: '0 が返り、前の待ち受けが終わる', en: 'return 0, and the first one stops listening'},
            claim: {
              outcome: {kind: 'returns', value: 0},
              sockets: [{kind: 'unlisted', socket: 'again', state: 'CLOSE'}],
            },
            because: {
              ja: 'それでは、よそのプログラムが接続を横取りできてしまいます。',
              en: 'Then any program could take another’s connections away.',
            },
          },
          {
            text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'},
            claim: {outcome: {kind: 'fails', errno: 'EADDRINUSE'}},
          },
        ],
      },
      after: {
        ja: 'LISTEN の行があれば、両方に付いていても断られます。同じ EADDRINUSE でも、TIME_WAIT なら待てば消え、LISTEN なら動いているサーバーがいます。どちらかは ss -tanp で分かります(bind() しただけのソケットも EADDRINUSE のもとですが、ss には出ません)。',
        en: 'Where a row is in LISTEN the answer is no, whatever both have set. So EADDRINUSE may mean a TIME_WAIT, which passes, or a server that is running; ss -tanp tells which. (A socket that is only bound gives EADDRINUSE too, and ss does not show it.)',
      },
      expect: {
        outcome: {kind: 'fails', errno: 'EADDRINUSE'},
        sockets: [{kind: 'listed', socket: 'again', state: 'LISTEN'}],
      },
      node: `server.on('error', error => console.error(error.code));  // EADDRINUSE`,
      sources: ['man 7 socket', 'man 8 ss'],
    },
    {
      id: 'again-closes',
      ...inOneStep(...clientClosesFirst('again')),
      before: {
        ja: 'このサーバーは止めます。今度は、クライアントが先に閉じます。',
        en: 'This server stops. This time the client closes first.',
      },
      after: {
        ja: '先に閉じたのはクライアントなので、この接続の TIME_WAIT は、クライアントの一時ポートの側に残りました。',
        en: 'Since the client closed first, this connection’s TIME_WAIT is on the client’s side, on its ephemeral port.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'gone', socket: 'again'},
          {kind: 'gone', socket: 'again-connection'},
          {kind: 'listed', socket: 'again-client', state: 'TIME_WAIT'},
        ],
      },
      node: 'socket.end();  // at the client',
      sources: ['RFC 9293 3.6.1'],
    },
    {
      id: 'client-closed-first',
      ...inOneStep(
        ...opens('polite'),
        ...clientClosesFirst('polite'),
        makesSocket('server', 'last'),
        binds('last', 'polite'),
      ),
      before: {
        ja: '最後に、二つ目の場面を別のポートで繰り返します。SO_REUSEADDR はどちらにもなく、違うのはクライアントが先に閉じることだけです。そのポートに、すぐ bind() します。',
        en: 'Last, the second scene once more on another port, with SO_REUSEADDR on neither. The only difference is that the client closes first. Then bind() to that port, at once.',
      },
      predict: {
        belief: 'restart-needs-reuseaddr',
        question: {ja: '最後の bind() はどうなりますか。', en: 'What will the last bind() do?'},
        choices: [
          {
            text: {ja: '0 が返る', en: 'return 0'},
            claim: {outcome: {kind: 'returns', value: 0}},
          },
          {
            text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'},
            claim: {outcome: {kind: 'fails', errno: 'EADDRINUSE'}},
            because: {
              ja: '残っている TIME_WAIT は、クライアントの一時ポートを使う行です。',
              en: 'The TIME_WAIT that is left uses the client’s ephemeral port.',
            },
          },
        ],
      },
      hint: {
        ja: 'サーバーのポートを自分の側(左)に持つ行が、表に残るでしょうか。',
        en: 'Will any row in the table still have the server’s port as its own end, on the left?',
      },
      after: {
        ja: '通りました。サーバーのポートを自分の側に持つ行がないからです。ただ、サーバーから先に閉じることはよくあるので、待ち受けのソケットには、いつも SO_REUSEADDR を付けておきます。',
        en: 'It worked: no row has the server’s port as its own end. Still, servers often are the first to close, so it is a good habit to set SO_REUSEADDR on every listening socket.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'local-port', socket: 'last', is: {of: 'polite'}},
          {kind: 'gone', socket: 'polite-connection'},
          {kind: 'listed', socket: 'polite-client', state: 'TIME_WAIT'},
        ],
      },
      node: `net.connect(port, '127.0.0.1').end();  // the client closes first`,
      shows: 'kernel',
      sources: ['man 2 bind', 'man 7 socket', 'RFC 9293 3.6.1'],
    },
    {
      id: 'server-closes',
      ...inOneStep(
        closes('server', 'plain-again'),
        closes('server', 'bare-again'),
        closes('server', 'forgetful'),
        closes('server', 'rival'),
        closes('server', 'last'),
      ),
      before: {
        ja: 'bind() に失敗したソケットも、まだ開いています。全部を閉じます。',
        en: 'The sockets whose bind() failed are open as well. All are closed now.',
      },
      after: {
        ja: '接続したことのないソケットは、閉じても何も残しません。',
        en: 'Sockets that were never connected leave nothing behind.',
      },
      expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'gone', socket: 'last'}]},
      node: 'server.close();',
      sources: ['man 2 close'],
    },
  ],
  summary: {
    ja: 'TIME_WAIT は、先に閉じた側のポートを使い続けます。そこに bind() できるように、Linux では前と後の両方のソケットに SO_REUSEADDR を付けます(片方では足りません)。待ち受け中のポートは、それでも断られます。Node の listen() は、Windows を除いて SO_REUSEADDR を付けます。',
    en: 'A TIME_WAIT goes on using the port of the side that closed first. To bind() to that port on Linux, set SO_REUSEADDR on both the old socket and the new one (one is not enough); where somebody listens, not even that will do. Node’s listen() sets it, except on Windows.',
  },
  review: [
    {
      id: 'client-with-its-own-port',
      belief: 'closed-port-is-free',
      steps: [
        {
          id: 'ready',
          ...inOneStep(
            ...listens(5),
            makesSocket('client', 'fixed'),
            {actor: 'client', call: {name: 'bind', fd: 'fixed', address: {host: '127.0.0.1', port: 0}}},
            {actor: 'client', call: {name: 'connect', fd: 'fixed', address: 'server'}},
            accepts('connection'),
          ),
          before: {
            ja: 'クライアントが、自分のポートを bind() で決めてから接続します。',
            en: 'A client binds a port of its own before it connects.',
          },
          after: {ja: 'つながりました。', en: 'They are connected.'},
          expect: {
            outcome: {kind: 'returns-descriptor'},
            sockets: [{kind: 'listed', socket: 'fixed', state: 'ESTABLISHED'}],
          },
          sources: ['man 2 bind'],
        },
        {
          id: 'bind',
          ...inOneStep(
            closes('client', 'fixed'),
            readsEnd('server', 'connection'),
            closesSecond('server', 'connection', 'fixed'),
            makesSocket('client', 'fixed-again'),
            {
              actor: 'client',
              call: {name: 'bind', fd: 'fixed-again', address: {host: '127.0.0.1', port: {of: 'fixed'}}},
            },
          ),
          before: {
            ja: 'クライアントが先に閉じ、サーバーも接続を閉じます。すぐにクライアントは新しいソケットを作り、同じポートにもう一度 bind() します。SO_REUSEADDR は使いません。',
            en: 'The client closes first, then the server. At once the client makes a new socket and binds it to the same port again. There is no SO_REUSEADDR.',
          },
          predict: {
            belief: 'closed-port-is-free',
            question: {ja: 'bind() はどうなりますか。', en: 'What will bind() do?'},
            choices: [
              {
                text: {ja: '0 が返る', en: 'return 0'},
                claim: {outcome: {kind: 'returns', value: 0}},
                because: {
                  ja: '先に閉じたのはクライアントなので、そのポートは TIME_WAIT が使っています。',
                  en: 'The client closed first, so there is a TIME_WAIT that uses its port.',
                },
              },
              {
                text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'},
                claim: {outcome: {kind: 'fails', errno: 'EADDRINUSE'}},
              },
              {
                text: {ja: '60 秒ほど待ってから 0 が返る', en: 'wait for about 60 s, then return 0'},
                claim: {outcome: {kind: 'waits'}},
                because: {ja: 'bind() は待ちません。', en: 'bind() does not wait.'},
              },
            ],
          },
          after: {
            ja: 'サーバーでなくても同じです。クライアントがふつう bind() しないのは、空いている一時ポートをカーネルに選ばせるためでもあります。',
            en: 'It is the same for a client. One more reason for clients not to bind: the kernel picks an ephemeral port that is free.',
          },
          expect: {
            outcome: {kind: 'fails', errno: 'EADDRINUSE'},
            sockets: [{kind: 'listed', socket: 'fixed', state: 'TIME_WAIT'}],
          },
          sources: ['man 2 bind'],
        },
        {
          id: 'close',
          ...inOneStep(closes('client', 'fixed-again'), closes('server', 'listener')),
          before: {ja: '両側が片付けます。', en: 'Both sides clear up.'},
          after: {ja: '何も開いていません。', en: 'Nothing is open any more.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'still-talking',
      belief: 'one-flag-is-enough',
      steps: [
        {
          id: 'ready',
          ...inOneStep(...opens('old'), closes('server', 'old')),
          before: {
            ja: 'サーバーが SO_REUSEADDR なしで待ち受け、クライアントを一つ accept() したあと、待ち受けのソケットだけを閉じます。接続は使い続けます。',
            en: 'A server without SO_REUSEADDR accepts one client and then closes its listening socket only. The connection stays in use.',
          },
          after: {
            ja: 'LISTEN の行はなく、ESTABLISHED の接続があります。',
            en: 'There is no row in LISTEN, and one connection in ESTABLISHED.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [
              {kind: 'gone', socket: 'old'},
              {kind: 'listed', socket: 'old-connection', state: 'ESTABLISHED'},
            ],
          },
          sources: ['man 2 close'],
        },
        {
          id: 'bind',
          ...inOneStep(makesSocket('server', 'new'), reuses('server', 'new'), binds('new', 'old')),
          before: {
            ja: 'サーバーが、新しいソケットに SO_REUSEADDR を付けて、同じポートに bind() します。',
            en: 'The server sets SO_REUSEADDR on a new socket and binds it to the same port.',
          },
          predict: {
            belief: 'one-flag-is-enough',
            question: {ja: 'bind() はどうなりますか。', en: 'What will bind() do?'},
            choices: [
              {
                text: {ja: '0 が返る(待ち受けはもうない)', en: 'return 0: nobody listens there any more'},
                claim: {outcome: {kind: 'returns', value: 0}},
                because: {
                  ja: '接続のソケットもこのポートを使っていて、SO_REUSEADDR がありません。',
                  en: 'The connection’s socket uses the port as well, and has no SO_REUSEADDR.',
                },
              },
              {
                text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'},
                claim: {outcome: {kind: 'fails', errno: 'EADDRINUSE'}},
              },
            ],
          },
          after: {
            ja: 'TIME_WAIT でなくても同じです。接続のソケットは待ち受けのソケットから 0 を受け継いでいて、カーネルは両方の同意を求めます。',
            en: 'It need not be a TIME_WAIT. The connection’s socket has inherited its 0 from the listening one, and the kernel wants both to agree.',
          },
          expect: {
            outcome: {kind: 'fails', errno: 'EADDRINUSE'},
            sockets: [{kind: 'listed', socket: 'old-connection', state: 'ESTABLISHED'}],
          },
          sources: ['man 7 socket'],
        },
        {
          id: 'close',
          ...inOneStep(closes('client', 'old-client'), closes('server', 'old-connection'), closes('server', 'new')),
          before: {ja: '両側が片付けます。', en: 'Both sides clear up.'},
          after: {ja: '何も開いていません。', en: 'Nothing is open any more.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'second-listen',
      belief: 'reuseaddr-shares-live-port',
      steps: [
        {
          id: 'ready',
          ...inOneStep(
            makesSocket('server', 'one'),
            reuses('server', 'one'),
            binds('one'),
            makesSocket('server', 'two'),
            reuses('server', 'two'),
            binds('two', 'one'),
            listensOn('one'),
          ),
          before: {
            ja: 'SO_REUSEADDR を付けた二つのソケットを、どちらもまだ listen() しないうちに、同じポートに bind() します。Linux では、これは両方とも通ります。そのあと、一つ目が listen() します。',
            en: 'Two sockets with SO_REUSEADDR are bound to the same port while neither of them listens; on Linux that works for both. Then the first one calls listen().',
          },
          after: {
            ja: '一つ目が LISTEN、二つ目は bind() したままです。',
            en: 'The first is in LISTEN; the second is only bound.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [
              {kind: 'listed', socket: 'one', state: 'LISTEN'},
              {kind: 'local-port', socket: 'two', is: {of: 'one'}},
            ],
          },
          sources: ['man 7 socket'],
        },
        {
          id: 'listen',
          ...inOneStep(listensOn('two')),
          before: {
            ja: '二つ目のソケットも listen() します。',
            en: 'The second socket calls listen() too.',
          },
          predict: {
            belief: 'reuseaddr-shares-live-port',
            question: {ja: 'listen() はどうなりますか。', en: 'What will listen() do?'},
            choices: [
              {
                text: {ja: '0 が返り、二つとも LISTEN になる', en: 'return 0: both are in LISTEN'},
                claim: {
                  outcome: {kind: 'returns', value: 0},
                  sockets: [{kind: 'listed', socket: 'one', state: 'LISTEN'}],
                },
                because: {
                  ja: 'どちらが接続を受けるのか決まらなくなります。それを許すのは SO_REUSEPORT です。',
                  en: 'Which of them would get a connection? Only SO_REUSEPORT allows that.',
                },
              },
              {
                text: {ja: '0 が返り、一つ目は LISTEN でなくなる', en: 'return 0; the first is no longer in LISTEN'},
                claim: {
                  outcome: {kind: 'returns', value: 0},
                  sockets: [{kind: 'unlisted', socket: 'one', state: 'CLOSE'}],
                },
                because: {
                  ja: 'listen() は、ほかのソケットの待ち受けをやめさせません。',
                  en: 'listen() never ends the listening of another socket.',
                },
              },
              {
                text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'},
                claim: {outcome: {kind: 'fails', errno: 'EADDRINUSE'}},
              },
            ],
          },
          after: {
            ja: 'SO_REUSEPORT がなければ、一つのアドレスとポートで待ち受けられるのは一つのソケットだけです。bind() で断られなければ、listen() で断られます。',
            en: 'Without SO_REUSEPORT only one socket may listen on an address and port. Where bind() did not refuse, listen() does.',
          },
          expect: {
            outcome: {kind: 'fails', errno: 'EADDRINUSE'},
            sockets: [{kind: 'listed', socket: 'one', state: 'LISTEN'}],
          },
          sources: ['man 2 listen', 'man 7 socket'],
        },
        {
          id: 'close',
          ...inOneStep(closes('server', 'two'), closes('server', 'one')),
          before: {ja: 'サーバーが片付けます。', en: 'The server clears up.'},
          after: {ja: '何も開いていません。', en: 'Nothing is open any more.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'nobody-came',
      belief: 'restart-needs-reuseaddr',
      steps: [
        {
          id: 'ready',
          ...inOneStep(makesSocket('server', 'old'), binds('old'), listensOn('old'), closes('server', 'old')),
          before: {
            ja: 'サーバーが SO_REUSEADDR なしで待ち受けます。クライアントは一つも来ないまま、サーバーは待ち受けを閉じます。',
            en: 'A server listens without SO_REUSEADDR. No client ever comes, and the server closes its listening socket.',
          },
          after: {ja: 'LISTEN の行が消えました。', en: 'The row in LISTEN is gone.'},
          expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'gone', socket: 'old'}]},
          sources: ['man 2 close'],
        },
        {
          id: 'bind',
          ...inOneStep(makesSocket('server', 'new'), binds('new', 'old')),
          before: {
            ja: 'すぐに新しいソケットを、SO_REUSEADDR なしで同じポートに bind() します。',
            en: 'At once a new socket, without SO_REUSEADDR, is bound to the same port.',
          },
          predict: {
            belief: 'restart-needs-reuseaddr',
            question: {ja: 'bind() はどうなりますか。', en: 'What will bind() do?'},
            choices: [
              {
                text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'},
                claim: {outcome: {kind: 'fails', errno: 'EADDRINUSE'}},
                because: {
                  ja: 'TIME_WAIT を残すのは接続です。待ち受けのソケットは残しません。',
                  en: 'It is connections that leave a TIME_WAIT. A listening socket leaves none.',
                },
              },
              {text: {ja: '0 が返る', en: 'return 0'}, claim: {outcome: {kind: 'returns', value: 0}}},
            ],
          },
          after: {
            ja: '接続がなかったので、TIME_WAIT もありません。ポートを使う行は一つも残っていません。',
            en: 'There was no connection, so there is no TIME_WAIT: nothing uses the port.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [{kind: 'local-port', socket: 'new', is: {of: 'old'}}],
          },
          sources: ['man 2 bind'],
        },
        {
          id: 'close',
          ...inOneStep(closes('server', 'new')),
          before: {ja: 'サーバーが片付けます。', en: 'The server clears up.'},
          after: {ja: '何も開いていません。', en: 'Nothing is open any more.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
  ],
};
