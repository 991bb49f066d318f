import {isReached} from '../../claims/challenge-goal.ts';
import {firstMoves, labText} from '../../messages/lab.ts';
import type {Challenge} from '../../model/challenge.ts';
import type {LogEvent} from '../../model/event.ts';
import type {Intent} from '../keys/intents.ts';
import {completedLine, givenBack, placed, recalled, type TypedLine, taken} from '../line/typed-line.ts';
import {Flying} from '../run/flying.ts';
import {following} from '../run/following.ts';
import type {FreePlay} from '../run/free-play.ts';
import {networkEnded, type Performed, Performer} from '../run/line-performer.ts';
import {runScript} from '../run/script.ts';
import {linesOf} from '../run/script-lines.ts';
import {suggestionFor} from './lab-advice.ts';
import {endSaid, helpSaid, readScript, said, saveScript, told} from './lab-commands.ts';
import {lookedAround} from './lab-look.ts';
import {portOf, viewOf} from './log-page.ts';
import {type PageStore, pageStore} from './page-store.ts';
import type {ProgressKeeper} from './progress-keeper.ts';
import type {LabPage, Remark, State} from './state.ts';
import type {Store} from './store.ts';

/** How free play came to its end. */
export type LabEnd =
  | {readonly kind: 'left'}
  /** Something that was begun anew could not be. */
  | {readonly kind: 'failed'; readonly error: unknown};

/** What free play is controlled with. */
export interface ControlledBy {
  readonly store: Store<State>;
  readonly progress: ProgressKeeper;
  readonly challenges: readonly Challenge[];
  readonly hasMotion: boolean;
  openPlay(): Promise<FreePlay>;
  /** Hears that it is over. */
  ended(end: LabEnd): void;
}

/** How often a waiting call's clock is drawn, in milliseconds. */
const clockEveryMs = 250;

/** Reads lines and does what they say, on one set of processes after the other. */
export class LabControl implements AsyncDisposable {
  readonly #by: ControlledBy;
  readonly #page: PageStore<LabPage>;
  readonly #clock: NodeJS.Timeout;
  readonly #closed = new AbortController();
  /** Rejects when the processes cannot be started; whoever asked for them hears it. */
  #performer: Promise<Performer>;
  #flying: Flying | null = null;
  #turn: Promise<void>;

