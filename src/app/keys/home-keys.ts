import type {KeyHint} from '../../draw/text/key-line.ts';
import {type Binding, bindings} from './keymap.ts';

/** A key as the last line shows it; none that is only in the help. */
export const hintOf = ({keys: [key], label, rank}: Binding): KeyHint[] =>
  rank === undefined || key === undefined ? [] : [{key: key === '↑' ? '↑↓' : key, label, rank}];

/** The keys for the last line of the list, which are all of use. */
export const homeHints = (): KeyHint[] => bindings.filter(({places}) => places.includes('home')).flatMap(hintOf);
