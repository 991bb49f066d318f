import {fitText} from '../../draw/text/wrap.ts';
import {fill} from '../../messages/fill.ts';
import {screenText} from '../../messages/screen.ts';
import type {Challenge} from '../../model/challenge.ts';
import type {Taught} from '../../model/course.ts';
import type {LogEvent} from '../../model/event.ts';
import {asks, type Lesson} from '../../model/lesson.ts';
import type {Language} from '../../model/text.ts';
import type {Log} from '../../timeline/log.ts';
import type {Entry} from '../find/palette.ts';
import {answered, answerOf, forgotten, type Progress, performed, reviewed, solved} from '../keep/progress.ts';
import {TypedText} from '../line/typed-text.ts';
import {labLesson} from '../run/lab-lesson.ts';
import {lessonOfReview} from '../run/lesson-here.ts';
import {copyOf, longestCopy} from '../run/step-copy.ts';
import {messageComplaint} from '../words/message.ts';
import {dueReviews, homePage, listed, moved, ownReviews, searched} from './home-page.ts';
import type {Intent, PlainIntent} from './intents.ts';
import {intentOf} from './keymap.ts';
import {type Environment as LabEnvironment, LabSession} from './lab-session.ts';
import {entriesOf, freshPalette, overlayAfter, paletteAfter} from './overlays.ts';
import {placeOf} from './place.ts';
import {
  followingStep,
  type HomePage,
  isAtEdge,
  type LabPage,
  type Overlay,
  type Palette,
  type ReviewRef,
  type State,
  shownStep,
  upcomingStep,
  viewOf,
  type WalkPage,
} from './state.ts';
import {createStore, type Store} from './store.ts';
import {typedIn, withTyped} from './typing.ts';
import type {WalkHost} from './walk-control.ts';
import {type Environment as WalkEnvironment, WalkSession} from './walk-session.ts';
import {freshLadder, isOnWire, type WireOverlay, wireOverlayAfter} from './wire-overlay.ts';
import {glossaryAt, glossaryOf} from './words.ts';

/** What the session needs from the world around it. */
export interface Environment extends Taught, WalkEnvironment, LabEnvironment {
  save(progress: Progress): unknown;
  /** Writes all frames of a walk to a file; what came of it is a sentence. */
  saveCapture(log: Log, lesson: string, language: Language): Promise<string>;
  /** Puts a text into the terminal's clipboard. */
  copy(text: string): void;
  /** How a call is written and how it fails, by its man page; null where that is not installed. */
  manPage(call: string): Promise<readonly string[] | null>;
  exit(code: number): void;
}

