import {openLab} from '../src/lab/lab.ts';
import {openLibc, type Timed} from '../src/lab/libc/libc.ts';
import {type Fd, fd} from '../src/model/brands.ts';
import type {LibcCall} from '../src/model/call.ts';
import type {Lost} from '../src/model/outcome.ts';
import type {Figure} from './figure.ts';
import type {Setting} from './setting.ts';
import {inTurn, quantile, rangeText, ratios} from './stats.ts';

type Perform = (call: LibcCall) => Promise<Timed | Lost>;

const socket: LibcCall = {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0};

/** What it costs that a call is made in another process. */
export async function measureCalls({isQuick}: Setting): Promise<Figure[]> {
  await using lab = await openLab(['server']);
  const throughActor: Perform = call => lab.perform('server', call);
  const libc = openLibc();
  const pairs = isQuick ? 50 : 3000;
  return [
    await compare('getsockname()', pairs, await nameOnce(throughActor), await nameOnce(libc.perform)),
    await compare('socket() and close()', pairs, openAndClose(throughActor), openAndClose(libc.perform)),
  ];
}

async function compare(
  what: string,
  pairs: number,
  throughActor: () => Promise<unknown>,
  direct: () => Promise<unknown>,
): Promise<Figure> {
  const measured = await inTurn(pairs, {actor: () => microseconds(throughActor), direct: () => microseconds(direct)});
  return {
    name: `${what} through an actor / made directly`,
    value: centreText(ratios(measured.actor, measured.direct).median, measured),
    goal: null,
    detail: `actor ${usText(measured.actor)}, directly ${usText(measured.direct)}; ${pairs} pairs`,
  };
}

/** The extremes of thousands of calls say only that something else ran, so the middle half stands for the range. */
function centreText(median: number, {actor, direct}: {actor: readonly number[]; direct: readonly number[]}): string {
  const each = actor.map((us, i) => us / (direct[i] ?? Number.NaN));
  const [min, max] = [quantile(each, 0.25), quantile(each, 0.75)];
  return `${rangeText({median, min, max}, 1)} (the middle half)`;
}

const usText = (values: readonly number[]): string =>
  `median ${quantile(values, 0.5).toFixed(0)} us, p95 ${quantile(values, 0.95).toFixed(0)} us`;

async function microseconds(make: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await make();
  return (performance.now() - started) * 1000;
}

/** The socket that is asked stays open until the process that made it ends. */
async function nameOnce(perform: Perform): Promise<() => Promise<unknown>> {
  const call: LibcCall = {name: 'getsockname', fd: await descriptor(perform)};
  return () => perform(call);
}

const openAndClose = (perform: Perform) => async () => perform({name: 'close', fd: await descriptor(perform)});

async function descriptor(perform: Perform): Promise<Fd> {
  const answer = await perform(socket);
  if ('kind' in answer || answer.outcome.kind !== 'returned') throw new Error('socket() did not work');
  return fd(answer.outcome.value);
}
