import type {Options} from '../src/app/command/options.ts';
import {noProgress} from '../src/app/keep/progress.ts';
import {loadProgress} from '../src/app/keep/progress-file.ts';
import {tellEnding} from '../src/app/screen/leaving.ts';
import type {Session} from '../src/app/session/session.ts';
import {exitCodesOf} from '../src/app/words/exit-code.ts';
import {withoutSteering} from '../src/draw/text/spans.ts';
import {cliText} from '../src/messages/cli.ts';
import {fill} from '../src/messages/fill.ts';
import type {Course, Reference} from '../src/model/course.ts';
import type {Language} from '../src/model/text.ts';
import {FirstFrame} from './FirstFrame.tsx';
import {onStage} from './stage.tsx';

const {stdin, stdout, stderr} = process;

/** What every screen is given. */
export interface Given {
  readonly course: Course;
  readonly reference: () => Promise<Reference>;
  readonly options: Options;
  readonly language: Language;
  /** Those that end the program in the ordinary way. */
  readonly signals: readonly NodeJS.Signals[];
}

/** The full screen, from the list or in a lesson. Resolves with the exit code once the terminal is as it was. */
export function showLessons(lessonId: string | null, given: Given): Promise<number> {
  const lesson = given.course.lessons.find(({id}) => id === lessonId);
  return onScreen(given, lesson ? session => void session.open(lesson) : null);
}

/** Free play on the full screen. `script`: a file whose lines are done first. */
export const showLab = (script: string | null, given: Given): Promise<number> =>
  onScreen(given, session => void session.openLab(script));

/** A recording on the full screen. One that is damaged is shown as far as it goes, and said so. */
export async function showRecording(file: string, given: Given): Promise<number> {
  const {language} = given;
  const {readRecording, Unreadable} = await import('../src/app/keep/recording.ts');
  try {
    const {events, damage} = await readRecording(file);
    const said = damage && fill(damage.text, language, damage.values);
    if (said) stderr.write(`sockwalk: ${withoutSteering(said)}\n`);
    if (events.length === 0) return 1;
    const code = await onScreen(given, session => session.show(events, said));
    return code === 0 && damage ? 1 : code;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const sentence = fill(cliText.recordingUnreadable, language, {file, why: error.message});
    stderr.write(`sockwalk: ${withoutSteering(sentence)}\n`);
    return 1;
  }
}

/** `begin`: what is opened; null: the list, which is drawn before the rest of the program is loaded. */
async function onScreen(
  {course, reference, options, language, signals}: Given,
  begin: ((session: Session) => void) | null,
): Promise<number> {
  const {progress, setAside} = options.noProgress ? {progress: noProgress, setAside: null} : await loadProgress();
  const notice = setAside ? fill(cliText.progressSetAside, language, {file: setAside}) : null;
  let languageNow = () => language;
  const ending = await onStage(
    async (draw, end) => {
      holdInput();
      if (!begin)
        draw(<FirstFrame {...options} course={course} language={language} progress={progress} notice={notice} />);
      const [{App}, {openSession}, more] = await Promise.all([
        import('./App.tsx'),
        import('../src/app/command/open-session.ts'),
        reference(),
      ]);
      const taught = {...course, ...more};
      const {session, saving} = openSession(taught, options, language, progress, notice, code => end({code}));
      languageNow = () => session.store.get().language;
      begin?.(session);
      draw(<App session={session} ascii={options.ascii} />);
      return async () => {
        await session[Symbol.asyncDispose]();
        await saving.done();
      };
    },
    exitCodesOf(signals),
    options,
  );
  tellEnding(ending, languageNow());
  return ending.code;
}

/** What is typed from now on waits in the terminal until it can be heard: Enter as Enter, and what is pasted in brackets. */
function holdInput(): void {
  stdin.setRawMode(true);
  stdout.write('\x1b[?2004h');
}
