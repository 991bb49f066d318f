import {describe, expect, test} from 'vitest';
import {challenges} from '../../../lessons/data/challenges.ts';
import {FreePlay} from '../../../src/app/run/free-play.ts';
import {Performer} from '../../../src/app/run/line-performer.ts';
import {chooseNetwork, chosenNetwork} from '../../../src/app/run/network-choice.ts';
import {isReached} from '../../../src/claims/challenge-goal.ts';
import {makeFolder} from '../../../src/lab/file/folder.ts';
import {openLab} from '../../../src/lab/lab.ts';
import {type Challenge, parOf} from '../../../src/model/challenge.ts';
import {languages} from '../../../src/model/text.ts';
import {whyNotInside} from '../../lab/inside.ts';
import {casesOf} from '../../long.ts';
import {needs} from '../../needs.ts';
import {lessonNamed} from '../../walked.ts';

/** Fresh processes in a private network, where any port is free. */
async function openPlay(): Promise<FreePlay> {
  const where = chosenNetwork(await chooseNetwork(lessonNamed('echo'), {network: 'private', port: null}));
  if (!where?.network) throw new Error('no private network');
  const folder = await makeFolder();
  const lab = await openLab(['server', 'client'], folder.path, {network: where.network});
  return FreePlay.open({lab, where, folder});
}

/** Performs lines, and says after each whether the goal was reached by then. */
async function performed(performer: Performer, lines: readonly string[], {goal}: Challenge): Promise<boolean[]> {
  const reached: boolean[] = [];
  for (const line of lines) {
    expect((await performer.perform(line, 'script')).kind, line).toBe('made');
    reached.push(isReached(goal, performer.view, performer.frames));
  }
  return reached;
}

// Elsewhere a port may be taken.
describe.concurrent('a challenge', needs(whyNotInside), () => {
  test.for(casesOf(challenges, ...challenges.slice(0, 6)))(
    '$id is solved by its solution and by no part of it',
    async (challenge, {expect}) => {
      const {goal, solution} = challenge;
      await using play = await openPlay();
      const performer = new Performer(play, []);
      expect(await performed(performer, solution.slice(0, -1), challenge)).not.toContain(true);
      // Nor a while later: a FIN may be on its way.
      expect(await performer.reaches(goal)).toBe(false);
      await performed(performer, solution.slice(-1), challenge);
      expect(await performer.reaches(goal)).toBe(true);
      expect(performer.moves).toBe(parOf(challenge));
    },
  );

  const shorterButNotIt: readonly {id: string; what: string; lines: readonly string[]}[] = [
    {
      id: 'send-blocks',
      what: 'sendto() that also connects',
      lines: [
        ...['client socket', 'client bind 127.0.0.1:9000'],
        'client sendto "x"*8000000 127.0.0.1:9000 MSG_FASTOPEN',
      ],
    },
    {
      id: 'two-sends-one-recv',
      what: 'sendto() that also connects',
      lines: [
        ...['client socket', 'client bind 127.0.0.1:9000', 'client sendto "one" 127.0.0.1:9000 MSG_FASTOPEN'],
        ...['client send "two"', 'client recv'],
      ],
    },
    {
      id: 'half-closed',
      what: 'data sent before the FIN',
      lines: [
        ...['server socket', 'server listen', 'client socket', 'client sendto "bye" MSG_FASTOPEN', 'server accept'],
        'server shutdown',
      ],
    },
    {
      id: 'time-wait-on-the-server',
      what: 'a connection with itself',
      lines: [...['server socket', 'server bind 127.0.0.1:9000', 'server connect 127.0.0.1:9000', 'server close']],
    },
    {
      id: 'connection-reset',
      what: 'sending that was under way',
      lines: [
        ...[
          'server socket',
          'server listen',
          'client socket',
          'client sendto "x"*8000000 MSG_FASTOPEN',
          'server close',
        ],
      ],
    },
    {
      id: 'time-wait-on-the-server',
      what: 'a server that connects',
      lines: [...['client socket', 'client listen', 'server socket', 'server connect', 'server close', 'client close']],
    },
    {
      id: 'close-wait',
      what: 'a connection that nobody accepted',
      lines: ['server socket', 'server listen', 'client socket', 'client connect', 'client close'],
    },
    {
      id: 'talk-to-yourself',
      what: 'a datagram socket',
      lines: [...['client socket AF_INET SOCK_DGRAM', 'client bind 127.0.0.1:9000', 'client connect 127.0.0.1:9000']],
    },
    {
      id: 'second-send',
      what: 'a socket that was never connected',
      lines: ['client socket', 'client send', 'client send'],
    },
    {
      id: 'half-a-character',
      what: 'a character that is cut where it ends',
      lines: [
        ...['client socket AF_INET SOCK_DGRAM', 'client bind 127.0.0.1:9000'],
        ...['client sendto "ああ" 127.0.0.1:9000', 'client recv 3'],
      ],
    },
  ];
  test.for(casesOf(shorterButNotIt, ...shorterButNotIt.slice(0, 3)))(
    '$id is not solved by $what',
    async ({id, lines}, {expect}) => {
      const challenge = challenges.find(one => one.id === id);
      if (!challenge) throw new Error(`no challenge ${id}`);
      await using play = await openPlay();
      const performer = new Performer(play, []);
      expect(await performed(performer, lines, challenge)).not.toContain(true);
      expect(await performer.reaches(challenge.goal)).toBe(false);
    },
  );
});

describe('the challenges', () => {
  test('are ten or more, each with an id of its own', () => {
    expect(challenges.length).toBeGreaterThanOrEqual(10);
    expect(new Set(challenges.map(({id}) => id)).size).toBe(challenges.length);
    for (const {id} of challenges) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  test('begin with an easy one', () => {
    expect(challenges.slice(0, 3).map(parOf)).toSatisfy((pars: number[]) => Math.max(...pars) <= 4);
  });

  const longest = {ja: 150, en: 250};
  test.each(challenges)('$id has its texts in both languages, without places to fill, and short enough', challenge => {
    for (const language of languages) {
      const {title, about, hint, after} = challenge;
      for (const text of [title, about, hint, after]) {
        expect(text[language]).not.toBe('');
        expect(text[language]).not.toMatch(/[{}]/);
      }
      for (const text of [about, hint]) expect(text[language].length).toBeLessThanOrEqual(longest[language]);
    }
    expect(challenge.sources).not.toEqual([]);
  });
});
