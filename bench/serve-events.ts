import {readFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import {type EchoProcess, startEcho} from '../src/lab/serve/echo-process.ts';
import {pageWords} from '../src/messages/serve-page.ts';
import {port} from '../src/model/brands.ts';
import type {ServeEvent} from '../src/model/serve.ts';
import {atMost, type Figure} from './figure.ts';
import type {Setting} from './setting.ts';

/** A million events that were kept would take several times that. */
const goals = {lost: 0, growthMiB: 64} as const;
/** Events after which the process has all the memory that it needs. */
const warm = 50_000;
/** Asked at a time; between two times the reader rests, in milliseconds, and falls behind. */
const [atOnce, restMs] = [512, 50] as const;

/** A million events of a server that is read too slowly: what memory it takes, and whether each is told or counted as dropped. */
export async function measureEvents({isQuick, tell}: Setting): Promise<Figure[]> {
  const size = isQuick ? 100_000 : 1_000_000;
  tell(`serve: ${size} events`);
  await using server = await startEcho({
    place: {kind: 'tcp', host: '127.0.0.1', port: port(0)},
    greeting: new Uint8Array(),
    limits: {clients: 100, perAddress: null, bytes: null, idle: null, line: null, rate: null},
    page: pageWords('en', new Uint8Array()),
    tellsBytes: true,
  });
  const reader = new SlowReader(server);
  await makeEvents(server, warm);
  await reader.catchUp();
  const before = residentBytes(server.pid);
  const memory = {most: before};
  const watch = setInterval(() => {
    memory.most = Math.max(memory.most, residentBytes(server.pid));
  }, 20);
  let isMade = false;
  const made = makeEvents(server, size).then(() => {
    isMade = true;
  });
  // One reading at a time: two from the same place would count twice.
  while (!isMade) {
    await reader.read();
    await sleep(restMs);
  }
  await made;
  await reader.catchUp();
  clearInterval(watch);
  // The first event is that it listens.
  const lost = 1 + warm + size - reader.told - reader.dropped;
  const growth = (memory.most - before) / 2 ** 20;
  return [
    {
      name: `${size} events of serve, read too slowly: neither told nor counted as dropped`,
      value: String(lost),
      goal: atMost(goals.lost, Math.abs(lost)),
      detail: `${reader.told} told, ${reader.dropped} counted as dropped, ${reader.gaps} gaps beyond those; ${atOnce} asked for every ${restMs} ms`,
    },
    {
      name: `resident memory of the server meanwhile, most of all / after ${warm} events`,
      value: `+${growth.toFixed(1)} MiB`,
      goal: atMost(goals.growthMiB, growth, ' MiB'),
      detail: `${(before / 2 ** 20).toFixed(0)} MiB -> ${(memory.most / 2 ** 20).toFixed(0)} MiB at most, looked at every 20 ms`,
    },
  ];
}

/** Each change of what is done with the bytes is an event. */
async function makeEvents(server: EchoProcess, count: number): Promise<void> {
  for (let made = 0; made < count; made += 1000) {
    await Promise.all(Array.from({length: 1000}, (_, i) => server.setMode(i % 2 === 0 ? 'silent' : 'echo')));
  }
}

/** Reads events as the log does, and keeps account of them. */
class SlowReader {
  told = 0;
  dropped = 0;
  /** Numbers that are missing, and were not said to be. */
  gaps = 0;
  readonly #server: EchoProcess;

  constructor(server: EchoProcess) {
    this.#server = server;
  }

  /** How many it read. */
  async read(): Promise<number> {
    const since = this.told + this.dropped;
    const page = {order: 'oldest', count: 0, top: 0, cursor: null, move: 0} as const;
    const look = await this.#server.look({page, detail: null, since, atMost: atOnce, waits: false});
    if (!look) throw new Error('the server has ended');
    this.dropped += look.dropped;
    look.events.forEach((event: ServeEvent, i) => {
      if (event.seq !== since + look.dropped + i) this.gaps += 1;
    });
    this.told += look.events.length;
    return look.events.length;
  }

  async catchUp(): Promise<void> {
    while ((await this.read()) > 0);
  }
}

/** VmRSS, man 5 proc. */
export const residentBytes = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
