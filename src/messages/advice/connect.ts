import {type Reasons, type ReasonsOf, ways} from './entry.ts';
import {askedPort, asksForBroadcast, asksForPath, isOtherFamily, type Seen} from './failure.ts';
import {isConnected, isDatagram, isListening, isUnix} from './socket-kinds.ts';

const toListener = {
  next: {
    ja: '{listener} が待ち受けている {listenerAt} に接続します。',
    en: 'Connect to {listenerAt}, where {listener} listens.',
  },
  line: '{actor} connect {fd} {listenerAt}',
} as const;

const toHome = {
  next: {
    ja: '{domain} のアドレスに接続します。',
    en: 'Connect to an address of {domain}.',
  },
  line: '{actor} connect {fd} {home}',
} as const;

const listenThere = {
  next: {
    ja: 'まず {server} にソケットを作ります。次が bind()、listen() で、それからもう一度接続します。',
    en: 'First make a socket in {server}; then bind it, make it listen, and connect again.',
  },
  line: '{server} socket {domain} {type}',
} as const;

const acceptThere = {
  when: ({holder}: Seen) => isListening(holder),
  next: {
    ja: '{holder} で accept() して、キューを空けます。',
    en: 'Accept in {holder}, to make room in its queue.',
  },
  line: '{holder} accept {holderFd}',
} as const;

const refused: Reasons = [
  {
    when: asksForPath,
    meaning: {
      ja: '{path} はありますが、待ち受けているソケットがありません。閉じたソケットのファイルが残っているのかもしれません。',
      en: '{path} is there, but no socket listens behind it. It may be left from a socket that was closed.',
    },
    next: {
      ja: 'その側で listen() します。ファイルだけなら、unlink() してから bind() し直します。',
      en: 'Listen on that side; if only the file is left, unlink() it and bind again.',
    },
    line: null,
  },
  {
    when: place => askedPort(place) === 0,
    meaning: {
      ja: 'ポート 0 で待ち受けるソケットはありません。0 に「おまかせ」の意味があるのは bind() だけです。',
      en: 'No socket listens on port 0. Only for bind() does 0 mean “any”.',
    },
    ...toListener,
  },
  {
    when: ({holder}) => !isListening(holder) && holder?.state === 'CLOSE',
    meaning: {
      ja: '{holder} の {holderFd} は bind() しただけで、待ち受けていません。カーネルは RST で断りました。',
      en: '{holder}’s {holderFd} is bound there but does not listen. The kernel refused with an RST.',
    },
    next: {
      ja: '待ち受けを始めて、もう一度接続します。',
      en: 'Make it listen, then connect again.',
    },
    line: '{holder} listen {holderFd}',
  },
  {
    when: ({holder}) => !isListening(holder),
    meaning: {
      ja: '{to} では、だれも待ち受けていません。届いた SYN を、カーネルは RST で断りました。',
      en: 'Nobody listens at {to}. The kernel there refused the SYN with an RST.',
    },
    ...toListener,
  },
  {
    when: ({idle, holder}) => idle !== undefined && !isListening(holder),
    meaning: {
      ja: '{to} では、だれも待ち受けていません。届いた SYN を、カーネルは RST で断りました。',
      en: 'Nobody listens at {to}. The kernel there refused the SYN with an RST.',
    },
    next: {
      ja: '{idle} のソケットを、まず {to} に bind() します。次が listen() です。',
      en: 'First bind {idle}’s socket to {to}; listen() comes next.',
    },
    line: '{idle} bind {idleFd} {to}',
  },
  {
    meaning: {
      ja: '{to} では、だれも待ち受けていません。届いた SYN を、カーネルは RST で断りました。',
      en: 'Nobody listens at {to}. The kernel there refused the SYN with an RST.',
    },
    ...listenThere,
  },
];

