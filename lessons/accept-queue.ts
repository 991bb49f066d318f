import type {Lesson, Payload} from '../src/model/lesson.ts';
import {accepts, closes, connects, inOneStep, listens} from './kit/acts.ts';

const hello: Payload = {kind: 'text', text: 'hello'};
const goodbye: Payload = {kind: 'text', text: 'goodbye'};
const five: Payload = {kind: 'text', text: '12345'};

export const acceptQueue: Lesson = {
  id: 'accept-queue',
  title: {ja: 'accept() の前につながる?', en: 'Connected before accept()?'},
  about: {
    ja: '接続待ちキューの中をのぞき、accept() の役目を確かめる',
    en: 'a look into the accept queue, and at what accept() does and does not do',
  },
  minutes: 9,
  actors: ['server', 'client', 'client-2'],
  beliefs: {
    'nothing-before-accept': {
      ja: 'accept() の前に送ったデータは、サーバーに届かない',
      en: 'what is sent before accept() does not reach the server',
    },
    'listener-carries-data': {
      ja: 'データは、待ち受けのソケットでやり取りする',
      en: 'data goes through the listening socket',
    },
    'listener-queue-is-bytes': {
      ja: 'LISTEN の行の Recv-Q は、届いたバイト数だ',
      en: 'Recv-Q in a LISTEN row counts bytes',
    },
    'closing-leaves-the-queue': {
      ja: 'クライアントが先に閉じれば、接続はキューから消える',
      en: 'a connection whose client closes drops out of the queue',
    },
  },
  steps: [
    {
      id: 'server-ready',
      ...inOneStep(...listens(5)),
      before: {
        ja: 'サーバーが、いつもの四つの呼び出しで支度をします。ただし、accept() は当分呼びません。',
        en: 'The server gets ready with its usual four calls. For a good while it will not call accept().',
      },
      after: {
        ja: '待ち受けが始まりました。LISTEN の行の Recv-Q は、いまは 0 です。何を数える欄なのかは、これから見ていきます。',
        en: 'It is listening. The LISTEN row’s Recv-Q is 0 so far. Watch this number to see what it counts.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'listener', state: 'LISTEN', recvQueue: 0},
          {kind: 'accept-queue', listener: 'listener', connections: 0},
        ],
      },
      node: `const server = net.createServer();
server.listen({port}, '127.0.0.1');`,
      shows: 'kernel',
      sources: ['man 2 listen'],
    },
    {
      id: 'client-connect',
      ...inOneStep(...connects('client', 'client')),
      before: {
        ja: 'クライアントがソケットを作り、connect() します。サーバーは accept() を呼んでいません。',
        en: 'The client makes a socket and calls connect(). The server has not called accept().',
      },
      after: {
        ja: 'つながりました。3ウェイハンドシェイクは、両側のカーネルだけで終わります。サーバー側の端も、もう ESTABLISHED です。ただし持ち主のプロセスがないので、inode は 0 です。',
        en: 'Connected. The kernels do the three-way handshake between themselves. The server’s end is ESTABLISHED as well; only, no process owns it yet, so its inode is 0.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'client', state: 'ESTABLISHED'},
          {kind: 'accept-queue', listener: 'listener', connections: 1, state: 'ESTABLISHED', bytes: 0},
        ],
      },
      node: `const socket = net.connect({port}, '127.0.0.1');
socket.on('connect', () => {});  // comes even while the server is too busy to accept`,
      shows: 'kernel',
      sources: ['man 2 connect', 'man 2 listen', 'RFC 9293 3.5'],
    },
    {
      id: 'client-send',
      actor: 'client',
      call: {name: 'send', fd: 'client', data: hello, flags: 0},
      before: {
        ja: 'クライアントが「hello」の 5 バイトを send() します。サーバー側には、この接続のソケットを持つプロセスがまだありません。',
        en: 'The client sends hello, 5 bytes. On the server’s side no process has a socket for this connection yet.',
      },
      predict: {
        belief: 'nothing-before-accept',
        question: {ja: '5 バイトはどうなりますか。', en: 'What will become of the 5 bytes?'},
        choices: [
          {
            text: {ja: 'サーバー側のカーネルが受け取って、取っておく', en: 'the server’s kernel takes and keeps them'},
            claim: {
              outcome: {kind: 'returns-bytes', bytes: hello},
              sockets: [{kind: 'accept-queue', listener: 'listener', connections: 1, bytes: hello}],
            },
          },
          {
            text: {
              ja: '送れるが、受け取り手がないので捨てられる',
              en: 'they are sent, but thrown away: nobody takes them',
            },
            claim: {
              outcome: {kind: 'returns-bytes', bytes: hello},
              sockets: [{kind: 'accept-queue', listener: 'listener', connections: 1, bytes: 0}],
            },
            because: {
              ja: '受け取り手のプロセスはなくても、受信キューはもうカーネルの中にあります。',
              en: 'There is no process yet, but the kernel already has a receive queue for them.',
            },
          },
          {
            text: {ja: 'accept() されるまで、send() が待たされる', en: 'send() has to wait for accept()'},
            claim: {outcome: {kind: 'waits'}},
            because: {
              ja: '接続はもうできています。カーネルは accept() を待たずに運びます。',
              en: 'The connection is there, and the kernel carries bytes without waiting for accept().',
            },
          },
        ],
      },
      hint: {
        ja: 'サーバー側の端も、すでに ESTABLISHED でした。',
        en: 'The server’s end was ESTABLISHED already.',
      },
      after: {
        ja: 'キューで待つ接続の受信キューに入りました(inode 0 の行の Recv-Q 5)。一方、LISTEN の行の Recv-Q は、connect() のときから 1 のままです。',
        en: 'They are in the receive queue of the connection that waits: Recv-Q 5 in the row with inode 0. The LISTEN row’s Recv-Q is still 1, as it was after connect().',
      },
      expect: {
        outcome: {kind: 'returns-bytes', bytes: hello},
        sockets: [
          {kind: 'listed', socket: 'listener', state: 'LISTEN', recvQueue: 1},
          {kind: 'accept-queue', listener: 'listener', connections: 1, state: 'ESTABLISHED', bytes: hello},
        ],
      },
      node: `socket.write('hello');`,
      shows: 'kernel',
      sources: ['man 2 send', 'man 7 tcp'],
    },
    {
      id: 'server-recv-listener',
      actor: 'server',
      call: {name: 'recv', fd: 'listener', length: 4096, flags: 0},
      before: {
        ja: '5 バイトは、もうサーバー側のカーネルにあります。サーバーが accept() を飛ばして、待ち受けのソケットで recv() してみます。',
        en: 'The 5 bytes are in the kernel on the server’s side already. The server skips accept() and calls recv() on its listening socket.',
      },
      predict: {
        belief: 'listener-carries-data',
        question: {ja: 'recv() はどうなりますか。', en: 'What will recv() do?'},
        choices: [
          {
            text: {ja: '「hello」の 5 バイトが読める', en: 'read hello, 5 bytes'},
            claim: {outcome: {kind: 'returns-bytes', bytes: hello}},
            because: {
              ja: '待つ接続が二つあったら、どちらのデータか分からなくなります。',
              en: 'With two connections waiting, whose bytes would that be?',
            },
          },
          {
            text: {ja: '届くまで待つ', en: 'wait until something arrives'},
            claim: {outcome: {kind: 'waits'}},
            because: {
              ja: '待ち受けのソケットには、データは決して届きません。待っても無駄だと、カーネルは知っています。',
              en: 'No data ever arrives on a listening socket, and the kernel knows that waiting would be in vain.',
            },
          },
          {
            text: {ja: 'ENOTCONN で失敗する', en: 'fail with ENOTCONN'},
            claim: {outcome: {kind: 'fails', errno: 'ENOTCONN'}},
          },
        ],
      },
      hint: {
        ja: '待ち受けのソケットの行には、相手のアドレスがありません。',
        en: 'The listening socket’s row shows no address of a peer.',
      },
      after: {
        ja: 'ENOTCONN(ソケットが接続されていない)です。待ち受けのソケットには相手がいません。データを持つのは接続ごとのソケットで、それを手に入れる方法が accept() です。',
        en: 'ENOTCONN: not connected. A listening socket has no peer. Data belongs to each connection’s own socket, and it takes accept() to get that one.',
      },
      expect: {
        outcome: {kind: 'fails', errno: 'ENOTCONN'},
        sockets: [{kind: 'accept-queue', listener: 'listener', connections: 1, bytes: hello}],
      },
      node: `// A net.Server has no 'data' event and no write(): only its sockets do.`,
      sources: ['man 2 recv', 'man 2 accept'],
    },
    {
      id: 'client-2-connect',
      ...inOneStep(...connects('client-2', 'client-2'), {
        actor: 'client-2',
        call: {name: 'send', fd: 'client-2', data: goodbye, flags: 0},
      }),
      before: {
        ja: '二人目のクライアントが接続し、「goodbye」の 7 バイトを送ります。一人目の 5 バイトも、まだ読まれていません。',
        en: 'A second client connects and sends goodbye, 7 bytes. The first one’s 5 bytes have not been read either.',
      },
      predict: {
        belief: 'listener-queue-is-bytes',
        question: {
          ja: 'LISTEN の行の Recv-Q は、いくつになりますか。',
          en: 'What will Recv-Q in the LISTEN row be?',
        },
        choices: [
          {
            text: {ja: '12(届いたバイトの合計)', en: '12, all bytes that have arrived'},
            claim: {sockets: [{kind: 'listed', socket: 'listener', state: 'LISTEN', recvQueue: 12}]},
            because: {
              ja: 'バイトを数えるのは接続の行です。待ち受けのソケットはデータを持ちません。',
              en: 'It is the connections’ rows that count bytes. A listening socket holds none.',
            },
          },
          {
            text: {ja: '2(待っている接続の数)', en: '2, the connections that wait'},
            claim: {sockets: [{kind: 'listed', socket: 'listener', state: 'LISTEN', recvQueue: 2}]},
          },
          {
            text: {ja: '1(先頭の接続だけ)', en: '1, only the first connection'},
            claim: {sockets: [{kind: 'listed', socket: 'listener', state: 'LISTEN', recvQueue: 1}]},
            because: {
              ja: '二つ目の接続も、できあがって同じキューで待っています。',
              en: 'The second connection is finished too, and waits in the same queue.',
            },
          },
        ],
      },
      hint: {
        ja: 'connect() で 0 から 1 になり、5 バイトが届いても 1 のままでした。',
        en: 'With connect() it went from 0 to 1, and it was still 1 when 5 bytes had arrived.',
      },
      after: {
        ja: '2 です。Recv-Q は、LISTEN の行では accept() を待つ接続の数、接続の行では読まれていないバイト数です。サーバーが accept() を怠ると、まず LISTEN の Recv-Q が増えていきます。',
        en: '2. In a LISTEN row, Recv-Q counts the connections that wait for accept(); in a connection’s row, the unread bytes. When a server is slow to accept, the LISTEN row’s number grows.',
      },
      expect: {
        outcome: {kind: 'returns-bytes', bytes: goodbye},
        sockets: [
          {kind: 'listed', socket: 'client-2', state: 'ESTABLISHED'},
          {kind: 'accept-queue', listener: 'listener', connections: 2, state: 'ESTABLISHED'},
        ],
      },
      node: `const another = net.connect({port}, '127.0.0.1');
another.write('goodbye');`,
      shows: 'kernel',
      sources: ['man 8 ss', 'man 2 listen'],
    },
    {
      id: 'server-accept',
      actor: 'server',
      call: {name: 'accept', fd: 'listener'},
      creates: 'connection',
      before: {
        ja: 'サーバーが、はじめて accept() を呼びます。キューには接続が二つあります。',
        en: 'Now the server calls accept(), for the first time. There are two connections in the queue.',
      },
      after: {
        ja: '先に来た「client」の接続です。キューは先入れ先出しです。accept() は、取り出してファイルディスクリプターを付けただけです。パケットは送らず、クライアント側には何の変化もありません。',
        en: 'It got the one that came first, client’s: first in, first out. accept() took it out and gave it a descriptor. It sent no packet, and nothing has changed for the client.',
      },
      expect: {
        outcome: {kind: 'returns-address', host: '127.0.0.1', port: {of: 'client'}},
        sockets: [
          {kind: 'listed', socket: 'connection', state: 'ESTABLISHED', recvQueue: hello},
          {kind: 'listed', socket: 'client', state: 'ESTABLISHED'},
          {kind: 'accept-queue', listener: 'listener', connections: 1, bytes: goodbye},
        ],
      },
      node: `server.on('connection', connection => {});
// Node calls accept4() as soon as its event loop is free.`,
      sources: ['man 2 accept'],
    },
    {
      id: 'server-recv',
      actor: 'server',
      call: {name: 'recv', fd: 'connection', length: 4096, flags: 0},
      before: {
        ja: '新しいソケットで recv() します。クライアントは、accept() のあとには何も送っていません。',
        en: 'The server calls recv() on the new socket. The client has sent nothing since accept().',
      },
      after: {
        ja: '待たずに 5 バイトが読めました。accept() よりずっと前に届いて、受信キューで待っていたバイトです。',
        en: 'It got the 5 bytes at once. They had arrived long before accept() and waited in the receive queue.',
      },
      expect: {
        outcome: {kind: 'returns-bytes', bytes: hello},
        sockets: [{kind: 'listed', socket: 'connection', state: 'ESTABLISHED', recvQueue: 0}],
      },
      node: `connection.on('data', bytes => console.log(bytes));`,
      sources: ['man 2 recv'],
    },
    {
      id: 'client-2-close',
      actor: 'client-2',
      call: {name: 'close', fd: 'client-2'},
      before: {
        ja: 'client-2 は、accept() を待たずに close() します。接続は、まだキューの中です。',
        en: 'client-2 does not wait for accept(): it closes. Its connection is still in the queue.',
      },
      predict: {
        belief: 'closing-leaves-the-queue',
        question: {ja: 'キューにある接続はどうなりますか。', en: 'What becomes of the connection in the queue?'},
        choices: [
          {
            text: {ja: '相手がいなくなったので、キューから消える', en: 'it drops out: nobody is there any more'},
            claim: {sockets: [{kind: 'accept-queue', listener: 'listener', connections: 0}]},
            because: {
              ja: '消えると、届いていた 7 バイトも失われます。FIN は「もう送らない」という印で、取り消しではありません。',
              en: 'That would lose the 7 bytes. FIN says “I will send no more”; it takes nothing back.',
            },
          },
          {
            text: {ja: 'ESTABLISHED のまま、キューに残る', en: 'it stays, ESTABLISHED'},
            claim: {
              sockets: [{kind: 'accept-queue', listener: 'listener', connections: 1, state: 'ESTABLISHED'}],
            },
            because: {
              ja: '届いた FIN に、サーバー側のカーネルは accept() を待たずに応えます。',
              en: 'The server’s kernel answers the FIN without waiting for accept().',
            },
          },
          {
            text: {ja: 'CLOSE_WAIT になって、キューに残る', en: 'it stays, in CLOSE_WAIT'},
            claim: {
              sockets: [{kind: 'accept-queue', listener: 'listener', connections: 1, state: 'CLOSE_WAIT'}],
            },
          },
        ],
      },
      hint: {
        ja: 'つなぐときと同じように、閉じるときも、応えるのはカーネルです。',
        en: 'It is the kernel that answers, when a connection ends just as when it begins.',
      },
      after: {
        ja: 'CLOSE_WAIT になった接続が、7 バイトを持ったまま順番を待っています。Recv-Q が 8 なのは、届いた FIN も 1 と数えられるからです。',
        en: 'Now in CLOSE_WAIT, the connection keeps its turn and its 7 bytes. Recv-Q says 8 because the FIN counts as 1.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'client-2', state: 'FIN_WAIT2'},
          {kind: 'accept-queue', listener: 'listener', connections: 1, state: 'CLOSE_WAIT', bytes: 8},
        ],
      },
      node: 'another.end();',
      shows: 'kernel',
      sources: ['man 2 close', 'RFC 9293 3.6'],
    },
    {
      id: 'server-accept-closed',
      actor: 'server',
      call: {name: 'accept', fd: 'listener'},
      creates: 'connection-2',
      before: {
        ja: '相手がもう閉じた接続を、サーバーが accept() します。',
        en: 'The server accepts the connection whose client has already closed.',
      },
      after: {
        ja: '成功しました。新しいソケットは、はじめから CLOSE_WAIT です。accept() の成功は「相手がまだいる」という意味ではないので、サーバーは読んでみるまで分かりません。',
        en: 'It worked, and the new socket is in CLOSE_WAIT from the start. A successful accept() does not mean that anyone is still there; a server finds out by reading.',
      },
      expect: {
        outcome: {kind: 'returns-address', host: '127.0.0.1', port: {of: 'client-2'}},
        sockets: [
          {kind: 'listed', socket: 'connection-2', state: 'CLOSE_WAIT'},
          {kind: 'accept-queue', listener: 'listener', connections: 0},
        ],
      },
      node: `server.on('connection', connection => {});  // comes for it as well`,
      sources: ['man 2 accept'],
    },
    {
      id: 'server-recv-goodbye',
      actor: 'server',
      call: {name: 'recv', fd: 'connection-2', length: 4096, flags: 0},
      before: {
        ja: 'client-2 が残していったものを、recv() で読みます。',
        en: 'With recv() the server reads what client-2 left behind.',
      },
      after: {
        ja: '7 バイトとも無事です。送ったプロセスがソケットを閉じたあとでも、届いたデータは読めます。',
        en: 'All 7 bytes are there. What has arrived can be read even after its sender has closed.',
      },
      expect: {outcome: {kind: 'returns-bytes', bytes: goodbye}},
      sources: ['man 2 recv'],
    },
    {
      id: 'server-recv-end',
      actor: 'server',
      call: {name: 'recv', fd: 'connection-2', length: 4096, flags: 0},
      also: [closes('server', 'connection-2')],
      before: {
        ja: 'もう一度 recv() します。続けて close() して、この接続を片付けます。',
        en: 'recv() once more, and then close(), which ends this connection.',
      },
      after: {
        ja: 'recv() の 0 は、届いていた client-2 の FIN です。サーバーの close() で、逆の方向も閉じました。',
        en: 'The 0 from recv() is client-2’s FIN, which had been there all along. The server’s close() has ended the other direction too.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [{kind: 'gone', socket: 'connection-2'}],
      },
      node: `connection.on('end', () => {});  // Node answers with its own end by default`,
      sources: ['man 2 recv', 'man 2 close'],
    },
    {
      id: 'server-accept-empty',
      actor: 'server',
      call: {name: 'accept', fd: 'listener'},
      creates: 'connection-3',
      before: {
        ja: 'キューは空です。サーバーが accept() を呼びます。',
        en: 'The queue is empty. The server calls accept().',
      },
      after: {
        ja: '取り出すものがないので、accept() の中で眠ります。接続がキューに入れば、カーネルが起こします。',
        en: 'There is nothing to take out, so it sleeps inside accept(). When a connection enters the queue, the kernel will wake it.',
      },
      expect: {outcome: {kind: 'waits'}},
      node: `// Node never sleeps in accept(): it waits for all of its sockets at once, on Linux in epoll_wait().`,
      sources: ['man 2 accept'],
    },
    {
      id: 'client-2-again',
      ...inOneStep(...connects('client-2', 'client-3')),
      before: {
        ja: 'client-2 が新しいソケットを作り、もう一度 connect() します。',
        en: 'client-2 makes a new socket and connects once more.',
      },
      after: {
        ja: 'ハンドシェイクが終わって接続がキューに入り、眠っていた accept() がすぐに取り出しました。だからキューは 0 のままに見えます。',
        en: 'The handshake finished, the connection entered the queue, and the sleeping accept() took it at once. So the queue seems to have been empty all along.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        completes: {step: 'server-accept-empty', outcome: {kind: 'returns-address', port: {of: 'client-3'}}},
        sockets: [
          {kind: 'listed', socket: 'connection-3', state: 'ESTABLISHED'},
          {kind: 'accept-queue', listener: 'listener', connections: 0},
        ],
      },
      node: `net.connect({port}, '127.0.0.1');`,
      sources: ['man 2 connect', 'man 2 accept'],
    },
    {
      id: 'all-close',
      ...inOneStep(
        closes('client', 'client'),
        closes('client-2', 'client-3'),
        closes('server', 'connection'),
        closes('server', 'connection-3'),
        closes('server', 'listener'),
      ),
      before: {
        ja: '全員が片付けます。クライアントが先に閉じ、サーバーは接続を二つ、最後に待ち受けを閉じます。',
        en: 'Everybody clears up: first the clients, then the server with its two connections and, last, the listening socket.',
      },
      after: {
        ja: 'サーバーは三つのソケットを別々に閉じました。待ち受けと、接続ごとのソケットは、それぞれ別のものだからです。',
        en: 'The server had three sockets to close: the listening one, and one for each connection. They are all separate.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'gone', socket: 'listener'},
          {kind: 'gone', socket: 'connection'},
          {kind: 'gone', socket: 'connection-3'},
        ],
      },
      node: 'socket.end();\nserver.close();',
      sources: ['man 2 close'],
    },
  ],
  summary: {
    ja: '接続を作るのはカーネルで、accept() はできあがった接続をキューから古い順に取り出すだけです。取り出される前でも、データは届き、相手は閉じることもできます。やり取りは、いつも accept() が返したソケットで行います。',
    en: 'The kernel makes connections; accept() only takes finished ones out of the queue, the oldest first. Before that, data may arrive and the peer may even close. All data goes through the socket that accept() returns.',
  },
  review: [
    {
      id: 'sent-and-gone',
      belief: 'nothing-before-accept',
      steps: [
        {
          id: 'ready',
          ...inOneStep(
            ...listens(5),
            ...connects('client', 'client'),
            {actor: 'client', call: {name: 'send', fd: 'client', data: five, flags: 0}},
            closes('client', 'client'),
          ),
          before: {
            ja: 'サーバーが待ち受け、クライアントが接続して 5 バイト送り、すぐに閉じます。accept() は、まだです。',
            en: 'A server listens; a client connects, sends 5 bytes and closes at once. There was no accept() yet.',
          },
          after: {
            ja: '接続は、キューの中で待っています。',
            en: 'The connection waits in the queue.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [{kind: 'accept-queue', listener: 'listener', connections: 1}],
          },
          sources: ['man 2 listen'],
        },
        {
          id: 'recv',
          ...inOneStep(accepts('connection'), {
            actor: 'server',
            call: {name: 'recv', fd: 'connection', length: 4096, flags: 0},
          }),
          before: {
            ja: 'いまになって、サーバーが accept() し、そのソケットで recv() します。',
            en: 'Only now does the server call accept(), and recv() on the socket that it gets.',
          },
          predict: {
            belief: 'nothing-before-accept',
            question: {ja: 'recv() は何を返しますか。', en: 'What will recv() return?'},
            choices: [
              {
                text: {ja: '0(相手はもう閉じている)', en: '0: the client has closed'},
                claim: {outcome: {kind: 'returns', value: 0}},
                because: {
                  ja: '0 になるのは、届いたデータを読み終えたあとです。',
                  en: 'The 0 comes after what has arrived was read.',
                },
              },
              {
                text: {ja: '5 バイト', en: 'the 5 bytes'},
                claim: {outcome: {kind: 'returns-bytes', bytes: five}},
              },
              {
                text: {ja: '-1 と ECONNRESET', en: '-1 and ECONNRESET'},
                claim: {outcome: {kind: 'fails', errno: 'ECONNRESET'}},
                because: {
                  ja: 'ふつうの close() は FIN を送ります。届いたデータはそのまま残ります。',
                  en: 'An ordinary close() sends FIN, and what has arrived stays.',
                },
              },
            ],
          },
          after: {
            ja: '5 バイトは、accept() の前からサーバー側の受信キューにありました。',
            en: 'The 5 bytes had been in the receive queue on the server’s side since before accept().',
          },
          expect: {outcome: {kind: 'returns-bytes', bytes: five}},
          sources: ['man 2 recv'],
        },
        {
          id: 'close',
          ...inOneStep(closes('server', 'connection'), closes('server', 'listener')),
          before: {ja: 'サーバーが片付けます。', en: 'The server clears up.'},
          after: {
            ja: '接続も待ち受けも閉じました。',
            en: 'The connection and the listening socket are closed.',
          },
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'send-on-listener',
      belief: 'listener-carries-data',
      steps: [
        {
          id: 'ready',
          ...inOneStep(...listens(5), ...connects('client', 'client'), accepts('connection')),
          before: {
            ja: 'クライアントが接続し、サーバーが accept() します。',
            en: 'A client connects, and the server accepts.',
          },
          after: {
            ja: 'サーバーには、待ち受けのソケットと接続のソケットがあります。',
            en: 'The server has two sockets: the listening one and the connection’s.',
          },
          expect: {
            outcome: {kind: 'returns-descriptor'},
            sockets: [{kind: 'listed', socket: 'connection', state: 'ESTABLISHED'}],
          },
          sources: ['man 2 accept'],
        },
        {
          id: 'send',
          actor: 'server',
          call: {name: 'send', fd: 'listener', data: hello, flags: 0},
          before: {
            ja: 'サーバーが、待ち受けのソケットのほうで「hello」を send() します。',
            en: 'The server sends hello, using the listening socket.',
          },
          predict: {
            belief: 'listener-carries-data',
            question: {ja: '5 バイトはどうなりますか。', en: 'What will become of the 5 bytes?'},
            choices: [
              {
                text: {
                  ja: 'つながっているクライアント全員に届く(ここでは一人)',
                  en: 'they go to all connected clients, which is one here',
                },
                claim: {
                  outcome: {kind: 'returns-bytes', bytes: hello},
                  sockets: [{kind: 'listed', socket: 'client', state: 'ESTABLISHED', recvQueue: hello}],
                },
                because: {
                  ja: '待ち受けのソケットは、自分から生まれた接続とつながっていません。',
                  en: 'A listening socket is not tied to the connections that came from it.',
                },
              },
              {
                text: {ja: '次に来るクライアントのために、取っておかれる', en: 'they are kept for the next client'},
                claim: {
                  outcome: {kind: 'returns-bytes', bytes: hello},
                  sockets: [{kind: 'listed', socket: 'client', state: 'ESTABLISHED', recvQueue: 0}],
                },
                because: {
                  ja: '送信キューは接続ごとにあります。まだない接続のために、バイトを置いておく所はありません。',
                  en: 'Send queues belong to connections. For one that is not there yet, there is no place to keep bytes.',
                },
              },
              {
                text: {ja: '送られない。send() が失敗する', en: 'they are not sent: send() fails'},
                claim: {outcome: {kind: 'fails', errno: 'EPIPE'}},
              },
            ],
          },
          after: {
            ja: 'Linux の答えは EPIPE です。待ち受けのソケットには、送る相手も送信キューもありません。全員に送るには、接続のソケットごとに send() します。',
            en: 'Linux says EPIPE. A listening socket has no peer to send to. To reach everybody, a server calls send() on each connection’s socket.',
          },
          expect: {
            outcome: {kind: 'fails', errno: 'EPIPE'},
            sockets: [{kind: 'listed', socket: 'client', state: 'ESTABLISHED', recvQueue: 0}],
          },
          sources: ['man 2 send'],
        },
        {
          id: 'close',
          ...inOneStep(closes('client', 'client'), closes('server', 'connection'), closes('server', 'listener')),
          before: {ja: '両側が片付けます。', en: 'Both sides clear up.'},
          after: {ja: '三つのソケットを閉じました。', en: 'All three sockets are closed.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'recv-queue-of-listener',
      belief: 'listener-queue-is-bytes',
      steps: [
        {
          id: 'ready',
          ...inOneStep(
            ...listens(5),
            ...connects('client', 'one'),
            ...connects('client', 'two'),
            ...connects('client', 'three'),
          ),
          before: {
            ja: '一つのクライアントが、ソケットを三つ作って接続します。',
            en: 'One client makes three sockets and connects them all.',
          },
          after: {ja: '三つとも、つながりました。', en: 'All three are connected.'},
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [{kind: 'accept-queue', listener: 'listener', connections: 3}],
          },
          sources: ['man 2 listen'],
        },
        {
          id: 'accept',
          ...inOneStep(
            {actor: 'client', call: {name: 'send', fd: 'one', data: five, flags: 0}},
            {actor: 'client', call: {name: 'send', fd: 'two', data: five, flags: 0}},
            {actor: 'client', call: {name: 'send', fd: 'three', data: five, flags: 0}},
            accepts('connection'),
          ),
          before: {
            ja: 'クライアントが、三つの接続それぞれに 5 バイト送ります。サーバーは accept() を一度だけ呼び、何も読みません。',
            en: 'The client sends 5 bytes on each of the three. The server calls accept() once and reads nothing.',
          },
          predict: {
            belief: 'listener-queue-is-bytes',
            question: {
              ja: 'LISTEN の行の Recv-Q は、いくつになりますか。',
              en: 'What will Recv-Q in the LISTEN row be?',
            },
            choices: [
              {
                text: {ja: '15', en: '15'},
                claim: {sockets: [{kind: 'listed', socket: 'listener', state: 'LISTEN', recvQueue: 15}]},
                because: {
                  ja: 'バイト数は、接続ごとの行にあります。',
                  en: 'Bytes are counted in each connection’s row.',
                },
              },
              {
                text: {ja: '10', en: '10'},
                claim: {sockets: [{kind: 'listed', socket: 'listener', state: 'LISTEN', recvQueue: 10}]},
                because: {
                  ja: 'バイト数は、接続ごとの行にあります。',
                  en: 'Bytes are counted in each connection’s row.',
                },
              },
              {
                text: {ja: '2', en: '2'},
                claim: {sockets: [{kind: 'listed', socket: 'listener', state: 'LISTEN', recvQueue: 2}]},
              },
            ],
          },
          after: {
            ja: '一つ取り出されて、待っている接続は二つです。LISTEN の Recv-Q は接続を数えます。',
            en: 'One was taken out, two are waiting. In a LISTEN row, Recv-Q counts connections.',
          },
          expect: {
            outcome: {kind: 'returns-descriptor'},
            sockets: [
              {kind: 'accept-queue', listener: 'listener', connections: 2, bytes: five},
              {kind: 'listed', socket: 'connection', state: 'ESTABLISHED', recvQueue: five},
            ],
          },
          sources: ['man 8 ss'],
        },
        {
          id: 'close',
          ...inOneStep(
            closes('server', 'listener'),
            closes('server', 'connection'),
            closes('client', 'one'),
            closes('client', 'two'),
            closes('client', 'three'),
          ),
          before: {ja: '全部を閉じます。', en: 'Everything is closed.'},
          after: {
            ja: 'データを読まずに、または accept() もしないまま閉じたので、どの接続も RST で終わりました。',
            en: 'One was closed with unread data, the others without ever being accepted: all three ended with RST.',
          },
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'accept-after-close',
      belief: 'closing-leaves-the-queue',
      steps: [
        {
          id: 'ready',
          ...inOneStep(...listens(5), ...connects('client', 'client'), closes('client', 'client')),
          before: {
            ja: 'ポートが開いているかを調べるだけのプログラムのように、クライアントが接続し、何も送らずに閉じます。',
            en: 'Like a program that only checks whether a port is open, a client connects, sends nothing and closes.',
          },
          after: {
            ja: 'クライアントのプロセスは、もうソケットを持っていません。FIN_WAIT2 の行は、カーネルだけのものです。',
            en: 'The client’s process has no socket any more. The row in FIN_WAIT2 is the kernel’s alone.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [{kind: 'listed', socket: 'client', state: 'FIN_WAIT2'}],
          },
          sources: ['man 2 close'],
        },
        {
          id: 'accept',
          actor: 'server',
          call: {name: 'accept', fd: 'listener'},
          creates: 'connection',
          before: {
            ja: 'サーバーが accept() を呼びます。ほかのクライアントはいません。',
            en: 'The server calls accept(). There is no other client.',
          },
          predict: {
            belief: 'closing-leaves-the-queue',
            question: {ja: 'accept() はどうなりますか。', en: 'What will accept() do?'},
            choices: [
              {
                text: {ja: '新しいソケットを返す', en: 'return a new socket'},
                claim: {outcome: {kind: 'returns-descriptor'}},
              },
              {
                text: {ja: 'キューは空なので、待つ', en: 'wait: the queue is empty'},
                claim: {outcome: {kind: 'waits'}},
                because: {
                  ja: '閉じた接続も、サーバーが取り出すまでキューに残ります。',
                  en: 'A closed connection, too, stays in the queue until the server takes it out.',
                },
              },
              {
                text: {ja: 'ECONNABORTED で失敗する', en: 'fail with ECONNABORTED'},
                claim: {outcome: {kind: 'fails', errno: 'ECONNABORTED'}},
                because: {
                  ja: 'FIN は中断ではありません。受信が終わっただけの、正常な接続です。',
                  en: 'FIN aborts nothing. It is a sound connection on which no more will arrive.',
                },
              },
            ],
          },
          after: {
            ja: '返ったソケットは CLOSE_WAIT です。recv() すれば、すぐに 0 が返ります。',
            en: 'The socket that it returned is in CLOSE_WAIT; recv() on it would return 0 at once.',
          },
          expect: {
            outcome: {kind: 'returns-descriptor'},
            sockets: [{kind: 'listed', socket: 'connection', state: 'CLOSE_WAIT'}],
          },
          sources: ['man 2 accept'],
        },
        {
          id: 'close',
          ...inOneStep(closes('server', 'connection'), closes('server', 'listener')),
          before: {ja: 'サーバーが片付けます。', en: 'The server clears up.'},
          after: {
            ja: '接続も待ち受けも閉じました。',
            en: 'The connection and the listening socket are closed.',
          },
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
  ],
};
