import {once} from 'node:events';
import {type AddressInfo, createServer, type DropArgument, type Server, type Socket} from 'node:net';
import {setImmediate as nextTurn, setTimeout as sleep} from 'node:timers/promises';
import {port} from '../../model/brands.ts';
import type {ServeAct, ServeLook, ServeMode, ServePlace, ServeSetup} from '../../model/serve.ts';
import {type FileNumber, fileAt, removeOwn, sparingOthers} from '../file/own-file.ts';
import {AddressCount} from './address-count.ts';
import {ClientList} from './client-list.ts';
import type {EchoServer} from './echo.ts';
import {EchoConnection, remoteOf} from './echo-connection.ts';
import type {LookWish} from './echo-protocol.ts';
import {EchoRecord} from './echo-record.ts';

/** Connections that may wait to be accepted; the kernel allows net.core.somaxconn of them (man 2 listen). */
export const backlog = 4096;
/** A client that takes nothing for so long, in seconds, is named. */
const heldSeconds = 1;
/** When it stops: bytes are waited for until none came for so long, all in all no longer than that. Milliseconds. */
const quietMs = 60;
const atMostMs = 600;
/** And the clients have so long to close, in milliseconds. */
const closeMs = 700;

/** An echo server over TCP or a Unix socket. */
export class StreamEcho implements EchoServer {
  readonly #server: Server;
  readonly #record: EchoRecord;
  readonly #clients = new ClientList<EchoConnection>();
  readonly #held = new Set<EchoConnection>();
  readonly #addresses = new AddressCount();
  readonly #watch: NodeJS.Timeout;
  /** The file of a Unix socket. */
  #file: FileNumber | null;
  #stopping: Promise<void> | null = null;

  private constructor(server: Server, setup: ServeSetup, place: ServePlace) {
    this.#server = server;
    this.#record = new EchoRecord(setup, place);
    this.#file = place.kind === 'unix' ? fileAt(place.path) : null;
    server.on('connection', socket => this.#welcome(socket));
    server.on('drop', dropped => this.#turnAway(dropped));
    // No descriptor was left for it: libuv has closed it.
    server.on('error', () => this.#turnAway());
    this.#watch = setInterval(() => {
      for (const client of this.#held) client.tellIfHeld(heldSeconds);
    }, 250);
  }

  static async open(setup: ServeSetup): Promise<StreamEcho> {
    const {place} = setup;
    const server = createServer({allowHalfOpen: true});
    server.maxConnections = setup.limits.clients;
    server.listen(place.kind === 'unix' ? {path: place.path, backlog} : {host: place.host, port: place.port, backlog});
    await once(server, 'listening');
    if (place.kind === 'unix') return new StreamEcho(server, setup, place);
    return new StreamEcho(server, setup, {...place, port: port((server.address() as AddressInfo).port)});
  }

  get place(): ServePlace {
    return this.#record.place;
  }

  look(wish: LookWish): ServeLook {
    return this.#record.look(this.#clients, wish);
  }

  onEvent(seq: number, there: () => void): void {
    this.#record.onEvent(seq, there);
  }

  act(client: number, act: ServeAct): boolean {
    return this.#clients.get(client)?.act(act) ?? false;
  }

  setMode(mode: ServeMode): void {
    this.#record.setMode(mode);
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    clearInterval(this.#watch);
    this.#record.shared.tell({kind: 'stopping', open: this.#clients.size});
    const closed = new Promise<void>(done => this.#close(done));
    for (const client of this.#clients.open()) client.hurry();
    await this.#quiet();
    for (const client of this.#clients.open()) client.stop();
    await Promise.race([closed, sleep(closeMs)]);
    for (const client of this.#clients.open()) client.destroy();
    await closed;
    // The last connections tell of their end some turns after the server is seen to have none.
    while (this.#clients.size > 0) await nextTurn();
    this.#record.stopped();
  }

  #welcome(socket: Socket): void {
    const host = socket.remoteAddress;
    if (!this.#addresses.enter(host, this.#record.shared.limits.perAddress)) {
      this.#record.turnAway(remoteOf(socket), 'perAddress');
      return void socket.destroy();
    }
    const gone = (client: EchoConnection) => {
      this.#addresses.leave(host);
      this.#clients.close(client, this.#record.shared.now());
    };
    this.#clients.add(id => new EchoConnection(socket, id, this.#record.shared, this.#held, gone));
  }

  #close(closed: () => void): void {
    const {place} = this;
    const close = () => void this.#server.close(() => closed());
    if (place.kind === 'unix') sparingOthers(place.path, this.#file, close);
    else close();
    // Its numbers may be another file’s now.
    this.#file = null;
  }

  /** The program has gone: the name of a Unix socket goes too. */
  abandon(): void {
    if (this.place.kind === 'unix') removeOwn(this.place.path, this.#file);
  }

  /** What the clients have sent has come. */
  async #quiet(): Promise<void> {
    const end = performance.now() + (this.#clients.size > 0 ? atMostMs : 0);
    let before = -1;
    while (this.#record.shared.counted.bytesIn !== before && performance.now() < end) {
      before = this.#record.shared.counted.bytesIn;
      await sleep(quietMs);
    }
  }

  #turnAway(dropped: DropArgument = {}): void {
    this.#record.turnAway(remoteOf(dropped));
  }
}
