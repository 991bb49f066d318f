import type {ActorName} from '../src/model/actor.ts';
import {messageFlags} from '../src/model/call.ts';
import type {Act, FrameClaim, FramesClaim, Lesson, SocketName, Step} from '../src/model/lesson.ts';
import {accepts, bindsServer, closes, connects, inOneStep, joins, receives, sends} from './kit/acts.ts';

/** Bytes asked for. The kernel doubles them for its own keeping (man 7 socket), and offers so many as its window. */
const small = 4096;
/** Half of it: no segment of the sender's is larger than half of the largest window that it has seen. */
const half = small / 2;
/** More than two small buffers hold. */
const much = 30_000;
const aLittle = 100;
/** More than a window of 16 bits could offer. */
const roomy = 150_000;

const sendsMuch = (actor: ActorName, fd: SocketName, count: number): Act => ({
  actor,
  call: {name: 'send', fd, data: {kind: 'fill', byte: 0x61, count}, flags: 0},
});

/** Sleeps until all of them are there. */
const receivesAll = (actor: ActorName, fd: SocketName, count: number): Act =>
  receives(actor, fd, count, messageFlags.MSG_WAITALL);

const limits = (actor: ActorName, fd: SocketName, option: 'SO_SNDBUF' | 'SO_RCVBUF', value = small): Act => ({
  actor,
  call: {name: 'setsockopt', fd, level: 'SOL_SOCKET', option, value},
});

const listen: Act = {actor: 'server', call: {name: 'listen', fd: 'listener', backlog: 5}};
const [makesClient, clientConnects] = connects('client', 'client');

/** The server has little room to receive, and the client little room for what it cannot send. */
const narrow: readonly [Act, ...Act[]] = [
  ...bindsServer,
  limits('server', 'listener', 'SO_RCVBUF'),
  listen,
  makesClient,
  limits('client', 'client', 'SO_SNDBUF'),
  clientConnects,
  accepts('connection'),
];

/** The other way round: the client has little room to receive. */
const narrowBack: readonly [Act, ...Act[]] = [
  ...bindsServer,
  limits('server', 'listener', 'SO_SNDBUF'),
  listen,
  makesClient,
  limits('client', 'client', 'SO_RCVBUF'),
  clientConnects,
  accepts('connection'),
];

type Side = 'server' | 'client';
const other = {server: 'client', client: 'server'} as const;

const shut = (reader: Side): FrameClaim => ({from: reader, flags: ['ACK'], length: 0, window: 0});
const opens = (reader: Side): FrameClaim => ({from: reader, flags: ['ACK'], length: 0, window: {least: 1}});
const probe = (writer: Side): FrameClaim => ({from: writer, flags: ['ACK'], length: 0});

/** The window is shut, and the writer has asked for it twice. */
const probed = (reader: Side): FramesClaim => ({
  frames: [shut(reader), probe(other[reader]), {...probe(other[reader]), afterMs: {least: 100}}],
});

/** The kernel's timers for probes: about 0.2 s, 0.4 s, and so on. */
const probesMs = 10_000;

const clearAway: Step = {
  id: 'clear-away',
  ...inOneStep(closes('client', 'client'), closes('server', 'connection'), closes('server', 'listener')),
  before: {ja: 'ソケットを閉じます。', en: 'The sockets are closed.'},
  after: {ja: '閉じました。', en: 'Closed.'},
  expect: {outcome: {kind: 'returns', value: 0}},
  sources: ['man 2 close'],
};

