import type {ActorName} from './actor.ts';

/** A system call as strace(1) saw it. Strings among the arguments are in hexadecimal: `"\x68\x69"`. */
export interface TracedCall {
  readonly name: string;
  readonly args: readonly string[];
  /** Null when it has not returned. */
  readonly result: number | null;
  readonly errno: string | null;
}

/** One that was seen on another machine, for machines without strace. */
export interface RecordedCall extends TracedCall {
  readonly actor: ActorName;
}

/** What strace saw of a whole lesson, its reviews too. */
export interface RecordedTraces {
  /** The Node that made the calls, as `process.version` has it: `v20.20.2`. */
  readonly node: string;
  readonly byStep: Readonly<Record<string, readonly RecordedCall[]>>;
}
