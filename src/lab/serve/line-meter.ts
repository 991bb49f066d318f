const newline = 0x0a;

/** Measures the lines of a stream: how long the longest one has become. */
export class LineMeter {
  /** Bytes since the newest newline. */
  #open = 0;

  /** Whether a line has more bytes than the limit, its newline not counted. */
  passes(chunk: Buffer, limit: number): boolean {
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      if (this.#open + end - start > limit) return true;
      this.#open = 0;
      start = end + 1;
    }
    this.#open += chunk.length - start;
    return this.#open > limit;
  }
}
