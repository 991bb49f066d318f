import type {Act, OutcomeClaim, PortName} from '../src/model/lesson.ts';
import {connects, does} from './kit/calls.ts';
import {closing} from './kit/closing.ts';
import {
  at,
  home,
  internet,
  masquerades,
  routerInside,
  routerOutside,
  ruleOnRouter,
  withFilter,
} from './kit/home-network.ts';
import {lesson, review} from './kit/lesson.ts';
import {fails, received, returns, rows, sentAll, waits} from './kit/outcomes.ts';
import {type Socket, sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';

const {listener, connection, early, outgoing, probe} = sockets({
  client: ['listener', 'connection', 'early', 'outgoing', 'probe'],
});
const {farListener, farConnection, inward, callback} = sockets({
  server: ['far-listener', 'far-connection', 'inward', 'callback'],
});
const {neighbour, neighbourListener} = sockets({'client-2': ['neighbour', 'neighbour-listener']});

const ownPort = 1234;
const own = at(home, ownPort);
const greeting = 'Hello, from the local network!';
const answer = 'Hello, from the other side!';
const needs = withFilter;

const listensAt = (socket: Socket, host: string, port: PortName): readonly [Act, ...Act[]] => [
  socket.opens(),
  socket.sets('SO_REUSEADDR', 1),
  socket.binds(at(host, port)),
  socket.listens(),
];
/** Non-blocking, as Node's are: connect() does not wait for the peer. */
const beginsToConnect = (socket: Socket, host: string, port?: PortName): readonly [Act, ...Act[]] => [
  socket.opens(),
  socket.setsFlags('O_NONBLOCK'),
  does(socket.connects(at(host, port)), fails('EINPROGRESS')),
];
const isWritable = (socket: Socket): OutcomeClaim => ({kind: 'returns-ready', ready: {[socket.name]: ['POLLOUT']}});
const reachesInternet = [
  ...listensAt(farListener, internet, 'server'),
  masquerades,
  ...connects(outgoing, at(internet)),
] as const;

export const bothRoles = lesson({
  id: 'both-roles',
  title: {ja: '一つのプログラム、二つの役割', en: 'One program, two roles'},
  about: `待ち受けながら、自分からもつなぐ。それは、サーバーかクライアントか
    A program listens, and connects as well. Is it a server or a client?`,
  minutes: 10,
  actors: ['server', 'client', 'client-2', 'network'],
  network: 'home',
  picture: 'hosts',
  hosts: {server: 'internet', client: 'home', 'client-2': 'router'},
  beliefs: {
    'a-program-has-one-role': `一つのプログラムは、サーバーかクライアントのどちらか一方だ
      a program is either a server or a client`,
    'send-waits-for-connect': `connect() の直後に send() したバイトは、つながるまでカーネルが預かる
      what I send() right after connect() the kernel keeps until the connection is there`,
    'loopback-leads-to-the-program': `ポート番号さえ合っていれば、127.0.0.1 で目当てのプログラムに届く
      127.0.0.1 and the right port lead to the program that I mean`,
    'the-way-out-is-a-way-in': `自分からつないだ相手なら、相手からもこちらに connect() できる
      whoever I have connected to can connect to me as well`,
  },
  steps: [
    step('client-listens', listensAt(listener, home, ownPort), {
      before: `家のコンピューターで動くプログラムを見ます。画面での名前は「クライアント」ですが、最初にするのは待ち受けです。場所は、自分の LAN のアドレス 192.168.1.10 の 1234 番です。
        Watch the program on the computer at home. The screen calls it “client”, but the first thing it does is listen: on its own address on the LAN, 192.168.1.10, port 1234.`,
      after: `LISTEN の行ができました。この行に来る接続では、このプログラムがサーバーです。役割は、プログラムの名前では決まりません。
        There is a LISTEN row. In connections that come to it, this program is the server. The name of a program does not decide its role.`,
      node: `const server = net.createServer();
server.listen(1234, '192.168.1.10');`,
      expect: listener.is('LISTEN', {recvQueue: 0, local: {host: home, port: ownPort}}),
      needs,
      sources: ['man 2 bind', 'man 2 listen'],
    }),
    step('far-server-listens', [...listensAt(farListener, internet, 'server'), masquerades], {
      before: `インターネットのコンピューター(203.0.113.80)では、別のプログラムが {port} 番で待ち受けます。ルーターは、家から出ていく接続に NAT をします。
        On the internet (203.0.113.80) another program listens, on port {port}. The router does NAT for connections that leave the home.`,
      after: `待ち受けのソケットが、二つのコンピューターに一つずつあります。
        Now there are two listening sockets, on two computers.`,
      expect: [farListener.is('LISTEN', {local: {host: internet, port: 'server'}}), listener.is('LISTEN')],
      needs,
      sources: ['man 2 listen', 'RFC 3022 2.2'],
    }),
    step('way-is-cut', ruleOnRouter({kind: 'drop', hook: 'forward', protocol: 'tcp', port: 'server'}), {
      before: `家のプログラムは、これから {port} 番にもつなぎます。遠い相手だと、つながるまでに時間がかかります。その途中を調べられるように、{port} 番へのパケットを、しばらくルーターで捨てます。
        The program at home will connect to port {port}, too. With a distant peer that takes a while. So that we can look at the meantime, the router drops what goes to port {port}, for now.`,
      after: `この先しばらく、SYN を送っても返事は来ません。
        For the time being, a SYN gets no answer.`,
      expect: returns(0),
      needs,
      sources: ['man 8 nft'],
    }),
    step('connect-then-send', [...beginsToConnect(early, internet), early.sends(greeting)], {
      before: `待ち受けもあるので、connect() で眠ってはいられません。ノンブロッキングのソケットでつなぐと、connect() は EINPROGRESS(操作が実行中である)ですぐに返ります。続けて send() を呼びます。
        With a listener to serve, the program must not sleep in connect(). On a non-blocking socket connect() is back at once, with EINPROGRESS: under way. Right after it comes send().`,
      belief: 'send-waits-for-connect',
      question: {ja: 'send() はどうなりますか。', en: 'What will send() do?'},
      choices: [
        {
          text: `30 を返し、つながるまでカーネルが預かる
            return 30; the kernel keeps the bytes until connected`,
          claim: returns(30),
          because: `預かるのは Node の net です。Linux のカーネルは、TCP Fast Open を別にすれば、つながる前のデータを引き受けません。
            It is Node’s net that would keep them. TCP Fast Open aside, the kernel of Linux takes no data before there is a connection.`,
        },
        {text: {ja: 'EAGAIN で失敗する', en: 'fail with EAGAIN'}, claim: asClaimed.of('outcome')},
        {
          text: {ja: 'つながるまで眠る', en: 'sleep until connected'},
          claim: waits,
          because: `ノンブロッキングのソケットなので、send() も待たずに返ります。
            The socket is non-blocking: send() does not wait either.`,
        },
      ],
      hint: `ソケットの状態は、まだ SYN_SENT です。
        The state of the socket is SYN_SENT still.`,
      after: `Linux では EAGAIN、「いまはできない」です。カーネルは 1 バイトも預かっていません(Send-Q の 1 は SYN の分です)。規格(RFC 9293)の SEND なら、つながるまで預かるところです。Node の write() が使えるのは、net が自分のメモリーに預かるからです。
        On Linux: EAGAIN, “not now”. The kernel kept not one byte (the 1 in Send-Q is the SYN), although SEND in RFC 9293 would queue them. Node’s write() works here because net keeps the bytes in its own memory.`,
      node: `const client = net.connect({port}, '203.0.113.80');
client.on('error', error => console.error(error.code));
client.write('${greeting}');  // net keeps it`,
      expect: [fails('EAGAIN'), early.is('SYN_SENT', {sendQueue: 1})],
      needs,
      sources: ['man 2 connect', 'man 2 send', 'RFC 9293 3.10.2', 'Node.js socket.write()'],
    }),
    step('way-is-free', [early.closes(), ruleOnRouter(null), masquerades], {
      before: `このソケットは閉じます。ルーターの規則も、NAT だけに戻します。
        This socket is closed, and the router goes back to NAT alone.`,
      after: `パケットは、また通るようになりました。ソケットを作り直して、正しい順でつなぎます。
        Packets pass again. Now to connect in the right order, with a new socket.`,
      expect: early.isGone,
      needs,
      sources: ['man 2 close', 'man 8 nft'],
    }),
    step('connect-and-wait', [...beginsToConnect(outgoing, internet), outgoing.polls('POLLOUT', -1)], {
      before: `今度は EINPROGRESS のあと、書けるようになるのを poll() で待ちます(POLLOUT)。
        This time, after EINPROGRESS, poll() waits until the socket can be written to: POLLOUT.`,
      after: `つながりました。自分の側のポートは 1234 ではなく、カーネルが選んだ一時ポートです。connect() した(能動オープン)のはこちらなので、この接続ではこのプログラムがクライアントです。
        Connected. The port on its own side is not 1234 but an ephemeral one. It was this program that called connect(), an active open: in this connection it is the client.`,
      node: `client.on('connect', () => {});  // on Linux: after epoll_wait(), and SO_ERROR 0`,
      expect: [
        isWritable(outgoing),
        outgoing.is('ESTABLISHED', {
          local: {host: home, port: 'another'},
          remote: {host: internet, port: 'server'},
        }),
      ],
      needs,
      sources: ['man 2 connect', 'man 2 poll', 'RFC 9293 3.10.1'],
    }),
    step('program-sends', outgoing.sends(greeting), {
      before: {ja: 'つながったので、send() を呼びます。', en: 'It is connected, so send() is called.'},
      after: `30 バイト全部を引き受けました。Node も、つながったあとのここで、預かっていた分を write() します。近い相手だと先につながっていて、待たない send() でも成功することがあります。手元で動いただけでは、安心できません。
        All 30 bytes were taken. This is where Node writes what it kept. With a peer nearby, the connection is often there before send() is called, even if nobody waits: that it works at home proves little.`,
      node: `// Node now calls write() for what client.write() was given.`,
      expect: sentAll(greeting),
      needs,
      sources: ['man 2 send'],
    }),
    step('far-server-receives', [farListener.accepts(farConnection), farConnection.receives()], {
      before: `インターネットのサーバーが accept() して、読みます。
        The server on the internet accepts the connection, and reads.`,
      after: `届きました。このサーバーから見た相手は、192.168.1.10 ではなくルーターの 203.0.113.5 です。
        It has arrived. As this server sees it, the peer is not 192.168.1.10 but the router, 203.0.113.5.`,
      expect: [
        received(greeting),
        farConnection.is('ESTABLISHED', {local: {host: internet, port: 'server'}, remote: {host: routerOutside}}),
      ],
      needs,
      sources: ['man 2 accept', 'RFC 3022 2.2'],
    }),
    step('neighbour-connects', connects(neighbour, own), {
      before: `家のプログラムは、クライアントとしてつながったままです。そこへ、同じ LAN の相手が来ます。ルーターの上のプログラム(クライアント 2)が、192.168.1.10 の 1234 番に connect() します。
        The program at home stays connected, as a client. Now somebody on the same LAN calls: a program on the router, client 2, connects to 192.168.1.10, port 1234.`,
      belief: 'a-program-has-one-role',
      question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
      choices: [
        {text: {ja: '0 が返り、つながる', en: 'return 0: connected'}, claim: asClaimed},
        {
          text: {ja: 'ECONNREFUSED で断られる', en: 'be refused with ECONNREFUSED'},
          claim: fails('ECONNREFUSED'),
          because: `LISTEN のソケットはそのままです。ほかのソケットの使い道は関係しません。
            The socket in LISTEN is still there. What the other sockets are used for does not matter.`,
        },
        {
          text: {ja: '{port} 番との接続が終わるまで待つ', en: 'wait until the connection to port {port} has ended'},
          claim: waits,
          because: `二つの接続は別々のもので、順番を待つ関係にはありません。
            These are two separate connections; neither has to wait for the other.`,
        },
      ],
      hint: `1234 番の LISTEN の行は、まだありますか。
        Is the LISTEN row of port 1234 still there?`,
      after: `つながりました。同じ LAN からは、192.168.1.10 で届きます。この接続では、connect() したクライアント 2 がクライアント、待ち受けていた(受動オープン)家のプログラムがサーバーです。
        Connected: from the same LAN, 192.168.1.10 gets there. In this connection client 2 is the client, and the program at home, which had been listening (a passive open), is the server.`,
      expect: [returns(0), listener.queue(1), outgoing.is('ESTABLISHED')],
      needs,
      sources: ['man 2 connect', 'RFC 9293 3.10.1'],
    }),
    step('program-accepts', listener.accepts(connection), {
      before: `家のプログラムが accept() します。カーネルの表で、このプロセスの行を数えてください。
        The program at home calls accept(). Count the rows of this process in the kernel’s table.`,
      after: `三つあります。待ち受けのソケット、accept() した接続(自分の側は 1234 番)、自分から作った接続(自分の側は一時ポート)です。ディスクリプターも三つで、プロセスは一つです。
        Three: the listening socket, the connection that it accepted (port 1234 on its side), and the one that it made (an ephemeral port). Three descriptors, one process.`,
      node: `server.on('connection', socket => {});`,
      expect: [
        rows('client', 3),
        listener.is('LISTEN'),
        connection.is('ESTABLISHED', {local: {host: home, port: ownPort}, remote: {host: routerInside}}),
        outgoing.is('ESTABLISHED', {local: {port: 'another'}, remote: {host: internet, port: 'server'}}),
      ],
      shows: 'kernel',
      needs,
      sources: ['man 2 accept'],
    }),
    step('neighbour-writes', [neighbour.sends('hi'), connection.receives()], {
      before: {ja: 'クライアント 2 が「hi」と書きます。', en: 'Client 2 writes “hi”.'},
      after: {ja: '家のプログラムに届きました。', en: 'It has reached the program at home.'},
      expect: received('hi'),
      needs,
      sources: ['man 2 send', 'man 2 recv'],
    }),
    step('program-answers', [connection.sends(answer), neighbour.receives()], {
      before: `家のプログラムが「${answer}」と答えます。使うのは、accept() が返したソケットです。
        The program at home answers “${answer}” It does so on the socket that accept() returned.`,
      after: `27 バイトは、書いてきた相手だけに届きました。もう一つの接続には、何も流れていません。
        The 27 bytes went to the one who had written. On the other connection nothing has passed.`,
      node: `server.on('connection', socket => {
  socket.on('error', error => console.error(error.code));
  socket.on('data', () => socket.write('${answer}'));
});`,
      expect: [received(answer), farConnection.is('ESTABLISHED', {recvQueue: 0})],
      needs,
      sources: ['man 2 send'],
    }),
    step('own-loopback', connects(probe, at('127.0.0.1', ownPort)), {
      before: `家のプログラムが、同じコンピューターの中の自分に、127.0.0.1 の 1234 番でつないでみます。
        The program at home tries to reach itself, on its own computer: at 127.0.0.1, port 1234.`,
      belief: 'loopback-leads-to-the-program',
      question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
      choices: [
        {
          text: {ja: '0 が返り、つながる', en: 'return 0: connected'},
          claim: returns(0),
          because: `待ち受けは 192.168.1.10 あてだけです。同じコンピューターでも、127.0.0.1 は別のアドレスです。
            It was bound to 192.168.1.10 alone. On the same computer, 127.0.0.1 is another address.`,
        },
        {
          text: {ja: '返事が来ず、待ち続ける', en: 'wait, and no answer comes'},
          claim: waits,
          because: `答えるのは自分のカーネルです。待ち受けがなければ、すぐに RST で断ります。
            Its own kernel answers. Where nobody listens, it refuses at once, with RST.`,
        },
        {text: {ja: 'ECONNREFUSED で断られる', en: 'be refused with ECONNREFUSED'}, claim: asClaimed.of('outcome')},
      ],
      hint: `LISTEN の行に書かれたアドレスを見てください。
        Look at the address in the LISTEN row.`,
      after: `断られました。LISTEN の行は 192.168.1.10:1234 で、127.0.0.1:1234 で待つソケットはありません。bind() したアドレスによって、どこあての接続が届くかが決まります。
        Refused. The LISTEN row says 192.168.1.10:1234, and no socket listens on 127.0.0.1:1234. The address given to bind() decides which requests get to a listener.`,
      node: `net.connect(1234, '127.0.0.1');  // 'error': ECONNREFUSED`,
      expect: [fails('ECONNREFUSED'), listener.is('LISTEN', {local: {host: home, port: ownPort}})],
      needs,
      sources: ['man 2 bind', 'man 7 ip', 'RFC 9293 3.5.2'],
    }),
    step('outside-to-private', [probe.closes(), ...connects(inward, own)], {
      before: `今度はインターネットのサーバーが、自分から connect() します。まず 192.168.1.10 の 1234 番へ。
        Now the server on the internet calls connect() itself. First to 192.168.1.10, port 1234.`,
      after: `ENETUNREACH、このコンピューターには経路がありません。デフォルトルートがあれば SYN は出ていきますが、それでもこの家には着きません。192.168.1.10 はプライベートIPアドレスで、外からこの家を指すことはできないからです。
        ENETUNREACH: this computer has no route there. With a default route the SYN would be sent, and still not get to this home: 192.168.1.10 is a private address, which from outside cannot mean it.`,
      expect: fails('ENETUNREACH'),
      needs,
      sources: ['man 2 connect', 'RFC 1918 3'],
    }),
    step('outside-to-router', [inward.closes(), ...connects(callback, at(routerOutside, ownPort))], {
      before: `次は、家のプログラムの接続元に見えた 203.0.113.5 の 1234 番です。家のプログラムが作った接続は、まだつながっています。
        Next, to where the program at home seemed to come from: 203.0.113.5, port 1234. The connection that it made is still there.`,
      belief: 'the-way-out-is-a-way-in',
      question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
      choices: [
        {text: {ja: 'ECONNREFUSED で断られる', en: 'be refused with ECONNREFUSED'}, claim: asClaimed.of('outcome')},
        {
          text: {ja: '0 が返り、家のプログラムにつながる', en: 'return 0: connected to the program at home'},
          claim: returns(0),
          because: `NAT が覚えているのは、家から作られた接続です。1234 番への新しい接続を渡す先は、決められていません。
            What NAT remembers is the connection made from home. Nothing says where a new one, to port 1234, should go.`,
        },
        {
          text: {ja: 'ENETUNREACH で失敗する', en: 'fail with ENETUNREACH'},
          claim: fails('ENETUNREACH'),
          because: `203.0.113.5 への経路はあります。ルーターの外側のアドレスです。
            There is a route to 203.0.113.5: it is the router’s outer address.`,
        },
      ],
      hint: `203.0.113.5 は、どのコンピューターのアドレスですか。
        Whose address is 203.0.113.5?`,
      after: `SYN はルーターに届きました。ルーターの 1234 番で待つソケットはないので、このルーターは RST で断りました。黙って捨てるルーターなら、ETIMEDOUT まで待たされます。家に届けるには、ポート開放などが要ります。
        The SYN got to the router. No socket listens on port 1234 there, so this router refused, with RST. One that drops it in silence would leave us waiting for ETIMEDOUT. To get through to the home takes port forwarding or the like.`,
      expect: [fails('ECONNREFUSED'), farConnection.is('ESTABLISHED'), listener.queue(0)],
      needs,
      sources: ['RFC 3022 2.2', 'RFC 9293 3.5.2', 'man 2 connect'],
    }),
    step('client-role-ends', [callback.closes(), outgoing.closes()], {
      before: `家のプログラムが、自分から作った接続を close() します。
        The program at home closes the connection that it had made.`,
      belief: 'a-program-has-one-role',
      question: `クライアント 2 との接続と、待ち受けは、どうなりますか。
        What will become of the connection with client 2, and of the listener?`,
      choices: [
        {
          text: {ja: '接続も待ち受けも終わる', en: 'both end as well'},
          claim: [connection.isGone, listener.isGone],
          because: `close() が閉じるのは、渡したディスクリプター一つだけです。
            close() closes just the one descriptor that it is given.`,
        },
        {
          text: {ja: '待ち受けは残り、接続は終わる', en: 'the listener stays, the connection ends'},
          claim: [neighbour.is('CLOSE_WAIT'), listener.is('LISTEN')],
          because: `クライアント 2 には FIN が届いていません。FIN が届いたのはインターネットのサーバーです。
            No FIN went to client 2. It went to the server on the internet.`,
        },
        {text: {ja: 'どちらもそのまま', en: 'both stay as they are'}, claim: asClaimed.of('sockets')},
      ],
      hint: {ja: 'close() に渡したのは、どのソケットですか。', en: 'Which socket was close() given?'},
      after: `どちらもそのままです。クライアントとしての接続が終わっても、サーバーとしての仕事は続きます。プロセスは同じでも、ソケットは別々だからです。
        Both stay as they are. Its connection as a client has ended, its work as a server goes on: one process, but separate sockets.`,
      node: 'client.destroy();  // server and its sockets are not touched',
      expect: [listener.is('LISTEN'), connection.is('ESTABLISHED'), farConnection.is('CLOSE_WAIT')],
      needs,
      sources: ['man 2 close', 'RFC 9293 3.6'],
    }),
    closing('close', [farConnection, farListener, neighbour, connection, listener], {needs, expect: listener.isGone}),
  ],
  summary: `クライアントかサーバーかは、プログラムやコンピューターではなく、接続ごとに決まります。ふつう、connect() した側をクライアント、待ち受けていた側をサーバーと呼びます。待ち受けに届くかどうかは、bind() したアドレスと、そこまでの経路で決まります。つながる前の send() は、Linux のノンブロッキングのソケットでは EAGAIN で、Node では net が預かります。(man 2 connect、man 2 bind、RFC 9293 3.10、RFC 1918)
    Client and server are roles in a connection, not kinds of program or computer: whoever called connect() is usually called the client, whoever listened the server. Whether a listener can be reached depends on the address that it is bound to and on the way there. Before it is connected, a non-blocking socket on Linux answers send() with EAGAIN; in Node, net keeps the bytes. (man 2 connect, man 2 bind, RFC 9293 3.10, RFC 1918)`,
  review: [
    review('each-other', {actors: ['client', 'client-2']}, [
      step(
        'peers',
        [
          ...listensAt(listener, home, ownPort),
          ...listensAt(neighbourListener, routerInside, ownPort),
          ...connects(outgoing, at(routerInside, ownPort)),
        ],
        {
          before: `同じ LAN の二つのプログラムが、どちらも 1234 番で待ち受けます。まず、家のプログラムが相手の 192.168.1.1 につなぎます。
            Two programs on a LAN both listen on port 1234. First the one at home connects to the other’s, at 192.168.1.1.`,
          after: {ja: 'つながりました。', en: 'Connected.'},
          expect: [outgoing.is('ESTABLISHED'), neighbourListener.queue(1)],
          needs,
          sources: ['man 2 connect'],
        },
      ),
      step('the-other-way', connects(neighbour, own), {
        before: `今度は相手のプログラムが、家のプログラムの 192.168.1.10 に connect() します。
          Now that other program connects to the one at home, at 192.168.1.10.`,
        belief: 'a-program-has-one-role',
        question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
        choices: [
          {
            text: {ja: 'EISCONN で失敗する', en: 'fail with EISCONN'},
            claim: fails('EISCONN'),
            because: `EISCONN は、もうつながっているソケットで connect() したときの errno です。これは新しいソケットです。
              EISCONN is for a socket that is connected already. This is a new one.`,
          },
          {text: {ja: '0 が返り、二つ目の接続ができる', en: 'return 0: a second connection'}, claim: asClaimed},
          {
            text: {ja: '0 が返り、いまある接続を一緒に使う', en: 'return 0, and share the connection that is there'},
            claim: [returns(0), listener.queue(0)],
            because: `両端のポートが違うので、別の接続です。新しい接続は、家の側の accept() を待ちます。
              Its ports differ, so it is another connection. It waits for accept() at home.`,
          },
        ],
        after: `接続は二つです。一つ目では家のプログラムが、二つ目では相手のプログラムがクライアントです。どちらも、サーバーでもあります。
          There are two connections. In the first the program at home is the client, in the second the other one. Each of them is a server as well.`,
        expect: [returns(0), listener.queue(1), outgoing.is('ESTABLISHED')],
        needs,
        sources: ['man 2 connect', 'RFC 9293 3.4.1'],
      }),
      closing('close', [neighbour, outgoing, listener, neighbourListener], {needs}),
    ]),
    review('ready-to-write', {actors: ['server', 'network']}, [
      step(
        'silent-router',
        [
          ruleOnRouter({kind: 'drop', hook: 'input', protocol: 'tcp', port: 9000}),
          ...beginsToConnect(callback, routerOutside, 9000),
        ],
        {
          before: `9000 番への SYN を黙って捨てるルーターがあります。インターネットのプログラムが、ノンブロッキングのソケットで、そこへ connect() します。
            A router drops SYNs to its port 9000 in silence. A program on the internet connects there, with a non-blocking socket.`,
          after: {ja: 'EINPROGRESS です。返事は来ていません。', en: 'EINPROGRESS. No answer has come.'},
          expect: [fails('EINPROGRESS'), callback.is('SYN_SENT')],
          needs,
          sources: ['man 2 connect'],
        },
      ),
      step('may-it-send', callback.polls('POLLOUT', 0), {
        before: `send() してよいかを、poll() で尋ねます。待つ時間は 0 です。
          It asks poll() whether it may send(), with a timeout of 0.`,
        belief: 'send-waits-for-connect',
        question: {ja: 'poll() はどうなりますか。', en: 'What will poll() do?'},
        choices: [
          {text: {ja: '0 を返す。まだ書けない', en: 'return 0: not yet'}, claim: asClaimed.of('outcome')},
          {
            text: {ja: 'POLLOUT を返す。送信キューに空きがある', en: 'return POLLOUT: there is room in the send queue'},
            claim: isWritable(callback),
            because: `空きがあっても、つながるまでカーネルはデータを引き受けません。
              Room or not, the kernel takes no data before there is a connection.`,
          },
          {
            text: {ja: 'つながるまで眠る', en: 'sleep until connected'},
            claim: waits,
            because: {ja: '待つ時間が 0 の poll() は眠りません。', en: 'With a timeout of 0, poll() does not sleep.'},
          },
        ],
        after: `0 が返りました。書けるソケットはありません。Linux では、いま send() しても EAGAIN です。POLLOUT が立つのは、つながったときか、失敗が決まったときです。
          poll() returned 0: no socket can be written to. On Linux, send() would say EAGAIN now. POLLOUT comes when the connection is there, or has failed for good.`,
        expect: returns(0),
        expires: {after: 'silent-router', seconds: 50},
        needs,
        sources: ['man 2 poll', 'man 2 connect'],
      }),
      closing('close', [callback, ruleOnRouter(null)], {needs, expect: returns(0)}),
    ]),
    review('advice-from-home', {actors: ['client', 'client-2']}, [
      step(
        'listens-at-home',
        [...listensAt(listener, '127.0.0.1', ownPort), ...connects(probe, at('127.0.0.1', ownPort))],
        {
          before: `家のコンピューターのプログラムが、127.0.0.1 の 1234 番で待ち受けます。同じコンピューターの中から試すと、つながります。
          The program on the computer at home listens on 127.0.0.1, port 1234. Tried from the same computer, it works.`,
          after: `つながりました。そこで LAN の仲間に「127.0.0.1 の 1234 番に」と教えます。
          Connected. So a friend on the LAN is told: 127.0.0.1, port 1234.`,
          expect: [returns(0), listener.queue(1)],
          needs,
          sources: ['man 2 connect'],
        },
      ),
      step('friend-connects', connects(neighbour, at('127.0.0.1', ownPort)), {
        before: `仲間のプログラム(クライアント 2)は、ルーターの上で 127.0.0.1 の 1234 番に connect() します。
          The friend’s program, client 2, runs on the router and connects to 127.0.0.1, port 1234.`,
        belief: 'loopback-leads-to-the-program',
        question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
        choices: [
          {
            text: {ja: '0 が返り、家のプログラムにつながる', en: 'return 0: connected to the program at home'},
            claim: [returns(0), listener.queue(2)],
            because: `127.0.0.1 への SYN は、そのコンピューターの外に出ません。
              A SYN to 127.0.0.1 does not leave the computer.`,
          },
          {
            text: {ja: 'ENETUNREACH で失敗する', en: 'fail with ENETUNREACH'},
            claim: fails('ENETUNREACH'),
            because: `経路はあります。行き先が自分自身なだけです。
              There is a route. It leads back to the computer itself.`,
          },
          {text: {ja: 'ECONNREFUSED で断られる', en: 'be refused with ECONNREFUSED'}, claim: asClaimed.of('outcome')},
        ],
        after: `断られました。127.0.0.1 は、使ったコンピューター自身のことです。ルーターの 1234 番では、だれも待っていません。LAN からつなげるようにするには、192.168.1.10 で待ち受けて、そのアドレスを教えます。
          Refused. 127.0.0.1 means the computer on which it is used, and on the router nobody listens on port 1234. For the LAN, listen on 192.168.1.10, and tell people that address.`,
        expect: [fails('ECONNREFUSED'), listener.queue(1)],
        needs,
        sources: ['man 7 ip', 'RFC 1122 3.2.1.3'],
      }),
      closing('close', [neighbour, probe, listener], {needs}),
    ]),
    review('call-back', {actors: ['server', 'client', 'network']}, [
      step('visitor', [...reachesInternet, farListener.accepts(farConnection)], {
        before: `家のクライアントが、NAT の向こうのサーバーにつなぎます。サーバーは accept() で、相手のアドレスとポートを知ります。
          A client at home connects to a server beyond NAT. From accept() the server has the address and port of its peer.`,
        after: `203.0.113.5 と、あるポートです。サーバーはあとで連絡できるように、書き留めておきます。
          They are 203.0.113.5 and some port. The server notes them down, to be able to call back later.`,
        expect: farConnection.is('ESTABLISHED', {remote: {host: routerOutside, port: outgoing.place}}),
        needs,
        sources: ['man 2 accept'],
      }),
      step('calls-back', connects(callback, at(routerOutside, outgoing.place)), {
        before: `連絡したくなったサーバーが、新しいソケットで、書き留めたアドレスとポートに connect() します。
          Time to call back: with a new socket, the server connects to the address and port that it noted.`,
        belief: 'the-way-out-is-a-way-in',
        question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
        choices: [
          {
            text: {ja: '0 が返り、クライアントにつながる', en: 'return 0: connected to the client'},
            claim: returns(0),
            because: `そのポートで待ち受けるソケットは、ルーターにも家にもありません。
              No socket listens on that port, neither on the router nor at home.`,
          },
          {text: {ja: 'ECONNREFUSED で断られる', en: 'be refused with ECONNREFUSED'}, claim: asClaimed.of('outcome')},
          {
            text: {ja: 'EADDRINUSE で失敗する。そのポートは使用中', en: 'fail with EADDRINUSE: that port is in use'},
            claim: fails('EADDRINUSE'),
            because: `使用中かどうかが問題になるのは、自分の側のアドレスです。
              What may be in use is an address of one’s own.`,
          },
        ],
        after: `断られました。相手に連絡したければ、いまある接続で send() します。接続は双方向で、どちらが作ったかに関係なく、両側から送れます。
          Refused. To reach that client, send() on the connection that there is: it goes both ways, whoever made it.`,
        expect: [fails('ECONNREFUSED'), farConnection.is('ESTABLISHED')],
        needs,
        sources: ['RFC 3022 2.2', 'RFC 9293 3.5.2'],
      }),
      closing('close', [callback, outgoing, farConnection, farListener], {needs}),
    ]),
  ],
});
