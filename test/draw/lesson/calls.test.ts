import {expect, test} from 'vitest';
import {callLines} from '../../../src/draw/lesson/calls.ts';
import {laneLines} from '../../../src/draw/lesson/lanes.ts';
import {lookOf} from '../../../src/draw/text/look.ts';
import {type Line, widthOf} from '../../../src/draw/text/spans.ts';
import type {LogEvent} from '../../../src/model/event.ts';
import {languages} from '../../../src/model/text.ts';
import {logOf} from '../../../src/timeline/log.ts';
import {project} from '../../../src/timeline/project.ts';
import {lessonNamed, walkedTo} from '../../walked.ts';

const textOf = (lines: readonly Line[]): string[] => lines.map(line => line.map(span => span.text).join(''));
const look = lookOf('en', false);
const viewOf = (events: readonly LogEvent[]) => project(logOf(events), events.length);

test.each([66, 80, 120])('what the kernel wrote is seen to its end in a list of %i columns', async width => {
  const walk = await walkedTo(lessonNamed('socket-file'), 7);
  // As long as an ordinary user's numbers may be.
  const events: LogEvent[] = JSON.parse(JSON.stringify(walk).replaceAll(/"(uid|gid)":\d+/g, '"$1":65534'));
  const lines = callLines(viewOf(events), null, look, {width, height: 20});
  const drawn = textOf(lines);
  const at = drawn.findIndex(text => text.includes('getsockopt'));
  // In its row, or under it.
  expect(drawn.slice(at, at + 2).join('\n')).toMatch(/\{pid \d+, uid \d+, gid \d+\}\)/);
  for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
});

test.each(languages.flatMap(language => [66, 80, 120].map(width => [language, width] as const)))(
  'in %s, in %i columns, a call that failed is seen whole, and so is its errno; its meaning gives way',
  async (language, width) => {
    const events = await walkedTo(lessonNamed('refused'), 5);
    const lines = callLines(viewOf(events), null, lookOf(language, false), {width, height: 20});
    const failed = textOf(lines).filter(text => text.includes(' = -1 '));
    expect(failed).toContainEqual(expect.stringMatching(/connect\(\d+, 127\.0\.0\.1:\d+\) += -1 ECONNREFUSED /));
    for (const text of failed) expect(text).toMatch(/\) += -1 E[A-Z]+ .*\d (us|ms) *$/);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
  },
);

test.each([60, 80, 120])('a recorded call says so and of which Node, and its result is seen, in %i columns', width => {
  const {node, byStep} = lessonNamed('node').traces ?? {node: '', byStep: {}};
  const where = {at: 0, kind: 'traced', lesson: 'node', step: 'connect', recorded: true, node} as const;
  const events = (byStep.connect ?? []).map((call, seq): LogEvent => ({...where, seq, ...call}));
  const lines = textOf(callLines(viewOf(events), null, look, {width, height: 20}));
  expect(lines.find(line => line.includes(' connect('))).toMatch(/ = -1 EINPROGRESS +RECORDED v20\.\d+\.\d+ $/);
  for (const line of lines) expect(line).toMatch(/ = .* RECORDED v\d+\.\d+\.\d+ $/);
});

test('a name stands apart from its call, however long it is', async () => {
  const view = viewOf(await walkedTo(lessonNamed('socket-file'), 10));
  const last = textOf(callLines(view, null, look, {width: 80, height: 20})).findLast(line => / = /.test(line));
  expect(last).toMatch(/^ client-2 connect\(/);
});

test.each([6, 10])('the server’s lane shows its socket file at a height of %i', async height => {
  const events = await walkedTo(lessonNamed('socket-file'), 6);
  const lanes = textOf(laneLines(viewOf(events), look, {width: 80, height}, null, 0));
  expect(lanes.filter(line => /file chat\.sock {2}s[rwx-]{9}/.test(line))).toHaveLength(1);
  expect(lanes.some(line => line.includes('LISTEN chat.sock'))).toBe(true);
  expect(lanes.some(line => line.includes('(unnamed)'))).toBe(true);
});
