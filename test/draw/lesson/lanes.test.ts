import {expect, test} from 'vitest';
import {laneLines} from '../../../src/draw/lesson/lanes.ts';
import {lookOf} from '../../../src/draw/text/look.ts';
import {textOf} from '../../../src/draw/text/spans.ts';
import {fd, pid, port} from '../../../src/model/brands.ts';
import type {LogEvent} from '../../../src/model/event.ts';
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
