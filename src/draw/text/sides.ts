import {sideOf} from '../../model/actor.ts';
import type {Lane} from '../../timeline/view.ts';

/** Who stands on the left and who on the right: servers come first, and a client that is alone stands on the left too. */
export function sidesOf(lanes: readonly Lane[]): readonly [left: readonly Lane[], right: readonly Lane[]] {
  const onLeft = Math.max(1, lanes.filter(lane => sideOf(lane.actor) === 'server').length);
  return [lanes.slice(0, onLeft), lanes.slice(onLeft)];
}
