import {access, constants, readFile} from 'node:fs/promises';
import {platform} from 'node:process';
import type {ActorName, HostName} from '../model/actor.ts';
import type {Pid} from '../model/brands.ts';
import type {Call} from '../model/call.ts';
import type {Lost} from '../model/outcome.ts';
import type {FileRow, SocketRow, Waiting} from '../model/sockets.ts';
import {type ActorExit, type ActorProcess, type News, startActor, startNodeActor} from './actor/actor-process.ts';
import {isShown, waitingIn} from './actor/asleep.ts';
import {tracing} from './actor/strace.ts';
import {filesOf} from './file/folder.ts';
import {agreeing} from './kernel/agreeing-rows.ts';
import {Observer} from './kernel/observer.ts';
import type {Timed} from './libc/libc.ts';
import type {Network} from './network/network.ts';

export interface KernelReading {
  readonly sockets: readonly SocketRow[];
  readonly waiting: readonly Waiting[];
  /** Only where the lab has a folder. */
  readonly files?: readonly FileRow[];
}

/** Real processes that make real calls, and the kernel's own account of their sockets. */
export interface Lab extends AsyncDisposable {
  readonly actors: readonly {readonly name: ActorName; readonly pid: Pid}[];
  /** Which machine an actor lives on; null where there is only one. */
  hostOf(actor: ActorName): HostName | null;
  /** Makes one call. The answer is `lost` when the actor ends before the call returns. */
  perform(actor: ActorName, call: Call): Promise<Timed | Lost>;
  /** Where the kernel shows the actor's thread asleep in its unfinished call; null when it does not. */
  asleep(actor: ActorName): Promise<Waiting | null>;
  /** Whether the kernel would show it, if the actor's thread slept in its unfinished call. */
  isSleepShown(actor: ActorName): boolean;
  /** Reads the kernel's tables, and of each open descriptor what they do not show. A reading waits for those before it. */
  observe(): Promise<KernelReading>;
  /**
   * Starts one more actor, or one whose process has ended: then a fresh process takes its place. Throws where one of that name
   * is alive or being started, where the lab has ended, and as `openLab` does.
   */
  start(actor: ActorName): Promise<Pid>;
  /** Ends an actor's process by SIGKILL: resolves when it is gone, and its unfinished calls are lost. */
  kill(actor: ActorName): Promise<void>;
  /** Hears of every actor, whenever it is started. */
  onExit(listener: (actor: ActorName, exit: ActorExit) => void): void;
  /** What Node processes wrote and, where `isTraced`, the system calls that they made on sockets. */
  onNews(listener: (actor: ActorName, news: News) => void): void;
  /** Whether what Node actors do is seen by strace. */
  readonly isTraced: boolean;
  /** Resolves when the Node actors have nothing left to do, and all that they did was told. */
  settle(): Promise<void>;
}

export interface LabOptions {
  /** Those that are Node processes. They need the folder. */
  readonly nodeActors?: readonly ActorName[];
  /** Whether the folder is for socket files, and so part of what is observed. */
  readonly showsFiles?: boolean;
  /** Where the actors live, if not on this machine; whoever opened it closes it. */
  readonly network?: Network | null;
  /** Those that do not live on the network's usual host. */
  readonly hosts?: Readonly<Partial<Record<ActorName, HostName>>>;
}

/** A lab settles in two or three rounds; one that does something all the time never would. */
const mostRounds = 20;

/** /proc is not there, or not as Linux has it. */
export class NoKernelTables extends Error {}

/**
 * Starts the actors. Throws `NoSystemCalls`, `NoProcess`, `NoKernelTables` or `NoNetwork`, leaving nothing behind.
 *
 * @param folder where they make socket files and run programs; they remove it when the program dies before it can
 */
