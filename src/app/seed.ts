/** Whole numbers from 0 up to this, which is not one of them. */
const limit = 2 ** 32;

/** The seed of a walk that is begun anew. */
export const freshSeed = (): number => Math.floor(Math.random() * limit);

export const isSeed = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) < limit;
