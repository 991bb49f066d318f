import {expect, test} from 'vitest';
import {parseRecording} from '../../../src/app/keep/recording.ts';
import {pid} from '../../../src/model/brands.ts';
import type {Call} from '../../../src/model/call.ts';
import type {Happening} from '../../../src/model/event.ts';

const call: Call = {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0};
const step = {lesson: 'echo', step: 'server-socket', actor: 'server'} as const;
const happenings: readonly Happening[] = [
  {kind: 'actor-started', actor: 'server', pid: pid(1)},
  {kind: 'call-started', ...step, call},
  {kind: 'call-returned', ...step, call, outcome: {kind: 'failed', errno: 'EMFILE', code: 24}, elapsedUs: 3},
  {kind: 'actor-exited', actor: 'server', code: 0, signal: null},
];
const lines = happenings.map((happening, seq) => JSON.stringify({seq, at: seq, ...happening}));

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
/** As a later minor version may write it: with one more property in each object. */
const later = (line: string): string =>
  JSON.stringify(JSON.parse(line, (_, value) => (isObject(value) ? {...value, later: 1} : value)));

test('a recording of a later minor version, which has more properties, is read like one of this', () => {
  expect(parseRecording(lines.join('\n'), 'walk')).toMatchObject({events: happenings, damage: null});
  const read = parseRecording(lines.map(later).join('\n'), 'walk');
  expect(read).toMatchObject({events: happenings, damage: null});
  expect(read.events[2]).toHaveProperty('call.later');
});

test('a property that this version has must be what it is here, with whatever others', () => {
  const wrong = later(lines[2] ?? '').replace('"elapsedUs":3', '"elapsedUs":"3"');
  const {events, damage} = parseRecording([...lines.slice(0, 2), wrong, ...lines.slice(3)].join('\n'), 'walk');
  expect(events).toHaveLength(2);
  expect(damage?.text.en).toContain('call-returned/elapsedUs must be integer');
});
