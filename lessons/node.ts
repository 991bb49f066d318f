import type {ActorName} from '../src/model/actor.ts';
import type {Claim, SocketClaim} from '../src/model/lesson.ts';
import {nodeTraces} from './data/node-traces.ts';
import {lesson, review} from './kit/lesson.ts';
import {executes} from './kit/others.ts';
import {evaluates, rows} from './kit/outcomes.ts';
import {asClaimed, step} from './kit/step.ts';

const load = 'const net = require("node:net")';
const reportErrors = '.on("error", error => console.error(error.code))';

const connects = 'net.connect({port}, "127.0.0.1", () => console.log("connect"))';

/** Both sides have done all that a connection makes them do: what is called in the next step belongs to that step. */
const areConnected: Claim = {
  says: [{actor: 'client', text: 'connect\n'}],
  sockets: [rows('server', 1, {state: 'ESTABLISHED'})],
  traced: [
    {actor: 'client', calls: [{name: 'getsockopt', with: 'SO_ERROR', result: 0}]},
    {actor: 'server', calls: [{name: 'accept4'}]},
  ],
};

/** Every socket has been closed, whatever states it went through. */
const hasNoSocket = (actor: ActorName): SocketClaim => rows(actor, 0);

/** No system call on a socket, on either side. */
const nothing = [
  {actor: 'server', calls: [], only: true},
  {actor: 'client', calls: [], only: true},
] as const;

