import {expect, test} from 'vitest';
import {cCode} from '../../src/messages/c-code.ts';
import {callText, resultText} from '../../src/messages/notation.ts';
import {fd} from '../../src/model/brands.ts';
import {type Call, messageFlags} from '../../src/model/call.ts';
import type {LessonCall, Step} from '../../src/model/lesson.ts';
import type {Returned} from '../../src/model/outcome.ts';

const [of, other] = [fd(18), fd(19)];
const stream = {domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0} as const;
const option = {fd: of, level: 'SOL_SOCKET'} as const;
const zero = {kind: 'returned', value: 0} as const;
const from = {family: 'AF_INET', host: '127.0.0.1', port: 4000 as never} as const;

const written: readonly (readonly [string, Call, Returned?])[] = [
  ['socket(AF_INET, SOCK_STREAM, 0) = 18', {name: 'socket', ...stream}, {...zero, value: 18}],
  [
    'socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK, 0) = 18',
    {name: 'socket', ...stream, flags: ['SOCK_NONBLOCK']},
    {...zero, value: 18},
  ],
  [
    'socketpair(AF_UNIX, SOCK_SEQPACKET|SOCK_CLOEXEC|SOCK_NONBLOCK, 0, [18, 19]) = 0',
    {
      name: 'socketpair',
      domain: 'AF_UNIX',
      type: 'SOCK_SEQPACKET',
      flags: ['SOCK_CLOEXEC', 'SOCK_NONBLOCK'],
      protocol: 0,
    },
    {...zero, fds: [of, other]},
  ],
  ['socketpair(AF_INET, SOCK_STREAM, 0)', {name: 'socketpair', ...stream}],
  [
    'accept4(18, {127.0.0.1:4000}, SOCK_NONBLOCK) = 19',
    {name: 'accept4', fd: of, flags: ['SOCK_NONBLOCK']},
    {...zero, value: 19, address: from},
  ],
  ['accept4(18, 0)', {name: 'accept4', fd: of, flags: []}],
  [
    'fcntl(18, F_GETFL) = 0x802 (flags O_RDWR|O_NONBLOCK)',
    {name: 'fcntl', fd: of, command: 'F_GETFL'},
    {...zero, value: 0x802},
  ],
  ['fcntl(18, F_GETFL) = 0x2 (flags O_RDWR)', {name: 'fcntl', fd: of, command: 'F_GETFL'}, {...zero, value: 2}],
  [
    'fcntl(18, F_GETFL) = 0x8000 (flags O_RDONLY|0x8000)',
    {name: 'fcntl', fd: of, command: 'F_GETFL'},
    {...zero, value: 0x8000},
  ],
  ['fcntl(18, F_SETFL, O_NONBLOCK) = 0', {name: 'fcntl', fd: of, command: 'F_SETFL', value: 'O_NONBLOCK'}, zero],
  [
    'setsockopt(18, SOL_SOCKET, SO_RCVTIMEO, {1, 500000}) = 0',
    {name: 'setsockopt', ...option, option: 'SO_RCVTIMEO', value: {milliseconds: 1500}},
    zero,
  ],
  [
    'getsockopt(18, SOL_SOCKET, SO_SNDTIMEO, {0, 4000}) = 0',
    {name: 'getsockopt', ...option, option: 'SO_SNDTIMEO'},
    {...zero, timeout: {milliseconds: 4}},
  ],
  [
    'getsockopt(18, SOL_SOCKET, SO_LINGER, {1, 7}) = 0',
    {name: 'getsockopt', ...option, option: 'SO_LINGER'},
    {...zero, linger: {onoff: 1, seconds: 7}},
  ],
  [
    'getsockopt(18, IPPROTO_IP, IP_TTL, 64) = 0',
    {name: 'getsockopt', fd: of, level: 'IPPROTO_IP', option: 'IP_TTL'},
    {...zero, option: 64},
  ],
  [
    'send(18, "", MSG_OOB|MSG_DONTROUTE|MSG_MORE|MSG_FASTOPEN)',
    {
      name: 'send',
      fd: of,
      data: '',
      flags: messageFlags.MSG_OOB | messageFlags.MSG_DONTROUTE | messageFlags.MSG_MORE | messageFlags.MSG_FASTOPEN,
    },
  ],
];

test.each(written.map(one => [one[0], one] as const))('%s', (_, [text, call, result]) => {
  expect([callText(call, result), ...(result ? [resultText(result, false, call)] : [])].join(' ')).toBe(text);
});

const inC: readonly (readonly [LessonCall, ...string[]])[] = [
  [{name: 'socket', ...stream, flags: ['SOCK_CLOEXEC']}, 'int made = socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, 0);'],
  [{name: 'accept4', fd: 'listener', flags: []}, 'int made = accept4(listener, NULL, NULL, 0);'],
  [{name: 'fcntl', fd: 'listener', command: 'F_GETFL'}, 'int made = fcntl(listener, F_GETFL);'],
  [
    {name: 'setsockopt', ...option, fd: 'listener', option: 'SO_SNDTIMEO', value: {milliseconds: 20}},
    'struct timeval value = {0, 20000};',
    'int made = setsockopt(listener, SOL_SOCKET, SO_SNDTIMEO, &value, sizeof value);',
  ],
  [
    {name: 'getsockopt', ...option, fd: 'listener', option: 'SO_RCVTIMEO'},
    'struct timeval value;',
    'socklen_t length = sizeof value;',
    'int made = getsockopt(listener, SOL_SOCKET, SO_RCVTIMEO, &value, &length);',
  ],
];

test.each(inC)('%j in C', (call, ...lines) => {
  expect(cCode({actor: 'server', call, creates: 'made'} as unknown as Step)).toEqual(lines);
});

test('of a payload as many characters are shown as strace shows, and three dots for the rest', () => {
  const sent = (text: string) =>
    callText({name: 'send', fd: of, data: Buffer.from(text).toString('base64') as never, flags: 0});
  expect(sent('x'.repeat(32))).toBe(`send(18, "${'x'.repeat(32)}", 0)`);
  expect(sent('x'.repeat(33))).toBe(`send(18, "${'x'.repeat(32)}"..., 0)`);
});
