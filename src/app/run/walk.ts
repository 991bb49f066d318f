import {setTimeout as sleep} from 'node:timers/promises';
import {unmet} from '../../claims/claims.ts';
import type {Found} from '../../claims/found.ts';
import {isOutcome, outcomeUnmet} from '../../claims/outcome-claims.ts';
import {sourceOf} from '../../draw/lesson/listing.ts';
import type {News} from '../../lab/actor/actor-process.ts';
import {type Folder, makeFolder, writeFiles} from '../../lab/file/folder.ts';
import {type KernelReading, type Lab, openLab} from '../../lab/lab.ts';
import {type ActorName, usualActors} from '../../model/actor.ts';
import type {Port} from '../../model/brands.ts';
import type {CallName} from '../../model/call.ts';
import type {LogEvent, Unmet} from '../../model/event.ts';
import {
  type Act,
  actsOf,
  type Claim,
  hasFiles,
  type Lesson,
  needsFolder,
  type SocketClaim,
  type Step,
} from '../../model/lesson.ts';
import {fromBase64} from '../../model/payload.ts';
import type {TracedCall} from '../../model/traced.ts';
import {drawnOrder} from '../../timeline/choice-order.ts';
import type {Log} from '../../timeline/log.ts';
import {Bindings} from './bindings.ts';
import {type Cut, LiveRun, type RunsOn, type StartedCall, sleepsForGoodMs} from './live-run.ts';
import {type ChosenNetwork, letGo} from './network-choice.ts';
import {freshSeed} from './seed.ts';

/** How long the kernel is given to do what a step claims, in milliseconds. A delayed ACK takes 40 of them, a busy machine more. */
const usualPatienceMs = 10_000;

export type {Cut};

/** One call of a step, and what has become of it so far. */
interface StepCall {
  readonly step: Step;
  readonly act: Act;
  readonly made: StartedCall;
}

/** Calls after which a socket has ends that it did not have before. */
const givesEnds: ReadonlySet<CallName> = new Set(['bind', 'listen', 'connect', 'accept', 'accept4', 'sendto']);

/** One run of a lesson on fresh processes and sockets. It performs; it never goes back. */
export class Walk implements AsyncDisposable {
  readonly lesson: Lesson;
  readonly bindings: Bindings;
  /** What the orders of choices are drawn from. */
  readonly seed: number;
  /** The server's; 0: the kernel chooses it. */
  readonly givenPort: Port;
  readonly #lab: Lab;
  readonly #run: LiveRun;
  readonly #folder: Folder | null;
  /** By step: the calls that it made, in order. */
  readonly #calls = new Map<string, StepCall[]>();
  #performed = 0;
  #current: Step | null = null;
  /** How many events there were before the current step. */
  #stepBegan = 0;

  private constructor(lesson: Lesson, on: RunsOn, bindings: Bindings, seed: number) {
    this.lesson = lesson;
    this.seed = seed;
    this.bindings = bindings;
    this.givenPort = on.where.port;
    this.#lab = on.lab;
    this.#folder = on.folder;
    this.#run = new LiveRun(on, ({sockets}) => bindings.learnRows(sockets));
  }

