import {port} from '../../model/brands.ts';
import type {Lesson, PaneName} from '../../model/lesson.ts';
import {logOf} from '../../timeline/log.ts';
import type {Walk} from '../run/walk.ts';
import {endedActor, isAtEdge, upcomingStep, usualSpeed, viewOf, type WalkPage} from './state.ts';

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
  if (!isAtEdge(page)) return {kind: 'stand', at: page.at + 1};
  if (page.phase === 'summary') return {kind: 'none'};
  if (page.phase === 'asking' || page.phase === 'arranging') return {kind: 'answer-first'};
  if (page.hasFailed || page.source === 'recorded' || endedActor(page, viewOf(page))) return {kind: 'none'};
  const step = upcomingStep(page);
  if (!step) return {kind: 'sum-up'};
  if (step.arrange) return {kind: 'arrange'};
  if (step.predict) return {kind: 'ask'};
  return step.call.name === 'send' && step.call.data.kind === 'message' ? {kind: 'write'} : {kind: 'call'};
}

/** What stands beside a lesson's first words: its picture, where that comes first. */
export const openingPane = ({steps: [first]}: Lesson): PaneName => (first?.shows === 'picture' ? 'picture' : 'calls');

/** A page as it is when a lesson opens; what it runs on is filled in by who opens it. */
export const freshPage = (lesson: Lesson): WalkPage => ({
  kind: 'walk',
  lesson,
  source: 'live',
  log: logOf([]),
  length: 0,
  stops: [],
  at: 0,
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
  message: '',
  messageProblem: null,
  serverPort: port(0),
  review: null,
  now: 0,
  flight: null,
});

/** The page of a walk that has just begun. */
export function livePage(walk: Walk, message: string, review: WalkPage['review']): WalkPage {
  const {lesson, log} = walk;
  const length = log.events.length;
  return {
    ...freshPage(lesson),
    log,
    length,
    stops: [{events: length, lesson: lesson.id, step: null}],
    performed: walk.performed,
    seed: walk.seed,
    message,
    review,
    serverPort: walk.bindings.serverPort,
  };
}
