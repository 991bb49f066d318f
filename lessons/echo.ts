import {fill, message, receivedIn} from './kit/bytes.ts';
import {closesSecond, connects, listensSomewhere} from './kit/calls.ts';
import {closing} from './kit/closing.ts';
import {lesson, review} from './kit/lesson.ts';
import {cClientOpening, cHead, cServerOpening} from './kit/listings.ts';
import {serverCloseListener, serverOpens} from './kit/opening.ts';
import {completes, fails, received, returns, sentAll, waits} from './kit/outcomes.ts';
import {sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';

const {listener, connection, connectionA, connectionB, client, clientA, clientB} = sockets({
  server: ['listener', 'connection', 'connection-a', 'connection-b'],
  client: ['client', 'client-a', 'client-b'],
});

const greeting = 'hello, world!';

export const echo = lesson({
  id: 'echo',
  title: {ja: 'あいさつとオウム返し', en: 'A greeting and an echo'},
  about: {
    ja: '自分の書いた言葉は、往復する間、どこにあるのか',
    en: 'Where are the words that you type while they go there and back?',
  },
  minutes: 8,
  message: {ja: 'こんにちは', en: 'good morning'},
  again: {after: 'client-recv-echo', from: 'server-recv'},
  beliefs: {
    'recv-fills-the-buffer': `recv() は、頼んだ長さがそろうまで待つ
      recv() waits for as many bytes as it was asked for`,
    'send-waits-in-my-queue': `送ったバイトは、相手が recv() するまで自分の側で待つ
      what I sent stays on my side until the peer calls recv()`,
    'close-leaves-recv-asleep': `相手が close() しても、眠っている recv() は気づかない
      a sleeping recv() does not notice the peer’s close()`,
    'time-wait-is-the-servers': `TIME_WAIT は、いつもサーバー側に残る
      TIME_WAIT always stays on the server’s side`,
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
server.listen({port}, '127.0.0.1');  //@ server-opens
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
    serverOpens,
    step('client-socket', client.opens(), {
      before: {ja: 'クライアントもソケットを作ります。', en: 'The client makes a socket as well.'},
      after: {ja: '両側に一つずつ、ソケットがそろいました。', en: 'Now each side has a socket.'},
      expect: client.isUnlisted('CLOSE'),
      sources: ['man 2 socket'],
    }),
    step('client-connect', client.connects(), {
      before: `クライアントが 127.0.0.1:{port} に connect() します。
        The client connects to 127.0.0.1:{port}.`,
      after: `つながりました。接続はサーバーの接続待ちキューにあり、accept() を待っています(inode 0)。
        Connected. The connection is in the server’s accept queue and waits for accept() (inode 0).`,
      expect: [client.is('ESTABLISHED'), listener.queue(1)],
      sources: ['man 2 connect'],
    }),
    step('server-accept', listener.accepts(connection), {
      before: {ja: 'サーバーが accept() で接続を取り出します。', en: 'The server takes the connection with accept().'},
      after: `この接続のための新しいソケットができました。ここから先のやり取りは、このソケットで行います。
        Here is the new socket for this connection. All that the server says and hears from now on goes through it.`,
      expect: [connection.is('ESTABLISHED'), listener.queue(0)],
      sources: ['man 2 accept'],
    }),
    step('server-greet', connection.sends(greeting), {
      before: `サーバーから先に「hello, world!」の 13 バイトを送ります。どちらが先に話すかは TCP の決まりではなく、このサーバーの決めたことです。
        The server speaks first: hello, world!, 13 bytes. TCP has no rule about who begins; this server decided it.`,
      after: `13 バイトがクライアント側の受信キューに入りました。「つながったら、まずあいさつが来る」。こういう約束が、アプリケーション層プロトコルです。
        13 bytes are in the client’s receive queue. “Once connected, first comes a greeting”: agreements like this make an application-layer protocol.`,
      expect: [sentAll(greeting), client.is('ESTABLISHED', {recvQueue: greeting})],
      sources: ['man 2 send'],
    }),
    step('client-recv-greeting', client.receives(), {
      before: `クライアントが、4096 バイトのバッファーで recv() します。届いているのは 13 バイトです。
        The client calls recv() with a buffer of 4096 bytes. 13 bytes have arrived.`,
      belief: 'recv-fills-the-buffer',
      question: {ja: 'recv() はどうなりますか。', en: 'What will recv() do?'},
      choices: [
        {
          text: {ja: '4096 バイトそろうまで待つ', en: 'wait for all 4096 bytes'},
          claim: waits,
          because: `4096 は上限です。そろうまで待たせるには、MSG_WAITALL というフラグが要ります。
            4096 is an upper limit. To wait for all of it there is a flag, MSG_WAITALL.`,
        },
        {
          text: {ja: '4096 が返る(残りは 0 で埋まる)', en: 'return 4096, filled up with zeros'},
          claim: returns(4096),
          because: `届いていないバイトを、カーネルが作って足すことはありません。
            The kernel never makes up bytes that did not arrive.`,
        },
        {text: {ja: '13 が返る', en: 'return 13'}, claim: asClaimed.of('outcome')},
      ],
      hint: `この先もっと届くのかどうか、カーネルには分かりません。
        The kernel cannot know whether any more is going to arrive.`,
      after: `13 が返りました。いまある分だけです。バッファーの残りは、触られていません。何バイト読めたかは、戻り値でしか分かりません。
        recv() returned 13: what was there. The rest of the buffer is untouched, and only the return value tells how many bytes were read.`,
      expect: [received(greeting), client.is('ESTABLISHED', {recvQueue: 0})],
      sources: ['man 2 recv'],
    }),
    step('server-recv', connection.receives(), {
      before: `サーバーが recv() で、クライアントの言葉を待ちます。
        The server calls recv() to hear what the client has to say.`,
      after: `まだ何も届いていないので、サーバーは recv() の中で眠っています。次はクライアントの番です。
        Nothing has arrived, so the server sleeps inside recv(). It is the client’s turn.`,
      expect: waits,
      sources: ['man 2 recv'],
    }),
    step('client-send', client.sends(message), {
      before: `クライアントがメッセージを送ります。送る言葉を書いてください。日本語も使えます。
        The client sends a message. Write what it should say, in any language.`,
      after: `send() が数えるのは、文字ではなくバイトです。眠っていた recv() が返り、サーバーは同じバイト列を受け取りました。
        send() counts bytes, not characters. The recv() that slept has returned, and the server has the very same bytes.`,
      expect: [sentAll(message), completes('server-recv', received(message))],
      sources: ['man 2 send', 'man 7 utf-8'],
    }),
    step('server-echo', connection.sends(receivedIn('server-recv')), {
      before: `サーバーが、受け取ったバイト列をそのまま送り返します。クライアントは、まだ recv() を呼んでいません。
        The server sends back just the bytes that it received. The client has not called recv() yet.`,
      belief: 'send-waits-in-my-queue',
      question: `send() のあと、送り返したバイトはどこにありますか。
        After send(), where will the echoed bytes be?`,
      choices: [
        {
          text: {ja: 'クライアント側の受信キュー(Recv-Q)', en: 'in the client’s receive queue (Recv-Q)'},
          claim: client.is('ESTABLISHED', {recvQueue: message}),
        },
        {
          text: `サーバー側の送信キュー(Send-Q)で、recv() を待つ
            in the server’s send queue (Send-Q), waiting for recv()`,
          claim: [connection.is('ESTABLISHED', {sendQueue: message}), client.is('ESTABLISHED', {recvQueue: 0})],
          because: `相手に空きがあれば、カーネルは recv() を待たずに届けます。
            If the peer has room, the kernel delivers without waiting for recv().`,
        },
      ],
      hint: `カーネルの仕事は、プロセスが何もしなくても進みます。
        The kernel’s work goes on without the processes doing anything.`,
      after: `送り返したバイトは、もうクライアントのソケットの受信キューにあります。サーバーは中身を文字として読んでいないので、どんな文字コードでも、壊さずに返せます。
        The bytes are already in the receive queue of the client’s socket. The server never read them as text, so it can echo any encoding without harm.`,
      expect: [
        sentAll(message),
        client.is('ESTABLISHED', {recvQueue: message}),
        connection.is('ESTABLISHED', {sendQueue: 0}),
      ],
      sources: ['man 2 send', 'man 7 tcp'],
    }),
    step('client-recv-echo', client.receives(), {
      before: `クライアントが recv() で、返ってきたメッセージを読みます。
        The client reads what came back with recv().`,
      after: `送ったのと同じバイト列が戻りました。行きと帰りは別々の send() なので、しるしの文字が違います。
        The same bytes that were sent. The way there and the way back were two different send() calls, so the letters differ.`,
      expect: [received(message), client.is('ESTABLISHED', {recvQueue: 0})],
      sources: ['man 2 recv'],
    }),
    step('server-recv-end', connection.receives(), {
      before: `サーバーのループは recv() に戻り、次の言葉を待ちます。
        The server’s loop is back at recv() and waits for more.`,
      after: `サーバーは、また眠りました。クライアントがもう話さないことを、サーバーはまだ知りません。
        The server sleeps again. It cannot know yet that the client has nothing more to say.`,
      expect: waits,
      sources: ['man 2 recv'],
    }),
    step('client-close', client.closes(), {
      before: `クライアントが close() します。サーバーは recv() で眠っています。
        The client closes. The server is asleep in recv().`,
      belief: 'close-leaves-recv-asleep',
      question: {ja: '眠っている recv() はどうなりますか。', en: 'What will become of the sleeping recv()?'},
      choices: [
        {text: {ja: '0 を返して終わる', en: 'it returns 0'}, claim: asClaimed.of('completes')},
        {
          text: {ja: '何も届かないので、眠り続ける', en: 'it sleeps on, since nothing arrives'},
          claim: completes('server-recv-end', waits),
          because: {ja: 'データは届きませんが、FIN は届きます。', en: 'No data arrives, but FIN does.'},
        },
        {
          text: {ja: 'ECONNRESET で失敗する', en: 'it fails with ECONNRESET'},
          claim: completes('server-recv-end', fails('ECONNRESET')),
          because: `読み残しのない close() は、RST ではなく FIN を送ります。
            A close() with nothing left unread sends FIN, not RST.`,
        },
      ],
      hint: `クライアントの close() は、サーバー側に FIN を送ります。
        The client’s close() sends a FIN to the server’s side.`,
      after: `recv() は 0 を返しました。FIN が届いた、つまりクライアントの送信が終わったという意味です。while ((n = recv(…)) > 0) のループは、ここで抜けます。
        recv() returned 0: FIN arrived, the client has finished sending. The loop while ((n = recv(…)) > 0) ends here.`,
      expect: [completes('server-recv-end', returns(0)), connection.is('CLOSE_WAIT')],
      sources: ['man 2 recv', 'man 2 close', 'RFC 9293 3.6'],
    }),
    step('server-close', closesSecond(connection, client), {
      before: `サーバーも接続を close() します。今回、先に閉じたのはクライアントでした。
        The server closes the connection too. This time it was the client that closed first.`,
      belief: 'time-wait-is-the-servers',
      question: {ja: 'TIME_WAIT は、どちらの側に残りますか。', en: 'On which side will TIME_WAIT remain?'},
      choices: [
        {
          text: {ja: 'サーバー側(待ち受けていた側)', en: 'the server’s, the side that listened'},
          claim: [connection.is('TIME_WAIT'), client.isGone],
          because: `サーバーかクライアントかではなく、どちらが先に閉じたかで決まります。
            What decides is not who is the server but who closed first.`,
        },
        {
          text: {ja: 'クライアント側(先に閉じた側)', en: 'the client’s, the side that closed first'},
          claim: asClaimed.of('sockets'),
        },
        {
          text: {ja: '両側', en: 'both'},
          claim: [client.is('TIME_WAIT'), connection.is('TIME_WAIT')],
          because: `あとから閉じた側は、最後の ACK を受け取れば待つ必要がありません。
            The side that closes last need not wait once it has the last ACK.`,
        },
      ],
      hint: `TIME_WAIT は、最後の ACK を送った側が、それが失われた場合に備える状態です。
        In TIME_WAIT, the side that sent the last ACK stays ready in case it got lost.`,
      after: `TIME_WAIT は、クライアント側の一時ポートに残りました。サーバーのポート {port} には、この接続のものは残りません。クライアントに先に閉じさせる設計には、こういう利点があります。
        It stays on the client’s side, with its ephemeral port. No TIME_WAIT of this connection stays on the server’s port {port}: one reason to let clients close first.`,
      expect: [client.is('TIME_WAIT'), connection.isGone],
      expires: {after: 'client-close', seconds: 50},
      sources: ['RFC 9293 3.6.1'],
    }),
    serverCloseListener,
  ],
  summary: `エコーサーバーの正体は「recv() が 0 を返すまで、来たバイトを send() で返す」ループです。送られるのは文字ではなくバイトで、recv() はある分だけを返し、0 は相手が送信を終えた知らせです。
    An echo server is a loop: send() back what recv() returns, until that is 0. What travels is bytes, not characters; recv() hands over what is there; and 0 means that the peer has finished.`,
  review: [
    review('short-message', [
      step(
        'scene',
        [
          ...listensSomewhere(listener),
          ...connects(client, listener),
          listener.accepts(connection),
          client.sends('ok'),
        ],
        {
          before: `クライアントがつないで、「ok」の 2 バイトを送ります。
            The client connects and sends ok, 2 bytes.`,
          after: {ja: '2 バイトはサーバー側に届いています。', en: 'The 2 bytes have arrived on the server’s side.'},
          expect: [returns(2), connection.is('ESTABLISHED', {recvQueue: 2})],
          sources: ['man 2 send'],
        },
      ),
      step('server-recv', connection.receives(10), {
        before: `サーバーは 10 バイトのデータを待つつもりで、長さ 10 の recv() を呼びます。
          The server expects a record of 10 bytes and calls recv() with a length of 10.`,
        belief: 'recv-fills-the-buffer',
        question: {ja: 'recv() はどうなりますか。', en: 'What will recv() do?'},
        choices: [
          {text: {ja: '2 が返る', en: 'return 2'}, claim: returns(2)},
          {
            text: {ja: 'あと 8 バイト届くまで待つ', en: 'wait for the other 8 bytes'},
            claim: waits,
            because: `長さは上限です。1 バイトでもあれば、recv() は待ちません。
              The length is an upper limit. With one byte there, recv() does not wait.`,
          },
          {
            text: {ja: '10 が返る', en: 'return 10'},
            claim: returns(10),
            because: `届いたのは 2 バイトだけで、それより多くは渡せません。
              Only 2 bytes have arrived, and no more can be handed over.`,
          },
        ],
        after: `いまある 2 バイトだけが返りました。10 バイトが要るなら、そろうまで recv() を繰り返すのはプログラムの仕事です。
          It returned the 2 bytes that were there. If the program needs 10, it is the program that must call recv() until it has them.`,
        expect: received('ok'),
        sources: ['man 2 recv'],
      }),
      closing('clear-away', [client, connection, listener]),
    ]),
    review('bytes-before-accept', [
      step('scene', [...listensSomewhere(listener), ...connects(client, listener)], {
        before: `クライアントがつなぎます。サーバーは accept() も recv() も、まだ呼びません。
          The client connects. The server calls neither accept() nor recv() yet.`,
        after: {ja: 'つながりました。', en: 'Connected.'},
        sources: ['man 2 connect'],
      }),
      step('client-send', client.sends(fill(0x7a, 300)), {
        before: {ja: 'クライアントが 300 バイトを send() します。', en: 'The client sends 300 bytes.'},
        belief: 'send-waits-in-my-queue',
        question: `send() のあと、300 バイトはどこにありますか。
          After send(), where will the 300 bytes be?`,
        choices: [
          {
            text: `クライアントの送信キューで、accept() と recv() を待つ
              in the client’s send queue, waiting for accept() and recv()`,
            claim: [client.is('ESTABLISHED', {sendQueue: 300}), listener.queue(1, {bytes: 0})],
            because: `届けるのはカーネルで、相手のプロセスが何を呼んだかは待ちません。
              The kernel delivers, whatever the other process has or has not called.`,
          },
          {
            text: `サーバー側の、まだ accept() されていない接続の受信キュー
              in the receive queue of the server’s connection, accepted or not`,
            claim: listener.queue(1, {bytes: 300}),
          },
        ],
        after: `まだどのプロセスも持っていない接続(inode 0)の受信キューに、300 バイトあります。クライアントの送信キューは、ACK が返って空になりました。
          The 300 bytes are in the receive queue of a connection that no process holds yet (inode 0). The ACK has come back, so the client’s send queue is empty.`,
        expect: [returns(300), listener.queue(1, {bytes: 300}), client.is('ESTABLISHED', {sendQueue: 0})],
        sources: ['man 2 send', 'man 7 tcp'],
      }),
      step('clear-away', [client.closes(), listener.closes()], {
        before: {ja: '両側のソケットを閉じます。', en: 'Both sides close.'},
        after: `一度も読まれなかった 300 バイトは、接続と一緒に捨てられました。
          The 300 bytes that nobody read were thrown away with the connection.`,
        sources: ['man 2 close'],
      }),
    ]),
    review('client-asleep', [
      step(
        'scene',
        [
          ...listensSomewhere(listener),
          ...connects(client, listener),
          listener.accepts(connection),
          client.receives(100),
        ],
        {
          before: `今度は、クライアントが recv() で返事を待って眠ります。
            This time it is the client that sleeps in recv(), waiting for an answer.`,
          after: `クライアントは眠っています。サーバーは、まだ何も送っていません。
            The client is asleep. The server has sent nothing.`,
          expect: waits,
          sources: ['man 2 recv'],
        },
      ),
      step('server-close', connection.closes(), {
        before: `サーバーは何も送らずに、接続を close() します。
          The server closes the connection without having sent a byte.`,
        belief: 'close-leaves-recv-asleep',
        question: {ja: 'クライアントの recv() はどうなりますか。', en: 'What will become of the client’s recv()?'},
        choices: [
          {
            text: {ja: '眠り続ける', en: 'it sleeps on'},
            claim: completes('scene', waits),
            because: `close() で送られる FIN が、眠っている recv() を起こします。
              The FIN that close() sends wakes the sleeping recv().`,
          },
          {
            text: {ja: 'ENOTCONN で失敗する', en: 'it fails with ENOTCONN'},
            claim: completes('scene', fails('ENOTCONN')),
            because: `接続はまだあり、クライアントの側は CLOSE_WAIT です。
              The connection is still there: the client’s side is in CLOSE_WAIT.`,
          },
          {text: {ja: '0 を返して終わる', en: 'it returns 0'}, claim: asClaimed.of('completes')},
        ],
        after: `0、つまり EOF が返りました。返事が一つもないまま相手が送信を終えたことが、これで分かります。
          recv() returned 0, end of file. That is how the client learns that the peer is done and that no answer will come.`,
        expect: completes('scene', returns(0)),
        sources: ['man 2 recv', 'RFC 9293 3.6'],
      }),
      closing('clear-away', [client, listener]),
    ]),
    review('two-farewells', [
      step(
        'scene',
        [
          ...listensSomewhere(listener),
          ...connects(clientA, listener),
          listener.accepts(connectionA),
          ...connects(clientB, listener),
          listener.accepts(connectionB),
          clientA.closes(),
          connectionB.closes(),
        ],
        {
          before: `接続が二つあります。接続 a はクライアントが、接続 b はサーバーが、先に close() します。
            There are two connections. The client is the first to close connection a, the server the first to close b.`,
          after: {ja: 'どちらの接続も、片側だけが閉じています。', en: 'Each connection is closed on one side only.'},
          expect: [connectionA.is('CLOSE_WAIT'), clientB.is('CLOSE_WAIT')],
          sources: ['man 2 close'],
        },
      ),
      step('the-others-close', [closesSecond(connectionA, clientA), closesSecond(clientB, connectionB)], {
        before: `残りの側、つまり接続 a のサーバー側と、接続 b のクライアント側も close() します。
          Now the other sides close as well: the server’s of a, the client’s of b.`,
        belief: 'time-wait-is-the-servers',
        question: {ja: 'TIME_WAIT は、どこに残りますか。', en: 'Where will TIME_WAIT remain?'},
        choices: [
          {
            text: {ja: 'a も b も、サーバー側', en: 'on the server’s side of both'},
            claim: [connectionA.is('TIME_WAIT'), connectionB.is('TIME_WAIT')],
            because: `サーバーかどうかではなく、先に閉じたかどうかです。
              What counts is not who is the server but who closed first.`,
          },
          {
            text: `a はクライアント側、b はサーバー側
              on the client’s side of a and the server’s side of b`,
            claim: asClaimed.of('sockets'),
          },
          {
            text: `a はサーバー側、b はクライアント側
              on the server’s side of a and the client’s side of b`,
            claim: [connectionA.is('TIME_WAIT'), clientA.isGone, clientB.is('TIME_WAIT'), connectionB.isGone],
            because: `あとから閉じた側は、最後の ACK を受け取ればすぐに消えます。
              The side that closes last is gone as soon as it has the last ACK.`,
          },
        ],
        after: `TIME_WAIT は、接続ごとに、先に閉じた側に残ります。最後の ACK を送ったのがその側で、失われたら送り直す役目があるからです。
          TIME_WAIT remains, for each connection, with the side that closed first. That side sent the last ACK and must be there to send it again.`,
        expect: [clientA.is('TIME_WAIT'), connectionA.isGone, connectionB.is('TIME_WAIT'), clientB.isGone],
        expires: {after: 'scene', seconds: 50},
        sources: ['RFC 9293 3.6.1'],
      }),
      step('clear-away', listener.closes(), {
        before: {ja: '待ち受けのソケットを閉じます。', en: 'The listening socket is closed.'},
        after: `二つの TIME_WAIT は、Linux では 60 秒で消えます。
          On Linux the two TIME_WAIT rows go away after 60 seconds.`,
        expect: listener.isGone,
        sources: ['man 2 close'],
      }),
    ]),
  ],
});
