import type {FrameClaim, FramesClaim, Lesson, Payload, Step, Where} from '../src/model/lesson.ts';

const text = (words: string): Payload => ({kind: 'text', text: words});
/** Where the client's letters come from, as recvfrom() shows it. */
const clientAddress: Where = {host: '127.0.0.1', port: {of: 'client'}};

const nothing: FramesClaim = {frames: [], only: true};
const datagram = (from: 'server' | 'client', length: number): FrameClaim => ({protocol: 'udp', from, length});
/** A datagram to a port where nobody is, and what comes back. */
const unreachable = (one: FrameClaim): FramesClaim => ({frames: [one, {protocol: 'icmp'}], only: true});

const clearAway: Step = {
  id: 'clear-away',
  actor: 'client',
  call: {name: 'close', fd: 'client'},
  also: [{actor: 'server', call: {name: 'close', fd: 'server'}}],
  before: {ja: '両側のソケットを閉じます。', en: 'Both sockets are closed.'},
  after: {
    ja: 'どちらの行も、すぐに表から消えました。UDP に TIME_WAIT はありません。',
    en: 'Both rows are gone at once. UDP has no TIME_WAIT.',
  },
  expect: {
    outcome: {kind: 'returns', value: 0},
    sockets: [
      {kind: 'gone', socket: 'client'},
      {kind: 'gone', socket: 'server'},
    ],
  },
  sources: ['man 2 close'],
};

const clearAwayClient: Step = {
  id: 'clear-away',
  actor: 'client',
  call: {name: 'close', fd: 'client'},
  before: {ja: 'クライアントのソケットも閉じます。', en: 'The client’s socket is closed as well.'},
  after: {ja: '行が表から消えました。', en: 'Its row is gone from the table.'},
  expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'gone', socket: 'client'}]},
  sources: ['man 2 close'],
};

const clearAwayServer: Step = {
  id: 'clear-away',
  actor: 'server',
  call: {name: 'close', fd: 'server'},
  before: {ja: 'サーバーのソケットも閉じます。', en: 'The server’s socket is closed as well.'},
  after: {ja: '行が表から消えました。', en: 'Its row is gone from the table.'},
  expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'gone', socket: 'server'}]},
  sources: ['man 2 close'],
};

