import {Ajv} from 'ajv';
import {eastAsianWidthType} from 'get-east-asian-width';
import {expect, test as one} from 'vitest';
import {lessons} from '../../lessons/index.ts';
import type {LogEvent} from '../../src/model/event.ts';
import {actsOf} from '../../src/model/lesson.ts';
import {eventSchemas} from '../../src/timeline/event-schema.ts';
import {program} from '../components/sockwalk.ts';
import {freePort} from '../kernel.ts';
import {isGone} from '../lab/processes.ts';
import {until} from '../lab/until.ts';
import {casesOf} from '../long.ts';
import {whyNotWhole} from '../walked.ts';
import {coursePlayed} from './course.ts';
import {linesOf, onceRun, run, start, startCommand} from './run.ts';

// Every run has processes, a port and a data folder of its own.
const test = one.concurrent;

const onFreePort = async () => ['--port', String(await freePort())];
const eventsOf = (stdout: string): LogEvent[] => linesOf(stdout).map(line => JSON.parse(line));

const ajv = new Ajv();
const validators = Object.fromEntries(
  Object.entries(eventSchemas).map(([kind, schema]) => [kind, ajv.compile(schema)]),
);
/** What the schema has against an event; nothing when it is one. */
const complaintsAbout = (event: LogEvent): unknown[] => {
  const validate = validators[event.kind];
  if (!validate) return [`no such kind: ${event.kind}`];
  return validate(event) ? [] : (validate.errors ?? []);
};

test('lessons are played one after the other, the last one first, one valid event a line', async ({skip}) => {
  const {code, stdout, stderr} = await coursePlayed();
  const events = eventsOf(stdout);
  expect(events.flatMap(complaintsAbout)).toEqual([]);
  expect(events.map(({seq}) => seq)).toEqual(events.map((_, i) => i));
  expect(events.map(({at}) => at)).toEqual(events.map(({at}) => at).sort((a, b) => a - b));
  const started = new Set(events.flatMap(({kind, seq}) => (kind === 'call-started' ? [seq] : [])));
  for (const event of events) if (event.kind === 'frame' && event.call !== null) expect(started).toContain(event.call);
  const judged = events.flatMap(event => (event.kind === 'judged' ? [event] : []));
  const lacks = (await Promise.all(lessons.map(whyNotWhole))).filter(lack => lack !== null);
  const played = new Set(judged.map(({lesson}) => lesson));
  expect([...played]).toEqual(lessons.flatMap(({id}) => (played.has(id) ? [id] : [])).toReversed());
  expect(played.size).toBeGreaterThanOrEqual(lessons.length - lacks.length);
  expect(judged.filter(({holds}) => !holds)).toEqual([]);
  expect(code).toBe(0);
  skip(lacks.length > 0, `only of ${played.size} lessons: ${lacks[0]}`);
  // A lesson of this machine's own network takes the next port where somebody else has this one.
  expect(linesOf(stderr).filter(line => !/^sockwalk: Port \d+ is in use\. /.test(line))).toEqual([]);
}, 300_000);

const mixed = 'a\tb\x1b\u202eあ😀';
const echoAsEvents = onceRun(async () =>
  run(['play', 'echo', '--format', 'json', '--message', mixed, ...(await onFreePort())]),
);

test('every call of a lesson is one call-started and one call-returned, in either order of the two actors', async () => {
  const {stdout} = await echoAsEvents();
  const stepsOf = (kind: LogEvent['kind']) =>
    eventsOf(stdout).flatMap(event => (event.kind === kind && 'step' in event ? [event.step] : []));
  const steps = lessons.find(({id}) => id === 'echo')?.steps.flatMap(step => actsOf(step).map(() => step.id)) ?? [];
  expect(stepsOf('call-started')).toEqual(steps);
  expect(stepsOf('call-returned').sort()).toEqual([...steps].sort());
});

const namedInAscii = onceRun(async () => run(['client-flow', ...(await onFreePort())], {env: {LC_ALL: 'C'}}));

test('in a locale without UTF-8 a lesson is played in ASCII', async () => {
  const ran = await namedInAscii();
  expect(ran).toMatchObject({code: 0, stderr: ''});
  expect(ran.stdout).toMatch(/^[ -~\n]+$/);
});

const echoInJapanese = onceRun(async () =>
  run(['play', 'echo', '--ascii', '--lang', 'ja', '--message', '±○“あ”', ...(await onFreePort())]),
);

test('--ascii marks what a terminal may draw one or two cells wide, also in Japanese and in the message', async () => {
  const {code, stdout} = await echoInJapanese();
  expect(code).toBe(0);
  expect([...stdout].filter(char => eastAsianWidthType(char.codePointAt(0) ?? 0) === 'ambiguous')).toEqual([]);
  expect(stdout).toContain('"\\u{b1}\\u{25cb}\\u{201c}あ\\u{201d}"');
});

