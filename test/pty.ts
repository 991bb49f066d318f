import {closeSync, constants as fileConstants, openSync} from 'node:fs';
import {constants} from 'node:os';
import {type IPty, spawn} from '@lydell/node-pty';
import {terminalEnvironment} from './pty-environment.ts';
import {type KeyName, keySequence} from './pty-keys.ts';
import {type Cell, Screen} from './pty-screen.ts';

export type {KeyName} from './pty-keys.ts';
export type {Cell, Color} from './pty-screen.ts';

export interface TerminalOptions {
  readonly columns: number;
  readonly rows: number;
  /** Added to the environment; `undefined` removes a name from it. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** It answers nothing that a program asks it: what a test types is all that comes from it. */
  readonly isMute?: boolean;
}

/** As Node reports it: exactly one of the two is not null. */
export interface Exit {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

export type Condition = string | RegExp | ((screen: string) => boolean);

/** How long a program may take to clean up when its terminal has gone. */
const graceMs = 1000;

/**
 * Starts a program in a pseudo-terminal of its own (pty(7)), as a terminal window would.
 *
 * A program that this process starts later inherits the master side while it lives (node-pty opens it without
 * close-on-exec), and `hangUp` then reaches nobody: open terminals one at a time where the hang-up is what is tested.
 */
export function openTerminal(command: string, args: readonly string[], options: TerminalOptions): Terminal {
  const {columns, rows, env = {}, cwd = process.cwd(), isMute = false} = options;
  const pty = spawn(command, [...args], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    cwd,
    env: terminalEnvironment(env),
  });
  return new Terminal(pty as Pty, columns, rows, isMute);
}

/** What node-pty has on Unix beside its published type. */
interface Pty extends IPty {
  /** Path of the slave side. */
  readonly ptsName: string;
  /** The master side. IPty's own ways to close it send a signal as well. */
  readonly _socket: {destroy(): void};
}

export class Terminal implements AsyncDisposable {
  readonly pid: number;
  /** Resolves when the program is gone and all of its output is on the screen, about 200 ms later (node-pty's pause). */
  readonly exited: Promise<Exit>;

  readonly #pty: Pty;
  readonly #slave: number;
  readonly #screen: Screen;
  readonly #watchers = new Set<() => void>();
  #raw = '';
  #ending: Exit | undefined;
  #isOpen = true;

