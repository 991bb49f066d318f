/**
 * Who makes calls. Each is a process of its own. The router makes its calls by itself; they are seen in the kernel's tables only.
 * The network is what holds the private network: it has no sockets of a lesson's, and sets rules of the packet filter.
 */
export type ActorName = 'server' | 'server-2' | 'router' | 'client' | 'client-2' | 'client-3' | 'network';

/** All that there may be, in the order in which they are shown. */
export const actorNames: readonly ActorName[] = [
  'server',
  'server-2',
  'router',
  'client',
  'client-2',
  'client-3',
  'network',
];

/** The two that every lesson has unless it names its own. */
export const usualActors: readonly ActorName[] = ['server', 'client'];

/** The two sides of a conversation. */
export type Side = 'server' | 'client';

export const sideOf = (actor: ActorName): Side =>
  actor === 'client' || actor === 'client-2' || actor === 'client-3' ? 'client' : 'server';

/** A machine of the private network, each with interfaces, routes and rules of its own. Lessons without `hosts` have one: `here`. */
export type HostName = 'here' | 'home' | 'router' | 'internet';

/** The addresses of the network `home`: a home's are private (RFC 1918), those outside are for examples (RFC 5737). */
export const homeNetwork = {
  home: '192.168.1.10',
  routerInside: '192.168.1.1',
  routerOutside: '203.0.113.5',
  internet: '203.0.113.80',
} as const;
