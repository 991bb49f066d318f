import {isReached} from '../../claims/challenge-goal.ts';
import {firstMoves, labText} from '../../messages/lab.ts';
import type {Challenge} from '../../model/challenge.ts';
import type {LogEvent} from '../../model/event.ts';
import {completedLine, givenBack, placed, recalled, type TypedLine, taken} from '../line/typed-line.ts';
import {Flying} from '../run/flying.ts';
import {following} from '../run/following.ts';
import type {FreePlay} from '../run/free-play.ts';
import {networkEnded, type Performed, Performer} from '../run/performer.ts';
import {runScript} from '../run/script.ts';
import {linesOf} from '../run/script-lines.ts';
import type {Intent} from './intents.ts';
import {endSaid, helpSaid, readScript, said, saveScript, told} from './lab-commands.ts';
import {firstStop, lookedAround, stopsAfter} from './lab-look.ts';
import {suggestionFor} from './place.ts';
import {isAtEdge, type LabPage, type Remark, viewOf} from './state.ts';

/** What the control needs from the session around it. */
export interface LabHost {
  page(): LabPage | null;
  change(change: Partial<LabPage>): void;
  readonly hasMotion: boolean;
  readonly challenges: readonly Challenge[];
  /** A list to choose a challenge from. */
  showChallenges(): void;
  /** The kernel shows what a challenge is about, after so many lines. */
  solved(challenge: Challenge, moves: number): void;
  leave(): void;
  /** Something that was begun anew could not be. */
  failed(error: unknown): void;
}

/** How often a waiting call's clock is drawn, in milliseconds. */
const clockEveryMs = 250;

/** Reads lines and does what they say, on one set of processes after the other. */
export class LabControl implements AsyncDisposable {
  readonly #host: LabHost;
  readonly #openPlay: () => Promise<FreePlay>;
  readonly #clock: NodeJS.Timeout;
  readonly #closed = new AbortController();
  /** Rejects when the processes cannot be started; whoever asked for them hears it. */
  #performer: Promise<Performer>;
  #flying: Flying | null = null;
  #turn: Promise<void>;

  constructor(host: LabHost, openPlay: () => Promise<FreePlay>) {
    this.#host = host;
    this.#openPlay = openPlay;
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
    clearInterval(this.#clock);
    await this.#end();
  }

  handle(intent: Intent): void {
    const page = this.#host.page();
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
    return this.#host.challenges.map(({id}) => id);
  }

  #type(intent: Intent, page: LabPage): void {
    const {line} = page;
    switch (intent.kind) {
      case 'send':
        return this.#take(page);
      case 'erase':
        return this.#change({line: {...line, text: '', problem: null, isBack: false, cycle: null}});
      case 'complete':
        if (line.text.trim() === '') return this.#otherSide();
        return page.scene ? this.#change({line: completedLine(line, page.scene, this.#challengeIds)}) : undefined;
      case 'up':
        return this.#change({line: recalled(line, line.recalled + 1)});
      case 'down':
        return this.#change({line: recalled(line, line.recalled - 1)});
      case 'choose': {
        const move = firstMoves[intent.number - 1]?.line.replace('{port}', String(page.serverPort));
        return move === undefined ? undefined : this.#change({line: placed(line, move)});
      }
      case 'take': {
        const suggested = suggestionFor(page);
        return suggested === null ? undefined : this.#change({line: placed(line, suggested)});
      }
      case 'look-around':
        return this.#change({phase: 'looking'});
      case 'back':
      case 'next':
        return this.#change(lookedAround(page, intent));
      default:
    }
  }

