import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import {dirname, join, normalize} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';

const pure = ['src/model', 'src/wire', 'src/timeline', 'src/claims', 'src/messages'];
const drawn = [
  'src/draw',
  ...['text', 'wire', 'picture', 'flow', 'lesson', 'page', 'serve'].map(folder => `src/draw/${folder}`),
];

/** By its files, which the program has bundled. */
const budoux = ['', '/data/models'].map(folder => `node_modules/budoux/module${folder}`);

/** Every folder of the program, lower ones first. Each may import from itself, and from what is named here: all of it lower. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'src/about': ['.'],
  'src/model': [],
  'src/wire': ['src/model'],
  'src/timeline': ['src/model', 'src/wire'],
  'src/claims': ['src/model', 'src/wire', 'src/timeline'],
  'src/messages': ['src/model', 'string-width', 'get-east-asian-width'],
  'src/messages/advice': ['src/model', 'src/messages'],

  'lessons/kit': ['src/model'],
  'lessons/data': ['src/model'],
  lessons: ['src/model', 'lessons/kit', 'lessons/data'],

  'src/lab/libc': ['src/model', 'koffi', 'node:*'],
  'src/lab/child': ['src/model', 'node:*'],
  'src/lab/file': ['src/model', 'node:*'],
  'src/lab/http': ['src/model', 'node:*'],
  'src/lab/actor': ['src/model', 'src/lab/libc', 'src/lab/child', 'node:*'],
  'src/lab/kernel': ['src/model', 'src/lab/libc', 'src/lab/actor', 'node:*'],
  'src/lab/network': ['src/model', 'src/lab/libc', 'src/lab/child', 'node:*'],
  'src/lab/serve': ['src/model', ...['child', 'file', 'http', 'kernel'].map(folder => `src/lab/${folder}`), 'node:*'],
  'src/lab/router': ['src/model', 'src/lab/actor', 'src/lab/http', 'node:*'],
  'src/lab': [
    'src/model',
    ...['libc', 'file', 'actor', 'kernel', 'network'].map(folder => `src/lab/${folder}`),
    'node:*',
  ],

  'src/draw/text': [...pure, 'string-width', ...budoux],
  'src/draw': [...pure, 'src/draw/text'],
  'src/draw/wire': [...pure, 'src/draw', 'src/draw/text', 'string-width'],
  'src/draw/picture': [...pure, 'src/draw', 'src/draw/text', 'src/draw/wire'],
  'src/draw/flow': [...pure, 'src/draw', 'src/draw/text', 'src/draw/wire'],
  'src/draw/lesson': [...pure, 'src/draw', ...['text', 'wire', 'picture', 'flow'].map(folder => `src/draw/${folder}`)],
  'src/draw/page': [...pure, 'src/messages/advice', 'src/draw/text'],
  'src/draw/serve': [...pure, 'src/draw/text', 'src/draw/wire'],

  'src/app/terminal': ['src/draw/text', 'node:*'],
  'src/app/words': [...pure, 'src/draw/text', 'leven', 'node:*'],
  'src/app/keep': [...pure, 'src/about', 'src/app/words', 'ajv', 'node:*'],
  'src/app/line': [...pure, 'src/app/words', 'node:*'],
  'src/app/find': ['src/model', 'src/draw/page'],
  'src/app/run': [
    ...[...pure, 'src/draw/lesson', 'src/draw/wire', 'src/app/words', 'src/app/keep', 'src/app/line', 'node:*'],
    ...['src/lab', ...['child', 'file', 'actor', 'kernel', 'network'].map(folder => `src/lab/${folder}`)],
  ],
  'src/app/keys': [...pure, 'src/draw/text', 'src/draw/page', 'src/app/line'],
  'src/app/screen': [
    ...pure,
    'src/messages/advice',
    ...drawn,
    ...['words', 'keep', 'line', 'find', 'run', 'keys'].map(folder => `src/app/${folder}`),
    'node:*',
  ],
  'src/app/session': [
    ...[...pure, 'src/draw/text'],
    ...['words', 'keep', 'line', 'find', 'run', 'keys', 'screen'].map(folder => `src/app/${folder}`),
  ],
  'src/app/serve': [
    ...[...pure, ...drawn, 'src/lab/serve', 'src/lab/file', 'src/lab/kernel'],
    ...[...['words', 'line', 'run', 'keys', 'screen'].map(folder => `src/app/${folder}`), 'node:*'],
  ],
  'src/app/command': [
    ...[...pure, 'src/about', 'src/draw/text', 'string-width', 'node:*'],
    ...['src/lab', ...['file', 'actor', 'kernel', 'network', 'router'].map(folder => `src/lab/${folder}`)],
    ...['terminal', 'words', 'keep', 'run', 'screen', 'session', 'serve'].map(folder => `src/app/${folder}`),
  ],

  components: [
    ...[...pure, ...drawn, 'ink', 'react', 'chalk', 'string-width', '@alcalzone/ansi-tokenize'],
    ...['terminal', 'words', 'keep', 'line', 'find', 'run', 'keys', 'screen', 'session', 'serve', 'command'].map(
      folder => `src/app/${folder}`,
    ),
  ],
  src: [
    ...['src/about', 'src/model', 'src/messages', 'src/draw/text', 'lessons', 'lessons/data', 'components', 'node:*'],
    ...['words', 'keep', 'serve', 'command'].map(folder => `src/app/${folder}`),
  ],
};

/** What may have more files than anybody can take in at a glance: lists, one entry a file. */
const lists = new Set(['lessons', 'src/messages']);

