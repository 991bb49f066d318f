import type {Socket} from 'node:net';
import type {Endpoint} from '../../model/address.ts';
import {port} from '../../model/brands.ts';
import {toBase64} from '../../model/payload.ts';
import type {ClientDetail, ClientEnd, ServeAct, ServedClient, ServeLimit, Spoken} from '../../model/serve.ts';
import {descriptorOf, goOnReading, stopReading} from '../file/handle.ts';
import {HttpTurn} from '../http/http-turn.ts';
import {delayMs, keptBytes, type Shared, shownBytes} from './echo-shared.ts';
import {requestLineOf} from './first-bytes.ts';
import {LateBytes} from './late-bytes.ts';
import {LineMeter} from './line-meter.ts';
import {Opening} from './opening.ts';
import {Tail} from './tail.ts';
import {upperCase} from './upper-case.ts';

/** Bytes of a client that wait for `delayed` beyond which no more is read. */
const lateLimit = 64 * 1024;
/** Bytes that wait for a client beyond which whoever watches cannot add to them. */
const unsentLimit = 64 * 1024;
/** A client that is done with has so long to close, in milliseconds; what it still sends is not answered. */
const lingerMs = 1000;

/** One client of an echo server over a stream: what it sends comes back, and no more is read than can be answered. */
export class EchoConnection {
  readonly id: number;
  readonly #socket: Socket;
  readonly #shared: Shared;
  readonly #held: Set<EchoConnection>;
  readonly #from: Endpoint | null;
  readonly #since: number;
  readonly #received = new Tail(keptBytes);
  readonly #sent = new Tail(keptBytes);
  readonly #late: LateBytes;
  readonly #lines = new LineMeter();
  #opening: Opening | null;
  #http: HttpTurn | null = null;
  #bytesIn = 0;
  #chunks = 0;
  #speaks: Spoken | null = null;
  #isPaused = false;
  #heldSince: number | null = null;
  #isHeldTold = false;
  #isLateFull = false;
  #hasEnded = false;
  #isEnded = false;
  #end: ClientEnd | null = null;
  #errno: string | null = null;
  #linger: NodeJS.Timeout | undefined;

