import {echo} from './echo.ts';
import {text} from './kit/bytes.ts';
import {closesAll, connects, listensSomewhere} from './kit/calls.ts';
import {closing} from './kit/closing.ts';
import {lesson, review} from './kit/lesson.ts';
import {cClientOpening, cHead, cServerOpening} from './kit/listings.ts';
import {serverCloseListener} from './kit/opening.ts';
import {completes, fails, gaveAddress, received, returns, sentAll, waits} from './kit/outcomes.ts';
import {sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';

const {listener, connection, caller, client, early, bound} = sockets({
  server: ['listener', 'connection', 'caller'],
  client: ['client', 'early', 'bound'],
});

export const serverFlow = lesson({
  id: 'server-flow',
  title: {ja: 'サーバーの流れ', en: 'The server’s flow'},
  about: `サーバーは、何をどの順で呼べば、つながるのを待てるのか
    What must a server call, and in which order, before anybody can connect?`,
  minutes: 8,
  beliefs: {
    'bind-opens-port': {ja: 'bind() すれば、そのポートは開く', en: 'bind() opens the port'},
    'accept-connects': {ja: '接続を作るのは accept() だ', en: 'accept() is what makes the connection'},
    'accept-moves-port': `accept() は、接続を別のポートに移す
      accept() moves the connection to another port`,
    'recv-returns-nothing': `何も届いていなければ、recv() は 0 を返す
      recv() returns 0 when nothing has arrived`,
    'recv-zero-is-nothing-yet': `recv() の 0 は、まだ何もないという意味だ
      recv() = 0 means that there is nothing yet`,
  },
  recalls: [echo],
  programs: {
    c: {
      server: `${cHead}
int main(void) {
${cServerOpening}  int connection = accept(listener, NULL, NULL);  //@ server-accept
  char buffer[4096];
  recv(connection, buffer, sizeof buffer, 0);  //@ server-recv
  const char *answer = "ようこそ";
  send(connection, answer, strlen(answer), 0);  //@ server-send
  close(connection);  //@ server-close
  close(listener);  //@ server-close-listener
}
`,
      client: `${cHead}
int main(void) {
${cClientOpening}  const char *greeting = "こんにちは";
  send(client, greeting, strlen(greeting), 0);  //@ client-send
  char buffer[4096];
  recv(client, buffer, sizeof buffer, 0);  //@ client-recv
  recv(client, buffer, sizeof buffer, 0);  //@ client-recv-end
  close(client);  //@ client-close
}
`,
    },
    node: {
      server: `import net from 'node:net';

const server = net.createServer(socket => {  //@ server-accept
  socket.on('error', console.error);
  socket.once('data', () => {  //@ server-recv
    socket.end('ようこそ');  //@ server-send server-close
    server.close();  //@ server-close-listener
  });
});
server.on('error', console.error);
server.listen({port}, '127.0.0.1');  //@ server-socket server-bind server-listen
`,
      client: `import net from 'node:net';

const socket = net.connect({port}, '127.0.0.1');  //@ client-early client-socket client-connect
socket.on('error', console.error);
socket.write('こんにちは');  //@ client-send
socket.setEncoding('utf8');
socket.on('data', text => console.log(text));  //@ client-recv
socket.on('end', () => console.log('end'));  //@ client-recv-end client-close
`,
    },
  },
  steps: [
    step('server-socket', listener.opens(), {
      before: `サーバーは socket() から始まります。ソケットは通信のための端点で、プロセスからはファイルディスクリプターという番号で見えます。AF_INET は IPv4、SOCK_STREAM はバイトストリーム(TCP)を意味します。
        A server begins with socket(). A socket is an endpoint for communication; the process knows it by a number, its file descriptor. AF_INET means IPv4, and SOCK_STREAM a byte stream, which is TCP.`,
      after: `返った番号がファイルディスクリプターです。カーネルは端点を一つ用意しただけで、アドレスもポートもまだなく、パケットも送っていません。
        The number that came back is the file descriptor. The kernel has set up one endpoint and no more: there is no address, no port, and no packet was sent.`,
      expect: listener.isUnlisted('CLOSE'),
      sources: ['man 2 socket', 'man 7 ip'],
    }),
    step('server-bind', [listener.sets('SO_REUSEADDR', 1), listener.binds()], {
      before: `bind() で、ソケットにアドレスとポートを割り当てます。127.0.0.1(ループバック)は、このコンピューターの中だけで通じるアドレスです。(その前の setsockopt() は、同じポートですぐ始め直すための設定です。わけは、このレッスンの終わりに分かります。)
        bind() gives the socket an address and a port. 127.0.0.1, the loopback address, is reached only from within this computer. (The setsockopt() before it lets a server start again on the same port at once. Why that is needed shows at the end of this lesson.)`,
      after: `アドレスとポートは、このソケットのものになりました。パケットは送られていません。このコンピューターのカーネルが覚えただけです。127.0.0.1:{port} は、getsockname() で読んだものです。
        Address and port belong to this socket now. No packet was sent: this machine’s kernel has taken a note, and that is all. The 127.0.0.1:{port} was read with getsockname().`,
      expect: listener.isUnlisted('CLOSE'),
      sources: ['man 2 bind', 'man 7 ip'],
    }),
    step('client-early', [early.opens(), early.connects()], {
      before: `相手役のクライアントが登場します。別のプロセスです。こちらも socket() で始め、すぐに connect() を呼びます。サーバーは bind() まで済ませました。
        Enter the client, another process. It begins with socket() too, and calls connect() at once. The server has come as far as bind().`,
      belief: 'bind-opens-port',
      question: {
        ja: 'いま、つながりますか。connect() はどうなりますか。',
        en: 'Can it connect now? What will connect() do?',
      },
      choices: [
        {
          text: {
            ja: '0 が返り、つながる。アドレスとポートは決まったから',
            en: 'return 0, connected: address and port are settled',
          },
          claim: returns(0),
          because: `bind() は名前を付けるだけで、接続要求に応えるようにはしません。
            bind() gives a name; it makes nobody answer connection requests.`,
        },
        {
          text: {ja: 'サーバーの用意ができるまで待たされる', en: 'wait until the server is ready'},
          claim: waits,
          because: `接続が順番を待つ列は、次の listen() ではじめてできます。
            The queue in which connections wait is made by listen(), the next call.`,
        },
        {text: {ja: 'ECONNREFUSED で断られる', en: 'be refused with ECONNREFUSED'}, claim: asClaimed.of('outcome')},
      ],
      hint: `マニュアルは、bind() を「ソケットに名前を付ける」と説明しています。名前を付けることと、接続を待つことは別です。
        The manual describes bind() as “bind a name to a socket”. A name is one thing; waiting for connections is another.`,
      after: `断られました。ポートは予約されていますが、待ち受けている者はいません。応えたのはサーバーのプロセスではなく、カーネルです。
        Refused. The port is reserved, but nobody listens there. It was not the server’s process that answered but the kernel.`,
      expect: [fails('ECONNREFUSED'), listener.isUnlisted('CLOSE')],
      sources: ['man 2 connect', 'man 2 bind'],
    }),
    step('server-listen', listener.listens(), {
      before: `listen() で、ソケットを接続待ちにします。5 はバックログ、つまり接続待ちキュー(確立していて accept() を待つ接続の列)の長さの目安です。
        listen() makes the socket a listening one. The 5 is the backlog: about how many established connections may queue up for accept().`,
      after: `CLOSE から LISTEN に変わり、カーネルの TCP の表に、はじめて行が出ました。listen() 自身は何も待たず、すぐに返ります。これからは、接続要求にカーネルが応えます。
        CLOSE became LISTEN, and the kernel’s TCP table has a row for it for the first time. listen() itself waits for nothing; it returns at once. From now on the kernel answers connection requests.`,
      expect: listener.is('LISTEN', {recvQueue: 0}),
      sources: ['man 2 listen', 'RFC 9293 3.3.2'],
    }),
    step('client-socket', [early.closes(), client.opens()], {
      before: `クライアントは、断られたソケットを閉じ、新しく作り直します。失敗したあとの状態は決まっていない(POSIX)ので、作り直すのが確実です。
        The client closes the socket that was refused and makes a new one. POSIX leaves open what state a failed connect() leaves behind; a fresh socket is always right.`,
      after: `ファイルディスクリプターの番号は、プロセスごとの表の番号です。サーバー側と同じ番号が出ても、別のソケットを指しています。
        Descriptors are numbers in a table that each process has for itself. Even when the number is the same as on the server’s side, it is another socket.`,
      expect: [early.isGone, client.isUnlisted('CLOSE')],
      sources: ['man 2 socket', 'POSIX connect'],
    }),
    step('client-connect', client.connects(), {
      before: `クライアントが connect() を呼びます。サーバーはまだ accept() を呼んでいません。
        The client calls connect(). The server has not called accept() yet.`,
      belief: 'accept-connects',
      question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
      choices: [
        {text: {ja: '0 が返り、すぐにつながる', en: 'return 0: connected at once'}, claim: asClaimed.of('outcome')},
        {
          text: {ja: 'サーバーが accept() を呼ぶまで待たされる', en: 'wait until the server calls accept()'},
          claim: waits,
          because: `ハンドシェイクに応えるのは accept() ではなく、カーネルです。
            It is not accept() that answers the handshake but the kernel.`,
        },
        {
          text: {ja: 'ECONNREFUSED で断られる', en: 'be refused with ECONNREFUSED'},
          claim: fails('ECONNREFUSED'),
          because: `断られるのは、だれも listen() していないときです。
            A refusal comes when nobody has called listen().`,
        },
      ],
      hint: `listen() のあとに、「接続要求にカーネルが応えます」とありました。
        After listen() it said that the kernel answers connection requests.`,
      after: `0 が返りました。3ウェイハンドシェイクは、どちらの側でもカーネルが行います。できた接続は接続待ちキューに入り、まだどのプロセスのものでもありません(inode 0)。
        connect() returned 0: connected. The three-way handshake is the kernel’s work, on either side. The finished connection is in the accept queue and belongs to no process yet (inode 0).`,
      expect: [client.is('ESTABLISHED'), listener.queue(1)],
      sources: ['man 2 connect', 'man 2 listen', 'RFC 9293 3.5'],
    }),
    step('server-accept', listener.accepts(connection), {
      before: `サーバーが accept() で、接続待ちキューから接続を一つ取り出します。返るのは、その接続のための新しいソケットです。
        With accept() the server takes one connection from the accept queue. It gets a new socket for that connection.`,
      belief: 'accept-moves-port',
      question: `新しいソケットの、サーバー側のポート番号はどれですか。
        Which port will the new socket have on the server’s side?`,
      choices: [
        {
          text: {ja: '接続ごとに割り当てられる新しい番号', en: 'a new one, made for this connection'},
          claim: connection.hasPort('another'),
          because: `接続を区別するのは、両端のアドレスとポートの四つ組です。
            What tells connections apart is all four: both addresses and both ports.`,
        },
        {
          text: {ja: '待ち受けと同じ {port}', en: 'the listening socket’s own, {port}'},
          claim: connection.hasPort('server'),
        },
        {
          text: {ja: 'ポート番号はない', en: 'none'},
          claim: connection.hasPort('none'),
          because: `接続には、はじめから両端のアドレスとポートがあります。
            A connection has the addresses and ports of both ends from the start.`,
        },
      ],
      hint: `クライアントは、ずっと {port} にあてて送り続けます。
        The client goes on sending to port {port}.`,
      after: `同じ {port} です。接続は両端のアドレスとポートの四つ組で区別されるので、サーバー側のポートは増えません。待ち受けのソケットは残り、キューは 0 に戻りました。
        The same, {port}. Connections are told apart by the 4-tuple of both addresses and both ports, so the server needs no further port. The listening socket stays; its queue is back to 0.`,
      expect: [connection.is('ESTABLISHED'), connection.hasPort('server'), listener.queue(0)],
      sources: ['man 2 accept'],
    }),
    step('server-recv', connection.receives(), {
      before: `サーバーが recv() で受信します。クライアントは、まだ何も送っていません。
        The server calls recv(). The client has not sent anything yet.`,
      belief: 'recv-returns-nothing',
      question: {ja: 'recv() はどうなりますか。', en: 'What will recv() do?'},
      choices: [
        {text: {ja: '届くまで待つ', en: 'wait until something arrives'}, claim: asClaimed},
        {
          text: {ja: 'EAGAIN で失敗する', en: 'fail with EAGAIN'},
          claim: fails('EAGAIN'),
          because: `EAGAIN は、ノンブロッキングのソケットの答えです。
            EAGAIN is what a non-blocking socket answers.`,
        },
        {
          text: {ja: '0 が返る', en: 'return 0'},
          claim: returns(0),
          because: `0 は「まだ届いていない」ではなく、「相手が送信を終えた」です。
            0 does not mean “nothing yet”; it means “the peer has finished sending”.`,
        },
      ],
      hint: `エラーは起きておらず、クライアントは閉じてもいません。
        There is no error, and the client has not closed.`,
      after: `返ってきません。サーバーのプロセスは recv() の中で眠り、CPU を使わずに待っています。止まったのでも、空回りしているのでもありません。
        It does not return. The server’s process is asleep inside recv() and uses no CPU while it waits. It has not crashed, and it is not spinning.`,
      expect: waits,
      sources: ['man 2 recv'],
    }),
    step('client-send', client.sends('こんにちは'), {
      before: `クライアントが「こんにちは」を send() します。UTF-8 では 5 文字で 15 バイトです。
        The client sends こんにちは, “hello” in Japanese: 5 characters, 15 bytes in UTF-8.`,
      after: `send() の 15 は「カーネルの送信バッファーに 15 バイト写した」という意味です。サーバーで眠っていた recv() は目を覚まし、15 バイトを受け取りました。
        The 15 from send() means that 15 bytes were copied into the kernel’s send buffer. The recv() that slept at the server woke up and has those 15 bytes.`,
      expect: [sentAll('こんにちは'), completes('server-recv', received('こんにちは'))],
      sources: ['man 2 send'],
    }),
    step('server-send', connection.sends('ようこそ'), {
      before: `サーバーが「ようこそ」を返します。使うのは待ち受けのソケットではなく、accept() が返したソケットです。
        The server answers ようこそ, “welcome”. It uses the socket that accept() returned, not the listening one.`,
      after: `12 バイトは、もうクライアントのソケットの受信キューにあります(Recv-Q 12)。届くことと、プロセスが読むことは別のことです。
        The 12 bytes are already in the receive queue of the client’s socket (Recv-Q 12). That they arrive is one thing; that the process reads them is another.`,
      expect: [sentAll('ようこそ'), client.is('ESTABLISHED', {recvQueue: 'ようこそ'})],
      sources: ['man 2 send'],
    }),
    step('client-recv', client.receives(), {
      before: `クライアントが recv() で読みます。4096 は、一度に読む最大のバイト数です。
        The client reads with recv(). 4096 is the most that it will take.`,
      after: `待たずに 12 が返り、受信キューは空になりました。recv() が返すのは「いまある分」で、4096 バイトそろうのを待つわけではありません。
        It returned 12 without waiting, and the receive queue is empty. recv() hands over what is there; it does not wait for all 4096 bytes.`,
      expect: [received('ようこそ'), client.is('ESTABLISHED', {recvQueue: 0})],
      sources: ['man 2 recv'],
    }),
    step('server-close', connection.closes(), {
      before: `サーバーが先に、接続のソケットを close() します。「もう送るものはない」という印(FIN)が、クライアントへ送られます。
        The server closes its connection first. FIN, the mark for “I have nothing more to send”, goes to the client.`,
      after: `close() はすぐ 0 を返し、あとはカーネルが続けます。サーバー側は FIN_WAIT2(inode 0)、クライアント側は CLOSE_WAIT で、まだ閉じていません。Recv-Q の 1 は、データではなく、届いた FIN です。
        close() returned 0 at once; the kernel carries on alone. The server’s side is in FIN_WAIT2 (inode 0), the client’s in CLOSE_WAIT: it has not closed yet. The 1 in Recv-Q is no data but the FIN that arrived.`,
      expect: [connection.is('FIN_WAIT2'), client.is('CLOSE_WAIT')],
      sources: ['man 2 close', 'RFC 9293 3.6'],
    }),
    step('client-recv-end', client.receives(), {
      before: `クライアントが、もう一度 recv() を呼びます。データは残っていません。サーバーは閉じています。
        The client calls recv() once more. No data is left, and the server has closed.`,
      belief: 'recv-zero-is-nothing-yet',
      question: {ja: 'recv() はどうなりますか。', en: 'What will recv() do?'},
      choices: [
        {text: {ja: '0 が返る', en: 'return 0'}, claim: asClaimed},
        {
          text: {ja: '届くまで待つ', en: 'wait until something arrives'},
          claim: waits,
          because: `FIN が届いたので、もう何も来ないとカーネルは知っています。
            FIN has arrived: the kernel knows that nothing more will come.`,
        },
        {
          text: {ja: 'ECONNRESET で失敗する', en: 'fail with ECONNRESET'},
          claim: fails('ECONNRESET'),
          because: `ECONNRESET は、RST が届いて接続が打ち切られたときです。
            ECONNRESET comes when an RST has cut the connection off.`,
        },
      ],
      hint: `サーバーの close() で、FIN がクライアントに届いています。
        The server’s close() has sent a FIN, and the client’s side has it.`,
      after: `0 は「相手が送信を終えた」という知らせ(EOF)です。エラーでも、「まだ届いていない」でもありません。読み続けるループは、ここで終わります。
        0 is the news that the peer has finished sending: end of file. It is no error, and it is not “nothing yet”. A loop that reads ends here.`,
      expect: returns(0),
      sources: ['man 2 recv', 'RFC 9293 3.6'],
    }),
    step('client-close', client.closes(), {
      before: `クライアントも close() します。これで両方向が閉じます。
        Now the client closes too, and with that both directions are closed.`,
      belief: 'time-wait-is-the-servers',
      question: {ja: 'TIME_WAIT は、どちらの側に残りますか。', en: 'On which side will TIME_WAIT remain?'},
      choices: [
        {text: {ja: '先に閉じたサーバー側', en: 'the server’s, which closed first'}, claim: asClaimed.of('sockets')},
        {
          text: {ja: 'あとから閉じたクライアント側', en: 'the client’s, which closed last'},
          claim: [client.is('TIME_WAIT'), connection.isGone],
          because: `あとから閉じた側は、最後の ACK を受け取ればすぐに消えます。
            The side that closes last is gone as soon as it has the last ACK.`,
        },
        {
          text: {ja: 'どちらにも残らない', en: 'neither'},
          claim: [client.isGone, connection.isGone],
          because: `最後の ACK が失われていないか、すぐには分かりません。
            Whether the last ACK got lost is not known at once.`,
        },
      ],
      hint: `最後の ACK を送る側は、それが届かなかった場合に備える必要があります。最後の ACK を送るのは、先に FIN を送った側です。
        The side that sends the last ACK must be ready in case it gets lost. That is the side that sent its FIN first.`,
      after: `先に閉じたサーバー側です(Linux では 60 秒)。最後の ACK が失われた場合に応え直し、遅れたセグメントが次の接続に紛れ込むのを防ぐ、正常な状態です。次の bind() のために SO_REUSEADDR が要るのは、これがあるからです。
        On the server’s, which closed first: for 60 s on Linux. It is there for good reasons: to answer again if the last ACK got lost, and to keep late segments out of the next connection. This is what SO_REUSEADDR is for.`,
      expect: [connection.is('TIME_WAIT'), client.isGone],
      expires: {after: 'server-close', seconds: 50},
      sources: ['RFC 9293 3.6.1', 'man 7 socket'],
    }),
    serverCloseListener,
  ],
  summary: `サーバーの流れは socket → bind → listen → accept → recv/send → close です。待ち受けのソケットと接続のソケットは別のもので、ハンドシェイクはカーネルが行い、先に閉じた側に TIME_WAIT が残ります。
    A server calls socket, bind, listen, accept, recv and send, and close. The listening socket and the connection’s are two different ones; the handshake is the kernel’s work; and whoever closes first keeps the TIME_WAIT.`,
  review: [
    review('bound-by-the-client', [
      step('scene', [bound.opens(), bound.binds({host: '127.0.0.1', port: 0})], {
        before: `今度は役割が逆です。クライアントのプロセスが、ソケットを作って bind() します。
          This time the roles are swapped: it is the client’s process that makes a socket and binds it.`,
        after: `bind() は成功し、カーネルが選んだポートがこのソケットのものになりました。
          bind() worked, and the socket has a port that the kernel chose.`,
        sources: ['man 2 bind'],
      }),
      step('server-connect', [caller.opens(), caller.connects(bound)], {
        before: `そのアドレスとポートに、サーバーのプロセスが connect() します。
          The server’s process connects to that very address and port.`,
        belief: 'bind-opens-port',
        question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
        choices: [
          {
            text: {ja: '0 が返り、つながる', en: 'return 0: connected'},
            claim: returns(0),
            because: `bind() は名前を付けるだけで、接続要求に応えるようにはしません。
              bind() gives a name; it makes nobody answer connection requests.`,
          },
          {
            text: {ja: 'accept() されるまで待つ', en: 'wait until somebody calls accept()'},
            claim: waits,
            because: `接続が順番を待つキューは、listen() ではじめてできます。
              The queue in which connections wait is made by listen().`,
          },
          {text: {ja: 'ECONNREFUSED で断られる', en: 'be refused with ECONNREFUSED'}, claim: asClaimed},
        ],
        after: `ポートは予約されていますが、listen() していないので、待ち受けている者はいません。カーネルは RST で断りました。
          The port is reserved, but without listen() nobody takes connections there. The kernel refused with an RST.`,
        expect: fails('ECONNREFUSED'),
        sources: ['man 2 bind', 'man 2 connect'],
      }),
      step('clear-away', [caller.closes(), bound.closes()], {
        before: {ja: '両方のソケットを閉じます。', en: 'Both sockets are closed.'},
        after: {ja: '予約されていたポートも空きました。', en: 'The reserved port is free again.'},
        sources: ['man 2 close'],
      }),
    ]),
    review('send-before-accept', [
      step('scene', [...listensSomewhere(listener), ...connects(client, listener)], {
        before: `サーバーが待ち受け、クライアントが connect() します。サーバーは accept() を呼びません。
          The server listens and the client connects. The server does not call accept().`,
        after: {ja: 'connect() は 0 を返しました。', en: 'connect() returned 0.'},
        sources: ['man 2 connect'],
      }),
      step('client-send', client.sends('early'), {
        before: `accept() がまだのうちに、クライアントが「early」の 5 バイトを送ります。
          Before any accept(), the client sends early, 5 bytes.`,
        belief: 'accept-connects',
        question: {ja: 'send() はどうなりますか。', en: 'What will send() do?'},
        choices: [
          {
            text: {ja: 'ENOTCONN で失敗する', en: 'fail with ENOTCONN'},
            claim: fails('ENOTCONN'),
            because: `接続は connect() が返った時点でできています。
              The connection has been there since connect() returned.`,
          },
          {
            text: {ja: '5 が返り、サーバー側に届く', en: 'return 5, and the bytes arrive at the server’s side'},
            claim: [returns(5), listener.queue(1, {bytes: text('early')})],
          },
          {
            text: {ja: 'accept() されるまで待つ', en: 'wait until the server calls accept()'},
            claim: waits,
            because: `データを受け取るのは、サーバーのプロセスではなくカーネルです。
              It is the kernel that takes the data, not the server’s process.`,
          },
        ],
        after: `接続待ちキューの接続はもう ESTABLISHED で、5 バイトはその受信キューに入りました。accept() は、できあがった接続を取り出すだけです。
          The connection in the accept queue is ESTABLISHED already, and the 5 bytes are in its receive queue. All that accept() does is take it out.`,
        expect: [returns(5), listener.queue(1, {state: 'ESTABLISHED', bytes: text('early')})],
        sources: ['man 2 accept', 'man 2 listen'],
      }),
      step('clear-away', [client.closes(), listener.closes()], {
        before: {ja: '両側のソケットを閉じます。', en: 'Both sides close.'},
        after: `待ち受けを閉じたので、キューに残っていた接続もカーネルが片付けました。
          With the listening socket gone, the kernel has cleared the connection out of its queue too.`,
        sources: ['man 2 close'],
      }),
    ]),
    review('name-of-an-accepted-socket', [
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
          before: `サーバーが 127.0.0.1:{port} で待ち受け、来た接続を accept() します。
            The server listens on 127.0.0.1:{port} and accepts a connection.`,
          after: `accept() が返したソケットには、だれも bind() を呼んでいません。
            Nobody has called bind() on the socket that accept() returned.`,
          sources: ['man 2 accept'],
        },
      ),
      step('server-getsockname', connection.readsOwnAddress(), {
        before: `サーバーが、accept() で得たソケットに getsockname() を呼び、自分の側のアドレスを聞きます。
          The server calls getsockname() on the accepted socket to learn its own end’s address.`,
        belief: 'accept-moves-port',
        question: {ja: '返ってくるポート番号はどれですか。', en: 'Which port will it get?'},
        choices: [
          {
            text: {ja: '待ち受けと同じ {port}', en: 'the listening socket’s, {port}'},
            claim: gaveAddress({port: 'server'}),
          },
          {
            text: {ja: 'カーネルが選んだ新しい番号', en: 'a new one that the kernel chose'},
            claim: gaveAddress({port: 'another'}),
            because: `新しい番号が要るのは、connect() する側だけです。
              Only the side that calls connect() needs a new one.`,
          },
          {
            text: {ja: '0。bind() していないので', en: '0, since there was no bind()'},
            claim: gaveAddress({port: 'none'}),
            because: `接続には、はじめから両端のアドレスがあります。
              A connection has the addresses of both ends from the start.`,
          },
        ],
        after: `クライアントが宛先にした {port} のままです。相手のポートが違うので、同じ番号でもほかの接続と区別できます。
          It is {port}, where the client has been sending all along. The other end’s port tells this connection from the rest.`,
        expect: gaveAddress({host: '127.0.0.1', port: 'server'}),
        sources: ['man 2 getsockname', 'man 2 accept'],
      }),
      step('clear-away', [client.closes(), ...closesAll(connection, listener)], {
        before: {ja: '接続と待ち受けを閉じます。', en: 'The connection and the listening socket are closed.'},
        after: `待ち受けのソケットと接続のソケットは、それぞれ閉じる必要がありました。
          The server had two sockets, and each needed a close() of its own.`,
        sources: ['man 2 close'],
      }),
    ]),
    review('client-waits-to-hear', [
      step('scene', [...listensSomewhere(listener), ...connects(client, listener)], {
        before: `クライアントがつなぎます。サーバーは accept() も send() も、まだ呼びません。
          The client connects. The server calls neither accept() nor send() for now.`,
        after: {ja: 'つながりました。届いたデータはありません。', en: 'Connected, and no data has arrived.'},
        sources: ['man 2 connect'],
      }),
      step('client-recv', client.receives(100), {
        before: `クライアントが recv() を呼び、サーバーの言葉を先に聞こうとします。
          The client calls recv() to let the server speak first.`,
        belief: 'recv-returns-nothing',
        question: {ja: 'recv() はどうなりますか。', en: 'What will recv() do?'},
        choices: [
          {text: {ja: '届くまで待つ', en: 'wait until something arrives'}, claim: asClaimed},
          {
            text: {ja: '0 が返る', en: 'return 0'},
            claim: returns(0),
            because: `0 が返るのは、相手が送信を終えたときです。
              0 comes when the peer has finished sending.`,
          },
          {
            text: {ja: 'ENOTCONN で失敗する', en: 'fail with ENOTCONN'},
            claim: fails('ENOTCONN'),
            because: `accept() がまだでも、接続はできています。
              The connection is there, accepted or not.`,
          },
        ],
        after: `何も届いていないので、クライアントは眠って待ちます。ふつうの(ブロックする)recv() に、「まだない」を表す戻り値はありません。
          Nothing has arrived, so the client sleeps. An ordinary, blocking recv() has no return value for “not yet”: it waits.`,
        expect: waits,
        sources: ['man 2 recv'],
      }),
      step('server-speaks', [listener.accepts(connection), connection.sends('hi')], {
        before: {ja: 'サーバーが accept() して、「hi」を送ります。', en: 'The server accepts and says hi.'},
        after: `眠っていた recv() が、2 バイトを受け取って返りました。
          The sleeping recv() has returned with 2 bytes.`,
        expect: [returns(2), completes('client-recv', received('hi'))],
        sources: ['man 2 send'],
      }),
      closing('clear-away', [client, connection, listener]),
    ]),
  ],
});
