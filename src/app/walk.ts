import {setImmediate, setTimeout as sleep} from 'node:timers/promises';
import {sourceOf} from '../../components/listing.ts';
import type {ActorExit, News} from '../lab/actor-process.ts';
import {type Folder, makeFolder, writeFiles} from '../lab/folder.ts';
import {type KernelReading, type Lab, openLab} from '../lab/lab.ts';
import type {Network} from '../lab/network.ts';
import {type ActorName, usualActors} from '../model/actor.ts';
import type {Call, CallName} from '../model/call.ts';
import type {LogEvent, Unmet} from '../model/event.ts';
import {
  type Act,
  actsOf,
  type Claim,
  hasFiles,
  type Lesson,
  needsFolder,
  type SocketClaim,
  type Step,
} from '../model/lesson.ts';
import {fromBase64} from '../model/payload.ts';
import type {TracedCall} from '../model/traced.ts';
import {drawnOrder} from '../timeline/choice-order.ts';
import {isOutcome, outcomeUnmet, unmet} from '../timeline/claims.ts';
import type {Found, MadeCall, Result} from '../timeline/found.ts';
import {createLog, type Log} from '../timeline/log.ts';
import {isSending} from '../timeline/project.ts';
import {Bindings} from './bindings.ts';
import {type Ground, letGo} from './ground.ts';
import {freshSeed} from './seed.ts';
import {Wire} from './wire.ts';

/** How long the kernel is given to do what a step claims, in milliseconds. A delayed ACK takes 40 of them, a busy machine more. */
const usualPatienceMs = 10_000;
/** Most calls return by then, in milliseconds, and nobody needs to look whether they sleep. */
const returnsWithinMs = 3;
/** A call that sleeps this long without a claim that it should is taken to be waiting. */
const sleepsForGoodMs = 500;
/** Pauses before the readings after a process has ended: the ACK of its FIN may be 40 ms late, and changes the state once more. */
const settlingMs = [0, 60, 200];

/** Where the router or the network, which are in no call, ended in the middle. */
export interface Cut {
  readonly actor: ActorName;
  /** The exit code, or the signal. */
  readonly how: string;
}

/** One call of a step, and what has become of it so far. */
interface Begun {
  readonly step: Step;
  readonly act: Act;
  readonly call: Call;
  result: Result;
  elapsedUs: number | null;
  readonly settled: Promise<void>;
}

/** Calls after which a socket has ends that it did not have before. */
const givesEnds: ReadonlySet<CallName> = new Set(['bind', 'listen', 'connect', 'accept', 'accept4', 'sendto']);

/** One run of a lesson on fresh processes and sockets. It performs; it never goes back. */
export class Walk implements AsyncDisposable {
  readonly lesson: Lesson;
  readonly log: Log;
  readonly bindings: Bindings;
  /** What the orders of choices are drawn from. */
  readonly seed: number;
  /** Seconds since the walk began. */
  readonly now: () => number;
  readonly #lab: Lab;
  readonly #ground: Ground;
  readonly #folder: Folder | null;
  /** Null where nothing is captured. */
  readonly #wire: Wire | null;
  /** By step: the calls that it made, in order. */
  readonly #calls = new Map<string, Begun[]>();
  #performed = 0;
  #current: Step | null = null;
  /** How many events there were before the current step. */
  #stepBegan = 0;
  #lastRead: string | null = null;
  #isOver = false;
  #cut: Cut | null = null;

  private constructor(
    lesson: Lesson,
    lab: Lab,
    log: Log,
    bindings: Bindings,
    now: () => number,
    ground: Ground,
    captured: Network | null,
    folder: Folder | null,
    seed: number,
  ) {
    this.lesson = lesson;
    this.seed = seed;
    this.#folder = folder;
    this.log = log;
    this.bindings = bindings;
    this.#lab = lab;
    this.now = now;
    this.#ground = ground;
    const [first] = lesson.steps;
    this.#wire = captured && new Wire(captured, log, {lesson: lesson.id, step: first?.id ?? ''});
  }

