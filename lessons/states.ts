import type {Act, Lesson, SocketName, Step} from '../src/model/lesson.ts';
import {accepts, bindsServer, closes, closesSecond, inOneStep, makesSocket} from './kit/acts.ts';

const small = 4096;
/** At a time, until the buffers are full. */
const many = {kind: 'fill', byte: 0x61, count: 4000} as const;

/** A listener on a port that the kernel chooses, with one option set before it listens. */
const listensAt = (name: SocketName, backlog: number, ...options: readonly Act[]): readonly [Act, ...Act[]] => [
  makesSocket('server', name),
  ...options,
  {actor: 'server', call: {name: 'bind', fd: name, address: {host: '127.0.0.1', port: 0}}},
  {actor: 'server', call: {name: 'listen', fd: name, backlog}},
];

const connectsTo = (name: SocketName, listener: SocketName, ...before: readonly Act[]): readonly Act[] => [
  makesSocket('client', name),
  ...before,
  {actor: 'client', call: {name: 'connect', fd: name, address: {of: listener}}},
];

const acceptsAt = (listener: SocketName, creates: SocketName): Act => ({
  actor: 'server',
  call: {name: 'accept', fd: listener},
  creates,
});

const nonblocking = (fd: SocketName): Act => ({
  actor: 'client',
  call: {name: 'fcntl', fd, command: 'F_SETFL', value: 'O_NONBLOCK'},
});

const endsSending = (actor: Act['actor'], fd: SocketName): Act => ({
  actor,
  call: {name: 'shutdown', fd, how: 'SHUT_WR'},
});

const readsToTheEnd = (actor: Act['actor'], fd: SocketName): Act => ({
  actor,
  call: {name: 'recv', fd, length: 65_536, flags: 0},
  repeat: {until: {kind: 'returns', value: 0}, most: 60},
});

/** Little room on both sides, so that what the client sends soon gets stuck. */
const narrowListener = listensAt('narrow', 5, {
  actor: 'server',
  call: {name: 'setsockopt', fd: 'narrow', level: 'SOL_SOCKET', option: 'SO_RCVBUF', value: small},
});

/** A connection whose client has sent more than the server's buffer takes. */
const stuck = (client: SocketName, server: SocketName): readonly Act[] => [
  ...connectsTo(client, 'narrow', {
    actor: 'client',
    call: {name: 'setsockopt', fd: client, level: 'SOL_SOCKET', option: 'SO_SNDBUF', value: small},
  }),
  acceptsAt('narrow', server),
  nonblocking(client),
  {
    actor: 'client',
    call: {name: 'send', fd: client, data: many, flags: 0},
    repeat: {until: {kind: 'fails', errno: 'EAGAIN'}, most: 50},
  },
];

const reviewScene = (text: Step['before'], ...acts: readonly [Act, ...Act[]]): Step => ({
  id: 'scene',
  ...inOneStep(...acts),
  before: text,
  after: {ja: 'つながっています。', en: 'They are connected.'},
  expect: {sockets: [{kind: 'listed', socket: 'connection', state: 'ESTABLISHED'}]},
  sources: ['man 7 tcp'],
});

const reviewCloses = (...names: readonly (readonly [Act['actor'], SocketName])[]): Step => ({
  id: 'close',
  ...inOneStep(closes('server', 'listener'), ...names.map(([actor, name]) => closes(actor, name))),
  before: {ja: '残りを閉じます。', en: 'The rest is closed.'},
  after: {ja: '閉じました。', en: 'Closed.'},
  expect: {outcome: {kind: 'returns', value: 0}},
  sources: ['man 2 close'],
});

const listensUsual: readonly [Act, ...Act[]] = [
  ...bindsServer,
  {actor: 'server', call: {name: 'listen', fd: 'listener', backlog: 5}},
];
const connected: readonly [Act, ...Act[]] = [
  ...listensUsual,
  makesSocket('client', 'client'),
  {actor: 'client', call: {name: 'connect', fd: 'client', address: 'server'}},
  accepts('connection'),
];

