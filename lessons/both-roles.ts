import {connects} from './kit/calls.ts';
import {closing} from './kit/closing.ts';
import {at, home, internet, masquerades, routerInside, routerOutside, withFilter} from './kit/home-network.ts';
import {does} from './kit/calls.ts';
import {lesson, review} from './kit/lesson.ts';
import {fails, received, returns, rows, sentAll, waits} from './kit/outcomes.ts';
import {sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';
import type {Act, OutcomeClaim} from '../src/model/lesson.ts';
import type {Socket} from './kit/sockets.ts';

const {
  listener,
  connection,
  early,
  outgoing,
  probe,
  farListener,
  farConnection,
  inward,
  callback,
  neighbour,
  neighbourListener,
} = sockets({
  client: ['listener', 'connection', 'early', 'outgoing', 'probe'],
  server: ['far-listener', 'far-connection', 'inward', 'callback'],
  'client-2': ['neighbour', 'neighbour-listener'],
});

const ownPort = 1234;
const greeting = 'Hello, from the local network!';
const answer = 'Hello, from the other side!';
const inProgress = fails('EINPROGRESS');

const onRouter = (rule: Extract<Act['call'], {name: 'nft'}>['rule']): Act => ({
  actor: 'network',
  call: {name: 'nft', host: 'router', rule},
});
const cutsTheWay = onRouter({kind: 'drop', hook: 'forward', protocol: 'tcp', port: 'server'});
const clearsTheWay = onRouter(null);
const listensAt = (socket: Socket, host: string, port: number | 'server'): readonly [Act, ...Act[]] => [
  socket.opens(),
  socket.sets('SO_REUSEADDR', 1),
  socket.binds(at(host, port)),
  socket.listens(),
];
const ready = (socket: Socket): OutcomeClaim => ({kind: 'returns-ready', ready: {[socket.name]: ['POLLOUT']}});
const opensWithoutWaiting = (socket: Socket, to: string): readonly [Act, ...Act[]] => [
  socket.opens(),
  socket.setsFlags('O_NONBLOCK'),
  does(socket.connects(at(to)), inProgress),
];

export const bothRoles = lesson({
  id: 'both-roles',
  title: {ja: 'クライアントでもありサーバーでもある', en: 'Client and server at once'},
  about: `一つのプログラムが、待ち受けながら自分からもつなぎにいく
    one program that listens and, at the same time, connects elsewhere`,
  minutes: 12,
  actors: ['server', 'client', 'client-2', 'network'],
  network: 'home',
  hosts: {client: 'home', 'client-2': 'router', network: 'router', server: 'internet'},
  beliefs: {
    'a-program-has-one-role': `一つのプログラムは、サーバーかクライアントのどちらか一方だ
      a program is either a server or a client`,
    'send-waits-for-connect': `connect() の直後に send() したバイトは、つながるまでカーネルが預かる
      the kernel keeps what I send() right after connect() until the connection is there`,
    'loopback-reaches-my-program': `自分のコンピューターのプログラムには、127.0.0.1 で必ず届く
      127.0.0.1 always reaches a program on my own computer`,
    'connected-out-means-reachable': `外のサーバーにつながっていれば、そのサーバーからもこちらにつなげる
      a server that I am connected to can connect to me as well`,
  },
  steps: [
    step('client-listens', listensAt(listener, home, ownPort), {
      before: `家のコンピューターのプログラムです。この画面での名前は「クライアント」ですが、まず、自分のアドレス 192.168.1.10 のポート 1234 で待ち受けます。
        A program on the computer at home. This screen calls it “client”, but the first thing it does is listen, on its own address 192.168.1.10, port 1234.`,
      after: `LISTEN の行ができました。ここに来る接続では、このプログラムがサーバーです。名前は役割を決めません。
        There is a LISTEN row. For connections that come here, this program is the server. Its name does not decide that.`,
      expect: listener.is('LISTEN', {local: {host: home, port: ownPort}}),
      node: `const server = net.createServer(onConnection);
server.listen(1234, '192.168.1.10');`,
      needs: withFilter,
      sources: ['man 2 bind', 'man 2 listen'],
    }),
    step('far-server-listens', [...listensAt(farListener, internet, 'server'), masquerades], {
      before: `インターネットのコンピューターでも、サーバーがポート {port} で待ち受けます。家のルーターは NAT をします。
        On the internet, too, a server listens, on port {port}. The router at home does NAT.`,
      after: `これで、家のプログラムがつなぎにいく相手ができました。
        Now there is somebody for the program at home to connect to.`,
      expect: farListener.is('LISTEN', {local: {host: internet, port: 'server'}}),
      needs: withFilter,
      sources: ['man 2 listen', 'RFC 3022 2.2'],
    }),
    step('way-is-cut', cutsTheWay, {
      before: `遠い相手とは、つながるまでに時間がかかります。その途中を見られるように、ルーターで {port} あてのパケットを捨てます。
        With a distant peer, connecting takes time. To be able to look at the meantime, the router now drops packets for port {port}.`,
      after: `これで、SYN を送っても返事が来ません。
        A SYN that is sent now gets no answer.`,
      needs: withFilter,
      sources: ['man 8 nft'],
    }),
    step('connect-then-send', [...opensWithoutWaiting(early, internet), early.sends(greeting)], {
      before: `プログラムは待ち受けを続けたいので、眠らないソケット(O_NONBLOCK)を使います。connect() は EINPROGRESS、つまり「まだ続けています」を返します。そこですぐに send() します。
        The program must not sleep, so its socket does not either (O_NONBLOCK). connect() says EINPROGRESS, “still at it”. Right after that, it calls send().`,
      belief: 'send-waits-for-connect',
      question: {ja: 'send() はどうなりますか。', en: 'What will send() do?'},
      choices: [
        {
          text: {ja: '30 を返し、つながるまで預かる', en: 'return 30, and keep the bytes until connected'},
          claim: returns(30),
          because: `つながるまで預かるのは Node の net のしていることです。Linux のカーネルは、まだ受け取りません。
            It is Node’s net that keeps them. The kernel of Linux does not take them yet.`,
        },
        {text: {ja: 'EAGAIN で失敗する', en: 'fail with EAGAIN'}, claim: asClaimed.of('outcome')},
        {
          text: {ja: 'つながるまで眠る', en: 'sleep until connected'},
          claim: waits,
          because: {ja: 'O_NONBLOCK のソケットの send() は眠りません。', en: 'With O_NONBLOCK, send() does not sleep.'},
        },
      ],
      hint: `ソケットはまだ SYN_SENT です。
        The socket is still in SYN_SENT.`,
      after: `Linux では EAGAIN、「いまはできない」です。30 バイトはどこにも残らないので、もう一度送るのはプログラムの仕事です。
        On Linux: EAGAIN, “not now”. The 30 bytes are kept nowhere; to send them again is up to the program.`,
      expect: [fails('EAGAIN'), early.is('SYN_SENT')],
      node: `const client = net.connect({port}, '203.0.113.80');
// Works: net itself keeps the bytes until 'connect'.
client.write('${greeting}');`,
      needs: withFilter,
      sources: ['man 2 connect', 'man 2 send', 'RFC 9293 3.10.2'],
    }),
    step('way-is-free', [early.closes(), clearsTheWay, masquerades], {
      before: `このソケットは閉じて、ルーターをもとに戻します。
        This socket is closed, and the router is as it was before.`,
      after: {ja: 'パケットはまた通ります。', en: 'Packets pass again.'},
      expect: early.isGone,
      needs: withFilter,
      sources: ['man 2 close', 'man 8 nft'],
    }),
    step('connect-and-wait', [...opensWithoutWaiting(outgoing, internet), outgoing.polls('POLLOUT', -1)], {
      before: `今度は、書けるようになる(POLLOUT)まで poll() で待ちます。
        This time the program waits with poll() until it can write (POLLOUT).`,
      after: `つながりました。自分のポートはカーネルが選んだ一時ポートで、1234 ではありません。この接続では、connect() したこのプログラムがクライアントです。
        Connected. Its own port is one that the kernel chose, not 1234. For this connection, the program is the client: it called connect().`,
      expect: [
        ready(outgoing),
        outgoing.is('ESTABLISHED', {
          local: {host: home, port: 'another'},
          remote: {host: internet, port: 'server'},
        }),
      ],
      node: `client.on('connect', () => {});`,
      needs: withFilter,
      sources: ['man 2 connect', 'man 2 poll'],
    }),
    step('program-sends', outgoing.sends(greeting), {
      before: {ja: 'いまなら send() できます。', en: 'Now it can send().'},
      after: `30 バイトをカーネルが受け取りました。Node の write() も、ここまで待ってから実際に送っています。
        The kernel took all 30 bytes. Node’s write(), too, waits until here before it really sends.`,
      expect: sentAll(greeting),
      needs: withFilter,
      sources: ['man 2 send'],
    }),
    step('far-server-receives', [farListener.accepts(farConnection), farConnection.receives()], {
      before: {ja: 'インターネットのサーバーが受け取ります。', en: 'The server on the internet takes it.'},
      after: `届きました。サーバーから見た相手は、家のアドレスではなくルーターの 203.0.113.5 です。
        It arrived. To this server the peer is not the address at home but the router’s, 203.0.113.5.`,
      expect: [
        received(greeting),
        farConnection.is('ESTABLISHED', {local: {host: internet, port: 'server'}, remote: {host: routerOutside}}),
      ],
      needs: withFilter,
      sources: ['man 2 accept', 'man 2 recv'],
    }),
    step('neighbour-connects', connects(neighbour, at(home, ownPort)), {
      before: `家のプログラムは、いま {port} 番のサーバーのクライアントです。ルーターの上のプログラム(クライアント 2)が、192.168.1.10 の 1234 番につなぎにいきます。
        The program at home is now a client of the server on port {port}. A program on the router (client 2) connects to 192.168.1.10, port 1234.`,
      belief: 'a-program-has-one-role',
      question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
      choices: [
        {text: {ja: '0 を返す(つながる)', en: 'return 0: connected'}, claim: asClaimed.of('outcome')},
        {
          text: {ja: 'ECONNREFUSED で失敗する', en: 'fail with ECONNREFUSED'},
          claim: fails('ECONNREFUSED'),
          because: `LISTEN のソケットは、ほかのソケットが何をしていても残っています。
            The socket in LISTEN is still there, whatever the other sockets do.`,
        },
        {
          text: `{port} 番との接続が終わるまで待つ
            wait until the connection with port {port} has ended`,
          claim: waits,
          because: `接続どうしは別々で、順番を待つことはありません。
            The two connections are separate; neither waits for the other.`,
        },
      ],
      hint: {ja: '1234 番の LISTEN の行を見てください。', en: 'Look at the LISTEN row of port 1234.'},
      after: `つながりました。同じプロセスが、この接続ではサーバー、もう一つの接続ではクライアントです。
        Connected. The same process is the server of this connection and the client of the other.`,
      expect: [returns(0), listener.queue(1), outgoing.is('ESTABLISHED')],
      needs: withFilter,
      sources: ['man 2 connect', 'RFC 9293 3.5'],
    }),
    step('program-accepts', listener.accepts(connection), {
      before: {ja: '家のプログラムが accept() します。', en: 'The program at home calls accept().'},
      after: `一つのプロセスに、ソケットが三つあります。待ち受け、受け取った接続(自分の側が 1234)、自分で作った接続(自分の側が一時ポート)です。
        One process, three sockets: the listener, the connection that it accepted (1234 on its side), and the one that it made itself (an ephemeral port on its side).`,
      expect: [
        rows('client', 3),
        listener.is('LISTEN'),
        connection.is('ESTABLISHED', {local: {host: home, port: ownPort}, remote: {host: routerInside}}),
        outgoing.is('ESTABLISHED', {remote: {host: internet, port: 'server'}}),
      ],
      shows: 'kernel',
      needs: withFilter,
      sources: ['man 2 accept'],
    }),
    step('program-is-asked', [neighbour.sends('hi'), connection.receives()], {
      before: {ja: 'クライアント 2 が「hi」と書きます。', en: 'Client 2 writes hi.'},
      after: {ja: '家のプログラムに届きました。', en: 'It has reached the program at home.'},
      expect: received('hi'),
      needs: withFilter,
      sources: ['man 2 send', 'man 2 recv'],
    }),
    step('program-answers', [connection.sends(answer), neighbour.receives()], {
      before: `家のプログラムが「Hello, from the other side!」と答えます。送るのは accept() で得たソケットです。
        The program at home answers “Hello, from the other side!”, on the socket that accept() gave.`,
      after: `27 バイトは尋ねた相手だけに届きました。インターネットのサーバーとの接続には、何も流れていません。
        The 27 bytes went to the one who asked. Nothing passed on the connection with the server on the internet.`,
      expect: [received(answer), farConnection.is('ESTABLISHED', {recvQueue: 0})],
      node: `function onConnection(socket) {
  socket.on('error', error => console.error(error.code));
  socket.on('data', () => socket.write('${answer}'));
}`,
      needs: withFilter,
      sources: ['man 2 send'],
    }),
    step('own-loopback', connects(probe, at('127.0.0.1', ownPort)), {
      before: `同じコンピューターの中から、127.0.0.1 の 1234 番にもつないでみます。
        From the same computer, it is tried at 127.0.0.1, port 1234.`,
      belief: 'loopback-reaches-my-program',
      question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
      choices: [
        {
          text: {ja: '0 を返す(つながる)', en: 'return 0: connected'},
          claim: returns(0),
          because: `待ち受けは 192.168.1.10 だけです。127.0.0.1 は同じコンピューターの別のアドレスです。
            It listens on 192.168.1.10 alone. 127.0.0.1 is another address of the same computer.`,
        },
        {
          text: {ja: '返事がなく、待ち続ける', en: 'get no answer, and wait'},
          claim: waits,
          because: `相手は自分のカーネルです。待つ人のいないポートだと、すぐに分かります。
            It is its own kernel that answers, and it knows at once that nobody listens there.`,
        },
        {text: {ja: 'ECONNREFUSED で失敗する', en: 'fail with ECONNREFUSED'}, claim: asClaimed.of('outcome')},
      ],
      hint: {ja: 'LISTEN の行のアドレスを見てください。', en: 'Look at the address in the LISTEN row.'},
      after: `断られました。bind() したアドレスに届くものだけを待っているからです。
        Refused: the listener waits for what comes to the address that it is bound to.`,
      expect: [fails('ECONNREFUSED'), listener.is('LISTEN', {local: {host: home, port: ownPort}})],
      needs: withFilter,
      sources: ['man 2 bind', 'man 7 ip'],
    }),
    step('outside-to-private', [probe.closes(), ...connects(inward, at(home, ownPort))], {
      before: `今度はインターネットのサーバーが、自分から connect() します。まず 192.168.1.10 の 1234 番に。
        Now the server on the internet calls connect() itself. First to 192.168.1.10, port 1234.`,
      after: `ENETUNREACH、行き方がありません。192.168.1.10 は家の中だけで通じるアドレスで、同じアドレスが世界中の家にあります。
        ENETUNREACH: there is no way there. 192.168.1.10 means something in this home only; many homes have the same.`,
      expect: fails('ENETUNREACH'),
      needs: withFilter,
      sources: ['man 2 connect', 'RFC 1918 3'],
    }),
    step('outside-to-router', [inward.closes(), ...connects(callback, at(routerOutside, ownPort))], {
      before: `次に、家のプログラムの接続元として見えているアドレス、203.0.113.5 の 1234 番につなぎます。家との接続はまだあります。
        Next, to the address that the program at home seems to come from: 203.0.113.5, port 1234. The connection with it is still there.`,
      belief: 'connected-out-means-reachable',
      question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
      choices: [
        {text: {ja: 'ECONNREFUSED で失敗する', en: 'fail with ECONNREFUSED'}, claim: asClaimed.of('outcome')},
        {
          text: {ja: '0 を返す(家のプログラムにつながる)', en: 'return 0: connected to the program at home'},
          claim: returns(0),
          because: `ルーターが覚えているのは、家から始まった接続だけです。新しい接続の行き先は知りません。
            The router remembers the connection that began at home. Where a new one should go, nobody told it.`,
        },
        {
          text: {ja: 'ENETUNREACH で失敗する', en: 'fail with ENETUNREACH'},
          claim: fails('ENETUNREACH'),
          because: `203.0.113.5 までは届きます。ルーター自身のアドレスです。
            203.0.113.5 can be reached: it is the router’s own address.`,
        },
      ],
      hint: {ja: '203.0.113.5 は、だれのアドレスですか。', en: 'Whose address is 203.0.113.5?'},
      after: `SYN はルーターに届き、1234 番で待つプログラムがないので、ルーターが断りました。黙って捨てるルーターも多く、その場合は ETIMEDOUT まで待ちます。
        The SYN reached the router; nothing listens on its port 1234, so it refused. Many routers drop it without a word; then connect() waits until ETIMEDOUT.`,
      expect: [fails('ECONNREFUSED'), farConnection.is('ESTABLISHED')],
      needs: withFilter,
      sources: ['RFC 3022 2.2', 'RFC 9293 3.5.2'],
    }),
    step('client-role-ends', [callback.closes(), outgoing.closes()], {
      before: `家のプログラムが、自分で作った接続を閉じます。
        The program at home closes the connection that it had made itself.`,
      after: `クライアントとしての接続だけが終わりました。待ち受けと、サーバーとしての接続は残っています。
        Only its connection as a client has ended. The listener and its connection as a server remain.`,
      expect: [listener.is('LISTEN'), connection.is('ESTABLISHED'), farConnection.is('CLOSE_WAIT')],
      needs: withFilter,
      sources: ['man 2 close'],
    }),
    step(
      'everyone-closes',
      [farConnection.closes(), farListener.closes(), neighbour.closes(), connection.closes(), listener.closes()],
      {
        before: {ja: '残りのソケットを閉じます。', en: 'The other sockets are closed.'},
        after: {ja: '終わりました。', en: 'That is all.'},
        expect: listener.isGone,
        needs: withFilter,
        sources: ['man 2 close'],
      },
    ),
  ],
  summary: `クライアントかサーバーかは、プログラムやコンピューターではなく、接続ごとに決まります。connect() した側がクライアント、accept() した側がサーバーです。だれがつなげるかは、bind() したアドレスと、そこまでの行き方で決まります。
    Client and server are roles in a connection, not kinds of program or computer: who called connect() is the client, who accepted is the server. Who can connect depends on the address that was bound, and on there being a way to it.`,
  review: [
    review('each-other', {actors: ['client', 'client-2']}, [
      step('scene', [...listensAt(listener, home, ownPort), ...listensAt(neighbourListener, routerInside, ownPort), ...connects(probe, at(routerInside, ownPort))], {
        before: {ja: '…', en: '…'},
        after: {ja: '…', en: '…'},
        needs: withFilter,
        sources: ['man 2 connect'],
      }),
      step('neighbour-connects', connects(neighbour, at(home, ownPort)), {
        before: {ja: '…', en: '…'},
        belief: 'a-program-has-one-role',
        question: {ja: '…', en: '…'},
        choices: [
          {text: {ja: 'a', en: 'a'}, claim: fails('ECONNREFUSED'), because: {ja: '…', en: '…'}},
          {text: {ja: 'b', en: 'b'}, claim: returns(0)},
        ],
        after: {ja: '…', en: '…'},
        expect: returns(0),
        needs: withFilter,
        sources: ['man 2 connect'],
      }),
      closing('close', [neighbour, probe, listener, neighbourListener], {needs: withFilter}),
    ]),
  ],
});
