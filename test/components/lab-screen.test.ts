import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test as one} from 'vitest';
import {challenges} from '../../lessons/data/challenges.ts';
import {parOf} from '../../src/model/challenge.ts';
import {run} from '../cli/run.ts';
import {freshFolder} from '../fresh-folder.ts';
import {childrenOf} from '../lab/processes.ts';
import {until} from '../lab/until.ts';
import {backTo, oneProgram} from './one-program.ts';
import {callsOn, keysOf, momentOf, pidsOn, Sockwalk} from './sockwalk.ts';

const test = one.concurrent;

const usual = {args: ['lab', '--network', 'private']};

/** A lab in which nothing was done yet: this one, or another that is opened from the list. */
async function fresh(sockwalk: Sockwalk): Promise<Sockwalk> {
  const {screen, moment} = sockwalk;
  if (moment.kind === 'typing' && stepOn(screen) === '0/0' && /^ server> /m.test(screen)) return empty(sockwalk);
  // The list of challenges has the keys of the list.
  if (isChallenges(screen)) await sockwalk.press('Esc', later => !isChallenges(later));
  await backTo(sockwalk, 'home');
  await sockwalk.press('e', later => stepOn(later) === '0/0' && pidsOn(later).length === 2);
  await sockwalk.terminal.until(/^ server> *$/m);
  return sockwalk;
}

const isChallenges = (screen: string) => screen.startsWith(' Challenges ');

/** In the lab nothing is written, it is the server's turn, and no mistake is shown. */
async function empty(sockwalk: Sockwalk): Promise<Sockwalk> {
  await sockwalk.press('Ctrl+U', /^ \w+> *$/m);
  sockwalk.terminal.type('server\r');
  await sockwalk.terminal.until(screen => /^ server> *$/m.test(screen) && !/^ +\^$/m.test(screen));
  return sockwalk;
}

/** One more line makes something than has by now. */
function oneMore({screen}: Sockwalk): (screen: string) => boolean {
  const n = Number(stepOn(screen).split('/')[1]) + 1;
  return later => stepOn(later) === `${n}/${n}`;
}

/** Types a line and waits for what comes of it. */
async function say(
  sockwalk: Sockwalk,
  line: string,
  answer: Parameters<Sockwalk['terminal']['until']>[0],
): Promise<void> {
  sockwalk.terminal.type(line);
  await sockwalk.terminal.until(screen => screen.includes(`> ${line}`));
  sockwalk.terminal.press('Enter');
  await sockwalk.terminal.until(answer);
}

const stepOn = (screen: string): string => /(\d+\/\d+) {2}en/.exec(screen)?.[1] ?? '';
const look = (sockwalk: Sockwalk) => sockwalk.press('Esc', screen => momentOf(screen).kind === 'looking');

/** A connection, made by five lines. */
async function connect(sockwalk: Sockwalk): Promise<void> {
  await say(sockwalk, 'server socket', '1/1  en');
  await say(sockwalk, 'server bind 127.0.0.1:8080', '2/2  en');
  await say(sockwalk, 'server listen', '3/3  en');
  await say(sockwalk, 'client socket', '4/4  en');
  await say(sockwalk, 'client connect', '5/5  en');
  await sockwalk.terminal.until('ESTABLISHED');
}

