import {spawnSync} from 'node:child_process';
import {program} from './components/sockwalk.ts';

/** What stands before a command to have it run as an ordinary user; null where that cannot be done. */
export function ordinaryUser(): readonly string[] | null {
  if (process.getuid?.() !== 0) return [];
  const enter = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  const [command = '', ...args] = [...enter, 'test', '-r', program];
  return spawnSync(command, args).status === 0 ? enter : null;
}
