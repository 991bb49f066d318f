import {setImmediate, setTimeout as sleep} from 'node:timers/promises';
import {type KernelReading, type Lab, openLab} from '../lab/lab.ts';
import {actorNames} from '../model/actor.ts';
import type {Port} from '../model/brands.ts';
import type {Claim, Lesson, Step} from '../model/lesson.ts';
import {type Found, type Result, unmet} from '../timeline/claims.ts';
import {createLog, type Log} from '../timeline/log.ts';
import {Bindings} from './bindings.ts';

/** How long the kernel is given to do what a step claims, in milliseconds. A delayed ACK takes 40 of them. */
const patienceMs = 2000;
/** A call that sleeps this long without a claim that it should is taken to be waiting. */
const sleepsForGoodMs = 500;

interface Unfinished {
  readonly step: Step;
  result: Result;
  readonly settled: Promise<void>;
}

/** One run of a lesson on fresh processes and sockets. It performs; it never goes back. */
export class Walk implements AsyncDisposable {
  readonly lesson: Lesson;
  readonly log: Log;
  readonly bindings: Bindings;
  /** Seconds since the walk began. */
  readonly now: () => number;
  readonly #lab: Lab;
  readonly #hold: AsyncDisposable | null;
  readonly #calls = new Map<string, Unfinished>();
  #performed = 0;
  #lastRead: string | null = null;
  #isOver = false;

  private constructor(
    lesson: Lesson,
    lab: Lab,
    log: Log,
    bindings: Bindings,
    now: () => number,
    hold: AsyncDisposable | null,
  ) {
    this.lesson = lesson;
    this.log = log;
    this.bindings = bindings;
    this.#lab = lab;
    this.now = now;
    this.#hold = hold;
  }

  /**
   * Starts both actors. Throws `NoSystemCalls` or `NoKernelTables`.
   *
   * @param hold what keeps other walks off the port; the walk lets go of it at its end
   */
  static async open(lesson: Lesson, port: Port, message: string, hold: AsyncDisposable | null = null): Promise<Walk> {
    const start = performance.now();
    const lab = await openLab(actorNames).catch(async error => {
      await hold?.[Symbol.asyncDispose]();
      throw error;
    });
    const now = () => (performance.now() - start) / 1000;
    const log = createLog(now);
    const walk = new Walk(lesson, lab, log, new Bindings(port, message), now, hold);
    for (const {name, pid} of lab.actors) log.append({kind: 'actor-started', actor: name, pid});
    lab.onExit((actor, {code, signal}) => {
      log.append({kind: 'actor-exited', actor, code, signal});
      void walk.#readAgain();
    });
    return walk;
  }

  /** How many steps have been performed. */
  get performed(): number {
    return this.#performed;
  }

