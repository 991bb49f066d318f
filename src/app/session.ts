import {fill} from '../messages/fill.ts';
import {screenText} from '../messages/screen.ts';
import type {Port} from '../model/brands.ts';
import type {LogEvent} from '../model/event.ts';
import type {Lesson, Step} from '../model/lesson.ts';
import type {Language} from '../model/text.ts';
import {logOf} from '../timeline/log.ts';
import type {Intent} from './intents.ts';
import {lessonHere} from './lesson-here.ts';
import {edited, oneLine} from './line-edit.ts';
import {freshPage} from './moves.ts';
import {messageComplaint} from './options.ts';
import {lackSentence} from './play.ts';
import {type PortChoice, portSentence} from './port-choice.ts';
import {answered, type Progress, performed} from './progress.ts';
import {type Overlay, recordedMessage, recordedPort, type State, stopsOf, type WalkPage} from './state.ts';
import {createStore, type Store} from './store.ts';
import type {Walk} from './walk.ts';
import {WalkControl} from './walk-control.ts';

/** What the session needs from the world around it. */
export interface Surroundings {
  readonly lessons: readonly Lesson[];
  choosePort(): Promise<PortChoice>;
  openWalk(lesson: Lesson, port: Port, message: string, hold: AsyncDisposable | null): Promise<Walk>;
  /** Why a lesson cannot run here; null when the error is a mistake of ours. */
  explain(error: unknown, language: Language): string | null;
  save(progress: Progress): void;
  /** The message of lessons that send one, where the learner named one on the command line. */
  readonly message: string | null;
  exit(code: number): void;
}

/** The help has no more lines than this, in one column. */
const helpScrollLimit = 60;

/** Holds the state of the screen, and turns intents into the next state and into calls. */
export class Session implements AsyncDisposable {
  readonly store: Store<State>;
  readonly #around: Surroundings;
  #control: WalkControl | null = null;
  /** Counts lessons opened, so that one which comes too late is closed again. */
  #opening = 0;
  #hearsControl = false;

  constructor(around: Surroundings, language: Language, progress: Progress, notice: string | null) {
    this.#around = around;
    const selected = suggested(around.lessons, progress);
    this.store = createStore<State>({language, page: {kind: 'home', selected}, overlay: null, progress, notice});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#opening += 1;
    await this.#closeWalk();
  }

  handle(intent: Intent): void {
    const {page, overlay} = this.store.get();
    if (intent.kind === 'quit') return this.#around.exit(0);
    if (intent.kind === 'interrupt') return this.#around.exit(130);
    if (overlay) return this.#inOverlay(intent, overlay);
    if (this.#onAnyPage(intent)) return;
    switch (page.kind) {
      case 'home':
        return this.#atHome(intent, page.selected);
      case 'opening':
        return intent.kind === 'close' ? void this.goHome() : undefined;
      case 'walk':
        return this.#inWalk(intent, page);
    }
  }

  /** Opens a lesson on fresh processes and sockets. */
  async open(whole: Lesson): Promise<void> {
    const opening = ++this.#opening;
    const {language} = this.store.get();
    this.#patch({page: {kind: 'opening', lesson: whole}, overlay: null, notice: null});
    try {
      await this.#closeWalk();
      const {lesson, lacks} = await lessonHere(whole);
      const port = await this.#around.choosePort();
      if (opening !== this.#opening) {
        if (port.kind !== 'refused') await port.hold?.[Symbol.asyncDispose]();
        return;
      }
      if (port.kind === 'refused') return void this.goHome(portSentence(port, language));
      const message = this.#around.message ?? lesson.message?.[language] ?? '';
      const walk = await this.#around.openWalk(lesson, port.port, message, port.hold);
      if (opening !== this.#opening) return void (await walk[Symbol.asyncDispose]());
      const lacking = lacks.length > 0 ? lackSentence(whole, lesson, lacks, language) : '';
      this.#showWalk(walk, message, [portSentence(port, language), lacking].join(' ').trim() || null);
    } catch (error) {
      const why = this.#around.explain(error, language);
      if (why === null) throw error;
      await this.goHome(why);
    }
  }

  /** Shows a log that was saved earlier. */
  show(events: readonly LogEvent[], notice: string | null): void {
    const stops = stopsOf(events);
    const lesson = this.#lessonNamed(stops[0]?.lesson);
    if (!lesson) return this.#patch({notice});
    this.#patch({
      notice,
      page: {
        ...freshPage(lesson),
        source: 'recorded',
        log: logOf(events),
        length: events.length,
        stops,
        serverPort: recordedPort(events),
        message: recordedMessage(events, lesson),
      },
    });
    this.#control = new WalkControl(this.#desk, null);
  }

