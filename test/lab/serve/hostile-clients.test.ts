import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {connect} from 'node:net';
import {expect, onTestFinished, test} from 'vitest';
import {until} from '../until.ts';
import {Echo} from './echo.ts';

const noGreeting = {greeting: new Uint8Array(), tellsBytes: false};

/** Resident memory of a process, in MB (man 5 proc, VmRSS). */
const residentMb = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** Sees that the server still answers others. */
async function expectServed(echo: Echo): Promise<void> {
  const other = await echo.client();
  other.socket.write('and I?');
  await until('another client is answered', () => other.text === 'and I?');
  other.socket.destroy();
}

test('a client that never reads is held back, named, and costs no more memory than its buffers', async () => {
  const echo = await Echo.open(noGreeting);
  const client = await echo.client();
  client.socket.pause();
  const before = residentMb(echo.server.pid);
  const part = Buffer.alloc(1024 * 1024, 'x');
  for (let i = 0; i < 64; i++) client.socket.write(part);
  expect(await echo.event('not-reading')).toMatchObject({client: 1});
  const row = await echo.row(1);
  expect(row.heldSince).not.toBe(null);
  expect(row.unsent).toBeGreaterThan(0);
  expect(row.unsent).toBeLessThan(1024 * 1024);
  expect(residentMb(echo.server.pid) - before).toBeLessThan(40);
  await expectServed(echo);
});

test('100 MB in one go come back, all of them in order', async () => {
  const echo = await Echo.open(noGreeting);
  const socket = connect({port: echo.port, host: '127.0.0.1', allowHalfOpen: true});
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  const total = 100 * 1024 * 1024;
  let back = 0;
  let isInOrder = true;
  socket.on('data', (chunk: Buffer) => {
    isInOrder &&= chunk[0] === back % 251 && chunk[chunk.length - 1] === (back + chunk.length - 1) % 251;
    back += chunk.length;
  });
  // A period that no buffer’s size is a multiple of.
  const part = Buffer.from(Array.from({length: 251 * 4000}, (_, i) => i % 251));
  for (let sent = 0; sent < total; ) {
    const next = part.subarray(0, total - sent);
    if (!socket.write(next)) await once(socket, 'drain');
    sent += next.length;
  }
  socket.end();
  await once(socket, 'end');
  expect([back, isInOrder]).toEqual([total, true]);
  expect(residentMb(echo.server.pid)).toBeLessThan(250);
});

test('a client that never sends, and one that sends byte by byte, are served beside others', async () => {
  const echo = await Echo.open(noGreeting);
  const [, slow] = [await echo.client(), await echo.client()];
  for (const byte of 'slowly') {
    slow.socket.write(byte);
    await until('the byte is back', () => slow.text.endsWith(byte));
  }
  expect(await echo.row(1)).toMatchObject({bytesIn: 0, chunks: 0});
  expect(await echo.row(2)).toMatchObject({bytesIn: 6, chunks: 6});
});

test('2,000 clients that connect and close or reset at once leave nothing behind', async () => {
  const echo = await Echo.open();
  for (let round = 0; round < 20; round++) {
    await Promise.all(
      Array.from({length: 100}, async (_, i) => {
        const socket = connect({port: echo.port, host: '127.0.0.1'});
        socket.on('error', () => {});
        await once(socket, 'connect');
        const closed = once(socket, 'close');
        if (i % 2 === 0) socket.resetAndDestroy();
        else socket.destroy();
        await closed;
      }),
    );
  }
  await until('all have gone', async () => {
    const {open, all} = (await echo.look()).totals;
    return all === 2000 && open === 0;
  });
  expect((await echo.look()).page.total).toBe(100);
  const {events, dropped} = await echo.look({atMost: 100_000});
  expect(dropped + events.length).toBeGreaterThanOrEqual(4001);
  const fresh = await echo.client();
  fresh.socket.write('still there?');
  await fresh.has('hello, world!still there?');
});

test('random bytes come back as they are', async () => {
  const echo = await Echo.open(noGreeting);
  const bytes = Buffer.from(Array.from({length: 20_000}, (_, i) => (i * 2654435761) >>> 24));
  const client = await echo.client();
  client.socket.end(bytes);
  await client.closed();
  expect(client.received.equals(bytes)).toBe(true);
});

test('a line without end is echoed, and takes no room', async () => {
  const echo = await Echo.open(noGreeting);
  const client = await echo.client();
  const before = residentMb(echo.server.pid);
  for (let i = 0; i < 32; i++) {
    client.socket.write(Buffer.alloc(1024 * 1024, 'a'));
    await until('it is back', () => client.received.length === (i + 1) * 1024 * 1024);
  }
  expect(residentMb(echo.server.pid) - before).toBeLessThan(100);
});

test('a delayed server that is flooded reads no more than it keeps', async () => {
  const echo = await Echo.open(noGreeting);
  await echo.server.setMode('delayed');
  const client = await echo.client();
  const data = Buffer.alloc(2 * 1024 * 1024, 'd');
  client.socket.end(data);
  await until('it has begun', async () => (await echo.row(1)).bytesIn > 0);
  expect((await echo.row(1)).unsent).toBeLessThan(512 * 1024);
  await echo.server.setMode('echo');
  await client.closed();
  expect(client.received.length).toBe(data.length);
});

test('a request of HTTP whose head never ends is answered with what has come', async () => {
  const echo = await Echo.open();
  const client = await echo.client();
  client.socket.write(`GET / HTTP/1.1\r\n${'X-Long: '.padEnd(20_000, 'x')}`);
  await client.closed();
  expect(client.text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
});
