import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {createServer, type Server, type Socket} from 'node:net';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, onTestFinished, test} from 'vitest';
import {openLab} from '../../src/lab/lab.ts';
import {fd} from '../../src/model/brands.ts';
import {program} from '../components/sockwalk.ts';
import {freshFolder} from '../fresh-folder.ts';
import {freePort} from '../kernel.ts';
import {must} from '../lab/calls.ts';
import {until} from '../lab/until.ts';
import {openTerminal, type Terminal} from '../pty.ts';
import {terminalEnvironment} from '../pty-environment.ts';
import {linesOf, run} from './run.ts';

/** Sends all back, the last byte first, once the client is done, and ends. */
async function reversing(where: string | number): Promise<Server> {
  const server = createServer({allowHalfOpen: true}, (socket: Socket) => {
    const parts: Buffer[] = [];
    socket.on('data', part => parts.push(part));
    socket.on('end', () => socket.end(Buffer.concat(parts).reverse()));
  });
  server.listen(where as number);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return server;
}

/** `sockwalk connect` with something on its standard input. */
async function piped(
  input: Buffer,
  ...args: readonly string[]
): Promise<{code: number; stdout: Buffer; stderr: string}> {
  const child = spawn(process.execPath, [program, 'connect', ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: terminalEnvironment({XDG_DATA_HOME: freshFolder()}),
  });
  const out: Buffer[] = [];
  let stderr = '';
  child.stdout.on('data', part => out.push(part));
  child.stderr.on('data', part => {
    stderr += part;
  });
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  return {code, stdout: Buffer.concat(out), stderr};
}

test('standard input goes to the server, FIN at its end, and what comes goes to standard output as it is', async () => {
  const server = await reversing(0);
  const {port} = server.address() as {port: number};
  const bytes = Buffer.from(Array.from({length: 256}, (_, i) => i));
  const {code, stdout, stderr} = await piped(bytes, `localhost:${port}`);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toEqual(Buffer.from(bytes).reverse());
});

/** A line for bash in a terminal, where "$@" is `sockwalk connect` to this server. */
function inTerminal(line: string, server: Server): Terminal {
  const {port} = server.address() as {port: number};
  const command = [process.execPath, program, 'connect', `127.0.0.1:${port}`];
  const env = {XDG_DATA_HOME: freshFolder()};
  const terminal = openTerminal('bash', ['-c', line, 'bash', ...command], {columns: 80, rows: 24, env});
  onTestFinished(() => terminal[Symbol.asyncDispose]());
  return terminal;
}

