import type {Endpoint} from '../../model/address.ts';
import {pid} from '../../model/brands.ts';
import type {ServeHappening, ServeLook, ServeMode, ServePlace, ServeSetup} from '../../model/serve.ts';
import {placeText} from '../file/place.ts';
import type {ClientList, Shown} from './client-list.ts';
import type {LookWish} from './echo-protocol.ts';
import type {Shared} from './echo-shared.ts';
import {EventRing} from './event-ring.ts';
import {ReceivedTeller} from './received-teller.ts';

/** So many events can wait to be asked for. */
export const eventsKept = 4096;

/** The events and counts of a server, and how they are looked at. */
export class EchoRecord {
  readonly shared: Shared;
  readonly place: ServePlace;
  readonly events = new EventRing(eventsKept);
  readonly #received = new ReceivedTeller(happening => this.#add(happening));
  #turnedAway = 0;
  #unanswered = 0;
  readonly #began = performance.now();
  #waiting: {readonly seq: number; readonly there: () => void}[] = [];

  /** The server listens at this place. */
  constructor({greeting, limits, page, tellsBytes}: ServeSetup, place: ServePlace) {
    this.place = place;
    this.shared = {
      limits,
      page,
      greeting: Buffer.from(greeting),
      to: placeText(place),
      counted: {bytesIn: 0, bytesOut: 0},
      mode: 'echo',
      now: () => (performance.now() - this.#began) / 1000,
      tell: happening => this.#tell(happening),
      tellReceived: tellsBytes ? (client, chunk) => this.#received.hear(client, chunk) : () => {},
    };
    this.#tell({kind: 'listening', place, pid: pid(process.pid), greeting: place.kind === 'udp' ? 0 : greeting.length});
  }

  setMode(mode: ServeMode): void {
    if (mode === this.shared.mode) return;
    this.shared.mode = mode;
    this.#tell({kind: 'mode-changed', mode});
  }

  /** A client found no room. */
  turnAway(from: Endpoint | null, limit: 'clients' | 'perAddress' = 'clients'): void {
    this.#turnedAway += 1;
    this.#tell({kind: 'turned-away', from, limit, value: this.shared.limits[limit] ?? 0});
  }

  /** All connections are closed. */
  stopped(): void {
    this.#tell({kind: 'stopped', unanswered: this.#unanswered});
  }

  /** A datagram gets no answer. */
  leaveUnanswered(): void {
    this.#unanswered += 1;
  }

  onEvent(seq: number, there: () => void): void {
    if (this.events.count > seq) there();
    else this.#waiting.push({seq, there});
  }

  look(clients: ClientList<Shown>, {page, detail, since, atMost}: LookWish): ServeLook {
    const {mode, counted, now} = this.shared;
    const [turnedAway, unanswered] = [this.#turnedAway, this.#unanswered];
    const {events, dropped} =
      since === null ? {events: this.events.newest(atMost), dropped: 0} : this.events.from(since, atMost);
    return {
      at: now(),
      totals: {mode, open: clients.size, all: clients.all, turnedAway, unanswered, ...counted},
      page: clients.page(page),
      detail: detail === null ? null : clients.detail(detail),
      events,
      dropped,
    };
  }

  /** After what was heard before it. */
  #tell(happening: ServeHappening): void {
    if ('client' in happening) this.#received.settle(happening.client);
    else if (happening.kind === 'stopping' || happening.kind === 'stopped') this.#received.settleAll();
    this.#add(happening);
  }

  #add(happening: ServeHappening): void {
    this.events.add(this.shared.now(), happening);
    if (this.#waiting.length === 0) return;
    const there = this.#waiting.filter(({seq}) => this.events.count > seq);
    this.#waiting = this.#waiting.filter(one => !there.includes(one));
    for (const one of there) one.there();
  }
}
