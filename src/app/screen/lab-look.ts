import {panesOf} from '../../draw/lesson/panes.ts';
import type {LogEvent} from '../../model/event.ts';
import {logOf} from '../../timeline/log.ts';
import type {Intent} from '../keys/intents.ts';
import {following} from '../run/following.ts';
import {labLesson} from '../run/lab-lesson.ts';
import {shownAt, standingAt, viewOf} from './log-page.ts';
import type {LabPage} from './state.ts';

/** A page after a key with which one looks around; it does nothing. */
export function lookedAround(page: LabPage, {kind}: Intent): LabPage {
  const stand = (at: number): LabPage => ({...page, at: standingAt(page, at)});
  switch (kind) {
    case 'back':
      return stand(shownAt(page) - 1);
    case 'next':
      return stand(shownAt(page) + 1);
    case 'to-start':
      return stand(0);
    case 'to-end':
      return {...page, at: 'edge'};
    case 'pane':
      return {...page, pane: following(panesOf(labLesson), page.pane)};
    case 'lane':
      return {...page, lane: following([null, ...viewOf(page).lanes.map(({actor}) => actor)], page.lane)};
    default:
      return page;
  }
}

/** A log of free play that was saved: there is nothing to write on. */
export function recordedPage(fresh: LabPage, events: readonly LogEvent[]): LabPage {
  const first = events.findIndex(({kind}) => kind !== 'actor-started');
  const length = events.length;
  const began = first < 0 ? length : first;
  const page: LabPage = {...fresh, source: 'recorded', phase: 'looking', log: logOf(events), length, began};
  return {...page, at: standingAt(page, 0)};
}
