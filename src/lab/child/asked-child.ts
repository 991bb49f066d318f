import type {ChildProcess} from 'node:child_process';

export interface ChildExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** How a child ended; both null where it could not be made. */
export const exitOf = (child: ChildProcess): Promise<ChildExit> =>
  new Promise(resolve => {
    child.once('exit', (code, signal) => resolve({code, signal}));
    child.once('error', () => resolve({code: null, signal: null}));
  });

/** A child that answers what it is asked, each question by its number. Whoever waits when it is gone gets null. */
export class AskedChild<Request extends object, Reply extends object> {
  readonly exited: Promise<ChildExit>;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (reply: Reply | null) => void>();
  #nextId = 0;
  #isAlive = true;

  /** @param hear is told of each message; true where it was news, and no answer */
  constructor(child: ChildProcess, exited: Promise<ChildExit>, hear: (message: Reply) => boolean = () => false) {
    this.#child = child;
    this.exited = exited;
    child.on('message', (message: Reply) => {
      if (hear(message) || !('id' in message)) return;
      const id = Number(message.id);
      this.#waiting.get(id)?.(message);
      this.#waiting.delete(id);
    });
    // Sending to a process that has just died is not our mistake; its exit answers whoever waits.
    child.on('error', () => {});
    void exited.then(() => {
      this.#isAlive = false;
      for (const answer of this.#waiting.values()) answer(null);
      this.#waiting.clear();
    });
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  ask(request: (id: number) => Request): Promise<Reply | null> {
    return new Promise(resolve => {
      if (!this.#isAlive) return resolve(null);
      const id = this.#nextId++;
      this.#waiting.set(id, resolve);
      this.tell(request(id));
    });
  }

  /** Says what needs no answer. */
  tell(message: Request): void {
    if (this.#isAlive) this.#child.send(message, () => {});
  }

  /** Lets it leave: its channel closes. One that has not left by then, in milliseconds, is killed. Resolves when it is gone. */
  async leave(withinMs: number, kill: () => void = () => this.#child.kill('SIGKILL')): Promise<ChildExit> {
    if (this.#child.connected) this.#child.disconnect();
    const late = setTimeout(kill, withinMs);
    const exit = await this.exited;
    clearTimeout(late);
    return exit;
  }
}
