import type {CallName, Domain, messageFlags, OptionName, ShutdownHow, SocketFlag, SocketType} from '../model/call.ts';
import type {Text} from '../model/text.ts';

/** What stands on the one line below the prompt of free play: about the word at the cursor, for who has read nothing yet. */

export type HelpedCall = Extract<
  CallName,
  | 'socket'
  | 'socketpair'
  | 'bind'
  | 'listen'
  | 'accept'
  | 'accept4'
  | 'connect'
  | 'send'
  | 'sendto'
  | 'recv'
  | 'recvfrom'
  | 'shutdown'
  | 'close'
  | 'getsockname'
  | 'getpeername'
  | 'setsockopt'
  | 'getsockopt'
  | 'fcntl'
  | 'poll'
  | 'getaddrinfo'
  | 'getifaddrs'
  | 'unlink'
>;

/** What a call does: man sections 2 and 3. */
export const callHelp: Record<HelpedCall, Text> = {
  socket: {
    ja: 'ソケットを一つ作り、それを指す番号(ファイルディスクリプター)を返します。',
    en: 'Makes a socket and returns a file descriptor, the number by which the other calls name it.',
  },
  socketpair: {
    ja: 'はじめから互いにつながっている、AF_UNIX のソケットを二つ作ります。',
    en: 'Makes two sockets of AF_UNIX that are connected to each other from the start.',
  },
  bind: {
    ja: 'ソケットに、自分側のアドレスとポート番号(AF_UNIX ではファイル)を割り当てます。',
    en: 'Gives a socket its own address and port (with AF_UNIX, a file).',
  },
  listen: {
    ja: 'ソケットを待ち受けにし、以後の接続要求にはカーネルが応じます(listen() 自体は待ちません)。',
    en: 'Makes a socket listen: from now on the kernel answers connection requests; listen() itself does not wait.',
  },
  accept: {
    ja: '接続待ちキューから接続を一つ取り出し、そのための新しいソケットを返します(なければ待ちます)。',
    en: 'Takes one connection from the accept queue and returns a new socket for it; waits while there is none.',
  },
  accept4: {
    ja: 'accept() と同じですが、新しいソケットに SOCK_NONBLOCK などのフラグを付けられます。',
    en: 'Does what accept() does, and sets flags such as SOCK_NONBLOCK on the new socket.',
  },
  connect: {
    ja: '相手のアドレスに接続し、TCP では相手のカーネルが応じると返ります(accept() は待ちません)。',
    en: 'Connects to an address; with TCP it returns once the peer’s kernel has answered, even before accept().',
  },
  send: {
    ja: '送るバイト列をカーネルに渡し、渡せたバイト数を返します(相手に届いた数ではありません)。',
    en: 'Hands bytes to the kernel to be sent, and returns how many it took, not how many have arrived.',
  },
  sendto: {
    ja: '宛先を添えてデータグラムを一つ送り、UDP では connect() しなくても使えます。',
    en: 'Sends one datagram to the address given; with UDP no connect() is needed before.',
  },
  recv: {
    ja: '届いているデータを取り出し、なければ待ちます(TCP の 0 は、相手が送り終えたしるしです)。',
    en: 'Takes bytes that have come, or waits for some; with TCP, 0 means that the peer has finished sending.',
  },
  recvfrom: {
    ja: 'recv() と同じように受け取り、UDP では送り主のアドレスも分かります。',
    en: 'Receives as recv() does, and with UDP tells the address of the sender as well.',
  },
  shutdown: {
    ja: 'ファイルディスクリプターは開いたまま、接続の片方向または両方向を終わりにします。',
    en: 'Ends one direction of a connection, or both, and leaves the descriptor open.',
  },
  close: {
    ja: 'ファイルディスクリプターを閉じ、それがソケットの最後の一つなら接続を終わりにします。',
    en: 'Closes the descriptor, and if it is the last one of its socket, ends the connection.',
  },
  getsockname: {
    ja: 'ソケットの自分側のアドレスとポート番号を調べます。',
    en: 'Tells the socket’s own address and port.',
  },
  getpeername: {
    ja: '接続相手のアドレスとポート番号を調べます。',
    en: 'Tells the address and port of the peer.',
  },
  setsockopt: {
    ja: 'ソケットのオプションを一つ設定します(例: setsockopt SO_REUSEADDR 1)。',
    en: 'Sets one option of a socket, as in: setsockopt SO_REUSEADDR 1.',
  },
  getsockopt: {
    ja: 'ソケットのオプションの今の値を読みます(例: getsockopt SO_RCVBUF)。',
    en: 'Reads the value that an option of a socket has now, as in: getsockopt SO_RCVBUF.',
  },
  fcntl: {
    ja: 'O_NONBLOCK なら、そのソケットでの呼び出しは待たなくなり、0 なら再び待つようになります。',
    en: 'With O_NONBLOCK, calls on the socket no longer wait; with 0 they do again.',
  },
  poll: {
    ja: 'いくつかのソケットのどれかが、読める、書けるなどの状態になるまで待ちます。',
    en: 'Waits until at least one of several sockets is ready, for example has something to read.',
  },
  getaddrinfo: {
    ja: 'ホスト名から IP アドレスを調べます(システムコールではなく、ライブラリー関数です)。',
    en: 'Looks up the IP addresses of a host name; it is a library function, not a system call.',
  },
  getifaddrs: {
    ja: 'このコンピューターのネットワークインターフェースのアドレスを並べる、ライブラリー関数です。',
    en: 'Lists the addresses of this machine’s own network interfaces; it is a library function.',
  },
  unlink: {
    ja: 'ファイルを名前で消します(ソケットファイルは、close() しても残ります)。',
    en: 'Removes a file by its name; a socket file is still there after close().',
  },
};

