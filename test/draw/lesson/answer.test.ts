import {describe, expect, test} from 'vitest';
import {lessons} from '../../../lessons/index.ts';
import {evidenceOf} from '../../../src/claims/evidence.ts';
import {callLines} from '../../../src/draw/lesson/calls.ts';
import {laneLines} from '../../../src/draw/lesson/lanes.ts';
import {ruleLine} from '../../../src/draw/lesson/panel.ts';
import {headingOf} from '../../../src/draw/lesson/question-place.ts';
import {stepTextLines} from '../../../src/draw/lesson/step-text.ts';
import type {TextData} from '../../../src/draw/lesson/text-data.ts';
import {layoutOf} from '../../../src/draw/text/layout.ts';
import {lookOf} from '../../../src/draw/text/look.ts';
import {type Line, textOf} from '../../../src/draw/text/spans.ts';
import type {LogEvent} from '../../../src/model/event.ts';
import type {Lesson, Step} from '../../../src/model/lesson.ts';
import {type Language, languages} from '../../../src/model/text.ts';
import {numberShown, orderShown} from '../../../src/timeline/choice-order.ts';
import {logOf} from '../../../src/timeline/log.ts';
import {project} from '../../../src/timeline/project.ts';
import type {View} from '../../../src/timeline/view.ts';
import {lessonNamed, walkedHere} from '../../walked.ts';

const sizes = [
  [60, 18],
  [80, 24],
  [100, 30],
  [120, 40],
] as const;

interface Answered {
  readonly lesson: Lesson;
  readonly step: Step;
  /** As it was when the step had been judged, with this said before. */
  readonly view: View;
  /** The numbers that the two choices are shown with. */
  readonly kernels: number;
  readonly own: number;
}

/** Each question of a walk, answered wrongly. */
function answeredIn(lesson: Lesson, events: readonly LogEvent[]): Answered[] {
  const log = logOf(events);
  return lesson.steps.flatMap((step): Answered[] => {
    const at = events.findIndex(event => event.kind === 'judged' && event.step === step.id);
    const seen = project(log, at + 1);
    const [right] = seen.judgements[step.id]?.fulfilled ?? [];
    if (!step.predict || right === undefined) return [];
    const {length} = step.predict.choices;
    const said = (right + 1) % length;
    const order = orderShown(seen.choices[step.id], length);
    const [kernels, own] = [numberShown(order, right), numberShown(order, said)];
    return [{lesson, step, view: {...seen, predictions: {[step.id]: said}}, kernels, own}];
  });
}

const dataOf = ({lesson, step, view}: Answered): TextData => ({
  ...{view, lesson, shown: step, choices: [], phase: 'reading', arrangement: null, isBusy: false, isHintOpen: false},
  ...{
    following: lesson.steps[lesson.steps.indexOf(step) + 1] ?? null,
    ended: null,
    endOfRecording: false,
    port: 65535,
    nextLesson: null,
  },
});

/** The screen above the text, and all of the text, in lines. */
function drawn(answered: Answered, language: Language, [columns, rows]: readonly [number, number], ascii = false) {
  const {lesson, step} = answered;
  const data = dataOf(answered);
  const look = lookOf(language, ascii);
  const text = stepTextLines(
    data,
    look,
    columns,
    layoutOf(columns, rows, {lanes: 6, text: Number.POSITIVE_INFINITY, panel: 2}).text,
  );
  const {lanes, panel} = layoutOf(columns, rows, {lanes: 6, text: text.length, panel: 2});
  const view = {...answered.view, evidence: evidenceOf(answered.view, lesson, step)};
  const next = data.following && {step: data.following, message: '', port: 65535};
  const heading = headingOf(data, look);
  const about = {
    view,
    lesson,
    step,
    port: 65535,
    frames: [],
    isRecorded: false,
    pane: 'calls',
    next,
    heading,
    following: null,
    isMaking: false,
    now: 0,
  } as const;
  const above = [
    ...laneLines(view, look, {width: columns, height: lanes}, null, 0),
    ...callLines(view, next, look, {width: columns, height: panel}),
    ruleLine(about, false, look, columns),
  ];
  return {above: above.map(textOf), text: text.map(textOf), lines: text};
}

