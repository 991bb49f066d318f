import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseTarget} from '../../../src/app/line/address-word.ts';
import {isText} from '../../../src/draw/serve/learned.ts';
import {languageAsked, pageResponse} from '../../../src/lab/http/browser-page.ts';
import {HttpTurn} from '../../../src/lab/http/http-turn.ts';
import {cutPage} from '../../../src/lab/serve/client-page.ts';
import {EventRing} from '../../../src/lab/serve/event-ring.ts';
import {recognize} from '../../../src/lab/serve/first-bytes.ts';
import {LineMeter} from '../../../src/lab/serve/line-meter.ts';
import {Tail} from '../../../src/lab/serve/tail.ts';
import {upperCase} from '../../../src/lab/serve/upper-case.ts';
import {pageWords} from '../../../src/messages/serve-page.ts';

const chunks = fc.array(fc.uint8Array({maxLength: 40}), {maxLength: 20});

test.each(['\r\n', '\n'])('a request is answered at its empty line, also where lines end by %j', end => {
  const responses: Buffer[] = [];
  const words = pageWords('en', new Uint8Array());
  const turn = new HttpTurn(words, {client: 1, from: null, to: 'x'}, response => responses.push(response));
  turn.hear(Buffer.from(`GET / HTTP/1.0${end}Host: x${end}`));
  expect(responses).toEqual([]);
  turn.hear(Buffer.from(end));
  expect(String(responses)).toContain('GET / HTTP/1.0\nHost: x\n');
  expect(String(responses)).toContain('does not speak HTTP gets every byte back');
});

test('of a place that holds an escape sequence the page shows a mark', () => {
  const facts = {client: 1, from: null, to: '/tmp/\x1b[2Jx', head: Buffer.from('GET / HTTP/1.0\n\n')};
  const page = pageResponse(pageWords('en', Buffer.from('hi')), facts).toString();
  expect(page).toContain('a connection from a client without a name to /tmp/?[2Jx.');
  expect(page).not.toContain('{');
});

test('a tail is the end of what was added, however it was cut', () => {
  fc.assert(
    fc.property(chunks, fc.integer({min: 1, max: 50}), fc.integer({min: 0, max: 60}), (parts, size, asked) => {
      const tail = new Tail(size);
      for (const part of parts) tail.add(part);
      const all = Buffer.concat(parts);
      const count = Math.min(size, asked);
      expect(Buffer.from(tail.last(count))).toEqual(all.subarray(Math.max(0, all.length - count)));
    }),
  );
});

test('a line is too long when it is, however it was cut', () => {
  const bytes = fc.array(fc.constantFrom(0x0a, 0x61), {maxLength: 60}).map(all => Buffer.from(all));
  fc.assert(
    fc.property(bytes, fc.array(fc.integer({min: 1, max: 9})), fc.integer({min: 0, max: 6}), (all, cuts, limit) => {
      const meter = new LineMeter();
      let isLonger = false;
      let rest = all;
      for (const cut of [...cuts, all.length]) {
        isLonger ||= rest.length > 0 && meter.passes(rest.subarray(0, cut), limit);
        rest = rest.subarray(cut);
      }
      expect(isLonger).toBe(
        all
          .toString()
          .split('\n')
          .some(line => line.length > limit),
      );
    }),
  );
});

test('the ring keeps the newest events, and counts the others', () => {
  fc.assert(
    fc.property(fc.nat(30), fc.nat(40), fc.nat(40), (added, since, atMost) => {
      const ring = new EventRing(8);
      for (let i = 0; i < added; i++) ring.add(i, {kind: 'stopped', unanswered: 0});
      fc.pre(since <= added);
      const {events, dropped} = ring.from(since, atMost);
      expect(dropped).toBe(Math.max(0, added - 8 - since));
      expect(events.map(({seq}) => seq)).toEqual(
        Array.from({length: added}, (_, i) => i).slice(since + dropped, since + dropped + atMost),
      );
    }),
  );
});

describe('a page of clients', () => {
  const ids = fc.uniqueArray(fc.integer({min: 1, max: 100}), {maxLength: 40}).map(all => all.sort((a, b) => a - b));
  const wish = fc.record({
    order: fc.constantFrom('newest' as const, 'oldest' as const),
    count: fc.integer({min: 1, max: 12}),
    top: fc.nat(50),
    cursor: fc.option(fc.integer({min: 1, max: 100})),
    move: fc.integer({min: -60, max: 60}),
  });

  test('holds the cursor, is as full as it can be, and is a stretch of the whole', () => {
    fc.assert(
      fc.property(ids, wish, (all, asked) => {
        const page = cutPage(all, asked);
        const ordered = asked.order === 'oldest' ? all : all.toReversed();
        expect(page.ids).toEqual(ordered.slice(page.top, page.top + asked.count));
        expect(page.ids.length).toBe(Math.min(all.length, asked.count));
        if (all.length === 0) {
          expect(page.at).toBe(null);
          return;
        }
        expect(page.at).toBeGreaterThanOrEqual(page.top);
        expect(page.at).toBeLessThan(page.top + page.ids.length);
        if (asked.move === 0 && asked.cursor !== null && all.includes(asked.cursor))
          expect(ordered[page.at ?? -1]).toBe(asked.cursor);
      }),
    );
  });
});

