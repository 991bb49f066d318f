import {lessons} from '../lessons/index.ts';
import {lessonHere} from '../src/app/run/lesson-here.ts';
import {chooseNetwork, chosenNetwork, letGoOf, type NetworkWish} from '../src/app/run/network-choice.ts';
import {Walk} from '../src/app/run/walk.ts';
import type {LogEvent} from '../src/model/event.ts';
import type {Lesson} from '../src/model/lesson.ts';
import {coursePlayed, usualMessage, walksOf} from './cli/course.ts';
import {whyNotTraced} from './lab/actor/tracing.ts';
import {whyNotInside} from './lab/inside.ts';
import {once} from './once.ts';

/** Why not all of a lesson's steps and questions can be walked on this machine; null where they can. */
export async function whyNotWhole({id}: Lesson): Promise<string | null> {
  const lacks = await once('what the lessons lack here', async () => Object.fromEntries(await lacksHere()));
  return lacks[id] ?? null;
}

/** One network of each kind is looked at for all lessons that want it. */
async function lacksHere(): Promise<ReadonlyMap<string, string | null>> {
  const found = new Map<string, string | null>();
  for (const kind of new Set(lessons.map(({network}) => network))) {
    const alike = lessons.filter(({network}) => network === kind);
    const [first] = alike;
    if (!first) continue;
    const choice = await chooseNetwork(first, {network: 'auto', port: null});
    const mustBePrivate = kind === 'private' || kind === 'home';
    for (const lesson of alike) {
      const {lesson: here} = await lessonHere(lesson, choice.network);
      found.set(lesson.id, (mustBePrivate ? whyNotInside : null) ?? lacking(lesson, here));
    }
    await letGoOf(choice);
  }
  return found;
}

/** What is left out of a lesson here, and for want of what; null where nothing is. */
function lacking(whole: Lesson, here: Lesson): string | null {
  const unwalked = whole.steps.filter(({id}) => here.steps.every(step => step.id !== id));
  const unasked = here.steps.filter(step => !step.predict && whole.steps.find(({id}) => id === step.id)?.predict);
  const parts = [
    ...unwalked.map(({id, needs = []}) => `${id} (needs ${needs.join(', ')})`),
    ...unasked.map(({id}) => `the question of ${id} (needs capture)`),
  ];
  return parts.length > 0 ? `all but ${parts.join(', ')}` : null;
}

export function lessonNamed(id: string): Lesson {
  const lesson = lessons.find(one => one.id === id);
  if (!lesson) throw new Error(`no lesson ${id}`);
  return lesson;
}

/** What has happened in a lesson that was played to its end on the real kernel. */
export const walked = async (lesson: Lesson, message?: string, network?: NetworkWish): Promise<readonly LogEvent[]> =>
  (await walkedHere(lesson, message, network)).events;

export interface Walked {
  /** As it could be run on this machine, and on the network that it wants or this one. */
  readonly lesson: Lesson;
  readonly events: readonly LogEvent[];
  /** What it lacked here; null where it was played whole. */
  readonly lack: string | null;
}

/** A lesson of the course is played once in a run of the tests, for whoever asks, with the others: by the program itself. */
export async function walkedHere(whole: Lesson, message?: string, network?: NetworkWish): Promise<Walked> {
  if (!lessons.includes(whole)) return walkedAlone(whole, message, network);
  if (message !== undefined || network !== undefined || (await whyNotWhole(whole)) !== null)
    return once(`a walk through ${whole.id} ${JSON.stringify([message, network])}`, () =>
      walkedAlone(whole, message, network),
    );
  const {walks, ending} = await once('the walks of the course', async () => {
    const played = await coursePlayed();
    return {walks: [...walksOf(played)], ending: `${played.code ?? played.signal} ${played.stderr}`};
  });
  const events = walks.find(([id]) => id === whole.id)?.[1];
  if (!events) throw new Error(`the program did not play ${whole.id}, and ended with ${ending}`);
  return {lesson: whole, events, lack: whole.traces ? whyNotTraced : null};
}

/** The same up to the end of its step number `steps`, from 1. */
export async function walkedTo(lesson: Lesson, steps: number): Promise<readonly LogEvent[]> {
  const events = await walked(lesson);
  const {id} = lesson.steps[steps - 1] ?? {};
  const end = events.findIndex(event => event.kind === 'judged' && event.step === id);
  if (end === -1) throw new Error(`${lesson.id} has no step ${steps}`);
  return events.slice(0, end + 1);
}

/** Played for this one alone. */
export async function walkedAlone(whole: Lesson, message?: string, network?: NetworkWish): Promise<Walked> {
  await using walk = await opened(whole, message, network);
  while (walk.nextStep) await walk.next();
  await walk[Symbol.asyncDispose]();
  return {
    lesson: walk.lesson,
    events: walk.log.events,
    lack: lacking(whole, walk.lesson) ?? (whole.traces ? whyNotTraced : null),
  };
}

/** A lesson at its beginning, as it can be run on this machine. */
export async function opened(whole: Lesson, message = usualMessage, network: NetworkWish = 'auto'): Promise<Walk> {
  const where = chosenNetwork(await chooseNetwork(whole, {network, port: null}));
  if (!where) throw new Error('no free port');
  const {lesson} = await lessonHere(whole, where.network);
  return Walk.open(lesson, where, message);
}
