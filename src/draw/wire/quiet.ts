import {framesText} from '../../messages/frames.ts';
import type {ReadFrame} from '../../timeline/read-frames.ts';
import type {Look} from '../text/look.ts';
import type {GapRow} from './ladder-row.ts';

/** A row of a ladder stands for so much time in which nothing passes, in microseconds. */
const aRow = 100_000;
/** Less is not seen: the shortest that the kernel waits on purpose is 40 ms (a delayed ACK, TCP_DELACK_MIN). */
const leastUs = 30_000;
/** Between two calls it is the program, or who presses the keys, that lets time pass. */
const leastBetweenCallsUs = 1_000_000;

/**
 * The rows for the time before a frame, to scale as far as there is room: of a retransmission one sees how late it is.
 *
 * ```
 *      0.000 │── 5B ────────→│ seq 1 ack 1
 *            ┊    203 ms     ┊ silence (a row: 100 ms)
 *            ┊               ┊
 *    203.412 │── 5B again ──→│ seq 1 ack 1
 * ```
 *
 * @param most rows for one gap; with more than one, waits between calls have a row too
 */
export function quietRows(before: ReadFrame | undefined, read: ReadFrame, most: number, look: Look): GapRow[] {
  if (!before) return [];
  const us = read.atUs - before.atUs;
  const label = durationText(us);
  if (!isOwnTime(before, read)) {
    if (us < leastBetweenCallsUs || most < 2) return [];
    return [{label, note: look.say(framesText.quietUntilCall), isBroken: true}];
  }
  if (us < leastUs) return [];
  const toScale = Math.max(1, Math.round(us / aRow));
  const rows = Math.min(toScale, most);
  const isBroken = toScale > most;
  const note = look.say(isBroken ? framesText.quietLong : framesText.quiet, {mark: look.glyphs.broken});
  const middle = Math.floor((rows - 1) / 2);
  return Array.from({length: rows}, (_, row) =>
    row === middle ? {label, note, isBroken} : {label: '', note: '', isBroken: false},
  );
}

/** The kernel's timers: within one call, or what is sent again. */
const isOwnTime = (before: ReadFrame, {frame, times, probe}: ReadFrame): boolean =>
  frame.call === before.frame.call || times > 1 || probe !== null;

/** `203 ms`, `1.05 s`. */
const durationText = (us: number): string =>
  us < 1_000_000 ? `${Math.round(us / 1000)} ms` : `${(us / 1_000_000).toFixed(us < 10_000_000 ? 2 : 0)} s`;
