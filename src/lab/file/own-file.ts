import {type BigIntStats, lstatSync, mkdtempSync, renameSync, rmdirSync, unlinkSync} from 'node:fs';
import {join} from 'node:path';

/** Which file it is, whatever its name: no two files have the same numbers at one time (man 2 stat, st_dev and st_ino). */
export interface FileNumber {
  readonly device: bigint;
  readonly inode: bigint;
}

export const numberOf = ({dev, ino}: BigIntStats): FileNumber => ({device: dev, inode: ino});

/** The file that a path leads to by now; null where there is none, or where nobody may look. */
export function fileAt(path: string): FileNumber | null {
  try {
    return numberOf(lstatSync(path, {bigint: true}));
  } catch {
    return null;
  }
}

export const isSameFile = (a: FileNumber | null, b: FileNumber | null): boolean =>
  a !== null && b !== null && a.device === b.device && a.inode === b.inode;

/** Removes what is at a path, if that is still this file. */
export function removeOwn(path: string, own: FileNumber | null): void {
  if (isSameFile(fileAt(path), own)) unlinkSync(path);
}

/**
 * Does what removes whatever is at a path (libuv does, where it closes a Unix socket that it has bound), and leaves another’s file
 * there: that one is out of the way meanwhile, for less than a millisecond.
 */
export function sparingOthers(path: string, own: FileNumber | null, act: () => void): void {
  const there = fileAt(path);
  if (there === null || isSameFile(there, own)) return act();
  const folder = asideFolder(path);
  if (folder === null) return act();
  const aside = join(folder, 'file');
  const isMoved = isDone(() => renameSync(path, aside));
  act();
  if (isMoved) renameSync(aside, path);
  rmdirSync(folder);
}

/** Where it fails, nothing can be removed from that folder either: a file of another user, with the sticky bit. */
function isDone(move: () => void): boolean {
  try {
    move();
    return true;
  } catch {
    return false;
  }
}

/** A folder beside it, on the same file system; null where none can be made: then nothing can be removed there either. */
function asideFolder(path: string): string | null {
  try {
    return mkdtempSync(`${path}.`);
  } catch {
    return null;
  }
}
