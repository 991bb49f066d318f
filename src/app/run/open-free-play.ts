import {makeFolder} from '../../lab/file/folder.ts';
import {openLab} from '../../lab/lab.ts';
import {usualActors} from '../../model/actor.ts';
import {hasServer, type Lesson} from '../../model/lesson.ts';
import {FreePlay} from './free-play.ts';
import {labLesson} from './lab-lesson.ts';
import {
  type ChosenNetwork,
  chooseNetwork,
  chosenNetwork,
  letGo,
  type NetworkChoice,
  type Wishes,
} from './network-choice.ts';
import {noPort, type PortChoice} from './port-choice.ts';

/** The port that was asked for cannot be had. */
export class NoPort extends Error {
  readonly choice: PortChoice;
  constructor(choice: PortChoice) {
    super('no port');
    this.choice = choice;
  }
}

/**
 * Fresh processes for free play. Beside a walk, which keeps its port, it has the next free one of this machine, or in a private
 * network any. Throws `NoPort`, and as `openLab` does.
 *
 * @param beside the lesson in whose middle it is opened; null for free play by itself
 * @param tell hears what it runs on, before its processes start; of a port beside a walk there is nothing to say
 */
export async function openFreePlay(
  beside: Lesson | null,
  wishes: Wishes,
  tell: (chosen: NetworkChoice) => void,
): Promise<FreePlay> {
  const lesson = beside ?? labLesson;
  const {actors = usualActors, network: wanted} = lesson;
  // The router makes its own calls: there is nothing to try on it.
  const names = hasServer(lesson) ? actors.filter(name => name !== 'network') : usualActors;
  const port = beside ? null : wishes.port;
  const chosen = await chooseNetwork({...lesson, actors: names}, {network: wishes.network, port});
  const where = chosenNetwork(chosen);
  if (!where) throw new NoPort(chosen.port);
  tell(beside ? {...chosen, port: noPort} : chosen);
  const {hosts = {}} = wanted === 'home' ? lesson : {};
  return opened(names, where, hosts);
}

async function opened(
  names: Lesson['actors'] & {},
  where: ChosenNetwork,
  hosts: Lesson['hosts'] & {},
): Promise<FreePlay> {
  const folder = await makeFolder().catch(async error => {
    await letGo(where);
    throw error;
  });
  const lab = await openLab(names, folder.path, {network: where.network, hosts}).catch(async error => {
    await letGo(where);
    await folder[Symbol.asyncDispose]();
    throw error;
  });
  return FreePlay.open({lab, where, folder});
}
