import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {expectedWords, labWords, readLabLine, withoutComment} from '../../../src/app/line/lab-line.ts';
import type {Scene} from '../../../src/app/line/scene.ts';
import {fd, port} from '../../../src/model/brands.ts';
import {bytesOfText, toBase64} from '../../../src/model/payload.ts';

const scene: Scene = {
  actor: 'client',
  actors: ['server', 'client'],
  sockets: [],
  serverPort: port(9000),
  taken: {},
  folder: '/tmp/lab',
  labels: {server: new Map([['listener', fd(18)]])},
};
const ids = ['close-wait', 'send-blocks'];
const read = (line: string) => readLabLine(line, scene, ids);

describe('what a line asks for', () => {
  test.each([
    ['', {kind: 'nothing'}],
    ['   # only a remark', {kind: 'nothing'}],
    ['server', {kind: 'side', actor: 'server'}],
    ['spawn client-2', {kind: 'spawn', actor: 'client-2'}],
    ['kill server  # it goes', {kind: 'kill', actor: 'server'}],
    ['save a scene.txt', {kind: 'save', file: 'a scene.txt'}],
    ['script "a scene.txt"', {kind: 'script', file: 'a scene.txt'}],
    ['replay', {kind: 'replay'}],
    ['challenges', {kind: 'challenges'}],
    ['challenge close-wait', {kind: 'challenge', id: 'close-wait'}],
    ['help connect', {kind: 'help', call: 'connect'}],
    ['quit', {kind: 'leave'}],
    [
      'server int fd = socket(AF_INET, SOCK_STREAM, 0);',
      {
        ...{kind: 'call', actor: 'server', label: 'fd'},
        call: {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0},
      },
    ],
    ['int c = accept(18, NULL, NULL)', {kind: 'call', actor: 'client', label: 'c', call: {name: 'accept', fd: 18}}],
    [
      'ssize_t n = send(18, "x", 1, 0);',
      {kind: 'call', actor: 'client', label: null, call: {name: 'send', fd: 18, data: 'eA==', flags: 0}},
    ],
    [
      'server recv listener MSG_PEEK',
      {kind: 'call', actor: 'server', label: null, call: {name: 'recv', fd: 18, length: 4096, flags: 2}},
    ],
    ['expect ECONNREFUSED', {kind: 'expect', expectation: {actor: null, what: {kind: 'fails', errno: 'ECONNREFUSED'}}}],
    ['expect client -1', {kind: 'expect', expectation: {actor: 'client', what: {kind: 'returns', value: -1}}}],
    ['expect waits', {kind: 'expect', expectation: {actor: null, what: {kind: 'waits'}}}],
    ['expect ok', {kind: 'expect', expectation: {actor: null, what: {kind: 'succeeds'}}}],
    [
      'expect "こ\\n"',
      {kind: 'expect', expectation: {actor: null, what: {kind: 'receives', data: toBase64(bytesOfText('こ\n'))}}},
    ],
    [
      'expect server TIME_WAIT 1',
      {kind: 'expect', expectation: {actor: 'server', what: {kind: 'state', state: 'TIME_WAIT', count: 1}}},
    ],
    ['expect RST', {kind: 'expect', expectation: {actor: null, what: {kind: 'segment', flag: 'RST'}}}],
  ])('%s', (line, statement) => {
    expect(read(line)).toEqual(statement);
  });

  test('a descriptor may have a name, which a line after it uses; what the list of calls has behind it is no matter', () => {
    expect(read('server socket = listener')).toMatchObject({kind: 'call', label: 'listener', call: {name: 'socket'}});
    expect(read('server socket(AF_INET, SOCK_STREAM, 0)      = 18       9 us')).toMatchObject({label: '18'});
    expect(read('server socket = 待ち受け')).toMatchObject({kind: 'call', label: '待ち受け'});
    expect(read('server bind listener 127.0.0.1:80')).toMatchObject({call: {name: 'bind', fd: 18}});
    expect(read('server poll listener 0')).toMatchObject({call: {name: 'poll', fds: [{fd: 18}], timeout: 0}});
  });

  test('what stands in quotes is neither a remark nor a name', () => {
    expect(withoutComment('send "# = 18" # yes')).toBe('send "# = 18"');
    expect(read('server send listener "a = 18"')).toMatchObject({kind: 'call', label: null});
  });
});

describe('a line that cannot be understood says where, and what may have been meant', () => {
  test.each([
    ['sned', 0, {nearest: 'send'}],
    ['chalenges', 0, {nearest: 'challenges'}],
    ['receive', 0, {nearest: 'recv'}],
    ['spawn client-4', 6, {nearest: 'client-2'}],
    ['spawn', 5, {word: 'spawn'}],
    ['kill server now', 12, {word: 'now'}],
    ['challenge close-wiat', 10, {nearest: 'close-wait'}],
    ['expect ECONREFUSED', 7, {nearest: 'ECONNREFUSED'}],
    ['expect CLOSEWAIT', 7, {nearest: 'CLOSE_WAIT'}],
    ['expect', 6, {}],
    ['expect 0 1', 9, {word: '1'}],
    ['save', 4, {word: 'save'}],
    ['replay now', 7, {word: 'now'}],
    ['server bind listener 127.0.0.1:80 = here', 33, {}],
  ])('%s', (line, at, values) => {
    expect(read(line)).toMatchObject({kind: 'wrong', at, complaint: {values}});
  });
});

test('any line is understood or says where it is not, and no word of it is a name for anything outside', () => {
  const word = fc.oneof(
    fc.constantFrom(...labWords, ...expectedWords, 'server', 'client', '"', '=', '#', '18', 'toString', '__proto__'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(word), words => {
      const line = words.join(' ');
      const statement = read(line);
      return statement.kind !== 'wrong' || (statement.at >= 0 && statement.at <= line.length);
    }),
  );
});
