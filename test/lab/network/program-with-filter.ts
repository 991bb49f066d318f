// What rules of packet-filter.ts do to TCP connections between three hosts, told as JSON. Runs in `unshare -Urn`; with the argument
// `refused` in `unshare -Ur`, where the packet filter is not its own.
import {execFileSync} from 'node:child_process';
import {openNetlink} from '../../../src/lab/network/netlink.ts';
import {addRule, flushRules} from '../../../src/lab/network/packet-filter.ts';
import {ruleText} from '../../../src/messages/filter-rule.ts';
import type {FilterRule} from '../../../src/model/filter.ts';
import {until} from '../until.ts';
import {connect, done, listen, threeHosts} from './three-hosts.ts';

async function masquerade() {
  const {home, router, internet} = threeHosts();
  await using _ = await listen(internet, 80);
  const seen = () => connect(home, '203.0.113.9', 80).said;
  const before = await seen();
  done(addRule(router.filter, {kind: 'masquerade', device: 'eth1'}));
  const masked = await seen();
  done(flushRules(router.filter));
  return {before, masked, after: await seen()};
}

async function forward() {
  const {home, router, internet} = threeHosts();
  await using _ = await listen(home, 80);
  const seen = (port: number) => connect(internet, '203.0.113.1', port).said;
  const before = await seen(8080);
  const to = {host: '192.168.1.10', port: 80};
  done(addRule(router.filter, {kind: 'port-forward', device: 'eth1', protocol: 'tcp', port: 8080, to}));
  const forwarded = await seen(8080);
  const otherPort = await seen(8081);
  const otherDevice = await connect(home, '192.168.1.1', 8080).said;
  done(flushRules(router.filter));
  return {before, forwarded, otherPort, otherDevice, after: await seen(8080)};
}

/** A client that knocks while its port is shut, and goes through once it is not. */
async function drop(hook: 'input' | 'forward' | 'output') {
  const {home, router, internet} = threeHosts();
  const host = {input: internet, forward: router, output: home}[hook];
  await using _ = await listen(internet, 80);
  await using __ = await listen(internet, 81);
  done(addRule(host.filter, {kind: 'drop', hook, protocol: 'tcp', port: 80}));
  const client = connect(home, '203.0.113.9', 80);
  await until('the SYN is sent again', () => (client.resent() ?? 0) > 0);
  const otherPort = await connect(home, '203.0.113.9', 81).said;
  const isWaiting = client.resent() !== null;
  done(flushRules(host.filter));
  return {otherPort, isWaiting, finally: await client.said};
}

const to = {host: '192.168.1.10', port: 80};
const rules: readonly FilterRule[] = [
  ...(['input', 'forward', 'output'] as const).flatMap(hook =>
    (['tcp', 'udp'] as const).map(protocol => ({kind: 'drop', hook, protocol, port: 8080}) as const),
  ),
  {kind: 'masquerade', device: 'eth1'},
  {kind: 'masquerade', device: 'fifteen-bytes-x'},
  {kind: 'port-forward', device: 'eth1', protocol: 'tcp', port: 65535, to},
  {kind: 'port-forward', device: 'eth1', protocol: 'udp', port: 53, to},
];

const nft = (...words: string[]) => execFileSync('nft', words, {encoding: 'utf8'});
/** The rules as nft writes them, and in the kernel's own steps, without the numbers that the kernel gives each rule. */
const listed = () => ({
  rules: nft('list', 'ruleset'),
  steps: nft('--debug=netlink', 'list', 'ruleset').replaceAll(/^(ip sockwalk \w+) .*/gm, '$1'),
});
const chains = {
  input: 'filter hook input priority filter',
  forward: 'filter hook forward priority filter',
  output: 'filter hook output priority filter',
  postrouting: 'nat hook postrouting priority srcnat',
  prerouting: 'nat hook prerouting priority dstnat',
};

function asNft() {
  using filter = openNetlink('NETLINK_NETFILTER');
  for (const rule of rules) done(addRule(filter, rule));
  const ours = listed();
  done(flushRules(filter));
  const flushed = nft('list', 'ruleset');
  nft('add table ip sockwalk');
  for (const [name, type] of Object.entries(chains)) nft(`add chain ip sockwalk ${name} { type ${type}; }`);
  for (const rule of rules) nft(ruleText(rule, String));
  return {ours, flushed, theirs: listed()};
}

function refused() {
  using filter = openNetlink('NETLINK_NETFILTER');
  return [flushRules(filter), addRule(filter, {kind: 'masquerade', device: 'eth1'})];
}

function foreign() {
  using filter = openNetlink('NETLINK_NETFILTER');
  // A chain of that name which is another: the kernel refuses ours, and so the rule.
  nft('add table ip sockwalk');
  nft('add chain ip sockwalk input { type filter hook output priority filter; }');
  const before = nft('list', 'ruleset');
  const answer = addRule(filter, {kind: 'drop', hook: 'input', protocol: 'tcp', port: 80});
  return {answer, isUntouched: nft('list', 'ruleset') === before};
}

const modes: Readonly<Record<string, () => unknown>> = {
  masquerade,
  forward,
  input: () => drop('input'),
  output: () => drop('output'),
  'forward-drop': () => drop('forward'),
  asNft,
  refused,
  foreign,
};
process.stdout.write(JSON.stringify(await modes[process.argv[2] ?? '']?.()));
