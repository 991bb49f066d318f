import type {Call} from '../model/call.ts';
import type {Timed} from './libc.ts';

/** What the program asks an actor: to make one call, or to read TCP_INFO or the name of its descriptors. */
export type Request =
  | {readonly id: number; readonly kind: 'call'; readonly call: Call}
  | {readonly id: number; readonly kind: 'look'; readonly name: readonly number[]; readonly tcpInfo: readonly number[]};

/** What getsockname(2), and getsockopt(2) with TCP_INFO in base64, said of each descriptor asked for. */
export interface Look {
  readonly names: Readonly<Record<number, Timed['outcome']>>;
  readonly tcpInfo: Readonly<Record<number, string>>;
}

export type Reply =
  | {readonly kind: 'ready'}
  | {readonly kind: 'unable'; readonly why: string}
  | ({readonly id: number; readonly kind: 'called'} & Timed)
  | {readonly id: number; readonly kind: 'looked'; readonly look: Look}
  | {readonly id: number; readonly kind: 'refused'; readonly why: string};
