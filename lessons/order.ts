import type {Act, Lesson, Step} from '../src/model/lesson.ts';

const stream = {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0} as const;
const greeting = {kind: 'text', text: 'hello'} as const;

const listen: readonly Act[] = [
  {actor: 'server', call: {name: 'bind', fd: 'listener', address: {host: '127.0.0.1', port: 0}}},
  {actor: 'server', call: {name: 'listen', fd: 'listener', backlog: 5}},
];

const bindsAndListens: Step = {
  id: 'server-opens',
  actor: 'server',
  call: stream,
  creates: 'listener',
  also: listen,
  before: {
    ja: '次の問いの支度です。サーバーが socket()、bind()、listen() を済ませます。',
    en: 'To get ready for the question, the server calls socket(), bind() and listen().',
  },
  after: {ja: 'サーバーは待ち受けています。', en: 'The server listens.'},
  expect: {sockets: [{kind: 'listed', socket: 'listener', state: 'LISTEN'}]},
  sources: ['man 2 listen'],
};

const closeAll = (...names: readonly ('server' | 'client')[]): Step => {
  const closes = names.map(
    (actor): Act => ({actor, call: {name: 'close', fd: actor === 'server' ? 'listener' : 'client'}}),
  );
  const [first = {actor: 'server', call: {name: 'close', fd: 'listener'}}, ...also] = closes;
  return {
    ...first,
    id: 'close',
    also,
    before: {ja: 'ソケットを閉じます。', en: 'The sockets are closed.'},
    after: {ja: '閉じました。', en: 'They are closed.'},
    expect: {outcome: {kind: 'returns', value: 0}},
    sources: ['man 2 close'],
  };
};

