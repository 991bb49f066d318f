import type {PollEvent} from '../src/model/call.ts';
import type {Act, OutcomeClaim} from '../src/model/lesson.ts';
import {connects, does, joins, listens} from './kit/calls.ts';
import {closing} from './kit/closing.ts';
import {lesson, review} from './kit/lesson.ts';
import {completes, fails, neverReturns, received, returns, returnsDescriptor, waits} from './kit/outcomes.ts';
import {type Socket, sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';

const {listener, connection, second, third, client, client2, client3} = sockets({
  server: ['listener', 'connection', 'second', 'third'],
  client: ['client'],
  'client-2': ['client-2'],
  'client-3': ['client-3'],
});

/** Asks which of these can be read, and sleeps until one can. */
const polls = (...sockets: readonly Socket[]): Act => ({
  actor: 'server',
  call: {name: 'poll', fds: sockets.map(({name}) => ({fd: name, events: ['POLLIN']})), timeout: -1},
});

/** Just these can be read. */
const ready = (...sockets: readonly Socket[]): OutcomeClaim => ({
  kind: 'returns-ready',
  ready: Object.fromEntries(sockets.map(({name}): [string, readonly PollEvent[]] => [name, ['POLLIN']])),
});

/** The server has read all that this client sent, and closes too. */
const seesTheEndOf = (socket: Socket): readonly [Act, Act] => [does(socket.receives(), returns(0)), socket.closes()];

export const many = lesson({
  id: 'many',
  title: {ja: '大勢のクライアント', en: 'Many clients'},
  about: {
    ja: '一つのプロセスで、大勢のクライアントの相手をするには、どうするのか',
    en: 'How does one process serve many clients?',
  },
  minutes: 10,
  actors: ['server', 'client', 'client-2', 'client-3'],
  beliefs: {
    'blocked-is-busy': `待っているプロセスは、ループして CPU を使っている
      a process that waits is looping, and uses the CPU`,
    'recv-hears-everybody': `recv() で待っていれば、どのクライアントから届いても起きる
      a server asleep in recv() wakes whichever client sends`,
    'poll-hears-data-only': `poll() で分かるのはデータだけで、新しい接続は分からない
      poll() tells of data only, not of new connections`,
    'poll-receives': {ja: 'poll() は、届いたデータを受け取ってくれる', en: 'poll() takes in the data that has arrived'},
  },
  steps: [
    step('server-ready', listens(listener), {
      before: `サーバーが支度をします。listen() まで一度に進めます。
        The server gets ready, all at once up to listen().`,
      after: `サーバーのプロセスは一つです。これから三つのクライアントが来ます。
        The server is one process. Three clients are about to come.`,
      expect: listener.is('LISTEN', {recvQueue: 0}),
      sources: ['man 2 listen'],
    }),
    step('two-connect', [...connects(client), ...connects(client2)], {
      before: `クライアントとクライアント 2 が、続けて connect() します。
        The client and client 2 connect, one after the other.`,
      after: `どちらもつながり、接続待ちキューに二つ並びました。
        Both are connected, and two connections stand in the accept queue.`,
      expect: listener.queue(2, {state: 'ESTABLISHED'}),
      sources: ['man 2 connect'],
    }),
    step('server-accept', listener.accepts(connection), {
      before: `まずは、一人ずつ相手をするサーバーです。accept() で先頭の接続を受け取ります。
        First a server that takes one at a time. accept() gives it the connection at the head of the queue.`,
      after: `先に来たクライアントの接続(connection)です。クライアント 2 は、キューに残っています。
        connection is that of the client that came first. Client 2 is still in the queue.`,
      expect: [connection.is('ESTABLISHED'), listener.queue(1)],
      sources: ['man 2 accept'],
    }),
    step('server-recv', connection.receives(), {
      before: `サーバーがその接続で recv() を呼びます。クライアントは、まだ何も言っていません。
        The server calls recv() on that connection. The client has said nothing so far.`,
      belief: 'blocked-is-busy',
      question: `データが来るまで、サーバーのプロセスはどうしていますか。
        What will the server’s process do until there is data?`,
      choices: [
        {
          text: {ja: 'EAGAIN を受け取っては、recv() を呼び直す', en: 'get EAGAIN, and call recv() again and again'},
          claim: fails('EAGAIN'),
          because: `そうなるのは O_NONBLOCK を付けたときです。ふつうの recv() は、データが来るまで返りません。
            That is what O_NONBLOCK asks for. An ordinary recv() does not return until there is data.`,
        },
        {text: {ja: 'recv() の中で眠る', en: 'sleep inside recv()'}, claim: asClaimed},
        {
          text: {ja: '応答なしとみなされて終わる', en: 'be ended, since it no longer responds'},
          claim: neverReturns,
          because: `待つことは異常ではありません。カーネルは、いつまででも眠らせておきます。
            To wait is nothing wrong. The kernel lets it sleep for as long as it takes.`,
        },
      ],
      after: `recv() を呼んだスレッドは眠りました。/proc での状態は S(スリープ中)です。CPU は使わず、データが届くとカーネルが起こします。止まって見えても、壊れてはいません。
        The thread that called recv() is asleep: state S in /proc. It uses no CPU, and the kernel wakes it when data comes. It looks frozen, but nothing is broken.`,
      expect: waits,
      sources: ['man 2 recv', 'man 5 proc'],
    }),
    step('client-2-send', client2.sends('hi, 2'), {
      before: `クライアントは黙ったままです。クライアント 2 が「hi, 2」を send() します。
        The client stays silent. Client 2 sends “hi, 2”.`,
      belief: 'recv-hears-everybody',
      question: `サーバーの眠っている recv() は、どうなりますか。
        What will become of the server’s sleeping recv()?`,
      choices: [
        {
          text: {ja: '眠り続ける。「hi, 2」はキューで待つ', en: 'it sleeps on, and “hi, 2” waits in a queue'},
          claim: [returns(5), completes('server-recv', waits), listener.queue(1, {bytes: 5})],
        },
        {
          text: {ja: '起きて「hi, 2」を返す', en: 'it wakes and returns “hi, 2”'},
          claim: completes('server-recv', received('hi, 2')),
          because: `recv() が待つのは、渡されたソケットだけです。別の接続のバイトは、別の受信キューに入ります。
            recv() waits for one socket, the one it was given. Bytes of another connection go into another queue.`,
        },
        {
          text: {ja: '眠り続ける。send() も返らない', en: 'it sleeps on, and send() does not return either'},
          claim: waits,
          because: `送るのに、相手の accept() は要りません。接続はカーネルが作り、受信キューに空きがあります。
            Sending needs no accept(): the kernel has made the connection, and its receive queue has room.`,
        },
      ],
      hint: `recv() の引数には、ソケットが一つだけあります。
        Among the arguments of recv() there is just one socket.`,
      after: `サーバーは眠ったままです。「hi, 2」は、まだ accept() されていない接続の受信キューに入りました。クライアント 2 からは、すべてうまくいったように見えます。返事だけが来ません。
        The server sleeps on. “hi, 2” went into the receive queue of a connection that nobody has accepted. For client 2 all has gone well, except that no answer comes.`,
      expect: [
        returns(5),
        listener.queue(1, {state: 'ESTABLISHED', bytes: 5}),
        connection.is('ESTABLISHED', {recvQueue: 0}),
      ],
      sources: ['man 2 recv'],
    }),
    step('client-3-joins', [...connects(client3), client3.sends('hi, 3')], {
      before: `クライアント 3 も connect() して、「hi, 3」を送ります。
        Client 3 connects as well and sends “hi, 3”.`,
      after: `二人が、黙っている一人のうしろで待っています。
        Two of them wait behind one who says nothing.`,
      expect: [returns(5), listener.queue(2, {state: 'ESTABLISHED', bytes: 5})],
      sources: ['man 2 connect'],
    }),
    step('client-send', client.sends('hi, 1'), {
      before: {ja: 'ようやく、クライアントが「hi, 1」を送ります。', en: 'At long last the client sends “hi, 1”.'},
      after: `recv() が返り、サーバーは動けるようになりました。一人ずつの作りでは、一人が黙ると全員が待ちます。接続ごとにプロセスやスレッドを増やす手もありますが、ここでは一つのままで解決します。
        recv() returned, and the server can go on. Taken one at a time, all wait while one is silent. A process or a thread for each connection would help; here a single one will do.`,
      expect: [returns(5), completes('server-recv', received('hi, 1'))],
      sources: ['man 2 recv'],
    }),
    step('server-accept-2', listener.accepts(second), {
      before: `ここから作りを変えます。サーバーが、クライアント 2 の接続も受け取ります。
        From here on the server works another way. It takes the connection of client 2 too.`,
      after: `クライアント 2 の接続(second)で、サーバーのソケットは三つになりました。次にどれが動くのか、サーバーには分かりません。どれで眠ればよいでしょう。
        With second, the connection of client 2, the server has three sockets. Which will be next, it cannot know. On which should it sleep?`,
      expect: [second.is('ESTABLISHED', {recvQueue: 5}), listener.queue(1)],
      sources: ['man 2 accept'],
    }),
    step('server-poll', polls(listener, connection, second), {
      before: `poll() は、いくつものソケットを一度に調べます。今回は listener、クライアントの connection、クライアント 2 の second です。POLLIN は「読めるか」という問いで、-1 は「どれかが読めるまで眠る」です。
        poll() asks about several sockets at once: listener, connection (the client’s) and second (client 2’s). POLLIN means “can it be read?”, and -1 “sleep until one can”.`,
      belief: 'poll-hears-data-only',
      question: {ja: 'poll() は、どのソケットが読めると答えますか。', en: 'Which sockets will poll() report as ready?'},
      choices: [
        {
          text: {ja: 'second だけ。「hi, 2」がある', en: 'only second, which has “hi, 2”'},
          claim: ready(second),
          because: `接続待ちキューに並ぶクライアント 3 も、poll() には見えます。
            poll() also sees client 3, who stands in the accept queue.`,
        },
        {text: {ja: 'listener と second', en: 'listener and second'}, claim: asClaimed},
        {
          text: {ja: '調べた三つ全部', en: 'all three that it was asked about'},
          claim: ready(listener, connection, second),
          because: `connection の「hi, 1」は、もう読まれました。いま recv() すると眠ります。
            “hi, 1” has been read from connection already. recv() on it would sleep now.`,
        },
      ],
      hint: `待ち受けのソケットでは、accept() が「読む」にあたります。
        For a listening socket, to read is to accept().`,
      after: `2 が返り、二つに POLLIN が付きました。second は recv() しても、listener は accept() しても眠らない、という意味です(ごくまれに外れるので、O_NONBLOCK と一緒に使うのが安全です)。眠る前に聞くので、黙っている人に捕まりません。
        It returned 2: two have POLLIN. recv() on second would not sleep, and neither would accept() on listener (very rarely they do, so O_NONBLOCK is the safe companion of poll()). By asking before it sleeps, the server no longer gets stuck with one who is silent.`,
      expect: ready(listener, second),
      node: `// On Linux epoll_wait(), at the heart of the event loop: the same question about all sockets that the program has
server.on('connection', socket => {});  // the listener was ready
socket.on('data', bytes => {});  // a connection was ready`,
      sources: ['man 2 poll', 'man 2 accept'],
    }),
    step('server-accept-3', listener.accepts(third), {
      before: `listener は読めます。サーバーが accept() します。
        listener is ready: the server calls accept().`,
      after: `眠らずに、クライアント 3 の接続(third)が返りました。
        Without any sleep: third, the connection of client 3.`,
      expect: [third.is('ESTABLISHED', {recvQueue: 5}), listener.queue(0)],
      sources: ['man 2 accept'],
    }),
    step('serve-2', [{...second.receives(), does: received('hi, 2')}, second.sends('ok, 2'), client2.receives()], {
      before: `second も読めます。サーバーが recv() して返事を send() し、クライアント 2 が受け取ります。
        second is ready as well: the server calls recv() and sends an answer, which client 2 receives.`,
      after: `クライアント 2 は、やっと返事をもらえました。どの呼び出しも眠っていません。
        Client 2 has its answer at last, and none of these calls had to sleep.`,
      expect: received('ok, 2'),
      sources: ['man 2 recv', 'man 2 send'],
    }),
    step(
      'serve-3',
      [
        {...polls(listener, connection, second, third), does: ready(third)},
        {...third.receives(), does: received('hi, 3')},
        third.sends('ok, 3'),
        client3.receives(),
      ],
      {
        before: `サーバーは四つのソケットで poll() に戻り、読めるものの相手をします。
          The server goes back to poll(), now with four sockets, and serves whoever is ready.`,
        after: `third の「hi, 3」が読めたので、クライアント 3 にも返事が届きました。poll() で聞き、読めたものだけを処理して、また poll() に戻る。この繰り返しがイベントループです。
          “hi, 3” was there on third, and client 3 has its answer too. Ask poll(), serve what is ready, ask again: that is an event loop.`,
        expect: received('ok, 3'),
        node: `// Your callbacks run between two questions to the kernel. While one of them computes for
// a second, nobody else is served: the kernel takes connections and bytes, and they wait.`,
        sources: ['man 2 poll', 'man 7 epoll'],
      },
    ),
    step('server-poll-sleep', polls(listener, connection, second, third), {
      before: `全員の相手が済みました。サーバーがまた poll() を呼びます。
        Everybody is served. The server calls poll() again.`,
      after: `読めるものがないので、poll() の中で眠りました。眠るのは一か所でも、四つのソケットのどれで何が起きても起こしてもらえます。
        Nothing is ready, so it sleeps inside poll(). It sleeps in one place, yet will be woken by any of the four sockets.`,
      expect: waits,
      sources: ['man 2 poll'],
    }),
    step('client-3-send', client3.sends('more'), {
      before: {ja: 'クライアント 3 が「more」を送ります。', en: 'Client 3 sends “more”.'},
      belief: 'poll-receives',
      question: `眠っている poll() と「more」の 4 バイトは、どうなりますか。
        What becomes of the sleeping poll(), and of the 4 bytes of “more”?`,
      choices: [
        {
          text: {ja: 'poll() が起き、4 バイトも受け取る', en: 'poll() wakes and takes the 4 bytes in'},
          claim: [completes('server-poll-sleep', returns(1)), third.is('ESTABLISHED', {recvQueue: 0})],
          because: `poll() は「読める」と知らせるだけです。受け取るのは recv() です。
            poll() only says “ready”. It is recv() that takes bytes.`,
        },
        {
          text: {ja: 'poll() は起きるが、4 バイトはキューに残る', en: 'poll() wakes; the 4 bytes stay in the queue'},
          claim: [completes('server-poll-sleep', returns(1)), third.is('ESTABLISHED', {recvQueue: 4})],
        },
        {
          text: {ja: '四つともそろうまで、poll() は眠る', en: 'poll() sleeps until all four are ready'},
          claim: completes('server-poll-sleep', waits),
          because: `一つでも読めれば起きます。返り値は、読めるソケットの数です。
            One is enough. The value returned is how many are ready.`,
        },
      ],
      after: `poll() は 1 を返し、third に POLLIN を付けました。「more」は受信キューにあります。読まずにまた poll() を呼べば、眠らずに同じ答えが返ります。
        poll() returned 1, with POLLIN for third. “more” is in the receive queue. To call poll() again without reading it would give the same answer at once.`,
      expect: [returns(4), completes('server-poll-sleep', ready(third)), third.is('ESTABLISHED', {recvQueue: 4})],
      node: `socket.on('data', bytes => {});  // here Node has called read() for you, after epoll_wait()`,
      sources: ['man 2 poll'],
    }),
    step('server-recv-3', third.receives(), {
      before: {ja: 'サーバーが third を recv() で読みます。', en: 'The server reads third with recv().'},
      after: `「more」が渡り、キューは空です。ほかの三つには触れていません。
        It has “more” now, and the queue is empty. The other three were left alone.`,
      expect: [received('more'), third.is('ESTABLISHED', {recvQueue: 0})],
      sources: ['man 2 recv'],
    }),
    step('clients-close', [client.closes(), client2.closes(), client3.closes()], {
      before: {ja: '三つのクライアントが close() します。', en: 'All three clients close.'},
      after: `サーバーの三つの接続は、どれも FIN を受け取って CLOSE_WAIT です。
        FIN has come on each of the server’s three connections: all are in CLOSE_WAIT.`,
      expect: [connection.is('CLOSE_WAIT'), second.is('CLOSE_WAIT'), third.is('CLOSE_WAIT')],
      node: 'socket.end();',
      sources: ['man 2 close'],
    }),
    step('server-poll-end', polls(listener, connection, second, third), {
      before: `データは一つも届いていません。サーバーが poll() を呼びます。
        No data has come. The server calls poll().`,
      after: `三つの接続に POLLIN が付きました。FIN が届いたので、recv() は眠らずに 0 を返せます。だから「読める」のです。
        POLLIN for all three connections. FIN has come, so recv() would return 0 without sleeping, and that counts as ready.`,
      expect: ready(connection, second, third),
      node: "socket.on('end', () => {});  // POLLIN, and then read() returned 0",
      sources: ['man 2 poll', 'man 2 recv'],
    }),
    step(
      'server-ends',
      [...seesTheEndOf(connection), ...seesTheEndOf(second), ...seesTheEndOf(third), listener.closes()],
      {
        before: `サーバーが、どの接続でも 0 を受け取って閉じ、待ち受けのソケットも閉じます。
        The server gets 0 from each connection and closes it, and its listening socket as well.`,
        after: `全部閉じました。一つのプロセスが、呼び出しを一つずつ順に行うだけで、三つのクライアントの相手ができました。
        All is closed. One process, making one call after the other, has served three clients.`,
        expect: [connection.isGone, second.isGone, third.isGone, listener.isGone],
        sources: ['man 2 close'],
      },
    ),
  ],
  summary: `recv() や accept() は、渡されたソケット一つのために眠ります。眠るのは異常でも空回りでもありませんが、一つで眠るとほかの相手ができません。poll() は多くのソケットをまとめて待ち、どれが読めるかを答えます。Node のイベントループは、同じことを Linux では epoll でしています。
    recv() and accept() sleep for the one socket that they are given. That sleep is neither a fault nor a busy loop, but it keeps the server from all others. poll() waits for many sockets together and says which are ready. Node’s event loop does the same, on Linux with epoll.`,
  review: [
    review('accept-alone', [
      step('listen', listens(listener), {
        before: `サーバーが支度をします。クライアントは、まだ来ません。
          A server gets ready. No client is in sight.`,
        after: {ja: '接続待ちキューは空です。', en: 'The accept queue is empty.'},
        sources: ['man 2 listen'],
      }),
      step('ask', listener.accepts(connection), {
        before: `サーバーが accept() を呼びます。一晩中、だれも来ないかもしれません。
          The server calls accept(). It may be that nobody comes all night.`,
        belief: 'blocked-is-busy',
        question: `だれかが来るまで、サーバーのプロセスはどうしていますか。
          What will the server’s process do until somebody comes?`,
        choices: [
          {text: {ja: '眠る。CPU は使わない', en: 'sleep, without using the CPU'}, claim: asClaimed},
          {
            text: {ja: 'EAGAIN が返るので、accept() を呼び直し続ける', en: 'get EAGAIN and keep calling accept()'},
            claim: fails('EAGAIN'),
            because: `呼び直さなくても、接続ができたときにカーネルが起こします。
              It need not: the kernel wakes it when there is a connection.`,
          },
        ],
        after: `眠りました(状態 S)。recv() も accept() も poll() も、待ち方は同じです。
          It sleeps (state S). recv(), accept() and poll() all wait in this way.`,
        expect: waits,
        sources: ['man 2 accept'],
      }),
      step('wake', connects(client), {
        before: {ja: 'クライアントが来て、サーバーを起こします。', en: 'A client comes and wakes the server.'},
        after: {ja: 'accept() が返りました。', en: 'accept() has returned.'},
        expect: completes('ask', returnsDescriptor),
        sources: ['man 2 accept'],
      }),
      closing('close', [client, connection, listener]),
    ]),
    review('wrong-connection', {actors: ['server', 'client', 'client-2']}, [
      step('connect', [...joins(listener, client, connection), ...connects(client2), listener.accepts(second)], {
        before: `サーバーが、二つのクライアントの接続をどちらも accept() しました。
          The server has accepted the connections of two clients.`,
        after: `接続待ちキューは空で、サーバーには接続が二つあります。
          The accept queue is empty, and the server has two connections.`,
        sources: ['man 2 accept'],
      }),
      step('recv', second.receives(), {
        before: `サーバーが、クライアント 2 の接続で recv() を呼びます。
          The server calls recv() on the connection of client 2.`,
        after: {ja: 'サーバーは眠っています。', en: 'The server sleeps.'},
        expect: waits,
        sources: ['man 2 recv'],
      }),
      step('ask', client.sends('urgent'), {
        before: {ja: 'もう一方のクライアントが「urgent」を送ります。', en: 'The other client sends “urgent”.'},
        belief: 'recv-hears-everybody',
        question: `サーバーの眠っている recv() は、どうなりますか。
          What will become of the server’s sleeping recv()?`,
        choices: [
          {
            text: {ja: '起きて「urgent」を返す', en: 'it wakes and returns “urgent”'},
            claim: completes('recv', received('urgent')),
            because: `accept() 済みでも、別の接続のバイトは別の受信キューに入ります。
              Accepted or not, another connection’s bytes go into another queue.`,
          },
          {text: {ja: '眠り続ける', en: 'it sleeps on'}, claim: [returns(6), completes('recv', waits)]},
        ],
        after: `眠ったままです。「urgent」は connection の受信キューで待っています。二つの接続を一緒に待つには、poll() が要ります。
          It sleeps on. “urgent” waits in the receive queue of connection. To wait for both connections together takes poll().`,
        expect: [returns(6), connection.is('ESTABLISHED', {recvQueue: 6})],
        sources: ['man 2 recv', 'man 2 poll'],
      }),
      step('wake', [client2.closes()], {
        before: `クライアント 2 が閉じて、サーバーを起こします。
          Client 2 closes, which wakes the server.`,
        after: {ja: 'recv() が 0 を返しました。', en: 'recv() has returned 0.'},
        expect: completes('recv', returns(0)),
        sources: ['man 2 recv'],
      }),
      step('close', [client.closes(), connection.receives(), connection.closes(), second.closes(), listener.closes()], {
        before: {ja: '残りも閉じます。', en: 'The rest is closed as well.'},
        after: {ja: '閉じました。', en: 'Closed.'},
        sources: ['man 2 close'],
      }),
    ]),
    review('a-new-guest', {actors: ['server', 'client', 'client-2']}, [
      step('connect', joins(listener, client, connection), {
        before: `サーバーに、待ち受けのソケットと接続が一つあります。
          A server has its listening socket and one connection.`,
        after: {ja: 'つながっていますが、何も送られていません。', en: 'It is connected, but nothing has been sent.'},
        sources: ['man 2 accept'],
      }),
      step('poll', polls(listener, connection), {
        before: `サーバーが、両方のソケットを poll() で待ちます。
          The server waits for both sockets in poll().`,
        after: {ja: 'サーバーは眠っています。', en: 'The server sleeps.'},
        expect: waits,
        sources: ['man 2 poll'],
      }),
      step('ask', connects(client2), {
        before: `クライアント 2 が connect() します。データは送りません。
          Client 2 connects, and sends no data.`,
        belief: 'poll-hears-data-only',
        question: `サーバーの眠っている poll() は、どうなりますか。
          What will become of the server’s sleeping poll()?`,
        choices: [
          {
            text: {ja: 'データが来ないので、眠り続ける', en: 'it sleeps on, since there is no data'},
            claim: completes('poll', waits),
            because: `接続ができると、待ち受けのソケットは「読める」ようになります。
              A finished connection makes the listening socket ready.`,
          },
          {
            text: {ja: '起きて、listener が読めると答える', en: 'it wakes: listener is ready'},
            claim: asClaimed.of('completes'),
          },
          {
            text: {ja: '起きて、connection が読めると答える', en: 'it wakes: connection is ready'},
            claim: completes('poll', ready(connection)),
            because: `connection は、もう一人の客のソケットです。そこには何も届いていません。
              connection is the socket of the other client, and nothing has come for it.`,
          },
        ],
        after: `接続待ちキューに一つ入り、accept() が眠らずに済むので、listener が「読める」になりました。
          One connection is in the accept queue, and accept() would not sleep: so listener is ready.`,
        expect: completes('poll', ready(listener)),
        sources: ['man 2 accept', 'man 2 poll'],
      }),
      step(
        'close',
        [
          listener.accepts(second),
          client.closes(),
          client2.closes(),
          connection.closes(),
          second.closes(),
          listener.closes(),
        ],
        {
          before: {ja: 'サーバーが accept() し、みなが閉じます。', en: 'The server accepts, and everybody closes.'},
          after: {ja: '閉じました。', en: 'Closed.'},
          sources: ['man 2 close'],
        },
      ),
    ]),
    review('asked-twice', [
      step(
        'poll',
        [
          ...joins(listener, client, connection),
          client.sends('letter'),
          {...polls(listener, connection), does: ready(connection)},
        ],
        {
          before: `クライアントが「letter」を送り、サーバーが poll() を呼びます。
            The client sends “letter”, and the server calls poll().`,
          after: `connection が読めるという答えです。サーバーは、まだ recv() を呼んでいません。
            The answer: connection is ready. The server has not called recv() yet.`,
          expect: ready(connection),
          sources: ['man 2 poll'],
        },
      ),
      step('ask', polls(listener, connection), {
        before: `サーバーが、recv() をしないでもう一度 poll() を呼びます。新しいデータは来ていません。
          Without calling recv() the server calls poll() again. No further data has come.`,
        belief: 'poll-receives',
        question: {ja: 'この poll() は、どうなりますか。', en: 'What will this poll() do?'},
        choices: [
          {text: {ja: 'すぐに、同じ答えを返す', en: 'give the same answer at once'}, claim: asClaimed.of('outcome')},
          {
            text: {ja: '次のデータが来るまで眠る', en: 'sleep until further data comes'},
            claim: waits,
            because: `1 回目の poll() は、何も受け取っていません。「letter」はまだ読めます。
              The first poll() took nothing. “letter” can still be read.`,
          },
        ],
        after: `同じ答えです。poll() は状態を調べるだけなので、recv() するまで「読める」のままです。読み忘れたループは、CPU を使って空回りします。
          The same answer. poll() only looks, so connection stays ready until recv(). A loop that forgets to read goes round and round, and this one does use the CPU.`,
        expect: [ready(connection), connection.is('ESTABLISHED', {recvQueue: 6})],
        sources: ['man 2 poll'],
      }),
      step('close', [connection.receives(), client.closes(), connection.closes(), listener.closes()], {
        before: {ja: 'サーバーが読み、両側を閉じます。', en: 'The server reads, and both sides close.'},
        after: {ja: '閉じました。', en: 'Closed.'},
        sources: ['man 2 close'],
      }),
    ]),
  ],
});
