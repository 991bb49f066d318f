import type {Folder} from '../../lab/file/folder.ts';
import {descriptorsOf} from '../../lab/kernel/descriptors.ts';
import type {Lab} from '../../lab/lab.ts';
import type {ActorName} from '../../model/actor.ts';
import type {Fd, Pid, Port} from '../../model/brands.ts';
import type {Call} from '../../model/call.ts';
import type {Unmet} from '../../model/event.ts';
import type {Log} from '../../timeline/log.ts';
import type {Taken} from '../line/scene.ts';
import {LiveRun} from './live-run.ts';
import type {ChosenNetwork} from './network-choice.ts';

/** A call that has not returned after this long is left waiting; the other side may go on. Milliseconds. */
const usualPatienceMs = 300;
/** So many sockets are read again after every call; of more, so many that the readings take no longer than the calls. */
const socketsAtEase = 16;

/** What free play runs on. Whoever opens it gives all of it away: free play ends them. */
export interface FreePlayOn {
  readonly lab: Lab;
  readonly where: ChosenNetwork;
  readonly folder: Folder;
}

/** The name by which events of free play say where they belong. */
const lesson = 'lab';

/** Fresh processes on which any call may be made, in any order. Nothing is claimed of them but what the learner expects. */
export class FreePlay implements AsyncDisposable {
  readonly serverPort: Port;
  /** Where its socket files are. */
  readonly folder: string;
  /** Whether frames are captured, as far as that is known by now. */
  isCaptured = false;
  readonly #run: LiveRun;
  readonly #lab: Lab;
  readonly #taken = new Map<ActorName, readonly Fd[]>();
  #calls = 0;

  private constructor({lab, where, folder}: FreePlayOn) {
    this.serverPort = where.port;
    this.folder = folder.path;
    this.#lab = lab;
    this.#run = new LiveRun({lab, where, folder, captured: where.network, first: {lesson, step: 'call-0'}});
  }

  static async open(on: FreePlayOn): Promise<FreePlay> {
    const play = new FreePlay(on);
    try {
      play.isCaptured = (await on.where.network?.captures()) === true;
      for (const {name, pid} of on.lab.actors) await play.#meet(name, pid);
      play.#run.hearEnds();
      return play;
    } catch (error) {
      await play[Symbol.asyncDispose]();
      throw error;
    }
  }

  get log(): Log {
    return this.#run.log;
  }

  /** Seconds since it began. */
  get now(): () => number {
    return this.#run.now;
  }

  /** Its processes are gone, or going. */
  get isOver(): boolean {
    return this.#run.isOver;
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
    const run = this.#run;
    this.#calls += 1;
    const isHasty = haste === 'many' && run.sockets > socketsAtEase;
    const made = run.start(this.#ref, actor, call);
    let isLeftWaiting = false;
    void made.settled.then(() => {
      if (isLeftWaiting || !isHasty) void run.readOn(isLeftWaiting);
    });
    await run.settle(made, {restMs: patience, atMostMs: usualPatienceMs});
    isLeftWaiting = made.result.kind === 'waiting';
    if (isLeftWaiting || !isHasty || run.unread * socketsAtEase >= run.sockets) await this.look();
  }

  /** Whether calls were made since the kernel was last read. */
  get isUnread(): boolean {
    return this.#run.unread > 0;
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
    const parts = unmet ? [unmet] : [];
    this.#run.note({kind: 'judged', ...this.#ref, holds: unmet === null, unmet: parts, fulfilled: []});
  }

  /** Reads the kernel; what is new becomes an event. */
  async look(): Promise<void> {
    await this.#run.read();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#run[Symbol.asyncDispose]();
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
    this.#run.meet(actor, pid);
  }
}
