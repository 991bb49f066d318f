import type {KernelReading, Lab} from '../../lab/lab.ts';
import type {OpenLog} from '../../timeline/log.ts';
import {newsIn} from './kernel-news.ts';

/** The readings of the kernel's tables in one run: which of them are news, and which calls none shows yet. */
export class KernelReadings {
  readonly #lab: Lab;
  readonly #log: OpenLog;
  readonly #readRows: (reading: KernelReading) => void;
  #last = '';
  /** How many calls have been answered, and how many of them had been when the newest reading began. */
  #answered = 0;
  #answeredAtReading = 0;
  #sockets = 0;

  /** @param readRows is told of each reading before its event is */
  constructor(lab: Lab, log: OpenLog, readRows: (reading: KernelReading) => void) {
    this.#lab = lab;
    this.#log = log;
    this.#readRows = readRows;
  }

  /** How many calls have been answered whose sockets no reading shows yet. */
  get unread(): number {
    return this.#answered - this.#answeredAtReading;
  }

  /** How many sockets there were when it was. */
  get sockets(): number {
    return this.#sockets;
  }

  /** One more call has been answered. */
  answer(): void {
    this.#answered += 1;
  }

  /** The next reading is news, whatever it says. */
  forget(): void {
    this.#last = '';
  }

  /** Reads the tables; what is new becomes an event. Null where the run is over by then. */
  async read(isOver: () => boolean): Promise<KernelReading | null> {
    const answered = this.#answered;
    const reading = await this.#lab.observe();
    if (isOver()) return null;
    // Readings may overlap, and one that began earlier end later.
    this.#answeredAtReading = Math.max(this.#answeredAtReading, answered);
    this.#sockets = reading.sockets.length;
    this.#readRows(reading);
    const news = newsIn(reading);
    if (news === this.#last) return reading;
    this.#last = news;
    this.#log.append({kind: 'kernel-read', ...reading});
    return reading;
  }
}
