import type {HostName} from '../../model/actor.ts';
import type {PacketSocket, RingFrame} from './packet-socket.ts';

/** How many frames are held until somebody asks for them. Older ones go first, and are counted. */
export const framesHeld = 10_000;

export interface TakenFrame extends RingFrame {
  readonly host: HostName;
  readonly device: string;
}

/** One device that is captured. */
export interface Tap {
  readonly host: HostName;
  readonly device: string;
  readonly socket: Pick<PacketSocket, 'wait' | 'take' | 'skip' | 'count'>;
}

/** So often the rings are looked at again before frames are told: where frames come all the time there is no end to it. */
const mostRounds = 10;

/** The newest frames of all devices, until they are taken. */
export class FrameStore {
  #held: TakenFrame[] = [];
  #first = 0;
  #omitted = 0;
  readonly #taps: readonly Tap[];
  readonly #most: number;

  /** @param most how many are held */
  constructor(taps: readonly Tap[], most = framesHeld) {
    this.#taps = taps;
    this.#most = most;
  }

  /** Empties the rings. Whether there was something in one. */
  gather(): boolean {
    const before = this.#held.length;
    for (const {host, device, socket} of this.#taps) {
      // To read those that will not be held would cost more than the rest.
      this.#omitted += socket.skip(this.#most);
      for (const frame of socket.take()) this.#held.push({...frame, host, device});
    }
    const isNews = this.#held.length > before;
    this.#letGo();
    return isNews;
  }

  #letGo(): void {
    const extra = this.#held.length - this.#first - this.#most;
    if (extra <= 0) return;
    this.#first += extra;
    this.#omitted += extra;
    // What is let go is cut off now and then, not frame by frame: that would move all the others each time.
    if (this.#first > this.#most) {
      this.#held = this.#held.slice(this.#first);
      this.#first = 0;
    }
  }

  /** The newest of those that are held, in their order. None is held any longer; those that are not taken are counted. */
  take(most = this.#most): readonly TakenFrame[] {
    this.#gatherAll();
    const held = this.#held.length - this.#first;
    const taken = this.#held.slice(this.#first + Math.max(0, held - most));
    // A frame that goes through two devices may be read at the second one first.
    if (this.#taps.length > 1) taken.sort((a, b) => a.seconds - b.seconds || a.nanoseconds - b.nanoseconds);
    this.#omitted += held - taken.length;
    this.#held = [];
    this.#first = 0;
    return taken;
  }

  /**
   * While one ring is emptied a frame may go through two devices: it would be told at the second one now, and at the first one
   * the next time. What an empty round finds nothing of is told whole.
   */
  #gatherAll(): void {
    for (let round = 0; this.gather() && this.#taps.length > 1 && round < mostRounds; round++);
  }

  /** Since the beginning. */
  count(): {captured: number; dropped: number; omitted: number} {
    const counts = this.#taps.map(({socket}) => socket.count());
    return {
      captured: counts.reduce((sum, one) => sum + one.captured, 0),
      dropped: counts.reduce((sum, one) => sum + one.dropped, 0),
      omitted: this.#omitted,
    };
  }
}
