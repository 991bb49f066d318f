import {constants} from 'node:os';
import {expect, test} from 'vitest';
import {errnoName} from '../../../src/lab/libc/errno-name.ts';

// errno(3); include/uapi/asm-generic/errno.h. The names that share a number have the one that the socket man pages use.
const linux = [
  [1, 'EPERM'],
  [2, 'ENOENT'],
  [4, 'EINTR'],
  [9, 'EBADF'],
  [11, 'EAGAIN'],
  [13, 'EACCES'],
  [14, 'EFAULT'],
  [22, 'EINVAL'],
  [24, 'EMFILE'],
  [32, 'EPIPE'],
  [88, 'ENOTSOCK'],
  [89, 'EDESTADDRREQ'],
  [90, 'EMSGSIZE'],
  [92, 'ENOPROTOOPT'],
  [93, 'EPROTONOSUPPORT'],
  [94, 'ESOCKTNOSUPPORT'],
  [95, 'EOPNOTSUPP'],
  [97, 'EAFNOSUPPORT'],
  [98, 'EADDRINUSE'],
  [99, 'EADDRNOTAVAIL'],
  [101, 'ENETUNREACH'],
  [104, 'ECONNRESET'],
  [106, 'EISCONN'],
  [107, 'ENOTCONN'],
  [110, 'ETIMEDOUT'],
  [111, 'ECONNREFUSED'],
  [113, 'EHOSTUNREACH'],
  [114, 'EALREADY'],
  [115, 'EINPROGRESS'],
] as const;

test.each(linux)('errno %i of Linux is %s', (code, name) => {
  expect(errnoName(code)).toBe(name);
});

test('every name is one that this machine gives to the number', () => {
  for (const code of new Set(Object.values(constants.errno))) {
    expect(Object.entries(constants.errno)).toContainEqual([errnoName(code), code]);
  }
});

test('a number without a name is EUNKNOWN', () => {
  expect(errnoName(0)).toBe('EUNKNOWN');
  expect(errnoName(4095)).toBe('EUNKNOWN');
});
