import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {parseInetTable} from '../../../src/lab/kernel/proc-net.ts';
import {type Lab, openLab} from '../../../src/lab/lab.ts';
import {type Address, endpointOf} from '../../../src/model/address.ts';
import {type Fd, fd, type Port} from '../../../src/model/brands.ts';
import type {SocketRow} from '../../../src/model/sockets.ts';
import {needs} from '../../needs.ts';
import {
  anyPort,
  anyPort6,
  bound,
  connected,
  connectTo,
  listening,
  must,
  nameOf,
  reuseAddress,
  socket,
  text,
  whyNoIpv6,
} from '../calls.ts';
import {until} from '../until.ts';

const rows = async (lab: Lab) => (await lab.observe()).sockets;
const ofFd = async (lab: Lab, n: Fd, actor = 'server') =>
  (await rows(lab)).filter(row => row.fd === n && row.actor === actor);
const end = (address: Address) => endpointOf(address);

/** Observes until the rows are as wanted: the kernel works on after a call has returned. */
async function rowsOnce(lab: Lab, what: string, wanted: (rows: readonly SocketRow[]) => boolean) {
  let seen: readonly SocketRow[] = [];
  await until(what, async () => {
    seen = await rows(lab);
    return wanted(seen);
  });
  return seen;
}

describe('a socket that no table lists', () => {
  test.each([
    ['AF_INET', 'SOCK_STREAM', 'tcp', '0.0.0.0'],
    ['AF_INET6', 'SOCK_STREAM', 'tcp6', '::'],
    ['AF_INET', 'SOCK_DGRAM', 'udp', '0.0.0.0'],
    ['AF_INET6', 'SOCK_DGRAM', 'udp6', '::'],
  ] as const)('of %s and %s is shown by its descriptor: %s, %s and port 0', async (domain, type, protocol, host) => {
    await using lab = await openLab(['server']);
    const made = await socket(lab, 'server', domain, type);
    expect(await rows(lab)).toEqual([
      {
        actor: 'server',
        fd: made,
        inode: expect.any(Number),
        protocol,
        local: {host, port: 0},
        remote: null,
        state: 'CLOSE',
        recvQueue: null,
        sendQueue: null,
        listed: false,
        heldBy: 'descriptor',
      },
    ]);
  });

  test('has the address that bind() gave it', async () => {
    await using lab = await openLab(['server']);
    const {fd: made, address} = await bound(lab, 'server');
    expect(await rows(lab)).toMatchObject([
      {fd: made, local: end(address), remote: null, state: 'CLOSE', listed: false},
    ]);
  });

  test('has the inode of its descriptor', async () => {
    await using lab = await openLab(['server']);
    await bound(lab, 'server');
    const [row] = await rows(lab);
    expect(row?.inode).toBeGreaterThan(0);
  });
});

