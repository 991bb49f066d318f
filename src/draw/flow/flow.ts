import {flowText} from '../../messages/flow.ts';
import {actorText} from '../../messages/screen.ts';
import type {ActorName} from '../../model/actor.ts';
import type {Size} from '../pane.ts';
import type {Look} from '../text/look.ts';
import {meant} from '../text/meaning.ts';
import {fitLine, type Line, spread, styled, widthOf} from '../text/spans.ts';
import {arrowLine} from '../wire/arrow.ts';
import {barLine, cellLines} from './flow-cell.ts';
import {columnsOf, type FlowColumns} from './flow-columns.ts';
import {type FlowData, growthOf, isWireSeen} from './flow-data.ts';
import {type DrawnRow, foldedRows} from './flow-fold.ts';
import {askedCall, comingRows, type FlowCell, type FlowRow, pastRows} from './flow-rows.ts';

/**
 * What both sides did, the server left, the client right, the wire between them, time downwards: where the learner stands is always
 * seen, and as much of what was and what comes as there is room for.
 *
 * ```
 *  server’s calls                the wire    client’s calls
 *  ✓ listen(19, 5)         = 0 │        │
 *  ┌ accept(19)                │        │
 *  │                           │←SYN────│ ✓ connect(19, 127.0.0.1:8080) = 0
 *  │                           │SYN,ACK→│
 *  ✓ accept(19, {...})    = 20 │        │
 *  ▶ recv(connection, ...)     ┊        ┊
 * ```
 */
export function flowLines(data: FlowData, look: Look, size: Size): Line[] {
  const columns = columnsOf(data, size.width);
  const form = formOf(columns, size.width);
  const {head, drawn} = flowRows(data, columns, form, look, size.height);
  const growth = growthOf(data);
  const lines = [...head, ...drawn.map(row => rowLine(row, columns, form, growth, look))];
  return withLegend(lines, data, look, size).slice(0, size.height);
}

/** How many rows it fills of those that there may be. */
export function flowHeight(data: FlowData, look: Look, {width, height}: Size): number {
  const columns = columnsOf(data, width);
  const {head, drawn} = flowRows(data, columns, formOf(columns, width), look, height);
  return head.length + drawn.length;
}

function flowRows(data: FlowData, columns: FlowColumns, form: Form, look: Look, height: number) {
  const hasHead = height >= headFrom;
  const {rows, above, below} = flowWindow(data, columns, height - (hasHead ? 1 : 0));
  const head = hasHead ? [headLine(data, columns, form, beyond(above, below, look), look)] : [];
  const inColumn = (cell: FlowCell, most: number): Line[] =>
    cellLines(cell, data, look, widthsOf(cell.actor, columns, form)[0], most);
  const across = (cell: FlowCell, taken: ReadonlySet<ActorName>): Line | null => {
    const [own, wide] = widthsOf(cell.actor, columns, form, taken);
    const [line, ...others] = wide > own ? cellLines(cell, data, look, wide, 2) : [];
    return others.length > 0 ? null : (line ?? null);
  };
  return {head, drawn: foldedRows(rows, height - head.length - rows.length, {inColumn, across})};
}

/** Cells of an actor's column, and with the columns right of it on its side that nothing stands in. */
function widthsOf(
  actor: ActorName,
  {left, right}: FlowColumns,
  {side}: Form,
  taken: ReadonlySet<ActorName> = new Set(),
): readonly [own: number, wide: number] {
  const all = [...left, ...right];
  const at = all.indexOf(actor);
  const end = at < left.length ? left.length : all.length;
  const next = all.findIndex((other, i) => i > at && (i >= end || taken.has(other)));
  const sum = (cells: readonly number[]): number => cells.reduce((whole, each) => whole + each, 0);
  return [side[at] ?? 0, sum(side.slice(at, next < 0 ? end : next))];
}

/** From so many rows on the columns have names. */
const headFrom = 4;

interface Form {
  readonly side: readonly number[];
  readonly arrow: number;
}

