import {readFileSync} from 'node:fs';

const page = `\n${readFileSync(new URL('../docs/events.md', import.meta.url), 'utf8')}`;

/** The objects that docs/events.md shows: events of `play`, or calls, outcomes, events of `serve`. */
export const examples = (of: '' | 'call' | 'outcome' | 'serve'): readonly Record<string, unknown>[] =>
  [...page.matchAll(new RegExp(`^\`\`\`json${of && ` ${of}`}\n([^\`]*)^\`\`\`$`, 'gm'))]
    .flatMap(([, lines = '']) => lines.trimEnd().split('\n'))
    .map(line => JSON.parse(line));

const named = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
const rowsIn = (text: string): string[][] =>
  [...text.matchAll(/^\|(.*)\|$/gm)].map(([, cells = '']) => cells.split('|').map(cell => cell.trim()));

/** What stands under a heading, up to the next one of its level or above. */
function under(heading: string): string {
  const [, level = ''] = /^(#+)/.exec(heading) ?? [];
  const [, after = ''] = page.split(`\n${heading}\n`);
  return after.split(new RegExp(`^#{1,${level.length}} `, 'm'))[0] ?? '';
}

/** The kinds of event that have a section, each with the paths in its table. */
export const documentedKinds: ReadonlyMap<string, readonly string[]> = new Map(
  [...under('## Kinds').matchAll(/^### `(.+)`$/gm)].map(([, kind = '']) => [
    kind,
    rowsIn(under(`### \`${kind}\``)).flatMap(([cell]) => named(cell)),
  ]),
);

/** A table that has names in its first column, and their properties in its second. */
export const tableUnder = (heading: string): ReadonlyMap<string, readonly string[]> =>
  new Map(rowsIn(under(heading)).flatMap(([names, properties]) => named(names).map(name => [name, named(properties)])));
