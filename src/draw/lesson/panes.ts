import {cCode} from '../../messages/c-code.ts';
import {harmless, hex} from '../../messages/harmless.ts';
import {paneNames, paneText, screenText} from '../../messages/screen.ts';
import {sideOf} from '../../model/actor.ts';
import {messageFlags} from '../../model/call.ts';
import {actsOf, type Lesson, type PaneName, partSought, type Step} from '../../model/lesson.ts';
import {fromBase64} from '../../model/payload.ts';
import {letterOf, type Mark, type Place} from '../../timeline/passport.ts';
import {isReceiving, isSending, isUrgent} from '../../timeline/project.ts';
import type {CallLine, View} from '../../timeline/view.ts';
import type {PaneData, Size} from '../pane.ts';
import {pictureLines} from '../picture/picture.ts';
import {toneOfSend} from '../text/colors.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, type Span, styled} from '../text/spans.ts';
import {wrap} from '../text/wrap.ts';
import {decodingLines} from '../wire/decodings.ts';
import {wirePane} from '../wire/wire-pane.ts';
import {kernelLines} from './kernel-pane.ts';
import {type ListingLine, listingLines, windowAround} from './listing.ts';
import {sockaddrLines} from './sockaddr.ts';

/** The same step as C, as Node, as bytes, as rows of the kernel's tables, or as frames on the wire. */
export function paneLines(pane: Exclude<PaneName, 'flow' | 'calls'>, data: PaneData, look: Look, size: Size): Line[] {
  switch (pane) {
    case 'picture':
      return pictureLines(data, look, size);
    case 'c':
    case 'node':
      return codeLines(pane, data, look, size);
    case 'bytes':
      return bytesLines(data, look, size);
    case 'kernel':
      return kernelLines(data.view, look, size);
    case 'wire':
      return wirePane(data, look, size);
  }
}

/** All of them under each other, for screens with room. */
export function allPanes(data: PaneData, look: Look, {width, height}: Size): Line[] {
  const label = 9;
  const panes = height >= wireFrom ? ([...usualPanes, 'wire'] as const) : usualPanes;
  const gaps = panes.length - 1;
  const each = Math.max(1, Math.floor((height - gaps) / panes.length));
  const heightOf = (pane: PaneName): number =>
    pane === 'kernel' ? Math.max(1, height - gaps - (panes.length - 1) * each) : each;
  return panes.flatMap((pane, i) => {
    const room = heightOf(pane);
    const lines = paneLines(pane, data, look, {width: width - label, height: room}).slice(0, room);
    const named = lines.map(
      (line, row): Line => [
        ...fitLine([styled(row === 0 ? look.say(paneText[pane]) : '', {bold: true})], label),
        ...line,
      ],
    );
    return i === 0 ? named : [[], ...named];
  });
}

const usualPanes = ['c', 'node', 'kernel', 'bytes'] as const;
/** From so many rows on there are some left for the frames. */
const wireFrom = 19;

/** The panes that a lesson has. */
export const panesOf = (lesson: Lesson): readonly PaneName[] =>
  paneNames.filter(pane => pane !== 'picture' || lesson.picture !== undefined);

/** `[calls] C  Node  bytes  kernel  wire`, the one that is shown in brackets. */
export function paneTabs(shown: PaneName, panes: readonly PaneName[], look: Look): Line {
  return panes.flatMap((pane): Span[] => {
    const name = look.say(paneText[pane]);
    return pane === shown
      ? [styled(`[${name}]`, {bold: true}), {text: ' '}]
      : [styled(` ${name} `, {dim: true}), {text: ' '}];
  });
}

