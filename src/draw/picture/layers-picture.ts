import {layersText, layerText, osiText, protocolsOf} from '../../messages/layers.ts';
import {callText, lessonCallText, resultText} from '../../messages/notation.ts';
import {screenText} from '../../messages/screen.ts';
import {type Layer, layers, layersOf, type OsiLayer} from '../../model/layers.ts';
import {actsOf, portPlace} from '../../model/lesson.ts';
import {fromBase64} from '../../model/payload.ts';
import type {Text} from '../../model/text.ts';
import {recordedFrame} from '../../wire/recorded-frame.ts';
import type {PaneData, Picture, Size} from '../pane.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, type Span, spread, styled, widthOf} from '../text/spans.ts';
import {layerParts, nestedHeaders} from './nested-headers.ts';

/** The layers, those that the step's calls concern marked; and where bytes are sent a frame, which stays while there is room. */
export const layersPicture: Picture = (data, look, size) => {
  const {width} = size;
  const {bytes, head, isOwn} = frameOf(data);
  const parts = layerParts(bytes, look);
  const tall = tallStack(data, look, width, {});
  const lines = tall.filter((_, row) => row !== apiRow);
  const [brief, full] = [false, true].map(isFull => nestedHeaders(bytes, head, look, width, isFull)) as [
    Line[],
    Line[],
  ];
  // One row less than under a heading of its own: the lengths stand beside the layers' names.
  const beside = [...tallStack(data, look, width, parts), [styled(look.say(head), {bold: true})]];
  const sends = actsOfStep(data).some(({call}) => call.name === 'send');
  const headed = tallStack(data, look, width, {}, true);
  const stacks = [headed, tall, lines, ...shortStacks(data, look, width)];
  const withFrame = [under([headed, full]), under([tall, full]), under([tall, brief]), [...tall, ...brief]];
  const wishes = sends
    ? [...withFrame, beside, full, brief, ...stacks]
    : [...(isOwn ? [...withFrame, beside] : []), ...stacks];
  const fitting = wishes.find(one => one.length <= size.height && one.every(line => widthOf(line) <= width));
  return (fitting ?? tinyStack(data, look, size)).slice(0, size.height).map(line => fitLine(line, width));
};

/** Below the three layers of OSI that are the application's. */
const apiRow = 3;

/** The newest frame of this walk that carries data; before there is one, the recorded one. */
function frameOf({frames, isRecorded}: PaneData): {bytes: Uint8Array; head: Text; isOwn: boolean} {
  const newest = frames.findLast(
    ({summary}) => (summary?.kind === 'tcp' || summary?.kind === 'udp') && summary.length > 0,
  );
  if (!newest) return {bytes: recordedFrame, head: layersText.recorded, isOwn: false};
  const head = isRecorded ? layersText.ofRecording : layersText.captured;
  return {bytes: fromBase64(newest.frame.data), head, isOwn: true};
}

const under = (parts: readonly Line[][]): Line[] => parts.flatMap((lines, i) => (i === 0 ? lines : [[], ...lines]));

const actsOfStep = ({step}: PaneData) => (step ? actsOf(step) : []);

/** The layers that the step's calls concern. */
const concerned = (data: PaneData): ReadonlySet<Layer> =>
  new Set(actsOfStep(data).flatMap(({call}) => layersOf[call.name] ?? []));

interface Row {
  readonly layer: Layer;
  readonly osi: string;
  readonly internet: string;
  readonly isLit: boolean;
}

/** One row for each layer of OSI. Loopback, where the lessons are, has no physical layer: it is never marked. */
function tallStack(
  data: PaneData,
  look: Look,
  width: number,
  parts: Readonly<Partial<Record<Layer, string>>>,
  isHeaded = false,
): Line[] {
  const lit = concerned(data);
  const rows = layers.flatMap(({layer, osi}) =>
    osi.map((number, i): Row => {
      const name = parts[layer] ? `${look.say(layerText[layer])}  ${parts[layer]}` : internetName(layer, look);
      return {layer, osi: osiName(number, look), internet: i === 0 ? name : '', isLit: number !== 1 && lit.has(layer)};
    }),
  );
  return stack(rows, data, look, width, isHeaded);
}

/** Two rows fewer, then without the boundary, then without TCP/IP: each layer of OSI keeps its name. */
function shortStacks(data: PaneData, look: Look, width: number): Line[][] {
  const lit = concerned(data);
  const row = (layer: Layer, osi: readonly OsiLayer[], internet: string): Row => ({
    ...{layer, internet, isLit: lit.has(layer)},
    osi: osi.map(number => osiName(number, look)).join(' '),
  });
  const rows = layers.map(({layer, osi}) => row(layer, osi, internetName(layer, look)));
  const whole = stack(rows, data, look, width);
  const osiLine = ({osi, isLit}: Row): Line => [markOf(isLit, data, look), styled(osi, styleOf(isLit, data))];
  const split = layers.flatMap(({layer, osi}) =>
    layer === 'application' ? [row(layer, osi.slice(0, 1), ''), row(layer, osi.slice(1), '')] : [row(layer, osi, '')],
  );
  return [whole, whole.filter((_, at) => at !== 1), rows.map(osiLine), split.map(osiLine)];
}

