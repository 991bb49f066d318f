import {expect, test} from 'vitest';
import {fd, pid, port} from '../../src/model/brands.ts';
import type {Call} from '../../src/model/call.ts';
import {type CallLine, emptyView, type Lane} from '../../src/timeline/view.ts';
import {type WhatEnds, whatEnds} from '../../src/timeline/what-ends.ts';
import {socketRow} from '../app/socket-row.ts';

const of = fd(5);
const poll = (timeout: number): Call => ({name: 'poll', fds: [{fd: of, events: ['POLLIN']}], timeout});
const recv: Call = {name: 'recv', fd: of, length: 1, flags: 0};
const connect: Call = {name: 'connect', fd: of, address: {family: 'AF_INET', host: '127.0.0.1', port: port(80)}};
const limit = (option: 'SO_RCVTIMEO' | 'SO_SNDTIMEO', milliseconds: number): CallLine => ({
  ...{seq: 1, step: 's', actor: 'server', elapsedUs: 1, marks: []},
  call: {name: 'setsockopt', fd: of, level: 'SOL_SOCKET', option, value: {milliseconds}},
  result: {kind: 'returned', value: 0},
});

const lane = (actor: Lane['actor'], call: Call | null, threadState = 'S'): Lane => ({
  ...{actor, pid: pid(7), host: null, running: null, program: null, exit: null},
  sockets: [socketRow(actor, of, 'CLOSE', 0)],
  waiting: call && {call, since: 0, seen: {actor, call: call.name, threadState, sleepsIn: ''}},
});
const endsOf = (own: Lane, other: Lane, ...calls: readonly CallLine[]): WhatEnds | null =>
  whatEnds(own, {...emptyView, lanes: [own, other], calls});

const asleep = lane('client', recv);
const awake = lane('client', null);

test.each<[string, WhatEnds | null, Lane, Lane, ...CallLine[]]>([
  ['no call', null, lane('server', null), asleep],
  ['poll() with a time', {kind: 'time', milliseconds: 500}, lane('server', poll(500)), asleep],
  ['poll() that does not wait', {kind: 'time', milliseconds: 0}, lane('server', poll(0)), asleep],
  ['poll() without a time', {kind: 'nobody'}, lane('server', poll(-1)), asleep],
  ['recv() while the other could act', {kind: 'others'}, lane('server', recv), awake],
  ['recv() while the other waits by the clock', {kind: 'others'}, lane('server', recv), lane('client', poll(9))],
  ['recv() while the other sleeps', {kind: 'nobody'}, lane('server', recv), asleep],
  ['recv() that is stopped', {kind: 'itself'}, lane('server', recv, 'T'), asleep],
  [
    'recv() with a limit',
    {kind: 'time', milliseconds: 80},
    lane('server', recv),
    asleep,
    limit('SO_RCVTIMEO', 9),
    limit('SO_RCVTIMEO', 80),
  ],
  ['recv() with the limit of send()', {kind: 'nobody'}, lane('server', recv), asleep, limit('SO_SNDTIMEO', 80)],
  ['recv() whose limit is none', {kind: 'nobody'}, lane('server', recv), asleep, limit('SO_RCVTIMEO', 0)],
  ['connect() of TCP', {kind: 'retries'}, lane('server', connect), asleep],
  [
    'connect() with the limit of send()',
    {kind: 'time', milliseconds: 80},
    lane('server', connect),
    asleep,
    limit('SO_SNDTIMEO', 80),
  ],
])('what ends a wait: %s', (_, ends, own, other, ...calls) => {
  expect(endsOf(own, other, ...calls)).toEqual(ends);
});
