import fc from 'fast-check';
import {eastAsianWidthType} from 'get-east-asian-width';
import {describe, expect, test} from 'vitest';
import {layers as lesson} from '../../../lessons/layers.ts';
import {layersPicture} from '../../../src/draw/picture/layers-picture.ts';
import {type Look, lookOf} from '../../../src/draw/text/look.ts';
import {type Line, widthOf} from '../../../src/draw/text/spans.ts';
import {osiText} from '../../../src/messages/layers.ts';
import type {OsiLayer} from '../../../src/model/layers.ts';
import type {Step} from '../../../src/model/lesson.ts';
import {languages} from '../../../src/model/text.ts';
import {emptyView} from '../../../src/timeline/view.ts';
import {recordedFrame} from '../../../src/wire/recorded-frame.ts';
import {framesOf} from '../../frames-of.ts';

const sizes = [47, 60, 80].flatMap(width => [2, 5, 11, 26].map(height => ({width, height})));
const textOf = (line: Line): string =>
  line
    .map(span => span.text)
    .join('')
    .trimEnd();

function drawn(step: Step, look: Look, width: number, height: number): string[] {
  const data = {view: emptyView, lesson, step, port: 8080, frames: [], isRecorded: false};
  return layersPicture(data, look, {width, height}).map(textOf);
}
const stepNamed = (id: string): Step => lesson.steps.find(step => step.id === id) as Step;
const steps = ['server-socket', 'client-connect', 'client-send', 'server-recv'].map(stepNamed);
const ascii = lookOf('en', true);

describe('the picture of the layers', () => {
  test.each(languages)('fits wherever it is drawn, in %s', language => {
    for (const step of steps) {
      for (const size of sizes) {
        const lines = layersPicture(
          {view: emptyView, lesson, step, port: 8080, frames: [], isRecorded: false},
          lookOf(language, false),
          size,
        );
        expect(lines.length).toBeLessThanOrEqual(size.height);
        for (const line of lines) expect(widthOf(line)).toBe(size.width);
      }
    }
  });

  test.each(languages)('has no character of ambiguous width with --ascii, in %s', language => {
    for (const step of steps) {
      for (const {width, height} of sizes) {
        const characters = drawn(step, lookOf(language, true), width, height).flatMap(line => [...line]);
        expect(characters.filter(one => eastAsianWidthType(one.codePointAt(0) ?? 0) === 'ambiguous')).toEqual([]);
      }
    }
  });

  test('marks the layers that a call concerns, and has the call at the boundary', () => {
    expect(drawn(stepNamed('server-listen'), ascii, 80, 5)).toEqual([
      '. 7 application 6 presentation 5 session | application',
      `-- socket API -- server listen(listener, 5) ${'-'.repeat(36)}`,
      '# 4 transport                            | transport TCP/UDP',
      '. 3 network                              | internet IP',
      '. 2 data link 1 physical         OSI (7) | link   TCP/IP (4)',
    ]);
  });

  test('has the layers even in two rows', () => {
    expect(drawn(stepNamed('server-bind'), ascii, 60, 2)).toEqual(['. application', '# transport  # internet  . link']);
  });

  test('has all seven layers of OSI where there is room', () => {
    const rows = drawn(stepNamed('server-bind'), ascii, 47, 13);
    expect(rows).toEqual([
      '  OSI (7)        | TCP/IP (4)',
      '. 7 application  | application',
      '. 6 presentation |',
      '. 5 session      |',
      '-- socket API -- server setsockopt() ----------',
      '# 4 transport    | transport TCP/UDP',
      '# 3 network      | internet IP',
      '. 2 data link    | link',
      '. 1 physical     |',
    ]);
    // Without a row for it, whose layers they are stands in the last.
    expect(drawn(stepNamed('server-bind'), ascii, 47, 8)).toEqual([
      '. 7 application      | application',
      '. 6 presentation     |',
      '. 5 session          |',
      '-- socket API -- server setsockopt() ----------',
      '# 4 transport        | transport TCP/UDP',
      '# 3 network          | internet IP',
      '. 2 data link        | link',
      '. 1 physical OSI (7) |        TCP/IP (4)',
    ]);
  });

  test.each(languages)('has a row with its name for each layer of OSI wherever seven fit, in %s', language => {
    const look = lookOf(language, false);
    const isNamed = (lines: readonly string[], number: OsiLayer): boolean =>
      lines.some(line => line.slice(2).startsWith(`${number} ${look.say(osiText[number])}`));
    const room = fc.record({width: fc.integer({min: 47, max: 200}), height: fc.integer({min: 7, max: 40})});
    fc.assert(
      fc.property(room, fc.constantFrom(...steps), ({width, height}, step) => {
        const lines = drawn(step, look, width, height);
        // While there is no room for both, the step that sends shows what it sends.
        if (step.id !== 'client-send' || height >= 13)
          for (const number of [7, 6, 5, 4, 3, 2, 1] as const) expect(isNamed(lines, number)).toBe(true);
      }),
    );
  });

  test('never has a number of a layer without its name', () => {
    const anywhere = fc.record({width: fc.integer({min: 40, max: 200}), height: fc.integer({min: 2, max: 40})});
    fc.assert(
      fc.property(anywhere, fc.constantFrom(...steps), fc.constantFrom(...languages), (size, step, language) => {
        const text = drawn(step, lookOf(language, false), size.width, size.height).join('\n');
        expect(text).not.toMatch(/[□■] \d \d/);
      }),
    );
  });

  test('beside the frame, what each layer has put into it', () => {
    expect(drawn(stepNamed('client-send'), ascii, 51, 9)).toEqual([
      '# 7 application      | application  data 15 B',
      '# 6 presentation     |',
      '# 5 session          |',
      '-- socket API -- client send() --------------------',
      '# 4 transport        | transport  TCP 32 B',
      '# 3 network          | internet  IP 20 B',
      '# 2 data link        | link  14 B',
      '. 1 physical OSI (7) |             TCP/IP (4)',
      'RECORDED earlier, not now: one frame on lo',
    ]);
  });

  test('shows the recorded frame where bytes are sent, and calls it a recording', () => {
    expect(drawn(stepNamed('client-send'), ascii, 80, 5)).toEqual([
      'RECORDED earlier, not now: one frame on lo',
      'application                                     |こんにちは  | 15 B data',
      'transport                         |TCP 32 B     |            | 47 B segment',
      'internet                |IP 20 B  |                          | 67 B packet',
      'link             |14 B  |                                    | 81 B frame',
    ]);
  });

  test('shows the newest frame that carries data, once one was captured, and says where it is from', () => {
    const ack = recordedFrame.slice(0, 66).with(17, 52);
    const frames = framesOf([recordedFrame.with(66, 0x41).with(67, 0x42).with(68, 0x43), ack]);
    const step = stepNamed('client-send');
    const head = (isRecorded: boolean) =>
      layersPicture({view: emptyView, lesson, step, port: 8080, frames, isRecorded}, ascii, {width: 80, height: 5}).map(
        textOf,
      );
    expect(head(false)[0]).toBe('CAPTURED just now: a frame of this walk');
    expect(head(false)[1]).toContain('|ABC');
    expect(head(true)[0]).toBe('RECORDED: a frame that was captured in this recording');
  });
});
