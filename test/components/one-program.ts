import {afterAll, beforeAll, beforeEach, describe, test as one} from 'vitest';
import {type Moment, momentOf, pidsOn, Sockwalk, type Start} from './sockwalk.ts';

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

type WithProgram = (sockwalk: Sockwalk) => Promise<void>;

/** How a test of the group is written; what it is given is the program as the test before it left it. */
type Test = (name: string, body: WithProgram) => void;

/**
 * Tests that share one program, since opening it costs more than most of them do: they run one after the other, while groups
 * run beside each other and beside `test.concurrent`.
 *
 * @param begin brings the program, from wherever the test before left it, to where each test begins
 */
export function inOneProgram(name: string, start: Start, begin: WithProgram, define: (test: Test) => void): void {
  describe.concurrent(name, () => {
    const program = oneProgram(start);
    beforeEach(() => begin(program()));
    define((what, body) => one.sequential(what, () => body(program())));
  });
}

/** Reading of the call that this step made. */
export const at = (step: number) => (screen: string) =>
  momentOf(screen).kind === 'reading' && momentOf(screen).step === step;

/** In a lesson, at the newest call that was made. */
export async function toLatest(sockwalk: Sockwalk): Promise<void> {
  const {kind, step} = sockwalk.moment;
  if (kind === 'asking') await sockwalk.press('Left', at(step));
  await sockwalk.press('$', screen => momentOf(screen).kind === 'reading' && screen.includes('LIVE'));
}

/** In a lesson that has made no call yet, with processes that no test before has used. */
export async function fromStart(sockwalk: Sockwalk): Promise<void> {
  const isFresh = (screen: string) => at(0)(screen) && screen.includes('LIVE');
  if (sockwalk.screen.includes('playing')) await sockwalk.press('Space', screen => !screen.includes('playing'));
  if (isFresh(sockwalk.screen)) return;
  const before = pidsOn(sockwalk.screen);
  await sockwalk.press('r', screen => isFresh(screen) && pidsOn(screen).every(pid => !before.includes(pid)));
}

/** Leaves, by Esc, what was opened from there. */
export async function backTo(sockwalk: Sockwalk, place: Moment['kind']): Promise<void> {
  for (let {kind} = sockwalk.moment; kind !== place; kind = sockwalk.moment.kind) {
    const before = kind;
    await sockwalk.press('Esc', screen => momentOf(screen).kind !== before);
  }
}