  /**
   * @param held where it is while its answers do not leave
   * @param gone it is closed, and nothing more will come of it
   */
  constructor(
    socket: Socket,
    id: number,
    shared: Shared,
    held: Set<EchoConnection>,
    gone: (connection: EchoConnection) => void,
  ) {
    this.id = id;
    this.#socket = socket;
    this.#shared = shared;
    this.#held = held;
    this.#from = remoteOf(socket);
    this.#since = shared.now();
    this.#late = new LateBytes(delayMs, bytes => this.#leave(bytes));
    this.#opening = new Opening(shared.greeting.length > 0, (speaks, bytes) => this.#begin(speaks, bytes));
    shared.tell({kind: 'connected', client: id, from: this.#from});
    if (shared.limits.idle !== null) socket.setTimeout(shared.limits.idle * 1000);
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('drain', () => this.#release());
    // After end() there is no 'drain' any more.
    socket.on('finish', () => this.#release());
    socket.on('end', () => this.#clientEnds());
    socket.on('timeout', () => this.#passes('idle'));
    socket.on('error', (error: NodeJS.ErrnoException) => this.#fails(error.code ?? 'EUNKNOWN'));
    socket.on('close', () => this.#close(gone));
  }

  /** Says once that its answers do not leave, when that has been so for as many seconds. */
  tellIfHeld(seconds: number): void {
    if (this.#isHeldTold || this.#heldSince === null || this.#shared.now() - this.#heldSince < seconds) return;
    this.#isHeldTold = true;
    this.#shared.tell({kind: 'not-reading', client: this.id, unsent: this.#socket.writableLength});
  }

  /** False where it cannot be done (any more). */
  act(act: ServeAct): boolean {
    if (!this.#can(act)) return false;
    this.#shared.tell({
      kind: 'acted',
      client: this.id,
      act: act.kind,
      bytes: act.kind === 'send' ? act.data.length : 0,
    });
    switch (act.kind) {
      case 'pause':
        this.#isPaused = true;
        stopReading(this.#socket);
        return true;
      case 'resume':
        this.#isPaused = false;
        this.#readOn();
        return true;
      case 'half-close':
        this.#settle();
        this.#finish();
        return true;
      case 'reset':
        this.#end = 'reset-here';
        // Only TCP has RST.
        if (this.#from === null) this.#socket.destroy();
        else this.#socket.resetAndDestroy();
        return true;
      case 'send':
        this.#settle();
        this.#leave(Buffer.from(act.data));
        return true;
    }
  }

  /** Reads and answers what is on its way, before the end. */
  hurry(): void {
    this.#isPaused = false;
    this.#settle();
    this.#late.flush();
    this.#readOn();
  }

  /** Sends what is left, and FIN. */
  stop(): void {
    this.#end ??= 'stopped';
    this.#finish();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  row(): ServedClient {
    const socket = this.#socket;
    return {
      id: this.id,
      from: this.#from,
      fd: descriptorOf(socket),
      since: this.#since,
      until: null,
      bytesIn: this.#bytesIn,
      bytesOut: Math.max(0, socket.bytesWritten - socket.writableLength),
      chunks: this.#chunks,
      unsent: socket.writableLength + this.#late.size,
      isPaused: this.#isPaused,
      heldSince: this.#heldSince,
      hasEnded: this.#hasEnded,
      isEnded: this.#isEnded,
      speaks: this.#speaks,
      tail: this.#received.last(shownBytes),
      end: this.#end,
      errno: this.#errno,
    };
  }

  detail(): ClientDetail {
    return {client: this.row(), received: this.#received.last(), sent: this.#sent.last()};
  }

  #can(act: ServeAct): boolean {
    if (this.#socket.destroyed) return false;
    if (act.kind === 'half-close') return !this.#isEnded;
    return act.kind !== 'send' || (!this.#isEnded && this.#socket.writableLength < unsentLimit);
  }

  #take(chunk: Buffer): void {
    this.#bytesIn += chunk.length;
    this.#chunks += 1;
    this.#shared.counted.bytesIn += chunk.length;
    this.#received.add(chunk);
    this.#shared.tellReceived(this.id, chunk);
    const {bytes, line} = this.#shared.limits;
    const over = bytes === null ? 0 : this.#bytesIn - bytes;
    this.#hear(over > 0 ? chunk.subarray(0, Math.max(0, chunk.length - over)) : chunk);
    if (over > 0) this.#passes('bytes');
    else if (line !== null && this.#lines.passes(chunk, line)) this.#passes('line');
  }

  #hear(chunk: Buffer): void {
    if (this.#isEnded) return;
    if (this.#opening) this.#opening.hear(chunk);
    else if (this.#http) this.#http.hear(chunk);
    else this.#answer(chunk);
  }

  /** It is known who speaks: the greeting, and an answer to what has come. */
  #begin(speaks: Spoken | null, bytes: Buffer): void {
    this.#opening = null;
    this.#speaks = speaks;
    if (speaks !== null) {
      const line = speaks === 'http' ? requestLineOf(bytes) : new Uint8Array();
      this.#shared.tell({kind: 'recognized', client: this.id, as: speaks, line: toBase64(line)});
    }
    if (speaks === 'http' && this.#shared.mode === 'echo') {
      const {page, to} = this.#shared;
      this.#http = new HttpTurn(page, {client: this.id, from: this.#from, to}, response => this.#respond(response));
      return this.#http.hear(bytes);
    }
    if (this.#shared.mode !== 'silent' && this.#shared.greeting.length > 0) this.#leave(this.#shared.greeting);
    if (bytes.length > 0) this.#answer(bytes);
  }

  #answer(bytes: Buffer): void {
    const {mode} = this.#shared;
    if (mode === 'silent') return;
    const answer = mode === 'upper-case' ? upperCase(bytes) : bytes;
    // What came later may not overtake what waits, also where the mode has changed meanwhile: it goes right behind it.
    if (mode === 'delayed') this.#late.add(answer);
    else if (this.#late.size === 0) return this.#leave(answer);
    else this.#late.addBehind(answer);
    if (this.#late.size <= lateLimit) return;
    this.#isLateFull = true;
    this.#socket.pause();
  }

  #leave(bytes: Buffer): void {
    if (this.#isEnded || this.#socket.destroyed) return;
    this.#sent.add(bytes);
    this.#shared.counted.bytesOut += bytes.length;
    if (!this.#socket.write(bytes)) this.#hold();
    if (this.#isLateFull && this.#late.size <= lateLimit) {
      this.#isLateFull = false;
      this.#readOn();
    }
    if (this.#hasEnded && this.#late.size === 0) this.#finish();
  }

  #respond(response: Buffer): void {
    this.#http = null;
    this.#leave(response);
    this.#finish();
    this.#lingers();
  }

  /** The kernel takes no more for it: no more is read from it either, and so it is held back in turn. */
  #hold(): void {
    if (this.#heldSince !== null) return;
    this.#heldSince = this.#shared.now();
    this.#held.add(this);
    this.#socket.pause();
  }

  #release(): void {
    this.#heldSince = null;
    this.#held.delete(this);
    this.#isHeldTold = false;
    this.#readOn();
  }

  #readOn(): void {
    if (this.#isPaused || this.#heldSince !== null || this.#isLateFull) return;
    goOnReading(this.#socket);
  }

  #settle(): void {
    this.#opening?.settle();
    this.#http?.settle();
  }

  #clientEnds(): void {
    this.#hasEnded = true;
    this.#shared.tell({kind: 'client-ended', client: this.id});
    this.#settle();
    if (this.#late.size === 0) this.#finish();
  }

  /** Sends what is left, and FIN. What the client sends after that is not answered. */
  #finish(): void {
    this.#late.flush();
    if (this.#isEnded) return;
    this.#opening?.cancel();
    this.#isEnded = true;
    this.#socket.end();
  }

  #lingers(): void {
    this.#isPaused = false;
    this.#readOn();
    this.#linger ??= setTimeout(() => this.#socket.destroy(), lingerMs);
  }

  #passes(limit: Extract<ServeLimit, 'bytes' | 'idle' | 'line'>): void {
    if (this.#end !== null || this.#socket.destroyed) return;
    this.#end = 'limited';
    this.#shared.tell({kind: 'limited', client: this.id, limit, value: this.#shared.limits[limit] ?? 0});
    this.#finish();
    this.#lingers();
  }

  #fails(errno: string): void {
    this.#errno = errno;
    if (errno === 'ECONNRESET' || errno === 'EPIPE') this.#end ??= 'reset-by-client';
  }

  #close(gone: (connection: EchoConnection) => void): void {
    clearTimeout(this.#linger);
    this.#opening?.cancel();
    this.#http?.cancel();
    this.#late.clear();
    this.#held.delete(this);
    this.#heldSince = null;
    this.#end ??= 'closed';
    const {bytesIn, bytesOut} = this.row();
    const [client, end, errno] = [this.id, this.#end, this.#errno];
    this.#shared.tell({kind: 'closed', client, end, errno, bytesIn, bytesOut});
    gone(this);
  }
}

/** Null for a Unix socket, and for one that was reset before it could be asked. */
export function remoteOf({remoteAddress, remotePort}: Partial<Socket>): Endpoint | null {
  return remoteAddress === undefined ? null : {host: remoteAddress, port: port(remotePort ?? 0)};
}
