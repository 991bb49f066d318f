import type {ClientEnd} from '../model/serve.ts';
import type {Text} from '../model/text.ts';

/** What can be learned about a client from what it does. */
export type Learned =
  | 'http'
  | 'tls'
  | 'utf-8'
  | 'binary'
  | 'silent'
  | 'byte-by-byte'
  | 'not-reading'
  | 'paused'
  | 'done-sending'
  | 'half-closed';

/** A word for the row, and a sentence for the client that is opened. */
export const learnedText: Record<Learned, {readonly word: Text; readonly sentence: Text}> = {
  http: {
    word: {ja: 'HTTP', en: 'HTTP'},
    sentence: {
      ja: 'HTTP を話すクライアント。ページを 1 つ返して閉じた。',
      en: 'It speaks HTTP: it got one page, and the connection was closed.',
    },
  },
  tls: {
    word: {ja: 'TLS', en: 'TLS'},
    sentence: {
      ja: 'TLS の ClientHello で始めた(https のつもり)。このサーバーは暗号を話さない。',
      en: 'It began with a ClientHello of TLS (it wants https). This server does not speak that.',
    },
  },
  'utf-8': {
    word: {ja: '', en: ''},
    sentence: {ja: '届いたバイトは UTF-8 の文字。', en: 'Its bytes are text in UTF-8.'},
  },
  binary: {
    word: {ja: 'バイナリ', en: 'binary'},
    sentence: {ja: '届いたバイトは UTF-8 の文字ではない。', en: 'Its bytes are not text in UTF-8.'},
  },
  silent: {
    word: {ja: '無言', en: 'silent'},
    sentence: {
      ja: '接続してから何も送っていない。接続は、何も送らなくても続く。',
      en: 'It has sent nothing since it connected. A connection lasts without a byte.',
    },
  },
  'byte-by-byte': {
    word: {ja: '1 バイトずつ', en: 'byte by byte'},
    sentence: {ja: '1 バイトずつ送ってくる。', en: 'It sends byte by byte.'},
  },
  'not-reading': {
    word: {ja: '読んでいない', en: 'not reading'},
    sentence: {
      ja: '受信していない。送信バッファー(Send-Q)がいっぱいなので、サーバーも読むのを止めている(バックプレッシャー)。',
      en: 'It does not receive. The send buffer (Send-Q) is full, so the server does not read from it either (backpressure).',
    },
  },
  paused: {
    word: {ja: '停止中', en: 'paused'},
    sentence: {
      ja: '読むのを止めてある。届くバイトは Recv-Q にたまり、いっぱいになると相手の Send-Q にたまる。',
      en: 'You have stopped reading. Bytes that come fill its Recv-Q, and then the client’s Send-Q.',
    },
  },
  'done-sending': {
    word: {ja: 'FIN 受信', en: 'FIN came'},
    sentence: {ja: '相手は送信を終えた(FIN が届いた)。', en: 'It is done sending: its FIN has come.'},
  },
  'half-closed': {
    word: {ja: 'FIN 送信', en: 'FIN sent'},
    sentence: {
      ja: 'こちらは送信を終えた(FIN を送った)。相手からは、まだ届く。',
      en: 'Our side is done sending (FIN). What it sends still arrives.',
    },
  },
};

/** How a client went, in the column of states. */
export const endWord: Record<ClientEnd, Text> = {
  closed: {ja: '終了', en: 'closed'},
  'reset-by-client': {ja: 'RST 受信', en: 'RST came'},
  'reset-here': {ja: 'RST 送信', en: 'RST sent'},
  limited: {ja: '制限', en: 'limited'},
  stopped: {ja: '終了', en: 'stopped'},
  forgotten: {ja: '忘れた', en: 'forgotten'},
};

