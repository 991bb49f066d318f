import type {Spoken} from '../../model/serve.ts';
import {recognize} from './first-bytes.ts';

/**
 * How long the greeting is held, in milliseconds. A browser speaks first, and a greeting before its answer would spoil it; whoever
 * waits to be greeted hardly notices.
 */
export const holdMs = 100;

/**
 * The beginning of a conversation, until it is known who speaks. Bytes are held while they could become a request of HTTP, and the
 * greeting until they are known to be none; neither for longer than `holdMs`.
 */
export class Opening {
  readonly #settle: (speaks: Spoken | null, bytes: Buffer) => void;
  #bytes: Buffer = Buffer.alloc(0);
  #timer: NodeJS.Timeout | undefined;
  #isOpen = true;

  /** @param hasGreeting without one there is nothing to hold before bytes come */
  constructor(hasGreeting: boolean, settle: (speaks: Spoken | null, bytes: Buffer) => void) {
    this.#settle = settle;
    if (hasGreeting) this.#wait();
  }

  hear(chunk: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    const first = recognize(this.#bytes);
    if (first === 'undecided') this.#wait();
    else this.#end(first === 'other' ? null : first);
  }

  /** No more is waited for: what came is taken as it is. */
  settle(): void {
    this.#end(null);
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#isOpen = false;
  }

  #wait(): void {
    // Where this process could not run in time, what has come meanwhile is read first: setImmediate() is after that.
    this.#timer ??= setTimeout(() => setImmediate(() => this.settle()), holdMs);
  }

  #end(speaks: Spoken | null): void {
    if (!this.#isOpen) return;
    this.cancel();
    this.#settle(speaks, this.#bytes);
  }
}
