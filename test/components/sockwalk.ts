import {existsSync, readFileSync} from 'node:fs';
import {rm} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {lessons} from '../../lessons/index.ts';
import type {Progress} from '../../src/app/keep/progress.ts';
import {freshFolder} from '../fresh-folder.ts';
import {freePort} from '../kernel.ts';
import {childrenOf} from '../lab/processes.ts';
import {isLong} from '../long.ts';
import {type KeyName, openTerminal, type Terminal} from '../pty.ts';

/** The program as it is shipped. */
export const program = fileURLToPath(new URL('../../dist/sockwalk.js', import.meta.url));

/**
 * For a screen that is open for a second or two: compiling for speed what is over by then costs a fifth of its processor time. The
 * soak runs it as it is.
 */
export const briefly: readonly string[] = isLong ? [] : ['--no-opt'];

export interface Start {
  readonly args?: readonly string[];
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Options of Node's own. */
  readonly node?: readonly string[];
  /** A script for bash that runs the program as its "$@"; without it nothing stands between the terminal and the program. */
  readonly shell?: string;
  /** A data folder that lives on after this run; without it a fresh one, removed at the end. */
  readonly dataHome?: string;
  /** As for `openTerminal`. */
  readonly isMute?: boolean;
}

/** The program in a terminal of its own, with a data folder that no other run has. */
export class Sockwalk implements AsyncDisposable {
  readonly terminal: Terminal;
  /** Where its server listens: one of its own, since several run at a time. */
  readonly port: number;
  readonly dataHome: string;
  readonly #isDataOurs: boolean;

  private constructor(terminal: Terminal, port: number, dataHome: string, isDataOurs: boolean) {
    this.terminal = terminal;
    this.port = port;
    this.dataHome = dataHome;
    this.#isDataOurs = isDataOurs;
  }

