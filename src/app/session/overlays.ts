import type {Reference, Taught} from '../../model/course.ts';
import {type Entry, entriesFor} from '../find/palette.ts';
import {termsWith} from '../find/terms.ts';
import {suggestedLesson} from '../keep/progress.ts';
import type {Intent, PlainIntent} from '../keys/intents.ts';
import {bindings} from '../keys/keymap.ts';
import {keyContextOf} from '../screen/key-context.ts';
import {keysToFind} from '../screen/key-hints.ts';
import type {Overlay, Palette, State} from '../screen/state.ts';

/** The help has no more lines than this, in one column. */
const helpScrollLimit = 2 * bindings.length;

const freshPalette = (from: Overlay | null): Palette => ({kind: 'palette', query: '', selected: 0, from});

/** What a key opens wherever it is pressed. */
export const openedBy: Readonly<Partial<Record<Intent['kind'], Overlay>>> = {
  help: {kind: 'help', scroll: 0, from: null},
  glossary: {kind: 'glossary', selected: 0, search: null},
  palette: freshPalette(null),
  blank: {kind: 'blank'},
};

/** What is open, after a key that only concerns itself; null once it is closed. */
export function overlayAfter(intent: Intent, overlay: Overlay, {glossary, challenges}: Reference): Overlay | null {
  if (intent.kind === 'help') return {kind: 'help', scroll: 0, from: overlay};
  if (intent.kind === 'palette') return freshPalette(overlay);
  if (intent.kind === 'close' && overlay.kind === 'help') return overlay.from;
  if (intent.kind === 'close' && overlay.kind === 'glossary' && overlay.search !== null)
    return {...overlay, search: null, selected: 0};
  if (intent.kind === 'close' || intent.kind === 'no' || intent.kind === 'yes') return null;
  switch (overlay.kind) {
    case 'help':
      return {...overlay, scroll: scrolled(intent, overlay.scroll)};
    case 'man':
      return {...overlay, scroll: leafed(intent, overlay.scroll, overlay.lines.length)};
    case 'glossary':
      return glossaryAfter(intent, overlay, glossary);
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

type Glossary = Extract<Overlay, {kind: 'glossary'}>;

function glossaryAfter(intent: Intent, overlay: Glossary, glossary: Reference['glossary']): Overlay {
  if (intent.kind === 'search' || intent.kind === 'erase') return {...overlay, search: '', selected: 0};
  const all = overlay.search === null ? glossary : termsWith(glossary, overlay.search);
  return {...overlay, selected: chosen(intent, overlay.selected, all.length)};
}

/** Some lines stay to be seen at the end. */
const leafed = ({kind}: Intent, scroll: number, count: number): number =>
  Math.max(0, Math.min(count - page, scroll + strideOf(kind)));

/** By how many rows of a list a page goes. */
const page = 10;

/** @param count how many fit what was typed */
export function paletteAfter({kind}: Intent, palette: Palette, count: number): Overlay | null {
  if (kind === 'close') return palette.from;
  if (kind === 'erase') return {...palette, query: '', selected: 0};
  return {...palette, selected: Math.max(0, Math.min(count - 1, palette.selected + strideOf(kind)))};
}

const strideOf = (kind: Intent['kind']): number =>
  kind === 'up' ? -1 : kind === 'down' ? 1 : kind === 'back' ? -page : kind === 'next' ? page : 0;

/** What fits what was typed in the palette. */
export function entriesOf(state: State, palette: Palette, taught: Taught): readonly Entry<PlainIntent>[] {
  const {page} = state;
  const place = keyContextOf({...state, overlay: palette.from});
  const isDone = suggestedLesson(taught.lessons, state.progress) === null;
  const keys = keysToFind(place, page.kind === 'walk' || page.kind === 'lab' ? page : null, isDone);
  return entriesFor(palette.query, keys, taught);
}
