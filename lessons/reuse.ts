import type {Act} from '../src/model/lesson.ts';
import {closesSecond, connects, does, listens} from './kit/calls.ts';
import {closing} from './kit/closing.ts';
import {lesson, review} from './kit/lesson.ts';
import {fails, gaveValue, returns, waits} from './kit/outcomes.ts';
import {Socket, sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';

const {first, firstConnection, plain, plainConnection, plainAgain, bare, bareConnection} = sockets({
  server: ['first', 'first-connection', 'plain', 'plain-connection', 'plain-again', 'bare', 'bare-connection'],
});
const {bareAgain, flagged, flaggedConnection, forgetful, agreed, agreedConnection} = sockets({
  server: ['bare-again', 'flagged', 'flagged-connection', 'forgetful', 'agreed', 'agreed-connection'],
});
const {again, againConnection, rival, polite, politeConnection, last, listener} = sockets({
  server: ['again', 'again-connection', 'rival', 'polite', 'polite-connection', 'last', 'listener'],
});
const {
  connection,
  old,
  oldConnection,
  new: newSocket,
  one,
  two,
} = sockets({server: ['connection', 'old', 'old-connection', 'new', 'one', 'two']});
const {firstClient, againClient, politeClient, fixed, fixedAgain, oldClient} = sockets({
  client: ['first-client', 'again-client', 'polite-client', 'fixed', 'fixed-again', 'old-client'],
});

/** To the port that this socket has or had; without one, to a port that the kernel chooses. */
const binds = (socket: Socket, portOf?: Socket): Act => socket.binds({host: '127.0.0.1', port: portOf?.place ?? 0});

/** The client's socket and the server's end of the connection are named after the listening socket. */
const guestsOf = ({name}: Socket) => ({
  client: new Socket('client', `${name}-client`),
  connection: new Socket('server', `${name}-connection`),
});

const isVisited = (listener: Socket): readonly Act[] => {
  const {client, connection} = guestsOf(listener);
  return [...connects(client, listener), listener.accepts(connection)];
};

/** A server on a port of its own, with one connection. */
const opens = (listener: Socket, hasFlag = false): readonly [Act, ...Act[]] => [
  listener.opens(),
  ...(hasFlag ? [listener.sets('SO_REUSEADDR', 1)] : []),
  binds(listener),
  listener.listens(),
  ...isVisited(listener),
];

/** One side closes, the other reads that and closes too, and at last the listening socket is closed. */
const part = (first: Socket, second: Socket, listener: Socket): readonly [Act, ...Act[]] => [
  first.closes(),
  does(second.receives(), returns(0)),
  closesSecond(second, first),
  listener.closes(),
];

const serverClosesFirst = (listener: Socket): readonly [Act, ...Act[]] => {
  const {client, connection} = guestsOf(listener);
  return part(connection, client, listener);
};

const clientClosesFirst = (listener: Socket): readonly [Act, ...Act[]] => {
  const {client, connection} = guestsOf(listener);
  return part(client, connection, listener);
};

export const reuse = lesson({
  id: 'reuse',
  title: {ja: 'SO_REUSEADDR と TIME_WAIT', en: 'SO_REUSEADDR and TIME_WAIT'},
  about: `サーバーを起動し直すと、なぜ EADDRINUSE になるのか
    Why does a server that is started again get EADDRINUSE, and what helps?`,
  minutes: 10,
  beliefs: {
    'closed-port-is-free': `ソケットをすべて閉じれば、ポートはすぐに空く
      once all sockets are closed, their port is free`,
    'one-flag-is-enough': `SO_REUSEADDR は、前のソケットか新しいソケットのどちらかにあればよい
      SO_REUSEADDR on either the old socket or the new one is enough`,
    'reuseaddr-shares-live-port': `SO_REUSEADDR があれば、二つのサーバーが同じポートで待ち受けられる
      with SO_REUSEADDR two servers can listen on the same port`,
    'restart-needs-reuseaddr': `SO_REUSEADDR がなければ、同じポートですぐに起動し直すことはできない
      without SO_REUSEADDR no server can be started again at once on its port`,
  },
  steps: [
    step('old-life', [...opens(first), ...serverClosesFirst(first)], {
      before: `サーバーの一生を一気に進めます。bind() はポート 0、つまり番号をカーネルに選ばせます。クライアントが一つ来て、サーバーが先に閉じ、待ち受けも閉じます。SO_REUSEADDR は使いません。
        A server’s whole life in one go. It binds to port 0, which lets the kernel choose the number; a client comes; the server closes the connection first, then its listening socket. It does not use SO_REUSEADDR.`,
      after: `両側とも、開いているソケットはもうありません。残ったのは、先に閉じたサーバー側の TIME_WAIT の行だけで、これはカーネルが Linux では 60 秒持ち続けます。
        Neither side has a socket open. What stays is one row in TIME_WAIT on the side that closed first, the server’s; on Linux the kernel keeps it for 60 s.`,
      expect: [first.isGone, firstClient.isGone, firstConnection.is('TIME_WAIT')],
      node: `const server = net.createServer(socket => socket.end());
server.listen(0, '127.0.0.1');  // but Node always sets SO_REUSEADDR here`,
      shows: 'kernel',
      sources: ['man 2 bind', 'RFC 9293 3.6.1'],
    }),
    step(
      'neither-has-it',
      [...opens(plain), ...serverClosesFirst(plain), plainAgain.opens(), binds(plainAgain, plain)],
      {
        before: `同じ一生を別のポートで繰り返し、今度は、すぐに起動し直します。新しいソケットを、いま閉じたばかりのポートに bind() します。SO_REUSEADDR は、どちらにもありません。
          The same life on another port, and this time the server is started again at once: a new socket is bound to the port that has just been closed. Neither has SO_REUSEADDR.`,
        belief: 'closed-port-is-free',
        question: {ja: '最後の bind() はどうなりますか。', en: 'What will that last bind() do?'},
        choices: [
          {
            text: {ja: '0 が返る(もうだれも使っていない)', en: 'return 0: nobody uses the port any more'},
            claim: returns(0),
            because: `プロセスは使っていませんが、カーネルの TIME_WAIT がまだ使っています。
              No process does, but the kernel’s TIME_WAIT still does.`,
          },
          {
            text: {ja: 'TIME_WAIT が終わるまで待つ', en: 'wait until TIME_WAIT is over'},
            claim: waits,
            because: {ja: 'bind() は待ちません。すぐに答えます。', en: 'bind() does not wait; it answers at once.'},
          },
          {text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'}, claim: asClaimed.of('outcome')},
        ],
        hint: `閉じ終わったあとの表には、ポートを使っている行が一つ残っていました。
          After the closing, one row was left in the table, and it uses the port.`,
        after: `EADDRINUSE です。前のサーバーが動いていなくても起こります。TIME_WAIT の行もそのポートを使っていて、カーネルは、頼まれないかぎり同じポートを二重に割り当てません。
          EADDRINUSE, although no server is running. The row in TIME_WAIT uses the port too, and the kernel does not give out a port twice unless it is asked to.`,
        expect: [fails('EADDRINUSE'), plainConnection.is('TIME_WAIT')],
        node: `// error.code is 'EADDRINUSE'. Node names the call 'listen',
// but it is bind() that fails.`,
        sources: ['man 2 bind'],
      },
    ),
    step(
      'new-has-it',
      [
        ...opens(bare),
        ...serverClosesFirst(bare),
        bareAgain.opens(),
        bareAgain.sets('SO_REUSEADDR', 1),
        binds(bareAgain, bare),
      ],
      {
        before: `「SO_REUSEADDR を付ければよい」と聞いたので、起動し直すソケットに付けました。前のサーバーの一生は今までどおりで、付いていません。
          SO_REUSEADDR is said to help, so the socket that starts again has it now. The old server’s life was as before, without it.`,
        belief: 'one-flag-is-enough',
        question: {ja: '最後の bind() はどうなりますか。', en: 'What will the last bind() do?'},
        choices: [
          {
            text: {ja: 'やはり EADDRINUSE で失敗する', en: 'fail with EADDRINUSE again'},
            claim: asClaimed.of('outcome'),
          },
          {
            text: {ja: '0 が返り、TIME_WAIT は消される', en: 'return 0, and the TIME_WAIT is removed'},
            claim: [returns(0), bareConnection.isGone],
            because: `SO_REUSEADDR に、TIME_WAIT を消す働きはありません。
              SO_REUSEADDR does not remove a TIME_WAIT.`,
          },
          {
            text: {ja: '0 が返り、TIME_WAIT は並んで残る', en: 'return 0; the TIME_WAIT stays beside it'},
            claim: [returns(0), bareConnection.is('TIME_WAIT')],
            because: `Linux は、いまポートを使っている側の同意も求めます。
              Linux also wants the consent of what uses the port now.`,
          },
        ],
        after: `Linux では、新しい側と、いまポートを使っている側のすべてに SO_REUSEADDR が要ります。前の接続にはありませんでした。コードに付け足したのに、最初の再起動だけ失敗することがあるのは、このためです。
          On Linux both must have SO_REUSEADDR: the new socket, and all that use the port now. The old connection did not. That is why the first restart after adding it to a program may still fail.`,
        expect: [fails('EADDRINUSE'), bareConnection.is('TIME_WAIT')],
        node: '// There is no such case between two Node servers: both have set it.',
        sources: ['man 7 socket', 'man 2 setsockopt'],
      },
    ),
    step('flagged-opens', opens(flagged, true), {
      before: `では、はじめから SO_REUSEADDR を付けたサーバーを動かします。クライアントが一つ接続し、サーバーが accept() します。
        So here is a server that sets SO_REUSEADDR from the start. A client connects, and the server accepts.`,
      after: `接続ができました。あとで TIME_WAIT になるのは待ち受けのソケットではなく、いま accept() が返したソケットのほうです。
        They are connected. It is not the listening socket that will end in TIME_WAIT, but the one that accept() has just returned.`,
      expect: [flagged.is('LISTEN'), flaggedConnection.is('ESTABLISHED')],
      node: `server.listen(0, '127.0.0.1');
// socket, setsockopt(SO_REUSEADDR), bind and listen, all in one`,
      sources: ['man 7 socket'],
    }),
    step('flag-inherited', flaggedConnection.reads('SO_REUSEADDR'), {
      before: `accept() が返したソケットには、だれも setsockopt() していません。SO_REUSEADDR の値を getsockopt() で聞いてみます。
        Nobody has called setsockopt() on the socket that accept() returned. getsockopt() tells what its SO_REUSEADDR is.`,
      after: `1 です。accept() のソケットは、待ち受けのソケットの設定を受け継ぎます。閉じたあとの TIME_WAIT にもこの値が残り、次の bind() のときに調べられます。
        SO_REUSEADDR is 1: the socket has taken the setting over from the listening socket. The TIME_WAIT that comes of it will keep this value, and the next bind() will look at it.`,
      expect: gaveValue(1),
      node: '// Node has no call that asks for it.',
      sources: ['man 2 getsockopt', 'man 7 socket'],
    }),
    step('old-had-it', [...serverClosesFirst(flagged), forgetful.opens(), binds(forgetful, flagged)], {
      before: `このサーバーも先に閉じて、TIME_WAIT を残します。ところが起動し直す側は SO_REUSEADDR を付け忘れたまま、同じポートに bind() します。
        This server closes first as well and leaves a TIME_WAIT. But the one that starts again on its port has forgotten SO_REUSEADDR.`,
      belief: 'one-flag-is-enough',
      question: {ja: '最後の bind() はどうなりますか。', en: 'What will the last bind() do?'},
      choices: [
        {text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'}, claim: asClaimed.of('outcome')},
        {
          text: {ja: '0 が返る(前の側が許している)', en: 'return 0: the old one allows it'},
          claim: returns(0),
          because: `許されていても、頼まれなければ、カーネルは二重に割り当てません。
            Allowed or not, the kernel does not give out a port twice unless it is asked to.`,
        },
      ],
      after: `これも EADDRINUSE です。片方だけでは、どちらであっても足りません。
        EADDRINUSE once more. One of the two is not enough, whichever it is.`,
      expect: [fails('EADDRINUSE'), flaggedConnection.is('TIME_WAIT')],
      node: '// A Node server cannot forget it.',
      sources: ['man 7 socket'],
    }),
    step(
      'both-have-it',
      [
        ...opens(agreed, true),
        ...serverClosesFirst(agreed),
        again.opens(),
        again.sets('SO_REUSEADDR', 1),
        binds(again, agreed),
      ],
      {
        before: `四つ目の組み合わせです。前のサーバーにも、起動し直すソケットにも、SO_REUSEADDR があります。
          The fourth case. The old server has SO_REUSEADDR, and so has the socket that starts again.`,
        after: `通りました。四つのうち、両方にある場合だけです。TIME_WAIT の行は消えずに残り、ポートを分け合っています。
          It worked, in this case alone of the four. The TIME_WAIT has not been removed; it shares the port.`,
        expect: [again.isUnlisted('CLOSE'), again.hasPort(agreed.place), agreedConnection.is('TIME_WAIT')],
        node: `server.listen(port, '127.0.0.1');
// Node sets SO_REUSEADDR each time, so a restart finds it on both sides.`,
        sources: ['man 7 socket', 'man 2 bind'],
      },
    ),
    step('serve-again', [again.listens(), ...isVisited(again)], {
      before: `起動し直したサーバーが listen() し、新しいクライアントが同じポートに接続します。
        The restarted server listens, and a new client connects to the same port.`,
      after: `前の接続とは混ざりません。接続は両端のアドレスとポートの四つ組で区別され、新しいクライアントの一時ポートは前と違うからです。TIME_WAIT の仕事は、前の接続に遅れて届くセグメントの始末です。
        It cannot be mistaken for the old connection: connections are told apart by the 4-tuple, and the new client has another ephemeral port. The TIME_WAIT only deals with late segments of the old one.`,
      expect: [again.is('LISTEN'), againConnection.is('ESTABLISHED')],
      node: `server.on('connection', socket => {});`,
      sources: ['RFC 9293 3.6.1', 'man 2 accept'],
    }),
    step('bind-live', [rival.opens(), rival.sets('SO_REUSEADDR', 1), binds(rival, again)], {
      before: `うっかりサーバーをもう一つ起動したとします。また別のソケットに SO_REUSEADDR を付け、いま待ち受け中のポートに bind() します。両方に付いています。
        Say that somebody starts the server twice. One more socket with SO_REUSEADDR is bound to the port where the server is listening now. Both have it.`,
      belief: 'reuseaddr-shares-live-port',
      question: {ja: 'bind() はどうなりますか。', en: 'What will bind() do?'},
      choices: [
        {
          text: {ja: '0 が返り、二つで分け合う', en: 'return 0: the two share the port'},
          claim: [returns(0), again.is('LISTEN')],
          because: `待ち受けを分け合うための設定は別にあり、SO_REUSEPORT といいます。
            There is another option for sharing a listening port: SO_REUSEPORT.`,
        },
        {
          text: {ja: '0 が返り、前の待ち受けが終わる', en: 'return 0, and the first one stops listening'},
          claim: [returns(0), again.isUnlisted('CLOSE')],
          because: `それでは、よそのプログラムが接続を横取りできてしまいます。
            Then any program could take another’s connections away.`,
        },
        {text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'}, claim: asClaimed.of('outcome')},
      ],
      after: `LISTEN の行があれば、両方に付いていても断られます。同じ EADDRINUSE でも、TIME_WAIT なら待てば消え、LISTEN なら動いているサーバーがいます。どちらかは ss -tanp で分かります(bind() しただけのソケットも EADDRINUSE のもとですが、ss には出ません)。
        Where a row is in LISTEN the answer is no, whatever both have set. So EADDRINUSE may mean a TIME_WAIT, which passes, or a server that is running; ss -tanp tells which. (A socket that is only bound gives EADDRINUSE too, and ss does not show it.)`,
      expect: [fails('EADDRINUSE'), again.is('LISTEN')],
      node: `server.on('error', error => console.error(error.code));  // EADDRINUSE`,
      sources: ['man 7 socket', 'man 8 ss'],
    }),
    step('again-closes', clientClosesFirst(again), {
      before: `このサーバーは止めます。今度は、クライアントが先に閉じます。
        This server stops. This time the client closes first.`,
      after: `先に閉じたのはクライアントなので、この接続の TIME_WAIT は、クライアントの一時ポートの側に残りました。
        Since the client closed first, this connection’s TIME_WAIT is on the client’s side, on its ephemeral port.`,
      expect: [again.isGone, againConnection.isGone, againClient.is('TIME_WAIT')],
      node: 'socket.end();  // at the client',
      sources: ['RFC 9293 3.6.1'],
    }),
    step('client-closed-first', [...opens(polite), ...clientClosesFirst(polite), last.opens(), binds(last, polite)], {
      before: `最後に、二つ目の場面を別のポートで繰り返します。SO_REUSEADDR はどちらにもなく、違うのはクライアントが先に閉じることだけです。そのポートに、すぐ bind() します。
        Last, the second scene once more on another port, with SO_REUSEADDR on neither. The only difference is that the client closes first. Then bind() to that port, at once.`,
      belief: 'restart-needs-reuseaddr',
      question: {ja: '最後の bind() はどうなりますか。', en: 'What will the last bind() do?'},
      choices: [
        {text: {ja: '0 が返る', en: 'return 0'}, claim: asClaimed.of('outcome')},
        {
          text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'},
          claim: fails('EADDRINUSE'),
          because: `残っている TIME_WAIT は、クライアントの一時ポートを使う行です。
            The TIME_WAIT that is left uses the client’s ephemeral port.`,
        },
      ],
      hint: `サーバーのポートを自分の側(左)に持つ行が、表に残るでしょうか。
        Will any row in the table still have the server’s port as its own end, on the left?`,
      after: `通りました。サーバーのポートを自分の側に持つ行がないからです。ただ、サーバーから先に閉じることはよくあるので、待ち受けのソケットには、いつも SO_REUSEADDR を付けておきます。
        It worked: no row has the server’s port as its own end. Still, servers often are the first to close, so it is a good habit to set SO_REUSEADDR on every listening socket.`,
      expect: [last.hasPort(polite.place), politeConnection.isGone, politeClient.is('TIME_WAIT')],
      node: `net.connect(port, '127.0.0.1').end();  // the client closes first`,
      shows: 'kernel',
      sources: ['man 2 bind', 'man 7 socket', 'RFC 9293 3.6.1'],
    }),
    step(
      'server-closes',
      [plainAgain.closes(), bareAgain.closes(), forgetful.closes(), rival.closes(), last.closes()],
      {
        before: `bind() に失敗したソケットも、まだ開いています。全部を閉じます。
          The sockets whose bind() failed are open as well. All are closed now.`,
        after: `接続したことのないソケットは、閉じても何も残しません。
          Sockets that were never connected leave nothing behind.`,
        expect: last.isGone,
        node: 'server.close();',
        sources: ['man 2 close'],
      },
    ),
  ],
  summary: `TIME_WAIT は、先に閉じた側のポートを使い続けます。そこに bind() できるように、Linux では前と後の両方のソケットに SO_REUSEADDR を付けます(片方では足りません)。待ち受け中のポートは、それでも断られます。Node の listen() は、Windows を除いて SO_REUSEADDR を付けます。
    A TIME_WAIT goes on using the port of the side that closed first. To bind() to that port on Linux, set SO_REUSEADDR on both the old socket and the new one (one is not enough); where somebody listens, not even that will do. Node’s listen() sets it, except on Windows.`,
  review: [
    review('client-with-its-own-port', [
      step(
        'ready',
        [
          ...listens(listener),
          fixed.opens(),
          fixed.binds({host: '127.0.0.1', port: 0}),
          fixed.connects(),
          listener.accepts(connection),
        ],
        {
          before: `クライアントが、自分のポートを bind() で決めてから接続します。
            A client binds a port of its own before it connects.`,
          after: {ja: 'つながりました。', en: 'They are connected.'},
          expect: fixed.is('ESTABLISHED'),
          sources: ['man 2 bind'],
        },
      ),
      step(
        'bind',
        [
          fixed.closes(),
          does(connection.receives(), returns(0)),
          closesSecond(connection, fixed),
          fixedAgain.opens(),
          fixedAgain.binds({host: '127.0.0.1', port: fixed.place}),
        ],
        {
          before: `クライアントが先に閉じ、サーバーも接続を閉じます。すぐにクライアントは新しいソケットを作り、同じポートにもう一度 bind() します。SO_REUSEADDR は使いません。
            The client closes first, then the server. At once the client makes a new socket and binds it to the same port again. There is no SO_REUSEADDR.`,
          belief: 'closed-port-is-free',
          question: {ja: 'bind() はどうなりますか。', en: 'What will bind() do?'},
          choices: [
            {
              text: {ja: '0 が返る', en: 'return 0'},
              claim: returns(0),
              because: `先に閉じたのはクライアントなので、そのポートは TIME_WAIT が使っています。
                The client closed first, so there is a TIME_WAIT that uses its port.`,
            },
            {text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'}, claim: asClaimed.of('outcome')},
            {
              text: {ja: '60 秒ほど待ってから 0 が返る', en: 'wait for about 60 s, then return 0'},
              claim: waits,
              because: {ja: 'bind() は待ちません。', en: 'bind() does not wait.'},
            },
          ],
          after: `サーバーでなくても同じです。クライアントがふつう bind() しないのは、空いている一時ポートをカーネルに選ばせるためでもあります。
            It is the same for a client. One more reason for clients not to bind: the kernel picks an ephemeral port that is free.`,
          expect: [fails('EADDRINUSE'), fixed.is('TIME_WAIT')],
          sources: ['man 2 bind'],
        },
      ),
      closing('close', [fixedAgain, listener]),
    ]),
    review('still-talking', [
      step('ready', [...opens(old), old.closes()], {
        before: `サーバーが SO_REUSEADDR なしで待ち受け、クライアントを一つ accept() したあと、待ち受けのソケットだけを閉じます。接続は使い続けます。
          A server without SO_REUSEADDR accepts one client and then closes its listening socket only. The connection stays in use.`,
        after: `LISTEN の行はなく、ESTABLISHED の接続があります。
          There is no row in LISTEN, and one connection in ESTABLISHED.`,
        expect: [old.isGone, oldConnection.is('ESTABLISHED')],
        sources: ['man 2 close'],
      }),
      step('bind', [newSocket.opens(), newSocket.sets('SO_REUSEADDR', 1), binds(newSocket, old)], {
        before: `サーバーが、新しいソケットに SO_REUSEADDR を付けて、同じポートに bind() します。
          The server sets SO_REUSEADDR on a new socket and binds it to the same port.`,
        belief: 'one-flag-is-enough',
        question: {ja: 'bind() はどうなりますか。', en: 'What will bind() do?'},
        choices: [
          {
            text: {ja: '0 が返る(待ち受けはもうない)', en: 'return 0: nobody listens there any more'},
            claim: returns(0),
            because: `接続のソケットもこのポートを使っていて、SO_REUSEADDR がありません。
              The connection’s socket uses the port as well, and has no SO_REUSEADDR.`,
          },
          {text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'}, claim: asClaimed.of('outcome')},
        ],
        after: `TIME_WAIT でなくても同じです。接続のソケットは待ち受けのソケットから 0 を受け継いでいて、カーネルは両方の同意を求めます。
          It need not be a TIME_WAIT. The connection’s socket has inherited its 0 from the listening one, and the kernel wants both to agree.`,
        expect: [fails('EADDRINUSE'), oldConnection.is('ESTABLISHED')],
        sources: ['man 7 socket'],
      }),
      closing('close', [oldClient, oldConnection, newSocket]),
    ]),
    review('second-listen', [
      step(
        'ready',
        [
          one.opens(),
          one.sets('SO_REUSEADDR', 1),
          binds(one),
          two.opens(),
          two.sets('SO_REUSEADDR', 1),
          binds(two, one),
          one.listens(),
        ],
        {
          before: `SO_REUSEADDR を付けた二つのソケットを、どちらもまだ listen() しないうちに、同じポートに bind() します。Linux では、これは両方とも通ります。そのあと、一つ目が listen() します。
            Two sockets with SO_REUSEADDR are bound to the same port while neither of them listens; on Linux that works for both. Then the first one calls listen().`,
          after: `一つ目が LISTEN、二つ目は bind() したままです。
            The first is in LISTEN; the second is only bound.`,
          expect: [one.is('LISTEN'), two.hasPort(one.place)],
          sources: ['man 7 socket'],
        },
      ),
      step('listen', [two.listens()], {
        before: {ja: '二つ目のソケットも listen() します。', en: 'The second socket calls listen() too.'},
        belief: 'reuseaddr-shares-live-port',
        question: {ja: 'listen() はどうなりますか。', en: 'What will listen() do?'},
        choices: [
          {
            text: {ja: '0 が返り、二つとも LISTEN になる', en: 'return 0: both are in LISTEN'},
            claim: [returns(0), one.is('LISTEN')],
            because: `どちらが接続を受けるのか決まらなくなります。それを許すのは SO_REUSEPORT です。
              Which of them would get a connection? Only SO_REUSEPORT allows that.`,
          },
          {
            text: {ja: '0 が返り、一つ目は LISTEN でなくなる', en: 'return 0; the first is no longer in LISTEN'},
            claim: [returns(0), one.isUnlisted('CLOSE')],
            because: `listen() は、ほかのソケットの待ち受けをやめさせません。
              listen() never ends the listening of another socket.`,
          },
          {text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'}, claim: asClaimed.of('outcome')},
        ],
        after: `SO_REUSEPORT がなければ、一つのアドレスとポートで待ち受けられるのは一つのソケットだけです。bind() で断られなければ、listen() で断られます。
          Without SO_REUSEPORT only one socket may listen on an address and port. Where bind() did not refuse, listen() does.`,
        expect: [fails('EADDRINUSE'), one.is('LISTEN')],
        sources: ['man 2 listen', 'man 7 socket'],
      }),
      closing('close', [two, one]),
    ]),
    review('nobody-came', [
      step('ready', [old.opens(), binds(old), old.listens(), old.closes()], {
        before: `サーバーが SO_REUSEADDR なしで待ち受けます。クライアントは一つも来ないまま、サーバーは待ち受けを閉じます。
          A server listens without SO_REUSEADDR. No client ever comes, and the server closes its listening socket.`,
        after: {ja: 'LISTEN の行が消えました。', en: 'The row in LISTEN is gone.'},
        expect: old.isGone,
        sources: ['man 2 close'],
      }),
      step('bind', [newSocket.opens(), binds(newSocket, old)], {
        before: `すぐに新しいソケットを、SO_REUSEADDR なしで同じポートに bind() します。
          At once a new socket, without SO_REUSEADDR, is bound to the same port.`,
        belief: 'restart-needs-reuseaddr',
        question: {ja: 'bind() はどうなりますか。', en: 'What will bind() do?'},
        choices: [
          {
            text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'},
            claim: fails('EADDRINUSE'),
            because: `TIME_WAIT を残すのは接続です。待ち受けのソケットは残しません。
              It is connections that leave a TIME_WAIT. A listening socket leaves none.`,
          },
          {text: {ja: '0 が返る', en: 'return 0'}, claim: asClaimed.of('outcome')},
        ],
        after: `接続がなかったので、TIME_WAIT もありません。ポートを使う行は一つも残っていません。
          There was no connection, so there is no TIME_WAIT: nothing uses the port.`,
        expect: newSocket.hasPort(old.place),
        sources: ['man 2 bind'],
      }),
      closing('close', [newSocket]),
    ]),
  ],
});
