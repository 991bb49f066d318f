import {isDeepStrictEqual} from 'node:util';
import {expect} from 'vitest';
import {inOneProgram} from './one-program.ts';
import {callsOn, keysOf, momentOf, type Sockwalk, type Start} from './sockwalk.ts';

const usual = 'good morning';
const isWriting = (screen: string) => keysOf(screen).startsWith(' Enter send');

/** The line of typing holds just this, and counts its bytes. */
const holds = (text: string) => (screen: string) => {
  const [, shown = '', bytes] = /Message to send: (.*?) +(\d+) bytes?$/m.exec(screen) ?? [];
  return shown === text && Number(bytes) === Buffer.byteLength(text);
};

const atEcho = (...args: readonly string[]): Start => ({args: ['echo', ...args], columns: 100, rows: 32});

/** In echo, where the client's message is written: the first one, or one more. */
async function toMessage(sockwalk: Sockwalk): Promise<void> {
  if (isWriting(sockwalk.screen)) return;
  if (sockwalk.moment.step < 7) await sockwalk.jumpTo(7);
  else await sockwalk.press('m', screen => momentOf(screen).step === 7);
  await sockwalk.press('Right', isWriting);
}

async function empty({terminal}: Sockwalk): Promise<void> {
  terminal.type('\x15');
  await terminal.until(holds(''));
}

async function toEmptyLine(sockwalk: Sockwalk): Promise<void> {
  if (!isWriting(sockwalk.screen)) {
    await toMessage(sockwalk);
    expect(sockwalk.screen).toSatisfy(holds(usual));
  }
  await empty(sockwalk);
}

/** Sends what is written, and walks on until the echo has been received. */
async function sendAndReceive(sockwalk: Sockwalk): Promise<readonly string[]> {
  await sockwalk.press('Enter', screen => momentOf(screen).step === 8);
  await sockwalk.forwardTo(({step}) => step === 10);
  // The list has a row for each call, and in it all that was received.
  if (!sockwalk.screen.includes('[calls]')) await sockwalk.press('v', '[calls]');
  return callsOn(sockwalk.screen).slice(-4);
}

// Each is sent on the same connection, after those before it.
inOneProgram('messages', atEcho('--message', 'first'), toMessage, test => {
  test('m sends one more message on the same connection', async sockwalk => {
    await sendAndReceive(sockwalk);
    expect(keysOf(sockwalk.screen)).toContain('m one more message');
    await sockwalk.press('m', screen => momentOf(screen).step === 7);
    await sockwalk.press('Right', holds('first'));
    sockwalk.terminal.type(' and 2nd');
    await sockwalk.terminal.until(holds('first and 2nd'));
    const calls = await sendAndReceive(sockwalk);
    expect(calls[3]).toMatch(/^client +recv\(\d+, "first and 2nd", 4096, 0\) E += 13 /);
  });

  test('Japanese and emoji go there and back, counted in bytes', async sockwalk => {
    await empty(sockwalk);
    sockwalk.terminal.type('あ😀é');
    await sockwalk.terminal.until(holds('あ😀é'));
    const calls = await sendAndReceive(sockwalk);
    const [there = '', back = ''] = [1, 2].map(i => / ([A-Z]) += /.exec(calls[i] ?? '')?.[1]);
    expect(there).not.toBe(back);
    expect(calls[0]).toMatch(new RegExp(`^server +recv\\(\\d+, "あ😀é", 4096, 0\\) ${there} += 9 `));
    expect(calls[1]).toMatch(new RegExp(`^client +send\\(\\d+, "あ😀é", 0\\) ${there} += 9 `));
    expect(calls[2]).toMatch(new RegExp(`^server +send\\(\\d+, "あ😀é", 0\\) ${back} += 9 `));
    expect(calls[3]).toMatch(new RegExp(`^client +recv\\(\\d+, "あ😀é", 4096, 0\\) ${back} += 9 `));
  });

  test('pasted text becomes one line without control characters, and sends nothing by itself', async sockwalk => {
    await empty(sockwalk);
    sockwalk.terminal.type('\x1b[200~a\r\nb\tc\x1b[31mred\x07\x9b2J\x1b[201~');
    await sockwalk.terminal.until(holds('a b c[31mred2J'));
    const calls = await sendAndReceive(sockwalk);
    expect(calls[1]).toMatch(/^client +send\(\d+, "a b c\[31mred2J", 0\) [A-Z] += 14 /);
  });
});

/** The character under the terminal’s cursor, where that is on the line of typing. */
const cursorOn = ({terminal}: Sockwalk): string | undefined => {
  const row = terminal.lines().findIndex(line => line.includes('Message to send:'));
  const cursor = terminal.cursor();
  return cursor?.row === row ? terminal.cells()[row]?.[cursor.column]?.char : undefined;
};

