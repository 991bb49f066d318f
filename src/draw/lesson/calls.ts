import {errnoText} from '../../messages/errno-words.ts';
import {callText, durationText, lessonCallText, resultText} from '../../messages/notation.ts';
import {isNoise, saidText} from '../../messages/said.ts';
import {screenText} from '../../messages/screen.ts';
import {tracedCallText, tracedResultText} from '../../messages/traced.ts';
import {actsOf, type Step} from '../../model/lesson.ts';
import {letterOf} from '../../timeline/passport.ts';
import type {CallLine, Heard, View} from '../../timeline/view.ts';
import type {Size} from '../pane.ts';
import {type PointedView, pointerTo} from '../pointer.ts';
import {toneOfSend} from '../text/colors.ts';
import type {Look} from '../text/look.ts';
import {meant} from '../text/meaning.ts';
import {fitLine, type Line, type Span, spread, styled, textOf, widthOf} from '../text/spans.ts';
import {fitText, wrap} from '../text/wrap.ts';

export interface NextCall {
  readonly step: Step;
  readonly message: string;
  readonly port: number;
  /** The learner is asked what it will do. */
  readonly isAsked?: boolean;
}

/**
 * What strace would print, newest last, and under it the call that comes next.
 *
 * ```
 *  server  listen(19, 5)                        = 0            14 us
 * >client  connect(client, 127.0.0.1:8080)      next call
 * ```
 *
 * While the learner is asked about it, `= ?` stands where its result will; then what shows the answer is pointed at.
 */
export function callLines(view: PointedView, next: NextCall | null, look: Look, size: Size): Line[] {
  const coming = next ? nextLines(next, look, size, actorWidth(view)) : [];
  const room = size.height - coming.length;
  const newest = view.calls.at(-1);
  const actors = actorWidth(view);
  const seen = seenOf(happened(view), view, Math.max(0, room));
  let spare = room - seen.length;
  const rowsOf = (one: CallLine | Heard): Line[] => {
    const pointer = pointerTo(one, view, look);
    if ('kind' in one) return [heardLine(one, pointer, look, size.width, actors)];
    const rows = callRows(one, {pointer, isNewest: one === newest, look, width: size.width, actors}, 1 + spare);
    spare -= rows.length - 1;
    return rows;
  };
  const lines = seen.toReversed().map(one => rowsOf(one).map(row => meant(row, {kind: 'call', seq: one.seq})));
  return [...lines.toReversed().flat(), ...coming];
}

/** The calls, and between them what Node processes wrote and did. */
function happened(view: View): readonly (CallLine | Heard)[] {
  const heard = view.heard.filter(one => one.kind === 'traced' || !isNoise(one));
  return heard.length === 0 ? view.calls : [...view.calls, ...heard].sort((a, b) => a.seq - b.seq);
}

/** The newest that there is room for, and before others what is pointed at. */
function seenOf<T extends CallLine | Heard>(all: readonly T[], {evidence}: PointedView, room: number): readonly T[] {
  if (room === 0) return [];
  const pointed = all.filter(one => (evidence?.numberOf(one) ?? null) !== null).slice(-room);
  const others = all.filter(one => !pointed.includes(one)).slice(pointed.length - room);
  const seen = new Set(pointed.length < room ? [...pointed, ...others] : pointed);
  return all.filter(one => seen.has(one));
}

function heardLine(heard: Heard, pointer: Line, look: Look, width: number, actors: number): Line {
  const head: Line = [{text: ' '}, ...actorSpan(heard.actor, actors), {text: '  '}];
  if (heard.kind === 'said') {
    const said: Line = [...head, {text: saidText(heard, look.ascii)}];
    const room = width - widthOf(pointer);
    return fitLine([...fitLine(said, Math.min(room, widthOf(said))), ...pointer], width);
  }
  const text = tracedCallText(heard, look.ascii);
  const result = ` ${tracedResultText(heard, look.ascii)} `;
  const recorded = recordedSpans(heard, look);
  // Of a call that is too long its arguments give way, never its result.
  const room = Math.max(0, width - widthOf(head) - widthOf([{text: result}, ...recorded, ...pointer]));
  const call = fitLine([{text}], Math.min(room, widthOf([{text}])));
  return spread([...head, ...call, {text: result}], [...recorded, ...pointer], width);
}

