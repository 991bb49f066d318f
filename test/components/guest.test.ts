import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {freshFolder} from '../fresh-folder.ts';
import {freePort, isListening} from '../kernel.ts';
import {areGone, childrenOf} from '../lab/processes.ts';
import {until} from '../lab/until.ts';
import {casesOf, inSoak} from '../long.ts';
import {openTerminal} from '../pty.ts';
import {keysOf, momentOf, pidsOn, program, Sockwalk, type Start} from './sockwalk.ts';

type Place = 'home' | 'a call that waits' | 'writing';

/** Runs the program, and then says how it left the terminal and with which code. */
const andThenTell = '"$@"; code=$?; stty -a; echo "left with $code"';

async function openAt(place: Place, start: Start = {}): Promise<Sockwalk> {
  if (place === 'home') return Sockwalk.open(start);
  // In a private network nobody else sees the port.
  const sockwalk = await Sockwalk.open({...start, args: ['echo', '--network', 'host']});
  await sockwalk.jumpTo(7);
  if (place === 'writing') await sockwalk.press('Right', screen => keysOf(screen).startsWith(' Enter send'));
  return sockwalk;
}

/**
 * What the program has in the world: its processes (where frames may be captured, one for that beside the two sides) and, in
 * a lesson, the port on which its server listens.
 */
function belongings(sockwalk: Sockwalk, place: Place): readonly number[] {
  const children = childrenOf(sockwalk.pid);
  expect(place === 'home' ? [0] : [2, 3]).toContain(children.length);
  expect(isListening(sockwalk.port)).toBe(place !== 'home');
  return [sockwalk.pid, ...children];
}

/** Nothing of it is left. */
async function expectNothingLeft({port}: Sockwalk, processes: readonly number[]): Promise<void> {
  await until('every process is gone', () => areGone(processes));
  // A process is seen to have ended a moment before the last of its threads lets go of the sockets.
  await until('nobody listens', () => !isListening(port));
}

/** The terminal is as it was: main screen, visible cursor, lines with echo, no bracketed paste, the mouse untouched. */
function expectTerminalBack({terminal}: Sockwalk): void {
  expect([terminal.isAlternateScreen(), terminal.isCursorVisible()]).toEqual([false, true]);
  expect(terminal.text()).toMatch(/[^-]icanon/);
  expect(terminal.text()).toMatch(/[^-]echo /);
  expect(terminal.raw.lastIndexOf('\x1b[?2004l')).toBeGreaterThan(terminal.raw.lastIndexOf('\x1b[?2004h'));
  expect(terminal.raw).not.toContain('\x1b[?1000h');
}

const places = casesOf<Place>(['home', 'a call that waits', 'writing'], 'a call that waits');
const leave = {
  q: (sockwalk: Sockwalk) => sockwalk.terminal.press('q'),
  'Ctrl+C': (sockwalk: Sockwalk) => sockwalk.terminal.press('Ctrl+C'),
  SIGINT: (sockwalk: Sockwalk) => void process.kill(sockwalk.pid, 'SIGINT'),
  SIGTERM: (sockwalk: Sockwalk) => void process.kill(sockwalk.pid, 'SIGTERM'),
  SIGHUP: (sockwalk: Sockwalk) => void process.kill(sockwalk.pid, 'SIGHUP'),
};
const codes = {q: 0, 'Ctrl+C': 130, SIGINT: 130, SIGTERM: 143, SIGHUP: 129} as const;
// q is also the way out after an actor was killed.
const ways = casesOf(Object.keys(codes) as (keyof typeof codes)[], 'Ctrl+C')
  .flatMap(way => places.map(place => ({way, place, code: codes[way]})))
  // Where a message is written, q is a letter.
  .filter(({way, place}) => way !== 'q' || place !== 'writing');

test.concurrent.each(ways)(
  '$way at $place leaves with $code, and leaves nothing behind',
  async ({way, place, code}) => {
    await using sockwalk = await openAt(place, {shell: andThenTell});
    const processes = belongings(sockwalk, place);
    leave[way](sockwalk);
    await sockwalk.terminal.until(`left with ${code}`);
    expectTerminalBack(sockwalk);
    await expectNothingLeft(sockwalk, processes);
  },
);

inSoak(() => {
  test.concurrent('after an actor was killed from outside, q leaves as ever', async () => {
    await using sockwalk = await openAt('a call that waits', {shell: andThenTell});
    const processes = belongings(sockwalk, 'a call that waits');
    for (const pid of pidsOn(sockwalk.screen)) process.kill(pid, 'SIGKILL');
    await sockwalk.terminal.until('process has ended (SIGKILL)');
    sockwalk.terminal.press('q');
    await sockwalk.terminal.until('left with 0');
    expectTerminalBack(sockwalk);
    await expectNothingLeft(sockwalk, processes);
  });
});

