import fc from 'fast-check';
import {beforeAll, describe, expect, test} from 'vitest';
import type {LogEvent} from '../../src/model/event.ts';
import {fromBase64} from '../../src/model/payload.ts';
import {logOf} from '../../src/timeline/log.ts';
import {fold, project} from '../../src/timeline/project.ts';
import {emptyView} from '../../src/timeline/view.ts';
import {lessonNamed, walked} from '../walked.ts';

let events: readonly LogEvent[];
beforeAll(async () => {
  events = await walked(lessonNamed('echo'));
});

/** The view once this step had been judged. */
const viewAfter = (step: string) => {
  const at = events.findIndex(event => event.kind === 'judged' && event.step === step);
  return project(logOf(events), at + 1);
};

describe('a view', () => {
  test('is the same however one comes to it', () => {
    const log = logOf(events);
    const straight = (upTo: number) => events.slice(0, upTo).reduce(fold, emptyView);
    fc.assert(
      fc.property(fc.array(fc.nat(events.length), {maxLength: 8}), visits => {
        for (const upTo of visits) expect(project(log, upTo)).toEqual(straight(upTo));
      }),
      {numRuns: 30},
    );
  });

  test('of nothing is empty, and past the end is the end', () => {
    const log = logOf(events);
    expect(project(log, 0)).toEqual(emptyView);
    expect(project(log, events.length + 100)).toEqual(project(log, events.length));
  });

  test('shows a call that has not returned as waiting, with where its thread sleeps', () => {
    const server = viewAfter('server-recv').lanes.find(lane => lane.actor === 'server');
    expect(server?.waiting?.call.name).toBe('recv');
    expect(viewAfter('client-send').lanes.find(lane => lane.actor === 'server')?.waiting).toBe(null);
  });

  test('keeps the letter of every byte from send to recv', () => {
    const {calls} = viewAfter('client-recv-echo');
    const marksOf = (step: string) => calls.find(line => line.step === step)?.marks;
    expect(marksOf('server-greet')).toEqual([{send: 0, length: 13}]);
    expect(marksOf('client-recv-greeting')).toEqual([{send: 0, length: 13}]);
    expect(marksOf('server-recv')).toEqual([{send: 1, length: 15}]);
    expect(marksOf('client-recv-echo')).toEqual([{send: 2, length: 15}]);
  });

  test('counts as many bytes on their way as the kernel has in the receive queue', () => {
    for (const [i, event] of events.entries()) {
      if (event.kind !== 'judged') continue;
      const view = project(logOf(events), i + 1);
      const onTheWay = Object.values(view.flows.inFlight)
        .flat()
        .reduce((sum, mark) => sum + mark.length, 0);
      const queued = view.lanes
        .flatMap(lane => lane.sockets)
        // An unread FIN counts as one byte in Recv-Q, so only live connections are compared.
        .filter(row => row.state === 'ESTABLISHED')
        .reduce((sum, row) => sum + (row.recvQueue ?? 0), 0);
      if (view.lanes.some(lane => lane.sockets.some(row => row.state === 'ESTABLISHED')))
        expect([event.step, onTheWay]).toEqual([event.step, queued]);
    }
  });

  test('shows an un-accepted connection in the lane of the listener, and TIME_WAIT in that of whoever closed first', () => {
    const rowsOf = (step: string, actor: string) =>
      viewAfter(step).lanes.find(lane => lane.actor === actor)?.sockets ?? [];
    expect(rowsOf('client-connect', 'server').find(row => row.heldBy === 'accept-queue')).toMatchObject({
      inode: 0,
      fd: null,
      state: 'ESTABLISHED',
    });
    expect(rowsOf('server-close', 'client')).toMatchObject([
      {inode: 0, fd: null, state: 'TIME_WAIT', heldBy: 'kernel'},
    ]);
  });

  test('knows that frames are captured when that was said before the first call, until other processes start', () => {
    const counted: LogEvent = {seq: 0, at: 0, kind: 'wire-counted', captured: 0, dropped: 0, omitted: 0};
    const firstCall = events.findIndex(({kind}) => kind === 'call-started');
    const [started, called] = [events.slice(0, firstCall), events.slice(firstCall, firstCall + 1)];
    const told = [...started, counted, ...called].reduce(fold, emptyView);
    expect(told.wire).toEqual({captured: 0, dropped: 0, omitted: 0});
    expect([...started, ...called].reduce(fold, told).wire).toBe(null);
  });

  test('bytes that were received are the bytes that were sent', () => {
    const sent: number[] = [];
    const received: number[] = [];
    for (const event of events) {
      if (event.kind !== 'call-returned' || event.outcome.kind !== 'returned') continue;
      if (event.call.name === 'send' && event.actor === 'server') sent.push(...fromBase64(event.call.data));
      if (event.call.name === 'recv' && event.actor === 'client')
        received.push(...fromBase64(event.outcome.data ?? ''));
    }
    expect(received).toEqual(sent);
  });
});

