import {port} from '../../model/brands.ts';
import type {LogEvent} from '../../model/event.ts';
import type {Lesson, PaneName} from '../../model/lesson.ts';
import {logOf} from '../../timeline/log.ts';
import type {Walk} from '../run/walk.ts';
import {freshArrangement} from './arrangement.ts';
import {isAtEdge, type LogPage, shownAt, standingAt, stopsOf, viewOf} from './log-page.ts';
import {endedActor, shownStep, upcomingStep, usualSpeed, type WalkPage} from './state.ts';

/** What one step forward is, from where the learner stands. */
export type Move =
  | {readonly kind: 'stand' /** Index of the stop to go to. */; readonly at: number}
  | {readonly kind: 'ask'}
  | {readonly kind: 'arrange'}
  | {readonly kind: 'write'}
  | {readonly kind: 'call'}
  | {readonly kind: 'sum-up'}
  /** A question is open: it is answered or skipped first. */
  | {readonly kind: 'answer-first'}
  | {readonly kind: 'none'};

/** Forward through what has happened; at the last stop on to the next call, its question or its message first. */
export function moveForward(page: WalkPage): Move {
  if (page.isBusy) return {kind: 'none'};
  if (!isAtEdge(page)) return {kind: 'stand', at: shownAt(page) + 1};
  if (page.phase === 'summary') return {kind: 'none'};
  if (page.phase === 'asking' || page.phase === 'arranging') return {kind: 'answer-first'};
  if (page.hasFailed || page.source === 'recorded' || endedActor(page, viewOf(page))) return {kind: 'none'};
  const step = upcomingStep(page);
  if (!step) return {kind: 'sum-up'};
  if (step.arrange) return {kind: 'arrange'};
  if (step.predict) return {kind: 'ask'};
  return step.call.name === 'send' && step.call.data.kind === 'message' ? {kind: 'write'} : {kind: 'call'};
}

/** Where a lesson wants nothing else, and in free play. */
export const usualPane: PaneName = 'flow';

/** What stands beside a lesson's first words: its picture, where that comes first. */
export const openingPane = ({steps: [first]}: Lesson): PaneName => (first?.shows === 'picture' ? 'picture' : usualPane);

/** A page as it is when a lesson opens; what it runs on is filled in by who opens it. */
export const freshPage = (lesson: Lesson): WalkPage => ({
  kind: 'walk',
  lesson,
  source: 'live',
  log: logOf([]),
  length: 0,
  began: 0,
  at: 'edge',
  performed: null,
  seed: null,
  phase: 'reading',
  isBusy: false,
  hasFailed: false,
  tried: null,
  arrangement: null,
  pane: openingPane(lesson),
  lane: null,
  isPlaying: false,
  speed: usualSpeed,
  isHintOpen: false,
  isAnswerWanted: false,
  scroll: 0,
  draft: null,
  messageProblem: null,
  givenPort: port(0),
  review: null,
  now: 0,
  flight: null,
});

/** The page of a walk that has just begun. */
export function livePage(walk: Walk, draft: string, review: WalkPage['review']): WalkPage {
  const {lesson, log} = walk;
  const length = log.events.length;
  return {
    ...freshPage(lesson),
    log,
    length,
    began: length,
    performed: walk.performed,
    seed: walk.seed,
    draft,
    review,
    givenPort: walk.givenPort,
  };
}

/** The page of a walk that was saved: its beginning. */
export function recordedPage(lesson: Lesson, events: readonly LogEvent[]): WalkPage {
  const first = events.findIndex(({kind}) => kind === 'call-started');
  const length = events.length;
  const began = first < 0 ? length : first;
  const page: WalkPage = {...freshPage(lesson), source: 'recorded', log: logOf(events), length, began};
  return {...page, at: standingAt(page, 0)};
}

/** What of a page changes as one goes to a stop, in whichever lesson of a recording that is. */
export function stoodAt(page: WalkPage, where: LogPage['at'], lessons: readonly Lesson[]): Partial<WalkPage> {
  const at = where === 'edge' ? where : standingAt(page, where);
  const id = stopsOf(page)[shownAt({...page, at})]?.lesson;
  const lesson = id === page.lesson.id ? page.lesson : (lessons.find(one => one.id === id) ?? page.lesson);
  const pane = paneAt({...page, at, lesson}, page);
  return {at, lesson, phase: 'reading', scroll: 0, isHintOpen: false, pane};
}

/** The next step's calls, as the learner finds them. */
export function arrangementOf(page: WalkPage): WalkPage['arrangement'] {
  const step = upcomingStep(page);
  return step && freshArrangement(step, page.tried);
}

/** The pane that a step wants to show, or the usual one again after such a step; else the one that is open. */
export function paneAt(there: WalkPage, here: WalkPage): PaneName {
  const step = shownStep(there);
  if (!step) return openingPane(there.lesson);
  if (step.shows) return step.shows;
  return here.pane === shownStep(here)?.shows ? usualPane : here.pane;
}
