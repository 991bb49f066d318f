/** The one after this, round and round. */
export function following<T>(all: readonly T[], one: T): T {
  const next = all[(all.indexOf(one) + 1) % all.length];
  return next === undefined ? one : next;
}
