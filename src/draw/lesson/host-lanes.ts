import {hostsText, hostText} from '../../messages/hosts.ts';
import {screenText} from '../../messages/screen.ts';
import {type HostName, homeNetwork} from '../../model/actor.ts';
import {type Endpoint, isNowhere, shortEndpointText} from '../../model/address.ts';
import type {FilterRule} from '../../model/filter.ts';
import type {SocketRow} from '../../model/sockets.ts';
import {crossingsOf} from '../../timeline/crossings.ts';
import {allOfStep, type ReadFrame} from '../../timeline/read-frames.ts';
import type {Lane, View} from '../../timeline/view.ts';
import type {Size} from '../pane.ts';
import {changeMarks, type PointedView, pointersTo} from '../pointer.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, spread, styled, widthOf} from '../text/spans.ts';
import {arrowLine} from '../wire/arrow.ts';
import type {Passing} from '../wire/between.ts';
import {grownAt} from '../wire/flight.ts';
import {framed, laneLines, titleOf, withCount} from './lanes.ts';
import {lanesWish} from './lanes-wish.ts';
import {countsOf, marked, queuesOf, stateSpan} from './socket-row.ts';

type Place = Exclude<HostName, 'here'>;

/** The way from one to the other. */
const places: readonly Place[] = ['home', 'router', 'internet'];

const addresses: Readonly<Record<Place, readonly string[]>> = {
  home: [homeNetwork.home],
  router: [homeNetwork.routerInside, homeNetwork.routerOutside],
  internet: [homeNetwork.internet],
};

export interface Moment {
  readonly view: PointedView;
  /** All that were captured by now, oldest first. */
  readonly frames: readonly ReadFrame[];
  readonly passing: Passing;
  /** Seconds on the walk's clock. */
  readonly now: number;
}

/**
 * Where there is one machine, its lanes. Where there are several, a box for each, in the order of the way between them: who
 * lives there, and at the router the rules that were set.
 *
 * ```
 * ┌ home 192.168.1.10 ──────┐ lan  ┌ router ────────────────┐ wan  ┌ internet 203.0.113.80 ──┐
 * │ client pid 29510        │══════│ 192.168.1.1 203.0.113.5│══════│ server pid 29508        │
 * │ fd 19 ESTABLISHED       │─SYN─→│ nft rules              │─SYN─→│ fd 19 LISTEN            │
 * │   :42760→203.0.113.80:80│      │  MASQUERADE wan        │      │   0.0.0.0:80  queue 1/5 │
 * ```
 */
export function placedLanes(moment: Moment, look: Look, size: Size, only: Lane['actor'] | null): Line[] {
  const {view, passing, now} = moment;
  return arePlaced(view) && only === null
    ? hostLanes(moment, look, size)
    : laneLines(view, look, size, only, now, passing);
}

/** Rows in which all of it has room. */
export const placedWish = (view: View, look: Look, width: number, only: Lane['actor'] | null): number =>
  arePlaced(view) && only === null ? hostsHeight : lanesWish(view, look, width, only);

/** Two processes with a socket each, or an address, two rules and a link. */
const hostsHeight = 10;

const arePlaced = (view: View): boolean => view.lanes.some(({host}) => host !== null && host !== 'here');

function hostLanes(moment: Moment, look: Look, {width, height}: Size): Line[] {
  const gap = width >= 150 ? 14 : width >= wideFrom ? 8 : 4;
  const router = width >= wideFrom ? Math.floor(width * 0.24) : 19;
  // The internet's name is the longest.
  const left = Math.floor((width - router - 2 * gap) / 2) - 1;
  const widths: Readonly<Record<Place, number>> = {home: left, router, internet: width - router - 2 * gap - left};
  const [home = [], middle = [], internet = []] = places.map(place =>
    hostBox(place, moment, look, {width: widths[place], height}),
  );
  const [lan, wan] = (['lan', 'wan'] as const).map(device => linkLines(device, moment, look, {width: gap, height}));
  return Array.from({length: height}, (_, row) => [
    ...(home[row] ?? []),
    ...fitLine(lan?.[row] ?? [], gap),
    ...(middle[row] ?? []),
    ...fitLine(wan?.[row] ?? [], gap),
    ...(internet[row] ?? []),
  ]);
}

/** From so many cells on links have room for the names of segments. */
const wideFrom = 96;

function hostBox(place: Place, {view, now}: Moment, look: Look, {width, height}: Size): Line[] {
  const inner = width - 4;
  const room = height - 2;
  const name = styled(look.say(hostText[place]), {bold: true});
  const [address = ''] = addresses[place];
  const whole: Line = place === 'router' ? [name] : [name, styled(` ${address}`, {dim: true})];
  const title = widthOf(whole) <= inner ? whole : [name];
  const above = place === 'router' ? routerLines(view, look, {width: inner, height: room}) : [];
  // Who has nothing open is named last.
  const lanes = view.lanes.filter(({host}) => host === place).sort((a, b) => isIdle(a) - isIdle(b));
  const own = laneRows(lanes, place, view, look, {width: inner, height: room - above.length}, now);
  return framed(title, cutTo([...above, ...own], room, inner), look, width, height);
}

