import {expect, test} from 'vitest';
import {lessons} from '../../lessons/index.ts';
import {Transcript} from '../../src/app/transcript.ts';
import {fd, pid} from '../../src/model/brands.ts';
import {lessonNamed, walked} from '../walked.ts';

test('a step is announced once, however many calls it makes', async () => {
  const lesson = lessonNamed('udp');
  const transcript = new Transcript({language: 'en', ascii: false, width: 80}, lessons, () => 0);
  const lines = (await walked(lesson)).flatMap(event => transcript.lines(event));
  const heads = lines.filter(line => /^ {2}\d+\/\d+ /.test(line));
  expect(heads).toEqual(lesson.steps.map((step, i) => `  ${i + 1}/${lesson.steps.length} ${step.id}`));
});

test('in a network of several machines, each actor is named with the one that it lives on', () => {
  const transcript = new Transcript({language: 'en', ascii: false, width: 80}, lessons, () => 8080);
  const step = {lesson: 'nat', step: 'server-listens', actor: 'server'} as const;
  const call = {name: 'listen', fd: fd(3), backlog: 5} as const;
  const happenings = [
    {kind: 'actor-started', actor: 'server', pid: pid(1), host: 'internet'},
    {kind: 'actor-started', actor: 'client', pid: pid(2), host: 'home'},
    {kind: 'call-started', ...step, call},
    {kind: 'call-returned', ...step, call, outcome: {kind: 'returned', value: 0}, elapsedUs: 7},
  ] as const;
  const lines = happenings.flatMap((happening, seq) => transcript.lines({seq, at: 0, ...happening}));
  expect(lines).toContain('  server @ internet pid 1, client @ home pid 2');
  expect(lines).toContain('    server @ internet  listen(3, 5) = 0    7 us');
});
