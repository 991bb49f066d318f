/**
 * Characters that a terminal must not get as they are, by what they do there, as the inside of a class of a regular expression
 * with the flag `u` (Unicode general categories, UAX #44; UAX #9 for those that turn text around).
 */
export const hostileCharacters = {
  /** They act: C0, DEL, C1. */
  control: '\\p{Cc}',
  /** They are not seen, or break a line: format characters, those that turn text around among them, and separators. */
  unseen: '\\p{Cf}\\p{Zl}\\p{Zp}',
  /** Of the unseen, those that turn text around. The others join or divide what people write, such as a family of emoji. */
  bidi: '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069',
  /** Half of a character. */
  half: '\\p{Cs}',
} as const;
