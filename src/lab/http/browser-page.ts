import {type Endpoint, endpointText} from '../../model/address.ts';
import type {PageWords} from '../../model/serve.ts';
import type {Language} from '../../model/text.ts';

/** What the page tells. */
export interface PageFacts {
  readonly client: number;
  readonly from: Endpoint | null;
  readonly to: string;
  /** The head of the request as it came. */
  readonly head: Buffer;
}

/**
 * The whole response to a request of HTTP (RFC 9112): a page that says what happened, in the language that the browser asks for, as
 * HTML or, to those that do not ask for that, as text. HEAD gets no body.
 */
export function pageResponse(words: PageWords, {client, from, to, head}: PageFacts): Buffer {
  const text = head.toString('latin1');
  const isHtml = /^accept:.*text\/html/im.test(text);
  const language = languageAsked(text) ?? words.usual;
  const values = {
    client: String(client),
    from: from ? endpointText(from) : words.unnamed[language],
    to: to.replace(steering, '?'),
    greeting: words.greeting,
    bytes: String(head.length),
    request: visible(text),
  };
  const page = fillPage(isHtml ? words.html[language] : words.text[language], values, isHtml ? escapeHtml : same);
  const body = Buffer.from(page);
  const fields = [
    'HTTP/1.1 200 OK',
    `Content-Type: text/${isHtml ? 'html' : 'plain'}; charset=utf-8`,
    `Content-Length: ${body.length}`,
    `Content-Language: ${language}`,
    'Connection: close',
    'Cache-Control: no-store',
    "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    'X-Content-Type-Options: nosniff',
  ];
  const start = Buffer.from(`${fields.join('\r\n')}\r\n\r\n`);
  return text.startsWith('HEAD ') ? start : Buffer.concat([start, body]);
}

/** Which of the two languages `Accept-Language` names first; null when neither. */
export function languageAsked(head: string): Language | null {
  const [, wanted = ''] = /^accept-language:(.*)$/im.exec(head) ?? [];
  const first = wanted
    .split(',')
    .map(range => range.trim().slice(0, 2).toLowerCase())
    .find(code => code === 'ja' || code === 'en');
  return first === 'ja' || first === 'en' ? first : null;
}

/** What steers a terminal: a path may hold it. */
const steering = /[\u0000-\u001f\u007f-\u009f]/g;

const same = (text: string): string => text;

const fillPage = (page: string, values: Readonly<Record<string, string>>, write: (text: string) => string): string =>
  page.replace(/\{(\w+)\}/g, (place, name: string) => write(values[name] ?? place));

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, char => entities[char] ?? char);

/** Lines as they are; whatever is not printable ASCII in them as a mark, since it goes back to a terminal. */
const visible = (text: string): string =>
  text
    .trimEnd()
    .replace(/\r\n/g, '\n')
    .replace(/[^\n\x20-\x7e]/g, char => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
