import {describe, expect, test} from 'vitest';
import {type Ink, palettes, type Theme} from '../../../src/draw/text/colors.ts';

const grounds: Readonly<Record<Theme, string>> = {dark: '#1e1e1e', light: '#ffffff'};

const channels = (rgb: string): number[] => [1, 3, 5].map(at => Number.parseInt(rgb.slice(at, at + 2), 16));

/** xterm's colours 16-255: a cube of six levels a channel, and 24 greys (XTerm Control Sequences). */
function channelsOf(xterm: number): number[] {
  if (xterm >= 232) return Array(3).fill(8 + (xterm - 232) * 10);
  const levels = [0, 95, 135, 175, 215, 255];
  const place = xterm - 16;
  return [Math.floor(place / 36), Math.floor(place / 6) % 6, place % 6].map(level => levels[level] ?? Number.NaN);
}

/** WCAG 2.2, relative luminance. */
function luminance(color: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = color.map(value => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: readonly number[], b: readonly number[]): number {
  const [less = 0, more = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (more + 0.05) / (less + 0.05);
}

test('the contrast of black and white is 21, of a colour and itself 1, and of a known pair what WCAG tools say', () => {
  expect(contrast(channels('#000000'), channels('#ffffff'))).toBeCloseTo(21);
  expect(contrast(channels('#1e1e1e'), channels('#1e1e1e'))).toBe(1);
  expect(contrast(channels('#777777'), channels('#ffffff'))).toBeCloseTo(4.48, 2);
});

describe.each(['dark', 'light'] as const)('on a %s background', theme => {
  const ground = channels(grounds[theme]);
  const inks = Object.entries(palettes[theme]).filter((entry): entry is [string, Ink] => entry[1] !== null);

  test.each(inks)('%s can be read, in 24 bits and in 256 colours', (_, {rgb, xterm}) => {
    expect(contrast(channels(rgb), ground)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(channelsOf(xterm), ground)).toBeGreaterThanOrEqual(4.5);
  });

  test('no two tones have the same colour', () => {
    expect(new Set(inks.map(([, {rgb}]) => rgb)).size).toBe(inks.length);
    expect(new Set(inks.map(([, {xterm}]) => xterm)).size).toBe(inks.length);
  });

  test('the router and the network have the colour of all text, and sixteen colours tell who, errno, queue and key', () => {
    const {router, network, server, client, errno, queue, key} = palettes[theme];
    expect([router, network]).toEqual([null, null]);
    const basic = [server, client, errno, queue, key].map(one => one?.basic);
    expect(basic).toEqual(['green', 'cyan', 'red', 'magenta', 'yellow']);
  });
});