function codeLines(language: 'c' | 'node', {lesson, step, port}: PaneData, look: Look, {width, height}: Size): Line[] {
  const [first = null] = lesson.steps;
  const shown = step ?? (first?.arrange ? null : first);
  if (!shown) return [];
  const file = Object.values(lesson.files ?? {})
    .map(listingLines)
    .find(isAbout(shown.id));
  const lines =
    language === 'node' && file
      ? windowAround(file, shown.id, height)
      : lesson.programs
        ? windowAround(listingLines(lesson.programs[language][sideOf(shown.actor)]), shown.id, height)
        : partOf(ownCode(language, shown, width - 2), language, height);
  if (lines.length === 0) return [[styled(look.say(screenText.calledBy), {dim: true})]];
  return lines.map(line => {
    const isShown = line.steps.includes(shown.id);
    const text = line.text.replaceAll('{port}', String(port));
    return [styled(`${isShown ? '>' : ' '} ${text}`, isShown ? {bold: true, tone: shown.actor} : {dim: true})];
  });
}

const isAbout = (step: string) => (lines: readonly ListingLine[]) => lines.some(line => line.steps.includes(step));
/** Where there is no room for all: of C the end, where the call stands after what it needs; of Node the beginning. */
const partOf = (lines: readonly ListingLine[], language: 'c' | 'node', height: number): readonly ListingLine[] =>
  language === 'c' ? lines.slice(-height) : lines.slice(0, height);

/** Code of the step alone: every line of it is the step's. */
function ownCode(language: 'c' | 'node', step: Step, width: number): ListingLine[] {
  return codeOf(language, step)
    .filter(text => text !== '')
    .flatMap(text => (language === 'node' ? wrap(text, width) : [text]))
    .map(text => ({text, steps: [step.id]}));
}

/** A step in a language, line by line. */
export const codeOf = (language: 'c' | 'node', step: Step): readonly string[] =>
  language === 'c' ? cCode(step) : (step.node ?? statementsOf(step)).trim().split('\n');

const statementsOf = (step: Step): string =>
  actsOf(step)
    .flatMap(({call}) => (call.name === 'evaluate' ? [call.code] : []))
    .join('\n');

/** The newest call's bytes in hexadecimal beside the characters that they make, under the way that they have taken. */
function bytesLines({view, step, port}: PaneData, look: Look, {width, height}: Size): Line[] {
  const call = view.calls.at(-1);
  const bytes = call ? bytesOf(call) : new Uint8Array();
  if (call?.sockaddr && bytes.length === 0) return sockaddrLines(fromBase64(call.sockaddr), look, {width, height});
  if (!call || bytes.length === 0) return [[styled(look.say(screenText.nothingSent), {dim: true})]];
  const passports = call.marks.flatMap(mark => passportLines(mark, view, look));
  const texts = decodingLines(view, look, width);
  const perLine = width >= 76 ? 16 : 8;
  const rows: Line[] = [];
  // Where a step looks for something, what comes before it is left out.
  const sought = (step && partSought(step, port)) ?? new Uint8Array();
  const first = Math.max(0, Buffer.from(bytes).indexOf(sought));
  const owners = ownersOf(call.marks, Math.min(bytes.length, first + perLine * height));
  for (
    let start = first - (first % perLine);
    start < bytes.length && rows.length < height - passports.length - texts.length;
    start += perLine
  ) {
    rows.push(hexLine(bytes, start, perLine, owners, look));
  }
  return [...passports, ...rows, ...texts];
}

/** `A  client send() 15 B → server recv() 4 + 4 B → Recv-Q`: who made the bytes, who has them, and where the others were seen. */
function passportLines({send, length}: Mark, view: View, look: Look): Line[] {
  const lengthIn = (line: CallLine): number => line.marks.find(mark => mark.send === send)?.length ?? 0;
  const carriers = view.calls.filter(line => lengthIn(line) > 0);
  const sender = carriers.find(line => isSending(line.call));
  const sent = sender ? lengthIn(sender) : length;
  const received = new Map<string, number[]>();
  const takers = carriers.filter(isTaking);
  for (const line of takers) {
    const name = `${line.actor} ${line.call.name}()`;
    received.set(name, [...(received.get(name) ?? []), lengthIn(line)]);
  }
  const places = [...received].map(([name, lengths]) =>
    lengths[0] === sent ? name : `${name} ${lengths.join(' + ')} B`,
  );
  const made = sender ? `${sender.actor} ${sender.call.name}() ` : '';
  const lost = takers.flatMap(line => line.marks).find(mark => mark.send === send)?.lost ?? 0;
  const taken = takers.reduce((sum, line) => sum + lengthIn(line), lost);
  const rest = sender && !isUrgent(sender.call) ? restOf(send, sent - taken, view, look) : [];
  const way: Line = [
    styled(`${letterOf(send)}  `, {bold: true, tone: toneOfSend(send)}),
    {text: [`${made}${sent} B`, ...places, ...rest].join(` ${look.glyphs.right} `)},
  ];
  if (lost === 0) return [way];
  return [way, [styled(`   ${look.say(screenText.lost, {n: lost})}`, {bold: true})]];
}

