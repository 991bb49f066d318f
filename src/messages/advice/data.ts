import {sideOf} from '../../model/actor.ts';
import type {Text} from '../../model/text.ts';
import {type Entry, type Reasons, type ReasonsOf, ways} from './entry.ts';
import {isOtherFamily, type Seen} from './failure.ts';
import {hasSentFin, isDatagram, isListening, isTcp, isUnix, isUnused} from './socket-kinds.ts';

const newSocket = {
  next: {
    ja: '新しいソケットを作って、接続し直します。',
    en: 'Make a new socket and connect that.',
  },
  line: '{actor} socket {domain} {type}',
} as const;

/** What to do without the connection: who accepted it cannot connect it again. */
const partWays = [
  {
    when: ({isAccepted}: Seen) => isAccepted,
    next: {
      ja: 'このソケットを閉じて、相手がもう一度接続してくるのを accept() で待ちます。',
      en: 'Close this socket, and wait in accept() for the peer to connect again.',
    },
    line: '{actor} close {fd}',
  },
  newSocket,
] as const;

/** Ways to get a peer, for a stream socket that has none yet: the first that this place has. */
function getPeer(when: NonNullable<Entry['when']>, meaning: Text): Reasons {
  return [
    {
      when,
      meaning,
      next: {
        ja: '{listener} が待ち受けている {listenerAt} に接続します。',
        en: 'Connect to {listenerAt}, where {listener} listens.',
      },
      line: '{actor} connect {fd} {listenerAt}',
    },
    {
      when: seen => when(seen) && isTcp(seen.row) && sideOf(seen.actor) === 'client',
      meaning,
      next: {
        ja: '{idle} のソケットで待ち受けてから、そこに connect() します。',
        en: 'Have {idle} listen with its socket, then connect to it.',
      },
      line: '{idle} listen {idleFd}',
    },
    {
      when: seen => when(seen) && isTcp(seen.row),
      meaning,
      next: {
        ja: 'listen() して accept() するか、待ち受けている相手に connect() します。',
        en: 'Listen and accept with it, or connect it to somebody who listens.',
      },
      line: '{actor} listen {fd}',
    },
    {
      when,
      meaning,
      next: {
        ja: '相手のパスに connect() します。',
        en: 'Connect it to the path of a peer.',
      },
      line: null,
    },
  ];
}

/** For a call made on the listener instead of the connection. */
const onConnection = (meaning: Text, tail = ''): Reasons => [
  {
    when: ({row}) => isListening(row),
    meaning,
    next: {
      ja: '接続済みの {connected} で呼びます。',
      en: 'Call it on {connected}, which is connected.',
    },
    line: `{actor} {call} {connected}${tail}`,
  },
  {
    when: ({row}) => isListening(row),
    meaning,
    next: {
      ja: 'accept() が返すソケットで呼びます。',
      en: 'Call it on the socket that accept() returns.',
    },
    line: '{actor} accept {fd}',
  },
];

const never: Text = {
  ja: '{fd} には、まだ相手がいません。',
  en: '{fd} has no peer yet.',
};

const isNew: NonNullable<Entry['when']> = ({row}) => !isDatagram(row) && isUnused(row);

