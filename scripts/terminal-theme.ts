import type {Color} from '../test/pty.ts';

/** Colours as `#rrggbb`. `ansi` holds the sixteen in their order: black red green yellow blue magenta cyan white, then bright. */
export interface Theme {
  readonly background: string;
  readonly foreground: string;
  readonly frame: string;
  readonly ansi: readonly string[];
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

export const dark: Theme = {
  background: '#15181e',
  foreground: '#d9dde5',
  frame: '#3a404c',
  ansi: words(`
    #3b4252 #f0716f #9fd06a #eec066 #6fb1f5 #c79bf2 #5ccfc9 #c5cad3
    #737b8a #ff9490 #bde88c #ffd98c #97c9ff #dfbbff #8ae9e3 #ffffff`),
};

/** White is grey here: the programs that print it mean "plain", not "unreadable". */
export const light: Theme = {
  background: '#fcfcfa',
  foreground: '#23272e',
  frame: '#c9ced6',
  ansi: words(`
    #23272e #c0262d #1c7a34 #865d00 #0b60c0 #7f38bd #0c7079 #69717c
    #5a626d #dd454c #2a9a48 #a97700 #367fdb #9c57dc #16929d #878f9a`),
};

/** What a colour of a cell looks like; `fallback` is what the default colour stands for in that place. */
export function colorText(color: Color, theme: Theme, fallback: string): string {
  switch (color.kind) {
    case 'default':
      return fallback;
    case 'palette':
      return theme.ansi[color.index] ?? extendedPalette(color.index);
    case 'rgb':
      return hex(color.value >> 16, (color.value >> 8) & 255, color.value & 255);
  }
}

/** `share` of the first colour, the rest of the second. */
export function mix(first: string, second: string, share: number): string {
  const [a, b] = [channels(first), channels(second)];
  return hex(
    ...(a.map((value, i) => Math.round(value * share + (b[i] ?? 0) * (1 - share))) as [number, number, number]),
  );
}

/** xterm's colours 16-255: a 6x6x6 cube whose first step is the largest, and 24 greys. */
function extendedPalette(index: number): string {
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return hex(grey, grey, grey);
  }
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  const place = index - 16;
  return hex(level(Math.floor(place / 36)), level(Math.floor(place / 6) % 6), level(place % 6));
}

function channels(color: string): number[] {
  return [1, 3, 5].map(at => Number.parseInt(color.slice(at, at + 2), 16));
}

function hex(red: number, green: number, blue: number): string {
  return `#${[red, green, blue].map(value => value.toString(16).padStart(2, '0')).join('')}`;
}
