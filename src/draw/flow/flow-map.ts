import {flowText} from '../../messages/flow.ts';
import {actorText} from '../../messages/screen.ts';
import {type ActorName, type Side, sideOf} from '../../model/actor.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, type Span, styled, widthOf} from '../text/spans.ts';
import {flagsOf} from '../wire/arrow.ts';
import {columnsOf, type FlowColumns} from './flow-columns.ts';
import {type FlowData, isWireSeen} from './flow-data.ts';
import {placed, type Station, stationsOf} from './flow-stations.ts';

/**
 * The flow in three rows, time to the right: the server's calls, what passed at the newest, the client's calls.
 *
 * ```
 *  server  socket✓─bind✓─listen✓────────▶accept··recv··send··close
 *                              ↑SYN ↓SYN,ACK ↑ACK
 *  client                  socket✓─connect✓────────send··recv··close
 * ```
 */
export function mapLines(data: FlowData, look: Look, width: number): Line[] {
  const columns = columnsOf(data, 0);
  const label = labelWidth(columns, look);
  const room = width - label - 1;
  const {stations, cutBefore, cutAfter} = placed(stationsOf(data, columns, look), room, look.glyphs.ellipsis.length);
  const row = (side: Side): Line => {
    const [actor] = side === 'server' ? columns.left : columns.right;
    const own = stations.filter(station => sideOf(station.actor) === side);
    const line = actor ? trackLine(own, {actor, room, cutBefore, cutAfter}, look) : [];
    return fitLine([...nameOf(actor, look, label), ...line], width);
  };
  const wire: Line = [...fitLine([], label), ...wireLine(stations, data, look, room)];
  return [row('server'), fitLine(wire, width), row('client')];
}

const labelWidth = ({left, right}: FlowColumns, look: Look): number =>
  Math.max(...[...left, ...right].map(actor => widthOf([{text: look.say(actorText[actor])}]))) + 3;

const nameOf = (actor: ActorName | undefined, look: Look, width: number): Line =>
  fitLine(actor ? [styled(` ${look.say(actorText[actor])}`, {tone: actor, bold: true})] : [], width);

interface Track {
  readonly actor: ActorName;
  /** Cells. */
  readonly room: number;
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
}

/** One actor's calls at their places, joined: by a line as far as they were made, by dots after that, heavy while one sleeps. */
function trackLine(stations: readonly Station[], track: Track, look: Look): Line {
  const {ellipsis, heavy} = look.glyphs;
  const bar = {tone: track.actor, bold: true};
  const spans: Span[] = track.cutBefore ? [styled(ellipsis, {dim: true})] : [];
  stations.forEach((station, i) => {
    const gap = Math.max(0, station.x - widthOf(spans));
    const before = stations[i - 1];
    if (before?.kind === 'asleep') spans.push(styled(heavy.repeat(gap), bar));
    else spans.push(styled(joinTo(station, before, track.cutBefore, look).repeat(gap), {dim: true}));
    spans.push(...station.spans);
  });
  const last = stations.at(-1);
  const rest = track.room - widthOf(spans) - (track.cutAfter ? ellipsis.length : 0);
  if (last?.kind === 'asleep') spans.push(styled(heavy.repeat(Math.max(0, rest)), bar));
  if (last && track.cutAfter) spans.push(styled(ellipsis, {dim: true}));
  return fitLine(spans, track.room);
}

function joinTo({kind}: Station, before: Station | undefined, cutBefore: boolean, {glyphs}: Look): string {
  if (kind === 'coming' && (before || cutBefore)) return glyphs.coming;
  return before || cutBefore ? glyphs.horizontal : ' ';
}

/** What passed at the newest call, under it, and at those before it where there is room. */
function wireLine(stations: readonly Station[], data: FlowData, look: Look, room: number): Line {
  if (!isWireSeen(data)) return [styled(look.say(flowText.unobserved), {dim: true})];
  const withFrames = stations.filter(({frames}) => frames.length > 0);
  const texts: {readonly x: number; readonly line: Line}[] = [];
  let end = room;
  for (const station of withFrames.toReversed()) {
    const isNewest = texts.length === 0;
    const line = [framesLine(station, look, false), framesLine(station, look, true)].find(
      each => widthOf(each) <= (isNewest ? room : end - station.x),
    );
    if (!line) continue;
    const x = Math.max(0, Math.min(station.x, end - widthOf(line)));
    texts.unshift({x, line});
    end = x - 1;
  }
  return texts.reduce<Line>((line, text) => [...fitLine(line, text.x), ...text.line], []);
}

/** `↑SYN ↓SYN,ACK ↑ACK`, or the arrows alone. Up is where the server's row is. */
function framesLine({frames, omitted}: Station, look: Look, isShort: boolean): Line {
  const [up, down] = look.glyphs.upDownHeads;
  const spans = frames.map((read, i): Span => {
    const head = read.goesTo === 'server' ? up : down;
    const isReset = read.summary?.kind === 'tcp' && read.summary.flags.includes('RST');
    const style = {bold: isReset, ...(read.sender ? {tone: read.sender} : {})};
    return styled(isShort ? head : `${i === 0 ? '' : ' '}${head}${flagsOf(read, look)}`, style);
  });
  return omitted > 0 ? [...spans, styled(` +${omitted}`, {dim: true})] : spans;
}
