import type {FramesClaim} from '../src/model/lesson.ts';
import {binds, closesSecond, connects, listens} from './kit/calls.ts';
import {closing} from './kit/closing.ts';
import {lesson, review} from './kit/lesson.ts';
import {fails, gaveAddress, returns, waits} from './kit/outcomes.ts';
import {ack, fin, neverPasses, nothingPasses, passes, passesOnly, rst, syn, synAck} from './kit/segments.ts';
import {sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';

const {listener, connection, client, stranger} = sockets({
  server: ['listener', 'connection'],
  client: ['client', 'stranger'],
});

/** What connect() leads to: three segments, and no fourth. */
const threeSegments: FramesClaim = passesOnly(syn, synAck, ack('client'));
const refusal: FramesClaim = passesOnly(syn, rst('server'));

export const handshake = lesson({
  id: 'handshake',
  title: {ja: '三つのセグメント', en: 'Three segments'},
  about: {
    ja: '3ウェイハンドシェイクでは、だれが、いつ、何を送るのか',
    en: 'In the three-way handshake, who sends what, and when?',
  },
  minutes: 7,
  network: 'private',
  beliefs: {
    'listen-announces': `bind() や listen() は、待ち受けを始めたことをネットワークに知らせる
      bind() or listen() tells the network that somebody listens`,
    'handshake-is-request-and-answer': `接続は、要求と応答の二つのセグメントでできる
      a connection takes two segments: a request and an answer`,
    'accept-sends': `accept() は、接続を受け付けたことをクライアントに知らせる
      accept() tells the client that its connection was taken`,
    'refusal-is-silence': `だれも待っていないポートからは、何も返ってこない
      from a port where nobody listens, nothing comes back`,
  },
  steps: [
    step('server-bind', binds(listener), {
      before: `このレッスンは、両側の間を流れるセグメントを見ます。まずサーバーが socket() と bind() を呼びます。
        This lesson looks at the segments between the two sides. First the server calls socket() and bind().`,
      after: `何も流れませんでした。ポートを取るのは、このコンピューターの中だけのことです。
        Nothing passed. To take a port is a matter inside this machine.`,
      expect: nothingPasses,
      shows: 'wire',
      sources: ['man 2 bind'],
    }),
    step('server-listen', listener.listens(), {
      before: `次は listen() です。これで、サーバーは接続を受けられるようになります。
        Next comes listen(). After it the server can be connected to.`,
      belief: 'listen-announces',
      question: {ja: 'listen() は、いくつのセグメントを送りますか。', en: 'How many segments will listen() send?'},
      choices: [
        {text: {ja: '一つも送らない', en: 'none'}, claim: asClaimed.of('outcome', 'wire')},
        {
          text: {ja: '一つ。待ち受けを始めた、という知らせ', en: 'one, which says that it listens now'},
          claim: passesOnly({from: 'server'}),
          because: `知らせる相手がいません。TCP のセグメントは、いつも決まった相手のポートに送られます。
            There is nobody to tell. A TCP segment always goes to one particular port of one particular host.`,
        },
        {
          text: {ja: '二つ。知らせと、その確認応答', en: 'two, the news and its acknowledgment'},
          claim: passesOnly({}, {}),
          because: {ja: '応える相手も、まだいません。', en: 'Nobody is there yet who could acknowledge anything.'},
        },
      ],
      hint: {ja: 'このソケットには、まだ相手のアドレスがありません。', en: 'This socket has no address of a peer.'},
      after: `一つも流れません。listen() は、来た SYN に応えてよいとカーネルに伝えるだけです。だれかが待っていることは、試しに接続してみるまで、外からは分かりません。
        None. listen() only tells the kernel that it may answer when a SYN comes. From outside nobody can know that somebody listens until they try.`,
      expect: [listener.is('LISTEN', {recvQueue: 0}), nothingPasses],
      shows: 'wire',
      sources: ['man 2 listen', 'RFC 9293 3.9.1'],
    }),
    step('client-socket', client.opens(), {
      before: {ja: 'クライアントがソケットを作ります。', en: 'The client makes a socket.'},
      after: `ここでも何も流れません。クライアントのポートも、まだ決まっていません。
        Nothing passes here either, and the client has no port yet.`,
      expect: nothingPasses,
      shows: 'wire',
      sources: ['man 2 socket'],
    }),
    step('client-connect', client.connects(), {
      before: `クライアントが connect() を呼びます。サーバーは accept() を呼んでいません。
        The client calls connect(). The server has not called accept().`,
      belief: 'handshake-is-request-and-answer',
      question: {ja: 'いくつのセグメントが流れますか。', en: 'How many segments will pass?'},
      choices: [
        {text: {ja: '三つ', en: 'three'}, claim: [returns(0), threeSegments]},
        {
          text: {ja: '二つ。要求と応答', en: 'two: request and answer'},
          claim: passesOnly({from: 'client', flags: ['SYN']}, {from: 'server'}),
          because: `二つだけでは、サーバーは自分のシーケンス番号が届いたかどうか分かりません。
            After two the server would not know whether its own sequence number has arrived.`,
        },
        {
          text: {ja: '一つ。accept() までは要求だけ', en: 'one: before accept() only the request'},
          claim: passesOnly({from: 'client', flags: ['SYN']}),
          because: `SYN に応えるのは accept() ではなく、サーバー側のカーネルです。
            A SYN is answered by the server’s kernel, not by accept().`,
        },
      ],
      hint: `両側が、それぞれ自分のシーケンス番号を伝え、それが届いたことを確かめます。
        Each side tells its own sequence number, and wants to know that it has arrived.`,
      after: `SYN、SYN+ACK、ACK の三つで、どれも connect() が返る前に流れました。SYN は「私の番号はここから」、ACK は「あなたの番号を受け取った」です。真ん中の一つは、その両方を言っています。w で一つずつ見られます。
        Three, all before connect() returned: SYN, SYN+ACK, ACK. SYN says “my numbers begin here”, ACK says “I have yours”; the one in the middle says both. Press w to look at each.`,
      expect: [
        client.is('ESTABLISHED'),
        listener.queue(1, {state: 'ESTABLISHED'}),
        {frames: threeSegments.frames.map(frame => ({...frame, during: 'connect'})), only: true},
      ],
      shows: 'wire',
      sources: ['man 2 connect', 'RFC 9293 3.5'],
    }),
    step('client-getsockname', client.readsOwnAddress(), {
      before: `SYN には送信元のポートが書いてありました。クライアントは bind() していません。自分の名前をカーネルに尋ねます。
        The SYN had a source port, and the client never called bind(). It asks the kernel for its own name.`,
      after: `SYN の送信元ポートと同じ番号です。カーネルが connect() のときに一時ポートを選び、それを SYN に書きました。尋ねるだけなら、何も流れません。
        The same number as the SYN’s source port: connect() made the kernel choose an ephemeral port, and the SYN carried it. Asking for it sends nothing.`,
      expect: [gaveAddress({host: '127.0.0.1', port: 'another'}), nothingPasses],
      shows: 'wire',
      sources: ['man 2 getsockname', 'RFC 9293 3.1'],
    }),
    step('server-accept', listener.accepts(connection), {
      before: {ja: 'ようやく、サーバーが accept() を呼びます。', en: 'At last the server calls accept().'},
      belief: 'accept-sends',
      question: {ja: 'accept() は、いくつのセグメントを送りますか。', en: 'How many segments will accept() send?'},
      choices: [
        {
          text: {ja: '一つ。受け付けた、という知らせ', en: 'one, which says that the connection was taken'},
          claim: passesOnly({from: 'server'}),
          because: `TCP のヘッダーには「accept した」と書く場所がありません。クライアントには、そのことは分からないのです。
            No field of a TCP header could say so. A client never learns of accept().`,
        },
        {
          text: {ja: '三つ。ここでハンドシェイクをする', en: 'three: this is where the handshake happens'},
          claim: passesOnly({}, {}, {}),
          because: `ハンドシェイクは、connect() の間に済んでいました。
            The handshake was over while connect() ran.`,
        },
        {text: {ja: '一つも送らない', en: 'none'}, claim: asClaimed.of('outcome', 'wire')},
      ],
      hint: {ja: '両側とも、もう ESTABLISHED です。', en: 'Both sides are ESTABLISHED already.'},
      after: `一つも流れません。accept() は、できあがった接続をキューから取り出して、ファイルディスクリプターを付けるだけです。
        None. accept() takes a finished connection off the queue and gives it a descriptor. That is all.`,
      expect: [connection.is('ESTABLISHED'), nothingPasses],
      shows: 'wire',
      sources: ['man 2 accept'],
    }),
    step('close-connection', [client.closes(), closesSecond(connection, client), listener.closes()], {
      before: `比べるために、接続も待ち受けも閉じます。別れ方は「four-ways-to-part」で詳しく見ます。
        For what comes next, the connection and the listener are closed. How connections part is for “four-ways-to-part”.`,
      after: `FIN が両側から出ました。LISTEN のソケットを閉じたときは、何も流れませんでした。
        A FIN went out from each side. Closing the listening socket sent nothing.`,
      expect: [listener.isGone, passes(fin('client'), fin('server')), neverPasses({flags: ['RST', 'ACK']})],
      shows: 'wire',
      sources: ['man 2 close', 'RFC 9293 3.6'],
    }),
    step('client-refused', connects(stranger), {
      before: `同じポートに、もう一度 connect() します。今度は、だれも待ち受けていません。
        Another connect() to the same port. This time nobody listens there.`,
      belief: 'refusal-is-silence',
      question: {ja: '線の上では、何が起きますか。', en: 'What will happen on the wire?'},
      choices: [
        {text: {ja: 'SYN に RST+ACK が返る', en: 'the SYN is answered with RST+ACK'}, claim: asClaimed},
        {
          text: {ja: 'SYN が流れるだけで、何も返らない', en: 'a SYN goes out, and nothing comes back'},
          claim: passesOnly({from: 'client', flags: ['SYN']}),
          because: `それなら connect() は、返事を待って SYN を再送し続けます。すぐに断られるのは、返事が来るからです。
            Then connect() would wait and send its SYN again and again. It is refused at once because an answer comes.`,
        },
        {
          text: {ja: 'だれもいないと分かっているので、何も流れない', en: 'nothing: it is known that nobody is there'},
          claim: nothingPasses,
          because: `クライアント側のカーネルは、相手のポートのことを知りません。送ってみるしかないのです。
            The client’s kernel knows nothing of the other port. It has to try.`,
        },
      ],
      hint: `ECONNREFUSED は、すぐに返ります。何も来なければ、待ち続けるはずです。
        ECONNREFUSED comes at once. If nothing came back, connect() would go on waiting.`,
      after: `SYN と RST+ACK の二つです。RST は「そのような接続はない」というカーネルの返事で、connect() はそれを ECONNREFUSED として返します。RST の番号は 0 で、ACK は SYN の番号に 1 を足したものです。
        Two: a SYN, and RST+ACK. RST is the kernel’s “no such connection here”, and connect() returns it as ECONNREFUSED. Its sequence number is 0; its ACK is the SYN’s number plus 1.`,
      expect: [fails('ECONNREFUSED'), refusal],
      shows: 'wire',
      sources: ['man 2 connect', 'RFC 9293 3.5.2'],
    }),
    step('client-close', stranger.closes(), {
      before: {ja: '断られたソケットを閉じます。', en: 'The refused socket is closed.'},
      after: `何も流れません。接続は一度もできていないからです。
        Nothing passes. There never was a connection.`,
      expect: nothingPasses,
      shows: 'wire',
      sources: ['man 2 close'],
    }),
  ],
  summary: `接続は、ふつう SYN、SYN+ACK、ACK の三つでできます。三つとも、connect() が返るまでに、両側のカーネルの間で流れます。socket()、bind()、listen()、accept() は何も送りません。だれも待っていないポートは、RST で答えます。(man 2 connect、RFC 9293 3.5)
    A connection is usually made by SYN, SYN+ACK and ACK, which the two kernels exchange before connect() returns. socket(), bind(), listen() and accept() send nothing. A port where nobody listens answers with RST. (man 2 connect, RFC 9293 3.5)`,
  review: [
    review('sent-before-connect', [
      step('server-serves-again', [...listens(listener), listener.listens(100)], {
        before: `サーバーが支度をし、そのあと listen() をもう一度呼んで、backlog を 5 から 100 に変えます。
          A server gets ready, and then calls listen() once more, to make its backlog 100 instead of 5.`,
        belief: 'listen-announces',
        question: `五つの呼び出しで、いくつのセグメントが流れますか。
          How many segments will the five calls send?`,
        choices: [
          {
            text: {ja: '二つ。listen() のたびに一つ', en: 'two, one for each listen()'},
            claim: passesOnly({}, {}),
            because: `backlog は、このカーネルの中のキューの長さです。
              The backlog is the length of a queue inside this kernel.`,
          },
          {text: {ja: '一つも流れない', en: 'none'}, claim: asClaimed},
          {
            text: {ja: '一つ。backlog を変えた知らせ', en: 'one, the news of the new backlog'},
            claim: passesOnly({}),
            because: {ja: '相手はいません。知らせる先がないのです。', en: 'There is no peer to whom it could go.'},
          },
        ],
        after: `一つも流れません。待ち受けは、サーバー側のカーネルだけの話です。
          None. Listening is a matter of the server’s own kernel.`,
        expect: nothingPasses,
        shows: 'wire',
        sources: ['man 2 listen'],
      }),
      closing('clear-away', listener),
    ]),
    review('non-blocking-connect', [
      step('ready', [...listens(listener), client.opens(), client.setsFlags('O_NONBLOCK')], {
        before: `サーバーが待ち受け、クライアントは自分のソケットをノンブロッキングにします。
          A server listens, and a client makes its socket non-blocking.`,
        after: {ja: '支度ができました。', en: 'Ready.'},
        expect: [returns(0), nothingPasses],
        shows: 'wire',
        sources: ['man 2 fcntl'],
      }),
      step('connect-now', client.connects(), {
        before: `このソケットの connect() は、待たずに EINPROGRESS(操作が実行中である)で返ります。
          On this socket connect() does not wait: it returns EINPROGRESS.`,
        belief: 'handshake-is-request-and-answer',
        question: `それまでに、またはそのあとに、いくつのセグメントが流れますか。
          How many segments will pass, before that or after?`,
        choices: [
          {text: {ja: '三つ。いつもと同じ', en: 'three, as ever'}, claim: asClaimed},
          {
            text: {ja: '一つ。残りは次の呼び出しを待つ', en: 'one; the others wait for the next call'},
            claim: passesOnly({flags: ['SYN']}),
            because: `ハンドシェイクをするのはカーネルです。プログラムが待つかどうかは関係ありません。
              The kernels do the handshake, whether the program waits for it or not.`,
          },
          {
            text: `二つ。最後の ACK は、つながったと知ってから
              two; the last ACK comes once the program knows`,
            claim: passesOnly({flags: ['SYN']}, {flags: ['SYN', 'ACK']}),
            because: `ACK を返すのも、プログラムではなくカーネルです。
              The ACK is sent by the kernel too, not by the program.`,
          },
        ],
        after: `三つです。ループバックでは、connect() が EINPROGRESS を返したときには、もう全部流れています。
          Three. On loopback all of them have passed by the time connect() returns EINPROGRESS.`,
        expect: [fails('EINPROGRESS'), threeSegments],
        shows: 'wire',
        sources: ['man 2 connect'],
      }),
      closing('clear-away', [listener.accepts(connection), client, connection, listener]),
    ]),
    review('never-accepted', [
      step('connected', [...listens(listener), ...connects(client)], {
        before: `クライアントが接続します。サーバーは accept() を呼びません。
          A client connects. The server does not call accept().`,
        after: {ja: '三つのセグメントが流れました。', en: 'Three segments passed.'},
        expect: threeSegments,
        shows: 'wire',
        sources: ['man 2 connect'],
      }),
      step('send-unaccepted', client.sends('hello'), {
        before: `accept() されないまま、クライアントが 5 バイトを送ります。
          Still not accepted, the client sends 5 bytes.`,
        belief: 'accept-sends',
        question: {ja: '線の上では、何が起きますか。', en: 'What will happen on the wire?'},
        choices: [
          {
            text: {ja: '何も流れない。accept() の知らせを待つ', en: 'nothing: the client waits for word of accept()'},
            claim: nothingPasses,
            because: {ja: 'そのような知らせはありません。', en: 'There is no such word.'},
          },
          {
            text: {ja: '5 バイトが流れるが、ACK は返らない', en: 'the 5 bytes pass, and no ACK comes back'},
            claim: {frames: [{from: 'client', length: 5}], only: true, never: [{from: 'server'}]},
            because: `ACK を返すのは、サーバーのプログラムではなくカーネルです。
              The ACK comes from the server’s kernel, not from its program.`,
          },
          {
            text: {ja: '5 バイトが流れ、ACK が返る', en: 'the 5 bytes pass, and an ACK comes back'},
            claim: asClaimed.of('wire'),
          },
        ],
        after: `いつもと同じように流れ、ACK が返りました。クライアントから見て、accept() の前とあとに違いはありません。
          They pass as ever, and are acknowledged. For the client there is no difference between before accept() and after it.`,
        expect: [returns(5), passesOnly({from: 'client', length: 5}, ack('server'))],
        shows: 'wire',
        sources: ['RFC 9293 3.5', 'man 2 accept'],
      }),
      closing('clear-away', [client, listener]),
    ]),
    review('bound-and-silent', [
      step('bound-only', binds(listener), {
        before: `サーバーが bind() までで止まり、listen() を呼びません。
          A server stops after bind() and does not call listen().`,
        after: {ja: 'ポートは取りましたが、待ち受けてはいません。', en: 'It has the port, and does not listen.'},
        shows: 'wire',
        sources: ['man 2 bind'],
      }),
      step('connect-to-bound', connects(client), {
        before: {ja: 'そのポートに、クライアントが connect() します。', en: 'A client connects to that port.'},
        belief: 'refusal-is-silence',
        question: {ja: '線の上では、何が起きますか。', en: 'What will happen on the wire?'},
        choices: [
          {text: {ja: 'SYN に RST+ACK が返る', en: 'the SYN is answered with RST+ACK'}, claim: asClaimed},
          {
            text: {ja: 'SYN に何も返らず、connect() は待つ', en: 'nothing answers the SYN, and connect() waits'},
            claim: waits,
            because: `ソケットはあっても、待ち受けていません。カーネルにとっては、だれもいないのと同じです。
              There is a socket, but it does not listen. For the kernel that is as if nobody were there.`,
          },
          {
            text: {ja: 'SYN+ACK が返る', en: 'SYN+ACK comes back'},
            claim: passes({flags: ['SYN']}, {flags: ['SYN', 'ACK']}),
            because: `ここには、SYN+ACK を返す LISTEN のソケットがありません。
              No socket in LISTEN is there that would answer with SYN+ACK.`,
          },
        ],
        after: `RST+ACK です。bind() しただけのソケットは、来た SYN に応えません。
          RST+ACK. A socket that is only bound does not answer a SYN.`,
        expect: [fails('ECONNREFUSED'), refusal],
        shows: 'wire',
        sources: ['RFC 9293 3.5.2'],
      }),
      closing('clear-away', [client, listener]),
    ]),
  ],
});
