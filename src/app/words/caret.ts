import {type Line, plain, widthOf, withoutSteering} from '../../draw/text/spans.ts';

/** Characters before and after the place that are shown of a long word. */
const [shownBefore, shownAfter] = [60, 40];

/** A word, and a caret under one of its characters; or just after the last. Of a long one what is around that place. */
export function caretLines(word: string, at: number): [word: string, caret: string] {
  const [left, right] = [[...word.slice(0, at)], [...word.slice(at)]];
  const before = left.length > shownBefore ? `...${left.slice(-shownBefore).join('')}` : left.join('');
  const after = right.length > shownAfter ? `${right.slice(0, shownAfter).join('')}...` : right.join('');
  const shown = withoutSteering(`${before}${after}`);
  const place: Line = plain(withoutSteering(before));
  return [`  ${shown}`, `  ${' '.repeat(widthOf(place))}^`];
}
