import {getSystemErrorMap} from 'node:util';
import {expect, test} from 'vitest';
import {errnoText} from '../../src/messages/errno-words.ts';

/** Those whose words libuv has otherwise, or that it does not know. */
const others: Readonly<Record<string, string>> = {
  EADDRNOTAVAIL: 'cannot assign requested address',
  EALREADY: 'operation already in progress',
  EBUSY: 'device or resource busy',
  EDOM: 'argument out of domain',
  EEXIST: 'file exists',
  EFAULT: 'bad address',
  EHOSTUNREACH: 'no route to host',
  EINPROGRESS: 'operation now in progress',
  EIO: 'input/output error',
  ELOOP: 'too many levels of symbolic links',
  ENAMETOOLONG: 'file name too long',
  ENFILE: 'too many open files in system',
  ENOMEM: 'cannot allocate memory',
  ENOTSOCK: 'not a socket',
  EOPNOTSUPP: 'operation not supported on socket',
  EUNKNOWN: 'an error without a known name',
};

test('an errno is worded as Node words it, but for these', () => {
  const words = {...Object.fromEntries(getSystemErrorMap().values()), ...others};
  for (const [name, {en}] of Object.entries(errnoText)) expect([name, en]).toEqual([name, words[name]]);
});

test('no two have the same words', () => {
  for (const language of ['ja', 'en'] as const) {
    const all = Object.values(errnoText).map(text => text[language]);
    expect(all.filter((one, i) => all.indexOf(one) !== i)).toEqual([]);
  }
});
