import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {type AddressInfo, createServer, type Socket} from 'node:net';
import {gzipSync} from 'node:zlib';
import fc from 'fast-check';
import {describe, expect, test as one} from 'vitest';
import {reportLines} from '../../../src/app/command/ask-router.ts';
import {type AskOptions, askRouters} from '../../../src/lab/router/ask-routers.ts';
import {longestReply, ownNetworks, reachOf, readReply} from '../../../src/lab/router/router-reply.ts';
import {openPracticeRouter} from '../../../src/lab/router/router-servers.ts';
import {askProblemText} from '../../../src/messages/ask-router.ts';
import type {AskProblem, AskReport} from '../../../src/model/ask.ts';
import {languages} from '../../../src/model/text.ts';
import {practiceRouter, wanService} from '../../../src/model/upnp.ts';

// Devices of these tests are on 127.0.0.1 and 127.0.0.2 only; nothing here is sent to a network.
const test = one.concurrent;

/** Writes an answer to a request for this path, and ends the connection or not. */
type Page = (socket: Socket, path: string) => void;

interface Device extends AsyncDisposable {
  readonly searchPort: number;
  readonly paths: readonly string[];
}

/** A device that says whatever the test wants: `reply` to a search, and `page` to each HTTP request. */
async function device(
  reply: (webPort: number) => string | Uint8Array,
  page: Page,
  host = '127.0.0.1',
): Promise<Device> {
  const paths: string[] = [];
  const open = new Set<Socket>();
  const web = createServer(socket => {
    open.add(socket);
    socket.on('error', () => {});
    socket.once('data', data => {
      const path = String(data).split(' ')[1] ?? '';
      paths.push(path);
      page(socket, path);
    });
  });
  web.listen(0, host);
  await once(web, 'listening');
  const search = createSocket('udp4');
  search.on('message', (_, {port, address}) => search.send(reply((web.address() as AddressInfo).port), port, address));
  search.bind(0, '127.0.0.1');
  await once(search, 'listening');
  return {
    searchPort: search.address().port,
    paths,
    async [Symbol.asyncDispose]() {
      search.close();
      for (const socket of open) socket.destroy();
      await new Promise(done => web.close(done));
    },
  };
}

const answer = (location: string, more = '') => `HTTP/1.1 200 OK\r\nLOCATION: ${location}\r\n${more}\r\n`;
const here = (webPort: number) => answer(`http://127.0.0.1:${webPort}/d`);
const nothing: Page = socket => socket.destroy();

const ok = (body: string, headers = '') => `HTTP/1.1 200 OK\r\n${headers}\r\n${body}`;
const saying =
  (...texts: readonly (string | Uint8Array)[]): Page =>
  socket => {
    for (const text of texts) socket.write(text);
    socket.end();
  };
const description = (controlUrl: string) =>
  `<root><device><serviceList><service><serviceType>${wanService}</serviceType><controlURL>${controlUrl}</controlURL></service></serviceList></device></root>`;
/** A device with a fair description, and this answer at its control URL. */
const controlSaying =
  (...texts: readonly string[]): Page =>
  (socket, path) =>
    path === '/d' ? saying(ok(description('/c')))(socket, path) : saying(...texts)(socket, path);
const soap = (inside: string) => ok(`<Envelope><Body>${inside}</Body></Envelope>`);

/** Writes on and on until the other side has had enough. */
const endless =
  (start: string, piece: string): Page =>
  socket => {
    socket.write(start);
    const more = () => {
      while (!socket.destroyed && socket.write(piece.repeat(1000)));
    };
    socket.on('drain', more);
    more();
  };

/** Each device answers both searches. Whoever answers is waited for: a busy machine is no silent device. */
const ask = (to: {readonly searchPort: number}, limits: AskOptions = {}): Promise<AskReport> =>
  askRouters({to: {host: '127.0.0.1', port: to.searchPort}, waitMs: 30_000, enough: 2, wholeMs: 30_000, ...limits});

test('a router that plays fair tells its address, and hears two searches, one GET and one POST', async () => {
  await using router = await openPracticeRouter();
  const report = await ask(router);
  expect(report).toEqual({
    sendErrno: null,
    asked: [
      {
        from: '127.0.0.1',
        server: expect.stringContaining('practice-router'),
        location: `http://127.0.0.1:${router.webPort}${practiceRouter.description}`,
        answer: {kind: 'address', address: practiceRouter.external, reach: 'reserved'},
      },
    ],
  });
});

