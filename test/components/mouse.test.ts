import {describe, expect, test} from 'vitest';
import {freshFolder} from '../fresh-folder.ts';
import {freePort} from '../kernel.ts';
import {openTerminal} from '../pty.ts';
import {at, fromStart, inOneProgram} from './one-program.ts';
import {momentOf, program, Sockwalk} from './sockwalk.ts';

/** As xterm reports them (SGR, DECSET 1006): columns and rows from 1, then M for a press and m for a release. */
const wheel = (way: 'up' | 'down'): string => `\x1b[<${way === 'up' ? 64 : 65};5;5M`;
const click = (column: number, row: number): string =>
  `\x1b[<0;${column + 1};${row + 1}M\x1b[<0;${column + 1};${row + 1}m`;

/** A click on the first cell of the first row that has this text. */
function clickOn(screen: string, text: string): string {
  const rows = screen.split('\n');
  const row = rows.findIndex(each => each.includes(text));
  const column = rows[row]?.indexOf(text) ?? -1;
  if (column < 0) throw new Error(`${text} is not on\n${screen}`);
  return click(column, row);
}

const on = /\x1b\[\?1000h\x1b\[\?1006h/g;
const off = /\x1b\[\?1006l\x1b\[\?1000l/g;
const counts = (raw: string) => [raw.match(on)?.length ?? 0, raw.match(off)?.length ?? 0];
/** Whether what was written last leaves the mouse to the terminal. */
const isFree = (raw: string): boolean => raw.lastIndexOf('\x1b[?1000l') > raw.lastIndexOf('\x1b[?1000h');

test.concurrent('without --mouse the terminal keeps its own, and can select text', async () => {
  await using sockwalk = await Sockwalk.open({});
  sockwalk.terminal.press('q');
  await sockwalk.terminal.exited;
  expect(sockwalk.terminal.raw).not.toMatch(/\x1b\[\?100[0-6]h/);
});

inOneProgram('with --mouse', {args: ['echo', '--lang', 'en', '--mouse'], columns: 120, rows: 40}, fromStart, define => {
  define('a click on a call of the flow goes to its moment, and one on nothing nowhere', async sockwalk => {
    await sockwalk.jumpTo(3);
    const {terminal} = sockwalk;
    terminal.type(click(60, 0) + clickOn(sockwalk.screen, '✓ socket(AF_INET'));
    await terminal.until(/REPLAY +1\//);
    terminal.press('$');
    await terminal.until(/LIVE +3\//);
  });

  define('a click on a call of the list goes to its moment', async sockwalk => {
    await sockwalk.jumpTo(3);
    await sockwalk.press('v', '[calls]');
    sockwalk.terminal.type(clickOn(sockwalk.screen, 'listen('));
    await sockwalk.terminal.until(/REPLAY +1\//);
  });

  define('a report that comes in pieces, or between what is typed, is not typed', async sockwalk => {
    await sockwalk.jumpTo(7);
    const {terminal} = sockwalk;
    await sockwalk.press('Right', screen => momentOf(screen).kind === 'writing');
    terminal.press('Ctrl+U');
    terminal.type('ab\x1b[<0;1');
    await terminal.until(/: ab/);
    terminal.type(`0;3Mcd${wheel('down')}\x1b[<35;9;9Mef`);
    await terminal.until(/: abcdef +6 bytes/);
    expect(sockwalk.screen).not.toMatch(/<\d|;\d/);
    await sockwalk.press('Enter', at(8));
  });
});

test.concurrent('the wheel moves through a list', async () => {
  await using sockwalk = await Sockwalk.open({args: ['--lang', 'en', '--mouse']});
  const {terminal} = sockwalk;
  const isAt = (n: number) => (screen: string) => new RegExp(`^ ?>.* ${n}  `, 'm').test(screen);
  await terminal.until(isAt(1));
  terminal.type(wheel('down') + wheel('down'));
  await terminal.until(isAt(3));
  terminal.type(wheel('up'));
  await terminal.until(isAt(2));
});

describe('the terminal has its mouse again', () => {
  test.concurrent.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('after %s', async signal => {
    await using sockwalk = await Sockwalk.open({args: ['--mouse']});
    sockwalk.terminal.signal(signal);
    await sockwalk.terminal.exited;
    expect(counts(sockwalk.terminal.raw)[0]).toBe(1);
    expect(isFree(sockwalk.terminal.raw)).toBe(true);
  });

  test.concurrent('after q', async () => {
    await using sockwalk = await Sockwalk.open({args: ['--mouse']});
    sockwalk.terminal.press('q');
    await sockwalk.terminal.exited;
    expect(counts(sockwalk.terminal.raw)).toEqual([1, 1]);
  });

  test.concurrent('after a mistake of ours', async () => {
    // Something that nobody catches, while the screen is up.
    const crash = "process.on('SIGUSR2', () => { throw new Error('on purpose') })";
    await using sockwalk = await Sockwalk.open({
      args: ['--mouse'],
      node: ['--import', `data:text/javascript,${encodeURIComponent(crash)}`],
    });
    process.kill(sockwalk.pid, 'SIGUSR2');
    await sockwalk.terminal.exited;
    expect(sockwalk.terminal.text()).toContain('on purpose');
    expect(isFree(sockwalk.terminal.raw)).toBe(true);
  });

  test.concurrent('while the program is stopped, and not once it goes on', async () => {
    const port = await freePort();
    await using terminal = openTerminal('bash', ['--norc', '--noprofile', '-i'], {
      columns: 80,
      rows: 24,
      env: {PS1: 'prompt> ', HISTFILE: undefined, XDG_DATA_HOME: freshFolder()},
    });
    await terminal.until('prompt>');
    terminal.type(`'${process.execPath}' '${program}' --port ${port} --mouse\r`);
    await terminal.until(screen => momentOf(screen).kind === 'home' && terminal.raw.includes('\x1b[?2004h'));
    terminal.press('Ctrl+Z');
    await terminal.until(/Stopped.*prompt>\s*$/s);
    expect(isFree(terminal.raw)).toBe(true);
    terminal.type('fg\r');
    await terminal.until(screen => momentOf(screen).kind === 'home' && !isFree(terminal.raw));
    terminal.press('q');
    await terminal.until(/prompt>\s*$/);
    expect(isFree(terminal.raw)).toBe(true);
    terminal.type('exit\r');
    await terminal.exited;
  });
});
