import type {ActorName} from './actor.ts';
import type {Endpoint} from './address.ts';
import type {Fd} from './brands.ts';
import type {CallName} from './call.ts';

/** RFC 9293 section 3.3.2, spelled as in the kernel's include/net/tcp_states.h. */
export type TcpState =
  | 'ESTABLISHED'
  | 'SYN_SENT'
  | 'SYN_RECV'
  | 'FIN_WAIT1'
  | 'FIN_WAIT2'
  | 'TIME_WAIT'
  | 'CLOSE'
  | 'CLOSE_WAIT'
  | 'LAST_ACK'
  | 'LISTEN'
  | 'CLOSING';

/** include/uapi/linux/net.h, `socket_state`; LISTEN is a flag there and a state here. */
export type UnixState = 'FREE' | 'UNCONNECTED' | 'CONNECTING' | 'CONNECTED' | 'DISCONNECTING' | 'LISTEN';

export type SocketState = TcpState | UnixState;

/** All of them, those of TCP first. */
export const socketStates = [
  ...(['LISTEN', 'SYN_SENT', 'SYN_RECV', 'ESTABLISHED', 'FIN_WAIT1', 'FIN_WAIT2', 'CLOSE_WAIT', 'CLOSING'] as const),
  ...(['LAST_ACK', 'TIME_WAIT', 'CLOSE', 'FREE', 'UNCONNECTED', 'CONNECTING', 'CONNECTED', 'DISCONNECTING'] as const),
] as const satisfies readonly SocketState[];

export type SocketProtocol = 'tcp' | 'tcp6' | 'udp' | 'udp6' | 'unix';

/** Part of `struct tcp_info` (man 7 tcp). Times in microseconds, `mss` in bytes, the others in segments. */
export interface TcpInfo {
  readonly state: TcpState;
  readonly rttUs: number;
  readonly mss: number;
  readonly retransmits: number;
  readonly unacked: number;
}

/**
 * One socket as the kernel shows it.
 *
 * `heldBy` says what keeps it: a descriptor of the actor, a listener's accept queue (a finished connection that nobody
 * has accepted: inode 0), or the kernel alone (after close: FIN_WAIT2, TIME_WAIT …). `actor` is the side it stands on.
 * Queues are bytes, or for a listener connections waiting, or for a datagram socket the kernel memory that its datagrams
 * take; null where the kernel was not asked or does not say.
 */
export interface SocketRow {
  readonly actor: ActorName;
  readonly fd: Fd | null;
  readonly inode: number;
  readonly protocol: SocketProtocol;
  readonly local: Endpoint;
  readonly remote: Endpoint | null;
  readonly state: SocketState;
  readonly recvQueue: number | null;
  readonly sendQueue: number | null;
  /** False when no table of /proc/net has it (created or only bound): then getsockname(2) and TCP_INFO told. */
  readonly listed: boolean;
  readonly heldBy: 'descriptor' | 'accept-queue' | 'kernel';
  /** UDP: datagrams for this socket that it never got, most often as its receive queue was full. */
  readonly drops?: number;
  readonly tcpInfo?: TcpInfo;
}

/** A call that has not returned, and where /proc/PID/task/TID shows its thread: `S` is interruptible sleep, `T` a stopped process. */
export interface Waiting {
  readonly actor: ActorName;
  readonly call: CallName;
  readonly threadState: string;
  /** The kernel function that it sleeps in; empty where the kernel hides it. */
  readonly sleepsIn: string;
}

/** A file as lstat(2) shows it: `mode` as ls -l writes it, `srwxr-xr-x`. `name` is without its folder. */
export interface FileRow {
  readonly name: string;
  readonly mode: string;
}
