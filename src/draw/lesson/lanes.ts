import {callText} from '../../messages/notation.ts';
import {actorText, screenText} from '../../messages/screen.ts';
import {stateMeaning, stateName} from '../../messages/states.ts';
import {type Endpoint, isNowhere, shortEndpointText} from '../../model/address.ts';
import type {FileRow, SocketRow} from '../../model/sockets.ts';
import type {CallLine, Lane, View} from '../../timeline/view.ts';
import {type PointedView, pointerTo} from '../pointer.ts';
import type {Look} from '../text/look.ts';
import {sidesOf} from '../text/sides.ts';
import {fitLine, type Line, plain, type Span, styled, widthOf} from '../text/spans.ts';
import {betweenLines, nothingPasses, type Passing} from '../wire/between.ts';
import {countsFin, explained, noRowOf} from './socket-words.ts';

/**
 * ```
 * ┌ server  pid 4312 ──────────────────┐        ┌ client  pid 4313 ──────────────────┐
 * │ fd 19  LISTEN       127.0.0.1:8080 │        │ fd 19  ESTABLISHED                 │
 * │        accept queue ■□□□□ 1/5      │ <====> │        127.0.0.1:43916 → :8080     │
 * └────────────────────────────────────┘        └────────────────────────────────────┘
 * ```
 */
export function laneLines(
  view: PointedView,
  look: Look,
  size: {width: number; height: number},
  only: Lane['actor'] | null,
  now: number,
  passing: Passing = nothingPasses,
): Line[] {
  const {width, height} = size;
  const enlarged = view.lanes.find(lane => lane.actor === only);
  if (enlarged) return box(enlarged, view, look, width, height, now);
  const middle = middleOf(width);
  const side = Math.floor((width - middle) / 2);
  const [left, right] = sidesOf(view.lanes);
  const leftBox = boxOf(left, view, look, side, height, now);
  const rightBox = boxOf(right, view, look, width - middle - side, height, now);
  const between = betweenLines(view, passing, look, {width: middle, height}, now);
  return Array.from({length: height}, (_, row) => [
    ...(leftBox[row] ?? fitLine([], side)),
    ...fitLine(between[row] ?? [], middle),
    ...(rightBox[row] ?? []),
  ]);
}

/** Cells between the boxes of the two sides. */
export const middleOf = (width: number): number => (width >= 100 ? 14 : 8);

function boxOf(
  lanes: readonly Lane[],
  view: PointedView,
  look: Look,
  width: number,
  height: number,
  now: number,
): Line[] {
  const [first, ...others] = lanes;
  if (!first) return [];
  return others.length > 0
    ? sharedBox(lanes, view, look, width, height, now)
    : box(first, view, look, width, height, now);
}

function box(lane: Lane, view: PointedView, look: Look, width: number, height: number, now: number): Line[] {
  const inner = width - 4;
  return framed(titleOf(lane, look, inner, now), contentOf(lane, view, look, inner, height - 2), look, width, height);
}

/** Several of one side in one box: a line with the name of each, and its sockets below while there is room. */
function sharedBox(
  lanes: readonly Lane[],
  view: PointedView,
  look: Look,
  width: number,
  height: number,
  now: number,
): Line[] {
  const inner = width - 4;
  const each = Math.floor((height - 2) / lanes.length);
  const content = lanes.flatMap((lane): Line[] => {
    const title = titleOf(lane, look, inner, now);
    const [first, ...others] = inSight(lane.sockets, view, 1);
    if (each < 2) {
      if (!first) return [title];
      const name: Line = [...nameOf(lane, look), {text: ' '}];
      const count = others.length > 0 ? ` +${others.length}`.length : 0;
      const line = [...name, ...shortOf(first, view, look, inner - widthOf(name) - count)];
      return [withCount(line, others.length, inner)];
    }
    return [title, ...contentOf(lane, view, look, inner - 1, each - 1).map((line): Line => [{text: ' '}, ...line])];
  });
  return framed([], content, look, width, height);
}

export function framed(title: Line, content: readonly Line[], look: Look, width: number, height: number): Line[] {
  const {horizontal, vertical, corners} = look.glyphs;
  const [topLeft, topRight, bottomLeft, bottomRight] = corners;
  const head: Line = title.length > 0 ? [{text: ' '}, ...title, {text: ' '}] : [];
  const rule = horizontal.repeat(Math.max(0, width - 2 - widthOf(head)));
  const rows = Array.from(
    {length: height - 2},
    (_, row): Line => [
      styled(vertical, {dim: true}),
      {text: ' '},
      ...fitLine(content[row] ?? [], width - 4),
      {text: ' '},
      styled(vertical, {dim: true}),
    ],
  );
  const top: Line = [styled(topLeft, {dim: true}), ...head, styled(rule + topRight, {dim: true})];
  const bottom: Line = [styled(bottomLeft + horizontal.repeat(width - 2) + bottomRight, {dim: true})];
  return [fitLine(top, width), ...rows, bottom];
}