  /** Starts the actors. Throws `NoFolder`, and as `openLab` does. The ground is the walk's from then on. */
  static async open(lesson: Lesson, ground: Ground, message: string, seed = freshSeed()): Promise<Walk> {
    const start = performance.now();
    const making = needsFolder(lesson) ? makeFolder(hasFiles(lesson)) : null;
    const folder =
      (await making?.catch(async error => {
        await letGo(ground);
        throw error;
      })) ?? null;
    const {actors = usualActors, nodeActors = [], hosts = {}} = lesson;
    const {network} = ground;
    const own = actors.filter(name => name !== 'network');
    const opening = openLab(own, folder?.path ?? null, {nodeActors, showsFiles: hasFiles(lesson), network, hosts});
    const lab = await opening.catch(async error => {
      await letGo(ground);
      await folder?.[Symbol.asyncDispose]();
      throw error;
    });
    const captured = (await network?.captures()) ? network : null;
    const now = () => (performance.now() - start) / 1000;
    const log = createLog(now);
    const pids = new Map(lab.actors.map(({name, pid}) => [name, pid]));
    const walk = new Walk(
      lesson,
      lab,
      log,
      new Bindings(ground.port, message, pids, folder?.path),
      now,
      ground,
      captured,
      folder,
      seed,
    );
    for (const {name, pid} of lab.actors) {
      const host = lab.hostOf(name);
      log.append({kind: 'actor-started', actor: name, pid, ...(host === null ? {} : {host})});
    }
    if (pids.has('router')) await walk.#meetRouter();
    lab.onNews((actor, news) => walk.#hear(actor, news));
    lab.onExit((actor, {code, signal}) => {
      walk.#hearExit(actor, {code, signal});
      void walk.#readAgain();
    });
    void network?.exited.then(exit => walk.#isOver || walk.#hearExit('network', exit));
    return walk;
  }

  /** What the walk cannot go on without, where that has ended; null while all is well. */
  get cut(): Cut | null {
    return this.#cut;
  }

  /** How many steps have been performed. */
  get performed(): number {
    return this.#performed;
  }

  get nextStep(): Step | null {
    return this.lesson.steps[this.#performed] ?? null;
  }

  /**
   * Makes the next step's calls, waits until each has returned or sleeps, and reads the kernel.
   *
   * @param order the step's calls in another order than its own, as indexes
   * Nothing is judged where the walk is cut meanwhile: what is missing then is not the kernel's doing.
   */
  async next(order?: readonly number[]): Promise<void> {
    const step = this.nextStep;
    if (!step || this.#isOver) return;
    this.#performed += 1;
    this.#lastRead = null;
    this.#current = step;
    this.#stepBegan = this.log.events.length;
    const calls: Begun[] = [];
    this.#calls.set(step.id, calls);
    this.bindings.begin(step.id);
    const acts = actsOf(step);
    const wanted = order ? order.flatMap(i => acts[i] ?? []) : acts;
    for (const [i, act] of wanted.entries()) {
      await this.#act(step, act, calls, i === wanted.length - 1);
      // What comes after the first call that does not work would only hide it.
      if (step.arrange && !isFine(calls, wanted[i + 1])) break;
    }
    if (!this.#lab.isTraced) this.#showRecorded(step);
    await this.#settleEarlier(step.expect);
    const found = await this.#observeUntil(step, calls);
    if (!found || this.#cut) return;
    const fulfilled = (step.predict?.choices ?? []).flatMap((choice, i) =>
      unmet(choice.claim, found).length === 0 ? [i] : [],
    );
    const parts = this.#unmetOf(step, found);
    this.log.append({kind: 'judged', ...this.#ref(step), holds: parts.length === 0, unmet: parts, fulfilled});
  }

  /** Whether the kernel has forgotten by now what the next step is about. */
  get isTooLate(): boolean {
    const {expires} = this.nextStep ?? {};
    const judged = this.log.events.findLast(event => event.kind === 'judged' && event.step === expires?.after);
    return expires !== undefined && judged !== undefined && this.now() - judged.at > expires.seconds;
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
    // What the actors' ends sent is the last of the wire.
    await this.#wire?.read();
    await this.#folder?.[Symbol.asyncDispose]();
    await letGo(this.#ground);
    // The exits are told by promises of their own; the log is complete once these have run.
    await setImmediate();
  }

  #ref(step: Step) {
    return {lesson: this.lesson.id, step: step.id};
  }

  /** Makes one of a step's calls, again and again where it says so. The last one decides what the step shows. */
  async #act(step: Step, act: Act, calls: Begun[], isLast: boolean): Promise<void> {
    const most = act.repeat?.most ?? 1;
    for (let n = 0; n < most && !this.#isOver; n++) {
      // An actor makes one call at a time: what it does later in this step comes after what it does now.
      const earlier = calls.findLast(other => other.act.actor === act.actor && other.result.kind === 'waiting');
      if (earlier) await Promise.race([earlier.settled, this.#patience(step)]);
      if (act.once) await this.#untilShown(step, act.once, calls);
      if (act.call.name === 'run') await this.#writeFiles();
      const begun = this.#start(step, act);
      calls.push(begun);
      await this.#settle(begun, isLast && step.expect.outcome?.kind !== 'waits' ? sleepsForGoodMs : 0);
      if (act.call.name === 'evaluate') await this.#lab.settle();
      if (!isLast && givesEnds.has(act.call.name)) this.#record(await this.#lab.observe());
      if (act.repeat && isOutcome(act.repeat.until, made(begun), this.#found(calls, noReading))) break;
    }
  }

  #start(step: Step, act: Act): Begun {
    const call = this.bindings.resolve(act.call);
    const common = {...this.#ref(step), actor: act.actor, call};
    const isFirst = this.#calls.get(step.id)?.length === 0;
    const started = this.log.append({kind: 'call-started', ...common, ...(isFirst ? this.#choices(step) : {})});
    this.#wire?.begin(started);
    const begun: Begun & {settled: Promise<void>} = {
      ...{step, act, call, result: {kind: 'waiting'}, elapsedUs: null},
      settled: this.#lab.perform(act.actor, call).then(answer => {
        this.#wire?.end(started.seq, 'kind' in answer ? undefined : answer.during);
        if ('kind' in answer) {
          begun.result = answer;
          this.log.append({kind: 'call-lost', ...common});
          return;
        }
        const {outcome, elapsedUs, sockaddr} = answer;
        begun.result = outcome;
        begun.elapsedUs = elapsedUs;
        this.bindings.learn(step.id, act, outcome);
        this.log.append({kind: 'call-returned', ...common, outcome, elapsedUs, ...(sockaddr ? {sockaddr} : {})});
        // That what was sent is in no queue is news, too.
        if (isSending(call)) this.#lastRead = null;
      }),
    };
    return begun;
  }

  /** In the log, so that whoever reads it later sees the numbers that the learner saw. */
  #choices({id, predict}: Step): {choices?: readonly number[]} {
    return predict ? {choices: drawnOrder(predict.choices.length, this.seed, this.lesson.id, id)} : {};
  }

  #lastCall = (step: string, name?: CallName): Begun | undefined =>
    this.#calls.get(step)?.findLast(({call}) => name === undefined || call.name === name);

  /** A program is up when it listens, or has said something. */
  async #isUp({act}: Begun): Promise<boolean> {
    if (this.#said(act.actor) !== '') return true;
    const {sockets} = await this.#lab.observe();
    return sockets.some(row => row.actor === act.actor && row.state === 'LISTEN');
  }

  /** The lesson's programs, with the port as it is now known. */
  #writeFiles(): Promise<void> {
    const files = Object.entries(this.lesson.files ?? {});
    const port = this.bindings.serverPort;
    return writeFiles(
      this.#folder?.path ?? '',
      files.map(([name, listing]) => ({name, text: sourceOf(listing, port)})),
    );
  }

  #hearExit(actor: ActorName, {code, signal}: ActorExit): void {
    const isMissed = !this.#isOver && (actor === 'network' || actor === 'router');
    if (isMissed) this.#cut ??= {actor, how: signal ?? `exit ${code}`};
    this.log.append({kind: 'actor-exited', actor, code, signal});
  }

  /** What a Node process tells belongs to the step that is made. */
  #hear(actor: ActorName, news: News): void {
    if (!this.#current || this.#isOver) return;
    if (news.kind === 'program-started') this.bindings.learnProgram(actor, news.pid);
    this.log.append({...this.#ref(this.#current), actor, ...news});
  }

  /** Where there is no strace: what it saw when the lesson was recorded. */
  #showRecorded(step: Step): void {
    const {node = '', byStep = {}} = this.lesson.traces ?? {};
    for (const call of byStep[step.id] ?? []) {
      this.log.append({kind: 'traced', recorded: true, node, ...this.#ref(step), ...call});
    }
  }

  #heard = (): readonly LogEvent[] => this.log.events.slice(this.#stepBegan);

  #said = (actor: ActorName): string =>
    this.#heard()
      .flatMap(event =>
        event.kind === 'said' && event.actor === actor ? [`${Buffer.from(fromBase64(event.data))}\n`] : [],
      )
      .join('');

  #traced = (actor: ActorName): readonly TracedCall[] =>
    this.#heard().flatMap(event => (event.kind === 'traced' && event.actor === actor ? [event] : []));

  /**
   * Resolves when the call has returned, or when the kernel shows it asleep.
   *
   * @param patience milliseconds for which a sleep may yet be a short one
   */
  async #settle(begun: Begun, patience: number): Promise<void> {
    const start = performance.now();
    await Promise.race([begun.settled, sleep(returnsWithinMs)]);
    await this.#until(begun.step, async () => {
      if (begun.result.kind !== 'waiting') return true;
      const waitedMs = performance.now() - start;
      if (begun.call.name === 'run') return this.#isUp(begun);
      if (waitedMs < patience) return false;
      if ((await this.#lab.asleep(begun.act.actor)) !== null) return true;
      // Where the kernel does not show threads, a call that has not returned for a while is all there is to see.
      return waitedMs > sleepsForGoodMs && !this.#lab.isSleepShown(begun.act.actor);
    });
  }

  async #settleEarlier({completes}: Claim): Promise<void> {
    const earlier = completes && this.#lastCall(completes.step, completes.call);
    if (earlier && completes.outcome.kind !== 'waits')
      await Promise.race([earlier.settled, this.#patience(earlier.step)]);
  }

  #patience = (step: Step) => sleep(step.patienceMs ?? usualPatienceMs, undefined, {ref: false});

  /** What a step claims and what is not so; of the calls before its last one, that they work or do what they say. */
  #unmetOf(step: Step, found: Found): readonly Unmet[] {
    const calls = this.#calls.get(step.id) ?? [];
    if (step.arrange) return this.#arrangedUnmet(step, calls, found);
    const before = calls.slice(0, -1).flatMap(begun => {
      const {does, repeat} = begun.act;
      if (does) return outcomeUnmet(does, made(begun), found) ?? [];
      const isFine = repeat !== undefined || begun.result.kind === 'returned' || begun.result.kind === 'evaluated';
      return isFine ? [] : (outcomeUnmet({kind: 'returns-from', least: 0}, made(begun), found) ?? []);
    });
    return [...before, ...unmet(step.expect, found)];
  }

  /** Calls in the learner's order: each of them was made and works. */
  #arrangedUnmet(step: Step, calls: readonly Begun[], found: Found): readonly Unmet[] {
    const stuck = calls.find(({result}) => result.kind !== 'returned');
    if (stuck) return [outcomeUnmet({kind: 'returns-from', least: 0}, made(stuck), found) ?? []].flat();
    return unmet({...(step.expect.sockets ? {sockets: step.expect.sockets} : {})}, found);
  }

  /** Reads the kernel until it shows what a call is held back for. */
  async #untilShown(step: Step, claim: SocketClaim, calls: readonly Begun[]): Promise<void> {
    await this.#until(step, async () => {
      const reading = await this.#lab.observe();
      if (this.#isOver) return true;
      this.#record(reading);
      return unmet({sockets: [claim]}, this.#found(calls, reading)).length === 0;
    });
  }

  /** Reads the kernel until it shows what the step claims. The first reading is an event, and each that brings news. */
  async #observeUntil(step: Step, calls: readonly Begun[]): Promise<Found | null> {
    let found: Found | null = null;
    await this.#until(step, async () => {
      await this.#lab.settle();
      await this.#wire?.read();
      const reading = await this.#lab.observe();
      if (this.#isOver) return true;
      this.#record(reading);
      found = this.#found(calls, reading);
      return this.#unmetOf(step, found).length === 0 || this.#isLost(step, calls) || isRefused(step, calls);
    });
    return found;
  }

  /** Its process is gone, and that is not what the step is about. */
  #isLost = (step: Step, calls: readonly Begun[]): boolean =>
    step.expect.outcome?.kind !== 'lost' && calls.at(-1)?.result.kind === 'lost';

  /** Puts what has passed on the wire meanwhile into the log, and what it has changed: the kernel goes on while nobody calls. */
  async look(): Promise<void> {
    const taken = this.#isOver ? 0 : await this.#wire?.read();
    if (taken) await this.#readAgain();
  }

  /** What the kernel shows once a process has ended in the middle of a walk: its sockets are closed. */
  async #readAgain(): Promise<void> {
    for (const pause of settlingMs) {
      await sleep(pause, undefined, {ref: false});
      if (this.#isOver) return;
      await this.#wire?.read();
      const reading = await this.#lab.observe();
      if (!this.#isOver) this.#record(reading);
    }
  }

  /** It has its sockets before the first step. */
  async #meetRouter(): Promise<void> {
    const reading = await this.#lab.observe();
    this.bindings.learnRouter(reading.sockets);
    this.#record(reading);
  }

  #record(reading: KernelReading): void {
    this.bindings.learnRows(reading.sockets);
    // The measured round-trip time changes by itself; a reading that differs in nothing else is no news.
    const rows = reading.sockets.map(({tcpInfo, ...row}) => {
      const {unacked, retransmits} = tcpInfo ?? {};
      return {...row, unacked, retransmits};
    });
    const news = JSON.stringify([rows, reading.files]);
    if (news === this.#lastRead) return;
    this.#lastRead = news;
    this.log.append({kind: 'kernel-read', ...reading});
  }

  #found(calls: readonly Begun[], reading: KernelReading): Found {
    return {
      calls: calls.map(made),
      lastCallOf: (id, name) => {
        const last = this.#lastCall(id, name);
        return last ? made(last) : null;
      },
      callsOf: id => (this.#calls.get(id) ?? []).map(made),
      said: actor => this.#said(actor),
      traced: actor => this.#traced(actor),
      rows: reading.sockets,
      wire: this.#wire?.since(this.#stepBegan) ?? null,
      files: reading.files ?? [],
      socket: this.bindings.socket,
      bytes: this.bindings.bytes,
      pidOf: this.bindings.pidOf,
      serverPort: this.bindings.serverPort,
    };
  }

  /** Tries until the condition holds or patience ends. */
  async #until({patienceMs}: Step, condition: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + (patienceMs ?? usualPatienceMs);
    for (
      let pause = 1;
      !this.#isOver && !this.#cut && !(await condition()) && performance.now() < deadline;
      pause = Math.min(2 * pause, 20)
    ) {
      await sleep(pause);
    }
  }
}

/** In the learner's order a call failed: no waiting makes it work. */
const isRefused = (step: Step, calls: readonly Begun[]): boolean =>
  step.arrange !== undefined && calls.some(({result}) => result.kind === 'failed');

/** Whether a row of calls may go on with the next act: none has failed, and its actor does not sleep. */
const isFine = (calls: readonly Begun[], next: Act | undefined): boolean =>
  calls.every(
    ({act, result}) => result.kind === 'returned' || (result.kind === 'waiting' && act.actor !== next?.actor),
  );

const made = ({act, call, result, elapsedUs}: Begun): MadeCall => ({actor: act.actor, call, result, elapsedUs});

const noReading: KernelReading = {sockets: [], waiting: []};
