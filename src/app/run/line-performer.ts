import {setTimeout as sleep} from 'node:timers/promises';
import {isReached} from '../../claims/challenge-goal.ts';
import {expectationUnmet} from '../../claims/script-expectation.ts';
import {labText} from '../../messages/lab.ts';
import type {ActorName} from '../../model/actor.ts';
import type {Goal} from '../../model/challenge.ts';
import type {Unmet} from '../../model/event.ts';
import type {Expectation} from '../../model/expectation.ts';
import {project} from '../../timeline/project.ts';
import {type ReadFrame, readFrames} from '../../timeline/read-frames.ts';
import type {CallLine, View} from '../../timeline/view.ts';
import {type WhatEnds, whatEnds} from '../../timeline/what-ends.ts';
import {longestWait, readLabLine, type Statement, withoutComment, withoutLabel} from '../line/lab-line.ts';
import type {Scene} from '../line/scene.ts';
import type {Complaint} from '../words/complaint.ts';
import {DoneLines} from './done-lines.ts';
import type {FreePlay} from './free-play.ts';
import {KeptPayloads, longestPayloads} from './kept-payloads.ts';

/** Whether somebody types, or a script is read: that one does not wait for a call that sleeps, but for one that is needed. */
export type Manner = 'typed' | 'script';

/** What came of one line. */
export type Performed =
  /** A call, or a process that was started or ended; `line` is the newest call, where it was one. */
  | {readonly kind: 'made'; readonly line: CallLine | null}
  | {readonly kind: 'side'}
  | {readonly kind: 'nothing'}
  /** What was waited for has not come. */
  | {readonly kind: 'overdue'; readonly complaint: Complaint}
  | {readonly kind: 'expected'; readonly expectation: Expectation; readonly unmet: Unmet | null}
  /** It cannot be done now, or not be understood. `at` is null where no one word is wrong. */
  | {readonly kind: 'refused'; readonly complaint: Complaint; readonly at: number | null}
  /** The caller's to do. */
  | {readonly kind: 'asked'; readonly statement: Extract<Statement, {kind: Asked}>};

type Asked = 'challenge' | 'save' | 'script' | 'replay' | 'challenges' | 'hint' | 'solution' | 'help' | 'leave';

/** How long something that is expected, or an actor that sleeps, is waited for. Milliseconds. */
const patienceMs = 2000;
/** A script goes on to its next line as soon as a call is seen asleep for so long, in milliseconds. */
const scriptPatienceMs = 20;
const lookEveryMs = 20;

/** Does what lines say, one after the other, and remembers which of them made something. */
export class Performer {
  readonly play: FreePlay;
  /** Whose call it is where a line does not say. */
  actor: ActorName = 'server';
  readonly #challenges: readonly string[];
  readonly #done: DoneLines;
  readonly #payloads = new KeptPayloads();

  constructor(play: FreePlay, challenges: readonly string[]) {
    this.play = play;
    this.#challenges = challenges;
    this.#done = new DoneLines(play.log);
  }

  /** How many lines made something: calls, and processes that were started or ended. */
  get moves(): number {
    return this.#done.count;
  }

  /** Those lines as a script has them. */
  get script(): readonly string[] {
    return this.#done.script;
  }

  get view(): View {
    return project(this.play.log, this.play.log.events.length);
  }

  /** All that passed by now; null where nothing is captured. */
  get frames(): readonly ReadFrame[] | null {
    const {log, isCaptured} = this.play;
    return isCaptured ? readFrames(log, log.events.length) : null;
  }

  /** Whether the kernel shows this, now or after the little while that a FIN may take. */
  async reaches(goal: Goal): Promise<boolean> {
    const isSo = () => isReached(goal, this.view, this.frames);
    await this.catchUp();
    await this.#until(isSo);
    return isSo();
  }

  /** Reads the kernel where that was put off. */
  async catchUp(): Promise<void> {
    if (this.play.isUnread) await this.play.look();
  }

