// A program that has its actors make every call of the lab, well and badly, and prints what it believes to have happened, to be
// compared with what strace saw. With the argument `observing` it also looks at the sockets after every call.
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {openLab} from '../../../src/lab/lab.ts';
import type {ActorName} from '../../../src/model/actor.ts';
import type {Address} from '../../../src/model/address.ts';
import {type Fd, fd, type Pid} from '../../../src/model/brands.ts';
import {
  type Call,
  type Linger,
  messageFlags,
  type OptionName,
  optionLevelOf,
  type Timeout,
} from '../../../src/model/call.ts';
import type {Outcome} from '../../../src/model/outcome.ts';
import type {SocketRow} from '../../../src/model/sockets.ts';
import {anyPort, anyPort6, hasIpv6, MSG_DONTWAIT, MSG_PEEK, text} from '../calls.ts';
import {until} from '../until.ts';
import type {Made} from './strace-calls.ts';

export type Entry =
  | ({readonly kind: 'call'; readonly actor: ActorName} & Made)
  | {readonly kind: 'observed'; readonly sockets: readonly SocketRow[]};

export interface Account {
  readonly actors: readonly {readonly name: ActorName; readonly pid: Pid; readonly tids: readonly number[]}[];
  /** In the order in which the calls were begun. */
  readonly entries: readonly Entry[];
}

// Bounded, whoever started it: a call that never returns must not keep the processes for ever.
setTimeout(() => process.exit(1), 110_000).unref();

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
  const values = [
    ['SO_RCVTIMEO', {milliseconds: 61_501.5}],
    ['SO_SNDTIMEO', {milliseconds: 0}],
    ['SO_LINGER', {onoff: 1, seconds: 7}],
  ] as const;
  for (const [option, value] of values) await setAndGet(opened, option, value);
  const isInt = (option: OptionName) => !values.some(([other]) => other === option) && option !== 'SO_PEERCRED';
  const names = (Object.keys(optionLevelOf) as OptionName[]).filter(isInt);
  for (const option of names) if (!option.startsWith('IPV6')) await setAndGet(opened, option, 50);
  await client({name: 'close', fd: opened});
  if (!hasIpv6) return;
  const six = made(await client(stream('AF_INET6')));
  for (const option of names) if (option.startsWith('IPV6')) await setAndGet(six, option, 50);
  await client({name: 'close', fd: six});
}

async function setAndGet(of: Fd, option: OptionName, value: number | Linger | Timeout): Promise<void> {
  const asked = {fd: of, level: optionLevelOf[option], option};
  await client({name: 'setsockopt', ...asked, value});
  await client({name: 'getsockopt', ...asked});
}

/** In the order in which strace writes them. */
const flags = ['SOCK_CLOEXEC', 'SOCK_NONBLOCK'] as const;

async function flagged(): Promise<void> {
  const {fd: listening, address} = await listener(anyPort);
  const status = (of: Fd) => client({name: 'fcntl', fd: of, command: 'F_GETFL'});
  const caller = made(await client({...stream('AF_INET'), flags}));
  await status(caller);
  await client({name: 'fcntl', fd: caller, command: 'F_SETFL', value: 0});
  await status(caller);
  await client({name: 'connect', fd: caller, address});
  const served = made(await server({name: 'accept4', fd: listening, flags}));
  await server(recv(served, 9));
  await server({name: 'fcntl', fd: served, command: 'F_GETFL'});
  await client(send(caller, 'ab!', messageFlags.MSG_OOB | messageFlags.MSG_DONTROUTE));
  await client(send(caller, 'more', messageFlags.MSG_MORE));
  await server(recv(served, 9, messageFlags.MSG_OOB));
  await server({name: 'close', fd: served});
  await client({name: 'close', fd: caller});
  await server({name: 'fcntl', fd: listening, command: 'F_SETFL', value: 'O_NONBLOCK'});
  await server({name: 'accept4', fd: listening, flags: []});
  await server({name: 'close', fd: listening});
  await client({...stream('AF_INET'), type: 'SOCK_SEQPACKET'});
  const raw = made(await client({...stream('AF_INET'), type: 'SOCK_RAW', protocol: 1}));
  if (raw !== fd(-1)) await client({name: 'close', fd: raw});
}

async function pairs(): Promise<void> {
  for (const type of ['SOCK_STREAM', 'SOCK_SEQPACKET'] as const) {
    const outcome = await client({name: 'socketpair', domain: 'AF_UNIX', type, flags, protocol: 0});
    const [one, other] = (outcome?.kind === 'returned' && outcome.fds) || [fd(-1), fd(-1)];
    await client(send(one, 'across'));
    await client(recv(other, 64));
    await client({name: 'close', fd: one});
    await client({name: 'close', fd: other});
  }
  await client({name: 'socketpair', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0});
}

const directory = mkdtempSync(join(tmpdir(), 'sockwalk-strace-'));
try {
  await echo(anyPort);
  if (hasIpv6) await echo(anyPort6);
  await echo({family: 'AF_UNIX', path: join(directory, 'é.sock')});
  await refusals();
  await datagrams();
  await options();
  await flagged();
  await pairs();

  const actors = lab.actors.map(({name, pid}) => ({name, pid, tids: readdirSync(`/proc/${pid}/task`).map(Number)}));
  const last = await listener(anyPort);
  const lost = await begin('server', {name: 'accept', fd: last.fd});
  process.kill(actors[0]?.pid ?? 0, 'SIGKILL');
  await lost.outcome;
  process.stdout.write(JSON.stringify({actors, entries} satisfies Account));
} finally {
  rmSync(directory, {recursive: true});
}
