import {describe, expect, test} from 'vitest';
import {themeOfColor, themeOfVariable} from '../../../src/app/terminal/background.ts';

describe('the background that a terminal answers', () => {
  test.each([
    ['rgb:ffff/ffff/ffff', 'light'],
    ['rgb:0000/0000/0000', 'dark'],
    ['rgb:1e1e/1e1e/1e1e', 'dark'],
    ['rgb:fd/f6/e3', 'light'],
    ['rgb:0/2b/36', 'dark'],
    ['rgb:f/f/f', 'light'],
    ['RGB:FFF/FFF/FFF', 'light'],
    ['rgba:ffff/ffff/ffff/8000', 'light'],
    ['#fafafa', 'light'],
    ['#002b36', 'dark'],
    // Blue is dark and yellow is light, whatever the average of their channels.
    ['rgb:0000/0000/ffff', 'dark'],
    ['rgb:ffff/ffff/0000', 'light'],
  ])('%s is %s', (answer, theme) => expect(themeOfColor(answer)).toBe(theme));

  test.each(['', '?', 'white', 'rgb:', 'rgb:ff/ff', 'rgb:fffff/0/0', 'rgb:gg/gg/gg', '#fff', 'rgb:ff/ff/ff/ff/ff'])(
    '%j says nothing',
    answer => expect(themeOfColor(answer)).toBe(null),
  );
});

describe('COLORFGBG', () => {
  test.each([
    ['15;0', 'dark'],
    ['0;15', 'light'],
    ['0;7', 'light'],
    ['12;8', 'dark'],
    ['0;default;15', 'light'],
    ['15;default;0', 'dark'],
    ['7;6', 'dark'],
  ])('%s is %s', (value, theme) => expect(themeOfVariable(value)).toBe(theme));

  test.each([undefined, '', '15', '15;default', '0;16', '0;99', 'a;b', '0;-1'])('%j says nothing', value =>
    expect(themeOfVariable(value)).toBe(null),
  );
});