  get scene(): Scene {
    const {lanes} = this.view;
    const {serverPort, taken, folder} = this.play;
    return {
      actor: this.actor,
      actors: lanes.map(lane => lane.actor),
      sockets: lanes.flatMap(lane => lane.sockets),
      ...{serverPort, taken, folder},
      labels: this.#done.labels,
    };
  }

  /** Does what a line says. Of a line that is wrong nothing is done. */
  async perform(line: string, manner: Manner): Promise<Performed> {
    const statement = await this.#read(line, manner);
    const cut = this.#cutBy(statement);
    if (cut) return refused(cut);
    switch (statement.kind) {
      case 'nothing':
        return {kind: 'nothing'};
      case 'wrong':
        return (
          this.#lacksProcess(statement.complaint) ?? {kind: 'refused', complaint: statement.complaint, at: statement.at}
        );
      case 'side':
        this.actor = statement.actor;
        return {kind: 'side'};
      case 'call':
        return this.#call(statement, line, manner);
      case 'spawn':
        return this.#spawn(statement.actor);
      case 'kill':
        return this.#kill(statement.actor);
      case 'expect':
        return this.#expect(statement.expectation);
      case 'wait':
        return this.#wait(statement.actor, statement.milliseconds);
      default:
        return {kind: 'asked', statement};
    }
  }

  /** What a line leaves out, and the names in it, depend on what the call before it brings: a script waits for that one. */
  async #read(line: string, manner: Manner): Promise<Statement> {
    const read = () => readLabLine(line, this.scene, this.#challenges);
    const statement = await this.#readFresh(line);
    if (manner === 'typed' || (statement.kind !== 'call' && statement.kind !== 'wrong')) return statement;
    const actor = this.scene.actors.find(name => line.trim().startsWith(`${name} `)) ?? this.actor;
    if (!this.#laneOf(actor)?.waiting) return statement;
    const ends = this.#endsOf(actor);
    await this.#until(() => !this.#laneOf(actor)?.waiting, ends?.kind === 'time' ? ends.milliseconds : 0);
    // It may have returned while the kernel was being read.
    await this.play.look();
    return read();
  }

  /** A line that names all it is about can be read without knowing the newest sockets; any other needs the kernel read. */
  async #readFresh(line: string): Promise<Statement> {
    const {scene} = this;
    const {sockets} = scene;
    let isAsked = false;
    const watched: Scene = Object.defineProperty({...scene}, 'sockets', {
      get() {
        isAsked = true;
        return sockets;
      },
    });
    const statement = readLabLine(line, watched, this.#challenges);
    if (!this.play.isUnread || (statement.kind === 'call' && !isAsked)) return statement;
    await this.play.look();
    return readLabLine(line, this.scene, this.#challenges);
  }

  async #call(statement: Extract<Statement, {kind: 'call'}>, line: string, manner: Manner): Promise<Performed> {
    const {actor, label} = statement;
    const lane = this.#laneOf(actor);
    if (lane?.exit) return refused({text: labText.ended, values: {actor}});
    const ends = lane && whatEnds(lane, this.view);
    if (lane?.waiting && ends) {
      return refused({text: waitingText[ends.kind], values: {...ends, actor, call: lane.waiting.call.name}});
    }
    const call = this.#payloads.keep(statement.call);
    if (!call) return refused({text: labText.tooMuchSent, values: {most: longestPayloads / 2 ** 20}});
    this.actor = actor;
    const began = this.play.log.events.length;
    this.#done.add({actor, words: wordsOf(line, actor), label, began, isCall: true});
    if (manner === 'typed') await this.play.make(actor, call);
    else await this.play.make(actor, call, scriptPatienceMs, 'many');
    return {kind: 'made', line: this.view.calls.find(one => one.seq === began) ?? null};
  }

  async #spawn(actor: ActorName): Promise<Performed> {
    const lane = this.#laneOf(actor);
    if (lane && !lane.exit) return refused({text: labText.alive, values: {actor}});
    const began = this.play.log.events.length;
    await this.play.start(actor);
    this.actor = actor;
    this.#done.add({actor, words: `spawn ${actor}`, label: null, began, isCall: false});
    return {kind: 'made', line: null};
  }

