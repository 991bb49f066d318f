import type {Base64} from './call.ts';

/** The longest message that a lesson sends, in bytes. It fits one recv() of every lesson. */
export const messageLimit = 1024;

export const bytesOfText = (text: string): Uint8Array => new TextEncoder().encode(text);

export const toBase64 = (bytes: Uint8Array): Base64 => Buffer.from(bytes).toString('base64');

export const fromBase64 = (data: Base64): Uint8Array => new Uint8Array(Buffer.from(data, 'base64'));
