import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import {type AddressInfo, createServer} from 'node:net';
import {join} from 'node:path';
import {expect, test as one} from 'vitest';
import {lessons} from '../../lessons/index.ts';
import {bindings} from '../../src/app/keys/keymap.ts';
import {keyName, labelText} from '../../src/draw/text/key-line.ts';
import {lookOf} from '../../src/draw/text/look.ts';
import {actsOf} from '../../src/model/lesson.ts';
import {freshFolder} from '../fresh-folder.ts';
import {socketsOf} from '../kernel.ts';
import {isGone} from '../lab/processes.ts';
import {until} from '../lab/until.ts';
import {casesOf} from '../long.ts';
import {at, fromStart, inOneProgram, toLatest} from './one-program.ts';
import {callsOn, choicesOn, isAnswered, keysOf, momentOf, numberOf, pidsOn, Sockwalk, type Start} from './sockwalk.ts';

// Every run has a terminal, processes, a port and a data folder of its own, and mostly waits.
const test = one.concurrent;

const wide = {columns: 120, rows: 40};

/** How the list writes it, after its mark. */
const clientFlow = ` ${lessons.findIndex(({id}) => id === 'client-flow') + 1}  The client’s flow`;

/** How many calls the first steps of client-flow make. */
const callsUpTo = (step: number): number =>
  lessons
    .find(({id}) => id === 'client-flow')
    ?.steps.slice(0, step)
    .flatMap(actsOf).length ?? 0;

/** The line of the list that the cursor is on. */
const chosen = (i: number): string => `> ${i === 0 ? '▶' : '·'} ${String(i + 1).padStart(2)}  ${lessons[i]?.title.en}`;

/** The cursor on the first lesson of the list. */
async function toList(sockwalk: Sockwalk): Promise<void> {
  if (sockwalk.moment.kind !== 'home') await sockwalk.press('Esc', screen => momentOf(screen).kind === 'home');
  await sockwalk.press('Home', chosen(0));
}

/** At the first question of server-flow, which nobody has answered. */
async function toQuestion(sockwalk: Sockwalk): Promise<void> {
  if (sockwalk.moment.kind !== 'asking') {
    await fromStart(sockwalk);
    await sockwalk.forwardTo(({kind}) => kind === 'asking');
  }
  expect(sockwalk.moment.step).toBe(2);
}

inOneProgram('from the list', {}, toList, test => {
  test('the list is walked with the arrows and with j and k, and ends at its ends', async sockwalk => {
    await sockwalk.press('Up', chosen(0));
    for (let i = 1; i < lessons.length; i++) await sockwalk.press(i % 2 === 0 ? 'Down' : 'j', chosen(i));
    await sockwalk.press('Down', chosen(lessons.length - 1));
    await sockwalk.press('k', chosen(lessons.length - 2));
    await sockwalk.press('PgUp', chosen(lessons.length - 12));
    await sockwalk.press('Home', chosen(0));
    await sockwalk.press('PgDn', chosen(10));
    await sockwalk.press('End', chosen(lessons.length - 1));
  });

  test('Enter on the first screen opens the first lesson live, with two processes', async sockwalk => {
    expect(sockwalk.screen).toContain(chosen(0));
    await sockwalk.press('Enter', `LIVE  0/${lessons[0]?.steps.length}`);
    const pids = pidsOn(sockwalk.screen);
    expect(pids).toHaveLength(2);
    expect(pids.map(isGone)).toEqual([false, false]);
  });

  test('the words open in the list and at a question too, and end at their ends', async sockwalk => {
    await sockwalk.press('g', ' 1/');
    await sockwalk.press('$', screen => /> multicast/.test(screen));
    await sockwalk.press('j', screen => /> multicast/.test(screen));
    await sockwalk.press('0', ' 1/');
    await sockwalk.press('g', 'sockets one step at a time');
    await sockwalk.press('Enter', 'LIVE');
    await sockwalk.forwardTo(({kind}) => kind === 'asking');
    await sockwalk.press('g', 'On this screen');
    await sockwalk.press('1', ' 1/');
    await sockwalk.press('g', 'predict');
    expect(sockwalk.moment.kind).toBe('asking');
  });
});

