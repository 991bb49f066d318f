import type {ActorName} from '../model/actor.ts';
import type {Endpoint} from '../model/address.ts';
import type {Fd, Pid, Port} from '../model/brands.ts';
import type {Call, CallName} from '../model/call.ts';
import type {Payload, SocketName} from '../model/lesson.ts';
import type {Lost, Outcome} from '../model/outcome.ts';
import type {FileRow, SocketRow} from '../model/sockets.ts';
import type {TracedCall} from '../model/traced.ts';
import type {Frame, SequenceBase, Summary} from '../model/wire.ts';

/** A frame as claims speak of it. */
export interface WireFrame {
  readonly frame: Frame;
  readonly summary: Summary | null;
  /** What its relative numbers are counted from; null where it is not TCP. */
  readonly base: SequenceBase | null;
  /** Data, SYN or FIN with a sequence number that an earlier frame in this direction had. */
  readonly isAgain: boolean;
  /** The call that had not returned when it passed; null when it had. */
  readonly during: CallName | null;
}

/** What became of a call: an outcome, none yet, or none ever. */
export type Result = Outcome | Lost | {readonly kind: 'waiting'};

/** A lesson's socket in this run: its descriptor, and the ends that the kernel last showed for it. */
export interface BoundSocket {
  readonly actor: ActorName;
  readonly fd: Fd;
  readonly isOpen: boolean;
  readonly local: Endpoint | null;
  readonly remote: Endpoint | null;
}

/** A call that was made, and what became of it. */
export interface MadeCall {
  readonly actor: ActorName;
  readonly call: Call;
  readonly result: Result;
  /** Null until it has returned. */
  readonly elapsedUs: number | null;
}

/** What the kernel did, as far as a claim can speak of it. */
export interface Found {
  /** The step's calls, in the order in which they were begun; the claimed outcome is the last one's. */
  readonly calls: readonly MadeCall[];
  /** The last call of an earlier step, or the last of that name. */
  lastCallOf(step: string, name?: CallName): MadeCall | null;
  /** All calls of this step or an earlier one, in order. */
  callsOf(step: string): readonly MadeCall[];
  /** What a Node process wrote since the step began, and the system calls that it was seen to make. */
  said(actor: ActorName): string;
  traced(actor: ActorName): readonly TracedCall[];
  readonly rows: readonly SocketRow[];
  /** The frames that passed since the step began; null where nothing is captured. */
  readonly wire: readonly WireFrame[] | null;
  readonly files: readonly FileRow[];
  socket(name: SocketName): BoundSocket | null;
  bytes(payload: Payload): Uint8Array;
  pidOf(actor: ActorName): Pid | null;
  readonly serverPort: Port;
}