  constructor(by: ControlledBy) {
    this.#by = by;
    this.#page = pageStore(by.store, 'lab');
    this.#performer = this.#begin();
    this.#turn = this.#performer.then(
      () => {},
      () => {},
    );
    this.#clock = setInterval(() => void this.#tick(), clockEveryMs);
    this.#clock.unref();
  }

  /** Resolves when its processes are there. */
  get ready(): Promise<unknown> {
    return this.#performer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed.abort();
    this.#page.close();
    clearInterval(this.#clock);
    await this.#end();
  }

  handle(intent: Intent): void {
    const page = this.#page.get();
    if (!page) return;
    this.#flying?.land();
    if (page.phase === 'looking') this.#look(intent, page);
    else this.#type(intent, page);
  }

  /** Begins a challenge on fresh processes. */
  attempt(challenge: Challenge): void {
    this.#then(() => this.#attempt(challenge));
  }

  /** Does the lines of a file, as `script FILE` does. */
  runFile(file: string): void {
    this.#then(() => this.#runFile(file));
  }

  get #challengeIds(): readonly string[] {
    return this.#by.challenges.map(({id}) => id);
  }

  #type(intent: Intent, page: LabPage): void {
    const {line} = page;
    switch (intent.kind) {
      case 'send':
        return this.#take(page);
      case 'erase':
        return this.#page.change({line: {...line, text: '', problem: null, isBack: false, cycle: null}});
      case 'complete':
        if (line.text.trim() === '') return this.#otherSide();
        return page.scene ? this.#page.change({line: completedLine(line, page.scene, this.#challengeIds)}) : undefined;
      case 'up':
        return this.#page.change({line: recalled(line, line.recalled + 1)});
      case 'down':
        return this.#page.change({line: recalled(line, line.recalled - 1)});
      case 'choose': {
        const move = firstMoves[intent.number - 1]?.line.replace('{port}', String(portOf(page)));
        return move === undefined ? undefined : this.#page.change({line: placed(line, move)});
      }
      case 'take': {
        const suggested = suggestionFor(page);
        return suggested === null ? undefined : this.#page.change({line: placed(line, suggested)});
      }
      case 'look-around':
        return this.#page.change({phase: 'looking'});
      case 'back':
      case 'next':
        return this.#page.change(lookedAround(page, intent));
      default:
    }
  }

  #look(intent: Intent, page: LabPage): void {
    if (intent.kind === 'type') this.#page.change({phase: 'typing', at: 'edge'});
    else this.#page.change(lookedAround(page, intent));
  }

  #otherSide(): void {
    this.#then(async performer => {
      performer.actor = following(performer.scene.actors, performer.actor);
      this.#showScene(performer);
    });
  }

  /** The line as it is now: while the one before it is still being done, the next one may be typed. */
  #take({line}: LabPage): void {
    const {text} = line;
    if (text.trim() === '') return;
    this.#page.change({at: 'edge', said: null, line: taken(line)});
    // After that one: what may be left out of a line depends on what it did.
    this.#then(async performer => this.#answer(text, await performer.perform(text, 'typed'), performer));
  }

  async #answer(text: string, performed: Performed, performer: Performer): Promise<void> {
    this.#showScene(performer);
    switch (performed.kind) {
      case 'refused':
        return this.#changeLine(line => givenBack(line, text, performed.complaint, performed.at ?? 0));
      case 'overdue':
        return this.#say(said(performed.complaint.text, performed.complaint.values, 'bad'));
      case 'expected': {
        const {unmet} = performed;
        return this.#say(unmet ? said(labText.otherwise, {...unmet}, 'bad') : said(labText.asExpected, {}, 'good'));
      }
      case 'made':
      case 'side':
      case 'nothing':
        return;
      case 'asked':
        return this.#command(performed.statement, performer);
    }
  }

  async #command(statement: Extract<Performed, {kind: 'asked'}>['statement'], performer: Performer): Promise<void> {
    const challenge = this.#page.get()?.challenge?.challenge ?? null;
    switch (statement.kind) {
      case 'save':
        return this.#say(await saveScript(statement.file, performer, challenge));
      case 'script':
        return this.#runFile(statement.file);
      case 'replay':
        return this.#replay(performer);
      case 'challenges':
        return this.#by.store.set(state => ({...state, overlay: {kind: 'challenges', selected: 0}}));
      case 'challenge': {
        const chosen = this.#by.challenges.find(({id}) => id === statement.id);
        return chosen && this.#attempt(chosen);
      }
      case 'hint':
      case 'solution':
        return this.#say(told(statement.kind, challenge));
      case 'help':
        return this.#say(helpSaid(statement.call));
      case 'leave':
        return this.#by.ended({kind: 'left'});
    }
  }

  async #runFile(file: string): Promise<void> {
    const read = await readScript(file);
    if ('complaint' in read) return this.#say(said(read.complaint.text, read.complaint.values, 'bad'));
    const performer = await this.#fresh();
    const around = {stopped: this.#closed.signal, begins: (doing: number) => this.#page.change({doing})};
    const ended = await runScript(linesOf(read.source), performer, this.#by.challenges, around);
    this.#page.change({doing: null});
    this.#showScene(performer);
    this.#say(endSaid(file, ended, performer.moves));
  }

  /** The same lines once more, whatever the kernel says to them this time. */
  async #replay(before: Performer): Promise<void> {
    const lines = before.script;
    if (lines.length === 0 && !before.view.networkExit) return this.#say(said(labText.nothingToSave, {}, 'plain'));
    const attempt = this.#page.get()?.challenge ?? null;
    const performer = await this.#fresh();
    this.#page.change({challenge: attempt && {...attempt, moves: 0, isSolved: false}});
    for (const [i, line] of lines.entries()) {
      if (this.#closed.signal.aborted) return;
      this.#page.change({doing: i + 1});
      await performer.perform(line, 'script');
    }
    this.#page.change({doing: null});
    this.#showScene(performer);
    this.#say(said(labText.replayed, {count: performer.moves}, 'plain'));
  }

  async #attempt(challenge: Challenge): Promise<void> {
    await this.#fresh();
    this.#page.change({challenge: {challenge, moves: 0, isSolved: false, next: this.#after(challenge)}, said: null});
  }

  #after(challenge: Challenge): Challenge | null {
    const {challenges} = this.#by;
    return challenges[challenges.indexOf(challenge) + 1] ?? null;
  }

  /** Processes on which nothing has been called yet. */
  async #fresh(): Promise<Performer> {
    const performer = await this.#performer;
    this.#page.change({challenge: null});
    if (performer.moves === 0 && !performer.view.networkExit) return performer;
    await this.#end();
    this.#performer = this.#begin();
    return this.#performer;
  }

  async #begin(): Promise<Performer> {
    const play = await this.#by.openPlay();
    const performer = new Performer(play, this.#challengeIds);
    const {log} = play;
    this.#flying = this.#by.hasMotion ? new Flying(play.now, (flight, now) => this.#page.change({flight, now})) : null;
    const length = log.events.length;
    this.#page.change({
      log,
      givenPort: play.serverPort,
      length,
      began: length,
      at: 'edge',
      said: null,
      lane: null,
      now: 0,
      flight: null,
    });
    this.#showScene(performer);
    log.subscribe(event => this.#hear(event, performer));
    return performer;
  }

  async #end(): Promise<void> {
    const performer = await this.#performer.catch(() => null);
    this.#flying?.land();
    await performer?.play[Symbol.asyncDispose]();
  }

  #hear(event: LogEvent, performer: Performer): void {
    const page = this.#page.get();
    if (!page || page.log !== performer.play.log) return;
    const length = performer.play.log.events.length;
    // Frames come many at a time, and their count, which is drawn, after them.
    if (event.kind === 'frame') return this.#flying?.take(event.seq);
    this.#page.change({length});
    if (event.kind === 'call-returned') this.#by.progress.called([event]);
    if (event.kind === 'kernel-read') this.#showScene(performer);
    if (event.kind === 'actor-exited' && event.actor === 'network') {
      const {text, values} = networkEnded(event);
      this.#say(said(text, values, 'bad'));
    }
    this.#judge(performer);
  }

  /** Whether the kernel shows by now what the learner was to bring about. */
  #judge({moves, view, frames}: Performer): void {
    const attempt = this.#page.get()?.challenge;
    if (!attempt || attempt.isSolved) return;
    const {challenge} = attempt;
    if (!isReached(challenge.goal, view, frames)) {
      if (attempt.moves !== moves) this.#page.change({challenge: {...attempt, moves}});
      return;
    }
    this.#page.change({challenge: {...attempt, moves, isSolved: true}});
    this.#by.progress.solved(challenge, moves);
  }

  #showScene({scene}: Performer): void {
    this.#page.change({scene});
  }

  #then(act: (performer: Performer) => Promise<unknown>): void {
    this.#turn = this.#turn.then(async () => {
      const performer = await this.#performer.catch(() => null);
      if (!performer || this.#closed.signal.aborted) return;
      await act(performer).catch(error => this.#by.ended({kind: 'failed', error}));
    });
  }

  #say(what: readonly Remark[]): void {
    this.#page.change({said: what});
  }

  async #tick(): Promise<void> {
    const page = this.#page.get();
    if (!page || !viewOf(page).lanes.some(lane => lane.waiting)) return;
    const {play} = await this.#performer;
    this.#page.change({now: play.now()});
  }

  #changeLine(change: (line: TypedLine) => TypedLine): void {
    const page = this.#page.get();
    if (page) this.#page.change({line: change(page.line)});
  }
}