/** `client`, and in a network of several machines `client @ home`. */
const nameOf = ({actor, host}: Lane, look: Look): Line => [
  styled(look.say(actorText[actor]), {bold: true, tone: actor}),
  ...(host === null ? [] : [styled(` @ ${host}`, {tone: actor})]),
];

export function titleOf(lane: Lane, look: Look, width: number, now: number): Line {
  const name = nameOf(lane, look);
  const program = lane.running ? ` ${callText(lane.running, undefined, look.ascii)}` : '';
  const pid = styled(`${program} pid ${(lane.running && lane.program) ?? lane.pid}`, {dim: true});
  const news = newsOf(lane, look, now);
  if (widthOf([...name, pid, ...news]) <= width) return [...name, pid, ...news];
  return widthOf([...name, ...news]) <= width ? [...name, ...news] : fitLine([...name, ...news], width);
}

/** What is special about a process: that it waits, or has ended. */
function newsOf(lane: Lane, look: Look, now: number): Line {
  if (lane.exit) {
    const how = lane.exit.signal ?? `exit ${lane.exit.code}`;
    return [styled(` ${look.say(screenText.exited, {how})}`, lane.exit.code === 0 ? {dim: true} : {bold: true})];
  }
  if (!lane.waiting) return [];
  const time = Math.max(0, now - lane.waiting.since).toFixed(1);
  return [styled(` ${look.say(screenText.waits, {call: lane.waiting.call.name, time})}`, {bold: true})];
}

/** Two rows a socket while there is room, else one; under the server's, its socket files. */
export function contentOf(lane: Lane, view: PointedView, look: Look, width: number, height: number): Line[] {
  const files = lane.actor === 'server' ? view.files.map(file => fileLine(file, view, look)) : [];
  return [...socketLines(lane, view, look, width, height - files.length), ...files];
}

/** `file chat.sock  srwxr-xr-x` */
const fileLine = (file: FileRow, view: PointedView, look: Look): Line => [
  styled(`${look.say(screenText.file)} `, {dim: true}),
  {text: file.name},
  ...pointerTo(file, view, look, 0),
  {text: `  ${file.mode}`},
];

function socketLines(lane: Lane, view: PointedView, look: Look, width: number, height: number): Line[] {
  if (lane.sockets.length === 0) return lane.exit ? [] : [[styled(look.say(screenText.noSocket), {dim: true})]];
  const asleep = sleepLine(lane, look);
  if (2 * lane.sockets.length > height) return shortLines(lane, view, look, width, height, asleep);
  const rows = lane.sockets.flatMap(row => [headOf(row, look), detailOf(row, view, look, width)]);
  const more = [...(asleep ? [asleep] : []), ...explained(lane.sockets, rows, view, look, width)];
  return [...rows, ...more.slice(0, height - rows.length)];
}

/** A row a socket, as many as there is room for; the last says how many more there are. */
function shortLines(
  {sockets}: Lane,
  view: PointedView,
  look: Look,
  width: number,
  height: number,
  asleep: Line | null,
): Line[] {
  const room = Math.max(1, height);
  const shown = inSight(sockets, view, room).slice(0, room);
  const hidden = sockets.length - shown.length;
  const count = hidden > 0 ? countOf(hidden).length : 0;
  const rows = shown.map((row, i) => shortOf(row, view, look, i === room - 1 ? width - count : width));
  const last = rows.pop() ?? [];
  return [...rows, withCount(last, hidden, width), ...(asleep && rows.length + 1 < height ? [asleep] : [])];
}

/** In their order, but where there is no room for all, those that are pointed at are among the first. */
function inSight(sockets: readonly SocketRow[], {evidence}: PointedView, room: number): readonly SocketRow[] {
  const isPointedAt = (row: SocketRow): boolean => (evidence?.numberOf(row) ?? null) !== null;
  if (sockets.length <= room || !sockets.some(isPointedAt)) return sockets;
  const first = [...sockets.filter(isPointedAt), ...sockets.filter(row => !isPointedAt(row))].slice(0, room);
  return [...sockets.filter(row => first.includes(row)), ...sockets.filter(row => !first.includes(row))];
}

/** With `+2` at its end, where there are two more. */
export function withCount(line: Line, more: number, width: number): Line {
  if (more === 0) return line;
  const count = countOf(more);
  return [...fitLine(line, width - count.length), styled(count, {bold: true})];
}

const countOf = (more: number): string => ` +${more}`;

