// Makes a fresh clone ready: installs when the lock file has changed, builds when a source has. Does nothing otherwise.
import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {whyTooOld} from '../src/about/needed-node.js';

const why = whyTooOld(process.versions.node, [], process.env);
if (why !== null) {
  process.stderr.write(`sockwalk: ${why}\n`);
  process.exit(1);
}

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => join(root, ...parts);

const sources = [
  'src',
  'components',
  'lessons',
  'scripts/build.mjs',
  'scripts/lazy-budoux.mjs',
  'scripts/lazy-string-width.mjs',
  'scripts/lesson-texts.mjs',
  'scripts/licenses',
  'scripts/third-party-licenses.mjs',
  'package.json',
  'tsconfig.json',
];
const installStamp = at('node_modules', '.sockwalk-installed');
const buildStamp = at('dist', '.built-from');

/** @param {string} path @returns {string[]} every file below, in a stable order */
function filesBelow(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap(name => filesBelow(join(path, name)));
}

/** @param {readonly string[]} paths */
function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap(path => filesBelow(at(path))))
    hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest('hex');
}

/** @param {string} file @param {string} mark */
const isMarked = (file, mark) => existsSync(file) && readFileSync(file, 'utf8') === mark;

/** @param {string} saying @param {string} command @param {readonly string[]} args */
function run(saying, command, args) {
  process.stderr.write(`sockwalk: ${saying}\n`);
  const {status, error} = spawnSync(command, args, {cwd: root, stdio: ['ignore', 2, 2]});
  if (status === 0) return;
  process.stderr.write(`sockwalk: ${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}\n`);
  process.exit(status ?? 1);
}

const locked = fingerprint(['package-lock.json']);
if (!isMarked(installStamp, locked)) {
  run('installing what is needed (npm ci)', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(installStamp, locked);
}

const written = fingerprint(sources);
if (!isMarked(buildStamp, written)) {
  run('building', process.execPath, [at('scripts', 'build.mjs')]);
  writeFileSync(buildStamp, written);
}