  /** Says one line above the text. */
  tell(notice: string): void {
    this.#patch({notice});
  }

  /** Back to the list, with the lesson that was open selected unless another is wanted. */
  async goHome(notice: string | null = null, wanted?: number): Promise<void> {
    this.#opening += 1;
    const {page} = this.store.get();
    const selected = wanted ?? (page.kind === 'home' ? page.selected : this.#around.lessons.indexOf(page.lesson));
    this.#patch({page: {kind: 'home', selected}, overlay: null, notice});
    await this.#closeWalk();
  }

  /** A stretch of input is about to be heard. The line of typing takes the letter of Ctrl+A for text; it is none. */
  hear(isControl: boolean): void {
    this.#hearsControl = isControl;
  }

  /** The learner has edited the message: what was drawn became this. */
  write(drawn: string, next: string): void {
    const {page} = this.store.get();
    if (page.kind !== 'walk' || this.#hearsControl) return;
    this.#patchWalk({message: edited(page.message, drawn, next), messageProblem: null});
  }

  /** Pasted text goes to the end of the message; anywhere else it is not taken for keys. */
  paste(text: string): void {
    const {page} = this.store.get();
    this.#hearsControl = false;
    if (page.kind === 'walk' && page.phase === 'writing') this.write(page.message, page.message + oneLine(text));
  }

  #showWalk(walk: Walk, message: string, notice: string | null): void {
    const {lesson, log} = walk;
    const length = log.events.length;
    const page: WalkPage = {
      ...freshPage(lesson),
      log,
      length,
      stops: [{events: length, lesson: lesson.id, step: null}],
      upcoming: walk.nextStep,
      message,
      serverPort: walk.bindings.serverPort,
    };
    this.#patch({page, notice});
    this.#control = new WalkControl(this.#desk, walk);
  }

  get #desk() {
    return {
      page: () => {
        const {page} = this.store.get();
        return page.kind === 'walk' ? page : null;
      },
      change: (change: Partial<WalkPage>) => this.#patchWalk(change),
      lessonNamed: (id: string | undefined) => this.#lessonNamed(id),
      made: (lesson: Lesson, step: Step, choice: number | null, fulfilled: readonly number[]) =>
        this.#keep(lesson, step, choice, fulfilled),
    };
  }

