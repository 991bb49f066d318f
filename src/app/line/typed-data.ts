/** The most bytes that one line sends. A peer that reads nothing takes about half of it on a Linux of today. */
export const longestData = 8_000_000;

const escapes: Readonly<Record<string, string>> = {n: '\n', r: '\r', t: '\t', '0': '\0'};

/** What stands between quotes: `\n \r \t \0 \\ \" \xHH` as in C, everything else as UTF-8. */
export function bytesOfQuoted(text: string): Uint8Array {
  const parts = [...text.matchAll(/\\x([0-9a-fA-F]{2})|\\(.)|[^\\]+/gsu)].map(([whole, hex, escaped]) => {
    if (hex !== undefined) return Buffer.from(hex, 'hex');
    return Buffer.from(escaped === undefined ? whole : (escapes[escaped] ?? escaped));
  });
  return new Uint8Array(Buffer.concat(parts));
}
