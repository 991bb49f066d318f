import {spawn} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import {Ajv} from 'ajv';
import stringWidth from 'string-width';
import {afterAll, beforeAll, describe, expect, test as one} from 'vitest';
import {challenges} from '../../lessons/data/challenges.ts';
import {tell} from '../../src/app/command/play-script.ts';
import type {FreePlay} from '../../src/app/run/free-play.ts';
import {Performer} from '../../src/app/run/line-performer.ts';
import {openFreePlay} from '../../src/app/run/open-free-play.ts';
import {runScript} from '../../src/app/run/script.ts';
import {linesFrom} from '../../src/app/run/script-lines.ts';
import {eventSchemas} from '../../src/timeline/event-schema.ts';
import {project} from '../../src/timeline/project.ts';
import {program} from '../components/sockwalk.ts';
import {freshFolder} from '../fresh-folder.ts';
import {until} from '../lab/until.ts';
import {inSoak, isLong} from '../long.ts';
import {terminalEnvironment} from '../pty-environment.ts';
import {linesOf, onceRun, type Ran, run, startCommand} from './run.ts';

const test = one.concurrent;

const savedAs = (...lines: readonly string[]): string => {
  const file = join(freshFolder(), 'scene.txt');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
};
const play = (lines: readonly string[], ...options: string[]) =>
  run(['play', '--script', savedAs(...lines), ...options]);

const echo = [
  '# the echo of the article, with names for its sockets',
  'server socket = listener',
  'server bind listener 127.0.0.1:8080',
  'server listen listener 5',
  'server accept listener = talk',
  'client socket',
  'client connect 127.0.0.1:8080   # the kernel shakes hands',
  'client send "こんにちは\\n"',
  'server recv talk',
  'expect "こんにちは\\n"',
  'server send talk "こんにちは\\n"',
  'client recv',
  'expect 16',
  '',
  'client close',
  'expect server CLOSE_WAIT',
  'server close talk',
  'expect client TIME_WAIT 1',
];

const echoFrames = join(freshFolder(), 'scene.pcapng');
const echoAsText = onceRun(() => play(echo, '--lang', 'en', '--network', 'private', '--pcap', echoFrames));

test('a script that does as it says ends with 0, and each of its calls is written down', async () => {
  const {code, stdout, stderr} = await echoAsText();
  expect([code, stderr]).toEqual([0, expect.stringMatching(/^sockwalk: Wrote \d+ frames to \S+\n$/)]);
  expect(stdout).toContain('server  bind(');
  expect(stdout).toMatch(/server {2}recv\(\d+, "こんにちは\\n", 4096, 0\) = 16/);
  expect(linesOf(stdout).at(-1)).toMatch(/scene\.txt: all is as it says \(12 lines\)\.$/);
});

test('as events it is a recording like any other', async () => {
  const {code, stdout} = await play(echo, '--format', 'json', '--network', 'private');
  expect(code).toBe(0);
  const events = linesOf(stdout).map(line => JSON.parse(line));
  const ajv = new Ajv();
  for (const [i, event] of events.entries()) {
    expect(event.seq).toBe(i);
    const validate = ajv.compile(eventSchemas[event.kind as keyof typeof eventSchemas]);
    expect([event, validate(event), validate.errors]).toEqual([event, true, null]);
  }
  expect(events.filter(({kind}) => kind === 'judged').map(({holds}) => holds)).toEqual([true, true, true, true]);
  const file = join(freshFolder(), 'scene.jsonl');
  writeFileSync(file, stdout);
  const again = await run(['replay', file, '--lang', 'en']);
  expect([again.code, again.stderr]).toEqual([0, '']);
  expect(again.stdout).toContain('こんにちは');
});

