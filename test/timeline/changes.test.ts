import {describe, expect, test} from 'vitest';
import {changesBetween} from '../../src/timeline/changes.ts';
import {logOf} from '../../src/timeline/log.ts';
import {project} from '../../src/timeline/project.ts';
import {lessonNamed, walkedHere} from '../walked.ts';

const {events} = await walkedHere(lessonNamed('echo'));
const log = logOf(events);

/** What changed from before the first call of a step to its end, told by actor, state and kind. */
function changedBy(step: string): string[] {
  const start = events.findIndex(event => event.kind === 'call-started' && event.step === step);
  const end = events.findIndex(event => event.kind === 'judged' && event.step === step) + 1;
  if (start < 0 || end === 0) throw new Error(`echo has no step ${step}`);
  const changes = changesBetween(project(log, start), project(log, end));
  const told = [...changes].map(([row, change]) =>
    'state' in row ? `${row.actor} ${row.fd === null ? '-' : 'fd'} ${row.state} ${change}` : `${row.name} ${change}`,
  );
  // Which of the two it is read in depends on when the other end’s ACK comes.
  return told.map(each => each.replace(/FIN_WAIT[12]/, 'FIN_WAIT')).sort();
}

describe('what a step changes, of what the kernel shows', () => {
  test.each([
    ['socket() makes a row', 'client-socket', ['client fd CLOSE new']],
    [
      'connect() changes the client’s state and the listener’s queue, and the end that waits is new',
      'client-connect',
      ['client fd ESTABLISHED state', 'server - ESTABLISHED new', 'server fd LISTEN queues'],
    ],
    [
      'what accept() returns is the end that waited, and the queue has one less',
      'server-accept',
      ['server fd ESTABLISHED state', 'server fd LISTEN queues'],
    ],
    [
      'send() fills the queue of the other, and no other row is another',
      'server-greet',
      ['client fd ESTABLISHED queues'],
    ],
    ['recv() empties it', 'client-recv-greeting', ['client fd ESTABLISHED queues']],
    ['a recv() that waits changes no row', 'server-recv', []],
    [
      'close() moves both: one is kept by the kernel alone',
      'client-close',
      ['client - FIN_WAIT state', 'server fd CLOSE_WAIT state'],
    ],
  ])('%s', (_, step, expected) => {
    expect(changedBy(step)).toEqual(expected);
  });
});

test('nothing changed between a moment and itself, wherever in the walk', () => {
  for (let end = 0; end <= events.length; end += 1)
    expect(changesBetween(project(log, end), project(log, end)).size).toBe(0);
});

test('a row that stands for the same in both has no change', () => {
  const readings = events.filter(({kind}) => kind === 'kernel-read');
  for (const [i, reading] of readings.entries()) {
    const before = readings[i - 1];
    if (!before) continue;
    const [then, now] = [project(log, before.seq + 1), project(log, reading.seq + 1)];
    const same = (row: object) => JSON.stringify({...row, tcpInfo: null});
    const known = new Set(then.lanes.flatMap(({sockets}) => sockets).map(same));
    for (const row of changesBetween(then, now).keys()) expect(known).not.toContain(same(row));
  }
});
