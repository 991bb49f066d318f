import {describe, expect, test} from 'vitest';
import {laneLines} from '../../../src/draw/lesson/lanes.ts';
import type {PointedView} from '../../../src/draw/pointer.ts';
import {lookOf} from '../../../src/draw/text/look.ts';
import {textOf} from '../../../src/draw/text/spans.ts';
import {fd, pid, port} from '../../../src/model/brands.ts';
import type {LogEvent} from '../../../src/model/event.ts';
import {changesBetween} from '../../../src/timeline/changes.ts';
import {logOf} from '../../../src/timeline/log.ts';
import {project} from '../../../src/timeline/project.ts';

/** A client’s lane, with what TCP_INFO says of its only socket. */
function laneWith(retransmits: number, width: number): string {
  const happenings = [
    {kind: 'actor-started', actor: 'server', pid: pid(1)},
    {kind: 'actor-started', actor: 'client', pid: pid(2)},
    {
      kind: 'kernel-read',
      sockets: [
        {
          actor: 'client',
          fd: fd(19),
          inode: 7,
          protocol: 'tcp',
          local: {host: '127.0.0.1', port: port(40_000)},
          remote: {host: '127.0.0.1', port: port(8080)},
          state: 'ESTABLISHED',
          recvQueue: 0,
          sendQueue: 5,
          listed: true,
          heldBy: 'descriptor',
          tcpInfo: {state: 'ESTABLISHED', rttUs: 30, mss: 32_741, retransmits, unacked: 1},
        },
      ],
      waiting: [],
    },
  ] as const;
  const events = happenings.map((happening, seq) => ({seq, at: 0, ...happening})) as LogEvent[];
  const view = project(logOf(events), events.length);
  return laneLines(view, lookOf('en', false), {width, height: 8}, null, 0).map(textOf).join('\n');
}

test('what the peer does not answer is told before anything else of TCP_INFO, as far as there is room', () => {
  expect(laneWith(3, 200)).toMatch(/Send-Q 5 {2}unacked 1 {2}retransmits 3 .*rtt 0\.03 ms {2}mss 32741/);
  expect(laneWith(3, 120)).toMatch(/Send-Q 5 {2}unacked 1 {2}retransmits 3/);
  expect(laneWith(3, 80)).toMatch(/Send-Q 5 {2}unacked 1/);
  expect(laneWith(0, 200)).toMatch(/Send-Q 5 {2}connected.*rtt 0\.03 ms {2}mss 32741 {2}unacked 1 {2}retransmits 0/);
  expect(laneWith(0, 80)).not.toContain('unacked');
});

test.each([28, 30, 34, 36, 40, 60])(
  'a row that many sockets share ends in a whole word, in a box of %i cells',
  width => {
    const actors = ['server', 'server-2', 'client'] as const;
    const rowOf = (actor: (typeof actors)[number]) => ({
      ...{actor, fd: fd(19), inode: 7, protocol: 'tcp', local: {host: '203.0.113.80', port: port(8080)}, remote: null},
      ...{state: 'LISTEN', recvQueue: 0, sendQueue: 0, listed: true, heldBy: 'descriptor'},
    });
    const happenings = [
      ...actors.map((actor, i) => ({kind: 'actor-started', actor, pid: pid(i + 1)})),
      {kind: 'kernel-read', sockets: actors.map(rowOf), waiting: []},
    ];
    const events = happenings.map((happening, seq) => ({seq, at: 0, ...happening})) as LogEvent[];
    const view = project(logOf(events), events.length);
    const rows = laneLines(view, lookOf('en', false), {width: 2 * width + 8, height: 4}, null, 0).map(textOf);
    const left = rows.map(row => row.split('│')[1]?.trim() ?? '').filter(row => row.includes('LISTEN'));
    expect(left.length).toBeGreaterThan(0);
    for (const row of left) expect(row).toMatch(/LISTEN( (203\.0\.113\.80)?:8080)?( Q 0)?$/);
  },
);

describe('what changed is marked', () => {
  const rowOf = (actor: 'server' | 'client', change: object) => ({
    ...{actor, fd: fd(19), inode: actor === 'server' ? 7 : 8, protocol: 'tcp', remote: null, state: 'LISTEN'},
    ...{local: {host: '127.0.0.1', port: port(8080)}, recvQueue: 0, sendQueue: 0, listed: true, heldBy: 'descriptor'},
    ...change,
  });
  const readings = [
    [rowOf('server', {}), rowOf('client', {})],
    [rowOf('server', {recvQueue: 1}), rowOf('client', {})],
  ];
  const happenings = [
    ...(['server', 'client'] as const).map((actor, i) => ({kind: 'actor-started', actor, pid: pid(i + 1)})),
    ...readings.map(sockets => ({kind: 'kernel-read', sockets, waiting: []})),
  ];
  const events = happenings.map((happening, seq) => ({seq, at: 0, ...happening})) as LogEvent[];
  const [before, now] = [project(logOf(events), 3), project(logOf(events), 4)];
  const changes = changesBetween(before, now);
  const seen = (view: PointedView, width: number, look = lookOf('en', false)) =>
    laneLines(view, look, {width, height: 4}, null, 0).map(textOf);

  test.each([
    [120, 'accept queue 1 ◀ changed'],
    [60, 'accept queue 1 ◀'],
  ])('in %i columns in its own line, and no other', (width, text) => {
    const lines = seen({...now, changes}, width);
    expect(lines[2]).toContain(text);
    expect(lines.join('').match(/◀/g)).toHaveLength(1);
  });

  test('in Japanese and in ASCII', () => {
    expect(seen({...now, changes}, 120, lookOf('ja', false))[2]).toContain('◀ 変化');
    expect(seen({...now, changes}, 120, lookOf('en', true))[2]).toContain('< changed');
  });

  test('what is pointed at as evidence is not marked', () => {
    const evidence = {numberOf: () => 2, count: 2, frames: null};
    const lines = seen({...now, changes, evidence}, 120).join('');
    expect(lines).toContain('◀ evidence 2');
    expect(lines).not.toContain('changed');
  });
});