/** Cells of each column, left to right, and of the arrows between the two lifelines. */
function formOf({left, right}: FlowColumns, width: number): Form {
  // As wide as between the lanes, whose edges then go on as the lifelines.
  const arrow = width >= 100 ? 14 : 8;
  const count = Math.max(1, left.length + right.length);
  const rest = width - arrow - lifelines;
  const each = Math.floor(rest / count);
  const side = Array.from({length: count}, (_, i) => (i === count - 1 ? rest - each * (count - 1) : each));
  return {side, arrow};
}
const lifelines = 2;

export interface FlowWindow {
  readonly rows: readonly FlowRow[];
  /** So many calls are above and below it. */
  readonly above: number;
  readonly below: number;
}

/** The rows around where the learner stands: the newest call that was made and the next one are always among them. */
export function flowWindow(data: FlowData, columns: FlowColumns, height: number): FlowWindow {
  const actors = [...columns.left, ...columns.right];
  const future = comingRows(data, actors);
  const ahead = toAsked(future, data, Math.max(1, Math.floor(height / 2)));
  const forFuture = Math.max(ahead.least, Math.floor(height * futureShare));
  const forPast = height - Math.min(ahead.rows.length, forFuture);
  // What is pointed at may be further back than there is room for.
  const calls = data.view.evidence ? Number.POSITIVE_INFINITY : height;
  const past = pastRows(data, {actors, calls, frames: Math.max(1, Math.min(mostFrames, forPast - 2))});
  const room = Math.max(1, Math.min(past.length, Math.max(forPast, height - ahead.rows.length)));
  const shown = newestOf(past, data, room);
  const coming = ahead.rows.slice(0, Math.max(0, height - shown.length));
  const made = new Set(shown.flatMap(({cell}) => (cell?.kind === 'made' ? [cell.line.seq] : [])));
  const all = data.view.calls.filter(({actor}) => actors.includes(actor)).length;
  const forgotten = data.view.callCount - data.view.calls.length;
  return {rows: [...shown, ...coming], above: forgotten + all - made.size, below: future.length - coming.length};
}
/** This much of the height is for what comes, where there is more than enough of both. */
const futureShare = 0.35;
/** Of the frames of one call. */
const mostFrames = 8;

/**
 * What comes, and how many rows of it must be seen: the next call; where the learner is asked about a step of several, up to the
 * asked one, without the first of them where there is no room for all.
 */
function toAsked(future: readonly FlowRow[], data: FlowData, most: number): {rows: readonly FlowRow[]; least: number} {
  const asked = askedCall(data);
  const count = future.findIndex(({cell}) => cell !== null && 'act' in cell && cell.act.call === asked) + 1;
  const [first, ...others] = future.slice(Math.max(0, count - most));
  if (!first?.cell || !('act' in first.cell)) return {rows: future, least: 1};
  const next: FlowRow = {...first, cell: {...first.cell, kind: data.isMaking ? 'coming' : 'next'}};
  return {rows: [next, ...others], least: Math.max(1, Math.min(count, most))};
}

/** The newest that there is room for, and before others what is pointed at, and the newest call. */
function newestOf(past: readonly FlowRow[], {view}: FlowData, room: number): readonly FlowRow[] {
  const newest = past.findLast(({cell}) => cell?.kind === 'made' && cell.line === view.calls.at(-1));
  const pointed = past.filter(row => isPointedAt(row, view)).slice(-room);
  const needed = newest && !pointed.includes(newest) && pointed.length < room ? [...pointed, newest] : pointed;
  const others = needed.length < room ? past.filter(row => !needed.includes(row)).slice(needed.length - room) : [];
  const seen = new Set([...needed, ...others]);
  return past.filter(row => seen.has(row));
}

function isPointedAt({cell}: FlowRow, {evidence}: FlowData['view']): boolean {
  const shown = cell?.kind === 'made' ? cell.line : cell?.kind === 'heard' ? cell.heard : null;
  return shown !== null && (evidence?.numberOf(shown) ?? null) !== null;
}

function beyond(above: number, below: number, {glyphs}: Look): string {
  const parts = [...(above > 0 ? [`${glyphs.above}${above}`] : []), ...(below > 0 ? [`${glyphs.below}${below}`] : [])];
  return parts.join(' ');
}