/** The numbers that are pointed at. */
const pointedAt = (lines: readonly string[]): number[] =>
  [...new Set([...lines.join('\n').matchAll(/◀ ?(?:証拠|evidence ?)?(\d*)/g)].map(([, n]) => Number(n || '1')))].sort();

function numbersOf({view, lesson, step}: Answered): number[] {
  const evidence = evidenceOf(view, lesson, step);
  const shown = [...view.calls, ...view.heard, ...view.files, ...view.lanes.flatMap(({sockets}) => sockets)];
  const numbers = shown.flatMap(one => evidence?.numberOf(one) ?? []);
  return [...new Set([...numbers, ...(evidence?.frames ? [evidence.frames] : [])])].sort();
}

const unspaced = (text: string): string => text.replaceAll(/\s/g, '');
const isBold = (line: Line, text: string): boolean => line.some(span => span.bold === true && span.text.includes(text));

describe.each(lessons.map(lesson => [lesson.id, lesson] as const))('%s', (_, whole) => {
  test.each(languages)(
    'keeps the choices of each question, and points at what shows the answer, in %s',
    async language => {
      const {lesson, events} = await walkedHere(whole);
      for (const answered of answeredIn(lesson, events)) {
        const {step, kernels, own} = answered;
        const numbers = numbersOf(answered);
        for (const size of sizes) {
          const {above, text} = drawn(answered, language, size);
          const where = [lesson.id, step.id, ...size];
          const found = pointedAt(above);
          // With two rows for all sockets of a side, or of one of several on it, there is no room for all of them.
          const isTight = size[0] < 80 || (size[0] < 120 && answered.view.lanes.length > 2);
          const wanted = isTight ? numbers.filter(n => found.includes(n)) : numbers;
          expect([...where, ...found]).toEqual([...where, ...wanted]);
          const all = unspaced(text.join(''));
          for (const choice of step.predict?.choices ?? [])
            expect(all).toContain(unspaced(choice.text[language].replaceAll('{port}', '65535')));
          expect(text.filter(line => line.startsWith(` ○ ${kernels} `))).toHaveLength(1);
          expect(text.filter(line => line.startsWith(` × ${own} `))).toHaveLength(1);
        }
      }
    },
  );
});

/** A question of a real walk. */
async function answeredAt(id: string, step: string): Promise<Answered> {
  const {lesson, events} = await walkedHere(lessonNamed(id));
  const found = answeredIn(lesson, events).find(one => one.step.id === step);
  if (!found) throw new Error(`${id} does not ask at ${step}`);
  return found;
}

test('what the claim names is pointed at, and nothing else', async () => {
  const connected = drawn(await answeredAt('server-flow', 'client-connect'), 'ja', [80, 24]);
  expect(connected.above.filter(line => line.includes('◀'))).toEqual([
    expect.stringMatching(/connect\(.* = 0 .*◀ 証拠/),
  ]);
  const bound = drawn(await answeredAt('server-flow', 'server-bind'), 'en', [100, 30]);
  expect(bound.above.filter(line => line.includes('◀'))).toEqual([expect.stringMatching(/◀ evidence/)]);
  const timeWait = drawn(await answeredAt('server-flow', 'client-close'), 'ja', [100, 30]);
  const at = timeWait.above.findIndex(line => line.includes('◀'));
  expect(timeWait.above[at - 1]).toMatch(/fd - TIME_WAIT/);
});

test('without characters of ambiguous width the marks are others', async () => {
  const {above, text} = drawn(await answeredAt('client-flow', 'client-send'), 'en', [80, 24], true);
  expect(above.join('\n')).toMatch(/= 5 .*< evidence/);
  expect(text.join('\n')).toMatch(/^ = \d .*<- the kernel$/m);
  expect(text.join('\n')).toMatch(/^ ! \d .*<- your prediction$/m);
});

test('whose choice is whose is said in bold words, and the reason says that it is one', async () => {
  const {lines} = drawn(await answeredAt('server-flow', 'server-bind'), 'ja', [80, 24]);
  expect(lines.some(line => isBold(line, 'カーネル'))).toBe(true);
  expect(lines.some(line => isBold(line, 'ここが違った'))).toBe(true);
});
