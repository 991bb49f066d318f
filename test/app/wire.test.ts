import {eastAsianWidthType} from 'get-east-asian-width';
import {describe, expect, test as one} from 'vitest';
import {captured, whyNoFrames} from '../frames-of.ts';
import {needs} from '../needs.ts';
import {momentOf, Sockwalk} from './sockwalk.ts';

// Every run has a terminal, processes, a port and a data folder of its own, and mostly waits.
const test = one.concurrent;

const missing = whyNoFrames((await captured('client-flow')).events);

/** The step of echo that makes connect(). */
const connect = 6;

const words = {
  en: {ladder: 'Frames on the wire', port: /> T 36\+2 +destination port +(\d+)/, frame: 'Frame 2 of 3'},
  ja: {ladder: 'seq と ack は', port: /> T 36\+2 +宛先ポート +(\d+)/, frame: 'フレーム 2/3'},
} as const;

describe('the wire on the screen', needs(missing), () => {
  test.each([
    ['en', []],
    ['ja', []],
    ['en', ['--ascii']],
    ['ja', ['--ascii']],
  ] as const)('from the handshake between the lanes to the port in a SYN, in %s %o', async (language, more) => {
    const isAscii = more.length > 0;
    const [left, right, line] = isAscii ? ['<', '>', '-'] : ['←', '→', '─'];
    const said = words[language];
    await using sockwalk = await Sockwalk.open({args: ['echo', '--network', 'private', '--lang', language, ...more]});
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
  });

  test('the ladder has what passed up to where one stands, also when looking back', async () => {
    await using sockwalk = await Sockwalk.open({args: ['echo', '--network', 'private']});
    await sockwalk.jumpTo(8);
    await sockwalk.press('w', / 4\/5$/m);
    await sockwalk.press('Esc', 'LIVE  8/');
    await sockwalk.press('Left', 'REPLAY   7/');
    await sockwalk.press('w', / 3\/3$/m);
  });

  test('on this machine without a capture the ladder says what would bring frames, and the rest goes on', async () => {
    await using sockwalk = await Sockwalk.open({args: ['socket-file']});
    await sockwalk.forward();
    await sockwalk.press('w', /No frame has passed yet|No frames are captured/);
    await sockwalk.press('w', screen => momentOf(screen).kind === 'reading');
  });

  /** An arrow to the server that has not arrived: there is nothing yet between its head and the server's box. */
  const onTheWay = /│ +←─/;

  test.each([
    [[], {}, true],
    [['--no-motion'], {}, false],
    [[], {NO_MOTION: '1'}, false],
  ])('with %o and %o, arrows that grow: %s', async (more, env, flies) => {
    await using sockwalk = await Sockwalk.open({args: ['echo', '--network', 'private', '--lang', 'en', ...more], env});
    await sockwalk.jumpTo(connect - 1);
    let hasFlown = false;
    await sockwalk.press('Right', screen => {
      hasFlown ||= onTheWay.test(screen);
      return screen.includes('←ACK──') && momentOf(screen).step === connect;
    });
    expect(hasFlown).toBe(flies);
    // What has arrived stays as it is, also when it is looked at again.
    await sockwalk.press('Left', `REPLAY   ${connect - 1}/`);
    await sockwalk.press('Right', screen => {
      expect(screen).not.toMatch(onTheWay);
      return screen.includes('←ACK──') && momentOf(screen).step === connect;
    });
  });

  test('keys are answered while frames fly', async () => {
    await using sockwalk = await Sockwalk.open({args: ['echo', '--network', 'private', '--lang', 'en']});
    await sockwalk.jumpTo(connect - 1);
    await sockwalk.press('Right', onTheWay);
    await sockwalk.press('v', '[C]');
    await sockwalk.terminal.until(screen => momentOf(screen).step === connect);
    await sockwalk.press('Right', screen => momentOf(screen).step === connect + 1);
  });

  test('a delayed acknowledgment is seen while one reads, at the step that it came after', async () => {
    await using sockwalk = await Sockwalk.open({args: ['echo', '--network', 'private', '--lang', 'en', '--no-motion']});
    // The server's echo: nothing else goes to it before the client's delayed ACK does.
    await sockwalk.jumpTo(12);
    await sockwalk.terminal.until(/←ACK──/);
    await sockwalk.forward();
    await sockwalk.press('Left', /REPLAY +12\//);
    expect(sockwalk.screen).toContain('←ACK──');
  });
});
