import {constants} from 'node:os';
import {bytesOf, type TracedCall} from '../../../src/lab/actor/strace-lines.ts';
import type {Address} from '../../../src/model/address.ts';
import {type Fd, fd, port} from '../../../src/model/brands.ts';
import {
  type Call,
  type Domain,
  isAccepting,
  type Linger,
  messageFlags,
  type OptionLevel,
  type OptionName,
  type ShutdownHow,
  type SocketFlag,
  type SocketType,
  type Timeout,
} from '../../../src/model/call.ts';
import type {Errno} from '../../../src/model/errno.ts';
import type {Lost, Outcome, Returned} from '../../../src/model/outcome.ts';
import {toBase64} from '../../../src/model/payload.ts';

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
    case 'socketpair': {
      const [type, ...flags] = second.split('|') as [SocketType, ...SocketFlag[]];
      const protocol = protocols[third] ?? Number(third);
      return {name, domain: first as Domain, type, ...(flags.length > 0 ? {flags} : {}), protocol};
    }
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
    case 'accept4':
      return {name, ...of, flags: fourth === '0' ? [] : (fourth.split('|') as SocketFlag[])};
    case 'fcntl':
      return fcntlOf(of, second, third);
    case 'sendto':
      return {name: 'send', ...of, data: dataOf(second, Number(third)), flags: flagsOf(fourth)};
    case 'recvfrom':
      return {name: 'recv', ...of, length: Number(third), flags: flagsOf(fourth)};
    case 'shutdown':
      return {name, ...of, how: second as ShutdownHow};
    case 'setsockopt':
      return {name, ...of, level: levelOf(second), option: optionIn(third), value: valueIn(fourth)};
    case 'getsockopt':
      return {name, ...of, level: levelOf(second), option: optionIn(third)};
    default:
      return null;
  }
}

function outcomeOf(call: Call, {args, result, errno}: TracedCall): Outcome | Lost {
  if (result === null) return {kind: 'lost'};
  if (errno) return {kind: 'failed', errno: errno as Errno, code: numbers[errno] ?? unreadable(errno)};
  return {kind: 'returned', value: result, ...written(call, args, result)};
}

/** Node lacks one (errno(3), Linux). */
const numbers: Readonly<Record<string, number>> = {...constants.errno, ESOCKTNOSUPPORT: 94};

/** What the call wrote through its pointers. */
function written(call: Call, [, second = '', , fourth = '']: readonly string[], result: number): Partial<Returned> {
  if (call.name === 'recv') return {data: dataOf(second, result)};
  if (call.name === 'socketpair') return {fds: fdsIn(fourth)};
  if (call.name === 'getsockopt') return optionRead(valueIn(fourth));
  if (!isAccepting(call) && call.name !== 'getsockname' && call.name !== 'getpeername') return {};
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

/** Of the others, Node makes many for itself. */
function fcntlOf(of: {readonly fd: Fd}, command: string, value: string): Call | null {
  if (command === 'F_GETFL') return {name: 'fcntl', ...of, command};
  if (command !== 'F_SETFL') return null;
  return {name: 'fcntl', ...of, command, value: value.includes('O_NONBLOCK') ? 'O_NONBLOCK' : 0};
}

/** `[20, 21]` */
function fdsIn(arg: string): readonly [Fd, Fd] {
  const [, one, other] = /^\[(\d+), (\d+)\]$/.exec(arg) ?? unreadable(arg);
  return [fd(Number(one)), fd(Number(other))];
}

/** It has two numbers where a machine of 32 bits had time until 2038. */
const optionIn = (arg: string): OptionName => arg.replace(/_OLD$/, '') as OptionName;

/** `[1]`, `{l_onoff=1, l_linger=7}`, or the bytes of a struct timeval, which strace does not read. */
function valueIn(arg: string): number | Linger | Timeout {
  const number = /^\[(-?\d+)\]$/.exec(arg)?.[1];
  if (number) return Number(number);
  const [, onoff, seconds] = /^\{l_onoff=(\d+), l_linger=(\d+)\}$/.exec(arg) ?? [];
  if (seconds) return {onoff: onoff === '0' ? 0 : 1, seconds: Number(seconds)};
  const time = new BigInt64Array(new Uint8Array(bytesOf(arg) ?? unreadable(arg)).buffer);
  return {milliseconds: Number(time[0]) * 1000 + Number(time[1]) / 1000};
}

const optionRead = (value: number | Linger | Timeout): Partial<Returned> =>
  typeof value === 'number' ? {option: value} : 'onoff' in value ? {linger: value} : {timeout: value};

const flagsOf = (arg: string): number =>
  arg === '0'
    ? 0
    : arg
        .split('|')
        .reduce((mask, name) => mask | (messageFlags[name as keyof typeof messageFlags] ?? unreadable(arg)), 0);

const levelOf = (arg: string): OptionLevel => levels[arg] ?? unreadable(arg);

// include/uapi/linux/in.h
const protocols: Record<string, number> = {IPPROTO_IP: 0, IPPROTO_ICMP: 1, IPPROTO_TCP: 6, IPPROTO_UDP: 17};
const levels: Record<string, OptionLevel> = {
  SOL_SOCKET: 'SOL_SOCKET',
  SOL_IP: 'IPPROTO_IP',
  SOL_TCP: 'IPPROTO_TCP',
  SOL_IPV6: 'IPPROTO_IPV6',
};

function unreadable(arg: string): never {
  throw new Error(`not understood in the trace: ${arg}`);
}
