import {describe, test} from 'vitest';
import {needs} from '../needs.ts';

// Run by closing-line.test.ts, not as a part of the suite.

describe('all of these', needs(null, 'needs a moon'), () => {
  test('first', () => {
    throw new Error('must not run');
  });
  describe('deeper', () => {
    test('second', needs(null), () => {
      throw new Error('must not run');
    });
  });
});
test('third', needs('needs a sun', 'needs a moon'), () => {
  throw new Error('must not run');
});
test('fourth', ({skip}) => skip(true, 'all but the stars'));
test.skip('fifth', () => {});
test('sixth', needs(null), () => {});
