import type {Step} from '../../model/lesson.ts';
import {isSent, type ReadFrame} from '../../timeline/read-frames.ts';
import type {PaneData} from '../pane.ts';
import {type Flight, grownAt} from '../wire/flight.ts';

export interface FlowData extends PaneData {
  /**
   * The step after that, where its calls may be known, and what the learner typed for it; whether it is
   * asked what it will give.
   */
  readonly following: {readonly step: Step; readonly message: string; readonly isAsked?: boolean} | null;
  /** Its calls are being made. */
  readonly isMaking: boolean;
  /** The walk's clock, in seconds. */
  readonly now: number;
  /** Frames that have just come. */
  readonly flight?: Flight | null;
}

/** How much of a frame's arrow is there yet, from 0 to 1: those that fly set off one after the other, in the order of their capture. */
export function growthOf({frames, flight, now}: FlowData): (read: ReadFrame) => number {
  if (!flight) return () => 1;
  const first = frames.findLastIndex(({frame}) => frame.seq < flight.from) + 1;
  const flying = frames.slice(first).filter(isSent);
  const grown = grownAt(flying, flight, now);
  const parts = new Map(flying.map((read, i) => [read, grown[i] ?? 1]));
  return read => parts.get(read) ?? 1;
}

/** False where nothing is captured; before the first call nobody knows yet. */
export const isWireSeen = ({view, frames}: FlowData): boolean =>
  view.wire !== null || frames.length > 0 || view.callCount === 0;
