import type {Act, Step} from '../src/model/lesson.ts';
import {fill} from './kit/bytes.ts';
import {closesSecond, joins, listens, repeats} from './kit/calls.ts';
import {anyOutcome} from './kit/claims.ts';
import {closing} from './kit/closing.ts';
import {lesson, review} from './kit/lesson.ts';
import {fails, received, returns} from './kit/outcomes.ts';
import {type Socket, sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';

const {fresh, second, caller, writer, last, client} = sockets({
  client: ['fresh', 'second', 'caller', 'writer', 'last', 'client'],
});
const {crowded, patient, served, narrow, reader, firstToEnd, listener, connection} = sockets({
  server: ['crowded', 'patient', 'served', 'narrow', 'reader', 'first-to-end', 'listener', 'connection'],
});

const small = 4096;
/** At a time, until the buffers are full. */
const many = fill(0x61, 4000);

/** A listener on a port that the kernel chooses, with one option set before it listens. */
const listensAt = (socket: Socket, backlog: number, ...options: readonly Act[]): readonly [Act, ...Act[]] => [
  socket.opens(),
  ...options,
  socket.binds({host: '127.0.0.1', port: 0}),
  socket.listens(backlog),
];

const connectsTo = (socket: Socket, listener: Socket, ...before: readonly Act[]): readonly [Act, ...Act[]] => [
  socket.opens(),
  ...before,
  socket.connects(listener),
];

const readsToTheEnd = (socket: Socket): Act => repeats(socket.receives(65_536), 60, returns(0));

/** Little room on both sides, so that what the client sends soon gets stuck. */
const narrowListener = listensAt(narrow, 5, narrow.sets('SO_RCVBUF', small));

/** A connection whose client has sent more than the server's buffer takes. */
const stuck = (client: Socket, server: Socket): readonly [Act, ...Act[]] => [
  ...connectsTo(client, narrow, client.sets('SO_SNDBUF', small)),
  narrow.accepts(server),
  client.setsFlags('O_NONBLOCK'),
  repeats(client.sends(many), 50, fails('EAGAIN')),
];

const reviewScene = (text: Step['before'], ...acts: readonly [Act, ...Act[]]) =>
  step('scene', acts, {
    before: text,
    after: {ja: 'つながっています。', en: 'They are connected.'},
    expect: [anyOutcome, connection.is('ESTABLISHED')],
    sources: ['man 7 tcp'],
  });

export const states = lesson({
  id: 'states',
  title: {ja: 'TCP の 11 の状態', en: 'The eleven TCP states'},
  about: `CLOSE から TIME_WAIT まで、11 の状態には、いつなるのか
    When is a socket in each of the eleven states, from CLOSE to TIME_WAIT?`,
  minutes: 10,
  picture: 'tcp-states',
  beliefs: {
    'one-state-for-both-ends': `TCP の状態は接続に一つで、両端で同じだ
      a connection has one state, the same at both ends`,
    'fin-leaves-at-once': `shutdown(SHUT_WR) を呼べば、FIN はすぐに相手へ届く
      shutdown(SHUT_WR) brings FIN to the peer at once`,
    'time-wait-on-one-side': `TIME_WAIT が残るのは、いつも片側だけだ
      TIME_WAIT always stays on one side only`,
  },
  steps: [
    step('close-state', fresh.opens(), {
      shows: 'picture',
      before: `図は、TCP のソケットがとる状態です。クライアントが socket() を呼びます。最初の状態を見てください。
        The picture has the states of a TCP socket. The client calls socket(): see where it begins.`,
      after: `CLOSE です。どこにもつながっておらず、カーネルの表にも行がありません。状態は TCP_INFO で読みました。
        CLOSE: connected to nothing, and without a row in the kernel’s table. The state was read by TCP_INFO.`,
      expect: fresh.isUnlisted('CLOSE'),
      sources: ['RFC 9293 3.3.2', 'man 7 tcp'],
    }),
    step('listen-state', listensAt(crowded, 0), {
      shows: 'picture',
      before: `サーバーが bind() し、listen() を backlog 0 で呼びます。
        The server calls bind(), and listen() with a backlog of 0.`,
      after: `LISTEN です。このソケットは、ここから先どこへも進みません。接続ができるたびに、新しいソケットが作られます。
        LISTEN. This socket goes no further: for each connection a new one is made.`,
      expect: crowded.is('LISTEN', {recvQueue: 0}),
      sources: ['man 2 listen'],
    }),
    step(
      'syn-sent',
      [fresh.connects(crowded), second.opens(), second.setsFlags('O_NONBLOCK'), second.connects(crowded)],
      {
        shows: 'picture',
        before: `ループバックの SYN_SENT は、ふだんは速すぎて見えません。接続待ちキューを一つ目の接続でいっぱいにしてから、二つ目が connect() します(待たないように、ノンブロッキングで)。
          On loopback SYN_SENT usually passes too fast to be seen. One connection fills the accept queue, and then a second one calls connect(), non-blocking so as not to wait.`,
        after: `いっぱいになったサーバーのカーネル(Linux)は、二つ目の SYN に答えません。二つ目は SYN を送ったまま、SYN_SENT で返事を待っています。
          The server being full, its kernel (Linux) does not answer the second SYN. So the second socket has sent SYN and waits for an answer in SYN_SENT.`,
        expect: [fails('EINPROGRESS'), fresh.is('ESTABLISHED'), second.is('SYN_SENT')],
        sources: ['man 2 connect', 'RFC 9293 3.5'],
      },
    ),
    step(
      'syn-recv',
      [
        second.closes(),
        crowded.closes(),
        fresh.closes(),
        ...listensAt(patient, 5, patient.sets('TCP_DEFER_ACCEPT', 60)),
        ...connectsTo(caller, patient),
      ],
      {
        shows: 'picture',
        before: `それらを閉じ、別のサーバーを用意します。Linux で TCP_DEFER_ACCEPT を設定すると、サーバー側の接続は、最初のデータが届くまで SYN_RECV にとどまります。クライアントが connect() します。
          These are closed, and another server is made ready. On Linux, TCP_DEFER_ACCEPT keeps the server’s end of a connection in SYN_RECV until its first data. A client connects.`,
        belief: 'one-state-for-both-ends',
        question: `サーバー側が SYN_RECV のあいだ、クライアントはどの状態ですか。
          While the server’s end is in SYN_RECV, what is the client’s state?`,
        choices: [
          {
            text: {ja: 'SYN_RECV。一つの接続なので同じ', en: 'SYN_RECV too: it is one connection'},
            claim: caller.is('SYN_RECV'),
            because: `状態は両端で別々です。クライアントは SYN+ACK を受け取ったので、もう先へ進んでいます。
              Each end has its own state. The client got its SYN+ACK and has gone on.`,
          },
          {
            text: {ja: 'SYN_SENT。サーバー側が進むのを待つ', en: 'SYN_SENT, until the server’s end goes on'},
            claim: caller.is('SYN_SENT'),
            because: `SYN_SENT は、SYN+ACK が届くまでです。それはもう届いています。
              SYN_SENT ends when SYN+ACK arrives, and that has come.`,
          },
          {
            text: {ja: 'ESTABLISHED。SYN+ACK が届いた', en: 'ESTABLISHED: it has got SYN+ACK'},
            claim: asClaimed.of('sockets'),
          },
        ],
        after: `クライアントは SYN+ACK を受け取って ESTABLISHED です。その ACK はサーバーにも届きましたが、カーネルはデータを待つために捨て、SYN_RECV のままです。状態は接続に一つではなく、両端にそれぞれあります。
          With SYN+ACK the client is ESTABLISHED. Its ACK did reach the server, whose kernel drops it to wait for data and stays in SYN_RECV. A connection does not have one state: each end has its own.`,
        expect: [caller.is('ESTABLISHED'), patient.queue(1, {state: 'SYN_RECV'})],
        node: '// net has no way to set TCP_DEFER_ACCEPT.',
        sources: ['man 7 tcp', 'RFC 9293 3.5'],
      },
    ),
    step('established', [caller.sends('hi'), patient.accepts(served), served.receives(100)], {
      shows: 'picture',
      before: `クライアントが「hi」を送り、サーバーが accept() して受け取ります。
        The client sends “hi”; the server accepts and receives it.`,
      after: `両側が ESTABLISHED になりました。会話のあいだは、ずっとこの状態です。
        ESTABLISHED on both sides, for as long as they talk.`,
      expect: [received('hi'), caller.is('ESTABLISHED'), served.is('ESTABLISHED')],
      sources: ['man 2 accept'],
    }),
    step('fin-wait2', caller.shutsDown('SHUT_WR'), {
      shows: 'picture',
      before: `クライアントが shutdown(SHUT_WR) で、送信を終えます。
        The client ends its sending with shutdown(SHUT_WR).`,
      after: `クライアントは、FIN とその ACK を終えて FIN_WAIT2。サーバーは、FIN を受け取って CLOSE_WAIT です。途中の FIN_WAIT1 は、FIN の ACK が届くまでのことで、ふだんは一瞬です。
        The client’s FIN has been acknowledged: FIN_WAIT2. The server has received it: CLOSE_WAIT. FIN_WAIT1, in between, lasts only until that ACK comes: usually a moment.`,
      expect: [caller.is('FIN_WAIT2'), served.is('CLOSE_WAIT')],
      node: 'socket.end();  // shutdown(SHUT_WR), once all is written',
      sources: ['man 2 shutdown', 'RFC 9293 3.6'],
    }),
    step('time-wait', [served.closes(), caller.closes(), patient.closes()], {
      shows: 'picture',
      before: `サーバーが close() し、クライアントも close() します。
        The server closes, and then the client.`,
      after: `先に FIN を送ったクライアント側に、TIME_WAIT が残りました。プロセスのものではなく、カーネルだけが覚えています(Linux では 60 秒)。
        TIME_WAIT stays at the client, which sent its FIN first. It belongs to no process: only the kernel keeps it, on Linux for 60 seconds.`,
      expect: [caller.is('TIME_WAIT'), served.isGone],
      sources: ['RFC 9293 3.6.1'],
    }),
    step('fin-wait1', [...narrowListener, ...stuck(writer, reader), writer.shutsDown('SHUT_WR')], {
      shows: 'picture',
      before: `次は FIN_WAIT1 です。小さなバッファーの接続で、サーバーが読まないうちに、クライアントがあふれるまで送ります(EAGAIN)。そして shutdown(SHUT_WR) します。
        Next is FIN_WAIT1. With small buffers, and a server that does not read, the client sends until EAGAIN. Then it calls shutdown(SHUT_WR).`,
      belief: 'fin-leaves-at-once',
      question: {ja: 'サーバー側の状態はどうなりますか。', en: 'What will the server’s state be?'},
      choices: [
        {
          text: {ja: 'CLOSE_WAIT。FIN はすぐ届く', en: 'CLOSE_WAIT: FIN arrives at once'},
          claim: reader.is('CLOSE_WAIT'),
          because: `FIN は、送信バッファーのバイトのうしろに並びます。
            FIN stands in line behind the bytes of the send buffer.`,
        },
        {
          text: `ESTABLISHED のまま。FIN はまだ送り出されない
            ESTABLISHED still: FIN has not been sent yet`,
          claim: [reader.is('ESTABLISHED'), writer.is('FIN_WAIT1')],
        },
      ],
      after: `shutdown() はすぐ返りましたが、FIN は、たまったバイトのうしろで待っています。クライアントは FIN_WAIT1、サーバーは何も知らずに ESTABLISHED です。
        shutdown() returned at once, but FIN waits behind the bytes that are stuck. The client is in FIN_WAIT1; the server knows nothing of it and is ESTABLISHED.`,
      expect: [writer.is('FIN_WAIT1', {sendQueue: {least: 2}}), reader.is('ESTABLISHED', {recvQueue: {least: 1}})],
      node: `socket.end();  // Node calls shutdown() only once the kernel
// has taken all that was written.`,
      sources: ['man 2 shutdown', 'RFC 9293 3.6'],
    }),
    step('closing', reader.shutsDown('SHUT_WR'), {
      shows: 'picture',
      before: `クライアントの FIN が届かないうちに、サーバーも shutdown(SHUT_WR) します。
        Before the client’s FIN has arrived, the server calls shutdown(SHUT_WR) too.`,
      after: `サーバーの FIN は、すぐに届きました。クライアントは、自分の FIN の ACK より先に相手の FIN を受け取ったので、CLOSING です。両側が同時に閉じようとしたときの状態です。
        The server’s FIN got through. The client has the peer’s FIN before the ACK of its own: CLOSING, the state of two sides that close at once.`,
      expect: [writer.is('CLOSING'), reader.is('FIN_WAIT2')],
      sources: ['RFC 9293 3.6'],
    }),
    step('both-time-wait', [readsToTheEnd(reader), reader.closes(), writer.closes()], {
      shows: 'picture',
      before: `サーバーが最後まで読み、両側が close() します。
        The server reads to the end, and both sides close.`,
      belief: 'time-wait-on-one-side',
      question: {ja: 'TIME_WAIT は、どこに残りますか。', en: 'Where will TIME_WAIT stay?'},
      choices: [
        {
          text: {ja: '先に shutdown() したクライアントだけ', en: 'at the client only, which called shutdown() first'},
          claim: [writer.is('TIME_WAIT'), reader.isGone],
          because: `サーバーも、クライアントの FIN が届く前に、自分の FIN を送っていました。
            The server too had sent its FIN before the client’s arrived.`,
        },
        {
          text: {ja: '先に FIN が届いたサーバーだけ', en: 'at the server only, whose FIN arrived first'},
          claim: [reader.is('TIME_WAIT'), writer.isGone],
          because: `どちらの FIN が先に届いたかでは決まりません。クライアントも、自分から FIN を送っています。
            Whose FIN arrived first does not decide it. The client too sent its own unasked.`,
        },
        {text: {ja: '両側', en: 'on both sides'}, claim: asClaimed.of('sockets')},
      ],
      after: `両側です。どちらも、相手の FIN を知る前に自分から閉じ始めました。TIME_WAIT は、自分から閉じ始めた側(能動クローズ)に残ります。それが両方なら、両方です。
        On both. Each of them began to close before it knew of the other’s FIN. TIME_WAIT stays with whoever began to close by itself (active close): if both did, with both.`,
      expect: [writer.is('TIME_WAIT'), reader.is('TIME_WAIT')],
      sources: ['RFC 9293 3.6'],
    }),
    step('last-ack', [...stuck(last, firstToEnd), firstToEnd.shutsDown('SHUT_WR'), last.shutsDown('SHUT_WR')], {
      shows: 'picture',
      before: `最後の一つは LAST_ACK です。同じようにバイトを詰まらせ、今度はサーバーが先に送信を終えます。そのあとで、クライアントも shutdown(SHUT_WR) します。
        The last one is LAST_ACK. Bytes get stuck as before, but now the server ends its sending first. Then the client calls shutdown(SHUT_WR) too.`,
      after: `クライアントは CLOSE_WAIT から LAST_ACK へ進みました。自分の FIN が、詰まったバイトのうしろにあるので、最後の ACK が来ません。ふだんは一瞬で過ぎる状態です。
        From CLOSE_WAIT the client went on to LAST_ACK. Its FIN stands behind the stuck bytes, so the last ACK does not come. Usually this state is over in no time.`,
      expect: [last.is('LAST_ACK'), firstToEnd.is('FIN_WAIT2')],
      sources: ['RFC 9293 3.6'],
    }),
    step('all-close', [readsToTheEnd(firstToEnd), firstToEnd.closes(), last.closes(), narrow.closes()], {
      shows: 'picture',
      before: {ja: 'サーバーが最後まで読み、すべて閉じます。', en: 'The server reads to the end, and all is closed.'},
      after: `最後の ACK が届いて、クライアント側の行は消えました(CLOSE)。先に閉じ始めたサーバー側に、TIME_WAIT が残ります。これで 11 の状態をすべて通りました。
        The last ACK came, and the client’s row is gone (CLOSE). TIME_WAIT stays at the server, which began to close. All eleven states have been reached.`,
      expect: [firstToEnd.is('TIME_WAIT'), last.isGone],
      sources: ['RFC 9293 3.3.2'],
    }),
  ],
  summary: `状態は、接続ではなく両端がそれぞれ持っています。自分の呼び出し(listen、connect、shutdown、close)と、届いたセグメント(SYN、ACK、FIN、RST)と、時間だけが、次の状態を決めます。プログラムの誤りを探すときは、とくに二つ。CLOSE_WAIT が増えるのは、たいてい close() の忘れ、TIME_WAIT は先に閉じた側の正常な後片付けです。(RFC 9293 3.3.2, 3.6, man 7 tcp)
    It is not the connection that has a state but each of its ends. Only our own calls (listen, connect, shutdown, close), segments that arrive (SYN, ACK, FIN, RST) and time lead to the next one. Two of them tell the most about a program: many in CLOSE_WAIT mostly mean a forgotten close(); TIME_WAIT is the sound tidying up of whoever closed first. (RFC 9293 3.3.2, 3.6, man 7 tcp)`,
  review: [
    review('server-ends-first', [
      reviewScene(
        {ja: 'サーバーとクライアントがつながっています。', en: 'Server and client are connected.'},
        ...joins(listener, client, connection),
      ),
      step('shutdown', connection.shutsDown('SHUT_WR'), {
        before: `今度はサーバーが shutdown(SHUT_WR) を呼びます。クライアントは何もしません。
          This time the server calls shutdown(SHUT_WR). The client does nothing.`,
        belief: 'one-state-for-both-ends',
        question: {ja: '両側の状態はどうなりますか。', en: 'What are the states of both sides?'},
        choices: [
          {
            text: {ja: '両側とも FIN_WAIT2', en: 'FIN_WAIT2 on both'},
            claim: client.is('FIN_WAIT2'),
            because: `FIN_WAIT2 になるのは、FIN を送った側です。クライアントは送っていません。
              FIN_WAIT2 is for the side that has sent FIN. The client has sent none.`,
          },
          {
            text: `サーバーは FIN_WAIT2、クライアントは CLOSE_WAIT
              FIN_WAIT2 at the server, CLOSE_WAIT at the client`,
            claim: asClaimed.of('sockets'),
          },
          {
            text: {ja: '両側とも CLOSE_WAIT', en: 'CLOSE_WAIT on both'},
            claim: connection.is('CLOSE_WAIT'),
            because: `CLOSE_WAIT になるのは、FIN を受け取った側です。サーバーは受け取っていません。
              CLOSE_WAIT is for the side that has received FIN. The server has received none.`,
          },
        ],
        after: `FIN を送った側と受け取った側では、待っているものが違います。
          The side that sent FIN and the side that got it wait for different things.`,
        expect: [connection.is('FIN_WAIT2'), client.is('CLOSE_WAIT')],
        sources: ['RFC 9293 3.6'],
      }),
      closing('close', [listener, connection, client]),
    ]),
    review('server-full-and-ended', [
      reviewScene(
        {
          ja: 'サーバーとクライアントが、小さなバッファーの接続でつながっています。',
          en: 'Server and client are connected, with small buffers.',
        },
        ...listens(listener),
        client.opens(),
        client.sets('SO_RCVBUF', small),
        client.connects(),
        listener.accepts(connection),
        connection.sets('SO_SNDBUF', small),
        connection.setsFlags('O_NONBLOCK'),
      ),
      step('shutdown', [repeats(connection.sends(many), 50, fails('EAGAIN')), connection.shutsDown('SHUT_WR')], {
        before: `今度はサーバーが EAGAIN まで送り、shutdown(SHUT_WR) します。クライアントは読みません。
          This time the server sends until EAGAIN and calls shutdown(SHUT_WR). The client does not read.`,
        belief: 'fin-leaves-at-once',
        question: {ja: 'クライアントの状態はどうなりますか。', en: 'What will the client’s state be?'},
        choices: [
          {text: {ja: 'ESTABLISHED のまま', en: 'ESTABLISHED still'}, claim: client.is('ESTABLISHED')},
          {
            text: {ja: 'CLOSE_WAIT', en: 'CLOSE_WAIT'},
            claim: client.is('CLOSE_WAIT'),
            because: `FIN の前に、まだ送れていないバイトが並んでいます。
              Bytes that could not be sent yet stand before FIN.`,
          },
        ],
        after: `サーバーは FIN_WAIT1 ですが、FIN はまだ送信バッファーの中です。
          The server is in FIN_WAIT1, but its FIN is still in the send buffer.`,
        expect: [
          connection.is('FIN_WAIT1', {sendQueue: {least: 2}}),
          client.is('ESTABLISHED', {recvQueue: {least: 1}}),
        ],
        sources: ['RFC 9293 3.6'],
      }),
      step('close', [readsToTheEnd(client), client.closes(), connection.closes(), listener.closes()], {
        before: `クライアントが最後まで読み、すべて閉じます。
          The client reads to the end, and all is closed.`,
        after: {ja: '閉じました。', en: 'Closed.'},
        expect: client.isGone,
        sources: ['man 2 close'],
      }),
    ]),
    review('one-after-the-other', [
      reviewScene(
        {ja: 'サーバーとクライアントがつながっています。', en: 'Server and client are connected.'},
        ...joins(listener, client, connection),
      ),
      step('close-in-turn', [connection.closes(), client.receives(100), closesSecond(client, connection)], {
        before: `サーバーが close() し、クライアントは recv() で 0 を受け取ってから close() します。
          The server closes; the client gets 0 from recv() and closes after that.`,
        belief: 'time-wait-on-one-side',
        question: {ja: 'TIME_WAIT は、どこに残りますか。', en: 'Where will TIME_WAIT stay?'},
        choices: [
          {
            text: {ja: '両側', en: 'on both sides'},
            claim: [connection.is('TIME_WAIT'), client.is('TIME_WAIT')],
            because: `両側に残るのは、どちらも相手の FIN が届く前に自分の FIN を送ったときです。
              Both keep it when each sends its FIN before the other’s has arrived.`,
          },
          {text: {ja: 'サーバー側だけ', en: 'at the server only'}, claim: asClaimed.of('sockets')},
          {
            text: {ja: 'クライアント側だけ', en: 'at the client only'},
            claim: [client.is('TIME_WAIT'), connection.isGone],
            because: `クライアントの FIN は二番目でした。ACK が返れば、そのソケットは消えます。
              The client’s FIN came second. Once that is acknowledged, its socket is gone.`,
          },
        ],
        after: `クライアントは、FIN を受け取ってから閉じました(受動クローズ)。残るのは、先に閉じたサーバー側だけです。
          The client closed after it had got FIN (passive close). So it stays only at the server, which closed first.`,
        expect: [connection.is('TIME_WAIT'), client.isGone],
        sources: ['RFC 9293 3.6'],
      }),
      closing('close', [listener]),
    ]),
  ],
});
