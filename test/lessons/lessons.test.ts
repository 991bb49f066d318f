import {eastAsianWidthType} from 'get-east-asian-width';
import {describe, expect, type TestContext, test} from 'vitest';
import {plainText} from '../../components/glyphs.ts';
import {layoutOf} from '../../components/layout.ts';
import {listingLines} from '../../components/listing.ts';
import {lookOf} from '../../components/look.ts';
import {stepTextLines, type TextData} from '../../components/step-text.ts';
import * as acts from '../../lessons/acts.ts';
import {lessons} from '../../lessons/index.ts';
import {lessonOfReview} from '../../src/app/lesson-here.ts';
import {sideOf, usualActors} from '../../src/model/actor.ts';
import {actsOf, asks, type Lesson, type Step, socketsOf} from '../../src/model/lesson.ts';
import {languages, type Text} from '../../src/model/text.ts';
import {emptyView} from '../../src/timeline/view.ts';
import {walkedHere} from '../walked.ts';

const all = new Set(['0.0.0.0', '::']);

/**
 * What the kernel did with a lesson: all that was claimed, just one choice of each prediction, the others explained, and nothing
 * left. Where a part of it cannot be tried on this machine, the rest is, and the test is told as skipped.
 */
async function play(lesson: Lesson, {skip}: Pick<TestContext, 'skip'>): Promise<void> {
  const {lesson: here, events, lack} = await walkedHere(lesson);
  const judged = events.filter(event => event.kind === 'judged');
  expect(judged.map(event => [event.step, event.unmet])).toEqual(here.steps.map(step => [step.id, []]));
  for (const step of here.steps) {
    const {fulfilled = []} = judged.find(event => event.step === step.id) ?? {};
    expect([step.id, fulfilled.length]).toEqual([step.id, step.predict ? 1 : 0]);
    // What was chosen wrongly is explained, each choice of it.
    const unexplained = step.predict?.choices.flatMap(({because}, i) => (because === undefined ? [i] : [])) ?? [];
    expect([step.id, unexplained]).toEqual([step.id, fulfilled]);
  }
  const kinds = events.map(({kind}) => kind);
  const answered = kinds.filter(kind => kind === 'call-returned' || kind === 'call-lost');
  expect(answered).toHaveLength(kinds.filter(kind => kind === 'call-started').length);
  const lastRead = events.findLast(event => event.kind === 'kernel-read');
  // Where nothing of it can run, nothing was read.
  expect(lastRead?.waiting ?? []).toEqual([]);
  expect((lastRead?.sockets ?? []).filter(row => row.fd !== null && row.actor !== 'router')).toEqual([]);
  expect(lastRead?.files ?? []).toEqual([]);
  const rows = events.flatMap(event => (event.kind === 'kernel-read' ? event.sockets : []));
  const isOpen = rows.some(({state, local}) => state === 'LISTEN' && 'host' in local && all.has(local.host));
  if (isOpen && lesson.network !== 'home') {
    expect(lesson.listensOnAllAddresses).toBe(true);
    expect(lesson.network).not.toBe('host');
  }
  const ended = events.filter(event => event.kind === 'actor-exited');
  const killed = new Set(
    here.steps
      .flatMap(actsOf)
      .flatMap(({call}) => (call.name === 'kill' && typeof call.pid === 'string' ? [call.pid] : [])),
  );
  expect(ended.map(({actor, code, signal}) => [actor, code, signal]).sort()).toEqual(
    (lesson.actors ?? usualActors)
      .filter(actor => actor !== 'network')
      .map(actor => (killed.has(actor) ? [actor, null, 'SIGKILL'] : [actor, 0, null]))
      .sort(),
  );
  skip(lack !== null, lack ?? '');
}

describe.each(lessons.map(lesson => [lesson.id, lesson] as const))('%s', (_, lesson) => {
  test('the kernel does what every step claims, fulfils just one choice of each prediction, and nothing is left', context =>
    play(lesson, context));

  test.for(lesson.review)('so it is in the review question $id', (review, context) =>
    play(lessonOfReview(lesson, review), context),
  );

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
    test('every step has its line in the C program and in the Node program of its side', () => {
      for (const step of lesson.steps) {
        for (const language of ['c', 'node'] as const) {
          const lines = listingLines(programs[language][sideOf(step.actor)]).filter(line =>
            line.steps.includes(step.id),
          );
          expect([step.id, language, lines.length]).toEqual([step.id, language, 1]);
        }
      }
    });

  test.each(languages)('no text is blank in %s', language => {
    for (const text of textsOf(lesson)) expect(text[language].trim()).not.toBe('');
  });

  test('no text holds a name out of the lessons’ own code', () => {
    const names = Object.keys(acts).filter(name => /[A-Z]/.test(name));
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
