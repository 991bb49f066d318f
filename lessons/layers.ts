import type {FramesClaim, Lesson, Payload} from '../src/model/lesson.ts';
import {allClosed, connected, reviewCloses} from './kit/connection.ts';

const text = (words: string): Payload => ({kind: 'text', text: words});
const hello = text('hello, world!');
const request = text('GET / HTTP/1.0\r\n\r\n');
const nothing: FramesClaim = {frames: [], only: true};

export const layers: Lesson = {
  id: 'layers',
  title: {ja: '層で見る通信', en: 'Layers'},
  about: {
    ja: '「hello, world!」は、どの層を通って届くのか',
    en: 'which layers hello, world! passes through on its way',
  },
  minutes: 7,
  picture: 'layers',
  beliefs: {
    'tcp-ip-is-one-layer': {ja: 'TCP/IP は、一つの層だ', en: 'TCP/IP is one layer'},
    'program-sees-headers': {
      ja: 'recv() で受け取るものには、TCP や IP のヘッダーも入っている',
      en: 'what recv() returns has the headers of TCP and IP in it',
    },
    'network-answers': {
      ja: 'つないで送れば、返事は TCP や net が用意してくれる',
      en: 'once connected, TCP or net takes care of the answer',
    },
  },
  steps: [
    {
      id: 'server-socket',
      actor: 'server',
      call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
      creates: 'listener',
      shows: 'picture',
      before: {
        ja: '通信の仕事は、役割ごとの「層」に分けて考えます。図の左は OSI 参照モデルの 7 層、右はインターネットで使われる TCP/IP の 4 層です。まず、サーバーが socket() でソケットを作ります。',
        en: 'The work of communication is divided into layers, each with a task of its own. On the left are the seven of the OSI model, on the right the four of TCP/IP, which the internet uses. First the server makes a socket.',
      },
      after: {
        ja: 'ソケットは層ではなく、プログラムとカーネルの境目にある窓口です。線より下は、カーネルと機器の仕事です。AF_INET で IPv4 を、SOCK_STREAM で TCP を選びました。かかわる層に印が付きます。',
        en: 'A socket is no layer. It is where a program meets the kernel, and what is below the line is work for the kernel and the hardware. AF_INET chose IPv4, and SOCK_STREAM chose TCP. The layers that a call concerns are marked.',
      },
      expect: {
        outcome: {kind: 'returns-descriptor'},
        sockets: [{kind: 'unlisted', socket: 'listener', state: 'CLOSE'}],
      },
      sources: ['man 2 socket', 'RFC 1122 1.1.3', 'ISO/IEC 7498-1'],
    },
    {
      id: 'server-bind',
      actor: 'server',
      call: {name: 'setsockopt', fd: 'listener', level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1},
      also: [{actor: 'server', call: {name: 'bind', fd: 'listener', address: 'server'}}],
      shows: 'picture',
      before: {
        ja: 'bind() で、ソケットに IP アドレス 127.0.0.1 とポート {port} を割り当てます。(その前の SO_REUSEADDR は、同じポートですぐ始め直すための設定です。)',
        en: 'bind() gives the socket the IP address 127.0.0.1 and the port {port}. (SO_REUSEADDR, before it, lets a server start again on the same port at once.)',
      },
      after: {
        ja: 'IP アドレスはインターネット層のもので、どのコンピューターかを示します。ポートはトランスポート層のもので、その中のどのプログラムあてかを示します。',
        en: 'The IP address belongs to the internet layer and says which computer. The port belongs to the transport layer and says which program on it.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [{kind: 'unlisted', socket: 'listener', state: 'CLOSE'}],
        wire: nothing,
      },
      sources: ['man 2 bind', 'man 7 ip'],
    },
    {
      id: 'client-udp',
      actor: 'client',
      call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_DGRAM', protocol: 0},
      creates: 'datagrams',
      also: [{actor: 'client', call: {name: 'bind', fd: 'datagrams', address: 'server'}}],
      shows: 'picture',
      before: {
        ja: 'クライアントが UDP のソケット(SOCK_DGRAM)を作り、サーバーの TCP と同じ 127.0.0.1、同じポート {port} に bind() します。',
        en: 'The client makes a UDP socket (SOCK_DGRAM) and binds it to the very address and port of the server’s TCP socket: 127.0.0.1, {port}.',
      },
      predict: {
        belief: 'tcp-ip-is-one-layer',
        question: {ja: 'この bind() は、どうなりますか。', en: 'What will this bind() do?'},
        choices: [
          {
            text: {
              ja: 'EADDRINUSE で失敗する。そのアドレスとポートは使用中だから',
              en: 'fail with EADDRINUSE: this address and port are taken',
            },
            claim: {outcome: {kind: 'fails', errno: 'EADDRINUSE'}},
            because: {
              ja: 'ポートは IP ではなく、その上の TCP や UDP が、それぞれ持っています。',
              en: 'Ports are not IP’s. TCP and UDP above it each have their own.',
            },
          },
          {
            text: {
              ja: '成功する。TCP と UDP のポートは別のものだから',
              en: 'work: TCP’s ports and UDP’s ports are different things',
            },
            claim: {outcome: {kind: 'returns', value: 0}},
          },
        ],
      },
      hint: {
        ja: 'TCP も UDP もトランスポート層のプロトコルで、どちらも IP の上にあります。',
        en: 'TCP and UDP are both protocols of the transport layer, and both stand on IP.',
      },
      after: {
        ja: '成功です。一つの IP の上に TCP と UDP があり、ポートは別々です。「TCP/IP」は一つの層ではなく、TCP(OSI の 4)や IP(同 3)などをまとめた、プロトコル群の名前です。',
        en: 'It worked: TCP and UDP stand side by side on one IP, each with its own ports. “TCP/IP” is no layer but the name of a family of protocols: TCP (OSI’s layer 4), IP (3) and others.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'datagrams', state: 'CLOSE', protocol: 'udp', local: {port: 'server'}},
          {kind: 'unlisted', socket: 'listener', state: 'CLOSE'},
        ],
        wire: nothing,
      },
      sources: ['man 7 udp', 'RFC 1122 1.1.3'],
    },
    {
      id: 'server-listen',
      actor: 'server',
      call: {name: 'listen', fd: 'listener', backlog: 5},
      shows: 'picture',
      before: {
        ja: 'サーバーに戻り、listen() で TCP の接続を待ち受けます。',
        en: 'Back to the server: listen() makes its socket ready to take TCP connections.',
      },
      after: {
        ja: '「接続」は TCP が作るものです。IP は一つ一つのパケットを運ぶだけで、届かないこともあります。順番を守り、なくなった分を送り直すのは TCP です。',
        en: 'A connection is something that TCP makes. IP only carries single packets, and some may get lost. TCP keeps the order, and sends again what is missing.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [{kind: 'listed', socket: 'listener', state: 'LISTEN'}],
        wire: nothing,
      },
      sources: ['man 2 listen', 'RFC 9293 2.2', 'RFC 791 1.2'],
    },
    {
      id: 'client-connect',
      actor: 'client',
      call: {name: 'close', fd: 'datagrams'},
      also: [
        {
          actor: 'client',
          call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
          creates: 'client',
        },
        {actor: 'client', call: {name: 'connect', fd: 'client', address: 'server'}},
      ],
      shows: 'picture',
      before: {
        ja: 'クライアントは UDP のソケットを閉じ、TCP のソケットを作り直して connect() します。',
        en: 'The client closes its UDP socket, makes a TCP socket and calls connect().',
      },
      after: {
        ja: '初めてパケットが行き来しました。接続を作るために TCP が出したものを、IP とリンク層が運びました。このコンピューターの中だけ(ループバック)なので、電気や光の信号(物理層)はありません。',
        en: 'Now packets went to and fro for the first time. IP and the link layer carried what TCP sent to make the connection. All this is inside one computer (loopback), so there is no signal on a wire and no physical layer.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'client', state: 'ESTABLISHED'},
          {kind: 'accept-queue', listener: 'listener', connections: 1},
        ],
        wire: {frames: [{flags: ['SYN']}, {flags: ['SYN', 'ACK']}, {flags: ['ACK']}], only: true},
      },
      sources: ['man 2 connect', 'RFC 9293 3.5'],
    },
    {
      id: 'server-accept',
      actor: 'server',
      call: {name: 'accept', fd: 'listener'},
      creates: 'connection',
      shows: 'picture',
      before: {
        ja: 'サーバーが accept() で、できている接続を受け取ります。',
        en: 'The server takes the finished connection with accept().',
      },
      after: {
        ja: 'この接続のための、新しいソケットです。ここまで、アプリケーションのデータは 1 バイトも送っていません。',
        en: 'A new socket, for this connection. So far not one byte of application data was sent.',
      },
      expect: {
        outcome: {kind: 'returns-descriptor'},
        sockets: [{kind: 'listed', socket: 'connection', state: 'ESTABLISHED'}],
        wire: nothing,
      },
      sources: ['man 2 accept'],
    },
    {
      id: 'client-send',
      actor: 'client',
      call: {name: 'send', fd: 'client', data: hello, flags: 0},
      shows: 'picture',
      before: {
        ja: 'クライアントが「hello, world!」の 13 バイトを送ります。',
        en: 'The client sends hello, world!, 13 bytes.',
      },
      after: {
        ja: '13 は、データだけの長さです。カーネルはその前に TCP、IP、リンク層のヘッダーを順に付けて送ります(カプセル化)。図は、そのようなフレームです(いま取ったものか、以前の記録かは、図の見出しにあります)。',
        en: '13 is the length of the data alone. The kernel puts headers before it, TCP’s, then IP’s, then the link layer’s: encapsulation. The picture is such a frame; its heading says whether it was captured just now or recorded earlier.',
      },
      expect: {
        outcome: {kind: 'returns-bytes', bytes: hello},
        sockets: [{kind: 'listed', socket: 'connection', state: 'ESTABLISHED', recvQueue: hello}],
        wire: {
          frames: [
            {from: 'client', length: hello},
            {from: 'server', flags: ['ACK'], length: 0},
          ],
        },
      },
      sources: ['man 2 send', 'RFC 9293 3.1', 'RFC 791 3.1'],
    },
    {
      id: 'server-recv',
      actor: 'server',
      call: {name: 'recv', fd: 'connection', length: 4096, flags: 0},
      shows: 'picture',
      before: {
        ja: 'サーバーが recv() で受け取ります。バッファーは 4096 バイト、十分な大きさです。',
        en: 'The server calls recv() with a buffer of 4096 bytes, more than enough.',
      },
      predict: {
        belief: 'program-sees-headers',
        question: {ja: 'recv() は、何バイトを返しますか。', en: 'How many bytes will recv() return?'},
        choices: [
          {
            text: {ja: '13(データだけ)', en: '13: the data alone'},
            claim: {outcome: {kind: 'returns', value: 13}},
          },
          {
            text: {ja: '45(TCP のヘッダー 32 バイトとデータ)', en: '45: TCP’s header of 32 bytes, and the data'},
            claim: {outcome: {kind: 'returns', value: 45}},
            because: {
              ja: 'TCP のヘッダーは、カーネルの中の TCP が使い、外します。',
              en: 'TCP, in the kernel, uses TCP’s header and takes it off.',
            },
          },
          {
            text: {ja: '79(全部のヘッダー 66 バイトとデータ)', en: '79: all headers, 66 bytes, and the data'},
            claim: {outcome: {kind: 'returns', value: 79}},
            because: {
              ja: 'ヘッダーは、カーネルの中でそれぞれの層が使い、外します。',
              en: 'Each layer, in the kernel, uses its own header and takes it off.',
            },
          },
        ],
      },
      hint: {
        ja: 'クライアントの send() が数えたのも、データの長さだけでした。',
        en: 'What the client’s send() counted was the length of the data alone.',
      },
      after: {
        ja: 'データの 13 バイトだけです。受け取る側では、リンク、IP、TCP の順にヘッダーが外されました。このソケットのプログラムに見えるのは、境目より上のものだけです。',
        en: 'Only the 13 bytes of data. On this side the headers came off again: the link layer’s, IP’s, TCP’s. With this socket a program sees what is above the line and no more.',
      },
      expect: {outcome: {kind: 'returns-bytes', bytes: hello}, wire: nothing},
      sources: ['man 2 recv', 'man 7 tcp'],
    },
    {
      id: 'client-recv',
      actor: 'client',
      call: {name: 'recv', fd: 'client', length: 4096, flags: 0},
      shows: 'picture',
      before: {
        ja: 'クライアントが recv() を呼びます。サーバーのプログラムは、まだ何も送っていません。',
        en: 'The client calls recv(). The server’s program has not sent anything yet.',
      },
      predict: {
        belief: 'network-answers',
        question: {ja: 'この recv() は、どうなりますか。', en: 'What will this recv() do?'},
        choices: [
          {
            text: {
              ja: '返事を受け取る。TCP が届いたことを知らせるから',
              en: 'get an answer: TCP reports that the data arrived',
            },
            claim: {outcome: {kind: 'returns-from', least: 1}},
            because: {
              ja: 'TCP の確認応答(ACK)は TCP どうしのもので、recv() には現れません。',
              en: 'TCP’s acknowledgment (ACK) is between the two TCPs. recv() never shows it.',
            },
          },
          {
            text: {ja: '0 を返す。返事がないという意味', en: 'return 0: there is no answer'},
            claim: {outcome: {kind: 'returns', value: 0}},
            because: {
              ja: '0 になるのは、相手が送信を終えたときです。',
              en: 'It is 0 once the peer has finished sending.',
            },
          },
          {
            text: {
              ja: '待つ。返すかどうかは、サーバーのプログラムしだい',
              en: 'wait: whether there is an answer is up to the server’s program',
            },
            claim: {outcome: {kind: 'waits'}},
          },
        ],
      },
      hint: {
        ja: 'recv() が渡すのは、相手のプログラムが送ったバイトだけです。',
        en: 'recv() hands over what the other program has sent, and nothing else.',
      },
      after: {
        ja: '待っています。線の上では、さきほど ACK が返りましたが、recv() には現れません。だれが先に話し、何を返し、どこで終わるか。それを決めるのがアプリケーション層のプロトコルで、TCP は決めてくれません。',
        en: 'It waits. On the wire an ACK came back a while ago, but recv() does not show it. Who speaks first, what the answer is, where it ends: that is for an application-layer protocol to say. TCP does not.',
      },
      expect: {outcome: {kind: 'waits'}, wire: nothing},
      sources: ['man 2 recv', 'RFC 1122 1.1.3'],
    },
    {
      id: 'server-answer',
      actor: 'server',
      call: {name: 'send', fd: 'connection', data: text('welcome'), flags: 0},
      shows: 'picture',
      node: `import net from 'node:net';  // part of Node, nothing to install
// net hands bytes to TCP. What they mean is your protocol:
socket.once('data', () => socket.write('welcome'));`,
      before: {
        ja: 'サーバーが「welcome」と返します。「話しかけられたら welcome と返す」と決めたのは、このプログラムです。',
        en: 'The server answers welcome. That whoever speaks to it gets “welcome” is a rule of this program’s own.',
      },
      after: {
        ja: 'これで、小さなアプリケーション層プロトコルができました。Node の net は、TCP などを使うための API です。プロトコルを作るのは、net ではなく、バイトの意味と順番を決めたプログラムです。',
        en: 'That makes a small application-layer protocol. Node’s net is an API for using TCP. It makes no protocol. Your program does, by deciding what the bytes mean and who sends when.',
      },
      expect: {
        outcome: {kind: 'returns-bytes', bytes: text('welcome')},
        completes: {step: 'client-recv', outcome: {kind: 'returns-bytes', bytes: text('welcome')}},
        wire: {frames: [{from: 'server', length: 7}]},
      },
      sources: ['man 2 send', 'Node.js net'],
    },
    {
      id: 'close',
      ...allClosed,
      shows: 'picture',
      before: {ja: '最後に、両側のソケットを閉じます。', en: 'Finally, the sockets of both sides are closed.'},
      after: {
        ja: '「終わり」を伝える FIN も TCP のもので、IP とリンク層が運びました。OSI の第 5 層と第 6 層に当たるヘッダーは、ありませんでした。文字コードを選ぶこと(第 6 層)などは、プログラムの仕事です。',
        en: 'FIN, which marks the end, is TCP’s too; IP and the link layer carried it. OSI’s layers 5 and 6 had no header of their own: choosing an encoding, a task of 6, is up to the program.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'gone', socket: 'connection'},
          {kind: 'gone', socket: 'listener'},
        ],
        wire: {
          frames: [
            {from: 'client', flags: ['FIN', 'ACK']},
            {from: 'server', flags: ['FIN', 'ACK']},
          ],
        },
      },
      sources: ['man 2 close', 'RFC 9293 3.6'],
    },
  ],
  summary: {
    ja: 'プログラムのデータを TCP(トランスポート層)、IP(インターネット層)、リンク層が順に包んで運びます。ソケット API は層ではなく、プログラムとカーネルの境目です。OSI の 7 層は考えるための地図で、TCP/IP では、上の 3 つの仕事をアプリケーション層が受け持ちます。そこを作るのは、あなたのプログラムです。',
    en: 'A program’s data is wrapped by TCP (transport layer), IP (internet layer) and the link layer in turn. The socket API is no layer; it is the line between program and kernel. OSI’s seven layers are a map for thinking. In TCP/IP the application layer has the tasks of the upper three, and that layer is for your program to make.',
  },
  review: [
    {
      id: 'datagrams-first',
      belief: 'tcp-ip-is-one-layer',
      steps: [
        {
          id: 'udp-has-it',
          actor: 'server',
          call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_DGRAM', protocol: 0},
          creates: 'datagrams',
          also: [{actor: 'server', call: {name: 'bind', fd: 'datagrams', address: 'server'}}],
          before: {
            ja: '今度は UDP のサーバーが先です。127.0.0.1 のポート {port} に bind() します。',
            en: 'This time a UDP server comes first, and binds to 127.0.0.1, port {port}.',
          },
          after: {ja: 'UDP のサーバーが始まりました。', en: 'The UDP server is there.'},
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [{kind: 'listed', socket: 'datagrams', state: 'CLOSE', protocol: 'udp'}],
          },
          sources: ['man 7 udp'],
        },
        {
          id: 'tcp-wants-it',
          actor: 'client',
          call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
          creates: 'stream',
          also: [
            {
              actor: 'client',
              call: {name: 'setsockopt', fd: 'stream', level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1},
            },
            {actor: 'client', call: {name: 'bind', fd: 'stream', address: 'server'}},
            {actor: 'client', call: {name: 'listen', fd: 'stream', backlog: 5}},
          ],
          before: {
            ja: 'もう一つのプロセスが、同じポート {port} に TCP のソケットを bind() し、listen() します。',
            en: 'Another process binds a TCP socket to the same port {port} and calls listen().',
          },
          predict: {
            belief: 'tcp-ip-is-one-layer',
            question: {ja: 'TCP のソケットは、どうなりますか。', en: 'What will become of the TCP socket?'},
            choices: [
              {
                text: {ja: 'LISTEN になる', en: 'it goes to LISTEN'},
                claim: {sockets: [{kind: 'listed', socket: 'stream', state: 'LISTEN', local: {port: 'server'}}]},
              },
              {
                text: {ja: 'ポートは使用中で、使えない', en: 'it cannot have the port, which is in use'},
                claim: {sockets: [{kind: 'unlisted', socket: 'stream', state: 'CLOSE'}]},
                because: {
                  ja: 'UDP が使っているのは UDP のポートです。TCP のポートは空いています。',
                  en: 'What UDP has is a port of UDP. TCP’s port of that number is free.',
                },
              },
            ],
          },
          after: {
            ja: 'LISTEN になりました。TCP と UDP は、IP の上の別々のプロトコルで、ポートも別々です。',
            en: 'It listens. TCP and UDP are two protocols on IP, and each has ports of its own.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [
              {kind: 'listed', socket: 'stream', state: 'LISTEN', local: {port: 'server'}},
              {kind: 'listed', socket: 'datagrams', state: 'CLOSE', protocol: 'udp'},
            ],
          },
          sources: ['man 7 udp', 'man 7 tcp'],
        },
        {
          ...reviewCloses,
          actor: 'client',
          call: {name: 'close', fd: 'stream'},
          also: [{actor: 'server', call: {name: 'close', fd: 'datagrams'}}],
          expect: {outcome: {kind: 'returns', value: 0}},
        },
      ],
    },
    {
      id: 'one-byte',
      belief: 'program-sees-headers',
      steps: [
        {
          id: 'one-byte-sent',
          ...connected,
          also: [
            ...(connected.also ?? []),
            {actor: 'server', call: {name: 'send', fd: 'connection', data: text('!'), flags: 0}},
          ],
          before: {
            ja: 'サーバーがクライアントに、1 バイトだけ送ります。',
            en: 'A server sends its client a single byte.',
          },
          after: {ja: '1 バイトが送られました。', en: 'One byte was sent.'},
          expect: {outcome: {kind: 'returns', value: 1}},
          sources: ['man 2 send'],
        },
        {
          id: 'one-byte-received',
          actor: 'client',
          call: {name: 'recv', fd: 'client', length: 4096, flags: 0},
          before: {
            ja: 'クライアントが recv(…, 4096) を呼びます。',
            en: 'The client calls recv(…, 4096).',
          },
          predict: {
            belief: 'program-sees-headers',
            question: {ja: '何バイトが返りますか。', en: 'How many bytes will it get?'},
            choices: [
              {
                text: {
                  ja: 'TCP と IP のヘッダーの分だけ、1 より多い',
                  en: 'more than 1: TCP’s and IP’s headers are with it',
                },
                claim: {outcome: {kind: 'returns-from', least: 2}},
                because: {
                  ja: 'ヘッダーは、カーネルの中で外されました。',
                  en: 'The headers came off in the kernel.',
                },
              },
              {text: {ja: '1', en: '1'}, claim: {outcome: {kind: 'returns', value: 1}}},
            ],
          },
          after: {
            ja: '1 バイトです。ヘッダーは層どうしのもので、TCP のソケットからは渡されません。',
            en: '1. Headers are for the layers among themselves; no TCP socket hands them to a program.',
          },
          expect: {outcome: {kind: 'returns-bytes', bytes: text('!')}},
          sources: ['man 2 recv'],
        },
        reviewCloses,
      ],
    },
    {
      id: 'http-by-itself',
      belief: 'network-answers',
      steps: [
        {
          id: 'request-sent',
          ...connected,
          also: [
            ...(connected.also ?? []),
            {actor: 'client', call: {name: 'send', fd: 'client', data: request, flags: 0}},
          ],
          before: {
            ja: 'クライアントが、Web ブラウザーのように HTTP の要求を送ります。サーバーは socket() から accept() までを済ませただけです。',
            en: 'A client sends an HTTP request, as a web browser would. The server has done socket() to accept() and nothing else.',
          },
          after: {
            ja: '要求は、サーバー側の受信キューに届きました。',
            en: 'The request is in the server’s receive queue.',
          },
          expect: {outcome: {kind: 'returns-bytes', bytes: request}},
          sources: ['RFC 9110'],
        },
        {
          id: 'answer-wanted',
          actor: 'client',
          call: {name: 'recv', fd: 'client', length: 4096, flags: 0},
          before: {ja: 'クライアントが recv() で返事を読みます。', en: 'The client calls recv() for the answer.'},
          predict: {
            belief: 'network-answers',
            question: {ja: 'recv() はどうなりますか。', en: 'What will recv() do?'},
            choices: [
              {
                text: {ja: '待つ', en: 'wait'},
                claim: {outcome: {kind: 'waits'}},
              },
              {
                text: {ja: 'HTTP の応答を受け取る', en: 'get an HTTP response'},
                claim: {outcome: {kind: 'returns-from', least: 1}},
                because: {
                  ja: 'カーネルは HTTP を知りません。応答を作るのは、サーバーのプログラムです。',
                  en: 'The kernel knows no HTTP. It takes a program to make the response.',
                },
              },
            ],
          },
          after: {
            ja: '待っています。HTTP はアプリケーション層のプロトコルで、プログラムが読み、答えます。',
            en: 'It waits. HTTP is an application-layer protocol: a program has to read it and to answer.',
          },
          expect: {outcome: {kind: 'waits'}},
          sources: ['man 2 recv'],
        },
        {
          id: 'program-answers',
          actor: 'server',
          call: {name: 'recv', fd: 'connection', length: 4096, flags: 0},
          also: [
            {
              actor: 'server',
              call: {name: 'send', fd: 'connection', data: text('HTTP/1.0 204 No Content\r\n\r\n'), flags: 0},
            },
          ],
          before: {
            ja: 'サーバーのプログラムが要求を読み、応答を書きます。',
            en: 'The server’s program reads the request and writes a response.',
          },
          after: {ja: 'これで、クライアントの recv() が返りました。', en: 'Now the client’s recv() has returned.'},
          expect: {
            outcome: {kind: 'returns-from', least: 1},
            completes: {step: 'answer-wanted', outcome: {kind: 'returns-from', least: 1}},
          },
          sources: ['RFC 9110'],
        },
        reviewCloses,
      ],
    },
  ],
};
