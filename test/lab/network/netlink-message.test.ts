import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
  attribute,
  be16,
  be32,
  joined,
  messageBytes,
  type NetlinkMessage,
  nested,
  readAttributes,
  readMessages,
  readText,
  readVerdict,
  text,
  u32,
} from '../../../src/lab/network/netlink-message.ts';

const bytes = (maxLength: number) => fc.uint8Array({maxLength});
const messages = fc.array(
  fc.record({
    type: fc.nat(0xffff),
    flags: fc.nat(0xffff),
    sequence: fc.nat(0xffffffff),
    body: bytes(50),
  }),
);

describe('messages', () => {
  test('are read as they were written', () => {
    fc.assert(
      fc.property(messages, written => {
        expect(readMessages(joined(...written.map(messageBytes)))).toEqual(written);
      }),
    );
  });

  test('cut anywhere, are read as far as they are whole', () => {
    fc.assert(
      fc.property(messages, fc.nat(), (written, n) => {
        const all = joined(...written.map(messageBytes));
        const read = readMessages(all.subarray(0, n % (all.length + 1)));
        expect(read).toEqual(written.slice(0, read.length));
      }),
    );
  });
});

test('attributes are read as they were written, without the flag of the nested', () => {
  const attributes = fc.array(fc.record({type: fc.nat(0x3fff), value: bytes(50)}));
  fc.assert(
    fc.property(attributes, written => {
      const inner = written.map(({type, value}) => attribute(type, value));
      const outer = readAttributes(nested(7, ...inner));
      expect(outer).toHaveLength(1);
      expect(outer[0]?.type).toBe(7);
      expect(readAttributes(outer[0]?.value ?? new Uint8Array())).toEqual(written);
    }),
  );
});

describe('any bytes', () => {
  // Bytes that are likely to be lengths, so that the readers get further than the first.
  const hostile = fc.oneof(
    bytes(200),
    fc.array(fc.constantFrom(0, 1, 4, 5, 16, 255), {maxLength: 200}).map(Buffer.from),
  );

  test('are no reason to throw or to go on for ever', () => {
    fc.assert(
      fc.property(hostile, fc.nat(0xffff), (read, flags) => {
        expect(readMessages(read).length).toBeLessThanOrEqual(read.length / 16);
        expect(readAttributes(read).length).toBeLessThanOrEqual(read.length / 4);
        const verdict = readVerdict({type: 2, flags, body: read});
        expect(verdict === null).toBe(read.length < 4);
        readText(read);
      }),
    );
  });

  test('inside are never taken from outside', () => {
    fc.assert(
      fc.property(hostile, read => {
        const [start, end] = [read.byteOffset, read.byteOffset + read.length];
        for (const value of [...readMessages(read).map(m => m.body), ...readAttributes(read).map(a => a.value)]) {
          expect(value.byteOffset).toBeGreaterThanOrEqual(start);
          expect(value.byteOffset + value.length).toBeLessThanOrEqual(end);
        }
      }),
    );
  });
});

describe('a verdict', () => {
  const error = (code: number, flags: number, ...rest: Uint8Array[]): NetlinkMessage => ({
    type: 2,
    flags,
    body: joined(u32(-code), new Uint8Array(16), ...rest),
  });

  test('of 0 is an acknowledgment', () => expect(readVerdict(error(0, 0x100))).toEqual({code: 0}));

  test('may have words (NLM_F_ACK_TLVS)', () => {
    const words = joined(attribute(2, u32(40)), attribute(1, text('Unknown device type')));
    expect(readVerdict(error(95, 0x300, words))).toEqual({code: 95, why: 'Unknown device type'});
    expect(readVerdict(error(95, 0x100, words))).toEqual({code: 95});
    expect(readVerdict(error(95, 0x300))).toEqual({code: 95});
  });
});

test('numbers of nftables are in network byte order', () => {
  expect([...be16(0x1f90)]).toEqual([0x1f, 0x90]);
  expect([...be32(-100)]).toEqual([0xff, 0xff, 0xff, 0x9c]);
});
