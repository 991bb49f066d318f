import type {Decoding} from '../model/lesson.ts';

/** What stands where bytes were no UTF-8 (Unicode, chapter 23.8). */
export const replacement = '\ufffd';

/** The text that a program has so far from what each recv() gave it, in order. */
export function decoded(how: Decoding, chunks: readonly Uint8Array[]): string {
  switch (how) {
    case 'each-alone':
      return chunks.map(chunk => newDecoder().decode(chunk)).join('');
    case 'one-decoder': {
      const decoder = newDecoder();
      // Not the end yet: the bytes of a character that is not complete stay in the decoder.
      return chunks.map(chunk => decoder.decode(chunk, {stream: true})).join('');
    }
  }
}

const newDecoder = () => new TextDecoder('utf-8', {ignoreBOM: true});
