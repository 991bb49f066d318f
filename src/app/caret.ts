import {type Line, plain, widthOf, withoutSteering} from '../../components/spans.ts';

/** A word, and a caret under one of its characters; or just after the last. */
export function caretLines(word: string, at: number): [word: string, caret: string] {
  const before: Line = plain(withoutSteering(word.slice(0, at)));
  return [`  ${withoutSteering(word)}`, `  ${' '.repeat(widthOf(before))}^`];
}
