import {execFile} from 'node:child_process';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import type {LogEvent} from '../src/model/event.ts';
import {keySequence} from '../test/pty-keys.ts';
import {atMost, type Figure} from './figure.ts';
import type {Setting} from './setting.ts';
import {quantile, rangeText, ratios} from './stats.ts';
import {TimedTerminal} from './timed-terminal.ts';

const columns = 120;
const rows = 40;
const frameMs = 1000 / 60;
const goalMs = 33;
/** "About 1". */
const goalRatio = 1.2;
const manyEvents = 10_000;
const fewEvents = 100;
/** A held key repeats about 30 times a second; a press in the middle of the frame before it would measure the wait. */
const betweenKeysMs = 40;

const program = fileURLToPath(new URL('../dist/sockwalk.js', import.meta.url));
const times = (n: number, key: string): string[] => Array.from({length: n}, () => key);
/** One round; every key of it leads to a step with another number. */
const keys = ['$', ...times(10, 'Left'), '0', ...times(10, 'Right')].map(keySequence);

/** From a key press to the changed frame, in a long recording and in a short one. */
export async function measureKeys({isQuick, folder, tell}: Setting): Promise<Figure[]> {
  const walk = await recordEcho();
  await using many = await Replay.open(join(folder, 'many.jsonl'), repeated(walk, manyEvents), folder);
  await using few = await Replay.open(join(folder, 'few.jsonl'), repeated(walk, fewEvents), folder);
  const rounds = isQuick ? 1 : 10;
  const medians: {many: number[]; few: number[]} = {many: [], few: []};
  for (let round = 1; round <= rounds; round++) {
    tell(`keys: round ${round} of ${rounds}`);
    medians.many.push(quantile(await many.press(keys), 0.5));
    medians.few.push(quantile(await few.press(keys), 0.5));
  }
  tell('keys: bytes');
  const written = await few.writes(isQuick ? keys.slice(0, 6) : keys);
  const p95 = quantile(many.answers, 0.95);
  const ratio = ratios(medians.many, medians.few);
  const log = `the echo lesson played once for real, its events repeated with new numbers`;
  return [
    {
      name: `key press to changed frame, ${many.length} events, p95`,
      value: timeText(p95),
      goal: atMost(goalMs, p95, ' ms'),
      detail: `${answersText(many.answers)}; ${columns}x${rows}, ${many.answers.length} keys; ${log}`,
    },
    {
      name: `key press to changed frame, ${many.length} events / ${few.length} events`,
      value: rangeText(ratio, 2),
      goal: {...atMost(goalRatio, ratio.median), text: `about 1, at most ${goalRatio}`},
      detail: `with ${few.length} events: ${answersText(few.answers)}; medians of ${rounds} rounds in turn`,
    },
    ...writtenFigures(written),
  ];
}

/** In bytes. */
interface Written {
  /** For each key, and for the whole of the frame that it led to. */
  readonly changes: readonly number[];
  readonly frames: readonly number[];
  readonly idle: number;
}

/** Without a key for so long. */
const idleMs = 2000;
/** What comes after that is no answer to the key before. */
const quietMs = 150;
const goalShare = 1 / 3;
/** Synchronized output (DECSET 2026): a frame is in one. */
const frameBegins = '\x1b[?2026h';

function writtenFigures({changes, frames, idle}: Written): Figure[] {
  const share = ratios(changes, frames);
  return [
    {
      name: 'bytes that a key press writes / that the whole frame takes',
      value: rangeText(share, 2),
      goal: {...atMost(goalShare, share.median), text: 'at most a third'},
      detail: `a key ${bytesText(changes)}, a whole frame ${bytesText(frames)}; ${columns}x${rows}, ${changes.length} keys`,
    },
    {
      name: `bytes written in ${idleMs / 1000} s without a key`,
      value: `${idle}`,
      goal: atMost(0, idle),
      detail: `a recording, ${columns}x${rows}`,
    },
  ];
}

