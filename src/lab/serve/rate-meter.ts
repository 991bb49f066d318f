/** For so long nothing may come, in seconds, before it is answered again. */
const quietSeconds = 1;

/**
 * Counts what comes from one sender. Too much in one second, and it is over the limit until it has been silent for a second: the
 * answers may be what makes it send, as between two servers that echo.
 */
export class RateMeter {
  #since = Number.NEGATIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;
  #count = 0;
  #isOver = false;

  /**
   * One more has come. Whether that is over the limit.
   *
   * @param at seconds, never less than the time before
   * @param most in one second
   */
  passes(at: number, most: number): boolean {
    if (at - this.#last >= quietSeconds) this.#isOver = false;
    this.#last = at;
    if (at - this.#since >= 1) {
      this.#since = at;
      this.#count = 0;
    }
    this.#count += 1;
    this.#isOver ||= this.#count > most;
    return this.#isOver;
  }
}
