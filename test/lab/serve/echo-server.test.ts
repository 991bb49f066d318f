import {createSocket, type Socket} from 'node:dgram';
import {once} from 'node:events';
import {connect} from 'node:net';
import {Ajv} from 'ajv';
import {describe, expect, onTestFinished, test} from 'vitest';
import {whyUnanswered} from '../../../src/lab/kernel/unanswered.ts';
import {CannotListen} from '../../../src/lab/serve/echo-process.ts';
import {port} from '../../../src/model/brands.ts';
import type {ServeEvent} from '../../../src/model/serve.ts';
import {serveEventSchemas} from '../../../src/timeline/serve-schema.ts';
import {isGone} from '../processes.ts';
import {until} from '../until.ts';
import {type Client, Echo} from './echo.ts';

const greeting = 'hello, world!';
const noLimits = {clients: 10_000, perAddress: null, bytes: null, idle: null, line: null, rate: null};

test('a client is greeted with exactly 13 bytes, and every byte comes back as it came', async () => {
  const echo = await Echo.open();
  const client = await echo.client();
  await client.has(greeting);
  const bytes = Buffer.from(Array.from({length: 256}, (_, i) => i));
  client.socket.write(bytes);
  await client.has(greeting + bytes.toString('latin1'));
  expect(await echo.row(1)).toMatchObject({bytesIn: 256, bytesOut: 13 + 256, end: null});
});

test('a client that speaks at once is greeted first', async () => {
  const echo = await Echo.open();
  const client = await echo.client();
  client.socket.write('GETTING there\n');
  await client.has(`${greeting}GETTING there\n`);
});

test('what begins like a request and is none is greeted and echoed when it has become clear, or time has passed', async () => {
  const echo = await Echo.open({greeting: Buffer.from('hi ')});
  const [open, clear] = [await echo.client(), await echo.client()];
  open.socket.write('GET /no end of line');
  clear.socket.write('GET me out\n');
  await open.has('hi GET /no end of line');
  await clear.has('hi GET me out\n');
});

test('without a greeting nothing is sent before the client speaks', async () => {
  const echo = await Echo.open({greeting: new Uint8Array()});
  const client = await echo.client();
  client.socket.write('a');
  await client.has('a');
});

test('after the client’s FIN what is left is answered, and then the connection is closed from both sides', async () => {
  const echo = await Echo.open();
  const client = await echo.client();
  const data = 'x'.repeat(300_000);
  client.socket.end(data);
  await client.closed();
  expect(client.text).toBe(greeting + data);
  await until('it is seen to have gone', async () => (await echo.row(1)).end === 'closed');
  expect(await echo.row(1)).toMatchObject({bytesIn: 300_000, bytesOut: 300_013, hasEnded: true, errno: null});
});

test('a client that resets is told apart from one that closes', async () => {
  const echo = await Echo.open();
  const client = await echo.client();
  await client.has(greeting);
  client.socket.resetAndDestroy();
  expect(await echo.event('closed')).toMatchObject({client: 1, end: 'reset-by-client', errno: 'ECONNRESET'});
});

test('upper case leaves all but a-z as they are, also where a character is cut', async () => {
  const echo = await Echo.open({greeting: new Uint8Array()});
  await echo.server.setMode('upper-case');
  const client = await echo.client();
  const bytes = Buffer.from('aZ{`こé0');
  for (const byte of bytes) client.socket.write(Uint8Array.of(byte));
  await client.has(Buffer.from('AZ{`こé0').toString('latin1'));
});

test('delayed bytes keep their order, also when the mode changes while they wait', async () => {
  const echo = await Echo.open({greeting: new Uint8Array()});
  await echo.server.setMode('delayed');
  const client = await echo.client();
  const start = performance.now();
  client.socket.write('one ');
  await until('the server has it', async () => (await echo.row(1)).bytesIn === 4);
  expect((await echo.row(1)).unsent).toBe(4);
  await echo.server.setMode('echo');
  client.socket.end('two');
  await client.has('one two');
  expect(performance.now() - start).toBeGreaterThan(900);
});

test('a silent server reads and says nothing', async () => {
  const echo = await Echo.open();
  await echo.server.setMode('silent');
  const client = await echo.client();
  client.socket.end('anybody?');
  await client.closed();
  expect(client.text).toBe('');
  expect(await echo.event('closed')).toMatchObject({bytesIn: 8, bytesOut: 0});
});

