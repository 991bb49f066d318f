import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {whyNotInside} from '../lab/inside.ts';
import {childrenOf} from '../lab/processes.ts';
import {casesOf} from '../long.ts';
import {needs} from '../needs.ts';
import {lessonNamed, opened} from '../walked.ts';
import {keysOf, pidsOn, Sockwalk} from './sockwalk.ts';

/** The child of a program that runs this file. */
function childOf(pid: number, file: string): number {
  const found = childrenOf(pid).find(child => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes(`/${file}`));
  if (!found) throw new Error(`no ${file} among the children of ${pid}`);
  return found;
}

async function say(sockwalk: Sockwalk, line: string, answer: string | RegExp): Promise<void> {
  sockwalk.terminal.type(line);
  await sockwalk.terminal.until(screen => screen.includes(`> ${line}`));
  await sockwalk.press('Enter', answer);
}

const kill = (pid: number, file: string): void => void process.kill(childOf(pid, file), 'SIGKILL');

describe('the process that holds the network is killed', needs(whyNotInside), () => {
  test.each(casesOf(['handshake', 'loss', 'nat', 'echo'], 'nat'))(
    'in %s: the walk is cut, and the kernel is blamed for nothing',
    async id => {
      await using walk = await opened(lessonNamed(id));
      await walk.next();
      kill(process.pid, 'network.js');
      while (walk.nextStep && !walk.cut) await walk.next();
      expect(walk.cut).toEqual({actor: 'network', how: 'SIGKILL'});
      expect(walk.log.events.filter(event => event.kind === 'judged' && !event.holds)).toEqual([]);
    },
  );

  test('in a lesson on the screen: one sentence, and r begins on a new network', async () => {
    await using sockwalk = await Sockwalk.open({args: ['handshake', '--network', 'private']});
    const [server = 0] = pidsOn(sockwalk.screen);
    await sockwalk.press('Right', screen => screen.includes(' 1/9 '));
    kill(sockwalk.pid, 'network.js');
    await sockwalk.terminal.until('The process that holds the network has ended (SIGKILL)');
    expect(keysOf(sockwalk.screen)).not.toContain('next');
    await sockwalk.press('r', screen => pidsOn(screen).length === 2 && !pidsOn(screen).includes(server));
    await sockwalk.press('Right', screen => screen.includes(' 1/9 '));
    expect(sockwalk.screen).not.toContain('has ended');
  });

  test('in free play: one sentence, at once and for a line that is typed then, and replay goes on', async () => {
    await using sockwalk = await Sockwalk.open({args: ['lab', '--network', 'private']});
    await say(sockwalk, 'server socket', /socket\(.*= \d/);
    kill(sockwalk.pid, 'network.js');
    await sockwalk.terminal.until('The process that holds the network has ended (SIGKILL)');
    await say(sockwalk, 'spawn client-2', /> spawn client-2\n[\s\S]*has ended \(SIGKILL\)/);
    await sockwalk.press('Ctrl+U', /^ \w+> *$/m);
    await say(sockwalk, 'replay', 'The same line was done again');
    await say(sockwalk, 'spawn client-2', 'client 2 pid');
  });
});

test('the practice router is killed: the walk is cut, and the kernel is blamed for nothing', async () => {
  await using walk = await opened(lessonNamed('router'));
  await walk.next();
  kill(process.pid, 'practice-router.js');
  while (walk.nextStep && !walk.cut) await walk.next();
  expect(walk.cut).toEqual({actor: 'router', how: 'SIGKILL'});
  expect(walk.log.events.filter(event => event.kind === 'judged' && !event.holds)).toEqual([]);
});
