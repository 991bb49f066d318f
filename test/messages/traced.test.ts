import {expect, test} from 'vitest';
import {isNoise, saidText} from '../../src/messages/said.ts';
import {tracedText} from '../../src/messages/traced.ts';
import {bytesOfText, toBase64} from '../../src/model/payload.ts';

const hex = (text: string) =>
  `"${[...Buffer.from(text)].map(byte => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}"`;
const worked = {result: 0, errno: null};

test('addresses are written as in the call list', () => {
  const inet = `{sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr(${hex('127.0.0.1')})}`;
  expect(tracedText({name: 'bind', args: ['19', inet, '16'], ...worked})).toBe('bind(19, 127.0.0.1:8080, 16) = 0');
  const inet6 = `{sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, ${hex('::')}, &sin6_addr), sin6_scope_id=0}`;
  expect(tracedText({name: 'bind', args: ['19', inet6, '28'], ...worked})).toBe('bind(19, [::]:80, 28) = 0');
});

test('bytes are harmless, and a refusal has its name', () => {
  const call = {name: 'write', args: ['20', hex('\x1b[2Jこ"'), '8'], result: -1, errno: 'EPIPE'};
  expect(tracedText(call)).toBe('write(20, "\\x1b[2Jこ\\"", 8) = -1 EPIPE');
});

test('what is no string of strace is harmless too: a recording may hold anything', () => {
  expect(tracedText({name: 'x', args: ['\x1b[2J'], result: null, errno: null})).toBe('x(\\x1b[2J) = ?');
});

test('of what a program said, its own words are shown and not Node’s account of the stack', () => {
  const said = (stream: 'stdout' | 'stderr', text: string) => ({
    ...({kind: 'said', seq: 0, at: 0, lesson: 'x', step: 'y', actor: 'server'} as const),
    ...{stream, data: toBase64(bytesOfText(text))},
  });
  expect(saidText(said('stdout', 'a\u202eb'))).toBe('| a\\u{202e}b');
  expect(isNoise(said('stderr', '    at new Server (node:net:1:2)'))).toBe(true);
  expect(isNoise(said('stderr', 'Error: read ECONNRESET'))).toBe(false);
  expect(isNoise(said('stdout', '    at home'))).toBe(false);
});