const brokenPipe: Reasons = [
  ...onConnection(
    {
      ja: '{fd} は待ち受けのソケットで、相手がいません。データは、接続ごとのソケットで送ります。',
      en: '{fd} listens, and has no peer. Data goes over the socket of each connection.',
    },
    ' "hello"',
  ),
  ...getPeer(isNew, {
    ja: '{fd} には、まだ相手がいません(Linux の TCP は、ENOTCONN ではなく EPIPE で断ります)。',
    en: '{fd} has no peer yet (for TCP, Linux says EPIPE here, not ENOTCONN).',
  }),
  {
    when: ({row}) => hasSentFin(row),
    meaning: {
      ja: 'こちらからの送信は、shutdown() でもう終えています。C のプログラムなら、既定では SIGPIPE で終了します。',
      en: 'This side has ended its sending with shutdown(). A C program would by default be ended by SIGPIPE here.',
    },
    next: {ja: '受信は、まだできます。', en: 'Receiving still works.'},
    line: '{actor} recv {fd}',
  },
  {
    when: ({row}) => isDatagram(row),
    meaning: {
      ja: 'このソケットの送信は、shutdown() で終えてあります。UDP なので、相手には何も伝わっていません。',
      en: 'shutdown() has ended sending on this socket. In UDP the peer is told nothing of it.',
    },
    next: {ja: '新しいソケットで送ります。', en: 'Send with a new socket.'},
    line: '{actor} socket {domain} {type}',
  },
  {
    when: ({row}) => isUnix(row),
    meaning: {
      ja: '相手が閉じたか、shutdown() で終えてあり、読む人がいません。C のプログラムなら、既定では SIGPIPE で終了します。',
      en: 'The peer has closed, or shutdown() was called: nobody would read it. By default SIGPIPE ends a C program here.',
    },
    next: {ja: 'このソケットを閉じます。', en: 'Close this socket.'},
    line: '{actor} close {fd}',
  },
  ...ways(
    {
      ja: '{fd} に、送れる接続はもうありません(相手が閉じて RST が返ったなど)。C のプログラムなら、既定では SIGPIPE で終了します。',
      en: '{fd} has no connection to send on any more: the peer closed and an RST came, say. By default SIGPIPE ends a C program here.',
    },
    partWays,
  ),
];

const noPeer: Reasons = [
  ...onConnection({
    ja: '{fd} は待ち受けのソケットで、相手がいません。相手がいるのは、accept() が返すソケットです。',
    en: '{fd} listens, and has no peer. The sockets that accept() returns have one.',
  }),
  ...getPeer(isNew, never),
  ...ways(
    {
      ja: '{fd} は、相手を決めていません。UDP では、connect() が相手を決めます(何も送りません)。',
      en: '{fd} has no peer noted. In UDP connect() notes one (and sends nothing).',
    },
    [
      {
        next: {ja: '{datagram} のソケットを相手に決めます。', en: 'Note the socket of {datagram} as its peer.'},
        line: '{actor} connect {fd} {datagramAt}',
      },
      {next: {ja: '相手を決めます。', en: 'Note one.'}, line: '{actor} connect {fd} {home}'},
    ],
    ({row}) => isDatagram(row),
  ),
  ...ways(
    {
      ja: '{fd} に、接続はありません。両方向とも終わったか、RST で切れたか、まだ接続していないかです。',
      en: '{fd} has no connection: both directions have ended, an RST came, or there was none yet.',
    },
    partWays,
  ),
];

const reset: Text = {
  ja: '相手から RST が来ました。データを読み残すか SO_LINGER を 0 秒にして閉じた、受け付ける前に待ち受けを閉じた、相手のカーネルに接続が残っていない、などです。',
  en: 'An RST came: the peer closed with data unread or SO_LINGER at 0, or closed its listener before accept(), or no longer had the connection.',
};

/** Data or keepalive probes: which it was, the errno does not say. */
const unacknowledged: Text = {
  ja: '送ったデータか、キープアライブの確認に、決められた時間のうちに確認応答がありませんでした。接続はもうありません。',
  en: 'Data that was sent, or keepalive probes, were not acknowledged in time. The connection is gone.',
};

/** UDP: of the datagram before. Where it went there was no socket, and an ICMP message said so. */
const portUnreachable = (after: Text): Reasons => [
  {
    when: ({row}) => isDatagram(row),
    meaning: after,
    next: {
      ja: '{idleDatagram} のソケットを、宛先の {remoteAt} に bind() します。',
      en: 'Bind {idleDatagram}’s socket to {remoteAt}, where they go.',
    },
    line: '{idleDatagram} bind {idleDatagramFd} {remoteAt}',
  },
  {
    when: ({row}) => isDatagram(row),
    meaning: after,
    next: {
      ja: 'まず {otherSide} にソケットを作ります。次に、宛先の {remoteAt} に bind() します。',
      en: 'First make a socket in {otherSide}; then bind it to {remoteAt}, where they go.',
    },
    line: '{otherSide} socket {domain} {type}',
  },
];

