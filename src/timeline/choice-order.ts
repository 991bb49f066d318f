/** Seeds are whole numbers from 0 up to this, which is none. */
export const seeds = 2 ** 32;

export const isSeed = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) < seeds;

/**
 * In which order a walk shows the choices of a step, as indexes of the lesson's own. It is drawn for each walk, so that a place
 * tells nothing, and rests on nothing else, so that it stays the same however often the question is seen.
 */
export function drawnOrder(count: number, seed: number, lesson: string, step: string): readonly number[] {
  const ranks = indexes(count).map(i => hash(`${seed} ${lesson} ${step} ${i}`));
  return indexes(count).sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0));
}

/** The order that a log tells; the lesson's own where it tells none, or one that cannot be, as an old or forged recording may. */
export function orderShown(told: readonly number[] | undefined, count: number): readonly number[] {
  const own = indexes(count);
  return told?.length === count && own.every(i => told.includes(i)) ? told : own;
}

/** The number that a choice was shown with, from 1. */
export const numberShown = (order: readonly number[], choice: number): number => order.indexOf(choice) + 1;

/** The numbers of several, the smallest first. */
export const numbersShown = (order: readonly number[], choices: readonly number[]): readonly number[] =>
  choices.map(choice => numberShown(order, choice)).sort((a, b) => a - b);

const indexes = (count: number): number[] => Array.from({length: count}, (_, i) => i);

/**
 * FNV-1a, and the finalizer of MurmurHash3, which spreads what a last digit changes over all bits. node:crypto would do as well,
 * but loading it takes longer than the whole of the list.
 */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
