import type {Meaning} from '../../draw/text/spans.ts';
import {fill} from '../../messages/fill.ts';
import {screenText} from '../../messages/screen.ts';
import type {Challenge} from '../../model/challenge.ts';
import type {Taught} from '../../model/course.ts';
import type {LogEvent} from '../../model/event.ts';
import type {Lesson} from '../../model/lesson.ts';
import type {Language} from '../../model/text.ts';
import type {Log} from '../../timeline/log.ts';
import {lessonAfter, type Progress} from '../keep/progress.ts';
import type {Intent} from '../keys/intents.ts';
import {intentOf} from '../keys/keymap.ts';
import {TypedText} from '../line/typed-text.ts';
import {labLesson} from '../run/lab-lesson.ts';
import {lessonOfReview} from '../run/lesson-here.ts';
import {dueReviews, homePage, leftFor, lessonAt, listed, moved, ownReviews, searched} from '../screen/home-page.ts';
import {keyContextOf} from '../screen/key-context.ts';
import {type Environment as LabEnvironment, LabSession} from '../screen/lab-session.ts';
import {framesOf, isAtEdge, stopAfter} from '../screen/log-page.ts';
import {type PageStore, pageStore} from '../screen/page-store.ts';
import {ProgressKeeper} from '../screen/progress-keeper.ts';
import {
  type HomePage,
  type LabPage,
  type Overlay,
  type ReviewRef,
  type State,
  upcomingStep,
  type WalkPage,
} from '../screen/state.ts';
import {createStore, type Store} from '../screen/store.ts';
import {typedIn, withTyped} from '../screen/typing.ts';
import {type Environment as WalkEnvironment, WalkSession} from '../screen/walk-session.ts';
import {freshLadder, isOnWire, type WireOverlay, wireOverlayAfter} from '../screen/wire-overlay.ts';
import {glossaryAt, glossaryOf} from '../screen/words.ts';
import {messageComplaint} from '../words/message.ts';
import {Asides, type Environment as AsidesEnvironment} from './asides.ts';
import {Finding} from './finding.ts';
import {openedBy, overlayAfter} from './overlays.ts';

/** What the session needs from the world around it. */
export interface Environment extends Taught, WalkEnvironment, LabEnvironment, AsidesEnvironment {
  save(progress: Progress): unknown;
  /** Writes all frames of a walk to a file; what came of it is a sentence. */
  saveCapture(log: Log, lesson: string, language: Language): Promise<string>;
  exit(code: number): void;
}

/** Holds the state of the screen, and turns intents into the next state and into calls. */
export class Session implements AsyncDisposable {
  readonly store: Store<State>;
  readonly taught: Taught;
  readonly typing: TypedText;
  readonly #around: Environment;
  readonly #progress: ProgressKeeper;
  readonly #page: PageStore<WalkPage>;
  readonly #walk: WalkSession;
  readonly #lab: LabSession;
  readonly #asides: Asides;
  readonly #finding: Finding;
  #early: string[] = [];

