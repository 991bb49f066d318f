import {setTimeout as sleep} from 'node:timers/promises';
import type {Lab} from '../lab/lab.ts';
import type {ActorName} from '../model/actor.ts';
import type {Port} from '../model/brands.ts';
import type {Call} from '../model/call.ts';
import {createLog, type Log} from '../timeline/log.ts';
import type {Taken} from './call-line.ts';

/** A call that has not returned after this long is left waiting; the other side may go on. Milliseconds. */
const patienceMs = 300;

/** Fresh processes on which any call may be made, in any order. Nothing is claimed, and nothing is judged. */
export class Experiment implements AsyncDisposable {
  readonly log: Log;
  readonly serverPort: Port;
  readonly taken: Taken;
  /** Seconds since it began. */
  readonly now: () => number;
  readonly #lab: Lab;
  readonly #hold: AsyncDisposable;
  #calls = 0;
  #isOver = false;

  /** Takes over the lab and the hold on the port: it ends them. */
  constructor(lab: Lab, serverPort: Port, hold: AsyncDisposable, taken: Taken) {
    const start = performance.now();
    this.now = () => (performance.now() - start) / 1000;
    this.log = createLog(this.now);
    this.serverPort = serverPort;
    this.taken = taken;
    this.#lab = lab;
    this.#hold = hold;
    for (const {name, pid} of lab.actors) this.log.append({kind: 'actor-started', actor: name, pid});
    lab.onExit((actor, {code, signal}) => {
      this.log.append({kind: 'actor-exited', actor, code, signal});
      void this.#read();
    });
  }

  /** Makes one call; resolves when it has returned or is left waiting. */
  async make(actor: ActorName, call: Call): Promise<void> {
    this.#calls += 1;
    const common = {lesson: 'experiment', step: `call-${this.#calls}`, actor, call};
    this.log.append({kind: 'call-started', ...common});
    const made = this.#lab.perform(actor, call).then(async answer => {
      if (this.#isOver) return;
      if ('kind' in answer) this.log.append({kind: 'call-lost', ...common});
      else {
        const {outcome, elapsedUs, sockaddr} = answer;
        this.log.append({kind: 'call-returned', ...common, outcome, elapsedUs, ...(sockaddr ? {sockaddr} : {})});
      }
      await this.#read();
    });
    await Promise.race([made, sleep(patienceMs, undefined, {ref: false})]);
    await this.#read();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    await this.#lab[Symbol.asyncDispose]();
    await this.#hold[Symbol.asyncDispose]();
  }

  async #read(): Promise<void> {
    if (this.#isOver) return;
    const reading = await this.#lab.observe();
    if (!this.#isOver) this.log.append({kind: 'kernel-read', ...reading});
  }
}
