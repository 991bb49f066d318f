import {homedir} from 'node:os';
import {isAbsolute, join} from 'node:path';

const kinds = {
  data: {variable: 'XDG_DATA_HOME', usual: ['.local', 'share']},
  cache: {variable: 'XDG_CACHE_HOME', usual: ['.cache']},
} as const;

/**
 * The program's folder among the user's own (XDG Base Directory Specification). A relative path in the variable is invalid,
 * and ignored. Throws where an account without a name has no HOME either.
 */
export function userFolder(kind: keyof typeof kinds): string {
  const {variable, usual} = kinds[kind];
  const named = process.env[variable] ?? '';
  return join(isAbsolute(named) ? named : join(homedir(), ...usual), 'sockwalk');
}
