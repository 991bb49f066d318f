// Runs what depends on Node under other Nodes than this one, and as an ordinary user where this is root: npm run nodes [-- 22 24].
// Each Node is an npm package, installed into a folder of its own, .nodes/. The last line counts, as the tests' own does.
import {spawnSync} from 'node:child_process';
import {chmodSync, existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {arch, argv, execPath, platform, versions} from 'node:process';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = join(root, 'dist', 'sockwalk.js');
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');

/** The others of those that the program is made for; this one runs the whole suite, by npm test. */
const usualNodes = ['20', '22', '24', '26'].filter(name => name !== versions.node.split('.')[0]);
/** One that cannot read the program: all that it should do is to say so. */
const tooOld = '18';

/** Whatever runs in a Node process of the learner's version, or is started by it. */
const nodeTests = [
  ...['test/lessons/lessons.test.ts', 'test/lessons/programs.test.ts', 'test/lab/actor/node-actor.test.ts'],
  ...[
    'test/lab/child/program.test.ts',
    'test/lab/actor/without-strace.test.ts',
    'test/lab/actor/start-and-kill.test.ts',
  ],
  ...['test/lab/kernel/port.test.ts', 'test/components/recorded-traces.test.ts', 'test/components/node-guest.test.ts'],
  ...['test/components/screen.test.ts', 'test/cli/cli.test.ts'],
];
const tooOldTest = 'test/cli/too-old-node.test.ts';

/** A part that has not ended by then, in milliseconds, has failed. */
const longestMs = 20 * 60_000;

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
const counts: Count[] = [];

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const binaryOf = (name: string): string => join(root, '.nodes', name, 'node_modules', nodePackage, 'bin', 'node');
const nodePackage = `node-linux-${arch}`;

/** The binary of a version, installed where it is not there yet; null where that fails. */
function installed(name: string): string | null {
  const binary = binaryOf(name);
  if (existsSync(binary)) return binary;
  const wanted = `${nodePackage}@${name}`;
  say(`installing ${wanted} into .nodes/${name}`);
  const options = ['--prefix', join(root, '.nodes', name), '--no-audit', '--no-fund', '--loglevel=error'];
  spawnSync('npm', ['install', ...options, wanted], {stdio: ['ignore', 'ignore', 'inherit']});
  return existsSync(binary) ? binary : null;
}

const versionOf = (node: string): string => spawnSync(node, ['--version'], {encoding: 'utf8'}).stdout.trim();

/** What the last line of the tests says; null where there is none. */
function countIn(output: string): Count | null {
  const last = [...output.matchAll(/^(\d+) passed, (\d+) failed, (\d+) skipped$/gm)].at(-1);
  return last ? {passed: Number(last[1]), failed: Number(last[2]), skipped: Number(last[3])} : null;
}

/** Runs one part, says whether it passed and what it printed if it did not, and counts it, or the tests that it counts itself. */
function run(what: string, command: readonly string[], env: NodeJS.ProcessEnv = {}): void {
  const start = performance.now();
  const [file = '', ...args] = command;
  const {status, stdout, stderr} = spawnSync(file, args, {
    ...{cwd: root, encoding: 'utf8', timeout: longestMs, killSignal: 'SIGTERM', maxBuffer: 2 ** 28},
    env: {...process.env, ...env},
  });
  const output = `${stdout}${stderr}`;
  const told = countIn(output);
  const {passed, failed, skipped} = told ?? {passed: status === 0 ? 1 : 0, failed: 0, skipped: 0};
  const count = {passed, failed: status === 0 ? failed : Math.max(1, failed), skipped};
  counts.push(count);
  if (count.failed > 0) say(output.trimEnd().split('\n').slice(-100).join('\n'));
  const many = told ? `, ${passed} passed, ${failed} failed, ${skipped} skipped` : '';
  const seconds = Math.round((performance.now() - start) / 1000);
  say(`${what}: ${count.failed > 0 ? 'FAILED' : 'passed'}${many} (${seconds} s)`);
}

/** Plays and verifies all lessons under a Node, as this user (with nothing before the command) or as another. */
function playAll(node: string, who: string, before: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'sockwalk-nodes-'));
  chmodSync(folder, 0o777);
  for (const args of [['play', '--all'], ['verify']]) {
    const command = [...before, node, program, ...args, '--lang', 'en'];
    run(`Node ${versionOf(node)}, ${who}: sockwalk ${args.join(' ')}`, command, {HOME: folder, XDG_DATA_HOME: folder});
  }
  rmSync(folder, {recursive: true, force: true});
}

const enterOrdinary = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];

/** Where this is root: the same as nobody, if nobody may read the program and the Node. */
function playAllAsOrdinary(node: string): void {
  if (process.getuid?.() !== 0) return;
  const [command = '', ...args] = [...enterOrdinary, node, program, '--version'];
  if (spawnSync(command, args).status === 0) return playAll(node, 'as an ordinary user', enterOrdinary);
  say(`Node ${versionOf(node)}: not tried as an ordinary user, who cannot run it here`);
  counts.push({passed: 0, failed: 0, skipped: 1});
}

function tryNode(name: string): void {
  const node = installed(name);
  if (node === null) {
    say(`Node ${name}: FAILED, it could not be installed`);
    counts.push({passed: 0, failed: 1, skipped: 0});
  } else if (name === tooOld) {
    run(`Node ${versionOf(node)}: that it is too old`, [execPath, vitest, 'run', tooOldTest], {
      SOCKWALK_OLD_NODE: node,
    });
  } else {
    playAll(node, 'as this user', []);
    playAllAsOrdinary(node);
    const env = {PATH: `${dirname(node)}:${process.env.PATH}`};
    run(`Node ${versionOf(node)}: the tests that depend on Node`, [node, vitest, 'run', ...nodeTests], env);
  }
}

if (platform !== 'linux' || !['x64', 'arm64'].includes(arch)) {
  say(`There is no npm package of Node for ${platform} on ${arch} here.`);
  process.exit(1);
}
const names = argv.length > 2 ? argv.slice(2) : [...usualNodes, tooOld];
say(
  `Node ${names.join(', ')}: each plays and verifies all lessons and runs the tests that depend on it; Node ${tooOld} has to say that it is too old.`,
);
if (argv.length === 2) playAllAsOrdinary(execPath);
for (const name of names) tryNode(name);
const sum = (state: keyof Count): number => counts.reduce((all, count) => all + count[state], 0);
say(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
