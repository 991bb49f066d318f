import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {bytesOf, parseTrace, splitArguments} from '../../../src/lab/actor/strace-lines.ts';
import {madeBy} from './strace-calls.ts';

describe('a line of strace', () => {
  test('is a thread, a call with its arguments, and a result', () => {
    expect(parseTrace('1234  listen(19, 5)                     = 0\n')).toEqual([
      {tid: 1234, name: 'listen', args: ['19', '5'], result: 0, errno: null},
    ]);
  });

  test('may tell an errno', () => {
    const line = '7 connect(3, {sa_family=AF_UNIX}, 2) = -1 ECONNREFUSED (Connection refused)';
    expect(parseTrace(line)).toEqual([
      {tid: 7, name: 'connect', args: ['3', '{sa_family=AF_UNIX}', '2'], result: -1, errno: 'ECONNREFUSED'},
    ]);
  });

  test('may tell flags, in hexadecimal and by name', () => {
    expect(parseTrace('7 fcntl(19, F_GETFL)                = 0x802 (flags O_RDWR|O_NONBLOCK)')).toEqual([
      {tid: 7, name: 'fcntl', args: ['19', 'F_GETFL'], result: 0x802, errno: null},
    ]);
  });

  test('that was left unfinished is joined with its end, across the lines of other threads', () => {
    const trace = [
      '10 recvfrom(20,  <unfinished ...>',
      '11 shutdown(19, SHUT_WR <unfinished ...>',
      '12 close(4)                          = 0',
      '10 <... recvfrom resumed>"\\x68", 99, 0, NULL, NULL) = 1',
      '11 <... shutdown resumed>)           = 0',
    ].join('\n');
    expect(parseTrace(trace)).toEqual([
      {tid: 10, name: 'recvfrom', args: ['20', '"\\x68"', '99', '0', 'NULL', 'NULL'], result: 1, errno: null},
      {tid: 11, name: 'shutdown', args: ['19', 'SHUT_WR'], result: 0, errno: null},
      {tid: 12, name: 'close', args: ['4'], result: 0, errno: null},
    ]);
  });

  test.each([
    ['10 accept(19,  <unfinished ...>\n10 <... accept resumed>) = ?\n10 +++ killed by SIGKILL +++'],
    ['10 accept(19,  <unfinished ...>\n10 +++ killed by SIGKILL +++'],
    ['10 accept(19, <unfinished ...>) = ?'],
  ])('of a call that its process did not survive has no result: %j', trace => {
    expect(parseTrace(trace)).toMatchObject([{tid: 10, name: 'accept', result: null, errno: null}]);
  });

  test('about a signal or an exit is no call', () => {
    expect(parseTrace('5 --- SIGCHLD {si_signo=SIGCHLD} ---\n5 +++ exited with 0 +++\n')).toEqual([]);
  });
});

test('arguments are split at their own commas only', () => {
  const address = '{sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("\\x31")}';
  expect(splitArguments(`19, ${address}, [128 => 16]`)).toEqual(['19', address, '[128 => 16]']);
  expect(splitArguments('19, ",)", 0')).toEqual(['19', '",)"', '0']);
  expect(splitArguments('')).toEqual([]);
});

test('bytes printed as hexadecimal escapes are read back', () => {
  const printed = (bytes: Uint8Array) =>
    `"${[...bytes].map(byte => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}"`;
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 100}), bytes => {
      expect(bytesOf(printed(bytes))).toEqual(bytes);
    }),
  );
  expect(bytesOf('0x3d807a90')).toBeNull();
  expect(bytesOf('"\\x68"...')).toBeNull();
});

describe('a traced call in the words of the model', () => {
  const made = (line: string) => parseTrace(line).map(madeBy);

  test('sendto is send, with its bytes and the mask of its flags', () => {
    expect(made('1 sendto(19, "\\x68\\x69", 2, MSG_DONTWAIT|MSG_NOSIGNAL, NULL, 0) = 2')).toEqual([
      {call: {name: 'send', fd: 19, data: 'aGk=', flags: 0x4040}, outcome: {kind: 'returned', value: 2}},
    ]);
  });

  test('an IPv6 address is read', () => {
    const address =
      '{sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "\\x3a\\x3a\\x31", &sin6_addr), sin6_scope_id=0}';
    expect(made(`1 getsockname(19, ${address}, [128 => 28]) = 0`)).toEqual([
      {
        call: {name: 'getsockname', fd: 19},
        outcome: {kind: 'returned', value: 0, address: {family: 'AF_INET6', host: '::1', port: 80}},
      },
    ]);
  });

  test('a failed call has written nothing', () => {
    expect(
      made('1 recvfrom(19, 0x3d807a90, 9, 0, NULL, NULL) = -1 ENOTCONN (Transport endpoint is not connected)'),
    ).toEqual([
      {call: {name: 'recv', fd: 19, length: 9, flags: 0}, outcome: {kind: 'failed', errno: 'ENOTCONN', code: 107}},
    ]);
  });

  test('with -ttt a call has the time at which it began', () => {
    const [call] = parseTrace('12 1767225600.000250 close(19) = 0\n');
    expect(call).toEqual({tid: 12, at: 1767225600.00025, name: 'close', args: ['19'], result: 0, errno: null});
  });

  test('what the lab has no call for is none of its calls', () => {
    expect(made('1 recvmsg(3, {msg_name=NULL}, 0) = 2')).toEqual([null]);
  });

  test('what is not understood is an error, not a guess', () => {
    expect(() => made('1 sendto(19, "\\x68"..., 200, 0, NULL, 0) = 200')).toThrow('not understood');
    expect(() => made('1 sendto(19, "\\x68", 1, MSG_PROXY, NULL, 0) = 1')).toThrow('not understood');
  });
});
