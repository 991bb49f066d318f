import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {afterEach, describe, expect, test} from 'vitest';
import {type ActorExit, NoSystemCalls, startActor} from '../../../src/lab/actor/actor-process.ts';
import {NoProcess} from '../../../src/lab/child/first-message.ts';
import {makeFolder} from '../../../src/lab/file/folder.ts';
import {parseInetTable} from '../../../src/lab/kernel/proc-net.ts';
import {type Lab, openLab} from '../../../src/lab/lab.ts';
import {type ActorName, actorNames} from '../../../src/model/actor.ts';
import {type Endpoint, endpointOf, endpointText} from '../../../src/model/address.ts';
import {casesOf, inSoak} from '../../long.ts';
import {connected, listening, nameOf, socket} from '../calls.ts';
import {areGone, childrenOf, isGone} from '../processes.ts';
import {until} from '../until.ts';

const exitOf = (lab: Lab) => new Promise<ActorExit>(resolve => lab.onExit((_, exit) => resolve(exit)));

describe('an actor that is killed', () => {
  test('in the middle of accept() loses the call, and its exit is told', async () => {
    await using lab = await openLab(['server', 'client']);
    const exits: [ActorName, ActorExit][] = [];
    lab.onExit((actor, exit) => exits.push([actor, exit]));
    const {fd: listener} = await listening(lab);
    const accepting = lab.perform('server', {name: 'accept', fd: listener});
    process.kill(lab.actors[0]?.pid ?? 0, 'SIGKILL');
    expect(await accepting).toEqual({kind: 'lost'});
    await until('the exit is told', () => exits.length > 0);
    expect(exits).toEqual([['server', {code: null, signal: 'SIGKILL'}]]);
  });

  test('loses every later call at once, and the other actor works on', async () => {
    await using lab = await openLab(['server', 'client']);
    const exited = exitOf(lab);
    process.kill(lab.actors[0]?.pid ?? 0, 'SIGKILL');
    await exited;
    const call = {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0} as const;
    expect(await lab.perform('server', call)).toEqual({kind: 'lost'});
    const made = await socket(lab, 'client');
    expect((await lab.observe()).sockets).toMatchObject([{actor: 'client', fd: made}]);
  });

  test('loses a call that is made before its end is known', async () => {
    await using lab = await openLab(['server']);
    process.kill(lab.actors[0]?.pid ?? 0, 'SIGKILL');
    const call = {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0} as const;
    expect(await lab.perform('server', call)).toEqual({kind: 'lost'});
    expect(await lab.observe()).toEqual({sockets: [], waiting: []});
  });
});

describe('a signal of the terminal', () => {
  test.each(['SIGINT', 'SIGHUP'] as const)('%s does not end an actor', async signal => {
    await using lab = await openLab(['server']);
    process.kill(lab.actors[0]?.pid ?? 0, signal);
    await expect(socket(lab, 'server')).resolves.toBeGreaterThan(2);
  });

  test('SIGTERM ends it', async () => {
    await using lab = await openLab(['server']);
    const exited = exitOf(lab);
    process.kill(lab.actors[0]?.pid ?? 0, 'SIGTERM');
    expect(await exited).toEqual({code: 0, signal: null});
  });

  test('SIGTERM ends it in a call that blocks too', async () => {
    await using lab = await openLab(['server']);
    const exited = exitOf(lab);
    const {fd: listener} = await listening(lab);
    const accepting = lab.perform('server', {name: 'accept', fd: listener});
    // It hears its requests in order: once this one is answered, it has begun the other.
    await nameOf(lab, 'server', listener);
    process.kill(lab.actors[0]?.pid ?? 0, 'SIGTERM');
    expect(await exited).toEqual({code: null, signal: 'SIGKILL'});
    expect(await accepting).toEqual({kind: 'lost'});
  });
});

