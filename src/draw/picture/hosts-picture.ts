import {framesText} from '../../messages/frames.ts';
import {hostsText} from '../../messages/hosts.ts';
import {actorText} from '../../messages/screen.ts';
import {segmentText} from '../../messages/segment.ts';
import type {WireEnd} from '../../model/wire.ts';
import {type Crossing, crossingsOf} from '../../timeline/crossings.ts';
import {allOfStep, type ReadFrame} from '../../timeline/read-frames.ts';
import type {PaneData, Picture, Size} from '../pane.ts';
import {drawable} from '../text/glyphs.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, type Span, spread, styled, widthOf} from '../text/spans.ts';
import {wrap} from '../text/wrap.ts';
import {labelsOf, styleOf} from '../wire/arrow.ts';

/**
 * The packets of a call at the router: each before it and after it in one row, or where that is too wide in two.
 *
 * ```
 * client connect() のパケット: ルーターに入る前と出た後                 [ ] 書き換わったところ
 *          lan(家の側)                               wan(外側)                              ttl
 * SYN      [192.168.1.10]:42760 → 203.0.113.80:8080  [203.0.113.5]:42760 → 203.0.113.80:8080  64→63
 * ```
 */
export const hostsPicture: Picture = (data, look, size) =>
  packetLines(data, look, size).map(line => fitLine(line, size.width));

function packetLines(data: PaneData, look: Look, {width, height}: Size): Line[] {
  const {frames, isNow} = shownFrames(data);
  if (frames.length === 0)
    return note(look.say(data.isRecorded ? framesText.notRecorded : framesText.nothingYet), width);
  const late = frames.filter(isLateArp);
  const rows = rowsOf(frames.filter(read => !isLateArp(read)));
  const blocks = blocksOf(rows, look, width);
  const head = headOf(frames, isNow, blocks, look, {width, height});
  const footOf = (hidden: number): Line[] => footLines(hidden, late, blocks.hasPairs, look, width);
  const room = height - head.length;
  const all = blocks.lines.flat();
  if (all.length + footOf(0).length <= room) return [...head, ...all, ...footOf(0)];
  const some = fitting(blocks.lines, room - 1);
  return [...head, ...some.flat(), ...footOf(blocks.lines.length - some.length).slice(0, 1)];
}

const note = (text: string, width: number): Line[] =>
  wrap(text, width).map((line): Line => [styled(line, {dim: true})]);

/** Those of this step; where it has none, of the last call that had some. */
function shownFrames({view, frames}: PaneData): {readonly frames: readonly ReadFrame[]; readonly isNow: boolean} {
  const ofStep = allOfStep(frames, view);
  if (ofStep.some(read => !isLateArp(read))) return {frames: ofStep, isNow: true};
  const last = frames.findLast(read => !isLateArp(read))?.frame.step;
  return {frames: frames.filter(({frame}) => frame.step === last), isNow: false};
}

/** Neighbours are asked for again seconds after a packet was sent to them (man 7 arp, delay_first_probe_time): not the call's doing. */
const isLateArp = ({frame, summary}: ReadFrame): boolean => summary?.kind === 'arp' && !frame.isDuring;

/** Packets, and what is said on one side alone, in the order of the wire. */
type Row = Crossing | ReadFrame;

function rowsOf(frames: readonly ReadFrame[]): readonly Row[] {
  const crossings = crossingsOf(frames);
  const seqOf = (row: Row): number => ('frame' in row ? row.frame.seq : Math.min(...seqsOf(row)));
  const others = frames.filter(({summary}) => summary?.kind === 'arp');
  return [...crossings, ...others].sort((a, b) => seqOf(a) - seqOf(b));
}
const seqsOf = ({lan, wan}: Crossing): number[] => [lan, wan].flatMap(read => (read ? [read.frame.seq] : []));

const isCrossing = (row: Row): row is Crossing => !('frame' in row);

interface Blocks {
  /** A block of lines for each row. */
  readonly lines: readonly Line[][];
  /** How wide the two columns are; null where a packet takes two lines. */
  readonly columns: {readonly label: number; readonly lan: number; readonly wan: number} | null;
  readonly hasPairs: boolean;
  readonly hasRewritten: boolean;
}

