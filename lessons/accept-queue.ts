import type {Payload} from '../src/model/lesson.ts';
import {text} from './kit/bytes.ts';
import {connects, listens} from './kit/calls.ts';
import {closing} from './kit/closing.ts';
import {lesson, review} from './kit/lesson.ts';
import {completes, fails, gaveAddress, received, returns, sentAll, waits} from './kit/outcomes.ts';
import {sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';

const {listener, connection, connection2, connection3, client, one, two, three, client2, client3} = sockets({
  server: ['listener', 'connection', 'connection-2', 'connection-3'],
  client: ['client', 'one', 'two', 'three'],
  'client-2': ['client-2', 'client-3'],
});

const hello: Payload = text('hello');
const goodbye: Payload = text('goodbye');
const five: Payload = text('12345');

export const acceptQueue = lesson({
  id: 'accept-queue',
  title: {ja: 'accept() の前につながる?', en: 'Connected before accept()?'},
  about: `accept() の前でも、つながるのか。そのとき送ったバイトはどこへ行くのか
    Is one connected before accept()? And where do bytes go that are sent by then?`,
  minutes: 9,
  actors: ['server', 'client', 'client-2'],
  beliefs: {
    'nothing-before-accept': `accept() の前に送ったデータは、サーバーに届かない
      what is sent before accept() does not reach the server`,
    'listener-carries-data': `データは、待ち受けのソケットでやり取りする
      data goes through the listening socket`,
    'listener-queue-is-bytes': `LISTEN の行の Recv-Q は、届いたバイト数だ
      Recv-Q in a LISTEN row counts bytes`,
    'closing-leaves-the-queue': `クライアントが先に閉じれば、接続はキューから消える
      a connection whose client closes drops out of the queue`,
  },
  steps: [
    step('server-ready', listens(listener), {
      before: `サーバーが、いつもの四つの呼び出しで支度をします。ただし、accept() は当分呼びません。
        The server gets ready with its usual four calls. For a good while it will not call accept().`,
      after: `待ち受けが始まりました。LISTEN の行の Recv-Q は、いまは 0 です。何を数える欄なのかは、これから見ていきます。
        It is listening. The LISTEN row’s Recv-Q is 0 so far. Watch this number to see what it counts.`,
      expect: [listener.is('LISTEN', {recvQueue: 0}), listener.queue(0)],
      node: `const server = net.createServer();
server.listen({port}, '127.0.0.1');`,
      shows: 'kernel',
      sources: ['man 2 listen'],
    }),
    step('client-connect', connects(client), {
      before: `クライアントがソケットを作り、connect() します。サーバーは accept() を呼んでいません。
        The client makes a socket and calls connect(). The server has not called accept().`,
      after: `つながりました。3ウェイハンドシェイクは、両側のカーネルだけで終わります。サーバー側の端も、もう ESTABLISHED です。ただし持ち主のプロセスがないので、inode は 0 です。
        Connected. The kernels do the three-way handshake between themselves. The server’s end is ESTABLISHED as well; only, no process owns it yet, so its inode is 0.`,
      expect: [client.is('ESTABLISHED'), listener.queue(1, {state: 'ESTABLISHED', bytes: 0})],
      node: `const socket = net.connect({port}, '127.0.0.1');
socket.on('connect', () => {});  // comes even while the server is too busy to accept`,
      shows: 'kernel',
      sources: ['man 2 connect', 'man 2 listen', 'RFC 9293 3.5'],
    }),
    step('client-send', client.sends(hello), {
      before: `クライアントが「hello」の 5 バイトを send() します。サーバー側には、この接続のソケットを持つプロセスがまだありません。
        The client sends hello, 5 bytes. On the server’s side no process has a socket for this connection yet.`,
      belief: 'nothing-before-accept',
      question: {ja: '5 バイトはどうなりますか。', en: 'What will become of the 5 bytes?'},
      choices: [
        {
          text: {ja: 'サーバー側のカーネルが受け取って、取っておく', en: 'the server’s kernel takes and keeps them'},
          claim: [sentAll(hello), listener.queue(1, {bytes: hello})],
        },
        {
          text: `送れるが、受け取り手がないので捨てられる
            they are sent, but thrown away: nobody takes them`,
          claim: [sentAll(hello), listener.queue(1, {bytes: 0})],
          because: `受け取り手のプロセスはなくても、受信キューはもうカーネルの中にあります。
            There is no process yet, but the kernel already has a receive queue for them.`,
        },
        {
          text: {ja: 'accept() されるまで、send() が待たされる', en: 'send() has to wait for accept()'},
          claim: waits,
          because: `接続はもうできています。カーネルは accept() を待たずに運びます。
            The connection is there, and the kernel carries bytes without waiting for accept().`,
        },
      ],
      hint: {ja: 'サーバー側の端も、すでに ESTABLISHED でした。', en: 'The server’s end was ESTABLISHED already.'},
      after: `キューで待つ接続の受信キューに入りました(inode 0 の行の Recv-Q 5)。一方、LISTEN の行の Recv-Q は、connect() のときから 1 のままです。
        They are in the receive queue of the connection that waits: Recv-Q 5 in the row with inode 0. The LISTEN row’s Recv-Q is still 1, as it was after connect().`,
      expect: [
        sentAll(hello),
        listener.is('LISTEN', {recvQueue: 1}),
        listener.queue(1, {state: 'ESTABLISHED', bytes: hello}),
      ],
      node: `socket.write('hello');`,
      shows: 'kernel',
      sources: ['man 2 send', 'man 7 tcp'],
    }),
    step('server-recv-listener', listener.receives(), {
      before: `5 バイトは、もうサーバー側のカーネルにあります。サーバーが accept() を飛ばして、待ち受けのソケットで recv() してみます。
        The 5 bytes are in the kernel on the server’s side already. The server skips accept() and calls recv() on its listening socket.`,
      belief: 'listener-carries-data',
      question: {ja: 'recv() はどうなりますか。', en: 'What will recv() do?'},
      choices: [
        {
          text: {ja: '「hello」の 5 バイトが読める', en: 'read hello, 5 bytes'},
          claim: received(hello),
          because: `待つ接続が二つあったら、どちらのデータか分からなくなります。
            With two connections waiting, whose bytes would that be?`,
        },
        {
          text: {ja: '届くまで待つ', en: 'wait until something arrives'},
          claim: waits,
          because: `待ち受けのソケットには、データは決して届きません。待っても無駄だと、カーネルは知っています。
            No data ever arrives on a listening socket, and the kernel knows that waiting would be in vain.`,
        },
        {text: {ja: 'ENOTCONN で失敗する', en: 'fail with ENOTCONN'}, claim: asClaimed.of('outcome')},
      ],
      hint: `待ち受けのソケットの行には、相手のアドレスがありません。
        The listening socket’s row shows no address of a peer.`,
      after: `ENOTCONN(ソケットが接続されていない)です。待ち受けのソケットには相手がいません。データを持つのは接続ごとのソケットで、それを手に入れる方法が accept() です。
        ENOTCONN: not connected. A listening socket has no peer. Data belongs to each connection’s own socket, and it takes accept() to get that one.`,
      expect: [fails('ENOTCONN'), listener.queue(1, {bytes: hello})],
      node: `// A net.Server has no 'data' event and no write(): only its sockets do.`,
      sources: ['man 2 recv', 'man 2 accept'],
    }),
    step('client-2-connect', [...connects(client2), client2.sends(goodbye)], {
      before: `二人目のクライアントが接続し、「goodbye」の 7 バイトを送ります。一人目の 5 バイトも、まだ読まれていません。
        A second client connects and sends goodbye, 7 bytes. The first one’s 5 bytes have not been read either.`,
      belief: 'listener-queue-is-bytes',
      question: {ja: 'LISTEN の行の Recv-Q は、いくつになりますか。', en: 'What will Recv-Q in the LISTEN row be?'},
      choices: [
        {
          text: {ja: '12。届いたバイトの合計', en: '12, all bytes that have arrived'},
          claim: listener.is('LISTEN', {recvQueue: 12}),
          because: `バイトを数えるのは接続の行です。待ち受けのソケットはデータを持ちません。
            It is the connections’ rows that count bytes. A listening socket holds none.`,
        },
        {
          text: {ja: '2。待っている接続の数', en: '2, the connections that wait'},
          claim: listener.is('LISTEN', {recvQueue: 2}),
        },
        {
          text: {ja: '1。先頭の接続だけ', en: '1, only the first connection'},
          claim: listener.is('LISTEN', {recvQueue: 1}),
          because: `二つ目の接続も、できあがって同じキューで待っています。
            The second connection is finished too, and waits in the same queue.`,
        },
      ],
      hint: `connect() で 0 から 1 になり、5 バイトが届いても 1 のままでした。
        With connect() it went from 0 to 1, and it was still 1 when 5 bytes had arrived.`,
      after: `2 です。Recv-Q は、LISTEN の行では accept() を待つ接続の数、接続の行では読まれていないバイト数です。サーバーが accept() を呼ばないでいると、まず LISTEN の Recv-Q が増えていきます。
        The answer is 2: in a LISTEN row, Recv-Q counts the connections that wait for accept(); in a connection’s row, the unread bytes. When a server is slow to accept, the LISTEN row’s number grows.`,
      expect: [sentAll(goodbye), client2.is('ESTABLISHED'), listener.queue(2, {state: 'ESTABLISHED'})],
      node: `const another = net.connect({port}, '127.0.0.1');
another.write('goodbye');`,
      shows: 'kernel',
      sources: ['man 8 ss', 'man 2 listen'],
    }),
    step('server-accept', listener.accepts(connection), {
      before: `サーバーが、はじめて accept() を呼びます。キューには接続が二つあります。
        Now the server calls accept(), for the first time. There are two connections in the queue.`,
      after: `先に来た「client」の接続です。キューは先入れ先出しです。accept() は、取り出してファイルディスクリプターを付けただけです。パケットは送らず、クライアント側には何の変化もありません。
        It got the one that came first, client’s: first in, first out. accept() took it out and gave it a descriptor. It sent no packet, and nothing has changed for the client.`,
      expect: [
        gaveAddress({host: '127.0.0.1', port: client.place}),
        connection.is('ESTABLISHED', {recvQueue: hello}),
        client.is('ESTABLISHED'),
        listener.queue(1, {bytes: goodbye}),
      ],
      node: `server.on('connection', connection => {});
// Node calls accept4() as soon as its event loop is free.`,
      sources: ['man 2 accept'],
    }),
    step('server-recv', connection.receives(), {
      before: `新しいソケットで recv() します。クライアントは、accept() のあとには何も送っていません。
        The server calls recv() on the new socket. The client has sent nothing since accept().`,
      after: `待たずに 5 バイトが読めました。accept() よりずっと前に届いて、受信キューで待っていたバイトです。
        It got the 5 bytes at once. They had arrived long before accept() and waited in the receive queue.`,
      expect: [received(hello), connection.is('ESTABLISHED', {recvQueue: 0})],
      node: `connection.on('data', bytes => console.log(bytes));`,
      sources: ['man 2 recv'],
    }),
    step('client-2-close', client2.closes(), {
      before: `client-2 は、accept() を待たずに close() します。接続は、まだキューの中です。
        client-2 does not wait for accept(): it closes. Its connection is still in the queue.`,
      belief: 'closing-leaves-the-queue',
      question: {ja: 'キューにある接続はどうなりますか。', en: 'What becomes of the connection in the queue?'},
      choices: [
        {
          text: {ja: '相手がいなくなったので、キューから消える', en: 'it drops out: nobody is there any more'},
          claim: listener.queue(0),
          because: `消えると、届いていた 7 バイトも失われます。FIN は「もう送らない」という印で、取り消しではありません。
            That would lose the 7 bytes. FIN says “I will send no more”; it takes nothing back.`,
        },
        {
          text: {ja: 'ESTABLISHED のまま、キューに残る', en: 'it stays, ESTABLISHED'},
          claim: listener.queue(1, {state: 'ESTABLISHED'}),
          because: `届いた FIN に、サーバー側のカーネルは accept() を待たずに応えます。
            The server’s kernel answers the FIN without waiting for accept().`,
        },
        {
          text: {ja: 'CLOSE_WAIT になって、キューに残る', en: 'it stays, in CLOSE_WAIT'},
          claim: listener.queue(1, {state: 'CLOSE_WAIT'}),
        },
      ],
      hint: `つなぐときと同じように、閉じるときも、応えるのはカーネルです。
        It is the kernel that answers, when a connection ends just as when it begins.`,
      after: `CLOSE_WAIT になった接続が、7 バイトを持ったまま順番を待っています。Recv-Q が 8 なのは、届いた FIN も 1 と数えられるからです。
        Now in CLOSE_WAIT, the connection keeps its turn and its 7 bytes. Recv-Q says 8 because the FIN counts as 1.`,
      expect: [client2.is('FIN_WAIT2'), listener.queue(1, {state: 'CLOSE_WAIT', bytes: 8})],
      node: 'another.end();',
      shows: 'kernel',
      sources: ['man 2 close', 'RFC 9293 3.6'],
    }),
    step('server-accept-closed', listener.accepts(connection2), {
      before: `相手がもう閉じた接続を、サーバーが accept() します。
        The server accepts the connection whose client has already closed.`,
      after: `成功しました。新しいソケットは、はじめから CLOSE_WAIT です。accept() の成功は「相手がまだいる」という意味ではないので、サーバーは読んでみるまで分かりません。
        It worked, and the new socket is in CLOSE_WAIT from the start. A successful accept() does not mean that anyone is still there; a server finds out by reading.`,
      expect: [gaveAddress({host: '127.0.0.1', port: client2.place}), connection2.is('CLOSE_WAIT'), listener.queue(0)],
      node: `server.on('connection', connection => {});  // comes for it as well`,
      sources: ['man 2 accept'],
    }),
    step('server-recv-goodbye', connection2.receives(), {
      before: `client-2 が残していったものを、recv() で読みます。
        With recv() the server reads what client-2 left behind.`,
      after: `7 バイトとも無事です。送ったプロセスがソケットを閉じたあとでも、届いたデータは読めます。
        All 7 bytes are there. What has arrived can be read even after its sender has closed.`,
      expect: received(goodbye),
      sources: ['man 2 recv'],
    }),
    step('server-recv-end', [connection2.receives(), connection2.closes()], {
      before: `もう一度 recv() します。続けて close() して、この接続を片付けます。
        recv() once more, and then close(), which ends this connection.`,
      after: `recv() の 0 は、届いていた client-2 の FIN です。サーバーの close() で、逆の方向も閉じました。
        The 0 from recv() is client-2’s FIN, which had been there all along. The server’s close() has ended the other direction too.`,
      expect: connection2.isGone,
      node: `connection.on('end', () => {});  // Node answers with its own end by default`,
      sources: ['man 2 recv', 'man 2 close'],
    }),
    step('server-accept-empty', listener.accepts(connection3), {
      before: `キューは空です。サーバーが accept() を呼びます。
        The queue is empty. The server calls accept().`,
      after: `取り出すものがないので、accept() の中で眠ります。接続がキューに入れば、カーネルが起こします。
        There is nothing to take out, so it sleeps inside accept(). When a connection enters the queue, the kernel will wake it.`,
      expect: waits,
      node: `// Node never sleeps in accept(): it waits for all of its sockets at once, on Linux in epoll_wait().`,
      sources: ['man 2 accept'],
    }),
    step('client-2-again', connects(client3), {
      before: `client-2 が新しいソケットを作り、もう一度 connect() します。
        client-2 makes a new socket and connects once more.`,
      after: `ハンドシェイクが終わって接続がキューに入り、眠っていた accept() がすぐに取り出しました。だからキューは 0 のままに見えます。
        The handshake finished, the connection entered the queue, and the sleeping accept() took it at once. So the queue seems to have been empty all along.`,
      expect: [
        completes('server-accept-empty', gaveAddress({port: client3.place})),
        connection3.is('ESTABLISHED'),
        listener.queue(0),
      ],
      node: `net.connect({port}, '127.0.0.1');`,
      sources: ['man 2 connect', 'man 2 accept'],
    }),
    step(
      'all-close',
      [client.closes(), client3.closes(), connection.closes(), connection3.closes(), listener.closes()],
      {
        before: `全員が片付けます。クライアントが先に閉じ、サーバーは接続を二つ、最後に待ち受けを閉じます。
          Everybody clears up: first the clients, then the server with its two connections and, last, the listening socket.`,
        after: `サーバーは三つのソケットを別々に閉じました。待ち受けと、接続ごとのソケットは、それぞれ別のものだからです。
          The server had three sockets to close: the listening one, and one for each connection. They are all separate.`,
        expect: [listener.isGone, connection.isGone, connection3.isGone],
        node: 'socket.end();\nserver.close();',
        sources: ['man 2 close'],
      },
    ),
  ],
  summary: `接続を作るのはカーネルで、accept() はできあがった接続をキューから古い順に取り出すだけです。取り出される前でも、データは届き、相手は閉じることもできます。やり取りは、いつも accept() が返したソケットで行います。
    The kernel makes connections; accept() only takes finished ones out of the queue, the oldest first. Before that, data may arrive and the peer may even close. All data goes through the socket that accept() returns.`,
  review: [
    review('sent-and-gone', [
      step('ready', [...listens(listener), ...connects(client), client.sends(five), client.closes()], {
        before: `サーバーが待ち受け、クライアントが接続して 5 バイト送り、すぐに閉じます。accept() は、まだです。
          A server listens; a client connects, sends 5 bytes and closes at once. There was no accept() yet.`,
        after: {ja: '接続は、キューの中で待っています。', en: 'The connection waits in the queue.'},
        expect: listener.queue(1),
        sources: ['man 2 listen'],
      }),
      step('recv', [listener.accepts(connection), connection.receives()], {
        before: `いまになって、サーバーが accept() し、そのソケットで recv() します。
          Only now does the server call accept(), and recv() on the socket that it gets.`,
        belief: 'nothing-before-accept',
        question: {ja: 'recv() は何を返しますか。', en: 'What will recv() return?'},
        choices: [
          {
            text: {ja: '0。相手はもう閉じている', en: '0: the client has closed'},
            claim: returns(0),
            because: `0 になるのは、届いたデータを読み終えたあとです。
              The 0 comes after what has arrived was read.`,
          },
          {text: {ja: '5 バイト', en: 'the 5 bytes'}, claim: asClaimed},
          {
            text: {ja: '-1 と ECONNRESET', en: '-1 and ECONNRESET'},
            claim: fails('ECONNRESET'),
            because: `ふつうの close() は FIN を送ります。届いたデータはそのまま残ります。
              An ordinary close() sends FIN, and what has arrived stays.`,
          },
        ],
        after: `5 バイトは、accept() の前からサーバー側の受信キューにありました。
          The 5 bytes had been in the receive queue on the server’s side since before accept().`,
        expect: received(five),
        sources: ['man 2 recv'],
      }),
      closing('close', [connection, listener]),
    ]),
    review('send-on-listener', [
      step('ready', [...listens(listener), ...connects(client), listener.accepts(connection)], {
        before: `クライアントが接続し、サーバーが accept() します。
          A client connects, and the server accepts.`,
        after: `サーバーには、待ち受けのソケットと接続のソケットがあります。
          The server has two sockets: the listening one and the connection’s.`,
        expect: connection.is('ESTABLISHED'),
        sources: ['man 2 accept'],
      }),
      step('send', listener.sends(hello), {
        before: `サーバーが、待ち受けのソケットのほうで「hello」を send() します。
          The server sends hello, using the listening socket.`,
        belief: 'listener-carries-data',
        question: {ja: '5 バイトはどうなりますか。', en: 'What will become of the 5 bytes?'},
        choices: [
          {
            text: `つながっているクライアント全員に届く(ここでは一人)
              they go to all connected clients, which is one here`,
            claim: [sentAll(hello), client.is('ESTABLISHED', {recvQueue: hello})],
            because: `待ち受けのソケットは、自分から生まれた接続とつながっていません。
              A listening socket is not tied to the connections that came from it.`,
          },
          {
            text: {ja: '次に来るクライアントのために、取っておかれる', en: 'they are kept for the next client'},
            claim: [sentAll(hello), client.is('ESTABLISHED', {recvQueue: 0})],
            because: `送信キューは接続ごとにあります。まだない接続のために、バイトを置いておく所はありません。
              Send queues belong to connections. For one that is not there yet, there is no place to keep bytes.`,
          },
          {
            text: {ja: '送られない。send() が失敗する', en: 'they are not sent: send() fails'},
            claim: asClaimed.of('outcome'),
          },
        ],
        after: `Linux の答えは EPIPE です。待ち受けのソケットには、送る相手も送信キューもありません。全員に送るには、接続のソケットごとに send() します。
          Linux says EPIPE. A listening socket has no peer to send to. To reach everybody, a server calls send() on each connection’s socket.`,
        expect: [fails('EPIPE'), client.is('ESTABLISHED', {recvQueue: 0})],
        sources: ['man 2 send'],
      }),
      closing('close', [client, connection, listener]),
    ]),
    review('recv-queue-of-listener', [
      step('ready', [...listens(listener), ...connects(one), ...connects(two), ...connects(three)], {
        before: `一つのクライアントが、ソケットを三つ作って接続します。
          One client makes three sockets and connects them all.`,
        after: {ja: '三つとも、つながりました。', en: 'All three are connected.'},
        expect: listener.queue(3),
        sources: ['man 2 listen'],
      }),
      step('accept', [one.sends(five), two.sends(five), three.sends(five), listener.accepts(connection)], {
        before: `クライアントが、三つの接続それぞれに 5 バイト送ります。サーバーは accept() を一度だけ呼び、何も読みません。
          The client sends 5 bytes on each of the three. The server calls accept() once and reads nothing.`,
        belief: 'listener-queue-is-bytes',
        question: {ja: 'LISTEN の行の Recv-Q は、いくつになりますか。', en: 'What will Recv-Q in the LISTEN row be?'},
        choices: [
          {
            text: {ja: '15', en: '15'},
            claim: listener.is('LISTEN', {recvQueue: 15}),
            because: {ja: 'バイト数は、接続ごとの行にあります。', en: 'Bytes are counted in each connection’s row.'},
          },
          {
            text: {ja: '10', en: '10'},
            claim: listener.is('LISTEN', {recvQueue: 10}),
            because: {ja: 'バイト数は、接続ごとの行にあります。', en: 'Bytes are counted in each connection’s row.'},
          },
          {text: {ja: '2', en: '2'}, claim: listener.is('LISTEN', {recvQueue: 2})},
        ],
        after: `一つ取り出されて、待っている接続は二つです。LISTEN の Recv-Q は接続を数えます。
          One was taken out, two are waiting. In a LISTEN row, Recv-Q counts connections.`,
        expect: [listener.queue(2, {bytes: five}), connection.is('ESTABLISHED', {recvQueue: five})],
        sources: ['man 8 ss'],
      }),
      step('close', [listener.closes(), connection.closes(), one.closes(), two.closes(), three.closes()], {
        before: {ja: '全部を閉じます。', en: 'Everything is closed.'},
        after: `データを読まずに、または accept() もしないまま閉じたので、どの接続も RST で終わりました。
          One was closed with unread data, the others without ever being accepted: all three ended with RST.`,
        sources: ['man 2 close'],
      }),
    ]),
    review('accept-after-close', [
      step('ready', [...listens(listener), ...connects(client), client.closes()], {
        before: `ポートが開いているかを調べるだけのプログラムのように、クライアントが接続し、何も送らずに閉じます。
          Like a program that only checks whether a port is open, a client connects, sends nothing and closes.`,
        after: `クライアントのプロセスは、もうソケットを持っていません。FIN_WAIT2 の行は、カーネルだけのものです。
          The client’s process has no socket any more. The row in FIN_WAIT2 is the kernel’s alone.`,
        expect: client.is('FIN_WAIT2'),
        sources: ['man 2 close'],
      }),
      step('accept', listener.accepts(connection), {
        before: `サーバーが accept() を呼びます。ほかのクライアントはいません。
          The server calls accept(). There is no other client.`,
        belief: 'closing-leaves-the-queue',
        question: {ja: 'accept() はどうなりますか。', en: 'What will accept() do?'},
        choices: [
          {text: {ja: '新しいソケットを返す', en: 'return a new socket'}, claim: asClaimed.of('outcome')},
          {
            text: {ja: 'キューは空なので、待つ', en: 'wait: the queue is empty'},
            claim: waits,
            because: `閉じた接続も、サーバーが取り出すまでキューに残ります。
              A closed connection, too, stays in the queue until the server takes it out.`,
          },
          {
            text: {ja: 'ECONNABORTED で失敗する', en: 'fail with ECONNABORTED'},
            claim: fails('ECONNABORTED'),
            because: `FIN は中断ではありません。受信が終わっただけの、正常な接続です。
              FIN aborts nothing. It is a sound connection on which no more will arrive.`,
          },
        ],
        after: `返ったソケットは CLOSE_WAIT です。recv() すれば、すぐに 0 が返ります。
          The socket that it returned is in CLOSE_WAIT; recv() on it would return 0 at once.`,
        expect: connection.is('CLOSE_WAIT'),
        sources: ['man 2 accept'],
      }),
      closing('close', [connection, listener]),
    ]),
  ],
});
