import {expect, test} from 'vitest';
import {lessons} from '../../lessons/index.ts';
import {Transcript} from '../../src/app/transcript.ts';
import {lessonNamed, walked} from '../walked.ts';

test('a step is announced once, however many calls it makes', async () => {
  const lesson = lessonNamed('udp');
  const transcript = new Transcript({language: 'en', ascii: false, width: 80}, lessons, () => 0);
  const lines = (await walked(lesson)).flatMap(event => transcript.lines(event));
  const heads = lines.filter(line => /^ {2}\d+\/\d+ /.test(line));
  expect(heads).toEqual(lesson.steps.map((step, i) => `  ${i + 1}/${lesson.steps.length} ${step.id}`));
});
