import type {Text} from '../model/text.ts';

export const experimentText = {
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
    ja: '「{word}」という呼び出しはありません。「{nearest}」のことですか。',
    en: 'There is no call “{word}”. Did you mean “{nearest}”?',
  },
  badArgument: {ja: '「{word}」は {name} として読めません。', en: '“{word}” cannot be read as {name}.'},
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
