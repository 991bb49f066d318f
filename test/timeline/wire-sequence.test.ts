import {expect, test} from 'vitest';
import type {Found, WireFrame} from '../../src/claims/found.ts';
import {wireUnmet} from '../../src/claims/wire-claims.ts';
import {port} from '../../src/model/brands.ts';
import type {FrameClaim} from '../../src/model/lesson.ts';
import type {TcpFlag} from '../../src/model/wire.ts';

type Seen = readonly [sender: 'client' | 'server', atMs: number, flags: readonly TcpFlag[], length?: number];

/** What was sent before by the same side, with the same flags and length, is the same again. */
const foundWith = (...seen: readonly Seen[]): Found => ({
  calls: [],
  lastCallOf: () => null,
  callsOf: () => [],
  said: () => '',
  traced: () => [],
  rows: [],
  wire: seen.map(([sender, atMs, flags, length = 0], i): WireFrame => {
    const client = {host: '127.0.0.1', port: port(40_000)};
    const server = {host: '127.0.0.1', port: port(8080)};
    const [from, to] = sender === 'client' ? [client, server] : [server, client];
    const isAgain = seen
      .slice(0, i)
      .some(([who, , f, n = 0]) => who === sender && `${f}` === `${flags}` && n === length);
    return {
      frame: {host: 'here', device: 'lo', direction: 'in', time: String(atMs * 1_000_000), length: 66, data: ''},
      summary: {
        kind: 'tcp',
        ...{
          from,
          to,
          ttl: 64,
          flags,
          sequence: 1,
          acknowledgment: 1,
          window: 64,
          length,
          options: [],
          checksum: 'right',
        },
      },
      base: null,
      isAgain,
      during: null,
    };
  }),
  files: [],
  socket: () => null,
  bytes: () => new Uint8Array(),
  pidOf: () => null,
  serverPort: port(8080),
});

const holds = (found: Found, ...frames: readonly FrameClaim[]): boolean => wireUnmet({frames}, found) === null;

const again = {from: 'client', isAgain: true} as const;
/** Each twice as long after the one before as that was after its own. */
const doubling = foundWith(
  ['client', 0, ['ACK'], 5],
  ['client', 200, ['ACK'], 5],
  ['client', 400, ['ACK'], 5],
  ['client', 800, ['ACK'], 5],
  ['client', 1600, ['ACK'], 5],
);
const steady = foundWith(
  ['client', 0, ['ACK'], 5],
  ['client', 200, ['ACK'], 5],
  ['client', 400, ['ACK'], 5],
  ['client', 600, ['ACK'], 5],
  ['client', 800, ['ACK'], 5],
);

test('frames that follow each other are told from frames with others between them', () => {
  const growing: readonly FrameClaim[] = [
    again,
    {...again, isNext: true, afterMs: {least: 300}},
    {...again, isNext: true, afterMs: {least: 700}},
  ];
  expect(holds(doubling, ...growing)).toBe(true);
  expect(holds(steady, ...growing)).toBe(false);
  expect(holds(steady, again, {...again, afterMs: {least: 600}})).toBe(true);
  expect(holds(steady, again, {...again, afterMs: {least: 600}, isNext: true})).toBe(false);
});

test('a claim is not given up because the first frame that fits leads nowhere', () => {
  const found = foundWith(
    ['server', 0, ['ACK']],
    ['client', 1, ['ACK']],
    ['server', 2, ['ACK']],
    ['client', 90, ['ACK']],
  );
  expect(holds(found, {from: 'server'}, {from: 'client', isNext: true, afterMs: {least: 50}})).toBe(true);
  expect(holds(found, {from: 'server'}, {from: 'client', isNext: true, afterMs: {least: 100}})).toBe(false);
});

test('“only” leaves no frame out, in front, between or behind', () => {
  const found = foundWith(['client', 0, ['SYN']], ['server', 1, ['SYN', 'ACK']]);
  const only = (...frames: readonly FrameClaim[]) => wireUnmet({frames, only: true}, found);
  expect(only({from: 'client'}, {from: 'server'})).toBeNull();
  expect(only({from: 'server'}, {from: 'client'})).not.toBeNull();
  expect(only({from: 'client'})).not.toBeNull();
  expect(only({from: 'client'}, {from: 'server'}, {})).not.toBeNull();
});
