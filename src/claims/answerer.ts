import type {Claim, Prediction} from '../model/lesson.ts';

/** Whose answer a prediction is held against. */
export type Answerer = 'kernel' | 'node';

export const answererOf = ({choices}: Prediction): Answerer =>
  choices.some(({claim}) => isOfNode(claim)) ? 'node' : 'kernel';

/** What a Node process wrote, called or how it ended is no answer of the kernel's. */
function isOfNode({says, traced, outcome, completes}: Claim): boolean {
  const kinds: readonly (string | undefined)[] = [outcome?.kind, completes?.outcome.kind];
  return says !== undefined || traced !== undefined || kinds.some(kind => kind === 'ends' || kind === 'throws');
}