  #onAnyPage(intent: Intent): boolean {
    const {language, page} = this.store.get();
    switch (intent.kind) {
      case 'language':
        this.#patch({language: language === 'ja' ? 'en' : 'ja'});
        return true;
      case 'help':
        this.#patch({overlay: {kind: 'help', scroll: 0}});
        return true;
      case 'blank':
        this.#patch({overlay: {kind: 'blank'}});
        return true;
      case 'reset': {
        const lesson = page.kind === 'home' ? this.#around.lessons[page.selected] : page.lesson;
        if (lesson) this.#patch({overlay: {kind: 'confirm', lesson}});
        return true;
      }
      default:
        return false;
    }
  }

  #inOverlay(intent: Intent, overlay: Overlay): void {
    switch (intent.kind) {
      case 'close':
      case 'no':
        return this.#patch({overlay: null});
      case 'yes':
        this.#patch({overlay: null});
        if (overlay.kind === 'confirm') this.#forget(overlay.lesson);
        if (overlay.kind === 'jump') void this.#control?.jump(Number(overlay.digits));
        return;
      case 'up':
      case 'down':
        return this.#scrollHelp(overlay, intent.kind === 'up' ? -1 : 1);
      case 'digit':
        return this.#typeDigits(overlay, digits => (digits + intent.digit).slice(0, 3));
      case 'erase':
        return this.#typeDigits(overlay, digits => digits.slice(0, -1));
      default:
    }
  }

  #scrollHelp(overlay: Overlay, by: number): void {
    if (overlay.kind !== 'help') return;
    const scroll = Math.min(helpScrollLimit, Math.max(0, overlay.scroll + by));
    this.#patch({overlay: {kind: 'help', scroll}});
  }

  #typeDigits(overlay: Overlay, change: (digits: string) => string): void {
    if (overlay.kind === 'jump') this.#patch({overlay: {kind: 'jump', digits: change(overlay.digits)}});
  }

  #atHome(intent: Intent, selected: number): void {
    const {lessons} = this.#around;
    const lesson = lessons[selected];
    const select = (index: number) =>
      this.#patch({page: {kind: 'home', selected: Math.min(lessons.length - 1, Math.max(0, index))}});
    if (intent.kind === 'open' && lesson) void this.open(lesson);
    if (intent.kind === 'up') select(selected - 1);
    if (intent.kind === 'down') select(selected + 1);
  }

  #inWalk(intent: Intent, page: WalkPage): void {
    if (intent.kind === 'send') return this.#send(page);
    if (intent.kind === 'erase') return this.#patchWalk({message: '', messageProblem: null});
    switch (intent.kind) {
      case 'jump':
        return this.#patch({overlay: {kind: 'jump', digits: ''}});
      case 'run-again':
        return void this.open(page.lesson);
      case 'close':
        if (page.phase === 'writing') return this.#patchWalk({phase: 'reading', messageProblem: null});
        if (page.isHintOpen) return this.#patchWalk({isHintOpen: false});
        return void this.goHome();
      default:
    }
    // From the end on to what the learner has not done yet.
    if (intent.kind === 'next' && page.phase === 'summary') {
      return void this.goHome(null, suggested(this.#around.lessons, this.store.get().progress));
    }
    if (!this.#control?.look(intent, page)) this.#control?.move(intent, page);
  }

  /** Sends what the learner has written, or says why it cannot be sent. */
  #send({message, phase}: WalkPage): void {
    if (phase !== 'writing') return;
    const complaint = messageComplaint(message);
    if (!complaint) return this.#control?.send(message);
    this.#patchWalk({messageProblem: fill(complaint.text, this.store.get().language, complaint.values)});
  }

  #keep(lesson: Lesson, step: Step, choice: number | null, fulfilled: readonly number[]): void {
    this.#patch({notice: null});
    const made = performed(this.store.get().progress, lesson, step);
    if (!step.predict) return this.#saveProgress(made);
    const answer = choice === null ? 'skipped' : fulfilled.includes(choice) ? 'right' : 'wrong';
    this.#saveProgress(answered(made, lesson, step, answer));
  }

  #forget(lesson: Lesson): void {
    const {progress, language} = this.store.get();
    const {[lesson.id]: _, ...others} = progress;
    this.#saveProgress(others);
    this.#patch({notice: screenText.resetDone[language]});
  }

  #saveProgress(progress: Progress): void {
    this.#patch({progress});
    this.#around.save(progress);
  }

  async #closeWalk(): Promise<void> {
    const control = this.#control;
    this.#control = null;
    await control?.[Symbol.asyncDispose]();
  }

  #lessonNamed(id: string | undefined): Lesson | undefined {
    return this.#around.lessons.find(lesson => lesson.id === id);
  }

  #patch(change: Partial<State>): void {
    this.store.set(state => ({...state, ...change}));
  }

  #patchWalk(change: Partial<WalkPage>): void {
    this.store.set(state => (state.page.kind === 'walk' ? {...state, page: {...state.page, ...change}} : state));
  }
}

/** The first lesson that is not behind the learner yet. */
const suggested = (lessons: readonly Lesson[], progress: Progress): number =>
  Math.max(
    0,
    lessons.findIndex(lesson => !progress[lesson.id]?.isFinished),
  );
