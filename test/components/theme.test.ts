import {describe, expect, test as one} from 'vitest';
import {palettes, type Theme} from '../../src/draw/text/colors.ts';
import {Sockwalk, type Start} from './sockwalk.ts';

const test = one.concurrent;

const question = '\x1b]11;?';
const light = '\x1b]11;rgb:ffff/ffff/ffff\x1b\\';
const dark = '\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\';
const attributes = '\x1b[?62;22c';

/** The numbers of the colours in xterm's palette that are on the screen. */
const inksOn = ({terminal}: Sockwalk): Set<number> =>
  new Set(
    terminal
      .cells()
      .flat()
      .flatMap(({char, fg}) => (char.trim() !== '' && fg.kind === 'palette' ? [fg.index] : [])),
  );

const inksOf = (theme: Theme): Set<number> => new Set(Object.values(palettes[theme]).map(ink => ink?.xterm ?? -1));

const isIn = (sockwalk: Sockwalk, theme: Theme): boolean => {
  const seen = [...inksOn(sockwalk)];
  return seen.length > 0 && seen.every(ink => inksOf(theme).has(ink));
};

/** A terminal whose answers are those that the test types. */
const openMute = (start: Start = {}) => Sockwalk.open({args: ['--lang', 'en'], isMute: true, ...start});

test('a terminal that says it is light is drawn in the light colours, once it has said so', async () => {
  await using sockwalk = await openMute();
  await sockwalk.terminal.until(() => sockwalk.terminal.raw.includes(question));
  expect(isIn(sockwalk, 'dark')).toBe(true);
  const before = sockwalk.screen;
  sockwalk.terminal.type(light + attributes);
  await sockwalk.terminal.until(() => isIn(sockwalk, 'light'));
  expect(sockwalk.screen).toBe(before);
});

test('a lesson goes on in the colours of the terminal', async () => {
  await using sockwalk = await openMute({args: ['server-flow', '--lang', 'en']});
  sockwalk.terminal.type(light + attributes);
  await sockwalk.press('Right', 'LIVE  1/15');
  await sockwalk.terminal.until(() => isIn(sockwalk, 'light'));
  expect(inksOn(sockwalk)).toContain(palettes.light.server?.xterm);
});

test('an answer that comes in pieces, late, and among keys is none of them', async () => {
  await using sockwalk = await openMute();
  await sockwalk.press('j', /^ > .* 2 {2}/m);
  for (const piece of [`j${light.slice(0, 3)}`, light.slice(3, 9), `${light.slice(9)}j`, attributes]) {
    sockwalk.terminal.type(piece);
    // So that pieces are read one by one, where the machine is quick enough.
    await sockwalk.terminal.still({quietMs: 20, answerWithinMs: 30});
  }
  await sockwalk.terminal.until(/^ > .* 4 {2}/m);
  await sockwalk.terminal.until(() => isIn(sockwalk, 'light'));
  await sockwalk.press('k', /^ > .* 3 {2}/m);
});

test('Esc is heard while the terminal owes its answer', async () => {
  await using sockwalk = await openMute();
  await sockwalk.press('?', /^ Keys/);
  await sockwalk.press('Esc', screen => !/^ Keys/.test(screen));
});

describe('where the terminal does not say', () => {
  test.each([
    ['0;15', 'light'],
    ['15;0', 'dark'],
    [undefined, 'dark'],
  ] as const)('COLORFGBG=%s is %s', async (value, theme) => {
    await using sockwalk = await openMute({env: {COLORFGBG: value}});
    sockwalk.terminal.type(attributes);
    await sockwalk.press('j', /^ > .* 2 {2}/m);
    expect(isIn(sockwalk, theme)).toBe(true);
  });

  test('it counts more than the environment where it does', async () => {
    await using sockwalk = await openMute({env: {COLORFGBG: '0;15'}});
    expect(isIn(sockwalk, 'light')).toBe(true);
    sockwalk.terminal.type(dark + attributes);
    await sockwalk.terminal.until(() => isIn(sockwalk, 'dark'));
  });

  test('it is left all the same', async () => {
    await using sockwalk = await openMute();
    sockwalk.terminal.press('q');
    expect(await sockwalk.terminal.exited).toEqual({exitCode: 0, signal: null});
  });
});

describe('the terminal is not asked', () => {
  test.each<readonly [string, Start, Theme]>([
    ['with --theme light', {args: ['--lang', 'en', '--theme', 'light']}, 'light'],
    ['with --theme dark', {args: ['--lang', 'en', '--theme', 'dark'], env: {COLORFGBG: '0;15'}}, 'dark'],
  ])('%s', async (_, start, theme) => {
    await using sockwalk = await openMute(start);
    await sockwalk.press('j', /^ > .* 2 {2}/m);
    expect(isIn(sockwalk, theme)).toBe(true);
    expect(sockwalk.terminal.raw).not.toContain(question);
  });

  test.each<readonly [string, Record<string, string>]>([
    ['with NO_COLOR', {NO_COLOR: '1'}],
    ['where it has sixteen colours', {FORCE_COLOR: '1'}],
  ])('%s', async (_, env) => {
    await using sockwalk = await openMute({env});
    await sockwalk.press('j', /^ > .* 2 {2}/m);
    expect(sockwalk.terminal.raw).not.toContain(question);
  });
});
