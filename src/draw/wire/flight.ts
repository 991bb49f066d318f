import type {ReadFrame} from '../../timeline/read-frames.ts';

/** Frames that have just come, and appear one after the other. */
export interface Flight {
  /** The `seq` of the first of them. */
  readonly from: number;
  /** When it set off, in seconds on the walk's clock. */
  readonly since: number;
}

/** One arrow takes so long to grow, in seconds, and all of them together no longer than that. */
const each = 0.2;
const all = 1.2;

/** How long a flight of so many frames takes, in seconds. */
export const flightTime = (frames: number): number => Math.min(frames * each, all);

/** How much of each frame's arrow is there yet, from 0 to 1. Without a flight all stand still. */
export function grownAt(frames: readonly ReadFrame[], flight: Flight | null, now: number): readonly number[] {
  if (!flight) return frames.map(() => 1);
  const flying = frames.filter(({frame}) => frame.seq >= flight.from).length;
  const turn = flightTime(flying) / flying;
  const before = frames.length - flying;
  return frames.map((_, i) => (i < before ? 1 : clamped((now - flight.since) / turn - (i - before))));
}

const clamped = (part: number): number => Math.min(1, Math.max(0, part));
