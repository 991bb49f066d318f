import {setImmediate, setTimeout as sleep} from 'node:timers/promises';
import type {MadeCall, WireFrame} from '../../claims/found.ts';
import type {ActorExit} from '../../lab/actor/actor-process.ts';
import type {Folder} from '../../lab/file/folder.ts';
import type {KernelReading, Lab} from '../../lab/lab.ts';
import type {Network} from '../../lab/network/network.ts';
import type {ActorName} from '../../model/actor.ts';
import type {Pid} from '../../model/brands.ts';
import type {Call} from '../../model/call.ts';
import type {Happening, StepRef} from '../../model/event.ts';
import type {Outcome} from '../../model/outcome.ts';
import {createLog, type Log, type OpenLog} from '../../timeline/log.ts';
import {isSending} from '../../timeline/project.ts';
import {KernelReadings} from './kernel-readings.ts';
import {type ChosenNetwork, letGo} from './network-choice.ts';
import {Wire} from './wire.ts';

/** Most calls return by then, in milliseconds, and nobody needs to look whether they sleep. */
const returnsWithinMs = 3;
/** Where the kernel does not show threads, a call that has not returned by then, in milliseconds, is taken to sleep. */
export const sleepsForGoodMs = 500;
/** Pauses before the readings after something happened: an ACK may be 40 ms late, and with it the last change of a state. */
const settlingMs = [60, 200];

/** What a run has of the world. Whoever opens it gives all of it away: the run lets go of it. */
export interface RunsOn {
  readonly lab: Lab;
  readonly where: ChosenNetwork;
  readonly folder: Folder | null;
  /** Whose frames are captured; null where none are. */
  readonly captured: Network | null;
  /** What a frame belongs to that came before any call. */
  readonly first: StepRef;
}

/** What the run cannot go on without ended in the middle of it: the router, or the network. */
export interface Cut {
  readonly actor: ActorName;
  /** The exit code, or the signal. */
  readonly how: string;
}

/** A call, and what has become of it so far. */
export interface StartedCall extends MadeCall {
  /** Resolves once it has returned, or never will. */
  readonly settled: Promise<void>;
}

interface Telling {
  /** For the call's event: the order in which its choices are shown. */
  readonly choices?: readonly number[];
  /** Told before the event of it is. */
  readonly learn?: (outcome: Outcome) => void;
}

interface Settling {
  /** Milliseconds for which a sleep may yet be a short one. */
  readonly restMs: number;
  readonly atMostMs: number;
  /** Whether it has come as far as it will, where that is seen by something else than its thread. */
  readonly isUp?: () => Promise<boolean>;
}

/** One run on fresh processes and sockets: it makes calls, reads the kernel, and is the one door to the log of both. */
export class LiveRun implements AsyncDisposable {
  readonly log: Log;
  /** Seconds since it began. */
  readonly now: () => number;
  readonly #log: OpenLog;
  readonly #on: RunsOn;
  readonly #wire: Wire | null;
  readonly #readings: KernelReadings;
  /** How often something happened after which the kernel is read for a while. */
  #happened = 0;
  #isOver = false;
  #cut: Cut | null = null;

  /** @param readRows is told of each reading before its event is */
  constructor(on: RunsOn, readRows: (reading: KernelReading) => void = () => {}) {
    const start = performance.now();
    this.now = () => (performance.now() - start) / 1000;
    this.#log = createLog(this.now);
    this.log = this.#log;
    this.#on = on;
    this.#readings = new KernelReadings(on.lab, this.#log, readRows);
    this.#wire = on.captured && new Wire(on.captured, this.#log, on.first);
  }

  /** Its processes are gone, or going. */
  get isOver(): boolean {
    return this.#isOver;
  }

  get cut(): Cut | null {
    return this.#cut;
  }

  /** How many calls have been answered whose sockets no reading shows yet. */
  get unread(): number {
    return this.#readings.unread;
  }

  /** How many sockets there were when it was. */
  get sockets(): number {
    return this.#readings.sockets;
  }

  /** Writes down what was decided, said or seen, other than calls and what the kernel shows. */
  note<H extends Happening>(happening: H) {
    return this.#log.append(happening);
  }

  /** A process is there. */
  meet(actor: ActorName, pid: Pid): void {
    const host = this.#on.lab.hostOf(actor);
    this.note({kind: 'actor-started', actor, pid, ...(host === null ? {} : {host})});
  }

