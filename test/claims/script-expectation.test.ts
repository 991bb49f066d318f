import {expect, test} from 'vitest';
import {expectationUnmet} from '../../src/claims/script-expectation.ts';
import type {Expectation, Expected} from '../../src/model/expectation.ts';
import type {Outcome} from '../../src/model/outcome.ts';
import type {CallLine, View} from '../../src/timeline/view.ts';

const hello = Buffer.from('hello').toString('base64');

/** After one call of the client's, with a listener and two connections of the server's. */
function viewAfter(result: Outcome): View {
  const call = {name: 'recv', fd: 3, length: 5, flags: []};
  const sockets = ['LISTEN', 'ESTABLISHED', 'ESTABLISHED'].map(state => ({
    ...{actor: 'server', fd: 4, state},
    local: {host: '127.0.0.1', port: 8080},
  }));
  const lanes = [{actor: 'server', waiting: null, sockets}];
  return {calls: [{actor: 'client', call, result} as unknown as CallLine], lanes} as unknown as View;
}

const failed = viewAfter({kind: 'failed', errno: 'ECONNREFUSED', code: 111});
const received = viewAfter({kind: 'returned', value: 5, data: hello});

test.each<[string, View, Expected, boolean]>([
  ['the errno that came', failed, {kind: 'fails', errno: 'ECONNREFUSED'}, true],
  ['another errno', failed, {kind: 'fails', errno: 'ECONNRESET'}, false],
  ['that a call fails which did not', received, {kind: 'fails', errno: 'ECONNREFUSED'}, false],
  ['the number that came', received, {kind: 'returns', value: 5}, true],
  ['a smaller number', received, {kind: 'returns', value: 4}, false],
  ['success', received, {kind: 'succeeds'}, true],
  ['success of what failed', failed, {kind: 'succeeds'}, false],
  ['the bytes that came', received, {kind: 'receives', data: hello}, true],
  ['fewer bytes', received, {kind: 'receives', data: Buffer.from('hell').toString('base64')}, false],
  ['that a call waits which has returned', received, {kind: 'waits'}, false],
  ['a state that somebody is in', received, {kind: 'state', state: 'ESTABLISHED', count: null}, true],
  ['a state that nobody is in', received, {kind: 'state', state: 'CLOSE_WAIT', count: null}, false],
  ['as many as there are', received, {kind: 'state', state: 'ESTABLISHED', count: 2}, true],
  ['fewer than there are', received, {kind: 'state', state: 'ESTABLISHED', count: 1}, false],
])('a script may expect %s', (_, view, what, holds) => {
  expect(expectationUnmet({actor: null, what}, view, null) === null).toBe(holds);
});

test('what is expected of one actor is not found in another', () => {
  const of = (actor: Expectation['actor'], what: Expected) => expectationUnmet({actor, what}, received, null);
  expect(of('client', {kind: 'returns', value: 5})).toBeNull();
  expect(of('server', {kind: 'returns', value: 5})).toEqual({claimed: '= 5', found: '-'});
  expect(of('client', {kind: 'state', state: 'LISTEN', count: null})).toEqual({claimed: 'client LISTEN', found: '-'});
});

test('a segment is claimed where segments are captured', () => {
  const expectation: Expectation = {actor: null, what: {kind: 'segment', flag: 'RST'}};
  const frames = [{summary: {kind: 'tcp', flags: ['SYN', 'ACK']}}] as unknown as Parameters<typeof expectationUnmet>[2];
  expect(expectationUnmet(expectation, received, frames)).toEqual({claimed: 'RST', found: 'SYN ACK'});
  expect(expectationUnmet(expectation, received, null)).toBeNull();
});
