import type {ActorName} from './actor.ts';
import type {CallOf} from './call.ts';
import type {Errno} from './errno.ts';
import type {SocketState} from './sockets.ts';
import type {Text} from './text.ts';

/** A lesson's own name for a socket; the kernel's numbers are found when it runs. */
export type SocketName = string;

/** In text and listings, `{port}` stands for the server's port in this run. */
export const portPlace = '{port}';

/** Where a lesson's server listens: 127.0.0.1 and the port that the learner chose. */
export type AddressName = 'server';

/** Bytes of a lesson: fixed text in UTF-8, the message that the learner typed, or what an earlier recv() returned. */
export type Payload =
  | {readonly kind: 'text'; readonly text: string}
  | {readonly kind: 'message'}
  | {readonly kind: 'received'; readonly step: string};

export type LessonCall = CallOf<SocketName, AddressName, Payload>;

/** What a call should do. `waits`: it has not returned, and the kernel shows its thread asleep. */
export type OutcomeClaim =
  | {readonly kind: 'returns'; readonly value: number}
  | {readonly kind: 'returns-descriptor'}
  | {readonly kind: 'returns-bytes'; readonly bytes: Payload}
  | {readonly kind: 'fails'; readonly errno: Errno}
  | {readonly kind: 'waits'};

/** What the kernel should show of a socket. Queue counts are bytes of a payload, or a number. */
export type SocketClaim =
  | {
      readonly kind: 'listed';
      readonly socket: SocketName;
      readonly state: SocketState;
      readonly recvQueue?: number | Payload;
      readonly sendQueue?: number | Payload;
    }
  | {readonly kind: 'unlisted'; readonly socket: SocketName; readonly state: SocketState}
  | {readonly kind: 'gone'; readonly socket: SocketName}
  | {readonly kind: 'accept-queue'; readonly listener: SocketName; readonly connections: number}
  | {readonly kind: 'local-port'; readonly socket: SocketName; readonly is: 'server' | 'another' | 'none'};

/** What a lesson says of the kernel after one step. */
export interface Claim {
  readonly outcome?: OutcomeClaim;
  /** An earlier call that was waiting and returns because of this one. */
  readonly completes?: {readonly step: string; readonly outcome: OutcomeClaim};
  readonly sockets?: readonly SocketClaim[];
}

/** A choice is a claim too: the right one is the one that the kernel fulfils. */
export interface Choice {
  readonly text: Text;
  readonly claim: Claim;
  /** Shown when this was chosen and the kernel did otherwise. */
  readonly because?: Text;
}

export interface Prediction {
  readonly question: Text;
  readonly choices: readonly Choice[];
}

export interface Step {
  readonly id: string;
  readonly actor: ActorName;
  readonly call: LessonCall;
  /** The name of the socket that this call makes. */
  readonly creates?: SocketName;
  readonly before: Text;
  readonly after: Text;
  readonly expect: Claim;
  readonly predict?: Prediction;
  readonly hint?: Text;
  /** Man page and RFC sections. */
  readonly sources: readonly string[];
}

/** Source text; a line that ends in `//@ STEP …` is the one that makes the calls of those steps. */
export type Listing = string;

export interface Lesson {
  readonly id: string;
  readonly title: Text;
  /** One sentence for the list. */
  readonly about: Text;
  readonly minutes: number;
  /** The same programs in C and for Node, by side. */
  readonly programs: {readonly c: Record<ActorName, Listing>; readonly node: Record<ActorName, Listing>};
  readonly steps: readonly Step[];
  /** Shown at the end. */
  readonly summary: Text;
  /** The message that is sent where the learner types none; only in lessons that send one. */
  readonly message?: Text;
  /** After this step the learner may go through the steps from `from` on once more. */
  readonly again?: {readonly after: string; readonly from: string};
}

/** The socket that a call is about; null for socket(), which has none yet. */
export const socketOf = (call: LessonCall): SocketName | null => (call.name === 'socket' ? null : call.fd);
