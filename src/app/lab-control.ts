import {fill} from '../messages/fill.ts';
import {labText} from '../messages/lab.ts';
import type {Language} from '../model/text.ts';
import {project} from '../timeline/project.ts';
import {readCallLine} from './call-line.ts';
import type {FreePlay} from './free-play.ts';
import type {Intent} from './intents.ts';
import type {Complaint} from './options.ts';
import type {LabPage} from './state.ts';

/** What the control needs from the session around it. */
export interface LabDesk {
  page(): LabPage | null;
  change(change: Partial<LabPage>): void;
  language(): Language;
}

/** How often a waiting call's clock is drawn, in milliseconds. */
const clockEveryMs = 250;
/** Lines that can be recalled. */
const historyKept = 100;

/** Reads lines and makes their calls. */
export class LabControl implements AsyncDisposable {
  readonly #desk: LabDesk;
  readonly #opening: Promise<FreePlay>;
  readonly #clock: NodeJS.Timeout;
  #isClosed = false;
  #turn: Promise<void>;

  /** @param opening whoever asked for it hears when it cannot be opened */
  constructor(desk: LabDesk, opening: Promise<FreePlay>) {
    this.#desk = desk;
    this.#opening = opening;
    this.#turn = opening.then(
      play => this.#begin(play),
      () => {},
    );
    this.#clock = setInterval(() => void this.#tick(), clockEveryMs);
    this.#clock.unref();
  }

  handle(intent: Intent): void {
    const page = this.#desk.page();
    if (!page) return;
    switch (intent.kind) {
      case 'send':
        return this.#take(page);
      case 'erase':
        return this.#change({line: '', problem: null});
      case 'lane': {
        const actors = project(page.log, page.length).lanes.map(lane => lane.actor);
        const actor = actors[(actors.indexOf(page.actor) + 1) % actors.length] ?? page.actor;
        return this.#change({actor});
      }
      case 'up':
        return this.#recall(page, page.recalled + 1);
      case 'down':
        return this.#recall(page, page.recalled - 1);
      default:
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#clock);
    const play = await this.#opening.catch(() => null);
    await play?.[Symbol.asyncDispose]();
  }

  #begin({log, serverPort}: FreePlay): void {
    this.#change({log, serverPort, length: log.events.length});
    log.subscribe(() => this.#change({length: log.events.length}));
  }

  /** The line as it is now: while the call before it is still being made, the next one may be typed. */
  #take({line}: LabPage): void {
    if (line.trim() === '') return;
    this.#change({line: '', problem: null, recalled: -1});
    // After that call: what may be left out of a line depends on what it did.
    this.#turn = this.#turn.then(() => this.#make(line));
  }

  async #make(line: string): Promise<void> {
    const play = await this.#opening.catch(() => null);
    const page = this.#desk.page();
    if (!page || !play || this.#isClosed) return;
    const view = project(page.log, page.length);
    const read = readCallLine(line, {
      actor: page.actor,
      actors: view.lanes.map(lane => lane.actor),
      sockets: view.lanes.flatMap(lane => lane.sockets),
      serverPort: play.serverPort,
      taken: play.taken,
    });
    if (read.kind === 'wrong') return this.#giveBack(line, read.complaint, read.at);
    const {actor} = read;
    if (read.kind === 'side') return this.#change({actor});
    const lane = view.lanes.find(other => other.actor === actor);
    if (lane?.exit) return this.#giveBack(line, {text: labText.ended, values: {actor}});
    if (lane?.waiting) {
      const values = {actor, call: lane.waiting.call.name};
      return this.#giveBack(line, {text: labText.waiting, values});
    }
    this.#change({actor, history: withLine(page.history, line)});
    await play.make(actor, read.call);
  }

  /** Says what is wrong with a line, which is there again unless the learner has gone on typing: then it can be recalled. */
  #giveBack(line: string, {text, values}: Complaint, at = 0): void {
    const page = this.#desk.page();
    if (!page) return;
    const problem = fill(text, this.#desk.language(), values);
    if (page.line === '') return this.#change({line, placed: page.placed + 1, problem: {text: problem, at}});
    this.#change({problem: {text: problem, at: 0}, history: withLine(page.history, line), recalled: -1});
  }

  /** The newest line is 0; below it the line is empty again. */
  #recall({history, placed}: LabPage, wanted: number): void {
    const recalled = Math.max(-1, Math.min(history.length - 1, wanted));
    this.#change({recalled, line: history[recalled] ?? '', placed: placed + 1, problem: null});
  }

  async #tick(): Promise<void> {
    const page = this.#desk.page();
    if (!page || !project(page.log, page.length).lanes.some(lane => lane.waiting)) return;
    const {now} = await this.#opening;
    this.#change({now: now()});
  }

  #change(change: Partial<LabPage>): void {
    if (!this.#isClosed) this.#desk.change(change);
  }
}

/** With this line as the newest one. */
const withLine = (history: readonly string[], line: string): readonly string[] =>
  [line, ...history.filter(other => other !== line)].slice(0, historyKept);
