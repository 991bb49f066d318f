import {once} from 'node:events';
import {fstatSync} from 'node:fs';
import {Socket} from 'node:net';
import type {Writable} from 'node:stream';

/** Where a log is written, by one who can wait for its reader. */
export interface LogOutput {
  /** Resolves when more can be written. */
  write(text: string): Promise<void>;
  /** Lets go of what has not been written. */
  giveUp(): void;
}

const descriptor = 1;

/**
 * Standard output for a log that goes on for long. Node writes to a pipe synchronously ("A note on process I/O"), and the whole
 * process would stand still, deaf to signals, while nobody reads: here a pipe is written to as a socket is.
 *
 * @param gone its reader has gone
 */
export function logOutput(stdout: NodeJS.WriteStream, gone: () => void): LogOutput {
  const stat = fstatSync(descriptor);
  const output: Writable =
    stat.isFIFO() || stat.isSocket() ? new Socket({fd: descriptor, readable: false, writable: true}) : stdout;
  if (output !== stdout) output.on('error', gone);
  return {
    async write(text) {
      if (!output.write(text)) await once(output, 'drain');
    },
    giveUp: () => void output.destroy(),
  };
}
