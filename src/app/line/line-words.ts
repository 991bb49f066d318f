/** One word of a line, and the column where it stands. */
export interface Word {
  readonly text: string;
  readonly at: number;
  /** The column after it, its quotes included. */
  readonly end: number;
  readonly isQuoted: boolean;
  /** It stood in braces, which hold what the kernel wrote. */
  readonly isWritten: boolean;
}

/** A quote that is not closed. */
export class Unclosed extends Error {
  readonly at: number;
  constructor(at: number) {
    super(`a quote at ${at}`);
    this.at = at;
  }
}

export interface Words {
  readonly words: readonly Word[];
  /** Written as in C and as the list of calls has it: `send(19, "hello", 0)`. */
  readonly isC: boolean;
}

/** `isName` tells the names of calls: only one of those makes a parenthesis the beginning of arguments. */
export function wordsOf(line: string, isName: (word: string) => boolean): Words {
  const [, first = '', second = ''] = /^\s*(\w+)\s*(?:\(|(?<=\s)(\w+)\s*\()/.exec(line) ?? [];
  const isC = isName(second || first) && line.includes('(');
  return {words: isC ? wordsOfC(line) : plainWords(line), isC};
}

/** Words between spaces; a word in double quotes may hold spaces. */
function plainWords(line: string): Word[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(")|([^\s"]+)/g)].map(found => wordOf(found, false));
}

function wordsOfC(line: string): Word[] {
  let depth = 0;
  const words: Word[] = [];
  for (const found of line.matchAll(/"((?:[^"\\]|\\.)*)"|(")|([{}]|[^\s"(),;{}]+)/g)) {
    const word = wordOf(found, depth > 0);
    if (word.isQuoted || !/^[{}[\]]$/.test(word.text)) words.push(word);
    else depth += word.text === '{' ? 1 : word.text === '}' ? -1 : 0;
  }
  return words;
}

function wordOf(found: RegExpExecArray, isWritten: boolean): Word {
  const [, quoted, open, plain] = found;
  if (open !== undefined) throw new Unclosed(found.index);
  return {
    text: quoted ?? plain ?? '',
    at: found.index,
    end: found.index + found[0].length,
    isQuoted: quoted !== undefined,
    isWritten,
  };
}
