import {describe, expect, test} from 'vitest';
import {Performer} from '../../../src/app/run/line-performer.ts';
import {openFreePlay} from '../../../src/app/run/open-free-play.ts';
import {runScript} from '../../../src/app/run/script.ts';
import {whyNotInside} from '../../lab/inside.ts';
import {needs} from '../../needs.ts';

const open = () => openFreePlay(null, {network: 'private', port: null}, () => {});
const around = {stopped: new AbortController().signal};

/** What was done, line by line, as it is saved. */
async function savedAfter(...lines: readonly string[]): Promise<readonly string[]> {
  await using play = await open();
  const performer = new Performer(play, []);
  for (const line of lines) await performer.perform(line, 'script');
  return performer.script.map(line => line.replace(/ = \d+$/, ''));
}

async function endOf(...lines: readonly string[]) {
  await using play = await open();
  return await runScript(lines, new Performer(play, []), [], around);
}

const connected = [
  ...['server socket', 'server bind 127.0.0.1:8080', 'server listen', 'client socket', 'client connect'],
  'server accept',
];

// Elsewhere a port may be taken.
describe.concurrent('what was done, as a script', needs(whyNotInside), () => {
  test('an errno that came while a call slept is expected after what brought it about', async () => {
    const lines = [
      ...connected,
      'client recv',
      'server setsockopt SO_LINGER 0',
      'server close',
      'expect client ECONNRESET',
    ];
    expect(await savedAfter(...lines)).toEqual(lines);
    expect(await endOf(...lines)).toEqual({kind: 'done', challenge: null});
  });

  test('a call that its process did not live to see return has no result, not that of a later process', async () => {
    const lines = ['server socket', 'server bind 127.0.0.1:8080', 'server listen', 'server accept', 'kill server'];
    const after = ['spawn server', 'server close 99', 'expect server EBADF'];
    expect(await savedAfter(...lines, ...after)).toEqual([...lines, ...after]);
    expect(await endOf(...lines, ...after)).toEqual({kind: 'done', challenge: null});
  });
});

describe.concurrent('a line of a script', needs(whyNotInside), () => {
  test('waits for the call before it, and uses what that one brings', async () => {
    // It must still sleep when the next line is read, however slow the machine is.
    const lines = [
      ...['server socket = a', 'server bind a 127.0.0.1:8080', 'server listen a', 'server accept a = b'],
      ...['client socket', 'client connect', 'server setsockopt b SO_RCVTIMEO 5000', 'server recv b'],
      ...['server close b', 'expect client CLOSE_WAIT', 'server close b', 'expect EBADF'],
    ];
    expect(await endOf(...lines)).toEqual({kind: 'done', challenge: null});
  });
});