const gap = 2;

function blocksOf(rows: readonly Row[], look: Look, width: number): Blocks {
  const packets = rows.filter(isCrossing);
  const widest = (lines: readonly Line[]): number => Math.max(0, ...lines.map(widthOf));
  const label = gap + Math.max(widest(packets.map(row => [labelOf(row, look)])), 3);
  const lan = gap + widest(packets.map(row => sideOf(row, 'lan', look)));
  const wan = gap + widest(packets.map(row => sideOf(row, 'wan', look)));
  const columns = label + lan + wan + 5 <= width && packets.length > 0 ? {label, lan, wan} : null;
  const lines = rows.map((row): Line[] => {
    if (!isCrossing(row)) return [arpLine(row, label, look)];
    return columns ? [wideLine(row, columns, look)] : narrowLines(row, {label, ends: Math.max(lan, wan)}, look, width);
  });
  const hasRewritten = packets.some(row => sideOf(row, 'lan', look).some(({bold}) => bold));
  return {lines, columns, hasPairs: packets.some(row => row.lan && row.wan), hasRewritten};
}

function wideLine(row: Crossing, {label, lan, wan}: NonNullable<Blocks['columns']>, look: Look): Line {
  return [
    ...fitLine([labelOf(row, look)], label),
    ...fitLine(sideOf(row, 'lan', look), lan),
    ...fitLine(sideOf(row, 'wan', look), wan),
    styled(ttlText(row, look), {dim: true}),
  ];
}

/** In two lines; where those are too wide, with less between the ends, and both TTLs under the packet's name. */
function narrowLines(row: Crossing, {label, ends}: {label: number; ends: number}, look: Look, width: number): Line[] {
  const seen = (['lan', 'wan'] as const).filter(device => row[device]);
  const isTight = label + 4 + ends + 6 > width;
  return seen.map((device, i) => {
    const summary = row[device]?.summary;
    const ttl = summary && 'ttl' in summary ? `ttl ${summary.ttl}` : '';
    const below: Line = isTight ? [styled(ttlText(row, look), {dim: true})] : [];
    return [
      ...fitLine(i === 0 ? [labelOf(row, look)] : below, isTight ? label - 1 : label),
      styled(`${device} `, {dim: true}),
      ...(isTight ? sideOf(row, device, look, true) : fitLine(sideOf(row, device, look), ends)),
      styled(isTight ? '' : ttl, {dim: true}),
    ];
  });
}

const firstOf = ({lan, wan}: Crossing): ReadFrame | null => lan ?? wan;

function labelOf(row: Crossing, look: Look): Span {
  const read = [row.lan, row.wan].find(one => one?.sender) ?? firstOf(row);
  if (!read) return {text: ''};
  return styled(labelsOf(read, look)[0] ?? '', styleOf(read));
}

/** `64→63`: taken away by the router, on the left what it was towards the home. */
function ttlText({lan, wan, goesOut}: Crossing, look: Look): string {
  const [left, right] = [lan, wan].map(read => (read?.summary && 'ttl' in read.summary ? read.summary.ttl : null));
  if (left === null || right === null) return String(left ?? right ?? '');
  return `${left}${look.glyphs.heads[goesOut ? 1 : 0]}${right}`;
}

/** The two ends of a packet at one of the router's devices, the home's on the left; what is not the same at the other in brackets. */
function sideOf(row: Crossing, device: 'lan' | 'wan', look: Look, isTight = false): Line {
  const [here, there] = device === 'lan' ? [row.lan, row.wan] : [row.wan, row.lan];
  if (!here) return [styled(look.say(hostsText.notSeen), {dim: true})];
  const ends = endsOf(here, row.goesOut);
  const others = there ? endsOf(there, row.goesOut) : ends;
  const long = row.goesOut ? look.glyphs.right : look.glyphs.left;
  const way = isTight ? look.glyphs.heads[row.goesOut ? 1 : 0] : ` ${long} `;
  return [...endSpans(ends[0], others[0]), {text: way}, ...endSpans(ends[1], others[1])];
}

