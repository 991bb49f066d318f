import fc from 'fast-check';
import {eastAsianWidthType} from 'get-east-asian-width';
import {describe, expect, test} from 'vitest';
import {flowLines} from '../../../src/draw/flow/flow.ts';
import type {FlowData} from '../../../src/draw/flow/flow-data.ts';
import {mapLines} from '../../../src/draw/flow/flow-map.ts';
import {lookOf} from '../../../src/draw/text/look.ts';
import {type Line, textOf, widthOf, withoutSteering} from '../../../src/draw/text/spans.ts';
import {actsOf} from '../../../src/model/lesson.ts';
import {languages} from '../../../src/model/text.ts';
import {logOf} from '../../../src/timeline/log.ts';
import {captured, whyNoFrames} from '../../frames-of.ts';
import {needs} from '../../needs.ts';
import {at, atStep} from './at-step.ts';

const [serverFlow, acceptQueue, refused, many, order] = await Promise.all(
  ['server-flow', 'accept-queue', 'refused', 'many', 'order'].map(captured),
);
if (!serverFlow || !acceptQueue || !refused || !many || !order) throw new Error('a walk is missing');
const look = lookOf('en', false);
const wide = {width: 120, height: 40};
const rows = (lines: readonly Line[]): string[] => lines.map(line => textOf(line).trimEnd());
const numberOf = ({lesson}: typeof serverFlow, id: string): number =>
  lesson.steps.findIndex(step => step.id === id) + 1;
const seen = (played: typeof serverFlow, id: string, size = wide): string[] =>
  rows(flowLines(atStep(played, numberOf(played, id)), look, size));
/** Where the wire begins in each row. */
const wireAt = (row: string): number => row.search(/[│┊](?=.{14}[│┊])/);
const rowWith = (drawn: readonly string[], text: string): number => drawn.findIndex(row => row.includes(text));