const faults: readonly (readonly [string, readonly string[], number, number, string])[] = [
  ['an errno that was not expected', ['client socket', 'client connect', 'client close'], 1, 2, 'ECONNREFUSED'],
  [
    'another errno',
    ['client socket', 'client connect', 'expect EISCONN'],
    1,
    3,
    'found: client connect() = -1 ECONNREFUSED',
  ],
  ['another value', ['server socket', 'server bind', 'expect 7'], 1, 3, 'found: server bind() = 0'],
  ['a state that nothing is in', ['server socket', 'server listen', '', 'expect ESTABLISHED'], 1, 4, 'LISTEN'],
  ['a call that does not wait', ['server socket', 'expect waits'], 1, 2, 'expected: server socket() waits'],
  ['a refusal on its last line', ['client socket', 'client connect'], 1, 2, 'ECONNREFUSED'],
  ['an unknown word', ['client socket', 'client conect'], 2, 2, 'Did you mean “connect”?'],
  ['an unknown command', ['chalenge x'], 2, 1, 'Did you mean “challenge”?'],
  ['an address that is none', ['client socket', 'client connect 127.0.0.1:80a'], 2, 2, '“80a” is not'],
  ['a number that is none', ['server socket', 'server listen 1x'], 2, 2, '“1x” is no backlog'],
  ['what only a person can ask for', ['server socket', 'save x.txt'], 2, 2, '“save” is nothing that a script can do'],
  [
    'an actor that sleeps for good',
    ['server socket', 'server listen', 'server accept', 'server close'],
    2,
    4,
    'accept()',
  ],
  ['a process that is not there', ['kill client-2'], 2, 1, 'no process of client-2'],
  ['a process that has ended', ['kill client', 'client socket'], 2, 2, 'spawn client'],
  ['what needs a socket of one that has ended', ['kill client', 'client send "x"'], 2, 2, 'spawn client'],
  [
    'an errno of which an expect for another call says nothing',
    ['client socket', 'client connect', 'expect ESTABLISHED'],
    1,
    3,
    'expected',
  ],
];

const stopped = new AbortController().signal;
/** What is waited for in vain for two seconds, as others of them. */
const variants = [
  'another errno',
  'a call that does not wait',
  'an errno of which an expect for another call says nothing',
];
/** Of these one of each kind goes through the whole program too. */
const wholeToo = ['an errno that was not expected', 'an unknown word'];

test.each(faults.filter(([what]) => wholeToo.includes(what)))(
  '%s: the line is named by the program',
  async (_, lines, code, line, why) => {
    expectNamed(await play(lines, '--lang', 'en', '--network', 'private'), lines, code, line, why);
  },
);

function expectNamed(ran: Told, lines: readonly string[], code: number, line: number, why: string): void {
  expect([ran.code, ran.stderr]).toEqual([code, expect.stringContaining(`scene.txt, line ${line}: `)]);
  expect(ran.stderr).toContain(why);
  expect(ran.stderr).toContain(lines[line - 1]);
}

type Told = Pick<Ran, 'code' | 'stdout' | 'stderr'>;

