/** Takes steps by itself, at a pace that may change between them. */
export class Autoplay {
  readonly #step: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(step: () => void) {
    this.#step = step;
  }

  /** One step after this many seconds; an earlier plan is dropped. */
  plan(seconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#step, 1000 * seconds);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