  get nextStep(): Step | null {
    return this.lesson.steps[this.#performed] ?? null;
  }

  /** Makes the next step's one call, waits until it has returned or sleeps, and reads the kernel. */
  async next(): Promise<void> {
    const step = this.nextStep;
    if (!step || this.#isOver) return;
    this.#performed += 1;
    this.#lastRead = null;
    const call = this.#start(step);
    await this.#settle(call, step.expect);
    const found = await this.#observeUntil(step, call);
    if (!found) return;
    const fulfilled = (step.predict?.choices ?? []).flatMap((choice, i) =>
      unmet(choice.claim, found).length === 0 ? [i] : [],
    );
    const parts = unmet(step.expect, found);
    this.log.append({kind: 'judged', ...this.#ref(step), holds: parts.length === 0, unmet: parts, fulfilled});
  }

  /** Whether the learner may now go through part of the lesson once more. */
  get mayRepeat(): boolean {
    return this.lesson.again !== undefined && this.lesson.steps[this.#performed - 1]?.id === this.lesson.again.after;
  }

  repeat(): void {
    const from = this.lesson.steps.findIndex(step => step.id === this.lesson.again?.from);
    if (this.mayRepeat && from >= 0) this.#performed = from;
  }

  /** Ends both processes and lets go of the port; every way out leads through here. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    await this.#lab[Symbol.asyncDispose]();
    await this.#hold?.[Symbol.asyncDispose]();
    // The exits are told by promises of their own; the log is complete once these have run.
    await setImmediate();
  }

  #ref(step: Step) {
    return {lesson: this.lesson.id, step: step.id};
  }

  #start(step: Step): Unfinished {
    const call = this.bindings.resolve(step.call);
    this.log.append({kind: 'call-started', ...this.#ref(step), actor: step.actor, call});
    const unfinished: {step: Step; result: Result; settled: Promise<void>} = {
      step,
      result: {kind: 'waiting'},
      settled: this.#lab.perform(step.actor, call).then(answer => {
        const common = {...this.#ref(step), actor: step.actor, call};
        if ('kind' in answer) {
          unfinished.result = answer;
          this.log.append({kind: 'call-lost', ...common});
          return;
        }
        unfinished.result = answer.outcome;
        this.bindings.learn(step, answer.outcome);
        this.log.append({kind: 'call-returned', ...common, outcome: answer.outcome, elapsedUs: answer.elapsedUs});
      }),
    };
    this.#calls.set(step.id, unfinished);
    return unfinished;
  }

  /** Resolves when the call has returned, or when the kernel shows it asleep and nothing else is to be expected. */
  async #settle(call: Unfinished, claim: Claim): Promise<void> {
    const patience = claim.outcome?.kind === 'waits' ? 0 : sleepsForGoodMs;
    const start = performance.now();
    await this.#until(async () => {
      if (call.result.kind !== 'waiting') return true;
      const waitedMs = performance.now() - start;
      if (waitedMs < patience) return false;
      // Where the kernel does not show threads, a call that has not returned for a while is all there is to see.
      return waitedMs > sleepsForGoodMs || (await this.#lab.asleep(call.step.actor)) !== null;
    });
    const earlier = claim.completes && this.#calls.get(claim.completes.step);
    if (earlier) await Promise.race([earlier.settled, sleep(patienceMs, undefined, {ref: false})]);
  }

  /** Reads the kernel until it shows what the step claims. The first reading is an event, and each that brings news. */
  async #observeUntil(step: Step, call: Unfinished): Promise<Found | null> {
    let found: Found | null = null;
    await this.#until(async () => {
      const reading = await this.#lab.observe();
      if (this.#isOver) return true;
      this.#record(reading);
      found = this.#found(call, reading);
      return unmet(step.expect, found).length === 0 || call.result.kind === 'lost';
    });
    return found;
  }

  /** What the kernel shows once a process has ended in the middle of a walk: its sockets are closed. */
  async #readAgain(): Promise<void> {
    if (this.#isOver) return;
    const reading = await this.#lab.observe();
    if (!this.#isOver) this.#record(reading);
  }

  #record(reading: KernelReading): void {
    this.bindings.learnRows(reading.sockets);
    // The measured round-trip time changes by itself; a reading that differs in nothing else is no news.
    const news = JSON.stringify(reading.sockets.map(({tcpInfo, ...row}) => ({...row, unacked: tcpInfo?.unacked})));
    if (news === this.#lastRead) return;
    this.#lastRead = news;
    this.log.append({kind: 'kernel-read', ...reading});
  }

  #found(call: Unfinished, reading: KernelReading): Found {
    return {
      call: call.step.call.name,
      result: call.result,
      resultOf: id => {
        const other = this.#calls.get(id);
        return other ? {call: other.step.call.name, result: other.result} : null;
      },
      rows: reading.sockets,
      socket: this.bindings.socket,
      bytes: this.bindings.bytes,
      serverPort: this.bindings.serverPort,
    };
  }

  /** Tries until the condition holds or patience ends. */
  async #until(condition: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + patienceMs;
    for (
      let pause = 1;
      !this.#isOver && !(await condition()) && performance.now() < deadline;
      pause = Math.min(2 * pause, 20)
    ) {
      await sleep(pause);
    }
  }
}
