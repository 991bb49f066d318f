import {expect, test} from 'vitest';
import {logOf} from '../../src/timeline/log.ts';

test('a recording may be of any length', () => {
  const recorded = Array.from({length: 500_000}, (_, seq) => ({
    ...({seq, at: seq, kind: 'actor-exited', actor: 'client', code: 0, signal: null} as const),
  }));
  const log = logOf(recorded);
  expect(log.events).toHaveLength(500_000);
  expect(log.events.at(-1)).toEqual(recorded.at(-1));
});
