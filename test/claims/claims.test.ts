import {describe, expect, test} from 'vitest';
import {unmet} from '../../src/claims/claims.ts';
import type {Found, MadeCall, WireFrame} from '../../src/claims/found.ts';
import {isOutcome} from '../../src/claims/outcome-claims.ts';
import {fd, port} from '../../src/model/brands.ts';
import {messageFlags} from '../../src/model/call.ts';
import type {Claim, FrameClaim, OutcomeClaim} from '../../src/model/lesson.ts';
import {bytesOfText, toBase64} from '../../src/model/payload.ts';
import type {SocketRow} from '../../src/model/sockets.ts';

const listener: SocketRow = {
  actor: 'server',
  fd: fd(3),
  inode: 7,
  protocol: 'tcp',
  local: {host: '127.0.0.1', port: port(8080)},
  remote: {host: '0.0.0.0', port: port(0)},
  state: 'LISTEN',
  recvQueue: 1,
  sendQueue: 0,
  listed: true,
  heldBy: 'descriptor',
};
const waitingRow: SocketRow = {
  ...listener,
  fd: null,
  inode: 0,
  remote: {host: '127.0.0.1', port: port(40000)},
  state: 'ESTABLISHED',
  recvQueue: 0,
  heldBy: 'accept-queue',
};

/** こ and the beginning of ん, looked at once before they were taken; then the rest of ん. */
const pieces: readonly MadeCall[] = [
  ['e38193e3', messageFlags.MSG_PEEK],
  ['e38193e3', 0],
  ['8293', 0],
].map(([hex, flags]) => {
  const data = Buffer.from(String(hex), 'hex');
  return {
    actor: 'server',
    call: {name: 'recv', fd: fd(3), length: 4, flags: Number(flags)},
    result: {kind: 'returned', value: data.length, data: toBase64(data)},
    elapsedUs: 1,
  };
});

const found: Found = {
  calls: [
    {
      actor: 'server',
      call: {name: 'recv', fd: fd(3), length: 9, flags: 0},
      result: {kind: 'returned', value: 2, data: toBase64(bytesOfText('hi'))},
      elapsedUs: 1500,
    },
  ],
  lastCallOf: step =>
    step === 'earlier'
      ? {actor: 'server', call: {name: 'accept', fd: fd(3)}, result: {kind: 'waiting'}, elapsedUs: null}
      : null,
  callsOf: step => (step === 'pieces' ? pieces : []),
  said: actor => (actor === 'server' ? 'connection\n' : ''),
  traced: actor =>
    actor === 'server'
      ? [
          {name: 'socket', args: ['AF_INET', 'SOCK_STREAM|SOCK_CLOEXEC', 'IPPROTO_IP'], result: 19, errno: null},
          {name: 'listen', args: ['19', '511'], result: 0, errno: null},
          {name: 'connect', args: ['20', 'x', '16'], result: -1, errno: 'EINPROGRESS'},
        ]
      : [],
  rows: [listener, waitingRow],
  wire: null,
  files: [{name: 'socket', mode: 'srwxr-xr-x'}],
  pidOf: () => null,
  socket: name =>
    name === 'listener'
      ? {actor: 'server', fd: fd(3), isOpen: true, local: listener.local, remote: listener.remote}
      : name === 'closed'
        ? {
            actor: 'server',
            fd: fd(4),
            isOpen: false,
            local: waitingRow.local,
            remote: {host: '127.0.0.1', port: port(9)},
          }
        : null,
  bytes: payload => bytesOfText(payload.kind === 'text' ? payload.text : ''),
  serverPort: port(8080),
};

const text = (words: string) => ({kind: 'text', text: words}) as const;

