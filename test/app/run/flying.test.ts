import {expect, test} from 'vitest';
import {Flying} from '../../../src/app/run/flying.ts';
import type {Flight} from '../../../src/draw/wire/flight.ts';
import {until} from '../../lab/until.ts';

/** A flight on this machine's clock, and all that was shown of it. */
function flying(clock = () => performance.now() / 1000) {
  const shown: {flight: Flight | null; now: number}[] = [];
  return {shown, flying: new Flying(clock, (flight, now) => shown.push({flight, now}))};
}

const timers = (): number => process.getActiveResourcesInfo().filter(name => name === 'Timeout').length;

test('frames fly together from the first one on, and then stand still without a timer', async () => {
  const {shown, flying: frames} = flying();
  const before = timers();
  for (const seq of [24, 25, 26]) frames.take(seq);
  expect(timers()).toBe(before + 1);
  await until('they have arrived', () => shown.at(-1)?.flight === null);
  expect(new Set(shown.slice(0, -1).map(({flight}) => flight?.from))).toEqual(new Set([24]));
  expect(shown.length).toBeGreaterThan(3);
  const [first, last] = [shown[0], shown.at(-1)];
  expect((last?.now ?? 0) - (first?.now ?? 0)).toBeGreaterThanOrEqual(0.6);
  expect(timers()).toBeLessThanOrEqual(before);
});

test('whoever does not wait for them sees them landed at once', () => {
  const {shown, flying: frames} = flying();
  frames.take(7);
  frames.land();
  expect(shown.map(({flight}) => flight?.from ?? null)).toEqual([7, null]);
  frames.land();
  expect(shown).toHaveLength(2);
});

test('on a machine that draws seldom each is still seen on its way', async () => {
  let hours = 0;
  const {shown, flying: frames} = flying(() => 3600 * hours++);
  for (const seq of [24, 25, 26]) frames.take(seq);
  await until('they have arrived', () => shown.at(-1)?.flight === null);
  const flown = shown.flatMap(({flight, now}) => (flight ? [now - flight.since] : []));
  for (const arrow of [0, 1, 2]) {
    expect(flown.some(seconds => seconds / 0.2 > arrow + 0.01 && seconds / 0.2 < arrow + 0.99)).toBe(true);
  }
});
