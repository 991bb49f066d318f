import type {HostName} from '../../model/actor.ts';
import type {FilterChange} from '../../model/filter.ts';
import type {Outcome} from '../../model/outcome.ts';
import type {TakenFrame} from './frame-store.ts';

/** What the network's process is: the machines that it makes, or none, where it only captures on this machine's own loopback. */
export type NetworkKind = 'here' | 'home' | 'host';

/** What the program asks the network's process. */
export type NetworkRequest =
  /** The newest frames, at most so many. */
  | {readonly id: number; readonly kind: 'frames'; readonly most: number}
  | {readonly id: number; readonly kind: 'filter'; readonly change: FilterChange};

export interface Counted {
  readonly captured: number;
  readonly dropped: number;
  readonly omitted: number;
}

export type NetworkReply =
  /** The descriptors in which it holds the namespaces of its hosts; and why it sees no frames, null where it does. */
  | {
      readonly kind: 'ready';
      readonly namespaces: Readonly<Partial<Record<HostName, number>>>;
      readonly blind: string | null;
    }
  | {readonly kind: 'unable'; readonly why: string}
  | {readonly id: number; readonly kind: 'taken'; readonly frames: readonly TakenFrame[]; readonly count: Counted}
  | {readonly id: number; readonly kind: 'changed'; readonly outcome: Outcome; readonly elapsedUs: number};
