import type {Endpoint} from '../model/address.ts';
import type {ClientDetail, ClientEnd, ServedClient} from '../model/serve.ts';
import type {Shown} from './client-list.ts';
import {keptBytes, shownBytes} from './echo-shared.ts';
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
  /** It has sent more than it may, and is not answered any more. */
  isLimited = false;
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
      end: this.end ?? (this.isLimited ? 'limited' : null),
      errno: null,
    };
  }

  detail(): ClientDetail {
    return {client: this.row(), received: this.#received.last(), sent: this.#sent.last()};
  }
}
