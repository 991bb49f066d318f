import {describe, expect, test} from 'vitest';
import type {News} from '../../../src/lab/actor/actor-process.ts';
import {makeFolder, writeFiles} from '../../../src/lab/file/folder.ts';
import {openLab} from '../../../src/lab/lab.ts';
import {signals} from '../../../src/lab/libc/constants.ts';
import {pid} from '../../../src/model/brands.ts';
import {fromBase64} from '../../../src/model/payload.ts';
import {must} from '../calls.ts';
import {isGone} from '../processes.ts';
import {until} from '../until.ts';

async function labWith(files: Readonly<Record<string, string>>) {
  const folder = await makeFolder();
  await writeFiles(
    folder.path,
    Object.entries(files).map(([name, text]) => ({name, text})),
  );
  const lab = await openLab(['server', 'client'], folder.path, {showsFiles: false});
  const news: News[] = [];
  lab.onNews((_, one) => news.push(one));
  const dispose = async () => {
    await lab[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  };
  const pidOfProgram = async () => {
    await until('the program runs', () => news.some(one => one.kind === 'program-started'));
    return news.flatMap(one => (one.kind === 'program-started' ? [one.pid] : []))[0] ?? pid(0x7fffffff);
  };
  return {lab, news, folder: folder.path, pidOfProgram, [Symbol.asyncDispose]: dispose};
}

const run = (...args: string[]) => ({name: 'run', args}) as const;
const linesIn = (news: readonly News[], stream: 'stdout' | 'stderr') =>
  news.flatMap(one =>
    one.kind === 'said' && one.stream === stream ? [Buffer.from(fromBase64(one.data)).toString()] : [],
  );

const stay = 'setInterval(() => {}, 1000); console.log("up")';
const listen = "require('net').createServer().listen(0, '127.0.0.1')";

describe('a program', () => {
  test('is run to its end, and its exit code and all that it wrote are told before it', async () => {
    await using it = await labWith({'a.js': "console.log('one\\nこ'); console.error('two'); process.exitCode = 3"});
    const answer = await it.lab.perform('server', run('a.js'));
    expect(answer).toMatchObject({outcome: {kind: 'ended', code: 3, signal: null}});
    expect(linesIn(it.news, 'stdout')).toEqual(['one', 'こ']);
    expect(linesIn(it.news, 'stderr')).toEqual(['two']);
  });

  test('is given its arguments: --check reads it and does not run it', async () => {
    await using it = await labWith({'a.js': "console.log('run')", 'b.js': '('});
    expect(await it.lab.perform('server', run('--check', 'a.js'))).toMatchObject({outcome: {code: 0}});
    expect(await it.lab.perform('server', run('--check', 'b.js'))).toMatchObject({outcome: {code: 1}});
    expect(linesIn(it.news, 'stdout')).toEqual([]);
    expect(linesIn(it.news, 'stderr').join()).toContain('SyntaxError');
  });

  test('that listens is one whose socket is seen; its actor makes calls meanwhile, and can end it', async () => {
    await using it = await labWith({'server.js': listen});
    const ended = it.lab.perform('server', run('server.js'));
    await until('it listens', async () => (await it.lab.observe()).sockets.length === 1);
    expect((await it.lab.observe()).sockets).toMatchObject([{actor: 'server', state: 'LISTEN', heldBy: 'descriptor'}]);
    await must(it.lab, 'server', {name: 'kill', pid: await it.pidOfProgram(), signal: 'SIGTERM'});
    expect(await ended).toMatchObject({outcome: {kind: 'ended', code: null, signal: 'SIGTERM'}});
    expect((await it.lab.observe()).sockets).toEqual([]);
  });

  test('that never stops writing is heard up to a limit', async () => {
    await using it = await labWith({'a.js': "for (let i = 0; i < 3000; i++) console.log('x'.repeat(99))"});
    await it.lab.perform('server', run('a.js'));
    const bytes = linesIn(it.news, 'stdout').join('').length;
    expect(bytes).toBeGreaterThan(60_000);
    expect(bytes).toBeLessThanOrEqual(64 * 1024);
  });

  test('whose line is endless is heard in pieces', async () => {
    await using it = await labWith({'a.js': "process.stdout.write('x'.repeat(2500))"});
    await it.lab.perform('server', run('a.js'));
    expect(linesIn(it.news, 'stdout').map(line => line.length)).toEqual([1024, 1024, 452]);
  });

  test.each(['ends when the lab is disposed of', 'ends when its actor is killed'])('%s', async how => {
    await using it = await labWith({'stay.js': stay});
    const ended = it.lab.perform('server', run('stay.js'));
    const program = await it.pidOfProgram();
    if (how.includes('killed')) process.kill(it.lab.actors[0]?.pid ?? -1, 'SIGKILL');
    else await it[Symbol.asyncDispose]();
    expect(await ended).toEqual({kind: 'lost'});
    await until('the program is gone', () => isGone(program));
  });

  test('SIGTERM is the number that the kernel knows it by', () => {
    expect(signals).toEqual({SIGKILL: 9, SIGTERM: 15});
  });
});
