import fc from 'fast-check';
import {render} from 'ink-testing-library';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {Lines} from '../../components/Lines.tsx';
import {lessons} from '../../lessons/index.ts';
import {callLines} from '../../src/draw/lesson/calls.ts';
import {laneLines} from '../../src/draw/lesson/lanes.ts';
import {allPanes, paneLines} from '../../src/draw/lesson/panes.ts';
import {lookOf} from '../../src/draw/text/look.ts';
import type {Line} from '../../src/draw/text/spans.ts';
import {fd, pid, port} from '../../src/model/brands.ts';
import type {LogEvent} from '../../src/model/event.ts';
import type {Lesson} from '../../src/model/lesson.ts';
import {toBase64} from '../../src/model/payload.ts';
import type {SocketRow} from '../../src/model/sockets.ts';
import {logOf} from '../../src/timeline/log.ts';
import {project} from '../../src/timeline/project.ts';
import type {View} from '../../src/timeline/view.ts';

const [lesson] = lessons as [Lesson];
const steering = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

/** A walk whose bytes and texts are whatever a hostile peer, or an edited recording, makes of them. */
function hostileView(bytes: Uint8Array, text: string): View {
  const data = toBase64(bytes);
  const send = {name: 'send', fd: fd(4), data, flags: 0} as const;
  const recv = {name: 'recv', fd: fd(5), length: 4096, flags: 0} as const;
  const step = {lesson: lesson.id, step: text};
  const row = (actor: 'server' | 'client', n: number): SocketRow => ({
    actor,
    fd: fd(n),
    inode: 1,
    protocol: 'unix',
    local: {path: text},
    remote: {host: text, port: port(1)},
    state: 'ESTABLISHED',
    recvQueue: 3,
    sendQueue: 0,
    listed: true,
    heldBy: 'descriptor',
  });
  const happenings = [
    {kind: 'actor-started', actor: 'server', pid: pid(1)},
    {kind: 'actor-started', actor: 'client', pid: pid(2)},
    {kind: 'kernel-read', sockets: [row('client', 4), row('server', 5)], waiting: []},
    {kind: 'call-started', ...step, actor: 'client', call: send},
    {
      kind: 'call-returned',
      ...step,
      actor: 'client',
      call: send,
      outcome: {kind: 'returned', value: bytes.length},
      elapsedUs: 1,
    },
    {kind: 'call-started', ...step, actor: 'server', call: recv},
    {
      kind: 'call-returned',
      ...step,
      actor: 'server',
      call: recv,
      outcome: {kind: 'returned', value: bytes.length, data},
      elapsedUs: 1,
    },
    {kind: 'actor-exited', actor: 'server', code: null, signal: text},
  ] as const;
  const events = happenings.map((happening, seq) => ({seq, at: 0, ...happening})) as LogEvent[];
  return project(logOf(events), events.length);
}

const hostile = fc.tuple(
  fc.uint8Array({maxLength: 120}),
  fc.string({unit: 'binary', maxLength: 40}),
  fc.integer({min: 60, max: 130}),
  fc.boolean(),
);

const frameOf = (lines: readonly Line[]): string => {
  const {lastFrame, unmount} = render(<Lines lines={lines} height={lines.length} />);
  const frame = lastFrame() ?? '';
  unmount();
  return frame;
};

describe('whatever the bytes and the texts are', () => {
  test('what is drawn holds no character that steers a terminal, and no line is wider than its room', () => {
    fc.assert(
      fc.property(hostile, ([bytes, text, width, ascii]) => {
        const look = lookOf('ja', ascii);
        const view = hostileView(bytes, text);
        const size = {width, height: 12};
        const data = {view, lesson, step: null, port: 8080, frames: [], isRecorded: false};
        const lines = [
          ...callLines(view, null, look, size),
          ...laneLines(view, look, size, null, 1),
          ...laneLines(view, look, size, 'client', 1),
          ...allPanes(data, look, size),
          ...(['c', 'node', 'bytes', 'kernel'] as const).flatMap(pane => paneLines(pane, data, look, size)),
        ];
        // ink-testing-library's terminal has 100 columns; Ink cuts what is wider.
        for (const row of frameOf(lines).split('\n')) {
          expect(row.replace(/\u001b\[[0-9;]*m/g, '')).not.toMatch(steering);
          expect(stringWidth(row)).toBeLessThanOrEqual(100);
        }
      }),
      {numRuns: 40},
    );
  });

  test('the lanes are exactly as wide as their room', () => {
    fc.assert(
      fc.property(hostile, ([bytes, , width, ascii]) => {
        for (const line of laneLines(hostileView(bytes, 'x'), lookOf('ja', ascii), {width, height: 8}, null, 1)) {
          expect(stringWidth(line.map(span => span.text).join(''))).toBe(width);
        }
      }),
    );
  });
});

test('servers stand on the left and clients on the right, each named with its machine where there are several', () => {
  const lives = {server: 'internet', 'server-2': 'home', client: 'home', 'client-2': 'internet'} as const;
  const events = Object.entries(lives).map(([actor, host], seq) => ({
    ...{seq, at: 0, kind: 'actor-started', actor, pid: pid(seq + 1), host},
  })) as LogEvent[];
  const view = project(logOf(events), events.length);
  const lines = laneLines(view, lookOf('en', false), {width: 80, height: 6}, null, 0);
  const text = lines.map(line => line.map(span => span.text).join(''));
  const half = (from: number, to: number) => text.map(line => line.slice(from, to)).join('\n');
  expect(half(0, 36)).toContain('server @ internet');
  expect(half(0, 36)).toContain('server 2 @ home');
  expect(half(44, 80)).toContain('client @ home');
  expect(half(44, 80)).toContain('client 2 @ internet');
});
