import type {
  ClientEnd,
  ServeAct,
  ServeHappening,
  ServeLimit,
  ServeMode,
  Spoken,
  WhyUnanswered,
} from '../model/serve.ts';
import type {Text} from '../model/text.ts';

export const serveModeText: Record<ServeMode, Text> = {
  echo: {ja: 'エコー', en: 'echo'},
  'upper-case': {ja: '大文字にして返す', en: 'upper case'},
  delayed: {ja: '1 秒後に返す', en: 'a second later'},
  silent: {ja: '返さない', en: 'silent'},
};

export const clientEndText: Record<ClientEnd, Text> = {
  closed: {ja: '両側が閉じた', en: 'closed by both sides'},
  'reset-by-client': {ja: 'クライアントがリセットした', en: 'reset by the client'},
  'reset-here': {ja: 'こちらがリセットした', en: 'reset here'},
  limited: {ja: '制限を超えたので閉じた', en: 'closed for passing a limit'},
  stopped: {ja: 'サーバーが終わるので閉じた', en: 'closed as the server stopped'},
  forgotten: {ja: '長く何も来ないので忘れた', en: 'forgotten after a long silence'},
};

export const spokenText: Record<Spoken, Text> = {
  http: {ja: 'HTTP', en: 'HTTP'},
  tls: {ja: 'TLS(https のクライアント)', en: 'TLS (a client for https)'},
};

export const limitText: Record<ServeLimit, Text> = {
  clients: {
    ja: '同時に {value} クライアントまで(--max-clients)',
    en: 'at most {value} {value|client|clients} at a time (--max-clients)',
  },
  perAddress: {
    ja: '1 つの IP アドレスからは同時に {value} クライアントまで(--max-per-address)',
    en: 'at most {value} {value|client|clients} at a time from one IP address (--max-per-address)',
  },
  bytes: {
    ja: '1 クライアントが送れるのは {value} バイトまで(--max-bytes)',
    en: 'at most {value} {value|byte|bytes} from one client (--max-bytes)',
  },
  idle: {
    ja: '{value} 秒何もなければ閉じる(--idle)',
    en: 'closed after {value} {value|second|seconds} without a byte (--idle)',
  },
  line: {ja: '1 行は {value} バイトまで(--max-line)', en: 'at most {value} {value|byte|bytes} in a line (--max-line)'},
  rate: {
    ja: '1 秒に返すのは 1 クライアントに {value} データグラムまで。超えたら、1 秒途絶えるまで返さない(--max-rate)',
    en: 'at most {value} {value|datagram|datagrams} a second from one client; beyond that no answer until it was silent for a second (--max-rate)',
  },
};

export const actText: Record<ServeAct['kind'], Text> = {
  pause: {ja: '読むのを止めた', en: 'no more is read from it'},
  resume: {ja: 'また読み始めた', en: 'it is read from again'},
  'half-close': {ja: 'こちらの送信を終えた(FIN)', en: 'our side is done sending (FIN)'},
  reset: {ja: 'リセットした(RST)', en: 'reset (RST)'},
  send: {ja: '{bytes} バイト送った', en: 'sent it {bytes} {bytes|byte|bytes}'},
};

