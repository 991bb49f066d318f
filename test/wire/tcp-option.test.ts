import {expect, test} from 'vitest';
import {tcpOption} from '../../src/wire/tcp-option.ts';

test('Fast Open (RFC 7413) has its name, with a cookie and as a request for one', () => {
  const bytes = Uint8Array.of(34, 2, 34, 6, 1, 2, 3, 4);
  expect(tcpOption(bytes, {kind: 34, offset: 0, length: 2})).toMatchObject({name: 'tcp-option-fast-open', value: []});
  const cookie = {name: 'tcp-option-fast-open', value: [1, 2, 3, 4]};
  expect(tcpOption(bytes, {kind: 34, offset: 2, length: 6})).toMatchObject(cookie);
});
