import chalk from 'chalk';
import {type Instance, render} from 'ink';
import type {ReactNode} from 'react';
import {type Ending, type Leaving, leaving} from '../src/app/screen/leaving.ts';
import {PaintContext, painter} from './paint.tsx';

/** Puts a picture on the terminal in place of the one before. */
export type Draw = (node: ReactNode) => void;

/**
 * Shows what is drawn on the whole terminal until it is left. Resolves when the terminal is as it was.
 *
 * @param play draws, and resolves with what lets go of all that it has; it may draw once more later
 * @param codeOf the exit code for a signal
 */
export async function onStage(
  play: (draw: Draw, end: Leaving['end']) => Promise<() => Promise<unknown>>,
  codeOf: Parameters<typeof leaving>[0],
): Promise<Ending> {
  const {ended, end} = leaving(codeOf);
  let screen: Instance | null = null;
  const paint = painter('dark', chalk.level);
  const close = await play(node => {
    const painted = <PaintContext value={paint}>{node}</PaintContext>;
    if (screen) return screen.rerender(painted);
    screen = shown(painted);
    screen.waitUntilExit().then(
      () => end({code: 0}),
      error => end({code: 1, error}),
    );
  }, end);
  const ending = await ended;
  (screen as Instance | null)?.unmount();
  await close();
  return ending;
}

const shown = (node: ReactNode): Instance =>
  render(node, {
    alternateScreen: true,
    interactive: true,
    exitOnCtrlC: false,
    incrementalRendering: true,
    maxFps: 60,
  });
