import {isatty} from 'node:tty';
import {challengeCount, chapters, lessons} from '../lessons/index.ts';
import {version} from './about/version.ts';
import {type Command, type Options, parseCommandLine} from './app/command/options.ts';
import {caretLines} from './app/words/caret.ts';
import {isUtf8, languageOf} from './app/words/locale.ts';
import {writeWhole} from './app/words/whole-output.ts';
import {plainText} from './draw/text/glyphs.ts';
import {withoutSteering} from './draw/text/spans.ts';
import {cliText, helpText} from './messages/cli.ts';
import {errnoWords} from './messages/errno-words.ts';
import {fill} from './messages/fill.ts';
import type {Course, Reference} from './model/course.ts';
import type {Language} from './model/text.ts';

// Colour libraries look at it once, when they are loaded, which is after this.
if (process.env.NO_COLOR) process.env.FORCE_COLOR = '0';

const {env, stdin, stdout, stderr} = process;

/** Signals that end the program in the ordinary way; the exit code is 128 and the signal's number (bash(1), EXIT STATUS). */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const terminals = [0, 1, 2].filter(isatty);

/**
 * Ends the process. Node resets its terminal on exit and aborts when that has gone (isatty(3) says no then), so the
 * signal that told of it ends the process as well: 129 to a shell either way.
 */
function leave(code: number): void {
  if (terminals.every(isatty)) process.exit(code);
  process.removeAllListeners('SIGHUP');
  process.kill(process.pid, 'SIGHUP');
}

let language = languageOf(env);

/** What was asked for cannot be written down whole: whoever reads it must not take it for that. */
function loseOutput(errno: string): void {
  stderr.write(`sockwalk: ${fill(cliText.outputLost, language, {why: errnoWords(errno, language)})}\n`);
  leave(1);
}

async function main(): Promise<number> {
  const parsed = parseCommandLine(
    process.argv.slice(2),
    lessons.map(lesson => lesson.id),
  );
  if (parsed.kind === 'complaint') {
    const {text, values, caret} = parsed.complaint;
    const sentence = withoutSteering(fill(text, parsed.language ?? language, values));
    const lines = [`sockwalk: ${sentence}`, ...(caret ? caretLines(caret.word, caret.at) : [])];
    for (const line of lines) stderr.write(`${isUtf8(env) ? line : plainText(line)}\n`);
    return 2;
  }
  const options = {...parsed.options, noMotion: parsed.options.noMotion || Boolean(env.NO_MOTION)};
  language = parsed.options.language ?? language;
  return run(parsed.command, options, language);
}

const course: Course = {chapters, lessons, challengeCount};

/** Only a screen and scripts need it. */
async function reference(): Promise<Reference> {
  const [{glossary}, {challenges}] = await Promise.all([
    import('../lessons/data/glossary.ts'),
    import('../lessons/data/challenges.ts'),
  ]);
  return {glossary, challenges};
}

const haveScreens: ReadonlySet<Command['kind']> = new Set(['walk', 'lab', 'replay', 'serve', 'connect']);

async function run(command: Command, options: Options, language: Language): Promise<number> {
  const isTerminal = Boolean(stdin.isTTY && stdout.isTTY);
  // Nothing can be placed there (terminfo(5), `dumb`).
  const isScreen = isTerminal && env.TERM !== 'dumb';
  const around = {options: {...options, ascii: options.ascii || !isUtf8(env)}, language, isTerminal, isScreen};
  if (isTerminal && !isScreen && haveScreens.has(command.kind)) environment(around).say(cliText.dumbTerminal[language]);
  return (runs[command.kind] as Runs)(command, around);
}

interface Around {
  readonly options: Options;
  readonly language: Language;
  readonly isTerminal: boolean;
  readonly isScreen: boolean;
}

type Runs = (command: Command, around: Around) => Promise<number>;

const commands = () => import('./app/command/commands.ts');
const screen = () => import('../components/screen.tsx');

