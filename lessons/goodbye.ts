import type {Act} from '../src/model/lesson.ts';
import {closing} from './kit/closing.ts';
import {lesson, review} from './kit/lesson.ts';
import {serverCloseListener} from './kit/opening.ts';
import {completes, fails, received, returns, waits} from './kit/outcomes.ts';
import {ack, data, fin, nothingPasses, passes} from './kit/segments.ts';
import {sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';

const {listener, connection, secondConnection, connection2, client, secondClient, client2} = sockets({
  server: ['listener', 'connection', 'second-connection', 'connection-2'],
  client: ['client', 'second-client'],
  'client-2': ['client-2'],
});

const request = 'list';
const reply = 'apple, orange';

/** After socket(): the server listens, a client connects, the server accepts. */
const connected: readonly Act[] = [
  listener.sets('SO_REUSEADDR', 1),
  listener.binds(),
  listener.listens(),
  client.opens(),
  client.connects(),
  listener.accepts(connection),
];

export const goodbye = lesson({
  id: 'goodbye',
  title: {ja: '別れ方', en: 'Saying goodbye'},
  about: `close() と shutdown() は、相手にどう伝わるのか。TIME_WAIT は、どちらに残るのか
    What does the peer learn of close() and shutdown(), and whose is the TIME_WAIT?`,
  minutes: 10,
  picture: 'tcp-states',
  beliefs: {
    'fin-overtakes-data': `FIN が届くと、まだ読んでいないデータは捨てられる
      when FIN arrives, what I have not read yet is thrown away`,
    'fin-ends-both': {ja: '一方が FIN を送れば、両方向とも終わりだ', en: 'one FIN ends both directions'},
    'kernel-answers-fin': `相手が閉じれば、こちらのカーネルも自動で接続を閉じる
      when the peer closes, my kernel closes my side by itself`,
    'last-closer-waits': {ja: 'TIME_WAIT は、あとから閉じた側に残る', en: 'TIME_WAIT stays with whoever closes last'},
  },
  steps: [
    step('server-ready', [listener.opens(), listener.sets('SO_REUSEADDR', 1), listener.binds(), listener.listens()], {
      before: `サーバーが支度をします。socket() から listen() まで、いつもの四つです。
        The server gets ready: the usual four calls, socket() to listen().`,
      after: `待ち受けが始まりました。このレッスンの主役は、接続の終わりです。図のパネルは TCP の状態を表し、S がサーバー、C がクライアントです。
        It listens. This lesson is about how a connection ends. The picture shows the states of TCP: S is the server, C the client.`,
      expect: listener.is('LISTEN'),
      node: "const server = net.createServer({allowHalfOpen: true});\nserver.listen({port}, '127.0.0.1');",
      shows: 'picture',
      sources: ['man 2 listen'],
    }),
    step('client-ready', [client.opens(), client.connects(), listener.accepts(connection), client.sends(request)], {
      before: `クライアントがつなぎ、サーバーが accept() します。続けてクライアントが注文「list」を送ります。
        The client connects and the server accepts. Then the client sends its request, “list”.`,
      after: `両側とも ESTABLISHED です。注文の 4 バイトは、サーバーの受信キューで recv() を待っています。
        Both sides are ESTABLISHED. The 4 bytes of the request wait in the server’s receive queue for recv().`,
      expect: [
        returns(request.length),
        client.is('ESTABLISHED'),
        connection.is('ESTABLISHED', {recvQueue: request.length}),
      ],
      node: "const socket = net.connect({port}, '127.0.0.1');\nsocket.write('list');",
      shows: 'picture',
      sources: ['man 2 connect', 'RFC 9293 3.3.2'],
    }),
    step('client-shutdown', client.shutsDown('SHUT_WR'), {
      before: `注文は以上です。クライアントが shutdown(SHUT_WR) で「こちらの送信は終わり」と伝えます。サーバーはまだ何も読んでいません。
        That is the whole request. With shutdown(SHUT_WR) the client says “I send no more”. The server has not read anything yet.`,
      belief: 'kernel-answers-fin',
      question: `サーバー側の接続はどうなりますか。
        What will become of the connection on the server’s side?`,
      choices: [
        {
          text: `CLOSE_WAIT になり、サーバーのプログラムを待つ
            it becomes CLOSE_WAIT and waits for the server program`,
          claim: connection.is('CLOSE_WAIT'),
        },
        {
          text: {ja: '消える', en: 'it goes away'},
          claim: connection.isGone,
          because: `FIN が終わらせるのは、クライアントからサーバーへの向きだけです。
            FIN ends one direction only: from the client to the server.`,
        },
        {
          text: {ja: '何も届かず、ESTABLISHED のまま', en: 'nothing arrives, so it stays ESTABLISHED'},
          claim: connection.is('ESTABLISHED'),
          because: `データはなくても、FIN というセグメントが届きます。
            There is no data, but a segment with FIN arrives.`,
        },
      ],
      hint: `WR は write、つまり送る向きです。TCP の接続には向きが二つあります。
        WR is for write, the sending direction. A TCP connection has two directions.`,
      after: `カーネルが FIN を送り、サーバー側は CLOSE_WAIT に、その ACK でクライアントは FIN_WAIT2 になりました。CLOSE_WAIT は「自分のプログラムが閉じるのを待つ」状態です。
        The kernel sent FIN: the server’s side is in CLOSE_WAIT, and the ACK put the client in FIN_WAIT2. CLOSE_WAIT waits for the program on its own side to close.`,
      expect: [client.is('FIN_WAIT2'), connection.is('CLOSE_WAIT'), passes(fin('client'), ack('server'))],
      node: 'socket.end();  // shutdown(SHUT_WR), once all is written',
      shows: 'picture',
      sources: ['man 2 shutdown', 'RFC 9293 3.6'],
    }),
    step('server-recv', connection.receives(), {
      before: `サーバーが、ここで初めて recv() します。FIN はもう届いています。
        Only now does the server call recv(). FIN has already arrived.`,
      belief: 'fin-overtakes-data',
      question: {ja: 'recv() は何を返しますか。', en: 'What will recv() return?'},
      choices: [
        {
          text: {ja: '0。FIN が来ているから', en: '0, since FIN is here'},
          claim: returns(0),
          because: `FIN はバイトの列の最後に並びます。前にあるデータが先です。
            FIN stands at the end of the stream. The data before it comes first.`,
        },
        {text: {ja: '注文の 4 バイト', en: 'the 4 bytes of the request'}, claim: asClaimed.of('outcome')},
        {
          text: {ja: '-1 (ECONNRESET)', en: '-1 (ECONNRESET)'},
          claim: fails('ECONNRESET'),
          because: {ja: 'RST は届いていません。FIN は異常ではありません。', en: 'No RST came, and FIN is no error.'},
        },
      ],
      after: `注文が読めました。FIN にはシーケンス番号があり、データの後ろに並びます。追い越すことはありません。
        The request. FIN has a sequence number of its own, after the data’s. It never overtakes what was sent before it.`,
      expect: [received(request), connection.is('CLOSE_WAIT')],
      node: "socket.on('data', bytes => console.log(bytes));",
      sources: ['man 2 recv', 'RFC 9293 3.4'],
    }),
    step('server-recv-end', [connection.receives(), connection.receives()], {
      before: `サーバーのループが、もう一度 recv() します。念のため、続けて二回呼びます。
        The server’s loop calls recv() again, twice to be sure.`,
      after: `待たずに 0 が返り、何度呼んでも 0 です。0 は「まだない」ではなく「相手の送信は終わった」。サーバーには、注文を最後まで受け取ったことが分かります。
        recv() returned 0 at once, and 0 each time. That does not mean “nothing yet” but “the peer has finished sending”: the server knows that it has the whole request.`,
      expect: [returns(0), connection.is('CLOSE_WAIT')],
      node: "socket.on('end', answer);  // once; read() = 0 underneath",
      sources: ['man 2 recv'],
    }),
    step('server-reply', connection.sends(reply), {
      before: `サーバーが返事「apple, orange」を送ります。クライアントからは FIN を受け取ったあとです。
        The server sends its reply, “apple, orange”. It has had the client’s FIN.`,
      belief: 'fin-ends-both',
      question: {ja: 'send() はどうなりますか。', en: 'What will send() do?'},
      choices: [
        {
          text: `13 を返し、クライアントの受信キューに届く
            return 13, and the bytes reach the client’s receive queue`,
          claim: asClaimed.of('outcome', 'sockets'),
        },
        {
          text: {ja: '13 を返すが、どこにも届かない', en: 'return 13, but the bytes reach nobody'},
          claim: [returns(reply.length), client.is('FIN_WAIT2', {recvQueue: 0})],
          because: `クライアントが終えたのは送信だけです。受信キューは、まだあります。
            The client has ended only its sending. Its receive queue is still there.`,
        },
        {
          text: {ja: '-1 (EPIPE)', en: 'fail with EPIPE'},
          claim: fails('EPIPE'),
          because: `EPIPE になるのは、自分の送る向きを閉じたあとか、RST を受けたあとです。
            EPIPE is for a direction that I have closed myself, or after an RST.`,
        },
      ],
      hint: `クライアントが閉じたのは、どちら向きですか。
        Which of the two directions did the client close?`,
      after: `届きました。閉じた向きは一つだけで、これを半クローズといいます。クライアントは FIN_WAIT2 のまま、受信を続けられます。
        They arrived. Only one direction is closed: this is a half-close. The client, in FIN_WAIT2, can still receive.`,
      expect: [
        returns(reply.length),
        client.is('FIN_WAIT2', {recvQueue: reply.length}),
        passes(data('server', reply.length), ack('client')),
      ],
      node: "// without allowHalfOpen: true, Node ends its side at 'end' by itself\nsocket.write('apple, orange');",
      shows: 'picture',
      sources: ['RFC 9293 3.6', 'man 2 send'],
    }),
    step('client-recv', client.receives(), {
      before: `shutdown(SHUT_WR) を済ませたクライアントが recv() します。
        The client, which has called shutdown(SHUT_WR), calls recv().`,
      belief: 'fin-ends-both',
      question: {ja: 'recv() はどうなりますか。', en: 'What will recv() do?'},
      choices: [
        {text: {ja: '返事の 13 バイトを返す', en: 'return the 13 bytes of the reply'}, claim: asClaimed.of('outcome')},
        {
          text: {ja: '0 を返す(もう終わったから)', en: 'return 0, since this is over'},
          claim: returns(0),
          because: `0 になるのは、サーバーの FIN が届いてからです。サーバーはまだ閉じていません。
            0 comes after the server’s FIN. The server has not closed anything yet.`,
        },
        {
          text: {ja: '-1 (ENOTCONN)', en: 'fail with ENOTCONN'},
          claim: fails('ENOTCONN'),
          because: `shutdown(SHUT_WR) で終わるのは、送る向きだけです。接続はまだあります。
            shutdown(SHUT_WR) ends only the sending direction. The connection is still there.`,
        },
      ],
      after: `返事が読めました。「注文を送り切ってから、返事を最後まで読む」ときに役立つ形です。shutdown() の代わりに close() していたら、返事は読めませんでした。
        The reply. “Send all, then read to the end” needs just this. Had it called close() in place of shutdown(), it could not have read the reply.`,
      expect: [received(reply), client.is('FIN_WAIT2', {recvQueue: 0})],
      node: "socket.on('data', bytes => console.log(bytes));  // still works after end()",
      sources: ['man 2 shutdown', 'man 2 recv'],
    }),
    step('client-send-again', client.sends('more', 0x4000), {
      before: `一方、閉じた向きはどうでしょう。クライアントが、もう一度 send() してみます。
        And the direction that is closed? The client tries to send() once more.`,
      after: `EPIPE です。FIN のあとに続くバイトはありえないので、カーネルは受け取りません。MSG_NOSIGNAL を付けないと、SIGPIPE というシグナルも届きます。
        EPIPE. Nothing can follow FIN, so the kernel takes nothing. Without MSG_NOSIGNAL there would be a signal too, SIGPIPE.`,
      expect: [fails('EPIPE'), nothingPasses],
      node: "socket.write('more');  // 'error': ERR_STREAM_WRITE_AFTER_END, with no call made",
      sources: ['man 2 send'],
    }),
    step('client-recv-end', client.receives(), {
      before: `クライアントは、返事の続きを recv() で待ちます。
        The client waits in recv() for more of the reply.`,
      after: `サーバーの FIN がまだないので、0 ではなく、眠って待ちます。FIN_WAIT2 は「相手の FIN を待つ」状態です。
        There is no FIN from the server yet, so recv() does not return 0: it sleeps. FIN_WAIT2 waits for the peer’s FIN.`,
      expect: [waits, client.is('FIN_WAIT2')],
      sources: ['man 2 recv'],
    }),
    step('server-close', connection.closes(), {
      before: `返事を送り終えたサーバーが、close() します。残っていた向きも、これで終わりです。FIN を先に送ったのはクライアント、あとから送るのがサーバーです。
        The server has sent its whole reply and closes. That ends the other direction as well. The client’s FIN went first; the server’s comes second.`,
      belief: 'last-closer-waits',
      question: `両方の FIN が届いたあと、接続の行はカーネルの表にどう残りますか。
        Once both FINs have arrived, which row of the connection stays in the kernel’s table?`,
      choices: [
        {
          text: {
            ja: 'サーバー側の TIME_WAIT(FIN を後に送った側)',
            en: 'TIME_WAIT on the server’s side, whose FIN came second',
          },
          claim: [connection.is('TIME_WAIT'), client.isUnlisted('CLOSE')],
          because: `あとから閉じた側は、LAST_ACK で最後の ACK を受け取れば終わりです。
            Whoever closes second is done once the last ACK arrives, in LAST_ACK.`,
        },
        {
          text: `クライアント側の TIME_WAIT(FIN を先に送った側)
            TIME_WAIT on the client’s side, whose FIN came first`,
          claim: asClaimed.of('sockets'),
        },
        {
          text: {ja: 'どちらも残らない', en: 'none'},
          claim: [client.isUnlisted('CLOSE'), connection.isGone],
          because: `最後の ACK が失われると、相手は FIN を送り直します。それに答える者が要ります。
            Should the last ACK get lost, the peer sends its FIN again. Somebody must be there to answer.`,
        },
      ],
      hint: {ja: '最後の ACK を送るのは、どちらですか。', en: 'Who will send the last ACK?'},
      after: `待っていた recv() が 0 を返し、クライアント側が TIME_WAIT になりました。先に FIN を送った側が、最後の ACK を送るからです。サーバー側は LAST_ACK を一瞬で通り、カーネルの表から消えました。図の ~ は、速すぎて見えなかった状態です。
        The sleeping recv() returned 0, and the client’s side is in TIME_WAIT: whoever sends FIN first sends the last ACK. The server’s side went through LAST_ACK and is gone. A ~ in the picture is a state that passed too fast to be seen.`,
      expect: [
        completes('client-recv-end', returns(0)),
        client.is('TIME_WAIT'),
        connection.isGone,
        passes(fin('server'), ack('client')),
      ],
      node: 'socket.end();  // both directions have ended: close()',
      shows: 'picture',
      sources: ['man 2 close', 'RFC 9293 3.6'],
    }),
    step('client-close', client.closes(), {
      before: `クライアントも、使い終えたディスクリプターを close() します。両方向とも、もう終わっています。
        The client closes its descriptor too. Both directions have already ended.`,
      after: `送るものはもうなく、TIME_WAIT も残ったままです。プロセスではなくカーネルが、Linux では 60 秒持ち続けます。ACK が失われたときに答え、遅れたセグメントが次の接続に混ざるのを防ぐためです。
        There was nothing left to send, and TIME_WAIT is still there: the kernel keeps it, not the process, on Linux for 60 s. It answers if the last ACK got lost, and keeps late segments out of a new connection.`,
      expect: [client.is('TIME_WAIT'), connection.isGone, nothingPasses],
      node: "socket.on('close', () => {});  // Node has called close()",
      shows: 'picture',
      expires: {after: 'server-close', seconds: 50},
      sources: ['RFC 9293 3.6.1'],
    }),
    step('second-connection', [secondClient.opens(), secondClient.connects(), listener.accepts(secondConnection)], {
      before: `順番を逆にしてみます。新しい接続をもう一本作ります。
        Now the other way round. Another connection is made.`,
      after: `新しい接続ができました。前の接続の TIME_WAIT が残っていても、一時ポートが違うので、別の接続です。
        A new connection. The TIME_WAIT of the old one is still there; the ephemeral port differs, so they do not get in each other’s way.`,
      expect: [client.is('TIME_WAIT'), secondClient.is('ESTABLISHED'), secondConnection.is('ESTABLISHED')],
      expires: {after: 'server-close', seconds: 50},
      sources: ['man 2 connect'],
    }),
    step('server-closes-first', secondConnection.closes(), {
      before: `今度はサーバーが先に close() します。クライアントのプログラムは、何もしていません。
        This time the server closes first. The client program does nothing.`,
      after: `役割が入れ替わりました。サーバー側が FIN_WAIT2、クライアント側が CLOSE_WAIT です。close() のあとなので、サーバー側の行は inode 0、カーネルだけのものです。
        The roles have changed: the server’s side is in FIN_WAIT2, the client’s in CLOSE_WAIT. After close() the server’s row has inode 0 and belongs to the kernel alone.`,
      expect: [secondConnection.is('FIN_WAIT2'), secondClient.is('CLOSE_WAIT'), passes(fin('server'), ack('client'))],
      node: 'socket.destroy();  // close() at once',
      shows: 'picture',
      sources: ['RFC 9293 3.6', 'man 2 close'],
    }),
    step('client-closes-second', secondClient.closes(), {
      before: `クライアントが閉じないかぎり、CLOSE_WAIT は終わりません。閉じ忘れたプログラムには、この行がたまっていきます。クライアントが close() します。
        Until the client closes, CLOSE_WAIT does not end: programs that forget to close collect such rows. Now the client closes.`,
      belief: 'last-closer-waits',
      question: `この接続の TIME_WAIT は、どちらに残りますか。
        Who keeps the TIME_WAIT of this connection?`,
      choices: [
        {text: {ja: '今度はサーバー側', en: 'this time the server'}, claim: asClaimed.of('sockets')},
        {
          text: {ja: 'またクライアント側', en: 'the client again'},
          claim: [secondClient.is('TIME_WAIT'), secondConnection.isGone],
          because: `決めるのは役割ではなく、FIN を送った順番です。
            What decides is not the role that one plays but whose FIN went first.`,
        },
        {
          text: {ja: '両側', en: 'both'},
          claim: [secondConnection.is('TIME_WAIT'), secondClient.is('TIME_WAIT')],
          because: `あとから閉じた側は、自分の FIN に ACK が返れば消えます。
            The side that closes last is gone as soon as its FIN is acknowledged.`,
        },
      ],
      after: `サーバー側です。TIME_WAIT は不具合でも、サーバーだけのものでもありません。先に閉じた側の務めです。ただ、サーバーのポートに残ると、再起動の bind() に影響します(SO_REUSEADDR の出番です)。
        The server’s. TIME_WAIT is no fault and not the server’s own: it is the duty of whoever closes first. On the server’s port it matters to a restart, which is what SO_REUSEADDR is for.`,
      expect: [secondConnection.is('TIME_WAIT'), secondClient.isGone, passes(fin('client'), ack('server'))],
      node: "socket.end();  // CLOSE_WAIT ends here; without allowHalfOpen Node does it at 'end'",
      shows: 'picture',
      expires: {after: 'server-closes-first', seconds: 50},
      sources: ['RFC 9293 3.6.1', 'man 7 socket'],
    }),
    serverCloseListener,
  ],
  summary: `TCP の接続には向きが二つあり、FIN で片方ずつ終わります。recv() の 0 は相手の向きの終わり、CLOSE_WAIT は自分の close() を待つ状態、TIME_WAIT は先に閉じた側が最後まで見届ける状態です。
    A TCP connection has two directions, and each ends with a FIN of its own. A recv() of 0 is the end of the peer’s; CLOSE_WAIT waits for one’s own close(); TIME_WAIT is where whoever closed first sees it through.`,
  review: [
    review('server-finishes-first', [
      step('scene', [listener.opens(), ...connected, connection.shutsDown('SHUT_WR')], {
        before: `接続ができたところで、サーバーのほうが shutdown(SHUT_WR) します。
          A connection is made, and it is the server that calls shutdown(SHUT_WR).`,
        after: {ja: 'サーバーの FIN がクライアントに届きました。', en: 'The server’s FIN has arrived at the client.'},
        expect: client.is('CLOSE_WAIT'),
        sources: ['man 2 shutdown'],
      }),
      step('ask', client.sends('thanks', 0x4000), {
        before: `FIN を受け取ったクライアントが「thanks」の 6 バイトを send() します。
          The client, which has got FIN, sends “thanks”, 6 bytes.`,
        belief: 'fin-ends-both',
        question: {ja: 'send() はどうなりますか。', en: 'What will send() do?'},
        choices: [
          {
            text: {ja: '-1 (EPIPE)', en: 'fail with EPIPE'},
            claim: fails('EPIPE'),
            because: `サーバーが閉じたのは、サーバーからクライアントへの向きだけです。
              The server closed only its own direction.`,
          },
          {
            text: {ja: '-1 (ECONNRESET)', en: 'fail with ECONNRESET'},
            claim: fails('ECONNRESET'),
            because: `RST は届いていません。FIN は「もう送らない」という印で、「受け取らない」ではありません。
              No RST has come. FIN says “I send no more”, not “I receive no more”.`,
          },
          {
            text: {ja: '6 を返し、サーバーの受信キューに届く', en: 'return 6, and reach the server’s receive queue'},
            claim: asClaimed.of('outcome', 'sockets'),
          },
        ],
        after: `届きました。どちらの側が先でも、FIN が終わらせるのは送った側の向きだけです。
          It arrived. Whoever sends it, FIN ends only the direction of its sender.`,
        expect: [returns(6), connection.is('FIN_WAIT2', {recvQueue: 6}), passes(data('client', 6), ack('server'))],
        sources: ['RFC 9293 3.6'],
      }),
      step('clear', [connection.receives(64), client.closes(), connection.closes(), listener.closes()], {
        before: {ja: 'サーバーが読み、全員が閉じます。', en: 'The server reads it, and everything is closed.'},
        after: {ja: '片付きました。', en: 'All clear.'},
        sources: ['man 2 close'],
      }),
    ]),
    review('closed-before-accept', [
      step('scene', [listener.opens(), ...connected.slice(0, -1)], {
        before: `クライアントがつなぎましたが、サーバーはまだ accept() していません。
          A client has connected, but the server has not called accept() yet.`,
        after: {ja: '接続は接続待ちキューにあります。', en: 'The connection is in the accept queue.'},
        expect: listener.queue(1, {state: 'ESTABLISHED'}),
        sources: ['man 2 accept'],
      }),
      step('ask', client.closes(), {
        before: `そのクライアントが、待ちきれずに close() します。
          The client does not want to wait any longer and closes.`,
        belief: 'kernel-answers-fin',
        question: `接続待ちキューの接続はどうなりますか。
          What becomes of the connection in the accept queue?`,
        choices: [
          {
            text: {ja: 'カーネルが閉じて、キューから消える', en: 'the kernel closes it, and it leaves the queue'},
            claim: listener.queue(0),
            because: `カーネルは FIN に ACK を返すだけです。閉じるのはプログラムの仕事です。
              The kernel only acknowledges FIN. To close is up to the program.`,
          },
          {
            text: {ja: 'CLOSE_WAIT で、キューに残る', en: 'it stays in the queue, in CLOSE_WAIT'},
            claim: asClaimed.of('sockets'),
          },
          {
            text: {ja: 'ESTABLISHED のまま、キューに残る', en: 'it stays in the queue, ESTABLISHED'},
            claim: listener.queue(1, {state: 'ESTABLISHED'}),
            because: `FIN が届けば、accept() がまだでも、カーネルは状態を変えます。
              When FIN arrives the kernel changes the state, accepted or not.`,
          },
        ],
        after: `CLOSE_WAIT です。あとで accept() したサーバーは、つながったとたんに recv() の 0 を見ることになります。
          CLOSE_WAIT. A server that accepts it later will get 0 from its first recv().`,
        expect: [listener.queue(1, {state: 'CLOSE_WAIT'}), passes(fin('client'), ack('server'))],
        sources: ['RFC 9293 3.6', 'man 2 accept'],
      }),
      step('clear', [listener.accepts(connection), connection.receives(64), connection.closes(), listener.closes()], {
        before: `サーバーが accept() し、recv() の 0 を見て、閉じます。
          The server accepts it, gets 0 from recv(), and closes.`,
        after: {ja: '片付きました。', en: 'All clear.'},
        sources: ['man 2 close'],
      }),
    ]),
    review('small-buffer-at-the-end', [
      step(
        'scene',
        [
          listener.opens(),
          ...connected,
          connection.sends('hello'),
          connection.closes(),
          client.receives(2),
          client.receives(2),
        ],
        {
          before: `サーバーが「hello」を送って、すぐに close() しました。クライアントは 2 バイトずつ、二回 recv() します。
            The server has sent “hello” and closed at once. The client reads 2 bytes at a time, twice.`,
          after: {ja: '「he」と「ll」が読めました。', en: 'It has got “he” and “ll”.'},
          expect: [received('ll'), client.is('CLOSE_WAIT')],
          sources: ['man 2 recv'],
        },
      ),
      step('ask', client.receives(2), {
        before: `サーバーのソケットはもうありません。クライアントが三回目の recv(2) を呼びます。
          The server’s socket is no more. The client calls recv(2) a third time.`,
        belief: 'fin-overtakes-data',
        question: {ja: 'recv() は何を返しますか。', en: 'What will recv() return?'},
        choices: [
          {
            text: {ja: '0。相手は閉じたから', en: '0, since the peer has closed'},
            claim: returns(0),
            because: `データが残っているうちは、0 になりません。
              It is not 0 as long as there is data left.`,
          },
          {text: {ja: '1。「o」', en: '1, the “o”'}, claim: asClaimed},
          {
            text: {ja: '-1 (ECONNRESET)', en: '-1 (ECONNRESET)'},
            claim: fails('ECONNRESET'),
            because: `ECONNRESET になるのは RST が届いたときです。サーバーの close() が送ったのは FIN です。
              ECONNRESET comes of an RST. The server’s close() sent FIN.`,
          },
        ],
        after: `最後の 1 バイトです。閉じる前に送られたバイトは、FIN の前に並んでいます。0 は次の recv() で返ります。
          The last byte. What was sent before closing stands before FIN; 0 comes from the next recv().`,
        expect: received('o'),
        sources: ['RFC 9293 3.4'],
      }),
      step('clear', [client.receives(2), client.closes(), listener.closes()], {
        before: {ja: 'recv() の 0 を見て、閉じます。', en: 'It gets its 0 from recv() and closes.'},
        after: {ja: '片付きました。', en: 'All clear.'},
        sources: ['man 2 close'],
      }),
    ]),
    review('two-orders', {actors: ['server', 'client', 'client-2']}, [
      step(
        'scene',
        [
          listener.opens(),
          ...connected,
          client2.opens(),
          client2.connects(),
          listener.accepts(connection2),
          connection.closes(),
          client2.closes(),
        ],
        {
          before: `クライアントが二つつながりました。一つ目とはサーバーが先に、二つ目とはクライアント 2 が先に close() します。
            Two clients have connected. With the first one the server closes first; with the second, client 2 does.`,
          after: {ja: 'どちらの接続も、片側だけが閉じています。', en: 'Of each connection, one side is closed.'},
          expect: [connection.is('FIN_WAIT2'), client2.is('FIN_WAIT2')],
          sources: ['RFC 9293 3.6'],
        },
      ),
      step('ask', [client.closes(), connection2.closes()], {
        before: `残りの側も close() します。一つ目はクライアント、二つ目はサーバーです。
          Now the other sides close: the client of the first, the server of the second.`,
        belief: 'last-closer-waits',
        question: {ja: 'TIME_WAIT はどこに残りますか。', en: 'Where will TIME_WAIT be?'},
        choices: [
          {
            text: `一つ目はサーバー側、二つ目はクライアント 2 の側
              first: the server’s side; second: client 2’s`,
            claim: [connection.is('TIME_WAIT'), client2.is('TIME_WAIT')],
          },
          {
            text: `一つ目はクライアント側、二つ目はサーバー側
              first: the client’s side; second: the server’s`,
            claim: [client.is('TIME_WAIT'), connection2.is('TIME_WAIT')],
            because: {ja: 'それは、あとから閉じた側です。', en: 'Those are the ones that closed last.'},
          },
          {
            text: {ja: 'どちらもサーバー側', en: 'both: the server’s side'},
            claim: [connection.is('TIME_WAIT'), connection2.is('TIME_WAIT')],
            because: {ja: 'サーバーであることは関係ありません。', en: 'Being the server has nothing to do with it.'},
          },
        ],
        after: {ja: 'どちらも、先に閉じた側です。', en: 'In both cases it is whoever closed first.'},
        expect: [connection.is('TIME_WAIT'), client2.is('TIME_WAIT'), client.isGone, connection2.isGone],
        expires: {after: 'scene', seconds: 50},
        sources: ['RFC 9293 3.6.1'],
      }),
      closing('clear', listener, {expect: listener.isGone}),
    ]),
  ],
});
