import {lessons} from '../lessons/index.ts';
import {chooseGround, groundOf, type NetworkWish} from '../src/app/ground.ts';
import {lessonHere} from '../src/app/lesson-here.ts';
import {Walk} from '../src/app/walk.ts';
import type {LogEvent} from '../src/model/event.ts';
import type {Lesson} from '../src/model/lesson.ts';
import {whyNotInside} from './lab/inside.ts';

/** Those that can be walked whole on this machine: some need a private network, and `whyNotInside` says why there is none. */
export const wholeLessons: readonly Lesson[] = lessons.filter(
  ({network}) => whyNotInside === null || (network !== 'private' && network !== 'home'),
);

export function lessonNamed(id: string): Lesson {
  const lesson = lessons.find(one => one.id === id);
  if (!lesson) throw new Error(`no lesson ${id}`);
  return lesson;
}

/** Plays a lesson to its end on the real kernel, and gives all that happened. */
export const walked = async (lesson: Lesson, message?: string, network?: NetworkWish): Promise<readonly LogEvent[]> =>
  (await walkedHere(lesson, message, network)).events;

/** The same, with the lesson as it could be run on this machine, and the network that it wants or this one. */
export async function walkedHere(
  whole: Lesson,
  message?: string,
  network?: NetworkWish,
): Promise<{lesson: Lesson; events: readonly LogEvent[]}> {
  await using walk = await opened(whole, message, network);
  while (walk.nextStep) await walk.next();
  await walk[Symbol.asyncDispose]();
  return {lesson: walk.lesson, events: walk.log.events};
}

/** A lesson at its beginning, as it can be run on this machine. */
export async function opened(whole: Lesson, message = 'こんにちは', network: NetworkWish = 'auto'): Promise<Walk> {
  const ground = groundOf(await chooseGround(whole, {network, port: null}));
  if (!ground) throw new Error('no free port');
  const {lesson} = await lessonHere(whole, ground.network);
  return Walk.open(lesson, ground, message);
}
