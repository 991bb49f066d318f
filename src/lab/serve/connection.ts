import {connect as connectSocket, type Socket} from 'node:net';
import type {Endpoint} from '../../model/address.ts';
import {port} from '../../model/brands.ts';
import {descriptorOf, goOnReading, stopReading} from '../file/handle.ts';
import {longestPath} from '../file/socket-file.ts';

/** Where to connect to; a host may be a name. */
export type ConnectTo = {readonly host: string; readonly port: number} | {readonly path: string};

/** One stretch of bytes that went or came. */
export interface Said {
  readonly n: number;
  readonly direction: 'sent' | 'received';
  /** Seconds since the connection was there. */
  readonly at: number;
  readonly bytes: number;
  /** The first of them. */
  readonly data: Uint8Array;
}

/** A connection as its client sees it. */
export interface ConnectionLook {
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Bytes that wait in this process, since the kernel’s send buffer is full. */
  readonly unsent: number;
  readonly isPaused: boolean;
  /** The server’s FIN has come; ours has been asked for. */
  readonly hasEnded: boolean;
  readonly isEnded: boolean;
  readonly isOver: boolean;
  /** What ended it, where that was an error. */
  readonly errno: string | null;
  /** The newest stretches. */
  readonly said: readonly Said[];
}

/** Nobody answers there, or there is no such place. */
export class CannotConnect extends Error {
  readonly errno: string;
  constructor(errno: string) {
    super(errno);
    this.errno = errno;
  }
}

/** Of each stretch so many bytes are kept, and so many stretches. */
const dataKept = 256;
const saidKept = 200;
/** Bytes that wait beyond which no more are taken to be sent. */
const unsentLimit = 1024 * 1024;

/** Connects. Rejects with `CannotConnect`. Nothing is read before somebody asks for it. */
export function openSocket(to: ConnectTo): Promise<Socket> {
  // libuv cuts a path that is too long, and would connect to another one.
  if ('path' in to && Buffer.byteLength(to.path) > longestPath)
    return Promise.reject(new CannotConnect('ENAMETOOLONG'));
  return new Promise((resolve, reject) => {
    const socket = connectSocket({...to, allowHalfOpen: true});
    socket.pause();
    const fail = (error: NodeJS.ErrnoException) => reject(new CannotConnect(error.code ?? 'EUNKNOWN'));
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.off('error', fail);
      resolve(socket);
    });
  });
}

/** A client’s connection, with what was said through it: a bounded part of that. */
export class Connection {
  readonly fd: number | null;
  readonly local: Endpoint | null;
  readonly remote: Endpoint | null;
  readonly #socket: Socket;
  readonly #began = performance.now();
  readonly #said: Said[] = [];
  #count = 0;
  #bytesIn = 0;
  #isPaused = false;
  #hasEnded = false;
  #isEnded = false;
  #isOver = false;
  #errno: string | null = null;

  /** @param changed there is something new to see */
  constructor(socket: Socket, changed: () => void) {
    this.#socket = socket;
    const {localAddress, localPort, remoteAddress, remotePort} = socket;
    this.fd = descriptorOf(socket);
    this.local = localAddress === undefined ? null : {host: localAddress, port: port(localPort ?? 0)};
    this.remote = remoteAddress === undefined ? null : {host: remoteAddress, port: port(remotePort ?? 0)};
    socket.on('data', (chunk: Buffer) => {
      this.#bytesIn += chunk.length;
      this.#note('received', chunk);
      changed();
    });
    socket.on('end', () => {
      this.#hasEnded = true;
      changed();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#errno = error.code ?? 'EUNKNOWN';
    });
    socket.on('close', () => {
      this.#isOver = true;
      changed();
    });
    socket.resume();
  }

  look(): ConnectionLook {
    const socket = this.#socket;
    return {
      bytesIn: this.#bytesIn,
      bytesOut: Math.max(0, socket.bytesWritten - socket.writableLength),
      unsent: socket.writableLength,
      isPaused: this.#isPaused,
      hasEnded: this.#hasEnded,
      isEnded: this.#isEnded,
      isOver: this.#isOver,
      errno: this.#errno,
      said: [...this.#said],
    };
  }

  /** False where nothing can be sent any more, or too much waits. */
  send(bytes: Uint8Array): boolean {
    if (this.#isEnded || this.#isOver || this.#socket.writableLength > unsentLimit) return false;
    this.#socket.write(bytes);
    this.#note('sent', bytes);
    return true;
  }

  /** FIN: no more is sent, what comes is still read. False where that has been. */
  halfClose(): boolean {
    if (this.#isEnded || this.#isOver) return false;
    this.#isEnded = true;
    this.#socket.end();
    return true;
  }

  /** RST; a Unix socket has none, and is closed. */
  reset(): boolean {
    if (this.#isOver) return false;
    if (this.local === null) this.#socket.destroy();
    else this.#socket.resetAndDestroy();
    return true;
  }

  pauseOrResume(): boolean {
    if (this.#isOver) return false;
    this.#isPaused = !this.#isPaused;
    if (this.#isPaused) stopReading(this.#socket);
    else goOnReading(this.#socket);
    return true;
  }

  close(): void {
    this.#socket.destroy();
  }

  #note(direction: Said['direction'], bytes: Uint8Array): void {
    const data = Uint8Array.from(bytes.subarray(0, dataKept));
    const at = (performance.now() - this.#began) / 1000;
    this.#said.push({n: this.#count, direction, at, bytes: bytes.length, data});
    this.#count += 1;
    if (this.#said.length > saidKept) this.#said.shift();
  }
}
