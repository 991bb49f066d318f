import type {KeyHint, Rank} from '../../draw/text/key-line.ts';
import {keyText} from '../../messages/keys.ts';
import {firstMoves} from '../../messages/lab.ts';
import type {Text} from '../../model/text.ts';
import {framesOfStep} from '../../timeline/read-frames.ts';
import type {PaletteKey} from '../find/palette.ts';
import {hintOf} from '../keys/home-keys.ts';
import type {PlainIntent} from '../keys/intents.ts';
import {type Binding, bindings, type KeyContext, worksAt} from '../keys/keymap.ts';
import {framesOf, isAtEdge, isLive, shownAt, viewOf} from './log-page.ts';
import {endedActor, type LabPage, mayRepeat, upcomingStep, type WalkPage} from './state.ts';

/** The keys that do something now. */
const usefulAt = (place: KeyContext, page: WalkPage | LabPage | null): readonly Binding[] =>
  bindings.filter(binding => worksAt(binding, place) && isUseful(binding.intent, page));

/** Those that can be found by what they do, and done without being pressed. `isCourseDone`: no lesson comes after this one. */
export const keysToFind = (
  place: KeyContext,
  page: WalkPage | LabPage | null,
  isCourseDone: boolean,
): readonly PaletteKey<PlainIntent>[] =>
  usefulAt(place, page).flatMap(({keys, intent, label}) => {
    if (intent === 'choose' || intent === 'digit' || intent === 'palette' || intent === 'suspend') return [];
    return [{keys, intent, label: labelOnLine(label, page, isCourseDone)}];
  });

/** The keys for the last line. */
export function hintsAt(place: KeyContext, page: WalkPage | LabPage | null, isCourseDone = false): KeyHint[] {
  const hints = usefulAt(place, page).flatMap(hintOf);
  // Where ? shows all keys, that is the way to them.
  const isListed = hints.some(({key}) => key === '?');
  return hints
    .map(hint => (isListed && hint.label === keyText.palette ? {...hint, rank: 10} : hint))
    .map(({key, label, rank}) => ({
      key: nameOnLine(key, page),
      label: labelOnLine(label, page, isCourseDone),
      rank: rankOf(label, rank, page),
    }));
}

/** Where nothing else leads on, beginning again comes first. */
const rankOf = (label: Text, rank: Rank, page: WalkPage | LabPage | null): Rank =>
  label === keyText.runAgain && page?.kind === 'walk' && isStuck(page) ? 1 : rank;

function nameOnLine(key: string, page: WalkPage | LabPage | null): string {
  if (key === '1-9' && page?.kind === 'lab') return `1-${firstMoves.length}`;
  return key === '1-9' ? `1-${(page?.kind === 'walk' && upcomingStep(page)?.predict?.choices.length) || 9}` : key;
}

/** Where nothing is written, there is nothing to complete: Tab goes to the other side then. What plays is stopped. */
function labelOnLine(label: Text, page: WalkPage | LabPage | null, isCourseDone: boolean): Text {
  if (label === keyText.nextLesson && isCourseDone) return keyText.list;
  if (label === keyText.complete && page?.kind === 'lab' && page.line.text.trim() === '') return keyText.otherSide;
  return label === keyText.playPause && page?.kind === 'walk' && page.isPlaying ? keyText.pause : label;
}

/** Keys that would do nothing now are not offered. */
function isUseful(intent: string, page: WalkPage | LabPage | null): boolean {
  if (intent === 'wire') return page !== null && framesOfStep(framesOf(page), viewOf(page)).length > 0;
  if (page?.kind === 'lab') return isUsefulInLab(intent, page);
  if (intent === 'another-message') return page !== null && mayRepeat(page) && isLive(page);
  if (intent === 'hint') return page !== null && page.phase !== 'reading' && upcomingStep(page)?.hint !== undefined;
  if (page !== null && ['open', 'numbers', 'save-capture'].includes(intent)) return framesOf(page).length > 0;
  if (intent === 'try-again') return page?.hasFailed === true && isLive(page);
  if (intent === 'next' || intent === 'play-pause') return page === null || !isStuck(page);
  if (intent === 'back') return page !== null && (shownAt(page) > 0 || page.phase !== 'reading');
  return true;
}

function isUsefulInLab(intent: string, page: LabPage): boolean {
  if (intent === 'type') return page.source === 'live';
  if (intent === 'back') return shownAt(page) > 0;
  if (intent === 'next') return !isAtEdge(page);
  if (intent === 'up') return page.phase === 'looking' || page.line.history.length > 0;
  if (intent === 'erase') return page.line.text !== '';
  return true;
}

const isStuck = (page: WalkPage): boolean =>
  isAtEdge(page) && (page.hasFailed || page.source === 'recorded' || endedActor(page, viewOf(page)) !== null);
