import {fill} from '../messages/fill.ts';
import {paneNames, screenText} from '../messages/screen.ts';
import {type Port, port} from '../model/brands.ts';
import type {LogEvent} from '../model/event.ts';
import type {Lesson, Step} from '../model/lesson.ts';
import type {Language} from '../model/text.ts';
import {logOf} from '../timeline/log.ts';
import type {Intent} from './intents.ts';
import {messageComplaint} from './options.ts';
import {type PortChoice, portSentence} from './port-choice.ts';
import {answered, type Progress, performed} from './progress.ts';
import {
  endedActor,
  followingStep,
  isAtEdge,
  isLive,
  type Overlay,
  recordedMessage,
  recordedPort,
  type State,
  speeds,
  stopsOf,
  usualSpeed,
  viewOf,
  type WalkPage,
} from './state.ts';
import {createStore, type Store} from './store.ts';
import type {Walk} from './walk.ts';

/** What the session needs from the world around it. */
export interface Surroundings {
  readonly lessons: readonly Lesson[];
  choosePort(): Promise<PortChoice>;
  openWalk(lesson: Lesson, port: Port, message: string): Promise<Walk>;
  /** Why a lesson cannot run here; null when the error is a mistake of ours. */
  explain(error: unknown, language: Language): string | null;
  save(progress: Progress): void;
  /** The message of lessons that send one, where the learner named one on the command line. */
  readonly message: string | null;
  exit(code: number): void;
}

/** No text of a step is longer than this many lines on the smallest screen. */
const scrollLimit = 20;

/** How often a waiting call's clock is drawn, in milliseconds. */
const clockEveryMs = 250;

/** Holds the state of the screen, and turns intents into the next state and into calls. */
export class Session implements AsyncDisposable {
  readonly store: Store<State>;
  readonly #around: Surroundings;
  #walk: Walk | null = null;
  /** Counts lessons opened, so that one which comes too late is closed again. */
  #opening = 0;
  #playTimer: NodeJS.Timeout | undefined;
  readonly #clock: NodeJS.Timeout;

