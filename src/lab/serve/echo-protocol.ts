import type {Pid} from '../../model/brands.ts';
import type {ServeAct, ServeLook, ServeMode, ServePlace, ServeSetup} from '../../model/serve.ts';

/** Which clients to show: so many, the one under the cursor among them. */
export interface PageWish {
  readonly order: 'newest' | 'oldest';
  readonly count: number;
  /** Index of the first one that was shown. */
  readonly top: number;
  /** Null: the first one. */
  readonly cursor: number | null;
  /** By how many places to move the cursor. */
  readonly move: number;
}

export interface LookWish {
  readonly page: PageWish;
  /** The client to tell more of. */
  readonly detail: number | null;
  /** Events from this number on, the first `atMost` of them; or the newest ones, where `since` is null. */
  readonly since: number | null;
  readonly atMost: number;
  /** Answer when there are such events, not before. */
  readonly waits: boolean;
}

/** What the program asks of the server's process. */
export type EchoRequest =
  | {readonly kind: 'start'; readonly setup: ServeSetup}
  | {readonly kind: 'look'; readonly id: number; readonly wish: LookWish}
  | {readonly kind: 'act'; readonly id: number; readonly client: number; readonly act: ServeAct}
  | {readonly kind: 'mode'; readonly id: number; readonly mode: ServeMode}
  | {readonly kind: 'stop'};

export type EchoReply =
  | {readonly kind: 'listening'; readonly place: ServePlace; readonly pid: Pid}
  | {readonly kind: 'refused'; readonly errno: string}
  | {readonly kind: 'looked'; readonly id: number; readonly look: ServeLook}
  /** Whether it could be done: the client may have gone meanwhile. */
  | {readonly kind: 'done'; readonly id: number; readonly isDone: boolean}
  | {readonly kind: 'stopped'};
