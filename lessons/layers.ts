import {text} from './kit/bytes.ts';
import {closesAll, connects, joins} from './kit/calls.ts';
import {closing} from './kit/closing.ts';
import {lesson, review} from './kit/lesson.ts';
import {completes, fails, received, returns, returnsFrom, sentAll, waits} from './kit/outcomes.ts';
import {ack, nothingPasses, passes, passesOnly} from './kit/segments.ts';
import {sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';

const {listener, connection, client, stream, datagrams} = sockets({
  server: ['listener', 'connection'],
  client: ['client', 'stream', 'datagrams'],
});
// In a review it is the server that has a socket of this name.
const {datagrams: serverDatagrams} = sockets({server: ['datagrams']});

const hello = text('hello, world!');
const request = text('GET / HTTP/1.0\r\n\r\n');

export const layers = lesson({
  id: 'layers',
  title: {ja: '層で見る通信', en: 'Layers'},
  about: {
    ja: '「hello, world!」は、何に包まれて相手に届くのか',
    en: 'What is hello, world! wrapped in on its way to the other side?',
  },
  minutes: 7,
  picture: 'layers',
  beliefs: {
    'tcp-ip-is-one-layer': {ja: 'TCP/IP は、一つの層だ', en: 'TCP/IP is one layer'},
    'program-sees-headers': `recv() で受け取るものには、TCP や IP のヘッダーも入っている
      what recv() returns has the headers of TCP and IP in it`,
    'network-answers': `つないで送れば、返事は TCP や net が用意してくれる
      once connected, TCP or net takes care of the answer`,
  },
  steps: [
    step('server-socket', listener.opens(), {
      shows: 'picture',
      before: `通信の仕事は、役割ごとの「層」に分けて考えます。図の左は OSI 参照モデルの 7 層、右はインターネットで使われる TCP/IP の 4 層です。まず、サーバーが socket() でソケットを作ります。
        The work of communication is divided into layers, each with a task of its own. On the left are the seven of the OSI model, on the right the four of TCP/IP, which the internet uses. First the server makes a socket.`,
      after: `ソケットは層ではなく、プログラムとカーネルの境目にある窓口です。線より下は、カーネルと機器の仕事です。AF_INET で IPv4 を、SOCK_STREAM で TCP を選びました。返った番号が、このソケットを指します。まだ、つながっていません(CLOSE)。
        A socket is no layer. It is where a program meets the kernel, and what is below the line is work for the kernel and the hardware. AF_INET chose IPv4, and SOCK_STREAM chose TCP. The number that came back stands for this socket. It is not connected (CLOSE).`,
      expect: listener.isUnlisted('CLOSE'),
      sources: ['man 2 socket', 'RFC 1122 1.1.3', 'ISO/IEC 7498-1'],
    }),
    step('server-bind', [listener.sets('SO_REUSEADDR', 1), listener.binds()], {
      shows: 'picture',
      before: `bind() で、ソケットに IP アドレス 127.0.0.1 とポート {port} を割り当てます。(その前の SO_REUSEADDR は、同じポートですぐ始め直すための設定です。)
        bind() gives the socket the IP address 127.0.0.1 and the port {port}. (SO_REUSEADDR, before it, lets a server start again on the same port at once.)`,
      after: `IP アドレスはインターネット層のもので、どのコンピューターかを示します。ポートはトランスポート層のもので、その中のどのプログラムあてかを示します。
        The IP address belongs to the internet layer and says which computer. The port belongs to the transport layer and says which program on it.`,
      expect: [listener.isUnlisted('CLOSE'), nothingPasses],
      sources: ['man 2 bind', 'man 7 ip'],
    }),
    step('server-listen', listener.listens(), {
      shows: 'picture',
      before: `listen() で、TCP の接続を待ち受けます。
        listen() makes the socket ready to take TCP connections.`,
      after: `「接続」は TCP が作るものです。IP は一つ一つのパケットを運ぶだけで、届かないこともあります。順番を守り、なくなった分を送り直すのは TCP です。
        A connection is something that TCP makes. IP only carries single packets, and some may get lost. TCP keeps the order, and sends again what is missing.`,
      expect: [listener.is('LISTEN'), nothingPasses],
      sources: ['man 2 listen', 'RFC 9293 2.2', 'RFC 791 1.2'],
    }),
    step('client-connect', connects(client), {
      shows: 'picture',
      before: `クライアントも TCP のソケットを作り、サーバーの 127.0.0.1:{port} に connect() します。
        The client makes a TCP socket as well, and calls connect() for the server’s 127.0.0.1:{port}.`,
      after: `初めてパケットが行き来しました。接続を作るために TCP が出したものを、IP とリンク層が運びました。このコンピューターの中だけ(ループバック)なので、電気や光の信号(物理層)はありません。
        Packets have now travelled both ways for the first time. IP and the link layer carried what TCP sent to make the connection. All this is inside one computer (loopback), so there is no signal on a wire and no physical layer.`,
      expect: [
        client.is('ESTABLISHED'),
        listener.queue(1),
        passesOnly({flags: ['SYN']}, {flags: ['SYN', 'ACK']}, {flags: ['ACK']}),
      ],
      sources: ['man 2 connect', 'RFC 9293 3.5'],
    }),
    step('server-accept', listener.accepts(connection), {
      shows: 'picture',
      before: `サーバーが accept() で、できている接続を受け取ります。
        The server takes the finished connection with accept().`,
      after: `この接続のための、新しいソケットです。ここまで、アプリケーションのデータは 1 バイトも送っていません。
        A new socket, for this connection. So far not one byte of application data was sent.`,
      expect: [connection.is('ESTABLISHED'), nothingPasses],
      sources: ['man 2 accept'],
    }),
    step('client-send', client.sends(hello), {
      shows: 'picture',
      before: `クライアントが「hello, world!」の 13 バイトを送ります。
        The client sends hello, world!, 13 bytes.`,
      after: `13 は、データだけの長さです。カーネルはその前に TCP、IP、リンク層のヘッダーを順に付けて送ります(カプセル化)。図は、そのようなフレームです(いま取ったものか、以前の記録かは、図の見出しにあります)。
        13 is the length of the data alone. The kernel puts headers before it, TCP’s, then IP’s, then the link layer’s: encapsulation. The picture is such a frame; its heading says whether it was captured just now or recorded earlier.`,
      expect: [
        sentAll(hello),
        connection.is('ESTABLISHED', {recvQueue: hello}),
        passes({from: 'client', length: hello}, ack('server')),
      ],
      sources: ['man 2 send', 'RFC 9293 3.1', 'RFC 791 3.1'],
    }),
    step('server-recv', connection.receives(), {
      shows: 'picture',
      before: `サーバーが recv() で受け取ります。バッファーは 4096 バイト、十分な大きさです。
        The server calls recv() with a buffer of 4096 bytes, more than enough.`,
      belief: 'program-sees-headers',
      question: {ja: 'recv() は、何バイトを返しますか。', en: 'How many bytes will recv() return?'},
      choices: [
        {text: {ja: '13。データだけ', en: '13: the data alone'}, claim: returns(13)},
        {
          text: {ja: '45。TCP のヘッダー 32 バイトとデータ', en: '45: TCP’s header of 32 bytes, and the data'},
          claim: returns(45),
          because: `TCP のヘッダーは、カーネルの中の TCP が使い、外します。
            TCP, in the kernel, uses TCP’s header and takes it off.`,
        },
        {
          text: {ja: '79。全部のヘッダー 66 バイトとデータ', en: '79: all headers, 66 bytes, and the data'},
          claim: returns(79),
          because: `ヘッダーは、カーネルの中でそれぞれの層が使い、外します。
            Each layer, in the kernel, uses its own header and takes it off.`,
        },
      ],
      hint: `クライアントの send() が数えたのも、データの長さだけでした。
        What the client’s send() counted was the length of the data alone.`,
      after: `データの 13 バイトだけです。受け取る側では、リンク、IP、TCP の順にヘッダーが外されました。このソケットのプログラムに見えるのは、境目より上のものだけです。
        Only the 13 bytes of data. On this side the headers came off again: the link layer’s, IP’s, TCP’s. With this socket a program sees what is above the line and no more.`,
      expect: [received(hello), nothingPasses],
      sources: ['man 2 recv', 'man 7 tcp'],
    }),
    step('client-recv', client.receives(), {
      shows: 'picture',
      before: `クライアントが recv() を呼びます。サーバーのプログラムは、まだ何も送っていません。
        The client calls recv(). The server’s program has not sent anything yet.`,
      belief: 'network-answers',
      question: {ja: 'この recv() は、どうなりますか。', en: 'What will this recv() do?'},
      choices: [
        {
          text: `返事を受け取る。TCP が届いたことを知らせるから
            get an answer: TCP reports that the data arrived`,
          claim: returnsFrom(1),
          because: `TCP の確認応答(ACK)は TCP どうしのもので、recv() には現れません。
            TCP’s acknowledgment (ACK) is between the two TCPs. recv() never shows it.`,
        },
        {
          text: {ja: '0 を返す。返事がないという意味', en: 'return 0: there is no answer'},
          claim: returns(0),
          because: `0 になるのは、相手が送信を終えたときです。
            It is 0 once the peer has finished sending.`,
        },
        {
          text: `待つ。返すかどうかは、サーバーのプログラムしだい
            wait: whether there is an answer is up to the server’s program`,
          claim: asClaimed.of('outcome'),
        },
      ],
      hint: `recv() が渡すのは、相手のプログラムが送ったバイトだけです。
        recv() hands over what the other program has sent, and nothing else.`,
      after: `待っています。線の上では、さきほど ACK が返りましたが、recv() には現れません。だれが先に話し、何を返し、どこで終わるか。それを決めるのがアプリケーション層のプロトコルで、TCP は決めてくれません。
        It waits. On the wire an ACK came back a while ago, but recv() does not show it. Who speaks first, what the answer is, where it ends: that is for an application-layer protocol to say. TCP does not.`,
      expect: [waits, nothingPasses],
      sources: ['man 2 recv', 'RFC 1122 1.1.3'],
    }),
    step('server-answer', connection.sends('welcome'), {
      shows: 'picture',
      node: `import net from 'node:net';  // part of Node, nothing to install
// net hands bytes to TCP. What they mean is your protocol:
socket.once('data', () => socket.write('welcome'));`,
      before: `サーバーが「welcome」と返します。「話しかけられたら welcome と返す」と決めたのは、このプログラムです。
        The server answers welcome. That whoever speaks to it gets “welcome” is a rule of this program’s own.`,
      after: `これで、小さなアプリケーション層プロトコルができました。Node の net は、TCP などを使うための API です。プロトコルを作るのは、net ではなく、バイトの意味と順番を決めたプログラムです。
        That makes a small application-layer protocol. Node’s net is an API for using TCP. It makes no protocol. Your program does, by deciding what the bytes mean and who sends when.`,
      expect: [sentAll('welcome'), completes('client-recv', received('welcome')), passes({from: 'server', length: 7})],
      sources: ['man 2 send', 'Node.js net'],
    }),
    step('client-udp', [datagrams.opens('SOCK_DGRAM'), datagrams.binds()], {
      shows: 'picture',
      before: `トランスポート層には、UDP というプロトコルもあります。クライアントが UDP のソケット(SOCK_DGRAM)を作り、サーバーの TCP と同じ 127.0.0.1、同じポート {port} に bind() します。
        The transport layer has another protocol, UDP. The client makes a UDP socket (SOCK_DGRAM) and binds it to the very address and port of the server’s TCP socket: 127.0.0.1, {port}.`,
      belief: 'tcp-ip-is-one-layer',
      question: {ja: 'この bind() は、どうなりますか。', en: 'What will this bind() do?'},
      choices: [
        {
          text: `EADDRINUSE で失敗する。そのアドレスとポートは使用中だから
            fail with EADDRINUSE: this address and port are taken`,
          claim: fails('EADDRINUSE'),
          because: `ポートは IP ではなく、その上の TCP や UDP が、それぞれ持っています。
            Ports are not IP’s. TCP and UDP above it each have their own.`,
        },
        {
          text: `成功する。TCP と UDP のポートは別のものだから
            work: TCP’s ports and UDP’s ports are different things`,
          claim: asClaimed.of('outcome'),
        },
      ],
      hint: `TCP も UDP もトランスポート層のプロトコルで、どちらも IP の上にあります。
        TCP and UDP are both protocols of the transport layer, and both stand on IP.`,
      after: `成功です(UNCONN は、相手の決まっていない UDP のソケットです)。一つの IP の上に TCP と UDP があり、ポートは別々です。「TCP/IP」は一つの層ではなく、TCP(OSI の 4)や IP(同 3)などをまとめた、プロトコル群の名前です。
        It worked (UNCONN is a UDP socket that has no peer): TCP and UDP stand side by side on one IP, each with its own ports. “TCP/IP” is no layer but the name of a family of protocols: TCP (OSI’s layer 4), IP (3) and others.`,
      expect: [
        datagrams.is('CLOSE', {protocol: 'udp', local: {port: 'server'}}),
        listener.is('LISTEN', {local: {port: 'server'}}),
      ],
      sources: ['man 7 udp', 'RFC 1122 1.1.3'],
    }),
    step('close', closesAll(datagrams, client, connection, listener), {
      shows: 'picture',
      before: {ja: '最後に、両側のソケットを閉じます。', en: 'Finally, the sockets of both sides are closed.'},
      after: `「終わり」を伝える FIN も TCP のもので、IP とリンク層が運びました。OSI の第 5 層と第 6 層に当たるヘッダーは、ありませんでした。文字コードを選ぶこと(第 6 層)などは、プログラムの仕事です。
        FIN, which marks the end, is TCP’s too; IP and the link layer carried it. OSI’s layers 5 and 6 had no header of their own: choosing an encoding, a task of 6, is up to the program.`,
      expect: [
        connection.isGone,
        listener.isGone,
        passes({from: 'client', flags: ['FIN', 'ACK']}, {from: 'server', flags: ['FIN', 'ACK']}),
      ],
      sources: ['man 2 close', 'RFC 9293 3.6'],
    }),
  ],
  summary: `プログラムのデータを TCP(トランスポート層)、IP(インターネット層)、リンク層が順に包んで運びます。ソケット API は層ではなく、プログラムとカーネルの境目です。OSI の 7 層は考えるための地図で、TCP/IP では、上の 3 つの仕事をアプリケーション層が受け持ちます。そこを作るのは、あなたのプログラムです。
    A program’s data is wrapped by TCP (transport layer), IP (internet layer) and the link layer in turn. The socket API is no layer; it is the line between program and kernel. OSI’s seven layers are a map for thinking. In TCP/IP the application layer has the tasks of the upper three, and that layer is for your program to make.`,
  review: [
    review('datagrams-first', [
      step('udp-has-it', [serverDatagrams.opens('SOCK_DGRAM'), serverDatagrams.binds()], {
        before: `今度は UDP のサーバーが先です。127.0.0.1 のポート {port} に bind() します。
          This time a UDP server comes first, and binds to 127.0.0.1, port {port}.`,
        after: {ja: 'UDP のサーバーが始まりました。', en: 'The UDP server is there.'},
        expect: serverDatagrams.is('CLOSE', {protocol: 'udp'}),
        sources: ['man 7 udp'],
      }),
      step('tcp-wants-it', [stream.opens(), stream.sets('SO_REUSEADDR', 1), stream.binds(), stream.listens()], {
        before: `もう一つのプロセスが、同じポート {port} に TCP のソケットを bind() し、listen() します。
          Another process binds a TCP socket to the same port {port} and calls listen().`,
        belief: 'tcp-ip-is-one-layer',
        question: {ja: 'TCP のソケットは、どうなりますか。', en: 'What will become of the TCP socket?'},
        choices: [
          {text: {ja: 'LISTEN になる', en: 'it goes to LISTEN'}, claim: stream.is('LISTEN', {local: {port: 'server'}})},
          {
            text: {ja: 'ポートは使用中で、使えない', en: 'it cannot have the port, which is in use'},
            claim: stream.isUnlisted('CLOSE'),
            because: `UDP が使っているのは UDP のポートです。TCP のポートは空いています。
              What UDP has is a port of UDP. TCP’s port of that number is free.`,
          },
        ],
        after: `LISTEN になりました。TCP と UDP は、IP の上の別々のプロトコルで、ポートも別々です。
          It listens. TCP and UDP are two protocols on IP, and each has ports of its own.`,
        expect: [stream.is('LISTEN', {local: {port: 'server'}}), serverDatagrams.is('CLOSE', {protocol: 'udp'})],
        sources: ['man 7 udp', 'man 7 tcp'],
      }),
      closing('close', [stream, serverDatagrams]),
    ]),
    review('one-byte', [
      step('one-byte-sent', [...joins(listener, client, connection), connection.sends('!')], {
        before: `サーバーがクライアントに、1 バイトだけ送ります。
          A server sends its client a single byte.`,
        after: {ja: '1 バイトが送られました。', en: 'One byte was sent.'},
        expect: returns(1),
        sources: ['man 2 send'],
      }),
      step('one-byte-received', client.receives(), {
        before: {ja: 'クライアントが recv(…, 4096) を呼びます。', en: 'The client calls recv(…, 4096).'},
        belief: 'program-sees-headers',
        question: {ja: '何バイトが返りますか。', en: 'How many bytes will it get?'},
        choices: [
          {
            text: `TCP と IP のヘッダーの分だけ、1 より多い
              more than 1: TCP’s and IP’s headers are with it`,
            claim: returnsFrom(2),
            because: {ja: 'ヘッダーは、カーネルの中で外されました。', en: 'The headers came off in the kernel.'},
          },
          {text: {ja: '1', en: '1'}, claim: returns(1)},
        ],
        after: `1 バイトです。ヘッダーは層どうしのもので、TCP のソケットからは渡されません。
          recv() returned 1. Headers are for the layers among themselves; no TCP socket hands them to a program.`,
        expect: received('!'),
        sources: ['man 2 recv'],
      }),
      closing('close', [client, connection, listener], {expect: [connection.isGone, listener.isGone]}),
    ]),
    review('http-by-itself', [
      step('request-sent', [...joins(listener, client, connection), client.sends(request)], {
        before: `クライアントが、Web ブラウザーのように HTTP の要求を送ります。サーバーは socket() から accept() までを済ませただけです。
          A client sends an HTTP request, as a web browser would. The server has done socket() to accept() and nothing else.`,
        after: `要求は、サーバー側の受信キューに届きました。
          The request is in the server’s receive queue.`,
        expect: sentAll(request),
        sources: ['RFC 9110'],
      }),
      step('answer-wanted', client.receives(), {
        before: {ja: 'クライアントが recv() で返事を読みます。', en: 'The client calls recv() for the answer.'},
        belief: 'network-answers',
        question: {ja: 'recv() はどうなりますか。', en: 'What will recv() do?'},
        choices: [
          {text: {ja: '待つ', en: 'wait'}, claim: asClaimed},
          {
            text: {ja: 'HTTP の応答を受け取る', en: 'get an HTTP response'},
            claim: returnsFrom(1),
            because: `カーネルは HTTP を知りません。応答を作るのは、サーバーのプログラムです。
              The kernel knows no HTTP. It takes a program to make the response.`,
          },
        ],
        after: `待っています。HTTP はアプリケーション層のプロトコルで、プログラムが読み、答えます。
          It waits. HTTP is an application-layer protocol: a program has to read it and to answer.`,
        expect: waits,
        sources: ['man 2 recv'],
      }),
      step('program-answers', [connection.receives(), connection.sends('HTTP/1.0 204 No Content\r\n\r\n')], {
        before: `サーバーのプログラムが要求を読み、応答を書きます。
          The server’s program reads the request and writes a response.`,
        after: {ja: 'これで、クライアントの recv() が返りました。', en: 'Now the client’s recv() has returned.'},
        expect: [returnsFrom(1), completes('answer-wanted', returnsFrom(1))],
        sources: ['RFC 9110'],
      }),
      closing('close', [client, connection, listener], {expect: [connection.isGone, listener.isGone]}),
    ]),
  ],
});
