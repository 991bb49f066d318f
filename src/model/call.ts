import type {Address} from './address.ts';
import type {Fd, Pid} from './brands.ts';
import type {FilterRule} from './filter.ts';
import type {HostName} from './wire.ts';

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
  | 'SO_LINGER'
  | 'SO_PEERCRED'
  | 'SO_ACCEPTCONN'
  | 'TCP_NODELAY'
  | 'TCP_SYNCNT'
  | 'TCP_DEFER_ACCEPT'
  | 'TCP_QUICKACK'
  | 'TCP_USER_TIMEOUT'
  | 'IPV6_V6ONLY';

/** `struct linger` (man 7 socket): `seconds` is `l_linger`. */
export interface Linger {
  readonly onoff: 0 | 1;
  readonly seconds: number;
}

/** poll(2): what is asked about and what is so. POLLERR and POLLHUP are told without being asked for. */
export type PollEvent = 'POLLIN' | 'POLLOUT' | 'POLLERR' | 'POLLHUP' | 'POLLRDHUP';

/** The flags of send(2) and recv(2), include/linux/socket.h; `|` joins them. */
export const messageFlags = {
  MSG_PEEK: 0x2,
  MSG_TRUNC: 0x20,
  MSG_DONTWAIT: 0x40,
  MSG_WAITALL: 0x100,
  MSG_NOSIGNAL: 0x4000,
} as const;

/** Bytes in base64, so that an event is plain JSON. */
export type Base64 = string;

/** What stands for a descriptor, an address, bytes, a process, a file and a user: numbers in a `Call`, names in a lesson. */
export interface Arguments {
  readonly fd: unknown;
  readonly address: unknown;
  readonly data: unknown;
  readonly pid: unknown;
  readonly path: unknown;
  readonly uid: unknown;
  readonly rule: unknown;
}

/**
 * One libc call with its arguments, in the order of the C prototypes (man sections 2 and 3).
 *
 * Lengths are bytes; `flags` is the bit mask of send(2) and recv(2); `timeout` is milliseconds, -1 for ever.
 */
export type CallOf<A extends Arguments> =
  | {readonly name: 'socket'; readonly domain: Domain; readonly type: SocketType; readonly protocol: number}
  | {readonly name: 'bind'; readonly fd: A['fd']; readonly address: A['address']}
  | {readonly name: 'listen'; readonly fd: A['fd']; readonly backlog: number}
  | {readonly name: 'accept'; readonly fd: A['fd']}
  | {readonly name: 'connect'; readonly fd: A['fd']; readonly address: A['address']}
  | {readonly name: 'send'; readonly fd: A['fd']; readonly data: A['data']; readonly flags: number}
  | {readonly name: 'recv'; readonly fd: A['fd']; readonly length: number; readonly flags: number}
  | {
      readonly name: 'sendto';
      readonly fd: A['fd'];
      readonly data: A['data'];
      readonly flags: number;
      readonly address: A['address'];
    }
  | {readonly name: 'recvfrom'; readonly fd: A['fd']; readonly length: number; readonly flags: number}
  | {readonly name: 'shutdown'; readonly fd: A['fd']; readonly how: ShutdownHow}
  | {readonly name: 'close'; readonly fd: A['fd']}
  | {readonly name: 'getsockname'; readonly fd: A['fd']}
  | {readonly name: 'getpeername'; readonly fd: A['fd']}
  | {
      readonly name: 'setsockopt';
      readonly fd: A['fd'];
      readonly level: OptionLevel;
      readonly option: OptionName;
      readonly value: number | Linger;
    }
  | {readonly name: 'getsockopt'; readonly fd: A['fd']; readonly level: OptionLevel; readonly option: OptionName}
  /** F_SETFL: 0 makes a descriptor blocking, O_NONBLOCK makes it return at once. */
  | {readonly name: 'fcntl'; readonly fd: A['fd']; readonly command: 'F_SETFL'; readonly value: 0 | 'O_NONBLOCK'}
  | {
      readonly name: 'poll';
      readonly fds: readonly {readonly fd: A['fd']; readonly events: readonly PollEvent[]}[];
      readonly timeout: number;
    }
  /** Library function, man 3 getaddrinfo: SOCK_STREAM, any family. */
  | {readonly name: 'getaddrinfo'; readonly host: string}
  /** Library function, man 3 getifaddrs: the addresses of this machine's own interfaces. */
  | {readonly name: 'getifaddrs'}
  | {readonly name: 'unlink'; readonly path: A['path']}
  /** `mode` is the permission bits, 0 to 0o777. */
  | {readonly name: 'chmod'; readonly path: A['path']; readonly mode: number}
  | {readonly name: 'seteuid'; readonly uid: A['uid']}
  | {readonly name: 'kill'; readonly pid: A['pid']; readonly signal: 'SIGKILL' | 'SIGTERM'}
  /** No call of libc: one statement for the Node process that the actor is. The system calls that it leads to are traced. */
  | {readonly name: 'evaluate'; readonly code: string}
  /** No call of libc: the command `node ARGS` in the walk's folder. It returns when the program has ended. */
  | {readonly name: 'run'; readonly args: readonly string[]}
  /** No call of libc: a rule of the packet filter of a host of the private network is added; null: all of them are taken away. */
  | {readonly name: 'nft'; readonly host: HostName; readonly rule: A['rule'] | null};

/** The kernel's own numbers, and bytes as an event writes them. */
export interface CallArguments extends Arguments {
  readonly fd: Fd;
  readonly address: Address;
  readonly data: Base64;
  readonly pid: Pid;
  readonly path: string;
  readonly uid: number;
  readonly rule: FilterRule;
}

/** A call with the kernel's own numbers, ready to be made. */
export type Call = CallOf<CallArguments>;
export type CallName = Call['name'];
/** A call that is a function of libc. */
export type LibcCall = Exclude<Call, {name: 'evaluate' | 'run' | 'nft'}>;

export const isLibcCall = (call: Call): call is LibcCall =>
  call.name !== 'evaluate' && call.name !== 'run' && call.name !== 'nft';
