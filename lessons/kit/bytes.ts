import type {Payload} from '../../src/model/lesson.ts';

/** A string stands for itself in UTF-8. */
export type Bytes = string | Payload;

export const text = (words: string) => ({kind: 'text', text: words}) as const satisfies Payload;
export const bytesOf = (bytes: Bytes): Payload => (typeof bytes === 'string' ? text(bytes) : bytes);

/** `e3 81 93`, spaces as wanted. */
export const hex = (bytes: string) => ({kind: 'hex', hex: bytes}) as const satisfies Payload;
/** One byte, so many times. */
export const fill = (byte: number, count: number) => ({kind: 'fill', byte, count}) as const satisfies Payload;
/** Bytes `from` to before `to` of another. */
export const part = (of: Bytes, from: number, to: number): Payload => ({kind: 'part', of: bytesOf(of), from, to});
export const join = (...parts: readonly Bytes[]): Payload => ({kind: 'join', parts: parts.map(bytesOf)});
/** What the learner typed. */
export const message: Payload = {kind: 'message'};
/** All that the calls of that step received. */
export const receivedIn = (step: string): Payload => ({kind: 'received', step});