describe.concurrent('what a script is told', () => {
  // One free play for all of them.
  let free: FreePlay;
  beforeAll(async () => {
    free = await openFreePlay(null, {network: 'private', port: null}, () => {});
  });
  afterAll(() => free?.[Symbol.asyncDispose]());

  /** Both processes are there and awake, and what sockets they have do nothing. */
  async function makeFresh(): Promise<void> {
    await free.look();
    for (const {actor, exit, waiting, sockets} of project(free.log, free.log.events.length).lanes) {
      if (!exit && !waiting && sockets.every(({state}) => state === 'CLOSE')) continue;
      await free.kill(actor);
      await free.start(actor);
    }
  }

  /** What the program would say of these lines, and leave with. */
  async function judged(lines: readonly string[]): Promise<Told> {
    await makeFresh();
    const performer = new Performer(
      free,
      challenges.map(({id}) => id),
    );
    const ended = await runScript(lines, performer, challenges, {stopped});
    const [out, err]: [string[], string[]] = [[], []];
    const around = {out: (line: string) => void out.push(line), say: (line: string) => void err.push(line)};
    const code = tell('scene.txt', ended, performer.moves, 'en', {format: 'text'}, around);
    return {code, stdout: `${out.join('\n')}\n`, stderr: `${err.join('\n')}\n`};
  }

  one.sequential.each(isLong ? faults : faults.filter(([what]) => !variants.includes(what)))(
    '%s: the line is named',
    async (_, lines, code, line, why) => {
      expectNamed(await judged(lines), lines, code, line, why);
    },
  );

  one.sequential.each([
    ['wait', 'wait is followed by'],
    ['wait nobody', 'wait is followed by'],
    ['wait 60001', 'a number from 0 to 60000'],
    ['wait server client', 'one word too many'],
  ])('%s cannot be understood', async (line, why) => {
    expect(await judged([line])).toMatchObject({code: 2, stderr: expect.stringContaining(why)});
  });

  one.sequential('a script without a line to do', async () => {
    expect(await judged(['# nothing'])).toMatchObject({code: 2, stderr: expect.stringContaining('no line')});
  });

  one.sequential('who asks a process that sleeps in a deadlock is told so', async () => {
    const lines = [
      'server socket AF_UNIX SOCK_DGRAM',
      'client socket AF_UNIX SOCK_DGRAM',
      'server recv',
      'client recv',
    ];
    const {code, stderr} = await judged([...lines, 'expect client waits', 'server close']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('A deadlock: every process sleeps')]);
  });

  one.sequential('the caret stands under the place', async () => {
    const {stderr} = await judged(['client socket', 'client connect 127.0.0.1:80a']);
    const [line = '', caret = ''] = linesOf(stderr).slice(-2);
    expect(caret.indexOf('^')).toBe(line.indexOf('a', line.indexOf(':80')));
  });

  one.sequential.each([
    ['quit', '“quit” is nothing that a script can do'],
    ['  replay  # again', '“replay” is nothing that a script can do'],
  ])('what only a learner can ask for is named as it stands there: %s', async (line, why) => {
    const {code, stderr} = await judged(['client socket', line]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(why)]);
    const [text = '', caret = ''] = linesOf(stderr).slice(-2);
    expect(caret.indexOf('^')).toBe(text.indexOf(line.trim().slice(0, 4)));
  });

  one.sequential('that another call fails, as is expected, is no excuse for the one before', async () => {
    const lines = ['server close 99', 'expect EBADF', 'client connect 99 127.0.0.1:8080', 'expect server EBADF'];
    const {code, stderr} = await judged(lines);
    expect([code, stderr]).toEqual([1, expect.stringContaining('line 3: The kernel refused connect() (= -1 EBADF')]);
  });

  one.sequential('of a long line what is around the fault is shown, with the caret under it', async () => {
    const {stderr} = await judged(['client socket', `client send "${'あ'.repeat(60_000)}" 12 x`]);
    expect(stderr.length).toBeLessThan(1000);
    const [line = '', caret = ''] = linesOf(stderr).slice(-2);
    expect(line).toMatch(/ {2}\.\.\.あ+" 12 x$/);
    const before = line.slice(0, line.lastIndexOf('12'));
    expect(caret.indexOf('^')).toBe(stringWidth(before));
  });
});

inSoak(() => {
  test('reading the kernel after each call costs no more with many sockets: twice the calls, twice the rows that are told', async () => {
    const calls = 200;
    const lines = Array.from({length: calls}, (_, i) => `server socket = s${i}`);
    const {code, stdout} = await play([...lines, 'server close s7', 'server close s8'], '--format', 'json');
    expect(code).toBe(0);
    const readings = linesOf(stdout)
      .map(line => JSON.parse(line))
      .filter(({kind}) => kind === 'kernel-read')
      .map(({sockets}) => sockets.length);
    expect(readings.at(-1)).toBe(calls - 2);
    expect(readings.reduce((sum, n) => sum + n, 0)).toBeLessThan(32 * calls);
  }, 120_000);
});

