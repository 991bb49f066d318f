import {constants} from 'node:fs';
import {type FileHandle, open} from 'node:fs/promises';
import {setTimeout as sleep} from 'node:timers/promises';
import {TextDecoder} from 'node:util';

/** How long a pipe may be silent, in milliseconds. */
const patienceMs = 5000;
const lookEveryMs = 20;
const partBytes = 1024 * 1024;

/**
 * The text of a file of at most so many bytes; null when it has more, also when it has no end. A pipe on which nothing comes
 * for so many milliseconds is given up with ETIMEDOUT. Rejects as open(2) and read(2) do.
 */
export async function readBounded(file: string, most: number, patience = patienceMs): Promise<string | null> {
  // Without it the open() of a FIFO without a writer sleeps in a thread that the program could not end without (fifo(7)).
  await using handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  const isPipe = (await handle.stat()).isFIFO();
  const parts: Buffer[] = [];
  let length = 0;
  while (length <= most) {
    const part = Buffer.alloc(Math.min(partBytes, most + 1 - length));
    const bytesRead = await readOn(handle, part, isPipe && length === 0, patience);
    if (bytesRead === 0) return textOf(Buffer.concat(parts));
    parts.push(part.subarray(0, bytesRead));
    length += bytesRead;
  }
  return null;
}

/** UTF-8, or UTF-16 where a byte order mark says so (PowerShell writes that), without the mark. */
const textOf = (bytes: Uint8Array): string => decoderOf(bytes).decode(bytes);

/** For a text that begins with these bytes. */
export const decoderOf = ([first, second]: Uint8Array): TextDecoder =>
  new TextDecoder(first === 0xff && second === 0xfe ? 'utf-16le' : 'utf-8');

/** How many bytes came; 0 at the end. A pipe that nobody has opened for writing yet reads as one at its end. */
async function readOn(handle: FileHandle, buffer: Buffer, mayBegin: boolean, patience: number): Promise<number> {
  const start = performance.now();
  while (performance.now() - start < patience) {
    const bytesRead = await readNow(handle, buffer);
    if (bytesRead !== null && (bytesRead > 0 || !mayBegin)) return bytesRead;
    await sleep(lookEveryMs);
  }
  throw Object.assign(new Error('nothing came'), {code: 'ETIMEDOUT'});
}

/** Null where nothing is there to read now. */
async function readNow(handle: FileHandle, buffer: Buffer): Promise<number | null> {
  try {
    return (await handle.read(buffer, 0, buffer.length, null)).bytesRead;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return null;
    throw error;
  }
}