  async #kill(actor: ActorName): Promise<Performed> {
    const lane = this.#laneOf(actor);
    if (!lane) return refused({text: labText.notThere, values: {actor}});
    if (lane.exit) return refused({text: labText.ended, values: {actor}});
    const began = this.play.log.events.length;
    await this.play.kill(actor);
    await this.#until(() => this.#laneOf(actor)?.exit !== null);
    this.#done.add({actor, words: `kill ${actor}`, label: null, began, isCall: false});
    return {kind: 'made', line: null};
  }

  /** Waits a while for it to become so: a FIN is on its way, or a call about to return. */
  async #expect(expectation: Expectation): Promise<Performed> {
    const unmet = (): Unmet | null => expectationUnmet(expectation, this.view, this.frames);
    await this.#until(() => unmet() === null);
    const found = unmet();
    this.play.judge(found);
    return {kind: 'expected', expectation, unmet: found};
  }

  /** An actor that has ended has no socket because it has no process. */
  #lacksProcess({text, values}: Complaint): Performed | null {
    const lane = text === labText.noSocket ? this.view.lanes.find(({actor}) => actor === values.actor) : undefined;
    return lane?.exit ? refused({text: labText.ended, values: {actor: lane.actor}}) : null;
  }

  /** What needs the network can no longer be made where that has ended. */
  #cutBy({kind}: Statement): Complaint | null {
    const {networkExit} = this.view;
    return networkExit && ['call', 'spawn', 'expect'].includes(kind) ? networkEnded(networkExit) : null;
  }

  #laneOf = (actor: ActorName) => this.view.lanes.find(lane => lane.actor === actor);

  #endsOf(actor: ActorName): WhatEnds | null {
    const {view} = this;
    const lane = view.lanes.find(one => one.actor === actor);
    return lane ? whatEnds(lane, view) : null;
  }

  /** Lets time pass, or waits until a call of this actor's has returned. */
  async #wait(actor: ActorName | null, milliseconds: number): Promise<Performed> {
    const end = performance.now() + milliseconds;
    const isOver = () =>
      this.play.isOver || (actor === null ? performance.now() >= end : !this.#laneOf(actor)?.waiting);
    await this.#until(isOver, milliseconds);
    await this.play.look();
    const waiting = actor === null ? null : this.#laneOf(actor)?.waiting;
    if (!waiting) return {kind: 'nothing'};
    const values = {actor: actor ?? '', call: waiting.call.name, seconds: longestWait / 1000};
    return {kind: 'overdue', complaint: {text: labText.waitedLong, values}};
  }

  /** Waits until it is so, `extraMs` longer than usual at most. */
  async #until(isSo: () => boolean, extraMs = 0): Promise<void> {
    const start = performance.now();
    while (!isSo() && !this.play.isOver && performance.now() - start < patienceMs + extraMs) {
      await sleep(lookEveryMs, undefined, {ref: false});
      await this.play.look();
    }
  }
}

export const networkEnded = ({signal, code}: NonNullable<View['networkExit']>): Complaint => ({
  text: labText.networkEnded,
  values: {how: signal ?? `exit ${code}`},
});

const waitingText: Record<WhatEnds['kind'], Complaint['text']> = {
  time: labText.sleepsFor,
  retries: labText.retries,
  nobody: labText.deadlock,
  others: labText.waiting,
  itself: labText.notBack,
};

const refused = (complaint: Complaint): Performed => ({kind: 'refused', complaint, at: null});

/** A line as it was written, without its actor, label and comment. */
function wordsOf(line: string, actor: ActorName): string {
  const {text} = withoutLabel(withoutComment(line));
  const words = text.trim();
  return words.startsWith(`${actor} `) ? words.slice(actor.length).trim() : words;
}
