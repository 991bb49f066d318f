import {describe, expect, test} from 'vitest';
import {Performer} from '../../src/app/run/line-performer.ts';
import {openFreePlay} from '../../src/app/run/open-free-play.ts';
import {lookOf} from '../../src/draw/text/look.ts';
import {textOf} from '../../src/draw/text/spans.ts';
import {arrowLine} from '../../src/draw/wire/arrow.ts';
import {segmentText} from '../../src/messages/segment.ts';
import type {Summary, TcpFlag} from '../../src/model/wire.ts';
import type {ReadFrame} from '../../src/timeline/read-frames.ts';
import {followProbes} from '../../src/wire/probes.ts';
import {whyNotInside} from '../lab/inside.ts';
import {needs} from '../needs.ts';

const [client, server] = [
  {host: '127.0.0.1', port: 40_000},
  {host: '127.0.0.1', port: 8080},
];
type Segment = Partial<Extract<Summary, {kind: 'tcp'}>>;
const segment = (isBack: boolean, sequence: number, flags: readonly TcpFlag[], more: Segment = {}): Summary => ({
  ...{kind: 'tcp', from: isBack ? server : client, to: isBack ? client : server, flags, sequence},
  ...{acknowledgment: 1, window: 64, length: 0, ttl: 64, checksum: 'right', ...more},
});
const lo = {host: 'here', device: 'lo', direction: 'in'} as const;

test('a probe is a bare ACK one below the next number to be sent, round the end of the numbers too', () => {
  const probeOf = followProbes();
  expect(probeOf(lo, segment(false, 9, ['ACK']))).toBeNull();
  expect(probeOf(lo, segment(false, 0xffff_fffe, ['SYN']))).toBeNull();
  expect(probeOf(lo, segment(false, 0xffff_ffff, ['ACK', 'PSH'], {length: 1}))).toBeNull();
  expect(probeOf(lo, segment(false, 0, ['ACK']))).toBeNull();
  expect(probeOf(lo, segment(false, 0xffff_ffff, ['ACK']))).toBe('keepalive');
  expect(probeOf(lo, segment(false, 0xffff_ffff, ['ACK', 'PSH'], {length: 1}))).toBeNull();
  expect(probeOf(lo, segment(false, 0xffff_ffff, ['ACK', 'RST']))).toBeNull();
});

test('where the peer’s window was 0 it asks about that', () => {
  const probeOf = followProbes();
  probeOf(lo, segment(false, 1, ['ACK'], {length: 5}));
  probeOf(lo, segment(true, 1, ['ACK'], {window: 0}));
  expect(probeOf(lo, segment(false, 5, ['ACK']))).toBe('window');
  probeOf(lo, segment(true, 1, ['ACK']));
  expect(probeOf(lo, segment(false, 5, ['ACK']))).toBe('keepalive');
});

test('an old ACK that a router sees after newer data was seen elsewhere is no probe', () => {
  const probeOf = followProbes();
  probeOf({host: 'home', device: 'eth0', direction: 'out'}, segment(false, 1, ['ACK']));
  probeOf({host: 'home', device: 'eth0', direction: 'out'}, segment(false, 1, ['ACK'], {length: 1}));
  expect(probeOf({host: 'router', device: 'eth0', direction: 'in'}, segment(false, 1, ['ACK']))).toBeNull();
});

/** The frames that the kernel makes of these lines, once one of them is a probe. */
async function probes(...lines: readonly string[]): Promise<readonly ReadFrame[]> {
  await using play = await openFreePlay(null, {network: 'private', port: null}, () => {});
  const performer = new Performer(play, []);
  for (const line of lines) expect(await performer.perform(line, 'script'), line).not.toMatchObject({kind: 'refused'});
  for (let i = 0; i < 60 && !performer.frames?.some(({probe}) => probe); i++)
    await performer.perform('wait 250', 'script');
  return performer.frames?.filter(({probe}) => probe) ?? [];
}

const connected = ['server socket', 'server bind 127.0.0.1:8080', 'server listen', 'client socket', 'client connect'];

describe('what Linux sends', needs(whyNotInside), () => {
  test('to see whether a silent peer is there is named keepalive', async () => {
    const [first] = await probes(...connected, 'client setsockopt TCP_KEEPIDLE 1', 'client setsockopt SO_KEEPALIVE 1');
    expect(first).toMatchObject({sender: 'client', goesTo: 'server', probe: 'keepalive'});
    if (!first?.summary) throw new Error('no probe');
    expect(segmentText(first.summary, first.base, 'en', first.probe)).toMatch(
      /^ACK seq 0 ack 1 win \d+ \(keepalive probe\)$/,
    );
    expect(segmentText(first.summary, first.base, 'ja', first.probe)).toContain('(キープアライブのプローブ)');
    expect(textOf(arrowLine(first, 8, lookOf('en', true)))).toBe('<probe--');
    expect(textOf(arrowLine(first, 18, lookOf('en', true)))).toBe('<-- keepalive ----');
  });

  test('to see whether a full peer has room is told apart', async () => {
    const [socket = '', ...rest] = connected;
    const lines = [socket, 'server setsockopt SO_RCVBUF 2304', ...rest, 'client send "a"*60000'];
    const [first] = await probes(...lines);
    expect(first).toMatchObject({sender: 'client', probe: 'window'});
  });
});
