import {readdir, readFile, readlink} from 'node:fs/promises';
import {createServer} from 'node:net';
import {basename} from 'node:path';
import {type Port, port} from '../model/brands.ts';
import type {Errno} from '../model/errno.ts';
import {parseInetTable, type TableRow} from './proc-net.ts';

/** Who stands on a port: a process, as far as this account may see it, or only the kernel (TIME_WAIT after a close). */
export type PortOwner =
  | {readonly kind: 'process'; readonly pid: number; readonly command: string}
  | {readonly kind: 'hidden'}
  | {readonly kind: 'kernel'; readonly state: string}
  | {readonly kind: 'unknown'};

/**
 * Asks the kernel whether a server can have 127.0.0.1:port now, by binding and listening there with SO_REUSEADDR (which
 * libuv sets) as the lessons do, and closing again. Null when it can.
 */
export function refusalOf(wanted: Port): Promise<Errno | null> {
  return new Promise(resolve => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve((error.code ?? 'EUNKNOWN') as Errno));
    probe.listen({port: wanted, host: '127.0.0.1', exclusive: true}, () => probe.close(() => resolve(null)));
  });
}

/** The next port above this one that a server can have; null when there is none. */
export async function nextFree(taken: Port): Promise<Port | null> {
  for (let n = taken + 1; n <= 65535; n++) if ((await refusalOf(port(n))) === null) return port(n);
  return null;
}

export async function ownerOf(taken: Port): Promise<PortOwner> {
  const rows = await rowsOn(taken);
  const held = rows.find(row => row.inode !== 0);
  if (!held) return rows[0] ? {kind: 'kernel', state: rows[0].state} : {kind: 'unknown'};
  return (await holderOf(held.inode)) ?? {kind: 'hidden'};
}

async function rowsOn(taken: Port): Promise<TableRow[]> {
  const tables = (['tcp', 'tcp6'] as const).map(async name =>
    parseInetTable(name, await readFile(`/proc/self/net/${name}`, 'utf8').catch(() => '')),
  );
  const rows = (await Promise.all(tables)).flat().filter(row => 'port' in row.local && row.local.port === taken);
  const listening = rows.filter(row => row.state === 'LISTEN');
  return listening.length > 0 ? listening : rows;
}

/** The process that has the socket among its descriptors; null where /proc does not let this account see it. */
async function holderOf(inode: number): Promise<PortOwner | null> {
  const socket = `socket:[${inode}]`;
  const processes = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  for (const pid of processes) {
    for (const n of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      if ((await readlink(`/proc/${pid}/fd/${n}`).catch(() => '')) !== socket) continue;
      return {kind: 'process', pid: Number(pid), command: await commandOf(pid)};
    }
  }
  return null;
}

// The first word of the command line: `comm` is the main thread's name, and Node 24 calls that MainThread.
async function commandOf(pid: string): Promise<string> {
  const [program = ''] = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
  return basename(program);
}
