import {once} from 'node:events';
import {mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync} from 'node:fs';
import {type AddressInfo, connect, createServer, isIP, type ListenOptions, type Server} from 'node:net';
import {endianness, tmpdir} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {inetTables, parseInetTable, parseUnixTable, type TableRow} from '../../../src/lab/kernel/proc-net.ts';
import {tcpStates} from '../../../src/lab/libc/tcp-info.ts';
import {needs} from '../../needs.ts';
import {whyNoIpv6} from '../calls.ts';

type InetTable = (typeof inetTables)[number];

const read = (name: string) => readFileSync(`/proc/self/net/${name}`, 'utf8');
const inet = (name: InetTable) => parseInetTable(name, read(name));
const unix = () => parseUnixTable(read('unix'));

async function serving(options: ListenOptions): Promise<Server & AsyncDisposable> {
  const server = createServer(socket => socket.resume());
  server.listen(options);
  await once(server, 'listening');
  return server;
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;
const on = (n: number) => (row: TableRow) => 'port' in row.local && row.local.port === n;

/** The rows with that local port, read until they are as expected: one reading may miss a row while the table changes. */
const rowsOf = (name: InetTable, port: number) => expect.poll(() => inet(name).filter(on(port)), {timeout: 100_000});

/** The inodes of this process's own sockets. */
function ownInodes(): number[] {
  const links = readdirSync('/proc/self/fd').map(n => {
    try {
      return readlinkSync(`/proc/self/fd/${n}`);
    } catch {
      return '';
    }
  });
  return links.flatMap(link => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []).map(Number);
}

describe('the tables of TCP', () => {
  test('a server that listens on 127.0.0.1 is a row of tcp', async () => {
    await using server = await serving({host: '127.0.0.1', port: 0});
    await rowsOf('tcp', portOf(server)).toEqual([
      {
        protocol: 'tcp',
        local: {host: '127.0.0.1', port: portOf(server)},
        remote: {host: '0.0.0.0', port: 0},
        state: 'LISTEN',
        recvQueue: 0,
        sendQueue: 0,
        inode: expect.toSatisfy((inode: number) => ownInodes().includes(inode)),
      },
    ]);
  });

  test('a server that listens on ::1 is a row of tcp6', needs(whyNoIpv6), async () => {
    await using server = await serving({host: '::1', port: 0});
    await rowsOf('tcp6', portOf(server)).toMatchObject([
      {protocol: 'tcp6', local: {host: '::1'}, remote: {host: '::', port: 0}, state: 'LISTEN'},
    ]);
    expect(inet('tcp').filter(on(portOf(server)))).toEqual([]);
  });

  test('an IPv4 client of a :: listener has an IPv4-mapped address in tcp6', needs(whyNoIpv6), async () => {
    await using server = await serving({host: '::', port: 0});
    await using client = connect(portOf(server), '127.0.0.1');
    await Promise.all([once(client, 'connect'), once(server, 'connection')]);
    const mapped = (n?: number) => ({host: '::ffff:127.0.0.1', port: n});
    await rowsOf('tcp6', portOf(server)).toContainEqual(
      expect.objectContaining({local: mapped(portOf(server)), remote: mapped(client.localPort), state: 'ESTABLISHED'}),
    );
    await rowsOf('tcp', client.localPort ?? 0).toMatchObject([
      {local: {host: '127.0.0.1'}, remote: {host: '127.0.0.1'}, state: 'ESTABLISHED'},
    ]);
  });

  // The kernel prints an address as a number of this machine: facts known for little-endian ones.
  const whyNotLittle = endianness() === 'LE' ? null : 'needs a little-endian machine';
  test('a line of a little-endian machine is read field by field', needs(whyNotLittle), () => {
    const line =
      '   4: 0100007F:1F90 0A00000A:A3DC 08 0000000A:0001001F 00:00000000 00000000  1000        0 90211 1 0000000000000000 20 4 0 10 -1';
    expect(parseInetTable('tcp', line)).toEqual([
      {
        protocol: 'tcp',
        local: {host: '127.0.0.1', port: 8080},
        remote: {host: '10.0.0.10', port: 41948},
        state: 'CLOSE_WAIT',
        recvQueue: 0x1001f,
        sendQueue: 10,
        inode: 90211,
      },
    ]);
  });

  test('a connection that the kernel lists again, while the table changes, is one row: the newest', () => {
    const line = (state: string, inode: number) =>
      `   0: 0100007F:1F90 0100007F:A3DC ${state} 00000000:00000000 00:00000000 00000000  0  0 ${inode} 1`;
    expect(parseInetTable('tcp', [line('01', 7), line('05', 0), line('06', 0)].join('\n'))).toMatchObject([
      {state: 'TIME_WAIT', inode: 0},
    ]);
  });

  test('two listeners that share an address are two rows', () => {
    const line = (inode: number) =>
      `   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  0  0 ${inode} 1`;
    expect(parseInetTable('tcp', [line(7), line(8), line(7)].join('\n')).map(row => row.inode)).toEqual([7, 8]);
  });

  test('the header and unknown states are no rows', () => {
    const header = read('tcp').split('\n')[0] ?? '';
    const odd =
      '   0: 0100007F:1F90 00000000:0000 7F 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0';
    expect(parseInetTable('tcp', `${header}\n${odd}\n`)).toEqual([]);
  });
});

describe('the table of Unix sockets', () => {
  let directory = '';
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'sockwalk proc net '));
  });
  afterAll(() => rmSync(directory, {recursive: true}));

  test('a listener is a row with its path, also one with spaces', async () => {
    const path = join(directory, 'two  spaces ');
    await using server = await serving({path});
    expect(server.listening).toBe(true);
    const rows = unix().filter(row => 'path' in row.local && row.local.path === path);
    expect(rows).toMatchObject([{protocol: 'unix', remote: null, state: 'LISTEN', recvQueue: null, sendQueue: null}]);
    expect(ownInodes()).toContain(rows[0]?.inode);
  });

  test('a client has no path, and the socket that was accepted for it has the path of the listener', async () => {
    const path = join(directory, 'echo.sock');
    await using server = await serving({path});
    await using client = connect(path);
    await Promise.all([once(client, 'connect'), once(server, 'connection')]);
    const mine = unix().filter(row => ownInodes().includes(row.inode));
    expect(mine).toContainEqual(expect.objectContaining({local: {path: ''}, state: 'CONNECTED'}));
    expect(mine).toContainEqual(expect.objectContaining({local: {path}, state: 'CONNECTED'}));
  });

  test.each(['a\rb', 'a\u2028b', '@abstract', '  '])('the path %j is read as it is', path => {
    const line = `0000000000000000: 00000002 00000000 00010000 0001 01 12345 ${path}`;
    expect(parseUnixTable(line)).toMatchObject([{local: {path}, state: 'LISTEN', inode: 12345}]);
  });
});

