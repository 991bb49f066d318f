import {expect, test} from 'vitest';
import {openTerminal, type Terminal} from './pty.ts';

const size = {columns: 40, rows: 6};
const runNode = (program: string, options = {}): Terminal =>
  openTerminal(process.execPath, ['-e', program], {...size, ...options});
const runShell = (script: string, options = {}): Terminal => openTerminal('sh', ['-c', script], {...size, ...options});

/** Stays until it is ended from outside. */
const stay = 'setInterval(() => {}, 1000);';
const print = (text: string) => `process.stdout.write(${JSON.stringify(text)});`;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('the program has a terminal on both ends, of the size that was asked for', async () => {
  await using terminal = runNode(
    `console.log(process.stdin.isTTY, process.stdout.getWindowSize().join('x'), process.env.TERM)`,
  );
  await terminal.until('true 40x6 xterm-256color');
});

test('nothing of the test runner and of the machine reaches the program, but what the test gives does', async () => {
  const names = ['CI', 'VITEST', 'NODE_ENV', 'LC_ALL', 'COLORTERM', 'LANG'];
  await using terminal = runNode(
    `console.log(JSON.stringify(${JSON.stringify(names)}.map(n => process.env[n] ?? null)))`,
    {
      env: {LANG: 'ja_JP.UTF-8', LC_ALL: undefined},
    },
  );
  await terminal.until('[null,null,null,null,"","ja_JP.UTF-8"]');
});

test('typed text and named keys arrive as a terminal sends them', async () => {
  await using terminal = runNode(`
    let all = '';
    process.stdin.setRawMode(true).setEncoding('utf8');
    process.stdin.on('data', text => console.log(encodeURI((all += text))));
    console.log('ready');`);
  await terminal.until('ready');
  terminal.press('Right', 'PgUp', 'Backspace', 'x');
  await terminal.until('%1B%5BC%1B%5B5~%7Fx');
  terminal.type('あ\r');
  await terminal.until('~%7Fx%E3%81%82%0D');
});

test('a key that does not exist is a mistake of the test, not text', async () => {
  await using terminal = runNode(stay);
  expect(() => terminal.press('Rigth')).toThrow('no key is named "Rigth"');
});

test('Ctrl+C becomes SIGINT, and the exit tells the signal', async () => {
  await using terminal = runNode(print('ready') + stay);
  await terminal.until('ready');
  terminal.press('Ctrl+C');
  expect(await terminal.exited).toEqual({exitCode: null, signal: 'SIGINT'});
});

test('the exit comes after the last of the output', async () => {
  await using terminal = runShell('i=0; while [ $i -lt 500 ]; do echo line $i; i=$((i+1)); done; exit 7');
  expect(await terminal.exited).toEqual({exitCode: 7, signal: null});
  expect(terminal.lines().slice(0, 5)).toEqual(['line 495', 'line 496', 'line 497', 'line 498', 'line 499']);
  expect(terminal.raw).toContain('line 0\r\n');
});

test('the program learns its new size', async () => {
  await using terminal = runNode(
    `process.stdout.on('resize', () => console.log(process.stdout.columns, process.stdout.rows)); console.log('ready');` +
      stay,
  );
  await terminal.until('ready');
  terminal.resize(100, 30);
  await terminal.until('100 30');
  expect(terminal.lines()).toHaveLength(30);
  expect(terminal.cells()[0]).toHaveLength(100);
});

test('Japanese takes two cells for each character', async () => {
  await using terminal = runNode(print('日本語x'));
  await terminal.until('日本語x');
  const row = terminal.cells()[0]?.slice(0, 7) ?? [];
  expect(row.map(cell => cell.char)).toEqual(['日', '', '本', '', '語', '', 'x']);
  expect(row.map(cell => cell.width)).toEqual([2, 0, 2, 0, 2, 0, 1]);
});

test('cells carry colours and attributes', async () => {
  await using terminal = runNode(print('\x1b[1;31ma\x1b[0;2;4;48;5;200mb\x1b[0;7;38;2;1;2;3mc\x1b[0md'));
  await terminal.until('abcd');
  const plain = {
    width: 1,
    fg: {kind: 'default'},
    bg: {kind: 'default'},
    bold: false,
    dim: false,
    inverse: false,
    underline: false,
  };
  expect(terminal.cells()[0]?.slice(0, 4)).toEqual([
    {...plain, char: 'a', bold: true, fg: {kind: 'palette', index: 1}},
    {...plain, char: 'b', dim: true, underline: true, bg: {kind: 'palette', index: 200}},
    {...plain, char: 'c', inverse: true, fg: {kind: 'rgb', value: 0x010203}},
    {...plain, char: 'd'},
  ]);
});

