import {describe, expect, test} from 'vitest';
import type {Found, WireFrame} from '../../src/claims/found.ts';
import {wireUnmet} from '../../src/claims/wire-claims.ts';
import {port} from '../../src/model/brands.ts';
import type {FramesClaim} from '../../src/model/lesson.ts';
import type {Frame, Summary} from '../../src/model/wire.ts';
import {sequenceBases} from '../../src/wire/relative.ts';

type Segment = Extract<Summary, {kind: 'tcp'}>;

const server = {host: '127.0.0.1', port: 8080};
const client = {host: '127.0.0.1', port: 40000};
const common = {kind: 'tcp', window: 512, length: 0, ttl: 64, checksum: 'right'} as const;
const fromClient = {...common, from: client, to: server};
const fromServer = {...common, from: server, to: client};

/** The client's numbers go round in the middle of its data: 4294967292 is its SYN, 3 bytes are before 0 and 2 after. */
const syn = 4_294_967_292;
const segments: readonly Segment[] = [
  {...fromClient, flags: ['SYN'], sequence: syn, acknowledgment: 0},
  {...fromServer, flags: ['SYN', 'ACK'], sequence: 700, acknowledgment: syn + 1},
  {...fromClient, flags: ['ACK'], sequence: syn + 1, acknowledgment: 701},
  {...fromClient, flags: ['PSH', 'ACK'], sequence: syn + 1, acknowledgment: 701, length: 5},
  {...fromServer, flags: ['ACK'], sequence: 701, acknowledgment: 2, window: 0},
];

const bases = sequenceBases(segments);
const wire: readonly WireFrame[] = segments.map((summary, i) => {
  const frame: Frame = {
    host: 'here',
    device: 'lo',
    direction: 'in',
    time: String(1_700_000_000_000_000_000n + BigInt(i) * 10_000_000n),
    length: 54,
    data: '',
  };
  return {frame, summary, base: bases[i] ?? null, isAgain: false, during: null};
});

const found = (seen: readonly WireFrame[] | null): Found => ({
  calls: [],
  lastCallOf: () => null,
  callsOf: () => [],
  said: () => '',
  traced: () => [],
  rows: [],
  wire: seen,
  files: [],
  socket: () => null,
  bytes: () => new Uint8Array(),
  pidOf: () => null,
  serverPort: port(8080),
});

const fulfilled: readonly [string, FramesClaim][] = [
  [
    'numbers count from the SYN',
    {
      frames: [
        {flags: ['SYN'], sequence: 0},
        {length: 5, sequence: 1},
      ],
    },
  ],
  ['they go round at 2 to the 32nd', {frames: [{from: 'server', acknowledgment: 6, window: 0}]}],
  ['a number as it is in the header', {frames: [{flags: ['SYN'], sequenceInHeader: syn}]}],
  ['a number in a range', {frames: [{from: 'server', window: {least: 500, below: 513}}]}],
  ['so many frames', {frames: [], count: {of: {from: 'server'}, least: 2, below: 3}}],
  ['no frame of some kind', {frames: [], never: [{flags: ['RST']}]}],
  ['a time after the one before', {frames: [{length: 5}, {from: 'server', afterMs: {least: 10, below: 11}}]}],
];

const unfulfilled: readonly [string, FramesClaim, string][] = [
  ['another number', {frames: [{length: 5, sequence: 2}]}, 'tcp len 5 seq 2'],
  ['the number in the header for the relative one', {frames: [{sequence: syn}]}, `tcp seq ${syn}`],
  ['a range that ends before', {frames: [{length: {least: 6, below: 9}}]}, 'tcp len 6..8'],
  [
    'a time that is over when it comes',
    {frames: [{length: 5}, {from: 'server', afterMs: {below: 10}}]},
    'tcp len 5, server tcp after 0..10 ms',
  ],
  ['too few', {frames: [], count: {of: {from: 'server'}, least: 3}}, '>= 3 times server tcp'],
  ['too many', {frames: [], count: {of: {from: 'server'}, least: 0, below: 2}}, '0..1 times server tcp'],
  ['a frame that there is', {frames: [], never: [{window: 0}]}, 'never tcp win 0'],
  ['an order that was not so', {frames: [{length: 5}, {flags: ['SYN']}]}, 'tcp len 5, SYN'],
];

describe('what passed on the wire', () => {
  test.each(fulfilled)('%s: is claimed, and so it is', (_, claim) => expect(wireUnmet(claim, found(wire))).toBeNull());

  test.each(unfulfilled)('%s: is claimed, and it is not so', (_, claim, claimed) =>
    expect(wireUnmet(claim, found(wire))?.claimed).toBe(claimed),
  );

  test('has sequence numbers that go round too', () => {
    const [frame] = wire;
    const after = {...segments[3], sequence: 2} as Segment;
    const seen = frame ? [{...frame, summary: after, base: {sequence: syn, acknowledgment: 700}}] : [];
    expect(wireUnmet({frames: [{sequence: 6, acknowledgment: 1}], only: true}, found(seen))).toBeNull();
  });

  test('is told with its relative numbers', () =>
    expect(wireUnmet({frames: [], only: true}, found(wire.slice(3)))?.found).toBe(
      'client PSH,ACK seq 1 ack 1 len 5 win 512, server ACK seq 1 ack 6 len 0 win 0',
    ));

  test('is not spoken of where nothing is captured', () =>
    expect(wireUnmet({frames: [{flags: ['RST']}]}, found(null))).toBeNull());
});
