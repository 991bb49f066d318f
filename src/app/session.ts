import {fill} from '../messages/fill.ts';
import {screenText} from '../messages/screen.ts';
import type {Port} from '../model/brands.ts';
import type {LogEvent} from '../model/event.ts';
import {asks, hasServer, type Lesson} from '../model/lesson.ts';
import type {Language, Text} from '../model/text.ts';
import {logOf} from '../timeline/log.ts';
import {project} from '../timeline/project.ts';
import type {Experiment} from './experiment.ts';
import {ExperimentControl} from './experiment-control.ts';
import {dueReviews, homePage, listed, moved, ownReviews, searched} from './home-page.ts';
import type {Intent} from './intents.ts';
import {lessonHere, lessonOfReview} from './lesson-here.ts';
import {edited, oneLine} from './line-edit.ts';
import {freshPage} from './moves.ts';
import {messageComplaint} from './options.ts';
import {overlayAfter} from './overlays.ts';
import {lackSentence} from './play.ts';
import {noPort, type PortChoice, portSentence} from './port-choice.ts';
import {answered, answerOf, forgotten, type Progress, performed, reviewed} from './progress.ts';
import {
  type ExperimentPage,
  type HomePage,
  isAtEdge,
  type Overlay,
  type ReviewRef,
  recordedMessage,
  recordedPort,
  type State,
  stopsOf,
  type WalkPage,
} from './state.ts';
import {createStore, type Store} from './store.ts';
import type {Walk} from './walk.ts';
import {type Desk, WalkControl} from './walk-control.ts';

/** What the session needs from the world around it. */
export interface Surroundings {
  readonly lessons: readonly Lesson[];
  choosePort(): Promise<PortChoice>;
  openWalk(lesson: Lesson, port: Port, message: string, hold: AsyncDisposable | null): Promise<Walk>;
  /** Why a lesson cannot run here; null when the error is a mistake of ours. */
  explain(error: unknown, language: Language): string | null;
  /** Throws as `openWalk` does, and where no port is free. */
  openExperiment(lesson: Lesson): Promise<Experiment>;
  save(progress: Progress): unknown;
  /** The message of lessons that send one, where the learner named one on the command line. */
  readonly message: string | null;
  exit(code: number): void;
}

/** Where a lesson is opened when not at its beginning, and what to say of that. */
interface Beginning {
  readonly at: number;
  readonly choices: Readonly<Record<string, number | null>>;
  readonly message?: string;
  readonly why: Text;
}

/** Holds the state of the screen, and turns intents into the next state and into calls. */
export class Session implements AsyncDisposable {
  readonly store: Store<State>;
  readonly #around: Surroundings;
  #control: WalkControl | null = null;
  #experiment: ExperimentControl | null = null;
  /** Counts lessons opened, so that one which comes too late is closed again. */
  #opening = 0;
  #hearsControl = false;

  constructor(around: Surroundings, language: Language, progress: Progress, notice: string | null) {
    this.#around = around;
    const page = homePage(around.lessons, progress);
    this.store = createStore<State>({language, page, overlay: null, progress, notice});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#opening += 1;
    await this.#closeExperiment();
    await this.#closeWalk();
  }

