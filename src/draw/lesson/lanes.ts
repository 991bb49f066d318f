import {callText} from '../../messages/notation.ts';
import {actorText, screenText} from '../../messages/screen.ts';
import type {FileRow, SocketRow} from '../../model/sockets.ts';
import type {Change} from '../../timeline/changes.ts';
import type {Lane} from '../../timeline/view.ts';
import {changeMarks, type PointedView, pointerTo} from '../pointer.ts';
import type {Look} from '../text/look.ts';
import {sidesOf} from '../text/sides.ts';
import {fitLine, type Line, plain, type Span, styled, widthOf} from '../text/spans.ts';
import {wrap} from '../text/wrap.ts';
import {betweenLines, nothingPasses, type Passing} from '../wire/between.ts';
import {detailOf, headOf, marked, shortOf} from './socket-row.ts';
import {explained} from './socket-words.ts';

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
  const rows = rowsOf(lanes, view, look, inner - 1, height - 2);
  const content = lanes.flatMap((lane, i): Line[] => {
    const title = titleOf(lane, look, inner, now);
    const [first, ...others] = inSight(lane.sockets, view, 1);
    if (each < 2) {
      if (!first) return [title];
      const name: Line = [...nameOf(lane, look), {text: ' '}];
      const count = others.length > 0 ? ` +${others.length}`.length : 0;
      const line = [...name, ...shortOf(first, view, look, inner - widthOf(name) - count)];
      return [withCount(line, others.length, inner)];
    }
    return [
      title,
      ...contentOf(lane, view, look, inner - 1, (rows[i] ?? each) - 1).map((line): Line => [{text: ' '}, ...line]),
    ];
  });
  return framed([], content, look, width, height);
}

/** Rows of a box for each that lives there, its name among them: what one does not need, those after it may have. */
function rowsOf(lanes: readonly Lane[], view: PointedView, look: Look, width: number, height: number): number[] {
  const wishes = lanes.map(lane => 1 + contentOf(lane, view, look, width, Number.POSITIVE_INFINITY).length);
  const each = Math.floor(height / lanes.length);
  let left = height - wishes.reduce((sum, wish) => sum + Math.min(wish, each), 0);
  return wishes.map(wish => {
    const more = Math.max(0, Math.min(wish - each, left));
    left -= more;
    return Math.min(wish, each) + more;
  });
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
  return wholeWords([...name, ...news], width);
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
  const files = lane.actor === 'server' ? view.files.map(file => fileLine(file, view, look, width)) : [];
  return [...socketLines(lane, view, look, width, height - files.length), ...files];
}

/** `file chat.sock  srwxr-xr-x` */
function fileLine(file: FileRow, view: PointedView, look: Look, width: number): Line {
  const name = [styled(`${look.say(screenText.file)} `, {dim: true}), {text: file.name}];
  const line: Line = [...name, ...pointerTo(file, view, look, 0), {text: `  ${file.mode}`}];
  return marked(wholeWords(line, width), changeMarks(file, view, look, ['new', 'state']), width);
}

function socketLines(lane: Lane, view: PointedView, look: Look, width: number, height: number): Line[] {
  if (lane.sockets.length === 0) return lane.exit ? [] : [[styled(look.say(screenText.noSocket), {dim: true})]];
  const asleep = sleepLines(lane, look, width);
  const isRoomy = 2 * lane.sockets.length <= height;
  const rows = inSight(lane.sockets, view, height).flatMap(row =>
    isRoomy ? twoLines(row, view, look, width) : [shortOf(row, view, look, width)],
  );
  if (rows.length > height) return seenOf(lane.sockets, view, look, width, height);
  const more = [...asleep, ...(isRoomy ? explained(lane.sockets, rows, view, look, width) : [])];
  return [...rows, ...more.slice(0, height - rows.length)];
}

/** A new state is marked beside it, where there is no room for that below it; what waits in queues where they stand. */
function twoLines(row: SocketRow, view: PointedView, look: Look, width: number): Line[] {
  const head = headOf(row, look);
  const full = marked(head, changeMarks(row, view, look, ['new', 'state']), width);
  const below: readonly Change[] = full === head ? ['new', 'state', 'queues'] : ['queues'];
  return [full, detailOf(row, below, view, look, width)];
}

/** In their order, but where there is no room for all, those that are pointed at are among the first. */
function inSight(sockets: readonly SocketRow[], {evidence}: PointedView, room: number): readonly SocketRow[] {
  const isPointedAt = (row: SocketRow): boolean => (evidence?.numberOf(row) ?? null) !== null;
  if (sockets.length <= room || !sockets.some(isPointedAt)) return sockets;
  const first = [...sockets.filter(isPointedAt), ...sockets.filter(row => !isPointedAt(row))].slice(0, room);
  return [...sockets.filter(row => first.includes(row)), ...sockets.filter(row => !first.includes(row))];
}

/** A row each of as many as there is room for; the last says how many more there are. */
function seenOf(all: readonly SocketRow[], view: PointedView, look: Look, width: number, height: number): Line[] {
  const seen = inSight(all, view, height).slice(0, Math.max(1, height));
  const count = all.length - seen.length;
  const room = width - countOf(count).length;
  return seen.map((row, i) =>
    i === seen.length - 1 ? withCount(shortOf(row, view, look, room), count, width) : shortOf(row, view, look, width),
  );
}

/** With `+2` at its end, where there are two more. */
export function withCount(line: Line, more: number, width: number): Line {
  if (more === 0) return line;
  const count = countOf(more);
  return [...fitLine(wholeWords(line, width - count.length), width - count.length), styled(count, {bold: true})];
}
const countOf = (more: number): string => ` +${more}`;

/** As many words of a line as there is room for. */
export function wholeWords(line: Line, width: number): Line {
  const words = line.flatMap(span => (span.text.match(/ *[^ ]+| +$/g) ?? []).map((text): Span => ({...span, text})));
  const [first, ...rest] = words;
  const begun: Line = first && widthOf([first]) > width ? [{...first, text: first.text.trimStart()}, ...rest] : words;
  const seen = begun.findIndex((_, i) => widthOf(begun.slice(0, i + 1)) > width);
  return begun.slice(0, seen < 0 ? begun.length : Math.max(1, seen));
}

function sleepLines(lane: Lane, look: Look, width: number): Line[] {
  const seen = lane.waiting?.seen;
  if (!seen) return [];
  if (seen.threadState === 'T') return [[styled(look.say(screenText.stopped), {bold: true})]];
  const said = (where: string): string => look.say(screenText.asleep, {state: seen.threadState, where}).trimEnd();
  const whole = said(seen.sleepsIn);
  return wrap(widthOf(plain(whole)) <= width ? whole : said(seen.sleepsIn.replace(byCompiler, '')), width).map(plain);
}

/** What a compiler put behind a function's name: `poll_schedule_timeout.constprop.0`. */
const byCompiler = /\.(?:constprop|isra|part)\b.*$/;
