import type {ServeEvent, ServeHappening} from '../../model/serve.ts';

/** The newest events. Older ones are let go, and their numbers tell how many. */
export class EventRing {
  readonly #size: number;
  readonly #kept: ServeEvent[] = [];
  #next = 0;

  constructor(size: number) {
    this.#size = size;
  }

  /** How many there have been. */
  get count(): number {
    return this.#next;
  }

  add(at: number, happening: ServeHappening): void {
    this.#kept[this.#next % this.#size] = {seq: this.#next, at, ...happening};
    this.#next += 1;
  }

  /** The first `atMost` events from this number on, and how many of those asked for are gone. */
  from(since: number, atMost: number): {readonly events: readonly ServeEvent[]; readonly dropped: number} {
    const first = Math.max(since, this.#next - this.#size);
    const count = Math.max(0, Math.min(atMost, this.#next - first));
    const events = Array.from({length: count}, (_, i) => this.#kept[(first + i) % this.#size]);
    return {events: events.filter(event => event !== undefined), dropped: first - since};
  }

  newest(count: number): readonly ServeEvent[] {
    return this.from(Math.max(0, this.#next - count), count).events;
  }
}
