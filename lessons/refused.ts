import {acceptQueue} from './accept-queue.ts';
import {text} from './kit/bytes.ts';
import {closesAll, connects, listensSomewhere} from './kit/calls.ts';
import {closing} from './kit/closing.ts';
import {lesson, review} from './kit/lesson.ts';
import {dropsPrivileges} from './kit/others.ts';
import {fails, received, returns, waits} from './kit/outcomes.ts';
import {sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';
import {serverFlow} from './server-flow.ts';

const {client, rival, ipv4Only, datagrams, low, second, listener, connection, ipv4, first} = sockets({
  client: ['client', 'rival', 'ipv4-only', 'datagrams', 'low', 'second'],
  server: ['listener', 'connection', 'ipv4', 'first'],
});

export const refused = lesson({
  id: 'refused',
  title: {ja: '断られたとき', en: 'When the kernel says no'},
  about: `connect() や bind() は、どんなときに、どの errno で断られるのか
    When are connect() and bind() refused, and with which errno?`,
  minutes: 12,
  network: 'host',
  beliefs: {
    'nobody-there-means-waiting': `サーバーがいなければ、connect() は現れるまで待つ
      with no server there, connect() waits until one comes`,
    'free-port-always-binds': `ポートが空いていれば、bind() は必ず成功する
      bind() always works as long as the port is free`,
    'reuseaddr-shares-the-port': `SO_REUSEADDR を設定すれば、ほかのサーバーが待ち受けているポートも使える
      with SO_REUSEADDR one can use a port on which another server is listening`,
  },
  recalls: [serverFlow, acceptQueue],
  steps: [
    step('connect-to-nobody', [client.opens(), client.connects()], {
      before: `失敗した呼び出しは -1 を返し、理由を errno に残します。まず、サーバーがまだ何もしていないうちに、クライアントが 127.0.0.1:{port} に connect() します。
        A call that fails returns -1 and leaves the reason in errno. First, the client connects to 127.0.0.1:{port} before the server has done anything.`,
      belief: 'nobody-there-means-waiting',
      question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
      choices: [
        {
          text: {ja: 'サーバーが現れるまで待つ', en: 'wait until a server comes'},
          claim: waits,
          because: `待たされるのは、返事がないときです。ここではカーネルが、断る返事をすぐに返します。
            It waits when there is no answer. Here the kernel does answer, at once, with a refusal.`,
        },
        {
          text: {ja: '0 が返り、あとの send() で失敗する', en: 'return 0; only send() will fail later'},
          claim: returns(0),
          because: `TCP の connect() が 0 を返すのは、相手のカーネルとのハンドシェイクが済んだときです。
            With TCP, connect() returns 0 only after a handshake with the other side’s kernel.`,
        },
        {text: {ja: 'すぐに ECONNREFUSED で失敗する', en: 'fail at once with ECONNREFUSED'}, claim: asClaimed},
      ],
      hint: `ポート {port} に、待ち受けているソケットはありません。それを知っているのは、宛先のカーネルです。
        No socket listens on port {port}, and the kernel at that address knows it.`,
      after: `そこで待ち受けるソケットがないので、カーネルが RST を返しました。サーバーが動いているか、アドレスとポートが合っているかを確かめます。
        No socket listens there, so the kernel answered with an RST. What to do: see whether the server runs, and whether address and port are right.`,
      node: "net.connect({port}, '127.0.0.1')\n  .on('error', error => console.log(error.code));  // ECONNREFUSED",
      expect: fails('ECONNREFUSED'),
      sources: ['man 2 connect', 'man 3 errno', 'RFC 9293 3.5.2'],
    }),
    step('server-bind', [listener.opens(), listener.sets('SO_REUSEADDR', 1), listener.binds()], {
      before: `サーバーがソケットを作り、SO_REUSEADDR を設定して、127.0.0.1:{port} に bind() します。
        The server makes a socket, sets SO_REUSEADDR, and binds it to 127.0.0.1:{port}.`,
      after: `bind() は成功しました。listen() は、まだ呼びません。
        bind() worked. The server does not call listen() yet.`,
      expect: listener.isUnlisted('CLOSE'),
      sources: ['man 2 bind'],
    }),
    step('connect-to-bound', [client.closes(), client.opens(), client.connects()], {
      before: `クライアントは、失敗したソケットを閉じて新しく作り、もう一度 connect() します。
        The client closes the socket that failed, makes a new one, and connects again.`,
      belief: 'bind-opens-port',
      question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
      choices: [
        {
          text: {ja: '0 が返り、つながる', en: 'return 0: connected'},
          claim: returns(0),
          because: `bind() はアドレスとポートを取っておくだけで、接続要求には応えません。
            bind() only reserves address and port; it answers no requests.`,
        },
        {text: {ja: 'また ECONNREFUSED で失敗する', en: 'fail with ECONNREFUSED again'}, claim: asClaimed},
        {
          text: {ja: 'listen() されるまで待つ', en: 'wait until the server calls listen()'},
          claim: waits,
          because: `listen() していないポートは、カーネルにとってはだれもいないのと同じです。
            To the kernel a port without listen() is a port with nobody there.`,
        },
      ],
      hint: `カーネルが接続要求に応えるようになるのは、どの呼び出しからですか。
        From which call on does the kernel answer requests for connections?`,
      after: `同じ errno でも、今度の原因は、listen() がまだ呼ばれていないことです。サーバーを起動した直後に断られるときは、待ち受けが始まってからやり直します。
        The same errno, another cause: listen() is missing. If a server refuses right after it was started, wait until it listens and try again.`,
      expect: fails('ECONNREFUSED'),
      sources: ['man 2 connect', 'man 2 bind'],
    }),
    step('accept-too-early', listener.accepts(), {
      before: `サーバーも、listen() を忘れたまま accept() を呼んでみます。
        The server, too, forgets listen() and calls accept().`,
      after: `EINVAL(引数が無効)は意味の広い errno です。accept() では「待ち受けていないソケットだ」を表します。何を表すかは、その呼び出しの man ページの ERRORS で調べます。
        EINVAL, invalid argument, can mean many things. From accept() it means “this socket is not listening”. What it means for a call is in the ERRORS of that call’s man page.`,
      node: '// Node cannot forget it: server.listen() makes bind() and listen(), and accept() follows by itself.',
      expect: fails('EINVAL'),
      sources: ['man 2 accept'],
    }),
    step('listen-and-connect', [listener.listens(), client.closes(), client.opens(), client.connects()], {
      before: `サーバーが listen() を呼び、クライアントがもう一度 connect() します。
        Now the server calls listen(), and the client connects once more.`,
      after: `つながりました。ここまでの三つの失敗は、どれも待ち受けるソケットがなかったためです。
        Connected. All three failures so far had one cause: there was no listening socket.`,
      expect: [client.is('ESTABLISHED'), listener.queue(1)],
      sources: ['man 2 listen'],
    }),
    step('connect-twice', client.connects(), {
      before: `つながっているソケットで、クライアントがもう一度 connect() を呼びます。
        On the socket that is connected, the client calls connect() once more.`,
      after: `EISCONN は「もうつながっている」です。TCP のソケットが持てる接続は一つなので、もう一つつなぐには、socket() からやり直します。
        EISCONN: it is connected already. A TCP socket has one connection; for another one, begin with a new socket().`,
      node: "const second = net.connect({port}, '127.0.0.1');  // a new socket for each connection",
      expect: [fails('EISCONN'), client.is('ESTABLISHED')],
      sources: ['man 2 connect'],
    }),
    step('recv-on-listener', [client.sends('hello'), listener.receives(100)], {
      before: `クライアントが「hello」を送ります。サーバーは accept() を呼ばず、待ち受けのソケットに recv() を呼びます。
        The client sends hello. The server, without accept(), calls recv() on the listening socket.`,
      belief: 'listener-carries-data',
      question: {ja: 'recv() はどうなりますか。', en: 'What will recv() do?'},
      choices: [
        {text: {ja: 'ENOTCONN で失敗する', en: 'fail with ENOTCONN'}, claim: asClaimed.of('outcome')},
        {
          text: {ja: '5 が返り、hello を受け取る', en: 'return 5, with hello'},
          claim: received('hello'),
          because: `データは接続に届きます。待ち受けのソケットは、接続を待つだけのものです。
            Data arrives at a connection. The listening socket only waits for connections.`,
        },
        {
          text: {ja: '届くまで待つ', en: 'wait until something arrives'},
          claim: waits,
          because: `このソケットには相手がいないので、待っても何も来ません。
            This socket has no peer: nothing could ever come.`,
        },
      ],
      hint: `待ち受けのソケットの四つ組には、相手のアドレスとポートがありません。
        The listening socket has no remote address and no remote port.`,
      after: `ENOTCONN は「このソケットには相手がいない」です。hello は、接続待ちキューにある接続に届いています。読むには、accept() が返すソケットが要ります。
        ENOTCONN: this socket has no peer. The 5 bytes are with the connection in the accept queue, and it takes the socket from accept() to read them.`,
      node: "// Node keeps the two apart: a net.Server has no 'data', only the net.Socket of each 'connection' has.",
      expect: [fails('ENOTCONN'), listener.queue(1, {bytes: text('hello')})],
      sources: ['man 2 recv'],
    }),
    step('accept-and-recv', [listener.accepts(connection), connection.receives(100)], {
      before: `サーバーが accept() を呼び、返ってきたソケットで recv() し直します。
        The server calls accept(), and recv() on the socket that it returns.`,
      after: `今度は読めました。受け取るのも送るのも、accept() が返したソケットで行います。
        There it is. All receiving and sending is done with the socket that accept() returned.`,
      node: "server.on('connection', connection => connection.on('data', console.log));",
      expect: received('hello'),
      sources: ['man 2 accept', 'man 2 recv'],
    }),
    step('bind-twice', listener.binds({host: '127.0.0.1', port: 0}), {
      before: `サーバーは、もう一つのポートでも待ちたくなりました。待ち受けのソケットに、もう一度 bind() します。ポート 0 なので、カーネルが空いた番号を選びます。
        The server would like a second port and calls bind() on its listening socket again. With port 0 the kernel may pick any free one.`,
      belief: 'free-port-always-binds',
      question: {ja: 'bind() はどうなりますか。', en: 'What will bind() do?'},
      choices: [
        {
          text: {ja: '0 が返る。空いた番号はあるので', en: 'return 0: there are free ports'},
          claim: returns(0),
          because: `番号が空いているかどうかより先に、このソケットにはもうアドレスがあります。
            Free ports or not, this socket has an address already.`,
        },
        {
          text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'},
          claim: fails('EADDRINUSE'),
          because: `ポート 0 を頼まれたカーネルは、空いた番号を選びます。番号の取り合いにはなりません。
            Asked for port 0, the kernel picks a free one; nobody is in the way.`,
        },
        {text: {ja: 'EINVAL で失敗する', en: 'fail with EINVAL'}, claim: asClaimed.of('outcome')},
      ],
      hint: `このソケットは、もう 127.0.0.1:{port} に bind() されています。
        This socket is bound to 127.0.0.1:{port} already.`,
      after: `また EINVAL ですが、bind() では「もうアドレスがある」という意味です。bind() はソケットごとに一度だけなので、別のポートで待つには、ソケットをもう一つ作ります。
        EINVAL again; from bind() it means “this socket has an address already”. A socket is bound once. For a second port, make a second socket.`,
      node: 'server.listen(0);  // ERR_SERVER_ALREADY_LISTEN: Node says no before it calls bind()',
      expect: [fails('EINVAL'), listener.hasPort('server')],
      sources: ['man 2 bind'],
    }),
    step('bind-taken', [rival.opens(), rival.sets('SO_REUSEADDR', 1), rival.binds()], {
      before: `別のプロセスも、同じ 127.0.0.1:{port} でサーバーを始めようとします。SO_REUSEADDR を 1 にしてから bind() します。
        Another process wants to serve on 127.0.0.1:{port} as well. It sets SO_REUSEADDR to 1 and calls bind().`,
      belief: 'reuseaddr-shares-the-port',
      question: {ja: 'bind() はどうなりますか。', en: 'What will bind() do?'},
      choices: [
        {text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'}, claim: asClaimed.of('outcome')},
        {
          text: {ja: '0 が返る。SO_REUSEADDR があるので', en: 'return 0, thanks to SO_REUSEADDR'},
          claim: returns(0),
          because: `Linux の SO_REUSEADDR は、待ち受けているソケットのポートまでは使わせません。
            On Linux SO_REUSEADDR does not let anyone onto a port where a socket is listening.`,
        },
        {
          text: {ja: 'EINVAL で失敗する', en: 'fail with EINVAL'},
          claim: fails('EINVAL'),
          because: `EINVAL は、もうアドレスのあるソケットへの答えです。このソケットには、まだありません。
            EINVAL is for a socket that has an address already. This one has none yet.`,
        },
      ],
      hint: `SO_REUSEADDR は、終わった接続がポートに残っているときのための設定です。{port} には、いま何がありますか。
        SO_REUSEADDR is for ports on which connections that are over are left. What is on {port} now?`,
      after: `SO_REUSEADDR で使えるようになるのは、TIME_WAIT などの古い接続だけが残るポートです。だれかが待ち受けているときは断られます。だれなのかは ss -tlnp で分かります(ほかの利用者のプロセスなら root で)。
        SO_REUSEADDR helps where only old connections, such as TIME_WAIT, are left on a port. While somebody listens the answer is no. ss -tlnp shows who it is; for processes of other users it takes root.`,
      node: "server.listen({port}, '127.0.0.1')\n  .on('error', error => console.log(error.code, error.syscall));\n// EADDRINUSE listen: Node reports it as listen(), but it was bind() that failed.",
      expect: [fails('EADDRINUSE'), rival.isUnlisted('CLOSE')],
      sources: ['man 2 bind', 'man 7 socket'],
    }),
    step('bind-free', rival.binds({host: '127.0.0.1', port: 0}), {
      before: `断られたソケットには、まだアドレスがありません。ポート 0 で bind() し直します。
        The socket that was turned away has no address yet. It tries again with port 0.`,
      after: `カーネルが空いている番号をくれました。EADDRINUSE のときは、使っているプログラムを止めるか、別の番号を使います。TIME_WAIT が残っているだけなら、待つか、前と後の両方のソケットに SO_REUSEADDR を付けます。
        The kernel gave it a free one. Ways out of EADDRINUSE: stop the program that has the port, or use another port. If it is only a TIME_WAIT: wait, or have SO_REUSEADDR on the old socket and the new one.`,
      expect: rival.hasPort('another'),
      sources: ['man 7 ip'],
    }),
    step('wrong-family', [rival.closes(), ipv4Only.opens(), ipv4Only.connects({host: '::1', port: 'server'})], {
      before: `AF_INET(IPv4)のソケットで、IPv6 のアドレス ::1 に connect() します。
        With an AF_INET socket, which is IPv4, the client connects to the IPv6 address ::1.`,
      after: `ソケットとアドレスのアドレスファミリーが違うと、EAFNOSUPPORT です。パケットは送られていません。getaddrinfo() が返したファミリーのとおりに socket() を呼べば、食い違いません。
        EAFNOSUPPORT: socket and address are of different families. No packet was sent. Call socket() with the family that getaddrinfo() returns, and they always agree.`,
      node: "net.connect(port, '::1');  // Node makes the socket after it has seen the address",
      expect: fails('EAFNOSUPPORT'),
      sources: ['man 2 connect', 'man 3 getaddrinfo'],
    }),
    step(
      'udp-to-whom',
      [
        ipv4Only.closes(),
        datagrams.opens('SOCK_DGRAM'),
        datagrams.binds({host: '127.0.0.1', port: 0}),
        datagrams.sends('hello'),
      ],
      {
        before: `SOCK_DGRAM(UDP)のソケットを作り、bind() で自分のアドレスを決め、connect() はせずに send() します。
          The client makes a SOCK_DGRAM socket, which is UDP, gives it an address of its own with bind(), and calls send() without connect().`,
        after: `EDESTADDRREQ は「宛先が要る」です。send() には宛先の引数がありません。宛先を渡せる sendto() を使うか、先に connect() で宛先を決めます。
          EDESTADDRREQ: a destination is needed, and send() has no argument for one. Use sendto(), which has, or set the destination with connect() first.`,
        node: "socket.send('hello', port, '127.0.0.1');  // node:dgram wants the destination with each send()",
        expect: fails('EDESTADDRREQ'),
        sources: ['man 2 send', 'man 7 udp'],
      },
    ),
    step('send-after-close', [datagrams.closes(), client.closes(), client.sends('hello')], {
      before: `クライアントがソケットを閉じます。そのあとで、接続のソケットを指していた番号に対して send() します。
        The client closes its sockets. Then it calls send() with the number that the connection’s socket had.`,
      after: `EBADF は「その番号のファイルはない」です。番号はすぐ使い回されるので、閉じた番号を使い続けると、別のファイルに書き込むこともあります。閉じたら、その変数はもう使わないことです。
        EBADF: there is no such descriptor. Numbers are soon given out again, and then a late send() would reach another file. Once closed, do not use the number any more.`,
      node: 'socket.destroy();\nsocket.write(data);  // ERR_STREAM_DESTROYED: Node says no before any system call',
      expect: [fails('EBADF'), connection.is('CLOSE_WAIT')],
      sources: ['man 2 close', 'man 2 send'],
    }),
    step('bind-privileged', [dropsPrivileges('client'), low.opens(), low.binds({host: '127.0.0.1', port: 80})], {
      needs: ['privileged-ports', 'unprivileged-account'],
      before: `特権のないアカウントで、127.0.0.1 のポート 80 に bind() します(root で動いていれば、先に seteuid() で特権のないアカウントになります)。
        An account without privileges binds a socket to port 80 of 127.0.0.1. (Where this runs as root, seteuid() makes it such an account.)`,
      belief: 'free-port-always-binds',
      question: `ポート 80 が空いているとして、bind() はどうなりますか。
        Say that port 80 is free. What will bind() do?`,
      choices: [
        {
          text: {ja: '0 が返る', en: 'return 0'},
          claim: returns(0),
          because: `空いているだけでは足りません。小さな番号には特権が要ります。
            Free is not enough: low numbers need a privilege.`,
        },
        {text: {ja: 'EACCES で失敗する', en: 'fail with EACCES'}, claim: asClaimed},
        {
          text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'},
          claim: fails('EADDRINUSE'),
          because: `Linux では、使っているソケットがあるかどうかより先に、許可が調べられます。
            Linux checks permission first, and only then whether some socket has the port.`,
        },
      ],
      hint: {ja: '80 は、1024 より小さい番号です。', en: '80 is below 1024.'},
      after: `EACCES は「許可がない」です。Linux では 1024 より小さい番号は特権ポートです(境目は ip_unprivileged_port_start)。root で動かすのではなく、大きな番号を使うのが無難です。
        EACCES: permission denied. On Linux the ports below 1024 are privileged (the limit is ip_unprivileged_port_start). Rather than run as root, take a higher number.`,
      node: "server.listen(80);  // 'error': EACCES",
      expect: fails('EACCES'),
      sources: ['man 2 bind', 'man 7 ip'],
    }),
    step('bind-unprivileged', [low.binds({host: '127.0.0.1', port: 0}), low.closes()], {
      needs: ['privileged-ports', 'unprivileged-account'],
      before: `同じアカウント、同じソケットで、カーネルが選ぶ番号に bind() し、閉じます。
        The same account binds the same socket to a port that the kernel picks, and closes it.`,
      after: `特権のいらない番号なら、だれでも使えます。
        A port that needs no privilege is there for everybody.`,
      expect: low.isGone,
      sources: ['man 7 ip'],
    }),
    step('server-close', [connection.closes(), listener.closes()], {
      before: `最後に、サーバーが接続と待ち受けを閉じます。
        Last, the server closes its connection and its listening socket.`,
      after: `これから {port} に connect() すれば、最初と同じく ECONNREFUSED です。
        Whoever connects to {port} from now on gets ECONNREFUSED, as at the beginning.`,
      expect: [connection.isGone, listener.isGone],
      sources: ['man 2 close'],
    }),
  ],
  summary: `errno は、何が足りないかを教えてくれます。ECONNREFUSED は待ち受けがない、EADDRINUSE はだれかが使っている、ENOTCONN は相手がいない、EBADF はもう閉じた、EINVAL は順序や回数が違うことが多い。正確な意味は、その呼び出しの man ページにあります。(man 3 errno, man 2 connect, man 2 bind, RFC 9293 3.5.2)
    An errno says what is missing. ECONNREFUSED: nobody listens. EADDRINUSE: somebody has it. ENOTCONN: there is no peer. EBADF: closed already. EINVAL: often a call too early, or once too often. The man page of the call has the exact meaning. (man 3 errno, man 2 connect, man 2 bind, RFC 9293 3.5.2)`,
  review: [
    review('server-has-gone', [
      step('scene', [...listensSomewhere(listener), ...closesAll(listener)], {
        before: `サーバーが待ち受けを始めましたが、すぐに close() しました。再起動の途中です。
          The server listened for a moment and has closed again: it is being restarted.`,
        after: {ja: '待ち受けのソケットは、もうありません。', en: 'The listening socket is gone.'},
        expect: listener.isGone,
        sources: ['man 2 close'],
      }),
      step('client-connect', [client.opens(), client.connects({host: '127.0.0.1', port: listener.place})], {
        before: `その間に、クライアントが同じアドレスとポートに connect() します。
          In the meantime the client connects to the same address and port.`,
        belief: 'nobody-there-means-waiting',
        question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
        choices: [
          {text: {ja: 'ECONNREFUSED で失敗する', en: 'fail with ECONNREFUSED'}, claim: asClaimed},
          {
            text: {ja: 'サーバーが戻るまで待つ', en: 'wait until the server is back'},
            claim: waits,
            because: `待ってからやり直すのは、クライアントのプログラムの仕事です。
              Waiting and trying again is up to the client’s program.`,
          },
          {
            text: {ja: '0 が返る', en: 'return 0'},
            claim: returns(0),
            because: `いまは、そのポートで待ち受けているソケットがありません。
              Nobody listens on that port now.`,
          },
        ],
        after: `カーネルが RST ですぐに断りました。再起動をまたいで使うクライアントは、少し待ってから connect() し直すように書きます。
          The kernel refused at once with an RST. A client that should survive restarts has to pause and connect again by itself.`,
        expect: fails('ECONNREFUSED'),
        sources: ['man 2 connect'],
      }),
      step('clear-away', client.closes(), {
        before: {ja: '失敗したソケットを閉じます。', en: 'The socket that failed is closed.'},
        after: {ja: 'やり直すときは、新しいソケットを作ります。', en: 'To try again, make a new socket.'},
        sources: ['man 2 connect'],
      }),
    ]),
    review('send-on-listener', [
      step('scene', [...listensSomewhere(listener), ...connects(client, listener), listener.accepts(connection)], {
        before: `サーバーが、クライアントの接続を一つ accept() しました。
          The server has accepted a connection from a client.`,
        after: `サーバーのソケットは二つ、待ち受けのものと接続のものです。
          The server has two sockets, the listening one and the connection’s.`,
        sources: ['man 2 accept'],
      }),
      step('server-send', listener.sends('to all'), {
        before: `つながっている全員に送るつもりで、サーバーが待ち受けのソケットに 6 バイトを send() します。
          Meaning to reach everyone who is connected, the server sends 6 bytes on the listening socket.`,
        belief: 'listener-carries-data',
        question: {ja: 'send() はどうなりますか。', en: 'What will send() do?'},
        choices: [
          {
            text: {ja: '6 が返り、クライアントに届く', en: 'return 6, and the client gets them'},
            claim: returns(6),
            because: `待ち受けのソケットは、どの接続ともつながっていません。
              The listening socket is not connected to anybody.`,
          },
          {text: {ja: '失敗する(EPIPE)', en: 'fail (EPIPE)'}, claim: asClaimed},
          {
            text: {ja: 'クライアントが recv() するまで待つ', en: 'wait until the client calls recv()'},
            claim: waits,
            because: `send() が眠って待つのは、送信キューの空きです。ここで足りないのは、送る相手です。
              send() sleeps for room in a send queue. What is missing here is a peer.`,
          },
        ],
        after: `相手のいないソケットには送れません(Linux は EPIPE を返します)。全員に送るには、接続のソケット一つ一つに send() します。
          A socket without a peer cannot send; Linux says EPIPE. To reach everyone, send() on each connection’s socket, one after the other.`,
        expect: fails('EPIPE'),
        sources: ['man 2 send'],
      }),
      closing('clear-away', [client, connection, listener]),
    ]),
    review('bind-in-another-family', [
      step('scene', ipv4.opens(), {
        before: `サーバーが、AF_INET(IPv4)のソケットを作ります。
          The server makes an AF_INET socket, which is IPv4.`,
        after: {ja: 'ソケットができました。', en: 'There it is.'},
        sources: ['man 2 socket'],
      }),
      step('server-bind', ipv4.binds({host: '::1', port: 0}), {
        before: `このソケットを、::1 のポート 0 に bind() します。空いている番号なら、どれでもかまいません。
          It binds the socket to ::1 and port 0: any free port will do.`,
        belief: 'free-port-always-binds',
        question: {ja: 'bind() はどうなりますか。', en: 'What will bind() do?'},
        choices: [
          {
            text: {ja: '0 が返る', en: 'return 0'},
            claim: returns(0),
            because: `::1 は IPv6 のアドレスです。IPv4 のソケットには割り当てられません。
              ::1 is an IPv6 address; an IPv4 socket cannot have it.`,
          },
          {
            text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'},
            claim: fails('EADDRINUSE'),
            because: `ポート 0 なら、カーネルが空いている番号を選びます。合わないのは、アドレスのほうです。
              With port 0 the kernel picks a free one. What does not fit is the address.`,
          },
          {text: {ja: 'EAFNOSUPPORT で失敗する', en: 'fail with EAFNOSUPPORT'}, claim: asClaimed},
        ],
        after: `ポートの前に、アドレスがソケットの種類に合わなければなりません。bind() が断る理由は、ポートのほかにもいろいろあります。
          Before the port matters, the address must suit the socket. bind() has other reasons to say no than a port that is taken.`,
        expect: fails('EAFNOSUPPORT'),
        sources: ['man 2 bind', 'man 7 ip'],
      }),
      closing('clear-away', ipv4),
    ]),
    review('two-who-want-to-listen', [
      step(
        'scene',
        [
          first.opens(),
          first.sets('SO_REUSEADDR', 1),
          first.binds({host: '127.0.0.1', port: 0}),
          second.opens(),
          second.sets('SO_REUSEADDR', 1),
          second.binds(first),
          first.listens(),
        ],
        {
          before: `二つのプロセスが、どちらも SO_REUSEADDR を 1 にして、同じアドレスとポートに bind() します。そのあと、サーバーが先に listen() します。
            Two processes both set SO_REUSEADDR to 1 and bind to the same address and port. Then the server is the first to call listen().`,
          after: `だれも待ち受けていない間だったので、Linux では bind() は両方とも成功します。いまはサーバーが待ち受けています。
            As nobody was listening yet, both bind() calls worked on Linux. Now the server listens.`,
          expect: [first.is('LISTEN'), second.hasPort(first.place)],
          sources: ['man 7 socket', 'man 2 bind'],
        },
      ),
      step('second-listen', second.listens(), {
        before: {ja: 'もう一つのプロセスも listen() を呼びます。', en: 'The other process calls listen() as well.'},
        belief: 'reuseaddr-shares-the-port',
        question: {ja: 'listen() はどうなりますか。', en: 'What will listen() do?'},
        choices: [
          {
            text: {ja: '0 が返り、二つで分け合って待ち受ける', en: 'return 0: the two listen side by side'},
            claim: returns(0),
            because: `SO_REUSEADDR では、待ち受けるソケットは一つだけです。
              With SO_REUSEADDR only one of them may listen.`,
          },
          {text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'}, claim: asClaimed.of('outcome')},
          {
            text: {ja: 'サーバーが閉じるまで待つ', en: 'wait until the server closes'},
            claim: waits,
            because: `listen() は待ちません。すぐに成功するか、断られるかです。
              listen() does not wait: it works at once, or is refused at once.`,
          },
        ],
        after: `bind() は通っても、listen() で断られました。SO_REUSEPORT がなければ、同じアドレスとポートで待ち受けられるのは一つのソケットだけです。
          bind() had let it through, but listen() did not. Without SO_REUSEPORT only one socket may listen on an address and port.`,
        expect: [fails('EADDRINUSE'), second.isUnlisted('CLOSE')],
        sources: ['man 2 listen', 'man 7 socket'],
      }),
      closing('clear-away', [second, first]),
    ]),
  ],
});
