import type {Act, Lesson} from '../src/model/lesson.ts';
import {serverCloseListener} from './kit/opening.ts';
import {ack, data, fin, nothingPasses, passes} from './kit/segments.ts';

const request = 'list';
const reply = 'apple, orange';

/** After socket(): the server listens, a client connects, the server accepts. */
const connected: readonly Act[] = [
  {actor: 'server', call: {name: 'setsockopt', fd: 'listener', level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1}},
  {actor: 'server', call: {name: 'bind', fd: 'listener', address: 'server'}},
  {actor: 'server', call: {name: 'listen', fd: 'listener', backlog: 5}},
  {
    actor: 'client',
    call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
    creates: 'client',
  },
  {actor: 'client', call: {name: 'connect', fd: 'client', address: 'server'}},
  {actor: 'server', call: {name: 'accept', fd: 'listener'}, creates: 'connection'},
];

export const goodbye: Lesson = {
  id: 'goodbye',
  title: {ja: '別れ方', en: 'Saying goodbye'},
  about: {
    ja: 'shutdown() と close()、FIN と recv() の 0、そして TIME_WAIT が残る側',
    en: 'shutdown() and close(), FIN and the 0 of recv(), and whose TIME_WAIT it is',
  },
  minutes: 10,
  picture: 'tcp-states',
  beliefs: {
    'fin-overtakes-data': {
      ja: 'FIN が届くと、まだ読んでいないデータは捨てられる',
      en: 'when FIN arrives, what I have not read yet is thrown away',
    },
    'fin-ends-both': {
      ja: '一方が FIN を送れば、両方向とも終わりだ',
      en: 'one FIN ends both directions',
    },
    'kernel-answers-fin': {
      ja: '相手が閉じれば、こちらのカーネルも自動で接続を閉じる',
      en: 'when the peer closes, my kernel closes my side by itself',
    },
    'last-closer-waits': {
      ja: 'TIME_WAIT は、あとから閉じた側に残る',
      en: 'TIME_WAIT stays with whoever closes last',
    },
  },
  steps: [
    {
      id: 'server-ready',
      actor: 'server',
      call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
      creates: 'listener',
      also: [
        {
          actor: 'server',
          call: {name: 'setsockopt', fd: 'listener', level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1},
        },
        {actor: 'server', call: {name: 'bind', fd: 'listener', address: 'server'}},
        {actor: 'server', call: {name: 'listen', fd: 'listener', backlog: 5}},
      ],
      before: {
        ja: 'サーバーが支度をします。socket() から listen() まで、いつもの四つです。',
        en: 'The server gets ready: the usual four calls, socket() to listen().',
      },
      after: {
        ja: '待ち受けが始まりました。このレッスンの主役は、接続の終わりです。図のパネルは TCP の状態を表し、S がサーバー、C がクライアントです。',
        en: 'It listens. This lesson is about how a connection ends. The picture shows the states of TCP: S is the server, C the client.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [{kind: 'listed', socket: 'listener', state: 'LISTEN'}],
      },
      node: "const server = net.createServer({allowHalfOpen: true});\nserver.listen({port}, '127.0.0.1');",
      shows: 'picture',
      sources: ['man 2 listen'],
    },
    {
      id: 'client-ready',
      actor: 'client',
      call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
      creates: 'client',
      also: [
        {actor: 'client', call: {name: 'connect', fd: 'client', address: 'server'}},
        {actor: 'server', call: {name: 'accept', fd: 'listener'}, creates: 'connection'},
        {actor: 'client', call: {name: 'send', fd: 'client', data: {kind: 'text', text: request}, flags: 0}},
      ],
      before: {
        ja: 'クライアントがつなぎ、サーバーが accept() します。続けてクライアントが注文「list」を送ります。',
        en: 'The client connects and the server accepts. Then the client sends its request, “list”.',
      },
      after: {
        ja: '両側とも ESTABLISHED です。注文の 4 バイトは、サーバーの受信キューで recv() を待っています。',
        en: 'Both sides are ESTABLISHED. The 4 bytes of the request wait in the server’s receive queue for recv().',
      },
      expect: {
        outcome: {kind: 'returns', value: request.length},
        sockets: [
          {kind: 'listed', socket: 'client', state: 'ESTABLISHED'},
          {kind: 'listed', socket: 'connection', state: 'ESTABLISHED', recvQueue: request.length},
        ],
      },
      node: "const socket = net.connect({port}, '127.0.0.1');\nsocket.write('list');",
      shows: 'picture',
      sources: ['man 2 connect', 'RFC 9293 3.3.2'],
    },
    {
      id: 'client-shutdown',
      actor: 'client',
      call: {name: 'shutdown', fd: 'client', how: 'SHUT_WR'},
      before: {
        ja: '注文は以上です。クライアントが shutdown(SHUT_WR) で「こちらの送信は終わり」と伝えます。サーバーはまだ何も読んでいません。',
        en: 'That is the whole request. With shutdown(SHUT_WR) the client says “I send no more”. The server has not read anything yet.',
      },
      predict: {
        belief: 'kernel-answers-fin',
        question: {
          ja: 'サーバー側の接続はどうなりますか。',
          en: 'What will become of the connection on the server’s side?',
        },
        choices: [
          {
            text: {
              ja: 'CLOSE_WAIT になり、サーバーのプログラムを待つ',
              en: 'it becomes CLOSE_WAIT and waits for the server program',
            },
            claim: {sockets: [{kind: 'listed', socket: 'connection', state: 'CLOSE_WAIT'}]},
          },
          {
            text: {ja: '消える', en: 'it goes away'},
            claim: {sockets: [{kind: 'gone', socket: 'connection'}]},
            because: {
              ja: 'FIN が終わらせるのは、クライアントからサーバーへの向きだけです。',
              en: 'FIN ends one direction only: from the client to the server.',
            },
          },
          {
            text: {ja: '何も届かず、ESTABLISHED のまま', en: 'nothing arrives, so it stays ESTABLISHED'},
            claim: {sockets: [{kind: 'listed', socket: 'connection', state: 'ESTABLISHED'}]},
            because: {
              ja: 'データはなくても、FIN というセグメントが届きます。',
              en: 'There is no data, but a segment with FIN arrives.',
            },
          },
        ],
      },
      hint: {
        ja: 'WR は write、つまり送る向きです。TCP の接続には向きが二つあります。',
        en: 'WR is for write, the sending direction. A TCP connection has two directions.',
      },
      after: {
        ja: 'カーネルが FIN を送り、サーバー側は CLOSE_WAIT に、その ACK でクライアントは FIN_WAIT2 になりました。CLOSE_WAIT は「自分のプログラムが閉じるのを待つ」状態です。',
        en: 'The kernel sent FIN: the server’s side is in CLOSE_WAIT, and the ACK put the client in FIN_WAIT2. CLOSE_WAIT waits for the program on its own side to close.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'client', state: 'FIN_WAIT2'},
          {kind: 'listed', socket: 'connection', state: 'CLOSE_WAIT'},
        ],
        wire: passes(fin('client'), ack('server')),
      },
      node: 'socket.end();  // shutdown(SHUT_WR), once all is written',
      shows: 'picture',
      sources: ['man 2 shutdown', 'RFC 9293 3.6'],
    },
    {
      id: 'server-recv',
      actor: 'server',
      call: {name: 'recv', fd: 'connection', length: 4096, flags: 0},
      before: {
        ja: 'サーバーが、ここで初めて recv() します。FIN はもう届いています。',
        en: 'Only now does the server call recv(). FIN has already arrived.',
      },
      predict: {
        belief: 'fin-overtakes-data',
        question: {ja: 'recv() は何を返しますか。', en: 'What will recv() return?'},
        choices: [
          {
            text: {ja: '0(FIN が来ているから)', en: '0, since FIN is here'},
            claim: {outcome: {kind: 'returns', value: 0}},
            because: {
              ja: 'FIN はバイトの列の最後に並びます。前にあるデータが先です。',
              en: 'FIN stands at the end of the stream. The data before it comes first.',
            },
          },
          {
            text: {ja: '注文の 4 バイト', en: 'the 4 bytes of the request'},
            claim: {outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: request}}},
          },
          {
            text: {ja: '-1 (ECONNRESET)', en: '-1 (ECONNRESET)'},
            claim: {outcome: {kind: 'fails', errno: 'ECONNRESET'}},
            because: {ja: 'RST は届いていません。FIN は異常ではありません。', en: 'No RST came, and FIN is no error.'},
          },
        ],
      },
      after: {
        ja: '注文が読めました。FIN にはシーケンス番号があり、データの後ろに並びます。追い越すことはありません。',
        en: 'The request. FIN has a sequence number of its own, after the data’s. It never overtakes what was sent before it.',
      },
      expect: {
        outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: request}},
        sockets: [{kind: 'listed', socket: 'connection', state: 'CLOSE_WAIT'}],
      },
      node: "socket.on('data', bytes => console.log(bytes));",
      sources: ['man 2 recv', 'RFC 9293 3.4'],
    },
    {
      id: 'server-recv-end',
      actor: 'server',
      call: {name: 'recv', fd: 'connection', length: 4096, flags: 0},
      also: [{actor: 'server', call: {name: 'recv', fd: 'connection', length: 4096, flags: 0}}],
      before: {
        ja: 'サーバーのループが、もう一度 recv() します。念のため、続けて二回呼びます。',
        en: 'The server’s loop calls recv() again, twice to be sure.',
      },
      after: {
        ja: '待たずに 0 が返り、何度呼んでも 0 です。0 は「まだない」ではなく「相手の送信は終わった」。サーバーには、注文を最後まで受け取ったことが分かります。',
        en: '0 at once, and 0 each time. It does not mean “nothing yet” but “the peer has finished sending”: the server knows that it has the whole request.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [{kind: 'listed', socket: 'connection', state: 'CLOSE_WAIT'}],
      },
      node: "socket.on('end', answer);  // once; read() = 0 underneath",
      sources: ['man 2 recv'],
    },
    {
      id: 'server-reply',
      actor: 'server',
      call: {name: 'send', fd: 'connection', data: {kind: 'text', text: reply}, flags: 0},
      before: {
        ja: 'サーバーが返事「apple, orange」を送ります。クライアントからは FIN を受け取ったあとです。',
        en: 'The server sends its reply, “apple, orange”. It has had the client’s FIN.',
      },
      predict: {
        belief: 'fin-ends-both',
        question: {ja: 'send() はどうなりますか。', en: 'What will send() do?'},
        choices: [
          {
            text: {
              ja: '13 を返し、クライアントの受信キューに届く',
              en: 'return 13, and the bytes reach the client’s receive queue',
            },
            claim: {
              outcome: {kind: 'returns', value: reply.length},
              sockets: [{kind: 'listed', socket: 'client', state: 'FIN_WAIT2', recvQueue: reply.length}],
            },
          },
          {
            text: {
              ja: '13 を返すが、どこにも届かない',
              en: 'return 13, but the bytes reach nobody',
            },
            claim: {
              outcome: {kind: 'returns', value: reply.length},
              sockets: [{kind: 'listed', socket: 'client', state: 'FIN_WAIT2', recvQueue: 0}],
            },
            because: {
              ja: 'クライアントが終えたのは送信だけです。受信キューは、まだあります。',
              en: 'The client has ended only its sending. Its receive queue is still there.',
            },
          },
          {
            text: {ja: '-1 (EPIPE)', en: 'fail with EPIPE'},
            claim: {outcome: {kind: 'fails', errno: 'EPIPE'}},
            because: {
              ja: 'EPIPE になるのは、自分の送る向きを閉じたあとか、RST を受けたあとです。',
              en: 'EPIPE is for a direction that I have closed myself, or after an RST.',
            },
          },
        ],
      },
      hint: {
        ja: 'クライアントが閉じたのは、どちら向きですか。',
        en: 'Which of the two directions did the client close?',
      },
      after: {
        ja: '届きました。閉じた向きは一つだけで、これを半クローズといいます。クライアントは FIN_WAIT2 のまま、受信を続けられます。',
        en: 'They arrived. Only one direction is closed: this is a half-close. The client, in FIN_WAIT2, can still receive.',
      },
      expect: {
        outcome: {kind: 'returns', value: reply.length},
        sockets: [{kind: 'listed', socket: 'client', state: 'FIN_WAIT2', recvQueue: reply.length}],
        wire: passes(data('server', reply.length), ack('client')),
      },
      node: "// without allowHalfOpen: true, Node ends its side at 'end' by itself\nsocket.write('apple, orange');",
      shows: 'picture',
      sources: ['RFC 9293 3.6', 'man 2 send'],
    },
    {
      id: 'client-recv',
      actor: 'client',
      call: {name: 'recv', fd: 'client', length: 4096, flags: 0},
      before: {
        ja: 'shutdown(SHUT_WR) を済ませたクライアントが recv() します。',
        en: 'The client, which has called shutdown(SHUT_WR), calls recv().',
      },
      predict: {
        belief: 'fin-ends-both',
        question: {ja: 'recv() はどうなりますか。', en: 'What will recv() do?'},
        choices: [
          {
            text: {ja: '返事の 13 バイトを返す', en: 'return the 13 bytes of the reply'},
            claim: {outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: reply}}},
          },
          {
            text: {ja: '0 を返す(もう終わったから)', en: 'return 0, since this is over'},
            claim: {outcome: {kind: 'returns', value: 0}},
            because: {
              ja: '0 になるのは、サーバーの FIN が届いてからです。サーバーはまだ閉じていません。',
              en: '0 comes after the server’s FIN. The server has not closed anything yet.',
            },
          },
          {
            text: {ja: '-1 (ENOTCONN)', en: 'fail with ENOTCONN'},
            claim: {outcome: {kind: 'fails', errno: 'ENOTCONN'}},
            because: {
              ja: 'shutdown(SHUT_WR) で終わるのは、送る向きだけです。接続はまだあります。',
              en: 'shutdown(SHUT_WR) ends only the sending direction. The connection is still there.',
            },
          },
        ],
      },
      after: {
        ja: '返事が読めました。「注文を送り切ってから、返事を最後まで読む」ときに役立つ形です。shutdown() の代わりに close() していたら、返事は読めませんでした。',
        en: 'The reply. “Send all, then read to the end” needs just this. Had it called close() in place of shutdown(), it could not have read the reply.',
      },
      expect: {
        outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: reply}},
        sockets: [{kind: 'listed', socket: 'client', state: 'FIN_WAIT2', recvQueue: 0}],
      },
      node: "socket.on('data', bytes => console.log(bytes));  // still works after end()",
      sources: ['man 2 shutdown', 'man 2 recv'],
    },
    {
      id: 'client-send-again',
      actor: 'client',
      call: {name: 'send', fd: 'client', data: {kind: 'text', text: 'more'}, flags: 0x4000},
      before: {
        ja: '一方、閉じた向きはどうでしょう。クライアントが、もう一度 send() してみます。',
        en: 'And the direction that is closed? The client tries to send() once more.',
      },
      after: {
        ja: 'EPIPE です。FIN のあとに続くバイトはありえないので、カーネルは受け取りません。MSG_NOSIGNAL を付けないと、SIGPIPE というシグナルも届きます。',
        en: 'EPIPE. Nothing can follow FIN, so the kernel takes nothing. Without MSG_NOSIGNAL there would be a signal too, SIGPIPE.',
      },
      expect: {outcome: {kind: 'fails', errno: 'EPIPE'}, wire: nothingPasses},
      node: "socket.write('more');  // 'error': ERR_STREAM_WRITE_AFTER_END, with no call made",
      sources: ['man 2 send'],
    },
    {
      id: 'client-recv-end',
      actor: 'client',
      call: {name: 'recv', fd: 'client', length: 4096, flags: 0},
      before: {
        ja: 'クライアントは、返事の続きを recv() で待ちます。',
        en: 'The client waits in recv() for more of the reply.',
      },
      after: {
        ja: 'サーバーの FIN がまだないので、0 ではなく、眠って待ちます。FIN_WAIT2 は「相手の FIN を待つ」状態です。',
        en: 'There is no FIN from the server yet, so recv() does not return 0: it sleeps. FIN_WAIT2 waits for the peer’s FIN.',
      },
      expect: {
        outcome: {kind: 'waits'},
        sockets: [{kind: 'listed', socket: 'client', state: 'FIN_WAIT2'}],
      },
      sources: ['man 2 recv'],
    },
    {
      id: 'server-close',
      actor: 'server',
      call: {name: 'close', fd: 'connection'},
      before: {
        ja: '返事を送り終えたサーバーが、close() します。残っていた向きも、これで終わりです。FIN を先に送ったのはクライアント、あとから送るのがサーバーです。',
        en: 'The server has sent its whole reply and closes. That ends the other direction as well. The client’s FIN went first; the server’s comes second.',
      },
      predict: {
        belief: 'last-closer-waits',
        question: {
          ja: '両方の FIN が届いたあと、接続の行はカーネルの表にどう残りますか。',
          en: 'Once both FINs have arrived, which row of the connection stays in the kernel’s table?',
        },
        choices: [
          {
            text: {
              ja: 'サーバー側の TIME_WAIT(FIN があと)',
              en: 'TIME_WAIT on the server’s side, whose FIN came second',
            },
            claim: {
              sockets: [
                {kind: 'listed', socket: 'connection', state: 'TIME_WAIT'},
                {kind: 'unlisted', socket: 'client', state: 'CLOSE'},
              ],
            },
            because: {
              ja: 'あとから閉じた側は、LAST_ACK で最後の ACK を受け取れば終わりです。',
              en: 'Whoever closes second is done once the last ACK arrives, in LAST_ACK.',
            },
          },
          {
            text: {
              ja: 'クライアント側の TIME_WAIT(FIN が先)',
              en: 'TIME_WAIT on the client’s side, whose FIN came first',
            },
            claim: {
              sockets: [
                {kind: 'listed', socket: 'client', state: 'TIME_WAIT'},
                {kind: 'gone', socket: 'connection'},
              ],
            },
          },
          {
            text: {ja: 'どちらも残らない', en: 'none'},
            claim: {
              sockets: [
                {kind: 'unlisted', socket: 'client', state: 'CLOSE'},
                {kind: 'gone', socket: 'connection'},
              ],
            },
            because: {
              ja: '最後の ACK が失われると、相手は FIN を送り直します。それに答える者が要ります。',
              en: 'Should the last ACK get lost, the peer sends its FIN again. Somebody must be there to answer.',
            },
          },
        ],
      },
      hint: {
        ja: '最後の ACK を送るのは、どちらですか。',
        en: 'Who will send the last ACK?',
      },
      after: {
        ja: '眠っていた recv() が 0 を返し、クライアント側が TIME_WAIT になりました。先に FIN を送った側が、最後の ACK を送るからです。サーバー側は LAST_ACK を一瞬で通り、行が消えました。図の ~ は、速すぎて見えなかった状態です。',
        en: 'The sleeping recv() returned 0, and the client’s side is in TIME_WAIT: whoever sends FIN first sends the last ACK. The server’s side went through LAST_ACK and is gone. A ~ in the picture is a state that passed too fast to be seen.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        completes: {step: 'client-recv-end', outcome: {kind: 'returns', value: 0}},
        sockets: [
          {kind: 'listed', socket: 'client', state: 'TIME_WAIT'},
          {kind: 'gone', socket: 'connection'},
        ],
        wire: passes(fin('server'), ack('client')),
      },
      node: 'socket.end();  // both directions have ended: close()',
      shows: 'picture',
      sources: ['man 2 close', 'RFC 9293 3.6'],
    },
    {
      id: 'client-close',
      actor: 'client',
      call: {name: 'close', fd: 'client'},
      before: {
        ja: 'クライアントも、使い終えたディスクリプターを close() します。両方向とも、もう終わっています。',
        en: 'The client closes its descriptor too. Both directions have already ended.',
      },
      after: {
        ja: '送るものはもうなく、TIME_WAIT も残ったままです。プロセスではなくカーネルが、Linux では 60 秒持ち続けます。ACK が失われたときに答え、遅れたセグメントが次の接続に混ざるのを防ぐためです。',
        en: 'There was nothing left to send, and TIME_WAIT is still there: the kernel keeps it, not the process, on Linux for 60 s. It answers if the last ACK got lost, and keeps late segments out of a new connection.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'client', state: 'TIME_WAIT'},
          {kind: 'gone', socket: 'connection'},
        ],
        wire: nothingPasses,
      },
      node: "socket.on('close', () => {});  // Node has called close()",
      shows: 'picture',
      expires: {after: 'server-close', seconds: 50},
      sources: ['RFC 9293 3.6.1'],
    },
    {
      id: 'second-connection',
      actor: 'client',
      call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
      creates: 'second-client',
      also: [
        {actor: 'client', call: {name: 'connect', fd: 'second-client', address: 'server'}},
        {actor: 'server', call: {name: 'accept', fd: 'listener'}, creates: 'second-connection'},
      ],
      before: {
        ja: '順番を逆にしてみます。新しい接続をもう一本作ります。',
        en: 'Now the other way round. Another connection is made.',
      },
      after: {
        ja: '新しい接続ができました。前の接続の TIME_WAIT が残っていても、一時ポートが違うので、別の接続です。',
        en: 'A new connection. The TIME_WAIT of the old one is still there; the ephemeral port differs, so they do not get in each other’s way.',
      },
      expect: {
        outcome: {kind: 'returns-descriptor'},
        sockets: [
          {kind: 'listed', socket: 'client', state: 'TIME_WAIT'},
          {kind: 'listed', socket: 'second-client', state: 'ESTABLISHED'},
          {kind: 'listed', socket: 'second-connection', state: 'ESTABLISHED'},
        ],
      },
      expires: {after: 'server-close', seconds: 50},
      sources: ['man 2 connect'],
    },
    {
      id: 'server-closes-first',
      actor: 'server',
      call: {name: 'close', fd: 'second-connection'},
      before: {
        ja: '今度はサーバーが先に close() します。クライアントのプログラムは、何もしていません。',
        en: 'This time the server closes first. The client program does nothing.',
      },
      after: {
        ja: '役割が入れ替わりました。サーバー側が FIN_WAIT2、クライアント側が CLOSE_WAIT です。close() のあとなので、サーバー側の行は inode 0、カーネルだけのものです。',
        en: 'The roles have changed: the server’s side is in FIN_WAIT2, the client’s in CLOSE_WAIT. After close() the server’s row has inode 0 and belongs to the kernel alone.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'second-connection', state: 'FIN_WAIT2'},
          {kind: 'listed', socket: 'second-client', state: 'CLOSE_WAIT'},
        ],
        wire: passes(fin('server'), ack('client')),
      },
      node: 'socket.destroy();  // close() at once',
      shows: 'picture',
      sources: ['RFC 9293 3.6', 'man 2 close'],
    },
    {
      id: 'client-closes-second',
      actor: 'client',
      call: {name: 'close', fd: 'second-client'},
      before: {
        ja: 'クライアントが閉じないかぎり、CLOSE_WAIT は終わりません。閉じ忘れたプログラムには、この行がたまっていきます。クライアントが close() します。',
        en: 'Until the client closes, CLOSE_WAIT does not end: programs that forget to close collect such rows. Now the client closes.',
      },
      predict: {
        belief: 'last-closer-waits',
        question: {
          ja: 'この接続の TIME_WAIT は、どちらに残りますか。',
          en: 'Who keeps the TIME_WAIT of this connection?',
        },
        choices: [
          {
            text: {ja: '今度はサーバー側', en: 'this time the server'},
            claim: {
              sockets: [
                {kind: 'listed', socket: 'second-connection', state: 'TIME_WAIT'},
                {kind: 'gone', socket: 'second-client'},
              ],
            },
          },
          {
            text: {ja: 'またクライアント側', en: 'the client again'},
            claim: {
              sockets: [
                {kind: 'listed', socket: 'second-client', state: 'TIME_WAIT'},
                {kind: 'gone', socket: 'second-connection'},
              ],
            },
            because: {
              ja: '決めるのは役割ではなく、FIN を送った順番です。',
              en: 'What decides is not the role that one plays but whose FIN went first.',
            },
          },
          {
            text: {ja: '両側', en: 'both'},
            claim: {
              sockets: [
                {kind: 'listed', socket: 'second-connection', state: 'TIME_WAIT'},
                {kind: 'listed', socket: 'second-client', state: 'TIME_WAIT'},
              ],
            },
            because: {
              ja: 'あとから閉じた側は、自分の FIN に ACK が返れば消えます。',
              en: 'The side that closes last is gone as soon as its FIN is acknowledged.',
            },
          },
        ],
      },
      after: {
        ja: 'サーバー側です。TIME_WAIT は不具合でも、サーバーだけのものでもありません。先に閉じた側の務めです。ただ、サーバーのポートに残ると、再起動の bind() に影響します(SO_REUSEADDR の出番です)。',
        en: 'The server’s. TIME_WAIT is no fault and not the server’s own: it is the duty of whoever closes first. On the server’s port it matters to a restart, which is what SO_REUSEADDR is for.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'second-connection', state: 'TIME_WAIT'},
          {kind: 'gone', socket: 'second-client'},
        ],
        wire: passes(fin('client'), ack('server')),
      },
      node: "socket.end();  // CLOSE_WAIT ends here; without allowHalfOpen Node does it at 'end'",
      shows: 'picture',
      expires: {after: 'server-closes-first', seconds: 50},
      sources: ['RFC 9293 3.6.1', 'man 7 socket'],
    },
    serverCloseListener,
  ],
  summary: {
    ja: 'TCP の接続には向きが二つあり、FIN で片方ずつ終わります。recv() の 0 は相手の向きの終わり、CLOSE_WAIT は自分の close() を待つ状態、TIME_WAIT は先に閉じた側が最後まで見届ける状態です。',
    en: 'A TCP connection has two directions, and each ends with a FIN of its own. A recv() of 0 is the end of the peer’s; CLOSE_WAIT waits for one’s own close(); TIME_WAIT is where whoever closed first sees it through.',
  },
  review: [
    {
      id: 'server-finishes-first',
      belief: 'fin-ends-both',
      steps: [
        {
          id: 'scene',
          actor: 'server',
          call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
          creates: 'listener',
          also: [...connected, {actor: 'server', call: {name: 'shutdown', fd: 'connection', how: 'SHUT_WR'}}],
          before: {
            ja: '接続ができたところで、サーバーのほうが shutdown(SHUT_WR) します。',
            en: 'A connection is made, and it is the server that calls shutdown(SHUT_WR).',
          },
          after: {
            ja: 'サーバーの FIN がクライアントに届きました。',
            en: 'The server’s FIN has arrived at the client.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [{kind: 'listed', socket: 'client', state: 'CLOSE_WAIT'}],
          },
          sources: ['man 2 shutdown'],
        },
        {
          id: 'ask',
          actor: 'client',
          call: {name: 'send', fd: 'client', data: {kind: 'text', text: 'thanks'}, flags: 0x4000},
          before: {
            ja: 'FIN を受け取ったクライアントが「thanks」の 6 バイトを send() します。',
            en: 'The client, which has got FIN, sends “thanks”, 6 bytes.',
          },
          predict: {
            belief: 'fin-ends-both',
            question: {ja: 'send() はどうなりますか。', en: 'What will send() do?'},
            choices: [
              {
                text: {ja: '-1 (EPIPE)', en: 'fail with EPIPE'},
                claim: {outcome: {kind: 'fails', errno: 'EPIPE'}},
                because: {
                  ja: 'サーバーが閉じたのは、サーバーからクライアントへの向きだけです。',
                  en: 'The server closed only its own direction.',
                },
              },
              {
                text: {ja: '-1 (ECONNRESET)', en: 'fail with ECONNRESET'},
                claim: {outcome: {kind: 'fails', errno: 'ECONNRESET'}},
                because: {
                  ja: 'RST は届いていません。FIN は「もう送らない」という印で、「受け取らない」ではありません。',
                  en: 'No RST has come. FIN says “I send no more”, not “I receive no more”.',
                },
              },
              {
                text: {
                  ja: '6 を返し、サーバーの受信キューに届く',
                  en: 'return 6, and reach the server’s receive queue',
                },
                claim: {
                  outcome: {kind: 'returns', value: 6},
                  sockets: [{kind: 'listed', socket: 'connection', state: 'FIN_WAIT2', recvQueue: 6}],
                },
              },
            ],
          },
          after: {
            ja: '届きました。どちらの側が先でも、FIN が終わらせるのは送った側の向きだけです。',
            en: 'It arrived. Whoever sends it, FIN ends only the direction of its sender.',
          },
          expect: {
            outcome: {kind: 'returns', value: 6},
            sockets: [{kind: 'listed', socket: 'connection', state: 'FIN_WAIT2', recvQueue: 6}],
            wire: passes(data('client', 6), ack('server')),
          },
          sources: ['RFC 9293 3.6'],
        },
        {
          id: 'clear',
          actor: 'server',
          call: {name: 'recv', fd: 'connection', length: 64, flags: 0},
          also: [
            {actor: 'client', call: {name: 'close', fd: 'client'}},
            {actor: 'server', call: {name: 'close', fd: 'connection'}},
            {actor: 'server', call: {name: 'close', fd: 'listener'}},
          ],
          before: {ja: 'サーバーが読み、全員が閉じます。', en: 'The server reads it, and everything is closed.'},
          after: {ja: '片付きました。', en: 'All clear.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'closed-before-accept',
      belief: 'kernel-answers-fin',
      steps: [
        {
          id: 'scene',
          actor: 'server',
          call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
          creates: 'listener',
          also: connected.slice(0, -1),
          before: {
            ja: 'クライアントがつなぎましたが、サーバーはまだ accept() していません。',
            en: 'A client has connected, but the server has not called accept() yet.',
          },
          after: {
            ja: '接続は接続待ちキューにあります。',
            en: 'The connection is in the accept queue.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [{kind: 'accept-queue', listener: 'listener', connections: 1, state: 'ESTABLISHED'}],
          },
          sources: ['man 2 accept'],
        },
        {
          id: 'ask',
          actor: 'client',
          call: {name: 'close', fd: 'client'},
          before: {
            ja: 'そのクライアントが、待ちきれずに close() します。',
            en: 'The client does not want to wait any longer and closes.',
          },
          predict: {
            belief: 'kernel-answers-fin',
            question: {
              ja: '接続待ちキューの接続はどうなりますか。',
              en: 'What becomes of the connection in the accept queue?',
            },
            choices: [
              {
                text: {ja: 'カーネルが閉じて、キューから消える', en: 'the kernel closes it, and it leaves the queue'},
                claim: {sockets: [{kind: 'accept-queue', listener: 'listener', connections: 0}]},
                because: {
                  ja: 'カーネルは FIN に ACK を返すだけです。閉じるのはプログラムの仕事です。',
                  en: 'The kernel only acknowledges FIN. To close is up to the program.',
                },
              },
              {
                text: {ja: 'CLOSE_WAIT で、キューに残る', en: 'it stays in the queue, in CLOSE_WAIT'},
                claim: {
                  sockets: [{kind: 'accept-queue', listener: 'listener', connections: 1, state: 'CLOSE_WAIT'}],
                },
              },
              {
                text: {ja: 'ESTABLISHED のまま、キューに残る', en: 'it stays in the queue, ESTABLISHED'},
                claim: {
                  sockets: [{kind: 'accept-queue', listener: 'listener', connections: 1, state: 'ESTABLISHED'}],
                },
                because: {
                  ja: 'FIN が届けば、accept() がまだでも、カーネルは状態を変えます。',
                  en: 'When FIN arrives the kernel changes the state, accepted or not.',
                },
              },
            ],
          },
          after: {
            ja: 'CLOSE_WAIT です。あとで accept() したサーバーは、つながったとたんに recv() の 0 を見ることになります。',
            en: 'CLOSE_WAIT. A server that accepts it later will get 0 from its first recv().',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [{kind: 'accept-queue', listener: 'listener', connections: 1, state: 'CLOSE_WAIT'}],
            wire: passes(fin('client'), ack('server')),
          },
          sources: ['RFC 9293 3.6', 'man 2 accept'],
        },
        {
          id: 'clear',
          actor: 'server',
          call: {name: 'accept', fd: 'listener'},
          creates: 'connection',
          also: [
            {actor: 'server', call: {name: 'recv', fd: 'connection', length: 64, flags: 0}},
            {actor: 'server', call: {name: 'close', fd: 'connection'}},
            {actor: 'server', call: {name: 'close', fd: 'listener'}},
          ],
          before: {
            ja: 'サーバーが accept() し、recv() の 0 を見て、閉じます。',
            en: 'The server accepts it, gets 0 from recv(), and closes.',
          },
          after: {ja: '片付きました。', en: 'All clear.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'small-buffer-at-the-end',
      belief: 'fin-overtakes-data',
      steps: [
        {
          id: 'scene',
          actor: 'server',
          call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
          creates: 'listener',
          also: [
            ...connected,
            {actor: 'server', call: {name: 'send', fd: 'connection', data: {kind: 'text', text: 'hello'}, flags: 0}},
            {actor: 'server', call: {name: 'close', fd: 'connection'}},
            {actor: 'client', call: {name: 'recv', fd: 'client', length: 2, flags: 0}},
            {actor: 'client', call: {name: 'recv', fd: 'client', length: 2, flags: 0}},
          ],
          before: {
            ja: 'サーバーが「hello」を送って、すぐに close() しました。クライアントは 2 バイトずつ、二回 recv() します。',
            en: 'The server has sent “hello” and closed at once. The client reads 2 bytes at a time, twice.',
          },
          after: {ja: '「he」と「ll」が読めました。', en: 'It has got “he” and “ll”.'},
          expect: {
            outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: 'll'}},
            sockets: [{kind: 'listed', socket: 'client', state: 'CLOSE_WAIT'}],
          },
          sources: ['man 2 recv'],
        },
        {
          id: 'ask',
          actor: 'client',
          call: {name: 'recv', fd: 'client', length: 2, flags: 0},
          before: {
            ja: 'サーバーのソケットはもうありません。クライアントが三回目の recv(2) を呼びます。',
            en: 'The server’s socket is no more. The client calls recv(2) a third time.',
          },
          predict: {
            belief: 'fin-overtakes-data',
            question: {ja: 'recv() は何を返しますか。', en: 'What will recv() return?'},
            choices: [
              {
                text: {ja: '0(相手は閉じたから)', en: '0, since the peer has closed'},
                claim: {outcome: {kind: 'returns', value: 0}},
                because: {
                  ja: 'データが残っているうちは、0 になりません。',
                  en: 'It is not 0 as long as there is data left.',
                },
              },
              {
                text: {ja: '1(「o」)', en: '1, the “o”'},
                claim: {outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: 'o'}}},
              },
              {
                text: {ja: '-1 (ECONNRESET)', en: '-1 (ECONNRESET)'},
                claim: {outcome: {kind: 'fails', errno: 'ECONNRESET'}},
                because: {
                  ja: 'ECONNRESET になるのは RST が届いたときです。サーバーの close() が送ったのは FIN です。',
                  en: 'ECONNRESET comes of an RST. The server’s close() sent FIN.',
                },
              },
            ],
          },
          after: {
            ja: '最後の 1 バイトです。閉じる前に送られたバイトは、FIN の前に並んでいます。0 は次の recv() で返ります。',
            en: 'The last byte. What was sent before closing stands before FIN; 0 comes from the next recv().',
          },
          expect: {outcome: {kind: 'returns-bytes', bytes: {kind: 'text', text: 'o'}}},
          sources: ['RFC 9293 3.4'],
        },
        {
          id: 'clear',
          actor: 'client',
          call: {name: 'recv', fd: 'client', length: 2, flags: 0},
          also: [
            {actor: 'client', call: {name: 'close', fd: 'client'}},
            {actor: 'server', call: {name: 'close', fd: 'listener'}},
          ],
          before: {ja: 'recv() の 0 を見て、閉じます。', en: 'It gets its 0 from recv() and closes.'},
          after: {ja: '片付きました。', en: 'All clear.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'two-orders',
      belief: 'last-closer-waits',
      actors: ['server', 'client', 'client-2'],
      steps: [
        {
          id: 'scene',
          actor: 'server',
          call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
          creates: 'listener',
          also: [
            ...connected,
            {
              actor: 'client-2',
              call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
              creates: 'client-2',
            },
            {actor: 'client-2', call: {name: 'connect', fd: 'client-2', address: 'server'}},
            {actor: 'server', call: {name: 'accept', fd: 'listener'}, creates: 'connection-2'},
            {actor: 'server', call: {name: 'close', fd: 'connection'}},
            {actor: 'client-2', call: {name: 'close', fd: 'client-2'}},
          ],
          before: {
            ja: 'クライアントが二つつながりました。一つ目とはサーバーが先に、二つ目とはクライアント 2 が先に close() します。',
            en: 'Two clients have connected. With the first one the server closes first; with the second, client 2 does.',
          },
          after: {
            ja: 'どちらの接続も、片側だけが閉じています。',
            en: 'Of each connection, one side is closed.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [
              {kind: 'listed', socket: 'connection', state: 'FIN_WAIT2'},
              {kind: 'listed', socket: 'client-2', state: 'FIN_WAIT2'},
            ],
          },
          sources: ['RFC 9293 3.6'],
        },
        {
          id: 'ask',
          actor: 'client',
          call: {name: 'close', fd: 'client'},
          also: [{actor: 'server', call: {name: 'close', fd: 'connection-2'}}],
          before: {
            ja: '残りの側も close() します。一つ目はクライアント、二つ目はサーバーです。',
            en: 'Now the other sides close: the client of the first, the server of the second.',
          },
          predict: {
            belief: 'last-closer-waits',
            question: {ja: 'TIME_WAIT はどこに残りますか。', en: 'Where will TIME_WAIT be?'},
            choices: [
              {
                text: {
                  ja: '一つ目はサーバー側、二つ目はクライアント 2 の側',
                  en: 'first: the server’s side; second: client 2’s',
                },
                claim: {
                  sockets: [
                    {kind: 'listed', socket: 'connection', state: 'TIME_WAIT'},
                    {kind: 'listed', socket: 'client-2', state: 'TIME_WAIT'},
                  ],
                },
              },
              {
                text: {
                  ja: '一つ目はクライアント側、二つ目はサーバー側',
                  en: 'first: the client’s side; second: the server’s',
                },
                claim: {
                  sockets: [
                    {kind: 'listed', socket: 'client', state: 'TIME_WAIT'},
                    {kind: 'listed', socket: 'connection-2', state: 'TIME_WAIT'},
                  ],
                },
                because: {
                  ja: 'それは、あとから閉じた側です。',
                  en: 'Those are the ones that closed last.',
                },
              },
              {
                text: {ja: 'どちらもサーバー側', en: 'both: the server’s side'},
                claim: {
                  sockets: [
                    {kind: 'listed', socket: 'connection', state: 'TIME_WAIT'},
                    {kind: 'listed', socket: 'connection-2', state: 'TIME_WAIT'},
                  ],
                },
                because: {
                  ja: 'サーバーであることは関係ありません。',
                  en: 'Being the server has nothing to do with it.',
                },
              },
            ],
          },
          after: {
            ja: 'どちらも、先に閉じた側です。',
            en: 'In both cases it is whoever closed first.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [
              {kind: 'listed', socket: 'connection', state: 'TIME_WAIT'},
              {kind: 'listed', socket: 'client-2', state: 'TIME_WAIT'},
              {kind: 'gone', socket: 'client'},
              {kind: 'gone', socket: 'connection-2'},
            ],
          },
          expires: {after: 'scene', seconds: 50},
          sources: ['RFC 9293 3.6.1'],
        },
        {
          id: 'clear',
          actor: 'server',
          call: {name: 'close', fd: 'listener'},
          before: {ja: '待ち受けも閉じます。', en: 'The listening socket is closed too.'},
          after: {ja: '片付きました。', en: 'All clear.'},
          expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'gone', socket: 'listener'}]},
          sources: ['man 2 close'],
        },
      ],
    },
  ],
};
