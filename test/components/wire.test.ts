import {eastAsianWidthType} from 'get-east-asian-width';
import {describe, expect, test as one} from 'vitest';
import {openNetwork} from '../../src/lab/network/network.ts';
import {whyNotInside} from '../lab/inside.ts';
import {casesOf} from '../long.ts';
import {needs} from '../needs.ts';
import {fromStart, inOneProgram, toLatest} from './one-program.ts';
import {momentOf, Sockwalk} from './sockwalk.ts';

// Every run has a terminal, processes, a port and a data folder of its own, and mostly waits.
const test = one.concurrent;

/** The step of echo that makes connect(). */
const connect = 3;

const words = {
  en: {ladder: 'Frames on the wire', port: /> T 36\+2 +destination port +(\d+)/, frame: 'Frame 2 of 3'},
  ja: {ladder: 'seq と ack は', port: /> T 36\+2 +宛先ポート +(\d+)/, frame: 'フレーム 2/3'},
} as const;

/** Why no frames can be seen in a private network here; null where they can. */
async function whyBlind(): Promise<string | null> {
  if (whyNotInside !== null) return whyNotInside;
  await using network = await openNetwork('here');
  const blind = await network.blind();
  return blind === null ? null : `needs a packet socket: ${blind}`;
}

describe('the wire on the screen', needs(await whyBlind()), () => {
  /** From connect() through the ladder to the destination port in a SYN, and back. */
  async function expectPortInSyn(sockwalk: Sockwalk, language: keyof typeof words, isAscii: boolean): Promise<void> {
    const [left, right, line] = isAscii ? ['<', '>', '-'] : ['←', '→', '─'];
    const said = words[language];
    await sockwalk.jumpTo(connect);
    const handshake = [`${left}SYN${line}`, `SYN,ACK${right}`, `${left}ACK${line}`];
    await sockwalk.terminal.until(screen => {
      const places = handshake.map(arrow => screen.indexOf(arrow));
      return places.every((place, i) => place > (places[i - 1] ?? 0));
    });
    await sockwalk.press(
      'w',
      screen => screen.includes(said.ladder) && /^> .* 0\.000 client connect\(\)/m.test(screen),
    );
    await sockwalk.press('Down', /^> .* client connect\(\) .*SYN,ACK.* seq 0 ack 1 /m);
    await sockwalk.press('a', screen => !/^> .* seq 0 ack 1 /m.test(screen));
    await sockwalk.press('Enter', said.frame);
    await sockwalk.press('Left', screen => !screen.includes(said.frame));
    while (!said.port.test(sockwalk.screen)) {
      const before = sockwalk.screen;
      await sockwalk.press('Down', screen => screen !== before);
    }
    expect(said.port.exec(sockwalk.screen)?.[1]).toBe(String(sockwalk.port));
    if (isAscii) {
      const chars = sockwalk.terminal
        .cells()
        .flat()
        .flatMap(({char}) => [...char]);
      expect(chars.filter(char => eastAsianWidthType(char.codePointAt(0) ?? 0) === 'ambiguous')).toEqual([]);
    }
    // Back through the ladder to the same moment of the lesson.
    await sockwalk.press('Esc', said.ladder);
    await sockwalk.press('Esc', `LIVE  ${connect}/`);
    expect(momentOf(sockwalk.screen)).toMatchObject({kind: 'reading', step: connect});
  }

  const variants = [
    ['ja', []],
    ['en', ['--ascii']],
    ['ja', ['--ascii']],
  ] as const;

  test.each(casesOf<(typeof variants)[number]>(variants, variants[2]))(
    'from the handshake between the lanes to the port in a SYN, in %s %o',
    async (language, more) => {
      await using sockwalk = await Sockwalk.open({args: ['echo', '--network', 'private', '--lang', language, ...more]});
      await expectPortInSyn(sockwalk, language, more.length > 0);
    },
  );

  test('on this machine without a capture the ladder says what would bring frames, and the rest goes on', async () => {
    await using sockwalk = await Sockwalk.open({args: ['socket-file']});
    await sockwalk.forward();
    await sockwalk.press('w', /No frame has passed yet|No frames are captured/);
    await sockwalk.press('w', screen => momentOf(screen).kind === 'reading');
  });

  /** An arrow to the server that has not arrived: there is nothing yet between its head and the server's box. */
  const onTheWay = /│ +←─/;

  /** Makes the call that connects, and looks at it once more; whether arrows grew. */
  async function growsArrows(sockwalk: Sockwalk): Promise<boolean> {
    let hasFlown = false;
    const isThere = (screen: string) => screen.includes('←ACK──') && momentOf(screen).step === connect;
    await sockwalk.jumpTo(connect - 1);
    await sockwalk.press('Right', screen => {
      hasFlown ||= onTheWay.test(screen);
      return isThere(screen);
    });
    // What has arrived stays as it is, also when it is looked at again.
    await sockwalk.press('Left', `REPLAY   ${connect - 1}/`);
    await sockwalk.press('Right', screen => {
      expect(screen).not.toMatch(onTheWay);
      return isThere(screen);
    });
    return hasFlown;
  }

  inOneProgram('with arrows that move', {args: ['echo', '--network', 'private', '--lang', 'en']}, toLatest, test => {
    test('with [] and {}, arrows that grow: true', async sockwalk => {
      expect(await growsArrows(sockwalk)).toBe(true);
    });

    test('from the handshake between the lanes to the port in a SYN, in en []', async sockwalk => {
      await expectPortInSyn(sockwalk, 'en', false);
    });

    test('keys are answered while frames fly', async sockwalk => {
      await fromStart(sockwalk);
      await sockwalk.jumpTo(connect - 1);
      await sockwalk.press('Right', onTheWay);
      await sockwalk.press('v', '[calls]');
      await sockwalk.terminal.until(screen => momentOf(screen).step === connect);
      await sockwalk.press('Right', screen => momentOf(screen).step === connect + 1);
    });

    test('the ladder has what passed up to where one stands, also when looking back', async sockwalk => {
      await sockwalk.jumpTo(5);
      await sockwalk.press('w', / 4\/5$/m);
      await sockwalk.press('Esc', 'LIVE  5/');
      await sockwalk.press('Left', 'REPLAY   4/');
      await sockwalk.press('w', / 3\/3$/m);
    });
  });

  inOneProgram(
    'without motion',
    {args: ['echo', '--network', 'private', '--lang', 'en', '--no-motion']},
    toLatest,
    test => {
      test("with [ '--no-motion' ] and {}, arrows that grow: false", async sockwalk => {
        expect(await growsArrows(sockwalk)).toBe(false);
      });

      test('a delayed acknowledgment is seen while one reads, at the step that it came after', async sockwalk => {
        // The server's echo: nothing else goes to it before the client's delayed ACK does.
        await sockwalk.jumpTo(9);
        // The flow of a small screen counts the frames that it has no row for; beside the list of calls they are all between the lanes.
        while (!sockwalk.screen.includes('[calls]')) await sockwalk.press('v', /\[(?!flow\])[A-Za-z]+\]/);
        await sockwalk.terminal.until(/←ACK──/);
        await sockwalk.forward();
        await sockwalk.press('Left', /REPLAY +9\//);
        expect(sockwalk.screen).toContain('←ACK──');
      });
    },
  );

  test('where the flow is shown they grow in its column, and nowhere else', async () => {
    await using sockwalk = await Sockwalk.open({
      ...{args: ['echo', '--network', 'private', '--lang', 'en'], columns: 120, rows: 40},
    });
    await sockwalk.jumpTo(connect - 1);
    let hasFlown = false;
    await sockwalk.press('Right', screen => {
      const rows = screen.split('\n');
      const head = rows.findIndex(row => row.includes('the wire'));
      // The boxes of the lanes are above it.
      expect(rows.slice(0, head).join('\n')).not.toMatch(/[←→]─|─[←→]/);
      hasFlown ||= rows.some(row => /│ +←─+│/.test(row));
      return rows.some(row => row.includes('│←── ACK')) && momentOf(screen).step === connect;
    });
    expect(hasFlown).toBe(true);
  });

  test('with --mouse a click on an arrow of the flow opens that frame, and one on a row of the ladder too', async () => {
    await using sockwalk = await Sockwalk.open({
      ...{args: ['echo', '--network', 'private', '--lang', 'en', '--no-motion', '--mouse'], columns: 120, rows: 40},
    });
    await sockwalk.jumpTo(connect);
    const clickOn = (text: string) => {
      const rows = sockwalk.screen.split('\n');
      const row = rows.findIndex(each => each.includes(text));
      sockwalk.terminal.type(`\x1b[<0;${(rows[row]?.indexOf(text) ?? -1) + 1};${row + 1}M`);
    };
    await sockwalk.terminal.until('SYN,ACK ──→');
    clickOn('SYN,ACK ──→');
    await sockwalk.terminal.until('Frame 2 of 3');
    await sockwalk.press('Esc', / 2\/3$/m);
    clickOn('ack 1 win');
    await sockwalk.terminal.until(/Frame [23] of 3/);
    await sockwalk.press('Esc', 'Frames on the wire');
    await sockwalk.press('Esc', `LIVE  ${connect}/`);
  });

  test("with [] and { NO_MOTION: '1' }, arrows that grow: false", async () => {
    await using sockwalk = await Sockwalk.open({
      args: ['echo', '--network', 'private', '--lang', 'en'],
      env: {NO_MOTION: '1'},
    });
    expect(await growsArrows(sockwalk)).toBe(false);
  });
});