const full: Reasons = ways(
  {
    ja: '送信バッファーがいっぱいです。待たない呼び出しなので、空くのを待たずに戻りました。',
    en: 'The send buffer is full. This call does not wait for room.',
  },
  [
    {
      next: {
        ja: '{peer} が読むと、空きができます。',
        en: 'When {peer} reads, there will be room.',
      },
      line: '{peer} recv {peerFd} 65536',
    },
    {next: {ja: '相手の側で読みます。', en: 'Read on the other side.'}, line: null},
  ],
);

const tooLong = (line: string): Reasons => [
  {
    when: ({row}) => isDatagram(row),
    meaning: {
      ja: '一つのデータグラムに入りません。データは、IPv4 で 65,507 バイトまでです。UDP は分割しません(IP が断片化することはあります)。',
      en: 'It does not fit one datagram: in IPv4 that holds 65,507 bytes. UDP does not split data (IP may fragment it).',
    },
    next: {ja: '短いデータを送ります。', en: 'Send less.'},
    line,
  },
];

const nothingYet: Reasons = [
  {
    when: ({row}) => !isDatagram(row),
    meaning: {
      ja: '届いているデータは、まだありません。待たない呼び出しなので、すぐに戻りました(0 は接続の終わりです)。',
      en: 'There is no data yet, and this call does not wait. (The end of a connection would be 0.)',
    },
    next: {ja: '{peer} から送って、もう一度読みます。', en: 'Send from {peer}, then read again.'},
    line: '{peer} send {peerFd} "hello"',
  },
  {
    when: ({row}) => isDatagram(row),
    meaning: {
      ja: '届いているデータグラムは、まだありません。待たない呼び出しなので、すぐに戻りました。',
      en: 'There is no datagram yet, and this call does not wait.',
    },
    next: {ja: '{datagram} から送って、もう一度読みます。', en: 'Send from {datagram}, then read again.'},
    line: '{datagram} sendto {datagramFd} "hello" {ownAt}',
  },
  {
    meaning: {
      ja: '届いているデータは、まだありません。待たない呼び出しなので、すぐに戻りました。',
      en: 'There is no data yet, and this call does not wait.',
    },
    next: {ja: '届くまで poll() で待ちます。', en: 'Wait in poll() until some comes.'},
    line: '{actor} poll {fd}',
  },
];

const sending = {
  EPIPE: brokenPipe,
  ENOTCONN: noPeer,
  EAGAIN: full,
  EMSGSIZE: tooLong('{actor} send {fd} "hello"'),
  ECONNRESET: ways(reset, partWays),
  ETIMEDOUT: ways(unacknowledged, partWays),
  ECONNREFUSED: portUnreachable({
    ja: '前に送ったデータグラムの宛先にソケットがなく、ICMP が返っていました。今のは、送られていません。',
    en: 'An earlier datagram found no socket, and an ICMP message came back. This one was not sent.',
  }),
} as const;

const receiving = {
  ENOTCONN: noPeer,
  EAGAIN: nothingYet,
  ECONNRESET: [
    {
      meaning: reset,
      next: {
        ja: 'もう一度読むと、0 が返ります。切れたことが伝わるのは、一度だけです。',
        en: 'Read once more: it returns 0. A reset is reported only once.',
      },
      line: '{actor} {call} {fd}',
    },
  ],
  ETIMEDOUT: ways(unacknowledged, partWays),
  ECONNREFUSED: portUnreachable({
    ja: '前に送ったデータグラムの宛先にソケットがなく、ICMP が返っていました。',
    en: 'An earlier datagram found no socket, and an ICMP message came back.',
  }),
  EINVAL: [
    ...onConnection({
      ja: '{fd} は待ち受けのソケットで、データは届きません(AF_UNIX では EINVAL です)。',
      en: '{fd} listens, and gets no data (in AF_UNIX the answer is EINVAL).',
    }),
    ...getPeer(isNew, {
      ja: '{fd} には、まだ相手がいません(AF_UNIX のストリームでは、ENOTCONN ではなく EINVAL です)。',
      en: '{fd} has no peer yet (for a stream in AF_UNIX that is EINVAL, not ENOTCONN).',
    }),
  ],
} as const;

