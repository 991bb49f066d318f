import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {describe, expect, test} from 'vitest';
import {openNetwork} from '../../../src/lab/network/network.ts';
import {fromBase64} from '../../../src/model/payload.ts';
import type {Summary} from '../../../src/model/wire.ts';
import {summaryOf} from '../../../src/wire/summary.ts';
import {needs} from '../../needs.ts';
import {whyNoIpv6} from '../calls.ts';
import {whyNotInside} from '../inside.ts';

/** Datagrams and connections between ports that nobody listens on, each after the one before; the last word is the host. */
const traffic = `
  const {createSocket} = require('node:dgram');
  const {connect} = require('node:net');
  const host = process.argv[1];
  const datagram = (from, to, size) => new Promise(done => {
    const socket = createSocket(host === '::1' ? 'udp6' : 'udp4');
    socket.bind(from, host, () => socket.send(Buffer.alloc(size), to, host, () => socket.close(done)));
  });
  const segment = (from, to) => new Promise(done => {
    const socket = connect({host, port: to, localPort: from, localAddress: host});
    socket.on('error', () => {});
    socket.on('close', done);
  });
  (async () => {
    await datagram(4001, 5000, 1);
    await datagram(4000, 5000, 3);
    await datagram(5000, 4001, 1);
    await datagram(5000, 4000, 1000);
    await segment(4000, 5001);
    await segment(4001, 5000);
    await segment(4000, 5000);
  })();`;

function words(summary: Summary | null): string {
  if (summary?.kind === 'icmp') return `icmp (${words(summary.about ?? null)})`;
  if (summary?.kind !== 'tcp' && summary?.kind !== 'udp') return String(summary?.kind);
  const what = summary.kind === 'tcp' ? summary.flags.join() : summary.length;
  return `${summary.kind} ${summary.from.port} > ${summary.to.port} ${what}`;
}

describe('where frames are captured between two ports only', needs(whyNotInside), () => {
  test.for(['127.0.0.1', '::1'])('all others stay out, on %s', async (host, {skip}) => {
    skip(host === '::1' && whyNoIpv6 !== null, whyNoIpv6 ?? '');
    await using network = await openNetwork('here', [5000, 4000]);
    await network.ready;
    const [enter = '', ...args] = [...network.enter('here'), process.execPath, '-e', traffic, host];
    await promisify(execFile)(enter, args);
    const {frames, count} = await network.frames();
    expect(frames.map(({data, length}) => words(summaryOf(fromBase64(data), length)))).toEqual([
      'udp 4000 > 5000 3',
      'icmp (udp 4000 > 5000 3)',
      'udp 5000 > 4000 1000',
      'icmp (udp 5000 > 4000 1000)',
      'tcp 4000 > 5000 SYN',
      'tcp 5000 > 4000 ACK,RST',
    ]);
    expect(count).toEqual({captured: 6, dropped: 0, omitted: 0});
    expect(Math.max(...frames.map(({data}) => fromBase64(data).length))).toBe(256);
  });

  test('of a flood the newest are held, and every other is counted', async () => {
    await using network = await openNetwork('here', [5000, 4000]);
    await network.ready;
    const flood = `
      const socket = require('node:dgram').createSocket('udp4');
      let n = 0;
      const next = () => (n < 20000 ? socket.send(String(n++), 5000, '127.0.0.1', next) : socket.close());
      socket.bind(4000, '127.0.0.1', next);`;
    const [enter = '', ...args] = [...network.enter('here'), process.execPath, '-e', flood];
    await promisify(execFile)(enter, args);
    const {frames, count} = await network.frames();
    // Each is answered: nobody listens there. The kernel limits how often it says so (icmp_ratelimit).
    expect(count.captured + count.dropped).toBeGreaterThanOrEqual(20_000);
    expect(frames.length + count.omitted).toBe(count.captured);
    expect(frames).toHaveLength(256);
    const numbers = frames.flatMap(({data, length}) => {
      const summary = summaryOf(fromBase64(data), length);
      return summary?.kind === 'udp' ? [Number(Buffer.from(fromBase64(data)).subarray(42).toString())] : [];
    });
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    // All that was sent after the oldest of them is held as well, or was dropped by the kernel for want of room.
    expect(20_000 - (numbers[0] ?? 0)).toBeLessThanOrEqual(256 + count.dropped);
  });
});
