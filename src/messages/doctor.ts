import type {Text} from '../model/text.ts';

export const doctorText = {
  node: {ja: 'Node', en: 'Node'},
  nodeAdvice: {ja: 'Node 20.19 以降を入れてください。', en: 'Install Node 20.19 or later.'},
  system: {ja: 'システム', en: 'System'},
  calls: {ja: 'システムコール(koffi による FFI)', en: 'System calls (FFI, by koffi)'},
  callsAdvice: {
    ja: 'npm install koffi を実行してください。Linux 以外では、まだ動きません。',
    en: 'Run npm install koffi. Systems other than Linux are not supported yet.',
  },
  tables: {ja: 'カーネルの表', en: 'The kernel’s tables'},
  threads: {ja: '眠っている呼び出しの確認', en: 'Seeing where a call sleeps'},
  threadsAdvice: {
    ja: 'このコンピュータでは見えないので、0.5 秒返らない呼び出しを「待っている」とみなします。',
    en: 'Not shown on this machine; a call that has not returned after half a second counts as waiting.',
  },
  port: {ja: 'ポート', en: 'Port'},
  portAdvice: {
    ja: 'レッスンは次の空いたポートで進みます。--port で選ぶこともできます。',
    en: 'Lessons go on with the next free port; --port chooses another.',
  },
  terminal: {ja: '端末', en: 'Terminal'},
  noTerminal: {
    ja: '端末ではありません(画面の代わりに、文章として実行します)',
    en: 'none here; lessons are played as text',
  },
  terminalAdvice: {ja: '60x18 以上に広げてください。', en: 'Make it at least 60x18.'},
  locale: {ja: 'ロケール', en: 'Locale'},
  utf8: {ja: '{what}(UTF-8)', en: '{what} (UTF-8)'},
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
  namespaces: {ja: '専用ネットワーク(名前空間)', en: 'Private network (namespaces)'},
  namespacesAdvice: {
    ja: 'sysctl kernel.unprivileged_userns_clone、AppArmor、コンテナの設定で禁止されていることがあります。',
    en: 'A sysctl (kernel.unprivileged_userns_clone), AppArmor or the container may forbid it.',
  },
  capture: {ja: 'パケットの取得', en: 'Packet capture'},
  comes: {ja: '(この版ではまだ使いません)', en: '(not used by this version yet)'},
} as const satisfies Record<string, Text>;
