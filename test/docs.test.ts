import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {lessons} from '../lessons/index.ts';

const read = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

test.each([
  ['README.md', 'en'],
  ['README.ja.md', 'ja'],
] as const)('%s lists every lesson in its order, with the words of the program', (file, language) => {
  const rows = [...read(file).matchAll(/^\| (\d+) \| `([a-z-]+)` \| (.+) \|$/gm)].map(([, n, id, about]) => [
    n,
    id,
    about,
  ]);
  expect(rows).toEqual(lessons.map(({id, about}, i) => [String(i + 1), id, about[language]]));
});
