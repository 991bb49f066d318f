import {type ChildProcess, spawn} from 'node:child_process';
import type {Ended} from '../../model/outcome.ts';
import {plainEnvironment} from './child-environment.ts';
import {eachLine} from './output-lines.ts';

interface Listener {
  started(pid: number): void;
  said(stream: 'stdout' | 'stderr', line: Buffer): void;
}

const running = new Set<ChildProcess>();

/**
 * `node ARGS` in a folder. Resolves when it has ended and all that it wrote was told; rejects when it could not start.
 */
export function runProgram(args: readonly string[], folder: string, listener: Listener): Promise<Ended> {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  if (child.pid !== undefined) listener.started(child.pid);
  eachLine('stdout', child.stdout, listener.said);
  eachLine('stderr', child.stderr, listener.said);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({kind: 'ended', code, signal}));
  }).finally(() => running.delete(child)) as Promise<Ended>;
}

/** Ends all that still run. */
export function killPrograms(): void {
  for (const child of running) child.kill('SIGKILL');
}
