/** What a terminal sends for each key, in its default modes (xterm's "PC-style function keys"). */
const keySequences = {
  Enter: '\r',
  Right: '\x1b[C',
  Left: '\x1b[D',
  Up: '\x1b[A',
  Down: '\x1b[B',
  Space: ' ',
  Tab: '\t',
  Esc: '\x1b',
  Backspace: '\x7f',
  PgUp: '\x1b[5~',
  PgDn: '\x1b[6~',
  Home: '\x1b[H',
  End: '\x1b[F',
  'Ctrl+C': '\x03',
  'Ctrl+P': '\x10',
  'Ctrl+U': '\x15',
  'Ctrl+Z': '\x1a',
} as const;

/** A name from the table, or one character. The second half of the union keeps completion of the first. */
export type KeyName = keyof typeof keySequences | (string & Record<never, never>);

export const keyNames: readonly string[] = Object.keys(keySequences);

const isNamed = (key: string): key is keyof typeof keySequences => Object.hasOwn(keySequences, key);

export const isKeyName = (key: string): boolean => isNamed(key) || [...key].length === 1;

/** The bytes of one key. Throws on a word that is not in the table, so that a misspelt key is not typed as text. */
export function keySequence(key: KeyName): string {
  if (isNamed(key)) return keySequences[key];
  if (isKeyName(key)) return key;
  throw new Error(`no key is named "${key}"; there are ${keyNames.join(' ')}, and single characters`);
}
