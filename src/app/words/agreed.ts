import {once} from 'node:events';
import {createInterface} from 'node:readline';
import type {Readable} from 'node:stream';

/** One line that says yes. Its end without one is a no. */
export async function isAgreed(input: Readable): Promise<boolean> {
  // Not as a terminal: the terminal's own line editing stays, and so does its Ctrl+C.
  const lines = createInterface({input, terminal: false});
  const line = await Promise.race([once(lines, 'line').then(([text]) => String(text)), once(lines, 'close')]);
  lines.close();
  return typeof line === 'string' && /^\s*(?:y|yes|はい)\s*$/i.test(line);
}
