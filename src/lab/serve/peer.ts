import type {Endpoint} from '../../model/address.ts';
import type {ClientDetail, ClientEnd, ServedClient, ServeLimits, WhyUnanswered} from '../../model/serve.ts';
import type {Shown} from './client-list.ts';
import {keptBytes, shownBytes} from './echo-shared.ts';
import {RateMeter} from './rate-meter.ts';
import {Tail} from './tail.ts';

/** An address that has sent datagrams. Times are seconds since the server began. */
export class Peer implements Shown {
  readonly id: number;
  readonly from: Extract<Endpoint, {readonly host: string}>;
  readonly #since: number;
  readonly #received = new Tail(keptBytes);
  readonly #sent = new Tail(keptBytes);
  #datagrams = 0;
  bytesIn = 0;
  bytesOut = 0;
  lastHeard: number;
  readonly #rate = new RateMeter();
  readonly #told = new Set<WhyUnanswered>();
  /** The limit that it has passed, for which it is not answered. */
  limited: 'bytes' | 'rate' | null = null;
  end: ClientEnd | null = null;

  constructor(id: number, from: Extract<Endpoint, {readonly host: string}>, at: number) {
    this.id = id;
    this.from = from;
    this.#since = at;
    this.lastHeard = at;
  }

  hear(bytes: Uint8Array, at: number): void {
    this.lastHeard = at;
    this.bytesIn += bytes.length;
    this.#datagrams += 1;
    this.#received.add(bytes);
  }

  /** The limit that it is over with its newest datagram. */
  passes({bytes, rate}: ServeLimits, at: number): 'bytes' | 'rate' | null {
    const isQuick = rate !== null && this.#rate.passes(at, rate);
    this.limited = bytes !== null && this.bytesIn > bytes ? 'bytes' : isQuick ? 'rate' : null;
    return this.limited;
  }

  /** Whether this has not been told of it. */
  isNews(why: WhyUnanswered): boolean {
    const isNews = !this.#told.has(why);
    this.#told.add(why);
    return isNews;
  }

  say(bytes: Uint8Array): void {
    this.bytesOut += bytes.length;
    this.#sent.add(bytes);
  }

  row(): ServedClient {
    return {
      id: this.id,
      from: this.from,
      fd: null,
      since: this.#since,
      until: null,
      bytesIn: this.bytesIn,
      bytesOut: this.bytesOut,
      chunks: this.#datagrams,
      unsent: 0,
      isPaused: false,
      heldSince: null,
      hasEnded: false,
      isEnded: false,
      speaks: null,
      tail: this.#received.last(shownBytes),
      end: this.end ?? (this.limited === null ? null : 'limited'),
      errno: null,
    };
  }

  detail(): ClientDetail {
    return {client: this.row(), received: this.#received.last(), sent: this.#sent.last()};
  }
}
