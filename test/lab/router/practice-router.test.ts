import {fork} from 'node:child_process';
import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import {fileURLToPath} from 'node:url';
import fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {parseHead} from '../../../src/lab/http/http-head.ts';
import {type Lab, openLab} from '../../../src/lab/lab.ts';
import {longestSearch, searchAnswer, searchedFor, webAnswer} from '../../../src/lab/router/router-answers.ts';
import {openPracticeRouter, routerLimits} from '../../../src/lab/router/router-servers.ts';
import {
  descriptionRequest,
  gatewayDevice,
  practiceRouter,
  searchText,
  soapAction,
  soapRequest,
  wanService,
} from '../../../src/model/upnp.ts';
import {areGone} from '../processes.ts';

let lab: Lab;
let searchPort: number;
let webPort: number;
beforeAll(async () => {
  lab = await openLab(['router']);
  const rows = (await lab.observe()).sockets;
  searchPort = portOf(rows.find(row => row.protocol === 'udp')?.local);
  webPort = portOf(rows.find(row => row.state === 'LISTEN')?.local);
});
afterAll(() => lab[Symbol.asyncDispose]());

const portOf = (end: object | undefined): number => (end && 'port' in end ? Number(end.port) : 0);
const search = (target: string = gatewayDevice) => searchText(`127.0.0.1:${searchPort}`, target);

/** Sends datagrams in order and gives the first answer: a router that answers the last one has outlived the others. */
async function answerTo(...datagrams: readonly (string | Uint8Array)[]): Promise<string> {
  const socket = createSocket('udp4');
  try {
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const answered = once(socket, 'message');
    for (const datagram of datagrams) socket.send(datagram, searchPort, '127.0.0.1');
    return String((await answered)[0]);
  } finally {
    socket.close();
  }
}

/** Opens a connection; what comes back is gathered until the router closes it. */
function open(port = webPort): {socket: Socket; closed: Promise<string>} {
  const socket = connect(port, '127.0.0.1');
  let came = '';
  socket.setEncoding('latin1').on('data', text => {
    came += text;
  });
  // A connection that is closed while it still sends may be reset.
  socket.on('error', () => {});
  return {socket, closed: new Promise(resolve => socket.once('close', () => resolve(came)))};
}

function ask(request: string | Uint8Array): Promise<string> {
  const {socket, closed} = open();
  socket.write(request);
  return closed;
}

const host = () => `127.0.0.1:${webPort}`;
const description = () => ask(descriptionRequest(host(), practiceRouter.description));
const externalAddress = (action: (request: string) => string = request => request) =>
  ask(action(soapRequest(host(), practiceRouter.control, wanService)));

