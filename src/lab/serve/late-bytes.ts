/** Bytes that leave some time after they came, in their order. */
export class LateBytes {
  readonly #ms: number;
  readonly #write: (bytes: Buffer) => void;
  #waiting: {readonly bytes: Buffer; readonly due: number}[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** Bytes that wait. */
  size = 0;

  /** @param ms how long each waits */
  constructor(ms: number, write: (bytes: Buffer) => void) {
    this.#ms = ms;
    this.#write = write;
  }

  add(bytes: Buffer): void {
    this.#waiting.push({bytes, due: performance.now() + this.#ms});
    this.size += bytes.length;
    this.#timer ??= setTimeout(this.#run, this.#ms);
  }

  /** These leave together with the last of those that wait already. */
  addBehind(bytes: Buffer): void {
    const last = this.#waiting.at(-1);
    if (!last) return this.#write(bytes);
    this.#waiting.push({bytes, due: last.due});
    this.size += bytes.length;
  }

  /** Lets all of them go now. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#leave(this.#waiting.length);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
    this.size = 0;
  }

  readonly #run = (): void => {
    this.#timer = undefined;
    const now = performance.now();
    const early = this.#waiting.findIndex(({due}) => due > now);
    this.#leave(early < 0 ? this.#waiting.length : early);
    const [next] = this.#waiting;
    if (next) this.#timer ??= setTimeout(this.#run, Math.max(1, next.due - performance.now()));
  };

  #leave(count: number): void {
    for (const {bytes} of this.#waiting.splice(0, count)) {
      this.size -= bytes.length;
      this.#write(bytes);
    }
  }
}
