import {lessons} from '../../lessons/index.ts';
import {freePort} from '../app/kernel.ts';
import {once} from '../once.ts';
import {whyNotWhole} from '../walked.ts';
import {type Ran, run} from './run.ts';

export interface Course {
  /** Of those that can be played whole here. */
  readonly ids: readonly string[];
  /** Why it is not every lesson; null where it is. */
  readonly lack: string | null;
  readonly ran: Ran;
}

/** Every lesson, the last one first, played by the program on one port: `play --format json`, once in a run of the tests. */
export const coursePlayed = (): Promise<Course> =>
  once('the course, played by the program', async () => {
    const lacks = await Promise.all(lessons.map(whyNotWhole));
    const ids = lessons.flatMap(({id}, i) => (lacks[i] === null ? [id] : [])).toReversed();
    const lack = lacks.find(one => one !== null) ?? null;
    return {ids, lack, ran: await run(['play', ...ids, '--format', 'json', '--port', String(await freePort())])};
  });
