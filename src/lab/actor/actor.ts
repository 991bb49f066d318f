// An actor: a process that makes one libc call when it is told to, or runs one program, and says what came back. Nothing else.

import {rmSync} from 'node:fs';
import {fd} from '../../model/brands.ts';
import {isLibcCall} from '../../model/call.ts';
import type {Outcome} from '../../model/outcome.ts';
import {toBase64} from '../../model/payload.ts';
import {killPrograms, runProgram} from '../child/program.ts';
import {type Libc, openLibc, type Timed} from '../libc/libc.ts';
import type {Look, Reply, Request} from './actor-protocol.ts';

// A reply to a program that has just died is nobody's: without a callback the error would end this process in the slow way.
const ignored = () => {};
const say = (reply: Reply) => process.connected && process.send?.(reply, ignored);
const why = (error: unknown) => (error instanceof Error ? error.message : String(error));

let unfinished = 0;

// process.exit() would wait for a thread that is blocked in accept() or recv(), which may be for ever.
function leave(): void {
  killPrograms();
  if (unfinished === 0) process.exit(0);
  process.kill(process.pid, 'SIGKILL');
}

// The channel closes in the ordinary way too: whoever started the actor removes the folder then, or has.
const folder = process.argv[3];
function leaveAlone(): void {
  killPrograms();
  try {
    if (folder !== undefined) rmSync(folder, {recursive: true, force: true});
  } catch {
    // An actor that has given up its privileges (seteuid) may not; another one does.
  }
  leave();
}

async function look(libc: Libc, request: Extract<Request, {kind: 'look'}>): Promise<Look> {
  const names: Record<number, Outcome> = {};
  for (const n of request.name) names[n] = (await libc.perform({name: 'getsockname', fd: fd(n)})).outcome;
  const tcpInfo: Record<number, string> = {};
  for (const n of request.tcpInfo) {
    const info = libc.tcpInfo(n);
    if (info) tcpInfo[n] = Buffer.from(info).toString('base64');
  }
  return {names, tcpInfo};
}

async function run(id: number, args: readonly string[]): Promise<Timed> {
  if (folder === undefined) throw new Error('no folder for programs');
  const start = process.hrtime.bigint();
  const outcome = await runProgram(args, folder, {
    started: pid => say({id, kind: 'started', pid}),
    said: (stream, line) => say({id, kind: 'said', stream, data: toBase64(line)}),
  });
  return {outcome, elapsedUs: Number((process.hrtime.bigint() - start) / 1000n)};
}

async function answer(libc: Libc, request: Request): Promise<Reply> {
  if (request.kind === 'call' && request.call.name === 'run') {
    const {id, call} = request;
    return run(id, call.args).then(
      timed => ({id, kind: 'called', ...timed}),
      error => ({id, kind: 'refused', why: why(error)}),
    );
  }
  unfinished += 1;
  try {
    if (request.kind === 'look') return {id: request.id, kind: 'looked', look: await look(libc, request)};
    if (request.kind === 'mark' || !isLibcCall(request.call)) throw new Error('no call of libc');
    return {id: request.id, kind: 'called', ...(await libc.perform(request.call))};
  } catch (error) {
    return {id: request.id, kind: 'refused', why: why(error)};
  } finally {
    unfinished -= 1;
  }
}

// The terminal sends these to the whole foreground group; the program decides when its actors end.
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});
process.on('SIGTERM', leave);
process.on('disconnect', leaveAlone);
// The program may have died before anybody listened.
if (!process.connected) leaveAlone();

try {
  const libc = openLibc();
  process.on('message', (request: Request) => void answer(libc, request).then(say));
  say({kind: 'ready', pid: process.pid});
} catch (error) {
  say({kind: 'unable', why: why(error)});
}
