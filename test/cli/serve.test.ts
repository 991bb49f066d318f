import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {connect, createServer, type Socket} from 'node:net';
import {dirname, join} from 'node:path';
import {promisify} from 'node:util';
import {describe, expect, onTestFinished, test} from 'vitest';
import {makeFolder} from '../../src/lab/file/folder.ts';
import {program} from '../components/sockwalk.ts';
import {freshFolder} from '../fresh-folder.ts';
import {freePort, isListening} from '../kernel.ts';
import {areGone, childrenOf, isGone} from '../lab/processes.ts';
import {until} from '../lab/until.ts';
import {needs} from '../needs.ts';
import {ordinaryUser} from '../ordinary-user.ts';
import {linesOf, type Running, run, start, startCommand} from './run.ts';

interface Serving extends Running {
  readonly port: number;
}

/** `sockwalk serve` without a terminal, until the test is over. */
async function serve(...args: readonly string[]): Promise<Serving> {
  const port = await freePort();
  const running = start(['serve', ...(args.includes('--unix') ? [] : ['--port', String(port)]), ...args]);
  onTestFinished(async () => {
    running.child.kill('SIGTERM');
    await running.ended;
  });
  await until('it listens', () => /listening/.test(running.stdout()) || running.child.exitCode !== null);
  return {...running, port};
}

function open(where: {readonly port: number; readonly host: string} | {readonly path: string}) {
  const socket: Socket = connect(where);
  onTestFinished(() => void socket.destroy());
  let text = '';
  socket.setEncoding('latin1').on('data', part => {
    text += part;
  });
  socket.on('error', () => {});
  return {socket, text: () => text};
}

const local = (port: number) => ({port, host: '127.0.0.1'});
/** The lines without their times. */
const told = (running: Running): string[] =>
  linesOf(running.stdout()).map(line => line.replace(/^ *\d+\.\d{3} {2}/, ''));

test('it tells one line for each thing that happens, hostile bytes made harmless', async () => {
  const server = await serve();
  const {socket, text} = open(local(server.port));
  await until('it is greeted', () => text() === 'hello, world!');
  const {localPort} = socket;
  socket.end('\x1b[31mred\x07 \u202e\n');
  await until('it is told to have gone', () => server.stdout().includes('gone'));
  expect(told(server)).toEqual([
    `listening on 127.0.0.1:${server.port} (pid ${childrenOf(server.child.pid ?? 0)[0]}). To try it: nc 127.0.0.1 ${server.port} (a greeting of 13 bytes comes first; not with --no-greeting)`,
    `client 1  connected from 127.0.0.1:${localPort}`,
    'client 1  sent 14 bytes: \\x1b[31mred\\x07 \\u{202e}\\n',
    'client 1  is done sending (its FIN has come)',
    'client 1  gone: closed by both sides; 14 bytes in, 27 bytes out',
  ]);
});

test('--format json tells one event per line, numbered without gaps', async () => {
  const server = await serve('--format', 'json', '--greeting', 'こんにちは');
  const {socket, text} = open(local(server.port));
  await until('it is greeted', () => Buffer.from(text(), 'latin1').toString() === 'こんにちは');
  socket.end('bye');
  await until('it is told to have gone', () => server.stdout().includes('"closed"'));
  server.child.kill('SIGTERM');
  const {stdout, code} = await server.ended;
  const events = linesOf(stdout).map(line => JSON.parse(line));
  expect(events.map(({seq}) => seq)).toEqual(events.map((_, i) => i));
  expect(events.map(({kind}) => kind)).toEqual([
    ...['listening', 'connected', 'received', 'client-ended', 'closed', 'stopping', 'stopped'],
  ]);
  expect(events[2]).toMatchObject({client: 1, bytes: 3, data: Buffer.from('bye').toString('base64')});
  expect(code).toBe(0);
});

test.each([
  ['SIGTERM', 0],
  ['SIGINT', 130],
  ['SIGHUP', 129],
] as const)(
  '%s stops it, with %i, whether its clients close or not; what was sent is answered; nothing is left',
  async (signal, code) => {
    const server = await serve();
    const [speaking, silent] = [open(local(server.port)), open(local(server.port))];
    await until('both are greeted', () => speaking.text() !== '' && silent.text() !== '');
    const children = childrenOf(server.child.pid ?? 0);
    await new Promise(done => speaking.socket.write('last words', done));
    server.child.kill(signal);
    const ended = await server.ended;
    expect(ended).toMatchObject({code, stderr: ''});
    await until('its words came back', () => speaking.text() === 'hello, world!last words');
    expect(areGone(children)).toBe(true);
    expect(isListening(server.port)).toBe(false);
  },
);

