import type {ActorName} from '../model/actor.ts';
import type {Fd} from '../model/brands.ts';
import {isAccepting} from '../model/call.ts';
import type {CallLine} from './view.ts';

/** Whether what an actor has at this descriptor was returned by accept(): by the newest call that returned the number. */
export function wasAccepted(
  actor: ActorName,
  fd: Fd,
  calls: readonly Pick<CallLine, 'actor' | 'call' | 'result'>[],
): boolean {
  const makes = ({call}: Pick<CallLine, 'call'>) => call.name === 'socket' || isAccepting(call);
  const made = calls.findLast(
    line => line.actor === actor && makes(line) && line.result.kind === 'returned' && line.result.value === fd,
  );
  return made !== undefined && isAccepting(made.call);
}
