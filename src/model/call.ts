import type {HostName} from './actor.ts';
import type {Address} from './address.ts';
import type {Fd, Pid} from './brands.ts';
import type {FilterRule} from './filter.ts';

export type Domain = 'AF_INET' | 'AF_INET6' | 'AF_UNIX';
export type SocketType = 'SOCK_STREAM' | 'SOCK_DGRAM' | 'SOCK_SEQPACKET' | 'SOCK_RAW';
/** What socket(2), socketpair(2) and accept4(2) set on the descriptor that they make. */
export type SocketFlag = 'SOCK_NONBLOCK' | 'SOCK_CLOEXEC';
export type ShutdownHow = 'SHUT_RD' | 'SHUT_WR' | 'SHUT_RDWR';
export type OptionLevel = 'SOL_SOCKET' | 'IPPROTO_IP' | 'IPPROTO_TCP' | 'IPPROTO_IPV6';

/** The options, each with its level: man 7 socket, ip, tcp and ipv6. */
export const optionLevelOf = {
  SO_REUSEADDR: 'SOL_SOCKET',
  SO_TYPE: 'SOL_SOCKET',
  SO_ERROR: 'SOL_SOCKET',
  SO_BROADCAST: 'SOL_SOCKET',
  SO_SNDBUF: 'SOL_SOCKET',
  SO_RCVBUF: 'SOL_SOCKET',
  SO_KEEPALIVE: 'SOL_SOCKET',
  SO_OOBINLINE: 'SOL_SOCKET',
  SO_LINGER: 'SOL_SOCKET',
  SO_REUSEPORT: 'SOL_SOCKET',
  SO_PEERCRED: 'SOL_SOCKET',
  SO_RCVLOWAT: 'SOL_SOCKET',
  SO_RCVTIMEO: 'SOL_SOCKET',
  SO_SNDTIMEO: 'SOL_SOCKET',
  SO_ACCEPTCONN: 'SOL_SOCKET',
  SO_PROTOCOL: 'SOL_SOCKET',
  SO_DOMAIN: 'SOL_SOCKET',
  IP_TOS: 'IPPROTO_IP',
  IP_TTL: 'IPPROTO_IP',
  TCP_NODELAY: 'IPPROTO_TCP',
  TCP_MAXSEG: 'IPPROTO_TCP',
  TCP_CORK: 'IPPROTO_TCP',
  TCP_KEEPIDLE: 'IPPROTO_TCP',
  TCP_KEEPINTVL: 'IPPROTO_TCP',
  TCP_KEEPCNT: 'IPPROTO_TCP',
  TCP_SYNCNT: 'IPPROTO_TCP',
  TCP_LINGER2: 'IPPROTO_TCP',
  TCP_DEFER_ACCEPT: 'IPPROTO_TCP',
  TCP_QUICKACK: 'IPPROTO_TCP',
  TCP_USER_TIMEOUT: 'IPPROTO_TCP',
  TCP_FASTOPEN: 'IPPROTO_TCP',
  IPV6_UNICAST_HOPS: 'IPPROTO_IPV6',
  IPV6_V6ONLY: 'IPPROTO_IPV6',
} as const satisfies Readonly<Record<string, OptionLevel>>;
export type OptionName = keyof typeof optionLevelOf;

/** `struct linger` (man 7 socket): `seconds` is `l_linger`. */
export interface Linger {
  readonly onoff: 0 | 1;
  readonly seconds: number;
}

/** `struct timeval` (man 3type timeval): 0 or more, to the microsecond; 0 is no limit (man 7 socket, SO_RCVTIMEO). */
export interface Timeout {
  readonly milliseconds: number;
}

/** poll(2): what is asked about and what is so. POLLERR and POLLHUP are told without being asked for. */
export type PollEvent = 'POLLIN' | 'POLLOUT' | 'POLLERR' | 'POLLHUP' | 'POLLRDHUP';

