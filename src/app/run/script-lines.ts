import {addAbortSignal, type Readable} from 'node:stream';
import type {TextDecoder} from 'node:util';
import {labText} from '../../messages/lab.ts';
import {decoderOf} from '../keep/bounded-file.ts';
import type {Complaint} from '../words/complaint.ts';
import {longestScript} from './script.ts';

/** Why there are no more lines, before the end of the script. */
export class NoMoreLines extends Error {
  readonly complaint: Complaint;

  constructor(complaint: Complaint) {
    super('the script ends before its end');
    this.complaint = complaint;
  }
}

/** The lines of a script that is there whole. A line ends with LF or CRLF. */
export const linesOf = (source: string): readonly string[] => source.split(/\r?\n/);

/**
 * The lines of a script as they come, in UTF-8 or as a byte order mark says. Throws `NoMoreLines` when there are too many bytes
 * or they cannot be read; ends when it is stopped.
 */
export async function* linesFrom(input: Readable, file: string, stopped: AbortSignal): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  let bytes = 0;
  let begun = '';
  try {
    for await (const part of addAbortSignal(stopped, input)) {
      bytes += part.length;
      if (bytes > longestScript) throw new NoMoreLines({text: labText.scriptLong, values: {file, most: longestScript}});
      decoder ??= decoderOf(part);
      const lines = linesOf(begun + decoder.decode(part, {stream: true}));
      begun = lines.at(-1) ?? '';
      yield* lines.slice(0, -1);
    }
    yield begun + (decoder?.decode() ?? '');
  } catch (error) {
    if (stopped.aborted) return;
    if (error instanceof NoMoreLines) throw error;
    const {code, message} = error as NodeJS.ErrnoException;
    throw new NoMoreLines({text: labText.scriptUnreadable, values: {file, why: code ?? message}});
  }
}
