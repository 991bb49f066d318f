import {plainHost} from '../model/address.ts';
import {fromBase64} from '../model/payload.ts';
import type {Frame, WireEnd} from '../model/wire.ts';
import {followProbes} from '../wire/probes.ts';
import {followSequences} from '../wire/relative.ts';
import {summaryOf} from '../wire/summary.ts';
import {endsOf, type PassedFrame, timesSent} from './passed-frame.ts';

/** So many frames are kept, the newest. */
const framesKept = 200;
/** Retransmissions are known among so many frames with data: numbers go round, and far apart the same one is no repetition. */
const sentKept = 500;

/** The frames between one client and a server’s port as they pass, however many: the newest of them. */
export class ConnectionFrames {
  readonly #client: WireEnd;
  readonly #server: number;
  readonly #follow = followSequences();
  readonly #probeOf = followProbes();
  readonly #sent = new Map<string, number>();
  #newest: readonly PassedFrame[] = [];
  #startNs: bigint | null = null;

  /** @param server its port */
  constructor(client: WireEnd, server: number) {
    this.#client = {...client, host: plainHost(client.host)};
    this.#server = server;
  }

  /** Oldest first. */
  get newest(): readonly PassedFrame[] {
    return this.#newest;
  }

  /** In the order of the wire; those of others are left out. */
  take(frames: readonly Frame[]): void {
    const passed = frames.flatMap(frame => this.#read(frame) ?? []);
    if (passed.length > 0) this.#newest = [...this.#newest, ...passed].slice(-framesKept);
  }

  #read(frame: Frame): PassedFrame | null {
    const summary = summaryOf(fromBase64(frame.data), frame.length);
    const ends = endsOf(summary);
    if (!ends) return null;
    const isSent = this.#isClient(ends.from) && ends.to.port === this.#server;
    const isReceived = this.#isClient(ends.to) && ends.from.port === this.#server;
    if (!isSent && !isReceived) return null;
    const time = BigInt(frame.time);
    this.#startNs ??= time;
    const [sender, goesTo] = isSent ? (['client', 'server'] as const) : (['server', 'client'] as const);
    return {
      frame,
      summary,
      base: this.#follow(summary),
      atUs: Number((time - this.#startNs) / 1000n),
      times: this.#timesSent(frame, summary),
      probe: this.#probeOf(frame, summary),
      // An error of ICMP comes from the kernel, not from the socket.
      sender: summary?.kind === 'icmp' ? null : sender,
      goesTo,
    };
  }

  #timesSent(frame: Frame, summary: PassedFrame['summary']): number {
    const times = timesSent(frame, summary, this.#sent);
    const [oldest] = this.#sent.keys();
    if (this.#sent.size > sentKept && oldest !== undefined) this.#sent.delete(oldest);
    return times;
  }

  #isClient = ({host, port}: WireEnd): boolean => port === this.#client.port && plainHost(host) === this.#client.host;
}
