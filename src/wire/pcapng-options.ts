import {bytesOfText} from '../model/payload.ts';

/** draft-ietf-opsawg-pcapng section 3.5. */
export interface Option {
  readonly code: number;
  readonly value: Uint8Array;
}

/** What the length of an option, 16 bits, can say. */
const longest = 0xffff;

/** A string; what is too long for an option is cut between two characters. */
export const textOption = (code: number, text: string): Option => ({code, value: cut(bytesOfText(text))});

/** opt_comment, which any block may have. */
export const commentOption = (text: string): Option => textOption(1, text);

export function numberOption(code: number, number: number): Option {
  const value = Buffer.alloc(4);
  value.writeUInt32LE(number);
  return {code, value};
}

/** The options one after another, each filled up to four bytes, and the one that ends them. */
export function optionsBytes(options: readonly Option[]): Uint8Array {
  const bytes = Buffer.alloc(options.reduce((sum, {value}) => sum + sizeWith(value), 4));
  let offset = 0;
  for (const {code, value} of options) {
    bytes.writeUInt16LE(code, offset);
    bytes.writeUInt16LE(value.length, offset + 2);
    bytes.set(value, offset + 4);
    offset += sizeWith(value);
  }
  return bytes;
}

const sizeWith = (value: Uint8Array): number => 4 + Math.ceil(value.length / 4) * 4;

function cut(bytes: Uint8Array): Uint8Array {
  let end = Math.min(bytes.length, longest);
  // A byte that goes on with a character (RFC 3629 section 3) does not begin what is left out.
  while (end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end);
}
