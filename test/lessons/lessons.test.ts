import {eastAsianWidthType} from 'get-east-asian-width';
import {describe, expect, test} from 'vitest';
import {lessons} from '../../lessons/index.ts';
import * as calls from '../../lessons/kit/calls.ts';
import * as outcomes from '../../lessons/kit/outcomes.ts';
import {Socket} from '../../lessons/kit/sockets.ts';
import {lessonOfReview} from '../../src/app/run/lesson-here.ts';
import {listingLines} from '../../src/draw/lesson/listing.ts';
import {stepTextLines} from '../../src/draw/lesson/step-text.ts';
import type {TextData} from '../../src/draw/lesson/text-data.ts';
import {plainText} from '../../src/draw/text/glyphs.ts';
import {layoutOf} from '../../src/draw/text/layout.ts';
import {lookOf} from '../../src/draw/text/look.ts';
import {sideOf} from '../../src/model/actor.ts';
import {actsOf, asks, type Lesson, type Step, socketsOf} from '../../src/model/lesson.ts';
import {languages, type Text} from '../../src/model/text.ts';
import {emptyView} from '../../src/timeline/view.ts';
import {play} from './play.ts';

describe.each(lessons.map(lesson => [lesson.id, lesson] as const))('%s', (_, lesson) => {
  test('the kernel does what every step claims, fulfils just one choice of each prediction, and nothing is left', context =>
    play(lesson, context));

  test.each(lesson.review)('the review question $id asks just once', review => {
    const asked = review.steps.flatMap(({predict}) => (predict ? [predict.belief] : []));
    expect(asked).toEqual([review.belief]);
  });

  test('there are two to four review questions, each about a belief that a prediction shows', () => {
    expect(lesson.review.length).toBeGreaterThanOrEqual(2);
    expect(lesson.review.length).toBeLessThanOrEqual(4);
    expect(new Set(lesson.review.map(review => review.id)).size).toBe(lesson.review.length);
    const asked = lessons.flatMap(({steps}) => steps.flatMap(({predict}) => (predict ? [predict.belief] : [])));
    for (const {belief} of lesson.review) expect(asked).toContain(belief);
  });

  test('every belief that a prediction shows is worded in one lesson, and a review question asks about it again', () => {
    for (const {predict} of lesson.steps) {
      if (!predict) continue;
      expect([predict.belief, lessons.filter(({beliefs}) => predict.belief in beliefs).length]).toEqual([
        predict.belief,
        1,
      ]);
      expect(lessons.flatMap(({review}) => review.map(({belief}) => belief))).toContain(predict.belief);
    }
  });

  test('at least three steps ask for a prediction, and step ids are unique', () => {
    expect(lesson.steps.filter(asks).length).toBeGreaterThanOrEqual(3);
    expect(new Set(lesson.steps.map(step => step.id)).size).toBe(lesson.steps.length);
  });

  test('every socket that a step names was made by an earlier one', () => {
    const made = new Set<string>();
    for (const step of lesson.steps) {
      for (const {call, creates} of actsOf(step)) {
        for (const name of socketsOf(call)) expect([...made]).toContain(name);
        if (creates) made.add(creates);
      }
    }
  });

  const {programs} = lesson;
  if (programs)
    test('every step has its line in the C program and in the Node program of its side, or one a call', () => {
      for (const step of lesson.steps) {
        for (const language of ['c', 'node'] as const) {
          const lines = listingLines(programs[language][sideOf(step.actor)]).filter(line =>
            line.steps.includes(step.id),
          );
          const isRight = lines.length === 1 || (language === 'c' && lines.length === actsOf(step).length);
          expect([step.id, language, lines.length, isRight]).toEqual([step.id, language, lines.length, true]);
        }
      }
    });

  test.each(languages)('no text is blank in %s', language => {
    for (const text of textsOf(lesson)) expect(text[language].trim()).not.toBe('');
  });

  test('no text holds a name out of the lessons’ own code', () => {
    const verbs = Object.getOwnPropertyNames(Socket.prototype);
    const names = [...verbs, ...Object.keys({...calls, ...outcomes})].filter(name => /[A-Z]/.test(name));
    const held = textsOf(lesson).flatMap(({ja, en}) => names.filter(name => ja.includes(name) || en.includes(name)));
    expect(held).toEqual([]);
  });

  test('all text can be written without characters of ambiguous width', () => {
    for (const text of textsOf(lesson).flatMap(({ja, en}) => [ja, en])) {
      const ambiguous = [...plainText(text)].filter(one => eastAsianWidthType(one.codePointAt(0) ?? 0) === 'ambiguous');
      expect(ambiguous).toEqual([]);
    }
  });

  test.each(languages)('every moment fits on an 80x24 screen in %s', language => {
    const all = [lesson, ...lesson.review.map(review => lessonOfReview(lesson, review))];
    for (const [name, data] of all.flatMap(one => [...momentsOf(one)])) {
      const room = layoutOf(80, 24, {lanes: 4, text: Number.POSITIVE_INFINITY, panel: 2}).text;
      const needed = stepTextLines(data, lookOf(language, false), 80, room).length;
      expect([name, needed <= room]).toEqual([name, true]);
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
  const reviewed = lesson.review.flatMap(({steps}) => steps.flatMap(ofStep));
  const own = [lesson.title, lesson.about, lesson.summary, ...Object.values(lesson.beliefs)];
  return [...own, ...lesson.steps.flatMap(ofStep), ...reviewed];
}

/** Each step's words as they can stand on the screen: before it, with its question, its hint, and with each verdict. */
function* momentsOf(lesson: Lesson): Generator<[string, TextData]> {
  const base: TextData = {
    view: emptyView,
    lesson,
    shown: null,
    following: null,
    choices: [],
    phase: 'reading',
    arrangement: null,
    isBusy: false,
    isHintOpen: false,
    ended: null,
    endOfRecording: false,
    nextLesson: {number: 99, title: {ja: '小さな send() と 40 ミリ秒', en: 'Small sends and forty milliseconds'}},
    port: 65535,
  };
  yield ['summary', {...base, phase: 'summary'}];
  for (const [i, step] of lesson.steps.entries()) {
    const following = lesson.steps[i + 1] ?? null;
    const shown = {...base, shown: step, following};
    yield [`${step.id} before`, {...base, following: step}];
    yield [`${step.id} after`, shown];
    if (step.arrange) {
      const arrangement = {order: step.arrange.start, at: 0, isHeld: false};
      yield [`${step.id} arranging`, {...base, following: step, phase: 'arranging', arrangement, isHintOpen: true}];
    }
    if (!step.predict) continue;
    const asked = {...base, following: step, phase: 'asking', choices: [...step.predict.choices.keys()]} as const;
    yield [`${step.id} asked`, asked];
    if (step.hint) yield [`${step.id} hint`, {...asked, isHintOpen: true}];
    for (const choice of step.predict.choices.keys()) {
      const judgement = {holds: true, unmet: [], fulfilled: [(choice + 1) % step.predict.choices.length]};
      const view = {...emptyView, predictions: {[step.id]: choice}, judgements: {[step.id]: judgement}};
      yield [`${step.id} said ${choice + 1}`, {...shown, view}];
    }
  }
}
