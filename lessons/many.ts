import type {PollEvent} from '../src/model/call.ts';
import type {Act, Lesson, OutcomeClaim, SocketName} from '../src/model/lesson.ts';
import {accepts, closes, closesBoth, connects, inOneStep, joins, listens, receives, sends} from './kit/acts.ts';

/** Asks which of these can be read, and sleeps until one can. */
const polls = (...sockets: readonly SocketName[]): Act => ({
  actor: 'server',
  call: {name: 'poll', fds: sockets.map(fd => ({fd, events: ['POLLIN']})), timeout: -1},
});

/** Just these can be read. */
const ready = (...sockets: readonly SocketName[]): OutcomeClaim => ({
  kind: 'returns-ready',
  ready: Object.fromEntries(sockets.map((name): [SocketName, readonly PollEvent[]] => [name, ['POLLIN']])),
});

const gets = (text: string): OutcomeClaim => ({kind: 'returns-bytes', bytes: {kind: 'text', text}});

export const many: Lesson = {
  id: 'many',
  title: {ja: '大勢のクライアント', en: 'Many clients'},
  about: {
    ja: '一人ずつ相手をするサーバーと、poll() で話した人から相手をするサーバー。Node のイベントループがしていること',
    en: 'a server that takes one at a time, and one that asks poll() who is ready; what Node’s event loop does',
  },
  minutes: 10,
  actors: ['server', 'client', 'client-2', 'client-3'],
  beliefs: {
    'blocked-is-busy': {
      ja: '待っているプロセスは、ループして CPU を使っている',
      en: 'a process that waits is looping, and uses the CPU',
    },
    'recv-hears-everybody': {
      ja: 'recv() で待っていれば、どのクライアントから届いても起きる',
      en: 'a server asleep in recv() wakes whichever client sends',
    },
    'poll-hears-data-only': {
      ja: 'poll() で分かるのはデータだけで、新しい接続は分からない',
      en: 'poll() tells of data only, not of new connections',
    },
    'poll-receives': {
      ja: 'poll() は、届いたデータを受け取ってくれる',
      en: 'poll() takes in the data that has arrived',
    },
  },
  steps: [
    {
      id: 'server-ready',
      ...inOneStep(...listens(5)),
      before: {
        ja: 'サーバーが支度をします。listen() まで一度に進めます。',
        en: 'The server gets ready, all at once up to listen().',
      },
      after: {
        ja: 'サーバーのプロセスは一つです。これから三つのクライアントが来ます。',
        en: 'The server is one process. Three clients are about to come.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [{kind: 'listed', socket: 'listener', state: 'LISTEN', recvQueue: 0}],
      },
      sources: ['man 2 listen'],
    },
    {
      id: 'two-connect',
      ...inOneStep(...connects('client', 'client'), ...connects('client-2', 'client-2')),
      before: {
        ja: 'クライアントとクライアント 2 が、続けて connect() します。',
        en: 'The client and client 2 connect, one after the other.',
      },
      after: {
        ja: 'どちらもつながり、接続待ちキューに二つ並びました。',
        en: 'Both are connected, and two connections stand in the accept queue.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [{kind: 'accept-queue', listener: 'listener', connections: 2, state: 'ESTABLISHED'}],
      },
      sources: ['man 2 connect'],
    },
    {
      id: 'server-accept',
      ...accepts('connection'),
      before: {
        ja: 'まずは、一人ずつ相手をするサーバーです。accept() で先頭の接続を受け取ります。',
        en: 'First a server that takes one at a time. accept() gives it the connection at the head of the queue.',
      },
      after: {
        ja: '先に来たクライアントの接続(connection)です。クライアント 2 は、キューに残っています。',
        en: 'connection is that of the client that came first. Client 2 is still in the queue.',
      },
      expect: {
        outcome: {kind: 'returns-descriptor'},
        sockets: [
          {kind: 'listed', socket: 'connection', state: 'ESTABLISHED'},
          {kind: 'accept-queue', listener: 'listener', connections: 1},
        ],
      },
      sources: ['man 2 accept'],
    },
    {
      id: 'server-recv',
      ...receives('server', 'connection'),
      before: {
        ja: 'サーバーがその接続で recv() を呼びます。クライアントは、まだ何も言っていません。',
        en: 'The server calls recv() on that connection. The client has said nothing so far.',
      },
      predict: {
        belief: 'blocked-is-busy',
        question: {
          ja: 'データが来るまで、サーバーのプロセスはどうしていますか。',
          en: 'What will the server’s process do until there is data?',
        },
        choices: [
          {
            text: {
              ja: 'EAGAIN を受け取っては、recv() を呼び直す',
              en: 'get EAGAIN, and call recv() again and again',
            },
            claim: {outcome: {kind: 'fails', errno: 'EAGAIN'}},
            because: {
              ja: 'そうなるのは O_NONBLOCK を付けたときです。ふつうの recv() は、データが来るまで返りません。',
              en: 'That is what O_NONBLOCK asks for. An ordinary recv() does not return until there is data.',
            },
          },
          {
            text: {ja: 'recv() の中で眠る', en: 'sleep inside recv()'},
            claim: {outcome: {kind: 'waits'}},
          },
          {
            text: {ja: '応答なしとみなされて終わる', en: 'be ended, since it no longer responds'},
            claim: {outcome: {kind: 'lost'}},
            because: {
              ja: '待つことは異常ではありません。カーネルは、いつまででも眠らせておきます。',
              en: 'To wait is nothing wrong. The kernel lets it sleep for as long as it takes.',
            },
          },
        ],
      },
      after: {
        ja: 'recv() を呼んだスレッドは眠りました。/proc での状態は S(スリープ中)です。CPU は使わず、データが届くとカーネルが起こします。止まって見えても、壊れてはいません。',
        en: 'The thread that called recv() is asleep: state S in /proc. It uses no CPU, and the kernel wakes it when data comes. It looks frozen, but nothing is broken.',
      },
      expect: {outcome: {kind: 'waits'}},
      sources: ['man 2 recv', 'man 5 proc'],
    },
    {
      id: 'client-2-send',
      ...sends('client-2', 'client-2', 'hi, 2'),
      before: {
        ja: 'クライアントは黙ったままです。クライアント 2 が「hi, 2」を send() します。',
        en: 'The client stays silent. Client 2 sends “hi, 2”.',
      },
      predict: {
        belief: 'recv-hears-everybody',
        question: {
          ja: 'サーバーの眠っている recv() は、どうなりますか。',
          en: 'What will become of the server’s sleeping recv()?',
        },
        choices: [
          {
            text: {ja: '眠り続ける。「hi, 2」はキューで待つ', en: 'it sleeps on, and “hi, 2” waits in a queue'},
            claim: {
              outcome: {kind: 'returns', value: 5},
              completes: {step: 'server-recv', outcome: {kind: 'waits'}},
              sockets: [{kind: 'accept-queue', listener: 'listener', connections: 1, bytes: 5}],
            },
          },
          {
            text: {ja: '起きて「hi, 2」を返す', en: 'it wakes and returns “hi, 2”'},
            claim: {completes: {step: 'server-recv', outcome: gets('hi, 2')}},
            because: {
              ja: 'recv() が待つのは、渡されたソケットだけです。別の接続のバイトは、別の受信キューに入ります。',
              en: 'recv() waits for one socket, the one it was given. Bytes of another connection go into another queue.',
            },
          },
          {
            text: {ja: '眠り続ける。send() も返らない', en: 'it sleeps on, and send() does not return either'},
            claim: {outcome: {kind: 'waits'}},
            because: {
              ja: '送るのに、相手の accept() は要りません。接続はカーネルが作り、受信キューに空きがあります。',
              en: 'Sending needs no accept(): the kernel has made the connection, and its receive queue has room.',
            },
          },
        ],
      },
      hint: {
        ja: 'recv() の引数には、ソケットが一つだけあります。',
        en: 'Among the arguments of recv() there is just one socket.',
      },
      after: {
        ja: 'サーバーは眠ったままです。「hi, 2」は、まだ accept() されていない接続の受信キューに入りました。クライアント 2 からは、すべてうまくいったように見えます。返事だけが来ません。',
        en: 'The server sleeps on. “hi, 2” went into the receive queue of a connection that nobody has accepted. For client 2 all has gone well, except that no answer comes.',
      },
      expect: {
        outcome: {kind: 'returns', value: 5},
        sockets: [
          {kind: 'accept-queue', listener: 'listener', connections: 1, state: 'ESTABLISHED', bytes: 5},
          {kind: 'listed', socket: 'connection', state: 'ESTABLISHED', recvQueue: 0},
        ],
      },
      sources: ['man 2 recv'],
    },
    {
      id: 'client-3-joins',
      ...inOneStep(...connects('client-3', 'client-3'), sends('client-3', 'client-3', 'hi, 3')),
      before: {
        ja: 'クライアント 3 も connect() して、「hi, 3」を送ります。',
        en: 'Client 3 connects as well and sends “hi, 3”.',
      },
      after: {
        ja: '二人が、黙っている一人のうしろで待っています。',
        en: 'Two of them wait behind one who says nothing.',
      },
      expect: {
        outcome: {kind: 'returns', value: 5},
        sockets: [{kind: 'accept-queue', listener: 'listener', connections: 2, state: 'ESTABLISHED', bytes: 5}],
      },
      sources: ['man 2 connect'],
    },
    {
      id: 'client-send',
      ...sends('client', 'client', 'hi, 1'),
      before: {
        ja: 'ようやく、クライアントが「hi, 1」を送ります。',
        en: 'At long last the client sends “hi, 1”.',
      },
      after: {
        ja: 'recv() が返り、サーバーは動けるようになりました。一人ずつの作りでは、一人が黙ると全員が待ちます。接続ごとにプロセスやスレッドを増やす手もありますが、ここでは一つのままで解決します。',
        en: 'recv() returned, and the server can go on. Taken one at a time, all wait while one is silent. A process or a thread for each connection would help; here a single one will do.',
      },
      expect: {
        outcome: {kind: 'returns', value: 5},
        completes: {step: 'server-recv', outcome: gets('hi, 1')},
      },
      sources: ['man 2 recv'],
    },
    {
      id: 'server-accept-2',
      ...accepts('second'),
      before: {
        ja: 'ここから作りを変えます。サーバーが、クライアント 2 の接続も受け取ります。',
        en: 'From here on the server works another way. It takes the connection of client 2 too.',
      },
      after: {
        ja: 'クライアント 2 の接続(second)で、サーバーのソケットは三つになりました。次にどれが動くのか、サーバーには分かりません。どれで眠ればよいでしょう。',
        en: 'With second, the connection of client 2, the server has three sockets. Which will be next, it cannot know. On which should it sleep?',
      },
      expect: {
        outcome: {kind: 'returns-descriptor'},
        sockets: [
          {kind: 'listed', socket: 'second', state: 'ESTABLISHED', recvQueue: 5},
          {kind: 'accept-queue', listener: 'listener', connections: 1},
        ],
      },
      sources: ['man 2 accept'],
    },
    {
      id: 'server-poll',
      ...polls('listener', 'connection', 'second'),
      before: {
        ja: 'poll() は、いくつものソケットを一度に調べます。今回は listener、クライアントの connection、クライアント 2 の second です。POLLIN は「読めるか」という問いで、-1 は「どれかが読めるまで眠る」です。',
        en: 'poll() asks about several sockets at once: listener, connection (the client’s) and second (client 2’s). POLLIN means “can it be read?”, and -1 “sleep until one can”.',
      },
      predict: {
        belief: 'poll-hears-data-only',
        question: {
          ja: 'poll() は、どのソケットが読めると答えますか。',
          en: 'Which sockets will poll() report as ready?',
        },
        choices: [
          {
            text: {ja: 'second だけ。「hi, 2」がある', en: 'only second, which has “hi, 2”'},
            claim: {outcome: ready('second')},
            because: {
              ja: '接続待ちキューに並ぶクライアント 3 も、poll() には見えます。',
              en: 'poll() also sees client 3, who stands in the accept queue.',
            },
          },
          {
            text: {ja: 'listener と second', en: 'listener and second'},
            claim: {outcome: ready('listener', 'second')},
          },
          {
            text: {ja: '調べた三つ全部', en: 'all three that it was asked about'},
            claim: {outcome: ready('listener', 'connection', 'second')},
            because: {
              ja: 'connection の「hi, 1」は、もう読まれました。いま recv() すると眠ります。',
              en: '“hi, 1” has been read from connection already. recv() on it would sleep now.',
            },
          },
        ],
      },
      hint: {
        ja: '待ち受けのソケットでは、accept() が「読む」にあたります。',
        en: 'For a listening socket, to read is to accept().',
      },
      after: {
        ja: '2 が返り、二つに POLLIN が付きました。second は recv() しても、listener は accept() しても眠らない、という意味です(ごくまれに外れるので、O_NONBLOCK と一緒に使うのが安全です)。眠る前に聞くので、黙っている人に捕まりません。',
        en: 'It returned 2: two have POLLIN. recv() on second would not sleep, and neither would accept() on listener (very rarely they do, so O_NONBLOCK is the safe companion of poll()). By asking before it sleeps, the server no longer gets stuck with one who is silent.',
      },
      expect: {outcome: ready('listener', 'second')},
      node: `// On Linux epoll_wait(), at the heart of the event loop: the same question about all sockets that the program has
server.on('connection', socket => {});  // the listener was ready
socket.on('data', bytes => {});  // a connection was ready`,
      sources: ['man 2 poll', 'man 2 accept'],
    },
    {
      id: 'server-accept-3',
      ...accepts('third'),
      before: {
        ja: 'listener は読めます。サーバーが accept() します。',
        en: 'listener is ready: the server calls accept().',
      },
      after: {
        ja: '眠らずに、クライアント 3 の接続(third)が返りました。',
        en: 'Without any sleep: third, the connection of client 3.',
      },
      expect: {
        outcome: {kind: 'returns-descriptor'},
        sockets: [
          {kind: 'listed', socket: 'third', state: 'ESTABLISHED', recvQueue: 5},
          {kind: 'accept-queue', listener: 'listener', connections: 0},
        ],
      },
      sources: ['man 2 accept'],
    },
    {
      id: 'serve-2',
      ...inOneStep(
        {...receives('server', 'second'), does: gets('hi, 2')},
        sends('server', 'second', 'ok, 2'),
        receives('client-2', 'client-2'),
      ),
      before: {
        ja: 'second も読めます。サーバーが recv() して返事を send() し、クライアント 2 が受け取ります。',
        en: 'second is ready as well: the server calls recv() and sends an answer, which client 2 receives.',
      },
      after: {
        ja: 'クライアント 2 は、やっと返事をもらえました。どの呼び出しも眠っていません。',
        en: 'Client 2 has its answer at last, and none of these calls had to sleep.',
      },
      expect: {outcome: gets('ok, 2')},
      sources: ['man 2 recv', 'man 2 send'],
    },
    {
      id: 'serve-3',
      ...inOneStep(
        {...polls('listener', 'connection', 'second', 'third'), does: ready('third')},
        {...receives('server', 'third'), does: gets('hi, 3')},
        sends('server', 'third', 'ok, 3'),
        receives('client-3', 'client-3'),
      ),
      before: {
        ja: 'サーバーは四つのソケットで poll() に戻り、読めるものの相手をします。',
        en: 'The server goes back to poll(), now with four sockets, and serves whoever is ready.',
      },
      after: {
        ja: 'third の「hi, 3」が読めたので、クライアント 3 にも返事が届きました。poll() で聞き、読めたものだけを処理して、また poll() に戻る。この繰り返しがイベントループです。',
        en: '“hi, 3” was there on third, and client 3 has its answer too. Ask poll(), serve what is ready, ask again: that is an event loop.',
      },
      expect: {outcome: gets('ok, 3')},
      node: `// Your callbacks run between two questions to the kernel. While one of them computes for
// a second, nobody else is served: the kernel takes connections and bytes, and they wait.`,
      sources: ['man 2 poll', 'man 7 epoll'],
    },
    {
      id: 'server-poll-sleep',
      ...polls('listener', 'connection', 'second', 'third'),
      before: {
        ja: '全員の相手が済みました。サーバーがまた poll() を呼びます。',
        en: 'Everybody is served. The server calls poll() again.',
      },
      after: {
        ja: '読めるものがないので、poll() の中で眠りました。眠るのは一か所でも、四つのソケットのどれで何が起きても起こしてもらえます。',
        en: 'Nothing is ready, so it sleeps inside poll(). It sleeps in one place, yet will be woken by any of the four sockets.',
      },
      expect: {outcome: {kind: 'waits'}},
      sources: ['man 2 poll'],
    },
    {
      id: 'client-3-send',
      ...sends('client-3', 'client-3', 'more'),
      before: {
        ja: 'クライアント 3 が「more」を送ります。',
        en: 'Client 3 sends “more”.',
      },
      predict: {
        belief: 'poll-receives',
        question: {
          ja: '眠っている poll() と「more」の 4 バイトは、どうなりますか。',
          en: 'What becomes of the sleeping poll(), and of the 4 bytes of “more”?',
        },
        choices: [
          {
            text: {ja: 'poll() が起き、4 バイトも受け取る', en: 'poll() wakes and takes the 4 bytes in'},
            claim: {
              completes: {step: 'server-poll-sleep', outcome: {kind: 'returns', value: 1}},
              sockets: [{kind: 'listed', socket: 'third', state: 'ESTABLISHED', recvQueue: 0}],
            },
            because: {
              ja: 'poll() は「読める」と知らせるだけです。受け取るのは recv() です。',
              en: 'poll() only says “ready”. It is recv() that takes bytes.',
            },
          },
          {
            text: {ja: 'poll() は起きるが、4 バイトはキューに残る', en: 'poll() wakes; the 4 bytes stay in the queue'},
            claim: {
              completes: {step: 'server-poll-sleep', outcome: {kind: 'returns', value: 1}},
              sockets: [{kind: 'listed', socket: 'third', state: 'ESTABLISHED', recvQueue: 4}],
            },
          },
          {
            text: {ja: '四つともそろうまで、poll() は眠る', en: 'poll() sleeps until all four are ready'},
            claim: {completes: {step: 'server-poll-sleep', outcome: {kind: 'waits'}}},
            because: {
              ja: '一つでも読めれば起きます。返り値は、読めるソケットの数です。',
              en: 'One is enough. The value returned is how many are ready.',
            },
          },
        ],
      },
      after: {
        ja: 'poll() は 1 を返し、third に POLLIN を付けました。「more」は受信キューにあります。読まずにまた poll() を呼べば、眠らずに同じ答えが返ります。',
        en: 'poll() returned 1, with POLLIN for third. “more” is in the receive queue. To call poll() again without reading it would give the same answer at once.',
      },
      expect: {
        outcome: {kind: 'returns', value: 4},
        completes: {step: 'server-poll-sleep', outcome: ready('third')},
        sockets: [{kind: 'listed', socket: 'third', state: 'ESTABLISHED', recvQueue: 4}],
      },
      node: `socket.on('data', bytes => {});  // here Node has called read() for you, after epoll_wait()`,
      sources: ['man 2 poll'],
    },
    {
      id: 'server-recv-3',
      ...receives('server', 'third'),
      before: {ja: 'サーバーが third を recv() で読みます。', en: 'The server reads third with recv().'},
      after: {
        ja: '「more」が渡り、キューは空です。ほかの三つには触れていません。',
        en: 'It has “more” now, and the queue is empty. The other three were left alone.',
      },
      expect: {
        outcome: gets('more'),
        sockets: [{kind: 'listed', socket: 'third', state: 'ESTABLISHED', recvQueue: 0}],
      },
      sources: ['man 2 recv'],
    },
    {
      id: 'clients-close',
      ...inOneStep(closes('client', 'client'), closes('client-2', 'client-2'), closes('client-3', 'client-3')),
      before: {
        ja: '三つのクライアントが close() します。',
        en: 'All three clients close.',
      },
      after: {
        ja: 'サーバーの三つの接続は、どれも FIN を受け取って CLOSE_WAIT です。',
        en: 'FIN has come on each of the server’s three connections: all are in CLOSE_WAIT.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'connection', state: 'CLOSE_WAIT'},
          {kind: 'listed', socket: 'second', state: 'CLOSE_WAIT'},
          {kind: 'listed', socket: 'third', state: 'CLOSE_WAIT'},
        ],
      },
      node: 'socket.end();',
      sources: ['man 2 close'],
    },
    {
      id: 'server-poll-end',
      ...polls('listener', 'connection', 'second', 'third'),
      before: {
        ja: 'データは一つも届いていません。サーバーが poll() を呼びます。',
        en: 'No data has come. The server calls poll().',
      },
      after: {
        ja: '三つの接続に POLLIN が付きました。FIN が届いたので、recv() は眠らずに 0 を返せます。だから「読める」のです。',
        en: 'POLLIN for all three connections. FIN has come, so recv() would return 0 without sleeping, and that counts as ready.',
      },
      expect: {outcome: ready('connection', 'second', 'third')},
      node: "socket.on('end', () => {});  // POLLIN, and then read() returned 0",
      sources: ['man 2 poll', 'man 2 recv'],
    },
    {
      id: 'server-ends',
      ...inOneStep(
        ...((['connection', 'second', 'third'] as const).flatMap((fd): Act[] => [
          {...receives('server', fd), does: {kind: 'returns', value: 0}},
          closes('server', fd),
        ]) as [Act, ...Act[]]),
        closes('server', 'listener'),
      ),
      before: {
        ja: 'サーバーが、どの接続でも 0 を受け取って閉じ、待ち受けのソケットも閉じます。',
        en: 'The server gets 0 from each connection and closes it, and its listening socket as well.',
      },
      after: {
        ja: '全部閉じました。一つのプロセスが、呼び出しを一つずつ順に行うだけで、三つのクライアントの相手ができました。',
        en: 'All is closed. One process, making one call after the other, has served three clients.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'gone', socket: 'connection'},
          {kind: 'gone', socket: 'second'},
          {kind: 'gone', socket: 'third'},
          {kind: 'gone', socket: 'listener'},
        ],
      },
      sources: ['man 2 close'],
    },
  ],
  summary: {
    ja: 'recv() や accept() は、渡されたソケット一つのために眠ります。眠るのは異常でも空回りでもありませんが、一つで眠るとほかの相手ができません。poll() は多くのソケットをまとめて待ち、どれが読めるかを答えます。Node のイベントループは、同じことを Linux では epoll でしています。',
    en: 'recv() and accept() sleep for the one socket that they are given. That sleep is neither a fault nor a busy loop, but it keeps the server from all others. poll() waits for many sockets together and says which are ready. Node’s event loop does the same, on Linux with epoll.',
  },
  review: [
    {
      id: 'accept-alone',
      belief: 'blocked-is-busy',
      steps: [
        {
          id: 'listen',
          ...inOneStep(...listens(5)),
          before: {
            ja: 'サーバーが支度をします。クライアントは、まだ来ません。',
            en: 'A server gets ready. No client is in sight.',
          },
          after: {ja: '接続待ちキューは空です。', en: 'The accept queue is empty.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 listen'],
        },
        {
          id: 'ask',
          ...accepts('connection'),
          before: {
            ja: 'サーバーが accept() を呼びます。一晩中、だれも来ないかもしれません。',
            en: 'The server calls accept(). It may be that nobody comes all night.',
          },
          predict: {
            belief: 'blocked-is-busy',
            question: {
              ja: 'だれかが来るまで、サーバーのプロセスはどうしていますか。',
              en: 'What will the server’s process do until somebody comes?',
            },
            choices: [
              {
                text: {ja: '眠る。CPU は使わない', en: 'sleep, without using the CPU'},
                claim: {outcome: {kind: 'waits'}},
              },
              {
                text: {ja: 'EAGAIN が返るので、accept() を呼び直し続ける', en: 'get EAGAIN and keep calling accept()'},
                claim: {outcome: {kind: 'fails', errno: 'EAGAIN'}},
                because: {
                  ja: '呼び直さなくても、接続ができたときにカーネルが起こします。',
                  en: 'It need not: the kernel wakes it when there is a connection.',
                },
              },
            ],
          },
          after: {
            ja: '眠りました(状態 S)。recv() も accept() も poll() も、待ち方は同じです。',
            en: 'It sleeps (state S). recv(), accept() and poll() all wait in this way.',
          },
          expect: {outcome: {kind: 'waits'}},
          sources: ['man 2 accept'],
        },
        {
          id: 'wake',
          ...inOneStep(...connects('client', 'client')),
          before: {ja: 'クライアントが来て、サーバーを起こします。', en: 'A client comes and wakes the server.'},
          after: {ja: 'accept() が返りました。', en: 'accept() has returned.'},
          expect: {
            outcome: {kind: 'returns', value: 0},
            completes: {step: 'ask', outcome: {kind: 'returns-descriptor'}},
          },
          sources: ['man 2 accept'],
        },
        closesBoth,
      ],
    },
    {
      id: 'wrong-connection',
      belief: 'recv-hears-everybody',
      actors: ['server', 'client', 'client-2'],
      steps: [
        {
          id: 'connect',
          ...inOneStep(...joins, ...connects('client-2', 'client-2'), accepts('second')),
          before: {
            ja: 'サーバーが、二つのクライアントの接続をどちらも accept() しました。',
            en: 'The server has accepted the connections of two clients.',
          },
          after: {
            ja: '接続待ちキューは空で、サーバーには接続が二つあります。',
            en: 'The accept queue is empty, and the server has two connections.',
          },
          expect: {outcome: {kind: 'returns-descriptor'}},
          sources: ['man 2 accept'],
        },
        {
          id: 'recv',
          ...receives('server', 'second'),
          before: {
            ja: 'サーバーが、クライアント 2 の接続で recv() を呼びます。',
            en: 'The server calls recv() on the connection of client 2.',
          },
          after: {ja: 'サーバーは眠っています。', en: 'The server sleeps.'},
          expect: {outcome: {kind: 'waits'}},
          sources: ['man 2 recv'],
        },
        {
          id: 'ask',
          ...sends('client', 'client', 'urgent'),
          before: {
            ja: 'もう一方のクライアントが「urgent」を送ります。',
            en: 'The other client sends “urgent”.',
          },
          predict: {
            belief: 'recv-hears-everybody',
            question: {
              ja: 'サーバーの眠っている recv() は、どうなりますか。',
              en: 'What will become of the server’s sleeping recv()?',
            },
            choices: [
              {
                text: {ja: '起きて「urgent」を返す', en: 'it wakes and returns “urgent”'},
                claim: {completes: {step: 'recv', outcome: gets('urgent')}},
                because: {
                  ja: 'accept() 済みでも、別の接続のバイトは別の受信キューに入ります。',
                  en: 'Accepted or not, another connection’s bytes go into another queue.',
                },
              },
              {
                text: {ja: '眠り続ける', en: 'it sleeps on'},
                claim: {
                  outcome: {kind: 'returns', value: 6},
                  completes: {step: 'recv', outcome: {kind: 'waits'}},
                },
              },
            ],
          },
          after: {
            ja: '眠ったままです。「urgent」は connection の受信キューで待っています。二つの接続を一緒に待つには、poll() が要ります。',
            en: 'It sleeps on. “urgent” waits in the receive queue of connection. To wait for both connections together takes poll().',
          },
          expect: {
            outcome: {kind: 'returns', value: 6},
            sockets: [{kind: 'listed', socket: 'connection', state: 'ESTABLISHED', recvQueue: 6}],
          },
          sources: ['man 2 recv', 'man 2 poll'],
        },
        {
          id: 'wake',
          ...inOneStep(closes('client-2', 'client-2')),
          before: {
            ja: 'クライアント 2 が閉じて、サーバーを起こします。',
            en: 'Client 2 closes, which wakes the server.',
          },
          after: {ja: 'recv() が 0 を返しました。', en: 'recv() has returned 0.'},
          expect: {
            outcome: {kind: 'returns', value: 0},
            completes: {step: 'recv', outcome: {kind: 'returns', value: 0}},
          },
          sources: ['man 2 recv'],
        },
        {
          id: 'close',
          ...inOneStep(
            closes('client', 'client'),
            receives('server', 'connection'),
            closes('server', 'connection'),
            closes('server', 'second'),
            closes('server', 'listener'),
          ),
          before: {ja: '残りも閉じます。', en: 'The rest is closed as well.'},
          after: {ja: '閉じました。', en: 'Closed.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'a-new-guest',
      belief: 'poll-hears-data-only',
      actors: ['server', 'client', 'client-2'],
      steps: [
        {
          id: 'connect',
          ...inOneStep(...joins),
          before: {
            ja: 'サーバーに、待ち受けのソケットと接続が一つあります。',
            en: 'A server has its listening socket and one connection.',
          },
          after: {ja: 'つながっていますが、何も送られていません。', en: 'It is connected, but nothing has been sent.'},
          expect: {outcome: {kind: 'returns-descriptor'}},
          sources: ['man 2 accept'],
        },
        {
          id: 'poll',
          ...polls('listener', 'connection'),
          before: {
            ja: 'サーバーが、両方のソケットを poll() で待ちます。',
            en: 'The server waits for both sockets in poll().',
          },
          after: {ja: 'サーバーは眠っています。', en: 'The server sleeps.'},
          expect: {outcome: {kind: 'waits'}},
          sources: ['man 2 poll'],
        },
        {
          id: 'ask',
          ...inOneStep(...connects('client-2', 'client-2')),
          before: {
            ja: 'クライアント 2 が connect() します。データは送りません。',
            en: 'Client 2 connects, and sends no data.',
          },
          predict: {
            belief: 'poll-hears-data-only',
            question: {
              ja: 'サーバーの眠っている poll() は、どうなりますか。',
              en: 'What will become of the server’s sleeping poll()?',
            },
            choices: [
              {
                text: {ja: 'データが来ないので、眠り続ける', en: 'it sleeps on, since there is no data'},
                claim: {completes: {step: 'poll', outcome: {kind: 'waits'}}},
                because: {
                  ja: '接続ができると、待ち受けのソケットは「読める」ようになります。',
                  en: 'A finished connection makes the listening socket ready.',
                },
              },
              {
                text: {ja: '起きて、listener が読めると答える', en: 'it wakes: listener is ready'},
                claim: {completes: {step: 'poll', outcome: ready('listener')}},
              },
              {
                text: {ja: '起きて、connection が読めると答える', en: 'it wakes: connection is ready'},
                claim: {completes: {step: 'poll', outcome: ready('connection')}},
                because: {
                  ja: 'connection は、もう一人の客のソケットです。そこには何も届いていません。',
                  en: 'connection is the socket of the other client, and nothing has come for it.',
                },
              },
            ],
          },
          after: {
            ja: '接続待ちキューに一つ入り、accept() が眠らずに済むので、listener が「読める」になりました。',
            en: 'One connection is in the accept queue, and accept() would not sleep: so listener is ready.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            completes: {step: 'poll', outcome: ready('listener')},
          },
          sources: ['man 2 accept', 'man 2 poll'],
        },
        {
          id: 'close',
          ...inOneStep(
            accepts('second'),
            closes('client', 'client'),
            closes('client-2', 'client-2'),
            closes('server', 'connection'),
            closes('server', 'second'),
            closes('server', 'listener'),
          ),
          before: {ja: 'サーバーが accept() し、みなが閉じます。', en: 'The server accepts, and everybody closes.'},
          after: {ja: '閉じました。', en: 'Closed.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'asked-twice',
      belief: 'poll-receives',
      steps: [
        {
          id: 'poll',
          ...inOneStep(...joins, sends('client', 'client', 'letter'), {
            ...polls('listener', 'connection'),
            does: ready('connection'),
          }),
          before: {
            ja: 'クライアントが「letter」を送り、サーバーが poll() を呼びます。',
            en: 'The client sends “letter”, and the server calls poll().',
          },
          after: {
            ja: 'connection が読めるという答えです。サーバーは、まだ recv() を呼んでいません。',
            en: 'The answer: connection is ready. The server has not called recv() yet.',
          },
          expect: {outcome: ready('connection')},
          sources: ['man 2 poll'],
        },
        {
          id: 'ask',
          ...polls('listener', 'connection'),
          before: {
            ja: 'サーバーが、recv() をしないでもう一度 poll() を呼びます。新しいデータは来ていません。',
            en: 'Without calling recv() the server calls poll() again. No further data has come.',
          },
          predict: {
            belief: 'poll-receives',
            question: {ja: 'この poll() は、どうなりますか。', en: 'What will this poll() do?'},
            choices: [
              {
                text: {ja: 'すぐに、同じ答えを返す', en: 'give the same answer at once'},
                claim: {outcome: ready('connection')},
              },
              {
                text: {ja: '次のデータが来るまで眠る', en: 'sleep until further data comes'},
                claim: {outcome: {kind: 'waits'}},
                because: {
                  ja: '1 回目の poll() は、何も受け取っていません。「letter」はまだ読めます。',
                  en: 'The first poll() took nothing. “letter” can still be read.',
                },
              },
            ],
          },
          after: {
            ja: '同じ答えです。poll() は状態を調べるだけなので、recv() するまで「読める」のままです。読み忘れたループは、CPU を使って空回りします。',
            en: 'The same answer. poll() only looks, so connection stays ready until recv(). A loop that forgets to read goes round and round, and this one does use the CPU.',
          },
          expect: {
            outcome: ready('connection'),
            sockets: [{kind: 'listed', socket: 'connection', state: 'ESTABLISHED', recvQueue: 6}],
          },
          sources: ['man 2 poll'],
        },
        {
          id: 'close',
          ...inOneStep(
            receives('server', 'connection'),
            closes('client', 'client'),
            closes('server', 'connection'),
            closes('server', 'listener'),
          ),
          before: {ja: 'サーバーが読み、両側を閉じます。', en: 'The server reads, and both sides close.'},
          after: {ja: '閉じました。', en: 'Closed.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
  ],
};
