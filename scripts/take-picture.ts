import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {numberOf} from '../test/components/sockwalk.ts';
import {type Cell, openTerminal, type Terminal} from '../test/pty.ts';
import {drawScreen} from './draw-screen.ts';
import type {Action} from './key-script.ts';
import {renderPng} from './render-png.ts';
import type {Theme} from './terminal-theme.ts';

export interface Sitting {
  readonly columns: number;
  readonly rows: number;
  readonly lang: 'ja' | 'en';
  readonly actions: readonly Action[];
  readonly theme: Theme;
}

const locales = {ja: 'ja_JP.UTF-8', en: 'en_US.UTF-8'} as const;

/** Runs a program (its command and arguments) in a terminal, does the actions one by one, and returns its last screen as a PNG. */
export async function takePicture(program: readonly [string, ...string[]], sitting: Sitting): Promise<Buffer> {
  const home = await mkdtemp(join(tmpdir(), 'sockwalk-shot-'));
  try {
    return await renderPng(await sitIn(program, sitting, home));
  } finally {
    await rm(home, {recursive: true, force: true});
  }
}

/** `home` is where the program finds and keeps what it remembers: an empty folder makes every picture a first visit. */
async function sitIn(program: readonly [string, ...string[]], sitting: Sitting, home: string): Promise<string> {
  const [command, ...args] = program;
  const {columns, rows, lang, actions, theme} = sitting;
  const folders = {XDG_DATA_HOME: home, XDG_CONFIG_HOME: home, XDG_STATE_HOME: home, XDG_CACHE_HOME: home};
  await using terminal = openTerminal(command, args, {
    ...{columns, rows},
    env: {LANG: locales[lang], COLORTERM: 'truecolor', ...folders},
  });
  await terminal.until(/\S/);
  await terminal.still();
  for (const action of actions) await act(terminal, action);
  return drawScreen(withCursor(terminal), theme);
}

/** The cell under the cursor is inverse, as a terminal draws it. */
function withCursor(terminal: Terminal): Cell[][] {
  const cursor = terminal.cursor();
  return terminal
    .cells()
    .map((row, y) =>
      row.map((cell, x) => (y === cursor?.row && x === cursor.column ? {...cell, inverse: true} : cell)),
    );
}

async function act(terminal: Terminal, action: Action): Promise<void> {
  switch (action.kind) {
    case 'press':
      terminal.press(action.key);
      return terminal.still();
    case 'type':
      terminal.type(action.text);
      return terminal.still();
    case 'choose':
      terminal.press(numberOf(terminal.text(), action.text));
      return terminal.still();
    case 'await':
      await terminal.until(action.text);
      return terminal.still({answerWithinMs: 150});
  }
}
