import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readlinkSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import type {ActorExit, News} from '../../../src/lab/actor/actor-process.ts';
import {makeFolder, writeFiles} from '../../../src/lab/file/folder.ts';
import {type Lab, openLab} from '../../../src/lab/lab.ts';
import {openNetwork} from '../../../src/lab/network/network.ts';
import type {ActorName} from '../../../src/model/actor.ts';
import type {Address} from '../../../src/model/address.ts';
import {type Fd, fd} from '../../../src/model/brands.ts';
import {needs} from '../../needs.ts';
import {anyPort, connected, connectTo, listening, must, nameOf, reuseAddress, socket} from '../calls.ts';
import {whyNotInside} from '../inside.ts';
import {areGone, childrenOf, isGone} from '../processes.ts';
import {until} from '../until.ts';

const rowsOf = async (lab: Lab, actor: ActorName) =>
  (await lab.observe()).sockets.filter(row => row.actor === actor && row.heldBy === 'descriptor');

describe('an actor that is started while the lab is open', () => {
  test('makes calls, and its sockets are read from the kernel beside those of the others', async () => {
    await using lab = await openLab(['server', 'client']);
    const {fd: listener, address} = await listening(lab);
    const pid = await lab.start('client-2');
    expect(lab.actors.map(({name}) => name)).toEqual(['server', 'client', 'client-2']);
    expect(lab.actors.at(-1)?.pid).toBe(pid);
    const made = await socket(lab, 'client-2');
    await must(lab, 'client-2', {name: 'connect', fd: made, address});
    await must(lab, 'server', {name: 'accept', fd: listener});
    const local = await nameOf(lab, 'client-2', made);
    expect(await rowsOf(lab, 'client-2')).toMatchObject([
      {fd: made, state: 'ESTABLISHED', local: {port: 'port' in local && local.port}},
    ]);
    expect(await rowsOf(lab, 'server')).toHaveLength(2);
  });

  test('may be the first one', async () => {
    await using lab = await openLab([]);
    await lab.start('server');
    const made = await socket(lab, 'server');
    expect(await rowsOf(lab, 'server')).toMatchObject([{fd: made, protocol: 'tcp'}]);
  });

  test('lives where the others do', needs(whyNotInside), async () => {
    await using network = await openNetwork('here');
    await using lab = await openLab(['server'], null, {network});
    const pid = await lab.start('client');
    expect(readlinkSync(`/proc/${pid}/ns/net`)).toBe(readlinkSync(`/proc/${network.pid}/ns/net`));
    await connected(lab);
    expect(await rowsOf(lab, 'client')).toMatchObject([{state: 'ESTABLISHED'}]);
  });

  test('is heard by those who listened before, and runs programs in the same folder', async () => {
    await using folder = await makeFolder();
    await writeFiles(folder.path, [{name: 'a.js', text: 'console.log(1)'}]);
    await using lab = await openLab(['server'], folder.path, {showsFiles: false});
    const news: [ActorName, News['kind']][] = [];
    const exits: [ActorName, ActorExit][] = [];
    lab.onNews((actor, {kind}) => news.push([actor, kind]));
    lab.onExit((actor, exit) => exits.push([actor, exit]));
    await lab.start('client');
    expect(await lab.perform('client', {name: 'run', args: ['a.js']})).toMatchObject({outcome: {code: 0}});
    expect(news).toEqual([
      ['client', 'program-started'],
      ['client', 'said'],
    ]);
    await lab.kill('client');
    expect(exits).toEqual([['client', {code: null, signal: 'SIGKILL'}]]);
  });

  test('cannot have the name of one that is alive, or that is being started', async () => {
    await using lab = await openLab(['server']);
    await expect(lab.start('server')).rejects.toThrow('server');
    const starting = lab.start('client');
    await expect(lab.start('client')).rejects.toThrow('client');
    await starting;
    await expect(lab.start('client')).rejects.toThrow('client');
    expect(childrenOf(process.pid).filter(pid => !isGone(pid))).toEqual(
      expect.arrayContaining(lab.actors.map(({pid}) => pid)),
    );
    expect(lab.actors).toHaveLength(2);
  });

  test('and cannot start is said so; it may be tried again, and a process is left of neither', async () => {
    await using lab = await openLab(['server']);
    const before = childrenOf(process.pid);
    const options = process.env.NODE_OPTIONS;
    process.env.NODE_OPTIONS = '--no-such-option';
    try {
      await expect(lab.start('client')).rejects.toThrow(/exit 9: .*--no-such-option/);
    } finally {
      if (options === undefined) delete process.env.NODE_OPTIONS;
      else process.env.NODE_OPTIONS = options;
    }
    expect(childrenOf(process.pid)).toEqual(before);
    expect(lab.actors.map(({name}) => name)).toEqual(['server']);
    await lab.start('client');
    await expect(socket(lab, 'client')).resolves.toBeGreaterThan(2);
  });
});

