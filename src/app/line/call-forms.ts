import type {ArgumentName} from '../../messages/line-help.ts';
import {actorNames} from '../../model/actor.ts';
import type {CallName} from '../../model/call.ts';

/** The calls that can be typed, and their arguments in order. All of them may be left out where there is something to take instead. */
export const callForms = {
  socket: ['domain', 'type'],
  socketpair: ['domain', 'type'],
  bind: ['fd', 'address'],
  listen: ['fd', 'backlog'],
  accept: ['fd'],
  accept4: ['fd', 'socket-flags'],
  connect: ['fd', 'address'],
  send: ['fd', 'data', 'message-flags'],
  recv: ['fd', 'length', 'message-flags'],
  sendto: ['fd', 'data', 'address', 'message-flags'],
  recvfrom: ['fd', 'length', 'message-flags'],
  shutdown: ['fd', 'how'],
  close: ['fd'],
  getsockname: ['fd'],
  getpeername: ['fd'],
  setsockopt: ['fd', 'option', 'value'],
  getsockopt: ['fd', 'option'],
  fcntl: ['fd', 'status-flags'],
  poll: ['fds', 'timeout'],
  getaddrinfo: ['host'],
  getifaddrs: [],
  unlink: ['file'],
} as const satisfies Partial<Record<CallName, readonly ArgumentName[]>>;

export type TypedCall = keyof typeof callForms;

export const typedCalls = Object.keys(callForms) as readonly TypedCall[];

export const isTypedCall = (word: string): word is TypedCall => Object.hasOwn(callForms, word);

/** How an argument stands in the form of a call. */
const placeholder: Record<ArgumentName, string> = {
  fd: 'fd',
  fds: 'fd ...',
  domain: 'AF_INET|AF_INET6|AF_UNIX',
  type: 'SOCK_STREAM|SOCK_DGRAM',
  'socket-flags': 'SOCK_NONBLOCK|0',
  address: 'address:port',
  backlog: 'backlog',
  data: '"data"',
  length: 'length',
  'message-flags': 'flags',
  how: 'SHUT_RD|SHUT_WR|SHUT_RDWR',
  option: 'option',
  value: 'value',
  'status-flags': 'O_NONBLOCK|0|F_GETFL',
  timeout: 'timeout',
  host: 'localhost',
  file: 'name.sock',
};

/** `send [fd] ["data"] [flags]` */
export const formOf = (name: TypedCall): string =>
  [name, ...callForms[name].map(kind => `[${placeholder[kind]}]`)].join(' ');

/** What does the same to a socket, or nearly so. */
export const otherNames: ReadonlyMap<string, TypedCall> = new Map([
  ...(['read', 'readv', 'recvmsg', 'receive'] as const).map(name => [name, 'recv'] as const),
  ...(['write', 'writev', 'sendmsg'] as const).map(name => [name, 'send'] as const),
  ...(['select', 'pselect', 'ppoll', 'epoll_wait'] as const).map(name => [name, 'poll'] as const),
  ['gethostbyname', 'getaddrinfo'],
  ['ioctl', 'fcntl'],
]);

/** The call that a line is about so far, and where its arguments begin; null while there is none. */
export function callBegun(line: string): {readonly name: TypedCall; readonly end: number} | null {
  const [whole = '', first = '', second = ''] = /^\s*([\w-]+)(?:\s+([\w-]+))?/.exec(line) ?? [];
  if (isTypedCall(first)) return {name: first, end: line.indexOf(first) + first.length};
  return actorNames.some(actor => actor === first) && isTypedCall(second) ? {name: second, end: whole.length} : null;
}
