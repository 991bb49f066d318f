import {existsSync} from 'node:fs';
import {mkdir, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join, relative, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {type Action, parseKeyScript} from './key-script.ts';
import {type Shot, shots} from './shots.ts';
import {takePicture} from './take-picture.ts';
import {dark, light, type Theme} from './terminal-theme.ts';

/** The choices of a question would stand in another order each time. A seed of the arguments' own comes later, and counts. */
const fixed = ['--seed', '1'];

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
    for (const shot of shots) await make(shot, join(root, 'docs', 'pictures', `${shot.name}.png`));
    return;
  }
  await make({...values, args: positionals}, resolve(values.out));
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

async function make(shot: Omit<Shot, 'name'>, file: string): Promise<void> {
  const sitting = asUsage(() => ({
    ...parseSize(shot.size),
    lang: parseLang(shot.lang),
    actions: [...parseKeyScript(shot.keys), ...awaiting(shot.until)],
    theme: parseTheme(shot.theme),
  }));
  const png = await takePicture([process.execPath, program, ...fixed, '--theme', shot.theme, ...shot.args], sitting);
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
