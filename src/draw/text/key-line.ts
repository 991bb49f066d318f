import {keyText} from '../../messages/keys.ts';
import type {Text} from '../../model/text.ts';
import type {Look} from './look.ts';
import {type Line, type Span, styled, widthOf} from './spans.ts';

/** A key and what it does, as the last line of the screen shows it. */
export interface KeyHint {
  readonly key: string;
  readonly label: Text;
  readonly rank: number;
}

/** ` → next  ← back  Space play`; where there is no room for all, the ones with the highest rank go first. */
export function keyLine(hints: readonly KeyHint[], look: Look, width: number): Line {
  const byRank = [...hints].sort((a, b) => a.rank - b.rank);
  const kept: KeyHint[] = [];
  // Help, the other language and the way out must always be found.
  const vital = byRank.filter(({key}) => key === '?' || key === 't' || key === 'q');
  for (const hint of byRank) {
    const others = vital.filter(other => !kept.includes(other) && other !== hint);
    if (widthOf(spansOf([...kept, hint, ...others], look)) <= width) kept.push(hint);
  }
  return spansOf(kept, look);
}

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
