import {expect, test} from 'vitest';
import {exitCodeOf, exitCodesOf} from '../../../src/app/words/exit-code.ts';

test('a signal’s exit code is the one that a shell gives: 128 and its number', () => {
  expect((['SIGHUP', 'SIGINT', 'SIGTERM'] as const).map(exitCodeOf)).toEqual([129, 130, 143]);
  expect(exitCodesOf(['SIGINT'])).toEqual({SIGINT: 130});
});
