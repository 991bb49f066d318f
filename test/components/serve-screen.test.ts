import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {connect, createServer, type Socket} from 'node:net';
import {join} from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import {afterAll, beforeAll, describe, expect, test as one, type TestContext} from 'vitest';
import {mayCapture} from '../../src/app/run/network-choice.ts';
import {freshFolder} from '../fresh-folder.ts';
import {freePort, isListening} from '../kernel.ts';
import {childrenOf, isGone} from '../lab/processes.ts';
import {until} from '../lab/until.ts';
import {inSoak} from '../long.ts';
import {needs} from '../needs.ts';
import {ordinaryUser} from '../ordinary-user.ts';
import {openTerminal, type Terminal} from '../pty.ts';
import {briefly, program} from './sockwalk.ts';

// Every group has a program of its own, and mostly waits.
const test = one.concurrent;

type Finished = Pick<TestContext, 'onTestFinished'>;

interface Screen extends AsyncDisposable {
  readonly terminal: Terminal;
  readonly port: number;
}

const dispose = (terminal: Terminal) => async () => {
  terminal.signal('SIGTERM');
  await terminal[Symbol.asyncDispose]();
};

async function serve({
  columns = 80,
  rows = 24,
  args = [] as readonly string[],
  as = [] as readonly string[],
} = {}): Promise<Screen> {
  const port = await freePort();
  const where = args.includes('--unix') ? [] : ['--port', String(port)];
  const [command = '', ...rest] = [
    ...as,
    process.execPath,
    ...briefly,
    program,
    'serve',
    ...where,
    '--lang',
    'en',
    ...args,
  ];
  const terminal = openTerminal(command, rest, {columns, rows, env: {XDG_DATA_HOME: freshFolder()}});
  await terminal.until('Nobody has connected yet');
  return {terminal, port, [Symbol.asyncDispose]: dispose(terminal)};
}

interface Client {
  readonly socket: Socket;
  readonly text: () => string;
  hasEnded: boolean;
}

async function client(port: number, {onTestFinished}: Finished): Promise<Client> {
  const socket = connect({port, host: '127.0.0.1', allowHalfOpen: true});
  onTestFinished(() => void socket.destroy());
  const parts: Buffer[] = [];
  const found = {socket, text: () => Buffer.concat(parts).toString(), hasEnded: false};
  socket.on('data', part => parts.push(part));
  socket.on('error', () => {});
  socket.on('end', () => {
    found.hasEnded = true;
  });
  await once(socket, 'connect');
  await until('it is greeted', () => found.text() === 'hello, world!');
  return found;
}

/** The line of a client in the list. */
const row = (n: number, text: string) => new RegExp(`^ [ >] +${n} 127\\.0\\.0\\.1:\\d+ .*${text}`, 'm');

const isList = (screen: string) => /Nobody has connected yet|^ [ >] +\d+ 127/m.test(screen);

/** One server for all tests of a describe, which run one after the other, each with clients of its own. */
function oneServer(options: Parameters<typeof serve>[0]) {
  let screen: Screen | null = null;
  beforeAll(async () => {
    screen = await serve(options);
  });
  afterAll(() => screen?.[Symbol.asyncDispose]());
  /** The list, when nobody is connected any more. */
  const fresh = async (): Promise<Screen> => {
    if (!screen) throw new Error('no server');
    const {terminal} = screen;
    if (!isList(terminal.text())) terminal.press('Esc');
    await terminal.until(now => isList(now) && /Nobody has connected yet| 0 open /.test(now));
    return screen;
  };
  /** One more client, the newest in the list, which the cursor is on; `n` is its number there. */
  const join = async (finished: Finished): Promise<Client & {readonly n: number}> => {
    if (!screen) throw new Error('no server');
    const joined = await client(screen.port, finished);
    const own = new RegExp(`^ [ >] +(\\d+) 127\\.0\\.0\\.1:${joined.socket.localPort} .*ESTABLISHED`, 'm');
    screen.terminal.press('Home');
    await screen.terminal.until(own);
    const n = Number(own.exec(screen.terminal.text())?.[1]);
    await screen.terminal.until(new RegExp(`^ > +${n} 127`, 'm'));
    return Object.assign(joined, {n});
  };
  return {fresh, join};
}