const isIdle = ({sockets}: Lane): number => (sockets.length > 0 ? 0 : 1);

function cutTo(lines: readonly Line[], room: number, width: number): readonly Line[] {
  if (lines.length <= room) return lines;
  const shown = lines.slice(0, Math.max(1, room));
  const last = shown.pop() ?? [];
  return [...shown, withCount(last, lines.length - shown.length - 1, width)];
}

/** Who lives there with their sockets, as much of each as there is room for. */
function laneRows(
  lanes: readonly Lane[],
  place: Place,
  view: PointedView,
  look: Look,
  {width, height}: Size,
  now: number,
): Line[] {
  const none = firstFitting([], [look.say(screenText.noSocket), look.say(screenText.none)], width);
  const title = (lane: Lane): Line => titleOf({...lane, host: null}, look, width, now);
  const two = (row: SocketRow): Line[] => [
    markedIn(changeMarks(row, view, look, ['new', 'state']), width, room => stateLine(row, place, look, room)),
    ...[
      markedIn(pointersTo(row, ['queues'], view, look), width, room => detailLine(row, place, view, look, room)),
    ].filter(line => widthOf(line) > 1),
  ];
  const one = (row: SocketRow): Line[] => [
    markedIn(pointersTo(row, ['new', 'state', 'queues'], view, look).slice(-1), width, room =>
      oneLine(row, place, look, room),
    ),
  ];
  const peers = (row: SocketRow): Line[] => (hasPeer(row) && row.heldBy !== 'kernel' ? two(row) : one(row));
  const drawn = (rows: (row: SocketRow) => Line[], idle: (lane: Lane) => Line[]): Line[] =>
    lanes.flatMap(lane => (lane.sockets.length > 0 ? [title(lane), ...lane.sockets.flatMap(rows)] : idle(lane)));
  const named = (lane: Lane): Line[] => [title(lane)];
  const wishes = [
    drawn(two, lane => (lane.exit ? named(lane) : [title(lane), none])),
    ...[two, peers].map(rows => drawn(rows, named)),
    drawn(peers, () => []),
    ...[named, () => []].map(idle => drawn(one, idle)),
  ];
  return wishes.find(lines => lines.length <= height) ?? wishes.at(-1) ?? [];
}

/** A line that leaves room for the shortest of these marks, with the first that fits. */
function markedIn(marks: readonly Line[], width: number, draw: (room: number) => Line): Line {
  return marked(draw(width - widthOf(marks.at(-1) ?? [])), marks, width);
}

/** ` fd 19 LISTEN`, and without `fd` where there is no room for it. */
function headOf(row: SocketRow, width: number): Line {
  const state = stateSpan(row);
  const full: Line = [{text: ` fd ${row.fd ?? '-'} `}, state];
  return widthOf(full) <= width ? full : [{text: ` ${row.fd ?? '-'} `}, state];
}

/** `fd 19 LISTEN 0.0.0.0:8080`; `fd 20 ESTABLISHED`, and who keeps it where nobody has a descriptor. */
function stateLine(row: SocketRow, place: Place, look: Look, width: number): Line {
  const head = headOf(row, width);
  if (!hasPeer(row)) return firstFitting(head, endsTexts(row, place, look), width);
  const held = row.heldBy === 'accept-queue' ? screenText.notAccepted : screenText.kernelOnly;
  return row.fd === null ? firstFitting(head, [look.say(held)], width) : head;
}

/** Its two ends, and what waits in its queues. */
function detailLine(row: SocketRow, place: Place, view: View, look: Look, width: number): Line {
  const spaced = (spans: Line): Line =>
    spans
      .filter(({text}) => text.trim() !== '')
      .flatMap(({text, ...span}): Line => [{text: ' '}, {...span, text: text.trim()}]);
  if (!hasPeer(row)) {
    const wordings = [...[false, true].map(isShort => queuesOf(row, view, isShort, look)), countsOf(row, look)].map(
      spaced,
    );
    return wordings.find(line => widthOf(line) <= width) ?? [];
  }
  const counts = queuesOf(row, view, false, look).filter(({text}) => text.trim() !== '');
  const waits = counts.filter(({dim}) => !dim).flatMap((span): Line => [span, {text: ' '}]);
  return firstFitting(waits.length > 0 ? [{text: ' '}, ...waits.slice(0, -1)] : [], endsTexts(row, place, look), width);
}

