import {describe, expect, test} from 'vitest';
import {needs} from '../../needs.ts';
import {inside, whyNotInside} from '../inside.ts';

describe('a process that holds several network namespaces', needs(whyNotInside), () => {
  test('enters them for a piece of work, and comes back however that ends', async () => {
    expect(await inside('program-with-namespaces.ts', [])).toEqual({
      different: 3,
      making: {said: true, isBack: true},
      inside: {said: true, isBack: true},
      deeper: {said: [true, true], isBack: true},
      child: {said: true, isBack: true},
      forwards: ['1', '0'],
      devices: ['lo'],
      throwing: {said: 'Error: of the work', isBack: true},
      notOne: {said: 'refused: EINVAL', isBack: true},
      // The one that `making` has made.
      opened: 1,
    });
  });

  test('cannot make one without being root there', async () => {
    const answer = await inside('program-with-namespaces.ts', ['refused'], '-U');
    expect(answer).toEqual({said: 'refused: EPERM', isBack: true});
  });
});
