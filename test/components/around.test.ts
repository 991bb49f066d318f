import {mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {rm} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {afterAll, describe, expect, test as one} from 'vitest';
import {glossary} from '../../lessons/data/glossary.ts';
import {lessons} from '../../lessons/index.ts';
import {freshFolder} from '../fresh-folder.ts';
import {until} from '../lab/until.ts';
import {backTo, oneProgram} from './one-program.ts';
import {callsOn, choicesOn, keysOf, momentOf, numberOf, pidsOn, Sockwalk, verdictOn} from './sockwalk.ts';

// Every run has a terminal, processes, a port and a data folder of its own, and mostly waits.
const test = one.concurrent;

/** What the first question of client-flow offers to those who believe it. */
const bindsToTheServersPort = 'the same as the server’s';

/** A data folder that several runs share. */
async function sharedData(): Promise<{folder: string} & AsyncDisposable> {
  const folder = freshFolder();
  return {folder, [Symbol.asyncDispose]: () => rm(folder, {recursive: true, force: true})};
}

test('a lesson that was left opens at the same step, with the answer that was given, on new processes', async () => {
  await using data = await sharedData();
  let said = '';
  {
    await using first = await Sockwalk.open({args: ['client-flow'], dataHome: data.folder});
    await first.forwardTo(({kind}) => kind === 'asking');
    said = numberOf(first.screen, bindsToTheServersPort);
    await first.forwardTo(({step}) => step === 4, said);
    await until('the step is kept', () => first.progress().lessons['client-flow']?.at === 4);
    first.terminal.press('q');
    await first.terminal.exited;
  }
  await using again = await Sockwalk.open({dataHome: data.folder});
  expect(again.screen).toMatch(/> ▶ +\d+ {2}The client’s flow .* 4\/13 /);
  again.terminal.press('Enter');
  await again.terminal.until(screen => momentOf(screen).step === 4 && momentOf(screen).kind === 'reading');
  expect(again.screen).toContain('All up to where you left was made again');
  // The sixth step asked. It goes on with the same walk: the number is the one that was pressed.
  await again.press('Left', screen => momentOf(screen).step === 3);
  expect(verdictOn(again.screen).own).toBe(said);
  again.terminal.press('r');
  await again.terminal.until(screen => momentOf(screen).step === 0 && momentOf(screen).kind === 'reading');
});

test('a lesson left at a step that it no longer has opens at its beginning', async () => {
  await using data = await sharedData();
  const file = join(data.folder, 'sockwalk', 'progress.json');
  mkdirSync(dirname(file));
  const left = {steps: 99, isFinished: false, answers: {}, at: 99, choices: {}};
  const answered = {...left, steps: 4, at: 4, choices: {'client-connect': 8}};
  writeFileSync(file, JSON.stringify({version: 1, lessons: {'server-flow': left, 'client-flow': answered}}));
  await using sockwalk = await Sockwalk.open({dataHome: data.folder});
  expect(sockwalk.screen).toMatch(/ ~ +\d+ {2}The server’s flow +\d+ min/);
  expect(sockwalk.screen).toMatch(/> ▶ +\d+ {2}The client’s flow .* 4\/13 /);
  await sockwalk.press('Up', /> ~ +\d+ {2}The server’s flow/);
  await sockwalk.press('Enter', screen => momentOf(screen).kind === 'reading');
  expect(sockwalk.moment.step).toBe(0);
  await sockwalk.press('Esc', screen => momentOf(screen).kind === 'home');
  await sockwalk.press('Down', /> ▶ +\d+ {2}The client’s flow/);
  sockwalk.terminal.press('Enter');
  await sockwalk.terminal.until(screen => momentOf(screen).step === 4 && momentOf(screen).kind === 'reading');
  await sockwalk.press('Left', screen => momentOf(screen).step === 3);
  expect(sockwalk.screen).not.toContain('your prediction');
});

test('two programs at a time keep what both have done, and a reset meanwhile is not undone', async () => {
  await using data = await sharedData();
  await using first = await Sockwalk.open({args: ['client-flow'], dataHome: data.folder});
  await first.forwardTo(({step}) => step === 1);
  await until('the first is kept', () => first.progress().lessons['client-flow']?.at === 1);
  await using second = await Sockwalk.open({args: ['server-flow'], dataHome: data.folder});
  await first.forwardTo(({step}) => step === 3);
  await until('the first is kept again', () => first.progress().lessons['client-flow']?.at === 3);
  await second.forwardTo(({step}) => step === 1);
  await until('the second is kept', () => second.progress().lessons['server-flow']?.at === 1);
  expect(second.progress().lessons['client-flow']?.at).toBe(3);

  writeFileSync(first.progressFile, JSON.stringify({version: 1, lessons: {}, beliefs: {}}));
  await second.forwardTo(({step}) => step === 2);
  await until('the second is kept again', () => second.progress().lessons['server-flow']?.at === 2);
  expect(Object.keys(second.progress().lessons)).toEqual(['server-flow']);
});

test('with --no-progress nothing is read and nothing is kept', async () => {
  await using data = await sharedData();
  await using sockwalk = await Sockwalk.open({args: ['client-flow', '--no-progress'], dataHome: data.folder});
  await sockwalk.forwardTo(({step}) => step === 3);
  sockwalk.terminal.press('Esc');
  await sockwalk.terminal.until(screen => momentOf(screen).kind === 'home');
  expect(sockwalk.screen).toMatch(/^ > [▶~] +\d+ {2}The client’s flow .*3\/13/m);
  sockwalk.terminal.press('q');
  await sockwalk.terminal.exited;
  expect(sockwalk.progress()).toEqual({lessons: {}});
});

test('what was predicted wrongly is asked again with R, in another setting, until the answer is right', async () => {
  await using sockwalk = await Sockwalk.open({args: ['client-flow']});
  expect(sockwalk.progress()).toEqual({lessons: {}});
  await sockwalk.forwardTo(({step}) => step === 3, {says: bindsToTheServersPort});
  expect(verdictOn(sockwalk.screen).own).not.toBe(verdictOn(sockwalk.screen).kernels);
  sockwalk.terminal.press('Esc');
  await sockwalk.terminal.until('R 1 wrong prediction to review');
  sockwalk.terminal.press('R');
  await sockwalk.terminal.until(/ sockwalk {2}review client-flow .*LIVE {2}0\/\d/);
  const said = sockwalk.screen.split('\n').filter(line => /^ \S.*[.:]$/.test(line));
  expect(new Set(said).size).toBe(said.length);
  expect(sockwalk.screen).toContain('asked again, in another setting');
  while (sockwalk.moment.kind !== 'asking') await sockwalk.forward();
  const {step, steps} = sockwalk.moment;
  const right = await rightAnswer(sockwalk);
  while (sockwalk.moment.step < steps) await sockwalk.forward();
  expect(step).toBeLessThan(steps);
  sockwalk.terminal.press('Right');
  await sockwalk.terminal.until('The review is done.');
  expect(sockwalk.screen).toContain('R 1 wrong prediction to review');

  sockwalk.terminal.press('R');
  await sockwalk.terminal.until(/ sockwalk {2}review client-flow .*LIVE {2}0\/\d/);
  while (sockwalk.moment.kind !== 'asking') await sockwalk.forward();
  await sockwalk.forward({says: right});
  expect(verdictOn(sockwalk.screen).kernels).toBe(verdictOn(sockwalk.screen).own);
  while (sockwalk.moment.step < steps) await sockwalk.forward();
  sockwalk.terminal.press('Right');
  await sockwalk.terminal.until('The review is done.');
  expect(sockwalk.screen).not.toContain('to review');
  sockwalk.terminal.press('R');
  await sockwalk.terminal.until('There is nothing to review now.');
});

/** Answers wrongly, and reads off the screen which choice the kernel's answer was. */
async function rightAnswer(sockwalk: Sockwalk): Promise<string> {
  const [first = '', ...others] = choicesOn(sockwalk.screen);
  await sockwalk.forward('1');
  const {kernels: told, own} = verdictOn(sockwalk.screen);
  if (told !== own) return others[Number(told) - 2] ?? '';
  // It was right: run again and take another one, since a wrong answer is what this is about.
  const {step} = sockwalk.moment;
  sockwalk.terminal.press('r');
  await sockwalk.terminal.until(screen => momentOf(screen).step === 0);
  while (sockwalk.moment.kind !== 'asking') await sockwalk.forward();
  await sockwalk.forward({says: others[0] ?? ''});
  expect(sockwalk.moment.step).toBe(step);
  return first;
}

const prompts = (screen: string) => /^ +(server|client)>/m.test(screen);

describe.concurrent('experiments', () => {
  const program = oneProgram({args: ['server-flow'], columns: 100, rows: 32});

  /** In an experiment, a fresh one where it is not in one, with nothing written yet for the server. */
  async function inside(): Promise<Sockwalk> {
    const sockwalk = program();
    if (sockwalk.moment.kind !== 'typing') {
      await backTo(sockwalk, 'reading');
      await sockwalk.press('e', prompts);
    }
    await sockwalk.press('Ctrl+U', /^ +(server|client)> *$/m);
    sockwalk.terminal.type('server\r');
    await sockwalk.terminal.until(/^ +server> *$/m);
    return sockwalk;
  }

  one.sequential(
    'e opens fresh sockets on which any call may be made, also a wrong one, and Esc twice goes back to the same step',
    async () => {
      const sockwalk = program();
      await backTo(sockwalk, 'reading');
      await sockwalk.forwardTo(({step}) => step === 2);
      const before = sockwalk.screen;
      const call = async (line: string, answer: RegExp) => {
        sockwalk.terminal.type(line);
        await sockwalk.terminal.until(screen => screen.includes(`> ${line}`));
        await sockwalk.press('Enter', screen => callsOn(screen).some(made => answer.test(made)));
      };
      await sockwalk.press('e', prompts);
      await call('socket', /^server +socket\(.*= \d+/);
      await call('bind', /^server +bind\(\d+, 127\.0\.0\.1:\d+\) += 0/);
      await call('bind', /^server +bind\(.*= -1 EINVAL/);
      await call('listen 1', /^server +listen\(\d+, 1\) += 0/);
      await call('client socket', /^client +socket\(/);
      await call('connect', /^client +connect\(\d+, 127\.0\.0\.1:\d+\) += 0/);
      await call('recv', /^client +recv\(.*sleeps/);
      await call('server accept', /^server +accept\(.*= \d+/);
      await call('send "a\\x00"', /^client +recv\(\d+, "a\\x00", 4096, 0\) +A? += 2/);
      sockwalk.terminal.type('sned');
      await sockwalk.press('Enter', 'Did you mean “send”?');
      await sockwalk.press('Esc', screen => keysOf(screen).includes('type'));
      await sockwalk.press('Esc', screen => screen === before);
      expect(sockwalk.progress().lessons['server-flow']?.answers).toEqual({});
    },
  );

  one.sequential('a call on the descriptor that the process itself needs is not made', async () => {
    const sockwalk = await inside();
    const before = callsOn(sockwalk.screen);
    sockwalk.terminal.type('send 3 "x\\n" 0');
    await sockwalk.terminal.until('send 3 "x\\n" 0');
    await sockwalk.press('Enter', 'Descriptor 3 is in use by the process itself');
    expect(callsOn(sockwalk.screen)).toEqual(before);
  });

  one.sequential(
    'in an experiment a call may be written as the list has it, and a side alone turns to it',
    async () => {
      const sockwalk = await inside();
      const {terminal} = sockwalk;
      const isSocket = (screen: string): boolean =>
        /^client +socket\(AF_INET, SOCK_STREAM, 0\) += \d+/.test(callsOn(screen).at(-1) ?? '');
      expect(isSocket(sockwalk.screen)).toBe(false);
      terminal.type('client\r');
      await terminal.until(/^ +client> *$/m);
      terminal.type('socket(AF_INET, SOCK_STREAM, 0)\r');
      await terminal.until(isSocket);
      const made = callsOn(sockwalk.screen);
      terminal.type('write\r');
      await terminal.until('Did you mean “send”?');
      expect(callsOn(sockwalk.screen)).toEqual(made);
    },
  );

  one.sequential('the caret stands under the wrong word, also after wide characters', async () => {
    const sockwalk = await inside();
    sockwalk.terminal.type('socket\rsend "あいう" foo\r');
    await sockwalk.terminal.until('“foo” cannot be read');
    const cells = sockwalk.terminal.cells();
    const line = cells.findIndex(row =>
      row
        .map(({char}) => char)
        .join('')
        .includes('server> send'),
    );
    const columnOf = (row: number, char: string) => cells[row]?.findIndex(cell => cell.char === char);
    expect(columnOf(line + 1, '^')).toBe(columnOf(line, 'f'));
  });

  one.sequential('keys pressed while an experiment opens are its own, and the lesson goes on after it', async () => {
    const sockwalk = program();
    await backTo(sockwalk, 'reading');
    const {step} = sockwalk.moment;
    sockwalk.terminal.press('e', 'Right');
    await sockwalk.terminal.until(prompts);
    sockwalk.terminal.type('socket');
    await sockwalk.terminal.until(/server> socket$/m);
    await sockwalk.terminal.until(screen => pidsOn(screen).length === 2);
    await sockwalk.press('Enter', screen => callsOn(screen).some(line => /^server +socket\(.*= \d+/.test(line)));
    await sockwalk.press('Esc', screen => keysOf(screen).includes('type'));
    await sockwalk.press('Esc', screen => momentOf(screen).kind === 'reading');
    expect(sockwalk.moment.step).toBe(step);
    await sockwalk.forwardTo(moment => moment.step > step);
    expect(sockwalk.moment.step).toBe(step + 1);
  });

  one.sequential('an experiment may be left before its processes have started', async () => {
    const sockwalk = program();
    await backTo(sockwalk, 'reading');
    const {step} = sockwalk.moment;
    for (let i = 0; i < 3; i++) {
      await sockwalk.press('e', 'free play');
      await sockwalk.press('Esc', screen => !screen.includes('free play') || keysOf(screen).includes('type'));
      if (keysOf(sockwalk.screen).includes('type')) sockwalk.terminal.press('Esc');
      await sockwalk.terminal.until(screen => momentOf(screen).kind === 'reading');
    }
    await sockwalk.forwardTo(moment => moment.step > step);
    expect(sockwalk.moment.step).toBe(step + 1);
  });

  one.sequential(
    'what is typed while a call is still being made is the next line, and a recalled line goes on at its end',
    async () => {
      const sockwalk = program();
      await backTo(sockwalk, 'reading');
      const {terminal} = sockwalk;
      const typed = async (line: string, ...before: string[]) => {
        terminal.type(line);
        await terminal.until(new RegExp(`> ${before.join('')}${line}$`, 'm'));
      };
      await sockwalk.press('e', prompts);
      await typed('client socket AF_INET SOCK_DGRAM');
      await sockwalk.press('Enter', screen => callsOn(screen).length === 1);
      // Nothing ever comes: the call is given 0.3 s before it is left waiting.
      await typed('recv 5');
      terminal.press('Enter');
      await typed('server socket');
      terminal.press('Enter');
      await typed('close');
      await terminal.until(screen => callsOn(screen).some(line => /^server +socket\(.*= \d+/.test(line)));
      // Whose turn it is changes when the call has been read.
      await terminal.until(/server> close$/m);
      await sockwalk.press('Up', /server> server socket$/m);
      await typed(' AF_UNIX', 'server socket');
      await sockwalk.press('Enter', screen => callsOn(screen).some(line => line.includes('AF_UNIX')));
    },
  );
});

describe.concurrent('an order of calls', () => {
  const program = oneProgram({args: ['order']});

  one.sequential(
    'an order of calls that does not work shows the first errno, and another one is tried on fresh sockets',
    async () => {
      const sockwalk = program();
      await fromTheBeginning(sockwalk);
      await sockwalk.press('Right', screen => keysOf(screen).includes('run this order'));
      await sockwalk.press('Enter', 'the kernel refuses here');
      expect(sockwalk.screen).toContain('EBADF');
      expect(keysOf(sockwalk.screen)).not.toContain('next');
      await sockwalk.press('a', screen => keysOf(screen).includes('run this order'));
      await sockwalk.arrange();
      await sockwalk.terminal.until('In this order every call works.');
    },
  );

  one.sequential('another try is at the order that did not work, wherever the lesson was left before', async () => {
    const sockwalk = program();
    await fromTheBeginning(sockwalk);
    await sockwalk.jumpTo(3);
    await until('the step is kept', () => sockwalk.progress().lessons.order?.at === 3);
    await fromTheBeginning(sockwalk);
    await sockwalk.press('Right', screen => keysOf(screen).includes('run this order'));
    await sockwalk.press('Enter', 'the kernel refuses here');
    await sockwalk.press('a', screen => keysOf(screen).includes('run this order') && momentOf(screen).step === 0);
  });
});

const fromTheBeginning = (sockwalk: Sockwalk) =>
  sockwalk.press('r', screen => momentOf(screen).step === 0 && momentOf(screen).kind === 'reading');

describe.concurrent('from the list', () => {
  const temporary = freshFolder();
  afterAll(() => rm(temporary, {recursive: true, force: true}));
  const program = oneProgram({env: {TMPDIR: temporary}});

  one.sequential(
    'the list is searched by what lessons are about, in both languages, and Enter starts what is found',
    async () => {
      const sockwalk = program();
      await backTo(sockwalk, 'home');
      sockwalk.terminal.press('/');
      await sockwalk.terminal.until('Search:');
      sockwalk.terminal.type('オウム');
      await sockwalk.terminal.until(screen => screen.includes('an echo') && !screen.includes('The client’s flow'));
      sockwalk.terminal.press('Enter');
      await sockwalk.terminal.until(/^ sockwalk +\d+ echo/m);
      sockwalk.terminal.press('Esc');
      await sockwalk.terminal.until(screen => momentOf(screen).kind === 'home');
      await sockwalk.press('/', 'Search:');
      sockwalk.terminal.type('zzz');
      await sockwalk.terminal.until('No lesson has “zzz”.');
      await sockwalk.press('Ctrl+U', screen => screen.includes('The client’s flow') && /Search: *$/m.test(screen));
      sockwalk.terminal.type('zzz');
      await sockwalk.terminal.until('No lesson has “zzz”.');
      sockwalk.terminal.press('Esc');
      await sockwalk.terminal.until(screen => screen.includes('The client’s flow') && !screen.includes('Search:'));
      sockwalk.terminal.type('/nagle\r');
      await sockwalk.terminal.until(/^ sockwalk +\d+ nagle/m);
    },
  );

  one.sequential(
    'Ctrl+P finds a lesson, a term and a key by a few letters, and Enter does what was found',
    async () => {
      const sockwalk = program();
      await backTo(sockwalk, 'home');
      const find = async (typed: string, chosen: RegExp) => {
        await sockwalk.press('Ctrl+P', 'Find anything');
        sockwalk.terminal.type(typed);
        await sockwalk.terminal.until(chosen);
      };
      await find('4', /^ > lesson +4 /m);
      await sockwalk.press('Enter', screen => / 4 echo .* LIVE /.test(screen));
      const lesson = sockwalk.screen;
      await find('zzz', /Nothing has “zzz”/);
      await sockwalk.press('Esc', lesson);
      await find('time_wait', /^ > word +TIME_WAIT/m);
      await sockwalk.press('Enter', screen => screen.startsWith(' Words') && screen.includes('> TIME_WAIT'));
      await sockwalk.press('Esc', lesson);
      await find('blank', /^ > key +b /m);
      await sockwalk.press('Enter', screen => screen.trim() === '');
      await sockwalk.press('b', lesson);
    },
  );

  one.sequential(
    '/ in the glossary searches: letters are text, and Enter goes to the word that was found',
    async () => {
      const sockwalk = program();
      await backTo(sockwalk, 'home');
      await sockwalk.press('g', /^ Words/);
      await sockwalk.press('/', 'Search:');
      sockwalk.terminal.type('time_w');
      await sockwalk.terminal.until(screen => screen.startsWith(' Words') && / > TIME_WAIT/.test(screen));
      await sockwalk.press(
        'Enter',
        screen => / > TIME_WAIT/.test(screen) && new RegExp(`/${glossary.length}$`, 'm').test(screen),
      );
      sockwalk.terminal.type('/zzz');
      await sockwalk.terminal.until('No word has “zzz”.');
      await sockwalk.press('Esc', screen => screen.startsWith(' Words') && !screen.includes('Search:'));
      await sockwalk.press('?', /^ Keys/);
      await sockwalk.press('Esc', /^ Words/);
      await sockwalk.press('Esc', screen => momentOf(screen).kind === 'home');
    },
  );

  one.sequential(
    'a key that is pressed while a lesson opens counts once it is open, however often it was pressed',
    async () => {
      const sockwalk = program();
      await backTo(sockwalk, 'home');
      sockwalk.terminal.type('/nagle\r');
      await sockwalk.terminal.until('starting the processes');
      sockwalk.terminal.press('v', 'Enter', 'Right', 'Right');
      await sockwalk.terminal.until(screen => momentOf(screen).step === 1 && screen.includes('[calls]'));
      expect(sockwalk.screen).toMatch(/LIVE {2}1\//);
      await sockwalk.press('r', 'starting the processes');
      sockwalk.terminal.press('e', 'c', 'l', 'o');
      await sockwalk.terminal.until(/server> clo$/m);
    },
  );

  one.sequential('a lesson that is left while it opens can be opened again at once, on the same port', async () => {
    const sockwalk = program();
    await backTo(sockwalk, 'home');
    await sockwalk.press('/', 'Search:');
    sockwalk.terminal.type('echo');
    for (let i = 0; i < 3; i++) {
      await sockwalk.press('Enter', 'starting the processes');
      await sockwalk.press('Esc', screen => momentOf(screen).kind === 'home');
    }
    await sockwalk.press('Enter', 'starting the processes');
    // It is this one's, not of one that was left.
    sockwalk.terminal.press('Right');
    await sockwalk.terminal.until(screen => momentOf(screen).step === 1 || screen.includes('cannot be used'));
    expect(sockwalk.screen).not.toContain('cannot be used');
  });

  one.sequential('a lesson that is left while it opens leaves no folder behind', async () => {
    const sockwalk = program();
    await backTo(sockwalk, 'home');
    await until('the folders before it are gone', () => readdirSync(temporary).length === 0);
    sockwalk.terminal.type('/socket-file\r');
    await sockwalk.terminal.until('starting the processes');
    await until('the folder is made', () => readdirSync(temporary).length > 0);
    sockwalk.terminal.press('q');
    await sockwalk.terminal.exited;
    expect(readdirSync(temporary)).toEqual([]);
  });
});

test('Enter at the end of a lesson begins the next one, which is named there, and the list has what was made on its map', async () => {
  const [first, second, third] = lessons;
  await using data = await sharedData();
  await using sockwalk = await Sockwalk.open({args: [second?.id ?? ''], dataHome: data.folder, columns: 100, rows: 30});
  await sockwalk.forwardTo(({kind}) => kind === 'summary');
  expect(sockwalk.screen).toMatch(/^ ✓ The end/m);
  expect(sockwalk.screen).toContain(`Enter  Next: 3 ${third?.title.en}`);
  expect(keysOf(sockwalk.screen)).toMatch(/^ Enter next lesson .*Esc lessons/);
  await sockwalk.press('Enter', new RegExp(`^ sockwalk +3 ${third?.id} .*LIVE +0/`, 'm'));
  await sockwalk.press('Esc', screen => momentOf(screen).kind === 'home');
  expect(sockwalk.screen).toMatch(new RegExp(`1/${lessons.length} finished`));
  expect(sockwalk.screen).toMatch(new RegExp(`^   ✓  2  ${second?.title.en}`, 'm'));
  // Nobody has chosen the first one, nor finished it: what is lit was made in the second.
  await sockwalk.press('Home', new RegExp(`^ > · +1  ${first?.title.en}`, 'm'));
  for (const call of ['socket', 'bind', 'listen', 'accept', 'recv'])
    expect(sockwalk.screen).toMatch(new RegExp(`│ ✓▶ ${call} `));
  expect(sockwalk.screen).toMatch(/✓▶ connect +│/);
  await until('it is kept', () => {
    const {made} = sockwalk.progress();
    return made?.client.includes('connect') === true && !made.client.includes('listen');
  });
});

test('what is called in free play is on the map too, and what the kernel refused is not', async () => {
  await using data = await sharedData();
  await using sockwalk = await Sockwalk.open({args: ['lab'], dataHome: data.folder, columns: 100, rows: 30});
  for (const [line, answer] of [
    ['server socket', /socket\(.*= \d+/],
    ['server listen', /listen\(.*= 0/],
    ['server accept', /accept\(.*sleeps/],
    ['client socket', /│ ✓ socket\(.*= \d+/],
    ['client connect 127.0.0.1:1', /ECONNREFUSED/],
  ] as const) {
    sockwalk.terminal.type(`${line}\r`);
    await sockwalk.terminal.until(answer);
  }
  await until('it is kept', () => sockwalk.progress().made?.client.includes('socket') === true);
  expect(sockwalk.progress().made).toEqual({server: ['socket', 'listen'], client: ['socket']});
});
