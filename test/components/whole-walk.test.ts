import {expect, test as one} from 'vitest';
import {lessons} from '../../lessons/index.ts';
import {asks} from '../../src/model/lesson.ts';
import {lessonNamed, whyNotWhole} from '../walked.ts';
import {walkByKeys} from './by-keys.ts';
import {inOneProgram} from './one-program.ts';
import {type Size, sizes, withoutSpaces} from './sizes.ts';
import {momentOf, Sockwalk} from './sockwalk.ts';

// Every run has a terminal, processes, a port and a data folder of its own, and mostly waits.
const test = one.concurrent;

/** Between them they have each kind of moment: reading, a question, a message to write, an order to find. */
const walkedHere = ['echo'];

// Every lesson is walked by `npm run soak`, in every size and language.
test.for(lessons.filter(({id}) => walkedHere.includes(id)))(
  '$id can be walked to its end with the keys that are offered, in both languages',
  async (lesson, {skip}) => {
    const lack = await whyNotWhole(lesson);
    skip(lack !== null, lack ?? '');
    await walkByKeys(lesson, moment => {
      const languages = moment % 2 === 0 ? (['ja', 'en'] as const) : (['en', 'ja'] as const);
      const size = sizes[moment % sizes.length] ?? {columns: 80, rows: 24};
      return languages.map(language => ({size, language}));
    });
  },
);

inOneProgram(
  'on a small screen',
  // Its first question is longer than this screen has room for.
  {args: ['states', '--lang', 'ja'], columns: 60, rows: 18},
  ({terminal}) => terminal.until(screen => momentOf(screen).kind === 'reading'),
  test => {
    test('a screen that is too small says so in both languages and takes no steps, and all is there when it grows', async sockwalk => {
      await sockwalk.press('Right', `1/${lessonNamed('states').steps.length}  ja`);
      const before = sockwalk.screen;
      for (const size of [
        {columns: 59, rows: 24},
        {columns: 80, rows: 17},
        {columns: 24, rows: 9},
        {columns: 58, rows: 24},
      ]) {
        sockwalk.terminal.resize(size.columns, size.rows);
        await sockwalk.terminal.until(screen => saysTooSmall(screen, size));
        // Read before the next size is: the last one is there for that.
        if (size.columns !== 58) sockwalk.terminal.press('Right');
      }
      sockwalk.terminal.resize(60, 18);
      await sockwalk.terminal.until(screen => screen === before);
    });

    test('on the smallest screen a question is scrolled through to its last choice, and back', async sockwalk => {
      await sockwalk.forwardTo(({kind}) => kind === 'asking');
      const top = sockwalk.screen;
      expect(top).toContain('続きがあります');
      const choices = lessonNamed('states').steps.find(asks)?.predict?.choices ?? [];
      const unseen = new Set(choices.map(({text}) => withoutSpaces(text.ja.replace('{port}', String(sockwalk.port)))));
      const look = () => {
        for (const text of unseen) if (withoutSpaces(sockwalk.screen).includes(text)) unseen.delete(text);
      };
      look();
      expect(unseen.size).toBeGreaterThan(0);
      let downs = 0;
      for (; unseen.size > 0; look()) {
        const before = sockwalk.screen;
        await sockwalk.press('Down', screen => screen !== before);
        downs += 1;
      }
      while (downs-- > 0) sockwalk.terminal.press('Up');
      await sockwalk.terminal.until(screen => screen === top);
    });
  },
);

function saysTooSmall(screen: string, {columns, rows}: Size): boolean {
  const said = screen.replaceAll(/\s/g, '');
  const size = `${columns}x${rows}`;
  return said.includes(`端末が小さすぎます(${size})`) && said.includes(`Thisterminalistoosmall(${size})`);
}

test('a program that starts on a screen that is too small says so, and takes q', async () => {
  await using sockwalk = await Sockwalk.open({columns: 40, rows: 10});
  expect(sockwalk.screen).toContain('60x18');
  sockwalk.terminal.press('q');
  expect(await sockwalk.terminal.exited).toEqual({exitCode: 0, signal: null});
});