describe('a lab that is disposed of', () => {
  const descriptors = () => readdirSync('/proc/self/fd').length;

  test('has no process any more, also when both actors block', async () => {
    const lab = await openLab(['server', 'client']);
    const pids = lab.actors.map(actor => actor.pid);
    expect(pids.some(isGone)).toBe(false);
    const {fd: listener} = await listening(lab);
    const blocked = [lab.perform('server', {name: 'accept', fd: listener})];
    const made = await socket(lab, 'client', 'AF_INET', 'SOCK_DGRAM');
    blocked.push(lab.perform('client', {name: 'recv', fd: made, length: 1, flags: 0}));
    await lab[Symbol.asyncDispose]();
    expect(areGone(pids)).toBe(true);
    expect(childrenOf(process.pid).filter(pid => pids.includes(pid as never))).toEqual([]);
    expect(await Promise.all(blocked)).toEqual([{kind: 'lost'}, {kind: 'lost'}]);
  });

  test('has no process any more when an actor is stopped and hears nothing', async () => {
    const lab = await openLab(['server']);
    const pid = lab.actors[0]?.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    await lab[Symbol.asyncDispose]();
    expect(isGone(pid)).toBe(true);
  });

  test('leaves TIME_WAIT to the client, so that the port of the server is free', async () => {
    const lab = await openLab(['server', 'client']);
    const {address} = await connected(lab);
    await lab[Symbol.asyncDispose]();
    const rows = () => parseInetTable('tcp', readFileSync('/proc/self/net/tcp', 'utf8'));
    const at = (end: Endpoint | null) => end !== null && endpointText(end) === endpointText(endpointOf(address));
    await until('the client is in TIME_WAIT', () => rows().some(row => at(row.remote) && row.state === 'TIME_WAIT'));
    expect(rows().filter(row => at(row.local))).toEqual([]);
  });

  test('loses calls that come later, and may be disposed of again', async () => {
    const lab = await openLab(['server']);
    await lab[Symbol.asyncDispose]();
    await lab[Symbol.asyncDispose]();
    const call = {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0} as const;
    expect(await lab.perform('server', call)).toEqual({kind: 'lost'});
    expect(await lab.observe()).toEqual({sockets: [], waiting: []});
  });

  inSoak(() => {
    test('leaves no descriptor in this process, however many there were', async () => {
      await (await openLab(actorNames))[Symbol.asyncDispose]();
      const before = [descriptors(), childrenOf(process.pid).length];
      for (let i = 0; i < 3; i++) await (await openLab(actorNames))[Symbol.asyncDispose]();
      await until('the pipes are closed', () => descriptors() <= (before[0] ?? 0));
      expect([descriptors(), childrenOf(process.pid).length]).toEqual(before);
    });
  });
});

describe('an actor that cannot start', () => {
  const options = process.env.NODE_OPTIONS;
  afterEach(() => {
    if (options === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = options;
  });

  const withoutKoffi = fileURLToPath(new URL('without-koffi.cjs', import.meta.url));

  test.each([
    [
      'cannot be made',
      'echo "fork failed: Resource temporarily unavailable" >&2; exit 1',
      {how: 'exit 1', said: /^fork failed/},
    ],
    ['sleeps for ever', 'exec sleep 60', {how: null, said: /^$/}],
  ])('a process that %s is given up, with what is known of it, and none is left', async (_, script, {how, said}) => {
    const before = childrenOf(process.pid);
    const starting = startActor('server', {folder: null, enter: ['sh', '-c', script]}, 500);
    const {what} = await starting.then(
      () => expect.unreachable('it starts'),
      (error: NoProcess) => error,
    );
    expect(what).toEqual({file: 'actor.js', how, said: expect.stringMatching(said)});
    expect(childrenOf(process.pid)).toEqual(before);
  });

  test.each([
    ['its process ends before it is ready', '--no-such-option', NoProcess, /actor\.js: exit 9: .*--no-such-option/],
    ['koffi is not installed', `--require=${withoutKoffi}`, NoSystemCalls, /Cannot find module 'koffi'/],
  ])('is said so, and leaves no process: %s', async (_, nodeOptions, kind, message) => {
    const before = childrenOf(process.pid);
    process.env.NODE_OPTIONS = nodeOptions;
    const opening = openLab(actorNames);
    await expect(opening).rejects.toThrow(kind);
    await expect(opening).rejects.toThrow(message);
    expect(childrenOf(process.pid)).toEqual(before);
  });
});

describe('a program that is killed without a word', () => {
  const program = fileURLToPath(new URL('program-with-lab.ts', import.meta.url));

  test.each(casesOf(['idle', 'blocked', 'node', 'running'], 'blocked', 'running'))(
    'leaves no actor behind: %s',
    async mode => {
      const parent = spawn(process.execPath, ['--import', 'tsx', program, mode], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      try {
        const [line] = await once(parent.stdout, 'data');
        const pids: number[] = JSON.parse(String(line));
        expect(pids.length).toBeGreaterThanOrEqual(2);
        expect(pids.some(isGone)).toBe(false);
        parent.kill('SIGKILL');
        await until('the actors leave', () => areGone(pids));
      } finally {
        parent.kill('SIGKILL');
      }
    },
  );

  // The channel is closed then before the actor's own code listens.
  test.each(['actor.js', 'node-actor.js'])('while %s starts leaves no folder behind', async name => {
    await using folder = await makeFolder();
    const file = fileURLToPath(new URL(`../../../dist/${name}`, import.meta.url));
    const fork = `require('node:child_process').fork(process.argv[1], ['server', process.argv[2]])`;
    const parent = spawn(process.execPath, ['-e', `${fork}; process.kill(process.pid, 'SIGKILL')`, file, folder.path]);
    await once(parent, 'exit');
    await until('the folder goes', () => !existsSync(folder.path));
  });
});
