import {describe, expect, test} from 'vitest';
import {segmentText} from '../../src/messages/segment.ts';
import type {Summary} from '../../src/model/wire.ts';
import {sequenceBases} from '../../src/wire/relative.ts';
import {summaryOf} from '../../src/wire/summary.ts';
import {built} from '../wire/built.ts';
import {echo} from '../wire/captured.ts';

const summary = (name: string): Summary =>
  summaryOf(built[name] ?? new Uint8Array()) ?? {kind: 'other', protocol: 'other'};

describe('a frame in one line', () => {
  const summaries = echo.flatMap(({bytes}) => summaryOf(bytes) ?? []);
  const bases = sequenceBases(summaries);

  test('with relative numbers', () => {
    const lines = summaries.slice(0, 8).map((one, i) => segmentText(one, bases[i] ?? null, 'en'));
    expect(lines).toEqual([
      'SYN seq 0 win 65495 mss 65495',
      'SYN, ACK seq 0 ack 1 win 65483 mss 65495',
      'ACK seq 1 ack 1 win 64',
      'PSH, ACK seq 1 ack 1 win 64 len 15',
      'ACK seq 1 ack 16 win 64',
      'PSH, ACK seq 1 ack 16 win 64 len 15',
      'ACK seq 16 ack 16 win 64',
      'FIN, ACK seq 16 ack 16 win 64',
    ]);
  });

  test('with the numbers of the wire', () => {
    expect(summaries[1] && segmentText(summaries[1], null, 'ja')).toBe(
      'SYN, ACK seq 2602421198 ack 2307127460 win 65483 mss 65495',
    );
  });

  test('an RST without an acknowledgment has none', () => {
    expect(summaries.at(-1) && segmentText(summaries.at(-1) as Summary, bases.at(-1) ?? null, 'en')).toBe(
      'RST seq 2 win 0',
    );
  });

  test('the numbers go round, and SACK counts from the other direction', () => {
    const base = {sequence: 0xffff_fff0, acknowledgment: 0xffff_ffff};
    const sacked = {...summary('all options of TCP'), flags: ['ACK']} as Summary;
    expect(segmentText(sacked, base, 'en')).toBe('ACK seq 23 ack 10 win 512 mss 1460 sack 2-6');
  });

  test('no flag at all', () => {
    const bare = {...summary('all options of TCP'), flags: [], sack: [], mss: undefined} as unknown as Summary;
    expect(segmentText(bare, null, 'en')).toBe('seq 7 win 512');
  });

  test.each([
    ['UDP over IPv4', 'UDP len 5', 'UDP len 5'],
    ['ARP request', 'ARP だれが 10.0.0.2 ですか(10.0.0.1 に教えて)', 'ARP who has 10.0.0.2? Tell 10.0.0.1'],
    ['ARP reply', 'ARP 10.0.0.1 は 02:00:00:00:00:01 です', 'ARP 10.0.0.1 is at 02:00:00:00:00:01'],
    ['an echo request', 'ICMP エコー要求', 'ICMP echo request'],
    [
      'port unreachable',
      'ICMP 到達不能: ポート到達不能 (UDP 10.0.0.1:40000 > 10.0.0.2:1900)',
      'ICMP destination unreachable: port unreachable (UDP 10.0.0.1:40000 > 10.0.0.2:1900)',
    ],
    [
      'ICMPv6 port unreachable',
      'ICMPv6 到達不能: ポート到達不能 (UDP [2001:db8::1]:40000 > [2001:db8::2]:1900)',
      'ICMPv6 destination unreachable: port unreachable (UDP [2001:db8::1]:40000 > [2001:db8::2]:1900)',
    ],
    ['a later fragment', 'IPv4', 'IPv4'],
    ['a VLAN tag', 'イーサネット', 'Ethernet'],
  ])('%s', (name, ja, en) => {
    expect(segmentText(summary(name), null, 'ja')).toBe(ja);
    expect(segmentText(summary(name), null, 'en')).toBe(en);
  });
});
