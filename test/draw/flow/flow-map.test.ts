import fc from 'fast-check';
import {eastAsianWidthType} from 'get-east-asian-width';
import {describe, expect, test} from 'vitest';
import type {FlowData} from '../../../src/draw/flow/flow-data.ts';
import {mapLines} from '../../../src/draw/flow/flow-map.ts';
import {lookOf} from '../../../src/draw/text/look.ts';
import {type Line, textOf, widthOf, withoutSteering} from '../../../src/draw/text/spans.ts';
import {type Act, actsOf} from '../../../src/model/lesson.ts';
import {languages} from '../../../src/model/text.ts';
import {captured, whyNoFrames} from '../../frames-of.ts';
import {needs} from '../../needs.ts';
import {at, atStep} from './at-step.ts';

const [serverFlow, acceptQueue, refused] = await Promise.all(['server-flow', 'accept-queue', 'refused'].map(captured));
if (!serverFlow || !acceptQueue || !refused) throw new Error('a walk is missing');
const look = lookOf('en', false);
const rows = (lines: readonly Line[]): string[] => lines.map(line => textOf(line).trimEnd());

test('the two rows are the sides, and time goes to the right', () => {
  const [server = '', , client = ''] = rows(mapLines(atStep(serverFlow, 6), look, 120));
  expect(server).toMatch(/^ server +socket✓─setsockopt✓─bind✓─+listen✓─+▶accept·+recv·+send·+close·+close$/);
  expect(client).toMatch(/^ client +socket✓─connect×─+close✓─socket✓─connect✓·+send·+recv·+recv·+close$/);
  // The first connect() was refused: the server listened after it, and before the second.
  const [early, connect] = [client.indexOf('connect×'), client.indexOf('connect✓')];
  expect(early).toBeGreaterThan(server.indexOf('bind'));
  expect(server.indexOf('listen')).toBeGreaterThan(early);
  expect(connect).toBeGreaterThan(server.indexOf('listen'));
  expect(server.indexOf('▶accept')).toBeGreaterThan(connect);
});

test('of a call that failed it has a mark, and of the newest the errno', () => {
  const failed = refused.lesson.steps.findIndex(({id}, i) =>
    atStep(refused, i + 1).view.calls.some(({step, result}) => step === id && result.kind === 'failed'),
  );
  expect(rows(mapLines(atStep(refused, failed + 1), look, 100)).join('\n')).toMatch(/connect×ECONNREFUSED/);
});

test('a call that sleeps lasts as long as what the other side does meanwhile', () => {
  const before = acceptQueue.lesson.steps.findIndex(({id}) => id === 'server-accept-empty') + 1;
  expect(rows(mapLines(atStep(acceptQueue, before), look, 80))[0]).toMatch(/accept━+/);
  const [server = '', , client = ''] = rows(mapLines(atStep(acceptQueue, before + 1), look, 80));
  const bar = /accept━+✓/.exec(server);
  const end = (bar?.index ?? 0) + (bar?.[0].length ?? 0) - 1;
  expect(client.lastIndexOf('socket')).toBeGreaterThan(bar?.index ?? Number.POSITIVE_INFINITY);
  expect(client.lastIndexOf('connect')).toBeLessThan(end);
});

describe('arrows', needs(whyNoFrames(serverFlow.events)), () => {
  test('stand under the call that they belong to, up to the server and down to the client', () => {
    const [, wire = '', client = ''] = rows(mapLines(atStep(serverFlow, 6), look, 120));
    expect(wire.trim()).toMatch(/^↑SYN ↓RST,ACK +↑SYN ↓SYN,ACK ↑ACK$/);
    expect(wire.indexOf('↑SYN')).toBe(client.indexOf('connect×'));
    expect(wire.lastIndexOf('↑SYN')).toBe(client.indexOf('connect✓'));
  });

  test('there are none before anything passed', () => {
    const early = serverFlow.lesson.steps.findIndex(({id}) => id === 'client-early');
    expect(rows(mapLines(atStep(serverFlow, early), look, 120))[1]).toBe('');
  });
});

/** The first of the calls to come: of a step that has begun, some were made already. */
function nextOf({view, lesson, following}: FlowData): Act | undefined {
  if (!following) return undefined;
  const made = view.calls.filter(({step}) => step === following.step.id).length;
  return lesson.steps.slice(lesson.steps.indexOf(following.step)).flatMap(actsOf)[made];
}

test('at any width from 60 on, in either language, where the learner stands is seen, and no line is too wide', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(serverFlow, acceptQueue, refused),
      fc.double({min: 0, max: 1, noNaN: true}),
      fc.integer({min: 60, max: 200}),
      fc.constantFrom(...languages),
      fc.boolean(),
      (played, share, width, language, ascii) => {
        const upTo = Math.round(share * played.events.length);
        const steps = played.events.slice(0, upTo).filter(({kind}) => kind === 'judged').length;
        const data = at(played, upTo, steps);
        const lines = mapLines(data, lookOf(language, ascii), width);
        const drawn = rows(lines).join('\n');
        expect(lines).toHaveLength(3);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
        expect(drawn.replaceAll('\n', '')).toBe(withoutSteering(drawn.replaceAll('\n', '')));
        const coming = nextOf(data)?.call.name;
        if (coming !== undefined) expect(drawn).toContain(`${ascii ? '>' : '▶'}${coming}`);
        const ambiguous = [...drawn].filter(one => eastAsianWidthType(one.codePointAt(0) ?? 0) === 'ambiguous');
        if (ascii) expect(ambiguous).toEqual([]);
      },
    ),
    {numRuns: 150},
  );
});
