import {expect, test} from 'vitest';
import {clientFlow} from '../../../lessons/client-flow.ts';
import {node} from '../../../lessons/node.ts';
import {stepTextLines} from '../../../src/draw/lesson/step-text.ts';
import type {TextData} from '../../../src/draw/lesson/text-data.ts';
import {lookOf} from '../../../src/draw/text/look.ts';
import {textOf} from '../../../src/draw/text/spans.ts';
import type {Lesson} from '../../../src/model/lesson.ts';
import type {Language} from '../../../src/model/text.ts';
import {emptyView} from '../../../src/timeline/view.ts';

/** The first lines after a step, when this was said and that came true. */
function verdict(lesson: Lesson, id: string, said: number | null, fulfilled: number[], language: Language): string {
  const view = {
    ...emptyView,
    predictions: {[id]: said},
    judgements: {[id]: {holds: true, unmet: [], fulfilled}},
  };
  const shown = lesson.steps.find(step => step.id === id);
  const data = {view, lesson, shown, following: null, phase: 'reading', isBusy: false, ended: null, port: 8080};
  return stepTextLines(data as unknown as TextData, lookOf(language, false), 200)
    .map(textOf)
    .join('\n');
}

test('a verdict has the choices where they stood, and says whose is whose', () => {
  const wrong = verdict(clientFlow, 'client-connect', 0, [1], 'ja');
  expect(wrong).toMatch(/^ × 1 {2}サーバーと同じ 8080 +← あなたの予想$/m);
  expect(wrong).toMatch(/^ ○ 2 {2}.* +← カーネル$/m);
  expect(wrong).toMatch(/^ {3}3 {2}\S/m);
  expect(verdict(clientFlow, 'client-connect', 1, [1], 'en')).toMatch(/^ ✓ 2 .* ← the kernel {2}← your prediction$/m);
  expect(verdict(clientFlow, 'client-connect', null, [1], 'en')).not.toContain('your prediction');
});

test('where nothing that was offered happened, that is said', () => {
  expect(verdict(clientFlow, 'client-connect', 0, [], 'en')).toContain('None of the choices is what happened.');
  expect(verdict(clientFlow, 'client-connect', 0, [], 'en')).not.toContain('✓');
});

test('where Node did something the answer is Node’s', () => {
  const wrong = verdict(node, 'create-server', 0, [2], 'en');
  expect(wrong).toMatch(/← Node$/m);
  expect(wrong).not.toContain('kernel');
});