describe('a claim holds when the kernel did so', () => {
  test.each<[string, Claim]>([
    ['a value', {outcome: {kind: 'returns', value: 2}}],
    ['bytes', {outcome: {kind: 'returns-bytes', bytes: text('hi')}}],
    ['bytes among others', {outcome: {kind: 'returns-part', bytes: text('i')}}],
    ['an earlier call', {completes: {step: 'earlier', outcome: {kind: 'waits'}}}],
    ['a row', {sockets: [{kind: 'listed', socket: 'listener', state: 'LISTEN', recvQueue: 1}]}],
    ['the accept queue', {sockets: [{kind: 'accept-queue', listener: 'listener', connections: 1}]}],
    ['a port', {sockets: [{kind: 'local-port', socket: 'listener', is: 'server'}]}],
    [
      'a number of bytes in the accept queue',
      {sockets: [{kind: 'accept-queue', listener: 'listener', connections: 1, bytes: 0}]},
    ],
    [
      'a row with at least so many',
      {sockets: [{kind: 'listed', socket: 'listener', state: 'LISTEN', recvQueue: {least: 1}}]},
    ],
    [
      'a row with its ends',
      {sockets: [{kind: 'listed', socket: 'listener', state: 'LISTEN', local: {host: '127.0.0.1'}}]},
    ],
    ['a range', {outcome: {kind: 'returns-from', least: 1, below: 3}}],
    ['a time', {takes: {actor: 'server', call: 'recv', leastMs: 1, belowMs: 2}}],
    ['a file', {sockets: [{kind: 'file', name: 'socket', mode: 'srwxr-xr-x'}]}],
    ['a file of some mode', {sockets: [{kind: 'file', name: 'socket', mode: 's'}]}],
    ['no file', {sockets: [{kind: 'file', name: 'other', mode: null}]}],
    ['text of each chunk alone', {texts: [{of: ['pieces'], how: 'each-alone', is: 'こ\ufffd\ufffd\ufffd'}]}],
    ['text of one decoder', {texts: [{of: ['pieces'], how: 'one-decoder', is: 'こん'}]}],
    ['a socket that is gone', {sockets: [{kind: 'gone', socket: 'closed'}]}],
    [
      'a number of sockets',
      {sockets: [{kind: 'rows', actor: 'server', state: 'LISTEN', local: {host: '127.0.0.1'}, count: 1}]},
    ],
    ['no socket of that actor', {sockets: [{kind: 'rows', actor: 'client', state: 'LISTEN', count: 0}]}],
    ['no socket of that actor in any state', {sockets: [{kind: 'rows', actor: 'client', count: 0}]}],
    ['what a process said', {says: [{actor: 'server', text: 'connection'}]}],
    ['what a process never said', {says: [{actor: 'client', text: 'connection', never: true}]}],
    [
      'traced calls in their order',
      {
        traced: [
          {
            actor: 'server',
            calls: [
              {name: 'socket', with: 'SOCK_STREAM'},
              {name: 'connect', errno: 'EINPROGRESS'},
            ],
          },
        ],
      },
    ],
    ['no traced call at all', {traced: [{actor: 'client', calls: [], only: true}]}],
  ])('%s', (_, claim) => expect(unmet(claim, found)).toEqual([]));
});