/** What an option changes, its unit, and Linux's default: man 7 socket, ip, tcp and ipv6. */
export const optionHelp: Record<OptionName, Text> = {
  SO_REUSEADDR: {
    ja: '1 なら、古い接続が TIME_WAIT などで残っているポートにも bind() できます(既定は 0)。',
    en: '1: bind() may take a port that old connections still use, as in TIME_WAIT; the default is 0.',
  },
  SO_TYPE: {
    ja: '読むだけ: 種類の番号です(1 は SOCK_STREAM、2 は SOCK_DGRAM、3 は SOCK_RAW、5 は SOCK_SEQPACKET)。',
    en: 'Read only: the type; 1 is SOCK_STREAM, 2 SOCK_DGRAM, 3 SOCK_RAW, 5 SOCK_SEQPACKET.',
  },
  SO_ERROR: {
    ja: '読むだけ: 待たない connect() などであとから起きたエラーの番号で、読むと 0 に戻ります。',
    en: 'Read only: the number of an error that came later, as of a non-blocking connect(); reading resets it to 0.',
  },
  SO_BROADCAST: {
    ja: '1 なら、データグラムをブロードキャストアドレスに送れます(既定は 0)。',
    en: '1: datagrams may be sent to a broadcast address; the default is 0.',
  },
  SO_SNDBUF: {
    ja: '送信バッファーの上限(バイト)で、Linux では設定した値が 2 倍されます(TCP は 16384 から自動で調整)。',
    en: 'Limit of the send buffer in bytes; Linux doubles what is set; TCP begins at 16384 and adapts it.',
  },
  SO_RCVBUF: {
    ja: '受信バッファーの上限(バイト)で、Linux では設定した値が 2 倍されます(TCP は 131072 から自動で調整)。',
    en: 'Limit of the receive buffer in bytes; Linux doubles what is set; TCP begins at 131072 and adapts it.',
  },
  SO_KEEPALIVE: {
    ja: '1 なら、静かな接続の相手がまだいるかを、ときどき確かめます(既定は 0)。',
    en: '1: TCP checks now and then whether the peer of a quiet connection is still there; the default is 0.',
  },
  SO_OOBINLINE: {
    ja: '1 なら、MSG_OOB で送られた緊急データも、普通のデータに混ざって届きます(既定は 0)。',
    en: '1: urgent data (MSG_OOB) arrives among the ordinary data, not apart from it; the default is 0.',
  },
  SO_LINGER: {
    ja: '未送信か未確認のデータがあるとき close() が待つ秒数で、TCP では 0 だと捨てて RST を送ります(既定は無効)。',
    en: 'Seconds close() waits for unsent or unacknowledged data; with 0, TCP drops it and sends RST; off by default.',
  },
  SO_REUSEPORT: {
    ja: '同じポートを使う全部のソケットで bind() の前に 1 にすると、ポートを分け合えます(既定は 0)。',
    en: '1, set on each of them before bind(): several sockets may share one port; the default is 0.',
  },
  SO_PEERCRED: {
    ja: '読むだけ: AF_UNIX での接続相手のプロセスの pid、uid、gid です。',
    en: 'Read only: pid, uid and gid of the process at the other end of an AF_UNIX connection.',
  },
  SO_RCVLOWAT: {
    ja: '何バイト届いたら recv() が返り、poll() が読めると答えるかです(TCP などで、既定は 1)。',
    en: 'Bytes of a stream that must have come before recv() returns and poll() says readable; the default is 1.',
  },
  SO_RCVTIMEO: {
    ja: 'recv() や accept() が待つ最長の時間で、ここではミリ秒で書きます(既定の 0 は無制限)。',
    en: 'The longest that recv() and accept() wait, written here in milliseconds; 0, the default, is no limit.',
  },
  SO_SNDTIMEO: {
    ja: 'send() や connect() が待つ最長の時間で、ここではミリ秒で書きます(既定の 0 は無制限)。',
    en: 'The longest that send() and connect() wait, written here in milliseconds; 0, the default, is no limit.',
  },
  SO_ACCEPTCONN: {
    ja: '読むだけ: 待ち受けているソケットなら 1、そうでなければ 0 です。',
    en: 'Read only: 1 if the socket is listening, 0 if not.',
  },
  SO_PROTOCOL: {
    ja: '読むだけ: プロトコルの番号です(6 は TCP、17 は UDP、AF_UNIX では 0)。',
    en: 'Read only: the number of the protocol; 6 is TCP, 17 UDP, and AF_UNIX has 0.',
  },
  SO_DOMAIN: {
    ja: '読むだけ: アドレスファミリーの番号です(1 は AF_UNIX、2 は AF_INET、10 は AF_INET6)。',
    en: 'Read only: the number of the address family; 1 is AF_UNIX, 2 AF_INET, 10 AF_INET6.',
  },
  IP_TOS: {
    ja: '送る IPv4 パケットの扱い方を伝える、ヘッダーの 1 バイトです(0 から 255、既定は 0)。',
    en: 'The byte in the IPv4 headers sent that says how to treat the packet: 0 to 255; the default is 0.',
  },
  IP_TTL: {
    ja: '送る IPv4 パケットの TTL で、ルーターを通るたびに 1 減り、0 で捨てられます(既定は 64)。',
    en: 'The TTL of IPv4 packets sent: each router takes 1 off, and at 0 drops the packet; the default is 64.',
  },
  TCP_NODELAY: {
    ja: '1 なら、小さなデータも前の ACK を待たずに送ります(Nagle アルゴリズムを切る、既定は 0)。',
    en: '1: small data is sent at once, without waiting for an ACK as Nagle’s algorithm does; the default is 0.',
  },
  TCP_MAXSEG: {
    ja: '送るセグメントのデータの上限(バイト)で、接続前なら相手に知らせる MSS も変わります。',
    en: 'Most bytes of data in a segment sent; set before connecting, it also changes the MSS told to the peer.',
  },
  TCP_CORK: {
    ja: '1 なら、満杯でないセグメントを、0 に戻すまで最長 200 ミリ秒とどめておきます(既定は 0)。',
    en: '1: segments that are not full are held back until it is 0 again, at most 200 ms; the default is 0.',
  },
  TCP_KEEPIDLE: {
    ja: 'SO_KEEPALIVE が 1 のとき、何秒静かなら最初の確認を送るかです(既定は 7200)。',
    en: 'With SO_KEEPALIVE: seconds of silence before the first keepalive probe; the default is 7200.',
  },
  TCP_KEEPINTVL: {
    ja: 'キープアライブの確認に返事がないとき、次の確認までの秒数です(既定は 75)。',
    en: 'Seconds between keepalive probes that get no answer; the default is 75.',
  },
  TCP_KEEPCNT: {
    ja: 'キープアライブの確認に何回返事がなければ、接続を打ち切るかです(既定は 9)。',
    en: 'How many keepalive probes may go unanswered before the connection is given up; the default is 9.',
  },
  TCP_SYNCNT: {
    ja: '返事のない SYN を再送する回数で、尽きると connect() は失敗します(既定は 6、Linux 6.5 からは数回多い)。',
    en: 'How often an unanswered SYN is resent before connect() fails: by default 6, since Linux 6.5 a few more.',
  },
  TCP_LINGER2: {
    ja: 'close() したあと、FIN_WAIT2 で相手の FIN を待つ秒数です(既定は 60)。',
    en: 'Seconds that FIN_WAIT2 waits for the peer’s FIN after close(); the default is 60.',
  },
  TCP_DEFER_ACCEPT: {
    ja: 'データが届くまで接続を accept() に渡さず、それをおよそ何秒待つかです(既定の 0 は無効)。',
    en: 'About how many seconds a connection is kept from accept() until data has come; 0, the default, is off.',
  },
  TCP_QUICKACK: {
    ja: '1 なら ACK をすぐ返し、0 なら遅らせることがあります(カーネルがまた切り替えます)。',
    en: '1: ACKs are sent at once; 0: they may be delayed; later the kernel switches it again by itself.',
  },
  TCP_USER_TIMEOUT: {
    ja: '送ったデータの ACK が何ミリ秒来なければ、接続を打ち切るかです(既定の 0 は Linux に任せる)。',
    en: 'Milliseconds that sent data may stay unacknowledged before ETIMEDOUT; 0, the default, leaves it to Linux.',
  },
  TCP_FASTOPEN: {
    ja: '待ち受けで、SYN に載せたデータを受け取る要求(TCP Fast Open)をいくつ待たせるかです(既定の 0 は無効)。',
    en: 'On a listener: how many requests with data in the SYN (TCP Fast Open) may be pending; 0, the default, is off.',
  },
  IPV6_UNICAST_HOPS: {
    ja: '送る IPv6 パケットの TTL にあたる数で、ルーターを通るたびに 1 減ります(既定は 64)。',
    en: 'The hop limit of IPv6 packets sent, which is their TTL: each router takes 1 off; the default is 64.',
  },
  IPV6_V6ONLY: {
    ja: '1 なら IPv6 だけ、既定の 0 なら [::] は IPv4 も受け付けます(bind() の前に設定します)。',
    en: '1: IPv6 only; 0, the default: a socket at [::] takes IPv4 as well; to be set before bind().',
  },
};

