import {findTerms} from '../../messages/terms.ts';
import type {Term} from '../../model/glossary.ts';
import type {Language} from '../../model/text.ts';
import {type Line, type Span, styled} from './spans.ts';
import {wrap} from './wrap.ts';

/** Wraps a text to lines of a style, with the terms in it underlined. */
export type Marker = (text: string, width: number, style?: Omit<Span, 'text'>) => Line[];

/**
 * Underlines each term where it occurs for the first time in the texts of one screen; those that stand in nearly every
 * text are left alone. Lines break as they would without.
 */
export function markerOf(terms: readonly Term[], language: Language): Marker {
  const seen = new Set<string>();
  return (text, width, style = {}) => {
    const found = findTerms(text, terms, language).filter(({term}) => {
      const isNew = !term.isCommon && !seen.has(term.id);
      seen.add(term.id);
      return isNew;
    });
    let from = 0;
    return wrap(text, width).map(line => {
      const start = text.indexOf(line, from);
      from = start + line.length;
      const here = found.map(place => ({start: place.start - start, end: place.end - start}));
      return marked(line, here, style);
    });
  };
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A line in spans, those stretches of it underlined that lie in it. */
function marked(line: string, stretches: readonly Stretch[], style: Omit<Span, 'text'>): Line {
  const spans: Span[] = [];
  let at = 0;
  for (const {start, end} of stretches) {
    const [from, to] = [Math.max(at, start), Math.min(line.length, end)];
    if (to <= from) continue;
    if (from > at) spans.push(styled(line.slice(at, from), style));
    spans.push(styled(line.slice(from, to), {...style, underline: true}));
    at = to;
  }
  return at < line.length || spans.length === 0 ? [...spans, styled(line.slice(at), style)] : spans;
}
