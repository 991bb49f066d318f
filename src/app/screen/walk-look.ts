import {panesOf} from '../../draw/lesson/panes.ts';
import type {Intent} from '../keys/intents.ts';
import {following} from '../run/following.ts';
import {rearranged} from './arrangement.ts';
import {viewOf} from './log-page.ts';
import {speeds, type WalkPage} from './state.ts';

/** No text of a step is longer than this many lines on the smallest screen. */
const scrollLimit = 20;

/** What of a page a key changes with which one only looks: where the learner stands stays as it is. Null for any other key. */
export function lookedAt(page: WalkPage, intent: Intent): Partial<WalkPage> | null {
  switch (intent.kind) {
    case 'lane':
      return {lane: following([null, ...viewOf(page).lanes.map(({actor}) => actor)], page.lane)};
    case 'pane':
      return {pane: following(panesOf(page.lesson), page.pane)};
    case 'pick':
      return {arrangement: page.arrangement && rearranged(page.arrangement, intent)};
    case 'up':
    case 'down':
      if (page.phase === 'arranging') return {arrangement: page.arrangement && rearranged(page.arrangement, intent)};
      return {scroll: Math.min(scrollLimit, Math.max(0, page.scroll + (intent.kind === 'up' ? -1 : 1)))};
    case 'hint':
      return {isHintOpen: !page.isHintOpen, scroll: 0};
    case 'slower':
      return {speed: Math.max(0, page.speed - 1)};
    case 'faster':
      return {speed: Math.min(speeds.length - 1, page.speed + 1)};
    default:
      return null;
  }
}
