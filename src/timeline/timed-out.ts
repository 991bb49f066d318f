import type {OptionName} from '../model/call.ts';
import type {CallLine} from './view.ts';

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
  const option = call.name === 'send' || call.name === 'sendto' ? 'SO_SNDTIMEO' : 'SO_RCVTIMEO';
  const of = call.fd;
  const before = calls.filter(line => line.seq < seq && line.actor === actor && line.result.kind === 'returned');
  const set = before.findLast(
    line => line.call.name === 'setsockopt' && line.call.fd === of && line.call.option === option,
  );
  if (set?.call.name !== 'setsockopt' || typeof set.call.value === 'number') return null;
  if (!('milliseconds' in set.call.value)) return null;
  const {milliseconds} = set.call.value;
  return milliseconds > 0 && (elapsedUs ?? 0) >= milliseconds * 1000 ? {option, milliseconds} : null;
}