test('the alternate screen and the cursor are followed in and out', async () => {
  await using terminal = runNode(
    `${print('\x1b[?1049h\x1b[?25linside')} process.stdin.once('data', () => { ${print('\x1b[?25h\x1b[?1049loutside')} process.exit() })`,
  );
  expect([terminal.isAlternateScreen(), terminal.isCursorVisible()]).toEqual([false, true]);
  await terminal.until('inside');
  expect([terminal.isAlternateScreen(), terminal.isCursorVisible()]).toEqual([true, false]);
  terminal.press('Enter');
  await terminal.until(screen => screen.includes('outside') && !screen.includes('inside'));
  expect([terminal.isAlternateScreen(), terminal.isCursorVisible()]).toEqual([false, true]);
  expect(terminal.raw).toContain('\x1b[?1049l');
});

test('a program that asks the terminal something gets an answer', async () => {
  await using terminal = runNode(
    `process.stdin.setRawMode(true); process.stdin.on('data', d => console.log(JSON.stringify(d.toString()))); ${print('\x1b[3;5H\x1b[6n')}`,
  );
  await terminal.until('"\\u001b[3;5R"');
});

test('a frame that is still being drawn fulfils nothing', async () => {
  await using terminal = runNode(`
    process.stdin.once('data', () => {
      ${print('\x1b[?2026hhalf')}
      setTimeout(() => {${print(' whole\x1b[?2026l')} }, 100);
    });
    console.log('ready');`);
  await terminal.until('ready');
  terminal.press('Enter');
  await terminal.until('half');
  expect(terminal.text()).toContain('half whole');
});

test('until() takes a pattern, and what is already on the screen counts', async () => {
  await using terminal = runNode(print('fd 18') + stay);
  await terminal.until('fd');
  await terminal.until(/fd \d+/g);
});

test('until() rejects at its deadline and shows the screen', async () => {
  await using terminal = runNode(print('port 8080') + stay);
  await terminal.until('8080');
  await expect(terminal.until('LISTEN', {withinMs: 20})).rejects.toThrow(/"LISTEN" within 20 ms; it shows:\nport 8080/);
});

test('until() does not wait for a program that has ended', async () => {
  await using terminal = runShell('echo bye; exit 3');
  await expect(terminal.until('hello')).rejects.toThrow(/"hello" before the program ended with 3; it shows:\nbye/);
});

test('still() waits for a burst of output to end', async () => {
  await using terminal = runNode(
    `process.stdin.once('data', () => { let n = 0; const t = setInterval(() => { console.log('n', ++n); if (n === 5) clearInterval(t); }, 20) }); console.log('ready')`,
  );
  await terminal.until('ready');
  terminal.press('Enter');
  await terminal.still({answerWithinMs: 5000, quietMs: 300});
  expect(terminal.text()).toContain('n 5');
});

test('hangUp() reaches the program as SIGHUP', async () => {
  await using terminal = runNode(print('ready') + stay);
  await terminal.until('ready');
  terminal.hangUp();
  expect(await terminal.exited).toEqual({exitCode: null, signal: 'SIGHUP'});
});

test('after the end typing, resizing and signals do no harm', async () => {
  await using terminal = runShell('exit 0');
  await terminal.exited;
  terminal.press('Enter');
  terminal.resize(10, 10);
  terminal.signal('SIGTERM');
  terminal.hangUp();
});

test('disposing leaves no process, also of a program that ignores the hang-up', async () => {
  const pids: number[] = [];
  {
    await using polite = runNode(print('ready') + stay);
    await polite.until('ready');
    pids.push(polite.pid);
  }
  {
    await using stubborn = runNode(
      `process.on('SIGHUP', () => {}); process.stdin.on('error', () => {}); ${print('ready')}${stay}`,
    );
    await stubborn.until('ready');
    pids.push(stubborn.pid);
  }
  expect(pids.map(isAlive)).toEqual([false, false]);
});