export const serveScreenText = {
  open: {ja: '接続中 {open}', en: '{open} open'},
  known: {ja: 'アドレス {open}', en: '{open} {open|address|addresses}'},
  soFar: {ja: 'これまでのクライアント {all}', en: '{all} so far'},
  turnedAway: {ja: '断った接続 {turnedAway}', en: '{turnedAway} turned away'},
  bytes: {ja: '受信 {bytesIn}  送信 {bytesOut} バイト', en: '{bytesIn} {bytesIn|byte|bytes} in  {bytesOut} out'},
  acceptQueue: {ja: '接続待ち {n}', en: 'accept queue {n}'},
  listener: {ja: '待ち受け {state}', en: 'listener {state}'},
  sharedRow: {
    ja: '共有ソケット {state} Recv-Q {n} 破棄 {drops}',
    en: 'shared socket {state} Recv-Q {n} drops {drops}',
  },
  shared: {ja: '共有', en: 'shared'},
  unanswered: {ja: '返さなかった {n}', en: '{n} not answered'},
  limits: {ja: '制限: {limits}', en: 'Limits: {limits}'},
  head: {
    ja: {client: 'クライアント', state: '状態', bytesIn: '受信', bytesOut: '送信', age: '時間', newest: '最新のバイト'},
    en: {client: 'client', state: 'state', bytesIn: 'in', bytesOut: 'out', age: 'age', newest: 'newest bytes'},
  },
  nobody: {ja: 'まだだれも接続していません。つなぐには:', en: 'Nobody has connected yet. To connect:'},
  netcat: {ja: '対話する', en: 'to talk'},
  connect: {ja: '同じ画面で対話する', en: 'to talk, with a screen like this one'},
  curl: {ja: 'HTTP のリクエストを送る', en: 'to send an HTTP request'},
  browser: {ja: 'ブラウザーで開く', en: 'to open in a browser'},
  clientTitle: {ja: 'クライアント {n}', en: 'client {n}'},
  serverEnd: {ja: 'サーバー側', en: 'server’s end'},
  clientEnd: {ja: 'クライアント側', en: 'client’s end'},
  notListed: {ja: 'カーネルの表にはない', en: 'no row in the kernel’s table'},
  elsewhere: {ja: '別のコンピューターにある', en: 'on another machine'},
  sharedSocket: {ja: 'すべてのクライアントで共有', en: 'one socket for all clients'},
  notHere: {
    ja: 'カーネルの表にはない(閉じたか、別のコンピューターにある)',
    en: 'no row in the table: closed, or on another machine',
  },
  noConnections: {
    ja: 'UDP には接続がないので、カーネルはクライアントごとの状態もキューも持ちません。だれのデータグラムかは、それぞれの送信元アドレスで分かります。',
    en: 'UDP has no connections: the kernel keeps neither a state nor a queue for each client. Whose a datagram is, its source address says.',
  },
  noQueues: {ja: '接続中(表にキューの欄はない)', en: 'connected; its table has no queues'},
  notJoined: {
    ja: '分からない(/proc/net/unix に相手の欄はない)',
    en: 'not known: /proc/net/unix does not say whose other end a socket is',
  },
  counts: {
    ja: '受信 {bytesIn} バイト({chunks} 回に分けて)、送信 {bytesOut} バイト、サーバーの中で待つ {unsent} バイト',
    en: '{bytesIn} {bytesIn|byte|bytes} in ({chunks} {chunks|chunk|chunks} read); {bytesOut} {bytesOut|byte|bytes} out; {unsent} {unsent|byte waits|bytes wait} inside the server',
  },
  datagrams: {
    ja: '受信 {bytesIn} バイト(データグラム {chunks} 個)、送信 {bytesOut} バイト',
    en: '{bytesIn} {bytesIn|byte|bytes} in ({chunks} {chunks|datagram|datagrams}); {bytesOut} {bytesOut|byte|bytes} out',
  },
  received: {ja: '受信したバイト(新しい {n} バイト)', en: 'received (the newest {n} {n|byte|bytes})'},
  sent: {ja: '送信したバイト(新しい {n} バイト)', en: 'sent (the newest {n} {n|byte|bytes})'},
  none: {ja: 'なし', en: 'none'},
  goneHow: {ja: '接続は終わった: {how}', en: 'The connection is over: {how}.'},
  unknown: {ja: 'このクライアントの記録は、もうありません。', en: 'Nothing is kept of this client any more.'},
  send: {ja: '送る行:', en: 'Line to send:'},
  cannot: {
    ja: 'それはできません: 接続が終わっているか、すでに送信を終えています。',
    en: 'That cannot be done: the connection is over, or our side is done sending.',
  },
  cannotUdp: {
    ja: 'UDP には接続がないので、できるのは送ること(s)だけです。',
    en: 'UDP has no connection: one can only send (s).',
  },
} as const;

/** What each key does. */
export const serveKeyText = {
  select: {ja: '選ぶ', en: 'choose'},
  open: {ja: '開く', en: 'open'},
  pause: {ja: '読むのを停止/再開', en: 'stop/resume reading'},
  halfClose: {ja: '半クローズ', en: 'half-close'},
  reset: {ja: 'リセット', en: 'reset'},
  send: {ja: '送る', en: 'send'},
  mode: {ja: '返し方', en: 'answers'},
  order: {ja: '新しい順/古い順', en: 'newest/oldest first'},
  pageUp: {ja: '前のページ', en: 'page up'},
  pageDown: {ja: '次のページ', en: 'page down'},
  first: {ja: '先頭', en: 'first'},
  last: {ja: '末尾', en: 'last'},
  back: {ja: '一覧', en: 'list'},
  neighbour: {ja: '隣のクライアント', en: 'next client'},
  quit: {ja: '終了', en: 'quit'},
} as const satisfies Record<string, Text>;

/** Where a key works, as headings of the help. */
export const servePlaceText = {
  list: {ja: '一覧', en: 'In the list'},
  client: {ja: 'クライアントを選んで、または開いて', en: 'With a client'},
  anywhere: {ja: 'どこでも', en: 'Anywhere'},
  writing: {ja: '行を書くとき', en: 'Writing a line'},
} as const satisfies Record<string, Text>;