type Server = ReturnType<typeof oneServer>;

const mayNotCapture = (await mayCapture()) ? null : 'needs CAP_NET_RAW';

/** The first of a server’s tests: who has connected is told how no more. */
function tellsHow({fresh, join}: Server, columns: number, rows: number): void {
  one.sequential(
    `at ${columns} x ${rows} it says how to connect, and shows clients as they come and go`,
    async context => {
      const {terminal, port} = await fresh();
      for (const way of [
        `nc 127.0.0.1 ${port}`,
        `curl http://127.0.0.1:${port}/`,
        `sockwalk connect 127.0.0.1:${port}`,
      ])
        expect(terminal.text()).toContain(way);
      const {n, socket} = await join(context);
      const queues = columns < 76 ? '' : '+0 +0 ';
      await terminal.until(row(n, `ESTABLISHED ${queues}+0 +13`));
      socket.end('bye\x1b[2J\x07');
      await terminal.until(row(n, `closed ${queues.replaceAll('0', '-')}+8 +21`));
      expect(terminal.raw).not.toContain('\x07');
    },
  );
}

function showsFrames({fresh, join}: Server, columns: number, rows: number): void {
  one.sequential(
    `the frames of a client pass before the eyes of whoever opens it, and nobody captures after that, at ${columns} x ${rows}`,
    needs(mayNotCapture),
    async context => {
      const {terminal} = await fresh();
      const [one, other] = [await join(context), await join(context)];
      expect(childrenOf(terminal.pid)).toHaveLength(1);
      terminal.press('Down');
      await terminal.until(new RegExp(`^ > +${one.n} `, 'm'));
      terminal.press('Enter');
      await terminal.until('On lo since you opened it: 0 frames, 0 dropped');
      other.socket.write('not of this one');
      await until('it is back', () => other.text().endsWith('one'));
      one.socket.write('seven!!');
      // Whether the server acknowledges before it answers is the kernel's choice.
      await terminal.until(/\d\.\d{3} │[^←]*7B.*→│ .*seq 0 ack 7 win \d+ len 7/);
      await terminal.until(/\d\.\d{3} │←.*ACK.*│ .*seq 7 ack 7 win \d+/);
      if (rows > 18) expect(terminal.text()).toMatch(/ 0\.000 │←.*7B.*│ .*seq 0 ack 0 win \d+ len 7/);
      one.socket.resetAndDestroy();
      await terminal.until(/│←.*RST.*│/);
      terminal.press('Esc');
      await until('nothing is captured', () => childrenOf(terminal.pid).length === 1);
    },
  );
}

const ways = {
  q: ({terminal}: Screen) => terminal.press('q'),
  'Ctrl+C': ({terminal}: Screen) => terminal.press('Ctrl+C'),
  SIGTERM: ({terminal}: Screen) => terminal.signal('SIGTERM'),
  SIGHUP: ({terminal}: Screen) => terminal.signal('SIGHUP'),
};

/** The last of a server’s tests. */
function leaves({fresh, join}: Server, way: keyof typeof ways, code: number): void {
  one.sequential(`${way} closes the connections, leaves with ${code} and leaves nothing behind`, async context => {
    const screen = await fresh();
    const one = await join(context);
    const children = childrenOf(screen.terminal.pid);
    expect(children).toHaveLength(1);
    ways[way](screen);
    expect((await screen.terminal.exited).exitCode).toBe(code);
    await until('the client has the end', () => one.hasEnded);
    expect(screen.terminal.isAlternateScreen()).toBe(false);
    expect(children.every(isGone)).toBe(true);
    expect(isListening(screen.port)).toBe(false);
  });
}

