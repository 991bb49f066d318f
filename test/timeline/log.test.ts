import {expect, test} from 'vitest';
import {createLog, logOf} from '../../src/timeline/log.ts';

test('events are numbered from 0, and tell when they came: in seconds since the beginning, to the microsecond', () => {
  const times = [0, 0.000_000_4, 1.234_567_89];
  const log = createLog(() => times.shift() ?? 0);
  for (const captured of [11, 12, 13]) log.append({kind: 'wire-counted', captured, dropped: 0, omitted: 0});
  expect(log.events).toEqual([
    {seq: 0, at: 0, kind: 'wire-counted', captured: 11, dropped: 0, omitted: 0},
    {seq: 1, at: 0, kind: 'wire-counted', captured: 12, dropped: 0, omitted: 0},
    {seq: 2, at: 1.234_568, kind: 'wire-counted', captured: 13, dropped: 0, omitted: 0},
  ]);
});

test('a recording may be of any length', () => {
  const recorded = Array.from({length: 500_000}, (_, seq) => ({
    ...({seq, at: seq, kind: 'actor-exited', actor: 'client', code: 0, signal: null} as const),
  }));
  const log = logOf(recorded);
  expect(log.events).toHaveLength(500_000);
  expect(log.events.at(-1)).toEqual(recorded.at(-1));
});
