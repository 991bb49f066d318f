import type {Act, FrameClaim, FramesClaim} from '../src/model/lesson.ts';
import {closesAll, connects, joins, listens, loses, losesNothing} from './kit/calls.ts';
import {closing} from './kit/closing.ts';
import {lesson, review} from './kit/lesson.ts';
import {completes, fails, received, returns, returnsFrom, waits} from './kit/outcomes.ts';
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
  syn,
  synAck,
} from './kit/segments.ts';
import {type Socket, sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';

const {listener, connection, client, second} = sockets({
  server: ['listener', 'connection'],
  client: ['client', 'second'],
});

/** One is sent again, and then each after a longer pause than the one before: some 200 ms at first, then twice as long each time. */
const evenLater = (frame: FrameClaim): readonly FrameClaim[] => [
  again(frame),
  {...again(frame), isNext: true, afterMs: {least: 300}},
  {...again(frame), isNext: true, afterMs: {least: 700}},
];
const atOnePace = (frame: FrameClaim): readonly FrameClaim[] => [
  again(frame),
  {...again(frame), isNext: true, afterMs: {below: 300}},
  {...again(frame), isNext: true, afterMs: {below: 300}},
];

/** A SYN without an answer is sent again a second later. */
const synAgain: FramesClaim = {frames: [syn, {...again(syn), afterMs: {least: 900}}], never: [{from: 'server'}]};

/** Neither FIN nor RST. */
const noFarewell: FramesClaim = neverPasses(fin('client'), rst('client'), bareRst('client'));

/** The kernel gives up when something has been without an acknowledgment for so long. */
const givesUpAfter = (socket: Socket, ms: number): Act => socket.sets('TCP_USER_TIMEOUT', ms);

/** The retransmissions that a step waits for take a second and a half; what has been lost for longer may take as long again. */
const untilSentAgainMs = 20_000;

export const loss = lesson({
  id: 'loss',
  title: {ja: '失われたセグメント', en: 'When segments get lost'},
  about: `途中で捨てられたセグメントは、いつ、何回送り直されるのか
    A segment is dropped on its way. When is it sent again, and how often?`,
  minutes: 10,
  network: 'private',
  actors: ['server', 'client', 'network'],
  beliefs: {
    'program-resends-what-is-lost': `途中で失われたデータは、プログラムが気づいて送り直さなければならない
      what gets lost on the way my program has to notice and send again`,
    'retransmits-at-one-pace': `再送は、届くまで同じ間隔で繰り返される
      what is lost is sent again at a steady pace until it arrives`,
    'giving-up-tells-the-peer': `タイムアウトで接続が終われば、相手にもそれが伝わる
      when a connection times out, the peer is told`,
    'dropped-is-refused': `ファイアウォールに捨てられた connect() は、すぐに断られる
      a connect() that a firewall drops is refused at once`,
  },
  steps: [
    step('connect', joins(listener, client, connection), {
      before: `サーバーとクライアントを、accept() までつなぎます。
        Server and client get connected, up to accept().`,
      after: {ja: 'つながりました。ここまでは、何も失われていません。', en: 'Connected. So far nothing was lost.'},
      expect: [connection.is('ESTABLISHED'), passesOnly(...connecting)],
      shows: 'wire',
      sources: ['man 7 tcp'],
    }),
    step('server-recv', connection.receives(), {
      needs: ['packet-filter'],
      before: {ja: 'サーバーが recv() で待ちます。', en: 'The server waits in recv().'},
      after: {ja: 'サーバーは眠っています。', en: 'The server sleeps.'},
      expect: waits,
      shows: 'wire',
      sources: ['man 2 recv'],
    }),
    step('rule', loses('server'), {
      needs: ['packet-filter'],
      before: `この小さなネットワークのパケットフィルターに、「サーバーのポートに来た TCP は捨てる」というルールを一つ入れます。ケーブルが抜けたのと同じことを、片方の向きに起こします。
        A rule is added to the packet filter of this small network: TCP that comes to the server’s port is dropped. It is as if a cable had been pulled, for one direction.`,
      after: `だれにも知らされません。両側の行は ESTABLISHED のままです。捨てられるのは、線の上で見えたあとです。失われるセグメントも、ここには表示されます。
        Nobody is told: both rows are still ESTABLISHED. Segments are dropped after they were seen on the wire, so what is lost is shown here too.`,
      expect: [returns(0), client.is('ESTABLISHED'), connection.is('ESTABLISHED'), nothingPasses],
      shows: 'wire',
      sources: ['man 8 nft'],
    }),
    step('client-send', client.sends('hello'), {
      needs: ['packet-filter'],
      before: {ja: 'クライアントが「hello」を send() します。', en: 'The client calls send() with “hello”.'},
      belief: 'program-resends-what-is-lost',
      question: {ja: 'send() はどうなりますか。', en: 'What will send() do?'},
      choices: [
        {
          text: {ja: 'ACK が来ないので、返らずに待つ', en: 'wait, since no ACK comes'},
          claim: waits,
          because: `send() はバイトを送信バッファーに預けて返ります。ACK を待つのはカーネルです。
            send() leaves the bytes in the send buffer and returns. It is the kernel that waits for the ACK.`,
        },
        {
          text: {ja: '失敗し、送り直せるように知らせる', en: 'fail, so that the program can send again'},
          claim: fails('ETIMEDOUT'),
          because: `送り直すのはカーネルの仕事です。プログラムに知らせる必要は、まだありません。
            To send again is the kernel’s business. It has no reason yet to trouble the program.`,
        },
        {text: {ja: 'すぐに 5 を返す', en: 'return 5 at once'}, claim: asClaimed.of('outcome')},
      ],
      hint: {ja: 'send() が返るとき、バイトはどこにあるでしょうか。', en: 'Where are the bytes when send() returns?'},
      after: `すぐに 5 を返しました。「hello」は線の上に出て、捨てられました。ACK が来ないので、カーネルが同じものを再送しています。TCP_INFO は、ACK を待つセグメントが一つあること(unacked)と、再送した回数(retransmits)を教えます。バイトは Send-Q に残っています。
        send() returned 5 at once. “hello” went out and was dropped; no ACK comes, so the kernel sends the same again. TCP_INFO tells that one segment waits for its ACK (unacked), and how often it was sent again (retransmits). The bytes are still in Send-Q.`,
      expect: [
        returns(5),
        completes('server-recv', waits),
        client.is('ESTABLISHED', {sendQueue: 5, unacked: 1, retransmits: {least: 1}}),
        connection.is('ESTABLISHED', {recvQueue: 0}),
        passes(data('client', 5), again(data('client', 5))),
        neverPasses({from: 'server'}),
      ],
      patienceMs: untilSentAgainMs,
      shows: 'wire',
      sources: ['man 2 send', 'RFC 9293 3.8.1', 'RFC 6298 5'],
    }),
    step('rule-off', losesNothing, {
      needs: ['packet-filter'],
      before: `ルールを取り去ります。「hello」は、これまでに何度も送られ、どれも捨てられました。サーバーの recv() は、まだ眠っています。
        The rule is taken away. “hello” was sent several times by now, and dropped each time. The server’s recv() is still asleep.`,
      belief: 'program-resends-what-is-lost',
      question: `クライアントのプログラムは何もしません。サーバーの recv() はどうなりますか。
        The client’s program does nothing. What will become of the server’s recv()?`,
      choices: [
        {
          text: {ja: '眠ったまま。もう一度 send() が要る', en: 'it sleeps on: it takes another send()'},
          claim: completes('server-recv', waits),
          because: `ACK されるまで、カーネルがバイトを持っています。
            The kernel keeps the bytes until they are acknowledged.`,
        },
        {text: {ja: '「hello」を一度だけ受け取る', en: 'it returns “hello”, once'}, claim: asClaimed.of('completes')},
        {
          text: `「hellohello...」と、送られた数だけ受け取る
            it returns “hellohello...”, as often as it was sent`,
          claim: completes('server-recv', returnsFrom(6)),
          because: `再送されたものは、どれも同じシーケンス番号です。二度届いても、一度しか受け取りません。
            They all have the same sequence number. Even if two arrived, it would be received once.`,
        },
      ],
      hint: {ja: 'タイマーは、まだ動いています。', en: 'The timer is still running.'},
      after: `次の再送が届き、ACK が返り、recv() が「hello」を返しました。Send-Q も retransmits も 0 です。どちらのプログラムにも、エラーは一つもありません。分かるのは、時間がかかったことだけです。
        The next retransmission arrived and was acknowledged, and recv() returned “hello”. Send-Q and retransmits are 0. Neither program saw an error: all that they could notice is the time it took.`,
      expect: [
        returns(0),
        completes('server-recv', received('hello')),
        client.is('ESTABLISHED', {sendQueue: 0, unacked: 0, retransmits: 0}),
        passes(again(data('client', 5)), ack('server')),
      ],
      patienceMs: untilSentAgainMs,
      expires: {after: 'client-send', seconds: 8},
      shows: 'wire',
      sources: ['RFC 9293 3.8.1', 'RFC 6298 5'],
    }),
    step('user-timeout', givesUpAfter(client, 5000), {
      needs: ['packet-filter'],
      before: `今度は、届かないままにします。Linux は既定では 15 分あまり再送を続けます。クライアントは TCP_USER_TIMEOUT で、「ACK が 5 秒なければ諦める」と決めておきます。
        Next time nothing will get through. By default Linux goes on for some fifteen minutes. With TCP_USER_TIMEOUT the client says: give up after 5 seconds without an ACK.`,
      after: `設定しただけで、何も流れません。単位はミリ秒です。
        It is only set, and nothing passes. The unit is milliseconds.`,
      expect: nothingPasses,
      shows: 'wire',
      sources: ['man 7 tcp'],
    }),
    step('send-in-vain', [loses('server'), client.sends('world')], {
      needs: ['packet-filter'],
      before: `同じルールをまた入れ、クライアントが「world」を送ります。再送の間隔を見てください。
        The same rule again, and the client sends “world”. Watch the pauses between the retransmissions.`,
      belief: 'retransmits-at-one-pace',
      question: {ja: '再送の間隔は、どうなりますか。', en: 'How long will the pauses be?'},
      choices: [
        {
          text: {ja: 'ずっと同じ', en: 'all the same'},
          claim: passes(...atOnePace(data('client', 5))),
          because: `混雑で失われているなら、同じ勢いで送り続けると、混雑が終わりません。
            If the loss comes from congestion, to go on at the same pace would keep it up.`,
        },
        {text: {ja: 'だんだん長くなる', en: 'longer and longer'}, claim: passes(...evenLater(data('client', 5)))},
        {
          text: {ja: '再送は一度だけで、接続は終わる', en: 'it is sent again once, and the connection ends'},
          claim: client.isUnlisted('CLOSE'),
          because: `一度や二度の損失で、TCP は接続を終わらせません。
            TCP does not end a connection because something was lost once or twice.`,
        },
      ],
      hint: `失われたのは、途中が混んでいるからかもしれません。
        It may have been lost because there is a crowd on the way.`,
      after: `およそ 0.2 秒、0.4 秒、0.8 秒と、倍になっていきます。再送タイムアウト(RTO、Linux の下限は 0.2 秒)は、切れるたびに倍にする決まりです。最初の一つは、タイマーより先に様子を見る再送(TLP)のことがあり、retransmits には数えられません。
        Some 0.2 s, 0.4 s, 0.8 s: each time the retransmission timer (RTO, on Linux at least 0.2 s) runs out it is doubled. The first may come ahead of the timer, to try the path (TLP); retransmits does not count it.`,
      expect: [
        returns(5),
        client.is('ESTABLISHED', {sendQueue: 5, retransmits: {least: 2}}),
        passes(data('client', 5), ...evenLater(data('client', 5))),
        neverPasses({from: 'server'}),
      ],
      patienceMs: untilSentAgainMs,
      shows: 'wire',
      sources: ['RFC 6298 2', 'RFC 6298 5.5', 'RFC 8985 7'],
    }),
    step('client-recv', client.receives(), {
      needs: ['packet-filter'],
      before: `クライアントは、recv() で返事を待ちます。5 秒たつと、カーネルが諦めます。
        The client waits in recv() for an answer. After 5 seconds its kernel gives up.`,
      belief: 'giving-up-tells-the-peer',
      question: `諦めたカーネルは、接続を終わらせるために何を送りますか。
        What does the kernel that gives up send to end the connection?`,
      choices: [
        {
          text: {ja: 'FIN', en: 'FIN'},
          claim: passes(fin('client')),
          because: `FIN は「送ったものが全部届いたら終わり」という合図です。それが、もう望めません。
            FIN stands behind all the data, and has to be acknowledged. There is no hope of either.`,
        },
        {
          text: {ja: 'RST', en: 'RST'},
          claim: passes(rst('client')),
          because: `届くなら役に立ちますが、何も届かないから諦めたのです。Linux は、ここでは送りません。
            It would help if it arrived, but nothing arrives: that is why it gave up. Linux does not send one here.`,
        },
        {text: {ja: '何も送らない', en: 'nothing'}, claim: asClaimed.of('outcome', 'wire')},
      ],
      hint: `送っても届かないと分かったから、諦めました。
        It gave up because it found that nothing gets through.`,
      after: `recv() が ETIMEDOUT(操作がタイムアウトした)を返しました。何も送られず、サーバーの側は ESTABLISHED のままです。「world」は捨てられ、サーバーは何も知りません。
        recv() returned ETIMEDOUT. Nothing was sent, and the server’s side is still ESTABLISHED. “world” is gone, and the server knows of nothing.`,
      expect: [fails('ETIMEDOUT'), client.isUnlisted('CLOSE'), connection.is('ESTABLISHED'), noFarewell],
      patienceMs: untilSentAgainMs,
      shows: 'wire',
      sources: ['man 7 tcp', 'RFC 9293 3.8.3'],
    }),
    step('server-send', [losesNothing, connection.sends('hi'), connection.receives()], {
      needs: ['packet-filter'],
      before: `ルールを取り去ります。まだつながっているつもりのサーバーが「hi」を送り、recv() します。
        The rule is taken away. The server, which still believes in the connection, sends “hi” and calls recv().`,
      after: `クライアントのカーネルは、その接続をもう知らないので、RST を返しました。サーバーはこれで初めて、ECONNRESET で終わりを知ります。何も送らないサーバーは、SO_KEEPALIVE(既定では無効)を設定していなければ、いつまでも気づきません。
        The client’s kernel knows no such connection any more and answered with RST. Only now the server learns that it is over, by ECONNRESET. A server that sends nothing would never notice, unless it has set SO_KEEPALIVE (off by default).`,
      expect: [fails('ECONNRESET'), connection.isUnlisted('CLOSE'), passesOnly(data('server', 2), bareRst('client'))],
      shows: 'wire',
      sources: ['RFC 9293 3.5.2', 'RFC 9293 3.5.1'],
    }),
    step('connect-in-vain', [loses('server'), second.opens(), givesUpAfter(second, 2500), connects(second)[1]], {
      needs: ['packet-filter'],
      before: `ルールをもう一度入れ、新しいソケットで connect() します。サーバーは待ち受けていますが、SYN は届きません。このソケットは、2.5 秒で諦めることにします。
        Once more the rule, and a new socket calls connect(). The server is listening, but no SYN gets there. This socket is to give up after 2.5 seconds.`,
      belief: 'dropped-is-refused',
      question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
      choices: [
        {
          text: `SYN を 1 秒後に再送し、やがて ETIMEDOUT
            send its SYN again after a second, and end in ETIMEDOUT`,
          claim: asClaimed,
        },
        {
          text: {ja: 'すぐに ECONNREFUSED', en: 'fail with ECONNREFUSED at once'},
          claim: fails('ECONNREFUSED'),
          because: `断るには、RST か ICMP を返さなければなりません。黙って捨てるルールは、何も返しません。
            A refusal would be an RST, or an ICMP message. A rule that drops in silence sends nothing back.`,
        },
        {
          text: {ja: 'SYN を一度だけ送り、ETIMEDOUT', en: 'send its SYN once, and end in ETIMEDOUT'},
          claim: [fails('ETIMEDOUT'), passes(syn), neverPasses({...syn, isAgain: true})],
          because: `SYN もシーケンス番号を一つ使います。ACK が来なければ、再送されます。
            SYN takes a sequence number too. Without an ACK it is sent again.`,
        },
      ],
      hint: `「断られた」と分かるには、だれかの返事が要ります。
        To know that one was refused takes an answer.`,
      after: `往復の時間をまだ知らないので、SYN の最初のタイマーは 1 秒です。諦める時間を決めなければ、Linux は既定で 2 分あまり待ち、同じ ETIMEDOUT を返します。すぐに断られるのと長く待たされるのとでは、途中で起きたことが違います。
        With no round trip measured yet, a SYN’s first timer is one second. Without a limit of its own it would take Linux some two minutes to return the same ETIMEDOUT. To be refused at once, or to be kept waiting: these tell of different things on the way.`,
      expect: [fails('ETIMEDOUT'), synAgain],
      patienceMs: untilSentAgainMs,
      shows: 'wire',
      sources: ['man 2 connect', 'RFC 6298 2.1'],
    }),
    step('lift', [losesNothing, second.closes()], {
      needs: ['packet-filter'],
      before: `ルールを取り去り、つながらなかったソケットを閉じます。
        The rule is taken away, and the socket that never got connected is closed.`,
      after: `何も流れません。カーネルは、もう SYN を諦めています。
        Nothing passes: the kernel has given up its SYN.`,
      expect: nothingPasses,
      shows: 'wire',
      sources: ['man 2 close'],
    }),
    step('close-rest', [client.closes(), connection.closes(), listener.closes()], {
      before: {ja: '残りのソケットを閉じます。', en: 'The other sockets are closed.'},
      after: {ja: '閉じました。', en: 'Closed.'},
      expect: listener.isGone,
      sources: ['man 2 close'],
    }),
  ],
  summary: `失われたセグメントは、カーネルが再送します。間隔は切れるたびに倍になり、届けば一度だけ受け取られます。プログラムから見えるのは、かかった時間だけです。諦める時間は TCP_USER_TIMEOUT で決められ、ETIMEDOUT で知らされますが、相手には何も伝わりません。
    What is lost the kernel sends again, after pauses that double, and however often it is sent it is received once. All that a program sees is the time. When to give up can be set with TCP_USER_TIMEOUT; it comes as ETIMEDOUT, and the peer is not told.`,
  review: [
    review('the-answer-is-lost', {actors: ['server', 'client', 'network']}, [
      step('lose', [...joins(listener, client, connection), loses(client.place)], {
        needs: ['packet-filter'],
        before: `接続ができたあと、クライアントのポートに来るものが捨てられるようになります。
          A connection is made. From then on what comes to the client’s port is lost.`,
        after: {ja: 'サーバーからの向きだけが、届きません。', en: 'Only what the server sends does not arrive.'},
        expect: client.is('ESTABLISHED'),
        shows: 'wire',
        sources: ['man 8 nft'],
      }),
      step('wait', client.receives(), {
        needs: ['packet-filter'],
        before: {ja: 'クライアントが recv() で待ちます。', en: 'The client waits in recv().'},
        after: {ja: 'クライアントは眠っています。', en: 'The client sleeps.'},
        expect: waits,
        shows: 'wire',
        sources: ['man 2 recv'],
      }),
      step('send-and-lift', [connection.sends('news'), losesNothing], {
        needs: ['packet-filter'],
        before: `サーバーが「news」を一度だけ送り、それが捨てられたあとで、ルールが取り去られます。
          The server sends “news”, once. It is lost, and after that the rule is taken away.`,
        belief: 'program-resends-what-is-lost',
        question: {ja: 'クライアントの recv() はどうなりますか。', en: 'What will become of the client’s recv()?'},
        choices: [
          {text: {ja: '「news」を受け取る', en: 'it returns “news”'}, claim: asClaimed.of('completes')},
          {
            text: {ja: '眠ったまま。サーバーが送り直すまで来ない', en: 'it sleeps on until the server sends again'},
            claim: completes('wait', waits),
            because: `サーバーのカーネルが、ACK の来ない「news」を再送します。
              The server’s kernel sends “news” again, as no ACK came.`,
          },
          {
            text: {ja: 'ETIMEDOUT で失敗する', en: 'it fails with ETIMEDOUT'},
            claim: completes('wait', fails('ETIMEDOUT')),
            because: `待っているだけの側には、切れるタイマーがありません(キープアライブは既定で無効です)。
              The side that only waits has no timer that could run out (keepalive is off by default).`,
          },
        ],
        after: `少し遅れて、「news」が届きました。どちらのプログラムも、失われたことを知りません。
          “news” came, a little late. Neither program knows that it was lost.`,
        expect: [returns(0), completes('wait', received('news')), passes(data('server', 4), again(data('server', 4)))],
        patienceMs: untilSentAgainMs,
        shows: 'wire',
        sources: ['RFC 9293 3.8.1'],
      }),
      closing('clear-away', [client, connection, listener], {needs: ['packet-filter']}),
    ]),
    review('a-lost-fin', {actors: ['server', 'client', 'network']}, [
      step('lose', [...joins(listener, client, connection), loses('server')], {
        needs: ['packet-filter'],
        before: `接続ができたあと、サーバーのポートに来るものが捨てられるようになります。
          A connection is made. From then on what comes to the server’s port is lost.`,
        after: {ja: '支度ができました。', en: 'Ready.'},
        expect: client.is('ESTABLISHED'),
        shows: 'wire',
        sources: ['man 8 nft'],
      }),
      step('fin-in-vain', client.shutsDown('SHUT_WR'), {
        needs: ['packet-filter'],
        before: `クライアントが shutdown(SHUT_WR) します。FIN は捨てられ、再送されます。
          The client calls shutdown(SHUT_WR). Its FIN is lost, and sent again.`,
        belief: 'retransmits-at-one-pace',
        question: {ja: 'FIN の再送の間隔は、どうなりますか。', en: 'How long are the pauses between the FINs?'},
        choices: [
          {text: {ja: 'だんだん長くなる', en: 'longer and longer'}, claim: asClaimed.of('wire')},
          {
            text: {ja: 'データがないので、ずっと同じ', en: 'all the same, as there is no data'},
            claim: passes(...atOnePace(fin('client'))),
            because: {ja: 'FIN もデータと同じタイマーで再送されます。', en: 'A FIN has the same timer as data.'},
          },
        ],
        after: `倍々です。データも SYN も FIN も、ACK を待つものはみな、同じ仕組みで再送されます。
          They double. Data, SYN, FIN: all that waits for an ACK is sent again in this way.`,
        expect: [client.is('FIN_WAIT1'), passes(...evenLater(fin('client')))],
        patienceMs: untilSentAgainMs,
        shows: 'wire',
        sources: ['RFC 6298 5.5'],
      }),
      step('clear-away', [losesNothing, client.closes(), ...closesAll(connection, listener)], {
        needs: ['packet-filter'],
        before: `ルールを取り去り、ソケットを閉じます。
          The rule is taken away, and the sockets are closed.`,
        after: {ja: '閉じました。', en: 'Closed.'},
        sources: ['man 2 close'],
      }),
    ]),
    review('only-the-acks-are-lost', {actors: ['server', 'client', 'network']}, [
      step('lose-acks', [...joins(listener, client, connection), givesUpAfter(client, 2000), loses(client.place)], {
        needs: ['packet-filter'],
        before: `接続ができ、クライアントは TCP_USER_TIMEOUT を 2 秒にします。失われるのは、クライアントのポートに来るもの、つまり ACK だけです。
          A connection is made, and the client sets TCP_USER_TIMEOUT to 2 seconds. Only what comes to the client’s port is lost: the ACKs.`,
        after: {ja: '支度ができました。', en: 'Ready.'},
        expect: client.is('ESTABLISHED'),
        shows: 'wire',
        sources: ['man 7 tcp'],
      }),
      step('give-up', [client.sends('order'), client.receives()], {
        needs: ['packet-filter'],
        before: `クライアントが「order」を送り、recv() で返事を待ちます。「order」はサーバーに届きますが、ACK が届かないので、カーネルはやがて諦めます。
          The client sends “order” and waits in recv(). “order” arrives, but the ACKs do not, and after a while the kernel gives up.`,
        belief: 'giving-up-tells-the-peer',
        question: `クライアントのカーネルが諦めたあと、サーバーの側はどうなりますか。
          What becomes of the server’s side when the client’s kernel has given up?`,
        choices: [
          {
            text: {ja: 'RST が届き、CLOSE になる', en: 'RST arrives: CLOSE'},
            claim: connection.isUnlisted('CLOSE'),
            because: `この向きなら届きますが、諦めたカーネルは何も送りません。
              In this direction it would arrive, but a kernel that gives up sends nothing.`,
          },
          {
            text: {ja: 'FIN が届き、CLOSE_WAIT になる', en: 'FIN arrives: CLOSE_WAIT'},
            claim: connection.is('CLOSE_WAIT'),
            because: {ja: 'FIN は、プログラムが閉じたときのものです。', en: 'FIN is for a program that closes.'},
          },
          {
            text: {ja: 'ESTABLISHED のまま、「order」を持っている', en: 'it stays ESTABLISHED, and has “order”'},
            claim: [fails('ETIMEDOUT'), connection.is('ESTABLISHED', {recvQueue: 5})],
          },
        ],
        after: `ETIMEDOUT は「届かなかった」ではなく、「届いたかどうか分からない」です。ここでは「order」は届いていて、サーバーは何も知らずに処理するかもしれません。
          ETIMEDOUT does not mean “it did not arrive” but “nobody knows whether it did”. Here “order” has arrived, and the server may well carry it out.`,
        expect: [
          fails('ETIMEDOUT'),
          client.isUnlisted('CLOSE'),
          connection.is('ESTABLISHED', {recvQueue: 5}),
          passes(data('client', 5), ack('server'), again(data('client', 5))),
        ],
        patienceMs: untilSentAgainMs,
        shows: 'wire',
        sources: ['man 7 tcp', 'RFC 9293 3.8.3'],
      }),
      step('clear-away', [losesNothing, client.closes(), ...closesAll(connection, listener)], {
        needs: ['packet-filter'],
        before: `ルールを取り去り、ソケットを閉じます。
          The rule is taken away, and the sockets are closed.`,
        after: {ja: '閉じました。', en: 'Closed.'},
        sources: ['man 2 close'],
      }),
    ]),
    review('the-syn-arrives', {actors: ['server', 'client', 'network']}, [
      step(
        'lose-answers',
        [
          ...listens(listener),
          client.opens(),
          client.binds({host: '127.0.0.1', port: 0}),
          givesUpAfter(client, 2500),
          loses(client.place),
        ],
        {
          needs: ['packet-filter'],
          before: `サーバーが待ち受けます。クライアントは先に bind() でポートを決め、そのポートに来るものは捨てられます。諦めるまでは 2.5 秒です。
            A server listens. The client gets its port by bind() first, and what comes to that port is lost. It will give up after 2.5 seconds.`,
          after: {ja: '支度ができました。', en: 'Ready.'},
          expect: listener.is('LISTEN'),
          shows: 'wire',
          sources: ['man 8 nft'],
        },
      ),
      step('connect-unanswered', client.connects(), {
        needs: ['packet-filter'],
        before: `クライアントが connect() します。SYN はサーバーに届き、失われるのはサーバーの返事です。
          The client calls connect(). Its SYN arrives; it is the server’s answer that is lost.`,
        belief: 'dropped-is-refused',
        question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
        choices: [
          {
            text: {ja: '0 を返す。SYN は届いている', en: 'return 0, as the SYN has arrived'},
            claim: returns(0),
            because: `SYN+ACK を受け取るまで、クライアントの側は SYN_SENT です。
              Until it gets SYN+ACK the client’s side is in SYN_SENT.`,
          },
          {
            text: {ja: 'SYN を再送しながら待ち、ETIMEDOUT', en: 'wait, sending its SYN again, and end in ETIMEDOUT'},
            claim: [fails('ETIMEDOUT'), passes(syn, again(syn))],
          },
          {
            text: {ja: 'すぐに ECONNREFUSED', en: 'fail with ECONNREFUSED at once'},
            claim: fails('ECONNREFUSED'),
            because: `RST は届いていません。返事は、どれも捨てられています。
              No RST came. Every answer is lost.`,
          },
        ],
        after: `行きが捨てられても帰りが捨てられても、クライアントから見れば同じ、返事のない SYN です。
          Whether the way there or the way back is closed, to the client it is the same: a SYN without an answer.`,
        expect: [fails('ETIMEDOUT'), passes(syn, synAck, again(syn))],
        patienceMs: untilSentAgainMs,
        shows: 'wire',
        sources: ['man 2 connect', 'RFC 6298 2.1'],
      }),
      step('clear-away', [losesNothing, client.closes(), listener.closes()], {
        needs: ['packet-filter'],
        before: `ルールを取り去り、ソケットを閉じます。
          The rule is taken away, and the sockets are closed.`,
        after: {ja: '閉じました。', en: 'Closed.'},
        sources: ['man 2 close'],
      }),
    ]),
  ],
});
