import {screenText} from '../../messages/screen.ts';
import type {LogEvent} from '../../model/event.ts';
import type {Lesson, Need} from '../../model/lesson.ts';
import type {Language, Text} from '../../model/text.ts';
import {project} from '../../timeline/project.ts';
import {leftAt} from '../keep/progress.ts';
import type {Intent} from '../keys/intents.ts';
import {lackSentence, lessonHere} from '../run/lesson-here.ts';
import {
  type ChosenNetwork,
  chosenNetwork,
  letGoOf,
  type NetworkChoice,
  networkSentence,
} from '../run/network-choice.ts';
import type {Walk} from '../run/walk.ts';
import {leftFor} from './home-page.ts';
import {stopsOf} from './log-page.ts';
import {livePage, recordedPage} from './moves.ts';
import {type PageStore, pageStore} from './page-store.ts';
import type {ProgressKeeper} from './progress-keeper.ts';
import {type State, upcomingStep, type WalkPage} from './state.ts';
import {StepMaker, type Stuck} from './step-maker.ts';
import type {Store} from './store.ts';
import {WalkControl} from './walk-control.ts';

/** What it needs from the world around the session. */
export interface Environment {
  readonly lessons: readonly Lesson[];
  /** The message of lessons that send one, where the learner named one on the command line. */
  readonly message: string | null;
  /** Whether frames fly. */
  readonly hasMotion: boolean;
  chooseNetwork(lesson: Lesson): Promise<NetworkChoice>;
  openWalk(lesson: Lesson, where: ChosenNetwork, message: string, seed?: number): Promise<Walk>;
  /** What the orders of choices are drawn from, where the learner named it; null: another one for each walk. */
  readonly seed: number | null;
  /** Why a lesson cannot run here; null when the error is a mistake of ours. */
  explain(error: unknown, language: Language): string | null;
}

/** Where a lesson is opened when not at its beginning, and what to say of that. */
interface Beginning {
  readonly at: number;
  readonly choices: Readonly<Record<string, number | null>>;
  readonly message?: string;
  /** It goes on with the walk that had this one. */
  readonly seed?: number;
  readonly why: Text;
}

/** A walk, what is to be said of the network and port that it runs on, and what these lack. */
interface OpenedWalk {
  readonly walk: Walk;
  readonly said: string;
  readonly lacks: readonly Need[];
  readonly message: string;
}

/** Opens lessons on fresh processes and sockets, and recordings; keeps the walk that is open. */
export class WalkSession {
  readonly #store: Store<State>;
  readonly #around: Environment;
  readonly #progress: ProgressKeeper;
  #control: WalkControl | null = null;
  #ended: Promise<void> = Promise.resolve();
  /** Resolves, or rejects, when the last walk that was begun is there, or is over again because it came too late. */
  #beginning: Promise<unknown> = Promise.resolve();
  /** Counts openings and closings, so that a walk which comes too late is closed again. */
  #turn = 0;

  constructor(store: Store<State>, around: Environment, progress: ProgressKeeper) {
    this.#store = store;
    this.#around = around;
    this.#progress = progress;
  }

  handle(intent: Intent, page: WalkPage): void {
    this.#control?.handle(intent, page);
  }

  send(message: string): void {
    this.#control?.send(message);
  }

  jump(step: number): void {
    void this.#control?.jump(step);
  }

  pause(): void {
    this.#control?.pause();
  }

  /** Where the learner left the lesson, unless it is a review or is to begin anew. */
  async open(lesson: Lesson, review: WalkPage['review'] = null, anew = false): Promise<void> {
    const {progress} = this.#store.get();
    const own = anew || review || leftAt(lesson, progress) === 0 ? undefined : progress.lessons[lesson.id];
    await this.#openAt(lesson, own ? {...own, why: screenText.resuming} : null, review);
  }

