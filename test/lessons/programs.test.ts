import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {lessons} from '../../lessons/index.ts';
import {sourceOf} from '../../src/draw/lesson/listing.ts';
import {nextFree} from '../../src/lab/kernel/port.ts';
import {port} from '../../src/model/brands.ts';
import {whyWithout} from '../lab/inside.ts';
import {needs} from '../needs.ts';

// The programs that stand beside the calls are real programs: they are compiled and run here.

const run = promisify(execFile);
const whyNoCompiler = whyWithout('cc', '--version');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sockwalk-programs-'));
});
afterAll(() => rm(folder, {recursive: true, force: true}));

const said: Record<string, string> = {
  'server-flow': 'ようこそ',
  'client-flow': 'hello, client!',
  // Node prints a Buffer as bytes: "hello, world!", then the echo of こんにちは.
  echo: '<Buffer 68 65 6c 6c 6f',
};

const withPrograms = lessons.flatMap(({id, programs}) => (programs ? [[id, programs] as const] : []));

describe.each(withPrograms)('%s', (id, programs) => {
  test('its Node server and client run, talk, and end by themselves', async () => {
    await using free = await freeAbove(20_000 + Math.floor(Math.random() * 10_000));
    const files = await Promise.all(
      (['server', 'client'] as const).map(async side => {
        const file = join(folder, `${id}-${side}.mjs`);
        await writeFile(file, sourceOf(programs.node[side], free.port));
        return file;
      }),
    );
    const server = spawn(process.execPath, [files[0] ?? ''], {stdio: 'ignore'});
    try {
      await untilListed(free.port);
      const {stdout} = await run(process.execPath, [files[1] ?? ''], {timeout: 100_000});
      expect(stdout).toContain(said[id]);
    } finally {
      server.kill('SIGKILL');
    }
  });

  test('its C server and client compile without a warning, and end with 0', needs(whyNoCompiler), async () => {
    await using free = await freeAbove(30_000 + Math.floor(Math.random() * 2000));
    const built = await Promise.all(
      (['server', 'client'] as const).map(async side => {
        const program = join(folder, `${id}-${side}`);
        await writeFile(`${program}.c`, sourceOf(programs.c[side], free.port));
        const {stderr} = await run('cc', ['-Wall', '-Wextra', '-o', program, `${program}.c`, ...quiet]);
        expect(stderr).toBe('');
        return program;
      }),
    );
    const server = spawn(built[0] ?? '', {stdio: 'ignore'});
    const ended = once(server, 'exit');
    try {
      await untilListed(free.port);
      await run(built[1] ?? '', {timeout: 100_000});
      expect((await ended)[0]).toBe(0);
    } finally {
      server.kill('SIGKILL');
    }
  });
});

// A main() of a lesson may leave argc unused.
const quiet = ['-Wno-unused-parameter'];

/** A port that nobody has, kept from other walks meanwhile. */
async function freeAbove(start: number): Promise<{port: number} & AsyncDisposable> {
  const found = await nextFree(port(start));
  if (!found) throw new Error(`no port above ${start}`);
  return {port: found.port, [Symbol.asyncDispose]: async () => found.hold[Symbol.asyncDispose]()};
}

/** Waits until the kernel's table has the listener, without connecting to it. */
async function untilListed(n: number): Promise<void> {
  const wanted = new RegExp(`:${n.toString(16).toUpperCase().padStart(4, '0')} [0-9A-F]+:0000 0A`);
  const deadline = Date.now() + 100_000;
  while (!wanted.test(await readFile('/proc/self/net/tcp', 'utf8'))) {
    if (Date.now() > deadline) throw new Error(`nobody listens on ${n}`);
    await new Promise(resolve => setImmediate(resolve));
  }
}
