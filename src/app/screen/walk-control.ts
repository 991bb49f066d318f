import type {Lesson} from '../../model/lesson.ts';
import type {Intent} from '../keys/intents.ts';
import {Autoplay} from '../run/autoplay.ts';
import {isAtEdge, shownAt, stopsOf, viewOf} from './log-page.ts';
import {arrangementOf, moveForward, stoodAt} from './moves.ts';
import type {PageStore} from './page-store.ts';
import {choicesShown, endedActor, followingStep, speeds, upcomingStep, usualSpeed, type WalkPage} from './state.ts';
import type {StepMaker} from './step-maker.ts';
import {lookedAt} from './walk-look.ts';

/** Moves through one walk: back and forth in what has happened, and on by making calls. */
export class WalkControl implements AsyncDisposable {
  readonly #page: PageStore<WalkPage>;
  readonly #lessons: readonly Lesson[];
  /** Null for a recording: there is nothing to call. */
  readonly #maker: StepMaker | null;
  readonly #autoplay = new Autoplay(() => this.#playOn());

  constructor(page: PageStore<WalkPage>, lessons: readonly Lesson[], maker: StepMaker | null) {
    this.#page = page;
    this.#lessons = lessons;
    this.#maker = maker;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#page.close();
    this.#autoplay.stop();
    await this.#maker?.[Symbol.asyncDispose]();
  }

  handle(intent: Intent, page: WalkPage): void {
    const looked = lookedAt(page, intent);
    if (looked) this.#page.change(looked);
    else this.#move(intent, page);
  }

  /** Where the learner stands. A step by hand ends the playing. */
  #move(intent: Intent, page: WalkPage): void {
    if (this.#maker?.isResuming) return;
    this.#maker?.land();
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
        return this.#stand('edge');
      case 'choose':
        return this.#choose(page, choicesShown(page)[intent.number - 1]);
      case 'skip':
        return page.phase === 'arranging' ? this.#runOrder(page, null) : this.#choose(page, null);
      case 'run-order':
        return this.#runOrder(page, page.arrangement?.order ?? null);
      case 'another-message':
        return this.#maker?.repeat(page) ? this.#next() : undefined;
      default:
    }
  }

  /** Makes the next step with a choice that was made before. */
  async callWith(choice: number | null): Promise<void> {
    await this.#maker?.choose(choice);
  }

  /** Makes the first `at` steps again, with the answers that were given then. */
  async resume(at: number, choices: Readonly<Record<string, number | null>>): Promise<void> {
    await this.#maker?.resume(at, choices);
  }

  /** Sends what the learner has written. */
  send(message: string): void {
    void this.#maker?.send(message);
  }

  /** One step on, as the key does it. */
  goOn(): void {
    this.#next();
  }

  /** Takes no more steps by itself. */
  pause(): void {
    this.#stopPlaying();
  }

  /** To a stop that there is; a visit by hand ends the playing. */
  visit(stop: number): void {
    if (this.#maker?.isResuming) return;
    this.#stopPlaying();
    this.#stand(stop);
  }

  /** To step n of the lesson, 1 being the first: back to it, or forward by making the calls before it. */
  async jump(n: number): Promise<void> {
    if (this.#maker?.isResuming) return;
    const page = this.#page.get();
    const wanted = page?.lesson.steps[n - 1];
    if (!page || !wanted) return;
    const made = stopsOf(page).findIndex(stop => stop.step === wanted.id && stop.lesson === page.lesson.id);
    if (made >= 0) return this.#stand(made);
    this.#stand('edge');
    await this.#maker?.makeUntil(() => this.#newestStep() === wanted.id);
  }

  /** One step forward: through what has happened already, or towards the next call. */
  #next(): void {
    const page = this.#page.get();
    if (!page) return;
    const move = moveForward(page);
    switch (move.kind) {
      case 'stand':
        return this.#stand(move.at);
      case 'ask':
        return this.#page.change({phase: 'asking', scroll: 0, isHintOpen: false, isAnswerWanted: false});
      case 'arrange':
        return this.#page.change({
          phase: 'arranging',
          arrangement: arrangementOf(page),
          scroll: 0,
          isHintOpen: false,
          isAnswerWanted: false,
        });
      case 'write':
        return this.#page.change({phase: 'writing', scroll: 0});
      case 'sum-up':
        return this.#page.change({phase: 'summary', scroll: 0});
      case 'call':
        return void this.#maker?.make().then(() => this.#planNext());
      case 'answer-first':
        return this.#page.change({isAnswerWanted: true, scroll: 0});
      case 'none':
    }
  }

  #back(page: WalkPage): void {
    if (page.isBusy) return;
    if (page.phase !== 'reading') return this.#page.change({phase: 'reading', scroll: 0, isHintOpen: false});
    this.#stand(shownAt(page) - 1);
  }

  #newestStep(): string | null {
    const page = this.#page.get();
    return (page && stopsOf(page).at(-1)?.step) ?? null;
  }

  #stand(where: number | 'edge'): void {
    const page = this.#page.get();
    if (!page || page.isBusy) return;
    this.#page.change(stoodAt(page, where, this.#lessons));
  }

  /** @param choice an index; null when the question is skipped, undefined for a number that was not shown */
  #choose(page: WalkPage, choice: number | null | undefined): void {
    const step = upcomingStep(page);
    if (!step?.predict || page.isBusy || choice === undefined) return;
    void this.#maker?.choose(choice);
  }

  /** Makes the step's calls in the learner's order; null: in the lesson's own. */
  #runOrder(page: WalkPage, order: readonly number[] | null): void {
    const step = upcomingStep(page);
    if (!step?.arrange || page.isBusy) return;
    void this.#maker?.arrange(order);
  }

  #play(): void {
    this.#page.change({isPlaying: true});
    this.#playOn();
  }

  #playOn(): void {
    if (!this.#page.get()?.isPlaying) return;
    this.#next();
    this.#planNext();
  }

  /** Playing stops where the learner is asked something, and at the end. */
  #planNext(): void {
    const page = this.#page.get();
    if (!page?.isPlaying || page.isBusy) return;
    const isOver = isAtEdge(page) && followingStep(page) === null;
    if (page.phase !== 'reading' || isOver || endedActor(page, viewOf(page))) return this.#stopPlaying();
    this.#autoplay.plan(speeds[page.speed] ?? speeds[usualSpeed]);
  }

  #stopPlaying(): void {
    this.#autoplay.stop();
    if (this.#page.get()?.isPlaying) this.#page.change({isPlaying: false});
  }
}
