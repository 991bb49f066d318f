import {type Flight, flightTime} from '../../draw/wire/flight.ts';

/** How often flying frames are drawn, in milliseconds. */
const drawnEveryMs = 33;

/** A flight goes no further than this from one drawing to the next, in seconds: half of what an arrow takes, so that each is seen on its way. */
const longestLeap = 0.1;

/** Lets frames fly that have just come. There is a timer only while some do. */
export class Flying {
  readonly #now: () => number;
  readonly #show: (flight: Flight | null, now: number) => void;
  #flight: Flight | null = null;
  #frames = 0;
  #drawnAt = 0;
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
    const now = this.#now();
    this.#flight = {from: seq, since: now};
    this.#timer = setInterval(() => this.#draw(), drawnEveryMs);
    this.#showAt(this.#flight, now);
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
    if (!this.#flight) return;
    const now = this.#now();
    // Where the machine is busy it takes longer, instead of jumping to its end.
    const leap = Math.max(0, now - this.#drawnAt - longestLeap);
    this.#flight = {...this.#flight, since: this.#flight.since + leap};
    if (now - this.#flight.since >= flightTime(this.#frames)) this.land();
    else this.#showAt(this.#flight, now);
  }

  #showAt(flight: Flight, now: number): void {
    this.#drawnAt = now;
    this.#show(flight, now);
  }
}
