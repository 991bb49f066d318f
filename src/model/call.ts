import type {Address} from './address.ts';
import type {Fd} from './brands.ts';

export type Domain = 'AF_INET' | 'AF_INET6' | 'AF_UNIX';
export type SocketType = 'SOCK_STREAM' | 'SOCK_DGRAM';
export type ShutdownHow = 'SHUT_RD' | 'SHUT_WR' | 'SHUT_RDWR';
export type OptionLevel = 'SOL_SOCKET' | 'IPPROTO_TCP' | 'IPPROTO_IPV6';
export type OptionName =
  | 'SO_REUSEADDR'
  | 'SO_TYPE'
  | 'SO_ERROR'
  | 'SO_SNDBUF'
  | 'SO_RCVBUF'
  | 'SO_KEEPALIVE'
  | 'SO_ACCEPTCONN'
  | 'TCP_NODELAY'
  | 'IPV6_V6ONLY';

/** Bytes in base64, so that an event is plain JSON. */
export type Base64 = string;

/**
 * One libc socket call with its arguments, in the order of the C prototypes (man section 2).
 *
 * `Socket`, `Where` and `Payload` are what stands for a descriptor, an address and bytes: numbers in a `Call` that goes
 * to the kernel, names in a lesson. Lengths are bytes; `flags` is the bit mask of send(2) and recv(2).
 */
export type CallOf<Socket, Where, Payload> =
  | {readonly name: 'socket'; readonly domain: Domain; readonly type: SocketType; readonly protocol: number}
  | {readonly name: 'bind'; readonly fd: Socket; readonly address: Where}
  | {readonly name: 'listen'; readonly fd: Socket; readonly backlog: number}
  | {readonly name: 'accept'; readonly fd: Socket}
  | {readonly name: 'connect'; readonly fd: Socket; readonly address: Where}
  | {readonly name: 'send'; readonly fd: Socket; readonly data: Payload; readonly flags: number}
  | {readonly name: 'recv'; readonly fd: Socket; readonly length: number; readonly flags: number}
  | {readonly name: 'shutdown'; readonly fd: Socket; readonly how: ShutdownHow}
  | {readonly name: 'close'; readonly fd: Socket}
  | {readonly name: 'getsockname'; readonly fd: Socket}
  | {readonly name: 'getpeername'; readonly fd: Socket}
  | {
      readonly name: 'setsockopt';
      readonly fd: Socket;
      readonly level: OptionLevel;
      readonly option: OptionName;
      readonly value: number;
    }
  | {readonly name: 'getsockopt'; readonly fd: Socket; readonly level: OptionLevel; readonly option: OptionName};

/** A call with the kernel's own numbers, ready to be made. */
export type Call = CallOf<Fd, Address, Base64>;
export type CallName = Call['name'];
