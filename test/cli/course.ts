import {freePort} from '../app/kernel.ts';
import {once} from '../once.ts';
import {wholeLessons} from '../walked.ts';
import {type Ran, run} from './run.ts';

/** Every lesson, the last one first, played by the program on one port: `play --format json`, once in a run of the tests. */
export const coursePlayed = (): Promise<Ran> =>
  once('the course, played by the program', async () => {
    const ids = wholeLessons.map(({id}) => id).toReversed();
    return run(['play', ...ids, '--format', 'json', '--port', String(await freePort())]);
  });
