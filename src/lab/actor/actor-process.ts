import {type ChildProcess, spawn} from 'node:child_process';
import {join} from 'node:path';
import type {ActorName} from '../../model/actor.ts';
import {type Pid, pid} from '../../model/brands.ts';
import type {Base64, Call} from '../../model/call.ts';
import type {OutputStream} from '../../model/event.ts';
import type {Lost} from '../../model/outcome.ts';
import {toBase64} from '../../model/payload.ts';
import type {TracedCall} from '../../model/traced.ts';
import {AskedChild, type ChildExit, exitOf} from '../child/asked-child.ts';
import {builtFile} from '../child/built-file.ts';
import {childEnvironment, plainEnvironment} from '../child/child-environment.ts';
import {firstMessage} from '../child/first-message.ts';
import {eachLine} from '../child/output-lines.ts';
import type {Timed} from '../libc/libc.ts';
import type {Look, Reply, Request} from './actor-protocol.ts';
import {isStopped} from './asleep.ts';
import {Trace, tracing} from './strace.ts';

export type ActorExit = ChildExit;

/** What an actor tells without being asked. */
export type News =
  | {readonly kind: 'program-started'; readonly pid: Pid}
  | {readonly kind: 'said'; readonly stream: OutputStream; readonly data: Base64}
  | ({readonly kind: 'traced'} & TracedCall);

/** News, and when it was so: milliseconds since 1970. */
export type Dated = News & {readonly when: number};

/** A process that makes calls. Whatever waits on it is answered when it ends, however it ends. */
export interface ActorProcess {
  readonly name: ActorName;
  readonly pid: Pid;
  readonly exited: Promise<ActorExit>;
  isAlive(): boolean;
  perform(call: Call): Promise<Timed | Lost>;
  look(names: readonly number[], tcpInfo: readonly number[]): Promise<Look>;
  /** The Node processes whose calls are their own: the actor, where it is one, or the programs that it runs. */
  nodes(): readonly Pid[];
  /** Lets a Node process do what it can do now. Resolves with what it wrote and what strace saw of it since the last time. */
  mark(): Promise<readonly Dated[]>;
  /** Of programs. What an actor that is Node does is told by `mark`. */
  onNews(listener: (news: News) => void): void;
  /** Lets the process leave; resolves when it is gone. */
  end(): Promise<ActorExit>;
  /** Ends it by SIGKILL; resolves when it is gone. */
  kill(): Promise<ActorExit>;
}

/** System calls cannot be made here: koffi is missing or cannot load libc. */
export class NoSystemCalls extends Error {}

/** An actor that has not left by then, in milliseconds, is killed. */
const leaveWithinMs = 3000;

const actorFile = builtFile('actor.js');
const routerFile = builtFile('practice-router.js');
const nodeActorFile = builtFile('node-actor.js');

/** Where an actor lives. */
export interface LivesIn {
  /** A folder that the actor removes when the program dies, and in which it makes files and runs programs. */
  readonly folder: string | null;
  /** What stands before a command to have it run on a host of a private network; nothing for this machine. */
  readonly enter: readonly string[];
}

export const thisMachine: LivesIn = {folder: null, enter: []};

/**
 * Starts an actor and waits until it can make calls. Throws `NoSystemCalls` or `NoProcess`.
 *
 * @param silentMs milliseconds after which one that says nothing is given up
 */
export async function startActor(
  name: ActorName,
  {folder, enter}: LivesIn = thisMachine,
  silentMs?: number,
): Promise<ActorProcess> {
  const program = [...enter, process.execPath, name === 'router' ? routerFile : actorFile];
  const [command = '', ...args] = [...program, name, ...(folder === null ? [] : [folder])];
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: childEnvironment(),
  });
  const exited = exitOf(child);
  return new ConnectedActor({name, pid: await untilReady(child, exited, program, silentMs), child, exited});
}

/**
 * Starts an actor that is a Node process, under strace where that works: then the child of this process is strace, which ends
 * when the actor does, and as it does. strace writes into the folder. Throws `NoSystemCalls` or `NoProcess`.
 */
export async function startNodeActor(name: ActorName, folder: string, enter: readonly string[]): Promise<ActorProcess> {
  const traced = await tracing();
  const file = join(folder, `${name}.trace`);
  const program = [...enter, ...(traced?.(file) ?? []), process.execPath, nodeActorFile];
  const [command = '', ...args] = [...program, name, folder];
  const child = spawn(command, args, {stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: plainEnvironment()});
  const exited = exitOf(child);
  const actor = await untilReady(child, exited, program);
  return new ConnectedActor({name, pid: actor, child, exited, node: {trace: traced && new Trace(file, actor)}});
}

