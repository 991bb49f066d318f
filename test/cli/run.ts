import {type ChildProcessByStdio, spawn} from 'node:child_process';
import type {Readable} from 'node:stream';
import {program} from '../components/sockwalk.ts';
import {freshFolder} from '../fresh-folder.ts';
import {terminalEnvironment} from '../pty-environment.ts';

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Environment {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What stands for the built program. */
  readonly program?: string;
}

/** A run of the program without a terminal. */
export interface Running {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly ended: Promise<Ran>;
  /** What stdout has so far. */
  readonly stdout: () => string;
}

/** Starts a program with a data folder of its own, nothing on stdin, and pipes to read from. */
export function startCommand(command: string, args: readonly string[], {env = {}}: Environment = {}): Running {
  const data = 'XDG_DATA_HOME' in env ? {} : {XDG_DATA_HOME: freshFolder()};
  const child = spawn(command, args, {stdio: ['ignore', 'pipe', 'pipe'], env: terminalEnvironment({...data, ...env})});
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', text => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text;
  });
  const ended = new Promise<Ran>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({code, signal, stdout, stderr}));
  });
  return {child, ended, stdout: () => stdout};
}

export const start = (args: readonly string[], around: Environment = {}): Running =>
  startCommand(process.execPath, [around.program ?? program, ...args], around);

export const run = (args: readonly string[], around: Environment = {}): Promise<Ran> => start(args, around).ended;

/** A run that several tests look at, begun by the first of them. */
export function onceRun(begin: () => Promise<Ran>): () => Promise<Ran> {
  let ran: Promise<Ran> | null = null;
  return () => {
    ran ??= begin();
    return ran;
  };
}

/** Lines without the empty one after the last newline. */
export const linesOf = (text: string): string[] => text.split('\n').slice(0, -1);
