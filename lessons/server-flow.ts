import type {Lesson} from '../src/model/lesson.ts';
import {clientConnects, closesAll, inOneStep, serverAccepts, serverListens} from './kit/acts.ts';
import {cClientOpening, cHead, cServerOpening} from './kit/listings.ts';
import {serverCloseListener} from './kit/opening.ts';

export const serverFlow: Lesson = {
  id: 'server-flow',
  title: {ja: 'サーバーの流れ', en: 'The server’s flow'},
  about: {
    ja: 'socket bind listen accept recv send close を、サーバーの側から一つずつ',
    en: 'socket bind listen accept recv send close, one by one, from the server’s side',
  },
  minutes: 8,
  beliefs: {
    'bind-opens-port': {ja: 'bind() すれば、そのポートは開く', en: 'bind() opens the port'},
    'accept-connects': {ja: '接続を作るのは accept() だ', en: 'accept() is what makes the connection'},
    'accept-moves-port': {
      ja: 'accept() は、接続を別のポートに移す',
      en: 'accept() moves the connection to another port',
    },
    'recv-returns-nothing': {
      ja: '何も届いていなければ、recv() は 0 を返す',
      en: 'recv() returns 0 when nothing has arrived',
    },
    'recv-zero-is-nothing-yet': {
      ja: 'recv() の 0 は、まだ何もないという意味だ',
      en: 'recv() = 0 means that there is nothing yet',
    },
  },
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
server.listen({port}, '127.0.0.1');  //@ server-socket server-reuseaddr server-bind server-listen
`,
      client: `import net from 'node:net';

const socket = net.connect({port}, '127.0.0.1');  //@ client-socket client-connect
socket.on('error', console.error);
socket.write('こんにちは');  //@ client-send
socket.setEncoding('utf8');
socket.on('data', text => console.log(text));  //@ client-recv
socket.on('end', () => console.log('end'));  //@ client-recv-end client-close
`,
    },
  },
  steps: [
    {
      id: 'server-socket',
      actor: 'server',
      call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
      creates: 'listener',
      before: {
        ja: 'サーバーは socket() から始まります。ソケットは通信のための端点で、プロセスからはファイルディスクリプターという番号で見えます。AF_INET は IPv4、SOCK_STREAM はバイトストリーム(TCP)を意味します。',
        en: 'A server begins with socket(). A socket is an endpoint for communication; the process knows it by a number, its file descriptor. AF_INET means IPv4, and SOCK_STREAM a byte stream, which is TCP.',
      },
      after: {
        ja: '返った番号がファイルディスクリプターです。カーネルは端点を一つ用意しただけで、アドレスもポートもまだなく、パケットも送っていません。',
        en: 'The number that came back is the file descriptor. The kernel has set up one endpoint and no more: there is no address, no port, and no packet was sent.',
      },
      expect: {
        outcome: {kind: 'returns-descriptor'},
        sockets: [{kind: 'unlisted', socket: 'listener', state: 'CLOSE'}],
      },
      sources: ['man 2 socket', 'man 7 ip'],
    },
    {
      id: 'server-reuseaddr',
      actor: 'server',
      call: {name: 'setsockopt', fd: 'listener', level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1},
      before: {
        ja: 'bind() の前に SO_REUSEADDR を 1 にします。前のサーバーの接続が TIME_WAIT という状態で残っていても、同じポートですぐ始められるようにするためです。',
        en: 'Before bind(), SO_REUSEADDR is set to 1. Connections of an earlier server may linger in a state called TIME_WAIT; with this option the server can start on the same port all the same.',
      },
      after: {
        ja: '0 は成功です。Linux では、TIME_WAIT を残した側と新しい側の両方にこの設定が要ります。このレッスンの終わりに、実際に TIME_WAIT が残ります。Node の listen() は、Windows を除いてこの設定を自動で行います。',
        en: '0 means that it worked. On Linux both the socket that left the TIME_WAIT and the new one need the option. This lesson will end with such a TIME_WAIT. Node’s listen() sets it by itself, except on Windows.',
      },
      expect: {outcome: {kind: 'returns', value: 0}},
      sources: ['man 7 socket', 'man 2 setsockopt'],
    },
    {
      id: 'server-bind',
      actor: 'server',
      call: {name: 'bind', fd: 'listener', address: 'server'},
      before: {
        ja: 'bind() で、ソケットにアドレスとポートを割り当てます。127.0.0.1(ループバック)は、このコンピューターの中だけで通じるアドレスです。',
        en: 'bind() gives the socket an address and a port. 127.0.0.1, the loopback address, is reached only from within this computer.',
      },
      predict: {
        belief: 'bind-opens-port',
        question: {
          ja: 'bind() が成功すると、ソケットの状態はどうなりますか。',
          en: 'Once bind() has worked, what will the socket’s state be?',
        },
        choices: [
          {
            text: {ja: 'LISTEN。もう接続を受け付ける', en: 'LISTEN: it takes connections now'},
            claim: {sockets: [{kind: 'listed', socket: 'listener', state: 'LISTEN'}]},
            because: {
              ja: '待ち受けを始めるのは、次の listen() です。',
              en: 'It is listen(), the next call, that starts listening.',
            },
          },
          {
            text: {ja: 'SYN_SENT。アドレスを相手に知らせる', en: 'SYN_SENT: it tells others its address'},
            claim: {sockets: [{kind: 'listed', socket: 'listener', state: 'SYN_SENT'}]},
            because: {
              ja: 'bind() は何も送りません。このコンピューターのカーネルが、アドレスを覚えるだけです。',
              en: 'bind() sends nothing. Only this machine’s kernel takes a note of the address.',
            },
          },
          {
            text: {ja: 'CLOSE のまま。アドレスが決まっただけ', en: 'CLOSE as before: only its address is settled'},
            claim: {sockets: [{kind: 'unlisted', socket: 'listener', state: 'CLOSE'}]},
          },
        ],
      },
      hint: {
        ja: 'bind() は、ソケットに名前(アドレス)を付ける呼び出しです。名前を付けることと、接続を待つことは別です。',
        en: 'The manual describes bind() as “bind a name to a socket”. A name is one thing; waiting for connections is another.',
      },
      after: {
        ja: 'アドレスとポートは予約されましたが、表に行はありません。上の 127.0.0.1:{port} は getsockname() で読んだものです。いま connect() が来ても、待ち受けていないので ECONNREFUSED で断られます。',
        en: 'Address and port are reserved, but the table has no row: the 127.0.0.1:{port} above was read with getsockname(). A connect() that came now would get ECONNREFUSED, since nobody is listening.',
      },
      expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'unlisted', socket: 'listener', state: 'CLOSE'}]},
      sources: ['man 2 bind', 'man 7 ip'],
    },
    {
      id: 'server-listen',
      actor: 'server',
      call: {name: 'listen', fd: 'listener', backlog: 5},
      before: {
        ja: 'listen() で、ソケットを接続待ちにします。5 はバックログ、つまり接続待ちキュー(確立していて accept() を待つ接続の列)の長さの目安です。',
        en: 'listen() makes the socket a listening one. The 5 is the backlog: about how many established connections may queue up for accept().',
      },
      after: {
        ja: 'CLOSE から LISTEN に変わり、はじめて表に行が出ました。listen() 自身は何も待たず、すぐに返ります。これからは、接続要求にカーネルが応えます。',
        en: 'CLOSE became LISTEN, and the table has a row for the first time. listen() itself waits for nothing; it returns at once. From now on the kernel answers connection requests.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [{kind: 'listed', socket: 'listener', state: 'LISTEN', recvQueue: 0}],
      },
      sources: ['man 2 listen', 'RFC 9293 3.3.2'],
    },
    {
      id: 'client-socket',
      actor: 'client',
      call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
      creates: 'client',
      before: {
        ja: '相手役のクライアントが登場します。別のプロセスで、こちらも socket() から始めます。',
        en: 'Enter the client, another process. It begins with socket() as well.',
      },
      after: {
        ja: 'ファイルディスクリプターの番号は、プロセスごとの表の番号です。サーバー側と同じ番号が出ても、別のソケットを指しています。',
        en: 'Descriptors are numbers in a table that each process has for itself. Even when the number is the same as on the server’s side, it is another socket.',
      },
      expect: {outcome: {kind: 'returns-descriptor'}, sockets: [{kind: 'unlisted', socket: 'client', state: 'CLOSE'}]},
      sources: ['man 2 socket'],
    },
    {
      id: 'client-connect',
      actor: 'client',
      call: {name: 'connect', fd: 'client', address: 'server'},
      before: {
        ja: 'クライアントが connect() を呼びます。サーバーはまだ accept() を呼んでいません。',
        en: 'The client calls connect(). The server has not called accept() yet.',
      },
      predict: {
        belief: 'accept-connects',
        question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
        choices: [
          {
            text: {ja: '0 が返り、すぐにつながる', en: 'return 0: connected at once'},
            claim: {outcome: {kind: 'returns', value: 0}},
          },
          {
            text: {ja: 'サーバーが accept() を呼ぶまで待たされる', en: 'wait until the server calls accept()'},
            claim: {outcome: {kind: 'waits'}},
            because: {
              ja: 'ハンドシェイクに応えるのは accept() ではなく、カーネルです。',
              en: 'It is not accept() that answers the handshake but the kernel.',
            },
          },
          {
            text: {ja: 'ECONNREFUSED で断られる', en: 'be refused with ECONNREFUSED'},
            claim: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
            because: {
              ja: '断られるのは、だれも listen() していないときです。',
              en: 'A refusal comes when nobody has called listen().',
            },
          },
        ],
      },
      hint: {
        ja: 'listen() のあとに、「接続要求にカーネルが応えます」とありました。',
        en: 'After listen() it said that the kernel answers connection requests.',
      },
      after: {
        ja: '0 が返りました。3ウェイハンドシェイクは、どちらの側でもカーネルが行います。できた接続は接続待ちキューに入り、まだどのプロセスのものでもありません(inode 0)。',
        en: '0: connected. The three-way handshake is the kernel’s work, on either side. The finished connection is in the accept queue and belongs to no process yet (inode 0).',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'client', state: 'ESTABLISHED'},
          {kind: 'accept-queue', listener: 'listener', connections: 1},
        ],
      },
      sources: ['man 2 connect', 'man 2 listen', 'RFC 9293 3.5'],
    },
    {
      id: 'server-accept',
      actor: 'server',
      call: {name: 'accept', fd: 'listener'},
      creates: 'connection',
      before: {
        ja: 'サーバーが accept() で、接続待ちキューから接続を一つ取り出します。返るのは、その接続のための新しいソケットです。',
        en: 'With accept() the server takes one connection from the accept queue. It gets a new socket for that connection.',
      },
      predict: {
        belief: 'accept-moves-port',
        question: {
          ja: '新しいソケットの、サーバー側のポート番号はどれですか。',
          en: 'Which port will the new socket have on the server’s side?',
        },
        choices: [
          {
            text: {ja: '接続ごとに割り当てられる新しい番号', en: 'a new one, made for this connection'},
            claim: {sockets: [{kind: 'local-port', socket: 'connection', is: 'another'}]},
            because: {
              ja: '接続を区別するのは、両端のアドレスとポートの四つ組です。',
              en: 'What tells connections apart is all four: both addresses and both ports.',
            },
          },
          {
            text: {ja: '待ち受けと同じ {port}', en: 'the listening socket’s own, {port}'},
            claim: {sockets: [{kind: 'local-port', socket: 'connection', is: 'server'}]},
          },
          {
            text: {ja: 'ポート番号はない', en: 'none'},
            claim: {sockets: [{kind: 'local-port', socket: 'connection', is: 'none'}]},
            because: {
              ja: '接続には、はじめから両端のアドレスとポートがあります。',
              en: 'A connection has the addresses and ports of both ends from the start.',
            },
          },
        ],
      },
      hint: {
        ja: 'クライアントは、ずっと {port} にあてて送り続けます。',
        en: 'The client goes on sending to port {port}.',
      },
      after: {
        ja: '同じ {port} です。接続は両端のアドレスとポートの四つ組で区別されるので、サーバー側のポートは増えません。待ち受けのソケットは残り、キューは 0 に戻りました。',
        en: 'The same, {port}. Connections are told apart by the 4-tuple of both addresses and both ports, so the server needs no further port. The listening socket stays; its queue is back to 0.',
      },
      expect: {
        outcome: {kind: 'returns-descriptor'},
        sockets: [
          {kind: 'listed', socket: 'connection', state: 'ESTABLISHED'},
          {kind: 'local-port', socket: 'connection', is: 'server'},
          {kind: 'accept-queue', listener: 'listener', connections: 0},
        ],
      },
      sources: ['man 2 accept'],
    },
    {
      id: 'server-recv',
      actor: 'server',
      call: {name: 'recv', fd: 'connection', length: 4096, flags: 0},
      before: {
        ja: 'サーバーが recv() で受信します。クライアントは、まだ何も送っていません。',
        en: 'The server calls recv(). The client has not sent anything yet.',
      },
      predict: {
        belief: 'recv-returns-nothing',
        question: {ja: 'recv() はどうなりますか。', en: 'What will recv() do?'},
        choices: [
          {text: {ja: '届くまで待つ', en: 'wait until something arrives'}, claim: {outcome: {kind: 'waits'}}},
          {
            text: {ja: 'EAGAIN で失敗する', en: 'fail with EAGAIN'},
            claim: {outcome: {kind: 'fails', errno: 'EAGAIN'}},
            because: {
              ja: 'EAGAIN は、ノンブロッキングのソケットの答えです。',
              en: 'EAGAIN is what a non-blocking socket answers.',
            },
          },
          {
            text: {ja: '0 が返る', en: 'return 0'},
            claim: {outcome: {kind: 'returns', value: 0}},
            because: {
              ja: '0 は「まだ届いていない」ではなく、「相手が送信を終えた」です。',
              en: '0 does not mean “nothing yet”; it means “the peer has finished sending”.',
            },
          },
        ],
      },
      hint: {
        ja: 'エラーは起きておらず、クライアントは閉じてもいません。',
        en: 'There is no error, and the client has not closed.',
      },
      after: {
        ja: '返ってきません。サーバーのプロセスは recv() の中で眠り、CPU を使わずに待っています。止まったのでも、空回りしているのでもありません。',
        en: 'It does not return. The server’s process is asleep inside recv() and uses no CPU while it waits. It has not crashed, and it is not spinning.',
      },
      expect: {outcome: {kind: 'waits'}},
      sources: ['man 2 recv'],
    },
    {
      id: 'client-send',
      actor: 'client',
      call: {name: 'send', fd: 'client', data: {kind: 'text', text: 'こんにちは'}, flags: 0},
      before: {
        ja: 'クライアントが「こんにちは」を send() します。UTF-8 では 5 文字で 15 バイトです。',
        en: 'The client sends こんにちは, “hello” in Japanese: 5 characters, 15 bytes in UTF-8.',
      },
      after: {
        ja: 'send() の 15 は「カーネルの送信バッファーに 15 バイト写した」という意味です。サーバーで眠っていた recv() は目を覚まし、15 バイトを受け取りました。',
        en: 'The 15 from send() means that 15 bytes were copied into the kernel’s send buffer. The recv() that slept at the server woke up and has those 15 bytes.',
      },
      expect: {
        outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: 'こんにちは'}},
        completes: {step: 'server-recv', outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: 'こんにちは'}}},
      },
      sources: ['man 2 send'],
    },
    {
      id: 'server-send',
      actor: 'server',
      call: {name: 'send', fd: 'connection', data: {kind: 'text', text: 'ようこそ'}, flags: 0},
      before: {
        ja: 'サーバーが「ようこそ」を返します。使うのは待ち受けのソケットではなく、accept() が返したソケットです。',
        en: 'The server answers ようこそ, “welcome”. It uses the socket that accept() returned, not the listening one.',
      },
      after: {
        ja: '12 バイトは、もうクライアントのソケットの受信キューにあります(Recv-Q 12)。届くことと、プロセスが読むことは別のことです。',
        en: 'The 12 bytes are already in the receive queue of the client’s socket (Recv-Q 12). That they arrive is one thing; that the process reads them is another.',
      },
      expect: {
        outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: 'ようこそ'}},
        sockets: [
          {kind: 'listed', socket: 'client', state: 'ESTABLISHED', recvQueue: {kind: 'text', text: 'ようこそ'}},
        ],
      },
      sources: ['man 2 send'],
    },
    {
      id: 'client-recv',
      actor: 'client',
      call: {name: 'recv', fd: 'client', length: 4096, flags: 0},
      before: {
        ja: 'クライアントが recv() で読みます。4096 は、多くてもここまで読むという上限です。',
        en: 'The client reads with recv(). 4096 is the most that it will take.',
      },
      after: {
        ja: '待たずに 12 が返り、受信キューは空になりました。recv() が返すのは「いまある分」で、4096 バイトそろうのを待つわけではありません。',
        en: 'It returned 12 without waiting, and the receive queue is empty. recv() hands over what is there; it does not wait for all 4096 bytes.',
      },
      expect: {
        outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: 'ようこそ'}},
        sockets: [{kind: 'listed', socket: 'client', state: 'ESTABLISHED', recvQueue: 0}],
      },
      sources: ['man 2 recv'],
    },
    {
      id: 'server-close',
      actor: 'server',
      call: {name: 'close', fd: 'connection'},
      before: {
        ja: 'サーバーが先に、接続のソケットを close() します。「もう送るものはない」という印(FIN)が、クライアントへ送られます。',
        en: 'The server closes its connection first. FIN, the mark for “I have nothing more to send”, goes to the client.',
      },
      after: {
        ja: 'close() はすぐ 0 を返し、あとはカーネルが続けます。サーバー側は FIN_WAIT2(inode 0)、クライアント側は CLOSE_WAIT です。クライアントは、まだ閉じていません。',
        en: 'close() returned 0 at once; the kernel carries on alone. The server’s side is in FIN_WAIT2 (inode 0), the client’s in CLOSE_WAIT: the client has not closed yet.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'connection', state: 'FIN_WAIT2'},
          {kind: 'listed', socket: 'client', state: 'CLOSE_WAIT'},
        ],
      },
      sources: ['man 2 close', 'RFC 9293 3.6'],
    },
    {
      id: 'client-recv-end',
      actor: 'client',
      call: {name: 'recv', fd: 'client', length: 4096, flags: 0},
      before: {
        ja: 'クライアントが、もう一度 recv() を呼びます。データは残っていません(Recv-Q の 1 は、届いた FIN です)。サーバーは閉じています。',
        en: 'The client calls recv() once more. No data is left (the 1 in Recv-Q is the FIN), and the server has closed.',
      },
      predict: {
        belief: 'recv-zero-is-nothing-yet',
        question: {ja: 'recv() はどうなりますか。', en: 'What will recv() do?'},
        choices: [
          {text: {ja: '0 が返る', en: 'return 0'}, claim: {outcome: {kind: 'returns', value: 0}}},
          {
            text: {ja: '届くまで待つ', en: 'wait until something arrives'},
            claim: {outcome: {kind: 'waits'}},
            because: {
              ja: 'FIN が届いたので、もう何も来ないとカーネルは知っています。',
              en: 'FIN has arrived: the kernel knows that nothing more will come.',
            },
          },
          {
            text: {ja: 'ECONNRESET で失敗する', en: 'fail with ECONNRESET'},
            claim: {outcome: {kind: 'fails', errno: 'ECONNRESET'}},
            because: {
              ja: 'ECONNRESET は、RST が届いて接続が打ち切られたときです。',
              en: 'ECONNRESET comes when an RST has cut the connection off.',
            },
          },
        ],
      },
      hint: {
        ja: 'サーバーの close() で、FIN がクライアントに届いています。',
        en: 'The server’s close() has sent a FIN, and the client’s side has it.',
      },
      after: {
        ja: '0 は「相手が送信を終えた」という知らせ(EOF)です。エラーでも、「まだ届いていない」でもありません。読み続けるループは、ここで終わります。',
        en: '0 is the news that the peer has finished sending: end of file. It is no error, and it is not “nothing yet”. A loop that reads ends here.',
      },
      expect: {outcome: {kind: 'returns', value: 0}},
      sources: ['man 2 recv', 'RFC 9293 3.6'],
    },
    {
      id: 'client-close',
      actor: 'client',
      call: {name: 'close', fd: 'client'},
      before: {
        ja: 'クライアントも close() します。これで両方向が閉じます。',
        en: 'Now the client closes too, and with that both directions are closed.',
      },
      predict: {
        belief: 'time-wait-is-the-servers',
        question: {ja: 'TIME_WAIT は、どちらの側に残りますか。', en: 'On which side will TIME_WAIT remain?'},
        choices: [
          {
            text: {ja: '先に閉じたサーバー側', en: 'the server’s, which closed first'},
            claim: {
              sockets: [
                {kind: 'listed', socket: 'connection', state: 'TIME_WAIT'},
                {kind: 'gone', socket: 'client'},
              ],
            },
          },
          {
            text: {ja: 'あとから閉じたクライアント側', en: 'the client’s, which closed last'},
            claim: {
              sockets: [
                {kind: 'listed', socket: 'client', state: 'TIME_WAIT'},
                {kind: 'gone', socket: 'connection'},
              ],
            },
            because: {
              ja: 'あとから閉じた側は、最後の ACK を受け取ればすぐに消えます。',
              en: 'The side that closes last is gone as soon as it has the last ACK.',
            },
          },
          {
            text: {ja: 'どちらにも残らない', en: 'neither'},
            claim: {
              sockets: [
                {kind: 'gone', socket: 'client'},
                {kind: 'gone', socket: 'connection'},
              ],
            },
            because: {
              ja: '最後の ACK が失われていないか、すぐには分かりません。',
              en: 'Whether the last ACK got lost is not known at once.',
            },
          },
        ],
      },
      hint: {
        ja: '最後の ACK を送る側は、それが届かなかった場合に備える必要があります。最後の ACK を送るのは、先に FIN を送った側です。',
        en: 'The side that sends the last ACK must be ready in case it gets lost. That is the side that sent its FIN first.',
      },
      after: {
        ja: '先に閉じたサーバー側です(Linux では 60 秒)。最後の ACK が失われた場合に応え直し、遅れたセグメントが次の接続に紛れ込むのを防ぐ、正常な状態です。次の bind() のために SO_REUSEADDR が要るのは、これがあるからです。',
        en: 'On the server’s, which closed first: for 60 s on Linux. It is there for good reasons: to answer again if the last ACK got lost, and to keep late segments out of the next connection. This is what SO_REUSEADDR is for.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'connection', state: 'TIME_WAIT'},
          {kind: 'gone', socket: 'client'},
        ],
      },
      expires: {after: 'server-close', seconds: 50},
      sources: ['RFC 9293 3.6.1', 'man 7 socket'],
    },
    serverCloseListener,
  ],
  summary: {
    ja: 'サーバーの流れは socket → bind → listen → accept → recv/send → close です。待ち受けのソケットと接続のソケットは別のもので、ハンドシェイクはカーネルが行い、先に閉じた側に TIME_WAIT が残ります。',
    en: 'A server calls socket, bind, listen, accept, recv and send, and close. The listening socket and the connection’s are two different ones; the handshake is the kernel’s work; and whoever closes first keeps the TIME_WAIT.',
  },
  review: [
    {
      id: 'bound-by-the-client',
      belief: 'bind-opens-port',
      steps: [
        {
          id: 'scene',
          ...inOneStep(
            {
              actor: 'client',
              call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
              creates: 'bound',
            },
            {actor: 'client', call: {name: 'bind', fd: 'bound', address: {host: '127.0.0.1', port: 0}}},
          ),
          before: {
            ja: '今度は役割が逆です。クライアントのプロセスが、ソケットを作って bind() します。',
            en: 'This time the roles are swapped: it is the client’s process that makes a socket and binds it.',
          },
          after: {
            ja: 'bind() は成功し、カーネルが選んだポートがこのソケットのものになりました。',
            en: 'bind() worked, and the socket has a port that the kernel chose.',
          },
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 bind'],
        },
        {
          id: 'server-connect',
          ...inOneStep(
            {
              actor: 'server',
              call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
              creates: 'caller',
            },
            {actor: 'server', call: {name: 'connect', fd: 'caller', address: {of: 'bound'}}},
          ),
          before: {
            ja: 'そのアドレスとポートに、サーバーのプロセスが connect() します。',
            en: 'The server’s process connects to that very address and port.',
          },
          predict: {
            belief: 'bind-opens-port',
            question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
            choices: [
              {
                text: {ja: '0 が返り、つながる', en: 'return 0: connected'},
                claim: {outcome: {kind: 'returns', value: 0}},
                because: {
                  ja: 'bind() は名前を付けるだけで、接続要求に応えるようにはしません。',
                  en: 'bind() gives a name; it makes nobody answer connection requests.',
                },
              },
              {
                text: {ja: 'accept() されるまで待つ', en: 'wait until somebody calls accept()'},
                claim: {outcome: {kind: 'waits'}},
                because: {
                  ja: '接続が順番を待つキューは、listen() ではじめてできます。',
                  en: 'The queue in which connections wait is made by listen().',
                },
              },
              {
                text: {ja: 'ECONNREFUSED で断られる', en: 'be refused with ECONNREFUSED'},
                claim: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
              },
            ],
          },
          after: {
            ja: 'ポートは予約されていますが、listen() していないので、待ち受けている者はいません。カーネルは RST で断りました。',
            en: 'The port is reserved, but without listen() nobody takes connections there. The kernel refused with an RST.',
          },
          expect: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
          sources: ['man 2 bind', 'man 2 connect'],
        },
        {
          id: 'clear-away',
          ...inOneStep(
            {actor: 'server', call: {name: 'close', fd: 'caller'}},
            {actor: 'client', call: {name: 'close', fd: 'bound'}},
          ),
          before: {ja: '両方のソケットを閉じます。', en: 'Both sockets are closed.'},
          after: {ja: '予約されていたポートも空きました。', en: 'The reserved port is free again.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'send-before-accept',
      belief: 'accept-connects',
      steps: [
        {
          id: 'scene',
          ...inOneStep(...serverListens('listener'), ...clientConnects('client', 'listener')),
          before: {
            ja: 'サーバーが待ち受け、クライアントが connect() します。サーバーは accept() を呼びません。',
            en: 'The server listens and the client connects. The server does not call accept().',
          },
          after: {
            ja: 'connect() は 0 を返しました。',
            en: 'connect() returned 0.',
          },
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 connect'],
        },
        {
          id: 'client-send',
          actor: 'client',
          call: {name: 'send', fd: 'client', data: {kind: 'text', text: 'early'}, flags: 0},
          before: {
            ja: 'accept() がまだのうちに、クライアントが「early」の 5 バイトを送ります。',
            en: 'Before any accept(), the client sends early, 5 bytes.',
          },
          predict: {
            belief: 'accept-connects',
            question: {ja: 'send() はどうなりますか。', en: 'What will send() do?'},
            choices: [
              {
                text: {ja: 'ENOTCONN で失敗する', en: 'fail with ENOTCONN'},
                claim: {outcome: {kind: 'fails', errno: 'ENOTCONN'}},
                because: {
                  ja: '接続は connect() が返った時点でできています。',
                  en: 'The connection has been there since connect() returned.',
                },
              },
              {
                text: {ja: '5 が返り、サーバー側に届く', en: 'return 5, and the bytes arrive at the server’s side'},
                claim: {
                  outcome: {kind: 'returns', value: 5},
                  sockets: [
                    {kind: 'accept-queue', listener: 'listener', connections: 1, bytes: {kind: 'text', text: 'early'}},
                  ],
                },
              },
              {
                text: {ja: 'accept() されるまで待つ', en: 'wait until the server calls accept()'},
                claim: {outcome: {kind: 'waits'}},
                because: {
                  ja: 'データを受け取るのは、サーバーのプロセスではなくカーネルです。',
                  en: 'It is the kernel that takes the data, not the server’s process.',
                },
              },
            ],
          },
          after: {
            ja: '接続待ちキューの接続はもう ESTABLISHED で、5 バイトはその受信キューに入りました。accept() は、できあがった接続を取り出すだけです。',
            en: 'The connection in the accept queue is ESTABLISHED already, and the 5 bytes are in its receive queue. All that accept() does is take it out.',
          },
          expect: {
            outcome: {kind: 'returns', value: 5},
            sockets: [
              {
                kind: 'accept-queue',
                listener: 'listener',
                connections: 1,
                state: 'ESTABLISHED',
                bytes: {kind: 'text', text: 'early'},
              },
            ],
          },
          sources: ['man 2 accept', 'man 2 listen'],
        },
        {
          id: 'clear-away',
          ...inOneStep(
            {actor: 'client', call: {name: 'close', fd: 'client'}},
            {actor: 'server', call: {name: 'close', fd: 'listener'}},
          ),
          before: {ja: '両側のソケットを閉じます。', en: 'Both sides close.'},
          after: {
            ja: '待ち受けを閉じたので、キューに残っていた接続もカーネルが片付けました。',
            en: 'With the listening socket gone, the kernel has cleared the connection out of its queue too.',
          },
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'name-of-an-accepted-socket',
      belief: 'accept-moves-port',
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
            ja: 'サーバーが 127.0.0.1:{port} で待ち受け、来た接続を accept() します。',
            en: 'The server listens on 127.0.0.1:{port} and accepts a connection.',
          },
          after: {
            ja: 'accept() が返したソケットには、だれも bind() を呼んでいません。',
            en: 'Nobody has called bind() on the socket that accept() returned.',
          },
          expect: {outcome: {kind: 'returns-descriptor'}},
          sources: ['man 2 accept'],
        },
        {
          id: 'server-getsockname',
          actor: 'server',
          call: {name: 'getsockname', fd: 'connection'},
          before: {
            ja: 'サーバーが、accept() で得たソケットに getsockname() を呼び、自分の側のアドレスを聞きます。',
            en: 'The server calls getsockname() on the accepted socket to learn its own end’s address.',
          },
          predict: {
            belief: 'accept-moves-port',
            question: {ja: '返ってくるポート番号はどれですか。', en: 'Which port will it get?'},
            choices: [
              {
                text: {ja: '待ち受けと同じ {port}', en: 'the listening socket’s, {port}'},
                claim: {outcome: {kind: 'returns-address', port: 'server'}},
              },
              {
                text: {ja: 'カーネルが選んだ新しい番号', en: 'a new one that the kernel chose'},
                claim: {outcome: {kind: 'returns-address', port: 'another'}},
                because: {
                  ja: '新しい番号が要るのは、connect() する側だけです。',
                  en: 'Only the side that calls connect() needs a new one.',
                },
              },
              {
                text: {ja: '0(bind() していないので)', en: '0, since there was no bind()'},
                claim: {outcome: {kind: 'returns-address', port: 'none'}},
                because: {
                  ja: '接続には、はじめから両端のアドレスがあります。',
                  en: 'A connection has the addresses of both ends from the start.',
                },
              },
            ],
          },
          after: {
            ja: 'クライアントが宛先にした {port} のままです。相手のポートが違うので、同じ番号でもほかの接続と区別できます。',
            en: 'It is {port}, where the client has been sending all along. The other end’s port tells this connection from the rest.',
          },
          expect: {outcome: {kind: 'returns-address', host: '127.0.0.1', port: 'server'}},
          sources: ['man 2 getsockname', 'man 2 accept'],
        },
        {
          id: 'clear-away',
          ...inOneStep(
            {actor: 'client', call: {name: 'close', fd: 'client'}},
            ...closesAll('server', 'connection', 'listener'),
          ),
          before: {ja: '接続と待ち受けを閉じます。', en: 'The connection and the listening socket are closed.'},
          after: {
            ja: '待ち受けのソケットと接続のソケットは、それぞれ閉じる必要がありました。',
            en: 'The server had two sockets, and each needed a close() of its own.',
          },
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'client-waits-to-hear',
      belief: 'recv-returns-nothing',
      steps: [
        {
          id: 'scene',
          ...inOneStep(...serverListens('listener'), ...clientConnects('client', 'listener')),
          before: {
            ja: 'クライアントがつなぎます。サーバーは accept() も send() も、まだ呼びません。',
            en: 'The client connects. The server calls neither accept() nor send() for now.',
          },
          after: {ja: 'つながりました。届いたデータはありません。', en: 'Connected, and no data has arrived.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 connect'],
        },
        {
          id: 'client-recv',
          actor: 'client',
          call: {name: 'recv', fd: 'client', length: 100, flags: 0},
          before: {
            ja: 'クライアントが recv() を呼び、サーバーの言葉を先に聞こうとします。',
            en: 'The client calls recv() to let the server speak first.',
          },
          predict: {
            belief: 'recv-returns-nothing',
            question: {ja: 'recv() はどうなりますか。', en: 'What will recv() do?'},
            choices: [
              {text: {ja: '届くまで待つ', en: 'wait until something arrives'}, claim: {outcome: {kind: 'waits'}}},
              {
                text: {ja: '0 が返る', en: 'return 0'},
                claim: {outcome: {kind: 'returns', value: 0}},
                because: {
                  ja: '0 が返るのは、相手が送信を終えたときです。',
                  en: '0 comes when the peer has finished sending.',
                },
              },
              {
                text: {ja: 'ENOTCONN で失敗する', en: 'fail with ENOTCONN'},
                claim: {outcome: {kind: 'fails', errno: 'ENOTCONN'}},
                because: {
                  ja: 'accept() がまだでも、接続はできています。',
                  en: 'The connection is there, accepted or not.',
                },
              },
            ],
          },
          after: {
            ja: '何も届いていないので、クライアントは眠って待ちます。ふつうの(ブロックする)recv() に、「まだない」を表す戻り値はありません。',
            en: 'Nothing has arrived, so the client sleeps. An ordinary, blocking recv() has no return value for “not yet”: it waits.',
          },
          expect: {outcome: {kind: 'waits'}},
          sources: ['man 2 recv'],
        },
        {
          id: 'server-speaks',
          ...inOneStep(serverAccepts('listener', 'connection'), {
            actor: 'server',
            call: {name: 'send', fd: 'connection', data: {kind: 'text', text: 'hi'}, flags: 0},
          }),
          before: {
            ja: 'サーバーが accept() して、「hi」を送ります。',
            en: 'The server accepts and says hi.',
          },
          after: {
            ja: '眠っていた recv() が、2 バイトを受け取って返りました。',
            en: 'The sleeping recv() has returned with 2 bytes.',
          },
          expect: {
            outcome: {kind: 'returns', value: 2},
            completes: {step: 'client-recv', outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: 'hi'}}},
          },
          sources: ['man 2 send'],
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
  ],
};
