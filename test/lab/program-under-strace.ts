// A program that has its actors make every call of the lab, well and badly, and prints what it believes to have happened, to be
// compared with what strace saw. With the argument `observing` it also looks at the sockets after every call.
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {openLab} from '../../src/lab/lab.ts';
import type {ActorName} from '../../src/model/actor.ts';
import type {Address} from '../../src/model/address.ts';
import {type Fd, fd, type Pid} from '../../src/model/brands.ts';
import type {Call} from '../../src/model/call.ts';
import type {Outcome} from '../../src/model/outcome.ts';
import type {SocketRow} from '../../src/model/sockets.ts';
import {anyPort, anyPort6, hasIpv6, MSG_DONTWAIT, MSG_PEEK, text} from './calls.ts';
import type {Made} from './strace-calls.ts';
import {until} from './until.ts';

export type Entry =
  | ({readonly kind: 'call'; readonly actor: ActorName} & Made)
  | {readonly kind: 'observed'; readonly sockets: readonly SocketRow[]};

export interface Account {
  readonly actors: readonly {readonly name: ActorName; readonly pid: Pid; readonly tids: readonly number[]}[];
  /** In the order in which the calls were begun. */
  readonly entries: readonly Entry[];
}

// Bounded, whoever started it: a call that never returns must not keep the processes for ever.
setTimeout(() => process.exit(1), 45_000).unref();

const observing = process.argv[2] === 'observing';
await using lab = await openLab(['server', 'client']);
const entries: Entry[] = [];

/** Makes a call and writes down its outcome at the place where it began. */
async function make(actor: ActorName, call: Call): Promise<Outcome | null> {
  const at = entries.push({kind: 'call', actor, call, outcome: {kind: 'lost'}}) - 1;
  const answer = await lab.perform(actor, call);
  const outcome = 'kind' in answer ? answer : answer.outcome;
  entries[at] = {kind: 'call', actor, call, outcome};
  return outcome.kind === 'lost' ? null : outcome;
}

async function step(actor: ActorName, call: Call): Promise<Outcome | null> {
  const outcome = await make(actor, call);
  if (observing) entries.push({kind: 'observed', sockets: (await lab.observe()).sockets});
  return outcome;
}

/** Begins a call that has to wait, and goes on once the kernel shows its thread asleep there. */
async function begin(actor: ActorName, call: Call) {
  const outcome = make(actor, call);
  await until(`${actor} sleeps in ${call.name}()`, async () => (await lab.asleep(actor)) !== null);
  return {outcome};
}

const server = (call: Call) => step('server', call);
const client = (call: Call) => step('client', call);
const made = (outcome: Outcome | null): Fd => fd(outcome?.kind === 'returned' ? outcome.value : -1);
const named = (outcome: Outcome | null): Address => (outcome?.kind === 'returned' && outcome.address) || anyPort;
const stream = (domain: Address['family']) => ({name: 'socket', domain, type: 'SOCK_STREAM', protocol: 0}) as const;
const recv = (of: Fd, length: number, flags = 0) => ({name: 'recv', fd: of, length, flags}) as const;
const send = (of: Fd, words: string, flags = 0) => ({name: 'send', fd: of, data: text(words), flags}) as const;

async function listener(where: Address) {
  const opened = made(await server(stream(where.family)));
  await server({name: 'setsockopt', fd: opened, level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1});
  await server({name: 'bind', fd: opened, address: where});
  await server({name: 'listen', fd: opened, backlog: 5});
  return {fd: opened, address: named(await server({name: 'getsockname', fd: opened}))};
}

async function echo(where: Address): Promise<void> {
  const {fd: listening, address} = await listener(where);
  const caller = made(await client(stream(where.family)));
  const accepting = await begin('server', {name: 'accept', fd: listening});
  await client({name: 'connect', fd: caller, address});
  const served = made(await accepting.outcome);
  await client({name: 'getsockname', fd: caller});
  await server({name: 'getpeername', fd: served});

  const receiving = await begin('server', recv(served, 64));
  await client(send(caller, 'こんにちは\0"\\\u001b'));
  await receiving.outcome;
  await server(send(served, 'x'.repeat(5000)));
  await client(recv(caller, 3, MSG_PEEK));
  for (let left = 5000; left > 0; ) {
    const got = await client(recv(caller, 4096));
    if (got?.kind !== 'returned' || got.value === 0) break;
    left -= got.value;
  }
  await client({name: 'shutdown', fd: caller, how: 'SHUT_WR'});
  await server(recv(served, 64));
  await server({name: 'close', fd: served});
  await client(recv(caller, 64));
  await client({name: 'close', fd: caller});
  await server({name: 'close', fd: listening});
}

async function refusals(): Promise<void> {
  const {fd: listening, address} = await listener(anyPort);
  const second = made(await client(stream('AF_INET')));
  await client({name: 'bind', fd: second, address});
  await client({name: 'bind', fd: second, address: anyPort});
  await server({name: 'close', fd: listening});
  await client({name: 'connect', fd: second, address});
  await client({name: 'getpeername', fd: second});
  await client(recv(second, 16));
  await client(send(second, 'x'));
  await client({name: 'accept', fd: second});
  await client({name: 'shutdown', fd: second, how: 'SHUT_RDWR'});
  await client({name: 'close', fd: second});
  await client({name: 'close', fd: second});
  await client({name: 'close', fd: fd(999)});
  await client({name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 17});
}

async function datagrams(): Promise<void> {
  const receiver = made(await server({name: 'socket', domain: 'AF_INET', type: 'SOCK_DGRAM', protocol: 0}));
  await server({name: 'bind', fd: receiver, address: anyPort});
  const address = named(await server({name: 'getsockname', fd: receiver}));
  const sender = made(await client({name: 'socket', domain: 'AF_INET', type: 'SOCK_DGRAM', protocol: 0}));
  await client(send(sender, 'to nobody'));
  await client({name: 'connect', fd: sender, address});
  for (const words of ['one', '', 'two']) await client(send(sender, words));
  for (let i = 0; i < 4; i++) await server(recv(receiver, 64, MSG_DONTWAIT));
}

async function options(): Promise<void> {
  const opened = made(await client(stream('AF_INET')));
  const noDelay = {fd: opened, level: 'IPPROTO_TCP', option: 'TCP_NODELAY'} as const;
  await client({name: 'setsockopt', ...noDelay, value: 1});
  await client({name: 'getsockopt', ...noDelay});
  await client({name: 'getsockopt', fd: opened, level: 'SOL_SOCKET', option: 'SO_RCVBUF'});
  await client({name: 'setsockopt', fd: opened, level: 'IPPROTO_IPV6', option: 'IPV6_V6ONLY', value: 1});
}

const directory = mkdtempSync(join(tmpdir(), 'sockwalk-strace-'));
try {
  await echo(anyPort);
  if (hasIpv6) await echo(anyPort6);
  await echo({family: 'AF_UNIX', path: join(directory, 'é.sock')});
  await refusals();
  await datagrams();
  await options();

  const actors = lab.actors.map(({name, pid}) => ({name, pid, tids: readdirSync(`/proc/${pid}/task`).map(Number)}));
  const last = await listener(anyPort);
  const lost = await begin('server', {name: 'accept', fd: last.fd});
  process.kill(actors[0]?.pid ?? 0, 'SIGKILL');
  await lost.outcome;
  process.stdout.write(JSON.stringify({actors, entries} satisfies Account));
} finally {
  rmSync(directory, {recursive: true});
}