describe('the practice router', () => {
  test('has a UDP socket and a listener on 127.0.0.1, which the observer finds among its descriptors', async () => {
    const {sockets} = await lab.observe();
    expect(sockets.filter(row => row.heldBy === 'descriptor')).toMatchObject([
      {actor: 'router', fd: expect.any(Number), protocol: 'tcp', state: 'LISTEN', local: {host: '127.0.0.1'}},
      {actor: 'router', fd: expect.any(Number), protocol: 'udp', state: 'CLOSE', local: {host: '127.0.0.1'}},
    ]);
  });

  test.each([gatewayDevice, 'upnp:rootdevice', 'ssdp:all'])('answers a search for %s with a LAN URL', async target => {
    const answer = await answerTo(search(target));
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toContain(`\r\nLOCATION: http://127.0.0.1:${webPort}${practiceRouter.description}\r\n`);
    expect(answer).toMatch(/\r\n\r\n$/);
  });

  test('describes itself, and where to ask for its external address', async () => {
    const answer = await description();
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain(`<controlURL>${practiceRouter.control}</controlURL>`);
    expect(answer).not.toContain(practiceRouter.external);
  });

  test('tells its external address, and answers any other action with a fault', async () => {
    expect(await externalAddress()).toContain(
      `<NewExternalIPAddress>${practiceRouter.external}</NewExternalIPAddress>`,
    );
    const fault = await externalAddress(request => request.replace(`#GetExternal`, `#AddPortMapping`));
    expect(fault).toMatch(/^HTTP\/1\.1 500 [\s\S]*<errorCode>401</);
  });

  test.each([
    ['an unknown path', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', 404],
    ['another method', `DELETE ${practiceRouter.control} HTTP/1.1\r\nHost: x\r\n\r\n`, 405],
    ['no HTTP at all', '\x16\x03\x01\x02\x00\x01\r\n\r\n', 400],
    ['a header without end', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(2 * routerLimits.headerBytes)}`, 431],
    [
      'a body that is too long',
      `POST ${practiceRouter.control} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n${'b'.repeat(20_000)}`,
      413,
    ],
    [
      'a chunked body that is too long',
      `POST ${practiceRouter.control} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2000\r\n${'c'.repeat(8192)}\r\n`,
      413,
    ],
  ])('refuses %s, closes, and goes on', async (_, request, status) => {
    expect(await ask(request)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(await description()).toContain('HTTP/1.1 200');
  });

  test('is silent to what is no search for it, and goes on', async () => {
    const noSearches = [
      '',
      'M-SEARCH',
      search().replace('M-SEARCH', 'NOTIFY'),
      search().replace('"ssdp:discover"', 'ssdp:discover'),
      search('urn:schemas-upnp-org:device:MediaServer:1'),
      search('x'.repeat(longestSearch)),
      Buffer.alloc(60_000, 0xff),
    ];
    expect(await answerTo(...noSearches, search('upnp:rootdevice'))).toContain('\r\nST: upnp:rootdevice\r\n');
  });

  test('closes a connection that says nothing, and one that speaks too slowly, when their time is over', async () => {
    const connectionMs = 300;
    await using hasty = await openPracticeRouter(connectionMs);
    const begun = performance.now();
    const silent = open(hasty.webPort);
    const slow = open(hasty.webPort);
    const dripping = setInterval(() => slow.socket.write('G'), 20);
    await Promise.all([silent.closed, slow.closed]);
    clearInterval(dripping);
    expect(performance.now() - begun).toBeGreaterThan(connectionMs / 2);
  });

  test('closes the oldest of too many connections, so that it always answers a new one', async () => {
    const first = Array.from({length: routerLimits.connections + 4}, () => open());
    await Promise.all(first.slice(0, 4).map(({closed}) => closed));
    expect(await description()).toContain('HTTP/1.1 200');
    expect(first.filter(({socket}) => !socket.destroyed)).toHaveLength(routerLimits.connections - 1);
    for (const {socket} of first) socket.destroy();
  });

  test('makes no calls for others', async () => {
    await expect(lab.perform('router', {name: 'getifaddrs'})).rejects.toThrow('its own calls');
  });
});

describe('the process of the practice router', () => {
  const file = fileURLToPath(new URL('../../../dist/practice-router.js', import.meta.url));
  async function started() {
    const child = fork(file, {stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: []});
    await once(child, 'message');
    return child;
  }

  test('ends when its channel closes', async () => {
    const child = await started();
    const exited = once(child, 'exit');
    child.disconnect();
    expect(await exited).toEqual([0, null]);
  });

  test('stays through the signals that a terminal sends to all, and ends with SIGTERM', async () => {
    const child = await started();
    child.kill('SIGINT');
    child.kill('SIGHUP');
    child.send({id: 1, kind: 'call', call: {name: 'getifaddrs'}});
    await once(child, 'message');
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
  });

  test('is gone once its lab is disposed of', async () => {
    const other = await openLab(['router', 'client']);
    const pids = other.actors.map(({pid}) => pid);
    await other[Symbol.asyncDispose]();
    expect(areGone(pids)).toBe(true);
  });
});

describe('whatever comes', () => {
  const lines = fc.array(
    fc.oneof(fc.string(), fc.constantFrom('MAN: "ssdp:discover"', `ST: ${gatewayDevice}`, '', ':')),
  );
  const datagram = fc.oneof(
    fc.uint8Array({maxLength: 2 * longestSearch}),
    lines.map(rest => Buffer.from(['M-SEARCH * HTTP/1.1', ...rest].join('\r\n'))),
  );

  test('a datagram is answered only if it is a search, with lines that are all the router’s own', () => {
    fc.assert(
      fc.property(datagram, bytes => {
        const answer = searchAnswer(bytes, 1);
        expect(answer !== null).toBe([gatewayDevice, 'upnp:rootdevice', 'ssdp:all'].includes(searchedFor(bytes) ?? ''));
        expect(answer ?? '').toMatch(/^$|^(HTTP\/1\.1 200 OK\r\n([A-Z-]+:[ -~]*\r\n)+\r\n)$/);
      }),
    );
  });

  test('a head that is read has a first line, and names that are tokens', () => {
    fc.assert(
      fc.property(datagram, fc.nat(4096), (bytes, limit) => {
        const head = parseHead(bytes, limit);
        if (!head) return;
        expect(bytes.length).toBeLessThanOrEqual(limit);
        expect(head.start).not.toBe('');
        for (const name of head.fields.keys()) expect(name).toMatch(/^[!-9;-~]+$/);
      }),
    );
  });

  test('a request is answered with its external address only when that is what it asks for', () => {
    const word = fc.oneof(fc.string(), fc.constantFrom('GET', 'POST', practiceRouter.control, soapAction(wanService)));
    fc.assert(
      fc.property(word, word, word, (method, path, action) => {
        const {body} = webAnswer(method, path, action);
        const isAsked = method === 'POST' && path === practiceRouter.control && action === soapAction(wanService);
        expect(body.includes(practiceRouter.external)).toBe(isAsked);
      }),
    );
  });
});