export const node = lesson({
  id: 'node',
  title: {ja: 'Node の net は何を呼ぶのか', en: 'What Node’s net calls'},
  about: {
    ja: 'Node の 1 行は、その下で、どのシステムコールになるのか',
    en: 'One line of Node: which system calls does it become?',
  },
  minutes: 10,
  network: 'host',
  nodeActors: ['server', 'client'],
  traces: nodeTraces,
  beliefs: {
    'one-function-one-call': `Node の関数一つは、システムコール一つにあたる
      one function of Node is one system call`,
    'connect-waits-in-node': `net.connect() は、つながるまで戻ってこない
      net.connect() does not return before it is connected`,
    'server-asks-dns': `相手のアドレスを知るには、DNS に問い合わせる必要がある
      to learn its peer’s address, a server has to ask DNS`,
    'node-joins-writes': `続けて呼んだ write() は、Node がまとめて一度で送る
      Node joins write() calls that follow each other into one`,
  },
  steps: [
    step('load', [executes('server', load), executes('client', load)], {
      before: `ここからは、libc ではなく本物の Node を動かします。サーバーとクライアントは別々の Node のプロセスで、文を一つずつ実行します。まず net を読み込みます。Node に初めから入っているので、インストールは要りません。
        From here on real Node runs, not libc: server and client are two Node processes that evaluate one statement at a time. First they load net. It comes with Node; there is nothing to install.`,
      after: `読み込めました。文の下には、ソケットに関わるシステムコールが、strace の見たとおりに並びます(strace がなければ、以前の記録を、記録であることと Node のバージョンを添えて出します)。まだ一つもありません。
        Loaded. Below each statement stand its system calls on sockets, as strace saw them (where strace is missing, from an earlier run, marked RECORDED with its version of Node). So far there are none.`,
      expect: [evaluates(), ...nothing],
      sources: ['Node.js net', 'man 1 strace'],
    }),
    step('create-server', executes('server', 'const server = net.createServer()'), {
      before: {ja: 'net.createServer() でサーバーを作ります。', en: 'net.createServer() makes a server.'},
      belief: 'one-function-one-call',
      question: `このとき Node は、ソケットのシステムコールをいくつ呼びますか。
        How many system calls on sockets does Node make for it?`,
      choices: [
        {
          text: {ja: '一つ: socket()', en: 'one: socket()'},
          claim: {actor: 'server', calls: [{name: 'socket'}], only: true},
          because: `作られたのは JavaScript のオブジェクトです。どのアドレスで待つか決まるまで、ソケットの種類も決まりません。
            What was made is a JavaScript object. Until an address is chosen, not even the kind of socket is known.`,
        },
        {
          text: {ja: '三つ: socket()、bind()、listen()', en: 'three: socket(), bind(), listen()'},
          claim: {actor: 'server', calls: [{name: 'socket'}, {name: 'bind'}, {name: 'listen'}], only: true},
          because: `その三つが呼ばれるのは、server.listen() のときです。
            Those three are called for server.listen().`,
        },
        {text: {ja: '一つも呼ばない', en: 'none'}, claim: {actor: 'server', calls: [], only: true}},
      ],
      after: `一つも呼ばれません。IPv4 か IPv6 か、それとも UNIX ドメインソケットか。listen() にアドレスを渡すまで、Node には分からないからです。
        None. Will it be IPv4, IPv6 or a Unix domain socket? Node cannot know before listen() is given an address.`,
      expect: [evaluates(), ...nothing],
      sources: ['Node.js net.createServer()'],
    }),
    step(
      'handlers',
      [
        executes('server', 'let connection'),
        executes('server', 'server.on("connection", it => { connection = it; console.log("connection") })'),
        executes('server', `server${reportErrors}`),
      ],
      {
        before: `何かが起きたときに呼ばれる関数を登録します。"error" も忘れずに。受け取る関数のない "error" が起きると、プロセスごと終わるからです。
          Now the functions to be called when something happens, "error" among them: an "error" that no function receives ends the whole process.`,
        after: `on() は、関数を覚えておくだけです。カーネルには何も伝わりません。
          on() only remembers a function. The kernel hears nothing of it.`,
        expect: [evaluates('[Server]'), ...nothing],
        sources: ['Node.js events: Error events'],
      },
    ),
    step('listen', executes('server', 'server.listen({port}, "127.0.0.1")'), {
      before: `server.listen() で、127.0.0.1 のポート {port} で待ち受けます。
        server.listen() is to listen on port {port} of 127.0.0.1.`,
      belief: 'one-function-one-call',
      question: {ja: '今度は、何が呼ばれますか。', en: 'Which calls will it make?'},
      choices: [
        {
          text: {ja: 'listen() だけ', en: 'listen() alone'},
          claim: {actor: 'server', calls: [{name: 'listen'}], only: true},
          because: `ソケットはまだありません。listen() の前に、作って、アドレスを割り当てる必要があります。
            There is no socket yet. Before listen(2) one has to be made and given its address.`,
        },
        {
          text: {ja: 'socket()、bind()、listen()', en: 'socket(), bind(), listen()'},
          claim: {actor: 'server', calls: [{name: 'socket'}, {name: 'bind'}, {name: 'listen'}], only: true},
          because: `おしい。Node は、TIME_WAIT が残っていても始められるように、SO_REUSEADDR も設定します。
            Nearly. Node also sets SO_REUSEADDR, so that a server can start although TIME_WAIT is left on its port.`,
        },
        {
          text: {ja: 'socket()、setsockopt()、bind()、listen()', en: 'socket(), setsockopt(), bind(), listen()'},
          claim: {
            actor: 'server',
            calls: [{name: 'socket'}, {name: 'setsockopt'}, {name: 'bind'}, {name: 'listen'}],
            only: true,
          },
        },
      ],
      hint: `C で書いたサーバーが、つながるまでに呼んでいた順番を思い出してください。
        Think of what a server written in C called before anyone could connect.`,
      after: `C のサーバーと同じ四つです。SOCK_NONBLOCK は「待たせずにすぐ返す」という印。listen() の 511 は、何も指定しないときに Node が渡す backlog です。
        The same four as in a C server. SOCK_NONBLOCK means: never wait, return at once. And 511 is the backlog that Node asks for when none is given.`,
      expect: [
        evaluates('[Server]'),
        rows('server', 1, {state: 'LISTEN', protocol: 'tcp', local: {host: '127.0.0.1'}}),
        {
          actor: 'server',
          calls: [
            {name: 'socket', with: 'SOCK_NONBLOCK'},
            {name: 'setsockopt', with: 'SO_REUSEADDR'},
            {name: 'bind', result: 0},
            {name: 'listen', with: '511', result: 0},
          ],
          only: true,
        },
      ],
      sources: ['Node.js server.listen()', 'man 2 listen', 'man 7 socket'],
    }),
    step('connect', executes('client', `const socket = ${connects}`), {
      before: `クライアントが net.connect() を呼びます。三番目の引数は、つながったときに呼ばれる関数です。
        The client calls net.connect(). Its third argument is a function for the moment when it is connected.`,
      belief: 'connect-waits-in-node',
      question: `下で呼ばれる connect() システムコールは、どう返りますか。
        How will the connect() system call underneath return?`,
      choices: [
        {
          text: {ja: '0 を返す(つながるまで待ってから)', en: '0, after waiting for the connection'},
          claim: {actor: 'client', calls: [{name: 'connect', result: 0}]},
          because: `待っているあいだ、Node はほかの仕事ができなくなります。そのための SOCK_NONBLOCK です。
            While it waited, Node could do nothing else. That is what SOCK_NONBLOCK is for.`,
        },
        {
          text: {ja: '-1 EINPROGRESS(待たずに返る)', en: '-1 EINPROGRESS, without waiting'},
          claim: {actor: 'client', calls: [{name: 'connect', errno: 'EINPROGRESS'}]},
        },
        {
          text: {ja: '何か書くまで、呼ばれない', en: 'it is not called before something is written'},
          claim: {actor: 'client', calls: [], only: true},
          because: `IP アドレスを渡せば、Node はすぐに呼びます。書くものがあるかどうかは関係ありません。
            Given an IP address Node calls it at once, whether there is anything to write or not.`,
        },
      ],
      after: `EINPROGRESS は「いまつないでいる」。結果はあとで getsockopt(SO_ERROR) で聞き、0 なら "connect" です。サーバー側では accept4() が呼ばれました。書いた覚えのない呼び出しですが、Node が接続ごとに呼び、"connection" で知らせます。
        EINPROGRESS: it is being made. How it went is asked later, by getsockopt(SO_ERROR): 0 becomes "connect". On the server accept4() was called. Nobody wrote that: Node calls it for each connection and tells "connection".`,
      expect: [
        evaluates(),
        {actor: 'client', text: 'connect\n'},
        {actor: 'server', text: 'connection\n'},
        rows('client', 1, {state: 'ESTABLISHED'}),
        rows('server', 1, {state: 'ESTABLISHED', local: {port: 'server'}}),
        {
          actor: 'client',
          calls: [{name: 'socket'}, {name: 'connect', errno: 'EINPROGRESS'}, {name: 'getsockopt', with: 'SO_ERROR'}],
        },
        {actor: 'server', calls: [{name: 'accept4', with: 'SOCK_NONBLOCK'}]},
      ],
      sources: ['Node.js net.connect()', 'man 2 connect (EINPROGRESS)', 'man 2 accept4'],
    }),
    step('remote-address', executes('server', 'connection.remoteAddress'), {
      before: `だれがつないできたのか、サーバーが connection.remoteAddress で見ます。
        Who has connected? The server looks at connection.remoteAddress.`,
      belief: 'server-asks-dns',
      question: {ja: 'Node は、相手のアドレスをどうやって知りますか。', en: 'How does Node learn the peer’s address?'},
      choices: [
        {
          text: {ja: 'カーネルに getpeername() で聞く', en: 'it asks the kernel, by getpeername()'},
          claim: {actor: 'server', calls: [{name: 'getpeername'}], only: true},
        },
        {
          text: {ja: 'DNS に問い合わせる', en: 'it asks DNS'},
          claim: {actor: 'server', calls: [{name: 'socket'}, {name: 'connect'}]},
          because: `DNS は、名前とアドレスを結びつけるものです。アドレスのほうは、接続ができた時点でカーネルが知っています。
            DNS joins names to addresses. The address itself is known to the kernel since the connection was made.`,
        },
        {
          text: {ja: '何も呼ばない(accept4() で受け取ってある)', en: 'it calls nothing: accept4() has told it'},
          claim: {actor: 'server', calls: [], only: true},
          because: `上の accept4() をよく見ると、アドレスを書いてもらう場所が NULL です。
            Look at the accept4() above: the place where it would write the address is NULL.`,
        },
      ],
      after: `getpeername() 一つです。どの接続にも「自分の端」と「相手の端」があり、カーネルは両方を知っています。相手のアドレスのために DNS が要ることはありません。
        One getpeername(). Each connection has its own end and the peer’s, and the kernel knows both. DNS is never needed for the peer’s address.`,
      expect: [evaluates("'127.0.0.1'"), {actor: 'server', calls: [{name: 'getpeername', result: 0}], only: true}],
      sources: ['Node.js socket.remoteAddress', 'man 2 getpeername'],
    }),
    step(
      'data-handlers',
      [
        executes('server', `connection${reportErrors}`),
        executes('server', 'connection.on("data", bytes => { console.log(String(bytes)); connection.write(bytes) })'),
        executes('client', `socket${reportErrors}`),
        executes('client', 'socket.on("data", bytes => console.log(bytes))'),
      ],
      {
        before: `接続ごとの関数を、両側で登録します。サーバーは、届いたバイト列をそのまま書き戻します。クライアントは、届いたものを表示します。
          Each side registers functions for its end of the connection. The server writes back what arrives; the client prints it.`,
        after: `これで、データが届くと Node が read() を呼び、読めた分を "data" の関数に渡します。届くまでは、何も呼ばれません。
          From now on, when data arrives, Node calls read() and hands what it got to the "data" function. Until then it calls nothing.`,
        expect: [evaluates('[Socket]'), ...nothing],
        sources: ['Node.js net: Event "data"'],
      },
    ),
    step('greet', executes('server', 'connection.write("hello, world!")'), {
      before: {ja: 'サーバーが 13 バイトのあいさつを書きます。', en: 'The server writes its greeting, 13 bytes.'},
      after: `すぐに write() が呼ばれ、13 バイトがカーネルに渡りました。true は「まだ書いてよい」で、「届いた」ではありません。クライアントの read() の 65536 は上限で、渡された 13 バイトは文字列ではなく Buffer(バイト列)です。
        write() was called at once; the kernel has the 13 bytes. true means “you may write on”, not “it has arrived”. The 65536 of the client’s read() is a limit, and what it hands over is not a string but a Buffer: bytes.`,
      expect: [
        evaluates('true'),
        {actor: 'client', text: '<Buffer 68 65 6c 6c 6f 2c 20 77 6f 72 6c 64 21>\n'},
        {actor: 'server', calls: [{name: 'write', result: 13}], only: true},
        {actor: 'client', calls: [{name: 'read', with: '65536', result: 13}], only: true},
      ],
      sources: ['Node.js socket.write()', 'man 2 write'],
    }),
    step('three-writes', executes('client', 'socket.write("one "); socket.write("two "); socket.write("three")'), {
      before: `クライアントが、続けて三回 write() します。4、4、5 バイト、合わせて 13 バイトです。
        The client calls write() three times in a row: 4, 4 and 5 bytes, 13 in all.`,
      belief: 'node-joins-writes',
      question: `クライアントの write() システムコールは、どうなりますか。
        Which write() system calls will the client make?`,
      choices: [
        {
          text: {ja: '三回で 4、4、5 バイト', en: 'three, of 4, 4 and 5 bytes'},
          claim: {
            actor: 'client',
            calls: [
              {name: 'write', result: 4},
              {name: 'write', result: 4},
              {name: 'write', result: 5},
            ],
          },
        },
        {
          text: {ja: '一回で 13 バイト', en: 'one of 13 bytes'},
          claim: {actor: 'client', calls: [{name: 'write', result: 13}]},
          because: `まとめてほしいときは、socket.cork() と uncork() で囲みます。
            To have them joined, write between socket.cork() and uncork().`,
        },
      ],
      after: `三回です。空きがあれば、Node はためずにすぐカーネルへ渡します。サーバーが何回の read() で受け取るかは、そのときしだい。一回にまとまることも、分かれることもあります。TCP に書いた回数は残りません。
        Three: while there is room, Node hands each to the kernel at once. How many read() calls the server needs is up to the moment: they may arrive together or apart. TCP does not keep how often it was written to.`,
      expect: [
        evaluates('true'),
        {
          actor: 'client',
          calls: [{name: 'write', result: 4}, {name: 'write', result: 4}, {name: 'write', result: 5}, {name: 'read'}],
          // The whole echo: what is still to be read would be read after the next step's shutdown().
          bytes: {write: 13, read: 13},
        },
        {actor: 'server', calls: [{name: 'read'}, {name: 'write'}], bytes: {read: 13, write: 13}},
      ],
      sources: ['Node.js socket.write()', 'man 7 tcp'],
    }),
    step('end', executes('client', 'socket.end()'), {
      before: `クライアントは、もう書くことがないので socket.end() を呼びます。
        The client has nothing more to write and calls socket.end().`,
      belief: 'one-function-one-call',
      question: {ja: 'クライアントでは、何が呼ばれますか。', en: 'Which calls will the client make?'},
      choices: [
        {
          text: {ja: 'close() だけ', en: 'close() alone'},
          claim: {actor: 'client', calls: [{name: 'close'}], only: true},
          because: `それでは、サーバーがまだ送っている分を受け取れません。close() だけにしたいときは destroy() です。
            Then it could not receive what the server still sends. destroy() is the one that only closes.`,
        },
        {
          text: {ja: 'shutdown(SHUT_WR)、read()、close()', en: 'shutdown(SHUT_WR), read(), close()'},
          claim: {actor: 'client', calls: [{name: 'shutdown'}, {name: 'read', result: 0}, {name: 'close'}], only: true},
        },
        {
          text: {ja: 'shutdown(SHUT_WR) だけ', en: 'shutdown(SHUT_WR) alone'},
          claim: {actor: 'client', calls: [{name: 'shutdown'}], only: true},
          because: `サーバーに "end" を受け取る関数がなくても、Node はサーバー側も閉じます(allowHalfOpen が false のとき)。
            Although the server has no function for "end", Node closes that side too (while allowHalfOpen is false).`,
        },
      ],
      after: `end() は半クローズです。サーバーの read() が 0 を返し、サーバー側も Node が自動で閉じました。それを見て、クライアントも close() しました。自分も送り続けたいサーバーなら、allowHalfOpen を true にします。
        end() is a half-close. The server’s read() returned 0, and Node closed that side by itself; then the client’s read() returned 0 and it closed. A server that wants to send on sets allowHalfOpen to true.`,
      expect: [
        evaluates('[Socket]'),
        hasNoSocket('client'),
        rows('server', 0, {state: 'CLOSE_WAIT'}),
        rows('server', 0, {state: 'ESTABLISHED'}),
        {
          actor: 'client',
          calls: [{name: 'shutdown', with: 'SHUT_WR'}, {name: 'read', result: 0}, {name: 'close'}],
          only: true,
        },
        {
          actor: 'server',
          calls: [{name: 'read', result: 0}, {name: 'shutdown', with: 'SHUT_WR'}, {name: 'close'}],
          only: true,
        },
      ],
      sources: ['Node.js socket.end()', 'man 2 shutdown'],
    }),
    step('server-close', executes('server', 'server.close()'), {
      before: {ja: '最後に server.close() です。', en: 'Last, server.close().'},
      after: `待ち受けのソケットだけが閉じられました。接続がまだ残っていれば、それは使えるままで、全部が終わってから "close" が知らされます。
        Only the listening socket was closed. Connections that were still there would go on working, and "close" would be told after the last of them.`,
      expect: [
        evaluates('[Server]'),
        hasNoSocket('server'),
        {actor: 'server', calls: [{name: 'close', result: 0}], only: true},
      ],
      sources: ['Node.js server.close()', 'man 2 close'],
    }),
  ],
  summary: `net は新しいプロトコルではなく、カーネルの TCP を使うための API です。listen() は四つ、createServer() はゼロ。ソケットで待つ代わりに、知らせ(イベント)を受けて動きます。バイトの意味を決めるのは、net の上に書くプログラムです。
    net is no protocol of its own but an API to the kernel’s TCP: listen() is four calls, createServer() none. It works with sockets that never wait, and with events. What the bytes mean is up to the program that you write on top of it.`,
  review: [
    review('last-words', {nodeActors: ['server', 'client']}, [
      step(
        'last-words-scene',
        [
          executes('server', load),
          executes('client', load),
          executes('server', 'const server = net.createServer(it => it.resume())'),
          executes('server', 'server.listen({port}, "127.0.0.1")'),
          executes('client', `const socket = ${connects}.resume()`),
        ],
        {
          before: `新しいサーバーとクライアントが Node でつながります。サーバーは、届いたものを読み捨てます。
            A new server and client connect, in Node. The server reads what arrives and throws it away.`,
          after: {ja: 'つながりました。', en: 'They are connected.'},
          expect: [evaluates(), areConnected],
          sources: ['Node.js net.connect()'],
        },
      ),
      step('last-words-end', executes('client', 'socket.end("bye")'), {
        before: `クライアントが、最後の言葉をつけて socket.end("bye") を呼びます。
          The client calls socket.end("bye"), with its last words.`,
        belief: 'one-function-one-call',
        question: {ja: 'クライアントでは、何が呼ばれますか。', en: 'Which calls will the client make?'},
        choices: [
          {
            text: {ja: 'write()、close() の二つ', en: 'two: write(), close()'},
            claim: {actor: 'client', calls: [{name: 'write'}, {name: 'close'}], only: true},
            because: `end() は半クローズです。閉じるのは、相手も送り終えてからです。
              end() is a half-close. close() comes once the peer has finished too.`,
          },
          {
            text: {ja: 'write()、shutdown()、read()、close() の四つ', en: 'four: write(), shutdown(), read(), close()'},
            claim: {
              actor: 'client',
              calls: [{name: 'write'}, {name: 'shutdown'}, {name: 'read'}, {name: 'close'}],
              only: true,
            },
          },
          {
            text: {ja: '書いて閉じる、一つの呼び出し', en: 'one call that writes and closes'},
            claim: {actor: 'client', calls: [{name: 'write'}], only: true},
            because: `書くことと送信を終えることは、カーネルでは別の呼び出しです。
              To the kernel, writing and ending are separate calls.`,
          },
        ],
        after: `end() は、残りを書き、送信だけを終え、相手が終わるのを read() で見届けてから閉じます。
          end() writes what is left, ends its own sending, sees by read() that the peer has ended too, and then closes.`,
        expect: [
          evaluates(),
          {
            actor: 'client',
            calls: [{name: 'write', result: 3}, {name: 'shutdown'}, {name: 'read', result: 0}, {name: 'close'}],
            only: true,
          },
        ],
        sources: ['Node.js socket.end()'],
      }),
      closeServer('last-words'),
    ]),
    review('nobody-listens', {nodeActors: ['server', 'client']}, [
      step('nobody-listens-scene', executes('client', load), {
        before: {ja: 'ポート {port} では、だれも待ち受けていません。', en: 'Nobody listens on port {port}.'},
        after: {ja: 'クライアントは net を読み込みました。', en: 'The client has loaded net.'},
        expect: evaluates(),
        sources: ['Node.js net'],
      }),
      step(
        'nobody-listens-connect',
        executes('client', 'net.connect({port}, "127.0.0.1").on("error", error => console.log(error.code))'),
        {
          before: `クライアントが、そこへ net.connect() を呼びます。
            The client calls net.connect() to it.`,
          belief: 'connect-waits-in-node',
          question: {ja: 'この文は、どうなりますか。', en: 'What will become of this statement?'},
          choices: [
            {
              text: {ja: 'ECONNREFUSED を投げる(throw)', en: 'it throws ECONNREFUSED'},
              claim: {kind: 'throws', error: 'ECONNREFUSED'},
              because: `結果が分かるころには、この文はもう終わっています。
                By the time the result is known, this statement is over.`,
            },
            {
              text: {ja: '何も起きない', en: 'nothing happens'},
              claim: [evaluates(), {actor: 'client', text: 'ECONNREFUSED', never: true}],
              because: `断られたことは、"error" イベントで知らされます。
                That it was refused is told, by the "error" event.`,
            },
            {
              text: {ja: 'ソケットを返し、"error" はあとで起きる', en: 'it gives a socket, and "error" comes later'},
              claim: [evaluates(), {actor: 'client', text: 'ECONNREFUSED'}],
            },
          ],
          after: `net.connect() は、結果が分かる前に戻ります。断られたことは "error" で知らされるので、try と catch では受け取れません。
            net.connect() returns before the result is known. That it was refused is told by "error"; try and catch do not see it.`,
          expect: [evaluates(), {actor: 'client', text: 'ECONNREFUSED\n'}],
          sources: ['Node.js net.connect()', 'man 2 connect'],
        },
      ),
    ]),
    review('server-first', {nodeActors: ['server', 'client']}, [
      step(
        'server-first-scene',
        [
          executes('server', load),
          executes('client', load),
          executes('server', 'const server = net.createServer(it => { it.write("hello, "); it.end("world!") })'),
          executes('server', 'server.listen({port}, "127.0.0.1")'),
        ],
        {
          before: `つながるとすぐ、「hello, 」と「world!」を続けて書くサーバーがあります。
            A server writes "hello, " and "world!" right after each other as soon as someone connects.`,
          after: {ja: '待ち受けています。', en: 'It listens.'},
          expect: [evaluates(), rows('server', 1, {state: 'LISTEN'})],
          sources: ['Node.js net.createServer()'],
        },
      ),
      step(
        'server-first-connect',
        executes('client', 'net.connect({port}, "127.0.0.1").on("data", bytes => console.log(String(bytes)))'),
        {
          before: {ja: 'クライアントがつなぎます。', en: 'A client connects.'},
          belief: 'node-joins-writes',
          question: `サーバーの write() システムコールは、どうなりますか。
            Which write() system calls will the server make?`,
          choices: [
            {
              text: {ja: '二回で 7 と 6 バイト', en: 'two, of 7 and 6 bytes'},
              claim: {
                actor: 'server',
                calls: [
                  {name: 'write', result: 7},
                  {name: 'write', result: 6},
                ],
              },
            },
            {
              text: {ja: '一回で 13 バイト', en: 'one of 13 bytes'},
              claim: {actor: 'server', calls: [{name: 'write', result: 13}]},
              because: `Node は、空きがあればすぐにカーネルへ渡します。ためるのは cork() のときです。
                While there is room Node hands over at once. cork() would make it wait.`,
            },
          ],
          after: `どちらも、呼ばれたその場でカーネルに渡りました。クライアントに届くときに一つにまとまるかどうかは、別の話です。
            Each went to the kernel when it was called. Whether they reach the client as one is another matter.`,
          expect: [
            evaluates(),
            hasNoSocket('client'),
            {
              actor: 'server',
              calls: [
                {name: 'write', result: 7},
                {name: 'write', result: 6},
              ],
            },
            {actor: 'client', calls: [{name: 'close'}]},
          ],
          sources: ['Node.js socket.write()'],
        },
      ),
      closeServer('server-first'),
    ]),
    review('whom-did-i-reach', {nodeActors: ['server', 'client']}, [
      step(
        'whom-did-i-reach-scene',
        [
          executes('server', load),
          executes('client', load),
          executes('server', 'const server = net.createServer(it => it.resume())'),
          executes('server', 'server.listen({port}, "127.0.0.1")'),
          executes('client', `const socket = ${connects}.resume()`),
        ],
        {
          before: `今度は、クライアントが知りたがります。自分はだれにつながったのか。
            This time it is the client that wants to know: whom have I reached?`,
          after: {ja: 'つながりました。', en: 'It is connected.'},
          expect: [evaluates(), areConnected],
          sources: ['Node.js net.connect()'],
        },
      ),
      step('whom-did-i-reach-ask', executes('client', 'socket.remoteAddress'), {
        before: {ja: 'クライアントが socket.remoteAddress を見ます。', en: 'The client looks at socket.remoteAddress.'},
        belief: 'server-asks-dns',
        question: {ja: '何が呼ばれますか。', en: 'What is called?'},
        choices: [
          {text: {ja: 'getpeername() だけ', en: 'getpeername() alone'}, claim: asClaimed.of('traced')},
          {
            text: `DNS のための socket()、connect()、write()、read()
              socket(), connect(), write() and read(), for DNS`,
            claim: {actor: 'client', calls: [{name: 'socket'}, {name: 'connect'}]},
            because: `相手のアドレスは、接続ができたときからカーネルが知っています。
              The kernel has known the peer’s address since the connection was made.`,
          },
        ],
        after: `接続の両端は、どちらの側のカーネルも知っています。getpeername() が相手の端、getsockname() が自分の端です。
          Both ends of a connection are known to the kernel on either side: getpeername() gives the peer’s, getsockname() one’s own.`,
        expect: [evaluates("'127.0.0.1'"), {actor: 'client', calls: [{name: 'getpeername'}], only: true}],
        sources: ['man 2 getpeername'],
      }),
      {
        ...closeServer('whom-did-i-reach'),
        ...executes('client', 'socket.end()'),
        also: [executes('server', 'server.close()')],
      },
    ]),
  ],
});

/** The last step of a scene, in which nothing is asked. */
function closeServer(scene: string) {
  return step(`${scene}-close`, executes('server', 'server.close()'), {
    before: {ja: '片付けます。', en: 'Now the scene is cleared away.'},
    after: {ja: '何も残っていません。', en: 'Nothing is left.'},
    expect: [evaluates(), hasNoSocket('server'), hasNoSocket('client')],
    sources: ['Node.js server.close()'],
  });
}