/** What a flag of one send() or recv() changes: man 2 send and recv, man 7 tcp and udp. */
export const messageFlagHelp: Record<keyof typeof messageFlags, Text> = {
  MSG_OOB: {
    ja: 'send() では最後の 1 バイトを緊急データとして送り、recv() では緊急データだけを受け取ります。',
    en: 'send() marks its last byte as urgent data, and recv() takes only the urgent byte.',
  },
  MSG_PEEK: {
    ja: 'データを受信バッファーに残したまま読むので、次の recv() でも同じデータを読めます。',
    en: 'Reads data and leaves it in the receive buffer, so that the next recv() reads it again.',
  },
  MSG_DONTROUTE: {
    ja: 'ルーターを通さず、直接つながっているネットワークの相手にだけ送ります。',
    en: 'Sends only to hosts of networks that are directly connected, through no router.',
  },
  MSG_TRUNC: {
    ja: 'データグラムなら入りきらなくても本来の長さを返し、TCP ならデータを捨てて数だけ返します。',
    en: 'recv() returns a datagram’s whole length, even if it was cut; with TCP it throws the bytes away.',
  },
  MSG_DONTWAIT: {
    ja: 'この呼び出しに限って待たず、待つことになるなら EAGAIN で失敗します。',
    en: 'This one call does not wait: where it would have to, it fails with EAGAIN.',
  },
  MSG_WAITALL: {
    ja: '指定した長さがそろうまで待ちます(相手が送り終えたときや、エラー、シグナルでは、足りなくても返ります)。',
    en: 'recv() on a stream waits for the whole length, unless the peer finishes, an error or a signal comes first.',
  },
  MSG_NOSIGNAL: {
    ja: '切れた接続に送っても SIGPIPE は起きず、EPIPE で失敗するだけです(ここでは元から無視しています)。',
    en: 'On a broken connection send() fails with EPIPE and raises no SIGPIPE (which is ignored here anyway).',
  },
  MSG_MORE: {
    ja: '続きがあると伝え、TCP は満杯でないセグメントをとどめ、UDP は次と合わせて一つにします。',
    en: 'More follows: TCP holds back a segment that is not full, UDP makes one datagram of this and the next.',
  },
  MSG_FASTOPEN: {
    ja: 'sendto() が接続も始め、前にそのサーバーから cookie を得ていれば、SYN にデータを載せます。',
    en: 'sendto() also connects, with data already in the SYN if this server gave a cookie before (TCP Fast Open).',
  },
};