describe.concurrent('on a small screen', () => {
  const server = oneServer({columns: 60, rows: 18});
  inSoak(() => tellsHow(server, 60, 18));
  showsFrames(server, 60, 18);
  leaves(server, 'SIGHUP', 129);
});

describe.concurrent('on a usual screen', () => {
  const server = oneServer({columns: 80, rows: 24});
  const {fresh, join} = server;
  tellsHow(server, 80, 24);

  one.sequential('p leaves bytes in the receive queue until it is pressed again', async context => {
    const {terminal} = await fresh();
    const {n, ...one} = await join(context);
    terminal.press('p');
    await terminal.until(row(n, 'paused'));
    one.socket.write('five!');
    await terminal.until(row(n, 'ESTABLISHED +5 +0 +0 '));
    terminal.press('Enter');
    await terminal.until(/server’s end +ESTABLISHED {2}Recv-Q 5 {2}Send-Q 0/);
    await terminal.until(/client’s end +ESTABLISHED {2}Recv-Q 0 {2}Send-Q 0/);
    expect(terminal.text()).toContain('You have stopped reading.');
    terminal.press('p');
    await terminal.until(/Recv-Q 0/);
    await until('the bytes are back', () => one.text() === 'hello, world!five!');
    await terminal.until('66 69 76 65 21');
  });

  one.sequential('f half-closes: both ends show it; x resets', async context => {
    const {terminal} = await fresh();
    const one = await join(context);
    terminal.press('f');
    await until('the client has the end', () => one.hasEnded);
    terminal.press('Enter');
    await terminal.until(/server’s end +FIN_WAIT2/);
    await terminal.until(/client’s end +CLOSE_WAIT/);
    terminal.press('f');
    await terminal.until('That cannot be done');
    terminal.press('x');
    await terminal.until('The connection is over: reset here');
  });

  one.sequential('s writes a line to the client, Japanese included', async context => {
    const {terminal} = await fresh();
    const one = await join(context);
    terminal.press('s');
    await terminal.until('Line to send:');
    terminal.type('qpx こんにちは');
    await terminal.until('こんにちは');
    terminal.press('Enter');
    await until('the client has the line', () => one.text() === 'hello, world!qpx こんにちは\n');
  });

  one.sequential('the cursor stays with its client while others come, and End leads to the last', async context => {
    const {terminal, port} = await fresh();
    const [{n}] = [await join(context), await join(context)];
    terminal.press('j');
    await terminal.until(new RegExp(`^ > +${n} 127`, 'm'));
    for (let i = 0; i < 30; i++) await client(port, context);
    await terminal.until('32 open');
    await terminal.until(new RegExp(`^ > +${n} 127`, 'm'));
    terminal.press('Home');
    await terminal.until(new RegExp(`^ > +${n + 31} 127`, 'm'));
    terminal.press('End');
    await terminal.until(/^ > +1 127/m);
    terminal.press('o');
    await terminal.until(screen => /^ > +1 127.*\n +2 127/m.test(screen));
    terminal.press('o');
    await terminal.until(screen => !/^ > +1 127.*\n +2 127/m.test(screen));
  });

  showsFrames(server, 80, 24);

  one.sequential(
    'the frames are another client’s, from the beginning, when the cursor moves to that',
    needs(mayNotCapture),
    async context => {
      const {terminal} = await fresh();
      const [one, other] = [await join(context), await join(context)];
      terminal.press('Enter');
      await terminal.until('On lo since you opened it: 0 frames');
      other.socket.write('x');
      await terminal.until('len 1');
      terminal.press('Down');
      await terminal.until(`client ${one.n} `);
      await terminal.until('On lo since you opened it: 0 frames');
      one.socket.write('yyyyy');
      await terminal.until('len 5');
      expect(terminal.text()).not.toContain('len 1\n');
      const children = childrenOf(terminal.pid);
      expect(children).toHaveLength(2);
      terminal.press('Esc');
      await until('nothing is captured', () => childrenOf(terminal.pid).length === 1);
    },
  );

  // After this one it answers in upper case.
  one.sequential('m goes through the ways to answer, t changes the language', async context => {
    const {terminal} = await fresh();
    const one = await join(context);
    for (const mode of ['upper case', 'a second later', 'silent', 'echo', 'upper case']) {
      terminal.press('m');
      await terminal.until(new RegExp(`1 open {2}${mode} {2}en`));
    }
    one.socket.write('loud');
    await until('it is loud', () => one.text() === 'hello, world!LOUD');
    terminal.press('t');
    await terminal.until('接続中 1  大文字にして返す  ja');
    terminal.press('t');
    await terminal.until('1 open  upper case  en');
  });

  leaves(server, 'Ctrl+C', 130);
});

