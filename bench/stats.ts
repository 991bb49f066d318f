/** What repeated measurements of one thing were. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** The value that a share of the measurements do not exceed (nearest rank); 0.5 is the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}

export const spreadOf = (values: readonly number[]): Spread => ({
  median: quantile(values, 0.5),
  min: Math.min(...values),
  max: Math.max(...values),
});

/** The ratios of measurements that were made one after the other: a noisy moment is in both. */
export const ratios = (measured: readonly number[], reference: readonly number[]): Spread =>
  spreadOf(measured.map((value, i) => value / (reference[i] ?? Number.NaN)));

export const rangeText = ({median, min, max}: Spread, digits: number): string =>
  `${median.toFixed(digits)} (${min.toFixed(digits)}-${max.toFixed(digits)})`;

/** Does the same things in turn, A B C A B C …, and gives what each came to. The first round warms up and does not count. */
export async function inTurn<Name extends string>(
  rounds: number,
  things: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(things) as Name[];
  const measured = Object.fromEntries(names.map(name => [name, []])) as unknown as Record<Name, number[]>;
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const value = await things[name]();
      if (round > 0) measured[name].push(value);
    }
  }
  return measured;
}