  /** From now on it is written down when a process ends, and what that changes. */
  hearEnds(): void {
    const {lab, where} = this.#on;
    lab.onExit((actor, {code, signal}) => {
      this.#hearEnd(actor, {code, signal});
      void this.readOn();
    });
    void where.network?.exited.then(exit => this.#isOver || this.#hearEnd('network', exit));
  }

  /** Begins a call. */
  start(ref: StepRef, actor: ActorName, call: Call, {choices, learn}: Telling = {}): StartedCall {
    const common = {...ref, actor, call};
    const started = this.note({kind: 'call-started', ...common, ...(choices ? {choices} : {})});
    this.#wire?.begin(started);
    const settled = this.#on.lab.perform(actor, call).then(answer => {
      this.#wire?.end(started.seq, 'kind' in answer ? undefined : answer.during);
      this.#readings.answer();
      if ('kind' in answer) {
        made.result = answer;
        this.note({kind: 'call-lost', ...common});
        return;
      }
      const {outcome, elapsedUs, sockaddr} = answer;
      Object.assign(made, {result: outcome, elapsedUs});
      learn?.(outcome);
      this.note({kind: 'call-returned', ...common, outcome, elapsedUs, ...(sockaddr ? {sockaddr} : {})});
      // That what was sent is in no queue is news, too.
      if (isSending(call)) this.forget();
    });
    const made: {-readonly [K in keyof StartedCall]: StartedCall[K]} = {
      ...{actor, call, result: {kind: 'waiting'}, elapsedUs: null},
      settled,
    };
    return made;
  }

  /** Resolves when a call has returned, or when the kernel shows it asleep. */
  async settle(made: StartedCall, {restMs, atMostMs, isUp}: Settling): Promise<void> {
    const {lab} = this.#on;
    const start = performance.now();
    await Promise.race([made.settled, sleep(returnsWithinMs)]);
    const isThere = async () => {
      if (made.result.kind !== 'waiting') return true;
      if (isUp) return isUp();
      const waitedMs = performance.now() - start;
      if (waitedMs < restMs) return false;
      if ((await lab.asleep(made.actor)) !== null) return true;
      return waitedMs > sleepsForGoodMs && !lab.isSleepShown(made.actor);
    };
    await this.until(atMostMs, isThere, made.settled);
  }

  /** Tries until the condition holds, the run is over or cut, or so many milliseconds have passed. `sooner` ends a pause. */
  async until(ms: number, condition: () => Promise<boolean>, sooner?: Promise<void>): Promise<void> {
    const deadline = performance.now() + ms;
    let pauseMs = 1;
    while (!this.#isOver && !this.#cut && !(await condition()) && performance.now() < deadline) {
      await (sooner ? Promise.race([sleep(pauseMs), sooner]) : sleep(pauseMs));
      pauseMs = Math.min(2 * pauseMs, 20);
    }
  }

  /** The frames in the log from the event of this number on; null where nothing is captured. */
  framesSince(seq: number): readonly WireFrame[] | null {
    return this.#wire?.since(seq) ?? null;
  }

  /** The next reading is news, whatever it says. */
  forget(): void {
    this.#readings.forget();
  }

  /** Puts frames that have passed since the last time into the log, and says how many. */
  async readWire(): Promise<number> {
    return this.#isOver ? 0 : ((await this.#wire?.read()) ?? 0);
  }

  /** Reads the kernel's tables; what is new becomes an event. Null once the run is over. */
  readKernel(): Promise<KernelReading | null> {
    return this.#readings.read(() => this.#isOver);
  }

  /** Reads both. */
  async read(): Promise<KernelReading | null> {
    await this.readWire();
    return this.#isOver ? null : this.readKernel();
  }

  /** Reads now and a few times more, until something newer happens, whose readings show this as well. */
  async readOn(isNews = true): Promise<void> {
    this.#happened += 1;
    const happened = this.#happened;
    if (isNews) await this.read();
    for (const ms of settlingMs) {
      if (happened !== this.#happened || this.#isOver) return;
      await sleep(ms, undefined, {ref: false});
      if (happened !== this.#happened || this.#isOver) return;
      await this.read();
    }
  }

  /** Ends the processes and lets go of all that it ran on; every way out leads through here. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    const {lab, folder, where} = this.#on;
    await lab[Symbol.asyncDispose]();
    // What the processes' ends sent is the last of the wire.
    await this.#wire?.read();
    await folder?.[Symbol.asyncDispose]();
    await letGo(where);
    // The exits are told by promises of their own; the log is complete once these have run.
    await setImmediate();
  }

  #hearEnd(actor: ActorName, {code, signal}: ActorExit): void {
    const isNeeded = actor === 'network' || actor === 'router';
    if (isNeeded && !this.#isOver) this.#cut ??= {actor, how: signal ?? `exit ${code}`};
    this.note({kind: 'actor-exited', actor, code, signal});
  }
}
