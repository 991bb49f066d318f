import {errnoText} from '../../messages/errno-words.ts';
import {flowText} from '../../messages/flow.ts';
import {callText, durationText, lessonCallText, resultText} from '../../messages/notation.ts';
import {saidText} from '../../messages/said.ts';
import {screenText} from '../../messages/screen.ts';
import {tracedCallText, tracedResultText} from '../../messages/traced.ts';
import {letterOf} from '../../timeline/passport.ts';
import type {CallLine, Heard} from '../../timeline/view.ts';
import {pointerTo} from '../pointer.ts';
import {toneOfSend} from '../text/colors.ts';
import type {Look} from '../text/look.ts';
import {meant} from '../text/meaning.ts';
import {fitLine, type Line, type Span, styled, widthOf} from '../text/spans.ts';
import {fitText, wrap} from '../text/wrap.ts';
import type {FlowData} from './flow-data.ts';
import {askedCall, type FlowCell, longFrom} from './flow-rows.ts';

/**
 * What is drawn in a column, a blank after it: `✓ bind(19, 127.0.0.1:8080)        = 0 `. A call that is too long for a row goes on in
 * rows under it, at most so many in all; where there is but one it has fewer of its arguments.
 */
export function cellLines(cell: FlowCell, data: FlowData, look: Look, width: number, most: number): Line[] {
  const lines = linesOf(cell, data, look, width - 1, most).map(line => fitLine(line, width));
  const seq = seqOf(cell);
  return seq === null ? lines : lines.map(line => meant(line, {kind: 'call', seq}));
}

function seqOf(cell: FlowCell): number | null {
  if (cell.kind === 'made') return cell.line.seq;
  return cell.kind === 'heard' ? cell.heard.seq : null;
}

function linesOf(cell: FlowCell, data: FlowData, look: Look, width: number, most: number): Line[] {
  const place = {look, width, most};
  const {made, next, coming} = look.glyphs;
  const tone = {tone: cell.actor};
  switch (cell.kind) {
    case 'next':
      return row(
        styled(next, {...tone, bold: true}),
        [styled(actText(cell, data, look), {bold: true})],
        askedPart(cell, data),
        place,
      );
    case 'coming':
      return row(
        styled(coming, {dim: true}),
        [styled(actText(cell, data, look), {dim: true})],
        askedPart(cell, data),
        place,
      );
    case 'heard':
      return row(styled(made, tone), ...heardParts(cell.heard, data, look, width), place);
    case 'made':
      return madeLines(cell, data, place);
  }
}

/** A call in a column where it has begun and not returned, and what of it goes on there. */
export function barLine(actor: FlowCell['actor'], rest: Line | undefined, look: Look, width: number): Line {
  const [edge, ...others] = rest ?? [];
  const indent = edge?.text.trim() === '' ? edge.text.slice(2) : '';
  const bar: Line = [{text: ' '}, styled(look.glyphs.vertical, {tone: actor, bold: true})];
  const line = fitLine([...bar, {text: indent}, ...others], width);
  return edge?.means ? meant(line, edge.means) : line;
}

/** `= ?` in place of the result that is asked for. */
const askedPart = ({act}: Extract<FlowCell, {act: unknown}>, data: FlowData): Line =>
  act.call === askedCall(data) ? [styled('= ?', {bold: true})] : [];

function actText({act}: Extract<FlowCell, {act: unknown}>, {following, port}: FlowData, look: Look): string {
  return lessonCallText(act.call, following?.message ?? '', look.ascii).replaceAll('{port}', String(port));
}

function heardParts(heard: Heard, {view}: FlowData, look: Look, width: number): readonly [what: Line, result: Line] {
  const pointer = pointerTo(heard, view, look, width - markWidth - pointedWhat);
  if (heard.kind === 'said') return [[{text: saidText(heard, look.ascii)}], pointer];
  const recorded = heard.recorded ? [styled(` ${look.say(screenText.recorded)}`, {dim: true})] : [];
  const result = styled(tracedResultText(heard, look.ascii), heard.errno === null ? {bold: true} : errnoStyle);
  return [[{text: tracedCallText(heard, look.ascii)}], [result, ...recorded, ...pointer]];
}

const errnoStyle = {tone: 'errno', bold: true} as const;

