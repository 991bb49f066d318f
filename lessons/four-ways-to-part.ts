import type {Act, FrameClaim, FramesClaim, Lesson, SocketName} from '../src/model/lesson.ts';
import {
  accepts,
  closes,
  closesAll,
  connects,
  endsSending,
  inOneStep,
  joins,
  loses,
  losesNothing,
  receives,
  sends,
} from './kit/acts.ts';
import {ack, again, bareRst, connecting, data, fin, nothingPasses, passes, passesOnly, rst} from './kit/segments.ts';

/** These in this order, and no RST; what a slow machine sends again may come between them. */
const among = (...frames: readonly FrameClaim[]): FramesClaim => ({frames, never: [rst('server'), rst('client')]});

const another = (client: SocketName, server: SocketName): readonly [Act, ...Act[]] => [
  ...connects('client', client),
  accepts(server),
];

/**
 * The client has said something, and the server has read it. From then on the server's kernel waits some 40 ms before it
 * acknowledges; on a connection that has carried nothing it hardly waits.
 */
const hears = (client: SocketName, server: SocketName): readonly Act[] => [
  sends('client', client, 'bye'),
  receives('server', server),
];
const connectedAndHeard = passesOnly(...connecting, data('client', 3), ack('server'));

/** A lost FIN is sent again after 200 ms, and each time after twice as long. */
const untilFinAgainMs = 20_000;

