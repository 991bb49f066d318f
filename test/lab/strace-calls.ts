import {constants} from 'node:os';
import {bytesOf, type TracedCall} from '../../src/lab/strace-lines.ts';
import type {Address} from '../../src/model/address.ts';
import {fd, port} from '../../src/model/brands.ts';
import type {Call, Domain, OptionLevel, OptionName, ShutdownHow, SocketType} from '../../src/model/call.ts';
import type {Errno} from '../../src/model/errno.ts';
import type {Lost, Outcome, Returned} from '../../src/model/outcome.ts';
import {toBase64} from '../../src/model/payload.ts';

export interface Made {
  readonly call: Call;
  readonly outcome: Outcome | Lost;
}

/** The call of the model, and its outcome, that a traced system call was. Null when it is none of the lab's. */
export function madeBy(traced: TracedCall): Made | null {
  const call = callOf(traced);
  return call && {call, outcome: outcomeOf(call, traced)};
}

// There is no system call send or recv on most machines: glibc makes sendto and recvfrom with no address.
function callOf({name, args}: TracedCall): Call | null {
  const [first = '', second = '', third = '', fourth = ''] = args;
  const of = {fd: fd(Number(first))};
  switch (name) {
    case 'socket':
      return {name, domain: first as Domain, type: second as SocketType, protocol: protocols[third] ?? Number(third)};
    case 'bind':
    case 'connect':
      return {name, ...of, address: addressOf(second) ?? unreadable(second)};
    case 'listen':
      return {name, ...of, backlog: Number(second)};
    case 'accept':
    case 'close':
    case 'getsockname':
    case 'getpeername':
      return {name, ...of};
    case 'sendto':
      return {name: 'send', ...of, data: dataOf(second, Number(third)), flags: flagsOf(fourth)};
    case 'recvfrom':
      return {name: 'recv', ...of, length: Number(third), flags: flagsOf(fourth)};
    case 'shutdown':
      return {name, ...of, how: second as ShutdownHow};
    case 'setsockopt':
      return {name, ...of, level: levelOf(second), option: third as OptionName, value: numberIn(fourth)};
    case 'getsockopt':
      return {name, ...of, level: levelOf(second), option: third as OptionName};
    default:
      return null;
  }
}

function outcomeOf(call: Call, {args, result, errno}: TracedCall): Outcome | Lost {
  if (result === null) return {kind: 'lost'};
  if (errno)
    return {kind: 'failed', errno: errno as Errno, code: constants.errno[errno as keyof typeof constants.errno]};
  return {kind: 'returned', value: result, ...written(call, args, result)};
}

/** What the call wrote through its pointers. */
function written(call: Call, [, second = '', , fourth = '']: readonly string[], result: number): Partial<Returned> {
  if (call.name === 'recv') return {data: dataOf(second, result)};
  if (call.name === 'getsockopt') return {option: numberIn(fourth)};
  if (call.name !== 'accept' && call.name !== 'getsockname' && call.name !== 'getpeername') return {};
  return {address: addressOf(second) ?? unreadable(second)};
}

const inet = /^\{sa_family=AF_INET, sin_port=htons\((\d+)\), sin_addr=inet_addr\((".*")\)\}$/;
const inet6 =
  /^\{sa_family=AF_INET6, sin6_port=htons\((\d+)\), sin6_flowinfo=htonl\(0\), inet_pton\(AF_INET6, (".*"), &sin6_addr\), sin6_scope_id=0\}$/;
const unix = /^\{sa_family=AF_UNIX(?:, sun_path=(".*"))?\}$/;

function addressOf(arg: string): Address | null {
  const [, port4, host4] = inet.exec(arg) ?? [];
  if (host4) return {family: 'AF_INET', host: textOf(host4), port: port(Number(port4))};
  const [, port6, host6] = inet6.exec(arg) ?? [];
  if (host6) return {family: 'AF_INET6', host: textOf(host6), port: port(Number(port6))};
  const named = unix.exec(arg);
  return named && {family: 'AF_UNIX', path: named[1] ? textOf(named[1]) : ''};
}

const textOf = (arg: string): string => Buffer.from(bytesOf(arg) ?? unreadable(arg)).toString();

function dataOf(arg: string, length: number): string {
  // No bytes at all may stand nowhere.
  const bytes = length === 0 && arg === 'NULL' ? new Uint8Array() : (bytesOf(arg) ?? unreadable(arg));
  return bytes.length === length ? toBase64(bytes) : unreadable(arg);
}

/** `[1]` */
const numberIn = (arg: string): number => Number(/^\[(-?\d+)\]$/.exec(arg)?.[1] ?? unreadable(arg));

const flagsOf = (arg: string): number =>
  arg === '0' ? 0 : arg.split('|').reduce((mask, name) => mask | (flags[name] ?? unreadable(arg)), 0);

const levelOf = (arg: string): OptionLevel => levels[arg] ?? unreadable(arg);

// include/uapi/linux/in.h, include/linux/socket.h
const protocols: Record<string, number> = {IPPROTO_IP: 0, IPPROTO_TCP: 6, IPPROTO_UDP: 17};
const flags: Record<string, number> = {MSG_PEEK: 0x2, MSG_DONTWAIT: 0x40, MSG_WAITALL: 0x100, MSG_NOSIGNAL: 0x4000};
const levels: Record<string, OptionLevel> = {
  SOL_SOCKET: 'SOL_SOCKET',
  SOL_TCP: 'IPPROTO_TCP',
  SOL_IPV6: 'IPPROTO_IPV6',
};

function unreadable(arg: string): never {
  throw new Error(`not understood in the trace: ${arg}`);
}
