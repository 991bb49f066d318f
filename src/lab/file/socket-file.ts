import type {BigIntStats} from 'node:fs';
import {lstat, stat} from 'node:fs/promises';
import {connect} from 'node:net';
import {dirname} from 'node:path';
import {type FileNumber, numberOf, removeOwn} from './own-file.ts';

/** The longest path that sockaddr_un holds, in bytes, less the zero at its end (man 7 unix). */
export const longestPath = 107;

/** What stands where a Unix socket is wanted. */
export type AtPath =
  | {readonly kind: 'nothing'}
  /** A socket file that nobody listens on, left behind by a process that has gone. */
  | {readonly kind: 'stale'; readonly file: FileNumber}
  | {readonly kind: 'in-use'}
  /** A socket file to which this account may not connect, and so cannot tell whether anybody listens. */
  | {readonly kind: 'not-ours'}
  | {readonly kind: 'no-socket'}
  | {readonly kind: 'too-long'; readonly bytes: number}
  | {readonly kind: 'refused'; readonly errno: string};

/** Looks at a path, and where a socket file is there asks by connect(2) whether anybody listens. */
export async function lookAtPath(path: string): Promise<AtPath> {
  const bytes = Buffer.byteLength(path);
  if (bytes > longestPath) return {kind: 'too-long', bytes};
  let found: BigIntStats;
  try {
    found = await lstat(path, {bigint: true});
  } catch (error) {
    const {code = 'EUNKNOWN'} = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? inFolder(dirname(path)) : {kind: 'refused', errno: code};
  }
  if (!found.isSocket()) return {kind: 'no-socket'};
  const errno = await connecting(path);
  if (errno === null) return {kind: 'in-use'};
  if (errno === 'EACCES') return {kind: 'not-ours'};
  return errno === 'ECONNREFUSED' ? {kind: 'stale', file: numberOf(found)} : {kind: 'refused', errno};
}

/** Whether a path leads to a socket. To connect(2), any other file is ECONNREFUSED, as a socket is that nobody listens on. */
export const isSocketFile = (path: string): Promise<boolean> =>
  stat(path).then(
    found => found.isSocket(),
    () => false,
  );

/** Removes a socket file that was found stale, unless another has taken its place since then. */
export const removeStale = (path: string, {file}: Extract<AtPath, {kind: 'stale'}>): void => removeOwn(path, file);

/** libuv says EACCES where the folder is missing; it is ENOENT. */
const inFolder = (folder: string): Promise<AtPath> =>
  stat(folder).then(
    () => ({kind: 'nothing'}),
    (error: NodeJS.ErrnoException) => ({kind: 'refused', errno: error.code ?? 'EUNKNOWN'}),
  );

const connecting = (path: string): Promise<string | null> =>
  new Promise(resolve => {
    const probe = connect({path});
    probe.once('connect', () => {
      probe.destroy();
      resolve(null);
    });
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'EUNKNOWN'));
  });