describe('the flow of server-flow', () => {
  test('has a row for each call that was made, the next one, and those to come, each in its actor’s column', () => {
    const drawn = seen(serverFlow, 'client-connect');
    for (const made of ['✓ bind(', '✓ listen(', '▶ accept(listener)', '· close(connection)'])
      expect(drawn[rowWith(drawn, made)]?.indexOf(made)).toBe(1);
    for (const made of ['✓ connect(', '· send(client', '· close(client)']) {
      const row = drawn[rowWith(drawn, made)] ?? '';
      expect(row.indexOf(made)).toBeGreaterThan(wireAt(row));
    }
    expect(drawn.filter(row => /▶ \w+\(/.test(row))).toHaveLength(1);
    expect(drawn[rowWith(drawn, '✓ connect(')]).toMatch(/ = 0$/);
  });

  test('what has not been made has no result', () => {
    const future = seen(serverFlow, 'client-connect').filter(row => /[▶·] \w+\(/.test(row));
    expect(future).toHaveLength(serverFlow.lesson.steps.slice(6).flatMap(actsOf).length);
    for (const row of future) expect(row).not.toContain(' = ');
  });

  test('while the learner is asked about a step, its last call has a question mark for a result, and no other', () => {
    const data = atStep(serverFlow, numberOf(serverFlow, 'client-early') - 1);
    const following = data.following && {...data.following, isAsked: true};
    const drawn = rows(flowLines({...data, following}, look, wide));
    expect(data.following && actsOf(data.following.step)).toHaveLength(2);
    expect(drawn.filter(row => row.includes('= ?'))).toEqual([expect.stringMatching(/· connect\(.* = \?$/)]);
  });

  test('time goes downwards: the calls stand in the order of the log', () => {
    const drawn = seen(serverFlow, 'server-close-listener', {width: 120, height: 60});
    // A call that slept has a row for its end too, marked as returned: it begins where ┌ is.
    const slept = (row: string): boolean => /┌ \w+\(/.test(row);
    const open: string[] = [];
    const begun = drawn.flatMap(row => {
      const name = /[✓×┌] (\w+)\(/.exec(row)?.[1];
      if (name === undefined) return [];
      if (slept(row)) open.push(name);
      else if (open.includes(name)) return open.splice(open.indexOf(name), 1).slice(1);
      return [name];
    });
    expect(begun).toEqual(serverFlow.lesson.steps.flatMap(actsOf).map(({call}) => call.name));
  });

  test('where it is not recorded live, and in free play, there is no future', () => {
    const data = atStep(serverFlow, 6);
    for (const past of [
      {...data, isRecorded: true},
      {...data, following: null},
    ])
      expect(rows(flowLines(past, look, wide)).filter(row => /[▶·] \w+\(/.test(row))).toEqual([]);
  });

  test('the order of calls that the learner is to put in order is not told', () => {
    const asked = order.lesson.steps.findIndex(({arrange}) => arrange);
    const before = order.lesson.steps.slice(0, asked).flatMap(actsOf);
    const drawn = rows(flowLines(atStep(order, 0), look, wide));
    expect(asked).toBeGreaterThanOrEqual(0);
    expect(drawn.filter(row => /[▶·] \w+\(/.test(row))).toHaveLength(before.length);
  });
});

describe('frames that fly', needs(whyNoFrames(serverFlow.events)), () => {
  const data = atStep(serverFlow, numberOf(serverFlow, 'client-connect'));
  const handshake = data.frames.slice(-3);
  const flying = (now: number): FlowData => ({...data, flight: {from: handshake[0]?.frame.seq ?? 0, since: 0}, now});
  const wireOf = (drawn: readonly string[]): string[] =>
    drawn.flatMap(row => /[│┊](.{14})[│┊]/.exec(row)?.[1]?.trim() || []);

  test('grow in the wire’s column from the sender, in the order of their capture, while all else stands still', () => {
    const still = rows(flowLines(data, look, wide));
    const at = (now: number): string[] => rows(flowLines(flying(now), look, wide));
    expect(wireOf(at(0))).toEqual(wireOf(still).slice(0, -3));
    expect(wireOf(at(0.1)).at(-1)).toMatch(/^←─+$/);
    expect(wireOf(at(0.3)).slice(-2)).toEqual([expect.stringContaining('SYN'), expect.stringMatching(/^─+→$/)]);
    expect(at(0.61)).toEqual(still);
    const others = (drawn: readonly string[]): string[] => drawn.map(row => row.replace(/(?<=[│┊]).{14}(?=[│┊])/, ''));
    expect(others(at(0))).toEqual(others(still));
  });

  test('on the map each is named when it sets off, at its place', () => {
    const at = (now: number): string => rows(mapLines(flying(now), look, 80))[1] ?? '';
    const whole = at(1);
    expect(at(0.1)).toContain('↑SYN');
    expect(at(0.1)).not.toContain('↓SYN,ACK');
    expect(whole.startsWith(at(0.1))).toBe(true);
    expect(whole.startsWith(at(0.3))).toBe(true);
    expect(at(0.3)).toContain('↓SYN,ACK');
    expect(rows(mapLines(data, look, 80))[1]).toBe(whole);
  });
});

describe('arrows', needs(whyNoFrames(serverFlow.events)), () => {
  test('stand where the frames passed: the handshake beside connect() and under it', () => {
    const drawn = seen(serverFlow, 'client-connect');
    const connect = rowWith(drawn, '✓ connect(');
    expect(drawn[connect]).toMatch(/│←── SYN ─+│ ✓ connect\(/);
    expect(drawn[connect + 1]).toMatch(/│── SYN,ACK ─+→│$/);
    expect(drawn[connect + 2]).toMatch(/│←── ACK ─+│$/);
    const before = drawn.slice(0, connect).filter(row => /[←→]/.test(row));
    expect(before).toEqual([
      expect.stringMatching(/│←── SYN ─+│ × connect\(.* ECONNREFUSED/),
      expect.stringMatching(/│── RST,ACK ─+→│$/),
    ]);
    expect(drawn.slice(connect + 3).join('')).not.toMatch(/[←→]/);
  });

  test('there are as many as were captured while they all fit', () => {
    const data = atStep(serverFlow, 6);
    const drawn = rows(flowLines(data, look, wide)).filter(row => /[←→]/.test(row));
    expect(drawn).toHaveLength(data.frames.length);
  });

  test('data says how many bytes, and a refusal says RST', () => {
    expect(seen(serverFlow, 'client-send').join('\n')).toMatch(/│←── \d+B ─+│ ✓ send\(/);
    const drawn = rows(flowLines(atStep(refused, refused.lesson.steps.length), look, {width: 120, height: 200}));
    expect(drawn[rowWith(drawn, 'ECONNREFUSED')]).toMatch(/│←── SYN ─+│ × connect\(.* = -1 ECONNREFUSED/);
    expect(drawn[rowWith(drawn, 'ECONNREFUSED') + 1]).toMatch(/│── RST,ACK ─+→│/);
  });
});

test('no arrow is drawn where nothing was captured, and it says that the wire is not observed', () => {
  const events = serverFlow.events
    .filter(({kind}) => kind !== 'frame' && kind !== 'wire-counted')
    .map((event, seq) => ({...event, seq}));
  const data = at({lesson: serverFlow.lesson, log: logOf(events)}, events.length, serverFlow.lesson.steps.length);
  for (const language of languages) {
    const drawn = rows(flowLines(data, lookOf(language, false), wide)).join('\n');
    expect(drawn).not.toMatch(/[←→]/);
    expect(drawn).toContain(language === 'en' ? 'not observed here' : '観測していません');
    expect(drawn.split('\n')[0]).toContain(language === 'en' ? 'not seen' : '観測なし');
  }
});

describe('a call that sleeps', () => {
  test('is a bar beside what the other side does, and ends where it returned', () => {
    const drawn = seen(acceptQueue, 'client-2-again');
    const begin = drawn.findLastIndex(row => row.startsWith(' ┌ accept('));
    const end = drawn.findIndex((row, i) => i > begin && row.startsWith(' ✓ accept('));
    const between = drawn.slice(begin + 1, end);
    expect(between.length).toBeGreaterThan(1);
    for (const row of between) expect(row).toMatch(/^ │ {20}/);
    expect(between.join('\n')).toMatch(/✓ socket\([\s\S]*✓ connect\(/);
    expect(drawn[end]).toMatch(/ = \d+/);
  });

  test('has a bar that grows while it waits', () => {
    const data = atStep(acceptQueue, numberOf(acceptQueue, 'server-accept-empty'));
    const since = data.view.lanes.find(({waiting}) => waiting)?.waiting?.since ?? 0;
    const bars = [1, 2, 3, 60].map(seconds => {
      const drawn = rows(flowLines({...data, now: since + seconds}, look, {width: 100, height: 20}));
      expect(drawn.join('\n')).toContain(`sleeps ${seconds}.0 s`);
      return /━*/.exec(drawn.find(row => row.includes('┌ accept('))?.replace(/^[^━]*/, '') ?? '')?.[0].length;
    });
    const [one = 0, two = 0, three = 0, many = 0] = bars;
    expect([one < two, two < three, three <= many]).toEqual([true, true, true]);
  });
});

describe('columns', () => {
  test('three actors have one each where there is room', () => {
    const [head = ''] = seen(acceptQueue, 'client-2-connect');
    expect(head).toMatch(/server’s calls .* client’s calls .* client 2’s calls/);
  });

  test('elsewhere the two that talk', () => {
    const [head = ''] = seen(acceptQueue, 'client-2-connect', {width: 100, height: 20});
    expect(head).toMatch(/server’s calls .* client 2’s calls/);
    expect(head).not.toMatch(/ client’s calls/);
    expect(seen(acceptQueue, 'client-send', {width: 100, height: 20})[0]).toMatch(/ client’s calls/);
  });
});

/** The least that is left for the flow beside a pane, on the narrowest screen that has both. */
const leastWidth = 61;
const sizes = fc.record({width: fc.integer({min: leastWidth, max: 200}), height: fc.integer({min: 2, max: 50})});
const places = fc.record({
  played: fc.constantFrom(serverFlow, acceptQueue, refused, many),
  share: fc.double({min: 0, max: 1, noNaN: true}),
  language: fc.constantFrom(...languages),
  ascii: fc.boolean(),
});

test('no line is wider than asked, there are no more than asked, and nothing in them steers a terminal', () => {
  fc.assert(
    fc.property(places, sizes, ({played, share, language, ascii}, size) => {
      const upTo = Math.round(share * played.events.length);
      const steps = played.events.slice(0, upTo).filter(({kind}) => kind === 'judged').length;
      const lines = flowLines(at(played, upTo, steps), lookOf(language, ascii), size);
      expect(lines.length).toBeLessThanOrEqual(size.height);
      for (const line of lines) {
        expect(widthOf(line)).toBeLessThanOrEqual(size.width);
        expect(textOf(line)).toBe(withoutSteering(textOf(line)));
      }
      const ambiguous = [...rows(lines).join('')].filter(
        one => eastAsianWidthType(one.codePointAt(0) ?? 0) === 'ambiguous',
      );
      if (ascii) expect(ambiguous).toEqual([]);
    }),
    {numRuns: 150},
  );
});

test('the newest call and the next are seen at any height', () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 15}), sizes, (steps, size) => {
      const data = atStep(serverFlow, steps);
      const drawn = rows(flowLines(data, look, size)).join('\n');
      const newest = data.view.calls.at(-1);
      expect(drawn).toMatch(new RegExp(`[✓×┌] ${newest?.call.name}\\(`));
      if (data.following) expect(drawn).toContain(`▶ ${data.following.step.call.name}(`);
    }),
  );
});

test.each([2, 3, 6, 20])('of a step of several calls it is the last whose result is asked for, in %i rows', height => {
  const early = numberOf(serverFlow, 'client-early');
  const data = atStep(serverFlow, early - 1);
  const following = data.following && {...data.following, isAsked: true};
  for (const width of [leastWidth, 80, 120]) {
    const drawn = rows(flowLines({...data, following}, look, {width, height})).filter(row => !row.startsWith(' Key'));
    expect(drawn.filter(row => row.includes('= ?'))).toEqual([expect.stringMatching(/┊ [▶·] connect\(.*= \?$/)]);
    expect(drawn.filter(row => row.includes('▶ '))).toHaveLength(1);
    expect(drawn.join('\n')).toMatch(/✓ bind\(/);
  }
});

test('what is beyond is counted', () => {
  const data = atStep(serverFlow, 8);
  const [head = ''] = rows(flowLines(data, look, {width: 80, height: 8}));
  const drawn = rows(flowLines(data, look, {width: 80, height: 8}));
  const [, above, below] = /▲(\d+) ▼(\d+)/.exec(head) ?? [];
  const begun = drawn.filter(row => /[✓×┌] \w+\(/.test(row)).length;
  expect(Number(above) + begun).toBe(data.view.callCount);
  const coming = drawn.filter(row => /[▶·] \w+\(/.test(row)).length;
  expect(Number(below) + coming).toBe(serverFlow.lesson.steps.slice(8).flatMap(actsOf).length);
});