function sleepLine(lane: Lane, look: Look): Line | null {
  const seen = lane.waiting?.seen;
  if (!seen) return null;
  if (seen.threadState === 'T') return [styled(look.say(screenText.stopped), {bold: true})];
  return plain(look.say(screenText.asleep, {state: seen.threadState, where: seen.sleepsIn}).trimEnd());
}

export const stateSpan = (row: SocketRow) => styled(stateName(row), {bold: true});

/** `fd 20 ESTABLISHED :8080→:40248`; without a descriptor `fd -`. */
function headOf(row: SocketRow, look: Look): Line {
  return [{text: `fd ${row.fd ?? '-'} `}, stateSpan(row), {text: ` ${endsOf(row, look)}`}];
}

function endsOf(row: SocketRow, look: Look): string {
  if (!row.remote || row.state === 'LISTEN' || isNowhere(row.remote)) return shortEndpointText(row.local);
  return `${portOf(row.local)}${look.glyphs.right}${portOf(row.remote)}`;
}

function detailOf(row: SocketRow, view: PointedView, look: Look, width: number): Line {
  const needed = neededOf(row, view, look, width);
  const full = [...needed, ...moreOf(row, look)];
  while (full.length > needed.length && widthOf(full) > width) full.pop();
  return full;
}

/** Who holds it and its queues, and what is pointed at: of several wordings the first that fits, else the shortest. */
function neededOf(row: SocketRow, view: PointedView, look: Look, width: number): Line {
  const [queues, shorter] = [queuesOf(row, view, false, look), queuesOf(row, view, true, look)];
  const words = (isShort: boolean, about: Line, pointer: Line): Line => {
    const holder = holderOf(row, isShort, look);
    const gap: Line = holder.length > 0 && about.length > 0 ? [{text: '  '}] : [];
    return [...holder, ...gap, ...about, ...pointer];
  };
  const [pointer, short] = [pointerTo(row, view, look), pointerTo(row, view, look, 0)];
  const wordings = [
    words(false, queues, pointer),
    words(false, shorter, pointer),
    words(true, queues, pointer),
    words(true, shorter, pointer),
    words(true, queues, short),
    words(true, shorter, short),
  ];
  const indented = ['  ', ' '].flatMap(text =>
    wordings.map((line): Line => (line.length > 0 ? [{text}, ...line] : [])),
  );
  return indented.find(line => widthOf(line) <= width) ?? indented.at(-1) ?? [];
}

/** Who holds a row that no descriptor points at. */
function holderOf({fd, heldBy}: SocketRow, isShort: boolean, look: Look): Line {
  if (fd !== null) return [];
  const [full, short] =
    heldBy === 'accept-queue'
      ? [screenText.notAccepted, screenText.notAcceptedShort]
      : [screenText.kernelOnly, screenText.kernelOnlyShort];
  return [styled(look.say(isShort ? short : full), {bold: true})];
}

export function queuesOf(row: SocketRow, view: View, isShort: boolean, look: Look): Line {
  if (!row.listed) return [styled(look.say(noRowOf(row, view)[isShort ? 'short' : 'full']), {dim: true})];
  if (row.state === 'LISTEN') return acceptQueue(row, view, look);
  if (row.recvQueue === null) return [];
  if (row.heldBy === 'kernel' && !row.recvQueue && !row.sendQueue) return [];
  if (row.protocol.startsWith('udp')) return memoryOf(row, look);
  const fin: Line = countsFin(row) ? [styled(` ${look.say(screenText.oneIsFin)}`, {tone: 'queue'})] : [];
  const sent: Line = [{text: '  '}, queueSpan('Send-Q', row.sendQueue)];
  if (!isShort) return [queueSpan('Recv-Q', row.recvQueue), ...fin, ...sent];
  // What is empty is left out first, unless there is nothing else to tell.
  if (row.fd !== null || row.recvQueue)
    return [queueSpan('Recv-Q', row.recvQueue), ...fin, ...(row.sendQueue ? sent : [])];
  return row.sendQueue ? [queueSpan('Send-Q', row.sendQueue)] : [];
}

/** A datagram socket's Recv-Q is the kernel memory that its datagrams take, headers and all, not their bytes. */
function memoryOf({recvQueue, sendQueue, drops}: SocketRow, look: Look): Line {
  const unit: Line = recvQueue ? [styled(` (${look.say(screenText.kernelMemory)})`, {dim: true})] : [];
  return [
    queueSpan('Recv-Q', recvQueue),
    ...unit,
    ...(sendQueue ? [{text: '  '}, queueSpan('Send-Q', sendQueue)] : []),
    ...dropsOf(drops, look).map(span => ({...span, text: `  ${span.text}`})),
  ];
}