/** Holds the state of the screen, and turns intents into the next state and into calls. */
export class Session implements AsyncDisposable {
  readonly store: Store<State>;
  readonly taught: Taught;
  readonly typing: TypedText;
  readonly #around: Environment;
  readonly #walk: WalkSession;
  readonly #lab: LabSession;
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
    this.#walk = new WalkSession(this.store, around, {
      goHome: notice => void this.goHome(notice),
      made: (...made) => this.#keep(...made),
    });
    this.#lab = new LabSession(this.store, around, {
      goHome: notice => void this.goHome(notice),
      solved: (challenge, moves) => this.#saveProgress(solved(this.store.get().progress, challenge, moves)),
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lab.close();
    await this.#walk.close();
  }

  handle(intent: Intent): void {
    const {page, overlay} = this.store.get();
    if (intent.kind === 'quit') return this.#around.exit(0);
    if (intent.kind === 'interrupt') return this.#around.exit(130);
    if (overlay?.kind === 'palette') return this.#inPalette(intent, overlay);
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
      const intent = intentOf(key, placeOf(this.store.get()));
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
    const {page, progress} = this.store.get();
    const {lessons} = this.#around;
    const here =
      page.kind === 'home' ? this.#lessonNamed(page.selected) : lessons.find(({id}) => isOf(lessonAt(page), id));
    this.#patch({page: homePage(lessons, progress, isDone ? undefined : here), overlay: null, notice});
    await this.#walk.close();
  }

  #onAnyPage(intent: Intent): boolean {
    const {language, page} = this.store.get();
    switch (intent.kind) {
      case 'language':
        this.#patch({language: language === 'ja' ? 'en' : 'ja'});
        return true;
      case 'help':
        this.#patch({overlay: {kind: 'help', scroll: 0, from: null}});
        return true;
      case 'glossary':
        this.#patch({overlay: {kind: 'glossary', selected: 0, search: null}});
        return true;
      case 'man':
        void this.#openMan(page);
        return true;
      case 'copy':
        this.#copy(page);
        return true;
      case 'palette':
        this.#patch({overlay: freshPalette(null)});
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

  async #openMan(page: State['page']): Promise<void> {
    if (page.kind !== 'walk' && page.kind !== 'lab') return;
    const {language} = this.store.get();
    const made = page.at === 0 ? undefined : viewOf(page).calls.at(-1)?.call.name;
    const call = made ?? (page.kind === 'walk' ? followingStep(page)?.call.name : undefined);
    if (call === undefined) return this.tell(screenText.noCallForMan[language]);
    const lines = await this.#around.manPage(call);
    // Something else may have been opened meanwhile.
    const {page: now, overlay} = this.store.get();
    if (now.kind !== page.kind || overlay) return;
    if (lines) this.#patch({overlay: {kind: 'man', call, lines, scroll: 0}});
    else this.tell(fill(screenText.noMan, language, {call}));
  }

  #copy(page: State['page']): void {
    if (page.kind !== 'walk' && page.kind !== 'lab') return;
    const {language} = this.store.get();
    const newest = page.at === 0 ? undefined : viewOf(page).calls.at(-1);
    const copied = copyOf(page.pane, page.kind === 'walk' ? shownStep(page) : null, newest, page.serverPort);
    if (!copied) return this.tell(screenText.nothingToCopy[language]);
    const {text, what, isCut} = copied;
    this.#around.copy(text);
    const values = {what: what[language], bytes: Buffer.byteLength(text), text: onOneRow(text)};
    const part = isCut ? ` ${fill(screenText.copiedPart, language, {most: longestCopy})}` : '';
    this.tell(`${fill(screenText.copied, language, values)}${part}`);
  }

  #inPalette(intent: Intent, palette: Palette): void {
    const state = this.store.get();
    const entries = entriesOf(state, palette, this.taught);
    if (intent.kind !== 'open') return this.#patch({overlay: paletteAfter(intent, palette, entries.length)});
    const entry = entries[palette.selected];
    if (!entry) return;
    this.#patch({overlay: palette.from});
    this.#do(entry);
  }

  /** Does what was found. */
  #do(entry: Entry<PlainIntent>): void {
    switch (entry.kind) {
      case 'key':
        return this.handle({kind: entry.key.intent});
      case 'lesson':
        void this.#lab.close();
        return void this.open(entry.lesson);
      case 'challenge':
        return this.#attemptHere(entry.challenge);
      case 'term':
        return this.#patch({overlay: glossaryAt(entry.term, this.store.get(), this.taught)});
    }
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
    if (intent.kind === 'erase') return this.#patchWalk({message: '', messageProblem: null});
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
        if (page.phase === 'writing') return this.#patchWalk({phase: 'reading', messageProblem: null});
        if (page.isHintOpen) return this.#patchWalk({isHintOpen: false});
        return void this.goHome();
      default:
    }
    // From the end on to what the learner has not done yet.
    if (intent.kind === 'next' && page.phase === 'summary') return void this.goHome(null, true);
    if (intent.kind === 'next' && page.review && isOver(page)) return this.#afterReview(page.review);
    this.#walk.handle(intent, page);
  }

  /** Sends what the learner has written, or says why it cannot be sent. */
  #send({message, phase}: WalkPage): void {
    if (phase !== 'writing') return;
    const complaint = messageComplaint(message);
    if (!complaint) return this.#walk.send(message);
    this.#patchWalk({messageProblem: fill(complaint.text, this.store.get().language, complaint.values)});
  }

  #keep(...[lesson, step, choice, fulfilled, hasFailed]: Parameters<WalkHost['made']>): void {
    this.#patch({notice: null});
    const {page, progress} = this.store.get();
    const review = page.kind === 'walk' ? page.review : null;
    if (review) {
      if (!step.predict) return;
      return this.#saveProgress(reviewed(progress, step.predict.belief, answerOf(choice, fulfilled)));
    }
    const message = lesson.message && page.kind === 'walk' ? page.message : undefined;
    const seed = page.kind === 'walk' ? page.seed : null;
    const made = hasFailed ? progress : performed(progress, lesson, step, {message, seed});
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

/** As much of what was copied as says what it is. */
const onOneRow = (text: string): string => fitText(text.replaceAll(/\s+/g, ' '), 60);

/** What opens something else above what is open. */
const isOpening = ({kind}: Intent): boolean => kind === 'help' || kind === 'palette';

const lessonAt = (page: Exclude<State['page'], HomePage>): Lesson | undefined =>
  page.kind === 'lab' ? page.from?.lesson : page.lesson;

/** Whether a page's lesson is this one, or a review question of it. */
const isOf = (at: Lesson | undefined, lesson: string): boolean =>
  at !== undefined && (at.id === lesson || at.id.startsWith(`${lesson}/`));

const isOver = (page: WalkPage): boolean => isAtEdge(page) && upcomingStep(page) === null && !page.isBusy;
