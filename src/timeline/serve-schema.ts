import type {ServeHappening} from '../model/serve.ts';
import {base64, count, endpoint, object, orNull, port, text} from './event-schema.ts';

/**
 * JSON Schemas (draft-07) of the events that `serve --format json` writes, by kind. Kinds and fields may be added in a minor version;
 * none are removed or change their meaning.
 */
const client = {type: 'integer', minimum: 1};
const place = {
  anyOf: [object({kind: {enum: ['tcp', 'udp']}, host: text, port}), object({kind: {const: 'unix'}, path: text})],
};
const ends = ['closed', 'reset-by-client', 'reset-here', 'limited', 'stopped', 'forgotten'];
const acts = ['pause', 'resume', 'half-close', 'reset', 'send'];

const event = (kind: string, properties: Record<string, unknown>) =>
  object({seq: count, at: {type: 'number', minimum: 0}, kind: {const: kind}, ...properties});

export const serveEventSchemas: Readonly<Record<ServeHappening['kind'] | 'dropped', ReturnType<typeof object>>> = {
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
