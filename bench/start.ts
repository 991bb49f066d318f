import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {atMost, type Figure} from './figure.ts';
import type {Setting} from './setting.ts';
import {inTurn, rangeText, ratios, spreadOf} from './stats.ts';
import {TimedTerminal} from './timed-terminal.ts';

const columns = 80;
const rows = 24;
const goal = 0.45;

const program = fileURLToPath(new URL('../dist/sockwalk.js', import.meta.url));
const hello = fileURLToPath(new URL('hello.mjs', import.meta.url));

/** From the start of the process to the first full frame, in a pseudo-terminal, on each Node. */
export async function measureStart(setting: Setting): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const node of setting.nodes) figures.push(...(await measureOn(node, setting)));
  return figures;
}

async function measureOn(node: string, {isQuick, folder, tell}: Setting): Promise<Figure[]> {
  const version = execFileSync(node, ['--version'], {encoding: 'utf8'}).trim();
  tell(`start on Node ${version}`);
  // A home of its own: the progress of whoever runs this is neither read nor changed. What the first start, which does not
  // count, has Node keep of what it compiled is there for the others, as it is for a learner.
  const env = {XDG_DATA_HOME: folder, XDG_CACHE_HOME: folder};
  const isHome = (lines: readonly string[]) => lines.some(line => / q quit {2}\? more keys$/.test(line));
  const isHello = (lines: readonly string[]) => lines[0] === 'hello';
  const measured = await inTurn(isQuick ? 2 : 25, {
    home: () => untilFrame(node, program, env, isHome),
    hello: () => untilFrame(node, hello, env, isHello),
    node: () => untilExit(node),
  });
  const [home, ink, bare] = [spreadOf(measured.home), spreadOf(measured.hello), spreadOf(measured.node)];
  const againstInk = ratios(measured.home, measured.hello);
  const homeText = `home screen ${rangeText(home, 0)} ms`;
  return [
    {
      name: `start to home screen / unbundled Ink "hello", Node ${version}`,
      value: rangeText(againstInk, 2),
      goal: atMost(goal, againstInk.median),
      detail: `${homeText}, hello ${rangeText(ink, 0)} ms; ${columns}x${rows}, ${measured.home.length} pairs`,
    },
    {
      name: `start to home screen / node -e 0, Node ${version}`,
      value: rangeText(ratios(measured.home, measured.node), 2),
      goal: null,
      detail: `${homeText}, node -e 0 ${rangeText(bare, 0)} ms`,
    },
  ];
}

async function untilFrame(
  node: string,
  script: string,
  env: Readonly<Record<string, string>>,
  isComplete: (lines: readonly string[]) => boolean,
): Promise<number> {
  await using terminal = new TimedTerminal([script], columns, rows, env, node);
  return (await terminal.frame(isComplete)) - terminal.started;
}

async function untilExit(node: string): Promise<number> {
  const started = performance.now();
  await once(spawn(node, ['-e', '0'], {stdio: 'ignore'}), 'exit');
  return performance.now() - started;
}