inOneProgram('at the newest call of a lesson', {args: ['client-flow']}, toLatest, test => {
  test('h, Backspace and PgUp are the same as the arrow', async sockwalk => {
    await sockwalk.jumpTo(3);
    for (const [i, key] of ['h', 'Backspace', 'PgUp'].entries()) await sockwalk.press(key, at(2 - i));
  });

  test('0 and Home go to the first step, $ and End to the latest', async sockwalk => {
    await sockwalk.jumpTo(3);
    await sockwalk.press('0', 'REPLAY   0/13');
    await sockwalk.press('$', 'LIVE  3/13');
    await sockwalk.press('Home', 'REPLAY   0/13');
    await sockwalk.press('End', 'LIVE  3/13');
  });

  test('t changes the language of the same step, and back', async sockwalk => {
    const {step} = sockwalk.moment;
    const english = sockwalk.screen;
    await sockwalk.press('t', '次の呼び出し');
    expect(sockwalk.screen).toMatch(new RegExp(`LIVE {2}${step}/13 {2}ja$`, 'm'));
    expect(callsOn(sockwalk.screen)).toEqual(callsOn(english));
    await sockwalk.press('t', `LIVE  ${step}/13  en`);
    expect(sockwalk.screen).toBe(english);
  });

  test('g opens the words, those of the text first, and Esc or g closes them', async sockwalk => {
    const lesson = sockwalk.screen;
    await sockwalk.press('g', 'On this screen');
    expect(sockwalk.screen).toMatch(/> .+\n.+/);
    const [first] = /^ > .+$/m.exec(sockwalk.screen) ?? [''];
    await sockwalk.press('j', screen => screen.includes(' 2/'));
    expect(sockwalk.screen).not.toContain(first);
    await sockwalk.press('t', 'この画面の用語');
    await sockwalk.press('t', 'On this screen');
    await sockwalk.press('g', lesson.slice(0, lesson.indexOf('\n')));
    expect(sockwalk.screen).toBe(lesson);
    await sockwalk.press('g', 'On this screen');
    await sockwalk.press('Esc', screen => screen === lesson);
  });

  for (const number of ['0', '99'])
    test(`a jump to step ${number}, which does not exist, stays where it is`, async sockwalk => {
      const {step} = sockwalk.moment;
      await sockwalk.press(':', 'Which step?');
      sockwalk.terminal.type(number);
      await sockwalk.press('Enter', screen => !screen.includes('Which step?'));
      expect(sockwalk.moment).toMatchObject({kind: 'reading', step});
      await sockwalk.press('Right', at(step + 1));
    });

  test('what is pasted is never taken for keys', async sockwalk => {
    await sockwalk.press('Home', at(0));
    sockwalk.terminal.type('\x1b[200~qqq\x03x\r\x1b[201~');
    await sockwalk.press('Right', at(1));
  });

  test('text that a terminal answers with is never taken for keys', async sockwalk => {
    await sockwalk.press('Home', at(0));
    sockwalk.terminal.type('\x1b[3;5R\x1b[I\x1b[?62;22c');
    await sockwalk.press('Right', at(1));
    expect(sockwalk.screen).not.toContain('Which step?');
  });

  test('Tab gives the whole width to one side, then to the other, then to both', async sockwalk => {
    const sides = () => sockwalk.screen.includes('server pid');
    await sockwalk.press('Tab', screen => !screen.includes('client pid'));
    expect(sides()).toBe(true);
    await sockwalk.press('Tab', 'client pid');
    expect(sides()).toBe(false);
    await sockwalk.press('Tab', screen => screen.includes('client pid') && screen.includes('server pid'));
  });

  test('a held Tab is as many Tabs, also when they come in one stretch', async sockwalk => {
    await sockwalk.press('Tab', screen => !screen.includes('client pid'));
    sockwalk.terminal.type('\t\t');
    await sockwalk.terminal.until(screen => screen.includes('client pid') && screen.includes('server pid'));
  });

  test('b blanks the screen, and b brings it back as it was', async sockwalk => {
    const before = sockwalk.screen;
    await sockwalk.press('b', screen => screen.trim() === '');
    await sockwalk.press('b', screen => screen === before);
  });

  test('i opens the hint of a question and closes it again', async sockwalk => {
    await fromStart(sockwalk);
    await sockwalk.forwardTo(({kind}) => kind === 'asking');
    await sockwalk.press('i', 'Hint: One computer can have many connections');
    await sockwalk.press('i', screen => !screen.includes('Hint:'));
    expect(sockwalk.moment.kind).toBe('asking');
  });

  test('a digit answers with the choice beside it, and the verdict says whether the kernel agrees', async sockwalk => {
    await sockwalk.forwardTo(({kind}) => kind === 'asking');
    const right = numberOf(sockwalk.screen, 'another one, chosen by the kernel');
    await sockwalk.press(right, isAnswered(right, right));
    await sockwalk.forwardTo(({kind}) => kind === 'asking');
    const [said, told] = ['return 0', 'return 5'].map(text => numberOf(sockwalk.screen, text));
    await sockwalk.press(said ?? '9', isAnswered(told, said));
    expect(sockwalk.screen).toContain('send() counts what the kernel took over');
  });

  test('x asks before it forgets: n keeps the progress, y forgets it', async sockwalk => {
    await sockwalk.jumpTo(1);
    await sockwalk.press('Esc', `> ▶ ${clientFlow}`);
    await sockwalk.press('x', 'Forget your progress in “The client’s flow”?');
    await sockwalk.press('n', `> ▶ ${clientFlow}`);
    await until('the file holds the lesson', () => 'client-flow' in sockwalk.progress().lessons);
    await sockwalk.press('x', 'Forget your progress');
    await sockwalk.press('y', `> · ${clientFlow}`);
    expect(sockwalk.screen).toContain('Forgotten.');
    await until('the file no longer holds the lesson', () => !('client-flow' in sockwalk.progress().lessons));
  });
});