/** Calls on a stream's data and peer, and on datagrams: man 2 send, recv, shutdown, getpeername; man 7 tcp, udp, unix. */
export const dataReasons: ReasonsOf = {
  send: {
    ...sending,
    EDESTADDRREQ: ways(
      {
        ja: '{fd} は UDP で、相手を決めていません。send() には宛先がありません。',
        en: '{fd} is UDP with no peer noted, and send() names no destination.',
      },
      [
        {
          next: {ja: '宛先を書いて sendto() で送ります。', en: 'Name it, with sendto().'},
          line: '{actor} sendto {fd} "hello" {datagramAt}',
        },
        {
          next: {ja: '宛先を書いて sendto() で送ります。', en: 'Name it, with sendto().'},
          line: '{actor} sendto {fd} "hello" {home}',
        },
      ],
    ),
  },
  sendto: {
    ...sending,
    EMSGSIZE: tooLong('{actor} sendto {fd} "hello" {to}'),
    EPIPE: [
      ...getPeer(isNew, {
        ja: '{fd} は TCP で、まだ接続していません。TCP は sendto() の宛先を見ません。',
        en: '{fd} is TCP and not connected. TCP does not look at the destination in sendto().',
      }),
      ...brokenPipe,
    ],
    EISCONN: [
      {
        meaning: {
          ja: '{fd} は接続済みで、宛先は決まっています。AF_UNIX のストリームは、宛先を書くと断ります。',
          en: '{fd} is connected: where data goes is settled. A stream in AF_UNIX refuses a destination.',
        },
        next: {ja: '宛先を書かずに send() で送ります。', en: 'Send without one.'},
        line: '{actor} send {fd} "hello"',
      },
    ],
    EOPNOTSUPP: [
      {
        meaning: {
          ja: '{fd} はストリームで、まだ接続していません。宛先を書いて送れるのは、データグラムです。',
          en: '{fd} is a stream, and not connected. Naming a destination is for datagrams.',
        },
        next: {ja: 'UDP のソケットで試します。', en: 'Try it with a UDP socket.'},
        line: '{actor} socket AF_INET SOCK_DGRAM',
      },
    ],
    EINVAL: [
      {
        when: isOtherFamily,
        meaning: {
          ja: '{fd} は {domain} のソケットで、宛先とはファミリーが違います。',
          en: '{fd} is an {domain} socket, and the destination is of another family.',
        },
        next: {ja: 'ファミリーの合うソケットを作ります。', en: 'Make a socket of the family of the destination.'},
        line: '{actor} socket {askedDomain} SOCK_DGRAM',
      },
      {
        meaning: {
          ja: 'ポート 0 には送れません。0 に「おまかせ」の意味があるのは bind() だけです。',
          en: 'Nothing can be sent to port 0. Only for bind() does 0 mean “any”.',
        },
        next: {ja: 'ほかのポートに送ります。', en: 'Send to another port.'},
        line: '{actor} sendto {fd} "hello" {home}',
      },
    ],
    EAFNOSUPPORT: [
      {
        meaning: {
          ja: '{fd} は {domain} のソケットで、宛先とはファミリーが違います。',
          en: '{fd} is an {domain} socket, and the destination is of another family.',
        },
        next: {ja: 'ソケットと同じファミリーの宛先にします。', en: 'Send to an address of the family of the socket.'},
        line: '{actor} sendto {fd} "hello" {home}',
      },
    ],
    EACCES: [
      {
        when: ({row}) => isDatagram(row),
        meaning: {
          ja: '{to} はブロードキャストアドレスです。SO_BROADCAST を立てたソケットだけが使えます。',
          en: '{to} is a broadcast address. Only a socket with SO_BROADCAST may use one.',
        },
        next: {ja: '一つの相手に送ります。', en: 'Send to one peer.'},
        line: '{actor} sendto {fd} "hello" {home}',
      },
    ],
  },
  recv: receiving,
  recvfrom: receiving,
  shutdown: {ENOTCONN: noPeer},
  getpeername: {ENOTCONN: noPeer},
};
