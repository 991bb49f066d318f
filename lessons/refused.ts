import type {Lesson} from '../src/model/lesson.ts';
import {clientConnects, closesAll, inOneStep, serverAccepts, serverListens} from './kit/acts.ts';

export const refused: Lesson = {
  id: 'refused',
  title: {ja: '断られたとき', en: 'When the kernel says no'},
  about: {
    ja: 'ECONNREFUSED、EADDRINUSE、EINVAL など、よく出会う errno をわざと起こす',
    en: 'ECONNREFUSED, EADDRINUSE, EINVAL and others: the errnos one meets, provoked one by one',
  },
  minutes: 12,
  network: 'host',
  beliefs: {
    'nobody-there-means-waiting': {
      ja: 'サーバーがいなければ、connect() は現れるまで待つ',
      en: 'with no server there, connect() waits until one comes',
    },
    'free-port-always-binds': {
      ja: 'ポートが空いていれば、bind() は必ず成功する',
      en: 'bind() always works as long as the port is free',
    },
    'reuseaddr-shares-the-port': {
      ja: 'SO_REUSEADDR を設定すれば、ほかのサーバーが待ち受けているポートも使える',
      en: 'with SO_REUSEADDR one can use a port on which another server is listening',
    },
  },
  steps: [
    {
      id: 'connect-to-nobody',
      ...inOneStep(
        {
          actor: 'client',
          call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
          creates: 'client',
        },
        {actor: 'client', call: {name: 'connect', fd: 'client', address: 'server'}},
      ),
      before: {
        ja: '失敗した呼び出しは -1 を返し、理由を errno に残します。まず、サーバーがまだ何もしていないうちに、クライアントが 127.0.0.1:{port} に connect() します。',
        en: 'A call that fails returns -1 and leaves the reason in errno. First, the client connects to 127.0.0.1:{port} before the server has done anything.',
      },
      predict: {
        belief: 'nobody-there-means-waiting',
        question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
        choices: [
          {
            text: {ja: 'サーバーが現れるまで待つ', en: 'wait until a server comes'},
            claim: {outcome: {kind: 'waits'}},
            because: {
              ja: '待たされるのは、返事がないときです。ここではカーネルが、断る返事をすぐに返します。',
              en: 'It waits when there is no answer. Here the kernel does answer, at once, with a refusal.',
            },
          },
          {
            text: {ja: '0 が返り、あとの send() で失敗する', en: 'return 0; only send() will fail later'},
            claim: {outcome: {kind: 'returns', value: 0}},
            because: {
              ja: 'TCP の connect() が 0 を返すのは、相手のカーネルとのハンドシェイクが済んだときです。',
              en: 'With TCP, connect() returns 0 only after a handshake with the other side’s kernel.',
            },
          },
          {
            text: {ja: 'すぐに ECONNREFUSED で失敗する', en: 'fail at once with ECONNREFUSED'},
            claim: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
          },
        ],
      },
      hint: {
        ja: 'ポート {port} に、待ち受けているソケットはありません。それを知っているのは、宛先のカーネルです。',
        en: 'No socket listens on port {port}, and the kernel at that address knows it.',
      },
      after: {
        ja: 'そこで待ち受けるソケットがないので、カーネルが RST を返しました。サーバーが動いているか、アドレスとポートが合っているかを確かめます。',
        en: 'No socket listens there, so the kernel answered with an RST. What to do: see whether the server runs, and whether address and port are right.',
      },
      node: "net.connect({port}, '127.0.0.1')\n  .on('error', error => console.log(error.code));  // ECONNREFUSED",
      expect: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
      sources: ['man 2 connect', 'man 3 errno', 'RFC 9293 3.5.2'],
    },
    {
      id: 'server-bind',
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
      ),
      before: {
        ja: 'サーバーがソケットを作り、SO_REUSEADDR を設定して、127.0.0.1:{port} に bind() します。',
        en: 'The server makes a socket, sets SO_REUSEADDR, and binds it to 127.0.0.1:{port}.',
      },
      after: {
        ja: 'bind() は成功しました。listen() は、まだ呼びません。',
        en: 'bind() worked. The server does not call listen() yet.',
      },
      expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'unlisted', socket: 'listener', state: 'CLOSE'}]},
      sources: ['man 2 bind'],
    },
    {
      id: 'connect-to-bound',
      ...inOneStep(
        {actor: 'client', call: {name: 'close', fd: 'client'}},
        {
          actor: 'client',
          call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
          creates: 'client',
        },
        {actor: 'client', call: {name: 'connect', fd: 'client', address: 'server'}},
      ),
      before: {
        ja: 'クライアントは、失敗したソケットを閉じて新しく作り、もう一度 connect() します。',
        en: 'The client closes the socket that failed, makes a new one, and connects again.',
      },
      predict: {
        belief: 'bind-opens-port',
        question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
        choices: [
          {
            text: {ja: '0 が返り、つながる', en: 'return 0: connected'},
            claim: {outcome: {kind: 'returns', value: 0}},
            because: {
              ja: 'bind() はアドレスとポートを取っておくだけで、接続要求には応えません。',
              en: 'bind() only reserves address and port; it answers no requests.',
            },
          },
          {
            text: {ja: 'また ECONNREFUSED で失敗する', en: 'fail with ECONNREFUSED again'},
            claim: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
          },
          {
            text: {ja: 'listen() されるまで待つ', en: 'wait until the server calls listen()'},
            claim: {outcome: {kind: 'waits'}},
            because: {
              ja: 'listen() していないポートは、カーネルにとってはだれもいないのと同じです。',
              en: 'To the kernel a port without listen() is a port with nobody there.',
            },
          },
        ],
      },
      hint: {
        ja: 'カーネルが接続要求に応えるようになるのは、どの呼び出しからですか。',
        en: 'From which call on does the kernel answer requests for connections?',
      },
      after: {
        ja: '同じ errno でも、今度の原因は、listen() がまだ呼ばれていないことです。サーバーを起動した直後に断られるときは、待ち受けが始まってからやり直します。',
        en: 'The same errno, another cause: listen() is missing. If a server refuses right after it was started, wait until it listens and try again.',
      },
      expect: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
      sources: ['man 2 connect', 'man 2 bind'],
    },
    {
      id: 'accept-too-early',
      actor: 'server',
      call: {name: 'accept', fd: 'listener'},
      before: {
        ja: 'サーバーも、listen() を忘れたまま accept() を呼んでみます。',
        en: 'The server, too, forgets listen() and calls accept().',
      },
      after: {
        ja: 'EINVAL(引数が無効)は意味の広い errno です。accept() では「待ち受けていないソケットだ」を表します。何を表すかは、その呼び出しの man ページの ERRORS で調べます。',
        en: 'EINVAL, invalid argument, can mean many things. From accept() it means “this socket is not listening”. What it means for a call is in the ERRORS of that call’s man page.',
      },
      node: '// Node cannot forget it: server.listen() makes bind() and listen(), and accept() follows by itself.',
      expect: {outcome: {kind: 'fails', errno: 'EINVAL'}},
      sources: ['man 2 accept'],
    },
    {
      id: 'listen-and-connect',
      ...inOneStep(
        {actor: 'server', call: {name: 'listen', fd: 'listener', backlog: 5}},
        {actor: 'client', call: {name: 'close', fd: 'client'}},
        {
          actor: 'client',
          call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
          creates: 'client',
        },
        {actor: 'client', call: {name: 'connect', fd: 'client', address: 'server'}},
      ),
      before: {
        ja: 'サーバーが listen() を呼び、クライアントがもう一度 connect() します。',
        en: 'Now the server calls listen(), and the client connects once more.',
      },
      after: {
        ja: 'つながりました。ここまでの三つの失敗は、どれも待ち受けるソケットがなかったためです。',
        en: 'Connected. All three failures so far had one cause: there was no listening socket.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'client', state: 'ESTABLISHED'},
          {kind: 'accept-queue', listener: 'listener', connections: 1},
        ],
      },
      sources: ['man 2 listen'],
    },
    {
      id: 'connect-twice',
      actor: 'client',
      call: {name: 'connect', fd: 'client', address: 'server'},
      before: {
        ja: 'つながっているソケットで、クライアントがもう一度 connect() を呼びます。',
        en: 'On the socket that is connected, the client calls connect() once more.',
      },
      after: {
        ja: 'EISCONN は「もうつながっている」です。TCP のソケットが持てる接続は一つなので、もう一つつなぐには、socket() からやり直します。',
        en: 'EISCONN: it is connected already. A TCP socket has one connection; for another one, begin with a new socket().',
      },
      node: "const second = net.connect({port}, '127.0.0.1');  // a new socket for each connection",
      expect: {
        outcome: {kind: 'fails', errno: 'EISCONN'},
        sockets: [{kind: 'listed', socket: 'client', state: 'ESTABLISHED'}],
      },
      sources: ['man 2 connect'],
    },
    {
      id: 'recv-on-listener',
      ...inOneStep(
        {actor: 'client', call: {name: 'send', fd: 'client', data: {kind: 'text', text: 'hello'}, flags: 0}},
        {actor: 'server', call: {name: 'recv', fd: 'listener', length: 100, flags: 0}},
      ),
      before: {
        ja: 'クライアントが「hello」を送ります。サーバーは accept() を呼ばず、待ち受けのソケットに recv() を呼びます。',
        en: 'The client sends hello. The server, without accept(), calls recv() on the listening socket.',
      },
      predict: {
        belief: 'listener-carries-data',
        question: {ja: 'recv() はどうなりますか。', en: 'What will recv() do?'},
        choices: [
          {
            text: {ja: 'ENOTCONN で失敗する', en: 'fail with ENOTCONN'},
            claim: {outcome: {kind: 'fails', errno: 'ENOTCONN'}},
          },
          {
            text: {ja: '5 が返り、hello を受け取る', en: 'return 5, with hello'},
            claim: {outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: 'hello'}}},
            because: {
              ja: 'データは接続に届きます。待ち受けのソケットは、接続を待つだけのものです。',
              en: 'Data arrives at a connection. The listening socket only waits for connections.',
            },
          },
          {
            text: {ja: '届くまで待つ', en: 'wait until something arrives'},
            claim: {outcome: {kind: 'waits'}},
            because: {
              ja: 'このソケットには相手がいないので、待っても何も来ません。',
              en: 'This socket has no peer: nothing could ever come.',
            },
          },
        ],
      },
      hint: {
        ja: '待ち受けのソケットの四つ組には、相手のアドレスとポートがありません。',
        en: 'The listening socket has no remote address and no remote port.',
      },
      after: {
        ja: 'ENOTCONN は「このソケットには相手がいない」です。hello は、接続待ちキューにある接続に届いています。読むには、accept() が返すソケットが要ります。',
        en: 'ENOTCONN: this socket has no peer. The 5 bytes are with the connection in the accept queue, and it takes the socket from accept() to read them.',
      },
      node: "// Node keeps the two apart: a net.Server has no 'data', only the net.Socket of each 'connection' has.",
      expect: {
        outcome: {kind: 'fails', errno: 'ENOTCONN'},
        sockets: [{kind: 'accept-queue', listener: 'listener', connections: 1, bytes: {kind: 'text', text: 'hello'}}],
      },
      sources: ['man 2 recv'],
    },
    {
      id: 'accept-and-recv',
      ...inOneStep(serverAccepts('listener', 'connection'), {
        actor: 'server',
        call: {name: 'recv', fd: 'connection', length: 100, flags: 0},
      }),
      before: {
        ja: 'サーバーが accept() を呼び、返ってきたソケットで recv() し直します。',
        en: 'The server calls accept(), and recv() on the socket that it returns.',
      },
      after: {
        ja: '今度は読めました。受け取るのも送るのも、accept() が返したソケットで行います。',
        en: 'There it is. All receiving and sending is done with the socket that accept() returned.',
      },
      node: "server.on('connection', connection => connection.on('data', console.log));",
      expect: {outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: 'hello'}}},
      sources: ['man 2 accept', 'man 2 recv'],
    },
    {
      id: 'bind-twice',
      actor: 'server',
      call: {name: 'bind', fd: 'listener', address: {host: '127.0.0.1', port: 0}},
      before: {
        ja: 'サーバーは、もう一つのポートでも待ちたくなりました。待ち受けのソケットに、もう一度 bind() します。ポート 0 なので、カーネルが空いた番号を選びます。',
        en: 'The server would like a second port and calls bind() on its listening socket again. With port 0 the kernel may pick any free one.',
      },
      predict: {
        belief: 'free-port-always-binds',
        question: {ja: 'bind() はどうなりますか。', en: 'What will bind() do?'},
        choices: [
          {
            text: {ja: '0 が返る。空いた番号はあるので', en: 'return 0: there are free ports'},
            claim: {outcome: {kind: 'returns', value: 0}},
            because: {
              ja: '番号が空いているかどうかより先に、このソケットにはもうアドレスがあります。',
              en: 'Free ports or not, this socket has an address already.',
            },
          },
          {
            text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'},
            claim: {outcome: {kind: 'fails', errno: 'EADDRINUSE'}},
            because: {
              ja: 'ポート 0 を頼まれたカーネルは、空いた番号を選びます。番号の取り合いにはなりません。',
              en: 'Asked for port 0, the kernel picks a free one; nobody is in the way.',
            },
          },
          {
            text: {ja: 'EINVAL で失敗する', en: 'fail with EINVAL'},
            claim: {outcome: {kind: 'fails', errno: 'EINVAL'}},
          },
        ],
      },
      hint: {
        ja: 'このソケットは、もう 127.0.0.1:{port} に bind() されています。',
        en: 'This socket is bound to 127.0.0.1:{port} already.',
      },
      after: {
        ja: 'また EINVAL ですが、bind() では「もうアドレスがある」という意味です。bind() はソケットごとに一度だけなので、別のポートで待つには、ソケットをもう一つ作ります。',
        en: 'EINVAL again; from bind() it means “this socket has an address already”. A socket is bound once. For a second port, make a second socket.',
      },
      node: 'server.listen(0);  // ERR_SERVER_ALREADY_LISTEN: Node says no before it calls bind()',
      expect: {
        outcome: {kind: 'fails', errno: 'EINVAL'},
        sockets: [{kind: 'local-port', socket: 'listener', is: 'server'}],
      },
      sources: ['man 2 bind'],
    },
    {
      id: 'bind-taken',
      ...inOneStep(
        {
          actor: 'client',
          call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
          creates: 'rival',
        },
        {
          actor: 'client',
          call: {name: 'setsockopt', fd: 'rival', level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1},
        },
        {actor: 'client', call: {name: 'bind', fd: 'rival', address: 'server'}},
      ),
      before: {
        ja: '別のプロセスも、同じ 127.0.0.1:{port} でサーバーを始めようとします。SO_REUSEADDR を 1 にしてから bind() します。',
        en: 'Another process wants to serve on 127.0.0.1:{port} as well. It sets SO_REUSEADDR to 1 and calls bind().',
      },
      predict: {
        belief: 'reuseaddr-shares-the-port',
        question: {ja: 'bind() はどうなりますか。', en: 'What will bind() do?'},
        choices: [
          {
            text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'},
            claim: {outcome: {kind: 'fails', errno: 'EADDRINUSE'}},
          },
          {
            text: {ja: '0 が返る。SO_REUSEADDR があるので', en: 'return 0, thanks to SO_REUSEADDR'},
            claim: {outcome: {kind: 'returns', value: 0}},
            because: {
              ja: 'Linux の SO_REUSEADDR は、待ち受けているソケットのポートまでは使わせません。',
              en: 'On Linux SO_REUSEADDR does not let anyone onto a port where a socket is listening.',
            },
          },
          {
            text: {ja: 'EINVAL で失敗する', en: 'fail with EINVAL'},
            claim: {outcome: {kind: 'fails', errno: 'EINVAL'}},
            because: {
              ja: 'EINVAL は、もうアドレスのあるソケットへの答えです。このソケットには、まだありません。',
              en: 'EINVAL is for a socket that has an address already. This one has none yet.',
            },
          },
        ],
      },
      hint: {
        ja: 'SO_REUSEADDR は、終わった接続がポートに残っているときのための設定です。{port} には、いま何がありますか。',
        en: 'SO_REUSEADDR is for ports on which connections that are over are left. What is on {port} now?',
      },
      after: {
        ja: 'SO_REUSEADDR で使えるようになるのは、TIME_WAIT などの古い接続だけが残るポートです。だれかが待ち受けているときは断られます。だれなのかは ss -tlnp で分かります(ほかの利用者のプロセスなら root で)。',
        en: 'SO_REUSEADDR helps where only old connections, such as TIME_WAIT, are left on a port. While somebody listens the answer is no. ss -tlnp shows who it is; for processes of other users it takes root.',
      },
      node: "server.listen({port}, '127.0.0.1')\n  .on('error', error => console.log(error.code, error.syscall));\n// EADDRINUSE listen: Node reports it as listen(), but it was bind() that failed.",
      expect: {
        outcome: {kind: 'fails', errno: 'EADDRINUSE'},
        sockets: [{kind: 'unlisted', socket: 'rival', state: 'CLOSE'}],
      },
      sources: ['man 2 bind', 'man 7 socket'],
    },
    {
      id: 'bind-free',
      actor: 'client',
      call: {name: 'bind', fd: 'rival', address: {host: '127.0.0.1', port: 0}},
      before: {
        ja: '断られたソケットには、まだアドレスがありません。ポート 0 で bind() し直します。',
        en: 'The socket that was turned away has no address yet. It tries again with port 0.',
      },
      after: {
        ja: 'カーネルが空いている番号をくれました。EADDRINUSE のときは、使っているプログラムを止めるか、別の番号を使います。TIME_WAIT が残っているだけなら、待つか、前と後の両方のソケットに SO_REUSEADDR を付けます。',
        en: 'The kernel gave it a free one. Ways out of EADDRINUSE: stop the program that has the port, or use another port. If it is only a TIME_WAIT: wait, or have SO_REUSEADDR on the old socket and the new one.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [{kind: 'local-port', socket: 'rival', is: 'another'}],
      },
      sources: ['man 7 ip'],
    },
    {
      id: 'wrong-family',
      ...inOneStep(
        {actor: 'client', call: {name: 'close', fd: 'rival'}},
        {
          actor: 'client',
          call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
          creates: 'ipv4-only',
        },
        {actor: 'client', call: {name: 'connect', fd: 'ipv4-only', address: {host: '::1', port: 'server'}}},
      ),
      before: {
        ja: 'AF_INET(IPv4)のソケットで、IPv6 のアドレス ::1 に connect() します。',
        en: 'With an AF_INET socket, which is IPv4, the client connects to the IPv6 address ::1.',
      },
      after: {
        ja: 'ソケットとアドレスのアドレスファミリーが違うと、EAFNOSUPPORT です。パケットは送られていません。getaddrinfo() が返したファミリーのとおりに socket() を呼べば、食い違いません。',
        en: 'EAFNOSUPPORT: socket and address are of different families. No packet was sent. Call socket() with the family that getaddrinfo() returns, and they always agree.',
      },
      node: "net.connect(port, '::1');  // Node makes the socket after it has seen the address",
      expect: {outcome: {kind: 'fails', errno: 'EAFNOSUPPORT'}},
      sources: ['man 2 connect', 'man 3 getaddrinfo'],
    },
    {
      id: 'udp-to-whom',
      ...inOneStep(
        {actor: 'client', call: {name: 'close', fd: 'ipv4-only'}},
        {
          actor: 'client',
          call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_DGRAM', protocol: 0},
          creates: 'datagrams',
        },
        {actor: 'client', call: {name: 'bind', fd: 'datagrams', address: {host: '127.0.0.1', port: 0}}},
        {actor: 'client', call: {name: 'send', fd: 'datagrams', data: {kind: 'text', text: 'hello'}, flags: 0}},
      ),
      before: {
        ja: 'SOCK_DGRAM(UDP)のソケットを作り、bind() で自分のアドレスを決め、connect() はせずに send() します。',
        en: 'The client makes a SOCK_DGRAM socket, which is UDP, gives it an address of its own with bind(), and calls send() without connect().',
      },
      after: {
        ja: 'EDESTADDRREQ は「宛先が要る」です。send() には宛先の引数がありません。宛先を渡せる sendto() を使うか、先に connect() で宛先を決めます。',
        en: 'EDESTADDRREQ: a destination is needed, and send() has no argument for one. Use sendto(), which has, or set the destination with connect() first.',
      },
      node: "socket.send('hello', port, '127.0.0.1');  // node:dgram wants the destination with each send()",
      expect: {outcome: {kind: 'fails', errno: 'EDESTADDRREQ'}},
      sources: ['man 2 send', 'man 7 udp'],
    },
    {
      id: 'send-after-close',
      ...inOneStep(
        {actor: 'client', call: {name: 'close', fd: 'datagrams'}},
        {actor: 'client', call: {name: 'close', fd: 'client'}},
        {actor: 'client', call: {name: 'send', fd: 'client', data: {kind: 'text', text: 'hello'}, flags: 0}},
      ),
      before: {
        ja: 'クライアントがソケットを閉じます。そのあとで、接続のソケットを指していた番号に対して send() します。',
        en: 'The client closes its sockets. Then it calls send() with the number that the connection’s socket had.',
      },
      after: {
        ja: 'EBADF は「その番号のファイルはない」です。番号はすぐ使い回されるので、閉じた番号を使い続けると、別のファイルに書き込むこともあります。閉じたら、その変数はもう使わないことです。',
        en: 'EBADF: there is no such descriptor. Numbers are soon given out again, and then a late send() would reach another file. Once closed, do not use the number any more.',
      },
      node: 'socket.destroy();\nsocket.write(data);  // ERR_STREAM_DESTROYED: Node says no before any system call',
      expect: {
        outcome: {kind: 'fails', errno: 'EBADF'},
        sockets: [{kind: 'listed', socket: 'connection', state: 'CLOSE_WAIT'}],
      },
      sources: ['man 2 close', 'man 2 send'],
    },
    {
      id: 'bind-privileged',
      ...inOneStep(
        {actor: 'client', call: {name: 'seteuid', uid: 'unprivileged'}},
        {
          actor: 'client',
          call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
          creates: 'low',
        },
        {actor: 'client', call: {name: 'bind', fd: 'low', address: {host: '127.0.0.1', port: 80}}},
      ),
      needs: ['privileged-ports', 'unprivileged-account'],
      before: {
        ja: '特権のないアカウントで、127.0.0.1 のポート 80 に bind() します(root で動いていれば、先に seteuid() で特権のないアカウントになります)。',
        en: 'An account without privileges binds a socket to port 80 of 127.0.0.1. (Where this runs as root, seteuid() makes it such an account.)',
      },
      predict: {
        belief: 'free-port-always-binds',
        question: {
          ja: 'ポート 80 が空いているとして、bind() はどうなりますか。',
          en: 'Say that port 80 is free. What will bind() do?',
        },
        choices: [
          {
            text: {ja: '0 が返る', en: 'return 0'},
            claim: {outcome: {kind: 'returns', value: 0}},
            because: {
              ja: '空いているだけでは足りません。小さな番号には特権が要ります。',
              en: 'Free is not enough: low numbers need a privilege.',
            },
          },
          {text: {ja: 'EACCES で失敗する', en: 'fail with EACCES'}, claim: {outcome: {kind: 'fails', errno: 'EACCES'}}},
          {
            text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'},
            claim: {outcome: {kind: 'fails', errno: 'EADDRINUSE'}},
            because: {
              ja: 'Linux では、使っているソケットがあるかどうかより先に、許可が調べられます。',
              en: 'Linux checks permission first, and only then whether some socket has the port.',
            },
          },
        ],
      },
      hint: {
        ja: '80 は、1024 より小さい番号です。',
        en: '80 is below 1024.',
      },
      after: {
        ja: 'EACCES は「許可がない」です。Linux では 1024 より小さい番号は特権ポートです(境目は ip_unprivileged_port_start)。root で動かすのではなく、大きな番号を使うのが無難です。',
        en: 'EACCES: permission denied. On Linux the ports below 1024 are privileged (the limit is ip_unprivileged_port_start). Rather than run as root, take a higher number.',
      },
      node: "server.listen(80);  // 'error': EACCES",
      expect: {outcome: {kind: 'fails', errno: 'EACCES'}},
      sources: ['man 2 bind', 'man 7 ip'],
    },
    {
      id: 'bind-unprivileged',
      ...inOneStep(
        {actor: 'client', call: {name: 'bind', fd: 'low', address: {host: '127.0.0.1', port: 0}}},
        {actor: 'client', call: {name: 'close', fd: 'low'}},
      ),
      needs: ['privileged-ports', 'unprivileged-account'],
      before: {
        ja: '同じアカウント、同じソケットで、カーネルが選ぶ番号に bind() し、閉じます。',
        en: 'The same account binds the same socket to a port that the kernel picks, and closes it.',
      },
      after: {
        ja: '特権のいらない番号なら、だれでも使えます。',
        en: 'A port that needs no privilege is there for everybody.',
      },
      expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'gone', socket: 'low'}]},
      sources: ['man 7 ip'],
    },
    {
      id: 'server-close',
      ...inOneStep(
        {actor: 'server', call: {name: 'close', fd: 'connection'}},
        {actor: 'server', call: {name: 'close', fd: 'listener'}},
      ),
      before: {
        ja: '最後に、サーバーが接続と待ち受けを閉じます。',
        en: 'Last, the server closes its connection and its listening socket.',
      },
      after: {
        ja: 'これから {port} に connect() すれば、最初と同じく ECONNREFUSED です。',
        en: 'Whoever connects to {port} from now on gets ECONNREFUSED, as at the beginning.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'gone', socket: 'connection'},
          {kind: 'gone', socket: 'listener'},
        ],
      },
      sources: ['man 2 close'],
    },
  ],
  summary: {
    ja: 'errno は、何が足りないかを教えてくれます。ECONNREFUSED は待ち受けがない、EADDRINUSE はだれかが使っている、ENOTCONN は相手がいない、EBADF はもう閉じた、EINVAL は順序や回数が違うことが多い。正確な意味は、その呼び出しの man ページにあります。(man 3 errno, man 2 connect, man 2 bind, RFC 9293 3.5.2)',
    en: 'An errno says what is missing. ECONNREFUSED: nobody listens. EADDRINUSE: somebody has it. ENOTCONN: there is no peer. EBADF: closed already. EINVAL: often a call too early, or once too often. The man page of the call has the exact meaning. (man 3 errno, man 2 connect, man 2 bind, RFC 9293 3.5.2)',
  },
  review: [
    {
      id: 'server-has-gone',
      belief: 'nobody-there-means-waiting',
      steps: [
        {
          id: 'scene',
          ...inOneStep(...serverListens('listener'), ...closesAll('server', 'listener')),
          before: {
            ja: 'サーバーが待ち受けを始めましたが、すぐに close() しました。再起動の途中です。',
            en: 'The server listened for a moment and has closed again: it is being restarted.',
          },
          after: {ja: '待ち受けのソケットは、もうありません。', en: 'The listening socket is gone.'},
          expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'gone', socket: 'listener'}]},
          sources: ['man 2 close'],
        },
        {
          id: 'client-connect',
          ...inOneStep(
            {
              actor: 'client',
              call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
              creates: 'client',
            },
            {
              actor: 'client',
              call: {name: 'connect', fd: 'client', address: {host: '127.0.0.1', port: {of: 'listener'}}},
            },
          ),
          before: {
            ja: 'その間に、クライアントが同じアドレスとポートに connect() します。',
            en: 'In the meantime the client connects to the same address and port.',
          },
          predict: {
            belief: 'nobody-there-means-waiting',
            question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
            choices: [
              {
                text: {ja: 'ECONNREFUSED で失敗する', en: 'fail with ECONNREFUSED'},
                claim: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
              },
              {
                text: {ja: 'サーバーが戻るまで待つ', en: 'wait until the server is back'},
                claim: {outcome: {kind: 'waits'}},
                because: {
                  ja: '待ってからやり直すのは、クライアントのプログラムの仕事です。',
                  en: 'Waiting and trying again is up to the client’s program.',
                },
              },
              {
                text: {ja: '0 が返る', en: 'return 0'},
                claim: {outcome: {kind: 'returns', value: 0}},
                because: {
                  ja: 'いまは、そのポートで待ち受けているソケットがありません。',
                  en: 'Nobody listens on that port now.',
                },
              },
            ],
          },
          after: {
            ja: 'カーネルが RST ですぐに断りました。再起動をまたいで使うクライアントは、少し待ってから connect() し直すように書きます。',
            en: 'The kernel refused at once with an RST. A client that should survive restarts has to pause and connect again by itself.',
          },
          expect: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
          sources: ['man 2 connect'],
        },
        {
          id: 'clear-away',
          actor: 'client',
          call: {name: 'close', fd: 'client'},
          before: {ja: '失敗したソケットを閉じます。', en: 'The socket that failed is closed.'},
          after: {
            ja: 'やり直すときは、新しいソケットを作ります。',
            en: 'To try again, make a new socket.',
          },
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 connect'],
        },
      ],
    },
    {
      id: 'send-on-listener',
      belief: 'listener-carries-data',
      steps: [
        {
          id: 'scene',
          ...inOneStep(
            ...serverListens('listener'),
            ...clientConnects('client', 'listener'),
            serverAccepts('listener', 'connection'),
          ),
          before: {
            ja: 'サーバーが、クライアントの接続を一つ accept() しました。',
            en: 'The server has accepted a connection from a client.',
          },
          after: {
            ja: 'サーバーのソケットは二つ、待ち受けのものと接続のものです。',
            en: 'The server has two sockets, the listening one and the connection’s.',
          },
          expect: {outcome: {kind: 'returns-descriptor'}},
          sources: ['man 2 accept'],
        },
        {
          id: 'server-send',
          actor: 'server',
          call: {name: 'send', fd: 'listener', data: {kind: 'text', text: 'to all'}, flags: 0},
          before: {
            ja: 'つながっている全員に送るつもりで、サーバーが待ち受けのソケットに 6 バイトを send() します。',
            en: 'Meaning to reach everyone who is connected, the server sends 6 bytes on the listening socket.',
          },
          predict: {
            belief: 'listener-carries-data',
            question: {ja: 'send() はどうなりますか。', en: 'What will send() do?'},
            choices: [
              {
                text: {ja: '6 が返り、クライアントに届く', en: 'return 6, and the client gets them'},
                claim: {outcome: {kind: 'returns', value: 6}},
                because: {
                  ja: '待ち受けのソケットは、どの接続ともつながっていません。',
                  en: 'The listening socket is not connected to anybody.',
                },
              },
              {
                text: {ja: '失敗する(EPIPE)', en: 'fail (EPIPE)'},
                claim: {outcome: {kind: 'fails', errno: 'EPIPE'}},
              },
              {
                text: {ja: 'クライアントが recv() するまで待つ', en: 'wait until the client calls recv()'},
                claim: {outcome: {kind: 'waits'}},
                because: {
                  ja: 'send() が眠って待つのは、送信キューの空きです。ここで足りないのは、送る相手です。',
                  en: 'send() sleeps for room in a send queue. What is missing here is a peer.',
                },
              },
            ],
          },
          after: {
            ja: '相手のいないソケットには送れません(Linux は EPIPE を返します)。全員に送るには、接続のソケット一つ一つに send() します。',
            en: 'A socket without a peer cannot send; Linux says EPIPE. To reach everyone, send() on each connection’s socket, one after the other.',
          },
          expect: {outcome: {kind: 'fails', errno: 'EPIPE'}},
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
    {
      id: 'bind-in-another-family',
      belief: 'free-port-always-binds',
      steps: [
        {
          id: 'scene',
          actor: 'server',
          call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
          creates: 'ipv4',
          before: {
            ja: 'サーバーが、AF_INET(IPv4)のソケットを作ります。',
            en: 'The server makes an AF_INET socket, which is IPv4.',
          },
          after: {ja: 'ソケットができました。', en: 'There it is.'},
          expect: {outcome: {kind: 'returns-descriptor'}},
          sources: ['man 2 socket'],
        },
        {
          id: 'server-bind',
          actor: 'server',
          call: {name: 'bind', fd: 'ipv4', address: {host: '::1', port: 0}},
          before: {
            ja: 'このソケットを、::1 のポート 0 に bind() します。空いている番号なら、どれでもかまいません。',
            en: 'It binds the socket to ::1 and port 0: any free port will do.',
          },
          predict: {
            belief: 'free-port-always-binds',
            question: {ja: 'bind() はどうなりますか。', en: 'What will bind() do?'},
            choices: [
              {
                text: {ja: '0 が返る', en: 'return 0'},
                claim: {outcome: {kind: 'returns', value: 0}},
                because: {
                  ja: '::1 は IPv6 のアドレスです。IPv4 のソケットには割り当てられません。',
                  en: '::1 is an IPv6 address; an IPv4 socket cannot have it.',
                },
              },
              {
                text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'},
                claim: {outcome: {kind: 'fails', errno: 'EADDRINUSE'}},
                because: {
                  ja: 'ポート 0 なら、カーネルが空いている番号を選びます。合わないのは、アドレスのほうです。',
                  en: 'With port 0 the kernel picks a free one. What does not fit is the address.',
                },
              },
              {
                text: {ja: 'EAFNOSUPPORT で失敗する', en: 'fail with EAFNOSUPPORT'},
                claim: {outcome: {kind: 'fails', errno: 'EAFNOSUPPORT'}},
              },
            ],
          },
          after: {
            ja: 'ポートの前に、アドレスがソケットの種類に合わなければなりません。bind() が断る理由は、ポートのほかにもいろいろあります。',
            en: 'Before the port matters, the address must suit the socket. bind() has other reasons to say no than a port that is taken.',
          },
          expect: {outcome: {kind: 'fails', errno: 'EAFNOSUPPORT'}},
          sources: ['man 2 bind', 'man 7 ip'],
        },
        {
          id: 'clear-away',
          actor: 'server',
          call: {name: 'close', fd: 'ipv4'},
          before: {ja: 'ソケットを閉じます。', en: 'The socket is closed.'},
          after: {ja: 'これで全部閉じました。', en: 'Everything is closed.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'two-who-want-to-listen',
      belief: 'reuseaddr-shares-the-port',
      steps: [
        {
          id: 'scene',
          ...inOneStep(
            {
              actor: 'server',
              call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
              creates: 'first',
            },
            {
              actor: 'server',
              call: {name: 'setsockopt', fd: 'first', level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1},
            },
            {actor: 'server', call: {name: 'bind', fd: 'first', address: {host: '127.0.0.1', port: 0}}},
            {
              actor: 'client',
              call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
              creates: 'second',
            },
            {
              actor: 'client',
              call: {name: 'setsockopt', fd: 'second', level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1},
            },
            {actor: 'client', call: {name: 'bind', fd: 'second', address: {of: 'first'}}},
            {actor: 'server', call: {name: 'listen', fd: 'first', backlog: 5}},
          ),
          before: {
            ja: '二つのプロセスが、どちらも SO_REUSEADDR を 1 にして、同じアドレスとポートに bind() します。そのあと、サーバーが先に listen() します。',
            en: 'Two processes both set SO_REUSEADDR to 1 and bind to the same address and port. Then the server is the first to call listen().',
          },
          after: {
            ja: 'だれも待ち受けていない間だったので、Linux では bind() は両方とも成功します。いまはサーバーが待ち受けています。',
            en: 'As nobody was listening yet, both bind() calls worked on Linux. Now the server listens.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [
              {kind: 'listed', socket: 'first', state: 'LISTEN'},
              {kind: 'local-port', socket: 'second', is: {of: 'first'}},
            ],
          },
          sources: ['man 7 socket', 'man 2 bind'],
        },
        {
          id: 'second-listen',
          actor: 'client',
          call: {name: 'listen', fd: 'second', backlog: 5},
          before: {
            ja: 'もう一つのプロセスも listen() を呼びます。',
            en: 'The other process calls listen() as well.',
          },
          predict: {
            belief: 'reuseaddr-shares-the-port',
            question: {ja: 'listen() はどうなりますか。', en: 'What will listen() do?'},
            choices: [
              {
                text: {ja: '0 が返り、二つで分け合って待ち受ける', en: 'return 0: the two listen side by side'},
                claim: {outcome: {kind: 'returns', value: 0}},
                because: {
                  ja: 'SO_REUSEADDR では、待ち受けるソケットは一つだけです。',
                  en: 'With SO_REUSEADDR only one of them may listen.',
                },
              },
              {
                text: {ja: 'EADDRINUSE で失敗する', en: 'fail with EADDRINUSE'},
                claim: {outcome: {kind: 'fails', errno: 'EADDRINUSE'}},
              },
              {
                text: {ja: 'サーバーが閉じるまで待つ', en: 'wait until the server closes'},
                claim: {outcome: {kind: 'waits'}},
                because: {
                  ja: 'listen() は待ちません。すぐに成功するか、断られるかです。',
                  en: 'listen() does not wait: it works at once, or is refused at once.',
                },
              },
            ],
          },
          after: {
            ja: 'bind() は通っても、listen() で断られました。SO_REUSEPORT がなければ、同じアドレスとポートで待ち受けられるのは一つのソケットだけです。',
            en: 'bind() had let it through, but listen() did not. Without SO_REUSEPORT only one socket may listen on an address and port.',
          },
          expect: {
            outcome: {kind: 'fails', errno: 'EADDRINUSE'},
            sockets: [{kind: 'unlisted', socket: 'second', state: 'CLOSE'}],
          },
          sources: ['man 2 listen', 'man 7 socket'],
        },
        {
          id: 'clear-away',
          ...inOneStep(
            {actor: 'client', call: {name: 'close', fd: 'second'}},
            {actor: 'server', call: {name: 'close', fd: 'first'}},
          ),
          before: {ja: '両方のソケットを閉じます。', en: 'Both sockets are closed.'},
          after: {ja: 'これで全部閉じました。', en: 'Everything is closed.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
  ],
};
