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
  const names = namesOf(terms, language);
  const found: FoundTerm[] = [];
  for (let at = 0; at < text.length; ) {
    const here = names.get(text[at] ?? '')?.find(({name, edges}) => text.startsWith(name, at) && edges(text, at));
    if (here) found.push({term: here.term, start: at, end: at + here.name.length});
    at += here ? here.name.length : 1;
  }
  return found;
}

interface Named {
  readonly name: string;
  readonly term: Term;
  /** Whether it may stand here. */
  readonly edges: (text: string, at: number) => boolean;
}

/** By their first character, the longest first: one pattern of all of them would cost more than it finds. */
type Names = ReadonlyMap<string, readonly Named[]>;

const known = new WeakMap<readonly Term[], Map<Language, Names>>();

function namesOf(terms: readonly Term[], language: Language): Names {
  const byLanguage = known.get(terms) ?? new Map<Language, Names>();
  known.set(terms, byLanguage);
  const names = byLanguage.get(language) ?? sorted(terms, language);
  byLanguage.set(language, names);
  return names;
}

function sorted(terms: readonly Term[], language: Language): Names {
  const spelled = new Map(
    terms.flatMap(term => term.names[language].flatMap(name => spellings(name).map(as => [as, term] as const))),
  );
  const names = new Map<string, Named[]>();
  for (const [name, term] of spelled) {
    const first = name[0] ?? '';
    names.set(first, [...(names.get(first) ?? []), {name, term, edges: edgesOf(name)}]);
  }
  for (const alike of names.values()) alike.sort((a, b) => b.name.length - a.name.length);
  return names;
}

/** English words have a plural, and a capital at the beginning of a sentence. */
function spellings(name: string): string[] {
  if (!/^[a-z][a-z0-9 ’'-]*$/.test(name)) return /[a-z]$/.test(name) ? [name, `${name}s`] : [name];
  const forms = [name, `${name}s`];
  return [...forms, ...forms.map(form => (form[0] ?? '').toUpperCase() + form.slice(1))];
}

const latin = /[A-Za-z0-9_]/;
const katakana = /[ァ-ヺー]/;
const beforeLatin = /[A-Za-z0-9_-]/;
const afterLatin = /[A-Za-z0-9_(-]/;

/** A name is not a part of a longer word, and not a function: `socket()` is a call. */
function edgesOf(name: string): Named['edges'] {
  const before = edgeOf(name[0] ?? '', beforeLatin);
  const after = edgeOf(name.at(-1) ?? '', afterLatin);
  return (text, at) => !before?.test(text[at - 1] ?? '') && !after?.test(text[at + name.length] ?? '');
}

/** What may not stand beside this end of a name. */
const edgeOf = (end: string, besideLatin: RegExp): RegExp | null =>
  latin.test(end) ? besideLatin : katakana.test(end) ? katakana : null;
