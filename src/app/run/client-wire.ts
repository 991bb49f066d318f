import type {ClientFrames} from '../../draw/wire/client-frames.ts';
import {NoProcess} from '../../lab/child/first-message.ts';
import {isOwnAddress} from '../../lab/kernel/own-address.ts';
import {type Network, type NetworkExit, NoNetwork, openNetwork} from '../../lab/network/network.ts';
import type {ServedClient, ServePlace} from '../../model/serve.ts';
import {ConnectionFrames} from '../../timeline/connection-frames.ts';
import {mayCapture} from './network-choice.ts';

/** Frames asked for at a time: more than a screen shows. The others are counted. */
const atOnce = 200;

/** When its connection is over, the frames of so many seconds are still its own. */
const lastFramesSeconds = 2;

const starting: ClientFrames = {kind: 'starting'};

/**
 * The frames of the one client that is opened. A process captures between its port and the server’s, from when it is opened until
 * it is closed: while none is, nothing is captured.
 */
export class ClientWire implements AsyncDisposable {
  readonly #place: ServePlace;
  /** The client that is opened. */
  #client: number | null = null;
  #seen: ClientFrames = starting;
  #capture: {readonly network: Network; readonly frames: ConnectionFrames} | null = null;
  /** What is to be done about a change, one after another. */
  #changing: Promise<void> = Promise.resolve();

  constructor(place: ServePlace) {
    this.#place = place;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.follow(null);
    await this.#changing;
  }

  /** From now on it is about this client; null: about none. */
  follow(client: ServedClient | null): void {
    if ((client?.id ?? null) === this.#client) return;
    this.#client = client?.id ?? null;
    const why = client && this.#whyNone(client);
    this.#seen = why ?? starting;
    this.#changing = this.#changing.then(() => this.#change(why === null ? client : null));
  }

  /**
   * What there is to see by now of the client that it is about.
   *
   * @param at seconds since the server began
   */
  async look({until}: ServedClient, at: number): Promise<ClientFrames> {
    const capture = this.#capture;
    if (!capture) return this.#seen;
    const {frames, count} = await capture.network.frames(atOnce);
    // Another one may have been opened meanwhile.
    if (capture !== this.#capture) return this.#seen;
    capture.frames.take(frames);
    this.#seen = {kind: 'captured', frames: capture.frames.newest, count};
    // After its last frames a port may be another client’s.
    if (until !== null && at - until > lastFramesSeconds) this.#changing = this.#changing.then(() => this.#end());
    return this.#seen;
  }

  async #end(): Promise<void> {
    const capture = this.#capture;
    this.#capture = null;
    await capture?.network[Symbol.asyncDispose]();
  }

  /** Where the process that captures has ended by itself. */
  #lose(network: Network, {signal, code}: NetworkExit): void {
    if (this.#capture?.network !== network) return;
    this.#capture = null;
    this.#seen = {kind: 'refused', why: signal ?? `exit ${code}`};
  }

  async #change(client: ServedClient | null): Promise<void> {
    await this.#end();
    const isLatest = () => client?.id === this.#client;
    if (!client || !isLatest()) return;
    const seen = await this.#open(client);
    if (isLatest()) this.#seen = seen;
  }

  /** Why no frames of it can pass where they would be seen; null where they can. */
  #whyNone({from, until}: ServedClient): ClientFrames | null {
    if (this.#place.kind === 'unix') return {kind: 'unix'};
    if (until !== null || from === null || !('host' in from)) return {kind: 'gone'};
    return isOwnAddress(from.host) ? null : {kind: 'elsewhere', host: from.host};
  }

  /** Begins to capture, or says why not. */
  async #open({from}: ServedClient): Promise<ClientFrames> {
    if (from === null || !('host' in from) || !('host' in this.#place)) return starting;
    const {port} = this.#place;
    if (!(await mayCapture())) return {kind: 'not-allowed'};
    const network = await openNetwork('host', [port, from.port]);
    try {
      const why = await network.blind();
      if (why === null) {
        this.#capture = {network, frames: new ConnectionFrames(from, port)};
        void network.exited.then(exit => this.#lose(network, exit));
        return starting;
      }
      await network[Symbol.asyncDispose]();
      return {kind: 'refused', why};
    } catch (error) {
      if (error instanceof NoProcess) return {kind: 'refused', why: error.message};
      if (!(error instanceof NoNetwork)) throw error;
      return {kind: 'refused', why: 'why' in error.refusal ? error.refusal.why : error.refusal.kind};
    }
  }
}
