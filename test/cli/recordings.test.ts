import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, expect, test as one} from 'vitest';
import {lessons} from '../../lessons/index.ts';
import {replay as replayed} from '../../src/app/command/replay.ts';
import {callText, resultText} from '../../src/messages/notation.ts';
import type {LogEvent} from '../../src/model/event.ts';
import {freshFolder} from '../fresh-folder.ts';
import {freePort} from '../kernel.ts';
import {coursePlayed} from './course.ts';
import {linesOf, type Ran, run} from './run.ts';

const test = one.concurrent;

/** What `play server-flow --format json` wrote, line by line. */
let lines: readonly string[] = [];

beforeAll(async () => {
  const ran = await run(['play', 'server-flow', '--format', 'json', '--port', String(await freePort())]);
  expect(ran.code, `${ran.stderr}${ran.stdout.slice(-3000)}`).toBe(0);
  lines = linesOf(ran.stdout);
});

const savedAs = (content: string | Buffer): string => {
  const file = join(freshFolder(), 'walk.jsonl');
  writeFileSync(file, content);
  return file;
};
const whole = () => `${lines.join('\n')}\n`;
const replay = (content: string | Buffer, ...options: string[]): Promise<Ran> =>
  run(['replay', savedAs(content), ...options]);

type Told = Pick<Ran, 'code' | 'stdout' | 'stderr'>;

/** What `replay` writes of a file; of each kind of file one goes through the whole program. */
async function toldOf(file: string): Promise<Told> {
  let [stdout, stderr] = ['', ''];
  const code = await replayed(
    lessons,
    file,
    {format: 'text'},
    {
      out: line => {
        stdout += `${line}\n`;
      },
      say: line => {
        stderr += `sockwalk: ${line}\n`;
      },
      style: {language: 'en', ascii: false, width: 80},
    },
  );
  return {code, stdout, stderr};
}

const told = (content: string | Buffer): Promise<Told> => toldOf(savedAs(content));
const eventAt = (i: number): LogEvent => JSON.parse(lines[i] ?? '');
/** The recording with one line replaced; the first line is 1. */
const withLine = (n: number, text: string): string => `${lines.with(n - 1, text).join('\n')}\n`;
/** The first line whose event is of this kind. */
const lineOf = (kind: LogEvent['kind']): number => lines.findIndex((_, i) => eventAt(i).kind === kind) + 1;

test('a saved walk is shown again call for call, marked as a recording, and the file is left as it was', async () => {
  const file = savedAs(whole());
  const {code, stdout, stderr} = await run(['replay', file]);
  expect([code, stderr]).toEqual([0, '']);
  expect(readFileSync(file, 'utf8')).toBe(whole());
  expect(linesOf(stdout)[0]).toMatch(/^\[RECORDED\]/);
  for (const [i] of lines.entries()) {
    const event = eventAt(i);
    if (event.kind !== 'call-returned') continue;
    expect(stdout).toContain(`${event.actor}  ${callText(event.call, event.outcome)} ${resultText(event.outcome)}`);
  }
});

test('a recording is marked as one in Japanese too', async () => {
  expect(linesOf((await replay(whole(), '--lang', 'ja')).stdout)[0]).toMatch(/^\[記録\]/);
});

test('replay --format json writes the events as they were saved', async () => {
  expect(await replay(whole(), '--format', 'json')).toMatchObject({code: 0, stdout: whole(), stderr: ''});
});

test('a recording of all lessons is one recording', async () => {
  const {code, stdout, stderr} = await replay((await coursePlayed()).stdout);
  expect([code, stderr]).toEqual([0, '']);
  for (const title of ['server-flow  The server’s flow', 'echo  A greeting and an echo'])
    expect(stdout).toContain(title);
}, 300_000);

test('a last line without its newline is whole', async () => {
  expect(await told(lines.join('\n'))).toMatchObject({code: 0, stderr: ''});
});

test.each([0.1, 0.33, 0.5, 0.77, 0.99])(
  'a file that was cut at %f of its bytes is shown up to there, and the line is named',
  async part => {
    const bytes = Buffer.from(whole());
    // In the middle of a line, wherever the lines of this run end.
    const end = bytes.indexOf('\n', Math.floor(bytes.length * part));
    const cut = bytes.subarray(0, end - 5);
    const kept = cut.toString('latin1').split('\n').length - 1;
    const {code, stdout, stderr} = await (part === 0.5 ? replay(cut) : told(cut));
    expect(code).toBe(1);
    expect(linesOf(stderr)).toEqual([
      expect.stringMatching(new RegExp(`damaged at line ${kept + 1} .*the ${kept} events before it`)),
    ]);
    const calls = lines.slice(0, kept).filter((_, i) => eventAt(i).kind === 'call-returned').length;
    expect(linesOf(stdout).filter(line => /^ {4}(server|client) {2}\w+\(.*\) = /.test(line))).toHaveLength(calls);
  },
);

