import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, readFileSync, readlinkSync} from 'node:fs';
import {promisify} from 'node:util';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {type Lab, openLab} from '../../../src/lab/lab.ts';
import {framesHeld} from '../../../src/lab/network/frame-store.ts';
import {type Network, openNetwork} from '../../../src/lab/network/network.ts';
import {type Fd, fd, port} from '../../../src/model/brands.ts';
import {fromBase64, toBase64} from '../../../src/model/payload.ts';
import type {Frame} from '../../../src/model/wire.ts';
import {summaryOf} from '../../../src/wire/summary.ts';
import {needs} from '../../needs.ts';
import {whyNotInside, whyWithout} from '../inside.ts';
import {until} from '../until.ts';

const run = promisify(execFile);

/** Runs a command on a host of the network. */
const inside = (network: Network, ...command: readonly string[]) => {
  const [enter = '', ...args] = [...network.enter('here'), ...command];
  return run(enter, args);
};

const flagsOf = (frames: readonly Frame[]): string[] =>
  frames.map(frame => {
    const summary = summaryOf(fromBase64(frame.data), frame.length);
    return summary?.kind === 'tcp' ? summary.flags.join(',') : (summary?.kind ?? '?');
  });

const server = {family: 'AF_INET', host: '127.0.0.1', port: port(8080)} as const;

/** A conversation: connect, 5 bytes each way, both close. */
async function talk(lab: Lab): Promise<void> {
  const made = async (...call: Parameters<Lab['perform']>): Promise<Fd> => {
    const answer = await lab.perform(...call);
    if ('kind' in answer || answer.outcome.kind !== 'returned') throw new Error(JSON.stringify(answer));
    return fd(answer.outcome.value);
  };
  const socket = {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0} as const;
  const data = toBase64(Buffer.from('hello'));
  const listener = await made('server', socket);
  await made('server', {name: 'bind', fd: listener, address: server});
  await made('server', {name: 'listen', fd: listener, backlog: 5});
  const client = await made('client', socket);
  await made('client', {name: 'connect', fd: client, address: server});
  const connection = await made('server', {name: 'accept', fd: listener});
  await made('client', {name: 'send', fd: client, data, flags: 0});
  await made('server', {name: 'recv', fd: connection, length: 100, flags: 0});
  await made('server', {name: 'send', fd: connection, data, flags: 0});
  await made('client', {name: 'recv', fd: client, length: 100, flags: 0});
  await made('client', {name: 'close', fd: client});
  await made('server', {name: 'close', fd: connection});
  await made('server', {name: 'close', fd: listener});
}

/** A counter of /proc/net/snmp (man 5 proc_net) as the network has it. */
function counter(network: Network, protocol: string, name: string): number {
  const lines = readFileSync(`/proc/${network.pid}/net/snmp`, 'utf8').split('\n');
  const [names = '', values = ''] = lines.filter(line => line.startsWith(`${protocol}: `));
  return Number(values.split(' ')[names.split(' ').indexOf(name)]);
}