/** man 2 socket and accept4. */
export const socketFlagHelp: Record<SocketFlag, Text> = {
  SOCK_NONBLOCK: {
    ja: 'そのソケットでの呼び出しは待たず、待つことになるなら EAGAIN などで失敗します。',
    en: 'Calls on the socket do not wait: they fail with EAGAIN, or connect() with EINPROGRESS.',
  },
  SOCK_CLOEXEC: {
    ja: 'プロセスが別のプログラムに替わるとき(execve)、ファイルディスクリプターを自動で閉じます。',
    en: 'The descriptor is closed when the process goes on to run another program (execve).',
  },
};

/** man 2 socket; man 7 ip, ipv6 and unix. */
export const domainHelp: Record<Domain, Text> = {
  AF_INET: {
    ja: 'IPv4 で通信し、アドレスは 127.0.0.1:8080 のように書きます。',
    en: 'IPv4, with addresses such as 127.0.0.1:8080.',
  },
  AF_INET6: {
    ja: 'IPv6 で通信し、アドレスは [::1]:8080 のように書きます。',
    en: 'IPv6, with addresses such as [::1]:8080.',
  },
  AF_UNIX: {
    ja: 'ネットワークを使わない同じコンピューターの中の通信で、アドレスは chat.sock のようなファイルです。',
    en: 'Within one machine, without a network; an address is a file such as chat.sock.',
  },
};