const root = fileURLToPath(new URL('..', import.meta.url));

/** Paths below a folder of the project, from its root. */
function filesBelow(path: string): string[] {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path)).flatMap(name => filesBelow(join(path, name)));
}
const sources = ['src', 'components', 'lessons'].flatMap(filesBelow).filter(file => /\.(tsx?|js)$/.test(file));

// At the beginning of a line: the listings of the lessons hold imports of their own.
const forms = [
  /^(?:import|export)\s[^'`;]*?\bfrom\s*'([^']+)'/gm,
  /^import\s*'([^']+)'/gm,
  /\bimport\(\s*'([^']+)'\s*\)/g,
  /\b(?:createRequire\([^()]*\)|require)\(\s*'([^']+)'\s*\)/g,
];

/** What a source names in its imports: static, for the effect, dynamic, of a type, and by require. */
const importsOf = (source: string): string[] =>
  forms.flatMap(form => [...source.matchAll(form)].map(([, specifier = '']) => specifier));

const folderOf = (path: string): string | undefined => (dirname(path) in mayImport ? dirname(path) : undefined);

/** What an import leads to, as the table has it: a folder, or a package. */
function targetOf(file: string, specifier: string): string {
  if (specifier.startsWith('node:')) return 'node:*';
  if (!specifier.startsWith('.')) return specifier;
  return dirname(normalize(join(dirname(file), specifier)));
}

function forbidden(file: string, source: string): string[] {
  const folder = folderOf(file);
  if (folder === undefined) return [`${file} is in no folder of the table`];
  const allowed = [folder, ...(mayImport[folder] ?? [])];
  return importsOf(source)
    .filter(specifier => !allowed.includes(targetOf(file, specifier)))
    .map(specifier => `${file} imports ${specifier}`);
}

test('every import leads to a lower folder, or stays in its own', () => {
  expect(sources.flatMap(file => forbidden(file, readFileSync(join(root, file), 'utf8')))).toEqual([]);
});

test('the table leads one way: what a folder may import stands above it', () => {
  const folders = Object.keys(mayImport);
  const upward = folders.flatMap((folder, i) =>
    (mayImport[folder] ?? []).filter(other => folders.indexOf(other) > i).map(other => `${folder} -> ${other}`),
  );
  expect(upward).toEqual([]);
});

test('no two files import each other, on whatever way round', () => {
  const edges = new Map(
    sources.map(file => [
      file,
      importsOf(readFileSync(join(root, file), 'utf8'))
        .filter(specifier => specifier.startsWith('.'))
        .map(specifier => normalize(join(dirname(file), specifier))),
    ]),
  );
  const state = new Map<string, 'open' | 'done'>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'open') circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (state.has(file)) return;
    state.set(file, 'open');
    for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of sources) visit(file, []);
  expect(circles).toEqual([]);
});

