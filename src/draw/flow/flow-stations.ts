import {plainLine} from '../../messages/notation.ts';
import type {ActorName} from '../../model/actor.ts';
import type {ReadFrame} from '../../timeline/read-frames.ts';
import type {CallLine} from '../../timeline/view.ts';
import type {Look} from '../text/look.ts';
import {type Span, styled, widthOf} from '../text/spans.ts';
import {fitText} from '../text/wrap.ts';
import type {FlowColumns} from './flow-columns.ts';
import type {FlowData} from './flow-data.ts';
import {comingRows, type FlowCell, type FlowRow, pastRows} from './flow-rows.ts';

/** A call at its place on its actor's row of the map. */
export interface Station {
  readonly actor: ActorName;
  readonly kind: 'made' | 'asleep' | 'woken' | 'next' | 'coming';
  readonly spans: readonly Span[];
  /** Cells. */
  readonly width: number;
  /** From the left, in cells. */
  readonly x: number;
  readonly frames: readonly ReadFrame[];
  readonly omitted: number;
}

/** So many calls are more than the widest screen has room for. */
const most = 40;
const mostFrames = 6;

/** The calls in their order; where a call slept, its end is a place of its own. */
export function stationsOf(data: FlowData, {left, right}: FlowColumns, look: Look): readonly Station[] {
  const actors = [...left, ...right];
  const past = pastRows(data, {actors, calls: most, frames: mostFrames});
  const newest = past.findLast(({cell}) => cell?.kind === 'made' && cell.part !== 'end')?.cell;
  const stations: Station[] = [];
  for (const row of [...past, ...comingRows(data, actors).slice(0, most)]) {
    const at = stations.findLastIndex(({kind}) => kind !== 'woken');
    const before = stations[at];
    if (row.cell) stations.push(stationOf(row.cell, row, row.cell === newest, look));
    else if (before) stations[at] = withFrames(before, row);
  }
  return stations;
}

const withFrames = (station: Station, {frame, omitted}: FlowRow): Station => ({
  ...station,
  frames: frame ? [...station.frames, frame] : station.frames,
  omitted: station.omitted + omitted,
});

function stationOf(cell: FlowCell, {frame, omitted}: FlowRow, isNewest: boolean, look: Look): Station {
  const spans = spansOf(cell, isNewest, look);
  const frames = frame ? [frame] : [];
  return {actor: cell.actor, kind: kindOf(cell), spans, width: widthOf(spans), x: 0, frames, omitted};
}

function kindOf(cell: FlowCell): Station['kind'] {
  if (cell.kind === 'heard') return 'made';
  if (cell.kind !== 'made') return cell.kind;
  return ({whole: 'made', begin: 'asleep', end: 'woken'} as const)[cell.part];
}

/** `bind✓`, `▶accept`, `recv`; of a failure the errno, where it is the newest. */
function spansOf(cell: FlowCell, isNewest: boolean, look: Look): readonly Span[] {
  const {next} = look.glyphs;
  const who = {tone: cell.actor};
  switch (cell.kind) {
    case 'next':
      return [styled(next, {...who, bold: true}), styled(cell.act.call.name, {bold: true})];
    case 'coming':
      return [styled(cell.act.call.name, {dim: true})];
    case 'heard':
      return cell.heard.kind === 'said'
        ? [styled('|', {dim: true})]
        : [
            {text: fitText(plainLine(cell.heard.name, look.ascii), longestName)},
            ...markOf(cell.heard.errno, false, look),
          ];
    case 'made':
      return madeSpans(cell, isNewest, look);
  }
}

function madeSpans({line, part}: Extract<FlowCell, {kind: 'made'}>, isNewest: boolean, look: Look): readonly Span[] {
  const name = styled(line.call.name, {bold: isNewest || part === 'begin'});
  if (part === 'begin') return [name];
  const mark = markOfResult(line, isNewest, look);
  return part === 'end' ? mark : [name, ...mark];
}

function markOfResult({result, actor}: CallLine, isNewest: boolean, look: Look): readonly Span[] {
  if (result.kind === 'failed') return markOf(result.errno, isNewest, look);
  return result.kind === 'threw' || result.kind === 'lost'
    ? markOf('', false, look)
    : [styled(look.glyphs.made, {tone: actor})];
}

const longestName = 20;

const markOf = (errno: string | null, isSaid: boolean, look: Look): readonly Span[] =>
  errno === null
    ? [styled(look.glyphs.made, {})]
    : [styled(`${look.glyphs.no}${isSaid ? plainLine(errno, look.ascii) : ''}`, {tone: 'errno', bold: true})];

/**
 * Puts each where it begins after the one before it, on whichever row that is; where they do not all fit, those around the newest and
 * the next stay.
 *
 * @param room cells, those for the marks of what was cut included
 */
export function placed(
  all: readonly Station[],
  room: number,
  ellipsis: number,
): {stations: readonly Station[]; cutBefore: boolean; cutAfter: boolean} {
  const whole = inRow(all, 0);
  if (endOf(whole) <= room) return {stations: whole, cutBefore: false, cutAfter: false};
  const next = all.findIndex(({kind}) => kind === 'next');
  const focus = next >= 0 ? next : all.length - 1;
  let [from, to] = [focus, focus + 1];
  const fits = (start: number, end: number): boolean =>
    endOf(inRow(all.slice(start, end), start > 0 ? ellipsis + 1 : 0)) <= room - (end < all.length ? ellipsis : 0);
  // Two of what was for one of what comes.
  for (let grown = true; grown; ) {
    grown = false;
    for (const way of ['back', 'back', 'on'] as const) {
      const [start, end] = way === 'back' ? [from - 1, to] : [from, to + 1];
      if (start < 0 || end > all.length || !fits(start, end)) continue;
      [from, to, grown] = [start, end, true];
    }
  }
  const stations = inRow(all.slice(from, to), from > 0 ? ellipsis + 1 : 0);
  return {stations, cutBefore: from > 0, cutAfter: to < all.length};
}

const endOf = (stations: readonly Station[]): number => Math.max(0, ...stations.map(({x, width}) => x + width));

/** Time goes to the right: none begins before the one before it, and on a row they stand apart. */
function inRow(stations: readonly Station[], start: number): readonly Station[] {
  const free = new Map<ActorName, number>();
  let latest = start - apart;
  return stations.map(station => {
    const x = Math.max(latest + apart, free.get(station.actor) ?? start);
    latest = x;
    // The end of a sleep stands at the end of its bar.
    free.set(station.actor, x + station.width + (station.kind === 'coming' ? 2 : 1));
    return {...station, x};
  });
}
/** How much later the next one begins, at least. */
const apart = 2;
