import {expect, test as one} from 'vitest';
import {lessons} from '../../lessons/index.ts';
import {asks, type Lesson} from '../../src/model/lesson.ts';
import type {Language} from '../../src/model/text.ts';
import {until} from '../lab/until.ts';
import {whyNotWhole} from '../walked.ts';
import {resizeTo, type Size, sizes, tells} from './sizes.ts';
import {type Moment, Sockwalk} from './sockwalk.ts';

// Every run has a terminal, processes, a port and a data folder of its own, and mostly waits.
const test = one.concurrent;

const walks = lessons.flatMap(lesson => (['ja', 'en'] as const).map(language => ({lesson, language, id: lesson.id})));

/** What must be told at this moment, from the lesson itself. */
function textsAt(lesson: Lesson, {kind, step}: Moment): readonly Lesson['title'][] {
  const made = lesson.steps[step - 1];
  const next = lesson.steps[step];
  switch (kind) {
    case 'reading':
      return made ? [made.after] : [lesson.about];
    case 'asking':
      return next?.predict
        ? [next.before, next.predict.question, ...next.predict.choices.map(choice => choice.text)]
        : [];
    case 'arranging':
    case 'writing':
      return next ? [next.before] : [];
    case 'summary':
      return [lesson.summary];
    default:
      return [];
  }
}

test.for(walks)(
  '$id can be walked to its end with the keys that are offered, in $language, in every size',
  async ({lesson, language}, {skip}) => {
    const lack = await whyNotWhole(lesson);
    skip(lack !== null, lack ?? '');
    // The two languages see each moment in different sizes.
    const sizeAt = (i: number) => sizes[(i + (language === 'ja' ? 1 : 0)) % sizes.length] ?? {columns: 80, rows: 24};
    await using sockwalk = await Sockwalk.open({args: [lesson.id, '--lang', language], ...sizeAt(0)});
    const {terminal} = sockwalk;
    let moment = sockwalk.moment;
    for (let i = 0; moment.kind !== 'home'; i++) {
      await resizeTo(terminal, sizeAt(i));
      expect(untold(sockwalk, lesson, moment, language)).toEqual([]);
      moment = await sockwalk.forward('2');
    }
    // The list stands at what comes next, which may be far from here.
    expect(sockwalk.screen).toMatch(language === 'ja' ? /済み 1 \/ \d+/ : /1 of \d+ passed/);
    await until('the file says so', () => isKept(sockwalk, lesson));
  },
);

/** The file of the learner's progress has the lesson finished, and an answer to every question. */
function isKept(sockwalk: Sockwalk, lesson: Lesson): boolean {
  const {steps, isFinished, answers = {}} = sockwalk.progress().lessons[lesson.id] ?? {};
  const asked = lesson.steps.filter(asks);
  const areAnswered = asked.every(({id}) => answers[id] === 'right' || answers[id] === 'wrong');
  return steps === lesson.steps.length && isFinished === true && areAnswered;
}

const untold = (sockwalk: Sockwalk, lesson: Lesson, moment: Moment, language: Language): string[] =>
  textsAt(lesson, moment)
    .map(text => text[language].replaceAll('{port}', String(sockwalk.port)))
    .filter(text => !tells(sockwalk.screen, text));

test('on the smallest screen a question is scrolled through to its last choice, and back', async () => {
  await using sockwalk = await Sockwalk.open({args: ['client-flow', '--lang', 'ja'], columns: 60, rows: 18});
  await sockwalk.forwardTo(({kind}) => kind === 'asking');
  const top = sockwalk.screen;
  expect(top).toContain('続きがあります');
  expect(top).not.toContain('カーネルが選んだ別の番号');
  let downs = 0;
  while (!sockwalk.screen.includes('カーネルが選んだ別の番号')) {
    const before = sockwalk.screen;
    await sockwalk.press('Down', screen => screen !== before);
    downs += 1;
  }
  while (downs-- > 0) sockwalk.terminal.press('Up');
  await sockwalk.terminal.until(screen => screen === top);
});

test('a screen that is too small says so in both languages and takes no steps, and all is there when it grows', async () => {
  await using sockwalk = await Sockwalk.open({args: ['client-flow']});
  await sockwalk.press('Right', 'LIVE  1/16');
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
  sockwalk.terminal.resize(80, 24);
  await sockwalk.terminal.until(screen => screen === before);
});

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