describe('a claim does not hold when the kernel did otherwise, and says what it did', () => {
  test.each<[string, Claim, string]>([
    ['another value', {outcome: {kind: 'returns', value: 0}}, 'recv() = 2'],
    ['other bytes of the same length', {outcome: {kind: 'returns-bytes', bytes: text('ho')}}, 'recv() = 2'],
    ['bytes that are not among them', {outcome: {kind: 'returns-part', bytes: text('ih')}}, 'recv() = 2'],
    ['an errno', {outcome: {kind: 'fails', errno: 'ECONNRESET'}}, 'recv() = 2'],
    ['more than there are', {outcome: {kind: 'returns-from', least: 3}}, 'recv() = 2'],
    ['a range that ends at what there is', {outcome: {kind: 'returns-from', least: 1, below: 2}}, 'recv() = 2'],
    ['a time below what it took', {takes: {actor: 'server', call: 'recv', belowMs: 1.5}}, 'recv() 1.5 ms'],
    ['a shorter time', {takes: {actor: 'server', call: 'recv', belowMs: 1}}, 'recv() 1.5 ms'],
    ['the time of a call that was not made', {takes: {actor: 'client', call: 'recv', leastMs: 1}}, 'recv() -'],
    ['a file of another mode', {sockets: [{kind: 'file', name: 'socket', mode: 'srw-------'}]}, 'socket: srwxr-xr-x'],
    ['a file that is there', {sockets: [{kind: 'file', name: 'socket', mode: null}]}, 'socket: srwxr-xr-x'],
    [
      'another end',
      {sockets: [{kind: 'listed', socket: 'listener', state: 'LISTEN', remote: {port: 'another'}}]},
      'listener: LISTEN 127.0.0.1:8080 Recv-Q 1 Send-Q 0',
    ],
    ['another text', {texts: [{of: ['pieces'], how: 'one-decoder', is: 'こ'}]}, 'one-decoder "こん"'],
    ['waiting', {outcome: {kind: 'waits'}}, 'recv() = 2'],
    [
      'an earlier call that still waits',
      {completes: {step: 'earlier', outcome: {kind: 'returns', value: 0}}},
      'accept() ...',
    ],
    ['an earlier call that was never made', {completes: {step: 'never', outcome: {kind: 'waits'}}}, '-'],
    [
      'another state',
      {sockets: [{kind: 'listed', socket: 'listener', state: 'CLOSE'}]},
      'listener: LISTEN 127.0.0.1:8080 Recv-Q 1 Send-Q 0',
    ],
    [
      'no row',
      {sockets: [{kind: 'unlisted', socket: 'listener', state: 'LISTEN'}]},
      'listener: LISTEN 127.0.0.1:8080 Recv-Q 1 Send-Q 0',
    ],
    ['an unknown socket', {sockets: [{kind: 'listed', socket: 'nobody', state: 'LISTEN'}]}, 'nobody: no row'],
    [
      'a socket that is there',
      {sockets: [{kind: 'gone', socket: 'listener'}]},
      'listener: LISTEN 127.0.0.1:8080 Recv-Q 1 Send-Q 0',
    ],
    [
      'another number of sockets',
      {sockets: [{kind: 'rows', actor: 'server', state: 'LISTEN', local: {host: '::'}, count: 1}]},
      'server: tcp LISTEN 127.0.0.1:8080',
    ],
    ['what a process did not say', {says: [{actor: 'server', text: 'close'}]}, '"connection\\n"'],
    [
      'traced calls in another order',
      {traced: [{actor: 'server', calls: [{name: 'listen'}, {name: 'socket'}]}]},
      'server socket 19, listen 0, connect EINPROGRESS',
    ],
    [
      'a traced call with another argument',
      {traced: [{actor: 'server', calls: [{name: 'listen', with: '5'}]}]},
      'server socket 19, listen 0, connect EINPROGRESS',
    ],
    [
      'fewer traced calls than there were',
      {traced: [{actor: 'server', calls: [{name: 'socket'}], only: true}]},
      'server socket 19, listen 0, connect EINPROGRESS',
    ],
  ])('%s', (_, claim, was) => expect(unmet(claim, found).map(part => part.found)).toEqual([was]));

  test('an accept queue whose connections the listener does not count', () => {
    const claim: Claim = {sockets: [{kind: 'accept-queue', listener: 'listener', connections: 1}]};
    const uncounted = {...found, rows: [{...listener, recvQueue: 0}, waitingRow]};
    expect(unmet(claim, uncounted).map(part => part.claimed)).toEqual(['listener: accept queue 1']);
    const request: SocketRow = {...waitingRow, state: 'SYN_RECV'};
    const requested: Claim = {
      sockets: [{kind: 'accept-queue', listener: 'listener', connections: 1, state: 'SYN_RECV'}],
    };
    expect(unmet(requested, {...found, rows: [{...listener, recvQueue: 0}, request]})).toEqual([]);
  });

  test('bytes that come in any number of reads are claimed until all of them have come', () => {
    const all: Claim = {traced: [{actor: 'client', calls: [{name: 'read'}], bytes: {read: 13}}]};
    const read = (result: number) => ({name: 'read', args: [], result, errno: result < 0 ? 'EAGAIN' : null});
    const unmetOf = (...results: number[]) => unmet(all, {...found, traced: () => results.map(read)});
    expect([unmetOf(13), unmetOf(4, 9), unmetOf(4, 4, -1, 5), unmetOf(4, 9, 0)]).toEqual([[], [], [], []]);
    const part = {claimed: 'client read, read 13 in all', found: 'client read 4'};
    expect(unmetOf(4)).toEqual([part]);
    expect(unmetOf(4, 10)).toEqual([{...part, found: 'client read 4, read 10'}]);
  });

  describe('what Node does', () => {
    const of = (result: MadeCall['result']): MadeCall => ({
      actor: 'server',
      call: {name: 'evaluate', code: 'x'},
      result,
      elapsedUs: 1,
    });
    const evaluated = of({kind: 'evaluated', text: '[Server]'});
    const threw = of({kind: 'threw', error: 'TypeError [ERR_INVALID_ARG_TYPE]: no'});
    const ended = of({kind: 'ended', code: 1, signal: null});
    const killed = of({kind: 'ended', code: null, signal: 'SIGTERM'});

    test.each<[OutcomeClaim, MadeCall]>([
      [{kind: 'evaluates'}, evaluated],
      [{kind: 'evaluates', value: '[Server]'}, evaluated],
      [{kind: 'throws', error: 'ERR_INVALID_ARG_TYPE'}, threw],
      [{kind: 'ends', code: 1}, ended],
      [{kind: 'ends', signal: 'SIGTERM'}, killed],
    ])('%o holds', (claim, made) => expect(isOutcome(claim, made, found)).toBe(true));

    test.each<[OutcomeClaim, MadeCall]>([
      [{kind: 'evaluates'}, threw],
      [{kind: 'evaluates', value: '[Socket]'}, evaluated],
      [{kind: 'throws', error: ''}, evaluated],
      [{kind: 'ends', code: 0}, ended],
      [{kind: 'ends', code: 1}, of({kind: 'waiting'})],
      [{kind: 'waits'}, ended],
    ])('%o does not hold', (claim, made) => expect(isOutcome(claim, made, found)).toBe(false));
  });
});