const newest = [...Array.from({length: 40}, () => 'server socket'), 'server listen', 'expect server LISTEN 1'];
const byTheClock = [
  ...['kill server', 'spawn server', 'server socket AF_UNIX SOCK_DGRAM', 'server poll 2500', 'server getsockname'],
  ...['server setsockopt SO_RCVTIMEO 2200', 'server recv', 'expect waits', 'wait server', 'expect EAGAIN', 'wait 10'],
];
const restarted = [
  ...['kill server', 'spawn server', 'server socket', 'server bind 127.0.0.1:8080', 'server listen', 'client socket'],
  ...['client connect', 'kill server', 'client recv', 'expect ECONNRESET', 'spawn client-2', 'client-2 socket'],
  ...['client-2 connect 127.0.0.1:8080', 'expect ECONNREFUSED', 'spawn server', 'server socket'],
  ...['server bind 127.0.0.1:8080', 'expect ok', 'server listen', 'client-2 connect', 'expect 0'],
];
const returnsMeanwhile = [
  ...['kill server', 'spawn server', 'kill client', 'spawn client'],
  ...['server socket', 'server bind 127.0.0.1:8081', 'server listen', 'server accept', 'expect waits'],
  ...['client socket', 'client connect 127.0.0.1:8081', 'expect server ok', 'expect client 0', 'client recv'],
  ...['server send "hi"', 'expect client "hi"'],
];

describe.concurrent('scripts that do as they say', () => {
  // Played as one, since each begins with processes of its own.
  const played = onceRun(() =>
    play([...newest, ...byTheClock, ...restarted, ...returnsMeanwhile], '--lang', 'en', '--network', 'private'),
  );

  test('a call that leaves out its socket gets the newest, however many there are', async () => {
    const {code, stdout, stderr} = await played();
    expect([code, stderr]).toEqual([0, '']);
    const made = [...stdout.matchAll(/socket\(.*\) = (\d+)/g)].map(([, fd]) => Number(fd));
    expect(stdout).toContain(`listen(${made[39]}, 5) = 0`);
  });

  test('a call that returns by the clock is waited for by the next line of its actor, and by wait', async () => {
    const {code, stdout, stderr} = await played();
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/poll\(.*\) = 0/);
  });

  test('processes are started and ended, and a restarted server meets what the old one left', async () => {
    const {code, stdout, stderr} = await played();
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('ended (SIGKILL)');
  });

  test('what waits may return before the next line of its actor, and an expect may be about an actor', async () => {
    const {code, stderr} = await played();
    expect([code, stderr]).toEqual([0, '']);
  });
});

inSoak(() => {
  test('what is sent again and again is kept once: 160 MB of base64 in 100 MB of memory', async () => {
    // Each is refused, as no datagram holds so much.
    const sends = Array.from({length: 30}, () => ['server sendto "x"*4000000 127.0.0.1:9', 'expect EMSGSIZE']).flat();
    const file = savedAs('server socket AF_INET SOCK_DGRAM', ...sends);
    const ran = await startCommand(process.execPath, ['--max-old-space-size=100', program, 'play', '--script', file])
      .ended;
    expect([ran.code, ran.stderr]).toEqual([0, '']);
  }, 120_000);
});

test('a script may end with a call that sleeps: nothing is said of the end that the program makes of it', async () => {
  // Of an end that a script makes it is said: see the scripts that are played as one.
  const {code, stdout} = await play(
    ['server socket', 'server listen', 'server accept', 'expect waits'],
    '--lang',
    'en',
  );
  expect(code).toBe(0);
  expect(stdout).not.toContain('SIGKILL');
});

test.each(['/nowhere/scene.txt', '/'])('a script that cannot be read: %s', async file => {
  const {code, stderr} = await run(['play', '--script', file, '--lang', 'en']);
  expect([code, stderr]).toEqual([2, expect.stringContaining(`${file} cannot be read: E`)]);
});

test('a script without an end', async () => {
  const endless = await run(['play', '--script', '/dev/zero', '--lang', 'en']);
  expect(endless).toMatchObject({code: 2, stderr: expect.stringContaining('too long')});
});

