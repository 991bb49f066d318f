import {describe, expect, test} from 'vitest';
import {lessons} from '../../../lessons/index.ts';
import {evidenceOf} from '../../../src/claims/evidence.ts';
import {placedLanes, placedWish} from '../../../src/draw/lesson/host-lanes.ts';
import {leastRowsOf, type PanelData, panelLines, ruleLine} from '../../../src/draw/lesson/panel.ts';
import {headingOf} from '../../../src/draw/lesson/question-place.ts';
import {stepTextLines} from '../../../src/draw/lesson/step-text.ts';
import type {TextData} from '../../../src/draw/lesson/text-data.ts';
import {wordsWidth} from '../../../src/draw/lesson/words-beside.ts';
import {isWideAt, layoutOf} from '../../../src/draw/text/layout.ts';
import {lookOf} from '../../../src/draw/text/look.ts';
import {type Line, textOf} from '../../../src/draw/text/spans.ts';
import {nothingPasses} from '../../../src/draw/wire/between.ts';
import type {LogEvent} from '../../../src/model/event.ts';
import type {Lesson, Step} from '../../../src/model/lesson.ts';
import {type Language, languages} from '../../../src/model/text.ts';
import {numberShown, orderShown} from '../../../src/timeline/choice-order.ts';
import {logOf} from '../../../src/timeline/log.ts';
import {project} from '../../../src/timeline/project.ts';
import type {View} from '../../../src/timeline/view.ts';
import {walkedHere} from '../../walked.ts';

const sizes = [
  [60, 18],
  [80, 24],
  [100, 30],
  [120, 40],
] as const;

const panes = ['flow', 'calls'] as const;

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

/** The screen above the text, and all of the text, in lines: as a lesson shows them with the flow, or with the list of calls. */
function drawn(
  answered: Answered,
  language: Language,
  [columns, rows]: readonly [number, number],
  {ascii = false, pane = 'flow'}: {ascii?: boolean; pane?: 'flow' | 'calls'} = {},
) {
  const {lesson, step} = answered;
  const data = dataOf(answered);
  const look = lookOf(language, ascii);
  const view = {...answered.view, evidence: evidenceOf(answered.view, lesson, step)};
  const next = data.following && {step: data.following, message: '', port: 65535};
  const panel: PanelData = {
    ...{view, lesson, step, pane, next, heading: headingOf(data, look), port: 65535, frames: [], isRecorded: false},
    ...{following: next && {step: next.step, message: ''}, isMaking: false, now: view.at},
  };
  const wishes = {lanes: placedWish(view, look, columns, null), panel: leastRowsOf(pane)};
  const width = wordsWidth({pane, columns, isWide: isWideAt(columns)});
  const most = layoutOf(columns, rows, {...wishes, text: Number.POSITIVE_INFINITY}).text;
  const text = stepTextLines(data, look, width, most);
  const layout = layoutOf(columns, rows, {...wishes, text: text.length});
  const size = {width: columns, height: layout.lanes};
  const above = [
    ...placedLanes({view, frames: [], passing: nothingPasses, now: view.at}, look, size, null),
    ...panelLines(panel, look, {columns, height: layout.panel, isWide: layout.isWide, hasMap: layout.map > 0}),
    ruleLine(panel, false, look, columns),
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

// Awaited before any test begins: the whole course is played, which takes a busy machine longer than a test may.
const walks = new Map(await Promise.all(lessons.map(async lesson => [lesson.id, await walkedHere(lesson)] as const)));

function walkOf(id: string) {
  const walk = walks.get(id);
  if (!walk) throw new Error(`no lesson ${id}`);
  return walk;
}

const unspaced = (text: string): string => text.replaceAll(/\s/g, '');
const isBold = (line: Line, text: string): boolean => line.some(span => span.bold === true && span.text.includes(text));

describe.each(lessons.map(({id}) => id))('%s', id => {
  test.each(languages)('keeps the choices of each question, and points at what shows the answer, in %s', language => {
    const {lesson, events} = walkOf(id);
    for (const answered of answeredIn(lesson, events)) {
      const {step, kernels, own} = answered;
      const numbers = numbersOf(answered);
      for (const [size, pane] of sizes.flatMap(size => panes.map(pane => [size, pane] as const))) {
        const {above, text} = drawn(answered, language, size, {pane});
        const where = [lesson.id, step.id, pane, ...size];
        const found = pointedAt(above);
        // With two rows for all sockets of a side, or of one of several on it, there is no room for all of them.
        const isTight = size[0] < 80 || (size[0] < 100 && answered.view.lanes.length > 2);
        const wanted = isTight ? numbers.filter(n => found.includes(n)) : numbers;
        expect([...where, ...found]).toEqual([...where, ...wanted]);
        const all = unspaced(text.join(''));
        for (const choice of step.predict?.choices ?? [])
          expect(all).toContain(unspaced(choice.text[language].replaceAll('{port}', '65535')));
        expect(text.filter(line => line.startsWith(` ${language === 'ja' ? '○' : '✓'} ${kernels} `))).toHaveLength(1);
        expect(text.filter(line => line.startsWith(` × ${own} `))).toHaveLength(1);
      }
    }
  });
});

/** A question of a real walk. */
function answeredAt(id: string, step: string): Answered {
  const {lesson, events} = walkOf(id);
  const found = answeredIn(lesson, events).find(one => one.step.id === step);
  if (!found) throw new Error(`${id} does not ask at ${step}`);
  return found;
}

test('what the claim names is pointed at, and nothing else', () => {
  const connected = answeredAt('server-flow', 'client-connect');
  const pointed = panes.map(pane => drawn(connected, 'ja', [80, 24], {pane}).above.filter(line => line.includes('◀')));
  expect(pointed).toEqual([
    // The flow of a small screen gives its few rows to the list.
    [expect.stringMatching(/connect\(.* = 0 .*◀ 証拠/)],
    [expect.stringMatching(/connect\(.* = 0 .*◀ 証拠/)],
  ]);
  const bound = drawn(answeredAt('server-flow', 'client-early'), 'en', [100, 30]);
  expect(bound.above.filter(line => line.includes('◀'))).toEqual([
    expect.stringMatching(/= -1 ECONNREFUSED ◀( evidence)? *$/),
  ]);
  const timeWait = drawn(answeredAt('server-flow', 'client-close'), 'ja', [100, 30]);
  const at = timeWait.above.findIndex(line => line.includes('◀'));
  expect(timeWait.above[at - 1]).toMatch(/fd - TIME_WAIT/);
});

test('without characters of ambiguous width the marks are others', () => {
  const {above, text} = drawn(answeredAt('client-flow', 'client-send'), 'en', [80, 24], {ascii: true});
  expect(above.join('\n')).toMatch(/= 5 .*<( evidence)? *$/m);
  expect(text.join('\n')).toMatch(/^ = \d .*<- the kernel$/m);
  expect(text.join('\n')).toMatch(/^ ! \d .*<- your prediction$/m);
});

test('whose choice is whose is said in bold words, and the reason says that it is one', () => {
  const {lines} = drawn(answeredAt('server-flow', 'client-early'), 'ja', [80, 24]);
  expect(lines.some(line => isBold(line, 'カーネル'))).toBe(true);
  expect(lines.some(line => isBold(line, 'ここが違った'))).toBe(true);
});