const placeText: Readonly<Record<Place, (look: Look) => string>> = {
  'recv-queue': () => 'Recv-Q',
  'send-queue': () => 'Send-Q',
  gone: look => look.say(screenText.gone),
  dropped: look => look.say(screenText.dropped),
  unseen: look => look.say(screenText.unseen),
};

/** Where the bytes of a send() are that nobody has received, as the kernel was last seen: `Recv-Q 10 B + Send-Q 5 B`. */
function restOf(send: number, length: number, view: View, look: Look): string[] {
  const seen = view.flows.places[send] ?? [];
  const isDatagram = seen.some(({place}) => place === 'dropped');
  if (length <= 0 && !isDatagram && !isOnTheWay(send, view)) return [];
  const [only, ...others] = seen;
  if (!only || others.length === 0) return [placeText[only?.place ?? 'unseen'](look)];
  return [seen.map(part => `${placeText[part.place](look)} ${part.length} B`).join(' + ')];
}

const isOnTheWay = (send: number, view: View): boolean =>
  Object.values(view.flows.inFlight).some(marks => marks.some(mark => mark.send === send));

/** Receives, and does not only look. */
const isTaking = ({call}: CallLine): boolean => isReceiving(call) && (call.flags & messageFlags.MSG_PEEK) === 0;

function bytesOf(line: CallLine): Uint8Array {
  const {call, result} = line;
  if (result.kind !== 'returned') return new Uint8Array();
  if (call.name === 'send' || call.name === 'sendto') return fromBase64(call.data).subarray(0, result.value);
  return result.data === undefined ? new Uint8Array() : fromBase64(result.data);
}

/** For each of the first bytes, which send() made it; null where that was not seen. */
function ownersOf(marks: readonly Mark[], length: number): (number | null)[] {
  const owners: (number | null)[] = [];
  for (const mark of marks) {
    for (let n = 0; n < mark.length && owners.length < length; n++) owners.push(mark.send);
  }
  while (owners.length < length) owners.push(null);
  return owners;
}

function hexLine(
  bytes: Uint8Array,
  start: number,
  perLine: number,
  owners: readonly (number | null)[],
  look: Look,
): Line {
  const end = Math.min(start + perLine, bytes.length);
  const cells = Array.from({length: end - start}, (_, i): Span => {
    const owner = owners[start + i];
    const text = `${hex(bytes[start + i] ?? 0)} `;
    return owner === null || owner === undefined ? {text} : styled(text, {tone: toneOfSend(owner)});
  });
  // Where nothing is known of any byte, as on a Unix stream, whose ends the kernel's table does not join, no letter stands.
  const isFollowed = owners.some(owner => owner !== null);
  const letters = isFollowed ? owners.slice(start, end).map(owner => (owner === null ? '?' : letterOf(owner))) : [];
  const runs = [...new Set(letters)].join('');
  return [
    styled(`${start.toString(16).padStart(4, '0')}  `, {dim: true}),
    ...fitLine(cells, 3 * perLine),
    ...textCells(bytes, start, end, look),
    styled(`  ${runs}`, {bold: true}),
  ];
}

/** Characters that begin in this line; one whose bytes go on in the next line stands here. */
function textCells(bytes: Uint8Array, start: number, end: number, look: Look): Line {
  return harmless(bytes.subarray(0, end + 3), look.ascii)
    .filter(piece => piece.start >= start && piece.start < end)
    .map(piece => (piece.isMark ? styled(piece.text, {dim: true, inverse: true}) : {text: piece.text}));
}
