import {NoFolder} from '../../lab/file/folder.ts';
import {cliText, needText} from '../../messages/cli.ts';
import {fill} from '../../messages/fill.ts';
import {durationText} from '../../messages/notation.ts';
import {actorText} from '../../messages/screen.ts';
import type {LogEvent} from '../../model/event.ts';
import type {Lesson, Need} from '../../model/lesson.ts';
import type {Text} from '../../model/text.ts';
import {folderSentence} from '../run/cannot-run.ts';
import {lessonHere, lessonOfReview} from '../run/lesson-here.ts';
import {type ChosenNetwork, chooseNetwork, chosenNetwork, networkSentence, type Wishes} from '../run/network-choice.ts';
import {noPort} from '../run/port-choice.ts';
import {Walk} from '../run/walk.ts';
import type {Environment} from './play.ts';

/** One thing that is not as a lesson says. */
export interface Fault {
  readonly text: Text;
  readonly values: Readonly<Record<string, string | number>>;
}

/**
 * Plays lessons and their review questions on this machine's kernel, and says of each whether it did what they claim.
 *
 * @returns the exit code: 0 when all did, 1 when one did not
 */
export async function verify(
  lessons: readonly Lesson[],
  wishes: Pick<Wishes, 'network'>,
  around: Environment,
): Promise<number> {
  const {language} = around.style;
  let bad = 0;
  for (const lesson of lessons) {
    if (around.stopped.aborted) return 1;
    const start = performance.now();
    const {faults, lacks, left} = await verified(lesson, wishes, around);
    if (around.stopped.aborted) return 1;
    if (faults.length > 0) bad += 1;
    const time = durationText(1000 * (performance.now() - start));
    const values = {lesson: lesson.id, steps: lesson.steps.length, reviews: lesson.review.length, time};
    around.out(fill(faults.length === 0 ? cliText.verified : cliText.verifiedNot, language, values));
    for (const {text, values} of faults) around.out(fill(text, language, values));
    if (lacks.size === 0) continue;
    const needs = [...lacks].map(need => needText[need][language]).join(', ');
    around.out(fill(cliText.verifiedPartly, language, {lesson: lesson.id, count: left, needs}));
  }
  around.out(fill(bad === 0 ? cliText.verifiedAllFine : cliText.verifiedAll, language, {count: lessons.length, bad}));
  return bad === 0 ? 0 : 1;
}

interface Verified {
  /** What is not as the lesson and its review questions say, on this machine; empty when all is. */
  readonly faults: readonly Fault[];
  readonly lacks: ReadonlySet<Need>;
  /** How many steps were left out for it. */
  readonly left: number;
}

async function verified(lesson: Lesson, wishes: Pick<Wishes, 'network'>, around: Environment): Promise<Verified> {
  const faults: Fault[] = [];
  const lacking = new Set<Need>();
  let left = 0;
  for (const whole of [lesson, ...lesson.review.map(review => lessonOfReview(lesson, review))]) {
    if (around.stopped.aborted) break;
    const chosen = await chooseNetwork(whole, {...wishes, port: null});
    const where = chosenNetwork(chosen);
    if (!where) throw new Error('no free port');
    // The port is not worth a word here; that there is no private network is.
    const sentence = networkSentence({...chosen, port: noPort}, around.style.language);
    if (sentence !== '') around.say(sentence);
    const {lesson: here, lacks} = await lessonHere(whole, where.network);
    for (const need of lacks) lacking.add(need);
    left += whole.steps.length - here.steps.length;
    faults.push(...(await faultsOf(here, where, around).catch(error => folderFault(error, around))));
  }
  return {faults, lacks: lacking, left};
}

async function faultsOf(lesson: Lesson, where: ChosenNetwork, {stopped, style}: Environment): Promise<Fault[]> {
  await using walk = await Walk.open(lesson, where, lesson.message?.ja ?? '');
  const stop = () => void walk[Symbol.asyncDispose]();
  stopped.addEventListener('abort', stop);
  try {
    while (walk.nextStep && !walk.cut && !stopped.aborted) await walk.next();
  } finally {
    stopped.removeEventListener('abort', stop);
  }
  const {cut} = walk;
  if (!cut) return faultsIn(lesson, walk.log.events);
  const actor = actorText[cut.actor][style.language];
  return [{text: cliText.cut, values: {lesson: `    ${lesson.id}`, actor, how: cut.how}}];
}

/** Others need no folder, and are verified all the same. */
function folderFault(error: unknown, {style}: Environment): Fault[] {
  if (!(error instanceof NoFolder)) throw error;
  return [{text: cliText.verifiedWhy, values: {why: folderSentence(error, style.language)}}];
}

function faultsIn(lesson: Lesson, events: readonly LogEvent[]): Fault[] {
  const judged = events.flatMap(event => (event.kind === 'judged' ? [event] : []));
  const unmet = judged.flatMap(({step, unmet}) =>
    unmet.map(part => ({text: cliText.verifiedPart, values: {step, ...part}})),
  );
  const asked = new Set(lesson.steps.flatMap(({id, predict}) => (predict ? [id] : [])));
  const undecided = judged.flatMap(({step, fulfilled}) =>
    asked.has(step) && fulfilled.length !== 1
      ? [{text: cliText.verifiedChoices, values: {step, count: fulfilled.length}}]
      : [],
  );
  // The practice router serves until its process ends.
  const last = events.findLast(event => event.kind === 'kernel-read');
  const left = [
    ...(last?.waiting.map(({actor, call}) => `${actor} ${call}()`) ?? []),
    ...(last?.sockets.flatMap(({actor, fd, state}) =>
      fd === null || actor === 'router' ? [] : [`${actor} fd ${fd} ${state}`],
    ) ?? []),
    ...(last?.files?.map(({name}) => name) ?? []),
  ];
  const leftover = left.length === 0 ? [] : [{text: cliText.verifiedLeft, values: {what: left.join(', ')}}];
  return [...unmet, ...undecided, ...leftover];
}
