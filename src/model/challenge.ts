import type {Side} from './actor.ts';
import type {CallName} from './call.ts';
import type {Errno} from './errno.ts';
import type {SocketRow, TcpState} from './sockets.ts';
import type {Text} from './text.ts';
import type {TcpFlag} from './wire.ts';

/** What the kernel has to show for a challenge to be solved. */
export type Goal =
  | TcpSockets
  /** Two sockets that listen with this address and the same port. */
  | {readonly kind: 'shared-port'; readonly host: string}
  /** A thread sleeps in one of these calls. */
  | {readonly kind: 'sleeps'; readonly calls: readonly CallName[]; readonly transport?: Transport}
  | ({readonly kind: 'fails'} & Failure)
  /** One TCP segment with all of these flags passed; where nothing is captured, a call that fails as it does after one. */
  | {readonly kind: 'segment'; readonly flags: readonly TcpFlag[]; readonly otherwise: Failure}
  /** A descriptor's socket has sent its FIN; data that was sent to it after that waits to be read. */
  | {readonly kind: 'half-closed'}
  /** One recv() took bytes of so many send() calls, or more. */
  | {readonly kind: 'joined'; readonly sends: number}
  /** One recv() took a datagram up to the middle of a character of UTF-8: the rest is lost. */
  | {readonly kind: 'cut-character'};

export type Transport = 'tcp' | 'udp';

/** TCP sockets like this. What is left out may be anything. */
export interface TcpSockets {
  readonly kind: 'sockets';
  readonly state: TcpState;
  readonly side?: Side;
  readonly heldBy?: SocketRow['heldBy'];
  /** Whether both of its ends are the same. */
  readonly isToItself?: boolean;
  /** How many sockets there are in this state, on whichever side: just so many, and each of them like this. Else at least one. */
  readonly count?: number;
}

/** A call that failed with this errno. */
export interface Failure {
  readonly errno: Errno;
  readonly calls: readonly CallName[];
  readonly transport?: Transport;
  /** Whether the same call on the same descriptor, the one just before it, had worked. */
  readonly isAfterSuccess?: true;
}

/** Something to bring about with calls of one's own. */
export interface Challenge {
  readonly id: string;
  readonly title: Text;
  /** What to bring about, in a sentence or two; not how. */
  readonly about: Text;
  /** In which direction to think. */
  readonly hint: Text;
  /** Why the kernel does so: shown once it is solved. */
  readonly after: Text;
  readonly goal: Goal;
  /** Lines that solve it, as few as are known. */
  readonly solution: readonly string[];
  /** Man page and RFC sections. */
  readonly sources: readonly string[];
}

/** The fewest lines known that solve it. */
export const parOf = ({solution}: Challenge): number => solution.length;
