import {lessons} from '../lessons/index.ts';
import {Walk} from '../src/app/walk.ts';
import {port} from '../src/model/brands.ts';
import type {LogEvent} from '../src/model/event.ts';
import type {Lesson} from '../src/model/lesson.ts';

export function lessonNamed(id: string): Lesson {
  const lesson = lessons.find(one => one.id === id);
  if (!lesson) throw new Error(`no lesson ${id}`);
  return lesson;
}

/** Plays a lesson to its end on the real kernel, and gives all that happened. */
export async function walked(lesson: Lesson, message = 'こんにちは'): Promise<readonly LogEvent[]> {
  // Port 0: the kernel chooses, so that tests beside each other do not meet.
  await using walk = await Walk.open(lesson, port(0), message);
  while (walk.nextStep) await walk.next();
  await walk[Symbol.asyncDispose]();
  return walk.log.events;
}