export async function openLab(
  names: readonly ActorName[],
  folder: string | null = null,
  {nodeActors = [], showsFiles = true, network = null, hosts = {}}: LabOptions = {},
): Promise<Lab> {
  await needKernelTables();
  // Hosts other than the first are there only once the network has made them.
  if (Object.keys(hosts).length > 0) await network?.ready;
  const start: Starter = name => {
    const enter = network?.enter(hosts[name] ?? 'here') ?? [];
    return folder !== null && nodeActors.includes(name)
      ? startNodeActor(name, folder, enter)
      : startActor(name, {folder, enter});
  };
  const isTraced = nodeActors.length > 0 && (await tracing()) !== null;
  const starting = await Promise.allSettled([...names.map(start), network?.ready]);
  const actors = starting.flatMap(result => (result.status === 'fulfilled' && result.value ? [result.value] : []));
  const failed = starting.find(result => result.status === 'rejected');
  if (failed) {
    await Promise.all(actors.map(actor => actor.end()));
    throw failed.reason;
  }
  return new RealLab(start, actors, showsFiles ? folder : null, isTraced, network, hosts);
}

type Starter = (name: ActorName) => Promise<ActorProcess>;
type ExitListener = (actor: ActorName, exit: ActorExit) => void;
type NewsListener = (actor: ActorName, news: News) => void;

async function needKernelTables(): Promise<void> {
  if (platform !== 'linux') throw new NoKernelTables(`/proc (${platform})`);
  await access('/proc/self/net/tcp', constants.R_OK).catch(() => {
    throw new NoKernelTables('/proc/self/net/tcp');
  });
}

class RealLab implements Lab {
  readonly #start: Starter;
  readonly #actors: Map<ActorName, ActorProcess>;
  readonly #starting = new Map<ActorName, Promise<unknown>>();
  /** An actor may have several: shutdown() beside the accept() that it wakes. */
  readonly #unfinished = new Set<{readonly actor: ActorName; readonly call: Call}>();
  readonly #observer = new Observer();
  #lastReading: Promise<unknown> = Promise.resolve();

  readonly #exitListeners: ExitListener[] = [];
  readonly #newsListeners: NewsListener[] = [];
  #isOver = false;
  readonly #folder: string | null;
  readonly isTraced: boolean;
  readonly #network: Network | null;
  readonly #hosts: NonNullable<LabOptions['hosts']>;

  constructor(
    start: Starter,
    actors: readonly ActorProcess[],
    folder: string | null,
    isTraced: boolean,
    network: Network | null,
    hosts: NonNullable<LabOptions['hosts']>,
  ) {
    this.#start = start;
    this.#folder = folder;
    this.isTraced = isTraced;
    this.#network = network;
    this.#hosts = hosts;
    this.#actors = new Map(actors.map(actor => [actor.name, actor]));
  }