describe('a connection', () => {
  test('that nobody has accepted stands in the queue of the listener, with inode 0', async () => {
    await using lab = await openLab(['server', 'client']);
    const listener = await listening(lab);
    const client = await connectTo(lab, listener.address);
    await must(lab, 'client', {name: 'send', fd: client, data: text('early'), flags: 0});
    const local = end(await nameOf(lab, 'client', client));
    const seen = await rows(lab);
    expect(seen.find(row => row.state === 'LISTEN')).toMatchObject({actor: 'server', recvQueue: 1, listed: true});
    expect(seen.filter(row => row.heldBy !== 'descriptor')).toEqual([
      {
        actor: 'server',
        fd: null,
        inode: 0,
        protocol: 'tcp',
        local: end(listener.address),
        remote: local,
        state: 'ESTABLISHED',
        recvQueue: 5,
        sendQueue: 0,
        listed: true,
        heldBy: 'accept-queue',
      },
    ]);
    expect(seen).toContainEqual(expect.objectContaining({actor: 'client', fd: client, local, state: 'ESTABLISHED'}));
  });

  test('belongs to a descriptor once it is accepted', async () => {
    await using lab = await openLab(['server', 'client']);
    const ends = await connected(lab);
    const seen = await rows(lab);
    expect(seen).toHaveLength(3);
    expect(seen.every(row => row.heldBy === 'descriptor' && row.inode !== 0)).toBe(true);
    expect(await ofFd(lab, ends.server)).toMatchObject([{local: end(ends.address), state: 'ESTABLISHED'}]);
  });

  test('shows the bytes that wait to be received, and one for an unread FIN', async () => {
    await using lab = await openLab(['server', 'client']);
    const ends = await connected(lab);
    await must(lab, 'client', {name: 'send', fd: ends.client, data: text('hello'), flags: 0});
    expect(await ofFd(lab, ends.server)).toMatchObject([{recvQueue: 5}]);
    await must(lab, 'server', {name: 'recv', fd: ends.server, length: 5, flags: 0});
    await must(lab, 'client', {name: 'shutdown', fd: ends.client, how: 'SHUT_WR'});
    const seen = await rowsOnce(lab, 'the FIN arrives', all => all.some(row => row.state === 'CLOSE_WAIT'));
    expect(seen.find(row => row.fd === ends.server && row.actor === 'server')).toMatchObject({recvQueue: 1});
  });

  test.each(['client', 'server'] as const)(
    'is kept in TIME_WAIT by the kernel on the side that closed first: the %s',
    async first => {
      await using lab = await openLab(['server', 'client']);
      const ends = await connected(lab);
      const second = first === 'client' ? 'server' : 'client';
      const local = end(await nameOf(lab, first, ends[first]));
      const remote = end(await nameOf(lab, second, ends[second]));
      await rows(lab);
      await must(lab, first, {name: 'close', fd: ends[first]});
      const half = await rowsOnce(lab, 'the FIN is acknowledged', all => all.some(row => row.state === 'FIN_WAIT2'));
      expect(half.filter(row => row.heldBy === 'kernel')).toMatchObject([
        {actor: first, fd: null, inode: 0, state: 'FIN_WAIT2'},
      ]);
      await must(lab, second, {name: 'close', fd: ends[second]});
      const seen = await rowsOnce(lab, 'the last FIN arrives', all => all.some(row => row.state === 'TIME_WAIT'));
      expect(seen.filter(row => row.state !== 'LISTEN')).toMatchObject([
        {actor: first, fd: null, inode: 0, local, remote, state: 'TIME_WAIT', heldBy: 'kernel', listed: true},
      ]);
    },
  );

  test('of a client that was killed is closed by the kernel', async () => {
    await using lab = await openLab(['server', 'client']);
    await connected(lab);
    await rows(lab);
    process.kill(lab.actors.find(actor => actor.name === 'client')?.pid ?? 0, 'SIGKILL');
    // The table is read row by row: the two ends may be of different moments.
    const seen = await rowsOnce(lab, 'the FIN is acknowledged', all =>
      ['FIN_WAIT2', 'CLOSE_WAIT'].every(state => all.some(row => row.state === state)),
    );
    expect(seen.filter(row => row.state !== 'LISTEN')).toMatchObject([
      {actor: 'server', state: 'CLOSE_WAIT', heldBy: 'descriptor'},
      {actor: 'client', state: 'FIN_WAIT2', heldBy: 'kernel', fd: null},
    ]);
  });

  test('of an IPv4 client with a :: listener is a row of tcp and a row of tcp6', needs(whyNoIpv6), async () => {
    await using lab = await openLab(['server', 'client']);
    const ends = await listening(lab, {...anyPort6, host: '::'});
    const port = 'port' in ends.address ? ends.address.port : 0;
    const client = await connectTo(lab, {...anyPort, port: port as Port});
    const mapped = {host: '::ffff:127.0.0.1', port};
    const queued = (await rows(lab)).filter(row => row.heldBy === 'accept-queue');
    expect(queued).toMatchObject([{actor: 'server', protocol: 'tcp6', local: mapped}]);
    const {address: from} = await must(lab, 'server', {name: 'accept', fd: ends.fd});
    const local = await nameOf(lab, 'client', client);
    const established = (await rows(lab)).filter(row => row.state === 'ESTABLISHED');
    expect(established).toMatchObject([
      {actor: 'server', protocol: 'tcp6', local: mapped, remote: from && end(from)},
      {actor: 'client', protocol: 'tcp', local: end(local), remote: {host: '127.0.0.1', port}},
    ]);
  });
});

