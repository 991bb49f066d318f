import {constants} from 'node:os';
import type {Errno} from '../../model/errno.ts';

// Two names, one number: socket man pages use the first of each pair. Node lacks the last one (errno(3), Linux).
const preferred: Record<string, number> = {
  EAGAIN: constants.errno.EAGAIN,
  EOPNOTSUPP: constants.errno.EOPNOTSUPP,
  ESOCKTNOSUPPORT: 94,
};

const names = new Map<number, string>(
  [...Object.entries(constants.errno), ...Object.entries(preferred)].map(([name, code]) => [code, name]),
);

/** The name of an errno of this machine; EUNKNOWN where it has none here. */
export const errnoName = (code: number): Errno => (names.get(code) ?? 'EUNKNOWN') as Errno;
