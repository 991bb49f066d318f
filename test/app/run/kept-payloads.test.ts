import {expect, test} from 'vitest';
import {KeptPayloads} from '../../../src/app/run/kept-payloads.ts';
import {fd} from '../../../src/model/brands.ts';
import type {Call} from '../../../src/model/call.ts';

const send = (data: string): Call => ({name: 'send', fd: fd(3), data, flags: 0});

test('the same bytes are counted once, and what is more than may be kept is refused', () => {
  const payloads = new KeptPayloads(10);
  for (let i = 0; i < 5; i++) expect(payloads.keep(send('aaaaaaaa'))).toEqual(send('aaaaaaaa'));
  expect(payloads.keep(send('bbbb'))).toBeNull();
  expect(payloads.keep(send('aaaaaaaa'))).not.toBeNull();
  expect(payloads.keep({name: 'close', fd: fd(3)})).toEqual({name: 'close', fd: fd(3)});
});