// None but the last sends anything.
inOneProgram('the line of typing', atEcho(), toEmptyLine, test => {
  test('a direction override in pasted text is left out, and never reaches the terminal', async sockwalk => {
    sockwalk.terminal.type('\x1b[200~a\u202eb\x1b[201~');
    await sockwalk.terminal.until(holds('ab'));
    expect(sockwalk.terminal.raw).not.toContain('\u202e');
  });

  test('an empty message is refused in words, and nothing is sent', async sockwalk => {
    await sockwalk.press('Enter', 'The message is empty. send() with 0 bytes sends nothing');
    expect(isWriting(sockwalk.screen)).toBe(true);
    sockwalk.terminal.type('x');
    await sockwalk.terminal.until(screen => holds('x')(screen) && !screen.includes('is empty'));
  });

  test('a held Backspace erases as often as it came, and never half a character', async sockwalk => {
    sockwalk.terminal.type('abcd');
    await sockwalk.terminal.until(holds('abcd'));
    sockwalk.terminal.type('\x7f\x7f\x7f');
    await sockwalk.terminal.until(holds('a'));
    sockwalk.terminal.type('あ😀');
    await sockwalk.terminal.until(holds('aあ😀'));
    sockwalk.terminal.type('\x7f');
    await sockwalk.terminal.until(holds('aあ'));
  });

  test('arrows move the cursor', async sockwalk => {
    sockwalk.terminal.type('ac');
    await sockwalk.terminal.until(holds('ac'));
    sockwalk.terminal.press('Left');
    await sockwalk.terminal.until(() => cursorOn(sockwalk) === 'c');
    sockwalk.terminal.type('b');
    await sockwalk.terminal.until(holds('abc'));
  });

  test('the terminal’s own cursor stands where the next character goes, after wide ones too', async sockwalk => {
    sockwalk.terminal.type('日本');
    await sockwalk.terminal.until(holds('日本'));
    const row = sockwalk.terminal.lines().findIndex(line => line.includes('Message to send:'));
    const column = ' Message to send: 日本'.length + 2;
    await sockwalk.terminal.until(() => isDeepStrictEqual(sockwalk.terminal.cursor(), {row, column}));
  });

  test('what a reader takes for one character is erased as one', async sockwalk => {
    sockwalk.terminal.type('ab👨‍👩‍👧');
    await sockwalk.terminal.until(/20 bytes/);
    sockwalk.terminal.press('Backspace');
    await sockwalk.terminal.until(holds('ab'));
  });

  test('a page that is pasted costs no more than the line holds, and keys after it are heard in their order', async sockwalk => {
    const {terminal} = sockwalk;
    terminal.type(`\x1b[200~${'あ'.repeat(30_000)}\x1b[201~`);
    await terminal.until(/12285 bytes/);
    terminal.type(`${'x'.repeat(20_000)}\x15ok`);
    await terminal.until(holds('ok'));
  });

  test('Ctrl with a letter writes nothing', async sockwalk => {
    sockwalk.terminal.type('ab');
    await sockwalk.terminal.until(holds('ab'));
    sockwalk.terminal.type('\x01\x05\x0b');
    sockwalk.terminal.type('c');
    await sockwalk.terminal.until(holds('abc'));
  });

  test('an arrow that was typed as a character is text', async sockwalk => {
    sockwalk.terminal.type('a→b');
    await sockwalk.terminal.until(holds('a→b'));
  });

  test('keys that work elsewhere are letters here', async sockwalk => {
    sockwalk.terminal.type('qt?rx 0$:');
    await sockwalk.terminal.until(holds('qt?rx 0$:'));
  });

  test('of a text longer than its rows, the end is seen', async sockwalk => {
    sockwalk.terminal.type(`begin${'x'.repeat(300)}end`);
    await sockwalk.terminal.until(screen => /308 bytes/.test(screen) && /xend *$/m.test(screen));
  });

  test('Esc leaves the writing, and what was written is there when it is resumed', async sockwalk => {
    sockwalk.terminal.type('later');
    await sockwalk.terminal.until(holds('later'));
    await sockwalk.press('Esc', screen => momentOf(screen).kind === 'reading');
    await sockwalk.press('Right', holds('later'));
  });

  test('a message longer than a recv() of the lesson takes is refused in words', async sockwalk => {
    sockwalk.terminal.type(`\x1b[200~${'x'.repeat(1025)}\x1b[201~`);
    await sockwalk.terminal.until('1025 bytes');
    await sockwalk.press('Enter', 'The message is too long: 1025 bytes, and at most 1024 fit.');
    await sockwalk.press('Backspace', '1024 bytes');
  });

  test('Enter sends also when it comes in one stretch with the text', async sockwalk => {
    sockwalk.terminal.type('quick\r');
    await sockwalk.terminal.until(screen => momentOf(screen).step === 8);
    expect(callsOn(sockwalk.screen).at(-1)).toMatch(/^client +send\(\d+, "quick", 0\) B += 5\b/);
  });
});
