import {isKeyName, type KeyName, keyNames} from '../test/pty-keys.ts';

export type Action =
  | {readonly kind: 'press'; readonly key: KeyName}
  | {readonly kind: 'type'; readonly text: string}
  | {readonly kind: 'await'; readonly text: string};

/**
 * Reads what to do at a terminal: words separated by blanks, each a key (`Enter`, `Ctrl+C`, `q`), typed text
 * (`text:こんにちは`) or something to wait for (`until:LISTEN`). Quotes keep blanks: `text:"two words"`.
 * Throws on a word that is none of these.
 */
export function parseKeyScript(script: string): readonly Action[] {
  return (script.match(/(?:text|until):"[^"]*"|\S+/g) ?? []).map(parseWord);
}

function parseWord(word: string): Action {
  const [, verb, quoted, bare] = /^(text|until):(?:"([^"]*)"|(.+))$/.exec(word) ?? [];
  const text = quoted ?? bare ?? '';
  if (verb === 'text') return {kind: 'type', text};
  if (verb === 'until') return {kind: 'await', text};
  if (isKeyName(word)) return {kind: 'press', key: word};
  throw new Error(
    `"${word}" is not a key. Keys are ${keyNames.join(' ')} and single characters; or text:… and until:…`,
  );
}
