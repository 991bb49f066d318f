import {Ajv} from 'ajv';
import {describe, expect, test} from 'vitest';
import {fd} from '../../src/model/brands.ts';
import type {Call} from '../../src/model/call.ts';
import type {Outcome} from '../../src/model/outcome.ts';
import {eventSchemas} from '../../src/timeline/event-schema.ts';

const isEvent = new Ajv().compile(eventSchemas['call-returned']);
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
