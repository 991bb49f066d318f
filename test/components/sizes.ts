import stringWidth from 'string-width';
import type {Terminal} from '../pty.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export const sizes: readonly Size[] = [
  {columns: 80, rows: 24},
  {columns: 120, rows: 40},
  {columns: 60, rows: 18},
];

/** Gives the terminal another size, and waits until the lesson is laid out for it; throws, saying what is wrong. */
export async function resizeTo(terminal: Terminal, size: Size): Promise<void> {
  terminal.resize(size.columns, size.rows);
  const isLaidOut = () => flaws(terminal, size).length === 0;
  await terminal.until(isLaidOut).catch((error: Error) => {
    throw new Error([...flaws(terminal, size), error.message].join('\n'));
  });
}

/** What is wrong with how a screen of a lesson is laid out. */
function flaws(terminal: Terminal, {columns, rows}: Size): string[] {
  const lines = terminal.lines();
  const cells = terminal.cells();
  const [header = ''] = lines;
  return [
    ...lines.filter(line => stringWidth(line) > columns).map(line => `too wide: ${line}`),
    /^ sockwalk .*\d+\/\d+ {2}(ja|en)$/.test(header) ? '' : `no header: ${header}`,
    // Below the map, where there is one.
    [1, 4].some(row => cells[row]?.[columns - 1]?.char === '┐')
      ? ''
      : `the lanes do not end at the right edge: ${lines[1]}`,
    /(\? (more keys|ほかのキー)$|^ Enter (send|送る))/.test(lines[rows - 2] ?? '')
      ? ''
      : `no keys on the last row: ${lines[rows - 2]}`,
    lines[rows - 1] === '' ? '' : `the frame is as high as the screen: ${lines[rows - 1]}`,
  ].filter(flaw => flaw !== '');
}

export const withoutSpaces = (text: string): string => text.replace(/\s/g, '');

/** Whether the words stand on the screen as a whole, or the screen says that there is more of them. */
export const tells = (screen: string, text: string): boolean =>
  [screen, withoutCode(screen)].some(each => withoutSpaces(each).includes(withoutSpaces(text))) ||
  /more \(Up\/Down\)|続きがあります/.test(screen);

/** On a wide screen code stands beside the words. */
const withoutCode = (screen: string): string => screen.replaceAll(/│[^│\n]*$/gm, '');
