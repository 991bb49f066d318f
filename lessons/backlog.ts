import type {Act, FramesClaim} from '../src/model/lesson.ts';
import {binds, connects, does, listens} from './kit/calls.ts';
import {closing} from './kit/closing.ts';
import {lesson, review} from './kit/lesson.ts';
import {completes, fails, received, returns, waits} from './kit/outcomes.ts';
import {
  ack,
  again,
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

const {listener, connection, connection2, connection3, connection1} = sockets({
  server: ['listener', 'connection', 'connection-2', 'connection-3', 'connection-1'],
});
const {first, second, third, fourth, fifth, sixth, one, two, three, four, five, client} = sockets({
  client: ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'one', 'two', 'three', 'four', 'five', 'client'],
});

/** A new non-blocking socket asks for a connection: connect() does not wait for the answer. */
const asks = (socket: Socket): readonly [Act, Act, Act] => [
  socket.opens(),
  socket.setsFlags('O_NONBLOCK'),
  does(socket.connects(), fails('EINPROGRESS')),
];

const inProgress = fails('EINPROGRESS');

/** A SYN goes out, and nothing comes back. */
const unanswered: FramesClaim = {frames: [syn], never: [{from: 'server'}]};

/** A SYN is sent again after a second; on a busy machine it may take a second try. */
const untilSynAgainMs = 6000;

