import type {ActorName, HostName} from './actor.ts';
import type {Pid} from './brands.ts';
import type {Base64, Call} from './call.ts';
import type {Outcome} from './outcome.ts';
import type {FileRow, SocketRow, Waiting} from './sockets.ts';
import type {TracedCall} from './traced.ts';
import type {Frame} from './wire.ts';

/** Which step of which lesson an event belongs to. */
export interface StepRef {
  readonly lesson: string;
  readonly step: string;
}

/** One part of a claim beside what the kernel did, both written as strace would: `connect() = 0`. */
export interface Unmet {
  readonly claimed: string;
  readonly found: string;
}

export type OutputStream = 'stdout' | 'stderr';

/** Something that happened. Plain data: everything that a screen needs is in it. */
export type Happening =
  | {
      readonly kind: 'actor-started';
      readonly actor: ActorName;
      readonly pid: Pid;
      /** Which machine it lives on, in a network of several. */
      readonly host?: HostName;
    }
  | ({
      readonly kind: 'call-started';
      readonly actor: ActorName;
      readonly call: Call;
      /** Of the first call of a step that asks: the order in which this walk shows its choices, as indexes of the lesson's own. */
      readonly choices?: readonly number[];
    } & StepRef)
  | ({
      readonly kind: 'call-returned';
      readonly actor: ActorName;
      readonly call: Call;
      readonly outcome: Outcome;
      /** Microseconds from just before to just after the call, on the actor's clock. */
      readonly elapsedUs: number;
      /** The socket address that went to the kernel or came from it, byte by byte. */
      readonly sockaddr?: Base64;
    } & StepRef)
  | ({readonly kind: 'call-lost'; readonly actor: ActorName; readonly call: Call} & StepRef)
  /** The program of the actor's `run` call is a process now. */
  | ({readonly kind: 'program-started'; readonly actor: ActorName; readonly pid: Pid} & StepRef)
  /** A Node process wrote this. */
  | ({readonly kind: 'said'; readonly actor: ActorName; readonly stream: OutputStream; readonly data: Base64} & StepRef)
  /**
   * A system call on a socket that a Node process made. `recorded`: not in this run, strace being missing here, but when the
   * lesson was recorded, with the Node whose version `node` is (`v20.20.2`).
   */
  | ({
      readonly kind: 'traced';
      readonly actor: ActorName;
      readonly recorded?: true;
      readonly node?: string;
    } & TracedCall &
      StepRef)
  | {
      readonly kind: 'kernel-read';
      readonly sockets: readonly SocketRow[];
      readonly waiting: readonly Waiting[];
      /** The walk's own folder, in lessons that make socket files. */
      readonly files?: readonly FileRow[];
    }
  /** A frame that was captured on the private network, or where this account may capture. Frames come in the order of the wire. */
  | ({
      readonly kind: 'frame';
      /** The `seq` of the call-started of the call that it belongs to: the newest that had begun by then; null before the first. */
      readonly call: number | null;
      /** That call had not returned yet. */
      readonly isDuring: boolean;
    } & Frame &
      StepRef)
  /** How many frames the kernel captured since the walk began, how many it had no room for, and how many of the rest are not in the log. */
  | {readonly kind: 'wire-counted'; readonly captured: number; readonly dropped: number; readonly omitted: number}
  | ({
      readonly kind: 'predicted' /** Index into the step's choices; null when skipped. */;
      readonly choice: number | null;
    } & StepRef)
  /** The order in which the learner put the step's calls, as indexes of the lesson's own; null when skipped. */
  | ({readonly kind: 'arranged'; readonly order: readonly number[] | null} & StepRef)
  | ({
      readonly kind: 'judged';
      /** The kernel did what the lesson claims. */
      readonly holds: boolean;
      /** The parts of the claim that did not hold; empty when all did. */
      readonly unmet: readonly Unmet[];
      /** Indexes of the prediction's choices that the kernel fulfilled. */
      readonly fulfilled: readonly number[];
    } & StepRef)
  | {
      readonly kind: 'actor-exited';
      readonly actor: ActorName;
      readonly code: number | null;
      readonly signal: string | null;
    };

/** `seq` counts from 0 without gaps; `at` is seconds since the walk began. */
export type LogEvent = Happening & {readonly seq: number; readonly at: number};