/**
 * Whose layers they are stands above, where there is a row for it, and else in the last row:
 * ```
 * □ 7 application      │ application
 * ── socket API ── server listen(19, 5) = 0 ──────────
 * ■ 4 transport        │ transport TCP/UDP
 * □ 3 network          │ internet IP
 * □ 2 data link OSI (7) │ link  TCP/IP (4)
 * ```
 */
function stack(rows: readonly Row[], data: PaneData, look: Look, width: number, isHeaded = false): Line[] {
  const [osiLabel, internetLabel] = [look.say(layersText.osi), look.say(layersText.internet)];
  const last = isHeaded ? undefined : rows.at(-1);
  const osiWidth = widestOf([...rows.map(row => row.osi), last ? `${last.osi} ${osiLabel}` : osiLabel]);
  const internetWidth = widestOf([...rows.map(row => row.internet), last ? `${last.internet} ${internetLabel}` : '']);
  const lines = rows.map((row): Line => {
    const style = styleOf(row.isLit, data);
    const label = (text: string): Line => [styled(row === last ? text : '', {dim: true})];
    return [
      markOf(row.isLit, data, look),
      ...spread([styled(row.osi, style)], label(osiLabel), osiWidth),
      styled(` ${look.glyphs.vertical} `, {dim: true}),
      ...spread([styled(row.internet, style)], label(internetLabel), internetWidth),
    ];
  });
  const above = rows.filter(({layer}) => layer === 'application').length;
  return [
    ...(isHeaded ? [headOf(osiLabel, internetLabel, osiWidth, look)] : []),
    ...lines.slice(0, above),
    apiLine(data, look, width),
    ...lines.slice(above),
  ];
}

/** Whose layers stand below: as wide as a row of them with its mark. */
const headOf = (osi: string, internet: string, osiWidth: number, look: Look): Line => [
  ...fitLine([styled(`  ${osi}`, {bold: true})], osiWidth + 2),
  styled(` ${look.glyphs.vertical} `, {dim: true}),
  styled(internet, {bold: true}),
];

/** What is above the socket API, the call where there is a row for it, and what is below. */
function tinyStack(data: PaneData, look: Look, {width, height}: Size): Line[] {
  const lit = concerned(data);
  const [above = [], ...below] = layers.map(
    ({layer}): Line => [
      markOf(lit.has(layer), data, look),
      styled(`${look.say(layerText[layer])}  `, styleOf(lit.has(layer), data)),
    ],
  );
  return height < 3 ? [above, below.flat()] : [above, apiLine(data, look, width), below.flat()];
}

const osiName = (number: OsiLayer, look: Look): string => `${number} ${look.say(osiText[number])}`;
const internetName = (layer: Layer, look: Look): string =>
  `${look.say(layerText[layer])} ${protocolsOf[layer]}`.trimEnd();
const widestOf = (texts: readonly string[]): number => Math.max(...texts.map(text => widthOf([{text}])));

const markOf = (isLit: boolean, data: PaneData, look: Look): Span =>
  styled(`${isLit ? look.glyphs.full : look.glyphs.empty} `, styleOf(isLit, data));

const styleOf = (isLit: boolean, {step}: PaneData) =>
  isLit ? {bold: true, tone: step?.actor ?? 'client'} : {dim: true};

/** The boundary between process and kernel, with the newest call on it: that is where a call goes through. */
function apiLine(data: PaneData, look: Look, width: number): Line {
  const {horizontal} = look.glyphs;
  const name: Line = [
    styled(`${horizontal.repeat(2)} ${look.say(layersText.socketApi)} ${horizontal.repeat(2)} `, {bold: true}),
  ];
  const room = width - widthOf(name);
  const [whole, short] = [callOf(data, look, false), callOf(data, look, true)];
  const shown = widthOf(whole) <= room ? whole : short;
  const call = fitLine(shown, Math.min(widthOf(shown), room));
  const rest = Math.max(0, width - widthOf([...name, ...call]) - 1);
  return [...name, ...call, ...(rest > 0 ? [styled(` ${horizontal.repeat(rest)}`, {dim: true})] : [])];
}

/** The newest call and its result, or the one that comes first. */
function callOf({view, step, port}: PaneData, look: Look, isShort: boolean): Line {
  const made = view.calls.at(-1);
  if (made) {
    const text = isShort ? `${made.call.name}()` : callText(made.call, made.result, look.ascii);
    const result =
      made.result.kind === 'waiting'
        ? look.say(screenText.waitingCall)
        : resultText(made.result, look.ascii, made.call);
    return [styled(`${made.actor} ${text} ${result}`, {tone: made.actor})];
  }
  if (!step) return [];
  const text = isShort ? `${step.call.name}()` : lessonCallText(step.call, '', look.ascii);
  return [styled(`${step.actor} ${text.replaceAll(portPlace, String(port))}`, {tone: step.actor})];
}
