import {readdirSync, readFileSync, readlinkSync} from 'node:fs';
import {createServer} from 'node:net';

/** A port of 127.0.0.1 that was free a moment ago, from the kernel's ephemeral range. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

/** Whether anybody listens on this port of IPv4 (man 5 proc, /proc/net/tcp: 0A is LISTEN). */
export function isListening(port: number): boolean {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map(line => line.trim().split(/\s+/))
    .some(([, ends = '', , state]) => ends.endsWith(local) && state === '0A');
}

/** The sockets among a process's descriptors, by inode, in order. */
export const socketsOf = (pid: number): string[] =>
  readdirSync(`/proc/${pid}/fd`)
    .map(n => readlinkSync(`/proc/${pid}/fd/${n}`))
    .filter(link => link.startsWith('socket:'))
    .sort();
