import type {ActorName} from '../src/model/actor.ts';
import {messageFlags} from '../src/model/call.ts';
import type {Act, Lesson, SocketName, Step} from '../src/model/lesson.ts';
import {accepts, bindsServer, closes, connects, inOneStep, makesSocket} from './kit/acts.ts';

/** Bytes asked for: the kernel doubles them for its own keeping (man 7 socket). */
const small = 4096;
/** More than two small buffers hold, and less than twice as much: once they have been emptied, the rest fits. */
const tooMuch = 16_000;
/** As much at a time where a buffer is to be filled to the brim. */
const portion = 4000;
/** More than a recv() finds there. */
const allThere = 65_536;

const fill = (count: number) => ({kind: 'fill', byte: 0x61, count}) as const;

const limits = (actor: ActorName, fd: SocketName, option: 'SO_SNDBUF' | 'SO_RCVBUF'): Act => ({
  actor,
  call: {name: 'setsockopt', fd, level: 'SOL_SOCKET', option, value: small},
});

const blocks = (actor: ActorName, fd: SocketName, value: 0 | 'O_NONBLOCK'): Act => ({
  actor,
  call: {name: 'fcntl', fd, command: 'F_SETFL', value},
});

const sendsMuch = (actor: ActorName, fd: SocketName, count = tooMuch): Act => ({
  actor,
  call: {name: 'send', fd, data: fill(count), flags: 0},
});

const fillsUp = (actor: ActorName, fd: SocketName): Act => ({
  ...sendsMuch(actor, fd, portion),
  repeat: {until: {kind: 'fails', errno: 'EAGAIN'}, most: 50},
});

/** poll() for room to send: so many milliseconds at most, or -1. */
const asksForRoom = (actor: ActorName, fd: SocketName, timeout: number): Act => ({
  actor,
  call: {name: 'poll', fds: [{fd, events: ['POLLOUT']}], timeout},
});

/**
 * To the last byte. The window is not quite 0 when send() says EAGAIN first; 0.2 s later the sending kernel fills that
 * too with its probe, and there is a little room again (tcp_write_wakeup()).
 */
const fillsToTheBrim = (actor: ActorName, fd: SocketName): readonly Act[] => [
  fillsUp(actor, fd),
  asksForRoom(actor, fd, 500),
  fillsUp(actor, fd),
];

const readsAllThere: Act = {
  actor: 'server',
  call: {name: 'recv', fd: 'connection', length: allThere, flags: messageFlags.MSG_DONTWAIT},
  repeat: {until: {kind: 'fails', errno: 'EAGAIN'}, most: 60},
};

const listen: Act = {actor: 'server', call: {name: 'listen', fd: 'listener', backlog: 5}};
const [socketCall, connectCall] = connects('client', 'client');

/** The client sends, with little room on both sides. */
const narrow: readonly [Act, ...Act[]] = [
  ...bindsServer,
  limits('server', 'listener', 'SO_RCVBUF'),
  listen,
  socketCall,
  limits('client', 'client', 'SO_SNDBUF'),
  connectCall,
  accepts('connection'),
];

/** The same the other way round: the server sends, and the client has little room to receive. */
const narrowBack: readonly [Act, ...Act[]] = [
  ...bindsServer,
  listen,
  socketCall,
  limits('client', 'client', 'SO_RCVBUF'),
  connectCall,
  accepts('connection'),
  limits('server', 'connection', 'SO_SNDBUF'),
];

const scene = (text: Step['before'], ...acts: readonly [Act, ...Act[]]): Step => ({
  id: 'scene',
  ...inOneStep(...acts),
  before: text,
  after: {ja: 'クライアントは、何も読んでいません。', en: 'The client reads nothing.'},
  expect: {sockets: [{kind: 'listed', socket: 'connection', state: 'ESTABLISHED'}]},
  sources: ['man 7 socket'],
});

const clears: Step = {
  id: 'close',
  ...inOneStep(closes('client', 'client'), closes('server', 'connection'), closes('server', 'listener')),
  before: {ja: 'すべて閉じます。', en: 'All is closed.'},
  after: {ja: '閉じました。', en: 'Closed.'},
  expect: {outcome: {kind: 'returns', value: 0}},
  sources: ['man 2 close'],
};

