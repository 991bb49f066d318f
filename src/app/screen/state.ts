import type {Flight} from '../../draw/wire/flight.ts';
import type {Numbers} from '../../draw/wire/ladder-row.ts';
import type {ActorName} from '../../model/actor.ts';
import type {Challenge} from '../../model/challenge.ts';
import {actsOf, type Lesson, type PaneName, type Review, type Step} from '../../model/lesson.ts';
import type {Language} from '../../model/text.ts';
import {drawnOrder} from '../../timeline/choice-order.ts';
import type {Lane, View} from '../../timeline/view.ts';
import type {Progress} from '../keep/progress.ts';
import {recordedMessage} from '../keep/recorded-walk.ts';
import type {Scene} from '../line/scene.ts';
import type {TypedLine} from '../line/typed-line.ts';
import type {Complaint} from '../words/complaint.ts';
import {isAtEdge, type LogPage, shownAt, stopsOf} from './log-page.ts';

/** What is on the screen. Plain and replaced as a whole: nothing in it is changed in place. */
export interface State {
  readonly language: Language;
  readonly page: HomePage | OpeningPage | WalkPage | LabPage;
  readonly overlay: Overlay | null;
  readonly progress: Progress;
  /** One line about something that just happened, such as a port that was taken. */
  readonly notice: string | null;
}

export interface HomePage {
  readonly kind: 'home';
  /** The id of the lesson that Enter starts. */
  readonly selected: string;
  /** What is searched for; null when nothing is. */
  readonly search: string | null;
}

/** A review question, and the lesson that it belongs to. */
export interface ReviewRef {
  readonly lesson: Lesson;
  readonly review: Review;
}

export interface OpeningPage {
  readonly kind: 'opening';
  readonly lesson: Lesson;
  readonly review: WalkPage['review'];
}

export type Overlay =
  | {
      readonly kind: 'help';
      /** Lines that are scrolled away. */
      readonly scroll: number;
      /** What it was opened above, and goes back to. */
      readonly from: Overlay | null;
    }
  | {
      readonly kind: 'glossary';
      /** Index of a term, in the order in which they are shown. */
      readonly selected: number;
      /** What is searched for; null when nothing is. */
      readonly search: string | null;
    }
  | Palette
  | {
      readonly kind: 'ladder' /** Index of a frame, among all that are shown. */;
      readonly selected: number;
      readonly numbers: Numbers;
    }
  | {
      readonly kind: 'frame';
      readonly selected: number;
      /** Index of a field. */
      readonly field: number;
      /** As in the ladder that it goes back to. */
      readonly numbers: Numbers;
    }
  | {readonly kind: 'challenges' /** Index of the one that Enter begins. */; readonly selected: number}
  | {
      readonly kind: 'man';
      readonly call: string;
      readonly lines: readonly string[];
      /** Lines that are scrolled away. */
      readonly scroll: number;
    }
  | {readonly kind: 'blank'}
  | {readonly kind: 'confirm'; readonly lesson: Lesson}
  | {readonly kind: 'jump'; readonly digits: string};

/** Everything that can be found by a few letters. */
export interface Palette {
  readonly kind: 'palette';
  readonly query: string;
  /** Index among what fits. */
  readonly selected: number;
  /** What it was opened above, and goes back to. */
  readonly from: Overlay | null;
}

export interface Arrangement {
  /** Indexes of the step's calls. */
  readonly order: readonly number[];
  readonly at: number;
  /** The call under the cursor moves with it. */
  readonly isHeld: boolean;
}

export interface WalkPage extends LogPage {
  readonly kind: 'walk';
  readonly lesson: Lesson;
  /** How many of the lesson's steps the walk has made; null where it makes none: while it opens, and in a recording. */
  readonly performed: number | null;
  /** What the orders of choices are drawn from; null for a recording, which asks nothing. */
  readonly seed: number | null;
  readonly phase: 'reading' | 'asking' | 'arranging' | 'writing' | 'summary';
  /** The order of the calls that the learner arranges, and the one that the cursor is on. */
  readonly arrangement: Arrangement | null;
  readonly isBusy: boolean;
  /** The learner's order of the last step did not work, and may be tried again on fresh sockets. */
  readonly hasFailed: boolean;
  /** The order that did not work, from which the next try begins; null when there is none. */
  readonly tried: readonly number[] | null;
  readonly pane: PaneName;
  /** The lane that is enlarged; null for both side by side. */
  readonly lane: ActorName | null;
  readonly isPlaying: boolean;
  /** Index into `speeds`. */
  readonly speed: number;
  readonly isHintOpen: boolean;
  /** At an open question the key to go on was pressed. */
  readonly isAnswerWanted: boolean;
  /** Lines of the text that are scrolled away. */
  readonly scroll: number;
  /** What the learner writes, to be sent as it is; null: nobody writes, and the log tells what was sent. */
  readonly draft: string | null;
  /** What is wrong with the message that was to be sent; null when nothing is. */
  readonly messageProblem: string | null;
  /** Where this is a review question: which, and those that come after it. */
  readonly review: {readonly asked: ReviewRef; readonly left: readonly ReviewRef[]} | null;
  /** The walk's clock, in seconds, for calls that wait and frames that fly. */
  readonly now: number;
  /** Frames that have just come; null when all stand still. */
  readonly flight: Flight | null;
}

