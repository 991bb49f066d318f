import type {Step} from '../../model/lesson.ts';
import type {Intent} from '../keys/intents.ts';
import type {Arrangement} from './state.ts';

/** @param tried the order that the learner had before, if this is another try */
export const freshArrangement = (step: Step, tried: readonly number[] | null): Arrangement => ({
  order: tried ?? step.arrange?.start ?? [],
  at: 0,
  isHeld: false,
});

/** Up and down move the cursor, and with it the call that is held; Space takes one up and puts it down. */
export function rearranged(arrangement: Arrangement, {kind}: Intent): Arrangement {
  const {order, at, isHeld} = arrangement;
  if (kind === 'pick') return {...arrangement, isHeld: !isHeld};
  const by = kind === 'up' ? -1 : kind === 'down' ? 1 : 0;
  const to = Math.min(order.length - 1, Math.max(0, at + by));
  if (!isHeld || to === at) return {...arrangement, at: to};
  const moved = order.with(to, order[at] ?? 0).with(at, order[to] ?? 0);
  return {order: moved, at: to, isHeld};
}
