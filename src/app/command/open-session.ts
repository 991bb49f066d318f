import {cliText} from '../../messages/cli.ts';
import {fill} from '../../messages/fill.ts';
import type {Taught} from '../../model/course.ts';
import type {Language} from '../../model/text.ts';
import {pcapngOf} from '../keep/pcap.ts';
import type {Progress} from '../keep/progress.ts';
import {Saving} from '../keep/progress-file.ts';
import {saveCapture} from '../keep/save-capture.ts';
import {cannotRun} from '../run/cannot-run.ts';
import {manPage} from '../run/man-page.ts';
import {chooseNetwork, networkSentence} from '../run/network-choice.ts';
import {openFreePlay} from '../run/open-free-play.ts';
import {Walk} from '../run/walk.ts';
import {Session} from '../session/session.ts';
import {toClipboard} from '../words/clipboard.ts';
import type {Options} from './options.ts';

/** Long lines are hard to read. Cells. */
const manWidth = (columns: number | undefined): number => Math.min(100, (columns ?? 80) - 2);

/** A session with the real world around it, and what writes its progress down. */
export function openSession(
  taught: Taught,
  options: Options,
  language: Language,
  progress: Progress,
  notice: string | null,
  exit: (code: number) => void,
): {session: Session; saving: Saving} {
  const saving = new Saving(progress, error =>
    session.tell(fill(cliText.progressUnwritable, session.store.get().language, {why: error})),
  );
  const session: Session = new Session(
    {
      ...taught,
      chooseNetwork: lesson => chooseNetwork(lesson, options),
      openWalk: Walk.open,
      openFreePlay: lesson =>
        openFreePlay(lesson, options, chosen => {
          const sentence = networkSentence(chosen, session.store.get().language);
          if (sentence !== '') session.tell(sentence);
        }),
      explain: cannotRun,
      save: changed => options.noProgress || saving.save(changed),
      saveCapture: (log, lesson, language) => {
        const count = log.events.filter(({kind}) => kind === 'frame').length;
        return saveCapture({bytes: pcapngOf(log.events), count, lesson, folder: '.'}, language);
      },
      copy: text => process.stdout.write(toClipboard(text)),
      manPage: call => manPage(call, manWidth(process.stdout.columns)),
      message: options.message,
      seed: options.seed,
      hasMotion: !options.noMotion,
      exit,
    },
    language,
    progress,
    notice,
  );
  return {session, saving};
}
