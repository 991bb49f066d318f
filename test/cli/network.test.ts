import {chmodSync, readFileSync, readlinkSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {lessons} from '../../lessons/index.ts';
import type {LogEvent} from '../../src/model/event.ts';
import {program} from '../components/sockwalk.ts';
import {freshFolder} from '../fresh-folder.ts';
import {whyNotInside} from '../lab/inside.ts';
import {childrenOf} from '../lab/processes.ts';
import {until} from '../lab/until.ts';
import {casesOf} from '../long.ts';
import {needs} from '../needs.ts';
import {linesOf, onceRun, type Ran, run, start, startCommand} from './run.ts';

const eventsOf = ({stdout}: Ran): LogEvent[] => linesOf(stdout).map(line => JSON.parse(line));
const kindsOf = (ran: Ran): Set<string> => new Set(eventsOf(ran).map(({kind}) => kind));

describe('a lesson in a private network', needs(whyNotInside), () => {
  const handshakes = [1, 2].map(() =>
    onceRun(() => run(['play', 'handshake', '--format', 'json', '--network', 'private'])),
  );
  const both = () => Promise.all(handshakes.map(ran => ran()));

  test('has frames among its events, each after the beginning of the call that it belongs to', async () => {
    const [ran] = await both();
    if (!ran) throw new Error('none');
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    const events = eventsOf(ran);
    const frames = events.filter(event => event.kind === 'frame');
    expect(frames.length).toBeGreaterThanOrEqual(8);
    for (const {call, step} of frames) {
      const started = events.find(({seq}) => seq === call);
      expect(started).toMatchObject({kind: 'call-started', step});
    }
    const connects = frames.filter(({step}) => step === 'client-connect');
    expect(connects.map(({isDuring}) => isDuring)).toEqual([true, true, true]);
  });

  test('has port 8080 for itself, whoever has it on this machine', async () => {
    for (const ran of await both()) {
      expect([ran.code, ran.stderr]).toEqual([0, '']);
      const bound = eventsOf(ran).find(event => event.kind === 'call-started' && event.call.name === 'bind');
      expect(bound).toMatchObject({call: {address: {port: 8080}}});
    }
  });

  test('shows its segments in the text', async () => {
    const {stdout} = await run(['play', 'handshake', '--lang', 'en']);
    expect(stdout).toMatch(/0\.000 ms {2}:\d+ > :8080 {2}SYN seq 0 win \d+ mss \d+/);
    expect(stdout).toMatch(/:8080 > :\d+ {2}SYN, ACK seq 0 ack 1 win \d+/);
  });
});

/** A folder for PATH with one of these commands in it, and what runs Node and a shell. */
function commands(...scripts: readonly (readonly [name: string, script: string])[]): string {
  const folder = freshFolder();
  for (const [name, script] of scripts) {
    writeFileSync(join(folder, name), script);
    chmodSync(join(folder, name), 0o755);
  }
  symlinkSync('/bin/sh', join(folder, 'sh'));
  return folder;
}

const refusing = `#!/bin/sh
echo 'unshare: write failed /proc/self/uid_map: Operation not permitted' >&2
exit 1
`;
const handshake = ['play', 'handshake', '--lang', 'en', '--port', '0'] as const;

describe('where no private network can be made, the program says why and what would allow it, and walks on', () => {
  test('a script too', async () => {
    const path = commands(['unshare', refusing], ['nsenter', refusing]);
    const file = join(freshFolder(), 'scene.txt');
    writeFileSync(file, 'client socket\n');
    const ran = await run(['play', '--script', file, '--lang', 'en'], {env: {PATH: path}});
    expect(ran.code, `${ran.stderr}${ran.stdout.slice(-3000)}`).toBe(0);
    expect(ran.stderr).toContain('unshare: write failed /proc/self/uid_map: Operation not permitted');
  });

  test.each([
    ['unshare is missing', () => commands(), 'the command unshare is missing (it comes with util-linux)'],
    [
      'nsenter is missing',
      () => commands(['unshare', '#!/bin/sh\nexec sh -c "echo; sleep 60"\n']),
      'the command nsenter is missing',
    ],
    [
      'the kernel or a container refuses',
      () => commands(['unshare', refusing], ['nsenter', '#!/bin/sh\n']),
      'write failed /proc/self/uid_map: Operation not permitted',
    ],
  ])('%s', async (_, makePath, said) => {
    const ran = await run(handshake, {env: {PATH: makePath()}});
    expect(ran.stderr).toContain('No private network can be made here');
    expect(ran.stderr).toContain(said);
    expect(ran.code, `${ran.stderr}${ran.stdout.slice(-3000)}`).toBe(0);
    expect(ran.stdout).toContain('handshake: in all 9 steps the kernel did what the lesson claims.');
  });

  test('a sysctl forbids it, which is named', needs(whyNotInside), async () => {
    const script = `echo 0 > /proc/sys/user/max_user_namespaces; exec "$@"`;
    const args = ['-Ur', 'sh', '-c', script, 'sh', process.execPath, program, ...handshake, '--format', 'json'];
    const ran = await startCommand('unshare', args).ended;
    expect(ran.stderr).toContain('user.max_user_namespaces = 0');
    // Root of a user namespace has the capability, but not over this machine’s network.
    expect(ran.stderr).toContain('no frames can be captured, so predictions about them are not asked');
    expect(ran.code, `${ran.stderr}${ran.stdout.slice(-3000)}`).toBe(0);
    expect(kindsOf(ran).has('frame')).toBe(false);
  });
});

test('what holds the network is killed in the middle of play: one sentence, and 1', needs(whyNotInside), async () => {
  const {child, ended, stdout} = start(['play', 'loss', '--format', 'json', '--lang', 'en']);
  await until('a call was made', () => stdout().includes('"call-returned"'));
  const network = childrenOf(child.pid ?? 0).find(pid =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('/network.js'),
  );
  process.kill(network ?? Number.NaN, 'SIGKILL');
  const {code, stderr} = await ended;
  expect([code, stderr]).toEqual([
    1,
    'sockwalk: loss: the network process ended in the middle (SIGKILL), so the lesson stops there. Run it again.\n',
  ]);
});

test('on this machine’s own network the same lesson holds, with frames where this account may capture', async () => {
  const ran = await run(['play', 'handshake', '--network', 'host', '--port', '0', '--format', 'json']);
  expect(ran.code, `${ran.stderr}${ran.stdout.slice(-3000)}`).toBe(0);
  expect(kindsOf(ran).has('frame')).toBe(process.geteuid?.() === 0);
});

test('that other machines can reach a lesson on this machine’s own network is said, and only there', async () => {
  const said = /other computers on its network can connect/;
  const order = ['play', 'order', '--lang', 'en', '--port', '0'] as const;
  const [wished, forced, echo] = await Promise.all([
    run([...order, '--network', 'host']),
    run(order, {env: {PATH: commands()}}),
    run(['play', 'echo', '--lang', 'en', '--network', 'host', '--port', '0']),
  ]);
  expect([wished.code, forced.code]).toEqual([0, 0]);
  expect(wished.stderr).toMatch(said);
  expect(forced.stderr).toMatch(said);
  expect(echo.stderr).not.toMatch(said);
});

const openToAll = lessons.filter(({listensOnAllAddresses}) => listensOnAllAddresses);

test.each(casesOf(openToAll, ...openToAll.slice(0, 1)))(
  'the lesson $id listens on all addresses of a private network',
  needs(whyNotInside),
  async ({id}) => {
    const {child, ended, stdout} = start(['play', id, '--format', 'json']);
    await until('an actor', () => stdout().includes('"actor-started"'));
    const [event] = linesOf(stdout()).map((line): LogEvent => JSON.parse(line));
    if (event?.kind !== 'actor-started') throw new Error(`first is ${event?.kind}`);
    expect(readlinkSync(`/proc/${event.pid}/ns/net`)).not.toBe(readlinkSync('/proc/self/ns/net'));
    child.kill();
    await ended;
  },
);

test('--network takes auto, host and private', async () => {
  const {code, stderr} = await run(['play', 'echo', '--network', 'privat', '--lang', 'en']);
  expect(code).toBe(2);
  expect(stderr).toContain('Did you mean “private”?');
});