describe('first bytes', () => {
  test.each([
    ['GET / HTTP/1.1\r\n', 'http'],
    ['HEAD /x?y HTTP/1.0\n', 'http'],
    ['G', 'undecided'],
    ['GET /half', 'undecided'],
    ['OPTIONS * HTTP/1.1', 'undecided'],
    ['GET /\r\n', 'other'],
    ['get / HTTP/1.1\r\n', 'other'],
    ['GETTING', 'other'],
    ['hello\n', 'other'],
    ['PRI * HTTP/2.0\r\n', 'other'],
    [`GET /${'a'.repeat(5000)}`, 'other'],
    ['\x16\x03\x01\x02', 'tls'],
  ])('%j: %s', (text, is) => {
    expect(recognize(Buffer.from(text, 'latin1'))).toBe(is);
  });

  // RFC 9110 section 9.3, RFC 5789.
  test.each(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'])(
    '%s is a method of HTTP',
    method => {
      expect(recognize(Buffer.from(`${method} /x HTTP/1.1\r\n`))).toBe('http');
    },
  );

  test('whatever they are, they are decided by 4096 bytes or a newline', () => {
    fc.assert(
      fc.property(fc.uint8Array({minLength: 1, maxLength: 200}), bytes => {
        const all = Buffer.concat([bytes, Buffer.from('\n')]);
        expect(recognize(all)).not.toBe('undecided');
      }),
    );
  });
});

describe('the page', () => {
  const facts = {client: 1, from: null, to: 'x'};

  test('is a valid response to any head, with nothing in it that steers a browser or a terminal', () => {
    fc.assert(
      fc.property(fc.uint8Array({maxLength: 300}), fc.boolean(), (bytes, isHtml) => {
        const head = Buffer.concat([Buffer.from(isHtml ? 'GET / HTTP/1.1\r\nAccept: text/html\r\n' : ''), bytes]);
        const response = pageResponse(pageWords('en', Buffer.from('hello, world!')), {...facts, head});
        const end = response.indexOf('\r\n\r\n');
        const length = Number(/Content-Length: (\d+)/.exec(response.toString('latin1', 0, end))?.[1]);
        const body = response.subarray(end + 4).toString();
        if (!head.toString('latin1').startsWith('HEAD ')) expect(Buffer.byteLength(body)).toBe(length);
        expect(body).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
        if (body.startsWith('<!DOCTYPE')) expect(/<pre>([\s\S]*)<\/pre>/.exec(body)?.[1]).not.toMatch(/[<>"']/);
      }),
    );
  });

  test.each([
    ['Accept-Language: ja', 'ja'],
    ['accept-language: en-US,en;q=0.9,ja;q=0.8', 'en'],
    ['Accept-Language: de, ja-JP;q=0.3', 'ja'],
    ['Accept-Language: de', null],
    ['', null],
  ])('%j asks for %s', (field, language) => {
    expect(languageAsked(`GET / HTTP/1.1\r\n${field}\r\n`)).toBe(language);
  });
});

test('upper case changes a-z and nothing else, and no length', () => {
  fc.assert(
    fc.property(fc.uint8Array(), bytes => {
      const expected = Buffer.from(bytes)
        .toString('latin1')
        .replace(/[a-z]/g, char => char.toUpperCase());
      expect(upperCase(bytes).toString('latin1')).toBe(expected);
    }),
  );
});

test('text is text wherever its tail is cut', () => {
  fc.assert(
    fc.property(fc.string({unit: 'grapheme', minLength: 4}), fc.nat(3), fc.nat(3), (text, start, end) => {
      const bytes = new TextEncoder().encode(text.replaceAll('\0', 'x'));
      fc.pre(bytes.length > 8);
      expect(isText(bytes.subarray(start, bytes.length - end))).toBe(true);
    }),
  );
  expect(isText(Uint8Array.of(0x61, 0xff))).toBe(false);
  expect(isText(Uint8Array.of(0x61, 0))).toBe(false);
});

test('any word is an address or is wrong at a place within it', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d.:[\]a]{0,20}$/)), word => {
      const target = parseTarget(word);
      if (target.kind !== 'wrong') return;
      expect(target.at).toBeGreaterThanOrEqual(0);
      expect(target.at).toBeLessThanOrEqual(word.length);
    }),
  );
  expect(parseTarget('[::1]:80')).toEqual({kind: 'tcp', host: '::1', port: 80});
  expect(parseTarget(':80')).toEqual({kind: 'tcp', host: '127.0.0.1', port: 80});
  expect(parseTarget('./x')).toEqual({kind: 'unix', path: './x'});
});
