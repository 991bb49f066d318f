import type {Advice} from '../../messages/advice/advice.ts';
import {challengeText, firstMoves, labText, usualOrder} from '../../messages/lab.ts';
import {screenText} from '../../messages/screen.ts';
import {type Challenge, parOf} from '../../model/challenge.ts';
import type {Text} from '../../model/text.ts';
import type {CallLine, View} from '../../timeline/view.ts';
import {type WhatEnds, whatEnds} from '../../timeline/what-ends.ts';
import type {Look} from '../text/look.ts';
import {type Line, styled} from '../text/spans.ts';
import {wrap} from '../text/wrap.ts';

/** What the lab says, as paragraphs. */
export interface LabTextData {
  readonly view: View;
  readonly port: number;
  /** The call that was made last at the moment that is shown; null before the first. */
  readonly newest: CallLine | null;
  /** Why the kernel refused it, and what to try; null where it did not. */
  readonly advice: Advice | null;
  /** What the lab itself answered to the last line; null when that was a call. */
  readonly said: readonly SaidText[] | null;
  readonly challenge: {
    readonly challenge: Challenge;
    readonly moves: number;
    readonly isSolved: boolean;
    readonly next: Challenge | null;
  } | null;
  readonly isLooking: boolean;
  /** Nothing was done yet. */
  readonly isUntouched: boolean;
  /** The line of a script that is being done; null when none is. */
  readonly doing: number | null;
}

interface SaidText {
  readonly text: Text;
  readonly values: Readonly<Record<string, string | number>>;
  readonly tone: 'plain' | 'good' | 'bad' | 'dim';
}

type Style = Omit<Line[number], 'text'>;

/** The words between calls and prompt: the challenge, then what the newest line came to, and why. */
export function labLines(data: LabTextData, look: Look, width: number): Line[] {
  const paragraph = (text: string, style: Style = {}): Line[] =>
    wrap(text, width - 2).map((line): Line => [styled(` ${line}`, style)]);
  const say = (text: Text, values = {}, style: Style = {}) => paragraph(look.say(text, values), style);
  if (data.view.lanes.length === 0) return say(screenText.starting, {}, {dim: true});
  // All of a long answer is to be seen, on a small screen too; the challenge is there again after the next line.
  const isLong = data.said !== null && data.said.length > 1;
  const challenge = isLong ? [] : challengeLines(data, paragraph, look);
  return [...challenge, ...answerLines(data, paragraph, say, look)];
}

type Paragraph = (text: string, style?: Style) => Line[];
type Say = (text: Text, values?: Record<string, string | number>, style?: Style) => Line[];

function challengeLines({challenge: attempt}: LabTextData, paragraph: Paragraph, look: Look): Line[] {
  if (!attempt) return [];
  const {challenge, moves, isSolved, next} = attempt;
  const par = parOf(challenge);
  const {id} = challenge;
  if (!isSolved) {
    const head = look.say(challengeText.head, {id, title: look.say(challenge.title)});
    const count = look.say(challengeText.moves, {moves, par});
    return [...paragraph(`${head}  ${count}`, {bold: true}), ...paragraph(look.say(challenge.about))];
  }
  return [
    ...paragraph(`${look.glyphs.yes} ${look.say(challengeText.solved, {moves, par})}`, {bold: true}),
    ...paragraph(look.say(challenge.after)),
    ...paragraph(look.say(moves <= par ? challengeText.onlyLines : challengeText.fewer, {id}), {dim: true}),
    ...(next === null ? [] : nextLines(next, paragraph, look)),
  ];
}

const nextLines = ({id, title}: Challenge, paragraph: Paragraph, look: Look): Line[] => [
  ...paragraph(`${look.say(labText.nextChallenge)} ${look.say(title)}`),
  ...paragraph(`  challenge ${id}`, {bold: true}),
];

const tones: Record<SaidText['tone'], Style> = {
  plain: {},
  good: {bold: true},
  bad: {bold: true},
  dim: {dim: true},
};

function answerLines(data: LabTextData, paragraph: Paragraph, say: Say, look: Look): Line[] {
  const {said, newest, advice, isLooking, doing, challenge} = data;
  const looking = isLooking ? say(labText.looking, {}, {dim: true}) : [];
  if (doing !== null) return say(labText.working, {n: doing}, {bold: true});
  if (said) return [...said.flatMap(({text, values, tone}) => say(text, values, tones[tone])), ...looking];
  if (advice && newest?.result.kind === 'failed')
    return [...adviceLines(newest.result.errno, advice, paragraph, look), ...looking];
  if (newest && isStopped(newest, data.view))
    return [...say(labText.stopped, {call: newest.call.name, actor: newest.actor}, {bold: true}), ...looking];
  if (newest?.result.kind === 'waiting') {
    const lane = data.view.lanes.find(({actor}) => actor === newest.actor);
    const ends = (lane && whatEnds(lane, data.view)) ?? {kind: 'itself'};
    const values = {...ends, call: newest.call.name, actor: newest.actor};
    return [...say(waitingText[ends.kind], values, {bold: true}), ...looking];
  }
  if (newest?.result.kind === 'returned' && !challenge?.isSolved)
    return [...say(labText.worked, {call: newest.call.name, value: newest.result.value}), ...looking];
  if (!data.isUntouched) return looking;
  return [...firstLines(data, say, look), ...looking];
}

/** Cells of a first move, but for a long one. */
const moveWidth = 15;

/** What may be done first, and in which order calls usually come. */
function firstLines({port}: LabTextData, say: Say, look: Look): Line[] {
  const lines = firstMoves.map(({line}) => look.say({ja: line, en: line}, {port}));
  const moves = firstMoves.map(
    ({about}, i): Line => [
      styled(`   ${i + 1}  `, {bold: true, tone: 'key'}),
      styled((lines[i] ?? '').padEnd(moveWidth), {bold: true}),
      {text: `  ${look.say(about)}`},
    ],
  );
  const order = usualOrder.map(({side, calls}): Line => [{text: ` ${side}  ${look.say({ja: calls, en: calls})}`}]);
  return [
    ...say(labText.free),
    ...say(labText.firstMove),
    ...moves,
    ...order,
    ...say(labText.how, {port}, {dim: true}),
  ];
}

const isStopped = ({actor, result}: CallLine, {lanes}: View): boolean =>
  result.kind === 'waiting' && lanes.some(lane => lane.actor === actor && lane.waiting?.seen?.threadState === 'T');

const waitingText: Record<WhatEnds['kind'], Text> = {
  time: labText.sleepsFor,
  retries: labText.retries,
  nobody: labText.deadlock,
  others: labText.sleeping,
  itself: labText.notBack,
};

/** Why the kernel said no, and one thing to try: that is to be seen at once. */
function adviceLines(errno: string, {meaning, next, line}: Advice, paragraph: Paragraph, look: Look): Line[] {
  const [first, ...others] = paragraph(`${errno}: ${look.say(meaning)}`);
  const head: Line[] = first
    ? [[styled(` ${errno}`, {bold: true, tone: 'errno'}), ...rest(first, errno.length + 1)]]
    : [];
  const example: Line[] = line === null ? [] : paragraph(`  ${line}`, {bold: true});
  return [...head, ...others, ...paragraph(`${look.say(labText.next)} ${look.say(next)}`), ...example];
}

/** A line without its first characters. */
const rest = ([span, ...spans]: Line, from: number): Line =>
  span ? [{...span, text: span.text.slice(from)}, ...spans] : [];