/** Datagrams that never got to the socket. */
const dropsOf = (drops = 0, look: Look): Line =>
  drops > 0 ? [styled(look.say(screenText.drops, {n: drops}), {bold: true})] : [];

/** Where there is room: what the state means, and what TCP_INFO said. */
function moreOf(row: SocketRow, look: Look): Line {
  const ownerless: Line = row.fd === null ? plain(' (inode 0)') : [];
  return [...ownerless, ...meaningOf(row, look)];
}

function meaningOf(row: SocketRow, look: Look): Line {
  const meaning = styled(`  ${look.say(stateMeaning(row))}`, {dim: true});
  if (!row.tcpInfo) return [meaning];
  const {rttUs, mss, retransmits, unacked} = row.tcpInfo;
  const unanswered = [`  unacked ${unacked}`, `  retransmits ${retransmits}`];
  const path = `  rtt ${(rttUs / 1000).toFixed(2)} ms  mss ${mss}`;
  // What the peer does not answer comes first: there may be no room for the rest.
  if (retransmits > 0)
    return [...unanswered.map(text => styled(text, {bold: true})), meaning, styled(path, {dim: true})];
  return [meaning, styled([path, ...unanswered].join(''), {dim: true})];
}

const queueSpan = (name: string, count: number | null) =>
  count ? styled(`${name} ${count}`, {tone: 'queue', bold: true}) : styled(`${name} ${count ?? '-'}`, {dim: true});

const portOf = (end: Endpoint): string => ('port' in end ? `:${end.port}` : shortEndpointText(end));

/** The backlog is what listen() was called with: the tables of /proc/net do not show it. */
export function acceptQueue(row: SocketRow, view: View, look: Look): Line {
  const listen = view.calls.findLast(
    (line: CallLine) => line.call.name === 'listen' && line.actor === row.actor && line.call.fd === row.fd,
  );
  const backlog = listen?.call.name === 'listen' ? listen.call.backlog : tracedBacklog(row, view);
  // The table of Unix sockets does not count.
  if (row.recvQueue === null) {
    const limit = backlog === null ? '' : `/${backlog}`;
    return [styled(`${look.say(screenText.acceptQueue)} -${limit}`, {dim: true})];
  }
  const waiting = row.recvQueue;
  const shown = Math.min(backlog ?? 0, 8);
  const bar =
    look.glyphs.full.repeat(Math.min(waiting, shown)) + look.glyphs.empty.repeat(Math.max(0, shown - waiting));
  const style: Omit<Span, 'text'> = waiting > 0 ? {tone: 'queue', bold: true} : {dim: true};
  const count = backlog === null ? String(waiting) : `${waiting}/${backlog}`;
  const words = [look.say(screenText.acceptQueue), bar, count].filter(word => word !== '');
  return [styled(words.join(' '), style)];
}

/** A Node process calls listen() itself: its trace says with which backlog. */
function tracedBacklog(row: SocketRow, view: View): number | null {
  const listen = view.heard.findLast(
    one => one.kind === 'traced' && one.name === 'listen' && one.actor === row.actor && one.args[0] === String(row.fd),
  );
  return listen?.kind === 'traced' && !listen.recorded ? Number(listen.args[1]) : null;
}

/**
 * Both in one row, where many sockets share the room. Whole words or none: where not all fit, the remote port and the
 * addresses go first, as bytes that wait are more telling.
 */
function shortOf(row: SocketRow, view: PointedView, look: Look, width: number): Line {
  const pointer = pointerTo(row, view, look, 0);
  const [fd, state, ends] = headOf(row, look);
  const head = [fd, state].filter(span => span !== undefined);
  const counts = countsOf(row, look);
  const waits = counts.filter(({dim}) => !dim);
  const ownPort: Line = 'port' in row.local ? [{text: ` ${portOf(row.local)}`}] : [];
  const full: Line = ends ? [ends] : [];
  const wishes = [[...full, ...counts], [...full, ...waits], [...ownPort, ...counts], [...ownPort, ...waits], waits];
  const fitting = wishes.find(some => widthOf([...head, ...some, ...pointer]) <= width);
  return [...head, ...(fitting ?? []), ...pointer];
}

/** `Q 1`, `R 5`: dim where nothing waits. */
export function countsOf(row: SocketRow, look: Look): Line {
  const spaced = (span: Span): Span => ({...span, text: ` ${span.text}`});
  if (row.state === 'LISTEN') return [spaced(queueSpan('Q', row.recvQueue))];
  if (!row.listed || row.heldBy === 'kernel') return [];
  const queues = [
    ...(row.recvQueue ? [queueSpan('R', row.recvQueue)] : []),
    ...(row.sendQueue ? [queueSpan('S', row.sendQueue)] : []),
  ];
  return [...queues, ...dropsOf(row.drops, look)].map(spaced);
}
