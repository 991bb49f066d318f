import type {ActorName} from '../model/actor.ts';
import type {Address} from '../model/address.ts';
import {type Fd, fd, type Port} from '../model/brands.ts';
import type {Call} from '../model/call.ts';
import type {LessonCall, Payload, SocketName, Step} from '../model/lesson.ts';
import type {Outcome} from '../model/outcome.ts';
import {bytesOfText, fromBase64, toBase64} from '../model/payload.ts';
import type {SocketRow} from '../model/sockets.ts';
import type {BoundSocket} from '../timeline/claims.ts';

/** What a lesson's names stand for in this run: descriptors, the server's address, bytes. */
export class Bindings {
  readonly #sockets = new Map<SocketName, BoundSocket>();
  readonly #received = new Map<string, Uint8Array>();
  #message: string;
  #serverPort: Port;

  /** Port 0 lets the kernel choose; after bind() the one that it chose is known. */
  constructor(serverPort: Port, message: string) {
    this.#serverPort = serverPort;
    this.#message = message;
  }

  get serverPort(): Port {
    return this.#serverPort;
  }

  get message(): string {
    return this.#message;
  }

  set message(text: string) {
    this.#message = text;
  }

  socket = (name: SocketName): BoundSocket | null => this.#sockets.get(name) ?? null;

  bytes = (payload: Payload): Uint8Array => {
    switch (payload.kind) {
      case 'text':
        return bytesOfText(payload.text);
      case 'message':
        return bytesOfText(this.#message);
      case 'received':
        return this.#received.get(payload.step) ?? new Uint8Array();
    }
  };

  /** The call with the kernel's own numbers in place of the lesson's names. */
  resolve(call: LessonCall): Call {
    switch (call.name) {
      case 'socket':
        return call;
      case 'bind':
      case 'connect':
        return {...call, fd: this.#fd(call.fd), address: this.#serverAddress()};
      case 'send':
        return {...call, fd: this.#fd(call.fd), data: toBase64(this.bytes(call.data))};
      default:
        return {...call, fd: this.#fd(call.fd)};
    }
  }

  /** Learns from what a step's call returned: the descriptor it made, the bytes it received, the socket it closed. */
  learn(step: Step, outcome: Outcome): void {
    if (outcome.kind !== 'returned') return;
    if (step.creates) this.#bind(step.creates, step.actor, fd(outcome.value));
    if (step.call.name === 'recv') this.#received.set(step.id, fromBase64(outcome.data ?? ''));
    if (step.call.name === 'close') this.#update(step.call.fd, {isOpen: false});
  }

  /** Learns each socket's two ends from the kernel, and the port that it chose for a bind to port 0. */
  learnRows(rows: readonly SocketRow[]): void {
    for (const [name, bound] of this.#sockets) {
      const row = rows.find(other => bound.isOpen && other.actor === bound.actor && other.fd === bound.fd);
      if (!row) continue;
      this.#update(name, {local: row.local, remote: row.remote});
      if (this.#serverPort === 0 && bound.actor === 'server' && 'port' in row.local) this.#serverPort = row.local.port;
    }
  }

  #bind(name: SocketName, actor: ActorName, made: Fd): void {
    this.#sockets.set(name, {actor, fd: made, isOpen: true, local: null, remote: null});
  }

  #update(name: SocketName, change: Partial<BoundSocket>): void {
    const bound = this.#sockets.get(name);
    if (bound) this.#sockets.set(name, {...bound, ...change});
  }

  #fd(name: SocketName): Fd {
    // A call on a socket that an earlier call failed to make goes to the kernel with the -1 that it returned.
    return this.#sockets.get(name)?.fd ?? fd(-1);
  }

  #serverAddress(): Address {
    return {family: 'AF_INET', host: '127.0.0.1', port: this.#serverPort};
  }
}
