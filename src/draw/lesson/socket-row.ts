import {screenText} from '../../messages/screen.ts';
import {stateMeaning, stateName} from '../../messages/states.ts';
import {type Endpoint, isNowhere, shortEndpointText} from '../../model/address.ts';
import type {SocketRow} from '../../model/sockets.ts';
import type {Change} from '../../timeline/changes.ts';
import type {CallLine, View} from '../../timeline/view.ts';
import {type PointedView, pointersTo} from '../pointer.ts';
import type {Look} from '../text/look.ts';
import {type Line, plain, type Span, styled, widthOf} from '../text/spans.ts';
import {countsFin, noRowOf} from './socket-words.ts';

/** With the first of these marks that fits. */
export function marked(line: Line, marks: readonly Line[], width: number): Line {
  const mark = marks.find(one => widthOf([...line, ...one]) <= width);
  return mark ? [...line, ...mark] : line;
}

export const stateSpan = (row: SocketRow) => styled(stateName(row), {bold: true});

/** `fd 20 ESTABLISHED :8080→:40248`; without a descriptor `fd -`. */
export function headOf(row: SocketRow, look: Look): Line {
  return [{text: `fd ${row.fd ?? '-'} `}, stateSpan(row), {text: ` ${endsOf(row, look)}`}];
}

function endsOf(row: SocketRow, look: Look): string {
  if (!row.remote || row.state === 'LISTEN' || isNowhere(row.remote)) return shortEndpointText(row.local);
  return `${portOf(row.local)}${look.glyphs.right}${portOf(row.remote)}`;
}

export function detailOf(row: SocketRow, marks: readonly Change[], view: PointedView, look: Look, width: number): Line {
  const needed = neededOf(row, pointersTo(row, marks, view, look), view, look, width);
  const full = [...needed, ...moreOf(row, look)];
  while (full.length > needed.length && widthOf(full) > width) full.pop();
  return full;
}

/** Who holds it and its queues, and what points at it: of several wordings the first that fits, else the shortest. */
function neededOf(
  row: SocketRow,
  [pointer = [], short = pointer]: readonly Line[],
  view: View,
  look: Look,
  width: number,
): Line {
  const [queues, shorter] = [queuesOf(row, view, false, look), queuesOf(row, view, true, look)];
  const words = (isShort: boolean, about: Line, pointer: Line): Line => {
    const holder = holderOf(row, isShort, look);
    const gap: Line = holder.length > 0 && about.length > 0 ? [{text: '  '}] : [];
    return [...holder, ...gap, ...about, ...pointer];
  };
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
export function shortOf(row: SocketRow, view: PointedView, look: Look, width: number): Line {
  const marks = pointersTo(row, ['new', 'state', 'queues'], view, look);
  const pointer = marks.at(-1) ?? [];
  const [fd, state, ends] = headOf(row, look);
  const head = [fd, state].filter(span => span !== undefined);
  const counts = countsOf(row, look);
  const waits = counts.filter(({dim}) => !dim);
  const ownPort: Line = 'port' in row.local ? [{text: ` ${portOf(row.local)}`}] : [];
  const full: Line = ends ? [ends] : [];
  const wishes = [[...full, ...counts], [...full, ...waits], [...ownPort, ...counts], [...ownPort, ...waits], waits];
  const fitting = wishes.find(some => widthOf([...head, ...some, ...pointer]) <= width);
  const line = [...head, ...(fitting ?? [])];
  const pointed = marked(line, marks, width);
  return pointed === line ? [...line, ...pointer] : pointed;
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