  /** The learner's order of calls did not work: the same step again, from the order that was tried. */
  async tryAgain(page: WalkPage): Promise<void> {
    const control = await this.#openBefore(page, stopsOf(page).at(-1)?.step, screenText.resuming);
    if (!control) return;
    pageStore(this.#store, 'walk').change({tried: page.tried});
    control.goOn();
  }

  /** Shows a log that was saved earlier. */
  show(events: readonly LogEvent[], notice: string | null): void {
    const [id] = events.flatMap(event => ('lesson' in event ? [event.lesson] : []));
    const lesson = this.#lessonNamed(id);
    if (!lesson) return this.#store.set(state => ({...state, notice}));
    this.#enter(recordedPage(lesson, events), null, notice);
  }

  async close(): Promise<void> {
    this.#turn += 1;
    await this.#endWalk();
  }

  /** Resolves once the walk stands where it is to begin; null when it could not be opened, or was left meanwhile. */
  async #openAt(whole: Lesson, from: Beginning | null, review: WalkPage['review']): Promise<WalkControl | null> {
    const turn = ++this.#turn;
    const {language} = this.#store.get();
    const opening = {kind: 'opening', lesson: whole, review} as const;
    this.#store.set(state => ({...state, page: opening, overlay: null, notice: null}));
    try {
      await this.#endWalk();
      if (turn !== this.#turn) return null;
      const beginning = this.#begin(whole, from, turn, language);
      this.#beginning = beginning;
      const begun = await beginning;
      if (begun === null) return null;
      const {walk, lacks, message, said: where} = begun;
      const lacking = lacks.length > 0 ? lackSentence(whole, walk.lesson, lacks, language) : '';
      const said = [where, lacking, from?.why[language] ?? ''].join(' ').trim();
      const control = this.#enter(livePage(walk, message, review), walk, said || null);
      if (from) await control.resume(from.at, from.choices);
      return turn === this.#turn ? control : null;
    } catch (error) {
      this.#failed(error, turn);
      return null;
    }
  }

  /** Why it cannot go on is told in the list. */
  #failed(error: unknown, turn = this.#turn): void {
    const why = this.#around.explain(error, this.#store.get().language);
    if (why === null) throw error;
    if (turn === this.#turn) this.#goHome(why);
  }

  /** A walk on fresh processes, and what it runs on; null when it may not have the port, none of it can run here, or it came too late and is over again. */
  async #begin(whole: Lesson, from: Beginning | null, turn: number, language: Language): Promise<OpenedWalk | null> {
    const chosen = await this.#around.chooseNetwork(whole);
    if (turn !== this.#turn) {
      await letGoOf(chosen);
      return null;
    }
    const said = networkSentence(chosen, language);
    const where = chosenNetwork(chosen);
    if (!where) {
      this.#goHome(said);
      return null;
    }
    const {lesson, lacks} = await lessonHere(whole, where.network);
    if (lesson.steps.length === 0 && this.#lessonNamed(whole.id)) {
      await letGoOf(chosen);
      if (turn === this.#turn) this.#goHome(`${said} ${lackSentence(whole, lesson, lacks, language)}`.trim());
      return null;
    }
    const message = this.#around.message ?? from?.message ?? lesson.message?.[language] ?? '';
    const walk = await this.#around.openWalk(lesson, where, message, this.#around.seed ?? from?.seed);
    if (turn === this.#turn) return {walk, said, lacks, message};
    await walk[Symbol.asyncDispose]();
    return null;
  }

  /** The kernel has forgotten what the next step is about: up to it on fresh sockets, and then that step. */
  async #openAgain(page: WalkPage, choice: number | null): Promise<void> {
    const control = await this.#openBefore(page, upcomingStep(page)?.id, screenText.tooLate);
    await control?.callWith(choice);
  }

  /** All before this step again on fresh sockets, with the answers that were given. */
  #openBefore(page: WalkPage, step: string | null | undefined, why: Text): Promise<WalkControl | null> {
    const {lesson, draft, log, review, seed} = page;
    const at = lesson.steps.findIndex(({id}) => id === step);
    const {predictions} = project(log, log.events.length);
    const from = {
      at,
      choices: predictions,
      why,
      ...(draft === null ? {} : {message: draft}),
      ...(seed === null ? {} : {seed}),
    };
    return this.#openAt(this.#wholeOf(lesson), at > 0 ? from : null, review);
  }

  #enter(page: WalkPage, walk: Walk | null, notice: string | null): WalkControl {
    this.#store.set(state => ({...state, page, notice}));
    const own = pageStore(this.#store, 'walk');
    const control = new WalkControl(own, this.#around.lessons, walk && this.#makerOf(walk, own));
    this.#control = control;
    return control;
  }

  /** Resolves when the last walk is over, whoever ended it, also one that was still opening: until then its port is its own. */
  #endWalk(): Promise<void> {
    const control = this.#control;
    this.#control = null;
    // Whoever opens a walk hears why it could not be.
    const beginning = this.#beginning.catch(() => {});
    this.#ended = Promise.all([this.#ended, beginning, control?.[Symbol.asyncDispose]()]).then(() => {});
    return this.#ended;
  }

  #makerOf(walk: Walk, page: PageStore<WalkPage>): StepMaker {
    const {hasMotion} = this.#around;
    const stuck = (why: Stuck) => this.#stuck(why);
    return new StepMaker({store: this.#store, page, progress: this.#progress, hasMotion, stuck}, walk);
  }

  #stuck(why: Stuck): void {
    if (why.kind === 'failed') this.#failed(why.error);
    else void this.#openAgain(why.page, why.choice);
  }

  #goHome(notice: string): void {
    const {lessons} = this.#around;
    this.#store.set(state => ({...leftFor({lessons}, state), notice}));
    void this.close();
  }

  /** With the steps that this machine cannot make; a review question is as it is. */
  #wholeOf = (lesson: Lesson): Lesson => this.#lessonNamed(lesson.id) ?? lesson;

  #lessonNamed = (id: string | undefined): Lesson | undefined => this.#around.lessons.find(lesson => lesson.id === id);
}
