import type {ActorName} from '../model/actor.ts';
import type {SocketRow} from '../model/sockets.ts';
import type {WireEnd} from '../model/wire.ts';

/** Whose socket has which address and port, also after it is closed: frames still come and go then. */
export class KnownEnds {
  readonly #owners = new Map<string, ActorName>();

  /** Learns from what the kernel shows. */
  see(rows: readonly SocketRow[]): void {
    for (const {actor, local} of rows) {
      if ('port' in local && local.port !== 0) this.#owners.set(keyOf(local), actor);
    }
  }

  /** A socket of just this address comes before one that takes what comes for any. */
  actorAt = (end: WireEnd): ActorName | null =>
    this.#owners.get(keyOf(end)) ?? this.#owners.get(keyOf({...end, host: anyHost})) ?? null;
}

const anyHost = '0.0.0.0';

/** IPv6 has its own ways to write any address, and an address of IPv4 (RFC 4291 section 2.5.5.2). */
function keyOf({host, port}: WireEnd): string {
  const plain = host === '::' ? anyHost : host.replace(/^::ffff:(?=\d+\.)/, '');
  return `${plain} ${port}`;
}
