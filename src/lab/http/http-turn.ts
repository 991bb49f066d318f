import type {PageWords} from '../../model/serve.ts';
import {type PageFacts, pageResponse} from './browser-page.ts';

/** A head is waited for no longer than this, in milliseconds, and read no longer than this, in bytes. */
const patienceMs = 2000;
const headLimit = 16 * 1024;

/** One request of HTTP: its head is gathered, and answered. */
export class HttpTurn {
  readonly #words: PageWords;
  readonly #facts: Omit<PageFacts, 'head'>;
  readonly #respond: (response: Buffer) => void;
  readonly #late: NodeJS.Timeout;
  #head: Buffer = Buffer.alloc(0);

  constructor(words: PageWords, facts: Omit<PageFacts, 'head'>, respond: (response: Buffer) => void) {
    this.#words = words;
    this.#facts = facts;
    this.#respond = respond;
    this.#late = setTimeout(() => this.settle(), patienceMs);
  }

  hear(chunk: Buffer): void {
    this.#head = Buffer.concat([this.#head, chunk]);
    if (endOfHead(this.#head) !== null || this.#head.length >= headLimit) this.settle();
  }

  /** Answers what has come. */
  settle(): void {
    this.cancel();
    const head = this.#head.subarray(0, Math.min(headLimit, endOfHead(this.#head) ?? headLimit));
    this.#respond(pageResponse(this.#words, {...this.#facts, head}));
  }

  cancel(): void {
    clearTimeout(this.#late);
  }
}

/**
 * Index just after the empty line; null when it has not come. Whoever types a request with nc ends its lines by LF alone, which may be
 * taken for an end (RFC 9112 section 2.2).
 */
function endOfHead(bytes: Buffer): number | null {
  const end = /\n\r?\n/.exec(bytes.toString('latin1'));
  return end ? end.index + end[0].length : null;
}
