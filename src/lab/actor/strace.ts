import {execFile} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {setTimeout as sleep} from 'node:timers/promises';
import {promisify} from 'node:util';
import {parseTrace, type TracedCall} from './strace-lines.ts';

/** System calls that can be about a socket. Waiting for events (epoll) is left out. */
const watched =
  'socket,bind,listen,accept,accept4,connect,getsockname,getpeername,setsockopt,getsockopt,' +
  'read,write,readv,writev,sendto,recvfrom,sendmsg,recvmsg,shutdown,close';

/** -xx: strings in hexadecimal, so that any byte can be read back. No more than 256 bytes of each. */
const usual = ['-f', '-qq', '-ttt', '-xx', '-s', '256', '-e', 'signal=none', '-e', `trace=${watched}`];

/** Only the watched calls stop the process. Since strace 5.3. */
const quick = '--seccomp-bpf';

/** What stands before a command to have it traced into a file; null where strace is missing, or may not trace here. */
export async function tracing(): Promise<((file: string) => readonly [string, ...string[]]) | null> {
  found ??= firstThatWorks([[...usual, quick], usual]);
  const options = await found;
  return options && (file => ['strace', ...options, '-o', file]);
}

let found: Promise<readonly string[] | null> | null = null;

async function firstThatWorks(ways: readonly (readonly string[])[]): Promise<readonly string[] | null> {
  for (const options of ways) {
    const works = await promisify(execFile)('strace', [...options, '-o', '/dev/null', 'true'], {timeout: 3000}).then(
      () => true,
      () => false,
    );
    if (works) return options;
  }
  return null;
}

/** How long strace may take to write down what has happened, in milliseconds. */
const writtenWithinMs = 4000;

/** The trace of one process, read as it grows. */
export class Trace {
  readonly #file: string;
  readonly #pid: number;
  #read = 0;

  constructor(file: string, pid: number) {
    this.#file = file;
    this.#pid = pid;
  }

  /** The calls on sockets since the last time, in order, once the process has closed the descriptor `mark`, which nobody has. */
  async upTo(mark: number): Promise<readonly TracedCall[]> {
    const deadline = performance.now() + writtenWithinMs;
    for (;;) {
      const written = wholeLines(await readFile(this.#file, 'latin1'));
      const calls = parseTrace(written).filter(({tid}) => tid === this.#pid);
      const isWhole = calls.some(({name, args}) => name === 'close' && args[0] === String(mark));
      if (!isWhole && performance.now() < deadline) {
        await sleep(2);
        continue;
      }
      const all = onSockets(isWhole ? finished(calls) : calls);
      const news = all.slice(this.#read);
      this.#read = all.length;
      return news;
    }
  }
}

const wholeLines = (text: string): string => text.slice(0, text.lastIndexOf('\n') + 1);

/** The process goes on after its mark, and strace writes a call's beginning before its end: that call is told next time. */
const finished = (calls: readonly TracedCall[]): readonly TracedCall[] =>
  calls.at(-1)?.result === null ? calls.slice(0, -1) : calls;

/** Those that make sockets, and those on what these returned, until it is closed. */
export function onSockets(calls: readonly TracedCall[]): TracedCall[] {
  const open = new Set<string>();
  return calls.filter(({name, args, result}) => {
    const [fd = ''] = args;
    if (name !== 'socket' && !open.has(fd)) return false;
    if ((name === 'socket' || name === 'accept' || name === 'accept4') && result !== null && result >= 0) {
      open.add(String(result));
    }
    if (name === 'close') open.delete(fd);
    return true;
  });
}