export const backlog = lesson({
  id: 'backlog',
  title: {ja: 'listen() の backlog', en: 'The backlog of listen()'},
  about: {
    ja: '接続待ちキューがいっぱいになると、次のクライアントはどうなるのか',
    en: 'What becomes of the next client when the accept queue is full?',
  },
  minutes: 10,
  beliefs: {
    'backlog-is-exact': `listen(n) なら n 本まで待てて、その次は断られる
      with listen(n), n connections may wait and the next is refused`,
    'waiting-client-must-ask-again': `キューに入れなかったクライアントは、connect() を呼び直すしかない
      a client that found the queue full has to call connect() again`,
    'backlog-limits-clients': `backlog は、サーバーが同時に相手にできるクライアントの数だ
      the backlog is how many clients a server can have at a time`,
    'queued-survive-the-listener': `待ち受けを閉じても、もうつながった接続には影響しない
      closing the listening socket does no harm to connections that are already made`,
  },
  steps: [
    step('server-ready', binds(listener), {
      before: `サーバーがソケットを作り、bind() まで済ませます。
        The server makes a socket and takes it as far as bind().`,
      after: `残るは listen() だけです。今回は、その二つ目の引数 backlog を小さくします。
        Only listen() is missing. This time its second argument, the backlog, will be small.`,
      expect: listener.isUnlisted('CLOSE'),
      node: 'const server = net.createServer();',
      sources: ['man 2 bind'],
    }),
    step('server-listen', listener.listens(1), {
      before: `backlog は、接続待ちキューの長さの上限です。listen(fd, 1) とします。サーバーは、しばらく accept() を呼びません。
        The backlog limits the length of the accept queue. It will be listen(fd, 1), and for a while the server will not call accept().`,
      after: `LISTEN の行の Recv-Q は、いまキューで待っている接続の数です。上限(大きな値は net.core.somaxconn に抑えられます)は /proc/net/tcp には出ず、ss なら Send-Q の列に見えます。
        Recv-Q in the LISTEN row says how many wait in the queue now. The limit, at most net.core.somaxconn, is not in /proc/net/tcp; ss shows it as Send-Q.`,
      expect: [listener.is('LISTEN', {recvQueue: 0}), nothingPasses],
      node: `server.listen({port}, '127.0.0.1', 1);  // the backlog; 511 if it is left out`,
      sources: ['man 2 listen', 'man 8 ss'],
    }),
    step('client-first', asks(first), {
      before: `一つのクライアントが、何本も接続します。待たされて動けなくならないように、fcntl() でソケットをノンブロッキングにしてから connect() します。
        One client will make several connections. So that none of them holds it up, it makes its sockets non-blocking with fcntl() before connect().`,
      after: `EINPROGRESS は失敗ではなく、「始めた。結果は待たない」という意味です。ループバックでは、呼び出しが返ったときには、もう ESTABLISHED になっています。
        EINPROGRESS is no failure: it means “begun, and not waited for”. On loopback the connection is ESTABLISHED by the time the call returns.`,
      expect: [inProgress, first.is('ESTABLISHED'), listener.queue(1), passesOnly(...connecting)],
      node: `const first = net.connect({port}, '127.0.0.1');
// Node does just this: its sockets are all non-blocking.`,
      sources: ['man 2 connect', 'man 2 fcntl'],
    }),
    step('client-second', asks(second), {
      before: `二本目です。backlog は 1 で、キューではもう一本が待っています。
        The second one. The backlog is 1, and one connection is waiting already.`,
      belief: 'backlog-is-exact',
      question: `Linux では、二本目の接続はどうなりますか。
        On Linux, what will become of the second connection?`,
      choices: [
        {
          text: {ja: 'つながって、キューに入る', en: 'it is made, and enters the queue'},
          claim: asClaimed.of('sockets'),
        },
        {
          text: {ja: 'ECONNREFUSED で断られる', en: 'it is refused: ECONNREFUSED'},
          claim: fails('ECONNREFUSED'),
          because: `ECONNREFUSED になるのは、だれも待ち受けていないときです。
            ECONNREFUSED comes when nobody listens.`,
        },
        {
          text: {ja: 'SYN_SENT のまま待たされる', en: 'it stays in SYN_SENT and waits'},
          claim: second.is('SYN_SENT'),
          because: `待たされるのは、待つ数が backlog を超えてからです。
            That happens only once more than the backlog are waiting.`,
        },
      ],
      hint: `Linux は SYN が届いたときに、「もう待っている数が、backlog を超えているか」を調べます。
        When a SYN arrives, Linux asks whether those that wait already are more than the backlog.`,
      after: `つながりました。Linux は、SYN が来たときに「待つ数が backlog を超えているか」を調べます。1 は 1 を超えないので入れて、待つ数は 2、backlog より一つ多くなります。数え方は、システムによって違います。
        It is in. When a SYN arrives, Linux checks whether more than the backlog are waiting. 1 is not more than 1, so it lets this one in; now 2 are waiting, one more than the backlog says. Other systems count in other ways.`,
      expect: [inProgress, second.is('ESTABLISHED'), listener.queue(2), passesOnly(...connecting)],
      shows: 'wire',
      node: `const second = net.connect({port}, '127.0.0.1');`,
      sources: ['man 2 listen'],
    }),
    step('client-third', asks(third), {
      before: `三本目です。いま待っているのは 2 本で、今度こそ backlog を超えています。
        The third one. 2 are waiting, and that is more than the backlog.`,
      belief: 'backlog-is-exact',
      question: {ja: '三本目の接続はどうなりますか。', en: 'What will become of the third connection?'},
      choices: [
        {
          text: {ja: 'ECONNREFUSED で断られる', en: 'it is refused: ECONNREFUSED'},
          claim: fails('ECONNREFUSED'),
          because: `断るには RST を送ります。Linux はここで何も送らず、SYN を捨てます。
            A refusal would be an RST. Linux sends nothing here; it drops the SYN.`,
        },
        {
          text: {ja: '返事がないまま、SYN_SENT で待つ', en: 'it hears nothing and waits in SYN_SENT'},
          claim: [inProgress, third.is('SYN_SENT')],
        },
        {
          text: {ja: 'キューに入る(上限は目安にすぎない)', en: 'it enters the queue: the limit is only a rough one'},
          claim: listener.queue(3),
          because: `Linux が入れるのは、backlog より一つ多くまでです。その一つは、もう入っています。
            Linux lets in one more than the backlog, and that one is in already.`,
        },
      ],
      hint: `混んでいるだけなら、少しあとには空くかもしれません。断ってしまうと、「サーバーがいない」のと区別が付きません。
        A full queue may have room a moment later. A refusal would look as if there were no server at all.`,
      after: `SYN_SENT、返事待ちです。線の上には SYN が一つだけ。サーバー側のカーネルが、黙って捨てました。一時的な混雑なら、クライアントの TCP が SYN を再送したときには空いているかもしれないからです。
        SYN_SENT: it waits for an answer, and on the wire there is only its SYN. The server’s kernel dropped it in silence, since by the time the client’s TCP sends it again there may be room.`,
      expect: [inProgress, third.is('SYN_SENT'), listener.queue(2), unanswered],
      shows: 'wire',
      node: `const third = net.connect({port}, '127.0.0.1');
// Neither 'connect' nor 'error': nothing happens for a long time.`,
      sources: ['man 2 listen', 'RFC 9293 3.8.1'],
    }),
    step('client-gives-up', [third.closes()], {
      before: `このまま放っておくと、カーネルは SYN の再送を、Linux の既定で 2 分あまり続けてから、ETIMEDOUT にします。クライアントは待たずに、三本目を close() します。
        Left alone, the kernel would go on sending the SYN for some two minutes (Linux’s default) before it says ETIMEDOUT. The client does not wait: it closes the third socket.`,
      after: `カーネルの表から消えました。接続ができていないので、FIN を送る相手もいません。混んだサーバーに長く待たされたくないプログラムは、こうして自分で時間を決めて諦めます。
        The row is gone: there was no connection, so there is no FIN to send. A program that does not want to hang on a busy server sets a time limit of its own, like this.`,
      expect: [third.isGone, neverPasses(fin('client'), rst('client'))],
      node: 'third.setTimeout(3000, () => third.destroy());',
      sources: ['man 2 connect', 'man 7 tcp'],
    }),
    step('server-accept', [...asks(fourth), listener.accepts(connection)], {
      before: `四本目を頼むと、やはり待たされます。その直後に、サーバーがはじめて accept() を一度呼び、キューに空きを作ります。
        A fourth one asks and is kept waiting too. Right after that the server calls accept() for the first time, once, and makes room in the queue.`,
      belief: 'waiting-client-must-ask-again',
      question: `待たされている四本目は、このあとどうなりますか。
        What will become of the fourth, which is waiting?`,
      choices: [
        {
          text: `何もしなければ、SYN_SENT のまま変わらない
            it stays in SYN_SENT as long as the client does nothing`,
          claim: fourth.is('SYN_SENT'),
          because: `プロセスが何もしなくても、カーネルが SYN を再送します。
            The process need not do anything: the kernel sends the SYN again.`,
        },
        {
          text: {ja: '1 秒ほどのうちに、ひとりでにつながる', en: 'within a second or so it is connected, by itself'},
          claim: asClaimed.of('sockets'),
        },
        {
          text: {ja: '順番待ちが破棄され、CLOSE になる', en: 'it has lost its turn and goes to CLOSE'},
          claim: fourth.isUnlisted('CLOSE'),
          because: `諦めるのは、SYN の再送を何度か繰り返しても返事がないときです(Linux の既定では 2 分ほど)。
            It gives up only after several retransmissions of its SYN (on Linux, some 2 minutes).`,
        },
      ],
      hint: `返事のないセグメントを、TCP は再送します。SYN も例外ではありません。
        TCP sends again what is not answered, and that includes a SYN.`,
      after: `次の SYN の再送で、つながりました。空いたことをだれかが知らせるのではなく、SYN が届いたときに空いているかどうかで決まります。混んだサーバーでは接続だけに 1 秒以上かかることがあるのは、このためです。
        The next retransmission of its SYN got it in. Nobody tells it that there is room; what counts is whether there is some when the SYN arrives. That is why connecting to a busy server may take a second or more.`,
      expect: [
        fourth.is('ESTABLISHED'),
        listener.queue(2),
        passes(syn, {...again(syn), afterMs: {least: 900}}, synAck, ack('client')),
      ],
      shows: 'wire',
      patienceMs: untilSynAgainMs,
      node: `const fourth = net.connect({port}, '127.0.0.1');
fourth.on('connect', () => {});  // late, but it comes`,
      sources: ['man 2 listen', 'RFC 6298 2'],
    }),
    step('server-accept-all', [listener.accepts(connection2), listener.accepts(connection3)], {
      before: `サーバーが、待っている 2 本も accept() で取り出します。
        The server takes out the 2 that are waiting as well.`,
      after: `キューは空になり、サーバーは接続を 3 本持っています。
        The queue is empty, and the server has 3 connections.`,
      expect: [
        connection.is('ESTABLISHED'),
        connection2.is('ESTABLISHED'),
        connection3.is('ESTABLISHED'),
        listener.queue(0),
        nothingPasses,
      ],
      node: `server.on('connection', connection => {});`,
      sources: ['man 2 accept'],
    }),
    step('client-two-more', [...asks(fifth), ...asks(sixth)], {
      before: `クライアントが、さらに 2 本の接続を頼みます。サーバーは、もう 3 本の接続を使っています。backlog は 1 のままです。
        The client asks for 2 more connections. The server has 3 already, and its backlog is still 1.`,
      belief: 'backlog-limits-clients',
      question: {ja: 'この 2 本はどうなりますか。', en: 'What will become of these 2?'},
      choices: [
        {
          text: `サーバーは手いっぱいなので、2 本とも SYN_SENT で待つ
            the server has its hands full: both wait in SYN_SENT`,
          claim: [fifth.is('SYN_SENT'), sixth.is('SYN_SENT')],
          because: `accept() した接続は、もうキューにいないので数えません。
            Accepted connections have left the queue and do not count.`,
        },
        {
          text: {ja: '1 本だけつながる', en: 'one of them is connected'},
          claim: [fifth.is('ESTABLISHED'), sixth.is('SYN_SENT')],
          because: `キューは空でした。backlog が 1 なら、Linux では 2 本まで入ります。
            The queue was empty, and with a backlog of 1 Linux lets 2 into it.`,
        },
        {
          text: {ja: '2 本ともつながる', en: 'both are connected'},
          claim: [fifth.is('ESTABLISHED'), sixth.is('ESTABLISHED')],
        },
      ],
      after: `2 本ともキューに入り、接続は合わせて 5 本です。backlog が限るのは「できたのに、まだ accept() されていない接続」だけです。すぐに accept() するサーバーなら、小さな backlog でも多くのクライアントを持てます。
        Both are in the queue, which makes 5 connections. The backlog limits only those that are made and not yet accepted. A server that accepts promptly can have many clients with a small backlog.`,
      expect: [
        inProgress,
        fifth.is('ESTABLISHED'),
        sixth.is('ESTABLISHED'),
        listener.queue(2),
        passes(...connecting, ...connecting),
      ],
      node: `const fifth = net.connect({port}, '127.0.0.1');
const sixth = net.connect({port}, '127.0.0.1');
// The number of clients is limited by server.maxConnections, not by the backlog.`,
      sources: ['man 2 listen'],
    }),
    step('server-close-listener', [listener.closes()], {
      before: `2 本がキューで待っているのに、サーバーは待ち受けのソケットを close() します。クライアントから見れば、2 本とも ESTABLISHED です。
        With 2 connections in the queue, the server closes its listening socket. To the client both are ESTABLISHED.`,
      belief: 'queued-survive-the-listener',
      question: `キューにいた接続の、クライアント側はどうなりますか。
        What becomes of the client’s ends of the connections in the queue?`,
      choices: [
        {
          text: {ja: '接続はできているので、ESTABLISHED のまま', en: 'they are made: they stay ESTABLISHED'},
          claim: fifth.is('ESTABLISHED'),
          because: `accept() できるソケットがなくなり、だれも受け取れない接続になります。
            The only socket that could accept them is gone; nobody could ever get them.`,
        },
        {
          text: {ja: 'FIN を受け取って、CLOSE_WAIT になる', en: 'they get a FIN: CLOSE_WAIT'},
          claim: fifth.is('CLOSE_WAIT'),
          because: `FIN は「送り終えた」という印です。ここでは、受け取り手がいないまま打ち切られます。
            FIN would say “I have sent everything”. These are cut off: nobody will ever take them.`,
        },
        {text: {ja: 'RST を受け取って、CLOSE になる', en: 'they get an RST: CLOSE'}, claim: fifth.isUnlisted('CLOSE')},
      ],
      after: `RST で打ち切られました。キューは待ち受けのソケットのもので、一緒になくなります。accept() した 3 本は別のソケットなので、ESTABLISHED のままです。
        RST cut them off. The queue belongs to the listening socket and went with it. The 3 accepted connections are sockets of their own and stay ESTABLISHED.`,
      expect: [
        listener.isGone,
        fifth.isUnlisted('CLOSE'),
        sixth.isUnlisted('CLOSE'),
        first.is('ESTABLISHED'),
        connection.is('ESTABLISHED'),
        passes(rst('server'), rst('server')),
      ],
      shows: 'wire',
      node: 'server.close();  // accepted connections live on, those in the queue do not',
      sources: ['man 2 close', 'man 2 listen'],
    }),
    step('client-recv', fifth.receives(), {
      before: `クライアントが、キューにいた接続の一本で recv() します。プロセスは RST のことを、まだ知りません。
        The client calls recv() on one of those that were in the queue. The process does not know of the RST yet.`,
      after: `ECONNRESET(接続がリセットされた)です。connect() が成功していても、サーバーのプロセスが接続を受け取ったとは限りません。
        ECONNRESET. That connect() had worked never meant that the server’s process had got the connection.`,
      expect: fails('ECONNRESET'),
      node: `fifth.on('error', error => console.error(error.code));  // ECONNRESET`,
      sources: ['man 2 recv'],
    }),
    step('server-send', [connection.sends('still here'), first.polls('POLLIN', 1000), first.receives()], {
      before: `待ち受けのソケットはもうありません。サーバーが、accept() した接続で「still here」と送り、クライアントが読みます。クライアントのソケットはノンブロッキングなので、poll() で届くのを待ちます。
        There is no listening socket any more. On an accepted connection the server sends “still here”, and the client reads it. Its socket is non-blocking, so it waits with poll() first.`,
      after: `ふつうに届きました。サーバーを止めるときは、この性質を使います。待ち受けを先に閉じ、残りの接続を最後まで相手にしてから終わります。
        It arrived as ever. Servers that shut down make use of this: they close the listening socket first and serve the rest of their connections to the end.`,
      expect: [received('still here'), passes(data('server', 10), ack('client'))],
      node: `connection.write('still here');`,
      sources: ['man 2 send', 'man 2 poll', 'man 2 recv'],
    }),
    step('client-closes', [first.closes(), second.closes(), fourth.closes(), fifth.closes(), sixth.closes()], {
      before: `クライアントが、持っているソケットをすべて閉じます。
        The client closes all the sockets that it has.`,
      after: `FIN が出たのは、生きていた 3 本だけです。RST で終わった 2 本には、送るものがありません。
        A FIN went out on the 3 that were alive. The 2 that ended with RST had nothing to send.`,
      expect: [
        first.is('FIN_WAIT2'),
        second.is('FIN_WAIT2'),
        fourth.is('FIN_WAIT2'),
        fifth.isGone,
        sixth.isGone,
        passes(fin('client'), fin('client'), fin('client')),
      ],
      node: 'first.end();\nsecond.end();\nfourth.end();',
      sources: ['man 2 close', 'RFC 9293 3.6'],
    }),
    step('all-close', [connection.closes(), connection2.closes(), connection3.closes()], {
      before: {ja: 'サーバーも、残った 3 本を閉じます。', en: 'The server closes the 3 that are left as well.'},
      after: `先に閉じたクライアント側に TIME_WAIT が 3 本残りました。サーバー側には、何も残っていません。
        The client closed first, so its side keeps 3 rows in TIME_WAIT. The server’s side keeps nothing.`,
      expect: [
        first.is('TIME_WAIT'),
        second.is('TIME_WAIT'),
        fourth.is('TIME_WAIT'),
        connection.isGone,
        passes(fin('server'), fin('server'), fin('server')),
      ],
      expires: {after: 'client-closes', seconds: 50},
      node: 'connection.end();',
      sources: ['RFC 9293 3.6'],
    }),
  ],
  summary: `backlog は、まだ accept() されていない接続の数の上限です。Linux では一つ多く入り、あふれた SYN は断られずに捨てられて、クライアントは再送しながら待ちます。待ち受けを閉じると、キューの接続は RST で終わります。
    The backlog limits the connections that wait for accept(). Linux lets in one more than it says; a SYN too many is not refused but dropped, and the client waits, sending it again. When the listening socket closes, RST ends those in the queue.`,
  review: [
    review('five-at-three', [
      step('ready', listens(listener, 3), {
        before: `サーバーが listen(fd, 3) で待ち受けます。accept() は呼びません。
          A server listens with listen(fd, 3). It will not call accept().`,
        after: {ja: 'キューは空です。', en: 'The queue is empty.'},
        sources: ['man 2 listen'],
      }),
      step('ask', [...asks(one), ...asks(two), ...asks(three), ...asks(four), ...asks(five)], {
        before: `クライアントが、ノンブロッキングのソケット 5 個で次々に connect() します。
          With five non-blocking sockets a client connects, one after another.`,
        belief: 'backlog-is-exact',
        question: {ja: 'Linux では、5 本の接続はどうなりますか。', en: 'On Linux, what will become of the five?'},
        choices: [
          {
            text: {ja: '4 本がつながり、1 本は SYN_SENT で待つ', en: 'four are connected, one waits in SYN_SENT'},
            claim: asClaimed.of('sockets'),
          },
          {
            text: {ja: '3 本がつながり、2 本は SYN_SENT で待つ', en: 'three are connected, two wait in SYN_SENT'},
            claim: [listener.queue(3), four.is('SYN_SENT')],
            because: {ja: 'Linux では、backlog より一つ多く入ります。', en: 'Linux lets in one more than the backlog.'},
          },
          {
            text: {ja: '3 本がつながり、2 本は断られる', en: 'three are connected, two refused'},
            claim: [listener.queue(3), five.isUnlisted('CLOSE')],
            because: `あふれた SYN は捨てられるだけで、断られません。数も、Linux では一つ多く入ります。
              A SYN too many is dropped, not refused; and Linux lets in one more.`,
          },
          {
            text: {ja: '5 本ともつながる', en: 'all five are connected'},
            claim: listener.queue(5),
            because: `五本目の SYN が届いたとき、待っていたのは 4 本で、backlog の 3 を超えています。
              When the fifth SYN came 4 were waiting, more than the backlog of 3.`,
          },
        ],
        after: `四本目の SYN のとき、待つ数は 3 で、まだ backlog を超えていません。五本目で超えました。
          When the fourth SYN came, 3 were waiting: not more than the backlog yet. At the fifth they were.`,
        expect: [inProgress, listener.queue(4), five.is('SYN_SENT')],
        sources: ['man 2 listen'],
      }),
      closing('close', [one, two, three, four, five, listener], {expect: five.isGone}),
    ]),
    review('listen-once-more', [
      step('ready', [...listens(listener, 0), ...connects(one)], {
        before: `サーバーが listen(fd, 0) で待ち受け、クライアントが一本つなぎます。キューは、これでいっぱいです。
          A server listens with listen(fd, 0), and a client makes one connection. With that the queue is full.`,
        after: {ja: '一本が accept() を待っています。', en: 'One connection waits for accept().'},
        expect: listener.queue(1),
        sources: ['man 2 listen'],
      }),
      step('listen', [...asks(two), listener.listens()], {
        before: `二本目が SYN_SENT で待たされます。サーバーは accept() を呼ばず、同じソケットで listen(fd, 5) を呼び直します。
          A second one waits in SYN_SENT. The server does not accept; it calls listen(fd, 5) on the same socket again.`,
        belief: 'waiting-client-must-ask-again',
        question: {ja: '待っている二本目はどうなりますか。', en: 'What will become of the second, which waits?'},
        choices: [
          {
            text: {ja: 'しばらくして、ひとりでにつながる', en: 'after a while it is connected, by itself'},
            claim: asClaimed.of('sockets'),
          },
          {
            text: `connect() を呼び直すまで、SYN_SENT で待つ
              it waits in SYN_SENT until it calls connect() again`,
            claim: two.is('SYN_SENT'),
            because: {ja: 'SYN は、カーネルが再送し続けています。', en: 'The kernel keeps sending the SYN again.'},
          },
          {
            text: {ja: '待ち受けが作り直され、断られる', en: 'the queue is made anew, and it is refused'},
            claim: two.isUnlisted('CLOSE'),
            because: `待ち受け中のソケットなら、listen() はキューを作り直しません。
              On a socket that listens already, listen() does not make the queue anew.`,
          },
        ],
        after: `二度目の listen() は上限を変えるだけです。次に再送された SYN が、空いたキューに入りました。
          A second listen() only changes the limit. The next SYN found room in the queue.`,
        expect: [two.is('ESTABLISHED'), listener.queue(2), passes(syn, again(syn), synAck, ack('client'))],
        patienceMs: untilSynAgainMs,
        sources: ['man 2 listen'],
      }),
      closing('close', [one, two, listener]),
    ]),
    review('third-of-backlog-zero', [
      step(
        'ready',
        [
          ...listens(listener, 0),
          ...connects(one),
          listener.accepts(connection1),
          ...connects(two),
          listener.accepts(connection2),
        ],
        {
          before: `listen(fd, 0) のサーバーに、クライアントが一本つなぐたびに、サーバーがすぐ accept() します。これを二回繰り返します。
            A server with listen(fd, 0) accepts each connection as soon as a client has made it. This happens twice.`,
          after: {ja: 'サーバーは、接続を 2 本持っています。', en: 'The server has 2 connections.'},
          expect: listener.queue(0),
          sources: ['man 2 accept'],
        },
      ),
      step('third', connects(three), {
        before: `三本目を、ふつうの(ブロックする)connect() でつなぎます。
          A third one connects, with an ordinary, blocking connect().`,
        belief: 'backlog-limits-clients',
        question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
        choices: [
          {text: {ja: '0 が返り、つながる', en: 'return 0: connected'}, claim: asClaimed.of('outcome')},
          {
            text: `サーバーが接続を一本閉じるまで、待たされる
              wait until the server closes one of its connections`,
            claim: waits,
            because: `backlog が数えるのは、まだ accept() されていない接続だけです。
              The backlog only counts what has not been accepted yet.`,
          },
          {
            text: {ja: 'ECONNREFUSED で断られる', en: 'be refused with ECONNREFUSED'},
            claim: fails('ECONNREFUSED'),
            because: `キューがいっぱいでも、Linux は断りません。SYN を捨てるだけです。
              Even when the queue is full, Linux does not refuse: it drops the SYN.`,
          },
        ],
        after: `キューは空だったので、listen(fd, 0) でも一本は入ります。
          The queue was empty, and even listen(fd, 0) lets one in.`,
        expect: listener.queue(1),
        sources: ['man 2 listen'],
      }),
      closing('close', [one, two, three, connection1, connection2, listener]),
    ]),
    review('listener-gone', [
      step('ready', [...listens(listener), ...connects(client)], {
        before: `サーバーが待ち受け、クライアントが接続します。サーバーは accept() しません。
          A server listens, and a client connects. The server does not accept.`,
        after: {ja: '接続はキューの中です。', en: 'The connection is in the queue.'},
        expect: listener.queue(1),
        sources: ['man 2 listen'],
      }),
      step('recv', client.receives(), {
        before: {ja: 'クライアントが recv() で返事を待ちます。', en: 'The client waits in recv() for an answer.'},
        after: {ja: 'クライアントは眠っています。', en: 'The client sleeps.'},
        expect: waits,
        sources: ['man 2 recv'],
      }),
      step('close', listener.closes(), {
        before: `サーバーが、待ち受けのソケットを close() します。
          The server closes its listening socket.`,
        belief: 'queued-survive-the-listener',
        question: {ja: '眠っている recv() はどうなりますか。', en: 'What will become of the sleeping recv()?'},
        choices: [
          {
            text: {ja: '眠り続ける', en: 'it sleeps on'},
            claim: completes('recv', waits),
            because: `キューの接続は、待ち受けと一緒に終わります。
              The connections in the queue end with the listening socket.`,
          },
          {
            text: {ja: '0 を返す', en: 'it returns 0'},
            claim: completes('recv', returns(0)),
            because: `0 は FIN が届いたときです。キューの接続には RST が送られます。
              0 would be FIN. To a connection in the queue it is RST that is sent.`,
          },
          {text: {ja: 'ECONNRESET で失敗する', en: 'it fails with ECONNRESET'}, claim: asClaimed.of('completes')},
        ],
        after: `待ち受けが閉じられると、accept() されていない接続は RST で打ち切られます。
          When the listening socket closes, RST cuts off what nobody has accepted.`,
        expect: [completes('recv', fails('ECONNRESET')), passes(rst('server'))],
        sources: ['man 2 close'],
      }),
      closing('client-close', [client], {expect: client.isGone}),
    ]),
  ],
});
