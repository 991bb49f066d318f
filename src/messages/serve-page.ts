import type {PageWords} from '../model/serve.ts';
import type {Language, Text} from '../model/text.ts';
import {harmlessText} from './harmless.ts';
import {serveText} from './serve.ts';

/** Lines of the page; an empty one parts paragraphs. */
const title: Text = {ja: 'sockwalk serve につながりました', en: 'You have reached sockwalk serve'};

const paragraphs: readonly Text[] = [
  {
    ja: '{from} から {to} への接続です。サーバーから見てクライアント {client} です。',
    en: 'This is a connection from {from} to {to}. To the server it is client {client}.',
  },
  {
    ja: 'HTTP では、つながるとすぐクライアントのほうから話します。次の {bytes} バイトがそのリクエストで、届いたままのものです。',
    en: 'In HTTP the client speaks first. These {bytes} bytes are its request, as they came:',
  },
];

const after: readonly Text[] = [
  {
    ja: 'サーバーは、これが HTTP だと最初の行で気づき、echo の代わりに HTTP の形をした応答を 1 つ返して、接続を閉じました(Connection: close)。',
    en: 'The server saw by the first line that this is HTTP. In place of the echo it sent one response in the form of HTTP, and closed the connection (Connection: close).',
  },
];

/** What those get who do not speak HTTP. */
const others = {
  greeted: {
    ja: 'HTTP を話さないクライアントには、「{greeting}」とあいさつし、届いたバイトをそのまま返します。端末から nc などで接続すると分かります。',
    en: 'A client that does not speak HTTP is greeted with “{greeting}” and gets every byte back. Connect from a terminal, with nc for instance, to see it.',
  },
  notGreeted: {
    ja: 'HTTP を話さないクライアントには、届いたバイトをそのまま返します。端末から nc などで接続すると分かります。',
    en: 'A client that does not speak HTTP gets every byte back. Connect from a terminal, with nc for instance, to see it.',
  },
} as const satisfies Record<string, Text>;

const style =
  'body{font:1rem/1.7 sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem;color:#222;background:#fff}' +
  'pre{background:#f3f3f3;padding:1rem;overflow-wrap:anywhere;white-space:pre-wrap}' +
  '@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}pre{background:#262626}}';

const html = (language: Language, last: Text): string =>
  [
    `<!DOCTYPE html><html lang="${language}"><head><meta charset="utf-8"><title>${title[language]}</title>`,
    '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">',
    `<style>${style}</style></head><body><h1>${title[language]}</h1>`,
    ...paragraphs.map(text => `<p>${text[language]}</p>`),
    '<pre>{request}</pre>',
    ...[...after, last].map(text => `<p>${text[language]}</p>`),
    '</body></html>\n',
  ].join('\n');

const plain = (language: Language, last: Text): string =>
  [title, ...paragraphs, '{request}', ...after, last]
    .map(part => `${typeof part === 'string' ? part : part[language]}\n`)
    .join('\n');

/** What a browser is shown by the echo server, and what curl is. */
export function pageWords(usual: Language, greeting: Uint8Array): PageWords {
  const last = greeting.length > 0 ? others.greeted : others.notGreeted;
  return {
    html: {ja: html('ja', last), en: html('en', last)},
    text: {ja: plain('ja', last), en: plain('en', last)},
    greeting: harmlessText(greeting),
    unnamed: serveText.unnamed,
    usual,
  };
}
