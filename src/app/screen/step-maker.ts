import type {Step} from '../../model/lesson.ts';
import {Flying} from '../run/flying.ts';
import type {Walk} from '../run/walk.ts';
import {isLive, viewOf} from './log-page.ts';
import {paneAt} from './moves.ts';
import type {PageStore} from './page-store.ts';
import type {ProgressKeeper} from './progress-keeper.ts';
import {endedActor, mayRepeat, type State, upcomingStep, type WalkPage} from './state.ts';
import type {Store} from './store.ts';

/** Why a walk cannot go on by itself. */
export type Stuck =
  /** The kernel has forgotten what the next step is about: the lesson is to be opened there again, and that step made with this choice. */
  | {readonly kind: 'too-late'; readonly page: WalkPage; readonly choice: number | null}
  /** A call could not be tried at all. */
  | {readonly kind: 'failed'; readonly error: unknown};

/** What steps are made with. */
export interface MadeWith {
  readonly store: Store<State>;
  /** Of this walk alone. */
  readonly page: PageStore<WalkPage>;
  readonly progress: ProgressKeeper;
  /** Whether frames fly, or stand where they are at once. */
  readonly hasMotion: boolean;
  /** Hears why the walk cannot go on. */
  stuck(why: Stuck): void;
}

/** How often a waiting call's clock is drawn, in milliseconds. */
const clockEveryMs = 250;

/** How often the screen follows what happens in a step, in milliseconds: most are over by then, and nobody reads what is there for less. */
const followsEveryMs = 100;

/** What the learner answered: a choice, as an index, or the order of the step's calls, as indexes; null where that was skipped. */
interface Answer {
  readonly choice: number | null;
  readonly order?: readonly number[];
}

const noAnswer: Answer = {choice: null};

/** Makes the steps of the walk that is shown, and tells the page what comes of them, and what happens meanwhile. */
export class StepMaker implements AsyncDisposable {
  readonly #with: MadeWith;
  readonly #page: PageStore<WalkPage>;
  readonly #walk: Walk;
  readonly #flying: Flying | null;
  readonly #clock: NodeJS.Timeout;
  #isResuming = false;
  /** All before the next step was made just now. */
  #isFresh = false;

  constructor(madeWith: MadeWith, walk: Walk) {
    this.#with = madeWith;
    this.#page = madeWith.page;
    this.#walk = walk;
    this.#flying = madeWith.hasMotion ? new Flying(walk.now, (flight, now) => this.#page.change({flight, now})) : null;
    walk.log.subscribe(({kind, seq}) => {
      // Frames come many at a time, and their count, which is drawn, after them.
      if (kind === 'frame') return this.#fly(seq);
      // A step that is judged is one to stand at: it is told with all that it changes, by who made it.
      if (kind === 'judged') return;
      this.#page.change({length: walk.log.events.length});
      if (kind === 'actor-exited') this.#leaveQuestion();
    });
    this.#clock = setInterval(() => this.#tick(), clockEveryMs);
    this.#clock.unref();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#page.close();
    clearInterval(this.#clock);
    this.#flying?.land();
    await this.#walk[Symbol.asyncDispose]();
  }

  /** Steps are made that were made before. */
  get isResuming(): boolean {
    return this.#isResuming;
  }

  get mayMake(): boolean {
    const page = this.#page.get();
    return page !== null && isLive(page) && canGoOn(page);
  }

  /** No frame flies any more. */
  land(): void {
    this.#flying?.land();
  }

  /** Makes the next step for real, and stands where it led. */
  async make({choice, order}: Answer = noAnswer): Promise<void> {
    const step = this.#walk.nextStep;
    const here = this.#page.get();
    if (!step || !here || !this.mayMake) return;
    if (this.#walk.isTooLate && !this.#isFresh) return this.#with.stuck({kind: 'too-late', page: here, choice});
    this.#isFresh = this.#isResuming;
    this.land();
    await this.#atPace(async () => {
      this.#page.change({isBusy: true, phase: 'reading', scroll: 0, isHintOpen: false});
      try {
        await this.#walk.next(order);
      } catch (error) {
        return this.#with.stuck({kind: 'failed', error});
      }
      if (this.#walk.cut) return this.#page.change({isBusy: false, length: this.#walk.log.events.length});
      this.#tell(step, {choice, ...(order ? {order} : {})});
    });
  }

  /** The screen follows at its pace meanwhile, and has all of it at the end. */
  async #atPace(work: () => Promise<void>): Promise<void> {
    const unpace = this.#with.store.pace(followsEveryMs);
    try {
      await work();
    } finally {
      unpace();
    }
  }

