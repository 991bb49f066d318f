import {challengeText} from '../../messages/lab.ts';
import {type Challenge, parOf} from '../../model/challenge.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, spread, styled} from '../text/spans.ts';
import {wrap} from '../text/wrap.ts';

export interface ChallengeListData {
  readonly challenges: readonly Challenge[];
  /** By id: the fewest lines that it took; absent where it is not solved. */
  readonly best: Readonly<Record<string, number>>;
  readonly selected: number;
}

/**
 * ```
 *  Challenges                                           2 of 15 solved
 *
 *  [x]  1  waiting-room   A connection nobody has accepted   par 4  your best 4
 * >[ ]  2  close-wait     …                                  par 6
 * ```
 */
export function challengeLines(data: ChallengeListData, look: Look, size: {width: number; height: number}): Line[] {
  const {challenges, best, selected} = data;
  const {width, height} = size;
  const chosen = challenges[selected];
  const about = chosen ? wrap(look.say(chosen.about), width - 2).map((text): Line => [{text: ` ${text}`}]) : [];
  const done = challenges.filter(({id}) => best[id] !== undefined).length;
  const room = Math.max(1, height - 3 - about.length);
  const first = Math.max(0, Math.min(selected - Math.floor(room / 2), challenges.length - room));
  const idWidth = Math.max(...challenges.map(({id}) => id.length)) + 2;
  const rows = challenges
    .slice(first, first + room)
    .map((challenge, i) => rowOf(challenge, first + i, data, idWidth, look, width));
  const head = spread(
    [styled(` ${look.say(challengeText.title)}`, {bold: true})],
    [{text: `${look.say(challengeText.solvedCount, {done, all: challenges.length})} `}],
    width,
  );
  return [head, [], ...rows, [], ...about];
}

function rowOf(
  challenge: Challenge,
  i: number,
  {best, selected}: ChallengeListData,
  idWidth: number,
  look: Look,
  width: number,
): Line {
  const own = best[challenge.id];
  const isSelected = i === selected;
  const count =
    own === undefined
      ? look.say(challengeText.par, {par: parOf(challenge)})
      : `${look.say(challengeText.best, {best: own})}  ${look.say(challengeText.par, {par: parOf(challenge)})}`;
  const right: Line = [styled(`${count} `, {dim: !isSelected})];
  const left: Line = [
    styled(isSelected ? '>' : ' ', {bold: true}),
    styled(own === undefined ? '[ ]' : '[x]', {bold: own !== undefined}),
    {text: ` ${String(i + 1).padStart(2)}  `},
    ...fitLine([styled(challenge.id, {bold: isSelected})], idWidth),
    styled(look.say(challenge.title), {bold: isSelected}),
  ];
  return spread(left, right, width);
}
