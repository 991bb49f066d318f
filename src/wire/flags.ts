/** The names of the bits that are set, the name of the highest bit being first. */
export const flagNames =
  (names: readonly string[]) =>
  (bits: number): readonly string[] =>
    names.filter((_, i) => (bits >>> (names.length - 1 - i)) & 1);