function headLine(data: FlowData, {left, right, others}: FlowColumns, form: Form, more: string, look: Look): Line {
  const shown = [...left, ...right];
  const names = shown.map((actor, i): Line => {
    const width = form.side[i] ?? 0;
    const isLast = i === shown.length - 1;
    const also = isLast && others.length > 0 ? `${look.say(flowText.others, {actors: others.join(' ')})}  ` : '';
    return nameLine(actor, isLast ? [`${also}${more}`, more] : [''], look, width);
  });
  const wire = look.say(isWireSeen(data) ? flowText.wire : flowText.unobserved);
  const width = form.arrow + lifelines;
  const gap = Math.max(0, Math.floor((width - widthOf([{text: wire}])) / 2));
  const middle = fitLine([{text: ' '.repeat(gap)}, styled(wire, {dim: true})], width);
  return [...names.slice(0, left.length).flat(), ...middle, ...names.slice(left.length).flat()];
}

/** Whose column it is, in as many words as there is room for, and at its end the first of these that fits. */
function nameLine(actor: ActorName, ends: readonly string[], look: Look, width: number): Line {
  const who = look.say(actorText[actor]);
  for (const name of [look.say(flowText.callsOf, {actor: who}), who]) {
    for (const end of ends) {
      const line: Line = [styled(` ${name} `, {tone: actor, bold: true})];
      const tail: Line = end === '' ? [] : [styled(`${end} `, {dim: true})];
      if (widthOf([...line, ...tail]) <= width) return spread(line, tail, width);
    }
  }
  return fitLine([styled(` ${who}`, {tone: actor, bold: true})], width);
}

function rowLine(row: DrawnRow, {left, right}: FlowColumns, form: Form, growth: Growth, look: Look): Line {
  const inColumn = (actor: ActorName, width: number): Line => {
    const line = row.inColumn.get(actor);
    return row.asleep.includes(actor) ? barLine(actor, line, look, width) : (line ?? fitLine([], width));
  };
  // What is wider than its column has those beside it to itself.
  const onSide = (actors: readonly ActorName[], first: number): Line => {
    let drawn = 0;
    let end = 0;
    return actors.flatMap((actor, i) => {
      const width = form.side[first + i] ?? 0;
      const line = drawn > end ? [] : inColumn(actor, width);
      drawn += widthOf(line);
      end += width;
      return line;
    });
  };
  return [...onSide(left, 0), ...wireSpans(row, form.arrow, growth, look), ...onSide(right, left.length)];
}

type Growth = ReturnType<typeof growthOf>;

/** What passed between the two lifelines; they are dotted where nothing has happened yet. */
function wireSpans({cell, frame, omitted}: FlowRow, width: number, growth: Growth, look: Look): Line {
  const isToCome = cell?.kind === 'next' || cell?.kind === 'coming';
  const lifeline = styled(isToCome ? look.glyphs.pause : look.glyphs.vertical, {dim: true});
  const more = omitted > 0 ? `+${omitted}` : '';
  const arrow = frame
    ? meant(arrowLine(frame, width - more.length, look, growth(frame)), {kind: 'frame', seq: frame.frame.seq})
    : [];
  return [lifeline, ...fitLine([...arrow, styled(more, {dim: true})], width), lifeline];
}

/** In rows that are left: that the wire is not observed, and what the marks mean. */
function withLegend(lines: readonly Line[], data: FlowData, look: Look, {width, height}: Size): Line[] {
  const {made, next, coming, corners} = look.glyphs;
  const legend = look.say(flowText.legend, {made, next, coming, bar: corners[0]});
  const unseen = look.say(data.isRecorded ? flowText.wireNotRecorded : flowText.wireUnobserved);
  const foot = [...(isWireSeen(data) ? [] : [unseen]), legend]
    .filter(text => widthOf([{text}]) < width)
    .slice(0, Math.max(0, height - lines.length - 1))
    .map((text): Line => [styled(` ${text}`, {dim: true})]);
  const gap = Array.from({length: foot.length > 0 ? height - lines.length - foot.length : 0}, (): Line => []);
  return [...lines, ...gap, ...foot];
}
