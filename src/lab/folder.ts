import {chmod, lstat, mkdir, mkdtemp, readdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import type {FileRow} from '../model/sockets.ts';

/** A folder for a walk's socket files; it goes, with all that is in it, when it is disposed of. */
export interface Folder extends AsyncDisposable {
  readonly path: string;
}

/** Makes a folder that every account may look into, so that only the files' own permissions count. */
export async function makeFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'sockwalk-'));
  await chmod(path, 0o755);
  return {path, [Symbol.asyncDispose]: () => rm(path, {recursive: true, force: true})};
}

/** Writes programs into a folder; a name may have folders of its own. */
export async function writeFiles(folder: string, files: readonly {name: string; text: string}[]): Promise<void> {
  for (const {name, text} of files) {
    await mkdir(dirname(join(folder, name)), {recursive: true});
    await writeFile(join(folder, name), text);
  }
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