/** man 2 socket; man 7 tcp, udp, unix and raw. */
export const typeHelp: Record<SocketType, Text> = {
  SOCK_STREAM: {
    ja: '接続して、切れ目のないバイトストリームを順番どおりに送り合います(AF_INET では TCP)。',
    en: 'A connection that carries a byte stream in order, without boundaries in it (with AF_INET, TCP).',
  },
  SOCK_DGRAM: {
    ja: '区切りのあるデータグラムを一つずつ送り合います(AF_INET では UDP で、届くとは限りません)。',
    en: 'Separate datagrams, each sent and received whole (with AF_INET, UDP, where some may be lost).',
  },
  SOCK_SEQPACKET: {
    ja: '接続して、送った一回ごとの区切りを保ったまま順番どおりに届けます(ここでは AF_UNIX だけ)。',
    en: 'A connection that keeps order and the boundaries of what is sent (here, only with AF_UNIX).',
  },
  SOCK_RAW: {
    ja: 'TCP や UDP を通さず、IP パケットの中身をプログラムが扱います(root の権限が要ります)。',
    en: 'The program itself handles what is inside IP packets, without TCP or UDP (root’s privilege is needed).',
  },
};

/** man 2 shutdown; RFC 9293 section 3.6. */
export const howHelp: Record<ShutdownHow, Text> = {
  SHUT_RD: {
    ja: '受信を終わりにし、残りがなければ recv() は 0 を返します(TCP では、相手に何も送りません)。',
    en: 'Ends receiving: recv() returns 0 when nothing is left; with TCP, nothing is sent to the peer.',
  },
  SHUT_WR: {
    ja: '送信を終わりにし、TCP では残りのデータに続けて FIN を送ります(受信は続けられます)。',
    en: 'Ends sending: with TCP, a FIN follows the data still to be sent; receiving goes on.',
  },
  SHUT_RDWR: {
    ja: '受信も送信も終わりにし、TCP では FIN を送ります(ファイルディスクリプターは開いたままです)。',
    en: 'Ends receiving and sending: with TCP, a FIN is sent; the descriptor stays open.',
  },
};