describe('whoever watches', () => {
  test('stops reading: bytes stay in the kernel; goes on: they come back', async () => {
    const echo = await Echo.open({greeting: new Uint8Array()});
    const client = await echo.client();
    client.socket.write('a');
    await client.has('a');
    expect(await echo.server.act(1, {kind: 'pause'})).toBe(true);
    client.socket.write('bcd');
    await new Promise(done => client.socket.write('e', done));
    expect(await echo.row(1)).toMatchObject({bytesIn: 1, isPaused: true});
    await echo.server.act(1, {kind: 'resume'});
    await client.has('abcde');
  });

  test('half-closes: the client gets its end, and can go on sending', async () => {
    const echo = await Echo.open();
    const client = await echo.client({allowHalfOpen: true});
    await client.has(greeting);
    await echo.server.act(1, {kind: 'half-close'});
    await until('the client has the end', () => client.hasEnded);
    client.socket.write('still here');
    await until('it is read', async () => (await echo.row(1)).bytesIn === 10);
    expect(await echo.server.act(1, {kind: 'half-close'})).toBe(false);
    expect(await echo.server.act(1, {kind: 'send', data: Buffer.from('x')})).toBe(false);
    client.socket.end();
    await client.closed();
    expect(client.text).toBe(greeting);
  });

  test('resets', async () => {
    const echo = await Echo.open();
    const client = await echo.client();
    await client.has(greeting);
    await echo.server.act(1, {kind: 'reset'});
    await client.closed();
    expect(client.errno).toBe('ECONNRESET');
    expect(await echo.event('closed')).toMatchObject({end: 'reset-here'});
  });

  test('sends', async () => {
    const echo = await Echo.open();
    const client = await echo.client();
    expect(await echo.server.act(1, {kind: 'send', data: Buffer.from('from the server\n')})).toBe(true);
    await client.has(`${greeting}from the server\n`);
    expect(await echo.server.act(2, {kind: 'send', data: Buffer.from('nobody')})).toBe(false);
  });
});

describe('limits', () => {
  test('of clients: one too many is turned away, and there is room again when one has gone', async () => {
    const echo = await Echo.open({limits: {...noLimits, clients: 2}});
    const [first] = [await echo.client(), await echo.client()];
    const third = await echo.client();
    await third.closed();
    expect(third.text).toBe('');
    expect(await echo.event('turned-away')).toMatchObject({value: 2, from: {host: '127.0.0.1'}});
    expect((await echo.look()).totals).toMatchObject({open: 2, all: 2, turnedAway: 1});
    first.socket.end();
    await first.closed();
    await until('there is room', async () => (await echo.look()).totals.open === 1);
    await (await echo.client()).has(greeting);
  });

  test('of one address: it has no more than its share of the places', async () => {
    const echo = await Echo.open({limits: {...noLimits, perAddress: 1}});
    await echo.client();
    const second = await echo.client();
    await second.closed();
    expect(await echo.event('turned-away')).toMatchObject({limit: 'perAddress', value: 1, from: {host: '127.0.0.1'}});
    const elsewhere = connect({port: echo.port, host: '127.0.0.1', localAddress: '127.0.0.2'});
    const [greeted] = await once(elsewhere, 'data');
    expect(String(greeted)).toBe(greeting);
    elsewhere.destroy();
    expect((await echo.look()).totals).toMatchObject({all: 2, turnedAway: 1});
  });

  test('of bytes: as many as are allowed come back', async () => {
    const echo = await Echo.open({greeting: new Uint8Array(), limits: {...noLimits, bytes: 10}});
    const client = await echo.client();
    client.socket.write('0123456');
    await client.has('0123456');
    client.socket.write('789abc');
    await client.closed();
    expect(client.text).toBe('0123456789');
    expect(await echo.event('limited')).toMatchObject({client: 1, limit: 'bytes', value: 10});
    expect(await echo.event('closed')).toMatchObject({end: 'limited'});
  });

  test('of a line: lines that are short enough may be as many as they like', async () => {
    const echo = await Echo.open({greeting: new Uint8Array(), limits: {...noLimits, line: 5}});
    const client = await echo.client();
    client.socket.write('12345\n1234\n12');
    await client.has('12345\n1234\n12');
    client.socket.write('3456');
    await client.closed();
    expect(await echo.event('limited')).toMatchObject({limit: 'line', value: 5});
  });

  test('of idle time: a client that says nothing is closed', async () => {
    const echo = await Echo.open({limits: {...noLimits, idle: 1}});
    const client = await echo.client();
    await client.closed();
    expect(client.text).toBe(greeting);
    expect(await echo.event('limited')).toMatchObject({limit: 'idle', value: 1});
  });
});

