import {port} from '../../model/brands.ts';
import type {Challenge} from '../../model/challenge.ts';
import type {LogEvent} from '../../model/event.ts';
import type {Lesson} from '../../model/lesson.ts';
import type {Language} from '../../model/text.ts';
import {logOf} from '../../timeline/log.ts';
import type {Intent} from '../keys/intents.ts';
import {emptyLine} from '../line/typed-line.ts';
import type {FreePlay} from '../run/free-play.ts';
import {leftFor} from './home-page.ts';
import {LabControl} from './lab-control.ts';
import {lookedAround, recordedPage} from './lab-look.ts';
import {usualPane} from './moves.ts';
import type {ProgressKeeper} from './progress-keeper.ts';
import type {LabPage, State, WalkPage} from './state.ts';
import type {Store} from './store.ts';

/** What it needs from the session's surroundings. */
export interface Environment {
  /** Fresh processes, in a network like this lesson's; null: free play by itself. */
  openFreePlay(lesson: Lesson | null): Promise<FreePlay>;
  readonly hasMotion: boolean;
  readonly lessons: readonly Lesson[];
  readonly challenges: readonly Challenge[];
  /** Why it cannot run here; null when the error is a mistake of ours. */
  explain(error: unknown, language: Language): string | null;
}

/** Opens free play, by itself or in the middle of a walk, which stays as it is and is gone back to. */
export class LabSession {
  readonly #store: Store<State>;
  readonly #around: Environment;
  readonly #progress: ProgressKeeper;
  #control: LabControl | null = null;

  constructor(store: Store<State>, around: Environment, progress: ProgressKeeper) {
    this.#store = store;
    this.#around = around;
    this.#progress = progress;
  }

  handle(intent: Intent): void {
    const {page} = this.#store.get();
    // Before its processes are there, there is nothing to look at.
    const isEarly = intent.kind === 'look-around' && page.kind === 'lab' && page.scene === null;
    // What was just told, such as where a capture was saved, is behind once the next line is done.
    if (intent.kind === 'send') this.#store.set(state => ({...state, notice: null}));
    if (intent.kind === 'close' || isEarly) this.#leave();
    else if (this.#control) this.#control.handle(intent);
    else if (page.kind === 'lab') this.#store.set(state => ({...state, page: lookedAround(page, intent)}));
  }

  attempt(challenge: Challenge): void {
    this.#control?.attempt(challenge);
  }

  /**
   * Its page is there at once, so that keys are no longer the lesson's while its processes start.
   *
   * @param from the page that it is opened from; null: the list
   * @param script a file whose lines are done first; null for none
   */
  async open(from: WalkPage | null, script: string | null = null): Promise<void> {
    void this.close();
    this.#store.set(state => ({...state, page: freshPage(from), overlay: null, notice: null}));
    const control = new LabControl({
      store: this.#store,
      progress: this.#progress,
      challenges: this.#around.challenges,
      hasMotion: this.#around.hasMotion,
      openPlay: () => this.#around.openFreePlay(from?.lesson ?? null),
      ended: end => (end.kind === 'left' ? this.#leave() : this.#failed(end.error)),
    });
    this.#control = control;
    if (script !== null) control.runFile(script);
    try {
      await control.ready;
    } catch (error) {
      if (this.#control === control) this.#failed(error);
    }
  }

  /** Shows a log that was saved earlier: it can be looked at, and nothing can be called. */
  show(events: readonly LogEvent[], notice: string | null): void {
    this.#store.set(state => ({...state, page: recordedPage(freshPage(null), events), overlay: null, notice}));
  }

  /** Resolves when its processes are gone. */
  async close(): Promise<void> {
    const control = this.#control;
    this.#control = null;
    await control?.[Symbol.asyncDispose]();
  }

  /** Its processes could not be started. */
  #failed(error: unknown): void {
    const why = this.#around.explain(error, this.#store.get().language);
    if (why === null) throw error;
    this.#leave(why);
  }

  #leave(notice: string | null = null): void {
    const {page} = this.#store.get();
    void this.close();
    if (page.kind !== 'lab') return;
    const {from} = page;
    if (from) this.#store.set(state => ({...state, page: back(from), overlay: null, notice}));
    else this.#store.set(state => ({...leftFor(this.#around, state), notice}));
  }
}

const freshPage = (from: WalkPage | null): LabPage => ({
  kind: 'lab',
  from,
  source: 'live',
  log: logOf([]),
  length: 0,
  began: 0,
  at: 'edge',
  phase: 'typing',
  pane: usualPane,
  lane: null,
  givenPort: port(0),
  line: emptyLine,
  scene: null,
  said: null,
  challenge: null,
  doing: null,
  now: 0,
  flight: null,
});

/** The walk may have heard of something meanwhile. */
const back = (from: WalkPage): WalkPage => ({...from, length: from.log.events.length});
