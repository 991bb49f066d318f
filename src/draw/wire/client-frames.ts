import {framesText} from '../../messages/frames.ts';
import {clientFramesText, noFramesText} from '../../messages/serve-frames.ts';
import type {PassedFrame} from '../../timeline/passed-frame.ts';
import type {WireCount} from '../../timeline/view.ts';
import type {Size} from '../pane.ts';
import type {Look} from '../text/look.ts';
import {type Line, spread, styled, widthOf} from '../text/spans.ts';
import {wrap} from '../text/wrap.ts';
import {ladderForm, millisecondsText, plainLadderHead, plainLadderRow, textWidths} from './ladder-row.ts';

/** What was captured of one client since it was opened, or why nothing is. */
export type ClientFrames =
  | {readonly kind: 'starting' | 'not-allowed' | 'unix' | 'gone'}
  | {readonly kind: 'refused'; readonly why: string}
  | {readonly kind: 'elsewhere'; readonly host: string}
  | {readonly kind: 'captured'; readonly frames: readonly PassedFrame[]; readonly count: WireCount};

/** How many rows are kept for them: half of what there is, also before the first has passed. */
export const rowsForFrames = (frames: ClientFrames, look: Look, size: Size): number =>
  frames.kind === 'captured' || frames.kind === 'starting'
    ? Math.max(leastRows, Math.floor(size.height / 2))
    : clientFrameLines(frames, look, size).length;
const leastRows = 3;

/**
 * The newest frames under each other, as a lesson’s pane has them.
 *
 * ```
 *  On lo since you opened it: 4 frames, 0 dropped                  seq and ack relative
 *         ms server        client
 *      0.000 │<─ 6B ────────│ PSH, ACK seq 0 ack 0 win 512 len 6
 * ```
 */
export function clientFrameLines(data: ClientFrames, look: Look, {width, height}: Size): Line[] {
  const note = (text: string): Line[] => wrap(text, width - 2).map((line): Line => [styled(` ${line}`, {dim: true})]);
  if (data.kind === 'starting') return note(look.say(clientFramesText.starting));
  if (data.kind !== 'captured') return note(look.say(noFramesText[data.kind], {...data}));
  const {frames, count} = data;
  const said = look.say(clientFramesText.counted, {captured: count.captured, dropped: count.dropped});
  const title: Line = [styled(` ${said}`, {bold: true})];
  const relative: Line = [styled(`  ${look.say(framesText.shortRelative)} `, {dim: true})];
  const hasNumbers = frames.some(({base}) => base !== null);
  const isRoomy = widthOf([...title, ...relative]) <= width;
  const head = hasNumbers && isRoomy ? spread(title, relative, width) : title;
  if (frames.length === 0) return [head, ...note(look.say(clientFramesText.waiting))];
  const form = formOf(frames.slice(-height), look, width - 1);
  const names = height >= headFrom ? [plainLadderHead(form, look)] : [];
  const rows = frames.slice(-Math.max(1, height - names.length - 1)).map(passed => plainLadderRow(passed, form, look));
  return [head, ...[...names, ...rows].map((line): Line => [{text: ' '}, ...line])];
}

/** From so many rows on the lifelines have names. */
const headFrom = 5;

/** A connection may be watched for hours: the column of time grows. */
function formOf(frames: readonly PassedFrame[], look: Look, width: number) {
  const time = Math.max(9, millisecondsText(frames.at(-1)?.atUs ?? 0).length);
  return ladderForm(width, {time, call: 0, device: 0, arrow: 9}, textWidths(frames, 'relative', look));
}