/** The actor's pid. */
async function untilReady(
  child: ChildProcess,
  exited: Promise<ActorExit>,
  program: readonly string[],
  silentMs?: number,
): Promise<Pid> {
  const reply = await firstMessage<Reply>(child, () => program, silentMs);
  if (reply.kind === 'ready') return pid(reply.pid);
  child.kill('SIGKILL');
  await exited;
  throw new NoSystemCalls(reply.kind === 'unable' ? reply.why : reply.kind);
}

/** Descriptors that no process has, one for each mark. */
const firstMark = 1_000_000_000;

interface Connected {
  readonly name: ActorName;
  readonly pid: Pid;
  readonly child: ChildProcess;
  readonly exited: Promise<ActorExit>;
  /** Of an actor that is a Node process; null for another. */
  readonly node?: {readonly trace: Trace | null};
}

class ConnectedActor implements ActorProcess {
  readonly name: ActorName;
  readonly pid: Pid;
  readonly exited: Promise<ActorExit>;
  readonly #child: ChildProcess;
  readonly #node: Connected['node'];
  readonly #asked: AskedChild<Request, Reply>;
  readonly #listeners: ((news: News) => void)[] = [];
  /** By the id of the `run` call. */
  readonly #programs = new Map<number, Pid>();
  #written: Dated[] = [];

  constructor({name, pid, child, exited, node}: Connected) {
    this.name = name;
    this.pid = pid;
    this.exited = exited;
    this.#child = child;
    this.#node = node;
    this.#asked = new AskedChild(child, exited, reply => this.#hear(reply));
    const said = (stream: OutputStream, line: Buffer) =>
      this.#written.push({
        kind: 'said',
        stream,
        data: toBase64(line),
        when: performance.timeOrigin + performance.now(),
      });
    if (child.stdout) eachLine('stdout', child.stdout, said);
    if (child.stderr) eachLine('stderr', child.stderr, said);
    void exited.then(() => {
      // strace may have been killed and not the actor, and the actor may have been killed and not its programs.
      if (child.connected) child.disconnect();
      for (const program of this.#programs.values()) killIfThere(program);
    });
  }

  isAlive(): boolean {
    return this.#asked.isAlive;
  }

  async perform(call: Call): Promise<Timed | Lost> {
    const reply = await this.#asked.ask(id => ({id, kind: 'call', call}));
    if (reply?.kind === 'called') {
      const {id: _, kind: __, ...timed} = reply;
      return timed;
    }
    if (reply?.kind === 'refused') throw new Error(`${call.name}: ${reply.why}`);
    return {kind: 'lost'};
  }

  async look(names: readonly number[], tcpInfo: readonly number[]): Promise<Look> {
    // It would answer when it goes on; nobody knows when that is.
    if (isStopped(this.pid)) return {names: {}, tcpInfo: {}};
    const reply = await this.#asked.ask(id => ({id, kind: 'look', name: names, tcpInfo}));
    return reply?.kind === 'looked' ? reply.look : {names: {}, tcpInfo: {}};
  }

  nodes(): readonly Pid[] {
    return [...(this.#node ? [this.pid] : []), ...this.#programs.values()];
  }

  async mark(): Promise<readonly Dated[]> {
    if (!this.#node) return [];
    let mark = firstMark;
    const reply = await this.#asked.ask(id => {
      mark += id;
      return {id, kind: 'mark', mark};
    });
    const calls = reply?.kind === 'marked' ? ((await this.#node.trace?.upTo(mark)) ?? []) : [];
    const seen = calls.map(({name, args, result, errno, at = 0}) => {
      const call = {name, args, result, errno};
      return {kind: 'traced', ...call, when: at * 1000} as const;
    });
    const news = [...seen, ...this.#written];
    this.#written = [];
    return news;
  }

  onNews(listener: (news: News) => void): void {
    this.#listeners.push(listener);
  }

  end(): Promise<ActorExit> {
    return this.#asked.leave(leaveWithinMs, () => {
      killIfThere(this.pid);
      this.#child.kill('SIGKILL');
    });
  }

  kill(): Promise<ActorExit> {
    // strace ends when the actor does, and as it does.
    if (this.isAlive()) killIfThere(this.pid);
    return this.exited;
  }

  #hear(reply: Reply): boolean {
    if (!('id' in reply)) return true;
    if (reply.kind === 'started') {
      this.#programs.set(reply.id, pid(reply.pid));
      this.#tell({kind: 'program-started', pid: pid(reply.pid)});
    } else if (reply.kind === 'said') this.#tell({kind: 'said', stream: reply.stream, data: reply.data});
    else this.#programs.delete(reply.id);
    return reply.kind === 'started' || reply.kind === 'said';
  }

  #tell(news: News): void {
    for (const listener of this.#listeners) listener(news);
  }
}

function killIfThere(one: Pid): void {
  try {
    process.kill(one, 'SIGKILL');
  } catch {}
}
