import stringWidth from 'string-width';
import {framesText} from '../../messages/frames.ts';
import {plainWidth} from '../../messages/plain-width.ts';
import {actorText} from '../../messages/screen.ts';
import {segmentText, tcpFlagsText} from '../../messages/segment.ts';
import type {ActorName} from '../../model/actor.ts';
import type {Text} from '../../model/text.ts';
import type {Summary} from '../../model/wire.ts';
import type {PassedFrame} from '../../timeline/passed-frame.ts';
import type {ReadFrame} from '../../timeline/read-frames.ts';
import type {Lane, View} from '../../timeline/view.ts';
import {drawable} from '../text/glyphs.ts';
import type {Look} from '../text/look.ts';
import {sidesOf} from '../text/sides.ts';
import {fitLine, type Line, styled} from '../text/spans.ts';
import {arrowLine} from './arrow.ts';

/** How wide the columns of a ladder are, in cells. What is 0 is left out. */
export interface LadderForm {
  readonly time: number;
  readonly call: number;
  /** On which host and interface it was captured. */
  readonly device: number;
  /** Between the two lifelines. */
  readonly arrow: number;
  readonly text: number;
  /** The text has the flags once more that are on the arrow. */
  readonly hasFlags: boolean;
}

/** What sequence and acknowledgment numbers are counted from: the first of each direction, or nothing. */
export type Numbers = 'relative' | 'absolute';

const lifelines = 2;

/** Cells that the longest text takes: without its flags, which are on the arrow, and with them. */
export interface TextWidths {
  readonly short: number;
  readonly whole: number;
}

export function textWidths(reads: readonly PassedFrame[], numbers: Numbers, look: Look): TextWidths {
  const widths = reads.map(read => widthsOf(read, numbers, look));
  return {
    short: Math.max(0, ...widths.map(({short}) => short)),
    whole: Math.max(0, ...widths.map(({whole}) => whole)),
  };
}

/** A frame says the same each time that it is drawn: the ladder is, with each key. */
const measured = new WeakMap<PassedFrame, Map<string, TextWidths>>();

function widthsOf(read: PassedFrame, numbers: Numbers, look: Look): TextWidths {
  const known = measured.get(read) ?? new Map<string, TextWidths>();
  measured.set(read, known);
  const key = `${numbers} ${look.language} ${look.ascii}`;
  const widths = known.get(key) ?? {
    short: cellsOf(frameText(read, numbers, look, false)),
    whole: cellsOf(frameText(read, numbers, look)),
  };
  known.set(key, widths);
  return widths;
}

/** Most texts are plain, and quickly measured. */
const cellsOf = (text: string): number => plainWidth(text) ?? stringWidth(text);

/** Its columns, with a space between. What the longest text leaves of the row makes the arrows longer. */
export function ladderForm(
  width: number,
  columns: Omit<LadderForm, 'text' | 'hasFlags'>,
  {short, whole}: TextWidths,
): LadderForm {
  const {time, call, device, arrow} = columns;
  const used = [time, call, device, arrow + lifelines].filter(cells => cells > 0).reduce((sum, n) => sum + n + 1, 0);
  const room = Math.max(0, width - used);
  const hasFlags = room >= whole + roomForFlags;
  const text = Math.min(room, Math.max(hasFlags ? whole : short, leastText));
  return {...columns, arrow: arrow + room - text, text, hasFlags};
}

/** Above the text stands the name of its side, however short it is. */
const leastText = 14;
/** While arrows would be shorter by this, they are longer instead. */
const roomForFlags = 10;

/** `    0.011 client connect()  │── SYN,ACK ──→│ seq 0 ack 1 win 65483 mss 65495` */
export const ladderRow = (read: ReadFrame, form: LadderForm, numbers: Numbers, look: Look): Line =>
  rowOf(read, callOf(read), form, numbers, look);

/** The same where no calls are known. */
export const plainLadderRow = (passed: PassedFrame, form: LadderForm, look: Look): Line =>
  rowOf(passed, [], form, 'relative', look);

function rowOf(read: PassedFrame, call: Line, form: LadderForm, numbers: Numbers, look: Look): Line {
  const {atUs} = read;
  const lifeline = styled(look.glyphs.vertical, {dim: true});
  return cells([
    [form.time, [{text: millisecondsText(atUs).padStart(form.time)}]],
    [form.call, call],
    [form.device, [styled(placeIn(form.device, read), {dim: true})]],
    [form.arrow + lifelines, [lifeline, ...arrowLine(read, form.arrow, look), lifeline], 'fits'],
    [form.text, [{text: fittingText(read, form, numbers, look)}]],
  ]);
}

