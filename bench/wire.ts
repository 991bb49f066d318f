import {execFile} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {lessons} from '../lessons/index.ts';
import {type ChosenNetwork, chooseNetwork, chosenNetwork} from '../src/app/run/network-choice.ts';
import {choosePort} from '../src/app/run/port-choice.ts';
import {Walk} from '../src/app/run/walk.ts';
import type {Lesson} from '../src/model/lesson.ts';
import {keySequence} from '../test/pty-keys.ts';
import {atMost, type Figure} from './figure.ts';
import type {Setting} from './setting.ts';
import {quantile, rangeText, ratios} from './stats.ts';
import {TimedTerminal} from './timed-terminal.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('../dist/sockwalk.js', import.meta.url));
const flood = fileURLToPath(new URL('./flood.mjs', import.meta.url));

/** Each datagram to a port that nobody has is two frames: itself, and the ICMP that answers it. */
const framesPerSecond = 50_000;
const goalMs = 33;
const openingGoalMs = 150;

/** How long a walk takes to open in a private network, and whether frames are missed while the screen is used. */
export async function measureWire(setting: Setting): Promise<Figure[]> {
  return [await opening(setting), ...(await flooding(setting))];
}

/** From the choice of the network to actors that are ready, in a private network and on this machine, in turn. */
async function opening({isQuick, tell}: Setting): Promise<Figure> {
  const rounds = isQuick ? 3 : 20;
  const own: number[] = [];
  const here: number[] = [];
  for (let n = 1; n <= rounds; n++) {
    tell(`wire: opening, round ${n} of ${rounds}`);
    own.push(await openingMs(privateGround));
    here.push(await openingMs(ownGround));
  }
  const more = quantile(
    own.map((ms, i) => ms - (here[i] ?? 0)),
    0.5,
  );
  return {
    name: 'opening a walk in a private network, more than on this machine',
    value: `${more.toFixed(0)} ms`,
    goal: atMost(openingGoalMs, more, ' ms'),
    detail: `private ${quantile(own, 0.5).toFixed(0)} ms, here ${quantile(here, 0.5).toFixed(0)} ms, ratio ${rangeText(ratios(own, here), 2)}; ${rounds} pairs`,
  };
}

async function openingMs(makeGround: () => Promise<ChosenNetwork>): Promise<number> {
  const start = performance.now();
  await using _walk = await Walk.open(lesson, await makeGround(), '');
  return performance.now() - start;
}

const lesson: Lesson = lessons.find(({id}) => id === 'echo') ?? fail('there is no lesson named echo');

async function privateGround(): Promise<ChosenNetwork> {
  const {network, refusal, ...chosen} = await chooseNetwork(lesson, {network: 'private', port: null});
  if (refusal) throw new Error(`no private network here: ${refusal.kind}`);
  return chosenNetwork({...chosen, network, refusal}) ?? fail('no free port');
}

/** On this machine, and nothing captured, whether the account may or not. */
async function ownGround(): Promise<ChosenNetwork> {
  const chosen = await choosePort(null);
  return chosen.kind === 'refused' ? fail('no free port') : {...chosen, network: null};
}

function fail(why: string): never {
  throw new Error(why);
}

/** A lesson is open on the screen, and keys are pressed, while its network carries a flood. */
async function flooding({isQuick, folder, tell}: Setting): Promise<Figure[]> {
  const seconds = isQuick ? 2 : 10;
  tell(`wire: ${framesPerSecond} frames a second, for ${seconds} s`);
  const args = [program, '--network', 'private', '--no-progress', '--lang', 'en', 'echo'];
  await using terminal = new TimedTerminal(args, 120, 40, {XDG_DATA_HOME: folder});
  await terminal.frame(lines => stepShown(lines) === '0/14');
  // What is typed before the program reads keys would be the terminal's.
  await sleep(300);
  for (let n = 1; n <= 4; n++) await press(terminal, 'Right');
  const quiet = await pressFor(terminal, seconds * 1000);
  const pid = await networkOf(terminal.pid);
  const enter = ['-t', String(pid), '-U', '-n', '--preserve-credentials', '--', process.execPath, flood];
  const flooded = run('nsenter', [...enter, String(framesPerSecond / 2), String(seconds)]);
  const busy = await pressFor(terminal, seconds * 1000);
  const [sent = 0, took = 0] = (await flooded).stdout.split(' ').map(Number);
  const counted = await counts(terminal);
  const p95 = quantile(busy, 0.95);
  return [
    {
      name: `frames that the kernel had no room for, of ${counted.captured} at ${Math.round((2000 * sent) / took)} a second, the screen in use`,
      value: String(counted.dropped),
      goal: atMost(0, counted.dropped),
      detail: `PACKET_STATISTICS; ${sent} datagrams and the ICMP that answers each, in ${(took / 1000).toFixed(1)} s; ${counted.omitted} of the frames counted and not kept`,
    },
    {
      name: 'key press to changed frame meanwhile, p95',
      value: `${p95.toFixed(1)} ms`,
      goal: atMost(goalMs, p95, ' ms'),
      detail: `${busy.length} keys; ${(p95 / quantile(quiet, 0.95)).toFixed(2)} times the same without the flood (${quantile(quiet, 0.95).toFixed(1)} ms)`,
    },
  ];
}

/** Back and forth between two steps, with the pause of a held key between. */
async function pressFor(terminal: TimedTerminal, ms: number): Promise<number[]> {
  const answers: number[] = [];
  for (const end = performance.now() + ms; performance.now() < end; ) {
    for (const key of ['Left', 'Right']) {
      await sleep(40);
      answers.push(await press(terminal, key));
    }
  }
  return answers;
}

async function press(terminal: TimedTerminal, key: string): Promise<number> {
  const before = stepShown(terminal.lines());
  const pressed = performance.now();
  terminal.type(keySequence(key));
  return (await terminal.frame(lines => stepShown(lines) !== before && stepShown(lines) !== null)) - pressed;
}

/** `5/14`, from the header; null while there is none. */
const stepShown = ([header = '']: readonly string[]): string | null => / (\d+\/\d+) +en$/.exec(header)?.[1] ?? null;

/** The process that holds the network of a program. */
async function networkOf(pid: number): Promise<number> {
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ').map(Number);
  for (const child of children) {
    if ((await readFile(`/proc/${child}/cmdline`, 'utf8')).includes('network.js')) return child;
  }
  return fail('the program has no network');
}

/** What the ladder says at its end. */
async function counts(terminal: TimedTerminal) {
  const line = /PACKET_STATISTICS: (\d+) captured, (\d+) dropped(?:, (\d+) of them not kept)?/;
  terminal.type('w');
  await terminal.frame(lines => lines.some(text => line.test(text)));
  // The newest count comes within a quarter of a second.
  await sleep(600);
  const found = terminal.lines().find(text => line.test(text)) ?? '';
  const [, captured = '0', dropped = '0', omitted = '0'] = line.exec(found) ?? [];
  return {captured: Number(captured), dropped: Number(dropped), omitted: Number(omitted)};
}
