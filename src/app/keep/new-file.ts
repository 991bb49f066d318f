import {type FileHandle, open, rm} from 'node:fs/promises';

/**
 * Makes a file where there is none, a link, a folder or a FIFO included (O_EXCL, man 2 open), and begins it. Where it cannot be
 * written whole it is taken away again. Rejects as open(2) and write(2) do.
 */
export async function beginFile(file: string, beginning: string | Uint8Array): Promise<FileHandle> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(beginning);
    return handle;
  } catch (error) {
    await handle.close();
    await rm(file, {force: true});
    throw error;
  }
}

/** Makes a whole file in the same way. */
export async function writeNewFile(file: string, content: string | Uint8Array): Promise<void> {
  await using _ = await beginFile(file, content);
}
