import {lessons} from '../../lessons/index.ts';
import type {LogEvent} from '../../src/model/event.ts';
import {once} from '../once.ts';
import {linesOf, type Ran, run} from './run.ts';

/** What is said in the walks of the tests. */
export const usualMessage = 'こんにちは';

/** Every lesson, the last one first, played by the program: `play --format json`, once in a run of the tests. */
export const coursePlayed = (): Promise<Ran> =>
  once('the course, played by the program', () => {
    const ids = lessons.map(({id}) => id).toReversed();
    return run(['play', ...ids, '--format', 'json', '--message', usualMessage]);
  });

/** The course walk by walk, each numbered from 0 and from its own beginning, as its log is; by the lesson's id. */
export function walksOf(course: Ran): ReadonlyMap<string, readonly LogEvent[]> {
  const walks: LogEvent[][] = [];
  const alive = new Set<string>();
  for (const event of linesOf(course.stdout).map((line): LogEvent => JSON.parse(line))) {
    if (event.kind === 'actor-started' && alive.size === 0) walks.push([]);
    if (event.kind === 'actor-started') alive.add(event.actor);
    if (event.kind === 'actor-exited') alive.delete(event.actor);
    walks.at(-1)?.push(event);
  }
  return new Map(walks.map(walk => [lessonOf(walk), walk.map(event => from(event, walk[0]))]));
}

const lessonOf = (walk: readonly LogEvent[]): string =>
  walk.flatMap(event => (event.kind === 'call-started' ? [event.lesson] : []))[0] ?? '';

function from(event: LogEvent, first: LogEvent | undefined): LogEvent {
  const {seq, at} = first ?? {seq: 0, at: 0};
  const place = {seq: event.seq - seq, at: event.at - at};
  return event.kind === 'frame' && event.call !== null
    ? {...event, ...place, call: event.call - seq}
    : {...event, ...place};
}