  constructor(around: Surroundings, language: Language, progress: Progress, notice: string | null) {
    this.#around = around;
    const selected = suggested(around.lessons, progress);
    this.store = createStore<State>({language, page: {kind: 'home', selected}, overlay: null, progress, notice});
    this.#clock = setInterval(() => this.#tick(), clockEveryMs);
    this.#clock.unref();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#clock);
    clearTimeout(this.#playTimer);
    this.#opening += 1;
    await this.#closeWalk();
  }

  handle(intent: Intent): void {
    const {page, overlay} = this.store.get();
    if (intent.kind === 'quit') return this.#around.exit(0);
    if (intent.kind === 'interrupt') return this.#around.exit(130);
    if (overlay) return this.#inOverlay(intent, overlay);
    if (this.#onAnyPage(intent)) return;
    if (page.kind === 'home') return this.#atHome(intent, page.selected);
    if (page.kind === 'opening') return intent.kind === 'close' ? void this.goHome() : undefined;
    this.#inWalk(intent, page);
  }

  /** Opens a lesson on fresh processes and sockets. */
  async open(lesson: Lesson): Promise<void> {
    const opening = ++this.#opening;
    const {language} = this.store.get();
    this.#patch({page: {kind: 'opening', lesson}, overlay: null, notice: null});
    try {
      await this.#closeWalk();
      const port = await this.#around.choosePort();
      if (port.kind === 'refused') return void this.goHome(portSentence(port, language));
      const message = this.#around.message ?? lesson.message?.[language] ?? '';
      const walk = await this.#around.openWalk(lesson, port.port, message);
      if (opening !== this.#opening) return void (await walk[Symbol.asyncDispose]());
      this.#walk = walk;
      this.#showWalk(walk, lesson, message, portSentence(port, language) || null);
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
    const log = logOf(events);
    this.#patch({
      notice,
      page: {
        ...freshPage(lesson),
        source: 'recorded',
        log,
        length: events.length,
        stops,
        serverPort: recordedPort(events),
        message: recordedMessage(events, lesson),
      },
    });
  }

  /** Says one line above the text. */
  tell(notice: string): void {
    this.#patch({notice});
  }

  async goHome(notice: string | null = null): Promise<void> {
    this.#opening += 1;
    const {page} = this.store.get();
    const lesson = page.kind === 'home' ? null : page.lesson;
    const selected = Math.max(0, lesson ? this.#around.lessons.indexOf(lesson) : 0);
    this.#patch({page: {kind: 'home', selected}, overlay: null, notice});
    await this.#closeWalk();
  }

  /** What the learner is writing. */
  write(message: string): void {
    this.#patchWalk({message, messageProblem: null});
  }

  /** Sends what the learner has written, which is what the step's call does. */
  submit(): void {
    const {page, language} = this.store.get();
    if (page.kind !== 'walk' || page.phase !== 'writing') return;
    const complaint = messageComplaint(page.message);
    if (complaint) return this.#patchWalk({messageProblem: fill(complaint.text, language, complaint.values)});
    if (this.#walk) this.#walk.bindings.message = page.message;
    void this.#perform(page);
  }

  #showWalk(walk: Walk, lesson: Lesson, message: string, notice: string | null): void {
    const {log} = walk;
    log.subscribe(
      () => this.#walk === walk && this.#patchWalk({length: log.events.length, serverPort: walk.bindings.serverPort}),
    );
    const stops = [{events: log.events.length, lesson: lesson.id, step: null}];
    const page: WalkPage = {
      ...freshPage(lesson),
      log,
      length: log.events.length,
      stops,
      upcoming: walk.nextStep,
      message,
      serverPort: walk.bindings.serverPort,
    };
    this.#patch({page, notice});
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
        if (overlay.kind === 'confirm') this.#reset(overlay.lesson);
        if (overlay.kind === 'jump') void this.#jump(Number(overlay.digits));
        return;
      case 'digit':
        if (overlay.kind === 'jump')
          this.#patch({overlay: {kind: 'jump', digits: (overlay.digits + intent.digit).slice(0, 3)}});
        return;
      case 'erase':
        if (overlay.kind === 'jump') this.#patch({overlay: {kind: 'jump', digits: overlay.digits.slice(0, -1)}});
        return;
      default:
    }
  }

  #reset(lesson: Lesson): void {
    const {[lesson.id]: _, ...progress} = this.store.get().progress;
    this.#saveProgress(progress);
    this.#patch({notice: screenText.resetDone[this.store.get().language]});
  }

  #atHome(intent: Intent, selected: number): void {
    const {lessons} = this.#around;
    const lesson = lessons[selected];
    if (intent.kind === 'open' && lesson) void this.open(lesson);
    if (intent.kind === 'up') this.#patch({page: {kind: 'home', selected: Math.max(0, selected - 1)}});
    if (intent.kind === 'down')
      this.#patch({page: {kind: 'home', selected: Math.min(lessons.length - 1, selected + 1)}});
  }

