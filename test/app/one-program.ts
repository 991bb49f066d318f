import {afterAll, beforeAll} from 'vitest';
import {type Moment, momentOf, Sockwalk, type Start} from './sockwalk.ts';

/** One program for all tests of a `describe`, which run one after the other; each begins by bringing it to where it starts. */
export function oneProgram(start: Start): () => Sockwalk {
  let sockwalk: Sockwalk | null = null;
  beforeAll(async () => {
    sockwalk = await Sockwalk.open(start);
  });
  afterAll(() => sockwalk?.[Symbol.asyncDispose]());
  return () => {
    if (!sockwalk) throw new Error('the program is not open');
    return sockwalk;
  };
}

/** Leaves, by Esc, what was opened from there. */
export async function backTo(sockwalk: Sockwalk, place: Moment['kind']): Promise<void> {
  for (let {kind} = sockwalk.moment; kind !== place; kind = sockwalk.moment.kind) {
    const before = kind;
    await sockwalk.press('Esc', screen => momentOf(screen).kind !== before);
  }
}