describe('a private network', needs(whyNotInside), () => {
  let network: Network;
  beforeEach(async () => {
    network = await openNetwork('here');
    await network.ready;
  });
  afterEach(() => network[Symbol.asyncDispose]());

  test('is another one than this machine’s, with loopback up, and gone with its process', async () => {
    expect(readlinkSync(`/proc/${network.pid}/ns/net`)).not.toBe(readlinkSync('/proc/self/ns/net'));
    expect(readFileSync(`/proc/${network.pid}/net/dev`, 'utf8')).toMatch(/lo:/);
    await network[Symbol.asyncDispose]();
    expect(existsSync(`/proc/${network.pid}`)).toBe(false);
  });

  test('its actors live in it, and every segment of theirs is captured, in order, as the kernel counts them', async () => {
    await using lab = await openLab(['server', 'client'], null, {network});
    for (const {pid} of lab.actors)
      expect(readlinkSync(`/proc/${pid}/ns/net`)).toBe(readlinkSync(`/proc/${network.pid}/ns/net`));
    await talk(lab);
    const {frames, count} = await network.frames();
    const flags = flagsOf(frames);
    expect([flags.slice(0, 3), flags.at(-1)]).toEqual([['SYN', 'ACK,SYN', 'ACK'], 'ACK']);
    // Whether an acknowledgement goes alone or with what the process says next depends on how soon it says it.
    expect(flags.filter(one => one !== 'ACK')).toEqual([
      ...['SYN', 'ACK,SYN', 'ACK,PSH', 'ACK,PSH', 'ACK,FIN', 'ACK,FIN'],
    ]);
    expect(count).toEqual({captured: frames.length, dropped: 0, omitted: 0});
    expect(counter(network, 'Tcp', 'InSegs')).toBe(frames.length);
    const times = frames.map(frame => BigInt(frame.time));
    expect(times.toSorted((a, b) => Number(a - b))).toEqual(times);
  });

  test('a drop rule of the filter takes what was captured, and flushing it lets the rest through', async () => {
    await using lab = await openLab(['server', 'client'], null, {network});
    const rule = {kind: 'drop', hook: 'input', protocol: 'udp', port: 9} as const;
    const added = await network.filter({host: 'here', rule});
    expect(added).toMatchObject({outcome: {kind: 'returned', value: 0}});
    const made = await lab.perform('client', {name: 'socket', domain: 'AF_INET', type: 'SOCK_DGRAM', protocol: 0});
    const socket = 'outcome' in made && made.outcome.kind === 'returned' ? fd(made.outcome.value) : fd(-1);
    const address = {family: 'AF_INET', host: '127.0.0.1', port: port(9)} as const;
    const send = {name: 'sendto', fd: socket, data: 'aGk=', flags: 0, address} as const;
    await lab.perform('client', send);
    expect(flagsOf((await network.frames()).frames)).toEqual(['udp']);
    await network.filter({host: 'here', rule: null});
    await lab.perform('client', send);
    // Nobody has the port: now the kernel gets to see the datagram, and says so.
    expect(flagsOf((await network.frames()).frames)).toEqual(['udp', 'icmp']);
  });

  test('of more frames than are held the newest stay, and the others are counted', async () => {
    const sent = framesHeld + 3000;
    const flood = `
      const socket = require('node:dgram').createSocket('udp4');
      let n = 0;
      const next = () => n < ${sent} ? socket.send(String(n++), 9, '127.0.0.1', next) : socket.close();
      next();`;
    await using _sink = await sinkOf(network);
    await inside(network, process.execPath, '-e', flood);
    const {frames, count} = await network.frames();
    // A machine that is busy with something else may leave the kernel no room for some.
    expect(count.captured + count.dropped).toBe(sent);
    expect(frames).toHaveLength(Math.min(framesHeld, count.captured));
    expect(frames.length + count.omitted).toBe(count.captured);
    const numbers = frames.map(({data}) => Number(Buffer.from(data, 'base64').subarray(42).toString()));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(sent - (numbers[0] ?? 0)).toBeLessThanOrEqual(framesHeld + count.dropped);
  });
});

/** Somebody who has port 9, so that no datagram is answered with ICMP. */
async function sinkOf(network: Network): Promise<AsyncDisposable> {
  const program = `
    const socket = require('node:dgram').createSocket('udp4');
    socket.bind(9, '127.0.0.1', () => console.log('bound'));`;
  const [enter = '', ...args] = [...network.enter('here'), process.execPath, '-e', program];
  const child = spawn(enter, args, {stdio: ['ignore', 'pipe', 'ignore']});
  await once(child.stdout, 'data');
  return {
    async [Symbol.asyncDispose]() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

const whyNoTshark = whyWithout('tshark', '--version');

describe('beside tshark', needs(whyNotInside, whyNoTshark), () => {
  test('the same segments are captured, byte for byte', async () => {
    await using network = await openNetwork('here');
    await using lab = await openLab(['server', 'client'], null, {network});
    const [enter = '', ...args] = [...network.enter('here'), 'tshark', '-i', 'lo', '-l', '-x', '-Q'];
    const tshark = spawn(enter, args, {stdio: ['ignore', 'pipe', 'ignore']});
    const ended = once(tshark, 'exit');
    let dump = '';
    tshark.stdout.setEncoding('utf8').on('data', text => {
      dump += text;
    });
    // A datagram that is seen says that it captures, and another that it has seen all before.
    const mark = (text: string) =>
      inside(
        network,
        process.execPath,
        '-e',
        `
        const socket = require('node:dgram').createSocket('udp4');
        socket.send('${text}', 9, '127.0.0.1', () => socket.close());`,
      );
    const hasSeen = (text: string) => dump.includes(text);
    await until('tshark captures', async () => hasSeen('begin') || (await mark('begin').then(() => false)));
    await talk(lab);
    await mark('end of it');
    await until('tshark has seen it all', () => hasSeen('end of it'));
    tshark.kill('SIGTERM');
    await ended;
    // tshark itself looks for an Android device on port 5037, over the loopback that it captures.
    const isOurs = (hex: string) => hex.slice(46, 48) === '06' && hex.slice(68, 76).includes('1f90');
    const {frames} = await network.frames();
    const ours = frames.map(({data}) => Buffer.from(data, 'base64').toString('hex')).filter(isOurs);
    // The handshake, the data, and both FINs; how many acknowledgments go with them is a matter of time.
    expect(ours.length).toBeGreaterThan(6);
    expect(hexOf(dump).filter(isOurs)).toEqual(ours);
  });
});

/** What `tshark -x` writes: `0000  00 00 00 … 45 00   ......E.`, frames parted by empty lines. */
const hexOf = (dump: string): string[] =>
  dump
    .trim()
    .split('\n\n')
    .map(frame =>
      frame
        .split('\n')
        .map(line => line.slice(4, 54).replaceAll(' ', ''))
        .join(''),
    );
