import fc from 'fast-check';
import {eastAsianWidthType} from 'get-east-asian-width';
import {describe, expect, test} from 'vitest';
import {placedLanes} from '../../../src/draw/lesson/host-lanes.ts';
import {type Look, lookOf} from '../../../src/draw/text/look.ts';
import {textOf, widthOf} from '../../../src/draw/text/spans.ts';
import {nothingPasses} from '../../../src/draw/wire/between.ts';
import {project} from '../../../src/timeline/project.ts';
import {readFrames} from '../../../src/timeline/read-frames.ts';
import {captured} from '../../frames-of.ts';
import {needs} from '../../needs.ts';
import {whyNotWhole} from '../../walked.ts';

const nat = await captured('nat');
const roles = await captured('both-roles');
const missing = (await whyNotWhole(nat.lesson)) ?? (await whyNotWhole(roles.lesson));
const ascii = lookOf('en', true);

function drawn({log, endOf}: typeof nat, step: string, width: number, height: number, look: Look = ascii): string[] {
  const end = endOf(step);
  const moment = {view: project(log, end), frames: readFrames(log, end), passing: nothingPasses, now: 0};
  return placedLanes(moment, look, {width, height}, null).map(line => {
    expect(widthOf(line)).toBe(width);
    return textOf(line);
  });
}

describe('where there are several machines', needs(missing), () => {
  test('each has a box, with those who live there, and the router stands between', () => {
    const [top, link, ...rows] = drawn(nat, 'client-connect-translated', 100, 8);
    expect(top).toMatch(/^\+ home 192\.168\.1\.10 -+\+ +lan +\+ router -+\+ +wan +\+ internet 203\.0\.113\.80 -*\+$/);
    expect(link).toMatch(/^\| client pid \d+ +\|={8}\| 192\.168\.1\.1 +\|={8}\| server pid \d+ +\|$/);
    expect(rows[0]).toMatch(/^\| {2}fd \d+ ESTABLISHED +\|SYN-+>\|.*\|SYN-+>\| {2}fd \d+ LISTEN 0\.0\.0\.0:8080/);
    expect(rows[1]).toMatch(
      / (:\d+)?->203\.0\.113\.80:8080 +\|<SYN,ACK\|.*\|<SYN,ACK\| {2}accept queue #\.\.\.\. 1\/5/,
    );
    expect(rows.join('\n')).toMatch(/:8080->203\.0\.113\.5:\d+ +\|/);
  });

  test('the router has the rules that nft took, until they are taken away', () => {
    const rulesAfter = (walk: typeof nat, step: string): string => drawn(walk, step, 120, 12).join('\n');
    expect(rulesAfter(nat, 'datagram')).toContain('no nft rules');
    expect(rulesAfter(nat, 'masquerade')).toContain('MASQUERADE wan');
    expect(rulesAfter(nat, 'masquerade')).not.toContain('forward');
    expect(rulesAfter(nat, 'port-forward')).toMatch(/MASQUERADE wan[\s\S]*forward 8080[\s\S]*->192\.168\.1\.10:8080/);
    expect(rulesAfter(roles, 'way-is-cut')).toMatch(/MASQUERADE wan[\s\S]*drop tcp 8080/);
    expect(rulesAfter(roles, 'way-is-free')).not.toContain('drop');
    expect(rulesAfter(roles, 'way-is-free')).toContain('MASQUERADE wan');
  });

  test('at 80 columns it still says which address the peer has, and what waits', () => {
    const connected = drawn(nat, 'client-connect-translated', 80, 6).join('\n');
    expect(connected).toMatch(/LISTEN Q 1/);
    expect(connected).toMatch(/->203\.0\.113\.80:8080/);
    expect(connected).toMatch(/->203\.0\.113\.5:\d+/);
    expect(drawn(nat, 'server-accepts', 80, 6).join('\n')).toMatch(/ESTABLISHED[\s\S]*->203\.0\.113\.80:8080/);
  });

  test('boxes have the width that they are given, cut nothing inside a word, and are ASCII where asked', () => {
    const steps = fc.oneof(
      ...[nat, roles].map(walk => fc.constantFrom(...walk.lesson.steps.map(({id}) => [walk, id] as const))),
    );
    const size = fc.record({width: fc.integer({min: 80, max: 200}), height: fc.integer({min: 4, max: 12})});
    const isAmbiguous = (one: string): boolean => eastAsianWidthType(one.codePointAt(0) ?? 0) === 'ambiguous';
    fc.assert(
      fc.property(
        steps,
        size,
        fc.constantFrom('ja' as const, 'en' as const),
        ([walk, id], {width, height}, language) => {
          const lines = drawn(walk, id, width, height, lookOf(language, true));
          expect(lines).toHaveLength(height);
          expect(lines.flatMap(line => [...line]).filter(isAmbiguous)).toEqual([]);
        },
      ),
    );
  });
});
