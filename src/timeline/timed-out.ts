import type {OptionName} from '../model/call.ts';
import type {CallLine} from './view.ts';
import {limitOf} from './what-ends.ts';

/** A time that a socket was given to wait, and that has passed. */
export interface TimedOut {
  readonly option: Extract<OptionName, 'SO_RCVTIMEO' | 'SO_SNDTIMEO'>;
  readonly milliseconds: number;
}

/**
 * The time limit that ended a call with EAGAIN (socket(7)); null for a call that did not wait so long, and where none was set.
 *
 * @param calls all that were made, oldest first
 */
export function timedOut({seq, actor, call, result, elapsedUs}: CallLine, calls: readonly CallLine[]): TimedOut | null {
  if (result.kind !== 'failed' || result.errno !== 'EAGAIN' || !('fd' in call)) return null;
  const before = calls.filter(line => line.seq < seq);
  const limit = limitOf(actor, call, before);
  return limit && (elapsedUs ?? 0) >= limit.milliseconds * 1000 ? limit : null;
}
