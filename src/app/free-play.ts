import {setTimeout as sleep} from 'node:timers/promises';
import {descriptorsOf} from '../lab/descriptors.ts';
import type {Folder} from '../lab/folder.ts';
import type {Lab} from '../lab/lab.ts';
import type {ActorName} from '../model/actor.ts';
import type {Fd, Pid, Port} from '../model/brands.ts';
import type {Call} from '../model/call.ts';
import type {Unmet} from '../model/event.ts';
import {createLog, type Log} from '../timeline/log.ts';
import {isSending} from '../timeline/project.ts';
import {type Ground, letGo} from './ground.ts';
import type {Taken} from './scene.ts';
import {Wire} from './wire.ts';

/** A call that has not returned after this long is left waiting; the other side may go on. Milliseconds. */
const usualPatienceMs = 300;
/** Most calls return by then, in milliseconds, and nobody needs to look whether they sleep. */
const returnsWithinMs = 3;
/** Pauses before the readings after a call or an end: an ACK may be 40 ms late, and with it the last change of a state. */
const settlingMs = [60, 200];
/** So many sockets are read again after every call; of more, so many that the readings take no longer than the calls. */
const socketsAtEase = 16;

/** What free play runs on. Whoever opens it gives all of it away: free play ends them. */
export interface FreePlayGround {
  readonly lab: Lab;
  readonly ground: Ground;
  readonly folder: Folder;
}

/** The name by which events of free play say where they belong. */
const lesson = 'lab';

/** Fresh processes on which any call may be made, in any order. Nothing is claimed of them but what the learner expects. */
export class FreePlay implements AsyncDisposable {
  readonly log: Log;
  readonly serverPort: Port;
  /** Where its socket files are. */
  readonly folder: string;
  /** Seconds since it began. */
  readonly now: () => number;
  /** Whether frames are captured, as far as that is known by now. */
  isCaptured = false;
  readonly #lab: Lab;
  readonly #ground: Ground;
  readonly #folder: Folder;
  readonly #wire: Wire | null;
  readonly #taken = new Map<ActorName, readonly Fd[]>();
  #calls = 0;
  #lastRead = '';
  /** Calls that were made since the kernel was last read, and how many sockets there were then. */
  #unread = 0;
  #sockets = 0;
  /** How many calls returned and processes ended. */
  #happened = 0;
  #isOver = false;

  private constructor({lab, ground, folder}: FreePlayGround) {
    const start = performance.now();
    this.now = () => (performance.now() - start) / 1000;
    this.log = createLog(this.now);
    this.serverPort = ground.port;
    this.folder = folder.path;
    this.#lab = lab;
    this.#ground = ground;
    this.#folder = folder;
    this.#wire = ground.network && new Wire(ground.network, this.log, {lesson, step: 'call-0'});
  }

