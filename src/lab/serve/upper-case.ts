const [a, z, toUpper] = [0x61, 0x7a, 0x20] as const;

/** The letters a-z as A-Z, all other bytes as they are: so it does not matter where a character of UTF-8 is cut. */
export function upperCase(bytes: Uint8Array): Buffer {
  const upper = Buffer.from(bytes);
  for (let i = 0; i < upper.length; i++) {
    const byte = upper[i] ?? 0;
    if (byte >= a && byte <= z) upper[i] = byte - toUpper;
  }
  return upper;
}