  constructor(around: Environment, language: Language, progress: Progress, notice: string | null) {
    this.#around = around;
    this.taught = around;
    this.typing = new TypedText(
      () => typedIn(this.store.get()),
      text => this.store.set(state => withTyped(state, text, around.lessons)),
      () => {
        const {page, overlay} = this.store.get();
        return page.kind === 'lab' && !overlay ? () => this.handle({kind: 'send'}) : null;
      },
    );
    const page = homePage(around.lessons, progress);
    this.store = createStore<State>({language, page, overlay: null, progress, notice});
    this.#progress = new ProgressKeeper(this.store, progress => around.save(progress));
    this.#walk = new WalkSession(this.store, around, this.#progress);
    this.#lab = new LabSession(this.store, around, this.#progress);
    this.#asides = new Asides(this.store, around);
    this.#finding = new Finding(this.store, around, {
      press: intent => this.handle(intent),
      open: lesson => this.#openInstead(lesson),
      attempt: challenge => this.#attemptHere(challenge),
    });
    this.#page = pageStore(this.store, 'walk');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lab.close();
    await this.#walk.close();
  }

  handle(intent: Intent): void {
    const {page, overlay} = this.store.get();
    if (intent.kind === 'quit') return this.#around.exit(0);
    if (intent.kind === 'interrupt') return this.#around.exit(130);
    if (overlay?.kind === 'palette') return this.#finding.handle(intent, overlay);
    if (overlay && intent.kind !== 'language') {
      return isOnWire(overlay) && !isOpening(intent) && (page.kind === 'walk' || page.kind === 'lab')
        ? this.#onWire(intent, overlay, page)
        : this.#inOverlay(intent, overlay);
    }
    if (this.#onAnyPage(intent)) return;
    switch (page.kind) {
      case 'home':
        return this.#atHome(intent, page);
      case 'opening':
        return intent.kind === 'close' ? void this.goHome() : undefined;
      case 'walk':
        return this.#inWalk(intent, page);
      case 'lab':
        if (intent.kind === 'wire') return this.#patch({overlay: freshLadder(page), notice: null});
        return this.#lab.handle(intent);
    }
  }

  /** Opens a lesson where the learner left it; then the keys that were pressed meanwhile count. */
  async open(...what: Parameters<WalkSession['open']>): Promise<void> {
    const keys: string[] = [];
    this.#early = keys;
    await this.#walk.open(...what);
    // Left meanwhile for another one, to which the keys after that belong.
    if (this.#early !== keys) return;
    this.#early = [];
    if (this.store.get().page.kind !== 'walk') return;
    for (const key of keys) {
      const intent = intentOf(key, keyContextOf(this.store.get()));
      if (intent) this.handle(intent);
      else this.typing.type(key === 'Space' ? ' ' : key.length === 1 ? key : '');
    }
  }

  /**
   * A key that has no meaning while a lesson opens is kept until it is open. One that is pressed again out of impatience counts
   * once, and Enter, which may have opened it, not at all.
   */
  pressEarly(key: string): void {
    if (key !== 'Enter' && key !== this.#early.at(-1)) this.#early.push(key);
  }

  /** Goes to the moment of a call, or opens a frame. */
  point({kind, seq}: Meaning): void {
    const {page, overlay} = this.store.get();
    if (page.kind !== 'walk' && page.kind !== 'lab') return;
    if (kind === 'frame') {
      const selected = framesOf(page).findIndex(({frame}) => frame.seq === seq);
      const numbers = overlay && isOnWire(overlay) ? overlay.numbers : 'relative';
      if (selected >= 0) this.#patch({overlay: {kind: 'frame', selected, field: 0, numbers}, notice: null});
    } else if (!overlay) (page.kind === 'walk' ? this.#walk : this.#lab).visit(stopAfter(page, seq));
  }

  /** Free play by itself; `script`: a file whose lines are done first. */
  openLab(script: string | null = null): Promise<void> {
    return this.#lab.open(null, script);
  }

  /** Shows a log that was saved earlier. */
  show(events: readonly LogEvent[], notice: string | null): void {
    const isFree = events.some(event => 'lesson' in event && event.lesson === labLesson.id);
    if (isFree) this.#lab.show(events, notice);
    else this.#walk.show(events, notice);
  }

  /** Says one line above the text. */
  tell(notice: string): void {
    this.#patch({notice});
  }

  /** Back to the list, with the lesson that was open selected, or the one that comes next. */
  async goHome(notice: string | null = null, isDone = false): Promise<void> {
    const {lessons} = this.#around;
    this.store.set(state => ({...leftFor({lessons, isDone}, state), notice}));
    await this.#walk.close();
  }

  #onAnyPage(intent: Intent): boolean {
    const {language, page} = this.store.get();
    switch (intent.kind) {
      case 'language':
        this.#patch({language: language === 'ja' ? 'en' : 'ja'});
        return true;
      case 'man':
        void this.#asides.openMan();
        return true;
      case 'copy':
        this.#asides.copy();
        return true;
      case 'reset': {
        const lesson = page.kind === 'home' ? this.#lessonNamed(page.selected) : lessonAt(page);
        if (lesson && this.#lessonNamed(lesson.id)) this.#patch({overlay: {kind: 'confirm', lesson}});
        return true;
      }
      default: {
        const overlay = openedBy[intent.kind];
        if (overlay) this.#patch({overlay});
        return overlay !== undefined;
      }
    }
  }

  #openInstead(lesson: Lesson): void {
    void this.#lab.close();
    void this.open(lesson);
  }

  /** In free play as it is open, or in one that is opened for it. */
  #attemptHere(challenge: Challenge): void {
    const {page} = this.store.get();
    const isOpen = page.kind === 'lab' && page.source === 'live';
    if (!isOpen && page.kind === 'walk') this.#walk.pause();
    if (isOpen) this.#patch({overlay: null});
    else void this.#lab.open(page.kind === 'walk' && !page.isBusy ? page : null);
    this.#lab.attempt(challenge);
  }

  #inOverlay(intent: Intent, overlay: Overlay): void {
    if (overlay.kind === 'glossary' && intent.kind === 'open') {
      const term = glossaryOf(this.store.get(), overlay, this.taught).terms[overlay.selected];
      return term && this.#patch({overlay: glossaryAt(term, this.store.get(), this.taught)});
    }
    this.#patch({overlay: overlayAfter(intent, overlay, this.#around)});
    if (overlay.kind === 'challenges' && intent.kind === 'open') return this.#attempt(overlay.selected);
    if (intent.kind !== 'yes') return;
    if (overlay.kind === 'confirm') this.#forget(overlay.lesson);
    if (overlay.kind === 'jump') this.#walk.jump(Number(overlay.digits));
  }

  #attempt(selected: number): void {
    const challenge = this.#around.challenges[selected];
    if (challenge) this.#lab.attempt(challenge);
  }

  #onWire(intent: Intent, overlay: WireOverlay, page: WalkPage | LabPage): void {
    if (intent.kind === 'save-capture') return void this.#saveCapture(page);
    this.#patch({overlay: wireOverlayAfter(intent, overlay, page)});
  }

  async #saveCapture(page: WalkPage | LabPage): Promise<void> {
    const {log} = page;
    if (!log.events.some(({kind}) => kind === 'frame')) return;
    const name = page.kind === 'walk' ? page.lesson.id : labLesson.id;
    this.tell(await this.#around.saveCapture(log, name, this.store.get().language));
  }

  #atHome(intent: Intent, page: HomePage): void {
    const {lessons} = this.#around;
    switch (intent.kind) {
      case 'experiment':
        return void this.openLab();
      case 'open': {
        const lesson = listed(lessons, page.search).find(({id}) => id === page.selected);
        return lesson && void this.open(lesson);
      }
      case 'up':
      case 'down':
      case 'back':
      case 'next':
      case 'to-start':
      case 'to-end':
        return this.#patch({page: moved(page, intent, lessons)});
      case 'erase':
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
    if (intent.kind === 'erase') return this.#page.change({draft: '', messageProblem: null});
    switch (intent.kind) {
      case 'jump':
        return this.#patch({overlay: {kind: 'jump', digits: ''}});
      case 'wire':
        return this.#patch({overlay: freshLadder(page), notice: null});
      case 'run-again':
        return void this.open(this.#lessonNamed(page.lesson.id) ?? page.lesson, page.review, true);
      case 'try-again':
        // The progress stands before the step that did not work: there it opens, on fresh sockets.
        return page.hasFailed ? void this.#walk.tryAgain(page) : undefined;
      case 'experiment':
        if (page.isBusy) return;
        this.#walk.pause();
        return void this.#lab.open(page);
      case 'review':
        return this.#review(ownReviews(page.lesson));
      case 'close':
        if (page.phase === 'writing') return this.#page.change({phase: 'reading', messageProblem: null});
        if (page.isHintOpen) return this.#page.change({isHintOpen: false});
        return void this.goHome();
      default:
    }
    if (intent.kind === 'next' && page.phase === 'summary') return this.#goOn(page);
    if (intent.kind === 'next' && page.review && isOver(page)) return this.#afterReview(page.review);
    this.#walk.handle(intent, page);
  }

  /** From the end on to what the learner has not finished yet. */
  #goOn({lesson}: WalkPage): void {
    const next = lessonAfter(lesson.id, this.#around.lessons, this.store.get().progress);
    void (next ? this.open(next) : this.goHome(null, true));
  }

  /** Sends what the learner has written, or says why it cannot be sent. */
  #send({draft, phase}: WalkPage): void {
    if (phase !== 'writing' || draft === null) return;
    const complaint = messageComplaint(draft);
    if (!complaint) return this.#walk.send(draft);
    this.#page.change({messageProblem: fill(complaint.text, this.store.get().language, complaint.values)});
  }

  #forget(lesson: Lesson): void {
    this.#progress.forget(lesson);
    this.#patch({notice: screenText.resetDone[this.store.get().language]});
  }

  #lessonNamed(id: string | undefined): Lesson | undefined {
    return this.#around.lessons.find(lesson => lesson.id === id);
  }

  #patch(change: Partial<State>): void {
    this.store.set(state => ({...state, ...change}));
  }
}

const isOver = (page: WalkPage): boolean => isAtEdge(page) && upcomingStep(page) === null && !page.isBusy;

/** What opens something else above what is open. */
const isOpening = ({kind}: Intent): boolean => kind === 'help' || kind === 'palette';
