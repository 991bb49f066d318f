import fc from 'fast-check';
import {eastAsianWidthType} from 'get-east-asian-width';
import {describe, expect, test} from 'vitest';
import {paneLines} from '../../../src/draw/lesson/panes.ts';
import {type Look, lookOf} from '../../../src/draw/text/look.ts';
import {type Line, textOf, widthOf} from '../../../src/draw/text/spans.ts';
import {fieldsOf, frameViewLines} from '../../../src/draw/wire/frame-view.ts';
import {ladderLines} from '../../../src/draw/wire/ladder.ts';
import {millisecondsText} from '../../../src/draw/wire/ladder-row.ts';
import {project} from '../../../src/timeline/project.ts';
import {readFrames} from '../../../src/timeline/read-frames.ts';
import {emptyView} from '../../../src/timeline/view.ts';
import {recordedFrame} from '../../../src/wire/recorded-frame.ts';
import {captured, framesOf, whyNoFrames} from '../../frames-of.ts';
import {needs} from '../../needs.ts';
import {lessonNamed} from '../../walked.ts';

const ascii = lookOf('en', true);
const echo = await captured('echo');
const missing = whyNoFrames(echo.events);
const whole = {
  view: project(echo.log, echo.events.length),
  frames: readFrames(echo.log, echo.events.length),
  isRecorded: false,
};
const rows = (lines: readonly Line[]): string[] => lines.map(line => textOf(line).trimEnd());
const sizes = [
  {width: 60, height: 16},
  {width: 80, height: 22},
  {width: 120, height: 38},
] as const;

describe('the ladder', needs(missing), () => {
  test('has a row for each frame: when, which call, which way, and what it says', () => {
    const [title, head, ...drawn] = rows(ladderLines({...whole, selected: 1, numbers: 'relative'}, ascii, sizes[1]));
    expect(title).toMatch(/^ Frames on the wire {3}seq and ack relative: each side counts from 0 .* 2\/\d+$/);
    expect(head).toMatch(/^ +ms call \(-: after\) +server +client$/);
    expect(drawn[0]).toMatch(/^ {5}0\.000 client connect\(\) +\|<-+ SYN -+\| seq 0 win \d+ mss \d+$/);
    expect(drawn[1]).toMatch(/^> {4}0\.\d{3} client connect\(\) +\|-+ SYN,ACK -+>\| seq 0 ack 1 win \d+ mss \d+$/);
    expect(drawn[3]).toMatch(/server send\(\) +\|-+ 13B -+>\| seq 1 ack 1 win \d+ len 13$/);
    expect(drawn.join('\n')).toMatch(
      / 127\.0\.0\.1:8080 -> 127\.0\.0\.1:\d+\n SYN, ACK seq 0 ack 1 .*\n before the client's connect/,
    );
  });

  test('marks what came after its call had returned, and what was sent again', () => {
    const [first] = whole.frames;
    if (!first) throw new Error('there are no frames');
    const late = {...first, times: 2, frame: {...first.frame, isDuring: false}};
    const drawn = rows(ladderLines({...whole, frames: [late], selected: 0, numbers: 'relative'}, ascii, sizes[1]));
    expect(drawn[2]).toMatch(/client connect\(\) - +\|<-+ SYN again -+\| seq 0/);
    expect(drawn.join('\n')).toContain("after the client's connect() had returned  sent 2 times");
  });

  test('absolute numbers are those of the frames, and it says which are shown', () => {
    const drawn = rows(ladderLines({...whole, selected: 0, numbers: 'absolute'}, ascii, sizes[1])).join('\n');
    const [{summary} = {}] = whole.frames;
    expect(drawn).toContain('seq and ack absolute');
    expect(drawn).toContain(`seq ${summary?.kind === 'tcp' ? summary.sequence : '?'} win`);
  });

  test('the frame under the cursor is always seen', () => {
    for (const [i] of whole.frames.entries()) {
      const drawn = rows(ladderLines({...whole, selected: i, numbers: 'relative'}, ascii, {width: 60, height: 12}));
      expect(drawn.filter(line => line.startsWith('>'))).toHaveLength(1);
    }
  });

  test('the pane has the newest frames, and from some rows on the count of the kernel', () => {
    const data = {...whole, lesson: echo.lesson, step: null, port: 8080};
    const drawn = rows(paneLines('wire', data, ascii, {width: 80, height: 6}));
    expect(drawn).toHaveLength(6);
    expect(drawn.at(-1)).toBe(`PACKET_STATISTICS: ${whole.view.wire?.captured} captured, 0 dropped`);
    expect(drawn.at(-2)).toMatch(/^ *\d+\.\d{3} \|(<-+ ACK -+|-+ ACK -+>)\| ACK seq \d+ ack \d+ win \d+$/);
  });

  test('one frame: its bytes by layer, its fields, and what the chosen one is for', () => {
    const [read] = whole.frames;
    if (!read) throw new Error('there are no frames');
    const selected = fieldsOf(read).findIndex(({field}) => field.name === 'tcp-destination-port');
    const lines = frameViewLines({read, n: 1, all: 9, selected}, ascii, sizes[1]);
    const drawn = rows(lines);
    expect(drawn[0]).toMatch(/^ Frame 1 of 9 {2}client connect\(\) {2}0\.000 ms +74 bytes on lo$/);
    expect(drawn[1]).toBe(' E link  I internet  T transport');
    expect(drawn[4]).toMatch(/^ 0020 {2}00 01 .. .. 1f 90 .* IITTTTTTTTTTTTTT$/);
    expect(
      lines[4]
        ?.filter(span => span.inverse)
        .map(span => span.text)
        .join(''),
    ).toBe('1f 90TT');
    expect(drawn.find(line => line.startsWith(' >'))).toMatch(/^ > T 36\+2 +destination port +8080$/);
    expect(drawn.at(-1)).toContain('The port of the side that the segment is for.');
  });

  test('a checksum that was left unfinished is explained', () => {
    const [read] = whole.frames;
    if (!read) throw new Error('there are no frames');
    const selected = fieldsOf(read).findIndex(({field}) => field.name === 'tcp-checksum');
    const drawn = rows(frameViewLines({read, n: 1, all: 9, selected}, lookOf('ja', false), sizes[1]));
    expect(drawn.at(-1)).toContain('チェックサムオフロード');
  });
});

