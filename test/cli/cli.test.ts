import {cpSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {mkdir} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {expect, test as one} from 'vitest';
import {lessons} from '../../lessons/index.ts';
import {parseCommandLine} from '../../src/app/command/options.ts';
import {fill} from '../../src/messages/fill.ts';
import type {Status} from '../../src/model/status.ts';
import {program} from '../components/sockwalk.ts';
import {freshFolder} from '../fresh-folder.ts';
import {linesOf, run} from './run.ts';

// Every run has processes, a port and a data folder of its own.
const test = one.concurrent;

const ids = lessons.map(({id}) => id);

test('--version prints the version of the package', async () => {
  const {version} = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(await run(['--version'])).toEqual({code: 0, signal: null, stdout: `sockwalk ${version}\n`, stderr: ''});
});

test.each([
  {args: ['--help'], heading: 'Usage'},
  {args: ['-h', '--lang', 'ja'], heading: '使い方'},
  {args: ['help'], heading: '使い方', env: {LANG: 'ja_JP.UTF-8'}},
])('$args prints the help in the language of the locale or of --lang', async ({args, heading, env = {}}) => {
  const ran = await run(args, {env});
  expect(ran).toMatchObject({code: 0, stderr: ''});
  expect(ran.stdout).toMatch(new RegExp(`^${heading}$`, 'm'));
  for (const word of [
    'list',
    'play',
    'replay',
    'doctor',
    '--lang',
    '--format',
    '--port',
    '--message',
    '--theme',
    '--ascii',
  ])
    expect(ran.stdout).toContain(word);
});

test.each([
  {language: 'en', mark: '[ ] new'},
  {language: 'ja', mark: '[ ] まだ'},
] as const)('list shows the lessons in their order and explains the marks, in $language', async ({language, mark}) => {
  const {code, stdout, stderr} = await run(['list', '--lang', language]);
  expect([code, stderr]).toEqual([0, '']);
  const lines = linesOf(stdout);
  for (const [i, lesson] of lessons.entries()) {
    expect(lines[i]).toMatch(new RegExp(`^\\[ \\] ${String(i + 1).padStart(2)}  ${lesson.id} `));
    expect(lines[i]).toContain(lesson.title[language]);
  }
  expect(lines.at(-1)).toContain(mark);
});

/** A data folder in which a lesson stands as it would after a walk. */
async function dataWith(id: string, own: object): Promise<string> {
  const data = freshFolder();
  await mkdir(join(data, 'sockwalk'));
  writeFileSync(join(data, 'sockwalk', 'progress.json'), JSON.stringify({version: 1, lessons: {[id]: own}}));
  return data;
}

const answers = (id: string, answer: string): Record<string, string> => {
  const asked = lessons.find(lesson => lesson.id === id)?.steps.filter(step => step.predict) ?? [];
  return Object.fromEntries(asked.map(step => [step.id, answer]));
};

const stands: {readonly status: Status; readonly own: object}[] = [
  {status: 'seen', own: {steps: 3, isFinished: false, answers: {}}},
  {status: 'skipped', own: {steps: 14, isFinished: true, answers: answers('echo', 'skipped')}},
  {status: 'passed', own: {steps: 14, isFinished: true, answers: answers('echo', 'wrong')}},
];
test.each(stands)('list --format json is one array of ids, titles and status; a lesson may be $status', async stand => {
  const data = await dataWith('echo', stand.own);
  const {code, stdout, stderr} = await run(['list', '--format', 'json'], {env: {XDG_DATA_HOME: data}});
  expect([code, stderr]).toEqual([0, '']);
  const expected = lessons.map(({id, title}) => ({id, title, status: id === 'echo' ? stand.status : 'new'}));
  expect(JSON.parse(stdout)).toEqual(expected);
});

test.each(['en', 'ja'])(
  'doctor says in %s what this machine can do, and exits with 0 where lessons run',
  async language => {
    const {code, stdout, stderr} = await run(['doctor', '--lang', language]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`[ok] Node: ${process.version}`);
    expect(stdout).toMatch(/^\[ok\] .*: socket\(\) = fd$/m);
    expect(linesOf(stdout).filter(line => !/^(\[(ok|no|--)\] [^:]+: .| {5}\S)/.test(line))).toEqual([]);
  },
);

const bad = [
  {args: ['ehco'], says: 'There is no lesson or command “ehco”. Did you mean “echo”?'},
  {args: ['lst'], says: 'Did you mean “list”?'},
  {args: ['play', 'client-fow'], says: 'There is no lesson “client-fow”. Did you mean “client-flow”?'},
  {args: ['play', 'ehco', '--lang', 'ja'], says: '「ehco」というレッスンはありません。「echo」のことですか。'},
  {args: ['--lnag', 'ja'], says: 'There is no option --lnag. Did you mean --lang?'},
  {args: ['play', 'echo', '-p'], says: 'There is no option -p.'},
  {args: ['--lang', 'jp'], says: '--lang cannot be “jp”. It takes ja, en. Did you mean “ja”?'},
  {
    args: ['play', 'echo', '--format', 'jsn'],
    says: '--format cannot be “jsn”. It takes text, json. Did you mean “json”?',
  },
  {args: ['--theme', 'lihgt'], says: '--theme cannot be “lihgt”. It takes auto, dark, light. Did you mean “light”?'},
  {
    args: ['--theme', 'drak', '--lang', 'ja'],
    says: '--theme に「drak」は指定できません。使えるのは auto, dark, light です。「dark」のことですか。',
  },
  {args: ['play', 'echo', '--network', 'hots'], says: 'Did you mean “host”?'},
  {args: ['play', 'echo', '--port'], says: '--port needs a value.'},
  {args: ['play', 'echo', '--ascii=yes'], says: '--ascii takes no value.'},
  {args: ['list', 'all'], says: '“all” is one word too many.'},
  {args: ['echo', 'client-flow'], says: '“client-flow” is one word too many.'},
  {args: ['play'], says: 'Say which lessons to play'},
  {args: ['replay'], says: 'Name the one file to replay'},
  {args: ['replay', 'a', 'b'], says: 'Name the one file to replay'},
  {args: ['play', 'echo', '--message', ''], says: 'The message is empty.'},
  {
    args: ['play', 'echo', '--message', 'あ'.repeat(342)],
    says: 'The message is too long: 1026 bytes, and at most 1024 fit.',
  },
];

test.each(bad)('$args is a bad command line, which is said in one sentence', ({args, says}) => {
  const parsed = parseCommandLine(args, ids);
  if (parsed.kind !== 'complaint') throw new Error('it is taken');
  const {text, values, caret} = parsed.complaint;
  expect([fill(text, parsed.language ?? 'en', values), caret]).toEqual([expect.stringContaining(says), undefined]);
});

test.each([
  ...bad.filter(({args}) => args.includes('ehco') || args.includes('--message')),
  {args: ['lab'], says: 'stdin has no line to do.'},
])('$args is a bad command line: one sentence on stderr, exit 2', async ({args, says}) => {
  const {code, stdout, stderr} = await run(args);
  expect([code, stdout]).toEqual([2, '']);
  expect(linesOf(stderr)).toEqual([expect.stringContaining(says)]);
  expect(stderr).toMatch(/^sockwalk: /);
});

test('a bad word with escape sequences reaches the terminal as marks', async () => {
  const {code, stderr} = await run(['\x1b[31mred\u202e\x9b']);
  expect(code).toBe(2);
  expect(stderr).toContain('[31mred');
  expect(stderr).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
});

test('a damaged progress file is set aside, which is said, and the list still works', async () => {
  const data = freshFolder();
  await mkdir(join(data, 'sockwalk'));
  writeFileSync(join(data, 'sockwalk', 'progress.json'), '{"version":1,"lessons":{"echo":');
  const {code, stdout, stderr} = await run(['list'], {env: {XDG_DATA_HOME: data}});
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\[ \] +\d+ {2}echo /m);
  const [kept = '', ...others] = readdirSync(join(data, 'sockwalk'));
  expect([kept, others]).toEqual([expect.stringMatching(/^progress\.json\.damaged-\d+$/), []]);
  expect(linesOf(stderr)).toEqual([expect.stringContaining(join(data, 'sockwalk', kept))]);
  expect(readFileSync(join(data, 'sockwalk', kept), 'utf8')).toBe('{"version":1,"lessons":{"echo":');
});

