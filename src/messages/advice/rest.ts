import type {Errno} from '../../model/errno.ts';
import {type Reasons, type ReasonsOf, ways} from './entry.ts';
import type {Seen} from './failure.ts';
import {isDatagram, isUnix} from './socket-kinds.ts';

const isOf =
  (level: string) =>
  ({call}: Seen): boolean =>
    'level' in call && call.level === level;

const isTold = ({call}: Seen): boolean =>
  'option' in call && ['SO_ERROR', 'SO_TYPE', 'SO_ACCEPTCONN', 'SO_PEERCRED'].includes(call.option);

const isOption =
  (option: string) =>
  ({call}: Seen): boolean =>
    'option' in call && call.option === option;

/** An option of another protocol than the socket’s. */
const otherProtocol: Reasons = [
  {
    when: seen => isUnix(seen.row) && !isOf('SOL_SOCKET')(seen),
    meaning: {
      ja: '{option} は、AF_UNIX のソケットにはありません。通るのは TCP でも IP でもないからです。',
      en: '{option} is nothing that AF_UNIX sockets have: neither TCP nor IP is under them.',
    },
    next: {ja: 'TCP のソケットで試します。', en: 'Try it with a TCP socket.'},
    line: '{actor} socket AF_INET SOCK_STREAM',
  },
  {
    when: seen => isOf('IPPROTO_TCP')(seen) && isDatagram(seen.row),
    meaning: {
      ja: '{option} は TCP のオプションで、UDP にはありません。',
      en: '{option} is an option of TCP. UDP does not have it.',
    },
    next: {ja: 'TCP のソケットで試します。', en: 'Try it with a TCP socket.'},
    line: '{actor} socket {domain} SOCK_STREAM',
  },
  {
    when: isOf('IPPROTO_IPV6'),
    meaning: {
      ja: '{option} は IPv6 のオプションです。{fd} は {domain} のソケットです。',
      en: '{option} is an option of IPv6, and {fd} is an {domain} socket.',
    },
    next: {ja: 'AF_INET6 のソケットで試します。', en: 'Try it with an AF_INET6 socket.'},
    line: '{actor} socket AF_INET6 {type}',
  },
];

