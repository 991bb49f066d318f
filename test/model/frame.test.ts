import {expect, test} from 'vitest';
import {recordedFrame} from '../../src/model/frame.ts';

test('the recorded frame is what its headers say that it is', () => {
  const {bytes, lengths, ports, addresses, data} = recordedFrame;
  expect(lengths).toEqual({link: 14, internet: 20, transport: 32, application: 15});
  expect(bytes.length).toBe(81);
  // IPv4, its total length, and TCP inside it.
  expect([...bytes.subarray(12, 14)]).toEqual([0x08, 0x00]);
  expect((bytes[16] ?? 0) * 256 + (bytes[17] ?? 0)).toBe(81 - 14);
  expect(bytes[23]).toBe(6);
  expect(ports).toEqual([56906, 8080]);
  expect(addresses).toEqual(['127.0.0.1', '127.0.0.1']);
  expect(new TextDecoder().decode(data)).toBe('こんにちは');
});

test('its IP header has the right checksum (RFC 791 section 3.1)', () => {
  let sum = 0;
  for (let i = 14; i < 34; i += 2) sum += (recordedFrame.bytes[i] ?? 0) * 256 + (recordedFrame.bytes[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  expect(sum).toBe(0xffff);
});