describe.concurrent('processes of free play', () => {
  const program = oneProgram(usual);

  one.sequential(
    'lines that come in one stretch, with their Enter, are done one after the other, also the very first',
    async () => {
      const sockwalk = program();
      sockwalk.terminal.type('server socket\r');
      await sockwalk.terminal.until('1/1  en');
      sockwalk.terminal.type('server listen\rclient socket\rclient con\t\r');
      await sockwalk.terminal.until('4/4  en');
      await sockwalk.terminal.until('ESTABLISHED');
    },
  );

  one.sequential(
    'a call is made by the kernel; a wrong one comes back with its errno, why, and one thing to try',
    async () => {
      const sockwalk = await fresh(program());
      await say(sockwalk, 'client socket', '1/1  en');
      await say(sockwalk, 'client connect 127.0.0.1:8080', /ECONNREFUSED: /);
      await sockwalk.terminal.until(/^ Try next: /m);
      await sockwalk.terminal.until('RST,ACK');
      expect(callsOn(sockwalk.screen).at(-1)).toMatch(/^client +connect\(\d+, 127\.0\.0\.1:8080\) += -1 ECONNREFUSED/);
    },
  );

  one.sequential('processes are ended and started, and one that has ended makes no calls', async () => {
    const sockwalk = await fresh(program());
    await connect(sockwalk);
    await say(sockwalk, 'kill server', 'ended (SIGKILL)');
    await say(sockwalk, 'server socket', 'spawn server starts it again');
    await sockwalk.press('Ctrl+U', /^ \w+> *$/m);
    const [, client] = pidsOn(sockwalk.screen);
    await say(sockwalk, 'spawn server', screen => pidsOn(screen).length === 2 && !screen.includes('ended'));
    expect(pidsOn(sockwalk.screen)[1]).toBe(client);
    await say(sockwalk, 'spawn client-2', 'client 2');
    await say(sockwalk, 'client-2 socket', /client-2 +socket\(.*= \d+/);
    await say(sockwalk, 'spawn client', 'The process of client is there already.');
  });

  one.sequential('a call that SO_RCVTIMEO ended waited: what is said of its EAGAIN is that, and how long', async () => {
    const sockwalk = await fresh(program());
    sockwalk.terminal.type('server socketpair\rserver recv 0 MSG_DONTWAIT\r');
    await sockwalk.terminal.until('does not wait');
    sockwalk.terminal.type('server setsockopt SO_RCVTIMEO 150\rserver recv\r');
    await sockwalk.terminal.until('recv() waited for 150 ms and gave up');
    await sockwalk.terminal.until(/server setsockopt \d+ SO_RCVTIMEO 0/);
    sockwalk.terminal.type('server recv 10 MSG_DONTWAIT\r');
    await sockwalk.terminal.until('does not wait');
  });

  one.sequential(
    'of a call that has not returned it is said what makes it return: the clock, another, or nobody',
    async () => {
      const sockwalk = await fresh(program());
      sockwalk.terminal.type('server socketpair\rserver poll 60000\r');
      await sockwalk.terminal.until('poll() returns by itself after 60000 ms');
      await say(sockwalk, 'server close', /\^\n poll\(\) returns by itself after 60000 ms/);
      sockwalk.terminal.type('\x15kill server\rspawn server\rserver socketpair\rserver recv\r');
      await sockwalk.terminal.until(
        /recv\(\) has not returned: the process of server sleeps in the kernel\. Do\s+something on the other side\./,
      );
      sockwalk.terminal.type('client socketpair\rclient send "x"*8000000\r');
      await sockwalk.terminal.until(
        /A deadlock: every process sleeps, and none can wake another\. kill client\s+ends\s+it/,
      );
    },
  );

  one.sequential('leaving it in the middle of a call leaves no process and no file', async () => {
    const sockwalk = await fresh(program());
    await say(sockwalk, 'server socket AF_UNIX', '1/1  en');
    await say(sockwalk, 'server bind chat.sock', '2/2  en');
    await say(sockwalk, 'server listen', '3/3  en');
    await say(sockwalk, 'server accept', /accept\(\) waits|has not returned/);
    const children = childrenOf(sockwalk.pid);
    const path = /"?(\/\S+)\/chat\.sock/.exec(readFileSync(`/proc/${children[0]}/net/unix`, 'utf8'))?.[1] ?? '';
    await say(sockwalk, 'quit', screen => momentOf(screen).kind === 'home');
    await until('no child is left', () => childrenOf(sockwalk.pid).length === 0);
    expect(path === '' || !existsSync(path)).toBe(true);
  });

  one.sequential('before anything is done, a digit puts a first move on the line, and Enter makes it', async () => {
    const sockwalk = await fresh(program());
    await sockwalk.terminal.until('A first move');
    await sockwalk.press('3', /^ server> client connect 99 127/m);
    await sockwalk.press('Enter', /= -1 EBADF/);
  });

  one.sequential('a line that was refused gives way to what is written next, and an edit in it mends it', async () => {
    const sockwalk = await fresh(program());
    await say(sockwalk, 'conect', 'Did you mean “connect”?');
    sockwalk.terminal.type('so');
    await sockwalk.terminal.until(/^ server> so *$/m);
    await sockwalk.press('Ctrl+U', /^ server> *$/m);
    await say(sockwalk, 'lisen 19', 'Did you mean “listen”?');
    await sockwalk.press('Backspace', /^ server> lisen 1 *$/m);
    sockwalk.terminal.type('2');
    await sockwalk.terminal.until(/^ server> lisen 12 *$/m);
    await sockwalk.press('Enter', 'Did you mean “listen”?');
    await sockwalk.press('Right', /^ server> listen 12 *$/m);
  });

  one.sequential('Right on an empty line takes the line that is suggested after a refusal', async () => {
    const sockwalk = await fresh(program());
    await say(sockwalk, 'client connect 99 127.0.0.1:1', /Try next:/);
    const [, line = ''] = /Try next:[\s\S]*?\n {3}(\S.*?) *\n/.exec(sockwalk.screen) ?? [];
    await sockwalk.press('Right', screen => line !== '' && screen.includes(`> ${line}`));
  });

  one.sequential('e in the list opens it, and Esc twice is back there', async () => {
    const sockwalk = program();
    await backTo(sockwalk, 'home');
    await sockwalk.press('e', 'free play');
    await sockwalk.terminal.until(/^ server>/m);
    await sockwalk.terminal.until(screen => pidsOn(screen).length === 2);
    await look(sockwalk);
    await sockwalk.press('Esc', screen => momentOf(screen).kind === 'home');
  });

  // The last one: its lab is seen in C.
  one.sequential('one goes back in time, looks at the frames, and writes on where it was', async () => {
    const sockwalk = await fresh(program());
    await connect(sockwalk);
    await look(sockwalk);
    await sockwalk.press('Left', /REPLAY +4\/5/);
    expect(sockwalk.screen).not.toContain('ESTABLISHED');
    await sockwalk.press('0', /REPLAY +0\/5/);
    expect(callsOn(sockwalk.screen)).toEqual([]);
    await sockwalk.press('$', 'LIVE');
    await sockwalk.press('v', '[calls]');
    await sockwalk.press('v', '[C]');
    expect(sockwalk.screen).toContain('connect(fd');
    await sockwalk.press('w', 'Frames on the wire');
    await sockwalk.press('Esc', '[C]');
    await sockwalk.press('t', 'フレーム');
    await sockwalk.press('t', 'wire');
    await sockwalk.press('?', 'In free play');
    await sockwalk.press('Esc', '[C]');
    await sockwalk.press('Enter', screen => momentOf(screen).kind === 'typing');
    await say(sockwalk, 'client send "abc"', '6/6  en');
    sockwalk.terminal.press('PgUp');
    await sockwalk.terminal.until(/REPLAY +5\/6/);
    // What is written is done now, not then.
    await say(sockwalk, 'server accept', '7/7  en');
  });
});

describe.concurrent('the line of free play', () => {
  const program = oneProgram(usual);

  one.sequential('an unknown word: the nearest one, and nothing is done', async () => {
    const sockwalk = await fresh(program());
    await say(sockwalk, 'chalenges', 'Did you mean “challenges”? Nothing was done.');
    expect(stepOn(sockwalk.screen)).toBe('0/0');
    expect(sockwalk.screen).toMatch(/> chalenges\n +\^/);
  });

  one.sequential('Tab on an empty line changes sides', async () => {
    const sockwalk = await empty(program());
    await sockwalk.terminal.until(/^ server> *$/m);
    await sockwalk.press('Tab', /^ client> *$/m);
    await sockwalk.press('Tab', /^ server> *$/m);
  });

  one.sequential('Tab completes, and the word at the end is explained', async () => {
    const sockwalk = await fresh(program());
    sockwalk.terminal.type('client soc');
    await sockwalk.terminal.until('Tab: socket  socketpair');
    await sockwalk.press('Tab', /client socket$/m);
    sockwalk.terminal.type(' AF_INET SOCK_D');
    await sockwalk.press('Tab', /> .*SOCK_DGRAM *$/m);
    await sockwalk.press('Enter', '1/1  en');
    sockwalk.terminal.type('client setsockopt SO_RCVB');
    await sockwalk.press('Tab', /> .*SO_RCVBUF *$/m);
    sockwalk.terminal.type('4096');
    await sockwalk.press('Enter', /SO_RCVBUF, 4096\) += 0/);
  });

  one.sequential('a name with a space is quoted where it is to be copied', async () => {
    const file = join(freshFolder(), "my friend's scene.txt");
    const sockwalk = await empty(program());
    await say(sockwalk, 'client socket', oneMore(sockwalk));
    sockwalk.terminal.type(`save ${file}\r`);
    await sockwalk.terminal.until(/lines? (is|are) saved/);
    expect(sockwalk.screen.replaceAll(/\s+/g, '')).toContain(`my friend'\\''s scene.txt' checks`.replaceAll(' ', ''));
  });

  one.sequential(
    'what is wrong with a line that takes several rows has no caret, which would point at something else',
    async () => {
      const sockwalk = await empty(program());
      sockwalk.terminal.type(`client socket\rclient send "${'あ'.repeat(60)}" BOGUS\r`);
      await sockwalk.terminal.until('“BOGUS” cannot be read');
      expect(sockwalk.screen).not.toMatch(/^ +\^$/m);
      await sockwalk.press('Ctrl+U', /^ \w+> *$/m);
      sockwalk.terminal.type('client send "あ🎉" BOGUS\r');
      await sockwalk.terminal.until('“BOGUS” cannot be read');
      expect(sockwalk.screen).toMatch(/^ +\^$/m);
    },
  );

  one.sequential(
    '300 kB without a line break are one full line, which is said, and the keys after it are heard',
    async () => {
      const sockwalk = await empty(program());
      const {terminal} = sockwalk;
      await terminal.until(/^ server> *$/m);
      terminal.type(`\x1b[200~${'x'.repeat(300_000)}\x1b[201~`);
      await terminal.until('A line holds 4095 characters; what was more is not in it.');
      // At the end of the text, which may need a row of its own.
      await terminal.until(screen => {
        const end = screen.split('\n').findLastIndex(line => /x{20}/.test(line));
        return [end, end + 1].includes(terminal.cursor()?.row ?? -1);
      });
      // As in a terminal that does not mark what is pasted.
      terminal.type('y'.repeat(20_000));
      await sockwalk.press('Enter', /“x{60}…” is not known\s+here/);
      await sockwalk.press('Ctrl+U', /^ server> *$/m);
      await say(sockwalk, 'client socket', oneMore(sockwalk));
    },
  );

  one.sequential('held keys and sizes do no harm', async () => {
    const sockwalk = await empty(program());
    sockwalk.terminal.type('x'.repeat(300));
    await sockwalk.terminal.until('xxxxxxxx');
    sockwalk.terminal.resize(60, 18);
    await sockwalk.terminal.until(screen => keysOf(screen).includes('call'));
    sockwalk.terminal.resize(40, 10);
    await sockwalk.terminal.until('60x18');
    sockwalk.terminal.resize(120, 40);
    await sockwalk.terminal.until('[flow]');
    await sockwalk.press('Ctrl+U', /^ server> *$/m);
    sockwalk.terminal.press(...Array.from({length: 40}, () => 'Tab' as const));
    await sockwalk.terminal.until(/^ (server|client)> *$/m);
    await say(sockwalk, 'client socket', oneMore(sockwalk));
  });

  one.sequential(
    'lines that are pasted are done one by one, and what has no line break stays to be written on',
    async () => {
      const sockwalk = await fresh(program());
      const scene = [
        '# refused, then welcome',
        'server socket = listener  # a name',
        'server bind listener 127.0.0.1:8080',
      ];
      const more = [
        '',
        'client socket',
        'client connect 127.0.0.1:8080',
        'expect ECONNREFUSED',
        'server listen listener',
      ];
      sockwalk.terminal.type(`\x1b[200~${[...scene, ...more, 'client connect 127.0.0.1'].join('\r\n')}\x1b[201~`);
      await sockwalk.terminal.until('5/5  en');
      await sockwalk.terminal.until('> client connect 127.0.0.1');
      sockwalk.terminal.type(':8080\r');
      await sockwalk.terminal.until('6/6  en');
      await sockwalk.terminal.until('ESTABLISHED');
    },
  );

  // The last one: it ends the program.
  one.sequential('SIGTERM ends it in the middle of a paste that never ends', async () => {
    const sockwalk = await empty(program());
    await sockwalk.terminal.until(/^ server> *$/m);
    sockwalk.terminal.type(`\x1b[200~${'x'.repeat(200_000)}`);
    sockwalk.terminal.signal('SIGTERM');
    expect(await sockwalk.terminal.exited).toEqual({exitCode: 143, signal: null});
  });
});

