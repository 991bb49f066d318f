import {eastAsianWidthType} from 'get-east-asian-width';
import {describe, expect, test} from 'vitest';
import {plainText} from '../../components/glyphs.ts';
import {layoutOf} from '../../components/layout.ts';
import {listingLines} from '../../components/listing.ts';
import {lookOf} from '../../components/look.ts';
import {stepTextLines, type TextData} from '../../components/step-text.ts';
import {lessons} from '../../lessons/index.ts';
import type {Lesson, Step} from '../../src/model/lesson.ts';
import {languages, type Text} from '../../src/model/text.ts';
import {emptyView} from '../../src/timeline/view.ts';
import {walked} from '../walked.ts';

describe.each(lessons.map(lesson => [lesson.id, lesson] as const))('%s', (_, lesson) => {
  test('the kernel does what every step claims, fulfils just one choice of each prediction, and nothing is left', async () => {
    const events = await walked(lesson);
    const judged = events.filter(event => event.kind === 'judged');
    expect(judged.map(event => [event.step, event.unmet])).toEqual(lesson.steps.map(step => [step.id, []]));
    for (const step of lesson.steps) {
      const {fulfilled = []} = judged.find(event => event.step === step.id) ?? {};
      expect([step.id, fulfilled.length]).toEqual([step.id, step.predict ? 1 : 0]);
    }
    const lastRead = events.findLast(event => event.kind === 'kernel-read');
    expect(lastRead?.waiting).toEqual([]);
    expect(lastRead?.sockets.filter(row => row.fd !== null)).toEqual([]);
    expect(events.filter(event => event.kind === 'actor-exited').map(event => event.code)).toEqual([0, 0]);
  });

  test('at least three steps ask for a prediction, and step ids are unique', () => {
    expect(lesson.steps.filter(step => step.predict).length).toBeGreaterThanOrEqual(3);
    expect(new Set(lesson.steps.map(step => step.id)).size).toBe(lesson.steps.length);
  });

  test('every socket that a step names was made by an earlier one', () => {
    const made = new Set<string>();
    for (const step of lesson.steps) {
      if (step.call.name !== 'socket') expect([...made]).toContain(step.call.fd);
      if (step.creates) made.add(step.creates);
    }
  });

  test('every step has its line in the C program and in the Node program of its side', () => {
    for (const step of lesson.steps) {
      for (const language of ['c', 'node'] as const) {
        const lines = listingLines(lesson.programs[language][step.actor]).filter(line => line.steps.includes(step.id));
        expect([step.id, language, lines.length]).toEqual([step.id, language, 1]);
      }
    }
  });

  test.each(languages)('no text is blank in %s', language => {
    for (const text of textsOf(lesson)) expect(text[language].trim()).not.toBe('');
  });

  test('all text can be written without characters of ambiguous width', () => {
    for (const text of textsOf(lesson).flatMap(({ja, en}) => [ja, en])) {
      const ambiguous = [...plainText(text)].filter(one => eastAsianWidthType(one.codePointAt(0) ?? 0) === 'ambiguous');
      expect(ambiguous).toEqual([]);
    }
  });

  test.each(languages)('every moment fits on an 80x24 screen in %s', language => {
    for (const [name, data] of momentsOf(lesson)) {
      const needed = stepTextLines(data, lookOf(language, false), 80).length;
      expect([name, needed <= layoutOf(80, 24, needed).text]).toEqual([name, true]);
    }
  });
});

function textsOf(lesson: Lesson): Text[] {
  const ofStep = (step: Step): Text[] => [
    step.before,
    step.after,
    ...(step.hint ? [step.hint] : []),
    ...(step.predict ? [step.predict.question] : []),
    ...(step.predict?.choices.flatMap(choice => [choice.text, ...(choice.because ? [choice.because] : [])]) ?? []),
  ];
  return [lesson.title, lesson.about, lesson.summary, ...lesson.steps.flatMap(ofStep)];
}

/** Each step's words as they can stand on the screen: before it, with its question, its hint, and with each verdict. */
function* momentsOf(lesson: Lesson): Generator<[string, TextData]> {
  const base: TextData = {
    view: emptyView,
    lesson,
    shown: null,
    following: null,
    phase: 'reading',
    isBusy: false,
    isHintOpen: false,
    ended: null,
    endOfRecording: false,
    port: 65535,
  };
  yield ['summary', {...base, phase: 'summary'}];
  for (const [i, step] of lesson.steps.entries()) {
    const following = lesson.steps[i + 1] ?? null;
    const shown = {...base, shown: step, following};
    yield [`${step.id} before`, {...base, following: step}];
    yield [`${step.id} after`, shown];
    if (!step.predict) continue;
    yield [`${step.id} asked`, {...base, following: step, phase: 'asking'}];
    if (step.hint) yield [`${step.id} hint`, {...base, following: step, phase: 'asking', isHintOpen: true}];
    for (const choice of step.predict.choices.keys()) {
      const judgement = {holds: true, unmet: [], fulfilled: [(choice + 1) % step.predict.choices.length]};
      const view = {...emptyView, predictions: {[step.id]: choice}, judgements: {[step.id]: judgement}};
      yield [`${step.id} said ${choice + 1}`, {...shown, view}];
    }
  }
}
