import {readFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import type {Need} from '../model/lesson.ts';
import type {Lost} from '../model/outcome.ts';
import type {Timed} from './libc/libc.ts';
import type {Network} from './network/network.ts';

/** Whether this machine, or the network that the actors live in, has what a step needs. */
export const has: Readonly<Record<Need, (network: Network | null) => Promise<boolean>>> = {
  ipv6: () =>
    new Promise(resolve => {
      const probe = createServer();
      probe.once('error', () => resolve(false));
      probe.listen({port: 0, host: '::1', exclusive: true}, () => probe.close(() => resolve(true)));
    }),
  /** man 7 ip: containers often set it to 0. */
  'privileged-ports': async network => {
    if (isPrivate(network)) return false;
    const first = await readFile('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8').catch(() => '1024');
    return Number.parseInt(first, 10) > 80;
  },
  /** Root of a user namespace that has no other account cannot become one (man 7 user_namespaces). */
  'unprivileged-account': async network => {
    if (isPrivate(network)) return false;
    if (process.geteuid?.() !== 0) return true;
    const map = await readFile('/proc/self/uid_map', 'utf8').catch(() => '');
    return map.split('\n').some(line => {
      const [inside = 0, , count = 0] = line.trim().split(/\s+/).map(Number);
      return inside <= 65534 && 65534 < inside + count;
    });
  },
  capture: async network => network !== null && (await network.captures()),
  'private-network': async network => isPrivate(network),
  /** Kernels may have been built without it. Taking away rules that are not there changes nothing. */
  'packet-filter': async network => {
    if (!network || !isPrivate(network)) return false;
    const answer = await network.filter({host: 'here', rule: null});
    return isDone(answer) && (network.kind !== 'home' || (await translates(network)));
  },
};

/** A kernel may have the filter without its NAT: where there is a router, a rule of it is tried. */
async function translates(network: Network): Promise<boolean> {
  const answer = await network.filter({host: 'router', rule: {kind: 'masquerade', device: 'wan'}});
  await network.filter({host: 'router', rule: null});
  return isDone(answer);
}

const isDone = (answer: Timed | Lost): boolean => 'outcome' in answer && answer.outcome.kind === 'returned';

const isPrivate = (network: Network | null): boolean => network !== null && network.kind !== 'host';
