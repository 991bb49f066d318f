import type {PaletteRow} from '../../draw/page/palette.ts';
import type {Challenge} from '../../model/challenge.ts';
import type {Taught} from '../../model/course.ts';
import type {Term} from '../../model/glossary.ts';
import type {Lesson} from '../../model/lesson.ts';
import type {Text} from '../../model/text.ts';
import {bestFirst} from './matching.ts';

/** A key, and what it asks for. */
export interface PaletteKey<Intent> {
  readonly keys: readonly string[];
  readonly intent: Intent;
  readonly label: Text;
}

/** Something that can be found and done. */
export type Entry<Intent> =
  | {readonly kind: 'key'; readonly key: PaletteKey<Intent>}
  | {readonly kind: 'lesson'; readonly lesson: Lesson; readonly number: number}
  | {readonly kind: 'challenge'; readonly challenge: Challenge}
  | {readonly kind: 'term'; readonly term: Term};

/** All that fits what was typed, the best first; before anything is typed all there is, the keys first. */
export function entriesFor<Intent>(
  query: string,
  keys: readonly PaletteKey<Intent>[],
  {lessons, challenges, glossary}: Taught,
): readonly Entry<Intent>[] {
  const all: Entry<Intent>[] = [
    ...keys.map(key => ({kind: 'key', key}) as const),
    ...lessons.map((lesson, i) => ({kind: 'lesson', lesson, number: i + 1}) as const),
    ...challenges.map(challenge => ({kind: 'challenge', challenge}) as const),
    ...glossary.map(term => ({kind: 'term', term}) as const),
  ];
  return bestFirst(all, query, textsOf);
}

function textsOf<Intent>(entry: Entry<Intent>): readonly string[] {
  switch (entry.kind) {
    case 'key':
      return [...entry.key.keys, entry.key.label.ja, entry.key.label.en];
    case 'lesson':
      return [String(entry.number), entry.lesson.id, entry.lesson.title.ja, entry.lesson.title.en];
    case 'challenge':
      return [entry.challenge.id, entry.challenge.title.ja, entry.challenge.title.en];
    case 'term':
      return [...entry.term.names.ja, ...entry.term.names.en, entry.term.reading ?? ''];
  }
}

export function rowOf<Intent>(entry: Entry<Intent>): PaletteRow {
  switch (entry.kind) {
    case 'key':
      return {kind: 'key', mark: entry.key.keys[0] ?? '', name: entry.key.label, more: null};
    case 'lesson':
      return {kind: 'lesson', mark: String(entry.number), name: entry.lesson.title, more: said(entry.lesson.id)};
    case 'challenge':
      return {kind: 'challenge', mark: '', name: entry.challenge.title, more: said(entry.challenge.id)};
    case 'term':
      return {kind: 'term', mark: '', name: nameOf(entry.term), more: otherNameOf(entry.term)};
  }
}

const said = (word: string): Text => ({ja: word, en: word});
const nameOf = ({names}: Term): Text => ({ja: names.ja[0], en: names.en[0]});

/** Its name in the other language, where that is another one. */
const otherNameOf = ({names}: Term): Text | null =>
  names.ja[0] === names.en[0] ? null : {ja: names.en[0], en: names.ja[0]};
