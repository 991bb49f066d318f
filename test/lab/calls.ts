import {networkInterfaces} from 'node:os';
import type {Lab} from '../../src/lab/lab.ts';
import type {ActorName} from '../../src/model/actor.ts';
import type {Address} from '../../src/model/address.ts';
import {type Fd, fd, port} from '../../src/model/brands.ts';
import type {Call, Domain, SocketType} from '../../src/model/call.ts';
import type {Outcome, Returned} from '../../src/model/outcome.ts';
import {bytesOfText, fromBase64, toBase64} from '../../src/model/payload.ts';

/** The kernel chooses the port, so that tests can run beside each other. */
export const anyPort = {family: 'AF_INET', host: '127.0.0.1', port: port(0)} as const;
export const anyPort6 = {family: 'AF_INET6', host: '::1', port: port(0)} as const;

// include/linux/socket.h
export const MSG_PEEK = 0x2;
export const MSG_DONTWAIT = 0x40;

export const zero = {kind: 'returned', value: 0};

export const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some(each => each?.address === '::1');
export const whyNoIpv6 = hasIpv6 ? null : 'needs IPv6: there is no ::1';

export const text = (words: string) => toBase64(bytesOfText(words));
export const textOf = (outcome: Outcome) =>
  outcome.kind === 'returned'
    ? Buffer.from(fromBase64(outcome.data ?? '')).toString()
    : 'errno' in outcome
      ? outcome.errno
      : outcome.kind;

/** Makes a call and gives the kernel's answer; a lost call is an error of the test. */
export async function outcomeOf(lab: Lab, actor: ActorName, call: Call): Promise<Outcome> {
  const answer = await lab.perform(actor, call);
  if ('kind' in answer) throw new Error(`${actor} ended in ${call.name}()`);
  return answer.outcome;
}

/** Makes a call that has to work. */
export async function must(lab: Lab, actor: ActorName, call: Call): Promise<Returned> {
  const outcome = await outcomeOf(lab, actor, call);
  if (outcome.kind !== 'returned') throw new Error(`${actor}: ${call.name}() failed with ${JSON.stringify(outcome)}`);
  return outcome;
}

export async function socket(
  lab: Lab,
  actor: ActorName,
  domain: Domain = 'AF_INET',
  type: SocketType = 'SOCK_STREAM',
): Promise<Fd> {
  return fd((await must(lab, actor, {name: 'socket', domain, type, protocol: 0})).value);
}

export async function nameOf(lab: Lab, actor: ActorName, of: Fd): Promise<Address> {
  const {address} = await must(lab, actor, {name: 'getsockname', fd: of});
  if (!address) throw new Error('getsockname() gave no address');
  return address;
}

/** A socket of this side with the address, on the port that the kernel chose. */
export async function bound(lab: Lab, actor: ActorName, address: Address = anyPort) {
  const made = await socket(lab, actor, address.family);
  await must(lab, actor, {name: 'bind', fd: made, address});
  return {fd: made, address: await nameOf(lab, actor, made)};
}

/** SO_REUSEADDR: where a connection is left in TIME_WAIT, the old socket and the new one both need it. */
export const reuseAddress = (lab: Lab, actor: ActorName, of: Fd) =>
  must(lab, actor, {name: 'setsockopt', fd: of, level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1});

export async function listening(lab: Lab, address: Address = anyPort, backlog = 5) {
  const listener = await bound(lab, 'server', address);
  await must(lab, 'server', {name: 'listen', fd: listener.fd, backlog});
  return listener;
}

export async function connectTo(lab: Lab, address: Address): Promise<Fd> {
  const made = await socket(lab, 'client', address.family);
  await must(lab, 'client', {name: 'connect', fd: made, address});
  return made;
}

/** Both ends of a connection that the server has accepted. */
export async function connected(lab: Lab, address: Address = anyPort) {
  const listener = await listening(lab, address);
  const client = await connectTo(lab, listener.address);
  const {value} = await must(lab, 'server', {name: 'accept', fd: listener.fd});
  return {listener: listener.fd, address: listener.address, client, server: fd(value)};
}
