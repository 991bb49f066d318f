import {type ChildProcessByStdio, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import type {Readable, Writable} from 'node:stream';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {freePort} from '../test/kernel.ts';
import {atLeast, atMost, type Figure} from './figure.ts';
import {measureEvents, residentBytes} from './serve-events.ts';
import type {Setting} from './setting.ts';
import {inTurn, quantile, rangeText, ratios} from './stats.ts';
import {TimedTerminal} from './timed-terminal.ts';

const goals = {observed: 0.9, bulkUnderStrace: 3, pingUnderStrace: 8, frameMs: 50} as const;
const crowdSize = 10_000;

const program = fileURLToPath(new URL('../dist/sockwalk.js', import.meta.url));
const bareEcho = fileURLToPath(new URL('bare-echo.mjs', import.meta.url));
const load = fileURLToPath(new URL('echo-load.mjs', import.meta.url));

/** How much the echo is slowed by being watched, and what a crowd of clients and a flood of events cost. */
export async function measureServe(setting: Setting): Promise<Figure[]> {
  return [...(await measureThroughput(setting)), ...(await measureCrowd(setting)), ...(await measureEvents(setting))];
}

interface Server extends AsyncDisposable {
  readonly port: number;
}

async function measureThroughput({isQuick, folder, tell}: Setting): Promise<Figure[]> {
  await using bare = await startBare([]);
  await using observed = await startObserved(folder);
  await using traced = spawnSync('strace', ['-V']).error ? null : await startBare([...strace, join(folder, 'trace')]);
  // One figure out of many: what a shared machine does to a single round is more than what is measured.
  const rounds = isQuick ? 1 : 9;
  const [bytes, seconds] = isQuick ? [64e6, 1] : [512e6, 3];
  const bulk = async (server: Server, share = 1) => (await ask(server, 'bulk', bytes * share)).mbPerSecond ?? 0;
  const ping = async (server: Server) => (await ask(server, 'ping', seconds)).perSecond ?? 0;
  tell('serve: bulk');
  const mb = await inTurn(rounds, {
    bare: () => bulk(bare),
    observed: () => bulk(observed),
    traced: async () => (traced ? bulk(traced, 0.25) : 0),
  });
  tell('serve: ping-pong');
  const trips = await inTurn(rounds, {
    bare: () => ping(bare),
    observed: () => ping(observed),
    traced: async () => (traced ? ping(traced) : 0),
  });
  const compared = (name: string, unit: string, of: typeof mb, goal: number): Figure[] => {
    const toBare = ratios(of.observed, of.bare);
    const toTraced = ratios(of.observed, of.traced);
    const detail = `observed ${rangeText(quantiles(of.observed), 0)}, bare ${rangeText(quantiles(of.bare), 0)} ${unit}; ${rounds} rounds in turn, screen of 120x40 on`;
    return [
      {
        name: `echo, ${name}, observed / bare`,
        value: rangeText(toBare, 2),
        goal: atLeast(goals.observed, toBare.median),
        detail,
      },
      ...(traced
        ? [
            {
              name: `echo, ${name}, observed / bare under strace`,
              value: rangeText(toTraced, 1),
              goal: atLeast(goal, toTraced.median),
              detail: `under strace ${rangeText(quantiles(of.traced), 0)} ${unit}; ${strace.join(' ')} FILE`,
            },
          ]
        : []),
    ];
  };
  return [
    ...compared('one client, messages of 64 KiB', 'MB/s', mb, goals.bulkUnderStrace),
    ...compared('100 clients, 64 bytes there and back', 'round trips/s', trips, goals.pingUnderStrace),
  ];
}

const strace = ['strace', '-f', '-e', 'trace=network,read,write', '-o'];

const quantiles = (values: readonly number[]) => ({
  median: quantile(values, 0.5),
  min: Math.min(...values),
  max: Math.max(...values),
});

async function measureCrowd({isQuick, folder, tell}: Setting): Promise<Figure[]> {
  const size = isQuick ? 1000 : crowdSize;
  tell(`serve: ${size} clients`);
  await using observed = await startObserved(folder);
  const {terminal, port} = observed;
  const server = Number(/pid (\d+)/.exec(terminal.lines()[1] ?? '')?.[1]);
  const before = residentBytes(server);
  const child = startLoad(port, 'crowd', size);
  const results = createInterface({input: child.stdout})[Symbol.asyncIterator]();
  await results.next();
  const after = residentBytes(server);
  await terminal.frame(lines => lines.some(line => line.includes(`${size} open`)));
  const answers: number[] = [];
  // Down to the end of the page and up again: every key moves the cursor.
  for (const key of [...'j'.repeat(10), ...'k'.repeat(10)].flatMap(one => (isQuick ? [one] : [one, one]))) {
    await sleep(40);
    const was = cursorOf(terminal.lines());
    const pressed = performance.now();
    terminal.type(key);
    answers.push((await terminal.frame(lines => cursorOf(lines) !== was)) - pressed);
  }
  child.stdin.end();
  const {clients, rounds, lost, wrong} = JSON.parse((await results.next()).value);
  const p95 = quantile(answers, 0.95);
  return [
    {
      name: `${size} clients at once, each echoing: lost or answered wrongly`,
      value: String(lost + wrong),
      goal: atMost(0, lost + wrong),
      detail: `${clients} clients, ${rounds} rounds of 64 bytes each, every byte compared`,
    },
    {
      name: `key press to changed frame with ${size} clients, p95`,
      value: `${p95.toFixed(1)} ms`,
      goal: atMost(goals.frameMs, p95, ' ms'),
      detail: `p50 ${quantile(answers, 0.5).toFixed(1)} ms, max ${Math.max(...answers).toFixed(1)} ms; ${answers.length} keys while all echo`,
    },
    {
      name: 'resident memory of the server per client',
      value: `${((after - before) / size / 1024).toFixed(1)} KiB`,
      goal: null,
      detail: `${(before / 2 ** 20).toFixed(0)} MiB -> ${(after / 2 ** 20).toFixed(0)} MiB with ${size} clients that have echoed once`,
    },
  ];
}

/** The number of the client under the cursor. */
const cursorOf = (lines: readonly string[]): string =>
  lines.map(line => /^ > +(\d+) /.exec(line)?.[1]).find(number => number !== undefined) ?? '';

async function startBare(under: readonly string[]): Promise<Server> {
  const port = await freePort();
  const [command = '', ...args] = [...under, process.execPath, bareEcho, String(port)];
  const child = spawn(command, args, {stdio: ['ignore', 'pipe', 'ignore']});
  await once(child.stdout, 'data');
  return {
    port,
    async [Symbol.asyncDispose]() {
      // strace lets its program go when it ends itself; the other way round it ends too.
      for (const pid of [...childrenOf(child.pid ?? 0), child.pid ?? 0]) tryKill(pid);
      await once(child, 'exit');
    },
  };
}

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {}
}

async function startObserved(folder: string): Promise<Server & {readonly terminal: TimedTerminal}> {
  const port = await freePort();
  const terminal = new TimedTerminal([program, 'serve', '--port', String(port), '--no-greeting'], 120, 40, {
    XDG_DATA_HOME: folder,
  });
  await terminal.frame(lines => lines.some(line => line.includes('Nobody has connected')));
  return {port, terminal, [Symbol.asyncDispose]: () => terminal[Symbol.asyncDispose]()};
}

function startLoad(port: number, kind: string, amount: number): ChildProcessByStdio<Writable, Readable, null> {
  return spawn(process.execPath, [load, String(port), kind, String(amount)], {stdio: ['pipe', 'pipe', 'inherit']});
}

async function ask({port}: Server, kind: string, amount: number): Promise<{mbPerSecond?: number; perSecond?: number}> {
  const child = startLoad(port, kind, amount);
  let told = '';
  child.stdout.on('data', part => {
    told += part;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the clients ended with ${code}`);
  return JSON.parse(told);
}
