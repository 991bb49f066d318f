import type {Network} from '../lab/network.ts';
import type {Call} from '../model/call.ts';
import type {LogEvent, StepRef} from '../model/event.ts';
import type {Frame} from '../model/wire.ts';
import type {Log} from '../timeline/log.ts';

/** How many frames a log takes. What comes after them is counted. */
const framesLogged = 10_000;

type CallStarted = Extract<LogEvent, {kind: 'call-started'}>;

interface Begun extends StepRef {
  readonly seq: number;
  /** On the kernel's real-time clock, in nanoseconds; until the actor says when, a little too early. */
  from: bigint;
  /** Null while it has not returned. */
  to: bigint | null;
}

/** Brings captured frames into a walk's log, each with the call that it belongs to. */
export class Wire {
  readonly #network: Network;
  readonly #log: Log;
  readonly #first: StepRef;
  readonly #calls: Begun[] = [];
  /** Ports that calls named: on this machine's own loopback, others' frames are none of ours. */
  readonly #ports = new Set<number>();
  #logged = 0;
  #unlogged = 0;
  #lastCount = '';
  #reading: Promise<void> = Promise.resolve();

  /** @param first what a frame belongs to that came before any call */
  constructor(network: Network, log: Log, first: StepRef) {
    this.#network = network;
    this.#log = log;
    this.#first = first;
  }

  begin({seq, lesson, step, call}: CallStarted): void {
    this.#calls.push({seq, lesson, step, from: BigInt(Date.now()) * 1_000_000n, to: null});
    const port = portIn(call);
    if (port !== null) this.#ports.add(port);
  }

  /** @param during when it was made, on the clock that stamps frames; undefined where the actor does not say */
  end(seq: number, during: readonly [from: string, to: string] | undefined): void {
    const call = this.#calls.find(one => one.seq === seq);
    if (!call) return;
    if (during) call.from = BigInt(during[0]);
    call.to = during ? BigInt(during[1]) : BigInt(Date.now() + 1) * 1_000_000n;
  }

  /** Puts the frames that have come since the last time into the log. */
  read(): Promise<void> {
    this.#reading = this.#reading.then(() => this.#read());
    return this.#reading;
  }

  async #read(): Promise<void> {
    const {frames, count} = await this.#network.frames();
    for (const frame of frames) {
      if (this.#network.kind === 'host' && !this.#isOurs(frame)) continue;
      if (this.#logged === framesLogged) {
        this.#unlogged += 1;
        continue;
      }
      this.#logged += 1;
      this.#log.append({kind: 'frame', ...this.#belonging(BigInt(frame.time)), ...frame});
    }
    const counted = {...count, omitted: count.omitted + this.#unlogged};
    const news = JSON.stringify(counted);
    if (news === this.#lastCount) return;
    // That nothing has passed yet is news once, where something could; later it only says that the network has ended.
    if (count.captured === 0 && (this.#lastCount !== '' || !(await this.#network.captures()))) return;
    this.#lastCount = news;
    this.#log.append({kind: 'wire-counted', ...counted});
  }

  /** The newest call that had begun when the frame passed. */
  #belonging(time: bigint) {
    let newest: Begun | null = null;
    for (const call of this.#calls) if (call.from <= time && (!newest || call.from >= newest.from)) newest = call;
    if (!newest) return {...this.#first, call: null, isDuring: false};
    const {seq, lesson, step, to} = newest;
    return {lesson, step, call: seq, isDuring: to === null || time <= to};
  }

  #isOurs = (frame: Frame): boolean => portsOf(frame).some(port => this.#ports.has(port));
}

// temporary
function portsOf(frame: Frame): number[] {
  const b = Buffer.from(frame.data, 'base64');
  return b.length > 38 ? [b.readUInt16BE(34), b.readUInt16BE(36)] : [];
}

function portIn(call: Call): number | null {
  return 'address' in call && 'port' in call.address ? call.address.port : null;
}