/** Free calls on fresh sockets, by themselves or in the middle of a lesson. */
export interface LabPage extends LogPage {
  readonly kind: 'lab';
  /** The page that it was opened from, and that it goes back to; null: the list. */
  readonly from: WalkPage | null;
  readonly phase: 'typing' | 'looking';
  readonly pane: PaneName;
  /** The lane that is enlarged; null for both side by side. */
  readonly lane: ActorName | null;
  readonly line: TypedLine;
  /** What a line may leave out is taken from here; null until the processes are there. */
  readonly scene: Scene | null;
  /** What the lab itself answered to the last line; null when it was a call, whose answer is the kernel's. */
  readonly said: readonly Remark[] | null;
  readonly challenge: Attempt | null;
  /** The line of a script that is being done, from 1; null when none is. */
  readonly doing: number | null;
  readonly now: number;
  readonly flight: Flight | null;
}

/** One paragraph that the lab says. */
export interface Remark extends Complaint {
  readonly tone: 'plain' | 'good' | 'bad' | 'dim';
}

/** A challenge, and how far the learner has come. */
export interface Attempt {
  readonly challenge: Challenge;
  readonly moves: number;
  readonly isSolved: boolean;
  /** The one that comes after it; null after the last. */
  readonly next: Challenge | null;
}

/** Seconds between two steps while playing. */
export const speeds = [8, 5, 3, 1.5, 0.7] as const;
export const usualSpeed = 2;

const stepNamed = (lesson: Lesson, id: string | null | undefined): Step | null =>
  lesson.steps.find(step => step.id === id) ?? null;

/** The step that was made last at this stop; null at the beginning. */
export const shownStep = (page: WalkPage): Step | null => stepNamed(page.lesson, stopsOf(page)[shownAt(page)]?.step);

/** The step that comes next at the last stop; null after the last one, and where no calls are made. */
export const upcomingStep = ({lesson, performed}: Pick<WalkPage, 'lesson' | 'performed'>): Step | null =>
  performed === null ? null : (lesson.steps[performed] ?? null);

/** Whether the learner may now go through part of the lesson once more. */
export const mayRepeat = ({lesson: {again, steps}, performed}: WalkPage): boolean =>
  again !== undefined && performed !== null && steps[performed - 1]?.id === again.after;

/** The step that follows the stop that is shown. */
export const followingStep = (page: WalkPage): Step | null =>
  isAtEdge(page) ? upcomingStep(page) : stepNamed(page.lesson, stopsOf(page)[shownAt(page) + 1]?.step);

/** What is sent as the learner's message: what was sent, where that is all that is left of it. */
export const messageOf = ({draft, log, lesson}: WalkPage): string => draft ?? recordedMessage(log.events, lesson);

/** The order in which this walk shows the choices of the step that comes next, as indexes; empty where it asks nothing. */
export function choicesShown(page: WalkPage): readonly number[] {
  const {lesson, seed} = page;
  const upcoming = upcomingStep(page);
  if (!upcoming?.predict || seed === null) return [];
  return drawnOrder(upcoming.predict.choices.length, seed, lesson.id, upcoming.id);
}

/** Who has ended, and how. */
export type Ended = Pick<Lane, 'actor' | 'exit'>;

/** What ended although the walk still needs it, an actor for a call, the router and the network for any; null when all is well. */
export function endedActor(page: WalkPage, view: View): Ended | null {
  if (!isAtEdge(page) || page.source !== 'live' || page.isBusy) return null;
  const left = page.performed === null ? [] : page.lesson.steps.slice(page.performed);
  if (left.length === 0) return null;
  if (view.networkExit) return {actor: 'network', exit: view.networkExit};
  const needed = new Set<ActorName>(['router', ...left.flatMap(actsOf).map(({actor}) => actor)]);
  return view.lanes.find(({actor, exit}) => exit !== null && needed.has(actor)) ?? null;
}