test('a frame that ends too early says so, and how far it goes', () => {
  const [read] = framesOf([recordedFrame.subarray(0, 30)]);
  if (!read) throw new Error('there is no frame');
  const drawn = rows(frameViewLines({read, n: 1, all: 1, selected: 0}, ascii, sizes[0]));
  expect(drawn.at(-1)).toMatch(/^ at byte 30: /);
});

test.each([
  [{wire: null, callCount: 3}, false, '--network private'],
  [{wire: {captured: 0, dropped: 0, omitted: 0}, callCount: 3}, false, 'No frame has passed yet'],
  [{wire: null, callCount: 0}, false, 'No frame has passed yet'],
  [{wire: null, callCount: 0}, true, 'No frame has passed yet'],
  [{wire: null, callCount: 3}, true, 'This recording has no captured frames'],
])('without frames (%o, recorded: %s) both views say why', (change, isRecorded, said) => {
  const data = {view: {...emptyView, ...change}, frames: [], isRecorded};
  const pane = {...data, lesson: lessonNamed('echo'), step: null, port: 0};
  const ladder = ladderLines({...data, selected: 0, numbers: 'relative'}, ascii, sizes[0]);
  expect(rows(ladder).join(' ')).toContain(said);
  expect(rows(paneLines('wire', pane, ascii, {width: 60, height: 4})).join(' ')).toContain(said);
});

describe('time in which nothing passes', needs(missing), () => {
  const [first] = whole.frames;
  const after = (ms: number): typeof whole.frames =>
    first ? [first, {...first, atUs: first.atUs + ms * 1000, times: 2}] : [];
  const drawnAfter = (ms: number, size: (typeof sizes)[number]): string[] => {
    const drawn = rows(ladderLines({...whole, frames: after(ms), selected: 1, numbers: 'relative'}, ascii, size));
    return drawn.slice(
      3,
      drawn.findIndex(line => line.startsWith('>')),
    );
  };

  test('is to scale: a row for each 100 ms', () => {
    expect(drawnAfter(10, sizes[2])).toEqual([]);
    expect(drawnAfter(203, sizes[1])).toEqual([
      expect.stringMatching(/^ +: +203 ms +: silence \(a row: 100 ms\)$/),
      expect.stringMatching(/^ +: +:$/),
    ]);
    expect(drawnAfter(410, sizes[2])).toHaveLength(4);
    expect(drawnAfter(810, sizes[2])).toHaveLength(8);
  });

  test('and where there is no room for that, it says so', () => {
    expect(drawnAfter(3000, sizes[1])).toEqual([
      expect.stringMatching(/^ +~ +3\.00 s +~ silence \(~: cut short\)$/),
      expect.stringMatching(/^ +: +:$/),
    ]);
    expect(drawnAfter(3000, sizes[2])).toHaveLength(8);
  });

  test('has its row in the pane too', () => {
    const data = {...whole, frames: after(203), lesson: echo.lesson, step: null, port: 8080};
    const drawn = rows(paneLines('wire', data, ascii, {width: 80, height: 4}));
    expect(drawn[2]).toMatch(/~ +203 ms +~/);
  });
});

