import {writeFileSync} from 'node:fs';
import type {HostName} from '../../model/actor.ts';
import {homeNetwork} from '../../model/actor.ts';
import type {FilterChange} from '../../model/filter.ts';
import type {Outcome} from '../../model/outcome.ts';
import type {Tap} from './frame-store.ts';
import {addAddress, addRoute, addVeth, bringUp} from './links.ts';
import {inNamespace, makeNamespace} from './namespaces.ts';
import {type NetlinkAnswer, openNetlink} from './netlink.ts';
import type {NetworkKind} from './network-protocol.ts';
import {addRule, flushRules} from './packet-filter.ts';
import {PacketSocket} from './packet-socket.ts';
import {type PortPair, portFilter} from './port-filter.ts';

/** The descriptors in which the namespaces of other hosts are held; a host that is not among them is where this process is. */
export type Namespaces = Readonly<Partial<Record<HostName, number>>>;

export interface Built {
  readonly namespaces: Namespaces;
  readonly taps: readonly Tap[];
  /** Why nothing can be captured; null where it can. */
  readonly blind: string | null;
}

/**
 * Sets devices up and begins to capture. Throws where that cannot be done; capturing alone may fail.
 *
 * @param only between which ports; null captures all
 */
export function buildNetwork(kind: NetworkKind, only: PortPair | null): Built {
  const {namespaces, devices} = builders[kind]();
  const filter = only && portFilter(only);
  try {
    const taps = devices.map(({host, device}) => ({
      host,
      device,
      socket: within(namespaces, host, () => new PacketSocket(device, device === 'lo', filter)),
    }));
    return {namespaces, taps, blind: null};
  } catch (error) {
    return {namespaces, taps: [], blind: error instanceof Error ? error.message : String(error)};
  }
}

export function changeFilter(namespaces: Namespaces, {host, rule}: FilterChange): Outcome {
  const answer = within(namespaces, host, () => {
    using netlink = openNetlink('NETLINK_NETFILTER');
    return rule === null ? flushRules(netlink) : addRule(netlink, rule);
  });
  return answer.kind === 'failed' ? answer : {kind: 'returned', value: 0};
}

function within<T>(namespaces: Namespaces, host: HostName, work: () => T): T {
  const namespace = namespaces[host];
  return namespace === undefined ? work() : inNamespace(namespace, work);
}

/** Where frames are captured. */
interface Device {
  readonly host: HostName;
  readonly device: string;
}

const builders: Readonly<Record<NetworkKind, () => {namespaces: Namespaces; devices: readonly Device[]}>> = {
  host: () => ({namespaces: {}, devices: [{host: 'here', device: 'lo'}]}),
  here() {
    using netlink = openNetlink('NETLINK_ROUTE');
    need(bringUp(netlink, 'lo'));
    return {namespaces: {}, devices: [{host: 'here', device: 'lo'}]};
  },
  home: buildHome,
};

/**
 * A home, its router, and a machine of the internet, each linked to the next. The home's addresses are private (RFC 1918), the
 * others for examples (RFC 5737). Each frame is seen once: both links end at the router, and are captured there.
 */
function buildHome() {
  const namespaces = {router: makeNamespace(), internet: makeNamespace()};
  for (const host of ['home', 'router', 'internet'] as const) {
    within(namespaces, host, () => {
      for (const which of ['all', 'default']) turnOffIpv6(which);
      using netlink = openNetlink('NETLINK_ROUTE');
      need(bringUp(netlink, 'lo'));
    });
  }
  within(namespaces, 'home', () => {
    using netlink = openNetlink('NETLINK_ROUTE');
    const router = {name: 'lan', mac: '02:00:00:00:01:01', namespace: namespaces.router};
    need(addVeth(netlink, {name: 'eth0', mac: '02:00:00:00:01:10'}, router));
    need(addAddress(netlink, 'eth0', {host: homeNetwork.home, bits: 24}));
    need(bringUp(netlink, 'eth0'));
  });
  within(namespaces, 'router', () => {
    using netlink = openNetlink('NETLINK_ROUTE');
    const far = {name: 'eth0', mac: '02:00:00:00:02:80', namespace: namespaces.internet};
    need(addVeth(netlink, {name: 'wan', mac: '02:00:00:00:02:05'}, far));
    need(addAddress(netlink, 'lan', {host: homeNetwork.routerInside, bits: 24}));
    need(addAddress(netlink, 'wan', {host: homeNetwork.routerOutside, bits: 24}));
    need(bringUp(netlink, 'lan'));
    need(bringUp(netlink, 'wan'));
    writeFileSync('/proc/sys/net/ipv4/ip_forward', '1');
  });
  within(namespaces, 'internet', () => {
    using netlink = openNetlink('NETLINK_ROUTE');
    need(addAddress(netlink, 'eth0', {host: homeNetwork.internet, bits: 24}));
    need(bringUp(netlink, 'eth0'));
  });
  within(namespaces, 'home', () => {
    using netlink = openNetlink('NETLINK_ROUTE');
    need(addRoute(netlink, 'default', homeNetwork.routerInside));
  });
  const devices = (['lan', 'wan'] as const).map(device => ({host: 'router' as const, device}));
  return {namespaces, devices};
}

/** Its own chatter (router solicitations, multicast reports) would stand among the frames of the lesson. */
function turnOffIpv6(device: string): void {
  try {
    writeFileSync(`/proc/sys/net/ipv6/conf/${device}/disable_ipv6`, '1');
  } catch {
    // A kernel without IPv6 has nothing to say.
  }
}

function need(answer: NetlinkAnswer): void {
  if (answer.kind === 'failed') throw new Error(answer.why ?? answer.errno);
}
