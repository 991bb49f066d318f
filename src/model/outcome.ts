import type {Address} from './address.ts';
import type {Fd} from './brands.ts';
import type {Base64, Linger, PollEvent, Timeout} from './call.ts';
import type {Errno} from './errno.ts';

/** Who is at the other end of a Unix socket: process, user and group ids. Where nobody is: 0, -1 and -1. */
export interface Credentials {
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
}

/** One address of one of this machine's network interfaces. */
export interface Interface {
  readonly name: string;
  readonly host: string;
  /** IFF_LOOPBACK, man 7 netdevice: what is sent there does not leave the machine. */
  readonly internal: boolean;
}

/** The return value of a call that worked, with what it wrote through its pointer arguments. */
export interface Returned {
  readonly kind: 'returned';
  readonly value: number;
  /** What recv() put into the buffer: `value` bytes. */
  readonly data?: Base64;
  /** What accept(), accept4(), getsockname() or getpeername() put into the address. */
  readonly address?: Address;
  /** The two ends that socketpair() made. */
  readonly fds?: readonly [Fd, Fd];
  /** What getsockopt() put into the option value, where that is an int. */
  readonly option?: number;
  /** What getsockopt() with SO_LINGER put there. */
  readonly linger?: Linger;
  /** What getsockopt() with SO_RCVTIMEO or SO_SNDTIMEO put there: the kernel counts in ticks of its own, of some milliseconds. */
  readonly timeout?: Timeout;
  /** What getsockopt() with SO_PEERCRED put there: `struct ucred`, man 7 unix. */
  readonly credentials?: Credentials;
  /** What poll() put into `revents`, for each descriptor in the order asked. */
  readonly ready?: readonly (readonly PollEvent[])[];
  /** What getaddrinfo() found, in its order; ports are 0. */
  readonly addresses?: readonly Address[];
  /** What getifaddrs() found, in its order: IPv4 and IPv6. */
  readonly interfaces?: readonly Interface[];
}

export interface Failed {
  readonly kind: 'failed';
  readonly errno: Errno;
  /** The number behind the name on this machine. */
  readonly code: number;
}

/** A statement of JavaScript that gave a value, as util.inspect() writes it in short. */
export interface Evaluated {
  readonly kind: 'evaluated';
  readonly text: string;
}

/** A statement of JavaScript that threw: name, code and message of the error. */
export interface Threw {
  readonly kind: 'threw';
  readonly error: string;
}

/** A program that has ended: with an exit code, or by a signal. */
export interface Ended {
  readonly kind: 'ended';
  readonly code: number | null;
  readonly signal: string | null;
}

/** What the kernel answered, or Node. A refusal is an answer. */
export type Outcome = Returned | Failed | Evaluated | Threw | Ended;

/** A call that will never return: its process is gone. */
export interface Lost {
  readonly kind: 'lost';
}
