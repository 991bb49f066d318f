import type {Step} from '../src/model/lesson.ts';
import {lesson, review} from './kit/lesson.ts';
import {changesMode, dropsPrivileges, unlinks} from './kit/others.ts';
import {fails, hasFile, received, returns, waits} from './kit/outcomes.ts';
import {sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';
import {udp} from './udp.ts';

const {listener, connection, listener2, server, second, client, first, stranger} = sockets({
  server: ['listener', 'connection', 'listener-2', 'server', 'second'],
  client: ['client', 'first'],
  'client-2': ['stranger'],
});

const file = 'chat.sock';
const box = 'box.sock';

/** Ends a review: the server's socket goes, and then the file, which close() leaves. */
const clearAway = (name: string, before: Step['before']) =>
  step('clear-away', [client.closes(), server.closes(), unlinks('server', name)], {
    before,
    after: `close() ではなく unlink() で、ファイルが消えました。
      It took unlink(), not close(), to make the file go.`,
    expect: [returns(0), hasFile(name, null)],
    sources: ['man 2 unlink'],
  });

const bothClose: Step['before'] = {
  ja: '両側のソケットを閉じ、ファイルも消します。',
  en: 'Both sockets are closed, and the file is removed.',
};

export const socketFile = lesson({
  id: 'socket-file',
  title: {ja: 'ソケットファイルで出会う', en: 'Unix domain sockets and their file'},
  about: `ポートの代わりになるファイルは、だれが作り、だれが消すのか
    A file takes the place of a port. Who makes it, and who removes it?`,
  minutes: 8,
  network: 'host',
  actors: ['server', 'client', 'client-2'],
  beliefs: {
    'socket-file-is-enough': `ソケットファイルがあれば、つながる
      where there is a socket file one can connect`,
    'socket-file-for-everybody': `同じコンピューターの中なら、だれでもつなげる
      on the same computer anybody may connect`,
    'close-removes-the-file': `close() すれば、ソケットファイルも消える
      close() removes the socket file as well`,
  },
  recalls: [udp],
  steps: [
    step('server-socket', listener.opens('SOCK_STREAM', 'AF_UNIX'), {
      before: `同じコンピューターのプロセスどうしなら、ネットワークを使わないソケットがあります。UNIX ドメインソケットです。socket() に AF_UNIX を渡します。
        For processes on the same computer there are sockets that use no network at all: Unix domain sockets. socket() is given AF_UNIX.`,
      after: `IP アドレスもポートも使わないソケットです。カーネルは /proc/net/unix という別の表に並べます。SOCK_STREAM なので、TCP と同じくバイトストリームです。
        A socket without IP addresses and ports. The kernel has another table for these, /proc/net/unix. As SOCK_STREAM it is a byte stream, like TCP.`,
      node: `import net from 'node:net';
const server = net.createServer();`,
      expect: listener.is('UNCONNECTED', {protocol: 'unix'}),
      sources: ['man 2 socket', 'man 7 unix'],
    }),
    step('server-bind', listener.binds({path: file}), {
      before: `bind() に、ポートの代わりにパスを渡します。このレッスンのために作った一時フォルダーの中の、chat.sock です。
        bind() takes a path in place of a port: chat.sock, in a folder that was made for this lesson.`,
      after: `ファイルができました。モードの先頭の s は、種類がソケットであることを表します。大きさはずっと 0 で、送るデータがここに書かれることはありません。相手を見つけるための名前です。
        Now there is a file; the s at the front of its mode says socket. Its size stays 0: no data will be written there. It is a name to meet at.`,
      node: `server.listen(path);
// socket(), bind() and listen() at once`,
      expect: [listener.is('UNCONNECTED'), hasFile(file, 's')],
      sources: ['man 2 bind', 'man 7 unix'],
    }),
    step('client-connect-early', [client.opens('SOCK_STREAM', 'AF_UNIX'), client.connects({path: file})], {
      before: `クライアントもソケットを作り、chat.sock に connect() します。ファイルはあります。サーバーは、まだ listen() していません。
        The client makes a socket too and connects to chat.sock. The file is there. The server has not called listen() yet.`,
      belief: 'socket-file-is-enough',
      question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
      choices: [
        {
          text: {ja: 'ファイルがあるので、つながる', en: 'connect: the file is there'},
          claim: returns(0),
          because: `ファイルは名前にすぎません。その先で待ち受けるソケットが要ります。
            The file is only a name. Behind it a socket has to listen.`,
        },
        {
          text: {ja: 'サーバーが listen() するまで待つ', en: 'wait until the server calls listen()'},
          claim: waits,
          because: `待つのは、待ち受けるソケットの接続待ちキューがいっぱいのときです。
            It waits where a socket listens but its accept queue is full.`,
        },
        {text: {ja: 'ECONNREFUSED で断られる', en: 'fail with ECONNREFUSED'}, claim: asClaimed},
      ],
      hint: `TCP のポートに bind() しただけのサーバーへの connect() は、どうなりましたか。
        What happens when one connects to a TCP port that is bound, and no more?`,
      after: `TCP と同じです。名前があっても、待ち受けていなければ ECONNREFUSED で断られます。ファイルがなければ、ENOENT になります。
        Just as with TCP: there is a name, but nobody listens, so it is ECONNREFUSED. Without the file it would be ENOENT.`,
      node: `net.connect(path).on('error', error =>
  console.log(error.code));`,
      expect: fails('ECONNREFUSED'),
      sources: ['man 2 connect', 'man 7 unix'],
    }),
    step('server-listen', listener.listens(), {
      before: {ja: 'サーバーが listen() します。', en: 'The server calls listen().'},
      after: `LISTEN になりました。ファイルに変わりはありません。接続待ちキューの数に「-」とあるのは、/proc/net/unix が数を示さないからです。
        Its state is LISTEN; the file is as it was. The accept queue shows “-” because /proc/net/unix does not count.`,
      expect: listener.is('LISTEN'),
      sources: ['man 2 listen'],
    }),
    step('client-connect', client.connects({path: file}), {
      before: {ja: 'クライアントが、もう一度 connect() します。', en: 'The client connects once more.'},
      after: `今度はつながりました。サーバーは、まだ accept() していません。クライアントのソケットには名前がありません(unnamed)。TCP なら、ここで一時ポートが付きました。
        This time it is connected, before any accept(). The client’s socket has no name (unnamed); with TCP it would have got an ephemeral port now.`,
      node: 'const client = net.connect(path);',
      expect: client.is('CONNECTED', {protocol: 'unix'}),
      sources: ['man 2 connect', 'man 7 unix'],
    }),
    step('server-accept', listener.accepts(connection), {
      before: `サーバーが accept() で接続を取り出します。
        The server takes the connection with accept().`,
      after: `接続済みソケットができました。相手のアドレスは空でした。名前のない相手がだれなのか、アドレスからは分かりません。
        Here is the connected socket. The peer’s address was empty: who this nameless peer is, an address cannot tell.`,
      node: `server.on('connection', socket => {});`,
      expect: connection.is('CONNECTED'),
      sources: ['man 2 accept'],
    }),
    step('server-peercred', connection.reads('SO_PEERCRED'), {
      before: `その代わり、カーネルに尋ねられます。サーバーが、getsockopt() に Linux の SO_PEERCRED を渡します。
        But the kernel can be asked. The server calls getsockopt() with Linux’s SO_PEERCRED.`,
      after: `相手のプロセスの番号(pid)と、利用者とグループの番号です。上のクライアントの pid と同じです。connect() のときにカーネルが記録したものなので、相手は偽れません。TCP にはない仕組みです。
        The peer’s process, user and group: the pid is that of the client above. The kernel noted it at connect(), so the peer cannot make it up. TCP has nothing like it.`,
      node: '// net has no call for SO_PEERCRED.',
      expect: {kind: 'returns-credentials', of: 'client'},
      sources: ['man 7 unix'],
    }),
    step('talk', [client.sends('hello'), connection.receives()], {
      before: `クライアントが send()、サーバーが recv() します。呼び方は TCP と変わりません。
        The client calls send(), the server recv(). They are called just as with TCP.`,
      after: `5 バイトは、クライアントからサーバーの受信キューへ、カーネルの中で渡されました。パケットもファイルへの書き込みもありません。
        The 5 bytes went from the client to the server’s receive queue inside the kernel. There was no packet, and nothing was written to the file.`,
      node: `client.write('hello');
socket.on('data', bytes => {});`,
      expect: received('hello'),
      sources: ['man 7 unix'],
    }),
    step('server-chmod', changesMode('server', file, 0), {
      needs: ['unprivileged-account'],
      before: `ファイルなので、許可(パーミッション)があります。サーバーが chmod() で、許可を全部なくします。
        Being a file, it has permissions. The server takes all of them away with chmod().`,
      after: `モードは s--------- になりました。LISTEN のソケットと、すでにある接続は、そのままです。
        The mode is s--------- now. The listening socket is as it was, and so is the connection that exists.`,
      node: 'fs.chmodSync(path, 0);',
      expect: [returns(0), hasFile(file, 's---------'), connection.is('CONNECTED')],
      sources: ['man 2 chmod', 'man 7 unix'],
    }),
    step(
      'stranger-connect',
      [dropsPrivileges('client-2'), stranger.opens('SOCK_STREAM', 'AF_UNIX'), stranger.connects({path: file})],
      {
        needs: ['unprivileged-account'],
        before: `別のプロセス、クライアント 2 が来ます。root の特権のない利用者として動くように seteuid() してから、connect() します。サーバーは待ち受けています。
          Another process comes, client 2. It calls seteuid(), so as to have no privileges of root, and then connect(). The server is listening.`,
        belief: 'socket-file-for-everybody',
        question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
        choices: [
          {
            text: {ja: '同じコンピューターなので、つながる', en: 'connect: it is the same computer'},
            claim: returns(0),
            because: `127.0.0.1 のポートならそうです。ソケットファイルでは、許可が調べられます。
              To a port on 127.0.0.1 it would. At a socket file permissions are checked.`,
          },
          {
            text: {ja: 'ECONNREFUSED で断られる', en: 'fail with ECONNREFUSED'},
            claim: fails('ECONNREFUSED'),
            because: `それは、待ち受けるソケットがないときの答えです。このサーバーは待ち受けています。
              That is the answer where nobody listens. This server does.`,
          },
          {text: {ja: 'EACCES、許可がないと断られる', en: 'fail with EACCES: permission denied'}, claim: asClaimed},
        ],
        hint: {ja: 'ファイルのモードは s--------- です。', en: 'The mode of the file is s---------.'},
        after: `EACCES です。Linux では、connect() にはファイルへの書き込みの許可が要ります。だれがつなげるかを、ポートと違って、モードと持ち主で決められます。root にはこの検査が効きません。
          EACCES. On Linux, connect() needs permission to write to the file. Unlike with a port, mode and owner decide who may connect. Root passes this check.`,
        node: `net.connect(path).on('error', error =>
  console.log(error.code));`,
        expect: fails('EACCES'),
        sources: ['man 7 unix', 'man 2 connect'],
      },
    ),
    step('server-chmod-back', [changesMode('server', file, 0o600), stranger.closes()], {
      needs: ['unprivileged-account'],
      before: `サーバーが、持ち主だけが読み書きできるモード 0600 に直します。クライアント 2 は帰ります。
        The server sets the mode to 0600: the owner may read and write. Client 2 leaves.`,
      after: `srw------- になりました。自分のプロセスだけで使うソケットなら、このモードにします。bind() が付けるはじめのモードは、umask で決まります。
        srw------- it is: the mode for a socket that only one’s own processes should use. The one that bind() gives at first depends on the umask.`,
      node: 'fs.chmodSync(path, 0o600);',
      expect: hasFile(file, 'srw-------'),
      sources: ['man 2 chmod', 'man 2 umask'],
    }),
    step('server-close', [client.closes(), connection.closes(), listener.closes()], {
      before: `サーバーを終えます。接続を両側で閉じてから、待ち受けのソケットを close() します。
        The server ends. Both sides close the connection, and then the listening socket is closed.`,
      belief: 'close-removes-the-file',
      question: {ja: 'ファイル chat.sock はどうなりますか。', en: 'What will become of the file chat.sock?'},
      choices: [
        {
          text: {ja: 'ソケットと一緒に消える', en: 'it goes together with the socket'},
          claim: [listener.isGone, hasFile(file, null)],
          because: `close() は、ファイルの名前には触れません。
            close() does not touch the names of files.`,
        },
        {text: {ja: '残る', en: 'it stays'}, claim: asClaimed.of('sockets')},
      ],
      hint: `ファイルの名前を消すシステムコールは、何といいますか。
        Which system call removes the name of a file?`,
      after: `ソケットはなくなり、ファイルは残りました。ポートはカーネルが空けてくれますが、ファイルはだれかが消すまで残ります。
        The sockets are gone, and the file is still there. A port is set free by the kernel; a file stays until somebody removes it.`,
      node: `server.close();
// close(), and then unlink() by itself`,
      expect: [listener.isGone, hasFile(file, 's')],
      sources: ['man 2 close', 'man 7 unix'],
    }),
    step(
      'server-bind-again',
      [listener2.opens('SOCK_STREAM', 'AF_UNIX'), listener2.sets('SO_REUSEADDR', 1), listener2.binds({path: file})],
      {
        before: `サーバーを始めなおします。新しいソケットに SO_REUSEADDR を設定して、同じパスに bind() します。
          The server starts anew: a new socket, SO_REUSEADDR for good measure, and bind() to the same path.`,
        after: `EADDRINUSE です。使っているソケットがなくても、名前がもうあるからです。SO_REUSEADDR は、ここでは役に立ちません。
          EADDRINUSE. No socket uses it, but the name exists. SO_REUSEADDR is of no help here.`,
        node: `server.on('error', error =>
  console.log(error.code));`,
        expect: [fails('EADDRINUSE'), listener2.is('UNCONNECTED')],
        sources: ['man 2 bind', 'man 7 unix'],
      },
    ),
    step('server-unlink', [unlinks('server', file), listener2.binds({path: file})], {
      before: `残ったファイルを unlink() で消してから、bind() します。
        unlink() removes the file that was left, and then bind() is called.`,
      after: `今度は成功し、新しいファイルができました。多くのサーバーは、始まるときにこうします。ただし、別のサーバーが待ち受け中のファイルも消せてしまうので、先に確かめます。
        This time it worked, with a new file. Many servers begin like this. But unlink() also removes a file at which another server is listening, so look first.`,
      node: 'fs.rmSync(path, {force: true});',
      expect: hasFile(file, 's'),
      sources: ['man 2 unlink', 'man 7 unix'],
    }),
    step('server-end', [listener2.closes(), unlinks('server', file)], {
      before: {ja: '最後は、close() と unlink() の両方です。', en: 'At the end it takes both, close() and unlink().'},
      after: `ソケットもファイルも残っていません。開いたものは閉じ、作ったファイルは消す。どちらも、作ったプログラムの仕事です。
        No socket and no file is left. A program closes what it opened, and removes the file that it made.`,
      node: 'server.close();  // does both',
      expect: [returns(0), listener2.isGone, hasFile(file, null)],
      sources: ['man 2 unlink'],
    }),
  ],
  summary: `UNIX ドメインソケットは、ポートの代わりにファイルの名前で出会います。ファイルを作るのは bind()、つながるかを決めるのは listen() とモード、消すのは unlink() です。close() はファイルを消しません。(man 7 unix, man 2 bind, man 2 unlink)
    Unix domain sockets meet at the name of a file in place of a port. bind() makes the file; listen() and the mode decide who can connect; unlink() removes it. close() does not. (man 7 unix, man 2 bind, man 2 unlink)`,
  review: [
    review('a-file-left-behind', [
      step(
        'the-server-crashed',
        [
          server.opens('SOCK_STREAM', 'AF_UNIX'),
          server.binds({path: file}),
          server.listens(),
          server.closes(),
          client.opens('SOCK_STREAM', 'AF_UNIX'),
        ],
        {
          before: `サーバーが chat.sock で待ち受けたあと、後始末をせずに終わりました。クライアントがやって来ます。
            A server listened at chat.sock and then ended without tidying up. Along comes a client.`,
          after: `ファイルは残り、その先のソケットはありません。
            The file is left; the socket behind it is gone.`,
          expect: hasFile(file, 's'),
          sources: ['man 7 unix'],
        },
      ),
      step('connect-to-it', client.connects({path: file}), {
        before: {ja: 'クライアントが chat.sock に connect() します。', en: 'The client connects to chat.sock.'},
        belief: 'socket-file-is-enough',
        question: {ja: 'どうなりますか。', en: 'What will happen?'},
        choices: [
          {
            text: {ja: 'ENOENT で失敗する', en: 'it fails with ENOENT'},
            claim: fails('ENOENT'),
            because: `ENOENT は、その名前がないときです。close() では、ファイルは消えません。
              ENOENT means that there is no such name. close() does not remove the file.`,
          },
          {text: {ja: 'ECONNREFUSED で断られる', en: 'it fails with ECONNREFUSED'}, claim: asClaimed},
          {
            text: `つながり、新しいサーバーの accept() を待つ
              it connects, and waits for a new server’s accept()`,
            claim: returns(0),
            because: `接続を入れるキューは、待ち受けるソケットのものです。そのソケットは、もうありません。
              Connections wait in the queue of a listening socket, and that socket is gone.`,
          },
        ],
        after: `名前は見つかりましたが、待ち受けるソケットがありません。この ECONNREFUSED は「古いファイルが残っている」という印です。
          The name was found, but no socket listens behind it. This ECONNREFUSED is the sign of a file that was left over.`,
        expect: fails('ECONNREFUSED'),
        sources: ['man 2 connect'],
      }),
      step('clear-away', [client.closes(), unlinks('server', file)], {
        before: `クライアントを閉じ、残ったファイルを消します。
          The client closes, and the old file is removed.`,
        after: {ja: 'ファイルが消えました。', en: 'The file is gone.'},
        expect: [returns(0), hasFile(file, null)],
        sources: ['man 2 unlink'],
      }),
    ]),
    review('may-read-only', [
      step(
        'a-file-to-read',
        [
          server.opens('SOCK_STREAM', 'AF_UNIX'),
          server.binds({path: file}),
          server.listens(),
          changesMode('server', file, 0o444),
          client.opens('SOCK_STREAM', 'AF_UNIX'),
        ],
        {
          before: `サーバーが待ち受け、ファイルをだれにも読み取りだけ許すモード 0444 にします。
            A server listens, and sets its file to mode 0444: everybody may read it, nobody may write.`,
          after: {ja: 'モードは sr--r--r-- です。', en: 'The mode is sr--r--r--.'},
          expect: hasFile(file, 'sr--r--r--'),
          sources: ['man 2 chmod'],
        },
      ),
      step('connect-to-it', [dropsPrivileges('client'), client.connects({path: file})], {
        needs: ['unprivileged-account'],
        before: `root の特権のないクライアントが、そのファイルに connect() します。
          A client without the privileges of root connects to that file.`,
        belief: 'socket-file-for-everybody',
        question: {ja: 'どうなりますか。', en: 'What will happen?'},
        choices: [
          {
            text: {ja: '読めるファイルなので、つながる', en: 'it connects: the file may be read'},
            claim: returns(0),
            because: `Linux の connect() が調べるのは、書き込みの許可です。
              What connect() asks for on Linux is permission to write.`,
          },
          {
            text: {ja: 'ECONNREFUSED で断られる', en: 'it fails with ECONNREFUSED'},
            claim: fails('ECONNREFUSED'),
            because: `ECONNREFUSED は、待ち受けるソケットがないときです。ここでは、サーバーが待ち受けています。
              ECONNREFUSED means that nobody listens. Here a server does.`,
          },
          {text: {ja: 'EACCES で断られる', en: 'it fails with EACCES'}, claim: asClaimed},
        ],
        after: `connect() に要るのは、書き込みの許可です。読めるだけでは、つなげません。
          What connect() needs is permission to write. To read is not enough.`,
        expect: fails('EACCES'),
        sources: ['man 7 unix'],
      }),
      clearAway(file, bothClose),
    ]),
    review('a-letterbox', [
      step('the-box', [first.opens('SOCK_DGRAM', 'AF_UNIX'), first.binds({path: box})], {
        before: `クライアントがデータグラムのソケットを、受け取り口として box.sock に bind() します。
          A client binds a datagram socket to box.sock, as a letterbox.`,
        after: {ja: '受け取り口が開きました。', en: 'The letterbox is open.'},
        sources: ['man 7 unix'],
      }),
      step('bind-to-the-same', [first.closes(), second.opens('SOCK_DGRAM', 'AF_UNIX'), second.binds({path: box})], {
        before: `クライアントは使い終わり、close() します。そのあとで、別のプロセスが新しいソケットを、同じ box.sock に bind() します。
          The client has finished with it and closes. After that another process binds a new socket to the same box.sock.`,
        belief: 'close-removes-the-file',
        question: {ja: 'bind() はどうなりますか。', en: 'What will bind() do?'},
        choices: [
          {
            text: {ja: '成功する。前のソケットは閉じている', en: 'work: the socket before it is closed'},
            claim: returns(0),
            because: `close() でなくなるのはソケットだけです。名前は、unlink() するまで残ります。
              close() ends the socket. Its name stays until unlink().`,
          },
          {text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'}, claim: asClaimed.of('outcome')},
          {
            text: {ja: 'ECONNREFUSED で失敗する', en: 'fail with ECONNREFUSED'},
            claim: fails('ECONNREFUSED'),
            because: `ECONNREFUSED は、送ったりつないだりする側へのエラーです。bind() は、名前が空いているかだけを見ます。
              ECONNREFUSED is for whoever connects or sends. bind() only asks whether the name is free.`,
          },
        ],
        after: `データグラムでも同じです。close() のあとも、ファイルの名前は残っています。
          Datagrams make no difference: the name of the file outlives close().`,
        expect: [fails('EADDRINUSE'), hasFile(box, 's')],
        sources: ['man 2 bind'],
      }),
      step('clear-away', [second.closes(), unlinks('server', box)], {
        before: {ja: 'ソケットを閉じ、ファイルを消します。', en: 'The socket is closed and the file removed.'},
        after: {ja: 'ファイルが消えました。', en: 'The file is gone.'},
        expect: [returns(0), hasFile(box, null)],
        sources: ['man 2 unlink'],
      }),
    ]),
    review('letters-at-a-file', [
      step(
        'two-letters',
        [
          server.opens('SOCK_DGRAM', 'AF_UNIX'),
          server.binds({path: box}),
          client.opens('SOCK_DGRAM', 'AF_UNIX'),
          client.sendsTo({path: box}, 'left'),
          client.sendsTo({path: box}, 'right'),
        ],
        {
          before: `UNIX ドメインにもデータグラムがあります。クライアントが box.sock に、left と right を続けて sendto() します。
            Unix domain sockets have datagrams too. A client sends “left” and then “right” to box.sock with sendto().`,
          after: {ja: '合わせて 9 バイトが送られました。', en: 'That was 9 bytes in all.'},
          expect: returns(5),
          sources: ['man 7 unix'],
        },
      ),
      step('read-them', server.receivesFrom(100), {
        before: `サーバーが、100 バイトのバッファーで recvfrom() します。
          The server calls recvfrom() with a buffer of 100 bytes.`,
        belief: 'datagrams-join',
        question: {ja: '何が読めますか。', en: 'What will it read?'},
        choices: [
          {text: {ja: '4 バイト、left', en: '4 bytes: left'}, claim: asClaimed},
          {
            text: {ja: '9 バイト、leftright', en: '9 bytes: leftright'},
            claim: received('leftright'),
            because: `データグラムは、バッファーに空きがあっても、1 回に一通だけです。
              However much room there is, one recvfrom() takes one datagram.`,
          },
          {
            text: {ja: '5 バイト、right', en: '5 bytes: right'},
            claim: received('right'),
            because: `UNIX ドメインのデータグラムは、Linux では送った順に届きます。
              On Linux, datagrams in the Unix domain come in the order in which they were sent.`,
          },
        ],
        after: `データグラムは、UDP でも UNIX ドメインでも、一度に一通です。
          Datagrams come one at a time, be it over UDP or in the Unix domain.`,
        expect: received('left'),
        sources: ['man 7 unix'],
      }),
      clearAway(box, bothClose),
    ]),
  ],
});
