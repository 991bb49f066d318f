import type {Lesson} from '../src/model/lesson.ts';
import {clientConnects, closes, closesAll, closesSecond, inOneStep, serverAccepts} from './kit/acts.ts';

export const addresses: Lesson = {
  id: 'addresses',
  title: {ja: 'アドレスとポート', en: 'Addresses and ports'},
  about: {
    ja: '四つ組、sockaddr のバイト、127.0.0.1 と 0.0.0.0 と ::1 と localhost の違い',
    en: 'the 4-tuple, a sockaddr’s bytes, and how 127.0.0.1, 0.0.0.0, ::1 and localhost differ',
  },
  minutes: 12,
  network: 'private',
  listensOnAllAddresses: true,
  beliefs: {
    'one-port-one-connection': {
      ja: 'サーバーの一つのポートで持てる接続は、同時に一つだけだ',
      en: 'a server’s port can have only one connection at a time',
    },
    'same-computer-same-address': {
      ja: '127.0.0.1 も 127.0.0.2 も ::1 も自分のコンピューターだから、どれか一つで待てば全部に届く',
      en: '127.0.0.1, 127.0.0.2 and ::1 are all this computer, so listening on one hears them all',
    },
    'connection-has-the-listeners-address': {
      ja: '受け付けた接続のアドレスは、待ち受けのソケットに bind() したアドレスと同じだ',
      en: 'an accepted connection has the very address that the listening socket was bound to',
    },
  },
  steps: [
    {
      id: 'server-socket',
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
        {actor: 'server', call: {name: 'getsockname', fd: 'listener'}},
      ),
      before: {
        ja: 'サーバーがソケットを作り、getsockname() で自分のアドレスを聞きます。bind() はまだ呼んでいません。',
        en: 'The server makes a socket and asks for its own address with getsockname(). It has not called bind() yet.',
      },
      after: {
        ja: '0.0.0.0 のポート 0、つまり「まだ決まっていない」です。IP アドレスはどのコンピューターかを、ポート(16 ビットの番号)はその中のどの窓口かを表します。',
        en: '0.0.0.0 and port 0: nothing is settled yet. An IP address says which computer is meant, and the port, a 16-bit number, which of its doors.',
      },
      node: 'server.address();  // null: Node gives no address before listen()',
      expect: {outcome: {kind: 'returns-address', host: '0.0.0.0', port: 'none'}},
      sources: ['man 2 getsockname', 'man 7 ip'],
    },
    {
      id: 'server-bind',
      actor: 'server',
      call: {name: 'bind', fd: 'listener', address: 'server'},
      shows: 'bytes',
      before: {
        ja: 'bind() に渡すのは、sockaddr_in という 16 バイトの構造体です。127.0.0.1 とポート {port} が、どんなバイトになるかを見ます。',
        en: 'bind() is given a sockaddr_in, a structure of 16 bytes. See what 127.0.0.1 and port {port} look like in it.',
      },
      after: {
        ja: 'ポートとアドレスは、上の桁のバイトから並びます(ネットワークバイトオーダー)。リトルエンディアンの CPU で htons() を忘れると、8080 が 36895 になります。',
        en: 'Port and address have their most significant byte first: network byte order. Forget htons() on a little-endian CPU, and 8080 becomes 36895.',
      },
      node: "server.listen({port}, '127.0.0.1');  // Node fills in the sockaddr_in",
      expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'local-port', socket: 'listener', is: 'server'}]},
      sources: ['man 7 ip', 'man 3 byteorder'],
    },
    {
      id: 'client-connect',
      ...inOneStep(
        {actor: 'server', call: {name: 'listen', fd: 'listener', backlog: 5}},
        ...clientConnects('first', 'listener'),
        {actor: 'client', call: {name: 'getsockname', fd: 'first'}},
      ),
      before: {
        ja: 'サーバーが listen() し、クライアントが connect() します。クライアントの端のアドレスも、getsockname() で聞きます。',
        en: 'The server listens and the client connects. Then getsockname() tells the address of the client’s own end.',
      },
      after: {
        ja: 'クライアントのポートは、connect() のときにカーネルが選びました(一時ポート)。前もってだれかに知らせる番号ではないので、空いていればどれでもよいのです。',
        en: 'The kernel picked the client’s port during connect(), an ephemeral port. Nobody has to know it in advance, so any free one will do.',
      },
      node: "const first = net.connect({port}, '127.0.0.1', () => {\n  console.log(first.address());  // getsockname()\n});",
      expect: {
        outcome: {kind: 'returns-address', host: '127.0.0.1', port: 'another'},
        sockets: [{kind: 'listed', socket: 'first', state: 'ESTABLISHED', remote: {host: '127.0.0.1', port: 'server'}}],
      },
      sources: ['man 7 ip', 'man 2 getsockname'],
    },
    {
      id: 'client-connect-again',
      ...inOneStep(...clientConnects('second', 'listener')),
      before: {
        ja: '一つ目の接続を残したまま、同じクライアントが二つ目のソケットで、同じ 127.0.0.1:{port} に connect() します。',
        en: 'With the first connection still there, the same client connects a second socket to the same 127.0.0.1:{port}.',
      },
      predict: {
        belief: 'one-port-one-connection',
        question: {ja: '二つ目の connect() はどうなりますか。', en: 'What will the second connect() do?'},
        choices: [
          {
            text: {ja: 'EADDRINUSE で失敗する({port} は使用中)', en: 'fail with EADDRINUSE: {port} is taken'},
            claim: {outcome: {kind: 'fails', errno: 'EADDRINUSE'}},
            because: {
              ja: '使用中かどうかが問題になるのは、bind() するときの自分のポートです。宛先のポートではありません。',
              en: 'What may be in use is a port of one’s own, at bind(). The port that one connects to is another matter.',
            },
          },
          {
            text: {ja: '一つ目の接続が終わるまで待つ', en: 'wait until the first connection ends'},
            claim: {outcome: {kind: 'waits'}},
            because: {
              ja: 'クライアント側のポートが違えば、カーネルは二つの接続を区別できます。',
              en: 'With another port on the client’s side the kernel can tell the two apart.',
            },
          },
          {
            text: {
              ja: '0 が返る。クライアント側は別のポートになる',
              en: 'return 0, with another port on the client’s side',
            },
            claim: {
              outcome: {kind: 'returns', value: 0},
              sockets: [{kind: 'local-port', socket: 'second', is: 'another'}],
            },
          },
        ],
      },
      hint: {
        ja: 'Web サーバーには、一つのポートに何千人もが同時につながります。',
        en: 'Thousands of people at once are connected to one port of a web server.',
      },
      after: {
        ja: '接続は、両端のアドレスとポートの四つ組で区別されます。違うのはクライアント側のポート一つだけですが、それで別の接続になります。',
        en: 'A connection is identified by its 4-tuple: both addresses and both ports. Only one of the four differs here, the client’s port, and that is enough.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'first', state: 'ESTABLISHED', remote: {host: '127.0.0.1', port: 'server'}},
          {kind: 'listed', socket: 'second', state: 'ESTABLISHED', remote: {host: '127.0.0.1', port: 'server'}},
          {kind: 'accept-queue', listener: 'listener', connections: 2},
        ],
      },
      sources: ['RFC 9293 3.4.1', 'man 7 ip'],
    },
    {
      id: 'server-accept-both',
      ...inOneStep(serverAccepts('listener', 'connection-1'), serverAccepts('listener', 'connection-2')),
      before: {
        ja: 'サーバーが accept() を 2 回呼び、二つの接続を受け取ります。新しいソケットが二つできます。',
        en: 'The server calls accept() twice and takes both connections: two new sockets.',
      },
      predict: {
        belief: 'accept-moves-port',
        question: {
          ja: '二つのソケットの、サーバー側のポートはどうなりますか。',
          en: 'Which ports will the two have on the server’s side?',
        },
        choices: [
          {
            text: {ja: 'どちらも {port}', en: 'both {port}'},
            claim: {
              sockets: [
                {kind: 'local-port', socket: 'connection-1', is: 'server'},
                {kind: 'local-port', socket: 'connection-2', is: 'server'},
              ],
            },
          },
          {
            text: {ja: '一つ目は {port}、二つ目は新しい番号', en: 'the first {port}, the second a new one'},
            claim: {
              sockets: [
                {kind: 'local-port', socket: 'connection-1', is: 'server'},
                {kind: 'local-port', socket: 'connection-2', is: 'another'},
              ],
            },
            because: {
              ja: '二つの接続は、相手のポートで区別できます。サーバー側まで変える必要はありません。',
              en: 'The peer’s port tells the two apart already; the server’s need not change.',
            },
          },
          {
            text: {ja: 'どちらも新しい番号', en: 'both a new one'},
            claim: {
              sockets: [
                {kind: 'local-port', socket: 'connection-1', is: 'another'},
                {kind: 'local-port', socket: 'connection-2', is: 'another'},
              ],
            },
            because: {
              ja: '番号が変わったら、{port} あてに送り続けるクライアントのデータは届きません。',
              en: 'The client keeps sending to {port}. With another number nothing would arrive.',
            },
          },
        ],
      },
      hint: {
        ja: 'クライアントの二つのソケットは、どちらも {port} あてに送り続けます。',
        en: 'Both of the client’s sockets go on sending to {port}.',
      },
      after: {
        ja: 'accept() はポートを割り当てません。カーネルは、届いたセグメントの四つ組を見て、合うソケットに渡します。',
        en: 'accept() hands out no ports. When a segment arrives, the kernel looks at its 4-tuple and gives it to the socket that matches.',
      },
      expect: {
        outcome: {kind: 'returns-descriptor'},
        sockets: [
          {kind: 'local-port', socket: 'connection-1', is: 'server'},
          {kind: 'local-port', socket: 'connection-2', is: 'server'},
          {kind: 'accept-queue', listener: 'listener', connections: 0},
        ],
      },
      sources: ['man 2 accept', 'RFC 9293 3.4.1'],
    },
    {
      id: 'server-getpeername',
      actor: 'server',
      call: {name: 'getpeername', fd: 'connection-2'},
      shows: 'bytes',
      before: {
        ja: 'サーバーが getpeername() で、二つ目の接続の相手を聞きます。',
        en: 'With getpeername() the server asks who is at the other end of the second connection.',
      },
      after: {
        ja: 'クライアントの二つ目のソケットの、アドレスと一時ポートです。カーネルが接続とともに覚えているので、DNS に問い合わせる必要はありません。',
        en: 'The address and ephemeral port of the client’s second socket. The kernel keeps them with the connection; no DNS is needed.',
      },
      node: 'socket.remoteAddress; socket.remotePort;  // getpeername()',
      expect: {outcome: {kind: 'returns-address', host: '127.0.0.1', port: {of: 'second'}}},
      sources: ['man 2 getpeername'],
    },
    {
      id: 'close-both',
      ...inOneStep(
        {actor: 'client', call: {name: 'close', fd: 'first'}},
        {actor: 'client', call: {name: 'close', fd: 'second'}},
        closesSecond('server', 'connection-1', 'first'),
        closesSecond('server', 'connection-2', 'second'),
        closes('server', 'listener'),
      ),
      before: {
        ja: 'ポートの話はここまでです。クライアント、サーバーの順に、全部閉じます。',
        en: 'So much for ports. First the client closes everything, then the server.',
      },
      after: {
        ja: 'TIME_WAIT は、先に閉じたクライアントの一時ポートに二つ残りました。ここからは、同じコンピューターの中での、アドレスの違いを試します。',
        en: 'Two TIME_WAIT rows stay, on the client’s ephemeral ports, since it closed first. Now for addresses, all of them of this one computer.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'first', state: 'TIME_WAIT'},
          {kind: 'listed', socket: 'second', state: 'TIME_WAIT'},
          {kind: 'gone', socket: 'listener'},
        ],
      },
      sources: ['man 2 close', 'RFC 9293 3.6.1'],
    },
    {
      id: 'server-port-0',
      ...inOneStep(
        {
          actor: 'server',
          call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
          creates: 'loopback',
        },
        {actor: 'server', call: {name: 'bind', fd: 'loopback', address: {host: '127.0.0.1', port: 0}}},
        {actor: 'server', call: {name: 'listen', fd: 'loopback', backlog: 5}},
        {actor: 'server', call: {name: 'getsockname', fd: 'loopback'}},
      ),
      before: {
        ja: 'サーバーが新しいソケットを、127.0.0.1 のポート 0 に bind() して待ち受けます。0 は「空いている番号を選んでほしい」という意味です。',
        en: 'The server binds a new socket to 127.0.0.1 and port 0, and listens. Port 0 means: pick a free one for me.',
      },
      after: {
        ja: '選ばれた番号は getsockname() で分かります。このソケットが待つのは、127.0.0.1 のこのポートあての接続要求だけです。',
        en: 'getsockname() tells which port it is. This socket waits for requests to 127.0.0.1 and this port, and for no others.',
      },
      node: "server.listen(0, '127.0.0.1', () => console.log(server.address().port));",
      expect: {
        outcome: {kind: 'returns-address', host: '127.0.0.1', port: {of: 'loopback'}},
        sockets: [{kind: 'listed', socket: 'loopback', state: 'LISTEN', local: {host: '127.0.0.1'}}],
      },
      sources: ['man 7 ip', 'man 2 bind'],
    },
    {
      id: 'connect-127-0-0-2',
      ...inOneStep(
        {
          actor: 'client',
          call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
          creates: 'stray',
        },
        {
          actor: 'client',
          call: {name: 'connect', fd: 'stray', address: {host: '127.0.0.2', port: {of: 'loopback'}}},
        },
      ),
      before: {
        ja: 'Linux では、127 で始まるアドレスは全部このコンピューター自身です。クライアントが、127.0.0.2 の同じポートに connect() します。',
        en: 'On Linux every address that begins with 127 is this computer. The client connects to 127.0.0.2, same port.',
      },
      predict: {
        belief: 'same-computer-same-address',
        question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
        choices: [
          {
            text: {ja: 'ECONNREFUSED で断られる', en: 'be refused with ECONNREFUSED'},
            claim: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
          },
          {
            text: {ja: '0 が返る。同じコンピューターの同じポートだから', en: 'return 0: same computer, same port'},
            claim: {outcome: {kind: 'returns', value: 0}},
            because: {
              ja: '同じコンピューターでも、アドレスが違えば別の宛先です。',
              en: 'Even on one computer, another address is another destination.',
            },
          },
          {
            text: {ja: 'ENETUNREACH で失敗する。宛先に届かない', en: 'fail with ENETUNREACH: there is no way there'},
            claim: {outcome: {kind: 'fails', errno: 'ENETUNREACH'}},
            because: {
              ja: '127.0.0.2 もループバックなので、このコンピューターのカーネルには届きます。',
              en: '127.0.0.2 is loopback as well: the request does reach this computer’s kernel.',
            },
          },
        ],
      },
      hint: {
        ja: 'サーバーが bind() したのは、127.0.0.1 だけです。',
        en: 'The one address that the server bound its socket to is 127.0.0.1.',
      },
      after: {
        ja: 'カーネルには届きましたが、127.0.0.2 のこのポートで待つソケットがないので、RST で断られました。宛先は、アドレスとポートの両方が合わなければなりません。',
        en: 'It reached the kernel, but no socket listens on this port of 127.0.0.2, so the kernel refused with an RST. Address and port must both match.',
      },
      expect: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
      sources: ['man 7 ip', 'man 2 connect'],
    },
    {
      id: 'server-bind-any',
      ...inOneStep(
        {
          actor: 'server',
          call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
          creates: 'wildcard',
        },
        {actor: 'client', call: {name: 'close', fd: 'stray'}},
        {actor: 'server', call: {name: 'bind', fd: 'wildcard', address: {host: '0.0.0.0', port: 0}}},
      ),
      shows: 'bytes',
      before: {
        ja: '今度は 0.0.0.0 に bind() します。「このコンピューターの IPv4 アドレスなら、どれでも」という意味です(ワイルドカードアドレス)。',
        en: 'Now bind() to 0.0.0.0, the wildcard address: any IPv4 address of this computer.',
      },
      after: {
        ja: 'アドレスの 4 バイトは全部 0 です。ふつうのネットワークで listen() すると、ファイアウォールなどが止めないかぎり、LAN のほかのコンピューターからも届くようになります。',
        en: 'All four bytes of the address are 0. Once it listens, on an ordinary network, other computers on the LAN can reach it too, unless a firewall or the like stops them.',
      },
      node: "server.listen(0, '0.0.0.0');",
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [{kind: 'unlisted', socket: 'wildcard', state: 'CLOSE'}],
      },
      sources: ['man 7 ip'],
    },
    {
      id: 'accept-any',
      ...inOneStep(
        {actor: 'server', call: {name: 'listen', fd: 'wildcard', backlog: 5}},
        {
          actor: 'client',
          call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
          creates: 'visitor',
        },
        {
          actor: 'client',
          call: {name: 'connect', fd: 'visitor', address: {host: '127.0.0.1', port: {of: 'wildcard'}}},
        },
        serverAccepts('wildcard', 'reception'),
        {actor: 'server', call: {name: 'close', fd: 'wildcard'}},
      ),
      shows: 'kernel',
      before: {
        ja: 'サーバーが listen() し、127.0.0.1 あてに来た接続を accept() します。ふつうのネットワークでは外からも届く待ち受けなので、受け取ったらすぐ閉じます。',
        en: 'The server listens, the client connects to 127.0.0.1, the server accepts. As on an ordinary network other computers could reach this listening socket, it is closed right after.',
      },
      predict: {
        belief: 'connection-has-the-listeners-address',
        question: {
          ja: '受け付けた接続の、サーバー側のアドレスはどれになりますか。',
          en: 'Which address will the accepted connection have on the server’s side?',
        },
        choices: [
          {
            text: {ja: 'bind() した 0.0.0.0', en: '0.0.0.0, which was bound'},
            claim: {sockets: [{kind: 'listed', socket: 'reception', state: 'ESTABLISHED', local: {host: '0.0.0.0'}}]},
            because: {
              ja: '0.0.0.0 は「どれでも」という目印で、接続の端のアドレスにはなりません。',
              en: '0.0.0.0 only says “any”; it is never the address of a connection’s end.',
            },
          },
          {
            text: {ja: 'クライアントが宛先にした 127.0.0.1', en: '127.0.0.1, which the client connected to'},
            claim: {sockets: [{kind: 'listed', socket: 'reception', state: 'ESTABLISHED', local: {host: '127.0.0.1'}}]},
          },
          {
            text: {
              ja: 'つながらない。127.0.0.1 は 0.0.0.0 ではないので',
              en: 'there is no connection: 127.0.0.1 is not 0.0.0.0',
            },
            claim: {sockets: [{kind: 'gone', socket: 'reception'}]},
            because: {
              ja: '0.0.0.0 の待ち受けには、127.0.0.1 あての接続要求も届きます。',
              en: 'A socket that listens on 0.0.0.0 hears requests to 127.0.0.1 as well.',
            },
          },
        ],
      },
      hint: {
        ja: '接続の四つ組には、クライアントが宛先にしたアドレスが入ります。',
        en: 'The 4-tuple of a connection holds the address that the client asked for.',
      },
      after: {
        ja: '待ち受けるアドレスが「どれでも」でも、一つ一つの接続には実際のアドレスが入ります。自分だけで使うサーバーは、0.0.0.0 ではなく 127.0.0.1 で待てば、外からは届きません。',
        en: 'Listening may mean “any”, but each connection has real addresses. A server for yourself alone should listen on 127.0.0.1, where nobody outside can reach it.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'gone', socket: 'wildcard'},
          {
            kind: 'listed',
            socket: 'reception',
            state: 'ESTABLISHED',
            local: {host: '127.0.0.1'},
            remote: {host: '127.0.0.1', port: {of: 'visitor'}},
          },
        ],
      },
      sources: ['man 7 ip', 'man 2 accept'],
    },
    {
      id: 'connect-ipv6-loopback',
      ...inOneStep(
        {
          actor: 'client',
          call: {name: 'socket', domain: 'AF_INET6', type: 'SOCK_STREAM', protocol: 0},
          creates: 'stray-6',
        },
        {
          actor: 'client',
          call: {name: 'connect', fd: 'stray-6', address: {host: '::1', port: {of: 'loopback'}}},
        },
      ),
      needs: ['ipv6'],
      before: {
        ja: '::1 は、IPv6 のループバックアドレスです。127.0.0.1 で待つソケットはまだあります。その同じポートの ::1 に、IPv6 のソケットで connect() します。',
        en: '::1 is the loopback address of IPv6. The socket on 127.0.0.1 is still listening; an IPv6 socket connects to ::1, same port.',
      },
      predict: {
        belief: 'same-computer-same-address',
        question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
        choices: [
          {
            text: {ja: 'ECONNREFUSED で断られる', en: 'be refused with ECONNREFUSED'},
            claim: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
          },
          {
            text: {
              ja: '0 が返る。::1 は 127.0.0.1 の IPv6 での書き方だから',
              en: 'return 0: ::1 is how IPv6 writes 127.0.0.1',
            },
            claim: {outcome: {kind: 'returns', value: 0}},
            because: {
              ja: '役目は似ていますが、IPv4 と IPv6 の別々のアドレスです。',
              en: 'They serve the same purpose, but one is an IPv4 address and the other an IPv6 address.',
            },
          },
          {
            text: {ja: 'EAFNOSUPPORT で失敗する', en: 'fail with EAFNOSUPPORT'},
            claim: {outcome: {kind: 'fails', errno: 'EAFNOSUPPORT'}},
            because: {
              ja: 'ソケットもアドレスも IPv6 なので、種類は合っています。',
              en: 'Socket and address are both of IPv6, so they go together.',
            },
          },
        ],
      },
      hint: {
        ja: '待っているのは、127.0.0.1 に bind() した IPv4 のソケットです。',
        en: 'What is listening is an IPv4 socket that was bound to 127.0.0.1.',
      },
      after: {
        ja: '::1 のこのポートでは、だれも待っていません。サーバーが動いているのにつながらないときの、よくある原因です。',
        en: 'Nobody listens on this port of ::1. When a server is running and one still cannot connect, this is a common reason.',
      },
      node: "net.connect(port, '::1');  // 'error': ECONNREFUSED",
      expect: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
      sources: ['man 7 ipv6', 'RFC 4291 2.5.3'],
    },
    {
      id: 'server-bind-any-ipv6',
      ...inOneStep(
        {
          actor: 'server',
          call: {name: 'socket', domain: 'AF_INET6', type: 'SOCK_STREAM', protocol: 0},
          creates: 'dual',
        },
        {
          actor: 'server',
          call: {name: 'setsockopt', fd: 'dual', level: 'IPPROTO_IPV6', option: 'IPV6_V6ONLY', value: 0},
        },
        {actor: 'client', call: {name: 'close', fd: 'stray-6'}},
        {actor: 'server', call: {name: 'bind', fd: 'dual', address: {host: '::', port: 0}}},
      ),
      needs: ['ipv6'],
      shows: 'bytes',
      before: {
        ja: ':: は IPv6 のワイルドカードアドレスです。IPV6_V6ONLY を 0 にしたソケットを、:: に bind() します。',
        en: ':: is the wildcard address of IPv6. A socket with IPV6_V6ONLY set to 0 is bound to it.',
      },
      after: {
        ja: 'IPv6 の sockaddr_in6 は 28 バイトで、アドレスは 16 バイトです。IPV6_V6ONLY が 0 なら、IPv4 の接続も受け付けます(デュアルスタック)。',
        en: 'A sockaddr_in6 has 28 bytes, 16 of them the address. With IPV6_V6ONLY at 0 the socket takes IPv4 connections too: dual stack.',
      },
      node: 'server.listen(0);  // Node binds to :: with IPV6_V6ONLY 0',
      expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'unlisted', socket: 'dual', state: 'CLOSE'}]},
      sources: ['man 7 ipv6', 'RFC 3493 5.3'],
    },
    {
      id: 'accept-ipv4-on-ipv6',
      ...inOneStep(
        {actor: 'server', call: {name: 'listen', fd: 'dual', backlog: 5}},
        {
          actor: 'client',
          call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
          creates: 'visitor-4',
        },
        {
          actor: 'client',
          call: {name: 'connect', fd: 'visitor-4', address: {host: '127.0.0.1', port: {of: 'dual'}}},
        },
        serverAccepts('dual', 'reception-6'),
        {actor: 'server', call: {name: 'close', fd: 'dual'}},
      ),
      shows: 'kernel',
      needs: ['ipv6'],
      before: {
        ja: 'IPv6 のソケットで待つサーバーに、クライアントが IPv4 の 127.0.0.1 でつなぎます。:: も、ふつうのネットワークでは外から届くので、受け取ったらすぐ閉じます。',
        en: 'The server listens with an IPv6 socket; the client connects to 127.0.0.1 over IPv4. As on an ordinary network other computers could reach :: too, it is closed right after.',
      },
      predict: {
        belief: 'connection-has-the-listeners-address',
        question: {
          ja: '受け付けた接続の、サーバー側のアドレスはどれになりますか。',
          en: 'Which address will the accepted connection have on the server’s side?',
        },
        choices: [
          {
            text: {ja: 'bind() した ::', en: '::, which was bound'},
            claim: {sockets: [{kind: 'listed', socket: 'reception-6', state: 'ESTABLISHED', local: {host: '::'}}]},
            because: {
              ja: ':: も「どれでも」という目印です。接続には実際のアドレスが入ります。',
              en: ':: only says “any”, as 0.0.0.0 does. A connection has real addresses.',
            },
          },
          {
            text: {ja: 'IPv6 のループバックの ::1', en: '::1, the loopback address of IPv6'},
            claim: {sockets: [{kind: 'listed', socket: 'reception-6', state: 'ESTABLISHED', local: {host: '::1'}}]},
            because: {
              ja: 'クライアントが宛先にしたのは ::1 ではなく、127.0.0.1 です。',
              en: 'The client connected to 127.0.0.1, not to ::1.',
            },
          },
          {
            text: {ja: '::ffff:127.0.0.1', en: '::ffff:127.0.0.1'},
            claim: {
              sockets: [
                {kind: 'listed', socket: 'reception-6', state: 'ESTABLISHED', local: {host: '::ffff:127.0.0.1'}},
              ],
            },
          },
        ],
      },
      hint: {
        ja: 'IPv6 のソケットは、IPv4 のアドレスも IPv6 の形で表します。',
        en: 'An IPv6 socket shows IPv4 addresses, too, in the form of IPv6.',
      },
      after: {
        ja: '127.0.0.1 を IPv6 の形で書いた、IPv4 射影アドレスです。送られたのは IPv4 のパケットです。サーバーの行は tcp6 の表に、クライアントの行は tcp の表に出ます。',
        en: 'That is an IPv4-mapped address, 127.0.0.1 in the form of IPv6. The packets were IPv4 ones. The server’s row is in the table tcp6, the client’s in tcp.',
      },
      node: "socket.remoteAddress;  // '::ffff:127.0.0.1'",
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'gone', socket: 'dual'},
          {
            kind: 'listed',
            socket: 'reception-6',
            state: 'ESTABLISHED',
            protocol: 'tcp6',
            local: {host: '::ffff:127.0.0.1'},
            remote: {host: '::ffff:127.0.0.1', port: {of: 'visitor-4'}},
          },
          {
            kind: 'listed',
            socket: 'visitor-4',
            state: 'ESTABLISHED',
            protocol: 'tcp',
            remote: {host: '127.0.0.1'},
          },
        ],
      },
      sources: ['man 7 ipv6', 'RFC 4291 2.5.5.2', 'RFC 3493 3.7'],
    },
    {
      id: 'close-ipv6',
      ...inOneStep(
        {actor: 'client', call: {name: 'close', fd: 'visitor-4'}},
        {actor: 'server', call: {name: 'close', fd: 'reception-6'}},
      ),
      needs: ['ipv6'],
      before: {ja: 'この接続を閉じます。', en: 'This connection is closed.'},
      after: {
        ja: 'IPV6_V6ONLY の既定値は、OS やその設定で違います(Linux はふつう 0、Windows は 1、OpenBSD は 1 だけ)。どちらを望むのか、プログラムに書いておくのが確実です。',
        en: 'The default of IPV6_V6ONLY is not the same everywhere: 0 on Linux (unless the machine is set otherwise), 1 on Windows, and on OpenBSD never 0. Say in the program which one you want.',
      },
      expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'gone', socket: 'reception-6'}]},
      sources: ['man 7 ipv6'],
    },
    {
      id: 'resolve-localhost',
      actor: 'client',
      call: {name: 'getaddrinfo', host: 'localhost'},
      before: {
        ja: '最後は localhost です。これはアドレスではなく名前なので、まず getaddrinfo() でアドレスに直します。',
        en: 'Last, localhost. It is a name, not an address, so getaddrinfo() has to turn it into addresses first.',
      },
      after: {
        ja: '127.0.0.1 か ::1、またはその両方です。どれがどの順で返るかは、/etc/hosts などの設定で決まります。サーバーとクライアントの両方に 127.0.0.1 と書けば、食い違いません。',
        en: 'It may be 127.0.0.1, ::1 or both; /etc/hosts and other settings decide which, and in what order. Write 127.0.0.1 on both sides, and they cannot miss each other.',
      },
      node: "net.connect(port, 'localhost');  // getaddrinfo() first, then connect() to what it found",
      expect: {outcome: {kind: 'returns-hosts', oneOf: ['127.0.0.1', '::1']}},
      sources: ['man 3 getaddrinfo', 'man 5 hosts', 'RFC 6761 6.3'],
    },
    {
      id: 'close-all',
      ...inOneStep(
        {actor: 'client', call: {name: 'close', fd: 'visitor'}},
        ...closesAll('server', 'reception', 'loopback'),
      ),
      before: {ja: '残りのソケットを閉じます。', en: 'The remaining sockets are closed.'},
      after: {
        ja: 'これで、待ち受けているソケットは一つもありません。',
        en: 'No socket is listening any more.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'gone', socket: 'loopback'},
          {kind: 'gone', socket: 'reception'},
        ],
      },
      sources: ['man 2 close'],
    },
  ],
  summary: {
    ja: '接続は、両端のアドレスとポートの四つ組で区別されます。だからサーバーの一つのポートに、いくつでもつながります。待ち受けは、アドレスとポートの両方が合う接続要求だけを受け取ります。127.0.0.1 と ::1 は別のアドレスで、0.0.0.0 は「どれでも」、localhost は名前です。',
    en: 'A connection is identified by its 4-tuple, both addresses and both ports, so one port of a server can have many. A listening socket takes only requests whose address and port match its own. 127.0.0.1 and ::1 are two addresses, 0.0.0.0 means any, and localhost is a name.',
  },
  review: [
    {
      id: 'two-clients',
      belief: 'one-port-one-connection',
      actors: ['server', 'client', 'client-2'],
      steps: [
        {
          id: 'scene',
          ...inOneStep(
            {
              actor: 'server',
              call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
              creates: 'listener',
            },
            {actor: 'server', call: {name: 'bind', fd: 'listener', address: {host: '127.0.0.1', port: 0}}},
            {actor: 'server', call: {name: 'listen', fd: 'listener', backlog: 5}},
            ...clientConnects('client', 'listener'),
            serverAccepts('listener', 'connection'),
          ),
          before: {
            ja: 'サーバーは、一人目のクライアントの接続を accept() し、その相手をしています。',
            en: 'The server has accepted the first client and is busy with it.',
          },
          after: {ja: '一つ目の接続は ESTABLISHED です。', en: 'The first connection is ESTABLISHED.'},
          expect: {outcome: {kind: 'returns-descriptor'}},
          sources: ['man 2 accept'],
        },
        {
          id: 'second-connect',
          ...inOneStep(
            {
              actor: 'client-2',
              call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
              creates: 'client-2',
            },
            {actor: 'client-2', call: {name: 'connect', fd: 'client-2', address: {of: 'listener'}}},
          ),
          before: {
            ja: '別のプロセスの二人目のクライアントが、同じアドレスとポートに connect() します。',
            en: 'A second client, another process, connects to the same address and port.',
          },
          predict: {
            belief: 'one-port-one-connection',
            question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
            choices: [
              {
                text: {ja: '0 が返り、すぐにつながる', en: 'return 0: connected at once'},
                claim: {outcome: {kind: 'returns', value: 0}},
              },
              {
                text: {ja: '一つ目の接続が終わるまで待つ', en: 'wait until the first connection ends'},
                claim: {outcome: {kind: 'waits'}},
                because: {
                  ja: '待ち受けのソケットは、一つ目の接続と関係なく、いつでも応えられます。',
                  en: 'The listening socket is not tied up by the first connection.',
                },
              },
              {
                text: {ja: 'ECONNREFUSED で断られる', en: 'be refused with ECONNREFUSED'},
                claim: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
                because: {
                  ja: '待ち受けのソケットは、accept() のあとも LISTEN のままです。',
                  en: 'The listening socket is still in LISTEN after accept().',
                },
              },
            ],
          },
          after: {
            ja: '二つの接続は、サーバー側のアドレスとポートが同じで、クライアント側のポートが違います。四つ組が違うので、別の接続です。',
            en: 'Both connections have the same address and port on the server’s side but different ports on the client’s: two 4-tuples, two connections.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [
              {kind: 'listed', socket: 'client', state: 'ESTABLISHED', remote: {port: {of: 'listener'}}},
              {kind: 'listed', socket: 'client-2', state: 'ESTABLISHED', remote: {port: {of: 'listener'}}},
            ],
          },
          sources: ['RFC 9293 3.4.1'],
        },
        {
          id: 'clear-away',
          ...inOneStep(
            {actor: 'client', call: {name: 'close', fd: 'client'}},
            {actor: 'client-2', call: {name: 'close', fd: 'client-2'}},
            ...closesAll('server', 'connection', 'listener'),
          ),
          before: {ja: '全部閉じます。', en: 'Everything is closed.'},
          after: {
            ja: '二つ目の接続は、accept() されないまま終わりました。',
            en: 'The second connection ended without ever being accepted.',
          },
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'listening-on-127-0-0-2',
      belief: 'same-computer-same-address',
      steps: [
        {
          id: 'scene',
          ...inOneStep(
            {
              actor: 'server',
              call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
              creates: 'listener',
            },
            {actor: 'server', call: {name: 'bind', fd: 'listener', address: {host: '127.0.0.2', port: 0}}},
            {actor: 'server', call: {name: 'listen', fd: 'listener', backlog: 5}},
          ),
          before: {
            ja: '今度は、サーバーが 127.0.0.2 で待ち受けます。ポートはカーネルが選びます。',
            en: 'This time the server listens on 127.0.0.2, on a port that the kernel chooses.',
          },
          after: {ja: '127.0.0.2 で待ち受けています。', en: 'It listens on 127.0.0.2.'},
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [{kind: 'listed', socket: 'listener', state: 'LISTEN', local: {host: '127.0.0.2'}}],
          },
          sources: ['man 2 bind'],
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
            ja: 'クライアントは、いつもの 127.0.0.1 の、その同じポートに connect() します。',
            en: 'The client connects to the same port of the usual 127.0.0.1.',
          },
          predict: {
            belief: 'same-computer-same-address',
            question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
            choices: [
              {
                text: {ja: 'ECONNREFUSED で断られる', en: 'be refused with ECONNREFUSED'},
                claim: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
              },
              {
                text: {ja: '0 が返り、つながる', en: 'return 0: connected'},
                claim: {outcome: {kind: 'returns', value: 0}},
                because: {
                  ja: 'ポートが同じでも、アドレスが違う宛先では待っていません。',
                  en: 'The port is the same, but nobody listens on that address.',
                },
              },
              {
                text: {ja: 'EADDRNOTAVAIL で失敗する', en: 'fail with EADDRNOTAVAIL'},
                claim: {outcome: {kind: 'fails', errno: 'EADDRNOTAVAIL'}},
                because: {
                  ja: 'EADDRNOTAVAIL は、自分の側のアドレスやポートが使えないときです。',
                  en: 'EADDRNOTAVAIL is about one’s own end: an address or port that cannot be used.',
                },
              },
            ],
          },
          after: {
            ja: '待ち受けているのは 127.0.0.2 だけです。サーバーがどのアドレスで待っているかは、ss -tln で確かめられます。',
            en: 'The server listens on 127.0.0.2 only. ss -tln shows which address a server really listens on.',
          },
          expect: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
          sources: ['man 2 connect', 'man 7 ip'],
        },
        {
          id: 'clear-away',
          ...inOneStep(
            {actor: 'client', call: {name: 'close', fd: 'client'}},
            {actor: 'server', call: {name: 'close', fd: 'listener'}},
          ),
          before: {ja: '両側のソケットを閉じます。', en: 'Both sides close.'},
          after: {ja: 'これで全部閉じました。', en: 'Everything is closed.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'called-as-127-0-0-7',
      belief: 'connection-has-the-listeners-address',
      steps: [
        {
          id: 'scene',
          ...inOneStep(
            {
              actor: 'server',
              call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
              creates: 'wildcard',
            },
            {actor: 'server', call: {name: 'bind', fd: 'wildcard', address: {host: '0.0.0.0', port: 0}}},
          ),
          before: {
            ja: 'サーバーが 0.0.0.0 に bind() します。listen() はまだです。',
            en: 'The server binds a socket to 0.0.0.0. It does not listen yet.',
          },
          after: {
            ja: 'どのアドレスあてでも受け付ける用意ができました。',
            en: 'It is ready to take any address of this computer.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [{kind: 'unlisted', socket: 'wildcard', state: 'CLOSE'}],
          },
          sources: ['man 7 ip'],
        },
        {
          id: 'server-getsockname',
          ...inOneStep(
            {actor: 'server', call: {name: 'listen', fd: 'wildcard', backlog: 5}},
            {
              actor: 'client',
              call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
              creates: 'client',
            },
            {
              actor: 'client',
              call: {name: 'connect', fd: 'client', address: {host: '127.0.0.7', port: {of: 'wildcard'}}},
            },
            serverAccepts('wildcard', 'connection'),
            {actor: 'server', call: {name: 'close', fd: 'wildcard'}},
            {actor: 'server', call: {name: 'getsockname', fd: 'connection'}},
          ),
          before: {
            ja: 'クライアントが 127.0.0.7 あてに connect() し、サーバーは accept() して、待ち受けをすぐ閉じます。そして接続のソケットに getsockname() を呼びます。',
            en: 'The client connects to 127.0.0.7; the server accepts and stops listening at once. Then it calls getsockname() on the accepted socket.',
          },
          predict: {
            belief: 'connection-has-the-listeners-address',
            question: {ja: '返ってくるアドレスはどれですか。', en: 'Which address will it get?'},
            choices: [
              {
                text: {ja: '0.0.0.0', en: '0.0.0.0'},
                claim: {outcome: {kind: 'returns-address', host: '0.0.0.0'}},
                because: {
                  ja: '0.0.0.0 は待ち受けのための目印です。接続の端にはなりません。',
                  en: '0.0.0.0 is for listening; it is never the end of a connection.',
                },
              },
              {
                text: {ja: '127.0.0.1', en: '127.0.0.1'},
                claim: {outcome: {kind: 'returns-address', host: '127.0.0.1'}},
                because: {
                  ja: '同じループバックでも、クライアントが宛先にしたアドレスが入ります。',
                  en: 'It is the loopback address that the client asked for, not the usual one.',
                },
              },
              {
                text: {ja: '127.0.0.7', en: '127.0.0.7'},
                claim: {outcome: {kind: 'returns-address', host: '127.0.0.7'}},
              },
            ],
          },
          after: {
            ja: 'クライアントが宛先にした 127.0.0.7 です。どのアドレスあてに来たのかを、サーバーはこうして知ることができます。',
            en: '127.0.0.7, as the client had asked for. This is how a server learns at which address it was reached.',
          },
          expect: {
            outcome: {kind: 'returns-address', host: '127.0.0.7', port: {of: 'wildcard'}},
            sockets: [{kind: 'gone', socket: 'wildcard'}],
          },
          sources: ['man 2 getsockname', 'man 7 ip'],
        },
        {
          id: 'clear-away',
          ...inOneStep(
            {actor: 'client', call: {name: 'close', fd: 'client'}},
            {actor: 'server', call: {name: 'close', fd: 'connection'}},
          ),
          before: {ja: '接続を閉じます。', en: 'The connection is closed.'},
          after: {ja: 'これで全部閉じました。', en: 'Everything is closed.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
  ],
};