describe.concurrent('on a large screen', () => {
  const server = oneServer({columns: 120, rows: 40});

  one.sequential('? shows every key', async () => {
    const screen = await server.fresh();
    screen.terminal.press('?');
    await screen.terminal.until('In the list');
    for (const word of ['half-close', 'reset', 'newest/oldest first', 'interrupt and quit'])
      expect(screen.terminal.text()).toContain(word);
    screen.terminal.press('Esc');
    await screen.terminal.until('Nobody has connected yet');
  });

  inSoak(() => tellsHow(server, 120, 40));
  showsFrames(server, 120, 40);
  leaves(server, 'q', 0);
});

const asUsual = ordinaryUser();

test(
  'who may not capture is told what it needs',
  needs(
    asUsual === null ? 'needs setpriv, and a folder that any account may read' : null,
    asUsual?.length === 0 && mayNotCapture === null ? 'needs an account that may not capture' : null,
  ),
  async context => {
    await using screen = await serve({as: asUsual ?? []});
    const {terminal, port} = screen;
    await client(port, context);
    await terminal.until(row(1, 'ESTABLISHED'));
    terminal.press('Enter');
    await terminal.until('No frames: capturing needs CAP_NET_RAW, which root has (sudo sockwalk serve).');
  },
);

describe.concurrent('of UDP', () => {
  let server: Screen | null = null;
  beforeAll(async () => {
    server = await serve({args: ['--udp']});
  });
  afterAll(() => server?.[Symbol.asyncDispose]());
  const screen = () => {
    if (!server) throw new Error('no server');
    return server;
  };

  one.sequential(
    'of UDP the one socket is shown, and that the kernel has nothing of each client',
    async ({onTestFinished}) => {
      const {terminal, port} = screen();
      const [bound, connected] = [createSocket('udp4'), createSocket('udp4')];
      onTestFinished(() => {
        bound.close();
        connected.close();
      });
      bound.send('from anywhere', port, '127.0.0.1');
      await terminal.until(row(1, 'shared +13 +13 '));
      await new Promise<void>(done => connected.connect(port, '127.0.0.1', done));
      connected.send('two');
      await terminal.until(row(2, 'shared +3 +3 '));
      expect(terminal.text()).toContain('2 addresses');
      expect(terminal.text()).toContain('client 2  first datagram from');
      await terminal.until('shared socket UNCONN Recv-Q 0 drops 0');
      terminal.press('Enter');
      await terminal.until(/server’s end +UNCONN {2}Recv-Q 0 {2}Send-Q 0 {2}one socket for all clients/);
      await terminal.until(/client’s end +ESTABLISHED {2}Recv-Q \d+ {2}Send-Q 0 {2}a peer noted/);
      expect(terminal.text()).toContain('UDP has no connections');
      terminal.press('Down');
      await terminal.until(/client’s end +UNCONN {2}Recv-Q \d+ {2}Send-Q 0 {2}no peer noted/);
    },
  );

  one.sequential('datagrams that found no room are counted, the kernel’s number', async ({onTestFinished}) => {
    const {terminal, port} = screen();
    const [child] = childrenOf(terminal.pid);
    if (child === undefined) throw new Error('no server');
    const socket = createSocket('udp4');
    onTestFinished(() => void socket.close());
    const one = Buffer.alloc(60_000);
    expect(terminal.text()).not.toMatch(/drops [1-9]/);
    process.kill(child, 'SIGSTOP');
    try {
      for (let i = 0; i < 40; i++) await new Promise(done => socket.send(one, port, '127.0.0.1', done));
    } finally {
      process.kill(child, 'SIGCONT');
    }
    await terminal.until(/drops [1-9]/);
  });
});

