import {framesText} from '../../messages/frames.ts';
import type {View, WireCount} from '../../timeline/view.ts';
import type {PaneData, Size} from '../pane.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, styled} from '../text/spans.ts';
import {wrap} from '../text/wrap.ts';
import {gapRow, type LadderForm, ladderForm, ladderHead, ladderRow, textWidths} from './ladder-row.ts';
import {quietRows} from './quiet.ts';

/**
 * The newest frames under each other, time downwards.
 *
 * ```
 *        ms server     client
 *     0.000 │<SYN------│ seq 0 win 65495 mss 65495
 * ```
 */
export function wirePane({view, frames, isRecorded}: PaneData, look: Look, {width, height}: Size): Line[] {
  if (frames.length === 0)
    return wrap(look.say(whyNoFrames(view, isRecorded)), width).map(text => [styled(text, {dim: true})]);
  const form = formOf(frames.slice(-height), look, width);
  const head = height >= headFrom ? [ladderHead(view, form, {call: '', device: ''}, look)] : [];
  const foot = height >= footFrom && view.wire ? [countLine(view.wire, look, width)] : [];
  const room = Math.max(0, height - head.length - foot.length);
  const newest = frames.slice(-room - 1);
  const rows = newest.flatMap((read, i) => [
    ...quietRows(newest[i - 1], read, 1, look).map(row => gapRow(row, form, look)),
    ladderRow(read, form, 'relative', look),
  ]);
  return [...head, ...(room === 0 ? [] : rows.slice(-room)), ...foot];
}

/** Between several machines, addresses tell more than the time, which the whole ladder has. */
function formOf(frames: PaneData['frames'], look: Look, width: number): LadderForm {
  const isRoomy = width >= roomyFrom;
  const hasPlaces = frames.some(({frame}) => frame.host !== 'here');
  const time = hasPlaces && !isRoomy ? 0 : 9;
  return ladderForm(width, {time, call: 0, device: hasPlaces ? 3 : 0, arrow: 9}, textWidths(frames, 'relative', look));
}

/** From so many cells on times are told in any case, from so many rows on the lifelines have names, and the count is said. */
const roomyFrom = 70;
const headFrom = 4;
const footFrom = 6;

/** Why there are no frames, and what would bring some. */
export function whyNoFrames(view: View, isRecorded: boolean) {
  if (view.wire !== null || view.callCount === 0) return framesText.nothingYet;
  return isRecorded ? framesText.notRecorded : framesText.notCaptured;
}

/** What the kernel counted at the packet socket (man 7 packet, PACKET_STATISTICS). */
export function countLine({captured, dropped, omitted}: WireCount, look: Look, width: number): Line {
  const more = omitted > 0 ? look.say(framesText.omitted, {omitted}) : '';
  const style = dropped > 0 ? {bold: true} : {dim: true};
  return fitLine([styled(`${look.say(framesText.counted, {captured, dropped})}${more}`, style)], width);
}
