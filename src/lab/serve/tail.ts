/** The newest bytes of a stream, at most so many. */
export class Tail {
  readonly #size: number;
  /** Made when there is something to keep: most clients of a crowd say little. */
  #kept: Buffer | null = null;
  #length = 0;

  constructor(size: number) {
    this.#size = size;
  }

  add(chunk: Uint8Array): void {
    this.#kept ??= Buffer.allocUnsafe(this.#size);
    const newest = chunk.length > this.#size ? chunk.subarray(chunk.length - this.#size) : chunk;
    const stay = Math.min(this.#length, this.#size - newest.length);
    if (stay < this.#length) this.#kept.copyWithin(0, this.#length - stay, this.#length);
    this.#kept.set(newest, stay);
    this.#length = stay + newest.length;
  }

  /** A copy of the newest ones. */
  last(count: number = this.#size): Uint8Array {
    if (!this.#kept) return new Uint8Array();
    return Uint8Array.from(this.#kept.subarray(Math.max(0, this.#length - count), this.#length));
  }
}
