import {closesAll, closesSecond, connects} from './kit/calls.ts';
import {closing} from './kit/closing.ts';
import {lesson, review} from './kit/lesson.ts';
import {looksUp} from './kit/others.ts';
import {fails, gaveAddress, returns, waits} from './kit/outcomes.ts';
import {sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';
import {serverFlow} from './server-flow.ts';

const {listener, connection1, connection2, loopback, wildcard, reception, dual, reception6, connection} = sockets({
  server: [
    'listener',
    'connection-1',
    'connection-2',
    'loopback',
    'wildcard',
    'reception',
    'dual',
    'reception-6',
    'connection',
  ],
});
const {first, second, stray, visitor, stray6, visitor4, client, client2} = sockets({
  client: ['first', 'second', 'stray', 'visitor', 'stray-6', 'visitor-4', 'client'],
  'client-2': ['client-2'],
});

export const addresses = lesson({
  id: 'addresses',
  title: {ja: 'アドレスとポート', en: 'Addresses and ports'},
  about: `127.0.0.1 と 0.0.0.0 と ::1 と localhost は、どう違うのか
    How do 127.0.0.1, 0.0.0.0, ::1 and localhost differ?`,
  minutes: 12,
  network: 'private',
  listensOnAllAddresses: true,
  beliefs: {
    'one-port-one-connection': `サーバーの一つのポートで持てる接続は、同時に一つだけだ
      a server’s port can have only one connection at a time`,
    'same-computer-same-address': `127.0.0.1 も 127.0.0.2 も ::1 も自分のコンピューターだから、どれか一つで待てば全部に届く
      127.0.0.1, 127.0.0.2 and ::1 are all this computer, so listening on one hears them all`,
    'connection-has-the-listeners-address': `受け付けた接続のアドレスは、待ち受けのソケットに bind() したアドレスと同じだ
      an accepted connection has the very address that the listening socket was bound to`,
  },
  recalls: [serverFlow],
  steps: [
    step('server-socket', [listener.opens(), listener.sets('SO_REUSEADDR', 1), listener.readsOwnAddress()], {
      before: `サーバーがソケットを作り、getsockname() で自分のアドレスを聞きます。bind() はまだ呼んでいません。
        The server makes a socket and asks for its own address with getsockname(). It has not called bind() yet.`,
      after: `0.0.0.0 のポート 0、つまり「まだ決まっていない」です。IP アドレスはどのコンピューターかを、ポート(16 ビットの番号)はその中のどの窓口かを表します。
        getsockname() gave 0.0.0.0 and port 0: nothing is settled yet. An IP address says which computer is meant, and the port, a 16-bit number, which of its doors.`,
      node: 'server.address();  // null: Node gives no address before listen()',
      expect: gaveAddress({host: '0.0.0.0', port: 'none'}),
      sources: ['man 2 getsockname', 'man 7 ip'],
    }),
    step('server-bind', listener.binds(), {
      shows: 'bytes',
      before: `bind() に渡すのは、sockaddr_in という 16 バイトの構造体です。127.0.0.1 とポート {port} が、どんなバイトになるかを見ます。
        bind() is given a sockaddr_in, a structure of 16 bytes. See what 127.0.0.1 and port {port} look like in it.`,
      after: `ポートとアドレスは、上の桁のバイトから並びます(ネットワークバイトオーダー)。リトルエンディアンの CPU で htons() を忘れると、8080 が 36895 になります。
        Port and address have their most significant byte first: network byte order. Forget htons() on a little-endian CPU, and 8080 becomes 36895.`,
      node: "server.listen({port}, '127.0.0.1');  // Node fills in the sockaddr_in",
      expect: listener.hasPort('server'),
      sources: ['man 7 ip', 'man 3 byteorder'],
    }),
    step('client-connect', [listener.listens(), ...connects(first, listener), first.readsOwnAddress()], {
      before: `サーバーが listen() し、クライアントが connect() します。クライアントの端のアドレスも、getsockname() で聞きます。
        The server listens and the client connects. Then getsockname() tells the address of the client’s own end.`,
      after: `クライアントのポートは、connect() のときにカーネルが選びました(一時ポート)。前もってだれかに知らせる番号ではないので、空いていればどれでもよいのです。
        The kernel picked the client’s port during connect(), an ephemeral port. Nobody has to know it in advance, so any free one will do.`,
      node: "const first = net.connect({port}, '127.0.0.1', () => {\n  console.log(first.address());  // getsockname()\n});",
      expect: [
        gaveAddress({host: '127.0.0.1', port: 'another'}),
        first.is('ESTABLISHED', {remote: {host: '127.0.0.1', port: 'server'}}),
      ],
      sources: ['man 7 ip', 'man 2 getsockname'],
    }),
    step('client-connect-again', connects(second, listener), {
      before: `一つ目の接続を残したまま、同じクライアントが二つ目のソケットで、同じ 127.0.0.1:{port} に connect() します。
        With the first connection still there, the same client connects a second socket to the same 127.0.0.1:{port}.`,
      belief: 'one-port-one-connection',
      question: {ja: '二つ目の connect() はどうなりますか。', en: 'What will the second connect() do?'},
      choices: [
        {
          text: {ja: 'EADDRINUSE で失敗する({port} は使用中)', en: 'fail with EADDRINUSE: {port} is taken'},
          claim: fails('EADDRINUSE'),
          because: `使用中かどうかが問題になるのは、bind() するときの自分のポートです。宛先のポートではありません。
            What may be in use is a port of one’s own, at bind(). The port that one connects to is another matter.`,
        },
        {
          text: {ja: '一つ目の接続が終わるまで待つ', en: 'wait until the first connection ends'},
          claim: waits,
          because: `クライアント側のポートが違えば、カーネルは二つの接続を区別できます。
            With another port on the client’s side the kernel can tell the two apart.`,
        },
        {
          text: `0 が返る。クライアント側は別のポートになる
            return 0, with another port on the client’s side`,
          claim: [returns(0), second.hasPort('another')],
        },
      ],
      hint: `Web サーバーには、一つのポートに何千人もが同時につながります。
        Thousands of people at once are connected to one port of a web server.`,
      after: `接続は、両端のアドレスとポートの四つ組で区別されます。違うのはクライアント側のポート一つだけですが、それで別の接続になります。
        A connection is identified by its 4-tuple: both addresses and both ports. Only one of the four differs here, the client’s port, and that is enough.`,
      expect: [
        first.is('ESTABLISHED', {remote: {host: '127.0.0.1', port: 'server'}}),
        second.is('ESTABLISHED', {remote: {host: '127.0.0.1', port: 'server'}}),
        listener.queue(2),
      ],
      sources: ['RFC 9293 3.4.1', 'man 7 ip'],
    }),
    step('server-accept-both', [listener.accepts(connection1), listener.accepts(connection2)], {
      before: `サーバーが accept() を 2 回呼び、二つの接続を受け取ります。新しいソケットが二つできます。
        The server calls accept() twice and takes both connections: two new sockets.`,
      belief: 'accept-moves-port',
      question: `二つのソケットの、サーバー側のポートはどうなりますか。
        Which ports will the two have on the server’s side?`,
      choices: [
        {
          text: {ja: 'どちらも {port}', en: 'both {port}'},
          claim: [connection1.hasPort('server'), connection2.hasPort('server')],
        },
        {
          text: {ja: '一つ目は {port}、二つ目は新しい番号', en: 'the first {port}, the second a new one'},
          claim: [connection1.hasPort('server'), connection2.hasPort('another')],
          because: `二つの接続は、相手のポートで区別できます。サーバー側まで変える必要はありません。
            The peer’s port tells the two apart already; the server’s need not change.`,
        },
        {
          text: {ja: 'どちらも新しい番号', en: 'both a new one'},
          claim: [connection1.hasPort('another'), connection2.hasPort('another')],
          because: `番号が変わったら、{port} あてに送り続けるクライアントのデータは届きません。
            The client keeps sending to {port}. With another number nothing would arrive.`,
        },
      ],
      hint: `クライアントの二つのソケットは、どちらも {port} あてに送り続けます。
        Both of the client’s sockets go on sending to {port}.`,
      after: `accept() はポートを割り当てません。カーネルは、届いたセグメントの四つ組を見て、合うソケットに渡します。
        accept() hands out no ports. When a segment arrives, the kernel looks at its 4-tuple and gives it to the socket that matches.`,
      expect: [connection1.hasPort('server'), connection2.hasPort('server'), listener.queue(0)],
      sources: ['man 2 accept', 'RFC 9293 3.4.1'],
    }),
    step('server-getpeername', connection2.readsPeerAddress(), {
      shows: 'bytes',
      before: `サーバーが getpeername() で、二つ目の接続の相手を聞きます。
        With getpeername() the server asks who is at the other end of the second connection.`,
      after: `クライアントの二つ目のソケットの、アドレスと一時ポートです。カーネルが接続とともに覚えているので、DNS に問い合わせる必要はありません。
        The address and ephemeral port of the client’s second socket. The kernel keeps them with the connection; no DNS is needed.`,
      node: 'socket.remoteAddress; socket.remotePort;  // getpeername()',
      expect: gaveAddress({host: '127.0.0.1', port: second.place}),
      sources: ['man 2 getpeername'],
    }),
    step(
      'close-both',
      [
        first.closes(),
        second.closes(),
        closesSecond(connection1, first),
        closesSecond(connection2, second),
        listener.closes(),
      ],
      {
        before: `ポートの話はここまでです。クライアント、サーバーの順に、全部閉じます。
          So much for ports. First the client closes everything, then the server.`,
        after: `TIME_WAIT は、先に閉じたクライアントの一時ポートに二つ残りました。ここからは、同じコンピューターの中での、アドレスの違いを試します。
          Two TIME_WAIT rows stay, on the client’s ephemeral ports, since it closed first. Now for addresses, all of them of this one computer.`,
        expect: [first.is('TIME_WAIT'), second.is('TIME_WAIT'), listener.isGone],
        sources: ['man 2 close', 'RFC 9293 3.6.1'],
      },
    ),
    step(
      'server-port-0',
      [loopback.opens(), loopback.binds({host: '127.0.0.1', port: 0}), loopback.listens(), loopback.readsOwnAddress()],
      {
        before: `サーバーが新しいソケットを、127.0.0.1 のポート 0 に bind() して待ち受けます。0 は「空いている番号を選んでほしい」という意味です。
          The server binds a new socket to 127.0.0.1 and port 0, and listens. Port 0 means: pick a free one for me.`,
        after: `選ばれた番号は getsockname() で分かります。このソケットが待つのは、127.0.0.1 のこのポートあての接続要求だけです。
          getsockname() tells which port it is. This socket waits for requests to 127.0.0.1 and this port, and for no others.`,
        node: "server.listen(0, '127.0.0.1', () => console.log(server.address().port));",
        expect: [
          gaveAddress({host: '127.0.0.1', port: loopback.place}),
          loopback.is('LISTEN', {local: {host: '127.0.0.1'}}),
        ],
        sources: ['man 7 ip', 'man 2 bind'],
      },
    ),
    step('connect-127-0-0-2', [stray.opens(), stray.connects({host: '127.0.0.2', port: loopback.place})], {
      before: `Linux では、127 で始まるアドレスは全部このコンピューター自身です。クライアントが、127.0.0.2 の同じポートに connect() します。
        On Linux every address that begins with 127 is this computer. The client connects to 127.0.0.2, same port.`,
      belief: 'same-computer-same-address',
      question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
      choices: [
        {text: {ja: 'ECONNREFUSED で断られる', en: 'be refused with ECONNREFUSED'}, claim: asClaimed},
        {
          text: {ja: '0 が返る。同じコンピューターの同じポートだから', en: 'return 0: same computer, same port'},
          claim: returns(0),
          because: `同じコンピューターでも、アドレスが違えば別の宛先です。
            Even on one computer, another address is another destination.`,
        },
        {
          text: {ja: 'ENETUNREACH で失敗する。宛先に届かない', en: 'fail with ENETUNREACH: there is no way there'},
          claim: fails('ENETUNREACH'),
          because: `127.0.0.2 もループバックなので、このコンピューターのカーネルには届きます。
            127.0.0.2 is loopback as well: the request does reach this computer’s kernel.`,
        },
      ],
      hint: `サーバーが bind() したのは、127.0.0.1 だけです。
        The one address that the server bound its socket to is 127.0.0.1.`,
      after: `カーネルには届きましたが、127.0.0.2 のこのポートで待つソケットがないので、RST で断られました。宛先は、アドレスとポートの両方が合わなければなりません。
        It reached the kernel, but no socket listens on this port of 127.0.0.2, so the kernel refused with an RST. Address and port must both match.`,
      expect: fails('ECONNREFUSED'),
      sources: ['man 7 ip', 'man 2 connect'],
    }),
    step('server-bind-any', [wildcard.opens(), stray.closes(), wildcard.binds({host: '0.0.0.0', port: 0})], {
      shows: 'bytes',
      before: `今度は 0.0.0.0 に bind() します。「このコンピューターの IPv4 アドレスなら、どれでも」という意味です(ワイルドカードアドレス)。
        Now bind() to 0.0.0.0, the wildcard address: any IPv4 address of this computer.`,
      after: `アドレスの 4 バイトは全部 0 です。ふつうのネットワークで listen() すると、ファイアウォールなどが止めないかぎり、LAN のほかのコンピューターからも届くようになります。
        All four bytes of the address are 0. Once it listens, on an ordinary network, other computers on the LAN can reach it too, unless a firewall or the like stops them.`,
      node: "server.listen(0, '0.0.0.0');",
      expect: wildcard.isUnlisted('CLOSE'),
      sources: ['man 7 ip'],
    }),
    step(
      'accept-any',
      [
        wildcard.listens(),
        visitor.opens(),
        visitor.connects({host: '127.0.0.1', port: wildcard.place}),
        wildcard.accepts(reception),
        wildcard.closes(),
      ],
      {
        shows: 'kernel',
        before: `サーバーが listen() し、127.0.0.1 あてに来た接続を accept() します。ふつうのネットワークでは外からも届く待ち受けなので、受け取ったらすぐ閉じます。
          The server listens, the client connects to 127.0.0.1, the server accepts. As on an ordinary network other computers could reach this listening socket, it is closed right after.`,
        belief: 'connection-has-the-listeners-address',
        question: `受け付けた接続の、サーバー側のアドレスはどれになりますか。
          Which address will the accepted connection have on the server’s side?`,
        choices: [
          {
            text: {ja: 'bind() した 0.0.0.0', en: '0.0.0.0, which was bound'},
            claim: reception.is('ESTABLISHED', {local: {host: '0.0.0.0'}}),
            because: `0.0.0.0 は「どれでも」という目印で、接続の端のアドレスにはなりません。
              0.0.0.0 only says “any”; it is never the address of a connection’s end.`,
          },
          {
            text: {ja: 'クライアントが宛先にした 127.0.0.1', en: '127.0.0.1, which the client connected to'},
            claim: reception.is('ESTABLISHED', {local: {host: '127.0.0.1'}}),
          },
          {
            text: `つながらない。127.0.0.1 は 0.0.0.0 ではないので
              there is no connection: 127.0.0.1 is not 0.0.0.0`,
            claim: reception.isGone,
            because: `0.0.0.0 の待ち受けには、127.0.0.1 あての接続要求も届きます。
              A socket that listens on 0.0.0.0 hears requests to 127.0.0.1 as well.`,
          },
        ],
        hint: `接続の四つ組には、クライアントが宛先にしたアドレスが入ります。
          The 4-tuple of a connection holds the address that the client asked for.`,
        after: `待ち受けるアドレスが「どれでも」でも、一つ一つの接続には実際のアドレスが入ります。自分だけで使うサーバーは、0.0.0.0 ではなく 127.0.0.1 で待てば、外からは届きません。
          Listening may mean “any”, but each connection has real addresses. A server for yourself alone should listen on 127.0.0.1, where nobody outside can reach it.`,
        expect: [
          wildcard.isGone,
          reception.is('ESTABLISHED', {local: {host: '127.0.0.1'}, remote: {host: '127.0.0.1', port: visitor.place}}),
        ],
        sources: ['man 7 ip', 'man 2 accept'],
      },
    ),
    step(
      'connect-ipv6-loopback',
      [stray6.opens('SOCK_STREAM', 'AF_INET6'), stray6.connects({host: '::1', port: loopback.place})],
      {
        needs: ['ipv6'],
        before: `::1 は、IPv6 のループバックアドレスです。127.0.0.1 で待つソケットはまだあります。その同じポートの ::1 に、IPv6 のソケットで connect() します。
          ::1 is the loopback address of IPv6. The socket on 127.0.0.1 is still listening; an IPv6 socket connects to ::1, same port.`,
        belief: 'same-computer-same-address',
        question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
        choices: [
          {text: {ja: 'ECONNREFUSED で断られる', en: 'be refused with ECONNREFUSED'}, claim: asClaimed},
          {
            text: `0 が返る。::1 は 127.0.0.1 の IPv6 での書き方だから
              return 0: ::1 is how IPv6 writes 127.0.0.1`,
            claim: returns(0),
            because: `役目は似ていますが、IPv4 と IPv6 の別々のアドレスです。
              They serve the same purpose, but one is an IPv4 address and the other an IPv6 address.`,
          },
          {
            text: {ja: 'EAFNOSUPPORT で失敗する', en: 'fail with EAFNOSUPPORT'},
            claim: fails('EAFNOSUPPORT'),
            because: `ソケットもアドレスも IPv6 なので、種類は合っています。
              Socket and address are both of IPv6, so they go together.`,
          },
        ],
        hint: `待っているのは、127.0.0.1 に bind() した IPv4 のソケットです。
          What is listening is an IPv4 socket that was bound to 127.0.0.1.`,
        after: `::1 のこのポートでは、だれも待っていません。サーバーが動いているのにつながらないときの、よくある原因です。
          Nobody listens on this port of ::1. When a server is running and one still cannot connect, this is a common reason.`,
        node: "net.connect(port, '::1');  // 'error': ECONNREFUSED",
        expect: fails('ECONNREFUSED'),
        sources: ['man 7 ipv6', 'RFC 4291 2.5.3'],
      },
    ),
    step(
      'server-bind-any-ipv6',
      [
        dual.opens('SOCK_STREAM', 'AF_INET6'),
        dual.sets('IPV6_V6ONLY', 0),
        stray6.closes(),
        dual.binds({host: '::', port: 0}),
      ],
      {
        needs: ['ipv6'],
        shows: 'bytes',
        before: `:: は IPv6 のワイルドカードアドレスです。IPV6_V6ONLY を 0 にしたソケットを、:: に bind() します。
          :: is the wildcard address of IPv6. A socket with IPV6_V6ONLY set to 0 is bound to it.`,
        after: `IPv6 の sockaddr_in6 は 28 バイトで、アドレスは 16 バイトです。IPV6_V6ONLY が 0 なら、IPv4 の接続も受け付けます(デュアルスタック)。
          A sockaddr_in6 has 28 bytes, 16 of them the address. With IPV6_V6ONLY at 0 the socket takes IPv4 connections too: dual stack.`,
        node: 'server.listen(0);  // Node binds to :: with IPV6_V6ONLY 0',
        expect: dual.isUnlisted('CLOSE'),
        sources: ['man 7 ipv6', 'RFC 3493 5.3'],
      },
    ),
    step(
      'accept-ipv4-on-ipv6',
      [
        dual.listens(),
        visitor4.opens(),
        visitor4.connects({host: '127.0.0.1', port: dual.place}),
        dual.accepts(reception6),
        dual.closes(),
      ],
      {
        shows: 'kernel',
        needs: ['ipv6'],
        before: `IPv6 のソケットで待つサーバーに、クライアントが IPv4 の 127.0.0.1 でつなぎます。:: も、ふつうのネットワークでは外から届くので、受け取ったらすぐ閉じます。
          The server listens with an IPv6 socket; the client connects to 127.0.0.1 over IPv4. As on an ordinary network other computers could reach :: too, it is closed right after.`,
        belief: 'connection-has-the-listeners-address',
        question: `受け付けた接続の、サーバー側のアドレスはどれになりますか。
          Which address will the accepted connection have on the server’s side?`,
        choices: [
          {
            text: {ja: 'bind() した ::', en: '::, which was bound'},
            claim: reception6.is('ESTABLISHED', {local: {host: '::'}}),
            because: `:: も「どれでも」という目印です。接続には実際のアドレスが入ります。
              :: only says “any”, as 0.0.0.0 does. A connection has real addresses.`,
          },
          {
            text: {ja: 'IPv6 のループバックの ::1', en: '::1, the loopback address of IPv6'},
            claim: reception6.is('ESTABLISHED', {local: {host: '::1'}}),
            because: `クライアントが宛先にしたのは ::1 ではなく、127.0.0.1 です。
              The client connected to 127.0.0.1, not to ::1.`,
          },
          {
            text: {ja: '::ffff:127.0.0.1', en: '::ffff:127.0.0.1'},
            claim: reception6.is('ESTABLISHED', {local: {host: '::ffff:127.0.0.1'}}),
          },
        ],
        hint: `IPv6 のソケットは、IPv4 のアドレスも IPv6 の形で表します。
          An IPv6 socket shows IPv4 addresses, too, in the form of IPv6.`,
        after: `127.0.0.1 を IPv6 の形で書いた、IPv4 射影アドレスです。送られたのは IPv4 のパケットです。サーバーの行は tcp6 の表に、クライアントの行は tcp の表に出ます。
          That is an IPv4-mapped address, 127.0.0.1 in the form of IPv6. The packets were IPv4 ones. The server’s row is in the table tcp6, the client’s in tcp.`,
        node: "socket.remoteAddress;  // '::ffff:127.0.0.1'",
        expect: [
          dual.isGone,
          reception6.is('ESTABLISHED', {
            protocol: 'tcp6',
            local: {host: '::ffff:127.0.0.1'},
            remote: {host: '::ffff:127.0.0.1', port: visitor4.place},
          }),
          visitor4.is('ESTABLISHED', {protocol: 'tcp', remote: {host: '127.0.0.1'}}),
        ],
        sources: ['man 7 ipv6', 'RFC 4291 2.5.5.2', 'RFC 3493 3.7'],
      },
    ),
    step('close-ipv6', [visitor4.closes(), reception6.closes()], {
      needs: ['ipv6'],
      before: {ja: 'この接続を閉じます。', en: 'This connection is closed.'},
      after: `IPV6_V6ONLY の既定値は、OS やその設定で違います(Linux はふつう 0、Windows は 1、OpenBSD は 1 だけ)。どちらを望むのか、プログラムに書いておくのが確実です。
        The default of IPV6_V6ONLY is not the same everywhere: 0 on Linux (unless the machine is set otherwise), 1 on Windows, and on OpenBSD never 0. Say in the program which one you want.`,
      expect: reception6.isGone,
      sources: ['man 7 ipv6'],
    }),
    step('resolve-localhost', looksUp('client', 'localhost'), {
      before: `最後は localhost です。これはアドレスではなく名前なので、まず getaddrinfo() でアドレスに直します。
        Last, localhost. It is a name, not an address, so getaddrinfo() has to turn it into addresses first.`,
      after: `127.0.0.1 か ::1、またはその両方です。どれがどの順で返るかは、/etc/hosts などの設定で決まります。サーバーとクライアントの両方に 127.0.0.1 と書けば、食い違いません。
        It may be 127.0.0.1, ::1 or both; /etc/hosts and other settings decide which, and in what order. Write 127.0.0.1 on both sides, and they cannot miss each other.`,
      node: "net.connect(port, 'localhost');  // getaddrinfo() first, then connect() to what it found",
      expect: {kind: 'returns-hosts', oneOf: ['127.0.0.1', '::1']},
      sources: ['man 3 getaddrinfo', 'man 5 hosts', 'RFC 6761 6.3'],
    }),
    step('close-all', [visitor.closes(), ...closesAll(reception, loopback)], {
      before: {ja: '残りのソケットを閉じます。', en: 'The remaining sockets are closed.'},
      after: {ja: 'これで、待ち受けているソケットは一つもありません。', en: 'No socket is listening any more.'},
      expect: [loopback.isGone, reception.isGone],
      sources: ['man 2 close'],
    }),
  ],
  summary: `接続は、両端のアドレスとポートの四つ組で区別されます。だからサーバーの一つのポートに、いくつでもつながります。待ち受けは、アドレスとポートの両方が合う接続要求だけを受け取ります。127.0.0.1 と ::1 は別のアドレスで、0.0.0.0 は「どれでも」、localhost は名前です。
    A connection is identified by its 4-tuple, both addresses and both ports, so one port of a server can have many. A listening socket takes only requests whose address and port match its own. 127.0.0.1 and ::1 are two addresses, 0.0.0.0 means any, and localhost is a name.`,
  review: [
    review('two-clients', {actors: ['server', 'client', 'client-2']}, [
      step(
        'scene',
        [
          listener.opens(),
          listener.binds({host: '127.0.0.1', port: 0}),
          listener.listens(),
          ...connects(client, listener),
          listener.accepts(connection),
        ],
        {
          before: `サーバーは、一人目のクライアントの接続を accept() し、その相手をしています。
            The server has accepted the first client and is busy with it.`,
          after: {ja: '一つ目の接続は ESTABLISHED です。', en: 'The first connection is ESTABLISHED.'},
          sources: ['man 2 accept'],
        },
      ),
      step('second-connect', [client2.opens(), client2.connects(listener)], {
        before: `別のプロセスの二人目のクライアントが、同じアドレスとポートに connect() します。
          A second client, another process, connects to the same address and port.`,
        belief: 'one-port-one-connection',
        question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
        choices: [
          {text: {ja: '0 が返り、すぐにつながる', en: 'return 0: connected at once'}, claim: asClaimed.of('outcome')},
          {
            text: {ja: '一つ目の接続が終わるまで待つ', en: 'wait until the first connection ends'},
            claim: waits,
            because: `待ち受けのソケットは、一つ目の接続と関係なく、いつでも応えられます。
              The listening socket is not tied up by the first connection.`,
          },
          {
            text: {ja: 'ECONNREFUSED で断られる', en: 'be refused with ECONNREFUSED'},
            claim: fails('ECONNREFUSED'),
            because: `待ち受けのソケットは、accept() のあとも LISTEN のままです。
              The listening socket is still in LISTEN after accept().`,
          },
        ],
        after: `二つの接続は、サーバー側のアドレスとポートが同じで、クライアント側のポートが違います。四つ組が違うので、別の接続です。
          Both connections have the same address and port on the server’s side but different ports on the client’s: two 4-tuples, two connections.`,
        expect: [
          client.is('ESTABLISHED', {remote: {port: listener.place}}),
          client2.is('ESTABLISHED', {remote: {port: listener.place}}),
        ],
        sources: ['RFC 9293 3.4.1'],
      }),
      step('clear-away', [client.closes(), client2.closes(), ...closesAll(connection, listener)], {
        before: {ja: '全部閉じます。', en: 'Everything is closed.'},
        after: `二つ目の接続は、accept() されないまま終わりました。
          The second connection ended without ever being accepted.`,
        sources: ['man 2 close'],
      }),
    ]),
    review('listening-on-127-0-0-2', [
      step('scene', [listener.opens(), listener.binds({host: '127.0.0.2', port: 0}), listener.listens()], {
        before: `今度は、サーバーが 127.0.0.2 で待ち受けます。ポートはカーネルが選びます。
          This time the server listens on 127.0.0.2, on a port that the kernel chooses.`,
        after: {ja: '127.0.0.2 で待ち受けています。', en: 'It listens on 127.0.0.2.'},
        expect: listener.is('LISTEN', {local: {host: '127.0.0.2'}}),
        sources: ['man 2 bind'],
      }),
      step('client-connect', [client.opens(), client.connects({host: '127.0.0.1', port: listener.place})], {
        before: `クライアントは、いつもの 127.0.0.1 の、その同じポートに connect() します。
          The client connects to the same port of the usual 127.0.0.1.`,
        belief: 'same-computer-same-address',
        question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
        choices: [
          {text: {ja: 'ECONNREFUSED で断られる', en: 'be refused with ECONNREFUSED'}, claim: asClaimed},
          {
            text: {ja: '0 が返り、つながる', en: 'return 0: connected'},
            claim: returns(0),
            because: `ポートが同じでも、アドレスが違う宛先では待っていません。
              The port is the same, but nobody listens on that address.`,
          },
          {
            text: {ja: 'EADDRNOTAVAIL で失敗する', en: 'fail with EADDRNOTAVAIL'},
            claim: fails('EADDRNOTAVAIL'),
            because: `EADDRNOTAVAIL は、自分の側のアドレスやポートが使えないときです。
              EADDRNOTAVAIL is about one’s own end: an address or port that cannot be used.`,
          },
        ],
        after: `待ち受けているのは 127.0.0.2 だけです。サーバーがどのアドレスで待っているかは、ss -tln で確かめられます。
          The server listens on 127.0.0.2 only. ss -tln shows which address a server really listens on.`,
        expect: fails('ECONNREFUSED'),
        sources: ['man 2 connect', 'man 7 ip'],
      }),
      closing('clear-away', [client, listener]),
    ]),
    review('called-as-127-0-0-7', [
      step('scene', [wildcard.opens(), wildcard.binds({host: '0.0.0.0', port: 0})], {
        before: `サーバーが 0.0.0.0 に bind() します。listen() はまだです。
          The server binds a socket to 0.0.0.0. It does not listen yet.`,
        after: `どのアドレスあてでも受け付ける用意ができました。
          It is ready to take any address of this computer.`,
        expect: wildcard.isUnlisted('CLOSE'),
        sources: ['man 7 ip'],
      }),
      step(
        'server-getsockname',
        [
          wildcard.listens(),
          client.opens(),
          client.connects({host: '127.0.0.7', port: wildcard.place}),
          wildcard.accepts(connection),
          wildcard.closes(),
          connection.readsOwnAddress(),
        ],
        {
          before: `クライアントが 127.0.0.7 あてに connect() し、サーバーは accept() して、待ち受けをすぐ閉じます。そして接続のソケットに getsockname() を呼びます。
            The client connects to 127.0.0.7; the server accepts and stops listening at once. Then it calls getsockname() on the accepted socket.`,
          belief: 'connection-has-the-listeners-address',
          question: {ja: '返ってくるアドレスはどれですか。', en: 'Which address will it get?'},
          choices: [
            {
              text: {ja: '0.0.0.0', en: '0.0.0.0'},
              claim: gaveAddress({host: '0.0.0.0'}),
              because: `0.0.0.0 は待ち受けのための目印です。接続の端にはなりません。
                0.0.0.0 is for listening; it is never the end of a connection.`,
            },
            {
              text: {ja: '127.0.0.1', en: '127.0.0.1'},
              claim: gaveAddress({host: '127.0.0.1'}),
              because: `同じループバックでも、クライアントが宛先にしたアドレスが入ります。
                It is the loopback address that the client asked for, not the usual one.`,
            },
            {text: {ja: '127.0.0.7', en: '127.0.0.7'}, claim: gaveAddress({host: '127.0.0.7'})},
          ],
          after: `クライアントが宛先にした 127.0.0.7 です。どのアドレスあてに来たのかを、サーバーはこうして知ることができます。
            It is 127.0.0.7, as the client had asked for. This is how a server learns at which address it was reached.`,
          expect: [gaveAddress({host: '127.0.0.7', port: wildcard.place}), wildcard.isGone],
          sources: ['man 2 getsockname', 'man 7 ip'],
        },
      ),
      closing('clear-away', [client, connection]),
    ]),
  ],
});
