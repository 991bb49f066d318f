import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import {dirname, join, normalize} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';

/** The floors of the program. Each may import from itself, and from what is named here. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'src/model': [],
  lessons: ['src/model'],
  'src/lab': ['src/model', 'koffi', 'node:*'],
  'src/wire': ['src/model'],
  'src/timeline': ['src/model', 'src/wire'],
  'src/messages': ['src/model', 'string-width', 'get-east-asian-width'],
  components: [
    ...['src/model', 'src/wire', 'src/timeline', 'src/messages'],
    ...['ink', 'react', 'string-width', 'chalk'],
  ],
  'src/app': [
    ...['src/model', 'lessons', 'src/lab', 'src/wire', 'src/timeline', 'src/messages', 'components', 'src/version.ts'],
    ...['src/needed-node.js', 'ink', 'react', 'ajv', 'leven', 'string-width', 'node:*'],
  ],
  'src/version.ts': ['package.json'],
  'src/needed-node.js': [],
  'src/needed-node.d.ts': [],
  'src/start.ts': ['src/needed-node.js', 'src/app', 'src/cli.ts', 'node:*'],
  'src/cli.ts': ['src/app', 'lessons', 'src/messages', 'src/model', 'components', 'src/version.ts', 'node:*'],
};

const root = fileURLToPath(new URL('..', import.meta.url));

/** Paths below a folder of the project, from its root. */
function filesBelow(path: string): string[] {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path)).flatMap(name => filesBelow(join(path, name)));
}
const sources = ['src', 'components', 'lessons'].flatMap(filesBelow).filter(file => /\.tsx?$/.test(file));

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

const floorOf = (path: string): string | undefined =>
  Object.keys(mayImport).find(floor => path === floor || path.startsWith(`${floor}/`));

/** What an import leads to, as the table has it: a floor, a file of the project, or a package. */
function targetOf(file: string, specifier: string): string {
  if (specifier.startsWith('node:')) return 'node:*';
  if (!specifier.startsWith('.')) return specifier;
  const path = normalize(join(dirname(file), specifier));
  return floorOf(path) ?? path;
}

function forbidden(file: string, source: string): string[] {
  const floor = floorOf(file);
  if (floor === undefined) return [`${file} is on no floor`];
  const allowed = [floor, ...(mayImport[floor] ?? [])];
  return importsOf(source)
    .filter(specifier => !allowed.includes(targetOf(file, specifier)))
    .map(specifier => `${file} imports ${specifier}`);
}

test('every import leads down, or stays on its floor', () => {
  expect(sources.flatMap(file => forbidden(file, readFileSync(join(root, file), 'utf8')))).toEqual([]);
});

test('every import of a file leads to one', () => {
  const missing = sources.flatMap(file =>
    importsOf(readFileSync(join(root, file), 'utf8'))
      .filter(specifier => specifier.startsWith('.') && !existsSync(join(root, dirname(file), specifier)))
      .map(specifier => `${file} imports ${specifier}`),
  );
  expect(missing).toEqual([]);
});

test('all that the table allows is there: a floor, a file, or a package that the project names', () => {
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
  {file: 'lessons/x.ts', source: "import {\n  type A,\n  b,\n} from '../components/look.ts';"},
  {file: 'src/lab/x.ts', source: "import '../app/play.ts';"},
  {file: 'src/wire/x.ts', source: "import {harmless} from '../messages/harmless.ts';"},
  {file: 'src/timeline/x.ts', source: "export * from '../lab/lab.ts';"},
  {file: 'src/messages/x.ts', source: "const {lessons} = await import('../../lessons/index.ts');"},
  {file: 'src/messages/x.ts', source: "let koffi: typeof import('koffi');"},
  {file: 'components/x.tsx', source: "import {Session} from '../src/app/session.ts';"},
  {file: 'components/x.tsx', source: "import {once} from 'node:events';"},
  {file: 'src/app/x.ts', source: "import {main} from '../cli.ts';"},
  {file: 'src/app/x.ts', source: "createRequire(import.meta.url)('koffi');"},
  {file: 'src/stray.ts', source: ''},
])('in $file this is forbidden: $source', ({file, source}) => {
  expect(forbidden(file, source)).toHaveLength(1);
});

test.each([
  {file: 'src/lab/x.ts', source: "import {createServer} from 'node:net';\nimport {port} from '../model/brands.ts';"},
  {file: 'lessons/x.ts', source: "const program = `import net from 'node:net';\n`;\nimport {echo} from './echo.ts';"},
  {file: 'src/app/x.ts', source: "import {lessons} from '../../lessons/index.ts';\nimport {render} from 'ink';"},
])('in $file this is allowed: $source', ({file, source}) => {
  expect(forbidden(file, source)).toEqual([]);
});
