import type {WireFrame} from '../../claims/found.ts';
import type {Network} from '../../lab/network/network.ts';
import type {Counted} from '../../lab/network/network-protocol.ts';
import type {Call} from '../../model/call.ts';
import type {LogEvent, StepRef} from '../../model/event.ts';
import {fromBase64} from '../../model/payload.ts';
import type {Frame, Summary} from '../../model/wire.ts';
import type {OpenLog} from '../../timeline/log.ts';
import {followSequences} from '../../wire/relative.ts';
import {summaryOf} from '../../wire/summary.ts';

/** How many frames of one step a log takes: of one reading the newest. The others are counted. */
export const framesOfStep = 1000;

type CallStarted = Extract<LogEvent, {kind: 'call-started'}>;

interface CallSpan extends StepRef {
  readonly seq: number;
  readonly call: Call;
  /** On the kernel's real-time clock, in nanoseconds; until the actor says when, a little too early. */
  from: bigint;
  /** Null while it has not returned. */
  to: bigint | null;
}

/** Brings captured frames into a walk's log, each with the call that it belongs to. */
export class Wire {
  readonly #network: Network;
  readonly #log: OpenLog;
  readonly #first: StepRef;
  readonly #calls: CallSpan[] = [];
  /** Ports that calls named: on this machine's own loopback, others' frames are none of ours. */
  readonly #ports = new Set<number>();
  /** All frames of the log, by the number of their event. */
  readonly #seen: (WireFrame & {readonly seq: number})[] = [];
  /** Sequence numbers that were sent, by direction and length. */
  readonly #sent = new Set<string>();
  readonly #baseOf = followSequences();
  /** Frames in the log since the newest step began. */
  #ofStep = 0;
  #lastCount = '';
  #reading: Promise<number> = Promise.resolve(0);

  /** @param first what a frame belongs to that came before any call */
  constructor(network: Network, log: OpenLog, first: StepRef) {
    this.#network = network;
    this.#log = log;
    this.#first = first;
  }

  begin({seq, lesson, step, call}: CallStarted): void {
    if (this.#calls.at(-1)?.step !== step) this.#ofStep = 0;
    this.#calls.push({seq, lesson, step, call, from: this.#now(), to: null});
    const port = portIn(call);
    if (port !== null) this.#ports.add(port);
  }

  /** By a clock of whole milliseconds; but what has returned began before. */
  #now(): bigint {
    const returned = this.#calls.filter(({to}) => to !== null).map(({from}) => from);
    return [BigInt(Date.now()) * 1_000_000n, ...returned].reduce((late, time) => (time > late ? time : late));
  }

  /** @param during when it was made, on the clock that stamps frames; undefined where the actor does not say */
  end(seq: number, during: readonly [from: string, to: string] | undefined): void {
    const call = this.#calls.find(one => one.seq === seq);
    if (!call) return;
    if (during) call.from = BigInt(during[0]);
    call.to = during ? BigInt(during[1]) : BigInt(Date.now() + 1) * 1_000_000n;
  }

  /** Puts the frames that have come since the last time into the log, and says how many it took. */
  read(): Promise<number> {
    this.#reading = this.#reading.then(() => this.#read());
    return this.#reading;
  }

  /** The frames of the log from the event of this number on. */
  since(seq: number): readonly WireFrame[] {
    const at = this.#seen.findLastIndex(frame => frame.seq < seq);
    return this.#seen.slice(at + 1);
  }

  async #read(): Promise<number> {
    const before = this.#seen.length;
    const {frames, count} = await this.#network.frames(framesOfStep - this.#ofStep);
    for (const frame of frames) {
      const summary = summaryOf(fromBase64(frame.data), frame.length);
      if (this.#network.kind === 'host' && !portsOf(summary).some(port => this.#ports.has(port))) continue;
      this.#ofStep += 1;
      this.#take(frame, summary);
    }
    this.#tell(count);
    return this.#seen.length - before;
  }

  #tell(count: Counted): void {
    const news = JSON.stringify(count);
    // That nothing has passed yet is news, once; after that it only says that the network has ended.
    if (news === this.#lastCount || (count.captured === 0 && this.#lastCount !== '')) return;
    this.#lastCount = news;
    this.#log.append({kind: 'wire-counted', ...count});
  }

  #take(frame: Frame, summary: Summary | null): void {
    const call = this.#callAt(BigInt(frame.time));
    const isDuring = call !== null && (call.to === null || BigInt(frame.time) <= call.to);
    const {lesson, step} = call ?? this.#first;
    const {seq} = this.#log.append({kind: 'frame', lesson, step, call: call?.seq ?? null, isDuring, ...frame});
    const during = call && isDuring ? call.call.name : null;
    const base = this.#baseOf(summary);
    this.#seen.push({seq, frame, summary, base, isAgain: this.#isAgain(frame, summary), during});
  }

  /** The newest call that had begun by then. */
  #callAt(time: bigint): CallSpan | null {
    let newest: CallSpan | null = null;
    for (const call of this.#calls) if (call.from <= time && (!newest || call.from >= newest.from)) newest = call;
    return newest;
  }

  /** Whether these bytes, or this SYN or FIN, passed here before: the two say where they stand, and the addresses whose they are. */
  #isAgain({host, device, direction}: Frame, summary: Summary | null): boolean {
    if (summary?.kind !== 'tcp') return false;
    const {from, to, sequence, length, flags} = summary;
    const isOfSequence = length > 0 || flags.includes('SYN') || flags.includes('FIN');
    if (!isOfSequence) return false;
    const key = JSON.stringify([host, device, direction, from, to, sequence, length]);
    const isAgain = this.#sent.has(key);
    this.#sent.add(key);
    return isAgain;
  }
}

function portIn(call: Call): number | null {
  return 'address' in call && 'port' in call.address ? call.address.port : null;
}

/** The ports that a frame names; a message of ICMP, those of the packet that it is about. */
const portsOf = (summary: Summary | null): readonly number[] =>
  summary?.kind === 'tcp' || summary?.kind === 'udp'
    ? [summary.from.port, summary.to.port]
    : summary?.kind === 'icmp'
      ? portsOf(summary.about ?? null)
      : [];
