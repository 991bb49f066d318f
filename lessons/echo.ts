import type {Lesson} from '../src/model/lesson.ts';
import {clientConnects, closesAll, closesSecond, inOneStep, serverAccepts, serverListens} from './kit/acts.ts';
import {cClientOpening, cHead, cServerOpening} from './kit/listings.ts';
import {serverCloseListener, serverOpening} from './kit/opening.ts';

const greeting = 'hello, world!';

export const echo: Lesson = {
  id: 'echo',
  title: {ja: 'あいさつとオウム返し', en: 'A greeting and an echo'},
  about: {
    ja: '両側を動かして、自分の書いたメッセージを往復させる',
    en: 'you move both sides, and a message that you type goes there and back',
  },
  minutes: 8,
  message: {ja: 'こんにちは', en: 'good morning'},
  again: {after: 'client-recv-echo', from: 'server-recv'},
  beliefs: {
    'recv-fills-the-buffer': {
      ja: 'recv() は、頼んだ長さがそろうまで待つ',
      en: 'recv() waits for as many bytes as it was asked for',
    },
    'send-waits-in-my-queue': {
      ja: '送ったバイトは、相手が recv() するまで自分の側で待つ',
      en: 'what I sent stays on my side until the peer calls recv()',
    },
    'close-leaves-recv-asleep': {
      ja: '相手が close() しても、眠っている recv() は気づかない',
      en: 'a sleeping recv() does not notice the peer’s close()',
    },
    'time-wait-is-the-servers': {
      ja: 'TIME_WAIT は、いつもサーバー側に残る',
      en: 'TIME_WAIT always stays on the server’s side',
    },
  },
  programs: {
    c: {
      server: `${cHead}
int main(void) {
${cServerOpening}  int connection = accept(listener, NULL, NULL);  //@ server-accept
  const char *greeting = "${greeting}";
  send(connection, greeting, strlen(greeting), 0);  //@ server-greet
  char buffer[4096];
  ssize_t n;
  while ((n = recv(connection, buffer, sizeof buffer, 0)) > 0)  //@ server-recv server-recv-end
    send(connection, buffer, n, 0);  //@ server-echo
  close(connection);  //@ server-close
  close(listener);  //@ server-close-listener
}
`,
      client: `${cHead}
int main(int argc, char **argv) {
${cClientOpening}  char buffer[4096];
  // One recv() is taken for one message, which TCP does not promise: the lesson "stream" mends it.
  recv(client, buffer, sizeof buffer, 0);  //@ client-recv-greeting
  const char *message = argc > 1 ? argv[1] : "こんにちは";
  send(client, message, strlen(message), 0);  //@ client-send
  recv(client, buffer, sizeof buffer, 0);  //@ client-recv-echo
  close(client);  //@ client-close
}
`,
    },
    node: {
      server: `import net from 'node:net';

const server = net.createServer(socket => {  //@ server-accept
  socket.on('error', error => console.error(error.code));
  socket.write('${greeting}');  //@ server-greet
  socket.pipe(socket);  //@ server-recv server-echo server-recv-end
  socket.on('close', () => server.close());  //@ server-close server-close-listener
});
server.on('error', error => console.error(error.code));
server.listen({port}, '127.0.0.1');  //@ server-socket server-reuseaddr server-bind server-listen
`,
      client: `import net from 'node:net';

const message = process.argv[2] ?? 'こんにちは';
let greeted = false;
const socket = net.connect({port}, '127.0.0.1');  //@ client-socket client-connect
socket.on('error', error => console.error(error.code));
// One "data" is taken for one message, which TCP does not promise: the lesson "stream" mends it.
socket.on('data', bytes => {  //@ client-recv-greeting client-recv-echo
  console.log(bytes);
  if (greeted) return socket.end();  //@ client-close
  greeted = true;
  socket.write(message);  //@ client-send
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
      before: {ja: 'クライアントもソケットを作ります。', en: 'The client makes a socket as well.'},
      after: {
        ja: '両側に一つずつ、ソケットがそろいました。',
        en: 'Now each side has a socket.',
      },
      expect: {outcome: {kind: 'returns-descriptor'}, sockets: [{kind: 'unlisted', socket: 'client', state: 'CLOSE'}]},
      sources: ['man 2 socket'],
    },
    {
      id: 'client-connect',
      actor: 'client',
      call: {name: 'connect', fd: 'client', address: 'server'},
      before: {
        ja: 'クライアントが 127.0.0.1:{port} に connect() します。',
        en: 'The client connects to 127.0.0.1:{port}.',
      },
      after: {
        ja: 'つながりました。接続はサーバーの接続待ちキューにあり、accept() を待っています(inode 0)。',
        en: 'Connected. The connection is in the server’s accept queue and waits for accept() (inode 0).',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'client', state: 'ESTABLISHED'},
          {kind: 'accept-queue', listener: 'listener', connections: 1},
        ],
      },
      sources: ['man 2 connect'],
    },
    {
      id: 'server-accept',
      actor: 'server',
      call: {name: 'accept', fd: 'listener'},
      creates: 'connection',
      before: {
        ja: 'サーバーが accept() で接続を取り出します。',
        en: 'The server takes the connection with accept().',
      },
      after: {
        ja: 'この接続のための新しいソケットができました。ここから先のやり取りは、このソケットで行います。',
        en: 'Here is the new socket for this connection. All that the server says and hears from now on goes through it.',
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
      id: 'server-greet',
      actor: 'server',
      call: {name: 'send', fd: 'connection', data: {kind: 'text', text: greeting}, flags: 0},
      before: {
        ja: 'サーバーから先に「hello, world!」の 13 バイトを送ります。どちらが先に話すかは TCP の決まりではなく、このサーバーの決めたことです。',
        en: 'The server speaks first: hello, world!, 13 bytes. TCP has no rule about who begins; this server decided it.',
      },
      after: {
        ja: '13 バイトがクライアント側の受信キューに入りました。「つながったら、まずあいさつが来る」。こういう約束が、アプリケーション層プロトコルです。',
        en: '13 bytes are in the client’s receive queue. “Once connected, first comes a greeting”: agreements like this make an application-layer protocol.',
      },
      expect: {
        outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: greeting}},
        sockets: [{kind: 'listed', socket: 'client', state: 'ESTABLISHED', recvQueue: {kind: 'text', text: greeting}}],
      },
      sources: ['man 2 send'],
    },
    {
      id: 'client-recv-greeting',
      actor: 'client',
      call: {name: 'recv', fd: 'client', length: 4096, flags: 0},
      before: {
        ja: 'クライアントが、4096 バイトのバッファーで recv() します。届いているのは 13 バイトです。',
        en: 'The client calls recv() with a buffer of 4096 bytes. 13 bytes have arrived.',
      },
      predict: {
        belief: 'recv-fills-the-buffer',
        question: {ja: 'recv() はどうなりますか。', en: 'What will recv() do?'},
        choices: [
          {
            text: {ja: '4096 バイトそろうまで待つ', en: 'wait for all 4096 bytes'},
            claim: {outcome: {kind: 'waits'}},
            because: {
              ja: '4096 は上限です。そろうまで待たせるには、MSG_WAITALL というフラグが要ります。',
              en: '4096 is an upper limit. To wait for all of it there is a flag, MSG_WAITALL.',
            },
          },
          {
            text: {ja: '4096 が返る(残りは 0 で埋まる)', en: 'return 4096, filled up with zeros'},
            claim: {outcome: {kind: 'returns', value: 4096}},
            because: {
              ja: '届いていないバイトを、カーネルが作って足すことはありません。',
              en: 'The kernel never makes up bytes that did not arrive.',
            },
          },
          {
            text: {ja: '13 が返る', en: 'return 13'},
            claim: {outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: greeting}}},
          },
        ],
      },
      hint: {
        ja: 'この先もっと届くのかどうか、カーネルには分かりません。',
        en: 'The kernel cannot know whether any more is going to arrive.',
      },
      after: {
        ja: '13、いまある分だけです。バッファーの残りは、触られていません。何バイト読めたかは、戻り値でしか分かりません。',
        en: '13: what was there. The rest of the buffer is untouched, and only the return value tells how many bytes were read.',
      },
      expect: {
        outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: greeting}},
        sockets: [{kind: 'listed', socket: 'client', state: 'ESTABLISHED', recvQueue: 0}],
      },
      sources: ['man 2 recv'],
    },
    {
      id: 'server-recv',
      actor: 'server',
      call: {name: 'recv', fd: 'connection', length: 4096, flags: 0},
      before: {
        ja: 'サーバーが recv() で、クライアントの言葉を待ちます。',
        en: 'The server calls recv() to hear what the client has to say.',
      },
      after: {
        ja: 'まだ何も届いていないので、サーバーは recv() の中で眠っています。次はクライアントの番です。',
        en: 'Nothing has arrived, so the server sleeps inside recv(). It is the client’s turn.',
      },
      expect: {outcome: {kind: 'waits'}},
      sources: ['man 2 recv'],
    },
    {
      id: 'client-send',
      actor: 'client',
      call: {name: 'send', fd: 'client', data: {kind: 'message'}, flags: 0},
      before: {
        ja: 'クライアントがメッセージを送ります。送る言葉を書いてください。日本語も使えます。',
        en: 'The client sends a message. Write what it should say, in any language.',
      },
      after: {
        ja: 'send() が数えるのは、文字ではなくバイトです。眠っていた recv() が返り、サーバーは同じバイト列を受け取りました。',
        en: 'send() counts bytes, not characters. The recv() that slept has returned, and the server has the very same bytes.',
      },
      expect: {
        outcome: {kind: 'returns-bytes', bytes: {kind: 'message'}},
        completes: {step: 'server-recv', outcome: {kind: 'returns-bytes', bytes: {kind: 'message'}}},
      },
      sources: ['man 2 send', 'man 7 utf-8'],
    },
    {
      id: 'server-echo',
      actor: 'server',
      call: {name: 'send', fd: 'connection', data: {kind: 'received', step: 'server-recv'}, flags: 0},
      before: {
        ja: 'サーバーが、受け取ったバイト列をそのまま送り返します。クライアントは、まだ recv() を呼んでいません。',
        en: 'The server sends back just the bytes that it received. The client has not called recv() yet.',
      },
      predict: {
        belief: 'send-waits-in-my-queue',
        question: {
          ja: 'send() のあと、送り返したバイトはどこにありますか。',
          en: 'After send(), where will the echoed bytes be?',
        },
        choices: [
          {
            text: {ja: 'クライアント側の受信キュー(Recv-Q)', en: 'in the client’s receive queue (Recv-Q)'},
            claim: {
              sockets: [{kind: 'listed', socket: 'client', state: 'ESTABLISHED', recvQueue: {kind: 'message'}}],
            },
          },
          {
            text: {
              ja: 'サーバー側の送信キュー(Send-Q)で、recv() を待つ',
              en: 'in the server’s send queue (Send-Q), waiting for recv()',
            },
            claim: {
              sockets: [
                {kind: 'listed', socket: 'connection', state: 'ESTABLISHED', sendQueue: {kind: 'message'}},
                {kind: 'listed', socket: 'client', state: 'ESTABLISHED', recvQueue: 0},
              ],
            },
            because: {
              ja: '相手に空きがあれば、カーネルは recv() を待たずに届けます。',
              en: 'If the peer has room, the kernel delivers without waiting for recv().',
            },
          },
        ],
      },
      hint: {
        ja: 'カーネルの仕事は、プロセスが何もしなくても進みます。',
        en: 'The kernel’s work goes on without the processes doing anything.',
      },
      after: {
        ja: 'もうクライアントのソケットの受信キューにあります。サーバーは中身を文字として読んでいないので、どんな文字コードでも、壊さずに返せます。',
        en: 'Already in the receive queue of the client’s socket. The server never read them as text, so it can echo any encoding without harm.',
      },
      expect: {
        outcome: {kind: 'returns-bytes', bytes: {kind: 'message'}},
        sockets: [
          {kind: 'listed', socket: 'client', state: 'ESTABLISHED', recvQueue: {kind: 'message'}},
          {kind: 'listed', socket: 'connection', state: 'ESTABLISHED', sendQueue: 0},
        ],
      },
      sources: ['man 2 send', 'man 7 tcp'],
    },
    {
      id: 'client-recv-echo',
      actor: 'client',
      call: {name: 'recv', fd: 'client', length: 4096, flags: 0},
      before: {
        ja: 'クライアントが recv() で、返ってきたメッセージを読みます。',
        en: 'The client reads what came back with recv().',
      },
      after: {
        ja: '送ったのと同じバイト列が戻りました。行きと帰りは別々の send() なので、しるしの文字が違います。',
        en: 'The same bytes that were sent. The way there and the way back were two different send() calls, so the letters differ.',
      },
      expect: {
        outcome: {kind: 'returns-bytes', bytes: {kind: 'message'}},
        sockets: [{kind: 'listed', socket: 'client', state: 'ESTABLISHED', recvQueue: 0}],
      },
      sources: ['man 2 recv'],
    },
    {
      id: 'server-recv-end',
      actor: 'server',
      call: {name: 'recv', fd: 'connection', length: 4096, flags: 0},
      before: {
        ja: 'サーバーのループは recv() に戻り、次の言葉を待ちます。',
        en: 'The server’s loop is back at recv() and waits for more.',
      },
      after: {
        ja: 'サーバーは、また眠りました。クライアントがもう話さないことを、サーバーはまだ知りません。',
        en: 'The server sleeps again. It cannot know yet that the client has nothing more to say.',
      },
      expect: {outcome: {kind: 'waits'}},
      sources: ['man 2 recv'],
    },
    {
      id: 'client-close',
      actor: 'client',
      call: {name: 'close', fd: 'client'},
      before: {
        ja: 'クライアントが close() します。サーバーは recv() で眠っています。',
        en: 'The client closes. The server is asleep in recv().',
      },
      predict: {
        belief: 'close-leaves-recv-asleep',
        question: {ja: '眠っている recv() はどうなりますか。', en: 'What will become of the sleeping recv()?'},
        choices: [
          {
            text: {ja: '0 を返して終わる', en: 'it returns 0'},
            claim: {completes: {step: 'server-recv-end', outcome: {kind: 'returns', value: 0}}},
          },
          {
            text: {ja: '何も届かないので、眠り続ける', en: 'it sleeps on, since nothing arrives'},
            claim: {completes: {step: 'server-recv-end', outcome: {kind: 'waits'}}},
            because: {ja: 'データは届きませんが、FIN は届きます。', en: 'No data arrives, but FIN does.'},
          },
          {
            text: {ja: 'ECONNRESET で失敗する', en: 'it fails with ECONNRESET'},
            claim: {completes: {step: 'server-recv-end', outcome: {kind: 'fails', errno: 'ECONNRESET'}}},
            because: {
              ja: '読み残しのない close() は、RST ではなく FIN を送ります。',
              en: 'A close() with nothing left unread sends FIN, not RST.',
            },
          },
        ],
      },
      hint: {
        ja: 'クライアントの close() は、サーバー側に FIN を送ります。',
        en: 'The client’s close() sends a FIN to the server’s side.',
      },
      after: {
        ja: 'recv() は 0 を返しました。FIN が届いた、つまりクライアントの送信が終わったという意味です。while ((n = recv(…)) > 0) のループは、ここで抜けます。',
        en: 'recv() returned 0: FIN arrived, the client has finished sending. The loop while ((n = recv(…)) > 0) ends here.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        completes: {step: 'server-recv-end', outcome: {kind: 'returns', value: 0}},
        sockets: [{kind: 'listed', socket: 'connection', state: 'CLOSE_WAIT'}],
      },
      sources: ['man 2 recv', 'man 2 close', 'RFC 9293 3.6'],
    },
    {
      id: 'server-close',
      ...closesSecond('server', 'connection', 'client'),
      before: {
        ja: 'サーバーも接続を close() します。今回、先に閉じたのはクライアントでした。',
        en: 'The server closes the connection too. This time it was the client that closed first.',
      },
      predict: {
        belief: 'time-wait-is-the-servers',
        question: {ja: 'TIME_WAIT は、どちらの側に残りますか。', en: 'On which side will TIME_WAIT remain?'},
        choices: [
          {
            text: {ja: 'サーバー側(待ち受けていた側)', en: 'the server’s, the side that listened'},
            claim: {
              sockets: [
                {kind: 'listed', socket: 'connection', state: 'TIME_WAIT'},
                {kind: 'gone', socket: 'client'},
              ],
            },
            because: {
              ja: 'サーバーかクライアントかではなく、どちらが先に閉じたかで決まります。',
              en: 'What decides is not who is the server but who closed first.',
            },
          },
          {
            text: {ja: 'クライアント側(先に閉じた側)', en: 'the client’s, the side that closed first'},
            claim: {
              sockets: [
                {kind: 'listed', socket: 'client', state: 'TIME_WAIT'},
                {kind: 'gone', socket: 'connection'},
              ],
            },
          },
          {
            text: {ja: '両側', en: 'both'},
            claim: {
              sockets: [
                {kind: 'listed', socket: 'client', state: 'TIME_WAIT'},
                {kind: 'listed', socket: 'connection', state: 'TIME_WAIT'},
              ],
            },
            because: {
              ja: 'あとから閉じた側は、最後の ACK を受け取れば待つ必要がありません。',
              en: 'The side that closes last need not wait once it has the last ACK.',
            },
          },
        ],
      },
      hint: {
        ja: 'TIME_WAIT は、最後の ACK を送った側が、それが失われた場合に備える状態です。',
        en: 'In TIME_WAIT, the side that sent the last ACK stays ready in case it got lost.',
      },
      after: {
        ja: 'クライアント側の一時ポートに残りました。サーバーのポート {port} には、この接続の TIME_WAIT は残りません。クライアントに先に閉じさせる設計には、こういう利点があります。',
        en: 'On the client’s side, with its ephemeral port. No TIME_WAIT of this connection stays on the server’s port {port}: one reason to let clients close first.',
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
    ja: 'エコーサーバーの正体は「recv() が 0 を返すまで、来たバイトを send() で返す」ループです。送られるのは文字ではなくバイトで、recv() はある分だけを返し、0 は相手が送信を終えた知らせです。',
    en: 'An echo server is a loop: send() back what recv() returns, until that is 0. What travels is bytes, not characters; recv() hands over what is there; and 0 means that the peer has finished.',
  },
  review: [
    {
      id: 'short-message',
      belief: 'recv-fills-the-buffer',
      steps: [
        {
          id: 'scene',
          ...inOneStep(
            ...serverListens('listener'),
            ...clientConnects('client', 'listener'),
            serverAccepts('listener', 'connection'),
            {actor: 'client', call: {name: 'send', fd: 'client', data: {kind: 'text', text: 'ok'}, flags: 0}},
          ),
          before: {
            ja: 'クライアントがつないで、「ok」の 2 バイトを送ります。',
            en: 'The client connects and sends ok, 2 bytes.',
          },
          after: {ja: '2 バイトはサーバー側に届いています。', en: 'The 2 bytes have arrived on the server’s side.'},
          expect: {
            outcome: {kind: 'returns', value: 2},
            sockets: [{kind: 'listed', socket: 'connection', state: 'ESTABLISHED', recvQueue: 2}],
          },
          sources: ['man 2 send'],
        },
        {
          id: 'server-recv',
          actor: 'server',
          call: {name: 'recv', fd: 'connection', length: 10, flags: 0},
          before: {
            ja: 'サーバーは 10 バイトのデータを待つつもりで、長さ 10 の recv() を呼びます。',
            en: 'The server expects a record of 10 bytes and calls recv() with a length of 10.',
          },
          predict: {
            belief: 'recv-fills-the-buffer',
            question: {ja: 'recv() はどうなりますか。', en: 'What will recv() do?'},
            choices: [
              {text: {ja: '2 が返る', en: 'return 2'}, claim: {outcome: {kind: 'returns', value: 2}}},
              {
                text: {ja: 'あと 8 バイト届くまで待つ', en: 'wait for the other 8 bytes'},
                claim: {outcome: {kind: 'waits'}},
                because: {
                  ja: '長さは上限です。1 バイトでもあれば、recv() は待ちません。',
                  en: 'The length is an upper limit. With one byte there, recv() does not wait.',
                },
              },
              {
                text: {ja: '10 が返る', en: 'return 10'},
                claim: {outcome: {kind: 'returns', value: 10}},
                because: {
                  ja: '届いたのは 2 バイトだけで、それより多くは渡せません。',
                  en: 'Only 2 bytes have arrived, and no more can be handed over.',
                },
              },
            ],
          },
          after: {
            ja: 'いまある 2 バイトだけが返りました。10 バイトが要るなら、そろうまで recv() を繰り返すのはプログラムの仕事です。',
            en: 'It returned the 2 bytes that were there. If the program needs 10, it is the program that must call recv() until it has them.',
          },
          expect: {outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: 'ok'}}},
          sources: ['man 2 recv'],
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
      id: 'bytes-before-accept',
      belief: 'send-waits-in-my-queue',
      steps: [
        {
          id: 'scene',
          ...inOneStep(...serverListens('listener'), ...clientConnects('client', 'listener')),
          before: {
            ja: 'クライアントがつなぎます。サーバーは accept() も recv() も、まだ呼びません。',
            en: 'The client connects. The server calls neither accept() nor recv() yet.',
          },
          after: {ja: 'つながりました。', en: 'Connected.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 connect'],
        },
        {
          id: 'client-send',
          actor: 'client',
          call: {name: 'send', fd: 'client', data: {kind: 'fill', byte: 0x7a, count: 300}, flags: 0},
          before: {
            ja: 'クライアントが 300 バイトを send() します。',
            en: 'The client sends 300 bytes.',
          },
          predict: {
            belief: 'send-waits-in-my-queue',
            question: {
              ja: 'send() のあと、300 バイトはどこにありますか。',
              en: 'After send(), where will the 300 bytes be?',
            },
            choices: [
              {
                text: {
                  ja: 'クライアントの送信キューで、accept() と recv() を待つ',
                  en: 'in the client’s send queue, waiting for accept() and recv()',
                },
                claim: {
                  sockets: [
                    {kind: 'listed', socket: 'client', state: 'ESTABLISHED', sendQueue: 300},
                    {kind: 'accept-queue', listener: 'listener', connections: 1, bytes: 0},
                  ],
                },
                because: {
                  ja: '届けるのはカーネルで、相手のプロセスが何を呼んだかは待ちません。',
                  en: 'The kernel delivers, whatever the other process has or has not called.',
                },
              },
              {
                text: {
                  ja: 'サーバー側の、まだ accept() されていない接続の受信キュー',
                  en: 'in the receive queue of the server’s connection, accepted or not',
                },
                claim: {
                  sockets: [{kind: 'accept-queue', listener: 'listener', connections: 1, bytes: 300}],
                },
              },
            ],
          },
          after: {
            ja: 'まだどのプロセスも持っていない接続(inode 0)の受信キューに、300 バイトあります。クライアントの送信キューは、ACK が返って空になりました。',
            en: 'The 300 bytes are in the receive queue of a connection that no process holds yet (inode 0). The ACK has come back, so the client’s send queue is empty.',
          },
          expect: {
            outcome: {kind: 'returns', value: 300},
            sockets: [
              {kind: 'accept-queue', listener: 'listener', connections: 1, bytes: 300},
              {kind: 'listed', socket: 'client', state: 'ESTABLISHED', sendQueue: 0},
            ],
          },
          sources: ['man 2 send', 'man 7 tcp'],
        },
        {
          id: 'clear-away',
          ...inOneStep(
            {actor: 'client', call: {name: 'close', fd: 'client'}},
            {actor: 'server', call: {name: 'close', fd: 'listener'}},
          ),
          before: {ja: '両側のソケットを閉じます。', en: 'Both sides close.'},
          after: {
            ja: '一度も読まれなかった 300 バイトは、接続と一緒に捨てられました。',
            en: 'The 300 bytes that nobody read were thrown away with the connection.',
          },
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'client-asleep',
      belief: 'close-leaves-recv-asleep',
      steps: [
        {
          id: 'scene',
          ...inOneStep(
            ...serverListens('listener'),
            ...clientConnects('client', 'listener'),
            serverAccepts('listener', 'connection'),
            {actor: 'client', call: {name: 'recv', fd: 'client', length: 100, flags: 0}},
          ),
          before: {
            ja: '今度は、クライアントが recv() で返事を待って眠ります。',
            en: 'This time it is the client that sleeps in recv(), waiting for an answer.',
          },
          after: {
            ja: 'クライアントは眠っています。サーバーは、まだ何も送っていません。',
            en: 'The client is asleep. The server has sent nothing.',
          },
          expect: {outcome: {kind: 'waits'}},
          sources: ['man 2 recv'],
        },
        {
          id: 'server-close',
          actor: 'server',
          call: {name: 'close', fd: 'connection'},
          before: {
            ja: 'サーバーは何も送らずに、接続を close() します。',
            en: 'The server closes the connection without having sent a byte.',
          },
          predict: {
            belief: 'close-leaves-recv-asleep',
            question: {
              ja: 'クライアントの recv() はどうなりますか。',
              en: 'What will become of the client’s recv()?',
            },
            choices: [
              {
                text: {ja: '眠り続ける', en: 'it sleeps on'},
                claim: {completes: {step: 'scene', outcome: {kind: 'waits'}}},
                because: {
                  ja: 'close() で送られる FIN が、眠っている recv() を起こします。',
                  en: 'The FIN that close() sends wakes the sleeping recv().',
                },
              },
              {
                text: {ja: 'ENOTCONN で失敗する', en: 'it fails with ENOTCONN'},
                claim: {completes: {step: 'scene', outcome: {kind: 'fails', errno: 'ENOTCONN'}}},
                because: {
                  ja: '接続はまだあり、クライアントの側は CLOSE_WAIT です。',
                  en: 'The connection is still there: the client’s side is in CLOSE_WAIT.',
                },
              },
              {
                text: {ja: '0 を返して終わる', en: 'it returns 0'},
                claim: {completes: {step: 'scene', outcome: {kind: 'returns', value: 0}}},
              },
            ],
          },
          after: {
            ja: '0、つまり EOF です。返事が一つもないまま相手が送信を終えたことが、これで分かります。',
            en: '0, end of file. That is how the client learns that the peer is done and that no answer will come.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            completes: {step: 'scene', outcome: {kind: 'returns', value: 0}},
          },
          sources: ['man 2 recv', 'RFC 9293 3.6'],
        },
        {
          id: 'clear-away',
          ...inOneStep(
            {actor: 'client', call: {name: 'close', fd: 'client'}},
            {actor: 'server', call: {name: 'close', fd: 'listener'}},
          ),
          before: {ja: '残りのソケットを閉じます。', en: 'The remaining sockets are closed.'},
          after: {ja: 'これで全部閉じました。', en: 'Everything is closed.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'two-farewells',
      belief: 'time-wait-is-the-servers',
      steps: [
        {
          id: 'scene',
          ...inOneStep(
            ...serverListens('listener'),
            ...clientConnects('client-a', 'listener'),
            serverAccepts('listener', 'connection-a'),
            ...clientConnects('client-b', 'listener'),
            serverAccepts('listener', 'connection-b'),
            {actor: 'client', call: {name: 'close', fd: 'client-a'}},
            {actor: 'server', call: {name: 'close', fd: 'connection-b'}},
          ),
          before: {
            ja: '接続が二つあります。接続 a はクライアントが、接続 b はサーバーが、先に close() します。',
            en: 'There are two connections. The client is the first to close connection a, the server the first to close b.',
          },
          after: {
            ja: 'どちらの接続も、片側だけが閉じています。',
            en: 'Each connection is closed on one side only.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [
              {kind: 'listed', socket: 'connection-a', state: 'CLOSE_WAIT'},
              {kind: 'listed', socket: 'client-b', state: 'CLOSE_WAIT'},
            ],
          },
          sources: ['man 2 close'],
        },
        {
          id: 'the-others-close',
          ...inOneStep(
            closesSecond('server', 'connection-a', 'client-a'),
            closesSecond('client', 'client-b', 'connection-b'),
          ),
          before: {
            ja: '残りの側、つまり接続 a のサーバー側と、接続 b のクライアント側も close() します。',
            en: 'Now the other sides close as well: the server’s of a, the client’s of b.',
          },
          predict: {
            belief: 'time-wait-is-the-servers',
            question: {ja: 'TIME_WAIT は、どこに残りますか。', en: 'Where will TIME_WAIT remain?'},
            choices: [
              {
                text: {ja: 'a も b も、サーバー側', en: 'on the server’s side of both'},
                claim: {
                  sockets: [
                    {kind: 'listed', socket: 'connection-a', state: 'TIME_WAIT'},
                    {kind: 'listed', socket: 'connection-b', state: 'TIME_WAIT'},
                  ],
                },
                because: {
                  ja: 'サーバーかどうかではなく、先に閉じたかどうかです。',
                  en: 'What counts is not who is the server but who closed first.',
                },
              },
              {
                text: {
                  ja: 'a はクライアント側、b はサーバー側',
                  en: 'on the client’s side of a and the server’s side of b',
                },
                claim: {
                  sockets: [
                    {kind: 'listed', socket: 'client-a', state: 'TIME_WAIT'},
                    {kind: 'gone', socket: 'connection-a'},
                    {kind: 'listed', socket: 'connection-b', state: 'TIME_WAIT'},
                    {kind: 'gone', socket: 'client-b'},
                  ],
                },
              },
              {
                text: {
                  ja: 'a はサーバー側、b はクライアント側',
                  en: 'on the server’s side of a and the client’s side of b',
                },
                claim: {
                  sockets: [
                    {kind: 'listed', socket: 'connection-a', state: 'TIME_WAIT'},
                    {kind: 'gone', socket: 'client-a'},
                    {kind: 'listed', socket: 'client-b', state: 'TIME_WAIT'},
                    {kind: 'gone', socket: 'connection-b'},
                  ],
                },
                because: {
                  ja: 'あとから閉じた側は、最後の ACK を受け取ればすぐに消えます。',
                  en: 'The side that closes last is gone as soon as it has the last ACK.',
                },
              },
            ],
          },
          after: {
            ja: '接続ごとに、先に閉じた側に残ります。最後の ACK を送ったのがその側で、失われたら送り直す役目があるからです。',
            en: 'For each connection, with the side that closed first. That side sent the last ACK and must be there to send it again.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [
              {kind: 'listed', socket: 'client-a', state: 'TIME_WAIT'},
              {kind: 'gone', socket: 'connection-a'},
              {kind: 'listed', socket: 'connection-b', state: 'TIME_WAIT'},
              {kind: 'gone', socket: 'client-b'},
            ],
          },
          expires: {after: 'scene', seconds: 50},
          sources: ['RFC 9293 3.6.1'],
        },
        {
          id: 'clear-away',
          actor: 'server',
          call: {name: 'close', fd: 'listener'},
          before: {ja: '待ち受けのソケットを閉じます。', en: 'The listening socket is closed.'},
          after: {
            ja: '二つの TIME_WAIT は、Linux では 60 秒で消えます。',
            en: 'On Linux the two TIME_WAIT rows go away after 60 seconds.',
          },
          expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'gone', socket: 'listener'}]},
          sources: ['man 2 close'],
        },
      ],
    },
  ],
};
