import {Ajv} from 'ajv';
import {describe, expect, test} from 'vitest';
import {fd} from '../../src/model/brands.ts';
import type {Call} from '../../src/model/call.ts';
import type {Outcome} from '../../src/model/outcome.ts';
import {callSchemas, outcomeSchemas} from '../../src/timeline/call-schema.ts';
import {eventSchemas} from '../../src/timeline/event-schema.ts';
import {object, type Schema, text} from '../../src/timeline/schema.ts';
import {serveEventSchemas} from '../../src/timeline/serve-schema.ts';
import {examples} from '../event-doc.ts';
import {objectsIn, propertiesOf} from './schema-parts.ts';

const ajv = new Ajv();
const isEvent = ajv.compile(eventSchemas['call-returned']);
const where = {seq: 0, at: 0, kind: 'call-returned', lesson: 'a', step: 'b', actor: 'server', elapsedUs: 1};
const zero = {kind: 'returned', value: 0} as const;
const of = fd(18);
const stream = {domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0} as const;
const option = {fd: of, level: 'SOL_SOCKET'} as const;

const good: readonly (readonly [Call, Outcome])[] = [
  [{name: 'socket', ...stream}, zero],
  [{name: 'socket', ...stream, flags: ['SOCK_NONBLOCK', 'SOCK_CLOEXEC']}, zero],
  [
    {name: 'socket', ...stream, type: 'SOCK_RAW'},
    {kind: 'failed', errno: 'EPERM', code: 1},
  ],
  [
    {name: 'socketpair', ...stream, domain: 'AF_UNIX'},
    {...zero, fds: [of, fd(19)]},
  ],
  [{name: 'accept4', fd: of, flags: []}, zero],
  [
    {name: 'fcntl', fd: of, command: 'F_GETFL'},
    {...zero, value: 0x802},
  ],
  [{name: 'fcntl', fd: of, command: 'F_SETFL', value: 0}, zero],
  [{name: 'setsockopt', ...option, option: 'SO_RCVTIMEO', value: {milliseconds: 0.5}}, zero],
  [
    {name: 'getsockopt', ...option, option: 'SO_RCVTIMEO'},
    {...zero, timeout: {milliseconds: 3.333}},
  ],
  [
    {name: 'getsockopt', ...option, option: 'SO_LINGER'},
    {...zero, linger: {onoff: 0, seconds: 0}},
  ],
  [
    {name: 'getsockopt', ...option, option: 'SO_PEERCRED'},
    {...zero, credentials: {pid: 0, uid: -1, gid: -1}},
  ],
];

const bad: readonly (readonly [string, unknown, unknown])[] = [
  ['a flag that is none', {name: 'socket', ...stream, flags: ['SOCK_ASYNC']}, zero],
  ['accept4() without flags', {name: 'accept4', fd: 18}, zero],
  ['F_SETFL without a value', {name: 'fcntl', fd: 18, command: 'F_SETFL'}, zero],
  ['a pair of one', {name: 'socketpair', ...stream}, {...zero, fds: [18]}],
  ['a time before now', {name: 'setsockopt', ...option, option: 'SO_RCVTIMEO', value: {milliseconds: -1}}, zero],
];

describe('the schema of call-returned', () => {
  test.each(good)('takes %j', (call, outcome) => {
    isEvent({...where, call, outcome});
    expect(isEvent.errors).toBeNull();
  });

  test.each(bad)('refuses %s', (_, call, outcome) => {
    expect(isEvent({...where, call, outcome})).toBe(false);
  });
});

/** The same with one more property, once in each object that it holds, itself included. */
function* withOneMore(value: unknown, path = ''): Generator<[string, unknown]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [path, {...value, unheardOf: 1}];
  for (const [name, held] of Object.entries(value)) {
    for (const [inner, changed] of withOneMore(held, `${path}.${name}`))
      yield [inner, Array.isArray(value) ? value.with(Number(name), changed) : {...value, [name]: changed}];
  }
}

const all: readonly (readonly [string, Schema, Record<string, unknown>])[] = [
  ...examples('').map(one => [String(one.kind), eventSchemas[one.kind as keyof typeof eventSchemas], one] as const),
  ...examples('call').map(one => [`call ${one.name}`, callSchemas[one.name as keyof typeof callSchemas], one] as const),
  ...examples('outcome').map(
    one => [`outcome ${one.kind}`, outcomeSchemas[one.kind as keyof typeof outcomeSchemas], one] as const,
  ),
  ...examples('serve').map(
    one => [`serve ${one.kind}`, serveEventSchemas[one.kind as keyof typeof serveEventSchemas], one] as const,
  ),
];

describe('a property that no version has written yet is refused in', () => {
  test.each(all)('each object of %s', (_, schema, value) => {
    const validate = ajv.compile(schema);
    expect([validate(value), validate.errors]).toEqual([true, null]);
    for (const [path, changed] of withOneMore(value)) expect([path, validate(changed)]).toEqual([path, false]);
  });

  const schemas = Object.entries({...eventSchemas, ...serveEventSchemas, ...callSchemas, ...outcomeSchemas});
  test.each(schemas)('each object of the schema of %s, which lacks no property that it asks for', (_, schema) => {
    expect(objectsIn(schema)).not.toEqual([]);
    for (const one of objectsIn(schema)) {
      expect(one.additionalProperties).toBe(false);
      expect(Object.keys(propertiesOf(one))).toEqual(expect.arrayContaining(one.required as string[]));
    }
  });
});

test('the compiler refuses a schema that does not have all properties of its type, optional ones as well', () => {
  interface Wrong {
    readonly claimed: string;
    readonly found?: string;
  }
  object<Wrong>({claimed: text}, {found: text});
  // @ts-expect-error found
  object<Wrong>({claimed: text});
  // @ts-expect-error found is optional
  object<Wrong>({claimed: text, found: text});
  // @ts-expect-error claimed
  object<Wrong>({}, {found: text});
  // @ts-expect-error neither
  object<Wrong>({claimed: text, other: text}, {found: text});
});