test('events are kept up to a number; what is gone is counted', async () => {
  const echo = await Echo.open();
  await Promise.all(Array.from({length: 5000}, (_, i) => echo.server.setMode(i % 2 === 0 ? 'upper-case' : 'echo')));
  await echo.server.setMode('silent');
  const newest = (await echo.look({since: null, atMost: 1})).events[0];
  expect(newest?.kind).toBe('mode-changed');
  const {events, dropped} = await echo.look({since: 0, atMost: 1_000_000});
  expect(dropped + events.length).toBe((newest?.seq ?? 0) + 1);
  expect(events[0]?.seq).toBe(dropped);
});

/** How many stretches of a client were told of, and how many bytes they had. */
function heardOf(id: number, events: readonly ServeEvent[]) {
  const told = events.filter(event => 'client' in event && event.client === id);
  const one = told.filter(event => event.kind === 'received');
  const more = told.filter(event => event.kind === 'received-more');
  const sum = (all: readonly {readonly bytes: number}[]) => all.reduce((bytes, event) => bytes + event.bytes, 0);
  const chunks = one.length + more.reduce((count, event) => count + event.chunks, 0);
  return {chunks, bytes: sum(one) + sum(more), isSummedUp: more.length > 0, last: told.at(-1)?.kind};
}

test('what comes fast is told one by one or in sums, and none of it is lost', async () => {
  const echo = await Echo.open({greeting: new Uint8Array()});
  const slow = await echo.client();
  slow.socket.write('x');
  await slow.has('x');
  const quick = await Promise.all(Array.from({length: 20}, () => echo.client()));
  await Promise.all(quick.map(client => pingPong(client, 150)));
  for (const {socket} of [slow, ...quick]) socket.end();
  await Promise.all([slow, ...quick].map(client => client.closed()));
  await until('all are seen to have gone', async () => (await echo.look()).totals.open === 0);
  const {events} = await echo.look();
  const rows = await Promise.all(quick.map((_, i) => echo.row(i + 2)));
  const heard = rows.map(({id}) => heardOf(id, events));
  expect(heard).toMatchObject(rows.map(({chunks, bytesIn}) => ({chunks, bytes: bytesIn, last: 'closed'})));
  // A hundred of them in a hundred milliseconds are told one by one, however quick the machine is.
  const one = events.filter(({kind}) => kind === 'received');
  const windows = Math.ceil(((one.at(-1)?.at ?? 0) - (one[0]?.at ?? 0)) / 0.1) + 1;
  expect(one.length).toBeLessThanOrEqual(100 * windows);
  const isForced = rows.reduce((sum, {chunks}) => sum + chunks, 1) > 100 * windows;
  expect(heard.some(({isSummedUp}) => isSummedUp) || !isForced).toBe(true);
  expect(heardOf(1, events)).toEqual({chunks: 1, bytes: 1, isSummedUp: false, last: 'closed'});
});

/** Two bytes there and back, so many times. */
const pingPong = ({socket}: Client, times: number): Promise<void> =>
  new Promise(done => {
    let left = times;
    socket.on('data', () => {
      left -= 1;
      if (left > 0) socket.write('..');
      else done();
    });
    socket.write('..');
  });

test('when it stops, what the clients have sent is answered first, and all are closed, also who does not close', async () => {
  const echo = await Echo.open();
  const [client, deaf] = [await echo.client(), await echo.client({allowHalfOpen: true})];
  await deaf.has(greeting);
  const data = 'y'.repeat(200_000);
  await new Promise(done => client.socket.write(data, done));
  await echo.server.stop();
  await client.closed();
  expect(client.text).toBe(greeting + data);
  await until('the other one has the end', () => deaf.hasEnded);
  const {events} = await echo.look();
  expect(events.slice(-1)).toMatchObject([{kind: 'stopped'}]);
  await expect(echo.client()).rejects.toMatchObject({code: 'ECONNREFUSED'});
});

test('a port that is taken is refused with the kernel’s errno, and no process is left', async () => {
  const echo = await Echo.open();
  const again = Echo.open({place: {kind: 'tcp', host: '127.0.0.1', port: port(echo.port)}});
  await expect(again).rejects.toEqual(new CannotListen('EADDRINUSE'));
});

