import {describe, expect, test} from 'vitest';
import {expressionsOf} from '../../../src/lab/network/filter-expressions.ts';
import type {FilterRule} from '../../../src/model/filter.ts';
import {casesOf} from '../../long.ts';
import {needs} from '../../needs.ts';
import {inside, whyNotInside, whyWithout} from '../inside.ts';

const whyWithoutNft = whyWithout('nft', '--version');
const program = 'program-with-filter.ts';

const drops = [
  ['forward-drop', 'the router'],
  ['input', 'the server'],
  ['output', 'the client'],
] as const;

describe.concurrent('home - router - internet', needs(whyNotInside), () => {
  test('masquerade: the server sees the router as its client', async () => {
    expect(await inside(program, ['masquerade'])).toEqual({
      before: '192.168.1.10',
      masked: '203.0.113.1',
      after: '192.168.1.10',
    });
  });

  test('port-forward: a server at home is reached by the address of the router', async () => {
    expect(await inside(program, ['forward'])).toEqual({
      before: 'ECONNREFUSED',
      forwarded: '203.0.113.9',
      otherPort: 'ECONNREFUSED',
      otherDevice: 'ECONNREFUSED',
      after: 'ECONNREFUSED',
    });
  });

  test.each(casesOf(drops, ...drops.slice(0, 1)))(
    'drop, %s of %s: connect() waits, and goes through once the rule is gone',
    async hook => {
      const seen = '192.168.1.10';
      expect(await inside(program, [hook])).toEqual({otherPort: seen, isWaiting: true, finally: seen});
    },
  );

  test('the packet filter of another account is left as it is: EPERM', async () => {
    const refused = {kind: 'failed', errno: 'EPERM', code: 1};
    expect(await inside(program, ['refused'], '-Ur')).toMatchObject([refused, refused]);
  });

  describe('beside nft', needs(whyWithoutNft), () => {
    test('each rule is the one that nft makes of its text, and flushing leaves nothing', async () => {
      const {ours, flushed, theirs} = await inside(program, ['asNft']);
      expect(ours.rules.match(/drop|masquerade|dnat/g)).toHaveLength(10);
      expect(ours).toEqual(theirs);
      expect(flushed).toBe('');
    });

    test('a change that the kernel refuses in part is not made at all', async () => {
      const {answer, isUntouched} = await inside(program, ['foreign']);
      expect(answer).toMatchObject({kind: 'failed'});
      expect(isUntouched).toBe(true);
    });
  });
});

const to = {host: '192.168.1.10', port: 80};
const forward = {kind: 'port-forward', device: 'eth1', protocol: 'tcp', port: 8080, to} as const;

test.each<FilterRule>([
  {kind: 'masquerade', device: 'sixteen-bytes-xx'},
  {kind: 'drop', hook: 'input', protocol: 'tcp', port: 65536},
  {...forward, port: -1},
  {...forward, to: {host: '::1', port: 80}},
  {...forward, to: {host: '192.168.1.256', port: 80}},
])('a rule that no packet can match is a mistake of ours: %o', rule => {
  expect(() => expressionsOf(rule)).toThrow(RangeError);
});