/** The flags of send(2) and recv(2), include/linux/socket.h; `|` joins them. */
export const messageFlags = {
  MSG_OOB: 0x1,
  MSG_PEEK: 0x2,
  MSG_DONTROUTE: 0x4,
  MSG_TRUNC: 0x20,
  MSG_DONTWAIT: 0x40,
  MSG_WAITALL: 0x100,
  MSG_NOSIGNAL: 0x4000,
  MSG_MORE: 0x8000,
  MSG_FASTOPEN: 0x20000000,
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
  | {
      readonly name: 'socket';
      readonly domain: Domain;
      readonly type: SocketType;
      /** Absent where there is none. */
      readonly flags?: readonly SocketFlag[];
      readonly protocol: number;
    }
  | {
      readonly name: 'socketpair';
      readonly domain: Domain;
      readonly type: SocketType;
      readonly flags?: readonly SocketFlag[];
      readonly protocol: number;
    }
  | {readonly name: 'bind'; readonly fd: A['fd']; readonly address: A['address']}
  | {readonly name: 'listen'; readonly fd: A['fd']; readonly backlog: number}
  | {readonly name: 'accept'; readonly fd: A['fd']}
  | {readonly name: 'accept4'; readonly fd: A['fd']; readonly flags: readonly SocketFlag[]}
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
      readonly value: number | Linger | Timeout;
    }
  | {readonly name: 'getsockopt'; readonly fd: A['fd']; readonly level: OptionLevel; readonly option: OptionName}
  /** F_SETFL: 0 makes a descriptor blocking, O_NONBLOCK makes it return at once. */
  | {readonly name: 'fcntl'; readonly fd: A['fd']; readonly command: 'F_SETFL'; readonly value: 0 | 'O_NONBLOCK'}
  | {readonly name: 'fcntl'; readonly fd: A['fd']; readonly command: 'F_GETFL'}
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
/** Takes a finished connection from the queue of a listener, and makes a descriptor of it. */
export const isAccepting = (call: Call): call is Extract<Call, {name: 'accept' | 'accept4'}> =>
  call.name === 'accept' || call.name === 'accept4';

/** A call that is a function of libc. */
export type LibcCall = Exclude<Call, {name: 'evaluate' | 'run' | 'nft'}>;

export const isLibcCall = (call: Call): call is LibcCall =>
  call.name !== 'evaluate' && call.name !== 'run' && call.name !== 'nft';

/** A row for each call: one that is added has no row, and the compiler says so, until it is given one. */
export type CallTable<A extends Arguments, R, More extends readonly unknown[] = []> = {
  readonly [N in CallName]: (call: Extract<CallOf<A>, {name: N}>, ...more: More) => R;
};

/** What the table says of a call. */
export const inTable = <A extends Arguments, R, More extends readonly unknown[]>(
  table: CallTable<A, R, More>,
  call: CallOf<A>,
  ...more: More
): R => (table[call.name] as (call: CallOf<A>, ...more: More) => R)(call, ...more);

/** How each argument that stands for something is told otherwise. */
export type Translation<A extends Arguments, B extends Arguments> = {
  readonly [K in Exclude<keyof Arguments, 'rule'>]: (one: A[K]) => B[K];
} & {readonly rule: (rule: A['rule'] | null) => B['rule'] | null};

/** The same call with other arguments. One that stands for something has the same name in every call, but poll() has several `fd`. */
export function translated<A extends Arguments, B extends Arguments>(
  call: CallOf<A>,
  to: Translation<A, B>,
): CallOf<B> {
  const one = ([name, value]: [string, unknown]): [string, unknown] => {
    if (name === 'fds') return [name, (value as {fd: A['fd']}[]).map(polled => ({...polled, fd: to.fd(polled.fd)}))];
    return [name, name in to ? (to[name as keyof Arguments] as (value: unknown) => unknown)(value) : value];
  };
  return Object.fromEntries(Object.entries(call).map(one)) as unknown as CallOf<B>;
}
