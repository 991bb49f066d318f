import {messageFlags} from '../src/model/call.ts';
import type {Act, FrameClaim, FramesClaim} from '../src/model/lesson.ts';
import {fill} from './kit/bytes.ts';
import {binds, connects, joins, loses, losesNothing, repeats} from './kit/calls.ts';
import {closing} from './kit/closing.ts';
import {lesson, review} from './kit/lesson.ts';
import {completes, fails, returns, waits} from './kit/outcomes.ts';
import {ack, neverPasses, passes, passesOnly} from './kit/segments.ts';
import {type Socket, sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';

const {listener, connection, client} = sockets({server: ['listener', 'connection'], client: ['client']});

/** Bytes asked for. The kernel doubles them for its own keeping (man 7 socket), and offers so many as its window. */
const small = 4096;
/** Half of it: no segment of the sender's is larger than half of the largest window that it has seen. */
const half = small / 2;
/** More than two small buffers hold. */
const much = 30_000;
const aLittle = 100;
/** More than a window of 16 bits could offer. */
const roomy = 150_000;

const sendsMuch = (socket: Socket, count: number): Act => socket.sends(fill(0x61, count));

/** Sleeps until all of them are there. */
const receivesAll = (socket: Socket, count: number): Act => socket.receives(count, messageFlags.MSG_WAITALL);

/** The server has little room to receive, and the client little room for what it cannot send. */
const narrow: readonly [Act, ...Act[]] = [
  ...binds(listener),
  listener.sets('SO_RCVBUF', small),
  listener.listens(),
  client.opens(),
  client.sets('SO_SNDBUF', small),
  client.connects(),
  listener.accepts(connection),
];

/** The other way round: the client has little room to receive. */
const narrowBack: readonly [Act, ...Act[]] = [
  ...binds(listener),
  listener.sets('SO_SNDBUF', small),
  listener.listens(),
  client.opens(),
  client.sets('SO_RCVBUF', small),
  client.connects(),
  listener.accepts(connection),
];

type Side = 'server' | 'client';
const other = {server: 'client', client: 'server'} as const;

const shut = (reader: Side): FrameClaim => ({from: reader, flags: ['ACK'], length: 0, window: 0});
const opens = (reader: Side): FrameClaim => ({from: reader, flags: ['ACK'], length: 0, window: {least: 1}});
const probe = (writer: Side): FrameClaim => ack(writer);

/** The window is shut, and the writer has asked for it twice. */
const probed = (reader: Side): FramesClaim =>
  passes(shut(reader), probe(other[reader]), {...probe(other[reader]), afterMs: {least: 100}});

/** The kernel's timers for probes: about 0.2 s, 0.4 s, and so on. */
const probesMs = 10_000;

export const window = lesson({
  id: 'window',
  title: {ja: 'ウィンドウ', en: 'The window'},
  about: {
    ja: '読まない相手に、カーネルはどう気付き、どう待つのか',
    en: 'How does a kernel learn that nobody reads, and how does it wait?',
  },
  minutes: 9,
  network: 'private',
  actors: ['server', 'client', 'network'],
  beliefs: {
    'ack-means-read': `ACK が返れば、相手のプログラムが読んだということだ
      an ACK means that the other program has read my bytes`,
    'zero-window-is-silence': `ウィンドウが 0 になったら、開くまで線の上には何も流れない
      once the window is 0, nothing passes until it opens`,
    'recv-sends-nothing': `recv() は自分の側のバイトを取り出すだけで、何も送らない
      recv() only takes bytes out on its own side, and sends nothing`,
    'slow-reader-looks-like-loss': `相手が読まないのも、途中で失われるのも、TCP には同じに見える
      to TCP, a peer that does not read and a network that loses segments look the same`,
  },
  steps: [
    step('connect', narrow, {
      before: `サーバーの受信バッファーとクライアントの送信バッファーを小さくして、つなぎます。少ないバイト数で、いっぱいになるところを見るためです。
        The two connect, with a small receive buffer at the server and a small send buffer at the client, so that few bytes are enough to fill them.`,
      after: `どのセグメントにもウィンドウ(win)があり、「ack のところから、あと何バイト送ってよいか」を言います。サーバーの SYN+ACK では 4096 です。クライアントは、いちばん新しい win を超えて送りません(フロー制御)。
        Every segment has a window in it (win): how many more bytes may be sent, counted from its ack. In the server’s SYN+ACK it is 4096. The client goes by the newest win and sends no more than that: flow control.`,
      expect: passesOnly(
        {from: 'client', flags: ['SYN']},
        {from: 'server', flags: ['SYN', 'ACK'], window: small},
        {from: 'client', flags: ['ACK']},
      ),
      shows: 'wire',
      sources: ['RFC 9293 3.1', 'RFC 9293 3.8.6', 'man 7 socket'],
    }),
    step('send-half', sendsMuch(client, half), {
      before: `クライアントが 2048 バイトを送ります。サーバーは recv() を呼びません。
        The client sends 2048 bytes. The server does not call recv().`,
      belief: 'ack-means-read',
      question: {ja: 'サーバー側から、何が返りますか。', en: 'What will come back from the server’s side?'},
      choices: [
        {
          text: {ja: '何も返らない。まだ読んでいないので', en: 'nothing: it has not read them yet'},
          claim: [passes({from: 'client', length: half}), neverPasses({from: 'server'})],
          because: `ACK を返すのはカーネルです。バイトは、カーネルの受信バッファーに届いています。
            The ACK is the kernel’s, and the bytes have arrived in the kernel’s receive buffer.`,
        },
        {
          text: {ja: 'ACK。ウィンドウは 4096 のまま', en: 'an ACK, and the window is 4096 as before'},
          claim: passes({...probe('server'), window: {least: small}}),
          because: `読まれるまで、バイトは受信バッファーの場所を取ります。
            Until they are read, the bytes take up room in the receive buffer.`,
        },
        {
          text: {ja: 'ACK。ウィンドウは 4096 より狭い', en: 'an ACK, with a window smaller than 4096'},
          claim: passes({...probe('server'), window: {least: 1, below: small}}),
        },
      ],
      hint: `届いたバイトは、recv() されるまで受信バッファーにあります。
        What has arrived stays in the receive buffer until recv() takes it.`,
      after: `一つの ACK が二つのことを言っています。ack は「届いた」、win は「あとこれだけ送ってよい」です。読まれたとは言っていません。Recv-Q の 2048 が、その分です。
        One ACK says two things. Its ack: they have arrived. Its win: so many more may come. It does not say that they were read. They are the 2048 in Recv-Q.`,
      expect: [
        returns(half),
        connection.is('ESTABLISHED', {recvQueue: half}),
        passes({from: 'client', length: half}, {...probe('server'), window: {least: 1, below: small}}),
      ],
      shows: 'wire',
      sources: ['RFC 9293 3.8.6', 'RFC 9293 3.4'],
    }),
    step('send-much', sendsMuch(client, much), {
      before: `クライアントが、続けて 30000 バイトを send() します。サーバーは読まないままなので、やがてウィンドウは 0 になります。
        The client goes on and sends 30000 bytes. Since the server still reads nothing, the window will come down to 0.`,
      belief: 'zero-window-is-silence',
      question: `ウィンドウが 0 になったあと、線の上では何が起きますか。
        When the window is 0, what will happen on the wire?`,
      choices: [
        {
          text: {ja: '何も流れない。開くのを待つ', en: 'nothing: the client waits for it to open'},
          claim: [passes(shut('server')), neverPasses(probe('client'))],
          because: `「開いた」という知らせが途中で失われたら、両側が永久に待つことになります。
            If the news that it has opened got lost, both sides would wait for ever.`,
        },
        {
          text: `クライアント側が、まだ 0 なのかを時々尋ねる
            the client’s side asks now and then whether it is still 0`,
          claim: asClaimed.of('wire'),
        },
        {
          text: `クライアント側が残りを送り続け、サーバー側が捨てる
            the client’s side goes on sending, and the server’s throws it away`,
          claim: passes(shut('server'), {from: 'client', length: {least: 1}}),
          because: `ウィンドウを超えて送らないのが、フロー制御です。
            Not to send more than the window allows is what flow control means.`,
        },
      ],
      hint: `「開いた」と知らせるセグメントも、途中で失われるかもしれません。
        The segment that says “open again” may get lost, too.`,
      after: `データのないセグメントは、ウィンドウプローブです(Linux の場合。1 バイトを送る TCP もあります)。「まだ 0 ですか」と尋ねる間隔は、だんだん長くなります。send() は眠ったままで、バイトはクライアントの Send-Q とサーバーの Recv-Q にあります。何も失われていません。
        The segments without data are Linux’s window probes (other TCPs send a byte along): is it still 0? They come at longer and longer intervals. send() sleeps meanwhile, and the bytes are in the client’s Send-Q and the server’s Recv-Q. Nothing is lost.`,
      expect: [
        waits,
        client.is('ESTABLISHED', {sendQueue: {least: 1}}),
        connection.is('ESTABLISHED', {recvQueue: {least: half + 1}}),
        probed('server'),
      ],
      patienceMs: probesMs,
      shows: 'wire',
      sources: ['RFC 9293 3.8.6.1', 'man 2 send'],
    }),
    step('recv-little', connection.receives(aLittle), {
      before: {ja: 'サーバーが、100 バイトだけ読みます。', en: 'The server reads, but only 100 bytes.'},
      after: `ウィンドウは 0 のままです。少し空くたびに知らせると、小さなセグメントばかりが流れることになるので、カーネルはまとまって空くまで待ちます。プローブが流れたとしても、答えは 0 です。
        The window stays 0. If every little room were announced, there would be nothing but little segments, so the kernel waits until there is more of it. Should a probe pass just now, the answer is 0.`,
      expect: [returns(aLittle), neverPasses(opens('server'), {from: 'client', length: {least: 1}})],
      shows: 'wire',
      sources: ['RFC 9293 3.8.6.2.2'],
    }),
    step('recv-rest', receivesAll(connection, half + much - aLittle), {
      before: `サーバーが、残り 31948 バイトがそろうまで、一度の recv() で読みます(MSG_WAITALL)。
        Now one recv() reads all the 31948 bytes that are left (MSG_WAITALL makes it wait for the last).`,
      belief: 'recv-sends-nothing',
      question: `サーバー側から、まず何が流れますか。
        What will be the first thing from the server’s side?`,
      choices: [
        {
          text: {ja: '何も流れない。読むのはサーバーの中のこと', en: 'nothing: to read is a matter inside the server'},
          claim: neverPasses(opens('server')),
          because: `それでは、クライアント側は空きができたことを知りません。
            Then the client’s side would not know that there is room.`,
        },
        {
          text: {ja: 'ウィンドウが 1 以上の ACK', en: 'an ACK with a window of 1 or more'},
          claim: passes(opens('server'), {from: 'client', length: {least: 1}}),
        },
        {
          text: {ja: '「続きを送れ」というデータ', en: 'data that says “send the rest”'},
          claim: passes({from: 'server', length: {least: 1}}),
          because: `フロー制御はカーネルどうしの話で、ヘッダーの中で済みます。
            Flow control is between the kernels, and headers are all that it needs.`,
        },
      ],
      hint: `クライアント側は、空きができたことを知らなければ送れません。
        The client’s side cannot send before it knows that there is room.`,
      after: `データのない ACK が、新しいウィンドウを知らせました(ウィンドウの更新)。するとすぐに続きが流れ、眠っていた send() も 30000 を返しました。さっきと違い、recv() がセグメントを送らせたのです。
        An ACK without data told of the new window: a window update. At once the rest began to flow, and the send() that slept has returned 30000. Here it was recv() that made a segment go out.`,
      expect: [
        returns(half + much - aLittle),
        completes('send-much', returns(much)),
        passes({...opens('server'), during: 'recv'}, {from: 'client', length: {least: 1}, during: 'recv'}),
      ],
      shows: 'wire',
      sources: ['RFC 9293 3.8.6', 'man 2 recv'],
    }),
    step('lose-one', [loses('server'), sendsMuch(client, 1000), losesNothing], {
      before: `今度は、ネットワークの方が悪い場合です。パケットフィルターがサーバーあてのセグメントを捨てる間に、クライアントが 1000 バイトを送ります。ルールは、すぐに外します。
        Now it is the network that is bad. While the packet filter drops what goes to the server, the client sends 1000 bytes. The rule is taken away right after.`,
      belief: 'slow-reader-looks-like-loss',
      question: `ACK は来ません。クライアント側のカーネルは、次に何を送りますか。
        No ACK comes. What will the client’s kernel send next?`,
      choices: [
        {
          text: {ja: '同じ 1000 バイトを、もう一度', en: 'the same 1000 bytes once more'},
          claim: passes({from: 'client', length: 1000, isAgain: false}, {from: 'client', length: 1000, isAgain: true}),
        },
        {
          text: {ja: 'さっきと同じ、データのないプローブ', en: 'a probe without data, as before'},
          claim: passes({from: 'client', length: 1000}, probe('client')),
          because: `プローブは、ウィンドウが 0 のときのものです。いまは開いています。
            Probes are for a window of 0, and this one is open.`,
        },
        {
          text: {ja: '何も送らない。サーバーが読むのを待つ', en: 'nothing: it waits until the server reads'},
          claim: {frames: [{from: 'client', length: 1000}], count: {of: {from: 'client'}, least: 1, below: 2}},
          because: `読むかどうかにかかわらず、届けば ACK が来るはずでした。
            Read or not, there would be an ACK if they had arrived.`,
        },
      ],
      hint: `最後に届いた ACK のウィンドウは、0 ではありませんでした。
        The window in the last ACK that came was not 0.`,
      after: `再送です。見分ける手掛かりは、ACK の有無です。ACK が来てウィンドウが 0 なら、相手が読んでいません(Recv-Q がたまる)。ACK が来ないなら、途中で失われたかもしれません(Send-Q だけがたまる)。「通信が遅い」の原因は、ほかにもあります(往復の時間、輻輳ウィンドウ、送る側の遅さ)。
        It sends them again. What tells the two apart is the ACK. If ACKs come and say window 0, the peer does not read, and its Recv-Q is full. If none come, segments may be lost on the way, and only Send-Q grows. “The connection is slow” has other causes too: the round trip, the congestion window, a slow sender.`,
      expect: [
        returns(0),
        connection.is('ESTABLISHED', {recvQueue: 1000}),
        passes(
          {from: 'client', length: 1000, isAgain: false},
          {from: 'client', length: 1000, isAgain: true, afterMs: {least: 100}},
          ack('server'),
        ),
      ],
      needs: ['packet-filter'],
      patienceMs: probesMs,
      shows: 'wire',
      sources: ['RFC 6298', 'RFC 9293 3.8.1'],
    }),
    step(
      'close-narrow',
      [
        repeats(connection.receives(4096, messageFlags.MSG_DONTWAIT), 3, fails('EAGAIN')),
        client.closes(),
        connection.closes(),
        listener.closes(),
      ],
      {
        before: `サーバーが残りを読み、両側が閉じます。
          The server reads what is left, and both sides close.`,
        after: `次は、広い受信バッファーでつなぎます。
          The next connection will have a large receive buffer.`,
        expect: [connection.isGone, listener.isGone],
        shows: 'wire',
        sources: ['man 2 close'],
      },
    ),
    step(
      'roomy',
      [
        ...binds(listener),
        listener.sets('SO_RCVBUF', 200_000),
        listener.listens(),
        ...connects(client),
        listener.accepts(connection),
        sendsMuch(client, roomy),
      ],
      {
        before: `受信バッファーに 200000 を求めてつなぎ、クライアントが 150000 バイトを送ります。サーバーは、やはり読みません。ところで、win の欄は 16 ビット、つまり 65535 までです。
          A connection whose server asked for a receive buffer of 200000, and a client that sends 150000 bytes. Again the server does not read. Now, the field win has 16 bits: it goes up to 65535.`,
        after: `読まれない 150000 バイトが、全部 Recv-Q に入りました。SYN で両側が倍率を伝え、そのあとの win は、それを掛けて読みます(ウィンドウスケール)。クライアントの win が小さく見えたのも、そのためです。サーバーの倍率は、狭いバッファーのときは 1 でした。
          All 150000 are in Recv-Q, unread. In their SYNs the two sides say by how much the win of all later segments is to be multiplied: window scaling. That is why the client’s win looked so small. The server’s factor was 1 while its buffer was small.`,
        expect: [returns(roomy), connection.is('ESTABLISHED', {recvQueue: roomy})],
        shows: 'wire',
        sources: ['RFC 7323 2', 'man 7 tcp'],
      },
    ),
    step('close', [receivesAll(connection, roomy), client.closes(), connection.closes(), listener.closes()], {
      before: {ja: 'サーバーが全部読み、両側が閉じます。', en: 'The server reads all of it, and both sides close.'},
      after: {ja: '読み残しがないので、FIN で終わりました。', en: 'Nothing was left unread, so it ended with FINs.'},
      expect: [
        connection.isGone,
        listener.isGone,
        passes({from: 'client', flags: ['FIN', 'ACK']}, {from: 'server', flags: ['FIN', 'ACK']}),
        neverPasses({flags: ['RST']}, {flags: ['RST', 'ACK']}),
      ],
      shows: 'wire',
      sources: ['man 2 close'],
    }),
  ],
  summary: `ウィンドウは、受ける側が「あと何バイト送ってよいか」と知らせる数です。読まれないバイトで狭まり、0 になれば送る側は止まり、プローブで尋ね続けます。recv() で空くと、ウィンドウの更新が流れて再開します。ACK は「届いた」で、「読んだ」ではありません。ACK が来ないときに再送するのとは、別の仕組みです。(RFC 9293 3.8.6、RFC 7323)
    The window is how many more bytes the receiver allows. Unread bytes make it smaller; at 0 the sender stops, and probes. When recv() has made room, a window update starts it again. An ACK says that bytes have arrived, not that they were read. Sending again where no ACK comes is another mechanism. (RFC 9293 3.8.6, RFC 7323)`,
  review: [
    review('order-unread', [
      step('order-sent', [...joins(listener, client, connection), client.sends('order 12')], {
        before: `クライアントが注文の 8 バイトを送ります。サーバーは読みません。
          A client sends an order of 8 bytes. The server does not read it.`,
        after: {ja: 'ACK が返りました。', en: 'An ACK has come back.'},
        expect: [returns(8), passes({from: 'client', length: 8}, probe('server'))],
        shows: 'wire',
        sources: ['man 2 send'],
      }),
      step('order-left', connection.closes(), {
        before: `ACK を返したあと、サーバーは一度も読まずに close() します。
          After that ACK the server closes, without having read at all.`,
        belief: 'ack-means-read',
        question: {ja: 'サーバー側から、何が流れますか。', en: 'What will come from the server’s side?'},
        choices: [
          {
            text: {ja: 'FIN。ACK を返したので、注文は受け取り済み', en: 'a FIN: after its ACK the order is done with'},
            claim: passes({from: 'server', flags: ['FIN', 'ACK']}),
            because: `受け取ったのはカーネルだけで、プログラムは読んでいません。
              Only the kernel had it. The program never read it.`,
          },
          {
            text: {ja: 'RST。読まれなかったバイトがある', en: 'an RST: there are bytes that nobody read'},
            claim: passes({from: 'server', flags: ['RST', 'ACK']}),
          },
        ],
        after: `RST です。ACK の返ったバイトが、読まれないまま捨てられました。読んだと確かめたいなら、プログラムが返事をする必要があります。
          An RST: bytes that had their ACK were thrown away unread. To be sure that they were read takes an answer from the program.`,
        expect: [passes({from: 'server', flags: ['RST', 'ACK']}), neverPasses({flags: ['FIN', 'ACK']})],
        shows: 'wire',
        sources: ['RFC 9293 3.6.1', 'RFC 2525 2.17'],
      }),
      closing('clear-away', [client, listener]),
    ]),
    review('ever-longer', [
      step('narrow-client', narrowBack, {
        before: `今度は、クライアントの受信バッファーが小さい接続です。
          A connection with a small receive buffer at the client.`,
        after: {ja: 'つながりました。', en: 'Connected.'},
        shows: 'wire',
        sources: ['man 7 socket'],
      }),
      step('server-sends-much', sendsMuch(connection, much), {
        before: `サーバーが 30000 バイトを送り、クライアントは読みません。クライアント側のウィンドウは 0 になります。
          The server sends 30000 bytes, and the client does not read. The client’s window comes down to 0.`,
        belief: 'zero-window-is-silence',
        question: `そのあと、サーバー側から何が流れますか。
          What will come from the server’s side after that?`,
        choices: [
          {
            text: {ja: '何も流れない', en: 'nothing'},
            claim: [passes(shut('client')), neverPasses(probe('server'))],
            because: `開いたという知らせを聞き逃したら、いつまでも送れません。
              If it missed the news that there is room, it could never send again.`,
          },
          {
            text: {ja: 'プローブ。間隔は長くなっていく', en: 'probes, at longer and longer intervals'},
            claim: asClaimed.of('wire'),
          },
          {
            text: {ja: '一度だけプローブ、そのあと RST', en: 'one probe, and then an RST'},
            claim: passes(shut('client'), probe('server'), {from: 'server', flags: ['RST', 'ACK']}),
            because: `相手は ACK を返しています。ACK が返るあいだは、既定ではいつまでも待ちます。
              The peer answers with ACKs. By default whoever answers is waited for, however long.`,
          },
        ],
        after: `プローブです。Linux では、間隔が約 0.2 秒、0.4 秒、0.8 秒と長くなります。
          Probes, on Linux after about 0.2, 0.4 and 0.8 seconds: longer and longer.`,
        expect: [
          waits,
          passes(shut('client'), ...[0, 300, 600].map(least => ({...probe('server'), afterMs: {least}}))),
        ],
        patienceMs: probesMs,
        shows: 'wire',
        sources: ['RFC 9293 3.8.6.1'],
      }),
      closing('clear-away', [receivesAll(client, much), client, connection, listener], {
        expect: completes('server-sends-much', returns(much)),
      }),
    ]),
    review('what-wakes-it', [
      step('server-sleeps', [...narrowBack, sendsMuch(connection, much)], {
        before: `サーバーが 30000 バイトを送り、クライアントは読みません。
          The server sends 30000 bytes, and the client does not read.`,
        after: `クライアント側のウィンドウは 0 で、サーバーの send() は眠っています。
          The client’s window is 0, and the server’s send() sleeps.`,
        expect: [waits, passes(shut('client'))],
        patienceMs: probesMs,
        shows: 'wire',
        sources: ['man 2 send'],
      }),
      step('client-reads', receivesAll(client, much), {
        before: `クライアントが、30000 バイトがそろうまで読みます。
          The client reads until it has all 30000.`,
        belief: 'recv-sends-nothing',
        question: {ja: 'サーバーの send() は、どうして起きますか。', en: 'What will wake the server’s send()?'},
        choices: [
          {
            text: `クライアント側が、ウィンドウの開いた ACK を送るから
              the client’s side sends an ACK with an open window`,
            claim: passes(opens('client'), {from: 'server', length: {least: 1}}),
          },
          {
            text: `時間がたつから。クライアント側からは何も流れない
              time: nothing comes from the client’s side`,
            claim: neverPasses(opens('client')),
            because: `プローブだけが頼りなら、次のプローブまで止まったままです。
              Then it would stand still until the next probe.`,
          },
        ],
        after: `recv() で空きができ、ウィンドウの更新が流れ、サーバー側のカーネルが続きを送りました。
          recv() made room, a window update went out, and the server’s kernel sent the rest.`,
        expect: [
          returns(much),
          completes('server-sleeps', returns(much)),
          passes({...opens('client'), during: 'recv'}, {from: 'server', length: {least: 1}}),
        ],
        shows: 'wire',
        sources: ['RFC 9293 3.8.6'],
      }),
      closing('clear-away', [client, connection, listener]),
    ]),
    review('busy-server', [
      step('queue-full', [...narrow, sendsMuch(client, much)], {
        before: `クライアントが 30000 バイトを送り、サーバーは読みません。
          A client sends 30000 bytes, and the server does not read.`,
        after: {ja: 'ウィンドウは 0 になりました。', en: 'The window is 0.'},
        expect: [waits, passes(shut('server'))],
        patienceMs: probesMs,
        shows: 'wire',
        sources: ['man 2 send'],
      }),
      step('server-is-busy', listener.polls('POLLIN', 700), {
        before: `サーバーは 0.7 秒の間、ほかの接続を待っていて、この接続を読みません。
          For 0.7 seconds the server waits for other connections and does not read this one.`,
        belief: 'slow-reader-looks-like-loss',
        question: `その間、クライアント側のカーネルは、データを送り直しますか。
          Will the client’s kernel send data again in that time?`,
        choices: [
          {
            text: `送り直す。進まないのは、失われたときと同じ
              yes: it gets no further, as when bytes are lost`,
            claim: passes({from: 'client', length: {least: 1}, isAgain: true}),
            because: `送ったデータには全部 ACK が来ています。失われたものはありません。
              All that was sent has its ACK. Nothing is lost.`,
          },
          {
            text: {ja: '送り直さない。流れるのはプローブだけ', en: 'no: if anything, probes'},
            claim: asClaimed.of('wire'),
          },
        ],
        after: `データは流れません。ACK が来てウィンドウが 0 なので、相手が読んでいないだけだと分かるのです。
          No data passes. ACKs came and said window 0, so it is clear that the peer is only slow to read.`,
        expect: [returns(0), neverPasses({from: 'client', length: {least: 1}})],
        shows: 'wire',
        sources: ['RFC 9293 3.8.6.1'],
      }),
      closing('clear-away', [receivesAll(connection, much), client, connection, listener], {
        expect: completes('queue-full', returns(much)),
      }),
    ]),
  ],
});
