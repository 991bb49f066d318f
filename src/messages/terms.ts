import type {Term} from '../model/glossary.ts';
import type {Language} from '../model/text.ts';

/** A term where it stands in a text: from `start` to before `end`, as string indexes. */
export interface FoundTerm {
  readonly term: Term;
  readonly start: number;
  readonly end: number;
}

/** The terms that occur in a text, in order, none inside another: at each place the longest. */
export function findTerms(text: string, terms: readonly Term[], language: Language): readonly FoundTerm[] {
  const {pattern, termOf} = searchFor(terms, language);
  return [...text.matchAll(pattern)].flatMap(({0: name, index}) => {
    const term = termOf(name);
    return term ? [{term, start: index, end: index + name.length}] : [];
  });
}

interface Search {
  readonly pattern: RegExp;
  termOf(name: string): Term | undefined;
}

const searches = new WeakMap<readonly Term[], Map<Language, Search>>();

function searchFor(terms: readonly Term[], language: Language): Search {
  const known = searches.get(terms) ?? new Map<Language, Search>();
  searches.set(terms, known);
  const search = known.get(language) ?? newSearch(terms, language);
  known.set(language, search);
  return search;
}

function newSearch(terms: readonly Term[], language: Language): Search {
  const spelled = terms.flatMap(term =>
    term.names[language].flatMap(name => spellings(name).map(as => [as, term] as const)),
  );
  const byLength = [...spelled].sort(([a], [b]) => b.length - a.length).map(([name]) => wholeWord(name));
  const owners = new Map(spelled);
  return {
    // An empty alternative would be found everywhere.
    pattern: byLength.length > 0 ? new RegExp(byLength.join('|'), 'gu') : /(?!)/gu,
    termOf: name => owners.get(name),
  };
}

/** English words have a plural, and a capital at the beginning of a sentence. */
function spellings(name: string): string[] {
  if (!/^[a-z][a-z0-9 ’'-]*$/.test(name)) return /[a-z]$/.test(name) ? [name, `${name}s`] : [name];
  const forms = [name, `${name}s`];
  return [...forms, ...forms.map(form => (form[0] ?? '').toUpperCase() + form.slice(1))];
}

const latin = /[A-Za-z0-9_]/;
const katakana = /[ァ-ヺー]/;

/** A name that is not a part of a longer word, and not a function: `socket()` is a call. */
function wholeWord(name: string): string {
  const [first = '', last = ''] = [name[0], name.at(-1)];
  const before = latin.test(first) ? '(?<![A-Za-z0-9_-])' : katakana.test(first) ? '(?<![ァ-ヺー])' : '';
  const after = latin.test(last) ? '(?![A-Za-z0-9_(-])' : katakana.test(last) ? '(?![ァ-ヺー])' : '';
  return before + name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') + after;
}
