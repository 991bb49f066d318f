import {execFileSync} from 'node:child_process';
import {lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test as one} from 'vitest';
import {program} from '../components/sockwalk.ts';
import {freshFolder} from '../fresh-folder.ts';
import {whyNotInside} from '../lab/inside.ts';
import {needs} from '../needs.ts';
import {run, startCommand} from './run.ts';

const test = one.concurrent;

const inShell = (script: string, args: readonly string[], around = {}) =>
  startCommand('sh', ['-c', script, 'sh', process.execPath, program, ...args], around).ended;
/** In a folder of its own that has room for so many bytes. */
const onSmallDisk = (bytes: number, script: string, args: readonly string[]) => {
  const folder = freshFolder();
  const mount = `mount -t tmpfs -o size=${bytes} none ${folder} && cd ${folder} && ${script}`;
  return startCommand('unshare', ['-Urm', 'sh', '-c', mount, 'sh', process.execPath, program, ...args]).ended;
};

describe('--pcap is written over nothing, and waits for nobody', () => {
  test.each<[what: string, make: (file: string) => void]>([
    ['a file', file => writeFileSync(file, 'mine')],
    ['a FIFO that nobody reads', file => void execFileSync('mkfifo', [file])],
    ['a folder', file => void mkdirSync(file)],
    ['a link that leads nowhere', file => symlinkSync(`${file}-missing`, file)],
    ['a link to a device', file => symlinkSync('/dev/null', file)],
  ])('where %s is there nothing is played, and the exit code is 1', async (_, make) => {
    const file = join(freshFolder(), 'capture.pcapng');
    make(file);
    const before = lstatSync(file).mtimeMs;
    const {code, stdout, stderr} = await run(['play', 'client-flow', '--lang', 'en', '--pcap', file]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      `sockwalk: ${file} is there already, and is not written over. Choose another name, or remove it first.\n`,
    );
    expect(lstatSync(file).mtimeMs).toBe(before);
  });

  test('a script as well', async () => {
    const scene = join(freshFolder(), 'scene.txt');
    writeFileSync(scene, 'client socket\n');
    const {code, stdout, stderr} = await run(['play', '--script', scene, '--lang', 'en', '--pcap', scene]);
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining(`${scene} is there already`)]);
    expect(readFileSync(scene, 'utf8')).toBe('client socket\n');
  });

  test('on a disk that fills up the walk goes on, and the exit code is 1', needs(whyNotInside), async () => {
    const args = ['play', 'echo', 'four-ways-to-part', '--lang', 'en', '--network', 'private', '--pcap', 'x'];
    const [none, some] = await Promise.all(
      [4096, 8192].map(bytes => onSmallDisk(bytes, 'head -c 4096 /dev/zero > full && exec "$@"', args)),
    );
    const noSpace = expect.stringContaining('ENOSPC: no space left on device');
    expect([none?.code, none?.stdout, none?.stderr]).toEqual([1, '', noSpace]);
    expect([some?.code, some?.stdout, some?.stderr]).toEqual([
      1,
      expect.stringContaining('four-ways-to-part: in all'),
      noSpace,
    ]);
  });
});

describe('what standard output does not take is said, and the exit code is 1', () => {
  const said = 'sockwalk: Standard output cannot be written to (ENOSPC: no space left on device).\n';

  test.each([
    'list',
    'list --format json',
    '--help',
    '--version',
    'doctor',
    'progress export',
    'play client-flow --network host --port 0',
    'serve --port 0',
  ])('%s', async command => {
    const {code, stderr} = await inShell('exec "$@" > /dev/full', [...command.split(' '), '--lang', 'en']);
    expect([code, stderr]).toEqual([1, said]);
  });

  test('also where a part of it found room', needs(whyNotInside), async () => {
    const {code, stderr} = await onSmallDisk(4096, 'exec "$@" > help', ['--help', '--lang', 'en']);
    expect([code, stderr]).toEqual([1, said]);
  });
});

describe('a file that an editor began with a byte order mark is read all the same', () => {
  const marked = (name: string, text: string): string => {
    const file = join(freshFolder(), name);
    writeFileSync(file, `\ufeff${text.replaceAll('\n', '\r\n')}`);
    return file;
  };

  test('a recording, with line ends of Windows', async () => {
    const {stdout} = await run(['play', 'client-flow', '--network', 'host', '--port', '0', '--format', 'json']);
    const {code, stderr} = await run(['replay', marked('walk.jsonl', stdout), '--lang', 'en']);
    expect([code, stderr]).toEqual([0, '']);
  });

  test('a script, and progress', async () => {
    const script = marked('scene.txt', 'client socket\nexpect ok\n');
    const progress = marked('progress.json', '{"version":1,"lessons":{}}\n');
    const [played, imported] = await Promise.all([
      run(['play', '--script', script, '--network', 'host', '--port', '0']),
      run(['progress', 'import', progress]),
    ]);
    expect([played.code, imported.code]).toEqual([0, 0]);
  });
});

test('a recording on a FIFO that nobody writes is given up', async () => {
  const fifo = join(freshFolder(), 'fifo');
  execFileSync('mkfifo', [fifo]);
  const {code, stderr} = await run(['replay', fifo, '--lang', 'en']);
  expect([code, stderr]).toEqual([1, `sockwalk: ${fifo} cannot be read: ETIMEDOUT\n`]);
});

test('JSON that is written out holds nothing that steers a terminal, and means the same', async () => {
  const hostile = 'a\x7f\x9b2J\u202eb\u200b\u{e0041}';
  const file = join(freshFolder(), 'walk.jsonl');
  const events = [
    {seq: 0, at: 0, kind: 'actor-started', actor: 'client', pid: 7},
    {seq: 1, at: 0, kind: 'judged', lesson: hostile, step: hostile, holds: true, unmet: [], fulfilled: []},
    {seq: 2, at: 0, kind: 'actor-exited', actor: 'client', code: 0, signal: hostile},
  ];
  writeFileSync(file, events.map(event => `${JSON.stringify(event)}\n`).join(''));
  const {code, stdout} = await run(['replay', file, '--format', 'json']);
  expect(code).toBe(0);
  expect(stdout).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(
    stdout
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line)),
  ).toEqual(events);
});