export type LabWord =
  | 'spawn'
  | 'kill'
  | 'expect'
  | 'wait'
  | 'save'
  | 'script'
  | 'replay'
  | 'challenges'
  | 'challenge'
  | 'hint'
  | 'solution'
  | 'help'
  | 'quit';

/** The words of free play that are no calls. */
export const labWordHelp: Record<LabWord, Text> = {
  spawn: {
    ja: 'プロセスをもう一つ始めるか、終わったプロセスを新しく始めます(例: spawn client-2)。',
    en: 'Starts one more process, or starts anew one that has ended, as in: spawn client-2.',
  },
  kill: {
    ja: 'プロセスを SIGKILL で終わらせ、開いていたソケットはカーネルが閉じます(例: kill server)。',
    en: 'Ends a process by SIGKILL, and the kernel closes its sockets, as in: kill server.',
  },
  expect: {
    ja: '直前の呼び出し(ECONNREFUSED、0、ok、waits、"hello")や状態(CLOSE_WAIT)、セグメント(RST)を確かめます。',
    en: 'Checks what the last call did (ECONNREFUSED, 0, ok, waits, "hello"), a state (CLOSE_WAIT), a segment (RST).',
  },
  wait: {
    ja: '呼び出しが返るまで、または書いたミリ秒だけ、60 秒を上限に待ちます(例: wait server、wait 2500)。',
    en: 'Waits until a side’s call returns, or for so many milliseconds, as in: wait server, wait 2500; at most 60 s.',
  },
  save: {
    ja: 'これまでに実行した行を、ファイルに保存します(例: save scene.txt)。',
    en: 'Writes the lines done so far to a file, as in: save scene.txt.',
  },
  script: {
    ja: 'ファイルに書いてある行を、順に実行します(例: script scene.txt)。',
    en: 'Does the lines of a file, one after another, as in: script scene.txt.',
  },
  replay: {
    ja: '新しいプロセスで、同じ呼び出しをはじめから実行し直します。',
    en: 'Makes the same calls again from the beginning, on fresh processes.',
  },
  challenges: {
    ja: '呼び出しを組み合わせて解く、お題の一覧を見せます。',
    en: 'Lists the challenges, puzzles that socket calls solve.',
  },
  challenge: {
    ja: 'お題を一つ選び、新しいプロセスで始めます(お題の名前を続けて書きます)。',
    en: 'Begins one of the challenges on fresh processes; its name follows.',
  },
  hint: {ja: '今のお題のヒントを見せます。', en: 'Shows a hint for the present challenge.'},
  solution: {ja: '今のお題の解き方を一つ見せます。', en: 'Shows one way to solve the present challenge.'},
  help: {
    ja: '使える言葉を並べます(help connect のように書くと、その呼び出しを説明します)。',
    en: 'Lists what can be written, or explains one call, as in: help connect.',
  },
  quit: {ja: '自由に試すのを終わります。', en: 'Leaves free play.'},
};

export type ArgumentName =
  | 'fd'
  | 'fds'
  | 'domain'
  | 'type'
  | 'address'
  | 'backlog'
  | 'data'
  | 'length'
  | 'message-flags'
  | 'socket-flags'
  | 'how'
  | 'option'
  | 'value'
  | 'status-flags'
  | 'timeout'
  | 'host'
  | 'file';

