import {readFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import type {Need} from '../model/lesson.ts';

/** Whether this machine has what a step needs. */
export const has: Readonly<Record<Need, () => Promise<boolean>>> = {
  ipv6: () =>
    new Promise(resolve => {
      const probe = createServer();
      probe.once('error', () => resolve(false));
      probe.listen({port: 0, host: '::1', exclusive: true}, () => probe.close(() => resolve(true)));
    }),
  /** man 7 ip: containers often set it to 0. */
  'privileged-ports': async () => {
    const first = await readFile('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8').catch(() => '1024');
    return Number.parseInt(first, 10) > 80;
  },
  /** Root of a user namespace that has no other account cannot become one (man 7 user_namespaces). */
  'unprivileged-account': async () => {
    if (process.geteuid?.() !== 0) return true;
    const map = await readFile('/proc/self/uid_map', 'utf8').catch(() => '');
    return map.split('\n').some(line => {
      const [inside = 0, , count = 0] = line.trim().split(/\s+/).map(Number);
      return inside <= 65534 && 65534 < inside + count;
    });
  },
};
