import {lessons} from '../lessons/index.ts';
import {Walk} from '../src/app/walk.ts';
import {nextFree} from '../src/lab/port.ts';
import {type Port, port} from '../src/model/brands.ts';
import type {LogEvent} from '../src/model/event.ts';
import type {Lesson} from '../src/model/lesson.ts';

export function lessonNamed(id: string): Lesson {
  const lesson = lessons.find(one => one.id === id);
  if (!lesson) throw new Error(`no lesson ${id}`);
  return lesson;
}

/** A port that nobody has, kept from other walks meanwhile. */
async function somePort(): Promise<{port: Port; hold: AsyncDisposable}> {
  const start = 10_000 + Math.floor(Math.random() * 20_000);
  const found = await nextFree(port(start));
  if (!found) throw new Error(`no port above ${start}`);
  return found;
}

/** Plays a lesson to its end on the real kernel, and gives all that happened. */
export async function walked(lesson: Lesson, message = 'こんにちは'): Promise<readonly LogEvent[]> {
  const {port, hold} = await somePort();
  await using walk = await Walk.open(lesson, port, message, hold);
  while (walk.nextStep) await walk.next();
  await walk[Symbol.asyncDispose]();
  return walk.log.events;
}
