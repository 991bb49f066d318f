import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {practiceRouter} from '../../src/model/upnp.ts';
import {program} from '../components/sockwalk.ts';
import {freshFolder} from '../fresh-folder.ts';
import {whyNotInside, whyWithout} from '../lab/inside.ts';
import {needs} from '../needs.ts';
import {openTerminal} from '../pty.ts';
import {run, startCommand} from './run.ts';

// No test lets it send to a network: it is answered no, or it runs in a network namespace that has none.

const whyNotIsolated = whyNotInside ?? whyWithout('ip', '-V');

test.each([
  ['en', 'Nothing was sent.'],
  ['ja', '何も送りませんでした。'],
])('without a terminal it refuses, and sends nothing (%s)', async (lang, says) => {
  const {code, stdout, stderr} = await run(['ask-router', '--lang', lang]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(says);
});

test('it takes no further word', async () => {
  expect(await run(['ask-router', '192.168.1.1'])).toMatchObject({code: 2, stdout: ''});
});

describe('on a terminal it says what it will send to whom, and asks', () => {
  const open = (lang: string) =>
    openTerminal(process.execPath, [program, 'ask-router', '--lang', lang], {
      columns: 80,
      rows: 24,
      env: {XDG_DATA_HOME: freshFolder()},
    });

  test.each([
    ['n and Enter', 'en', 'n\r', 'Nothing was sent.', 0],
    ['Enter alone', 'ja', '\r', '何も送りませんでした。', 0],
    ['the end of the input', 'en', '\x04', 'Nothing was sent.', 0],
    ['what begins like a yes', 'en', 'yesterday\r', 'Nothing was sent.', 0],
  ])('%s is a no', async (_, lang, keys, says, code) => {
    await using terminal = open(lang);
    await terminal.until('[y/N]');
    expect(terminal.text()).toContain('239.255.255.250:1900');
    terminal.type(keys);
    await terminal.until(says);
    expect((await terminal.exited).exitCode).toBe(code);
  });

  test('Ctrl+C ends it', async () => {
    await using terminal = open('en');
    await terminal.until('[y/N]');
    terminal.press('Ctrl+C');
    expect(await terminal.exited).toMatchObject({signal: 'SIGINT'});
  });
});

describe('in a network of its own', needs(whyNotIsolated), () => {
  const isolated = (...command: readonly string[]) =>
    startCommand('unshare', ['-Urn', process.execPath, ...command]).ended;
  const ask = [program, 'ask-router', '--yes', '--lang', 'en'];

  test('with no network at all it says that it could not send', async () => {
    const {code, stdout} = await isolated(...ask);
    expect(code).toBe(1);
    expect(stdout).toContain('could not be sent (ENETUNREACH)');
  });

  test('with a router that hears the multicast it tells the address that the router tells', async () => {
    const host = '192.168.77.1';
    const router = fileURLToPath(new URL('../lab/router/multicast-router.ts', import.meta.url));
    const ran = await isolated('--import', 'tsx', router, host, process.execPath, ...ask);
    expect(ran).toMatchObject({code: 0, stderr: ''});
    expect(ran.stdout).toContain(`\n${host}\n`);
    expect(ran.stdout).toContain(`address on the outside: ${practiceRouter.external}\n`);
  });
});
