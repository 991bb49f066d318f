import {execFile, spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';

/** Why tests in a user and network namespace of their own are skipped here; null where they can be made. */
export const whyNotInside = whyNot();

function whyNot(): string | null {
  const {error, status, stderr} = spawnSync('unshare', ['-Urn', 'true'], {encoding: 'utf8'});
  if (error) return `needs unshare: ${error.message}`;
  return status === 0 ? null : `needs a user namespace: ${stderr.trim()}`;
}

/** Why a comparison with another program is skipped; null where it is installed. */
export function whyWithout(program: string, versionOption: string): string | null {
  const {error} = spawnSync(program, [versionOption]);
  return error ? `needs ${program}: ${error.message}` : null;
}

/** Runs a program of `network/` in namespaces of its own, and reads the JSON that it prints. `-Urn` makes it root there. */
export async function inside(program: string, args: readonly string[], namespaces = '-Urn') {
  const file = fileURLToPath(new URL(`network/${program}`, import.meta.url));
  const command = [namespaces, process.execPath, '--import', 'tsx', file, ...args];
  const {stdout} = await promisify(execFile)('unshare', command, {timeout: 110_000});
  return JSON.parse(stdout);
}
