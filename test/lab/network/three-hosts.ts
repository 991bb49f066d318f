// Three hosts for tests, as in a home network: home 192.168.1.10 -- .1 router 203.0.113.1 -- .9 internet. Runs in `unshare -Urn`.
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync, writeFileSync} from 'node:fs';
import {text} from 'node:stream/consumers';
import {addAddress, addRoute, addVeth, bringUp} from '../../../src/lab/network/links.ts';
import {inNamespace, makeNamespace} from '../../../src/lab/network/namespaces.ts';
import {type Netlink, type NetlinkAnswer, openNetlink} from '../../../src/lab/network/netlink.ts';

export interface TestHost {
  readonly namespace: number;
  readonly links: Netlink;
  readonly filter: Netlink;
}

export function makeHost(): TestHost {
  const namespace = makeNamespace();
  return inNamespace(namespace, () => ({
    namespace,
    links: openNetlink('NETLINK_ROUTE'),
    filter: openNetlink('NETLINK_NETFILTER'),
  }));
}

export function done(answer: NetlinkAnswer): void {
  if (answer.kind === 'failed') throw new Error(`${answer.errno} ${answer.why ?? ''}`);
}

export function threeHosts() {
  const [home, router, internet] = [makeHost(), makeHost(), makeHost()];
  for (const {links} of [home, router, internet]) done(bringUp(links, 'lo'));
  done(addVeth(home.links, {name: 'eth0'}, {name: 'eth0', namespace: router.namespace}));
  done(addVeth(router.links, {name: 'eth1'}, {name: 'eth0', namespace: internet.namespace}));
  const ends = [
    {host: home, device: 'eth0', address: '192.168.1.10'},
    {host: router, device: 'eth0', address: '192.168.1.1'},
    {host: router, device: 'eth1', address: '203.0.113.1'},
    {host: internet, device: 'eth0', address: '203.0.113.9'},
  ];
  for (const {host, device, address} of ends) {
    done(addAddress(host.links, device, {host: address, bits: 24}));
    done(bringUp(host.links, device));
  }
  done(addRoute(home.links, 'default', '192.168.1.1'));
  // The real internet has no such route: with it, what is not translated gets an answer too.
  done(addRoute(internet.links, {host: '192.168.1.0', bits: 24}, '203.0.113.1'));
  inNamespace(router.namespace, () => writeFileSync('/proc/sys/net/ipv4/ip_forward', '1'));
  return {home, router, internet};
}

const serverProgram = `
  const server = require('node:net').createServer(peer => peer.on('error', () => {}).end(peer.remoteAddress));
  server.listen(Number(process.argv[1]), '0.0.0.0', () => console.log('listening'));`;
const clientProgram = `
  const [, host, port] = process.argv;
  require('node:net').connect(Number(port), host).on('error', error => console.log(error.code)).pipe(process.stdout);`;

const run = (host: TestHost, program: string, ...args: string[]): ChildProcess & {stdout: NodeJS.ReadableStream} =>
  inNamespace(host.namespace, () =>
    spawn(process.execPath, ['-e', program, ...args], {stdio: ['ignore', 'pipe', 'inherit'], timeout: 110_000}),
  );

/** A TCP server that tells each client the address that it sees it by. */
export async function listen(host: TestHost, port: number): Promise<AsyncDisposable> {
  const server = run(host, serverProgram, String(port));
  const ended = once(server, 'exit');
  await once(server.stdout, 'data');
  return {
    async [Symbol.asyncDispose]() {
      server.kill();
      await ended;
    },
  };
}

export interface Client {
  /** What the server tells it, or the errno of connect(). */
  readonly said: Promise<string>;
  /** How often its SYN was sent again; null while it has not been sent, and once there is an answer. */
  resent(): number | null;
}

export function connect(host: TestHost, to: string, port: number): Client {
  const client = run(host, clientProgram, to, String(port));
  return {
    said: text(client.stdout).then(said => said.trim()),
    resent() {
      // man 5 proc_net: state 02 is SYN_SENT, and the field behind the timer counts the retransmissions, in base 16.
      const table = readFileSync(`/proc/${client.pid}/net/tcp`, 'utf8');
      const [, count] = /: \S+ \S+ 02 \S+ \S+ ([0-9A-F]{8}) /.exec(table) ?? [];
      return count === undefined ? null : Number.parseInt(count, 16);
    },
  };
}
