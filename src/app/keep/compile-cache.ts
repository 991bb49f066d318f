import {existsSync, mkdirSync, readdirSync, rmSync, statSync} from 'node:fs';
import module from 'node:module';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {version} from '../../about/version.ts';
import {userFolder} from './user-folder.ts';

/** From Node 22.8 on. Says whether it worked, and throws nothing. */
const {enableCompileCache} = module as {enableCompileCache?: (folder: string) => unknown};

/** Folders that are kept: of this build with this Node, and of those that were begun last before it. */
const keptAtMost = 3;

/**
 * Lets V8 keep what it has compiled in the user's cache folder, so that the next start need not compile it again. Where it
 * cannot be kept, the program starts as it would without.
 */
export function keepCompiled(): void {
  const {NODE_DISABLE_COMPILE_CACHE: isUnwanted, NODE_COMPILE_CACHE: isElsewhere} = process.env;
  if (!enableCompileCache || isUnwanted || isElsewhere) return;
  try {
    keepIn(userFolder('cache'), enableCompileCache);
  } catch {
    // No home, a full disk, a folder of somebody else's.
  }
}

function keepIn(cache: string, enable: (folder: string) => unknown): void {
  const all = join(cache, 'compiled');
  const own = `${version}-${process.version}-${builtAt()}`;
  const isNew = !existsSync(join(all, own));
  if (isNew) makeFolders(dirname(cache), cache, all, join(all, own));
  enable(join(all, own));
  if (isNew) removeOldest(all, own);
}

/** One in the other. A home that is not there is not made; and in /proc, mkdir() with `recursive` goes on for ever. */
function makeFolders(...folders: readonly string[]): void {
  for (const folder of folders) if (!existsSync(folder)) mkdirSync(folder, {mode: 0o700});
}

/** Tells builds of one version apart. In an installed package it is always the same. */
const builtAt = (): string => Math.trunc(statSync(fileURLToPath(import.meta.url)).mtimeMs / 1000).toString(36);

function removeOldest(all: string, own: string): void {
  const begunAt = (name: string) => statSync(join(all, name)).birthtimeMs;
  const others = readdirSync(all).filter(name => name !== own);
  others.sort((a, b) => begunAt(b) - begunAt(a));
  for (const name of others.slice(keptAtMost - 1)) rmSync(join(all, name), {recursive: true, force: true});
}
