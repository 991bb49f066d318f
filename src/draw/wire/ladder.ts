import stringWidth from 'string-width';
import {framesText} from '../../messages/frames.ts';
import {actorText} from '../../messages/screen.ts';
import {endpointText} from '../../model/address.ts';
import {port} from '../../model/brands.ts';
import type {Text} from '../../model/text.ts';
import type {WireEnd} from '../../model/wire.ts';
import type {ReadFrame} from '../../timeline/read-frames.ts';
import type {View} from '../../timeline/view.ts';
import type {Size} from '../pane.ts';
import type {Look} from '../text/look.ts';
import {meant} from '../text/meaning.ts';
import {fitLine, type Line, spread, styled, widthOf} from '../text/spans.ts';
import {wrap} from '../text/wrap.ts';
import {
  frameText,
  gapRow,
  type LadderForm,
  ladderForm,
  ladderHead,
  ladderRow,
  millisecondsText,
  type Numbers,
  placeText,
  textWidths,
  widestCall,
} from './ladder-row.ts';
import {quietRows} from './quiet.ts';
import {countLine, whyNoFrames} from './wire-pane.ts';

export interface LadderData {
  readonly view: View;
  /** All up to where the learner stands, oldest first. */
  readonly frames: readonly ReadFrame[];
  readonly isRecorded: boolean;
  /** Index of the frame that the cursor is on. */
  readonly selected: number;
  readonly numbers: Numbers;
}

/**
 * The frames of the walk on the whole screen, and what there is to say of the one under the cursor.
 *
 * ```
 *  Frames on the wire   seq and ack relative: each side counts from 0            2/3
 *         ms call (-: after)     server       client
 *      0.000 client connect()   │<-- SYN -----│ seq 0 win 65495 mss 65495
 * >    0.035 client connect()   │-- SYN,ACK ->│ seq 0 ack 1 win 65483 mss 65495
 * ```
 */
export function ladderLines(data: LadderData, look: Look, size: Size): Line[] {
  const {view, frames, numbers} = data;
  const selected = Math.min(data.selected, frames.length - 1);
  const read = frames[selected];
  if (!read) return emptyLines(data, look, size.width);
  const form = formOf(data, selected, look, size.width - 2);
  const names = {
    call: look.say(form.call >= longCall ? framesText.call : framesText.shortCall),
    device: look.say(framesText.device),
  };
  const head: Line[] = [
    titleLine(data, selected, look, size.width),
    [{text: ' '}, ...ladderHead(view, form, names, look)],
  ];
  const foot: Line[] = [
    [styled(look.glyphs.horizontal.repeat(size.width), {dim: true})],
    ...detailLines(read, numbers, look, size.width),
    ...(view.wire && size.height >= countFrom ? [countLine(view.wire, look, size.width - 1)].map(indented) : []),
  ];
  const room = Math.max(1, size.height - head.length - foot.length);
  const rows = rowsAround(data, selected, form, room, look);
  const gap = Array.from({length: room - rows.length}, (): Line => []);
  return [...head, ...rows, ...gap, ...foot].map(line => fitLine(line, size.width));
}

/** As many rows as there is room for, the selected frame's among them, and between frames the time in which nothing passed. */
function rowsAround(
  {frames, numbers}: LadderData,
  selected: number,
  form: LadderForm,
  room: number,
  look: Look,
): Line[] {
  const first = Math.max(0, selected - room);
  const most = room >= scaleFrom ? 8 : 2;
  const rows = frames
    .slice(first, selected + room + 1)
    .flatMap((read, i): {draw: () => Line; isSelected: boolean}[] => {
      const gap = first + i === 0 ? [] : quietRows(frames[first + i - 1], read, most, look);
      const isSelected = first + i === selected;
      const draw = (): Line => markedRow(ladderRow(read, form, numbers, look), isSelected);
      return [
        ...gap.map(row => ({draw: () => indented(gapRow(row, form, look)), isSelected: false})),
        {draw: () => meant(draw(), {kind: 'frame', seq: read.frame.seq}), isSelected},
      ];
    });
  const at = rows.findIndex(({isSelected}) => isSelected);
  const start = Math.max(0, Math.min(at - Math.floor((room - 1) / 2), rows.length - room));
  return rows.slice(start, start + room).map(({draw}) => draw());
}

