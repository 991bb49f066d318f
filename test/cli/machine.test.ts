import {mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test as one} from 'vitest';
import {program, Sockwalk} from '../components/sockwalk.ts';
import {freshFolder} from '../fresh-folder.ts';
import {whyNotInside} from '../lab/inside.ts';
import {needs} from '../needs.ts';
import {run, startCommand} from './run.ts';

const test = one.concurrent;

const nowhere = '/nonexistent/tmp';
const enoent = 'The temporary folder /nonexistent/tmp cannot be used (ENOENT: no such file or directory).';
const played = (lesson: string) => new RegExp(`^${lesson}: in all \\d+ steps`, 'm');

/** A folder with a path of so many bytes. */
function longFolder(bytes: number): string {
  const base = freshFolder();
  const path = `${base}/${'x'.repeat(bytes - base.length - 1)}`;
  mkdirSync(path);
  return path;
}

/** Runs in a shell that may mount things for itself alone. */
const mounted = (script: string, ...args: readonly string[]) =>
  startCommand('unshare', ['-Urm', 'sh', '-c', `${script} && exec "$@"`, 'sh', process.execPath, program, ...args])
    .ended;

describe('the temporary folder cannot be used', () => {
  test('play says so with its errno, plays the lessons that need none, and ends with 1', async () => {
    const args = ['play', 'socket-file', 'client-flow', '--lang', 'en', '--port', '0'];
    const {code, stdout, stderr} = await run(args, {env: {TMPDIR: nowhere}});
    expect([code, stderr.split('\n')[0]]).toEqual([1, expect.stringContaining(`socket-file: ${enoent}`)]);
    expect(stdout).toMatch(played('client-flow'));
  });

  test('verify too, and goes on to the review questions', async () => {
    const {code, stdout, stderr} = await run(['verify', 'socket-file', '--lang', 'en'], {
      env: {TMPDIR: nowhere},
    });
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout.split(enoent).length).toBeGreaterThan(2);
  });

  test('a script too, in Japanese', async () => {
    const file = join(freshFolder(), 'scene.txt');
    writeFileSync(file, 'client socket\n');
    const {code, stderr} = await run(['play', '--script', file, '--lang', 'ja'], {env: {TMPDIR: '/dev/null'}});
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^sockwalk: 一時フォルダー \/dev\/null を使えません\(ENOTDIR: /),
    ]);
  });

  test('doctor says so, and what does not run without it', async () => {
    const {code, stdout} = await run(['doctor', '--lang', 'en'], {env: {TMPDIR: nowhere}});
    expect(code).toBe(0);
    expect(stdout).toContain(`[no] Temporary folder: ${enoent}`);
  });

  test('its path is too long for a socket file: a lesson with one says so, others run there', async () => {
    const folder = longFolder(100);
    const args = ['play', 'socket-file', 'spot-the-bugs', '--lang', 'en', '--port', '0'];
    const {code, stdout, stderr} = await run(args, {env: {TMPDIR: folder}});
    expect([code, stderr.split('\n')[0]]).toEqual([1, expect.stringContaining(`${folder} is too long`)]);
    expect(stdout).toMatch(played('spot-the-bugs'));
    expect(readdirSync(folder)).toEqual([]);
  });

  test('it is full, or read-only', needs(whyNotInside), async () => {
    const folder = freshFolder();
    const play = ['play', 'spot-the-bugs', '--lang', 'en', '--network', 'host', '--port', '0'];
    const tmpfs = (options: string) => `export TMPDIR=${folder}; mount -t tmpfs -o ${options} none ${folder}`;
    const [full, readOnly] = await Promise.all([mounted(tmpfs('size=16k'), ...play), mounted(tmpfs('ro'), ...play)]);
    expect([full.code, full.stderr]).toEqual([
      1,
      expect.stringContaining(`${folder} cannot be used (ENOSPC: no space`),
    ]);
    expect([readOnly.code, readOnly.stderr]).toEqual([1, expect.stringContaining(`${folder} cannot be used (EROFS: `)]);
    expect(`${full.stderr}${readOnly.stderr}`).not.toContain('mistake');
  });

  test.each([
    ['a lesson', 'socket-file'],
    ['free play', 'lab'],
  ])('on the screen %s is not opened, and the list says why', async (_, what) => {
    await using sockwalk = await Sockwalk.open({args: [what], env: {TMPDIR: nowhere}});
    await sockwalk.terminal.until('The temporary folder /nonexistent/tmp');
    expect(sockwalk.moment.kind).toBe('home');
  });
});

test(
  'without /proc the kernel’s tables are said to be missing, and koffi is not blamed',
  needs(whyNotInside),
  async () => {
    const hide = 'mount -t tmpfs none /proc';
    const [play, doctor] = await Promise.all([
      mounted(hide, 'play', 'handshake', '--lang', 'en', '--port', '0'),
      mounted(hide, 'doctor', '--lang', 'en'),
    ]);
    for (const ran of [play, doctor]) expect(ran.code).toBe(1);
    expect(play.stderr).toContain('The kernel’s tables cannot be read: /proc/self/net/tcp.');
    expect(doctor.stdout).toContain('[no] The kernel’s tables: The kernel’s tables cannot be read');
    expect(`${play.stderr}${doctor.stdout}`).not.toContain('npm install koffi');
  },
);

test('with lo down that is said, and the kernel is blamed for nothing', needs(whyNotInside), async () => {
  const inside = (...args: readonly string[]) =>
    startCommand('unshare', ['-Urn', process.execPath, program, ...args]).ended;
  const [play, doctor] = await Promise.all([
    inside('play', 'client-flow', '--network', 'host', '--port', '0', '--lang', 'en'),
    inside('doctor', '--lang', 'en'),
  ]);
  const said = '127.0.0.1 cannot be reached (ENETUNREACH: network is unreachable).';
  expect([play.code, play.stdout, play.stderr]).toEqual([1, '', expect.stringContaining(said)]);
  expect([doctor.code, doctor.stdout]).toEqual([0, expect.stringContaining(`[no] Loopback: ${said}`)]);
});