test('of a Unix socket the state is the kernel’s, and what its table does not say is named', async ({
  onTestFinished,
}) => {
  const path = join(freshFolder(), 's');
  await using screen = await serve({args: ['--unix', path]});
  const {terminal} = screen;
  const socket = connect({path});
  onTestFinished(() => void socket.destroy());
  await terminal.until(/^ > +1 fd \d+ +CONNECTED +0 +13 /m);
  expect(terminal.text()).toContain('listener LISTEN');
  terminal.press('Enter');
  await terminal.until(/server’s end +CONNECTED {2}inode \d+ {2}connected; its table has no queues/);
  expect(terminal.text()).toContain('not known: /proc/net/unix does not say whose other end');
  await terminal.until('No frames: what goes through a Unix socket passes no network device.');
  expect(childrenOf(terminal.pid)).toHaveLength(1);
});

describe.concurrent('a server that is asked to end', () => leaves(oneServer({}), 'SIGTERM', 0));

test('a server whose process was killed is said to have ended', async () => {
  await using screen = await serve();
  const [child] = childrenOf(screen.terminal.pid);
  if (child === undefined) throw new Error('no server');
  process.kill(child, 'SIGKILL');
  expect((await screen.terminal.exited).exitCode).toBe(1);
  expect(screen.terminal.text()).toContain('The server’s process has ended (SIGKILL).');
});

test('on 0.0.0.0 it first says who can connect and which limits hold, and Enter alone is a no', async ({
  onTestFinished,
}) => {
  const terminal = openTerminal(
    process.execPath,
    [program, 'serve', '--host', '0.0.0.0', '--lang', 'en', '--idle', '77'],
    {
      columns: 80,
      rows: 24,
      env: {XDG_DATA_HOME: freshFolder()},
    },
  );
  onTestFinished(dispose(terminal));
  await terminal.until('[y/N]');
  expect(terminal.text()).toMatch(/nc \d+\.\d+\.\d+\.\d+ 8080/);
  expect(terminal.text()).toContain('closed after 77 seconds');
  terminal.press('Enter');
  await terminal.until('It does not listen.');
  expect((await terminal.exited).exitCode).toBe(0);
});

/** `sockwalk connect` to a server of the test’s own. */
async function connected(
  {onTestFinished}: Finished,
  {args = [] as readonly string[], prompt = /Line to send:|Text to send:/} = {},
) {
  const server = createServer({allowHalfOpen: true});
  const accepted = once(server, 'connection');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address() as {port: number};
  const command = [program, 'connect', `127.0.0.1:${port}`, '--lang', 'en', ...args];
  const terminal = openTerminal(process.execPath, command, {
    columns: 80,
    rows: 24,
    env: {XDG_DATA_HOME: freshFolder()},
  });
  onTestFinished(async () => {
    await dispose(terminal)();
    server.close();
  });
  const [peer] = (await accepted) as [Socket];
  onTestFinished(() => void peer.destroy());
  const parts: Buffer[] = [];
  peer.on('data', part => parts.push(part));
  peer.on('error', () => {});
  await terminal.until(prompt);
  await terminal.until(/(this end|こちら側) +ESTABLISHED/);
  return {terminal, peer, got: () => Buffer.concat(parts).toString()};
}

