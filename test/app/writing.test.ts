import {isDeepStrictEqual} from 'node:util';
import {afterAll, beforeAll, beforeEach, describe, expect, test as one} from 'vitest';
import {callsOn, keysOf, momentOf, Sockwalk} from './sockwalk.ts';

// Every run has a terminal, processes, a port and a data folder of its own, and mostly waits.
const test = one.concurrent;

const usual = 'good morning';
const isWriting = (screen: string) => keysOf(screen).startsWith(' Enter send');

/** The line of typing holds just this, and counts its bytes. */
const holds = (text: string) => (screen: string) => {
  const [, shown = '', bytes] = /Message to send: (.*?) +(\d+) bytes?$/m.exec(screen) ?? [];
  return shown === text && Number(bytes) === Buffer.byteLength(text);
};

/** In echo, where the client's message is written; the usual one stands there already. */
async function atMessage(...args: readonly string[]): Promise<Sockwalk> {
  const sockwalk = await Sockwalk.open({args: ['echo', ...args], columns: 100, rows: 32});
  await sockwalk.jumpTo(10);
  await sockwalk.press('Right', isWriting);
  return sockwalk;
}

async function empty({terminal}: Sockwalk): Promise<void> {
  terminal.type('\x15');
  await terminal.until(holds(''));
}

/** Sends what is written, and walks on until the echo has been received. */
async function sendAndReceive(sockwalk: Sockwalk): Promise<readonly string[]> {
  await sockwalk.press('Enter', screen => momentOf(screen).step === 11);
  await sockwalk.forwardTo(({step}) => step === 13);
  return callsOn(sockwalk.screen).slice(-4);
}

test('Japanese and emoji go there and back, counted in bytes', async () => {
  await using sockwalk = await atMessage();
  expect(sockwalk.screen).toSatisfy(holds(usual));
  await empty(sockwalk);
  sockwalk.terminal.type('あ😀é');
  await sockwalk.terminal.until(holds('あ😀é'));
  const calls = await sendAndReceive(sockwalk);
  expect(calls[0]).toMatch(/^server +recv\(\d+, "あ😀é", 4096, 0\) B += 9 /);
  expect(calls[1]).toMatch(/^client +send\(\d+, "あ😀é", 0\) B += 9 /);
  expect(calls[2]).toMatch(/^server +send\(\d+, "あ😀é", 0\) C += 9 /);
  expect(calls[3]).toMatch(/^client +recv\(\d+, "あ😀é", 4096, 0\) C += 9 /);
});

test('pasted text becomes one line without control characters, and sends nothing by itself', async () => {
  await using sockwalk = await atMessage();
  await empty(sockwalk);
  sockwalk.terminal.type('\x1b[200~a\r\nb\tc\x1b[31mred\x07\x9b2J\x1b[201~');
  await sockwalk.terminal.until(holds('a b c[31mred2J'));
  const calls = await sendAndReceive(sockwalk);
  expect(calls[1]).toMatch(/^client +send\(\d+, "a b c\[31mred2J", 0\) B += 14 /);
});

test('m sends one more message on the same connection', async () => {
  await using sockwalk = await atMessage('--message', 'first');
  await sendAndReceive(sockwalk);
  expect(keysOf(sockwalk.screen)).toContain('m one more message');
  await sockwalk.press('m', screen => momentOf(screen).step === 10);
  await sockwalk.press('Right', holds('first'));
  sockwalk.terminal.type(' and 2nd');
  await sockwalk.terminal.until(holds('first and 2nd'));
  const calls = await sendAndReceive(sockwalk);
  expect(calls[3]).toMatch(/^client +recv\(\d+, "first and 2nd", 4096, 0\) E += 13 /);
});

/** The character under the terminal’s cursor, where that is on the line of typing. */
const cursorOn = ({terminal}: Sockwalk): string | undefined => {
  const row = terminal.lines().findIndex(line => line.includes('Message to send:'));
  const cursor = terminal.cursor();
  return cursor?.row === row ? terminal.cells()[row]?.[cursor.column]?.char : undefined;
};