  constructor(pty: Pty, columns: number, rows: number, isMute: boolean) {
    this.#pty = pty;
    // libuv drops all but 4 KB of the unread output once the last slave descriptor is closed, so one stays open here.
    this.#slave = openSync(pty.ptsName, fileConstants.O_RDONLY | fileConstants.O_NOCTTY);
    this.pid = pty.pid;
    this.#screen = new Screen(columns, rows, reply => (isMute ? undefined : this.type(reply)));
    pty.onData(output => {
      this.#raw += output;
      // Two frames that came in one piece are still two.
      for (const frame of output.split(/(?<=\x1b\[\?2026l)/)) this.#screen.write(frame, () => this.#tellWatchers());
    });
    this.exited = this.#exit();
  }

  /** All output so far, escape sequences included. */
  get raw(): string {
    return this.#raw;
  }

  type(text: string): void {
    if (this.#isOpen) this.#pty.write(text);
  }

  /** Keys pressed in one go may reach the program in one read(2), as a paste does; wait between them where it matters. */
  press(...keys: readonly KeyName[]): void {
    for (const key of keys) this.type(keySequence(key));
  }

  resize(columns: number, rows: number): void {
    // The descriptor of a closed terminal may already be another file's.
    if (!this.#isOpen) return;
    this.#screen.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  signal(name: NodeJS.Signals): void {
    // The pid of a program that is gone may already be another's.
    if (this.#ending) return;
    try {
      process.kill(this.pid, name);
    } catch (error) {
      // The program can be reaped a moment before its exit is reported here.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  /** Closes the master side, as closing the window does: the kernel sends SIGHUP and ends the program's input. */
  hangUp(): void {
    this.#isOpen = false;
    this.#pty._socket.destroy();
  }

  lines(): string[] {
    return this.#screen.lines();
  }

  text(): string {
    return this.lines().join('\n');
  }

  cells(): Cell[][] {
    return this.#screen.cells();
  }

  isAlternateScreen(): boolean {
    return this.#screen.isAlternate();
  }

  isCursorVisible(): boolean {
    return this.#screen.isCursorVisible();
  }

  /** Where the cursor is, from 0; null while it is hidden. */
  cursor(): {readonly column: number; readonly row: number} | null {
    return this.#screen.isCursorVisible() ? this.#screen.cursor() : null;
  }

  /** Waits for a whole frame that fulfils the condition. Rejects, showing the screen, when it cannot come any more. */
  until(condition: Condition, {withinMs = 100_000}: {readonly withinMs?: number} = {}): Promise<void> {
    const isMet = predicate(condition);
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void) => {
        clearTimeout(deadline);
        this.#watchers.delete(check);
        finish();
      };
      const giveUp = (when: string) => settle(() => reject(new Error(this.#complaint(condition, when))));
      const check = () => {
        if ((this.#ending || !this.#screen.isMidFrame()) && isMet(this.text())) settle(resolve);
        else if (this.#ending) giveUp(`before the program ended with ${this.#ending.exitCode ?? this.#ending.signal}`);
      };
      const deadline = setTimeout(() => giveUp(`within ${withinMs} ms`), withinMs);
      this.#watchers.add(check);
      check();
    });
  }

  /**
   * Waits for the answer to what was just typed: for output, `answerWithinMs` at most, and then for a pause of
   * `quietMs` in it. A screen that never rests (a clock) is left after `atMostMs`. For pictures; a test uses `until`.
   */
  still({quietMs = 150, answerWithinMs = 500, atMostMs = 3000} = {}): Promise<void> {
    return new Promise(resolve => {
      const rest = () => {
        clearTimeout(pause);
        clearTimeout(limit);
        this.#watchers.delete(postpone);
        resolve();
      };
      const postpone = () => {
        clearTimeout(pause);
        pause = setTimeout(rest, this.#ending ? 0 : quietMs);
      };
      const limit = setTimeout(rest, atMostMs);
      let pause = setTimeout(rest, this.#ending ? 0 : answerWithinMs);
      this.#watchers.add(postpone);
    });
  }

  /** Hangs up, and kills the program (no other) if it is still there after a moment. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.hangUp();
    const impatience = setTimeout(() => this.signal('SIGKILL'), graceMs);
    await this.exited;
    clearTimeout(impatience);
    this.#screen.dispose();
  }

  async #exit(): Promise<Exit> {
    const {exitCode, signal = 0} = await new Promise<{exitCode: number; signal?: number}>(resolve =>
      this.#pty.onExit(resolve),
    );
    this.#isOpen = false;
    closeSync(this.#slave);
    await new Promise<void>(resolve => this.#screen.write('', resolve));
    const ending = signal === 0 ? {exitCode, signal: null} : {exitCode: null, signal: signalName(signal)};
    this.#ending = ending;
    this.#tellWatchers();
    return ending;
  }

  #tellWatchers(): void {
    // A watcher that has what it waited for leaves the set meanwhile.
    for (const watcher of [...this.#watchers]) watcher();
  }

  #complaint(condition: Condition, when: string): string {
    return `the screen did not fulfil ${describe(condition)} ${when}; it shows:\n${this.text().trimEnd()}\n`;
  }
}

function predicate(condition: Condition): (screen: string) => boolean {
  if (typeof condition === 'function') return condition;
  if (typeof condition === 'string') return screen => screen.includes(condition);
  return screen => screen.search(condition) !== -1;
}

function describe(condition: Condition): string {
  return typeof condition === 'string' ? JSON.stringify(condition) : String(condition);
}

function signalName(number: number): NodeJS.Signals {
  const names = Object.keys(constants.signals) as NodeJS.Signals[];
  const name = names.find(each => constants.signals[each] === number);
  if (name === undefined) throw new Error(`the kernel reported signal ${number}, which has no name here`);
  return name;
}
