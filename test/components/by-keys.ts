import {expect} from 'vitest';
import {asks, type Lesson} from '../../src/model/lesson.ts';
import type {Language} from '../../src/model/text.ts';
import {until} from '../lab/until.ts';
import {resizeTo, type Size, tells} from './sizes.ts';
import {type Moment, Sockwalk} from './sockwalk.ts';

/** What is looked at in one moment of a lesson, one after the other. */
export interface Look {
  readonly size: Size;
  readonly language: Language;
}

/**
 * Walks a lesson to its end with the keys that are offered. In each moment all that the lesson has to say must stand on the
 * screen, in each size and language.
 *
 * @param looksAt by the number of the moment, from 0; where letters are text the language cannot be changed, and is not
 */
export async function walkByKeys(lesson: Lesson, looksAt: (moment: number) => readonly Look[]): Promise<void> {
  const [{size, language} = {size: {columns: 80, rows: 24}, language: 'en'}] = looksAt(0);
  await using sockwalk = await Sockwalk.open({args: [lesson.id, '--lang', language], ...size});
  let {moment} = sockwalk;
  for (let i = 0; moment.kind !== 'home'; i++) {
    for (const look of looksAt(i)) await expectTold(sockwalk, lesson, look);
    moment = await sockwalk.forward('2');
  }
  // The list stands at what comes next, which may be far from here.
  expect(sockwalk.screen).toMatch(/済み 1\/\d+|1\/\d+ finished/);
  await until('the file says so', () => isKept(sockwalk, lesson));
}

async function expectTold(sockwalk: Sockwalk, lesson: Lesson, {size, language}: Look): Promise<void> {
  const {moment, terminal} = sockwalk;
  await resizeTo(terminal, size);
  const now = languageOf(sockwalk.screen);
  if (now !== language) {
    if (moment.kind === 'writing') return;
    await sockwalk.press('t', screen => languageOf(screen) === language);
    await resizeTo(terminal, size);
  }
  expect(untold(sockwalk, lesson, moment, language)).toEqual([]);
}

const languageOf = (screen: string): Language => (/ ja\s*$/.test(screen.split('\n')[0] ?? '') ? 'ja' : 'en');

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
