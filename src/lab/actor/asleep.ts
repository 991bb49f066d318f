import {readdirSync, readFileSync} from 'node:fs';
import {arch} from 'node:process';
import type {ActorName} from '../../model/actor.ts';
import type {Call, CallName} from '../../model/call.ts';
import type {Waiting} from '../../model/sockets.ts';

type BlockingCall = Extract<
  CallName,
  'accept' | 'accept4' | 'connect' | 'send' | 'recv' | 'sendto' | 'recvfrom' | 'close' | 'poll'
>;

// send() and recv() are sendto() and recvfrom() in the kernel. arch/x86/entry/syscalls/syscall_64.tbl; the others share
// include/uapi/asm-generic/unistd.h.
const x64: Record<BlockingCall, number> = {
  ...{connect: 42, accept: 43, send: 44, sendto: 44, recv: 45, recvfrom: 45},
  ...{accept4: 288, close: 3, poll: 7},
};
// There is no poll() there: libc makes ppoll().
const generic: Record<BlockingCall, number> = {
  ...{connect: 203, accept: 202, send: 206, sendto: 206, recv: 207, recvfrom: 207},
  ...{accept4: 242, close: 57, poll: 73},
};
const numbers = arch === 'x64' ? x64 : arch === 'arm64' || arch === 'riscv64' || arch === 'loong64' ? generic : null;

// Not the promises of node:fs: each of theirs waits for a thread several times, and a busy machine has none to spare just
// when a call's time is measured. /proc itself answers in microseconds.
const firstLine = (path: string) => orElse('', () => readFileSync(path, 'utf8').trim());

function orElse<T>(otherwise: T, read: () => T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

/**
 * The thread of this process that sleeps in the call, as /proc/PID/task/TID shows it (`syscall`, `stat`, `wchan`; man 5 proc).
 * Null when no thread does, or when this machine does not show it.
 */
export function asleepIn(actor: ActorName, pid: number, call: Call): Waiting | null {
  const number = numbers?.[call.name as BlockingCall];
  if (number === undefined) return null;
  const inCall = 'fd' in call ? `${number} 0x${call.fd.toString(16)} ` : `${number} 0x`;
  for (const tid of orElse([], () => readdirSync(`/proc/${pid}/task`)).reverse()) {
    const task = `/proc/${pid}/task/${tid}`;
    if (!firstLine(`${task}/syscall`).startsWith(inCall)) continue;
    const threadState = stateOf(firstLine(`${task}/stat`));
    if (threadState !== 'S') continue;
    const sleepsIn = firstLine(`${task}/wchan`);
    return {actor, call: call.name, threadState, sleepsIn: sleepsIn === '0' ? '' : sleepsIn};
  }
  return null;
}

/** Whether this machine tells in which call a thread of this process sleeps: it may hide that, or not know the call. */
export const isShown = (pid: number, call: Call): boolean =>
  numbers?.[call.name as BlockingCall] !== undefined && firstLine(`/proc/${pid}/syscall`) !== '';

/**
 * The same, or that the process is stopped (`T`, by SIGSTOP for one): it may not even have begun the call. Null where neither is
 * so: it runs, waits for a processor, or this machine does not show it.
 */
export function waitingIn(actor: ActorName, pid: number, call: Call): Waiting | null {
  const asleep = asleepIn(actor, pid, call);
  if (asleep || !isStopped(pid)) return asleep;
  return {actor, call: call.name, threadState: 'T', sleepsIn: ''};
}

/** By SIGSTOP or another signal of its kind (man 5 proc, /proc/PID/stat). */
export const isStopped = (pid: number): boolean => stateOf(firstLine(`/proc/${pid}/stat`)) === 'T';

/** The field after the command name, which is in parentheses and may itself hold any character. */
const stateOf = (stat: string): string => stat.slice(stat.lastIndexOf(')') + 2)[0] ?? '';
