import {port} from '../model/brands.ts';
import type {Lesson} from '../model/lesson.ts';
import type {Language} from '../model/text.ts';
import {logOf} from '../timeline/log.ts';
import type {FreePlay} from './free-play.ts';
import type {Intent} from './intents.ts';
import {LabControl} from './lab-control.ts';
import type {LabPage, State, WalkPage} from './state.ts';
import type {Store} from './store.ts';

/** What the room needs from the session's surroundings. */
export interface Surroundings {
  openFreePlay(lesson: Lesson): Promise<FreePlay>;
  /** Why it cannot run here; null when the error is a mistake of ours. */
  explain(error: unknown, language: Language): string | null;
}

/** Opens an experiment in the middle of a walk, which stays as it is, and goes back to it. */
export class LabRoom {
  readonly #store: Store<State>;
  readonly #around: Surroundings;
  #control: LabControl | null = null;

  constructor(store: Store<State>, around: Surroundings) {
    this.#store = store;
    this.#around = around;
  }

  handle(intent: Intent): void {
    if (intent.kind === 'close') void this.close();
    else this.#control?.handle(intent);
  }

  /** Its page is there at once, so that keys are no longer the lesson's while its processes start. */
  async open(from: WalkPage): Promise<void> {
    this.#store.set(state => ({...state, page: freshPage(from)}));
    const opening = this.#around.openFreePlay(from.lesson);
    const control = new LabControl(this.#desk, opening);
    this.#control = control;
    try {
      await opening;
    } catch (error) {
      const why = this.#around.explain(error, this.#store.get().language);
      if (why === null) throw error;
      if (this.#control !== control) return;
      void this.close();
      this.#store.set(state => ({...state, notice: why}));
    }
  }

  /** Resolves when its processes are gone. */
  async close(): Promise<void> {
    const control = this.#control;
    this.#control = null;
    this.#store.set(state => ({...state, page: state.page.kind === 'lab' ? back(state.page) : state.page}));
    await control?.[Symbol.asyncDispose]();
  }

  get #desk() {
    const onPage = (change: (page: LabPage) => LabPage) =>
      this.#store.set(state => (state.page.kind === 'lab' ? {...state, page: change(state.page)} : state));
    return {
      page: () => {
        const {page} = this.#store.get();
        return page.kind === 'lab' ? page : null;
      },
      change: (change: Partial<LabPage>) => onPage(page => ({...page, ...change})),
      language: () => this.#store.get().language,
    };
  }
}

const freshPage = (from: WalkPage): LabPage => ({
  kind: 'lab',
  from,
  log: logOf([]),
  length: 0,
  serverPort: port(0),
  actor: 'server',
  line: '',
  placed: 0,
  problem: null,
  history: [],
  recalled: -1,
  now: 0,
});

/** The walk may have heard of something meanwhile. */
const back = ({from}: LabPage): WalkPage => ({...from, length: from.log.events.length});