test.each([80, 100, 120, 200])('at %i cells a row leaves no room empty, and ends with a whole field', width => {
  if (missing) return;
  const data = {...whole, selected: 0, numbers: 'relative'} as const;
  const drawn = ladderLines(data, ascii, {width, height: 60}).slice(2, 2 + whole.frames.length);
  expect(drawn.map(textOf).join('')).not.toContain('..');
  // A cell is left at each side.
  expect(Math.max(...rows(drawn).map(({length}) => length))).toBe(width - 1);
});

/** What anybody may send: anything, and real frames with a byte changed or an end missing. */
const hostile = fc.oneof(
  fc.uint8Array({maxLength: 200}),
  fc.nat(recordedFrame.length).map(n => recordedFrame.slice(0, n)),
  fc
    .tuple(fc.nat(recordedFrame.length - 1), fc.nat(255))
    .map(([at, byte]) => recordedFrame.map((old, i) => (i === at ? byte : old))),
);

test('whatever the bytes are: no line is wider than asked, none steers a terminal, and --ascii is ASCII', () => {
  const fits = (lines: readonly Line[], {width, height}: {width: number; height: number}, look: Look) => {
    expect(lines.length).toBeLessThanOrEqual(height);
    for (const line of lines) {
      expect(widthOf(line)).toBeLessThanOrEqual(width);
      expect(textOf(line)).not.toMatch(/[\0-\x1f\x7f-\x9f\u202a-\u202e]/);
      if (look.ascii) expect([...textOf(line)].filter(isAmbiguous)).toEqual([]);
    }
  };
  const isAmbiguous = (char: string): boolean => eastAsianWidthType(char.codePointAt(0) ?? 0) === 'ambiguous';
  const looks = fc.tuple(fc.constantFrom('ja' as const, 'en' as const), fc.boolean()).map(args => lookOf(...args));
  const draw = (all: Uint8Array[], look: Look, size: (typeof sizes)[number], at: number, isAbsolute: boolean) => {
    const frames = framesOf(all);
    const data = {view: emptyView, frames, isRecorded: false};
    const selected = at % frames.length;
    fits(ladderLines({...data, selected, numbers: isAbsolute ? 'absolute' : 'relative'}, look, size), size, look);
    fits(paneLines('wire', {...data, lesson: lessonNamed('echo'), step: null, port: 0}, look, size), size, look);
    const read = frames[selected];
    if (read) fits(frameViewLines({read, n: 1, all: 1, selected: at}, look, size), size, look);
  };
  const some = fc.array(hostile, {minLength: 1, maxLength: 4});
  fc.assert(fc.property(some, looks, fc.constantFrom(...sizes), fc.nat(40), fc.boolean(), draw));
});

describe('between several machines', needs(missing), () => {
  const [first] = whole.frames;
  const atRouter = (device: string, one: typeof first) =>
    one ? [{...one, frame: {...one.frame, host: 'router' as const, device}}] : [];
  const frames = [...atRouter('lan', first), ...atRouter('wan', first)];

  test('a row says where the frame was seen, between which addresses, and its TTL', () => {
    const drawn = rows(ladderLines({...whole, frames, selected: 0, numbers: 'relative'}, ascii, sizes[1]));
    expect(drawn[2]).toMatch(/ lan +\|<.*\| 127\.0\.0\.1->127\.0\.0\.1 ttl 64 /);
    expect(drawn[3]).toMatch(/ wan /);
  });

  test.each([54, 78])('so does the pane, %i cells wide', width => {
    const data = {...whole, frames, lesson: echo.lesson, step: null, port: 8080};
    const drawn = rows(paneLines('wire', data, ascii, {width, height: 4}));
    expect(drawn.slice(-2).join('\n')).toMatch(/lan +\|.*\| 127\.0\.0\.1->127\.0\.0\.1 ttl 64 .*\n.*wan /);
  });
});

test('times are milliseconds with three digits behind the point: microseconds', () => {
  expect([0, 1, 1500, 200_004].map(millisecondsText)).toEqual(['0.000', '0.001', '1.500', '200.004']);
});
