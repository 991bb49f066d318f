/** The first line and the header fields of an HTTP message, as SSDP sends them in a datagram. Names are in lower case. */
export interface Head {
  readonly start: string;
  readonly fields: ReadonlyMap<string, string>;
}

const mostFields = 32;
/** RFC 9110 section 5.6.2. */
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Null when it is longer than `limit` bytes or not of that form. Of a field that comes twice the first one counts. */
export function parseHead(bytes: Uint8Array, limit: number): Head | null {
  if (bytes.length > limit) return null;
  const lines = Buffer.from(bytes).toString('latin1').split('\r\n');
  const end = lines.indexOf('');
  if (end < 1 || end > mostFields + 1) return null;
  const [start = '', ...rest] = lines.slice(0, end);
  const fields = new Map<string, string>();
  for (const line of rest) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).toLowerCase();
    if (!token.test(name)) return null;
    if (!fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return {start, fields};
}
