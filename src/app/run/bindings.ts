import {join} from 'node:path';
import type {BoundSocket} from '../../claims/found.ts';
import type {ActorName} from '../../model/actor.ts';
import type {Address} from '../../model/address.ts';
import {type Fd, fd, type Pid, type Port, pid, port} from '../../model/brands.ts';
import {type Call, type CallArguments, messageFlags, type Translation, translated} from '../../model/call.ts';
import type {FilterRule} from '../../model/filter.ts';
import {
  type Act,
  type FileName,
  type LessonArguments,
  type LessonCall,
  type Payload,
  type PortName,
  portPlace,
  routerSockets,
  type SocketName,
  type Where,
} from '../../model/lesson.ts';
import type {Outcome} from '../../model/outcome.ts';
import {bytesOfText, fromBase64, toBase64} from '../../model/payload.ts';
import type {SocketRow} from '../../model/sockets.ts';

/** Nobody's user id, as Linux has it where an id cannot be shown (man 7 user_namespaces). */
const nobody = 65534;

/** Larger than any pid can be (man 5 proc, pid_max): kill() would take 0 for the whole group, and -1 for every process. */
const nobodysPid = pid(0x7fffffff);

/** What a lesson's names stand for in this run: descriptors, addresses, processes, files, bytes. */
export class Bindings {
  readonly #sockets = new Map<SocketName, BoundSocket>();
  readonly #programs = new Map<ActorName, Pid>();
  readonly #received = new Map<string, Uint8Array>();
  readonly #pids: ReadonlyMap<ActorName, Pid>;
  readonly #folder: string;
  #message: string;
  #serverPort: Port;
  /** What the names of a call stand for. */
  readonly #numbers: Translation<LessonArguments, CallArguments> = {
    fd: name => this.#fd(name),
    address: where => this.#address(where),
    data: payload => toBase64(this.bytes(payload)),
    path: name => this.#path(name),
    pid: who => this.#pid(who),
    uid: () => process.geteuid?.() || nobody,
    rule: rule => rule && this.#rule(rule),
  };

  /**
   * Port 0 lets the kernel choose; after bind() the one that it chose is known.
   *
   * @param folder where the walk's files are; empty when it has none
   */
  constructor(serverPort: Port, message: string, pids: ReadonlyMap<ActorName, Pid> = new Map(), folder = '') {
    this.#serverPort = serverPort;
    this.#message = message;
    this.#pids = pids;
    this.#folder = folder;
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

  pidOf = (actor: ActorName): Pid | null => this.#pids.get(actor) ?? null;

  bytes = (payload: Payload): Uint8Array => {
    switch (payload.kind) {
      case 'text':
        return bytesOfText(this.#withPorts(payload.text));
      case 'hex':
        return new Uint8Array(Buffer.from(payload.hex.replaceAll(' ', ''), 'hex'));
      case 'fill':
        return new Uint8Array(payload.count).fill(payload.byte);
      case 'part':
        return this.bytes(payload.of).subarray(payload.from, payload.to);
      case 'join':
        return new Uint8Array(Buffer.concat(payload.parts.map(this.bytes)));
      case 'message':
        return bytesOfText(this.#message);
      case 'received':
        return this.#received.get(payload.step) ?? new Uint8Array();
    }
  };

  /** The call with the kernel's own numbers in place of the lesson's names. */
  resolve(call: LessonCall): Call {
    const resolved = translated<LessonArguments, CallArguments>(call, this.#numbers);
    return resolved.name === 'evaluate' ? {...resolved, code: this.#withPort(resolved.code)} : resolved;
  }

  /** The program that an actor runs now. */
  learnProgram(actor: ActorName, program: Pid): void {
    this.#programs.set(actor, program);
  }

  /** A step begins: what it receives replaces what it received before, where it is made once more. */
  begin(step: string): void {
    this.#received.delete(step);
  }

  /** Learns from what a step's call returned: the descriptor it made, the bytes it received, the socket it closed. */
  learn(step: string, act: Act, outcome: Outcome): void {
    if (act.call.name === 'run') this.#programs.delete(act.actor);
    if (outcome.kind !== 'returned') return;
    if (act.creates) this.#bind(act.creates, act.actor, fd(outcome.value));
    if (act.call.name === 'close') this.#update(act.call.fd, {isOpen: false});
    if (act.call.name !== 'recv' && act.call.name !== 'recvfrom') return;
    // What was only looked at will be received again.
    if ((act.call.flags & messageFlags.MSG_PEEK) !== 0) return;
    const before = this.#received.get(step) ?? new Uint8Array();
    this.#received.set(step, new Uint8Array(Buffer.concat([before, fromBase64(outcome.data ?? '')])));
  }

  /** Learns each socket's two ends from the kernel, and the port that it chose for a bind to port 0. */
  learnRows(rows: readonly SocketRow[]): void {
    for (const [name, bound] of this.#sockets) {
      const row = rows.find(other => bound.isOpen && other.actor === bound.actor && other.fd === bound.fd);
      if (!row) continue;
      // An open socket whose connection is over has no row, and the kernel no longer tells its remote end.
      this.#update(name, {local: row.local, remote: row.remote ?? bound.remote});
      if (this.#serverPort === 0 && bound.actor === 'server' && 'port' in row.local) this.#serverPort = row.local.port;
    }
    // A Node server's socket has no name here.
    const listening = rows.find(row => row.actor === 'server' && row.state === 'LISTEN');
    if (this.#serverPort === 0 && listening && 'port' in listening.local) this.#serverPort = listening.local.port;
  }

  /** Learns the sockets of the practice router, which it made itself: it is the server of its lessons. */
  learnRouter(rows: readonly SocketRow[]): void {
    for (const {actor, fd, protocol, state, local, remote} of rows) {
      if (actor !== 'router' || fd === null || !('port' in local)) continue;
      const isWeb = state === 'LISTEN';
      if (!isWeb && protocol !== 'udp') continue;
      this.#sockets.set(isWeb ? routerSockets.web : routerSockets.search, {actor, fd, isOpen: true, local, remote});
      if (isWeb) this.#serverPort = local.port;
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

  #pid(who: ActorName | {readonly program: ActorName}): Pid {
    const known = typeof who === 'string' ? this.pidOf(who) : this.#programs.get(who.program);
    return known ?? nobodysPid;
  }

  #address(where: Where): Address {
    if (where === 'server') return {family: 'AF_INET', host: '127.0.0.1', port: this.#serverPort};
    if ('path' in where) return {family: 'AF_UNIX', path: this.#path(where.path)};
    if ('host' in where) {
      return {
        family: where.host.includes(':') ? 'AF_INET6' : 'AF_INET',
        host: where.host,
        port: this.#port(where.port),
      };
    }
    const local = this.#sockets.get(where.of)?.local;
    if (!local) return {family: 'AF_INET', host: '127.0.0.1', port: port(0)};
    if ('path' in local) return {family: 'AF_UNIX', path: local.path};
    return {family: local.host.includes(':') ? 'AF_INET6' : 'AF_INET', ...local};
  }

  #rule(rule: LessonArguments['rule']): FilterRule {
    switch (rule.kind) {
      case 'masquerade':
        return rule;
      case 'drop':
        return {...rule, port: this.#port(rule.port)};
      case 'port-forward':
        return {...rule, port: this.#port(rule.port), to: {...rule.to, port: this.#port(rule.to.port)}};
    }
  }

  #port(name: PortName): Port {
    if (name === 'server') return this.#serverPort;
    if (typeof name === 'number') return port(name);
    const local = this.#sockets.get(name.of)?.local;
    return local && 'port' in local ? local.port : port(0);
  }

  #withPort = (code: string): string => code.replaceAll(portPlace, String(this.#serverPort));

  #withPorts = (text: string): string =>
    text.replaceAll(/\{port(?: of ([\w-]+))?\}/g, (_, of?: SocketName) =>
      String(this.#port(of === undefined ? 'server' : {of})),
    );

  #path(name: FileName): string {
    return join(this.#folder, name);
  }
}
