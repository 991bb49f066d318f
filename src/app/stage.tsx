import {once} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';
import {render} from 'ink';
import type {ReactNode} from 'react';
import {withoutSteering} from '../../components/spans.ts';
import {cliText} from '../messages/cli.ts';
import type {Language} from '../model/text.ts';

/** How a screen was left: an exit code, and the error that ended it, if one did. */
export interface Ending {
  readonly code: number;
  readonly error?: unknown;
}

/** What is drawn, and what has to be let go of afterwards. */
export interface Scene {
  readonly node: ReactNode;
  readonly close: () => Promise<void>;
}

/**
 * Puts a screen on the terminal until it is left: by what is drawn, by a signal, or as the terminal goes away. Resolves when the
 * terminal is as it was.
 */
export async function onStage(
  draw: (end: (ending: Ending) => void) => Scene,
  codeOf: Readonly<Partial<Record<NodeJS.Signals, number>>>,
): Promise<Ending> {
  let end: (ending: Ending) => void = () => {};
  const ended = new Promise<Ending>(resolve => {
    end = resolve;
  });
  for (const [signal, code] of Object.entries(codeOf)) process.on(signal, () => end({code}));
  process.on('uncaughtException', error => end({code: 1, error}));
  // A terminal that goes away ends its input.
  const hungUp = () => end({code: codeOf.SIGHUP ?? 1});
  process.stdin.on('end', hungUp).on('error', hungUp);
  const {node, close} = draw(end);
  const screen = render(node, {
    alternateScreen: true,
    interactive: true,
    exitOnCtrlC: false,
    incrementalRendering: true,
    maxFps: 60,
  });
  screen.waitUntilExit().then(
    () => end({code: 0}),
    error => end({code: 1, error}),
  );
  const ending = await ended;
  screen.unmount();
  await close();
  return ending;
}

/** What ended a screen, in words: a sentence of ours, or a mistake of ours. */
export const stageError = (error: unknown, language: Language): string =>
  typeof error === 'string'
    ? `sockwalk: ${withoutSteering(error)}`
    : `${cliText.crashed[language]}\n${error instanceof Error ? error.stack : String(error)}`;

/** As Ctrl+Z does it: the whole job stops, and goes on with fg. */
export async function stopJob(): Promise<void> {
  const continued = once(process, 'SIGCONT');
  process.kill(0, 'SIGTSTP');
  // Where nobody could continue it (an orphaned process group) the kernel does not stop it either.
  await Promise.race([continued, sleep(300)]);
}
