import type {Reference} from '../../model/course.ts';
import type {Intent} from '../keys/intents.ts';
import {bindings} from '../keys/keymap.ts';
import type {Overlay} from './state.ts';

/** The help has no more lines than this, in one column. */
const helpScrollLimit = 2 * bindings.length;

/** What is open, after a key that only concerns itself; null once it is closed. */
export function overlayAfter(intent: Intent, overlay: Overlay, {glossary, challenges}: Reference): Overlay | null {
  if (intent.kind === 'close' || intent.kind === 'no' || intent.kind === 'yes') return null;
  switch (overlay.kind) {
    case 'help':
      return {kind: 'help', scroll: scrolled(intent, overlay.scroll)};
    case 'glossary':
      return {kind: 'glossary', selected: chosen(intent, overlay.selected, glossary.length)};
    case 'challenges':
      if (intent.kind === 'open') return null;
      return {kind: 'challenges', selected: challengeAfter(intent, overlay.selected, challenges.length)};
    case 'jump':
      return {kind: 'jump', digits: typed(intent, overlay.digits)};
    default:
      return overlay;
  }
}

function scrolled({kind}: Intent, scroll: number): number {
  const by = kind === 'up' ? -1 : kind === 'down' ? 1 : 0;
  return Math.min(helpScrollLimit, Math.max(0, scroll + by));
}

/** By how many terms a key goes up or down. */
const strides: Partial<Record<Intent['kind'], number>> = {
  up: -1,
  down: 1,
  back: -5,
  next: 5,
  'to-start': Number.NEGATIVE_INFINITY,
  'to-end': Number.POSITIVE_INFINITY,
};

const chosen = ({kind}: Intent, selected: number, all: number): number =>
  Math.min(all - 1, Math.max(0, selected + (strides[kind] ?? 0)));

function challengeAfter({kind}: Intent, selected: number, all: number): number {
  const last = all - 1;
  if (kind === 'to-start' || kind === 'to-end') return kind === 'to-start' ? 0 : last;
  return Math.min(last, Math.max(0, selected + (kind === 'up' ? -1 : kind === 'down' ? 1 : 0)));
}

function typed(intent: Intent, digits: string): string {
  if (intent.kind === 'digit') return (digits + intent.digit).slice(0, 3);
  return intent.kind === 'erase' ? digits.slice(0, -1) : digits;
}