test('a folder holds no more than can be taken in at a glance, and components/ holds what is drawn with React alone', () => {
  const counts = groupedBy(sources, dirname);
  const full = [...counts]
    .filter(([folder, files]) => files.length > 25 && !lists.has(folder))
    .map(([folder]) => folder);
  expect(full).toEqual([]);
  expect(sources.filter(file => file.endsWith('.tsx') !== file.startsWith('components/'))).toEqual([]);
});

function groupedBy(files: readonly string[], keyOf: (file: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const file of files) groups.set(keyOf(file), [...(groups.get(keyOf(file)) ?? []), file]);
  return groups;
}

test('every import of a file leads to one', () => {
  const missing = sources.flatMap(file =>
    importsOf(readFileSync(join(root, file), 'utf8'))
      .filter(specifier => specifier.startsWith('.') && !existsSync(join(root, dirname(file), specifier)))
      .map(specifier => `${file} imports ${specifier}`),
  );
  expect(missing).toEqual([]);
});

test('all that the table allows is there: a folder, or a package that the project names', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const packages = Object.keys({
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
  });
  const unknown = [...Object.keys(mayImport), ...Object.values(mayImport).flat()].filter(
    name => name !== 'node:*' && !packages.includes(name) && !existsSync(join(root, name)),
  );
  expect(unknown).toEqual([]);
});

test.each([
  {file: 'src/model/x.ts', source: "import {readFile} from 'node:fs/promises';"},
  {file: 'src/model/x.ts', source: "export {fill} from '../messages/fill.ts';"},
  {file: 'lessons/x.ts', source: "import type {Lab} from '../src/lab/lab.ts';"},
  {file: 'lessons/x.ts', source: "import {\n  type A,\n  b,\n} from '../components/App.tsx';"},
  {file: 'lessons/kit/x.ts', source: "import {echo} from '../echo.ts';"},
  {file: 'src/lab/x.ts', source: "import '../app/command/play.ts';"},
  {file: 'src/lab/libc/x.ts', source: "import {Lab} from '../lab.ts';"},
  {file: 'src/lab/serve/x.ts', source: "import {openNetwork} from '../network/network.ts';"},
  {file: 'src/wire/x.ts', source: "import {harmless} from '../messages/harmless.ts';"},
  {file: 'src/timeline/x.ts', source: "export * from '../lab/lab.ts';"},
  {file: 'src/messages/x.ts', source: "const {lessons} = await import('../../lessons/index.ts');"},
  {file: 'src/messages/x.ts', source: "let koffi: typeof import('koffi');"},
  {file: 'src/draw/text/x.ts', source: "import chalk from 'chalk';"},
  {file: 'src/draw/page/x.ts', source: "import {Box} from 'ink';"},
  {file: 'src/app/line/x.ts', source: "import {Session} from '../session/session.ts';"},
  {file: 'src/app/screen/x.ts', source: "import {lessons} from '../../../lessons/index.ts';"},
  {file: 'src/app/command/x.ts', source: "import {main} from '../../cli.ts';"},
  {file: 'src/app/command/x.ts', source: "createRequire(import.meta.url)('koffi');"},
  {file: 'components/x.tsx', source: "import {openLab} from '../src/lab/lab.ts';"},
  {file: 'components/x.tsx', source: "import {once} from 'node:events';"},
  {file: 'src/stray/x.ts', source: ''},
])('in $file this is forbidden: $source', ({file, source}) => {
  expect(forbidden(file, source)).toHaveLength(1);
});

test.each([
  {
    file: 'src/lab/kernel/x.ts',
    source: "import {createServer} from 'node:net';\nimport {port} from '../../model/brands.ts';",
  },
  {file: 'lessons/x.ts', source: "const program = `import net from 'node:net';\n`;\nimport {echo} from './echo.ts';"},
  {
    file: 'components/x.tsx',
    source: "import {render} from 'ink';\nimport {Session} from '../src/app/session/session.ts';",
  },
  {file: 'src/x.ts', source: "import {lessons} from '../lessons/index.ts';"},
])('in $file this is allowed: $source', ({file, source}) => {
  expect(forbidden(file, source)).toEqual([]);
});
