import {readdir} from 'node:fs/promises';
import {describe, expect, test} from 'vitest';
import type {News} from '../../../src/lab/actor/actor-process.ts';
import {makeFolder} from '../../../src/lab/file/folder.ts';
import {type Lab, openLab} from '../../../src/lab/lab.ts';
import type {ActorName} from '../../../src/model/actor.ts';
import type {Outcome} from '../../../src/model/outcome.ts';
import {fromBase64} from '../../../src/model/payload.ts';
import {needs} from '../../needs.ts';
import {outcomeOf} from '../calls.ts';
import {areGone, childrenOf} from '../processes.ts';
import {until} from '../until.ts';
import {whyNotTraced} from './tracing.ts';

/** Both actors are Node, and all that they tell is kept. */
async function nodeLab(nodeActors: readonly ActorName[] = ['server', 'client']) {
  const folder = await makeFolder();
  const lab = await openLab(['server', 'client'], folder.path, {nodeActors, showsFiles: false});
  const news: [ActorName, News][] = [];
  lab.onNews((actor, one) => news.push([actor, one]));
  const dispose = async () => {
    await lab[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  };
  return {lab, news, folder: folder.path, [Symbol.asyncDispose]: dispose};
}

const evaluate = (lab: Lab, code: string, actor: ActorName = 'server'): Promise<Outcome> =>
  outcomeOf(lab, actor, {name: 'evaluate', code});

const saidIn = (news: readonly (readonly [ActorName, News])[]) =>
  news.flatMap(([actor, one]) =>
    one.kind === 'said' ? [[actor, one.stream, Buffer.from(fromBase64(one.data)).toString()]] : [],
  );

const tracedIn = (news: readonly (readonly [ActorName, News])[]) =>
  news.flatMap(([actor, one]) => (one.kind === 'traced' ? [`${actor} ${one.name}`] : []));

const listen = "const server = require('net').createServer().listen(0, '127.0.0.1')";

describe('a statement', () => {
  test('has the names that those before it made, and gives its value in short', async () => {
    await using node = await nodeLab();
    expect(await evaluate(node.lab, 'const net = require("net")')).toEqual({kind: 'evaluated', text: 'undefined'});
    expect(await evaluate(node.lab, 'net.createServer()')).toEqual({kind: 'evaluated', text: '[Server]'});
    expect(await evaluate(node.lab, '"x".repeat(1e6)')).toMatchObject({text: expect.stringMatching(/^'x{199}$/)});
  });

  test('that throws is answered with the error, and the process lives on', async () => {
    await using node = await nodeLab();
    const thrown = await evaluate(node.lab, "require('net').connect({host: 'localhost', port: 1, lookup: true})");
    expect(thrown).toMatchObject({kind: 'threw', error: expect.stringContaining('TypeError [ERR_INVALID_ARG_TYPE]')});
    expect(await evaluate(node.lab, '1 +')).toMatchObject({
      kind: 'threw',
      error: expect.stringContaining('SyntaxError'),
    });
    expect(await evaluate(node.lab, '1 + 1')).toEqual({kind: 'evaluated', text: '2'});
  });

  test('may lead to an error that nothing catches: that ends the process, as it does in Node', async () => {
    await using node = await nodeLab();
    const exits: unknown[] = [];
    node.lab.onExit((actor, exit) => exits.push([actor, exit]));
    await evaluate(node.lab, "require('net').connect(1, '127.0.0.1')");
    await until('the exit is told', () => exits.length > 0);
    expect(exits).toEqual([['server', {code: 1, signal: null}]]);
    await node.lab.settle();
    expect(saidIn(node.news).join()).toContain('ECONNREFUSED');
  });

  test('of an actor that is none of Node is refused, as a call of libc is by one that is', async () => {
    await using node = await nodeLab(['server']);
    await expect(evaluate(node.lab, '1', 'client')).rejects.toThrow('evaluate');
    const call = {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0} as const;
    await expect(node.lab.perform('server', call)).rejects.toThrow('socket');
  });
});

test('what a Node process writes is told line by line', async () => {
  await using node = await nodeLab();
  await evaluate(node.lab, "console.log('one\\ntwo'); console.error('\\x1b[2Jthree')");
  await until('all was told', async () => {
    await node.lab.settle();
    return saidIn(node.news).length === 3;
  });
  expect(saidIn(node.news)).toContainEqual(['server', 'stdout', 'one']);
  expect(saidIn(node.news)).toContainEqual(['server', 'stdout', 'two']);
  expect(saidIn(node.news)).toContainEqual(['server', 'stderr', '\x1b[2Jthree']);
});

test('the sockets of a Node process are found, and its channel is not taken for one', async () => {
  await using node = await nodeLab();
  expect((await node.lab.observe()).sockets).toEqual([]);
  await evaluate(node.lab, listen);
  await until('the kernel has it', async () => (await node.lab.observe()).sockets.length === 1);
  const [row] = (await node.lab.observe()).sockets;
  expect(row).toMatchObject({actor: 'server', state: 'LISTEN', protocol: 'tcp', heldBy: 'descriptor', listed: true});
  const port = row && 'port' in row.local ? row.local.port : 0;
  await evaluate(node.lab, `const socket = require('net').connect(${port}, '127.0.0.1')`, 'client');
  await node.lab.settle();
  await until('both ends are there', async () => (await node.lab.observe()).sockets.length === 3);
  expect((await node.lab.observe()).sockets.map(({actor, state}) => `${actor} ${state}`).sort()).toEqual([
    'client ESTABLISHED',
    'server ESTABLISHED',
    'server LISTEN',
  ]);
});

describe('under strace', needs(whyNotTraced), () => {
  test('the system calls of listen() are told in order, and none of the channel or of files', async () => {
    await using node = await nodeLab();
    expect(node.lab.isTraced).toBe(true);
    await evaluate(node.lab, listen);
    await node.lab.settle();
    expect(tracedIn(node.news)).toEqual(['server socket', 'server setsockopt', 'server bind', 'server listen']);
    const bound = node.news.map(([, one]) => one).find(one => one.kind === 'traced' && one.name === 'listen');
    expect(bound).toMatchObject({args: [expect.any(String), '511'], result: 0, errno: null});
  });

  test('what both do stands in the order in which it was, and no call is told twice', async () => {
    await using node = await nodeLab();
    await evaluate(node.lab, `${listen}.on('connection', it => it.end('x'))`);
    await node.lab.settle();
    const {value} = {value: await evaluate(node.lab, 'server.address().port')};
    const port = value.kind === 'evaluated' ? value.text : '';
    await evaluate(node.lab, `require('net').connect(${port}, '127.0.0.1').resume()`, 'client');
    await node.lab.settle();
    const traced = tracedIn(node.news);
    expect(traced.filter(one => one === 'client connect')).toHaveLength(1);
    expect(traced.indexOf('server accept4')).toBeGreaterThan(traced.indexOf('client connect'));
    expect(traced.indexOf('client read')).toBeGreaterThan(traced.indexOf('server write'));
    expect(traced).toContain('client close');
  });
});

describe('a Node actor', () => {
  test.each(['SIGINT', 'SIGHUP'] as const)('lives on after %s, and so does strace', async signal => {
    await using node = await nodeLab();
    for (const pid of [...node.lab.actors.map(actor => actor.pid), ...childrenOf(process.pid)])
      process.kill(pid, signal);
    expect(await evaluate(node.lab, '1')).toEqual({kind: 'evaluated', text: '1'});
    await node.lab.settle();
  });

  test('that is killed is told so, and strace has ended too', async () => {
    await using node = await nodeLab();
    const exits: unknown[] = [];
    node.lab.onExit((actor, exit) => exits.push([actor, exit]));
    const children = childrenOf(process.pid);
    for (const {pid} of node.lab.actors) process.kill(pid, 'SIGKILL');
    await until('both exits are told', () => exits.length === 2);
    expect(exits).toContainEqual(['server', {code: null, signal: 'SIGKILL'}]);
    await until('nothing is left', () => areGone(children));
    expect(await node.lab.perform('server', {name: 'evaluate', code: '1'})).toEqual({kind: 'lost'});
  });

  test('whose strace is killed leaves as well', needs(whyNotTraced), async () => {
    await using node = await nodeLab();
    const pids = node.lab.actors.map(actor => actor.pid);
    for (const pid of childrenOf(process.pid)) process.kill(pid, 'SIGKILL');
    await until('both have left', () => areGone(pids));
  });

  test.each(['idle', 'stopped', 'busy'])('is gone with its strace when the lab is disposed of: %s', async how => {
    const node = await nodeLab();
    const pids = [...node.lab.actors.map(actor => actor.pid), ...childrenOf(process.pid)];
    if (how === 'stopped') for (const {pid} of node.lab.actors) process.kill(pid, 'SIGSTOP');
    if (how === 'busy') void node.lab.perform('server', {name: 'evaluate', code: 'for (;;);'});
    await node[Symbol.asyncDispose]();
    // strace has gone, and the process that it traced goes with it.
    await until('both have left', () => areGone(pids));
    await expect(readdir(node.folder)).rejects.toThrow('ENOENT');
  });
});
