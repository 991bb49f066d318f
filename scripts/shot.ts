import {existsSync} from 'node:fs';
import {mkdir, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join, relative, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {type Action, parseKeyScript} from './key-script.ts';
import {takePicture} from './take-picture.ts';
import {dark, light, type Theme} from './terminal-theme.ts';

export interface Shot {
  readonly name: string;
  /** Columns x rows. */
  readonly size: string;
  readonly lang: string;
  /** As for --keys. */
  readonly keys: string;
  /** As for --until. */
  readonly until?: string | undefined;
  /** The program's own arguments. */
  readonly args: readonly string[];
}

/** The pictures of the documentation: `npm run shot -- --all` makes each as docs/pictures/NAME.png. */
/** The keys of echo up to the moment when the echo stands in the client's receive queue. */
const steps = (from: number, to: number, of: number): string =>
  Array.from({length: to - from}, (_, i) => `Right until:${from + i + 1}/${of}`).join(' ');
const toTheEcho = `until:LIVE ${steps(0, 5, 14)} Right choose:13 until:6/14 Right until:7/14 Right Enter until:8/14 Right choose:Recv-Q until:9/14`;
const toTheQuestion = `until:LIVE Right until:1/15 Right until:2/15 Right choose:ECONNREFUSED until:3/15 ${steps(3, 5, 15)} Right`;

/** Free play, where nobody listens. */
const toTheRefusal = `until:LIVE ${['server socket', 'client socket', 'client connect']
  .map((line, i) => `text:"${line}" Enter until:${i + 1}/${i + 1}`)
  .join(' ')} until:ECONNREFUSED: text:server`;

/** The choices of a question would stand in another order each time. A seed of the arguments' own comes later, and counts. */
const fixed = ['--seed', '1'];

/** The pictures of the README files. */
export const shots: readonly Shot[] = (['ja', 'en'] as const).flatMap(lang => [
  {name: `home-${lang}`, size: '80x24', lang, keys: '', args: []},
  {name: `question-${lang}`, size: '80x24', lang, keys: toTheQuestion, args: ['server-flow']},
  {
    name: `answer-${lang}`,
    size: '80x24',
    lang,
    keys: `${toTheQuestion} choose:accept until:6/15`,
    args: ['server-flow'],
  },
  {name: `echo-${lang}`, size: '120x40', lang, keys: toTheEcho, args: ['echo']},
  {name: `lab-${lang}`, size: '80x24', lang, keys: toTheRefusal, args: ['lab', '--network', 'private']},
  {name: `ladder-${lang}`, size: '100x24', lang, keys: `${toTheEcho} w`, args: ['echo']},
  {name: `frame-${lang}`, size: '80x30', lang, keys: `${toTheEcho} w Enter ${'Down '.repeat(23)}`, args: ['echo']},
]);

const help = `npm run shot -- [OPTIONS] [-- PROGRAM-ARGUMENTS...]

Makes a PNG of any screen of the program, which really runs in a terminal of its own.

  --size 80x24    columns x rows
  --lang ja|en    language of the program (default: en)
  --keys "..."    what to press, in order: Enter Right Left Up Down Space Tab Esc Backspace PgUp PgDn Home End
                  Ctrl+C Ctrl+P Ctrl+U Ctrl+Z, single characters, text:こんにちは, text:"two words", until:LISTEN (waits for it),
                  choose:accept (answers with the choice that says so, whatever its number).
                  The screen comes to rest after each.
  --until TEXT    waits for TEXT on the screen at the end
  --out FILE.png  where to (default: ${defaultFile()})
  --theme dark|light
                  what the terminal looks like, and in which colours the program draws (default: dark)
  --all           the pictures of the documentation, into docs/pictures/
  --help

  npm run shot -- --size 120x40 --lang ja --keys "Enter Right Right" --until LISTEN -- echo
`;

/** A mistake in the command line, as opposed to a picture that could not be made. */
class UsageError extends Error {}

const root = fileURLToPath(new URL('..', import.meta.url));
const program = join(root, 'dist', 'sockwalk.js');

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main();

async function main(): Promise<number> {
  try {
    await run(process.argv.slice(2));
    return 0;
  } catch (error) {
    process.stderr.write(`shot: ${(error as Error).message}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

async function run(argv: string[]): Promise<void> {
  const {values, positionals} = asUsage(() => parse(argv));
  if (values.help) return void process.stdout.write(help);
  if (!existsSync(program)) throw new Error(`${relative('', program)} is missing; try: npm run build`);
  if (values.all) {
    for (const shot of shots) await make(shot, join(root, 'docs', 'pictures', `${shot.name}.png`), values.theme);
    return;
  }
  await make({...values, args: positionals}, resolve(values.out), values.theme);
}

function parse(argv: string[]) {
  return parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      size: {type: 'string', default: '80x24'},
      lang: {type: 'string', default: 'en'},
      keys: {type: 'string', default: ''},
      until: {type: 'string'},
      out: {type: 'string', default: defaultFile()},
      theme: {type: 'string', default: 'dark'},
      all: {type: 'boolean', default: false},
      help: {type: 'boolean', default: false},
    },
  });
}

function defaultFile(): string {
  return join(tmpdir(), 'sockwalk-shot.png');
}

async function make(shot: Omit<Shot, 'name'>, file: string, themeName: string): Promise<void> {
  const sitting = asUsage(() => ({
    ...parseSize(shot.size),
    lang: parseLang(shot.lang),
    actions: [...parseKeyScript(shot.keys), ...awaiting(shot.until)],
    theme: parseTheme(themeName),
  }));
  const png = await takePicture([process.execPath, program, ...fixed, '--theme', themeName, ...shot.args], sitting);
  await mkdir(dirname(file), {recursive: true});
  await writeFile(file, png);
  process.stdout.write(`${file}\n`);
}

function awaiting(text: string | undefined): readonly Action[] {
  return text === undefined ? [] : [{kind: 'await', text}];
}

function parseSize(text: string): {columns: number; rows: number} {
  const [, columns, rows] = /^([1-9]\d{0,2})x([1-9]\d{0,2})$/.exec(text) ?? [];
  if (columns === undefined || rows === undefined) throw new Error(`--size is like 80x24, not "${text}"`);
  return {columns: Number(columns), rows: Number(rows)};
}

function parseLang(text: string): 'ja' | 'en' {
  if (text === 'ja' || text === 'en') return text;
  throw new Error(`--lang is ja or en, not "${text}"`);
}

function parseTheme(text: string): Theme {
  if (text === 'dark') return dark;
  if (text === 'light') return light;
  throw new Error(`--theme is dark or light, not "${text}"`);
}

function asUsage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError(`${(error as Error).message} (see --help)`);
  }
}
