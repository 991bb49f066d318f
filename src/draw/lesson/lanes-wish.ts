import type {Lane} from '../../timeline/view.ts';
import type {PointedView} from '../pointer.ts';
import type {Look} from '../text/look.ts';
import {sidesOf} from '../text/sides.ts';
import {contentOf, middleOf} from './lanes.ts';

/** Rows of the boxes in which everything stands that there is to say. */
export function lanesWish(view: PointedView, look: Look, width: number, only: Lane['actor'] | null): number {
  const enlarged = view.lanes.filter(lane => lane.actor === only);
  const inner = (enlarged.length > 0 ? width : Math.floor((width - middleOf(width)) / 2)) - 4;
  const rowsOf = (lane: Lane): number => contentOf(lane, view, look, inner, Number.POSITIVE_INFINITY).length;
  const heightOf = (lanes: readonly Lane[]): number =>
    lanes.length > 1 ? lanes.reduce((sum, lane) => sum + 1 + rowsOf(lane), 0) : Math.max(0, ...lanes.map(rowsOf));
  const boxes = enlarged.length > 0 ? [enlarged] : sidesOf(view.lanes);
  return 2 + Math.max(1, ...boxes.map(heightOf));
}
