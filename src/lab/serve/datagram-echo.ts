import {createSocket, type Socket} from 'node:dgram';
import {once} from 'node:events';
import {isIPv6} from 'node:net';
import {type Endpoint, endpointText} from '../../model/address.ts';
import {port} from '../../model/brands.ts';
import type {ServeAct, ServeLook, ServeMode, ServePlace, ServeSetup} from '../../model/serve.ts';
import {whyUnanswered} from '../kernel/unanswered.ts';
import {AddressCount} from './address-count.ts';
import {ClientList} from './client-list.ts';
import type {EchoServer} from './echo.ts';
import type {LookWish} from './echo-protocol.ts';
import {EchoRecord} from './echo-record.ts';
import {delayMs} from './echo-shared.ts';
import {Peer} from './peer.ts';
import {upperCase} from './upper-case.ts';

type Inet = Extract<Endpoint, {readonly host: string}>;

/** Bytes of answers that may wait to be sent; a datagram that finds no room is not answered, and counted. */
const unsentLimit = 1024 * 1024;

/** An echo server over UDP: a client is an address that has sent something, and there is no greeting, as there is no connection. */
export class DatagramEcho implements EchoServer {
  readonly #socket: Socket;
  readonly #record: EchoRecord;
  readonly #clients = new ClientList<Peer>();
  /** In the order in which they were last heard of. */
  readonly #byAddress = new Map<string, Peer>();
  readonly #addresses = new AddressCount();
  readonly #own: Inet;
  readonly #watch: NodeJS.Timeout;
  #late = 0;

  private constructor(socket: Socket, setup: ServeSetup, place: Extract<ServePlace, {host: string}>) {
    this.#socket = socket;
    this.#own = place;
    this.#record = new EchoRecord(setup, place);
    socket.on('message', (bytes, {address, port: from}) => this.#take(bytes, {host: address, port: port(from)}));
    // An answer that could not be delivered (ECONNREFUSED, EMSGSIZE) is no error of ours.
    socket.on('error', () => {});
    this.#watch = setInterval(() => this.#forgetIdle(), 250);
  }

  static async open(setup: ServeSetup, place: Extract<ServePlace, {host: string}>): Promise<DatagramEcho> {
    const socket = createSocket({type: isIPv6(place.host) ? 'udp6' : 'udp4'});
    socket.bind(place.port, place.host);
    await once(socket, 'listening');
    return new DatagramEcho(socket, setup, {...place, port: port(socket.address().port)});
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

  /** Datagrams can be sent. There is nothing to read less of, or to end. */
  act(client: number, act: ServeAct): boolean {
    const peer = this.#clients.get(client);
    if (!peer || act.kind !== 'send') return false;
    this.#record.shared.tell({kind: 'acted', client, act: act.kind, bytes: act.data.length});
    this.#send(peer, Buffer.from(act.data));
    return true;
  }

  setMode(mode: ServeMode): void {
    this.#record.setMode(mode);
  }

  async stop(): Promise<void> {
    clearInterval(this.#watch);
    this.#record.shared.tell({kind: 'stopping', open: this.#clients.size});
    // One more turn: what has come is read and answered.
    await new Promise(done => setTimeout(done, 50));
    await new Promise<void>(done => this.#socket.close(done));
    this.#record.stopped();
  }

  abandon(): void {}

  #take(bytes: Buffer, from: Inet): void {
    const {shared} = this.#record;
    const peer = this.#peer(from);
    shared.counted.bytesIn += bytes.length;
    peer.hear(bytes, shared.now());
    shared.tellReceived(peer.id, bytes);
    if (this.#mayAnswer(peer, bytes)) this.#answer(peer, bytes);
    else this.#record.leaveUnanswered();
  }

  /** Where it may not, it is told once why. */
  #mayAnswer(peer: Peer, bytes: Buffer): boolean {
    const {shared} = this.#record;
    const why = whyUnanswered(bytes, peer.from, this.#own);
    if (why !== null) {
      if (peer.isNews(why)) shared.tell({kind: 'unanswered', client: peer.id, why});
      return false;
    }
    const before = peer.limited;
    const limit = peer.passes(shared.limits, shared.now());
    if (limit === null) return true;
    if (before === null) shared.tell({kind: 'limited', client: peer.id, limit, value: shared.limits[limit] ?? 0});
    return false;
  }

  #peer(from: Inet): Peer {
    const key = endpointText(from);
    const known = this.#byAddress.get(key);
    const {shared} = this.#record;
    if (!known) {
      this.#makeRoom(from.host);
      shared.tell({kind: 'connected', client: this.#clients.all + 1, from});
    }
    const peer = known ?? this.#clients.add(id => new Peer(id, from, shared.now()));
    this.#byAddress.delete(key);
    this.#byAddress.set(key, peer);
    return peer;
  }

  /** Too many are known: the one that was silent longest is forgotten, of the same IP address where that has its share. */
  #makeRoom(host: string): void {
    const {clients, perAddress} = this.#record.shared.limits;
    const hasShare = perAddress !== null && this.#addresses.of(host) >= perAddress;
    if (hasShare || this.#byAddress.size >= clients) {
      for (const peer of this.#byAddress.values()) {
        if (hasShare && peer.from.host !== host) continue;
        this.#forget(peer);
        break;
      }
    }
    this.#addresses.enter(host, null);
  }

  #answer(peer: Peer, bytes: Buffer): void {
    switch (this.#record.shared.mode) {
      case 'echo':
        return this.#send(peer, bytes);
      case 'upper-case':
        return this.#send(peer, upperCase(bytes));
      case 'delayed':
        return this.#sendLater(peer, bytes);
      case 'silent':
        return;
    }
  }

  #sendLater(peer: Peer, bytes: Buffer): void {
    if (this.#late + bytes.length > unsentLimit) return this.#record.leaveUnanswered();
    this.#late += bytes.length;
    setTimeout(() => {
      this.#late -= bytes.length;
      this.#send(peer, bytes);
    }, delayMs);
  }

  #send(peer: Peer, bytes: Buffer): void {
    if (this.#socket.getSendQueueSize() > unsentLimit) return this.#record.leaveUnanswered();
    this.#record.shared.counted.bytesOut += bytes.length;
    peer.say(bytes);
    const {host, port: to} = peer.from;
    // Whether it arrives nobody tells; what the kernel refuses to send is lost as well.
    this.#socket.send(bytes, to, host, () => {});
  }

  #forgetIdle(): void {
    const {limits, now} = this.#record.shared;
    for (const peer of this.#byAddress.values()) {
      if (limits.idle === null || now() - peer.lastHeard < limits.idle) return;
      this.#forget(peer);
    }
  }

  #forget(peer: Peer): void {
    const {shared} = this.#record;
    this.#byAddress.delete(endpointText(peer.from));
    this.#addresses.leave(peer.from.host);
    peer.end = 'forgotten';
    const {id: client, bytesIn, bytesOut} = peer;
    shared.tell({kind: 'closed', client, end: 'forgotten', errno: null, bytesIn, bytesOut});
    this.#clients.close(peer, shared.now());
  }
}
