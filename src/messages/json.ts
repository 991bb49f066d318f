import {hostileCharacters} from './hostile-characters.ts';

/** Characters that steer a terminal or are not seen, beyond what JSON escapes by itself. */
const {control, unseen} = hostileCharacters;
const notShown = new RegExp(`(?!\\n)[${control}${unseen}]`, 'gu');

const escaped = (text: string): string =>
  Array.from({length: text.length}, (_, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');

/** How a command writes down what happens. */
export type Format = 'text' | 'json';

/** JSON as it may be shown on a terminal: it means the same (RFC 8259 section 7), and holds nothing that acts there. */
export const jsonText = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(notShown, escaped);
