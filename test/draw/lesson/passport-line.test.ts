import {beforeAll, expect, test} from 'vitest';
import {stream} from '../../../lessons/stream.ts';
import {paneLines} from '../../../src/draw/lesson/panes.ts';
import {lookOf} from '../../../src/draw/text/look.ts';
import type {LogEvent} from '../../../src/model/event.ts';
import {logOf} from '../../../src/timeline/log.ts';
import {project} from '../../../src/timeline/project.ts';
import {walked} from '../../walked.ts';

let events: readonly LogEvent[];
beforeAll(async () => {
  events = await walked(stream);
});

/** The first lines of the bytes pane once this step had been judged. */
function passports(step: string, count: number): string[] {
  const at = events.findIndex(event => event.kind === 'judged' && event.step === step);
  const data = {
    view: project(logOf(events), at + 1),
    lesson: stream,
    step: null,
    port: 8080,
    frames: [],
    isRecorded: false,
  };
  const lines = paneLines('bytes', data, lookOf('en', true), {width: 78, height: 9});
  return lines.slice(0, count).map(line => line.map(span => span.text).join(''));
}

test('each send() that a recv() has bytes of is named, with who made it', () => {
  expect(passports('recv-all', 3)).toEqual([
    'A  client send() 5 B -> server recv()',
    'B  client send() 3 B -> server recv()',
    'C  client send() 5 B -> server recv()',
  ]);
});

test('a send() that was read in pieces shows them', () => {
  expect(passports('recv-more', 1)).toEqual(['F  client send() 10 B -> server recv() 4 + 4 B -> Recv-Q']);
  expect(passports('recv-last', 1)).toEqual(['F  client send() 10 B -> server recv() 4 + 4 + 2 B']);
});

test('looking is not receiving', () => {
  expect(passports('peek', 1)).toEqual(['G  client send() 8 B -> Recv-Q']);
});