/** man 2 setsockopt, poll, unlink, chmod; man 7 socket, tcp, ipv6. */
export const otherReasons: ReasonsOf = {
  setsockopt: {
    ENOPROTOOPT: [
      {
        when: isTold,
        meaning: {
          ja: '{option} は、カーネルが知らせる値です。読むだけで、書き込めません。',
          en: '{option} is what the kernel tells: it can be read, not set.',
        },
        next: {ja: 'getsockopt() で読みます。', en: 'Read it with getsockopt().'},
        line: '{actor} getsockopt {fd} {option}',
      },
      ...otherProtocol,
    ],
    EOPNOTSUPP: otherProtocol,
    EINVAL: [
      {
        when: isOption('IPV6_V6ONLY'),
        meaning: {
          ja: 'IPV6_V6ONLY を変えられるのは、アドレスが付く前だけです。{fd} は、もう bind() しています。',
          en: 'IPV6_V6ONLY can be changed only before there is an address, and {fd} has one.',
        },
        next: {ja: '新しいソケットで、bind() の前に変えます。', en: 'Set it on a new socket, before bind().'},
        line: '{actor} socket AF_INET6 {type}',
      },
      {
        when: isOption('TCP_SYNCNT'),
        meaning: {
          ja: 'TCP_SYNCNT は、SYN を送り直す回数で、1 から 127 までです。',
          en: 'TCP_SYNCNT is how often a SYN is sent again: from 1 to 127 times.',
        },
        next: {ja: '範囲の中の値にします。', en: 'Give a value in that range.'},
        line: '{actor} setsockopt {fd} TCP_SYNCNT 3',
      },
      {
        meaning: {
          ja: '{option} に、その値か長さは使えません。または、今の状態では変えられません。',
          en: '{option} does not take that value or length, or cannot be changed in the present state.',
        },
        next: {ja: '今の値を読みます。', en: 'Read the value that it has.'},
        line: '{actor} getsockopt {fd} {option}',
      },
    ],
    EDOM: [
      {
        meaning: {
          ja: '{option} に渡した時間が、範囲の外です(マイクロ秒は 1,000,000 より小さくします)。',
          en: 'The time given for {option} is out of range (microseconds are below 1,000,000).',
        },
        next: {ja: '今の値を読みます。', en: 'Read the value that it has.'},
        line: '{actor} getsockopt {fd} {option}',
      },
    ],
  },
  getsockopt: {
    ENOPROTOOPT: [
      ...otherProtocol,
      {
        meaning: {
          ja: '{option} というオプションは、{fd} のプロトコルにはありません。',
          en: 'The protocol of {fd} has no option {option}.',
        },
        next: {ja: 'どのソケットにもあるものを読みます。', en: 'Read one that every socket has.'},
        line: '{actor} getsockopt {fd} SO_TYPE',
      },
    ],
    EOPNOTSUPP: otherProtocol,
  },
  poll: {
    EINVAL: ways(
      {
        ja: '渡した数が、開けるファイルディスクリプターの上限(RLIMIT_NOFILE)を超えています。',
        en: 'More descriptors were given than the process may have open (RLIMIT_NOFILE).',
      },
      [
        {next: {ja: '調べるものを減らします。', en: 'Ask about fewer.'}, line: '{actor} poll {another} 0'},
        {next: {ja: '調べるものを減らします。', en: 'Ask about fewer.'}, line: null},
      ],
    ),
  },
  close: {
    EBADF: ways(
      {
        ja: '{fd} は、{actor} では開いていません。もう閉じたか、まだ作っていません。',
        en: '{fd} is not open in {actor}: it has been closed, or was never made.',
      },
      [
        {
          next: {
            ja: 'することはありません。{actor} のソケットは {fds} です。',
            en: 'Nothing needs doing. The sockets of {actor} are: {fds}.',
          },
          line: null,
        },
        {
          next: {
            ja: 'することはありません。新しいソケットは socket() で作れます。',
            en: 'Nothing needs doing. socket() makes a new one.',
          },
          line: '{actor} socket AF_INET SOCK_STREAM',
        },
      ],
    ),
  },
  unlink: {
    ENOENT: [
      {
        meaning: {
          ja: '{path} というファイルはありません。もう消したか、bind() がまだです。',
          en: 'There is no file {path}: it is gone already, or was not yet made by bind().',
        },
        next: {
          ja: 'ないのなら、そのまま bind() できます。',
          en: 'As it is not there, bind() can take that path.',
        },
        line: null,
      },
    ],
  },
  chmod: {
    ENOENT: [
      {
        meaning: {
          ja: '{path} というファイルはありません。ソケットファイルは bind() が作ります。',
          en: 'There is no file {path}. bind() is what makes a socket file.',
        },
        next: {ja: '先に bind() します。', en: 'Bind first.'},
        line: null,
      },
    ],
  },
};

const onOwnSocket = [
  {
    next: {ja: '{actor} のソケットで呼びます: {fds}。', en: 'Call it on a socket that {actor} has: {fds}.'},
    line: '{onAnother}',
  },
  {
    next: {ja: '{actor} のソケットで呼びます: {fds}。', en: 'Call it on a socket that {actor} has: {fds}.'},
    line: null,
  },
  {
    next: {ja: '{actor} にソケットを作ります。', en: 'Make a socket in {actor}.'},
    line: '{actor} socket AF_INET SOCK_STREAM',
  },
] as const;

/** What any call on a descriptor may get. */
export const anyReasons: Partial<Record<Errno, Reasons>> = {
  EBADF: ways(
    {
      ja: '{fd} は、{actor} では開いていません。番号はプロセスごとで、ほかのプロセスのものは使えません。',
      en: '{fd} is not open in {actor}. Each process has numbers of its own, and cannot use another’s.',
    },
    onOwnSocket,
  ),
  ENOTSOCK: ways(
    {ja: '{fd} は開いていますが、ソケットではありません。', en: '{fd} is open, but it is no socket.'},
    onOwnSocket,
  ),
};

/** SO_RCVTIMEO or SO_SNDTIMEO has passed (socket(7)): EAGAIN, from a call that waits all the same. */
export const limitReasons: Reasons = [
  {
    meaning: {
      ja: '{call}() は {limitMs} ミリ秒待って、諦めました。待つ時間の上限を {limit} で決めてあるからです。',
      en: '{call}() waited for {limitMs} ms and gave up: {limit} lets it wait no longer.',
    },
    next: {
      ja: '{limit} を 0 にすると、いつまでも待ちます。',
      en: 'With {limit} at 0 it waits for as long as it takes.',
    },
    line: '{actor} setsockopt {fd} {limit} 0',
  },
];
