import {eastAsianWidthType} from 'get-east-asian-width';
import {describe, expect, test} from 'vitest';
import {hostsPicture} from '../../../src/draw/picture/hosts-picture.ts';
import {type Look, lookOf} from '../../../src/draw/text/look.ts';
import {textOf, widthOf} from '../../../src/draw/text/spans.ts';
import {languages} from '../../../src/model/text.ts';
import {crossingsOf} from '../../../src/timeline/crossings.ts';
import {project} from '../../../src/timeline/project.ts';
import {allOfStep, readFrames} from '../../../src/timeline/read-frames.ts';
import {captured} from '../../frames-of.ts';
import {needs} from '../../needs.ts';
import {whyNotWhole} from '../../walked.ts';

const nat = await captured('nat');
const missing = await whyNotWhole(nat.lesson);
const ascii = lookOf('en', true);

const at = (step: string) => {
  const end = nat.endOf(step);
  return {
    view: project(nat.log, end),
    frames: readFrames(nat.log, end),
    ...nat,
    step: null,
    port: 8080,
    isRecorded: false,
  };
};
const drawn = (step: string, width: number, height: number, look: Look = ascii): string[] =>
  hostsPicture(at(step), look, {width, height}).map(line => textOf(line).trimEnd());

describe('the packets of a call at the router', needs(missing), () => {
  test('stand in one row before and after, with what was rewritten in brackets', () => {
    const [title, head, ...rows] = drawn('client-connect-translated', 100, 8);
    expect(title).toMatch(
      /^Packets of client connect\(\) \(before the router, and after it\) +\[ \] what was rewritten$/,
    );
    expect(head).toMatch(/^ +lan \(home\) +wan \(outside\) +ttl$/);
    const [syn, answer, ack] = rows;
    const rewritten = (way: string): RegExp =>
      new RegExp(
        `\\[192\\.168\\.1\\.10\\]:(\\d+) ${way} 203\\.0\\.113\\.80:8080 +\\[203\\.0\\.113\\.5\\]:\\1 ${way} 203\\.0\\.113\\.80:8080`,
      );
    expect(syn).toMatch(/^SYN .* 64>63$/);
    expect(syn).toMatch(rewritten('->'));
    expect(answer).toMatch(/^SYN,ACK .* 63<64$/);
    expect(answer).toMatch(rewritten('<-'));
    expect(ack).toMatch(rewritten('->'));
  });

  test('in two rows where one would be too wide, and how many more there are', () => {
    const rows = drawn('client-connect-translated', 80, 6);
    expect(rows[1]).toMatch(/^SYN +lan \[192\.168\.1\.10\]:\d+ -> 203\.0\.113\.80:8080 +ttl 64$/);
    expect(rows[2]).toMatch(/^ +wan \[203\.0\.113\.5\]:\d+ -> 203\.0\.113\.80:8080 +ttl 63$/);
    expect(rows.at(-1)).toMatch(/1 more\. All of them: w\.$/);
  });

  test('beside the calls have less between their ends, and nothing is cut', () => {
    const rows = drawn('client-connect-translated', 51, 13);
    expect(rows[1]).toMatch(/^SYN +lan \[192\.168\.1\.10\]:\d+>203\.0\.113\.80:8080$/);
    expect(rows[2]).toMatch(/^64>63 +wan \[203\.0\.113\.5\]:\d+>203\.0\.113\.80:8080$/);
    expect(rows.slice(1, 7).join('')).not.toContain('..');
  });

  test('without NAT have nothing in brackets, and ARP stands where a call made it', () => {
    const rows = drawn('datagram', 100, 10);
    expect(rows.filter(row => row.startsWith('ARP '))).toHaveLength(4);
    expect(rows.find(row => row.startsWith('5B '))).toMatch(
      /192\.168\.1\.10:\d+ -> 203\.0\.113\.80:8080 +192\.168\.1\.10/,
    );
    expect(rows.slice(1).join('')).not.toContain('[');
  });

  test('of the last call that had some, where this one has none', () => {
    expect(drawn('server-accepts', 100, 8)[0]).toMatch(/^Nothing passed now\. Before, of client connect\(\)/);
  });

  test('ARP that came after the call is folded into a line', () => {
    const data = at('datagram');
    const frames = data.frames.map(read =>
      read.summary?.kind === 'arp' ? {...read, frame: {...read.frame, isDuring: false}} : read,
    );
    const rows = hostsPicture({...data, frames}, ascii, {width: 100, height: 10}).map(textOf);
    expect(rows.filter(row => row.startsWith('ARP '))).toHaveLength(0);
    expect(rows.at(-1)).toContain('4 ARP after sendto() had returned.');
  });

  test('fit wherever they are drawn, in both languages, and --ascii has nothing ambiguous', () => {
    for (const {id} of nat.lesson.steps)
      for (const language of languages)
        for (const width of [47, 60, 80, 100, 120, 200])
          for (const height of [3, 6, 12]) {
            const lines = hostsPicture(at(id), lookOf(language, true), {width, height});
            expect(lines.length).toBeLessThanOrEqual(height);
            for (const line of lines) expect(widthOf(line)).toBe(width);
            if (width >= 80) expect(lines.map(textOf).join('\n')).not.toContain('..');
            const isAmbiguous = (one: string): boolean => eastAsianWidthType(one.codePointAt(0) ?? 0) === 'ambiguous';
            expect(lines.flatMap(line => [...textOf(line)]).filter(isAmbiguous)).toEqual([]);
          }
  });

  test('are the pairs of what came in and what went out', () => {
    const {frames, view} = at('client-connect-translated');
    const crossings = crossingsOf(allOfStep(frames, view));
    expect(crossings.slice(0, 3).map(({goesOut}) => goesOut)).toEqual([true, false, true]);
    expect(crossings.slice(0, 3).every(({lan, wan}) => lan && wan)).toBe(true);
  });

  test('a frame belongs to the call that had begun, also while that waits', () => {
    const {frames} = at('server-polls');
    const syns = frames.filter(({summary}) => summary?.kind === 'tcp' && summary.flags.includes('SYN'));
    expect(syns.length).toBeGreaterThan(0);
    expect(new Set(syns.map(({call}) => call?.name))).not.toContain('setsockopt');
  });
});
