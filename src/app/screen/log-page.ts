import type {Port} from '../../model/brands.ts';
import type {LogEvent} from '../../model/event.ts';
import {type Changes, changesBetween, noChanges} from '../../timeline/changes.ts';
import type {Log} from '../../timeline/log.ts';
import {project} from '../../timeline/project.ts';
import {type ReadFrame, readFrames} from '../../timeline/read-frames.ts';
import type {CallLine, View} from '../../timeline/view.ts';
import {recordedPort} from '../keep/recorded-walk.ts';

/** A page with a log, in which one goes back and forth. */
export interface LogPage {
  readonly kind: 'walk' | 'lab';
  readonly source: 'live' | 'recorded';
  readonly log: Log;
  /** How many events the log has; a new number is what makes the screen draw again. */
  readonly length: number;
  /** How many of them there were before anything was done. */
  readonly began: number;
  /** Index of the stop that is shown; `edge`: the newest, whichever that is by then. New calls happen there. */
  readonly at: number | 'edge';
  /** The port that the server was given before it began; 0: the kernel chooses it, and the log alone tells which it is. */
  readonly givenPort: Port;
}

/** A place where the cursor may stand: how many events it rests on, and the step that was just made there. */
export interface Stop {
  readonly events: number;
  /** Of a walk; empty where no event names it yet. */
  readonly lesson: string;
  /** Null at the beginning, where nothing was called yet, and where a process started or ended in free play. */
  readonly step: string | null;
}

type Stops = readonly Stop[];

/** What an event makes of the stops before it. */
const afterEvent: Readonly<Record<LogPage['kind'], (stops: Stops, event: LogEvent) => Stops>> = {
  walk: (stops, event) =>
    event.kind === 'judged' ? [...stops, {events: event.seq + 1, lesson: event.lesson, step: event.step}] : stops,
  lab: afterCall,
};

/** A call begins a stop of its own, as does a process that starts or ends, and what follows belongs to it. */
function afterCall(stops: Stops, event: LogEvent): Stops {
  const {kind, seq} = event;
  const last = stops.at(-1);
  if (!last || (kind !== 'call-started' && kind !== 'actor-started' && kind !== 'actor-exited')) return stops;
  const step = kind === 'call-started' ? event.step : null;
  return [...stops.slice(0, -1), {...last, events: seq}, {events: seq + 1, lesson: last.lesson, step}];
}

/** Up to which event a log's stops are known. */
interface Known {
  readonly stops: Stops;
  readonly began: number;
  readonly length: number;
}

const known = new WeakMap<Log, Known>();

/** Where the cursor may stand: at the beginning, and after each step of a walk, or each call of free play. */
export function stopsOf(page: LogPage): Stops {
  const {kind, log, began} = page;
  const end = endOf(page);
  const kept = known.get(log);
  const isFurther = kept !== undefined && kept.began === began && kept.length <= end;
  let {stops, length} = isFurther ? kept : {stops: [firstStop(page)], length: began};
  for (const event of log.events.slice(length, end)) stops = afterEvent[kind](stops, event);
  length = Math.max(length, end);
  known.set(log, {stops, began, length});
  return stops;
}

function firstStop({log: {events}, began}: LogPage): Stop {
  const named = events.find(event => 'lesson' in event);
  return {events: began, lesson: named && 'lesson' in named ? named.lesson : '', step: null};
}

const closing: ReadonlySet<LogEvent['kind']> = new Set(['actor-exited', 'frame', 'wire-counted']);

/** In a recording the ends of the processes at the very end, and what those sent, are no moments of their own. */
const endOf = ({source, log, length}: LogPage): number =>
  source === 'live' ? length : log.events.findLastIndex(({kind}) => !closing.has(kind)) + 1;

/** The index of the stop that is shown. */
export const shownAt = (page: LogPage): number => (page.at === 'edge' ? stopsOf(page).length - 1 : page.at);

/** How a page stands at the stop of this index, or at the nearest that there is. */
export const standingAt = (page: LogPage, at: number): LogPage['at'] =>
  at >= stopsOf(page).length - 1 ? 'edge' : Math.max(0, at);

/** The first stop at which this event has happened. */
export function stopAfter(page: LogPage, seq: number): number {
  const stops = stopsOf(page);
  const found = stops.findIndex(({events}) => events > seq);
  return found < 0 ? stops.length - 1 : found;
}

export const isAtEdge = ({at}: LogPage): boolean => at === 'edge';
export const isLive = (page: LogPage): boolean => page.source === 'live' && isAtEdge(page);

/** How many events are shown: at the last stop all of them, also those that came since. */
export const cursorOf = (page: LogPage): number =>
  isAtEdge(page) ? page.length : withLateFrames(page.log, stopsOf(page)[shownAt(page)]?.events ?? 0);

/** The wire goes on after a step, with an ACK that is delayed for example: what passed before the next one is seen there too. */
function withLateFrames({events}: Log, upTo: number): number {
  let end = upTo;
  while (events[end]?.kind === 'frame' || events[end]?.kind === 'wire-counted') end += 1;
  return end;
}

export const viewOf = (page: LogPage): View => project(page.log, cursorOf(page));

/** What the kernel shows otherwise than before the step that is shown, or that is being made. */
export function changesOf(page: LogPage & {readonly isBusy?: boolean}): Changes {
  const {events} = page.log;
  const end = cursorOf(page);
  const isMaking = page.isBusy === true && isAtEdge(page);
  let start = stopsOf(page)[shownAt(page) - (isMaking ? 0 : 1)]?.events ?? end;
  // What changed by itself before the step's first call is not of the step.
  while (start < end && events[start]?.kind !== 'call-started') start += 1;
  if (start >= end) return noChanges;
  const kept = compared.get(page.log);
  if (kept?.start === start && kept.end === end) return kept.changes;
  const changes = changesBetween(project(page.log, start), viewOf(page));
  compared.set(page.log, {start, end, changes});
  return changes;
}

/** The last comparison in a log, which is asked for with each frame that is drawn. */
const compared = new WeakMap<Log, {readonly start: number; readonly end: number; readonly changes: Changes}>();

/** The call that was made last by the moment that is shown; none at the beginning. */
export const newestCall = (page: LogPage): CallLine | undefined =>
  shownAt(page) === 0 ? undefined : viewOf(page).calls.at(-1);

export const framesOf = (page: LogPage): readonly ReadFrame[] => readFrames(page.log, cursorOf(page));

/** The server's port, as texts name it; 0 where the kernel has not chosen it yet. */
export const portOf = ({givenPort, log}: LogPage): Port => (givenPort === 0 ? recordedPort(log.events) : givenPort);
