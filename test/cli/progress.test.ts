import {lstatSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import fc from 'fast-check';
import {describe, expect, test as one} from 'vitest';
import {understand} from '../../src/app/keep/progress-file.ts';
import {program} from '../components/sockwalk.ts';
import {freshFolder} from '../fresh-folder.ts';
import {inSoak} from '../long.ts';
import {openTerminal} from '../pty.ts';
import {linesOf, run} from './run.ts';

const test = one.concurrent;

const kept = {
  version: 1,
  lessons: {echo: {steps: 4, isFinished: false, answers: {}, at: 4, choices: {}, message: 'やあ'}},
  beliefs: {'recv-fills-the-buffer': 'held'},
  challenges: {'close-wait': 7},
  made: {server: ['socket', 'bind'], client: []},
};

function dataWith(text: string): {data: string; file: string} {
  const data = freshFolder();
  const file = join(data, 'sockwalk', 'progress.json');
  mkdirSync(dirname(file));
  writeFileSync(file, text);
  return {data, file};
}

const progress = (data: string, ...args: string[]) => run(['progress', ...args], {env: {XDG_DATA_HOME: data}});

test('what export prints, import puts back', async () => {
  const {data} = dataWith(JSON.stringify(kept));
  const exported = await progress(data, 'export');
  expect([exported.code, exported.stderr]).toEqual([0, '']);
  expect(JSON.parse(exported.stdout)).toEqual(kept);

  const file = join(freshFolder(), 'exported.json');
  writeFileSync(file, exported.stdout);
  const other = freshFolder();
  const imported = await progress(other, 'import', file);
  expect([imported.code, imported.stdout]).toEqual([0, '']);
  expect(imported.stderr).toContain('Imported the progress of 1 lesson');
  expect(JSON.parse(readFileSync(join(other, 'sockwalk', 'progress.json'), 'utf8'))).toEqual(kept);
});

test('import asks before it forgets something: without a terminal to ask on it changes nothing, and --yes is a yes', async () => {
  const {data, file} = dataWith(JSON.stringify(kept));
  const empty = join(freshFolder(), 'empty.json');
  writeFileSync(empty, '{"version":1,"lessons":{}}');
  const asked = await progress(data, 'import', empty, '--lang', 'en');
  expect(asked.code).toBe(2);
  expect(asked.stderr).toContain('3 entries of your progress are not in');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(kept);
  expect((await progress(data, 'import', empty, '--yes')).code).toBe(0);
  expect(JSON.parse(readFileSync(file, 'utf8')).lessons).toEqual({});
});

test('a relative XDG_DATA_HOME is ignored, as its specification demands', async () => {
  const home = freshFolder();
  const file = join(freshFolder(), 'mine.json');
  writeFileSync(file, JSON.stringify(kept));
  const env = {HOME: home, XDG_DATA_HOME: 'relative'};
  expect((await run(['progress', 'import', file], {env})).code).toBe(0);
  expect(JSON.parse(readFileSync(join(home, '.local/share/sockwalk/progress.json'), 'utf8'))).toEqual(kept);
});

describe('import changes nothing when the file', () => {
  test.each([
    ['is cut off', '{"version":1,"lessons":{"echo":'],
    ['is empty', ''],
    ['is another program’s', '{"version":"2.0","items":[]}'],
    ['is of a later version', '{"version":2,"lessons":{}}'],
    ['has a status of another shape', '{"version":1,"lessons":{"echo":{"steps":-1,"isFinished":false,"answers":{}}}}'],
    [
      'has a choice that is none',
      '{"version":1,"lessons":{"echo":{"steps":1,"isFinished":false,"answers":{},"choices":{"a":"b"}}}}',
    ],
    [
      'has a message that could not be sent',
      JSON.stringify({...kept, lessons: {echo: {...kept.lessons.echo, message: 'x'.repeat(1025)}}}),
    ],
    ['is larger than any progress', `{"version":1,"lessons":{}}${' '.repeat(1024 * 1024)}`],
    ['is no text', '\0\xff\xfe'],
  ])('%s', async (_, text) => {
    const {data, file} = dataWith(JSON.stringify(kept));
    const foreign = join(freshFolder(), 'foreign.json');
    writeFileSync(foreign, text);
    const {code, stdout, stderr} = await progress(data, 'import', foreign);
    expect([code, stdout]).toEqual([1, '']);
    expect(linesOf(stderr)).toEqual([expect.stringContaining('Nothing was changed.')]);
    expect(readFileSync(file, 'utf8')).toBe(JSON.stringify(kept));
  });

  test('has no end', async () => {
    const {data, file} = dataWith(JSON.stringify(kept));
    const {code, stderr} = await progress(data, 'import', '/dev/zero');
    expect([code, linesOf(stderr)]).toEqual([
      1,
      [expect.stringMatching(/^sockwalk: \/dev\/zero is not sockwalk progress/)],
    ]);
    expect(readFileSync(file, 'utf8')).toBe(JSON.stringify(kept));
  });

  test('is not there, or is a folder', async () => {
    const {data, file} = dataWith(JSON.stringify(kept));
    for (const [path, why] of [
      [join(data, 'none.json'), 'ENOENT'],
      [data, 'EISDIR'],
    ] as const) {
      const {code, stderr} = await progress(data, 'import', path);
      expect(code).toBe(1);
      expect(stderr).toContain(`cannot be read: ${why}. Nothing was changed.`);
    }
    expect(readFileSync(file, 'utf8')).toBe(JSON.stringify(kept));
  });
});

test('a symbolic link at the place of the file stays one, and what it leads to is written', async () => {
  const {data, file} = dataWith(JSON.stringify(kept));
  const elsewhere = join(freshFolder(), 'elsewhere.json');
  renameSync(file, elsewhere);
  symlinkSync(elsewhere, file);
  expect(await progress(data, 'reset', '--yes')).toMatchObject({code: 0});
  expect(lstatSync(file).isSymbolicLink()).toBe(true);
  expect(JSON.parse(readFileSync(elsewhere, 'utf8'))).toMatchObject({lessons: {}});
});

test('import says why when progress cannot be written', async () => {
  const file = join(freshFolder(), 'exported.json');
  writeFileSync(file, JSON.stringify(kept));
  const {code, stderr} = await progress('/dev/null', 'import', file, '--lang', 'en');
  expect([code, stderr]).toEqual([1, 'sockwalk: Progress cannot be saved: ENOTDIR\n']);
});

test('any text is either progress or not, and what is understood can be written and read again', () => {
  const answers = fc.dictionary(fc.string(), fc.constantFrom('right', 'wrong', 'skipped'));
  const lesson = fc.record({steps: fc.nat(), isFinished: fc.boolean(), answers});
  const file = fc.record({version: fc.constant(1), lessons: fc.dictionary(fc.string(), lesson)});
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), text => understand(text) === null || text.includes('1')));
  fc.assert(
    fc.property(file, value => {
      const read = understand(JSON.stringify(value));
      return read !== null && Object.keys(read.lessons).length === Object.keys(value.lessons).length;
    }),
  );
});