test('an answer in chunks, in small pieces, is an answer', async () => {
  const chunked = (body: string) =>
    `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${[...body].map(one => `1\r\n${one}\r\n`).join('')}0\r\n\r\n`;
  await using router = await device(here, (socket, path) =>
    saying(
      chunked(
        path === '/d' ? description('c?a=1&amp;b') : '<a><NewExternalIPAddress>11.22.33.5</NewExternalIPAddress></a>',
      ),
    )(socket, path),
  );
  const {asked} = await ask(router);
  expect(asked.map(one => one.answer)).toEqual([{kind: 'address', address: '11.22.33.5', reach: 'public'}]);
  expect(router.paths).toEqual(['/d', '/c?a=1&b']);
});

const english = {language: 'en', ascii: false, width: 2000} as const;
const headOfAnswer = 'HTTP/1.1 200 OK\r\n';
const bomb = `<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><r>&b;</r>`;

test.each<[string, AskProblem, (webPort: number) => string | Uint8Array, Page]>([
  [
    'an answer that is too long',
    {kind: 'reply-too-long'},
    n => answer(`http://127.0.0.1:${n}/${'x'.repeat(longestReply)}`),
    nothing,
  ],
  ['bytes that mean nothing', {kind: 'no-answer-form'}, () => Buffer.alloc(99, 0x1b), nothing],
  ['an answer that is a search', {kind: 'no-answer-form'}, () => 'M-SEARCH * HTTP/1.1\r\n\r\n', nothing],
  ['an answer without LOCATION', {kind: 'no-location'}, () => 'HTTP/1.1 200 OK\r\nST: x\r\n\r\n', nothing],
  ['a LOCATION that is no URL', {kind: 'bad-location'}, () => answer('127.0.0.1'), nothing],
  ['a LOCATION of another kind', {kind: 'bad-location'}, () => answer('file:///etc/passwd'), nothing],
  ['a LOCATION with an account', {kind: 'bad-location'}, n => answer(`http://a:b@127.0.0.1:${n}/`), nothing],
  ['a LOCATION at another host', {kind: 'other-host'}, n => answer(`http://127.0.0.2:${n}/d`), nothing],
  ['a LOCATION at a name', {kind: 'other-host'}, n => answer(`http://localhost:${n}/d`), nothing],
  [
    'a port where nobody listens',
    {kind: 'unreachable', errno: 'ECONNREFUSED'},
    () => answer('http://127.0.0.1:1/d'),
    nothing,
  ],
  ['silence', {kind: 'too-slow'}, here, () => {}],
  ['one byte and no more', {kind: 'too-slow'}, here, socket => void socket.write(`${ok('')}<`)],
  ['an end before the answer', {kind: 'cut-off'}, here, nothing],
  ['an end in the middle', {kind: 'cut-off'}, here, saying(ok('<a>', 'Content-Length: 99\r\n'))],
  ['what is not HTTP', {kind: 'bad-http'}, here, saying('SSH-2.0-OpenSSH_9.2\r\n\r\n')],
  ['a chunk of no length', {kind: 'bad-http'}, here, saying(`${headOfAnswer}Transfer-Encoding: chunked\r\n\r\nzz\r\n`)],
  ['an endless header', {kind: 'header-too-long'}, here, endless(headOfAnswer, 'X-More: of the same\r\n')],
  ['an endless header field', {kind: 'header-too-long'}, here, endless(`${headOfAnswer}X: `, 'x')],
  ['an endless body', {kind: 'body-too-long'}, here, endless(ok(''), '<a/>')],
  [
    'an endless body in chunks',
    {kind: 'body-too-long'},
    here,
    endless(`${headOfAnswer}Transfer-Encoding: chunked\r\n\r\n`, '4\r\n<a/>\r\n'),
  ],
  [
    'a compressed body',
    {kind: 'compressed'},
    here,
    saying(ok('', 'Content-Encoding: gzip\r\n'), gzipSync(description('/c'))),
  ],
  ['a redirection', {kind: 'redirect'}, here, saying('HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2/\r\n\r\n')],
  ['a refusal', {kind: 'status', status: 404}, here, saying('HTTP/1.1 404 Not Found\r\n\r\n')],
  ['entities that would grow', {kind: 'doctype'}, here, saying(ok(bomb))],
  ['XML that does not end', {kind: 'bad-xml'}, here, saying(ok('<root><device>'))],
  ['a description of something else', {kind: 'no-service'}, here, saying(ok('<root><device/></root>'))],
  ['a control URL that is none', {kind: 'bad-control-url'}, here, saying(ok(description('javascript:alert(1)')))],
  ['a control URL at another host', {kind: 'other-control-host'}, here, saying(ok(description('http://127.0.0.2/c')))],
  [
    'a control URL at another host, in short',
    {kind: 'other-control-host'},
    here,
    saying(ok(description('//127.0.0.2/c'))),
  ],
  [
    'a fault',
    {kind: 'fault', code: '501'},
    here,
    controlSaying(soap('<errorCode>501</errorCode>').replace('200 OK', '500 Error')),
  ],
  ['an answer without an address', {kind: 'no-address'}, here, controlSaying(soap('<NewExternalIPAddress/>'))],
  [
    'an address that is none',
    {kind: 'no-address'},
    here,
    controlSaying(soap('<NewExternalIPAddress>\x1b[2J</NewExternalIPAddress>')),
  ],
])('%s is said in words, and no more is done', async (_, problem, reply, page) => {
  await using router = await device(reply, page);
  await using other = await device(here, nothing, '127.0.0.2');
  const report = await ask(router, problem.kind === 'too-slow' ? {wholeMs: 1000} : {});
  expect(report.asked.map(({answer}) => answer)).toEqual([problem]);
  expect(other.paths).toEqual([]);
  for (const language of languages) {
    const said = reportLines(report, {language, ascii: false, width: 1000}).join('\n');
    expect(said).toContain(askProblemText[problem.kind][language].split('{')[0]);
    expect(said).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f]/);
  }
});

