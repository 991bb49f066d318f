import {plainText} from '../../draw/text/glyphs.ts';
import {withoutSteering} from '../../draw/text/spans.ts';
import {cliText} from '../../messages/cli.ts';
import {fill} from '../../messages/fill.ts';
import type {Challenge} from '../../model/challenge.ts';
import type {Lesson} from '../../model/lesson.ts';
import type {Language} from '../../model/text.ts';
import {noProgress} from '../keep/progress.ts';
import {loadProgress} from '../keep/progress-file.ts';
import {cannotRun} from '../run/cannot-run.ts';
import {linesFrom, linesOf} from '../run/script-lines.ts';
import {readScript} from '../screen/lab-commands.ts';
import {exitCodeOf} from '../words/exit-code.ts';
import {doctor} from './doctor.ts';
import {listJson, listText} from './list.ts';
import type {Options, ProgressCommand} from './options.ts';
import {type Environment, play} from './play.ts';
import {playScript} from './play-script.ts';
import {progressCommand} from './progress-command.ts';
import {replay} from './replay.ts';
import type {Style} from './style.ts';
import {verify} from './verify.ts';

const {stdout, stderr, env} = process;
const out = (line: string) => void stdout.write(`${line}\n`);

const asciiOr = (text: string, ascii: boolean): string => (ascii ? plainText(text) : text);

/** Words for the person at the terminal, apart from what the command is asked to print. */
const sayer = (ascii: boolean) => (line: string) =>
  void stderr.write(`sockwalk: ${asciiOr(withoutSteering(line), ascii)}\n`);

/** Columns of text where there is no terminal to ask. */
const usualWidth = 80;

const styleOf = (language: Language, ascii: boolean): Style => ({
  language,
  ascii,
  width: Math.min(100, Math.max(40, stdout.columns || Number(env.COLUMNS) || usualWidth)),
});

export async function list(
  lessons: readonly Lesson[],
  options: Options,
  language: Language,
  ascii: boolean,
): Promise<number> {
  const {progress, setAside} = options.noProgress ? {progress: noProgress, setAside: null} : await loadProgress();
  if (setAside) sayer(ascii)(fill(cliText.progressSetAside, language, {file: setAside}));
  if (options.format === 'json') out(listJson(lessons, progress));
  else out(asciiOr(listText(lessons, progress, language), ascii));
  return 0;
}

export async function doctorCommand(language: Language, ascii: boolean): Promise<number> {
  const {isTTY, columns, rows} = stdout;
  const {text, code} = await doctor(language, {isTerminal: Boolean(isTTY), columns, rows}, env);
  out(asciiOr(text, ascii));
  return code;
}

/** Plays lessons without a screen. A signal stops the walk, ends its processes, and gives the exit code. */
export async function playCommand(
  lessons: readonly Lesson[],
  ids: readonly string[],
  options: Options,
  language: Language,
  ascii: boolean,
  endings: readonly NodeJS.Signals[],
): Promise<number> {
  return stoppable(endings, stopped => {
    const answers = options.ask ? {answers: linesFrom(process.stdin, 'stdin', stopped)} : {};
    const around: Environment = {out, say: sayer(ascii), style: styleOf(language, ascii), stopped, ...answers};
    return orExplain(around, () => play(named(ids, lessons), options, around, lessons));
  });
}

/** Does what a script says. The exit code is 2 where it cannot be read. */
export async function playScriptCommand(
  challenges: readonly Challenge[],
  file: string,
  options: Options,
  language: Language,
  ascii: boolean,
  endings: readonly NodeJS.Signals[],
): Promise<number> {
  const say = sayer(ascii);
  const name = file === '-' ? 'stdin' : file;
  // What comes on standard input may be written by somebody who answers to what the lines before brought.
  const read = file === '-' ? null : await readScript(file);
  if (read && 'complaint' in read) {
    say(fill(read.complaint.text, language, read.complaint.values));
    return 2;
  }
  return stoppable(endings, stopped => {
    const around: Environment = {out, say, style: styleOf(language, ascii), stopped};
    const lines = read ? linesOf(read.source) : linesFrom(process.stdin, name, stopped);
    return orExplain(around, () => playScript(name, lines, challenges, options, around));
  });
}

/** Plays lessons and their review questions, and says whether their claims hold on this machine. */
export async function verifyCommand(
  lessons: readonly Lesson[],
  ids: readonly string[],
  options: Options,
  language: Language,
  ascii: boolean,
  endings: readonly NodeJS.Signals[],
): Promise<number> {
  return stoppable(endings, stopped => {
    const around: Environment = {out, say: sayer(ascii), style: styleOf(language, ascii), stopped};
    return orExplain(around, () => verify(named(ids, lessons), options, around));
  });
}

export function keptProgress(what: ProgressCommand, language: Language, ascii: boolean): Promise<number> {
  const isTerminal = Boolean(process.stdin.isTTY && stderr.isTTY);
  return progressCommand(what, {language, out: text => void stdout.write(text), say: sayer(ascii), isTerminal});
}

const named = (ids: readonly string[], lessons: readonly Lesson[]): readonly Lesson[] =>
  ids.flatMap(id => lessons.filter(lesson => lesson.id === id));

/** Runs something that a signal ends in good order; the signal then gives the exit code. */
async function stoppable(
  endings: readonly NodeJS.Signals[],
  run: (stopped: AbortSignal) => Promise<number>,
): Promise<number> {
  const stop = new AbortController();
  let code: number | null = null;
  for (const signal of endings) {
    process.on(signal, () => {
      code ??= exitCodeOf(signal);
      stop.abort();
    });
  }
  const ran = await run(stop.signal);
  return code ?? ran;
}

/** 1 with a sentence where lessons cannot run here at all. */
async function orExplain(around: Environment, run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    const sentence = cannotRun(error, around.style.language);
    if (sentence === null) throw error;
    around.say(sentence);
    return 1;
  }
}

/** Writes a recording down as text. Exit code 1 when it is damaged, after all that came before the damage. */
export const replayText = (
  lessons: readonly Lesson[],
  file: string,
  options: Options,
  language: Language,
  ascii: boolean,
): Promise<number> => replay(lessons, file, options, {out, say: sayer(ascii), style: styleOf(language, ascii)});
