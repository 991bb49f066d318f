// What links.ts sets up, as links.ts and ip(8) read it back, and what the kernel refuses: told as JSON. Runs in `unshare -Urn`; with
// the argument `refused` in `unshare -Ur`, where the network is not its own.
import {execFileSync} from 'node:child_process';
import {addAddress, addRoute, addVeth, bringUp, findLink, readLinks} from '../../../src/lab/network/links.ts';
import {inNamespace} from '../../../src/lab/network/namespaces.ts';
import {type NetlinkAnswer, openNetlink} from '../../../src/lab/network/netlink.ts';
import {done, makeHost, type TestHost} from './three-hosts.ts';

const said = (answer: NetlinkAnswer) => (answer.kind === 'failed' ? answer.errno : 'done');

function ip({namespace}: TestHost, what: string, ...options: string[]) {
  const command = ['-j', ...options, what, 'show'];
  return JSON.parse(inNamespace(namespace, () => execFileSync('ip', command, {encoding: 'utf8'})));
}

function pair() {
  const [home, router] = [makeHost(), makeHost()];
  done(bringUp(home.links, 'lo'));
  const peer = {name: 'lan', mac: '02:00:00:00:00:01', namespace: router.namespace};
  done(addVeth(home.links, {name: 'eth0', mac: '02:00:00:00:00:0a'}, peer));
  done(addAddress(home.links, 'eth0', {host: '192.168.1.10', bits: 24}));
  done(bringUp(home.links, 'eth0'));
  done(bringUp(router.links, 'lan'));
  done(addRoute(home.links, 'default', '192.168.1.1'));
  done(addRoute(home.links, {host: '10.0.0.0', bits: 8}, '192.168.1.2'));
  return {home, router};
}

function read() {
  const {home, router} = pair();
  return {home: readLinks(home.links), router: readLinks(router.links), found: findLink(router.links, 'lan')};
}

function shown() {
  const {home} = pair();
  return {addresses: ip(home, 'address'), routes: ip(home, 'route')};
}

function shownV6() {
  const {home} = pair();
  done(addAddress(home.links, 'eth0', {host: 'fd00::10', bits: 64}));
  done(addRoute(home.links, 'default', 'fd00::1'));
  done(addRoute(home.links, {host: 'fd01::', bits: 32}, 'fd00::2'));
  return {addresses: ip(home, 'address'), routes: ip(home, 'route', '-6')};
}

function wrong() {
  const {home} = pair();
  const {links} = home;
  return {
    'no such device': [
      said(bringUp(links, 'eth7')),
      said(addAddress(links, 'eth7', {host: '10.0.0.1', bits: 8})),
      (found => found.kind === 'failed' && found.errno)(findLink(links, 'eth7')),
    ],
    'there already': [
      said(addVeth(links, {name: 'eth0'}, {name: 'eth1'})),
      said(addAddress(links, 'eth0', {host: '192.168.1.10', bits: 24})),
      said(addRoute(links, 'default', '192.168.1.1')),
    ],
    'no such prefix': said(addAddress(links, 'eth0', {host: '10.0.0.1', bits: 33})),
    'no way to the gateway': said(addRoute(links, {host: '172.16.0.0', bits: 12}, '8.8.8.8')),
    'no namespace': said(addVeth(links, {name: 'a'}, {name: 'b', namespace: 0})),
    'in words': addAddress(links, 'eth0', {host: '10.0.0.1', bits: 33}),
    'and nothing came of it': readLinks(links).map(({name}) => name),
  };
}

function many() {
  const {links} = makeHost();
  for (let i = 0; i < 100; i++) done(addVeth(links, {name: `a${i}`}, {name: `b${i}`}));
  return readLinks(links).map(({name}) => name);
}

function refused() {
  using links = openNetlink('NETLINK_ROUTE');
  return [said(bringUp(links, 'lo')), said(addAddress(links, 'lo', {host: '127.0.0.1', bits: 8}))];
}

const modes: Readonly<Record<string, () => unknown>> = {read, shown, shownV6, wrong, many, refused};
process.stdout.write(JSON.stringify(modes[process.argv[2] ?? '']?.()));