  #look(intent: Intent, page: LabPage): void {
    if (intent.kind === 'type') this.#change({phase: 'typing', at: page.stops.length - 1});
    else this.#change(lookedAround(page, intent));
  }

  #otherSide(): void {
    this.#then(async performer => {
      performer.actor = following(performer.scene.actors, performer.actor);
      this.#showScene(performer);
    });
  }

  /** The line as it is now: while the one before it is still being done, the next one may be typed. */
  #take({line, stops}: LabPage): void {
    const {text} = line;
    if (text.trim() === '') return;
    this.#change({at: stops.length - 1, said: null, line: taken(line)});
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
    const challenge = this.#host.page()?.challenge?.challenge ?? null;
    switch (statement.kind) {
      case 'save':
        return this.#say(await saveScript(statement.file, performer, challenge));
      case 'script':
        return this.#runFile(statement.file);
      case 'replay':
        return this.#replay(performer);
      case 'challenges':
        return this.#host.showChallenges();
      case 'challenge': {
        const chosen = this.#host.challenges.find(({id}) => id === statement.id);
        return chosen && this.#attempt(chosen);
      }
      case 'hint':
      case 'solution':
        return this.#say(told(statement.kind, challenge));
      case 'help':
        return this.#say(helpSaid(statement.call));
      case 'leave':
        return this.#host.leave();
    }
  }

  async #runFile(file: string): Promise<void> {
    const read = await readScript(file);
    if ('complaint' in read) return this.#say(said(read.complaint.text, read.complaint.values, 'bad'));
    const performer = await this.#fresh();
    const around = {stopped: this.#closed.signal, begins: (doing: number) => this.#change({doing})};
    const ended = await runScript(linesOf(read.source), performer, this.#host.challenges, around);
    this.#change({doing: null});
    this.#showScene(performer);
    this.#say(endSaid(file, ended, performer.moves));
  }

  /** The same lines once more, whatever the kernel says to them this time. */
  async #replay(before: Performer): Promise<void> {
    const lines = before.script;
    if (lines.length === 0 && !before.view.networkExit) return this.#say(said(labText.nothingToSave, {}, 'plain'));
    const attempt = this.#host.page()?.challenge ?? null;
    const performer = await this.#fresh();
    this.#change({challenge: attempt && {...attempt, moves: 0, isSolved: false}});
    for (const [i, line] of lines.entries()) {
      if (this.#closed.signal.aborted) return;
      this.#change({doing: i + 1});
      await performer.perform(line, 'script');
    }
    this.#change({doing: null});
    this.#showScene(performer);
    this.#say(said(labText.replayed, {count: performer.moves}, 'plain'));
  }

  async #attempt(challenge: Challenge): Promise<void> {
    await this.#fresh();
    this.#change({challenge: {challenge, moves: 0, isSolved: false, next: this.#after(challenge)}, said: null});
  }

  #after(challenge: Challenge): Challenge | null {
    const {challenges} = this.#host;
    return challenges[challenges.indexOf(challenge) + 1] ?? null;
  }

  /** Processes on which nothing has been called yet. */
  async #fresh(): Promise<Performer> {
    const performer = await this.#performer;
    this.#change({challenge: null});
    if (performer.moves === 0 && !performer.view.networkExit) return performer;
    await this.#end();
    this.#performer = this.#begin();
    return this.#performer;
  }

  async #begin(): Promise<Performer> {
    const play = await this.#openPlay();
    const performer = new Performer(play, this.#challengeIds);
    const {log} = play;
    this.#flying = this.#host.hasMotion ? new Flying(play.now, (flight, now) => this.#change({flight, now})) : null;
    const length = log.events.length;
    const stops = [firstStop(length)];
    this.#change({
      log,
      serverPort: play.serverPort,
      length,
      stops,
      at: 0,
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
    const page = this.#host.page();
    if (!page || page.log !== performer.play.log) return;
    const length = performer.play.log.events.length;
    // Frames come many at a time, and their count, which is drawn, after them.
    if (event.kind === 'frame') return this.#flying?.take(event.seq);
    const stops = stopsAfter(page.stops, event);
    this.#change({length, stops, at: isAtEdge(page) ? stops.length - 1 : page.at});
    if (event.kind === 'kernel-read') this.#showScene(performer);
    if (event.kind === 'actor-exited' && event.actor === 'network') {
      const {text, values} = networkEnded(event);
      this.#say(said(text, values, 'bad'));
    }
    this.#judge(performer);
  }

  /** Whether the kernel shows by now what the learner was to bring about. */
  #judge({moves, view, frames}: Performer): void {
    const attempt = this.#host.page()?.challenge;
    if (!attempt || attempt.isSolved) return;
    const {challenge} = attempt;
    if (!isReached(challenge.goal, view, frames)) {
      if (attempt.moves !== moves) this.#change({challenge: {...attempt, moves}});
      return;
    }
    this.#change({challenge: {...attempt, moves, isSolved: true}});
    this.#host.solved(challenge, moves);
  }

  #showScene({scene}: Performer): void {
    this.#change({scene});
  }

  #then(act: (performer: Performer) => Promise<unknown>): void {
    this.#turn = this.#turn.then(async () => {
      const performer = await this.#performer.catch(() => null);
      if (!performer || this.#closed.signal.aborted) return;
      await act(performer).catch(error => this.#host.failed(error));
    });
  }

  #say(what: readonly Remark[]): void {
    this.#change({said: what});
  }

  async #tick(): Promise<void> {
    const page = this.#host.page();
    if (!page || !viewOf(page).lanes.some(lane => lane.waiting)) return;
    const {play} = await this.#performer;
    this.#change({now: play.now()});
  }

  #changeLine(change: (line: TypedLine) => TypedLine): void {
    const page = this.#host.page();
    if (page) this.#change({line: change(page.line)});
  }

  #change(change: Partial<LabPage>): void {
    if (!this.#closed.signal.aborted) this.#host.change(change);
  }
}
