import type {KeyHint} from '../../draw/text/key-line.ts';
import {keyText} from '../../messages/keys.ts';
import type {Text} from '../../model/text.ts';
import {framesOfStep} from '../../timeline/read-frames.ts';
import {hintOf} from '../keys/home-keys.ts';
import {bindings, type KeyContext} from '../keys/keymap.ts';
import {framesOf, isAtEdge, isLive, shownAt, viewOf} from './log-page.ts';
import {endedActor, type LabPage, mayRepeat, upcomingStep, type WalkPage} from './state.ts';

/** The keys for the last line. `isCourseDone`: no lesson comes after this one. */
export function hintsAt(place: KeyContext, page: WalkPage | LabPage | null, isCourseDone = false): KeyHint[] {
  const shown = bindings.filter(binding => binding.places.includes(place) && isUseful(binding.intent, page));
  return shown
    .flatMap(hintOf)
    .map(({key, label, rank}) => ({key: nameOnLine(key, page), label: labelOnLine(label, page, isCourseDone), rank}));
}

function nameOnLine(key: string, page: WalkPage | LabPage | null): string {
  return key === '1-9' ? `1-${(page?.kind === 'walk' && upcomingStep(page)?.predict?.choices.length) || 9}` : key;
}

/** Where nothing is written, there is nothing to complete: Tab goes to the other side then. */
function labelOnLine(label: Text, page: WalkPage | LabPage | null, isCourseDone: boolean): Text {
  if (label === keyText.nextLesson && isCourseDone) return keyText.list;
  return label === keyText.complete && page?.kind === 'lab' && page.line.text.trim() === '' ? keyText.otherSide : label;
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
