import {randomInt} from 'node:crypto';
import {existsSync, readdirSync, readFileSync, readlinkSync} from 'node:fs';
import {createServer} from 'node:net';

/** A free port of 127.0.0.1 outside the kernel's ephemeral range, so that no connection takes it meanwhile. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (await mayListen(port)) return port;
  }
}

const mayListen = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const probe = createServer().once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

/** Whether anybody listens on this port of IPv4 (man 5 proc, /proc/net/tcp: 0A is LISTEN). */
export function isListening(port: number, pid: number | 'self' = 'self'): boolean {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return ['tcp', 'tcp6']
    .flatMap(table =>
      existsSync(`/proc/${pid}/net/${table}`) ? readFileSync(`/proc/${pid}/net/${table}`, 'utf8').split('\n') : [],
    )
    .map(line => line.trim().split(/\s+/))
    .some(([, ends = '', , state]) => ends.endsWith(local) && state === '0A');
}

/** The sockets among a process's descriptors, by inode, in order. */
export const socketsOf = (pid: number): string[] =>
  readdirSync(`/proc/${pid}/fd`)
    .map(n => readlinkSync(`/proc/${pid}/fd/${n}`))
    .filter(link => link.startsWith('socket:'))
    .sort();
