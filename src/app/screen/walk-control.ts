import {panesOf} from '../../draw/lesson/panes.ts';
import type {Lesson, PaneName, Step} from '../../model/lesson.ts';
import {Autoplay} from '../run/autoplay.ts';
import {Flying} from '../run/flying.ts';
import {following} from '../run/following.ts';
import type {Walk} from '../run/walk.ts';
import {freshArrangement, rearranged} from './arrangement.ts';
import type {Intent} from './intents.ts';
import {moveForward, openingPane} from './moves.ts';
import {
  choicesShown,
  endedActor,
  followingStep,
  isAtEdge,
  isLive,
  mayRepeat,
  shownStep,
  speeds,
  upcomingStep,
  usualSpeed,
  viewOf,
  type WalkPage,
} from './state.ts';

/** What the control of a walk needs from the session around it. */
export interface WalkHost {
  /** The page of the walk; null when another one is shown. */
  page(): WalkPage | null;
  change(change: Partial<WalkPage>): void;
  /** Whether frames fly, or stand where they are at once. */
  readonly hasMotion: boolean;
  lessonNamed(id: string | undefined): Lesson | undefined;
  /** A step was made, with the learner's choice where it asked for one; null when that was skipped. */
  /** The kernel has forgotten what the next step is about: opens the lesson there again, and then makes it with this choice. */
  openAgain(page: WalkPage, choice: number | null): void;
  /** A call could not be tried at all. */
  failed(error: unknown): void;
  made(lesson: Lesson, step: Step, choice: number | null, fulfilled: readonly number[], hasFailed: boolean): void;
}

/** How often a waiting call's clock is drawn, in milliseconds. */
const clockEveryMs = 250;

/** No text of a step is longer than this many lines on the smallest screen. */
const scrollLimit = 20;

/** Moves through one walk: back and forth in what has happened, and on by making calls. */
export class WalkControl implements AsyncDisposable {
  readonly #host: WalkHost;
  /** Null for a recording: there is nothing to call. */
  readonly #walk: Walk | null;
  readonly #autoplay = new Autoplay(() => this.#playOn());
  readonly #flying: Flying | null;
  readonly #clock: NodeJS.Timeout;
  #isClosed = false;
  #isResuming = false;
  /** All before the next step was made just now. */
  #isFresh = false;

  constructor(host: WalkHost, walk: Walk | null) {
    this.#host = host;
    this.#walk = walk;
    this.#flying = walk && host.hasMotion ? new Flying(walk.now, (flight, now) => this.#change({flight, now})) : null;
    walk?.log.subscribe(({kind, seq}) => {
      // Frames come many at a time, and their count, which is drawn, after them.
      if (kind === 'frame') return this.#fly(seq);
      this.#change({length: walk.log.events.length, serverPort: walk.bindings.serverPort});
      if (kind === 'actor-exited') this.#leaveQuestion();
    });
    this.#clock = setInterval(() => this.#tick(), clockEveryMs);
    this.#clock.unref();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#clock);
    this.#autoplay.stop();
    this.#flying?.land();
    await this.#walk?.[Symbol.asyncDispose]();
  }

  /** What is looked at: it changes nothing about where the learner stands. True when the intent was such a one. */
  look(intent: Intent, page: WalkPage): boolean {
    switch (intent.kind) {
      case 'lane':
        this.#change({lane: following([null, ...viewOf(page).lanes.map(lane => lane.actor)], page.lane)});
        return true;
      case 'pane':
        this.#change({pane: following(panesOf(page.lesson), page.pane)});
        return true;
      case 'pick':
        this.#change({arrangement: page.arrangement && rearranged(page.arrangement, intent)});
        return true;
      case 'up':
      case 'down':
        if (page.phase === 'arranging') {
          this.#change({arrangement: page.arrangement && rearranged(page.arrangement, intent)});
          return true;
        }
        this.#scroll(page, intent.kind === 'up' ? -1 : 1);
        return true;
      case 'hint':
        this.#change({isHintOpen: !page.isHintOpen, scroll: 0});
        return true;
      case 'slower':
        this.#change({speed: Math.max(0, page.speed - 1)});
        return true;
      case 'faster':
        this.#change({speed: Math.min(speeds.length - 1, page.speed + 1)});
        return true;
      default:
        return false;
    }
  }

