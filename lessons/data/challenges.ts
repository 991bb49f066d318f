import type {Challenge} from '../../src/model/challenge.ts';

/** A server that listens, and a client that the kernel has connected to it; nobody has accepted. */
const connected = ['server socket', 'server listen', 'client socket', 'client connect'] as const;
/** One socket, connected to itself. What is left of it keeps its port for a minute: no two solutions have the same. */
const alone = (port: number) => [
  ...['client socket', `client bind 127.0.0.1:${port}`],
  `client connect 127.0.0.1:${port}`,
];
const shares = ['server socket', 'server setsockopt SO_REUSEPORT 1', 'server bind', 'server listen'] as const;

const transfers = ['send', 'sendto', 'recv', 'recvfrom'] as const;

/** What to bring about in free play, easier ones first. */
export const challenges: readonly Challenge[] = [
  {
    id: 'get-an-rst',
    title: {ja: 'RST を受け取る', en: 'Get an RST'},
    about: {
      ja: '相手のカーネルに、RST のセグメントを送らせてください。',
      en: 'Make the other side’s kernel send you an RST segment.',
    },
    hint: {
      ja: 'だれも待ち受けていないポートに SYN が届いたら、カーネルはどう答えるでしょうか。',
      en: 'What does a kernel answer when a SYN arrives for a port at which nobody listens?',
    },
    after: {
      ja: '宛先のポートで待ち受けるソケットがないので、カーネルは SYN に RST で答えます。connect() はそれを受けて、すぐに ECONNREFUSED で失敗します。何も返ってこない場合は、SYN を再送しながら待ち続けます。',
      en: 'No socket listens at that port, so the kernel answers the SYN with an RST, and connect() fails at once with ECONNREFUSED. If nothing came back at all, it would go on waiting and sending its SYN again.',
    },
    goal: {
      kind: 'segment',
      flags: ['RST'],
      otherwise: {errno: 'ECONNREFUSED', calls: ['connect'], transport: 'tcp'},
    },
    solution: ['client socket', 'client connect'],
    sources: ['man 2 connect', 'RFC 9293 3.5.2'],
  },
  {
    id: 'asleep-in-accept',
    title: {ja: 'accept() で眠る', en: 'Asleep in accept()'},
    about: {
      ja: 'スレッドが accept() の中で眠っている状態にしてください。',
      en: 'Put a thread to sleep in accept().',
    },
    hint: {
      ja: 'accept() は、待ち受けているソケットに対して呼びます。待ち受けは、アドレスを選ばなくても始められます。',
      en: 'accept() is called on a listening socket, and listening can begin without choosing an address.',
    },
    after: {
      ja: '接続待ちキューが空なので、カーネルはスレッドを眠らせました。接続が一つできると起こします。bind() していないソケットで listen() を呼ぶと、Linux では、カーネルが 0.0.0.0 と空いている一時ポートを割り当てます。',
      en: 'The accept queue is empty, so the kernel put the thread to sleep; it wakes it when a connection is ready. When listen() is called on a socket that was never bound, Linux gives it 0.0.0.0 and a free ephemeral port.',
    },
    goal: {kind: 'sleeps', calls: ['accept', 'accept4']},
    solution: ['server socket', 'server listen', 'server accept'],
    sources: ['man 2 accept', 'man 7 ip'],
  },
  {
    id: 'waiting-room',
    title: {ja: '待合室の接続', en: 'The waiting room'},
    about: {
      ja: 'ハンドシェイクは済んでいるのに、サーバーのプロセスがまだ受け取っていない接続を作ってください。',
      en: 'Make a connection whose handshake is finished, and which the server’s process has not taken yet.',
    },
    hint: {
      ja: 'ハンドシェイクをするのはカーネルです。では、accept() は何をする呼び出しでしょうか。',
      en: 'It is the kernel that shakes hands. What, then, does accept() do?',
    },
    after: {
      ja: 'ハンドシェイクはカーネルが済ませ、できた接続を接続待ちキューに入れます。accept() は、そこから一つ取り出してファイルディスクリプターを付けるだけです。connect() が成功するのに accept() は要りません。',
      en: 'The kernel does the handshake and puts the finished connection into the accept queue. accept() only takes one out and gives it a descriptor: connect() succeeds without it.',
    },
    goal: {kind: 'sockets', state: 'ESTABLISHED', heldBy: 'accept-queue'},
    solution: connected,
    sources: ['man 2 listen', 'man 2 accept', 'RFC 9293 3.5'],
  },
  {
    id: 'address-in-use',
    title: {ja: '使用中のアドレス', en: 'Address in use'},
    about: {
      ja: 'bind() を EADDRINUSE で失敗させてください。',
      en: 'Make bind() fail with EADDRINUSE.',
    },
    hint: {
      ja: 'アドレスは、listen() する前から、bind() したソケットのものになっています。',
      en: 'An address belongs to the socket that was bound to it, even before listen().',
    },
    after: {
      ja: 'bind() は、アドレスとポートの組を予約します。どちらのソケットも待ち受けていなくても、同じ組は別のソケットに割り当てられません(Linux では、両方に SO_REUSEADDR があれば別です)。同じソケットに二度 bind() したときは、EADDRINUSE ではなく EINVAL になります。',
      en: 'bind() reserves an address with its port. Even when neither socket listens, another cannot have the same pair (on Linux it can, if both have SO_REUSEADDR). To bind the same socket twice is a different mistake: EINVAL.',
    },
    goal: {kind: 'fails', errno: 'EADDRINUSE', calls: ['bind']},
    solution: ['server socket', 'server bind', 'server socket', 'server bind'],
    sources: ['man 2 bind', 'man 7 ip'],
  },
  {
    id: 'talk-to-yourself',
    title: {ja: '自分との接続', en: 'Talk to yourself'},
    about: {
      ja: '一つの TCP ソケットを、そのソケット自身と接続してください。',
      en: 'Connect one TCP socket to itself.',
    },
    hint: {
      ja: '接続する前に自分のポート番号が決まっていれば、そこを宛先にできます。',
      en: 'A socket that has its port before it connects can take that port as its destination.',
    },
    after: {
      ja: '送った SYN が自分に届き、両側が同時に接続し合う「同時オープン」と同じ手順で接続ができます。両端が同じなので、表では 1 行です。サーバーのいないポートへ何度も接続するプログラムでは、一時ポートがたまたま宛先と一致して、これが起きることがあります。',
      en: 'The SYN comes back to its sender, and the connection is made as in a simultaneous open, where both sides connect at once. Both ends are the same, so the table has one row. A program that tries again and again to reach a server that is not there can end up like this, when its ephemeral port happens to be the one it calls.',
    },
    goal: {kind: 'sockets', state: 'ESTABLISHED', isToItself: true},
    solution: alone(9000),
    sources: ['man 2 connect', 'RFC 9293 3.5'],
  },
  {
    id: 'send-blocks',
    title: {ja: 'send() を止める', en: 'Make send() block'},
    about: {
      ja: 'スレッドが TCP ソケットの send() の中で眠っている状態にしてください。',
      en: 'Put a thread to sleep in send() on a TCP socket.',
    },
    hint: {
      ja: 'バッファーの大きさには限りがあります。長いデータは "x"*1000 のように書けます。',
      en: 'Buffers have an end. Long data can be written as "x"*1000.',
    },
    after: {
      ja: 'だれも recv() しないので、受信バッファーがいっぱいになり、次に送信バッファーがいっぱいになりました。ブロッキングの send() は、シグナルなどがなければ、データをすべて送信バッファーに写すまで返りません。空きができるのを待って眠ります。これがバックプレッシャーです。',
      en: 'Nobody calls recv(), so the receive buffer filled up, and after it the send buffer. A blocking send() does not return before all of its data is in the send buffer, if no signal comes, so it sleeps until there is room. This is backpressure.',
    },
    goal: {kind: 'sleeps', calls: ['send'], transport: 'tcp'},
    solution: [...alone(9001), 'client send "x"*8000000'],
    sources: ['man 2 send', 'man 7 tcp', 'RFC 9293 3.8.6'],
  },
  {
    id: 'half-a-character',
    title: {ja: '文字の途中まで', en: 'Half a character'},
    about: {
      ja: 'UDP で、UTF-8 の 1 文字を途中まで受け取り、残りを失ってください。',
      en: 'Over UDP, receive a UTF-8 character as far as its middle, so that the rest of it is lost.',
    },
    hint: {
      ja: 'recv() には受け取る長さを指定できます。UDP ソケットは、自分のアドレスにも送れます。',
      en: 'recv() takes a length, and a UDP socket can send to its own address.',
    },
    after: {
      ja: 'データグラムは一つずつ受け取られ、recv() の長さに入りきらなかったバイトは捨てられます。「あ」は UTF-8 で 3 バイトなので、1 バイトだけでは文字になりません。TCP なら、残りは受信バッファーにあり、次の recv() で受け取れます。',
      en: 'Datagrams are received one by one, and the bytes that do not fit the length of recv() are thrown away. “あ” is three bytes of UTF-8: one of them is no character. With TCP the rest would wait in the receive buffer for the next recv().',
    },
    goal: {kind: 'cut-character'},
    solution: [
      'client socket AF_INET SOCK_DGRAM',
      'client bind 127.0.0.1:9000',
      'client sendto "あ" 127.0.0.1:9000',
      'client recv 1',
    ],
    sources: ['man 2 recv', 'man 7 udp', 'RFC 3629 3'],
  },
  {
    id: 'udp-refused',
    title: {ja: 'UDP でも拒否', en: 'Refused, over UDP'},
    about: {
      ja: 'UDP ソケットに対する呼び出しを ECONNREFUSED で失敗させてください。',
      en: 'Make a call on a UDP socket fail with ECONNREFUSED.',
    },
    hint: {
      ja: 'connect() した UDP ソケットには、前の送信で起きたエラーがあとから知らされます。',
      en: 'A UDP socket that is connected hears later of an error that an earlier send caused.',
    },
    after: {
      ja: 'UDP の connect() は宛先を覚えるだけで、何も送りません。データグラムの宛先にソケットがないと、カーネルは ICMP のポート到達不能を返し、それが次の呼び出しのエラーになります。connect() していないソケットには、ふつう知らされません。',
      en: 'On UDP connect() only notes the destination and sends nothing. Where no socket has that port, the kernel answers the datagram with an ICMP port unreachable, and the next call fails with it. A socket that is not connected is usually not told.',
    },
    goal: {kind: 'fails', errno: 'ECONNREFUSED', calls: transfers, transport: 'udp'},
    solution: [
      'client socket AF_INET SOCK_DGRAM',
      'client connect 127.0.0.1:9000',
      'client send "hello"',
      'client send "hello"',
    ],
    sources: ['man 7 udp', 'man 2 connect', 'RFC 1122 4.1.3.3'],
  },
  {
    id: 'two-sends-one-recv',
    title: {ja: '二つの send()、一つの recv()', en: 'Two send(), one recv()'},
    about: {
      ja: 'TCP で、2 回の send() のバイト列を 1 回の recv() で受け取ってください。',
      en: 'Over TCP, take the bytes of two send() calls with one recv().',
    },
    hint: {
      ja: 'recv() は、どこまでが 1 回の send() だったかを知りません。',
      en: 'recv() does not know where one send() ended and the next began.',
    },
    after: {
      ja: 'TCP はバイトストリームで、メッセージの境界を残しません。2 回分のバイトは受信バッファーに続けて並び、recv() は、そこにあるものを指定の長さまで返します。一度に返るかどうかは、そのときまでに届いた量しだいです。',
      en: 'TCP is a stream of bytes and keeps no message boundaries. The bytes of both calls stand in a row in the receive buffer, and recv() returns what is there, up to its length. Whether that is all at once depends on what has arrived by then.',
    },
    goal: {kind: 'joined', sends: 2},
    solution: [...alone(9002), 'client send "one"', 'client send "two"', 'client recv'],
    sources: ['man 2 recv', 'man 7 tcp', 'RFC 9293 2.2'],
  },
  {
    id: 'orphan',
    title: {ja: '持ち主のいない接続', en: 'An orphan'},
    about: {
      ja: 'プロセスはもう閉じたのに、カーネルが FIN_WAIT2 で持ち続けている接続を作ってください。',
      en: 'Make a connection that its process has closed, and that the kernel goes on keeping in FIN_WAIT2.',
    },
    hint: {
      ja: '接続が終わるには、両側の FIN が要ります。',
      en: 'A connection ends with a FIN from either side.',
    },
    after: {
      ja: 'close() はすぐに返り、FIN はカーネルが送ります。それは確認応答されましたが、相手がまだ閉じていないので、カーネルが相手の FIN を待っています。持つプロセスのない FIN_WAIT2 は、Linux では tcp_fin_timeout(初期値 60 秒)で片づけられます。',
      en: 'close() returns at once, and the kernel sends the FIN. It was acknowledged, but the peer has not closed, so the kernel waits for the peer’s FIN. Linux gives up a FIN_WAIT2 that no process holds after tcp_fin_timeout, 60 seconds by default.',
    },
    goal: {kind: 'sockets', state: 'FIN_WAIT2', heldBy: 'kernel'},
    solution: [...connected, 'client close'],
    sources: ['man 2 close', 'man 7 tcp', 'RFC 9293 3.6'],
  },
  {
    id: 'close-wait',
    title: {ja: 'CLOSE_WAIT', en: 'CLOSE_WAIT'},
    about: {
      ja: 'ファイルディスクリプターのあるソケットを CLOSE_WAIT にしてください。',
      en: 'Get a socket into CLOSE_WAIT, and have a descriptor hold it.',
    },
    hint: {
      ja: '相手の FIN は届いたのに、こちらのプロセスがまだ閉じていない状態です。',
      en: 'It is the state of a side that has the peer’s FIN, and whose process has not closed yet.',
    },
    after: {
      ja: '相手の FIN は届いています。カーネルは、こちらのプロセスが閉じるのを待つだけで、この状態に期限はありません。CLOSE_WAIT が増えていくプログラムは、たいてい、recv() が 0 を返したあとの close() を忘れています。',
      en: 'The peer’s FIN is here, and the kernel waits for this process to close, for as long as it takes. A program whose CLOSE_WAITs grow in number has usually forgotten to call close() after a recv() that returned 0.',
    },
    goal: {kind: 'sockets', state: 'CLOSE_WAIT', heldBy: 'descriptor'},
    solution: [...connected, 'server accept', 'client close'],
    sources: ['man 2 close', 'RFC 9293 3.3.2', 'RFC 9293 3.6'],
  },
  {
    id: 'hanging-connect',
    title: {ja: '返らない connect()', en: 'A connect() that hangs'},
    about: {
      ja: 'サーバーが待ち受けているのに、クライアントのスレッドが connect() の中で眠っている状態にしてください。',
      en: 'Put a client’s thread to sleep in connect(), although a server listens.',
    },
    hint: {
      ja: '接続待ちキューの長さには限りがあり、listen() の引数で決まります。',
      en: 'The accept queue has a limit, and an argument of listen() sets it.',
    },
    after: {
      ja: '接続待ちキューがいっぱいなので、Linux のカーネルは新しい SYN を黙って捨てます。クライアントは SYN_SENT のまま SYN を再送し、accept() で空きができたあとの再送で接続できます。Linux のキューに入る接続は、バックログより一つ多くなります。',
      en: 'The accept queue is full, so the kernel (Linux) drops new SYNs without a word. The client stays in SYN_SENT and sends its SYN again; once accept() has made room, one of those gets through. On Linux the queue holds one connection more than the backlog.',
    },
    goal: {kind: 'sleeps', calls: ['connect'], transport: 'tcp'},
    solution: [
      ...['server socket', 'server listen 0', 'client socket', 'client connect'],
      ...['client socket', 'client connect'],
    ],
    sources: ['man 2 listen', 'man 2 connect'],
  },
  {
    id: 'connection-reset',
    title: {ja: 'リセットされた接続', en: 'Connection reset'},
    about: {
      ja: 'TCP ソケットでの送信か受信を ECONNRESET で失敗させてください。',
      en: 'Make sending or receiving on a TCP socket fail with ECONNRESET.',
    },
    hint: {
      ja: 'まだ accept() されていない接続は、サーバーが待ち受けをやめるとどうなるでしょうか。',
      en: 'What becomes of a connection that nobody has accepted when the server stops listening?',
    },
    after: {
      ja: '待ち受けのソケットを閉じると、接続待ちキューに残っていた接続には RST が送られます。クライアントは connect() に成功していたので、失敗は次の呼び出しで ECONNRESET として知らされます。',
      en: 'When a listening socket is closed, the connections that are left in its accept queue are sent an RST. The client’s connect() had succeeded long before, so it is the next call that fails, with ECONNRESET.',
    },
    goal: {kind: 'fails', errno: 'ECONNRESET', calls: transfers, transport: 'tcp'},
    solution: [...connected, 'server close', 'client recv'],
    sources: ['man 2 listen', 'man 2 recv', 'RFC 9293 3.10.7.4'],
  },
  {
    id: 'time-wait-on-the-server',
    title: {ja: 'サーバー側の TIME_WAIT', en: 'TIME_WAIT on the server’s side'},
    about: {
      ja: '二つのソケットの接続を終わらせ、TIME_WAIT をサーバー側に一つだけ残してください。クライアント側には残しません。',
      en: 'End a connection between two sockets so that exactly one TIME_WAIT is left: on the server’s side, none on the client’s.',
    },
    hint: {
      ja: 'どちらが先に閉じたかで決まります。',
      en: 'It depends on which side closes first.',
    },
    after: {
      ja: 'TIME_WAIT は、先に FIN を送った側に残ります。最後の ACK が失われたときに FIN の再送に答えるためと、遅れて届くセグメントを次の接続に混ぜないためです。Linux では 60 秒です。再起動したサーバーの bind() が EADDRINUSE になるのは、多くはこのためです。',
      en: 'TIME_WAIT stays on the side that sent its FIN first: to answer the peer’s FIN again if the last ACK was lost, and to keep late segments out of the next connection. On Linux it lasts 60 seconds. This is often why the bind() of a restarted server fails with EADDRINUSE.',
    },
    goal: {kind: 'sockets', state: 'TIME_WAIT', side: 'server', isToItself: false, count: 1},
    solution: [...connected, 'server accept = conversation', 'server close conversation', 'client close'],
    sources: ['man 2 close', 'RFC 9293 3.6', 'RFC 9293 3.6.1'],
  },
  {
    id: 'half-closed',
    title: {ja: '半クローズ', en: 'Half-close'},
    about: {
      ja: '自分の FIN を送ったあとのソケットに、そのあとで相手が send() したデータを届け、読まずに残してください。',
      en: 'Have data wait, unread, in a socket that had sent its FIN before the peer sent that data with send().',
    },
    hint: {
      ja: '片方の向きだけを終わらせる呼び出しがあります。',
      en: 'There is a call that ends one direction only.',
    },
    after: {
      ja: 'shutdown(SHUT_WR) は FIN を送り、こちらからの向きだけを終わらせます。逆の向きは開いたままなので、CLOSE_WAIT の相手は送れ、FIN_WAIT2 のこちらは受け取れます。close() していたら、届いたデータへの答えは RST になります。',
      en: 'shutdown(SHUT_WR) sends a FIN and ends only this side’s direction. The other one is still open: the peer in CLOSE_WAIT may send, and this side in FIN_WAIT2 may receive. After a close() the answer to that data would have been an RST.',
    },
    goal: {kind: 'half-closed'},
    solution: [...connected, 'client shutdown', 'server accept', 'server send "bye"'],
    sources: ['man 2 shutdown', 'RFC 9293 3.6.1'],
  },
  {
    id: 'second-send',
    title: {ja: '二度目の send()', en: 'The second send()'},
    about: {
      ja: 'send() を成功させ、同じソケットでのすぐ次の send() を EPIPE で失敗させてください。',
      en: 'Have a send() succeed, and the very next call on the same socket, another send(), fail with EPIPE.',
    },
    hint: {
      ja: '相手がもう閉じていても、一度目の send() は成功します。',
      en: 'When the peer has closed already, the first send() still succeeds.',
    },
    after: {
      ja: '一度目の send() は、データを送信バッファーに写せたので成功しました。しかし相手のソケットはもうなく、RST が返ってきます。CLOSE_WAIT で RST を受け取ると、Linux では次の send() は EPIPE になります。一度も接続していない TCP ソケットの send() も、Linux では EPIPE です。',
      en: 'The first send() succeeded because its data went into the send buffer. But the peer’s socket is gone, and an RST comes back. After an RST in CLOSE_WAIT the next send() fails, on Linux, with EPIPE. There so does send() on a TCP socket that never was connected.',
    },
    goal: {kind: 'fails', errno: 'EPIPE', calls: ['send'], transport: 'tcp', isAfterSuccess: true},
    solution: [
      ...connected,
      ...['server accept = conversation', 'server close conversation', 'client send "one"', 'client send "two"'],
    ],
    sources: ['man 2 send', 'RFC 9293 3.6.1'],
  },
  {
    id: 'two-servers',
    title: {ja: '一つのポートに二つのサーバー', en: 'Two servers on one port'},
    about: {
      ja: '127.0.0.1 の同じポートで、二つのソケットが待ち受けている状態にしてください。',
      en: 'Have two sockets listen at the same port of 127.0.0.1.',
    },
    hint: {
      ja: 'SO_REUSEADDR では足りません。よく似た名前のオプションが、両方のソケットに要ります。',
      en: 'SO_REUSEADDR is not enough. An option with a similar name is needed on both sockets.',
    },
    after: {
      ja: 'SO_REUSEPORT を bind() の前に両方のソケットに設定すると、同じアドレスとポートで待ち受けられます。新しい接続は、Linux では、カーネルが両端のアドレスとポートのハッシュ値で、どちらかの接続待ちキューに振り分けます。割り込みを防ぐため、両方のプロセスの実効ユーザー ID が同じでなければなりません。',
      en: 'With SO_REUSEPORT on both sockets before bind(), both may listen at the same address and port. On Linux the kernel puts each new connection into one of the two accept queues, by a hash of the addresses and ports of its ends. Both processes must have the same effective user ID, so that nobody else can take a port over.',
    },
    goal: {kind: 'shared-port', host: '127.0.0.1'},
    solution: [...shares, ...shares],
    sources: ['man 7 socket'],
  },
];
