import {flowKey, isNowhere} from '../model/address.ts';
import type {FileRow, SocketRow} from '../model/sockets.ts';
import type {View} from './view.ts';

/** What is new about a row: all of it, its state, descriptor or ends, or what waits in its queues and who keeps it. */
export type Change = 'new' | 'state' | 'queues';

/** By row of the later moment; one that is as it was is not in it. */
export type Changes = ReadonlyMap<SocketRow | FileRow, Change>;

export const noChanges: Changes = new Map();

/** What the kernel showed at one moment and not, or otherwise, at an earlier one. What it no longer shows has no row to tell of. */
export function changesBetween(before: View, now: View): Changes {
  const known = before.lanes.flatMap(({sockets}) => sockets);
  const rows = now.lanes.flatMap(({sockets}) => sockets).map(row => [row, changeOf(earlier(row, known), row)] as const);
  const files = now.files.map(file => [file, fileChange(file, before.files)] as const);
  return new Map<SocketRow | FileRow, Change>(
    [...rows, ...files].flatMap(([row, change]) => (change ? [[row, change]] : [])),
  );
}

/** The same socket at the earlier moment. In an accept queue and after close() it has no inode (0), and is known by its ends. */
function earlier(row: SocketRow, known: readonly SocketRow[]): SocketRow | undefined {
  const own = known.filter(({actor}) => actor === row.actor);
  const same = own.filter(({inode}) => inode !== 0 && inode === row.inode);
  if (same.length > 0) return same.find(({fd}) => fd === row.fd) ?? same[0];
  const ends = endsOf(row);
  return ends === null ? undefined : own.find(one => (one.inode === 0 || row.inode === 0) && endsOf(one) === ends);
}

const endsOf = ({local, remote}: SocketRow): string | null =>
  remote && !isNowhere(remote) ? flowKey(local, remote) : null;

function changeOf(before: SocketRow | undefined, now: SocketRow): Change | null {
  if (!before) return 'new';
  if (named(before) !== named(now)) return 'state';
  return kept(before) === kept(now) ? null : 'queues';
}

const named = ({fd, state, local, remote}: SocketRow): string => JSON.stringify([fd, state, local, remote]);

// What TCP_INFO measures goes up and down by itself.
const kept = ({heldBy, listed, recvQueue, sendQueue, drops = 0}: SocketRow): string =>
  JSON.stringify([heldBy, listed, recvQueue, sendQueue, drops]);

function fileChange(file: FileRow, known: readonly FileRow[]): Change | null {
  const before = known.find(({name}) => name === file.name);
  if (!before) return 'new';
  return before.mode === file.mode ? null : 'state';
}
