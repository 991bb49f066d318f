/** Whether this is `npm run soak`, which tries every case of what is long by nature; `npm test` tries some of each. */
export const isLong = process.env.SOCKWALK_SOAK === '1';

/** All cases in the soak, else those alone that are named. */
export const casesOf = <T>(all: readonly T[], ...some: readonly T[]): readonly T[] => (isLong ? all : some);

/** Defines tests that only the soak runs: of each something, `npm test` tries another way or another case. */
export const inSoak = (define: () => void): void => {
  if (isLong) define();
};