test('SIGTERM ends it also where nobody reads its log', async () => {
  const port = await freePort();
  const child = spawn(process.execPath, [program, 'serve', '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await until('it listens', () => isListening(port));
  // Each client is three lines, of 50 bytes or more; a pipe holds 64 KiB.
  for (let i = 0; i < 20; i++) {
    const clients = Array.from({length: 50}, () => open(local(port)).socket.end());
    await Promise.all(clients.map(socket => once(socket, 'close')));
  }
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('when the program is killed, its server goes too', async () => {
  const path = join(freshFolder(), 'echo.sock');
  const server = await serve('--unix', path);
  const [child = 0] = childrenOf(server.child.pid ?? 0);
  process.kill(server.child.pid ?? 0, 'SIGKILL');
  await until('the server has gone', () => isGone(child));
  await until('the socket file too', () => !existsSync(path));
});

test('--unix serves at a path, replaces only a socket that nobody listens on, and removes it at the end', async () => {
  const path = join(freshFolder(), 'echo.sock');
  const left = spawn(process.execPath, ['-e', `require('net').createServer().listen(process.argv[1])`, path]);
  await until('a server is there', () => existsSync(path));
  const taken = await run(['serve', '--unix', path]);
  expect([taken.code, taken.stderr]).toEqual([1, expect.stringMatching(/Another server listens on .* \(EADDRINUSE\)/)]);
  left.kill('SIGKILL');
  await once(left, 'exit');
  const server = await serve('--unix', path);
  const {socket, text} = open({path});
  socket.write('over a path');
  await until('it echoes', () => text() === 'hello, world!over a path');
  server.child.kill('SIGTERM');
  const {code, stderr} = await server.ended;
  expect([code, stderr]).toEqual([0, expect.stringMatching(/was a socket file that an ended server left behind/)]);
  expect(existsSync(path)).toBe(false);
});

test.each(['SIGTERM', 'SIGKILL'] as const)(
  'what has taken the place of its socket file meanwhile is left there at %s',
  async signal => {
    const path = join(freshFolder(), 'echo.sock');
    const server = await serve('--unix', path);
    const [child = 0] = childrenOf(server.child.pid ?? 0);
    rmSync(path);
    const other = createServer().listen(path);
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    server.child.kill(signal);
    await server.ended;
    await until('the server has gone', () => isGone(child));
    expect(readdirSync(dirname(path))).toEqual(['echo.sock']);
    const {socket} = open({path});
    await once(socket, 'connect');
  },
);

test('the command that is named for a path is one that a shell takes', async () => {
  const path = join(freshFolder(), "it's here");
  const server = await serve('--unix', path, '--lang', 'en');
  const [, command = ''] = /To try it: (nc -U .+?) \(a greeting/.exec(server.stdout()) ?? [];
  const words = await promisify(execFile)('bash', ['-c', `printf '%s\\n' ${command}`]);
  expect(words.stdout).toBe(`nc\n-U\n${path}\n`);
});

test('a file that is no socket is never touched', async () => {
  const path = join(freshFolder(), 'precious');
  writeFileSync(path, 'mine');
  const {code, stdout, stderr} = await run(['serve', '--unix', path]);
  expect([code, stdout]).toEqual([1, '']);
  expect(linesOf(stderr)).toEqual([
    `sockwalk: ${path} is no socket (EADDRINUSE) and is left as it is. Name another path with --unix.`,
  ]);
  expect(readFileSync(path, 'utf8')).toBe('mine');
});

test.each([
  {args: ['--unix', `/tmp/${'x'.repeat(103)}`], says: /too long \(ENAMETOOLONG: 108 bytes, and at most 107 fit\)/},
  {args: ['--unix', '/no/such/folder/s'], says: /Cannot listen on \/no\/such\/folder\/s \(ENOENT: .*folder/},
  {args: ['--host', 'fe80::1', '--yes'], says: /\(EINVAL: .*needs its interface too/},
  {args: ['--host', '192.0.2.77', '--yes'], says: /\(EADDRNOTAVAIL: .*It has .*127\.0\.0\.1/},
])('where it cannot listen ($args) it says why and what to do in one sentence', async ({args, says}) => {
  const {code, stdout, stderr} = await run(['serve', ...args]);
  expect([code, stdout]).toEqual([1, '']);
  expect(linesOf(stderr)).toEqual([expect.stringMatching(says)]);
});

test('a port in use is refused with the kernel’s errno and its owner', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  const {port} = other.address() as {port: number};
  const {code, stderr} = await run(['serve', '--port', String(port)]);
  expect(code).toBe(1);
  expect(linesOf(stderr)).toEqual([
    expect.stringMatching(
      new RegExp(`^sockwalk: Cannot listen on 127\\.0\\.0\\.1:${port} \\(EADDRINUSE: .*pid ${process.pid}.*--port`),
    ),
  ]);
});

test('a port of UDP in use is refused with its owner too', async () => {
  const {createSocket} = await import('node:dgram');
  const other = createSocket('udp4').bind(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  const {code, stderr} = await run(['serve', '--udp', '--port', String(other.address().port)]);
  expect(code).toBe(1);
  expect(linesOf(stderr)).toEqual([expect.stringMatching(new RegExp(`EADDRINUSE: .*pid ${process.pid}.*--port`))]);
});

const asUsual = ordinaryUser();
const whyNotUsual = asUsual ? null : 'needs setpriv, and a folder that any account may read';

describe('an ordinary user', needs(whyNotUsual), () => {
  const ran = (...args: readonly string[]) => {
    const [command = '', ...rest] = [...(asUsual ?? []), process.execPath, program, 'serve', ...args];
    return startCommand(command, rest, {}).ended;
  };

  test(
    'may not listen on a privileged port, and hears from which on it may',
    needs(
      whyNotUsual,
      firstUnprivileged() > 80 ? null : 'needs a port that is privileged (ip_unprivileged_port_start)',
    ),
    async () => {
      const {code, stderr} = await ran('--port', '80');
      expect(code).toBe(1);
      expect(linesOf(stderr)).toEqual([
        expect.stringMatching(
          /127\.0\.0\.1:80 \(EACCES: .*Ports below \d+ need a privilege: name one from \d+ on with --port\.$/,
        ),
      ]);
    },
  );

  test('is not told that a folder is closed to it where the socket file there is', async () => {
    const {path: folder, ...made} = await makeFolder();
    onTestFinished(() => made[Symbol.asyncDispose]());
    const path = join(folder, 'closed.sock');
    const other = createServer().listen(path);
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    chmodSync(path, 0);
    const {code, stderr} = await ran('--unix', path);
    expect(code).toBe(1);
    expect(linesOf(stderr)).toEqual([
      `sockwalk: ${path} is a socket file that this account may not connect to (EACCES). Name another path with --unix.`,
    ]);
  });
});

function firstUnprivileged(): number {
  return Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8'));
}

test.each([
  {args: ['serve', '--host', 'router.local'], says: /no numeric address/, caret: null},
  {args: ['serve', '--host', '10.0.0.256'], says: /no numeric address/, caret: 7},
  {
    args: ['serve', '--max-clients', '0'],
    says: /--max-clients cannot be “0”\. It takes a whole number, 1 or more/,
    caret: null,
  },
  {args: ['serve', '--idle', '-3'], says: /--idle cannot be “-3”|--idle needs a value/, caret: null},
  {args: ['serve', '--unix', '/tmp/x', '--udp'], says: /--unix and --udp cannot go together/, caret: null},
  {args: ['play', 'echo', '--max-line', '3'], says: /--max-line goes with serve only/, caret: null},
  {args: ['serve', '--unix', ''], says: /--unix needs a value/, caret: null},
  {args: ['serve', '--max-rate', '5'], says: /--max-rate goes with --udp only/, caret: null},
  {args: ['serve', '8080'], says: /“8080” is one word too many/, caret: null},
  {args: ['serve', '--host', '0.0.0.0'], says: /say --yes/, caret: null},
])('$args is refused with exit code 2', async ({args, says, caret}) => {
  const {code, stdout, stderr} = await run(args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(says);
  if (caret !== null) expect(linesOf(stderr)[2]).toBe(`  ${' '.repeat(caret)}^`);
});

test('--udp echoes datagrams', async () => {
  const server = await serve('--udp');
  const {createSocket} = await import('node:dgram');
  const socket = createSocket('udp4');
  onTestFinished(() => void socket.close());
  const answer = once(socket, 'message');
  socket.send('ping', server.port, '127.0.0.1');
  expect(String((await answer)[0])).toBe('ping');
  server.child.kill('SIGTERM');
  expect(await server.ended).toMatchObject({code: 0, stderr: ''});
});

test('at its end it says how many datagrams got no answer', async () => {
  const server = await serve('--udp', '--lang', 'en');
  const {createSocket} = await import('node:dgram');
  const socket = createSocket('udp4');
  onTestFinished(() => void socket.close());
  socket.send('', server.port, '127.0.0.1');
  await until('it is told', () => server.stdout().includes('client 1  gets no answer: it has no bytes'));
  server.child.kill('SIGTERM');
  expect((await server.ended).stdout).toMatch(/stopped; 1 datagram got no answer\n$/);
});

test('a reader that goes away ends it, and its server', async () => {
  const port = await freePort();
  const child = spawn(
    'bash',
    ['-c', '"$@" | head -n 1', 'bash', process.execPath, program, 'serve', '--port', String(port), '--lang', 'en'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await until('it listens', () => isListening(port));
  // It notices when it has something to write; then its end is bash's too.
  await until('it has ended', async () => {
    const {socket} = open(local(port));
    await Promise.race([once(socket, 'connect'), once(socket, 'close')]).catch(() => {});
    socket.destroy();
    return child.exitCode !== null;
  });
  await until('nobody listens', () => !isListening(port));
});