  /** Resolves when the screen takes keys: what is typed before raw mode would be the terminal's. */
  static async open(start: Start = {}): Promise<Sockwalk> {
    const {columns = 80, rows = 24, env = {}, isMute = false} = start;
    const dataHome = start.dataHome ?? freshFolder();
    const port = await freePort();
    const [command, args] = commandLine(start, port);
    const terminal = openTerminal(command, args, {
      ...{columns, rows, isMute},
      env: {XDG_DATA_HOME: dataHome, ...env},
    });
    const sockwalk = new Sockwalk(terminal, port, dataHome, start.dataHome === undefined);
    try {
      await terminal.until(screen => isDrawn(screen) && takesKeys(terminal));
      return sockwalk;
    } catch (error) {
      await sockwalk[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** The program itself, which under a shell is not what the terminal started. */
  get pid(): number {
    return childrenOf(this.terminal.pid).find(isProgram) ?? this.terminal.pid;
  }

  get screen(): string {
    return this.terminal.text();
  }

  get moment(): Moment {
    return momentOf(this.screen);
  }

  /** Presses keys that each change the screen, and waits for the last change. */
  async press(key: KeyName, condition: Parameters<Terminal['until']>[0]): Promise<void> {
    this.terminal.press(key);
    await this.terminal.until(condition);
  }

  /** One step on, by the key that the screen offers: Right, an answer to the question, Enter for a message, or Esc from the end to the list. */
  async forward(answer: Answer = '1'): Promise<Moment> {
    const {kind, step, steps} = this.moment;
    const isEnd = kind === 'reading' && step === steps;
    if (kind === 'arranging') await this.arrange();
    else if (kind === 'summary') this.terminal.press('Esc');
    else this.terminal.press(kind === 'asking' ? this.#keyOf(answer) : kind === 'writing' ? 'Enter' : 'Right');
    await this.terminal.until(screen => {
      const now = momentOf(screen);
      if (kind === 'summary') return now.kind === 'home';
      if (isEnd) return now.kind === 'summary';
      return now.step > step || (kind === 'reading' && now.kind !== 'reading');
    });
    return this.moment;
  }

  #keyOf(answer: Answer): KeyName {
    return typeof answer === 'string' ? answer : numberOf(this.screen, answer.says);
  }

  /** Puts the calls in the lesson's own order, and runs it. */
  async arrange(): Promise<void> {
    const id = /^ sockwalk +\d+ (\S+)/.exec(this.screen)?.[1];
    const order = [...(lessons.find(lesson => lesson.id === id)?.steps[this.moment.step]?.arrange?.start ?? [])];
    let keys = '';
    let at = 0;
    for (let i = 0; i < order.length; i++) {
      const from = order.indexOf(i);
      keys += (from > at ? 'j' : 'k').repeat(Math.abs(from - at));
      keys += ` ${'k'.repeat(from - i)} `;
      order.splice(i, 0, ...order.splice(from, 1));
      at = i;
    }
    this.terminal.type(keys);
    await this.terminal.until(new RegExp(`^ > +${order.length} `, 'm'));
    this.terminal.press('Enter');
  }

  /** Walks on until the condition holds. */
  async forwardTo(condition: (moment: Moment) => boolean, answer: Answer = '1'): Promise<Moment> {
    while (!condition(this.moment)) await this.forward(answer);
    return this.moment;
  }

  /** Goes to a step by its number, making all calls before it. */
  async jumpTo(step: number): Promise<void> {
    this.terminal.press(':');
    await this.terminal.until(/\(1-\d+\)/);
    this.terminal.type(String(step));
    await this.terminal.until(new RegExp(`\\(1-\\d+\\): ${step}`));
    this.terminal.press('Enter');
    await this.terminal.until(screen => momentOf(screen).kind === 'reading' && momentOf(screen).step === step);
  }

  progress(): Pick<Progress, 'lessons'> & Partial<Progress> {
    // It is written a moment after the step that it tells of.
    return existsSync(this.progressFile) ? JSON.parse(readFileSync(this.progressFile, 'utf8')) : {lessons: {}};
  }

  get progressFile(): string {
    return join(this.dataHome, 'sockwalk', 'progress.json');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Not only the hang-up: where terminals are open side by side, that reaches nobody.
    this.terminal.signal('SIGTERM');
    await this.terminal[Symbol.asyncDispose]();
    if (this.#isDataOurs) await rm(this.dataHome, {recursive: true, force: true});
  }
}

/** A key, or the text of a choice, whose number is another one in each walk. */
type Answer = KeyName | {readonly says: string};

/** The choices that the screen offers, each in one line, the one with number 1 first. */
export const choicesOn = (screen: string): string[] =>
  [...screen.matchAll(/^ {3}\d {2}(\S.*(?:\n {6}\S.*)*)/gm)].map(([, text = '']) => text.replaceAll(/\s+/g, ' '));

/** The number beside the choice that says this, or just this. */
export function numberOf(screen: string, text: string): KeyName {
  const choices = choicesOn(screen);
  const at = choices.includes(text) ? choices.indexOf(text) : choices.findIndex(choice => choice.includes(text));
  if (at < 0) throw new Error(`no choice says “${text}” on\n${screen}`);
  return String(at + 1) as KeyName;
}

/** The numbers of the choices that are marked as the kernel's and as the learner's; null where there is none. */
export function verdictOn(screen: string): {kernels: string | null; own: string | null} {
  const [, right = null] = /^ [○✓=] (\d) {2}/m.exec(screen) ?? [];
  const [, wrong = null] = /^ [×!] (\d) {2}/m.exec(screen) ?? [];
  return {kernels: right, own: wrong ?? (/← (your prediction|あなたの予想)/.test(screen) ? right : null)};
}

/** Whether the screen has an answer with these numbers. */
export const isAnswered = (kernels: string | undefined, own: string | undefined | null) => (screen: string) => {
  const verdict = verdictOn(screen);
  return verdict.kernels === kernels && verdict.own === own;
};

function commandLine({args = [], node = [], shell}: Start, port: number): [command: string, args: readonly string[]] {
  const own = [...briefly, ...node, program, '--port', String(port), ...args];
  return shell === undefined ? [process.execPath, own] : ['bash', ['-c', shell, 'bash', process.execPath, ...own]];
}

/** Not one of its actors, which run another file. */
function isProgram(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(program);
  } catch {
    // It has ended meanwhile.
    return false;
  }
}

/** Where a lesson stands, read off the screen. */
export interface Moment {
  readonly kind: 'home' | 'reading' | 'asking' | 'arranging' | 'writing' | 'summary' | 'typing' | 'looking' | 'other';
  /** 0 before the first; NaN outside lessons. */
  readonly step: number;
  readonly steps: number;
}

/** The last row that has anything on it: the keys. */
export const keysOf = (screen: string): string => screen.trimEnd().split('\n').at(-1) ?? '';

export function momentOf(screen: string): Moment {
  const [, step, steps] = /(\d+)\/(\d+) {2}(?:ja|en)\s*$/m.exec(screen.split('\n')[0] ?? '') ?? [];
  return {kind: kindOf(screen), step: Number(step ?? Number.NaN), steps: Number(steps ?? Number.NaN)};
}

function kindOf(screen: string): Moment['kind'] {
  const keys = keysOf(screen);
  if (/^ Enter (start|始める)/.test(keys)) return 'home';
  if (/^ 1-\d (predict|予想する)/.test(keys)) return 'asking';
  if (/^ Enter (run this order|この順で実行)/.test(keys)) return 'arranging';
  if (/^ Enter (send|送る)/.test(keys)) return 'writing';
  if (/^ Enter (call|呼び出す)/.test(keys)) return 'typing';
  if (/^ Enter (type|書く)/.test(keys)) return 'looking';
  if (/^ Enter (next lesson|次のレッスン|lessons|一覧)/.test(keys)) return 'summary';
  return /^ (→|Right) (next|次へ)/.test(keys) ? 'reading' : 'other';
}

const isDrawn = (screen: string): boolean =>
  kindOf(screen) !== 'other' || screen.includes('60x18') || screen.includes('RECORDED');
/** Bracketed paste is switched on by the same effects that take the keys. */
const takesKeys = (terminal: Terminal): boolean => terminal.raw.includes('\x1b[?2004h');

/** The pids that the lanes show, the server's first. */
export const pidsOn = (screen: string): number[] =>
  [...screen.matchAll(/(?:server|client|サーバー|クライアント) pid (\d+)/g)].map(([, pid]) => Number(pid));

/** The lines of calls that were made, as strace would have them, in their order: of the list, or of the two columns of the flow. */
export function callsOn(screen: string): string[] {
  const calls: string[] = [];
  for (const line of screen.split('\n')) {
    const [, listed] = /^ ((?:server|client) +\w+\(.*)/.exec(line) ?? [];
    if (listed) calls.push(listed);
    else
      for (const {isEnd, call} of inFlow(line)) {
        // A call that slept began higher up, and stands where it returned once more.
        const begun = isEnd
          ? calls.findLastIndex(one => one.startsWith(`${nameOf(call)}(`) && !one.includes(' = '))
          : -1;
        if (begun < 0) calls.push(call);
        else calls[begun] = call;
      }
  }
  return calls;
}

const nameOf = (call: string): string => call.slice(0, call.indexOf('('));

function inFlow(line: string): {isEnd: boolean; call: string}[] {
  const [, left = '', server] = /^ ([✓×┌]) (\w+\(.*?) *│.{8,14}│/.exec(line) ?? [];
  const [, right = '', client] = /│.{8,14}│ ([✓×┌]) (\w+\(.*)$/.exec(line) ?? [];
  return [
    ...(server === undefined ? [] : [{isEnd: left !== '┌', call: `server  ${server}`}]),
    ...(client === undefined ? [] : [{isEnd: right !== '┌', call: `client  ${client}`}]),
  ];
}
