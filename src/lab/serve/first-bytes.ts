import type {Spoken} from '../../model/serve.ts';

/** What the first bytes of a client are the beginning of; `undecided` while they could still become a request of HTTP. */
export type FirstBytes = Spoken | 'other' | 'undecided';

/** RFC 9110 section 9.3, and PATCH (RFC 5789). */
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];
/** RFC 9112 section 3: method, target, version. A target may be long, and is not that long. */
const requestLine = new RegExp(`^(?:${methods.join('|')}) [^ \\r\\n]{1,4000} HTTP/1\\.[01]\\r?\\n`);
const longestRequestLine = 4096;

export function recognize(bytes: Buffer): FirstBytes {
  // A TLS record of type handshake, RFC 8446 section 5.1.
  if (bytes[0] === 0x16 && bytes[1] === 0x03) return 'tls';
  const text = bytes.toString('latin1', 0, longestRequestLine);
  if (requestLine.test(text)) return 'http';
  if (text.includes('\n') || bytes.length >= longestRequestLine) return 'other';
  return methods.some(method => begins(text, `${method} `)) ? 'undecided' : 'other';
}

/** Whether one of them is the beginning of the other. */
const begins = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);

/** The first line of a request, without its end, and not longer than is shown. */
export const requestLineOf = (bytes: Buffer): Uint8Array =>
  Buffer.from(/^[^\r\n]*/.exec(bytes.toString('latin1', 0, 200))?.[0] ?? '', 'latin1');