/** What waits comes before the address. */
function oneLine(row: SocketRow, place: Place, look: Look, width: number): Line {
  const waits = countsOf(row, look).filter(({dim}) => !dim);
  return firstFitting([...headOf(row, width), ...waits], endsTexts(row, place, look), width);
}

/** With the first of these words behind it that fit whole. */
function firstFitting(line: Line, texts: readonly string[], width: number): Line {
  const spanOf = (text: string): Line => [{text: ` ${text}`}];
  const text = texts.find(one => widthOf([...line, ...spanOf(one)]) <= width);
  return text === undefined ? line : [...line, ...spanOf(text)];
}

const hasPeer = ({remote, state}: SocketRow): boolean => remote !== null && state !== 'LISTEN' && !isNowhere(remote);

/** Its ends, and in fewer cells what tells most of them; the own address is the machine's where nothing else is said. */
function endsTexts(row: SocketRow, place: Place, look: Look): readonly string[] {
  const own = ownText(row.local, place);
  const port = 'port' in row.local ? [`:${row.local.port}`] : [];
  if (!row.remote || !hasPeer(row)) return [own, ...port];
  const peer = `${look.glyphs.right}${shortEndpointText(row.remote)}`;
  return [`${own}${peer}`, peer];
}

const ownText = (end: Endpoint, place: Place): string =>
  'host' in end && place !== 'router' && addresses[place].includes(end.host) ? `:${end.port}` : shortEndpointText(end);

/** Its two addresses, each on its side, and the rules that it has. */
function routerLines(view: View, look: Look, {width, height}: Size): Line[] {
  const [inside = '', outside = ''] = addresses.router;
  const isRoomy = inside.length + outside.length < width;
  const both: Line[] = isRoomy
    ? [spread([{text: inside}], [{text: outside}], width)]
    : [[{text: inside}], [{text: outside.padStart(width)}]];
  const rules = rulesOf(view);
  const words = rules.map(rule => ruleLines(rule, look, width));
  const name: Line = [styled(look.say(rules.length > 0 ? hostsText.rules : hostsText.noRules), {dim: true})];
  const short = [...both, ...words.flatMap(lines => lines.slice(0, 1))];
  const wishes = [
    [...both, name, ...words.flat()],
    [...both, ...words.flat()],
  ];
  return wishes.find(lines => lines.length <= height) ?? (rules.length > 0 ? short : [...both, name]);
}

/** What nft was told and answered with 0, since the last time that all were taken away. */
function rulesOf({calls}: View): readonly FilterRule[] {
  const set = calls.flatMap(({call, result}) =>
    call.name === 'nft' && call.host === 'router' && result.kind === 'returned' ? [call.rule] : [],
  );
  return set.slice(set.lastIndexOf(null) + 1).filter(rule => rule !== null);
}

function ruleLines(rule: FilterRule, look: Look, width: number): Line[] {
  const [said, more] = ruleWords(rule, look);
  const cellsOf = (text: string): number => widthOf([{text}]);
  const both = `${said} ${more}`;
  const lines = cellsOf(both) <= width ? [both] : [said, ...(cellsOf(more) < width ? [` ${more}`] : [])];
  return lines.map((text, i): Line => [styled(text, i === 0 ? {bold: true} : {})]);
}

function ruleWords(rule: FilterRule, look: Look): readonly [said: string, more: string] {
  switch (rule.kind) {
    case 'masquerade':
      return [look.say(hostsText.masquerade), rule.device];
    case 'port-forward':
      return [look.say(hostsText.forward, {port: rule.port}), `${look.glyphs.right}${rule.to.host}:${rule.to.port}`];
    case 'drop':
      return [look.say(hostsText.drop, {protocol: rule.protocol, port: rule.port}), rule.hook];
  }
}

/** The name of a link, the link, and what of this step passed there, as it happened. */
function linkLines(
  device: 'lan' | 'wan',
  {view, frames, passing, now}: Moment,
  look: Look,
  {width, height}: Size,
): Line[] {
  const crossings = crossingsOf(allOfStep(frames, view));
  const reads = crossings.flatMap(crossing => {
    const read = crossing[device];
    return read ? [{...read, goesTo: crossing.goesOut ? ('client' as const) : ('server' as const)}] : [];
  });
  const grown = grownAt(reads, passing.flight, now);
  const begun = reads.filter((_, i) => (grown[i] ?? 1) > 0);
  const arrows = begun.map((read, i) => arrowLine(read, width, look, grown[i]));
  const room = Math.max(0, height - 3);
  const shown =
    arrows.length <= room
      ? arrows
      : [...arrows.slice(0, room - 1), [styled(` +${arrows.length - room + 1}`, {dim: true})]];
  const before = ' '.repeat(Math.floor((width - device.length) / 2));
  return [[{text: `${before}${device}`}], [styled(look.glyphs.link.repeat(width), {dim: true})], ...shown];
}
