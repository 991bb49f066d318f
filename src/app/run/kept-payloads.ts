import type {Base64, Call} from '../../model/call.ts';

/** The most that the calls of one log send, in bytes of base64, each payload counted once. */
export const longestPayloads = 256 * 1024 * 1024;

/** The payloads that a log holds: the same bytes sent again are the same string, and all of them together are bounded. */
export class KeptPayloads {
  readonly #kept = new Map<Base64, Base64>();
  readonly #most: number;
  #length = 0;

  constructor(most = longestPayloads) {
    this.#most = most;
  }

  /** The call with the string that is held already; null where there is no room for its payload. */
  keep<T extends Call>(call: T): T | null {
    if (!('data' in call)) return call;
    const held = this.#kept.get(call.data);
    if (held !== undefined) return {...call, data: held};
    if (this.#length + call.data.length > this.#most) return null;
    this.#length += call.data.length;
    this.#kept.set(call.data, call.data);
    return call;
  }
}
