import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

/** A program of ours that is started as a process: beside this file in the bundle; in the built program when run from source. */
export function builtFile(name: string): string {
  const bundled = fileURLToPath(new URL(`./${name}`, import.meta.url));
  return existsSync(bundled) ? bundled : fileURLToPath(new URL(`../../../dist/${name}`, import.meta.url));
}