test('the server’s process ends when it is let go', async () => {
  const echo = await Echo.open();
  await echo.server[Symbol.asyncDispose]();
  expect(isGone(echo.server.pid)).toBe(true);
  expect(
    await echo.server.look({
      page: {order: 'newest', count: 1, top: 0, cursor: null, move: 0},
      detail: null,
      since: 0,
      atMost: 1,
      waits: false,
    }),
  ).toBe(null);
});

test('every kind of event is told as the schema has it', async () => {
  const echo = await Echo.open({limits: {...noLimits, clients: 3, bytes: 40_000_000, line: 50_000_000}});
  const [brief, deaf] = [await echo.client(), await echo.client()];
  brief.socket.end('x');
  await echo.event('closed');
  // Where there is a greeting, it comes first if the request is slow to come.
  const ungreeting = await Echo.open({greeting: Buffer.alloc(0)});
  (await ungreeting.client()).socket.end('GET / HTTP/1.0\r\n\r\n');
  await ungreeting.event('recognized');
  deaf.socket.pause();
  for (let i = 0; i < 30; i++) deaf.socket.write(Buffer.alloc(1024 * 1024, 'x'));
  await echo.event('not-reading');
  const [acted] = [await echo.client(), await echo.client(), await echo.client()];
  await echo.event('turned-away');
  for (const kind of ['pause', 'resume', 'half-close', 'reset'] as const) await echo.server.act(3, {kind});
  deaf.socket.resume();
  deaf.socket.write(Buffer.alloc(20_000_000, 'y'));
  await echo.event('limited');
  await acted.closed();
  await echo.server.setMode('delayed');
  await echo.server.stop();
  const udp = await Echo.open({place: {kind: 'udp', host: '127.0.0.1', port: port(0)}});
  const socket = createSocket('udp4');
  socket.send('', udp.port, '127.0.0.1');
  await udp.event('unanswered');
  socket.close();
  const looks = [await echo.look({atMost: 100_000}), await ungreeting.look(), await udp.look()];
  const events = looks.flatMap(look => look.events);
  const ajv = new Ajv();
  const validate = Object.fromEntries(
    Object.entries(serveEventSchemas).map(([kind, schema]) => [kind, ajv.compile(schema)]),
  );
  for (const event of JSON.parse(JSON.stringify(events)) as ServeEvent[])
    expect([event, validate[event.kind]?.(event), validate[event.kind]?.errors]).toEqual([event, true, null]);
  // Bytes are told in sums only where they come faster than this machine may be: see received-teller.test.ts.
  const kinds = new Set([...events.map(({kind}) => kind), 'received-more', 'dropped']);
  expect([...kinds].sort()).toEqual(Object.keys(serveEventSchemas).sort());
});