export const buffers: Lesson = {
  id: 'buffers',
  title: {ja: '読まれないバイトの行き先', en: 'Where unread bytes go'},
  about: {
    ja: '相手が読まないとき、send() はどこまで引き受けるか。キュー、眠り、EAGAIN、バックプレッシャー',
    en: 'how much send() takes while nobody reads: queues, sleep, EAGAIN, backpressure',
  },
  minutes: 10,
  beliefs: {
    'send-takes-all': {
      ja: 'send() は、渡したバイトを全部引き受ける',
      en: 'send() takes all the bytes that it is given',
    },
    'full-buffer-drops': {
      ja: 'バッファーがいっぱいになると、あふれたバイトは捨てられる',
      en: 'when the buffer is full, what does not fit is thrown away',
    },
    'full-send-fails': {
      ja: '送信バッファーがいっぱいのとき、send() はいつもエラーを返す',
      en: 'send() always fails when the send buffer is full',
    },
    'close-drops-unsent': {
      ja: 'close() すると、まだ届いていないバイトは失われる',
      en: 'close() loses the bytes that have not arrived yet',
    },
  },
  steps: [
    {
      id: 'connect',
      ...inOneStep(...narrow),
      before: {
        ja: 'つなぐ前に、サーバーの受信バッファーとクライアントの送信バッファーを小さくします。あふれるところを、少ないバイト数で見るためです。',
        en: 'Before they connect, the server’s receive buffer and the client’s send buffer are made small, so that a few bytes are enough to fill them.',
      },
      after: {
        ja: 'バッファーは、両側のカーネルの中にあります。accept() が返したソケットは、listener の受信バッファーの大きさを受け継ぎます。',
        en: 'The buffers are in the kernel, on both sides. The socket that accept() returned has the listener’s receive buffer size.',
      },
      expect: {
        outcome: {kind: 'returns-descriptor'},
        sockets: [{kind: 'listed', socket: 'connection', state: 'ESTABLISHED', recvQueue: 0}],
      },
      sources: ['man 7 socket', 'man 7 tcp'],
    },
    {
      id: 'send-little',
      ...sendsMuch('client', 'client', 1000),
      before: {
        ja: 'クライアントが 1000 バイトを send() します。サーバーは、このあとしばらく recv() を呼びません。',
        en: 'The client sends 1000 bytes. For a while the server is not going to call recv().',
      },
      after: {
        ja: 'send() はすぐに返り、1000 バイトはサーバー側の受信キュー(Recv-Q)に入りました。send() の成功は「カーネルが引き受けた」であって、「相手のプログラムが読んだ」ではありません。',
        en: 'send() returned at once, and the 1000 bytes are in the server’s receive queue (Recv-Q). That send() worked means that the kernel took them, not that the other program has read them.',
      },
      expect: {
        outcome: {kind: 'returns', value: 1000},
        sockets: [{kind: 'listed', socket: 'connection', state: 'ESTABLISHED', recvQueue: 1000}],
      },
      node: "socket.write(bytes);  // 'true' means: go on. Not: read",
      sources: ['man 2 send'],
    },
    {
      id: 'nonblocking',
      ...blocks('client', 'client', 'O_NONBLOCK'),
      before: {
        ja: 'fcntl() で、クライアントのソケットをノンブロッキングにします。待つ代わりに、いまの答えをすぐ返すようになります。',
        en: 'fcntl() makes the client’s socket non-blocking: instead of waiting, calls answer at once with how things are.',
      },
      after: {
        ja: '変わったのは、このソケットの呼び出しの返り方だけです。Node のソケットは、はじめからこの設定です。',
        en: 'Only how calls on this socket return has changed. Node’s sockets are like this from the beginning.',
      },
      expect: {outcome: {kind: 'returns', value: 0}},
      sources: ['man 2 fcntl'],
    },
    {
      id: 'send-much',
      ...sendsMuch('client', 'client'),
      before: {
        ja: 'クライアントが、一度の send() で 16000 バイトを渡します。バッファーは、両側を合わせてもそれより小さいものです。',
        en: 'In one send() the client hands over 16000 bytes. The buffers of both sides together are smaller than that.',
      },
      predict: {
        belief: 'send-takes-all',
        question: {ja: 'send() は何を返しますか。', en: 'What will send() return?'},
        choices: [
          {
            text: {ja: '16000。渡したバイト数', en: '16000, as many as it was given'},
            claim: {outcome: {kind: 'returns', value: tooMuch}},
            because: {
              ja: 'ブロッキングのソケットなら、全部入るまで眠ってから 16000 を返します。ノンブロッキングでは、入った分だけです。',
              en: 'A blocking socket would sleep until all is taken, and then return 16000. A non-blocking one returns what fits now.',
            },
          },
          {
            text: {ja: '16000 より小さい数', en: 'a smaller number'},
            claim: {outcome: {kind: 'returns-from', least: 1, below: tooMuch}},
          },
          {
            text: {ja: '全部は入らないので EAGAIN', en: 'EAGAIN, since not all of it fits'},
            claim: {outcome: {kind: 'fails', errno: 'EAGAIN'}},
            because: {
              ja: 'EAGAIN は、1 バイトも入らないときの答えです。',
              en: 'EAGAIN is the answer when not even one byte fits.',
            },
          },
        ],
      },
      hint: {ja: '送信バッファーには、まだ空きがあります。', en: 'The send buffer has some room left.'},
      after: {
        ja: '入った分だけを引き受け、その数を返しました。残りを覚えておいて、あとで送り直すのはプログラムの仕事です。send() の戻り値を見ないプログラムは、ここでバイトを失います。',
        en: 'It took what fits and returned how many that were. To remember the rest and send it later is the program’s task: one that ignores the value of send() loses bytes here.',
      },
      expect: {
        outcome: {kind: 'returns-from', least: 1, below: tooMuch},
        sockets: [
          {kind: 'listed', socket: 'client', state: 'ESTABLISHED', sendQueue: {least: 1}},
          {kind: 'listed', socket: 'connection', state: 'ESTABLISHED', recvQueue: {least: 1001}},
        ],
      },
      node: 'if (!socket.write(bytes)) {  // Node keeps the rest in its own memory\n  source.pause();\n}',
      sources: ['man 2 send'],
    },
    {
      id: 'fill-up',
      ...fillsUp('client', 'client'),
      before: {
        ja: 'クライアントが、4000 バイトずつ send() を繰り返します。サーバーは読まないままです。',
        en: 'The client calls send() again and again, with 4000 bytes each. The server still reads nothing.',
      },
      predict: {
        belief: 'full-buffer-drops',
        question: {
          ja: '送信バッファーがいっぱいになったとき、send() はどうなりますか。',
          en: 'When the send buffer is full, what will send() do?',
        },
        choices: [
          {
            text: {
              ja: '4000 を返し、あふれた分は捨てられる',
              en: 'return 4000, and what does not fit is thrown away',
            },
            claim: {outcome: {kind: 'returns', value: portion}},
            because: {
              ja: '接続が続くかぎり、TCP は引き受けたバイトを捨てません。引き受けられないときは、そう言います。',
              en: 'While the connection lasts, TCP does not throw away what it took. What it cannot take it refuses.',
            },
          },
          {text: {ja: 'EAGAIN で断る', en: 'refuse with EAGAIN'}, claim: {outcome: {kind: 'fails', errno: 'EAGAIN'}}},
          {
            text: {ja: '接続がリセットされる', en: 'fail with ECONNRESET: the connection is reset'},
            claim: {outcome: {kind: 'fails', errno: 'ECONNRESET'}},
            because: {
              ja: '読むのが遅いことは、誤りではありません。接続はそのままです。',
              en: 'To read slowly is no error. The connection stays as it is.',
            },
          },
        ],
      },
      hint: {
        ja: 'このソケットは、待たずに答えを返します。',
        en: 'This socket answers at once, whatever the answer is.',
      },
      after: {
        ja: 'EAGAIN。「いまは入らない。あとでもう一度」です。受信側のカーネルが「空きはもうない」と伝え(ウィンドウ 0)、送信側は送るのをやめ、送信バッファーがいっぱいになりました。これがバックプレッシャーです。',
        en: 'EAGAIN: no room now, try again later. The receiving kernel has said that it has no room (window 0), so the sending one stopped, and its buffer filled up. This is backpressure.',
      },
      expect: {
        outcome: {kind: 'fails', errno: 'EAGAIN'},
        sockets: [
          {kind: 'listed', socket: 'client', state: 'ESTABLISHED', sendQueue: {least: 1}},
          {kind: 'listed', socket: 'connection', state: 'ESTABLISHED', recvQueue: {least: 1}},
        ],
      },
      sources: ['man 2 send', 'RFC 9293 3.8.6'],
    },
    {
      id: 'poll-for-room',
      ...asksForRoom('client', 'client', -1),
      before: {
        ja: '空くまで send() を繰り返すのは、CPU のむだです。クライアントは poll() に POLLOUT を渡し、空いたら起こしてもらいます。-1 は「いつまでも待つ」です。',
        en: 'To call send() until it works would waste the CPU. The client asks poll() to wake it when there is room: that is POLLOUT, and -1 means “however long it takes”.',
      },
      after: {
        ja: 'クライアントは poll() の中で眠りました。POLLOUT は「いま send() すれば入る」という知らせで、まだ来ていません。Linux の Node も、書けなかった残りがあるあいだ、同じことを epoll_wait() で待ちます。',
        en: 'The client sleeps inside poll(). POLLOUT says “send() has room now”, and that is not so yet. On Linux, Node waits for the same in epoll_wait(), as long as it has bytes left that it could not write.',
      },
      expect: {outcome: {kind: 'waits'}},
      sources: ['man 2 poll', 'man 7 epoll'],
    },
    {
      id: 'server-makes-room',
      ...readsAllThere,
      before: {
        ja: 'サーバーが、いまあるだけのバイトを recv() で読みます。',
        en: 'The server calls recv() until it has read all that is there.',
      },
      after: {
        ja: "受信バッファーが空くと、それが送信側のカーネルに伝わり(ウィンドウの更新)、残りが流れ込みます。送信バッファーも空き、poll() が POLLOUT を返しました。Node はここで残りを書き、書き終えると 'drain' を知らせます。",
        en: 'With room in the receive buffer, the sending kernel is told (a window update), and the rest flows. That makes room in the send buffer too: poll() has returned POLLOUT. Here Node writes what is left; once all is written comes “drain”.',
      },
      expect: {
        completes: {step: 'poll-for-room', outcome: {kind: 'returns-ready', ready: {client: ['POLLOUT']}}},
      },
      node: "socket.once('drain', () => source.resume());  // there was room again, and the rest is written",
      sources: ['man 2 poll', 'RFC 9293 3.8.6'],
    },
    {
      id: 'blocking',
      ...blocks('client', 'client', 0),
      before: {
        ja: 'fcntl() で、ソケットをブロッキングに戻します。',
        en: 'fcntl() makes the socket blocking again.',
      },
      after: {
        ja: 'バッファーは、もう空です。このソケットで、あの 16000 バイトをもう一度送ってみます。',
        en: 'The buffers are empty again. Now those 16000 bytes once more, on this socket.',
      },
      expect: {outcome: {kind: 'returns', value: 0}},
      sources: ['man 2 fcntl'],
    },
    {
      id: 'send-sleeps',
      ...sendsMuch('client', 'client'),
      before: {
        ja: 'クライアントが、ブロッキングの send() で 16000 バイトを送ります。サーバーは、また読まなくなりました。',
        en: 'With a blocking send() the client sends 16000 bytes. The server has stopped reading again.',
      },
      predict: {
        belief: 'full-send-fails',
        question: {ja: 'send() はどうなりますか。', en: 'What will send() do?'},
        choices: [
          {
            text: {ja: '全部入るまで眠る', en: 'sleep until all of it is taken'},
            claim: {outcome: {kind: 'waits'}},
          },
          {
            text: {ja: '入った分の数を返す', en: 'return how many bytes fit'},
            claim: {outcome: {kind: 'returns-from', least: 1, below: tooMuch}},
            because: {
              ja: 'それは、待たないと決めたソケットの答えです。',
              en: 'That is how a socket answers that is not to wait.',
            },
          },
          {
            text: {ja: 'いっぱいになったら EAGAIN を返す', en: 'fail with EAGAIN when the buffer is full'},
            claim: {outcome: {kind: 'fails', errno: 'EAGAIN'}},
            because: {
              ja: 'EAGAIN も、待たないと決めたソケットの答えです。',
              en: 'EAGAIN, too, is the answer of a socket that is not to wait.',
            },
          },
        ],
      },
      hint: {
        ja: '前の 16000 バイトとの違いは、fcntl() だけです。',
        en: 'One thing is different from the first 16000 bytes: fcntl().',
      },
      after: {
        ja: 'クライアントは send() の中で眠りました。壊れたのではなく、CPU も使いません。読み手が遅ければ、書き手は待たされる。これもバックプレッシャーです。',
        en: 'The client sleeps inside send(). It has not crashed, and it uses no CPU: a slow reader holds the writer back. This is backpressure as well.',
      },
      expect: {outcome: {kind: 'waits'}},
      sources: ['man 2 send'],
    },
    {
      id: 'server-reads',
      ...readsAllThere,
      before: {
        ja: 'サーバーが、また読み始めます。',
        en: 'The server begins to read again.',
      },
      after: {
        ja: '空いたところへ残りが入り、眠っていた send() が 16000 を返しました。ブロッキングの send() は、ふつうは全部を引き受けてから返ります(シグナルや SO_SNDTIMEO で早く返ることもあります)。',
        en: 'The rest went where there was room, and the send() that slept has returned 16000. A blocking send() returns when it has taken all, unless a signal or SO_SNDTIMEO ends it early.',
      },
      expect: {completes: {step: 'send-sleeps', outcome: {kind: 'returns', value: tooMuch}}},
      node: 'socket.resume();  // reading again is what wakes the other side',
      sources: ['man 2 recv', 'RFC 9293 3.8.6'],
    },
    {
      id: 'close-with-bytes',
      ...inOneStep(sendsMuch('client', 'client', 6000), closes('client', 'client'), {
        actor: 'server',
        call: {name: 'recv', fd: 'connection', length: allThere, flags: 0},
        repeat: {until: {kind: 'returns', value: 0}, most: 60},
      }),
      before: {
        ja: 'クライアントが 6000 バイトを送り、すぐに close() します。サーバーはそのあとで、終わり(0)まで recv() を繰り返します。',
        en: 'The client sends 6000 bytes and closes at once. Only then does the server call recv() again and again, until the end (0).',
      },
      predict: {
        belief: 'close-drops-unsent',
        question: {ja: 'サーバーの recv() は、最後にどうなりますか。', en: 'How will the server’s recv() calls end?'},
        choices: [
          {
            text: {ja: '送られたバイトを全部読んだあと、0 が返る', en: 'with 0, after all the bytes that were sent'},
            claim: {outcome: {kind: 'returns', value: 0}},
          },
          {
            text: {ja: 'ECONNRESET になり、残りは失われる', en: 'with ECONNRESET, and the rest is lost'},
            claim: {outcome: {kind: 'fails', errno: 'ECONNRESET'}},
            because: {
              ja: '失われるのは、close() した側に読み残しがあるときです。ここでは送る側が閉じただけです。',
              en: 'That happens when the side that closes has not read all. Here it is only the sender that closes.',
            },
          },
        ],
      },
      hint: {
        ja: 'close() のあとも、送信バッファーはカーネルの中にあります。',
        en: 'After close() the send buffer is still there, inside the kernel.',
      },
      after: {
        ja: 'close() はすぐ返り、送信バッファーに残ったバイトは、そのあとカーネルが届けました。FIN は、最後のバイトのあとに並びます。プロセスがいなくなっても、カーネルは仕事を続けます。',
        en: 'close() returned at once, and the kernel delivered what was left in the send buffer. FIN stands in line after the last byte. The kernel goes on working when the process is gone.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [{kind: 'listed', socket: 'connection', state: 'CLOSE_WAIT', recvQueue: 0}],
      },
      sources: ['man 2 close', 'RFC 9293 3.6'],
    },
    {
      id: 'usual-buffers',
      ...inOneStep(
        closes('server', 'connection'),
        closes('server', 'listener'),
        makesSocket('server', 'roomy'),
        {actor: 'server', call: {name: 'bind', fd: 'roomy', address: {host: '127.0.0.1', port: 0}}},
        {actor: 'server', call: {name: 'listen', fd: 'roomy', backlog: 5}},
        makesSocket('client', 'writer'),
        {actor: 'client', call: {name: 'connect', fd: 'writer', address: {of: 'roomy'}}},
        {actor: 'server', call: {name: 'accept', fd: 'roomy'}, creates: 'reader'},
        sendsMuch('client', 'writer'),
      ),
      before: {
        ja: '最後に、バッファーを小さくしない接続で、同じ 16000 バイトを送ります。サーバーは読みません。',
        en: 'Last, the same 16000 bytes over a connection whose buffers were left as they are. The server reads nothing.',
      },
      after: {
        ja: '16000 バイトが、一度に引き受けられました。ふだんのバッファーは、これよりずっと多くを引き受けます。だから、読まれていないことに、書く側は長いあいだ気づきません。',
        en: 'All 16000 were taken at once. Usual buffers take far more than that. So a writer does not notice for a long time that nobody reads.',
      },
      expect: {
        outcome: {kind: 'returns', value: tooMuch},
        sockets: [{kind: 'listed', socket: 'reader', state: 'ESTABLISHED', recvQueue: {least: 1}}],
      },
      sources: ['man 7 tcp'],
    },
    {
      id: 'close',
      ...inOneStep(closes('client', 'writer'), closes('server', 'reader'), closes('server', 'roomy')),
      before: {ja: '残りをすべて閉じます。', en: 'All the rest is closed.'},
      after: {ja: '開いているソケットは、もうありません。', en: 'No socket is open any more.'},
      expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'gone', socket: 'roomy'}]},
      sources: ['man 2 close'],
    },
  ],
  summary: {
    ja: "send() が数えるのは、カーネルが引き受けたバイトです。相手が読まなければ、受信バッファーがいっぱいになり、ウィンドウが 0 になり、送信バッファーがいっぱいになります。そこから先は、ブロッキングなら眠り、ノンブロッキングなら EAGAIN で、空きは poll() で待ちます。Node の write() は、入らない分を Node のメモリーに積み、たまると false を返します。false のあとは、'drain' まで書くのを待つのが約束です。(man 2 send, man 2 poll, man 7 tcp, RFC 9293 3.8.6)",
    en: 'What send() counts is what the kernel took. When the peer does not read, its receive buffer fills, the window becomes 0, and the send buffer fills. From there a blocking socket sleeps, and a non-blocking one answers EAGAIN: poll() tells when there is room. Node’s write() keeps what does not fit in Node’s own memory, and returns false once that is too much. After that, write no more until “drain”. (man 2 send, man 2 poll, man 7 tcp, RFC 9293 3.8.6)',
  },
  review: [
    {
      id: 'server-sends-much',
      belief: 'send-takes-all',
      steps: [
        scene(
          {
            ja: '今度はサーバーが送る側です。バッファーは小さく、サーバーのソケットはノンブロッキングです。',
            en: 'This time the server sends. The buffers are small, and the server’s socket is non-blocking.',
          },
          ...narrowBack,
          blocks('server', 'connection', 'O_NONBLOCK'),
        ),
        {
          id: 'send',
          ...sendsMuch('server', 'connection'),
          before: {ja: 'サーバーが 16000 バイトを send() します。', en: 'The server sends 16000 bytes.'},
          predict: {
            belief: 'send-takes-all',
            question: {ja: 'send() は何を返しますか。', en: 'What will send() return?'},
            choices: [
              {
                text: {ja: '16000', en: '16000'},
                claim: {outcome: {kind: 'returns', value: tooMuch}},
                because: {
                  ja: '両側のバッファーを合わせても、16000 バイトは入りません。',
                  en: 'The buffers of both sides together have no room for 16000 bytes.',
                },
              },
              {
                text: {ja: '0', en: '0'},
                claim: {outcome: {kind: 'returns', value: 0}},
                because: {
                  ja: '空きが少しでもあれば、入る分を引き受けます。空きがなければ、0 ではなく EAGAIN です。',
                  en: 'Where there is any room, send() takes what fits. Where there is none, it says EAGAIN, not 0.',
                },
              },
              {
                text: {ja: '1 以上、16000 未満の数', en: 'at least 1, and less than 16000'},
                claim: {outcome: {kind: 'returns-from', least: 1, below: tooMuch}},
              },
            ],
          },
          after: {
            ja: '引き受けた分だけです。残りをどうするかは、プログラムが決めます。',
            en: 'Only what it took. What becomes of the rest is up to the program.',
          },
          expect: {outcome: {kind: 'returns-from', least: 1, below: tooMuch}},
          sources: ['man 2 send'],
        },
        clears,
      ],
    },
    {
      id: 'one-more-byte',
      belief: 'full-buffer-drops',
      steps: [
        scene(
          {
            ja: 'ノンブロッキングのサーバーが、もう入らなくなるまで送り続けました。',
            en: 'A non-blocking server has sent until nothing more fits.',
          },
          ...narrowBack,
          blocks('server', 'connection', 'O_NONBLOCK'),
          ...fillsToTheBrim('server', 'connection'),
        ),
        {
          id: 'send',
          ...sendsMuch('server', 'connection', 1),
          before: {ja: 'サーバーが、あと 1 バイトだけ send() します。', en: 'The server sends just one more byte.'},
          predict: {
            belief: 'full-buffer-drops',
            question: {ja: 'その 1 バイトはどうなりますか。', en: 'What becomes of that byte?'},
            choices: [
              {
                text: {ja: '1 が返り、捨てられる', en: '1 is returned, and it is thrown away'},
                claim: {outcome: {kind: 'returns', value: 1}},
                because: {
                  ja: '返る数は、カーネルが引き受けたバイト数です。引き受けたものを、カーネルは捨てません。',
                  en: 'The value counts what the kernel took over, and what it took over it does not throw away.',
                },
              },
              {
                text: {ja: 'EAGAIN で断られる', en: 'it is refused with EAGAIN'},
                claim: {outcome: {kind: 'fails', errno: 'EAGAIN'}},
              },
              {
                text: {ja: '空きを待つ', en: 'it waits for room'},
                claim: {outcome: {kind: 'waits'}},
                because: {
                  ja: 'ノンブロッキングのソケットでは、send() は空きを待ちません。',
                  en: 'On a non-blocking socket send() does not wait for room.',
                },
              },
            ],
          },
          after: {
            ja: '断られました。捨てられたバイトは一つもありません。',
            en: 'It is refused. Not one byte was thrown away.',
          },
          expect: {outcome: {kind: 'fails', errno: 'EAGAIN'}},
          sources: ['man 2 send'],
        },
        clears,
      ],
    },
    {
      id: 'slow-client',
      belief: 'full-send-fails',
      steps: [
        scene(
          {
            ja: '読まないクライアントに、ブロッキングのサーバーが送ろうとしています。',
            en: 'A blocking server is about to send to a client that does not read.',
          },
          ...narrowBack,
        ),
        {
          id: 'send',
          ...sendsMuch('server', 'connection'),
          before: {ja: 'サーバーが 16000 バイトを send() します。', en: 'The server sends 16000 bytes.'},
          predict: {
            belief: 'full-send-fails',
            question: {ja: 'send() はどうなりますか。', en: 'What will send() do?'},
            choices: [
              {
                text: {ja: 'EAGAIN を返す', en: 'return EAGAIN'},
                claim: {outcome: {kind: 'fails', errno: 'EAGAIN'}},
                because: {
                  ja: 'EAGAIN を返すのは、ノンブロッキングのソケットか、SO_SNDTIMEO で決めた時間が過ぎたときです。',
                  en: 'EAGAIN is what a non-blocking socket says, or a blocking one after the time that SO_SNDTIMEO sets.',
                },
              },
              {
                text: {ja: '入った分の数を返す', en: 'return how much fits'},
                claim: {outcome: {kind: 'returns-from', least: 1, below: tooMuch}},
                because: {
                  ja: 'ブロッキングの send() が途中の数を返すのは、シグナルか SO_SNDTIMEO で早く終わったときだけです。',
                  en: 'A blocking send() returns a part only when a signal or SO_SNDTIMEO ends it early.',
                },
              },
              {text: {ja: '眠る', en: 'sleep'}, claim: {outcome: {kind: 'waits'}}},
            ],
          },
          after: {
            ja: 'ブロッキングの send() は、シグナルなどがなければ、全部を引き受けるまで眠ります。',
            en: 'A blocking send() sleeps until all of it is taken, if no signal comes.',
          },
          expect: {outcome: {kind: 'waits'}},
          sources: ['man 2 send'],
        },
        {
          id: 'client-leaves',
          ...closes('client', 'client'),
          before: {ja: 'クライアントが、読まずに閉じます。', en: 'The client closes without reading.'},
          after: {
            ja: '眠っていた send() は、引き受けたところまでの数を返しました。次に send() すれば、ECONNRESET になります。',
            en: 'The send() that slept returned how much it had taken. The next send() would fail with ECONNRESET.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            completes: {step: 'send', outcome: {kind: 'returns-from', least: 1, below: tooMuch}},
          },
          sources: ['man 2 send'],
        },
        {
          ...clears,
          ...inOneStep(closes('server', 'connection'), closes('server', 'listener')),
        },
      ],
    },
    {
      id: 'server-hangs-up',
      belief: 'close-drops-unsent',
      steps: [
        scene(
          {
            ja: 'サーバーが「goodbye」を送り、すぐに close() しました。',
            en: 'The server has sent “goodbye” and closed at once.',
          },
          ...narrowBack,
        ),
        {
          id: 'recv',
          ...inOneStep(
            {actor: 'server', call: {name: 'send', fd: 'connection', data: {kind: 'text', text: 'goodbye'}, flags: 0}},
            closes('server', 'connection'),
            {actor: 'client', call: {name: 'recv', fd: 'client', length: 100, flags: 0}},
          ),
          before: {ja: 'そのあとで、クライアントが recv() します。', en: 'Only then does the client call recv().'},
          predict: {
            belief: 'close-drops-unsent',
            question: {ja: 'recv() は何を返しますか。', en: 'What will recv() return?'},
            choices: [
              {
                text: {ja: '7。「goodbye」', en: '7: goodbye'},
                claim: {outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: 'goodbye'}}},
              },
              {
                text: {ja: '0。もう閉じられたので', en: '0, since it is closed'},
                claim: {outcome: {kind: 'returns', value: 0}},
                because: {
                  ja: '0 になるのは、FIN より前のバイトを全部読んだあとです。',
                  en: '0 comes once all the bytes before FIN have been read.',
                },
              },
              {
                text: {ja: 'ECONNRESET', en: 'ECONNRESET'},
                claim: {outcome: {kind: 'fails', errno: 'ECONNRESET'}},
                because: {
                  ja: 'サーバーに読み残しはなかったので、close() は RST ではなく FIN を送りました。',
                  en: 'The server had left nothing unread, so its close() sent FIN, not RST.',
                },
              },
            ],
          },
          after: {
            ja: '先に「goodbye」、その次に 0 です。FIN は、バイトを追い越しません。',
            en: 'First goodbye, then 0. FIN does not overtake bytes.',
          },
          expect: {outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: 'goodbye'}}},
          sources: ['man 2 close'],
        },
        {
          ...clears,
          ...inOneStep(closes('client', 'client'), closes('server', 'listener')),
        },
      ],
    },
  ],
};
