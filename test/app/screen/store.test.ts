import {expect, test} from 'vitest';
import {createStore} from '../../../src/app/screen/store.ts';
import {until} from '../../lab/until.ts';

/** A store, and what a listener saw of it. */
function watched() {
  const store = createStore(0);
  const seen: number[] = [];
  store.subscribe(() => seen.push(store.get()));
  return {store, seen};
}

const to = (value: number) => () => value;

test('listeners are told of each change, and of none where nothing changed', () => {
  const {store, seen} = watched();
  store.set(to(1));
  store.set(to(1));
  store.set(to(2));
  expect(seen).toEqual([1, 2]);
});

test('at a pace they are told of the newest now and then, and of the last at the end', async () => {
  const {store, seen} = watched();
  const end = store.pace(20);
  for (const value of [1, 2, 3]) store.set(to(value));
  expect([store.get(), seen]).toEqual([3, []]);
  await until('they are told', () => seen.length > 0);
  store.set(to(4));
  end();
  expect(seen).toEqual([3, 4]);
  store.set(to(5));
  expect(seen).toEqual([3, 4, 5]);
});

test('of two paces the last that ends counts, and without news nobody is told', () => {
  const {store, seen} = watched();
  const [one, other] = [store.pace(60_000), store.pace(60_000)];
  store.set(to(1));
  one();
  store.set(to(2));
  expect(seen).toEqual([]);
  other();
  expect(seen).toEqual([2]);
  store.pace(60_000)();
  expect(seen).toEqual([2]);
});
