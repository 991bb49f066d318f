import {beforeAll, expect, test} from 'vitest';
import {laneLines} from '../../src/draw/lesson/lanes.ts';
import {paneLines} from '../../src/draw/lesson/panes.ts';
import {lookOf} from '../../src/draw/text/look.ts';
import type {LogEvent} from '../../src/model/event.ts';
import {fromBase64} from '../../src/model/payload.ts';
import {logOf} from '../../src/timeline/log.ts';
import {project} from '../../src/timeline/project.ts';
import type {View} from '../../src/timeline/view.ts';
import {lessonNamed, walked} from '../walked.ts';

const lesson = lessonNamed('udp');
let events: readonly LogEvent[];
beforeAll(async () => {
  events = await walked(lesson);
});

/** The view once this step had been judged. */
const viewAfter = (step: string): View => {
  const at = events.findIndex(event => event.kind === 'judged' && event.step === step);
  return project(logOf(events), at + 1);
};

const onTheWay = (view: View) => Object.values(view.flows.inFlight).flat();
const marksOf = (step: string) =>
  viewAfter('client-close')
    .calls.filter(line => line.step === step)
    .map(line => line.marks);

const textOf = (lines: ReturnType<typeof laneLines>): string =>
  lines.map(line => line.map(span => span.text).join('')).join('\n');
const lanesAfter = (step: string, language: 'ja' | 'en' = 'en', width = 80): string =>
  textOf(laneLines(viewAfter(step), lookOf(language, false), {width, height: 6}, null, 0));
const bytesOf = (view: View): string =>
  textOf(
    paneLines('bytes', {view, lesson, step: null, port: 0, frames: [], isRecorded: false}, lookOf('en', false), {
      width: 80,
      height: 9,
    }),
  );

test('three datagrams wait apart, and each receive takes one of them', () => {
  expect(onTheWay(viewAfter('client-send-more')).map(({length}) => length)).toEqual([3, 3, 5]);
  expect(lanesAfter('client-send-more', 'en', 120)).toContain('<A|B|C 11B');
  expect(marksOf('server-recv-one')).toEqual([[{send: 0, length: 3}]]);
  expect(marksOf('server-recv-more')).toEqual([[{send: 1, length: 3}], [{send: 2, length: 5}]]);
});

test('what did not fit is gone, and the bytes say so', () => {
  expect(marksOf('server-recv-rest').slice(0, 2)).toEqual([[{send: 3, length: 13}], [{send: 3, length: 5, lost: 8}]]);
  expect(onTheWay(viewAfter('server-recv-rest'))).toEqual([]);
  const view = viewAfter('server-recv-rest');
  const received = {...view, calls: view.calls.slice(0, -1)};
  expect(bytesOf(received)).toContain('client sendto() 13 B → server recvfrom()');
  expect(bytesOf(received)).toContain('8 B lost');
});

test('an empty datagram has a letter of its own, from sendto to recvfrom', () => {
  expect(marksOf('client-send-empty')).toEqual([[{send: 4, length: 0}]]);
  expect(marksOf('server-recv-rest').at(-1)).toEqual([{send: 4, length: 0}]);
  expect(onTheWay(viewAfter('client-send-empty'))).toEqual([]);
});

test('an answer waits at the socket that has the wildcard address', () => {
  expect(onTheWay(viewAfter('server-reply'))).toEqual([{send: 5, length: 6}]);
  expect(lanesAfter('server-reply')).toContain('F 6B>');
  expect(marksOf('client-recv')).toEqual([[{send: 5, length: 6}]]);
});

test('a datagram to nobody waits nowhere; one that was refused was never sent', () => {
  expect(marksOf('client-send-nobody')).toEqual([[], [{send: 6, length: 5}]]);
  expect(onTheWay(viewAfter('client-send-nobody'))).toEqual([]);
  expect(bytesOf(viewAfter('client-send-nobody'))).not.toContain('Recv-Q');
  expect(marksOf('client-send')).toEqual([[{send: 7, length: 6}]]);
  expect(marksOf('client-send-again')).toEqual([[]]);
  expect(onTheWay(viewAfter('client-send-again'))).toEqual([]);
});

test('the bytes that were received are those that the letters say', () => {
  const received = viewAfter('client-close').calls.flatMap(({call, result, marks}) =>
    call.name === 'recvfrom' && result.kind === 'returned' ? [[fromBase64(result.data ?? '').length, marks]] : [],
  );
  for (const [length, marks] of received) expect(marks).toMatchObject([{length}]);
});

test('a socket without a peer is UNCONN, and a peer that is noted is no connection', () => {
  expect(lanesAfter('server-bind')).toContain('UNCONN');
  expect(lanesAfter('server-bind')).not.toContain('CLOSE');
  expect(lanesAfter('client-connect')).toContain('ESTABLISHED');
  expect(lanesAfter('client-connect')).not.toMatch(/<[=-]+>/);
  expect(lanesAfter('client-connect', 'en', 200)).toContain('a peer noted, no connection');
});

test.each(['ja', 'en'] as const)('Recv-Q is said to be memory in %s', language => {
  expect(lanesAfter('client-send-more', language)).toMatch(/Recv-Q \d+ \((メモリー量|memory)\)/);
  expect(lanesAfter('server-bind', language)).not.toMatch(/メモリー|memory/);
});
