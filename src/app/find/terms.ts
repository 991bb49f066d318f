import type {Term} from '../../model/glossary.ts';
import {bestFirst} from './matching.ts';

/** The names of a term, its reading, and what it means. */
export const textsOfTerm = ({names, reading, meaning}: Term): readonly string[] => [
  ...names.ja,
  ...names.en,
  ...(reading === undefined ? [] : [reading]),
  meaning.ja,
  meaning.en,
];

export const termsWith = (terms: readonly Term[], search: string): readonly Term[] =>
  bestFirst(terms, search, textsOfTerm);
