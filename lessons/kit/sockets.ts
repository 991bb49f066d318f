import type {ActorName} from '../../src/model/actor.ts';
import {
  type Domain,
  type Linger,
  type OptionName,
  optionLevelOf,
  type PollEvent,
  type ShutdownHow,
  type SocketType,
  type Timeout,
} from '../../src/model/call.ts';
import type {Act, Count, LessonCall, PortClaim, SocketClaim, SocketName, Where} from '../../src/model/lesson.ts';
import type {SocketState} from '../../src/model/sockets.ts';
import {type Bytes, bytesOf} from './bytes.ts';

type Listed = Extract<SocketClaim, {kind: 'listed'}>;
type QueueClaim = Extract<SocketClaim, {kind: 'accept-queue'}>;
type Queues = 'recvQueue' | 'sendQueue';
/** What else the kernel shows of a socket. A string is bytes, which the queue holds. */
type More = Omit<Listed, 'kind' | 'socket' | 'state' | Queues> & {readonly [Q in Queues]?: Count | string};
type Target = Where | Socket;

const count = (of: Count | string): Count => (typeof of === 'string' ? bytesOf(of) : of);
const whereOf = (to: Target): Where => (to instanceof Socket ? to.place : to);

/** A socket of a lesson: the calls that its actor makes on it, and what the kernel shows of it, all as plain data. */
export class Socket {
  constructor(
    readonly actor: ActorName,
    readonly name: SocketName,
  ) {}

  /** Where it is bound, or the port that it has or last had. */
  get place(): {readonly of: SocketName} {
    return {of: this.name};
  }

  #act(call: LessonCall, creates?: SocketName): Act {
    return {actor: this.actor, call, ...(creates === undefined ? {} : {creates})};
  }

  opens(type: SocketType = 'SOCK_STREAM', domain: Domain = 'AF_INET'): Act {
    return this.#act({name: 'socket', domain, type, protocol: 0}, this.name);
  }
  /** Without an address: to the server's. */
  binds(to: Target = 'server'): Act {
    return this.#act({name: 'bind', fd: this.name, address: whereOf(to)});
  }
  listens(backlog = 5): Act {
    return this.#act({name: 'listen', fd: this.name, backlog});
  }
  /** Without an address: to the server's. */
  connects(to: Target = 'server'): Act {
    return this.#act({name: 'connect', fd: this.name, address: whereOf(to)});
  }
  /** Without a connection: where there is none to come. */
  accepts(connection?: Socket): Act {
    return this.#act({name: 'accept', fd: this.name}, connection?.name);
  }
  sends(data: Bytes, flags = 0): Act {
    return this.#act({name: 'send', fd: this.name, data: bytesOf(data), flags});
  }
  sendsTo(to: Target, data: Bytes, flags = 0): Act {
    return this.#act({name: 'sendto', fd: this.name, data: bytesOf(data), flags, address: whereOf(to)});
  }
  receives(length = 4096, flags = 0): Act {
    return this.#act({name: 'recv', fd: this.name, length, flags});
  }
  receivesFrom(length = 4096, flags = 0): Act {
    return this.#act({name: 'recvfrom', fd: this.name, length, flags});
  }
  shutsDown(how: ShutdownHow): Act {
    return this.#act({name: 'shutdown', fd: this.name, how});
  }
  closes(): Act {
    return this.#act({name: 'close', fd: this.name});
  }
  sets(option: OptionName, value: number | Linger | Timeout): Act {
    return this.#act({name: 'setsockopt', fd: this.name, level: optionLevelOf[option], option, value});
  }
  reads(option: OptionName): Act {
    return this.#act({name: 'getsockopt', fd: this.name, level: optionLevelOf[option], option});
  }
  /** Its calls return at once (`O_NONBLOCK`), or wait again (0). */
  setsFlags(value: 0 | 'O_NONBLOCK'): Act {
    return this.#act({name: 'fcntl', fd: this.name, command: 'F_SETFL', value});
  }
  /** Sleeps until this can be done, or so many milliseconds; -1: for ever. */
  polls(event: PollEvent, timeout: number): Act {
    return this.#act({name: 'poll', fds: [{fd: this.name, events: [event]}], timeout});
  }
  readsOwnAddress(): Act {
    return this.#act({name: 'getsockname', fd: this.name});
  }
  readsPeerAddress(): Act {
    return this.#act({name: 'getpeername', fd: this.name});
  }

  is(state: SocketState, {recvQueue, sendQueue, ...more}: More = {}): SocketClaim {
    const queues = {
      ...(recvQueue === undefined ? {} : {recvQueue: count(recvQueue)}),
      ...(sendQueue === undefined ? {} : {sendQueue: count(sendQueue)}),
    };
    return {kind: 'listed', socket: this.name, state, ...more, ...queues};
  }
  /** It is in no table of the kernel's; `state` is what its process is told. */
  isUnlisted(state: SocketState): SocketClaim {
    return {kind: 'unlisted', socket: this.name, state};
  }
  get isGone(): SocketClaim {
    return {kind: 'gone', socket: this.name};
  }
  /** So many connections that nobody has accepted. */
  queue(connections: number, more: Pick<QueueClaim, 'state' | 'bytes'> = {}): SocketClaim {
    return {kind: 'accept-queue', listener: this.name, connections, ...more};
  }
  hasPort(is: PortClaim): SocketClaim {
    return {kind: 'local-port', socket: this.name, is};
  }
}

type Camel<S extends string> = S extends `${infer A}-${infer B}` ? `${A}${Capitalize<Camel<B>>}` : S;
const camel = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** Sockets of a lesson, by the actor that makes them: `second-connection` is `secondConnection` here. */
export const sockets = <const N extends SocketName>(
  names: Readonly<Partial<Record<ActorName, readonly N[]>>>,
): Readonly<Record<Camel<N>, Socket>> => {
  const made = Object.entries(names as Record<string, readonly N[]>).flatMap(([actor, of]) =>
    of.map(name => [camel(name), new Socket(actor as ActorName, name)]),
  );
  return Object.fromEntries(made) as Record<Camel<N>, Socket>;
};