type Ends = readonly [inner: Partial<WireEnd>, outer: Partial<WireEnd>];

function endsOf({summary}: ReadFrame, goesOut: boolean): Ends {
  const both = ((): Ends => {
    if (summary?.kind === 'tcp' || summary?.kind === 'udp') return [summary.from, summary.to];
    return summary?.kind === 'icmp' ? [{host: summary.from}, {host: summary.to}] : [{}, {}];
  })();
  return goesOut ? both : [both[1], both[0]];
}

function endSpans(end: Partial<WireEnd>, other: Partial<WireEnd>): Line {
  const part = (text: string, isSame: boolean): Span => (isSame ? {text} : styled(`[${text}]`, {bold: true}));
  const host = part(end.host ?? '?', end.host === other.host);
  return end.port === undefined ? [host] : [host, {text: ':'}, part(String(end.port), end.port === other.port)];
}

function arpLine(read: ReadFrame, label: number, look: Look): Line {
  const said = read.summary ? drawable(segmentText(read.summary, null, look.language), look.ascii) : '';
  return [
    ...fitLine([{text: 'ARP'}], label),
    styled(`${read.frame.device} `, {dim: true}),
    {text: said.replace(/^ARP /, '')},
  ];
}

function headOf(
  frames: readonly ReadFrame[],
  isNow: boolean,
  blocks: Blocks,
  look: Look,
  {width, height}: Size,
): Line[] {
  const calls = new Set(
    frames.flatMap(({call}) => (call ? [`${look.say(actorText[call.actor])} ${call.name}()`] : [])),
  );
  const whoseOf = (all: readonly string[]): string =>
    look.say(isNow ? hostsText.packets : hostsText.before, {calls: all.join(', ')});
  const whole = whoseOf([...calls]);
  const whose = widthOf([{text: whole}]) <= width ? whole : whoseOf([...calls].slice(0, 1));
  const key: Line = blocks.hasRewritten ? [styled(look.say(hostsText.rewritten), {dim: true})] : [];
  const title: Line = [styled(whose, {bold: true})];
  const where: Line = [{text: ` ${look.say(hostsText.where)}`}];
  const most = [[...title, ...where], [...title]].find(line => widthOf(line) + gap + widthOf(key) <= width);
  const first: Line = most ? spread(most, key, width) : title;
  if (!blocks.columns || height < headFrom) return [first];
  const {label, lan, wan} = blocks.columns;
  const names = [...fitLine([], label), ...fitLine([{text: look.say(hostsText.lan)}], lan)];
  const second = [...names, ...fitLine([{text: look.say(hostsText.wan)}], wan), {text: 'ttl'}];
  return [first, second.map(span => ({...span, dim: true}))];
}

/** From so many rows on the columns have names. */
const headFrom = 5;

/** What is not drawn, in one line; and how it is known what belongs together. */
function footLines(hidden: number, late: readonly ReadFrame[], hasPairs: boolean, look: Look, width: number): Line[] {
  const after = late[0]?.call?.name;
  const folded = [
    ...(hidden > 0 ? [look.say(hostsText.more, {n: hidden})] : []),
    ...(late.length > 0 && after ? [look.say(hostsText.late, {n: late.length, call: after})] : []),
  ];
  const said = folded.length > 0 ? `${folded.join('')}${look.say(hostsText.seeAll)}` : '';
  const ids = hasPairs ? look.say(hostsText.ids) : '';
  const whole = [ids, said].filter(text => text !== '').join(' ');
  if (whole === '') return [];
  return widthOf([{text: whole}]) <= width ? note(whole, width) : note(said === '' ? ids : said, width);
}

/** The first blocks that fit in so many rows. */
function fitting(blocks: readonly Line[][], room: number): readonly Line[][] {
  let used = 0;
  const count = blocks.findIndex(block => {
    used += block.length;
    return used > room;
  });
  return count === -1 ? blocks : blocks.slice(0, count);
}