test.each([
  ['a later version', {version: 2, lessons: {}}],
  ['a lesson without answers', {version: 1, lessons: {echo: {steps: 1, isFinished: false}}}],
  ['another shape', []],
])('progress of %s is set aside rather than misread', async (_, content) => {
  const data = freshFolder();
  await mkdir(join(data, 'sockwalk'));
  writeFileSync(join(data, 'sockwalk', 'progress.json'), JSON.stringify(content));
  const {code, stderr} = await run(['list'], {env: {XDG_DATA_HOME: data}});
  expect(code).toBe(0);
  expect(stderr).toContain('has been set aside');
});

test('where no data folder can be, the list works and says nothing', async () => {
  const file = join(freshFolder(), 'file');
  writeFileSync(file, '');
  const {code, stdout, stderr} = await run(['list'], {env: {XDG_DATA_HOME: file}});
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^\[ \] +\d+ {2}echo /m);
});

/** The program where koffi was not installed: the bundle alone. */
function withoutKoffi(): string {
  const folder = freshFolder();
  cpSync(dirname(program), join(folder, 'dist'), {recursive: true});
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  return join(folder, 'dist', 'sockwalk.js');
}

test('without koffi, play says what is missing and what to do, and exits with 1', async () => {
  const {code, stdout, stderr} = await run(['play', 'echo', '--port', '0'], {program: withoutKoffi()});
  expect([code, stdout]).toEqual([1, '']);
  expect(linesOf(stderr)).toEqual([expect.stringMatching(/System calls cannot be made: koffi.*npm install koffi/)]);
});

test('without koffi, doctor says so and exits with 1', async () => {
  const {code, stdout} = await run(['doctor'], {program: withoutKoffi()});
  expect(code).toBe(1);
  expect(stdout).toMatch(/^\[no\] System calls.*koffi/m);
  expect(stdout).toContain('npm install koffi installs it.');
});

test.each([['list'], ['--help'], ['--version']])('without koffi, %s works', async word => {
  expect(await run([word], {program: withoutKoffi()})).toMatchObject({code: 0, stderr: ''});
});

test.each([['--help'], ['list'], ['doctor'], ['ehco']])('in a locale without UTF-8, %s is ASCII', async word => {
  const {stdout, stderr} = await run([word], {env: {LC_ALL: 'C'}});
  expect(stdout + stderr).toMatch(/^[ -~\n]+$/);
});

test('the lessons that play knows are those of the list', async () => {
  const {stdout} = await run(['list', '--format', 'json']);
  expect(JSON.parse(stdout).map(({id}: {id: string}) => id)).toEqual(ids);
});