  static async open(on: FreePlayGround): Promise<FreePlay> {
    const play = new FreePlay(on);
    try {
      play.isCaptured = (await on.ground.network?.captures()) === true;
      for (const {name, pid} of on.lab.actors) await play.#meet(name, pid);
      on.lab.onExit((actor, {code, signal}) => {
        play.log.append({kind: 'actor-exited', actor, code, signal});
        void play.#readOn();
      });
      void on.ground.network?.exited.then(exit => {
        if (!play.#isOver) play.log.append({kind: 'actor-exited', actor: 'network', ...exit});
      });
      return play;
    } catch (error) {
      await play[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Its processes are gone, or going. */
  get isOver(): boolean {
    return this.#isOver;
  }

  get taken(): Taken {
    return Object.fromEntries(this.#taken);
  }

  /**
   * Makes one call; resolves when it has returned or is left waiting.
   *
   * @param patience milliseconds for which a call that sleeps may yet return
   * @param haste whether the kernel need not be read after each of many calls: `isUnread` tells where it was not
   */
  async make(actor: ActorName, call: Call, patience = usualPatienceMs, haste: 'none' | 'many' = 'none'): Promise<void> {
    this.#calls += 1;
    const common = {...this.#ref, actor, call};
    const started = this.log.append({kind: 'call-started', ...common});
    this.#wire?.begin(started);
    let isMade = false;
    const made = this.#lab.perform(actor, call).then(async answer => {
      this.#wire?.end(started.seq, 'kind' in answer ? undefined : answer.during);
      isMade = true;
      if (this.#isOver) return;
      if ('kind' in answer) this.log.append({kind: 'call-lost', ...common});
      else {
        const {outcome, elapsedUs, sockaddr} = answer;
        this.log.append({kind: 'call-returned', ...common, outcome, elapsedUs, ...(sockaddr ? {sockaddr} : {})});
        // That what was sent is in no queue is news, too.
        if (isSending(call)) this.#lastRead = '';
      }
    });
    let isLeftWaiting = false;
    const isHasty = haste === 'many' && this.#sockets > socketsAtEase;
    const settled = made.then(() => {
      if (isLeftWaiting || !isHasty) void this.#readOn(isLeftWaiting);
    });
    const start = performance.now();
    const isLeft = async () => {
      const waitedMs = performance.now() - start;
      if (isMade || this.#isOver || waitedMs > usualPatienceMs) return true;
      return waitedMs >= patience && (await this.#lab.asleep(actor)) !== null;
    };
    await Promise.race([settled, pause(returnsWithinMs)]);
    while (!(await isLeft())) await Promise.race([settled, pause(returnsWithinMs)]);
    isLeftWaiting = !isMade;
    this.#unread += 1;
    if (isLeftWaiting || !isHasty || this.#unread * socketsAtEase >= this.#sockets) await this.look();
  }

  /** Whether calls were made since the kernel was last read. */
  get isUnread(): boolean {
    return this.#unread > 0;
  }

  /** Starts a process of this name, anew where it has ended. */
  async start(actor: ActorName): Promise<void> {
    await this.#meet(actor, await this.#lab.start(actor));
    await this.look();
  }

  /** Ends a process with SIGKILL, as the kernel ends one that goes too far. */
  async kill(actor: ActorName): Promise<void> {
    await this.#lab.kill(actor);
    await this.look();
  }

  /** Writes down whether something that was expected of the newest call is so. */
  judge(unmet: Unmet | null): void {
    this.log.append({kind: 'judged', ...this.#ref, holds: unmet === null, unmet: unmet ? [unmet] : [], fulfilled: []});
  }

  /** Reads the kernel; what is new becomes an event. */
  async look(): Promise<void> {
    if (this.#isOver) return;
    const unread = this.#unread;
    await this.#wire?.read();
    const reading = await this.#lab.observe();
    this.#unread -= unread;
    this.#sockets = reading.sockets.length;
    // The measured round-trip time changes by itself; a reading that differs in nothing else is no news.
    const news = JSON.stringify({...reading, sockets: reading.sockets.map(({tcpInfo: _, ...row}) => row)});
    if (this.#isOver || news === this.#lastRead) return;
    this.#lastRead = news;
    this.log.append({kind: 'kernel-read', ...reading});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    await this.#lab[Symbol.asyncDispose]();
    await this.#folder[Symbol.asyncDispose]();
    await letGo(this.#ground);
  }

  get #ref() {
    return {lesson, step: `call-${this.#calls}`};
  }

  /** What it has open before its first call, less the standard ones: those lead to /dev/null, and may be tried. */
  async #meet(actor: ActorName, pid: Pid): Promise<void> {
    const open = await descriptorsOf(pid);
    this.#taken.set(
      actor,
      open.filter(n => n > 2),
    );
    const host = this.#lab.hostOf(actor);
    this.log.append({kind: 'actor-started', actor, pid, ...(host === null ? {} : {host})});
  }

  /** Until something newer happens, whose readings show this as well. */
  async #readOn(isNews = true): Promise<void> {
    this.#happened += 1;
    const happened = this.#happened;
    if (isNews) await this.look();
    for (const ms of settlingMs) {
      if (happened !== this.#happened) return;
      await pause(ms);
      if (happened !== this.#happened) return;
      await this.look();
    }
  }
}

const pause = (ms: number): Promise<void> => sleep(ms, undefined, {ref: false});
