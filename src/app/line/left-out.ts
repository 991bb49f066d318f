import type {ActorName} from '../../model/actor.ts';
import type {Address} from '../../model/address.ts';
import {type Fd, type Port, port} from '../../model/brands.ts';
import type {SocketRow} from '../../model/sockets.ts';
import type {Scene} from './scene.ts';
import {readFileName} from './typed-address.ts';

/** What stands for the arguments that a line of this actor's leaves out. */
export class LeftOut {
  readonly #actor: ActorName;
  readonly #scene: Scene;
  /** Where in the line it is missing. */
  readonly #at: number;

  constructor(actor: ActorName, scene: Scene, at: number) {
    this.#actor = actor;
    this.#scene = scene;
    this.#at = at;
  }

  /** The actor's own, each with a descriptor. */
  get sockets(): readonly SocketRow[] {
    return this.#scene.sockets.filter(row => row.actor === this.#actor && row.fd !== null);
  }

  socketOf(of: Fd): SocketRow | undefined {
    return this.sockets.find(row => row.fd === of);
  }

  /** The newest socket that suits a call; where none does, the newest; null where there is none. */
  newest(suits: (row: SocketRow) => boolean): Fd | null {
    const byAge = this.sockets.toSorted((a, b) => Number(b.fd) - Number(a.fd));
    return (byAge.find(suits) ?? byAge[0])?.fd ?? null;
  }

  /** What bind() would take: for a server its usual port, for a client any. */
  ownAddress(of: Fd): Address {
    const row = this.socketOf(of);
    if (row?.protocol === 'unix') return this.#file();
    return loopback(row, this.#actor === 'server' ? this.#scene.serverPort : port(0));
  }

  /** Where somebody listens or has bound a datagram socket; else where the server would. */
  peerAddress(of: Fd): Address {
    const own = this.socketOf(of);
    const others = this.#scene.sockets.filter(row => row.fd !== null && row.actor !== this.#actor);
    if (own?.protocol === 'unix') {
      const named = others.find(({local}) => 'path' in local && local.path !== '');
      return named && 'path' in named.local ? {family: 'AF_UNIX', path: named.local.path} : this.#file();
    }
    const serving = others.filter(row => row.state === 'LISTEN' || row.protocol.startsWith('udp'));
    const row = serving.find(one => 'port' in one.local && isSix(one) === isSix(own)) ?? serving[0];
    if (!row || !('port' in row.local)) return loopback(own, this.#scene.serverPort);
    const {host, port: at} = row.local;
    // One that listens at [::] hears IPv4 as well.
    if (host === '0.0.0.0' || host === '::') return loopback(own, at);
    return {family: host.includes(':') ? 'AF_INET6' : 'AF_INET', host, port: at};
  }

  #file(): Address {
    return {family: 'AF_UNIX', path: readFileName('chat.sock', this.#at, this.#scene.folder)};
  }
}

export const isNotListening = (row: SocketRow): boolean => row.state !== 'LISTEN';
export const isAny = (): boolean => true;

/** Of the socket's own family. */
const loopback = (row: SocketRow | undefined, at: Port): Address =>
  isSix(row) ? {family: 'AF_INET6', host: '::1', port: at} : {family: 'AF_INET', host: '127.0.0.1', port: at};

const isSix = (row: SocketRow | undefined): boolean => row?.protocol.endsWith('6') === true;