/** That it is a recording, and of which Node; recordings of earlier releases do not say. */
const recordedSpans = ({recorded, node}: Extract<Heard, {kind: 'traced'}>, look: Look): Line =>
  recorded ? [styled(`${[look.say(screenText.recorded), node].filter(Boolean).join(' ')} `, {bold: true})] : [];

/** Room for the longest name, and a space. */
const actorWidth = (view: View): number => Math.max(8, ...view.lanes.map(lane => lane.actor.length + 1));

const timeWidth = 9;
/** Results stand under each other from here, unless a call is longer. */
const usualCallWidth = 40;
/** Less of a meaning than this says nothing. */
const leastMeaning = 8;

const actorSpan = (actor: CallLine['actor'], width: number): Line => fitLine([styled(actor, {tone: actor})], width);

interface CallForm {
  readonly pointer: Line;
  readonly isNewest: boolean;
  readonly look: Look;
  readonly width: number;
  readonly actors: number;
}

/** A call in a row; what has no room there goes on under it where there are so many rows: an errno's meaning, or the call. */
function callRows(line: CallLine, form: CallForm, most: number): Line[] {
  const text = callText(line.call, line.result, form.look.ascii);
  const meaning = meaningSpans(line, form.look);
  const {callWidth, lettersWidth, isCut, forTimed} = sharesOf(line, text, meaning, form);
  const room = Math.min(callWidth, forTimed) - lettersWidth;
  const rows = most > 1 && isCut ? callUnder(line, text, form, room) : [];
  if (rows.length > 0 && rows.length <= most) return rows;
  return [callLine(line, text, meaning, form)];
}

/** The same with its meaning under it, and of a call that is longer the rest. */
function callUnder(line: CallLine, text: string, form: CallForm, room: number): Line[] {
  const {width, actors} = form;
  const meaning = meaningSpans(line, form.look);
  const {isCut} = sharesOf(line, text, [], form);
  const written = writtenIn(text);
  // What the kernel wrote stays together.
  const head = written === '' ? text : text.slice(0, 1 - written.length);
  const indent = 1 + actors + 2;
  const [first = ''] = isCut ? wrap(head, room) : [text];
  const rest = text.slice(first.length).trimStart();
  const under = [rest, textOf(meaning).trimStart()].filter(one => one !== '').flatMap(one => wrap(one, width - indent));
  return [callLine(line, first, [], form), ...under.map((one): Line => [{text: ' '.repeat(indent)}, {text: one}])];
}

/** How much of a row the call has, and whether it has its time. */
function sharesOf(line: CallLine, text: string, meaning: Line, {pointer, look, width, actors}: CallForm) {
  const lettersWidth = widthOf(lettersOf(line));
  const wanted = widthOf([{text}]) + lettersWidth;
  const free = width - 1 - actors - widthOf(answerSpans(line, look)) - 1 - widthOf(pointer);
  // What the kernel wrote is worth more than the time, and what is pointed at more than both.
  const least = pointer.length > 0 ? Math.max(usualCallWidth, wanted + widthOf(meaning)) : leastCall(text);
  const isTimed = free - timeWidth - lettersWidth >= least;
  const time = widthOf(timeOf(line));
  // Times stand under each other where that takes nothing from the rest.
  const forTime = free - timeWidth >= wanted + widthOf(meaning) ? timeWidth : time;
  const room = isTimed ? free - forTime : free;
  // Where there is no room for all, an errno's meaning gives way before the call does.
  const leastHere = Math.min(room, wanted, usualCallWidth);
  const callWidth = Math.max(leastHere, Math.min(room - widthOf(meaning), Math.max(usualCallWidth, wanted)));
  const isCut = callWidth < wanted || room - callWidth < widthOf(meaning);
  return {
    callWidth,
    forTimed: free - forTime,
    lettersWidth,
    wanted,
    isCut,
    forMeaning: room - callWidth,
    forTime: isTimed ? forTime : 0,
  };
}

const timeOf = ({elapsedUs}: CallLine): Line => [
  {text: ' '},
  styled(elapsedUs === null ? '' : durationText(elapsedUs), {dim: true}),
];

