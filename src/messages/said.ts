import type {LogEvent} from '../model/event.ts';
import {fromBase64} from '../model/payload.ts';
import {harmlessText} from './harmless.ts';

type Said = Extract<LogEvent, {kind: 'said'}>;

/** A line that a process wrote, as `| text`, or `! text` where it went to standard error. */
export const saidText = ({stream, data}: Said, ascii = false): string =>
  `${stream === 'stdout' ? '|' : '!'} ${harmlessText(fromBase64(data), ascii)}`;

/** Of what Node writes about an error that ended it: blank lines, the call stack, the error's fields, Node's own version and source. */
export function isNoise({stream, data}: Said): boolean {
  if (stream === 'stdout') return false;
  const line = Buffer.from(fromBase64(data)).toString();
  return /^\s*$|^\s+at |^node:|^Node\.js v|^Emitted |^\s*[\^]+$|^ {2}(?:errno|code|syscall|address|port): |^\}$/.test(
    line,
  );
}