function madeLines({line, part}: Extract<FlowCell, {kind: 'made'}>, data: FlowData, place: Place): Line[] {
  const {look, width} = place;
  const {call, result, actor} = line;
  const tone = {tone: actor};
  const text = callText(call, part === 'begin' ? undefined : result, look.ascii);
  const letters = line.marks.map(({send}) => styled(` ${letterOf(send)}`, {bold: true, tone: toneOfSend(send)}));
  const what: Line = [styled(text, {bold: line === data.view.calls.at(-1)}), ...(part === 'begin' ? [] : letters)];
  if (part === 'begin') {
    const mark = styled(look.glyphs.corners[0], {...tone, bold: true});
    const pointer = isOpen(line) ? pointerTo(line, data.view, look, width - markWidth - pointedSleep) : [];
    const sleep = sleepSpans(line, data, look, width - widthOf([...what, ...pointer]) - markWidth - 2);
    return row(mark, what, [...sleep, ...pointer], place);
  }
  const isWrong = result.kind === 'failed' || result.kind === 'threw' || result.kind === 'lost';
  const mark = isWrong ? styled(look.glyphs.no, errnoStyle) : styled(look.glyphs.made, tone);
  const answer = answerSpans(line, look, width - markWidth - `${call.name}()`.length);
  const pointer = pointerTo(line, data.view, look, width - markWidth - widthOf(answer) - pointedWhat);
  return row(mark, what, [...answer, ...pointer], place, moreOf(line, look));
}

/** That it sleeps, since when, and a bar that grows with it: a cell for a second, as far as there is room. */
function sleepSpans({result, actor, call}: CallLine, {view, now}: FlowData, look: Look, room: number): Line {
  if (result.kind !== 'waiting') return [];
  if (call.name === 'run') return [styled(look.say(screenText.running), {bold: true})];
  const since = view.lanes.find(lane => lane.actor === actor)?.waiting?.since ?? now;
  const seconds = Math.max(0, now - since);
  const said = `${look.say(flowText.sleeps)} ${seconds.toFixed(1)} s`;
  const words = widthOf([{text: look.say(flowText.sleeps)}]) + longestTime;
  const cells = Math.max(0, Math.min(Math.ceil(seconds), room - words - 1));
  const bar = styled(look.glyphs.heavy.repeat(cells), {tone: actor});
  return cells > 0 ? [bar, {text: ' '}, styled(said, {bold: true})] : [styled(said, {bold: true})];
}

/** Room for ` 999.9 s`, so that the bar never shrinks. */
const longestTime = 8;

/** `= -1 ECONNREFUSED`; where that leaves no room for the name of the call, the errno alone: the mark says that it failed. */
function answerSpans({call, result}: CallLine, look: Look, room: number): Line {
  if (result.kind === 'waiting') return [];
  const isBad = result.kind === 'failed' || result.kind === 'threw' || result.kind === 'lost';
  const isKilled = result.kind === 'ended' && result.code !== 0;
  const whole = resultText(result, look.ascii, call);
  const text = result.kind === 'failed' && whole.length >= room ? result.errno : whole;
  return [styled(text, isBad || isKilled ? errnoStyle : {bold: true})];
}

/** What may be said where there is room: what an errno means, or how long it slept. */
function moreOf({result, elapsedUs}: CallLine, look: Look): string {
  if (result.kind === 'failed') return look.say(errnoText[result.errno] ?? errnoText.EUNKNOWN);
  return elapsedUs !== null && elapsedUs >= longFrom ? durationText(elapsedUs) : '';
}

/** So much of a call is seen before what points at it has all its words. */
const pointedWhat = 24;
/** The same of one that sleeps, with how long it has. */
const pointedSleep = 36;
/** It has not returned: where it began is all that there is to point at. */
const isOpen = ({ended}: CallLine): boolean => ended === undefined;

/** A blank, the mark, and a blank. */
const markWidth = 3;
/** Results stand under each other from here, where there is room. */
const usualWhat = 34;

interface Place {
  readonly look: Look;
  /** Cells of a row, and at most so many rows. */
  readonly width: number;
  readonly most: number;
}

/** The result is never cut where the call can be, and stands in the first row. */
function row(mark: Span, what: Line, result: Line, place: Place, more = ''): Line[] {
  const {width} = place;
  const room = width - markWidth;
  const answer: Line = result.length > 0 ? [{text: ' '}, ...result] : [];
  const said: Line = more === '' ? [] : [styled(`  ${more}`, {dim: true})];
  const tail = widthOf([...what, ...answer, ...said]) <= room ? [...answer, ...said] : answer;
  const forCall = Math.max(0, room - widthOf(tail));
  const under = resultUnder(mark, what, answer, forCall, place);
  if (under) return under;
  const [fitted = [], ...others] = callIn(what, forCall, place);
  const padded = Math.min(forCall, Math.max(widthOf(fitted), usualWhat));
  const first = fitLine([{text: ' '}, mark, {text: ' '}, ...fitLine(fitted, padded), ...tail], width);
  return [first, ...others.map((line): Line => [{text: ' '.repeat(markWidth + hanging)}, ...line])];
}

