import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {lookOf} from '../../../src/draw/text/look.ts';
import {textOf, widthOf} from '../../../src/draw/text/spans.ts';
import {arrowLine} from '../../../src/draw/wire/arrow.ts';
import {betweenLines, type Passing} from '../../../src/draw/wire/between.ts';
import {flightTime, grownAt} from '../../../src/draw/wire/flight.ts';
import type {Summary} from '../../../src/model/wire.ts';
import {project} from '../../../src/timeline/project.ts';
import {framesOfStep, type ReadFrame, readFrames} from '../../../src/timeline/read-frames.ts';
import {recordedFrame} from '../../../src/wire/recorded-frame.ts';
import {captured, framesOf, whyNoFrames} from '../../frames-of.ts';
import {needs} from '../../needs.ts';

const ascii = lookOf('en', true);
const echo = await captured('echo');
const udp = await captured('udp');
const missing = whyNoFrames(echo.events);

function drawn({log, endOf}: typeof echo, step: string, width: number, height: number): string[] {
  const view = project(log, endOf(step));
  const passing: Passing = {frames: framesOfStep(readFrames(log, endOf(step)), view), flight: null};
  return betweenLines(view, passing, ascii, {width, height}, 0).map(line => textOf(line).trimEnd());
}

describe('what passes between the lanes', needs(missing), () => {
  test('the handshake, as it happened, in 8 cells and in 14', () => {
    expect(drawn(echo, 'client-connect', 8, 6)).toEqual(['', ' <====>', '<SYN----', 'SYN,ACK>', '<ACK----']);
    expect(drawn(echo, 'client-connect', 14, 10).slice(2)).toEqual([
      '<-- SYN ------',
      '-- SYN,ACK -->',
      '<-- ACK ------',
    ]);
  });

  test('data has its length, and the letters of its bytes keep their row', () => {
    expect(drawn(echo, 'server-greet', 8, 6)).toEqual(['', ' <====>', '13B---->', '<ACK----', ' A 13B>']);
  });

  test('a datagram and an ICMP error have their names', () => {
    expect(drawn(udp, 'client-send-nobody', 8, 6).slice(1)).toEqual(['<5B-----', 'ICMP--->']);
  });

  test('where not all fit the newest are shown, and how many are not', () => {
    expect(drawn(echo, 'client-connect', 8, 4)).toEqual([' <====>', '<SYN----', 'SYN,ACK>', '<ACK----']);
    expect(drawn(echo, 'client-connect', 8, 3)).toEqual([' <====>', ' +2', '<ACK----']);
  });

  test('flying frames appear one after the other, and grow from the sender', () => {
    const view = project(echo.log, echo.endOf('client-connect'));
    const frames = framesOfStep(readFrames(echo.log, view.length), view);
    const flight = {from: frames[0]?.frame.seq ?? 0, since: 0};
    const at = (now: number) =>
      betweenLines(view, {frames, flight}, ascii, {width: 8, height: 6}, now)
        .map(line => textOf(line))
        .slice(2);
    expect(at(0)).toEqual([]);
    expect(at(0.11)).toEqual(['    <---']);
    expect(at(0.31)).toEqual(['<SYN----', '--->    ']);
    expect(at(0.7)).toEqual(['<SYN----', 'SYN,ACK>', '<ACK----']);
  });
});

const [read] = framesOf([recordedFrame]) as [ReadFrame];
const tcp = (change: Partial<Extract<Summary, {kind: 'tcp'}>>, times = 1): ReadFrame => {
  const {summary} = read;
  if (summary?.kind !== 'tcp') throw new Error('the recorded frame is not TCP');
  return {...read, sender: 'client', goesTo: 'server', times, summary: {...summary, ...change}};
};
const arrow = (one: ReadFrame, width: number, look = ascii): string => textOf(arrowLine(one, width, look));

describe('an arrow', () => {
  test('marks what is sent again with words, not with colour alone', () => {
    expect(arrow(tcp({length: 13}, 2), 14)).toBe('<13B again----');
    expect(arrow(tcp({length: 13}, 3), 8)).toBe('<13B x3-');
    expect(arrow(tcp({length: 13}, 2), 8, lookOf('ja', false))).toBe('←13B x2─');
    expect(arrow(tcp({length: 0, flags: ['ACK', 'SYN']}, 2), 8)).toBe('<S,A x2-');
  });

  test('says that the window is closed, and gives large lengths in short where they do not fit', () => {
    expect(arrow(tcp({length: 0, window: 0, flags: ['ACK']}), 8)).toBe('<win 0--');
    expect(arrow(tcp({length: 65483}), 14)).toBe('<-- 65483B ---');
    expect(arrow(tcp({length: 65483}, 2), 8)).toBe('<65kB x2');
  });

  test('a reset is bold, in the colour of its sender', () => {
    expect(arrowLine(tcp({length: 0, flags: ['ACK', 'RST']}), 8, ascii)).toMatchObject([
      {text: '<RST,ACK', tone: 'client', bold: true},
    ]);
  });

  test('is as wide as asked for whatever the bytes are, and at every moment of its growth', () => {
    const bytes = fc.oneof(
      fc.uint8Array({maxLength: 120}),
      fc.tuple(fc.nat(80), fc.nat(255)).map(([i, byte]) => recordedFrame.map((old, j) => (i === j ? byte : old))),
    );
    const looks = fc.tuple(fc.constantFrom('ja' as const, 'en' as const), fc.boolean()).map(args => lookOf(...args));
    const ask = (frames: Uint8Array[], width: number, look: ReturnType<typeof lookOf>, grown: number) => {
      for (const one of framesOf(frames)) {
        const line = arrowLine(one, width, look, grown);
        expect(widthOf(line)).toBe(width);
        expect(textOf(line)).not.toMatch(/[\0-\x1f\x7f-\x9f]/);
      }
    };
    const some = fc.array(bytes, {maxLength: 4});
    fc.assert(fc.property(some, fc.integer({min: 8, max: 30}), looks, fc.double({min: 0, max: 1, noNaN: true}), ask));
  });
});

test('a flight takes 200 ms a frame, and never longer than 1.2 s', () => {
  expect([1, 3, 6, 100].map(flightTime)).toEqual([0.2, expect.closeTo(0.6), expect.closeTo(1.2), 1.2]);
  const frames = framesOf(Array.from({length: 100}, () => recordedFrame));
  const grown = grownAt(frames, {from: 50, since: 0}, 0.6);
  expect(grown.slice(0, 75).every(part => part === 1)).toBe(true);
  expect(grown.slice(76).every(part => part === 0)).toBe(true);
  expect(grownAt(frames, {from: 50, since: 0}, 1.2).every(part => part === 1)).toBe(true);
});
