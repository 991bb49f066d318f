import {nextFree} from '../lab/port.ts';
import {cliText, needText} from '../messages/cli.ts';
import {fill} from '../messages/fill.ts';
import {durationText} from '../messages/notation.ts';
import {port} from '../model/brands.ts';
import type {LogEvent} from '../model/event.ts';
import type {Lesson} from '../model/lesson.ts';
import type {Text} from '../model/text.ts';
import {lessonHere, lessonOfReview} from './lesson-here.ts';
import type {Surroundings} from './play.ts';
import {Walk} from './walk.ts';

/** One thing that is not as a lesson says. */
export interface Fault {
  readonly text: Text;
  readonly values: Readonly<Record<string, string | number>>;
}

/** Where the search for a free port begins: away from the usual one, which a walk beside may want. */
const portsFrom = port(20_000);

/**
 * Plays lessons and their review questions on this machine's kernel, and says of each whether it did what they claim.
 *
 * @returns the exit code: 0 when all did, 1 when one did not
 */
export async function verify(lessons: readonly Lesson[], around: Surroundings): Promise<number> {
  const {language} = around.style;
  let bad = 0;
  for (const lesson of lessons) {
    if (around.stopped.aborted) return 1;
    const start = performance.now();
    const faults = await faultsOf(lesson, around.stopped);
    if (around.stopped.aborted) return 1;
    if (faults.length > 0) bad += 1;
    const time = durationText(1000 * (performance.now() - start));
    const values = {lesson: lesson.id, steps: lesson.steps.length, reviews: lesson.review.length, time};
    around.out(fill(faults.length === 0 ? cliText.verified : cliText.verifiedNot, language, values));
    for (const {text, values} of faults) around.out(fill(text, language, values));
    await sayLacks(lesson, around);
  }
  around.out(fill(bad === 0 ? cliText.verifiedAllFine : cliText.verifiedAll, language, {count: lessons.length, bad}));
  return bad === 0 ? 0 : 1;
}

async function sayLacks(whole: Lesson, {out, style}: Surroundings): Promise<void> {
  const {lesson, lacks} = await lessonHere(whole);
  if (lacks.length === 0) return;
  const needs = lacks.map(need => needText[need][style.language]).join(', ');
  const count = whole.steps.length - lesson.steps.length;
  out(fill(cliText.verifiedPartly, style.language, {lesson: whole.id, count, needs}));
}

/** What is not as the lesson and its review questions say, on this machine; empty when all is. */
export async function faultsOf(lesson: Lesson, stopped: AbortSignal): Promise<readonly Fault[]> {
  const faults: Fault[] = [];
  for (const one of [lesson, ...lesson.review.map(review => lessonOfReview(lesson, review))]) {
    if (stopped.aborted) return faults;
    const here = (await lessonHere(one)).lesson;
    faults.push(...faultsIn(here, await played(here, stopped)));
  }
  return faults;
}

async function played(lesson: Lesson, stopped: AbortSignal): Promise<readonly LogEvent[]> {
  const free = await nextFree(portsFrom);
  if (!free) throw new Error('no free port');
  await using walk = await Walk.open(lesson, free.port, lesson.message?.ja ?? '', free.hold);
  const stop = () => void walk[Symbol.asyncDispose]();
  stopped.addEventListener('abort', stop);
  try {
    while (walk.nextStep && !stopped.aborted) await walk.next();
  } finally {
    stopped.removeEventListener('abort', stop);
  }
  return walk.log.events;
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
  const last = events.findLast(event => event.kind === 'kernel-read');
  const left = [
    ...(last?.waiting.map(({actor, call}) => `${actor} ${call}()`) ?? []),
    ...(last?.sockets.flatMap(({actor, fd, state}) => (fd === null ? [] : [`${actor} fd ${fd} ${state}`])) ?? []),
    ...(last?.files?.map(({name}) => name) ?? []),
  ];
  const leftover = left.length === 0 ? [] : [{text: cliText.verifiedLeft, values: {what: left.join(', ')}}];
  return [...unmet, ...undecided, ...leftover];
}
