import {framesText} from '../../messages/frames.ts';
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
}

/** What sequence and acknowledgment numbers are counted from: the first of each direction, or nothing. */
export type Numbers = 'relative' | 'absolute';

const lifelines = 2;

/** Its columns, with a space between, and what is left for the text. */
export function ladderForm(width: number, columns: Omit<LadderForm, 'text'>): LadderForm {
  const {time, call, device, arrow} = columns;
  const used = [time, call, device, arrow + lifelines].filter(cells => cells > 0).reduce((sum, n) => sum + n + 1, 0);
  return {...columns, text: Math.max(0, width - used)};
}

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
    [form.arrow + lifelines, [lifeline, ...arrowLine(read, form.arrow, look), lifeline]],
    [form.text, [{text: frameText(read, numbers, look, form.text >= flagsFrom)}]],
  ]);
}

/** From here on there is room for the flags, which are on the arrow, once more among the numbers. */
const flagsFrom = 60;

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

function cells(columns: readonly (readonly [width: number, line: Line])[]): Line {
  return columns
    .filter(([width]) => width > 0)
    .flatMap(([width, line], i) => [...(i === 0 ? [] : [{text: ' '}]), ...fitLine(line, width)]);
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
