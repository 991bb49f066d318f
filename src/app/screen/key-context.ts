import type {KeyContext} from '../keys/keymap.ts';
import {isUntouched, suggestionFor} from './lab-advice.ts';
import type {LabPage, State} from './state.ts';

/** Where a key is pressed now. */
export function keyContextOf({page, overlay}: State): KeyContext {
  if (overlay?.kind === 'glossary' && overlay.search !== null) return 'searching-terms';
  if (overlay) return overlay.kind;
  if (page.kind === 'home' && page.search !== null) return 'searching';
  if (page.kind === 'lab') return page.phase === 'typing' ? contextInLine(page) : page.phase;
  return page.kind === 'walk' ? page.phase : page.kind;
}

function contextInLine(page: LabPage): KeyContext {
  const isEmpty = page.line.text === '';
  if (suggestionFor(page) !== null) return isEmpty ? 'suggested' : 'corrected';
  if (!isEmpty) return 'typing';
  return isUntouched(page) ? 'first-line' : 'prompt';
}
