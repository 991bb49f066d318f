import {expect, test} from 'vitest';
import {chapters, lessons} from '../../../lessons/index.ts';
import {type HomeData, homeLines} from '../../../src/draw/page/home.ts';
import {lookOf} from '../../../src/draw/text/look.ts';
import {textOf, widthOf} from '../../../src/draw/text/spans.ts';
import {screenText} from '../../../src/messages/screen.ts';
import {languages} from '../../../src/model/text.ts';

const data: HomeData = {
  chapters: chapters.map(({title, lessons: own}) => ({
    title,
    rows: own.map((lesson, i) => ({lesson, number: i + 1, status: 'new', at: 0})),
  })),
  passed: 10,
  all: lessons.length,
  isFirstTime: true,
  selected: lessons[0]?.id ?? '',
  suggested: null,
  search: null,
  reviews: 0,
};

test.each(languages.flatMap(language => [60, 80, 120].map(width => [language, width] as const)))(
  'in %s how many lessons are passed stands apart from the words before it, in %i columns',
  (language, width) => {
    const look = lookOf(language, false);
    const [head = []] = homeLines(data, look, {width, height: 16});
    expect(textOf(head)).toContain(`  ${look.say(screenText.done, {done: data.passed, all: data.all})}`);
    expect(widthOf(head)).toBe(width);
  },
);

test('a long search that finds nothing is told in one line', () => {
  const lines = homeLines({...data, chapters: [], search: 'x'.repeat(500)}, lookOf('en', false), {
    width: 60,
    height: 16,
  });
  expect(lines.map(textOf).filter(line => line.includes('xx'))).toEqual([
    expect.stringMatching(/^ No lesson has “x+\.\.”\. *$/),
  ]);
  expect(lines.map(textOf).join('\n')).not.toContain('New here?');
});
