import {experimentText} from '../messages/experiment.ts';
import {fill} from '../messages/fill.ts';
import type {Language} from '../model/text.ts';
import {project} from '../timeline/project.ts';
import {readCallLine} from './call-line.ts';
import type {Experiment} from './experiment.ts';
import type {Intent} from './intents.ts';
import type {ExperimentPage} from './state.ts';

/** What the control needs from the session around it. */
export interface ExperimentDesk {
  page(): ExperimentPage | null;
  change(change: Partial<ExperimentPage>): void;
  language(): Language;
}

/** How often a waiting call's clock is drawn, in milliseconds. */
const clockEveryMs = 250;
/** Lines that can be recalled. */
const historyKept = 100;

/** Reads lines and makes their calls. */
export class ExperimentControl implements AsyncDisposable {
  readonly #desk: ExperimentDesk;
  readonly #experiment: Experiment;
  readonly #clock: NodeJS.Timeout;
  #isClosed = false;
  #turn: Promise<void> = Promise.resolve();

  constructor(desk: ExperimentDesk, experiment: Experiment) {
    this.#desk = desk;
    this.#experiment = experiment;
    experiment.log.subscribe(() => this.#change({length: experiment.log.events.length}));
    this.#clock = setInterval(() => this.#tick(), clockEveryMs);
    this.#clock.unref();
  }

  handle(intent: Intent): void {
    const page = this.#desk.page();
    if (!page) return;
    switch (intent.kind) {
      case 'send':
        // After the call before it: what may be left out of a line depends on what that did.
        this.#turn = this.#turn.then(() => this.#make());
        return;
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
    await this.#experiment[Symbol.asyncDispose]();
  }

  async #make(): Promise<void> {
    const page = this.#desk.page();
    if (!page || page.line.trim() === '') return;
    const view = project(page.log, page.length);
    const read = readCallLine(page.line, {
      actor: page.actor,
      actors: view.lanes.map(lane => lane.actor),
      sockets: view.lanes.flatMap(lane => lane.sockets),
      serverPort: this.#experiment.serverPort,
      taken: this.#experiment.taken,
    });
    if (read.kind === 'wrong') {
      return this.#change({problem: {text: this.#say(read.complaint.text, read.complaint.values), at: read.at}});
    }
    const {actor, call} = read;
    const lane = view.lanes.find(other => other.actor === actor);
    if (lane?.exit) return this.#change({problem: {text: this.#say(experimentText.ended, {actor}), at: 0}});
    if (lane?.waiting) {
      const values = {actor, call: lane.waiting.call.name};
      return this.#change({problem: {text: this.#say(experimentText.waiting, values), at: 0}});
    }
    const history = [page.line, ...page.history.filter(line => line !== page.line)].slice(0, historyKept);
    this.#change({line: '', problem: null, actor, history, recalled: -1});
    await this.#experiment.make(actor, call);
  }

  /** The newest line is 0; below it the line is empty again. */
  #recall({history}: ExperimentPage, wanted: number): void {
    const recalled = Math.max(-1, Math.min(history.length - 1, wanted));
    this.#change({recalled, line: history[recalled] ?? '', problem: null});
  }

  #say = (text: Parameters<typeof fill>[0], values: Parameters<typeof fill>[2]): string =>
    fill(text, this.#desk.language(), values);

  #tick(): void {
    const page = this.#desk.page();
    if (page && project(page.log, page.length).lanes.some(lane => lane.waiting))
      this.#change({now: this.#experiment.now()});
  }

  #change(change: Partial<ExperimentPage>): void {
    if (!this.#isClosed) this.#desk.change(change);
  }
}