export const udp: Lesson = {
  id: 'udp',
  title: {ja: '接続のない通信: UDP', en: 'UDP: talking without a connection'},
  about: {
    ja: '一通ずつ宛先を書いて送るデータグラム。境界は保たれ、届いた知らせはない',
    en: 'datagrams, each with an address on it: boundaries are kept, and nobody says that they arrived',
  },
  minutes: 9,
  beliefs: {
    'udp-needs-listen': {
      ja: 'UDP のサーバーも、listen() と accept() で待ち受ける',
      en: 'a UDP server needs listen() and accept() too',
    },
    'datagrams-join': {
      ja: '続けて送ったデータグラムは、まとめて読める',
      en: 'datagrams sent one after another can be read as one',
    },
    'datagram-rest-stays': {
      ja: 'データグラムの読み残しは、次の recvfrom() で読める',
      en: 'what is left of a datagram comes with the next recvfrom()',
    },
    'udp-nobody-fails': {
      ja: '受け手のいない宛先への sendto() は失敗する',
      en: 'sendto() fails when nobody is at the address',
    },
    'udp-never-tells': {
      ja: 'UDP では、受け手がいないことを知る方法がない',
      en: 'with UDP there is no way to learn that nobody is there',
    },
  },
  steps: [
    {
      id: 'server-socket',
      actor: 'server',
      call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_DGRAM', protocol: 0},
      creates: 'server',
      before: {
        ja: 'サーバーがソケットを作ります。SOCK_DGRAM はデータグラム、つまり一通ずつ区切られたメッセージです。AF_INET のデータグラムは UDP です。',
        en: 'The server makes a socket. SOCK_DGRAM stands for datagrams: messages that stay apart, like letters. With AF_INET that is UDP.',
      },
      after: {
        ja: 'TCP のときと同じく、まだアドレスもポートもありません。UNCONN は、相手を決めていないソケットを ss が呼ぶ名前です。カーネルの表では、TCP の CLOSE と同じ番号(07)です。',
        en: 'As with TCP there is no address and no port yet. UNCONN is what ss calls a socket without a peer; in the kernel’s table it is 07, the number that TCP has for CLOSE.',
      },
      node: `import dgram from 'node:dgram';
const server = dgram.createSocket('udp4');
// It calls socket() when it binds.`,
      expect: {outcome: {kind: 'returns-descriptor'}, sockets: [{kind: 'unlisted', socket: 'server', state: 'CLOSE'}]},
      sources: ['man 2 socket', 'man 7 udp'],
    },
    {
      id: 'server-bind',
      actor: 'server',
      call: {name: 'bind', fd: 'server', address: 'server'},
      before: {
        ja: 'bind() で、127.0.0.1 のポート {port} を割り当てます。TCP では、bind() だけでは表に行が出ませんでした。',
        en: 'bind() gives it 127.0.0.1 and port {port}. With TCP, bind() alone put no row into the table.',
      },
      after: {
        ja: '/proc/net/udp に行が出ました。UDP では、bind() したソケットはもうデータグラムを受け取れます。ポート番号は TCP とは別に数えるので、TCP の {port} 番とはぶつかりません。',
        en: '/proc/net/udp has a row. A UDP socket that is bound can receive already. TCP and UDP count their ports apart: this one does not collide with TCP’s {port}.',
      },
      node: `server.bind({port}, '127.0.0.1');`,
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'server', protocol: 'udp', state: 'CLOSE', recvQueue: 0, local: {port: 'server'}},
        ],
        wire: nothing,
      },
      sources: ['man 2 bind', 'man 7 udp'],
    },
    {
      id: 'server-listen',
      actor: 'server',
      call: {name: 'listen', fd: 'server', backlog: 5},
      before: {
        ja: 'TCP のサーバーなら、次は listen() です。同じように呼んでみます。',
        en: 'A TCP server would call listen() now. Let us try the same.',
      },
      predict: {
        belief: 'udp-needs-listen',
        question: {ja: 'UDP のソケットで、listen() はどうなりますか。', en: 'What will listen() do on a UDP socket?'},
        choices: [
          {
            text: {ja: 'EOPNOTSUPP で断られる', en: 'fail with EOPNOTSUPP'},
            claim: {outcome: {kind: 'fails', errno: 'EOPNOTSUPP'}},
          },
          {
            text: {ja: '0 が返るが、何も変わらない', en: 'return 0 and change nothing'},
            claim: {
              outcome: {kind: 'returns', value: 0},
              sockets: [{kind: 'listed', socket: 'server', state: 'CLOSE'}],
            },
            because: {
              ja: 'このソケットにできない操作を、カーネルは黙って済ませません。',
              en: 'The kernel does not pass over in silence what a socket cannot do.',
            },
          },
          {
            text: {ja: '0 が返り、LISTEN になる', en: 'return 0; the state becomes LISTEN'},
            claim: {
              outcome: {kind: 'returns', value: 0},
              sockets: [{kind: 'listed', socket: 'server', state: 'LISTEN'}],
            },
            because: {
              ja: 'listen() が用意するのは接続待ちキューです。UDP には、並ばせる接続がありません。',
              en: 'What listen() sets up is a queue of connections. UDP has none to queue.',
            },
          },
        ],
      },
      hint: {
        ja: 'listen() の仕事は、接続要求に応えて、接続を列に並ばせることでした。',
        en: 'What listen() does is answer requests for connections and queue them up.',
      },
      after: {
        ja: 'EOPNOTSUPP、このソケットにはない操作です。UDP には接続がないので、接続待ちの状態もありません。受け取る支度は、bind() で済んでいます。',
        en: 'EOPNOTSUPP: not an operation of this socket. UDP has no connections, so there is no waiting for them. bind() was all the preparation there is.',
      },
      node: '// node:dgram has no listen().',
      expect: {
        outcome: {kind: 'fails', errno: 'EOPNOTSUPP'},
        sockets: [{kind: 'listed', socket: 'server', state: 'CLOSE'}],
      },
      sources: ['man 2 listen', 'man 7 udp'],
    },
    {
      id: 'server-accept',
      actor: 'server',
      call: {name: 'accept', fd: 'server'},
      before: {
        ja: 'accept() も呼んでみます。TCP では、相手ごとに新しいソケットが返りました。',
        en: 'And accept()? With TCP it returned a new socket for each peer.',
      },
      after: {
        ja: 'これも EOPNOTSUPP です。UDP のサーバーは、この一つのソケットで、すべての相手から受け取り、すべての相手に返します。',
        en: 'EOPNOTSUPP again. A UDP server has this one socket: it hears everybody with it, and answers everybody with it.',
      },
      node: `// No 'connection' event either: one socket for all.`,
      expect: {outcome: {kind: 'fails', errno: 'EOPNOTSUPP'}},
      sources: ['man 2 accept'],
    },
    {
      id: 'client-send-one',
      actor: 'client',
      call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_DGRAM', protocol: 0},
      creates: 'client',
      also: [{actor: 'client', call: {name: 'sendto', fd: 'client', data: text('one'), flags: 0, address: 'server'}}],
      before: {
        ja: 'クライアントがソケットを作り、connect() なしで sendto() します。宛先は、封筒に書くように、一通ごとに引数で渡します。',
        en: 'The client makes a socket and calls sendto() without any connect(). The address goes with each call, as on an envelope.',
      },
      after: {
        ja: '3 バイトは、もうサーバーの受信キューにあります。線の上を通ったのは、その一通だけです。ハンドシェイクも、ACK もありません。クライアントには、最初の sendto() でカーネルが一時ポートを割り当てました。',
        en: 'The 3 bytes are in the server’s receive queue already, and this one datagram is all that passed on the wire: no handshake, no ACK. The client got its ephemeral port from the kernel with its first sendto().',
      },
      node: `const client = dgram.createSocket('udp4');
client.send('one', {port}, '127.0.0.1');`,
      expect: {
        outcome: {kind: 'returns', value: 3},
        sockets: [
          {kind: 'listed', socket: 'client', protocol: 'udp', state: 'CLOSE', local: {port: 'another'}},
          {kind: 'listed', socket: 'server', state: 'CLOSE', recvQueue: {least: 1}},
        ],
        wire: {frames: [datagram('client', 3)], only: true},
      },
      shows: 'wire',
      sources: ['man 2 sendto', 'man 7 udp', 'RFC 768'],
    },
    {
      id: 'client-send-more',
      actor: 'client',
      call: {name: 'sendto', fd: 'client', data: text('two'), flags: 0, address: 'server'},
      also: [{actor: 'client', call: {name: 'sendto', fd: 'client', data: text('three'), flags: 0, address: 'server'}}],
      before: {
        ja: '続けて two と three を送ります。サーバーは、まだ何も受け取っていません。',
        en: 'Now “two” and “three”. The server has not received anything yet.',
      },
      after: {
        ja: '送ったのは全部で 11 バイトなのに、Recv-Q はずっと大きな数です。Linux では、UDP の Recv-Q はデータの長さではなく、データグラム三つがカーネルの中で使うメモリーの量です。',
        en: 'That makes 11 bytes in all, yet Recv-Q is a much larger number. For UDP, on Linux, it does not count data but the memory that the three datagrams take up in the kernel.',
      },
      node: `client.send('two', {port}, '127.0.0.1');
client.send('three', {port}, '127.0.0.1');`,
      expect: {
        outcome: {kind: 'returns', value: 5},
        sockets: [{kind: 'listed', socket: 'server', state: 'CLOSE', recvQueue: {least: 12}}],
        wire: {frames: [datagram('client', 3), datagram('client', 5)], only: true},
      },
      sources: ['man 2 sendto', 'man 5 proc_net'],
    },
    {
      id: 'server-recv-one',
      actor: 'server',
      call: {name: 'recvfrom', fd: 'server', length: 4096, flags: 0},
      before: {
        ja: 'サーバーが、4096 バイトのバッファーで recvfrom() します。one と two と three が届いています。',
        en: 'The server calls recvfrom() with a buffer of 4096 bytes. “one”, “two” and “three” have arrived.',
      },
      predict: {
        belief: 'datagrams-join',
        question: {ja: '何が読めますか。', en: 'What will it read?'},
        choices: [
          {
            text: {ja: '届いている全部、onetwothree の 11 バイト', en: 'all that has come, the 11 bytes onetwothree'},
            claim: {outcome: {kind: 'returns-bytes', bytes: text('onetwothree')}},
            because: {
              ja: 'それは TCP のバイトストリームの読み方です。',
              en: 'That is how the byte stream of TCP is read.',
            },
          },
          {
            text: {ja: '最初の一通、one だけ', en: 'the first one alone: one'},
            claim: {outcome: {kind: 'returns-bytes', bytes: text('one')}},
          },
          {
            text: {ja: 'いちばん新しい一通、three だけ', en: 'the newest one alone: three'},
            claim: {outcome: {kind: 'returns-bytes', bytes: text('three')}},
            because: {
              ja: '受信キューからは、届いた順に取り出されます。',
              en: 'They leave the receive queue in the order in which they came.',
            },
          },
        ],
      },
      hint: {
        ja: 'データグラムは、一通ずつ区切られたメッセージです。',
        en: 'Datagrams are messages that stay apart.',
      },
      after: {
        ja: 'バッファーに空きがあっても、一度に受け取るのは一通だけです。recvfrom() は、送り主のアドレスも教えてくれます。{ } の中のポートは、クライアントの一時ポートです。',
        en: 'One datagram a call, however much room there is. recvfrom() also says who sent it: the port in the braces is the client’s ephemeral port.',
      },
      node: `server.on('message', (bytes, from) => {
  console.log(bytes, from.port);
});  // one datagram each time`,
      expect: {outcome: {kind: 'returns-address', host: '127.0.0.1', port: {of: 'client'}}, wire: nothing},
      sources: ['man 2 recvfrom', 'man 7 udp'],
    },
    {
      id: 'server-recv-more',
      actor: 'server',
      call: {name: 'recvfrom', fd: 'server', length: 4096, flags: 0},
      does: {kind: 'returns-bytes', bytes: text('two')},
      also: [{actor: 'server', call: {name: 'recvfrom', fd: 'server', length: 4096, flags: 0}}],
      before: {
        ja: 'あと 2 回 recvfrom() して、残りの二通を受け取ります。',
        en: 'Two more recvfrom() calls take the other two.',
      },
      after: {
        ja: '3 回の sendto() が、3 回の recvfrom() になりました。UDP は、メッセージの境界を保ちます。バイトストリームの TCP には、この区切りがありません。',
        en: 'Three sendto() calls became three recvfrom() calls: UDP keeps the boundaries of messages. TCP, being a stream of bytes, has none.',
      },
      node: `// 'message' comes twice more.`,
      expect: {
        outcome: {kind: 'returns-bytes', bytes: text('three')},
        sockets: [{kind: 'listed', socket: 'server', state: 'CLOSE', recvQueue: 0}],
        wire: nothing,
      },
      sources: ['man 7 udp'],
    },
    {
      id: 'server-recv-rest',
      actor: 'client',
      call: {name: 'sendto', fd: 'client', data: text('hello, world!'), flags: 0, address: 'server'},
      also: [
        {
          actor: 'server',
          call: {name: 'recvfrom', fd: 'server', length: 5, flags: 0},
          does: {kind: 'returns-bytes', bytes: text('hello')},
        },
        {actor: 'server', call: {name: 'recvfrom', fd: 'server', length: 4096, flags: 0}},
      ],
      before: {
        ja: 'クライアントが 13 バイトを一通で送ります。サーバーは 5 バイトのバッファーで受け取り、hello を読みます。それから、大きなバッファーでもう一度 recvfrom() します。',
        en: 'The client sends one datagram of 13 bytes. The server takes it with a buffer of 5 and reads “hello”. Then it calls recvfrom() once more, with a large buffer.',
      },
      predict: {
        belief: 'datagram-rest-stays',
        question: {ja: '残りの 8 バイト「, world!」は、読めますか。', en: 'Will it get the other 8 bytes, “, world!”?'},
        choices: [
          {
            text: {ja: '読めない。次の一通を待って眠る', en: 'no: it sleeps until another datagram comes'},
            claim: {outcome: {kind: 'waits'}},
          },
          {
            text: {ja: '読める', en: 'yes'},
            claim: {outcome: {kind: 'returns-bytes', bytes: text(', world!')}},
            because: {
              ja: 'TCP なら読めます。データグラムは、1 回の recvfrom() で読み終わります。',
              en: 'With TCP it would. A datagram is over with one recvfrom().',
            },
          },
          {
            text: {ja: '読めない。終わりの印として 0 が返る', en: 'no: it returns 0, as at the end of a stream'},
            claim: {outcome: {kind: 'returns', value: 0}},
            because: {
              ja: 'UDP には、流れも、その終わりもありません。',
              en: 'UDP has no stream, and so no end of one.',
            },
          },
        ],
      },
      hint: {
        ja: '1 回の recvfrom() が受け取るのは一通です。',
        en: 'One recvfrom() takes one datagram.',
      },
      after: {
        ja: '眠りました。13 バイトが一つのフレームで届きましたが、バッファーに入らなかった 8 バイトは、1 回目の recvfrom() で捨てられました。Linux では、エラーにもなりません。受け取る側は、最大の一通が入るバッファーを用意します。',
        en: 'It sleeps. All 13 bytes came in one frame, but the 8 that did not fit were thrown away by the first recvfrom(), and on Linux that is not even an error. Whoever receives needs room for the largest datagram.',
      },
      node: '// node:dgram always has room for a whole one.',
      expect: {outcome: {kind: 'waits'}, wire: {frames: [datagram('client', 13)], only: true}},
      sources: ['man 2 recvfrom', 'man 7 udp'],
    },
    {
      id: 'client-send-empty',
      actor: 'client',
      call: {name: 'sendto', fd: 'client', data: text(''), flags: 0, address: 'server'},
      before: {
        ja: 'クライアントが、0 バイトのデータグラムを送ります。サーバーは recvfrom() で眠っています。',
        en: 'The client sends a datagram of 0 bytes. The server is asleep in recvfrom().',
      },
      after: {
        ja: '空の一通も届き、recvfrom() は 0 を返しました。TCP の 0 は相手の送信の終わりですが、UDP の 0 は「空のデータグラムが来た」という意味です。',
        en: 'An empty datagram arrives too, and recvfrom() returned 0. With TCP that would be the end of the stream; with UDP it means “an empty datagram came”.',
      },
      node: `client.send('', {port}, '127.0.0.1');`,
      expect: {
        outcome: {kind: 'returns', value: 0},
        completes: {step: 'server-recv-rest', outcome: {kind: 'returns', value: 0}},
        wire: {frames: [datagram('client', 0)], only: true},
      },
      sources: ['man 2 sendto', 'man 2 recvfrom'],
    },
    {
      id: 'server-reply',
      actor: 'server',
      call: {name: 'sendto', fd: 'server', data: text('thanks'), flags: 0, address: clientAddress},
      before: {
        ja: 'サーバーが返事をします。宛先には、recvfrom() が教えてくれた送り主のアドレスを使います。',
        en: 'The server answers. It uses the address that recvfrom() has told it.',
      },
      after: {
        ja: '返事は、クライアントの一時ポートの受信キューにあります。サーバーはだれともつながっていないので、返事のたびに宛先が要ります。',
        en: 'The answer is in the receive queue at the client’s ephemeral port. The server is connected to nobody: every answer needs its address.',
      },
      node: `server.send('thanks', from.port, from.address);`,
      expect: {
        outcome: {kind: 'returns', value: 6},
        sockets: [{kind: 'listed', socket: 'client', state: 'CLOSE', recvQueue: {least: 1}}],
        wire: {frames: [datagram('server', 6)], only: true},
      },
      sources: ['man 2 sendto'],
    },
    {
      id: 'client-recv',
      actor: 'client',
      call: {name: 'recvfrom', fd: 'client', length: 4096, flags: 0},
      before: {
        ja: 'クライアントが、返事を受け取ります。',
        en: 'The client receives the answer.',
      },
      after: {
        ja: '送り主は 127.0.0.1:{port}、サーバーのポートです。相手を決めていない UDP のソケットには、だれからの一通でも届きます。だから、返事かどうかは送り主を見て確かめます。',
        en: 'It came from 127.0.0.1:{port}, the server’s port. A UDP socket without a peer gets datagrams from anybody, so look at the sender to know whether this is the answer.',
      },
      node: `client.on('message', (bytes, from) =>
  console.log(bytes, from.port));`,
      expect: {outcome: {kind: 'returns-address', host: '127.0.0.1', port: 'server'}, wire: nothing},
      sources: ['man 2 recvfrom'],
    },
    {
      id: 'client-send-nobody',
      actor: 'server',
      call: {name: 'close', fd: 'server'},
      also: [{actor: 'client', call: {name: 'sendto', fd: 'client', data: text('hello'), flags: 0, address: 'server'}}],
      before: {
        ja: 'サーバーがソケットを閉じます。ポート {port} には、もうだれもいません。そこへクライアントが sendto() します。',
        en: 'The server closes its socket, so nobody is at port {port} any more. Then the client calls sendto() to it.',
      },
      predict: {
        belief: 'udp-nobody-fails',
        question: {ja: 'この sendto() はどうなりますか。', en: 'What will this sendto() do?'},
        choices: [
          {
            text: {ja: '成功する。5 が返る', en: 'work: it returns 5'},
            claim: {outcome: {kind: 'returns', value: 5}},
          },
          {
            text: {ja: 'ECONNREFUSED で失敗する', en: 'fail with ECONNREFUSED'},
            claim: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
            because: {
              ja: '断られるのは TCP の connect() です。sendto() は、相手の返事を待ちません。',
              en: 'It is TCP’s connect() that is refused. sendto() does not wait for any answer.',
            },
          },
          {
            text: {ja: 'サーバーが戻るまで待つ', en: 'wait until a server is back'},
            claim: {outcome: {kind: 'waits'}},
            because: {
              ja: 'sendto() は、受け手がいるかどうかを調べません。',
              en: 'sendto() does not look whether anybody is there.',
            },
          },
        ],
      },
      hint: {
        ja: 'ポストに手紙を入れた人は、宛先に人が住んでいるかをまだ知りません。',
        en: 'Whoever drops a letter into the box does not know yet whether anybody lives there.',
      },
      after: {
        ja: '5 が返りました。sendto() の成功は「カーネルが引き受けた」という意味で、「届いた」ではありません。線の上では ICMP の知らせが返りましたが、このソケットには伝わりません。届いたかどうかは、返事をもらう約束を自分たちで作って確かめます。',
        en: 'It returned 5. That sendto() worked means that the kernel took it, not that it arrived. On the wire an ICMP message came back, but this socket is not told. To know whether it arrived, programs must agree on an answer themselves.',
      },
      node: `client.send('hello', {port}, '127.0.0.1',
  error => console.log(error));
// null: sent off. Not the same as arrived.`,
      expect: {
        outcome: {kind: 'returns', value: 5},
        sockets: [{kind: 'gone', socket: 'server'}],
        wire: unreachable(datagram('client', 5)),
      },
      shows: 'wire',
      sources: ['man 2 sendto', 'man 7 udp'],
    },
    {
      id: 'client-connect',
      actor: 'client',
      call: {name: 'connect', fd: 'client', address: 'server'},
      before: {
        ja: 'UDP のソケットでも connect() は呼べます。相手のいない 127.0.0.1:{port} に呼んでみます。',
        en: 'connect() exists for UDP sockets too. Here it goes to 127.0.0.1:{port}, where nobody is.',
      },
      after: {
        ja: '0 が返りましたが、何も送られていません。カーネルが相手のアドレスを覚えただけです。表では ESTABLISHED でも、接続ではありません。これで、宛先なしの send() が使えます。',
        en: 'It returned 0 and sent nothing: the kernel has noted the peer’s address, that is all. The table says ESTABLISHED, but there is no connection. From now on send() needs no address.',
      },
      node: `client.connect({port}, '127.0.0.1');`,
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {
            kind: 'listed',
            socket: 'client',
            protocol: 'udp',
            state: 'ESTABLISHED',
            remote: {host: '127.0.0.1', port: 'server'},
          },
        ],
        wire: nothing,
      },
      sources: ['man 2 connect', 'man 7 udp'],
    },
    {
      id: 'client-send',
      actor: 'client',
      call: {name: 'send', fd: 'client', data: text('hello?'), flags: 0},
      before: {
        ja: '宛先を覚えたソケットで send() します。',
        en: 'Now send(), on the socket that knows where to.',
      },
      after: {
        ja: '6 が返り、やはり成功です。宛先のカーネルは、さっきの sendto() のときと同じように、「そのポートにはだれもいない」という ICMP の知らせを返しています。',
        en: 'It returned 6: this worked as well. As after the sendto() before, the kernel at the destination has sent back an ICMP message: nobody is at that port.',
      },
      node: `client.send('hello?');`,
      expect: {
        outcome: {kind: 'returns', value: 6},
        sockets: [{kind: 'listed', socket: 'client', state: 'ESTABLISHED'}],
        wire: unreachable(datagram('client', 6)),
      },
      shows: 'wire',
      sources: ['man 2 send', 'RFC 792', 'RFC 1122 4.1.3.3'],
    },
    {
      id: 'client-send-again',
      actor: 'client',
      call: {name: 'send', fd: 'client', data: text('hello?'), flags: 0},
      before: {
        ja: '同じ send() を、もう一度呼びます。サーバーは、いないままです。',
        en: 'The same send() once more. There is still no server.',
      },
      predict: {
        belief: 'udp-never-tells',
        question: {ja: '今度はどうなりますか。', en: 'What will it do this time?'},
        choices: [
          {
            text: {ja: 'また 6 が返る', en: 'return 6 again'},
            claim: {outcome: {kind: 'returns', value: 6}},
            because: {
              ja: '相手を決めたソケットには、ICMP の知らせが届きます。',
              en: 'A socket with a peer is told what ICMP has to say.',
            },
          },
          {
            text: {ja: 'ECONNREFUSED で失敗する', en: 'fail with ECONNREFUSED'},
            claim: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
          },
          {
            text: {ja: '返事を待って眠る', en: 'sleep, waiting for an answer'},
            claim: {outcome: {kind: 'waits'}},
            because: {
              ja: 'send() は返事を待ちません。待つのは recv() です。',
              en: 'send() does not wait for answers. recv() does.',
            },
          },
        ],
      },
      hint: {
        ja: 'このソケットは、もう相手を決めています。',
        en: 'This socket has a peer now.',
      },
      after: {
        ja: 'ECONNREFUSED は前の一通への知らせです。この一通は送られていません。Linux は ICMP の知らせを、ふつうは相手を決めたソケットにだけ、次の呼び出しで渡します。ICMP が失われれば、分からないままです。',
        en: 'ECONNREFUSED is the answer to the datagram before; this one was not sent. As a rule Linux hands ICMP messages only to a socket with a peer, at its next call. Where the message is lost, nobody ever hears of it.',
      },
      node: `client.on('error', error =>
  console.log(error.code));
// ECONNREFUSED`,
      expect: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}, wire: nothing},
      sources: ['man 7 udp', 'RFC 1122 4.1.3.3'],
    },
    {
      id: 'client-close',
      actor: 'client',
      call: {name: 'close', fd: 'client'},
      before: {
        ja: 'クライアントも閉じます。接続がないので、終わりを知らせる相手もいません。',
        en: 'The client closes too. There is no connection, so nobody has to be told.',
      },
      after: {
        ja: '行はすぐに消え、パケットは一つも出ません。UDP には FIN も TIME_WAIT もありません。',
        en: 'The row is gone at once, and no packet was sent. UDP has no FIN and no TIME_WAIT.',
      },
      node: 'client.close();',
      expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'gone', socket: 'client'}], wire: nothing},
      sources: ['man 2 close', 'man 7 udp'],
    },
  ],
  summary: {
    ja: 'UDP は、宛先を書いた一通ずつの手紙です。listen() も accept() もなく、境界は保たれ、入りきらない分は失われます。sendto() の成功は「カーネルが引き受けた」という意味だけです。届いたかどうかは、自分たちの約束で確かめます。(man 7 udp, man 2 recv, RFC 768, RFC 1122 4.1.3.3)',
    en: 'UDP is letters with addresses. No listen(), no accept(); boundaries are kept, and what does not fit is lost. That sendto() worked says only that the kernel took it; whether it arrived is for the programs to find out. (man 7 udp, man 2 recv, RFC 768, RFC 1122 4.1.3.3)',
  },
  review: [
    {
      id: 'hearing-without-listen',
      belief: 'udp-needs-listen',
      steps: [
        {
          id: 'a-busy-server',
          actor: 'server',
          call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_DGRAM', protocol: 0},
          creates: 'server',
          also: [
            {actor: 'server', call: {name: 'bind', fd: 'server', address: 'server'}},
            {
              actor: 'client',
              call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_DGRAM', protocol: 0},
              creates: 'client',
            },
          ],
          before: {
            ja: 'UDP の時計サーバーが bind() だけをして、ほかの用事をしています。クライアントがソケットを作ります。',
            en: 'A UDP clock server has called bind() and nothing else, and is busy elsewhere. A client makes a socket.',
          },
          after: {
            ja: 'サーバーは、listen() も accept() も呼んでいません。',
            en: 'The server has called neither listen() nor accept().',
          },
          expect: {outcome: {kind: 'returns-descriptor'}},
          sources: ['man 7 udp'],
        },
        {
          id: 'read-it',
          actor: 'client',
          call: {name: 'sendto', fd: 'client', data: text('time?'), flags: 0, address: 'server'},
          also: [{actor: 'server', call: {name: 'recvfrom', fd: 'server', length: 100, flags: 0}}],
          before: {
            ja: 'クライアントの質問「time?」が来ます。サーバーは、そのあとではじめて recvfrom() します。',
            en: 'The client’s question comes in: “time?”. Only after that does the server call recvfrom().',
          },
          predict: {
            belief: 'udp-needs-listen',
            question: {ja: 'recvfrom() は何を返しますか。', en: 'What will recvfrom() return?'},
            choices: [
              {
                text: {ja: '質問の 5 バイト', en: 'the 5 bytes of the question'},
                claim: {outcome: {kind: 'returns-bytes', bytes: text('time?')}},
              },
              {
                text: {ja: 'ENOTCONN で失敗する', en: 'it fails with ENOTCONN'},
                claim: {outcome: {kind: 'fails', errno: 'ENOTCONN'}},
                because: {
                  ja: 'recvfrom() に接続は要りません。差出人は、一通ごとに分かります。',
                  en: 'recvfrom() needs no connection: each datagram tells its sender.',
                },
              },
              {
                text: {
                  ja: '待ち受けていなかったので、次の一通を待つ',
                  en: 'nothing: it was not listening, so it waits',
                },
                claim: {outcome: {kind: 'waits'}},
                because: {
                  ja: 'listen() は接続のためのものです。データグラムは、bind() したときから受信キューに入ります。',
                  en: 'listen() is for connections. Datagrams enter the receive queue from bind() on.',
                },
              },
            ],
          },
          after: {
            ja: 'bind() したときから、このソケットの受信キューは働いていました。UDP に、接続を受け付けるという段階はありません。',
            en: 'The socket’s receive queue has been at work since bind(). UDP has no stage at which connections are taken.',
          },
          expect: {outcome: {kind: 'returns-bytes', bytes: text('time?')}},
          sources: ['man 7 udp'],
        },
        clearAway,
      ],
    },
    {
      id: 'a-long-answer',
      belief: 'datagram-rest-stays',
      steps: [
        {
          id: 'the-answer-is-long',
          actor: 'server',
          call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_DGRAM', protocol: 0},
          creates: 'server',
          also: [
            {actor: 'server', call: {name: 'bind', fd: 'server', address: 'server'}},
            {
              actor: 'client',
              call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_DGRAM', protocol: 0},
              creates: 'client',
            },
            {actor: 'client', call: {name: 'sendto', fd: 'client', data: text('name?'), flags: 0, address: 'server'}},
            {actor: 'server', call: {name: 'recvfrom', fd: 'server', length: 100, flags: 0}},
            {
              actor: 'server',
              call: {name: 'sendto', fd: 'server', data: text('0123456789'), flags: 0, address: clientAddress},
            },
          ],
          before: {
            ja: 'クライアントの質問に、サーバーが 0123456789 という 10 バイトの一通で答えます。',
            en: 'A client asks, and the server answers with one datagram of 10 bytes: 0123456789.',
          },
          after: {ja: 'クライアントは、まだ受け取っていません。', en: 'The client has not received it yet.'},
          expect: {outcome: {kind: 'returns', value: 10}},
          sources: ['man 2 sendto'],
        },
        {
          id: 'once-more',
          actor: 'client',
          call: {name: 'recvfrom', fd: 'client', length: 4, flags: 0},
          does: {kind: 'returns-bytes', bytes: text('0123')},
          also: [{actor: 'client', call: {name: 'recvfrom', fd: 'client', length: 100, flags: 0x40}}],
          before: {
            ja: 'クライアントは 4 バイトのバッファーで 0123 を読み、もう一度 recvfrom() します。2 回目は MSG_DONTWAIT なので、何もなければ待たずに EAGAIN で返ります。',
            en: 'The client reads 0123, with a buffer of 4, and calls recvfrom() once more. With MSG_DONTWAIT it does not wait where there is nothing, but fails with EAGAIN.',
          },
          predict: {
            belief: 'datagram-rest-stays',
            question: {ja: '2 回目はどうなりますか。', en: 'What will the second one do?'},
            choices: [
              {
                text: {ja: '続きの 456789 が読める', en: 'it reads the rest, 456789'},
                claim: {outcome: {kind: 'returns-bytes', bytes: text('456789')}},
                because: {
                  ja: '続きから読めるのはストリームです。データグラムの、入りきらなかった分は捨てられます。',
                  en: 'Only a stream goes on where it stopped. What does not fit of a datagram is thrown away.',
                },
              },
              {
                text: {ja: '最初からもう一度、0123456789 が読める', en: 'it reads all of it again, 0123456789'},
                claim: {outcome: {kind: 'returns-bytes', bytes: text('0123456789')}},
                because: {
                  ja: '受け取った一通は、キューから取り除かれます。残るのは、MSG_PEEK を付けたときだけです。',
                  en: 'A datagram that was received is out of the queue. Only MSG_PEEK leaves it there.',
                },
              },
              {
                text: {ja: '何もない。EAGAIN で返る', en: 'there is nothing: EAGAIN'},
                claim: {outcome: {kind: 'fails', errno: 'EAGAIN'}},
              },
            ],
          },
          after: {
            ja: '一通は、1 回の recvfrom() で終わりです。入りきらなかった 456789 は捨てられました。',
            en: 'One recvfrom() ends one datagram. 456789 did not fit and was thrown away.',
          },
          expect: {outcome: {kind: 'fails', errno: 'EAGAIN'}},
          sources: ['man 2 recvfrom'],
        },
        clearAway,
      ],
    },
    {
      id: 'answer-to-one-who-left',
      belief: 'udp-nobody-fails',
      steps: [
        {
          id: 'ask-and-leave',
          actor: 'server',
          call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_DGRAM', protocol: 0},
          creates: 'server',
          also: [
            {actor: 'server', call: {name: 'bind', fd: 'server', address: 'server'}},
            {
              actor: 'client',
              call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_DGRAM', protocol: 0},
              creates: 'client',
            },
            {actor: 'client', call: {name: 'sendto', fd: 'client', data: text('ping'), flags: 0, address: 'server'}},
            {actor: 'server', call: {name: 'recvfrom', fd: 'server', length: 100, flags: 0}},
            {actor: 'client', call: {name: 'close', fd: 'client'}},
          ],
          before: {
            ja: 'クライアントが一通送り、返事を待たずに close() します。サーバーは、その一通を受け取りました。',
            en: 'A client sends a datagram and closes without waiting for an answer. The server has received it.',
          },
          after: {
            ja: 'クライアントの一時ポートには、もうだれもいません。',
            en: 'Nobody is at the client’s ephemeral port any more.',
          },
          expect: {outcome: {kind: 'returns', value: 0}, sockets: [{kind: 'gone', socket: 'client'}]},
          sources: ['man 2 close'],
        },
        {
          id: 'answer',
          actor: 'server',
          call: {name: 'sendto', fd: 'server', data: text('pong'), flags: 0, address: clientAddress},
          before: {
            ja: 'サーバーが、送り主のアドレスに sendto() で返事をします。',
            en: 'The server answers with sendto(), to the address of the sender.',
          },
          predict: {
            belief: 'udp-nobody-fails',
            question: {ja: 'sendto() はどうなりますか。', en: 'What will sendto() do?'},
            choices: [
              {
                text: {ja: 'ECONNREFUSED で失敗する', en: 'fail with ECONNREFUSED'},
                claim: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
                because: {
                  ja: 'ICMP の知らせは、送ったあとで返ります。それがエラーになるのは、Linux では、相手を決めたソケットです。',
                  en: 'The ICMP message comes back afterwards, and on Linux it is an error for sockets with a fixed peer.',
                },
              },
              {
                text: {ja: 'EPIPE で失敗する', en: 'fail with EPIPE'},
                claim: {outcome: {kind: 'fails', errno: 'EPIPE'}},
                because: {
                  ja: 'EPIPE は、接続の送る側が終わっているときです。UDP に接続はありません。',
                  en: 'EPIPE is for a connection whose sending side is over. UDP has no connections.',
                },
              },
              {text: {ja: '4 が返る', en: 'return 4'}, claim: {outcome: {kind: 'returns', value: 4}}},
            ],
          },
          after: {
            ja: 'カーネルが引き受けたので成功です。線の上では ICMP の知らせが返りましたが、sendto() はそれを待ちません。',
            en: 'The kernel took it, so it worked. An ICMP message came back on the wire, but sendto() does not wait for any.',
          },
          expect: {outcome: {kind: 'returns', value: 4}, wire: unreachable(datagram('server', 4))},
          shows: 'wire',
          sources: ['man 7 udp'],
        },
        clearAwayServer,
      ],
    },
    {
      id: 'waiting-for-an-answer',
      belief: 'udp-never-tells',
      steps: [
        {
          id: 'the-server-goes',
          actor: 'server',
          call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_DGRAM', protocol: 0},
          creates: 'server',
          also: [
            {actor: 'server', call: {name: 'bind', fd: 'server', address: 'server'}},
            {
              actor: 'client',
              call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_DGRAM', protocol: 0},
              creates: 'client',
            },
            {actor: 'client', call: {name: 'connect', fd: 'client', address: 'server'}},
            {actor: 'server', call: {name: 'close', fd: 'server'}},
            {actor: 'client', call: {name: 'send', fd: 'client', data: text('time?'), flags: 0}},
          ],
          before: {
            ja: 'クライアントが connect() で相手を決めたあと、サーバーがいなくなります。それを知らずに、クライアントが質問を send() します。',
            en: 'A client has set its peer with connect(); then the server goes. The client does not know, and sends its question.',
          },
          after: {ja: 'send() は成功しました。', en: 'send() worked.'},
          expect: {outcome: {kind: 'returns', value: 5}, wire: unreachable(datagram('client', 5))},
          shows: 'wire',
          sources: ['man 7 udp'],
        },
        {
          id: 'read-the-answer',
          actor: 'client',
          call: {name: 'recv', fd: 'client', length: 100, flags: 0},
          before: {
            ja: 'クライアントが、返事を recv() で待とうとします。',
            en: 'The client calls recv() to wait for the answer.',
          },
          predict: {
            belief: 'udp-never-tells',
            question: {ja: 'recv() はどうなりますか。', en: 'What will recv() do?'},
            choices: [
              {
                text: {ja: '返事は来ないので、眠り続ける', en: 'sleep on and on: there will be no answer'},
                claim: {outcome: {kind: 'waits'}},
                because: {
                  ja: '前の send() に ICMP の知らせが返っていて、相手を決めたソケットには、それがエラーとして伝わります。',
                  en: 'ICMP has come back for the send(), and a socket with a fixed peer is told of it.',
                },
              },
              {
                text: {ja: '終わりの印として 0 が返る', en: 'return 0, as at the end of a stream'},
                claim: {outcome: {kind: 'returns', value: 0}},
                because: {
                  ja: 'UDP に、ストリームの終わりはありません。0 は、空のデータグラムが届いたときです。',
                  en: 'UDP has no end of a stream. 0 would be an empty datagram.',
                },
              },
              {
                text: {ja: 'ECONNREFUSED で失敗する', en: 'fail with ECONNREFUSED'},
                claim: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
              },
            ],
          },
          after: {
            ja: '前の send() に、ICMP の知らせが返っていました。相手を決めたソケットでは、send() でも recv() でも、次の呼び出しがそれを伝えます。',
            en: 'An ICMP message had come back for the send(). On a socket with a peer the next call reports it, be it send() or recv().',
          },
          expect: {outcome: {kind: 'fails', errno: 'ECONNREFUSED'}},
          sources: ['man 7 udp', 'RFC 1122 4.1.3.3'],
        },
        clearAwayClient,
      ],
    },
  ],
};
