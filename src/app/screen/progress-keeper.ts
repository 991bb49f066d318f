import type {Challenge} from '../../model/challenge.ts';
import type {LogEvent} from '../../model/event.ts';
import {asks, type Lesson, type Step} from '../../model/lesson.ts';
import {answered, answerOf, called, forgotten, type Progress, performed, reviewed, solved} from '../keep/progress.ts';
import {messageOf, type State} from './state.ts';
import type {Store} from './store.ts';

/** A step that was made, and how the learner answered it. */
export interface MadeStep {
  readonly lesson: Lesson;
  readonly step: Step;
  /** The learner's choice where it asked for one, as an index; null when that was skipped. */
  readonly choice: number | null;
  /** Indexes of the choices that the kernel fulfilled. */
  readonly fulfilled: readonly number[];
  /** The learner's order of its calls did not work. */
  readonly hasFailed: boolean;
}

/** The one door to the learner's progress: it is in the state, and written down as it changes. */
export class ProgressKeeper {
  readonly #store: Store<State>;
  readonly #save: (progress: Progress) => unknown;

  constructor(store: Store<State>, save: (progress: Progress) => unknown) {
    this.#store = store;
    this.#save = save;
  }

  made({lesson, step, choice, fulfilled, hasFailed}: MadeStep): void {
    const {page, progress: before} = this.#store.get();
    const walk = page.kind === 'walk' ? page : null;
    const progress = walk ? called(before, walk.log.events) : before;
    if (walk?.review) {
      const {predict} = step;
      return this.#keep(predict ? reviewed(progress, predict.belief, answerOf(choice, fulfilled)) : progress);
    }
    const message = lesson.message && walk ? messageOf(walk) : undefined;
    const made = hasFailed ? progress : performed(progress, lesson, step, {message, seed: walk?.seed ?? null});
    this.#keep(asks(step) ? answered(made, lesson, step, choice, fulfilled) : made);
  }

  /** Calls that returned. */
  called(events: readonly LogEvent[]): void {
    this.#keep(called(this.#store.get().progress, events));
  }

  /** @param moves how many lines it took */
  solved(challenge: Challenge, moves: number): void {
    this.#keep(solved(this.#store.get().progress, challenge, moves));
  }

  forget(lesson: Lesson): void {
    this.#keep(forgotten(this.#store.get().progress, lesson));
  }

  #keep(progress: Progress): void {
    if (progress === this.#store.get().progress) return;
    this.#store.set(state => ({...state, progress}));
    this.#save(progress);
  }
}
