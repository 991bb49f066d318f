import {panesOf} from '../../draw/lesson/panes.ts';
import type {LogEvent} from '../../model/event.ts';
import {logOf} from '../../timeline/log.ts';
import {recordedPort} from '../keep/recorded-walk.ts';
import type {Intent} from '../keys/intents.ts';
import {following} from '../run/following.ts';
import {labLesson} from '../run/lab-lesson.ts';
import {type LabPage, type Stop, viewOf} from './state.ts';

/** Where one stands before anything was done; `events`: how many there were by then. */
export const firstStop = (events: number): Stop => ({events, lesson: labLesson.id, step: null});

/** The stops after one more event. A call begins a stop of its own, as does a process that starts or ends, and what follows belongs to it. */
export function stopsAfter(stops: readonly Stop[], event: LogEvent): readonly Stop[] {
  const {kind, seq} = event;
  if (kind !== 'call-started' && kind !== 'actor-started' && kind !== 'actor-exited') return stops;
  const last = stops.at(-1) ?? firstStop(seq);
  const step = kind === 'call-started' ? event.step : null;
  return [...stops.slice(0, -1), {...last, events: seq}, {events: seq + 1, lesson: labLesson.id, step}];
}

/** A page after a key with which one looks around; it does nothing. */
export function lookedAround(page: LabPage, {kind}: Intent): LabPage {
  const stand = (at: number): LabPage => ({...page, at: Math.max(0, Math.min(page.stops.length - 1, at))});
  switch (kind) {
    case 'back':
      return stand(page.at - 1);
    case 'next':
      return stand(page.at + 1);
    case 'to-start':
      return stand(0);
    case 'to-end':
      return stand(page.stops.length - 1);
    case 'pane':
      return {...page, pane: following(panesOf(labLesson), page.pane)};
    case 'lane':
      return {...page, lane: following([null, ...viewOf(page).lanes.map(({actor}) => actor)], page.lane)};
    default:
      return page;
  }
}

const closing: ReadonlySet<LogEvent['kind']> = new Set(['actor-exited', 'frame', 'wire-counted']);

/** A log of free play that was saved: there is nothing to write on. */
export function recordedPage(fresh: LabPage, events: readonly LogEvent[]): LabPage {
  const first = events.findIndex(({kind}) => kind !== 'actor-started');
  const begun = first < 0 ? events.length : first;
  // The ends of the processes at the very end, and what those sent, are no moments of their own.
  const last = events.findLastIndex(({kind}) => !closing.has(kind));
  const stops = events.slice(begun, last + 1).reduce(stopsAfter, [firstStop(begun)]);
  return {
    ...fresh,
    source: 'recorded',
    phase: 'looking',
    log: logOf(events),
    length: events.length,
    stops,
    serverPort: recordedPort(events),
  };
}
