import {describe, expect, test} from 'vitest';
import type {Summary, TcpFlag} from '../../src/model/wire.ts';
import {followSequences, sequenceBases} from '../../src/wire/relative.ts';
import {summaryOf} from '../../src/wire/summary.ts';
import {echo, echo6} from './captured.ts';

const client = {host: '127.0.0.1', port: 40000};
const server = {host: '127.0.0.1', port: 8080};

function segment(flags: readonly TcpFlag[], sequence: number, acknowledgment = 0, from = client): Summary {
  const to = from === client ? server : client;
  return {
    ...{kind: 'tcp', from, to, flags, sequence, acknowledgment},
    ...{window: 64, length: 0, ttl: 64, checksum: 'right'},
  };
}
const answer = (flags: readonly TcpFlag[], sequence: number, acknowledgment: number): Summary =>
  segment(flags, sequence, acknowledgment, server);

/** Each segment's numbers, counted from its base. */
function relative(segments: readonly Summary[]): (readonly [number, number])[] {
  return sequenceBases(segments).map((base, i) => {
    const segment = segments[i];
    if (segment?.kind !== 'tcp' || !base) throw new TypeError('not TCP');
    return [(segment.sequence - base.sequence) >>> 0, (segment.acknowledgment - base.acknowledgment) >>> 0];
  });
}

describe('relative numbers', () => {
  test('of a conversation, each direction from its SYN', () => {
    const first = [...echo.slice(0, 11)].flatMap(({bytes}) => summaryOf(bytes) ?? []);
    expect(relative(first)).toEqual([
      [0, 0],
      [0, 1],
      [1, 1],
      [1, 1],
      [1, 16],
      [1, 16],
      [16, 16],
      [16, 16],
      [16, 17],
      [16, 17],
      [17, 17],
    ]);
  });

  test('conversations beside each other do not disturb each other', () => {
    const [first, second] = [echo, echo6].map(frames => frames.flatMap(({bytes}) => summaryOf(bytes) ?? []));
    const mixed = (first ?? []).flatMap((one, i) => [one, ...(second?.[i] ? [second[i]] : [])]);
    const alone = relative(first ?? []);
    expect(relative(mixed).filter((_, i) => mixed[i] && first?.includes(mixed[i]))).toEqual(alone);
  });

  test('they go on over the largest number', () => {
    const isn = 0xffff_fffe;
    expect(relative([segment(['SYN'], isn), segment(['ACK'], 0, 0), segment(['ACK'], 5, 0)])).toEqual([
      [0, 0],
      [2, 0],
      [7, 0],
    ]);
  });

  test('without a SYN they count from the first that was seen', () => {
    expect(relative([segment(['ACK'], 100, 500), answer(['ACK'], 500, 103), segment(['ACK'], 103, 507)])).toEqual([
      [0, 0],
      [0, 3],
      [3, 7],
    ]);
  });

  test('a retransmitted SYN changes nothing', () => {
    expect(relative([segment(['SYN'], 7), segment(['SYN'], 7), answer(['SYN', 'ACK'], 90, 8)])).toEqual([
      [0, 0],
      [0, 0],
      [0, 1],
    ]);
  });

  test('a SYN with another number begins a new connection on the same two ends', () => {
    const again = [
      segment(['SYN'], 7),
      answer(['SYN', 'ACK'], 90, 8),
      segment(['RST'], 8),
      segment(['SYN'], 1000),
      answer(['SYN', 'ACK'], 2000, 1001),
      segment(['ACK'], 1001, 2001),
    ];
    expect(relative(again)).toEqual([
      [0, 0],
      [0, 1],
      [1, expect.any(Number)],
      [0, 0],
      [0, 1],
      [1, 1],
    ]);
  });

  test('a refused SYN does not spoil the numbers of the one that is answered', () => {
    const segments = [
      segment(['SYN'], 7),
      answer(['RST', 'ACK'], 0, 8),
      segment(['SYN'], 100),
      answer(['SYN', 'ACK'], 5000, 101),
    ];
    expect(relative(segments).at(-1)).toEqual([0, 1]);
  });

  test('both sides may open at once, also on ends that were used before', () => {
    const before = [segment(['SYN'], 1), answer(['SYN', 'ACK'], 2, 2)];
    const both = [segment(['SYN'], 300), answer(['SYN'], 400, 0), segment(['SYN', 'ACK'], 300, 401)];
    expect(relative([...before, ...both]).at(-1)).toEqual([0, 1]);
  });

  test('what is not TCP has none', () => {
    const baseOf = followSequences();
    expect(baseOf(null)).toBeNull();
    expect(baseOf({kind: 'other', protocol: 'ethernet'})).toBeNull();
  });
});
