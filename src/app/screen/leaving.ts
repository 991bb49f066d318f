import {once} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';
import {withoutSteering} from '../../draw/text/spans.ts';
import {cliText} from '../../messages/cli.ts';
import type {Language} from '../../model/text.ts';

/** How a screen was left: an exit code, and the error that ended it, if one did. */
export interface Ending {
  readonly code: number;
  readonly error?: unknown;
}

export interface Leaving {
  readonly ended: Promise<Ending>;
  /** The first counts. */
  readonly end: (ending: Ending) => void;
}

/** A screen ends by itself, by a signal, by a mistake of ours, or as its terminal goes away. */
export function leaving(codeOf: Readonly<Partial<Record<NodeJS.Signals, number>>>): Leaving {
  let end: Leaving['end'] = () => {};
  const ended = new Promise<Ending>(resolve => {
    end = resolve;
  });
  for (const [signal, code] of Object.entries(codeOf)) process.on(signal, () => end({code}));
  process.on('uncaughtException', error => end({code: 1, error}));
  // A terminal that goes away ends its input.
  const hungUp = () => end({code: codeOf.SIGHUP ?? 1});
  process.stdin.on('end', hungUp).on('error', hungUp);
  return {ended, end};
}

/** Says what ended a screen: a sentence of ours, or a mistake of ours. */
export function tellEnding({error}: Ending, language: Language): void {
  if (error === undefined) return;
  const text =
    typeof error === 'string'
      ? `sockwalk: ${withoutSteering(error)}`
      : `${cliText.crashed[language]}\n${error instanceof Error ? error.stack : String(error)}`;
  process.stderr.write(`${text}\n`);
}

/** As Ctrl+Z does it: the whole job stops, and goes on with fg. */
export async function stopJob(): Promise<void> {
  const continued = once(process, 'SIGCONT');
  process.kill(0, 'SIGTSTP');
  // Where nobody could continue it (an orphaned process group) the kernel does not stop it either.
  await Promise.race([continued, sleep(300)]);
}
