import type {ActorName} from './actor.ts';
import type {Base64} from './call.ts';
import type {Errno} from './errno.ts';
import type {SocketState} from './sockets.ts';
import type {TcpFlag} from './wire.ts';

/** What a script says should be so by now. Without an actor: of the newest call, or of anybody's sockets. */
export interface Expectation {
  readonly actor: ActorName | null;
  readonly what: Expected;
}

export type Expected =
  /** The newest call failed with this errno. */
  | {readonly kind: 'fails'; readonly errno: Errno}
  | {readonly kind: 'returns'; readonly value: number}
  /** It returned something else than -1. */
  | {readonly kind: 'succeeds'}
  /** It has not returned: the kernel shows its thread asleep. */
  | {readonly kind: 'waits'}
  /** It received just these bytes. */
  | {readonly kind: 'receives'; readonly data: Base64}
  /** So many sockets are in this state; null: at least one. */
  | {readonly kind: 'state'; readonly state: SocketState; readonly count: number | null}
  /** A segment with this flag has passed. Where nothing is captured, this claims nothing. */
  | {readonly kind: 'segment'; readonly flag: TcpFlag};