test('a flood of answers from one device counts as one', async () => {
  await using router = await openPracticeRouter();
  const flood = createSocket('udp4');
  flood.on('message', (_, {port, address}) => {
    for (let i = 0; i < 500; i++) flood.send('HTTP/1.1 200 OK\r\n\r\n', port, address);
    flood.send(answer(`http://127.0.0.1:${router.webPort}${practiceRouter.description}`), port, address);
  });
  flood.bind(0, '127.0.0.1');
  await once(flood, 'listening');
  const {asked} = await ask({searchPort: flood.address().port}, {enough: 50});
  flood.close();
  expect(asked).toHaveLength(1);
});

test('where nobody answers, that is said, and where nothing can be sent too', async () => {
  const silent = await device(() => '', nothing);
  await silent[Symbol.asyncDispose]();
  const report = await ask(silent, {waitMs: 100});
  expect(report).toEqual({sendErrno: null, asked: []});
  expect(reportLines(report, {...english, width: 80})[0]).toContain('No device answered');
  expect(reportLines({sendErrno: 'ENETUNREACH', asked: []}, {...english, width: 80})[0]).toContain('ENETUNREACH');
});

describe('an answer to a search', () => {
  const from = (address: string) => readReply(Buffer.from(answer(`http://${address}/d`)), address).problem;

  test.each(['192.168.1.1', '10.0.0.1', '172.31.0.1', '169.254.7.7', '100.64.0.1'])('from %s may be true', address =>
    expect([from(address), ownNetworks.check(address)]).toEqual([null, true]),
  );
  test.each(['8.8.8.8', '203.0.113.77', '127.0.0.1', '172.32.0.1'])('from %s is not of this network', address =>
    expect(from(address)).toBe('not-local'),
  );

  test('of any kind leads nowhere but to its sender, by http', () => {
    const url = fc.oneof(fc.webUrl(), fc.string(), fc.constantFrom('http://192.168.1.1/', 'http://192.168.1.1:81/x'));
    fc.assert(
      fc.property(url, fc.uint8Array({maxLength: 64}), (location, more) => {
        const reply = readReply(Buffer.concat([Buffer.from(answer(location)), more]), '192.168.1.1');
        expect(reply.location === null).toBe(reply.problem !== null);
        if (reply.location)
          expect([reply.location.protocol, reply.location.hostname]).toEqual(['http:', '192.168.1.1']);
      }),
    );
  });
});

test.each([
  ['11.22.33.5', 'public'],
  ['192.168.0.2', 'private'],
  ['10.1.2.3', 'private'],
  ['172.15.255.255', 'public'],
  ['172.16.0.0', 'private'],
  ['172.32.0.0', 'public'],
  ['100.63.255.255', 'public'],
  ['100.64.0.0', 'shared'],
  ['100.127.255.255', 'shared'],
  ['100.128.0.0', 'public'],
  ['169.254.7.7', 'reserved'],
  ['223.255.255.255', 'public'],
  ['224.0.0.0', 'reserved'],
  ['0.0.0.0', 'reserved'],
  ['203.0.113.77', 'reserved'],
  ['255.255.255.255', 'reserved'],
])('%s is %s', (address, reach) => expect(reachOf(address)).toBe(reach));

test('whatever a device says of itself, nothing of it steers a terminal, and it is cut', () => {
  const words = fc.oneof(fc.string({unit: 'binary', maxLength: 300}), fc.constant('\x1b]0;\x07\u202e\n'.repeat(50)));
  fc.assert(
    fc.property(words, words, words, fc.boolean(), (server, location, code, ascii) => {
      const report: AskReport = {
        sendErrno: null,
        asked: [{from: '192.168.1.1', server, location, answer: {kind: 'fault', code}}],
      };
      for (const line of reportLines(report, {...english, ascii})) {
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(line.length).toBeLessThan(100 * 10 + 100);
      }
    }),
  );
});
