import {homeNetwork} from '../../src/model/actor.ts';
import type {FilterRuleOf} from '../../src/model/filter.ts';
import type {Act, FrameClaim, Need, PortName, Where} from '../../src/model/lesson.ts';
import type {TcpFlag} from '../../src/model/wire.ts';
import type {Socket} from './sockets.ts';

// For lessons in the network `home`: a computer at home, a router, and one on the internet.

export const {home, routerInside, routerOutside, internet} = homeNetwork;

export const inNetwork: readonly Need[] = ['private-network'];
export const withFilter: readonly Need[] = ['private-network', 'packet-filter'];

export const at = (host: string, port: PortName = 'server'): Where => ({host, port});

export const listensEverywhere = (socket: Socket): readonly [Act, ...Act[]] => [
  socket.opens(),
  socket.sets('SO_REUSEADDR', 1),
  socket.binds(at('0.0.0.0')),
  socket.listens(),
];

/** Adds a rule on the router; null takes all of them away, NAT as well. */
export const ruleOnRouter = (rule: FilterRuleOf<PortName> | null): Act => ({
  actor: 'network',
  call: {name: 'nft', host: 'router', rule},
});

/** What goes out by wan gets the router's address as its source. */
export const masquerades = ruleOnRouter({kind: 'masquerade', device: 'wan'});
/** What comes in by wan for this port goes on to the server's port at home. */
export const forwards = (outside: PortName): Act =>
  ruleOnRouter({kind: 'port-forward', device: 'wan', protocol: 'tcp', port: outside, to: {host: home, port: 'server'}});

/** A frame where the router has it: on the side of the home, and outside. */
export const onLan = (frame: FrameClaim): FrameClaim => ({...frame, host: 'router', device: 'lan'});
export const onWan = (frame: FrameClaim): FrameClaim => ({...frame, host: 'router', device: 'wan'});

export const segment = (flags: readonly TcpFlag[], source: string, more: FrameClaim = {}): FrameClaim => ({
  flags,
  source: {host: source},
  ...more,
});

/** By ARP, who asks for whom. */
export const asks = (who: string, whom: string): FrameClaim => ({
  protocol: 'arp',
  source: {host: who},
  destination: {host: whom},
});
