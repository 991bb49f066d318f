import type {HelpGroup} from '../../draw/page/help.ts';
import {placeText} from '../../messages/screen.ts';
import {bindings, type KeyContext} from './keymap.ts';

const isEverywhere = (places: readonly KeyContext[]): boolean =>
  places.includes('home') && places.includes('asking') && places[0] === 'home';

/** A key stands in the first of its places. */
const group = (title: HelpGroup['title'], ...places: KeyContext[]): HelpGroup => ({
  title,
  rows: bindings.filter(
    binding => binding.places[0] !== undefined && places.includes(binding.places[0]) && !isEverywhere(binding.places),
  ),
});

/** The help as it opens on a page: what works there comes first. */
export function helpGroupsOn(page: 'lab' | 'other'): readonly HelpGroup[] {
  if (page === 'other') return helpGroups;
  const own = helpGroups.filter(({title}) => title === placeText.typing || title === placeText.looking);
  return [...own, ...helpGroups.filter(one => !own.includes(one))];
}

/** The help, drawn from the same table as everything else. */
export const helpGroups: readonly HelpGroup[] = [
  {title: placeText.home, rows: bindings.filter(({places}) => places.includes('home') && !isEverywhere(places))},
  group(placeText.walk, 'reading'),
  group(placeText.asking, 'asking'),
  group(placeText.summary, 'summary'),
  {title: placeText.anywhere, rows: bindings.filter(({places}) => isEverywhere(places))},
  group(placeText.ladder, 'ladder'),
  group(placeText.frame, 'frame'),
  group(placeText.arranging, 'arranging'),
  group(placeText.searching, 'searching', 'searching-terms'),
  group(placeText.man, 'man'),
  group(placeText.palette, 'palette'),
  group(placeText.writing, 'writing'),
  group(placeText.typing, 'typing', 'prompt', 'first-line', 'suggested'),
  group(placeText.looking, 'looking'),
  group(placeText.challenges, 'challenges'),
  group(placeText.open, 'help', 'glossary', 'blank', 'confirm', 'jump'),
];