export const states: Lesson = {
  id: 'states',
  title: {ja: 'TCP の 11 の状態', en: 'The eleven TCP states'},
  about: {
    ja: 'CLOSE から TIME_WAIT まで、11 の状態をすべて本物のソケットで訪ねる',
    en: 'from CLOSE to TIME_WAIT: every one of the eleven states, reached with real sockets',
  },
  minutes: 10,
  picture: 'tcp-states',
  beliefs: {
    'one-state-for-both-ends': {
      ja: 'TCP の状態は接続に一つで、両端で同じだ',
      en: 'a connection has one state, the same at both ends',
    },
    'fin-leaves-at-once': {
      ja: 'shutdown(SHUT_WR) を呼べば、FIN はすぐに相手へ届く',
      en: 'shutdown(SHUT_WR) brings FIN to the peer at once',
    },
    'time-wait-on-one-side': {
      ja: 'TIME_WAIT が残るのは、いつも片側だけだ',
      en: 'TIME_WAIT always stays on one side only',
    },
  },
  steps: [
    {
      id: 'close-state',
      ...makesSocket('client', 'fresh'),
      shows: 'picture',
      before: {
        ja: '図は、TCP のソケットがとる状態です。クライアントが socket() を呼びます。最初の状態を見てください。',
        en: 'The picture has the states of a TCP socket. The client calls socket(): see where it begins.',
      },
      after: {
        ja: 'CLOSE です。どこにもつながっておらず、カーネルの表にも行がありません。状態は TCP_INFO で読みました。',
        en: 'CLOSE: connected to nothing, and without a row in the kernel’s table. The state was read by TCP_INFO.',
      },
      expect: {
        outcome: {kind: 'returns-descriptor'},
        sockets: [{kind: 'unlisted', socket: 'fresh', state: 'CLOSE'}],
      },
      sources: ['RFC 9293 3.3.2', 'man 7 tcp'],
    },
    {
      id: 'listen-state',
      ...inOneStep(...listensAt('crowded', 0)),
      shows: 'picture',
      before: {
        ja: 'サーバーが bind() し、listen() を backlog 0 で呼びます。',
        en: 'The server calls bind(), and listen() with a backlog of 0.',
      },
      after: {
        ja: 'LISTEN です。このソケットは、ここから先どこへも進みません。接続ができるたびに、新しいソケットが作られます。',
        en: 'LISTEN. This socket goes no further: for each connection a new one is made.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [{kind: 'listed', socket: 'crowded', state: 'LISTEN', recvQueue: 0}],
      },
      sources: ['man 2 listen'],
    },
    {
      id: 'syn-sent',
      ...inOneStep(
        {actor: 'client', call: {name: 'connect', fd: 'fresh', address: {of: 'crowded'}}},
        makesSocket('client', 'second'),
        nonblocking('second'),
        {actor: 'client', call: {name: 'connect', fd: 'second', address: {of: 'crowded'}}},
      ),
      shows: 'picture',
      before: {
        ja: 'ループバックの SYN_SENT は、ふだんは速すぎて見えません。接続待ちキューを一つ目の接続でいっぱいにしてから、二つ目が connect() します(待たないように、ノンブロッキングで)。',
        en: 'On loopback SYN_SENT usually passes too fast to be seen. One connection fills the accept queue, and then a second one calls connect(), non-blocking so as not to wait.',
      },
      after: {
        ja: 'いっぱいになったサーバーのカーネル(Linux)は、二つ目の SYN に答えません。二つ目は SYN を送ったまま、SYN_SENT で返事を待っています。',
        en: 'The server being full, its kernel (Linux) does not answer the second SYN. So the second socket has sent SYN and waits for an answer in SYN_SENT.',
      },
      expect: {
        outcome: {kind: 'fails', errno: 'EINPROGRESS'},
        sockets: [
          {kind: 'listed', socket: 'fresh', state: 'ESTABLISHED'},
          {kind: 'listed', socket: 'second', state: 'SYN_SENT'},
        ],
      },
      sources: ['man 2 connect', 'RFC 9293 3.5'],
    },
    {
      id: 'syn-recv',
      ...inOneStep(
        closes('client', 'second'),
        closes('server', 'crowded'),
        closes('client', 'fresh'),
        ...listensAt('patient', 5, {
          actor: 'server',
          call: {name: 'setsockopt', fd: 'patient', level: 'IPPROTO_TCP', option: 'TCP_DEFER_ACCEPT', value: 60},
        }),
        ...connectsTo('caller', 'patient'),
      ),
      shows: 'picture',
      before: {
        ja: 'それらを閉じ、別のサーバーを用意します。Linux で TCP_DEFER_ACCEPT を設定すると、サーバー側の接続は、最初のデータが届くまで SYN_RECV にとどまります。クライアントが connect() します。',
        en: 'These are closed, and another server is made ready. On Linux, TCP_DEFER_ACCEPT keeps the server’s end of a connection in SYN_RECV until its first data. A client connects.',
      },
      predict: {
        belief: 'one-state-for-both-ends',
        question: {
          ja: 'サーバー側が SYN_RECV のあいだ、クライアントはどの状態ですか。',
          en: 'While the server’s end is in SYN_RECV, what is the client’s state?',
        },
        choices: [
          {
            text: {ja: 'SYN_RECV。一つの接続なので同じ', en: 'SYN_RECV too: it is one connection'},
            claim: {sockets: [{kind: 'listed', socket: 'caller', state: 'SYN_RECV'}]},
            because: {
              ja: '状態は両端で別々です。クライアントは SYN+ACK を受け取ったので、もう先へ進んでいます。',
              en: 'Each end has its own state. The client got its SYN+ACK and has gone on.',
            },
          },
          {
            text: {ja: 'SYN_SENT。サーバー側が進むのを待つ', en: 'SYN_SENT, until the server’s end goes on'},
            claim: {sockets: [{kind: 'listed', socket: 'caller', state: 'SYN_SENT'}]},
            because: {
              ja: 'SYN_SENT は、SYN+ACK が届くまでです。それはもう届いています。',
              en: 'SYN_SENT ends when SYN+ACK arrives, and that has come.',
            },
          },
          {
            text: {ja: 'ESTABLISHED。SYN+ACK が届いた', en: 'ESTABLISHED: it has got SYN+ACK'},
            claim: {
              sockets: [
                {kind: 'listed', socket: 'caller', state: 'ESTABLISHED'},
                {kind: 'accept-queue', listener: 'patient', connections: 1, state: 'SYN_RECV'},
              ],
            },
          },
        ],
      },
      after: {
        ja: 'クライアントは SYN+ACK を受け取って ESTABLISHED です。その ACK はサーバーにも届きましたが、カーネルはデータを待つために捨て、SYN_RECV のままです。状態は接続に一つではなく、両端にそれぞれあります。',
        en: 'With SYN+ACK the client is ESTABLISHED. Its ACK did reach the server, whose kernel drops it to wait for data and stays in SYN_RECV. A connection does not have one state: each end has its own.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'caller', state: 'ESTABLISHED'},
          {kind: 'accept-queue', listener: 'patient', connections: 1, state: 'SYN_RECV'},
        ],
      },
      node: '// net has no way to set TCP_DEFER_ACCEPT.',
      sources: ['man 7 tcp', 'RFC 9293 3.5'],
    },
    {
      id: 'established',
      ...inOneStep(
        {actor: 'client', call: {name: 'send', fd: 'caller', data: {kind: 'text', text: 'hi'}, flags: 0}},
        acceptsAt('patient', 'served'),
        {actor: 'server', call: {name: 'recv', fd: 'served', length: 100, flags: 0}},
      ),
      shows: 'picture',
      before: {
        ja: 'クライアントが「hi」を送り、サーバーが accept() して受け取ります。',
        en: 'The client sends “hi”; the server accepts and receives it.',
      },
      after: {
        ja: '両側が ESTABLISHED になりました。会話のあいだは、ずっとこの状態です。',
        en: 'ESTABLISHED on both sides, for as long as they talk.',
      },
      expect: {
        outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: 'hi'}},
        sockets: [
          {kind: 'listed', socket: 'caller', state: 'ESTABLISHED'},
          {kind: 'listed', socket: 'served', state: 'ESTABLISHED'},
        ],
      },
      sources: ['man 2 accept'],
    },
    {
      id: 'fin-wait2',
      ...endsSending('client', 'caller'),
      shows: 'picture',
      before: {
        ja: 'クライアントが shutdown(SHUT_WR) で、送信を終えます。',
        en: 'The client ends its sending with shutdown(SHUT_WR).',
      },
      after: {
        ja: 'クライアントは、FIN とその ACK を終えて FIN_WAIT2。サーバーは、FIN を受け取って CLOSE_WAIT です。途中の FIN_WAIT1 は、FIN の ACK が届くまでのことで、ふだんは一瞬です。',
        en: 'The client’s FIN has been acknowledged: FIN_WAIT2. The server has received it: CLOSE_WAIT. FIN_WAIT1, in between, lasts only until that ACK comes: usually a moment.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'caller', state: 'FIN_WAIT2'},
          {kind: 'listed', socket: 'served', state: 'CLOSE_WAIT'},
        ],
      },
      node: 'socket.end();  // shutdown(SHUT_WR), once all is written',
      sources: ['man 2 shutdown', 'RFC 9293 3.6'],
    },
    {
      id: 'time-wait',
      ...inOneStep(closes('server', 'served'), closes('client', 'caller'), closes('server', 'patient')),
      shows: 'picture',
      before: {
        ja: 'サーバーが close() し、クライアントも close() します。',
        en: 'The server closes, and then the client.',
      },
      after: {
        ja: '先に FIN を送ったクライアント側に、TIME_WAIT が残りました。プロセスのものではなく、カーネルだけが覚えています(Linux では 60 秒)。',
        en: 'TIME_WAIT stays at the client, which sent its FIN first. It belongs to no process: only the kernel keeps it, on Linux for 60 seconds.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'caller', state: 'TIME_WAIT'},
          {kind: 'gone', socket: 'served'},
        ],
      },
      sources: ['RFC 9293 3.6.1'],
    },
    {
      id: 'fin-wait1',
      ...inOneStep(...narrowListener, ...stuck('writer', 'reader'), endsSending('client', 'writer')),
      shows: 'picture',
      before: {
        ja: '次は FIN_WAIT1 です。小さなバッファーの接続で、サーバーが読まないうちに、クライアントがあふれるまで送ります(EAGAIN)。そして shutdown(SHUT_WR) します。',
        en: 'Next is FIN_WAIT1. With small buffers, and a server that does not read, the client sends until EAGAIN. Then it calls shutdown(SHUT_WR).',
      },
      predict: {
        belief: 'fin-leaves-at-once',
        question: {ja: 'サーバー側の状態はどうなりますか。', en: 'What will the server’s state be?'},
        choices: [
          {
            text: {ja: 'CLOSE_WAIT。FIN はすぐ届く', en: 'CLOSE_WAIT: FIN arrives at once'},
            claim: {sockets: [{kind: 'listed', socket: 'reader', state: 'CLOSE_WAIT'}]},
            because: {
              ja: 'FIN は、送信バッファーのバイトのうしろに並びます。',
              en: 'FIN stands in line behind the bytes of the send buffer.',
            },
          },
          {
            text: {
              ja: 'ESTABLISHED のまま。FIN はまだ送り出されない',
              en: 'ESTABLISHED still: FIN has not been sent yet',
            },
            claim: {
              sockets: [
                {kind: 'listed', socket: 'reader', state: 'ESTABLISHED'},
                {kind: 'listed', socket: 'writer', state: 'FIN_WAIT1'},
              ],
            },
          },
        ],
      },
      after: {
        ja: 'shutdown() はすぐ返りましたが、FIN は、たまったバイトのうしろで待っています。クライアントは FIN_WAIT1、サーバーは何も知らずに ESTABLISHED です。',
        en: 'shutdown() returned at once, but FIN waits behind the bytes that are stuck. The client is in FIN_WAIT1; the server knows nothing of it and is ESTABLISHED.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'writer', state: 'FIN_WAIT1', sendQueue: {least: 2}},
          {kind: 'listed', socket: 'reader', state: 'ESTABLISHED', recvQueue: {least: 1}},
        ],
      },
      node: `socket.end();  // Node calls shutdown() only once the kernel
// has taken all that was written.`,
      sources: ['man 2 shutdown', 'RFC 9293 3.6'],
    },
    {
      id: 'closing',
      ...endsSending('server', 'reader'),
      shows: 'picture',
      before: {
        ja: 'クライアントの FIN が届かないうちに、サーバーも shutdown(SHUT_WR) します。',
        en: 'Before the client’s FIN has arrived, the server calls shutdown(SHUT_WR) too.',
      },
      after: {
        ja: 'サーバーの FIN は、すぐに届きました。クライアントは、自分の FIN の ACK より先に相手の FIN を受け取ったので、CLOSING です。両側が同時に閉じようとしたときの状態です。',
        en: 'The server’s FIN got through. The client has the peer’s FIN before the ACK of its own: CLOSING, the state of two sides that close at once.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'writer', state: 'CLOSING'},
          {kind: 'listed', socket: 'reader', state: 'FIN_WAIT2'},
        ],
      },
      sources: ['RFC 9293 3.6'],
    },
    {
      id: 'both-time-wait',
      ...inOneStep(readsToTheEnd('server', 'reader'), closes('server', 'reader'), closes('client', 'writer')),
      shows: 'picture',
      before: {
        ja: 'サーバーが最後まで読み、両側が close() します。',
        en: 'The server reads to the end, and both sides close.',
      },
      predict: {
        belief: 'time-wait-on-one-side',
        question: {ja: 'TIME_WAIT は、どこに残りますか。', en: 'Where will TIME_WAIT stay?'},
        choices: [
          {
            text: {ja: '先に shutdown() したクライアントだけ', en: 'at the client only, which called shutdown() first'},
            claim: {
              sockets: [
                {kind: 'listed', socket: 'writer', state: 'TIME_WAIT'},
                {kind: 'gone', socket: 'reader'},
              ],
            },
            because: {
              ja: 'サーバーも、クライアントの FIN が届く前に、自分の FIN を送っていました。',
              en: 'The server too had sent its FIN before the client’s arrived.',
            },
          },
          {
            text: {ja: '先に FIN が届いたサーバーだけ', en: 'at the server only, whose FIN arrived first'},
            claim: {
              sockets: [
                {kind: 'listed', socket: 'reader', state: 'TIME_WAIT'},
                {kind: 'gone', socket: 'writer'},
              ],
            },
            because: {
              ja: 'どちらの FIN が先に届いたかでは決まりません。クライアントも、自分から FIN を送っています。',
              en: 'Whose FIN arrived first does not decide it. The client too sent its own unasked.',
            },
          },
          {
            text: {ja: '両側', en: 'on both sides'},
            claim: {
              sockets: [
                {kind: 'listed', socket: 'writer', state: 'TIME_WAIT'},
                {kind: 'listed', socket: 'reader', state: 'TIME_WAIT'},
              ],
            },
          },
        ],
      },
      after: {
        ja: '両側です。どちらも、相手の FIN を知る前に自分から閉じ始めました。TIME_WAIT は、自分から閉じ始めた側(能動クローズ)に残ります。それが両方なら、両方です。',
        en: 'On both. Each of them began to close before it knew of the other’s FIN. TIME_WAIT stays with whoever began to close by itself (active close): if both did, with both.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'writer', state: 'TIME_WAIT'},
          {kind: 'listed', socket: 'reader', state: 'TIME_WAIT'},
        ],
      },
      sources: ['RFC 9293 3.6'],
    },
    {
      id: 'last-ack',
      ...inOneStep(
        ...(stuck('last', 'first-to-end') as [Act, ...Act[]]),
        endsSending('server', 'first-to-end'),
        endsSending('client', 'last'),
      ),
      shows: 'picture',
      before: {
        ja: '最後の一つは LAST_ACK です。同じようにバイトを詰まらせ、今度はサーバーが先に送信を終えます。そのあとで、クライアントも shutdown(SHUT_WR) します。',
        en: 'The last one is LAST_ACK. Bytes get stuck as before, but now the server ends its sending first. Then the client calls shutdown(SHUT_WR) too.',
      },
      after: {
        ja: 'クライアントは CLOSE_WAIT から LAST_ACK へ進みました。自分の FIN が、詰まったバイトのうしろにあるので、最後の ACK が来ません。ふだんは一瞬で過ぎる状態です。',
        en: 'From CLOSE_WAIT the client went on to LAST_ACK. Its FIN stands behind the stuck bytes, so the last ACK does not come. Usually this state is over in no time.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'last', state: 'LAST_ACK'},
          {kind: 'listed', socket: 'first-to-end', state: 'FIN_WAIT2'},
        ],
      },
      sources: ['RFC 9293 3.6'],
    },
    {
      id: 'all-close',
      ...inOneStep(
        readsToTheEnd('server', 'first-to-end'),
        closes('server', 'first-to-end'),
        closes('client', 'last'),
        closes('server', 'narrow'),
      ),
      shows: 'picture',
      before: {
        ja: 'サーバーが最後まで読み、すべて閉じます。',
        en: 'The server reads to the end, and all is closed.',
      },
      after: {
        ja: '最後の ACK が届いて、クライアント側の行は消えました(CLOSE)。先に閉じ始めたサーバー側に、TIME_WAIT が残ります。これで 11 の状態をすべて通りました。',
        en: 'The last ACK came, and the client’s row is gone (CLOSE). TIME_WAIT stays at the server, which began to close. All eleven states have been reached.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'first-to-end', state: 'TIME_WAIT'},
          {kind: 'gone', socket: 'last'},
        ],
      },
      sources: ['RFC 9293 3.3.2'],
    },
  ],
  summary: {
    ja: '状態は、接続ではなく両端がそれぞれ持っています。自分の呼び出し(listen、connect、shutdown、close)と、届いたセグメント(SYN、ACK、FIN、RST)と、時間だけが、次の状態を決めます。プログラムの誤りを探すときは、とくに二つ。CLOSE_WAIT が増えるのは、たいてい close() の忘れ、TIME_WAIT は先に閉じた側の正常な後片付けです。(RFC 9293 3.3.2, 3.6, man 7 tcp)',
    en: 'It is not the connection that has a state but each of its ends. Only our own calls (listen, connect, shutdown, close), segments that arrive (SYN, ACK, FIN, RST) and time lead to the next one. Two of them tell the most about a program: many in CLOSE_WAIT mostly mean a forgotten close(); TIME_WAIT is the sound tidying up of whoever closed first. (RFC 9293 3.3.2, 3.6, man 7 tcp)',
  },
  review: [
    {
      id: 'server-ends-first',
      belief: 'one-state-for-both-ends',
      steps: [
        reviewScene(
          {ja: 'サーバーとクライアントがつながっています。', en: 'Server and client are connected.'},
          ...connected,
        ),
        {
          id: 'shutdown',
          ...endsSending('server', 'connection'),
          before: {
            ja: '今度はサーバーが shutdown(SHUT_WR) を呼びます。クライアントは何もしません。',
            en: 'This time the server calls shutdown(SHUT_WR). The client does nothing.',
          },
          predict: {
            belief: 'one-state-for-both-ends',
            question: {ja: '両側の状態はどうなりますか。', en: 'What are the states of both sides?'},
            choices: [
              {
                text: {ja: '両側とも FIN_WAIT2', en: 'FIN_WAIT2 on both'},
                claim: {sockets: [{kind: 'listed', socket: 'client', state: 'FIN_WAIT2'}]},
                because: {
                  ja: 'FIN_WAIT2 になるのは、FIN を送った側です。クライアントは送っていません。',
                  en: 'FIN_WAIT2 is for the side that has sent FIN. The client has sent none.',
                },
              },
              {
                text: {
                  ja: 'サーバーは FIN_WAIT2、クライアントは CLOSE_WAIT',
                  en: 'FIN_WAIT2 at the server, CLOSE_WAIT at the client',
                },
                claim: {
                  sockets: [
                    {kind: 'listed', socket: 'connection', state: 'FIN_WAIT2'},
                    {kind: 'listed', socket: 'client', state: 'CLOSE_WAIT'},
                  ],
                },
              },
              {
                text: {ja: '両側とも CLOSE_WAIT', en: 'CLOSE_WAIT on both'},
                claim: {sockets: [{kind: 'listed', socket: 'connection', state: 'CLOSE_WAIT'}]},
                because: {
                  ja: 'CLOSE_WAIT になるのは、FIN を受け取った側です。サーバーは受け取っていません。',
                  en: 'CLOSE_WAIT is for the side that has received FIN. The server has received none.',
                },
              },
            ],
          },
          after: {
            ja: 'FIN を送った側と受け取った側では、待っているものが違います。',
            en: 'The side that sent FIN and the side that got it wait for different things.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [
              {kind: 'listed', socket: 'connection', state: 'FIN_WAIT2'},
              {kind: 'listed', socket: 'client', state: 'CLOSE_WAIT'},
            ],
          },
          sources: ['RFC 9293 3.6'],
        },
        reviewCloses(['server', 'connection'], ['client', 'client']),
      ],
    },
    {
      id: 'server-full-and-ended',
      belief: 'fin-leaves-at-once',
      steps: [
        reviewScene(
          {
            ja: 'サーバーとクライアントが、小さなバッファーの接続でつながっています。',
            en: 'Server and client are connected, with small buffers.',
          },
          ...listensUsual,
          makesSocket('client', 'client'),
          {
            actor: 'client',
            call: {name: 'setsockopt', fd: 'client', level: 'SOL_SOCKET', option: 'SO_RCVBUF', value: small},
          },
          {actor: 'client', call: {name: 'connect', fd: 'client', address: 'server'}},
          accepts('connection'),
          {
            actor: 'server',
            call: {name: 'setsockopt', fd: 'connection', level: 'SOL_SOCKET', option: 'SO_SNDBUF', value: small},
          },
          {actor: 'server', call: {name: 'fcntl', fd: 'connection', command: 'F_SETFL', value: 'O_NONBLOCK'}},
        ),
        {
          id: 'shutdown',
          ...inOneStep(
            {
              actor: 'server',
              call: {name: 'send', fd: 'connection', data: many, flags: 0},
              repeat: {until: {kind: 'fails', errno: 'EAGAIN'}, most: 50},
            },
            endsSending('server', 'connection'),
          ),
          before: {
            ja: '今度はサーバーが EAGAIN まで送り、shutdown(SHUT_WR) します。クライアントは読みません。',
            en: 'This time the server sends until EAGAIN and calls shutdown(SHUT_WR). The client does not read.',
          },
          predict: {
            belief: 'fin-leaves-at-once',
            question: {ja: 'クライアントの状態はどうなりますか。', en: 'What will the client’s state be?'},
            choices: [
              {
                text: {ja: 'ESTABLISHED のまま', en: 'ESTABLISHED still'},
                claim: {sockets: [{kind: 'listed', socket: 'client', state: 'ESTABLISHED'}]},
              },
              {
                text: {ja: 'CLOSE_WAIT', en: 'CLOSE_WAIT'},
                claim: {sockets: [{kind: 'listed', socket: 'client', state: 'CLOSE_WAIT'}]},
                because: {
                  ja: 'FIN の前に、まだ送れていないバイトが並んでいます。',
                  en: 'Bytes that could not be sent yet stand before FIN.',
                },
              },
            ],
          },
          after: {
            ja: 'サーバーは FIN_WAIT1 ですが、FIN はまだ送信バッファーの中です。',
            en: 'The server is in FIN_WAIT1, but its FIN is still in the send buffer.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [
              {kind: 'listed', socket: 'connection', state: 'FIN_WAIT1', sendQueue: {least: 2}},
              {kind: 'listed', socket: 'client', state: 'ESTABLISHED', recvQueue: {least: 1}},
            ],
          },
          sources: ['RFC 9293 3.6'],
        },
        {
          id: 'close',
          ...inOneStep(
            readsToTheEnd('client', 'client'),
            closes('client', 'client'),
            closes('server', 'connection'),
            closes('server', 'listener'),
          ),
          before: {
            ja: 'クライアントが最後まで読み、すべて閉じます。',
            en: 'The client reads to the end, and all is closed.',
          },
          after: {ja: '閉じました。', en: 'Closed.'},
          expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'gone', socket: 'client'}]},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'one-after-the-other',
      belief: 'time-wait-on-one-side',
      steps: [
        reviewScene(
          {ja: 'サーバーとクライアントがつながっています。', en: 'Server and client are connected.'},
          ...connected,
        ),
        {
          id: 'close-in-turn',
          ...inOneStep(
            closes('server', 'connection'),
            {actor: 'client', call: {name: 'recv', fd: 'client', length: 100, flags: 0}},
            closesSecond('client', 'client', 'connection'),
          ),
          before: {
            ja: 'サーバーが close() し、クライアントは recv() で 0 を受け取ってから close() します。',
            en: 'The server closes; the client gets 0 from recv() and closes after that.',
          },
          predict: {
            belief: 'time-wait-on-one-side',
            question: {ja: 'TIME_WAIT は、どこに残りますか。', en: 'Where will TIME_WAIT stay?'},
            choices: [
              {
                text: {ja: '両側', en: 'on both sides'},
                claim: {
                  sockets: [
                    {kind: 'listed', socket: 'connection', state: 'TIME_WAIT'},
                    {kind: 'listed', socket: 'client', state: 'TIME_WAIT'},
                  ],
                },
                because: {
                  ja: '両側に残るのは、どちらも相手の FIN が届く前に自分の FIN を送ったときです。',
                  en: 'Both keep it when each sends its FIN before the other’s has arrived.',
                },
              },
              {
                text: {ja: 'サーバー側だけ', en: 'at the server only'},
                claim: {
                  sockets: [
                    {kind: 'listed', socket: 'connection', state: 'TIME_WAIT'},
                    {kind: 'gone', socket: 'client'},
                  ],
                },
              },
              {
                text: {ja: 'クライアント側だけ', en: 'at the client only'},
                claim: {
                  sockets: [
                    {kind: 'listed', socket: 'client', state: 'TIME_WAIT'},
                    {kind: 'gone', socket: 'connection'},
                  ],
                },
                because: {
                  ja: 'クライアントの FIN は二番目でした。ACK が返れば、そのソケットは消えます。',
                  en: 'The client’s FIN came second. Once that is acknowledged, its socket is gone.',
                },
              },
            ],
          },
          after: {
            ja: 'クライアントは、FIN を受け取ってから閉じました(受動クローズ)。残るのは、先に閉じたサーバー側だけです。',
            en: 'The client closed after it had got FIN (passive close). So it stays only at the server, which closed first.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [
              {kind: 'listed', socket: 'connection', state: 'TIME_WAIT'},
              {kind: 'gone', socket: 'client'},
            ],
          },
          sources: ['RFC 9293 3.6'],
        },
        reviewCloses(),
      ],
    },
  ],
};
