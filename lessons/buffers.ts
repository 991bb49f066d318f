import {messageFlags} from '../src/model/call.ts';
import type {Act, Step} from '../src/model/lesson.ts';
import {fill} from './kit/bytes.ts';
import {binds, repeats} from './kit/calls.ts';
import {anyOutcome} from './kit/claims.ts';
import {closing} from './kit/closing.ts';
import {lesson, review} from './kit/lesson.ts';
import {completes, fails, received, returns, returnsFrom, waits} from './kit/outcomes.ts';
import {type Socket, sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';

const {listener, connection, roomy, reader, client, writer} = sockets({
  server: ['listener', 'connection', 'roomy', 'reader'],
  client: ['client', 'writer'],
});

/** Bytes asked for: the kernel doubles them for its own keeping (man 7 socket). */
const small = 4096;
/** More than two small buffers hold, and less than twice as much: once they have been emptied, the rest fits. */
const tooMuch = 16_000;
/** As much at a time where a buffer is to be filled to the brim. */
const portion = 4000;
/** More than a recv() finds there. */
const allThere = 65_536;

const sendsMuch = (socket: Socket, count = tooMuch): Act => socket.sends(fill(0x61, count));

const fillsUp = (socket: Socket): Act => repeats(sendsMuch(socket, portion), 50, fails('EAGAIN'));

/** poll() for room to send: so many milliseconds at most, or -1. */
const asksForRoom = (socket: Socket, timeout: number): Act => socket.polls('POLLOUT', timeout);

/**
 * To the last byte. The window is not quite 0 when send() says EAGAIN first; 0.2 s later the sending kernel fills that
 * too with its probe, and there is a little room again (tcp_write_wakeup()).
 */
const fillsToTheBrim = (socket: Socket): readonly Act[] => [fillsUp(socket), asksForRoom(socket, 500), fillsUp(socket)];

const readsAllThere: Act = repeats(connection.receives(allThere, messageFlags.MSG_DONTWAIT), 60, fails('EAGAIN'));

/** The client sends, with little room on both sides. */
const narrow: readonly [Act, ...Act[]] = [
  ...binds(listener),
  listener.sets('SO_RCVBUF', small),
  listener.listens(),
  client.opens(),
  client.sets('SO_SNDBUF', small),
  client.connects(),
  listener.accepts(connection),
];

/** The same the other way round: the server sends, and the client has little room to receive. */
const narrowBack: readonly [Act, ...Act[]] = [
  ...binds(listener),
  listener.listens(),
  client.opens(),
  client.sets('SO_RCVBUF', small),
  client.connects(),
  listener.accepts(connection),
  connection.sets('SO_SNDBUF', small),
];

const scene = (text: Step['before'], ...acts: readonly [Act, ...Act[]]) =>
  step('scene', acts, {
    before: text,
    after: {ja: 'クライアントは、何も読んでいません。', en: 'The client reads nothing.'},
    expect: [anyOutcome, connection.is('ESTABLISHED')],
    sources: ['man 7 socket'],
  });

export const buffers = lesson({
  id: 'buffers',
  title: {ja: '読まれないバイトの行き先', en: 'Where unread bytes go'},
  about: {
    ja: '相手が読まないとき、send() はどこまで引き受けるのか',
    en: 'How much does send() take while nobody reads?',
  },
  minutes: 10,
  beliefs: {
    'send-takes-all': `send() は、渡したバイトを全部引き受ける
      send() takes all the bytes that it is given`,
    'full-buffer-drops': `バッファーがいっぱいになると、あふれたバイトは捨てられる
      when the buffer is full, what does not fit is thrown away`,
    'full-send-fails': `送信バッファーがいっぱいのとき、send() はいつもエラーを返す
      send() always fails when the send buffer is full`,
    'close-drops-unsent': `close() すると、まだ届いていないバイトは失われる
      close() loses the bytes that have not arrived yet`,
  },
  steps: [
    step('connect', narrow, {
      before: `つなぐ前に、サーバーの受信バッファーとクライアントの送信バッファーを小さくします。あふれるところを、少ないバイト数で見るためです。
        Before they connect, the server’s receive buffer and the client’s send buffer are made small, so that a few bytes are enough to fill them.`,
      after: `バッファーは、両側のカーネルの中にあります。accept() が返したソケットは、listener の受信バッファーの大きさを受け継ぎます。
        The buffers are in the kernel, on both sides. The socket that accept() returned has the listener’s receive buffer size.`,
      expect: connection.is('ESTABLISHED', {recvQueue: 0}),
      sources: ['man 7 socket', 'man 7 tcp'],
    }),
    step('send-little', sendsMuch(client, 1000), {
      before: `クライアントが 1000 バイトを send() します。サーバーは、このあとしばらく recv() を呼びません。
        The client sends 1000 bytes. For a while the server is not going to call recv().`,
      after: `send() はすぐに返り、1000 バイトはサーバー側の受信キュー(Recv-Q)に入りました。send() の成功は「カーネルが引き受けた」であって、「相手のプログラムが読んだ」ではありません。
        send() returned at once, and the 1000 bytes are in the server’s receive queue (Recv-Q). That send() worked means that the kernel took them, not that the other program has read them.`,
      expect: [returns(1000), connection.is('ESTABLISHED', {recvQueue: 1000})],
      node: "socket.write(bytes);  // 'true' means: go on. Not: read",
      sources: ['man 2 send'],
    }),
    step('nonblocking', client.setsFlags('O_NONBLOCK'), {
      before: `fcntl() で、クライアントのソケットをノンブロッキングにします。待つ代わりに、いまの答えをすぐ返すようになります。
        fcntl() makes the client’s socket non-blocking: instead of waiting, calls answer at once with how things are.`,
      after: `変わったのは、このソケットの呼び出しの返り方だけです。Node のソケットは、はじめからこの設定です。
        Only how calls on this socket return has changed. Node’s sockets are like this from the beginning.`,
      expect: returns(0),
      sources: ['man 2 fcntl'],
    }),
    step('send-much', sendsMuch(client), {
      before: `クライアントが、一度の send() で 16000 バイトを渡します。バッファーは、両側を合わせてもそれより小さいものです。
        In one send() the client hands over 16000 bytes. The buffers of both sides together are smaller than that.`,
      belief: 'send-takes-all',
      question: {ja: 'send() は何を返しますか。', en: 'What will send() return?'},
      choices: [
        {
          text: {ja: '16000。渡したバイト数', en: '16000, as many as it was given'},
          claim: returns(tooMuch),
          because: `ブロッキングのソケットなら、全部入るまで眠ってから 16000 を返します。ノンブロッキングでは、入った分だけです。
            A blocking socket would sleep until all is taken, and then return 16000. A non-blocking one returns what fits now.`,
        },
        {text: {ja: '16000 より小さい数', en: 'a smaller number'}, claim: asClaimed.of('outcome')},
        {
          text: {ja: '全部は入らないので EAGAIN', en: 'EAGAIN, since not all of it fits'},
          claim: fails('EAGAIN'),
          because: `EAGAIN は、1 バイトも入らないときの答えです。
            EAGAIN is the answer when not even one byte fits.`,
        },
      ],
      hint: {ja: '送信バッファーには、まだ空きがあります。', en: 'The send buffer has some room left.'},
      after: `入った分だけを引き受け、その数を返しました。残りを覚えておいて、あとで送り直すのはプログラムの仕事です。send() の戻り値を見ないプログラムは、ここでバイトを失います。
        It took what fits and returned how many that were. To remember the rest and send it later is the program’s task: one that ignores the value of send() loses bytes here.`,
      expect: [
        returnsFrom(1, tooMuch),
        client.is('ESTABLISHED', {sendQueue: {least: 1}}),
        connection.is('ESTABLISHED', {recvQueue: {least: 1001}}),
      ],
      node: 'if (!socket.write(bytes)) {  // Node keeps the rest in its own memory\n  source.pause();\n}',
      sources: ['man 2 send'],
    }),
    step('fill-up', fillsUp(client), {
      before: `クライアントが、4000 バイトずつ send() を繰り返します。サーバーは読まないままです。
        The client calls send() again and again, with 4000 bytes each. The server still reads nothing.`,
      belief: 'full-buffer-drops',
      question: `送信バッファーがいっぱいになったとき、send() はどうなりますか。
        When the send buffer is full, what will send() do?`,
      choices: [
        {
          text: {ja: '4000 を返し、あふれた分は捨てられる', en: 'return 4000, and what does not fit is thrown away'},
          claim: returns(portion),
          because: `接続が続くかぎり、TCP は引き受けたバイトを捨てません。引き受けられないときは、そう言います。
            While the connection lasts, TCP does not throw away what it took. What it cannot take it refuses.`,
        },
        {text: {ja: 'EAGAIN で断る', en: 'refuse with EAGAIN'}, claim: asClaimed.of('outcome')},
        {
          text: {ja: '接続がリセットされる', en: 'fail with ECONNRESET: the connection is reset'},
          claim: fails('ECONNRESET'),
          because: `読むのが遅いことは、誤りではありません。接続はそのままです。
            To read slowly is no error. The connection stays as it is.`,
        },
      ],
      hint: `このソケットは、待たずに答えを返します。
        This socket answers at once, whatever the answer is.`,
      after: `EAGAIN。「いまは入らない。あとでもう一度」です。受信側のカーネルが「空きはもうない」と伝え(ウィンドウ 0)、送信側は送るのをやめ、送信バッファーがいっぱいになりました。これがバックプレッシャーです。
        EAGAIN: no room now, try again later. The receiving kernel has said that it has no room (window 0), so the sending one stopped, and its buffer filled up. This is backpressure.`,
      expect: [
        fails('EAGAIN'),
        client.is('ESTABLISHED', {sendQueue: {least: 1}}),
        connection.is('ESTABLISHED', {recvQueue: {least: 1}}),
      ],
      sources: ['man 2 send', 'RFC 9293 3.8.6'],
    }),
    step('poll-for-room', asksForRoom(client, -1), {
      before: `空くまで send() を繰り返すのは、CPU のむだです。クライアントは poll() に POLLOUT を渡し、空いたら起こしてもらいます。-1 は「いつまでも待つ」です。
        To call send() until it works would waste the CPU. The client asks poll() to wake it when there is room: that is POLLOUT, and -1 means “however long it takes”.`,
      after: `クライアントは poll() の中で眠りました。POLLOUT は「いま send() すれば入る」という知らせで、まだ来ていません。Linux の Node も、書けなかった残りがあるあいだ、同じことを epoll_wait() で待ちます。
        The client sleeps inside poll(). POLLOUT says “send() has room now”, and that is not so yet. On Linux, Node waits for the same in epoll_wait(), as long as it has bytes left that it could not write.`,
      expect: waits,
      sources: ['man 2 poll', 'man 7 epoll'],
    }),
    step('server-makes-room', readsAllThere, {
      before: `サーバーが、いまあるだけのバイトを recv() で読みます。
        The server calls recv() until it has read all that is there.`,
      after: `受信バッファーが空くと、それが送信側のカーネルに伝わり(ウィンドウの更新)、残りが流れ込みます。送信バッファーも空き、poll() が POLLOUT を返しました。Node はここで残りを書き、書き終えると 'drain' を知らせます。
        With room in the receive buffer, the sending kernel is told (a window update), and the rest flows. That makes room in the send buffer too: poll() has returned POLLOUT. Here Node writes what is left; once all is written comes “drain”.`,
      expect: completes('poll-for-room', {kind: 'returns-ready', ready: {client: ['POLLOUT']}}),
      node: "socket.once('drain', () => source.resume());  // there was room again, and the rest is written",
      sources: ['man 2 poll', 'RFC 9293 3.8.6'],
    }),
    step('blocking', client.setsFlags(0), {
      before: {ja: 'fcntl() で、ソケットをブロッキングに戻します。', en: 'fcntl() makes the socket blocking again.'},
      after: `バッファーは、もう空です。このソケットで、あの 16000 バイトをもう一度送ってみます。
        The buffers are empty again. Now those 16000 bytes once more, on this socket.`,
      expect: returns(0),
      sources: ['man 2 fcntl'],
    }),
    step('send-sleeps', sendsMuch(client), {
      before: `クライアントが、ブロッキングの send() で 16000 バイトを送ります。サーバーは、また読まなくなりました。
        With a blocking send() the client sends 16000 bytes. The server has stopped reading again.`,
      belief: 'full-send-fails',
      question: {ja: 'send() はどうなりますか。', en: 'What will send() do?'},
      choices: [
        {text: {ja: '全部入るまで眠る', en: 'sleep until all of it is taken'}, claim: asClaimed},
        {
          text: {ja: '入った分の数を返す', en: 'return how many bytes fit'},
          claim: returnsFrom(1, tooMuch),
          because: `それは、待たないと決めたソケットの答えです。
            That is how a socket answers that is not to wait.`,
        },
        {
          text: {ja: 'いっぱいになったら EAGAIN を返す', en: 'fail with EAGAIN when the buffer is full'},
          claim: fails('EAGAIN'),
          because: `EAGAIN も、待たないと決めたソケットの答えです。
            EAGAIN, too, is the answer of a socket that is not to wait.`,
        },
      ],
      hint: `前の 16000 バイトとの違いは、fcntl() だけです。
        One thing is different from the first 16000 bytes: fcntl().`,
      after: `クライアントは send() の中で眠りました。壊れたのではなく、CPU も使いません。読み手が遅ければ、書き手は待たされる。これもバックプレッシャーです。
        The client sleeps inside send(). It has not crashed, and it uses no CPU: a slow reader holds the writer back. This is backpressure as well.`,
      expect: waits,
      sources: ['man 2 send'],
    }),
    step('server-reads', readsAllThere, {
      before: {ja: 'サーバーが、また読み始めます。', en: 'The server begins to read again.'},
      after: `空いたところへ残りが入り、眠っていた send() が 16000 を返しました。ブロッキングの send() は、ふつうは全部を引き受けてから返ります(シグナルや SO_SNDTIMEO で早く返ることもあります)。
        The rest went where there was room, and the send() that slept has returned 16000. A blocking send() returns when it has taken all, unless a signal or SO_SNDTIMEO ends it early.`,
      expect: completes('send-sleeps', returns(tooMuch)),
      node: 'socket.resume();  // reading again is what wakes the other side',
      sources: ['man 2 recv', 'RFC 9293 3.8.6'],
    }),
    step(
      'close-with-bytes',
      [sendsMuch(client, 6000), client.closes(), repeats(connection.receives(allThere), 60, returns(0))],
      {
        before: `クライアントが 6000 バイトを送り、すぐに close() します。サーバーはそのあとで、終わり(0)まで recv() を繰り返します。
          The client sends 6000 bytes and closes at once. Only then does the server call recv() again and again, until the end (0).`,
        belief: 'close-drops-unsent',
        question: {ja: 'サーバーの recv() は、最後にどうなりますか。', en: 'How will the server’s recv() calls end?'},
        choices: [
          {
            text: {ja: '送られたバイトを全部読んだあと、0 が返る', en: 'with 0, after all the bytes that were sent'},
            claim: asClaimed.of('outcome'),
          },
          {
            text: {ja: 'ECONNRESET になり、残りは失われる', en: 'with ECONNRESET, and the rest is lost'},
            claim: fails('ECONNRESET'),
            because: `失われるのは、close() した側に読み残しがあるときです。ここでは送る側が閉じただけです。
              That happens when the side that closes has not read all. Here it is only the sender that closes.`,
          },
        ],
        hint: `close() のあとも、送信バッファーはカーネルの中にあります。
          After close() the send buffer is still there, inside the kernel.`,
        after: `close() はすぐ返り、送信バッファーに残ったバイトは、そのあとカーネルが届けました。FIN は、最後のバイトのあとに並びます。プロセスがいなくなっても、カーネルは仕事を続けます。
          close() returned at once, and the kernel delivered what was left in the send buffer. FIN stands in line after the last byte. The kernel goes on working when the process is gone.`,
        expect: [returns(0), connection.is('CLOSE_WAIT', {recvQueue: 0})],
        sources: ['man 2 close', 'RFC 9293 3.6'],
      },
    ),
    step(
      'usual-buffers',
      [
        connection.closes(),
        listener.closes(),
        roomy.opens(),
        roomy.binds({host: '127.0.0.1', port: 0}),
        roomy.listens(),
        writer.opens(),
        writer.connects(roomy),
        roomy.accepts(reader),
        sendsMuch(writer),
      ],
      {
        before: `最後に、バッファーを小さくしない接続で、同じ 16000 バイトを送ります。サーバーは読みません。
          Last, the same 16000 bytes over a connection whose buffers were left as they are. The server reads nothing.`,
        after: `16000 バイトが、一度に引き受けられました。ふだんのバッファーは、これよりずっと多くを引き受けます。だから、読まれていないことに、書く側は長いあいだ気づきません。
          All 16000 were taken at once. Usual buffers take far more than that. So a writer does not notice for a long time that nobody reads.`,
        expect: [returns(tooMuch), reader.is('ESTABLISHED', {recvQueue: {least: 1}})],
        sources: ['man 7 tcp'],
      },
    ),
    step('close', [writer.closes(), reader.closes(), roomy.closes()], {
      before: {ja: '残りをすべて閉じます。', en: 'All the rest is closed.'},
      after: {ja: '開いているソケットは、もうありません。', en: 'No socket is open any more.'},
      expect: roomy.isGone,
      sources: ['man 2 close'],
    }),
  ],
  summary: `send() が数えるのは、カーネルが引き受けたバイトです。相手が読まなければ、受信バッファーがいっぱいになり、ウィンドウが 0 になり、送信バッファーがいっぱいになります。そこから先は、ブロッキングなら眠り、ノンブロッキングなら EAGAIN で、空きは poll() で待ちます。Node の write() は、入らない分を Node のメモリーに積み、たまると false を返します。false のあとは、'drain' まで書くのを待つのが約束です。(man 2 send, man 2 poll, man 7 tcp, RFC 9293 3.8.6)
    What send() counts is what the kernel took. When the peer does not read, its receive buffer fills, the window becomes 0, and the send buffer fills. From there a blocking socket sleeps, and a non-blocking one answers EAGAIN: poll() tells when there is room. Node’s write() keeps what does not fit in Node’s own memory, and returns false once that is too much. After that, write no more until “drain”. (man 2 send, man 2 poll, man 7 tcp, RFC 9293 3.8.6)`,
  review: [
    review('server-sends-much', [
      scene(
        {
          ja: '今度はサーバーが送る側です。バッファーは小さく、サーバーのソケットはノンブロッキングです。',
          en: 'This time the server sends. The buffers are small, and the server’s socket is non-blocking.',
        },
        ...narrowBack,
        connection.setsFlags('O_NONBLOCK'),
      ),
      step('send', sendsMuch(connection), {
        before: {ja: 'サーバーが 16000 バイトを send() します。', en: 'The server sends 16000 bytes.'},
        belief: 'send-takes-all',
        question: {ja: 'send() は何を返しますか。', en: 'What will send() return?'},
        choices: [
          {
            text: {ja: '16000', en: '16000'},
            claim: returns(tooMuch),
            because: `両側のバッファーを合わせても、16000 バイトは入りません。
              The buffers of both sides together have no room for 16000 bytes.`,
          },
          {
            text: {ja: '0', en: '0'},
            claim: returns(0),
            because: `空きが少しでもあれば、入る分を引き受けます。空きがなければ、0 ではなく EAGAIN です。
              Where there is any room, send() takes what fits. Where there is none, it says EAGAIN, not 0.`,
          },
          {text: {ja: '1 以上、16000 未満の数', en: 'at least 1, and less than 16000'}, claim: asClaimed},
        ],
        after: `引き受けた分だけです。残りをどうするかは、プログラムが決めます。
          Only what it took. What becomes of the rest is up to the program.`,
        expect: returnsFrom(1, tooMuch),
        sources: ['man 2 send'],
      }),
      closing('close', [client, connection, listener]),
    ]),
    review('one-more-byte', [
      scene(
        {
          ja: 'ノンブロッキングのサーバーが、もう入らなくなるまで送り続けました。',
          en: 'A non-blocking server has sent until nothing more fits.',
        },
        ...narrowBack,
        connection.setsFlags('O_NONBLOCK'),
        ...fillsToTheBrim(connection),
      ),
      step('send', sendsMuch(connection, 1), {
        before: {ja: 'サーバーが、あと 1 バイトだけ send() します。', en: 'The server sends just one more byte.'},
        belief: 'full-buffer-drops',
        question: {ja: 'その 1 バイトはどうなりますか。', en: 'What becomes of that byte?'},
        choices: [
          {
            text: {ja: '1 が返り、捨てられる', en: '1 is returned, and it is thrown away'},
            claim: returns(1),
            because: `返る数は、カーネルが引き受けたバイト数です。引き受けたものを、カーネルは捨てません。
              The value counts what the kernel took over, and what it took over it does not throw away.`,
          },
          {text: {ja: 'EAGAIN で断られる', en: 'it is refused with EAGAIN'}, claim: asClaimed},
          {
            text: {ja: '空きを待つ', en: 'it waits for room'},
            claim: waits,
            because: `ノンブロッキングのソケットでは、send() は空きを待ちません。
              On a non-blocking socket send() does not wait for room.`,
          },
        ],
        after: `断られました。捨てられたバイトは一つもありません。
          It is refused. Not one byte was thrown away.`,
        expect: fails('EAGAIN'),
        sources: ['man 2 send'],
      }),
      closing('close', [client, connection, listener]),
    ]),
    review('slow-client', [
      scene(
        {
          ja: '読まないクライアントに、ブロッキングのサーバーが送ろうとしています。',
          en: 'A blocking server is about to send to a client that does not read.',
        },
        ...narrowBack,
      ),
      step('send', sendsMuch(connection), {
        before: {ja: 'サーバーが 16000 バイトを send() します。', en: 'The server sends 16000 bytes.'},
        belief: 'full-send-fails',
        question: {ja: 'send() はどうなりますか。', en: 'What will send() do?'},
        choices: [
          {
            text: {ja: 'EAGAIN を返す', en: 'return EAGAIN'},
            claim: fails('EAGAIN'),
            because: `EAGAIN を返すのは、ノンブロッキングのソケットか、SO_SNDTIMEO で決めた時間が過ぎたときです。
              EAGAIN is what a non-blocking socket says, or a blocking one after the time that SO_SNDTIMEO sets.`,
          },
          {
            text: {ja: '入った分の数を返す', en: 'return how much fits'},
            claim: returnsFrom(1, tooMuch),
            because: `ブロッキングの send() が途中の数を返すのは、シグナルか SO_SNDTIMEO で早く終わったときだけです。
              A blocking send() returns a part only when a signal or SO_SNDTIMEO ends it early.`,
          },
          {text: {ja: '眠る', en: 'sleep'}, claim: asClaimed},
        ],
        after: `ブロッキングの send() は、シグナルなどがなければ、全部を引き受けるまで眠ります。
          A blocking send() sleeps until all of it is taken, if no signal comes.`,
        expect: waits,
        sources: ['man 2 send'],
      }),
      step('client-leaves', client.closes(), {
        before: {ja: 'クライアントが、読まずに閉じます。', en: 'The client closes without reading.'},
        after: `眠っていた send() は、引き受けたところまでの数を返しました。次に send() すれば、ECONNRESET になります。
          The send() that slept returned how much it had taken. The next send() would fail with ECONNRESET.`,
        expect: completes('send', returnsFrom(1, tooMuch)),
        sources: ['man 2 send'],
      }),
      closing('close', [connection, listener]),
    ]),
    review('server-hangs-up', [
      scene(
        {
          ja: 'サーバーが「goodbye」を送り、すぐに close() しました。',
          en: 'The server has sent “goodbye” and closed at once.',
        },
        ...narrowBack,
      ),
      step('recv', [connection.sends('goodbye'), connection.closes(), client.receives(100)], {
        before: {ja: 'そのあとで、クライアントが recv() します。', en: 'Only then does the client call recv().'},
        belief: 'close-drops-unsent',
        question: {ja: 'recv() は何を返しますか。', en: 'What will recv() return?'},
        choices: [
          {text: {ja: '7。「goodbye」', en: '7: goodbye'}, claim: asClaimed},
          {
            text: {ja: '0。もう閉じられたので', en: '0, since it is closed'},
            claim: returns(0),
            because: `0 になるのは、FIN より前のバイトを全部読んだあとです。
              0 comes once all the bytes before FIN have been read.`,
          },
          {
            text: {ja: 'ECONNRESET', en: 'ECONNRESET'},
            claim: fails('ECONNRESET'),
            because: `サーバーに読み残しはなかったので、close() は RST ではなく FIN を送りました。
              The server had left nothing unread, so its close() sent FIN, not RST.`,
          },
        ],
        after: `先に「goodbye」、その次に 0 です。FIN は、バイトを追い越しません。
          First goodbye, then 0. FIN does not overtake bytes.`,
        expect: received('goodbye'),
        sources: ['man 2 close'],
      }),
      closing('close', [client, listener]),
    ]),
  ],
});