describe.concurrent('files of free play', () => {
  const file = join(freshFolder(), 'scene.txt');
  writeFileSync(file, 'client socket\n# so far so good\nclient connect\n');
  const program = oneProgram({args: [...usual.args, '--script', file]});

  one.sequential(
    'a script that fails names its line on the screen too, and a file that is not there is said so',
    async () => {
      const sockwalk = program();
      await sockwalk.terminal.until('line 3: ');
      expect(stepOn(sockwalk.screen)).toBe('2/2');
      await say(sockwalk, 'script /nowhere', '/nowhere cannot be read: ENOENT');
    },
  );

  one.sequential(
    'a challenge is chosen from the list, solved by the kernel, and kept with its fewest lines',
    async () => {
      const [first] = challenges;
      if (!first) throw new Error('no challenge');
      const sockwalk = await fresh(program());
      await say(sockwalk, 'challenges', `0 of ${challenges.length} solved`);
      await sockwalk.press('Enter', `Challenge ${first.id}`);
      await say(sockwalk, 'hint', first.hint.en.slice(0, 30));
      for (const line of first.solution) {
        sockwalk.terminal.type(line);
        await sockwalk.terminal.until(screen => screen.includes(`> ${line}`));
        await sockwalk.press('Enter', screen => !screen.includes(`> ${line}`));
      }
      await sockwalk.terminal.until('Solved: the kernel shows it.');
      await sockwalk.press('Right', screen => screen.includes(`> challenge ${challenges[1]?.id}`));
      await sockwalk.press('Ctrl+U', /^ \w+> *$/m);
      await say(sockwalk, 'challenges', `1 of ${challenges.length} solved`);
      expect(sockwalk.screen).toContain(`your best ${parOf(first)}`);
    },
  );

  one.sequential('sockets that there is no room for are counted', async () => {
    const sockwalk = await fresh(program());
    sockwalk.terminal.type(
      `spawn client-2\rspawn client-3\r${'client socketpair\r'.repeat(6)}${'server socketpair\r'.repeat(7)}`,
    );
    // Fewer rows of the box than its fourteen sockets, and the newest are not seen.
    await sockwalk.terminal.until(/^│ fd \d+ CONNECTED .* \+\d+ │/m);
    await sockwalk.terminal.until(/│ *(client )?fd \d+ CONNECTED.* \+\d+ │$/m);
  });

  one.sequential(
    'what was done is saved as a script, done again on fresh processes, and is what play --script plays',
    async () => {
      const file = join(freshFolder(), 'scene.txt');
      const sockwalk = await fresh(program());
      await connect(sockwalk);
      await say(sockwalk, 'client connect', 'EISCONN: ');
      await say(sockwalk, `save ${file}`, /6\s+lines\s+are\s+saved/);
      expect(readFileSync(file, 'utf8')).toMatch(/^server socket = \d+$/m);
      expect(readFileSync(file, 'utf8')).toMatch(/^client connect\nexpect client EISCONN$/m);
      await say(sockwalk, `save ${file}`, /not\s+written\s+over/);
      const before = pidsOn(sockwalk.screen);
      await say(sockwalk, 'replay', 'were done again, on fresh processes');
      expect(stepOn(sockwalk.screen)).toBe('6/6');
      expect(pidsOn(sockwalk.screen)).not.toEqual(before);
      expect((await run(['play', '--script', file, '--network', 'private'])).code).toBe(0);
      await say(sockwalk, `script ${file}`, '6 lines were done');
    },
  );

  one.sequential('on a small screen too, help in the middle of a challenge shows all that can be written', async () => {
    const sockwalk = await fresh(program());
    sockwalk.terminal.resize(60, 18);
    await sockwalk.terminal.until(
      screen => screen.trimEnd().split('\n').length <= 18 && keysOf(screen).includes('call'),
    );
    sockwalk.terminal.type('challenge waiting-room\rserver socket\rhelp\r');
    await sockwalk.terminal.until(screen => screen.includes('Calls: socket') && /help,\s+quit/.test(screen));
    sockwalk.terminal.type('server listen\r');
    await sockwalk.terminal.until('Challenge waiting-room');
  });
});

test('a script that was played as events is a recording that can be looked at', async () => {
  const folder = freshFolder();
  const script = join(folder, 'scene.txt');
  writeFileSync(script, 'server socket\nserver listen\nclient socket\nclient connect\n');
  const {stdout} = await run(['play', '--script', script, '--format', 'json', '--network', 'private']);
  const file = join(folder, 'scene.jsonl');
  writeFileSync(file, stdout);
  await using sockwalk = await Sockwalk.open({args: ['replay', file], columns: 120, rows: 40});
  expect(sockwalk.screen).toMatch(/RECORDED +0\/4/);
  await sockwalk.press('$', /RECORDED +4\/4/);
  expect(callsOn(sockwalk.screen)).toHaveLength(4);
  expect(keysOf(sockwalk.screen)).not.toContain('type');
  await sockwalk.press('w', 'Frames on the wire');
  await sockwalk.press('Esc', '[flow]');
  sockwalk.terminal.press('i');
  await sockwalk.press('Left', /RECORDED +3\/4/);
});
