import dgram from 'node:dgram';
import net from 'node:net';
import vm from 'node:vm';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {optionLevels, optionNames} from '../../src/lab/libc/constants.ts';
import {nodeCode} from '../../src/messages/node-code.ts';
import {fd, pid, port} from '../../src/model/brands.ts';
import {type Call, messageFlags, type OptionLevel, type OptionName} from '../../src/model/call.ts';
import {bytesOfText, toBase64} from '../../src/model/payload.ts';

const of = fd(18);
const addresses = [
  {family: 'AF_INET', host: '127.0.0.1', port: port(8080)},
  {family: 'AF_INET6', host: '::1', port: port(8080)},
  {family: 'AF_UNIX', path: "/tmp/it's"},
] as const;
const data = toBase64(bytesOfText("it's\n\\ こんにちは"));
const options = Object.keys(optionNames) as OptionName[];
const levelOf = (option: OptionName): OptionLevel =>
  (Object.keys(optionLevels) as OptionLevel[]).find(level => option.startsWith(level.replace(/^\w+_/, ''))) ??
  'SOL_SOCKET';

const calls: readonly Call[] = [
  ...(['AF_INET', 'AF_INET6', 'AF_UNIX'] as const).flatMap(domain =>
    (['SOCK_STREAM', 'SOCK_DGRAM'] as const).map(type => ({name: 'socket', domain, type, protocol: 0}) as const),
  ),
  ...addresses.flatMap((address): Call[] => [
    {name: 'bind', fd: of, address},
    {name: 'connect', fd: of, address},
    {name: 'sendto', fd: of, data, flags: 0, address},
  ]),
  {name: 'listen', fd: of, backlog: -1},
  {name: 'accept', fd: of},
  {name: 'send', fd: of, data, flags: 0},
  {name: 'send', fd: of, data: toBase64(Uint8Array.of(0xff, 0)), flags: 0},
  {name: 'send', fd: of, data: toBase64(new Uint8Array(1000)), flags: 0},
  {name: 'recv', fd: of, length: 5, flags: messageFlags.MSG_PEEK},
  {name: 'recvfrom', fd: of, length: 5, flags: messageFlags.MSG_PEEK},
  ...(['SHUT_RD', 'SHUT_WR', 'SHUT_RDWR'] as const).map(how => ({name: 'shutdown', fd: of, how}) as const),
  {name: 'close', fd: of},
  {name: 'getsockname', fd: of},
  {name: 'getpeername', fd: of},
  ...options.flatMap((option): Call[] => [
    {name: 'setsockopt', fd: of, level: levelOf(option), option, value: 1},
    {name: 'getsockopt', fd: of, level: levelOf(option), option},
  ]),
  ...[0, 5].map(
    seconds =>
      ({name: 'setsockopt', fd: of, level: 'SOL_SOCKET', option: 'SO_LINGER', value: {onoff: 1, seconds}}) as const,
  ),
  {name: 'fcntl', fd: of, command: 'F_SETFL', value: 'O_NONBLOCK'},
  {name: 'poll', fds: [{fd: of, events: ['POLLIN']}], timeout: -1},
  {name: 'getaddrinfo', host: 'localhost'},
  {name: 'getifaddrs'},
  {name: 'unlink', path: '/tmp/s'},
  {name: 'chmod', path: '/tmp/s', mode: 0o600},
  {name: 'chmod', path: '/tmp/s', mode: 0},
  {name: 'seteuid', uid: 65_534},
  {name: 'kill', pid: pid(2), signal: 'SIGTERM'},
  {name: 'evaluate', code: "socket.write('hello');"},
  {name: 'run', args: ['server.js', '8080']},
  {name: 'nft', host: 'here', rule: null},
];

const parses = (code: string) => new vm.Script(`(async () => {\n${code}\n});`);
const titleOf = (call: Call): string => `${call.name} ${JSON.stringify(call)}`;

test.each(calls.map(call => [titleOf(call), call] as const))('%s has one to three lines, which are Node', (_, call) => {
  const lines = nodeCode(call);
  expect(lines.length).toBeGreaterThanOrEqual(1);
  expect(lines.length).toBeLessThanOrEqual(3);
  for (const line of lines) {
    expect(line).toMatch(/^\/\/ \S|;(?: {2}\/\/ .+)?$/);
    parses(line);
  }
});

test('what is called on a socket or a server is there in Node', () => {
  const sockets = [net.Socket.prototype, dgram.Socket.prototype];
  for (const line of calls.flatMap(nodeCode)) {
    const [, object, method = ''] = /\b(socket|server)\.(\w+)\(/.exec(line.replace(/ {2}\/\/.*|^\/\/.*/, '')) ?? [];
    if (!object) continue;
    const isDatagram = line.includes('// dgram');
    const prototypes = object === 'server' ? [net.Server.prototype] : isDatagram ? sockets.slice(1) : sockets;
    expect([line, prototypes.some(one => method in one)]).toEqual([line, true]);
  }
});

test('the bytes that a line holds are those of the call', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({maxLength: 40}), fc.string({unit: 'binary', maxLength: 10})), some => {
      const bytes = Buffer.from(some as string).subarray(0, 40);
      const [line = ''] = nodeCode({name: 'send', fd: of, data: toBase64(bytes), flags: 0});
      const written: string[] = [];
      vm.runInNewContext(line, {socket: {write: (what: string) => written.push(what)}, Buffer});
      expect(written.map(what => Buffer.from(what))).toEqual([bytes]);
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
    {numRuns: 1000, examples: [['\ufeffx\0']]},
  );
});