const lettersOf = ({marks}: CallLine): Line =>
  marks.map(mark => styled(` ${letterOf(mark.send)}`, {bold: true, tone: toneOfSend(mark.send)}));

function callLine(line: CallLine, text: string, meaning: Line, form: CallForm): Line {
  const {pointer, isNewest, look, width, actors} = form;
  const {callWidth, lettersWidth, wanted, forMeaning, forTime} = sharesOf(line, text, meaning, form);
  const said = forMeaning < widthOf(meaning) && forMeaning < leastMeaning ? [] : meaning;
  const call = spread(
    [styled(fitCall(text, callWidth - lettersWidth), {bold: isNewest})],
    lettersOf(line),
    Math.min(callWidth, wanted),
  );
  return spread(
    [
      ...[{text: ' '}, ...actorSpan(line.actor, actors), ...fitLine(call, callWidth), {text: ' '}],
      ...[...answerSpans(line, look), ...said],
    ],
    [...(forTime > 0 ? fitLine(timeOf(line), forTime) : []), ...pointer],
    width,
  );
}

/** What the kernel wrote stands at the end, in braces: where there is no room for all, it is the middle that goes. */
function fitCall(text: string, width: number): string {
  const written = writtenIn(text);
  const room = width - widthOf([{text: written}]);
  return room < leastBefore
    ? fitText(text, width)
    : fitText(text.slice(0, text.length - written.length), room) + written;
}
const leastBefore = 12;
const writtenIn = (text: string): string => /, \{[^{}]*\}\)$/.exec(text)?.[0] ?? '';
/** Cells that a call needs for what the kernel wrote to be seen whole; 0 where it wrote nothing. */
const leastCall = (text: string): number => {
  const written = writtenIn(text);
  return written === '' ? 0 : leastBefore + widthOf([{text: written}]);
};

function answerSpans({call, result}: CallLine, look: Look): Span[] {
  switch (result.kind) {
    case 'waiting':
      return [styled(look.say(call.name === 'run' ? screenText.running : screenText.waitingCall), {bold: true})];
    case 'lost':
      return [styled(resultText(result), {bold: true})];
    case 'failed':
      return [styled(resultText(result), {tone: 'errno', bold: true})];
    case 'returned':
      return [styled(resultText(result, look.ascii, call), {bold: true})];
    case 'evaluated':
      return [styled(resultText(result, look.ascii), {bold: true})];
    case 'ended':
      return [styled(resultText(result, look.ascii), {bold: true, ...(result.code === 0 ? {} : {tone: 'errno'})})];
    case 'threw':
      return [styled(resultText(result, look.ascii), {tone: 'errno', bold: true})];
  }
}

const meaningSpans = ({result}: CallLine, look: Look): Line =>
  result.kind === 'failed' ? [{text: ` ${look.say(errnoText[result.errno] ?? errnoText.EUNKNOWN)}`}] : [];

/** The call that comes next; of one that is asked about, as many of its step's calls as there is room for, the asked one last. */
function nextLines({step, message, port, isAsked}: NextCall, look: Look, size: Size, actors: number): Line[] {
  const acts = isAsked ? actsOf(step).slice(-Math.max(1, Math.floor(size.height / 2))) : [step];
  return acts.map(({actor, call}, i): Line => {
    const text = lessonCallText(call, message, look.ascii).replaceAll('{port}', String(port));
    const head: Line = [styled(i === 0 ? '>' : ' ', {bold: true}), ...actorSpan(actor, actors)];
    if (!isAsked) {
      const label: Line = [styled(`${look.say(screenText.nextCall)} `, {bold: true})];
      return spread([...head, styled(text, {dim: true})], label, size.width);
    }
    const isLast = i === acts.length - 1;
    const answer: Line = isLast ? [styled(' = ?', {bold: true})] : [];
    const room = size.width - widthOf(head) - widthOf(answer);
    const cells = Math.min(room, Math.max(usualCallWidth, widthOf([{text}])));
    return [...head, ...fitLine([styled(text, isLast ? {bold: true} : {dim: true})], cells), ...answer];
  });
}
