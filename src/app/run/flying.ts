import {type Flight, flightTime} from '../../draw/wire/flight.ts';

/** How often flying frames are drawn, in milliseconds. */
const drawnEveryMs = 33;

/** Lets frames fly that have just come. There is a timer only while some do. */
export class Flying {
  readonly #now: () => number;
  readonly #show: (flight: Flight | null, now: number) => void;
  #flight: Flight | null = null;
  #frames = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param now seconds on the walk's clock */
  constructor(now: () => number, show: (flight: Flight | null, now: number) => void) {
    this.#now = now;
    this.#show = show;
  }

  /** A frame has come: it joins those that are under way. */
  take(seq: number): void {
    this.#frames += 1;
    if (this.#flight) return;
    this.#flight = {from: seq, since: this.#now()};
    this.#timer = setInterval(() => this.#draw(), drawnEveryMs);
    this.#show(this.#flight, this.#now());
  }

  /** All have arrived, or nobody is to wait for them. */
  land(): void {
    if (!this.#flight) return;
    clearInterval(this.#timer);
    this.#flight = null;
    this.#frames = 0;
    this.#show(null, this.#now());
  }

  #draw(): void {
    const now = this.#now();
    if (!this.#flight || now - this.#flight.since >= flightTime(this.#frames)) this.land();
    else this.#show(this.#flight, now);
  }
}
