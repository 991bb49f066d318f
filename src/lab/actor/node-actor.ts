// An actor that is Node: a process that evaluates one statement when it is told to, as its own program would have it. What the
// statement leads to happens in the turns of its event loop, as ever, and an error that nothing catches ends it, as ever.

import {closeSync, rmSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {setImmediate as turn} from 'node:timers/promises';
import {inspect} from 'node:util';
import {runInThisContext} from 'node:vm';
import type {Outcome} from '../../model/outcome.ts';
import type {Reply, Request} from './actor-protocol.ts';

// A reply to a program that has just died is nobody's: without a callback the error would end this process in the slow way.
const ignored = () => {};
const say = (reply: Reply) => process.connected && process.send?.(reply, ignored);
const folder = process.argv[3] ?? '';

/** No value is written longer than this. */
const valueLimit = 200;

/** Values that are not objects as they are; of an object only what it is: `[Server]`. */
const shown = (value: unknown): string =>
  inspect(value, {depth: -1, breakLength: Number.POSITIVE_INFINITY}).slice(0, valueLimit);

function errorText(error: unknown): string {
  if (!(error instanceof Error)) return shown(error);
  const code = 'code' in error ? ` [${error.code}]` : '';
  return `${error.name}${code}: ${error.message}`.slice(0, valueLimit);
}

function evaluate(code: string): Outcome {
  try {
    return {kind: 'evaluated', text: shown(runInThisContext(code, {filename: 'statement'}))};
  } catch (error) {
    return {kind: 'threw', error: errorText(error)};
  }
}

/** Lets what is ready happen, and then makes a system call that fails: a trace shows where it is. */
async function mark(n: number): Promise<void> {
  await turn();
  await turn();
  try {
    closeSync(n);
  } catch {}
}

async function answer(request: Request): Promise<Reply> {
  const {id} = request;
  if (request.kind === 'mark') {
    await mark(request.mark);
    return {id, kind: 'marked'};
  }
  if (request.kind === 'look') return {id, kind: 'looked', look: {names: {}, tcpInfo: {}}};
  const {call} = request;
  if (call.name !== 'evaluate') return {id, kind: 'refused', why: 'Node makes its calls itself'};
  const start = process.hrtime.bigint();
  const outcome = evaluate(call.code);
  return {id, kind: 'called', outcome, elapsedUs: Number((process.hrtime.bigint() - start) / 1000n)};
}

// The terminal sends these to the whole foreground group; the program decides when its actors end.
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});
process.on('SIGTERM', () => process.exit(0));
function leaveAlone(): void {
  rmSync(folder, {recursive: true, force: true});
  process.exit(0);
}
process.on('disconnect', leaveAlone);
// The program may have died before anybody listened.
if (!process.connected) leaveAlone();
process.on('message', (request: Request) => void answer(request).then(say));

// What a program written as CommonJS has.
Object.assign(globalThis, {require: createRequire(join(folder, 'statement.js'))});
say({kind: 'ready', pid: process.pid});