/** Where there is no room for all, without its last fields, each of them whole. */
function fittingText(read: PassedFrame, form: LadderForm, numbers: Numbers, look: Look): string {
  const fields = frameText(read, numbers, look, form.hasFlags).split(beforeField);
  while (fields.length > 1 && stringWidth(fields.join('')) > form.text) fields.pop();
  return fields.join('');
}
const beforeField = /(?= (?:ttl|seq|ack|win|len|mss|sack|Tell) )|(?=\()/;

/** The lifelines while nothing passes. */
export function gapRow({label, note, isBroken}: GapRow, form: LadderForm, look: Look): Line {
  const lifeline = styled(isBroken ? look.glyphs.broken : look.glyphs.pause, {dim: true});
  const fits = (text: string, width: number): Line => (stringWidth(text) <= width ? [{text}] : []);
  const before = ' '.repeat(Math.max(0, Math.floor((form.arrow - stringWidth(label)) / 2)));
  return cells([
    [form.time, []],
    [form.call, []],
    [form.device, []],
    [form.arrow + lifelines, [lifeline, ...fitLine(fits(`${before}${label}`, form.arrow), form.arrow), lifeline]],
    [form.text, fits(note, form.text).map(span => ({...span, dim: true}))],
  ]);
}

export interface GapRow {
  /** How long nothing passed; in one row of a gap alone. */
  readonly label: string;
  readonly note: string;
  /** Shorter than it would be to scale. */
  readonly isBroken: boolean;
}

/** The names of the columns, each side's over its lifeline. */
export function ladderHead(view: View, form: LadderForm, names: {call: string; device: string}, look: Look): Line {
  const [left, right] = sidesOf(view.lanes);
  return headOf(sideName(left, framesText.servers, look), sideName(right, framesText.clients, look), form, names);
}

/** The names of the two sides of one connection. */
export const plainLadderHead = (form: LadderForm, look: Look): Line =>
  headOf(actorName('server', look), actorName('client', look), form, {call: '', device: ''});

function headOf(left: Line, right: Line, form: LadderForm, names: {call: string; device: string}): Line {
  const dim = (text: string): Line => [styled(text, {dim: true})];
  const before = cells([
    [form.time, dim('ms'.padStart(form.time))],
    [form.call, dim(names.call)],
    [form.device, dim(names.device)],
    [form.arrow + 1, left],
  ]);
  return [...before, ...fitLine(right, form.text + 2)];
}

function sideName([first, ...others]: readonly Lane[], several: Text, look: Look): Line {
  if (!first) return [];
  if (others.length === 0) return actorName(first.actor, look);
  return [styled(look.say(several), {tone: first.actor})];
}

const actorName = (actor: ActorName, look: Look): Line => [styled(look.say(actorText[actor]), {tone: actor})];

/** Each as wide as it says; one that is so already is not measured once more. */
function cells(columns: readonly (readonly [width: number, line: Line, fits?: 'fits'])[]): Line {
  return columns
    .filter(([width]) => width > 0)
    .flatMap(([width, line, fits], i) => [...(i === 0 ? [] : [{text: ' '}]), ...(fits ? line : fitLine(line, width))]);
}

/** Where a frame was captured: the interface, with the host where there are several. */
export const placeText = ({frame: {host, device}}: PassedFrame): string =>
  host === 'here' ? device : `${host} ${device}`;

/** Only the interface, where there is no room for more. */
function placeIn(width: number, read: PassedFrame): string {
  const place = placeText(read);
  return place.length <= width ? place : read.frame.device;
}

export const millisecondsText = (us: number): string => (us / 1000).toFixed(3);

/** How wide the column of the calls is: as the longest of their names. */
export const widestCall = (reads: readonly ReadFrame[]): number =>
  Math.max(0, ...new Set(reads.map(({call}) => (call ? `${call.actor} ${call.name}() -`.length : 1))));

/** `client connect()`, and a mark behind it when that had returned by then. */
const callOf = ({call, frame}: ReadFrame): Line =>
  call
    ? [
        styled(`${call.actor} ${call.name}()`, {tone: call.actor, dim: !frame.isDuring}),
        styled(frame.isDuring ? '' : ' -', {bold: true}),
      ]
    : [styled('-', {dim: true})];

/** What the frame says, without its flags where they are not to be said again; first, between several machines, from where to where. */
export function frameText(
  {frame, summary, base, probe}: PassedFrame,
  numbers: Numbers,
  look: Look,
  withFlags = true,
): string {
  if (!summary) return '?';
  const way = frame.host === 'here' ? '' : wayText(summary, look.glyphs.right);
  const counted = numbers === 'relative' ? base : null;
  const text = drawable(segmentText(summary, counted, look.language, probe), look.ascii);
  if (summary.kind !== 'tcp' || withFlags) return way + text;
  return way + text.slice(tcpFlagsText(summary.flags).length).trimStart();
}

/** `192.168.1.10→203.0.113.80 ttl 64 `: what a router may change. ARP says by itself whom it is about. */
function wayText(summary: Summary, to: string): string {
  switch (summary.kind) {
    case 'tcp':
    case 'udp':
      return `${summary.from.host}${to}${summary.to.host} ttl ${summary.ttl} `;
    case 'icmp':
      return `${summary.from}${to}${summary.to} `;
    default:
      return '';
  }
}