/** One line for each thing that happens. `who` is the client. */
export const serveEventText: Record<ServeHappening['kind'] | 'dropped', Text> = {
  listening: {
    ja: '{place} で待ち受けています(pid {pid})。試すには: {command}{greets}',
    en: 'listening on {place} (pid {pid}). To try it: {command}{greets}',
  },
  connected: {ja: '{who}  {from} から接続', en: '{who}  connected from {from}'},
  'turned-away': {
    ja: '{from} を断りました: {limit}',
    en: 'turned {from} away: {limit}',
  },
  received: {ja: '{who}  {bytes} バイト届いた: {data}', en: '{who}  sent {bytes} {bytes|byte|bytes}: {data}'},
  'received-more': {
    ja: '{who}  さらに {bytes} バイト届いた({chunks} 回に分けて。多いので、まとめて 1 行)',
    en: '{who}  sent {bytes} {bytes|byte|bytes} more, in {chunks} {chunks|chunk|chunks} (too many for a line each)',
  },
  recognized: {ja: '{who}  これは {as}{line}', en: '{who}  speaks {as}{line}'},
  unanswered: {ja: '{who}  返事をしない: {why}', en: '{who}  gets no answer: {why}'},
  'client-ended': {
    ja: '{who}  送信を終えた(FIN が届いた)',
    en: '{who}  is done sending (its FIN has come)',
  },
  'not-reading': {
    ja: '{who}  読んでいない: {unsent} バイトが出られないので、こちらも読むのを止めている',
    en: '{who}  does not read: {unsent} {unsent|byte|bytes} cannot leave, so no more is read from it',
  },
  limited: {ja: '{who}  制限を超えた: {limit}', en: '{who}  passed a limit: {limit}'},
  acted: {ja: '{who}  {act}', en: '{who}  {act}'},
  'mode-changed': {ja: '返し方: {mode}', en: 'answers are now: {mode}'},
  closed: {
    ja: '{who}  終わり: {end}。受信 {bytesIn} バイト、送信 {bytesOut} バイト',
    en: '{who}  gone: {end}; {bytesIn} {bytesIn|byte|bytes} in, {bytesOut} {bytesOut|byte|bytes} out',
  },
  stopping: {
    ja: '終わります。新しいクライアントは受けず、届いた分を返して {open} 本の接続を閉じます',
    en: 'stopping: no new clients; what has come is answered, and {open} {open|connection is|connections are} closed',
  },
  stopped: {ja: '終わりました{unanswered}', en: 'stopped{unanswered}'},
  dropped: {
    ja: '(書くのが間に合わず、{count} 件を省きました)',
    en: '({count} {count|event|events} came faster than they could be written, and {count|is|are} left out)',
  },
};

/** Why a datagram is not answered: its sender’s address may be forged, and an answer to an answer has no end. */
export const whyUnansweredText: Record<WhyUnanswered, Text> = {
  service: {
    ja: '送信元が、来たものに必ず返事をするサービスのポート(7、13、17、19、37)',
    en: 'it comes from the port of a service that answers whatever comes (7, 13, 17, 19 or 37)',
  },
  itself: {ja: '送信元が、このサーバー自身のアドレス', en: 'it comes from this server’s own address'},
  empty: {ja: '空のデータグラム', en: 'it has no bytes'},
};

/** UDP has no connections: a client is an address that something has come from. */
export const firstHeardText: Text = {
  ja: '{who}  {from} から最初のデータグラム',
  en: '{who}  first datagram from {from}',
};

/** There is nothing to close. */
export const stoppingUdpText: Text = {
  ja: '終わります。届いた分を返します',
  en: 'stopping: what has come is answered',
};

