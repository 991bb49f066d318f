import chalk from 'chalk';
import {type Instance, render} from 'ink';
import type {ReactNode} from 'react';
import {type Ending, type Leaving, leaving} from '../src/app/screen/leaving.ts';
import {type Asked, askBackground} from '../src/app/terminal/ask-background.ts';
import {type ThemeWish, themeOfColor, themeOfVariable} from '../src/app/terminal/background.ts';
import {takeMouse} from '../src/app/terminal/mouse.ts';
import type {Theme} from '../src/draw/text/colors.ts';
import {Pointer, PointerContext} from './mouse.tsx';
import {PaintContext, painter} from './paint.tsx';

/** How a screen is to be had. */
export interface StageWish {
  readonly theme: ThemeWish;
  /** The terminal reports its mouse, and selects nothing by itself. */
  readonly mouse: boolean;
}

/** Puts a picture on the terminal in place of the one before. */
export type Draw = (node: ReactNode) => void;

/**
 * Shows what is drawn on the whole terminal until it is left. Resolves when the terminal is as it was.
 *
 * @param play draws, and resolves with what lets go of all that it has; it may draw once more later
 * @param codeOf the exit code for a signal
 * @param wish where the colours are as the terminal's background is, that may change the first picture
 */
export async function onStage(
  play: (draw: Draw, end: Leaving['end']) => Promise<() => Promise<unknown>>,
  codeOf: Parameters<typeof leaving>[0],
  {theme: wish, mouse}: StageWish,
): Promise<Ending> {
  const {ended, end} = leaving(codeOf);
  const pointer = mouse ? new Pointer() : null;
  let screen: Instance | null = null;
  let picture: ReactNode = null;
  const draw: Draw = node => {
    picture = node;
    const painted = (
      <PointerContext value={pointer}>
        <PaintContext value={paints[theme]}>{node}</PaintContext>
      </PointerContext>
    );
    if (screen) return screen.rerender(painted);
    screen = shown(painted);
    screen.waitUntilExit().then(
      () => end({code: 0}),
      error => end({code: 1, error}),
    );
  };
  let theme: Theme = wish === 'auto' ? (themeOfVariable(process.env.COLORFGBG) ?? 'dark') : wish;
  if (pointer && process.stdin.isTTY && process.stdout.isTTY)
    pointer.mouse = takeMouse(process.stdin, process.stdout, report => pointer.tell(report));
  const asked = askedTheme(wish, seen => {
    if (seen === theme) return;
    theme = seen;
    if (screen) draw(picture);
  });
  const close = await play(draw, end);
  const ending = await ended;
  await asked?.settled;
  pointer?.mouse?.giveBack();
  (screen as Instance | null)?.unmount();
  await close();
  return ending;
}

const paints = {dark: painter('dark', chalk.level), light: painter('light', chalk.level)};

/** The sixteen colours and none at all are the same on any background. */
const isSameInBoth = chalk.level < 2;

function askedTheme(wish: ThemeWish, tell: (theme: Theme) => void): Asked | null {
  const {stdin, stdout} = process;
  if (wish !== 'auto' || isSameInBoth || !stdin.isTTY || !stdout.isTTY) return null;
  return askBackground(stdin, stdout, color => {
    const seen = themeOfColor(color);
    if (seen) tell(seen);
  });
}

const shown = (node: ReactNode): Instance =>
  render(node, {
    alternateScreen: true,
    interactive: true,
    exitOnCtrlC: false,
    incrementalRendering: true,
    maxFps: 60,
  });