  /** Starts the actors. Throws `NoFolder`, and as `openLab` does. The where is the walk's from then on. */
  static async open(lesson: Lesson, where: ChosenNetwork, message: string, seed = freshSeed()): Promise<Walk> {
    const making = needsFolder(lesson) ? makeFolder(hasFiles(lesson)) : null;
    const folder =
      (await making?.catch(async error => {
        await letGo(where);
        throw error;
      })) ?? null;
    const {actors = usualActors, nodeActors = [], hosts = {}} = lesson;
    const {network} = where;
    const own = actors.filter(name => name !== 'network');
    const opening = openLab(own, folder?.path ?? null, {nodeActors, showsFiles: hasFiles(lesson), network, hosts});
    const lab = await opening.catch(async error => {
      await letGo(where);
      await folder?.[Symbol.asyncDispose]();
      throw error;
    });
    const captured = (await network?.captures()) ? network : null;
    const pids = new Map(lab.actors.map(({name, pid}) => [name, pid]));
    const bindings = new Bindings(where.port, message, pids, folder?.path);
    const first = {lesson: lesson.id, step: lesson.steps[0]?.id ?? ''};
    const walk = new Walk(lesson, {lab, where, folder, captured, first}, bindings, seed);
    for (const {name, pid} of lab.actors) walk.#run.meet(name, pid);
    if (pids.has('router')) await walk.#meetRouter();
    lab.onNews((actor, news) => walk.#hear(actor, news));
    walk.#run.hearEnds();
    return walk;
  }

  get log(): Log {
    return this.#run.log;
  }

  /** Seconds since the walk began. */
  get now(): () => number {
    return this.#run.now;
  }

  /** What the walk cannot go on without, where that has ended; null while all is well. */
  get cut(): Cut | null {
    return this.#run.cut;
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
    if (!step || this.#run.isOver) return;
    this.#performed += 1;
    this.#run.forget();
    this.#current = step;
    this.#stepBegan = this.log.events.length;
    const calls: StepCall[] = [];
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
    if (!found || this.cut) return;
    const fulfilled = (step.predict?.choices ?? []).flatMap((choice, i) =>
      unmet(choice.claim, found).length === 0 ? [i] : [],
    );
    const parts = this.#unmetOf(step, found);
    this.#run.note({kind: 'judged', ...this.#ref(step), holds: parts.length === 0, unmet: parts, fulfilled});
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

  /** Writes down what the learner predicts of the next step's call, as an index; null: nothing. */
  predict(choice: number | null): void {
    const step = this.nextStep;
    if (step?.predict) this.#run.note({kind: 'predicted', ...this.#ref(step), choice});
  }

  /** Writes down the order of calls that the learner chose for the next step, as indexes; null: the lesson's own. */
  arrange(order: readonly number[] | null): void {
    const step = this.nextStep;
    if (step?.arrange) this.#run.note({kind: 'arranged', ...this.#ref(step), order});
  }

  /** Ends all processes and lets go of the port. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#run[Symbol.asyncDispose]();
  }

  #ref(step: Step) {
    return {lesson: this.lesson.id, step: step.id};
  }

  /** Makes one of a step's calls, again and again where it says so. The last one decides what the step shows. */
  async #act(step: Step, act: Act, calls: StepCall[], isLast: boolean): Promise<void> {
    const most = act.repeat?.most ?? 1;
    for (let n = 0; n < most && !this.#run.isOver; n++) {
      // An actor makes one call at a time: what it does later in this step comes after what it does now.
      const earlier = calls.findLast(other => other.act.actor === act.actor && other.made.result.kind === 'waiting');
      if (earlier) await Promise.race([earlier.made.settled, this.#patience(step)]);
      if (act.once) await this.#untilShown(step, act.once, calls);
      if (act.call.name === 'run') await this.#writeFiles();
      const made = this.#start(step, act);
      calls.push({step, act, made});
      await this.#run.settle(made, {
        restMs: isLast && step.expect.outcome?.kind !== 'waits' ? sleepsForGoodMs : 0,
        atMostMs: patienceOf(step),
        ...(act.call.name === 'run' ? {isUp: () => this.#isUp(act.actor)} : {}),
      });
      if (act.call.name === 'evaluate') await this.#lab.settle();
      if (!isLast && givesEnds.has(act.call.name)) await this.#run.readKernel();
      if (act.repeat && isOutcome(act.repeat.until, made, this.#found(calls, noReading))) break;
    }
  }

  #start(step: Step, act: Act): StartedCall {
    const call = this.bindings.resolve(act.call);
    const isFirst = this.#calls.get(step.id)?.length === 0;
    return this.#run.start(this.#ref(step), act.actor, call, {
      ...(isFirst ? this.#choices(step) : {}),
      learn: outcome => this.bindings.learn(step.id, act, outcome),
    });
  }

  /** In the log, so that whoever reads it later sees the numbers that the learner saw. */
  #choices({id, predict}: Step): {choices?: readonly number[]} {
    return predict ? {choices: drawnOrder(predict.choices.length, this.seed, this.lesson.id, id)} : {};
  }

  #lastCall = (step: string, name?: CallName): StepCall | undefined =>
    this.#calls.get(step)?.findLast(({made}) => name === undefined || made.call.name === name);

  /** A program is up when it listens, or has said something. */
  async #isUp(actor: ActorName): Promise<boolean> {
    if (this.#said(actor) !== '') return true;
    const {sockets} = await this.#lab.observe();
    return sockets.some(row => row.actor === actor && row.state === 'LISTEN');
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

  /** What a Node process tells belongs to the step that is made. */
  #hear(actor: ActorName, news: News): void {
    if (!this.#current || this.#run.isOver) return;
    if (news.kind === 'program-started') this.bindings.learnProgram(actor, news.pid);
    this.#run.note({...this.#ref(this.#current), actor, ...news});
  }

  /** Where there is no strace: what it saw when the lesson was recorded. */
  #showRecorded(step: Step): void {
    const {node = '', byStep = {}} = this.lesson.traces ?? {};
    for (const call of byStep[step.id] ?? []) {
      this.#run.note({kind: 'traced', recorded: true, node, ...this.#ref(step), ...call});
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

  async #settleEarlier({completes}: Claim): Promise<void> {
    const earlier = completes && this.#lastCall(completes.step, completes.call);
    if (earlier && completes.outcome.kind !== 'waits')
      await Promise.race([earlier.made.settled, this.#patience(earlier.step)]);
  }

  #patience = (step: Step) => sleep(patienceOf(step), undefined, {ref: false});

  /** What a step claims and what is not so; of the calls before its last one, that they work or do what they say. */
  #unmetOf(step: Step, found: Found): readonly Unmet[] {
    const calls = this.#calls.get(step.id) ?? [];
    if (step.arrange) return this.#arrangedUnmet(step, calls, found);
    const before = calls.slice(0, -1).flatMap(({act: {does, repeat}, made}) => {
      if (does) return outcomeUnmet(does, made, found) ?? [];
      const isFine = repeat !== undefined || made.result.kind === 'returned' || made.result.kind === 'evaluated';
      return isFine ? [] : (outcomeUnmet({kind: 'returns-from', least: 0}, made, found) ?? []);
    });
    return [...before, ...unmet(step.expect, found)];
  }

  /** Calls in the learner's order: each of them was made and works. */
  #arrangedUnmet(step: Step, calls: readonly StepCall[], found: Found): readonly Unmet[] {
    const stuck = calls.find(({made}) => made.result.kind !== 'returned');
    if (stuck) return [outcomeUnmet({kind: 'returns-from', least: 0}, stuck.made, found) ?? []].flat();
    return unmet({...(step.expect.sockets ? {sockets: step.expect.sockets} : {})}, found);
  }

  /** Reads the kernel until it shows what a call is held back for. */
  async #untilShown(step: Step, claim: SocketClaim, calls: readonly StepCall[]): Promise<void> {
    await this.#run.until(patienceOf(step), async () => {
      const reading = await this.#run.readKernel();
      return !reading || unmet({sockets: [claim]}, this.#found(calls, reading)).length === 0;
    });
  }

  /** Reads the kernel until it shows what the step claims. The first reading is an event, and each that brings news. */
  async #observeUntil(step: Step, calls: readonly StepCall[]): Promise<Found | null> {
    let found: Found | null = null;
    await this.#run.until(patienceOf(step), async () => {
      await this.#lab.settle();
      const reading = await this.#run.read();
      if (!reading) return true;
      found = this.#found(calls, reading);
      return this.#unmetOf(step, found).length === 0 || this.#isLost(step, calls) || isRefused(step, calls);
    });
    return found;
  }

  /** Its process is gone, and that is not what the step is about. */
  #isLost = (step: Step, calls: readonly StepCall[]): boolean =>
    step.expect.outcome?.kind !== 'lost' && calls.at(-1)?.made.result.kind === 'lost';

  /** Puts what has passed on the wire meanwhile into the log, and what it has changed: the kernel goes on while nobody calls. */
  async look(): Promise<void> {
    if ((await this.#run.readWire()) > 0) await this.#run.readOn();
  }

  /** It has its sockets before the first step. */
  async #meetRouter(): Promise<void> {
    const {sockets} = await this.#lab.observe();
    this.bindings.learnRouter(sockets);
    await this.#run.readKernel();
  }

  #found(calls: readonly StepCall[], reading: KernelReading): Found {
    return {
      calls: calls.map(({made}) => made),
      lastCallOf: (id, name) => this.#lastCall(id, name)?.made ?? null,
      callsOf: id => (this.#calls.get(id) ?? []).map(({made}) => made),
      said: actor => this.#said(actor),
      traced: actor => this.#traced(actor),
      rows: reading.sockets,
      wire: this.#run.framesSince(this.#stepBegan),
      files: reading.files ?? [],
      socket: this.bindings.socket,
      bytes: this.bindings.bytes,
      pidOf: this.bindings.pidOf,
      serverPort: this.bindings.serverPort,
    };
  }
}

/** How long the kernel is given to do what a step claims, in milliseconds. */
const patienceOf = ({patienceMs = usualPatienceMs}: Step): number => patienceMs;

/** In the learner's order a call failed: no waiting makes it work. */
const isRefused = (step: Step, calls: readonly StepCall[]): boolean =>
  step.arrange !== undefined && calls.some(({made}) => made.result.kind === 'failed');

/** Whether a row of calls may go on with the next act: none has failed, and its actor does not sleep. */
const isFine = (calls: readonly StepCall[], next: Act | undefined): boolean =>
  calls.every(
    ({act, made: {result}}) => result.kind === 'returned' || (result.kind === 'waiting' && act.actor !== next?.actor),
  );

const noReading: KernelReading = {sockets: [], waiting: []};
