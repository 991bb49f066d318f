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

test('a verdict has the words of what was said and of what the kernel did', () => {
  const wrong = verdict(clientFlow, 'client-connect', 0, [2], 'ja');
  expect(wrong).toContain('あなた「サーバーと同じ 8080」 / カーネル「カーネルが選んだ別の番号」');
  expect(verdict(clientFlow, 'client-connect', 2, [2], 'en')).toContain(
    'and the kernel agrees. That is “another one, chosen by the kernel”.',
  );
  expect(verdict(clientFlow, 'client-connect', null, [2], 'en')).toContain('The kernel’s answer is');
});

test('where Node did something the answer is Node’s', () => {
  const wrong = verdict(node, 'create-server', 0, [2], 'en');
  expect(wrong).toContain('Node’s answer is');
  expect(wrong).not.toContain('kernel’s answer');
  expect(verdict(node, 'create-server', 0, [2], 'ja')).toContain('Node「一つも呼ばない」');
});
