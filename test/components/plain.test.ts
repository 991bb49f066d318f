import {eastAsianWidthType} from 'get-east-asian-width';
import {expect, test as one} from 'vitest';
import {paneNames} from '../../src/messages/screen.ts';
import {casesOf, inSoak} from '../long.ts';
import {Sockwalk} from './sockwalk.ts';

// Every run has a terminal, processes, a port and a data folder of its own, and mostly waits.
const test = one.concurrent;

/** The characters on the screen that a terminal may draw one or two cells wide (UAX #11, A). */
const ambiguousOn = ({terminal}: Sockwalk): string[] =>
  terminal
    .cells()
    .flat()
    .flatMap(({char}) => [...char])
    .filter(char => eastAsianWidthType(char.codePointAt(0) ?? 0) === 'ambiguous');

/** Every view of this moment, back to the first. */
async function lookAtAllViews(sockwalk: Sockwalk, look: () => void): Promise<void> {
  for (const _ of paneNames) {
    const before = sockwalk.screen;
    await sockwalk.press('v', screen => screen !== before);
    look();
  }
}

/** What is being typed is the learner's own text, drawn as it is. */
const isDrawnByTheProgram = ({moment}: Sockwalk) => moment.kind !== 'writing';

/** Every moment in `npm run soak`; here connect(), the message's arrival as bytes, and the end, where the most is shown. */
const isLookedAtWhole = ({moment: {kind, step, steps}}: Sockwalk): boolean =>
  kind === 'reading' && casesOf([...Array(steps + 1).keys()], 6, 12, steps).includes(step);

test('--ascii draws no ambiguous character, in any view of a lesson', async () => {
  await using sockwalk = await Sockwalk.open({args: ['echo', '--ascii', '--lang', 'ja', '--message', '±○“…”α']});
  const look = () => expect(ambiguousOn(sockwalk)).toEqual([]);
  while (sockwalk.moment.kind !== 'home') {
    if (isDrawnByTheProgram(sockwalk)) look();
    if (isLookedAtWhole(sockwalk)) await lookAtAllViews(sockwalk, look);
    await sockwalk.forward();
  }
  look();
});

inSoak(() => {
  test('--ascii draws no ambiguous character in English and on a wide screen, and none in the help', async () => {
    const args = ['server-flow', '--ascii', '--lang', 'en'];
    await using sockwalk = await Sockwalk.open({args, columns: 120, rows: 40});
    const look = () => expect(ambiguousOn(sockwalk)).toEqual([]);
    while (sockwalk.moment.kind !== 'home') {
      look();
      await sockwalk.forward();
    }
    look();
    await sockwalk.press('?', /^ Keys/);
    look();
  });
});

const notUtf8 = [{LANG: 'C'}, {LC_ALL: 'POSIX', LANG: 'ja_JP.UTF-8'}] as const;

test.each(casesOf<Record<string, string>>(notUtf8, notUtf8[0]))(
  'a locale without UTF-8 (%o) is drawn as with --ascii',
  async env => {
    await using sockwalk = await Sockwalk.open({args: ['echo', '--lang', 'en'], env});
    await sockwalk.press('Right', 'LIVE  1/14');
    expect(sockwalk.screen).toMatch(/^[ -~\n]*$/);
    await sockwalk.press('?', /^ Keys/);
    expect(sockwalk.screen).toMatch(/^[ -~\n]*$/);
  },
);

/** The parameters of all SGR sequences: colours are 30-49 and 90-107 (ECMA-48, and xterm's bright ones). */
const coloursIn = (raw: string): string[] =>
  [...raw.matchAll(/\x1b\[([\d;:]*)m/g)]
    .flatMap(([, codes = '']) => codes.split(/[;:]/))
    .filter(code => (Number(code) >= 30 && Number(code) < 50) || Number(code) >= 90);

test('with NO_COLOR a walk sends no colour to the terminal', async () => {
  await using sockwalk = await Sockwalk.open({args: ['server-flow'], env: {NO_COLOR: '1'}});
  await sockwalk.forwardTo(({step}) => step === 4, '3');
  await sockwalk.press('?', /^ Keys/);
  expect(coloursIn(sockwalk.terminal.raw)).toEqual([]);
});

test('with NO_COLOR there is bold, underline and inverse: only colour goes', async () => {
  await using sockwalk = await Sockwalk.open({args: ['echo', '--lang', 'en'], env: {NO_COLOR: '1'}});
  const cells = () => sockwalk.terminal.cells().flat();
  await sockwalk.press('Right', 'LIVE  1/14');
  expect(cells().some(({bold}) => bold)).toBe(true);
  expect(cells().some(({underline}) => underline)).toBe(true);
  await sockwalk.press('Left', 'REPLAY');
  expect(cells().some(({inverse}) => inverse)).toBe(true);
  expect(coloursIn(sockwalk.terminal.raw)).toEqual([]);
});

test('without it ({}) there is colour, and without --ascii boxes, which are ambiguous', async () => {
  await using sockwalk = await Sockwalk.open({args: ['server-flow']});
  expect(coloursIn(sockwalk.terminal.raw)).not.toEqual([]);
  expect(ambiguousOn(sockwalk)).toContain('─');
});

test("without it ({ NO_COLOR: '' }) there is colour", async () => {
  await using sockwalk = await Sockwalk.open({env: {NO_COLOR: ''}});
  expect(coloursIn(sockwalk.terminal.raw)).not.toEqual([]);
});
