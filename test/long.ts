/** Whether this is `npm run soak`, which tries every case of what is long by nature; `npm test` tries some of each. */
export const isLong = process.env.SOCKWALK_SOAK === '1';

/** All cases in the soak, else those alone that are named. */
export const casesOf = <T>(all: readonly T[], ...some: readonly T[]): readonly T[] => (isLong ? all : some);
