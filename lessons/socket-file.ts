import type {Lesson, Payload, Step} from '../src/model/lesson.ts';

const file = 'chat.sock';
const box = 'box.sock';
const text = (words: string): Payload => ({kind: 'text', text: words});

/** Ends a review: the server's socket goes, and then the file, which close() leaves. */
const clearAway = (name: string, before: Step['before']): Step => ({
  id: 'clear-away',
  actor: 'client',
  call: {name: 'close', fd: 'client'},
  also: [
    {actor: 'server', call: {name: 'close', fd: 'server'}},
    {actor: 'server', call: {name: 'unlink', path: name}},
  ],
  before,
  after: {
    ja: 'close() ではなく unlink() で、ファイルが消えました。',
    en: 'It took unlink(), not close(), to make the file go.',
  },
  expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'file', name, mode: null}]},
  sources: ['man 2 unlink'],
});

const bothClose: Step['before'] = {
  ja: '両側のソケットを閉じ、ファイルも消します。',
  en: 'Both sockets are closed, and the file is removed.',
};

export const socketFile: Lesson = {
  id: 'socket-file',
  title: {ja: 'ソケットファイルで出会う', en: 'Unix domain sockets and their file'},
  about: {
    ja: 'ポートの代わりにファイルの名前で出会う。ファイルはだれが作り、だれが消すのか',
    en: 'meeting at the name of a file instead of a port: who makes that file, and who removes it',
  },
  minutes: 8,
  network: 'host',
  actors: ['server', 'client', 'client-2'],
  beliefs: {
    'socket-file-is-enough': {
      ja: 'ソケットファイルがあれば、つながる',
      en: 'where there is a socket file one can connect',
    },
    'socket-file-for-everybody': {
      ja: '同じコンピューターの中なら、だれでもつなげる',
      en: 'on the same computer anybody may connect',
    },
    'close-removes-the-file': {
      ja: 'close() すれば、ソケットファイルも消える',
      en: 'close() removes the socket file as well',
    },
  },
  steps: [
    {
      id: 'server-socket',
      actor: 'server',
      call: {name: 'socket', domain: 'AF_UNIX', type: 'SOCK_STREAM', protocol: 0},
      creates: 'listener',
      before: {
        ja: '同じコンピューターのプロセスどうしなら、ネットワークを使わないソケットがあります。UNIX ドメインソケットです。socket() に AF_UNIX を渡します。',
        en: 'For processes on the same computer there are sockets that use no network at all: Unix domain sockets. socket() is given AF_UNIX.',
      },
      after: {
        ja: 'IP アドレスもポートも使わないソケットです。カーネルは /proc/net/unix という別の表に並べます。SOCK_STREAM なので、TCP と同じくバイトストリームです。',
        en: 'A socket without IP addresses and ports. The kernel has another table for these, /proc/net/unix. As SOCK_STREAM it is a byte stream, like TCP.',
      },
      node: `import net from 'node:net';
const server = net.createServer();`,
      expect: {
        outcome: {kind: 'returns-descriptor'},
        sockets: [{kind: 'listed', socket: 'listener', protocol: 'unix', state: 'UNCONNECTED'}],
      },
      sources: ['man 2 socket', 'man 7 unix'],
    },
    {
      id: 'server-bind',
      actor: 'server',
      call: {name: 'bind', fd: 'listener', address: {path: file}},
      before: {
        ja: 'bind() に、ポートの代わりにパスを渡します。このレッスンのために作った一時フォルダーの中の、chat.sock です。',
        en: 'bind() takes a path in place of a port: chat.sock, in a folder that was made for this lesson.',
      },
      after: {
        ja: 'ファイルができました。モードの先頭の s は、種類がソケットであることを表します。大きさはずっと 0 で、送るデータがここに書かれることはありません。相手を見つけるための名前です。',
        en: 'Now there is a file; the s at the front of its mode says socket. Its size stays 0: no data will be written there. It is a name to meet at.',
      },
      node: `server.listen(path);
// socket(), bind() and listen() at once`,
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'listener', state: 'UNCONNECTED'},
          {kind: 'file', name: file, mode: 's'},
        ],
      },
      sources: ['man 2 bind', 'man 7 unix'],
    },
    {
      id: 'client-connect-early',
      actor: 'client',
      call: {name: 'socket', domain: 'AF_UNIX', type: 'SOCK_STREAM', protocol: 0},
      creates: 'client',
      also: [{actor: 'client', call: {name: 'connect', fd: 'client', address: {path: file}}}],
      before: {
        ja: 'クライアントもソケットを作り、chat.sock に connect() します。ファイルはあります。サーバーは、まだ listen() していません。',
        en: 'The client makes a socket too and connects to chat.sock. The file is there. The server has not called listen() yet.',
      },
      predict: {
        belief: 'socket-file-is-enough',
        question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
        choices: [
          {
            text: {ja: 'ファイルがあるので、つながる', en: 'connect: the file is there'},
            claim: {outcome: {kind: 'returns', value: 0}},
            because: {
              ja: 'ファイルは名前にすぎません。その先で待ち受けるソケットが要ります。',
              en: 'The file is only a name. Behind it a socket has to listen.',
            },
          },
          {
            text: {ja: 'サーバーが listen() するまで待つ', en: 'wait until the server calls listen()'},
            claim: {outcome: {kind: 'waits'}},
            because: {
              ja: '待つのは、待ち受けるソケットの接続待ちキューがいっぱいのときです。',
              en: 'It waits where a socket listens but its accept queue is full.',
            },
          },
          {
            text: {ja: 'ECONNREFUSED で断られる', en: 'fail with ECONNREFUSED'},
            claim: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
          },
        ],
      },
      hint: {
        ja: 'TCP のポートに bind() しただけのサーバーへの connect() は、どうなりましたか。',
        en: 'What happens when one connects to a TCP port that is bound, and no more?',
      },
      after: {
        ja: 'TCP と同じです。名前があっても、待ち受けていなければ ECONNREFUSED で断られます。ファイルがなければ、ENOENT になります。',
        en: 'Just as with TCP: there is a name, but nobody listens, so it is ECONNREFUSED. Without the file it would be ENOENT.',
      },
      node: `net.connect(path).on('error', error =>
  console.log(error.code));`,
      expect: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
      sources: ['man 2 connect', 'man 7 unix'],
    },
    {
      id: 'server-listen',
      actor: 'server',
      call: {name: 'listen', fd: 'listener', backlog: 5},
      before: {ja: 'サーバーが listen() します。', en: 'The server calls listen().'},
      after: {
        ja: 'LISTEN になりました。ファイルに変わりはありません。接続待ちキューの数に「-」とあるのは、/proc/net/unix が数を示さないからです。',
        en: 'Its state is LISTEN; the file is as it was. The accept queue shows “-” because /proc/net/unix does not count.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [{kind: 'listed', socket: 'listener', state: 'LISTEN'}],
      },
      sources: ['man 2 listen'],
    },
    {
      id: 'client-connect',
      actor: 'client',
      call: {name: 'connect', fd: 'client', address: {path: file}},
      before: {ja: 'クライアントが、もう一度 connect() します。', en: 'The client connects once more.'},
      after: {
        ja: '今度はつながりました。サーバーは、まだ accept() していません。クライアントのソケットには名前がありません(unnamed)。TCP なら、ここで一時ポートが付きました。',
        en: 'This time it is connected, before any accept(). The client’s socket has no name (unnamed); with TCP it would have got an ephemeral port now.',
      },
      node: 'const client = net.connect(path);',
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [{kind: 'listed', socket: 'client', protocol: 'unix', state: 'CONNECTED'}],
      },
      sources: ['man 2 connect', 'man 7 unix'],
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
        ja: '接続済みソケットができました。相手のアドレスは空でした。名前のない相手がだれなのか、アドレスからは分かりません。',
        en: 'Here is the connected socket. The peer’s address was empty: who this nameless peer is, an address cannot tell.',
      },
      node: `server.on('connection', socket => {});`,
      expect: {
        outcome: {kind: 'returns-descriptor'},
        sockets: [{kind: 'listed', socket: 'connection', state: 'CONNECTED'}],
      },
      sources: ['man 2 accept'],
    },
    {
      id: 'server-peercred',
      actor: 'server',
      call: {name: 'getsockopt', fd: 'connection', level: 'SOL_SOCKET', option: 'SO_PEERCRED'},
      before: {
        ja: 'その代わり、カーネルに尋ねられます。サーバーが、getsockopt() に Linux の SO_PEERCRED を渡します。',
        en: 'But the kernel can be asked. The server calls getsockopt() with Linux’s SO_PEERCRED.',
      },
      after: {
        ja: '相手のプロセスの番号(pid)と、利用者とグループの番号です。上のクライアントの pid と同じです。connect() のときにカーネルが記録したものなので、相手は偽れません。TCP にはない仕組みです。',
        en: 'The peer’s process, user and group: the pid is that of the client above. The kernel noted it at connect(), so the peer cannot make it up. TCP has nothing like it.',
      },
      node: '// net has no call for SO_PEERCRED.',
      expect: {outcome: {kind: 'returns-credentials', of: 'client'}},
      sources: ['man 7 unix'],
    },
    {
      id: 'talk',
      actor: 'client',
      call: {name: 'send', fd: 'client', data: text('hello'), flags: 0},
      also: [{actor: 'server', call: {name: 'recv', fd: 'connection', length: 4096, flags: 0}}],
      before: {
        ja: 'クライアントが send()、サーバーが recv() します。呼び方は TCP と変わりません。',
        en: 'The client calls send(), the server recv(). They are called just as with TCP.',
      },
      after: {
        ja: '5 バイトは、クライアントからサーバーの受信キューへ、カーネルの中で渡されました。パケットもファイルへの書き込みもありません。',
        en: 'The 5 bytes went from the client to the server’s receive queue inside the kernel. There was no packet, and nothing was written to the file.',
      },
      node: `client.write('hello');
socket.on('data', bytes => {});`,
      expect: {outcome: {kind: 'returns-bytes', bytes: text('hello')}},
      sources: ['man 7 unix'],
    },
    {
      id: 'server-chmod',
      actor: 'server',
      call: {name: 'chmod', path: file, mode: 0},
      needs: ['unprivileged-account'],
      before: {
        ja: 'ファイルなので、許可(パーミッション)があります。サーバーが chmod() で、許可を全部なくします。',
        en: 'Being a file, it has permissions. The server takes all of them away with chmod().',
      },
      after: {
        ja: 'モードは s--------- になりました。LISTEN のソケットと、すでにある接続は、そのままです。',
        en: 'The mode is s--------- now. The listening socket is as it was, and so is the connection that exists.',
      },
      node: 'fs.chmodSync(path, 0);',
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'file', name: file, mode: 's---------'},
          {kind: 'listed', socket: 'connection', state: 'CONNECTED'},
        ],
      },
      sources: ['man 2 chmod', 'man 7 unix'],
    },
    {
      id: 'stranger-connect',
      actor: 'client-2',
      call: {name: 'seteuid', uid: 'unprivileged'},
      also: [
        {
          actor: 'client-2',
          call: {name: 'socket', domain: 'AF_UNIX', type: 'SOCK_STREAM', protocol: 0},
          creates: 'stranger',
        },
        {actor: 'client-2', call: {name: 'connect', fd: 'stranger', address: {path: file}}},
      ],
      needs: ['unprivileged-account'],
      before: {
        ja: '別のプロセス、クライアント 2 が来ます。root の特権のない利用者として動くように seteuid() してから、connect() します。サーバーは待ち受けています。',
        en: 'Another process comes, client 2. It calls seteuid(), so as to have no privileges of root, and then connect(). The server is listening.',
      },
      predict: {
        belief: 'socket-file-for-everybody',
        question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
        choices: [
          {
            text: {ja: '同じコンピューターなので、つながる', en: 'connect: it is the same computer'},
            claim: {outcome: {kind: 'returns', value: 0}},
            because: {
              ja: '127.0.0.1 のポートならそうです。ソケットファイルでは、許可が調べられます。',
              en: 'To a port on 127.0.0.1 it would. At a socket file permissions are checked.',
            },
          },
          {
            text: {ja: 'ECONNREFUSED で断られる', en: 'fail with ECONNREFUSED'},
            claim: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
            because: {
              ja: 'それは、待ち受けるソケットがないときの答えです。このサーバーは待ち受けています。',
              en: 'That is the answer where nobody listens. This server does.',
            },
          },
          {
            text: {ja: 'EACCES、許可がないと断られる', en: 'fail with EACCES: permission denied'},
            claim: {outcome: {kind: 'fails', errno: 'EACCES'}},
          },
        ],
      },
      hint: {
        ja: 'ファイルのモードは s--------- です。',
        en: 'The mode of the file is s---------.',
      },
      after: {
        ja: 'EACCES です。Linux では、connect() にはファイルへの書き込みの許可が要ります。だれがつなげるかを、ポートと違って、モードと持ち主で決められます。root にはこの検査が効きません。',
        en: 'EACCES. On Linux, connect() needs permission to write to the file. Unlike with a port, mode and owner decide who may connect. Root passes this check.',
      },
      node: `net.connect(path).on('error', error =>
  console.log(error.code));`,
      expect: {outcome: {kind: 'fails', errno: 'EACCES'}},
      sources: ['man 7 unix', 'man 2 connect'],
    },
    {
      id: 'server-chmod-back',
      actor: 'server',
      call: {name: 'chmod', path: file, mode: 0o600},
      also: [{actor: 'client-2', call: {name: 'close', fd: 'stranger'}}],
      needs: ['unprivileged-account'],
      before: {
        ja: 'サーバーが、持ち主だけが読み書きできるモード 0600 に直します。クライアント 2 は帰ります。',
        en: 'The server sets the mode to 0600: the owner may read and write. Client 2 leaves.',
      },
      after: {
        ja: 'srw------- になりました。自分のプロセスだけで使うソケットなら、このモードにします。bind() が付けるはじめのモードは、umask で決まります。',
        en: 'srw------- it is: the mode for a socket that only one’s own processes should use. The one that bind() gives at first depends on the umask.',
      },
      node: 'fs.chmodSync(path, 0o600);',
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [{kind: 'file', name: file, mode: 'srw-------'}],
      },
      sources: ['man 2 chmod', 'man 2 umask'],
    },
    {
      id: 'server-close',
      actor: 'client',
      call: {name: 'close', fd: 'client'},
      also: [
        {actor: 'server', call: {name: 'close', fd: 'connection'}},
        {actor: 'server', call: {name: 'close', fd: 'listener'}},
      ],
      before: {
        ja: 'サーバーを終えます。接続を両側で閉じてから、待ち受けのソケットを close() します。',
        en: 'The server ends. Both sides close the connection, and then the listening socket is closed.',
      },
      predict: {
        belief: 'close-removes-the-file',
        question: {ja: 'ファイル chat.sock はどうなりますか。', en: 'What will become of the file chat.sock?'},
        choices: [
          {
            text: {ja: 'ソケットと一緒に消える', en: 'it goes together with the socket'},
            claim: {
              sockets: [
                {kind: 'gone', socket: 'listener'},
                {kind: 'file', name: file, mode: null},
              ],
            },
            because: {
              ja: 'close() は、ファイルの名前には触れません。',
              en: 'close() does not touch the names of files.',
            },
          },
          {
            text: {ja: '残る', en: 'it stays'},
            claim: {
              sockets: [
                {kind: 'gone', socket: 'listener'},
                {kind: 'file', name: file, mode: 's'},
              ],
            },
          },
        ],
      },
      hint: {
        ja: 'ファイルの名前を消すシステムコールは、何といいますか。',
        en: 'Which system call removes the name of a file?',
      },
      after: {
        ja: 'ソケットはなくなり、ファイルは残りました。ポートはカーネルが空けてくれますが、ファイルはだれかが消すまで残ります。',
        en: 'The sockets are gone, and the file is still there. A port is set free by the kernel; a file stays until somebody removes it.',
      },
      node: `server.close();
// close(), and then unlink() by itself`,
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'gone', socket: 'listener'},
          {kind: 'file', name: file, mode: 's'},
        ],
      },
      sources: ['man 2 close', 'man 7 unix'],
    },
    {
      id: 'server-bind-again',
      actor: 'server',
      call: {name: 'socket', domain: 'AF_UNIX', type: 'SOCK_STREAM', protocol: 0},
      creates: 'listener-2',
      also: [
        {
          actor: 'server',
          call: {name: 'setsockopt', fd: 'listener-2', level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1},
        },
        {actor: 'server', call: {name: 'bind', fd: 'listener-2', address: {path: file}}},
      ],
      before: {
        ja: 'サーバーを始めなおします。新しいソケットに SO_REUSEADDR を設定して、同じパスに bind() します。',
        en: 'The server starts anew: a new socket, SO_REUSEADDR for good measure, and bind() to the same path.',
      },
      after: {
        ja: 'EADDRINUSE です。使っているソケットがなくても、名前がもうあるからです。SO_REUSEADDR は、ここでは役に立ちません。',
        en: 'EADDRINUSE. No socket uses it, but the name exists. SO_REUSEADDR is of no help here.',
      },
      node: `server.on('error', error =>
  console.log(error.code));`,
      expect: {
        outcome: {kind: 'fails', errno: 'EADDRINUSE'},
        sockets: [{kind: 'listed', socket: 'listener-2', state: 'UNCONNECTED'}],
      },
      sources: ['man 2 bind', 'man 7 unix'],
    },
    {
      id: 'server-unlink',
      actor: 'server',
      call: {name: 'unlink', path: file},
      also: [{actor: 'server', call: {name: 'bind', fd: 'listener-2', address: {path: file}}}],
      before: {
        ja: '残ったファイルを unlink() で消してから、bind() します。',
        en: 'unlink() removes the file that was left, and then bind() is called.',
      },
      after: {
        ja: '今度は成功し、新しいファイルができました。多くのサーバーは、始まるときにこうします。ただし、別のサーバーが待ち受け中のファイルも消せてしまうので、先に確かめます。',
        en: 'This time it worked, with a new file. Many servers begin like this. But unlink() also removes a file at which another server is listening, so look first.',
      },
      node: 'fs.rmSync(path, {force: true});',
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [{kind: 'file', name: file, mode: 's'}],
      },
      sources: ['man 2 unlink', 'man 7 unix'],
    },
    {
      id: 'server-end',
      actor: 'server',
      call: {name: 'close', fd: 'listener-2'},
      also: [{actor: 'server', call: {name: 'unlink', path: file}}],
      before: {
        ja: '最後は、close() と unlink() の両方です。',
        en: 'At the end it takes both, close() and unlink().',
      },
      after: {
        ja: 'ソケットもファイルも残っていません。開いたものは閉じ、作ったファイルは消す。どちらも、作ったプログラムの仕事です。',
        en: 'No socket and no file is left. A program closes what it opened, and removes the file that it made.',
      },
      node: 'server.close();  // does both',
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'gone', socket: 'listener-2'},
          {kind: 'file', name: file, mode: null},
        ],
      },
      sources: ['man 2 unlink'],
    },
  ],
  summary: {
    ja: 'UNIX ドメインソケットは、ポートの代わりにファイルの名前で出会います。ファイルを作るのは bind()、つながるかを決めるのは listen() とモード、消すのは unlink() です。close() はファイルを消しません。(man 7 unix, man 2 bind, man 2 unlink)',
    en: 'Unix domain sockets meet at the name of a file in place of a port. bind() makes the file; listen() and the mode decide who can connect; unlink() removes it. close() does not. (man 7 unix, man 2 bind, man 2 unlink)',
  },
  review: [
    {
      id: 'a-file-left-behind',
      belief: 'socket-file-is-enough',
      steps: [
        {
          id: 'the-server-crashed',
          actor: 'server',
          call: {name: 'socket', domain: 'AF_UNIX', type: 'SOCK_STREAM', protocol: 0},
          creates: 'server',
          also: [
            {actor: 'server', call: {name: 'bind', fd: 'server', address: {path: file}}},
            {actor: 'server', call: {name: 'listen', fd: 'server', backlog: 5}},
            {actor: 'server', call: {name: 'close', fd: 'server'}},
            {
              actor: 'client',
              call: {name: 'socket', domain: 'AF_UNIX', type: 'SOCK_STREAM', protocol: 0},
              creates: 'client',
            },
          ],
          before: {
            ja: 'サーバーが chat.sock で待ち受けたあと、後始末をせずに終わりました。クライアントがやって来ます。',
            en: 'A server listened at chat.sock and then ended without tidying up. Along comes a client.',
          },
          after: {
            ja: 'ファイルは残り、その先のソケットはありません。',
            en: 'The file is left; the socket behind it is gone.',
          },
          expect: {
            outcome: {kind: 'returns-descriptor'},
            sockets: [{kind: 'file', name: file, mode: 's'}],
          },
          sources: ['man 7 unix'],
        },
        {
          id: 'connect-to-it',
          actor: 'client',
          call: {name: 'connect', fd: 'client', address: {path: file}},
          before: {ja: 'クライアントが chat.sock に connect() します。', en: 'The client connects to chat.sock.'},
          predict: {
            belief: 'socket-file-is-enough',
            question: {ja: 'どうなりますか。', en: 'What will happen?'},
            choices: [
              {
                text: {ja: 'ENOENT で失敗する', en: 'it fails with ENOENT'},
                claim: {outcome: {kind: 'fails', errno: 'ENOENT'}},
                because: {
                  ja: 'ENOENT は、その名前がないときです。close() では、ファイルは消えません。',
                  en: 'ENOENT means that there is no such name. close() does not remove the file.',
                },
              },
              {
                text: {ja: 'ECONNREFUSED で断られる', en: 'it fails with ECONNREFUSED'},
                claim: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
              },
              {
                text: {
                  ja: 'つながり、新しいサーバーの accept() を待つ',
                  en: 'it connects, and waits for a new server’s accept()',
                },
                claim: {outcome: {kind: 'returns', value: 0}},
                because: {
                  ja: '接続を入れるキューは、待ち受けるソケットのものです。そのソケットは、もうありません。',
                  en: 'Connections wait in the queue of a listening socket, and that socket is gone.',
                },
              },
            ],
          },
          after: {
            ja: '名前は見つかりましたが、待ち受けるソケットがありません。この ECONNREFUSED は「古いファイルが残っている」という印です。',
            en: 'The name was found, but no socket listens behind it. This ECONNREFUSED is the sign of a file that was left over.',
          },
          expect: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
          sources: ['man 2 connect'],
        },
        {
          id: 'clear-away',
          actor: 'client',
          call: {name: 'close', fd: 'client'},
          also: [{actor: 'server', call: {name: 'unlink', path: file}}],
          before: {
            ja: 'クライアントを閉じ、残ったファイルを消します。',
            en: 'The client closes, and the old file is removed.',
          },
          after: {ja: 'ファイルが消えました。', en: 'The file is gone.'},
          expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'file', name: file, mode: null}]},
          sources: ['man 2 unlink'],
        },
      ],
    },
    {
      id: 'may-read-only',
      belief: 'socket-file-for-everybody',
      steps: [
        {
          id: 'a-file-to-read',
          actor: 'server',
          call: {name: 'socket', domain: 'AF_UNIX', type: 'SOCK_STREAM', protocol: 0},
          creates: 'server',
          also: [
            {actor: 'server', call: {name: 'bind', fd: 'server', address: {path: file}}},
            {actor: 'server', call: {name: 'listen', fd: 'server', backlog: 5}},
            {actor: 'server', call: {name: 'chmod', path: file, mode: 0o444}},
            {
              actor: 'client',
              call: {name: 'socket', domain: 'AF_UNIX', type: 'SOCK_STREAM', protocol: 0},
              creates: 'client',
            },
          ],
          before: {
            ja: 'サーバーが待ち受け、ファイルをだれにも読み取りだけ許すモード 0444 にします。',
            en: 'A server listens, and sets its file to mode 0444: everybody may read it, nobody may write.',
          },
          after: {
            ja: 'モードは sr--r--r-- です。',
            en: 'The mode is sr--r--r--.',
          },
          expect: {
            outcome: {kind: 'returns-descriptor'},
            sockets: [{kind: 'file', name: file, mode: 'sr--r--r--'}],
          },
          sources: ['man 2 chmod'],
        },
        {
          id: 'connect-to-it',
          actor: 'client',
          call: {name: 'seteuid', uid: 'unprivileged'},
          also: [{actor: 'client', call: {name: 'connect', fd: 'client', address: {path: file}}}],
          needs: ['unprivileged-account'],
          before: {
            ja: 'root の特権のないクライアントが、そのファイルに connect() します。',
            en: 'A client without the privileges of root connects to that file.',
          },
          predict: {
            belief: 'socket-file-for-everybody',
            question: {ja: 'どうなりますか。', en: 'What will happen?'},
            choices: [
              {
                text: {ja: '読めるファイルなので、つながる', en: 'it connects: the file may be read'},
                claim: {outcome: {kind: 'returns', value: 0}},
                because: {
                  ja: 'Linux の connect() が調べるのは、書き込みの許可です。',
                  en: 'What connect() asks for on Linux is permission to write.',
                },
              },
              {
                text: {ja: 'ECONNREFUSED で断られる', en: 'it fails with ECONNREFUSED'},
                claim: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
                because: {
                  ja: 'ECONNREFUSED は、待ち受けるソケットがないときです。ここでは、サーバーが待ち受けています。',
                  en: 'ECONNREFUSED means that nobody listens. Here a server does.',
                },
              },
              {
                text: {ja: 'EACCES で断られる', en: 'it fails with EACCES'},
                claim: {outcome: {kind: 'fails', errno: 'EACCES'}},
              },
            ],
          },
          after: {
            ja: 'connect() に要るのは、書き込みの許可です。読めるだけでは、つなげません。',
            en: 'What connect() needs is permission to write. To read is not enough.',
          },
          expect: {outcome: {kind: 'fails', errno: 'EACCES'}},
          sources: ['man 7 unix'],
        },
        clearAway(file, bothClose),
      ],
    },
    {
      id: 'a-letterbox',
      belief: 'close-removes-the-file',
      steps: [
        {
          id: 'the-box',
          actor: 'client',
          call: {name: 'socket', domain: 'AF_UNIX', type: 'SOCK_DGRAM', protocol: 0},
          creates: 'first',
          also: [{actor: 'client', call: {name: 'bind', fd: 'first', address: {path: box}}}],
          before: {
            ja: 'クライアントがデータグラムのソケットを、受け取り口として box.sock に bind() します。',
            en: 'A client binds a datagram socket to box.sock, as a letterbox.',
          },
          after: {ja: '受け取り口が開きました。', en: 'The letterbox is open.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 7 unix'],
        },
        {
          id: 'bind-to-the-same',
          actor: 'client',
          call: {name: 'close', fd: 'first'},
          also: [
            {
              actor: 'server',
              call: {name: 'socket', domain: 'AF_UNIX', type: 'SOCK_DGRAM', protocol: 0},
              creates: 'second',
            },
            {actor: 'server', call: {name: 'bind', fd: 'second', address: {path: box}}},
          ],
          before: {
            ja: 'クライアントは使い終わり、close() します。そのあとで、別のプロセスが新しいソケットを、同じ box.sock に bind() します。',
            en: 'The client has finished with it and closes. After that another process binds a new socket to the same box.sock.',
          },
          predict: {
            belief: 'close-removes-the-file',
            question: {ja: 'bind() はどうなりますか。', en: 'What will bind() do?'},
            choices: [
              {
                text: {ja: '成功する。前のソケットは閉じている', en: 'work: the socket before it is closed'},
                claim: {outcome: {kind: 'returns', value: 0}},
                because: {
                  ja: 'close() でなくなるのはソケットだけです。名前は、unlink() するまで残ります。',
                  en: 'close() ends the socket. Its name stays until unlink().',
                },
              },
              {
                text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'},
                claim: {outcome: {kind: 'fails', errno: 'EADDRINUSE'}},
              },
              {
                text: {ja: 'ECONNREFUSED で失敗する', en: 'fail with ECONNREFUSED'},
                claim: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
                because: {
                  ja: 'ECONNREFUSED は、送ったりつないだりする側へのエラーです。bind() は、名前が空いているかだけを見ます。',
                  en: 'ECONNREFUSED is for whoever connects or sends. bind() only asks whether the name is free.',
                },
              },
            ],
          },
          after: {
            ja: 'データグラムでも同じです。close() のあとも、ファイルの名前は残っています。',
            en: 'Datagrams make no difference: the name of the file outlives close().',
          },
          expect: {
            outcome: {kind: 'fails', errno: 'EADDRINUSE'},
            sockets: [{kind: 'file', name: box, mode: 's'}],
          },
          sources: ['man 2 bind'],
        },
        {
          id: 'clear-away',
          actor: 'server',
          call: {name: 'close', fd: 'second'},
          also: [{actor: 'server', call: {name: 'unlink', path: box}}],
          before: {ja: 'ソケットを閉じ、ファイルを消します。', en: 'The socket is closed and the file removed.'},
          after: {ja: 'ファイルが消えました。', en: 'The file is gone.'},
          expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'file', name: box, mode: null}]},
          sources: ['man 2 unlink'],
        },
      ],
    },
    {
      id: 'letters-at-a-file',
      belief: 'datagrams-join',
      steps: [
        {
          id: 'two-letters',
          actor: 'server',
          call: {name: 'socket', domain: 'AF_UNIX', type: 'SOCK_DGRAM', protocol: 0},
          creates: 'server',
          also: [
            {actor: 'server', call: {name: 'bind', fd: 'server', address: {path: box}}},
            {
              actor: 'client',
              call: {name: 'socket', domain: 'AF_UNIX', type: 'SOCK_DGRAM', protocol: 0},
              creates: 'client',
            },
            {
              actor: 'client',
              call: {name: 'sendto', fd: 'client', data: text('left'), flags: 0, address: {path: box}},
            },
            {
              actor: 'client',
              call: {name: 'sendto', fd: 'client', data: text('right'), flags: 0, address: {path: box}},
            },
          ],
          before: {
            ja: 'UNIX ドメインにもデータグラムがあります。クライアントが box.sock に、left と right を続けて sendto() します。',
            en: 'Unix domain sockets have datagrams too. A client sends “left” and then “right” to box.sock with sendto().',
          },
          after: {ja: '合わせて 9 バイトが送られました。', en: 'That was 9 bytes in all.'},
          expect: {outcome: {kind: 'returns', value: 5}},
          sources: ['man 7 unix'],
        },
        {
          id: 'read-them',
          actor: 'server',
          call: {name: 'recvfrom', fd: 'server', length: 100, flags: 0},
          before: {
            ja: 'サーバーが、100 バイトのバッファーで recvfrom() します。',
            en: 'The server calls recvfrom() with a buffer of 100 bytes.',
          },
          predict: {
            belief: 'datagrams-join',
            question: {ja: '何が読めますか。', en: 'What will it read?'},
            choices: [
              {
                text: {ja: '4 バイト、left', en: '4 bytes: left'},
                claim: {outcome: {kind: 'returns-bytes', bytes: text('left')}},
              },
              {
                text: {ja: '9 バイト、leftright', en: '9 bytes: leftright'},
                claim: {outcome: {kind: 'returns-bytes', bytes: text('leftright')}},
                because: {
                  ja: 'データグラムは、バッファーに空きがあっても、1 回に一通だけです。',
                  en: 'However much room there is, one recvfrom() takes one datagram.',
                },
              },
              {
                text: {ja: '5 バイト、right', en: '5 bytes: right'},
                claim: {outcome: {kind: 'returns-bytes', bytes: text('right')}},
                because: {
                  ja: 'UNIX ドメインのデータグラムは、Linux では送った順に届きます。',
                  en: 'On Linux, datagrams in the Unix domain come in the order in which they were sent.',
                },
              },
            ],
          },
          after: {
            ja: 'データグラムは、UDP でも UNIX ドメインでも、一度に一通です。',
            en: 'Datagrams come one at a time, be it over UDP or in the Unix domain.',
          },
          expect: {outcome: {kind: 'returns-bytes', bytes: text('left')}},
          sources: ['man 7 unix'],
        },
        clearAway(box, bothClose),
      ],
    },
  ],
};