  get actors() {
    return [...this.#actors.values()];
  }

  hostOf(actor: ActorName): HostName | null {
    return this.#network?.kind === 'home' ? (this.#hosts[actor] ?? 'home') : null;
  }

  async perform(name: ActorName, call: Call): Promise<Timed | Lost> {
    if (call.name === 'nft') {
      if (!this.#network) throw new Error('no network');
      return this.#network.filter(call);
    }
    const unfinished = {actor: name, call};
    this.#unfinished.add(unfinished);
    try {
      const actor = this.#actor(name);
      const answer = await actor.perform(call);
      // Its answer may come when another process has taken its place.
      if (!('kind' in answer) && actor === this.#actors.get(name)) this.#observer.notice(name, call, answer.outcome);
      return answer;
    } finally {
      this.#unfinished.delete(unfinished);
    }
  }

  async asleep(name: ActorName): Promise<Waiting | null> {
    return (await this.#waiting()).find(waiting => waiting.actor === name && waiting.threadState === 'S') ?? null;
  }

  isSleepShown(name: ActorName): boolean {
    const {pid} = this.#actor(name);
    return [...this.#unfinished].some(({actor, call}) => actor === name && isShown(pid, call));
  }

  // A reading takes several steps: of two that overlap, the older could be told last.
  observe(): Promise<KernelReading> {
    const read = () => this.#read();
    const reading = this.#lastReading.then(read, read);
    this.#lastReading = reading;
    return reading;
  }

  async #read(): Promise<KernelReading> {
    const alive = this.actors.filter(actor => actor.isAlive());
    const waiting = await this.#waiting();
    const files = this.#folder === null ? {} : {files: await filesOf(this.#folder)};
    return {sockets: await agreeing(() => this.#observer.read(alive)), waiting, ...files};
  }

  async start(name: ActorName): Promise<Pid> {
    if (this.#isOver) throw new Error('the lab has ended');
    if (this.#starting.has(name) || this.#actors.get(name)?.isAlive()) throw new Error(`${name} is alive`);
    const starting = this.#start(name).then(actor => this.#take(actor));
    this.#starting.set(name, starting);
    try {
      return await starting;
    } finally {
      this.#starting.delete(name);
    }
  }

  /** Makes a process that has just started one of the lab's, if the lab has not ended meanwhile. */
  async #take(actor: ActorProcess): Promise<Pid> {
    if (this.#isOver) {
      await actor.end();
      throw new Error('the lab has ended');
    }
    this.#observer.forget(actor.name);
    this.#actors.set(actor.name, actor);
    for (const listener of this.#exitListeners) tellExit(actor, listener);
    for (const listener of this.#newsListeners) tellNews(actor, listener);
    return actor.pid;
  }

  async kill(name: ActorName): Promise<void> {
    await this.#starting.get(name)?.catch(() => {});
    await this.#actor(name).kill();
  }

  onExit(listener: ExitListener): void {
    this.#exitListeners.push(listener);
    for (const actor of this.actors) tellExit(actor, listener);
  }

  onNews(listener: NewsListener): void {
    this.#newsListeners.push(listener);
    for (const actor of this.actors) tellNews(actor, listener);
  }

  // What one of them does may give another something to do: only a round without news is the end.
  async settle(): Promise<void> {
    const nodes = this.actors.filter(actor => actor.nodes().includes(actor.pid));
    const news: {name: ActorName; when: number; one: News}[] = [];
    for (let round = 0, quiet = 0; nodes.length > 0 && round < mostRounds && quiet < 2; round++) {
      const rounds = await Promise.all(
        nodes.map(async actor => (await actor.mark()).map(({when, ...one}) => ({name: actor.name, when, one}))),
      );
      news.push(...rounds.flat());
      quiet = rounds.flat().length === 0 ? quiet + 1 : 0;
    }
    for (const {name, one} of news.sort((a, b) => a.when - b.when))
      for (const tell of this.#newsListeners) tell(name, one);
  }

  // Clients first: the side that closes first keeps the port in TIME_WAIT, and the server's port is wanted again.
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    const late = Promise.allSettled(this.#starting.values());
    await Promise.all(this.actors.filter(({name}) => name !== 'server').map(actor => actor.end()));
    await this.#actors.get('server')?.end();
    await late;
  }

  async #waiting(): Promise<Waiting[]> {
    const unfinished = [...this.#unfinished];
    const seen = await Promise.all(unfinished.map(({actor, call}) => waitingIn(actor, this.#actor(actor).pid, call)));
    return seen.filter(waiting => waiting !== null);
  }

  #actor(name: ActorName): ActorProcess {
    const actor = this.#actors.get(name);
    if (!actor) throw new Error(`no actor named ${name}`);
    return actor;
  }
}

const tellExit = (actor: ActorProcess, listener: ExitListener): void =>
  void actor.exited.then(exit => listener(actor.name, exit));

const tellNews = (actor: ActorProcess, listener: NewsListener): void =>
  actor.onNews(news => listener(actor.name, news));

/** The kernel's release, as in uname -r. */
export const kernelRelease = async (): Promise<string> =>
  (await readFile('/proc/sys/kernel/osrelease', 'utf8').catch(() => '')).trim();
