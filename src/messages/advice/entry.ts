import type {CallName} from '../../model/call.ts';
import type {Errno} from '../../model/errno.ts';
import type {Text} from '../../model/text.ts';
import type {Seen} from './failure.ts';

/** One reason for an errno. Names in braces stand for values of the failure (`valuesOf`). */
export interface Entry {
  /** Whether this is the reason; without it, it always may be. */
  readonly when?: (seen: Seen) => boolean;
  readonly meaning: Text;
  readonly next: Text;
  readonly line: string | null;
}

/** Reasons in order: the first that holds, and of which every value is known, is given. */
export type Reasons = readonly Entry[];

export type ReasonsOf = Partial<Record<CallName, Partial<Record<Errno, Reasons>>>>;

/** What to try, where one reason has several ways on. */
type Way = Pick<Entry, 'next' | 'line' | 'when'>;

/** One reason with its ways on, in order: the first that the failure has. */
export const ways = (meaning: Text, all: readonly Way[], when: Entry['when'] = () => true): Reasons =>
  all.map(way => ({...way, meaning, when: seen => when(seen) && (way.when?.(seen) ?? true)}));