/** What each command does. What it does not need it does not load. */
const runs: {
  readonly [K in Command['kind']]: (command: Extract<Command, {kind: K}>, around: Around) => Promise<number>;
} = {
  help: async (_, {language}) => print(helpText[language]),
  version: async () => print(`sockwalk ${version}\n`),
  list: async (_, {options, language}) => (await commands()).list(lessons, options, language, options.ascii),
  doctor: async (_, {options, language}) => (await commands()).doctorCommand(language, options.ascii),
  'ask-router': askRouter,
  serve,
  connect,
  play: async ({lessons: ids}, {options, language}) =>
    (await commands()).playCommand(lessons, ids, options, language, options.ascii, endings),
  'play-script': ({file}, around) => playScript(file, around),
  lab: async ({script}, around) =>
    around.isScreen ? (await screen()).showLab(script, given(around)) : playScript(script ?? '-', around),
  verify: async ({lessons: ids}, {options, language}) =>
    (await commands()).verifyCommand(lessons, ids, options, language, options.ascii, endings),
  progress: async ({what}, {options, language}) => (await commands()).keptProgress(what, language, options.ascii),
  replay: async ({file}, {options, language, isScreen}) =>
    isScreen
      ? (await screen()).showRecording(file, given({options, language}))
      : (await commands()).replayText(lessons, file, options, language, options.ascii),
  walk: async ({lesson}, {options, language, isScreen}) =>
    isScreen
      ? (await screen()).showLessons(lesson, given({options, language}))
      : (await commands()).playCommand(lessons, [lesson ?? 'echo'], options, language, options.ascii, endings),
};

const given = ({options, language}: Pick<Around, 'options' | 'language'>) => ({
  ...{course, reference, options, language},
  signals: endings,
});

function print(text: string): number {
  stdout.write(text);
  return 0;
}

async function playScript(file: string, {options, language}: Around): Promise<number> {
  const {challenges} = await reference();
  return (await commands()).playScriptCommand(challenges, file, options, language, options.ascii, endings);
}

async function askRouter({isYes}: {isYes: boolean}, around: Around): Promise<number> {
  const {askRouterCommand} = await import('./app/command/ask-router.ts');
  const {plain, language, ascii, width, say, input} = environment(around);
  const out = (text: string) => void stdout.write(plain(text));
  return askRouterCommand(isYes, {language, ascii, width}, {out, say, input, isTerminal: around.isTerminal});
}

async function serve({wish}: Extract<Command, {kind: 'serve'}>, around: Around): Promise<number> {
  const {serveCommand} = await import('./app/serve/serve.ts');
  const {logOutput} = await import('./app/words/log-output.ts');
  const {plain, ...rest} = environment(around);
  const output = logOutput(stdout, () => leave(0));
  return serveCommand(wish, {
    ...rest,
    format: around.options.format,
    out: text => output.write(plain(text)),
    giveUp: () => output.giveUp(),
    show: async (...shown) =>
      (await import('../components/serve-screen.tsx')).showServer(
        ...shown,
        rest.language,
        rest.ascii,
        stageOf(around),
        endings,
      ),
  });
}

async function connect({wish}: Extract<Command, {kind: 'connect'}>, around: Around): Promise<number> {
  const {connectCommand} = await import('./app/serve/connect.ts');
  const own = environment(around);
  return connectCommand(wish, {
    ...own,
    output: stdout,
    show: async (...shown) =>
      (await import('../components/connect-screen.tsx')).showConnection(
        ...shown,
        own.language,
        own.ascii,
        stageOf(around),
        endings,
      ),
  });
}

const stageOf = ({options: {theme, mouse}}: Around) => ({theme, mouse});

/** What the commands that talk to sockets of the learner's own may use of the world. */
function environment({options: {ascii}, language, isScreen}: Around) {
  const plain = (text: string) => (ascii ? plainText(text) : text);
  return {
    ...{language, ascii, isScreen, signals: endings, input: stdin},
    width: Math.min(100, Math.max(40, stdout.columns || 80)),
    plain,
    say: (line: string) => void stderr.write(`sockwalk: ${plain(withoutSteering(line))}\n`),
  };
}

/** How long a screen whose terminal has gone may take to put away what it made, in milliseconds. */
const partingMs = 2000;

// A reader that goes away (… | head) ends the program quietly; whatever it started goes with it. That a terminal has gone is
// heard by what is drawn there as well, which removes its files first.
stdout.on('error', ({code, message}: NodeJS.ErrnoException) => {
  if (code === 'EIO' && stdout.isTTY) setTimeout(() => leave(0), partingMs);
  else if (code === 'EPIPE') leave(0);
  else loseOutput(code ?? message);
});
writeWhole(stdout);
stderr.on('error', () => {});

main().then(
  code => {
    process.exitCode = code;
    // Something may still hold the event loop, such as a terminal that is being read.
    stdout.write('', error => (error ? undefined : leave(code)));
  },
  error => {
    stderr.write(`${cliText.crashed[languageOf(env)]}\n${error instanceof Error ? error.stack : error}\n`);
    leave(1);
  },
);
