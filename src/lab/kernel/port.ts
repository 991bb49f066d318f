import {readdir, readFile, readlink} from 'node:fs/promises';
import {createServer} from 'node:net';
import {basename} from 'node:path';
import {type Port, port} from '../../model/brands.ts';
import type {Errno} from '../../model/errno.ts';
import {parseInetTable, type TableRow} from './proc-net.ts';

/** Who stands on a port: a process, as far as this account may see it, only the kernel (TIME_WAIT after a close), or another walk. */
export type PortOwner =
  | {readonly kind: 'walk'}
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

/** `sizeof sun_path` on Linux. */
const sunPathBytes = 108;

/**
 * Keeps other walks on this machine off a port from before the lesson binds it until the walk is over: between them a learner
 * may read for minutes. It is a name in the abstract namespace (man 7 unix), which vanishes with the process. Null when
 * another walk has it. The name fills all of sun_path: Node 20 pads a shorter one with NULs to that length, Node 22 does not,
 * and to the kernel these are two names.
 */
export function holdPort(wanted: Port): Promise<AsyncDisposable | null> {
  return new Promise(resolve => {
    const hold = createServer();
    hold.unref();
    hold.once('error', () => resolve(null));
    hold.listen({path: `\0sockwalk 127.0.0.1:${wanted}`.padEnd(sunPathBytes, '\0')}, () =>
      resolve({[Symbol.asyncDispose]: () => new Promise(done => void hold.close(() => done()))}),
    );
  });
}

/** The next port above this one that a server can have and no other walk has; null when there is none. */
export async function nextFree(taken: Port): Promise<{port: Port; hold: AsyncDisposable} | null> {
  for (let n = taken + 1; n <= 65535; n++) {
    const hold = await holdPort(port(n));
    if (!hold) continue;
    if ((await refusalOf(port(n))) === null) return {port: port(n), hold};
    await hold[Symbol.asyncDispose]();
  }
  return null;
}

export async function ownerOf(taken: Port, protocol: 'tcp' | 'udp' = 'tcp'): Promise<PortOwner> {
  const rows = await rowsOn(taken, protocol);
  const held = rows.find(row => row.inode !== 0);
  if (!held) return rows[0] ? {kind: 'kernel', state: rows[0].state} : {kind: 'unknown'};
  return (await holderOf(held.inode)) ?? {kind: 'hidden'};
}

/** Addresses whose sockets keep 127.0.0.1 from being bound on the same port. */
const inTheWay = new Set(['127.0.0.1', '0.0.0.0', '::', '::ffff:127.0.0.1']);

async function rowsOn(taken: Port, protocol: 'tcp' | 'udp'): Promise<TableRow[]> {
  const tables = ([protocol, `${protocol}6`] as const).map(async name =>
    parseInetTable(name, await readFile(`/proc/self/net/${name}`, 'utf8').catch(() => '')),
  );
  const rows = (await Promise.all(tables)).flat().filter(({local}) => local.port === taken && inTheWay.has(local.host));
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
