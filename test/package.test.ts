import {execFile} from 'node:child_process';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {beforeAll, describe, expect, test} from 'vitest';
import {lessons} from '../lessons/index.ts';
import {thirdPartyLicenses} from '../scripts/third-party-licenses.mjs';
import {freshFolder} from './fresh-folder.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const execute = promisify(execFile);
const npm = (cwd: string, ...args: string[]) =>
  execute('npm', ['--offline', '--no-audit', '--no-fund', ...args], {cwd});

describe('the licenses of what is bundled', () => {
  const text = readFileSync(join(root, 'dist', 'THIRD-PARTY-LICENSES'), 'utf8');
  const sections = text.split(/^-{78}\n\n/m).slice(1);
  const named = sections.map(section => section.split('\n', 1)[0] ?? '');

  test('each is named with the version that is installed, and has its terms in full', () => {
    for (const name of [
      'ink',
      'react',
      'react-reconciler',
      'yoga-layout',
      'string-width',
      'budoux',
      'ajv',
      'fast-uri',
    ]) {
      const {version, license} = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
      expect(named).toContain(`${name} ${version} (${license})`);
    }
    const short = sections.filter(section => !/copyright/i.test(section) || section.length < 700);
    expect(short).toEqual([]);
    expect(new Set(named).size).toBe(named.length);
  });

  test('what is not in a bundle is not named', () => {
    expect(
      named.filter(name => /^(koffi|linkedom|esbuild|typescript|vitest|react-devtools-core|@types\/.*) /.test(name)),
    ).toEqual([]);
  });
});

describe('gathering licenses', () => {
  function gather(files: Readonly<Record<string, string>>, inputs: Readonly<Record<string, number>>): string {
    const folder = freshFolder();
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), {recursive: true});
      writeFileSync(join(folder, name), text);
    }
    const sizes = Object.entries(inputs).map(([file, bytesInOutput]) => [file, {bytesInOutput}]);
    const outputs = {'x.js': {inputs: Object.fromEntries(sizes), bytes: 1, imports: [], exports: []}};
    return thirdPartyLicenses(folder, [{inputs: {}, outputs}]);
  }
  const manifest = (name: string) => JSON.stringify({name, version: '1.2.3', license: 'MIT'});

  test('a package in a package is the inner one, and one of which nothing is left is not named', () => {
    const inner = 'node_modules/a/node_modules/@b/c';
    const files = {[`${inner}/package.json`]: manifest('@b/c'), [`${inner}/LICENCE.md`]: 'the terms of c'};
    const text = gather(files, {[`${inner}/lib/x.js`]: 10, 'node_modules/gone/x.js': 0, 'src/main.ts': 5});
    expect(text).toContain('@b/c 1.2.3 (MIT)\n\nthe terms of c\n');
    expect(text).not.toMatch(/gone|main/);
  });

  test('a package without terms fails the build', () => {
    const files = {'node_modules/bare/package.json': manifest('bare')};
    expect(() => gather(files, {'node_modules/bare/index.js': 1})).toThrow('bare is bundled, but has no license text');
  });
});

describe('the package', () => {
  let folder = '';
  let files: readonly string[] = [];

  beforeAll(async () => {
    folder = freshFolder();
    const packing = await npm(root, 'pack', '--ignore-scripts', '--json', '--pack-destination', folder);
    const [packed] = Object.values(JSON.parse(packing.stdout)) as {filename: string; files: {path: string}[]}[];
    files = packed?.files.map(({path}) => path) ?? [];
    writeFileSync(join(folder, 'package.json'), '{"private": true}');
    await npm(folder, 'install', '--omit=optional', join(folder, packed?.filename ?? ''));
  });

  test('holds the program, what it says of itself, and nothing else', () => {
    const texts = ['CHANGELOG.md', 'LICENSE', 'README.ja.md', 'README.md', 'package.json'];
    expect(files.filter(file => !file.startsWith('dist/')).sort()).toEqual(texts);
    const built = files.filter(file => file.startsWith('dist/') && !/^dist\/[\w-]+\.js$/.test(file)).sort();
    const expected = ['dist/THIRD-PARTY-LICENSES', ...lessons.map(({id}) => `dist/lessons/${id}.json`)];
    expect(built).toEqual(expected.sort());
  });

  test('runs where it is installed into an empty folder', async () => {
    const {stdout} = await npm(folder, 'exec', '--', 'sockwalk', 'list', '--lang', 'en', '--no-progress');
    expect(lessons.filter(({id}) => !stdout.includes(` ${id} `))).toEqual([]);
  });
});
