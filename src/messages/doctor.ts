import type {Text} from '../model/text.ts';

export const doctorText = {
  node: {ja: 'Node', en: 'Node'},
  nodeAdvice: {ja: 'Node 20.19 以降を入れてください。', en: 'Install Node 20.19 or later.'},
  system: {ja: 'システム', en: 'System'},
  calls: {ja: 'システムコール(koffi による FFI)', en: 'System calls (FFI, by koffi)'},
  tables: {ja: 'カーネルの表', en: 'The kernel’s tables'},
  threads: {ja: '眠っている呼び出しの確認', en: 'Seeing where a call sleeps'},
  threadsAdvice: {
    ja: 'このコンピューターでは見えないので、0.5 秒返らない呼び出しを「待っている」とみなします。',
    en: 'Not shown on this machine; a call that has not returned after half a second counts as waiting.',
  },
  folder: {ja: '一時フォルダー', en: 'Temporary folder'},
  folderAdvice: {
    ja: 'ファイルやプログラムを置くレッスンと「自由に試す」は、これがないと動きません。',
    en: 'Lessons with files or programs, and free play, do not run without it.',
  },
  loopback: {ja: 'ループバック', en: 'Loopback'},
  port: {ja: 'ポート', en: 'Port'},
  portAdvice: {
    ja: 'このコンピューターのループバックを使うレッスンは、次の空いたポートで進みます(--port で選べます)。プライベートネットワークのポートは空いています。',
    en: 'Lessons over this machine’s own loopback go on with the next free port (--port chooses another); in a private network it is free.',
  },
  terminal: {ja: '端末', en: 'Terminal'},
  noTerminal: {
    ja: '端末ではありません(画面の代わりに、文章として実行します)',
    en: 'none here; lessons are played as text',
  },
  terminalAdvice: {ja: '60x18 以上に広げてください。', en: 'Make it at least 60x18.'},
  locale: {ja: 'ロケール', en: 'Locale'},
  utf8: {
    ja: '{what}(UTF-8)。罫線や記号が 2 桁の幅になって表示が崩れる端末では、--ascii を付けます。',
    en: '{what} (UTF-8). Where box characters are two cells wide and the screen looks broken: --ascii.',
  },
  notUtf8: {ja: '{what}(UTF-8 ではありません)', en: '{what} (not UTF-8)'},
  localeAdvice: {
    ja: 'ASCII の文字で描きます。日本語の表示には、LANG=ja_JP.UTF-8 のような UTF-8 のロケールを使ってください。',
    en: 'Drawn with ASCII characters. For Japanese use a UTF-8 locale such as LANG=ja_JP.UTF-8.',
  },
  trace: {ja: 'Node のシステムコールの観察', en: 'Seeing the system calls of Node'},
  traceAdvice: {
    ja: 'strace がないか、許可されていません。「node」のレッスンは、以前の記録を見せて進みます。',
    en: 'strace is missing or not allowed; the lesson “node” shows a recording of it instead.',
  },
  namespaces: {ja: 'プライベートネットワーク(名前空間)', en: 'Private network (namespaces)'},
  namespacesAdvice: {
    ja: 'レッスンは、このコンピューターのループバックで、フレームを見せずに進みます。',
    en: 'Lessons go on over this machine’s own loopback, and show no frames.',
  },
  capture: {ja: 'その中でのフレームのキャプチャ', en: 'Capturing frames in it'},
  filter: {ja: 'その中でのパケットフィルター', en: 'Packet filter in it'},
  filterAdvice: {
    ja: 'このカーネルには nftables(または NAT)がありません。loss と nat のレッスンは、一部のステップを省きます。',
    en: 'This kernel has no nftables, or no NAT; the lessons loss and nat go without some of their steps.',
  },
  hostCapture: {ja: 'このコンピューターのループバックのキャプチャ', en: 'Capturing this machine’s own loopback'},
  noHostCapture: {
    ja: 'CAP_NET_RAW がありません(--network host のときだけ要ります)',
    en: 'no CAP_NET_RAW (only --network host would need it)',
  },
} as const satisfies Record<string, Text>;
