import {type ChildProcess, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {basename} from 'node:path';

/** How a process of the program's own did not come to its first message. */
export interface Unstarted {
  readonly file: string;
  /** Its exit code, its signal, or why it could not be made; null where it is there and silent. */
  readonly how: string | null;
  /** What it, or what should start it, wrote about that; empty for nothing. */
  readonly said: string;
}

/** A process of the program's own does not start. */
export class NoProcess extends Error {
  readonly what: Unstarted;
  constructor(what: Unstarted) {
    super([what.file, what.how ?? 'silent', what.said].filter(Boolean).join(': '));
    this.what = what;
  }
}

/** How long a process may be silent, in milliseconds: also where many others want the processor. */
export const silentForMs = 20_000;

/** How long the second try, for what it writes, may take, in milliseconds. */
const triedForMs = 3000;

/**
 * The first message of a child. Throws `NoProcess`, leaving no process behind, where none comes: Node may end at once where it
 * gets no more threads (pthread_create(3), EAGAIN), and may also sleep for ever.
 *
 * @param again what the child runs, to be run once more without a channel for what it writes to stderr; empty where nobody asks
 */
export async function firstMessage<Message>(
  child: ChildProcess,
  again: () => readonly string[],
  silentMs = silentForMs,
): Promise<Message> {
  const first = await new Promise<{said: unknown} | {how: string | null}>(resolve => {
    child.once('message', said => resolve({said}));
    child.once('error', error => resolve({how: error.message}));
    child.once('exit', (code, signal) => resolve({how: signal ?? `exit ${code}`}));
    setTimeout(() => resolve({how: null}), silentMs).unref();
  });
  if ('said' in first) return first.said as Message;
  if (first.how === null) await killed(child);
  const command = again();
  const file = basename(command.findLast(word => word.endsWith('.js')) ?? '');
  throw new NoProcess({file, how: first.how, said: first.how === null ? '' : lastWords(command)});
}

async function killed(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** The first line that the command writes to stderr. */
function lastWords([command, ...args]: readonly string[]): string {
  if (command === undefined) return '';
  const {stderr} = spawnSync(command, args, {
    ...{stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', timeout: triedForMs, killSignal: 'SIGKILL'},
  });
  return (
    (stderr ?? '')
      .split('\n')
      .find(line => /\w/.test(line))
      ?.trim() ?? ''
  );
}
