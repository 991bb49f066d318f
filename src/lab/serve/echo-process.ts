import {type ChildProcess, spawn} from 'node:child_process';
import type {Pid} from '../../model/brands.ts';
import type {ServeAct, ServeLook, ServeMode, ServePlace, ServeSetup} from '../../model/serve.ts';
import {AskedChild, type ChildExit, exitOf} from '../child/asked-child.ts';
import {builtFile} from '../child/built-file.ts';
import {childEnvironment} from '../child/child-environment.ts';
import {firstMessage} from '../child/first-message.ts';
import type {EchoReply, EchoRequest, LookWish} from './echo-protocol.ts';

/** The echo server’s process. Whatever is asked of it when it has gone is answered with null or false. */
export interface EchoProcess extends AsyncDisposable {
  readonly pid: Pid;
  /** With the port that the kernel chose, where 0 was asked for. */
  readonly place: ServePlace;
  /** How it ended: a code or the name of a signal. */
  readonly exited: Promise<string>;
  look(wish: LookWish): Promise<ServeLook | null>;
  act(client: number, act: ServeAct): Promise<boolean>;
  setMode(mode: ServeMode): Promise<boolean>;
  /** Resolves when every connection is closed: then the last events can be asked for. */
  stop(): Promise<void>;
}

/** The kernel does not let the server listen there. */
export class CannotListen extends Error {
  readonly errno: string;
  constructor(errno: string) {
    super(errno);
    this.errno = errno;
  }
}

/** A process that has not stopped by then, in milliseconds, is killed. */
const stopWithinMs = 1900;
const leaveWithinMs = 500;

/**
 * Each read has a buffer of 64 KiB. Where glibc hands the end of its heap back to the kernel at every chance, as it does in some
 * processes and not in others, each buffer costs 16 page faults and a fifth of the throughput. It keeps so many bytes (man 3 mallopt).
 */
const memoryKept = String(16 * 1024 * 1024);

/** Starts the server’s process; resolves when it listens. Throws `CannotListen` or `NoProcess`. */
export async function startEcho(setup: ServeSetup): Promise<EchoProcess> {
  const file = builtFile('echo-server.js');
  const child = spawn(process.execPath, [file], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
    env: {MALLOC_TOP_PAD_: memoryKept, ...childEnvironment()},
  });
  const exited = exitOf(child);
  child.send({kind: 'start', setup} satisfies EchoRequest, () => {});
  const reply = await firstMessage<EchoReply>(child, () => [process.execPath, file]);
  if (reply.kind === 'listening') return connect(child, exited, reply);
  child.kill('SIGKILL');
  await exited;
  throw new CannotListen(reply.kind === 'refused' ? reply.errno : 'EUNKNOWN');
}

type Question = Extract<EchoRequest, {readonly id: number}>;
type WithoutId = Question extends infer One ? (One extends Question ? Omit<One, 'id'> : never) : never;

function connect(
  child: ChildProcess,
  exited: Promise<ChildExit>,
  {place, pid}: Extract<EchoReply, {kind: 'listening'}>,
): EchoProcess {
  const {promise: stopped, tell: tellStopped} = told();
  const asked = new AskedChild<EchoRequest, EchoReply>(child, exited, reply => {
    if (reply.kind === 'stopped') tellStopped();
    return reply.kind === 'stopped';
  });
  void exited.then(tellStopped);
  const ask = (question: WithoutId) => asked.ask(id => ({...question, id}));
  const isDone = async (question: WithoutId) => {
    const reply = await ask(question);
    return reply?.kind === 'done' && reply.isDone;
  };
  return {
    pid,
    place,
    exited: exited.then(({code, signal}) => signal ?? String(code)),
    async look(wish) {
      const reply = await ask({kind: 'look', wish});
      return reply?.kind === 'looked' ? reply.look : null;
    },
    act: (client, act) => isDone({kind: 'act', client, act}),
    setMode: mode => isDone({kind: 'mode', mode}),
    async stop() {
      asked.tell({kind: 'stop'});
      const late = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
      await stopped;
      clearTimeout(late);
    },
    async [Symbol.asyncDispose]() {
      await this.stop();
      await asked.leave(leaveWithinMs);
    },
  };
}

/** Something that happens once. */
function told(): {readonly promise: Promise<void>; readonly tell: () => void} {
  let tell = () => {};
  const promise = new Promise<void>(resolve => {
    tell = resolve;
  });
  return {promise, tell};
}
