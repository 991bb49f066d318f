import type {Lesson} from '../src/model/lesson.ts';
import {clientConnects, closesAll, inOneStep, serverAccepts, serverListens} from './kit/acts.ts';
import {cClientOpening, cHead, cServerOpening} from './kit/listings.ts';
import {serverCloseListener, serverOpening} from './kit/opening.ts';

export const clientFlow: Lesson = {
  id: 'client-flow',
  title: {ja: 'クライアントの流れ', en: 'The client’s flow'},
  about: {
    ja: 'socket connect send recv close を、クライアントの側から一つずつ',
    en: 'socket connect send recv close, one by one, from the client’s side',
  },
  minutes: 6,
  beliefs: {
    'client-port-is-the-servers': {
      ja: 'クライアントのポートは、サーバーと同じ番号だ',
      en: 'the client’s port is the server’s',
    },
    'send-waits-for-recv': {
      ja: 'send() は、相手が recv() するまで返らない',
      en: 'send() waits until the other side calls recv()',
    },
    'close-ends-both': {
      ja: '一方が close() すれば、接続は両側で消える',
      en: 'close() on one side ends the connection on both',
    },
  },
  programs: {
    c: {
      server: `${cHead}
int main(void) {
${cServerOpening}  int connection = accept(listener, NULL, NULL);  //@ server-accept
  char buffer[4096];
  recv(connection, buffer, sizeof buffer, 0);  //@ server-recv
  const char *answer = "hello, client!";
  send(connection, answer, strlen(answer), 0);  //@ server-send
  recv(connection, buffer, sizeof buffer, 0);  //@ server-recv-end
  close(connection);  //@ server-close
  close(listener);  //@ server-close-listener
}
`,
      client: `${cHead}
int main(void) {
${cClientOpening}  struct sockaddr_in own;
  socklen_t length = sizeof own;
  getsockname(client, (struct sockaddr *)&own, &length);  //@ client-getsockname
  const char *greeting = "hello";
  send(client, greeting, strlen(greeting), 0);  //@ client-send
  char buffer[4096];
  recv(client, buffer, sizeof buffer, 0);  //@ client-recv
  close(client);  //@ client-close
}
`,
    },
    node: {
      server: `import net from 'node:net';

const server = net.createServer(socket => {  //@ server-accept
  socket.on('error', console.error);
  socket.once('data', () => socket.write('hello, client!'));  //@ server-recv server-send
  socket.on('end', () => server.close());  //@ server-recv-end server-close server-close-listener
});
server.on('error', console.error);
server.listen({port}, '127.0.0.1');  //@ server-socket server-reuseaddr server-bind server-listen
`,
      client: `import net from 'node:net';

const socket = net.connect({port}, '127.0.0.1', () => {  //@ client-socket client-connect
  console.log(socket.address());  //@ client-getsockname
});
socket.on('error', console.error);
socket.write('hello');  //@ client-send
socket.setEncoding('utf8');
socket.on('data', text => {  //@ client-recv
  console.log(text);
  socket.end();  //@ client-close
});
`,
    },
  },
  steps: [
    ...serverOpening,
    {
      id: 'client-socket',
      actor: 'client',
      call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
      creates: 'client',
      before: {
        ja: 'ここからが主役のクライアントです。クライアントも socket() から始めます。listen() も accept() も使いません。',
        en: 'Now for the client, whose lesson this is. It begins with socket() too. It will need neither listen() nor accept().',
      },
      after: {
        ja: '端点が一つできました。サーバーのソケットと作り方は同じで、ここまで違いはありません。違いは、次に何を呼ぶかで生まれます。',
        en: 'One more endpoint. It was made exactly as the server’s was; so far they do not differ. What comes next makes the difference.',
      },
      expect: {outcome: {kind: 'returns-descriptor'}, sockets: [{kind: 'unlisted', socket: 'client', state: 'CLOSE'}]},
      sources: ['man 2 socket'],
    },
    {
      id: 'client-connect',
      actor: 'client',
      call: {name: 'connect', fd: 'client', address: 'server'},
      before: {
        ja: 'connect() で、サーバーの 127.0.0.1:{port} に接続を要求します。クライアントは bind() を呼んでいません。',
        en: 'connect() asks for a connection to the server at 127.0.0.1:{port}. The client has not called bind().',
      },
      predict: {
        belief: 'client-port-is-the-servers',
        question: {
          ja: 'つながったとき、クライアント側のポート番号はどうなりますか。',
          en: 'Once connected, what will the port on the client’s side be?',
        },
        choices: [
          {
            text: {ja: 'サーバーと同じ {port}', en: 'the same as the server’s, {port}'},
            claim: {sockets: [{kind: 'local-port', socket: 'client', is: 'server'}]},
            because: {
              ja: '{port} はサーバー側の番号です。接続には、両端にそれぞれ一つずつポートがあります。',
              en: '{port} is the server’s end. A connection has two ends, and each has a port.',
            },
          },
          {
            text: {ja: 'bind() していないので、ない', en: 'none, since there was no bind()'},
            claim: {sockets: [{kind: 'local-port', socket: 'client', is: 'none'}]},
            because: {
              ja: 'ポートがないと、サーバーは返事の宛先が分かりません。',
              en: 'Without one the server would not know where to send its answer.',
            },
          },
          {
            text: {ja: 'カーネルが選んだ別の番号', en: 'another one, chosen by the kernel'},
            claim: {sockets: [{kind: 'local-port', socket: 'client', is: 'another'}]},
          },
        ],
      },
      hint: {
        ja: '一台のコンピューターから、同じサーバーへの接続をいくつも作れます。',
        en: 'One computer can have many connections to the same server.',
      },
      after: {
        ja: 'カーネルが空いている番号を選びました。一時ポート(エフェメラルポート)です。クライアントは、ふつう bind() を呼びません。',
        en: 'The kernel picked a free number: an ephemeral port. That is why a client does not usually call bind().',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'client', state: 'ESTABLISHED'},
          {kind: 'local-port', socket: 'client', is: 'another'},
          {kind: 'accept-queue', listener: 'listener', connections: 1},
        ],
      },
      sources: ['man 2 connect', 'man 7 ip'],
    },
    {
      id: 'client-getsockname',
      actor: 'client',
      call: {name: 'getsockname', fd: 'client'},
      before: {
        ja: '選ばれた番号は、getsockname() で聞けます。自分の側のアドレスとポートを返す呼び出しです。',
        en: 'getsockname() tells which one it picked: it returns the address and port of one’s own end.',
      },
      after: {
        ja: '自分の側のアドレスとポートが分かりました。この番号は、ふつう接続のたびに違います。相手の側を聞くのは getpeername() です。',
        en: 'There they are, address and port of this end. The port is usually a different one each time. For the other end there is getpeername().',
      },
      expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'local-port', socket: 'client', is: 'another'}]},
      sources: ['man 2 getsockname', 'man 2 getpeername'],
    },
    {
      id: 'server-accept',
      actor: 'server',
      call: {name: 'accept', fd: 'listener'},
      creates: 'connection',
      before: {
        ja: '相手役のサーバーが accept() で、できあがっている接続を受け取ります。',
        en: 'The server, in the supporting role here, takes the finished connection with accept().',
      },
      after: {
        ja: 'accept() が書き込んだ相手のアドレスには、さきほどの一時ポートが入っています。両端のアドレスとポートの四つ組が、この接続を表します。',
        en: 'The peer’s address that accept() filled in has the ephemeral port from before. Both addresses and both ports, the 4-tuple, identify this connection.',
      },
      expect: {
        outcome: {kind: 'returns-descriptor'},
        sockets: [
          {kind: 'listed', socket: 'connection', state: 'ESTABLISHED'},
          {kind: 'accept-queue', listener: 'listener', connections: 0},
        ],
      },
      sources: ['man 2 accept'],
    },
    {
      id: 'client-send',
      actor: 'client',
      call: {name: 'send', fd: 'client', data: {kind: 'text', text: 'hello'}, flags: 0},
      before: {
        ja: 'クライアントが「hello」の 5 バイトを send() します。サーバーは、まだ recv() を呼んでいません。',
        en: 'The client sends hello, 5 bytes. The server has not called recv() yet.',
      },
      predict: {
        belief: 'send-waits-for-recv',
        question: {ja: 'send() はどうなりますか。', en: 'What will send() do?'},
        choices: [
          {
            text: {ja: 'サーバーが recv() を呼ぶまで待つ', en: 'wait until the server calls recv()'},
            claim: {outcome: {kind: 'waits'}},
            because: {
              ja: 'バッファーに空きがあれば、send() は相手を待ちません。',
              en: 'As long as there is room in the buffers, send() does not wait for the peer.',
            },
          },
          {
            text: {ja: '5 が返る', en: 'return 5'},
            claim: {outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: 'hello'}}},
          },
          {
            text: {ja: 'まだ読まれていないので 0 が返る', en: 'return 0, since nobody has read anything'},
            claim: {outcome: {kind: 'returns', value: 0}},
            because: {
              ja: 'send() が数えるのは、読まれたバイト数ではなく、カーネルが引き受けたバイト数です。',
              en: 'send() counts what the kernel took over, not what the peer has read.',
            },
          },
        ],
      },
      hint: {
        ja: 'バイトを受け取って取っておくのは、サーバーのプロセスではなくカーネルです。',
        en: 'It is the kernel that takes in the bytes and keeps them, not the server’s process.',
      },
      after: {
        ja: '5 は、カーネルが引き受けたバイト数です。5 バイトはサーバーのソケットの受信キューに届いていますが(Recv-Q 5)、サーバーのプロセスはまだ読んでいません。',
        en: '5 is what the kernel has taken over. The bytes sit in the receive queue of the server’s socket (Recv-Q 5); the server’s process has not read them.',
      },
      expect: {
        outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: 'hello'}},
        sockets: [
          {kind: 'listed', socket: 'connection', state: 'ESTABLISHED', recvQueue: {kind: 'text', text: 'hello'}},
        ],
      },
      sources: ['man 2 send', 'man 7 tcp'],
    },
    {
      id: 'server-recv',
      actor: 'server',
      call: {name: 'recv', fd: 'connection', length: 4096, flags: 0},
      before: {ja: 'サーバーが recv() で読みます。', en: 'The server reads with recv().'},
      after: {
        ja: '受信キューの 5 バイトがプロセスに渡り、キューは空になりました。',
        en: 'The 5 bytes went from the receive queue to the process, and the queue is empty.',
      },
      expect: {
        outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: 'hello'}},
        sockets: [{kind: 'listed', socket: 'connection', state: 'ESTABLISHED', recvQueue: 0}],
      },
      sources: ['man 2 recv'],
    },
    {
      id: 'server-send',
      actor: 'server',
      call: {name: 'send', fd: 'connection', data: {kind: 'text', text: 'hello, client!'}, flags: 0},
      before: {ja: 'サーバーが 14 バイトの返事を send() します。', en: 'The server sends an answer of 14 bytes.'},
      after: {
        ja: '返事は、クライアントが connect() に使った同じソケットに届きます。接続は双方向で、受信用のソケットを別に作る必要はありません。',
        en: 'The answer arrives at the very socket that called connect(). A connection carries both directions; nobody needs a second socket to receive.',
      },
      expect: {
        outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: 'hello, client!'}},
        sockets: [
          {kind: 'listed', socket: 'client', state: 'ESTABLISHED', recvQueue: {kind: 'text', text: 'hello, client!'}},
        ],
      },
      sources: ['man 2 send'],
    },
    {
      id: 'client-recv',
      actor: 'client',
      call: {name: 'recv', fd: 'client', length: 4096, flags: 0},
      before: {ja: 'クライアントが recv() で返事を読みます。', en: 'The client reads the answer with recv().'},
      after: {
        ja: '14 が返りました。今回は 1 回の send() の分がちょうど 1 回で読めましたが、TCP はバイトストリームなので、いつもそうとは限りません。',
        en: '14. This time one recv() got exactly what one send() had sent. TCP is a byte stream, so do not count on that.',
      },
      expect: {
        outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: 'hello, client!'}},
        sockets: [{kind: 'listed', socket: 'client', state: 'ESTABLISHED', recvQueue: 0}],
      },
      sources: ['man 2 recv', 'man 7 tcp'],
    },
    {
      id: 'client-close',
      actor: 'client',
      call: {name: 'close', fd: 'client'},
      before: {
        ja: '用が済んだので、クライアントが先に close() します。サーバーは、まだ何もしていません。',
        en: 'The client is done and closes first. The server does nothing yet.',
      },
      predict: {
        belief: 'close-ends-both',
        question: {
          ja: 'サーバー側の接続はどうなりますか。',
          en: 'What becomes of the connection on the server’s side?',
        },
        choices: [
          {
            text: {ja: 'カーネルが消すので、なくなる', en: 'the kernel removes it: it is gone'},
            claim: {sockets: [{kind: 'gone', socket: 'connection'}]},
            because: {
              ja: 'サーバーの close() まで、カーネルはサーバーのソケットを消しません。',
              en: 'The kernel keeps the server’s socket until the server closes it.',
            },
          },
          {
            text: {ja: 'CLOSE_WAIT で、サーバーの close() を待つ', en: 'CLOSE_WAIT: it waits for the server’s close()'},
            claim: {sockets: [{kind: 'listed', socket: 'connection', state: 'CLOSE_WAIT'}]},
          },
          {
            text: {ja: 'ESTABLISHED のまま変わらない', en: 'it stays ESTABLISHED'},
            claim: {sockets: [{kind: 'listed', socket: 'connection', state: 'ESTABLISHED'}]},
            because: {
              ja: 'FIN が届くと、サーバー側のカーネルは状態を変えます。',
              en: 'When FIN arrives, the server’s kernel changes the state.',
            },
          },
        ],
      },
      hint: {
        ja: '接続の二つの方向は、別々に閉じます。閉じたのは、クライアントからサーバーへの方向です。',
        en: 'The two directions of a connection are closed one by one. The one that is closed now leads from the client to the server.',
      },
      after: {
        ja: '状態は CLOSE_WAIT、自分の側の close() を待っています(Recv-Q の 1 は、届いた FIN です)。サーバーが閉じ忘れると、ずっとこのままです。クライアント側は FIN_WAIT2 で、カーネルだけが持っています(inode 0)。',
        en: 'CLOSE_WAIT: waiting for its own side to close. (The 1 in Recv-Q is the FIN.) A server that forgets to stays there for good. The client’s side is in FIN_WAIT2, held by the kernel alone (inode 0).',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'connection', state: 'CLOSE_WAIT'},
          {kind: 'listed', socket: 'client', state: 'FIN_WAIT2'},
        ],
      },
      sources: ['man 2 close', 'RFC 9293 3.6'],
    },
    {
      id: 'server-recv-end',
      actor: 'server',
      call: {name: 'recv', fd: 'connection', length: 4096, flags: 0},
      before: {
        ja: 'サーバーがもう一度 recv() を呼びます。',
        en: 'The server calls recv() once more.',
      },
      after: {
        ja: '0 が返りました。クライアントが送信を終えた、という知らせ(EOF)です。サーバーは、これを見て close() します。',
        en: '0: the client has finished sending (end of file). This is how a server learns that it is time to close.',
      },
      expect: {outcome: {kind: 'returns', value: 0}},
      expires: {after: 'client-close', seconds: 50},
      sources: ['man 2 recv'],
    },
    {
      id: 'server-close',
      actor: 'server',
      call: {name: 'close', fd: 'connection'},
      before: {
        ja: 'サーバーも接続のソケットを close() します。これで両方向が閉じます。',
        en: 'The server closes its connection too, and both directions are closed.',
      },
      after: {
        ja: '今度は、先に閉じたクライアント側に TIME_WAIT が残りました。ふさがるのはクライアントの一時ポートだけで、サーバーのポートには影響しません。',
        en: 'This time TIME_WAIT stays with the client, which closed first. What it holds on to is an ephemeral port, so it is not in the way of the server’s.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'client', state: 'TIME_WAIT'},
          {kind: 'gone', socket: 'connection'},
        ],
      },
      expires: {after: 'client-close', seconds: 50},
      sources: ['RFC 9293 3.6.1'],
    },
    serverCloseListener,
  ],
  summary: {
    ja: 'クライアントの流れは socket → connect → send/recv → close です。自分のポートはカーネルが選びます。send() が返すのはカーネルが引き受けたバイト数で、相手が読んだかどうかは分かりません。',
    en: 'A client calls socket, connect, send and recv, and close. The kernel picks its port. send() returns how many bytes the kernel took over; it does not say whether the peer has read them.',
  },
  review: [
    {
      id: 'peer-seen-by-the-server',
      belief: 'client-port-is-the-servers',
      steps: [
        {
          id: 'scene',
          ...inOneStep(
            {
              actor: 'server',
              call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
              creates: 'listener',
            },
            {
              actor: 'server',
              call: {name: 'setsockopt', fd: 'listener', level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1},
            },
            {actor: 'server', call: {name: 'bind', fd: 'listener', address: 'server'}},
            {actor: 'server', call: {name: 'listen', fd: 'listener', backlog: 5}},
            ...clientConnects('client', 'listener'),
            serverAccepts('listener', 'connection'),
          ),
          before: {
            ja: 'サーバーが 127.0.0.1:{port} で待ち受け、クライアントの接続を accept() します。',
            en: 'The server listens on 127.0.0.1:{port} and accepts the client’s connection.',
          },
          after: {ja: '接続のソケットができました。', en: 'Here is the connection’s socket.'},
          expect: {outcome: {kind: 'returns-descriptor'}},
          sources: ['man 2 accept'],
        },
        {
          id: 'server-getpeername',
          actor: 'server',
          call: {name: 'getpeername', fd: 'connection'},
          before: {
            ja: 'サーバーが getpeername() で、相手の側のアドレスとポートを聞きます。',
            en: 'The server asks with getpeername() for the address and port of the other end.',
          },
          predict: {
            belief: 'client-port-is-the-servers',
            question: {
              ja: 'サーバーから見た相手のポート番号はどれですか。',
              en: 'Which port does the server see at the other end?',
            },
            choices: [
              {
                text: {ja: 'クライアント側でカーネルが選んだ番号', en: 'one that the kernel chose for the client'},
                claim: {outcome: {kind: 'returns-address', port: 'another'}},
              },
              {
                text: {ja: 'クライアントが宛先にした {port}', en: '{port}, which the client connected to'},
                claim: {outcome: {kind: 'returns-address', port: 'server'}},
                because: {
                  ja: '{port} はサーバー側の端です。相手の端には、相手のポートがあります。',
                  en: '{port} is the server’s own end. The other end has a port of its own.',
                },
              },
              {
                text: {ja: '0(クライアントは bind() していないので)', en: '0, since the client never called bind()'},
                claim: {outcome: {kind: 'returns-address', port: 'none'}},
                because: {
                  ja: 'bind() していなければ、connect() のときにカーネルが選びます。',
                  en: 'Without a bind() the kernel picks a port at connect().',
                },
              },
            ],
          },
          after: {
            ja: 'connect() のときに選ばれた一時ポートです。サーバーの返事は、この番号あてに送られます。',
            en: 'It is the ephemeral port that was picked at connect(). The server’s answers go there.',
          },
          expect: {outcome: {kind: 'returns-address', host: '127.0.0.1', port: {of: 'client'}}},
          sources: ['man 2 getpeername', 'man 7 ip'],
        },
        {
          id: 'clear-away',
          ...inOneStep(
            {actor: 'client', call: {name: 'close', fd: 'client'}},
            ...closesAll('server', 'connection', 'listener'),
          ),
          before: {ja: '両側のソケットを閉じます。', en: 'Both sides close.'},
          after: {ja: 'これで全部閉じました。', en: 'Everything is closed.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'server-sends-unread',
      belief: 'send-waits-for-recv',
      steps: [
        {
          id: 'scene',
          ...inOneStep(
            ...serverListens('listener'),
            ...clientConnects('client', 'listener'),
            serverAccepts('listener', 'connection'),
          ),
          before: {
            ja: 'つながったあと、クライアントのプロセスは別の仕事をしていて、recv() を呼びません。',
            en: 'Once connected, the client’s process is busy with other things and never calls recv().',
          },
          after: {ja: 'サーバーは接続を受け取りました。', en: 'The server has its connection.'},
          expect: {outcome: {kind: 'returns-descriptor'}},
          sources: ['man 2 accept'],
        },
        {
          id: 'server-send',
          actor: 'server',
          call: {name: 'send', fd: 'connection', data: {kind: 'fill', byte: 0x61, count: 1000}, flags: 0},
          before: {
            ja: 'サーバーが、クライアントに 1000 バイトを send() します。',
            en: 'The server sends 1000 bytes to the client.',
          },
          predict: {
            belief: 'send-waits-for-recv',
            question: {ja: 'send() はどうなりますか。', en: 'What will send() do?'},
            choices: [
              {
                text: {ja: '1000 が返る', en: 'return 1000'},
                claim: {outcome: {kind: 'returns', value: 1000}},
              },
              {
                text: {ja: 'クライアントが recv() するまで待つ', en: 'wait until the client calls recv()'},
                claim: {outcome: {kind: 'waits'}},
                because: {
                  ja: 'バッファーに空きがあるあいだは、相手が読まなくても返ります。',
                  en: 'As long as the buffers have room it returns, read or not.',
                },
              },
              {
                text: {ja: 'まだ読まれていないので 0 が返る', en: 'return 0, since nothing has been read'},
                claim: {outcome: {kind: 'returns', value: 0}},
                because: {
                  ja: '返る数は、カーネルが引き受けたバイト数です。読まれたバイト数ではありません。',
                  en: 'The value counts the bytes that the kernel took over, not those that were read.',
                },
              },
            ],
          },
          after: {
            ja: '1000 バイトはカーネルが引き受け、クライアント側の受信キューに届いています。読まれたかどうかを、send() は知らせません。',
            en: 'The kernel took all 1000 bytes, and they are in the client’s receive queue. send() does not tell whether they were read.',
          },
          expect: {
            outcome: {kind: 'returns', value: 1000},
            sockets: [{kind: 'listed', socket: 'client', state: 'ESTABLISHED', recvQueue: 1000}],
          },
          sources: ['man 2 send', 'man 7 tcp'],
        },
        {
          id: 'clear-away',
          ...inOneStep(
            {actor: 'client', call: {name: 'close', fd: 'client'}},
            ...closesAll('server', 'connection', 'listener'),
          ),
          before: {ja: '両側のソケットを閉じます。', en: 'Both sides close.'},
          after: {
            ja: 'クライアントは読み残したまま閉じたので、FIN ではなく RST が送られました。',
            en: 'The client left bytes unread, so its close() sent an RST instead of FIN.',
          },
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'server-leaves-first',
      belief: 'close-ends-both',
      steps: [
        {
          id: 'scene',
          ...inOneStep(
            ...serverListens('listener'),
            ...clientConnects('client', 'listener'),
            serverAccepts('listener', 'connection'),
          ),
          before: {ja: 'サーバーとクライアントがつながります。', en: 'Server and client connect.'},
          after: {ja: '両側とも ESTABLISHED です。', en: 'Both sides are ESTABLISHED.'},
          expect: {
            outcome: {kind: 'returns-descriptor'},
            sockets: [
              {kind: 'listed', socket: 'client', state: 'ESTABLISHED'},
              {kind: 'listed', socket: 'connection', state: 'ESTABLISHED'},
            ],
          },
          sources: ['man 2 accept'],
        },
        {
          id: 'server-close',
          ...inOneStep(
            {actor: 'server', call: {name: 'close', fd: 'connection'}},
            {actor: 'server', call: {name: 'close', fd: 'listener'}},
          ),
          before: {
            ja: '今度はサーバーが、接続も待ち受けも全部 close() します。クライアントは何もしません。',
            en: 'This time the server closes everything, its connection and its listening socket. The client does nothing.',
          },
          predict: {
            belief: 'close-ends-both',
            question: {
              ja: 'クライアント側の接続はどうなりますか。',
              en: 'What becomes of the connection on the client’s side?',
            },
            choices: [
              {
                text: {ja: 'なくなる', en: 'it is gone'},
                claim: {sockets: [{kind: 'gone', socket: 'client'}]},
                because: {
                  ja: 'クライアントのソケットは、クライアントが close() するまで残ります。',
                  en: 'The client’s socket stays until the client closes it.',
                },
              },
              {
                text: {ja: 'ESTABLISHED のまま', en: 'it stays ESTABLISHED'},
                claim: {sockets: [{kind: 'listed', socket: 'client', state: 'ESTABLISHED'}]},
                because: {ja: 'サーバーの FIN が届いています。', en: 'The server’s FIN has arrived.'},
              },
              {
                text: {
                  ja: 'CLOSE_WAIT で、クライアントの close() を待つ',
                  en: 'CLOSE_WAIT: it waits for the client’s close()',
                },
                claim: {sockets: [{kind: 'listed', socket: 'client', state: 'CLOSE_WAIT'}]},
              },
            ],
          },
          after: {
            ja: 'FIN を受け取った側は CLOSE_WAIT です。サーバーかクライアントかには関係なく、あとから閉じる側がこの状態で残ります。',
            en: 'Whoever receives FIN is in CLOSE_WAIT. It does not matter who is the server: the side that has yet to close stays like this.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [
              {kind: 'listed', socket: 'client', state: 'CLOSE_WAIT'},
              {kind: 'listed', socket: 'connection', state: 'FIN_WAIT2'},
            ],
          },
          sources: ['man 2 close', 'RFC 9293 3.6'],
        },
        {
          id: 'client-close',
          actor: 'client',
          call: {name: 'close', fd: 'client'},
          before: {ja: 'クライアントも閉じます。', en: 'The client closes too.'},
          after: {
            ja: 'これで両方向が閉じました。TIME_WAIT は、先に閉じたサーバー側に残ります。',
            en: 'Now both directions are closed. TIME_WAIT stays with the server, which closed first.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [
              {kind: 'gone', socket: 'client'},
              {kind: 'listed', socket: 'connection', state: 'TIME_WAIT'},
            ],
          },
          expires: {after: 'server-close', seconds: 50},
          sources: ['RFC 9293 3.6'],
        },
      ],
    },
    {
      id: 'server-reads-to-the-end',
      belief: 'recv-zero-is-nothing-yet',
      steps: [
        {
          id: 'scene',
          ...inOneStep(
            ...serverListens('listener'),
            ...clientConnects('client', 'listener'),
            serverAccepts('listener', 'connection'),
            {actor: 'client', call: {name: 'send', fd: 'client', data: {kind: 'text', text: 'bye'}, flags: 0}},
            {actor: 'client', call: {name: 'close', fd: 'client'}},
            {actor: 'server', call: {name: 'recv', fd: 'connection', length: 100, flags: 0}},
          ),
          before: {
            ja: 'クライアントが「bye」を送って close() し、サーバーが recv() で読みます。',
            en: 'The client sends bye and closes, and the server reads with recv().',
          },
          after: {ja: 'サーバーは 3 バイトを受け取りました。', en: 'The server has received 3 bytes.'},
          expect: {outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: 'bye'}}},
          sources: ['man 2 recv'],
        },
        {
          id: 'server-recv-again',
          actor: 'server',
          call: {name: 'recv', fd: 'connection', length: 100, flags: 0},
          before: {
            ja: 'サーバーが、続きを読もうともう一度 recv() を呼びます。',
            en: 'The server calls recv() again for whatever comes next.',
          },
          predict: {
            belief: 'recv-zero-is-nothing-yet',
            question: {
              ja: 'recv() はどうなり、サーバーは次に何をすればよいですか。',
              en: 'What will recv() do, and what should the server do then?',
            },
            choices: [
              {
                text: {ja: '届くまで待つので、そのまま待たせておく', en: 'it waits; the server lets it wait'},
                claim: {outcome: {kind: 'waits'}},
                because: {
                  ja: 'クライアントの FIN はもう届いています。この先は何も来ません。',
                  en: 'The client’s FIN is here already: nothing more will come.',
                },
              },
              {
                text: {
                  ja: '0 が返るので、読むのをやめて close() する',
                  en: 'it returns 0; the server stops reading and closes',
                },
                claim: {outcome: {kind: 'returns', value: 0}},
              },
              {
                text: {
                  ja: 'EAGAIN で失敗するので、少し待って呼び直す',
                  en: 'it fails with EAGAIN; the server tries again later',
                },
                claim: {outcome: {kind: 'fails', errno: 'EAGAIN'}},
                because: {
                  ja: 'EAGAIN は「まだない」です。届いている FIN は「もう来ない」を表します。',
                  en: 'EAGAIN says “nothing yet”. The FIN that has arrived says “no more”.',
                },
              },
            ],
          },
          after: {
            ja: '0 は「もう来ない」という意味です。「まだ来ない」と思って呼び直すと、0 が返り続け、CPU を使い切るループになります。',
            en: '0 means “no more”. A program that takes it for “not yet” and calls again gets 0 for ever, in a loop that eats the CPU.',
          },
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 recv'],
        },
        {
          id: 'clear-away',
          ...inOneStep(
            {actor: 'server', call: {name: 'close', fd: 'connection'}},
            {actor: 'server', call: {name: 'close', fd: 'listener'}},
          ),
          before: {
            ja: 'サーバーが接続と待ち受けを閉じます。',
            en: 'The server closes its connection and its listening socket.',
          },
          after: {ja: 'これで全部閉じました。', en: 'Everything is closed.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
  ],
};