export const serveText = {
  /** After the command that tries it. */
  greets: {
    ja: '(まず {bytes} バイトのあいさつを送ります。なくすには --no-greeting)',
    en: ' (a greeting of {bytes} {bytes|byte|bytes} comes first; not with --no-greeting)',
  },
  notAnswered: {ja: '。返さなかったデータグラムは {n} 個', en: '; {n} {n|datagram|datagrams} got no answer'},
  client: {ja: 'クライアント {n}', en: 'client {n}'},
  unnamed: {ja: '名前の分からない相手', en: 'a client without a name'},
  onlyWith: {ja: '{option} は {command} でだけ使えます。', en: '{option} goes with {command} only.'},
  notBoth: {ja: '{option} と {other} は一緒に使えません。', en: '{option} and {other} cannot go together.'},
  badNumber: {
    ja: '{option} に「{word}」は指定できません。{least} 以上の整数を指定してください。',
    en: '{option} cannot be “{word}”. It takes a whole number, {least} or more.',
  },
  longGreeting: {
    ja: 'あいさつが長過ぎます({bytes} バイト)。{limit} バイトまでにしてください。',
    en: 'The greeting is too long: {bytes} {bytes|byte|bytes}, and at most {limit} fit.',
  },
  fewDescriptors: {
    ja: 'このプロセスが開けるディスクリプターは {limit} 個まで(RLIMIT_NOFILE)なので、同時に {clients} クライアントまでにします。ulimit -n で変えられます。',
    en: 'This process may open {limit} descriptors (RLIMIT_NOFILE), so at most {clients} {clients|client fits|clients fit} at a time. ulimit -n changes it.',
  },
  refused: {
    ja: '{place} で待ち受けられません({why})。{what}',
    en: 'Cannot listen on {place} ({why}). {what}',
  },
  otherPort: {
    ja: '{owner}別のポートを --port で指定するか、それを終わらせてください。',
    en: '{owner}Name another port with --port, or end that program.',
  },
  privileged: {
    ja: '{first} 未満のポートには特権が要ります。{first} 以上のポートを --port で指定してください。',
    en: 'Ports below {first} need a privilege: name one from {first} on with --port.',
  },
  notOurs: {
    ja: 'このコンピューターのアドレスではありません。使えるのは {addresses} です。',
    en: 'That address is not this machine’s. It has {addresses}.',
  },
  linkLocal: {
    ja: 'リンクローカルアドレスには、インターフェースの名前も要ります(例: --host fe80::1%eth0)。',
    en: 'A link-local address needs its interface too, as in --host fe80::1%eth0.',
  },
  noFamily: {
    ja: 'このコンピューターでは、この種類のアドレス(IPv6 など)が使えません。',
    en: 'This machine has no addresses of that kind (IPv6, for instance).',
  },
  noFolder: {
    ja: 'そのフォルダーがないか、通れません。あるフォルダーの中の名前を --unix で指定してください。',
    en: 'Its folder is not there, or closed to you: name a path in a folder that is with --unix.',
  },
  notAllowedThere: {
    ja: 'そのフォルダーには書けません。書けるフォルダーの中の名前を --unix で指定してください。',
    en: 'You may not write in that folder: name a path in one of yours with --unix.',
  },
  whateverElse: {ja: '別の場所を指定してください。', en: 'Name another place.'},
  pathTooLong: {
    ja: 'ソケットのパスが長過ぎます(ENAMETOOLONG: {bytes} バイト、入るのは {limit} バイトまで)。短いパスを --unix で指定してください。',
    en: 'The socket’s path is too long (ENAMETOOLONG: {bytes} bytes, and at most {limit} fit). Name a shorter one with --unix.',
  },
  pathInUse: {
    ja: '{path} では、別のサーバーが待ち受けています(EADDRINUSE)。別のパスを --unix で指定するか、それを終わらせてください。',
    en: 'Another server listens on {path} (EADDRINUSE). Name another path with --unix, or end that server.',
  },
  pathNotOurs: {
    ja: '{path} のソケットファイルには、このアカウントから接続できません(EACCES)。別のパスを --unix で指定してください。',
    en: '{path} is a socket file that this account may not connect to (EACCES). Name another path with --unix.',
  },
  pathNoSocket: {
    ja: '{path} はソケットではないので(EADDRINUSE)、触りません。別のパスを --unix で指定してください。',
    en: '{path} is no socket (EADDRINUSE) and is left as it is. Name another path with --unix.',
  },
  pathStale: {
    ja: '{path} は、終わったサーバーが残したソケットファイルでした(だれも待ち受けていません)。置き換えます。',
    en: '{path} was a socket file that an ended server left behind (nobody listens on it). It is replaced.',
  },
  openPlan: {
    ja: `{place} で待ち受けると、ほかのコンピューターからも接続できます。
  つなぐ側のコマンド: {command}
  このコンピューターのアドレス: {addresses}
  制限: {limits}
受け取ったバイトは、そのまま送り返すだけです(実行も保存もしません)。
自分のものではないネットワーク(学校、職場、店など)では、管理者の許しを得てください。`,
    en: `Listening on {place} lets other machines connect.
  What they type: {command}
  Addresses of this machine: {addresses}
  Limits: {limits}
Bytes that come are sent back, and nothing else: none are run, none are kept.
On a network that is not yours (school, work, a shop), ask whoever runs it first.`,
  },
  openQuestion: {ja: '待ち受けますか。[y/N] ', en: 'Listen there? [y/N] '},
  openNeedsYes: {
    ja: '{host} ではほかのコンピューターからも接続できるので、端末で確かめてから待ち受けます。端末がないところでは --yes を付けてください。',
    en: '{host} lets other machines connect, so it is asked about on a terminal. Without one, say --yes.',
  },
  openNot: {ja: '待ち受けませんでした。', en: 'It does not listen.'},
  serverEnded: {
    ja: 'サーバーのプロセスが終わってしまいました({how})。',
    en: 'The server’s process has ended ({how}).',
  },
} as const satisfies Record<string, Text>;
