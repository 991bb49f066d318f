import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {typedCalls} from '../../../src/app/line/call-forms.ts';
import {readCallLine} from '../../../src/app/line/call-line.ts';
import type {Scene} from '../../../src/app/line/scene.ts';
import {callText} from '../../../src/messages/notation.ts';
import {fd, port} from '../../../src/model/brands.ts';
import {type Call, messageFlags} from '../../../src/model/call.ts';
import {bytesOfText, fromBase64, toBase64} from '../../../src/model/payload.ts';
import {socketRow} from '../socket-row.ts';

const scene: Scene = {
  actor: 'client',
  actors: ['server', 'client'],
  sockets: [
    socketRow('server', 18, 'LISTEN', 9000),
    socketRow('server', 20, 'ESTABLISHED', 9000),
    socketRow('client', 18, 'CLOSE', 0),
  ],
  serverPort: port(9000),
  taken: {client: [fd(3)]},
  folder: '/tmp/lab',
  labels: {},
};

const here = {family: 'AF_INET', host: '127.0.0.1', port: 9000};

test('an address tells which sockets a line may be about; one of another family is the kernel’s to refuse', () => {
  const unix = {...socketRow('client', 30, 'CONNECTED', 0), protocol: 'unix', local: {path: ''}} as const;
  const mixed = {...scene, sockets: [...scene.sockets, unix]};
  const read = (line: string) => readCallLine(line, mixed);
  expect(read('client bind 127.0.0.1:9000')).toMatchObject({call: {fd: 18, address: here}});
  expect(read('client connect 127.0.0.1:9000')).toMatchObject({call: {fd: 18, address: here}});
  expect(read('client bind chat.sock')).toMatchObject({call: {fd: 30, address: {family: 'AF_UNIX'}}});
  expect(read('client bind chat')).toMatchObject({call: {fd: 30, address: {family: 'AF_UNIX'}}});
  expect(read('client bind 30 127.0.0.1:9000')).toMatchObject({call: {fd: 30, address: here}});
  expect(read('client bind 30 127.0.0.1:99999').kind).toBe('wrong');
});

