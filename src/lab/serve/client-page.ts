import type {PageWish} from './echo-protocol.ts';

/** The part of a list that is shown, as indexes: from `top`, `count` of them, `at` under the cursor. */
export interface PageCut {
  readonly top: number;
  readonly at: number | null;
  readonly ids: readonly number[];
}

/**
 * Cuts a page out of the clients so that the cursor stays on its client while others come and go. A cursor whose client is no longer
 * known stands where that one would be.
 *
 * @param ids all clients, in ascending order
 */
export function cutPage(ids: readonly number[], {order, count, top, cursor, move}: PageWish): PageCut {
  const last = ids.length - 1;
  if (last < 0) return {top: 0, at: null, ids: []};
  const within = (n: number, most: number) => Math.max(0, Math.min(n, most));
  const placeOf = (id: number) => (order === 'oldest' ? rankOf(ids, id) : last - rankOf(ids, id));
  const at = within((cursor === null ? 0 : placeOf(cursor)) + move, last);
  const start = within(within(top, at), Math.max(0, ids.length - count));
  const first = Math.max(start, at - count + 1);
  const shown = order === 'oldest' ? ids.slice(first, first + count) : newestFirst(ids, first, count);
  return {top: first, at, ids: shown};
}

const newestFirst = (ids: readonly number[], first: number, count: number): number[] =>
  ids.slice(Math.max(0, ids.length - first - count), ids.length - first).reverse();

/** Index of the first id that is not below this one (binary search), or of the last. */
export function rankOf(ids: readonly number[], id: number): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ids[middle] ?? 0) < id) low = middle + 1;
    else high = middle;
  }
  return Math.min(low, ids.length - 1);
}
