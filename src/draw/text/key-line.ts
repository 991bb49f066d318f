import {keyText} from '../../messages/keys.ts';
import type {Text} from '../../model/text.ts';
import type {Look} from './look.ts';
import {type Line, type Span, spread, styled, widthOf} from './spans.ts';

/** A key and what it does, as the last line of the screen shows it. */
export interface KeyHint {
  readonly key: string;
  readonly label: Text;
  /** Smaller comes first and stays longest. 'last': the way out, or to all other keys, at the end of the line whatever its room. */
  readonly rank: Rank;
}

export type Rank = number | 'last';

/**
 * ```
 *  → next  ← back  v view                                   Esc lessons  ? more keys
 * ```
 *
 * Where there is no room for all, those with the highest rank go first, and never the last ones.
 */
export function keyLine(hints: readonly KeyHint[], look: Look, width: number): Line {
  const last = [...hints.filter(({rank}) => rank === 'last')].sort((a, b) => placeOf(a) - placeOf(b));
  const end: Line = last.length > 0 ? [...spansOf(last, look), {text: ' '}] : [];
  const room = width - widthOf(end);
  const others = hints.flatMap(hint => (hint.rank === 'last' ? [] : [{...hint, rank: hint.rank}]));
  const kept: KeyHint[] = [];
  for (const hint of others.sort((a, b) => a.rank - b.rank)) {
    if (widthOf(spansOf([...kept, hint], look)) < room) kept.push(hint);
  }
  return last.length > 0 ? spread(spansOf(kept, look), end, width) : spansOf(kept, look);
}

const placeOf = ({key}: KeyHint): number => (key === '?' ? 1 : 0);

const spansOf = (hints: readonly KeyHint[], look: Look): Span[] =>
  hints.flatMap((hint, i) => [
    {text: i === 0 ? ' ' : '  '},
    styled(keyName(hint.key, look), {bold: true, tone: 'key'}),
    {text: ` ${labelText(hint.label, look)}`},
  ]);

/** A language is named in itself, where its letters can be drawn. */
export const labelText = (label: Text, look: Look): string =>
  label === keyText.language && look.ascii && look.language === 'en' ? 'Japanese' : look.say(label);

const arrowNames: Readonly<Record<string, string>> = {'↑': 'Up', '↓': 'Down', '→': 'Right', '←': 'Left'};

/** Arrows have names where they cannot be drawn. */
export const keyName = (key: string, look: Look): string =>
  look.ascii && /^[↑↓→←]+$/.test(key) ? [...key].map(arrow => arrowNames[arrow]).join('/') : key;