export const window: Lesson = {
  id: 'window',
  title: {ja: 'ウィンドウ', en: 'The window'},
  about: {
    ja: '読まない相手に、カーネルはどう気付き、どう待つか。ウィンドウ 0、プローブ、更新を線の上で見る',
    en: 'how a kernel learns that nobody reads, and how it waits: zero window, probes and updates on the wire',
  },
  minutes: 9,
  network: 'private',
  actors: ['server', 'client', 'network'],
  beliefs: {
    'ack-means-read': {
      ja: 'ACK が返れば、相手のプログラムが読んだということだ',
      en: 'an ACK means that the other program has read my bytes',
    },
    'zero-window-is-silence': {
      ja: 'ウィンドウが 0 になったら、開くまで線の上には何も流れない',
      en: 'once the window is 0, nothing passes until it opens',
    },
    'recv-sends-nothing': {
      ja: 'recv() は自分の側のバイトを取り出すだけで、何も送らない',
      en: 'recv() only takes bytes out on its own side, and sends nothing',
    },
    'slow-reader-looks-like-loss': {
      ja: '相手が読まないのも、途中で失われるのも、TCP には同じに見える',
      en: 'to TCP, a peer that does not read and a network that loses segments look the same',
    },
  },
  steps: [
    {
      id: 'connect',
      ...inOneStep(...narrow),
      before: {
        ja: 'サーバーの受信バッファーとクライアントの送信バッファーを小さくして、つなぎます。少ないバイト数で、いっぱいになるところを見るためです。',
        en: 'The two connect, with a small receive buffer at the server and a small send buffer at the client, so that few bytes are enough to fill them.',
      },
      after: {
        ja: 'どのセグメントにもウィンドウ(win)があり、「ack のところから、あと何バイト送ってよいか」を言います。サーバーの SYN+ACK では 4096 です。クライアントは、いちばん新しい win を超えて送りません(フロー制御)。',
        en: 'Every segment has a window in it (win): how many more bytes may be sent, counted from its ack. In the server’s SYN+ACK it is 4096. The client goes by the newest win and sends no more than that: flow control.',
      },
      expect: {
        outcome: {kind: 'returns-descriptor'},
        wire: {
          frames: [
            {from: 'client', flags: ['SYN']},
            {from: 'server', flags: ['SYN', 'ACK'], window: small},
            {from: 'client', flags: ['ACK']},
          ],
          only: true,
        },
      },
      shows: 'wire',
      sources: ['RFC 9293 3.1', 'RFC 9293 3.8.6', 'man 7 socket'],
    },
    {
      id: 'send-half',
      ...sendsMuch('client', 'client', half),
      before: {
        ja: 'クライアントが 2048 バイトを送ります。サーバーは recv() を呼びません。',
        en: 'The client sends 2048 bytes. The server does not call recv().',
      },
      predict: {
        belief: 'ack-means-read',
        question: {ja: 'サーバー側から、何が返りますか。', en: 'What will come back from the server’s side?'},
        choices: [
          {
            text: {ja: '何も返らない。まだ読んでいないので', en: 'nothing: it has not read them yet'},
            claim: {wire: {frames: [{from: 'client', length: half}], never: [{from: 'server'}]}},
            because: {
              ja: 'ACK を返すのはカーネルです。バイトは、カーネルの受信バッファーに届いています。',
              en: 'The ACK is the kernel’s, and the bytes have arrived in the kernel’s receive buffer.',
            },
          },
          {
            text: {ja: 'ACK。ウィンドウは 4096 のまま', en: 'an ACK, and the window is 4096 as before'},
            claim: {wire: {frames: [{...probe('server'), window: {least: small}}]}},
            because: {
              ja: '読まれるまで、バイトは受信バッファーの場所を取ります。',
              en: 'Until they are read, the bytes take up room in the receive buffer.',
            },
          },
          {
            text: {ja: 'ACK。ウィンドウは 4096 より狭い', en: 'an ACK, with a window smaller than 4096'},
            claim: {wire: {frames: [{...probe('server'), window: {least: 1, below: small}}]}},
          },
        ],
      },
      hint: {
        ja: '届いたバイトは、recv() されるまで受信バッファーにあります。',
        en: 'What has arrived stays in the receive buffer until recv() takes it.',
      },
      after: {
        ja: '一つの ACK が二つのことを言っています。ack は「届いた」、win は「あとこれだけ送ってよい」です。読まれたとは言っていません。Recv-Q の 2048 が、その分です。',
        en: 'One ACK says two things. Its ack: they have arrived. Its win: so many more may come. It does not say that they were read. They are the 2048 in Recv-Q.',
      },
      expect: {
        outcome: {kind: 'returns', value: half},
        sockets: [{kind: 'listed', socket: 'connection', state: 'ESTABLISHED', recvQueue: half}],
        wire: {
          frames: [
            {from: 'client', length: half},
            {...probe('server'), window: {least: 1, below: small}},
          ],
        },
      },
      shows: 'wire',
      sources: ['RFC 9293 3.8.6', 'RFC 9293 3.4'],
    },
    {
      id: 'send-much',
      ...sendsMuch('client', 'client', much),
      before: {
        ja: 'クライアントが、続けて 30000 バイトを send() します。サーバーは読まないままなので、やがてウィンドウは 0 になります。',
        en: 'The client goes on and sends 30000 bytes. Since the server still reads nothing, the window will come down to 0.',
      },
      predict: {
        belief: 'zero-window-is-silence',
        question: {
          ja: 'ウィンドウが 0 になったあと、線の上では何が起きますか。',
          en: 'When the window is 0, what will happen on the wire?',
        },
        choices: [
          {
            text: {ja: '何も流れない。開くのを待つ', en: 'nothing: the client waits for it to open'},
            claim: {wire: {frames: [shut('server')], never: [probe('client')]}},
            because: {
              ja: '「開いた」という知らせが途中で失われたら、両側が永久に待つことになります。',
              en: 'If the news that it has opened got lost, both sides would wait for ever.',
            },
          },
          {
            text: {
              ja: 'クライアント側が、まだ 0 なのかを時々尋ねる',
              en: 'the client’s side asks now and then whether it is still 0',
            },
            claim: {wire: probed('server')},
          },
          {
            text: {
              ja: 'クライアント側が残りを送り続け、サーバー側が捨てる',
              en: 'the client’s side goes on sending, and the server’s throws it away',
            },
            claim: {wire: {frames: [shut('server'), {from: 'client', length: {least: 1}}]}},
            because: {
              ja: 'ウィンドウを超えて送らないのが、フロー制御です。',
              en: 'Not to send more than the window allows is what flow control means.',
            },
          },
        ],
      },
      hint: {
        ja: '「開いた」と知らせるセグメントも、途中で失われるかもしれません。',
        en: 'The segment that says “open again” may get lost, too.',
      },
      after: {
        ja: 'データのないセグメントは、ウィンドウプローブです(Linux の場合。1 バイトを送る TCP もあります)。「まだ 0 ですか」と尋ねる間隔は、だんだん長くなります。send() は眠ったままで、バイトはクライアントの Send-Q とサーバーの Recv-Q にあります。何も失われていません。',
        en: 'The segments without data are Linux’s window probes (other TCPs send a byte along): is it still 0? They come at longer and longer intervals. send() sleeps meanwhile, and the bytes are in the client’s Send-Q and the server’s Recv-Q. Nothing is lost.',
      },
      expect: {
        outcome: {kind: 'waits'},
        sockets: [
          {kind: 'listed', socket: 'client', state: 'ESTABLISHED', sendQueue: {least: 1}},
          {kind: 'listed', socket: 'connection', state: 'ESTABLISHED', recvQueue: {least: half + 1}},
        ],
        wire: probed('server'),
      },
      patienceMs: probesMs,
      shows: 'wire',
      sources: ['RFC 9293 3.8.6.1', 'man 2 send'],
    },
    {
      id: 'recv-little',
      ...receives('server', 'connection', aLittle),
      before: {
        ja: 'サーバーが、100 バイトだけ読みます。',
        en: 'The server reads, but only 100 bytes.',
      },
      after: {
        ja: 'ウィンドウは 0 のままです。少し空くたびに知らせると、小さなセグメントばかりが流れることになるので、カーネルはまとまって空くまで待ちます。プローブが流れたとしても、答えは 0 です。',
        en: 'The window stays 0. If every little room were announced, there would be nothing but little segments, so the kernel waits until there is more of it. Should a probe pass just now, the answer is 0.',
      },
      expect: {
        outcome: {kind: 'returns', value: aLittle},
        wire: {frames: [], never: [opens('server'), {from: 'client', length: {least: 1}}]},
      },
      shows: 'wire',
      sources: ['RFC 9293 3.8.6.2.2'],
    },
    {
      id: 'recv-rest',
      ...receivesAll('server', 'connection', half + much - aLittle),
      before: {
        ja: 'サーバーが、残り 31948 バイトがそろうまで、一度の recv() で読みます(MSG_WAITALL)。',
        en: 'Now one recv() reads all the 31948 bytes that are left (MSG_WAITALL makes it wait for the last).',
      },
      predict: {
        belief: 'recv-sends-nothing',
        question: {
          ja: 'サーバー側から、まず何が流れますか。',
          en: 'What will be the first thing from the server’s side?',
        },
        choices: [
          {
            text: {
              ja: '何も流れない。読むのはサーバーの中のこと',
              en: 'nothing: to read is a matter inside the server',
            },
            claim: {wire: {frames: [], never: [opens('server')]}},
            because: {
              ja: 'それでは、クライアント側は空きができたことを知りません。',
              en: 'Then the client’s side would not know that there is room.',
            },
          },
          {
            text: {ja: 'ウィンドウが 1 以上の ACK', en: 'an ACK with a window of 1 or more'},
            claim: {wire: {frames: [opens('server'), {from: 'client', length: {least: 1}}]}},
          },
          {
            text: {ja: '「続きを送れ」というデータ', en: 'data that says “send the rest”'},
            claim: {wire: {frames: [{from: 'server', length: {least: 1}}]}},
            because: {
              ja: 'フロー制御はカーネルどうしの話で、ヘッダーの中で済みます。',
              en: 'Flow control is between the kernels, and headers are all that it needs.',
            },
          },
        ],
      },
      hint: {
        ja: 'クライアント側は、空きができたことを知らなければ送れません。',
        en: 'The client’s side cannot send before it knows that there is room.',
      },
      after: {
        ja: 'データのない ACK が、新しいウィンドウを知らせました(ウィンドウの更新)。するとすぐに続きが流れ、眠っていた send() も 30000 を返しました。さっきと違い、recv() がセグメントを送らせたのです。',
        en: 'An ACK without data told of the new window: a window update. At once the rest began to flow, and the send() that slept has returned 30000. Here it was recv() that made a segment go out.',
      },
      expect: {
        outcome: {kind: 'returns', value: half + much - aLittle},
        completes: {step: 'send-much', outcome: {kind: 'returns', value: much}},
        wire: {
          frames: [
            {...opens('server'), during: 'recv'},
            {from: 'client', length: {least: 1}, during: 'recv'},
          ],
        },
      },
      shows: 'wire',
      sources: ['RFC 9293 3.8.6', 'man 2 recv'],
    },
    {
      id: 'lose-one',
      ...inOneStep(
        {
          actor: 'network',
          call: {
            name: 'nft',
            host: 'here',
            rule: {kind: 'drop', hook: 'input', protocol: 'tcp', port: 'server'},
          },
        },
        sendsMuch('client', 'client', 1000),
        {actor: 'network', call: {name: 'nft', host: 'here', rule: null}},
      ),
      before: {
        ja: '今度は、ネットワークの方が悪い場合です。パケットフィルターがサーバーあてのセグメントを捨てる間に、クライアントが 1000 バイトを送ります。ルールは、すぐに外します。',
        en: 'Now it is the network that is bad. While the packet filter drops what goes to the server, the client sends 1000 bytes. The rule is taken away right after.',
      },
      predict: {
        belief: 'slow-reader-looks-like-loss',
        question: {
          ja: 'ACK は来ません。クライアント側のカーネルは、次に何を送りますか。',
          en: 'No ACK comes. What will the client’s kernel send next?',
        },
        choices: [
          {
            text: {ja: '同じ 1000 バイトを、もう一度', en: 'the same 1000 bytes once more'},
            claim: {
              wire: {
                frames: [
                  {from: 'client', length: 1000, isAgain: false},
                  {from: 'client', length: 1000, isAgain: true},
                ],
              },
            },
          },
          {
            text: {ja: 'さっきと同じ、データのないプローブ', en: 'a probe without data, as before'},
            claim: {wire: {frames: [{from: 'client', length: 1000}, probe('client')]}},
            because: {
              ja: 'プローブは、ウィンドウが 0 のときのものです。いまは開いています。',
              en: 'Probes are for a window of 0, and this one is open.',
            },
          },
          {
            text: {ja: '何も送らない。サーバーが読むのを待つ', en: 'nothing: it waits until the server reads'},
            claim: {
              wire: {frames: [{from: 'client', length: 1000}], count: {of: {from: 'client'}, least: 1, below: 2}},
            },
            because: {
              ja: '読むかどうかにかかわらず、届けば ACK が来るはずでした。',
              en: 'Read or not, there would be an ACK if they had arrived.',
            },
          },
        ],
      },
      hint: {
        ja: '最後に届いた ACK のウィンドウは、0 ではありませんでした。',
        en: 'The window in the last ACK that came was not 0.',
      },
      after: {
        ja: '再送です。見分ける手掛かりは、ACK の有無です。ACK が来てウィンドウが 0 なら、相手が読んでいません(Recv-Q がたまる)。ACK が来ないなら、途中で失われたかもしれません(Send-Q だけがたまる)。「通信が遅い」の原因は、ほかにもあります(往復の時間、輻輳ウィンドウ、送る側の遅さ)。',
        en: 'It sends them again. What tells the two apart is the ACK. If ACKs come and say window 0, the peer does not read, and its Recv-Q is full. If none come, segments may be lost on the way, and only Send-Q grows. “The connection is slow” has other causes too: the round trip, the congestion window, a slow sender.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [{kind: 'listed', socket: 'connection', state: 'ESTABLISHED', recvQueue: 1000}],
        wire: {
          frames: [
            {from: 'client', length: 1000, isAgain: false},
            {from: 'client', length: 1000, isAgain: true, afterMs: {least: 100}},
            {from: 'server', flags: ['ACK'], length: 0},
          ],
        },
      },
      needs: ['packet-filter'],
      patienceMs: probesMs,
      shows: 'wire',
      sources: ['RFC 6298', 'RFC 9293 3.8.1'],
    },
    {
      id: 'close-narrow',
      ...inOneStep(
        {
          actor: 'server',
          call: {name: 'recv', fd: 'connection', length: 4096, flags: messageFlags.MSG_DONTWAIT},
          repeat: {until: {kind: 'fails', errno: 'EAGAIN'}, most: 3},
        },
        closes('client', 'client'),
        closes('server', 'connection'),
        closes('server', 'listener'),
      ),
      before: {
        ja: 'サーバーが残りを読み、両側が閉じます。',
        en: 'The server reads what is left, and both sides close.',
      },
      after: {
        ja: '次は、広い受信バッファーでつなぎます。',
        en: 'The next connection will have a large receive buffer.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'gone', socket: 'connection'},
          {kind: 'gone', socket: 'listener'},
        ],
      },
      shows: 'wire',
      sources: ['man 2 close'],
    },
    {
      id: 'roomy',
      ...inOneStep(
        ...bindsServer,
        limits('server', 'listener', 'SO_RCVBUF', 200_000),
        listen,
        ...connects('client', 'client'),
        accepts('connection'),
        sendsMuch('client', 'client', roomy),
      ),
      before: {
        ja: '受信バッファーに 200000 を求めてつなぎ、クライアントが 150000 バイトを送ります。サーバーは、やはり読みません。ところで、win の欄は 16 ビット、つまり 65535 までです。',
        en: 'A connection whose server asked for a receive buffer of 200000, and a client that sends 150000 bytes. Again the server does not read. Now, the field win has 16 bits: it goes up to 65535.',
      },
      after: {
        ja: '読まれない 150000 バイトが、全部 Recv-Q に入りました。SYN で両側が倍率を伝え、そのあとの win は、それを掛けて読みます(ウィンドウスケール)。クライアントの win が小さく見えたのも、そのためです。サーバーの倍率は、狭いバッファーのときは 1 でした。',
        en: 'All 150000 are in Recv-Q, unread. In their SYNs the two sides say by how much the win of all later segments is to be multiplied: window scaling. That is why the client’s win looked so small. The server’s factor was 1 while its buffer was small.',
      },
      expect: {
        outcome: {kind: 'returns', value: roomy},
        sockets: [{kind: 'listed', socket: 'connection', state: 'ESTABLISHED', recvQueue: roomy}],
      },
      shows: 'wire',
      sources: ['RFC 7323 2', 'man 7 tcp'],
    },
    {
      id: 'close',
      ...inOneStep(
        receivesAll('server', 'connection', roomy),
        closes('client', 'client'),
        closes('server', 'connection'),
        closes('server', 'listener'),
      ),
      before: {
        ja: 'サーバーが全部読み、両側が閉じます。',
        en: 'The server reads all of it, and both sides close.',
      },
      after: {
        ja: '読み残しがないので、FIN で終わりました。',
        en: 'Nothing was left unread, so it ended with FINs.',
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
          never: [{flags: ['RST']}, {flags: ['RST', 'ACK']}],
        },
      },
      shows: 'wire',
      sources: ['man 2 close'],
    },
  ],
  summary: {
    ja: 'ウィンドウは、受ける側が「あと何バイト送ってよいか」と知らせる数です。読まれないバイトで狭まり、0 になれば送る側は止まり、プローブで尋ね続けます。recv() で空くと、ウィンドウの更新が流れて再開します。ACK は「届いた」で、「読んだ」ではありません。ACK が来ないときに再送するのとは、別の仕組みです。(RFC 9293 3.8.6、RFC 7323)',
    en: 'The window is how many more bytes the receiver allows. Unread bytes make it smaller; at 0 the sender stops, and probes. When recv() has made room, a window update starts it again. An ACK says that bytes have arrived, not that they were read. Sending again where no ACK comes is another mechanism. (RFC 9293 3.8.6, RFC 7323)',
  },
  review: [
    {
      id: 'order-unread',
      belief: 'ack-means-read',
      steps: [
        {
          id: 'order-sent',
          ...inOneStep(...joins, sends('client', 'client', 'order 12')),
          before: {
            ja: 'クライアントが注文の 8 バイトを送ります。サーバーは読みません。',
            en: 'A client sends an order of 8 bytes. The server does not read it.',
          },
          after: {ja: 'ACK が返りました。', en: 'An ACK has come back.'},
          expect: {
            outcome: {kind: 'returns', value: 8},
            wire: {frames: [{from: 'client', length: 8}, probe('server')]},
          },
          shows: 'wire',
          sources: ['man 2 send'],
        },
        {
          id: 'order-left',
          ...closes('server', 'connection'),
          before: {
            ja: 'ACK を返したあと、サーバーは一度も読まずに close() します。',
            en: 'After that ACK the server closes, without having read at all.',
          },
          predict: {
            belief: 'ack-means-read',
            question: {ja: 'サーバー側から、何が流れますか。', en: 'What will come from the server’s side?'},
            choices: [
              {
                text: {
                  ja: 'FIN。ACK を返したので、注文は受け取り済み',
                  en: 'a FIN: after its ACK the order is done with',
                },
                claim: {wire: {frames: [{from: 'server', flags: ['FIN', 'ACK']}]}},
                because: {
                  ja: '受け取ったのはカーネルだけで、プログラムは読んでいません。',
                  en: 'Only the kernel had it. The program never read it.',
                },
              },
              {
                text: {ja: 'RST。読まれなかったバイトがある', en: 'an RST: there are bytes that nobody read'},
                claim: {wire: {frames: [{from: 'server', flags: ['RST', 'ACK']}]}},
              },
            ],
          },
          after: {
            ja: 'RST です。ACK の返ったバイトが、読まれないまま捨てられました。読んだと確かめたいなら、プログラムが返事をする必要があります。',
            en: 'An RST: bytes that had their ACK were thrown away unread. To be sure that they were read takes an answer from the program.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            wire: {frames: [{from: 'server', flags: ['RST', 'ACK']}], never: [{flags: ['FIN', 'ACK']}]},
          },
          shows: 'wire',
          sources: ['RFC 9293 3.6.1', 'RFC 2525 2.17'],
        },
        {...clearAway, ...inOneStep(closes('client', 'client'), closes('server', 'listener'))},
      ],
    },
    {
      id: 'ever-longer',
      belief: 'zero-window-is-silence',
      steps: [
        {
          id: 'narrow-client',
          ...inOneStep(...narrowBack),
          before: {
            ja: '今度は、クライアントの受信バッファーが小さい接続です。',
            en: 'A connection with a small receive buffer at the client.',
          },
          after: {ja: 'つながりました。', en: 'Connected.'},
          expect: {outcome: {kind: 'returns-descriptor'}},
          shows: 'wire',
          sources: ['man 7 socket'],
        },
        {
          id: 'server-sends-much',
          ...sendsMuch('server', 'connection', much),
          before: {
            ja: 'サーバーが 30000 バイトを送り、クライアントは読みません。クライアント側のウィンドウは 0 になります。',
            en: 'The server sends 30000 bytes, and the client does not read. The client’s window comes down to 0.',
          },
          predict: {
            belief: 'zero-window-is-silence',
            question: {
              ja: 'そのあと、サーバー側から何が流れますか。',
              en: 'What will come from the server’s side after that?',
            },
            choices: [
              {
                text: {ja: '何も流れない', en: 'nothing'},
                claim: {wire: {frames: [shut('client')], never: [probe('server')]}},
                because: {
                  ja: '開いたという知らせを聞き逃したら、いつまでも送れません。',
                  en: 'If it missed the news that there is room, it could never send again.',
                },
              },
              {
                text: {ja: 'プローブ。間隔は長くなっていく', en: 'probes, at longer and longer intervals'},
                claim: {
                  wire: {
                    frames: [shut('client'), ...[0, 300, 600].map(least => ({...probe('server'), afterMs: {least}}))],
                  },
                },
              },
              {
                text: {ja: '一度だけプローブ、そのあと RST', en: 'one probe, and then an RST'},
                claim: {wire: {frames: [shut('client'), probe('server'), {from: 'server', flags: ['RST', 'ACK']}]}},
                because: {
                  ja: '相手は ACK を返しています。ACK が返るあいだは、既定ではいつまでも待ちます。',
                  en: 'The peer answers with ACKs. By default whoever answers is waited for, however long.',
                },
              },
            ],
          },
          after: {
            ja: 'プローブです。Linux では、間隔が約 0.2 秒、0.4 秒、0.8 秒と長くなります。',
            en: 'Probes, on Linux after about 0.2, 0.4 and 0.8 seconds: longer and longer.',
          },
          expect: {
            outcome: {kind: 'waits'},
            wire: {
              frames: [shut('client'), ...[0, 300, 600].map(least => ({...probe('server'), afterMs: {least}}))],
            },
          },
          patienceMs: probesMs,
          shows: 'wire',
          sources: ['RFC 9293 3.8.6.1'],
        },
        {
          ...clearAway,
          ...inOneStep(
            receivesAll('client', 'client', much),
            closes('client', 'client'),
            closes('server', 'connection'),
            closes('server', 'listener'),
          ),
          expect: {
            outcome: {kind: 'returns', value: 0},
            completes: {step: 'server-sends-much', outcome: {kind: 'returns', value: much}},
          },
        },
      ],
    },
    {
      id: 'what-wakes-it',
      belief: 'recv-sends-nothing',
      steps: [
        {
          id: 'server-sleeps',
          ...inOneStep(...narrowBack, sendsMuch('server', 'connection', much)),
          before: {
            ja: 'サーバーが 30000 バイトを送り、クライアントは読みません。',
            en: 'The server sends 30000 bytes, and the client does not read.',
          },
          after: {
            ja: 'クライアント側のウィンドウは 0 で、サーバーの send() は眠っています。',
            en: 'The client’s window is 0, and the server’s send() sleeps.',
          },
          expect: {outcome: {kind: 'waits'}, wire: {frames: [shut('client')]}},
          patienceMs: probesMs,
          shows: 'wire',
          sources: ['man 2 send'],
        },
        {
          id: 'client-reads',
          ...receivesAll('client', 'client', much),
          before: {
            ja: 'クライアントが、30000 バイトがそろうまで読みます。',
            en: 'The client reads until it has all 30000.',
          },
          predict: {
            belief: 'recv-sends-nothing',
            question: {ja: 'サーバーの send() は、どうして起きますか。', en: 'What will wake the server’s send()?'},
            choices: [
              {
                text: {
                  ja: 'クライアント側が、ウィンドウの開いた ACK を送るから',
                  en: 'the client’s side sends an ACK with an open window',
                },
                claim: {wire: {frames: [opens('client'), {from: 'server', length: {least: 1}}]}},
              },
              {
                text: {
                  ja: '時間がたつから。クライアント側からは何も流れない',
                  en: 'time: nothing comes from the client’s side',
                },
                claim: {wire: {frames: [], never: [opens('client')]}},
                because: {
                  ja: 'プローブだけが頼りなら、次のプローブまで止まったままです。',
                  en: 'Then it would stand still until the next probe.',
                },
              },
            ],
          },
          after: {
            ja: 'recv() で空きができ、ウィンドウの更新が流れ、サーバー側のカーネルが続きを送りました。',
            en: 'recv() made room, a window update went out, and the server’s kernel sent the rest.',
          },
          expect: {
            outcome: {kind: 'returns', value: much},
            completes: {step: 'server-sleeps', outcome: {kind: 'returns', value: much}},
            wire: {
              frames: [
                {...opens('client'), during: 'recv'},
                {from: 'server', length: {least: 1}},
              ],
            },
          },
          shows: 'wire',
          sources: ['RFC 9293 3.8.6'],
        },
        clearAway,
      ],
    },
    {
      id: 'busy-server',
      belief: 'slow-reader-looks-like-loss',
      steps: [
        {
          id: 'queue-full',
          ...inOneStep(...narrow, sendsMuch('client', 'client', much)),
          before: {
            ja: 'クライアントが 30000 バイトを送り、サーバーは読みません。',
            en: 'A client sends 30000 bytes, and the server does not read.',
          },
          after: {ja: 'ウィンドウは 0 になりました。', en: 'The window is 0.'},
          expect: {outcome: {kind: 'waits'}, wire: {frames: [shut('server')]}},
          patienceMs: probesMs,
          shows: 'wire',
          sources: ['man 2 send'],
        },
        {
          id: 'server-is-busy',
          actor: 'server',
          call: {name: 'poll', fds: [{fd: 'listener', events: ['POLLIN']}], timeout: 700},
          before: {
            ja: 'サーバーは 0.7 秒の間、ほかの接続を待っていて、この接続を読みません。',
            en: 'For 0.7 seconds the server waits for other connections and does not read this one.',
          },
          predict: {
            belief: 'slow-reader-looks-like-loss',
            question: {
              ja: 'その間、クライアント側のカーネルは、データを送り直しますか。',
              en: 'Will the client’s kernel send data again in that time?',
            },
            choices: [
              {
                text: {
                  ja: '送り直す。進まないのは、失われたときと同じ',
                  en: 'yes: it gets no further, as when bytes are lost',
                },
                claim: {wire: {frames: [{from: 'client', length: {least: 1}, isAgain: true}]}},
                because: {
                  ja: '送ったデータには全部 ACK が来ています。失われたものはありません。',
                  en: 'All that was sent has its ACK. Nothing is lost.',
                },
              },
              {
                text: {ja: '送り直さない。流れるのはプローブだけ', en: 'no: if anything, probes'},
                claim: {wire: {frames: [], never: [{from: 'client', length: {least: 1}}]}},
              },
            ],
          },
          after: {
            ja: 'データは流れません。ACK が来てウィンドウが 0 なので、相手が読んでいないだけだと分かるのです。',
            en: 'No data passes. ACKs came and said window 0, so it is clear that the peer is only slow to read.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            wire: {frames: [], never: [{from: 'client', length: {least: 1}}]},
          },
          shows: 'wire',
          sources: ['RFC 9293 3.8.6.1'],
        },
        {
          ...clearAway,
          ...inOneStep(
            receivesAll('server', 'connection', much),
            closes('client', 'client'),
            closes('server', 'connection'),
            closes('server', 'listener'),
          ),
          expect: {
            outcome: {kind: 'returns', value: 0},
            completes: {step: 'queue-full', outcome: {kind: 'returns', value: much}},
          },
        },
      ],
    },
  ],
};