const bytesText = (bytes: readonly number[]): string =>
  `p50 ${quantile(bytes, 0.5).toFixed(0)} B, p95 ${quantile(bytes, 0.95).toFixed(0)} B`;

const timeText = (ms: number): string => `${ms.toFixed(1)} ms = ${(ms / frameMs).toFixed(2)} frames`;

const answersText = (answers: readonly number[]): string =>
  `p50 ${timeText(quantile(answers, 0.5))}, p95 ${timeText(quantile(answers, 0.95))}, max ${timeText(Math.max(...answers))}`;

async function recordEcho(): Promise<LogEvent[]> {
  const {stdout} = await promisify(execFile)(process.execPath, [program, 'play', 'echo', '--format', 'json']);
  return stdout
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
}

/** Whole walks one after the other until there are enough events. */
function repeated(walk: readonly LogEvent[], least: number): LogEvent[] {
  const lasts = walk.at(-1)?.at ?? 0;
  return Array.from({length: Math.ceil(least / walk.length)}, (_, n) =>
    walk.map((event, i) => ({...event, seq: n * walk.length + i, at: event.at + n * lasts})),
  ).flat();
}

/** A recording on the screen, and how long each key took that was pressed there. */
class Replay implements AsyncDisposable {
  readonly length: number;
  readonly answers: number[] = [];
  readonly #terminal: TimedTerminal;

  private constructor(terminal: TimedTerminal, length: number) {
    this.#terminal = terminal;
    this.length = length;
  }

  static async open(file: string, events: readonly LogEvent[], dataFolder: string): Promise<Replay> {
    await writeFile(file, events.map(event => `${JSON.stringify(event)}\n`).join(''));
    const terminal = new TimedTerminal([program, 'replay', file], columns, rows, {XDG_DATA_HOME: dataFolder});
    await terminal.frame(lines => stepShown(lines) !== null);
    return new Replay(terminal, events.length);
  }

  /** One key after the other, each when the one before has been answered. */
  async press(sequences: readonly string[]): Promise<number[]> {
    const answers: number[] = [];
    for (const sequence of sequences) {
      await sleep(betweenKeysMs);
      answers.push(await this.#answer(sequence));
    }
    this.answers.push(...answers);
    return answers;
  }

  /** How much the program writes for each key, and for the whole frame, which it draws anew where the terminal becomes narrower. */
  async writes(sequences: readonly string[]): Promise<Written> {
    const changes: number[] = [];
    const frames: number[] = [];
    const written = (): Promise<string> => this.#terminal.written(quietMs);
    await written();
    for (const sequence of sequences) {
      await this.#answer(sequence);
      changes.push(Buffer.byteLength(await written()));
      await this.#resize(columns - 1);
      // After the whole frame comes what is otherwise in fewer columns.
      frames.push(Math.max(...(await written()).split(frameBegins).map(part => Buffer.byteLength(part))));
      await this.#resize(columns);
      await written();
    }
    await sleep(idleMs);
    return {changes, frames, idle: Buffer.byteLength(await written())};
  }

  /** Resolves when all is drawn in so many columns: the header ends one cell before their end. */
  async #resize(width: number): Promise<void> {
    const drawn = this.#terminal.frame(
      ([header = '']) => header.trimEnd().length === width - 1 && /\ben$/.test(header.trimEnd()),
    );
    this.#terminal.resize(width, rows);
    await drawn;
  }

  async #answer(sequence: string): Promise<number> {
    const before = stepShown(this.#terminal.lines());
    const pressed = performance.now();
    this.#terminal.type(sequence);
    return (await this.#terminal.frame(lines => stepShown(lines) !== before)) - pressed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#terminal[Symbol.asyncDispose]();
  }
}

/** `5/14`, from the header; null while there is none. */
const stepShown = ([header = '']: readonly string[]): string | null => / (\d+\/\d+) +en$/.exec(header)?.[1] ?? null;