describe('the line of typing', () => {
  // One program for all of them: none but the last sends anything.
  let sockwalk: Sockwalk;
  beforeAll(async () => {
    sockwalk = await atMessage();
  });
  beforeEach(() => empty(sockwalk));
  afterAll(() => sockwalk?.[Symbol.asyncDispose]());

  one('a direction override in pasted text is left out, and never reaches the terminal', async () => {
    sockwalk.terminal.type('\x1b[200~a\u202eb\x1b[201~');
    await sockwalk.terminal.until(holds('ab'));
    expect(sockwalk.terminal.raw).not.toContain('\u202e');
  });

  one('an empty message is refused in words, and nothing is sent', async () => {
    await sockwalk.press('Enter', 'The message is empty. send() with 0 bytes sends nothing');
    expect(isWriting(sockwalk.screen)).toBe(true);
    sockwalk.terminal.type('x');
    await sockwalk.terminal.until(screen => holds('x')(screen) && !screen.includes('is empty'));
  });

  one('a held Backspace erases as often as it came, and never half a character', async () => {
    sockwalk.terminal.type('abcd');
    await sockwalk.terminal.until(holds('abcd'));
    sockwalk.terminal.type('\x7f\x7f\x7f');
    await sockwalk.terminal.until(holds('a'));
    sockwalk.terminal.type('あ😀');
    await sockwalk.terminal.until(holds('aあ😀'));
    sockwalk.terminal.type('\x7f');
    await sockwalk.terminal.until(holds('aあ'));
  });

  one('arrows move the cursor', async () => {
    sockwalk.terminal.type('ac');
    await sockwalk.terminal.until(holds('ac'));
    sockwalk.terminal.press('Left');
    await sockwalk.terminal.until(() => cursorOn(sockwalk) === 'c');
    sockwalk.terminal.type('b');
    await sockwalk.terminal.until(holds('abc'));
  });

  one('the terminal’s own cursor stands where the next character goes, after wide ones too', async () => {
    sockwalk.terminal.type('日本');
    await sockwalk.terminal.until(holds('日本'));
    const row = sockwalk.terminal.lines().findIndex(line => line.includes('Message to send:'));
    const column = ' Message to send: 日本'.length + 2;
    await sockwalk.terminal.until(() => isDeepStrictEqual(sockwalk.terminal.cursor(), {row, column}));
  });

  one('what a reader takes for one character is erased as one', async () => {
    sockwalk.terminal.type('ab👨‍👩‍👧');
    await sockwalk.terminal.until(/20 bytes/);
    sockwalk.terminal.press('Backspace');
    await sockwalk.terminal.until(holds('ab'));
  });

  one(
    'a page that is pasted costs no more than the line holds, and keys after it are heard in their order',
    async () => {
      const {terminal} = sockwalk;
      terminal.type(`\x1b[200~${'あ'.repeat(30_000)}\x1b[201~`);
      await terminal.until(/12285 bytes/);
      terminal.type(`${'x'.repeat(20_000)}\x15ok`);
      await terminal.until(holds('ok'));
    },
  );

  one('Ctrl with a letter writes nothing', async () => {
    sockwalk.terminal.type('ab');
    await sockwalk.terminal.until(holds('ab'));
    sockwalk.terminal.type('\x01\x05\x0b');
    sockwalk.terminal.type('c');
    await sockwalk.terminal.until(holds('abc'));
  });

  one('an arrow that was typed as a character is text', async () => {
    sockwalk.terminal.type('a→b');
    await sockwalk.terminal.until(holds('a→b'));
  });

  one('keys that work elsewhere are letters here', async () => {
    sockwalk.terminal.type('qt?rx 0$:');
    await sockwalk.terminal.until(holds('qt?rx 0$:'));
  });

  one('of a text longer than its rows, the end is seen', async () => {
    sockwalk.terminal.type(`begin${'x'.repeat(300)}end`);
    await sockwalk.terminal.until(screen => /308 bytes/.test(screen) && /xend *$/m.test(screen));
  });

  one('Esc leaves the writing, and what was written is there when it is resumed', async () => {
    sockwalk.terminal.type('later');
    await sockwalk.terminal.until(holds('later'));
    await sockwalk.press('Esc', screen => momentOf(screen).kind === 'reading');
    await sockwalk.press('Right', holds('later'));
  });

  one('a message longer than a recv() of the lesson takes is refused in words', async () => {
    sockwalk.terminal.type(`\x1b[200~${'x'.repeat(1025)}\x1b[201~`);
    await sockwalk.terminal.until('1025 bytes');
    await sockwalk.press('Enter', 'The message is too long: 1025 bytes, and at most 1024 fit.');
    await sockwalk.press('Backspace', '1024 bytes');
  });

  one('Enter sends also when it comes in one stretch with the text', async () => {
    sockwalk.terminal.type('quick\r');
    await sockwalk.terminal.until(screen => momentOf(screen).step === 11);
    expect(callsOn(sockwalk.screen).at(-1)).toMatch(/^client +send\(\d+, "quick", 0\) B += 5 /);
  });
});
