import {expect, test} from 'vitest';
import {lessons} from '../../../lessons/index.ts';
import {Transcript} from '../../../src/app/command/transcript.ts';
import {recordedPort} from '../../../src/app/keep/recorded-walk.ts';
import {fd, pid} from '../../../src/model/brands.ts';
import {languages} from '../../../src/model/text.ts';
import {walkedHere} from '../../walked.ts';

test.each(lessons.flatMap(lesson => languages.map(language => ({id: lesson.id, lesson, language}))))(
  'of $id all is told in $language, and each step is announced once, however many calls it makes',
  async ({lesson: whole, language}) => {
    const {lesson, events} = await walkedHere(whole);
    const port = recordedPort(events);
    const transcript = new Transcript({language, ascii: false, width: 80}, [lesson], () => port);
    const lines = events.flatMap(event => transcript.lines(event));
    const heads = lines.filter(line => /^ {2}\d+\/\d+ /.test(line));
    expect(heads).toEqual(lesson.steps.map((step, i) => `  ${i + 1}/${lesson.steps.length} ${step.id}`));
    const told = withoutSpaces(lines.join(''));
    for (const {after} of lesson.steps)
      expect(told).toContain(withoutSpaces(after[language].replaceAll('{port}', String(port))));
  },
);

const withoutSpaces = (text: string): string => text.replaceAll(/\s/g, '');

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
