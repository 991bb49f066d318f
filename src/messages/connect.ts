import type {Text} from '../model/text.ts';

export const connectText = {
  what: {
    ja: '接続先を一つ指定してください。例: sockwalk connect 127.0.0.1:8080',
    en: 'Say where to connect to, as in: sockwalk connect 127.0.0.1:8080',
  },
  noPort: {
    ja: 'ポートがありません。HOST:PORT の形で書いてください(例: 127.0.0.1:8080)。',
    en: 'There is no port. Write HOST:PORT, as in 127.0.0.1:8080.',
  },
  badPort: {
    ja: 'ポートは 1 から 65535 までの整数です。',
    en: 'A port is a whole number from 1 to 65535.',
  },
  badHost: {
    ja: 'ホスト名や IPv4 アドレスの形ではありません。',
    en: 'That is neither a host’s name nor an IPv4 address.',
  },
  notNumeric: {
    ja: '数字で書いたアドレス(127.0.0.1、0.0.0.0、::1 など)を指定してください。',
    en: 'That is no numeric address, such as 127.0.0.1, 0.0.0.0 or ::1.',
  },
  needsBrackets: {
    ja: 'IPv6 アドレスは [ ] で囲んでください(例: [::1]:8080)。',
    en: 'Put an IPv6 address in brackets, as in [::1]:8080.',
  },
  noBracket: {ja: '閉じ括弧 ] がありません。', en: 'The closing bracket ] is missing.'},
  failed: {
    ja: '{target} に接続できません({why})。{what}',
    en: 'Cannot connect to {target} ({why}). {what}',
  },
  broken: {
    ja: '接続が途中で終わりました({why})。',
    en: 'The connection ended before its time ({why}).',
  },
  unreadable: {
    ja: '標準入力を読めません({why})。',
    en: 'Standard input cannot be read ({why}).',
  },
  noSocket: {
    ja: 'そのファイルはソケットではありません。ソケットファイルのパスを指定してください。',
    en: 'That file is no socket. Name the path of a socket file.',
  },
  stale: {
    ja: 'ソケットファイルはありますが、だれも待ち受けていません。先にサーバーを始めてください(例: sockwalk serve --unix {target})。',
    en: 'The socket file is there, but nobody listens on it. Start the server first (sockwalk serve --unix {target}, for instance).',
  },
  whateverElse: {ja: '接続先を確かめてください。', en: 'Check where it is to connect to.'},
  badIpv6: {ja: 'IPv6 アドレスの形ではありません。', en: 'That is no IPv6 address.'},
} as const satisfies Record<string, Text>;

/** What to do about a failure to connect. */
export const connectAdvice: Readonly<Record<string, Text>> = {
  ECONNREFUSED: {
    ja: 'そこではだれも待ち受けていません。先にサーバーを始めてください(例: sockwalk serve)。',
    en: 'Nobody listens there. Start the server first (sockwalk serve, for instance).',
  },
  ENOTFOUND: {
    ja: '名前の綴りを確かめるか、数字のアドレスで書いてください。',
    en: 'Check its spelling, or write its address in numbers.',
  },
  EAI_AGAIN: {
    ja: 'ネットワークにつながっているか確かめるか、数字のアドレスで書いてください。',
    en: 'Check the network, or write the address in numbers.',
  },
  ENOENT: {
    ja: 'そのパスにソケットはありません。パスを確かめるか、先にサーバーを始めてください。',
    en: 'There is no socket at that path. Check it, or start the server first.',
  },
  ENOTDIR: {
    ja: 'パスの途中にあるのはディレクトリーではありません。パスを確かめてください。',
    en: 'Something on the way to it is no directory. Check the path.',
  },
  ENAMETOOLONG: {
    ja: 'ソケットのパスに入るのは {limit} バイトまでです。短いパス(相対パスなど)で指定してください。',
    en: 'A socket’s path has at most {limit} bytes. Name it by a shorter one, such as a relative one.',
  },
  EPROTOTYPE: {
    ja: 'そのソケットはストリーム(SOCK_STREAM)ではありません。ストリームで待ち受けるサーバーのパスを指定してください。',
    en: 'That socket is no stream (SOCK_STREAM). Name the path of a server that listens for streams.',
  },
  EINVAL: {
    ja: 'リンクローカルアドレス(fe80::)なら、インターフェースの名前も要ります(例: [fe80::1%eth0]:8080)。',
    en: 'A link-local address (fe80::) needs its interface too, as in [fe80::1%eth0]:8080.',
  },
  EACCES: {ja: 'そのソケットファイルに書く許可がありません。', en: 'You may not write to that socket file.'},
  ETIMEDOUT: {
    ja: '答えがありません。アドレスとファイアウォールを確かめてください。',
    en: 'There was no answer. Check the address, and firewalls on the way.',
  },
  EHOSTUNREACH: {
    ja: 'そのアドレスへの経路がありません。アドレスを確かめてください。',
    en: 'No route leads there. Check the address.',
  },
  ENETUNREACH: {
    ja: 'そのネットワークへの経路がありません。ネットワークを確かめてください。',
    en: 'No route leads to that network. Check the network.',
  },
};

export const connectScreenText = {
  live: {ja: '接続中', en: 'connected'},
  over: {ja: '終了', en: 'over'},
  ownEnd: {ja: 'こちら側', en: 'this end'},
  otherEnd: {ja: '相手側', en: 'other end'},
  counts: {
    ja: '受信 {bytesIn} バイト  送信 {bytesOut} バイト  送信待ち {unsent} バイト',
    en: '{bytesIn} {bytesIn|byte|bytes} in  {bytesOut} out  {unsent} waiting to be sent',
  },
  sent: {ja: '送信 {n} バイト', en: 'sent {n} {n|byte|bytes}'},
  received: {ja: '受信 {n} バイト', en: 'received {n} {n|byte|bytes}'},
  nothing: {
    ja: 'まだ何も届いていません。行を書いて Enter を押すと送ります。',
    en: 'Nothing has come yet. Write a line; Enter sends it.',
  },
  paused: {
    ja: '読むのを止めてある。届くバイトは、こちらの Recv-Q にたまる。',
    en: 'Reading has stopped. What comes fills the Recv-Q of this end.',
  },
  hasEnded: {ja: '相手は送信を終えた(FIN が届いた)。', en: 'The server is done sending: its FIN has come.'},
  isEnded: {
    ja: 'こちらは送信を終えた(FIN を送った)。相手からは、まだ届く。',
    en: 'This side is done sending (FIN). What the server sends still arrives.',
  },
  isOver: {ja: '接続は終わりました。Esc で出られます。', en: 'The connection is over. Esc leaves.'},
  failed: {
    ja: '接続はエラーで終わりました({why})。Esc で出られます。',
    en: 'The connection ended with an error ({why}). Esc leaves.',
  },
  cannot: {ja: 'もう送れません。', en: 'Nothing can be sent any more.'},
  lineFull: {
    ja: '一行に書けるのは 4095 文字までです。あふれた分は入っていません。',
    en: 'A line holds 4095 characters; what was more is not in it.',
  },
  line: {ja: '送る行:', en: 'Line to send:'},
  raw: {ja: '送るバイト:', en: 'Text to send:'},
} as const satisfies Record<string, Text>;

export const connectKeyText = {
  halfClose: {ja: '半クローズ', en: 'half-close'},
  pause: {ja: '読むのを停止/再開', en: 'stop/resume reading'},
  reset: {ja: 'リセット', en: 'reset'},
  leave: {ja: '終了', en: 'leave'},
} as const satisfies Record<string, Text>;
