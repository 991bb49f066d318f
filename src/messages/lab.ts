import type {Text} from '../model/text.ts';

export const labText = {
  title: {ja: '試す', en: 'experiment'},
  from: {ja: '新しいソケットで自由に({lesson} の途中)', en: 'fresh sockets, any call (out of {lesson})'},
  how: {
    ja: '呼び出しを一つ書いて Enter。引数は省けます: socket、bind、connect 127.0.0.1:{port}、send "hello\\n"、recv 5',
    en: 'Write a call, then Enter. Arguments may be left out: socket, bind, connect 127.0.0.1:{port}, send "hello\\n", recv 5',
  },
  other: {
    ja: 'Tab で反対側に移ります。「client socket」のように、側を先に書くこともできます。',
    en: 'Tab changes sides, or write the side first, as in: client socket',
  },
  calls: {ja: '呼び出し: {names}', en: 'Calls: {names}'},
  form: {ja: '形: {form}', en: 'Form: {form}'},
  unknownCall: {
    ja: '「{word}」は、ここでできる呼び出しではありません。「{nearest}」のことですか。',
    en: '“{word}” is no call that can be made here. Did you mean “{nearest}”?',
  },
  noCall: {
    ja: '「{word}」は、ここでできる呼び出しではありません。',
    en: '“{word}” is no call that can be made here.',
  },
  badArgument: {ja: '「{word}」は {name} として読めません。', en: '“{word}” cannot be read as {name}.'},
  badNumber: {
    ja: '「{word}」は {name} になりません。{least} から {most} までの数です。',
    en: '“{word}” is no {name}: that is a number from {least} to {most}.',
  },
  whichOption: {ja: '{call} には、どのオプションかを書きます: {names}', en: '{call} needs an option: {names}'},
  badAddress: {
    ja: '「{word}」はアドレスとして読めません。127.0.0.1:8080 や [::1]:8080 のように書きます。',
    en: '“{word}” cannot be read as an address. Write one as 127.0.0.1:8080 or [::1]:8080.',
  },
  onlyPort: {
    ja: '「{word}」はポートだけです。アドレスも書いてください: 127.0.0.1:{word}',
    en: '“{word}” is only a port. Write the address too: 127.0.0.1:{word}',
  },
  badPort: {
    ja: 'ポートは 0 から 65535 までの数です。「{port}」は使えません。',
    en: 'A port is a number from 0 to 65535, and “{port}” is not.',
  },
  noPort: {
    ja: 'ポートもつけて書いてください: {word}:8080',
    en: 'Write the port too, as in {word}:8080',
  },
  hostName: {
    ja: '「{host}」は名前です。{call}() が受け取るのは数字のアドレスで、名前から調べるのは getaddrinfo() です。127.0.0.1 か [::1] と書いてください。',
    en: '“{host}” is a name. {call}() takes an address in numbers; getaddrinfo() looks one up. Write 127.0.0.1 or [::1].',
  },
  notHere: {
    ja: 'ここで試せるのは、このコンピュータの中だけです。「{host}」ではなく 127.0.0.1、0.0.0.0、[::1]、[::] のどれかを書いてください。',
    en: 'Experiments stay on this machine. Instead of “{host}” write 127.0.0.1, 0.0.0.0, [::1] or [::].',
  },
  tooMany: {ja: '「{word}」が余分です。', en: '“{word}” is one word too many.'},
  unclosed: {ja: '引用符 " が閉じていません。', en: 'The quote " is not closed.'},
  noSocket: {
    ja: '{actor} にソケットがありません。先に socket を呼ぶか、番号を書いてください。',
    en: '{actor} has no socket. Call socket first, or write a number.',
  },
  taken: {
    ja: '{fd} は、このプロセス自身が使っているファイルディスクリプターです。socket や accept が返した番号を書いてください。',
    en: 'Descriptor {fd} is in use by the process itself. Write a number that socket or accept returned.',
  },
  waiting: {
    ja: '{actor} は {call}() の中で眠っています。もう一方の側を動かすと返ります。',
    en: '{actor} sleeps in {call}(). Something on the other side makes it return.',
  },
  ended: {ja: '{actor} のプロセスは、もうありません。', en: 'The process of {actor} has ended.'},
} as const satisfies Record<string, Text>;
