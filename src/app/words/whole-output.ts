import {fstatSync, writeSync} from 'node:fs';

const descriptor = 1;

type WithWrite = NodeJS.WriteStream & {
  _write(chunk: Uint8Array | string, encoding: BufferEncoding, done: (error?: Error | null) => void): void;
};

/**
 * Where standard output is a file or a device, writes all of each chunk, and has the stream tell why it could not: a disk that
 * fills up takes a part without an error (write(2)), of which Node's own stream for files takes no notice.
 */
export function writeWhole(stdout: NodeJS.WriteStream): void {
  if (stdout.isTTY || !isFile(descriptor)) return;
  (stdout as WithWrite)._write = (chunk, encoding, done) => {
    try {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
      done();
    } catch (error) {
      done(error as Error);
    }
  };
}

function isFile(fd: number): boolean {
  try {
    const stat = fstatSync(fd);
    return !stat.isFIFO() && !stat.isSocket();
  } catch {
    return false;
  }
}