describe('what is not ours', () => {
  /** A connection whose server end is closed, and with `how` also its client end; its port may be taken again. */
  async function closeServer(earlier: Lab, how: 'half' | 'whole'): Promise<Address> {
    const ends = await connected(earlier);
    await reuseAddress(earlier, 'server', ends.server);
    await must(earlier, 'server', {name: 'close', fd: ends.server});
    await must(earlier, 'server', {name: 'close', fd: ends.listener});
    if (how === 'whole') await must(earlier, 'client', {name: 'close', fd: ends.client});
    return ends.address;
  }

  const statesOn = async ({port}: {readonly port: Port}) =>
    parseInetTable('tcp', await readFile('/proc/self/net/tcp', 'utf8'))
      .filter(row => 'port' in row.local && row.local.port === port)
      .map(row => row.state);

  test.each([
    ['TIME_WAIT', 'whole'],
    ['FIN_WAIT2', 'half'],
  ] as const)('%s of an earlier lab on the same port is not shown', async (state, how) => {
    await using earlier = await openLab(['server', 'client']);
    const address = await closeServer(earlier, how);
    if (address.family === 'AF_UNIX') throw new Error('a port is needed');
    await until(`the earlier connection is in ${state}`, async () => (await statesOn(address)).includes(state));
    await using lab = await openLab(['server']);
    const made = await socket(lab, 'server');
    await reuseAddress(lab, 'server', made);
    await must(lab, 'server', {name: 'bind', fd: made, address});
    await must(lab, 'server', {name: 'listen', fd: made, backlog: 1});
    expect(await rows(lab)).toMatchObject([{fd: made, state: 'LISTEN'}]);
    expect(await statesOn(address)).toContain(state);
  });

  test('a queue of another lab with the same port number on IPv6 is not shown', needs(whyNoIpv6), async () => {
    await using other = await openLab(['server', 'client']);
    const theirs = await listening(other, anyPort6);
    await connectTo(other, theirs.address);
    await using lab = await openLab(['server']);
    const wildcard = {
      ...anyPort,
      host: '0.0.0.0',
      port: 'port' in theirs.address ? theirs.address.port : anyPort.port,
    };
    const mine = await listening(lab, wildcard);
    expect(await rows(lab)).toMatchObject([{fd: mine.fd, state: 'LISTEN', protocol: 'tcp'}]);
  });
});

describe('a Unix socket', () => {
  test('is listed from the moment it is made, with its path once it has one', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'sockwalk-observer-'));
    try {
      await using lab = await openLab(['server', 'client']);
      const made = await socket(lab, 'server', 'AF_UNIX');
      expect(await rows(lab)).toMatchObject([
        {fd: made, protocol: 'unix', local: {path: ''}, state: 'UNCONNECTED', listed: true},
      ]);
      const path = join(directory, 'x.sock');
      const {listener, client, server} = await connected(lab, {family: 'AF_UNIX', path});
      expect(await ofFd(lab, listener)).toMatchObject([{local: {path}, state: 'LISTEN'}]);
      expect(await ofFd(lab, server)).toMatchObject([{local: {path}, state: 'CONNECTED'}]);
      expect(await ofFd(lab, client, 'client')).toMatchObject([{local: {path: ''}, state: 'CONNECTED'}]);
    } finally {
      await rm(directory, {recursive: true});
    }
  });
});

describe('a descriptor', () => {
  test('that is closed is shown no more, and its number may come back as another socket', async () => {
    await using lab = await openLab(['server']);
    const made = await socket(lab, 'server');
    await must(lab, 'server', {name: 'close', fd: made});
    expect(await rows(lab)).toEqual([]);
    const again = await socket(lab, 'server', 'AF_INET', 'SOCK_DGRAM');
    expect(again).toBe(made);
    expect(await rows(lab)).toMatchObject([{fd: again, protocol: 'udp'}]);
  });

  test('of the actor itself, such as standard input, is not shown', async () => {
    await using lab = await openLab(['server']);
    await lab.perform('server', {name: 'getsockname', fd: fd(0)});
    expect(await rows(lab)).toEqual([]);
  });
});
