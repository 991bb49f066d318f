import type {Lesson} from '../model/lesson.ts';
import type {Language} from '../model/text.ts';
import type {Experiment} from './experiment.ts';
import {ExperimentControl} from './experiment-control.ts';
import type {Intent} from './intents.ts';
import type {ExperimentPage, State, WalkPage} from './state.ts';
import type {Store} from './store.ts';

/** What the room needs from the session's surroundings. */
export interface Surroundings {
  openExperiment(lesson: Lesson): Promise<Experiment>;
  /** Why it cannot run here; null when the error is a mistake of ours. */
  explain(error: unknown, language: Language): string | null;
}

/** Opens an experiment in the middle of a walk, which stays as it is, and goes back to it. */
export class ExperimentRoom {
  readonly #store: Store<State>;
  readonly #around: Surroundings;
  #control: ExperimentControl | null = null;
  /** Counts openings and closings, so that an experiment which comes too late is closed again. */
  #turn = 0;

  constructor(store: Store<State>, around: Surroundings) {
    this.#store = store;
    this.#around = around;
  }

  handle(intent: Intent): void {
    if (intent.kind === 'close') void this.close();
    else this.#control?.handle(intent);
  }

  async open({lesson}: WalkPage): Promise<void> {
    const turn = ++this.#turn;
    try {
      const experiment = await this.#around.openExperiment(lesson);
      const {page} = this.#store.get();
      const isWanted = turn === this.#turn && page.kind === 'walk' && page.lesson === lesson;
      if (!isWanted) return void (await experiment[Symbol.asyncDispose]());
      this.#store.set(state => ({...state, page: freshPage(page, experiment)}));
      this.#control = new ExperimentControl(this.#desk, experiment);
    } catch (error) {
      const why = this.#around.explain(error, this.#store.get().language);
      if (why === null) throw error;
      this.#store.set(state => ({...state, notice: why}));
    }
  }

  async close(): Promise<void> {
    this.#turn += 1;
    const control = this.#control;
    this.#control = null;
    this.#store.set(state => ({...state, page: state.page.kind === 'experiment' ? back(state.page) : state.page}));
    await control?.[Symbol.asyncDispose]();
  }

  get #desk() {
    const onPage = (change: (page: ExperimentPage) => ExperimentPage) =>
      this.#store.set(state => (state.page.kind === 'experiment' ? {...state, page: change(state.page)} : state));
    return {
      page: () => {
        const {page} = this.#store.get();
        return page.kind === 'experiment' ? page : null;
      },
      change: (change: Partial<ExperimentPage>) => onPage(page => ({...page, ...change})),
      language: () => this.#store.get().language,
    };
  }
}

const freshPage = (from: WalkPage, {log, serverPort}: Experiment): ExperimentPage => ({
  kind: 'experiment',
  from,
  log,
  length: log.events.length,
  serverPort,
  actor: 'server',
  line: '',
  problem: null,
  history: [],
  recalled: -1,
  now: 0,
});

/** The walk may have heard of something meanwhile. */
const back = ({from}: ExperimentPage): WalkPage => ({...from, length: from.log.events.length});
