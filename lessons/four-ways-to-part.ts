import type {Act, FrameClaim, FramesClaim} from '../src/model/lesson.ts';
import {fill} from './kit/bytes.ts';
import {closesAll, connects, joins, loses, losesNothing} from './kit/calls.ts';
import {closing} from './kit/closing.ts';
import {lesson, review} from './kit/lesson.ts';
import {received, returns} from './kit/outcomes.ts';
import {
  ack,
  again,
  bareRst,
  connecting,
  data,
  fin,
  neverPasses,
  nothingPasses,
  passes,
  passesOnly,
  rst,
} from './kit/segments.ts';
import {type Socket, sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';

const {listener, connection, secondConnection, thirdConnection, fourthConnection, fifthConnection} = sockets({
  server: ['listener', 'connection', 'second-connection', 'third-connection', 'fourth-connection', 'fifth-connection'],
});
const {client, second, third, fourth, fifth} = sockets({client: ['client', 'second', 'third', 'fourth', 'fifth']});

/** These in this order, and no RST; what a slow machine sends again may come between them. */
const among = (...frames: readonly FrameClaim[]): FramesClaim => ({frames, never: [rst('server'), rst('client')]});

const another = (client: Socket, server: Socket): readonly [Act, ...Act[]] => [
  ...connects(client),
  listener.accepts(server),
];

/**
 * The client has said something, and the server has read it. From then on the server's kernel waits some 40 ms before it
 * acknowledges; on a connection that has carried nothing it hardly waits.
 */
const hears = (client: Socket, server: Socket): readonly Act[] => [client.sends('bye'), server.receives()];
const connectedAndHeard = passesOnly(...connecting, data('client', 3), ack('server'));

/** A lost FIN is sent again after 200 ms, and each time after twice as long. */
const untilFinAgainMs = 20_000;

export const fourWaysToPart = lesson({
  id: 'four-ways-to-part',
  title: {ja: '四つの別れ方', en: 'Four ways to part'},
  about: {
    ja: '接続の四つの終わり方は、線の上でどう違うのか',
    en: 'How do four ways to end a connection differ on the wire?',
  },
  minutes: 10,
  network: 'private',
  actors: ['server', 'client', 'network'],
  picture: 'tcp-states',
  beliefs: {
    'parting-is-four-segments': `接続を終えるには、いつも四つのセグメントが要る
      to end a connection always takes four segments`,
    'silent-after-fin': `FIN を送った側は、それきり何も送らない
      after its FIN a side sends nothing any more`,
    'rst-is-acknowledged': {ja: 'RST にも、FIN と同じように ACK が返る', en: 'RST is acknowledged, just as FIN is'},
    'their-fin-answers-mine': `相手の FIN が来たなら、自分の FIN は届いている
      once the peer’s FIN has come, mine has arrived`,
  },
  steps: [
    step('first-connect', [...joins(listener, client, connection), ...hears(client, connection)], {
      before: `接続を何本か作り、それぞれ違うやり方で終わらせます。一本目を作り、クライアントが「bye」と送って、サーバーが読みます。
        Several connections will be made and ended, each in another way. On the first the client says “bye”, and the server reads it.`,
      after: `ハンドシェイクの三つと、「bye」、その ACK が流れました。両側とも ESTABLISHED です。
        The three segments of the handshake have passed, “bye”, and its ACK. Both sides are ESTABLISHED.`,
      expect: [received('bye'), client.is('ESTABLISHED'), connection.is('ESTABLISHED'), connectedAndHeard],
      shows: 'wire',
      sources: ['RFC 9293 3.5'],
    }),
    step('client-close', client.closes(), {
      before: `一つ目の別れ方です。クライアントが close() します。サーバーのプログラムは、まだ何もしません。
        The first way. The client calls close(); the server’s program does nothing yet.`,
      belief: 'parting-is-four-segments',
      question: {ja: 'いま、いくつのセグメントが流れますか。', en: 'How many segments will pass now?'},
      choices: [
        {
          text: {ja: '四つ。接続はこれで終わる', en: 'four, and the connection is over'},
          claim: among(fin('client'), ack('server'), fin('server'), ack('client')),
          because: `サーバーの FIN は、サーバーのプログラムが閉じるまで出ません。
            There is no FIN from the server before the server’s program closes.`,
        },
        {
          text: {ja: '一つ。クライアントの FIN だけ', en: 'one: the client’s FIN'},
          claim: [passes(fin('client')), neverPasses({from: 'server'})],
          because: `FIN はシーケンス番号を一つ使うので、データと同じように ACK されます。
            FIN takes one sequence number, so it is acknowledged like data.`,
        },
        {
          text: {ja: '二つ。FIN と、その ACK', en: 'two: a FIN and its ACK'},
          claim: [passes(fin('client'), ack('server')), neverPasses(fin('server'))],
        },
      ],
      hint: `サーバーの側で、だれが何をできるでしょうか。カーネルと、プログラムです。
        Who can do what at the server’s end? There is a kernel, and there is a program.`,
      after: `二つです。ACK はサーバーのカーネルが返しました。データのやり取りのあとなので、Linux は、一緒に送れるものを 40 ミリ秒ほど待ってから返します(遅延確認応答)。この二つのあとの状態が、FIN_WAIT2 と CLOSE_WAIT です。
        Two. The ACK came from the server’s kernel. After an exchange of data Linux holds it back for some 40 ms, for something to travel with: a delayed ACK. FIN_WAIT2 and CLOSE_WAIT are the states after these two.`,
      expect: [client.is('FIN_WAIT2'), connection.is('CLOSE_WAIT'), among(fin('client'), ack('server'))],
      shows: 'wire',
      sources: ['RFC 9293 3.6', 'RFC 1122 4.2.3.2', 'man 2 close'],
    }),
    step('server-close', connection.closes(), {
      before: {ja: 'しばらくして、サーバーも close() します。', en: 'After a while the server closes too.'},
      after: `サーバーの FIN と、クライアントの ACK です。前の二つと合わせて四つ。クライアントが ACK を返したところで、サーバー側の行は消え、クライアント側は TIME_WAIT になりました。
        The server’s FIN, and the client’s ACK: four with the two before. That last ACK ended the server’s row; the client’s side is in TIME_WAIT.`,
      expect: [client.is('TIME_WAIT'), connection.isGone, passesOnly(fin('server'), ack('client'))],
      expires: {after: 'client-close', seconds: 50},
      shows: 'wire',
      sources: ['RFC 9293 3.6', 'RFC 9293 3.6.1'],
    }),
    step('second-connect', [...another(second, secondConnection), ...hears(second, secondConnection)], {
      before: `二本目です。ここまでは一本目と同じで、今度はサーバーもすぐに閉じます。
        A second connection, up to here like the first. This time the server is going to close at once too.`,
      after: {ja: 'サーバーが「bye」を読みました。', en: 'The server has read “bye”.'},
      expect: [received('bye'), secondConnection.is('ESTABLISHED'), connectedAndHeard],
      shows: 'wire',
      sources: ['man 2 connect'],
    }),
    step('both-close', [second.closes(), secondConnection.closes()], {
      before: `クライアントが close() し、間を置かずにサーバーも close() します。
        The client closes, and the server closes right after it.`,
      belief: 'their-fin-answers-mine',
      question: `FIN と、FIN への ACK は、合わせていくつ流れますか。一つのセグメントが両方を運ぶこともあります。
        How many FINs will pass in all, and how many ACKs for them? One segment may carry both.`,
      choices: [
        {
          text: {ja: 'FIN 二つと、それぞれの ACK', en: 'two FINs, and an ACK for each'},
          claim: asClaimed.of('wire', 'sockets'),
        },
        {
          text: {ja: 'FIN 二つ。相手の FIN が返事になる', en: 'two FINs, each the answer to the other'},
          claim: [passes(fin('client'), fin('server')), neverPasses(ack('server'), ack('client'))],
          because: `届いたことを伝えるのは ACK です。あとから来た FIN にも要ります。
            That a FIN has arrived is told by an ACK, and the second FIN needs one too.`,
        },
        {
          text: {ja: 'FIN 一つと、その ACK', en: 'one FIN, and its ACK'},
          claim: [passes(fin('client'), ack('server')), neverPasses(fin('server'))],
          because: `FIN が終わらせるのは片方の向きだけです。サーバーの close() も FIN を送ります。
            A FIN ends one direction. The server’s close() sends a FIN too.`,
        },
      ],
      hint: `FIN は、データの 1 バイトと同じように、シーケンス番号を一つ使います。
        A FIN takes one sequence number, as a byte of data does.`,
      after: `ACK を遅らせている間(Linux では 40 ミリ秒ほど)にサーバーが閉じれば、ACK はサーバーの FIN に載り、三つで済みます。間に合わなければ四つです。要るのは二つの FIN と二つの ACK で、セグメントの数ではありません。
        If the server closes while the ACK is held back (some 40 ms on Linux), it travels on the server’s FIN, which makes three; if not, four. What it takes is two FINs and two ACKs, not a number of segments.`,
      expect: [second.is('TIME_WAIT'), secondConnection.isGone, passes(fin('client'), fin('server'), ack('client'))],
      shows: 'wire',
      sources: ['RFC 9293 3.6', 'RFC 1122 4.2.3.2'],
    }),
    step('half-close', [...another(third, thirdConnection), third.shutsDown('SHUT_WR')], {
      before: `二つ目の別れ方です。三本目をつなぎ、クライアントが shutdown(SHUT_WR) で、自分の送る向きだけを終えます。
        The second way. A third connection is made, and with shutdown(SHUT_WR) the client ends only the direction in which it sends.`,
      after: `線の上では、一本目の close() と変わりません。同じ FIN と、その ACK です。違うのは、クライアントのプログラムがまだ recv() できることです。
        On the wire it looks like the close() of the first connection: the same FIN, and its ACK. The difference is that the client’s program can still call recv().`,
      expect: [
        third.is('FIN_WAIT2'),
        thirdConnection.is('CLOSE_WAIT'),
        among(...connecting, fin('client'), ack('server')),
      ],
      shows: 'wire',
      sources: ['man 2 shutdown', 'RFC 9293 3.6'],
    }),
    step('server-send', [thirdConnection.sends('apple')], {
      before: `FIN を受け取ったサーバーが「apple」の 5 バイトを送ります。
        The server, which has got FIN, sends “apple”, 5 bytes.`,
      belief: 'silent-after-fin',
      question: `FIN を送り終えたクライアントの側からは、何が流れますか。
        What will come from the client’s side, which has sent its FIN?`,
      choices: [
        {text: {ja: 'ACK', en: 'an ACK'}, claim: asClaimed.of('wire')},
        {
          text: {ja: '何も流れない', en: 'nothing'},
          claim: [passes(data('server', 5)), neverPasses({from: 'client'})],
          because: `FIN が終わらせたのはデータを送ることです。届いたことは、これからも伝えます。
            FIN ended the sending of data. That something has arrived is still told.`,
        },
        {
          text: {ja: 'RST', en: 'RST'},
          claim: passes(data('server', 5), bareRst('client')),
          because: `RST が返るのは、クライアントが close() していたときです。ここでは、まだ受け取れます。
            So it would be after close(). After shutdown() the client still receives.`,
        },
      ],
      hint: `返事が来なければ、サーバーは「apple」を再送し続けます。
        With no answer the server would send “apple” again and again.`,
      after: `ACK です。中身は 0 バイトで、シーケンス番号は FIN の次から動きません。半クローズのあとも、閉じた側は ACK を送り続けます。
        An ACK, with no data; its sequence number stays at the one after FIN. After a half-close the side that has closed goes on acknowledging.`,
      expect: [returns(5), third.is('FIN_WAIT2', {recvQueue: 5}), among(data('server', 5), ack('client'))],
      shows: 'wire',
      sources: ['RFC 9293 3.6', 'RFC 9293 3.10.7.4'],
    }),
    step('half-close-ends', [third.receives(), thirdConnection.closes(), third.closes()], {
      before: `クライアントが「apple」を読み、サーバー、クライアントの順に close() します。
        The client reads “apple”. Then the server closes, and the client after it.`,
      after: `サーバーの FIN と、その ACK だけです。クライアントの close() は何も送りません。FIN は、もう送ってあるからです。
        Just the server’s FIN and its ACK. The client’s close() sends nothing: its FIN went out long ago.`,
      expect: [third.is('TIME_WAIT'), thirdConnection.isGone, passesOnly(fin('server'), ack('client'))],
      shows: 'wire',
      sources: ['man 2 close', 'RFC 9293 3.6'],
    }),
    step('fourth-connect', [...another(fourth, fourthConnection), fourth.sends('hello')], {
      before: `三つ目の別れ方です。四本目をつなぎ、クライアントが「hello」を送ります。サーバーは、これを読みません。
        The third way. On a fourth connection the client sends “hello”, which the server is not going to read.`,
      after: `「hello」はサーバーの受信キューにあり、ACK も返っています。ACK は「カーネルが受け取った」で、「読んだ」ではありません。
        “hello” is in the server’s receive queue, and has been acknowledged. An ACK means that the kernel has it, not that anybody read it.`,
      expect: [
        returns(5),
        fourthConnection.is('ESTABLISHED', {recvQueue: 5}),
        passesOnly(...connecting, data('client', 5), ack('server')),
      ],
      shows: 'wire',
      sources: ['man 2 send'],
    }),
    step('server-close-unread', fourthConnection.closes(), {
      before: `サーバーが、「hello」を読まないまま close() します。このとき Linux が送るのは、FIN ではなく RST です。
        The server closes without having read “hello”. What Linux sends then is not FIN but RST.`,
      belief: 'rst-is-acknowledged',
      question: `接続が終わるまでに、いくつのセグメントが流れますか。
        How many segments will it take to end the connection?`,
      choices: [
        {
          text: {ja: '二つ。RST と、その ACK', en: 'two: RST and its ACK'},
          claim: passesOnly(rst('server'), ack('client')),
          because: `RST を受けた側は、その場で接続を忘れます。応える者は、もういません。
            Whoever gets RST forgets the connection at once. Nobody is left to answer.`,
        },
        {text: {ja: '一つ。RST だけ', en: 'one: RST'}, claim: asClaimed.of('wire')},
        {
          text: {ja: '三つ。RST、クライアントの FIN、ACK', en: 'three: RST, the client’s FIN, an ACK'},
          claim: passesOnly(rst('server'), fin('client'), ack('server')),
          because: `RST は両方の向きを一度に終わらせます。FIN の出番はありません。
            RST ends both directions at once. There is nothing left for FIN to end.`,
        },
      ],
      hint: {ja: 'FIN は相談、RST は通告です。', en: 'FIN is part of a conversation. RST is a notice.'},
      after: `一つだけです。RST には ACK も再送もなく、Linux では TIME_WAIT も残りません。RST+ACK の ACK は「hello まで受け取っていた」という番号で、返事を求めるものではありません。
        One. RST is not acknowledged and not sent again, and on Linux it leaves no TIME_WAIT. The ACK in RST+ACK only gives the number up to which “hello” had come; it asks for no answer.`,
      expect: [fourthConnection.isGone, fourth.isUnlisted('CLOSE'), passesOnly(rst('server'))],
      shows: 'wire',
      sources: ['RFC 9293 3.5.2', 'RFC 9293 3.6', 'RFC 9293 3.6.1', 'RFC 2525 2.17'],
    }),
    step('fifth-connect', [...another(fifth, fifthConnection), loses('server')], {
      needs: ['packet-filter'],
      before: `四つ目は、両側が同時に閉じる場合です。五本目をつなぎ、「サーバーのポートに来たものを捨てる」というルールをパケットフィルターに入れて、FIN がすぐには届かないようにします。
        The fourth way: both sides close at the same time. On a fifth connection a rule of the packet filter drops what comes to the server’s port, so that a FIN takes its time.`,
      after: `つながりました。これからクライアントが送るものは、線の上には見えますが、サーバーの TCP には届きません。逆の向きは、ふだんどおりです。
        Connected. What the client sends from now on is seen on the wire, but does not reach the server’s TCP. The other direction is as ever.`,
      expect: [fifthConnection.is('ESTABLISHED'), passesOnly(...connecting)],
      shows: 'wire',
      sources: ['man 8 nft'],
    }),
    step('both-shut-down', [fifth.shutsDown('SHUT_WR'), fifthConnection.shutsDown('SHUT_WR')], {
      needs: ['packet-filter'],
      before: `クライアントもサーバーも shutdown(SHUT_WR) します。クライアントの FIN は途中で捨てられ、サーバーの FIN はクライアントに届きます。
        Client and server both call shutdown(SHUT_WR). The client’s FIN is lost on its way; the server’s arrives.`,
      belief: 'their-fin-answers-mine',
      question: `サーバーの FIN を受け取ったクライアントは、どの状態になりますか。
        The client has sent a FIN and got one. In which state is it?`,
      choices: [
        {
          text: {ja: 'TIME_WAIT。FIN を送り、FIN を受け取った', en: 'TIME_WAIT: it has sent a FIN and got one'},
          claim: fifth.is('TIME_WAIT'),
          because: `自分の FIN への ACK が、まだ来ていません。届いていなければ、再送する務めがあります。
            Its own FIN has not been acknowledged. If that was lost, it is the client’s duty to send it again.`,
        },
        {
          text: {ja: 'FIN_WAIT2。自分の FIN は届いた', en: 'FIN_WAIT2: its FIN has arrived'},
          claim: fifth.is('FIN_WAIT2'),
          because: `サーバーの FIN の ACK 番号は、クライアントの FIN を数えに入れていません。
            The acknowledgment number in the server’s FIN does not count the client’s FIN.`,
        },
        {
          text: {ja: 'CLOSING。自分の FIN への ACK を待つ', en: 'CLOSING: it waits for the ACK of its FIN'},
          claim: fifth.is('CLOSING'),
        },
      ],
      hint: `サーバーは、クライアントの FIN を見ないまま、自分の FIN を送りました。
        The server had not seen the client’s FIN when it sent its own.`,
      after: `CLOSING です。二つの FIN がすれ違い、どちらも相手の FIN への返事ではありません。クライアントは ACK を送りましたが、それも捨てられ、サーバーは FIN_WAIT1 で待っています。
        CLOSING. Two FINs crossed, and neither answers the other. The client’s ACK was lost too, so the server waits in FIN_WAIT1.`,
      expect: [
        fifth.is('CLOSING'),
        fifthConnection.is('FIN_WAIT1'),
        among(fin('client'), fin('server'), ack('client')),
      ],
      shows: 'wire',
      sources: ['RFC 9293 3.6', 'RFC 9293 3.3.2'],
    }),
    step('fins-arrive', [losesNothing, fifth.closes(), fifthConnection.closes()], {
      needs: ['packet-filter'],
      before: `ルールを取り去り、両側とも close() します。あとは、カーネルどうしに任せます。
        The rule is taken away and both sides call close(). The rest is left to the two kernels.`,
      after: `再送された FIN が届き、ACK が返りました。どちらも先に閉じたので、TIME_WAIT が両側に残っています。close() は、もう何も足していません。
        The FIN was sent again, arrived, and was acknowledged. Both sides were the first to close, so TIME_WAIT stays with both. Their close() added nothing.`,
      expect: [fifth.is('TIME_WAIT'), fifthConnection.is('TIME_WAIT'), among(again(fin('client')), ack('server'))],
      patienceMs: untilFinAgainMs,
      expires: {after: 'both-shut-down', seconds: 8},
      shows: 'wire',
      sources: ['RFC 9293 3.6', 'RFC 6298 5'],
    }),
    step('close-rest', [fourth.closes(), listener.closes()], {
      before: `RST で終わった四本目のソケットと、待ち受けのソケットを閉じます。
        The socket that RST had ended and the listening socket are closed.`,
      after: `終わった接続を閉じても、何も流れません。残っているのは、TIME_WAIT だけです。
        To close what is over sends nothing. Only TIME_WAIT is left.`,
      expect: [fourth.isGone, listener.isGone],
      shows: 'wire',
      sources: ['man 2 close'],
    }),
  ],
  summary: `接続を終えるのに要るのは、FIN と ACK が一つずつ、両方の向きにです。ACK が FIN に載れば三つ、載らなければ四つのセグメントになります。半クローズのあとも ACK は流れ、同時に閉じれば両側が TIME_WAIT を持ちます。RST だけは、一つで両方の向きを終わらせ、返事を待ちません。
    Each direction ends with a FIN and its ACK: three segments if an ACK travels on a FIN, four if not. After a half-close ACKs still pass; where both close at once, both keep TIME_WAIT. Only RST ends both directions by itself, and waits for no answer.`,
  review: [
    review('the-second-close', [
      step('server-first', [...joins(listener, client, connection), connection.closes()], {
        before: `接続ができたところで、サーバーが先に close() します。
          A connection is made, and the server is the first to close.`,
        after: `サーバーの FIN に、クライアントのカーネルが ACK を返しました。クライアントは CLOSE_WAIT です。
          The client’s kernel has acknowledged the server’s FIN. The client is in CLOSE_WAIT.`,
        expect: [client.is('CLOSE_WAIT'), among(...connecting, fin('server'), ack('client'))],
        shows: 'wire',
        sources: ['RFC 9293 3.6'],
      }),
      step('client-second', client.closes(), {
        before: {ja: 'クライアントも close() します。', en: 'Now the client closes.'},
        belief: 'parting-is-four-segments',
        question: `この close() で、いくつのセグメントが流れますか。
          How many segments will this close() bring?`,
        choices: [
          {
            text: {ja: '四つ', en: 'four'},
            claim: passesOnly(fin('client'), ack('server'), fin('server'), ack('client')),
            because: `サーバーの FIN とその ACK は、もう済んでいます。
              The server’s FIN and its ACK have passed already.`,
          },
          {text: {ja: '二つ。FIN と、その ACK', en: 'two: a FIN and its ACK'}, claim: asClaimed.of('wire')},
          {
            text: {ja: '一つも流れない。接続はもう終わっている', en: 'none: the connection is over'},
            claim: nothingPasses,
            because: {ja: '終わったのは、サーバーからの向きだけです。', en: 'Only the server’s direction was over.'},
          },
        ],
        after: `二つです。どの向きも、FIN 一つと ACK 一つで終わります。
          Two. Either direction ends with one FIN and one ACK.`,
        expect: [connection.is('TIME_WAIT'), client.isGone, passesOnly(fin('client'), ack('server'))],
        expires: {after: 'server-first', seconds: 50},
        shows: 'wire',
        sources: ['RFC 9293 3.6'],
      }),
      closing('close-listener', listener),
    ]),
    review('upload-after-the-last-word', [
      step(
        'server-says-bye',
        [...joins(listener, client, connection), connection.sends('ready'), connection.shutsDown('SHUT_WR')],
        {
          before: `サーバーが「ready」と送り、shutdown(SHUT_WR) します。もう話すことはなく、あとは受け取るだけです。
            The server sends “ready” and calls shutdown(SHUT_WR): it has no more to say and will only receive.`,
          after: `「ready」と FIN が、クライアントに届きました。
            “ready” and FIN have arrived at the client.`,
          expect: connection.is('FIN_WAIT2'),
          shows: 'wire',
          sources: ['man 2 shutdown'],
        },
      ),
      step('client-uploads', client.sends(fill(0x61, 1000)), {
        before: {ja: 'クライアントが、ここから 1000 バイトを送ります。', en: 'Now the client sends 1000 bytes.'},
        belief: 'silent-after-fin',
        question: `FIN を送ったサーバーの側から、何か流れますか。
          Will anything come from the server’s side, which has sent its FIN?`,
        choices: [
          {text: {ja: '1000 バイトへの ACK が流れる', en: 'an ACK for the 1000 bytes'}, claim: asClaimed.of('wire')},
          {
            text: {ja: '何も流れない', en: 'nothing'},
            claim: [passes(data('client', 1000)), neverPasses({from: 'server'})],
            because: `受け取ったことは、FIN のあとでも伝えます。
              What has arrived is acknowledged after FIN too.`,
          },
          {
            text: {ja: 'もう一度 FIN が流れる', en: 'another FIN'},
            claim: passes(data('client', 1000), fin('server')),
            because: `FIN は一つの向きに一つです。もう一度送るのは、失われたときだけです。
              Each direction has one FIN. It is sent again only if it was lost.`,
          },
        ],
        after: `ACK です。FIN は「もうデータはない」であって、「もう何も送らない」ではありません。
          An ACK. FIN says “no more data”, not “no more segments”.`,
        expect: [
          returns(1000),
          connection.is('FIN_WAIT2', {recvQueue: 1000}),
          passes(data('client', 1000), ack('server')),
        ],
        shows: 'wire',
        sources: ['RFC 9293 3.6'],
      }),
      step('clear-away', [connection.closes(), listener.closes(), client.closes()], {
        before: {ja: '残りを閉じます。', en: 'The rest is closed.'},
        after: `サーバーは 1000 バイトを読まずに閉じたので、RST でした。
          As the server had not read the 1000 bytes, it was RST.`,
        shows: 'wire',
        sources: ['man 2 close'],
      }),
    ]),
    review('linger-zero', [
      step('set-linger', [...joins(listener, client, connection), client.sets('SO_LINGER', {onoff: 1, seconds: 0})], {
        before: `接続ができたあと、クライアントが SO_LINGER を「有効、0 秒」にします。
          A connection is made, and the client sets SO_LINGER to “on, 0 seconds”.`,
        after: `ハンドシェイクの三つだけです。設定は線の上に見えません。
          The three segments of the handshake. An option is nothing that the wire would show.`,
        expect: passesOnly(...connecting),
        shows: 'wire',
        sources: ['man 7 socket'],
      }),
      step('close-lingering', client.closes(), {
        before: `クライアントが close() します。この設定では、FIN の代わりに RST が送られます。
          The client closes. With this option RST is sent in place of FIN.`,
        belief: 'rst-is-acknowledged',
        question: {ja: 'サーバーの側から、何が返りますか。', en: 'What will come back from the server’s side?'},
        choices: [
          {
            text: {ja: 'ACK', en: 'an ACK'},
            claim: passes({from: 'client'}, ack('server')),
            because: `RST への ACK はありません。クライアントの側も、待っていません。
              There is no ACK for RST, and nobody waits for one.`,
          },
          {
            text: {ja: 'サーバーからも RST', en: 'RST from the server too'},
            claim: passes(rst('client'), {from: 'server'}),
            because: `RST に RST を返すことはありません。さもないと、いつまでも続いてしまいます。
              RST is never answered with RST. It would go on for ever.`,
          },
          {text: {ja: '何も返らない', en: 'nothing'}, claim: asClaimed.of('wire')},
        ],
        after: `何も返りません。RST 一つで、両側とも終わりです。
          Nothing. One RST, and both sides are done.`,
        expect: [client.isGone, connection.isUnlisted('CLOSE'), passesOnly(rst('client'))],
        shows: 'wire',
        sources: ['RFC 9293 3.5.2', 'man 7 socket'],
      }),
      closing('clear-away', [connection, listener]),
    ]),
    review('the-servers-fin-is-lost', {actors: ['server', 'client', 'network']}, [
      step('lose', [...joins(listener, client, connection), loses(client.place)], {
        needs: ['packet-filter'],
        before: `接続ができたあと、今度はクライアントのポートに来るものが捨てられるようになります。
          A connection is made. From then on it is what comes to the client’s port that is lost.`,
        after: {ja: 'サーバーから送るものは、届きません。', en: 'What the server sends does not arrive.'},
        expect: [client.is('ESTABLISHED'), passesOnly(...connecting)],
        shows: 'wire',
        sources: ['man 8 nft'],
      }),
      step('both-end', [connection.shutsDown('SHUT_WR'), client.shutsDown('SHUT_WR')], {
        needs: ['packet-filter'],
        before: `サーバーもクライアントも shutdown(SHUT_WR) します。サーバーには、クライアントの FIN が届きます。
          Server and client both call shutdown(SHUT_WR). The client’s FIN arrives at the server.`,
        belief: 'their-fin-answers-mine',
        question: {ja: 'サーバーの側は、どの状態になりますか。', en: 'In which state is the server’s side?'},
        choices: [
          {
            text: {ja: 'TIME_WAIT', en: 'TIME_WAIT'},
            claim: connection.is('TIME_WAIT'),
            because: `サーバーの FIN は捨てられ、ACK が来ていません。
              The server’s FIN was lost, and no ACK has come for it.`,
          },
          {
            text: {ja: 'LAST_ACK', en: 'LAST_ACK'},
            claim: connection.is('LAST_ACK'),
            because: `LAST_ACK は、相手の FIN を受け取ってから自分の FIN を送った側です。
              In LAST_ACK is a side that sent its FIN after it had got the peer’s.`,
          },
          {text: {ja: 'CLOSING', en: 'CLOSING'}, claim: connection.is('CLOSING')},
        ],
        after: `CLOSING です。クライアントの FIN の ACK 番号は、サーバーの FIN を数えに入れていません。
          CLOSING. The acknowledgment number in the client’s FIN does not count the server’s.`,
        expect: [connection.is('CLOSING'), client.is('FIN_WAIT1')],
        shows: 'wire',
        sources: ['RFC 9293 3.6'],
      }),
      step('clear-away', [losesNothing, ...closesAll(connection, listener), client.closes()], {
        needs: ['packet-filter'],
        before: {ja: 'ルールを取り去り、残りを閉じます。', en: 'The rule is taken away, and the rest is closed.'},
        after: `失われた FIN は、カーネルがあとで再送します。
          The kernel will send again the FIN that was lost.`,
        shows: 'wire',
        sources: ['man 2 close'],
      }),
    ]),
  ],
});
