import {type ReasonsOf, ways} from './entry.ts';
import {askedPort, asksForPath, isBesideDualStack, isOtherFamily, wouldBeDualStack} from './failure.ts';
import {isConnected, isDatagram, isListening, isUnix, isUnused} from './socket-kinds.ts';

const newSocket = '{actor} socket {domain} {type}';
const bindElsewhere = {
  next: {
    ja: 'ほかのポートにします。0 と書くと、カーネルが空きを選びます。',
    en: 'Take another port. With 0 the kernel chooses a free one.',
  },
  line: '{actor} bind {fd} {anyPort}',
} as const;

/** Calls that make sockets and get them ready: man 2 socket, bind, listen, accept; man 7 ip, unix. */
export const openingReasons: ReasonsOf = {
  socket: {
    EAFNOSUPPORT: [
      {
        meaning: {
          ja: 'このカーネルは、そのアドレスファミリーを使えるようになっていません(IPv6 が無効なことがあります)。',
          en: 'This kernel does not offer that address family (IPv6 may be turned off).',
        },
        next: {ja: 'IPv4 のソケットを作ります。', en: 'Make an IPv4 socket.'},
        line: '{actor} socket AF_INET SOCK_STREAM',
      },
    ],
    EPROTONOSUPPORT: [
      {
        meaning: {
          ja: 'そのドメインと種類に、そのプロトコルはありません。SOCK_STREAM は TCP、SOCK_DGRAM は UDP です。',
          en: 'That domain and type do not have that protocol. SOCK_STREAM is TCP, SOCK_DGRAM is UDP.',
        },
        next: {
          ja: 'プロトコルを 0 にすると、種類に合うものになります。',
          en: 'With protocol 0 the kernel takes the one that goes with the type.',
        },
        line: '{actor} socket AF_INET SOCK_STREAM',
      },
    ],
    ESOCKTNOSUPPORT: [
      {
        meaning: {
          ja: 'そのドメインに、その種類のソケットはありません。',
          en: 'That domain has no sockets of that type.',
        },
        next: {ja: 'SOCK_STREAM か SOCK_DGRAM にします。', en: 'Take SOCK_STREAM or SOCK_DGRAM.'},
        line: '{actor} socket AF_INET SOCK_STREAM',
      },
    ],
    EMFILE: [
      {
        meaning: {
          ja: 'このプロセスは、開けるだけのファイルディスクリプターをもう開いています(RLIMIT_NOFILE)。',
          en: 'This process has as many descriptors open as it may (RLIMIT_NOFILE).',
        },
        next: {ja: '使わないものを一つ閉じます。', en: 'Close one that is not needed.'},
        line: '{actor} close {another}',
      },
    ],
  },
  bind: {
    EADDRINUSE: [
      {
        when: asksForPath,
        meaning: {
          ja: '{path} というファイルがもうあります。ソケットファイルは、ソケットを閉じても残ります。',
          en: 'There is a file {path} already. A socket file stays when its socket is closed.',
        },
        next: {
          ja: 'だれも待ち受けていなければ、unlink() で消してから、もう一度 bind() します。',
          en: 'If nobody listens there, unlink() it, then bind again.',
        },
        line: '{actor} unlink {path}',
      },
      {
        when: isBesideDualStack,
        meaning: {
          ja: '{holder} の {holderFd} は [::] に bind() され、IPv4 の同じポートも受け持っています(デュアルスタック)。',
          en: '{holder}’s {holderFd}, bound to [::], has that port of IPv4 as well (dual stack).',
        },
        next: {
          ja: 'それを閉じます。作り直すときは、bind() の前に IPV6_V6ONLY を 1 にすると、両方が並びます。',
          en: 'Close it. Made anew, with IPV6_V6ONLY at 1 before its bind(), it stands beside this one.',
        },
        line: '{holder} close {holderFd}',
      },
      {
        when: wouldBeDualStack,
        meaning: {
          ja: '[::] は IPv4 の同じポートも受け持ち(デュアルスタック)、それは {holder} の {holderFd} が使っています。',
          en: '[::] would have that port of IPv4 as well (dual stack), and {holder}’s {holderFd} uses it.',
        },
        next: {
          ja: 'IPV6_V6ONLY を 1 にして IPv6 だけにし、もう一度 bind() します。',
          en: 'Set IPV6_V6ONLY to 1, for IPv6 only, then bind again.',
        },
        line: '{actor} setsockopt {fd} IPV6_V6ONLY 1',
      },
      {
        when: ({holder}) => isListening(holder),
        meaning: {
          ja: '{holder} の {holderFd} が、そのポートで待ち受けています。並べるのは、両方に SO_REUSEPORT があるときだけです。',
          en: '{holder}’s {holderFd} listens on that port. Only with SO_REUSEPORT on both could another do so too.',
        },
        ...bindElsewhere,
      },
      {
        meaning: {
          ja: '{holder} の {holderFd} が、そのポートを使っています。',
          en: '{holder}’s {holderFd} uses that port.',
        },
        ...bindElsewhere,
      },
      {
        when: ({holder}) => holder?.heldBy === 'kernel',
        meaning: {
          ja: '閉じた接続が {holderState} で残っています。SO_REUSEADDR のないソケットは、そのポートを使えません。',
          en: 'A closed connection remains in {holderState}. Without SO_REUSEADDR a socket cannot take its port.',
        },
        next: {
          ja: 'SO_REUSEADDR を 1 にして、もう一度 bind() します(残った側のソケットにも要ります)。',
          en: 'Set SO_REUSEADDR to 1 and bind again (the socket that remains needs to have had it too).',
        },
        line: '{actor} setsockopt {fd} SO_REUSEADDR 1',
      },
      {
        meaning: {
          ja: '{to} は、ここに見えていないソケットが使っています。ほかのプログラムかもしれません。',
          en: '{to} is used by a socket that is not shown here, perhaps of another program.',
        },
        ...bindElsewhere,
      },
    ],
    EINVAL: [
      {
        when: isOtherFamily,
        meaning: {
          ja: '{fd} は {domain} のソケットで、渡したアドレスとはファミリーが違います。長さも形も合いません。',
          en: '{fd} is an {domain} socket, and the address is of another family: its length and form do not fit.',
        },
        next: {ja: 'ファミリーの合うソケットを作ります。', en: 'Make a socket of the family of the address.'},
        line: '{actor} socket {askedDomain} {type}',
      },
      {
        meaning: {
          ja: '{fd} には、もう {own} が付いています。bind() は、一つのソケットに一度だけです。',
          en: '{fd} already has {own}. A socket is bound only once.',
        },
        next: {ja: '新しいソケットを作って bind() します。', en: 'Make a new socket and bind that.'},
        line: newSocket,
      },
      {
        meaning: {
          ja: '{fd} にはもうアドレスがあるか、渡したアドレスの長さがファミリーに合いません。',
          en: '{fd} already has an address, or the length of the one given does not fit its family.',
        },
        next: {ja: '今のアドレスを見ます。', en: 'Look at the address that it has.'},
        line: '{actor} getsockname {fd}',
      },
    ],
    EACCES: [
      {
        when: asksForPath,
        meaning: {
          ja: 'そのフォルダーに、ファイルを作る許可がありません。',
          en: 'This process may not make files in that folder.',
        },
        next: {ja: '書き込めるフォルダーのパスにします。', en: 'Take a path in a folder that it may write to.'},
        line: null,
      },
      {
        when: place => askedPort(place) < 1024,
        meaning: {
          ja: '1024 より小さいポートは特権ポートで、ふつうのプロセスは使えません。',
          en: 'Ports below 1024 are privileged: an ordinary process may not take them.',
        },
        next: {ja: '1024 以上のポートにします。', en: 'Take a port of 1024 or more.'},
        line: '{actor} bind {fd} {home}',
      },
    ],
    EADDRNOTAVAIL: [
      {
        meaning: {
          ja: '{to} は、このコンピューターのアドレスではありません。bind() できるのは自分のアドレスだけです。',
          en: '{to} is no address of this machine. A socket can be bound only to one of its own.',
        },
        next: {ja: 'ループバックのアドレスにします。', en: 'Take the loopback address.'},
        line: '{actor} bind {fd} {home}',
      },
    ],
    EAFNOSUPPORT: [
      {
        meaning: {
          ja: '{fd} は {domain} のソケットで、渡したアドレスとはファミリーが違います。',
          en: '{fd} is an {domain} socket, and the address is of another family.',
        },
        next: {ja: 'ソケットと同じファミリーのアドレスにします。', en: 'Give an address of the family of the socket.'},
        line: '{actor} bind {fd} {home}',
      },
    ],
    ENOENT: [
      {
        meaning: {
          ja: '{path} を置くフォルダーがありません。bind() が作るのはファイルだけです。',
          en: 'The folder for {path} is not there. bind() makes only the file.',
        },
        next: {ja: '実在するフォルダーのパスにします。', en: 'Take a path in a folder that is there.'},
        line: null,
      },
    ],
  },
  listen: {
    EADDRINUSE: [
      {
        meaning: {
          ja: '{holder} の {holderFd} が、先に同じポートで待ち受けています。SO_REUSEPORT なしでは、一つだけです。',
          en: '{holder}’s {holderFd} was first to listen on the same port. Without SO_REUSEPORT only one can.',
        },
        next: {
          ja: '先の待ち受けを閉じてから、もう一度 listen() します。',
          en: 'Close that one, then listen again.',
        },
        line: '{holder} close {holderFd}',
      },
      {
        meaning: {
          ja: 'ほかのソケットが、先に同じポートで待ち受けを始めています。',
          en: 'Another socket was first to listen on the same port.',
        },
        next: {ja: '新しいソケットを、ほかのポートに bind() します。', en: 'Bind a new socket to another port.'},
        line: newSocket,
      },
    ],
    EINVAL: [
      {
        when: ({row}) => isUnix(row) && isUnused(row),
        meaning: {
          ja: '{fd} には名前がありません。AF_UNIX では、先に bind() でパスを付けます(TCP は自動でポートが付きます)。',
          en: '{fd} has no name. In AF_UNIX bind() has to give it a path first (TCP gets a port by itself).',
        },
        next: {ja: 'TCP のソケットで同じことをして、比べます。', en: 'Try the same with a TCP socket and compare.'},
        line: '{actor} socket AF_INET SOCK_STREAM',
      },
      {
        meaning: {
          ja: '{fd} は、接続に使ったソケットです。待ち受けには、接続していないソケットが要ります。',
          en: '{fd} has been used for a connection. Listening needs a socket without one.',
        },
        next: {ja: '新しいソケットを作ります。', en: 'Make a new socket.'},
        line: newSocket,
      },
    ],
    EOPNOTSUPP: [
      {
        when: ({row}) => isDatagram(row) && isUnused(row),
        meaning: {
          ja: 'データグラムには接続がないので、待ち受けもありません。bind() だけで受け取れます。',
          en: 'Datagrams have no connections, so there is no listening. bind() is all that receiving takes.',
        },
        next: {ja: 'ポートを付けます。', en: 'Give it a port.'},
        line: '{actor} bind {fd} {home}',
      },
      {
        meaning: {
          ja: 'データグラムには接続がないので、待ち受けもありません。アドレスがあれば、もう受け取れます。',
          en: 'Datagrams have no connections, so there is no listening. With an address it can receive already.',
        },
        next: {ja: 'recvfrom() で、届くのを待ちます。', en: 'Wait for one in recvfrom().'},
        line: '{actor} recvfrom {fd}',
      },
    ],
  },
  accept: {
    EINVAL: [
      {
        meaning: {
          ja: '{fd} は待ち受けていません。接続を受け付けられるのは、listen() したソケットだけです。',
          en: '{fd} does not listen. Only a socket that listens has connections to accept.',
        },
        next: {ja: '待ち受けている {ownListener} で呼びます。', en: 'Call it on {ownListener}, which listens.'},
        line: '{actor} accept {ownListener}',
      },
      {
        when: ({row}) => isConnected(row),
        meaning: {
          ja: '{fd} は接続済みのソケットで、待ち受けていません。',
          en: '{fd} is connected, and does not listen.',
        },
        next: {ja: '待ち受けるソケットを、別に作ります。', en: 'Make another socket, to listen with.'},
        line: newSocket,
      },
      {
        when: ({row}) => isUnix(row) && isUnused(row),
        meaning: {
          ja: '{fd} は待ち受けていません。AF_UNIX では、bind() でパスを付けてから listen() します。',
          en: '{fd} does not listen. In AF_UNIX that takes bind() with a path, then listen().',
        },
        next: {ja: 'パスを付けて、listen() します。', en: 'Bind it to a path, then listen.'},
        line: null,
      },
      {
        meaning: {
          ja: '{fd} はまだ待ち受けていません。bind() しただけでは、接続は来ません。',
          en: '{fd} does not listen yet. Binding alone brings no connections.',
        },
        next: {ja: '待ち受けを始めます。', en: 'Make it listen.'},
        line: '{actor} listen {fd}',
      },
    ],
    EOPNOTSUPP: [
      {
        when: ({row}) => isDatagram(row) && isUnused(row),
        meaning: {
          ja: 'データグラムには接続がないので、受け付けるものもありません。bind() だけで受け取れます。',
          en: 'Datagrams have no connections to accept. bind() is all that receiving takes.',
        },
        next: {ja: 'ポートを付けます。', en: 'Give it a port.'},
        line: '{actor} bind {fd} {home}',
      },
      {
        meaning: {
          ja: 'データグラムには接続がないので、受け付けるものもありません。どの相手のものも、同じソケットに届きます。',
          en: 'Datagrams have no connections to accept. Those of every peer come to the same socket.',
        },
        next: {ja: 'recvfrom() で、届くのを待ちます。', en: 'Wait for one in recvfrom().'},
        line: '{actor} recvfrom {fd}',
      },
    ],
    EAGAIN: ways(
      {
        ja: '接続待ちキューは空です。O_NONBLOCK なので、待たずに戻りました。',
        en: 'The accept queue is empty. With O_NONBLOCK the call does not wait for it to fill.',
      },
      [
        {
          next: {
            ja: '{idle} から接続して、もう一度 accept() します。',
            en: 'Connect from {idle}, then accept again.',
          },
          line: '{idle} connect {idleFd} {ownAt}',
        },
        {
          next: {
            ja: '接続が来るまで poll() で待ちます。',
            en: 'Wait in poll() until a connection comes.',
          },
          line: '{actor} poll {fd}',
        },
      ],
    ),
    EMFILE: [
      {
        meaning: {
          ja: '新しいファイルディスクリプターの空きがありません(RLIMIT_NOFILE)。接続は、キューに残っています。',
          en: 'There is no free descriptor for the connection (RLIMIT_NOFILE). It stays in the queue.',
        },
        next: {ja: '一つ閉じて、もう一度 accept() します。', en: 'Close one, then accept again.'},
        line: '{actor} close {another}',
      },
    ],
  },
};