/** A script on standard input, which is written while it runs. */
function talk(...args: readonly string[]) {
  const child = spawn(process.execPath, [program, ...args, '--lang', 'en', '--no-progress'], {
    env: terminalEnvironment({}),
  });
  const told = {out: '', err: ''};
  child.stdout.setEncoding('utf8').on('data', text => {
    told.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', text => {
    told.err += text;
  });
  const ended = new Promise<number | null>(resolve => child.once('close', resolve));
  return {child, told, ended};
}

test('without a terminal lab does what standard input says', async () => {
  const {child, told, ended} = talk('lab');
  child.stdin.end('client socket\nclient connect\nexpect ECONNREFUSED\n');
  expect(await ended).toBe(0);
  expect(told.out).toContain('stdin: all is as it says (2 lines).');
});

test('a script on standard input is done line by line, as the lines come', async () => {
  const {child, told, ended} = talk('play', '--script', '-');
  const bytes = Buffer.from('\ufeffclient socket AF_UNIX SOCK_DGRAM\r\nclient send "あ"\r\n');
  // The byte order mark, a character and CRLF each come in two parts.
  child.stdin.write(bytes.subarray(0, 2));
  child.stdin.write(bytes.subarray(2, 37));
  await until('the first call', () => told.out.includes('socket('));
  expect(told.out).not.toContain('send(');
  for (const byte of bytes.subarray(37)) child.stdin.write(Buffer.of(byte));
  await until('the second call', () => told.out.includes('ENOTCONN'));
  child.stdin.end('expect ENOTCONN');
  expect([await ended, told.err]).toEqual([0, '']);
  expect(told.out).toContain('send(');
});

test('a script in UTF-16, as PowerShell writes it, is read', async () => {
  const bytes = Buffer.from('\ufeffclient socket\r\nclient connect\r\nexpect ECONNREFUSED\r\n', 'utf16le');
  const file = join(freshFolder(), 'scene.txt');
  writeFileSync(file, bytes);
  expect(await run(['play', '--script', file])).toMatchObject({code: 0, stderr: ''});
  const parts = Readable.from([bytes.subarray(0, 9), bytes.subarray(9)]);
  const lines = await Readable.from(linesFrom(parts, 'stdin', stopped)).toArray();
  expect(lines).toEqual(['client socket', 'client connect', 'expect ECONNREFUSED', '']);
});

test('a fault ends it while there is more to come, and so does a signal', async () => {
  const faulty = talk('play', '--script', '-');
  faulty.child.stdin.write('client sokcet\n');
  expect(await faulty.ended).toBe(2);
  expect(faulty.told.err).toContain('stdin, line 1: ');
  const waiting = talk('play', '--script', '-');
  waiting.child.stdin.write('client socket\n');
  await until('the call', () => waiting.told.out.includes('socket('));
  waiting.child.kill('SIGTERM');
  expect([await waiting.ended, waiting.told.err]).toEqual([143, '']);
});

test('what has no end is given up, also as one line', async () => {
  const {child, told, ended} = talk('play', '--script', '-');
  child.stdin.on('error', () => {});
  child.stdin.end('x'.repeat(1_000_000));
  expect([await ended, told.err]).toEqual([2, expect.stringContaining('stdin is too long')]);
});

test('its frames can be kept', async () => {
  expect((await echoAsText()).code).toBe(0);
  expect(readFileSync(echoFrames).readUInt32LE(0)).toBe(0x0a0d0d0a);
});

test.each([
  [['play', 'echo', '--script', 'x'], '“echo” is one word too many'],
  [['play', '--all', '--script', 'x'], '“--all” is one word too many'],
  [['serve', '--script', 'x'], '--script goes with play and lab only'],
  [['lab', 'x'], '“x” is one word too many'],
])('%s', async (args, why) => {
  expect(await run([...args, '--lang', 'en'])).toMatchObject({code: 2, stderr: expect.stringContaining(why)});
});