describe('UDP', () => {
  const open = () =>
    Echo.open({place: {kind: 'udp', host: '127.0.0.1', port: port(0)}, limits: {...noLimits, clients: 2}});

  test('each datagram comes back whole, without a greeting; an address is a client', async () => {
    const echo = await open();
    const socket = createSocket('udp4');
    for (const text of ['one', '2', 'three']) {
      const answer = once(socket, 'message');
      socket.send(text, echo.port, '127.0.0.1');
      expect(String((await answer)[0])).toBe(text);
    }
    expect(await echo.row(1)).toMatchObject({bytesIn: 9, bytesOut: 9, chunks: 3, end: null});
    socket.close();
  });

  test('where too many addresses are known, the one that was silent longest is forgotten', async () => {
    const echo = await open();
    const sockets = [createSocket('udp4'), createSocket('udp4'), createSocket('udp4')];
    for (const socket of sockets) {
      const answer = once(socket, 'message');
      socket.send('x', echo.port, '127.0.0.1');
      await answer;
    }
    expect(await echo.row(1)).toMatchObject({end: 'forgotten'});
    expect((await echo.look()).totals).toMatchObject({open: 2, all: 3});
    for (const socket of sockets) socket.close();
  });

  /** A socket of the learner’s on a port of its own choice, where that is free. */
  async function bound(n: number, host = '127.0.0.1'): Promise<Socket | null> {
    const socket = createSocket('udp4');
    onTestFinished(() => void socket.close());
    const listening = once(socket, 'listening').then(
      () => socket,
      () => null,
    );
    socket.bind(n, host);
    return listening;
  }

  /** What comes back of datagrams, the last of which is answered in any case: those before it have been read by then. */
  async function answersTo(echo: Echo, socket: Socket, texts: readonly string[]): Promise<readonly string[]> {
    const last = createSocket('udp4');
    const answers: string[] = [];
    socket.on('message', answer => answers.push(String(answer)));
    for (const text of texts) await new Promise(done => socket.send(text, echo.port, '127.0.0.1', done));
    const answered = once(last, 'message');
    last.send('the last', echo.port, '127.0.0.1');
    await answered;
    last.close();
    return answers;
  }

  test('an empty datagram is not answered, and counted', async () => {
    const echo = await open();
    const socket = createSocket('udp4');
    onTestFinished(() => void socket.close());
    expect(await answersTo(echo, socket, ['', '', 'x'])).toEqual(['x']);
    expect(await echo.event('unanswered')).toMatchObject({client: 1, why: 'empty'});
    const {events, totals} = await echo.look();
    expect(events.filter(({kind}) => kind === 'unanswered')).toHaveLength(1);
    expect(totals).toMatchObject({unanswered: 2});
  });

  test('a service that answers whatever comes is not answered', async ({skip}) => {
    const echo = await open();
    const chargen = await bound(19);
    if (!chargen) return skip('needs the privilege for port 19');
    expect(await answersTo(echo, chargen, ['!"#$'])).toEqual([]);
    expect(await echo.event('unanswered')).toMatchObject({why: 'service'});
  });

  test.each([
    {from: '127.0.0.1', own: '127.0.0.1', why: 'itself'},
    {from: '127.0.0.2', own: '127.0.0.1', why: null},
    {from: '127.0.0.2', own: '0.0.0.0', why: 'itself'},
    {from: '::1', own: '::', why: 'itself'},
    {from: '::ffff:127.0.0.1', own: '::', why: 'itself'},
    {from: '192.0.2.1', own: '0.0.0.0', why: null},
  ])('from the same port of $from to a server on $own: $why', ({from, own, why}) => {
    const at = (host: string) => ({host, port: port(5000)});
    expect(whyUnanswered(Buffer.from('x'), at(from), at(own))).toBe(why);
    expect(whyUnanswered(Buffer.from('x'), {...at(from), port: port(5001)}, at(own))).toBe(null);
  });

  test('two servers that echo each other come to an end', async () => {
    const echo = await Echo.open({
      place: {kind: 'udp', host: '127.0.0.1', port: port(0)},
      limits: {...noLimits, rate: 100},
    });
    // A bare echo, as anybody’s is, which begins.
    const bare = createSocket('udp4');
    onTestFinished(() => void bare.close());
    bare.on('message', (bytes, {address, port}) => bare.send(bytes, port, address));
    bare.send('ping', echo.port, '127.0.0.1');
    expect(await echo.event('limited')).toMatchObject({client: 1, limit: 'rate', value: 100});
    await until('nothing comes any more', async () => {
      const before = (await echo.row(1)).chunks;
      await new Promise(done => setTimeout(done, 50));
      return (await echo.row(1)).chunks === before;
    });
    expect(await echo.row(1)).toMatchObject({chunks: 101, end: 'limited'});
    // Silent for a second, it is answered again.
    await until('it is answered', async () => {
      await new Promise(done => setTimeout(done, 1100));
      bare.removeAllListeners('message');
      const before = (await echo.row(1)).bytesOut;
      bare.send('again', echo.port, '127.0.0.1');
      await until('it is read', async () => (await echo.row(1)).bytesIn > 404);
      return (await echo.row(1)).bytesOut > before;
    });
  });

  test('an address that has its share of the places gives up one of its own for another', async () => {
    const echo = await Echo.open({
      place: {kind: 'udp', host: '127.0.0.1', port: port(0)},
      limits: {...noLimits, clients: 10, perAddress: 2},
    });
    const quiet = (await bound(0, '127.0.0.2')) as Socket;
    await answersTo(echo, quiet, ['x']);
    for (let i = 0; i < 3; i++) await answersTo(echo, (await bound(0)) as Socket, ['x']);
    const {page, totals} = await echo.look();
    expect(totals.open).toBe(3);
    expect(page.clients.find(({from}) => from && 'host' in from && from.host === '127.0.0.2')?.end).toBe(null);
  });
});
