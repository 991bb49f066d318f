import type {Challenge} from '../../model/challenge.ts';
import type {Taught} from '../../model/course.ts';
import type {Lesson} from '../../model/lesson.ts';
import type {Entry} from '../find/palette.ts';
import type {Intent, PlainIntent} from '../keys/intents.ts';
import type {Palette, State} from '../screen/state.ts';
import type {Store} from '../screen/store.ts';
import {glossaryAt} from '../screen/words.ts';
import {entriesOf, paletteAfter} from './overlays.ts';

/** What is done with what was found. */
interface Doing {
  press(intent: Intent): void;
  open(lesson: Lesson): void;
  attempt(challenge: Challenge): void;
}

/** The palette: everything can be found by a few letters, and is done at once. */
export class Finding {
  readonly #store: Store<State>;
  readonly #taught: Taught;
  readonly #doing: Doing;

  constructor(store: Store<State>, taught: Taught, doing: Doing) {
    this.#store = store;
    this.#taught = taught;
    this.#doing = doing;
  }

  handle(intent: Intent, palette: Palette): void {
    const entries = entriesOf(this.#store.get(), palette, this.#taught);
    if (intent.kind !== 'open') return this.#show(paletteAfter(intent, palette, entries.length));
    const entry = entries[palette.selected];
    if (!entry) return;
    this.#show(palette.from);
    this.#do(entry);
  }

  #do(entry: Entry<PlainIntent>): void {
    switch (entry.kind) {
      case 'key':
        return this.#doing.press({kind: entry.key.intent});
      case 'lesson':
        return this.#doing.open(entry.lesson);
      case 'challenge':
        return this.#doing.attempt(entry.challenge);
      case 'term':
        return this.#show(glossaryAt(entry.term, this.#store.get(), this.#taught));
    }
  }

  #show(overlay: State['overlay']): void {
    this.#store.set(state => ({...state, overlay}));
  }
}
