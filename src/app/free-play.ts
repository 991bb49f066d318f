import {setTimeout as sleep} from 'node:timers/promises';
import type {Lab} from '../lab/lab.ts';
import type {ActorName} from '../model/actor.ts';
import type {Port} from '../model/brands.ts';
import type {Call} from '../model/call.ts';
import {createLog, type Log} from '../timeline/log.ts';
import type {Taken} from './call-line.ts';
import {type Ground, letGo} from './ground.ts';
import {Wire} from './wire.ts';

/** A call that has not returned after this long is left waiting; the other side may go on. Milliseconds. */
const patienceMs = 300;
/** Pauses before the readings after a call or an end: an ACK may be 40 ms late, and with it the last change of a state. */
const settlingMs = [0, 60, 200];

/** Fresh processes on which any call may be made, in any order. Nothing is claimed, and nothing is judged. */
export class FreePlay implements AsyncDisposable {
  readonly log: Log;
  readonly serverPort: Port;
  readonly taken: Taken;
  /** Seconds since it began. */
  readonly now: () => number;
  readonly #lab: Lab;
  readonly #ground: Ground;
  readonly #wire: Wire | null;
  #calls = 0;
  #lastRead = '';
  #isOver = false;

  /** Takes over the lab and what it runs on: it ends them. */
  constructor(lab: Lab, ground: Ground, taken: Taken) {
    const start = performance.now();
    this.now = () => (performance.now() - start) / 1000;
    this.log = createLog(this.now);
    this.serverPort = ground.port;
    this.taken = taken;
    this.#lab = lab;
    this.#ground = ground;
    this.#wire = ground.network && new Wire(ground.network, this.log, {lesson: 'lab', step: 'call-0'});
    for (const {name, pid} of lab.actors) {
      const host = lab.hostOf(name);
      this.log.append({kind: 'actor-started', actor: name, pid, ...(host === null ? {} : {host})});
    }
    lab.onExit((actor, {code, signal}) => {
      this.log.append({kind: 'actor-exited', actor, code, signal});
      void this.#readOn();
    });
  }

  /** Makes one call; resolves when it has returned or is left waiting. */
  async make(actor: ActorName, call: Call): Promise<void> {
    this.#calls += 1;
    const common = {lesson: 'lab', step: `call-${this.#calls}`, actor, call};
    const started = this.log.append({kind: 'call-started', ...common});
    this.#wire?.begin(started);
    const made = this.#lab.perform(actor, call).then(async answer => {
      this.#wire?.end(started.seq, 'kind' in answer ? undefined : answer.during);
      if (this.#isOver) return;
      if ('kind' in answer) this.log.append({kind: 'call-lost', ...common});
      else {
        const {outcome, elapsedUs, sockaddr} = answer;
        this.log.append({kind: 'call-returned', ...common, outcome, elapsedUs, ...(sockaddr ? {sockaddr} : {})});
      }
    });
    await Promise.race([made.then(() => void this.#readOn()), sleep(patienceMs, undefined, {ref: false})]);
    await this.#read();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    await this.#lab[Symbol.asyncDispose]();
    await letGo(this.#ground);
  }

  async #readOn(): Promise<void> {
    for (const pause of settlingMs) {
      await sleep(pause, undefined, {ref: false});
      await this.#read();
    }
  }

  async #read(): Promise<void> {
    if (this.#isOver) return;
    await this.#wire?.read();
    const reading = await this.#lab.observe();
    // The measured round-trip time changes by itself; a reading that differs in nothing else is no news.
    const news = JSON.stringify({...reading, sockets: reading.sockets.map(({tcpInfo: _, ...row}) => row)});
    if (this.#isOver || news === this.#lastRead) return;
    this.#lastRead = news;
    this.log.append({kind: 'kernel-read', ...reading});
  }
}