  handle(intent: Intent): void {
    const {page, overlay} = this.store.get();
    if (intent.kind === 'quit') return this.#around.exit(0);
    if (intent.kind === 'interrupt') return this.#around.exit(130);
    if (overlay && intent.kind !== 'language') return this.#inOverlay(intent, overlay);
    if (page.kind !== 'experiment' && this.#onAnyPage(intent)) return;
    switch (page.kind) {
      case 'home':
        return this.#atHome(intent, page);
      case 'opening':
        return intent.kind === 'close' ? void this.goHome() : undefined;
      case 'walk':
        return this.#inWalk(intent, page);
      case 'experiment':
        if (intent.kind === 'close') return void this.#closeExperiment();
        return this.#experiment?.handle(intent);
    }
  }

  /** Opens a lesson on fresh processes and sockets, where the learner left it unless it is to begin anew. */
  async open(lesson: Lesson, review: WalkPage['review'] = null, anew = false): Promise<void> {
    const own = anew || review ? undefined : this.store.get().progress.lessons[lesson.id];
    const from = own && own.at > 0 ? {...own, why: screenText.resuming} : null;
    await this.#openAt(lesson, from, review);
  }

  async #openAt(whole: Lesson, from: Beginning | null, review: WalkPage['review'] = null): Promise<void> {
    const opening = ++this.#opening;
    const {language} = this.store.get();
    this.#patch({page: {kind: 'opening', lesson: whole, review}, overlay: null, notice: null});
    try {
      await this.#closeWalk();
      const {lesson, lacks} = await lessonHere(whole);
      const port = hasServer(lesson) ? await this.#around.choosePort() : noPort;
      if (opening !== this.#opening) return void (await letGo(port));
      if (port.kind === 'refused') return void this.goHome(portSentence(port, language));
      const message = this.#around.message ?? from?.message ?? lesson.message?.[language] ?? '';
      const walk = await this.#around.openWalk(lesson, port.port, message, port.hold);
      if (opening !== this.#opening) return void (await walk[Symbol.asyncDispose]());
      const lacking = lacks.length > 0 ? lackSentence(whole, lesson, lacks, language) : '';
      const said = [portSentence(port, language), lacking, from?.why[language] ?? ''].join(' ').trim();
      this.#showWalk(walk, message, said || null, review);
      if (from) await this.#control?.resume(from.at, from.choices);
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

  /** Back to the list, with the lesson that was open selected, or the one that comes next. */
  async goHome(notice: string | null = null, isDone = false): Promise<void> {
    this.#opening += 1;
    const {page, progress} = this.store.get();
    const {lessons} = this.#around;
    const here =
      page.kind === 'home' ? this.#lessonNamed(page.selected) : lessons.find(({id}) => isOf(lessonAt(page), id));
    this.#patch({page: homePage(lessons, progress, isDone ? undefined : here), overlay: null, notice});
    await this.#closeWalk();
  }

  /** A stretch of input is about to be heard. The line of typing takes the letter of Ctrl+A for text; it is none. */
  hear(isControl: boolean): void {
    this.#hearsControl = isControl;
  }

  /** The learner has edited the message: what was drawn became this. */
  write(drawn: string, next: string): void {
    const {page} = this.store.get();
    if (this.#hearsControl) return;
    if (page.kind === 'walk') this.#patchWalk({message: edited(page.message, drawn, next), messageProblem: null});
    if (page.kind === 'experiment') {
      this.#patch({page: {...page, line: edited(page.line, drawn, next), problem: null}});
    }
    if (page.kind === 'home' && page.search !== null) {
      this.#patch({page: searched(page, edited(page.search, drawn, next), this.#around.lessons)});
    }
  }

  /** Pasted text goes to the end of the message; anywhere else it is not taken for keys. */
  paste(text: string): void {
    const {page} = this.store.get();
    this.#hearsControl = false;
    if (page.kind === 'walk' && page.phase === 'writing') this.write(page.message, page.message + oneLine(text));
    if (page.kind === 'experiment') this.write(page.line, page.line + oneLine(text));
    if (page.kind === 'home' && page.search !== null) this.write(page.search, page.search + oneLine(text));
  }

  #showWalk(walk: Walk, message: string, notice: string | null, review: WalkPage['review']): void {
    const {lesson, log} = walk;
    const length = log.events.length;
    const page: WalkPage = {
      ...freshPage(lesson),
      log,
      length,
      stops: [{events: length, lesson: lesson.id, step: null}],
      upcoming: walk.nextStep,
      message,
      review,
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
      openAgain: (page: WalkPage, choice: number | null) => void this.#openAgain(page, choice),
      made: (...made: Parameters<Desk['made']>) => this.#keep(...made),
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
      case 'glossary':
        this.#patch({overlay: {kind: 'glossary', selected: 0}});
        return true;
      case 'blank':
        this.#patch({overlay: {kind: 'blank'}});
        return true;
      case 'reset': {
        const lesson = page.kind === 'home' ? this.#lessonNamed(page.selected) : lessonAt(page);
        if (lesson && this.#lessonNamed(lesson.id)) this.#patch({overlay: {kind: 'confirm', lesson}});
        return true;
      }
      default:
        return false;
    }
  }

  #inOverlay(intent: Intent, overlay: Overlay): void {
    this.#patch({overlay: overlayAfter(intent, overlay)});
    if (intent.kind !== 'yes') return;
    if (overlay.kind === 'confirm') this.#forget(overlay.lesson);
    if (overlay.kind === 'jump') void this.#control?.jump(Number(overlay.digits));
  }

  #atHome(intent: Intent, page: HomePage): void {
    const {lessons} = this.#around;
    switch (intent.kind) {
      case 'open': {
        const lesson = listed(lessons, page.search).find(({id}) => id === page.selected);
        return lesson && void this.open(lesson);
      }
      case 'up':
      case 'down':
        return this.#patch({page: moved(page, intent, lessons)});
      case 'search':
        return this.#patch({page: searched(page, '', lessons), notice: null});
      case 'close':
        return this.#patch({page: searched(page, null, lessons)});
      case 'review':
        return this.#review(dueReviews(lessons, this.store.get().progress));
      default:
    }
  }

  /** Asks review questions one after the other, each on fresh processes; then back to the list. */
  #review([asked, ...left]: readonly ReviewRef[]): void {
    const {language} = this.store.get();
    if (!asked) return this.#patch({notice: screenText.nothingToReview[language]});
    void this.open(lessonOfReview(asked.lesson, asked.review), {asked, left});
  }

  #afterReview({left}: NonNullable<WalkPage['review']>): void {
    if (left.length > 0) return this.#review(left);
    void this.goHome(screenText.reviewDone[this.store.get().language]);
  }

  #inWalk(intent: Intent, page: WalkPage): void {
    if (intent.kind === 'send') return this.#send(page);
    if (intent.kind === 'erase') return this.#patchWalk({message: '', messageProblem: null});
    switch (intent.kind) {
      case 'jump':
        return this.#patch({overlay: {kind: 'jump', digits: ''}});
      case 'run-again':
        return void this.open(this.#lessonNamed(page.lesson.id) ?? page.lesson, page.review, true);
      case 'try-again':
        // The progress stands before the step that did not work: there it opens, on fresh sockets.
        return page.hasFailed ? void this.#tryAgain(page) : undefined;
      case 'experiment':
        return void this.#openExperiment(page);
      case 'review':
        return this.#review(ownReviews(page.lesson));
      case 'close':
        if (page.phase === 'writing') return this.#patchWalk({phase: 'reading', messageProblem: null});
        if (page.isHintOpen) return this.#patchWalk({isHintOpen: false});
        return void this.goHome();
      default:
    }
    // From the end on to what the learner has not done yet.
    if (intent.kind === 'next' && page.phase === 'summary') return void this.goHome(null, true);
    if (intent.kind === 'next' && page.review && isOver(page)) return this.#afterReview(page.review);
    if (!this.#control?.look(intent, page)) this.#control?.move(intent, page);
  }

  /** Up to the step where the learner stands, on fresh sockets; then that step. */
  async #openAgain({lesson, message, log, upcoming, review}: WalkPage, choice: number | null): Promise<void> {
    const at = lesson.steps.findIndex(({id}) => id === upcoming?.id);
    const {predictions} = project(log, log.events.length);
    const from = {at, choices: predictions, message, why: screenText.tooLate};
    await this.#openAt(this.#lessonNamed(lesson.id) ?? lesson, from, review);
    await this.#control?.callWith(choice);
  }

  async #tryAgain({lesson, tried}: WalkPage): Promise<void> {
    await this.open(this.#lessonNamed(lesson.id) ?? lesson);
    this.#patchWalk({tried});
    this.#control?.goOn();
  }

  /** Fresh processes beside the walk, which stays as it is. */
  async #openExperiment(from: WalkPage): Promise<void> {
    if (from.isBusy) return;
    this.#control?.pause();
    const opening = ++this.#opening;
    try {
      const experiment = await this.#around.openExperiment(from.lesson);
      const {page} = this.store.get();
      if (opening !== this.#opening || page.kind !== 'walk') return void (await experiment[Symbol.asyncDispose]());
      const {log, serverPort} = experiment;
      const fresh = {line: '', problem: null, history: [], recalled: -1, now: 0} as const;
      const length = log.events.length;
      this.#patch({page: {kind: 'experiment', from: page, log, length, serverPort, actor: 'server', ...fresh}});
      const change = (change: Partial<ExperimentPage>) =>
        this.store.set(state =>
          state.page.kind === 'experiment' ? {...state, page: {...state.page, ...change}} : state,
        );
      const at = () => {
        const now = this.store.get().page;
        return now.kind === 'experiment' ? now : null;
      };
      const desk = {page: at, change, language: () => this.store.get().language};
      this.#experiment = new ExperimentControl(desk, experiment);
    } catch (error) {
      const why = this.#around.explain(error, this.store.get().language);
      if (why === null) throw error;
      this.#patch({notice: why});
    }
  }

  async #closeExperiment(): Promise<void> {
    const {page} = this.store.get();
    const experiment = this.#experiment;
    this.#experiment = null;
    // The walk may have heard of something meanwhile.
    if (page.kind === 'experiment') this.#patch({page: {...page.from, length: page.from.log.events.length}});
    await experiment?.[Symbol.asyncDispose]();
  }

