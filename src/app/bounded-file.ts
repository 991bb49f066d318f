import {open} from 'node:fs/promises';

/** The text of a file of at most so many bytes; null when it has more, also when it has no end. Rejects as open(2) and read(2) do. */
export async function readBounded(file: string, most: number): Promise<string | null> {
  await using handle = await open(file, 'r');
  const buffer = Buffer.alloc(most + 1);
  let length = 0;
  while (length <= most) {
    const {bytesRead} = await handle.read(buffer, length, buffer.length - length, null);
    if (bytesRead === 0) return buffer.toString('utf8', 0, length);
    length += bytesRead;
  }
  return null;
}
