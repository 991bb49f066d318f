import type {DroppedEvents, ServeEvent, ServePlace} from '../model/serve.ts';
import {
  anyOf,
  base64,
  closedObject,
  count,
  endpoint,
  object,
  orNull,
  port,
  type RequiredKeys,
  type SchemaOfEach,
  text,
} from './schema.ts';

/**
 * JSON Schemas (draft-07) of the events that `serve --format json` writes, by kind, just as this version does: a property that
 * is not here is refused. Kinds and properties may be added in a minor version; none are removed or change their meaning.
 */
const client = {type: 'integer', minimum: 1};
const place = anyOf(
  object<Extract<ServePlace, {host: string}>>({kind: {enum: ['tcp', 'udp']}, host: text, port}),
  object<Extract<ServePlace, {kind: 'unix'}>>({kind: {const: 'unix'}, path: text}),
);
const ends = ['closed', 'reset-by-client', 'reset-here', 'limited', 'stopped', 'forgotten'];
const acts = ['pause', 'resume', 'half-close', 'reset', 'send'];

type Written = ServeEvent | DroppedEvents;
type Kind = Written['kind'];

const event = <K extends Kind>(
  kind: K,
  properties: SchemaOfEach<Exclude<RequiredKeys<Extract<Written, {kind: K}>>, 'seq' | 'at' | 'kind'>>,
) => closedObject({seq: count, at: {type: 'number', minimum: 0}, kind: {const: kind}, ...properties});

export const serveEventSchemas: Readonly<Record<Kind, ReturnType<typeof closedObject>>> = {
  listening: event('listening', {place, pid: client, greeting: count}),
  connected: event('connected', {client, from: orNull(endpoint)}),
  'turned-away': event('turned-away', {
    from: orNull(endpoint),
    limit: {enum: ['clients', 'perAddress']},
    value: count,
  }),
  received: event('received', {client, bytes: count, data: base64}),
  'received-more': event('received-more', {client, chunks: {type: 'integer', minimum: 1}, bytes: count}),
  recognized: event('recognized', {client, as: {enum: ['http', 'tls']}, line: base64}),
  'client-ended': event('client-ended', {client}),
  'not-reading': event('not-reading', {client, unsent: count}),
  unanswered: event('unanswered', {client, why: {enum: ['service', 'itself', 'empty']}}),
  limited: event('limited', {client, limit: {enum: ['bytes', 'idle', 'line', 'rate']}, value: count}),
  acted: event('acted', {client, act: {enum: acts}, bytes: count}),
  'mode-changed': event('mode-changed', {mode: {enum: ['echo', 'upper-case', 'delayed', 'silent']}}),
  closed: event('closed', {client, end: {enum: ends}, errno: orNull(text), bytesIn: count, bytesOut: count}),
  stopping: event('stopping', {open: count}),
  stopped: event('stopped', {unanswered: count}),
  dropped: event('dropped', {count}),
};