describe('in a terminal, without a screen', () => {
  test.each([
    {line: 'echo hi | "$@"; echo "code $?"', shows: /^\nihcode 0\n/},
    {line: '"$@" < <(echo hi); echo "code $?"', shows: /^\nihcode 0\n/},
    {line: '"$@" </dev/null; echo "code $?"', shows: /^code 0\n/},
    {line: 'set -o pipefail; echo hi | "$@" | cat; echo "code $?"', shows: /^\nihcode 0\n/},
    {line: String.raw`printf 'a\033[2Jb\303' | "$@"; echo "; code $?"`, shows: /^\ufffdb.*J2\[\?a; code 0\n/},
    {
      line: '"$@" 0>/dev/null; echo "code $?"',
      shows: /^sockwalk: Standard input cannot be read \(EBADF: .*\)\.\ncode 1\n/,
    },
  ])('$line', async ({line, shows}) => {
    const terminal = inTerminal(line, await reversing(0));
    await terminal.exited;
    expect(terminal.text()).toMatch(shows);
  });

  test('what is typed goes out by line, what comes goes into a pipe, and Ctrl+D is the end', async () => {
    const terminal = inTerminal('"$@" | tr a-z A-Z', await reversing(0));
    terminal.type('one\r');
    await terminal.until('one');
    terminal.type('\x04');
    await terminal.until('ENO');
    expect(await terminal.exited).toMatchObject({exitCode: 0});
  });

  test('a person at the keyboard is not left with a server that has ended', async () => {
    const server = createServer(socket => socket.end('bye\n')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const terminal = inTerminal('set -o pipefail; "$@" | cat; echo "code $?"', server);
    await terminal.until(/^bye\ncode 0/);
  });
});

test('a server that is done sending still hears what standard input has to say', async () => {
  const parts: Buffer[] = [];
  const server = createServer({allowHalfOpen: true}, socket => {
    socket.end('that was all');
    socket.on('data', part => parts.push(part));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const {port} = server.address() as {port: number};
  const child = spawn(process.execPath, [program, 'connect', `127.0.0.1:${port}`], {stdio: ['pipe', 'pipe', 'pipe']});
  await once(child.stdout, 'data');
  child.stdin.write('one ');
  await until('it is heard', () => Buffer.concat(parts).toString() === 'one ');
  child.stdin.end('two');
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(Buffer.concat(parts).toString()).toBe('one two');
});

test('a path is a Unix socket', async () => {
  const path = join(freshFolder(), 'shout.sock');
  await reversing(path);
  expect(await piped(Buffer.from('by path\n'), path)).toMatchObject({code: 0, stdout: Buffer.from('\nhtap yb')});
});

test('a server that resets ends it with 1 and the errno', async () => {
  const server = createServer(socket => socket.once('data', () => socket.resetAndDestroy())).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const {port} = server.address() as {port: number};
  const {code, stderr} = await piped(Buffer.from('x'), `127.0.0.1:${port}`);
  expect([code, stderr]).toEqual([
    1,
    'sockwalk: The connection ended before its time (ECONNRESET: connection reset by peer).\n',
  ]);
});

/** A socket file that a server left behind which was killed. */
async function stalePath(): Promise<string> {
  const path = join(freshFolder(), 's');
  const server = spawn(process.execPath, ['-e', `require('net').createServer().listen(process.argv[1])`, path]);
  await until('it listens', () => existsSync(path));
  server.kill('SIGKILL');
  await once(server, 'exit');
  return path;
}

async function datagramPath(): Promise<string> {
  const path = join(freshFolder(), 's');
  const lab = await openLab(['server']);
  onTestFinished(() => lab[Symbol.asyncDispose]());
  const {value} = await must(lab, 'server', {name: 'socket', domain: 'AF_UNIX', type: 'SOCK_DGRAM', protocol: 0});
  await must(lab, 'server', {name: 'bind', fd: fd(value), address: {family: 'AF_UNIX', path}});
  return path;
}

/** Of which the first 107 bytes are a server’s path. */
async function tooLongPath(): Promise<string> {
  const path = join(freshFolder(), 's').padEnd(107, 's');
  await reversing(path);
  return `${path}s`;
}

test.each([
  {
    to: async () => `127.0.0.1:${await freePort()}`,
    says: /ECONNREFUSED: connection refused\)\. Nobody listens there\./,
  },
  // A label of more than 63 characters (RFC 1035 section 2.3.4): no resolver is asked for it.
  {to: async () => `${'x'.repeat(64)}.invalid:80`, says: /\((ENOTFOUND|EAI_AGAIN): .*\. .*address in numbers\.$/},
  {to: async () => '/no/such/socket', says: /\(ENOENT: .*There is no socket at that path\./},
  {to: async () => fileURLToPath(import.meta.url), says: /\(ECONNREFUSED: .*That file is no socket\./},
  {to: async () => `${fileURLToPath(import.meta.url)}/x`, says: /\(ENOTDIR: .*is no directory\./},
  {to: stalePath, says: /\(ECONNREFUSED: .*nobody listens on it\. .*sockwalk serve --unix \//},
  {to: datagramPath, says: /\(EPROTOTYPE: .*no stream/},
  // libuv would cut it, and connect to what is at the shorter path.
  {to: tooLongPath, says: /\(ENAMETOOLONG: .*at most 107 bytes\./},
])('what cannot be connected to is one sentence with the errno, and exit code 1: $says', async ({to, says}) => {
  const {code, stdout, stderr} = await run(['connect', await to()]);
  expect([code, stdout]).toEqual([1, '']);
  expect(linesOf(stderr)).toEqual([expect.stringMatching(says)]);
});

test.each([
  {word: 'localhost', caret: 9},
  {word: '127.0.0.1:', caret: 10},
  {word: '127.0.0.1:80a', caret: 12},
  {word: '127.0.0.1:70000', caret: 10},
  {word: '127.0.0.256:80', caret: 8},
  {word: '::1:80', caret: 0},
  {word: '[::1:80', caret: 7},
  {word: '[::1]80', caret: 5},
  {word: '[::g]:80', caret: 1},
  {word: 'ho st:80', caret: 2},
  {word: 'ホスト:80', caret: 0},
  {word: '\x1b[2J:80', caret: 0},
])('$word is no address: a caret stands under the place, exit code 2', async ({word, caret}) => {
  const {code, stdout, stderr} = await run(['connect', word]);
  expect([code, stdout]).toEqual([2, '']);
  const [sentence, shown, place] = linesOf(stderr);
  expect(sentence).toMatch(/^sockwalk: .+\.$/);
  expect(shown).toBe(`  ${word.replace('\x1b', '?')}`);
  expect(place).toBe(`  ${' '.repeat(caret)}^`);
});

test('connect needs one word', async () => {
  expect(await run(['connect'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('sockwalk connect 127.0.0.1:8080'),
  });
});
