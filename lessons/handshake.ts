import type {FramesClaim, Lesson} from '../src/model/lesson.ts';
import {accepts, bindsServer, closes, closesSecond, connects, inOneStep, listens, makesSocket} from './kit/acts.ts';

/** What connect() leads to: three segments, and no fourth. */
const threeSegments: FramesClaim = {
  frames: [
    {from: 'client', flags: ['SYN'], length: 0},
    {from: 'server', flags: ['SYN', 'ACK'], length: 0},
    {from: 'client', flags: ['ACK'], length: 0},
  ],
  only: true,
};
const nothing: FramesClaim = {frames: [], only: true};
const refusal: FramesClaim = {
  frames: [
    {from: 'client', flags: ['SYN'], length: 0},
    {from: 'server', flags: ['RST', 'ACK'], length: 0},
  ],
  only: true,
};

export const handshake: Lesson = {
  id: 'handshake',
  title: {ja: '三つのセグメント', en: 'Three segments'},
  about: {
    ja: '3ウェイハンドシェイクを線の上で見る。いつ、だれが送り、accept() は何を送るか',
    en: 'the three-way handshake on the wire: who sends when, and what accept() sends',
  },
  minutes: 7,
  network: 'private',
  beliefs: {
    'listen-announces': {
      ja: 'bind() や listen() は、待ち受けを始めたことをネットワークに知らせる',
      en: 'bind() or listen() tells the network that somebody listens',
    },
    'handshake-is-request-and-answer': {
      ja: '接続は、要求と応答の二つのセグメントでできる',
      en: 'a connection takes two segments: a request and an answer',
    },
    'accept-sends': {
      ja: 'accept() は、接続を受け付けたことをクライアントに知らせる',
      en: 'accept() tells the client that its connection was taken',
    },
    'refusal-is-silence': {
      ja: 'だれも待っていないポートからは、何も返ってこない',
      en: 'from a port where nobody listens, nothing comes back',
    },
  },
  steps: [
    {
      id: 'server-bind',
      ...inOneStep(...bindsServer),
      before: {
        ja: 'このレッスンは、両側の間を流れるセグメントを見ます。まずサーバーが socket() と bind() を呼びます。',
        en: 'This lesson looks at the segments between the two sides. First the server calls socket() and bind().',
      },
      after: {
        ja: '何も流れませんでした。ポートを取るのは、このコンピューターの中だけのことです。',
        en: 'Nothing passed. To take a port is a matter inside this machine.',
      },
      expect: {outcome: {kind: 'returns', value: 0}, wire: nothing},
      shows: 'wire',
      sources: ['man 2 bind'],
    },
    {
      id: 'server-listen',
      actor: 'server',
      call: {name: 'listen', fd: 'listener', backlog: 5},
      before: {
        ja: '次は listen() です。これで、サーバーは接続を受けられるようになります。',
        en: 'Next comes listen(). After it the server can be connected to.',
      },
      predict: {
        belief: 'listen-announces',
        question: {ja: 'listen() は、いくつのセグメントを送りますか。', en: 'How many segments will listen() send?'},
        choices: [
          {
            text: {ja: '一つも送らない', en: 'none'},
            claim: {outcome: {kind: 'returns', value: 0}, wire: nothing},
          },
          {
            text: {ja: '一つ。待ち受けを始めた、という知らせ', en: 'one, which says that it listens now'},
            claim: {wire: {frames: [{from: 'server'}], only: true}},
            because: {
              ja: '知らせる相手がいません。TCP のセグメントは、いつも決まった相手のポートに送られます。',
              en: 'There is nobody to tell. A TCP segment always goes to one particular port of one particular host.',
            },
          },
          {
            text: {ja: '二つ。知らせと、その確認応答', en: 'two, the news and its acknowledgment'},
            claim: {wire: {frames: [{}, {}], only: true}},
            because: {
              ja: '応える相手も、まだいません。',
              en: 'Nobody is there yet who could acknowledge anything.',
            },
          },
        ],
      },
      hint: {
        ja: 'このソケットには、まだ相手のアドレスがありません。',
        en: 'This socket has no address of a peer.',
      },
      after: {
        ja: '一つも流れません。listen() は、来た SYN に応えてよいとカーネルに伝えるだけです。だれかが待っていることは、試しに接続してみるまで、外からは分かりません。',
        en: 'None. listen() only tells the kernel that it may answer when a SYN comes. From outside nobody can know that somebody listens until they try.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [{kind: 'listed', socket: 'listener', state: 'LISTEN', recvQueue: 0}],
        wire: nothing,
      },
      shows: 'wire',
      sources: ['man 2 listen', 'RFC 9293 3.9.1'],
    },
    {
      id: 'client-socket',
      ...makesSocket('client', 'client'),
      before: {ja: 'クライアントがソケットを作ります。', en: 'The client makes a socket.'},
      after: {
        ja: 'ここでも何も流れません。クライアントのポートも、まだ決まっていません。',
        en: 'Nothing passes here either, and the client has no port yet.',
      },
      expect: {outcome: {kind: 'returns-descriptor'}, wire: nothing},
      shows: 'wire',
      sources: ['man 2 socket'],
    },
    {
      id: 'client-connect',
      actor: 'client',
      call: {name: 'connect', fd: 'client', address: 'server'},
      before: {
        ja: 'クライアントが connect() を呼びます。サーバーは accept() を呼んでいません。',
        en: 'The client calls connect(). The server has not called accept().',
      },
      predict: {
        belief: 'handshake-is-request-and-answer',
        question: {ja: 'いくつのセグメントが流れますか。', en: 'How many segments will pass?'},
        choices: [
          {text: {ja: '三つ', en: 'three'}, claim: {outcome: {kind: 'returns', value: 0}, wire: threeSegments}},
          {
            text: {ja: '二つ。要求と応答', en: 'two: request and answer'},
            claim: {wire: {frames: [{from: 'client', flags: ['SYN']}, {from: 'server'}], only: true}},
            because: {
              ja: '二つだけでは、サーバーは自分のシーケンス番号が届いたかどうか分かりません。',
              en: 'After two the server would not know whether its own sequence number has arrived.',
            },
          },
          {
            text: {ja: '一つ。accept() までは要求だけ', en: 'one: before accept() only the request'},
            claim: {wire: {frames: [{from: 'client', flags: ['SYN']}], only: true}},
            because: {
              ja: 'SYN に応えるのは accept() ではなく、サーバー側のカーネルです。',
              en: 'A SYN is answered by the server’s kernel, not by accept().',
            },
          },
        ],
      },
      hint: {
        ja: '両側が、それぞれ自分のシーケンス番号を伝え、それが届いたことを確かめます。',
        en: 'Each side tells its own sequence number, and wants to know that it has arrived.',
      },
      after: {
        ja: 'SYN、SYN+ACK、ACK の三つで、どれも connect() が返る前に流れました。SYN は「私の番号はここから」、ACK は「あなたの番号を受け取った」です。真ん中の一つは、その両方を言っています。w で一つずつ見られます。',
        en: 'Three, all before connect() returned: SYN, SYN+ACK, ACK. SYN says “my numbers begin here”, ACK says “I have yours”; the one in the middle says both. Press w to look at each.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'client', state: 'ESTABLISHED'},
          {kind: 'accept-queue', listener: 'listener', connections: 1, state: 'ESTABLISHED'},
        ],
        wire: {
          frames: threeSegments.frames.map(frame => ({...frame, during: 'connect'})),
          only: true,
        },
      },
      shows: 'wire',
      sources: ['man 2 connect', 'RFC 9293 3.5'],
    },
    {
      id: 'client-getsockname',
      actor: 'client',
      call: {name: 'getsockname', fd: 'client'},
      before: {
        ja: 'SYN には送信元のポートが書いてありました。クライアントは bind() していません。自分の名前をカーネルに尋ねます。',
        en: 'The SYN had a source port, and the client never called bind(). It asks the kernel for its own name.',
      },
      after: {
        ja: 'SYN の送信元ポートと同じ番号です。カーネルが connect() のときに一時ポートを選び、それを SYN に書きました。尋ねるだけなら、何も流れません。',
        en: 'The same number as the SYN’s source port: connect() made the kernel choose an ephemeral port, and the SYN carried it. Asking for it sends nothing.',
      },
      expect: {
        outcome: {kind: 'returns-address', host: '127.0.0.1', port: 'another'},
        wire: nothing,
      },
      shows: 'wire',
      sources: ['man 2 getsockname', 'RFC 9293 3.1'],
    },
    {
      id: 'server-accept',
      ...accepts('connection'),
      before: {
        ja: 'ようやく、サーバーが accept() を呼びます。',
        en: 'At last the server calls accept().',
      },
      predict: {
        belief: 'accept-sends',
        question: {ja: 'accept() は、いくつのセグメントを送りますか。', en: 'How many segments will accept() send?'},
        choices: [
          {
            text: {ja: '一つ。受け付けた、という知らせ', en: 'one, which says that the connection was taken'},
            claim: {wire: {frames: [{from: 'server'}], only: true}},
            because: {
              ja: 'TCP のヘッダーには「accept した」と書く場所がありません。クライアントには、そのことは分からないのです。',
              en: 'No field of a TCP header could say so. A client never learns of accept().',
            },
          },
          {
            text: {ja: '三つ。ここでハンドシェイクをする', en: 'three: this is where the handshake happens'},
            claim: {wire: {frames: [{}, {}, {}], only: true}},
            because: {
              ja: 'ハンドシェイクは、connect() の間に済んでいました。',
              en: 'The handshake was over while connect() ran.',
            },
          },
          {
            text: {ja: '一つも送らない', en: 'none'},
            claim: {outcome: {kind: 'returns-descriptor'}, wire: nothing},
          },
        ],
      },
      hint: {
        ja: '両側とも、もう ESTABLISHED です。',
        en: 'Both sides are ESTABLISHED already.',
      },
      after: {
        ja: '一つも流れません。accept() は、できあがった接続をキューから取り出して、ファイルディスクリプターを付けるだけです。',
        en: 'None. accept() takes a finished connection off the queue and gives it a descriptor. That is all.',
      },
      expect: {
        outcome: {kind: 'returns-descriptor'},
        sockets: [{kind: 'listed', socket: 'connection', state: 'ESTABLISHED'}],
        wire: nothing,
      },
      shows: 'wire',
      sources: ['man 2 accept'],
    },
    {
      id: 'close-connection',
      ...inOneStep(
        closes('client', 'client'),
        closesSecond('server', 'connection', 'client'),
        closes('server', 'listener'),
      ),
      before: {
        ja: '比べるために、接続も待ち受けも閉じます。別れ方は「four-ways-to-part」で詳しく見ます。',
        en: 'For what comes next, the connection and the listener are closed. How connections part is for “four-ways-to-part”.',
      },
      after: {
        ja: 'FIN が両側から出ました。LISTEN のソケットを閉じたときは、何も流れませんでした。',
        en: 'A FIN went out from each side. Closing the listening socket sent nothing.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [{kind: 'gone', socket: 'listener'}],
        wire: {
          frames: [
            {from: 'client', flags: ['FIN', 'ACK'], length: 0},
            {from: 'server', flags: ['FIN', 'ACK'], length: 0},
          ],
          never: [{flags: ['RST', 'ACK']}],
        },
      },
      shows: 'wire',
      sources: ['man 2 close', 'RFC 9293 3.6'],
    },
    {
      id: 'client-refused',
      ...inOneStep(...connects('client', 'stranger')),
      before: {
        ja: '同じポートに、もう一度 connect() します。今度は、だれも待ち受けていません。',
        en: 'Another connect() to the same port. This time nobody listens there.',
      },
      predict: {
        belief: 'refusal-is-silence',
        question: {ja: '線の上では、何が起きますか。', en: 'What will happen on the wire?'},
        choices: [
          {
            text: {ja: 'SYN に RST+ACK が返る', en: 'the SYN is answered with RST+ACK'},
            claim: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}, wire: refusal},
          },
          {
            text: {ja: 'SYN が流れるだけで、何も返らない', en: 'a SYN goes out, and nothing comes back'},
            claim: {wire: {frames: [{from: 'client', flags: ['SYN']}], only: true}},
            because: {
              ja: 'それなら connect() は、返事を待って SYN を再送し続けます。すぐに断られるのは、返事が来るからです。',
              en: 'Then connect() would wait and send its SYN again and again. It is refused at once because an answer comes.',
            },
          },
          {
            text: {ja: 'だれもいないと分かっているので、何も流れない', en: 'nothing: it is known that nobody is there'},
            claim: {wire: nothing},
            because: {
              ja: 'クライアント側のカーネルは、相手のポートのことを知りません。送ってみるしかないのです。',
              en: 'The client’s kernel knows nothing of the other port. It has to try.',
            },
          },
        ],
      },
      hint: {
        ja: 'ECONNREFUSED は、すぐに返ります。何も来なければ、待ち続けるはずです。',
        en: 'ECONNREFUSED comes at once. If nothing came back, connect() would go on waiting.',
      },
      after: {
        ja: 'SYN と RST+ACK の二つです。RST は「そのような接続はない」というカーネルの返事で、connect() はそれを ECONNREFUSED として返します。RST の番号は 0 で、ACK は SYN の番号に 1 を足したものです。',
        en: 'Two: a SYN, and RST+ACK. RST is the kernel’s “no such connection here”, and connect() returns it as ECONNREFUSED. Its sequence number is 0; its ACK is the SYN’s number plus 1.',
      },
      expect: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}, wire: refusal},
      shows: 'wire',
      sources: ['man 2 connect', 'RFC 9293 3.5.2'],
    },
    {
      id: 'client-close',
      ...closes('client', 'stranger'),
      before: {
        ja: '断られたソケットを閉じます。',
        en: 'The refused socket is closed.',
      },
      after: {
        ja: '何も流れません。接続は一度もできていないからです。',
        en: 'Nothing passes. There never was a connection.',
      },
      expect: {outcome: {kind: 'returns', value: 0}, wire: nothing},
      shows: 'wire',
      sources: ['man 2 close'],
    },
  ],
  summary: {
    ja: '接続は、ふつう SYN、SYN+ACK、ACK の三つでできます。三つとも、connect() が返るまでに、両側のカーネルの間で流れます。socket()、bind()、listen()、accept() は何も送りません。だれも待っていないポートは、RST で答えます。(man 2 connect、RFC 9293 3.5)',
    en: 'A connection is usually made by SYN, SYN+ACK and ACK, which the two kernels exchange before connect() returns. socket(), bind(), listen() and accept() send nothing. A port where nobody listens answers with RST. (man 2 connect, RFC 9293 3.5)',
  },
  review: [
    {
      id: 'sent-before-connect',
      belief: 'listen-announces',
      steps: [
        {
          id: 'server-serves-again',
          ...inOneStep(...listens(5), {actor: 'server', call: {name: 'listen', fd: 'listener', backlog: 100}}),
          before: {
            ja: 'サーバーが支度をし、そのあと listen() をもう一度呼んで、backlog を 5 から 100 に変えます。',
            en: 'A server gets ready, and then calls listen() once more, to make its backlog 100 instead of 5.',
          },
          predict: {
            belief: 'listen-announces',
            question: {
              ja: '五つの呼び出しで、いくつのセグメントが流れますか。',
              en: 'How many segments will the five calls send?',
            },
            choices: [
              {
                text: {ja: '二つ。listen() のたびに一つ', en: 'two, one for each listen()'},
                claim: {wire: {frames: [{}, {}], only: true}},
                because: {
                  ja: 'backlog は、このカーネルの中のキューの長さです。',
                  en: 'The backlog is the length of a queue inside this kernel.',
                },
              },
              {
                text: {ja: '一つも流れない', en: 'none'},
                claim: {outcome: {kind: 'returns', value: 0}, wire: nothing},
              },
              {
                text: {ja: '一つ。backlog を変えた知らせ', en: 'one, the news of the new backlog'},
                claim: {wire: {frames: [{}], only: true}},
                because: {
                  ja: '相手はいません。知らせる先がないのです。',
                  en: 'There is no peer to whom it could go.',
                },
              },
            ],
          },
          after: {
            ja: '一つも流れません。待ち受けは、サーバー側のカーネルだけの話です。',
            en: 'None. Listening is a matter of the server’s own kernel.',
          },
          expect: {outcome: {kind: 'returns', value: 0}, wire: nothing},
          shows: 'wire',
          sources: ['man 2 listen'],
        },
        {
          id: 'clear-away',
          ...closes('server', 'listener'),
          before: {ja: 'ソケットを閉じます。', en: 'The socket is closed.'},
          after: {ja: '閉じました。', en: 'Closed.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'non-blocking-connect',
      belief: 'handshake-is-request-and-answer',
      steps: [
        {
          id: 'ready',
          ...inOneStep(...listens(5), makesSocket('client', 'client'), {
            actor: 'client',
            call: {name: 'fcntl', fd: 'client', command: 'F_SETFL', value: 'O_NONBLOCK'},
          }),
          before: {
            ja: 'サーバーが待ち受け、クライアントは自分のソケットをノンブロッキングにします。',
            en: 'A server listens, and a client makes its socket non-blocking.',
          },
          after: {ja: '支度ができました。', en: 'Ready.'},
          expect: {outcome: {kind: 'returns', value: 0}, wire: nothing},
          shows: 'wire',
          sources: ['man 2 fcntl'],
        },
        {
          id: 'connect-now',
          actor: 'client',
          call: {name: 'connect', fd: 'client', address: 'server'},
          before: {
            ja: 'このソケットの connect() は、待たずに EINPROGRESS(操作が実行中である)で返ります。',
            en: 'On this socket connect() does not wait: it returns EINPROGRESS.',
          },
          predict: {
            belief: 'handshake-is-request-and-answer',
            question: {
              ja: 'それまでに、またはそのあとに、いくつのセグメントが流れますか。',
              en: 'How many segments will pass, before that or after?',
            },
            choices: [
              {
                text: {ja: '三つ。いつもと同じ', en: 'three, as ever'},
                claim: {outcome: {kind: 'fails', errno: 'EINPROGRESS'}, wire: threeSegments},
              },
              {
                text: {ja: '一つ。残りは次の呼び出しを待つ', en: 'one; the others wait for the next call'},
                claim: {wire: {frames: [{flags: ['SYN']}], only: true}},
                because: {
                  ja: 'ハンドシェイクをするのはカーネルです。プログラムが待つかどうかは関係ありません。',
                  en: 'The kernels do the handshake, whether the program waits for it or not.',
                },
              },
              {
                text: {
                  ja: '二つ。最後の ACK は、つながったと知ってから',
                  en: 'two; the last ACK comes once the program knows',
                },
                claim: {wire: {frames: [{flags: ['SYN']}, {flags: ['SYN', 'ACK']}], only: true}},
                because: {
                  ja: 'ACK を返すのも、プログラムではなくカーネルです。',
                  en: 'The ACK is sent by the kernel too, not by the program.',
                },
              },
            ],
          },
          after: {
            ja: '三つです。ループバックでは、connect() が EINPROGRESS を返したときには、もう全部流れています。',
            en: 'Three. On loopback all of them have passed by the time connect() returns EINPROGRESS.',
          },
          expect: {outcome: {kind: 'fails', errno: 'EINPROGRESS'}, wire: threeSegments},
          shows: 'wire',
          sources: ['man 2 connect'],
        },
        {
          id: 'clear-away',
          ...inOneStep(
            accepts('connection'),
            closes('client', 'client'),
            closes('server', 'connection'),
            closes('server', 'listener'),
          ),
          before: {ja: 'ソケットを閉じます。', en: 'The sockets are closed.'},
          after: {ja: '閉じました。', en: 'Closed.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'never-accepted',
      belief: 'accept-sends',
      steps: [
        {
          id: 'connected',
          ...inOneStep(...listens(5), ...connects('client', 'client')),
          before: {
            ja: 'クライアントが接続します。サーバーは accept() を呼びません。',
            en: 'A client connects. The server does not call accept().',
          },
          after: {ja: '三つのセグメントが流れました。', en: 'Three segments passed.'},
          expect: {outcome: {kind: 'returns', value: 0}, wire: threeSegments},
          shows: 'wire',
          sources: ['man 2 connect'],
        },
        {
          id: 'send-unaccepted',
          actor: 'client',
          call: {name: 'send', fd: 'client', data: {kind: 'text', text: 'hello'}, flags: 0},
          before: {
            ja: 'accept() されないまま、クライアントが 5 バイトを送ります。',
            en: 'Still not accepted, the client sends 5 bytes.',
          },
          predict: {
            belief: 'accept-sends',
            question: {ja: '線の上では、何が起きますか。', en: 'What will happen on the wire?'},
            choices: [
              {
                text: {
                  ja: '何も流れない。accept() の知らせを待つ',
                  en: 'nothing: the client waits for word of accept()',
                },
                claim: {wire: nothing},
                because: {
                  ja: 'そのような知らせはありません。',
                  en: 'There is no such word.',
                },
              },
              {
                text: {ja: '5 バイトが流れるが、ACK は返らない', en: 'the 5 bytes pass, and no ACK comes back'},
                claim: {wire: {frames: [{from: 'client', length: 5}], only: true, never: [{from: 'server'}]}},
                because: {
                  ja: 'ACK を返すのは、サーバーのプログラムではなくカーネルです。',
                  en: 'The ACK comes from the server’s kernel, not from its program.',
                },
              },
              {
                text: {ja: '5 バイトが流れ、ACK が返る', en: 'the 5 bytes pass, and an ACK comes back'},
                claim: {
                  wire: {
                    frames: [
                      {from: 'client', length: 5},
                      {from: 'server', flags: ['ACK'], length: 0},
                    ],
                    only: true,
                  },
                },
              },
            ],
          },
          after: {
            ja: 'いつもと同じように流れ、ACK が返りました。クライアントから見て、accept() の前とあとに違いはありません。',
            en: 'They pass as ever, and are acknowledged. For the client there is no difference between before accept() and after it.',
          },
          expect: {
            outcome: {kind: 'returns', value: 5},
            wire: {
              frames: [
                {from: 'client', length: 5},
                {from: 'server', flags: ['ACK'], length: 0},
              ],
              only: true,
            },
          },
          shows: 'wire',
          sources: ['RFC 9293 3.5', 'man 2 accept'],
        },
        {
          id: 'clear-away',
          ...inOneStep(closes('client', 'client'), closes('server', 'listener')),
          before: {ja: 'ソケットを閉じます。', en: 'The sockets are closed.'},
          after: {ja: '閉じました。', en: 'Closed.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'bound-and-silent',
      belief: 'refusal-is-silence',
      steps: [
        {
          id: 'bound-only',
          ...inOneStep(...bindsServer),
          before: {
            ja: 'サーバーが bind() までで止まり、listen() を呼びません。',
            en: 'A server stops after bind() and does not call listen().',
          },
          after: {ja: 'ポートは取りましたが、待ち受けてはいません。', en: 'It has the port, and does not listen.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          shows: 'wire',
          sources: ['man 2 bind'],
        },
        {
          id: 'connect-to-bound',
          ...inOneStep(...connects('client', 'client')),
          before: {
            ja: 'そのポートに、クライアントが connect() します。',
            en: 'A client connects to that port.',
          },
          predict: {
            belief: 'refusal-is-silence',
            question: {ja: '線の上では、何が起きますか。', en: 'What will happen on the wire?'},
            choices: [
              {
                text: {ja: 'SYN に RST+ACK が返る', en: 'the SYN is answered with RST+ACK'},
                claim: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}, wire: refusal},
              },
              {
                text: {ja: 'SYN に何も返らず、connect() は待つ', en: 'nothing answers the SYN, and connect() waits'},
                claim: {outcome: {kind: 'waits'}},
                because: {
                  ja: 'ソケットはあっても、待ち受けていません。カーネルにとっては、だれもいないのと同じです。',
                  en: 'There is a socket, but it does not listen. For the kernel that is as if nobody were there.',
                },
              },
              {
                text: {ja: 'SYN+ACK が返る', en: 'SYN+ACK comes back'},
                claim: {wire: {frames: [{flags: ['SYN']}, {flags: ['SYN', 'ACK']}]}},
                because: {
                  ja: 'ここには、SYN+ACK を返す LISTEN のソケットがありません。',
                  en: 'No socket in LISTEN is there that would answer with SYN+ACK.',
                },
              },
            ],
          },
          after: {
            ja: 'RST+ACK です。bind() しただけのソケットは、来た SYN に応えません。',
            en: 'RST+ACK. A socket that is only bound does not answer a SYN.',
          },
          expect: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}, wire: refusal},
          shows: 'wire',
          sources: ['RFC 9293 3.5.2'],
        },
        {
          id: 'clear-away',
          ...inOneStep(closes('client', 'client'), closes('server', 'listener')),
          before: {ja: 'ソケットを閉じます。', en: 'The sockets are closed.'},
          after: {ja: '閉じました。', en: 'Closed.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
  ],
};
