import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {hear, mayBeTyped} from '../../../src/app/terminal/answer.ts';

const color = '\x1b]11;rgb:ffff/ffff/ffff\x1b\\';
const attributes = '\x1b[?62;22c';

/** All that is heard of input that comes in these stretches. */
function heardOf(stretches: readonly string[]) {
  let begun = '';
  let keys = '';
  let said: string | null = null;
  let isEnd = false;
  for (const stretch of stretches) {
    const heard: ReturnType<typeof hear> = isEnd
      ? {keys: stretch, begun: '', color: null, isEnd}
      : hear(begun + stretch);
    begun = heard.begun;
    keys += heard.keys;
    said = heard.color ?? said;
    isEnd ||= heard.isEnd;
  }
  return {keys: keys + begun, said, isEnd};
}

test('both answers are heard, and are no keys', () => {
  expect(hear(color + attributes)).toEqual({keys: '', begun: '', color: 'rgb:ffff/ffff/ffff', isEnd: true});
  expect(hear(`\x1b]11;rgb:0/0/0\x07${attributes}`)).toMatchObject({keys: '', color: 'rgb:0/0/0', isEnd: true});
  expect(hear(attributes)).toEqual({keys: '', begun: '', color: null, isEnd: true});
});

test('keys before, between and behind them come through in their order', () => {
  expect(hear(`a\x1b[C${color}\x1b[A${attributes}\r`)).toMatchObject({keys: 'a\x1b[C\x1b[A\r', isEnd: true});
});

test('what is no answer comes through whole: keys, pastes, other reports', () => {
  for (const input of ['\x1b[C', 'q', '\x1b[200~]11;x\x1b[201~', '\x1b]x', '\x1b[3;5R', '\x1b[I', 'é日本'])
    expect(hear(input)).toEqual({keys: input, begun: '', color: null, isEnd: false});
});

test('wherever an answer is torn, none of its bytes is a key, and none of the keys is lost', () => {
  const all = `x${color}y${attributes}z`;
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({min: 1, max: all.length - 1})), cuts => {
      const places = [0, ...cuts.sort((a, b) => a - b), all.length];
      const stretches = places.slice(1).map((end, i) => all.slice(places[i], end));
      expect(heardOf(stretches)).toEqual({keys: 'xyz', said: 'rgb:ffff/ffff/ffff', isEnd: true});
    }),
  );
});

describe('what may be the beginning of an answer', () => {
  test.each(['\x1b', '\x1b]', '\x1b['])('%j may be typed as well', begun => {
    expect(hear(begun)).toMatchObject({keys: '', begun});
    expect(mayBeTyped(begun)).toBe(true);
  });

  test.each(['\x1b]1', '\x1b]11;rgb:ff', `${color.slice(0, -1)}`, '\x1b[?', '\x1b[?62;'])('%j is not typed', begun => {
    expect(hear(begun)).toMatchObject({keys: '', begun});
    expect(mayBeTyped(begun)).toBe(false);
  });
});