describe('a long log', () => {
  test('keeps a bounded number of calls in view, and costs a step no more than a short one does', () => {
    const long = logOf(repeated(events, 10_000));
    const view = project(long, long.events.length);
    expect(view.calls.length).toBeLessThanOrEqual(200);
    expect(view.callCount).toBeGreaterThan(200);
    // Counted in events folded, not in seconds: going to a neighbour folds fewer than one stretch between checkpoints.
    let folded = 0;
    const counting = new Proxy(long.events, {
      get: (target, key) => {
        if (typeof key === 'string' && /^\d+$/.test(key)) folded += 1;
        return Reflect.get(target, key);
      },
    });
    const log = {...long, events: counting};
    project(log, 10_000);
    folded = 0;
    for (const upTo of [9_999, 10_000, 5_000, 5_001, 1]) project(log, upTo);
    expect(folded).toBeLessThan(5 * 64);
  });
});

/** The same walk again and again, as one log: a new pair of actors each time. */
function repeated(once: readonly LogEvent[], atLeast: number): LogEvent[] {
  const all: LogEvent[] = [];
  while (all.length < atLeast) all.push(...once.map(event => ({...event, seq: 0})));
  return all.map((event, seq) => ({...event, seq}));
}

test('bytes for the router are on their way only until its queues are empty, since its calls are not seen', async () => {
  const events = await walked(lessonNamed('router'));
  const log = logOf(events);
  const last = events.findLast(event => event.kind === 'kernel-read');
  expect(last?.sockets.filter(row => row.actor === 'router' && row.recvQueue !== 0)).toEqual([]);
  const view = project(log, events.length);
  expect([view.flows.sends, view.flows.inFlight]).toEqual([3, {}]);
});

test('bytes for a program are not shown on their way: nobody saw it read them', async () => {
  const log = logOf(await walked(lessonNamed('spot-the-bugs')));
  const sent = log.events.filter(event => event.kind === 'call-returned' && event.call.name === 'send');
  expect(sent.length).toBeGreaterThan(2);
  for (const {seq} of sent) expect(project(log, seq + 1).flows.inFlight).toEqual({});
  const lines = project(log, log.events.length).calls.filter(({call}) => call.name === 'send');
  expect(lines.map(({marks}) => marks.map(({send}) => send))).toEqual(lines.map((_, i) => [i]));
});

test('a program that runs is in its lane until it has ended, whatever its actor calls meanwhile', async () => {
  const log = logOf(await walked(lessonNamed('spot-the-bugs')));
  const killed = log.events.findLast(event => event.kind === 'call-returned' && event.call.name === 'kill');
  const ended = log.events.findLast(event => event.kind === 'call-returned' && event.call.name === 'run');
  const laneAt = (seq = 0) => project(log, seq + 1).lanes.find(lane => lane.actor === 'server');
  expect(laneAt((killed?.seq ?? 0) - 1)?.running?.args).toEqual(['server-mended.mjs']);
  expect(laneAt(ended?.seq)?.running).toBeNull();
  const line = project(log, log.events.length).calls.findLast(
    ({call}) => call.name === 'run' && call.args[0] === 'server-mended.mjs',
  );
  expect(line?.result).toEqual({kind: 'ended', code: 0, signal: null});
});