test('in Japanese a lesson says at its end that the claims held', async () => {
  const ran = await echoInJapanese();
  expect(ran).toMatchObject({code: 0, stderr: ''});
  expect(linesOf(ran.stdout)).toContain('echo: カーネルは 14 個のステップすべてで、レッスンの主張どおりに動きました。');
});

const hostile = 'a\tb\nc\x1b[31mred\x07\x7f\x9b2J\u202e\u200b\u2028e';
const unnamed = onceRun(async () => run(['--message', hostile, ...(await onFreePort())]));

test('without a terminal the program plays echo', async () => {
  const ran = await unnamed();
  expect(ran).toMatchObject({code: 0, stderr: ''});
  expect(ran.stdout).toMatch(/^\d+ echo {2}A greeting and an echo$/m);
  expect(ran.stdout).toContain('echo: in all 14 steps the kernel did what the lesson claims.');
});

test('without a terminal a lesson that was named is played', async () => {
  const ran = await namedInAscii();
  expect(ran).toMatchObject({code: 0, stderr: ''});
  expect(ran.stdout).toContain('client-flow: in all 13 steps');
});

test('a reader that goes away ends the program quietly, and its processes with it', async () => {
  const pipeline = 'set -o pipefail; "$0" "$@" | head -3; echo $?';
  const args = ['-c', pipeline, process.execPath, program, 'play', '--all', ...(await onFreePort())];
  const ran = await startCommand('bash', args).ended;
  expect(ran).toMatchObject({code: 0, stderr: ''});
  const lines = linesOf(ran.stdout);
  expect(lines).toHaveLength(4);
  expect(lines[3]).toBe('0');
  const pids = [...ran.stdout.matchAll(/pid (\d+)/g)].map(([, pid]) => Number(pid));
  expect(pids).toHaveLength(2);
  await until('the actors are gone', () => pids.every(isGone));
});

const signals = [
  {signal: 'SIGINT', code: 130},
  {signal: 'SIGTERM', code: 143},
  {signal: 'SIGHUP', code: 129},
] as const;

test.each(casesOf(signals, signals[0]))(
  '$signal in the middle of play ends it with $code, and its processes with it',
  async ({signal, code}) => {
    const running = start(['play', '--all', '--format', 'json', ...(await onFreePort())]);
    await until('a call was made', () => running.stdout().includes('"call-returned"'));
    running.child.kill(signal);
    expect(await running.ended).toMatchObject({code, signal: null, stderr: ''});
    const pids = eventsOf(running.stdout()).flatMap(event => (event.kind === 'actor-started' ? [event.pid] : []));
    expect(pids.length).toBeGreaterThan(0);
    expect(pids.filter(pid => !isGone(pid))).toEqual([]);
  },
);

test('an actor that is killed in the middle of play fails the lesson, which names step, claim and what happened', async () => {
  const running = start(['play', 'echo', '--format', 'json', ...(await onFreePort())]);
  await until('the actors are there', () => /"actor":"server","pid":\d+/.test(running.stdout()));
  process.kill(Number(/"actor":"server","pid":(\d+)/.exec(running.stdout())?.[1]), 'SIGKILL');
  const {code, stdout, stderr} = await running.ended;
  expect(code).toBe(1);
  expect(eventsOf(stdout)).toContainEqual(expect.objectContaining({kind: 'actor-exited', signal: 'SIGKILL'}));
  expect(stderr).toMatch(/^sockwalk: echo: at step [a-z-]+ the kernel did not do what the lesson claims\.$/m);
  expect(stderr).toMatch(/claimed: .*; found: /);
});

test('a message with control characters, escape sequences and direction overrides is never written raw', async () => {
  const {code, stdout} = await unnamed();
  expect(code).toBe(0);
  expect(stdout).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e]/);
  expect(stdout).toContain('a\\tb\\nc\\x1b[31mred\\x07\\x7f\\u{9b}2J\\u{202e}\\u{200b}\\u{2028}e');
});

test('the bytes that were sent are the bytes that come back, in base64', async () => {
  const {stdout} = await echoAsEvents();
  const data = (step: string) =>
    eventsOf(stdout).flatMap(event =>
      event.kind === 'call-returned' && event.step === step && event.outcome.kind === 'returned'
        ? [Buffer.from(event.outcome.data ?? '', 'base64').toString()]
        : [],
    );
  expect([data('server-recv'), data('client-recv-echo')]).toEqual([[mixed], [mixed]]);
});

test('two plays right after each other, each a program of its own, both find the port free', async () => {
  const port = await onFreePort();
  expect(await run(['play', 'server-flow', ...port])).toMatchObject({code: 0, stderr: ''});
  expect(await run(['play', 'server-flow', ...port])).toMatchObject({code: 0, stderr: ''});
});

test('a lesson of which nothing can run here is not played, and what it needs is said', async () => {
  const {code, stdout, stderr} = await run(['play', 'nat', '--network', 'host', ...(await onFreePort())]);
  expect([code, stdout]).toEqual([0, '']);
  expect(stderr).toMatch(/^sockwalk: nat: \d+ steps are left out here; they need a private network/);
});
