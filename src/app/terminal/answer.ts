/** Asks for the background (OSC 11), and then for what every terminal tells (DA1): where only that is answered, the first never will be. */
export const question = '\x1b]11;?\x1b\\\x1b[c';

export interface Heard {
  /** What is no answer. */
  readonly keys: string;
  /** What may be the beginning of an answer; with `keys` and the answers all that came. */
  readonly begun: string;
  /** The background, as the terminal writes colours; null while it has not said. */
  readonly color: string | null;
  /** The last answer has come. */
  readonly isEnd: boolean;
}

const colors = /\x1b\]11;([^\x07\x1b]*)(?:\x07|\x1b\\)/g;
const attributes = /\x1b\[\?[\d;]*c/;
const beginning = /\x1b(?:\](?:1(?:1(?:;[^\x07\x1b]*\x1b?)?)?)?|\[(?:\?[\d;]*)?)?$/;

/** Takes the answers to `question` out of what came from a terminal, where keys may stand before, between and behind them. */
export function hear(input: string): Heard {
  let color: string | null = null;
  const rest = input.replace(colors, (_, said: string) => {
    color = said;
    return '';
  });
  const isEnd = attributes.test(rest);
  const clean = rest.replace(attributes, '');
  const begun = isEnd ? '' : (beginning.exec(clean)?.[0] ?? '');
  return {keys: clean.slice(0, clean.length - begun.length), begun, color, isEnd};
}

/** Whether somebody may have typed it: Esc, or Alt with a bracket. */
export const mayBeTyped = (begun: string): boolean => /^\x1b[\][]?$/.test(begun);