  /** Makes the next step with this choice, which is predicted where the step asks for one. */
  async choose(choice: number | null): Promise<void> {
    this.#walk.predict(choice);
    await this.make({choice});
  }

  /** Makes the step's calls in the learner's order; null: in the lesson's own. */
  async arrange(order: readonly number[] | null): Promise<void> {
    this.#walk.arrange(order);
    await this.make(order ? {choice: 0, order} : noAnswer);
  }

  /** Sends what the learner has written, which is what the step's call does. */
  async send(message: string): Promise<void> {
    this.#walk.bindings.message = message;
    await this.make();
  }

  /** Goes back in the lesson to where it may be gone through once more; false where it may not. */
  repeat(page: WalkPage): boolean {
    if (!mayRepeat(page) || !isLive(page) || page.isBusy) return false;
    this.#walk.repeat();
    this.#page.change({performed: this.#walk.performed});
    return true;
  }

  /** Makes the first `at` steps again, with the answers that were given then: where the learner left is where they led. */
  async resume(at: number, choices: Readonly<Record<string, number | null>>): Promise<void> {
    this.#isResuming = true;
    this.#isFresh = true;
    await this.#makeWhile(
      () => this.#walk.performed < at,
      () => {
        const {id = '', predict} = this.#walk.nextStep ?? {};
        const choice = predict ? choices[id] : undefined;
        // There may have been more choices when it was made.
        const isOne = predict && choice !== undefined && (choice ?? 0) < predict.choices.length;
        return isOne ? this.choose(choice) : this.make({choice: choice ?? null});
      },
    );
    this.#isResuming = false;
  }

  /** Makes steps, unanswered, while this one is not made. */
  async makeUntil(isMade: () => boolean): Promise<void> {
    await this.#makeWhile(
      () => !isMade(),
      () => this.make(),
    );
  }

  /** Many steps, one after the other. */
  #makeWhile(isWanted: () => boolean, make: () => Promise<void>): Promise<void> {
    return this.#atPace(async () => {
      while (this.mayMake && isWanted()) await make();
    });
  }

  /** What came of a step, in the page and in the progress. */
  #tell(step: Step, {choice, order}: Answer): void {
    const page = this.#page.get();
    if (!page) return;
    const {events} = this.#walk.log;
    const judged = events.findLast(event => event.kind === 'judged');
    const {holds = true, fulfilled = []} = judged?.kind === 'judged' ? judged : {};
    const hasFailed = step.arrange !== undefined && !holds;
    // An order that works is right; one that does not is a wrong answer.
    const met = step.arrange ? (holds ? [0] : []) : fulfilled;
    if (!this.#isResuming) {
      // What was said before the step is behind.
      this.#with.store.set(state => ({...state, notice: null}));
      this.#with.progress.made({lesson: page.lesson, step, choice, fulfilled: met, hasFailed});
    }
    const stand = {length: events.length, at: 'edge'} as const;
    const tried = hasFailed ? (order ?? null) : null;
    const pane = paneAt({...page, ...stand}, page);
    this.#page.change({...stand, performed: this.#walk.performed, hasFailed, tried, isBusy: false, pane});
  }

  /** Nobody is left to make the call that was asked about. */
  #leaveQuestion(): void {
    const page = this.#page.get();
    if (!page || !endedActor(page, viewOf(page))) return;
    const {phase} = page;
    if (phase === 'asking' || phase === 'arranging' || phase === 'writing') {
      this.#page.change({phase: 'reading', scroll: 0, messageProblem: null});
    }
  }

  /** A frame that comes while it can be seen. */
  #fly(seq: number): void {
    const page = this.#page.get();
    if (page && isLive(page) && !this.#isResuming) this.#flying?.take(seq);
  }

  #tick(): void {
    const page = this.#page.get();
    if (!page || !isLive(page)) return;
    if (!page.isBusy) void this.#walk.look();
    if (viewOf(page).lanes.some(lane => lane.waiting)) this.#page.change({now: this.#walk.now()});
  }
}

const canGoOn = (page: WalkPage): boolean =>
  !page.isBusy && !page.hasFailed && upcomingStep(page) !== null && !endedActor(page, viewOf(page));
