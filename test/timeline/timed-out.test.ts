import {expect, test} from 'vitest';
import {fd} from '../../src/model/brands.ts';
import type {Call} from '../../src/model/call.ts';
import {timedOut} from '../../src/timeline/timed-out.ts';
import type {CallLine} from '../../src/timeline/view.ts';

const line = (seq: number, call: Call, result: CallLine['result'], elapsedUs: number): CallLine => ({
  ...{seq, step: 's', actor: 'server', call, result, elapsedUs, marks: []},
});
const [of, other] = [fd(5), fd(6)];
const option = {name: 'setsockopt', level: 'SOL_SOCKET', option: 'SO_RCVTIMEO'} as const;
const limited = line(1, {...option, fd: of, value: {milliseconds: 100}}, {kind: 'returned', value: 0}, 1);
const eagain = {kind: 'failed', errno: 'EAGAIN', code: 11} as const;
const recv = (elapsedUs: number, from = of) =>
  line(2, {name: 'recv', fd: from, length: 1, flags: 0}, eagain, elapsedUs);

test('EAGAIN is of the time limit when the call has waited so long, and not when it did not wait', () => {
  const limit = {option: 'SO_RCVTIMEO', milliseconds: 100};
  expect([99_999, 100_000, 150_000].map(us => timedOut(recv(us), [limited]))).toEqual([null, limit, limit]);
});

test('nor where the limit is of another socket, or came later', () => {
  expect(timedOut(recv(150_000, other), [limited])).toBeNull();
  expect(timedOut(recv(150_000), [{...limited, seq: 3}])).toBeNull();
});