export const fourWaysToPart: Lesson = {
  id: 'four-ways-to-part',
  title: {ja: '四つの別れ方', en: 'Four ways to part'},
  about: {
    ja: '両側から FIN、片側だけ FIN、RST、同時に FIN。接続の終わりを線の上で見る',
    en: 'FIN from both sides, FIN from one, RST, FIN from both at once: how connections end on the wire',
  },
  minutes: 10,
  network: 'private',
  actors: ['server', 'client', 'network'],
  picture: 'tcp-states',
  beliefs: {
    'parting-is-four-segments': {
      ja: '接続を終えるには、いつも四つのセグメントが要る',
      en: 'to end a connection always takes four segments',
    },
    'silent-after-fin': {
      ja: 'FIN を送った側は、それきり何も送らない',
      en: 'after its FIN a side sends nothing any more',
    },
    'rst-is-acknowledged': {
      ja: 'RST にも、FIN と同じように ACK が返る',
      en: 'RST is acknowledged, just as FIN is',
    },
    'their-fin-answers-mine': {
      ja: '相手の FIN が来たなら、自分の FIN は届いている',
      en: 'once the peer’s FIN has come, mine has arrived',
    },
  },
  steps: [
    {
      id: 'first-connect',
      ...inOneStep(...joins, ...hears('client', 'connection')),
      before: {
        ja: '接続を何本か作り、それぞれ違うやり方で終わらせます。一本目を作り、クライアントが「bye」と送って、サーバーが読みます。',
        en: 'Several connections will be made and ended, each in another way. On the first the client says “bye”, and the server reads it.',
      },
      after: {
        ja: 'ハンドシェイクの三つと、「bye」、その ACK が流れました。両側とも ESTABLISHED です。',
        en: 'The three segments of the handshake have passed, “bye”, and its ACK. Both sides are ESTABLISHED.',
      },
      expect: {
        outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: 'bye'}},
        sockets: [
          {kind: 'listed', socket: 'client', state: 'ESTABLISHED'},
          {kind: 'listed', socket: 'connection', state: 'ESTABLISHED'},
        ],
        wire: connectedAndHeard,
      },
      shows: 'wire',
      sources: ['RFC 9293 3.5'],
    },
    {
      id: 'client-close',
      ...closes('client', 'client'),
      before: {
        ja: '一つ目の別れ方です。クライアントが close() します。サーバーのプログラムは、まだ何もしません。',
        en: 'The first way. The client calls close(); the server’s program does nothing yet.',
      },
      predict: {
        belief: 'parting-is-four-segments',
        question: {
          ja: 'いま、いくつのセグメントが流れますか。',
          en: 'How many segments will pass now?',
        },
        choices: [
          {
            text: {ja: '四つ。接続はこれで終わる', en: 'four, and the connection is over'},
            claim: {wire: among(fin('client'), ack('server'), fin('server'), ack('client'))},
            because: {
              ja: 'サーバーの FIN は、サーバーのプログラムが閉じるまで出ません。',
              en: 'There is no FIN from the server before the server’s program closes.',
            },
          },
          {
            text: {ja: '一つ。クライアントの FIN だけ', en: 'one: the client’s FIN'},
            claim: {wire: {frames: [fin('client')], never: [{from: 'server'}]}},
            because: {
              ja: 'FIN はシーケンス番号を一つ使うので、データと同じように ACK されます。',
              en: 'FIN takes one sequence number, so it is acknowledged like data.',
            },
          },
          {
            text: {ja: '二つ。FIN と、その ACK', en: 'two: a FIN and its ACK'},
            claim: {wire: {frames: [fin('client'), ack('server')], never: [fin('server')]}},
          },
        ],
      },
      hint: {
        ja: 'サーバーの側で、だれが何をできるでしょうか。カーネルと、プログラムです。',
        en: 'Who can do what at the server’s end? There is a kernel, and there is a program.',
      },
      after: {
        ja: '二つです。ACK はサーバーのカーネルが返しました。データのやり取りのあとなので、Linux は、一緒に送れるものを 40 ミリ秒ほど待ってから返します(遅延確認応答)。この二つのあとの状態が、FIN_WAIT2 と CLOSE_WAIT です。',
        en: 'Two. The ACK came from the server’s kernel. After an exchange of data Linux holds it back for some 40 ms, for something to travel with: a delayed ACK. FIN_WAIT2 and CLOSE_WAIT are the states after these two.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'client', state: 'FIN_WAIT2'},
          {kind: 'listed', socket: 'connection', state: 'CLOSE_WAIT'},
        ],
        wire: among(fin('client'), ack('server')),
      },
      shows: 'wire',
      sources: ['RFC 9293 3.6', 'RFC 1122 4.2.3.2', 'man 2 close'],
    },
    {
      id: 'server-close',
      ...closes('server', 'connection'),
      before: {
        ja: 'しばらくして、サーバーも close() します。',
        en: 'After a while the server closes too.',
      },
      after: {
        ja: 'サーバーの FIN と、クライアントの ACK です。前の二つと合わせて四つ。クライアントが ACK を返したところで、サーバー側の行は消え、クライアント側は TIME_WAIT になりました。',
        en: 'The server’s FIN, and the client’s ACK: four with the two before. That last ACK ended the server’s row; the client’s side is in TIME_WAIT.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'client', state: 'TIME_WAIT'},
          {kind: 'gone', socket: 'connection'},
        ],
        wire: passesOnly(fin('server'), ack('client')),
      },
      expires: {after: 'client-close', seconds: 50},
      shows: 'wire',
      sources: ['RFC 9293 3.6', 'RFC 9293 3.6.1'],
    },
    {
      id: 'second-connect',
      ...inOneStep(...another('second', 'second-connection'), ...hears('second', 'second-connection')),
      before: {
        ja: '二本目です。ここまでは一本目と同じで、今度はサーバーもすぐに閉じます。',
        en: 'A second connection, up to here like the first. This time the server is going to close at once too.',
      },
      after: {ja: 'サーバーが「bye」を読みました。', en: 'The server has read “bye”.'},
      expect: {
        outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: 'bye'}},
        sockets: [{kind: 'listed', socket: 'second-connection', state: 'ESTABLISHED'}],
        wire: connectedAndHeard,
      },
      shows: 'wire',
      sources: ['man 2 connect'],
    },
    {
      id: 'both-close',
      ...inOneStep(closes('client', 'second'), closes('server', 'second-connection')),
      before: {
        ja: 'クライアントが close() し、間を置かずにサーバーも close() します。',
        en: 'The client closes, and the server closes right after it.',
      },
      predict: {
        belief: 'their-fin-answers-mine',
        question: {
          ja: 'FIN と、FIN への ACK は、合わせていくつ流れますか。一つのセグメントが両方を運ぶこともあります。',
          en: 'How many FINs will pass in all, and how many ACKs for them? One segment may carry both.',
        },
        choices: [
          {
            text: {ja: 'FIN 二つと、それぞれの ACK', en: 'two FINs, and an ACK for each'},
            claim: {
              wire: passes(fin('client'), fin('server'), ack('client')),
              sockets: [
                {kind: 'listed', socket: 'second', state: 'TIME_WAIT'},
                {kind: 'gone', socket: 'second-connection'},
              ],
            },
          },
          {
            text: {ja: 'FIN 二つ。相手の FIN が返事になる', en: 'two FINs, each the answer to the other'},
            claim: {wire: {frames: [fin('client'), fin('server')], never: [ack('server'), ack('client')]}},
            because: {
              ja: '届いたことを伝えるのは ACK です。あとから来た FIN にも要ります。',
              en: 'That a FIN has arrived is told by an ACK, and the second FIN needs one too.',
            },
          },
          {
            text: {ja: 'FIN 一つと、その ACK', en: 'one FIN, and its ACK'},
            claim: {wire: {frames: [fin('client'), ack('server')], never: [fin('server')]}},
            because: {
              ja: 'FIN が終わらせるのは片方の向きだけです。サーバーの close() も FIN を送ります。',
              en: 'A FIN ends one direction. The server’s close() sends a FIN too.',
            },
          },
        ],
      },
      hint: {
        ja: 'FIN は、データの 1 バイトと同じように、シーケンス番号を一つ使います。',
        en: 'A FIN takes one sequence number, as a byte of data does.',
      },
      after: {
        ja: 'ACK を遅らせている間(Linux では 40 ミリ秒ほど)にサーバーが閉じれば、ACK はサーバーの FIN に載り、三つで済みます。間に合わなければ四つです。要るのは二つの FIN と二つの ACK で、セグメントの数ではありません。',
        en: 'If the server closes while the ACK is held back (some 40 ms on Linux), it travels on the server’s FIN, which makes three; if not, four. What it takes is two FINs and two ACKs, not a number of segments.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'second', state: 'TIME_WAIT'},
          {kind: 'gone', socket: 'second-connection'},
        ],
        wire: passes(fin('client'), fin('server'), ack('client')),
      },
      shows: 'wire',
      sources: ['RFC 9293 3.6', 'RFC 1122 4.2.3.2'],
    },
    {
      id: 'half-close',
      ...inOneStep(...another('third', 'third-connection'), endsSending('client', 'third')),
      before: {
        ja: '二つ目の別れ方です。三本目をつなぎ、クライアントが shutdown(SHUT_WR) で、自分の送る向きだけを終えます。',
        en: 'The second way. A third connection is made, and with shutdown(SHUT_WR) the client ends only the direction in which it sends.',
      },
      after: {
        ja: '線の上では、一本目の close() と変わりません。同じ FIN と、その ACK です。違うのは、クライアントのプログラムがまだ recv() できることです。',
        en: 'On the wire it looks like the close() of the first connection: the same FIN, and its ACK. The difference is that the client’s program can still call recv().',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'third', state: 'FIN_WAIT2'},
          {kind: 'listed', socket: 'third-connection', state: 'CLOSE_WAIT'},
        ],
        wire: among(...connecting, fin('client'), ack('server')),
      },
      shows: 'wire',
      sources: ['man 2 shutdown', 'RFC 9293 3.6'],
    },
    {
      id: 'server-send',
      ...inOneStep(sends('server', 'third-connection', 'apple')),
      before: {
        ja: 'FIN を受け取ったサーバーが「apple」の 5 バイトを送ります。',
        en: 'The server, which has got FIN, sends “apple”, 5 bytes.',
      },
      predict: {
        belief: 'silent-after-fin',
        question: {
          ja: 'FIN を送り終えたクライアントの側からは、何が流れますか。',
          en: 'What will come from the client’s side, which has sent its FIN?',
        },
        choices: [
          {text: {ja: 'ACK', en: 'an ACK'}, claim: {wire: among(data('server', 5), ack('client'))}},
          {
            text: {ja: '何も流れない', en: 'nothing'},
            claim: {wire: {frames: [data('server', 5)], never: [{from: 'client'}]}},
            because: {
              ja: 'FIN が終わらせたのはデータを送ることです。届いたことは、これからも伝えます。',
              en: 'FIN ended the sending of data. That something has arrived is still told.',
            },
          },
          {
            text: {ja: 'RST', en: 'RST'},
            claim: {wire: passes(data('server', 5), bareRst('client'))},
            because: {
              ja: 'RST が返るのは、クライアントが close() していたときです。ここでは、まだ受け取れます。',
              en: 'So it would be after close(). After shutdown() the client still receives.',
            },
          },
        ],
      },
      hint: {
        ja: '返事が来なければ、サーバーは「apple」を再送し続けます。',
        en: 'With no answer the server would send “apple” again and again.',
      },
      after: {
        ja: 'ACK です。中身は 0 バイトで、シーケンス番号は FIN の次から動きません。半クローズのあとも、閉じた側は ACK を送り続けます。',
        en: 'An ACK, with no data; its sequence number stays at the one after FIN. After a half-close the side that has closed goes on acknowledging.',
      },
      expect: {
        outcome: {kind: 'returns', value: 5},
        sockets: [{kind: 'listed', socket: 'third', state: 'FIN_WAIT2', recvQueue: 5}],
        wire: among(data('server', 5), ack('client')),
      },
      shows: 'wire',
      sources: ['RFC 9293 3.6', 'RFC 9293 3.10.7.4'],
    },
    {
      id: 'half-close-ends',
      ...inOneStep(receives('client', 'third'), closes('server', 'third-connection'), closes('client', 'third')),
      before: {
        ja: 'クライアントが「apple」を読み、サーバー、クライアントの順に close() します。',
        en: 'The client reads “apple”. Then the server closes, and the client after it.',
      },
      after: {
        ja: 'サーバーの FIN と、その ACK だけです。クライアントの close() は何も送りません。FIN は、もう送ってあるからです。',
        en: 'Just the server’s FIN and its ACK. The client’s close() sends nothing: its FIN went out long ago.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'third', state: 'TIME_WAIT'},
          {kind: 'gone', socket: 'third-connection'},
        ],
        wire: passesOnly(fin('server'), ack('client')),
      },
      shows: 'wire',
      sources: ['man 2 close', 'RFC 9293 3.6'],
    },
    {
      id: 'fourth-connect',
      ...inOneStep(...another('fourth', 'fourth-connection'), sends('client', 'fourth', 'hello')),
      before: {
        ja: '三つ目の別れ方です。四本目をつなぎ、クライアントが「hello」を送ります。サーバーは、これを読みません。',
        en: 'The third way. On a fourth connection the client sends “hello”, which the server is not going to read.',
      },
      after: {
        ja: '「hello」はサーバーの受信キューにあり、ACK も返っています。ACK は「カーネルが受け取った」で、「読んだ」ではありません。',
        en: '“hello” is in the server’s receive queue, and has been acknowledged. An ACK means that the kernel has it, not that anybody read it.',
      },
      expect: {
        outcome: {kind: 'returns', value: 5},
        sockets: [{kind: 'listed', socket: 'fourth-connection', state: 'ESTABLISHED', recvQueue: 5}],
        wire: passesOnly(...connecting, data('client', 5), ack('server')),
      },
      shows: 'wire',
      sources: ['man 2 send'],
    },
    {
      id: 'server-close-unread',
      ...closes('server', 'fourth-connection'),
      before: {
        ja: 'サーバーが、「hello」を読まないまま close() します。このとき Linux が送るのは、FIN ではなく RST です。',
        en: 'The server closes without having read “hello”. What Linux sends then is not FIN but RST.',
      },
      predict: {
        belief: 'rst-is-acknowledged',
        question: {
          ja: '接続が終わるまでに、いくつのセグメントが流れますか。',
          en: 'How many segments will it take to end the connection?',
        },
        choices: [
          {
            text: {ja: '二つ。RST と、その ACK', en: 'two: RST and its ACK'},
            claim: {wire: passesOnly(rst('server'), ack('client'))},
            because: {
              ja: 'RST を受けた側は、その場で接続を忘れます。応える者は、もういません。',
              en: 'Whoever gets RST forgets the connection at once. Nobody is left to answer.',
            },
          },
          {text: {ja: '一つ。RST だけ', en: 'one: RST'}, claim: {wire: passesOnly(rst('server'))}},
          {
            text: {ja: '三つ。RST、クライアントの FIN、ACK', en: 'three: RST, the client’s FIN, an ACK'},
            claim: {wire: passesOnly(rst('server'), fin('client'), ack('server'))},
            because: {
              ja: 'RST は両方の向きを一度に終わらせます。FIN の出番はありません。',
              en: 'RST ends both directions at once. There is nothing left for FIN to end.',
            },
          },
        ],
      },
      hint: {
        ja: 'FIN は相談、RST は通告です。',
        en: 'FIN is part of a conversation. RST is a notice.',
      },
      after: {
        ja: '一つだけです。RST には ACK も再送もなく、Linux では TIME_WAIT も残りません。RST+ACK の ACK は「hello まで受け取っていた」という番号で、返事を求めるものではありません。',
        en: 'One. RST is not acknowledged and not sent again, and on Linux it leaves no TIME_WAIT. The ACK in RST+ACK only gives the number up to which “hello” had come; it asks for no answer.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'gone', socket: 'fourth-connection'},
          {kind: 'unlisted', socket: 'fourth', state: 'CLOSE'},
        ],
        wire: passesOnly(rst('server')),
      },
      shows: 'wire',
      sources: ['RFC 9293 3.5.2', 'RFC 9293 3.6', 'RFC 9293 3.6.1', 'RFC 2525 2.17'],
    },
    {
      id: 'fifth-connect',
      ...inOneStep(...another('fifth', 'fifth-connection'), loses('server')),
      needs: ['packet-filter'],
      before: {
        ja: '四つ目は、両側が同時に閉じる場合です。五本目をつなぎ、「サーバーのポートに来たものを捨てる」というルールをパケットフィルターに入れて、FIN がすぐには届かないようにします。',
        en: 'The fourth way: both sides close at the same time. On a fifth connection a rule of the packet filter drops what comes to the server’s port, so that a FIN takes its time.',
      },
      after: {
        ja: 'つながりました。これからクライアントが送るものは、線の上には見えますが、サーバーの TCP には届きません。逆の向きは、ふだんどおりです。',
        en: 'Connected. What the client sends from now on is seen on the wire, but does not reach the server’s TCP. The other direction is as ever.',
      },
      expect: {
        sockets: [{kind: 'listed', socket: 'fifth-connection', state: 'ESTABLISHED'}],
        wire: passesOnly(...connecting),
      },
      shows: 'wire',
      sources: ['man 8 nft'],
    },
    {
      id: 'both-shut-down',
      ...inOneStep(endsSending('client', 'fifth'), endsSending('server', 'fifth-connection')),
      needs: ['packet-filter'],
      before: {
        ja: 'クライアントもサーバーも shutdown(SHUT_WR) します。クライアントの FIN は途中で捨てられ、サーバーの FIN はクライアントに届きます。',
        en: 'Client and server both call shutdown(SHUT_WR). The client’s FIN is lost on its way; the server’s arrives.',
      },
      predict: {
        belief: 'their-fin-answers-mine',
        question: {
          ja: 'サーバーの FIN を受け取ったクライアントは、どの状態になりますか。',
          en: 'The client has sent a FIN and got one. In which state is it?',
        },
        choices: [
          {
            text: {ja: 'TIME_WAIT。FIN を送り、FIN を受け取った', en: 'TIME_WAIT: it has sent a FIN and got one'},
            claim: {sockets: [{kind: 'listed', socket: 'fifth', state: 'TIME_WAIT'}]},
            because: {
              ja: '自分の FIN への ACK が、まだ来ていません。届いていなければ、再送する務めがあります。',
              en: 'Its own FIN has not been acknowledged. If that was lost, it is the client’s duty to send it again.',
            },
          },
          {
            text: {ja: 'FIN_WAIT2。自分の FIN は届いた', en: 'FIN_WAIT2: its FIN has arrived'},
            claim: {sockets: [{kind: 'listed', socket: 'fifth', state: 'FIN_WAIT2'}]},
            because: {
              ja: 'サーバーの FIN の ACK 番号は、クライアントの FIN を数えに入れていません。',
              en: 'The acknowledgment number in the server’s FIN does not count the client’s FIN.',
            },
          },
          {
            text: {ja: 'CLOSING。自分の FIN への ACK を待つ', en: 'CLOSING: it waits for the ACK of its FIN'},
            claim: {sockets: [{kind: 'listed', socket: 'fifth', state: 'CLOSING'}]},
          },
        ],
      },
      hint: {
        ja: 'サーバーは、クライアントの FIN を見ないまま、自分の FIN を送りました。',
        en: 'The server had not seen the client’s FIN when it sent its own.',
      },
      after: {
        ja: 'CLOSING です。二つの FIN がすれ違い、どちらも相手の FIN への返事ではありません。クライアントは ACK を送りましたが、それも捨てられ、サーバーは FIN_WAIT1 で待っています。',
        en: 'CLOSING. Two FINs crossed, and neither answers the other. The client’s ACK was lost too, so the server waits in FIN_WAIT1.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'fifth', state: 'CLOSING'},
          {kind: 'listed', socket: 'fifth-connection', state: 'FIN_WAIT1'},
        ],
        wire: among(fin('client'), fin('server'), ack('client')),
      },
      shows: 'wire',
      sources: ['RFC 9293 3.6', 'RFC 9293 3.3.2'],
    },
    {
      id: 'fins-arrive',
      ...inOneStep(losesNothing, closes('client', 'fifth'), closes('server', 'fifth-connection')),
      needs: ['packet-filter'],
      before: {
        ja: 'ルールを取り去り、両側とも close() します。あとは、カーネルどうしに任せます。',
        en: 'The rule is taken away and both sides call close(). The rest is left to the two kernels.',
      },
      after: {
        ja: '再送された FIN が届き、ACK が返りました。どちらも先に閉じたので、TIME_WAIT が両側に残っています。close() は、もう何も足していません。',
        en: 'The FIN was sent again, arrived, and was acknowledged. Both sides were the first to close, so TIME_WAIT stays with both. Their close() added nothing.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'fifth', state: 'TIME_WAIT'},
          {kind: 'listed', socket: 'fifth-connection', state: 'TIME_WAIT'},
        ],
        wire: among(again(fin('client')), ack('server')),
      },
      patienceMs: untilFinAgainMs,
      expires: {after: 'both-shut-down', seconds: 8},
      shows: 'wire',
      sources: ['RFC 9293 3.6', 'RFC 6298 5'],
    },
    {
      id: 'close-rest',
      ...inOneStep(closes('client', 'fourth'), closes('server', 'listener')),
      before: {
        ja: 'RST で終わった四本目のソケットと、待ち受けのソケットを閉じます。',
        en: 'The socket that RST had ended and the listening socket are closed.',
      },
      after: {
        ja: '終わった接続を閉じても、何も流れません。残っているのは、TIME_WAIT だけです。',
        en: 'To close what is over sends nothing. Only TIME_WAIT is left.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'gone', socket: 'fourth'},
          {kind: 'gone', socket: 'listener'},
        ],
      },
      shows: 'wire',
      sources: ['man 2 close'],
    },
  ],
  summary: {
    ja: '接続を終えるのに要るのは、FIN と ACK が一つずつ、両方の向きにです。ACK が FIN に載れば三つ、載らなければ四つのセグメントになります。半クローズのあとも ACK は流れ、同時に閉じれば両側が TIME_WAIT を持ちます。RST だけは、一つで両方の向きを終わらせ、返事を待ちません。',
    en: 'Each direction ends with a FIN and its ACK: three segments if an ACK travels on a FIN, four if not. After a half-close ACKs still pass; where both close at once, both keep TIME_WAIT. Only RST ends both directions by itself, and waits for no answer.',
  },
  review: [
    {
      id: 'the-second-close',
      belief: 'parting-is-four-segments',
      steps: [
        {
          id: 'server-first',
          ...inOneStep(...joins, closes('server', 'connection')),
          before: {
            ja: '接続ができたところで、サーバーが先に close() します。',
            en: 'A connection is made, and the server is the first to close.',
          },
          after: {
            ja: 'サーバーの FIN に、クライアントのカーネルが ACK を返しました。クライアントは CLOSE_WAIT です。',
            en: 'The client’s kernel has acknowledged the server’s FIN. The client is in CLOSE_WAIT.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [{kind: 'listed', socket: 'client', state: 'CLOSE_WAIT'}],
            wire: among(...connecting, fin('server'), ack('client')),
          },
          shows: 'wire',
          sources: ['RFC 9293 3.6'],
        },
        {
          id: 'client-second',
          ...closes('client', 'client'),
          before: {ja: 'クライアントも close() します。', en: 'Now the client closes.'},
          predict: {
            belief: 'parting-is-four-segments',
            question: {
              ja: 'この close() で、いくつのセグメントが流れますか。',
              en: 'How many segments will this close() bring?',
            },
            choices: [
              {
                text: {ja: '四つ', en: 'four'},
                claim: {wire: passesOnly(fin('client'), ack('server'), fin('server'), ack('client'))},
                because: {
                  ja: 'サーバーの FIN とその ACK は、もう済んでいます。',
                  en: 'The server’s FIN and its ACK have passed already.',
                },
              },
              {
                text: {ja: '二つ。FIN と、その ACK', en: 'two: a FIN and its ACK'},
                claim: {wire: passesOnly(fin('client'), ack('server'))},
              },
              {
                text: {ja: '一つも流れない。接続はもう終わっている', en: 'none: the connection is over'},
                claim: {wire: nothingPasses},
                because: {
                  ja: '終わったのは、サーバーからの向きだけです。',
                  en: 'Only the server’s direction was over.',
                },
              },
            ],
          },
          after: {
            ja: '二つです。どの向きも、FIN 一つと ACK 一つで終わります。',
            en: 'Two. Either direction ends with one FIN and one ACK.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [
              {kind: 'listed', socket: 'connection', state: 'TIME_WAIT'},
              {kind: 'gone', socket: 'client'},
            ],
            wire: passesOnly(fin('client'), ack('server')),
          },
          expires: {after: 'server-first', seconds: 50},
          shows: 'wire',
          sources: ['RFC 9293 3.6'],
        },
        {
          id: 'close-listener',
          ...closes('server', 'listener'),
          before: {ja: '待ち受けも閉じます。', en: 'The listening socket is closed too.'},
          after: {ja: '閉じました。', en: 'Closed.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'upload-after-the-last-word',
      belief: 'silent-after-fin',
      steps: [
        {
          id: 'server-says-bye',
          ...inOneStep(...joins, sends('server', 'connection', 'ready'), endsSending('server', 'connection')),
          before: {
            ja: 'サーバーが「ready」と送り、shutdown(SHUT_WR) します。もう話すことはなく、あとは受け取るだけです。',
            en: 'The server sends “ready” and calls shutdown(SHUT_WR): it has no more to say and will only receive.',
          },
          after: {
            ja: '「ready」と FIN が、クライアントに届きました。',
            en: '“ready” and FIN have arrived at the client.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [{kind: 'listed', socket: 'connection', state: 'FIN_WAIT2'}],
          },
          shows: 'wire',
          sources: ['man 2 shutdown'],
        },
        {
          id: 'client-uploads',
          actor: 'client',
          call: {name: 'send', fd: 'client', data: {kind: 'fill', byte: 0x61, count: 1000}, flags: 0},
          before: {
            ja: 'クライアントが、ここから 1000 バイトを送ります。',
            en: 'Now the client sends 1000 bytes.',
          },
          predict: {
            belief: 'silent-after-fin',
            question: {
              ja: 'FIN を送ったサーバーの側から、何か流れますか。',
              en: 'Will anything come from the server’s side, which has sent its FIN?',
            },
            choices: [
              {
                text: {ja: '1000 バイトへの ACK が流れる', en: 'an ACK for the 1000 bytes'},
                claim: {wire: passes(data('client', 1000), ack('server'))},
              },
              {
                text: {ja: '何も流れない', en: 'nothing'},
                claim: {wire: {frames: [data('client', 1000)], never: [{from: 'server'}]}},
                because: {
                  ja: '受け取ったことは、FIN のあとでも伝えます。',
                  en: 'What has arrived is acknowledged after FIN too.',
                },
              },
              {
                text: {ja: 'もう一度 FIN が流れる', en: 'another FIN'},
                claim: {wire: passes(data('client', 1000), fin('server'))},
                because: {
                  ja: 'FIN は一つの向きに一つです。もう一度送るのは、失われたときだけです。',
                  en: 'Each direction has one FIN. It is sent again only if it was lost.',
                },
              },
            ],
          },
          after: {
            ja: 'ACK です。FIN は「もうデータはない」であって、「もう何も送らない」ではありません。',
            en: 'An ACK. FIN says “no more data”, not “no more segments”.',
          },
          expect: {
            outcome: {kind: 'returns', value: 1000},
            sockets: [{kind: 'listed', socket: 'connection', state: 'FIN_WAIT2', recvQueue: 1000}],
            wire: passes(data('client', 1000), ack('server')),
          },
          shows: 'wire',
          sources: ['RFC 9293 3.6'],
        },
        {
          id: 'clear-away',
          ...inOneStep(closes('server', 'connection'), closes('server', 'listener'), closes('client', 'client')),
          before: {ja: '残りを閉じます。', en: 'The rest is closed.'},
          after: {
            ja: 'サーバーは 1000 バイトを読まずに閉じたので、RST でした。',
            en: 'As the server had not read the 1000 bytes, it was RST.',
          },
          expect: {outcome: {kind: 'returns', value: 0}},
          shows: 'wire',
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'linger-zero',
      belief: 'rst-is-acknowledged',
      steps: [
        {
          id: 'set-linger',
          ...inOneStep(...joins, {
            actor: 'client',
            call: {
              name: 'setsockopt',
              fd: 'client',
              level: 'SOL_SOCKET',
              option: 'SO_LINGER',
              value: {onoff: 1, seconds: 0},
            },
          }),
          before: {
            ja: '接続ができたあと、クライアントが SO_LINGER を「有効、0 秒」にします。',
            en: 'A connection is made, and the client sets SO_LINGER to “on, 0 seconds”.',
          },
          after: {
            ja: 'ハンドシェイクの三つだけです。設定は線の上に見えません。',
            en: 'The three segments of the handshake. An option is nothing that the wire would show.',
          },
          expect: {outcome: {kind: 'returns', value: 0}, wire: passesOnly(...connecting)},
          shows: 'wire',
          sources: ['man 7 socket'],
        },
        {
          id: 'close-lingering',
          ...closes('client', 'client'),
          before: {
            ja: 'クライアントが close() します。この設定では、FIN の代わりに RST が送られます。',
            en: 'The client closes. With this option RST is sent in place of FIN.',
          },
          predict: {
            belief: 'rst-is-acknowledged',
            question: {ja: 'サーバーの側から、何が返りますか。', en: 'What will come back from the server’s side?'},
            choices: [
              {
                text: {ja: 'ACK', en: 'an ACK'},
                claim: {wire: passes({from: 'client'}, ack('server'))},
                because: {
                  ja: 'RST への ACK はありません。クライアントの側も、待っていません。',
                  en: 'There is no ACK for RST, and nobody waits for one.',
                },
              },
              {
                text: {ja: 'サーバーからも RST', en: 'RST from the server too'},
                claim: {wire: passes(rst('client'), {from: 'server'})},
                because: {
                  ja: 'RST に RST を返すことはありません。さもないと、いつまでも続いてしまいます。',
                  en: 'RST is never answered with RST. It would go on for ever.',
                },
              },
              {text: {ja: '何も返らない', en: 'nothing'}, claim: {wire: passesOnly(rst('client'))}},
            ],
          },
          after: {
            ja: '何も返りません。RST 一つで、両側とも終わりです。',
            en: 'Nothing. One RST, and both sides are done.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [
              {kind: 'gone', socket: 'client'},
              {kind: 'unlisted', socket: 'connection', state: 'CLOSE'},
            ],
            wire: passesOnly(rst('client')),
          },
          shows: 'wire',
          sources: ['RFC 9293 3.5.2', 'man 7 socket'],
        },
        {
          id: 'clear-away',
          ...inOneStep(closes('server', 'connection'), closes('server', 'listener')),
          before: {ja: '残りを閉じます。', en: 'The rest is closed.'},
          after: {ja: '閉じました。', en: 'Closed.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'the-servers-fin-is-lost',
      belief: 'their-fin-answers-mine',
      actors: ['server', 'client', 'network'],
      steps: [
        {
          id: 'lose',
          ...inOneStep(...joins, loses({of: 'client'})),
          needs: ['packet-filter'],
          before: {
            ja: '接続ができたあと、今度はクライアントのポートに来るものが捨てられるようになります。',
            en: 'A connection is made. From then on it is what comes to the client’s port that is lost.',
          },
          after: {ja: 'サーバーから送るものは、届きません。', en: 'What the server sends does not arrive.'},
          expect: {
            sockets: [{kind: 'listed', socket: 'client', state: 'ESTABLISHED'}],
            wire: passesOnly(...connecting),
          },
          shows: 'wire',
          sources: ['man 8 nft'],
        },
        {
          id: 'both-end',
          ...inOneStep(endsSending('server', 'connection'), endsSending('client', 'client')),
          needs: ['packet-filter'],
          before: {
            ja: 'サーバーもクライアントも shutdown(SHUT_WR) します。サーバーには、クライアントの FIN が届きます。',
            en: 'Server and client both call shutdown(SHUT_WR). The client’s FIN arrives at the server.',
          },
          predict: {
            belief: 'their-fin-answers-mine',
            question: {ja: 'サーバーの側は、どの状態になりますか。', en: 'In which state is the server’s side?'},
            choices: [
              {
                text: {ja: 'TIME_WAIT', en: 'TIME_WAIT'},
                claim: {sockets: [{kind: 'listed', socket: 'connection', state: 'TIME_WAIT'}]},
                because: {
                  ja: 'サーバーの FIN は捨てられ、ACK が来ていません。',
                  en: 'The server’s FIN was lost, and no ACK has come for it.',
                },
              },
              {
                text: {ja: 'LAST_ACK', en: 'LAST_ACK'},
                claim: {sockets: [{kind: 'listed', socket: 'connection', state: 'LAST_ACK'}]},
                because: {
                  ja: 'LAST_ACK は、相手の FIN を受け取ってから自分の FIN を送った側です。',
                  en: 'In LAST_ACK is a side that sent its FIN after it had got the peer’s.',
                },
              },
              {
                text: {ja: 'CLOSING', en: 'CLOSING'},
                claim: {sockets: [{kind: 'listed', socket: 'connection', state: 'CLOSING'}]},
              },
            ],
          },
          after: {
            ja: 'CLOSING です。クライアントの FIN の ACK 番号は、サーバーの FIN を数えに入れていません。',
            en: 'CLOSING. The acknowledgment number in the client’s FIN does not count the server’s.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [
              {kind: 'listed', socket: 'connection', state: 'CLOSING'},
              {kind: 'listed', socket: 'client', state: 'FIN_WAIT1'},
            ],
          },
          shows: 'wire',
          sources: ['RFC 9293 3.6'],
        },
        {
          id: 'clear-away',
          ...inOneStep(losesNothing, ...closesAll('server', 'connection', 'listener'), closes('client', 'client')),
          needs: ['packet-filter'],
          before: {
            ja: 'ルールを取り去り、残りを閉じます。',
            en: 'The rule is taken away, and the rest is closed.',
          },
          after: {
            ja: '失われた FIN は、カーネルがあとで再送します。',
            en: 'The kernel will send again the FIN that was lost.',
          },
          expect: {outcome: {kind: 'returns', value: 0}},
          shows: 'wire',
          sources: ['man 2 close'],
        },
      ],
    },
  ],
};
