import {chmod, lstat, mkdir, mkdtemp, readdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import type {FileRow} from '../../model/sockets.ts';
import {longestPath} from './socket-file.ts';

/** A folder for a walk's socket files; it goes, with all that is in it, when it is disposed of. */
export interface Folder extends AsyncDisposable {
  readonly path: string;
}

/** The folder for temporary files cannot be used. */
export class NoFolder extends Error {
  readonly folder: string;
  /** Null where its path is too long for a socket file in it. */
  readonly errno: string | null;
  constructor(folder: string, errno: string | null) {
    super(`${folder}: ${errno ?? 'too long'}`);
    this.folder = folder;
    this.errno = errno;
  }
}

/** As long as the name of any socket file of a lesson, in bytes, with the slash before it. */
const nameBytes = '/chat.sock'.length;
/** Of a full disk, so many bytes are there for a folder and not for what a lesson writes into it. */
const neededBytes = 64 * 1024;

/**
 * Makes a folder that every account may look into, so that only the files' own permissions count. Throws `NoFolder`, leaving
 * none.
 *
 * @param hasSockets whether there will be socket files in it, whose path has its longest
 */
export async function makeFolder(hasSockets = false): Promise<Folder> {
  const path = await saying(tmpdir(), () => mkdtemp(join(resolve(tmpdir()), 'sockwalk-')));
  const folder = {path, [Symbol.asyncDispose]: () => rm(path, {recursive: true, force: true})};
  try {
    if (hasSockets && Buffer.byteLength(path) + nameBytes > longestPath) throw new NoFolder(tmpdir(), null);
    await saying(tmpdir(), () => tryOut(path));
    return folder;
  } catch (error) {
    await folder[Symbol.asyncDispose]();
    throw error;
  }
}

async function tryOut(path: string): Promise<void> {
  await chmod(path, 0o755);
  await writeFile(join(path, 'room'), Buffer.alloc(neededBytes));
  await rm(join(path, 'room'));
}

/** What a system call about files refuses becomes a `NoFolder`. */
async function saying<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new NoFolder(folder, (error as NodeJS.ErrnoException).code ?? String(error));
  }
}

/** Writes programs into a folder; a name may have folders of its own. Throws `NoFolder`. */
export async function writeFiles(folder: string, files: readonly {name: string; text: string}[]): Promise<void> {
  await saying(folder, async () => {
    for (const {name, text} of files) {
      await mkdir(dirname(join(folder, name)), {recursive: true});
      await writeFile(join(folder, name), text);
    }
  });
}

/** The files of a folder by name, as lstat(2) shows them. */
export async function filesOf(folder: string): Promise<FileRow[]> {
  const names = (await readdir(folder).catch(() => [])).sort();
  const rows = await Promise.all(
    names.map(async name => {
      const mode = await lstat(join(folder, name)).then(
        status => modeText(status.mode),
        () => null,
      );
      return mode ? [{name, mode}] : [];
    }),
  );
  return rows.flat();
}

/** man 7 inode (S_IFMT, the bits above 12), as ls -l writes the types that may be met here. */
const types: Readonly<Record<number, string>> = {12: 's', 10: 'l', 8: '-', 4: 'd', 1: 'p'};

/** `srwxr-xr-x`. Set-id and sticky bits are not shown. */
export function modeText(mode: number): string {
  const bits = [...'rwxrwxrwx'].map((letter, i) => ((mode >> (8 - i)) & 1 ? letter : '-'));
  return (types[mode >> 12] ?? '?') + bits.join('');
}