export const order: Lesson = {
  id: 'order',
  title: {ja: '呼び出しを並べる', en: 'Put the calls in order'},
  about: {
    ja: '呼び出しを自分で並べて、その順で実行する。最初に断られた呼び出しが答え',
    en: 'arrange the calls yourself and run them: the first one that is refused is the answer',
  },
  minutes: 8,
  listensOnAllAddresses: true,
  beliefs: {
    'bind-may-come-late': {
      ja: 'bind() は listen() のあとでもよい',
      en: 'bind() may come after listen() as well',
    },
    'listen-needs-bind': {
      ja: 'bind() をしないと、そのソケットにポートはない',
      en: 'without bind() a socket has no port',
    },
    'send-connects': {
      ja: 'connect() しなくても、send() がつないでくれる',
      en: 'send() connects by itself, if connect() was not called',
    },
  },
  steps: [
    {
      id: 'server-order',
      actor: 'server',
      call: stream,
      creates: 'listener',
      also: [
        {
          actor: 'server',
          call: {name: 'setsockopt', fd: 'listener', level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1},
        },
        {actor: 'server', call: {name: 'bind', fd: 'listener', address: 'server'}},
        {actor: 'server', call: {name: 'listen', fd: 'listener', backlog: 5}},
        {actor: 'client', call: stream, creates: 'client'},
        {actor: 'client', call: {name: 'connect', fd: 'client', address: 'server'}},
        {actor: 'server', call: {name: 'accept', fd: 'listener'}, creates: 'connection'},
      ],
      arrange: {start: [5, 3, 6, 0, 2, 4, 1]},
      before: {
        ja: 'サーバーとクライアントがつながるように、七つの呼び出しを並べてください。正しい順序は一つとは限りません。',
        en: 'Put the seven calls in an order in which server and client get connected. There may be more than one.',
      },
      hint: {
        ja: 'ソケットは、使う前に作ります。待ち受けが始まるまで、connect() は断られます。SO_REUSEADDR が効くのは、bind() のときです。',
        en: 'A socket is made before it is used. Until somebody listens, connect() is refused. SO_REUSEADDR has its effect at bind().',
      },
      after: {
        ja: 'つながりました。クライアントの socket() はどこにあってもよく、accept() が connect() より先なら、accept() は眠って待ちます。決まっているのは、前の結果を使う呼び出しだけです。',
        en: 'They are connected. The client’s socket() may stand anywhere, and accept() before connect() just sleeps until somebody comes. Only calls that need what another one made have a fixed order.',
      },
      expect: {
        sockets: [
          {kind: 'listed', socket: 'connection', state: 'ESTABLISHED'},
          {kind: 'listed', socket: 'client', state: 'ESTABLISHED'},
        ],
      },
      sources: ['man 2 accept', 'man 2 connect'],
    },
    {
      id: 'close-first',
      actor: 'client',
      call: {name: 'close', fd: 'client'},
      also: [
        {actor: 'server', call: {name: 'close', fd: 'connection'}},
        {actor: 'server', call: {name: 'close', fd: 'listener'}},
      ],
      before: {
        ja: 'いったんすべて閉じます。次は、順序を間違えた場合を予想します。',
        en: 'All is closed. What comes next is the wrong order, with your prediction.',
      },
      after: {ja: '三つのソケットを閉じました。', en: 'The three sockets are closed.'},
      expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'gone', socket: 'listener'}]},
      sources: ['man 2 close'],
    },
    {
      id: 'listen-without-bind',
      actor: 'server',
      call: stream,
      creates: 'unbound',
      also: [{actor: 'server', call: {name: 'listen', fd: 'unbound', backlog: 5}}],
      before: {
        ja: 'サーバーが新しいソケットを作り、bind() を忘れて listen() を呼びます。',
        en: 'The server makes a new socket, forgets bind(), and calls listen().',
      },
      predict: {
        belief: 'listen-needs-bind',
        question: {ja: 'listen() はどうなりますか。', en: 'What will listen() do?'},
        choices: [
          {
            text: {ja: '成功し、カーネルの選んだポートで待ち受ける', en: 'work, on a port that the kernel chooses'},
            claim: {
              outcome: {kind: 'returns', value: 0},
              sockets: [{kind: 'listed', socket: 'unbound', state: 'LISTEN', local: {port: 'another'}}],
            },
          },
          {
            text: {ja: 'アドレスがないので、エラーになる', en: 'fail, since there is no address'},
            claim: {outcome: {kind: 'fails', errno: 'EDESTADDRREQ'}},
            because: {
              ja: 'Linux の TCP では、カーネルが空いているポートを選んで割り当てます。',
              en: 'For TCP, Linux chooses a free port and gives it to the socket.',
            },
          },
          {
            text: {ja: '成功するが、ポートはなく、だれもつなげない', en: 'work, but without a port nobody can connect'},
            claim: {
              outcome: {kind: 'returns', value: 0},
              sockets: [{kind: 'local-port', socket: 'unbound', is: 'none'}],
            },
            because: {
              ja: '待ち受けている TCP のソケットには、かならずポートがあります。',
              en: 'A TCP socket that listens always has a port.',
            },
          },
        ],
      },
      after: {
        ja: 'listen() は成功しました。bind() されていないソケットには、Linux のカーネルが 0.0.0.0 と一時ポートを割り当てます。動いてはいますが、クライアントはその番号を知りません。bind() は、約束した番号で待つための呼び出しです。',
        en: 'It worked: to a socket without an address Linux gives 0.0.0.0 and an ephemeral port. The server runs, but no client knows where. bind() is there to wait at the number that was agreed on.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [{kind: 'listed', socket: 'unbound', state: 'LISTEN', local: {host: '0.0.0.0', port: 'another'}}],
      },
      sources: ['man 7 ip', 'man 2 listen'],
    },
    {
      id: 'bind-after-listen',
      actor: 'server',
      call: {name: 'bind', fd: 'unbound', address: 'server'},
      before: {
        ja: '気づいたサーバーが、いまから bind() で {port} を割り当てようとします。',
        en: 'The server notices, and calls bind() with port {port} now.',
      },
      predict: {
        belief: 'bind-may-come-late',
        question: {ja: 'bind() はどうなりますか。', en: 'What will bind() do?'},
        choices: [
          {
            text: {ja: 'ポートが {port} に変わる', en: 'change the port to {port}'},
            claim: {outcome: {kind: 'returns', value: 0}},
            because: {
              ja: '待ち受けているソケットの番号を変えることはできません。',
              en: 'The number of a socket that listens cannot be changed.',
            },
          },
          {
            text: {ja: 'EADDRINUSE で断られる', en: 'fail with EADDRINUSE'},
            claim: {outcome: {kind: 'fails', errno: 'EADDRINUSE'}},
            because: {
              ja: '{port} が空いているかは、調べられてもいません。断られた理由は、このソケットのほうにあります。',
              en: 'Whether {port} is free was not even looked at. The reason lies in this socket.',
            },
          },
          {text: {ja: 'EINVAL で断られる', en: 'fail with EINVAL'}, claim: {outcome: {kind: 'fails', errno: 'EINVAL'}}},
        ],
      },
      after: {
        ja: 'EINVAL です。bind() ができるのは、まだアドレスのないソケットに一度だけです。番号を変えるには、閉じて新しいソケットを作ります。',
        en: 'EINVAL. bind() works once, on a socket that has no address yet. For another number the socket is closed and a new one made.',
      },
      expect: {outcome: {kind: 'fails', errno: 'EINVAL'}},
      sources: ['man 2 bind'],
    },
    {
      id: 'close-unbound',
      actor: 'server',
      call: {name: 'close', fd: 'unbound'},
      before: {ja: 'このソケットは閉じます。', en: 'This socket is closed.'},
      after: {
        ja: 'ふつうのネットワークでは、0.0.0.0 で待ち受けるソケットに、ほかのコンピューターからもつなげます。用が済んだら、すぐ閉じます。',
        en: 'On an ordinary network other machines can reach a socket that listens at 0.0.0.0, so it is closed as soon as it has served.',
      },
      expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'gone', socket: 'unbound'}]},
      sources: ['man 2 close'],
    },
    {
      id: 'send-before-connect',
      actor: 'client',
      call: stream,
      creates: 'eager',
      also: [{actor: 'client', call: {name: 'send', fd: 'eager', data: greeting, flags: 0}}],
      before: {
        ja: '今度はクライアントです。socket() のあと、connect() を忘れて send() を呼びます。',
        en: 'Now the client: after socket() it forgets connect() and calls send().',
      },
      predict: {
        belief: 'send-connects',
        question: {ja: 'send() はどうなりますか。', en: 'What will send() do?'},
        choices: [
          {
            text: {ja: 'サーバーにつないでから送る', en: 'connect to the server, then send'},
            claim: {outcome: {kind: 'returns-bytes', bytes: greeting}},
            because: {
              ja: 'どこへつなぐのかを、このソケットは知りません。',
              en: 'This socket does not know where to.',
            },
          },
          {text: {ja: 'EPIPE で失敗する', en: 'fail with EPIPE'}, claim: {outcome: {kind: 'fails', errno: 'EPIPE'}}},
          {
            text: {ja: 'つながるまで待つ', en: 'wait until there is a connection'},
            claim: {outcome: {kind: 'waits'}},
            because: {
              ja: 'だれも接続を求めていないので、待っても何も起きません。',
              en: 'Nobody has asked for a connection, so there is nothing to wait for.',
            },
          },
        ],
      },
      after: {
        ja: 'EPIPE です。相手につながっていない、という答えです。ENOTCONN を返す OS もありますが、Linux の TCP は EPIPE を返します。',
        en: 'EPIPE: the socket is connected to nobody. Some systems answer ENOTCONN here; TCP on Linux answers EPIPE.',
      },
      expect: {outcome: {kind: 'fails', errno: 'EPIPE'}},
      sources: ['man 2 send'],
    },
    {
      id: 'close-eager',
      actor: 'client',
      call: {name: 'close', fd: 'eager'},
      before: {
        ja: 'このソケットも閉じます。最後に、会話を丸ごと並べます。',
        en: 'This one is closed too. Last comes a whole conversation.',
      },
      after: {ja: '閉じました。次が最後の問題です。', en: 'Closed. The last one is next.'},
      expect: {outcome: {kind: 'returns', value: 0}},
      sources: ['man 2 close'],
    },
    {
      id: 'whole-order',
      actor: 'server',
      call: stream,
      creates: 'listener',
      also: [
        {
          actor: 'server',
          call: {name: 'setsockopt', fd: 'listener', level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1},
        },
        {actor: 'server', call: {name: 'bind', fd: 'listener', address: 'server'}},
        {actor: 'server', call: {name: 'listen', fd: 'listener', backlog: 5}},
        {actor: 'client', call: stream, creates: 'client'},
        {actor: 'client', call: {name: 'connect', fd: 'client', address: 'server'}},
        {actor: 'client', call: {name: 'send', fd: 'client', data: greeting, flags: 0}},
        {actor: 'server', call: {name: 'accept', fd: 'listener'}, creates: 'connection'},
        {actor: 'server', call: {name: 'recv', fd: 'connection', length: 4096, flags: 0}},
      ],
      arrange: {start: [6, 8, 1, 5, 0, 7, 3, 4, 2]},
      before: {
        ja: 'クライアントの hello をサーバーが受け取るように並べてください。九つあります。',
        en: 'Put the nine calls in an order in which the server receives the client’s hello.',
      },
      hint: {
        ja: 'send() は accept() より先でもかまいません。recv() は、届くまで眠って待ちます。',
        en: 'send() may well come before accept(). recv() sleeps until something arrives.',
      },
      after: {
        ja: '届きました。サーバーの socket、(setsockopt)、bind、listen、accept、recv と、クライアントの socket、connect、send。それぞれの中の順序は決まっていますが、両側の間で決まっているのは「listen のあとに connect」だけです。',
        en: 'It arrived. The server’s socket, (setsockopt), bind, listen, accept, recv and the client’s socket, connect, send each have their order. Between the two sides only one thing is fixed: connect after listen.',
      },
      expect: {
        sockets: [
          {kind: 'listed', socket: 'connection', state: 'ESTABLISHED', recvQueue: 0},
          {kind: 'listed', socket: 'client', state: 'ESTABLISHED', sendQueue: 0},
        ],
      },
      sources: ['man 2 bind', 'man 2 connect', 'man 7 socket'],
    },
    {
      id: 'close-last',
      actor: 'client',
      call: {name: 'close', fd: 'client'},
      also: [
        {actor: 'server', call: {name: 'close', fd: 'connection'}},
        {actor: 'server', call: {name: 'close', fd: 'listener'}},
      ],
      before: {ja: 'すべて閉じて終わります。', en: 'All is closed, and that is the end.'},
      after: {ja: '開いているソケットはもうありません。', en: 'No socket is open any more.'},
      expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'gone', socket: 'listener'}]},
      sources: ['man 2 close'],
    },
  ],
  summary: {
    ja: '呼び出しの順序は、暗記するものではありません。その呼び出しが何を必要とするかで決まります。socket() は何も要らず、bind() はまだ名前のないソケット、listen() はソケット、connect() は待ち受けている相手、accept() は待ち受けているソケット、send() と recv() はつながったソケットを必要とします。順序を破ったとき、カーネルの返す errno は、何が足りないかを語っています。(man 2 bind, listen, connect, accept, send)',
    en: 'The order is nothing to learn by heart: each call follows from what it needs. socket() needs nothing, bind() a socket without a name, listen() a socket, connect() somebody who listens, accept() a socket that listens, send() and recv() one that is connected. Break the order, and the errno tells what was missing. (man 2 bind, listen, connect, accept, send)',
  },
  review: [
    {
      id: 'client-binds-late',
      belief: 'bind-may-come-late',
      steps: [
        {
          ...bindsAndListens,
          also: [
            ...listen,
            {actor: 'client', call: stream, creates: 'client'},
            {actor: 'client', call: {name: 'connect', fd: 'client', address: {of: 'listener'}}},
          ],
          before: {
            ja: 'サーバーが待ち受け、クライアントがそこへ connect() します。',
            en: 'A server listens, and a client connects to it.',
          },
          after: {ja: 'つながりました。', en: 'They are connected.'},
        },
        {
          id: 'bind',
          actor: 'client',
          call: {name: 'bind', fd: 'client', address: {host: '127.0.0.1', port: 0}},
          before: {
            ja: 'クライアントが、つながったあとで、自分のポートを選ぼうと bind() を呼びます。',
            en: 'Now that it is connected, the client calls bind() to choose its own port.',
          },
          predict: {
            belief: 'bind-may-come-late',
            question: {ja: 'bind() はどうなりますか。', en: 'What will bind() do?'},
            choices: [
              {
                text: {ja: '0 が返る', en: 'return 0'},
                claim: {outcome: {kind: 'returns', value: 0}},
                because: {
                  ja: 'ポートは、connect() のときにもう決まっています。',
                  en: 'connect() has settled the port already.',
                },
              },
              {
                text: {ja: 'EINVAL で断られる', en: 'fail with EINVAL'},
                claim: {outcome: {kind: 'fails', errno: 'EINVAL'}},
              },
              {
                text: {ja: 'EISCONN で断られる', en: 'fail with EISCONN'},
                claim: {outcome: {kind: 'fails', errno: 'EISCONN'}},
                because: {
                  ja: 'EISCONN は、つながったソケットで connect() したときなどのエラーです。bind() が見るのは、アドレスがもうあるかどうかです。',
                  en: 'EISCONN is what a second connect() gets. What bind() asks is whether there is an address already.',
                },
              },
            ],
          },
          after: {
            ja: 'EINVAL です。connect() のときにカーネルが一時ポートを割り当てたので、このソケットにはもうアドレスがあります。',
            en: 'EINVAL: connect() already gave the socket an ephemeral port, so it has an address.',
          },
          expect: {outcome: {kind: 'fails', errno: 'EINVAL'}},
          sources: ['man 2 bind'],
        },
        closeAll('client', 'server'),
      ],
    },
    {
      id: 'listener-sends',
      belief: 'send-connects',
      steps: [
        bindsAndListens,
        {
          id: 'send',
          actor: 'server',
          call: {name: 'send', fd: 'listener', data: greeting, flags: 0},
          before: {
            ja: 'サーバーが accept() を呼ばずに、待ち受けのソケットで send() を呼びます。',
            en: 'Without accept(), the server calls send() on the socket that listens.',
          },
          predict: {
            belief: 'send-connects',
            question: {ja: 'send() はどうなりますか。', en: 'What will send() do?'},
            choices: [
              {
                text: {ja: '最初に来たクライアントに送られる', en: 'it goes to the first client that comes'},
                claim: {outcome: {kind: 'returns-bytes', bytes: greeting}},
                because: {
                  ja: 'クライアントと話すのは、accept() が返すソケットです。',
                  en: 'It is the socket from accept() that talks to a client.',
                },
              },
              {
                text: {ja: 'クライアントが来るまで待つ', en: 'it waits for a client'},
                claim: {outcome: {kind: 'waits'}},
                because: {
                  ja: 'send() は、相手ができるのを待ちません。',
                  en: 'send() does not wait for a peer to come.',
                },
              },
              {
                text: {ja: 'EPIPE で失敗する', en: 'it fails with EPIPE'},
                claim: {outcome: {kind: 'fails', errno: 'EPIPE'}},
              },
            ],
          },
          after: {
            ja: 'EPIPE です。待ち受けのソケットはだれともつながっておらず、データを運びません。',
            en: 'EPIPE. A listening socket is connected to nobody and carries no data.',
          },
          expect: {outcome: {kind: 'fails', errno: 'EPIPE'}},
          sources: ['man 2 send'],
        },
        closeAll('server'),
      ],
    },
    {
      id: 'client-without-bind',
      belief: 'listen-needs-bind',
      steps: [
        bindsAndListens,
        {
          id: 'connect',
          actor: 'client',
          call: stream,
          creates: 'client',
          also: [{actor: 'client', call: {name: 'connect', fd: 'client', address: {of: 'listener'}}}],
          before: {
            ja: 'クライアントが、bind() をしないまま connect() を呼びます。',
            en: 'The client calls connect() without any bind().',
          },
          predict: {
            belief: 'listen-needs-bind',
            question: {ja: 'クライアントのポートはどうなりますか。', en: 'What becomes of the client’s port?'},
            choices: [
              {
                text: {ja: 'ないままつながる', en: 'it is connected without one'},
                claim: {
                  outcome: {kind: 'returns', value: 0},
                  sockets: [{kind: 'local-port', socket: 'client', is: 'none'}],
                },
                because: {
                  ja: 'TCP の接続は、両端のアドレスとポートで区別されます。どれが欠けても作れません。',
                  en: 'A TCP connection is known by both addresses and both ports. None can be missing.',
                },
              },
              {
                text: {ja: 'カーネルが選ぶ', en: 'the kernel chooses one'},
                claim: {
                  outcome: {kind: 'returns', value: 0},
                  sockets: [{kind: 'listed', socket: 'client', state: 'ESTABLISHED', local: {host: '127.0.0.1'}}],
                },
              },
              {
                text: {ja: 'bind() がないので断られる', en: 'it is refused, since there was no bind()'},
                claim: {outcome: {kind: 'fails', errno: 'EINVAL'}},
                because: {
                  ja: 'bind() は、決まった番号を使いたいときの呼び出しです。',
                  en: 'bind() is for those who want a certain number.',
                },
              },
            ],
          },
          after: {
            ja: 'カーネルが一時ポートを割り当てました。アドレスのないソケットに名前が要るとき、カーネルが選ぶのは、Linux では listen() でも connect() でも同じです。',
            en: 'The kernel gave it an ephemeral port. Whenever a socket without an address needs one, on Linux in listen() as in connect(), the kernel chooses.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [{kind: 'listed', socket: 'client', state: 'ESTABLISHED', local: {host: '127.0.0.1'}}],
          },
          sources: ['man 2 connect', 'man 7 ip'],
        },
        closeAll('client', 'server'),
      ],
    },
  ],
};
