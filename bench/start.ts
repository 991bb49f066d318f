import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {atMost, type Figure} from './figure.ts';
import type {Setting} from './setting.ts';
import {inTurn, rangeText, ratios, spreadOf} from './stats.ts';
import {TimedTerminal} from './timed-terminal.ts';

const columns = 80;
const rows = 24;
const goal = 0.5;

const program = fileURLToPath(new URL('../dist/sockwalk.js', import.meta.url));
const hello = fileURLToPath(new URL('hello.mjs', import.meta.url));

/** From the start of the process to the first full frame, in a pseudo-terminal. */
export async function measureStart({isQuick, folder}: Setting): Promise<Figure[]> {
  // A home of its own: the progress of whoever runs this is neither read nor changed.
  const env = {XDG_DATA_HOME: folder};
  const isHome = (lines: readonly string[]) => lines.some(line => / q quit$/.test(line));
  const isHello = (lines: readonly string[]) => lines[0] === 'hello';
  const measured = await inTurn(isQuick ? 2 : 15, {
    home: () => untilFrame(program, env, isHome),
    hello: () => untilFrame(hello, env, isHello),
    node: untilExit,
  });
  const [home, ink, node] = [spreadOf(measured.home), spreadOf(measured.hello), spreadOf(measured.node)];
  const againstInk = ratios(measured.home, measured.hello);
  const homeText = `home screen ${rangeText(home, 0)} ms`;
  return [
    {
      name: 'start to home screen / unbundled Ink "hello"',
      value: rangeText(againstInk, 2),
      goal: atMost(goal, againstInk.median),
      detail: `${homeText}, hello ${rangeText(ink, 0)} ms; ${columns}x${rows}, ${measured.home.length} pairs`,
    },
    {
      name: 'start to home screen / node -e 0',
      value: rangeText(ratios(measured.home, measured.node), 2),
      goal: null,
      detail: `${homeText}, node -e 0 ${rangeText(node, 0)} ms`,
    },
  ];
}

async function untilFrame(
  script: string,
  env: Readonly<Record<string, string>>,
  isComplete: (lines: readonly string[]) => boolean,
): Promise<number> {
  await using terminal = new TimedTerminal([script], columns, rows, env);
  return (await terminal.frame(isComplete)) - terminal.started;
}

async function untilExit(): Promise<number> {
  const started = performance.now();
  await once(spawn(process.execPath, ['-e', '0'], {stdio: 'ignore'}), 'exit');
  return performance.now() - started;
}
