import {toBase64} from '../../model/payload.ts';
import type {ServeHappening} from '../../model/serve.ts';
import {shownBytes} from './echo-shared.ts';

/** So many stretches of bytes are told one by one, of all clients together, in so many milliseconds. */
const mostInWindow = 100;
const windowMs = 100;

/**
 * Tells of the bytes that arrive. Where more stretches come than anybody could read, the others are summed up client by client:
 * telling of each would cost more than echoing it.
 */
export class ReceivedTeller {
  readonly #tell: (happening: ServeHappening) => void;
  #left = mostInWindow;
  #sums = new Map<number, {chunks: number; bytes: number}>();
  #window: NodeJS.Timeout | undefined;

  constructor(tell: (happening: ServeHappening) => void) {
    this.#tell = tell;
  }

  hear(client: number, chunk: Uint8Array): void {
    this.#window ??= setTimeout(this.#next, windowMs);
    const sum = this.#sums.get(client);
    if (sum) {
      sum.chunks += 1;
      sum.bytes += chunk.length;
      return;
    }
    if (this.#left === 0) return void this.#sums.set(client, {chunks: 1, bytes: chunk.length});
    this.#left -= 1;
    const data = toBase64(chunk.subarray(0, shownBytes));
    this.#tell({kind: 'received', client, bytes: chunk.length, data});
  }

  /** Something else is to be told of this client: what came before that goes first. */
  settle(client: number): void {
    const sum = this.#sums.get(client);
    if (!sum) return;
    this.#sums.delete(client);
    this.#tell({kind: 'received-more', client, ...sum});
  }

  settleAll(): void {
    for (const client of [...this.#sums.keys()]) this.settle(client);
  }

  readonly #next = (): void => {
    this.settleAll();
    this.#left = mostInWindow;
    this.#window = undefined;
  };
}
