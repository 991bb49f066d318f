import type {Readable} from 'node:stream';
import type {OutputStream} from '../../model/event.ts';

/** Of what one process writes, no more than this is passed on, in bytes; and no line is longer. */
const outputLimit = 64 * 1024;
const lineLimit = 1024;

/** Hands over what a process writes, line by line and without their ends. */
export function eachLine(
  stream: OutputStream,
  from: Readable,
  tell: (stream: OutputStream, line: Buffer) => void,
): void {
  let rest = Buffer.alloc(0);
  let left = outputLimit;
  const take = (chunk: Buffer) => {
    if (left <= 0) return;
    rest = Buffer.concat([rest, chunk.subarray(0, left)]);
    left -= chunk.length;
    for (let end = endOf(rest); end !== null; end = endOf(rest)) {
      tell(stream, rest.subarray(0, end));
      rest = rest.subarray(rest[end] === newline ? end + 1 : end);
    }
  };
  from.on('data', take);
  from.on('end', () => rest.length > 0 && tell(stream, rest));
}

const newline = 0x0a;

/** Where the first line ends; null when it is not whole yet. */
function endOf(bytes: Buffer): number | null {
  const end = bytes.indexOf(newline);
  if (end >= 0) return Math.min(end, lineLimit);
  return bytes.length > lineLimit ? lineLimit : null;
}