async function toCalls(sockwalk: Sockwalk): Promise<void> {
  for (let i = 0; i < panes && !sockwalk.screen.includes('[calls]'); i++) {
    const before = paneOn(sockwalk.screen);
    await sockwalk.press('v', screen => paneOn(screen) !== before);
  }
}

const panes = 6;
const paneOn = (screen: string): string | undefined => /\[(flow|calls|C|Node|bytes|kernel|wire)\]/.exec(screen)?.[1];

inOneProgram('at a question', {args: ['server-flow']}, toQuestion, test => {
  test('a digit without a choice is no answer', async sockwalk => {
    sockwalk.terminal.press('4', '9');
    await sockwalk.press('i', 'Hint:');
    expect(sockwalk.moment).toMatchObject({kind: 'asking', step: 2});
  });

  test('the keys that go on say that an answer is wanted, in either language, and leave the question where it is', async sockwalk => {
    expect(sockwalk.screen).toContain('── prediction 1/6 ──');
    await toCalls(sockwalk);
    expect(sockwalk.screen).toMatch(/^>client +connect\(.*\) += \?$/m);
    await sockwalk.press('Right', 'First choose what you predict, with 1 2 3. s skips the question.');
    expect(choicesOn(sockwalk.screen)).toHaveLength(3);
    await sockwalk.press('t', 'まず、予想を 1 2 3 の数字キーで選んでください。');
    await sockwalk.press('t', 'First choose');
    await sockwalk.press('Left', at(2));
    await sockwalk.press('Right', screen => screen.includes('1-3 predict') && !screen.includes('First choose'));
    await sockwalk.press('Enter', 'First choose');
  });

  test('the question stays for its answer: number, signs, and what shows it', async sockwalk => {
    const [right, wrong] = ['be refused', 'return 0'].map(text => numberOf(sockwalk.screen, text));
    const asked = choicesOn(sockwalk.screen);
    await toCalls(sockwalk);
    await sockwalk.press(wrong ?? '9', isAnswered(right, wrong));
    for (const choice of asked) expect(sockwalk.screen).toContain(choice);
    expect(sockwalk.screen).toContain('── The kernel’s answer ──');
    expect(sockwalk.screen).toMatch(/^ client +connect\(.*\) += -1 ECONNREFUSED .*◀( evidence)?/m);
  });

  test('a question can be left backwards, and is asked again', async sockwalk => {
    await sockwalk.press('Left', at(2));
    await sockwalk.press('Right', '1-3 predict');
  });

  test('t works at a question as well', async sockwalk => {
    await sockwalk.press('t', '1-3 予想する');
    expect(sockwalk.screen).toContain('ECONNREFUSED で断られる');
    await sockwalk.press('t', '1-3 predict');
  });

  test('s goes past a question without an answer, and says what the kernel did', async sockwalk => {
    const right = numberOf(sockwalk.screen, 'be refused');
    await sockwalk.press('s', isAnswered(right, null));
    expect(sockwalk.screen).toContain('The kernel’s answer (no prediction was made)');
    expect(sockwalk.moment).toMatchObject({kind: 'reading', step: 3});
  });

  test('a server killed at a question takes the question away and says so', async sockwalk => {
    const [server = 0] = pidsOn(sockwalk.screen);
    process.kill(server, 'SIGKILL');
    await sockwalk.terminal.until('The server process has ended (SIGKILL)');
    expect(keysOf(sockwalk.screen)).toMatch(/^ r run again {2}← back /);
  });
});