test('connect sends what is typed as a line, and shows what comes, harmless', async context => {
  const {terminal, peer, got} = await connected(context);
  peer.write('\x1b[2Jhi\x07');
  await terminal.until('\\x1b[2Jhi\\x07');
  expect(terminal.raw).not.toContain('\x1b[2Jhi');
  terminal.type('ql 日本');
  await terminal.until('日本');
  terminal.press('Enter');
  await until('the line is there', () => got() === 'ql 日本\n');
  await terminal.until('sent 10 bytes');
});

test('connect half-closes by Ctrl+D, goes on receiving, and Esc leaves with 0', async context => {
  const {terminal, peer} = await connected(context);
  const ended = once(peer, 'end');
  terminal.type('\x04');
  await ended;
  await terminal.until(/this end +FIN_WAIT2/);
  expect(terminal.text()).toContain('Line to send:  ');
  peer.write('still here');
  await terminal.until('still here');
  peer.end();
  await terminal.until('The connection is over.');
  terminal.press('Esc');
  expect((await terminal.exited).exitCode).toBe(0);
});

test('connect stops reading by Ctrl+P, and a reset is named', async context => {
  const {terminal, peer} = await connected(context);
  terminal.type('\x10');
  await terminal.until('Reading has stopped.');
  peer.write('waiting');
  await terminal.until(/this end +ESTABLISHED {2}Recv-Q 7/);
  terminal.type('\x10');
  await terminal.until('received 7 bytes');
  peer.resetAndDestroy();
  await terminal.until('ECONNRESET');
  terminal.press('Esc');
  expect((await terminal.exited).exitCode).toBe(1);
});

test('connect --raw sends no newline; 20 MB at once are taken, and a part is shown', async context => {
  const {terminal, peer, got} = await connected(context, {args: ['--raw']});
  terminal.type('raw');
  await terminal.until(/Text to send: raw/);
  terminal.press('Enter');
  await until('it is there', () => got() === 'raw');
  peer.write(Buffer.alloc(20_000_000, '\x1b'));
  await terminal.until('20000000 bytes in');
});

/** A family of three, joined by zero-width joiners. */
const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}';

test('joined characters have the same cells in every terminal, and are sent as they were typed', async context => {
  // The terminal of the tests does not join them.
  const {terminal, got} = await connected(context, {args: ['--lang', 'ja'], prompt: /送る行:/});
  const rows = terminal.lines().length;
  const keys = terminal.lines().at(-2);
  const line = family.repeat(12);
  terminal.type(line);
  await terminal.until(`${Buffer.byteLength(line) + 1} バイト`);
  await terminal.until(() => terminal.cursor()?.row === rows - 3);
  expect(terminal.lines().at(-2)).toBe(keys);
  // One Backspace erases a whole family.
  terminal.press('Backspace');
  await terminal.until(`${Buffer.byteLength(family.repeat(11)) + 1} バイト`);
  terminal.press('Enter');
  await until('the line is there', () => got() === `${family.repeat(11)}\n`);
  expect(terminal.lines().at(-2)).toBe(keys);
});

test('the terminal’s own cursor stands where the next character goes', async context => {
  const {terminal} = await connected(context);
  terminal.type('日本x');
  await terminal.until('日本x');
  const row = terminal.lines().findIndex(line => line.includes('日本x'));
  const end = ' Line to send: x'.length + 4;
  await terminal.until(() => isDeepStrictEqual(terminal.cursor(), {row, column: end}));
  terminal.press('Left');
  await terminal.until(() => isDeepStrictEqual(terminal.cursor(), {row, column: end - 1}));
  terminal.resize(100, 30);
  await terminal.until(() => isDeepStrictEqual(terminal.cursor(), {row: row + 6, column: end - 1}));
});
