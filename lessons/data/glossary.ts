import type {Term} from '../../src/model/glossary.ts';

/** Every term that a learner meets, in the order in which one may read them. Names are those of the Japanese man pages where they have one. */
export const glossary: readonly Term[] = [
  {
    id: 'socket',
    isCommon: true,
    names: {ja: ['ソケット'], en: ['socket']},
    meaning: {
      ja: '通信のための端点です。プロセスは、ファイルディスクリプターという番号で使います。',
      en: 'An endpoint for communication; a process uses it by a number, its file descriptor.',
    },
  },
  {
    id: 'server',
    isCommon: true,
    names: {ja: ['サーバー', 'サーバ'], en: ['server']},
    meaning: {
      ja: '決まったアドレスで待ち、呼びかけてきた相手に応える側です。',
      en: 'The side that waits at a known address and answers whoever calls.',
    },
  },
  {
    id: 'client',
    isCommon: true,
    names: {ja: ['クライアント'], en: ['client']},
    meaning: {ja: '自分からサーバーに呼びかける側です。', en: 'The side that calls a server of its own accord.'},
  },
  {
    id: 'kernel',
    isCommon: true,
    names: {ja: ['カーネル'], en: ['kernel']},
    meaning: {
      ja: 'OS の中心です。ソケットを持ち、通信の手続きを受け持ちます。',
      en: 'The core of the operating system: it keeps the sockets and carries out the protocols.',
    },
  },
  {
    id: 'process',
    isCommon: true,
    names: {ja: ['プロセス'], en: ['process', 'processes']},
    meaning: {
      ja: '動いているプログラムです。それぞれに番号(pid)と、ファイルディスクリプターの表があります。',
      en: 'A program that is running, with a number (pid) and a table of file descriptors of its own.',
    },
  },
  {
    id: 'connection',
    isCommon: true,
    names: {ja: ['接続', 'コネクション'], en: ['connection']},
    meaning: {
      ja: '二つの端点のあいだの、バイト列を順番どおりに届ける通り道です。両側のカーネルが覚えています。',
      en: 'A way between two endpoints on which bytes arrive in order; the kernels at both ends keep track of it.',
    },
  },
  {
    id: 'system-call',
    names: {ja: ['システムコール'], en: ['system call']},
    meaning: {
      ja: 'プロセスが、カーネルに仕事を頼む呼び出しです。',
      en: 'A call by which a process asks the kernel to do something.',
    },
  },
  {
    id: 'file-descriptor',
    names: {
      ja: ['ファイルディスクリプター', 'ファイル記述子', 'ディスクリプター'],
      en: ['file descriptor', 'descriptor'],
    },
    meaning: {
      ja: 'プロセスが、開いているファイルやソケットを指すための番号です。番号の表はプロセスごとにあります。',
      en: 'The number by which a process names an open file or socket; each process has a table of its own.',
    },
  },
  {
    id: 'errno',
    names: {ja: ['errno'], en: ['errno']},
    meaning: {
      ja: '失敗した呼び出しの理由を表す番号です。ECONNREFUSED のような名前で書きます。',
      en: 'The number that says why a call failed; it is written by a name, such as ECONNREFUSED.',
    },
  },
  {
    id: 'endpoint',
    names: {ja: ['端点', 'エンドポイント'], en: ['endpoint']},
    reading: 'たんてん',
    meaning: {
      ja: '通信の片方の端です。TCP や UDP では、IP アドレスとポートの組で表します。',
      en: 'One end of a communication; with TCP and UDP it is named by an IP address and a port.',
    },
  },
  {
    id: 'peer',
    names: {ja: ['接続相手', '通信相手', 'ピア'], en: ['peer']},
    meaning: {ja: '通信の、もう一方の端にいる相手です。', en: 'Whoever is at the other end.'},
  },
  {
    id: 'protocol',
    names: {ja: ['プロトコル'], en: ['protocol']},
    meaning: {
      ja: '何をどの順番で送り、どう読むかという、通信の約束です。',
      en: 'An agreement about what is sent, in which order, and how it is to be read.',
    },
  },
  {
    id: 'address-family',
    names: {ja: ['アドレスファミリー'], en: ['address family', 'address families']},
    meaning: {
      ja: 'アドレスの種類です。AF_INET は IPv4、AF_INET6 は IPv6、AF_UNIX は同じコンピューターの中です。',
      en: 'A kind of address: AF_INET is IPv4, AF_INET6 is IPv6, AF_UNIX stays inside one computer.',
    },
  },
  {
    id: 'ip-address',
    names: {ja: ['IP アドレス', 'IPアドレス'], en: ['IP address', 'IP addresses']},
    meaning: {
      ja: 'ネットワークの中で、送り先のコンピューターを見つけるための番号です。',
      en: 'The number by which a computer is found in a network.',
    },
  },
  {
    id: 'port',
    names: {ja: ['ポート', 'ポート番号'], en: ['port', 'port number']},
    meaning: {
      ja: '同じアドレスの中で、どのソケットあてかを分ける番号です。0 から 65535 まであります。',
      en: 'The number, 0 to 65535, that tells the sockets at one address apart.',
    },
  },
  {
    id: 'four-tuple',
    names: {ja: ['四つ組', '4-tuple'], en: ['4-tuple', 'four-tuple']},
    reading: 'よつぐみ',
    meaning: {
      ja: '両端のアドレスとポート、合わせて四つの組です。TCP の接続は、これで見分けます。',
      en: 'The addresses and ports of both ends: these four together tell TCP connections apart.',
    },
  },
  {
    id: 'ephemeral-port',
    names: {ja: ['一時ポート', 'エフェメラルポート'], en: ['ephemeral port']},
    reading: 'いちじポート',
    meaning: {
      ja: '番号を指定されていないソケットに、カーネルが選んで割り当てるポートです。',
      en: 'A port that the kernel picks for a socket for which no number was given.',
    },
  },
  {
    id: 'privileged-port',
    names: {ja: ['特権ポート'], en: ['privileged port']},
    reading: 'とっけんポート',
    meaning: {
      ja: '1024 より小さい番号のポートです。Linux では、ふつう特権がないと bind() できません。',
      en: 'A port below 1024: on Linux it usually takes privileges to bind to one.',
    },
  },
  {
    id: 'loopback',
    names: {ja: ['ループバック'], en: ['loopback', 'loopback address', 'loopback interface']},
    meaning: {
      ja: '127.0.0.1 や ::1 のように、同じコンピューターの中だけで届くアドレスと、その通り道です。',
      en: 'The addresses that lead back to the same computer, such as 127.0.0.1 and ::1, and the way there.',
    },
  },
  {
    id: 'wildcard-address',
    names: {ja: ['ワイルドカードアドレス'], en: ['wildcard address', 'wildcard']},
    meaning: {
      ja: '0.0.0.0 や :: のように、「このコンピューターのどのアドレスでも」を表すアドレスです。',
      en: 'An address that stands for any address of this computer: 0.0.0.0 or ::.',
    },
  },
  {
    id: 'ipv4-mapped',
    names: {ja: ['IPv4射影アドレス', 'IPv4 射影アドレス'], en: ['IPv4-mapped address', 'IPv4-mapped']},
    reading: 'しゃえいアドレス',
    meaning: {
      ja: '::ffff:127.0.0.1 のように、IPv4 アドレスを IPv6 の形で書いたものです。',
      en: 'An IPv4 address in the form of an IPv6 one, such as ::ffff:127.0.0.1.',
    },
  },
  {
    id: 'bind',
    names: {ja: ['バインド'], en: ['bind']},
    meaning: {
      ja: 'ソケットに、アドレスとポート、またはパスを割り当てることです。',
      en: 'To give a socket its address and port, or its path.',
    },
  },
  {
    id: 'listen',
    names: {ja: ['待ち受け', 'リッスン', '接続待ち状態'], en: ['listening', 'listen']},
    reading: 'まちうけ',
    meaning: {
      ja: '接続要求にカーネルが応える状態です。listen() でそうなります。',
      en: 'The state in which the kernel answers connection requests; listen() brings it about.',
    },
  },
  {
    id: 'listening-socket',
    names: {
      ja: ['接続待ちソケット', '待ち受けソケット', '待ち受けのソケット'],
      en: ['listening socket', 'listener', 'passive socket'],
    },
    meaning: {
      ja: 'listen() を呼んだソケットです。接続を受けるだけで、データは運びません。',
      en: 'A socket on which listen() was called: it takes connections and carries no data.',
    },
  },
  {
    id: 'connected-socket',
    names: {ja: ['接続済みソケット'], en: ['connected socket']},
    meaning: {
      ja: '一つの接続の端になったソケットです。サーバーでは accept() が返します。',
      en: 'A socket that is the end of a connection; on the server, accept() returns it.',
    },
  },
  {
    id: 'connection-request',
    names: {ja: ['接続要求'], en: ['connection request', 'request for a connection']},
    reading: 'せつぞくようきゅう',
    meaning: {
      ja: '接続を始めたいという知らせです。TCP では、最初の SYN です。',
      en: 'The wish to begin a connection; with TCP it is the first SYN.',
    },
  },
  {
    id: 'accept-queue',
    names: {ja: ['接続待ちキュー'], en: ['accept queue']},
    meaning: {
      ja: '確立して accept() を待つ接続の列です。カーネルが、待ち受けのソケットごとに持ちます。',
      en: 'The queue of established connections that wait for accept(); the kernel keeps one for each listening socket.',
    },
  },
  {
    id: 'backlog',
    names: {ja: ['バックログ'], en: ['backlog']},
    meaning: {
      ja: 'listen() に渡す、接続待ちキューの長さの目安です。',
      en: 'The number given to listen(): about how long the accept queue may grow.',
    },
  },
  {
    id: 'handshake',
    names: {
      ja: ['3ウェイハンドシェイク', 'スリーウェイハンドシェイク', 'ハンドシェイク'],
      en: ['three-way handshake', 'handshake'],
    },
    meaning: {
      ja: 'SYN、SYN+ACK、ACK の三つのセグメントで、接続を作る手順です。両側のカーネルが行います。',
      en: 'How a TCP connection is made: SYN, SYN+ACK and ACK, exchanged by the two kernels.',
    },
  },
  {
    id: 'establishment',
    names: {ja: ['コネクション確立', '接続の確立'], en: ['connection establishment']},
    meaning: {ja: '接続ができあがるまでの手順です。', en: 'The steps until a connection exists.'},
  },
  {
    id: 'active-open',
    names: {ja: ['能動オープン', 'アクティブオープン'], en: ['active open']},
    reading: 'のうどうオープン',
    meaning: {
      ja: '自分から接続を求めることです。connect() がします。',
      en: 'To ask for a connection oneself, as connect() does.',
    },
  },
  {
    id: 'passive-open',
    names: {ja: ['受動オープン', 'パッシブオープン'], en: ['passive open']},
    reading: 'じゅどうオープン',
    meaning: {
      ja: '接続を求められるのを待つことです。listen() で始まります。',
      en: 'To wait to be asked for a connection; listen() begins it.',
    },
  },
  {
    id: 'tcp',
    names: {ja: ['TCP'], en: ['TCP']},
    meaning: {
      ja: 'バイト列を、抜けなく順番どおりに届けるプロトコルです。届けられなければ、エラーで知らせます。',
      en: 'The protocol that delivers a stream of bytes in order and without gaps, or else reports an error.',
    },
  },
  {
    id: 'udp',
    names: {ja: ['UDP'], en: ['UDP']},
    meaning: {
      ja: 'データグラムを一通ずつ送るプロトコルです。届くことも、順番も、約束しません。',
      en: 'The protocol that sends datagrams one by one, promising neither delivery nor order.',
    },
  },
  {
    id: 'icmp',
    names: {ja: ['ICMP'], en: ['ICMP']},
    meaning: {
      ja: '「そのポートにはだれもいない」のような知らせを、IP の上で運ぶプロトコルです。',
      en: 'The protocol, on top of IP, for messages such as “nobody is at that port”.',
    },
  },
  {
    id: 'osi-layer',
    names: {ja: ['レイヤー', '階層'], en: ['layer']},
    meaning: {
      ja: '通信の仕事を上下に分けた段です。下の層が、上の層のデータを運びます。',
      en: 'One of the levels into which communication is divided; each carries the data of the one above.',
    },
  },
  {
    id: 'encapsulation',
    names: {ja: ['カプセル化'], en: ['encapsulation']},
    meaning: {
      ja: '上の層のデータに、下の層が自分のヘッダーを付けて包むことです。',
      en: 'To wrap the data of the layer above in a header of one’s own.',
    },
  },
  {
    id: 'header',
    names: {ja: ['ヘッダー', 'ヘッダ'], en: ['header']},
    meaning: {
      ja: '運ぶデータの前に付ける、宛先や長さなどの情報です。',
      en: 'What stands before the data that is carried: where to, how long, and so on.',
    },
  },
  {
    id: 'payload',
    names: {ja: ['ペイロード'], en: ['payload']},
    meaning: {ja: 'ヘッダーに続く、運びたいデータそのものです。', en: 'The data itself, after the header.'},
  },
  {
    id: 'segment',
    names: {ja: ['セグメント'], en: ['segment']},
    meaning: {
      ja: 'TCP が送る一つのまとまりです。TCP のヘッダーと、あればデータの一部からなります。',
      en: 'What TCP sends at a time: a TCP header and, if there is any, a part of the data.',
    },
  },
  {
    id: 'packet',
    names: {ja: ['パケット'], en: ['packet']},
    meaning: {
      ja: 'IP が運ぶ一つのまとまりです。IP のヘッダーと、セグメントなどの中身からなります。',
      en: 'What IP carries at a time: an IP header and, say, a segment.',
    },
  },
  {
    id: 'frame',
    names: {ja: ['フレーム'], en: ['frame']},
    meaning: {
      ja: '一つの回線の上で、隣の機器へ運ばれるまとまりです。パケットを中に持ちます。',
      en: 'What travels to the next machine on one link; a packet is inside it.',
    },
  },
  {
    id: 'datagram',
    names: {ja: ['データグラム'], en: ['datagram']},
    meaning: {
      ja: '宛先の付いた、一通ずつ区切られたメッセージです。UDP はこれを運びます。',
      en: 'A message with an address on it, apart from all others; UDP carries these.',
    },
  },
  {
    id: 'connection-oriented',
    names: {ja: ['コネクション型', '接続指向'], en: ['connection-oriented']},
    meaning: {ja: '先に接続を作ってから送る方式です。', en: 'First a connection, then the data.'},
  },
  {
    id: 'connectionless',
    names: {ja: ['コネクションレス'], en: ['connectionless']},
    meaning: {
      ja: '接続を作らず、一通ごとに宛先を付けて送る方式です。',
      en: 'Without a connection: each message carries its address.',
    },
  },
  {
    id: 'byte-stream',
    names: {ja: ['バイトストリーム'], en: ['byte stream', 'stream of bytes']},
    meaning: {
      ja: '区切りのないバイトの流れです。何回の send() で送られたかは、残りません。',
      en: 'Bytes in order without any boundaries: how many send() calls they came from is lost.',
    },
  },
  {
    id: 'message-boundary',
    names: {
      ja: ['メッセージ境界', 'メッセージの境界', 'レコード境界'],
      en: ['message boundary', 'message boundaries', 'boundaries of messages', 'record boundary', 'record boundaries'],
    },
    reading: 'きょうかい',
    meaning: {
      ja: '一つのメッセージの終わりと、次の始まりの境目です。UDP は保ち、TCP は保ちません。',
      en: 'Where one message ends and the next begins; UDP keeps it, TCP does not.',
    },
  },
  {
    id: 'framing',
    names: {ja: ['フレーミング'], en: ['framing']},
    meaning: {
      ja: 'バイトストリームの中で、メッセージの区切りが分かるようにすることです。',
      en: 'To make the boundaries of messages visible in a byte stream.',
    },
  },
  {
    id: 'length-prefix',
    names: {ja: ['長さプレフィックス'], en: ['length prefix', 'length prefixes']},
    meaning: {
      ja: 'メッセージの前に、その長さ(バイト数)を付ける区切り方です。',
      en: 'The length of a message in bytes, sent before the message.',
    },
  },
  {
    id: 'delimiter',
    names: {ja: ['区切り文字'], en: ['delimiter']},
    meaning: {
      ja: '改行のように、メッセージの終わりを示す決まったバイトです。',
      en: 'An agreed byte, such as a newline, that ends a message.',
    },
  },
  {
    id: 'utf-8',
    names: {ja: ['UTF-8'], en: ['UTF-8']},
    meaning: {
      ja: '文字をバイト列で表す決まりの一つです。一つのコードポイントが 1 から 4 バイトになります。',
      en: 'A way to write characters as bytes, one to four for each code point.',
    },
  },
  {
    id: 'send-buffer',
    names: {ja: ['送信バッファー', '送信キュー'], en: ['send buffer', 'send queue']},
    meaning: {
      ja: 'send() したバイトを、届いたと分かるまでカーネルが持っておく場所です。',
      en: 'Where the kernel keeps what send() gave it until the peer’s kernel has acknowledged it.',
    },
  },
  {
    id: 'receive-buffer',
    names: {ja: ['受信バッファー', '受信キュー'], en: ['receive buffer', 'receive queue']},
    meaning: {
      ja: '届いたバイトを、recv() されるまでカーネルが持っておく場所です。',
      en: 'Where the kernel keeps what has arrived until recv() takes it.',
    },
  },
  {
    id: 'recv-q',
    names: {ja: ['Recv-Q'], en: ['Recv-Q']},
    meaning: {
      ja: '表の列の名前です。接続では読まれていないバイト数(届いた FIN も 1 と数えます)、LISTEN では accept() を待つ接続の数です。',
      en: 'A column of the table: bytes that nobody has read yet (a FIN counts as 1), or for LISTEN the connections that wait for accept().',
    },
  },
  {
    id: 'send-q',
    names: {ja: ['Send-Q'], en: ['Send-Q']},
    meaning: {
      ja: '表の列の名前です。send() したあと、まだ確認応答が返っていないバイト数です。',
      en: 'A column of the table: bytes that were given to send() and have not been acknowledged yet, whether they have left or not.',
    },
  },
  {
    id: 'flow-control',
    names: {ja: ['フロー制御'], en: ['flow control']},
    meaning: {
      ja: '受ける側の空きを超えて送らないようにする、TCP の仕組みです。',
      en: 'How TCP keeps from sending more than the receiver has room for.',
    },
  },
  {
    id: 'window',
    names: {ja: ['ウィンドウ', '受信ウィンドウ'], en: ['window', 'receive window']},
    meaning: {
      ja: '「あと何バイト送ってよいか」という、受ける側からの知らせです。',
      en: 'How many more bytes a receiver says may be sent to it.',
    },
  },
  {
    id: 'window-probe',
    names: {ja: ['ウィンドウプローブ', 'プローブ'], en: ['window probe', 'probe', 'zero-window probe']},
    meaning: {
      ja: '相手のウィンドウが 0 のとき、まだ 0 かと尋ねるセグメントです。間隔は、だんだん長くなります。',
      en: 'A segment that asks whether a window of 0 is still 0; they come at longer and longer intervals.',
    },
  },
  {
    id: 'window-update',
    names: {ja: ['ウィンドウの更新', 'ウィンドウ更新'], en: ['window update']},
    meaning: {
      ja: 'recv() で空きができたことを、新しいウィンドウで知らせる ACK です。',
      en: 'An ACK whose new window says that recv() has made room.',
    },
  },
  {
    id: 'window-scaling',
    names: {ja: ['ウィンドウスケール'], en: ['window scaling', 'window scale']},
    meaning: {
      ja: '16 ビットのウィンドウに掛ける倍率です。SYN のオプションで、両側がそれぞれ伝えます。',
      en: 'The factor by which the 16 bits of a window are multiplied; each side tells its own in an option of its SYN.',
    },
  },
  {
    id: 'backpressure',
    names: {ja: ['バックプレッシャー', '背圧'], en: ['backpressure']},
    reading: 'はいあつ',
    meaning: {
      ja: '読む側の遅れが送る側に伝わり、送る側が待つことです。',
      en: 'A slow reader makes the writer wait.',
    },
  },
  {
    id: 'congestion-control',
    names: {ja: ['輻輳制御'], en: ['congestion control']},
    reading: 'ふくそうせいぎょ',
    meaning: {
      ja: '途中のネットワークが混まないように、送る量を加減する仕組みです。',
      en: 'How TCP sends less where the network between is crowded.',
    },
  },
  {
    id: 'blocking',
    names: {ja: ['ブロックする', 'ブロッキング'], en: ['blocking', 'blocks', 'blocked']},
    meaning: {
      ja: '呼び出しが、できることが来るまで返らないことです。そのあいだ、スレッドは眠ります。',
      en: 'A call that does not return until there is something to do; its thread sleeps meanwhile.',
    },
  },
  {
    id: 'nonblocking',
    names: {ja: ['ノンブロッキング'], en: ['non-blocking', 'nonblocking']},
    meaning: {
      ja: '待つ代わりに、EAGAIN などですぐに返ることです。O_NONBLOCK でそうなります。',
      en: 'To return at once, with EAGAIN say, instead of waiting; O_NONBLOCK makes it so.',
    },
  },
  {
    id: 'event-loop',
    names: {ja: ['イベントループ'], en: ['event loop']},
    meaning: {
      ja: '多くのソケットを一度に待ち、用意のできたものから順に扱うループです。',
      en: 'A loop that waits for many sockets at once and serves those that are ready.',
    },
  },
  {
    id: 'syn',
    names: {ja: ['SYN'], en: ['SYN']},
    meaning: {
      ja: '接続を始めるセグメントの印です。シーケンス番号の始まりを伝えます。',
      en: 'The mark of a segment that begins a connection; it says where the sequence numbers start.',
    },
  },
  {
    id: 'ack',
    names: {ja: ['確認応答', 'ACK'], en: ['acknowledgment', 'ACK', 'acknowledgement']},
    reading: 'かくにんおうとう',
    meaning: {
      ja: '「ここまで受け取った」という、相手のカーネルからの知らせです。',
      en: 'Word from the peer’s kernel: I have everything up to here.',
    },
  },
  {
    id: 'delayed-ack',
    names: {ja: ['遅延確認応答', '遅延 ACK', '遅延ACK'], en: ['delayed ACK', 'delayed acknowledgment']},
    reading: 'ちえんかくにんおうとう',
    meaning: {
      ja: '確認応答を少し待って、ほかのデータと一緒に返すことです。',
      en: 'An acknowledgment that is held back a little, to travel with other data.',
    },
  },
  {
    id: 'nagle',
    names: {
      ja: ['Nagle アルゴリズム', 'Nagleアルゴリズム', 'Nagle のアルゴリズム'],
      en: ['Nagle’s algorithm', "Nagle's algorithm", 'Nagle algorithm'],
    },
    meaning: {
      ja: '小さいデータを、前の確認応答が返るまでためて、まとめて送る仕組みです。',
      en: 'Small data is held back until what was sent before is acknowledged, and then sent together.',
    },
  },
  {
    id: 'tcp-nodelay',
    names: {ja: ['TCP_NODELAY'], en: ['TCP_NODELAY']},
    meaning: {
      ja: 'Nagle アルゴリズムを止める設定です。小さいデータも、前の確認応答を待たずに送り出します。',
      en: 'An option that turns Nagle’s algorithm off: small data leaves without waiting for an acknowledgment.',
    },
  },
  {
    id: 'sequence-number',
    names: {ja: ['シーケンス番号', '初期シーケンス番号'], en: ['sequence number', 'initial sequence number']},
    meaning: {
      ja: 'セグメントのデータが、流れの何バイト目からかを示す番号です。',
      en: 'The number that says where in the stream the data of a segment begins.',
    },
  },
  {
    id: 'relative-number',
    names: {ja: ['相対番号'], en: ['relative number']},
    meaning: {
      ja: 'SYN の番号を 0 として数え直したシーケンス番号です。見やすさのためで、線の上の数ではありません。',
      en: 'A sequence number counted from that of the SYN, for the reader’s sake: it is not what is on the wire.',
    },
  },
  {
    id: 'retransmission',
    names: {ja: ['再送'], en: ['retransmission', 'retransmits']},
    reading: 'さいそう',
    meaning: {
      ja: '確認応答が来ないセグメントを、もう一度送ることです。',
      en: 'To send a segment again whose acknowledgment does not come.',
    },
  },
  {
    id: 'rto',
    names: {ja: ['再送タイムアウト', 'RTO'], en: ['retransmission timeout', 'retransmission timer', 'RTO']},
    reading: 'さいそうタイムアウト',
    meaning: {
      ja: '確認応答をどれだけ待ってから再送するかの時間です。往復の時間から決まり、切れるたびに倍になります。',
      en: 'How long TCP waits for an acknowledgment before it sends again; it comes from the round-trip time, and doubles each time.',
    },
  },
  {
    id: 'tcp-user-timeout',
    names: {ja: ['TCP_USER_TIMEOUT'], en: ['TCP_USER_TIMEOUT']},
    meaning: {
      ja: '送ったものが確認応答されないまま何ミリ秒たったら諦めるか、という設定です。',
      en: 'For how many milliseconds what was sent may go without an acknowledgment before the kernel gives up.',
    },
  },
  {
    id: 'tcp-info',
    names: {ja: ['TCP_INFO'], en: ['TCP_INFO']},
    meaning: {
      ja: 'getsockopt() で、接続の内側の様子(状態、往復の時間、再送の回数など)を尋ねるものです。',
      en: 'What getsockopt() tells of the inside of a connection: its state, the round-trip time, retransmissions and more.',
    },
  },
  {
    id: 'fin',
    names: {ja: ['FIN'], en: ['FIN']},
    meaning: {
      ja: '「こちらの送信は終わり」と伝えるセグメントの印です。recv() の 0 になって届きます。',
      en: 'The mark of a segment that says “I have finished sending”; the peer sees it as recv() = 0.',
    },
  },
  {
    id: 'rst',
    names: {ja: ['RST', 'リセット'], en: ['RST', 'reset']},
    meaning: {
      ja: '接続をその場で打ち切るセグメントの印です。相手は ECONNRESET などで知ります。',
      en: 'The mark of a segment that breaks a connection off; the peer learns of it as ECONNRESET, for one.',
    },
  },
  {
    id: 'eof',
    names: {ja: ['ファイルの終端', 'EOF'], en: ['end of file', 'EOF']},
    reading: 'ファイルのしゅうたん',
    meaning: {
      ja: 'これ以上データが来ないという印です。recv() は 0 を返します。',
      en: 'There will be no more data; recv() returns 0.',
    },
  },
  {
    id: 'full-duplex',
    names: {ja: ['全二重'], en: ['full duplex', 'full-duplex']},
    reading: 'ぜんにじゅう',
    meaning: {
      ja: '両方の向きに、同時に送れることです。TCP の接続はそうなっています。',
      en: 'Both directions at the same time, as in a TCP connection.',
    },
  },
  {
    id: 'half-close',
    names: {ja: ['半クローズ', 'ハーフクローズ'], en: ['half-close', 'half-closed']},
    reading: 'はんクローズ',
    meaning: {
      ja: '片方の向きだけを終えることです。shutdown(SHUT_WR) のあとも、受信は続けられます。',
      en: 'To end one direction only: after shutdown(SHUT_WR) one can still receive.',
    },
  },
  {
    id: 'active-close',
    names: {ja: ['能動クローズ', 'アクティブクローズ'], en: ['active close']},
    reading: 'のうどうクローズ',
    meaning: {
      ja: '先に接続を閉じることです。TIME_WAIT は、こちらの側に残ります。',
      en: 'To close first; TIME_WAIT stays on this side.',
    },
  },
  {
    id: 'passive-close',
    names: {ja: ['受動クローズ', 'パッシブクローズ'], en: ['passive close']},
    reading: 'じゅどうクローズ',
    meaning: {
      ja: '相手が閉じたあとに閉じることです。そのあいだの状態が CLOSE_WAIT です。',
      en: 'To close after the peer did; until then the state is CLOSE_WAIT.',
    },
  },
  {
    id: 'termination',
    names: {ja: ['コネクション切断', '接続の終了'], en: ['connection termination']},
    meaning: {
      ja: '両側が FIN を送り合って、接続を終える手順です。',
      en: 'The end of a connection: each side sends its FIN.',
    },
  },
  {
    id: 'state-transition',
    names: {ja: ['状態遷移'], en: ['state transition']},
    reading: 'じょうたいせんい',
    meaning: {
      ja: 'SYN_SENT から ESTABLISHED へというように、接続の状態が移り変わることです。',
      en: 'The change of a connection from one state to another, such as SYN_SENT to ESTABLISHED.',
    },
  },
  {
    id: 'syn-sent',
    names: {ja: ['SYN_SENT'], en: ['SYN_SENT']},
    meaning: {
      ja: 'SYN を送り、相手の SYN+ACK を待っている状態です。connect() で始まります。',
      en: 'The state after our SYN: connect() has sent it, and the answer, SYN+ACK, has not come yet.',
    },
  },
  {
    id: 'syn-recv',
    names: {ja: ['SYN_RECV'], en: ['SYN_RECV']},
    meaning: {
      ja: 'SYN に SYN+ACK を返し、最後の ACK を待っている状態です。サーバー側にあります。',
      en: 'The state on the server’s side between the client’s SYN and the ACK that completes the handshake.',
    },
  },
  {
    id: 'established',
    names: {ja: ['ESTABLISHED'], en: ['ESTABLISHED']},
    meaning: {
      ja: 'TCP で、接続ができあがり、両方の向きに送れる状態です。',
      en: 'The state of a TCP connection that is complete: both sides can send.',
    },
  },
  {
    id: 'fin-wait1',
    names: {ja: ['FIN_WAIT1'], en: ['FIN_WAIT1']},
    meaning: {
      ja: '自分の送信を終え、FIN の確認応答を待っている状態です。',
      en: 'The state after we ended our sending: the FIN has not been acknowledged yet.',
    },
  },
  {
    id: 'fin-wait2',
    names: {ja: ['FIN_WAIT2'], en: ['FIN_WAIT2']},
    meaning: {
      ja: 'こちらの FIN に確認応答が返り、相手の FIN を待っている状態です。',
      en: 'The state after our FIN was acknowledged: the peer’s FIN has not come yet.',
    },
  },
  {
    id: 'close-wait',
    names: {ja: ['CLOSE_WAIT'], en: ['CLOSE_WAIT']},
    meaning: {
      ja: '相手の FIN を受け取り、こちらの close() を待っている状態です。',
      en: 'The state after the peer’s FIN: the kernel waits for our close().',
    },
  },
  {
    id: 'last-ack',
    names: {ja: ['LAST_ACK'], en: ['LAST_ACK']},
    meaning: {
      ja: '相手より後に閉じた側が、自分の FIN の確認応答を待っている状態です。',
      en: 'The state of whoever closes second: its FIN has not been acknowledged yet.',
    },
  },
  {
    id: 'closing',
    names: {ja: ['CLOSING'], en: ['CLOSING']},
    meaning: {
      ja: '両側が同時に閉じ始め、相手の FIN は届いたのに、自分の FIN の確認応答がまだの状態です。',
      en: 'The state when both sides close at once: the peer’s FIN is here, the ACK of our own is not.',
    },
  },
  {
    id: 'time-wait',
    names: {ja: ['TIME_WAIT'], en: ['TIME_WAIT']},
    meaning: {
      ja: '遅れて届くセグメントに備えて、先に閉じた側にしばらく残る状態です。',
      en: 'The state that stays for a while with whoever closed first, in case late segments arrive.',
    },
  },
  {
    id: 'so-reuseaddr',
    names: {ja: ['SO_REUSEADDR'], en: ['SO_REUSEADDR']},
    meaning: {
      ja: 'TIME_WAIT などの古い接続だけが残るポートに、bind() できるようにする設定です。Linux では、古い側にも要ります。',
      en: 'An option that lets bind() take a port on which only old connections are left; on Linux those need to have it too.',
    },
  },
  {
    id: 'inode',
    names: {ja: ['inode'], en: ['inode']},
    meaning: {
      ja: 'カーネルが、ファイルやソケットに付ける番号です。表の行とプロセスのソケットを結び付けます。',
      en: 'The kernel’s number of a file or socket; it joins a row of the table to the socket of a process.',
    },
  },
  {
    id: 'keepalive',
    names: {ja: ['キープアライブ'], en: ['keepalive']},
    meaning: {
      ja: '何も送らない接続で、相手がまだいるかを時々確かめる仕組みです。',
      en: 'To check now and then, on a silent connection, whether the peer is still there.',
    },
  },
  {
    id: 'linger',
    names: {ja: ['居残り', 'リンガー', 'SO_LINGER'], en: ['linger', 'SO_LINGER']},
    reading: 'いのこり',
    meaning: {
      ja: 'close() が、送り残しと確認応答をどれだけ待つかの設定です。0 秒なら待たずに捨て、RST を送ります。',
      en: 'How long close() waits for data that is unsent or unacknowledged; with 0 s it is dropped, and RST sent.',
    },
  },
  {
    id: 'byte-order',
    names: {
      ja: ['ネットワークバイトオーダー', 'ホストバイトオーダー', 'バイトオーダー'],
      en: ['network byte order', 'host byte order', 'byte order'],
    },
    meaning: {
      ja: '二バイト以上の数を、どの順に並べるかです。ネットワークでは、上の位が先です。',
      en: 'In which order the bytes of a number stand; on the network the highest comes first.',
    },
  },
  {
    id: 'endian',
    names: {
      ja: ['リトルエンディアン', 'ビッグエンディアン', 'エンディアン'],
      en: ['little-endian', 'big-endian', 'little endian', 'big endian'],
    },
    meaning: {
      ja: 'リトルは下の位のバイトが先、ビッグは上の位のバイトが先です。多くのコンピューターはリトルです。',
      en: 'Little: the lowest byte of a number first. Big: the highest. Most computers are little-endian.',
    },
  },
  {
    id: 'unix-domain-socket',
    names: {ja: ['UNIX ドメインソケット', 'UNIXドメインソケット'], en: ['Unix domain socket']},
    meaning: {
      ja: '同じコンピューターのプロセスどうしが、ネットワークを使わずに通信するソケットです。',
      en: 'A socket for processes on the same computer; it uses no network.',
    },
  },
  {
    id: 'socket-file',
    names: {ja: ['ソケットファイル'], en: ['socket file']},
    meaning: {
      ja: 'UNIX ドメインソケットの名前になるファイルです。bind() が作り、unlink() で消します。',
      en: 'The file that is a Unix domain socket’s name: bind() makes it, unlink() removes it.',
    },
  },
  {
    id: 'abstract-namespace',
    names: {ja: ['抽象名前空間'], en: ['abstract namespace']},
    reading: 'ちゅうしょうなまえくうかん',
    meaning: {
      ja: 'ファイルを作らない、Linux だけの UNIX ドメインソケットの名前です。閉じると消えます。',
      en: 'Names of Unix domain sockets that are no files and vanish with the socket; only on Linux.',
    },
  },
  {
    id: 'namespace',
    names: {ja: ['ネットワーク名前空間', '名前空間'], en: ['network namespace', 'namespace']},
    reading: 'なまえくうかん',
    meaning: {
      ja: 'アドレスやポートを、ほかから切り離して持つ、カーネルの中の区画です。',
      en: 'A part of the kernel with addresses and ports of its own, apart from the others.',
    },
  },
  {
    id: 'name-resolution',
    names: {ja: ['名前解決', 'DNS'], en: ['name resolution', 'DNS']},
    meaning: {
      ja: 'localhost のような名前から、IP アドレスを調べることです。DNS は、そのための仕組みの一つです。',
      en: 'To find the IP address of a name such as localhost; DNS is one way to do it.',
    },
  },
  {
    id: 'public-address',
    names: {ja: ['グローバルIPアドレス', 'グローバル IP アドレス'], en: ['public IP address', 'public address']},
    meaning: {
      ja: 'インターネットのどこからでも、同じ相手を指すアドレスです。',
      en: 'An address that means the same host everywhere on the internet.',
    },
  },
  {
    id: 'private-address',
    names: {
      ja: ['プライベートIPアドレス', 'プライベート IP アドレス'],
      en: ['private IP address', 'private address', 'private addresses'],
    },
    meaning: {
      ja: '家や会社の中だけで使うアドレスです。192.168.1.10 のような同じ番号が、あちこちにあります。',
      en: 'An address for use inside a home or a company only; the same one, such as 192.168.1.10, is in many places.',
    },
  },
  {
    id: 'mac-address',
    names: {ja: ['MAC アドレス', 'MACアドレス'], en: ['MAC address']},
    meaning: {
      ja: '同じネットワークの中で、フレームの宛先と送信元を表す 6 バイトの番号です。',
      en: 'Six bytes that say from whom and to whom a frame goes inside one network.',
    },
  },
  {
    id: 'arp',
    names: {ja: ['ARP'], en: ['ARP']},
    meaning: {
      ja: '同じネットワークの IP アドレスから、その MAC アドレスを尋ねるプロトコルです。',
      en: 'The protocol that asks for the MAC address of an IP address in the same network.',
    },
  },
  {
    id: 'ttl',
    names: {ja: ['TTL'], en: ['TTL']},
    meaning: {
      ja: 'IP ヘッダーの、あと何回ルーターを通れるかを表す数です。通るたびに 1 減り、0 になると捨てられます。',
      en: 'A number in the IP header: how many routers a packet may yet pass. Each takes 1 away, and at 0 it is dropped.',
    },
  },
  {
    id: 'router',
    names: {ja: ['ルーター', 'ルータ'], en: ['router']},
    meaning: {
      ja: 'ネットワークどうしのあいだに立ち、パケットを宛先のほうへ渡す機器です。',
      en: 'A machine between networks that hands packets on towards their destination.',
    },
  },
  {
    id: 'upnp',
    names: {ja: ['UPnP'], en: ['UPnP']},
    meaning: {
      ja: 'LAN の機器を見つけて使うための取り決めです。ルーターにグローバルIPアドレスも尋ねられます。',
      en: 'Rules by which devices of a LAN are found and used; a router can be asked for its public address.',
    },
  },
  {
    id: 'ssdp',
    names: {ja: ['SSDP'], en: ['SSDP']},
    meaning: {
      ja: 'UPnP の中の、機器を探すためのプロトコルです。UDP で尋ね、UDP で答えます。',
      en: 'The protocol of UPnP that searches for devices: asked by UDP, answered by UDP.',
    },
  },
  {
    id: 'nat',
    names: {ja: ['NAT'], en: ['NAT']},
    meaning: {
      ja: 'ルーターなどが、通るパケットのアドレスとポートを書き換えることです。',
      en: 'A router rewrites the addresses and ports of the packets that pass.',
    },
  },
  {
    id: 'masquerade',
    names: {ja: ['MASQUERADE'], en: ['MASQUERADE']},
    meaning: {
      ja: '出ていくパケットの送信元を、ルーター自身のアドレスにする NAT です。',
      en: 'The NAT that makes a router’s own address the source of what goes out.',
    },
  },
  {
    id: 'port-forwarding',
    names: {ja: ['ポート開放', 'ポートフォワーディング'], en: ['port forwarding', 'port opening']},
    reading: 'ポートかいほう',
    meaning: {
      ja: '外から来た接続を、ルーターが中の決まったコンピューターへ渡すことです。',
      en: 'A router hands what comes from outside on to one computer inside.',
    },
  },
  {
    id: 'hairpin-nat',
    names: {ja: ['ヘアピンNAT', 'ヘアピン NAT'], en: ['hairpin NAT', 'hairpinning']},
    meaning: {
      ja: '中からルーターの外側のアドレスに送られたものを、中の相手に折り返すことです。',
      en: 'To reach a computer inside from inside, by way of the router’s outer address.',
    },
  },
  {
    id: 'packet-filter',
    names: {ja: ['パケットフィルター', 'ファイアウォール'], en: ['packet filter', 'firewall']},
    meaning: {
      ja: '通るパケットをルールと照らし合わせ、捨てたり書き換えたりする、カーネルの仕組みです。',
      en: 'The part of the kernel that holds passing packets against rules, and drops or rewrites them.',
    },
  },
  {
    id: 'multicast',
    names: {ja: ['マルチキャスト'], en: ['multicast']},
    meaning: {
      ja: '一つの宛先で、その組に入っているみんなに届ける送り方です。',
      en: 'One address that reaches everybody who has joined its group.',
    },
  },
];