describe('a line is a call, with what it leaves out taken from the scene', () => {
  test.each([
    ['socket', 'client', {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0}],
    ['socket AF_UNIX', 'client', {name: 'socket', domain: 'AF_UNIX', type: 'SOCK_STREAM', protocol: 0}],
    ['connect', 'client', {name: 'connect', fd: 18, address: here}],
    ['client connect 7 127.0.0.1:80', 'client', {name: 'connect', fd: 7, address: {...here, port: 80}}],
    ['connect [::1]:80', 'client', {name: 'connect', fd: 18, address: {family: 'AF_INET6', host: '::1', port: 80}}],
    ['server accept', 'server', {name: 'accept', fd: 18}],
    ['server listen 1', 'server', {name: 'listen', fd: 20, backlog: 1}],
    ['server listen 18', 'server', {name: 'listen', fd: 18, backlog: 5}],
    ['server recv 5', 'server', {name: 'recv', fd: 20, length: 5, flags: 0}],
    ['server recv 18 5 MSG_PEEK|MSG_DONTWAIT', 'server', {name: 'recv', fd: 18, length: 5, flags: 0x42}],
    ['server accept(18, NULL, NULL);', 'server', {name: 'accept', fd: 18}],
    ['server accept(fd18, &addr, &len)', 'server', {name: 'accept', fd: 18}],
    ['accept4(18, NULL, NULL, SOCK_CLOEXEC)', 'client', {name: 'accept4', fd: 18, flags: ['SOCK_CLOEXEC']}],
    ['send(19, "x", 1, 0);', 'client', {name: 'send', fd: 19, data: 'eA==', flags: 0}],
    ['send(19, "xyz", 1, MSG_NOSIGNAL)', 'client', {name: 'send', fd: 19, data: 'eA==', flags: 0x4000}],
    ['send(19, "x", 0)', 'client', {name: 'send', fd: 19, data: 'eA==', flags: 0}],
    ['server recv 18 MSG_PEEK', 'server', {name: 'recv', fd: 18, length: 4096, flags: 2}],
    ['recv(19, buf, MSG_PEEK)', 'client', {name: 'recv', fd: 19, length: 4096, flags: 2}],
    ['recvfrom(19, buf, 100, 0, NULL, NULL)', 'client', {name: 'recvfrom', fd: 19, length: 100, flags: 0}],
    [
      'socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP)',
      'client',
      {name: 'socket', domain: 'AF_INET', type: 'SOCK_DGRAM', protocol: 17},
    ],
    ['shutdown', 'client', {name: 'shutdown', fd: 18, how: 'SHUT_WR'}],
    ['close', 'client', {name: 'close', fd: 18}],
    ['fcntl', 'client', {name: 'fcntl', fd: 18, command: 'F_SETFL', value: 'O_NONBLOCK'}],
    [
      'setsockopt SO_LINGER 0',
      'client',
      {name: 'setsockopt', fd: 18, level: 'SOL_SOCKET', option: 'SO_LINGER', value: {onoff: 1, seconds: 0}},
    ],
    [
      'server poll 98 POLLOUT 20 5',
      'server',
      {
        name: 'poll',
        fds: [
          {fd: 98, events: ['POLLOUT']},
          {fd: 20, events: ['POLLIN']},
        ],
        timeout: 5,
      },
    ],
    ['server poll 18 0', 'server', {name: 'poll', fds: [{fd: 18, events: ['POLLIN']}], timeout: 0}],
  ])('%s', (line, actor, call) => {
    expect(readCallLine(line, scene)).toEqual({kind: 'call', actor, call});
  });

  const address = {family: 'AF_INET', host: '127.0.0.1', port: port(80)} as const;
  const v6 = {family: 'AF_INET6', host: '::1', port: port(80)} as const;
  const data = toBase64(bytesOfText('a, {b} (c)\n"'));
  const written: readonly Call[] = [
    {name: 'socket', domain: 'AF_INET6', type: 'SOCK_DGRAM', protocol: 0},
    {name: 'bind', fd: fd(18), address: v6},
    {name: 'connect', fd: fd(7), address},
    {name: 'listen', fd: fd(7), backlog: -1},
    {name: 'accept', fd: fd(7)},
    {name: 'send', fd: fd(7), data, flags: 0},
    {name: 'sendto', fd: fd(7), data, flags: messageFlags.MSG_DONTWAIT, address},
    {name: 'recv', fd: fd(7), length: 5, flags: messageFlags.MSG_PEEK},
    {name: 'recvfrom', fd: fd(7), length: 5, flags: 0},
    {name: 'shutdown', fd: fd(7), how: 'SHUT_RD'},
    {name: 'close', fd: fd(-1)},
    {name: 'getsockname', fd: fd(7)},
    {name: 'getpeername', fd: fd(7)},
    {name: 'setsockopt', fd: fd(7), level: 'IPPROTO_TCP', option: 'TCP_NODELAY', value: 0},
    {name: 'setsockopt', fd: fd(7), level: 'SOL_SOCKET', option: 'SO_LINGER', value: {onoff: 0, seconds: 9}},
    {name: 'getsockopt', fd: fd(7), level: 'SOL_SOCKET', option: 'SO_ERROR'},
    {name: 'fcntl', fd: fd(18), command: 'F_SETFL', value: 0},
    {name: 'poll', fds: [{fd: fd(18), events: ['POLLIN']}], timeout: 0},
  ];

  test.each(written.map(call => [callText(call), call] as const))('%s, as the list of calls has it', (line, call) => {
    expect(readCallLine(line, scene)).toEqual({kind: 'call', actor: 'client', call});
    expect(
      readCallLine(`server  ${line};`, {...scene, sockets: scene.sockets.map(row => ({...row, actor: 'server'}))}),
    ).toEqual({kind: 'call', actor: 'server', call});
  });

  test('with what the kernel wrote, and with the names that a lesson has for sockets', () => {
    const got = {
      kind: 'returned',
      value: 2,
      data: toBase64(bytesOfText('hi')),
      address,
    } as const;
    for (const call of written.filter(({name}) => name === 'accept' || name === 'recvfrom')) {
      expect(readCallLine(callText(call, got), scene)).toEqual({kind: 'call', actor: 'client', call});
    }
    expect(readCallLine('connect(client, 127.0.0.1:80)', scene)).toMatchObject({
      call: {name: 'connect', fd: 18, address},
    });
    expect(readCallLine('bind()', scene)).toMatchObject({call: {name: 'bind', fd: 18}});
  });

  test('a side alone is whose turn it is', () => {
    expect(readCallLine(' server ', scene)).toEqual({kind: 'side', actor: 'server'});
  });

  test('quoted data may hold spaces, escapes and other scripts', () => {
    const read = readCallLine('send "a b\\n\\x00こ\\""', scene);
    if (read.kind !== 'call' || read.call.name !== 'send') throw new Error('no call');
    expect(Buffer.from(fromBase64(read.call.data)).toString()).toBe('a b\n\0こ"');
  });
});

