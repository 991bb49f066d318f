import type {Base64, Call} from '../../model/call.ts';
import type {OutputStream} from '../../model/event.ts';
import type {Timed} from '../libc/libc.ts';

/**
 * What the program asks an actor: to make one call, or to read TCP_INFO or the name of its descriptors; of one that is Node,
 * to take its turns and then to make a system call that can be told in a trace.
 */
export type Request =
  | {readonly id: number; readonly kind: 'call'; readonly call: Call}
  | {readonly id: number; readonly kind: 'look'; readonly name: readonly number[]; readonly tcpInfo: readonly number[]}
  | {readonly id: number; readonly kind: 'mark'; readonly mark: number};

/** What getsockname(2), and getsockopt(2) with TCP_INFO in base64, said of each descriptor asked for. */
export interface Look {
  readonly names: Readonly<Record<number, Timed['outcome']>>;
  readonly tcpInfo: Readonly<Record<number, string>>;
}

export type Reply =
  | {readonly kind: 'ready'; readonly pid: number}
  | {readonly kind: 'unable'; readonly why: string}
  | ({readonly id: number; readonly kind: 'called'} & Timed)
  | {readonly id: number; readonly kind: 'looked'; readonly look: Look}
  | {readonly id: number; readonly kind: 'marked'}
  /** The program of a `run` call is a process, and what it wrote: a line without its end. */
  | {readonly id: number; readonly kind: 'started'; readonly pid: number}
  | {readonly id: number; readonly kind: 'said'; readonly stream: OutputStream; readonly data: Base64}
  | {readonly id: number; readonly kind: 'refused'; readonly why: string};
