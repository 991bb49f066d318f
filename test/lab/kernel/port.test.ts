import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {type AddressInfo, createServer, type Server} from 'node:net';
import {isDeepStrictEqual} from 'node:util';
import {describe, expect, test} from 'vitest';
import {holdPort, nextFree, ownerOf, refusalOf} from '../../../src/lab/kernel/port.ts';
import {openLab} from '../../../src/lab/lab.ts';
import {port} from '../../../src/model/brands.ts';
import {needs} from '../../needs.ts';
import {bound, connected, must, outcomeOf, socket, whyNoIpv6} from '../calls.ts';
import {until} from '../until.ts';

/** A server of this process on the port; on any for 0. Null when the port is taken. */
async function listenOn(n: number, host = '127.0.0.1'): Promise<(Server & AsyncDisposable) | null> {
  const server = createServer();
  const listening = once(server, 'listening');
  server.listen({port: n, host, exclusive: true});
  return listening.then(
    () => server,
    () => null,
  );
}

async function anyServer(host?: string): Promise<Server & AsyncDisposable> {
  const server = await listenOn(0, host);
  if (!server) throw new Error('no port is free');
  return server;
}

const portOf = (server: Server) => port((server.address() as AddressInfo).port);

describe('a port that another socket listens on', () => {
  test('is refused with EADDRINUSE until it is closed', async () => {
    const server = await anyServer();
    const taken = portOf(server);
    expect(await refusalOf(taken)).toBe('EADDRINUSE');
    await server[Symbol.asyncDispose]();
    expect(await refusalOf(taken)).toBeNull();
  });

  test('is owned by this very process', async () => {
    await using server = await anyServer();
    expect(await ownerOf(portOf(server))).toEqual({
      kind: 'process',
      pid: process.pid,
      command: expect.stringContaining('node'),
    });
  });

  test('is found when it listens on ::', needs(whyNoIpv6), async () => {
    await using server = await anyServer('::');
    expect(await refusalOf(portOf(server))).toBe('EADDRINUSE');
    expect(await ownerOf(portOf(server))).toMatchObject({kind: 'process', pid: process.pid});
  });

  test('is owned by the other process that listens there', async () => {
    const script =
      "const s = require('net').createServer().listen(0, '127.0.0.1', () => console.log(s.address().port))";
    const other = spawn(process.execPath, ['-e', script], {stdio: ['ignore', 'pipe', 'inherit']});
    try {
      const [line] = await once(other.stdout, 'data');
      expect(await ownerOf(port(Number(line)))).toEqual({kind: 'process', pid: other.pid, command: 'node'});
    } finally {
      other.kill('SIGKILL');
    }
  });

  test('is owned by the listener, not by one who is connected to it', async () => {
    await using lab = await openLab(['server', 'client']);
    const {address} = await connected(lab);
    const taken = 'port' in address ? address.port : port(0);
    expect(await ownerOf(taken)).toMatchObject({kind: 'process', pid: lab.actors[0]?.pid});
  });
});

describe('the next free port', () => {
  test('is above every one that is taken in between', async () => {
    await using first = await anyServer();
    const taken = portOf(first);
    await using second = await listenOn(taken + 1);
    expect([null, portOf(first) + 1]).toContain(second && portOf(second));
    const free = await nextFree(taken);
    await using _ = free?.hold;
    expect(free?.port).toBeGreaterThan(taken + 1);
    expect(free?.port).toBeLessThanOrEqual(65535);
  });

  test('is not one that another walk holds, though nobody has bound it yet', async () => {
    await using first = await anyServer();
    const taken = portOf(first);
    const held = await nextFree(taken);
    const other = await nextFree(taken);
    expect(other?.port).toBeGreaterThan(held?.port ?? 65535);
    expect(await holdPort(held?.port ?? port(0))).toBeNull();
    await held?.hold[Symbol.asyncDispose]();
    await other?.hold[Symbol.asyncDispose]();
    await using again = await holdPort(held?.port ?? port(0));
    expect(again).not.toBeNull();
  });

  test('is held by a name as long as a name can be: all versions of Node give the kernel the same', async () => {
    await using first = await anyServer();
    const free = await nextFree(portOf(first));
    await using _ = free?.hold;
    // Abstract names are the last of a line, with @ for each NUL (man 5 proc_net).
    const table = readFileSync('/proc/net/unix', 'latin1').split('\n');
    const name = `@sockwalk 127.0.0.1:${free?.port}`;
    expect(table.filter(line => line.endsWith(` ${name.padEnd(108, '@')}`))).toHaveLength(1);
    expect(table.filter(line => line.includes(`${name}@`) || line.endsWith(name))).toHaveLength(1);
  });

  test('is not there above the last', async () => {
    expect(await nextFree(port(65535))).toBeNull();
  });
});

describe('a port that nobody listens on', () => {
  test('is the kernel’s when only TIME_WAIT holds it, left by a socket without SO_REUSEADDR', async () => {
    await using lab = await openLab(['server', 'client']);
    const ends = await connected(lab);
    const taken = 'port' in ends.address ? ends.address.port : port(0);
    await must(lab, 'server', {name: 'close', fd: ends.server});
    await must(lab, 'client', {name: 'close', fd: ends.client});
    await must(lab, 'server', {name: 'close', fd: ends.listener});
    const timeWait = {kind: 'kernel', state: 'TIME_WAIT'};
    await until('only TIME_WAIT is left', async () => isDeepStrictEqual(await ownerOf(taken), timeWait));
    const again = await socket(lab, 'server');
    const bind = {name: 'bind', fd: again, address: ends.address} as const;
    expect(await outcomeOf(lab, 'server', bind)).toMatchObject({errno: 'EADDRINUSE'});
    // SO_REUSEADDR on the new socket alone is not enough.
    expect(await refusalOf(taken)).toBe('EADDRINUSE');
  });

  test('is somebody’s unknown when it is bound but does not listen: no table has it', async () => {
    await using lab = await openLab(['server']);
    const {address} = await bound(lab, 'server');
    const taken = 'port' in address ? address.port : port(0);
    expect(await refusalOf(taken)).toBe('EADDRINUSE');
    expect(await ownerOf(taken)).toEqual({kind: 'unknown'});
  });
});
