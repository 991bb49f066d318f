import {expect, test} from 'vitest';
import {ipv6Text} from '../../src/wire/address-text.ts';

// RFC 5952 section 4: no leading zeros, the longest run of zeros shortened, the first of two, and never a single group.
test.each([
  ['00000000000000000000000000000000', '::'],
  ['00000000000000000000000000000001', '::1'],
  ['fe800000000000000000000000000001', 'fe80::1'],
  ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
  ['20010db8000000010001000000000001', '2001:db8:0:1:1::1'],
  ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
  ['20010db8000a00000000000000000000', '2001:db8:a::'],
  ['00000000000000000000ffffc0000201', '::ffff:192.0.2.1'],
])('%s is written %s', (hex, text) => {
  expect(ipv6Text(Buffer.from(hex, 'hex'))).toBe(text);
});
