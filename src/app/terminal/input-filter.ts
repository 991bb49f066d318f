import type {ReadStream} from 'node:tty';
import {mayBeTyped} from './answer.ts';

/** What is left of what was read. */
export interface Filtered {
  /** What is for whoever reads keys. */
  readonly keys: string;
  /** What may be the beginning of what is not. */
  readonly begun: string;
}

/** In one sequence no two bytes are as far apart; a key is not noticed so late. */
const typedMs = 50;

/** Takes what is not typed out of all that is read from `input`, until it is stopped. Filters are stopped in any order. */
export function filterInput(input: ReadStream, take: (text: string) => Filtered): () => void {
  const read = input.read.bind(input);
  let begun = '';
  let typed = '';
  let isOn = true;
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
    if (size === 0 || (!isOn && typed === '')) return read(size);
    if (typed !== '') return taken();
    for (;;) {
      const chunk: string | null = read();
      if (chunk === null) return null;
      clearTimeout(patience);
      const heard = take(begun + chunk);
      begun = heard.begun;
      if (mayBeTyped(begun)) patience = setTimeout(release, typedMs);
      if (heard.keys !== '') return heard.keys;
    }
  };
  return () => {
    isOn = false;
  };
}