describe('reset', () => {
  test('needs --yes where there is nobody to ask, and then forgets everything', async () => {
    const {data, file} = dataWith(JSON.stringify(kept));
    const refused = await progress(data, 'reset');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('--yes');
    expect(readFileSync(file, 'utf8')).toBe(JSON.stringify(kept));
    expect(await progress(data, 'reset', '--yes')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'sockwalk: Forgotten.\n',
    });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      version: 1,
      lessons: {},
      beliefs: {},
      challenges: {},
      made: {server: [], client: []},
    });
    expect((await progress(data, 'reset')).stderr).toContain('There is no progress yet.');
  });

  test.each([
    ['y\r', 'Forgotten.', {}],
    ['n\r', 'Nothing was forgotten.', kept.lessons],
    ['\r', 'Nothing was forgotten.', kept.lessons],
    ['\x04', 'Nothing was forgotten.', kept.lessons],
  ])('asks on a terminal; %j', async (typed, says, left) => {
    const {data, file} = dataWith(JSON.stringify(kept));
    await using terminal = openTerminal(process.execPath, [program, 'progress', 'reset'], {
      ...{columns: 80, rows: 24},
      env: {XDG_DATA_HOME: data},
    });
    await terminal.until('Forget your progress in 1 lesson? [y/N]');
    terminal.type(typed);
    await terminal.until(says);
    expect(await terminal.exited).toMatchObject({exitCode: 0});
    expect(JSON.parse(readFileSync(file, 'utf8')).lessons).toEqual(left);
  });
});

test.each([
  [['progress'], 'export, import or reset'],
  [['progress', 'exprot'], 'Did you mean “export”?'],
  [['progress', 'import'], 'Name the file to import'],
  [['progress', 'export', 'now'], '“now” is one word too many.'],
])('%j is a bad command line', async (args, says) => {
  const {code, stdout, stderr} = await run(args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(says);
});

inSoak(() => {
  test('verify says of each lesson that its claims hold here and nothing else, however many walks that takes', async () => {
    const {code, stdout, stderr} = await run(['verify', 'client-flow', 'order', 'layers']);
    expect([code, stderr]).toEqual([0, '']);
    const [first = '', second = '', third = '', last, ...more] = linesOf(stdout);
    expect(first).toMatch(/^client-flow: fine \(13 steps, \d review questions, [\d.]+ m?s\)$/);
    expect(second).toMatch(/^order: fine \(9 steps, 3 review questions, [\d.]+ m?s\)$/);
    expect(third).toMatch(/^layers: fine \(11 steps, 3 review questions, [\d.]+ m?s\)$/);
    expect([last, more]).toEqual(['All 3 lessons run on this machine.', []]);
  });
});

test('a challenge that was solved is progress as well', async () => {
  const {data} = dataWith(JSON.stringify({version: 1, lessons: {}, challenges: {'close-wait': 7}}));
  expect((await progress(data, 'reset', '--yes')).stderr).toBe('sockwalk: Forgotten.\n');
});