  /** Sends what the learner has written, or says why it cannot be sent. */
  #send({message, phase}: WalkPage): void {
    if (phase !== 'writing') return;
    const complaint = messageComplaint(message);
    if (!complaint) return this.#control?.send(message);
    this.#patchWalk({messageProblem: fill(complaint.text, this.store.get().language, complaint.values)});
  }

  #keep(...[lesson, step, choice, fulfilled, hasFailed]: Parameters<Desk['made']>): void {
    this.#patch({notice: null});
    const {page, progress} = this.store.get();
    const review = page.kind === 'walk' ? page.review : null;
    if (review) {
      if (!step.predict) return;
      return this.#saveProgress(reviewed(progress, step.predict.belief, answerOf(choice, fulfilled)));
    }
    const message = lesson.message && page.kind === 'walk' ? page.message : undefined;
    const made = hasFailed ? progress : performed(progress, lesson, step, message);
    this.#saveProgress(asks(step) ? answered(made, lesson, step, choice, fulfilled) : made);
  }

  #forget(lesson: Lesson): void {
    const {progress, language} = this.store.get();
    this.#saveProgress(forgotten(progress, lesson));
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

const lessonAt = (page: Exclude<State['page'], HomePage>): Lesson =>
  page.kind === 'experiment' ? page.from.lesson : page.lesson;

/** Whether a page's lesson is this one, or a review question of it. */
const isOf = ({id}: Lesson, lesson: string): boolean => id === lesson || id.startsWith(`${lesson}/`);

const isOver = (page: WalkPage): boolean => isAtEdge(page) && page.upcoming === null && !page.isBusy;

/** Lets go of a port that came too late. */
async function letGo(port: PortChoice): Promise<void> {
  if (port.kind !== 'refused') await port.hold?.[Symbol.asyncDispose]();
}