/** From so many rows on long times have many. */
const scaleFrom = 24;

/** From so many rows on the kernel's count has one. */
const countFrom = 20;
/** So many cells hold the longest name of that column. */
const longCall = 24;

const indented = (line: Line): Line => [{text: ' '}, ...line];

function emptyLines({view, isRecorded}: LadderData, look: Look, width: number): Line[] {
  const title: Line = [styled(` ${look.say(framesText.title)}`, {bold: true})];
  const words = wrap(look.say(whyNoFrames(view, isRecorded)), width - 2);
  return [title, [], ...words.map((text): Line => [{text: ` ${text}`}])];
}

function titleLine({frames, numbers}: LadderData, selected: number, look: Look, width: number): Line {
  const place = styled(`${selected + 1}/${frames.length} `, {dim: true});
  const title = styled(` ${look.say(framesText.title)}`, {bold: true});
  const say = (text: Text): Line => [title, styled(`   ${look.say(text)} `, {dim: true})];
  const whole = say(framesText[numbers]);
  const isRoomy = widthOf([...whole, place]) <= width;
  const short = numbers === 'relative' ? framesText.shortRelative : framesText.shortAbsolute;
  return spread(isRoomy ? whole : say(short), [place], width);
}

/** Where a frame was captured is said when there is more than one place, and the call while there is room for the text. */
function formOf({frames, numbers}: LadderData, selected: number, look: Look, width: number): LadderForm {
  const first = Math.floor(selected / nearby) * nearby;
  const near = frames.slice(first, first + nearby);
  const device = widestPlace(near, look);
  const time = Math.max(9, millisecondsText(frames.at(-1)?.atUs ?? 0).length);
  const widest = textWidths(near, numbers, look);
  const columns = {time, call: widestCall(near), device, arrow: leastArrow};
  const withCall = ladderForm(width, columns, widest);
  const needed = Math.min(widest.short, device > 0 ? 48 : numbers === 'absolute' ? 29 : 22);
  return withCall.text >= needed ? withCall : ladderForm(width, {...columns, call: 0}, widest);
}

/** The interface is enough where all were captured on one machine. */
function widestPlace(frames: readonly ReadFrame[], look: Look): number {
  const hosts = new Set(frames.map(({frame}) => frame.host));
  const places = new Set(hosts.size > 1 ? frames.map(placeText) : frames.map(({frame}) => frame.device));
  const name = stringWidth(look.say(framesText.device));
  return places.size > 1 ? Math.max(name, ...[...places].map(({length}) => length)) : 0;
}

const leastArrow = 10;
/** So many frames are measured, not all: the columns stay where they are while one looks at those. */
const nearby = 128;

const markedRow = (row: Line, isSelected: boolean): Line =>
  isSelected ? [styled('>', {bold: true}), ...row.map(span => ({...span, bold: true}))] : [{text: ' '}, ...row];

/** The two ends, all that its line says, and when it passed. */
function detailLines(read: ReadFrame, numbers: Numbers, look: Look, width: number): Line[] {
  const ends = endsOf(read, look);
  const said = wrap(frameText(read, numbers, look), width - 2).slice(0, 2);
  return [
    ...(ends === '' ? [] : [[styled(` ${ends}`, read.sender ? {tone: read.sender} : {})]]),
    ...said.map((text): Line => [{text: ` ${text}`}]),
    [styled(` ${whenOf(read, look)}`, {dim: true})],
  ];
}

function endsOf({summary}: ReadFrame, look: Look): string {
  const to = ` ${look.glyphs.right} `;
  if (summary?.kind === 'icmp') return [summary.from, summary.to].join(to);
  if (summary?.kind !== 'tcp' && summary?.kind !== 'udp') return '';
  return [summary.from, summary.to].map(endText).join(to);
}

const endText = ({host, port: number}: WireEnd): string => endpointText({host, port: port(number)});

function whenOf({call, frame, times}: ReadFrame, look: Look): string {
  const values = call && {actor: look.say(actorText[call.actor]), call: call.name};
  const when = values
    ? look.say(frame.isDuring ? framesText.during : framesText.after, values)
    : look.say(framesText.beforeAll);
  return times > 1 ? `${when}  ${look.say(framesText.nthTime, {n: times})}` : when;
}