test('a claim about TCP_INFO holds for a row that has such counts, and for no row without them', () => {
  const counted = {state: 'LISTEN', rttUs: 40, mss: 32_741, retransmits: 2, unacked: 1} as const;
  const asked = (of: Found, retransmits: number, unacked: number) =>
    unmet(
      {sockets: [{kind: 'listed', socket: 'listener', state: 'LISTEN', retransmits: {least: retransmits}, unacked}]},
      of,
    );
  const withCounts: Found = {...found, rows: [{...listener, tcpInfo: counted}]};
  expect(asked(withCounts, 2, 1)).toEqual([]);
  expect(asked(withCounts, 2, 0)).toHaveLength(1);
  expect(asked(withCounts, 3, 1)).toEqual([
    {
      claimed: 'listener: LISTEN retransmits >= 3 unacked 1',
      found: 'listener: LISTEN 127.0.0.1:8080 Recv-Q 1 Send-Q 0 retransmits 2 unacked 1',
    },
  ]);
  expect(asked(found, 0, 0)).toHaveLength(1);
});

describe('a row that only the kernel keeps is found by the ends of its socket', () => {
  const ends = {local: listener.local, remote: {host: '127.0.0.1', port: port(40001)}};
  const kept: SocketRow = {...waitingRow, ...ends, state: 'TIME_WAIT', heldBy: 'kernel'};
  const shell: SocketRow = {...listener, fd: fd(5), remote: null, state: 'CLOSE', listed: false};
  const withRows = (...rows: readonly SocketRow[]): Found => ({
    ...found,
    rows,
    socket: () => ({actor: 'server', fd: fd(5), isOpen: true, ...ends}),
  });
  const isKept: Claim = {sockets: [{kind: 'listed', socket: 'left', state: 'TIME_WAIT'}]};
  const isShell: Claim = {sockets: [{kind: 'unlisted', socket: 'left', state: 'CLOSE'}]};
  const isGone: Claim = {sockets: [{kind: 'gone', socket: 'left'}]};

  test.each<[string, Claim, Found, boolean]>([
    ['whose descriptor is still open', isKept, withRows(shell, kept), true],
    ['whose process has ended', isKept, withRows(listener, kept), true],
    ['not one that is a shell and has no row', isKept, withRows(shell), false],
    ['so the shell alone is not what there is', isShell, withRows(shell, kept), false],
    ['and the shell is meant where there is no row', isShell, withRows(shell), true],
    ['and it is not gone', isGone, withRows(listener, kept), false],
    ['and it is gone once the kernel has forgotten it', isGone, withRows(listener, waitingRow), true],
  ])('%s', (_, claim, rows, holds) => expect(unmet(claim, rows).length === 0).toBe(holds));
});

