import type {ReadStream, WriteStream} from 'node:tty';
import {hear, mayBeTyped, question} from './answer.ts';

export interface Asked {
  /** Resolves when the terminal has answered all that it will, when it has gone, or after `longestMs`. */
  readonly settled: Promise<unknown>;
}

/** Longer than the answer takes from the other side of the world. Only whoever leaves at once waits for one that does not come. */
const longestMs = 1000;
/** In one answer no two bytes are as far apart; a key is not noticed so late. */
const typedMs = 50;

/**
 * Asks the terminal for its background. `tell` hears the colour, as the terminal writes it, whenever that comes; no byte of an answer
 * reaches whoever else reads `input`. An answer that nobody waited for would be typed into the shell: wait for `settled` before leaving.
 */
export function askBackground(input: ReadStream, output: WriteStream, tell: (color: string) => void): Asked {
  input.setRawMode(true);
  input.setEncoding('utf8');
  const settled = new Promise<void>(resolve => {
    setTimeout(resolve, longestMs);
    for (const event of ['end', 'close', 'error']) input.once(event, () => resolve());
    const stop = filter(input, heard => {
      if (heard.color !== null) tell(heard.color);
      if (heard.isEnd) stop();
      if (heard.isEnd) resolve();
    });
  });
  readEarly(input);
  output.write(question);
  return {settled};
}

/** Takes answers out of all that is read from `input`, until it is stopped. */
function filter(input: ReadStream, onHeard: (heard: ReturnType<typeof hear>) => void): () => void {
  const read = input.read.bind(input);
  let begun = '';
  let typed = '';
  let patience: NodeJS.Timeout | undefined;
  const release = () => {
    [typed, begun] = [begun, ''];
    input.emit('readable');
  };
  const taken = (): string => {
    const keys = typed;
    typed = '';
    return keys;
  };
  input.read = (size?: number) => {
    if (size === 0) return read(0);
    if (typed !== '') return taken();
    for (;;) {
      const chunk: string | null = read();
      if (chunk === null) return null;
      clearTimeout(patience);
      const heard = hear(begun + chunk);
      begun = heard.begun;
      if (mayBeTyped(begun)) patience = setTimeout(release, typedMs);
      onHeard(heard);
      if (heard.keys !== '') return heard.keys;
    }
  };
  return () => {
    // As it was: what the prototype has.
    Reflect.deleteProperty(input, 'read');
  };
}

/** Hears the answer before there is anybody who reads keys. What was typed by then goes back, and waits for them. */
function readEarly(input: ReadStream): void {
  const pump = () => {
    if (input.listenerCount('readable') === 1) {
      const keys: string | null = input.read();
      if (keys === null) return;
      input.off('readable', pump);
      input.unshift(keys);
    } else input.off('readable', pump);
  };
  input.on('readable', pump);
}
