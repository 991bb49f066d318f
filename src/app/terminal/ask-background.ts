import type {ReadStream, WriteStream} from 'node:tty';
import {hear, question} from './answer.ts';
import {filterInput} from './input-filter.ts';

export interface Asked {
  /** Resolves when the terminal has answered all that it will, when it has gone, or after `longestMs`. */
  readonly settled: Promise<unknown>;
}

/** Longer than the answer takes from the other side of the world. Only whoever leaves at once waits for one that does not come. */
const longestMs = 1000;

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
    const stop = filterInput(input, text => {
      const heard = hear(text);
      if (heard.color !== null) tell(heard.color);
      if (heard.isEnd) stop();
      if (heard.isEnd) resolve();
      return heard;
    });
  });
  readEarly(input);
  output.write(question);
  return {settled};
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
