import type {Address} from '../model/address.ts';
import type {Call, CallName, Linger, Timeout} from '../model/call.ts';
import type {FilterRule} from '../model/filter.ts';
import type {Credentials, Ended, Evaluated, Failed, Interface, Outcome, Returned, Threw} from '../model/outcome.ts';
import {
  anyOf,
  base64,
  closedObject,
  count,
  listOf,
  type Optional,
  type OptionalKeys,
  object,
  orNull,
  port,
  type RequiredKeys,
  type Schema,
  type SchemaOfEach,
  text,
} from './schema.ts';

export const host = {enum: ['here', 'home', 'router', 'internet']};

const unix = object<Extract<Address, {family: 'AF_UNIX'}>>({family: {const: 'AF_UNIX'}, path: text});
const inet = object<Extract<Address, {host: string}>>({family: {enum: ['AF_INET', 'AF_INET6']}, host: text, port});
export const address = anyOf(inet, unix);

// A descriptor is -1 where a lesson uses what a failed call returned.
const fd = {type: 'integer', minimum: -1};
// -1 is nobody's, as a socket without a peer has it.
const id = {type: 'integer', minimum: -1};

type Rule<K extends FilterRule['kind']> = Extract<FilterRule, {kind: K}>;
const transport = {enum: ['tcp', 'udp']};
const hook = {enum: ['input', 'forward', 'output']};
const to = object<Rule<'port-forward'>['to']>({host: text, port});
const rule = anyOf(
  object<Rule<'drop'>>({kind: {const: 'drop'}, hook, protocol: transport, port}),
  object<Rule<'masquerade'>>({kind: {const: 'masquerade'}, device: text}),
  object<Rule<'port-forward'>>({kind: {const: 'port-forward'}, device: text, protocol: transport, port, to}),
);
const linger = object<Linger>({onoff: {enum: [0, 1]}, seconds: count});
const timeout = object<Timeout>({milliseconds: {type: 'number', minimum: 0}});
const flags = listOf({enum: ['SOCK_NONBLOCK', 'SOCK_CLOEXEC']});

const polled = object<Extract<Call, {name: 'poll'}>['fds'][number]>({fd, events: listOf(text)});

type CallNamed<N extends CallName> = Extract<Call, {name: N}>;
const callNamed = <N extends CallName>(
  name: N,
  properties: SchemaOfEach<Exclude<RequiredKeys<CallNamed<N>>, 'name'>>,
  ...[optional]: Optional<OptionalKeys<CallNamed<N>>>
) => closedObject({name: {const: name}, ...properties}, optional);

const opening = {domain: text, type: text, protocol: count};
const receiving = {fd, length: count, flags: count};
const fcntl = {name: {const: 'fcntl'}, fd};

export const callSchemas: Readonly<Record<CallName, Schema>> = {
  socket: callNamed('socket', opening, {flags}),
  socketpair: callNamed('socketpair', opening, {flags}),
  bind: callNamed('bind', {fd, address}),
  listen: callNamed('listen', {fd, backlog: {type: 'integer'}}),
  accept: callNamed('accept', {fd}),
  accept4: callNamed('accept4', {fd, flags}),
  connect: callNamed('connect', {fd, address}),
  send: callNamed('send', {fd, data: base64, flags: count}),
  recv: callNamed('recv', receiving),
  sendto: callNamed('sendto', {fd, data: base64, flags: count, address}),
  recvfrom: callNamed('recvfrom', receiving),
  shutdown: callNamed('shutdown', {fd, how: {enum: ['SHUT_RD', 'SHUT_WR', 'SHUT_RDWR']}}),
  close: callNamed('close', {fd}),
  getsockname: callNamed('getsockname', {fd}),
  getpeername: callNamed('getpeername', {fd}),
  setsockopt: callNamed('setsockopt', {
    ...{fd, level: text, option: text},
    value: anyOf({type: 'integer'}, linger, timeout),
  }),
  getsockopt: callNamed('getsockopt', {fd, level: text, option: text}),
  fcntl: anyOf(
    object<Extract<Call, {command: 'F_SETFL'}>>({
      ...fcntl,
      command: {const: 'F_SETFL'},
      value: {enum: [0, 'O_NONBLOCK']},
    }),
    object<Extract<Call, {command: 'F_GETFL'}>>({...fcntl, command: {const: 'F_GETFL'}}),
  ),
  poll: callNamed('poll', {fds: listOf(polled), timeout: {type: 'integer'}}),
  getaddrinfo: callNamed('getaddrinfo', {host: text}),
  getifaddrs: callNamed('getifaddrs', {}),
  unlink: callNamed('unlink', {path: text}),
  chmod: callNamed('chmod', {path: text, mode: count}),
  seteuid: callNamed('seteuid', {uid: count}),
  kill: callNamed('kill', {pid: {type: 'integer'}, signal: text}),
  evaluate: callNamed('evaluate', {code: text}),
  run: callNamed('run', {args: listOf(text)}),
  nft: callNamed('nft', {host, rule: orNull(rule)}),
};
export const call = anyOf(...Object.values(callSchemas));

const written: SchemaOfEach<OptionalKeys<Returned>> = {
  data: base64,
  address,
  fds: {...listOf(fd), minItems: 2, maxItems: 2},
  option: {type: 'integer'},
  linger,
  timeout,
  credentials: object<Credentials>({pid: count, uid: id, gid: id}),
  ready: listOf(listOf(text)),
  addresses: listOf(address),
  interfaces: listOf(object<Interface>({name: text, host: text, internal: {type: 'boolean'}})),
};
const errno = {type: 'string', pattern: '^E[A-Z0-9]+$'};
export const outcomeSchemas: Readonly<Record<Outcome['kind'], Schema>> = {
  returned: object<Returned>({kind: {const: 'returned'}, value: {type: 'integer'}}, written),
  failed: object<Failed>({kind: {const: 'failed'}, errno, code: count}),
  evaluated: object<Evaluated>({kind: {const: 'evaluated'}, text}),
  threw: object<Threw>({kind: {const: 'threw'}, error: text}),
  ended: object<Ended>({kind: {const: 'ended'}, code: orNull(count), signal: orNull(text)}),
};
export const outcome = anyOf(...Object.values(outcomeSchemas));
