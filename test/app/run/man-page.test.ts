import {expect, test} from 'vitest';
import {sectionsOf} from '../../../src/app/run/man-page.ts';

test('of a man page SYNOPSIS and ERRORS are kept, with their headings, and nothing else', () => {
  const page =
    'x(2)   Manual   x(2)\n\nNAME\n       x - y\n\nSYNOPSIS\n       int x(void);\n\nERRORS\n       EBADF  no\n\nSEE ALSO\n       z(2)\n';
  expect(sectionsOf(page)).toEqual(['SYNOPSIS', '       int x(void);', '', 'ERRORS', '       EBADF  no', '']);
});
