import type {ActorName} from '../model/actor.ts';
import {type Endpoint, flowKey} from '../model/address.ts';
import {type Act, actsOf, type Lesson, routerSockets, type SocketClaim, type SocketName} from '../model/lesson.ts';
import type {FileRow, SocketRow} from '../model/sockets.ts';
import type {CallLine, View} from '../timeline/view.ts';

interface Bound {
  readonly actor: ActorName;
  readonly fd: number;
  readonly isOpen: boolean;
}

/** The rows that a lesson's names stand for, as far as a view tells: it keeps the newest calls only, and no row that is gone. */
export class NamedRows {
  readonly #view: View;
  readonly #lesson: Pick<Lesson, 'steps'>;
  readonly #rows: readonly SocketRow[];

  constructor(view: View, lesson: Pick<Lesson, 'steps'>) {
    this.#view = view;
    this.#lesson = lesson;
    this.#rows = view.lanes.flatMap(({sockets}) => sockets);
  }

  /** The rows in which it is seen that a claim holds. That a socket is gone is seen in none. */
  shownBy = (claim: SocketClaim): readonly (SocketRow | FileRow)[] => {
    switch (claim.kind) {
      case 'listed':
      case 'unlisted':
      case 'local-port':
        return [this.#rowOf(claim.socket) ?? []].flat();
      case 'accept-queue':
        return this.#queueOf(claim);
      case 'rows':
        return this.#rows.filter(
          ({actor, fd, state}) => actor === claim.actor && fd !== null && state === (claim.state ?? state),
        );
      case 'file':
        return this.#view.files.filter(({name}) => name === claim.name);
      case 'gone':
        return [];
    }
  };

  /** The listener, and where the claim is about what waits there, that too. */
  #queueOf({listener, state, bytes}: Extract<SocketClaim, {kind: 'accept-queue'}>): readonly SocketRow[] {
    const row = this.#rowOf(listener);
    if (!row) return [];
    const waiting = this.#rows.filter(
      ({actor, heldBy, local}) =>
        heldBy === 'accept-queue' && actor === row.actor && portOf(local) === portOf(row.local),
    );
    return state === undefined && bytes === undefined ? [row] : [row, ...waiting];
  }

  /** By its descriptor; where the connection has left that, or it is closed, the row that only the kernel still has. */
  #rowOf(name: SocketName): SocketRow | null {
    const bound = this.#boundTo(name) ?? null;
    if (!bound) return this.#routersOwn(name);
    const {actor, fd, isOpen} = bound;
    const held = isOpen ? this.#rows.find(row => row.actor === actor && row.fd === fd) : undefined;
    if (held?.listed) return held;
    const ends = this.#view.tcp.sockets.flatMap(seen => (seen.actor === actor && seen.fd === fd ? [seen.ends] : []));
    const left = this.#rows.filter(
      ({actor: owner, fd: own, local, remote}) =>
        owner === actor && own === null && remote && ends.includes(flowKey(local, remote)),
    );
    // A descriptor's number is used again: of several that had it, which one is meant is not known.
    return left.length === 1 ? (left[0] ?? null) : (held ?? null);
  }

  /** The socket that the newest call to make one of this name made. */
  #boundTo(name: SocketName): Bound | null {
    const making = this.#lesson.steps.flatMap(step => {
      const acts = actsOf(step);
      const act = acts.findLast(({creates}) => creates === name);
      const made = act && this.#lineOf(step.id, acts, act);
      return made ? [{act, made}] : [];
    });
    const newest = making.reduce<(typeof making)[number] | null>(
      (last, one) => (last && last.made.seq > one.made.seq ? last : one),
      null,
    );
    if (newest?.made.result.kind !== 'returned') return null;
    const {actor, seq, result} = newest.made;
    const closed = this.#view.calls.some(
      line =>
        line.seq > seq &&
        line.actor === actor &&
        line.call.name === 'close' &&
        line.call.fd === result.value &&
        line.result.kind === 'returned',
    );
    return {actor, fd: result.value, isOpen: !closed};
  }

  /** The call that an act became: among the newest of its step by this actor and of this name, as many as there are acts. */
  #lineOf(step: string, acts: readonly Act[], act: Act): CallLine | null {
    const alike = acts.filter(one => one.actor === act.actor && one.call.name === act.call.name);
    const lines = this.#view.calls.filter(
      line => line.step === step && line.actor === act.actor && line.call.name === act.call.name,
    );
    return lines.slice(-alike.length)[alike.indexOf(act)] ?? null;
  }

  /** The practice router makes its sockets itself. */
  #routersOwn(name: SocketName): SocketRow | null {
    const own = this.#rows.filter(({actor, fd}) => actor === 'router' && fd !== null);
    if (name === routerSockets.web) return own.find(({state}) => state === 'LISTEN') ?? null;
    return name === routerSockets.search ? (own.find(({protocol}) => protocol === 'udp') ?? null) : null;
  }
}

const portOf = (end: Endpoint): number | null => ('port' in end ? end.port : null);