/** What an argument is, and what stands for it when it is left out. */
export const argumentHelp: Record<ArgumentName, Text> = {
  fd: {
    ja: 'ソケットを指す番号で、省くと、その側の合うソケットのうちいちばん新しいものになります。',
    en: 'The number of the socket; left out, it is the newest socket of that side that suits.',
  },
  fds: {
    ja: '調べるソケットの番号をいくつでも並べ、省くと、その側のすべてのソケットになります。',
    en: 'The numbers of the sockets to ask about; left out, they are all sockets of that side.',
  },
  domain: {
    ja: 'アドレスファミリーで、省くと AF_INET(socketpair では AF_UNIX)になります。',
    en: 'The address family; left out, it is AF_INET (for socketpair, AF_UNIX).',
  },
  type: {
    ja: 'データの運び方で、|SOCK_NONBLOCK などを付けられます(省くと SOCK_STREAM)。',
    en: 'How data is carried; |SOCK_NONBLOCK may be added; left out, it is SOCK_STREAM.',
  },
  address: {
    ja: '省くと、bind は 127.0.0.1 でサーバーのポート(client は空きポート)、ほかは相手の待ち受け先です。',
    en: 'Left out: for bind 127.0.0.1 and the server’s port (a client: any), else where the other side listens.',
  },
  backlog: {
    ja: 'accept() を待てる接続の数で、Linux ではあと一つ入ります(省くと 5)。',
    en: 'How many connections may wait for accept(), and on Linux one more; left out, it is 5.',
  },
  data: {
    ja: '送るデータで、\\n や \\x00 も書け、"x"*1000 は 1000 回の繰り返しです(省くと "hello")。',
    en: 'What is sent: \\n and \\x00 may be in it, "x"*1000 is x a thousand times; left out, it is "hello".',
  },
  length: {
    ja: '受け取る最大のバイト数で、省くと 4096 になります。',
    en: 'The most bytes to receive; left out, it is 4096.',
  },
  'message-flags': {
    ja: 'この一回だけの送受信の仕方で、| でつなげて書けます(省くと 0 で、何も付きません)。',
    en: 'How this one call sends or receives; | joins several; left out, it is 0, none.',
  },
  'socket-flags': {
    ja: '新しいソケットに付けるフラグで、0 なら何も付けません(省くと SOCK_NONBLOCK)。',
    en: 'What is set on the new socket, 0 for nothing; left out, it is SOCK_NONBLOCK.',
  },
  how: {
    ja: 'どの向きを終わりにするかで、省くと SHUT_WR(送信)になります。',
    en: 'Which direction is ended; left out, it is SHUT_WR, sending.',
  },
  option: {
    ja: 'どのオプションか、SO_REUSEADDR のような名前を書きます(省けません)。',
    en: 'The name of the option, such as SO_REUSEADDR; it cannot be left out.',
  },
  value: {
    ja: 'オプションの値で、省くと 1(SO_RCVTIMEO と SO_SNDTIMEO では 1000 ミリ秒)になります。',
    en: 'The option’s value; left out, it is 1 (for SO_RCVTIMEO and SO_SNDTIMEO, 1000 ms).',
  },
  'status-flags': {
    ja: 'O_NONBLOCK なら待たず、0 なら待ち、F_GETFL なら今のフラグを読みます(省くと O_NONBLOCK)。',
    en: 'O_NONBLOCK: do not wait; 0: wait; F_GETFL: read the flags; left out, it is O_NONBLOCK.',
  },
  timeout: {
    ja: '待つ最長の時間(ミリ秒)で、省くと -1、つまりいつまでも待ちます。',
    en: 'The longest wait in milliseconds; left out, it is -1, for ever.',
  },
  host: {
    ja: '調べるホスト名で、省くと localhost になります(ほかのコンピューターの名前は調べません)。',
    en: 'The host name to look up; left out, it is localhost (names of other machines are not looked up).',
  },
  file: {
    ja: 'ソケットファイルの名前で、自由に試すための専用のフォルダーにあります(省けません)。',
    en: 'The name of a socket file, in a folder that is free play’s own; it cannot be left out.',
  },
};