describe('a line that is no call says which word is wrong, and nothing is called', () => {
  test.each([
    ['sned', 0, {word: 'sned', nearest: 'send'}],
    ['client sned', 7, {word: 'sned', nearest: 'send'}],
    ['wriet', 0, {word: 'wriet'}],
    ['write 18 x', 0, {word: 'write', nearest: 'send'}],
    ['constructor', 0, {word: 'constructor'}],
    ['connect 18 example.org:80', 11, {host: 'example.org', call: 'connect'}],
    ['bind localhost:80', 5, {host: 'localhost', call: 'bind'}],
    ['connect 192.0.2.1:80', 8, {host: '192.0.2.1'}],
    ['connect [2001:db8::1]:80', 9, {host: '2001:db8::1'}],
    ['connect 127.0.0.1:99999', 18, {port: '99999'}],
    ['connect 127.0.0.1:http', 18, {port: 'http'}],
    ['connect 8080', 8, {word: '8080'}],
    ['connect 127.0.0.1', 17, {word: '127.0.0.1'}],
    ['connect 127..0.1:80', 12, {word: '127..0.1:80'}],
    ['connect 0127.0.0.1:80', 8, {word: '0127.0.0.1:80'}],
    ['connect 127.0.0.256:80', 16, {word: '127.0.0.256:80'}],
    ['connect [127.0.0.1]:80', 8, {word: '[127.0.0.1]:80'}],
    ['recv 18 many', 8, {word: 'many', name: 'length'}],
    ['recv 18 65537', 8, {word: '65537', most: 65_536}],
    ['setsockopt', 0, expect.objectContaining({call: 'setsockopt'})],
    ['close 18 19', 9, {word: '19'}],
    ['setsockopt 18 SO_NOTHING 1', 14, expect.objectContaining({word: 'SO_NOTHING'})],
  ])('%s', (line, at, values) => {
    expect(readCallLine(line, scene)).toMatchObject({kind: 'wrong', at, complaint: {values}});
  });

  test('a quote that is not closed', () => {
    expect(readCallLine('send "abc', scene)).toMatchObject({kind: 'wrong', at: 5});
  });

  test.each(['send 3 "x" 0', 'close 3', 'recv 3 1 0', 'fcntl 3 0'])('%s: a descriptor of the process’s own', line => {
    expect(readCallLine(line, scene)).toMatchObject({
      kind: 'wrong',
      at: line.indexOf('3'),
      complaint: {values: {fd: 3}},
    });
    expect(readCallLine(`server ${line}`, scene)).toMatchObject({kind: 'call', actor: 'server'});
  });

  test('a call without a socket', () => {
    expect(readCallLine('recv', {...scene, sockets: []})).toMatchObject({kind: 'wrong'});
  });
});

test('any line is a call or says what is wrong, and never leaves this machine', () => {
  const word = fc.oneof(
    fc.constantFrom(...typedCalls, 'server', 'client', '"', '18', '127.0.0.1:1', '(', ',', '{', 'toString'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(word), words => {
      const read = readCallLine(words.join(' '), scene);
      if (read.kind === 'wrong') return read.at >= 0;
      if (read.kind === 'side') return true;
      const {call} = read;
      if (!('address' in call) || !('host' in call.address)) return true;
      return /^(127\.|0\.0\.0\.0$|::1$|::$)/.test(call.address.host);
    }),
  );
});