/** man 2 connect, man 7 ip, tcp, udp, unix. */
export const connectReasons: ReasonsOf = {
  connect: {
    ECONNREFUSED: refused,
    EISCONN: [
      {
        when: ({row}) => isListening(row),
        meaning: {
          ja: '{fd} は待ち受けているソケットです。待つ側のソケットからは、接続できません。',
          en: '{fd} listens. A socket that waits for connections cannot ask for one.',
        },
        next: {ja: '接続するためのソケットを作ります。', en: 'Make a socket to connect with.'},
        line: '{actor} socket {domain} {type}',
      },
      {
        when: ({row}) => isConnected(row),
        meaning: {
          ja: '{fd} は、もう接続しています。ストリームの相手は、最後まで一つです。',
          en: '{fd} is already connected. A stream socket has one peer, and keeps it.',
        },
        next: {ja: 'そのまま送ります。', en: 'Send over the connection that it has.'},
        line: '{actor} send {fd} "hello"',
      },
      {
        meaning: {
          ja: '{fd} は、一度接続したソケットです。接続が終わっても、ほかの相手には使えません。',
          en: '{fd} has been connected before. Even when that is over, it cannot be used for another.',
        },
        next: {ja: '新しいソケットを作って接続します。', en: 'Connect a new socket.'},
        line: '{actor} socket {domain} {type}',
      },
    ],
    EINPROGRESS: [
      {
        meaning: {
          ja: '失敗ではありません。O_NONBLOCK なので、SYN を送って、返事を待たずに戻りました。',
          en: 'No failure: with O_NONBLOCK the call sent the SYN and did not wait for the answer.',
        },
        next: {
          ja: '結果が出るまで poll() で POLLOUT を待ち、それから SO_ERROR を読みます(0 なら成功です)。',
          en: 'Wait in poll() for POLLOUT: then it is settled, and SO_ERROR tells how it went (0: connected).',
        },
        line: '{actor} poll {fd} POLLOUT',
      },
    ],
    EALREADY: [
      {
        ...acceptThere,
        meaning: {
          ja: '前の connect() が、まだ返事を待っています。相手の接続待ちキューが、いっぱいなのでしょう。',
          en: 'The connect() before still waits for its answer: the accept queue there seems to be full.',
        },
      },
      {
        meaning: {
          ja: '前の connect() が、まだ返事を待っています。',
          en: 'The connect() before still waits for its answer.',
        },
        next: {
          ja: 'poll() で POLLOUT を待ち、それから SO_ERROR を読みます。',
          en: 'Wait in poll() for POLLOUT, then read SO_ERROR.',
        },
        line: '{actor} poll {fd} POLLOUT',
      },
    ],
    EADDRNOTAVAIL: [
      {
        meaning: {
          ja: '{own} と {to} を両端とする接続が、もうあります。両端のアドレスが同じ接続は、二つ作れません。',
          en: 'There already is a connection from {own} to {to}. No two have both ends the same.',
        },
        next: {
          ja: '新しいソケットを、bind() せずに接続します。ポートはカーネルが選びます。',
          en: 'Connect a new socket without bind(): the kernel then chooses its port.',
        },
        line: '{actor} socket {domain} {type}',
      },
      {
        meaning: {
          ja: 'こちらの端に使えるアドレスがありません。一時ポートが尽きたか、IPv6 のアドレスがありません。',
          en: 'There is no address for this end: no ephemeral port is free, or there is no IPv6 address.',
        },
        next: {ja: 'IPv4 のソケットで試します。', en: 'Try with an IPv4 socket.'},
        line: '{actor} socket AF_INET {type}',
      },
    ],
    EAFNOSUPPORT: ways(
      {
        ja: '{fd} は {domain} のソケットで、渡したアドレスとはファミリーが違います。',
        en: '{fd} is an {domain} socket, and the address is of another family.',
      },
      [toListener, toHome],
    ),
    ENOENT: [
      {
        meaning: {
          ja: '{path} というファイルがありません。ソケットファイルを作るのは、待ち受ける側の bind() です。',
          en: 'There is no file {path}. It is bind() on the listening side that makes it.',
        },
        next: {
          ja: 'まず {server} で AF_UNIX のソケットを作ります。次が bind()、listen() です。',
          en: 'First make an AF_UNIX socket in {server}; then bind it and make it listen.',
        },
        line: '{server} socket AF_UNIX SOCK_STREAM',
      },
    ],
    EPROTOTYPE: [
      {
        meaning: {
          ja: '{path} のソケットとは種類が違います。ストリームとデータグラムは、つながりません。',
          en: 'The socket at {path} is of another type. A stream and a datagram socket do not join.',
        },
        next: {ja: '相手と同じ種類のソケットを作ります。', en: 'Make a socket of the same type.'},
        line: null,
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
        when: ({row}) => isUnix(row) && isListening(row),
        meaning: {
          ja: '{fd} は待ち受けているソケットです。待つ側のソケットからは、接続できません。',
          en: '{fd} listens. A socket that waits for connections cannot ask for one.',
        },
        next: {ja: '接続するためのソケットを作ります。', en: 'Make a socket to connect with.'},
        line: '{actor} socket {domain} {type}',
      },
    ],
    ETIMEDOUT: [
      {
        ...acceptThere,
        meaning: {
          ja: 'SYN を何度送っても、返事がありませんでした。接続待ちキューがいっぱいだと、SYN は捨てられます。',
          en: 'No SYN was answered. Where the accept queue is full, they are dropped.',
        },
      },
      ...ways(
        {
          ja: 'SYN を何度送っても、返事がありませんでした。相手がいないか、途中で捨てられています。',
          en: 'No SYN was answered: nobody is there, or they are dropped on the way.',
        },
        [toListener, listenThere],
      ),
    ],
    ECONNRESET: ways(
      {
        ja: '前の connect() でできた接続を、相手が RST で切りました。受け付けられる前に、待ち受けが閉じたのでしょう。',
        en: 'The peer reset the connection that the connect() before had made: perhaps its listener was closed first.',
      },
      [toListener, listenThere],
    ),
    ECONNABORTED: [
      {
        meaning: {
          ja: '前の connect() は失敗に終わっています。理由は、先に SO_ERROR を読んだときに消えました。',
          en: 'The connect() before has failed. Why was told by SO_ERROR, which forgets it when read.',
        },
        next: {ja: 'もう一度呼ぶと、初めからやり直します。', en: 'Call it again: that starts anew.'},
        line: '{actor} connect {fd} {to}',
      },
    ],
    ENETUNREACH: [
      ...ways(
        {
          ja: '{to} はブロードキャストアドレスです。TCP の接続の相手は、一つだけです。',
          en: '{to} is a broadcast address. A TCP connection has one peer only.',
        },
        [toListener, toHome],
        asksForBroadcast,
      ),
      {
        meaning: {
          ja: '{to} へ行く経路が、経路表にありません。',
          en: 'The routing table has no way to {to}.',
        },
        ...toHome,
      },
    ],
    EHOSTUNREACH: [
      {
        meaning: {
          ja: '{to} のあるネットワークまでは行けても、そのホストに届きません(ARP に返事がないなど)。',
          en: 'The network of {to} can be reached, the host cannot (nobody answers ARP, for example).',
        },
        ...toHome,
      },
    ],
    EACCES: [
      {
        when: asksForPath,
        meaning: {
          ja: '{path} に書き込む許可がありません。AF_UNIX の接続には、それが要ります。',
          en: 'This process may not write to {path}, and connecting in AF_UNIX takes that.',
        },
        next: {
          ja: '持ち主の側で chmod() して、書き込みを許します。',
          en: 'Let its owner allow writing, by chmod().',
        },
        line: null,
      },
      {
        when: place => isDatagram(place.row) && asksForBroadcast(place),
        meaning: {
          ja: '{to} はブロードキャストアドレスです。SO_BROADCAST を立てたソケットだけが使えます。',
          en: '{to} is a broadcast address. Only a socket with SO_BROADCAST may use one.',
        },
        next: {ja: '一つの相手のアドレスにします。', en: 'Take the address of one peer.'},
        line: '{actor} connect {fd} {home}',
      },
    ],
    EAGAIN: [
      {
        when: ({row}) => isUnix(row),
        meaning: {
          ja: '相手の接続待ちキューがいっぱいです。O_NONBLOCK なので、空くのを待たずに戻りました。',
          en: 'The accept queue there is full. With O_NONBLOCK the call does not wait for room.',
        },
        next: acceptThere.next,
        line: acceptThere.line,
      },
    ],
  },
};
