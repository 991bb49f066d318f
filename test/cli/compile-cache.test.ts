import {chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import module from 'node:module';
import {join} from 'node:path';
import {expect, test as one} from 'vitest';
import {freshFolder} from '../fresh-folder.ts';
import {needs} from '../needs.ts';
import {run} from './run.ts';

const test = one.concurrent;

/** Node 22.8 and later. */
const keeps = 'enableCompileCache' in module;
const whyNotKept = keeps ? null : 'needs Node 22.8 or later';
const whyKept = keeps ? 'needs a Node before 22.8' : null;

const compiledIn = (cache: string) => join(cache, 'sockwalk', 'compiled');
const kept = (cache: string): string[] => (existsSync(compiledIn(cache)) ? readdirSync(compiledIn(cache)) : []);

async function list(env: Readonly<Record<string, string | undefined>>): Promise<void> {
  const {code, stdout, stderr} = await run(['list', '--lang', 'en'], {env});
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('server-flow');
}

test('what was compiled is kept in the cache folder, and used as it is the next time', needs(whyNotKept), async () => {
  const cache = freshFolder();
  await list({XDG_CACHE_HOME: cache});
  const files = readdirSync(compiledIn(cache), {recursive: true});
  expect(files.length).toBeGreaterThan(5);
  await list({XDG_CACHE_HOME: cache});
  expect(readdirSync(compiledIn(cache), {recursive: true})).toEqual(files);
});

test('a Node that cannot keep what it compiled writes nothing', needs(whyKept), async () => {
  const cache = freshFolder();
  await list({XDG_CACHE_HOME: cache});
  expect(readdirSync(cache)).toEqual([]);
});

test('what older versions kept does not pile up', needs(whyNotKept), async () => {
  const cache = freshFolder();
  for (const n of [1, 2, 3, 4, 5]) mkdirSync(join(compiledIn(cache), `0.0.${n}-v22.8.0-abc`, 'x'), {recursive: true});
  await list({XDG_CACHE_HOME: cache});
  expect(kept(cache)).toHaveLength(3);
  expect(kept(cache).filter(name => !name.startsWith('0.0.'))).toHaveLength(1);
});

test('NODE_DISABLE_COMPILE_CACHE is respected', async () => {
  const cache = freshFolder();
  await list({XDG_CACHE_HOME: cache, NODE_DISABLE_COMPILE_CACHE: '1'});
  expect(kept(cache)).toEqual([]);
});

test('a relative XDG_CACHE_HOME is not used', async () => {
  const cache = `no-such-folder-${process.pid}`;
  await list({XDG_CACHE_HOME: cache});
  expect(existsSync(cache)).toBe(false);
});

test('a cache folder that cannot be written, or none, is no error', async () => {
  const [file, readOnly] = [join(freshFolder(), 'file'), freshFolder()];
  writeFileSync(file, '');
  chmodSync(readOnly, 0o555);
  for (const cache of [file, readOnly, '/proc/nowhere', '/dev/full']) await list({XDG_CACHE_HOME: cache});
  await list({XDG_CACHE_HOME: undefined, HOME: undefined});
  const home = join(freshFolder(), 'missing');
  await list({XDG_CACHE_HOME: undefined, HOME: home});
  expect(existsSync(home)).toBe(false);
});
