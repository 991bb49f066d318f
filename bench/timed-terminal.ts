import {setTimeout as sleep} from 'node:timers/promises';
import {type IPty, spawn} from '@lydell/node-pty';
import {terminalEnvironment} from '../test/pty-environment.ts';
import {Screen} from '../test/pty-screen.ts';

type IsComplete = (lines: readonly string[]) => boolean;

interface Wish {
  readonly isComplete: IsComplete;
  readonly grant: (arrived: number) => void;
  readonly refuse: (why: Error) => void;
}

const patienceMs = 10_000;
const graceMs = 1000;

/** A program in a pseudo-terminal, and the moment at which each of its frames was complete. */
export class TimedTerminal implements AsyncDisposable {
  /** When the program was started, on the clock of performance.now(). */
  readonly started = performance.now();
  readonly #pty: IPty;
  readonly #screen: Screen;
  readonly #exited: Promise<void>;
  #wish: Wish | null = null;
  #isOver = false;
  #written: string[] | null = null;

  constructor(
    args: readonly string[],
    columns: number,
    rows: number,
    env: Readonly<Record<string, string>>,
    node = process.execPath,
  ) {
    this.#pty = spawn(node, [...args], {
      name: 'xterm-256color',
      cols: columns,
      rows,
      cwd: process.cwd(),
      env: terminalEnvironment(env),
    });
    this.#screen = new Screen(columns, rows, reply => this.type(reply));
    this.#pty.onData(output => {
      // The moment of arrival counts: what this side needs to parse it is no part of the program's time.
      const arrived = performance.now();
      this.#written?.push(output);
      this.#screen.write(output, () => this.#look(arrived));
    });
    this.#exited = new Promise(resolve =>
      this.#pty.onExit(() => {
        this.#isOver = true;
        // What it wrote last may not have been parsed yet.
        this.#screen.write('', () => {
          this.#wish?.refuse(new Error(`the program ended; its screen:\n${this.lines().join('\n').trimEnd()}`));
          resolve();
        });
      }),
    );
  }

  get pid(): number {
    return this.#pty.pid;
  }

  /** What the program has written since this was asked the last time, once nothing came for so long. */
  async written(quietMs: number): Promise<string> {
    this.#written ??= [];
    for (let count = -1; count !== this.#written.length; await sleep(quietMs)) count = this.#written.length;
    return this.#written.splice(0).join('');
  }

  resize(columns: number, rows: number): void {
    this.#screen.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  lines(): string[] {
    return this.#screen.lines();
  }

  type(text: string): void {
    if (!this.#isOver) this.#pty.write(text);
  }

  /** When the output arrived that completed such a frame, on the clock of performance.now(). Ask before it can come. */
  async frame(isComplete: IsComplete): Promise<number> {
    let patience: NodeJS.Timeout | undefined;
    try {
      return await new Promise((grant, refuse) => {
        const giveUp = () => refuse(new Error(`no such frame in ${patienceMs} ms:\n${this.lines().join('\n')}`));
        patience = setTimeout(giveUp, patienceMs);
        this.#wish = {isComplete, grant, refuse};
      });
    } finally {
      clearTimeout(patience);
      this.#wish = null;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#isOver) this.#pty.kill('SIGHUP');
    const impatience = setTimeout(() => this.#pty.kill('SIGKILL'), graceMs);
    await this.#exited;
    clearTimeout(impatience);
    this.#screen.dispose();
  }

  #look(arrived: number): void {
    if (this.#wish && !this.#screen.isMidFrame() && this.#wish.isComplete(this.lines())) this.#wish.grant(arrived);
  }
}
