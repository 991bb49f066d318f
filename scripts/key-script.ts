import {isKeyName, type KeyName, keyNames} from '../test/pty-keys.ts';

export type Action =
  | {readonly kind: 'press'; readonly key: KeyName}
  | {readonly kind: 'type'; readonly text: string}
  /** Answers a question with the choice that says this, whatever its number. */
  | {readonly kind: 'choose'; readonly text: string}
  | {readonly kind: 'await'; readonly text: string};

/**
 * Reads what to do at a terminal: words separated by blanks, each a key (`Enter`, `Ctrl+C`, `q`), typed text
 * (`text:こんにちは`), the choice of a question (`choose:accept`) or something to wait for (`until:LISTEN`). Quotes keep blanks: `text:"two words"`.
 * Throws on a word that is none of these.
 */
export function parseKeyScript(script: string): readonly Action[] {
  return (script.match(/(?:text|until|choose):"[^"]*"|\S+/g) ?? []).map(parseWord);
}

function parseWord(word: string): Action {
  const [, verb, quoted, bare] = /^(text|until|choose):(?:"([^"]*)"|(.+))$/.exec(word) ?? [];
  const text = quoted ?? bare ?? '';
  if (verb === 'text') return {kind: 'type', text};
  if (verb === 'choose') return {kind: 'choose', text};
  if (verb === 'until') return {kind: 'await', text};
  if (isKeyName(word)) return {kind: 'press', key: word};
  throw new Error(
    `"${word}" is not a key. Keys are ${keyNames.join(' ')} and single characters; or text:…, choose:… and until:…`,
  );
}
