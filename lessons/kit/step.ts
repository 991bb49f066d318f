import {type Act, actsOf, type Choice, type Claim, type Prediction, type Step} from '../../src/model/lesson.ts';
import {type Claims, claimOf, stepClaimOf} from './claims.ts';
import {textOf, type Words} from './text.ts';

/** The choice that is so: its claim is the step's own, or only these parts of it. */
export interface AsClaimed {
  readonly parts?: readonly (keyof Claim)[];
}
const own: AsClaimed = {};

/** As the step claims it: all of that, or (`asClaimed.of('outcome')`) a part. */
export const asClaimed: AsClaimed & {readonly of: (...parts: readonly (keyof Claim)[]) => AsClaimed} = Object.assign(
  own,
  {of: (...parts: readonly (keyof Claim)[]): AsClaimed => ({parts})},
);

interface ChoiceWords {
  readonly text: Words;
  readonly claim: Claims | AsClaimed;
  /** Why it is not so. */
  readonly because?: Words;
}

interface Asks<B extends string> {
  readonly belief: B;
  readonly question: Words;
  readonly choices: readonly ChoiceWords[];
}

type StepWords<B extends string> = (
  | Asks<B>
  | {readonly belief?: never; readonly question?: never; readonly choices?: never}
) &
  Omit<Step, keyof Act | 'id' | 'also' | 'before' | 'after' | 'hint' | 'expect' | 'predict'> & {
    readonly before: Words;
    readonly after: Words;
    readonly hint?: Words;
    /** In any order. The usual outcome of the step's last call is not written; `anyOutcome` takes it away. */
    readonly expect?: Claims;
  };

/** A step that asks, if it does, about one of these beliefs. */
export interface StepAbout<B extends string> extends Step {
  readonly predict?: Prediction & {readonly belief: B};
}

/** One call, or several that are made right after each other. */
export function step<const B extends string = never>(
  id: string,
  acts: Act | readonly [Act, ...Act[]],
  {before, after, hint, expect, belief, question, choices, ...more}: StepWords<B>,
): StepAbout<B> {
  const calls = callsOf(acts);
  const claim = stepClaimOf(actsOf(calls as Step).at(-1) ?? calls, expect ?? []);
  return {
    id,
    ...calls,
    before: textOf(before),
    ...(belief && question && choices ? {predict: predictionOf({belief, question, choices}, claim)} : {}),
    ...(hint === undefined ? {} : {hint: textOf(hint)}),
    after: textOf(after),
    expect: claim,
    ...more,
  };
}

function callsOf(acts: Act | readonly [Act, ...Act[]]): Pick<Step, keyof Act | 'also'> {
  if (!('length' in acts)) return acts;
  const [first, ...also] = acts;
  return {...first, also};
}

const predictionOf = <B extends string>({belief, question, choices}: Asks<B>, claim: Claim) => ({
  belief,
  question: textOf(question),
  choices: choices.map(choice => choiceOf(choice, claim)),
});

const choiceOf = ({text, claim, because}: ChoiceWords, ofStep: Claim): Choice => ({
  text: textOf(text),
  claim: isOwn(claim) ? partsOf(ofStep, claim.parts) : claimOf(claim),
  ...(because === undefined ? {} : {because: textOf(because)}),
});

const isOwn = (claim: Claims | AsClaimed): claim is AsClaimed => claim === asClaimed || 'parts' in claim;

const partsOf = (claim: Claim, parts: AsClaimed['parts']): Claim =>
  parts ? Object.fromEntries(Object.entries(claim).filter(([name]) => parts.includes(name as keyof Claim))) : claim;
