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
import {nestedHeaders} from './nested-headers.ts';

/** The layers, those that the step's calls concern marked; and, where bytes are sent or there is room, a frame. */
export const layersPicture: Picture = (data, look, size) => {
  const {width} = size;
  const tall = tallStack(data, look, width);
  const short = shortStack(data, look, width);
  const {bytes, head} = frameOf(data);
  const brief = nestedHeaders(bytes, head, look, width, false);
  const full = nestedHeaders(bytes, head, look, width, true);
  const sends = actsOfStep(data).some(({call}) => call.name === 'send');
  const wishes = sends
    ? [[tall, full], [tall, brief], [short, full], [short, brief], [full], [brief]]
    : [[tall, full], [tall, brief], [tall], [short]];
  const fitting = wishes.map(under).find(lines => lines.length <= size.height);
  return (fitting ?? tinyStack(data, look, size)).slice(0, size.height).map(line => fitLine(line, width));
};

/** The newest frame of this walk that carries data; before there is one, the recorded one. */
function frameOf({frames, isRecorded}: PaneData): {bytes: Uint8Array; head: Text} {
  const newest = frames.findLast(
    ({summary}) => (summary?.kind === 'tcp' || summary?.kind === 'udp') && summary.length > 0,
  );
  if (!newest) return {bytes: recordedFrame, head: layersText.recorded};
  return {bytes: fromBase64(newest.frame.data), head: isRecorded ? layersText.ofRecording : layersText.captured};
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
function tallStack(data: PaneData, look: Look, width: number): Line[] {
  const lit = concerned(data);
  const rows = layers.flatMap(({layer, osi}) =>
    osi.map((number, i): Row => {
      const internet = i === 0 ? internetName(layer, look) : '';
      return {layer, osi: osiName(number, look), internet, isLit: number !== 1 && lit.has(layer)};
    }),
  );
  return stack(rows, data, look, width);
}

/** One row for each layer of TCP/IP. Where there is no room for the names of OSI's layers, their numbers. */
function shortStack(data: PaneData, look: Look, width: number): Line[] {
  const lit = concerned(data);
  const rows = (name: (number: OsiLayer) => string): Row[] =>
    layers.map(({layer, osi}) => ({
      layer,
      osi: osi.map(name).join(' '),
      internet: internetName(layer, look),
      isLit: lit.has(layer),
    }));
  const named = stack(
    rows(number => osiName(number, look)),
    data,
    look,
    width,
  );
  const isRoomy = named.every(line => widthOf(line) <= width);
  return isRoomy ? named : stack(rows(String), data, look, width);
}

/**
 * ```
 * □ 7 application      │ application
 * ── socket API ── server listen(19, 5) = 0 ──────────
 * ■ 4 transport        │ transport TCP/UDP
 * □ 3 network          │ internet IP
 * □ 2 data link OSI (7) │ link  TCP/IP (4)
 * ```
 */
function stack(rows: readonly Row[], data: PaneData, look: Look, width: number): Line[] {
  const [osiLabel, internetLabel] = [look.say(layersText.osi), look.say(layersText.internet)];
  const last = rows.at(-1);
  const osiWidth = widestOf([...rows.map(row => row.osi), `${last?.osi} ${osiLabel}`]);
  const internetWidth = widestOf([...rows.map(row => row.internet), `${last?.internet} ${internetLabel}`]);
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
  return [...lines.slice(0, above), apiLine(data, look, width), ...lines.slice(above)];
}

/** What is above the socket API, the call where there is a row for it, and what is below. */
function tinyStack(data: PaneData, look: Look, {width, height}: Size): Line[] {
  const lit = concerned(data);
  const [above = [], ...below] = layers.map(
    ({layer, osi}): Line => [
      markOf(lit.has(layer), data, look),
      styled(`${osi.join(' ')} ${look.say(layerText[layer])}  `, styleOf(lit.has(layer), data)),
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
  return [...name, ...call, styled(` ${horizontal.repeat(rest)}`, {dim: true})];
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
