import {once} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';
import {render} from 'ink';
import {withoutSteering} from '../../components/spans.ts';
import {lessons} from '../../lessons/index.ts';
import {cliText} from '../messages/cli.ts';
import {fill} from '../messages/fill.ts';
import type {Language} from '../model/text.ts';
import {App} from './App.tsx';
import {cannotRun, exitCodeOf} from './cannot-run.ts';
import {chooseGround, groundSentence} from './ground.ts';
import {openFreePlay} from './open-free-play.ts';
import type {Options} from './options.ts';
import {pcapngOf} from './pcap.ts';
import {noProgress, type Progress} from './progress.ts';
import {type Loaded, loadProgress, Saving} from './progress-file.ts';
import {saveCapture} from './save-capture.ts';
import {Session} from './session.ts';
import {Walk} from './walk.ts';

const {stdin, stderr} = process;

/** How the screen was left: an exit code, and the error that ended it, if one did. */
interface Ending {
  readonly code: number;
  readonly error?: unknown;
}

/** The full screen, from the list or in a lesson. Resolves with the exit code once the terminal is as it was. */
export async function showLessons(
  lessonId: string | null,
  options: Options,
  language: Language,
  signals: readonly NodeJS.Signals[],
): Promise<number> {
  const {progress, setAside} = await progressFor(options);
  const notice = setAside ? fill(cliText.progressSetAside, language, {file: setAside}) : null;
  return onScreen(options, language, signals, progress, notice, session => {
    const lesson = lessons.find(({id}) => id === lessonId);
    if (lesson) void session.open(lesson);
  });
}

/** Free play on the full screen. `script`: a file whose lines are done first. */
export async function showLab(
  script: string | null,
  options: Options,
  language: Language,
  signals: readonly NodeJS.Signals[],
): Promise<number> {
  const {progress, setAside} = await progressFor(options);
  const notice = setAside ? fill(cliText.progressSetAside, language, {file: setAside}) : null;
  return onScreen(options, language, signals, progress, notice, session => void session.openLab(script));
}

/** A recording on the full screen. One that is damaged is shown as far as it goes, and said so. */
export async function showRecording(
  file: string,
  options: Options,
  language: Language,
  signals: readonly NodeJS.Signals[],
): Promise<number> {
  const {readRecording, Unreadable} = await import('./recording.ts');
  try {
    const {events, damage} = await readRecording(file);
    const said = damage && fill(damage.text, language, damage.values);
    if (said) stderr.write(`sockwalk: ${withoutSteering(said)}\n`);
    if (events.length === 0) return 1;
    const {progress} = await progressFor(options);
    const code = await onScreen(options, language, signals, progress, said, session => session.show(events, said));
    return code === 0 && damage ? 1 : code;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const sentence = fill(cliText.recordingUnreadable, language, {file, why: error.message});
    stderr.write(`sockwalk: ${withoutSteering(sentence)}\n`);
    return 1;
  }
}

const progressFor = ({noProgress: isWithout}: Options): Promise<Loaded> =>
  isWithout ? Promise.resolve({progress: noProgress, setAside: null}) : loadProgress();

async function onScreen(
  options: Options,
  language: Language,
  signals: readonly NodeJS.Signals[],
  progress: Progress,
  notice: string | null,
  begin: (session: Session) => void,
): Promise<number> {
  const {promise: ended, resolve: end} = withResolvers<Ending>();
  const saving = new Saving(progress, error =>
    session.tell(fill(cliText.progressUnwritable, session.store.get().language, {why: error})),
  );
  const session: Session = new Session(
    {
      lessons,
      chooseGround: lesson => chooseGround(lesson, options),
      openWalk: Walk.open,
      openFreePlay: lesson =>
        openFreePlay(lesson, options, chosen => {
          const sentence = groundSentence(chosen, session.store.get().language);
          if (sentence !== '') session.tell(sentence);
        }),
      explain: cannotRun,
      save: changed => options.noProgress || saving.save(changed),
      saveCapture: (log, lesson, language) => {
        const count = log.events.filter(({kind}) => kind === 'frame').length;
        return saveCapture({bytes: pcapngOf(log.events), count, lesson, folder: '.'}, language);
      },
      message: options.message,
      seed: options.seed,
      hasMotion: !options.noMotion,
      exit: code => end({code}),
    },
    language,
    progress,
    notice,
  );
  for (const signal of signals) process.on(signal, () => end({code: exitCodeOf(signal)}));
  process.on('uncaughtException', error => end({code: 1, error}));
  // A terminal that goes away ends its input.
  stdin.on('end', () => end({code: exitCodeOf('SIGHUP')}));
  stdin.on('error', () => end({code: exitCodeOf('SIGHUP')}));

  // Before the first frame, so that the list does not flash up where a lesson was asked for.
  begin(session);
  const screen = render(<App session={session} lessons={lessons} ascii={options.ascii} stop={stop} />, {
    alternateScreen: true,
    interactive: true,
    exitOnCtrlC: false,
    incrementalRendering: true,
    maxFps: 60,
  });
  screen.waitUntilExit().then(
    () => end({code: 0}),
    error => end({code: 1, error}),
  );
  const {code, error} = await ended;
  screen.unmount();
  await session[Symbol.asyncDispose]();
  await saving.done();
  if (error !== undefined) {
    const text = error instanceof Error ? error.stack : String(error);
    stderr.write(`${cliText.crashed[session.store.get().language]}\n${text}\n`);
  }
  return code;
}

function withResolvers<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>(done => {
    resolve = done;
  });
  return {promise, resolve};
}

/** As Ctrl+Z does it: the whole job stops, and goes on with fg. */
async function stop(): Promise<void> {
  const continued = once(process, 'SIGCONT');
  process.kill(0, 'SIGTSTP');
  // Where nobody could continue it (an orphaned process group) the kernel does not stop it either.
  await Promise.race([continued, sleep(300)]);
}