describe('any text at all', () => {
  const hexDigits = (max: number) => fc.string({unit: fc.constantFrom(...'0123456789ABCDEF'), maxLength: max});
  const field = fc.oneof(
    hexDigits(40),
    fc.constantFrom('0100007F:1F90', '01', '00000000:00000000', '00:00000000', '1'),
  );
  const end = fc.tuple(hexDigits(40), hexDigits(10)).map(([host, number]) => `${host}:${number}`);
  const often = (usual: string, max: number) => fc.oneof({weight: 3, arbitrary: fc.constant(usual)}, hexDigits(max));
  const inetLike = fc
    .tuple(end, end, often('01', 3), often('00000000', 9), often('00000001', 9), fc.bigInt({min: 0n}))
    .map(
      ([local, remote, state, tx, rx, inode]) =>
        `  0: ${local} ${remote} ${state} ${tx}:${rx} 00:00000000 00000000 0 0 ${inode} 1`,
    );
  const words = fc.array(fc.oneof(field, end, fc.string()), {maxLength: 14}).map(fields => `0: ${fields.join(' ')}`);
  const spoilt = (name: string) =>
    fc.tuple(fc.nat(), fc.string({maxLength: 3})).map(([at, put]) => {
      const table = read(name);
      const where = at % table.length;
      return table.slice(0, where) + put + table.slice(where + put.length);
    });

  const isSound = (end: TableRow['local']) =>
    'path' in end || (isIP(end.host) !== 0 && Number.isInteger(end.port) && end.port >= 0 && end.port <= 65535);
  const isCount = (n: number | null) => n === null || (Number.isSafeInteger(n) && n >= 0);

  // Tables of a busy machine have thousands of rows: they are looked at together.
  function expectSoundRows(rows: readonly TableRow[], states: readonly string[]): void {
    const areSound = ({local, remote, state, ...row}: TableRow): boolean =>
      isSound(local) &&
      (remote === null || isSound(remote)) &&
      states.includes(state) &&
      [row.recvQueue, row.sendQueue, row.inode, row.drops ?? 0].every(isCount);
    expect(rows.filter(row => !areSound(row))).toEqual([]);
  }

  test('gives only sound rows of TCP and UDP, and never throws', () => {
    const text = fc.oneof(fc.string(), words, inetLike, ...inetTables.map(spoilt));
    fc.assert(
      fc.property(fc.constantFrom(...inetTables), text, (name, table) => {
        expectSoundRows(parseInetTable(name, table), Object.values(tcpStates));
      }),
      {numRuns: 1000},
    );
  });

  test('gives only sound rows of Unix sockets, and never throws', () => {
    const states = ['FREE', 'UNCONNECTED', 'CONNECTING', 'CONNECTED', 'DISCONNECTING', 'LISTEN'];
    const line = fc
      .tuple(hexDigits(10), hexDigits(4), fc.bigInt({min: 0n}), fc.string())
      .map(([flags, state, inode, path]) => `0000: 00000002 00000000 ${flags} 0001 ${state} ${inode} ${path}`);
    fc.assert(
      fc.property(fc.oneof(fc.string(), words, line, spoilt('unix')), table => {
        expectSoundRows(parseUnixTable(table), states);
      }),
      {numRuns: 1000},
    );
  });
});