/** A call beside whose result not even its name has room, and the result in a row under it; null elsewhere. */
function resultUnder(mark: Span, what: Line, answer: Line, forCall: number, place: Place): Line[] | null {
  const {look, width, most} = place;
  const [call, ...letters] = what;
  const room = width - markWidth;
  if (!call || answer.length === 0 || widthOf(what) <= forCall || beginning(call.text, forCall) !== '') return null;
  if (most === 1) return null;
  const forText = room - widthOf(letters);
  const whole = wrap(call.text, forText);
  const lines = whole.length < most ? whole : [fewerArguments(call.text, forText, look.glyphs.ellipsis)];
  return [
    ...lines.map(
      (text, i): Line => [
        ...(i === 0 ? [{text: ' '}, mark, {text: ' '}] : [{text: ' '.repeat(markWidth + hanging)}]),
        {...call, text},
        ...(i === lines.length - 1 ? letters : []),
      ],
    ),
    [{text: ' '.repeat(Math.max(2, width - widthOf(answer)))}, ...answer],
  ];
}

/** What a call goes on under stands a little further right. */
const hanging = 2;

/** A call whole in its row; or in as many as there are; or with fewer of its arguments. */
function callIn(what: Line, forCall: number, {look, width, most}: Place): Line[] {
  const [call, ...letters] = what;
  if (!call || widthOf(what) <= forCall) return [what];
  const first = beginning(call.text, forCall);
  const under = width - markWidth - hanging - widthOf(letters);
  const rest = wrap(call.text.slice(first.length).trimStart(), under);
  if (first === '' || most === 1) return [shortened(what, forCall, look)];
  const last = fitText(rest.slice(most - 2).join(' '), under);
  const lines = [first, ...rest.slice(0, most - 2), last].map((text): Line => [{...call, text}]);
  return lines.map((line, i) => (i === lines.length - 1 ? [...line, ...letters] : line));
}

/** What of a call stands in its first row: a name never without its bracket. */
function beginning(text: string, width: number): string {
  const [name = ''] = /^[a-z_0-9]+\(/.exec(text) ?? [];
  const [unit = ''] = text.split(' ');
  const [first = ''] = widthOf([{text: unit}]) <= width ? wrap(text, width) : [];
  if (first !== '') return first;
  return widthOf([{text: name}]) <= width ? name : '';
}

/** A call with fewer of its arguments: `socket(AF_INET, ...)`. What the kernel wrote, in braces, is the last to go. */
function shortened([call, ...letters]: Line, width: number, look: Look): Line {
  if (!call || widthOf([call, ...letters]) <= width) return call ? [call, ...letters] : [];
  const text = fewerArguments(call.text, Math.max(0, width - widthOf(letters)), look.glyphs.ellipsis);
  return [{...call, text}, ...letters];
}

export function fewerArguments(text: string, width: number, ellipsis: string): string {
  const [, name, inside] = /^([a-z_0-9]+)\((.*)\)$/s.exec(text) ?? [];
  if (name === undefined || inside === undefined) return fitText(text, width);
  const written = /, (\{[^{}]*\})$/.exec(inside)?.[1];
  const args = (written ? inside.slice(0, -written.length - 2) : inside).split(', ');
  const short = (kept: number, ...end: string[]): string => `${name}(${[...args.slice(0, kept), ...end].join(', ')})`;
  const all = written
    ? [
        ...downFrom(args.length - 1, kept => short(kept, ellipsis, written)),
        ...downFrom(args.length, kept => short(kept, ellipsis)),
      ]
    : [...downFrom(args.length - 1, kept => short(kept, ellipsis)), `${name}()`];
  const fitting = all.find(each => widthOf([{text: each}]) <= width);
  if (fitting === undefined) return fitText(text, width);
  const room = width - widthOf([{text: fitting}]);
  const end = fitting.indexOf(`${ellipsis})`);
  if (room < leastPart || end < 0) return fitting;
  const next = args[fitting.slice(0, end).split(', ').length - 1] ?? written ?? '';
  return `${fitting.slice(0, end)}${fitText(next, room + 2).slice(0, -2)}${ellipsis})`;
}
/** Less than this of an argument says nothing. */
const leastPart = 8;

const downFrom = (most: number, make: (kept: number) => string): string[] =>
  Array.from({length: most + 1}, (_, i) => make(most - i));
