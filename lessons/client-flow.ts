import {fill} from './kit/bytes.ts';
import {closesAll, connects, listensSomewhere} from './kit/calls.ts';
import {closing} from './kit/closing.ts';
import {lesson, review} from './kit/lesson.ts';
import {cClientOpening, cHead, cServerOpening} from './kit/listings.ts';
import {serverCloseListener, serverOpens} from './kit/opening.ts';
import {fails, gaveAddress, received, returns, sentAll, waits} from './kit/outcomes.ts';
import {sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';
import {serverFlow} from './server-flow.ts';

const {listener, connection, client} = sockets({server: ['listener', 'connection'], client: ['client']});

export const clientFlow = lesson({
  id: 'client-flow',
  title: {ja: 'クライアントの流れ', en: 'The client’s flow'},
  about: `connect() を呼ぶだけで、自分のポート番号はいつ決まるのか
    A client only calls connect(). When does it get a port of its own?`,
  minutes: 6,
  beliefs: {
    'client-port-is-the-servers': `クライアントのポートは、サーバーと同じ番号だ
      the client’s port is the server’s`,
    'send-waits-for-recv': `send() は、相手が recv() するまで返らない
      send() waits until the other side calls recv()`,
    'close-ends-both': `一方が close() すれば、接続は両側で消える
      close() on one side ends the connection on both`,
  },
  recalls: [serverFlow],
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
server.listen({port}, '127.0.0.1');  //@ server-opens
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
    serverOpens,
    step('client-socket', client.opens(), {
      before: `ここからが主役のクライアントです。クライアントも socket() から始めます。listen() も accept() も使いません。
        Now for the client, whose lesson this is. It begins with socket() too. It will need neither listen() nor accept().`,
      after: `端点が一つできました。サーバーのソケットと作り方は同じで、ここまで違いはありません。違いは、次に何を呼ぶかで生まれます。
        One more endpoint. It was made exactly as the server’s was; so far they do not differ. What comes next makes the difference.`,
      expect: client.isUnlisted('CLOSE'),
      sources: ['man 2 socket'],
    }),
    step('client-connect', client.connects(), {
      before: `connect() で、サーバーの 127.0.0.1:{port} に接続を要求します。クライアントは bind() を呼んでいません。
        connect() asks for a connection to the server at 127.0.0.1:{port}. The client has not called bind().`,
      belief: 'client-port-is-the-servers',
      question: `つながったとき、クライアント側のポート番号はどうなりますか。
        Once connected, what will the port on the client’s side be?`,
      choices: [
        {
          text: {ja: 'サーバーと同じ {port}', en: 'the same as the server’s, {port}'},
          claim: client.hasPort('server'),
          because: `{port} はサーバー側の番号です。接続には、両端にそれぞれ一つずつポートがあります。
            {port} is the server’s end. A connection has two ends, and each has a port.`,
        },
        {
          text: {ja: 'bind() していないので、ない', en: 'none, since there was no bind()'},
          claim: client.hasPort('none'),
          because: `ポートがないと、サーバーは返事の宛先が分かりません。
            Without one the server would not know where to send its answer.`,
        },
        {
          text: {ja: 'カーネルが選んだ別の番号', en: 'another one, chosen by the kernel'},
          claim: client.hasPort('another'),
        },
      ],
      hint: `一台のコンピューターから、同じサーバーへの接続をいくつも作れます。
        One computer can have many connections to the same server.`,
      after: `カーネルが空いている番号を選びました。一時ポート(エフェメラルポート)です。クライアントは、ふつう bind() を呼びません。
        The kernel picked a free number: an ephemeral port. That is why a client does not usually call bind().`,
      expect: [client.is('ESTABLISHED'), client.hasPort('another'), listener.queue(1)],
      sources: ['man 2 connect', 'man 7 ip'],
    }),
    step('client-getsockname', client.readsOwnAddress(), {
      before: `選ばれた番号は、getsockname() で聞けます。自分の側のアドレスとポートを返す呼び出しです。
        getsockname() tells which one it picked: it returns the address and port of one’s own end.`,
      after: `自分の側のアドレスとポートが分かりました。この番号は、ふつう接続のたびに違います。相手の側を聞くのは getpeername() です。
        There they are, address and port of this end. The port is usually a different one each time. For the other end there is getpeername().`,
      expect: [returns(0), client.hasPort('another')],
      sources: ['man 2 getsockname', 'man 2 getpeername'],
    }),
    step('server-accept', listener.accepts(connection), {
      before: `相手役のサーバーが accept() で、できあがっている接続を受け取ります。
        The server, in the supporting role here, takes the finished connection with accept().`,
      after: `accept() が書き込んだ相手のアドレスには、さきほどの一時ポートが入っています。両端のアドレスとポートの四つ組が、この接続を表します。
        The peer’s address that accept() filled in has the ephemeral port from before. Both addresses and both ports, the 4-tuple, identify this connection.`,
      expect: [connection.is('ESTABLISHED'), listener.queue(0)],
      sources: ['man 2 accept'],
    }),
    step('client-send', client.sends('hello'), {
      before: `クライアントが「hello」の 5 バイトを send() します。サーバーは、まだ recv() を呼んでいません。
        The client sends hello, 5 bytes. The server has not called recv() yet.`,
      belief: 'send-waits-for-recv',
      question: {ja: 'send() はどうなりますか。', en: 'What will send() do?'},
      choices: [
        {
          text: {ja: 'サーバーが recv() を呼ぶまで待つ', en: 'wait until the server calls recv()'},
          claim: waits,
          because: `バッファーに空きがあれば、send() は相手を待ちません。
            As long as there is room in the buffers, send() does not wait for the peer.`,
        },
        {text: {ja: '5 が返る', en: 'return 5'}, claim: asClaimed.of('outcome')},
        {
          text: {ja: 'まだ読まれていないので 0 が返る', en: 'return 0, since nobody has read anything'},
          claim: returns(0),
          because: `send() が数えるのは、読まれたバイト数ではなく、カーネルが引き受けたバイト数です。
            send() counts what the kernel took over, not what the peer has read.`,
        },
      ],
      hint: `バイトを受け取って取っておくのは、サーバーのプロセスではなくカーネルです。
        It is the kernel that takes in the bytes and keeps them, not the server’s process.`,
      after: `5 は、カーネルが引き受けたバイト数です。5 バイトはサーバーのソケットの受信キューに届いていますが(Recv-Q 5)、サーバーのプロセスはまだ読んでいません。
        5 is what the kernel has taken over. The bytes sit in the receive queue of the server’s socket (Recv-Q 5); the server’s process has not read them.`,
      expect: [sentAll('hello'), connection.is('ESTABLISHED', {recvQueue: 'hello'})],
      sources: ['man 2 send', 'man 7 tcp'],
    }),
    step('server-recv', connection.receives(), {
      before: {ja: 'サーバーが recv() で読みます。', en: 'The server reads with recv().'},
      after: `受信キューの 5 バイトがプロセスに渡り、キューは空になりました。
        The 5 bytes went from the receive queue to the process, and the queue is empty.`,
      expect: [received('hello'), connection.is('ESTABLISHED', {recvQueue: 0})],
      sources: ['man 2 recv'],
    }),
    step('server-send', connection.sends('hello, client!'), {
      before: {ja: 'サーバーが 14 バイトの返事を send() します。', en: 'The server sends an answer of 14 bytes.'},
      after: `返事は、クライアントが connect() に使った同じソケットに届きます。接続は双方向で、受信用のソケットを別に作る必要はありません。
        The answer arrives at the very socket that called connect(). A connection carries both directions; nobody needs a second socket to receive.`,
      expect: [sentAll('hello, client!'), client.is('ESTABLISHED', {recvQueue: 'hello, client!'})],
      sources: ['man 2 send'],
    }),
    step('client-recv', client.receives(), {
      before: {ja: 'クライアントが recv() で返事を読みます。', en: 'The client reads the answer with recv().'},
      after: `14 が返りました。今回は 1 回の send() の分がちょうど 1 回で読めましたが、TCP はバイトストリームなので、いつもそうとは限りません。
        recv() returned 14. This time one recv() got exactly what one send() had sent. TCP is a byte stream, so do not count on that.`,
      expect: [received('hello, client!'), client.is('ESTABLISHED', {recvQueue: 0})],
      sources: ['man 2 recv', 'man 7 tcp'],
    }),
    step('client-close', client.closes(), {
      before: `用が済んだので、クライアントが先に close() します。サーバーは、まだ close() を呼んでいません。
        The client is done and closes first. The server has not called close() yet.`,
      belief: 'close-ends-both',
      question: `サーバー側の接続はどうなりますか。
        What becomes of the connection on the server’s side?`,
      choices: [
        {
          text: {ja: 'カーネルが消すので、なくなる', en: 'the kernel removes it: it is gone'},
          claim: connection.isGone,
          because: `サーバーの close() まで、カーネルはサーバーのソケットを消しません。
            The kernel keeps the server’s socket until the server closes it.`,
        },
        {
          text: {ja: 'CLOSE_WAIT で、サーバーの close() を待つ', en: 'CLOSE_WAIT: it waits for the server’s close()'},
          claim: connection.is('CLOSE_WAIT'),
        },
        {
          text: {ja: 'ESTABLISHED のまま変わらない', en: 'it stays ESTABLISHED'},
          claim: connection.is('ESTABLISHED'),
          because: `FIN が届くと、サーバー側のカーネルは状態を変えます。
            When FIN arrives, the server’s kernel changes the state.`,
        },
      ],
      hint: `接続の二つの方向は、別々に閉じます。閉じたのは、クライアントからサーバーへの方向です。
        The two directions of a connection are closed one by one. The one that is closed now leads from the client to the server.`,
      after: `状態は CLOSE_WAIT、自分の側の close() を待っています(Recv-Q の 1 は、届いた FIN です)。サーバーが閉じ忘れると、ずっとこのままです。クライアント側は FIN_WAIT2 で、カーネルだけが持っています(inode 0)。
        CLOSE_WAIT: waiting for its own side to close. (The 1 in Recv-Q is the FIN.) A server that forgets to stays there for good. The client’s side is in FIN_WAIT2, held by the kernel alone (inode 0).`,
      expect: [connection.is('CLOSE_WAIT'), client.is('FIN_WAIT2')],
      sources: ['man 2 close', 'RFC 9293 3.6'],
    }),
    step('server-recv-end', connection.receives(), {
      before: {ja: 'サーバーがもう一度 recv() を呼びます。', en: 'The server calls recv() once more.'},
      after: `0 が返りました。クライアントが送信を終えた、という知らせ(EOF)です。サーバーは、これを見て close() します。
        recv() returned 0: the client has finished sending (end of file). This is how a server learns that it is time to close.`,
      expect: returns(0),
      expires: {after: 'client-close', seconds: 50},
      sources: ['man 2 recv'],
    }),
    step('server-close', connection.closes(), {
      before: `サーバーも接続のソケットを close() します。これで両方向が閉じます。
        The server closes its connection too, and both directions are closed.`,
      after: `今度は、先に閉じたクライアント側に TIME_WAIT が残りました。ふさがるのはクライアントの一時ポートだけで、サーバーのポートには影響しません。
        This time TIME_WAIT stays with the client, which closed first. What it holds on to is an ephemeral port, so it is not in the way of the server’s.`,
      expect: [client.is('TIME_WAIT'), connection.isGone],
      expires: {after: 'client-close', seconds: 50},
      sources: ['RFC 9293 3.6.1'],
    }),
    serverCloseListener,
  ],
  summary: `クライアントの流れは socket → connect → send/recv → close です。自分のポートはカーネルが選びます。send() が返すのはカーネルが引き受けたバイト数で、相手が読んだかどうかは分かりません。
    A client calls socket, connect, send and recv, and close. The kernel picks its port. send() returns how many bytes the kernel took over; it does not say whether the peer has read them.`,
  review: [
    review('peer-seen-by-the-server', [
      step(
        'scene',
        [
          listener.opens(),
          listener.sets('SO_REUSEADDR', 1),
          listener.binds(),
          listener.listens(),
          ...connects(client, listener),
          listener.accepts(connection),
        ],
        {
          before: `サーバーが 127.0.0.1:{port} で待ち受け、クライアントの接続を accept() します。
            The server listens on 127.0.0.1:{port} and accepts the client’s connection.`,
          after: {ja: '接続のソケットができました。', en: 'Here is the connection’s socket.'},
          sources: ['man 2 accept'],
        },
      ),
      step('server-getpeername', connection.readsPeerAddress(), {
        before: `サーバーが getpeername() で、相手の側のアドレスとポートを聞きます。
          The server asks with getpeername() for the address and port of the other end.`,
        belief: 'client-port-is-the-servers',
        question: `サーバーから見た相手のポート番号はどれですか。
          Which port does the server see at the other end?`,
        choices: [
          {
            text: {ja: 'クライアント側でカーネルが選んだ番号', en: 'one that the kernel chose for the client'},
            claim: gaveAddress({port: 'another'}),
          },
          {
            text: {ja: 'クライアントが宛先にした {port}', en: '{port}, which the client connected to'},
            claim: gaveAddress({port: 'server'}),
            because: `{port} はサーバー側の端です。相手の端には、相手のポートがあります。
              {port} is the server’s own end. The other end has a port of its own.`,
          },
          {
            text: {ja: '0。クライアントは bind() していないので', en: '0, since the client never called bind()'},
            claim: gaveAddress({port: 'none'}),
            because: `bind() していなければ、connect() のときにカーネルが選びます。
              Without a bind() the kernel picks a port at connect().`,
          },
        ],
        after: `connect() のときに選ばれた一時ポートです。サーバーの返事は、この番号あてに送られます。
          It is the ephemeral port that was picked at connect(). The server’s answers go there.`,
        expect: gaveAddress({host: '127.0.0.1', port: client.place}),
        sources: ['man 2 getpeername', 'man 7 ip'],
      }),
      closing('clear-away', [client, connection, listener]),
    ]),
    review('server-sends-unread', [
      step('scene', [...listensSomewhere(listener), ...connects(client, listener), listener.accepts(connection)], {
        before: `つながったあと、クライアントのプロセスは別の仕事をしていて、recv() を呼びません。
          Once connected, the client’s process is busy with other things and never calls recv().`,
        after: {ja: 'サーバーは接続を受け取りました。', en: 'The server has its connection.'},
        sources: ['man 2 accept'],
      }),
      step('server-send', connection.sends(fill(0x61, 1000)), {
        before: `サーバーが、クライアントに 1000 バイトを send() します。
          The server sends 1000 bytes to the client.`,
        belief: 'send-waits-for-recv',
        question: {ja: 'send() はどうなりますか。', en: 'What will send() do?'},
        choices: [
          {text: {ja: '1000 が返る', en: 'return 1000'}, claim: asClaimed.of('outcome')},
          {
            text: {ja: 'クライアントが recv() するまで待つ', en: 'wait until the client calls recv()'},
            claim: waits,
            because: `バッファーに空きがあるあいだは、相手が読まなくても返ります。
              As long as the buffers have room it returns, read or not.`,
          },
          {
            text: {ja: 'まだ読まれていないので 0 が返る', en: 'return 0, since nothing has been read'},
            claim: returns(0),
            because: `返る数は、カーネルが引き受けたバイト数です。読まれたバイト数ではありません。
              The value counts the bytes that the kernel took over, not those that were read.`,
          },
        ],
        after: `1000 バイトはカーネルが引き受け、クライアント側の受信キューに届いています。読まれたかどうかを、send() は知らせません。
          The kernel took all 1000 bytes, and they are in the client’s receive queue. send() does not tell whether they were read.`,
        expect: [returns(1000), client.is('ESTABLISHED', {recvQueue: 1000})],
        sources: ['man 2 send', 'man 7 tcp'],
      }),
      step('clear-away', [client.closes(), ...closesAll(connection, listener)], {
        before: {ja: '両側のソケットを閉じます。', en: 'Both sides close.'},
        after: `クライアントは読み残したまま閉じたので、FIN ではなく RST が送られました。
          The client left bytes unread, so its close() sent an RST instead of FIN.`,
        sources: ['man 2 close'],
      }),
    ]),
    review('server-leaves-first', [
      step('scene', [...listensSomewhere(listener), ...connects(client, listener), listener.accepts(connection)], {
        before: {ja: 'サーバーとクライアントがつながります。', en: 'Server and client connect.'},
        after: {ja: '両側とも ESTABLISHED です。', en: 'Both sides are ESTABLISHED.'},
        expect: [client.is('ESTABLISHED'), connection.is('ESTABLISHED')],
        sources: ['man 2 accept'],
      }),
      step('server-close', [connection.closes(), listener.closes()], {
        before: `今度はサーバーが、接続も待ち受けも全部 close() します。クライアントは何もしません。
          This time the server closes everything, its connection and its listening socket. The client does nothing.`,
        belief: 'close-ends-both',
        question: `クライアント側の接続はどうなりますか。
          What becomes of the connection on the client’s side?`,
        choices: [
          {
            text: {ja: 'なくなる', en: 'it is gone'},
            claim: client.isGone,
            because: `クライアントのソケットは、クライアントが close() するまで残ります。
              The client’s socket stays until the client closes it.`,
          },
          {
            text: {ja: 'ESTABLISHED のまま', en: 'it stays ESTABLISHED'},
            claim: client.is('ESTABLISHED'),
            because: {ja: 'サーバーの FIN が届いています。', en: 'The server’s FIN has arrived.'},
          },
          {
            text: `CLOSE_WAIT で、クライアントの close() を待つ
              CLOSE_WAIT: it waits for the client’s close()`,
            claim: client.is('CLOSE_WAIT'),
          },
        ],
        after: `FIN を受け取った側は CLOSE_WAIT です。サーバーかクライアントかには関係なく、あとから閉じる側がこの状態で残ります。
          Whoever receives FIN is in CLOSE_WAIT. It does not matter who is the server: the side that has yet to close stays like this.`,
        expect: [client.is('CLOSE_WAIT'), connection.is('FIN_WAIT2')],
        sources: ['man 2 close', 'RFC 9293 3.6'],
      }),
      step('client-close', client.closes(), {
        before: {ja: 'クライアントも閉じます。', en: 'The client closes too.'},
        after: `これで両方向が閉じました。TIME_WAIT は、先に閉じたサーバー側に残ります。
          Now both directions are closed. TIME_WAIT stays with the server, which closed first.`,
        expect: [client.isGone, connection.is('TIME_WAIT')],
        expires: {after: 'server-close', seconds: 50},
        sources: ['RFC 9293 3.6'],
      }),
    ]),
    review('server-reads-to-the-end', [
      step(
        'scene',
        [
          ...listensSomewhere(listener),
          ...connects(client, listener),
          listener.accepts(connection),
          client.sends('bye'),
          client.closes(),
          connection.receives(100),
        ],
        {
          before: `クライアントが「bye」を送って close() し、サーバーが recv() で読みます。
            The client sends bye and closes, and the server reads with recv().`,
          after: {ja: 'サーバーは 3 バイトを受け取りました。', en: 'The server has received 3 bytes.'},
          expect: received('bye'),
          sources: ['man 2 recv'],
        },
      ),
      step('server-recv-again', connection.receives(100), {
        before: `サーバーが、続きを読もうともう一度 recv() を呼びます。
          The server calls recv() again for whatever comes next.`,
        belief: 'recv-zero-is-nothing-yet',
        question: `recv() はどうなり、サーバーは次に何をすればよいですか。
          What will recv() do, and what should the server do then?`,
        choices: [
          {
            text: {ja: '届くまで待つので、そのまま待たせておく', en: 'it waits; the server lets it wait'},
            claim: waits,
            because: `クライアントの FIN はもう届いています。この先は何も来ません。
              The client’s FIN is here already: nothing more will come.`,
          },
          {
            text: `0 が返るので、読むのをやめて close() する
              it returns 0; the server stops reading and closes`,
            claim: asClaimed,
          },
          {
            text: `EAGAIN で失敗するので、少し待って呼び直す
              it fails with EAGAIN; the server tries again later`,
            claim: fails('EAGAIN'),
            because: `EAGAIN は「まだない」です。届いている FIN は「もう来ない」を表します。
              EAGAIN says “nothing yet”. The FIN that has arrived says “no more”.`,
          },
        ],
        after: `0 は「もう来ない」という意味です。「まだ来ない」と思って呼び直すと、0 が返り続け、CPU を使い切るループになります。
          0 means “no more”. A program that takes it for “not yet” and calls again gets 0 for ever, in a loop that eats the CPU.`,
        expect: returns(0),
        sources: ['man 2 recv'],
      }),
      closing('clear-away', [connection, listener]),
    ]),
  ],
});
