import type {Act} from '../src/model/lesson.ts';
import {text} from './kit/bytes.ts';
import {listensSomewhere} from './kit/calls.ts';
import {anyOutcome} from './kit/claims.ts';
import {closing} from './kit/closing.ts';
import {lesson, review} from './kit/lesson.ts';
import {fails, returns, sentAll, waits} from './kit/outcomes.ts';
import {sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';

const {listener, connection, unbound, client, eager} = sockets({
  server: ['listener', 'connection', 'unbound'],
  client: ['client', 'eager'],
});

const greeting = text('hello');

const listen: readonly Act[] = [listener.binds({host: '127.0.0.1', port: 0}), listener.listens()];

const bindsAndListens = step('server-opens', listensSomewhere(listener), {
  before: `次の問いの支度です。サーバーが socket()、bind()、listen() を済ませます。
    To get ready for the question, the server calls socket(), bind() and listen().`,
  after: {ja: 'サーバーは待ち受けています。', en: 'The server listens.'},
  expect: [anyOutcome, listener.is('LISTEN')],
  sources: ['man 2 listen'],
});

export const order = lesson({
  id: 'order',
  title: {ja: '呼び出しを並べる', en: 'Put the calls in order'},
  about: {
    ja: '呼び出しの順を変えると、どこで断られるのか',
    en: 'Put the calls in another order: where does the kernel refuse?',
  },
  minutes: 8,
  listensOnAllAddresses: true,
  beliefs: {
    'bind-may-come-late': {ja: 'bind() は listen() のあとでもよい', en: 'bind() may come after listen() as well'},
    'listen-needs-bind': `bind() をしないと、そのソケットにポートはない
      without bind() a socket has no port`,
    'send-connects': `connect() しなくても、send() がつないでくれる
      send() connects by itself, if connect() was not called`,
  },
  steps: [
    step(
      'server-order',
      [
        listener.opens(),
        listener.sets('SO_REUSEADDR', 1),
        listener.binds(),
        listener.listens(),
        client.opens(),
        client.connects(),
        listener.accepts(connection),
      ],
      {
        arrange: {start: [5, 3, 6, 0, 2, 4, 1]},
        before: `サーバーとクライアントがつながるように、七つの呼び出しを並べてください。正しい順序は一つとは限りません。
          Put the seven calls in an order in which server and client get connected. There may be more than one.`,
        hint: `ソケットは、使う前に作ります。待ち受けが始まるまで、connect() は断られます。SO_REUSEADDR が効くのは、bind() のときです。
          A socket is made before it is used. Until somebody listens, connect() is refused. SO_REUSEADDR has its effect at bind().`,
        after: `つながりました。クライアントの socket() はどこにあってもよく、accept() が connect() より先なら、accept() は眠って待ちます。決まっているのは、前の結果を使う呼び出しだけです。
          They are connected. The client’s socket() may stand anywhere, and accept() before connect() just sleeps until somebody comes. Only calls that need what another one made have a fixed order.`,
        expect: [anyOutcome, connection.is('ESTABLISHED'), client.is('ESTABLISHED')],
        sources: ['man 2 accept', 'man 2 connect'],
      },
    ),
    step('close-first', [client.closes(), connection.closes(), listener.closes()], {
      before: `いったんすべて閉じます。次は、順序を間違えた場合を予想します。
        All is closed. What comes next is the wrong order, with your prediction.`,
      after: {ja: '三つのソケットを閉じました。', en: 'The three sockets are closed.'},
      expect: listener.isGone,
      sources: ['man 2 close'],
    }),
    step('listen-without-bind', [unbound.opens(), unbound.listens()], {
      before: `サーバーが新しいソケットを作り、bind() を忘れて listen() を呼びます。
        The server makes a new socket, forgets bind(), and calls listen().`,
      belief: 'listen-needs-bind',
      question: {ja: 'listen() はどうなりますか。', en: 'What will listen() do?'},
      choices: [
        {
          text: {ja: '成功し、カーネルの選んだポートで待ち受ける', en: 'work, on a port that the kernel chooses'},
          claim: [returns(0), unbound.is('LISTEN', {local: {port: 'another'}})],
        },
        {
          text: {ja: 'アドレスがないので、エラーになる', en: 'fail, since there is no address'},
          claim: fails('EDESTADDRREQ'),
          because: `Linux の TCP では、カーネルが空いているポートを選んで割り当てます。
            For TCP, Linux chooses a free port and gives it to the socket.`,
        },
        {
          text: {ja: '成功するが、ポートはなく、だれもつなげない', en: 'work, but without a port nobody can connect'},
          claim: [returns(0), unbound.hasPort('none')],
          because: `待ち受けている TCP のソケットには、かならずポートがあります。
            A TCP socket that listens always has a port.`,
        },
      ],
      after: `listen() は成功しました。bind() されていないソケットには、Linux のカーネルが 0.0.0.0 と一時ポートを割り当てます。動いてはいますが、クライアントはその番号を知りません。bind() は、約束した番号で待つための呼び出しです。
        It worked: to a socket without an address Linux gives 0.0.0.0 and an ephemeral port. The server runs, but no client knows where. bind() is there to wait at the number that was agreed on.`,
      expect: unbound.is('LISTEN', {local: {host: '0.0.0.0', port: 'another'}}),
      sources: ['man 7 ip', 'man 2 listen'],
    }),
    step('bind-after-listen', unbound.binds(), {
      before: `気づいたサーバーが、いまから bind() で {port} を割り当てようとします。
        The server notices, and calls bind() with port {port} now.`,
      belief: 'bind-may-come-late',
      question: {ja: 'bind() はどうなりますか。', en: 'What will bind() do?'},
      choices: [
        {
          text: {ja: 'ポートが {port} に変わる', en: 'change the port to {port}'},
          claim: returns(0),
          because: `待ち受けているソケットの番号を変えることはできません。
            The number of a socket that listens cannot be changed.`,
        },
        {
          text: {ja: 'EADDRINUSE で断られる', en: 'fail with EADDRINUSE'},
          claim: fails('EADDRINUSE'),
          because: `{port} が空いているかは、調べられてもいません。断られた理由は、このソケットのほうにあります。
            Whether {port} is free was not even looked at. The reason lies in this socket.`,
        },
        {text: {ja: 'EINVAL で断られる', en: 'fail with EINVAL'}, claim: asClaimed},
      ],
      after: `EINVAL です。bind() ができるのは、まだアドレスのないソケットに一度だけです。番号を変えるには、閉じて新しいソケットを作ります。
        EINVAL. bind() works once, on a socket that has no address yet. For another number the socket is closed and a new one made.`,
      expect: fails('EINVAL'),
      sources: ['man 2 bind'],
    }),
    step('close-unbound', unbound.closes(), {
      before: {ja: 'このソケットは閉じます。', en: 'This socket is closed.'},
      after: `ふつうのネットワークでは、0.0.0.0 で待ち受けるソケットに、ほかのコンピューターからもつなげます。用が済んだら、すぐ閉じます。
        On an ordinary network other machines can reach a socket that listens at 0.0.0.0, so it is closed as soon as it has served.`,
      expect: unbound.isGone,
      sources: ['man 2 close'],
    }),
    step('send-before-connect', [eager.opens(), eager.sends(greeting)], {
      before: `今度はクライアントです。socket() のあと、connect() を忘れて send() を呼びます。
        Now the client: after socket() it forgets connect() and calls send().`,
      belief: 'send-connects',
      question: {ja: 'send() はどうなりますか。', en: 'What will send() do?'},
      choices: [
        {
          text: {ja: 'サーバーにつないでから送る', en: 'connect to the server, then send'},
          claim: sentAll(greeting),
          because: {ja: 'どこへつなぐのかを、このソケットは知りません。', en: 'This socket does not know where to.'},
        },
        {text: {ja: 'EPIPE で失敗する', en: 'fail with EPIPE'}, claim: asClaimed},
        {
          text: {ja: 'つながるまで待つ', en: 'wait until there is a connection'},
          claim: waits,
          because: `だれも接続を求めていないので、待っても何も起きません。
            Nobody has asked for a connection, so there is nothing to wait for.`,
        },
      ],
      after: `EPIPE です。相手につながっていない、という答えです。ENOTCONN を返す OS もありますが、Linux の TCP は EPIPE を返します。
        EPIPE: the socket is connected to nobody. Some systems answer ENOTCONN here; TCP on Linux answers EPIPE.`,
      expect: fails('EPIPE'),
      sources: ['man 2 send'],
    }),
    step('close-eager', eager.closes(), {
      before: `このソケットも閉じます。最後に、会話を丸ごと並べます。
        This one is closed too. Last comes a whole conversation.`,
      after: {ja: '閉じました。次が最後の問題です。', en: 'Closed. The last one is next.'},
      sources: ['man 2 close'],
    }),
    step(
      'whole-order',
      [
        listener.opens(),
        listener.sets('SO_REUSEADDR', 1),
        listener.binds(),
        listener.listens(),
        client.opens(),
        client.connects(),
        client.sends(greeting),
        listener.accepts(connection),
        connection.receives(),
      ],
      {
        arrange: {start: [6, 8, 1, 5, 0, 7, 3, 4, 2]},
        before: `クライアントの hello をサーバーが受け取るように並べてください。九つあります。
          Put the nine calls in an order in which the server receives the client’s hello.`,
        hint: `send() は accept() より先でもかまいません。recv() は、届くまで眠って待ちます。
          send() may well come before accept(). recv() sleeps until something arrives.`,
        after: `届きました。サーバーの socket、(setsockopt)、bind、listen、accept、recv と、クライアントの socket、connect、send。それぞれの中の順序は決まっていますが、両側の間で決まっているのは「listen のあとに connect」だけです。
          It arrived. The server’s socket, (setsockopt), bind, listen, accept, recv and the client’s socket, connect, send each have their order. Between the two sides only one thing is fixed: connect after listen.`,
        expect: [connection.is('ESTABLISHED', {recvQueue: 0}), client.is('ESTABLISHED', {sendQueue: 0})],
        sources: ['man 2 bind', 'man 2 connect', 'man 7 socket'],
      },
    ),
    step('close-last', [client.closes(), connection.closes(), listener.closes()], {
      before: {ja: 'すべて閉じて終わります。', en: 'All is closed, and that is the end.'},
      after: {ja: '開いているソケットはもうありません。', en: 'No socket is open any more.'},
      expect: listener.isGone,
      sources: ['man 2 close'],
    }),
  ],
  summary: `呼び出しの順序は、暗記するものではありません。その呼び出しが何を必要とするかで決まります。socket() は何も要らず、bind() はまだ名前のないソケット、listen() はソケット、connect() は待ち受けている相手、accept() は待ち受けているソケット、send() と recv() はつながったソケットを必要とします。順序を破ったとき、カーネルの返す errno は、何が足りないかを語っています。(man 2 bind, listen, connect, accept, send)
    The order is nothing to learn by heart: each call follows from what it needs. socket() needs nothing, bind() a socket without a name, listen() a socket, connect() somebody who listens, accept() a socket that listens, send() and recv() one that is connected. Break the order, and the errno tells what was missing. (man 2 bind, listen, connect, accept, send)`,
  review: [
    review('client-binds-late', [
      {
        ...bindsAndListens,
        also: [...listen, client.opens(), client.connects(listener)],
        before: {
          ja: 'サーバーが待ち受け、クライアントがそこへ connect() します。',
          en: 'A server listens, and a client connects to it.',
        },
        after: {ja: 'つながりました。', en: 'They are connected.'},
      },
      step('bind', client.binds({host: '127.0.0.1', port: 0}), {
        before: `クライアントが、つながったあとで、自分のポートを選ぼうと bind() を呼びます。
          Now that it is connected, the client calls bind() to choose its own port.`,
        belief: 'bind-may-come-late',
        question: {ja: 'bind() はどうなりますか。', en: 'What will bind() do?'},
        choices: [
          {
            text: {ja: '0 が返る', en: 'return 0'},
            claim: returns(0),
            because: `ポートは、connect() のときにもう決まっています。
              connect() has settled the port already.`,
          },
          {text: {ja: 'EINVAL で断られる', en: 'fail with EINVAL'}, claim: asClaimed},
          {
            text: {ja: 'EISCONN で断られる', en: 'fail with EISCONN'},
            claim: fails('EISCONN'),
            because: `EISCONN は、つながったソケットで connect() したときなどのエラーです。bind() が見るのは、アドレスがもうあるかどうかです。
              EISCONN is what a second connect() gets. What bind() asks is whether there is an address already.`,
          },
        ],
        after: `EINVAL です。connect() のときにカーネルが一時ポートを割り当てたので、このソケットにはもうアドレスがあります。
          EINVAL: connect() already gave the socket an ephemeral port, so it has an address.`,
        expect: fails('EINVAL'),
        sources: ['man 2 bind'],
      }),
      closing('close', [client, listener]),
    ]),
    review('listener-sends', [
      bindsAndListens,
      step('send', listener.sends(greeting), {
        before: `サーバーが accept() を呼ばずに、待ち受けのソケットで send() を呼びます。
          Without accept(), the server calls send() on the socket that listens.`,
        belief: 'send-connects',
        question: {ja: 'send() はどうなりますか。', en: 'What will send() do?'},
        choices: [
          {
            text: {ja: '最初に来たクライアントに送られる', en: 'it goes to the first client that comes'},
            claim: sentAll(greeting),
            because: `クライアントと話すのは、accept() が返すソケットです。
              It is the socket from accept() that talks to a client.`,
          },
          {
            text: {ja: 'クライアントが来るまで待つ', en: 'it waits for a client'},
            claim: waits,
            because: {ja: 'send() は、相手ができるのを待ちません。', en: 'send() does not wait for a peer to come.'},
          },
          {text: {ja: 'EPIPE で失敗する', en: 'it fails with EPIPE'}, claim: asClaimed},
        ],
        after: `EPIPE です。待ち受けのソケットはだれともつながっておらず、データを運びません。
          EPIPE. A listening socket is connected to nobody and carries no data.`,
        expect: fails('EPIPE'),
        sources: ['man 2 send'],
      }),
      closing('close', [listener]),
    ]),
    review('client-without-bind', [
      bindsAndListens,
      step('connect', [client.opens(), client.connects(listener)], {
        before: `クライアントが、bind() をしないまま connect() を呼びます。
          The client calls connect() without any bind().`,
        belief: 'listen-needs-bind',
        question: {ja: 'クライアントのポートはどうなりますか。', en: 'What becomes of the client’s port?'},
        choices: [
          {
            text: {ja: 'ないままつながる', en: 'it is connected without one'},
            claim: [returns(0), client.hasPort('none')],
            because: `TCP の接続は、両端のアドレスとポートで区別されます。どれが欠けても作れません。
              A TCP connection is known by both addresses and both ports. None can be missing.`,
          },
          {text: {ja: 'カーネルが選ぶ', en: 'the kernel chooses one'}, claim: asClaimed},
          {
            text: {ja: 'bind() がないので断られる', en: 'it is refused, since there was no bind()'},
            claim: fails('EINVAL'),
            because: `bind() は、決まった番号を使いたいときの呼び出しです。
              bind() is for those who want a certain number.`,
          },
        ],
        after: `カーネルが一時ポートを割り当てました。アドレスのないソケットに名前が要るとき、カーネルが選ぶのは、Linux では listen() でも connect() でも同じです。
          The kernel gave it an ephemeral port. Whenever a socket without an address needs one, on Linux in listen() as in connect(), the kernel chooses.`,
        expect: client.is('ESTABLISHED', {local: {host: '127.0.0.1'}}),
        sources: ['man 2 connect', 'man 7 ip'],
      }),
      closing('close', [client, listener]),
    ]),
  ],
});
