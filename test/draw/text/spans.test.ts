import fc from 'fast-check';
import {expect, test} from 'vitest';
import {edited} from '../../../src/app/line/line-edit.ts';
import {withoutSteering} from '../../../src/draw/text/spans.ts';
import {jsonText} from '../../../src/messages/json.ts';

// C0, DEL and C1; what is not seen or turns text around (soft hyphen, Arabic letter mark, joiners, overrides, isolates, tags); separators.
const acting = ['\0', '\x07', '\x1b', '\x7f', '\x9b'];
const turning = ['\u061c', '\u200e', '\u202e', '\u2066', '\u2069'];
const unseen = ['\u00ad', '\u200b', '\u2028', '\u2029', '\ufeff', '\u{e0001}'];

test.each([...acting, ...turning, ...unseen, '\ud83d'])('%j is not drawn', character => {
  expect(withoutSteering(`a${character}b`)).toBe('a?b');
});

test.each([...acting, ...turning, ...unseen])('%j is escaped in JSON, and means the same', character => {
  const text = jsonText({text: `a${character}b`});
  expect(text).toMatch(/^[ -~]*$/);
  expect(JSON.parse(text)).toEqual({text: `a${character}b`});
});

test.each([...acting, ...turning, '\ud83d'])('%j is not typed; what joins the parts of one character is', character => {
  expect(edited('', '', `a${character}b👩\u200d👧`)).toBe('ab👩\u200d👧');
});

test('text in any script is drawn as it is, but for what acts or is not seen', () => {
  fc.assert(
    fc.property(fc.string({unit: 'grapheme'}), text => {
      const seen = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '?');
      expect(withoutSteering(text)).toBe(seen);
    }),
  );
});