describe('an actor that the lab kills', () => {
  test('is gone then, loses the calls that wait in it, and its exit is told', async () => {
    await using lab = await openLab(['server', 'client']);
    const exits: [ActorName, ActorExit][] = [];
    lab.onExit((actor, exit) => exits.push([actor, exit]));
    const {fd: listener} = await listening(lab);
    const accepting = lab.perform('server', {name: 'accept', fd: listener});
    await nameOf(lab, 'server', listener);
    const pid = lab.actors.find(({name}) => name === 'server')?.pid ?? 0;
    await lab.kill('server');
    expect(isGone(pid)).toBe(true);
    expect(childrenOf(process.pid)).not.toContain(pid);
    expect(await accepting).toEqual({kind: 'lost'});
    expect(exits).toEqual([['server', {code: null, signal: 'SIGKILL'}]]);
    expect((await lab.observe()).waiting).toEqual([]);
    await expect(socket(lab, 'client')).resolves.toBeGreaterThan(2);
  });

  test('is killed though it is stopped and hears nothing', async () => {
    await using lab = await openLab(['server']);
    const pid = lab.actors[0]?.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    await lab.kill('server');
    expect(isGone(pid)).toBe(true);
  });

  test('may be killed again, also after the lab has ended; one that there never was may not', async () => {
    const lab = await openLab(['server']);
    await lab.kill('server');
    await lab.kill('server');
    await expect(lab.kill('client')).rejects.toThrow('client');
    await lab[Symbol.asyncDispose]();
    await lab.kill('server');
  });

  test('while it is being started is killed once it is there', async () => {
    await using lab = await openLab(['server']);
    const starting = lab.start('client');
    await lab.kill('client');
    expect(isGone(await starting)).toBe(true);
    await lab.start('client');
  });

  test('is replaced by a fresh process, which has no socket of its and makes its own', async () => {
    await using lab = await openLab(['server', 'client']);
    const exits: ActorName[] = [];
    lab.onExit(actor => exits.push(actor));
    const ends = await connected(lab);
    await lab.observe();
    const before = lab.actors.find(({name}) => name === 'server')?.pid;
    await lab.kill('server');
    const pid = await lab.start('server');
    expect(pid).not.toBe(before);
    expect(lab.actors.map(({name}) => name)).toEqual(['server', 'client']);
    expect(await rowsOf(lab, 'server')).toEqual([]);
    const made = await socket(lab, 'server');
    expect(await rowsOf(lab, 'server')).toMatchObject([{fd: made, local: {port: 0}}]);
    // What it left is the kernel's doing: its peer has the FIN.
    const {sockets} = await lab.observe();
    expect(sockets.find(row => row.actor === 'client' && row.fd === ends.client)?.state).toBe('CLOSE_WAIT');
    await must(lab, 'server', {name: 'close', fd: made});
    await lab.kill('server');
    expect(exits).toEqual(['server', 'server']);
  });

  test('can be started anew to listen at the same port, and be connected to', async () => {
    await using lab = await openLab(['server', 'client']);
    const listenAt = async (address: Address) => {
      const listener = await socket(lab, 'server');
      // The connection that is left needs it as well, and has it from its listener.
      await reuseAddress(lab, 'server', listener);
      await must(lab, 'server', {name: 'bind', fd: listener, address});
      await must(lab, 'server', {name: 'listen', fd: listener, backlog: 5});
      return listener;
    };
    const accept = async (listener: Fd) => fd((await must(lab, 'server', {name: 'accept', fd: listener})).value);
    const first = await listenAt(anyPort);
    const address = await nameOf(lab, 'server', first);
    await connectTo(lab, address);
    await accept(first);
    await lab.kill('server');
    await lab.start('server');
    const second = await listenAt(address);
    await connectTo(lab, address);
    const served = await accept(second);
    expect((await rowsOf(lab, 'server')).map(row => [row.fd, row.state])).toEqual([
      [second, 'LISTEN'],
      [served, 'ESTABLISHED'],
    ]);
  });

  test('may be Node: the fresh process knows nothing of the one before', async () => {
    await using folder = await makeFolder();
    await using lab = await openLab(['server'], folder.path, {nodeActors: ['server'], showsFiles: false});
    const evaluate = (code: string) => lab.perform('server', {name: 'evaluate', code});
    for (let i = 0; i < 2; i++) {
      expect(await evaluate('globalThis.n = (globalThis.n ?? 0) + 1')).toMatchObject({outcome: {text: '1'}});
      await lab.settle();
      const pid = lab.actors[0]?.pid ?? 0;
      await lab.kill('server');
      expect(isGone(pid)).toBe(true);
      await lab.start('server');
    }
  });
});

describe('a lab that ends', () => {
  test('ends those that were started later too', async () => {
    const before = childrenOf(process.pid);
    const lab = await openLab(['server']);
    await lab.start('client');
    await lab.kill('server');
    await lab.start('server');
    const pids = lab.actors.map(({pid}) => pid);
    await lab[Symbol.asyncDispose]();
    expect(areGone(pids)).toBe(true);
    expect(childrenOf(process.pid)).toEqual(before);
    await expect(lab.start('client')).rejects.toThrow('ended');
  });

  test.each([
    ['another', 'client'],
    ['the server anew', 'server'],
  ] as const)('while it starts %s has no process then, and the start is said to have failed', async (_, name) => {
    const before = childrenOf(process.pid);
    const lab = await openLab(['server']);
    await lab.kill('server');
    const starting = lab.start(name);
    const ended = expect(starting).rejects.toThrow('ended');
    await lab[Symbol.asyncDispose]();
    expect(childrenOf(process.pid)).toEqual(before);
    await ended;
  });

  test.each(['started', 'starting'])(
    'because its program was killed leaves no process of those that it %s',
    async mode => {
      const program = fileURLToPath(new URL('program-with-lab.ts', import.meta.url));
      const parent = spawn(process.execPath, ['--import', 'tsx', program, mode], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      try {
        const [line] = await once(parent.stdout, 'data');
        const pids: number[] = JSON.parse(String(line));
        expect(pids.length).toBeGreaterThanOrEqual(3);
        parent.kill('SIGKILL');
        await until('the actors leave', () => areGone(pids));
      } finally {
        parent.kill('SIGKILL');
      }
    },
  );
});
