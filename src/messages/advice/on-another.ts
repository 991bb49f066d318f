import {type Address, endpointOf, endpointText} from '../../model/address.ts';
import {type Call, type CallArguments, type CallTable, inTable} from '../../model/call.ts';

/** The call as it is typed, on another socket; undefined where that is no single line. */
export const callOn = (call: Call, fd: string): string | undefined => inTable(onSocket, call, fd);

const onSocket: CallTable<CallArguments, string | undefined, [fd: string]> = {
  bind: onAddress,
  connect: onAddress,
  send: (_, fd) => `send ${fd} "hello"`,
  sendto: ({address}, fd) =>
    hasHost(address) ? `sendto ${fd} "hello" ${endpointText(endpointOf(address))}` : undefined,
  setsockopt: ({option, value}, fd) => (typeof value === 'number' ? `setsockopt ${fd} ${option} ${value}` : undefined),
  getsockopt: ({option}, fd) => `getsockopt ${fd} ${option}`,
  shutdown: ({how}, fd) => `shutdown ${fd} ${how}`,
  fcntl: (call, fd) => `fcntl ${fd} ${call.command === 'F_GETFL' ? call.command : call.value}`,
  listen: onFd,
  accept: onFd,
  accept4: onFd,
  recv: onFd,
  recvfrom: onFd,
  close: onFd,
  getsockname: onFd,
  getpeername: onFd,
  socket: onNone,
  socketpair: onNone,
  poll: onNone,
  getaddrinfo: onNone,
  getifaddrs: onNone,
  unlink: onNone,
  chmod: onNone,
  seteuid: onNone,
  kill: onNone,
  evaluate: onNone,
  run: onNone,
  nft: onNone,
};

const hasHost = (address: Address): boolean => address.family !== 'AF_UNIX';

function onAddress({name, address}: Extract<Call, {name: 'bind' | 'connect'}>, fd: string): string | undefined {
  return hasHost(address) ? `${name} ${fd} ${endpointText(endpointOf(address))}` : undefined;
}

function onFd({name}: Call, fd: string): string {
  return `${name} ${fd}`;
}

function onNone(): undefined {}