  #inWalk(intent: Intent, page: WalkPage): void {
    if (intent.kind !== 'play-pause' && intent.kind !== 'slower' && intent.kind !== 'faster') this.#stopPlaying();
    switch (intent.kind) {
      case 'next':
        return this.#next();
      case 'back':
        return this.#back(page);
      case 'to-start':
        return this.#stand(0);
      case 'to-end':
        return this.#stand(page.stops.length - 1);
      case 'choose':
        return this.#choose(page, intent.choice);
      case 'skip':
        return this.#choose(page, null);
      case 'hint':
        return this.#patchWalk({isHintOpen: !page.isHintOpen, scroll: 0});
      case 'another-message':
        return this.#repeat(page);
      case 'play-pause':
        return page.isPlaying ? this.#stopPlaying() : this.#play();
      case 'slower':
        return this.#patchWalk({speed: Math.max(0, page.speed - 1)});
      case 'faster':
        return this.#patchWalk({speed: Math.min(speeds.length - 1, page.speed + 1)});
      case 'jump':
        return this.#patch({overlay: {kind: 'jump', digits: ''}});
      case 'lane':
        return this.#patchWalk({lane: page.lane === null ? 'server' : page.lane === 'server' ? 'client' : null});
      case 'pane':
        return this.#patchWalk({pane: paneNames[(paneNames.indexOf(page.pane) + 1) % paneNames.length] ?? 'calls'});
      case 'up':
        return this.#patchWalk({scroll: Math.max(0, page.scroll - 1)});
      case 'down':
        return this.#patchWalk({scroll: Math.min(scrollLimit, page.scroll + 1)});
      case 'run-again':
        return void this.open(page.lesson);
      case 'close':
        if (page.phase === 'writing') return this.#patchWalk({phase: 'reading', messageProblem: null});
        if (page.isHintOpen) return this.#patchWalk({isHintOpen: false});
        return void this.goHome();
      default:
    }
  }

  /** One step forward: through what has happened already, or by making the next call. */
  #next(): void {
    const {page} = this.store.get();
    if (page.kind !== 'walk' || page.isBusy) return;
    if (!isAtEdge(page)) return this.#stand(page.at + 1);
    if (page.phase === 'summary') return void this.goHome();
    if (page.source === 'recorded' || endedActor(page, viewOf(page))) return;
    const step = page.upcoming;
    if (!step) return this.#patchWalk({phase: 'summary', scroll: 0});
    if (step.predict) return this.#patchWalk({phase: 'asking', scroll: 0, isHintOpen: false});
    if (step.call.name === 'send' && step.call.data.kind === 'message')
      return this.#patchWalk({phase: 'writing', scroll: 0});
    void this.#perform(page);
  }

  #back(page: WalkPage): void {
    if (page.isBusy) return;
    if (page.phase !== 'reading') return this.#patchWalk({phase: 'reading', scroll: 0, isHintOpen: false});
    this.#stand(Math.max(0, page.at - 1));
  }

  #stand(at: number): void {
    const {page} = this.store.get();
    if (page.kind !== 'walk' || page.isBusy) return;
    const lesson = this.#lessonNamed(page.stops[at]?.lesson) ?? page.lesson;
    this.#patchWalk({at, lesson, phase: 'reading', scroll: 0, isHintOpen: false});
  }

  #choose(page: WalkPage, choice: number | null): void {
    const step = page.upcoming;
    if (!step?.predict || page.isBusy) return;
    if (choice !== null && choice >= step.predict.choices.length) return;
    page.log.append({kind: 'predicted', lesson: page.lesson.id, step: step.id, choice});
    void this.#perform(page, choice);
  }

  /** Makes the next call for real, and stands where it led. */
  async #perform(page: WalkPage, choice: number | null = null): Promise<void> {
    const walk = this.#walk;
    const step = walk?.nextStep;
    if (!walk || !step || !isLive(page) || page.isBusy) return;
    this.#patch({notice: null});
    this.#patchWalk({isBusy: true, phase: 'reading', scroll: 0, isHintOpen: false});
    await walk.next();
    if (walk !== this.#walk) return;
    this.#keep(page.lesson, step, choice, walk);
    this.#patchWalk(current => {
      const stop = {events: walk.log.events.length, lesson: page.lesson.id, step: step.id};
      const stops = [...current.stops, stop];
      return {
        stops,
        at: stops.length - 1,
        upcoming: walk.nextStep,
        mayRepeat: walk.mayRepeat,
        isBusy: false,
        length: stop.events,
      };
    });
    if (this.#isPlaying()) this.#schedule();
  }

  #keep(lesson: Lesson, step: Step, choice: number | null, walk: Walk): void {
    const judged = walk.log.events.findLast(event => event.kind === 'judged');
    const fulfilled = judged?.kind === 'judged' ? judged.fulfilled : [];
    let progress = performed(this.store.get().progress, lesson, step);
    if (step.predict)
      progress = answered(
        progress,
        lesson,
        step,
        choice === null ? 'skipped' : fulfilled.includes(choice) ? 'right' : 'wrong',
      );
    this.#saveProgress(progress);
  }

  #saveProgress(progress: Progress): void {
    this.#patch({progress});
    this.#around.save(progress);
  }

  #repeat(page: WalkPage): void {
    if (!this.#walk?.mayRepeat || !isLive(page) || page.isBusy) return;
    this.#walk.repeat();
    this.#patchWalk({upcoming: this.#walk.nextStep, mayRepeat: false});
    this.#next();
  }

  /** To step n of the lesson, 1 being the first: back to it, or forward by making the calls before it. */
  async #jump(n: number): Promise<void> {
    const {page} = this.store.get();
    if (page.kind !== 'walk' || n < 1) return;
    const wanted = page.lesson.steps[n - 1];
    const made = page.stops.findIndex(stop => stop.step === wanted?.id && stop.lesson === page.lesson.id);
    if (made >= 0) return this.#stand(made);
    this.#stand(page.stops.length - 1);
    while (wanted) {
      const now = this.store.get().page;
      if (now.kind !== 'walk' || !isLive(now) || now.isBusy || now.phase !== 'reading') return;
      if (!now.upcoming || endedActor(now, viewOf(now)) || now.stops.at(-1)?.step === wanted.id) return;
      await this.#perform(now);
    }
  }

  #play(): void {
    this.#patchWalk({isPlaying: true});
    this.#next();
    this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#playTimer);
    const {page} = this.store.get();
    if (page.kind !== 'walk' || !page.isPlaying) return;
    const isOver = isAtEdge(page) && followingStep(page) === null;
    if (page.phase !== 'reading' || isOver) return this.#stopPlaying();
    this.#playTimer = setTimeout(
      () => {
        if (!this.#isPlaying()) return;
        this.#next();
        this.#schedule();
      },
      1000 * (speeds[page.speed] ?? speeds[usualSpeed]),
    );
  }

  #isPlaying(): boolean {
    const {page} = this.store.get();
    return page.kind === 'walk' && page.isPlaying;
  }

  #stopPlaying(): void {
    clearTimeout(this.#playTimer);
    this.#patchWalk({isPlaying: false});
  }

  #tick(): void {
    const {page} = this.store.get();
    if (page.kind !== 'walk' || !isLive(page) || !this.#walk) return;
    if (viewOf(page).lanes.some(lane => lane.waiting)) this.#patchWalk({now: this.#walk.now()});
  }

  async #closeWalk(): Promise<void> {
    clearTimeout(this.#playTimer);
    const walk = this.#walk;
    this.#walk = null;
    await walk?.[Symbol.asyncDispose]();
  }

  #lessonNamed(id: string | undefined): Lesson | undefined {
    return this.#around.lessons.find(lesson => lesson.id === id);
  }

  #patch(change: Partial<State>): void {
    this.store.set(state => ({...state, ...change}));
  }

  #patchWalk(change: Partial<WalkPage> | ((page: WalkPage) => Partial<WalkPage>)): void {
    this.store.set(state => {
      if (state.page.kind !== 'walk') return state;
      const changes = typeof change === 'function' ? change(state.page) : change;
      return {...state, page: {...state.page, ...changes}};
    });
  }
}

/** The first lesson that is not behind the learner yet. */
const suggested = (lessons: readonly Lesson[], progress: Progress): number =>
  Math.max(
    0,
    lessons.findIndex(lesson => !progress[lesson.id]?.isFinished),
  );

const freshPage = (lesson: Lesson): WalkPage => ({
  kind: 'walk',
  lesson,
  source: 'live',
  log: logOf([]),
  length: 0,
  stops: [],
  at: 0,
  upcoming: null,
  phase: 'reading',
  isBusy: false,
  mayRepeat: false,
  pane: 'calls',
  lane: null,
  isPlaying: false,
  speed: usualSpeed,
  isHintOpen: false,
  scroll: 0,
  message: '',
  messageProblem: null,
  serverPort: port(0),
  now: 0,
});
