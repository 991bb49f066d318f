import {plainText} from '../../draw/text/glyphs.ts';
import {withoutSteering} from '../../draw/text/spans.ts';
import {fill} from '../../messages/fill.ts';
import {harmlessText} from '../../messages/harmless.ts';
import {jsonText} from '../../messages/json.ts';
import {
  actText,
  clientEndText,
  firstHeardText,
  limitText,
  serveEventText,
  serveModeText,
  serveText,
  spokenText,
  stoppingUdpText,
  whyUnansweredText,
} from '../../messages/serve.ts';
import {type Endpoint, endpointText} from '../../model/address.ts';
import type {Base64} from '../../model/call.ts';
import {fromBase64} from '../../model/payload.ts';
import type {ServeEvent, ServeLimit} from '../../model/serve.ts';
import type {Language, Text} from '../../model/text.ts';
import {commandFor} from './serve-place.ts';

/** How the log is written. */
export interface LogStyle {
  readonly language: Language;
  readonly ascii: boolean;
  readonly isUdp: boolean;
}

/** `   1.203  client 1  connected from 127.0.0.1:43916` */
export const logLine = (event: ServeEvent, style: LogStyle): string =>
  `${timeText(event.at)}  ${eventText(event, style)}`;

/** Events that could not be told in time: `first` would have been the number of the first one. */
export const droppedLine = (at: number, count: number, {language}: Pick<LogStyle, 'language'>): string =>
  `${timeText(at)}  ${fill(serveEventText.dropped, language, {count})}`;

export const droppedJson = (at: number, first: number, count: number): string =>
  jsonText({seq: first, at, kind: 'dropped', count});

const timeText = (at: number): string => at.toFixed(3).padStart(8);

/** What happened, in words; what clients sent made harmless. */
export function eventText(event: ServeEvent, {language, ascii, isUdp}: LogStyle): string {
  const text = (isUdp && udpText[event.kind]) || serveEventText[event.kind];
  const words = fill(text, language, valuesOf(event, language, ascii));
  return withoutSteering(ascii ? plainText(words) : words);
}

/** Where UDP, which has no connections, needs other words. */
const udpText: Readonly<Partial<Record<ServeEvent['kind'], Text>>> = {
  connected: firstHeardText,
  stopping: stoppingUdpText,
};

function valuesOf(event: ServeEvent, language: Language, ascii: boolean): Readonly<Record<string, string | number>> {
  const who = 'client' in event ? fill(serveText.client, language, {n: event.client}) : '';
  const from = (end: Endpoint | null) => (end ? endpointText(end) : serveText.unnamed[language]);
  const greets = ({greeting: bytes}: {readonly greeting: number}) =>
    bytes === 0 ? '' : fill(serveText.greets, language, {bytes});
  const limit = (name: ServeLimit, value: number) => fill(limitText[name], language, {value});
  switch (event.kind) {
    case 'listening':
      return {place: placeWords(event.place), pid: event.pid, command: commandFor(event.place), greets: greets(event)};
    case 'connected':
      return {who, from: from(event.from)};
    case 'turned-away':
      return {from: from(event.from), limit: limit(event.limit, event.value)};
    case 'received':
      return {who, bytes: event.bytes, data: beginning(event.data, event.bytes, ascii)};
    case 'received-more':
      return {who, bytes: event.bytes, chunks: event.chunks};
    case 'recognized':
      return {who, as: spokenText[event.as][language], line: event.line && `: ${beginning(event.line, 0, ascii)}`};
    case 'limited':
      return {who, limit: limit(event.limit, event.value)};
    case 'acted':
      return {who, act: fill(actText[event.act], language, {bytes: event.bytes})};
    case 'mode-changed':
      return {mode: serveModeText[event.mode][language]};
    case 'closed':
      return {who, end: endText(event.end, event.errno, language), bytesIn: event.bytesIn, bytesOut: event.bytesOut};
    case 'not-reading':
      return {who, unsent: event.unsent};
    case 'client-ended':
      return {who};
    case 'stopping':
      return {open: event.open};
    case 'unanswered':
      return {who, why: whyUnansweredText[event.why][language]};
    case 'stopped': {
      const {unanswered: n} = event;
      return {unanswered: n === 0 ? '' : fill(serveText.notAnswered, language, {n})};
    }
  }
}

const placeWords = (place: Extract<ServeEvent, {kind: 'listening'}>['place']): string =>
  place.kind === 'unix' ? place.path : `${endpointText(place)}${place.kind === 'udp' ? ' (UDP)' : ''}`;

export const endText = (end: keyof typeof clientEndText, errno: string | null, language: Language): string =>
  `${clientEndText[end][language]}${errno === null ? '' : ` (${errno})`}`;

const beginning = (data: Base64, bytes: number, ascii: boolean): string => {
  const shown = fromBase64(data);
  return `${harmlessText(shown, ascii)}${bytes > shown.length ? '...' : ''}`;
};
