import type {Dissection, Field, FieldName, Part, Protocol} from '../model/wire.ts';

export type Problem = NonNullable<Dissection['problem']>;

/** Where a header is read: from `start`, in a frame of which `bytes` were captured. */
export interface Scope {
  readonly bytes: Uint8Array;
  readonly start: number;
  /** The first byte that is no longer what is read here, as the header outside says; it may not have been captured. */
  readonly end: number;
  /** The first fragment of a packet: what its inner header counts goes on in others. */
  readonly isFragment: boolean;
}

/** What comes inside a header, and where. */
export interface Inside extends Scope {
  readonly protocol: Protocol;
  readonly layer: Part['layer'];
}

/** What was found where a header should be. `part` is null where there was not one byte of it. */
export interface Header {
  readonly part: Part | null;
  readonly inside: Inside | null;
  readonly problem: Problem | null;
}

/** A field at a fixed place of a header, in bytes from its beginning. */
export interface FieldPlace {
  readonly name: FieldName;
  readonly offset: number;
  readonly length: number;
  readonly bits?: NonNullable<Field['bits']>;
  /** How its bytes, or its bits as a number, become a value. A number otherwise. */
  readonly address?: (bytes: Uint8Array) => string;
  readonly flags?: (bits: number) => readonly string[];
}

/** The fields of a layout that are there whole, and why it is not all of them. */
export function readLayout(scope: Scope, layout: readonly FieldPlace[]): {fields: Field[]; problem: Problem | null} {
  const last = layout.at(-1);
  const problem = last ? missing(scope, scope.start, last.offset + last.length) : null;
  const room = availableEnd(scope) - scope.start;
  const there = problem ? layout.filter(({offset, length}) => offset + length <= room) : layout;
  return {fields: there.map(place => readPlace(scope, place)), problem};
}

function readPlace({bytes, start}: Scope, {name, offset, length, bits, address, flags}: FieldPlace): Field {
  const at = start + offset;
  const found = address?.(bytes.subarray(at, at + length)) ?? bitsOf(numberAt(bytes, at, length), length, bits);
  const value = flags && typeof found === 'number' ? flags(found) : found;
  return bits ? {name, offset: at, length, bits, value} : {name, offset: at, length, value};
}

const bitsOf = (whole: number, length: number, bits: FieldPlace['bits']): number =>
  bits ? (whole >>> (length * 8 - bits.first - bits.count)) & (2 ** bits.count - 1) : whole;

/** Network byte order, at most four bytes. What lies outside of the frame counts as 0. */
export function numberAt(bytes: Uint8Array, offset: number, length: number): number {
  let value = 0;
  for (let i = 0; i < length; i++) value = value * 256 + (bytes[offset + i] ?? 0);
  return value;
}

/** Why these bytes cannot be read, with the first byte that is not there; null when they all can. */
export function missing(scope: Scope, offset: number, length: number): Problem | null {
  if (offset + length > scope.end) return {kind: 'cut-short', at: availableEnd(scope)};
  return offset + length > scope.bytes.length ? {kind: 'not-captured', at: availableEnd(scope)} : null;
}

/** The first byte that is not here: it belongs to something else, or was not captured. */
export const availableEnd = ({bytes, end}: Scope): number => Math.min(bytes.length, end);

/** The part that these fields make up, up to the end of the last; null when there are none. */
export function partOf(
  protocol: Protocol,
  layer: Part['layer'],
  offset: number,
  fields: readonly Field[],
): Part | null {
  const last = fields.at(-1);
  return last ? {protocol, layer, offset, length: last.offset + last.length - offset, fields} : null;
}

/** A reading that ends here. */
export const stopped = (part: Part | null, problem: Problem | null): Header => ({part, inside: null, problem});

/** Bytes as a value: in hexadecimal, two digits each. */
export const hexOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