inOneProgram('where recv() waits', {args: ['echo']}, toLatest, test => {
  test('l, Enter and PgDn are the same as the arrow', async sockwalk => {
    await fromStart(sockwalk);
    for (const [i, key] of ['l', 'Enter', 'PgDn'].entries()) await sockwalk.press(key, at(i + 1));
  });

  test('v shows the step in the flow, as calls, C, Node, bytes, kernel rows and frames, and begins again; a wide screen has all of them', async sockwalk => {
    await sockwalk.jumpTo(5);
    await sockwalk.press('v', '[calls]');
    await sockwalk.press('v', '[C]');
    expect(sockwalk.screen).toMatch(/^> +send\(connection, greeting, strlen\(greeting\), 0\);/m);
    await sockwalk.press('v', '[Node]');
    expect(sockwalk.screen).toMatch(/^> +socket\.write\('hello, world!'\);/m);
    await sockwalk.press('v', '[bytes]');
    expect(sockwalk.screen).toContain('68 65 6c 6c 6f 2c 20 77 6f 72 6c 64 21');
    await sockwalk.press('v', '[kernel]');
    expect(sockwalk.screen).toMatch(/^tcp +127\.0\.0\.1:\d+ +127\.0\.0\.1:\d+ +ESTABLISHED +13 +0 +\d+/m);
    await sockwalk.press('v', '[wire]');
    expect(sockwalk.screen).toMatch(/13B ─+→│ (PSH, ACK )?seq 1 ack 1 win \d+ len 13|No frames are captured here/);
    await sockwalk.press('v', '[flow]');
    await sockwalk.press('v', '[calls]');
    sockwalk.terminal.resize(120, 40);
    const parts = [/> send\(connection, greeting/, /> socket\.write\(/, /68 65 6c/, /ESTABLISHED R13/];
    await sockwalk.terminal.until(screen => parts.every(part => part.test(screen)));
    sockwalk.terminal.resize(80, 24);
    await sockwalk.terminal.until(/\[calls\] +C +Node /);
  });

  test('a call that waits shows its time growing', async sockwalk => {
    await sockwalk.jumpTo(7);
    const waited = (screen: string) => Number(/recv\(\) waits (\d+\.\d) s/.exec(screen)?.[1] ?? Number.NaN);
    await sockwalk.terminal.until(screen => waited(screen) >= 0);
    const first = waited(sockwalk.screen);
    await sockwalk.terminal.until(screen => waited(screen) > first);
    for (const tab of ['[wire]', '[flow]'])
      if (sockwalk.screen.includes(tab)) await sockwalk.press('v', /\[(flow|calls)\]/);
    await sockwalk.terminal.until(/recv\(\d+, buffer, 4096, 0\) +waiting\.\.\./);
  });

  test('r starts again with new processes, and the old ones are gone', async sockwalk => {
    await sockwalk.press('Home', at(0));
    const before = pidsOn(sockwalk.screen);
    await sockwalk.jumpTo(7);
    await sockwalk.press('r', screen => screen.includes('LIVE  0/14') && pidsOn(screen).length === 2);
    const after = pidsOn(sockwalk.screen);
    expect(after.filter(pid => before.includes(pid))).toEqual([]);
    expect(before.map(isGone)).toEqual([true, true]);
    await sockwalk.press('Right', at(1));
  });

  test('a server killed from outside is shown, and r starts again', async sockwalk => {
    await sockwalk.press('Home', at(0));
    const [server = 0] = pidsOn(sockwalk.screen);
    await sockwalk.jumpTo(7);
    process.kill(server, 'SIGKILL');
    await sockwalk.terminal.until(/recv\(\d+, buffer, 4096, 0\) += \?/);
    await sockwalk.terminal.until(screen => !screen.includes('LISTEN') && screen.includes('CLOSE_WAIT'));
    expect(sockwalk.screen).toContain('ended (SIGKILL)');
    expect(sockwalk.screen).toContain('The server process has ended (SIGKILL)');
    expect(sockwalk.screen).not.toContain('next call');
    expect(keysOf(sockwalk.screen)).not.toContain('next');
    await sockwalk.press('r', screen => screen.includes('LIVE  0/14') && pidsOn(screen).length === 2);
    await sockwalk.press('Right', at(1));
  });
});

inOneProgram('on a wide screen', {args: ['client-flow'], ...wide}, toLatest, test => {
  test(': goes to a step, forward by making its calls and back as a replay', async sockwalk => {
    await sockwalk.press(':', 'Which step? (1-13):');
    sockwalk.terminal.press('1', '5', 'Backspace', 'Backspace', '4');
    await sockwalk.press('Enter', 'LIVE  4/13');
    expect(callsOn(sockwalk.screen)).toHaveLength(callsUpTo(4));
    await sockwalk.press(':', 'Which step?');
    sockwalk.terminal.press('2');
    await sockwalk.press('Enter', 'REPLAY   2/13');
  });

  test('going back is a replay: the kernel keeps what it has, and forward comes back to live', async sockwalk => {
    await sockwalk.jumpTo(5);
    const pids = pidsOn(sockwalk.screen);
    const sockets = pids.map(socketsOf);
    const live = sockwalk.screen;
    await sockwalk.press('Left', 'REPLAY   4/13');
    await sockwalk.press('Left', 'REPLAY   3/13');
    expect(callsOn(sockwalk.screen)).toHaveLength(callsUpTo(3));
    expect(pids.map(socketsOf)).toEqual(sockets);
    await sockwalk.press('Right', 'REPLAY   4/13');
    await sockwalk.press('Right', 'LIVE  5/13');
    expect(sockwalk.screen).toBe(live);
    expect(pids.map(socketsOf)).toEqual(sockets);
  });

  test('each Right makes the calls of exactly one step, until there is a question', async sockwalk => {
    await fromStart(sockwalk);
    for (let step = 1; step <= 2; step++) {
      await sockwalk.press('Right', at(step));
      expect(callsOn(sockwalk.screen)).toHaveLength(callsUpTo(step));
    }
    await sockwalk.press('Right', '1-3 predict');
    expect(callsOn(sockwalk.screen)).toHaveLength(callsUpTo(2));
  });

  test('a key that is held makes one call after the other, and waits at the question', async sockwalk => {
    await fromStart(sockwalk);
    for (let i = 0; i < 60; i++) sockwalk.terminal.type('l');
    await sockwalk.terminal.until(screen => momentOf(screen).step >= 1);
    await sockwalk.forwardTo(({kind}) => kind === 'asking');
    sockwalk.terminal.type('l'.repeat(60));
    await sockwalk.press('i', 'Hint:');
    expect(sockwalk.moment).toMatchObject({kind: 'asking', step: 2});
    expect(callsOn(sockwalk.screen)).toHaveLength(5);
  });
});

inOneProgram('playing by itself', {args: ['client-flow']}, fromStart, test => {
  test('Space pauses what it started, and so does any step by hand', async sockwalk => {
    await sockwalk.press('Space', /playing 3 s.*1\/13/);
    await sockwalk.press('Space', screen => !screen.includes('playing'));
    await sockwalk.press('Space', /playing 3 s.*2\/13/);
    await sockwalk.press('Left', /REPLAY +1\/13/);
    expect(sockwalk.screen).not.toContain('playing');
  });

  test('[ and ] change the speed, as far as it goes', async sockwalk => {
    await sockwalk.press('Space', 'playing 3 s');
    await sockwalk.press('[', 'playing 5 s');
    await sockwalk.press('[', 'playing 8 s');
    sockwalk.terminal.press('[');
    await sockwalk.press(']', 'playing 5 s');
  });

  test('Space plays by itself and stops at a question', async sockwalk => {
    // As fast as it goes, from whatever the tests before have left.
    sockwalk.terminal.press(']', ']', ']', ']');
    await sockwalk.press('Space', 'playing 0.7 s');
    await sockwalk.terminal.until('1-3 predict');
    expect(sockwalk.moment).toMatchObject({kind: 'asking', step: 2});
    expect(sockwalk.screen).not.toContain('playing');
  });
});

const helps: readonly Start[] = [
  {columns: 60, rows: 18, args: ['--lang', 'ja']},
  {columns: 80, rows: 24, args: []},
  {columns: 120, rows: 50, args: ['--ascii']},
];

test.each(casesOf(helps, ...helps.slice(0, 1)))(
  'the help lists every key of the table, at $columns x $rows',
  async start => {
    await using sockwalk = await Sockwalk.open(start);
    await sockwalk.press('?', /^ (Keys|キー)/);
    const seen = [sockwalk.screen];
    const isMore = () => /more \(Up\/Down\)|続きがあります/.test(sockwalk.screen);
    while (isMore()) {
      await sockwalk.press('Down', screen => screen !== seen.at(-1));
      seen.push(sockwalk.screen);
    }
    const lines = seen.join('\n').replaceAll(/ +/g, ' ');
    const look = lookOf(start.args?.includes('ja') ? 'ja' : 'en', start.args?.includes('--ascii') === true);
    for (const {keys, label} of bindings)
      expect(lines).toContain(`${keys.map(key => keyName(key, look)).join(' ')} ${labelText(label, look)}`);
    await sockwalk.press('?', /sockwalk {3}/);
  },
);

test('a lesson whose questions were skipped has none of them right, also in the next run', async () => {
  await using sockwalk = await Sockwalk.open({args: ['client-flow']});
  await sockwalk.forwardTo(({kind}) => kind === 'home', 's');
  const row = new RegExp(`✓ ${clientFlow} .* 0/3 right`);
  expect(sockwalk.screen).toMatch(row);
  sockwalk.terminal.press('q');
  await sockwalk.terminal.exited;
  expect(Object.values(sockwalk.progress().lessons['client-flow']?.answers ?? {})).toEqual([
    'skipped',
    'skipped',
    'skipped',
  ]);
  await using next = await Sockwalk.open({dataHome: sockwalk.dataHome});
  expect(next.screen).toMatch(row);
});

test('where progress cannot be kept the screen says so, and the walk goes on', async () => {
  const file = join(freshFolder(), 'file');
  writeFileSync(file, '');
  await using sockwalk = await Sockwalk.open({args: ['client-flow'], dataHome: file});
  await sockwalk.press('Right', 'Progress cannot be saved: ENOTDIR');
  await sockwalk.press('Right', at(2));
});

test('a port that is taken sends back to the list, which says in full who has it', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const {port} = taken.address() as AddressInfo;
  const args = ['--port', String(port), '--network', 'host'];
  await using sockwalk = await Sockwalk.open({args, columns: 60, rows: 24});
  await sockwalk.press('Enter', screen => /cannot be used/.test(screen));
  const told = sockwalk.screen.replaceAll(/\s+/g, ' ');
  expect(told).toContain(`Port ${port} cannot be used (EADDRINUSE: address already in use). It belongs to`);
  expect(told).toContain(`(pid ${process.pid}).`);
  expect(sockwalk.moment.kind).toBe('home');
  taken.close();
});
