import {endianness} from 'node:os';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {openLab} from '../../../src/lab/lab.ts';
import {decodeTcpInfo, tcpInfoSize, tcpStates} from '../../../src/lab/libc/tcp-info.ts';
import {connected} from '../calls.ts';

/** A `struct tcp_info` with these fields, at the places that include/uapi/linux/tcp.h gives them. */
function structWith(fields: {
  state: number;
  retransmits: number;
  mss: number;
  unacked: number;
  rttUs: number;
}): Uint8Array {
  const view = new DataView(new ArrayBuffer(tcpInfoSize));
  const little = endianness() === 'LE';
  view.setUint8(0, fields.state);
  view.setUint8(2, fields.retransmits);
  view.setUint32(16, fields.mss, little);
  view.setUint32(24, fields.unacked, little);
  view.setUint32(68, fields.rttUs, little);
  return new Uint8Array(view.buffer);
}

test('each field is read from its own place', () => {
  const info = {retransmits: 3, mss: 32741, unacked: 7, rttUs: 123456};
  expect(decodeTcpInfo(structWith({state: 8, ...info}))).toEqual({state: 'CLOSE_WAIT', ...info});
});

test('a struct that begins in the middle of a buffer is read from there', () => {
  const info = {retransmits: 3, mss: 32741, unacked: 7, rttUs: 123456};
  const larger = Buffer.concat([Buffer.from('odd'), structWith({state: 1, ...info})]);
  expect(decodeTcpInfo(larger.subarray(3))).toEqual({state: 'ESTABLISHED', ...info});
});

test('too few bytes, or a state that is none of TCP, tell nothing', () => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: tcpInfoSize - 1}), bytes => {
      expect(decodeTcpInfo(bytes)).toBeNull();
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({minLength: tcpInfoSize, maxLength: 300}), bytes => {
      expect(decodeTcpInfo(bytes)?.state).toBe(tcpStates[bytes[0] ?? 0]);
    }),
  );
});

test('both ends of a connection are ESTABLISHED, with a segment size and a round trip that loopback can have', async () => {
  await using lab = await openLab(['server', 'client']);
  const {client, server} = await connected(lab);
  const {sockets} = await lab.observe();
  for (const end of [client, server]) {
    const info = sockets.find(row => row.fd === end && row.state === 'ESTABLISHED')?.tcpInfo;
    expect(info).toMatchObject({state: 'ESTABLISHED', retransmits: 0, unacked: 0});
    expect(info?.mss).toBeGreaterThanOrEqual(536);
    expect(info?.mss).toBeLessThanOrEqual(65495);
    expect(info?.rttUs).toBeGreaterThan(0);
    expect(info?.rttUs).toBeLessThan(10_000_000);
  }
});

test('the states have the numbers of include/net/tcp_states.h', () => {
  const names = ['ESTABLISHED', 'SYN_SENT', 'SYN_RECV', 'FIN_WAIT1', 'FIN_WAIT2', 'TIME_WAIT', 'CLOSE', 'CLOSE_WAIT'];
  const all = [...names, 'LAST_ACK', 'LISTEN', 'CLOSING', 'SYN_RECV'];
  expect(tcpStates).toEqual(Object.fromEntries(all.map((name, i) => [i + 1, name])));
});