describe('a claim about the addresses of this machine', () => {
  const interfaces = [
    {name: 'lo', host: '::1', internal: true},
    {name: 'lo', host: '127.0.0.1', internal: true},
    {name: 'eth0', host: '192.168.1.10', internal: false},
  ];
  const listed: Found = {
    ...found,
    calls: [
      {
        actor: 'client',
        call: {name: 'getifaddrs'},
        result: {kind: 'returned', value: 0, interfaces},
        elapsedUs: 1,
      },
    ],
  };
  const claims = (which: 'first' | 'some' | 'none', host?: string, internal?: boolean): Claim => ({
    outcome: {
      kind: 'returns-interface',
      which,
      ...(host === undefined ? {} : {host}),
      ...(internal === undefined ? {} : {internal}),
    },
  });

  test.each([
    ['the first IPv4 one', claims('first', '127.0.0.1', true), true],
    ['one of them', claims('some', '192.168.1.10', false), true],
    ['none of them', claims('none', '10.0.0.1'), true],
    ['another first one', claims('first', '192.168.1.10'), false],
    ['one that is marked otherwise', claims('some', '127.0.0.1', false), false],
    ['none, where there is one', claims('none', '127.0.0.1'), false],
  ])('%s', (_, claim, holds) => expect(unmet(claim, listed).length === 0).toBe(holds));
});

describe('frames of ARP', () => {
  const asked: WireFrame = {
    frame: {host: 'router', device: 'lan', direction: 'in', time: '1', length: 42, data: toBase64(new Uint8Array())},
    summary: {
      kind: 'arp',
      operation: 1,
      sender: {mac: '02:00:00:00:01:10', ip: '192.168.1.10'},
      target: {mac: '00:00:00:00:00:00', ip: '192.168.1.1'},
    },
    base: null,
    isAgain: false,
    during: 'connect',
  };
  const holds = (frame: FrameClaim) =>
    unmet({wire: {frames: [{protocol: 'arp', ...frame}]}}, {...found, wire: [asked]}).length === 0;

  test('come from who asks and go to who is asked for', () => {
    expect(holds({source: {host: '192.168.1.10'}, destination: {host: '192.168.1.1'}})).toBe(true);
    expect(holds({destination: {host: '203.0.113.80'}})).toBe(false);
    expect(holds({source: {host: '192.168.1.1'}})).toBe(false);
  });
});

test('a connection in the queue of another listener with that port is not counted', () => {
  const elsewhere: SocketRow = {...waitingRow, actor: 'server-2'};
  const claim: Claim = {sockets: [{kind: 'accept-queue', listener: 'listener', connections: 1}]};
  expect(unmet(claim, {...found, rows: [listener, waitingRow, elsewhere]})).toEqual([]);
  expect(unmet(claim, {...found, rows: [listener, elsewhere]})).toHaveLength(1);
});