  #scroll({scroll}: WalkPage, by: number): void {
    this.#change({scroll: Math.min(scrollLimit, Math.max(0, scroll + by))});
  }

  /** Where the learner stands. A step by hand ends the playing. */
  move(intent: Intent, page: WalkPage): void {
    if (this.#isResuming) return;
    this.#flying?.land();
    if (intent.kind === 'play-pause') return page.isPlaying ? this.#stopPlaying() : this.#play();
    this.#stopPlaying();
    switch (intent.kind) {
      case 'next':
        return this.#next();
      case 'back':
        return this.#back(page);
      case 'to-start':
        return this.#stand(0);
      case 'to-end':
        return this.#stand(page.stops.length - 1);
      case 'choose':
        return this.#choose(page, choicesShown(page)[intent.number - 1]);
      case 'skip':
        return page.phase === 'arranging' ? this.#runOrder(page, null) : this.#choose(page, null);
      case 'run-order':
        return this.#runOrder(page, page.arrangement?.order ?? null);
      case 'another-message':
        return this.#repeat(page);
      default:
    }
  }

  /** Makes the next call with a choice that was made before. */
  async callWith(choice: number | null): Promise<void> {
    const page = this.#host.page();
    const step = page && upcomingStep(page);
    if (step?.predict) this.#walk?.predict(choice);
    await this.#call(choice);
  }

  /** One step on, as the key does it. */
  goOn(): void {
    this.#next();
  }

  /** Takes no more steps by itself. */
  pause(): void {
    this.#stopPlaying();
  }

  /** Sends what the learner has written, which is what the step's call does. */
  send(message: string): void {
    if (this.#walk) this.#walk.bindings.message = message;
    void this.#call();
  }

  /** Makes the first `at` steps again, with the answers that were given then: where the learner left is where they led. */
  async resume(at: number, choices: Readonly<Record<string, number | null>>): Promise<void> {
    this.#isResuming = true;
    this.#isFresh = true;
    while (this.#mayCall() && (this.#walk?.performed ?? at) < at) {
      const page = this.#host.page();
      const step = page && upcomingStep(page);
      const choice = step?.predict ? choices[step.id] : undefined;
      // There may have been more choices when it was made.
      if (step?.predict && choice !== undefined && (choice ?? 0) < step.predict.choices.length)
        this.#walk?.predict(choice);
      await this.#call(choice ?? null);
    }
    this.#isResuming = false;
  }

  /** To step n of the lesson, 1 being the first: back to it, or forward by making the calls before it. */
  async jump(n: number): Promise<void> {
    if (this.#isResuming) return;
    const page = this.#host.page();
    const wanted = page?.lesson.steps[n - 1];
    if (!page || !wanted) return;
    const made = page.stops.findIndex(stop => stop.step === wanted.id && stop.lesson === page.lesson.id);
    if (made >= 0) return this.#stand(made);
    this.#stand(page.stops.length - 1);
    while (this.#mayCall() && this.#host.page()?.stops.at(-1)?.step !== wanted.id) await this.#call();
  }

  /** One step forward: through what has happened already, or towards the next call. */
  #next(): void {
    const page = this.#host.page();
    if (!page) return;
    const move = moveForward(page);
    switch (move.kind) {
      case 'stand':
        return this.#stand(move.at);
      case 'ask':
        return this.#change({phase: 'asking', scroll: 0, isHintOpen: false, isAnswerWanted: false});
      case 'arrange':
        return this.#change({
          phase: 'arranging',
          arrangement: arrangementOf(page),
          scroll: 0,
          isHintOpen: false,
          isAnswerWanted: false,
        });
      case 'write':
        return this.#change({phase: 'writing', scroll: 0});
      case 'sum-up':
        return this.#change({phase: 'summary', scroll: 0});
      case 'call':
        return void this.#call();
      case 'answer-first':
        return this.#change({isAnswerWanted: true, scroll: 0});
      case 'none':
    }
  }

  #back(page: WalkPage): void {
    if (page.isBusy) return;
    if (page.phase !== 'reading') return this.#change({phase: 'reading', scroll: 0, isHintOpen: false});
    this.#stand(Math.max(0, page.at - 1));
  }

  #stand(at: number): void {
    const page = this.#host.page();
    if (!page || page.isBusy) return;
    const id = page.stops[at]?.lesson;
    const lesson = id === page.lesson.id ? page.lesson : (this.#host.lessonNamed(id) ?? page.lesson);
    const there = {...page, at, lesson};
    this.#change({at, lesson, phase: 'reading', scroll: 0, isHintOpen: false, pane: paneAt(there, page)});
  }

  /** @param choice an index; null when the question is skipped, undefined for a number that was not shown */
  #choose(page: WalkPage, choice: number | null | undefined): void {
    const step = upcomingStep(page);
    if (!step?.predict || page.isBusy || choice === undefined) return;
    this.#walk?.predict(choice);
    void this.#call(choice);
  }

  /** Makes the step's calls in the learner's order; null: in the lesson's own. */
  #runOrder(page: WalkPage, order: readonly number[] | null): void {
    const step = upcomingStep(page);
    if (!step?.arrange || page.isBusy) return;
    this.#walk?.arrange(order);
    void this.#call(order === null ? null : 0, order ?? undefined);
  }

  /** Nobody is left to make the call that was asked about. */
  #leaveQuestion(): void {
    const page = this.#host.page();
    if (!page || !endedActor(page, viewOf(page))) return;
    const {phase} = page;
    if (phase === 'asking' || phase === 'arranging' || phase === 'writing') {
      this.#change({phase: 'reading', scroll: 0, messageProblem: null});
    }
  }

  #repeat(page: WalkPage): void {
    if (!this.#walk || !mayRepeat(page) || !isLive(page) || page.isBusy) return;
    this.#walk.repeat();
    this.#change({performed: this.#walk.performed});
    this.#next();
  }

  #mayCall(): boolean {
    const page = this.#host.page();
    return (
      page !== null &&
      isLive(page) &&
      !page.isBusy &&
      !page.hasFailed &&
      upcomingStep(page) !== null &&
      !endedActor(page, viewOf(page))
    );
  }

  /** Makes the next call for real, and stands where it led. */
  async #call(choice: number | null = null, order?: readonly number[]): Promise<void> {
    const walk = this.#walk;
    const step = walk?.nextStep;
    const here = this.#host.page();
    if (!walk || !step || !here || !this.#mayCall()) return;
    if (walk.isTooLate && !this.#isFresh) return this.#host.openAgain(here, choice);
    this.#isFresh = this.#isResuming;
    this.#flying?.land();
    this.#change({isBusy: true, phase: 'reading', scroll: 0, isHintOpen: false});
    try {
      await walk.next(order);
    } catch (error) {
      return this.#host.failed(error);
    }
    const page = this.#host.page();
    if (this.#isClosed || !page) return;
    if (walk.cut) return this.#change({isBusy: false, length: walk.log.events.length});
    const judged = walk.log.events.findLast(event => event.kind === 'judged');
    const {holds = true, fulfilled = []} = judged?.kind === 'judged' ? judged : {};
    const hasFailed = step.arrange !== undefined && !holds;
    // An order that works is right; one that does not is a wrong answer.
    const met = step.arrange ? (holds ? [0] : []) : fulfilled;
    if (!this.#isResuming) this.#host.made(page.lesson, step, choice, met, hasFailed);
    const length = walk.log.events.length;
    const stops = [...page.stops, {events: length, lesson: page.lesson.id, step: step.id}];
    const at = stops.length - 1;
    const pane = paneAt({...page, stops, at}, page);
    this.#change({
      stops,
      at,
      performed: walk.performed,
      hasFailed,
      tried: hasFailed ? (order ?? null) : null,
      isBusy: false,
      length,
      pane,
    });
    this.#planNext();
  }

  #play(): void {
    this.#change({isPlaying: true});
    this.#playOn();
  }

  #playOn(): void {
    if (!this.#host.page()?.isPlaying) return;
    this.#next();
    this.#planNext();
  }

  /** Playing stops where the learner is asked something, and at the end. */
  #planNext(): void {
    const page = this.#host.page();
    if (!page?.isPlaying || page.isBusy) return;
    const isOver = isAtEdge(page) && followingStep(page) === null;
    if (page.phase !== 'reading' || isOver || endedActor(page, viewOf(page))) return this.#stopPlaying();
    this.#autoplay.plan(speeds[page.speed] ?? speeds[usualSpeed]);
  }

  #stopPlaying(): void {
    this.#autoplay.stop();
    if (this.#host.page()?.isPlaying) this.#change({isPlaying: false});
  }

  /** A frame that comes while it can be seen. */
  #fly(seq: number): void {
    const page = this.#host.page();
    if (page && isLive(page) && !this.#isResuming) this.#flying?.take(seq);
  }

  #tick(): void {
    const page = this.#host.page();
    if (!page || !this.#walk || !isLive(page)) return;
    if (!page.isBusy) void this.#walk.look();
    if (viewOf(page).lanes.some(lane => lane.waiting)) this.#change({now: this.#walk.now()});
  }

  #change(change: Partial<WalkPage>): void {
    if (!this.#isClosed) this.#host.change(change);
  }
}

/** The next step's calls, as the learner finds them. */
function arrangementOf(page: WalkPage): WalkPage['arrangement'] {
  const step = upcomingStep(page);
  return step && freshArrangement(step, page.tried);
}

/** The pane that a step wants to show, or the usual one again after such a step; else the one that is open. */
function paneAt(there: WalkPage, here: WalkPage): PaneName {
  const step = shownStep(there);
  if (!step) return openingPane(there.lesson);
  if (step.shows) return step.shows;
  return here.pane === shownStep(here)?.shows ? 'calls' : here.pane;
}
