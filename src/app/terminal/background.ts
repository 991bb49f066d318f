import type {Theme} from '../../draw/text/colors.ts';

/** What the learner asked for: `auto` is as the terminal's background is. */
export type ThemeWish = 'auto' | Theme;
export const themeWishes: readonly ThemeWish[] = ['auto', 'dark', 'light'];

/** On a background of this relative luminance (WCAG 2.2) the colours of both themes are about as hard to read. */
const middle = 0.2;

/**
 * The background as a terminal answers OSC 11 (XTerm Control Sequences; XParseColor(3)): `rgb:` or `rgba:` with one to four hexadecimal
 * digits a channel, or `#rrggbb`. Null for anything else.
 */
export function themeOfColor(answer: string): Theme | null {
  const digits =
    /^rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})(?:\/[\da-f]{1,4})?$/i.exec(answer) ??
    /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(answer);
  if (!digits) return null;
  const shares = digits.slice(1).map(channel => Number.parseInt(channel, 16) / (16 ** channel.length - 1));
  const [red = 0, green = 0, blue = 0] = shares.map(share =>
    share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > middle ? 'light' : 'dark';
}

/**
 * The same of COLORFGBG, which rxvt, Konsole and others set: `15;0` or `0;default;15`, the background last, one of the sixteen colours.
 * Null where it says nothing of that kind.
 */
export function themeOfVariable(value: string | undefined): Theme | null {
  const [, last] = /;(\d{1,2})$/.exec(value ?? '') ?? [];
  const color = Number(last);
  if (last === undefined || color > 15) return null;
  return color < 7 || color === 8 ? 'dark' : 'light';
}
