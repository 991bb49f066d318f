import {join} from 'node:path';
import {fill} from '../../messages/fill.ts';
import {framesText} from '../../messages/frames.ts';
import type {Language} from '../../model/text.ts';
import {writeNewFile} from './new-file.ts';

export interface CaptureFile {
  readonly bytes: Uint8Array;
  /** How many frames are in it. */
  readonly count: number;
  readonly lesson: string;
  readonly folder: string;
}

/** Writes a capture into a folder, over no other file, and says where it is or why it is not. */
export async function saveCapture(
  {bytes, count, lesson, folder}: CaptureFile,
  language: Language,
  now = new Date(),
): Promise<string> {
  const file = join(folder, captureName(lesson, now));
  try {
    await writeNewFile(file, bytes);
    return fill(framesText.saved, language, {count, file});
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException;
    return fill(framesText.notSaved, language, {file, why: code ?? message});
  }
}

/** `sockwalk-echo-20260131-235959.pcapng`, by the clock on the wall. */
export function captureName(lesson: string, at: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const day = `${at.getFullYear()}${two(at.getMonth() + 1)}${two(at.getDate())}`;
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join('');
  return `sockwalk-${lesson.replaceAll(/[^\w-]/g, '-')}-${day}-${time}.pcapng`;
}