test('a file that was cut between two lines says that the end is missing', async () => {
  const {code, stderr} = await told(`${lines.slice(0, 20).join('\n')}\n`);
  expect(code).toBe(1);
  expect(linesOf(stderr)).toEqual([expect.stringContaining('is cut off after line 20')]);
});

const damages: {readonly what: string; readonly make: () => {line: number; text: string}; readonly why: RegExp}[] = [
  {
    what: 'that is not JSON',
    make: () => ({line: 7, text: 'seven'}),
    why: /it is not JSON/,
  },
  {
    what: 'that was left empty',
    make: () => ({line: 7, text: ''}),
    why: /it is not JSON/,
  },
  {
    what: 'with a wrong seq',
    make: () => ({line: 9, text: JSON.stringify({...eventAt(8), seq: 12})}),
    why: /its seq is 12, not 8/,
  },
  {
    what: 'of an unknown kind',
    make: () => ({line: 5, text: JSON.stringify({...eventAt(4), kind: 'call-dreamt'})}),
    why: /it is not an event: kind "call-dreamt"/,
  },
  {
    what: 'whose kind is the name of an inherited property',
    make: () => ({line: 5, text: JSON.stringify({...eventAt(4), kind: 'constructor'})}),
    why: /it is not an event: kind "constructor"/,
  },
  {
    what: 'without its outcome',
    make: () => {
      const line = lineOf('call-returned');
      return {line, text: JSON.stringify({...eventAt(line - 1), outcome: undefined})};
    },
    why: /it is not an event: call-returned .*outcome/,
  },
  {
    what: 'that answers another call',
    make: () => {
      const line = lineOf('call-returned');
      return {line, text: JSON.stringify({...eventAt(line - 1), call: {name: 'close', fd: 99}})};
    },
    why: /it answers a call that was not started/,
  },
  {
    what: 'that is an array',
    make: () => ({line: 3, text: '[]'}),
    why: /it is not an event/,
  },
];
test.each(damages)('a line $what is named, and what came before is shown', async ({make, why}) => {
  const {line, text} = make();
  const {code, stdout, stderr} = await told(withLine(line, text));
  expect(code).toBe(1);
  expect(linesOf(stderr)).toEqual([expect.stringContaining(`is damaged at line ${line} `)]);
  expect(stderr).toMatch(why);
  expect(stderr).toContain(`the ${line - 1} events before it`);
  expect(linesOf(stdout)[0]).toMatch(/^\[RECORDED\]/);
});

test.each([
  ['an empty file', ''],
  ['a file of something else', 'hello\n'],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0xff])],
])('%s is no recording: one sentence, exit 1', async (_, content) => {
  const {code, stdout, stderr} = await told(content);
  expect([code, stdout]).toEqual([1, '']);
  expect(linesOf(stderr)).toHaveLength(1);
});

test.each([
  ['/nonexistent/walk.jsonl', 'ENOENT'],
  ['/', 'EISDIR'],
])('%s cannot be read: one sentence, exit 1', async (file, errno) => {
  const {code, stdout, stderr} = await (file === '/' ? toldOf(file) : run(['replay', file]));
  expect([code, stdout]).toEqual([1, '']);
  expect(linesOf(stderr)).toEqual([`sockwalk: ${file} cannot be read: ${errno}`]);
});

test('what somebody wrote into a recording does not steer the terminal', async () => {
  const hostile = '\x1b]0;title\x07\x1b[2J\u202e\x9b';
  const line = lineOf('call-returned');
  const event = eventAt(line - 1);
  if (event.kind !== 'call-returned' || event.call.name !== 'socket') throw new Error('not a socket()');
  const call = {...event.call, domain: hostile};
  const forged = lines.map((text, i) => {
    const own = eventAt(i);
    return 'call' in own && own.seq <= event.seq ? JSON.stringify({...own, call, step: hostile}) : text;
  });
  const {stdout, stderr} = await replay(`${forged.join('\n')}\n`);
  expect(stdout).toContain('socket(');
  expect(stdout + stderr).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
});

test('an errno that this program has no words for is shown by its name', async () => {
  const line = lineOf('call-returned');
  const outcome = {kind: 'failed', errno: 'EDREAMT', code: 4711};
  const {code, stdout, stderr} = await told(withLine(line, JSON.stringify({...eventAt(line - 1), outcome})));
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('= -1 EDREAMT (an error without a known name)');
});
