import {seeds} from '../../timeline/choice-order.ts';

/** The seed of a walk that is begun anew. */
export const freshSeed = (): number => Math.floor(Math.random() * seeds);