// One at a time: a process that another test starts meanwhile would keep this terminal's master side open.
test.each(places)('when the terminal goes away at %s, it ends by SIGHUP, and leaves nothing behind', async place => {
  await using sockwalk = await openAt(place);
  const processes = belongings(sockwalk, place);
  sockwalk.terminal.hangUp();
  expect(await sockwalk.terminal.exited).toEqual({exitCode: null, signal: 'SIGHUP'});
  await expectNothingLeft(sockwalk, processes);
});

test.concurrent.each(casesOf(places))('when the program is killed at %s, its actors go by themselves', async place => {
  await using sockwalk = await openAt(place);
  const processes = belongings(sockwalk, place);
  sockwalk.terminal.signal('SIGKILL');
  expect(await sockwalk.terminal.exited).toEqual({exitCode: null, signal: 'SIGKILL'});
  await expectNothingLeft(sockwalk, processes);
});

test.concurrent.each(casesOf(['SIGKILL', 'SIGTERM'] as const, 'SIGKILL'))(
  'in a private network %s leaves no process behind either',
  async signal => {
    await using sockwalk = await Sockwalk.open({args: ['echo', '--network', 'private']});
    await sockwalk.forwardTo(({step}) => step === 2);
    const processes = [sockwalk.pid, ...descendantsOf(sockwalk.pid)];
    expect(processes.length).toBeGreaterThanOrEqual(3);
    sockwalk.terminal.signal(signal);
    await sockwalk.terminal.exited;
    await until('every process is gone', () => areGone(processes));
  },
);

const descendantsOf = (pid: number): number[] => childrenOf(pid).flatMap(child => [child, ...descendantsOf(child)]);

/** Throws where nobody catches it, when the test says so. */
const mine = `data:text/javascript,process.on('SIGUSR2', () => { throw new Error('thrown by the test'); })`;

test.concurrent.each(places)(
  'a mistake of its own at %s restores the terminal, is told, and leaves with 1',
  async place => {
    await using sockwalk = await openAt(place, {shell: andThenTell, rows: 30, node: ['--import', mine]});
    const processes = belongings(sockwalk, place);
    process.kill(sockwalk.pid, 'SIGUSR2');
    await sockwalk.terminal.until('left with 1');
    expect(sockwalk.screen).toContain('sockwalk ends because of a mistake of its own.');
    expect(sockwalk.screen).toContain('Error: thrown by the test');
    expectTerminalBack(sockwalk);
    await expectNothingLeft(sockwalk, processes);
  },
);

/** As /proc/PID/stat has it: T is stopped by a signal. */
const isStopped = (pid: number): boolean => /\) T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));

test.concurrent('Ctrl+Z gives the terminal back to the shell, and fg brings the walk back', async () => {
  const port = await freePort();
  await using terminal = openTerminal('bash', ['--norc', '--noprofile', '-i'], {
    columns: 80,
    rows: 40,
    env: {PS1: 'prompt> ', HISTFILE: undefined, XDG_DATA_HOME: freshFolder()},
  });
  await terminal.until('prompt>');
  terminal.type(`'${process.execPath}' '${program}' --port ${port} echo\r`);
  await terminal.until(screen => momentOf(screen).kind === 'reading' && terminal.raw.includes('\x1b[?2004h'));
  terminal.press('Right');
  await terminal.until(screen => momentOf(screen).step === 1);
  const before = terminal.text();
  const actors = pidsOn(before);

  terminal.press('Ctrl+Z');
  await terminal.until(/Stopped.*prompt>\s*$/s);
  expect([terminal.isAlternateScreen(), terminal.isCursorVisible()]).toEqual([false, true]);
  expect(actors.map(isStopped)).toEqual([true, true]);
  terminal.type('stty -a\r');
  await terminal.until(/[^-]icanon.*[^-]echo .*prompt>\s*$/s);

  terminal.type('fg\r');
  await terminal.until(screen => screen === before);
  expect(terminal.isAlternateScreen()).toBe(true);
  terminal.press('Right');
  await terminal.until(screen => momentOf(screen).step === 2);
  terminal.press('q');
  await terminal.until(/prompt>\s*$/);
  terminal.type('echo "left with $?"\r');
  await terminal.until('left with 0');
  await until('the actors are gone', () => areGone(actors));
  terminal.type('exit\r');
  await terminal.exited;
});
