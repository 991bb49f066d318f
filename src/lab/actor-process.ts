import {type ChildProcess, fork} from 'node:child_process';
import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import type {ActorName} from '../model/actor.ts';
import {type Pid, pid} from '../model/brands.ts';
import type {Call} from '../model/call.ts';
import type {Lost} from '../model/outcome.ts';
import type {Look, Reply, Request} from './actor-protocol.ts';
import type {Timed} from './libc.ts';

export interface ActorExit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A process that makes calls. Whatever waits on it is answered when it ends, however it ends. */
export interface ActorProcess {
  readonly name: ActorName;
  readonly pid: Pid;
  readonly exited: Promise<ActorExit>;
  isAlive(): boolean;
  perform(call: Call): Promise<Timed | Lost>;
  look(names: readonly number[], tcpInfo: readonly number[]): Promise<Look>;
  /** Lets the process leave; resolves when it is gone. */
  end(): Promise<ActorExit>;
}

/** System calls cannot be made here: koffi is missing or cannot load libc. */
export class NoSystemCalls extends Error {}

/** An actor that has not left by then, in milliseconds, is killed. */
const leaveWithinMs = 500;

/** Beside this file in the bundle; in the built program when run from source. */
function builtFile(name: string): string {
  const bundled = fileURLToPath(new URL(`./${name}`, import.meta.url));
  return existsSync(bundled) ? bundled : fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));
}
const actorFile = builtFile('actor.js');
const routerFile = builtFile('practice-router.js');

/**
 * Starts an actor and waits until it can make calls. Throws `NoSystemCalls`.
 *
 * @param folder a folder that the actor removes when the program dies
 */
export async function startActor(name: ActorName, folder: string | null = null): Promise<ActorProcess> {
  const child = fork(name === 'router' ? routerFile : actorFile, folder === null ? [name] : [name, folder], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
  });
  const exited = new Promise<ActorExit>(resolve => {
    child.once('exit', (code, signal) => resolve({code, signal}));
    child.once('error', () => resolve({code: null, signal: null}));
  });
  await untilReady(child, exited);
  return connect(name, child, exited);
}

async function untilReady(child: ChildProcess, exited: Promise<ActorExit>): Promise<void> {
  const first = new Promise<Reply>(resolve => child.once('message', reply => resolve(reply as Reply)));
  const reply = await Promise.race([first, exited]);
  if ('kind' in reply && reply.kind === 'ready') return;
  child.kill('SIGKILL');
  await exited;
  throw new NoSystemCalls('kind' in reply && reply.kind === 'unable' ? reply.why : 'the actor process did not start');
}

function connect(name: ActorName, child: ChildProcess, exited: Promise<ActorExit>): ActorProcess {
  const waiting = new Map<number, (reply: Reply | Lost) => void>();
  let nextId = 0;
  let alive = true;

  child.on('message', (reply: Reply) => {
    if (!('id' in reply)) return;
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  // Sending to a process that has just died is not our mistake; its exit answers whoever waits.
  child.on('error', () => {});
  void exited.then(() => {
    alive = false;
    for (const answer of waiting.values()) answer({kind: 'lost'});
    waiting.clear();
  });

  const ask = (request: (id: number) => Request): Promise<Reply | Lost> =>
    new Promise(resolve => {
      if (!alive) return resolve({kind: 'lost'});
      const id = nextId++;
      waiting.set(id, resolve);
      child.send(request(id), () => {});
    });

  return {
    name,
    pid: pid(child.pid ?? -1),
    exited,
    isAlive: () => alive,
    async perform(call) {
      const reply = await ask(id => ({id, kind: 'call', call}));
      if (reply.kind === 'called') {
        const {outcome, elapsedUs, sockaddr} = reply;
        return {outcome, elapsedUs, ...(sockaddr === undefined ? {} : {sockaddr})};
      }
      if (reply.kind === 'refused') throw new Error(`${call.name}: ${reply.why}`);
      return {kind: 'lost'};
    },
    async look(names, tcpInfo) {
      const reply = await ask(id => ({id, kind: 'look', name: names, tcpInfo}));
      return reply.kind === 'looked' ? reply.look : {names: {}, tcpInfo: {}};
    },
    async end() {
      if (child.connected) child.disconnect();
      const late = setTimeout(() => child.kill('SIGKILL'), leaveWithinMs);
      const exit = await exited;
      clearTimeout(late);
      return exit;
    },
  };
}
